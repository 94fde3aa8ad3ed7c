/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-encode.h"

#include "base/prof-vec.h"
#include "formats/prof-format.h"
#include "model/prof-builder.h"
#include "pprof-util.h"
#include "test-util.h"
#include <gio/gio.h>
#include <string.h>

static GString *
encode (const ProfProfile *profile)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, &error));
  g_assert_no_error (error);
  return out;
}

static GString *
encode_gzip (const ProfProfile *profile)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_pprof_encode_gzip (profile, &sink, NULL, &error));
  g_assert_no_error (error);
  return out;
}

static ProfProfile *
decode (const void *bytes, size_t length)
{
  g_autoptr (GError) error = NULL;
  ProfProfile *profile = prof_format_load_bytes (bytes, length, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

static ProfProfile *
decode_message (GByteArray *message)
{
  ProfProfile *profile = decode (message->data, message->len);

  g_byte_array_unref (message);
  return profile;
}

static void
assert_equal_bytes (const GString *one, const GString *other)
{
  g_assert_cmpmem (one->str, one->len, other->str, other->len);
}

/* What was written is read as an equal profile, and written the same again. */
static void
check_round_trip (const ProfProfile *profile)
{
  g_autoptr (GString)     plain = encode (profile);
  g_autoptr (GString)     gzip = encode_gzip (profile);
  g_autoptr (ProfProfile) again = decode (plain->str, plain->len);
  g_autoptr (ProfProfile) inflated = decode (gzip->str, gzip->len);
  g_autoptr (GString)     plain_again = encode (again);
  g_autoptr (GString)     gzip_again = encode_gzip (inflated);
  g_autofree char        *expected = describe_written (profile);
  g_autofree char        *actual = describe (again);
  g_autofree char        *of_gzip = describe (inflated);

  g_assert_cmpstr (actual, ==, expected);
  g_assert_cmpstr (of_gzip, ==, expected);
  assert_equal_bytes (plain_again, plain);
  assert_equal_bytes (gzip_again, gzip);
}

static guint
check_folder (const char *folder)
{
  g_autoptr (GPtrArray) files = files_of (folder);
  guint                 n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = NULL;

      if (g_file_test (files->pdata[i], G_FILE_TEST_IS_DIR))
        continue;
      profile = prof_format_load (files->pdata[i], NULL, NULL, &error);
      if (profile == NULL)
        continue;
      g_test_message ("%s", (const char *)files->pdata[i]);
      check_round_trip (profile);
      n++;
    }
  return n;
}

static void
test_what_is_written_is_read_as_it_was (void)
{
  g_assert_cmpuint (check_folder ("tests/data/pprof/good"), >, 20);
  g_assert_cmpuint (check_folder ("data/examples"), >=, 9);
}

/* "go tool pprof -proto" wrote these: our bytes are the same. */
static void
test_go_writes_the_same_bytes (void)
{
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/written-by-go");

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GBytes)      bytes = inflated_bytes (files->pdata[i]);
      gsize                   length;
      const void             *data = g_bytes_get_data (bytes, &length);
      g_autoptr (ProfProfile) profile = decode (data, length);
      g_autoptr (GString)     ours = encode (profile);

      g_test_message ("%s", (const char *)files->pdata[i]);
      g_assert_cmpmem (ours->str, ours->len, data, length);
    }
}

#define STRINGS(message, ...)                                  \
  G_STMT_START                                                 \
  {                                                            \
    static const char *const texts[] = { __VA_ARGS__ };        \
    for (size_t text = 0; text < G_N_ELEMENTS (texts); text++) \
      put_text (message, 6, texts[text]);                      \
  }                                                            \
  G_STMT_END

static void
assert_written (ProfProfile *profile, GByteArray *expected)
{
  g_autoptr (GString) actual = encode (profile);

  g_assert_cmpmem (actual->str, actual->len, expected->data, expected->len);
  g_byte_array_unref (expected);
}

