/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-sandwich-page.h"

#include "viewer-change-text.h"

#include "viewer-calls-table.h"
#include "viewer-menus.h"
#include "viewer-name-layout.h"
#include "viewer-name.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

/* The functions to choose from take a share of the page, within limits; in a
 * narrow page there is room for one only. */
#define PICKER_SHARE    0.4
#define MIN_PICKER      296
#define MAX_PICKER      360
#define MIN_WITH_PICKER 600

/* Quick work shows nothing. */
#define SPINNER_MS 200

struct _ViewerSandwichPage
{
  GtkWidget parent_instance;

  /* Children, of the template */
  ViewerTopPage     *picker;
  GtkWidget         *separator;
  GtkWidget         *main;
  ViewerName        *title;
  GtkLabel          *facts;
  GtkSpinner        *spinner;
  GtkToggleButton   *graph_button;
  GtkToggleButton   *tables_button;
  GtkStack          *forms;
  GtkLabel          *callers_caption;
  ViewerFlameCanvas *callers;
  GtkWidget         *bar;
  ViewerName        *bar_name;
  GtkLabel          *bar_value;
  ViewerFlameCanvas *callees;
  GtkLabel          *callees_caption;
  ViewerCallsTable  *callers_table;
  ViewerCallsTable  *callees_table;
  GtkWidget         *menu;

  ViewerDocument *document;
  ViewerSandwich *sandwich;
  guint           spinner_source;
};

enum
{
  HOVER_CHANGED,
  ZOOM_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ViewerSandwichPage, viewer_sandwich_page, GTK_TYPE_WIDGET)

/* Words */

static guint
n_functions (GArray *calls)
{
  guint n = 0;

  for (guint i = 0; i < calls->len; i++)
    n += g_array_index (calls, ViewerNeighbour, i).frame != PROF_ID_NONE;
  return n;
}

static char *
share_of_all (const ViewerResult *result, int64_t value)
{
  return prof_unit_human_percentage ((double)value, (double)result->total);
}

/* (transfer full) */
static char *
describe_callers (const ViewerNeighbours *neighbours)
{
  guint n = n_functions (neighbours->callers);

  if (n == 0)
    return g_strdup (_ ("called from no function"));
  return g_strdup_printf (g_dngettext (NULL,
                                       "called from %u function",
                                       "called from %u functions",
                                       n),
                          n);
}

/* "0.46 s → 1.06 s · called from 8 functions"; the bar has the difference. */
static char *
describe_change (ViewerResult           *callees,
                 const ViewerNeighbours *neighbours,
                 const ProfChange       *change)
{
  g_autofree char *sides = viewer_change_sides (callees,
                                                change->total_before,
                                                change->total_now);
  g_autofree char *from = describe_callers (neighbours);

  return g_strdup_printf ("%s · %s", sides, from);
}

/* "11.8 % total · 0.5 % self · called from 8 functions" */
static char *
describe_function (ViewerResult *callees, const ViewerNeighbours *neighbours)
{
  const ProfNode   *root = prof_tree_nodes (callees->tree);
  const ProfTopRow *row = NULL;
  g_autofree char  *total = share_of_all (callees, root->total);
  g_autofree char  *self = NULL;
  g_autofree char  *from = NULL;

  for (size_t r = 0; r < callees->n_rows && row == NULL; r++)
    if (callees->rows[r].frame == root->frame)
      row = &callees->rows[r];
  /* What it does itself in recursive calls, too. */
  self = share_of_all (callees, row != NULL ? row->flat : root->self);
  from = describe_callers (neighbours);
  return g_strdup_printf (_ ("%s total · %s self · %s"), total, self, from);
}

static void
update_captions (ViewerSandwichPage *self, const ViewerNeighbours *neighbours)
{
  gtk_label_set_label (self->callers_caption,
                       n_functions (neighbours->callers) > 0
                           ? _ ("Callers ↑")
                           : _ ("No Callers"));
  gtk_label_set_label (self->callees_caption,
                       n_functions (neighbours->callees) > 0
                           ? _ ("Callees ↓")
                           : _ ("No Callees"));
}

static void
update_head (ViewerSandwichPage     *self,
             ViewerResult           *callees,
             const ViewerNeighbours *neighbours)
{
  const ProfNode  *root = prof_tree_nodes (callees->tree);
  const char      *name = prof_tree_name (callees->tree, 0);
  g_autofree char *facts = NULL;
  g_autofree char *value = NULL;
  ProfChange       change;

  if (viewer_change_of (callees, 0, 0, &change))
    {
      facts = describe_change (callees, neighbours, &change);
      value = viewer_change_difference (callees,
                                        change.total_before,
                                        change.total_now);
    }
  else
    {
      g_autofree char *total = viewer_text_value (callees, root->total);
      g_autofree char *share = share_of_all (callees, root->total);

      facts = describe_function (callees, neighbours);
      value = g_strdup_printf (_ ("%s · %s of all"), total, share);
    }
  viewer_name_set (self->title, name, FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), name);
  gtk_label_set_label (self->facts, facts);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
  viewer_name_set (self->bar_name, name, FALSE);
  gtk_label_set_label (self->bar_value, value);
}

