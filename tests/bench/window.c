/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: window [--table] PROFILE
 *
 * How long the main loop of a window is held up while a profile is loaded, asked
 * about and closed: the time between two looks for events, the longest of each
 * step. A window that is held up for more than 50 ms feels stuck. With --table
 * only what people do with a long table: sort it by each of its columns, search
 * it. Needs a display. */

#include "bench-time.h"
#include "viewer-application.h"
#include "viewer-window.h"
#include <stdio.h>
#include <string.h>

/* A longer pause means that a step has ended. */
#define QUIET_MS 300

typedef struct
{
  double clock_ms; /* by the clock: others may have been at work */
  double cpu_ms;   /* of this thread */
} Span;

static struct
{
  double began_clock_ms;
  double began_cpu_ms;
  Span   longest;
} loop;

static void
begin_turn (void)
{
  loop.began_clock_ms = bench_ms (CLOCK_MONOTONIC);
  loop.began_cpu_ms = bench_ms (CLOCK_THREAD_CPUTIME_ID);
}

static void
end_turn (void)
{
  loop.longest.clock_ms = MAX (loop.longest.clock_ms,
                               bench_ms (CLOCK_MONOTONIC) -
                                   loop.began_clock_ms);
  loop.longest.cpu_ms = MAX (loop.longest.cpu_ms,
                             bench_ms (CLOCK_THREAD_CPUTIME_ID) -
                                 loop.began_cpu_ms);
}

/* What the loop waits with: between two calls it does something. */
static gint
poll_and_measure (GPollFD *fds, guint n, gint timeout)
{
  gint n_ready;

  end_turn ();
  n_ready = g_poll (fds, n, timeout);
  begin_turn ();
  return n_ready;
}

static gboolean
is_busy (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  return viewer_document_is_busy (document, &stage, &fraction);
}

