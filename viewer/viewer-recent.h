/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Profiles that were opened lately, from the desktop's own list. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_MAX_RECENT 8

typedef struct
{
  char *uri;
  char *name;  /* of the file */
  char *about; /* "CPU time · 9.68 s · ~/profiles" */
  char *age;   /* "today" */
} ViewerRecent;

/* @about: what is in it, "CPU time · 9.68 s" */
void viewer_recent_add (GFile *file, const char *about);

/* Newest first; free with g_ptr_array_unref. */
GPtrArray *viewer_recent_list (void);

/* The same as a menu whose items open a file through win.open-uri, or compare
 * what is shown with it through win.compare-uri. (transfer none): one for all
 * windows, brought up to date by each call; only for the main thread. */
GMenuModel *viewer_recent_menu (void);

/* A file's folder, with "~" for the home directory; (transfer full). */
char *viewer_folder_of (GFile *file);

G_END_DECLS
