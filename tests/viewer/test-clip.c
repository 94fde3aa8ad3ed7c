/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-clip.h"

static void
assert_clipped (const char *text, size_t n_chars, const char *expected)
{
  g_autofree char *clipped = viewer_clip (text, n_chars);

  g_assert_cmpstr (clipped, ==, expected);
}

static void
test_what_has_room_stays (void)
{
  assert_clipped ("", 1, "");
  assert_clipped ("a", 1, "a");
  assert_clipped ("größer", 6, "größer");
  assert_clipped ("größer", 4096, "größer");
  assert_clipped (NULL, 7, NULL);
}

static void
test_the_rest_is_three_dots (void)
{
  assert_clipped ("größer", 5, "größ…");
  assert_clipped ("größer", 2, "g…");
  assert_clipped ("größer", 1, "…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clip/what-has-room-stays", test_what_has_room_stays);
  g_test_add_func ("/clip/the-rest-is-three-dots", test_the_rest_is_three_dots);
  return g_test_run ();
}
