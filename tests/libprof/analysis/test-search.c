/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

static ProfSearch *
search_in (ProfTree *tree, const char *text, ProfSearchFlags flags)
{
  g_autoptr (GError) error = NULL;
  ProfSearch        *search = prof_search_new (tree, text, flags, &error);

  g_assert_no_error (error);
  return search;
}

static ProfMatch
match_of (const ProfSearch *search, const char *name)
{
  return prof_search_node (search, test_node (prof_search_tree (search), name));
}

static void
test_a_stack_counts_once (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("main;fa;fb 5\n"
                                           "main;fa 2\n"
                                           "main;x;fb 1\n"
                                           "main;y 9\n",
                                         0);
  g_autoptr (ProfSearch) search = search_in (tree, "f", PROF_SEARCH_CASE);
  size_t                 n;

  /* The files are called file.go, too. */
  g_assert_cmpint (prof_search_total (search), ==, 17);
  g_clear_pointer (&search, prof_search_unref);
  search = search_in (tree, "^f[ab]$", PROF_SEARCH_REGEX);
  g_assert_cmpint (prof_search_total (search), ==, 8);
  g_assert_cmpuint (prof_search_n_frames (search), ==, 2);
  prof_search_nodes (search, &n);
  g_assert_cmpuint (n, ==, 3);
  prof_search_outer (search, &n);
  g_assert_cmpuint (n, ==, 2);
}

static void
test_the_outermost_match_is_told_apart (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("main;outer;other;inner 5\n", 0);
  g_autoptr (ProfSearch) search = search_in (tree,
                                             "^(outer|inner)$",
                                             PROF_SEARCH_REGEX);

  g_assert_cmpint (match_of (search, "main"), ==, PROF_MATCH_NONE);
  g_assert_cmpint (match_of (search, "outer"), ==, PROF_MATCH_OUTER);
  g_assert_cmpint (match_of (search, "other"), ==, PROF_MATCH_NONE);
  g_assert_cmpint (match_of (search, "inner"), ==, PROF_MATCH_INNER);
  g_assert_cmpint (prof_search_node (search, 0), ==, PROF_MATCH_NONE);
}

static void
test_case_is_ignored_unless_asked_for (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("main.ÄPFEL;main.Birne 1\n", 0);
  g_autoptr (ProfSearch) ascii = search_in (tree, "BIRNE", 0);
  g_autoptr (ProfSearch) umlaut = search_in (tree, "äpfel", 0);
  g_autoptr (ProfSearch) exact = search_in (tree, "BIRNE", PROF_SEARCH_CASE);

  g_assert_cmpuint (prof_search_n_frames (ascii), ==, 1);
  g_assert_cmpuint (prof_search_n_frames (umlaut), ==, 1);
  g_assert_cmpuint (prof_search_n_frames (exact), ==, 0);
}

static void
test_outermost_matches_know_where_they_begin (void)
{
  static const char    text[] = "a;x;x 3\na;b 2\na;b;c;x 9\nd 8\nx 1\nd;x -4\n";
  g_autoptr (ProfTree) tree = test_tree (text, 0);
  g_autoptr (ProfSearch) search = search_in (tree, "x", PROF_SEARCH_CASE);
  const uint64_t        *starts = prof_search_outer_starts (search);
  size_t                 n;
  const ProfNodeId      *outer = prof_search_outer (search, &n);

  g_assert_cmpuint (n, ==, 4);
  for (size_t i = 0; i < n; i++)
    g_assert_cmpuint (starts[i], ==, prof_tree_start (tree, outer[i]));
  g_assert_cmpuint (starts[0], ==, 0);  /* a;b;c */
  g_assert_cmpuint (starts[1], ==, 11); /* a;x */
  g_assert_cmpuint (starts[2], ==, 14); /* d */
  g_assert_cmpuint (starts[3], ==, 26);
}

static void
test_text_is_no_pattern (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("a.(*T).f;abc 1\n", 0);
  g_autoptr (ProfSearch) search = search_in (tree, "(*T)", 0);

  g_assert_cmpint (match_of (search, "a.(*T).f"), ==, PROF_MATCH_OUTER);
  g_assert_cmpint (match_of (search, "abc"), ==, PROF_MATCH_NONE);
}

static void
test_files_are_searched_too (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("f;[/lib/libc.so] 1\n", 0);
  g_autoptr (ProfSearch) search = search_in (tree, "src/file", 0);

  g_assert_cmpint (match_of (search, "f"), ==, PROF_MATCH_OUTER);
  g_assert_cmpint (match_of (search, "[libc.so]"), ==, PROF_MATCH_NONE);
}

static void
test_ranges_know_whether_they_hold_a_match (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("a;b;hit 3\nc;d 2\n", 0);
  g_autoptr (ProfSearch) search = search_in (tree, "hit", 0);
  ProfNodeId             hit = test_node (tree, "hit");

  g_assert_true (prof_search_any (search, 0, 6));
  g_assert_true (prof_search_any (search, hit, hit + 1));
  g_assert_false (prof_search_any (search, 0, hit));
  g_assert_false (prof_search_any (search, hit + 1, 6));
  g_assert_false (prof_search_any (search, hit, hit));
}

static void
test_a_broken_pattern_is_an_error (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = test_tree ("a 1\n", 0);

  g_assert_null (prof_search_new (tree, "a(", PROF_SEARCH_REGEX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
}

static void
test_nothing_found_is_no_error (void)
{
  g_autoptr (ProfTree)   tree = test_tree ("", 0);
  g_autoptr (ProfSearch) search = search_in (tree, "x", 0);

  g_assert_cmpint (prof_search_total (search), ==, 0);
  g_assert_false (prof_search_any (search, 0, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/search/a-stack-counts-once", test_a_stack_counts_once);
  g_test_add_func ("/search/the-outermost-match-is-told-apart",
                   test_the_outermost_match_is_told_apart);
  g_test_add_func ("/search/case-is-ignored-unless-asked-for",
                   test_case_is_ignored_unless_asked_for);
  g_test_add_func ("/search/outermost-matches-know-where-they-begin",
                   test_outermost_matches_know_where_they_begin);
  g_test_add_func ("/search/text-is-no-pattern", test_text_is_no_pattern);
  g_test_add_func ("/search/files-are-searched-too",
                   test_files_are_searched_too);
  g_test_add_func ("/search/ranges-know-whether-they-hold-a-match",
                   test_ranges_know_whether_they_hold_a_match);
  g_test_add_func ("/search/a-broken-pattern-is-an-error",
                   test_a_broken_pattern_is_an_error);
  g_test_add_func ("/search/nothing-found-is-no-error",
                   test_nothing_found_is_no_error);
  return g_test_run ();
}
