/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "report/prof-report-folded.h"
#include <string.h>

static ProfAnswer *
answer_to (ProfProfile *profile, const char *options)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ProfQuery) query = prof_query_from_text (options, &error);
  ProfAnswer           *answer;

  g_assert_no_error (error);
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static ProfProfile *
fixture (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char
      *relative = g_strdup_printf ("tests/data/profiles/constructed/%s", name);
  g_autofree char *path = test_source_path (relative);
  ProfProfile     *profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

/* The stacks that are left, sorted. */
static char *
stacks_of (ProfAnswer *answer)
{
  g_autoptr (ProfTree) tree = prof_tree_new_for (answer, NULL, NULL);
  GString             *out = g_string_new (NULL);
  ProfSink             sink = prof_sink_to_string (out);

  g_assert_true (prof_report_folded (tree, &sink, NULL));
  return g_string_free (out, FALSE);
}

static void
assert_left (const char *text, const char *options, const char *expected)
{
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfAnswer)  answer = answer_to (profile, options);
  g_autofree char        *left = stacks_of (answer);

  g_assert_cmpstr (left, ==, expected);
  g_assert_cmpuint (prof_answer_misses (answer), ==, 0);
}

static void
assert_missed (const char *options, unsigned misses, const char *message)
{
  g_autoptr (ProfProfile) profile = test_profile ("main;f;g 1\nmain;h 2\n");
  g_autoptr (ProfAnswer)  answer = answer_to (profile, options);

  g_assert_cmphex (prof_answer_misses (answer), ==, misses);
  g_assert_cmpstr (prof_answer_messages (answer)[0], ==, message);
}

#define STACKS "main;f;g 1\nmain;h 2\nother;g;g 4\n"

static void
test_nothing_asked_changes_nothing (void)
{
  assert_left (STACKS, "", STACKS);
}

static void
test_focus_keeps_stacks_with_a_match (void)
{
  assert_left (STACKS, "--focus=^h$", "main;h 2\n");
  assert_left (STACKS, "--focus=main", "main;f;g 1\nmain;h 2\n");
}

static void
test_ignore_drops_them_and_wins (void)
{
  assert_left (STACKS, "--ignore=^g$", "main;h 2\n");
  assert_left (STACKS, "--focus=main --ignore=^f$", "main;h 2\n");
}

static void
test_focus_and_ignore_are_a_partition (void)
{
  g_autoptr (ProfProfile) profile = test_profile (STACKS);
  g_autoptr (ProfAnswer)  with = answer_to (profile, "--focus=^(f|h)$");
  g_autoptr (ProfAnswer)  without = answer_to (profile, "--ignore=^(f|h)$");

  g_assert_cmpint (prof_profile_total (prof_answer_profile (with), 0) +
                       prof_profile_total (prof_answer_profile (without), 0),
                   ==,
                   prof_profile_total (profile, 0));
}

static void
test_hide_takes_frames_out_of_stacks (void)
{
  assert_left (STACKS, "--hide=^f$", "main;g 1\nmain;h 2\nother;g;g 4\n");
  assert_left ("a<b;c 1\n", "--hide=^b$", "a;c 1\n");
}

static void
test_a_stack_that_loses_all_goes (void)
{
  assert_left ("f 1\ng 2\n", "--hide=^f$", "g 2\n");
  assert_left ("f 1\ng 2\n", "--show=^f$", "f 1\n");
}

static void
test_show_takes_all_other_frames_out (void)
{
  assert_left (STACKS, "--show=^(main|g)$", "g;g 4\nmain 2\nmain;g 1\n");
}

static void
test_code_without_names_is_not_shown (void)
{
  assert_left ("main;[/bin/libc.so] 1\n", "--show=main|libc", "main 1\n");
}

static void
test_a_binary_matches_all_of_its_code (void)
{
  assert_left ("main;[/bin/libc.so] 1\nmain 2\n",
               "--focus=libc",
               "main;[libc.so] 1\n");
}

