/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile as speedscope reads it: JSON with the frames once, and for each
 * stack its frames from the root to the leaf and a weight.
 *
 *   { "shared": { "frames": [{ "name": "main.main", "file": "main.go" }, ...] },
 *     "profiles": [{ "type": "sampled", "unit": "nanoseconds",
 *                    "samples": [[0, 4], ...], "weights": [10000000, ...] }] }
 *
 * A report for the reasons of prof-report-folded.h. Equal stacks are one sample,
 * heaviest subtrees first, as in our pictures. A frame has the name that pictures
 * show; file and first line where they are known. Speedscope knows times from
 * nanoseconds to seconds and bytes; any other unit is "none". It cannot show
 * values below 0: those are left out. */

#include "analysis/prof-tree.h"
#include "base/prof-sink.h"

G_BEGIN_DECLS

/**
 * prof_report_speedscope:
 * @tree: top-down; its sample type and unit are those of the weights
 * @name: (nullable): what speedscope shows as the title; UTF-8
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Source: speedscope's file-format-spec.ts, FileFormat.SampledProfile.
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE when
 *   memory is refused
 */
bool prof_report_speedscope (const ProfTree *tree,
                             const char     *name,
                             const ProfSink *sink,
                             GError        **error);

G_END_DECLS
