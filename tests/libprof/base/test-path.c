/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-path.h"

static void
assert_clean (const char *path, const char *expected)
{
  g_autofree char *clean = prof_path_clean (path);

  g_assert_cmpstr (clean, ==, expected);
}

static void
test_what_says_nothing_goes (void)
{
  assert_clean ("/a//b/./c/", "/a/b/c");
  assert_clean ("a", "a");
  assert_clean ("./a", "a");
  assert_clean ("//a", "/a");
}

static void
test_two_dots_take_the_element_before (void)
{
  assert_clean ("/a/../b//c.go", "/b/c.go");
  assert_clean ("a/b/..", "a");
  assert_clean ("a/../b", "b");
  assert_clean ("a/b/../../c", "c");
  assert_clean ("/a/..", "/");
}

static void
test_two_dots_stay_where_nothing_is_before (void)
{
  assert_clean ("../a", "../a");
  assert_clean ("../../a/..", "../..");
  assert_clean ("a/../../b", "../b");
}

static void
test_the_root_has_nothing_above (void)
{
  assert_clean ("/..", "/");
  assert_clean ("/../a", "/a");
  assert_clean ("/", "/");
}

static void
test_nothing_left_is_a_dot (void)
{
  assert_clean ("", ".");
  assert_clean (".", ".");
  assert_clean ("a/..", ".");
}

static void
test_prefixes_are_cut_at_elements (void)
{
  g_assert_cmpstr (prof_path_trim ("/src/app/x.go", "/src", ""),
                   ==,
                   "app/x.go");
  g_assert_cmpstr (prof_path_trim ("/src/app/x.go", "/src/", ""),
                   ==,
                   "app/x.go");
  g_assert_cmpstr (prof_path_trim ("/source/x.go", "/src:/sou", ""),
                   ==,
                   "/source/x.go");
  g_assert_cmpstr (prof_path_trim ("/b/x.go", "/a:/b", ""), ==, "x.go");
}

static void
test_without_prefixes_folders_tell (void)
{
  g_assert_cmpstr (prof_path_trim ("/build/app/sub/x.go", "", "/home/me/app"),
                   ==,
                   "sub/x.go");
  g_assert_cmpstr (prof_path_trim ("/build/x.go", "", "/home/me/app"),
                   ==,
                   "/build/x.go");
  g_assert_cmpstr (prof_path_trim ("/build/x.go", "", ""), ==, "/build/x.go");
}

static void
test_the_folder_of_a_build_is_cut_always (void)
{
  g_assert_cmpstr (prof_path_trim ("/proc/self/cwd/x.cc", "", ""), ==, "x.cc");
  g_assert_cmpstr (prof_path_trim ("/proc/self/cwd/./x.cc", "/src", ""),
                   ==,
                   "x.cc");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/path/" path, test)
  ADD ("what-says-nothing-goes", test_what_says_nothing_goes);
  ADD ("two-dots-take-the-element-before",
       test_two_dots_take_the_element_before);
  ADD ("two-dots-stay-where-nothing-is-before",
       test_two_dots_stay_where_nothing_is_before);
  ADD ("the-root-has-nothing-above", test_the_root_has_nothing_above);
  ADD ("nothing-left-is-a-dot", test_nothing_left_is_a_dot);
  ADD ("prefixes-are-cut-at-elements", test_prefixes_are_cut_at_elements);
  ADD ("without-prefixes-folders-tell", test_without_prefixes_folders_tell);
  ADD ("the-folder-of-a-build-is-cut-always",
       test_the_folder_of_a_build_is_cut_always);
#undef ADD
  return g_test_run ();
}
