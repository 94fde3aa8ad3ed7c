/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

#include "base/prof-vec.h"
#include "model/prof-draft.h"
#include <string.h>

static char *
raw_of (ProfProfile *profile)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  prof_report_raw (profile, &sink, &error);
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

/* What "raw" says between two lines. */
static char *
part_of (ProfProfile *profile, const char *from, const char *to)
{
  g_autofree char *raw = raw_of (profile);
  char            *start = strstr (raw, from);
  char            *end;

  g_assert_nonnull (start);
  start += strlen (from);
  end = strstr (start, to);
  g_assert_nonnull (end);
  return g_strndup (start, (size_t)(end - start));
}

static void
assert_samples (ProfProfile *profile, const char *expected)
{
  g_autofree char *samples = part_of (profile, "Samples:\n", "Locations\n");

  g_assert_cmpstr (samples, ==, expected);
}

static ProfProfile *
merge_of (ProfProfile *first, ProfProfile *second)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *both[] = { first, second };
  ProfProfile       *sum;

  sum = prof_merge (both, second != NULL ? 2 : 1, NULL, &error);
  g_assert_no_error (error);
  return sum;
}

static ProfProfile *
merge_texts (const char *first, const char *second)
{
  g_autoptr (ProfProfile) one = test_profile (first);
  g_autoptr (ProfProfile) two = second != NULL ? test_profile (second) : NULL;

  return merge_of (one, two);
}

static void
assert_refused (const char *first, const char *second, const char *expected)
{
  g_autoptr (ProfProfile) one = test_profile (first);
  g_autoptr (ProfProfile) two = test_profile (second);
  g_autoptr (GError)      error = NULL;
  ProfProfile            *both[] = { one, two };

  g_assert_null (prof_merge (both, 2, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, expected);
}

/* Ends of samples below are numbers of locations: leaf first, in order of first
 * use. */

static void
test_equal_stacks_are_added_up (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("main;f 7\n"
                                             "main 1\n"
                                             "main;f 5\n",
                                             "main;f 100\n"
                                             "main;g 2\n");

  assert_samples (sum,
                  "samples/count\n"
                  "        112: 1 2 \n"
                  "          1: 2 \n"
                  "          2: 3 2 \n");
}

static void
test_empty_stacks_are_equal (void)
{
  g_autoptr (ProfProfile) sum = merge_texts (" 7\nmain 1\n", " 5\n");

  assert_samples (sum, "samples/count\n         12: \n          1: 1 \n");
}

static void
test_zeros_are_left_out_with_what_they_used (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("#types a/count,b/count\n"
                                             "main;lost 0,0\n"
                                             "main;f 0,3\n",
                                             NULL);

  assert_samples (sum, "a/count b/count\n          0          3: 1 2 \n");
  g_assert_cmpuint (prof_profile_n_locations (sum), ==, 2);
  g_assert_cmpuint (prof_profile_n_functions (sum), ==, 2);
  g_assert_cmpuint (prof_profile_n_stacks (sum), ==, 3);
  g_assert_cmpuint (prof_profile_find_string (sum, "lost", 4),
                    ==,
                    PROF_ID_NONE);
}

static void
test_what_cancels_is_left_out_with_what_it_used (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("main;lost 4\n"
                                             "main;f 3\n",
                                             "main;lost -4\n"
                                             "main;f 1\n");

  assert_samples (sum, "samples/count\n          4: 1 2 \n");
  g_assert_cmpuint (prof_profile_n_functions (sum), ==, 2);
}

static void
test_ids_are_given_anew_from_1 (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("main;gone 0\n[libc.so.6];f 3\n",
                                             NULL);

  for (size_t l = 0; l < prof_profile_n_locations (sum); l++)
    g_assert_cmpuint (prof_profile_locations (sum)[l].id, ==, l + 1);
  for (size_t f = 0; f < prof_profile_n_functions (sum); f++)
    g_assert_cmpuint (prof_profile_functions (sum)[f].id, ==, f + 1);
  for (size_t m = 0; m < prof_profile_n_mappings (sum); m++)
    g_assert_cmpuint (prof_profile_mappings (sum)[m].id, ==, m + 1);
}

static void
test_inlined_lines_stay_together (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("main;g<f 1\n", "main;g<f 2\n");
  g_autofree char *locations = part_of (sum, "Locations\n", "Mappings\n");

  assert_samples (sum, "samples/count\n          3: 1 2 \n");
  g_assert_true (g_str_has_prefix (strstr (locations, " g "), " g "));
  g_assert_nonnull (strstr (locations, "\n             f "));
}

static void
test_a_profile_without_mappings_gets_one (void)
{
  g_autoptr (ProfProfile) profile = label_profile (
      (const char *const[]){ "s:a=b", NULL });
  g_autoptr (ProfProfile) sum = merge_of (profile, NULL);

  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 0);
  g_assert_cmpuint (prof_profile_n_mappings (sum), ==, 1);
  g_assert_cmpuint (prof_profile_mappings (sum)[0].limit, ==, 0);
}

