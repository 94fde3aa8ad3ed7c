/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-canvas-private.h"

#include "viewer-color.h"
#include "viewer-frame-item.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <math.h>

#define ZOOM_MS 150

/* Siblings narrower than this merge into a strip. */
#define MIN_BOX 2

/* A frame that was searched for should be at least this wide. */
#define MIN_REVEALED 24

#define TIP_DISTANCE 8

/* How far the selection's ring reaches out of its frame, and a little. */
#define RING 2

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  HOVER_CHANGED,
  MENU_REQUESTED,
  ROOT_REACHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerFlameCanvas,
                               viewer_flame_canvas,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE,
                                                      NULL))

/* Geometry */

double
canvas_width (ViewerFlameCanvas *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * CANVAS_INSET, 1);
}

gboolean
canvas_is_half (ViewerFlameCanvas *self)
{
  return self->result != NULL &&
         prof_tree_nodes (self->result->tree)[0].frame != PROF_ID_NONE;
}

/* A half touches its root, which is drawn beside the canvas. */
static double
inset_at (ViewerFlameCanvas *self, gboolean root_side)
{
  return root_side && canvas_is_half (self) ? RING : CANVAS_INSET;
}

static double
top_inset (ViewerFlameCanvas *self)
{
  return inset_at (self, !self->flame);
}

static double
insets (ViewerFlameCanvas *self)
{
  return inset_at (self, TRUE) + inset_at (self, FALSE);
}

static double
inner_height (ViewerFlameCanvas *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)) - insets (self), 1);
}

static double
scroll_y (ViewerFlameCanvas *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];

  return adjustment != NULL ? round (gtk_adjustment_get_value (adjustment)) : 0;
}

static void
ensure_layout (ViewerFlameCanvas *self)
{
  if (self->layout != NULL)
    return;

  ProfFlameParams params = {
    .width_px = canvas_width (self),
    .min_width_px = MIN_BOX,
    .start = self->shown.start,
    .end = self->shown.end,
  };

  self->layout = prof_flame_layout_new (self->result->tree, &params);
}

gboolean
canvas_view (ViewerFlameCanvas *self, ProfFlameView *view)
{
  if (self->result == NULL)
    return FALSE;
  ensure_layout (self);
  *view = (ProfFlameView){
    .layout = self->layout,
    .palette = self->result->palettes[viewer_theme ()],
    .contrast = viewer_wants_contrast (),
    .search = viewer_flame_model_get_search (self->model),
    .zoom_root = self->shown.root,
    .root_text = self->root_text,
    .flame = self->flame,
    .metrics = self->metrics,
  };
  view->metrics.lane_px = view->search != NULL ? 4 : 0;
  if (canvas_is_half (self))
    view->metrics.root_px = 0;
  view->height_px = prof_flame_view_height (view);
  view->height_px = MAX (view->height_px, inner_height (self));
  return TRUE;
}

uint32_t
canvas_hit (ViewerFlameCanvas *self, double x, double y)
{
  ProfFlameView view;

  if (!canvas_view (self, &view))
    return PROF_ID_NONE;

  uint32_t row = prof_flame_view_row_at (&view,
                                         y - top_inset (self) +
                                             scroll_y (self));

  if (row == PROF_ID_NONE)
    return PROF_ID_NONE;
  return prof_flame_layout_hit (self->layout, x - CANVAS_INSET, row);
}

void
canvas_box_rect (ViewerFlameCanvas *self, uint32_t box, graphene_rect_t *rect)
{
  ProfFlameView view;
  ProfRect      place;

  if (!canvas_view (self, &view))
    return;
  prof_flame_view_box (&view, box, &place);
  graphene_rect_init (rect,
                      (float)(place.x + CANVAS_INSET),
                      (float)(place.y + top_inset (self) - scroll_y (self)),
                      (float)place.width,
                      (float)place.height);
}

