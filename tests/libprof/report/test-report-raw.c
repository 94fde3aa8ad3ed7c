/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include "base/prof-vec.h"
#include "model/prof-builder.h"
#include <gio/gio.h>
#include <string.h>

static char *
raw (const ProfProfile *profile)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_report_raw (profile, &sink, &error));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static void
assert_raw (const ProfProfile *profile, const char *expected)
{
  g_autofree char *text = raw (profile);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_stacks_are_printed_leaf_first (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = test_profile ("#types alloc/bytes,inuse/bytes\n"
                          "main;inner<outer 7,-5\n"
                          " 12345678901,0\n"
                          "main;[libc.so.6] 1,2\n");
  assert_raw (profile,
              "PeriodType:  \n"
              "Period: 0\n"
              "Samples:\n"
              "alloc/bytes inuse/bytes\n"
              "          7         -5: 2 1 \n"
              " 12345678901          0: \n"
              "          1          2: 3 1 \n"
              "Locations\n"
              "     1: 0x10 main /src/file.go:0 s=0\n"
              "     2: 0x20 inner /src/file.go:0 s=0\n"
              "             outer /src/file.go:0 s=0\n"
              "     3: 0x30 M=1 \n"
              "Mappings\n"
              "1: 0x0/0x0/0x0 libc.so.6  \n");
}

static void
test_nothing_is_three_headings (void)
{
  g_autoptr (ProfProfile) profile = test_profile ("");

  assert_raw (profile,
              "PeriodType:  \nPeriod: 0\nSamples:\nsamples/count\n"
              "Locations\nMappings\n");
}

/* A duration is cut to four characters, as Go does it. */
static void
test_facts_come_first (void)
{
  g_autoptr (ProfProfile) profile = report_dated_profile ();

  assert_raw (profile,
              "Comment: first run\n"
              "Comment: #for machines\n"
              "Comment: first run\n"
              "PeriodType: cpu nanoseconds\n"
              "Period: 10000000\n"
              "Time: 2022-11-25 04:00:00 +0000 UTC\n"
              "Duration: 5s\n"
              "Samples:\n"
              "cpu/nanoseconds\n"
              " 2500000000: \n"
              "                handler:[/tree]\n"
              "Locations\n"
              "Mappings\n"
              "1: 0x0/0x0/0x0 /usr/bin/server abc123 \n");
}

/* --- profiles put together here --- */

static ProfBuilder *
begin (const char *const *strings, size_t n)
{
  ProfBuilder     *builder = prof_builder_new (NULL);
  ProfRawValueType type = { 1, 2 };

  for (size_t i = 0; i < n; i++)
    prof_builder_add_string (builder, strings[i], strlen (strings[i]), NULL);
  prof_builder_add_type (builder, &type, NULL);
  return builder;
}

#define BEGIN(...)                             \
  begin ((const char *const[]){ __VA_ARGS__ }, \
         G_N_ELEMENTS (((const char *const[]){ __VA_ARGS__ })))

static ProfProfile *
finish (ProfBuilder *builder)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *profile = prof_builder_finish (builder, &error);

  g_assert_no_error (error);
  prof_builder_free (builder);
  return profile;
}

static void
add_labels (ProfBuilder *builder, const ProfRawLabel *labels, size_t n)
{
  int64_t value = 1;

  prof_builder_add_sample (builder, NULL, 0, &value, 1, labels, n, NULL);
}

static void
assert_duration (int64_t ns, const char *expected)
{
  ProfBuilder            *builder = BEGIN ("", "t", "u");
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *text = NULL;
  g_autofree char        *line = g_strdup_printf ("\nDuration: %s\n", expected);

  prof_builder_header (builder)->duration_ns = ns;
  profile = finish (builder);
  text = raw (profile);
  g_assert_nonnull (strstr (text, line));
}

