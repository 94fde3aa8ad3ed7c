/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prof.h"

#include "base/prof-json.h"
#include <string.h>

/* An event as text: a mark, and what it says. Control characters are shown as
 * "^0". */
static void
append_event (GString *out, const ProfJson *json, ProfJsonEvent event)
{
  static const char *const marks[] = { "?",       "?",    "{",     "}",
                                       "[",       "]",    "key ",  "text ",
                                       "number ", "true", "false", "null",
                                       "end" };
  size_t                   length;
  const char              *text;

  g_string_append (out, marks[event]);
  if (event == PROF_JSON_KEY || event == PROF_JSON_STRING ||
      event == PROF_JSON_NUMBER)
    {
      text = prof_json_text (json, &length);
      g_assert_cmpuint (text[length], ==, '\0');
      for (size_t i = 0; i < length; i++)
        if (g_ascii_iscntrl (text[i]))
          g_string_append_printf (out, "^%d", text[i]);
        else
          g_string_append_c (out, text[i]);
    }
  g_string_append_c (out, '|');
}

/* Reads until all is read, and leaves out the values of keys "skip" and objects
 * that begin with a key "drop"... */
static bool
read_some (ProfJson *json, GString *out, ProfJsonEvent *event, GError **error)
{
  while ((*event = prof_json_next (json, error)) > PROF_JSON_MORE)
    {
      append_event (out, json, *event);
      if (*event == PROF_JSON_KEY && prof_json_is (json, "skip"))
        prof_json_skip (json);
      if (*event == PROF_JSON_BEGIN_ARRAY && prof_json_depth (json) == 4)
        prof_json_skip (json);
      if (*event == PROF_JSON_END)
        return true;
    }
  return *event == PROF_JSON_MORE;
}

static char *
events_by (const char *text, size_t length, size_t step)
{
  g_autoptr (ProfJson) json = prof_json_new ();
  g_autoptr (GError)   error = NULL;
  GString             *out = g_string_new (NULL);
  ProfJsonEvent        event = PROF_JSON_MORE;

  for (size_t at = 0; at < length && error == NULL; at += step)
    {
      size_t              n = MIN (step, length - at);
      g_autofree uint8_t *piece = g_memdup2 (text + at, n);

      prof_json_feed (json, piece, n);
      read_some (json, out, &event, &error);
    }
  if (error == NULL)
    {
      prof_json_close (json);
      read_some (json, out, &event, &error);
      g_assert_cmpint (event, !=, PROF_JSON_MORE);
    }
  g_assert_true ((event == PROF_JSON_FAILED) == (error != NULL));
  if (error != NULL)
    g_string_append_printf (out, "%d: %s", error->code, error->message);
  return g_string_free (out, FALSE);
}

static const size_t steps[] = { 1, 2, 3, 7, 64, 1000000 };

/* However it is cut. */
static void
check_bytes (const char *text, size_t length, const char *expected)
{
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *events = events_by (text, length, steps[i]);

      g_assert_cmpstr (events, ==, expected);
    }
}

static void
check (const char *text, const char *expected)
{
  check_bytes (text, strlen (text), expected);
}

static void
check_malformed (const char *text, const char *message)
{
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autofree char *events = events_by (text, strlen (text), steps[i]);
      g_autofree char *ending = g_strdup_printf ("%d: %s",
                                                 PROF_ERROR_MALFORMED,
                                                 message);

      if (!g_str_has_suffix (events, ending))
        g_error ("%s: %s, not %s", text, events, ending);
    }
}

static void
check_cut (const char *text, const char *message)
{
  g_autofree char *events = events_by (text, strlen (text), 1);
  g_autofree char *ending = g_strdup_printf ("%d: %s",
                                             PROF_ERROR_TRUNCATED,
                                             message);

  if (!g_str_has_suffix (events, ending))
    g_error ("%s: %s, not %s", text, events, ending);
}