uint32_t
canvas_selected_box (ViewerFlameCanvas *self)
{
  ProfFlameView view;

  if (!canvas_view (self, &view))
    return PROF_ID_NONE;

  ProfNodeId node = viewer_flame_model_get_selection (self->model).node;

  return node == PROF_ID_NONE ? PROF_ID_NONE
                              : prof_flame_layout_find (self->layout, node);
}

/* Adjustments */

static void
configure_vertical (ViewerFlameCanvas *self, const ProfFlameView *view)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  double         page = gtk_widget_get_height (GTK_WIDGET (self));
  double         upper = view->height_px + insets (self);
  double         value = gtk_adjustment_get_value (adjustment);

  /* Flames stand on the bottom: their distance from it stays. */
  if (self->flame)
    value += upper - gtk_adjustment_get_upper (adjustment) -
             (page - gtk_adjustment_get_page_size (adjustment));
  if (self->scroll_to_root && page > 0)
    {
      value = self->flame ? upper : 0;
      self->scroll_to_root = FALSE;
    }
  gtk_adjustment_configure (adjustment,
                            value,
                            0,
                            MAX (upper, page),
                            self->metrics.row_px,
                            page * 0.9,
                            page);
}

static void
configure_horizontal (ViewerFlameCanvas *self)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_HORIZONTAL];
  double         page = canvas_width (self);
  double full = (double)MAX (prof_tree_nodes (self->result->tree)[0].weight, 1);
  double width = self->shown.end - self->shown.start;
  double scale = page / width;

  /* Not one rounding error more than a page: a scroll bar would show. */
  gtk_adjustment_configure (adjustment,
                            width < full ? self->shown.start * scale : 0,
                            0,
                            width < full ? full * scale : page,
                            page * 0.1,
                            page * 0.9,
                            page);
}

static void
configure_adjustments (ViewerFlameCanvas *self)
{
  ProfFlameView view;

  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 ||
      self->adjustments[0] == NULL || self->adjustments[1] == NULL ||
      !canvas_view (self, &view))
    return;
  self->configuring = TRUE;
  configure_vertical (self, &view);
  configure_horizontal (self);
  self->configuring = FALSE;
}

