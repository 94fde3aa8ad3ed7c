/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The rows of the top table in an order, perhaps only those that match a
 * search. Order and choice are arrays of row numbers made in one go: a
 * GtkSortListModel with GtkStringSorter takes 3.5 s for 50 000 rows, this takes
 * 0.02 s.
 *
 * Items are places, not functions: another order changes what is at the places
 * that are shown, and tells the list nothing. If it were told that all items
 * changed, it would throw away 200 rows of widgets and make new ones, which
 * takes 0.3 s. So a selection stays at its place and has to be set anew. */

#include "viewer-result.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  VIEWER_TOP_NAME,
  VIEWER_TOP_PACKAGE,
  VIEWER_TOP_FILE,
  VIEWER_TOP_FLAT, /* of a comparison: by how much it has changed */
  VIEWER_TOP_CUM,

  /* Only of a comparison */
  VIEWER_TOP_FLAT_BEFORE,
  VIEWER_TOP_FLAT_NOW,
  VIEWER_TOP_FLAT_CHANGE, /* as a share of what was before */
  VIEWER_TOP_CUM_BEFORE,
  VIEWER_TOP_CUM_NOW,
  VIEWER_TOP_CUM_CHANGE,
} ViewerTopKey;

#define VIEWER_TYPE_TOP_MODEL (viewer_top_model_get_type ())
G_DECLARE_FINAL_TYPE (ViewerTopModel,
                      viewer_top_model,
                      VIEWER,
                      TOP_MODEL,
                      GObject)

ViewerTopModel *viewer_top_model_new (void);

/* Items are ViewerTopRow.
 * @result: (nullable); @search: (nullable) of the result's tree */
void viewer_top_model_set (ViewerTopModel *self,
                           ViewerResult   *result,
                           ProfSearch     *search);

void viewer_top_model_sort (ViewerTopModel *self,
                            ViewerTopKey    key,
                            gboolean        descending);

/* (transfer none): the package of a frame, as in the profile; "" for none. */
const char *viewer_top_package (const ProfFrames *frames, ProfFrameId frame);

/* The position of a frame, or G_MAXUINT. */
guint viewer_top_model_find (ViewerTopModel *self, ProfFrameId frame);

G_END_DECLS
