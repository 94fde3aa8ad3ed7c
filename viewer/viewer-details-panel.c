/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-details-panel.h"

#include "viewer-bar.h"
#include "viewer-change-panel.h"
#include "viewer-change-text.h"
#include "viewer-facts-panel.h"
#include "viewer-hits.h"
#include "viewer-legend.h"
#include "viewer-name.h"
#include "viewer-neighbours.h"
#include "viewer-panel-row.h"
#include "viewer-swatch.h"
#include "viewer-table.h"
#include "viewer-text.h"
#include "viewer-tip.h"
#include <glib/gi18n.h>

#define MAX_NEIGHBOURS 5
#define STACK_ROWS     8   /* shown at first */
#define STACK_STEP     200 /* more with each click */

/* Neighbours of fewer occurrences take less than a few milliseconds. */
#define INLINE_OCCURRENCES 20000

struct _ViewerDetailsPanel
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkWidget         *frame_page;
  GtkLabel          *name;
  GtkWidget         *source_box;
  GtkLabel          *source;
  GtkWidget         *package;
  GtkWidget         *package_swatch;
  GtkLabel          *package_label;
  GtkLabel          *meters_title;
  GtkBox            *meters;
  GtkWidget         *callers_title;
  GtkBox            *callers;
  GtkWidget         *callees_title;
  GtkBox            *callees;
  ViewerHits        *hits;
  GtkWidget         *stack_title;
  GtkBox            *stack_list;
  ViewerChangePanel *changes;
  ViewerFactsPanel  *facts;

  ViewerDocument *document;
  guint           stack_rows; /* how many are asked for */
  guint           generation; /* of the neighbours asked for */
  guint    filling;  /* tick callback: what is shown is of another result */
  gboolean pictured; /* while filling: a frame is that of its picture */
  gboolean facts_stale;
};

G_DEFINE_FINAL_TYPE (ViewerDetailsPanel, viewer_details_panel, GTK_TYPE_WIDGET)

/* Rows */

/* A function, without its path. */
static GtkWidget *
make_function (const char *name)
{
  GtkWidget *widget = viewer_name_new ();

  viewer_name_set (VIEWER_NAME (widget), viewer_text_short_name (name), FALSE);
  gtk_widget_set_hexpand (widget, TRUE);
  return widget;
}

/* Selected frame */

static void
node_clicked (GtkButton *button, ViewerDetailsPanel *self)
{
  ProfNodeId node = GPOINTER_TO_UINT (
      g_object_get_data (G_OBJECT (button), "node"));
  ViewerResult *result = viewer_document_get_result (self->document);

  if (self->filling == 0 && result != NULL &&
      node < prof_tree_n_nodes (result->tree))
    viewer_document_select (self->document, node, 0, true);
}

static void
lead_to (ViewerDetailsPanel *self, GtkWidget *button, ProfNodeId node)
{
  g_object_set_data (G_OBJECT (button), "node", GUINT_TO_POINTER (node));
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (node_clicked),
                           self,
                           0);
}

static void
add_meter (GtkBox             *box,
           const ViewerResult *result,
           const char         *title,
           int64_t             value)
{
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = viewer_panel_label (title, 0, "dim");
  GtkWidget       *bar = viewer_bar_new ();
  g_autofree char *amount = viewer_text_value (result, value);
  g_autofree char *share = viewer_panel_share_text (value, result->total);

  gtk_widget_set_size_request (label, viewer_table_width (40, 0), -1);
  gtk_widget_set_size_request (bar, 80, 6);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "meter");
  gtk_widget_add_css_class (row, "panel-meter");
  viewer_bar_set_share (VIEWER_BAR (bar),
                        result->total == 0
                            ? 0
                            : ABS ((double)value) / (double)result->total);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (share, VIEWER_PANEL_SHARE, "dim"));
  gtk_box_append (box, row);
}

