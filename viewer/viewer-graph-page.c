/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-graph-page.h"

#include "viewer-graph-text.h"
#include "viewer-menus.h"
#include "viewer-panel-row.h"
#include <adwaita.h>
#include <glib/gi18n.h>

struct _ViewerGraphPage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkStack          *states;
  ViewerGraphCanvas *canvas;
  AdwStatusPage     *status;
  GtkWidget         *retry;
  GtkSpinButton     *count;
  GtkRange          *node_fraction;
  GtkRange          *edge_fraction;
  GtkLabel          *node_value;
  GtkLabel          *edge_value;
  GtkToggleButton   *near;
  GtkWidget         *busy;
  GtkLabel          *note;
  GtkWidget         *menu;

  ViewerDocument *document;
  ViewerGraph    *graph;
  gboolean        updating;
};

G_DEFINE_FINAL_TYPE (ViewerGraphPage, viewer_graph_page, GTK_TYPE_WIDGET)

/* What the sliders stand for: small shares need small steps. */
static const double percents[] = { 0, 0.1, 0.2, 0.5, 1, 2, 5, 10 };

static double
percent_of (GtkRange *range)
{
  int step = (int)(gtk_range_get_value (range) + 0.5);

  return percents[CLAMP (step, 0, (int)G_N_ELEMENTS (percents) - 1)];
}

/* --- What is shown --- */

static void
update_note (ViewerGraphPage *self)
{
  ProfGraphLayout *layout = viewer_graph_get_layout (self->graph);
  size_t           wanted = viewer_graph_n_wanted (self->graph);
  g_autofree char *text = NULL;

  if (layout != NULL && wanted > 0)
    text = g_strdup_printf (
        _ ("Graphviz would take too long for %zu functions: %zu are drawn"),
        wanted,
        prof_graph_scene_n_nodes (prof_graph_layout_scene (layout)));
  gtk_label_set_label (self->note, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), text != NULL);
}

static void
show_status (ViewerGraphPage *self,
             const char      *icon,
             const char      *title,
             const char      *description,
             gboolean         can_retry)
{
  g_autofree char *escaped = g_markup_escape_text (description, -1);

  adw_status_page_set_icon_name (self->status, icon);
  adw_status_page_set_title (self->status, title);
  adw_status_page_set_description (self->status, escaped);
  gtk_widget_set_visible (self->retry, can_retry);
  gtk_stack_set_visible_child_name (self->states, "status");
}

static void
update_state (ViewerGraphPage *self)
{
  const char *message = viewer_graph_get_message (self->graph);

  switch (viewer_graph_get_state (self->graph))
    {
    case VIEWER_GRAPH_READY:
      gtk_stack_set_visible_child_name (self->states, "graph");
      break;
    case VIEWER_GRAPH_EMPTY:
      show_status (self,
                   "edit-find-symbolic",
                   _ ("Nothing to Draw"),
                   _ ("No function is left. Lower what is hidden below, or "
                      "take filters away."),
                   FALSE);
      break;
    case VIEWER_GRAPH_NO_GRAPHVIZ:
      show_status (self,
                   "system-software-install-symbolic",
                   _ ("Graphviz Is Not Installed"),
                   _ ("It finds the places of boxes and arrows. Install the "
                      "package “graphviz” and try again."),
                   TRUE);
      break;
    case VIEWER_GRAPH_FAILED:
      show_status (self,
                   "dialog-warning-symbolic",
                   _ ("No Call Graph"),
                   message != NULL ? message : "",
                   TRUE);
      break;
    case VIEWER_GRAPH_NONE:
    default:
      gtk_stack_set_visible_child_name (self->states, "computing");
      break;
    }
}

static void
update_near (ViewerGraphPage *self)
{
  gboolean is_near = viewer_graph_get_near (self->graph) != PROF_ID_NONE;
  gboolean can = viewer_document_get_selection (self->document).frame !=
                 PROF_ID_NONE;

  self->updating = TRUE;
  gtk_toggle_button_set_active (self->near, is_near);
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->near), is_near || can);
}

static void
graph_changed (ViewerGraphPage *self)
{
  gtk_widget_set_visible (self->busy, viewer_graph_is_busy (self->graph));
  update_state (self);
  update_note (self);
  update_near (self);
  g_signal_emit_by_name (self, "view-changed");
}

static void
document_changed (ViewerGraphPage *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    viewer_graph_set_result (self->graph,
                             viewer_document_get_result (self->document));
  if (what & VIEWER_CHANGED_SELECTION)
    update_near (self);
}

/* --- What is asked --- */

static void
show_percent (GtkLabel *label, double percent)
{
  g_autofree char *text = g_strdup_printf ("%g %%", percent);

  viewer_panel_set_number (label, text);
}

static void
trim_changed (ViewerGraphPage *self)
{
  double nodes = percent_of (self->node_fraction);
  double edges = percent_of (self->edge_fraction);

  show_percent (self->node_value, nodes);
  show_percent (self->edge_value, edges);
  if (self->graph != NULL)
    viewer_graph_set_trim (self->graph,
                           (unsigned)gtk_spin_button_get_value_as_int (
                               self->count),
                           nodes / 100,
                           edges / 100);
}