static void
test_durations_are_cut_as_by_go (void)
{
  assert_duration (INT64_C (5141263917), "5.14");
  assert_duration (INT64_C (60000000000), "1m0s");
  assert_duration (INT64_C (3600000000000), "1h0m");
  assert_duration (INT64_C (100500000000), "1m40");
  assert_duration (999, "999n");
  assert_duration (1500, "1.5µ");
  assert_duration (-1500, "-1.5");
}

static void
test_labels_are_sorted_as_text (void)
{
  static const ProfRawLabel labels[] = {
    { .key = 5, .num = 7 },  { .key = 4, .str = 6 },
    { .key = 3, .num = 3 },  { .key = 3, .num = 512, .num_unit = 7 },
    { .key = 3, .str = 6 },  { .key = 4, .str = 3 },
    { .key = 5, .num = -1 }, { .key = 4, .num = 1 },
  };
  ProfBuilder            *builder;
  g_autoptr (ProfProfile) profile = NULL;

  builder = BEGIN ("", "t", "u", "b", "a", "a!", "x", "bytes");
  add_labels (builder, labels, G_N_ELEMENTS (labels));
  profile = finish (builder);
  assert_raw (profile,
              "PeriodType:  \nPeriod: 0\nSamples:\nt/u\n"
              "          1: \n"
              "                a:[x b] b:[x]\n"
              "                a!:[7 -1] a:[1] b:[3  512 bytes]\n"
              "Locations\nMappings\n");
}

static void
test_the_default_type_is_marked (void)
{
  ProfBuilder            *builder = BEGIN ("", "t", "u", "other");
  ProfRawValueType        type = { 3, 2 };
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *text = NULL;

  prof_builder_add_type (builder, &type, NULL);
  prof_builder_header (builder)->default_type = 1;
  profile = finish (builder);
  text = raw (profile);
  g_assert_nonnull (strstr (text, "\nt/u[dflt] other/u\n"));
}

static void
test_blanks_around_the_types_are_trimmed (void)
{
  ProfBuilder *builder = BEGIN ("", " \v\u00a0t", "u \xc2\x85\u3000");
  g_autoptr (ProfProfile) profile = finish (builder);
  g_autofree char        *text = raw (profile);

  g_assert_nonnull (strstr (text, "\nt/u\nLocations\n"));
}

static void
test_half_a_character_is_no_blank (void)
{
  ProfBuilder            *builder = BEGIN ("", "\xa0\x85t", "u\xc2\xa0\xa0");
  g_autoptr (ProfProfile) profile = finish (builder);
  g_autofree char        *text = raw (profile);

  g_assert_nonnull (strstr (text, "\n\xa0\x85t/u\xc2\xa0\xa0\nLocations\n"));
}

static void
test_without_types_their_line_is_empty (void)
{
  ProfBuilder            *builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *text = NULL;

  prof_builder_add_string (builder, "", 0, NULL);
  profile = finish (builder);
  text = raw (profile);
  g_assert_nonnull (strstr (text, "Samples:\n\nLocations\n"));
}

static void
test_rows_say_what_they_are (void)
{
  ProfBuilder *builder = BEGIN ("", "t", "u", "f", "g", "/bin/a", "id", "f.c");
  ProfRawMapping  mapping = { 9, 0x1000, 0x2000, 0x30, 5, 6, 1, 1, 1, 1 };
  ProfRawMapping  kernel = { .id = 3 };
  ProfRawFunction function = { 77, 3, 4, 7, 12 };
  ProfRawFunction plain = { 78, 3, 3, 7, 0 };
  ProfRawLine     lines[] = { { 77, 15, 4 }, { 78, -1, 0 } };
  ProfRawLocation location = { 500, 9, 0xffffffffffffffff, true };
  ProfRawLocation empty = { 2, 0, 0, false };
  g_autoptr (ProfProfile) profile = NULL;

  prof_builder_add_mapping (builder, &kernel, NULL);
  prof_builder_add_mapping (builder, &mapping, NULL);
  prof_builder_add_function (builder, &function, NULL);
  prof_builder_add_function (builder, &plain, NULL);
  prof_builder_add_location (builder, &empty, NULL, 0, NULL);
  prof_builder_add_location (builder, &location, lines, 2, NULL);
  profile = finish (builder);
  assert_raw (profile,
              "PeriodType:  \nPeriod: 0\nSamples:\nt/u\n"
              "Locations\n"
              "     1: 0x0 \n"
              "     2: 0xffffffffffffffff M=2 [F] f f.c:15 s=12(g)\n"
              "             f f.c:-1 s=0\n"
              "Mappings\n"
              "1: 0x0/0x0/0x0   \n"
              "2: 0x1000/0x2000/0x30 /bin/a id [FN][FL][LN][IN]\n");
}