static void
test_show_from_begins_at_the_outermost_match (void)
{
  assert_left ("a;b;c;b 1\na;c 2\n", "--show-from=^b$", "b;c;b 1\n");
  assert_left ("x;c<b<a;d 1\n", "--show-from=^b$", "b;c;d 1\n");
}

static void
test_a_path_keeps_the_stacks_that_begin_with_it (void)
{
  assert_left (STACKS, "--focus-path=main", "main;f;g 1\nmain;h 2\n");
  assert_left (STACKS, "'--focus-path=main;h'", "main;h 2\n");
  assert_left ("a;b 1\na;b;c 2\nb;a;b 4\na;c;b 8\n",
               "'--focus-path=a;b'",
               "a;b 1\na;b;c 2\n");
}

static void
test_names_of_a_path_are_whole (void)
{
  assert_left ("main.f 1\nmain.f2 2\nmain 4\n",
               "--focus-path=main.f",
               "main.f 1\n");
}

static void
test_a_path_can_end_in_what_is_inlined (void)
{
  const char *text = "a;d<c<b;e 1\na;b 2\na;x<b 4\n";

  assert_left (text, "'--focus-path=a;b;c'", "a;b;c;d;e 1\n");
  assert_left (text, "'--focus-path=a;b'", "a;b 2\na;b;c;d;e 1\na;b;x 4\n");
  assert_left (text, "'--focus-path=a;b;e' --noinlines", "a;b;e 1\n");
}

static void
test_a_path_is_of_frames_as_they_are_collapsed (void)
{
  assert_left ("a;f;f;f;g 1\na;g 2\n",
               "'--focus-path=a;f;g' --collapse-recursion",
               "a;f;g 1\n");
}

static void
test_a_path_leads_through_code_without_names (void)
{
  const char *text = "main;[/bin/libc.so];f 1\nmain;[/bin/m.so];f 2\n"
                     "main;f 4\n";

  assert_left (text, "'--focus-path=main;[libc.so]'", "main;[libc.so];f 1\n");
  assert_left (text, "'--focus-path=main;f'", "main;f 4\n");
}

static void
test_names_of_a_path_may_have_any_character (void)
{
  g_autoptr (GString) path = g_string_new (NULL);

  prof_focus_path_append (path, "f(L/String;)V", NULL);
  prof_focus_path_append (path, "C:\\f", NULL);
  prof_focus_path_append (path, "", "/lib/libc.so.6");
  prof_focus_path_append (path, "", NULL);
  g_assert_cmpstr (path->str,
                   ==,
                   "f(L/String\\;)V;C:\\\\f;[libc.so.6];<unknown>");
  assert_left ("C:\\f;g 1\nh 2\n", "'--focus-path=C:\\\\f;g'", "C:\\f;g 1\n");
}

static void
test_other_filters_thin_a_path_out (void)
{
  const char *text = "rt;main;f;g 1\nrt;main;h 2\nrt;init 4\n";

  assert_left (text, "'--focus-path=rt;main;f' --hide=^rt$", "main;f;g 1\n");
  assert_left (text, "'--focus-path=rt;main' --show=^main$", "main 3\n");
  assert_left (text,
               "'--focus-path=rt;main;f' --show-from=^main$",
               "main;f;g 1\n");
  assert_left (text,
               "'--focus-path=rt;main;f;g' --prune-from=^f$",
               "rt;main;f 1\n");
  assert_left (text,
               "--focus-path=rt --hide=^rt$",
               "init 4\nmain;f;g 1\nmain;h 2\n");
}

static void
test_prune_from_ends_at_the_innermost_match (void)
{
  assert_left ("a;b;c;b;d 1\na;e 2\n", "--prune-from=b", "a;b;c;b 1\na;e 2\n");
  assert_left ("a;d<c<b;e 1\n", "--prune-from=c", "a;b;c 1\n");
}

static void
test_a_function_that_calls_itself_can_be_one_frame (void)
{
  assert_left ("a;f;f;f;g 1\na;f;g;f 2\n",
               "--collapse-recursion",
               "a;f;g 1\na;f;g;f 2\n");
  assert_left ("a;f<f<b 1\n", "--collapse-recursion", "a;b;f 1\n");
}

