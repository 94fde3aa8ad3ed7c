/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-graph-canvas-private.h"

#include "viewer-color.h"
#include "viewer-frame-item.h"
#include "viewer-graph-text.h"
#include <glib/gi18n.h>
#include <math.h>

/* A little of it always stays in view, in px. */
#define STAYS 60

/* Smaller letters can hardly be read on a screen, px. */
#define LEAST_LETTERS 8

G_DEFINE_FINAL_TYPE (ViewerGraphCanvas, viewer_graph_canvas, GTK_TYPE_WIDGET)

/* --- What is in view --- */

gboolean
graph_view (ViewerGraphCanvas *self, ProfGraphView *view)
{
  ViewerResult *result;

  if (self->layout == NULL)
    return FALSE;
  result = viewer_graph_get_result (self->graph);
  *view = (ProfGraphView){
    .layout = self->layout,
    .theme = viewer_theme (),
    .zoom = self->scale,
    .compared = result != NULL && result->changes != NULL,
    .least_px = LEAST_LETTERS,
  };
  return TRUE;
}

void
graph_drop_base (ViewerGraphCanvas *self)
{
  g_clear_pointer (&self->base, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static double
width_of (ViewerGraphCanvas *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1);
}

static double
height_of (ViewerGraphCanvas *self)
{
  return MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1);
}

/* Text is as large as the desktop's, or smaller where it has to be. */
static double
natural_scale (ViewerGraphCanvas *self)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)),
                "gtk-xft-dpi",
                &dpi,
                NULL);
  return dpi > 0 ? dpi / 1024. / 96. : 1;
}