/* Of calls that are compared, by how much they have changed. */
static char *
neighbour_amount (const ViewerResult *result, int64_t total)
{
  if (result->changes == NULL)
    return viewer_text_value (result, total);
  return viewer_change_delta (result, MAX (-total, 0), MAX (total, 0));
}

static void
add_neighbour (ViewerDetailsPanel    *self,
               GtkBox                *box,
               const ViewerResult    *result,
               const ViewerNeighbour *neighbour,
               int64_t                total)
{
  const char      *name = neighbour->frame == PROF_ID_NONE
                              ? _ ("all")
                              : prof_frames_display_name (result->frames,
                                                     neighbour->frame);
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = make_function (name);
  g_autofree char *amount = neighbour_amount (result, neighbour->total);
  g_autofree char *share = result->changes == NULL
                               ? viewer_panel_share_text (neighbour->total,
                                                          total)
                               : g_strdup ("");
  g_autofree char *words = g_strdup_printf ("%s, %s%s%s",
                                            name,
                                            amount,
                                            share[0] != '\0' ? ", " : "",
                                            share);
  GtkWidget       *button = viewer_panel_button (row, words);

  gtk_widget_add_css_class (label, "link-text");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  if (result->changes == NULL)
    gtk_box_append (GTK_BOX (row),
                    viewer_panel_number (share, VIEWER_PANEL_SHARE, "dim"));
  viewer_tip_set (button, name);
  lead_to (self, button, neighbour->node);
  gtk_box_append (box, button);
}

static void
fill_neighbours (ViewerDetailsPanel *self,
                 GtkWidget          *title,
                 GtkBox             *box,
                 const ViewerResult *result,
                 GArray             *neighbours,
                 int64_t             total)
{
  viewer_panel_clear (box);
  for (guint i = 0; i < MIN (neighbours->len, MAX_NEIGHBOURS); i++)
    add_neighbour (self,
                   box,
                   result,
                   &g_array_index (neighbours, ViewerNeighbour, i),
                   total);
  if (neighbours->len > MAX_NEIGHBOURS)
    gtk_box_append (box, viewer_panel_more (neighbours->len - MAX_NEIGHBOURS));
  gtk_widget_set_visible (title, neighbours->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (box), neighbours->len > 0);
}

static void
show_neighbours (ViewerDetailsPanel *self,
                 const ViewerResult *result,
                 ProfFrameId         frame,
                 ViewerNeighbours   *neighbours)
{
  const ProfTopRow *row = viewer_result_row (result, frame);
  int64_t           total = row != NULL ? row->cum : 0;

  fill_neighbours (self,
                   self->callers_title,
                   self->callers,
                   result,
                   neighbours->callers,
                   total);
  fill_neighbours (self,
                   self->callees_title,
                   self->callees,
                   result,
                   neighbours->callees,
                   total);
}

typedef struct
{
  ViewerResult *result;
  ProfFrameId   frame;
  guint         generation;
} NeighbourJob;

static void
neighbour_job_free (gpointer data)
{
  NeighbourJob *job = data;

  viewer_result_unref (job->result);
  g_free (job);
}

static void
run_neighbours (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  NeighbourJob *job = task_data;

  g_task_return_pointer (task,
                         viewer_neighbours_new (job->result, job->frame),
                         (GDestroyNotify)viewer_neighbours_free);
}

static void
neighbours_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerDetailsPanel *self = VIEWER_DETAILS_PANEL (source);
  NeighbourJob       *job = g_task_get_task_data (G_TASK (async_result));
  g_autoptr (ViewerNeighbours) neighbours =
      g_task_propagate_pointer (G_TASK (async_result), NULL);

  if (job->generation == self->generation && self->document != NULL)
    show_neighbours (self, job->result, job->frame, neighbours);
}