static void
test_nothing_is_a_string_table_and_a_default_type (void)
{
  GByteArray             *message = put_text (g_byte_array_new (), 6, "");
  g_autoptr (ProfProfile) profile = decode_message (message);
  GByteArray             *expected = put_text (g_byte_array_new (), 6, "");

  assert_written (profile, put_number (expected, 14, 0));
}

/* A sample type and one sample whose message is given. */
static GByteArray *
with_sample (GByteArray *sample)
{
  GByteArray *message = g_byte_array_new ();

  PUT_ROW (message, 1, 1, 2);
  return put_message (message, 2, sample);
}

static GByteArray *
with_three_locations (GByteArray *message)
{
  PUT_ROW (message, 4, 1, 0, 16);
  PUT_ROW (message, 4, 2, 0, 32);
  return PUT_ROW (message, 4, 300, 0, 48);
}

static void
test_three_numbers_are_packed_and_two_are_not (void)
{
  static const uint8_t    packed[] = { 0xac, 0x02, 2, 1 };
  GByteArray             *two = g_byte_array_new ();
  GByteArray             *three = g_byte_array_new ();
  GByteArray             *message, *expected;
  g_autoptr (ProfProfile) profile = NULL;

  put_number (put_number (put_number (two, 1, 2), 1, 1), 2, 5);
  put_number (put_bytes (three, 1, packed, sizeof packed), 2, 0);
  message = put_message (with_sample (two), 2, three);
  with_three_locations (message);
  STRINGS (message, "", "cpu", "ns");
  expected = g_byte_array_append (g_byte_array_new (),
                                  message->data,
                                  message->len);
  profile = decode_message (message);
  assert_written (profile, put_number (expected, 14, 0));
}

static void
test_labels_come_texts_first_and_by_key (void)
{
  GByteArray             *sample = g_byte_array_new ();
  GByteArray             *sorted = g_byte_array_new ();
  GByteArray             *message, *expected;
  g_autoptr (ProfProfile) profile = NULL;

  put_number (sample, 2, 1);
  PUT_ROW (sample, 3, 4, 0, 7);    /* b: 7 */
  PUT_ROW (sample, 3, 4, 6);       /* b: y */
  PUT_ROW (sample, 3, 3, 0, 9, 2); /* a: 9 ns */
  PUT_ROW (sample, 3, 4, 5);       /* b: x */
  PUT_ROW (sample, 3, 3, 5);       /* a: x */
  PUT_ROW (sample, 3, 4, 0, 3);    /* b: 3 */
  message = with_sample (sample);
  STRINGS (message, "", "cpu", "ns", "a", "b", "x", "y");
  profile = decode_message (message);

  put_number (sorted, 2, 1);
  PUT_ROW (sorted, 3, 3, 4);
  PUT_ROW (sorted, 3, 5, 6);
  PUT_ROW (sorted, 3, 5, 4);
  PUT_ROW (sorted, 3, 3, 0, 9, 2);
  PUT_ROW (sorted, 3, 5, 0, 7);
  PUT_ROW (sorted, 3, 5, 0, 3);
  expected = with_sample (sorted);
  STRINGS (expected, "", "cpu", "ns", "a", "x", "b", "y");
  assert_written (profile, put_number (expected, 14, 0));
}

/* The second "" of the table makes labels that are there and say nothing. */
static void
test_labels_that_say_nothing_are_left_out (void)
{
  GByteArray             *sample = g_byte_array_new ();
  GByteArray             *message, *expected;
  g_autoptr (ProfProfile) profile = NULL;
  size_t                  n;

  put_number (sample, 2, 1);
  PUT_ROW (sample, 3, 3, 4);
  PUT_ROW (sample, 3, 3, 0, 0, 4);
  message = with_sample (sample);
  STRINGS (message, "", "cpu", "ns", "key", "");
  profile = decode_message (message);
  prof_profile_sample_labels (profile, 0, &n);
  g_assert_cmpuint (n, ==, 2);

  expected = with_sample (put_number (g_byte_array_new (), 2, 1));
  STRINGS (expected, "", "cpu", "ns");
  assert_written (profile, put_number (expected, 14, 0));
}