static void
test_packages_can_be_the_frames (void)
{
  assert_left ("main.main;net/http.(*conn).serve;net/http.f 1\nmain.x 2\n",
               "--granularity=packages",
               "main 2\nmain;net/http;net/http 1\n");
  assert_left ("main.main;net/http.a;net/http.b 1\n",
               "--granularity=packages --collapse-recursion",
               "main;net/http 1\n");
}

static void
test_what_is_inlined_can_count_as_its_caller (void)
{
  assert_left ("a;c<b 1\na;b 2\n", "--noinlines", "a;b 3\n");
}

static void
test_filters_are_applied_in_their_order (void)
{
  assert_left ("main;f;g;h 1\nmain;g 2\n",
               "--focus=^f$ --hide=^f$ --show-from=^g$ --prune-from=^g$",
               "g 1\n");
}

static void
test_without_a_stack_no_name_matches (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main 1\n 2\n");
  g_autoptr (ProfAnswer)  answer = answer_to (profile, "");

  g_assert_cmpint (prof_answer_total (answer), ==, 3);
  g_assert_cmpuint (prof_profile_n_samples (prof_answer_profile (answer)),
                    ==,
                    1);
}

static void
test_percentages_are_of_everything_unless_asked (void)
{
  g_autoptr (ProfProfile) profile = test_profile (STACKS);
  g_autoptr (ProfAnswer)  all = answer_to (profile, "--focus=^h$");
  g_autoptr (ProfAnswer)  relative = NULL;

  relative = answer_to (profile, "--focus=^h$ --relative-percentages");
  g_assert_cmpint (prof_answer_total (all), ==, 7);
  g_assert_cmpint (prof_answer_total (relative), ==, 2);
}

static void
test_what_matches_nothing_is_told (void)
{
  assert_missed ("--focus=zzz",
                 PROF_MISS_FOCUS,
                 "Focus expression matched no samples");
  assert_missed ("--ignore=zzz",
                 PROF_MISS_IGNORE,
                 "Ignore expression matched no samples");
  assert_missed ("--hide=zzz",
                 PROF_MISS_HIDE,
                 "Hide expression matched no samples");
  assert_missed ("--show=zzz",
                 PROF_MISS_SHOW,
                 "Show expression matched no samples");
  assert_missed ("--show-from=zzz",
                 PROF_MISS_SHOW_FROM,
                 "ShowFrom expression matched no samples");
  assert_missed ("'--focus-path=main;g'",
                 PROF_MISS_FOCUS_PATH,
                 "FocusPath expression matched no samples");
  assert_missed ("--tagroot=zzz",
                 PROF_MISS_TAGROOT,
                 "TagRoot expression matched no samples");
  assert_missed ("--tagleaf=zzz",
                 PROF_MISS_TAGLEAF,
                 "TagLeaf expression matched no samples");
  assert_missed ("--tagfocus=zzz",
                 PROF_MISS_TAGFOCUS,
                 "TagFocus expression matched no samples");
  assert_missed ("--tagshow=zzz",
                 PROF_MISS_TAGSHOW,
                 "TagShow expression matched no samples");
  assert_missed ("--taghide=zzz",
                 PROF_MISS_TAGHIDE,
                 "TagHide expression matched no samples");
}

static size_t
n_labels (ProfAnswer *answer)
{
  size_t n;

  prof_profile_labels (prof_answer_profile (answer), &n);
  return n;
}

static void
test_tagfocus_and_tagignore_are_a_partition (void)
{
  g_autoptr (ProfProfile) profile = fixture ("labels.pb");
  g_autoptr (ProfAnswer)  with = answer_to (profile, "--tagfocus=color=.");
  g_autoptr (ProfAnswer)  without = answer_to (profile, "--tagignore=color=.");
  size_t                  n = prof_profile_n_samples (profile);
  size_t n_with = prof_profile_n_samples (prof_answer_profile (with));

  g_assert_cmpuint (n_with, >, 0);
  g_assert_cmpuint (n_with, <, n);
  g_assert_cmpuint (prof_profile_n_samples (prof_answer_profile (without)),
                    ==,
                    n - n_with);
}

