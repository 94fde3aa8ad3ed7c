/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Every kind of profile that there is a file of is shown: folders of tests/data. */
#include "test-util.h"
#include "viewer-test.h"

static GFile *
file_in (const char *folder, const char *name)
{
  g_autofree char *relative = g_build_filename ("tests/data",
                                                folder,
                                                "good",
                                                name,
                                                NULL);
  g_autofree char *path = test_source_path (relative);

  return g_file_new_for_path (path);
}

/* One document for all, as where somebody opens one after the other. */
static void
test_each_file_is_shown (gconstpointer data)
{
  const char                *folder = data;
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          good = file_in (folder, NULL);
  g_autoptr (GDir) files = g_dir_open (g_file_peek_path (good), 0, NULL);
  const char      *name;
  guint            n = 0;

  g_assert_nonnull (files);
  for (; (name = g_dir_read_name (files)) != NULL; n++)
    {
      g_autoptr (GFile) file = file_in (folder, name);

      g_test_message ("%s", name);
      open_and_wait (document, file, NULL);
      g_assert_null (viewer_document_get_problem (document));
      g_assert_cmpint (viewer_document_get_state (document),
                       ==,
                       VIEWER_STATE_READY);
      g_assert_nonnull (viewer_document_get_result (document));
    }
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_autofree char      *path = NULL;
  g_autoptr (GDir)      folders = NULL;
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  g_test_init (&argc, &argv, NULL);
  path = test_source_path ("tests/data");
  folders = g_dir_open (path, 0, NULL);
  while ((name = g_dir_read_name (folders)) != NULL)
    {
      g_autofree char *good = g_build_filename (path, name, "good", NULL);
      g_autofree char *title = g_strdup_printf ("/kinds/%s-is-shown", name);
      char            *copy;

      if (!g_file_test (good, G_FILE_TEST_IS_DIR))
        continue;
      copy = g_strdup (name);
      g_ptr_array_add (kept, copy);
      g_test_add_data_func (title, copy, test_each_file_is_shown);
    }
  g_assert_cmpuint (kept->len, >, 0);
  return g_test_run ();
}
