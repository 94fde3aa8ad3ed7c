/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A place in the top table and the function that is there now. Made on demand
 * for places that are shown; emits "changed" when another function comes. */

#include "viewer-result.h"
#include <glib-object.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_TOP_ROW (viewer_top_row_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTopRow, viewer_top_row, VIEWER, TOP_ROW, GObject)

/* @row: of result's top table; @sum: of flat values, down to here */
ViewerTopRow *viewer_top_row_new (ViewerResult *result,
                                  uint32_t      row,
                                  int64_t       sum);
void          viewer_top_row_set (ViewerTopRow *self,
                                  ViewerResult *result,
                                  uint32_t      row,
                                  int64_t       sum);

ViewerResult     *viewer_top_row_get_result (ViewerTopRow *self);
const ProfTopRow *viewer_top_row_get (ViewerTopRow *self);
int64_t           viewer_top_row_get_sum (ViewerTopRow *self);

G_END_DECLS
