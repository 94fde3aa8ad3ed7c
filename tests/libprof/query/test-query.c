/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "prof.h"

#include <locale.h>
#include <string.h>

/* Changes a query as a whole command line would. */
static ProfQuery *
query (const char *text)
{
  g_autoptr (GError) error = NULL;
  ProfQuery         *query = prof_query_from_text (text, &error);

  g_assert_no_error (error);
  return query;
}

static ProfQuery *
with (ProfQuery *query, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  ProfQuery         *changed = prof_query_with (query, name, value, &error);

  g_assert_no_error (error);
  return changed;
}

static void
assert_text (const ProfQuery *query, const char *expected)
{
  g_autofree char *text = prof_query_to_text (query);

  g_assert_cmpstr (text, ==, expected);
}

static void
assert_same (const ProfQuery *a, const ProfQuery *b)
{
  g_assert_true (prof_query_equal (a, b));
  g_assert_cmpuint (prof_query_hash (a), ==, prof_query_hash (b));
}

static void
test_nothing_asked_is_pprofs_defaults (void)
{
  g_autoptr (ProfQuery)  query = prof_query_new ();
  const ProfQueryFields *fields = prof_query_fields (query);

  g_assert_cmpstr (fields->sample_index, ==, "");
  g_assert_cmpstr (fields->focus, ==, "");
  g_assert_cmpstr (fields->unit, ==, "minimum");
  g_assert_cmpint (fields->granularity, ==, PROF_GRANULARITY_FUNCTIONS);
  g_assert_cmpint (fields->nodecount, ==, -1);
  g_assert_cmpfloat (fields->nodefraction, ==, 0.005);
  g_assert_cmpfloat (fields->edgefraction, ==, 0.001);
  g_assert_cmpfloat (fields->divide_by, ==, 1);
  g_assert_true (fields->trim);
  g_assert_false (fields->mean);
  g_assert_null (fields->base[0]);
  g_assert_null (fields->diff_base[0]);
  assert_text (query, "");
}

static void
test_a_query_does_not_change (void)
{
  g_autoptr (ProfQuery) old = query ("--focus=a --base=x");
  g_autoptr (ProfQuery) new = with (old, "focus", "b");
  g_autoptr (ProfQuery) more = with (new, "base", "y");

  assert_text (old, "--focus=a --base=x");
  assert_text (new, "--focus=b --base=x");
  assert_text (more, "--focus=b --base=x --base=y");
}

static void
test_options_come_in_one_order (void)
{
  g_autoptr (ProfQuery) a = query ("--cum --granularity=lines --focus='a b'");
  g_autoptr (ProfQuery) b = query ("--focus='a b' --granularity=lines --cum");

  assert_text (a, "--focus='a b' --granularity=lines --cum");
  assert_same (a, b);
}

static void
test_names_have_dashes_or_underscores (void)
{
  g_autoptr (ProfQuery) query = prof_query_new ();
  g_autoptr (ProfQuery) a = with (query, "show_from", "x");
  g_autoptr (ProfQuery) b = with (query, "show-from", "x");

  assert_same (a, b);
  g_assert_cmpstr (prof_query_fields (a)->show_from, ==, "x");
}

static void
test_every_flag_is_given_and_taken_back (void)
{
  g_autoptr (ProfQuery)  none = prof_query_new ();
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);
  size_t                 n_flags = 0;

  for (size_t o = 0; o < n; o++)
    if (options[o].kind == PROF_QUERY_OPTION_FLAG)
      {
        g_autofree char      *text = g_strconcat ("--", options[o].name, NULL);
        g_autoptr (ProfQuery) on = with (none, options[o].name, "true");
        g_autoptr (ProfQuery) off = with (on, options[o].name, "no");
        g_autoptr (ProfQuery) back = with (on, options[o].name, NULL);

        assert_text (on, text);
        assert_same (off, none);
        assert_same (back, none);
        n_flags++;
      }
  g_assert_cmpuint (n_flags, ==, 11);
}

static void
test_a_flag_is_the_opposite_of_its_default (void)
{
  g_autoptr (ProfQuery) query_1 = query ("--no-trim --mean");

  g_assert_false (prof_query_fields (query_1)->trim);
  g_assert_true (prof_query_fields (query_1)->mean);
}

static const char *
example_value (const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_FLAG:
      return "true";
    case PROF_QUERY_OPTION_COUNT:
      return "12";
    case PROF_QUERY_OPTION_NUMBER:
      return "0.25";
    case PROF_QUERY_OPTION_CHOICE:
      return option->choices[1];
    case PROF_QUERY_OPTION_TEXT:
      return strcmp (option->name, "unit") == 0 ? "ms" : "text";
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
    case PROF_QUERY_OPTION_LIST:
    default:
      return "text";
    }
}

