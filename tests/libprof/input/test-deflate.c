/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-deflate.h"

#include "base/prof-error.h"
#include "input/prof-gzip.h"
#include <gio/gio.h>
#include <stdint.h>
#include <string.h>

/* Noise that does not shrink, and as much that does. */
static GString *
mixed_bytes (size_t length)
{
  GString *bytes = g_string_sized_new (length);

  for (size_t i = 0; i < length; i++)
    g_string_append_c (bytes,
                       i / 1000 % 2 == 0 ? (char)g_test_rand_int () : 'a');
  return bytes;
}

static GString *
deflate_by (const GString *bytes, size_t step)
{
  g_autoptr (GError)      error = NULL;
  GString                *file = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (file);
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (&sink, &error);
  ProfSink                content = prof_deflate_sink (deflate);

  g_assert_no_error (error);
  for (size_t i = 0; i < bytes->len; i += step)
    g_assert_true (prof_sink_write (&content,
                                    bytes->str + i,
                                    MIN (step, bytes->len - i),
                                    &error));
  g_assert_true (prof_deflate_finish (deflate, &error));
  g_assert_no_error (error);
  return file;
}

static void
assert_inflates_to (const GString *file, const GString *expected)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfGzip) gzip = prof_gzip_new (UINT64_MAX);
  g_autofree uint8_t  *room = g_malloc (expected->len + 1);
  const uint8_t       *in = (const uint8_t *)file->str;
  size_t               left = file->len;
  size_t               n;

  prof_gzip_inflate (gzip, &in, &left, room, expected->len + 1, &n, &error);
  g_assert_no_error (error);
  g_assert_true (prof_gzip_end (gzip, &error));
  g_assert_cmpmem (room, n, expected->str, expected->len);
}

static void
test_what_goes_in_comes_out_again (void)
{
  static const size_t lengths[] = { 0, 1, 65536, 1000000 };
  static const size_t steps[] = { 1000, 65536, 1000000 };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    for (size_t k = 0; k < G_N_ELEMENTS (steps); k++)
      {
        g_autoptr (GString) bytes = mixed_bytes (lengths[i]);
        g_autoptr (GString) file = deflate_by (bytes, steps[k]);

        g_assert_true (prof_gzip_is ((const uint8_t *)file->str, file->len));
        assert_inflates_to (file, bytes);
      }
}

static void
test_the_same_pieces_give_the_same_file (void)
{
  g_autoptr (GString) bytes = mixed_bytes (300000);
  g_autoptr (GString) one = deflate_by (bytes, 4096);
  g_autoptr (GString) other = deflate_by (bytes, 4096);

  g_assert_cmpmem (one->str, one->len, other->str, other->len);
}

static void
test_a_file_has_no_time_and_no_system (void)
{
  g_autoptr (GString) nothing = g_string_new (NULL);
  g_autoptr (GString) file = deflate_by (nothing, 1);

  g_assert_cmpuint (file->len, >, 10);
  g_assert_cmpmem (file->str, 10, "\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  return false;
}

static void
test_a_full_disk_is_told (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GError)      last_error = NULL;
  g_autoptr (GString)     bytes = mixed_bytes (1000000);
  ProfSink                sink = { refuse, NULL };
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (&sink, NULL);
  g_autoptr (ProfDeflate) little = prof_deflate_new (&sink, NULL);

  g_assert_false (prof_deflate_write (deflate, bytes->str, bytes->len, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_false (prof_deflate_finish (little, &last_error));
  g_assert_error (last_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/deflate/" path, test)
  ADD ("what-goes-in-comes-out-again", test_what_goes_in_comes_out_again);
  ADD ("the-same-pieces-give-the-same-file",
       test_the_same_pieces_give_the_same_file);
  ADD ("a-file-has-no-time-and-no-system",
       test_a_file_has_no_time_and_no_system);
  ADD ("a-full-disk-is-told", test_a_full_disk_is_told);
#undef ADD
  return g_test_run ();
}
