/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The sentences of the window: values, names, frames in words. No widget. All
 * strings are UTF-8 and (transfer full); markup is escaped. */

#include "viewer-result.h"

G_BEGIN_DECLS

/* A value in the unit of the profile's total, with two digits behind the point,
 * so that a column of them can be compared: "0.94 s". What would be 0.00 there
 * gets a unit of its own. */
char *viewer_text_value (const ViewerResult *result, int64_t value);

/* "15.65 %" of the profile's total. */
char *viewer_text_percent (const ViewerResult *result, int64_t value);

/* Name without the folders of its import path: "flate.(*Writer).Close". */
const char *viewer_text_short_name (const char *name);

/* "encoding/json.Unmarshal — self 0.3 s (2.4 %), total 1.2 s (9.8 %)", the name
 * bold. @end: behind the last of the siblings in a strip, or 0 */
char *viewer_text_status (const ViewerResult *result,
                          ProfNodeId          node,
                          ProfNodeId          end);

/* The same for a screen reader, with the level. */
char *viewer_text_accessible (const ViewerResult *result,
                              ProfNodeId          node,
                              ProfNodeId          end);

/* Lines for a tooltip. */
char *viewer_text_tip (const ViewerResult *result,
                       ProfNodeId          node,
                       ProfNodeId          end);

/* "63.1 % of runtime.mallocgc", as markup: of the function at the root of half a
 * sandwich. */
char *viewer_text_share (const ViewerResult *result, int64_t value);

/* "view 62.8 % of 5.88 s · 588 samples · zoom 159 %" */
char *viewer_text_view (const ViewerResult *result, double start, double end);

/* "total 18.21 s · 1 821 samples" */
char *viewer_text_total (const ViewerResult *result);

/* "showing 77.8 % of 7.56 s": what filters have left. */
char *viewer_text_shown (const ViewerResult *result);

/* "CPU time · 18.21 s": sample type and total. */
char *viewer_text_about (const ViewerResult *result);

/* "18.21 s CPU time in 10.1 s · 1 821 samples", behind "all" in the graph. */
char *viewer_text_root (const ViewerResult *result);

/* "CPU time · 8.1 s · shop": sample type, duration, main binary. */
char *viewer_text_subtitle (const ViewerResult *result);

/* The same of a comparison: "CPU time · 8.1 s against 8.2 s · shop" */
char *viewer_text_compared_subtitle (const ViewerResult *result,
                                     const ProfProfile  *before,
                                     const ProfProfile  *now);

/* "CPU time"; %NULL when the profile has no types. */
char *viewer_text_type (const ViewerResult *result);

/* Names from the outermost frame down, one a line. */
char *viewer_text_stack (const ViewerResult *result, ProfNodeId node);

/* "deflate.go:389", the file as the profile gives it; "" when unknown. */
char *viewer_text_source (const ViewerResult *result, ProfFrameId frame);

/* What a package is called where its name is "". */
const char *viewer_text_package (const ProfPackage *package);

/* The same where there is little room: "catalog" for
 * "example.com/shop/catalog", but "encoding/json". */
const char *viewer_text_short_package (const ProfPackage *package);

/* Base name of the first mapping; NULL when there is none. */
char *viewer_text_binary (const ViewerResult *result);

/* Total and how many frames of siblings from @node to before @end. */
int64_t viewer_text_strip_total (const ViewerResult *result,
                                 ProfNodeId          node,
                                 ProfNodeId          end);

G_END_DECLS
