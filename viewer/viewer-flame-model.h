/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a flame canvas shows and tells: a result's tree, which part of it is in
 * view and what is selected in it. The document is one; the halves of a sandwich
 * are others. Every change is told by one signal, "changed", with a mask of what
 * it was; views read the rest back. */

#include "viewer-place.h"
#include <glib-object.h>

G_BEGIN_DECLS

typedef enum
{
  VIEWER_CHANGED_STATE = 1 << 0,
  VIEWER_CHANGED_RESULT = 1 << 1,
  VIEWER_CHANGED_SELECTION = 1 << 2,
  VIEWER_CHANGED_ZOOM = 1 << 3,
  VIEWER_CHANGED_SEARCH = 1 << 4,
  VIEWER_CHANGED_BUSY = 1 << 5,   /* began, went on or ended */
  VIEWER_CHANGED_REVEAL = 1 << 6, /* the selection should become visible */
  VIEWER_CHANGED_GESTURE = 1
                           << 7, /* the zoom follows a pointer: no animation */
  VIEWER_CHANGED_QUESTION = 1 << 8,
  VIEWER_CHANGED_COLORING = 1 << 9,
  VIEWER_CHANGED_CENTER = 1 << 10, /* of the sandwich */
  VIEWER_CHANGED_FILE = 1 << 11,   /* on disk, or what is said of it */
  VIEWER_CHANGED_COMPARISON = 1 << 12,
} ViewerChange;

#define VIEWER_TYPE_FLAME_MODEL (viewer_flame_model_get_type ())
G_DECLARE_INTERFACE (ViewerFlameModel,
                     viewer_flame_model,
                     VIEWER,
                     FLAME_MODEL,
                     GObject)

struct _ViewerFlameModelInterface
{
  GTypeInterface parent;

  ViewerResult *(*get_result) (ViewerFlameModel *self);
  ProfSearch *(*get_search) (ViewerFlameModel *self);
  ViewerSelection (*get_selection) (ViewerFlameModel *self);
  ViewerZoom (*get_zoom) (ViewerFlameModel *self);
  void (*select) (ViewerFlameModel *self,
                  ProfNodeId        node,
                  ProfNodeId        end,
                  bool              reveal);
  void (*unselect) (ViewerFlameModel *self);
  void (*activate) (ViewerFlameModel *self);
  void (*zoom_to_node) (ViewerFlameModel *self, ProfNodeId node);
  void (*zoom_to_range) (ViewerFlameModel *self,
                         double            start,
                         double            end,
                         bool              gesture);
  void (*go) (ViewerFlameModel *self, int direction);
};

/* (nullable) (transfer none): whose tree is drawn. A tree that has a function
 * for its root is half a sandwich: who shows both halves draws the root. */
ViewerResult *viewer_flame_model_get_result (ViewerFlameModel *self);

/* (nullable) (transfer none): of that tree. */
ProfSearch *viewer_flame_model_get_search (ViewerFlameModel *self);

ViewerSelection viewer_flame_model_get_selection (ViewerFlameModel *self);
ViewerZoom      viewer_flame_model_get_zoom (ViewerFlameModel *self);

/* Whether a part of the root's line is out of view. */
bool viewer_flame_model_is_zoomed (ViewerFlameModel *self);

/* These ask for something; what is done about it is told by the signal. They
 * mean what they mean for a document, see viewer-document.h. */
void viewer_flame_model_select (ViewerFlameModel *self,
                                ProfNodeId        node,
                                ProfNodeId        end,
                                bool              reveal);
void viewer_flame_model_unselect (ViewerFlameModel *self);
void viewer_flame_model_zoom_to_node (ViewerFlameModel *self, ProfNodeId node);
void viewer_flame_model_zoom_to_range (ViewerFlameModel *self,
                                       double            start,
                                       double            end,
                                       bool              gesture);
void viewer_flame_model_go (ViewerFlameModel *self, int direction);

/* Does with the selection what Enter does: zooms to it, or puts its function in
 * the middle. */
void viewer_flame_model_activate (ViewerFlameModel *self);

/* For those who implement it: emits "changed". */
void viewer_flame_model_changed (ViewerFlameModel *self, guint what);

G_END_DECLS
