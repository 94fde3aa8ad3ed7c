/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-pieces.h"

#include "base/prof-error.h"
#include "input/prof-gzip.h"
#include <gio/gunixinputstream.h>
#include <string.h>
#include <unistd.h>

/* Every fourth byte counts, the others are noise, so that gzip has work. */
static GBytes *
make_bytes (size_t length)
{
  uint8_t *data = g_malloc (length);

  for (size_t i = 0; i < length; i++)
    data[i] = (uint8_t)(i % 4 == 0 ? i >> 8
                                   : (i * UINT64_C (0x9e3779b97f4a)) >> 40);
  return g_bytes_new_take (data, length);
}

static GBytes *
compressed (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  GBytes            *gzip = prof_gzip_compress (g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes),
                                     &error);

  g_assert_no_error (error);
  return gzip;
}

static ProfPieces *
pieces_of (GBytes *bytes, uint64_t size)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (
      bytes);

  return prof_pieces_new (stream, size);
}

static bool
read_all (ProfPieces *pieces, GByteArray *all, GError **error)
{
  const uint8_t *piece;
  size_t         length;

  do
    {
      if (!prof_pieces_next (pieces, NULL, &piece, &length, error))
        return false;
      g_byte_array_append (all, piece, (guint)length);
    }
  while (length == PROF_PIECES_SIZE);
  return true;
}

static void
assert_gives (GBytes *input, uint64_t size, GBytes *expected)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (ProfPieces) pieces = pieces_of (input, size);

  g_assert_true (read_all (pieces, all, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (all->data,
                   all->len,
                   g_bytes_get_data (expected, NULL),
                   g_bytes_get_size (expected));
}

/* Around the piece's size, on one thread and, without a known size, on two. */
static void
test_pieces_are_the_stream (void)
{
  static const size_t lengths[] = {
    0,
    1,
    PROF_PIECES_SIZE - 1,
    PROF_PIECES_SIZE,
    PROF_PIECES_SIZE + 1,
    9 * PROF_PIECES_SIZE + 17,
  };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GBytes) bytes = make_bytes (lengths[i]);
      g_autoptr (GBytes) gzip = compressed (bytes);

      assert_gives (bytes, lengths[i], bytes);
      assert_gives (bytes, 0, bytes);
      assert_gives (gzip, g_bytes_get_size (gzip), bytes);
      assert_gives (gzip, 0, bytes);
    }
}

static void
test_nothing_comes_after_the_end (void)
{
  for (uint64_t size = 0; size <= 5; size += 5)
    {
      g_autoptr (GBytes)     bytes = g_bytes_new ("hello", 5);
      g_autoptr (ProfPieces) pieces = pieces_of (bytes, size);
      const uint8_t         *piece;
      size_t                 length;

      g_assert_true (prof_pieces_next (pieces, NULL, &piece, &length, NULL));
      g_assert_cmpuint (length, ==, 5);
      g_assert_false (prof_pieces_is_gzip (pieces));
      for (size_t i = 0; i < 3; i++)
        {
          g_assert_true (
              prof_pieces_next (pieces, NULL, &piece, &length, NULL));
          g_assert_cmpuint (length, ==, 0);
        }
    }
}

static void
test_they_may_be_left_unread (void)
{
  g_autoptr (GBytes) bytes = make_bytes (20 * PROF_PIECES_SIZE);

  for (size_t read = 0; read < 6; read++)
    {
      ProfPieces    *pieces = pieces_of (bytes, 0);
      const uint8_t *piece;
      size_t         length;

      for (size_t i = 0; i < read; i++)
        g_assert_true (prof_pieces_next (pieces, NULL, &piece, &length, NULL));
      prof_pieces_free (pieces);
    }
}

