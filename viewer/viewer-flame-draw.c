/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How it looks: the picture, which is kept, and what lies over it. */
#include "viewer-flame-canvas-private.h"

#include "viewer-color.h"
#include <math.h>

/* Text of 12 px at 96 dpi; larger where the user has asked for larger text. */
void
canvas_update_metrics (ViewerFlameCanvas *self)
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
  canvas_range_changed (self);
}

static void
ensure_text_cache (ViewerFlameCanvas *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));

  if (self->text_cache != NULL)
    return;
  self->text_cache = prof_text_cache_new (context, NULL);
  prof_text_cache_set_names (self->text_cache, self->names);
  self->font = pango_font_description_copy (
      pango_context_get_font_description (context));
}

void
canvas_drop_text_cache (ViewerFlameCanvas *self)
{
  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  g_clear_pointer (&self->font, pango_font_description_free);
  canvas_drop_base (self);
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
  ProfRect        clip = { 0,
                           canvas_scroll_y (self) - canvas_top_inset (self),
                           width,
                           height };

  cairo_translate (cr,
                   CANVAS_INSET,
                   canvas_top_inset (self) - canvas_scroll_y (self));
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

/* A line under each caller of what the pointer is over, as far as they are in
 * sight: the stack that leads there. The root's bar is everybody's caller. */
static void
draw_callers (ViewerFlameCanvas *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  const ProfBox    *boxes = canvas_boxes (self);
  GdkRGBA           color = viewer_rgba (tokens->label);
  float             thick = viewer_wants_contrast () ? 2 : 1;
  float             height = (float)gtk_widget_get_height (GTK_WIDGET (self));

  color.alpha = 0.65f;
  for (uint32_t box = boxes[self->hover].parent;
       box != PROF_ID_NONE && boxes[box].row > 0;
       box = boxes[box].parent)
    {
      graphene_rect_t rect;

      canvas_box_rect (self, box, &rect);
      if (rect.origin.y + rect.size.height < 0 || rect.origin.y > height)
        break;
      rect.origin.y += rect.size.height - thick;
      rect.size.height = thick;
      gtk_snapshot_append_color (snapshot, &color, &rect);
    }
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
  draw_callers (self, snapshot);
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

static gboolean
draw_now (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  VIEWER_FLAME_CANVAS (widget)->surrounded = TRUE;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* The first picture comes a frame after all that is around it: labels are shaped for
 * it, and together they would hold the window up for longer than can go unseen. Not
 * so where there was no window before. */
static void
leave_to_next_frame (ViewerFlameCanvas *self)
{
  if (self->first_tick == 0)
    self->first_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self),
                                                     draw_now,
                                                     NULL,
                                                     NULL);
}

void
canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
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
  if (!self->surrounded)
    {
      leave_to_next_frame (self);
      return;
    }
  if (self->base == NULL)
    draw_base (self);
  if (self->base != NULL)
    gtk_snapshot_append_node (snapshot, self->base);
  gtk_snapshot_push_clip (snapshot, &bounds);
  draw_hover (self, snapshot);
  draw_selection (self, snapshot);
  canvas_draw_band (self, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->tip, snapshot);
}

void
canvas_watch_appearance (ViewerFlameCanvas *self)
{
  GtkSettings *settings = gtk_settings_get_default ();

  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (canvas_drop_base),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (canvas_drop_base),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "notify::gtk-xft-dpi",
                           G_CALLBACK (canvas_update_metrics),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (settings,
                           "notify::gtk-xft-dpi",
                           G_CALLBACK (canvas_drop_text_cache),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self,
                    "notify::scale-factor",
                    G_CALLBACK (canvas_drop_text_cache),
                    NULL);
}
