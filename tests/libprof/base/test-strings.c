/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-strings.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"

static ProfStringId
intern (ProfStrings *strings, const char *text, size_t length)
{
  ProfStringId id = PROF_ID_NONE;

  g_assert_true (prof_strings_intern (strings, text, length, &id));
  return id;
}

static void
test_empty_text_is_zero (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();

  g_assert_cmpuint (intern (strings, "", 0), ==, 0);
  g_assert_cmpuint (prof_strings_n (strings), ==, 1);
}

static void
test_equal_text_has_one_id (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();
  ProfStringId            id = intern (strings, "main.work", 9);

  g_assert_cmpuint (intern (strings, "main.work()", 9), ==, id);
  g_assert_cmpuint (prof_strings_lookup (strings, "main.work", 9), ==, id);
  g_assert_cmpuint (prof_strings_lookup (strings, "main.w", 6),
                    ==,
                    PROF_ID_NONE);
}

static void
test_bytes_behind_a_nul_count (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();
  ProfStringId            one = intern (strings, "a\0b", 3);
  ProfStringId            two = intern (strings, "a\0c", 3);
  size_t                  length;

  g_assert_cmpuint (one, !=, two);
  g_assert_cmpmem (prof_strings_get (strings, two, &length), 3, "a\0c", 3);
  g_assert_cmpuint (length, ==, 3);
}

static void
test_many_keep_their_text_and_place (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();
  const char             *first;

  intern (strings, "first", 5);
  first = prof_strings_get (strings, 1, NULL);
  for (int i = 0; i < 200000; i++)
    {
      g_autofree char *text = g_strdup_printf ("function-%d", i);

      g_assert_cmpuint (intern (strings, text, strlen (text)),
                        ==,
                        (ProfStringId)i + 2);
    }
  g_assert_true (prof_strings_get (strings, 1, NULL) == first);
  g_assert_cmpstr (prof_strings_get (strings, 123458, NULL),
                   ==,
                   "function-123456");
}

static void
test_a_too_long_text_is_refused (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();
  g_autofree char        *text = g_malloc0 (PROF_MOST_STRING + 1);
  ProfStringId            id = 77;

  g_assert_true (prof_strings_intern (strings, text, PROF_MAX_STRING, &id));
  id = 77;
  g_assert_false (
      prof_strings_intern (strings, text, PROF_MOST_STRING + 1, &id));
  g_assert_cmpuint (id, ==, 77);
}

static void
test_refused_memory_is_reported (void)
{
  g_autoptr (ProfStrings) strings = prof_strings_new ();
  bool                    refused = false;
  ProfStringId            zero;

  g_assert_true (prof_strings_intern (strings, "0", 1, &zero));
  prof_vec_refuse_after (0);
  for (int i = 1; i < 100 && !refused; i++)
    {
      g_autofree char *text = g_strdup_printf ("%d", i);
      ProfStringId     id;

      refused = !prof_strings_intern (strings, text, strlen (text), &id);
    }
  prof_vec_refuse_after (-1);
  g_assert_true (refused);
  g_assert_cmpstr (prof_strings_get (strings, zero, NULL), ==, "0");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/strings/empty-text-is-zero", test_empty_text_is_zero);
  g_test_add_func ("/strings/equal-text-has-one-id",
                   test_equal_text_has_one_id);
  g_test_add_func ("/strings/bytes-behind-a-nul-count",
                   test_bytes_behind_a_nul_count);
  g_test_add_func ("/strings/many-keep-their-text-and-place",
                   test_many_keep_their_text_and_place);
  g_test_add_func ("/strings/a-too-long-text-is-refused",
                   test_a_too_long_text_is_refused);
  g_test_add_func ("/strings/refused-memory-is-reported",
                   test_refused_memory_is_reported);
  return g_test_run ();
}