static void
test_events_come_in_the_order_of_the_file (void)
{
  check ("{\"a\": [1, \"b\"]}", "{|key a|[|number 1|text b|]|}|end|");
  check ("[]", "[|]|end|");
  check (" {\r\n\t} \n", "{|}|end|");
  check ("[[],{},[{}]]", "[|[|]|{|}|[|{|}|]|]|end|");
  check ("{\"a\":{},\"a\":null,\"\":true}",
         "{|key a|{|}|key a|null|key |true|}|end|");
  check ("[true,false,null]", "[|true|false|null|]|end|");
}

static void
test_a_document_may_be_one_value (void)
{
  check ("12", "number 12|end|");
  check ("\"x\"", "text x|end|");
  check ("null ", "null|end|");
}

static void
test_a_mark_in_front_is_skipped (void)
{
  check ("\xef\xbb\xbf[1]", "[|number 1|]|end|");
  check_malformed ("\xef\xbb\xbf[x]", "line 1, column 2: a value is missing");
  check_malformed ("\xef\xbb[x]", "line 1, column 1: a value is missing");
}

static void
test_escapes_are_what_they_stand_for (void)
{
  check ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "text \"\\/^8^12^10^13^9|end|");
  check ("\"\\u0041\\u00e9\\u20AC\"", "text Aé€|end|");
  check ("\"\\ud83d\\ude00\"", "text 😀|end|");
  check ("\"a\\u0000b\"", "text a^0b|end|");
  check ("{\"\\u006b\":1}", "{|key k|number 1|}|end|");
  check ("\"é€😀\"", "text é€😀|end|");
}

static void
test_text_that_is_no_utf8_is_refused (void)
{
  check_malformed ("[\"\xff\"]", "line 1, column 2: the text is not UTF-8");
  check_malformed ("[\"\xc3\"]", "line 1, column 2: the text is not UTF-8");
  check_malformed ("[\"\\u0000\xc0\x80\"]",
                   "line 1, column 2: the text is not UTF-8");
  check_malformed ("[\"\xed\xa0\x80\"]",
                   "line 1, column 2: the text is not UTF-8");
  check_malformed ("\"\\ud83d\"",
                   "line 1, column 8: \\u names half of a character");
  check_malformed ("\"\\ud83dx\"",
                   "line 1, column 8: \\u names half of a character");
  check_malformed ("\"\\ud83d\\n\"",
                   "line 1, column 9: \\u names half of a character");
  check_malformed ("\"\\ud83d\\u0041\"",
                   "line 1, column 14: \\u names half of a character");
  check_malformed ("\"\\ude00\"",
                   "line 1, column 8: \\u names half of a character");
  check_malformed ("\"\\u00g0\"",
                   "line 1, column 6: \\u is not followed by four hexadecimal "
                   "digits");
  check_malformed ("\"\\x\"",
                   "line 1, column 3: this is no escape that JSON knows");
  check_malformed ("\"a\nb\"",
                   "line 1, column 3: a control character stands in a text "
                   "without \\");
}

static void
test_what_json_does_not_allow_is_refused (void)
{
  check_malformed ("[1,]", "line 1, column 4: a value is missing");
  check_malformed ("{\"a\":1,}",
                   "line 1, column 8: a name in quotes is missing");
  check_malformed ("{a:1}", "line 1, column 2: a name in quotes is missing");
  check_malformed ("{\"a\" 1}", "line 1, column 6: a colon is missing");
  check_malformed ("{\"a\":}", "line 1, column 6: a value is missing");
  check_malformed ("[1 2]", "line 1, column 4: a comma or ] is missing");
  check_malformed ("{\"a\":1 \"b\":2}",
                   "line 1, column 8: a comma or } is missing");
  check_malformed ("[1}", "line 1, column 3: a comma or ] is missing");
  check_malformed ("]", "line 1, column 1: a value is missing");
  check_malformed ("[1] []", "line 1, column 5: something follows the end");
  check_malformed ("[tru]",
                   "line 1, column 2: this is no value that JSON knows");
  check_malformed ("[NaN]", "line 1, column 2: a value is missing");
  check_malformed ("[/* */1]", "line 1, column 2: a value is missing");
  check_malformed ("['a']", "line 1, column 2: a value is missing");
  check_malformed ("[\v1]", "line 1, column 2: a value is missing");
}