static void
test_a_kernel_has_its_whole_name_again (void)
{
  GByteArray             *message = g_byte_array_new ();
  GByteArray             *expected = g_byte_array_new ();
  g_autoptr (ProfProfile) profile = NULL;

  PUT_ROW (message, 3, 1, 0, 0, 0, 2);
  STRINGS (message, "", "unused", "[kernel.kallsyms]_stext");
  profile = decode_message (message);

  PUT_ROW (expected, 3, 1, 0, 0, 0, 1);
  STRINGS (expected, "", "[kernel.kallsyms]_stext");
  assert_written (profile, put_number (expected, 14, 0));
}

static void
test_every_byte_of_a_name_is_kept (void)
{
  GByteArray             *message = g_byte_array_new ();
  GByteArray             *expected;
  g_autoptr (ProfProfile) profile = NULL;

  PUT_ROW (message, 5, 1, 1, 2);
  put_text (message, 6, "");
  put_bytes (message, 6, "a\0b", 3);
  put_bytes (message, 6, "\xff\xfe", 2);
  expected = g_byte_array_append (g_byte_array_new (),
                                  message->data,
                                  message->len);
  profile = decode_message (message);
  assert_written (profile, put_number (expected, 14, 0));
}

/* Random numbers that are often 0 and often large. */
static uint64_t
some_number (GRand *rand)
{
  uint64_t bits = (uint64_t)g_rand_int (rand) << 32 | g_rand_int (rand);

  return g_rand_int_range (rand, 0, 4) == 0
             ? 0
             : bits >> g_rand_int_range (rand, 0, 64);
}

static GByteArray *
some_sample (GRand *rand)
{
  GByteArray *sample = g_byte_array_new ();

  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    put_number (sample, 1, (uint64_t)g_rand_int_range (rand, 1, 4));
  put_number (sample, 2, some_number (rand));
  put_number (sample, 2, some_number (rand));
  for (int i = g_rand_int_range (rand, 0, 6); i > 0; i--)
    PUT_ROW (sample,
             3,
             (uint64_t)g_rand_int_range (rand, 0, 8),
             (uint64_t)g_rand_int_range (rand, 0, 3),
             some_number (rand),
             (uint64_t)g_rand_int_range (rand, 0, 3));
  return sample;
}

static void
add_some_location (GRand *rand, GByteArray *message, uint64_t id)
{
  GByteArray *location = g_byte_array_new ();

  put_number (location, 1, id);
  put_number (location, 2, (uint64_t)g_rand_int_range (rand, 0, 2));
  put_number (location, 3, some_number (rand));
  for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
    PUT_ROW (location, 4, 7, some_number (rand), some_number (rand));
  put_number (location, 5, (uint64_t)g_rand_int_range (rand, 0, 2));
  put_message (message, 4, location);
}

static GByteArray *
some_profile (GRand *rand)
{
  GByteArray *message = g_byte_array_new ();

  PUT_ROW (message, 1, 1, 2);
  PUT_ROW (message, 1, 3, 4);
  for (int i = g_rand_int_range (rand, 0, 20); i > 0; i--)
    put_message (message, 2, some_sample (rand));
  PUT_ROW (message, 3, 1, some_number (rand), some_number (rand), 0, 5, 6, 1);
  for (uint64_t id = 1; id < 4; id++)
    add_some_location (rand, message, id);
  PUT_ROW (message, 5, 7, 2, 3, 4, some_number (rand));
  STRINGS (message, "", "a", "b", "c", "", "d", "e", "f");
  for (uint64_t field = 9; field <= 12; field++)
    if (field != 11)
      put_number (message, (unsigned)field, some_number (rand));
  for (int i = g_rand_int_range (rand, 0, 5); i > 0; i--)
    put_number (message, 13, (uint64_t)g_rand_int_range (rand, 0, 8));
  return put_number (message, 14, (uint64_t)g_rand_int_range (rand, 0, 8));
}

