/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "model/prof-builder.h"
#include <string.h>

/* Strings of every profile here, by position. */
static const char *const texts[] = {
  "", "cpu", "nanoseconds", "main", "key", "[kernel.kallsyms]_stext",
};

enum
{
  EMPTY,
  CPU,
  NANOSECONDS,
  MAIN,
  KEY,
  KERNEL,
  N_TEXTS,
};

static ProfBuilder *
begin (void)
{
  ProfBuilder *builder = prof_builder_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_true (
        prof_builder_add_string (builder, texts[i], strlen (texts[i]), NULL));
  return builder;
}

static void
add_type (ProfBuilder *builder)
{
  ProfRawValueType type = { CPU, NANOSECONDS };

  g_assert_true (prof_builder_add_type (builder, &type, NULL));
}

static bool
add_function (ProfBuilder *builder, uint64_t id, int64_t name, GError **error)
{
  ProfRawFunction function = { .id = id, .name = name };

  return prof_builder_add_function (builder, &function, error);
}

static bool
add_location (ProfBuilder *builder,
              uint64_t     id,
              uint64_t     function,
              GError     **error)
{
  ProfRawLocation location = { .id = id, .mapping = 99 };
  ProfRawLine     line = { .function = function, .line = 7 };

  return prof_builder_add_location (builder, &location, &line, 1, error);
}

static bool
add_sample (ProfBuilder *builder, uint64_t location, size_t n, GError **error)
{
  int64_t values[] = { 5, 6, 7 };

  return prof_builder_add_sample (builder,
                                  &location,
                                  1,
                                  values,
                                  n,
                                  NULL,
                                  0,
                                  error);
}

static void
assert_broken (ProfBuilder *builder, const char *pattern)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_builder_finish (builder, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("\"%s\" is not like \"%s\"", error->message, pattern);
}

static void
test_rows_may_come_after_who_names_them (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  const ProfStackNode    *leaf;

  g_assert_true (add_sample (builder, 8, 1, NULL));
  g_assert_true (add_location (builder, 8, 3, NULL));
  g_assert_true (add_function (builder, 3, MAIN, NULL));
  add_type (builder);
  profile = prof_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  leaf = &prof_profile_stacks (
      profile)[prof_profile_sample_stacks (profile)[0]];
  g_assert_cmpuint (leaf->location, ==, 0);
  g_assert_cmpstr (prof_profile_string (profile,
                                        prof_profile_functions (profile)[0]
                                            .name),
                   ==,
                   "main");
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 5);
  g_assert_cmpuint (prof_profile_notes (profile)->unknown_mappings, ==, 1);
}

static void
test_without_strings_it_is_malformed (void)
{
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);

  assert_broken (builder, "there is no string table");
}