static void
test_twice_is_as_once (void)
{
  g_autoptr (GDir) folder = NULL;
  g_autofree char *path = test_source_path ("tests/data/profiles/constructed");
  g_autoptr (GError) error = NULL;
  const char        *name;
  size_t             n = 0;

  folder = g_dir_open (path, 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char        *file = g_build_filename (path, name, NULL);
      g_autoptr (ProfProfile) profile = prof_format_load (file,
                                                          NULL,
                                                          NULL,
                                                          &error);
      g_autoptr (ProfProfile) once = NULL;
      g_autoptr (ProfProfile) twice = NULL;
      g_autofree char        *raw_once = NULL;
      g_autofree char        *raw_twice = NULL;

      g_assert_no_error (error);
      once = merge_of (profile, NULL);
      twice = merge_of (once, NULL);
      raw_once = raw_of (once);
      raw_twice = raw_of (twice);
      g_assert_cmpstr (raw_once, ==, raw_twice);
      n++;
    }
  g_assert_cmpuint (n, >, 30);
}

/* --- labels --- */

static void
test_labels_are_sorted_and_tell_samples_apart (void)
{
  g_autoptr (ProfProfile) profile = label_profile (
      (const char *const[]){ "n:z=4/bytes\ts:b=2\ts:a=1\ts:b=1\tn:a=3/",
                             "s:a=1\ts:b=2\ts:b=1\tn:a=3/\tn:z=4/bytes",
                             "s:a=1\ts:b=1\ts:b=2\tn:a=3/\tn:z=4/bytes",
                             "s:a=1",
                             "n:a=3/kb",
                             "n:a=3/",
                             "s:a=1",
                             NULL });
  g_autoptr (ProfProfile) sum = merge_of (profile, NULL);
  const ProfLabel        *labels;
  size_t                  n;

  g_assert_cmpuint (prof_profile_n_samples (sum), ==, 5);
  g_assert_cmpint (prof_profile_sample_values (sum)[0], ==, 2);
  g_assert_cmpint (prof_profile_sample_values (sum)[2], ==, 2);
  labels = prof_profile_sample_labels (sum, 0, &n);
  g_assert_cmpuint (n, ==, 5);
  g_assert_cmpstr (prof_profile_string (sum, labels[0].key), ==, "a");
  g_assert_cmpstr (prof_profile_string (sum, labels[1].str), ==, "2");
  g_assert_cmpstr (prof_profile_string (sum, labels[2].str), ==, "1");
  g_assert_cmpint (labels[3].num, ==, 3);
  g_assert_cmpstr (prof_profile_string (sum, labels[4].unit), ==, "bytes");
}

/* --- types and units --- */

static void
test_a_coarser_unit_is_scaled_and_loses_nothing (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("#types samples/count,cpu/ms\n"
                                             "main;f 5,0\n"
                                             "main;g 1,2\n",
                                             "#types samples/count,cpu/us\n"
                                             "main;f 0,0\n"
                                             "main;g 1,7\n");

  assert_samples (sum,
                  "samples/count cpu/us\n"
                  "          5          0: 1 2 \n"
                  "          2       2007: 3 2 \n");
}

static void
test_values_that_grow_too_large_stop_at_the_end (void)
{
  g_autoptr (ProfProfile) sum = merge_texts (
      "#types cpu/s\nmain 9223372036854775807\nf -9223372036854775807\n",
      "#types cpu/ns\nmain 1\n");
  const int64_t *values = prof_profile_sample_values (sum);

  g_assert_cmpint (values[0], ==, INT64_MAX);
  g_assert_cmpint (values[1], ==, INT64_MIN);
}

static void
test_types_are_those_that_all_have (void)
{
  g_autoptr (ProfProfile) sum =
      merge_texts ("#types a/count,b/count,c/count\nmain 1,2,3\nf 0,9,0\n",
                   "#types c/count,x/count,a/count\nmain 30,99,10\n");

  assert_samples (sum, "a/count c/count\n         11         33: 1 \n");
}

static void
test_types_of_one_name_all_stay (void)
{
  g_autoptr (ProfProfile) sum = merge_texts ("#types a/count,a/count\nf 1,2\n",
                                             "#types a/count,a/count\nf 5,6\n");

  assert_samples (sum, "a/count a/count\n          6          8: 1 \n");
}

static void
test_what_measures_something_else_is_refused (void)
{
  assert_refused ("#types a/count\nf 1\n",
                  "#types b/count\nf 1\n",
                  "the profiles have no sample type in common");
  assert_refused ("#types a/count\nf 1\n",
                  "#types a/bytes\nf 1\n",
                  "a is measured in “count”, in profile 2 in “bytes”");
}

/* --- headers --- */

