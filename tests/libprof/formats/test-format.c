/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-format.h"

#include "base/prof-limits.h"
#include "input/prof-gzip.h"
#include "pprof-util.h"
#include "test-util.h"
#include <string.h>

static ProfProfile *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *profile = prof_format_load (path, NULL, NULL, &error);

  if (error != NULL)
    g_error ("%s: %s", path, error->message);
  return profile;
}

static char *
good_file (const char *name)
{
  g_autofree char *relative = g_build_filename ("tests/data/pprof/good",
                                                name,
                                                NULL);

  return test_source_path (relative);
}

static void
test_good_files_are_read (void)
{
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/good");

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (ProfProfile) profile = load (files->pdata[i]);

      g_assert_nonnull (profile);
    }
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Rows may come in any order. */
static char *
describe_file (const char *path)
{
  g_autoptr (ProfProfile) profile = load (path);
  g_autofree char        *text = describe (profile);
  g_auto (GStrv)          lines = g_strsplit_set (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

static void
test_the_small_ones_are_one_profile (void)
{
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/good");
  g_autofree char      *small = good_file ("small.pb");
  g_autofree char      *expected = describe_file (small);
  size_t                n = 0;

  for (guint i = 0; i < files->len; i++)
    if (strstr (files->pdata[i], "/small-") != NULL)
      {
        g_autofree char *text = describe_file (files->pdata[i]);

        g_test_message ("%s", (const char *)files->pdata[i]);
        g_assert_cmpstr (text, ==, expected);
        n++;
      }
  g_assert_cmpuint (n, >, 5);
}

static void
test_the_small_one_is_what_it_should_be (void)
{
  g_autofree char        *path = good_file ("small.pb");
  g_autoptr (ProfProfile) profile = load (path);
  g_autofree char        *text = describe (profile);

  g_assert_cmpstr (
      text,
      ==,
      "time 1700000000000000000 duration 5000000000 period 100 \"samples\" "
      "\"count\"\n"
      "drop, keep, default, url \"\" \"\" \"\" \"\"\n"
      "comments\n"
      "type \"samples\" \"count\"\n"
      "mapping 1 1000-9000 at 100 has 1000 \"prog\" \"\" \"text\"\n"
      "function 1 \"main\" \"main\" \"/src/main.c\":8\n"
      "function 2 \"work\" \"\" \"/src/main.c\":0\n"
      "location 1 1100 mapping 1 1@10:0\n"
      "location 2 1200 mapping 1 1@10:0 2@20:5\n"
      "sample 2 1 : 3\n"
      "sample 1 : -4 \"key\" \"text\" 0 \"\" \"key\" \"\" 300 \"bytes\"\n");
}

/* The code of a file's verdict, the first word of its name. */
static ProfError
verdict_of (const char *path)
{
  static const struct
  {
    const char *word;
    ProfError   code;
  } verdicts[] = {
    { "empty", PROF_ERROR_EMPTY },
    { "unrecognized-", PROF_ERROR_UNRECOGNIZED },
    { "malformed-", PROF_ERROR_MALFORMED },
    { "unsupported-", PROF_ERROR_UNSUPPORTED },
    { "perf-data", PROF_ERROR_PERF_DATA },
    { "truncated-", PROF_ERROR_TRUNCATED },
    { "toolarge-", PROF_ERROR_TOO_LARGE },
  };
  g_autofree char *name = g_path_get_basename (path);

  for (size_t i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (g_str_has_prefix (name, verdicts[i].word))
      return verdicts[i].code;
  g_error ("%s does not begin with a verdict", path);
}

/* One line of text without a name in front and a full stop behind. */
static void
assert_sentence (const char *message)
{
  g_assert_true (g_str_is_ascii (message));
  g_assert_null (strchr (message, '\n'));
  g_assert_cmpuint (strlen (message), <, 200);
  g_assert_true (g_ascii_islower (message[0]));
  g_assert_false (g_str_has_suffix (message, "."));
}

static void
test_bad_files_get_their_verdict (void)
{
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/bad");

  for (guint i = 0; i < files->len; i++)
    {
      const char        *path = files->pdata[i];
      g_autoptr (GError) error = NULL;

      g_assert_null (prof_format_load (path, NULL, NULL, &error));
      g_test_message ("%s: %s", path, error->message);
      g_assert_error (error, PROF_ERROR, (int)verdict_of (path));
      assert_sentence (error->message);
    }
}

/* The sentence for one of the bad files. */
static void
assert_says (const char *name, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *relative = g_build_filename ("tests/data/pprof/bad",
                                                name,
                                                NULL);
  g_autofree char   *path = test_source_path (relative);

  g_assert_null (prof_format_load (path, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, sentence);
}

static void
test_sentences_help (void)
{
  assert_says ("empty.pb", "the file is empty");
  assert_says ("empty-gzip.pb.gz", "the file is empty, though compressed");
  assert_says ("unrecognized-png.prof", "this is a PNG picture, not a profile");
  assert_says ("unrecognized-png-in-gzip.prof",
               "this is a PNG picture inside gzip, not a profile");
  assert_says ("unrecognized-gzip-twice.pb.gz",
               "this is a file compressed with gzip inside gzip, not a "
               "profile");
  assert_says ("unrecognized-random.prof",
               "not a profile: a field at byte 0: wire type 3 (a group) does "
               "not belong here");
  assert_says ("malformed-sample-with-unknown-location.pb",
               "the sample at byte 6 has location 9, which is not in the "
               "file");
  assert_says ("malformed-concatenated.pb",
               "a mapping at byte 273 has id 1, as another before it; are "
               "these two profiles in one file (concatenated)?");
  assert_says ("truncated-string.pb",
               "the profile ends early, at byte 225, inside string 11 at byte "
               "223");
  assert_says ("truncated-gzip.pb.gz",
               "the compressed data ends early, at byte 218; was the program "
               "still writing it?");
}

static void
test_files_that_are_none_fail_as_io (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = test_source_path ("tests/data/pprof");

  g_assert_null (prof_format_load (folder, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
  g_clear_error (&error);
  g_assert_null (prof_format_load ("/nowhere/at/all", NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
assert_every_cut_fails (GBytes *bytes, ProfError code)
{
  gsize          length;
  const uint8_t *data = g_bytes_get_data (bytes, &length);

  for (size_t cut = 1; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (prof_format_load_bytes (data, cut, NULL, &error));
      g_assert_error (error, PROF_ERROR, (int)code);
    }
}

static void
test_gzip_cut_off_at_every_byte_is_truncated (void)
{
  g_autofree char *small = good_file ("small-gzip.pb.gz");
  g_autofree char *example = test_source_path (
      "data/examples/server-mutex.prof");
  g_autoptr (GBytes) first = file_bytes (small);
  g_autoptr (GBytes) second = file_bytes (example);

  assert_every_cut_fails (first, PROF_ERROR_TRUNCATED);
  assert_every_cut_fails (second, PROF_ERROR_TRUNCATED);
}

static void
test_bytes_and_files_give_the_same (void)
{
  g_autofree char   *path = test_source_path ("data/examples/server-heap.prof");
  g_autoptr (GBytes) bytes = file_bytes (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ProfProfile) from_file = load (path);
  g_autoptr (ProfProfile) from_bytes = NULL;
  g_autofree char        *file_text = describe (from_file);
  g_autofree char        *bytes_text = NULL;

  from_bytes = prof_format_load_bytes (g_bytes_get_data (bytes, NULL),
                                       g_bytes_get_size (bytes),
                                       NULL,
                                       &error);
  g_assert_no_error (error);
  bytes_text = describe (from_bytes);
  g_assert_cmpstr (bytes_text, ==, file_text);
}

/* A profile of several pieces: one sample type and many equal samples. */
static GBytes *
large_profile (void)
{
  GByteArray *message = g_byte_array_new ();
  GByteArray *samples = g_byte_array_new ();

  PUT_ROW (message, 1, 1, 2);
  for (size_t i = 0; i < 200000; i++)
    {
      GByteArray *sample = put_bytes (g_byte_array_new (), 1, "\x01\x01", 2);

      put_message (samples, 2, put_number (sample, 2, i));
    }
  g_byte_array_append (message, samples->data, samples->len);
  g_byte_array_unref (samples);
  PUT_ROW (message, 4, 1);
  put_text (put_text (put_text (message, 6, ""), 6, "a"), 6, "b");
  return g_byte_array_free_to_bytes (message);
}

static ProfProfile *
load_stream (GBytes *bytes, uint64_t size, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (
      bytes);

  return prof_format_load_stream (stream, size, NULL, NULL, error);
}

static void
test_one_thread_and_two_give_the_same (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = large_profile ();
  g_autoptr (GBytes) gzip = prof_gzip_compress (g_bytes_get_data (plain, NULL),
                                                g_bytes_get_size (plain),
                                                &error);
  GBytes *const      inputs[] = { plain, gzip };

  for (size_t i = 0; i < G_N_ELEMENTS (inputs); i++)
    for (uint64_t size = 0; size < 2; size++)
      {
        g_autoptr (ProfProfile) profile = load_stream (inputs[i], size, &error);

        g_assert_no_error (error);
        g_assert_cmpuint (prof_profile_n_samples (profile), ==, 200000);
        g_assert_cmpint (prof_profile_total (profile, 0), ==, 19999900000);
      }
}

/* The thread that reads must end when decoding fails early, and the other way
 * round. */
static void
test_a_failure_of_either_side_ends_both (void)
{
  g_autoptr (GBytes)     plain = large_profile ();
  g_autoptr (GByteArray) bad_start = g_byte_array_new ();
  g_autoptr (GBytes)     bad = NULL;
  g_autoptr (GBytes)     cut = NULL;

  PUT_ROW (bad_start, 1, 1, 2);
  put_number (bad_start, 2, 1);
  g_byte_array_append (bad_start,
                       g_bytes_get_data (plain, NULL),
                       (guint)g_bytes_get_size (plain));
  bad = g_bytes_new (bad_start->data, bad_start->len);
  cut = g_bytes_new_from_bytes (plain, 0, g_bytes_get_size (plain) - 1);
  for (unsigned round = 0; round < 50; round++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (load_stream (bad, 0, &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
      g_clear_error (&error);
      g_assert_null (load_stream (cut, 0, &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
    }
}

static void
test_loading_can_be_cancelled (void)
{
  g_autoptr (GBytes) plain = large_profile ();

  for (uint64_t size = 0; size < 2; size++)
    {
      g_autoptr (GError)       error = NULL;
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
      g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (
          plain);

      g_cancellable_cancel (cancellable);
      g_assert_null (
          prof_format_load_stream (stream, size, NULL, progress, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

/* A profile, then an unknown field of 2 GiB: 1 MiB of zeros again and again,
 * each its own gzip member. */
static void
test_a_gzip_bomb_is_refused (void)
{
  g_autoptr (GError)      error = NULL;
  g_autofree uint8_t     *zeros = g_malloc0 (1 << 20);
  g_autoptr (GByteArray)  start = g_byte_array_new ();
  g_autoptr (GByteArray)  bomb = g_byte_array_new ();
  g_autoptr (GBytes)      head = NULL;
  g_autoptr (GBytes)      body = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  put_text (start, 6, "");
  g_byte_array_append (start,
                       (const uint8_t *)"\x9a\x06\xff\xff\xff\xff\x07",
                       7);
  head = prof_gzip_compress (start->data, start->len, &error);
  body = prof_gzip_compress (zeros, 1 << 20, &error);
  g_assert_no_error (error);
  g_byte_array_append (bomb,
                       g_bytes_get_data (head, NULL),
                       (guint)g_bytes_get_size (head));
  for (uint64_t made = 0; made < PROF_MAX_INFLATED; made += 1 << 20)
    g_byte_array_append (bomb,
                         g_bytes_get_data (body, NULL),
                         (guint)g_bytes_get_size (body));
  profile = prof_format_load_bytes (bomb->data, bomb->len, NULL, &error);
  g_assert_null (profile);
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message,
                   ==,
                   "the compressed data inflates to more than 1073741824 bytes "
                   "(the limit \"inflated\")");
}

static void
test_no_bytes_are_an_empty_file (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_format_load_bytes (NULL, 0, NULL, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_EMPTY);
}

#define ADD(sentence, function) g_test_add_func ("/format/" sentence, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good-files-are-read", test_good_files_are_read);
  ADD ("the-small-ones-are-one-profile", test_the_small_ones_are_one_profile);
  ADD ("the-small-one-is-what-it-should-be",
       test_the_small_one_is_what_it_should_be);
  ADD ("bad-files-get-their-verdict", test_bad_files_get_their_verdict);
  ADD ("sentences-help", test_sentences_help);
  ADD ("files-that-are-none-fail-as-io", test_files_that_are_none_fail_as_io);
  ADD ("gzip-cut-off-at-every-byte-is-truncated",
       test_gzip_cut_off_at_every_byte_is_truncated);
  ADD ("bytes-and-files-give-the-same", test_bytes_and_files_give_the_same);
  ADD ("one-thread-and-two-give-the-same",
       test_one_thread_and_two_give_the_same);
  ADD ("a-failure-of-either-side-ends-both",
       test_a_failure_of_either_side_ends_both);
  ADD ("loading-can-be-cancelled", test_loading_can_be_cancelled);
  ADD ("a-gzip-bomb-is-refused", test_a_gzip_bomb_is_refused);
  ADD ("no-bytes-are-an-empty-file", test_no_bytes_are_an_empty_file);
  return g_test_run ();
}
