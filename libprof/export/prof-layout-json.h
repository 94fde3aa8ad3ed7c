/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A flame graph for other tools: where its boxes are and what they are, as JSON.
 * docs/json.md is what readers may rely on. */

#include "base/prof-sink.h"
#include "export/prof-export.h"

G_BEGIN_DECLS

/**
 * prof_layout_json:
 * @options: checked; all of the width is for boxes, there are no margins, and
 *   the scale does not count
 * @sink: gets the text piece by piece
 *
 * Needs no fonts. Names and files have %PROF_LIMIT_EXPORTED code points
 * at most.
 *
 * Shape: boxes in the layout's order, so that a caller comes before what it
 *   calls; the root first.
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE past
 *   %PROF_LIMIT_TEXT of the tree's profile
 */
bool prof_layout_json (ProfTree                *tree,
                       const ProfExportOptions *options,
                       const ProfSink          *sink,
                       GError                 **error);

G_END_DECLS
