/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How it looks: the picture, which is kept, and what lies over it. */
#include "viewer-graph-canvas-private.h"

#include "viewer-color.h"
#include <string.h>

#define RING_PX       2
#define CONTRAST_PX   3
#define NEAR_EXTRA_PX 1 /* what arrows at the hovered box are wider */

/* Texts are drawn in the font that they were measured in. */
void
graph_ensure_text_cache (ViewerGraphCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  const PangoFontDescription *font = pango_context_get_font_description (
      context);
  const char *family = pango_font_description_get_family (font);

  if (self->text_cache == NULL)
    self->text_cache = prof_text_cache_new (context, family);
  viewer_graph_set_family (self->graph, family);
}

static void
drop_text_cache (ViewerGraphCanvas *self)
{
  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  g_clear_pointer (&self->overview, gsk_render_node_unref);
  if (self->graph != NULL)
    graph_ensure_text_cache (self);
  graph_drop_base (self);
}

static void
draw_base (ViewerGraphCanvas *self, const ProfGraphView *view)
{
  float           width = (float)gtk_widget_get_width (GTK_WIDGET (self));
  float           height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  ProfPainter    *painter = prof_painter_cairo_new (cr, self->text_cache);
  ProfRect        clip = { -self->x, -self->y, (double)width, (double)height };

  cairo_translate (cr, self->x, self->y);
  prof_graph_paint (view, painter, &clip);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
  self->base = gtk_snapshot_free_to_node (snapshot);
  self->n_base_draws++;
}

/* --- Over it --- */

/* Arrows that lead to a box and from it, and the boxes at their ends. */
static void
draw_near (ViewerGraphCanvas   *self,
           const ProfGraphView *view,
           ProfPainter         *painter,
           uint32_t             box)
{
  const ProfTokens     *tokens = prof_palette_tokens (view->theme);
  size_t                n;
  const ProfGraphArrow *arrows;

  arrows = prof_graph_scene_arrows (prof_graph_layout_scene (self->layout), &n);
  for (uint32_t a = 0; a < n; a++)
    if (arrows[a].source == box || arrows[a].target == box)
      prof_graph_paint_arrow (view, painter, a, NEAR_EXTRA_PX, tokens->ring);
  for (uint32_t a = 0; a < n; a++)
    if (arrows[a].source == box || arrows[a].target == box)
      prof_graph_paint_box (view,
                            painter,
                            arrows[a].source == box ? arrows[a].target
                                                    : arrows[a].source,
                            1,
                            tokens->ring);
}

static void
draw_matches (ViewerGraphCanvas   *self,
              const ProfGraphView *view,
              ProfPainter         *painter)
{
  const ProfTokens *tokens = prof_palette_tokens (view->theme);
  ProfSearch       *search = viewer_document_get_search (self->document);
  ViewerResult     *now = viewer_document_get_result (self->document);
  ViewerResult     *drawn = viewer_graph_get_result (self->graph);
  ProfGraphScene   *scene = prof_graph_layout_scene (self->layout);

  if (search == NULL || now == NULL || drawn == NULL ||
      now->serial != drawn->serial)
    return;
  for (uint32_t b = 0; b < prof_graph_scene_n_nodes (scene); b++)
    if (prof_search_frame_matches (search, prof_graph_scene_frame (scene, b)))
      {
        ProfRect rect = prof_graph_view_box (view, b);

        painter->klass->stroke (painter, &rect, 3, tokens->hit);
        painter->klass->stroke (painter, &rect, 1, tokens->hit_edge);
      }
}

/* A line below a box that is under the pointer would be lost among arrows. */
static void
draw_over (ViewerGraphCanvas   *self,
           const ProfGraphView *view,
           ProfPainter         *painter)
{
  const ProfTokens *tokens = prof_palette_tokens (view->theme);
  uint32_t          selected = viewer_graph_canvas_get_selected (self);
  double            ring = viewer_wants_contrast () ? CONTRAST_PX : RING_PX;

  if (self->hover_arrow != PROF_ID_NONE)
    prof_graph_paint_arrow (view,
                            painter,
                            self->hover_arrow,
                            NEAR_EXTRA_PX,
                            tokens->ring);
  if (self->hover != PROF_ID_NONE)
    {
      draw_near (self, view, painter, self->hover);
      prof_graph_paint_box (view, painter, self->hover, 1, tokens->label);
    }
  draw_matches (self, view, painter);
  if (selected != PROF_ID_NONE)
    prof_graph_paint_box (view, painter, selected, ring, tokens->ring);
}

static gboolean
has_over (ViewerGraphCanvas *self)
{
  return self->hover != PROF_ID_NONE || self->hover_arrow != PROF_ID_NONE ||
         viewer_document_get_search (self->document) != NULL ||
         viewer_graph_canvas_get_selected (self) != PROF_ID_NONE;
}

static void
append_over (ViewerGraphCanvas     *self,
             GtkSnapshot           *snapshot,
             const graphene_rect_t *bounds,
             const ProfGraphView   *view)
{
  cairo_t     *cr = gtk_snapshot_append_cairo (snapshot, bounds);
  ProfPainter *painter = prof_painter_cairo_new (cr, self->text_cache);

  cairo_translate (cr, self->x, self->y);
  draw_over (self, view, painter);
  prof_painter_cairo_free (painter);
  cairo_destroy (cr);
}

void
graph_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerGraphCanvas *self = VIEWER_GRAPH_CANVAS (widget);
  graphene_rect_t    bounds;
  ProfGraphView      view;

  if (!graph_view (self, &view) || self->text_cache == NULL)
    return;
  graphene_rect_init (&bounds,
                      0,
                      0,
                      (float)gtk_widget_get_width (widget),
                      (float)gtk_widget_get_height (widget));
  if (self->base == NULL)
    draw_base (self, &view);
  if (self->base != NULL)
    gtk_snapshot_append_node (snapshot, self->base);
  if (has_over (self))
    append_over (self, snapshot, &bounds, &view);
  graph_draw_overview (self, snapshot);
}

static void
colors_changed (ViewerGraphCanvas *self)
{
  g_clear_pointer (&self->overview, gsk_render_node_unref);
  graph_drop_base (self);
}

void
graph_watch_appearance (ViewerGraphCanvas *self)
{
  static const char *const properties[] = { "notify::dark",
                                            "notify::high-contrast" };

  for (size_t i = 0; i < G_N_ELEMENTS (properties); i++)
    g_signal_connect_object (adw_style_manager_get_default (),
                             properties[i],
                             G_CALLBACK (colors_changed),
                             self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_settings_get_default (),
                           "notify::gtk-xft-dpi",
                           G_CALLBACK (drop_text_cache),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self,
                    "notify::scale-factor",
                    G_CALLBACK (drop_text_cache),
                    NULL);
}
