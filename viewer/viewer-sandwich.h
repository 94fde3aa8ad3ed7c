/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The function in the middle of a document, with the trees of its callers and
 * of its callees as models of two canvases. They share the scale and the zoom, and
 * one selection. No widget.
 *
 * While it is active it follows the document: trees are made on a worker thread,
 * and what was there stays until they are finished; one that was asked for before
 * the latest is dropped. */

#include "viewer-document.h"
#include "viewer-neighbours.h"

G_BEGIN_DECLS

#define VIEWER_TYPE_SANDWICH (viewer_sandwich_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSandwich,
                      viewer_sandwich,
                      VIEWER,
                      SANDWICH,
                      GObject)

typedef enum
{
  VIEWER_CALLERS,
  VIEWER_CALLEES,
} ViewerSide;

/* Signal "changed" (guint): a mask of ViewerChange. */
ViewerSandwich *viewer_sandwich_new (ViewerDocument *document);

/* Whether anybody looks; what is asked for meanwhile is made later. */
void viewer_sandwich_set_active (ViewerSandwich *self, gboolean active);

/* Whether trees are being made. */
gboolean viewer_sandwich_is_busy (ViewerSandwich *self);

/* The function whose trees these are; PROF_ID_NONE when there are none. It is
 * not yet the document's while the sandwich is busy. */
ProfFrameId viewer_sandwich_get_frame (ViewerSandwich *self);

/* (transfer none) */
ViewerFlameModel *viewer_sandwich_get_model (ViewerSandwich *self,
                                             ViewerSide      side);

/* (nullable) (transfer none): with prof_tree_new_with()'s flags and the function
 * for its root. */
ViewerResult *viewer_sandwich_get_result (ViewerSandwich *self,
                                          ViewerSide      side);

/* (nullable) (transfer none): calls as "prof peek" counts them. */
const ViewerNeighbours *viewer_sandwich_get_neighbours (ViewerSandwich *self);

/* (nullable) (transfer none): why the trees that were asked for last are not
 * there. */
const char *viewer_sandwich_get_complaint (ViewerSandwich *self);

gboolean viewer_sandwich_is_zoomed (ViewerSandwich *self);
void     viewer_sandwich_zoom_home (ViewerSandwich *self);

/* @factor times as detailed around the middle of the view. */
void viewer_sandwich_zoom (ViewerSandwich *self, double factor);

G_END_DECLS
