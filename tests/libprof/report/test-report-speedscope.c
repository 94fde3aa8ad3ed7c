/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "base/prof-vec.h"
#include "report/prof-json-string.h"
#include <gio/gio.h>
#include <string.h>

static char *
write_tree (const ProfTree *tree, const char *name)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_report_speedscope (tree, name, &sink, &error));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
write_text (const char *text)
{
  g_autoptr (ProfTree) tree = test_tree (text, 0);

  return write_tree (tree, NULL);
}

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, part));
}

static void
test_a_whole_file (void)
{
  g_autoptr (ProfTree) tree = test_tree ("#types cpu/nanoseconds\n"
                                         "main;work;inner 17\n"
                                         "main;work 4\n"
                                         "main;inner 9\n",
                                         0);
  g_autofree char     *text = write_tree (tree, "cpu \"1\"");

  g_assert_cmpstr (
      text,
      ==,
      "{\"$schema\":\"https://www.speedscope.app/file-format-schema.json\",\n"
      "\"exporter\":\"Flambeau\",\"name\":\"cpu \\\"1\\\"\",\n"
      "\"shared\":{\"frames\":[\n"
      "{\"name\":\"main\",\"file\":\"/src/file.go\"},\n"
      "{\"name\":\"work\",\"file\":\"/src/file.go\"},\n"
      "{\"name\":\"inner\",\"file\":\"/src/file.go\"}\n"
      "]},\n"
      "\"profiles\":[{\"type\":\"sampled\",\"name\":\"cpu\","
      "\"unit\":\"nanoseconds\",\"startValue\":0,\"endValue\":30,\n"
      "\"samples\":[\n"
      "[0,1],\n"
      "[0,1,2],\n"
      "[0,2]\n"
      "],\n"
      "\"weights\":[4,\n"
      "17,\n"
      "9]}]}\n");
}

static void
test_units_are_those_it_knows (void)
{
  static const char *const cases[][2] = {
    { "nanoseconds", "nanoseconds" },
    { "ns", "nanoseconds" },
    { "us", "microseconds" },
    { "milliseconds", "milliseconds" },
    { "seconds", "seconds" },
    { "minutes", "none" },
    { "bytes", "bytes" },
    { "kb", "none" },
    { "count", "none" },
    { "widgets", "none" },
  };

  for (size_t c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *text = g_strdup_printf ("#types x/%s\nmain 1\n",
                                               cases[c][0]);
      g_autofree char *part = g_strdup_printf ("\"unit\":\"%s\"", cases[c][1]);
      g_autofree char *written = write_text (text);

      assert_contains (written, part);
    }
}

static void
test_negative_values_are_left_out (void)
{
  g_autofree char *text = write_text ("a;f 5\na;g -7\nb 0\n");

  assert_contains (text, "\"endValue\":5,");
  assert_contains (text, "\"samples\":[\n[0,1]\n],\n\"weights\":[5]}");
}

static void
test_samples_without_a_stack_are_an_empty_one (void)
{
  g_autofree char *text = write_text (" 5\nmain 1\n");

  assert_contains (text, "\"samples\":[\n[],\n[0]\n],\n\"weights\":[5,\n1]}");
}

static void
test_nothing_is_a_file_too (void)
{
  g_autofree char *text = write_text ("");

  assert_contains (text, "\"frames\":[\n]}");
  assert_contains (text, "\"samples\":[\n],\n\"weights\":[]}]}\n");
}

static void
test_inlined_frames_are_there (void)
{
  g_autofree char *text = write_text ("main;inner<outer 3\n");

  assert_contains (text, "\"weights\":[3]");
  assert_contains (text, "{\"name\":\"inner\",");
  assert_contains (text, "{\"name\":\"outer\",");
}

static void
test_strings_are_escaped (void)
{
  g_autoptr (GString)    out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);
  g_autoptr (ProfWriter) writer = prof_writer_new (&sink);

  prof_json_string (writer, "a\"b\\c\n\x01\x7f/é日");
  prof_json_string (writer, "");
  g_assert_true (prof_writer_finish (writer, NULL));
  g_assert_cmpstr (out->str, ==, "\"a\\\"b\\\\c\\n\\u0001\\u007f/é日\"\"\"");
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return false;
}

static void
test_a_full_disk_ends_it (void)
{
  g_autoptr (ProfTree) tree = test_tree ("main;f 5\n", 0);
  g_autoptr (GError)   error = NULL;
  ProfSink             sink = { refuse, NULL };

  g_assert_false (prof_report_speedscope (tree, NULL, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* Some hundred thousand levels: nothing may recurse. */
static void
test_deep_stacks_are_written (void)
{
  g_autoptr (GString) text = g_string_new ("f");
  g_autofree char    *written = NULL;

  for (int i = 0; i < 200000; i++)
    g_string_append (text, ";f");
  g_string_append (text, " 1\n");
  written = write_text (text->str);
  g_assert_cmpuint (strlen (written), >, 400000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report-speedscope/a-whole-file", test_a_whole_file);
  g_test_add_func ("/report-speedscope/units-are-those-it-knows",
                   test_units_are_those_it_knows);
  g_test_add_func ("/report-speedscope/negative-values-are-left-out",
                   test_negative_values_are_left_out);
  g_test_add_func (
      "/report-speedscope/samples-without-a-stack-are-an-empty-one",
      test_samples_without_a_stack_are_an_empty_one);
  g_test_add_func ("/report-speedscope/nothing-is-a-file-too",
                   test_nothing_is_a_file_too);
  g_test_add_func ("/report-speedscope/inlined-frames-are-there",
                   test_inlined_frames_are_there);
  g_test_add_func ("/report-speedscope/strings-are-escaped",
                   test_strings_are_escaped);
  g_test_add_func ("/report-speedscope/a-full-disk-ends-it",
                   test_a_full_disk_ends_it);
  g_test_add_func ("/report-speedscope/deep-stacks-are-written",
                   test_deep_stacks_are_written);
  return g_test_run ();
}