static gboolean
be_over (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
run_for (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, be_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
report (const char *step, double took_ms)
{
  run_for (QUIET_MS);
  printf ("%-28s %10.0f %12.1f %12.1f\n",
          step,
          took_ms,
          loop.longest.clock_ms,
          loop.longest.cpu_ms);
  fflush (stdout);
  loop.longest = (Span){ 0 };
}

/* Until there is an answer and it is drawn. */
static void
finish (const char *step, ViewerDocument *document)
{
  double began_ms = bench_ms (CLOCK_MONOTONIC);

  while (document != NULL && is_busy (document))
    g_main_context_iteration (NULL, TRUE);
  report (step, bench_ms (CLOCK_MONOTONIC) - began_ms);
}

static void
act (ViewerWindow *window, const char *name, GVariant *parameter)
{
  begin_turn ();
  g_action_group_activate_action (G_ACTION_GROUP (window), name, parameter);
  end_turn ();
}

static void
set (ViewerWindow *window, const char *name, GVariant *state)
{
  begin_turn ();
  g_action_group_change_action_state (G_ACTION_GROUP (window), name, state);
  end_turn ();
}

/* One question and back. */
static void
ask (ViewerWindow *window, const char *step, const char *option)
{
  ViewerDocument *document = viewer_window_get_document (window);

  act (window, "preset", g_variant_new_string (option));
  finish (step, document);
  act (window, "back", NULL);
  finish ("  and back", document);
}

/* First of a few functions, then of as many as were asked for. */
static void
draw_call_graph (ViewerWindow *window)
{
  ViewerGraph *graph = viewer_graph_page_get_graph (
      viewer_window_get_graph_page (window));
  double began_ms = bench_ms (CLOCK_MONOTONIC);

  act (window, "view", g_variant_new_string ("graph"));
  do
    g_main_context_iteration (NULL, TRUE);
  while (viewer_graph_is_busy (graph));
  report ("graph", bench_ms (CLOCK_MONOTONIC) - began_ms);
}

static void
look_around (ViewerWindow *window)
{
  static const char *const views[] = {
    "top", "sandwich", "tree", "source", "flame",
  };
  ViewerDocument   *document = viewer_window_get_document (window);
  const ProfTopRow *rows;

  for (size_t v = 0; v < G_N_ELEMENTS (views); v++)
    {
      act (window, "view", g_variant_new_string (views[v]));
      finish (views[v], document);
    }
  draw_call_graph (window);
  act (window, "view", g_variant_new_string ("flame"));
  finish ("flame", document);
  rows = prof_top_rows (viewer_document_get_result (document)->top);
  begin_turn ();
  viewer_document_select_frame (document, rows[0].frame);
  end_turn ();
  finish ("selection", document);
  act (window, "zoom-to-selection", NULL);
  finish ("zoom", document);
  act (window, "zoom-home", NULL);
  finish ("zoom home", document);
  act (window, "search", g_variant_new_string ("a"));
  finish ("search", document);
  act (window, "find-next", NULL);
  finish ("next match", document);
  act (window, "search", g_variant_new_string (""));
  finish ("no search", document);
}

static void
question (ViewerWindow *window)
{
  ViewerDocument *document = viewer_window_get_document (window);

  ask (window, "focus", "--focus=a");
  ask (window, "hide", "--hide=^r");
  set (window, "granularity", g_variant_new_string ("packages"));
  finish ("packages", document);
  set (window, "granularity", g_variant_new_string ("functions"));
  finish ("functions", document);
  set (window, "bottom-up", g_variant_new_boolean (TRUE));
  finish ("leaves first", document);
  set (window, "bottom-up", g_variant_new_boolean (FALSE));
  finish ("roots first", document);
  begin_turn ();
  viewer_document_set_type (document, 0);
  end_turn ();
  finish ("sample type", document);
}

/* By each column that is shown, up and down. */
static void
sort_table (ViewerWindow *window)
{
  ViewerTopPage *page = viewer_window_get_top_page (window);
  GtkColumnView *view = viewer_top_page_get_view (page);
  GListModel    *columns = gtk_column_view_get_columns (view);

  for (guint i = 0; i < g_list_model_get_n_items (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = NULL;
      g_autofree char                *step = NULL;
      double                          began_ms = bench_ms (CLOCK_MONOTONIC);

      column = g_list_model_get_item (columns, i);
      if (!gtk_column_view_column_get_visible (column))
        continue;
      step = g_strdup_printf ("sort by %s",
                              gtk_column_view_column_get_title (column));
      begin_turn ();
      gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      end_turn ();
      report (step, bench_ms (CLOCK_MONOTONIC) - began_ms);
    }
}

static void
use_table (ViewerWindow *window)
{
  static const char *const texts[] = { "1", "12", "123", "" };
  ViewerDocument          *document = viewer_window_get_document (window);

  act (window, "view", g_variant_new_string ("top"));
  finish ("top", document);
  sort_table (window);
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *step = g_strdup_printf ("search “%s”", texts[i]);

      act (window, "search", g_variant_new_string (texts[i]));
      finish (step, document);
    }
}

static void
run (GtkApplication *application, const char *path, gboolean table)
{
  ViewerWindow     *window = viewer_window_new (application);
  ViewerDocument   *document = viewer_window_get_document (window);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  printf ("%-28s %10s %12s %12s\n", "", "answer ms", "held up ms", "of CPU");
  gtk_window_present (GTK_WINDOW (window));
  finish ("window", document);
  begin_turn ();
  viewer_window_open (window, file, NULL, "flame");
  end_turn ();
  finish ("open", document);
  if (viewer_document_get_state (document) != VIEWER_STATE_READY)
    {
      fprintf (stderr, "window: %s cannot be read\n", path);
      exit (1);
    }
  if (table)
    use_table (window);
  else
    {
      look_around (window);
      question (window);
    }
  begin_turn ();
  viewer_window_open (window, file, NULL, "flame");
  end_turn ();
  run_for (200);
  begin_turn ();
  gtk_window_close (GTK_WINDOW (window));
  end_turn ();
  finish ("close while reading", NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (ViewerApplication) application = NULL;
  gboolean table = argc == 3 && strcmp (argv[1], "--table") == 0;

  if (argc != 2 && !table)
    {
      fprintf (stderr, "usage: window [--table] PROFILE\n");
      return 2;
    }
  gtk_init ();
  g_main_context_set_poll_func (NULL, poll_and_measure);
  begin_turn ();
  g_set_application_name ("Flambeau");
  application = viewer_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, NULL);
  run (GTK_APPLICATION (application), argv[argc - 1], table);
  return 0;
}