/* Each field has its own row, so no two options may give equal queries. */
static void
test_every_option_changes_its_own_field (void)
{
  g_autoptr (ProfQuery)  none = prof_query_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (prof_query_hash,
                                                       prof_query_equal,
                                                       (GDestroyNotify)
                                                           prof_query_unref,
                                                       NULL);
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  g_hash_table_add (seen, prof_query_ref (none));
  for (size_t o = 0; o < n; o++)
    {
      ProfQuery            *changed = with (none,
                                 options[o].name,
                                 example_value (&options[o]));
      g_autoptr (ProfQuery) back = with (changed, options[o].name, NULL);

      assert_same (back, none);
      g_assert_true (g_hash_table_add (seen, changed));
    }
}

static void
test_every_option_has_help (void)
{
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  g_assert_cmpuint (n, ==, 35);
  for (size_t o = 0; o < n; o++)
    {
      bool is_flag = options[o].kind == PROF_QUERY_OPTION_FLAG;
      bool is_choice = options[o].kind == PROF_QUERY_OPTION_CHOICE;

      g_assert_nonnull (options[o].help);
      g_assert_true ((options[o].argument == NULL) == is_flag);
      g_assert_true ((options[o].choices != NULL) == is_choice);
    }
}

static void
assert_round_trip (const char *name, const char *value)
{
  g_autoptr (ProfQuery) none = prof_query_new ();
  g_autoptr (ProfQuery) changed = with (none, name, value);
  g_autofree char      *text = prof_query_to_text (changed);
  g_autoptr (ProfQuery) read = query (text);

  assert_same (changed, read);
}

static void
test_any_text_is_read_back (void)
{
  static const char *const texts[] = {
    "",      "a b",      "it's", "\"",   "\\",     "$HOME", "`id`",
    "a\nb",  "#comment", "löwe", "−1",   "=",      "--x",   "a'b\"c\\d",
    " lead", "\t",       "~",    "*",    "!",      "a;b",   "name\xff\1",
    "'\\''", "日本",     "&|<>", "\r\n", "a\\\nb", "%s",    "x=y,z:1@2/+",
  };

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    {
      assert_round_trip ("sample-index", texts[t]);
      assert_round_trip ("trim-path", texts[t]);
      assert_round_trip ("tagroot", texts[t]);
      if (texts[t][0] != '\0')
        assert_round_trip ("base", texts[t]);
    }
}

static void
test_random_text_is_read_back (void)
{
  guint32           seed = g_random_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (size_t i = 0; i < 2000; i++)
    {
      char   text[24] = { 0 };
      gint32 length = g_rand_int_range (random, 0, sizeof text);

      for (gint32 c = 0; c < length; c++)
        text[c] = (char)g_rand_int_range (random, 1, 256);
      assert_round_trip ("sample-index", text);
    }
}

static void
test_extreme_numbers_are_read_back (void)
{
  assert_round_trip ("nodecount", "0");
  assert_round_trip ("nodecount", "-9223372036854775808");
  assert_round_trip ("nodecount", "9223372036854775807");
  assert_round_trip ("nodefraction", "-0.3333333333333333");
  assert_round_trip ("nodefraction", "5e-324");
  assert_round_trip ("edgefraction", "1.7976931348623157e308");
  assert_round_trip ("divide-by", "-1e-300");
  assert_round_trip ("divide-by", "0.1");
}

static void
test_only_what_needs_it_is_quoted (void)
{
  g_autoptr (ProfQuery) plain = query (
      "--tagfocus=bytes=1:2 --base=/a/b.pb.gz");
  g_autoptr (ProfQuery) blank = query ("--trim-path=' '");
  g_autoptr (ProfQuery) quote = query ("--focus=\"it's\"");

  assert_text (plain, "--tagfocus=bytes=1:2 --base=/a/b.pb.gz");
  assert_text (blank, "--trim-path=' '");
  assert_text (quote, "--focus='it'\\''s'");
}

static void
test_numbers_are_written_short_in_every_locale (void)
{
  g_autoptr (ProfQuery) query_1 = query ("--nodefraction=0.1 --divide-by=2.5");

  assert_text (query_1, "--nodefraction=0.1 --divide-by=2.5");
  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("no locale with a decimal comma");
      return;
    }
  assert_text (query_1, "--nodefraction=0.1 --divide-by=2.5");
  assert_round_trip ("nodefraction", "0.25");
  setlocale (LC_NUMERIC, "C");
}

