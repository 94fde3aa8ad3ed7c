/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-bar.h"

#include <math.h>

struct _ViewerBar
{
  GtkWidget parent_instance;

  double share;
};

G_DEFINE_FINAL_TYPE (ViewerBar, viewer_bar, GTK_TYPE_WIDGET)

static void
viewer_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerBar *self = VIEWER_BAR (widget);
  float      width = (float)gtk_widget_get_width (widget);
  float      height = (float)gtk_widget_get_height (widget);
  float      filled = (float)(self->share * (double)width);
  float      start = 0;
  GdkRGBA    color;

  /* What is more than nothing is seen. */
  if (self->share > 0)
    filled = fmaxf (roundf (filled), 1);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    start = width - filled;

  graphene_rect_t rect = GRAPHENE_RECT_INIT (start, 0, filled, height);
  GskRoundedRect  shape;
  float           radius = fminf (height >= 10 ? 2 : height / 2, filled / 2);

  gsk_rounded_rect_init_from_rect (&shape, &rect, radius);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &color, &rect);
  gtk_snapshot_pop (snapshot);
}

static void
viewer_bar_class_init (ViewerBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = viewer_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
viewer_bar_init (ViewerBar *self)
{
}

GtkWidget *
viewer_bar_new (void)
{
  return g_object_new (VIEWER_TYPE_BAR, NULL);
}

void
viewer_bar_set_share (ViewerBar *self, double share)
{
  g_return_if_fail (VIEWER_IS_BAR (self));

  self->share = CLAMP (share, 0, 1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
