/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-block.h"

#include <stdint.h>
#include <string.h>

static bool
begins_a_page (const void *block)
{
  return (uintptr_t)block % PROF_BLOCK_PAGE == 0;
}

static void
test_small_ones_have_what_was_asked (void)
{
  g_assert_cmpuint (prof_block_room (0), ==, 0);
  g_assert_cmpuint (prof_block_room (1), ==, 1);
  g_assert_cmpuint (prof_block_room (PROF_BLOCK_LARGE - 1),
                    ==,
                    PROF_BLOCK_LARGE - 1);
}

static void
test_large_ones_have_whole_pages (void)
{
  g_autofree uint8_t *block = prof_block_try_new (uint8_t, PROF_BLOCK_LARGE);

  g_assert_cmpuint (prof_block_room (PROF_BLOCK_LARGE), ==, PROF_BLOCK_PAGE);
  g_assert_cmpuint (prof_block_room (PROF_BLOCK_PAGE), ==, PROF_BLOCK_PAGE);
  g_assert_cmpuint (prof_block_room (PROF_BLOCK_PAGE + 1),
                    ==,
                    2 * PROF_BLOCK_PAGE);
  g_assert_true (begins_a_page (block));
  memset (block, 7, PROF_BLOCK_PAGE);
}

static void
test_are_cleared_where_asked (void)
{
  const size_t lengths[] = { 1, 1000, PROF_BLOCK_PAGE / 4 + 3 };

  for (size_t l = 0; l < G_N_ELEMENTS (lengths); l++)
    for (int round = 0; round < 2; round++)
      {
        g_autofree uint32_t *block = prof_block_new0 (uint32_t, lengths[l]);

        for (size_t i = 0; i < lengths[l]; i++)
          g_assert_cmpuint (block[i], ==, 0);
        /* For the next round, which may be given the same place. */
        memset (block, 0xff, lengths[l] * sizeof *block);
      }
}

static void
test_resizing_keeps_what_was_there (void)
{
  uint32_t *block = NULL;
  size_t    n = 0;

  for (size_t bytes = 64; bytes <= 4 * PROF_BLOCK_PAGE; bytes *= 4)
    {
      size_t room = prof_block_room (bytes);

      block = prof_block_resize (block, n * sizeof *block, room);
      g_assert_nonnull (block);
      g_assert_true (bytes < PROF_BLOCK_LARGE || begins_a_page (block));
      for (size_t i = 0; i < n; i++)
        g_assert_cmpuint (block[i], ==, i);
      n = room / sizeof *block;
      for (size_t i = 0; i < n; i++)
        block[i] = (uint32_t)i;
    }
  g_free (block);
}

static void
test_long_strings_get_room (void)
{
  g_autoptr (GString) string = g_string_new ("begin");
  size_t              length;

  prof_block_string_reserve (string, 0);
  g_assert_cmpuint (string->allocated_len, <, 1024);
  while (string->len < PROF_BLOCK_LARGE)
    {
      g_string_append (string, " and so on");
      prof_block_string_reserve (string, 0);
    }
  length = string->len;
  g_assert_cmpuint (string->allocated_len, >=, PROF_BLOCK_PAGE);
  g_assert_cmpuint (strlen (string->str), ==, length);
  g_assert_true (g_str_has_prefix (string->str, "begin and so on and"));
  for (int i = 0; i < 1000000; i++)
    g_string_append (string, "more");
  g_assert_cmpuint (strlen (string->str), ==, length + 4000000);
}

static void
test_a_string_gets_room_at_once (void)
{
  g_autoptr (GString) string = g_string_new ("begin");
  const char         *place;

  prof_block_string_reserve (string, 5 * PROF_BLOCK_PAGE);
  g_assert_cmpuint (string->allocated_len, >, 5 * PROF_BLOCK_PAGE + 5);
  g_assert_cmpstr (string->str, ==, "begin");
  place = string->str;
  while (string->len < 5 * PROF_BLOCK_PAGE)
    g_string_append (string, " and so on");
  g_assert_true (string->str == place);
}

/* What was written before and what is written meanwhile stays. */
static void
test_laying_out_changes_nothing (void)
{
  const size_t n = 3 * PROF_BLOCK_PAGE + 5;
  char        *block = prof_block_new (char, n);
  GThread     *thread;

  memset (block, 'a', n / 2);
  thread = prof_block_lay_out (block, n);
  memset (block + n / 2, 'b', n - n / 2);
  if (thread != NULL)
    g_thread_join (thread);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpint (block[i], ==, i < n / 2 ? 'a' : 'b');
  g_free (block);
  g_assert_null (prof_block_lay_out (NULL, 0));
}

static void
test_impossible_ones_are_refused (void)
{
  g_assert_null (prof_block_try_new (uint64_t, SIZE_MAX / 2));
  g_assert_null (prof_block_try_new (uint8_t, SIZE_MAX));
  g_assert_null (prof_block_try_new0 (uint64_t, SIZE_MAX / 8));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/block/small-ones-have-what-was-asked",
                   test_small_ones_have_what_was_asked);
  g_test_add_func ("/block/large-ones-have-whole-pages",
                   test_large_ones_have_whole_pages);
  g_test_add_func ("/block/are-cleared-where-asked",
                   test_are_cleared_where_asked);
  g_test_add_func ("/block/resizing-keeps-what-was-there",
                   test_resizing_keeps_what_was_there);
  g_test_add_func ("/block/long-strings-get-room", test_long_strings_get_room);
  g_test_add_func ("/block/a-string-gets-room-at-once",
                   test_a_string_gets_room_at_once);
  g_test_add_func ("/block/laying-out-changes-nothing",
                   test_laying_out_changes_nothing);
  g_test_add_func ("/block/impossible-ones-are-refused",
                   test_impossible_ones_are_refused);
  return g_test_run ();
}
