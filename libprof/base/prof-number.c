/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-number.h"

#include <math.h>

#define MAX_DIGITS 17 /* that a double can need */

static bool
refuse (GError **error, const char *text, const char *reason)
{
  return prof_fail (error, PROF_ERROR_UNSUPPORTED, "“%s” %s", text, reason);
}

bool
prof_number_parse (const char *text, double *number, GError **error)
{
  char  *end;
  double read = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || g_ascii_isspace (text[0]) || isnan (read))
    return refuse (error, text, "is not a number");
  if (isinf (read))
    return refuse (error, text, "is out of range");
  *number = read + 0.0; /* -0 becomes 0 */
  return true;
}

bool
prof_number_parse_whole (const char *text, int64_t *number, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gint64             read;

  if (g_ascii_string_to_signed (text, 10, INT64_MIN, INT64_MAX, &read, &reason))
    {
      *number = read;
      return true;
    }
  if (g_error_matches (reason,
                       G_NUMBER_PARSER_ERROR,
                       G_NUMBER_PARSER_ERROR_OUT_OF_BOUNDS))
    return refuse (error, text, "is out of range");
  return refuse (error, text, "is not a whole number");
}

char *
prof_number_to_text (double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (int digits = 1; digits <= MAX_DIGITS; digits++)
    {
      char format[] = "%.00g";

      format[2] = (char)('0' + digits / 10);
      format[3] = (char)('0' + digits % 10);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  return g_strdup (text);
}