static void
test_the_first_string_is_empty (void)
{
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (GError)      error = NULL;

  g_assert_false (prof_builder_add_string (builder, "x", 1, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
}

static void
test_a_location_of_a_sample_must_exist (void)
{
  g_autoptr (ProfBuilder) builder = begin ();

  add_type (builder);
  prof_builder_at (builder, 4031);
  g_assert_true (add_sample (builder, 9, 1, NULL));
  assert_broken (builder, "*byte 4031*location 9*not in the file");
}

static void
test_a_function_of_a_line_must_exist (void)
{
  g_autoptr (ProfBuilder) builder = begin ();

  g_assert_true (add_location (builder, 1, 0, NULL));
  assert_broken (builder, "*location*function 0*not in the file");
}

static void
test_ids_are_not_zero_and_not_twice (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (GError)      zero = NULL;
  g_autoptr (GError)      twice = NULL;

  g_assert_false (add_function (builder, 0, MAIN, &zero));
  g_assert_error (zero, PROF_ERROR, PROF_ERROR_MALFORMED);
  g_assert_true (add_function (builder, UINT64_MAX, MAIN, NULL));
  g_assert_false (add_function (builder, UINT64_MAX, MAIN, &twice));
  g_assert_error (twice, PROF_ERROR, PROF_ERROR_MALFORMED);
}

static void
test_values_must_be_as_many_as_types (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfBuilder) other = begin ();
  g_autoptr (GError)      error = NULL;

  add_type (builder);
  g_assert_true (add_sample (builder, 1, 2, NULL));
  assert_broken (builder, "*2 values for 1 sample types");

  g_assert_true (add_sample (other, 1, 2, NULL));
  g_assert_false (add_sample (other, 1, 3, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
}

static void
test_samples_need_a_type (void)
{
  g_autoptr (ProfBuilder) builder = begin ();

  g_assert_true (add_location (builder, 1, 1, NULL));
  g_assert_true (add_function (builder, 1, MAIN, NULL));
  g_assert_true (add_sample (builder, 1, 0, NULL));
  assert_broken (builder, "*no sample types");
}

static void
test_positions_outside_the_table_are_malformed (void)
{
  static const int64_t positions[] = { -1, N_TEXTS, INT64_MAX, INT64_MIN };

  for (size_t i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (ProfBuilder) function = begin ();
      g_autoptr (ProfBuilder) header = begin ();
      g_autoptr (ProfBuilder) comment = begin ();

      g_assert_true (add_function (function, 1, positions[i], NULL));
      assert_broken (function, "*string table");
      prof_builder_header (header)->drop_frames = positions[i];
      assert_broken (header, "drop_frames*");
      prof_builder_add_comment (comment, positions[i], NULL);
      assert_broken (comment, "comment 0*");
    }
}

static void
test_labels_without_a_value_are_dropped (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  ProfRawLabel            labels[] = {
               { .key = KEY },
               { .key = KEY, .str = MAIN, .num = 3 },
               { .key = KEY, .num = 4 },
               { .key = KEY, .num_unit = NANOSECONDS },
  };
  int64_t          value = 1;
  const ProfLabel *kept;
  size_t           n;

  add_type (builder);
  for (int i = 0; i < 3; i++)
    g_assert_true (prof_builder_add_sample (builder,
                                            NULL,
                                            0,
                                            &value,
                                            1,
                                            i == 1 ? labels : NULL,
                                            i == 1 ? 4 : 0,
                                            NULL));
  profile = prof_builder_finish (builder, NULL);
  prof_profile_sample_labels (profile, 0, &n);
  g_assert_cmpuint (n, ==, 0);
  prof_profile_sample_labels (profile, 2, &n);
  g_assert_cmpuint (n, ==, 0);
  kept = prof_profile_sample_labels (profile, 1, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (prof_profile_string (profile, kept[0].str), ==, "main");
  g_assert_cmpint (kept[0].num, ==, 0);
  g_assert_cmpint (kept[1].num, ==, 4);
  g_assert_cmpstr (prof_profile_string (profile, kept[2].unit),
                   ==,
                   "nanoseconds");
  g_assert_cmpuint (prof_profile_notes (profile)->dropped_labels, ==, 1);
}

static void
test_kernel_symbols_leave_the_file_name (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  ProfRawMapping          mapping = { .id = 1, .filename = KERNEL };
  const ProfMapping      *row;

  g_assert_true (prof_builder_add_mapping (builder, &mapping, NULL));
  profile = prof_builder_finish (builder, NULL);
  row = prof_profile_mappings (profile);
  g_assert_cmpstr (prof_profile_string (profile, row->filename),
                   ==,
                   "[kernel.kallsyms]");
  g_assert_cmpstr (prof_profile_string (profile, row->kernel_symbol),
                   ==,
                   "_stext");
}

static void
test_a_stack_has_a_greatest_depth (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (GError)      error = NULL;
  g_autofree uint64_t *locations = g_new (uint64_t, PROF_MAX_STACK_FRAMES + 1);
  int64_t              value = 1;

  for (size_t i = 0; i <= PROF_MAX_STACK_FRAMES; i++)
    locations[i] = 1;
  g_assert_true (prof_builder_add_sample (builder,
                                          locations,
                                          PROF_MAX_STACK_FRAMES,
                                          &value,
                                          1,
                                          NULL,
                                          0,
                                          NULL));
  g_assert_false (prof_builder_add_sample (builder,
                                           locations,
                                           PROF_MAX_STACK_FRAMES + 1,
                                           &value,
                                           1,
                                           NULL,
                                           0,
                                           &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

/* Refuses each growth in turn: every one must end in an error, none in a crash
 * or leak. */
static void
test_refused_memory_is_an_error (void)
{
  bool whole = false;

  for (int n = 0; !whole; n++)
    {
      g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
      g_autoptr (ProfProfile) profile = NULL;
      ProfRawValueType        type = { 0, 0 };
      ProfRawLabel            label = { .key = 0, .num = 1 };
      uint64_t                location = 1;
      int64_t                 value = 1;

      prof_vec_refuse_after (n);
      whole = prof_builder_add_string (builder, "", 0, NULL) &&
              prof_builder_add_type (builder, &type, NULL) &&
              add_function (builder, 1, 0, NULL) &&
              add_location (builder, 1, 1, NULL) &&
              prof_builder_add_sample (builder,
                                       &location,
                                       1,
                                       &value,
                                       1,
                                       &label,
                                       1,
                                       NULL) &&
              (profile = prof_builder_finish (builder, NULL)) != NULL;
      prof_vec_refuse_after (-1);
      g_assert_cmpint (n, <, 100);
    }
}

/* A text has the position of where it stood first. */
static void
test_interned_texts_are_there_once (void)
{
  g_autoptr (ProfBuilder)  builder = prof_builder_new (NULL);
  g_autoptr (GError)       error = NULL;
  static const char *const words[] = { "", "a", "b", "a", "", "c" };
  static const int64_t     expected[] = { 0, 1, 2, 1, 0, 3 };

  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    {
      int64_t position;

      prof_builder_intern (builder,
                           words[i],
                           strlen (words[i]),
                           &position,
                           &error);
      g_assert_no_error (error);
      g_assert_cmpint (position, ==, expected[i]);
    }
}

static void
test_values_are_scaled_as_far_as_they_fit (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (GError)      error = NULL;
  const int64_t           few = -3;

  add_type (builder);
  prof_builder_add_sample (builder, NULL, 0, &few, 1, NULL, 0, &error);
  prof_builder_scale (builder, 1000, &error);
  prof_builder_add_sample (builder, NULL, 0, &few, 1, NULL, 0, &error);
  g_assert_no_error (error);
  g_assert_false (prof_builder_scale (builder, INT64_MAX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

/* Values that are there keep their place, a later type is 0 before it came. */
static void
test_samples_get_a_later_type (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  static const int64_t    values[] = { 5, 7 };
  static const int64_t    expected[] = { 5, 0, 5, 0, 5, 7 };

  g_assert_true (prof_builder_widen (builder, NULL));
  add_type (builder);
  add_type (builder);
  prof_builder_add_sample (builder, NULL, 0, values, 1, NULL, 0, NULL);
  prof_builder_add_sample (builder, NULL, 0, values, 1, NULL, 0, NULL);
  g_assert_true (prof_builder_widen (builder, NULL));
  prof_builder_add_sample (builder, NULL, 0, values, 2, NULL, 0, NULL);
  profile = prof_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  g_assert_cmpmem (prof_profile_sample_values (profile),
                   sizeof expected,
                   expected,
                   sizeof expected);
}

/* Asked for by node, as a tree has them; a location may come later. */
static void
test_stacks_may_be_asked_for_as_a_tree (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  const int64_t           values[] = { 5 };
  ProfStackId             root = 9;
  ProfStackId             leaf = 9;
  ProfStackId             again = 9;
  const ProfStackNode    *nodes;

  g_assert_true (prof_builder_stack (builder, 0, 70, &root, NULL));
  g_assert_true (prof_builder_stack (builder, root, 80, &leaf, NULL));
  g_assert_true (prof_builder_stack (builder, root, 80, &again, NULL));
  g_assert_cmpuint (leaf, ==, again);
  add_type (builder);
  prof_builder_add_sample_at (builder, leaf, values, 1, NULL, 0, NULL);
  prof_builder_add_sample_at (builder, 0, values, 1, NULL, 0, NULL);
  add_function (builder, 1, MAIN, NULL);
  add_location (builder, 80, 1, NULL);
  add_location (builder, 70, 1, NULL);
  profile = prof_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  g_assert_cmpuint (prof_profile_n_stacks (profile), ==, 3);
  nodes = prof_profile_stacks (profile);
  g_assert_cmpuint (prof_profile_sample_stacks (profile)[0], ==, leaf);
  g_assert_cmpuint (prof_profile_sample_stacks (profile)[1], ==, 0);
  g_assert_cmpuint (nodes[leaf].location, ==, 0);
  g_assert_cmpuint (nodes[nodes[leaf].parent].location, ==, 1);
  g_assert_cmpint (prof_profile_total (profile, 0), ==, 10);
}

static void
test_a_tree_of_stacks_has_a_greatest_depth (void)
{
  const ProfLimits        limits = { .values[PROF_LIMIT_FRAMES] = 2 };
  g_autoptr (ProfBuilder) builder = prof_builder_new (&limits);
  g_autoptr (GError)      error = NULL;
  ProfStackId             stack = 0;

  g_assert_true (prof_builder_stack (builder, stack, 1, &stack, &error));
  g_assert_true (prof_builder_stack (builder, stack, 1, &stack, &error));
  g_assert_false (prof_builder_stack (builder, stack, 1, &stack, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

static void
test_the_format_is_kept (void)
{
  g_autoptr (ProfBuilder) builder = begin ();
  g_autoptr (ProfProfile) profile = NULL;

  prof_builder_header (builder)->format = "a kind";
  profile = prof_builder_finish (builder, NULL);
  g_assert_cmpstr (prof_profile_format (profile), ==, "a kind");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/builder/rows-may-come-after-who-names-them",
                   test_rows_may_come_after_who_names_them);
  g_test_add_func ("/builder/without-strings-it-is-malformed",
                   test_without_strings_it_is_malformed);
  g_test_add_func ("/builder/the-first-string-is-empty",
                   test_the_first_string_is_empty);
  g_test_add_func ("/builder/a-location-of-a-sample-must-exist",
                   test_a_location_of_a_sample_must_exist);
  g_test_add_func ("/builder/a-function-of-a-line-must-exist",
                   test_a_function_of_a_line_must_exist);
  g_test_add_func ("/builder/ids-are-not-zero-and-not-twice",
                   test_ids_are_not_zero_and_not_twice);
  g_test_add_func ("/builder/values-must-be-as-many-as-types",
                   test_values_must_be_as_many_as_types);
  g_test_add_func ("/builder/samples-need-a-type", test_samples_need_a_type);
  g_test_add_func ("/builder/positions-outside-the-table-are-malformed",
                   test_positions_outside_the_table_are_malformed);
  g_test_add_func ("/builder/labels-without-a-value-are-dropped",
                   test_labels_without_a_value_are_dropped);
  g_test_add_func ("/builder/kernel-symbols-leave-the-file-name",
                   test_kernel_symbols_leave_the_file_name);
  g_test_add_func ("/builder/a-stack-has-a-greatest-depth",
                   test_a_stack_has_a_greatest_depth);
  g_test_add_func ("/builder/interned-texts-are-there-once",
                   test_interned_texts_are_there_once);
  g_test_add_func ("/builder/values-are-scaled-as-far-as-they-fit",
                   test_values_are_scaled_as_far_as_they_fit);
  g_test_add_func ("/builder/samples-get-a-later-type",
                   test_samples_get_a_later_type);
  g_test_add_func ("/builder/stacks-may-be-asked-for-as-a-tree",
                   test_stacks_may_be_asked_for_as_a_tree);
  g_test_add_func ("/builder/a-tree-of-stacks-has-a-greatest-depth",
                   test_a_tree_of_stacks_has_a_greatest_depth);
  g_test_add_func ("/builder/the-format-is-kept", test_the_format_is_kept);
  g_test_add_func ("/builder/refused-memory-is-an-error",
                   test_refused_memory_is_an_error);
  return g_test_run ();
}