static void
drop_base (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->base, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_layout (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  drop_base (self);
}

static void
range_changed (ViewerFlameCanvas *self)
{
  drop_layout (self);
  configure_adjustments (self);
  canvas_update_hover (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
hadjustment_changed (ViewerFlameCanvas *self)
{
  if (self->configuring || self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     width = zoom.end - zoom.start;
  double     start = gtk_adjustment_get_value (
                     self->adjustments[GTK_ORIENTATION_HORIZONTAL]) *
                 width / canvas_width (self);

  viewer_flame_model_zoom_to_range (self->model, start, start + width, true);
}

static void
vadjustment_changed (ViewerFlameCanvas *self)
{
  drop_base (self);
  if (!self->configuring)
    canvas_update_hover (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
set_adjustment (ViewerFlameCanvas *self,
                GtkOrientation     orientation,
                GtkAdjustment     *adjustment)
{
  void (*changed) (ViewerFlameCanvas *) = orientation ==
                                                  GTK_ORIENTATION_HORIZONTAL
                                              ? hadjustment_changed
                                              : vadjustment_changed;

  if (adjustment == NULL)
    adjustment = gtk_adjustment_new (0, 0, 0, 0, 0, 0);
  if (adjustment == self->adjustments[orientation])
    return;
  if (self->adjustments[orientation] != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustments[orientation], self);
  g_clear_object (&self->adjustments[orientation]);
  self->adjustments[orientation] = g_object_ref_sink (adjustment);
  g_signal_connect_swapped (adjustment,
                            "value-changed",
                            G_CALLBACK (changed),
                            self);
  configure_adjustments (self);
}

/* Zoom */

static double
zoom_width (const ViewerZoom *zoom)
{
  return zoom->end - zoom->start;
}

/* Widths grow by the same factor each moment, around the point that both views
 * have in the same place. */
static ViewerZoom
mix_zoom (const ViewerZoom *from, const ViewerZoom *to, double t)
{
  ViewerZoom zoom = *to;
  double     old = zoom_width (from);
  double new = zoom_width (to);
  double width = old * pow (new / old, t);

  if (fabs (new / old - 1) < 1e-6)
    zoom.start = from->start + (to->start - from->start) * t;
  else
    {
      double fixed = (from->start * new - to->start *old) / (new - old);

      zoom.start = fixed - (fixed - from->start) / old * width;
    }
  zoom.end = zoom.start + width;
  return zoom;
}

static void
animate (double t, gpointer data)
{
  ViewerFlameCanvas *self = data;

  if (self->result == NULL)
    return;
  self->shown = t >= 1 ? self->to : mix_zoom (&self->from, &self->to, t);
  range_changed (self);
}

static void
set_shown (ViewerFlameCanvas *self, ViewerZoom zoom)
{
  adw_animation_reset (self->animation);
  self->shown = self->from = self->to = zoom;
  range_changed (self);
}

static void
start_animation (ViewerFlameCanvas *self, ViewerZoom zoom)
{
  ViewerZoom from = self->shown;

  adw_animation_reset (self->animation);
  self->from = from;
  self->to = zoom;
  adw_animation_play (self->animation);
}

void
canvas_zoom_at (ViewerFlameCanvas *self,
                double             factor,
                double             anchor_x,
                gboolean           gesture)
{
  if (self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     share = (anchor_x - CANVAS_INSET) / canvas_width (self);
  double     width = zoom_width (&zoom) / factor;
  double full = (double)MAX (prof_tree_nodes (self->result->tree)[0].weight, 1);

  share = CLAMP (share, 0, 1);
  width = MIN (width, full);
  double start = zoom.start + share * (zoom_width (&zoom) - width);
  viewer_flame_model_zoom_to_range (self->model, start, start + width, gesture);
}

void
canvas_pan (ViewerFlameCanvas *self, double share, gboolean gesture)
{
  if (self->result == NULL)
    return;

  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     step = zoom_width (&zoom) * share;

  viewer_flame_model_zoom_to_range (self->model,
                                    zoom.start + step,
                                    zoom.end + step,
                                    gesture);
}

void
viewer_flame_canvas_zoom (ViewerFlameCanvas *self, double factor)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  uint32_t box = canvas_selected_box (self);
  double   anchor = CANVAS_INSET + canvas_width (self) / 2;

  if (box != PROF_ID_NONE)
    {
      graphene_rect_t rect;

      canvas_box_rect (self, box, &rect);
      anchor = rect.origin.x + rect.size.width / 2;
    }
  canvas_zoom_at (self, factor, anchor, FALSE);
}

/* Showing the selection */

/* The outermost ancestor within which a node is wide enough to see. */
static ProfNodeId
zoom_that_shows (ViewerFlameCanvas *self, ProfNodeId node)
{
  const ProfNode *nodes = prof_tree_nodes (self->result->tree);
  double          weight = (double)nodes[node].weight;
  double          width = canvas_width (self);

  while (nodes[node].parent != PROF_ID_NONE &&
         weight * width / (double)nodes[nodes[node].parent].weight >=
             MIN_REVEALED)
    node = nodes[node].parent;
  return node;
}

static gboolean
is_wide_enough (ViewerFlameCanvas *self, const ViewerSelection *selection)
{
  ProfFlameView view;
  uint32_t      box;

  if (!canvas_view (self, &view))
    return FALSE;
  box = prof_flame_layout_find (self->layout, selection->node);
  if (box == PROF_ID_NONE)
    return FALSE;

  const ProfBox *boxes = prof_flame_layout_boxes (self->layout, NULL);

  return (selection->end != 0 || !prof_box_is_strip (&boxes[box])) &&
         boxes[box].width >= 2 * MIN_BOX;
}

void
canvas_scroll_to_row (ViewerFlameCanvas *self, uint32_t row)
{
  GtkAdjustment *adjustment = self->adjustments[GTK_ORIENTATION_VERTICAL];
  ProfFlameView  view;
  double         height;

  if (adjustment == NULL || !canvas_view (self, &view))
    return;

  double y = prof_flame_view_row_y (&view, row, &height) + top_inset (self);
  double margin = 2 * self->metrics.row_px;

  gtk_adjustment_clamp_page (adjustment, y - margin, y + height + margin);
}

static void
reveal_selection (ViewerFlameCanvas *self)
{
  ViewerSelection selection = viewer_flame_model_get_selection (self->model);

  if (selection.node == PROF_ID_NONE || self->result == NULL)
    return;
  if (gtk_widget_get_width (GTK_WIDGET (self)) == 0 ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->reveal = TRUE;
      return;
    }
  self->reveal = FALSE;
  if (!is_wide_enough (self, &selection))
    viewer_flame_model_zoom_to_node (self->model,
                                     zoom_that_shows (self, selection.node));
  canvas_scroll_to_row (self,
                        prof_tree_depth (self->result->tree, selection.node));
}

/* Accessibility */

static char *
title_of (const ViewerResult *result)
{
  g_autofree char *subtitle = NULL;

  if (result == NULL)
    return g_strdup (_ ("Flame graph"));
  if (prof_tree_nodes (result->tree)[0].frame != PROF_ID_NONE)
    return g_strdup_printf ((prof_tree_flags (result->tree) &
                             PROF_TREE_LEAF_FIRST) != 0
                                ? _ ("Callers of %s")
                                : _ ("Callees of %s"),
                            prof_tree_name (result->tree, 0));
  subtitle = viewer_text_subtitle (result);
  return g_strdup_printf (_ ("Flame graph, %s"), subtitle);
}

static void
describe_canvas (ViewerFlameCanvas *self)
{
  g_autofree char *label = title_of (self->result);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
describe_item (ViewerFlameCanvas *self)
{
  if (self->result == NULL)
    {
      viewer_frame_item_describe (VIEWER_FRAME_ITEM (self->item),
                                  _ ("No frame"),
                                  1,
                                  FALSE);
      return;
    }

  ViewerSelection  selection = viewer_flame_model_get_selection (self->model);
  ProfNodeId       node = selection.node == PROF_ID_NONE ? 0 : selection.node;
  int              level = (int)prof_tree_depth (self->result->tree, node) + 1;
  g_autofree char *label = viewer_text_accessible (self->result,
                                                   node,
                                                   selection.end);

  viewer_frame_item_describe (VIEWER_FRAME_ITEM (self->item),
                              label,
                              level,
                              selection.node != PROF_ID_NONE);
}

/* Hover and tip */

void
viewer_flame_canvas_hide_tip (ViewerFlameCanvas *self)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  g_clear_handle_id (&self->tip_source, g_source_remove);
  gtk_widget_set_visible (self->tip, FALSE);
}

void
canvas_show_tip (ViewerFlameCanvas *self, ProfNodeId node, ProfNodeId end)
{
  g_autofree char *text = viewer_text_tip (self->result, node, end);

  self->tip_node = node;
  self->tip_end = end;
  gtk_label_set_markup (GTK_LABEL (self->tip), text);
  gtk_widget_set_visible (self->tip, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
viewer_flame_canvas_toggle_tip (ViewerFlameCanvas *self)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  if (self->result == NULL)
    return;

  ViewerSelection selection = viewer_flame_model_get_selection (self->model);

  if (gtk_widget_get_visible (self->tip) || selection.node == PROF_ID_NONE)
    viewer_flame_canvas_hide_tip (self);
  else
    canvas_show_tip (self, selection.node, selection.end);
}

void
canvas_update_hover (ViewerFlameCanvas *self)
{
  uint32_t   box = self->pointer_inside
                       ? canvas_hit (self, self->pointer_x, self->pointer_y)
                       : PROF_ID_NONE;
  ProfNodeId node = PROF_ID_NONE;
  ProfNodeId end = 0;

  if (box != PROF_ID_NONE)
    {
      const ProfBox *hit = &prof_flame_layout_boxes (self->layout, NULL)[box];

      node = hit->node;
      end = hit->end;
    }
  self->hover = box;
  if (node == self->hover_node && end == self->hover_end)
    return;
  self->hover_node = node;
  self->hover_end = end;
  viewer_flame_canvas_hide_tip (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[HOVER_CHANGED], 0);
}

gboolean
viewer_flame_canvas_get_hover (ViewerFlameCanvas *self,
                               ProfNodeId        *node,
                               ProfNodeId        *end)
{
  g_return_val_if_fail (VIEWER_IS_FLAME_CANVAS (self), FALSE);

  *node = self->hover_node;
  *end = self->hover_end;
  return self->hover_node != PROF_ID_NONE && self->result != NULL;
}

gboolean
viewer_flame_canvas_get_node_rect (ViewerFlameCanvas *self,
                                   ProfNodeId         node,
                                   GdkRectangle      *rect)
{
  ProfFlameView   view;
  graphene_rect_t place;

  g_return_val_if_fail (VIEWER_IS_FLAME_CANVAS (self), FALSE);

  if (!canvas_view (self, &view))
    return FALSE;

  uint32_t box = prof_flame_layout_find (self->layout, node);

  if (box == PROF_ID_NONE ||
      prof_box_is_strip (&prof_flame_layout_boxes (self->layout, NULL)[box]))
    return FALSE;
  canvas_box_rect (self, box, &place);
  *rect = (GdkRectangle){ (int)floorf (place.origin.x),
                          (int)floorf (place.origin.y),
                          (int)ceilf (place.size.width),
                          (int)ceilf (place.size.height) };
  return TRUE;
}

/* Model */

static void
take_result (ViewerFlameCanvas *self)
{
  ViewerResult *result = viewer_flame_model_get_result (self->model);

  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  self->hover = self->hover_node = PROF_ID_NONE;
  self->result = result != NULL ? viewer_result_ref (result) : NULL;
  g_clear_pointer (&self->root_text, g_free);
  if (result != NULL && prof_tree_nodes (result->tree)[0].weight > 0)
    self->root_text = viewer_text_root (result);
  viewer_flame_canvas_hide_tip (self);
  describe_canvas (self);
  drop_base (self);
}

static void
model_changed (ViewerFlameCanvas *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    {
      ProfTree *before = self->result != NULL ? self->result->tree : NULL;

      take_result (self);
      /* Each half begins at its function. */
      self->scroll_to_root = self->scroll_to_root || before == NULL ||
                             (canvas_is_half (self) &&
                              before != self->result->tree);
      if (self->result != NULL)
        set_shown (self, viewer_flame_model_get_zoom (self->model));
    }
  else if (what & VIEWER_CHANGED_GESTURE)
    set_shown (self, viewer_flame_model_get_zoom (self->model));
  else if (what & VIEWER_CHANGED_ZOOM)
    start_animation (self, viewer_flame_model_get_zoom (self->model));
  if (what & VIEWER_CHANGED_SEARCH)
    range_changed (self);
  if (what & VIEWER_CHANGED_SELECTION)
    {
      if (gtk_widget_get_visible (self->tip))
        viewer_flame_canvas_hide_tip (self);
      describe_item (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (what & VIEWER_CHANGED_REVEAL)
    reveal_selection (self);
}

void
viewer_flame_canvas_set_model (ViewerFlameCanvas *self, ViewerFlameModel *model)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model,
                           "changed",
                           G_CALLBACK (model_changed),
                           self,
                           G_CONNECT_SWAPPED);
  model_changed (self, VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SELECTION);
}

void
viewer_flame_canvas_set_flame (ViewerFlameCanvas *self, gboolean flame)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  if (self->flame == flame)
    return;
  self->flame = flame;
  self->scroll_to_root = TRUE;
  range_changed (self);
}

gboolean
viewer_flame_canvas_get_flame (ViewerFlameCanvas *self)
{
  return self->flame;
}

unsigned
viewer_flame_canvas_n_base_draws (ViewerFlameCanvas *self)
{
  return self->n_base_draws;
}

/* Drawing */

/* Text of 12 px at 96 dpi; larger where the user has asked for larger text. */
static void
update_metrics (ViewerFlameCanvas *self)
{
  ProfFlameMetrics metrics = PROF_FLAME_METRICS_INIT;
  int              dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)),
                "gtk-xft-dpi",
                &dpi,
                NULL);
  double scale = dpi > 0 ? dpi / 1024. / 96. : 1;

  metrics.font_px = round (metrics.font_px * scale);
  metrics.row_px = round (metrics.row_px * scale);
  metrics.root_px = round (metrics.root_px * scale);
  self->metrics = metrics;
  range_changed (self);
}

static void
ensure_text_cache (ViewerFlameCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->text_cache != NULL)
    return;
  self->text_cache = prof_text_cache_new (context, NULL);
  self->font = pango_font_description_copy (
      pango_context_get_font_description (context));
}

static void
drop_text_cache (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  g_clear_pointer (&self->font, pango_font_description_free);
  drop_base (self);
}

static void
draw_base (ViewerFlameCanvas *self)
{
  float         width = (float)gtk_widget_get_width (GTK_WIDGET (self));
  float         height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  ProfFlameView view;

  if (!canvas_view (self, &view))
    return;
  ensure_text_cache (self);

  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  ProfPainter    *painter = prof_painter_cairo_new (cr, self->text_cache);
  ProfRect clip = { 0, scroll_y (self) - top_inset (self), width, height };

  cairo_translate (cr, CANVAS_INSET, top_inset (self) - scroll_y (self));
  prof_flame_paint (&view, painter, &clip);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
  self->base = gtk_snapshot_free_to_node (snapshot);
  self->n_base_draws++;
}

static void
append_border (GtkSnapshot           *snapshot,
               const graphene_rect_t *rect,
               float                  width,
               GdkRGBA                color)
{
  GskRoundedRect outline;
  float          widths[4] = { width, width, width, width };
  GdkRGBA        colors[4] = { color, color, color, color };

  gsk_rounded_rect_init_from_rect (&outline, rect, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colors);
}

static void
draw_hover (ViewerFlameCanvas *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  bool              dark = viewer_theme () == PROF_THEME_DARK;
  GdkRGBA           shade = { dark, dark, dark, 0.08f };
  GdkRGBA           edge = viewer_rgba (tokens->label);
  graphene_rect_t   rect;

  if (self->hover == PROF_ID_NONE)
    return;
  canvas_box_rect (self, self->hover, &rect);
  edge.alpha = 0.65f;
  gtk_snapshot_append_color (snapshot, &shade, &rect);
  append_border (snapshot, &rect, 1, edge);
}

static void
draw_selection (ViewerFlameCanvas *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  uint32_t          box = canvas_selected_box (self);
  graphene_rect_t   rect;

  if (box == PROF_ID_NONE)
    return;
  canvas_box_rect (self, box, &rect);
  graphene_rect_inset (&rect, -1, -1);
  append_border (snapshot,
                 &rect,
                 viewer_wants_contrast () ? 3 : 2,
                 viewer_rgba (tokens->ring));
  graphene_rect_inset (&rect, 2, 2);
  if (rect.size.width > 2)
    append_border (snapshot, &rect, 1, viewer_rgba (tokens->canvas));
}

static void
viewer_flame_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  graphene_rect_t    bounds = GRAPHENE_RECT_INIT (0,
                                               0,
                                               (float)gtk_widget_get_width (
                                                   widget),
                                               (float)gtk_widget_get_height (
                                                   widget));

  if (self->result == NULL)
    return;
  if (self->base == NULL)
    draw_base (self);
  if (self->base != NULL)
    gtk_snapshot_append_node (snapshot, self->base);
  gtk_snapshot_push_clip (snapshot, &bounds);
  draw_hover (self, snapshot);
  draw_selection (self, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->tip, snapshot);
}

/* Allocation */

static void
viewer_flame_canvas_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = 80;
  *natural = 400;
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_item (ViewerFlameCanvas *self)
{
  uint32_t        box = canvas_selected_box (self);
  graphene_rect_t rect = GRAPHENE_RECT_INIT (CANVAS_INSET, CANVAS_INSET, 1, 1);

  if (box != PROF_ID_NONE)
    canvas_box_rect (self, box, &rect);

  GtkAllocation place = {
    (int)rect.origin.x,
    (int)rect.origin.y,
    MAX ((int)rect.size.width, 1),
    MAX ((int)rect.size.height, 1),
  };

  gtk_widget_measure (self->item,
                      GTK_ORIENTATION_HORIZONTAL,
                      -1,
                      NULL,
                      NULL,
                      NULL,
                      NULL);
  gtk_widget_size_allocate (self->item, &place, -1);
}

/* Below the frame, or above when there is no room, and right of the pointer. */
static void
allocate_tip (ViewerFlameCanvas *self)
{
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  int             height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t rect;
  uint32_t        box;
  GtkRequisition  size;

  if (!gtk_widget_get_visible (self->tip) || self->layout == NULL)
    return;
  box = prof_flame_layout_find (self->layout, self->tip_node);
  gtk_widget_get_preferred_size (self->tip, NULL, &size);
  if (box == PROF_ID_NONE)
    return;
  canvas_box_rect (self, box, &rect);

  bool  hovered = self->pointer_inside && self->hover == box;
  float x = hovered ? (float)self->pointer_x : rect.origin.x;
  float y = rect.origin.y + rect.size.height + TIP_DISTANCE;

  if (y + (float)size.height > (float)height)
    y = rect.origin.y - TIP_DISTANCE - (float)size.height;
  gtk_widget_size_allocate (self->tip,
                            &(GtkAllocation){
                                CLAMP ((int)x, 0, MAX (width - size.width, 0)),
                                CLAMP ((int)y,
                                       0,
                                       MAX (height - size.height, 0)),
                                size.width,
                                size.height,
                            },
                            -1);
}

static void
viewer_flame_canvas_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  graphene_size_t    drawn = { 0, 0 };

  if (self->base != NULL)
    {
      graphene_rect_t bounds;

      gsk_render_node_get_bounds (self->base, &bounds);
      drawn = bounds.size;
    }
  if (self->layout != NULL &&
      prof_flame_layout_params (self->layout)->width_px != canvas_width (self))
    drop_layout (self);
  else if ((int)drawn.height != height || (int)drawn.width != width)
    drop_base (self);
  configure_adjustments (self);
  if (self->reveal)
    reveal_selection (self);
  allocate_item (self);
  allocate_tip (self);
}

