/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests of reports share. */

#include "test-util.h"

G_BEGIN_DECLS

/* A profile with everything a header has: 2.5 s of CPU in 5 s. */
ProfProfile *report_dated_profile (void);

G_END_DECLS
