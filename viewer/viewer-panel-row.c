/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-panel-row.h"

#include "viewer-clip.h"
#include "viewer-table.h"
#include <glib/gi18n.h>
#include <prof.h>

void
viewer_panel_clear (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

void
viewer_panel_set_text (GtkLabel *label, const char *text)
{
  g_autofree char *clipped = viewer_clip (text, PROF_MAX_LABEL_CHARS);

  gtk_label_set_label (label, clipped);
}

GtkWidget *
viewer_panel_label (const char *text, float xalign, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  viewer_panel_set_text (GTK_LABEL (label), text);
  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Signs around a number have no direction of their own: "16.9 %" would be "% 16.9"
 * and "−2 s" "2 s−". */
void
viewer_panel_set_number (GtkLabel *label, const char *text)
{
  g_autofree char *from_left = NULL;

  if (gtk_widget_get_direction (GTK_WIDGET (label)) == GTK_TEXT_DIR_RTL &&
      text[0] != '\0')
    from_left = g_strconcat ("\u200e", text, NULL);
  gtk_label_set_label (label, from_left != NULL ? from_left : text);
}

GtkWidget *
viewer_panel_number (const char *text, int width, const char *css_class)
{
  GtkWidget *label = viewer_panel_label (NULL, 1, "numeric");

  viewer_panel_set_number (GTK_LABEL (label), text);
  gtk_widget_set_size_request (label, viewer_table_width (width, 0), -1);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

char *
viewer_panel_share_text (int64_t value, int64_t total)
{
  return prof_unit_human_percentage ((double)value, (double)total);
}

GtkWidget *
viewer_panel_name (const char *text)
{
  GtkWidget *label = viewer_panel_label (text, 0, NULL);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_START);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

GtkWidget *
viewer_panel_row (int spacing)
{
  return gtk_box_new (GTK_ORIENTATION_HORIZONTAL, spacing);
}

GtkWidget *
viewer_panel_button (GtkWidget *row, const char *label)
{
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "panel-row");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
  return button;
}

GtkWidget *
viewer_panel_more (size_t n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL,
                                                        "and %u more",
                                                        "and %u more",
                                                        n),
                                           (unsigned)n);

  return viewer_panel_label (text, 0, "dim");
}
