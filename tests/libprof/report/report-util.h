/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests of reports share. */

#include "test-util.h"

G_BEGIN_DECLS

/* A profile with everything a header has: 2.5 s of CPU in 5 s. */
ProfProfile *report_dated_profile (void);

/**
 * report_answer:
 * @profile: (transfer full): what is asked
 * @options: the query as prof_query_from_text() reads it
 *
 * Returns: (transfer full): the answer
 */
ProfAnswer *report_answer (ProfProfile *profile, const char *options);

/* A sink that takes nothing: %PROF_ERROR_UNSUPPORTED. */
ProfSink report_failing_sink (void);

/* A profile of tests/data/profiles/constructed. */
ProfProfile *report_constructed_profile (const char *name);

G_END_DECLS
