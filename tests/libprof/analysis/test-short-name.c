/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

static void
assert_short (const char *name, const char *expected)
{
  g_autofree char *shortened = prof_short_name (name);

  g_assert_cmpstr (shortened, ==, expected);
}

static void
test_folders_of_go_go (void)
{
  assert_short ("net/http.(*conn).serve", "http.(*conn).serve");
  assert_short ("github.com/a-b/c.d/e.f", "e.f");
  assert_short ("github.com/x/y.Map[github.com/x/z.T]",
                "y.Map[github.com/x/z.T]");
  assert_short ("foo/xyz", "xyz");
  assert_short ("main.f", "main.f");
}

static void
test_versions_of_modules_go (void)
{
  assert_short ("github.com/foo/bar/v4.(*Foo).Bar", "bar.(*Foo).Bar");
  assert_short ("github.com/foo/bar/v10/baz.F", "baz.F");
  assert_short ("github.com/foo/v1.F", "v1.F");
  assert_short ("github.com/foo/v02.F", "v02.F");
  assert_short ("foo/v2x.F", "v2x.F");
}

static void
test_a_path_that_ends_in_a_slash_keeps_its_last_folder (void)
{
  assert_short ("a/b/", "b/");
  assert_short ("a/", "a/");
  assert_short ("/a", "/a");
  assert_short ("a//b", "/b");
}

static void
test_classes_of_java_stay (void)
{
  assert_short ("java.bar.foo.FooBar.run(java.lang.Runnable)", "FooBar.run");
  assert_short ("java.util.Foo.<init>(int)", "Foo.<init>");
  assert_short ("a.B$C.lambda$d$0", "B$C.lambda$d$0");
  assert_short ("a.B.C.run", "a.B.C.run");
  assert_short ("a.B.run;", "a.B.run;");
}

static void
test_classes_of_cpp_stay (void)
{
  assert_short ("cpp::namespace::Class::method<float, long, int>()",
                "Class::method<float, long, int>");
  assert_short ("a::_B::~_B", "_B::~_B");
  assert_short ("a::B::C::d", "C::d");
  assert_short ("a::B::c::d", "B::c");
  assert_short ("Class::method", "Class::method");
  assert_short ("(anonymous namespace)::a::B::c(int)", "B::c");
  assert_short ("(anonymous namespace)::f", "f");
}

static void
test_nothing_stays_nothing (void)
{
  assert_short ("", "");
  assert_short ("::", "::");
  assert_short ("/", "/");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/short-name/" path, test)
  ADD ("folders-of-go-go", test_folders_of_go_go);
  ADD ("versions-of-modules-go", test_versions_of_modules_go);
  ADD ("a-path-that-ends-in-a-slash-keeps-its-last-folder",
       test_a_path_that_ends_in_a_slash_keeps_its_last_folder);
  ADD ("classes-of-java-stay", test_classes_of_java_stay);
  ADD ("classes-of-cpp-stay", test_classes_of_cpp_stay);
  ADD ("nothing-stays-nothing", test_nothing_stays_nothing);
#undef ADD
  return g_test_run ();
}