static void
viewer_flame_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);

  GTK_WIDGET_CLASS (viewer_flame_canvas_parent_class)
      ->css_changed (widget, change);
  /* Also called when the pointer enters: only another font matters. */
  if (self->font != NULL &&
      !pango_font_description_equal (self->font,
                                     pango_context_get_font_description (
                                         gtk_widget_get_pango_context (
                                             widget))))
    drop_text_cache (self);
}

static void
viewer_flame_canvas_map (GtkWidget *widget)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);

  GTK_WIDGET_CLASS (viewer_flame_canvas_parent_class)->map (widget);
  if (self->reveal)
    gtk_widget_queue_allocate (widget);
}

static gboolean
viewer_flame_canvas_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VIEWER_FLAME_CANVAS (widget)->item);
}

/* The outline of the focused canvas; the ring around the frame is selection. */
static void
focus_changed (ViewerFlameCanvas *self)
{
  if (gtk_widget_get_state_flags (self->item) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
}

/* Object */

static void
viewer_flame_canvas_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
viewer_flame_canvas_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      set_adjustment (self,
                      GTK_ORIENTATION_HORIZONTAL,
                      g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_adjustment (self,
                      GTK_ORIENTATION_VERTICAL,
                      g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
viewer_flame_canvas_dispose (GObject *object)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  g_clear_handle_id (&self->tip_source, g_source_remove);
  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
        g_clear_object (&self->adjustments[i]);
      }
  g_clear_pointer (&self->item, gtk_widget_unparent);
  g_clear_pointer (&self->tip, gtk_widget_unparent);
  g_clear_pointer (&self->base, gsk_render_node_unref);
  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (viewer_flame_canvas_parent_class)->dispose (object);
}

static void
viewer_flame_canvas_finalize (GObject *object)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  g_clear_pointer (&self->font, pango_font_description_free);
  g_free (self->root_text);
  G_OBJECT_CLASS (viewer_flame_canvas_parent_class)->finalize (object);
}

