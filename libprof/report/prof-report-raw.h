/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* All of a profile as text, byte for byte as "go tool pprof -raw" of Go 1.19
 * prints it: facts, samples, locations, mappings.
 *
 * Rows have the numbers 1, 2, ... in the profile's own order. pprof numbers them
 * anew when it loads a profile, in order of first use, and adds up equal samples:
 * for its very bytes, do so before.
 *
 * Go 1.19 knows no columns of source lines, so none are printed. */

#include "base/prof-error.h"
#include "base/prof-sink.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_report_raw:
 * @sink: gets the text piece by piece, as the text may be many times as large as
 *   the profile; ends the report by failing
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE when
 *   the labels of one sample or the names of all types are longer than
 *   %PROF_MAX_TEXT_LINE
 */
bool prof_report_raw (const ProfProfile *profile,
                      const ProfSink    *sink,
                      GError           **error);

G_END_DECLS
