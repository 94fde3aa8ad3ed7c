/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"
#include "model/prof-builder.h"
#include "model/prof-stack-list.h"
#include "test-util.h"

#include <string.h>

/* What is found in stacks as they came must be what is found in the stack table. */

/* Enough for two threads, and for entries of three bytes. */
#define N_FUNCTIONS 300
#define N_LOCATIONS 70000
#define N_STACKS    27000
#define N_FRAMES    40

/* The same profile with its stacks listed. */
static ProfProfile *
listed_within (const ProfProfile *profile, const ProfLimits *limits)
{
  g_autoptr (GString) bytes = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  ProfSink            sink = prof_sink_to_string (bytes);
  void               *decode = prof_pprof_decoder.begin (limits);
  ProfProfile        *again;

  prof_pprof_decoder.list_stacks (decode);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, &error));
  g_assert_true (prof_pprof_decoder.feed (decode,
                                          (const uint8_t *)bytes->str,
                                          bytes->len,
                                          &error));
  again = prof_pprof_decoder.finish (decode, &error);
  g_assert_no_error (error);
  prof_pprof_decoder.free (decode);
  g_assert_nonnull (prof_profile_stack_list (again));
  return again;
}

static ProfProfile *
listed (const ProfProfile *profile)
{
  return listed_within (profile, NULL);
}

static void
assert_same_rows (ProfProfile         *table,
                  ProfProfile         *list,
                  size_t               type,
                  const ProfTopParams *params)
{
  g_autoptr (ProfFrames) frames = prof_frames_new (table, type);
  g_autoptr (ProfFrames) other_frames = prof_frames_new (list, type);
  g_autoptr (ProfTop)    top = prof_top_new (frames, type, params);
  g_autoptr (ProfTop)    other = prof_top_new (other_frames, type, params);

  g_assert_cmpuint (prof_top_n_rows (top), ==, prof_top_n_rows (other));
  g_assert_cmpint (prof_top_total (top), ==, prof_top_total (other));
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      const ProfTopRow *row = &prof_top_rows (top)[r];
      const ProfTopRow *other_row = &prof_top_rows (other)[r];

      g_assert_cmpint (row->flat, ==, other_row->flat);
      g_assert_cmpint (row->cum, ==, other_row->cum);
      g_assert_cmpint (row->inlined, ==, other_row->inlined);
      g_assert_cmpstr (prof_frames_name (frames, row->frame),
                       ==,
                       prof_frames_name (other_frames, other_row->frame));
    }
}

static void
assert_same_tops (ProfProfile *table, ProfProfile *list)
{
  ProfTopParams all = PROF_TOP_PARAMS_ALL;
  ProfTopParams few = PROF_TOP_PARAMS_INIT;

  few.node_count = 5;
  few.by_cum = true;
  for (size_t t = 0; t < prof_profile_n_types (table); t++)
    {
      assert_same_rows (table, list, t, &all);
      assert_same_rows (table, list, t, &few);
      assert_same_rows (table, list, t, NULL);
    }
}

static void
test_sums_are_those_of_the_table (void)
{
  static const char *const texts[] = {
    "main;f;g 2\nmain;f 3\nmain 1\n",
    "main;f;f;f;g 10\nmain;f;g;f 20\nmain 30\n",
    "main;g<f 4\nmain;f;g 5\nmain;g 6\nh<g<f 7\nf<f<f 8\n",
    "#types a/count,b/bytes\nmain;f 1,100\nmain;g<f 0,7\nf;f 3,0\n",
    "main;f 0\nmain;g<h 5\n",
  };

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      g_autoptr (ProfProfile) table = test_profile (texts[t]);
      g_autoptr (ProfProfile) list = listed (table);

      assert_same_tops (table, list);
    }
}

static void
add_tables (ProfBuilder *builder,
            GRand       *random,
            uint64_t     n_functions,
            uint64_t     n_locations)
{
  for (uint64_t f = 1; f <= n_functions; f++)
    {
      g_autofree char *name = g_strdup_printf ("f%" G_GUINT64_FORMAT, f);
      ProfRawFunction  function = { .id = f, .name = (int64_t)f };

      g_assert_true (
          prof_builder_add_string (builder, name, strlen (name), NULL));
      g_assert_true (prof_builder_add_function (builder, &function, NULL));
    }
  for (uint64_t l = 1; l <= n_locations; l++)
    {
      ProfRawLocation location = { .id = l, .address = l };
      ProfRawLine     lines[4] = { 0 };
      int             n = g_rand_int_range (random, 1, 5);

      for (int i = 0; i < n; i++)
        lines[i].function = 1 + (uint64_t)g_rand_int (random) % n_functions;
      g_assert_true (prof_builder_add_location (builder,
                                                &location,
                                                lines,
                                                (size_t)n,
                                                NULL));
    }
}

