/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-change-legend.h"

#include "viewer-color.h"
#include "viewer-swatch.h"
#include "viewer-width.h"
#include <glib/gi18n.h>

#define STEP_WIDTH     30 /* px */
#define MIN_STEP_WIDTH 8
#define SPACING        10
#define N_KEYS         3

struct _ViewerChangeLegend
{
  GtkWidget parent_instance;

  /* Children, in their order */
  GtkWidget *title;
  GtkWidget *less;
  GtkWidget *scale;
  GtkWidget *more;
  GtkWidget *keys[N_KEYS];
};

G_DEFINE_FINAL_TYPE (ViewerChangeLegend, viewer_change_legend, GTK_TYPE_WIDGET)

static GtkWidget *
make_scale (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 1);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (int step = -PROF_CHANGE_MAX_STEP; step <= PROF_CHANGE_MAX_STEP; step++)
    {
      GtkWidget *cell = viewer_swatch_new_stripe ();

      viewer_swatch_set_change (VIEWER_SWATCH (cell), step);
      gtk_widget_set_size_request (cell, MIN_STEP_WIDTH, 12);
      gtk_widget_set_hexpand (cell, TRUE);
      gtk_box_append (GTK_BOX (box), cell);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static GtkWidget *
add_label (GtkWidget *parent, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, parent);
  return label;
}

static GtkWidget *
add_key (GtkWidget *parent, GtkWidget *swatch, const char *text)
{
  GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (item), swatch);
  add_label (item, text, "dim");
  gtk_widget_set_parent (item, parent);
  return item;
}

static GtkWidget *
make_swatch (ViewerSwatchLook look, int step)
{
  GtkWidget *swatch = viewer_swatch_new ();

  viewer_swatch_set_change (VIEWER_SWATCH (swatch), step);
  viewer_swatch_set_look (VIEWER_SWATCH (swatch), look);
  return swatch;
}

static void
viewer_change_legend_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_change_legend_parent_class)->dispose (object);
}

/* Narrow windows have the scale alone, steps of which may be narrow, too. */

static int
widest_scale (void)
{
  int n = 2 * PROF_CHANGE_MAX_STEP + 1;

  return n * STEP_WIDTH + n - 1;
}

static void
viewer_change_legend_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  ViewerChangeLegend *self = VIEWER_CHANGE_LEGEND (widget);
  int                 height = 0;

  *minimum_baseline = *natural_baseline = -1;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = viewer_width_natural (self->scale);
      *natural = viewer_width_natural (self->title) +
                 viewer_width_natural (self->less) + widest_scale () +
                 viewer_width_natural (self->more) + (3 + N_KEYS) * SPACING;
      for (size_t i = 0; i < N_KEYS; i++)
        *natural += viewer_width_natural (self->keys[i]);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_height;

      gtk_widget_measure (child,
                          orientation,
                          -1,
                          NULL,
                          &child_height,
                          NULL,
                          NULL);
      height = MAX (height, child_height);
    }
  *minimum = *natural = height;
}

/* Whether there is room for it; then there is less. */
static gboolean
take (GtkWidget *child, int *room)
{
  int      width = viewer_width_natural (child) + SPACING;
  gboolean fits = width <= *room;

  gtk_widget_set_child_visible (child, fits);
  if (fits)
    *room -= width;
  return fits;
}

static void
place (GtkWidget *legend, GtkWidget *child, int x, int width)
{
  int total = gtk_widget_get_width (legend);

  if (gtk_widget_get_direction (legend) == GTK_TEXT_DIR_RTL)
    x = total - x - width;
  gtk_widget_size_allocate (child,
                            &(GtkAllocation){ x,
                                              0,
                                              width,
                                              gtk_widget_get_height (legend) },
                            -1);
}

static void
viewer_change_legend_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  ViewerChangeLegend *self = VIEWER_CHANGE_LEGEND (widget);
  int                 scale = widest_scale ();
  int                 room = width - scale;
  int                 x = 0;
  int                 end = width;
  gboolean            has_words = width - viewer_width_natural (self->scale) >=
                       viewer_width_natural (self->less) +
                           viewer_width_natural (self->more) + 2 * SPACING;

  gtk_widget_set_child_visible (self->less, has_words);
  gtk_widget_set_child_visible (self->more, has_words);
  if (has_words)
    room -= viewer_width_natural (self->less) +
            viewer_width_natural (self->more) + 2 * SPACING;
  if (room < 0)
    scale = MAX (scale + room, viewer_width_natural (self->scale));
  if (take (self->title, &room))
    {
      place (widget, self->title, x, viewer_width_natural (self->title));
      x += viewer_width_natural (self->title) + SPACING;
    }
  if (has_words)
    {
      place (widget, self->less, x, viewer_width_natural (self->less));
      x += viewer_width_natural (self->less) + SPACING;
    }
  place (widget, self->scale, x, scale);
  if (has_words)
    place (widget,
           self->more,
           x + scale + SPACING,
           viewer_width_natural (self->more));
  for (size_t i = N_KEYS; i > 0; i--)
    {
      GtkWidget *key = self->keys[i - 1];

      if (!take (key, &room))
        continue;
      end -= viewer_width_natural (key);
      place (widget, key, end, viewer_width_natural (key));
      end -= SPACING;
    }
}

static void
viewer_change_legend_class_init (ViewerChangeLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_change_legend_dispose;
  widget_class->measure = viewer_change_legend_measure;
  widget_class->size_allocate = viewer_change_legend_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
viewer_change_legend_init (ViewerChangeLegend *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->title = add_label (widget, _ ("Change of total"), "dim");
  self->less = add_label (widget, _ ("less"), NULL);
  self->scale = make_scale ();
  gtk_widget_set_parent (self->scale, widget);
  self->more = add_label (widget, _ ("more"), NULL);
  self->keys[0] = add_key (widget,
                           make_swatch (VIEWER_SWATCH_PLAIN, 0),
                           /* xgettext:no-c-format */
                           _ ("within ±5 % or noise"));
  self->keys[1] = add_key (widget,
                           make_swatch (VIEWER_SWATCH_NEW, 2),
                           C_ ("change", "new"));
  self->keys[2] = add_key (widget,
                           make_swatch (VIEWER_SWATCH_GONE, -2),
                           C_ ("change", "gone"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colors of changes"),
                                  -1);
}
