/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Shared by the files of the canvas, each with one job: viewer-flame-canvas.c is
 * the widget and what it is made of, -geometry.c where things are, -zoom.c what is
 * in view, -draw.c how it looks, -tip.c what is under the pointer, -facts.c what
 * is known of the selection, -pointer.c, -band.c and -keys.c what a user does,
 * -accessible.c what a screen reader says. */

#include "viewer-canvas-input.h"
#include "viewer-flame-canvas.h"
#include <adwaita.h>

G_BEGIN_DECLS

/* Space around the graph, so that a selection ring at the edge is not cut. */
#define CANVAS_INSET 8

struct _ViewerFlameCanvas
{
  GtkWidget parent_instance;

  /* Children */
  GtkWidget *item; /* the selected frame, for accessibility and focus */
  GtkWidget *tip;
  GtkWidget *facts; /* what the tip says, to be read and copied; or NULL */
  GtkWidget *facts_label; /* in it */

  /* Owned */
  AdwAnimation         *animation;
  GskRenderNode        *base; /* NULL: to be drawn */
  ProfTextCache        *text_cache;
  PangoFontDescription *font;      /* what text_cache was made for */
  char                 *root_text; /* behind "all"; NULL without a result */

  /* Shared, a reference each */
  ViewerFlameModel *model;
  ViewerResult     *result;         /* what layout belongs to */
  ProfFlameLayout  *layout;         /* NULL: to be made */
  GtkAdjustment    *adjustments[2]; /* by GtkOrientation */

  GtkScrollablePolicy policies[2];
  ProfFlameMetrics    metrics;
  gboolean            flame;
  ProfNames           names;
  double              trim;           /* share of the width */
  gboolean            configuring;    /* adjustments are being set by us */
  gboolean            scroll_to_root; /* once there is a size */
  gboolean            reveal;         /* the selection, once there is a size */

  /* The part of the root's line that is drawn; differs from the model's
   * while the zoom is animated. */
  ViewerZoom shown;
  ViewerZoom from;
  ViewerZoom to;

  /* Pointer; hover is PROF_ID_NONE when there is none. */
  ViewerCanvasInput input;

  double     drag_start_x, drag_start_y;
  uint32_t   hover;
  ProfNodeId hover_node, hover_end;
  guint      tip_source;
  ProfNodeId tip_node, tip_end; /* what the tip is about */

  /* A range that is being drawn, in px of the widget */
  GtkGesture *band_gesture; /* the widget's */
  gboolean    banding;
  double      band_press; /* where the button went down */
  double      band_from, band_to;

  unsigned n_base_draws;
  guint first_tick; /* 0, or the frame that has the first picture is awaited */
  gboolean surrounded; /* that frame has come, or need not */
};

/* Siblings narrower than this merge into a strip; px. */
#define CANVAS_MIN_BOX 2

/* Geometry */

/* Width of the layout in px, at least 1. */
double canvas_width (ViewerFlameCanvas *self);

/* Px above the first row of the picture, which is also what is scrolled. */
double canvas_top_inset (ViewerFlameCanvas *self);
double canvas_scroll_y (ViewerFlameCanvas *self);

/* Whether it shows half a sandwich: the root is not drawn. */
gboolean canvas_is_half (ViewerFlameCanvas *self);

/* Makes sure that there is a layout and describes how it is drawn. FALSE when
 * there is no result. */
gboolean canvas_view (ViewerFlameCanvas *self, ProfFlameView *view);

/* The boxes of the layout, which has to be there. */
const ProfBox *canvas_boxes (ViewerFlameCanvas *self);

/* The box under a point of the widget, or PROF_ID_NONE. */
uint32_t canvas_hit (ViewerFlameCanvas *self, double x, double y);

/* Where a box is drawn, in the widget's px. */
void canvas_box_rect (ViewerFlameCanvas *self,
                      uint32_t           box,
                      graphene_rect_t   *rect);

/* The box of the selection, or PROF_ID_NONE. */
uint32_t canvas_selected_box (ViewerFlameCanvas *self);
void canvas_select_box (ViewerFlameCanvas *self, uint32_t box, gboolean reveal);

/* Takes another adjustment, or one of its own for NULL. */
void canvas_set_adjustment (ViewerFlameCanvas *self,
                            GtkOrientation     orientation,
                            GtkAdjustment     *adjustment);

/* Tells the adjustments how much there is and how much of it is in view. */
void canvas_configure (ViewerFlameCanvas *self);

/* The picture has to be drawn again; with another layout; of another range. */
void canvas_drop_base (ViewerFlameCanvas *self);
void canvas_drop_layout (ViewerFlameCanvas *self);
void canvas_range_changed (ViewerFlameCanvas *self);

/* Zoom */

void canvas_add_animation (ViewerFlameCanvas *self);

/* Shows what the model has, at once or on the way there. */
void canvas_set_shown (ViewerFlameCanvas *self, ViewerZoom zoom);
void canvas_animate_to (ViewerFlameCanvas *self, ViewerZoom zoom);

/* @anchor_x stays where it is; px of the widget. */
void canvas_zoom_at (ViewerFlameCanvas *self,
                     double             factor,
                     double             anchor_x,
                     gboolean           gesture);

/* Moves the view by a share of its width. */
void canvas_pan (ViewerFlameCanvas *self, double share, gboolean gesture);

void canvas_scroll_to_row (ViewerFlameCanvas *self, uint32_t row);

/* Zooms and scrolls until the selection can be seen; later, if the widget has no
 * size yet. */
void canvas_reveal_selection (ViewerFlameCanvas *self);

/* Drawing */

void canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void canvas_update_metrics (ViewerFlameCanvas *self);
void canvas_drop_text_cache (ViewerFlameCanvas *self);
void canvas_watch_appearance (ViewerFlameCanvas *self);

/* Hover and tip */

/* Looks again what is under the pointer. */
void canvas_update_hover (ViewerFlameCanvas *self);

void canvas_show_tip (ViewerFlameCanvas *self, ProfNodeId node, ProfNodeId end);

/* Shows the tip of what is under the pointer when that has rested there. */
void canvas_await_tip (ViewerFlameCanvas *self);
void canvas_allocate_tip (ViewerFlameCanvas *self);

/* Shows or hides what is known of the selected frame beside it, as text that a
 * screen reader finds. */
void canvas_toggle_facts (ViewerFlameCanvas *self);
void canvas_present_facts (ViewerFlameCanvas *self);

/* Accessibility: of the whole, and of the selected frame. */
void canvas_describe (ViewerFlameCanvas *self);
void canvas_describe_item (ViewerFlameCanvas *self);

/* Input */

void canvas_install_keys (GtkWidgetClass *widget_class);
void canvas_install_controllers (ViewerFlameCanvas *self);

/* The range that is drawn with the pointer. Cancelling is FALSE when there is
 * none. */
void     canvas_add_band (ViewerFlameCanvas *self);
void     canvas_draw_band (ViewerFlameCanvas *self, GtkSnapshot *snapshot);
gboolean canvas_cancel_band (ViewerFlameCanvas *self);

G_END_DECLS
