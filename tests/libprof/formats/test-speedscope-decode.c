/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-speedscope-decode.h"

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_speedscope_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_speedscope_decoder, text, PROF_ERROR_##code, message)

/* Frames main, work and inner, and profiles. */
#define FILE_WITH(profiles)                                                  \
  "{\"$schema\": \"https://www.speedscope.app/file-format-schema.json\","    \
  "\"shared\": {\"frames\": [{\"name\": \"main\", \"file\": \"a.c\","        \
  "\"line\": 3, \"col\": 7}, {\"name\": \"work\"}, {\"name\": \"inner\"}]}," \
  "\"profiles\": [" profiles "]}"

#define SAMPLED(unit, samples, weights)                           \
  "{\"type\": \"sampled\", \"name\": \"t\", \"unit\": \"" unit    \
  "\", \"startValue\": 0, \"endValue\": 9, \"samples\": " samples \
  ", \"weights\": " weights "}"

#define EVENTED(events)                                           \
  "{\"type\": \"evented\", \"name\": \"t\", \"unit\": \"none\", " \
  "\"startValue\": 0, \"endValue\": 20, \"events\": [" events "]}"

#define OPEN(frame, at) \
  "{\"type\": \"O\", \"frame\": " frame ", \"at\": " at "}"
#define CLOSE(frame, at) \
  "{\"at\": " at ", \"frame\": " frame ", \"type\": \"C\"}"

static void
test_samples_are_from_the_root (void)
{
  READ (FILE_WITH (SAMPLED ("none", "[[0,1,2],[0,1],[0],[]]", "[3,2,1,4]")),
        "samples/count\nmain:3;work;inner 3\nmain:3;work 2\nmain:3 1\n 4\n");
}

static void
test_equal_stacks_are_one_sample (void)
{
  READ (FILE_WITH (SAMPLED ("bytes", "[[0,1],[0],[0,1]]", "[3,2,5]")),
        "space/bytes\nmain:3;work 8\nmain:3 2\n");
}

static void
test_times_are_nanoseconds (void)
{
  READ (FILE_WITH (SAMPLED ("seconds", "[[0]]", "[0.01]")),
        "time/nanoseconds\nmain:3 10000000\n");
  READ (FILE_WITH (SAMPLED ("milliseconds", "[[0],[0]]", "[0.1,0.2]")),
        "time/nanoseconds\nmain:3 300000\n");
  READ (FILE_WITH (SAMPLED ("microseconds", "[[0]]", "[-1.5]")),
        "time/nanoseconds\nmain:3 -1500\n");
  READ (FILE_WITH (SAMPLED ("nanoseconds", "[[0]]", "[9007199254740991]")),
        "time/nanoseconds\nmain:3 9007199254740991\n");
}

static void
test_decimals_of_counts_are_kept (void)
{
  READ (FILE_WITH (SAMPLED ("none", "[[0],[1]]", "[0.5,2]")),
        "samples/thousandths\nmain:3 500\nwork 2000\n");
  READ (FILE_WITH (SAMPLED ("none", "[[0]]", "[0.00025]")),
        "samples/millionths\nmain:3 250\n");
  READ (FILE_WITH (SAMPLED ("lines", "[[0]]", "[4]")),
        "samples/lines\nmain:3 4\n");
}

/* Weights first, no weights, and the frames last of all. */
static void
test_keys_come_in_any_order (void)
{
  READ ("{\"profiles\": [{\"weights\": [3, 4], \"samples\": [[0], [0, 1]], "
        "\"unit\": \"bytes\"}], \"shared\": {\"frames\": [{\"name\": \"a\"}, "
        "{\"name\": \"b\"}]}}",
        "space/bytes\na 3\na;b 4\n");
  READ (FILE_WITH ("{\"samples\": [[0], [0]]}"), "samples/count\nmain:3 2\n");
}

static void
test_events_are_times_between_them (void)
{
  READ (FILE_WITH (EVENTED (
            OPEN ("0", "0") "," OPEN ("1", "2") "," CLOSE ("1", "5") "," CLOSE (
                "0",
                "9") "," OPEN ("2", "12") "," CLOSE ("2", "13"))),
        "samples/count\nmain:3 6\nmain:3;work 3\ninner 1\n");
}

