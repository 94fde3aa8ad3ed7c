/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "pprof-util.h"
#include "test-util.h"
#include <string.h>

/* Fields of Profile. */
enum
{
  TYPE = 1,
  SAMPLE,
  MAPPING,
  LOCATION,
  FUNCTION,
  STRING,
  DROP_FRAMES,
  KEEP_FRAMES,
  TIME,
  DURATION,
  PERIOD_TYPE,
  PERIOD,
  COMMENT,
  DEFAULT_TYPE,
  DOC_URL,
  UNKNOWN = 99,
};

/* One sample type, before whatever a case is about. */
static GByteArray *
begin (void)
{
  return PUT_ROW (g_byte_array_new (), TYPE, 1, 2);
}

/* Adds strings "", "samples", "count", "main", "file" and decodes; takes
 * @message. */
static ProfProfile *
end (GByteArray *message, GError **error)
{
  static const char *const strings[] = {
    "", "samples", "count", "main", "file",
  };
  ProfProfile *profile;

  for (size_t i = 0; i < G_N_ELEMENTS (strings); i++)
    put_text (message, STRING, strings[i]);
  profile = decode_by (message->data, message->len, SIZE_MAX, error);
  g_byte_array_unref (message);
  return profile;
}

static ProfProfile *
end_well (GByteArray *message)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *profile = end (message, &error);

  g_assert_no_error (error);
  return profile;
}

static void
end_badly (GByteArray *message, ProfError code, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (end (message, &error));
  g_assert_error (error, PROF_ERROR, (int)code);
  if (strstr (error->message, text) == NULL)
    g_error ("\"%s\" is not in \"%s\"", text, error->message);
}

/* Appends raw bytes. */
#define PUT(message, ...)                                \
  g_byte_array_append (message,                          \
                       (const uint8_t[]){ __VA_ARGS__ }, \
                       sizeof ((const uint8_t[]){ __VA_ARGS__ }))

static GByteArray *
new_message (void)
{
  return g_byte_array_new ();
}

/* --- numbers and strings --- */

