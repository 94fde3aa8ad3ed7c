/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-source-file.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "test-util.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* root/a/b is a folder, root/x.go and root/a/pkg/y.go are files. */
typedef struct
{
  char *root;
} Fixture;

static char *
path_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->root, name, NULL);
}

static void
write_file (Fixture *fixture, const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = path_of (fixture, name);

  g_file_set_contents (path, name, -1, &error);
  g_assert_no_error (error);
}

static void
make_folder (Fixture *fixture, const char *name)
{
  g_autofree char *path = path_of (fixture, name);

  g_assert_cmpint (g_mkdir_with_parents (path, 0700), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->root = test_new_folder ();
  make_folder (fixture, "a/b");
  make_folder (fixture, "a/pkg");
  write_file (fixture, "x.go");
  write_file (fixture, "a/pkg/y.go");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->root);
}

static void
assert_text (const char *path,
             const char *prefixes,
             const char *folders,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) text = NULL;
  size_t             length;
  const char        *bytes;

  text = prof_source_file_read (path,
                                prefixes,
                                folders,
                                PROF_MAX_SOURCE_FILE,
                                &error);
  g_assert_no_error (error);
  bytes = g_bytes_get_data (text, &length);
  g_assert_cmpmem (bytes, length, expected, strlen (expected));
}

static void
assert_none (const char *path, const char *folders, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (
      prof_source_file_read (path, "", folders, PROF_MAX_SOURCE_FILE, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_a_relative_path_is_found_in_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = path_of (fixture, "a");
  g_autofree char *two = g_strdup_printf ("/nonexistent:%s", a);

  assert_text ("pkg/y.go", "", a, "a/pkg/y.go");
  assert_text ("pkg/y.go", "", two, "a/pkg/y.go");
}

static void
test_folders_above_are_looked_in (Fixture *fixture, gconstpointer data)
{
  g_autofree char *deep = path_of (fixture, "a/b");

  assert_text ("x.go", "", deep, "x.go");
  assert_text ("pkg/y.go", "", deep, "a/pkg/y.go");
}

static void
test_an_absolute_path_is_read_where_it_is (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "x.go");

  assert_text (path, "", "/nonexistent", "x.go");
}

static void
test_what_is_cut_off_makes_it_relative (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = path_of (fixture, "a");

  assert_text ("/build/src/pkg/y.go", "/build/src", a, "a/pkg/y.go");
  assert_text ("/build/a/pkg/y.go", "", a, "a/pkg/y.go");
}

static void
test_a_missing_file_is_said_in_words_of_pprof (Fixture      *fixture,
                                               gconstpointer data)
{
  g_autofree char *a = path_of (fixture, "a");
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *there = NULL;
  g_autofree char *default_path = NULL;

  there = g_strdup_printf ("could not find file no.go on path %s", a);
  default_path = g_strdup_printf ("could not find file no.go on path %s", here);
  assert_none ("no.go", a, there);
  assert_none ("no.go", "", default_path);
  assert_none ("/nonexistent/no.go",
               a,
               "open /nonexistent/no.go: no such file or directory");
}

static void
test_a_path_does_not_leave_its_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *b = path_of (fixture, "a/b");
  g_autofree char *link = path_of (fixture, "a/b/link");
  g_autofree char *sentence = NULL;

  sentence = g_strdup_printf ("could not find file ../../x.go on path %s", b);
  assert_none ("../../x.go", b, sentence);
  g_assert_cmpint (symlink ("/etc/passwd", link), ==, 0);
  g_free (sentence);
  sentence = g_strdup_printf ("could not find file link on path %s", b);
  assert_none ("link", b, sentence);
  g_remove (link);
  g_assert_cmpint (symlink ("../pkg/y.go", link), ==, 0);
  assert_none ("link", b, sentence);
}

static void
test_only_regular_files_are_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = path_of (fixture, "a/b/link");
  g_autofree char *sentence = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  sentence = g_strdup_printf ("open %s: not a regular file", pipe);
  assert_none (pipe, "/", sentence);
}

static void
test_a_folder_is_an_empty_text (Fixture *fixture, gconstpointer data)
{
  g_autofree char *b = path_of (fixture, "a/b");

  assert_text (b, "", "/", "");
  assert_text (".", "", b, "");
  assert_text ("../..", "", b, "");
}

static void
test_a_file_that_is_too_large_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = path_of (fixture, "x.go");
  g_autofree char *sentence = NULL;

  g_assert_cmpint (truncate (path, PROF_MAX_SOURCE_FILE + 1), ==, 0);
  sentence =
      g_strdup_printf ("open %s: larger than %u bytes (the limit \"source\")",
                       path,
                       PROF_MAX_SOURCE_FILE);
  assert_none (path, "/", sentence);
}

static void
test_gos_layouts_are_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *a = path_of (fixture, "a");

  assert_text ("/build/other/pkg/y.go", "", a, "a/pkg/y.go");
  assert_none ("/build/other/y.go",
               a,
               "open /build/other/y.go: no such file or directory");
}

static void
test_a_file_is_found_below_one_folder_only (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autofree char *a = path_of (fixture, "a");
  g_autofree char *b = path_of (fixture, "a/b");
  g_autofree char *link = path_of (fixture, "a/b/link");
  g_autofree char *found = prof_source_file_find ("/src/pkg/y.go", a);

  g_assert_nonnull (found);
  g_assert_true (g_str_has_suffix (found, "/a/pkg/y.go"));
  g_assert_null (prof_source_file_find ("/src/pkg/y.go", b));
  g_assert_null (prof_source_file_find ("/src/../pkg/y.go", a));
  g_assert_null (prof_source_file_find ("/src/a/pkg", fixture->root));
  g_assert_cmpint (symlink ("../pkg/y.go", link), ==, 0);
  g_assert_null (prof_source_file_find ("/src/b/link", b));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/source-file/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("a-relative-path-is-found-in-folders",
       test_a_relative_path_is_found_in_folders);
  ADD ("folders-above-are-looked-in", test_folders_above_are_looked_in);
  ADD ("an-absolute-path-is-read-where-it-is",
       test_an_absolute_path_is_read_where_it_is);
  ADD ("what-is-cut-off-makes-it-relative",
       test_what_is_cut_off_makes_it_relative);
  ADD ("a-missing-file-is-said-in-words-of-pprof",
       test_a_missing_file_is_said_in_words_of_pprof);
  ADD ("a-path-does-not-leave-its-folder",
       test_a_path_does_not_leave_its_folder);
  ADD ("only-regular-files-are-read", test_only_regular_files_are_read);
  ADD ("a-folder-is-an-empty-text", test_a_folder_is_an_empty_text);
  ADD ("a-file-that-is-too-large-is-refused",
       test_a_file_that_is_too_large_is_refused);
  ADD ("gos-layouts-are-found", test_gos_layouts_are_found);
  ADD ("a-file-is-found-below-one-folder-only",
       test_a_file_is_found_below_one_folder_only);
#undef ADD
  return g_test_run ();
}
