/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-package-bar.h"

#include "viewer-color.h"
#include "viewer-legend.h"

#define HEIGHT 12

struct _ViewerPackageBar
{
  GtkWidget parent_instance;

  ViewerResult *result;
  GArray       *order; /* uint32_t, packages by falling self */
};

G_DEFINE_FINAL_TYPE (ViewerPackageBar, viewer_package_bar, GTK_TYPE_WIDGET)

static void
viewer_package_bar_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 1;
  *minimum_baseline = *natural_baseline = -1;
}

/* Segments end on whole pixels; the last pixel of one that is wide enough stays
 * free. Returns where the next begins. */
static double
draw_tier (ViewerPackageBar *self,
           GtkSnapshot      *snapshot,
           ProfTier          tier,
           double            x)
{
  const ProfPackage *packages = prof_frames_packages (self->result->frames);
  double             width = gtk_widget_get_width (GTK_WIDGET (self));
  ProfPalette       *palette = self->result->palettes[viewer_theme ()];

  for (guint i = 0; i < self->order->len; i++)
    {
      uint32_t id = g_array_index (self->order, uint32_t, i);

      if (packages[id].tier != tier)
        continue;

      double end = x + ABS ((double)packages[id].self) /
                           (double)self->result->total * width;
      float   from = (float)(int)(x + 0.5);
      float   length = (float)(int)(end + 0.5) - from;
      GdkRGBA color = viewer_rgba (prof_palette_package (palette, id));

      if (length >= 3)
        length -= 1;
      if (length > 0)
        gtk_snapshot_append_color (snapshot,
                                   &color,
                                   &GRAPHENE_RECT_INIT (from,
                                                        0,
                                                        length,
                                                        HEIGHT));
      x = end;
    }
  return x;
}

static void
viewer_package_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerPackageBar *self = VIEWER_PACKAGE_BAR (widget);
  GskRoundedRect    shape;
  double            x = 0;

  if (self->result == NULL || self->result->total == 0)
    return;
  gsk_rounded_rect_init_from_rect (
      &shape,
      &GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget), HEIGHT),
      3);
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  for (int tier = PROF_TIER_OWN; tier <= PROF_TIER_UNSYMBOLIZED; tier++)
    x = draw_tier (self, snapshot, (ProfTier)tier, x);
  gtk_snapshot_pop (snapshot);
}

static void
viewer_package_bar_finalize (GObject *object)
{
  viewer_package_bar_set_result (VIEWER_PACKAGE_BAR (object), NULL);
  G_OBJECT_CLASS (viewer_package_bar_parent_class)->finalize (object);
}

static void
viewer_package_bar_class_init (ViewerPackageBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = viewer_package_bar_finalize;
  widget_class->measure = viewer_package_bar_measure;
  widget_class->snapshot = viewer_package_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "packagebar");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
viewer_package_bar_init (ViewerPackageBar *self)
{
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw),
                           self,
                           G_CONNECT_SWAPPED);
}

void
viewer_package_bar_set_result (ViewerPackageBar *self, ViewerResult *result)
{
  g_return_if_fail (VIEWER_IS_PACKAGE_BAR (self));

  g_clear_pointer (&self->order, g_array_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  if (result != NULL)
    {
      self->result = viewer_result_ref (result);
      self->order = viewer_packages_by_self (result);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