/* Cubed, so that some are in most stacks. */
static uint64_t
some_location (GRand *random, uint64_t n_locations)
{
  double at = g_rand_double (random);

  return 1 + (uint64_t)(at * at * at * (double)(n_locations - 1));
}

static ProfProfile *
make (GRand   *random,
      uint64_t n_functions,
      uint64_t n_locations,
      size_t   n_stacks)
{
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  ProfRawValueType        types[2] = { { 0, 0 }, { 1, 1 } };
  ProfProfile            *profile;

  g_assert_true (prof_builder_add_string (builder, "", 0, NULL));
  add_tables (builder, random, n_functions, n_locations);
  for (size_t t = 0; t < G_N_ELEMENTS (types); t++)
    g_assert_true (prof_builder_add_type (builder, &types[t], NULL));
  for (size_t s = 0; s < n_stacks; s++)
    {
      size_t   n = (size_t)g_rand_int_range (random, 1, 2 * N_FRAMES);
      uint64_t stack[2 * N_FRAMES];
      int64_t  values[2] = { g_rand_int_range (random, 0, 3),
                             g_rand_int_range (random, 0, 1000) };

      for (size_t i = 0; i < n; i++)
        stack[i] = some_location (random, n_locations);
      g_assert_true (prof_builder_add_sample (builder,
                                              stack,
                                              n,
                                              values,
                                              G_N_ELEMENTS (values),
                                              NULL,
                                              0,
                                              NULL));
    }
  profile = prof_builder_finish (builder, NULL);
  g_assert_nonnull (profile);
  return profile;
}

static void
test_so_are_those_of_a_large_profile (void)
{
  g_autoptr (GRand)       random = g_rand_new_with_seed (3);
  g_autoptr (ProfProfile) table = make (random,
                                        N_FUNCTIONS,
                                        N_LOCATIONS,
                                        N_STACKS);
  g_autoptr (ProfProfile) list = listed (table);
  const ProfStackList    *stacks = prof_profile_stack_list (list);
  ProfTopParams           all = PROF_TOP_PARAMS_ALL;

  g_assert_cmpuint (stacks->blocks.data[0].width, ==, 2);
  g_assert_cmpuint (stacks->blocks.data[stacks->blocks.length - 1].width,
                    ==,
                    3);
  assert_same_rows (table, list, 0, NULL);
  assert_same_rows (table, list, 1, &all);
}

/* Few functions in many small profiles: the same call is inlined here and not there,
 * over frames that are left out or not, first or later in a stack. */
static void
test_so_are_marks_whatever_counts (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  size_t            n_marks[3] = { 0 };

  for (int i = 0; i < 400; i++)
    {
      g_autoptr (ProfProfile) table =
          make (random,
                (uint64_t)g_rand_int_range (random, 2, 30),
                (uint64_t)g_rand_int_range (random, 2, 60),
                (size_t)g_rand_int_range (random, 1, 40));
      g_autoptr (ProfProfile) list = listed (table);
      g_autoptr (ProfFrames)  frames = prof_frames_new (list, 1);
      g_autoptr (ProfTop)     top = NULL;
      ProfTopParams           params = {
                  .node_fraction = g_rand_double (random) * 0.5,
                  .edge_fraction = g_rand_double (random) * 0.3,
                  .node_count = (size_t)g_rand_int_range (random, 0, 12),
      };

      assert_same_rows (table, list, 0, &params);
      assert_same_rows (table, list, 1, &params);
      top = prof_top_new (frames, 1, &params);
      for (size_t r = 0; r < prof_top_n_rows (top); r++)
        n_marks[prof_top_rows (top)[r].inlined]++;
    }
  for (size_t m = 0; m < G_N_ELEMENTS (n_marks); m++)
    g_assert_cmpuint (n_marks[m], >, 100);
}

/* Adds samples of @n frames each: pads, then @leaf.
 * @leaf: locations, leaf first, ended by 0 */
