/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "export/prof-facts.h"

static ProfTree *
example (const char *name)
{
  g_autofree char        *relative = g_strconcat ("data/examples/", name, NULL);
  g_autofree char        *path = test_source_path (relative);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, &error);
  g_autoptr (ProfFrames)  frames = NULL;
  size_t                  type;
  ProfTree               *tree;

  g_assert_no_error (error);
  type = prof_profile_default_type (profile);
  frames = prof_frames_new (profile, type);
  tree = prof_tree_new (frames, type, NULL, &error);
  g_assert_no_error (error);
  return tree;
}

static void
test_examples (void)
{
  static const char *const names[] = {
    "qrcode-cpu.prof",   "qrcode-mem.prof",   "server-allocs.prof",
    "server-block.prof", "server-cpu.prof",   "server-goroutine.prof",
    "server-heap.prof",  "server-mutex.prof", "server-threadcreate.prof",
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (ProfTree) tree = example (names[i]);
      g_autofree char     *title = prof_facts_title (tree, NULL);
      g_autofree char     *line = prof_facts_line (tree, NULL);
      g_autofree char     *total = prof_facts_total (tree);

      g_string_append_printf (text,
                              "%s\n  %s\n  %s\n  %s\n",
                              names[i],
                              title,
                              line,
                              total);
    }
  test_golden ("picture/facts.txt", text->str);
}

static void
test_unknown (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a 1\nb 2\n", 0);
  g_autofree char     *title = prof_facts_title (tree, NULL);
  g_autofree char     *line = prof_facts_line (tree, NULL);

  g_assert_cmpstr (title, ==, "Samples");
  g_assert_cmpstr (line, ==, "3 samples");
}

static void
test_search (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("a;b 1\nb 2\nc 5\n", 0);
  g_autoptr (ProfSearch) search = prof_search_new (tree, "b", 0, NULL);
  g_autofree char       *named = prof_facts_search (tree, search, "b\xff");
  g_autofree char       *nameless = prof_facts_search (tree, search, NULL);

  g_assert_cmpstr (named, ==, "matches of “b\xef\xbf\xbd”: 3 (37.5 %)");
  g_assert_cmpstr (nameless, ==, "matches: 3 (37.5 %)");
}

static void
test_zoom (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b 1\nb 2\nc 5\n", 0);
  g_autofree char     *text = prof_facts_zoom (tree, test_node (tree, "c"));

  g_assert_cmpstr (text, ==, "showing c, 62.5 %");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/facts/of-the-examples-are-as-they-were", test_examples);
  g_test_add_func ("/facts/what-is-not-known-is-left-out", test_unknown);
  g_test_add_func ("/facts/matches-have-their-share", test_search);
  g_test_add_func ("/facts/a-zoom-has-its-share", test_zoom);
  return g_test_run ();
}
