/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests of the window share. */

#include "viewer-document.h"

G_BEGIN_DECLS

/* Spins the main loop until @condition; the test fails after thirty seconds, which
 * a busy machine may need. */
#define wait_until(condition)                                    \
  G_STMT_START                                                   \
  {                                                              \
    gint64 end_ = g_get_monotonic_time () + 30 * G_USEC_PER_SEC; \
    while (!(condition))                                         \
      {                                                          \
        if (g_get_monotonic_time () > end_)                      \
          g_error ("%s: never true: %s", G_STRLOC, #condition);  \
        if (!g_main_context_iteration (NULL, FALSE))             \
          g_usleep (1000);                                       \
      }                                                          \
  }                                                              \
  G_STMT_END

/* Spins the main loop for a while. */
void wait_ms (int ms);

/* A file of data/examples. */
GFile *example_file (const char *name);

/* Opens it and waits until the document is ready, or shows an error. */
void open_and_wait (ViewerDocument *document, GFile *file, const char *type);

/* (transfer full): a document that shows a file of data/examples. */
ViewerDocument *open_example (const char *name);

/* Until nothing is read or computed. */
void wait_for_answer (ViewerDocument *document);

/* The heaviest node of a function; the test fails without. */
ProfNodeId node_named (ViewerDocument *document, const char *name);

/* The same with a profile of one function, main, that calls 3000. */
void open_wide (ViewerDocument *document);

/* A file with these bytes in a folder of its own. */
GFile *file_with (const char *name, const void *data, gssize length);

/* A copy of a file of data/examples that can be changed, "cpu.prof", likewise. */
GFile *copy_of (const char *name);

/**
 * file_of_addresses:
 * @library: (out) (transfer full): GLib's
 *
 * A profile without names, of g_get_monotonic_time(), that says its library is
 * somewhere else.
 */
GFile *file_of_addresses (char **library);

/* Whether the profile has a function of that name. */
gboolean has_function (ViewerDocument *document, const char *name);

/* (transfer full): what is asked of a profile at first; @text as by test_profile() */
ViewerResult *result_of (const char *text);

/* A profile of one sample in which a function calls itself. */
GFile *file_of_depth (guint n_frames);

G_END_DECLS