static void
test_tagshow_and_taghide_take_labels_not_samples (void)
{
  g_autoptr (ProfProfile) profile = fixture ("labels.pb");
  g_autoptr (ProfAnswer)  all = answer_to (profile, "");
  g_autoptr (ProfAnswer)  shown = answer_to (profile, "--tagshow=^color$");
  g_autoptr (ProfAnswer)  hidden = answer_to (profile, "--taghide=^color$");

  g_assert_cmpuint (n_labels (shown), >, 0);
  g_assert_cmpuint (n_labels (hidden), >, 0);
  g_assert_cmpuint (n_labels (shown) + n_labels (hidden), ==, n_labels (all));
  g_assert_cmpuint (prof_profile_n_samples (prof_answer_profile (hidden)),
                    ==,
                    prof_profile_n_samples (prof_answer_profile (all)));
}

/* A frame above and one below every stack; nothing is lost. */
static void
test_labels_become_frames_at_both_ends (void)
{
  g_autoptr (ProfProfile) profile = fixture ("labels.pb");
  g_autoptr (ProfAnswer)  all = answer_to (profile, "");
  g_autoptr (ProfAnswer)  tagged = NULL;
  g_autofree char        *stacks = NULL;
  g_auto (GStrv)          lines = NULL;

  tagged = answer_to (profile, "--tagroot=color --tagleaf=color");
  stacks = stacks_of (tagged);
  lines = g_strsplit_set (g_strstrip (stacks), "\n", -1);
  g_assert_cmpint (prof_answer_total (tagged), ==, prof_answer_total (all));
  for (size_t l = 0; lines[l] != NULL; l++)
    {
      size_t           first = strcspn (lines[l], ";");
      const char      *last = strrchr (lines[l], ';') + 1;
      g_autofree char *root = g_strndup (lines[l], first);

      g_assert_true (g_str_has_prefix (last, root));
    }
}

static void
test_a_mean_has_its_own_total (void)
{
  g_autoptr (ProfProfile) profile = test_profile (
      "#types contentions/count,delay/nanoseconds\nf 2,10\ng 3,40\n");
  g_autoptr (ProfAnswer) answer = answer_to (profile, "--mean");

  g_assert_cmpint (prof_answer_total (answer), ==, 10);
}

static void
test_drop_frames_are_obeyed_unless_asked (void)
{
  g_autoptr (ProfProfile) profile = fixture ("drop-frames.pb");
  g_autoptr (ProfAnswer)  dropped = answer_to (profile, "");
  g_autoptr (ProfAnswer)  all = answer_to (profile, "--all-frames");
  g_autofree char        *less = stacks_of (dropped);
  g_autofree char        *more = stacks_of (all);

  g_assert_cmpuint (strlen (less), <, strlen (more));
}

