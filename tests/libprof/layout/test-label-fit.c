/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include <string.h>

/* The forms of a name, joined by " > "; a package in front is in braces. */
static char *
forms (const char *name)
{
  ProfLabelForms list;
  GString       *text = g_string_new (NULL);

  prof_label_forms_init (&list, name, PROF_MAX_LABEL_CHARS);
  for (size_t i = 0; i < list.n_forms; i++)
    {
      const ProfLabelForm *form = &list.forms[i];

      g_assert_true (g_utf8_validate (form->text, -1, NULL));
      g_assert_cmpuint (form->prefix, <=, strlen (form->text));
      if (i > 0)
        g_string_append (text, " > ");
      if (form->prefix > 0)
        g_string_append_printf (text, "{%.*s}", (int)form->prefix, form->text);
      g_string_append (text, form->text + form->prefix);
    }
  prof_label_forms_clear (&list);
  return g_string_free (text, FALSE);
}

static void
assert_forms (const char *name, const char *expected)
{
  g_autofree char *found = forms (name);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_go (void)
{
  assert_forms ("github.com/org/pkg.(*T[...]).Method",
                "{github.com/org/pkg.}(*T[...]).Method > "
                "{pkg.}(*T[...]).Method > {pkg.}(*T).Method > (*T).Method > "
                "Method");
  assert_forms ("net/http.(*conn).serve",
                "{net/http.}(*conn).serve > {http.}(*conn).serve > "
                "(*conn).serve > serve");
  assert_forms ("net/http.HandlerFunc.ServeHTTP",
                "{net/http.}HandlerFunc.ServeHTTP > "
                "{http.}HandlerFunc.ServeHTTP > HandlerFunc.ServeHTTP > "
                "ServeHTTP");
  assert_forms ("runtime.mallocgc", "{runtime.}mallocgc > mallocgc");
  assert_forms ("main.main", "{main.}main > main");
}

static void
test_type_arguments (void)
{
  assert_forms ("github.com/x/y.Map[github.com/x/z.T]",
                "{github.com/x/y.}Map[github.com/x/z.T] > "
                "{y.}Map[github.com/x/z.T] > {y.}Map > Map");
  assert_forms ("main.Map[go.shape.[]int,go.shape.struct{a/b.C}].func2",
                "{main.}Map[go.shape.[]int,go.shape.struct{a/b.C}].func2 > "
                "{main.}Map.func2 > Map.func2");
  assert_forms ("slices.SortFunc[...]",
                "{slices.}SortFunc[...] > {slices.}SortFunc > SortFunc");
}

static void
test_closures (void)
{
  assert_forms ("main.main.func1.2", "{main.}main.func1.2 > main.func1.2");
  assert_forms ("a.io/b.(*T).M.func1",
                "{a.io/b.}(*T).M.func1 > {b.}(*T).M.func1 > (*T).M.func1 > "
                "M.func1");
  assert_forms ("main.init.0", "{main.}init.0 > init.0");
  assert_forms ("main.glob..func1", "{main.}glob..func1 > glob..func1");
  assert_forms ("main.(*T).Run.gowrap1",
                "{main.}(*T).Run.gowrap1 > (*T).Run.gowrap1 > Run.gowrap1");
  assert_forms ("main.(*T).M-fm", "{main.}(*T).M-fm > (*T).M-fm > M-fm");
  assert_forms ("main.All.func1-range1",
                "{main.}All.func1-range1 > All.func1-range1");
}

static void
test_paths (void)
{
  assert_forms ("github.com/foo/bar/v4.(*Foo).Bar",
                "{github.com/foo/bar/v4.}(*Foo).Bar > {bar.}(*Foo).Bar > "
                "(*Foo).Bar > Bar");
  assert_forms ("github.com/foo/bar/v1.(*Foo).Bar",
                "{github.com/foo/bar/v1.}(*Foo).Bar > {v1.}(*Foo).Bar > "
                "(*Foo).Bar > Bar");
  assert_forms ("gopkg.in/yaml%2ev3.Unmarshal",
                "{gopkg.in/yaml.v3.}Unmarshal > {yaml.}Unmarshal > Unmarshal");
  assert_forms ("a.com/b/vendor/golang.org/x/net/http2.F",
                "{a.com/b/vendor/golang.org/x/net/http2.}F > {http2.}F > F");
  assert_forms ("foo/xyz", "foo/xyz");
}

/* %00 and what is no text stay as they are. */
static void
test_bad_escapes (void)
{
  assert_forms ("a%00b.F", "{a%00b.}F > F");
  assert_forms ("a%ffb.F", "{a%ffb.}F > F");
  assert_forms ("a%0ab.F", "{a%0ab.}F > F");
  assert_forms ("a%zz.F", "{a%zz.}F > F");
}

static void
test_generated (void)
{
  assert_forms ("type..eq.[2]interface {}",
                "{type..}eq.[2]interface {} > eq.[2]interface {}");
  assert_forms ("type:.hash.main.T", "{type:.}hash.main.T > hash.main.T");
}

typedef struct
{
  const char *name;
  const char *forms;
} Case;

static void
assert_cases (const Case *cases, size_t n)
{
  for (size_t i = 0; i < n; i++)
    assert_forms (cases[i].name, cases[i].forms);
}

#define ASSERT_CASES(cases) assert_cases (cases, G_N_ELEMENTS (cases))

static void
test_cpp (void)
{
  static const Case cases[] = {
    { "cpp::namespace::Class::method<float, long, int>()",
      "{cpp::namespace::}Class::method<float, long, int>() > "
      "Class::method<float, long, int>() > Class::method > method" },
    { "ns::Class<T>::method(int, char) const",
      "{ns::}Class<T>::method(int, char) const > "
      "Class<T>::method(int, char) const > Class::method > method" },
    { "std::vector<int, std::allocator<int> >::push_back(int const&)",
      "{std::}vector<int, std::allocator<int> >::push_back(int const&) > "
      "vector<int, std::allocator<int> >::push_back(int const&) > "
      "vector::push_back > push_back" },
    { "void ns::run<a::b>(int) const",
      "{void }ns::run<a::b>(int) const > "
      "ns::run<a::b>(int) const > ns::run > run" },
    { "void std::sort<int*, bool (*)(int, int)>(int*, bool (*)(int, int))",
      "{void }std::sort<int*, bool (*)(int, int)>(int*, bool (*)(int, int)) > "
      "std::sort<int*, bool (*)(int, int)>(int*, bool (*)(int, int)) > "
      "std::sort > sort" },
    { "decltype(auto) std::visit<F>(F&&)",
      "{decltype(auto) }std::visit<F>(F&&) > std::visit<F>(F&&) > "
      "std::visit > visit" },
    { "(anonymous namespace)::helper(int)",
      "{(anonymous namespace)::}helper(int) > helper(int) > helper" },
    { "ns::(anonymous namespace)::Foo::bar()",
      "{ns::(anonymous namespace)::}Foo::bar() > Foo::bar() > Foo::bar > bar" },
    { "ns::Foo<(a > b)>::~Foo()",
      "{ns::}Foo<(a > b)>::~Foo() > Foo<(a > b)>::~Foo() > Foo::~Foo > ~Foo" },
    { "ns::f[abi:cxx11](int) [clone .isra.0]",
      "ns::f[abi:cxx11](int) [clone .isra.0] > ns::f > f" },
    { "non-virtual thunk to ns::Foo::bar(int)",
      "{non-virtual thunk to ns::}Foo::bar(int) > Foo::bar(int) > Foo::bar > "
      "bar" },
    { "vtable for ns::Foo", "vtable for ns::Foo" },
    { "helper(int, char)", "helper(int, char) > helper" },
    { "foo::bar()::Local::run()",
      "{foo::bar()::}Local::run() > Local::run() > Local::run > run" },
  };

  ASSERT_CASES (cases);
}

static void
test_operators (void)
{
  static const Case cases[] = {
    { "ns::T::operator<(ns::T const&)",
      "{ns::}T::operator<(ns::T const&) > T::operator<(ns::T const&) > "
      "T::operator< > operator<" },
    { "ns::T<int>::operator()(std::vector<int>) const",
      "{ns::}T<int>::operator()(std::vector<int>) const > "
      "T<int>::operator()(std::vector<int>) const > T::operator() > "
      "operator()" },
    { "std::map<int, int>::operator[](int const&)",
      "{std::}map<int, int>::operator[](int const&) > "
      "map<int, int>::operator[](int const&) > map::operator[] > operator[]" },
    { "ns::T::operator->() const",
      "{ns::}T::operator->() const > T::operator->() const > T::operator-> > "
      "operator->" },
    { "ns::T::operator bool() const",
      "{ns::}T::operator bool() const > T::operator bool() const > "
      "T::operator bool > operator bool" },
    { "ns::T::operator std::vector<int>() const",
      "{ns::}T::operator std::vector<int>() const > "
      "T::operator std::vector<int>() const > T::operator std::vector<int> > "
      "operator std::vector<int>" },
    { "std::ostream& operator<< <char>(std::ostream&, char)",
      "{std::ostream& }operator<< <char>(std::ostream&, char) > "
      "operator<< <char>(std::ostream&, char) > operator<<" },
    { "operator new(unsigned long)",
      "operator new(unsigned long) > operator new" },
    { "foo::bar()::{lambda(int)#1}::operator()(int) const",
      "foo::bar()::{lambda(int)#1}::operator()(int) const > "
      "foo::bar::{lambda#1}::operator() > bar::{lambda#1}::operator()" },
  };

  ASSERT_CASES (cases);
}

static void
test_rust (void)
{
  static const Case cases[] = {
    { "<T as Trait>::method::h0123456789abcdef",
      "<T as Trait>::method::h0123456789abcdef > <T as Trait>::method > "
      "method" },
    { "<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop",
      "<alloc::vec::Vec<T,A> as core::ops::drop::Drop>::drop > "
      "<Vec as Drop>::drop > drop" },
    { "<&T as core::fmt::Debug>::fmt",
      "<&T as core::fmt::Debug>::fmt > <T as Debug>::fmt > fmt" },
    { "core::ops::function::FnOnce::call_once{{vtable.shim}}",
      "{core::ops::function::}FnOnce::call_once{{vtable.shim}} > "
      "FnOnce::call_once{{vtable.shim}} > call_once{{vtable.shim}}" },
    { "tokio::task::raw::poll::<Task<ns::F>>",
      "{tokio::task::}raw::poll::<Task<ns::F>> > raw::poll::<Task<ns::F>> > "
      "raw::poll > poll" },
    { "a::b::func::{{closure}}::h0123456789abcdef",
      "{a::}b::func::{{closure}}::h0123456789abcdef > "
      "b::func::{{closure}} > func::{{closure}}" },
    { "core::slice::<impl [T]>::sort",
      "{core::slice::}<impl [T]>::sort > <impl [T]>::sort > sort" },
    { "a::hash::h0123456789abcdeg",
      "{a::}hash::h0123456789abcdeg > hash::h0123456789abcdeg > "
      "h0123456789abcdeg" },
  };

  ASSERT_CASES (cases);
}

static void
test_java (void)
{
  static const Case cases[] = {
    { "java.bar.foo.FooBar.run(java.lang.Runnable)",
      "{java.bar.foo.}FooBar.run(java.lang.Runnable) > "
      "FooBar.run(java.lang.Runnable) > FooBar.run > run" },
    { "java.util.Foo.<init>(int)",
      "{java.util.}Foo.<init>(int) > Foo.<init>(int) > Foo.<init> > <init>" },
    { "com.foo.Bar.baz", "{com.foo.}Bar.baz > Bar.baz > baz" },
    { "com.foo.Bar$Inner.lambda$0",
      "{com.foo.}Bar$Inner.lambda$0 > Bar$Inner.lambda$0 > lambda$0" },
    { "java/util/HashMap.get",
      "{java/util/HashMap.}get > {HashMap.}get > get" },
    { "Ljava/util/Map$Entry;::get",
      "{Ljava/util/}Map$Entry;::get > Map$Entry.get > get" },
    { "Ljava/util/Map;.get_[j]",
      "{Ljava/util/}Map;.get_[j] > Map.get_[j] > get_[j]" },
  };

  ASSERT_CASES (cases);
}

static void
test_python (void)
{
  static const Case cases[] = {
    { "module.Class.method (file.py:12)",
      "{module.}Class.method (file.py:12) > {module.}Class.method > "
      "Class.method > method" },
    { "function (/usr/lib/python3.11/threading.py:982)",
      "function (/usr/lib/python3.11/threading.py:982) > function" },
    { "<module>", "<module>" },
    { "<module> (script.py:1)", "<module> (script.py:1) > <module>" },
    { "<lambda>", "<lambda>" },
    { "module.<lambda>", "{module.}<lambda> > <lambda>" },
    { "module.Class.method.<locals>.<lambda>",
      "{module.}Class.method.<locals>.<lambda> > "
      "Class.method.<locals>.<lambda> > method.<locals>.<lambda>" },
  };

  ASSERT_CASES (cases);
}

static void
test_javascript (void)
{
  static const Case cases[] = {
    { "Foo.prototype.bar", "{Foo.}prototype.bar > {Foo.}bar > bar" },
    { "(anonymous)", "(anonymous)" },
    { "(garbage collector)", "(garbage collector)" },
    { "Object.<anonymous>", "{Object.}<anonymous> > <anonymous>" },
    { "node:internal/modules/cjs/loader",
      "{node:internal/modules/cjs/}loader > loader" },
    { "Module._compile node:internal/modules/cjs/loader:1105",
      "{Module.}_compile node:internal/modules/cjs/loader:1105 > "
      "{Module.}_compile > _compile" },
    { "processTicksAndRejections node:internal/process/task_queues",
      "processTicksAndRejections node:internal/process/task_queues > "
      "processTicksAndRejections" },
    { "Foo.bar (/srv/app/index.js:10:5)",
      "{Foo.}bar (/srv/app/index.js:10:5) > {Foo.}bar > bar" },
    { "LazyCompile:*Foo.bar /srv/a.js:10",
      "{LazyCompile:*Foo.}bar /srv/a.js:10 > {LazyCompile:*Foo.}bar > "
      "{Foo.}bar > bar" },
    { "async Promise.all", "{async Promise.}all > {Promise.}all > all" },
    { "get size", "get size > size" },
  };

  ASSERT_CASES (cases);
}

/* Where every line is a frame, Go has places, too. */
static void
test_places (void)
{
  assert_forms ("net/http.(*conn).serve /src/net/http/server.go:1850",
                "{net/http.}(*conn).serve /src/net/http/server.go:1850 > "
                "{net/http.}(*conn).serve > {http.}(*conn).serve > "
                "(*conn).serve > serve");
}

/* Whatever the order of what names are made of. */
static void
test_any_parts (void)
{
  static const char *const parts[] = {
    "::",
    "operator",
    "operator()",
    "operator bool",
    "<",
    ">",
    "(",
    ")",
    " as ",
    "{{closure}}",
    "impl ",
    "{",
    "}",
    "(anonymous namespace)",
    "L",
    ";",
    "/",
    "node:",
    "async ",
    " (",
    ":12",
    " const",
    "decltype(auto) ",
    ".prototype.",
    "::h0123456789abcdef",
    " [clone .1]",
    "->",
    "$_0",
    "a",
    "B",
    ".",
    "*",
    "日",
    "::<",
    "<impl ",
    "type..",
    " ",
    "LazyCompile:*",
  };

  for (int round = 0; round < 30000; round++)
    {
      g_autoptr (GString) name = g_string_new (NULL);
      ProfLabelForms      list;

      for (int i = g_test_rand_int_range (1, 12); i > 0; i--)
        {
          int part = g_test_rand_int_range (0, G_N_ELEMENTS (parts));

          g_string_append (name, parts[part]);
        }
      prof_label_forms_init (&list, name->str, PROF_MAX_LABEL_CHARS);
      g_assert_cmpuint (list.n_forms, >=, 1);
      g_assert_cmpstr (list.forms[0].text, ==, name->str);
      for (size_t i = 0; i < list.n_forms; i++)
        {
          const ProfLabelForm *form = &list.forms[i];

          g_assert_true (g_utf8_validate (form->text, -1, NULL));
          g_assert_cmpuint (form->prefix, <=, strlen (form->text));
          if (i > 0)
            g_assert_cmpuint (strlen (form->text),
                              <=,
                              strlen (list.forms[i - 1].text));
        }
      prof_label_forms_clear (&list);
    }
}

static void
test_others (void)
{
  assert_forms ("[libc.so.6]", "[libc.so.6]");
  assert_forms ("<unknown>", "<unknown>");
  assert_forms ("0x00007f12.abc", "0x00007f12.abc");
  assert_forms ("do_syscall_64", "do_syscall_64");
  assert_forms ("", "");
  assert_forms (".", ".");
  assert_forms ("a.", "a.");
  assert_forms (".a", ".a");
  assert_forms ("::", "::");
}

static void
test_control_characters (void)
{
  assert_forms ("a\nb\tc",
                "a\xef\xbf\xbd"
                "b\xef\xbf\xbd"
                "c");
  assert_forms ("x\xe2\x80\xaey", "x\xef\xbf\xbdy");
}

static void
test_long_names (void)
{
  g_autofree char *name = g_strnfill (100000, 'x');
  ProfLabelForms   list;

  prof_label_forms_init (&list, name, PROF_MAX_LABEL_CHARS);
  g_assert_cmpuint (list.n_forms, ==, 1);
  g_assert_cmpint (g_utf8_strlen (list.forms[0].text, -1),
                   ==,
                   PROF_MAX_LABEL_CHARS);
  g_assert_true (g_str_has_suffix (list.forms[0].text, "…"));
  prof_label_forms_clear (&list);
  /* Pango gets no more whatever is asked for, and something whatever is. */
  prof_label_forms_init (&list, name, SIZE_MAX);
  g_assert_cmpint (g_utf8_strlen (list.forms[0].text, -1),
                   ==,
                   PROF_MAX_LABEL_CHARS);
  prof_label_forms_clear (&list);
  prof_label_forms_init (&list, name, 4);
  g_assert_cmpstr (list.forms[0].text, ==, "xxx…");
  prof_label_forms_clear (&list);
  prof_label_forms_init (&list, name, 0);
  g_assert_cmpstr (list.forms[0].text, ==, "…");
  prof_label_forms_clear (&list);
}

/* Whatever a name looks like, its forms are text and get no longer. */
static void
test_any_name (void)
{
  static const char letters[] = "aB1./:*()[]{}<> %2e~_-$";

  for (size_t round = 0; round < 20000; round++)
    {
      char           name[24] = { 0 };
      ProfLabelForms list;

      for (size_t i = 0; i < sizeof name - 1; i++)
        name[i] = letters[g_test_rand_int_range (0, sizeof letters - 1)];
      prof_label_forms_init (&list, name, PROF_MAX_LABEL_CHARS);
      g_assert_cmpuint (list.n_forms, >=, 1);
      for (size_t i = 0; i < list.n_forms; i++)
        {
          g_assert_true (g_utf8_validate (list.forms[i].text, -1, NULL));
          g_assert_cmpuint (list.forms[i].prefix,
                            <=,
                            strlen (list.forms[i].text));
          if (i > 0)
            {
              g_assert_cmpstr (list.forms[i].text, !=, list.forms[i - 1].text);
              g_assert_cmpuint (strlen (list.forms[i].text),
                                <=,
                                strlen (list.forms[i - 1].text));
            }
        }
      prof_label_forms_clear (&list);
    }
}

static void
assert_limited (const char *name, ProfNames names, const char *expected)
{
  ProfLabelForms forms;

  prof_label_forms_init (&forms, name, PROF_MAX_LABEL_CHARS);
  prof_label_forms_limit (&forms, names);
  g_assert_cmpuint (forms.n_forms, >=, 1);
  g_assert_cmpstr (forms.forms[0].text, ==, expected);
  prof_label_forms_clear (&forms);
}

static void
test_limits (void)
{
  const char *go = "github.com/org/pkg.(*T[...]).Method";

  assert_limited (go, PROF_NAMES_TAIL_FIRST, go);
  assert_limited (go, PROF_NAMES_FULL, go);
  assert_limited (go, PROF_NAMES_SHORT, "(*T).Method");
  assert_limited ("main.main", PROF_NAMES_SHORT, "main");
  assert_limited ("ns::Class<T>::method(int)",
                  PROF_NAMES_FULL,
                  "ns::Class<T>::method(int)");
  assert_limited ("malloc", PROF_NAMES_SHORT, "malloc");
  assert_limited ("", PROF_NAMES_SHORT, "");
}

static void
test_full_names_have_one_form (void)
{
  ProfLabelForms forms;

  prof_label_forms_init (&forms,
                         "net/http.(*conn).serve",
                         PROF_MAX_LABEL_CHARS);
  prof_label_forms_limit (&forms, PROF_NAMES_FULL);
  g_assert_cmpuint (forms.n_forms, ==, 1);
  prof_label_forms_clear (&forms);
}

static void
test_cut (void)
{
  g_autofree char *cut = prof_label_cut ("Method", 4);
  g_autofree char *letters = prof_label_cut ("größer", 4);
  g_autofree char *dots = prof_label_cut ("handle.func1", 7);
  g_autofree char *all = prof_label_cut ("ab", 9);
  g_autofree char *accent = prof_label_cut ("xe\u0301\u0323y", 3);

  g_assert_cmpstr (cut, ==, "Meth…");
  g_assert_cmpstr (letters, ==, "größ…");
  g_assert_cmpstr (dots, ==, "handle…");
  g_assert_cmpstr (all, ==, "ab…");
  g_assert_cmpstr (accent, ==, "x…");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/label-fit/names-are-full-or-without-package", test_limits);
  g_test_add_func ("/label-fit/full-names-have-one-form",
                   test_full_names_have_one_form);
  g_test_add_func ("/label-fit/go-names-lose-path-package-type-in-turn",
                   test_go);
  g_test_add_func ("/label-fit/type-arguments-go-before-the-package",
                   test_type_arguments);
  g_test_add_func ("/label-fit/closures-keep-the-method-they-are-in",
                   test_closures);
  g_test_add_func ("/label-fit/versions-and-escapes-of-paths-are-understood",
                   test_paths);
  g_test_add_func ("/label-fit/escapes-of-what-is-no-text-stay",
                   test_bad_escapes);
  g_test_add_func ("/label-fit/what-compilers-write-keeps-its-words",
                   test_generated);
  g_test_add_func ("/label-fit/cpp-names-lose-namespaces-and-arguments",
                   test_cpp);
  g_test_add_func ("/label-fit/operators-keep-their-signs", test_operators);
  g_test_add_func ("/label-fit/rust-names-lose-their-hash", test_rust);
  g_test_add_func ("/label-fit/java-names-lose-their-packages", test_java);
  g_test_add_func ("/label-fit/python-names-lose-their-place", test_python);
  g_test_add_func ("/label-fit/javascript-names-lose-place-and-kind",
                   test_javascript);
  g_test_add_func ("/label-fit/lines-of-go-lose-their-place", test_places);
  g_test_add_func ("/label-fit/parts-in-any-order-are-no-trouble",
                   test_any_parts);
  g_test_add_func ("/label-fit/other-names-have-one-form", test_others);
  g_test_add_func ("/label-fit/control-characters-are-replaced",
                   test_control_characters);
  g_test_add_func ("/label-fit/long-names-are-looked-at-in-part",
                   test_long_names);
  g_test_add_func ("/label-fit/forms-of-any-name-are-text-and-get-shorter",
                   test_any_name);
  g_test_add_func ("/label-fit/cutting-counts-code-points", test_cut);
  return g_test_run ();
}
