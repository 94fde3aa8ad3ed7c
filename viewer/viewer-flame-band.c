/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A range drawn with the pointer, to zoom to: from where the button went down to
 * where the pointer is. A mouse or a pen draws one; a finger scrolls. */
#include "viewer-flame-canvas-private.h"

#include "viewer-color.h"
#include <math.h>

/* A click may shake by this many px. */
#define MIN_BAND 5

static double
clamp_x (ViewerFlameCanvas *self, double x)
{
  return CLAMP (x, CANVAS_INSET, CANVAS_INSET + canvas_width (self));
}

/* Where a point of the widget is on the root's line. */
static double
value_at (ViewerFlameCanvas *self, double x)
{
  double share = (x - CANVAS_INSET) / canvas_width (self);

  return self->shown.start + share * (self->shown.end - self->shown.start);
}

static void
range_of (ViewerFlameCanvas *self, double *start, double *end)
{
  *start = value_at (self, MIN (self->band_from, self->band_to));
  *end = value_at (self, MAX (self->band_from, self->band_to));
}

static void
say_share (ViewerFlameCanvas *self)
{
  double start, end;

  range_of (self, &start, &end);

  g_autofree char *share =
      prof_unit_human_percentage (end - start,
                                  (double)prof_tree_weight (self->result->tree,
                                                            0));

  gtk_label_set_text (GTK_LABEL (self->tip), share);
  gtk_widget_set_visible (self->tip, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
end_band (ViewerFlameCanvas *self)
{
  self->banding = FALSE;
  viewer_flame_canvas_hide_tip (self);
  canvas_update_hover (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
canvas_cancel_band (ViewerFlameCanvas *self)
{
  if (!self->banding)
    return FALSE;
  end_band (self);
  gtk_gesture_set_state (self->band_gesture, GTK_EVENT_SEQUENCE_DENIED);
  return TRUE;
}

void
canvas_draw_band (ViewerFlameCanvas *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  GdkRGBA           edge = viewer_rgba (tokens->ring);
  GdkRGBA           shade = edge;
  float             thick = viewer_wants_contrast () ? 2 : 1;
  float             height = (float)gtk_widget_get_height (GTK_WIDGET (self));
  float             left = (float)MIN (self->band_from, self->band_to);
  float             right = (float)MAX (self->band_from, self->band_to);

  if (!self->banding)
    return;
  shade.alpha = 0.18f;
  gtk_snapshot_append_color (snapshot,
                             &shade,
                             &GRAPHENE_RECT_INIT (left,
                                                  0,
                                                  right - left,
                                                  height));
  gtk_snapshot_append_color (snapshot,
                             &edge,
                             &GRAPHENE_RECT_INIT (left, 0, thick, height));
  gtk_snapshot_append_color (snapshot,
                             &edge,
                             &GRAPHENE_RECT_INIT (right - thick,
                                                  0,
                                                  thick,
                                                  height));
}

static gboolean
is_touch (GtkGesture *gesture)
{
  GdkEvent  *event = gtk_gesture_get_last_event (gesture, NULL);
  GdkDevice *device = event != NULL ? gdk_event_get_device (event) : NULL;

  return device != NULL &&
         gdk_device_get_source (device) == GDK_SOURCE_TOUCHSCREEN;
}

static void
began (ViewerFlameCanvas *self, double x, double y, GtkGesture *gesture)
{
  self->banding = FALSE;
  self->band_press = x;
  self->band_from = self->band_to = clamp_x (self, x);
  if (self->result == NULL || is_touch (gesture))
    gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_DENIED);
}

static void
went_on (ViewerFlameCanvas *self, double dx, double dy, GtkGesture *gesture)
{
  if (self->result == NULL || (!self->banding && fabs (dx) <= MIN_BAND))
    return;
  if (!self->banding)
    {
      self->banding = TRUE;
      /* What is under the pointer is no longer clicked on. */
      gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
      canvas_update_hover (self);
    }
  self->band_to = clamp_x (self, self->band_press + dx);
  say_share (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
ended (ViewerFlameCanvas *self, double dx, double dy, GtkGesture *gesture)
{
  double start, end;

  if (!self->banding)
    return;
  end_band (self);
  range_of (self, &start, &end);
  if (self->result != NULL && fabs (self->band_to - self->band_from) > MIN_BAND)
    viewer_flame_model_zoom_to_range (self->model, start, end, false);
}

static void
cancelled (ViewerFlameCanvas *self)
{
  if (self->banding)
    end_band (self);
}

void
canvas_add_band (ViewerFlameCanvas *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect_swapped (drag, "cancel", G_CALLBACK (cancelled), self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (went_on), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (ended), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  self->band_gesture = drag;
}
