/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include <glib.h>

/* Runs a fuzz target on the files and folders that are named, for compilers
 * without libFuzzer: what fuzzing once found stays a test. */

static void
run_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *data = NULL;
  gsize              length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  LLVMFuzzerTestOneInput ((const uint8_t *)data, length);
  g_print ("ok %s\n", path);
}

static void
run_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      run_file (file);
    }
}

int
main (int argc, char **argv)
{
  for (int i = 1; i < argc; i++)
    if (g_file_test (argv[i], G_FILE_TEST_IS_DIR))
      run_folder (argv[i]);
    else
      run_file (argv[i]);
  return 0;
}