static void
update_tables (ViewerSandwichPage     *self,
               ViewerResult           *callees,
               const ViewerNeighbours *neighbours)
{
  int64_t total = callees != NULL ? prof_tree_nodes (callees->tree)->total : 0;

  viewer_calls_table_set (self->callers_table,
                          _ ("Callers"),
                          callees,
                          neighbours != NULL ? neighbours->callers : NULL,
                          total);
  viewer_calls_table_set (self->callees_table,
                          _ ("Callees"),
                          callees,
                          neighbours != NULL ? neighbours->callees : NULL,
                          total);
}

static void
update_function (ViewerSandwichPage *self)
{
  ViewerResult           *callees = viewer_sandwich_get_result (self->sandwich,
                                                      VIEWER_CALLEES);
  const ViewerNeighbours *neighbours = viewer_sandwich_get_neighbours (
      self->sandwich);

  gtk_widget_set_visible (self->main, callees != NULL);
  update_tables (self, callees, neighbours);
  if (callees == NULL)
    return;
  update_head (self, callees, neighbours);
  update_captions (self, neighbours);
}

static gboolean
work_takes_long (gpointer data)
{
  ViewerSandwichPage *self = data;

  self->spinner_source = 0;
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), TRUE);
  gtk_spinner_start (self->spinner);
  return G_SOURCE_REMOVE;
}

static void
update_busy (ViewerSandwichPage *self)
{
  const char *complaint = viewer_sandwich_get_complaint (self->sandwich);

  if (viewer_sandwich_is_busy (self->sandwich))
    {
      if (self->spinner_source == 0)
        self->spinner_source = g_timeout_add (SPINNER_MS,
                                              work_takes_long,
                                              self);
      return;
    }
  g_clear_handle_id (&self->spinner_source, g_source_remove);
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), FALSE);
  if (complaint != NULL)
    gtk_label_set_label (self->facts, complaint);
}

static void
sandwich_changed (ViewerSandwichPage *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    update_function (self);
  if (what & VIEWER_CHANGED_BUSY)
    update_busy (self);
  if (what & (VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_RESULT))
    g_signal_emit (self, signals[ZOOM_CHANGED], 0);
  if (what & (VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_RESULT))
    g_signal_emit (self, signals[HOVER_CHANGED], 0);
}

static const struct
{
  ViewerSide side;
  size_t     canvas;
} sides[] = {
  { VIEWER_CALLERS, G_STRUCT_OFFSET (ViewerSandwichPage, callers) },
  { VIEWER_CALLEES, G_STRUCT_OFFSET (ViewerSandwichPage, callees) },
};

ViewerFlameCanvas *
viewer_sandwich_page_get_canvas (ViewerSandwichPage *self, ViewerSide side)
{
  return G_STRUCT_MEMBER (ViewerFlameCanvas *, self, sides[side].canvas);
}

/* "total 1.35 s (7.4 %) · 63.1 % of runtime.mallocgc" */
static char *
describe_node (ViewerResult *result, ProfNodeId node, ProfNodeId end)
{
  int64_t value = end != 0 ? viewer_text_strip_total (result, node, end)
                           : prof_tree_nodes (result->tree)[node].total;
  g_autofree char *status = viewer_text_status (result, node, end);
  g_autofree char *share = viewer_text_share (result, value);

  return g_strdup_printf ("%s · %s", status, share);
}

char *
viewer_sandwich_page_describe (ViewerSandwichPage *self)
{
  ViewerResult *result = NULL;
  ProfNodeId    node, end;

  for (size_t i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      result = viewer_sandwich_get_result (self->sandwich, sides[i].side);
      if (result != NULL &&
          viewer_flame_canvas_get_hover (
              viewer_sandwich_page_get_canvas (self, sides[i].side),
              &node,
              &end))
        return describe_node (result, node, end);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (sides); i++)
    {
      ViewerSelection selection = viewer_flame_model_get_selection (
          viewer_sandwich_get_model (self->sandwich, sides[i].side));

      result = viewer_sandwich_get_result (self->sandwich, sides[i].side);
      if (result != NULL && selection.node != PROF_ID_NONE)
        return describe_node (result, selection.node, selection.end);
    }
  return result == NULL ? g_strdup ("") : viewer_text_status (result, 0, 0);
}

/* What one does */

