/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tree-cell.h"

#include "viewer-table.h"
#include <glib/gi18n.h>

#define MIN_NAME 180

struct _ViewerTreeCell
{
  GtkWidget parent_instance;

  GtkWidget *arrow;
  GtkWidget *name; /* of viewer_table_make_name() */
};

enum
{
  TOGGLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ViewerTreeCell, viewer_tree_cell, GTK_TYPE_WIDGET)

/* Stacks are 20 to 60 deep, and can be any: steps get smaller, so that there
 * is a difference between a row and the one it is below, and room for a name. From
 * the 64th level on there is no step. */
static int
indent_of (uint32_t depth)
{
  static const struct
  {
    uint32_t levels;
    int      step;
  } steps[] = { { 8, 14 }, { 8, 9 }, { 16, 5 }, { 32, 2 } };
  int indent = 0;

  depth -= 1;
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      uint32_t levels = MIN (depth, steps[i].levels);

      indent += (int)levels * steps[i].step;
      depth -= levels;
    }
  return indent;
}

static void
set_class (GtkWidget *widget, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

/* A row that matches; a closed one above matches. */
static void
mark (ViewerTreeCell *self, ViewerTreeRow *row, ProfSearch *search)
{
  GtkWidget *label = gtk_widget_get_next_sibling (
      gtk_widget_get_first_child (self->name));
  ProfNodeId id = viewer_tree_row_get_id (row);
  ProfNodeId end = id + viewer_tree_row_get (row)->size;
  gboolean   matches = search != NULL &&
                     prof_search_node (search, id) != PROF_MATCH_NONE;
  gboolean hides = search != NULL && !viewer_tree_row_get_expanded (row) &&
                   prof_search_any (search, id + 1, end);

  set_class (label, "hit", matches);
  set_class (self->arrow, "hides-hit", hides);
}

static void
describe (ViewerTreeCell *self, ViewerTreeRow *row)
{
  GtkWidget *label = gtk_widget_get_next_sibling (
      gtk_widget_get_first_child (self->name));
  ViewerResult    *result = viewer_tree_row_get_result (row);
  const char      *name = prof_tree_name (result->tree,
                                     viewer_tree_row_get_id (row));
  const char      *state = viewer_tree_row_get (row)->size == 1 ? _ ("leaf")
                           : viewer_tree_row_get_expanded (row) ? _ ("expanded")
                                                                : _ ("collapsed");
  g_autofree char *text = NULL;

  text = g_strdup_printf (_ ("%s, level %u, %s"),
                          name,
                          viewer_tree_row_get_depth (row),
                          state);
  gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text,
                                  -1);
}

void
viewer_tree_cell_set (ViewerTreeCell *self,
                      ViewerTreeRow  *row,
                      ProfSearch     *search)
{
  const ProfNode *node;

  g_return_if_fail (VIEWER_IS_TREE_CELL (self));

  node = viewer_tree_row_get (row);
  gtk_widget_set_margin_start (self->arrow,
                               indent_of (viewer_tree_row_get_depth (row)));
  gtk_widget_set_opacity (self->arrow, node->size > 1 ? 1 : 0);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->arrow),
                                viewer_tree_row_get_expanded (row)
                                    ? "pan-down-symbolic"
                                    : "pan-end-symbolic");
  viewer_table_fill_name (self->name,
                          viewer_tree_row_get_result (row),
                          node->frame,
                          (node->flags & PROF_NODE_INLINED) != 0
                              ? PROF_INLINED_ALWAYS
                              : PROF_INLINED_NEVER);
  mark (self, row, search);
  describe (self, row);
}

/* A press opens; the row keeps what is selected. */
static void
pressed (ViewerTreeCell *self,
         int             n_press,
         double          x,
         double          y,
         GtkGesture     *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  g_signal_emit (self, signals[TOGGLED], 0);
}

static void
viewer_tree_cell_dispose (GObject *object)
{
  ViewerTreeCell *self = VIEWER_TREE_CELL (object);

  g_clear_pointer (&self->arrow, gtk_widget_unparent);
  g_clear_pointer (&self->name, gtk_widget_unparent);
  G_OBJECT_CLASS (viewer_tree_cell_parent_class)->dispose (object);
}

static void
viewer_tree_cell_class_init (ViewerTreeCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_tree_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BOX_LAYOUT);
  signals[TOGGLED] = g_signal_new ("toggled",
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
viewer_tree_cell_init (ViewerTreeCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_widget_set_size_request (GTK_WIDGET (self), MIN_NAME, -1);
  self->arrow = g_object_new (GTK_TYPE_IMAGE,
                              "accessible-role",
                              GTK_ACCESSIBLE_ROLE_PRESENTATION,
                              NULL);
  gtk_widget_add_css_class (self->arrow, "tree-arrow");
  gtk_widget_set_valign (self->arrow, GTK_ALIGN_CENTER);
  gtk_widget_set_parent (self->arrow, GTK_WIDGET (self));
  self->name = viewer_table_make_name ();
  gtk_widget_set_hexpand (self->name, TRUE);
  gtk_widget_set_parent (self->name, GTK_WIDGET (self));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed), self);
  gtk_widget_add_controller (self->arrow, GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
viewer_tree_cell_new (void)
{
  return g_object_new (VIEWER_TYPE_TREE_CELL, NULL);
}