static void
add_samples (ProfBuilder    *builder,
             size_t          n_samples,
             size_t          n,
             const uint64_t *leaf)
{
  uint64_t stack[64];
  int64_t  value = 1;

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (stack));
  for (size_t i = 0; i < n; i++)
    stack[i] = 1;
  for (size_t i = 0; leaf[i] != 0; i++)
    stack[i] = leaf[i];
  for (size_t s = 0; s < n_samples; s++)
    g_assert_true (
        prof_builder_add_sample (builder, stack, n, &value, 1, NULL, 0, NULL));
}

/* What each thread sees for itself is not what all see: c is inlined into p in the
 * first half, and not in the second; a is inlined into p and called by q in both, which
 * is enough to count only together. */
static void
test_threads_know_what_the_others_saw (void)
{
  enum
  {
    PAD = 1,
    P,
    Q,
    C,
    A,
    C_IN_P,
    A_IN_P,
  };
  static const char *const names[] = { "pad", "p", "q", "c", "a" };
  static const uint64_t    inlined_c[] = { C_IN_P, 0 };
  static const uint64_t    called_c[] = { C, P, 0 };
  static const uint64_t    inlined_a[] = { A_IN_P, 0 };
  static const uint64_t    called_a[] = { A, Q, 0 };
  g_autoptr (ProfBuilder)  builder = prof_builder_new (NULL);
  ProfRawValueType         type = { 0, 0 };
  ProfTopParams            params = { .edge_fraction = 0.1 };
  g_autoptr (ProfProfile)  table = NULL;
  g_autoptr (ProfProfile)  list = NULL;

  g_assert_true (prof_builder_add_string (builder, "", 0, NULL));
  g_assert_true (prof_builder_add_type (builder, &type, NULL));
  for (uint64_t f = 1; f <= G_N_ELEMENTS (names); f++)
    {
      ProfRawFunction function = { .id = f, .name = (int64_t)f };

      g_assert_true (prof_builder_add_string (builder,
                                              names[f - 1],
                                              strlen (names[f - 1]),
                                              NULL));
      g_assert_true (prof_builder_add_function (builder, &function, NULL));
    }
  for (uint64_t l = PAD; l <= A_IN_P; l++)
    {
      ProfRawLocation location = { .id = l, .address = l };
      ProfRawLine     lines[2] = { { .function = l }, { .function = P } };

      if (l >= C_IN_P)
        lines[0].function = l == C_IN_P ? C : A;
      g_assert_true (prof_builder_add_location (builder,
                                                &location,
                                                lines,
                                                l >= C_IN_P ? 2 : 1,
                                                NULL));
    }
  for (int half = 0; half < 2; half++)
    {
      add_samples (builder, 7850, 64, half == 0 ? inlined_c : called_c);
      add_samples (builder, 1452, 64, inlined_a);
      add_samples (builder, 1452, 64, called_a);
    }
  table = prof_builder_finish (builder, NULL);
  g_assert_nonnull (table);
  list = listed (table);
  assert_same_rows (table, list, 0, &params);
}

/* Its nodes may be in another order. */
static void
assert_same_stack (const ProfStackNode *a,
                   ProfStackId          of_a,
                   const ProfStackNode *b,
                   ProfStackId          of_b)
{
  while (of_a != 0 && of_b != 0)
    {
      g_assert_cmpuint (a[of_a].location, ==, b[of_b].location);
      of_a = a[of_a].parent;
      of_b = b[of_b].parent;
    }
  g_assert_cmpuint (of_a, ==, of_b);
}

static void
assert_same_stacks (const ProfProfile *a, const ProfProfile *b)
{
  size_t n = prof_profile_n_samples (a);

  g_assert_cmpuint (prof_profile_n_stacks (a), ==, prof_profile_n_stacks (b));
  g_assert_cmpuint (n, ==, prof_profile_n_samples (b));
  for (size_t s = 0; s < n; s++)
    assert_same_stack (prof_profile_stacks (a),
                       prof_profile_sample_stacks (a)[s],
                       prof_profile_stacks (b),
                       prof_profile_sample_stacks (b)[s]);
}

