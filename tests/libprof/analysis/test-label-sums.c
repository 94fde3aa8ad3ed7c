/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-label-sums.h"

#include "test-util.h"
#include <string.h>

#define LABELLED                                                       \
  "main;f 5\ts:thread=main\tn:bytes=64/bytes\n"                        \
  "main;f;f 3\ts:thread=worker\ts:thread=worker\tn:bytes=2048/bytes\n" \
  "main;g 7\ts:thread=worker\ts:state=a.b,c\n"                         \
  "main;g 1\ts:thread=mainly\n"                                        \
  "main;g<h 4\n"                                                       \
  "main 0\ts:thread=idle\n"

static ProfFrameId
frame_named (const ProfFrames *frames, const char *name)
{
  if (name == NULL)
    return PROF_ID_NONE;
  for (ProfFrameId f = 0; f < prof_frames_n (frames); f++)
    if (strcmp (prof_frames_name (frames, f), name) == 0)
      return f;
  g_error ("no frame %s", name);
}

/* "KEY SUM: TEXT=SUM/SAMPLES ...", a key each. */
static char *
describe (const char *text, const char *name)
{
  g_autoptr (ProfProfile)   profile = test_profile (text);
  g_autoptr (ProfFrames)    frames = prof_frames_new (profile, 0);
  g_autoptr (ProfLabelSums) self = NULL;
  GString                  *out = g_string_new (NULL);
  const ProfLabelKey       *keys;
  size_t                    n;

  self = prof_label_sums_new (frames, 0, frame_named (frames, name));
  keys = prof_label_sums_keys (self, &n);
  for (size_t k = 0; k < n; k++)
    {
      const ProfLabelValue *values = prof_label_sums_values (self, &keys[k]);

      g_string_append_printf (out,
                              "%s %d:",
                              prof_profile_string (profile, keys[k].key),
                              (int)keys[k].sum);
      for (size_t v = 0; v < keys[k].n_values; v++)
        {
          g_autofree char *value = prof_label_sums_text (self, &values[v]);

          g_string_append_printf (out,
                                  " %s=%d/%d",
                                  value,
                                  (int)values[v].sum,
                                  (int)values[v].n_samples);
        }
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

#define ASSERT_SUMS(text, name, expected)               \
  G_STMT_START                                          \
  {                                                     \
    g_autofree char *described = describe (text, name); \
                                                        \
    g_assert_cmpstr (described, ==, expected);          \
  }                                                     \
  G_STMT_END

static void
test_all_samples_count_without_a_frame (void)
{
  ASSERT_SUMS (LABELLED,
               NULL,
               "thread 16: worker=10/2 main=5/1 mainly=1/1\n"
               "bytes 8: 64B=5/1 2kB=3/1\n"
               "state 7: a.b,c=7/1\n");
}

static void
test_only_stacks_with_the_frame_count (void)
{
  ASSERT_SUMS (LABELLED,
               "f",
               "bytes 8: 64B=5/1 2kB=3/1\n"
               "thread 8: main=5/1 worker=3/1\n");
  ASSERT_SUMS (LABELLED, "h", "");
}

static void
test_the_heaviest_is_that_of_the_largest_amount (void)
{
  ASSERT_SUMS ("a 2\ts:k=x\na -9\ts:k=y\na 2\ts:k=w\n",
               "a",
               "k -5: y=-9/1 w=2/1 x=2/1\n");
}

static void
test_numbers_without_a_unit_are_bare (void)
{
  ASSERT_SUMS ("a 2\tn:id=4096/\na 1\tn:id=7/\na 1\tn:size=4096/kilobytes\n",
               "a",
               "id 3: 4096=2/1 7=1/1\nsize 1: 4MB=1/1\n");
}

static void
test_a_profile_without_labels_has_no_keys (void)
{
  ASSERT_SUMS ("a;b 2\n", "b", "");
}

static int64_t
focused (ProfProfile *profile, const char *filter)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (ProfQuery)  plain = prof_query_new ();
  g_autoptr (ProfQuery)  query = NULL;
  g_autoptr (ProfAnswer) answer = NULL;

  query = prof_query_with (plain, "tagfocus", filter, &error);
  g_assert_no_error (error);
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_no_error (error);
  return prof_profile_total (prof_answer_profile (answer), 0);
}

static void
assert_filters_mean_their_values (const char *text)
{
  g_autoptr (ProfProfile)   profile = test_profile (text);
  g_autoptr (ProfFrames)    frames = prof_frames_new (profile, 0);
  g_autoptr (ProfLabelSums) self = NULL;
  const ProfLabelKey       *keys;
  size_t                    n;

  self = prof_label_sums_new (frames, 0, PROF_ID_NONE);
  keys = prof_label_sums_keys (self, &n);
  g_assert_cmpuint (n, >, 0);
  for (size_t k = 0; k < n; k++)
    for (size_t v = 0; v < keys[k].n_values; v++)
      {
        const ProfLabelValue *value;
        g_autofree char      *filter = NULL;

        value = &prof_label_sums_values (self, &keys[k])[v];
        filter = prof_label_sums_filter (self, value);
        g_assert_nonnull (filter);
        g_assert_cmpint (focused (profile, filter), ==, value->sum);
      }
}

static void
test_filters_leave_the_samples_of_their_value (void)
{
  assert_filters_mean_their_values (LABELLED);
  assert_filters_mean_their_values (
      "a 1\ts:k=64kb\na 2\ts:k=^x$\na 4\ts:k=x\na 8\ts:k=a=b\na 16\ts:k=(\n"
      "a 32\ts:k=\\n,\na 64\ts:k=n\n");
  assert_filters_mean_their_values (
      "a 1\tn:id=12/\na 2\tn:id=-12/\na 4\tn:id=120/\n"
      "a 8\tn:time=12/ms\na 16\tn:time=12/s\n");
}

static char *
only_filter (const char *text)
{
  g_autoptr (ProfProfile)   profile = test_profile (text);
  g_autoptr (ProfFrames)    frames = prof_frames_new (profile, 0);
  g_autoptr (ProfLabelSums) self = NULL;
  size_t                    n;

  self = prof_label_sums_new (frames, 0, PROF_ID_NONE);
  return prof_label_sums_filter (
      self,
      prof_label_sums_values (self, prof_label_sums_keys (self, &n)));
}

static void
test_what_no_filter_says_has_none (void)
{
  g_assert_null (only_filter ("a 1\ts:k=\xff\n"));
  g_assert_null (only_filter ("a 1\tn:goroutine_id=3/\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/label-sums/" name, function)
  ADD ("all-samples-count-without-a-frame",
       test_all_samples_count_without_a_frame);
  ADD ("only-stacks-with-the-frame-count",
       test_only_stacks_with_the_frame_count);
  ADD ("the-heaviest-is-that-of-the-largest-amount",
       test_the_heaviest_is_that_of_the_largest_amount);
  ADD ("numbers-without-a-unit-are-bare", test_numbers_without_a_unit_are_bare);
  ADD ("a-profile-without-labels-has-no-keys",
       test_a_profile_without_labels_has_no_keys);
  ADD ("filters-leave-the-samples-of-their-value",
       test_filters_leave_the_samples_of_their_value);
  ADD ("what-no-filter-says-has-none", test_what_no_filter_says_has_none);
#undef ADD
  return g_test_run ();
}