static void
hovered (ViewerSandwichPage *self)
{
  g_signal_emit (self, signals[HOVER_CHANGED], 0);
}

static void
leave_callers (ViewerSandwichPage *self)
{
  viewer_flame_canvas_select_first (self->callees);
}

static void
leave_callees (ViewerSandwichPage *self)
{
  viewer_flame_canvas_select_first (self->callers);
}

static void
show_menu (ViewerFlameCanvas  *canvas,
           double              x,
           double              y,
           ViewerSandwichPage *self)
{
  gtk_widget_translate_coordinates (GTK_WIDGET (canvas),
                                    GTK_WIDGET (self),
                                    x,
                                    y,
                                    &x,
                                    &y);
  viewer_menus_show (GTK_WIDGET (self), &self->menu, "sandwich-frame", x, y);
}

static void
center (GtkWidget *widget, const char *action, GVariant *parameter)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);
  ProfFrameId frame = viewer_document_get_selection (self->document).frame;

  if (frame != PROF_ID_NONE)
    viewer_document_set_center (self->document, frame, false);
}

/* Frames of tables are those of the result that is shown. */
static gboolean
is_current (ViewerSandwichPage *self)
{
  ViewerResult *shown = viewer_sandwich_get_result (self->sandwich,
                                                    VIEWER_CALLEES);
  ViewerResult *now = viewer_document_get_result (self->document);

  return shown != NULL && now != NULL && shown->serial == now->serial;
}

static void
call_selected (ViewerSandwichPage *self, guint frame)
{
  ProfNodeId node;

  if (!is_current (self))
    return;
  node = viewer_result_heaviest (viewer_document_get_result (self->document),
                                 frame);
  if (node != PROF_ID_NONE)
    viewer_document_select (self->document, node, 0, false);
}

static void
call_activated (ViewerSandwichPage *self, guint frame)
{
  if (is_current (self))
    viewer_document_set_center (self->document, frame, false);
}

static void
form_toggled (ViewerSandwichPage *self)
{
  gtk_stack_set_visible_child_name (self->forms,
                                    gtk_toggle_button_get_active (
                                        self->tables_button)
                                        ? "tables"
                                        : "graph");
}

/* From the functions to choose from into the graph. */
static void
picked (ViewerSandwichPage *self)
{
  if (gtk_toggle_button_get_active (self->tables_button))
    gtk_widget_grab_focus (GTK_WIDGET (self->callees_table));
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->callees));
}

/* API */

void
viewer_sandwich_page_set_document (ViewerSandwichPage *self,
                                   ViewerDocument     *document)
{
  g_return_if_fail (VIEWER_IS_SANDWICH_PAGE (self));
  g_return_if_fail (self->document == NULL);

  self->document = g_object_ref (document);
  self->sandwich = viewer_sandwich_new (document);
  viewer_top_page_set_document (self->picker, document);
  for (size_t i = 0; i < G_N_ELEMENTS (sides); i++)
    viewer_flame_canvas_set_model (viewer_sandwich_page_get_canvas (self,
                                                                    sides[i]
                                                                        .side),
                                   viewer_sandwich_get_model (self->sandwich,
                                                              sides[i].side));
  g_signal_connect_object (self->sandwich,
                           "changed",
                           G_CALLBACK (sandwich_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

ViewerSandwich *
viewer_sandwich_page_get_sandwich (ViewerSandwichPage *self)
{
  return self->sandwich;
}

ViewerTopPage *
viewer_sandwich_page_get_picker (ViewerSandwichPage *self)
{
  return self->picker;
}

/* Layout */

static void
viewer_sandwich_page_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);
  int                 least, most;

  gtk_widget_measure (self->main,
                      orientation,
                      -1,
                      minimum,
                      natural,
                      NULL,
                      NULL);
  gtk_widget_measure (GTK_WIDGET (self->picker),
                      orientation,
                      -1,
                      &least,
                      &most,
                      NULL,
                      NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural += MAX_PICKER;
  else
    {
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, most);
    }
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_column (GtkWidget *child, int x, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
viewer_sandwich_page_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean wide = width >= MIN_WITH_PICKER;
  int      picker = wide ? CLAMP ((int)(width * PICKER_SHARE),
                             MIN_PICKER,
                             viewer_table_width (MAX_PICKER, 0))
                         : 0;
  int      rest = width - picker - wide;

  gtk_widget_set_child_visible (GTK_WIDGET (self->picker), wide);
  gtk_widget_set_child_visible (self->separator, wide);
  if (wide)
    {
      allocate_column (GTK_WIDGET (self->picker),
                       rtl ? rest + 1 : 0,
                       picker,
                       height);
      allocate_column (self->separator, rtl ? rest : picker, 1, height);
    }
  if (gtk_widget_get_visible (self->main))
    allocate_column (self->main, rtl ? 0 : width - rest, rest, height);
  if (self->menu != NULL)
    gtk_popover_present (GTK_POPOVER (self->menu));
}

/* Object */

static void
viewer_sandwich_page_map (GtkWidget *widget)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);

  GTK_WIDGET_CLASS (viewer_sandwich_page_parent_class)->map (widget);
  if (self->sandwich != NULL)
    viewer_sandwich_set_active (self->sandwich, TRUE);
}

