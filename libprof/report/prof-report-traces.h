/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every sample's stack as text, byte for byte as "go tool pprof -traces" prints
 * it: labels, then the frames from the leaf on, the value beside the first. */

#include "base/prof-error.h"
#include "base/prof-sink.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_traces:
 * @sink: gets the text piece by piece, as stacks written out may be many times as
 *   large as the profile; ends the report by failing
 *
 * Order: as the samples; those without a stack are left out, those that are 0
 *   are not. File names are as in the profile, whatever is to be trimmed.
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE when
 *   the labels of one sample are longer than %PROF_MAX_TEXT_LINE
 */
bool prof_report_traces (ProfAnswer     *answer,
                         const ProfSink *sink,
                         GError        **error);

G_END_DECLS