static void
viewer_flame_canvas_class_init (ViewerFlameCanvasClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = viewer_flame_canvas_get_property;
  object_class->set_property = viewer_flame_canvas_set_property;
  object_class->dispose = viewer_flame_canvas_dispose;
  object_class->finalize = viewer_flame_canvas_finalize;
  widget_class->measure = viewer_flame_canvas_measure;
  widget_class->size_allocate = viewer_flame_canvas_size_allocate;
  widget_class->snapshot = viewer_flame_canvas_snapshot;
  widget_class->css_changed = viewer_flame_canvas_css_changed;
  widget_class->map = viewer_flame_canvas_map;
  widget_class->grab_focus = viewer_flame_canvas_grab_focus;

  g_object_class_override_property (object_class,
                                    PROP_HADJUSTMENT,
                                    "hadjustment");
  g_object_class_override_property (object_class,
                                    PROP_VADJUSTMENT,
                                    "vadjustment");
  g_object_class_override_property (object_class,
                                    PROP_HSCROLL_POLICY,
                                    "hscroll-policy");
  g_object_class_override_property (object_class,
                                    PROP_VSCROLL_POLICY,
                                    "vscroll-policy");

  signals[HOVER_CHANGED] = g_signal_new ("hover-changed",
                                         G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
  signals[MENU_REQUESTED] = g_signal_new ("menu-requested",
                                          G_TYPE_FROM_CLASS (klass),
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_DOUBLE,
                                          G_TYPE_DOUBLE);

  signals[ROOT_REACHED] = g_signal_new ("root-reached",
                                        G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        0);

  gtk_widget_class_set_css_name (widget_class, "flamegraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TREE);
  canvas_install_keys (widget_class);
}

static void
watch_appearance (ViewerFlameCanvas *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (drop_base),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (drop_base),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "notify::gtk-xft-dpi",
                           G_CALLBACK (update_metrics),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "notify::gtk-xft-dpi",
                           G_CALLBACK (drop_text_cache),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self,
                    "notify::scale-factor",
                    G_CALLBACK (drop_text_cache),
                    NULL);
}

static void
viewer_flame_canvas_init (ViewerFlameCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->hover = self->hover_node = PROF_ID_NONE;
  self->scroll_to_root = TRUE;
  self->item = viewer_frame_item_new ();
  gtk_widget_set_parent (self->item, widget);
  self->tip = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->tip), 0);
  gtk_widget_add_css_class (self->tip, "frame-tip");
  gtk_widget_set_can_target (self->tip, FALSE);
  gtk_widget_set_visible (self->tip, FALSE);
  gtk_widget_set_parent (self->tip, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  self->animation =
      adw_timed_animation_new (widget,
                               0,
                               1,
                               ZOOM_MS,
                               adw_callback_animation_target_new (animate,
                                                                  self,
                                                                  NULL));
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (self->animation),
                                  ADW_EASE_OUT_CUBIC);
  g_signal_connect_object (self->item,
                           "state-flags-changed",
                           G_CALLBACK (focus_changed),
                           self,
                           G_CONNECT_SWAPPED);
  update_metrics (self);
  watch_appearance (self);
  canvas_install_controllers (self);
  describe_canvas (self);
  describe_item (self);
}
