/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-page.h"

#include "viewer-change-legend.h"
#include "viewer-flame-minimap.h"
#include "viewer-legend.h"
#include "viewer-menus.h"

struct _ViewerFlamePage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  ViewerFlameMinimap *minimap;
  GtkWidget          *scroller;
  ViewerFlameCanvas  *canvas;
  GtkWidget          *legend_box;
  ViewerLegend       *legend;
  GtkWidget          *change_legend_box;
  GtkWidget          *menu;

  ViewerDocument *document;
  gboolean        shows_legend;
};

G_DEFINE_FINAL_TYPE (ViewerFlamePage, viewer_flame_page, GTK_TYPE_WIDGET)

static void
show_menu (ViewerFlamePage *self, double x, double y)
{
  gtk_widget_translate_coordinates (GTK_WIDGET (self->canvas),
                                    GTK_WIDGET (self),
                                    x,
                                    y,
                                    &x,
                                    &y);
  viewer_menus_show (GTK_WIDGET (self), &self->menu, "flame-frame", x, y);
}

static void
update_legend (ViewerFlamePage *self)
{
  ViewerResult       *result = viewer_document_get_result (self->document);
  const ProfColoring *coloring = viewer_document_get_coloring (self->document);
  gboolean            shows = self->shows_legend && result != NULL;

  gtk_widget_set_visible (self->legend_box,
                          shows && prof_scheme_is_by_package (coloring) &&
                              prof_frames_n_packages (result->frames) > 0);
  /* Without it these colours mean nothing. */
  gtk_widget_set_visible (self->change_legend_box,
                          result != NULL &&
                              coloring->scheme == PROF_SCHEME_DIFF);
}

static void
document_changed (ViewerFlamePage *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    update_legend (self);
}

void
viewer_flame_page_set_document (ViewerFlamePage *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_FLAME_PAGE (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  viewer_flame_canvas_set_model (self->canvas, VIEWER_FLAME_MODEL (document));
  viewer_flame_minimap_set_model (self->minimap, VIEWER_FLAME_MODEL (document));
  viewer_legend_set_document (self->legend, document);
}

void
viewer_flame_page_show_legend (ViewerFlamePage *self, gboolean show)
{
  g_return_if_fail (VIEWER_IS_FLAME_PAGE (self));

  self->shows_legend = show;
  update_legend (self);
}

void
viewer_flame_page_set_flame (ViewerFlamePage *self, gboolean flame)
{
  g_return_if_fail (VIEWER_IS_FLAME_PAGE (self));

  viewer_flame_canvas_set_flame (self->canvas, flame);
  viewer_flame_minimap_set_flame (self->minimap, flame);
}

ViewerFlameCanvas *
viewer_flame_page_get_canvas (ViewerFlamePage *self)
{
  return self->canvas;
}

static gboolean
viewer_flame_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (
      GTK_WIDGET (VIEWER_FLAME_PAGE (widget)->canvas));
}

static void
viewer_flame_page_dispose (GObject *object)
{
  ViewerFlamePage *self = VIEWER_FLAME_PAGE (object);
  GtkWidget       *child;

  g_clear_object (&self->document);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_flame_page_parent_class)->dispose (object);
}

static void
viewer_flame_page_class_init (ViewerFlamePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_flame_page_dispose;
  widget_class->grab_focus = viewer_flame_page_grab_focus;
  g_type_ensure (VIEWER_TYPE_FLAME_CANVAS);
  g_type_ensure (VIEWER_TYPE_FLAME_MINIMAP);
  g_type_ensure (VIEWER_TYPE_LEGEND);
  g_type_ensure (VIEWER_TYPE_CHANGE_LEGEND);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-flame-page.ui");
  gtk_widget_class_bind_template_child (widget_class,
                                        ViewerFlamePage,
                                        scroller);
  gtk_widget_class_bind_template_child (widget_class, ViewerFlamePage, minimap);
  gtk_widget_class_bind_template_child (widget_class, ViewerFlamePage, canvas);
  gtk_widget_class_bind_template_child (widget_class,
                                        ViewerFlamePage,
                                        legend_box);
  gtk_widget_class_bind_template_child (widget_class, ViewerFlamePage, legend);
  gtk_widget_class_bind_template_child (widget_class,
                                        ViewerFlamePage,
                                        change_legend_box);
  gtk_widget_class_bind_template_callback (widget_class, show_menu);
}

static void
viewer_flame_page_init (ViewerFlamePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* As the window's action is at first: only what differs is told. */
  self->shows_legend = TRUE;
}
