/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the rows of the side panel are made of. Widgets are floating. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Columns of numbers, in px. */
#define VIEWER_PANEL_AMOUNT 64
#define VIEWER_PANEL_SHARE  54

void viewer_panel_clear (GtkBox *box);

/* At most PROF_MAX_LABEL_CHARS of a text that may be as long as a name of a file. */
void viewer_panel_set_text (GtkLabel *label, const char *text);

/* The same of a new label. @css_class: (nullable) */
GtkWidget *viewer_panel_label (const char *text,
                               float       xalign,
                               const char *css_class);
/* A number keeps its signs where they are, whatever the language. */
void       viewer_panel_set_number (GtkLabel *label, const char *text);
GtkWidget *viewer_panel_number (const char *text,
                                int         width,
                                const char *css_class);

/* "46.0 %"; (transfer full) */
char *viewer_panel_share_text (int64_t value, int64_t total);

/* Takes the room that is left, and cuts at its start. */
GtkWidget *viewer_panel_name (const char *text);

GtkWidget *viewer_panel_row (int spacing);

/* A row that can be clicked. @label: what a screen reader says */
GtkWidget *viewer_panel_button (GtkWidget *row, const char *label);

/* "and 12 more" */
GtkWidget *viewer_panel_more (size_t n);

G_END_DECLS