static void
test_numbers_are_written_as_json_has_them (void)
{
  check ("[0,-0,10,1.5,-2e3,1E+2,0.0e-1]",
         "[|number 0|number -0|number 10|number 1.5|number -2e3|number 1E+2|"
         "number 0.0e-1|]|end|");
  check_malformed ("[01]", "line 1, column 3: a number begins with 0");
  check_malformed ("[-]", "line 1, column 3: a digit is missing");
  check_malformed ("[1.]", "line 1, column 4: a digit is missing");
  check_malformed ("[1e+]", "line 1, column 5: a digit is missing");
  check_malformed ("[.5]", "line 1, column 2: a value is missing");
  check_malformed ("[+1]", "line 1, column 2: a value is missing");
  check_malformed ("[1.2.3]", "line 1, column 5: a comma or ] is missing");
  check_malformed ("[0x10]", "line 1, column 3: a comma or ] is missing");
}

static void
test_the_end_may_come_too_early (void)
{
  check_cut ("", "line 1, column 1: the file ends before a value");
  check_cut (" \n ", "line 2, column 2: the file ends before a value");
  check_cut ("{\"a\":[1,", "line 1, column 9: the file ends inside [ ]");
  check_cut ("{\"a\":", "line 1, column 6: the file ends inside { }");
  check_cut ("[\"a\\", "line 1, column 5: the file ends inside a text");
  check_cut ("[\"\\ud83d", "line 1, column 9: the file ends inside a text");
  check_cut ("-", "line 1, column 2: the file ends inside a number");
  check_cut ("[1.", "line 1, column 4: the file ends inside a number");
  check_cut ("[1", "line 1, column 3: the file ends inside [ ]");
  check_cut ("nul", "line 1, column 4: the file ends inside a word");
}

static void
test_places_are_lines_and_characters (void)
{
  check_malformed ("[\n\"é€\", x]", "line 2, column 7: a value is missing");
  check_malformed ("[\"é\",\r\n\n\"€\" x]",
                   "line 3, column 5: a comma or ] is missing");
}

static void
test_what_is_skipped_gives_no_events (void)
{
  check ("{\"skip\":1,\"a\":2}", "{|key skip|key a|number 2|}|end|");
  check ("{\"skip\":{\"b\":[1,{\"skip\":[]}]},\"a\":2}",
         "{|key skip|key a|number 2|}|end|");
  check ("{\"skip\":[]}", "{|key skip|}|end|");
  check ("[[[[1,[2]],3],[[]]]]", "[|[|[|[|number 3|]|[|[|]|]|]|end|");
  check ("{\"skip\":\"\\u0041\xff\"}", "{|key skip|}|end|");
  check_malformed ("{\"skip\":[1 2]}",
                   "line 1, column 12: a comma or ] is missing");
}

static const struct
{
  const char *text;
  bool        is_whole;
  int64_t     whole;
  double      number;
} numbers[] = {
  { "0", true, 0, 0 },
  { "-0", true, 0, 0 },
  { "9223372036854775807", true, INT64_MAX, 9223372036854775807.0 },
  { "-9223372036854775808", true, INT64_MIN, -9223372036854775808.0 },
  { "9223372036854775808", false, 0, 9223372036854775808.0 },
  { "-9223372036854775809", false, 0, -9223372036854775809.0 },
  { "99999999999999999999999", false, 0, 99999999999999999999999.0 },
  { "1.50e2", true, 150, 150 },
  { "1.25e1", false, 0, 12.5 },
  { "100.000", true, 100, 100 },
  { "1000e-3", true, 1, 1 },
  { "9007199254740993", true, 9007199254740993, 9007199254740993.0 },
  { "0.1", false, 0, 0.1 },
  { "-123.456", false, 0, -123.456 },
  { "4.35", false, 0, 4.35 },
  { "1e22", false, 0, 1e22 },
  { "1e23", false, 0, 1e23 },
  { "1.7976931348623157e308", false, 0, 1.7976931348623157e308 },
  { "5e-324", false, 0, 5e-324 },
  { "1e-99999999999", false, 0, 0 },
  { "0e99999999999", true, 0, 0 },
  { "123456789012345678901234567890e-29",
    false,
    0,
    1.23456789012345678901234567890 },
};

