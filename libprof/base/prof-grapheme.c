/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-grapheme.h"

#include <string.h>

#define JOINER     0x200d
#define NON_JOINER 0x200c
#define THAI_AM    0x0e33
#define LAO_AM     0x0eb3

/* The class of signs behind a consonant that the next one may join. */
#define VIRAMA 9

static bool
is_mark (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  return type == G_UNICODE_NON_SPACING_MARK || type == G_UNICODE_SPACING_MARK ||
         type == G_UNICODE_ENCLOSING_MARK;
}

/* What belongs to the character in front of it, whatever that is. */
static bool
extends (gunichar c)
{
  if (c < 0x300)
    return false;
  return is_mark (c) || c == JOINER || c == NON_JOINER || c == THAI_AM ||
         c == LAO_AM || (c >= 0xff9e && c <= 0xff9f) || /* half width kana */
         (c >= 0x1f3fb && c <= 0x1f3ff) ||              /* colours of skin */
         (c >= 0xe0020 && c <= 0xe007f);                /* tags of flags */
}

/* Signs in front of what they belong to: of numbers in Arabic, of letters in
 * some scripts of India. */
static bool
is_prefix (gunichar c)
{
  return (c >= 0x600 && c <= 0x605) || c == 0x6dd || c == 0x70f ||
         (c >= 0x890 && c <= 0x891) || c == 0x8e2 || c == 0xd4e ||
         c == 0x110bd || c == 0x110cd || (c >= 0x111c2 && c <= 0x111c3);
}

static bool
is_region (gunichar c)
{
  return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* Parts of a Korean syllable, in their order. */
static bool
is_one_syllable (gunichar left, gunichar right)
{
  GUnicodeBreakType one;
  GUnicodeBreakType other;

  if (left < 0x1100 || right < 0x1100)
    return false;
  one = g_unichar_break_type (left);
  other = g_unichar_break_type (right);
  if (one == G_UNICODE_BREAK_HANGUL_L_JAMO)
    return other == G_UNICODE_BREAK_HANGUL_L_JAMO ||
           other == G_UNICODE_BREAK_HANGUL_V_JAMO ||
           other == G_UNICODE_BREAK_HANGUL_LV_SYLLABLE ||
           other == G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE;
  if (one == G_UNICODE_BREAK_HANGUL_V_JAMO ||
      one == G_UNICODE_BREAK_HANGUL_LV_SYLLABLE)
    return other == G_UNICODE_BREAK_HANGUL_V_JAMO ||
           other == G_UNICODE_BREAK_HANGUL_T_JAMO;
  if (one == G_UNICODE_BREAK_HANGUL_T_JAMO ||
      one == G_UNICODE_BREAK_HANGUL_LVT_SYLLABLE)
    return other == G_UNICODE_BREAK_HANGUL_T_JAMO;
  return false;
}

/* @n_regions: how many signs of regions stand directly in front of @right; two
 * of them are a flag. */
static bool
belong_together (gunichar left, gunichar right, size_t n_regions)
{
  if (left == '\r' && right == '\n')
    return true;
  if (extends (right))
    return left >= 0x20;
  if (left < 0x300)
    return false;
  if (left == JOINER || g_unichar_combining_class (left) == VIRAMA)
    return true;
  if (is_region (right))
    return n_regions % 2 == 1;
  return is_prefix (left) || is_one_syllable (left, right);
}

size_t
prof_grapheme_floor (const char *text, size_t n_chars)
{
  gunichar left = 0;
  size_t   n_regions = 0;
  size_t   whole = 0;

  for (size_t n = 0; n <= n_chars; n++, text = g_utf8_next_char (text))
    {
      gunichar right = g_utf8_get_char (text);

      if (right == 0)
        return n;
      if (n > 0 && !belong_together (left, right, n_regions))
        whole = n;
      n_regions = is_region (right) ? n_regions + 1 : 0;
      left = right;
    }
  return whole;
}

bool
prof_grapheme_is_short (const char *text, size_t n_chars)
{
  /* No more characters than bytes. */
  return memchr (text, '\0', n_chars + 1) != NULL;
}

char *
prof_grapheme_cut (const char *text, size_t n_chars)
{
  const char *end = text;
  size_t      n = 0;

  if (prof_grapheme_is_short (text, n_chars))
    return g_strdup (text);
  for (; n < n_chars && *end != '\0'; n++)
    end = g_utf8_next_char (end);
  if (*end == '\0')
    return g_strdup (text);
  n = prof_grapheme_floor (text, n);
  if (n > 0)
    end = g_utf8_offset_to_pointer (text, (glong)n);
  return g_strdup_printf ("%.*s…", (int)(end - text), text);
}