static ProfProfile *
with_facts (int64_t     time_ns,
            int64_t     duration_ns,
            int64_t     period,
            const char *text)
{
  g_autoptr (ProfProfile) profile = test_profile ("f 1\n");
  g_autoptr (ProfDraft)   draft = prof_draft_new (profile);
  g_autoptr (GError)      error = NULL;
  ProfHeader             *header = prof_draft_header (draft);
  ProfProfile            *made;

  header->time_ns = time_ns;
  header->duration_ns = duration_ns;
  header->period = period;
  header->doc_url = prof_draft_string (draft, text, strlen (text));
  header->default_type = header->doc_url;
  prof_draft_add_comment (draft, header->doc_url);
  prof_draft_add_comment (draft, prof_draft_string (draft, "both", 4));
  made = prof_draft_finish (draft, &error);
  g_assert_no_error (error);
  return made;
}

static void
test_headers_are_combined (void)
{
  g_autoptr (ProfProfile) first = with_facts (50, 3, 10, "");
  g_autoptr (ProfProfile) second = with_facts (40, 4, 30, "second");
  g_autoptr (ProfProfile) third = with_facts (60, 5, 20, "third");
  g_autoptr (GError)      error = NULL;
  ProfProfile            *all[] = { first, second, third };
  g_autoptr (ProfProfile) sum = prof_merge (all, 3, NULL, &error);
  size_t                  n_comments;

  g_assert_no_error (error);
  g_assert_cmpint (prof_profile_time_ns (sum), ==, 40);
  g_assert_cmpint (prof_profile_duration_ns (sum), ==, 12);
  g_assert_cmpint (prof_profile_period (sum), ==, 30);
  g_assert_cmpstr (prof_profile_string (sum, prof_profile_doc_url (sum)),
                   ==,
                   "second");
  g_assert_cmpstr (prof_profile_string (sum,
                                        prof_profile_default_type_name (sum)),
                   ==,
                   "second");
  prof_profile_comments (sum, &n_comments);
  g_assert_cmpuint (n_comments, ==, 4);
}

/* --- the rest --- */

static void
test_cancelling_ends_it (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (ProfProfile)  profile = test_profile ("main;f 1\n");
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (prof_merge (&profile, 1, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_refused_memory_is_reported (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;g<f 1\nmain;h 2\n");
  bool                    merged = false;

  /* Without two there is not even an empty table of strings. */
  for (int n = 2; !merged; n++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) sum = NULL;

      prof_vec_refuse_after (n);
      sum = prof_merge (&profile, 1, NULL, &error);
      prof_vec_refuse_after (-1);
      merged = sum != NULL;
      if (!merged)
        g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
      g_assert_cmpint (n, <, 1000);
    }
}

static void
assert_matters (const char *text, bool expected)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  g_assert_true (prof_merge_matters (profile) == expected);
}

static void
test_it_is_known_when_it_matters (void)
{
  assert_matters ("main;f 1\nmain;f 2\n", false);
  assert_matters ("#types a/count,b/count\nmain;f 0,2\n", false);
  assert_matters ("main;f 1\nmain;f -2\n", true);
  assert_matters ("main;f 1\nmain;f 0\n", true);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/merge/" path, test)
  ADD ("equal-stacks-are-added-up", test_equal_stacks_are_added_up);
  ADD ("empty-stacks-are-equal", test_empty_stacks_are_equal);
  ADD ("zeros-are-left-out-with-what-they-used",
       test_zeros_are_left_out_with_what_they_used);
  ADD ("what-cancels-is-left-out-with-what-it-used",
       test_what_cancels_is_left_out_with_what_it_used);
  ADD ("ids-are-given-anew-from-1", test_ids_are_given_anew_from_1);
  ADD ("inlined-lines-stay-together", test_inlined_lines_stay_together);
  ADD ("a-profile-without-mappings-gets-one",
       test_a_profile_without_mappings_gets_one);
  ADD ("twice-is-as-once", test_twice_is_as_once);
  ADD ("labels-are-sorted-and-tell-samples-apart",
       test_labels_are_sorted_and_tell_samples_apart);
  ADD ("a-coarser-unit-is-scaled-and-loses-nothing",
       test_a_coarser_unit_is_scaled_and_loses_nothing);
  ADD ("values-that-grow-too-large-stop-at-the-end",
       test_values_that_grow_too_large_stop_at_the_end);
  ADD ("types-are-those-that-all-have", test_types_are_those_that_all_have);
  ADD ("types-of-one-name-all-stay", test_types_of_one_name_all_stay);
  ADD ("what-measures-something-else-is-refused",
       test_what_measures_something_else_is_refused);
  ADD ("headers-are-combined", test_headers_are_combined);
  ADD ("cancelling-ends-it", test_cancelling_ends_it);
  ADD ("refused-memory-is-reported", test_refused_memory_is_reported);
  ADD ("it-is-known-when-it-matters", test_it_is_known_when_it_matters);
#undef ADD
  return g_test_run ();
}
