/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-swatch.h"

#include "viewer-color.h"

struct _ViewerSwatch
{
  GtkWidget parent_instance;

  GdkRGBA          colors[2]; /* by ProfTheme */
  gboolean         stripe;
  ViewerSwatchLook look;
};

G_DEFINE_FINAL_TYPE (ViewerSwatch, viewer_swatch, GTK_TYPE_WIDGET)

#define SIZE   12
#define RADIUS 3

/* Of the fill of what is gone, over the ground; as frames have it. */
#define GONE 0.28f

/* px between the lines of what is new */
#define HATCH 4

/* From corner to corner, over the fill. */
static void
hatch (GtkSnapshot *snapshot, const graphene_rect_t *rect)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, rect);
  GdkRGBA  line = viewer_rgba (prof_palette_tokens (viewer_theme ())->canvas);
  double   size = (double)(rect->size.width + rect->size.height);

  line.alpha = 0.6f;
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 1);
  for (double x = HATCH / 2.; x < size; x += HATCH)
    {
      cairo_move_to (cr, x, 0);
      cairo_line_to (cr, x - size, size);
    }
  cairo_stroke (cr);
  cairo_destroy (cr);
}

static void
viewer_swatch_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = *natural = VIEWER_SWATCH (widget)->stripe ? 1 : SIZE;
  *minimum_baseline = *natural_baseline = -1;
}

static void
viewer_swatch_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerSwatch   *self = VIEWER_SWATCH (widget);
  ProfTheme       theme = viewer_theme ();
  graphene_rect_t rect = GRAPHENE_RECT_INIT (0,
                                             0,
                                             (float)gtk_widget_get_width (
                                                 widget),
                                             (float)gtk_widget_get_height (
                                                 widget));
  GskRoundedRect  shape;
  GdkRGBA         edge = viewer_rgba (prof_palette_tokens (theme)->label);
  GdkRGBA         fill;

  if (self->stripe)
    {
      gtk_snapshot_append_color (snapshot, &self->colors[theme], &rect);
      return;
    }
  gsk_rounded_rect_init_from_rect (&shape, &rect, RADIUS);
  fill = self->colors[theme];
  edge.alpha = 0.18f;
  if (self->look == VIEWER_SWATCH_GONE)
    {
      edge = fill;
      fill.alpha = GONE;
    }
  gtk_snapshot_push_rounded_clip (snapshot, &shape);
  gtk_snapshot_append_color (snapshot, &fill, &rect);
  if (self->look == VIEWER_SWATCH_NEW)
    hatch (snapshot, &rect);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot,
                              &shape,
                              (float[4]){ 1, 1, 1, 1 },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

/* Light and dark differ in the style, too; a signal for each of thousands of
 * swatches would cost more. */
static void
viewer_swatch_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (viewer_swatch_parent_class)->css_changed (widget, change);
  gtk_widget_queue_draw (widget);
}

static void
viewer_swatch_class_init (ViewerSwatchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = viewer_swatch_measure;
  widget_class->snapshot = viewer_swatch_snapshot;
  widget_class->css_changed = viewer_swatch_css_changed;
  gtk_widget_class_set_css_name (widget_class, "swatch");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
viewer_swatch_init (ViewerSwatch *self)
{
}

GtkWidget *
viewer_swatch_new (void)
{
  GtkWidget *widget = g_object_new (VIEWER_TYPE_SWATCH, NULL);

  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_widget_set_halign (widget, GTK_ALIGN_CENTER);
  return widget;
}

GtkWidget *
viewer_swatch_new_stripe (void)
{
  GtkWidget *widget = g_object_new (VIEWER_TYPE_SWATCH, NULL);

  VIEWER_SWATCH (widget)->stripe = TRUE;
  return widget;
}

void
viewer_swatch_set_package (ViewerSwatch *self,
                           ViewerResult *result,
                           uint32_t      package)
{
  g_return_if_fail (VIEWER_IS_SWATCH (self));

  for (int theme = 0; theme < 2; theme++)
    self->colors[theme] = viewer_rgba (
        prof_palette_package (result->palettes[theme], package));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
viewer_swatch_set_change (ViewerSwatch *self, int step)
{
  g_return_if_fail (VIEWER_IS_SWATCH (self));
  g_return_if_fail (ABS (step) <= PROF_CHANGE_MAX_STEP);

  for (int theme = 0; theme < 2; theme++)
    self->colors[theme] = viewer_rgba (
        prof_palette_tokens ((ProfTheme)theme)
            ->change[PROF_CHANGE_MAX_STEP + step]);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
viewer_swatch_set_look (ViewerSwatch *self, ViewerSwatchLook look)
{
  g_return_if_fail (VIEWER_IS_SWATCH (self));

  self->look = look;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
