/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "export/prof-picture-fit.h"
#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of the case's own. */
typedef struct
{
  char *folder;
  char *path; /* "out.svg" in it */
} Place;

static void
set_up (Place *place, gconstpointer data)
{
  place->folder = test_new_folder ();
  place->path = g_build_filename (place->folder, "out.svg", NULL);
}

static void
tear_down (Place *place, gconstpointer data)
{
  g_free (place->folder);
  g_free (place->path);
}

static size_t
count_files (const Place *place)
{
  g_autoptr (GDir) dir = g_dir_open (place->folder, 0, NULL);
  size_t           n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_contents (const char *path, const char *expected)
{
  g_autofree char   *contents = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, expected);
}

static unsigned
mode_of (const char *path)
{
  struct stat status;

  g_assert_cmpint (lstat (path, &status), ==, 0);
  return status.st_mode & 07777;
}

static void
write_ok (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_export_write (path, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
test_new_file (Place *place, gconstpointer data)
{
  mode_t before = umask (027);

  write_ok (place->path, "new");
  umask (before);
  assert_contents (place->path, "new");
  g_assert_cmpuint (mode_of (place->path), ==, 0640);
  g_assert_cmpuint (count_files (place), ==, 1);
}

static void
test_replaced (Place *place, gconstpointer data)
{
  g_file_set_contents (place->path, "old and long", -1, NULL);
  g_chmod (place->path, 0604);
  write_ok (place->path, "new");
  assert_contents (place->path, "new");
  g_assert_cmpuint (mode_of (place->path), ==, 0604);
  g_assert_cmpuint (count_files (place), ==, 1);
}

/* The disk is full: made so by a limit on the size of files. */
static void
test_failure (Place *place, gconstpointer data)
{
  g_autofree char   *large = g_strnfill (100000, 'x');
  g_autoptr (GError) error = NULL;
  struct rlimit      before;
  struct rlimit      small;

  g_file_set_contents (place->path, "old", -1, NULL);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  small = before;
  small.rlim_cur = 5000;
  setrlimit (RLIMIT_FSIZE, &small);
  g_assert_false (prof_export_write (place->path, large, 100000, &error));
  setrlimit (RLIMIT_FSIZE, &before);
  g_assert_nonnull (error);
  g_assert_true (error->domain == G_IO_ERROR);
  assert_contents (place->path, "old");
  g_assert_cmpuint (count_files (place), ==, 1);
}

/* "one, two" in pieces; fails behind the first when @data says so. */
static bool
write_pieces (const ProfSink *sink, void *data, GError **error)
{
  if (!prof_sink_write (sink, "one, ", 5, error))
    return false;
  if (*(const bool *)data)
    return prof_fail (error, PROF_ERROR_TOO_LARGE, "that is enough");
  return prof_sink_write (sink, "two", 3, error);
}

static void
test_pieces (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool               fails = false;

  g_assert_true (
      prof_export_stream (place->path, write_pieces, &fails, &error));
  g_assert_no_error (error);
  assert_contents (place->path, "one, two");
}

static void
test_failing_pieces (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool               fails = true;

  write_ok (place->path, "old");
  g_assert_false (
      prof_export_stream (place->path, write_pieces, &fails, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  assert_contents (place->path, "old");
  g_assert_cmpuint (count_files (place), ==, 1);
}

static void
test_no_folder (Place *place, gconstpointer data)
{
  g_autofree char   *path = g_build_filename (place->folder, "a/b.svg", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (prof_export_write (path, "x", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_folder (Place *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (prof_export_write (place->folder, "x", 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

static void
test_symlink (Place *place, gconstpointer data)
{
  g_autofree char *target = g_build_filename (place->folder, "target", NULL);

  g_file_set_contents (target, "old", -1, NULL);
  g_assert_cmpint (symlink ("target", place->path), ==, 0);
  write_ok (place->path, "new");
  g_assert_true (g_file_test (place->path, G_FILE_TEST_IS_SYMLINK));
  assert_contents (target, "new");
  g_assert_cmpuint (count_files (place), ==, 2);
}

static void
test_dangling_symlink (Place *place, gconstpointer data)
{
  g_autofree char *target = g_build_filename (place->folder, "target", NULL);

  g_assert_cmpint (symlink ("target", place->path), ==, 0);
  write_ok (place->path, "new");
  g_assert_true (g_file_test (place->path, G_FILE_TEST_IS_SYMLINK));
  assert_contents (target, "new");
}

static gpointer
read_fifo (gpointer path)
{
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);
  return contents;
}

static void
test_fifo (Place *place, gconstpointer data)
{
  GThread         *reader;
  g_autofree char *seen = NULL;

  g_assert_cmpint (mkfifo (place->path, 0600), ==, 0);
  reader = g_thread_new ("reader", read_fifo, place->path);
  write_ok (place->path, "through the pipe");
  seen = g_thread_join (reader);
  g_assert_cmpstr (seen, ==, "through the pipe");
}

static void
test_long_name (Place *place, gconstpointer data)
{
  g_autofree char *base = g_strnfill (250, 'n');
  g_autofree char *path = g_build_filename (place->folder, base, NULL);

  write_ok (path, "x");
  assert_contents (path, "x");
}

/* --- Pictures --- */

static bool export(const Place             *place,
                   const char              *name,
                   const ProfExportOptions *options,
                   GError                 **error)
{
  g_autoptr (ProfTree) tree = test_tree ("main.main;net/http.Get 70\n"
                                         "main.main;fmt.Print 30\n",
                                         0);
  g_autofree char     *path = g_build_filename (place->folder, name, NULL);

  return prof_export_flame (tree, options, path, error);
}

static void
test_endings (Place *place, gconstpointer data)
{
  ProfExportOptions  options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (GError) error = NULL;
  g_autofree char   *png = g_build_filename (place->folder, "b.PNG", NULL);
  g_autofree char   *start = NULL;

  g_assert_true (export(place, "a.svg", &options, &error));
  g_assert_true (export(place, "b.PNG", &options, &error));
  g_assert_no_error (error);
  g_file_get_contents (png, &start, NULL, NULL);
  g_assert_true (g_str_has_prefix (start, "\x89PNG"));
  g_assert_true (export(place, "c.pdf", &options, &error));
  g_assert_true (export(place, "d.Html", &options, &error));
  g_assert_no_error (error);
  g_assert_false (export(place, "c.gif", &options, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  g_assert_false (export(place, ".svg", &options, &error) &&
                  export(place, "svg", &options, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
}

/* "-o >(program)" of a shell is a pipe without an ending. */
static void
test_pipe_without_ending (Place *place, gconstpointer data)
{
  ProfExportOptions  options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char   *path = g_build_filename (place->folder, "pipe", NULL);
  g_autoptr (GError) error = NULL;
  GThread           *reader;
  g_autofree char   *seen = NULL;

  g_assert_false (prof_export_knows (path));
  g_assert_false (prof_export_knows (place->folder));
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_true (prof_export_knows (path));
  reader = g_thread_new ("reader", read_fifo, path);
  g_assert_true (export(place, "pipe", &options, &error));
  seen = g_thread_join (reader);
  g_assert_true (g_str_has_prefix (seen, "<?xml"));
}

static void
test_same_bytes (Place *place, gconstpointer data)
{
  static const char *const names[4][2] = { { "1.svg", "2.svg" },
                                           { "1.png", "2.png" },
                                           { "1.pdf", "2.pdf" },
                                           { "1.html", "2.html" } };
  ProfExportOptions        options = PROF_EXPORT_OPTIONS_INIT;

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      char  *contents[2];
      size_t length[2];

      for (size_t j = 0; j < 2; j++)
        {
          g_autofree char *path = g_build_filename (place->folder,
                                                    names[i][j],
                                                    NULL);

          g_assert_true (export(place, names[i][j], &options, NULL));
          g_file_get_contents (path, &contents[j], &length[j], NULL);
        }
      g_assert_cmpmem (contents[0], length[0], contents[1], length[1]);
      g_free (contents[0]);
      g_free (contents[1]);
    }
}

static void
assert_refused (const Place             *place,
                const ProfExportOptions *options,
                ProfError                code)
{
  g_autoptr (GError) png_error = NULL;
  g_autoptr (GError) svg_error = NULL;

  g_assert_false (export(place, "a.png", options, &png_error));
  g_assert_error (png_error, PROF_ERROR, (int)code);
  g_assert_false (export(place, "a.svg", options, &svg_error));
  g_assert_error (svg_error, PROF_ERROR, (int)code);
  g_assert_cmpuint (count_files (place), ==, 0);
}

static void
test_limits (Place *place, gconstpointer data)
{
  ProfExportOptions narrow = PROF_EXPORT_OPTIONS_INIT;
  ProfExportOptions wide = PROF_EXPORT_OPTIONS_INIT;
  ProfExportOptions scaled = PROF_EXPORT_OPTIONS_INIT;

  narrow.width_px = PROF_EXPORT_MIN_WIDTH - 1;
  assert_refused (place, &narrow, PROF_ERROR_UNSUPPORTED);
  wide.width_px = PROF_MAX_PICTURE_SIDE + 1;
  assert_refused (place, &wide, PROF_ERROR_TOO_LARGE);
  scaled.scale = 4.5;
  assert_refused (place, &scaled, PROF_ERROR_UNSUPPORTED);
  scaled.scale = 0.5;
  assert_refused (place, &scaled, PROF_ERROR_UNSUPPORTED);
}

/* A stack of so many frames. */
static ProfTree *
deep_tree (int n_frames)
{
  g_autoptr (GString) text = g_string_new ("f0");

  for (int i = 1; i < n_frames; i++)
    g_string_append_printf (text, ";f%d", i % 5);
  g_string_append (text, " 1\n");
  return test_tree (text->str, 0);
}

/* The number that the refusal of a picture names behind some words; 0 without
 * such words. */
static double
named_size (const Place             *place,
            ProfTree                *tree,
            const ProfExportOptions *options,
            const char              *name,
            const char              *words)
{
  g_autofree char   *path = g_build_filename (place->folder, name, NULL);
  g_autoptr (GError) error = NULL;
  const char        *found;

  g_assert_false (prof_export_flame (tree, options, path, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpuint (count_files (place), ==, 0);
  g_test_message ("%s", error->message);
  found = strstr (error->message, words);
  return found != NULL ? g_ascii_strtod (found + strlen (words), NULL) : 0;
}

/* Not drawn: 64 million pixels take seconds to compress. */
static void
assert_fits (ProfTree *tree, const ProfExportOptions *options)
{
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, NULL);
  g_autoptr (ProfPicture)   picture = prof_picture_new (tree, options, cache);
  g_autoptr (GError)        error = NULL;

  g_assert_true (prof_picture_fits (picture,
                                    tree,
                                    options,
                                    options->scale,
                                    cache,
                                    &error));
  g_assert_no_error (error);
}

/* 300 rows make a picture of 1 200 by some 5 900 px: too many pixels at 4. */
static void
test_scale_that_fits (Place *place, gconstpointer data)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = deep_tree (300);

  options.scale = 4;
  options.scale = named_size (place, tree, &options, "a.png", "a scale of ");
  g_assert_cmpfloat (options.scale, >, 3);
  assert_fits (tree, &options);
  options.scale += 0.01;
  g_assert_cmpfloat (named_size (place, tree, &options, "a.png", "a scale of "),
                     <,
                     options.scale);
}

static void
test_width_that_fits (Place *place, gconstpointer data)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = deep_tree (300);

  options.width_px = 32000;
  options.scale = 2;
  options.width_px = named_size (place, tree, &options, "a.png", "a width of ");
  options.scale = 1;
  g_assert_cmpfloat (options.width_px, >, 10000);
  assert_fits (tree, &options);
  options.width_px *= 1.1;
  g_assert_cmpfloat (named_size (place, tree, &options, "a.png", "a width of "),
                     >,
                     10000);
}

static void
test_rows_that_fit (Place *place, gconstpointer data)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = deep_tree (2000);

  options.row_px = named_size (place, tree, &options, "a.png", "height of ");
  g_assert_cmpfloat (options.row_px, ==, 16);
  assert_fits (tree, &options);
  options.row_px = 17;
  g_assert_cmpfloat (named_size (place, tree, &options, "a.png", "height of "),
                     ==,
                     16);
  /* Letters that must have their room. */
  options.row_px = 24;
  options.font_px = 20;
  g_assert_cmpfloat (named_size (place, tree, &options, "a.pdf", "height of "),
                     ==,
                     0);
}

static void
test_too_deep (Place *place, gconstpointer data)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = deep_tree (10000);

  g_assert_cmpfloat (named_size (place, tree, &options, "a.png", "height of "),
                     ==,
                     0);
  g_assert_cmpfloat (named_size (place, tree, &options, "a.pdf", "height of "),
                     ==,
                     0);
  g_assert_true (prof_export_flame (tree, &options, place->path, NULL));
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Place *place, gconstpointer data);
  } cases[] = {
    { "/export/a-new-file-follows-the-umask", test_new_file },
    { "/export/a-file-is-replaced-and-keeps-its-rights", test_replaced },
    { "/export/a-failing-write-leaves-the-old-file", test_failure },
    { "/export/a-file-may-come-in-pieces", test_pieces },
    { "/export/a-file-of-which-a-piece-is-missing-is-not-written",
      test_failing_pieces },
    { "/export/a-missing-folder-is-an-error", test_no_folder },
    { "/export/a-folder-is-not-replaced", test_folder },
    { "/export/what-a-link-points-to-is-replaced", test_symlink },
    { "/export/a-link-to-nothing-makes-its-target", test_dangling_symlink },
    { "/export/a-fifo-is-written-directly", test_fifo },
    { "/export/names-may-be-as-long-as-allowed", test_long_name },
    { "/export/endings-say-what-is-written", test_endings },
    { "/export/a-pipe-needs-no-ending", test_pipe_without_ending },
    { "/export/the-same-profile-gives-the-same-bytes", test_same_bytes },
    { "/export/impossible-sizes-are-refused", test_limits },
    { "/export/the-scale-that-fits-is-named", test_scale_that_fits },
    { "/export/a-width-that-fits-is-named", test_width_that_fits },
    { "/export/the-row-height-that-fits-is-named", test_rows_that_fit },
    { "/export/too-deep-a-picture-can-only-be-svg", test_too_deep },
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add (cases[i].path, Place, NULL, set_up, cases[i].test, tear_down);
  return g_test_run ();
}
