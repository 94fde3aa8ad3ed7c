/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-change-legend.h"

#include "viewer-color.h"
#include "viewer-swatch.h"
#include <glib/gi18n.h>

#define STEP_WIDTH 30 /* px */

struct _ViewerChangeLegend
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ViewerChangeLegend, viewer_change_legend, GTK_TYPE_WIDGET)

static GtkWidget *
make_scale (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 1);

  for (int step = -PROF_CHANGE_MAX_STEP; step <= PROF_CHANGE_MAX_STEP; step++)
    {
      GtkWidget *cell = viewer_swatch_new_stripe ();

      viewer_swatch_set_change (VIEWER_SWATCH (cell), step);
      gtk_widget_set_size_request (cell, STEP_WIDTH, 12);
      gtk_box_append (GTK_BOX (box), cell);
    }
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  return box;
}

static void
append_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
append_key (GtkWidget *box, GtkWidget *swatch, const char *text)
{
  GtkWidget *item = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_append (GTK_BOX (item), swatch);
  append_label (item, text, "dim");
  gtk_box_append (GTK_BOX (box), item);
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

static void
viewer_change_legend_class_init (ViewerChangeLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_change_legend_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "legend");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
}

/* Narrow windows cut it at the end. */
static void
viewer_change_legend_init (ViewerChangeLegend *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);

  append_label (box, _ ("Change of total"), "dim");
  append_label (box, _ ("less"), NULL);
  gtk_box_append (GTK_BOX (box), make_scale ());
  append_label (box, _ ("more"), NULL);
  append_key (box,
              make_swatch (VIEWER_SWATCH_PLAIN, 0),
              /* xgettext:no-c-format */
              _ ("within ±5 % or noise"));
  append_key (box, make_swatch (VIEWER_SWATCH_NEW, 2), C_ ("change", "new"));
  append_key (box, make_swatch (VIEWER_SWATCH_GONE, -2), C_ ("change", "gone"));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_widget_set_parent (scroller, GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Colors of changes"),
                                  -1);
}
