/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-upright.h"

#define REPLACEMENT 0xfffd

bool
prof_upright_is_turning (gunichar character)
{
  return character == 0x061c || (character >= 0x200e && character <= 0x200f) ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069);
}

char *
prof_upright (const char *text, gssize length)
{
  char    *valid = g_utf8_make_valid (text, length);
  GString *upright = NULL;

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      bool     is_turning = prof_upright_is_turning (character);

      if (is_turning && upright == NULL)
        upright = g_string_new_len (valid, p - valid);
      if (upright != NULL)
        g_string_append_unichar (upright, is_turning ? REPLACEMENT : character);
    }
  if (upright == NULL)
    return valid;
  g_free (valid);
  return g_string_free (upright, FALSE);
}
