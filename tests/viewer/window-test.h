/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests with a window share besides viewer-test.h. */

#include "viewer-application.h"
#include "viewer-window.h"

G_BEGIN_DECLS

/* The one whose windows are opened. */
extern ViewerApplication *application;

/* gtk_test_init(), and makes the application. */
void window_test_init (int *argc, char ***argv);

/* Until it is there, whether it is seen or not. */
void open_in_window (ViewerWindow *window, GFile *file, const char *view);

/* And lets what was on the way arrive. */
void close_window (ViewerWindow *window);

/* Activates an action of the window, which has it. @parameter: (nullable) */
void act (ViewerWindow *window, const char *name, const char *parameter);

/* Whether an action can be activated. */
gboolean is_possible (ViewerWindow *window, const char *name);

/* (nullable): the first visible widget of a kind at or below @widget. */
GtkWidget *find_below (GtkWidget *widget,
                       gboolean (*is_it) (GtkWidget    *widget,
                                          gconstpointer data),
                       gconstpointer data);

/* Whether it is a label that has just that text. */
gboolean has_text (GtkWidget *widget, gconstpointer text);

/* (nullable): a window of that type. */
gpointer toplevel_of_type (GType type);

/* (nullable): the first label below @widget that is seen, with that text in it. */
GtkWidget *find_label (GtkWidget *widget, const char *text);

/* A window that shows a file of data/examples, whose name is the case's data. */
typedef struct
{
  ViewerWindow   *window;
  ViewerDocument *document;
} WindowFixture;

void window_set_up (WindowFixture *fixture, gconstpointer data);
void window_tear_down (WindowFixture *fixture, gconstpointer data);

/* Selects the heaviest node of a function. */
void select_named (WindowFixture *fixture, const char *name);

/* (nullable): the label in the window that has just that text. */
GtkWidget *find_text (WindowFixture *fixture, const char *text);

G_END_DECLS
