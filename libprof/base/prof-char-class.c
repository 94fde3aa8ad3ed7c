/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-char-class.h"

#include <string.h>

#define N_ASCII       0x80
#define LONG_S        0x17fu   /* an "s" where case is ignored */
#define KELVIN_SIGN   0x212au  /* a "k" there */
#define LAST_CASED    0x1ffffu /* no letter behind it has a case */
#define LAST_UNICHAR  0x10ffffu
#define MATCH_NOTHING "(?!)"
#define MATCH_ANY     "(?s:.)"

/* Pairs of a first and a last character. */
typedef struct
{
  const char *name;
  const char *pairs;
  size_t      length;
} Set;

#define SET(name, pairs)          \
  {                               \
    name, pairs, sizeof pairs - 1 \
  }

static const Set sets[] = {
  SET ("alnum", "09AZaz"),
  SET ("alpha", "AZaz"),
  SET ("ascii", "\0\x7f"),
  SET ("blank", "\t\t  "),
  SET ("cntrl", "\0\x1f\x7f\x7f"),
  SET ("d", "09"),
  SET ("digit", "09"),
  SET ("graph", "!~"),
  SET ("lower", "az"),
  SET ("print", " ~"),
  SET ("punct", "!/:@[`{~"),
  SET ("s", "\t\n\f\r  "), /* no vertical tab */
  SET ("space", "\t\r  "),
  SET ("upper", "AZ"),
  SET ("w", "09AZ__az"),
  SET ("word", "09AZ__az"),
  SET ("xdigit", "09AFaf"),
};

#undef SET

void
prof_char_class_init (ProfCharClass *self, bool fold)
{
  self->listed = g_string_new (NULL);
  self->complements = g_string_new (NULL);
  self->fold = fold;
}

void
prof_char_class_clear (ProfCharClass *self)
{
  g_string_free (self->listed, TRUE);
  g_string_free (self->complements, TRUE);
}

static bool
is_surrogate (gunichar c)
{
  return c >= 0xd800 && c <= 0xdfff;
}

static void
append_range (GString *out, gunichar first, gunichar last)
{
  if (is_surrogate (first))
    first = 0xe000;
  if (is_surrogate (last))
    last = 0xd7ff;
  if (first <= last)
    g_string_append_printf (out, "\\x{%x}-\\x{%x}", first, last);
}

void
prof_char_class_add_range (ProfCharClass *self, gunichar first, gunichar last)
{
  append_range (self->listed, first, last);
}

/* Sets. */

static void
mark_members (const Set *set, bool fold, bool *members)
{
  for (size_t i = 0; i < set->length; i += 2)
    for (char c = set->pairs[i];; c++)
      {
        members[(size_t)c] = true;
        if (fold)
          {
            members[(size_t)g_ascii_tolower (c)] = true;
            members[(size_t)g_ascii_toupper (c)] = true;
          }
        if (c == set->pairs[i + 1])
          break;
      }
}

/* Written out: of a "[^…]" inside another class GRegex knows nothing. */
static void
append_complement (GString *out, const Set *set, bool fold)
{
  bool members[N_ASCII] = { false };

  mark_members (set, fold, members);
  for (gunichar c = 0; c < N_ASCII; c++)
    if (!members[c])
      append_range (out, c, c);
  append_range (out, N_ASCII, LONG_S - 1);
  if (!fold || !members['s'])
    append_range (out, LONG_S, LONG_S);
  append_range (out, LONG_S + 1, KELVIN_SIGN - 1);
  if (!fold || !members['k'])
    append_range (out, KELVIN_SIGN, KELVIN_SIGN);
  append_range (out, KELVIN_SIGN + 1, LAST_UNICHAR);
}

static void
append_set (GString *out, const Set *set)
{
  for (size_t i = 0; i < set->length; i += 2)
    append_range (out,
                  (unsigned char)set->pairs[i],
                  (unsigned char)set->pairs[i + 1]);
}

bool
prof_char_class_add_set (ProfCharClass *self, const char *name, bool negated)
{
  for (size_t s = 0; s < G_N_ELEMENTS (sets); s++)
    if (strcmp (sets[s].name, name) == 0)
      {
        if (negated)
          append_complement (self->listed, &sets[s], self->fold);
        else
          append_set (self->listed, &sets[s]);
        return true;
      }
  return false;
}

/* Properties. */

static bool
is_category (const char *name)
{
  static const char *const categories[] = {
    "Cc", "Cf", "Co", "Cs", "L",  "Ll", "Lm", "Lo", "Lt", "Lu", "M",  "Mc",
    "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe", "Pf", "Pi",
    "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs", NULL,
  };

  return g_strv_contains (categories, name);
}

