/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-quoted.h"

/* The number of so many hexadecimal digits. */
static bool
scan_digits (ProfScan *text, size_t n, gunichar *number)
{
  *number = 0;
  if (prof_scan_left (text) < n)
    return false;
  for (; n > 0; n--, text->at++)
    {
      if (!g_ascii_isxdigit (*text->at))
        return false;
      *number = *number << 4 | (gunichar)g_ascii_xdigit_value (*text->at);
    }
  return true;
}

/* Behind a backslash. */
static bool
scan_escape (ProfScan *text, GString *out)
{
  static const char letters[] = "abfnrtv\\\"'";
  static const char meanings[] = "\a\b\f\n\r\t\v\\\"'";
  char              letter = text->at < text->end ? *text->at++ : '\0';
  const char       *known = letter != '\0' ? strchr (letters, letter) : NULL;
  gunichar          number;

  if (known != NULL)
    g_string_append_c (out, meanings[known - letters]);
  else if (letter == 'x' && scan_digits (text, 2, &number))
    g_string_append_c (out, (char)number);
  else if (((letter == 'u' && scan_digits (text, 4, &number)) ||
            (letter == 'U' && scan_digits (text, 8, &number))) &&
           g_unichar_validate (number))
    g_string_append_unichar (out, number);
  else
    return false;
  return true;
}

bool
prof_quoted_scan (ProfScan *text, GString *out)
{
  g_string_set_size (out, 0);
  if (!prof_scan_letter (text, '"'))
    return false;
  while (text->at < text->end)
    {
      char letter = *text->at++;

      if (letter == '"')
        return true;
      if (letter != '\\')
        g_string_append_c (out, letter);
      else if (!scan_escape (text, out))
        return false;
    }
  return false;
}
