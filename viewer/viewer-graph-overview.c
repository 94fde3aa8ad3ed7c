/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A small picture of the whole graph in a corner, with what is in view marked on
 * it. It is there as long as something is out of view. */
#include "viewer-graph-canvas-private.h"

#include "viewer-color.h"
#include <math.h>

#define MAX_WIDTH  200.0
#define MAX_HEIGHT 150.0
#define MARGIN     10.0
#define MIN_ROOM   3 /* times its size that the widget is at least */

static double
overview_scale (ViewerGraphCanvas *self)
{
  return MIN (MAX_WIDTH / MAX (prof_graph_layout_width (self->layout), 1),
              MAX_HEIGHT / MAX (prof_graph_layout_height (self->layout), 1));
}

static gboolean
is_all_in_view (ViewerGraphCanvas *self, double width, double height)
{
  return self->x >= 0 && self->y >= 0 &&
         self->x + prof_graph_layout_width (self->layout) * self->scale <=
             width &&
         self->y + prof_graph_layout_height (self->layout) * self->scale <=
             height;
}

gboolean
graph_overview_rect (ViewerGraphCanvas *self, graphene_rect_t *rect)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double w;
  double h;

  if (self->layout == NULL || is_all_in_view (self, width, height))
    return FALSE;
  w = ceil (prof_graph_layout_width (self->layout) * overview_scale (self));
  h = ceil (prof_graph_layout_height (self->layout) * overview_scale (self));
  if (width < MIN_ROOM * w || height < MIN_ROOM * h)
    return FALSE;
  graphene_rect_init (rect,
                      (float)(width - w - MARGIN),
                      (float)(height - h - MARGIN),
                      (float)w,
                      (float)h);
  return TRUE;
}

gboolean
graph_overview_go (ViewerGraphCanvas *self, double x, double y)
{
  graphene_rect_t rect;
  double          by;

  if (!graph_overview_rect (self, &rect))
    return FALSE;
  by = self->scale / overview_scale (self);
  self->is_fitted = FALSE;
  graph_set_place (self,
                   gtk_widget_get_width (GTK_WIDGET (self)) / 2. -
                       (x - (double)rect.origin.x) * by,
                   gtk_widget_get_height (GTK_WIDGET (self)) / 2. -
                       (y - (double)rect.origin.y) * by);
  return TRUE;
}

static GskRenderNode *
new_picture (ViewerGraphCanvas *self, const graphene_rect_t *rect)
{
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = { { 0, 0 }, rect->size };
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  ProfPainter    *painter = prof_painter_cairo_new (cr, self->text_cache);
  ProfGraphView   view;

  graph_view (self, &view);
  view.zoom = overview_scale (self);
  view.least_px = 0;
  prof_graph_paint (&view, painter, NULL);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
  return gtk_snapshot_free_to_node (snapshot);
}

static void
append_frame (GtkSnapshot           *snapshot,
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
draw_mark (ViewerGraphCanvas     *self,
           GtkSnapshot           *snapshot,
           const graphene_rect_t *rect)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  double            by = overview_scale (self) / self->scale;
  double            width = gtk_widget_get_width (GTK_WIDGET (self));
  double            height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t   mark;

  graphene_rect_init (&mark,
                      rect->origin.x - (float)(self->x * by),
                      rect->origin.y - (float)(self->y * by),
                      (float)(width * by),
                      (float)(height * by));
  if (graphene_rect_intersection (&mark, rect, &mark))
    append_frame (snapshot, &mark, 2, viewer_rgba (tokens->ring));
}

void
graph_draw_overview (ViewerGraphCanvas *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  GdkRGBA           canvas = viewer_rgba (tokens->canvas);
  graphene_rect_t   rect;
  graphene_rect_t   frame;

  if (!graph_overview_rect (self, &rect))
    return;
  if (self->overview == NULL)
    self->overview = new_picture (self, &rect);
  frame = rect;
  graphene_rect_inset (&frame, -4, -4);
  gtk_snapshot_append_color (snapshot, &canvas, &frame);
  append_frame (snapshot, &frame, 1, viewer_rgba (tokens->strip_line));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &rect.origin);
  if (self->overview != NULL)
    gtk_snapshot_append_node (snapshot, self->overview);
  gtk_snapshot_restore (snapshot);
  draw_mark (self, snapshot, &rect);
}
