/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-json-walk.h"

#include "formats/prof-call-nodes.h"
#include "formats/prof-json-kind.h"
#include "formats/prof-number-column.h"
#include "prof.h"
#include <string.h>

/* --- walks --- */

static bool
take (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  static const char *const marks[] = { "?", "?", "{", "}", "[", "]" };
  GString                 *out = data;

  if (event == PROF_JSON_NULL)
    g_string_append (out, "null");
  else if (event >= PROF_JSON_KEY)
    g_string_append (out, prof_json_text (json, NULL));
  else
    g_string_append (out, marks[event]);
  g_string_append_c (out, ' ');
  return true;
}

static const ProfJsonRule tree[1];

static const ProfJsonRule node[] = {
  { .key = "name", .kind = PROF_JSON_RULE_TEXT, .take = take },
  { .key = "size", .kind = PROF_JSON_RULE_NUMBER, .take = take },
  { .key = "nodes", .kind = PROF_JSON_RULE_ARRAY, .inside = tree },
  { 0 },
};

static const ProfJsonRule tree[1] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = node, .take = take },
};

static const ProfJsonRule numbers[] = {
  { .kind = PROF_JSON_RULE_NUMBER_OR_NULL, .take = take },
};

static const ProfJsonRule anything[] = {
  { .kind = PROF_JSON_RULE_SKIP, .take = take },
};

static const ProfJsonRule members[] = {
  { .key = "tree", .kind = PROF_JSON_RULE_ARRAY, .inside = tree },
  { .key = "numbers", .kind = PROF_JSON_RULE_ARRAY, .inside = numbers },
  { .key = "rows", .kind = PROF_JSON_RULE_ARRAY, .inside = anything },
  { 0 },
};