/* Of the real ones, too, which are compressed. */
static void
test_a_table_can_still_be_made (void)
{
  static const char *const files[] = {
    "data/examples/server-cpu.prof",
    "data/examples/server-heap.prof",
    "data/examples/qrcode-cpu.prof",
  };

  for (size_t f = 0; f < G_N_ELEMENTS (files); f++)
    {
      g_autofree char        *path = test_source_path (files[f]);
      g_autoptr (ProfProfile) table = NULL;
      g_autoptr (ProfProfile) list = NULL;

      table = prof_format_load (path, NULL, NULL, NULL);
      list = prof_format_load_listed (path, NULL, NULL, NULL);
      g_assert_nonnull (prof_profile_stack_list (list));
      g_assert_cmpuint (prof_profile_n_samples (list),
                        ==,
                        prof_profile_n_samples (table));
      assert_same_tops (table, list);
      g_assert_true (prof_profile_make_table (list, NULL));
      g_assert_null (prof_profile_stack_list (list));
      assert_same_stacks (table, list);
      g_assert_true (prof_profile_make_table (list, NULL));
    }
}

/* One deep stack: two bytes a frame, and sixteen in a table. */
static void
test_a_table_may_be_too_large (void)
{
  ProfLimits              limits = { 0 };
  g_autoptr (GString)     text = g_string_new ("f");
  g_autoptr (ProfProfile) table = NULL;
  g_autoptr (ProfProfile) list = NULL;
  g_autoptr (GError)      error = NULL;

  for (size_t i = 0; i < 100000; i++)
    g_string_append (text, i % 2 == 0 ? ";g" : ";f");
  g_string_append (text, " 1\n");
  table = test_profile (text->str);
  limits.values[PROF_LIMIT_MEMORY] = 1 << 20;
  list = listed_within (table, &limits);
  g_assert_false (prof_profile_make_table (list, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_nonnull (prof_profile_stack_list (list));
}

/* What @query leaves of it is what it leaves of a profile with a table. */
static void
check_answer (const char *text, const char *options, bool stays)
{
  g_autoptr (ProfProfile) table = test_profile (text);
  g_autoptr (ProfProfile) list = listed (table);
  g_autoptr (ProfQuery)   query = prof_query_from_text (options, NULL);
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (ProfAnswer)  other = NULL;
  g_autoptr (GString)     report = g_string_new (NULL);
  g_autoptr (GString)     other_report = g_string_new (NULL);

  g_assert_nonnull (query);
  answer = prof_answer_new (table, query, NULL, NULL);
  other = prof_answer_new (list, query, NULL, NULL);
  g_assert_true ((prof_profile_stack_list (list) != NULL) == stays);
  prof_report_top (report, answer);
  prof_report_top (other_report, other);
  g_assert_cmpstr (report->str, ==, other_report->str);
}

static void
test_a_query_makes_the_table_it_needs (void)
{
  static const char text[] = "main;f;g 2\nmain;h<f 3\tn:k=5/bytes\nmain 1\n";

  check_answer (text, "", true);
  check_answer (text, "--cum --nodecount=2", true);
  check_answer (text, "--granularity=lines", true);
  check_answer (text, "--noinlines", true);
  check_answer (text, "--focus=f", false);
  check_answer (text, "--ignore=g", false);
  check_answer (text, "--hide=main", false);
  check_answer (text, "--tagfocus=5b", false);
  check_answer (text, "--tagroot=k", false);
  check_answer (text, "--prune-from=f", false);
  check_answer (" 4\nmain 1\n", "", false);
  check_answer ("main 9223372036854775807\nmain;f 5\n", "", false);
  check_answer (text, "--mean", false);
  check_answer ("main;g<f -4\nmain;f 9\n", "", false);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/listed/sums-are-those-of-the-table",
                   test_sums_are_those_of_the_table);
  g_test_add_func ("/listed/so-are-marks-whatever-counts",
                   test_so_are_marks_whatever_counts);
  g_test_add_func ("/listed/so-are-those-of-a-large-profile",
                   test_so_are_those_of_a_large_profile);
  g_test_add_func ("/listed/threads-know-what-the-others-saw",
                   test_threads_know_what_the_others_saw);
  g_test_add_func ("/listed/a-table-can-still-be-made",
                   test_a_table_can_still_be_made);
  g_test_add_func ("/listed/a-table-may-be-too-large",
                   test_a_table_may_be_too_large);
  g_test_add_func ("/listed/a-query-makes-the-table-it-needs",
                   test_a_query_makes_the_table_it_needs);
  return g_test_run ();
}
