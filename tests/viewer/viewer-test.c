/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-test.h"

#include "test-util.h"
#include <string.h>

static gboolean
is_over (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
wait_ms (int ms)
{
  gboolean over = FALSE;

  g_timeout_add ((guint)ms, is_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

GFile *
example_file (const char *name)
{
  g_autofree char *relative = g_strconcat ("data/examples/", name, NULL);
  g_autofree char *path = test_source_path (relative);

  return g_file_new_for_path (path);
}

static gboolean
is_settled (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  return !viewer_document_is_busy (document, &stage, &fraction);
}

void
open_and_wait (ViewerDocument *document, GFile *file, const char *type)
{
  viewer_document_open (document, file, type);
  wait_until (is_settled (document));
}

void
open_wide (ViewerDocument *document)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GFile)       file = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (text, "main;f%d 1\n", i);
  profile = test_profile (text->str);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  file = file_with ("wide.prof", bytes->str, (gssize)bytes->len);
  open_and_wait (document, file, NULL);
}

ProfNodeId
node_named (ViewerDocument *document, const char *name)
{
  ViewerResult *result = viewer_document_get_result (document);

  for (ProfFrameId i = 0; i < prof_frames_n (result->frames); i++)
    if (strcmp (prof_frames_display_name (result->frames, i), name) == 0)
      return viewer_result_heaviest (result, i);
  g_error ("no function %s", name);
}

GFile *
file_with (const char *name, const void *data, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = g_dir_make_tmp ("viewer-XXXXXX", &error);
  g_assert_no_error (error);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}