/* GRegex knows the scripts. */
static bool
is_script (const char *name)
{
  g_autofree char   *text = g_strdup_printf ("\\p{sc:%s}", name);
  g_autoptr (GRegex) regex = NULL;

  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_isalpha (*c) && *c != '_')
      return false;
  regex = g_regex_new (text, 0, 0, NULL);
  return regex != NULL;
}

static char *
letters_of (GUnicodeType type)
{
  GString *out = g_string_new (NULL);

  for (gunichar c = 0; c <= LAST_CASED; c++)
    if (g_unichar_type (c) == type)
      {
        gunichar first = c;

        while (g_unichar_type (c + 1) == type)
          c++;
        append_range (out, first, c);
      }
  return g_string_free (out, FALSE);
}

/* Where case is ignored a letter counts with each of its cases, which GRegex
 * does for letters that are listed. %NULL for any other property. */
static const char *
cased_letters (const char *name)
{
  static struct
  {
    const char  *name;
    GUnicodeType type;
    char        *letters; /* made once, when they are needed first */
  } cased[] = {
    { "Ll", G_UNICODE_LOWERCASE_LETTER, NULL },
    { "Lt", G_UNICODE_TITLECASE_LETTER, NULL },
    { "Lu", G_UNICODE_UPPERCASE_LETTER, NULL },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cased); i++)
    if (strcmp (cased[i].name, name) == 0)
      {
        if (g_once_init_enter (&cased[i].letters))
          g_once_init_leave (&cased[i].letters, letters_of (cased[i].type));
        return cased[i].letters;
      }
  return NULL;
}

/* Characters outside a property that differ from one inside only by case. */
static const char *
folded_strangers (const char *name)
{
  static const struct
  {
    const char *name;
    const char *characters;
  } strangers[] = {
    { "L", "\\x{345}" },
    { "M", "\\x{399}\\x{3b9}\\x{1fbe}" },
    { "Mn", "\\x{399}\\x{3b9}\\x{1fbe}" },
    { "Common", "\\x{39c}\\x{3bc}" },
    { "Greek", "\\x{b5}\\x{345}" },
    { "Inherited", "\\x{399}\\x{3b9}\\x{1fbe}" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (strangers); i++)
    if (strcmp (strangers[i].name, name) == 0)
      return strangers[i].characters;
  return "";
}

/* What stands for a property between "[" and "]", or %NULL. */
static char *
members_of (const char *name, bool fold)
{
  const char *letters = fold ? cased_letters (name) : NULL;
  const char *strangers = fold ? folded_strangers (name) : "";

  if (letters != NULL)
    return g_strdup (letters);
  if (strcmp (name, "Any") == 0)
    return g_strdup ("\\x{0}-\\x{10ffff}");
  if (strcmp (name, "C") == 0) /* what is not assigned is not in it */
    return g_strdup ("\\p{Cc}\\p{Cf}\\p{Co}");
  if (is_category (name))
    return g_strdup_printf ("\\p{%s}%s", name, strangers);
  if (is_script (name))
    return g_strdup_printf ("\\p{sc:%s}%s", name, strangers);
  return NULL;
}

bool
prof_char_class_add_property (ProfCharClass *self,
                              const char    *name,
                              bool           negated)
{
  g_autofree char *members = members_of (name, self->fold);

  if (members == NULL)
    return false;
  if (!negated)
    g_string_append (self->listed, members);
  else
    g_string_append_printf (self->complements,
                            "%s[^%s]",
                            self->complements->len > 0 ? "|" : "",
                            members);
  return true;
}

/* Writing. */

static void
write_any_of (const ProfCharClass *self, GString *out)
{
  if (self->listed->len > 0)
    g_string_append_printf (out, "[%s]|", self->listed->str);
  g_string_append (out, self->complements->str);
}

void
prof_char_class_write (const ProfCharClass *self, bool negated, GString *out)
{
  bool is_listed = self->listed->len > 0;
  bool is_simple = self->complements->len == 0;

  if (!is_listed && is_simple)
    g_string_append (out, negated ? MATCH_ANY : MATCH_NOTHING);
  else if (is_simple)
    g_string_append_printf (out,
                            "[%s%s]",
                            negated ? "^" : "",
                            self->listed->str);
  else
    {
      g_string_append (out, negated ? "(?:(?!" : "(?:");
      write_any_of (self, out);
      g_string_append (out, negated ? ")" MATCH_ANY ")" : ")");
    }
}
