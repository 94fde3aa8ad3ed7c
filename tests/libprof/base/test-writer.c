/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-writer.h"

#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

/* Takes so many bytes and refuses what comes then. */
typedef struct
{
  GString *out;
  size_t   room;
  size_t   n_calls;
} Box;

static bool
put_in_box (void *data, const void *bytes, size_t length, GError **error)
{
  Box *box = data;

  box->n_calls++;
  if (length > box->room)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "the box is full");
      return false;
    }
  box->room -= length;
  g_string_append_len (box->out, bytes, (gssize)length);
  return true;
}

static void
test_small_pieces_arrive_together (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  Box                    box = { out, SIZE_MAX, 0 };
  ProfSink               sink = { put_in_box, &box };
  g_autoptr (ProfWriter) writer = prof_writer_new (&sink);

  g_assert_true (prof_writer_text (writer, "a="));
  g_assert_true (prof_writer_printf (writer, "%d", 7));
  g_assert_true (prof_writer_bytes (writer, "\0;", 2));
  g_assert_cmpuint (box.n_calls, ==, 0);
  g_assert_true (prof_writer_finish (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (box.n_calls, ==, 1);
  g_assert_cmpmem (out->str, out->len, "a=7\0;", 5);
}

static void
test_nothing_is_lost_at_any_size (void)
{
  static const size_t    sizes[] = { 0, 1, 65535, 65536, 65537, 3, 200000, 1 };
  g_autoptr (GError)     error = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  g_autoptr (GString)    expected = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);
  g_autoptr (ProfWriter) writer = prof_writer_new (&sink);

  for (size_t i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *piece = g_malloc (sizes[i] + 1);

      memset (piece, 'a' + (int)i, sizes[i]);
      g_string_append_len (expected, piece, (gssize)sizes[i]);
      g_assert_true (prof_writer_bytes (writer, piece, sizes[i]));
    }
  g_assert_true (prof_writer_finish (writer, &error));
  g_assert_no_error (error);
  g_assert_cmpmem (out->str, out->len, expected->str, expected->len);
}

static void
test_the_first_failure_ends_writing (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  Box                    box = { out, 100000, 0 };
  ProfSink               sink = { put_in_box, &box };
  g_autoptr (ProfWriter) writer = prof_writer_new (&sink);
  g_autofree char       *piece = g_malloc0 (90000);

  g_assert_true (prof_writer_bytes (writer, piece, 90000));
  g_assert_false (prof_writer_bytes (writer, piece, 90000));
  g_assert_false (prof_writer_text (writer, "more"));
  g_assert_cmpuint (box.n_calls, ==, 2);
  g_assert_false (prof_writer_finish (writer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (box.n_calls, ==, 2);
}

static void
test_the_last_piece_can_fail_too (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GString)    out = g_string_new (NULL);
  Box                    box = { out, 3, 0 };
  ProfSink               sink = { put_in_box, &box };
  g_autoptr (ProfWriter) writer = prof_writer_new (&sink);

  g_assert_true (prof_writer_text (writer, "four"));
  g_assert_false (prof_writer_finish (writer, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/writer/" path, test)
  ADD ("small-pieces-arrive-together", test_small_pieces_arrive_together);
  ADD ("nothing-is-lost-at-any-size", test_nothing_is_lost_at_any_size);
  ADD ("the-first-failure-ends-writing", test_the_first_failure_ends_writing);
  ADD ("the-last-piece-can-fail-too", test_the_last_piece_can_fail_too);
#undef ADD
  return g_test_run ();
}
