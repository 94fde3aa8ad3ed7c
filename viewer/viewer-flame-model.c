/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-model.h"

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_INTERFACE (ViewerFlameModel, viewer_flame_model, G_TYPE_OBJECT)

static void
viewer_flame_model_default_init (ViewerFlameModelInterface *iface)
{
  /**
   * ViewerFlameModel::changed:
   * @what: a mask of ViewerChange
   */
  signals[CHANGED] = g_signal_new ("changed",
                                   VIEWER_TYPE_FLAME_MODEL,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_UINT);
}

ViewerResult *
viewer_flame_model_get_result (ViewerFlameModel *self)
{
  return VIEWER_FLAME_MODEL_GET_IFACE (self)->get_result (self);
}

ProfSearch *
viewer_flame_model_get_search (ViewerFlameModel *self)
{
  return VIEWER_FLAME_MODEL_GET_IFACE (self)->get_search (self);
}

ViewerSelection
viewer_flame_model_get_selection (ViewerFlameModel *self)
{
  return VIEWER_FLAME_MODEL_GET_IFACE (self)->get_selection (self);
}

ViewerZoom
viewer_flame_model_get_zoom (ViewerFlameModel *self)
{
  return VIEWER_FLAME_MODEL_GET_IFACE (self)->get_zoom (self);
}

bool
viewer_flame_model_is_zoomed (ViewerFlameModel *self)
{
  ViewerResult *result = viewer_flame_model_get_result (self);
  ViewerZoom    zoom = viewer_flame_model_get_zoom (self);

  return result != NULL && viewer_place_is_part (result, &zoom);
}

void
viewer_flame_model_select (ViewerFlameModel *self,
                           ProfNodeId        node,
                           ProfNodeId        end,
                           bool              reveal)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->select (self, node, end, reveal);
}

void
viewer_flame_model_unselect (ViewerFlameModel *self)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->unselect (self);
}

void
viewer_flame_model_activate (ViewerFlameModel *self)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->activate (self);
}

void
viewer_flame_model_zoom_to_node (ViewerFlameModel *self, ProfNodeId node)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->zoom_to_node (self, node);
}

void
viewer_flame_model_zoom_to_range (ViewerFlameModel *self,
                                  double            start,
                                  double            end,
                                  bool              gesture)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->zoom_to_range (self,
                                                      start,
                                                      end,
                                                      gesture);
}

void
viewer_flame_model_go (ViewerFlameModel *self, int direction)
{
  VIEWER_FLAME_MODEL_GET_IFACE (self)->go (self, direction);
}

void
viewer_flame_model_changed (ViewerFlameModel *self, guint what)
{
  g_signal_emit (self, signals[CHANGED], 0, what);
}