static void
find_neighbours (ViewerDetailsPanel *self,
                 ViewerResult       *result,
                 ProfFrameId         frame)
{
  size_t n;

  self->generation++;
  viewer_result_nodes (result, frame, &n);
  if (n <= INLINE_OCCURRENCES && prof_tree_is_whole (result->tree))
    {
      g_autoptr (ViewerNeighbours) neighbours = viewer_neighbours_new (result,
                                                                       frame);

      show_neighbours (self, result, frame, neighbours);
      return;
    }

  g_autoptr (GTask) task = g_task_new (self, NULL, neighbours_done, NULL);
  NeighbourJob     *job = g_new0 (NeighbourJob, 1);

  job->result = viewer_result_ref (result);
  job->frame = frame;
  job->generation = self->generation;
  g_task_set_task_data (task, job, neighbour_job_free);
  g_task_run_in_thread (task, run_neighbours);
}

static void fill_stack (ViewerDetailsPanel *self,
                        ViewerResult       *result,
                        ProfNodeId          node);

static void
more_clicked (ViewerDetailsPanel *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfNodeId    node = viewer_document_get_selection (self->document).node;

  if (result == NULL || node == PROF_ID_NONE)
    return;
  self->stack_rows += STACK_STEP;
  fill_stack (self, result, node);
}

static void
add_more_above (ViewerDetailsPanel *self, guint n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL,
                                                        "%u more above",
                                                        "%u more above",
                                                        n),
                                           n);
  GtkWidget       *row = viewer_panel_row (11);
  GtkWidget       *space = viewer_panel_label (NULL, 0, NULL);
  GtkWidget       *label = viewer_panel_label (text, 0, "link-text");
  GtkWidget       *button = viewer_panel_button (row, text);

  gtk_widget_set_size_request (space, 4, -1);
  gtk_box_append (GTK_BOX (row), space);
  gtk_box_append (GTK_BOX (row), label);
  gtk_widget_add_css_class (button, "stack-row");
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (more_clicked),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->stack_list, button);
}

static void
add_stack_row (ViewerDetailsPanel *self,
               ViewerResult       *result,
               ProfNodeId          node,
               gboolean            is_selected)
{
  ProfFrameId frame = prof_tree_nodes (result->tree)[node].frame;
  const char *name = prof_tree_name (result->tree, node);
  GtkWidget  *row = viewer_panel_row (11);
  GtkWidget  *stripe = viewer_swatch_new_stripe ();
  GtkWidget  *label = make_function (name);
  GtkWidget  *button = viewer_panel_button (row, name);

  gtk_widget_set_size_request (stripe, 4, -1);
  viewer_swatch_set_package (VIEWER_SWATCH (stripe),
                             result,
                             prof_frames_package (result->frames, frame));
  gtk_box_append (GTK_BOX (row), stripe);
  gtk_box_append (GTK_BOX (row), label);
  gtk_widget_add_css_class (button, "stack-row");
  if (is_selected)
    gtk_widget_add_css_class (label, "strong");
  viewer_tip_set (button, name);
  lead_to (self, button, node);
  gtk_box_append (self->stack_list, button);
}

static void
fill_stack (ViewerDetailsPanel *self, ViewerResult *result, ProfNodeId selected)
{
  const ProfNode    *nodes = prof_tree_nodes (result->tree);
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));

  for (ProfNodeId node = selected; node != 0; node = nodes[node].parent)
    g_array_append_val (path, node);

  guint n = MIN (path->len, self->stack_rows);

  viewer_panel_clear (self->stack_list);
  if (n < path->len)
    add_more_above (self, path->len - n);
  for (guint i = n; i > 0; i--)
    {
      ProfNodeId node = g_array_index (path, ProfNodeId, i - 1);

      add_stack_row (self, result, node, node == selected);
    }
}

static const char *
meters_title (const ViewerResult *result)
{
  if (prof_unit_is_time (result->unit, NULL))
    return _ ("Time, all occurrences");
  if (prof_unit_is_bytes (result->unit, NULL))
    return _ ("Memory, all occurrences");
  return _ ("All occurrences");
}

