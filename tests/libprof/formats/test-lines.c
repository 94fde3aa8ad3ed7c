/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-lines.h"

#include <string.h>

typedef struct
{
  ProfLines lines;
  GString  *out; /* "NUMBER@OFFSET:line|" */
} Reader;

static bool
take (void *data, ProfScan line, GError **error)
{
  Reader *self = data;

  if (prof_scan_is (&line, "stop"))
    return prof_lines_fail (&self->lines, line.end, error, "no %s", "more");
  g_string_append_printf (self->out,
                          "%u@%u:%.*s|",
                          (unsigned)self->lines.number,
                          (unsigned)self->lines.offset,
                          (int)prof_scan_left (&line),
                          line.at);
  return true;
}

static bool
read_by (Reader *reader, const char *text, size_t step, GError **error)
{
  size_t length = strlen (text);

  for (size_t at = 0; at < length; at += step)
    {
      size_t              n = MIN (step, length - at);
      g_autofree uint8_t *piece = g_memdup2 (text + at, n);

      if (!prof_lines_feed (&reader->lines, piece, n, take, reader, error))
        return false;
    }
  return prof_lines_finish (&reader->lines, take, reader, error);
}

static void
check (const char *text, const char *expected)
{
  for (size_t step = 1; step <= strlen (text) + 1; step++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      g_autoptr (GError)  error = NULL;
      Reader              reader = { .out = out };

      read_by (&reader, text, step, &error);
      prof_lines_clear (&reader.lines);
      if (error != NULL)
        g_string_append (out, error->message);
      g_assert_cmpstr (out->str, ==, expected);
    }
}

static void
test_lines_are_found_wherever_pieces_end (void)
{
  check ("", "");
  check ("a", "1@0:a|");
  check ("a\nbc\n\nd", "1@0:a|2@2:bc|3@5:|4@6:d|");
  check ("a\r\n\r\nb\rc\r\n", "1@0:a|2@3:|3@5:b\rc|");
}

/* No bytes at all, which may be nowhere. */
static void
test_nothing_is_no_line (void)
{
  g_autoptr (GString) out = g_string_new (NULL);
  Reader              reader = { .out = out };
  ProfScan            head = prof_lines_look (NULL, 0);
  ProfScan            line;

  g_assert_true (prof_lines_feed (&reader.lines, NULL, 0, take, &reader, NULL));
  g_assert_true (prof_lines_finish (&reader.lines, take, &reader, NULL));
  g_assert_cmpstr (out->str, ==, "");
  g_assert_false (prof_lines_look_next (&head, true, &line));
}

static void
test_a_mark_in_front_is_skipped (void)
{
  check ("\xef\xbb\xbf"
         "a\n\xef\xbb\xbf",
         "1@0:a|2@5:\xef\xbb\xbf|");
}

static void
test_errors_say_line_and_column (void)
{
  check ("a\nstop\nb\n", "1@0:a|line 2, column 5: no more");
  check ("\xef\xbb\xbfstop", "line 1, column 5: no more");
}

static void
check_most (const ProfLimits *limits, uint64_t most)
{
  ProfLines lines;

  prof_lines_init (&lines, limits);
  g_assert_cmpuint (lines.most, ==, most);
}

static void
test_a_line_is_as_long_as_limits_allow (void)
{
  const ProfLimits low = { .values[PROF_LIMIT_FRAMES] = 1,
                           .values[PROF_LIMIT_STRING] = 1 };
  const ProfLimits frames = {
    .values[PROF_LIMIT_FRAMES] = 2 * PROF_MAX_STACK_FRAMES
  };
  const ProfLimits string = { .values[PROF_LIMIT_STRING] = PROF_MOST_STRING };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GError)  error = NULL;
  Reader              reader = { .out = out, .lines.most = 5 };
  ProfLimit           limit;

  check_most (NULL, PROF_MAX_LINE);
  check_most (&low, PROF_MAX_LINE);
  check_most (&frames, 2 * PROF_MAX_LINE);
  check_most (&string, PROF_MOST_STRING);
  g_assert_true (read_by (&reader, "12345\n12345", 1, &error));
  g_assert_false (read_by (&reader, "a\n123456\n", 1, &error));
  g_assert_true (prof_limits_passed (error, &limit));
  g_assert_cmpint (limit, ==, PROF_LIMIT_FRAMES);
  prof_lines_clear (&reader.lines);
}

static void
test_numbers_are_read_whole_or_not (void)
{
  static const char text[] = "18446744073709551615 18446744073709551616 -7 "
                             "0xfFffffffffffffff 10000000000000000";
  ProfScan          scan = { text, text + strlen (text) };
  uint64_t          number;
  int64_t           integer;
  ProfScan          word;

  g_assert_true (prof_scan_number (&scan, &number));
  g_assert_cmpuint (number, ==, UINT64_MAX);
  g_assert_false (prof_scan_number (&scan, &number));
  prof_scan_blanks (&scan);
  g_assert_false (prof_scan_number (&scan, &number));
  g_assert_true (prof_scan_word (&scan, &word));
  g_assert_true (prof_scan_is (&word, "18446744073709551616"));
  prof_scan_blanks (&scan);
  g_assert_true (prof_scan_integer (&scan, &integer));
  g_assert_cmpint (integer, ==, -7);
  prof_scan_blanks (&scan);
  g_assert_true (prof_scan_hex (&scan, &number));
  g_assert_cmpuint (number, ==, UINT64_MAX);
  prof_scan_blanks (&scan);
  g_assert_false (prof_scan_hex (&scan, &number));
  g_assert_cmpuint (prof_scan_left (&scan), ==, 17);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lines/lines-are-found-wherever-pieces-end",
                   test_lines_are_found_wherever_pieces_end);
  g_test_add_func ("/lines/nothing-is-no-line", test_nothing_is_no_line);
  g_test_add_func ("/lines/a-mark-in-front-is-skipped",
                   test_a_mark_in_front_is_skipped);
  g_test_add_func ("/lines/a-line-is-as-long-as-limits-allow",
                   test_a_line_is_as_long_as_limits_allow);
  g_test_add_func ("/lines/errors-say-line-and-column",
                   test_errors_say_line_and_column);
  g_test_add_func ("/lines/numbers-are-read-whole-or-not",
                   test_numbers_are_read_whole_or_not);
  return g_test_run ();
}