static void
assert_refused (const char *name,
                const char *value,
                ProfError   code,
                const char *expected)
{
  g_autoptr (ProfQuery) none = prof_query_new ();
  g_autoptr (GError)    error = NULL;

  g_assert_null (prof_query_with (none, name, value, &error));
  g_assert_error (error, PROF_ERROR, (int)code);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_what_cannot_be_asked_is_refused (void)
{
  const ProfError code = PROF_ERROR_UNSUPPORTED;

  assert_refused ("colour", "x", code, "there is no option “colour”");
  assert_refused ("", "x", code, "there is no option “”");
  assert_refused ("trim", "x", code, "there is no option “trim”");
  assert_refused ("granularity",
                  "foo",
                  code,
                  "granularity: no “foo”; there are: functions, "
                  "filefunctions, files, lines, addresses, packages");
  assert_refused ("unit",
                  "parsec",
                  code,
                  "unit: no unit “parsec”; there are ns, us, ms, s, hrs, B, "
                  "kB, MB, GB, TB, PB, nanoGCU to petaGCU, count, auto, "
                  "minimum");
  assert_refused ("nodecount",
                  "99999999999999999999",
                  code,
                  "nodecount: “99999999999999999999” is out of range");
  assert_refused ("nodecount",
                  "1.5",
                  code,
                  "nodecount: “1.5” is not a whole number");
  assert_refused ("nodefraction",
                  "1e999",
                  code,
                  "nodefraction: “1e999” is out of range");
  assert_refused ("edgefraction",
                  "x",
                  code,
                  "edgefraction: “x” is not a number");
  assert_refused ("divide-by", "0", code, "divide-by: 0 is no divisor");
  assert_refused ("divide_by",
                  "1e-310",
                  code,
                  "divide-by: “1e-310” is out of range");
  assert_refused ("mean",
                  "perhaps",
                  code,
                  "mean: “perhaps” is neither true "
                  "nor false");
  assert_refused ("base", "", code, "base: the name of a file is empty");
  assert_refused ("focus-path",
                  "main;;f",
                  code,
                  "focus-path: name 2 of the path is empty");
}

static void
test_a_bad_pattern_is_found_when_it_is_asked (void)
{
  static const char *const names[] = {
    "focus",     "ignore",     "hide",    "show",
    "show-from", "prune-from", "tagshow", "taghide",
  };
  g_autoptr (ProfQuery) none = prof_query_new ();

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (prof_query_with (none, names[i], "a(b", &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_PATTERN);
      g_assert_true (g_str_has_prefix (error->message, names[i]));
    }
}

static void
test_a_message_begins_with_the_option (void)
{
  assert_refused ("focus",
                  "main(a",
                  PROF_ERROR_PATTERN,
                  "focus: missing closing parenthesis at character 7");
  assert_refused ("tagfocus",
                  "user=a,(",
                  PROF_ERROR_PATTERN,
                  "tagfocus: in “(”, missing closing parenthesis at "
                  "character 2");
  assert_refused ("tagignore",
                  "99999999999999999999",
                  PROF_ERROR_UNSUPPORTED,
                  "tagignore: “99999999999999999999” is out of range");
}

static void
test_one_base_excludes_the_other (void)
{
  g_autoptr (ProfQuery) base = query ("--base=x");
  g_autoptr (ProfQuery) back = NULL;
  g_autoptr (GError)    error = NULL;

  g_assert_null (prof_query_with (base, "diff-base", "y", &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, "base and diff-base exclude each other");
  back = with (base, "base", NULL);
  prof_query_unref (with (back, "diff-base", "y"));
}

static void
assert_not_read (const char *text, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_query_from_text (text, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message, ==, expected);
}

static void
test_text_that_is_no_query_is_refused (void)
{
  assert_not_read ("focus=x", "“focus=x” is no option");
  assert_not_read ("---cum", "“---cum” is no option");
  assert_not_read ("--focus", "focus: the value is missing");
  assert_not_read ("--focus='a", "the options end inside a quotation");
  assert_not_read ("--cum\\", "the options end inside a quotation");
  assert_not_read ("--colour=x", "there is no option “colour”");
  assert_not_read ("--base=x --diff-base=y",
                   "base and diff-base exclude each other");
}

static void
test_nothing_but_blanks_is_nothing_asked (void)
{
  g_autoptr (ProfQuery) none = prof_query_new ();
  g_autoptr (ProfQuery) empty = query ("");
  g_autoptr (ProfQuery) blanks = query (" \n\t");

  assert_same (empty, none);
  assert_same (blanks, none);
}

static void
test_options_as_pprof_writes_them_are_read (void)
{
  g_autoptr (ProfQuery) query_1 = query ("-focus=x -cum=false -mean=t");

  assert_text (query_1, "--focus=x --mean");
}

static void
assert_filters (const char *text, const char *expected)
{
  g_autoptr (ProfQuery) query_1 = query (text);
  g_auto (GStrv)        filters = prof_query_active_filters (query_1);
  g_autofree char      *all = g_strjoinv (" ", filters);

  g_assert_cmpstr (all, ==, expected);
}

static void
test_active_filters_come_in_pprofs_order (void)
{
  assert_filters ("--cum --unit=ms", "");
  assert_filters ("--taghide=10 --tagshow=9 --tagignore=8 --tagfocus=7 "
                  "--focus-path=a --prune-from=6 --show-from=5 --show=4 "
                  "--hide=3 --ignore=2 --focus=1",
                  "focus=1 ignore=2 hide=3 show=4 show_from=5 focus_path=a "
                  "tagfocus=7 "
                  "tagignore=8 tagshow=9 taghide=10");
}

static void
test_active_filters_are_cut_after_80_bytes (void)
{
  g_autofree char *long_text = g_strnfill (74, 'x');
  g_autofree char *fits = g_strconcat ("--focus=", long_text, NULL);
  g_autofree char *fitting = g_strconcat ("focus=", long_text, NULL);
  g_autofree char *more = g_strconcat ("--focus=", long_text, "é", NULL);
  g_autofree char *cut = g_strconcat ("focus=", long_text, "…", NULL);

  g_assert_cmpuint (strlen (fitting), ==, 80);
  assert_filters (fits, fitting);
  assert_filters (more, cut);
}

static void
test_a_character_may_be_cut_in_two (void)
{
  g_autofree char *long_text = g_strnfill (73, 'x');
  g_autofree char *text = g_strconcat ("--focus=", long_text, "é", NULL);
  g_autofree char *cut = g_strconcat ("focus=", long_text, "\xc3…", NULL);

  assert_filters (text, cut);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/query/" path, test)
  ADD ("nothing-asked-is-pprofs-defaults",
       test_nothing_asked_is_pprofs_defaults);
  ADD ("a-query-does-not-change", test_a_query_does_not_change);
  ADD ("options-come-in-one-order", test_options_come_in_one_order);
  ADD ("names-have-dashes-or-underscores",
       test_names_have_dashes_or_underscores);
  ADD ("every-flag-is-given-and-taken-back",
       test_every_flag_is_given_and_taken_back);
  ADD ("a-flag-is-the-opposite-of-its-default",
       test_a_flag_is_the_opposite_of_its_default);
  ADD ("every-option-changes-its-own-field",
       test_every_option_changes_its_own_field);
  ADD ("every-option-has-help", test_every_option_has_help);
  ADD ("any-text-is-read-back", test_any_text_is_read_back);
  ADD ("random-text-is-read-back", test_random_text_is_read_back);
  ADD ("extreme-numbers-are-read-back", test_extreme_numbers_are_read_back);
  ADD ("only-what-needs-it-is-quoted", test_only_what_needs_it_is_quoted);
  ADD ("numbers-are-written-short-in-every-locale",
       test_numbers_are_written_short_in_every_locale);
  ADD ("what-cannot-be-asked-is-refused", test_what_cannot_be_asked_is_refused);
  ADD ("a-bad-pattern-is-found-when-it-is-asked",
       test_a_bad_pattern_is_found_when_it_is_asked);
  ADD ("a-message-begins-with-the-option",
       test_a_message_begins_with_the_option);
  ADD ("one-base-excludes-the-other", test_one_base_excludes_the_other);
  ADD ("text-that-is-no-query-is-refused",
       test_text_that_is_no_query_is_refused);
  ADD ("nothing-but-blanks-is-nothing-asked",
       test_nothing_but_blanks_is_nothing_asked);
  ADD ("options-as-pprof-writes-them-are-read",
       test_options_as_pprof_writes_them_are_read);
  ADD ("active-filters-come-in-pprofs-order",
       test_active_filters_come_in_pprofs_order);
  ADD ("active-filters-are-cut-after-80-bytes",
       test_active_filters_are_cut_after_80_bytes);
  ADD ("a-character-may-be-cut-in-two", test_a_character_may_be_cut_in_two);
#undef ADD
  return g_test_run ();
}