static void
test_a_cut_off_varint_is_truncated (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) message = put_text (begin (), STRING, "");

  PUT (message, 0x60, 0x80);
  g_assert_null (decode_by (message->data, message->len, SIZE_MAX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
  g_assert_cmpstr (error->message,
                   ==,
                   "the profile ends early, at byte 10, inside the period at "
                   "byte 8");
}

static void
test_a_varint_has_ten_bytes_at_most (void)
{
  g_autoptr (ProfProfile) profile = NULL;

  profile = end_well (PUT (begin (),
                           0x60,
                           0x85,
                           0x80,
                           0x80,
                           0x80,
                           0x80,
                           0x80,
                           0x80,
                           0x80,
                           0x80,
                           0x00));
  g_assert_cmpint (prof_profile_period (profile), ==, 5);
  end_badly (PUT (begin (),
                  0x60,
                  0x85,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x80,
                  0x00),
             PROF_ERROR_MALFORMED,
             "a field at byte 6: varint longer than 10 bytes");
}

static void
test_negative_numbers_take_ten_bytes (void)
{
  g_autoptr (ProfProfile) profile = end_well (
      put_number (begin (), DURATION, (uint64_t)INT64_MIN));

  g_assert_cmpint (prof_profile_duration_ns (profile), ==, INT64_MIN);
}

static void
test_groups_and_types_6_and_7_are_refused (void)
{
  end_badly (PUT (begin (), 0x9b, 0x06),
             PROF_ERROR_MALFORMED,
             "a field at byte 6: wire type 3");
  end_badly (PUT (begin (), 0x9c, 0x06), PROF_ERROR_MALFORMED, "wire type 4");
  end_badly (PUT (begin (), 0x9e, 0x06), PROF_ERROR_MALFORMED, "wire type 6");
  end_badly (PUT (begin (), 0x9f, 0x06), PROF_ERROR_MALFORMED, "wire type 7");
}

static void
test_unknown_fields_are_skipped_and_counted (void)
{
  GByteArray             *message = begin ();
  g_autoptr (ProfProfile) profile = NULL;

  put_number (message, UNKNOWN, 5);
  put_text (message, UNKNOWN, "text");
  PUT (message, 0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8);
  PUT (message, 0x9d, 0x06, 1, 2, 3, 4);
  PUT (message, 0x00, 0x00);
  put_message (message,
               FUNCTION,
               put_text (put_number (new_message (), 1, 7),
                         UNKNOWN,
                         "in a function"));
  profile = end_well (message);
  g_assert_cmpuint (prof_profile_notes (profile)->unknown_fields, ==, 6);
  g_assert_cmpuint (prof_profile_n_functions (profile), ==, 1);
}

/* 3 MiB, 1000 bytes at a time: it is not kept. */
static void
test_unknown_fields_may_be_long (void)
{
  g_autoptr (GError)      error = NULL;
  g_autofree uint8_t     *zeros = g_malloc0 (3 << 20);
  g_autoptr (GByteArray)  message = put_text (begin (), STRING, "");
  g_autoptr (ProfProfile) profile = NULL;

  put_text (put_text (message, STRING, "a"), STRING, "b");
  put_bytes (message, UNKNOWN, zeros, 3 << 20);
  put_number (message, PERIOD, 7);
  profile = decode_by (message->data, message->len, 1000, &error);
  g_assert_no_error (error);
  g_assert_cmpint (prof_profile_period (profile), ==, 7);
}

static void
test_a_known_field_has_its_wire_type (void)
{
  /* Each field with a type it does not have: bytes, else a number. */
  for (unsigned field = TYPE; field <= DOC_URL; field++)
    {
      GByteArray *message = begin ();
      bool        is_bytes = field <= STRING || field == PERIOD_TYPE;

      if (field == COMMENT)
        PUT (message, COMMENT << 3 | 1, 0, 0, 0, 0, 0, 0, 0, 0);
      else if (is_bytes)
        put_number (message, field, 1);
      else
        put_text (message, field, "");
      end_badly (message,
                 PROF_ERROR_MALFORMED,
                 "at byte 6: it has the wrong wire type");
    }
}

static void
test_fields_inside_have_their_wire_type (void)
{
  static const struct
  {
    unsigned message;
    unsigned n_fields;
  } shapes[] = {
    { TYPE, 2 },     { SAMPLE, 3 },   { MAPPING, 10 },
    { LOCATION, 5 }, { FUNCTION, 5 }, { PERIOD_TYPE, 2 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (unsigned field = 1; field <= shapes[i].n_fields; field++)
      {
        /* Four bytes are the type of no field. */
        GByteArray *inner = PUT (new_message (),
                                 (uint8_t)(field << 3 | 5),
                                 0,
                                 0,
                                 0,
                                 0);

        end_badly (put_message (begin (), shapes[i].message, inner),
                   PROF_ERROR_MALFORMED,
                   "wrong wire type");
      }
}

static void
test_names_keep_their_bytes (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GByteArray)  message = put_text (begin (), STRING, "");
  g_autoptr (ProfProfile) profile = NULL;
  size_t                  length;
  const char             *text;

  put_text (message, STRING, "b");
  put_bytes (message, STRING, "a\0\xff\xc3", 4);
  profile = decode_by (message->data, message->len, 3, &error);
  g_assert_no_error (error);
  text = prof_profile_string_bytes (profile,
                                    prof_profile_types (profile)[0].unit,
                                    &length);
  g_assert_cmpmem (text, length, "a\0\xff\xc3", 4);
}

static void
test_the_first_string_is_empty (void)
{
  end_badly (put_text (begin (), STRING, "samples"),
             PROF_ERROR_MALFORMED,
             "the first string at byte 6 is not empty");
}

static void
test_the_string_table_must_be_there (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) message = begin ();

  g_assert_null (decode_by (message->data, message->len, SIZE_MAX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
}

static void
test_string_positions_are_checked (void)
{
  static const uint64_t bad[] = {
    5, 6, UINT32_MAX, UINT64_C (1) << 32, (uint64_t)INT64_MAX, (uint64_t)-1,
  };
  g_autoptr (ProfProfile) profile = end_well (
      PUT_ROW (begin (), FUNCTION, 1, 4));

  g_assert_cmpuint (prof_profile_n_functions (profile), ==, 1);
  for (size_t i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      end_badly (PUT_ROW (begin (), TYPE, bad[i]), PROF_ERROR_MALFORMED, "");
      end_badly (PUT_ROW (begin (), FUNCTION, 1, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "byte 6");
      end_badly (PUT_ROW (begin (), FUNCTION, 1, 0, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "byte 6");
      end_badly (PUT_ROW (begin (), FUNCTION, 1, 0, 0, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "byte 6");
      end_badly (PUT_ROW (begin (), MAPPING, 1, 0, 0, 0, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (PUT_ROW (begin (), MAPPING, 1, 0, 0, 0, 0, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (put_number (begin (), COMMENT, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (put_number (begin (), DROP_FRAMES, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (put_number (begin (), KEEP_FRAMES, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (put_number (begin (), DEFAULT_TYPE, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (put_number (begin (), DOC_URL, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
      end_badly (PUT_ROW (begin (), PERIOD_TYPE, 0, bad[i]),
                 PROF_ERROR_MALFORMED,
                 "");
    }
}

/* --- repeated and scalar fields --- */

/* Numbers of locations 1 and 2 of a sample with value 7. */
static void
assert_stack (GByteArray *sample)
{
  GByteArray             *message = begin ();
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *text = NULL;

  put_message (message, SAMPLE, sample);
  PUT_ROW (message, LOCATION, 1);
  PUT_ROW (message, LOCATION, 2);
  PUT_ROW (message, LOCATION, 300);
  profile = end_well (message);
  text = describe (profile);
  if (strstr (text, "\nsample 2 1 300 1 : 7\n") == NULL)
    g_error ("another sample in %s", text);
}

static void
test_numbers_are_packed_or_not (void)
{
  GByteArray *sample;

  sample = put_bytes (new_message (), 1, "\x02\x01\xac\x02\x01", 5);
  assert_stack (put_bytes (sample, 2, "\x07", 1));
  sample = put_number (new_message (), 1, 2);
  put_number (put_number (sample, 1, 1), 1, 300);
  assert_stack (put_number (put_number (sample, 1, 1), 2, 7));
}

static void
test_packed_and_unpacked_numbers_mix (void)
{
  GByteArray *sample = put_number (new_message (), 1, 2);

  put_bytes (sample, 1, "\x01\xac\x02", 3);
  put_number (sample, 2, 7);
  put_bytes (sample, 1, "", 0);
  put_bytes (sample, 2, "", 0);
  assert_stack (put_number (sample, 1, 1));
}

static void
test_packed_numbers_end_with_their_field (void)
{
  end_badly (put_message (begin (),
                          SAMPLE,
                          put_bytes (new_message (), 1, "\x01\x80", 2)),
             PROF_ERROR_MALFORMED,
             "sample 0 at byte 6: it ends inside a varint");
}

static void
test_comments_are_packed_or_not (void)
{
  GByteArray             *message = put_number (begin (), COMMENT, 3);
  g_autoptr (ProfProfile) profile = NULL;
  const ProfStringId     *comments;
  size_t                  n;

  put_bytes (message, COMMENT, "\x04\x01", 2);
  profile = end_well (message);
  comments = prof_profile_comments (profile, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpstr (prof_profile_string (profile, comments[0]), ==, "main");
  g_assert_cmpstr (prof_profile_string (profile, comments[1]), ==, "file");
  g_assert_cmpstr (prof_profile_string (profile, comments[2]), ==, "samples");
}

static void
test_of_scalars_the_last_counts (void)
{
  GByteArray             *message = put_number (begin (), PERIOD, 5);
  g_autoptr (ProfProfile) profile = NULL;
  GByteArray             *function = put_number (new_message (), 1, 8);

  put_number (message, PERIOD, 6);
  put_message (message, FUNCTION, put_number (function, 1, 9));
  profile = end_well (message);
  g_assert_cmpint (prof_profile_period (profile), ==, 6);
  g_assert_cmpuint (prof_profile_functions (profile)[0].id, ==, 9);
}

static void
test_a_later_period_type_replaces_the_earlier (void)
{
  GByteArray             *message = PUT_ROW (begin (), PERIOD_TYPE, 1, 2);
  g_autoptr (ProfProfile) profile = end_well (
      PUT_ROW (message, PERIOD_TYPE, 3));
  ProfValueType type = prof_profile_period_type (profile);

  g_assert_cmpstr (prof_profile_string (profile, type.type), ==, "main");
  g_assert_cmpstr (prof_profile_string (profile, type.unit), ==, "");
}

static void
test_every_number_but_zero_is_true (void)
{
  static const uint8_t    over_64_bits[] = { 0x80, 0x80, 0x80, 0x80, 0x80,
                                             0x80, 0x80, 0x80, 0x80, 0x02 };
  GByteArray             *mapping = put_number (new_message (), 1, 1);
  g_autoptr (ProfProfile) profile = NULL;
  const ProfMapping      *row;

  put_number (mapping, 7, 2);
  put_number (mapping, 8, UINT64_C (1) << 63);
  put_number (mapping, 9, 0);
  PUT (mapping, 10 << 3);
  g_byte_array_append (mapping, over_64_bits, sizeof over_64_bits);
  profile = end_well (put_message (begin (), MAPPING, mapping));
  row = prof_profile_mappings (profile);
  g_assert_true (row->has_functions);
  g_assert_true (row->has_filenames);
  g_assert_false (row->has_line_numbers);
  g_assert_false (row->has_inline_frames);
}

static void
test_lines_have_columns (void)
{
  GByteArray             *location = put_number (new_message (), 1, 1);
  g_autoptr (ProfProfile) profile = NULL;
  const ProfLine         *lines;

  PUT_ROW (location, 4, 1, 10, 5);
  PUT_ROW (location, 4, 1, (uint64_t)-1);
  profile = end_well (
      put_message (PUT_ROW (begin (), FUNCTION, 1, 3), LOCATION, location));
  lines = prof_profile_lines (profile);
  g_assert_cmpuint (prof_profile_n_lines (profile), ==, 2);
  g_assert_cmpint (lines[0].line, ==, 10);
  g_assert_cmpint (lines[0].column, ==, 5);
  g_assert_cmpint (lines[1].line, ==, -1);
  g_assert_cmpint (lines[1].column, ==, 0);
}

/* --- two profiles, and none --- */

static void
test_two_times_are_two_profiles (void)
{
  GByteArray             *message = put_number (begin (), TIME, 5);
  g_autoptr (ProfProfile) profile = NULL;

  end_badly (put_number (message, TIME, 5),
             PROF_ERROR_MALFORMED,
             "two profiles in one file (concatenated)");
  end_badly (put_number (put_number (begin (), TIME, 5), TIME, 0),
             PROF_ERROR_MALFORMED,
             "two profiles in one file (concatenated)");
  message = put_number (put_number (begin (), TIME, 0), TIME, 5);
  profile = end_well (message);
  g_assert_cmpint (prof_profile_time_ns (profile), ==, 5);
}

static void
assert_no_profile (const uint8_t *bytes, size_t length)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (decode_by (bytes, length, SIZE_MAX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED);
  g_assert_true (g_str_has_prefix (error->message, "not a profile: "));
}

static void
test_nothing_of_a_profile_is_no_profile (void)
{
  g_autoptr (GByteArray) unknown = put_number (new_message (), UNKNOWN, 5);
  g_autoptr (GByteArray) numbers = put_number (new_message (), PERIOD, 5);
  g_autoptr (GByteArray) other = NULL;

  other = put_message (new_message (),
                       1,
                       put_text (new_message (), 1, "another message"));
  assert_no_profile (unknown->data, unknown->len);
  assert_no_profile (numbers->data, numbers->len);
  assert_no_profile (other->data, other->len);
  assert_no_profile ((const uint8_t *)"\xff\xff\xff", 3);
}

static void
test_random_bytes_are_no_profile (void)
{
  unsigned n_unrecognized = 0;

  for (unsigned round = 0; round < 1000; round++)
    {
      g_autoptr (GError) error = NULL;
      uint8_t            bytes[1000];

      for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (uint8_t)g_test_rand_int ();
      g_assert_null (decode_by (bytes, sizeof bytes, SIZE_MAX, &error));
      g_assert_nonnull (error);
      n_unrecognized += g_error_matches (error,
                                         PROF_ERROR,
                                         PROF_ERROR_UNRECOGNIZED);
    }
  /* A few begin like one: an empty string, or a cut one. */
  g_assert_cmpuint (n_unrecognized, >, 950);
}

static void
test_endless_zeros_are_given_up (void)
{
  g_autofree uint8_t         *zeros = g_malloc0 (PROF_MAX_UNKNOWN + 4);
  g_autoptr (ProfPprofDecode) decode = prof_pprof_decode_new (NULL);
  g_autoptr (GError)          error = NULL;

  g_assert_true (
      prof_pprof_decode_feed (decode, zeros, PROF_MAX_UNKNOWN, &error));
  g_assert_false (prof_pprof_decode_feed (decode, zeros, 4, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED);
}

static void
test_the_least_profile_is_an_empty_string (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  profile = decode_by ((const uint8_t *)"\x32\x00", 2, SIZE_MAX, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (prof_profile_n_samples (profile), ==, 0);
}

/* --- pieces --- */

static void
test_pieces_of_any_size_give_the_same (void)
{
  static const size_t   steps[] = { 1, 2, 3, 5, 7, 16, 61, 255 };
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/good");

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (GBytes)      bytes = inflated_bytes (files->pdata[i]);
      g_autoptr (ProfProfile) whole = NULL;
      g_autofree char        *expected = NULL;
      gsize                   length;
      const uint8_t          *data = g_bytes_get_data (bytes, &length);

      if (!g_str_has_suffix (files->pdata[i], ".pb"))
        continue;
      whole = decode_by (data, length, SIZE_MAX, &error);
      g_assert_no_error (error);
      expected = describe (whole);
      for (size_t k = 0; k < G_N_ELEMENTS (steps); k++)
        {
          g_autoptr (ProfProfile) profile = NULL;
          g_autofree char        *text = NULL;

          profile = decode_by (data, length, steps[k], &error);
          g_assert_no_error (error);
          text = describe (profile);
          g_assert_cmpstr (text, ==, expected);
        }
    }
}

static void
test_bad_files_fail_alike_in_pieces (void)
{
  g_autoptr (GPtrArray) files = files_of ("tests/data/pprof/bad");

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GBytes) bytes = file_bytes (files->pdata[i]);
      g_autoptr (GError) expected = NULL;
      gsize              length;
      const uint8_t     *data = g_bytes_get_data (bytes, &length);

      if (!g_str_has_suffix (files->pdata[i], ".pb"))
        continue;
      g_assert_null (decode_by (data, length, SIZE_MAX, &expected));
      for (size_t step = 1; step < 8; step++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_null (decode_by (data, length, step, &error));
          g_assert_cmpint (error->code, ==, expected->code);
          g_assert_cmpstr (error->message, ==, expected->message);
        }
    }
}

/* The last message holds names that others need, so all of it is missed. */
static void
test_cut_off_at_every_byte_fails (void)
{
  g_autofree char *path = test_source_path (
      "data/examples/server-threadcreate.prof");
  g_autoptr (GBytes) bytes = inflated_bytes (path);
  gsize              length;
  const uint8_t     *data = g_bytes_get_data (bytes, &length);
  size_t             n_truncated = 0;

  for (size_t cut = 0; cut < length; cut++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (decode_by (data, cut, SIZE_MAX, &error));
      g_assert_nonnull (error);
      n_truncated += g_error_matches (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
    }
  /* Between two messages nothing is cut, but something is missing. */
  g_assert_cmpuint (n_truncated * 10, >=, length * 8);
}

static void
test_a_changed_byte_never_crashes (void)
{
  g_autofree char   *path = test_source_path ("tests/data/pprof/good/small.pb");
  g_autoptr (GBytes) bytes = file_bytes (path);
  gsize              length = g_bytes_get_size (bytes);
  g_autofree uint8_t *data = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  for (size_t i = 0; i < length; i++)
    for (unsigned value = 0; value < 256; value++)
      {
        g_autoptr (GError)      error = NULL;
        g_autoptr (ProfProfile) profile = NULL;
        uint8_t                 before = data[i];

        data[i] = (uint8_t)value;
        profile = decode_by (data, length, 50, &error);
        g_assert_true ((profile == NULL) == (error != NULL));
        data[i] = before;
      }
}

/* --- limits --- */

static GByteArray *
sample_of (size_t n_locations, size_t n_labels)
{
  g_autofree uint8_t *ones = g_malloc (n_locations + 1);
  GByteArray         *sample = put_number (new_message (), 2, 7);

  memset (ones, 1, n_locations);
  put_bytes (sample, 1, ones, n_locations);
  for (size_t i = 0; i < n_labels; i++)
    PUT_ROW (sample, 3, 1, 3);
  return PUT_ROW (put_message (begin (), SAMPLE, sample), LOCATION, 1);
}

static void
test_a_stack_has_as_many_frames_as_the_limit (void)
{
  g_autoptr (ProfProfile) profile = end_well (
      sample_of (PROF_MAX_STACK_FRAMES, 0));

  g_assert_cmpuint (prof_profile_n_stacks (profile),
                    ==,
                    PROF_MAX_STACK_FRAMES + 1);
  end_badly (sample_of (PROF_MAX_STACK_FRAMES + 1, 0),
             PROF_ERROR_TOO_LARGE,
             "sample 0 at byte 6: more locations than the limit \"frames\"");
}

static void
test_a_sample_has_as_many_labels_as_the_limit (void)
{
  g_autoptr (ProfProfile) profile = end_well (
      sample_of (0, PROF_MAX_STACK_FRAMES));
  size_t n;

  prof_profile_sample_labels (profile, 0, &n);
  g_assert_cmpuint (n, ==, PROF_MAX_STACK_FRAMES);
  end_badly (sample_of (0, PROF_MAX_STACK_FRAMES + 1),
             PROF_ERROR_TOO_LARGE,
             "sample 0 at byte 6: more than 1048576 labels");
}

/* One too many, one by one. */
static void
test_unpacked_numbers_have_the_same_limit (void)
{
  GByteArray *sample = new_message ();

  for (size_t i = 0; i <= PROF_MAX_STACK_FRAMES; i++)
    put_number (sample, 1, 1);
  end_badly (put_message (begin (), SAMPLE, sample),
             PROF_ERROR_TOO_LARGE,
             "more locations than the limit \"frames\"");
}

/* Only heads: what is claimed is refused before it is there. */
static void
test_a_length_beyond_the_limit_is_refused_at_once (void)
{
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfPprofDecode) decode = prof_pprof_decode_new (NULL);
  static const uint8_t        limit[] = { 0x0a, 0x02, 0x08, 0x01, /* a type */
                                          0x12, 0x80, 0x80, 0x80, 0x20 };
  static const uint8_t        over[] = { 0x0a, 0x02, 0x08, 0x01, 0x12,
                                         0x81, 0x80, 0x80, 0x20 };

  g_assert_true (prof_pprof_decode_feed (decode, limit, sizeof limit, &error));
  g_assert_null (decode_by (over, sizeof over, SIZE_MAX, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message,
                   ==,
                   "sample 0 at byte 4: it is longer than 64 MiB");
}

static GByteArray *
types_of (size_t n)
{
  GByteArray *message = begin ();

  for (size_t i = 1; i < n; i++)
    PUT (message, TYPE << 3 | 2, 0);
  return message;
}

static void
test_there_are_as_many_types_as_the_limit (void)
{
  g_autoptr (ProfProfile) profile = end_well (types_of (PROF_MAX_TYPES));

  g_assert_cmpuint (prof_profile_n_types (profile), ==, PROF_MAX_TYPES);
  end_badly (types_of (PROF_MAX_TYPES + 1),
             PROF_ERROR_TOO_LARGE,
             "there are more than 65536");
}

/* All but one packed. */
static GByteArray *
comments_of (size_t n)
{
  g_autofree uint8_t *zeros = g_malloc0 (n);

  return put_number (put_bytes (begin (), COMMENT, zeros, n - 1), COMMENT, 3);
}

static void
test_there_are_as_many_comments_as_the_limit (void)
{
  g_autoptr (ProfProfile) profile = end_well (comments_of (PROF_MAX_COMMENTS));
  size_t                  n;

  prof_profile_comments (profile, &n);
  g_assert_cmpuint (n, ==, PROF_MAX_COMMENTS);
  end_badly (comments_of (PROF_MAX_COMMENTS + 1),
             PROF_ERROR_TOO_LARGE,
             "there are more than 1048576");
}

static GByteArray *
location_of (size_t n_lines)
{
  GByteArray *location = put_number (new_message (), 1, 1);

  for (size_t i = 0; i < n_lines; i++)
    PUT_ROW (location, 4, 1);
  return put_message (PUT_ROW (begin (), FUNCTION, 1), LOCATION, location);
}

static void
test_a_location_has_a_million_lines (void)
{
  g_autoptr (ProfProfile) profile = end_well (location_of (1000000));

  g_assert_cmpuint (prof_profile_n_lines (profile), ==, 1000000);
}

static void
test_a_location_takes_only_so_much (void)
{
  end_badly (location_of (12000000),
             PROF_ERROR_TOO_LARGE,
             "a location takes more than 256 MiB");
}

/* Refuses each growth in turn until loading works. */
static void
test_refused_memory_is_an_error (void)
{
  g_autofree char   *path = test_source_path ("data/examples/server-cpu.prof");
  g_autoptr (GBytes) bytes = inflated_bytes (path);
  gsize              length;
  const uint8_t     *data = g_bytes_get_data (bytes, &length);

  /* What a builder has before its first row may not be refused. */
  for (int n = 1;; n++)
    {
      g_autoptr (GError)          error = NULL;
      g_autoptr (ProfPprofDecode) decode = prof_pprof_decode_new (NULL);
      g_autoptr (ProfProfile)     profile = NULL;

      prof_vec_refuse_after (n);
      if (prof_pprof_decode_feed (decode, data, length / 2, &error) &&
          prof_pprof_decode_feed (decode,
                                  data + length / 2,
                                  length - length / 2,
                                  &error))
        profile = prof_pprof_decode_finish (decode, &error);
      prof_vec_refuse_after (-1);
      if (profile != NULL)
        break;
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
    }
}

#define ADD(sentence, function) \
  g_test_add_func ("/pprof-decode/" sentence, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-cut-off-varint-is-truncated", test_a_cut_off_varint_is_truncated);
  ADD ("a-varint-has-ten-bytes-at-most", test_a_varint_has_ten_bytes_at_most);
  ADD ("negative-numbers-take-ten-bytes", test_negative_numbers_take_ten_bytes);
  ADD ("groups-and-types-6-and-7-are-refused",
       test_groups_and_types_6_and_7_are_refused);
  ADD ("unknown-fields-are-skipped-and-counted",
       test_unknown_fields_are_skipped_and_counted);
  ADD ("unknown-fields-may-be-long", test_unknown_fields_may_be_long);
  ADD ("a-known-field-has-its-wire-type", test_a_known_field_has_its_wire_type);
  ADD ("fields-inside-have-their-wire-type",
       test_fields_inside_have_their_wire_type);
  ADD ("names-keep-their-bytes", test_names_keep_their_bytes);
  ADD ("the-first-string-is-empty", test_the_first_string_is_empty);
  ADD ("the-string-table-must-be-there", test_the_string_table_must_be_there);
  ADD ("string-positions-are-checked", test_string_positions_are_checked);
  ADD ("numbers-are-packed-or-not", test_numbers_are_packed_or_not);
  ADD ("packed-and-unpacked-numbers-mix", test_packed_and_unpacked_numbers_mix);
  ADD ("packed-numbers-end-with-their-field",
       test_packed_numbers_end_with_their_field);
  ADD ("comments-are-packed-or-not", test_comments_are_packed_or_not);
  ADD ("of-scalars-the-last-counts", test_of_scalars_the_last_counts);
  ADD ("a-later-period-type-replaces-the-earlier",
       test_a_later_period_type_replaces_the_earlier);
  ADD ("every-number-but-zero-is-true", test_every_number_but_zero_is_true);
  ADD ("lines-have-columns", test_lines_have_columns);
  ADD ("two-times-are-two-profiles", test_two_times_are_two_profiles);
  ADD ("nothing-of-a-profile-is-no-profile",
       test_nothing_of_a_profile_is_no_profile);
  ADD ("random-bytes-are-no-profile", test_random_bytes_are_no_profile);
  ADD ("endless-zeros-are-given-up", test_endless_zeros_are_given_up);
  ADD ("the-least-profile-is-an-empty-string",
       test_the_least_profile_is_an_empty_string);
  ADD ("pieces-of-any-size-give-the-same",
       test_pieces_of_any_size_give_the_same);
  ADD ("bad-files-fail-alike-in-pieces", test_bad_files_fail_alike_in_pieces);
  ADD ("cut-off-at-every-byte-fails", test_cut_off_at_every_byte_fails);
  ADD ("a-changed-byte-never-crashes", test_a_changed_byte_never_crashes);
  ADD ("a-stack-has-as-many-frames-as-the-limit",
       test_a_stack_has_as_many_frames_as_the_limit);
  ADD ("a-sample-has-as-many-labels-as-the-limit",
       test_a_sample_has_as_many_labels_as_the_limit);
  ADD ("unpacked-numbers-have-the-same-limit",
       test_unpacked_numbers_have_the_same_limit);
  ADD ("a-length-beyond-the-limit-is-refused-at-once",
       test_a_length_beyond_the_limit_is_refused_at_once);
  ADD ("there-are-as-many-types-as-the-limit",
       test_there_are_as_many_types_as_the_limit);
  ADD ("there-are-as-many-comments-as-the-limit",
       test_there_are_as_many_comments_as_the_limit);
  ADD ("a-location-has-a-million-lines", test_a_location_has_a_million_lines);
  ADD ("a-location-takes-only-so-much", test_a_location_takes_only_so_much);
  ADD ("refused-memory-is-an-error", test_refused_memory_is_an_error);
  return g_test_run ();
}