static void
view_changed (ViewerGraphCanvas *self)
{
  graph_drop_base (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  viewer_canvas_input_moved (&self->input);
  graph_update_hover (self);
  g_signal_emit_by_name (self, "view-changed");
}

/* What has room is in the middle; of the rest a part stays in view. */
static double
placed (double at, double length, double room)
{
  if (length + 2 * GRAPH_INSET <= room)
    return round ((room - length) / 2);
  return CLAMP (at, STAYS - length, room - STAYS);
}

void
graph_set_place (ViewerGraphCanvas *self, double x, double y)
{
  if (self->layout == NULL)
    return;
  self->x = placed (x,
                    prof_graph_layout_width (self->layout) * self->scale,
                    width_of (self));
  self->y = placed (y,
                    prof_graph_layout_height (self->layout) * self->scale,
                    height_of (self));
  view_changed (self);
}

void
graph_zoom_at (ViewerGraphCanvas *self, double factor, double x, double y)
{
  double before = self->scale;
  double by;

  if (self->layout == NULL)
    return;
  self->scale = CLAMP (before * factor, GRAPH_MIN_SCALE, GRAPH_MAX_SCALE);
  self->is_fitted = FALSE;
  by = self->scale / before;
  graph_set_place (self, x - (x - self->x) * by, y - (y - self->y) * by);
}

void
viewer_graph_canvas_fit (ViewerGraphCanvas *self)
{
  double width;
  double height;

  g_return_if_fail (VIEWER_IS_GRAPH_CANVAS (self));

  self->is_fitted = TRUE;
  if (self->layout == NULL)
    return;
  width = MAX (prof_graph_layout_width (self->layout), 1);
  height = MAX (prof_graph_layout_height (self->layout), 1);
  self->scale = MIN ((width_of (self) - 2 * GRAPH_INSET) / width,
                     (height_of (self) - 2 * GRAPH_INSET) / height);
  self->scale = CLAMP (self->scale, GRAPH_MIN_SCALE, natural_scale (self));
  graph_set_place (self, 0, 0);
}

gboolean
viewer_graph_canvas_is_zoomed (ViewerGraphCanvas *self)
{
  return self->layout != NULL && !self->is_fitted;
}

double
viewer_graph_canvas_get_scale (ViewerGraphCanvas *self)
{
  return self->scale;
}

void
viewer_graph_canvas_get_box_rect (ViewerGraphCanvas *self,
                                  uint32_t           box,
                                  graphene_rect_t   *rect)
{
  ProfGraphView view;
  ProfRect      at = { 0, 0, 1, 1 };

  if (graph_view (self, &view))
    at = prof_graph_view_box (&view, box);
  graphene_rect_init (rect,
                      (float)(at.x + self->x),
                      (float)(at.y + self->y),
                      (float)at.width,
                      (float)at.height);
}

void
viewer_graph_canvas_zoom (ViewerGraphCanvas *self, double factor)
{
  uint32_t        selected = viewer_graph_canvas_get_selected (self);
  double          x = width_of (self) / 2;
  double          y = height_of (self) / 2;
  graphene_rect_t rect;

  if (selected != PROF_ID_NONE)
    {
      graphene_point_t middle;

      viewer_graph_canvas_get_box_rect (self, selected, &rect);
      graphene_rect_get_center (&rect, &middle);
      if (middle.x > 0 && middle.x < (float)width_of (self) && middle.y > 0 &&
          middle.y < (float)height_of (self))
        {
          x = (double)middle.x;
          y = (double)middle.y;
        }
    }
  graph_zoom_at (self, factor, x, y);
}

/* By how much something has to move to be within the room. */
static double
way_into (double start, double length, double room)
{
  if (start < GRAPH_INSET)
    return GRAPH_INSET - start;
  if (start + length > room - GRAPH_INSET)
    return MAX (room - GRAPH_INSET - length - start, GRAPH_INSET - start);
  return 0;
}

void
graph_reveal (ViewerGraphCanvas *self, uint32_t box)
{
  graphene_rect_t rect;
  double          dx;
  double          dy;

  viewer_graph_canvas_get_box_rect (self, box, &rect);
  dx = way_into ((double)rect.origin.x,
                 (double)rect.size.width,
                 width_of (self));
  dy = way_into ((double)rect.origin.y,
                 (double)rect.size.height,
                 height_of (self));
  if (fabs (dx) > 0 || fabs (dy) > 0)
    graph_set_place (self, self->x + dx, self->y + dy);
}

/* --- Selection --- */

uint32_t
viewer_graph_canvas_get_selected (ViewerGraphCanvas *self)
{
  ProfFrameId frame;

  if (self->layout == NULL)
    return PROF_ID_NONE;
  frame = viewer_document_get_selection (self->document).frame;
  if (frame == PROF_ID_NONE || viewer_graph_get_result (self->graph) == NULL)
    return PROF_ID_NONE;
  return prof_graph_scene_find (prof_graph_layout_scene (self->layout), frame);
}

/* Frames of a result that is gone say nothing. */
void
graph_select_box (ViewerGraphCanvas *self, uint32_t box, gboolean reveal)
{
  ViewerResult *now = viewer_document_get_result (self->document);
  ViewerResult *drawn = viewer_graph_get_result (self->graph);

  if (now == NULL || drawn == NULL || now->serial != drawn->serial)
    return;
  self->reveal = reveal;
  viewer_document_select_frame (
      self->document,
      prof_graph_scene_frame (prof_graph_layout_scene (self->layout), box));
}

char *
viewer_graph_canvas_describe (ViewerGraphCanvas *self)
{
  ViewerResult *result = viewer_graph_get_result (self->graph);
  uint32_t      selected = viewer_graph_canvas_get_selected (self);

  if (result == NULL || self->layout == NULL)
    return NULL;
  if (self->hover != PROF_ID_NONE)
    return viewer_graph_text_box (result, self->layout, self->hover);
  if (self->hover_arrow != PROF_ID_NONE)
    return viewer_graph_text_arrow (result, self->layout, self->hover_arrow);
  if (selected != PROF_ID_NONE)
    return viewer_graph_text_box (result, self->layout, selected);
  return NULL;
}

uint32_t
viewer_graph_canvas_get_hover (ViewerGraphCanvas *self)
{
  return self->hover;
}

static void
describe_item (ViewerGraphCanvas *self)
{
  ViewerResult    *result = viewer_graph_get_result (self->graph);
  uint32_t         selected = viewer_graph_canvas_get_selected (self);
  g_autofree char *label = NULL;

  if (result != NULL && selected != PROF_ID_NONE)
    label = viewer_graph_text_accessible (result, self->layout, selected);
  viewer_frame_item_describe (VIEWER_FRAME_ITEM (self->item),
                              label != NULL ? label : _ ("No function"),
                              1,
                              label != NULL);
}

/* --- Models --- */

static void
document_changed (ViewerGraphCanvas *self, guint what)
{
  uint32_t selected;

  if (what & VIEWER_CHANGED_SEARCH)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  if ((what & (VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_REVEAL)) == 0)
    return;
  selected = viewer_graph_canvas_get_selected (self);
  if (selected != PROF_ID_NONE &&
      (self->reveal || (what & VIEWER_CHANGED_REVEAL) != 0))
    graph_reveal (self, selected);
  self->reveal = FALSE;
  describe_item (self);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
graph_changed (ViewerGraphCanvas *self)
{
  ProfGraphLayout *layout = viewer_graph_get_layout (self->graph);

  if (layout == self->layout)
    return;
  g_clear_pointer (&self->layout, prof_graph_layout_unref);
  g_clear_pointer (&self->overview, gsk_render_node_unref);
  self->hover = self->hover_arrow = PROF_ID_NONE;
  if (layout != NULL)
    self->layout = prof_graph_layout_ref (layout);
  if (self->is_fitted)
    viewer_graph_canvas_fit (self);
  else
    graph_set_place (self, self->x, self->y);
  describe_item (self);
  graph_drop_base (self);
}

void
viewer_graph_canvas_set_model (ViewerGraphCanvas *self,
                               ViewerDocument    *document,
                               ViewerGraph       *graph)
{
  g_return_if_fail (VIEWER_IS_GRAPH_CANVAS (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->graph = g_object_ref (graph);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (graph,
                           "changed",
                           G_CALLBACK (graph_changed),
                           self,
                           G_CONNECT_SWAPPED);
  graph_ensure_text_cache (self);
}

unsigned
viewer_graph_canvas_n_base_draws (ViewerGraphCanvas *self)
{
  return self->n_base_draws;
}

/* --- Widget --- */

static void
viewer_graph_canvas_measure (GtkWidget     *widget,
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
allocate_item (ViewerGraphCanvas *self)
{
  uint32_t        box = viewer_graph_canvas_get_selected (self);
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0, 0, 1, 1);

  if (box != PROF_ID_NONE)
    viewer_graph_canvas_get_box_rect (self, box, &rect);
  gtk_widget_measure (self->item,
                      GTK_ORIENTATION_HORIZONTAL,
                      -1,
                      NULL,
                      NULL,
                      NULL,
                      NULL);
  gtk_widget_size_allocate (self->item,
                            &(GtkAllocation){
                                (int)rect.origin.x,
                                (int)rect.origin.y,
                                MAX ((int)rect.size.width, 1),
                                MAX ((int)rect.size.height, 1),
                            },
                            -1);
}

static void
viewer_graph_canvas_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);
  graphene_rect_t    bounds = { { 0, 0 }, { 0, 0 } };

  if (self->base != NULL)
    gsk_render_node_get_bounds (self->base, &bounds);
  if ((int)bounds.size.width != width || (int)bounds.size.height != height)
    {
      g_clear_pointer (&self->base, gsk_render_node_unref);
      if (self->is_fitted)
        viewer_graph_canvas_fit (self);
    }
  allocate_item (self);
}

static void
viewer_graph_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);

  GTK_WIDGET_CLASS (viewer_graph_canvas_parent_class)
      ->css_changed (widget, change);
  if (self->graph != NULL)
    graph_ensure_text_cache (self);
}