static void
test_a_frame_may_stay_open (void)
{
  READ (FILE_WITH (EVENTED (OPEN ("0", "5") "," OPEN ("1", "8"))),
        "samples/count\nmain:3 3\nmain:3;work 12\n");
}

/* Of one unit they are added up; a label tells them apart. */
static void
test_several_profiles_have_labels (void)
{
  READ (FILE_WITH (SAMPLED ("none", "[[0]]", "[1]") "," SAMPLED ("none",
                                                                 "[[1]]",
                                                                 "[2]")),
        "samples/count\nmain:3 1\tprofile=t\nwork 2\tprofile=t\n");
}

static void
test_units_are_sample_types (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const char              text[] = FILE_WITH (
      SAMPLED ("none", "[[0]]", "[1]") "," SAMPLED ("bytes",
                                                    "[[1]]",
                                                    "[2]")) "";
  g_autofree char *active = g_strdup (text);

  READ (text,
        "samples/count space/bytes\n"
        "main:3 1,0\tprofile=t\nwork 0,2\tprofile=t\n");
  profile = load_text (text);
  g_assert_cmpuint (prof_profile_default_type (profile), ==, 0);
  /* Speedscope shows the one that is named first. */
  active[strlen (active) - 1] = ',';
  {
    g_autofree char *named = g_strdup_printf ("%s \"activeProfileIndex\": 1}",
                                              active);
    g_autoptr (ProfProfile) other = load_text (named);

    g_assert_cmpuint (prof_profile_default_type (other), ==, 1);
  }
}

static void
test_a_file_may_be_empty (void)
{
  READ (FILE_WITH (""), "\n");
  READ (FILE_WITH (SAMPLED ("bytes", "[]", "[]")), "space/bytes\n");
}

static void
test_errors_say_where (void)
{
  REFUSED ("{\"profiles\": [{\"samples\": [[0]], \"samples\": []}]}",
           MALFORMED,
           "line 1, column 45: “samples” is there twice");
  REFUSED (FILE_WITH (SAMPLED ("none", "[[0]]", "[1, 2]")),
           MALFORMED,
           "line 1, column 308: there are 1 samples and 2 weights");
  REFUSED ("{\"profiles\": [{\"samples\": [[4]]}]}",
           MALFORMED,
           "a stack has frame 4, and the file has 0 frames");
  REFUSED ("{\"profiles\": [{\"samples\": [[0.5]]}]}",
           MALFORMED,
           "line 1, column 29: this is no number of a frame");
  REFUSED ("{\"profiles\": [{\"samples\": [[-1]]}]}",
           MALFORMED,
           "line 1, column 29: this is no number of a frame");
  REFUSED ("{\"profiles\": [{\"samples\": [3]}]}",
           MALFORMED,
           "line 1, column 28: an element of “samples” is not an array");
  REFUSED ("{\"profiles\": [{\"weights\": [1], \"weights\": []}]}",
           MALFORMED,
           "line 1, column 43: “weights” is there twice");
  REFUSED ("{\"profiles\": [{\"weights\": [1], \"samples\": [[",
           TRUNCATED,
           "line 1, column 45: the file ends inside [ ]");
  REFUSED ("{\"profiles\": [{\"weights\": [1e300], \"samples\": [[]]}]}",
           MALFORMED,
           "line 1, column 51: the values do not fit into 64 bits");
}

