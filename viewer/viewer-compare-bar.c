/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-compare-bar.h"

#include "viewer-menus.h"
#include <glib/gi18n.h>

struct _ViewerCompareBar
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkRevealer   *refusal_bar;
  GtkLabel      *refusal_label;
  GtkWidget     *bar;
  GtkLabel      *names;
  GtkWidget     *widths;
  GtkMenuButton *how;

  ViewerDocument *document;
};

G_DEFINE_FINAL_TYPE (ViewerCompareBar, viewer_compare_bar, GTK_TYPE_WIDGET)

static const char *
how_title (const ViewerComparison *comparison)
{
  if (comparison->difference)
    return _ ("Difference");
  switch (comparison->scale)
    {
    case VIEWER_SCALE_TOTAL:
      return _ ("Same Total");
    case VIEWER_SCALE_DURATION:
      return _ ("Same Duration");
    case VIEWER_SCALE_NONE:
    default:
      return _ ("As Measured");
    }
}

static void
show_comparison (ViewerCompareBar *self, const ViewerComparison *comparison)
{
  const char      *before = viewer_document_get_before_name (self->document);
  const char      *now = viewer_document_get_now_name (self->document);
  g_autofree char *names = g_strdup_printf ("%s \xe2\x86\x92 %s", before, now);
  g_autofree char *words = NULL;
  const char      *title = how_title (comparison);
  g_autofree char *how = NULL;

  words = g_strdup_printf (_ ("Before: %s\nNow: %s"), before, now);
  how = g_strdup_printf (_ ("How They Are Compared: %s"), title);
  gtk_label_set_label (self->names, names);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->names), words);
  gtk_widget_set_visible (self->widths, !comparison->difference);
  gtk_menu_button_set_label (self->how, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->how),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  how,
                                  -1);
}

static void
show_refusal (ViewerCompareBar *self)
{
  const char *refusal = viewer_document_get_refusal (self->document);

  if (refusal != NULL)
    {
      gtk_label_set_label (self->refusal_label, refusal);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->refusal_label), refusal);
    }
  gtk_revealer_set_reveal_child (self->refusal_bar, refusal != NULL);
}

static void
document_changed (ViewerCompareBar *self, guint what)
{
  const ViewerComparison *comparison;

  if (!(what & (VIEWER_CHANGED_COMPARISON | VIEWER_CHANGED_RESULT)))
    return;
  comparison = viewer_document_get_comparison (self->document);
  show_refusal (self);
  if (comparison != NULL)
    show_comparison (self, comparison);
  gtk_widget_set_visible (self->bar, comparison != NULL);
}

void
viewer_compare_bar_set_document (ViewerCompareBar *self,
                                 ViewerDocument   *document)
{
  g_return_if_fail (VIEWER_IS_COMPARE_BAR (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  document_changed (self, VIEWER_CHANGED_COMPARISON);
}

static void
viewer_compare_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&VIEWER_COMPARE_BAR (object)->document);
  G_OBJECT_CLASS (viewer_compare_bar_parent_class)->dispose (object);
}

static void
viewer_compare_bar_class_init (ViewerCompareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_compare_bar_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-compare-bar.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerCompareBar, child)
  BIND (refusal_bar);
  BIND (refusal_label);
  BIND (bar);
  BIND (names);
  BIND (widths);
  BIND (how);
#undef BIND
}

static void
viewer_compare_bar_init (ViewerCompareBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->how, viewer_menus_get ("compare-how"));
}