static gboolean
viewer_graph_canvas_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VIEWER_GRAPH_CANVAS (widget)->item);
}

/* The outline of the focused canvas; the ring around the box is selection. */
static void
focus_changed (ViewerGraphCanvas *self)
{
  if (gtk_widget_get_state_flags (self->item) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
}

static gboolean
query_tooltip (ViewerGraphCanvas *self,
               int                x,
               int                y,
               gboolean           keyboard,
               GtkTooltip        *tooltip)
{
  g_autofree char *text = NULL;
  graphene_rect_t  rect;

  if (!keyboard && (self->input.rests || (self->hover == PROF_ID_NONE &&
                                          self->hover_arrow == PROF_ID_NONE)))
    return FALSE;
  text = viewer_graph_canvas_describe (self);
  if (text == NULL)
    return FALSE;
  gtk_tooltip_set_markup (tooltip, text);
  if (self->hover != PROF_ID_NONE)
    {
      viewer_graph_canvas_get_box_rect (self, self->hover, &rect);
      gtk_tooltip_set_tip_area (tooltip,
                                &(GdkRectangle){ (int)rect.origin.x,
                                                 (int)rect.origin.y,
                                                 (int)rect.size.width,
                                                 (int)rect.size.height });
    }
  return TRUE;
}

static void
viewer_graph_canvas_dispose (GObject *object)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (object);

  g_clear_pointer (&self->item, gtk_widget_unparent);
  g_clear_pointer (&self->base, gsk_render_node_unref);
  g_clear_pointer (&self->overview, gsk_render_node_unref);
  g_clear_pointer (&self->layout, prof_graph_layout_unref);
  g_clear_object (&self->document);
  g_clear_object (&self->graph);
  G_OBJECT_CLASS (viewer_graph_canvas_parent_class)->dispose (object);
}

static void
viewer_graph_canvas_finalize (GObject *object)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (object);

  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  G_OBJECT_CLASS (viewer_graph_canvas_parent_class)->finalize (object);
}

static void
add_signal (GType type, const char *name)
{
  g_signal_new (name,
                type,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
viewer_graph_canvas_class_init (ViewerGraphCanvasClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = viewer_graph_canvas_dispose;
  object_class->finalize = viewer_graph_canvas_finalize;
  widget_class->measure = viewer_graph_canvas_measure;
  widget_class->size_allocate = viewer_graph_canvas_size_allocate;
  widget_class->snapshot = graph_snapshot;
  widget_class->css_changed = viewer_graph_canvas_css_changed;
  widget_class->grab_focus = viewer_graph_canvas_grab_focus;
  add_signal (G_TYPE_FROM_CLASS (klass), "hover-changed");
  add_signal (G_TYPE_FROM_CLASS (klass), "view-changed");
  g_signal_new ("menu-requested",
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
  gtk_widget_class_set_css_name (widget_class, "callgraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TREE);
  graph_install_keys (widget_class);
}

static void
viewer_graph_canvas_init (ViewerGraphCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->scale = 1;
  self->is_fitted = TRUE;
  self->hover = self->hover_arrow = PROF_ID_NONE;
  self->item = viewer_frame_item_new ();
  gtk_widget_set_parent (self->item, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect (self, "query-tooltip", G_CALLBACK (query_tooltip), NULL);
  g_signal_connect_object (self->item,
                           "state-flags-changed",
                           G_CALLBACK (focus_changed),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Call graph"),
                                  -1);
  graph_watch_appearance (self);
  graph_install_controllers (self);
}