static void
show_package (ViewerDetailsPanel *self, ViewerResult *result, ProfFrameId frame)
{
  uint32_t           id = prof_frames_package (result->frames, frame);
  const ProfPackage *package = &prof_frames_packages (result->frames)[id];

  viewer_swatch_set_package (VIEWER_SWATCH (self->package_swatch), result, id);
  viewer_panel_set_text (self->package_label, viewer_text_package (package));
  gtk_widget_set_sensitive (self->package, package->name[0] != '\0');
}

static void
show_frame (ViewerDetailsPanel *self, ViewerResult *result, ProfNodeId node)
{
  ProfFrameId       frame = prof_tree_nodes (result->tree)[node].frame;
  const ProfTopRow *row = viewer_result_row (result, frame);
  const char       *name = prof_frames_display_name (result->frames, frame);
  g_autofree char  *source = viewer_text_source (result, frame);

  viewer_panel_set_text (self->name, name);
  viewer_panel_set_text (self->source, source);
  viewer_tip_set (GTK_WIDGET (self->source), source);
  gtk_widget_set_visible (self->source_box, source[0] != '\0');
  gtk_widget_set_visible (self->package, TRUE);
  show_package (self, result, frame);
  gtk_label_set_label (self->meters_title, meters_title (result));
  viewer_panel_clear (self->meters);
  if (result->changes != NULL)
    viewer_change_panel_add_meters (self->meters,
                                    result,
                                    viewer_result_change (result, frame),
                                    TRUE);
  else
    {
      add_meter (self->meters, result, _ ("Total"), row != NULL ? row->cum : 0);
      add_meter (self->meters, result, _ ("Self"), row != NULL ? row->flat : 0);
    }
  find_neighbours (self, result, frame);
  viewer_hits_show (self->hits, result, frame);
  gtk_widget_set_visible (self->stack_title, TRUE);
  fill_stack (self, result, node);
}

static void
show_strip (ViewerDetailsPanel *self,
            ViewerResult       *result,
            ViewerSelection     selection)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  ProfNodeId      parent = nodes[selection.node].parent;
  unsigned        n = selection.end - selection.node;
  ProfChange      change;
  g_autofree char
      *name = g_strdup_printf (g_dngettext (NULL,
                                            "%u frame too narrow to draw",
                                            "%u frames too narrow to draw",
                                            n),
                               n);

  self->generation++;
  viewer_panel_set_text (self->name, name);
  gtk_widget_set_visible (self->source_box, FALSE);
  gtk_widget_set_visible (self->package, FALSE);
  gtk_label_set_label (self->meters_title, _ ("Together"));
  viewer_panel_clear (self->meters);
  if (viewer_change_of (result, selection.node, selection.end, &change))
    viewer_change_panel_add_meters (self->meters, result, &change, FALSE);
  else
    add_meter (self->meters,
               result,
               _ ("Total"),
               viewer_text_strip_total (result, selection.node, selection.end));
  viewer_panel_clear (self->callers);
  viewer_panel_clear (self->callees);
  gtk_widget_set_visible (self->callers_title, FALSE);
  gtk_widget_set_visible (self->callees_title, FALSE);
  viewer_hits_clear (self->hits);
  gtk_widget_set_visible (self->stack_title, parent != 0);
  fill_stack (self, result, parent);
}

static void
selected_package_clicked (ViewerDetailsPanel *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfFrameId   frame = viewer_document_get_selection (self->document).frame;

  if (result != NULL && frame != PROF_ID_NONE)
    viewer_search_package (self->document,
                           prof_frames_package (result->frames, frame));
}

static void
copy_source (ViewerDetailsPanel *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          viewer_tip_get (GTK_WIDGET (self->source)));
}

static void
fill_facts (ViewerDetailsPanel *self, ViewerResult *result)
{
  self->facts_stale = FALSE;
  if (result->changes != NULL)
    viewer_change_panel_fill (self->changes, self->document);
  else
    viewer_facts_panel_fill (self->facts, self->document);
}