/* --- what pprof printed --- */

static void
test_pprof_prints_the_same (void)
{
  static const char *const names[] = {
    "comments", "header", "kernel", "small", "server-goroutine", "server-mutex",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = NULL;
      g_autofree char        *relative = NULL;
      g_autofree char        *path = NULL;
      g_autofree char        *golden = NULL;
      g_autofree char        *text = NULL;

      relative = g_strdup_printf ("tests/data/pprof/written-by-go/%s.pb.gz",
                                  names[i]);
      path = test_source_path (relative);
      golden = g_strdup_printf ("raw/%s.txt", names[i]);
      profile = prof_format_load (path, NULL, NULL, &error);
      g_assert_no_error (error);
      text = raw (profile);
      test_golden (golden, text);
    }
}

/* --- failures --- */

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
  return false;
}

static void
test_a_full_disk_is_told (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = test_profile ("main 1\n");
  ProfSink                sink = { refuse, NULL };

  g_assert_false (prof_report_raw (profile, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* Ten labels of 32 MiB each. */
static void
test_labels_beyond_the_limit_are_told (void)
{
  size_t                  length = 32 << 20;
  g_autofree char        *text = g_malloc (length);
  ProfBuilder            *builder = BEGIN ("", "t", "u", "key");
  ProfRawLabel            labels[10];
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GError)      error = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (out);

  memset (text, 'x', length);
  prof_builder_add_string (builder, text, length, NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (labels); i++)
    labels[i] = (ProfRawLabel){ .key = 3, .str = 4 };
  add_labels (builder, labels, 1);
  add_labels (builder, labels, G_N_ELEMENTS (labels));
  profile = finish (builder);
  g_assert_false (prof_report_raw (profile, &sink, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message,
                   ==,
                   "the labels of sample 1 are longer than 268435456 bytes");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/report-raw/" path, test)
  ADD ("stacks-are-printed-leaf-first", test_stacks_are_printed_leaf_first);
  ADD ("nothing-is-three-headings", test_nothing_is_three_headings);
  ADD ("facts-come-first", test_facts_come_first);
  ADD ("durations-are-cut-as-by-go", test_durations_are_cut_as_by_go);
  ADD ("labels-are-sorted-as-text", test_labels_are_sorted_as_text);
  ADD ("the-default-type-is-marked", test_the_default_type_is_marked);
  ADD ("blanks-around-the-types-are-trimmed",
       test_blanks_around_the_types_are_trimmed);
  ADD ("half-a-character-is-no-blank", test_half_a_character_is_no_blank);
  ADD ("without-types-their-line-is-empty",
       test_without_types_their_line_is_empty);
  ADD ("rows-say-what-they-are", test_rows_say_what_they_are);
  ADD ("pprof-prints-the-same", test_pprof_prints_the_same);
  ADD ("a-full-disk-is-told", test_a_full_disk_is_told);
  ADD ("labels-beyond-the-limit-are-told",
       test_labels_beyond_the_limit_are_told);
#undef ADD
  return g_test_run ();
}
