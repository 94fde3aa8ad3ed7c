/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-machine.h"
#include "input/prof-source.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "test-util.h"
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534
#define PIECE  4096

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_new_folder ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->folder);
}

static char *
file_of (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

/* A stream has as many bytes next, of those a piece has room for. */
static void
assert_piece (GInputStream *stream, gssize n)
{
  g_autoptr (GError) error = NULL;
  char               piece[PIECE];

  g_assert_cmpint (g_input_stream_read (stream, piece, PIECE, NULL, &error),
                   ==,
                   n);
  g_assert_no_error (error);
}

/* All that there is. */
static void
assert_bytes (GInputStream *stream, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char               bytes[10];
  gsize              n;

  g_input_stream_read_all (stream, bytes, sizeof bytes, &n, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (bytes, n, expected, strlen (expected));
}

static void
assert_refused (const char *path, int code, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  uint64_t           size = 77;

  g_assert_null (prof_source_open (path, NULL, &size, &error));
  g_assert_error (error, G_IO_ERROR, code);
  g_assert_cmpstr (error->message, ==, sentence);
  g_assert_cmpuint (size, ==, 77);
}

static void
test_a_file_comes_with_its_size (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char         *path = file_of (fixture, "five");
  uint64_t                 size;

  g_assert_true (g_file_set_contents (path, "bytes", 5, NULL));
  stream = prof_source_open (path, NULL, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, 5);
  assert_bytes (stream, "bytes");
}

static void
test_a_missing_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = file_of (fixture, "nothing");
  g_autofree char *below = file_of (fixture, "five/below");
  g_autofree char *five = file_of (fixture, "five");

  g_assert_true (g_file_set_contents (five, "bytes", 5, NULL));
  assert_refused (path, G_IO_ERROR_NOT_FOUND, "no such file");
  assert_refused (below,
                  G_IO_ERROR_NOT_DIRECTORY,
                  "no such file: a part of the path is not a directory");
}

static void
test_a_directory (Fixture *fixture, gconstpointer data)
{
  assert_refused (fixture->folder, G_IO_ERROR_IS_DIRECTORY, "is a directory");
}

static void
test_a_file_that_may_not_be_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = file_of (fixture, "closed");
  bool             is_root = geteuid () == 0;

  g_assert_true (g_file_set_contents (path, "bytes", 5, NULL));
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  /* Root may read everything, so it is nobody for a moment. */
  if (is_root)
    g_assert_cmpint (seteuid (NOBODY), ==, 0);
  assert_refused (path, G_IO_ERROR_PERMISSION_DENIED, "permission denied");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_a_link_in_a_circle (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = file_of (fixture, "circle");

  g_assert_cmpint (symlink (path, path), ==, 0);
  assert_refused (path,
                  G_IO_ERROR_TOO_MANY_LINKS,
                  "a symbolic link leads back to itself");
}

/* The files have a length and no bytes. */
static void
test_a_file_has_as_many_bytes_as_the_limit (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char         *path = file_of (fixture, "sparse");
  uint64_t                 size = 77;

  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (truncate (path, PROF_MAX_FILE), ==, 0);
  stream = prof_source_open (path, NULL, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, PROF_MAX_FILE);
  g_assert_cmpint (truncate (path, PROF_MAX_FILE + 1), ==, 0);
  g_assert_null (prof_source_open (path, NULL, &size, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

/* Read, not mapped, where what is gone would be a signal. */
static void
test_a_file_that_shrinks_ends_early (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char         *path = file_of (fixture, "shrinks");
  g_autofree char         *content = g_malloc0 (1 << 20);
  uint64_t                 size;

  g_assert_true (g_file_set_contents (path, content, 1 << 20, NULL));
  stream = prof_source_open (path, NULL, &size, &error);
  g_assert_no_error (error);
  assert_piece (stream, PIECE);
  g_assert_cmpint (truncate (path, 5000), ==, 0);
  assert_piece (stream, 5000 - PIECE);
  assert_piece (stream, 0);
}

static void
test_a_device (Fixture *fixture, gconstpointer data)
{
  assert_refused ("/dev/zero",
                  G_IO_ERROR_NOT_REGULAR_FILE,
                  "is a device, not a file");
}

static gpointer
write_late (gpointer path)
{
  FILE *file;

  g_usleep (50000);
  file = fopen (path, "w");
  fputs ("late", file);
  fclose (file);
  return NULL;
}

/* Opened without waiting, and the reader still waits for the writer. */
static void
test_a_pipe_waits_for_its_writer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char         *path = file_of (fixture, "pipe");
  GThread                 *writer;
  uint64_t                 size = 77;

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  stream = prof_source_open (path, NULL, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, 0);
  writer = g_thread_new ("writer", write_late, path);
  assert_bytes (stream, "late");
  g_thread_join (writer);
}

/* Puts a file in the place of standard input for as long as it is open. */
static void
test_standard_input_from_where_it_stands (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GInputStream) stream = NULL;
  g_autofree char         *path = file_of (fixture, "ten");
  int                      before = dup (STDIN_FILENO);
  uint64_t                 size;

  g_assert_true (g_file_set_contents (path, "0123456789", 10, NULL));
  g_assert_nonnull (freopen (path, "r", stdin));
  g_assert_cmpint (lseek (STDIN_FILENO, 4, SEEK_SET), ==, 4);
  stream = prof_source_open ("-", NULL, &size, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (size, ==, 6);
  assert_bytes (stream, "456789");
  dup2 (before, STDIN_FILENO);
  close (before);
}

static void
test_a_profile_gets_a_quarter_of_the_memory_at_most (Fixture      *fixture,
                                                     gconstpointer data)
{
  ProfLimits limits = prof_machine_limits ();
  uint64_t   memory = prof_limits_get (&limits, PROF_LIMIT_MEMORY);

  g_assert_cmpuint (memory, >, 0);
  g_assert_cmpuint (memory, <=, PROF_MAX_MEMORY);
  g_assert_cmpuint (memory,
                    <=,
                    (uint64_t)sysconf (_SC_PHYS_PAGES) / 4 *
                        (uint64_t)sysconf (_SC_PAGESIZE));
}

static void
test_a_tree_gets_a_quarter_of_the_memory_at_most (Fixture      *fixture,
                                                  gconstpointer data)
{
  ProfLimits limits = prof_machine_limits ();
  uint64_t   nodes = prof_limits_get (&limits, PROF_LIMIT_NODES);

  g_assert_cmpuint (nodes, >, 0);
  g_assert_cmpuint (nodes, <=, PROF_MAX_TREE_NODES);
  g_assert_cmpuint (nodes * PROF_TREE_NODE_BYTES,
                    <=,
                    prof_machine_memory () / 4);
}

static void
test_a_file_is_not_fetched (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_get_current_dir ();

  g_assert_cmpint (g_chdir (fixture->folder), ==, 0);
  g_assert_true (prof_source_is_url ("localhost:6060"));
  g_assert_false (prof_source_is_url ("cpu.prof"));
  g_assert_true (g_file_set_contents ("localhost:6060", "x", -1, NULL));
  g_assert_false (prof_source_is_url ("localhost:6060"));
  g_assert_cmpint (g_chdir (folder), ==, 0);
}

#define ADD(sentence, function) \
  g_test_add ("/source/" sentence, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-file-comes-with-its-size", test_a_file_comes_with_its_size);
  ADD ("a-missing-file", test_a_missing_file);
  ADD ("a-directory", test_a_directory);
  ADD ("a-file-that-may-not-be-read", test_a_file_that_may_not_be_read);
  ADD ("a-link-in-a-circle", test_a_link_in_a_circle);
  ADD ("a-file-has-as-many-bytes-as-the-limit",
       test_a_file_has_as_many_bytes_as_the_limit);
  ADD ("a-file-is-not-fetched", test_a_file_is_not_fetched);
  ADD ("a-file-that-shrinks-ends-early", test_a_file_that_shrinks_ends_early);
  ADD ("a-device", test_a_device);
  ADD ("a-pipe-waits-for-its-writer", test_a_pipe_waits_for_its_writer);
  ADD ("standard-input-from-where-it-stands",
       test_standard_input_from_where_it_stands);
  ADD ("a-profile-gets-a-quarter-of-the-memory-at-most",
       test_a_profile_gets_a_quarter_of_the_memory_at_most);
  ADD ("a-tree-gets-a-quarter-of-the-memory-at-most",
       test_a_tree_gets_a_quarter_of_the_memory_at_most);
  return g_test_run ();
}