static void
near_toggled (ViewerGraphPage *self)
{
  ProfFrameId frame;

  if (self->updating || self->document == NULL)
    return;
  frame = viewer_document_get_selection (self->document).frame;
  viewer_graph_set_near (self->graph,
                         gtk_toggle_button_get_active (self->near)
                             ? frame
                             : PROF_ID_NONE);
  viewer_graph_canvas_fit (self->canvas);
}

static void
retry_clicked (ViewerGraphPage *self)
{
  viewer_graph_retry (self->graph);
}

static void
cancel_clicked (ViewerGraphPage *self)
{
  viewer_graph_cancel (self->graph);
}

static void
show_menu (ViewerGraphPage *self, double x, double y)
{
  gtk_widget_translate_coordinates (GTK_WIDGET (self->canvas),
                                    GTK_WIDGET (self),
                                    x,
                                    y,
                                    &x,
                                    &y);
  viewer_menus_show (GTK_WIDGET (self), &self->menu, "graph-frame", x, y);
}

/* --- Words --- */

char *
viewer_graph_page_describe (ViewerGraphPage *self)
{
  char *text = viewer_graph_canvas_describe (self->canvas);

  if (text != NULL)
    return text;
  return g_markup_escape_text (_ ("Point at a box or an arrow to read it here"),
                               -1);
}

char *
viewer_graph_page_describe_view (ViewerGraphPage *self)
{
  ProfGraphLayout *layout = viewer_graph_get_layout (self->graph);

  return layout != NULL ? viewer_graph_text_shown (layout) : NULL;
}

ViewerGraphCanvas *
viewer_graph_page_get_canvas (ViewerGraphPage *self)
{
  return self->canvas;
}

ViewerGraph *
viewer_graph_page_get_graph (ViewerGraphPage *self)
{
  return self->graph;
}

/* --- Object --- */

static void
pass_hover (ViewerGraphPage *self)
{
  g_signal_emit_by_name (self, "hover-changed");
}

static void
pass_view (ViewerGraphPage *self)
{
  g_signal_emit_by_name (self, "view-changed");
}

void
viewer_graph_page_set_document (ViewerGraphPage *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_GRAPH_PAGE (self));

  g_set_object (&self->document, document);
  viewer_graph_canvas_set_model (self->canvas, document, self->graph);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->graph,
                           "changed",
                           G_CALLBACK (graph_changed),
                           self,
                           G_CONNECT_SWAPPED);
  graph_changed (self);
}

static void
viewer_graph_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (viewer_graph_page_parent_class)->map (widget);
  viewer_graph_set_shown (VIEWER_GRAPH_PAGE (widget)->graph, TRUE);
}

static void
viewer_graph_page_unmap (GtkWidget *widget)
{
  viewer_graph_set_shown (VIEWER_GRAPH_PAGE (widget)->graph, FALSE);
  GTK_WIDGET_CLASS (viewer_graph_page_parent_class)->unmap (widget);
}

static gboolean
viewer_graph_page_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (
      GTK_WIDGET (VIEWER_GRAPH_PAGE (widget)->canvas));
}

static void
viewer_graph_page_dispose (GObject *object)
{
  ViewerGraphPage *self = VIEWER_GRAPH_PAGE (object);
  GtkWidget       *child;

  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  g_clear_object (&self->graph);
  G_OBJECT_CLASS (viewer_graph_page_parent_class)->dispose (object);
}

static void
add_signal (GType type, const char *name)
{
  g_signal_new (name,
                type,
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
}

static void
viewer_graph_page_class_init (ViewerGraphPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_graph_page_dispose;
  widget_class->map = viewer_graph_page_map;
  widget_class->unmap = viewer_graph_page_unmap;
  widget_class->grab_focus = viewer_graph_page_grab_focus;
  add_signal (G_TYPE_FROM_CLASS (klass), "hover-changed");
  add_signal (G_TYPE_FROM_CLASS (klass), "view-changed");
  g_type_ensure (VIEWER_TYPE_GRAPH_CANVAS);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-graph-page.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerGraphPage, child)
  BIND (states);
  BIND (canvas);
  BIND (status);
  BIND (retry);
  BIND (count);
  BIND (node_fraction);
  BIND (edge_fraction);
  BIND (node_value);
  BIND (edge_value);
  BIND (near);
  BIND (busy);
  BIND (note);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, trim_changed);
  gtk_widget_class_bind_template_callback (widget_class, near_toggled);
  gtk_widget_class_bind_template_callback (widget_class, retry_clicked);
  gtk_widget_class_bind_template_callback (widget_class, cancel_clicked);
  gtk_widget_class_bind_template_callback (widget_class, show_menu);
  gtk_widget_class_bind_template_callback (widget_class, pass_hover);
  gtk_widget_class_bind_template_callback (widget_class, pass_view);
}

static void
viewer_graph_page_init (ViewerGraphPage *self)
{
  self->graph = viewer_graph_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  trim_changed (self);
}