static void
test_events_must_fit_each_other (void)
{
  REFUSED ("{\"profiles\": [{\"events\": [" CLOSE ("0", "1") "]}]}",
           MALFORMED,
           "line 1, column 60: frame 0 is closed, and none is open");
  REFUSED ("{\"profiles\": [{\"events\": [" OPEN ("0", "1") "," CLOSE ("1",
                                                                       "2") "]}"
                                                                            "]"
                                                                            "}",
           MALFORMED,
           "line 1, column 95: frame 1 is closed, and the last that was opened "
           "is 0");
  REFUSED ("{\"profiles\": [{\"events\": [" OPEN ("0", "3") "," CLOSE ("0",
                                                                       "2") "]}"
                                                                            "]"
                                                                            "}",
           MALFORMED,
           "line 1, column 95: the time goes back");
  REFUSED ("{\"profiles\": [{\"events\": [{\"type\": \"O\", \"at\": 1}]}]}",
           MALFORMED,
           "line 1, column 48: the event has no type O or C, no frame or no "
           "time");
  REFUSED ("{\"profiles\": [{\"events\": [{\"type\": \"B\"}]}]}",
           MALFORMED,
           "line 1, column 36: the event has no type O or C, no frame or no "
           "time");
}

static void
test_numbers_and_units_have_bounds (void)
{
  g_autoptr (GString) text = g_string_new (
      "{\"shared\": {\"frames\": []}, \"profiles\": [");

  REFUSED ("{\"profiles\": [{\"weights\": [1e999]}]}",
           MALFORMED,
           "line 1, column 28: the number is out of range");
  REFUSED ("{\"profiles\": [{\"events\": [{\"at\": -1e999}]}]}",
           MALFORMED,
           "line 1, column 34: the number is out of range");
  for (int i = 0; i <= 256; i++)
    g_string_append_printf (text,
                            "%s{\"type\": \"sampled\", \"unit\": \"u%d\", "
                            "\"samples\": [], \"weights\": []}",
                            i > 0 ? "," : "",
                            i);
  g_string_append (text, "]}");
  REFUSED (text->str, TOO_LARGE, "the profiles have more than 256 units");
}

/* "-1" where a writer does not know. */
static void
test_what_is_no_line_is_none (void)
{
  static const char *const lines[] = { "-1", "2147483648", "1e30", "0.5" };

  for (size_t i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"shared\": {\"frames\": [{\"name\": \"f\", \"line\": %s, "
          "\"col\": %s}]}, \"profiles\": [" SAMPLED ("none",
                                                     "[[0]]",
                                                     "[1]") "]}",
          lines[i],
          lines[i]);

      READ (text, "samples/count\nf 1\n");
    }
}

/* What we write is read as the same tree. */
static void
test_what_we_write_is_read (void)
{
  g_autoptr (ProfTree)    tree = test_tree ("#types cpu/nanoseconds\n"
                                            "main;a;b 3\nmain;a 2\nmain;c 7\n",
                                         0);
  g_autoptr (GString)     out = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (out);
  g_autoptr (ProfProfile) again = NULL;
  g_autofree char        *stacks = NULL;

  g_assert_true (prof_report_speedscope (tree, "a title", &sink, NULL));
  again = load_text (out->str);
  stacks = stacks_of (again);
  g_assert_cmpstr (stacks,
                   ==,
                   "time/nanoseconds\nmain;c 7\nmain;a 2\nmain;a;b 3\n");
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("speedscope");
}

#define ADD(name, function) \
  g_test_add_func ("/speedscope-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("samples-are-from-the-root", test_samples_are_from_the_root);
  ADD ("equal-stacks-are-one-sample", test_equal_stacks_are_one_sample);
  ADD ("times-are-nanoseconds", test_times_are_nanoseconds);
  ADD ("decimals-of-counts-are-kept", test_decimals_of_counts_are_kept);
  ADD ("keys-come-in-any-order", test_keys_come_in_any_order);
  ADD ("events-are-times-between-them", test_events_are_times_between_them);
  ADD ("a-frame-may-stay-open", test_a_frame_may_stay_open);
  ADD ("several-profiles-have-labels", test_several_profiles_have_labels);
  ADD ("units-are-sample-types", test_units_are_sample_types);
  ADD ("a-file-may-be-empty", test_a_file_may_be_empty);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("events-must-fit-each-other", test_events_must_fit_each_other);
  ADD ("numbers-and-units-have-bounds", test_numbers_and_units_have_bounds);
  ADD ("what-is-no-line-is-none", test_what_is_no_line_is_none);
  ADD ("what-we-write-is-read", test_what_we_write_is_read);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
