/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-clip.h"

char *
viewer_clip (const char *text, size_t n_chars)
{
  const char *cut = text;
  const char *end = text;

  if (text == NULL)
    return NULL;
  for (size_t n = 0; *end != '\0' && n <= n_chars; n++)
    {
      if (n + 1 == n_chars)
        cut = end;
      if (n == n_chars)
        return g_strdup_printf ("%.*s…", (int)(cut - text), text);
      end = g_utf8_next_char (end);
    }
  return g_strdup (text);
}
