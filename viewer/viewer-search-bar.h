/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The search: an entry that is always there, with its two switches inside, and
 * what was found beside it. Built from GtkText, because a GtkSearchEntry has no
 * room for switches. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_SEARCH_BAR (viewer_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSearchBar,
                      viewer_search_bar,
                      VIEWER,
                      SEARCH_BAR,
                      GtkWidget)

/* Signal "left": Down was pressed in the entry; the focus should go to the view
 * and the first match be selected. */

void viewer_search_bar_set_document (ViewerSearchBar *self,
                                     ViewerDocument  *document);

/* Focuses the entry and selects its text. */
void viewer_search_bar_begin (ViewerSearchBar *self);

/* Puts a text in and searches for it at once. */
void viewer_search_bar_search (ViewerSearchBar *self, const char *text);

gboolean viewer_search_bar_has_text (ViewerSearchBar *self);

/* Whether there is only room for how many and what share. */
void viewer_search_bar_set_narrow (ViewerSearchBar *self, gboolean narrow);

G_END_DECLS