static void
test_any_profile_is_read_as_it_was (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20221125);

  for (int i = 0; i < 500; i++)
    {
      g_autoptr (ProfProfile) profile = decode_message (some_profile (rand));

      check_round_trip (profile);
    }
}

/* Takes so many bytes and refuses what comes then. */
static bool
take_until_full (void *data, const void *bytes, size_t length, GError **error)
{
  size_t *room = data;

  if (length > *room)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "no room");
      return false;
    }
  *room -= length;
  return true;
}

static ProfProfile *
example (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = test_source_path ("data/examples/server-heap.prof");
  ProfProfile       *profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

static void
test_a_full_disk_is_told (void)
{
  g_autoptr (ProfProfile) profile = example ();

  for (size_t start = 0; start < 140000; start += 70000)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) gzip_error = NULL;
      size_t             room = start;
      ProfSink           sink = { take_until_full, &room };

      g_assert_false (prof_pprof_encode (profile, &sink, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      room = start / 10;
      g_assert_false (
          prof_pprof_encode_gzip (profile, &sink, NULL, &gzip_error));
      g_assert_error (gzip_error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
    }
}

static void
test_refused_memory_is_told (void)
{
  g_autoptr (ProfProfile) profile = example ();
  size_t                  n_refused = 0;

  for (int n = 0; n < 60; n++)
    {
      g_autoptr (GError)  error = NULL;
      g_autoptr (GString) out = g_string_new (NULL);
      ProfSink            sink = prof_sink_to_string (out);
      bool                ok;

      prof_vec_refuse_after (n);
      ok = prof_pprof_encode (profile, &sink, NULL, &error);
      prof_vec_refuse_after (-1);
      g_assert_true (ok == (error == NULL));
      if (ok)
        continue;
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
      n_refused++;
    }
  g_assert_cmpuint (n_refused, >, 10);
  g_assert_cmpuint (n_refused, <, 60);
}

static void
test_writing_can_be_cancelled (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (ProfProfile)  profile = example ();
  g_autoptr (GString)      out = g_string_new (NULL);
  ProfSink                 sink = prof_sink_to_string (out);

  g_assert_true (prof_pprof_encode (profile, &sink, progress, &error));
  g_assert_cmpfloat (prof_progress_fraction (progress), ==, 1);
  g_cancellable_cancel (cancellable);
  g_assert_false (prof_pprof_encode (profile, &sink, progress, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/pprof-encode/" path, test)
  ADD ("what-is-written-is-read-as-it-was",
       test_what_is_written_is_read_as_it_was);
  ADD ("go-writes-the-same-bytes", test_go_writes_the_same_bytes);
  ADD ("nothing-is-a-string-table-and-a-default-type",
       test_nothing_is_a_string_table_and_a_default_type);
  ADD ("three-numbers-are-packed-and-two-are-not",
       test_three_numbers_are_packed_and_two_are_not);
  ADD ("labels-come-texts-first-and-by-key",
       test_labels_come_texts_first_and_by_key);
  ADD ("labels-that-say-nothing-are-left-out",
       test_labels_that_say_nothing_are_left_out);
  ADD ("a-kernel-has-its-whole-name-again",
       test_a_kernel_has_its_whole_name_again);
  ADD ("every-byte-of-a-name-is-kept", test_every_byte_of_a_name_is_kept);
  ADD ("any-profile-is-read-as-it-was", test_any_profile_is_read_as_it_was);
  ADD ("a-full-disk-is-told", test_a_full_disk_is_told);
  ADD ("refused-memory-is-told", test_refused_memory_is_told);
  ADD ("writing-can-be-cancelled", test_writing_can_be_cancelled);
#undef ADD
  return g_test_run ();
}