static const ProfJsonRule document = { .key = "the file",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

/* What is taken, or the message. */
static void
check (const char *text, const char *expected)
{
  for (size_t step = 1; step <= strlen (text); step++)
    {
      g_autoptr (GString)      out = g_string_new (NULL);
      g_autoptr (ProfJsonWalk) walk = prof_json_walk_new (&document, NULL, out);
      g_autoptr (GError)       error = NULL;
      bool                     ok = true;

      for (size_t at = 0; ok && at < strlen (text); at += step)
        ok = prof_json_walk_feed (walk,
                                  (const uint8_t *)text + at,
                                  MIN (step, strlen (text) - at),
                                  &error);
      ok = ok && prof_json_walk_finish (walk, &error);
      g_assert_true (ok == (error == NULL));
      g_assert_cmpstr (ok ? out->str : error->message, ==, expected);
    }
}

static void
test_what_no_rule_names_is_skipped (void)
{
  check ("{\"a\": [1, {\"tree\": 2}], \"numbers\": [3, null], \"b\": {}}",
         "3 null ");
  check ("{}", "");
}

static void
test_rules_may_contain_themselves (void)
{
  check ("{\"tree\": [{\"nodes\": [{\"size\": 1, \"x\": 2}], \"name\": \"a\"}, "
         "{}]}",
         "{ { 1 } a } { } ");
}

static void
test_elements_may_only_be_counted (void)
{
  check ("{\"rows\": [1, [2, 3], {\"tree\": 4}, \"x\"]}", "1 [ { x ");
}

static void
test_a_member_that_is_null_is_none (void)
{
  check ("{\"tree\": null, \"numbers\": [1]}", "1 ");
}

static void
test_other_kinds_are_refused (void)
{
  check ("{\"tree\": 5}", "line 1, column 10: “tree” is not an array");
  check ("{\"tree\": [5]}",
         "line 1, column 11: an element of “tree” is not an object");
  check ("{\"tree\": [{\"name\": 5}]}",
         "line 1, column 20: “name” is not a text");
  check ("{\"numbers\": [true]}",
         "line 1, column 14: an element of “numbers” is not a number");
  check ("[]", "line 1, column 1: “the file” is not an object");
}

/* --- kinds --- */

static void
check_kind (const char *text, ProfJsonKind kind)
{
  g_assert_cmpint (prof_json_kind ((const uint8_t *)text, strlen (text)),
                   ==,
                   kind);
}

static void
test_kinds_are_told_by_names (void)
{
  check_kind ("{\"$schema\": \"https://www.speedscope.app/x.json\"",
              PROF_JSON_KIND_SPEEDSCOPE);
  check_kind ("{\"version\": 1, \"shared\": {\"frames\": [",
              PROF_JSON_KIND_SPEEDSCOPE);
  check_kind ("\xef\xbb\xbf {\"profiles\": [{\"weights\": [1",
              PROF_JSON_KIND_SPEEDSCOPE);
  check_kind ("{\"startTime\": 1, \"nodes\": [{\"id\": 1, \"callFrame\": {",
              PROF_JSON_KIND_CPUPROFILE);
  check_kind ("{\"timeDeltas\": [1, 2, 3", PROF_JSON_KIND_CPUPROFILE);
  check_kind ("{\"head\": {\"id\": 1, \"selfSize\": 0",
              PROF_JSON_KIND_HEAPPROFILE);
  check_kind ("{\"traceEvents\": [", PROF_JSON_KIND_CHROME_TRACE);
  check_kind ("[{\"pid\": 1, \"args\": {\"a\": [[[1]]]}, \"ph\": \"X\"",
              PROF_JSON_KIND_CHROME_TRACE);
  check_kind ("{\"meta\": {\"interval\": 1, \"preprocessedProfileVersion\": 47",
              PROF_JSON_KIND_FIREFOX);
  check_kind ("{\"nodes\": [{\"name\": \"callFrame\"}]}", PROF_JSON_KIND_NONE);
  check_kind ("{\"a\": {\"traceEvents\": []}}", PROF_JSON_KIND_NONE);
  check_kind ("[1, 2, {\"a\": 1}]", PROF_JSON_KIND_NONE);
  check_kind ("\"nodes\"", PROF_JSON_KIND_NONE);
  check_kind ("{\"a\" 1, \"traceEvents\": [", PROF_JSON_KIND_NONE);
  check_kind ("", PROF_JSON_KIND_NONE);
}

/* --- columns --- */

static void
test_numbers_wait_as_they_are (void)
{
  static const int64_t written[] = { 0,   1,   -1,   63,        64,
                                     -64, 300, -300, INT64_MAX, INT64_MIN };
  ProfNumberColumn     column = { 0 };
  ProfReader           reader;
  int64_t              number;

  reader = prof_number_column_read (&column);
  g_assert_false (prof_number_column_next (&reader, &number));
  for (size_t i = 0; i < G_N_ELEMENTS (written); i++)
    g_assert_true (prof_number_column_append (&column, written[i]));
  g_assert_cmpuint (column.n, ==, G_N_ELEMENTS (written));
  reader = prof_number_column_read (&column);
  for (size_t i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_assert_true (prof_number_column_next (&reader, &number));
      g_assert_cmpint (number, ==, written[i]);
    }
  g_assert_false (prof_number_column_next (&reader, &number));
  prof_number_column_clear (&column);
}

/* --- trees of calls --- */

/* Nodes by their ids, each its own location. */
static void
add_nodes (ProfCallNodes *nodes, const uint64_t *ids, size_t n)
{
  for (size_t i = 0; i < n; i++)
    {
      uint32_t row;

      g_assert_true (prof_call_nodes_add (nodes, PROF_ID_NONE, &row, NULL));
      g_assert_cmpuint (row, ==, i);
      g_assert_true (prof_call_nodes_set_id (nodes, row, ids[i], NULL));
      nodes->locations.data[row] = i + 1;
    }
}

static void
check_refused (uint64_t child, uint64_t of, const char *message)
{
  static const uint64_t   ids[] = { 0, 7, 5, 9 };
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (GError)      error = NULL;
  ProfCallNodes           nodes;

  prof_call_nodes_init (&nodes);
  add_nodes (&nodes, ids, G_N_ELEMENTS (ids));
  prof_call_nodes_add_child (&nodes, 0, 7, NULL);
  prof_call_nodes_add_child (&nodes, 2, 9, NULL);
  prof_call_nodes_add_child (&nodes,
                             prof_call_nodes_find (&nodes, of),
                             child,
                             NULL);
  g_assert_false (prof_call_nodes_finish (&nodes, builder, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, message);
  prof_call_nodes_clear (&nodes);
}

static void
test_a_tree_has_no_circles (void)
{
  check_refused (8, 5, "node 5 has the child 8, which is not in the file");
  check_refused (9, 0, "node 9 is a child of two nodes");
  check_refused (5, 9, "node 5 is above itself");
  check_refused (0, 0, "node 0 is above itself");
}

/* 0 calls 7, which is no frame and calls 5. */
static void
test_nodes_without_a_frame_are_passed_over (void)
{
  static const uint64_t   ids[] = { 5, 7, 0 };
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  ProfCallNodes           nodes;
  ProfStackId             root;
  ProfStackId             leaf;

  prof_call_nodes_init (&nodes);
  add_nodes (&nodes, ids, G_N_ELEMENTS (ids));
  g_assert_false (prof_call_nodes_set_id (&nodes, 1, 5, NULL));
  nodes.locations.data[1] = 0;
  prof_call_nodes_add_child (&nodes, 2, 7, NULL);
  prof_call_nodes_add_child (&nodes, 1, 5, NULL);
  g_assert_true (prof_call_nodes_finish (&nodes, builder, NULL));
  g_assert_true (prof_builder_stack (builder, 0, 3, &root, NULL));
  g_assert_true (prof_builder_stack (builder, root, 1, &leaf, NULL));
  g_assert_cmpuint (nodes.stacks.data[0], ==, leaf);
  g_assert_cmpuint (nodes.stacks.data[1], ==, root);
  g_assert_cmpuint (nodes.stacks.data[2], ==, root);
  prof_call_nodes_clear (&nodes);
}

#define ADD(name, function) g_test_add_func ("/json-walk/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-no-rule-names-is-skipped", test_what_no_rule_names_is_skipped);
  ADD ("rules-may-contain-themselves", test_rules_may_contain_themselves);
  ADD ("elements-may-only-be-counted", test_elements_may_only_be_counted);
  ADD ("a-member-that-is-null-is-none", test_a_member_that_is_null_is_none);
  ADD ("other-kinds-are-refused", test_other_kinds_are_refused);
  ADD ("kinds-are-told-by-names", test_kinds_are_told_by_names);
  ADD ("numbers-wait-as-they-are", test_numbers_wait_as_they_are);
  ADD ("a-tree-has-no-circles", test_a_tree_has_no_circles);
  ADD ("nodes-without-a-frame-are-passed-over",
       test_nodes_without_a_frame_are_passed_over);
  return g_test_run ();
}
