/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include "export/prof-layout-json.h"
#include <gio/gio.h>
#include <string.h>

static char *
json_of (ProfTree *tree, const ProfExportOptions *options)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_layout_json (tree, options, &sink, &error));
  g_assert_no_error (error);
  g_assert_true (g_utf8_validate (out->str, (gssize)out->len, NULL));
  return g_string_free (out, FALSE);
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
                                         "main.main;main.work 3000\n"
                                         "main.main;inner.In<main.out 1000\n"
                                         "main.main;main.tiny 1\n",
                                         0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char     *text = NULL;
  static const char   *filters[] = { "focus=\"x\"", "noinlines", NULL };

  options.title = "A \"title\"";
  options.subtitle = "below";
  options.notes = "n";
  options.file_name = "/tmp/a.prof";
  options.filters = filters;
  text = json_of (tree, &options);
  g_assert_true (g_str_has_prefix (text,
                                   "{\"report\":\"flame\",\n\"version\":1,\n"
                                   "\"generator\":\"Flambeau "));
  assert_contains (
      text,
      "\"title\":\"A \\\"title\\\"\",\n\"subtitle\":\"below\",\n"
      "\"measured\":\"CPU time\",\n\"notes\":\"n\",\n"
      "\"file\":\"a.prof\",\n\"sample_type\":\"cpu\",\n"
      "\"unit\":\"nanoseconds\",\n\"total\":4001,\n"
      "\"granularity\":\"functions\",\n"
      "\"filters\":[\"focus=\\\"x\\\"\",\"noinlines\"],\n"
      "\"width\":1200,\n\"min_width\":2,\n\"row_height\":19,\n\"rows\":4,\n"
      "\"direction\":\"icicle\",\n\"stacks\":\"roots first\",\n"
      "\"order\":\"weight\",\n\"theme\":\"light\",\n"
      "\"canvas\":\"#ffffff\",\n\"search\":null,\n\"zoom\":null,\n"
      "\"boxes\":[\n");
  assert_contains (text,
                   "{\"x\":0,\"width\":1200,\"row\":0,\"parent\":null,"
                   "\"name\":\"all\",\"self\":0,\"total\":4001,\"fill\":");
  assert_contains (text,
                   "{\"x\":0,\"width\":899.7751,\"row\":2,\"parent\":1,"
                   "\"name\":\"main.work\",\"file\":\"/src/file.go\","
                   "\"self\":3000,\"total\":3000,\"fill\":");
  assert_contains (text,
                   "{\"x\":899.7751,\"width\":299.925,\"row\":3,\"parent\":3,"
                   "\"name\":\"inner.In\",\"file\":\"/src/file.go\","
                   "\"inlined\":true,\"self\":1000,\"total\":1000,");
  assert_contains (text,
                   "{\"x\":1199.7001,\"width\":0.2999,\"row\":2,"
                   "\"parent\":1,\"hidden\":1,\"total\":1,\"fill\":");
  g_assert_true (g_str_has_suffix (text, "}\n]}\n"));
}

static void
test_no_samples (void)
{
  g_autoptr (ProfTree) tree = test_tree ("", 0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char     *text = json_of (tree, &options);

  assert_contains (text, "\"filters\":null,\n");
  assert_contains (text, "\"rows\":1,\n");
  assert_contains (text,
                   "\"boxes\":[\n{\"x\":0,\"width\":1200,\"row\":0,"
                   "\"parent\":null,\"name\":\"all\",\"self\":0,"
                   "\"total\":0,");
}

static void
test_searches_and_zooms (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("a;b;a 60\na;c 39\nd;e;c 1\n", 0);
  g_autoptr (ProfSearch) search = prof_search_new (tree, "a|e", 1, NULL);
  ProfExportOptions      options = PROF_EXPORT_OPTIONS_INIT;
  ProfNodeId             zoom = test_node (tree, "b");
  const ProfTokens      *tokens = prof_palette_tokens (PROF_THEME_LIGHT);
  g_autofree char       *hit = NULL;
  g_autofree char       *searched = NULL;
  g_autofree char       *zoomed = NULL;

  hit = g_strdup_printf ("\"match\":\"outer\",\"fill\":\"#%06x\"",
                         tokens->hit >> 8);
  options.width_px = 320;
  options.min_width_px = 10;
  options.search = search;
  options.search_text = "a|\xff";
  searched = json_of (tree, &options);
  assert_contains (searched,
                   "\"search\":{\"pattern\":\"a|\xef\xbf\xbd\","
                   "\"total\":100},\n");
  assert_contains (searched, hit);
  assert_contains (searched, "\"match\":\"inner\",");
  assert_contains (searched, "\"hidden\":1,\"total\":1,\"match\":\"hidden\",");
  options.search = NULL;
  options.zoom_root = zoom;
  prof_tree_extent (tree, zoom, &options.start, &options.end);
  zoomed = json_of (tree, &options);
  assert_contains (zoomed,
                   "\"zoom\":{\"box\":2,\"name\":\"b\",\"total\":60},\n");
  assert_contains (zoomed, "{\"x\":0,\"width\":320,\"row\":2,\"parent\":1,");
}

static void
test_negative_values (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b 60\na;c -40\n", 0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char     *text = json_of (tree, &options);

  assert_contains (text, "\"total\":100,\n");
  assert_contains (text, "\"self\":-40,\"total\":-40,");
  g_assert_null (strstr (text, "\"width\":-"));
}

static void
test_long_names (void)
{
  g_autofree char     *name = g_strnfill (100000, 'n');
  g_autofree char     *line = g_strconcat (name, " 1\n", NULL);
  g_autofree char     *cut = g_strndup (name, PROF_MAX_EXPORTED_CHARS);
  g_autofree char     *expected = g_strdup_printf ("\"name\":\"%s…\"", cut);
  g_autofree char     *whole = g_strdup_printf ("%s 1\n", cut);
  g_autofree char     *kept = g_strdup_printf ("\"name\":\"%s\"", cut);
  g_autoptr (ProfTree) tree = test_tree (line, 0);
  g_autoptr (ProfTree) other = test_tree (whole, 0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char     *text = json_of (tree, &options);
  g_autofree char     *other_text = json_of (other, &options);

  assert_contains (text, expected);
  assert_contains (other_text, kept);
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
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (GError)   error = NULL;
  ProfSink             sink = { refuse, NULL };

  g_assert_false (prof_layout_json (tree, &options, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* A hundred thousand rows: too many for a picture, but not for a list. */
static void
test_deep_stacks_are_written (void)
{
  g_autoptr (GString)  stack = g_string_new ("f");
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = NULL;
  g_autofree char     *text = NULL;

  for (int i = 1; i < 100000; i++)
    g_string_append (stack, ";f");
  g_string_append (stack, " 1\n");
  tree = test_tree (stack->str, 0);
  text = json_of (tree, &options);
  assert_contains (text, "\"rows\":100001,\n");
  assert_contains (text, "\"row\":100000,\"parent\":99999,");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout-json/a-whole-file", test_a_whole_file);
  g_test_add_func ("/layout-json/no-samples-are-one-box", test_no_samples);
  g_test_add_func ("/layout-json/searches-and-zooms-are-told",
                   test_searches_and_zooms);
  g_test_add_func ("/layout-json/negative-values-have-widths",
                   test_negative_values);
  g_test_add_func ("/layout-json/long-names-are-cut", test_long_names);
  g_test_add_func ("/layout-json/a-full-disk-ends-it",
                   test_a_full_disk_ends_it);
  g_test_add_func ("/layout-json/deep-stacks-are-written",
                   test_deep_stacks_are_written);
  return g_test_run ();
}
