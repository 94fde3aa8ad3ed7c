/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-source-column.h"

#include "viewer-change-text.h"
#include "viewer-code-rows.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

#define TEXT_CHARS 24 /* at least */
#define INDENT     24 /* px for each level of inlining */

/* Words */

char *
viewer_source_value_text (const ViewerResult *result, int64_t value)
{
  if (value == 0)
    return g_strdup ("");
  if (result->changes != NULL)
    return viewer_change_delta (result, MAX (-value, 0), MAX (value, 0));
  return viewer_text_value (result, value);
}

static int64_t
value_of (const ViewerCodeRow *row, ViewerSourceColumn column)
{
  if (row->cost == NULL)
    return 0;
  return column == VIEWER_SOURCE_COLUMN_FLAT ? row->cost->flat : row->cost->cum;
}

/* (transfer full) */
static char *
line_text (const ViewerCodeRow *row)
{
  if (row->level > 0)
    return g_strdup ("");
  if (row->line <= 0)
    return g_strdup ("?");
  return g_strdup_printf ("%" G_GINT64_FORMAT, row->line);
}

char *
viewer_source_column_text (const ViewerCode  *code,
                           guint              index,
                           ViewerSourceColumn column)
{
  const ViewerCodeRow *row = viewer_code_row (code, index);

  switch (column)
    {
    case VIEWER_SOURCE_COLUMN_LINE:
      return line_text (row);
    case VIEWER_SOURCE_COLUMN_TEXT:
      return viewer_code_text (code, index);
    case VIEWER_SOURCE_COLUMN_FLAT:
    case VIEWER_SOURCE_COLUMN_CUM:
    case VIEWER_SOURCE_N_COLUMNS:
      break;
    }
  return viewer_source_value_text (code->result, value_of (row, column));
}

const char *
viewer_source_column_title (ViewerSourceColumn column)
{
  switch (column)
    {
    case VIEWER_SOURCE_COLUMN_LINE:
      return _ ("Line");
    case VIEWER_SOURCE_COLUMN_FLAT:
      return _ ("Flat");
    case VIEWER_SOURCE_COLUMN_CUM:
      return _ ("Cum");
    case VIEWER_SOURCE_COLUMN_TEXT:
      return _ ("Source");
    case VIEWER_SOURCE_N_COLUMNS:
      break;
    }
  return "";
}

/* Cells */

static gboolean
is_value (ViewerSourceColumn column)
{
  return column == VIEWER_SOURCE_COLUMN_FLAT ||
         column == VIEWER_SOURCE_COLUMN_CUM;
}

/* The line as it is in the file, with a badge where it was inlined. */
static GtkWidget *
make_text (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *badge = gtk_label_new (_ ("inlined"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), TEXT_CHARS);
  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  /* Source reads from the left, whatever the language of the window. */
  gtk_widget_set_direction (box, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
  return box;
}

static void
fill_text (GtkWidget *cell, const ViewerCodeRow *row, const char *text)
{
  GtkWidget *label = gtk_widget_get_first_child (cell);
  GtkWidget *badge = gtk_widget_get_next_sibling (label);
  gboolean   inlined = row->level > 0;

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_margin_start (cell, (int)row->level * INDENT);
  gtk_widget_set_visible (badge, inlined);
  if (inlined)
    gtk_widget_add_css_class (label, "inlined");
  else
    gtk_widget_remove_css_class (label, "inlined");
}

void
viewer_source_column_make_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  GtkWidget *cell;

  if (slot->column == VIEWER_SOURCE_COLUMN_TEXT)
    cell = make_text ();
  else if (is_value ((ViewerSourceColumn)slot->column))
    cell = viewer_table_make_heat ();
  else
    {
      cell = viewer_table_make_value ();
      gtk_widget_add_css_class (cell, "dim");
    }
  gtk_list_item_set_child (item, cell);
}

void
viewer_source_column_fill_cell (ViewerTableSlot *slot, GtkListItem *item)
{
  ViewerCodeItem      *code_item = gtk_list_item_get_item (item);
  ViewerCode          *code = viewer_code_item_get_code (code_item);
  guint                index = viewer_code_item_get_row (code_item);
  const ViewerCodeRow *row = viewer_code_row (code, index);
  GtkWidget           *cell = gtk_list_item_get_child (item);
  g_autofree char     *text =
      viewer_source_column_text (code, index, (ViewerSourceColumn)slot->column);
  int64_t value = value_of (row, (ViewerSourceColumn)slot->column);

  if (slot->column == VIEWER_SOURCE_COLUMN_TEXT)
    fill_text (cell, row, text);
  else if (is_value ((ViewerSourceColumn)slot->column))
    viewer_table_fill_heat (
        cell,
        viewer_table_share (value,
                            slot->column == VIEWER_SOURCE_COLUMN_FLAT
                                ? code->largest_flat
                                : code->largest_cum),
        code->result->changes != NULL ? value : 0,
        text);
  else
    viewer_table_fill_value (cell, text);
}
