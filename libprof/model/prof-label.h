/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Labels as keys of a GHashTable: the same key with the same text or number.
 * Units do not tell values apart, as in pprof. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

guint    prof_label_hash (gconstpointer label);
gboolean prof_label_equal (gconstpointer a, gconstpointer b);

G_END_DECLS