/* Document */

static void
show_page (ViewerDetailsPanel *self,
           gboolean            frame,
           gboolean            facts,
           gboolean            changes)
{
  gtk_widget_set_visible (self->frame_page, frame);
  gtk_widget_set_visible (GTK_WIDGET (self->changes), changes);
  gtk_widget_set_visible (GTK_WIDGET (self->facts), facts);
}

static void
show_selection (ViewerDetailsPanel *self)
{
  ViewerResult   *result = viewer_document_get_result (self->document);
  ViewerSelection selection = viewer_document_get_selection (self->document);
  gboolean has_frame = result != NULL && selection.node != PROF_ID_NONE &&
                       selection.node != 0;

  self->stack_rows = STACK_ROWS;
  show_page (self,
             has_frame,
             !has_frame && result != NULL && result->changes == NULL,
             !has_frame && result != NULL && result->changes != NULL);
  if (!has_frame)
    {
      if (result != NULL && self->facts_stale)
        fill_facts (self, result);
      return;
    }
  if (selection.end != 0)
    show_strip (self, result, selection);
  else
    show_frame (self, result, selection.node);
}

static void
stop_filling (ViewerDetailsPanel *self)
{
  if (self->filling != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->filling);
  self->filling = 0;
}

/* Idle, it would come behind all rows of a table, some of which each frame has. */
static gboolean
fill_next (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ViewerDetailsPanel *self = VIEWER_DETAILS_PANEL (widget);

  if (!self->pictured)
    {
      self->pictured = TRUE;
      return G_SOURCE_CONTINUE;
    }
  self->filling = 0;
  show_selection (self);
  return G_SOURCE_REMOVE;
}

/* A result's picture comes first, the panel with the next frame: together they would
 * hold the window up for longer than can go unseen. */
static void
document_changed (ViewerDetailsPanel *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    {
      self->facts_stale = TRUE;
      viewer_facts_panel_expire (self->facts);
      self->pictured = FALSE;
      if (self->filling == 0)
        self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self),
                                                      fill_next,
                                                      NULL,
                                                      NULL);
    }
  if (what & VIEWER_CHANGED_SELECTION && self->filling == 0)
    show_selection (self);
}

void
viewer_details_panel_set_document (ViewerDetailsPanel *self,
                                   ViewerDocument     *document)
{
  g_return_if_fail (VIEWER_IS_DETAILS_PANEL (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  document_changed (self, VIEWER_CHANGED_RESULT);
}

/* Object */

static void
viewer_details_panel_dispose (GObject *object)
{
  ViewerDetailsPanel *self = VIEWER_DETAILS_PANEL (object);
  GtkWidget          *child;

  stop_filling (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_details_panel_parent_class)->dispose (object);
}

static void
viewer_details_panel_class_init (ViewerDetailsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_details_panel_dispose;
  g_type_ensure (VIEWER_TYPE_HITS);
  g_type_ensure (VIEWER_TYPE_CHANGE_PANEL);
  g_type_ensure (VIEWER_TYPE_FACTS_PANEL);
  g_type_ensure (VIEWER_TYPE_SWATCH);
  gtk_widget_class_set_css_name (widget_class, "detailspanel");
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-details-panel.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerDetailsPanel, child)
  BIND (frame_page);
  BIND (name);
  BIND (source_box);
  BIND (source);
  BIND (package);
  BIND (package_swatch);
  BIND (package_label);
  BIND (meters_title);
  BIND (meters);
  BIND (callers_title);
  BIND (callers);
  BIND (callees_title);
  BIND (callees);
  BIND (hits);
  BIND (stack_title);
  BIND (stack_list);
  BIND (changes);
  BIND (facts);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class,
                                           selected_package_clicked);
  gtk_widget_class_bind_template_callback (widget_class, copy_source);
}

static void
viewer_details_panel_init (ViewerDetailsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
