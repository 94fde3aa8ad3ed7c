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