static void
test_numbers_are_exact (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autoptr (ProfJson) json = prof_json_new ();
      int64_t              whole = 7;
      double               number = 7;

      prof_json_feed (json,
                      (const uint8_t *)numbers[i].text,
                      strlen (numbers[i].text));
      prof_json_close (json);
      g_assert_cmpint (prof_json_next (json, NULL), ==, PROF_JSON_NUMBER);
      g_test_message ("%s", numbers[i].text);
      g_assert_true (prof_json_int64 (json, &whole) == numbers[i].is_whole);
      g_assert_cmpint (whole, ==, numbers[i].is_whole ? numbers[i].whole : 7);
      g_assert_true (prof_json_double (json, &number));
      g_assert_cmpfloat (number, ==, numbers[i].number);
    }
}

static void
test_a_number_out_of_range_is_none (void)
{
  g_autoptr (ProfJson) json = prof_json_new ();
  double               number = 7;

  prof_json_feed (json, (const uint8_t *)"[1e999]", 7);
  g_assert_cmpint (prof_json_next (json, NULL), ==, PROF_JSON_BEGIN_ARRAY);
  g_assert_cmpint (prof_json_next (json, NULL), ==, PROF_JSON_NUMBER);
  g_assert_false (prof_json_double (json, &number));
  g_assert_cmpfloat (number, ==, 7);
}

/* "[[[...": one level more than may be. */
static void
test_levels_are_limited (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *events = NULL;

  for (int i = 0; i < PROF_MAX_JSON_DEPTH; i++)
    g_string_append (text, "{\"skip\":");
  g_string_append_c (text, '0');
  for (int i = 0; i < PROF_MAX_JSON_DEPTH; i++)
    g_string_append_c (text, '}');
  check_bytes (text->str, text->len, "{|key skip|}|end|");
  g_string_prepend_c (text, '[');
  events = events_by (text->str, text->len, 1000);
  g_assert_true (g_str_has_suffix (events,
                                   "more than 65536 levels lie inside each "
                                   "other"));
}

static char *
text_of (size_t length, const char *end)
{
  GString *text = g_string_new ("\"");

  for (size_t i = 0; i < length; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, end);
  return g_string_free (text, FALSE);
}

static void
test_texts_are_limited (void)
{
  g_autofree char *longest = text_of (PROF_MAX_JSON_STRING, "\"");
  g_autofree char *longer = text_of (PROF_MAX_JSON_STRING + 1, "\"");
  g_autofree char *skipped = g_strdup_printf ("{\"skip\":%s}", longer);
  g_autofree char *events = events_by (longest, strlen (longest), 999);
  g_autofree char *refused = events_by (longer, strlen (longer), 999);

  g_assert_true (g_str_has_suffix (events, "x|end|"));
  g_assert_true (
      g_str_has_suffix (refused, "the text is longer than 1048576 bytes"));
  check (skipped, "{|key skip|}|end|");
}