static void
test_a_missing_type_names_those_there_are (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("main 1\n");
  g_autoptr (ProfQuery)   query = NULL;
  g_autoptr (GError)      error = NULL;

  query = prof_query_from_text ("--sample-index=cpu", NULL);
  g_assert_null (prof_answer_new (profile, query, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_nonnull (strstr (error->message, "samples"));
}

static void
test_a_cancelled_question_has_no_answer (void)
{
  g_autoptr (ProfProfile)  profile = test_profile ("main 1\n");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (ProfQuery)    query = prof_query_from_text ("--focus=m", NULL);
  g_autoptr (GError)       error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (prof_answer_new (profile, query, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Of the type that is asked for; two below and above 0 that make nothing may be two
 * sums that stopped. */
static void
test_sums_that_stop_are_told (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "f 9223372036854775806\n", NULL },
    { "f 9223372036854775806\ng 1\n",
      "sums of \"cpu\" stop at the end of 64 bits" },
    { "f 9223372036854775807\ng -9223372036854775807\n",
      "sums of \"cpu\" stop at the end of 64 bits" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char        *text = g_strconcat ("#types cpu/nanoseconds\n",
                                           cases[i].text,
                                           NULL);
      g_autoptr (ProfProfile) profile = test_profile (text);
      g_autoptr (ProfAnswer)  answer = answer_to (profile, "");

      g_assert_cmpstr (prof_answer_messages (answer)[0], ==, cases[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/answer/" path, test)
  ADD ("nothing-asked-changes-nothing", test_nothing_asked_changes_nothing);
  ADD ("focus-keeps-stacks-with-a-match", test_focus_keeps_stacks_with_a_match);
  ADD ("ignore-drops-them-and-wins", test_ignore_drops_them_and_wins);
  ADD ("focus-and-ignore-are-a-partition",
       test_focus_and_ignore_are_a_partition);
  ADD ("hide-takes-frames-out-of-stacks", test_hide_takes_frames_out_of_stacks);
  ADD ("a-stack-that-loses-all-goes", test_a_stack_that_loses_all_goes);
  ADD ("show-takes-all-other-frames-out", test_show_takes_all_other_frames_out);
  ADD ("code-without-names-is-not-shown", test_code_without_names_is_not_shown);
  ADD ("a-binary-matches-all-of-its-code",
       test_a_binary_matches_all_of_its_code);
  ADD ("show-from-begins-at-the-outermost-match",
       test_show_from_begins_at_the_outermost_match);
  ADD ("a-path-keeps-the-stacks-that-begin-with-it",
       test_a_path_keeps_the_stacks_that_begin_with_it);
  ADD ("names-of-a-path-are-whole", test_names_of_a_path_are_whole);
  ADD ("a-path-can-end-in-what-is-inlined",
       test_a_path_can_end_in_what_is_inlined);
  ADD ("a-path-is-of-frames-as-they-are-collapsed",
       test_a_path_is_of_frames_as_they_are_collapsed);
  ADD ("a-path-leads-through-code-without-names",
       test_a_path_leads_through_code_without_names);
  ADD ("names-of-a-path-may-have-any-character",
       test_names_of_a_path_may_have_any_character);
  ADD ("other-filters-thin-a-path-out", test_other_filters_thin_a_path_out);
  ADD ("prune-from-ends-at-the-innermost-match",
       test_prune_from_ends_at_the_innermost_match);
  ADD ("a-function-that-calls-itself-can-be-one-frame",
       test_a_function_that_calls_itself_can_be_one_frame);
  ADD ("packages-can-be-the-frames", test_packages_can_be_the_frames);
  ADD ("what-is-inlined-can-count-as-its-caller",
       test_what_is_inlined_can_count_as_its_caller);
  ADD ("filters-are-applied-in-their-order",
       test_filters_are_applied_in_their_order);
  ADD ("without-a-stack-no-name-matches", test_without_a_stack_no_name_matches);
  ADD ("percentages-are-of-everything-unless-asked",
       test_percentages_are_of_everything_unless_asked);
  ADD ("what-matches-nothing-is-told", test_what_matches_nothing_is_told);
  ADD ("sums-that-stop-are-told", test_sums_that_stop_are_told);
  ADD ("tagfocus-and-tagignore-are-a-partition",
       test_tagfocus_and_tagignore_are_a_partition);
  ADD ("tagshow-and-taghide-take-labels-not-samples",
       test_tagshow_and_taghide_take_labels_not_samples);
  ADD ("labels-become-frames-at-both-ends",
       test_labels_become_frames_at_both_ends);
  ADD ("a-mean-has-its-own-total", test_a_mean_has_its_own_total);
  ADD ("drop-frames-are-obeyed-unless-asked",
       test_drop_frames_are_obeyed_unless_asked);
  ADD ("a-missing-type-names-those-there-are",
       test_a_missing_type_names_those_there_are);
  ADD ("a-cancelled-question-has-no-answer",
       test_a_cancelled_question_has_no_answer);
#undef ADD
  return g_test_run ();
}
