/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-upright.h"

static void
assert_upright (const char *text, const char *expected)
{
  g_autofree char *upright = prof_upright (text, -1);

  g_assert_cmpstr (upright, ==, expected);
}

static void
test_text_stays (void)
{
  assert_upright ("", "");
  assert_upright ("main.f", "main.f");
  assert_upright ("größe\tشجرة\nעץ", "größe\tشجرة\nעץ");
  /* Joiners turn nothing around: scripts and emoji are written with them. */
  assert_upright ("क्\u200d👩\u200d🚀", "क्\u200d👩\u200d🚀");
}

static void
test_nothing_turns_around (void)
{
  static const gunichar turning[] = {
    0x061c, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b,
    0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069,
  };

  for (size_t i = 0; i < G_N_ELEMENTS (turning); i++)
    {
      char             bytes[7] = "";
      g_autofree char *text = NULL;

      g_unichar_to_utf8 (turning[i], bytes);
      text = g_strdup_printf ("a%sé%s", bytes, bytes);
      assert_upright (text, "a\ufffdé\ufffd");
    }
}

static void
test_what_is_no_utf8_is_replaced (void)
{
  g_autofree char *start = prof_upright ("a\xff\u202e", 2);

  assert_upright ("a\xff\u202e", "a\ufffd\ufffd");
  g_assert_cmpstr (start, ==, "a\ufffd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upright/text-stays", test_text_stays);
  g_test_add_func ("/upright/nothing-turns-around", test_nothing_turns_around);
  g_test_add_func ("/upright/what-is-no-utf8-is-replaced",
                   test_what_is_no_utf8_is_replaced);
  return g_test_run ();
}
