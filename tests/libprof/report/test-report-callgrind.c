/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include <string.h>

static char *
callgrind_of (ProfProfile *profile, const char *options)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfAnswer) answer = report_answer (prof_profile_ref (profile),
                                                 options);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  prof_report_callgrind (answer, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
callgrind_of_text (const char *text, const char *options)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return callgrind_of (profile, options);
}

static void
assert_has (const char *text, const char *expected)
{
  if (strstr (text, expected) == NULL)
    g_error ("%s\nis not in\n%s", expected, text);
}

/* Addresses before and behind each other, inlined calls, two binaries, units,
 * recursion, code without names. pprof says of each call that it was none. */
static void
test_files_are_those_of_pprof (gconstpointer data)
{
  const char             *name = data;
  g_autoptr (ProfProfile) profile = report_constructed_profile (name);
  g_autofree char        *text = callgrind_of (profile, "");
  g_auto (GStrv)          parts = g_strsplit (text, "\ncalls=1 ", -1);
  g_autofree char        *as_pprof = NULL;
  g_autofree char        *golden = NULL;

  golden = g_strdup_printf ("callgrind/%s.callgrind", name);
  as_pprof = g_strjoinv ("\ncalls=0 ", parts);
  test_golden (golden, as_pprof);
}

static void
test_names_are_written_once (void)
{
  g_autofree char *text = callgrind_of_text ("main;f 3\n", "");

  assert_has (text, "fn=(1) f\n");
  assert_has (text, "fn=(2) main\n");
  assert_has (text, "cfn=(1)\n");
}

static void
test_values_are_whole_numbers_of_the_unit_of_the_smallest (void)
{
  static const char text[] =
      "#types cpu/nanoseconds\nf 5000000000\ng 2500000\n";
  g_autofree char *own = callgrind_of_text (text, "");
  g_autofree char *asked = callgrind_of_text (text, "--unit=s");

  assert_has (own, "events: cpu(ms)\n");
  assert_has (own, " 5000\n");
  assert_has (own, " 2\n");
  assert_has (asked, "events: cpu(s)\n");
  assert_has (asked, " 5\n");
  assert_has (asked, " 0\n");
}

static void
test_functions_of_a_call_tree_are_numbered (void)
{
  static const char text[] = "main;a;f 2\nmain;b;f 1\n";
  g_autofree char  *tree = callgrind_of_text (text, "--call-tree");
  g_autofree char  *graph = callgrind_of_text (text, "");

  assert_has (tree, "f [1/2]\n");
  assert_has (tree, "f [2/2]\n");
  g_assert_null (strstr (graph, " ["));
}

static void
test_nothing_is_left_out (void)
{
  g_autofree char *text = callgrind_of_text ("big 1000000\nsmall 1\n",
                                             "--nodefraction=0.5 "
                                             "--nodecount=1");

  assert_has (text, ") small\n");
}

static void
test_the_mean_says_so (void)
{
  g_autofree char *text = callgrind_of_text ("#types n/count,size/bytes\n"
                                             "f 2,10\n",
                                             "--mean");

  assert_has (text, "events: mean_size(B)\n");
  assert_has (text, " 5\n");
}

int
main (int argc, char **argv)
{
  static const char *const goldens[] = {
    "addresses",       "inline-deep",      "names-cpp",
    "same-name",       "kernel",           "unsymbolized",
    "units-of-memory", "recursion-mutual", "no-samples",
  };

  g_test_init (&argc, &argv, NULL);
  for (size_t g = 0; g < G_N_ELEMENTS (goldens); g++)
    {
      g_autofree char *path = NULL;

      path = g_strdup_printf ("/report-callgrind/files-are-those-of-pprof/%s",
                              goldens[g]);
      g_test_add_data_func (path, goldens[g], test_files_are_those_of_pprof);
    }
#define ADD(path, test) g_test_add_func ("/report-callgrind/" path, test)
  ADD ("names-are-written-once", test_names_are_written_once);
  ADD ("values-are-whole-numbers-of-the-unit-of-the-smallest",
       test_values_are_whole_numbers_of_the_unit_of_the_smallest);
  ADD ("functions-of-a-call-tree-are-numbered",
       test_functions_of_a_call_tree_are_numbered);
  ADD ("nothing-is-left-out", test_nothing_is_left_out);
  ADD ("the-mean-says-so", test_the_mean_says_so);
#undef ADD
  return g_test_run ();
}
