/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Shared by the files of the canvas: viewer-graph-canvas.c is the widget and what
 * is in view, -draw.c how it looks, -pointer.c and -keys.c what a user does,
 * -overview.c the small picture of the whole. */

#include "viewer-canvas-input.h"
#include "viewer-graph-canvas.h"

G_BEGIN_DECLS

/* Around the drawing, so that a ring at its edge is not cut. */
#define GRAPH_INSET 12

/* Px for each px of the layout. */
#define GRAPH_MAX_SCALE 4.0
#define GRAPH_MIN_SCALE 0.02

struct _ViewerGraphCanvas
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *item; /* the selected box, for accessibility and focus */

  /* Owned */
  GskRenderNode *base;     /* NULL: to be drawn */
  GskRenderNode *overview; /* likewise */
  ProfTextCache *text_cache;

  /* Shared, a reference each */
  ViewerDocument  *document;
  ViewerGraph     *graph;
  ProfGraphLayout *layout; /* (nullable) */

  /* What is in view: where the layout's corner is, in the widget's px */
  double   scale;
  double   x, y;
  gboolean is_fitted; /* follows the widget's size */
  gboolean reveal;    /* the selection, once there is a size */

  /* Pointer */
  ViewerCanvasInput input;

  uint32_t hover;       /* box, or PROF_ID_NONE */
  uint32_t hover_arrow; /* likewise, where there is no box */
  double   drag_x, drag_y;
  gboolean drags_overview;
  gboolean is_dragging; /* further than a click may */

  unsigned n_base_draws;
};

/* What is in view */

/* FALSE where there is nothing to draw. */
gboolean graph_view (ViewerGraphCanvas *self, ProfGraphView *view);
void     graph_set_place (ViewerGraphCanvas *self, double x, double y);
void graph_zoom_at (ViewerGraphCanvas *self, double factor, double x, double y);
void graph_select_box (ViewerGraphCanvas *self, uint32_t box, gboolean reveal);
void graph_reveal (ViewerGraphCanvas *self, uint32_t box);
void graph_drop_base (ViewerGraphCanvas *self);

/* Drawing */

void graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void graph_ensure_text_cache (ViewerGraphCanvas *self);
void graph_watch_appearance (ViewerGraphCanvas *self);

/* The overview, in a corner while not all is in view */

gboolean graph_overview_rect (ViewerGraphCanvas *self, graphene_rect_t *rect);
void     graph_draw_overview (ViewerGraphCanvas *self, GtkSnapshot *snapshot);

/* Brings what is at a point of it into the middle; FALSE when it is not there. */
gboolean graph_overview_go (ViewerGraphCanvas *self, double x, double y);

/* Input */

void graph_update_hover (ViewerGraphCanvas *self);
void graph_install_controllers (ViewerGraphCanvas *self);
void graph_install_keys (GtkWidgetClass *widget_class);

G_END_DECLS