static void
viewer_sandwich_page_unmap (GtkWidget *widget)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);

  if (self->sandwich != NULL)
    viewer_sandwich_set_active (self->sandwich, FALSE);
  GTK_WIDGET_CLASS (viewer_sandwich_page_parent_class)->unmap (widget);
}

static gboolean
viewer_sandwich_page_grab_focus (GtkWidget *widget)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (widget);

  if (gtk_widget_get_child_visible (GTK_WIDGET (self->picker)))
    return gtk_widget_grab_focus (GTK_WIDGET (self->picker));
  picked (self);
  return TRUE;
}

void
viewer_sandwich_page_set_names (ViewerSandwichPage *self, ProfNames names)
{
  g_return_if_fail (VIEWER_IS_SANDWICH_PAGE (self));

  viewer_flame_canvas_set_names (self->callers, names);
  viewer_flame_canvas_set_names (self->callees, names);
}

void
viewer_sandwich_page_set_trim (ViewerSandwichPage *self, double share)
{
  g_return_if_fail (VIEWER_IS_SANDWICH_PAGE (self));

  viewer_flame_canvas_set_trim (self->callers, share);
  viewer_flame_canvas_set_trim (self->callees, share);
}

static void
viewer_sandwich_page_dispose (GObject *object)
{
  ViewerSandwichPage *self = VIEWER_SANDWICH_PAGE (object);
  GtkWidget          *child;

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_pointer (&self->menu, gtk_widget_unparent);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->sandwich);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_sandwich_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerSandwichPage, child)
  BIND (picker);
  BIND (separator);
  BIND (main);
  BIND (title);
  BIND (facts);
  BIND (spinner);
  BIND (graph_button);
  BIND (tables_button);
  BIND (forms);
  BIND (callers_caption);
  BIND (callers);
  BIND (bar);
  BIND (bar_name);
  BIND (bar_value);
  BIND (callees);
  BIND (callees_caption);
  BIND (callers_table);
  BIND (callees_table);
#undef BIND
}

static guint
new_signal (ViewerSandwichPageClass *klass, const char *name)
{
  return g_signal_new (name,
                       G_TYPE_FROM_CLASS (klass),
                       G_SIGNAL_RUN_LAST,
                       0,
                       NULL,
                       NULL,
                       NULL,
                       G_TYPE_NONE,
                       0);
}

static void
viewer_sandwich_page_class_init (ViewerSandwichPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_sandwich_page_dispose;
  widget_class->measure = viewer_sandwich_page_measure;
  widget_class->size_allocate = viewer_sandwich_page_size_allocate;
  widget_class->map = viewer_sandwich_page_map;
  widget_class->unmap = viewer_sandwich_page_unmap;
  widget_class->grab_focus = viewer_sandwich_page_grab_focus;
  signals[HOVER_CHANGED] = new_signal (klass, "hover-changed");
  signals[ZOOM_CHANGED] = new_signal (klass, "zoom-changed");
  g_type_ensure (VIEWER_TYPE_TOP_PAGE);
  g_type_ensure (VIEWER_TYPE_NAME);
  g_type_ensure (VIEWER_TYPE_NAME_LAYOUT);
  g_type_ensure (VIEWER_TYPE_FLAME_CANVAS);
  g_type_ensure (VIEWER_TYPE_CALLS_TABLE);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-sandwich-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, show_menu);
  gtk_widget_class_bind_template_callback (widget_class, hovered);
  gtk_widget_class_bind_template_callback (widget_class, leave_callers);
  gtk_widget_class_bind_template_callback (widget_class, leave_callees);
  gtk_widget_class_bind_template_callback (widget_class, call_selected);
  gtk_widget_class_bind_template_callback (widget_class, call_activated);
  gtk_widget_class_bind_template_callback (widget_class, form_toggled);
  gtk_widget_class_install_action (widget_class,
                                   "sandwich.center",
                                   NULL,
                                   center);
}

static void
viewer_sandwich_page_init (ViewerSandwichPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  viewer_flame_canvas_set_flame (self->callers, TRUE);
  g_signal_connect_object (viewer_top_page_get_view (self->picker),
                           "activate",
                           G_CALLBACK (picked),
                           self,
                           G_CONNECT_SWAPPED);
}
