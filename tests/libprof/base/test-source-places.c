/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-source-places.h"

#include <glib.h>

/* @expected: separated by blanks */
static void
assert_places (const char *path, const char *folder, const char *expected)
{
  g_auto (GStrv)   places = prof_source_places_new (path, folder);
  g_autofree char *text = g_strjoinv (" ", places);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_path_is_cut_as_far_as_two_elements (void)
{
  assert_places ("/build/app/api/x.go",
                 "/home/me/work",
                 "build/app/api/x.go app/api/x.go api/x.go");
  assert_places ("/x.go", "/home/me/work", "x.go");
}

static void
test_a_path_is_cut_behind_the_folders_name (void)
{
  assert_places ("/build/app/x.go",
                 "/home/me/app",
                 "build/app/x.go app/x.go x.go");
  assert_places ("example.com/qrcode/qr/mask.go",
                 "/home/me/qrcode/",
                 "example.com/qrcode/qr/mask.go qrcode/qr/mask.go qr/mask.go");
}

static void
test_gos_own_packages_are_not_cut (void)
{
  assert_places ("/usr/lib/go-1.19/src/encoding/json/decode.go",
                 "/opt/go",
                 "usr/lib/go-1.19/src/encoding/json/decode.go "
                 "lib/go-1.19/src/encoding/json/decode.go "
                 "go-1.19/src/encoding/json/decode.go "
                 "src/encoding/json/decode.go "
                 "encoding/json/decode.go");
  assert_places ("encoding/json/decode.go",
                 "/opt/go",
                 "encoding/json/decode.go src/encoding/json/decode.go");
  assert_places ("encoding/json/decode.go",
                 "/opt/go/src/encoding",
                 "encoding/json/decode.go json/decode.go "
                 "src/encoding/json/decode.go");
}

static void
test_the_path_of_programs_has_a_tree_of_its_own (void)
{
  assert_places ("/home/me/go/src/example.com/y/x.go",
                 "/w",
                 "home/me/go/src/example.com/y/x.go "
                 "me/go/src/example.com/y/x.go go/src/example.com/y/x.go "
                 "src/example.com/y/x.go example.com/y/x.go y/x.go");
}

static void
test_modules_are_cut_before_their_name (void)
{
  assert_places ("/build/go/pkg/mod/example.com/y@v1.2.3/sub/x.go",
                 "/home/me/go",
                 "build/go/pkg/mod/example.com/y@v1.2.3/sub/x.go "
                 "go/pkg/mod/example.com/y@v1.2.3/sub/x.go "
                 "pkg/mod/example.com/y@v1.2.3/sub/x.go "
                 "mod/example.com/y@v1.2.3/sub/x.go "
                 "example.com/y@v1.2.3/sub/x.go "
                 "vendor/example.com/y/sub/x.go");
}

static void
test_a_module_that_is_checked_out_is_found (void)
{
  assert_places ("example.com/y@v1.2.3/sub/x.go",
                 "/home/me/y",
                 "example.com/y@v1.2.3/sub/x.go sub/x.go "
                 "pkg/mod/example.com/y@v1.2.3/sub/x.go "
                 "vendor/example.com/y/sub/x.go");
  assert_places ("example.com/y/v2@v2.0.1/x.go",
                 "/home/me/y",
                 "example.com/y/v2@v2.0.1/x.go v2@v2.0.1/x.go x.go "
                 "pkg/mod/example.com/y/v2@v2.0.1/x.go "
                 "vendor/example.com/y/v2/x.go");
}

static void
test_upper_case_is_written_as_on_disk (void)
{
  assert_places ("example.com/Burnt/y@v1/x.go",
                 "/go",
                 "example.com/Burnt/y@v1/x.go "
                 "pkg/mod/example.com/Burnt/y@v1/x.go "
                 "pkg/mod/example.com/!burnt/y@v1/x.go "
                 "example.com/!burnt/y@v1/x.go "
                 "vendor/example.com/Burnt/y/x.go");
}

static void
test_a_tree_in_the_module_cache_is_one (void)
{
  g_auto (GStrv) places = prof_source_places_new (
      "/build/go/pkg/mod/golang.org/toolchain@v0.0.1-go1.22.1.linux-amd64/src/"
      "fmt/print.go",
      "/usr/lib/go");

  g_assert_true (
      g_strv_contains ((const char *const *)places, "src/fmt/print.go"));
  g_assert_true (g_strv_contains ((const char *const *)places, "fmt/print.go"));
  g_assert_false (g_strv_contains ((const char *const *)places, "print.go"));
}

static void
test_no_path_leads_out (void)
{
  g_autofree char *long_path = g_strnfill (4097, 'x');

  assert_places ("../../etc/passwd", "/w", "");
  assert_places ("/build/../../etc/passwd", "/w", "");
  assert_places (long_path, "/w", "");
  assert_places ("", "/w", "");
  assert_places ("/", "/", "");
}

static void
assert_root (const char *path, const char *expected)
{
  g_autofree char *root = prof_source_places_root (path);

  g_assert_cmpstr (root, ==, expected);
}

static void
test_a_root_is_a_trees_or_a_caches (void)
{
  assert_root ("/usr/lib/go-1.19/src/fmt/print.go", "/usr/lib/go-1.19/src");
  assert_root ("/build/go/pkg/mod/example.com/y@v1/x.go", "/build/go/pkg/mod");
  assert_root ("/home/me/app/x.go", NULL);
  assert_root ("fmt/print.go", NULL);
  assert_root ("/usr/lib/go/src/../../../../etc/passwd", NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/source-places/" path, test)
  ADD ("a-path-is-cut-as-far-as-two-elements",
       test_a_path_is_cut_as_far_as_two_elements);
  ADD ("a-path-is-cut-behind-the-folders-name",
       test_a_path_is_cut_behind_the_folders_name);
  ADD ("gos-own-packages-are-not-cut", test_gos_own_packages_are_not_cut);
  ADD ("the-path-of-programs-has-a-tree-of-its-own",
       test_the_path_of_programs_has_a_tree_of_its_own);
  ADD ("modules-are-cut-before-their-name",
       test_modules_are_cut_before_their_name);
  ADD ("a-module-that-is-checked-out-is-found",
       test_a_module_that_is_checked_out_is_found);
  ADD ("upper-case-is-written-as-on-disk",
       test_upper_case_is_written_as_on_disk);
  ADD ("a-tree-in-the-module-cache-is-one",
       test_a_tree_in_the_module_cache_is_one);
  ADD ("no-path-leads-out", test_no_path_leads_out);
  ADD ("a-root-is-a-trees-or-a-caches", test_a_root_is_a_trees_or_a_caches);
#undef ADD
  return g_test_run ();
}