static void
test_a_limit_of_names_is_one_of_texts (void)
{
  static const struct
  {
    uint64_t limit;
    size_t   longest;
  } cases[] = { { 0, PROF_MAX_JSON_STRING }, { 3, 3 }, { 2u << 20, 2u << 20 } };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const ProfLimits limits = { .values[PROF_LIMIT_STRING] = cases[i].limit };

      for (size_t more = 0; more < 2; more++)
        {
          g_autofree char     *text = text_of (cases[i].longest + more, "\"");
          g_autoptr (ProfJson) json = prof_json_new ();
          g_autoptr (GError)   error = NULL;
          ProfLimit            limit;

          prof_json_limit_texts (json, &limits);
          prof_json_feed (json, (const uint8_t *)text, strlen (text));
          g_assert_cmpint (prof_json_next (json, &error),
                           ==,
                           more == 0 ? PROF_JSON_STRING : PROF_JSON_FAILED);
          if (more == 0)
            continue;
          g_assert_true (prof_limits_passed (error, &limit));
          g_assert_cmpint (limit, ==, PROF_LIMIT_STRING);
        }
    }
}

static void
test_numbers_are_limited (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char    *events = NULL;

  for (int i = 0; i < PROF_MAX_JSON_NUMBER; i++)
    g_string_append_c (text, '1');
  events = events_by (text->str, text->len, 100);
  g_assert_true (g_str_has_suffix (events, "1|end|"));
  g_string_append_c (text, '1');
  check_malformed (text->str,
                   "line 1, column 1: the number is longer than 1024 letters");
}

/* A reader says where in the document it has found what it does not like. */
static void
test_a_reader_fails_at_the_event (void)
{
  g_autoptr (ProfJson) json = prof_json_new ();
  g_autoptr (GError)   error = NULL;

  prof_json_feed (json, (const uint8_t *)"[\n  12]", 7);
  g_assert_cmpint (prof_json_next (json, NULL), ==, PROF_JSON_BEGIN_ARRAY);
  g_assert_cmpint (prof_json_next (json, NULL), ==, PROF_JSON_NUMBER);
  g_assert_cmpuint (prof_json_offset (json), ==, 4);
  g_assert_cmpuint (prof_json_depth (json), ==, 1);
  g_assert_false (prof_json_fail (json, &error, "%d is odd", 12));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_MALFORMED);
  g_assert_cmpstr (error->message, ==, "line 2, column 3: 12 is odd");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/events-come-in-the-order-of-the-file",
                   test_events_come_in_the_order_of_the_file);
  g_test_add_func ("/json/a-document-may-be-one-value",
                   test_a_document_may_be_one_value);
  g_test_add_func ("/json/a-mark-in-front-is-skipped",
                   test_a_mark_in_front_is_skipped);
  g_test_add_func ("/json/escapes-are-what-they-stand-for",
                   test_escapes_are_what_they_stand_for);
  g_test_add_func ("/json/text-that-is-no-utf8-is-refused",
                   test_text_that_is_no_utf8_is_refused);
  g_test_add_func ("/json/what-json-does-not-allow-is-refused",
                   test_what_json_does_not_allow_is_refused);
  g_test_add_func ("/json/numbers-are-written-as-json-has-them",
                   test_numbers_are_written_as_json_has_them);
  g_test_add_func ("/json/the-end-may-come-too-early",
                   test_the_end_may_come_too_early);
  g_test_add_func ("/json/places-are-lines-and-characters",
                   test_places_are_lines_and_characters);
  g_test_add_func ("/json/what-is-skipped-gives-no-events",
                   test_what_is_skipped_gives_no_events);
  g_test_add_func ("/json/numbers-are-exact", test_numbers_are_exact);
  g_test_add_func ("/json/a-number-out-of-range-is-none",
                   test_a_number_out_of_range_is_none);
  g_test_add_func ("/json/levels-are-limited", test_levels_are_limited);
  g_test_add_func ("/json/texts-are-limited", test_texts_are_limited);
  g_test_add_func ("/json/a-limit-of-names-is-one-of-texts",
                   test_a_limit_of_names_is_one_of_texts);
  g_test_add_func ("/json/numbers-are-limited", test_numbers_are_limited);
  g_test_add_func ("/json/a-reader-fails-at-the-event",
                   test_a_reader_fails_at_the_event);
  return g_test_run ();
}