/* Up to the piece in which it is. */
static void
test_an_error_comes_in_its_place (void)
{
  g_autoptr (GBytes) bytes = make_bytes (3 * PROF_PIECES_SIZE);
  g_autoptr (GBytes) gzip = compressed (bytes);
  size_t             whole = g_bytes_get_size (gzip);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (gzip, 0, whole - 1);

  for (size_t round = 0; round < 2; round++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (ProfPieces) pieces = pieces_of (cut, round == 0 ? 0 : whole);
      const uint8_t         *piece;
      size_t                 length;

      for (size_t i = 0; i < 3; i++)
        {
          g_assert_true (
              prof_pieces_next (pieces, NULL, &piece, &length, &error));
          g_assert_cmpuint (length, ==, PROF_PIECES_SIZE);
        }
      g_assert_false (prof_pieces_next (pieces, NULL, &piece, &length, &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
    }
}

static void
assert_limit (GBytes *input, uint64_t size, uint64_t limit, bool is_enough)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (ProfPieces) pieces = pieces_of (input, size);

  prof_pieces_set_limit (pieces, limit);
  g_assert_cmpint (read_all (pieces, all, &error), ==, is_enough);
  if (is_enough)
    g_assert_no_error (error);
  else
    g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

static void
test_the_limit_holds (void)
{
  g_autoptr (GBytes) bytes = make_bytes (500000);
  g_autoptr (GBytes) gzip = compressed (bytes);

  for (uint64_t size = 0; size < 2; size++)
    {
      assert_limit (bytes, size, 500000, true);
      assert_limit (bytes, size, 499999, false);
      assert_limit (gzip, size, 500000, true);
      assert_limit (gzip, size, 499999, false);
    }
}

static void
test_progress_is_the_share_that_was_read (void)
{
  g_autoptr (GBytes)       bytes = make_bytes (6 * PROF_PIECES_SIZE);
  g_autoptr (ProfPieces)   pieces = pieces_of (bytes, 6 * PROF_PIECES_SIZE);
  g_autoptr (ProfProgress) progress = prof_progress_new (NULL);
  double                   last = 0;
  const uint8_t           *piece;
  size_t                   length;

  do
    {
      g_assert_true (
          prof_pieces_next (pieces, progress, &piece, &length, NULL));
      g_assert_cmpfloat (prof_progress_fraction (progress), >=, last);
      last = prof_progress_fraction (progress);
    }
  while (length > 0);
  g_assert_cmpfloat (last, ==, 1.0);
}

static gpointer
cancel_late (gpointer cancellable)
{
  g_usleep (30000);
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Nobody ever writes into that pipe. */
static void
test_waiting_for_a_pipe_can_be_cancelled (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (GInputStream) stream = NULL;
  ProfPieces              *pieces;
  GThread                 *thread;
  int                      ends[2];
  gint64                   start = g_get_monotonic_time ();
  const uint8_t           *piece;
  size_t                   length;

  g_assert_cmpint (pipe (ends), ==, 0);
  stream = g_unix_input_stream_new (ends[0], TRUE);
  pieces = prof_pieces_new (stream, 0);
  thread = g_thread_new ("cancel", cancel_late, cancellable);
  g_assert_false (prof_pieces_next (pieces, progress, &piece, &length, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  prof_pieces_free (pieces);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_TIME_SPAN_SECOND);
  g_thread_join (thread);
  close (ends[1]);
}

static void
test_a_cancelled_load_reads_nothing_more (void)
{
  for (uint64_t size = 0; size < 2; size++)
    {
      g_autoptr (GError)       error = NULL;
      g_autoptr (GBytes)       bytes = make_bytes (10 * PROF_PIECES_SIZE);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
      g_autoptr (ProfPieces)   pieces = pieces_of (bytes, size);
      const uint8_t           *piece;
      size_t                   length;

      g_assert_true (
          prof_pieces_next (pieces, progress, &piece, &length, &error));
      g_cancellable_cancel (cancellable);
      g_assert_false (
          prof_pieces_next (pieces, progress, &piece, &length, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pieces/pieces-are-the-stream", test_pieces_are_the_stream);
  g_test_add_func ("/pieces/nothing-comes-after-the-end",
                   test_nothing_comes_after_the_end);
  g_test_add_func ("/pieces/they-may-be-left-unread",
                   test_they_may_be_left_unread);
  g_test_add_func ("/pieces/an-error-comes-in-its-place",
                   test_an_error_comes_in_its_place);
  g_test_add_func ("/pieces/the-limit-holds", test_the_limit_holds);
  g_test_add_func ("/pieces/progress-is-the-share-that-was-read",
                   test_progress_is_the_share_that_was_read);
  g_test_add_func ("/pieces/waiting-for-a-pipe-can-be-cancelled",
                   test_waiting_for_a_pipe_can_be_cancelled);
  g_test_add_func ("/pieces/a-cancelled-load-reads-nothing-more",
                   test_a_cancelled_load_reads_nothing_more);
  return g_test_run ();
}
