/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Libraries that are opened when they are needed. */

#include <gmodule.h>

G_BEGIN_DECLS

/**
 * prof_module_open:
 * @name: "libsoup-3.0.so.0"
 * @folder: where it was when this was built; looked at first
 *
 * Returns: (transfer none) (nullable): the library, which stays
 */
GModule *prof_module_open (const char *name, const char *folder);

G_END_DECLS
