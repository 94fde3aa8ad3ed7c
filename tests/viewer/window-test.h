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

/* (nullable): the first label below @widget that is seen, with that text in it. */
GtkWidget *find_label (GtkWidget *widget, const char *text);

G_END_DECLS
