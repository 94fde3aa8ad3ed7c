/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-pattern-syntax.h"

#include "base/prof-char-class.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include <string.h>

/* One pass from left to right, without recursion: open groups are kept on a
 * stack. What is written for one character, class, assertion or group is an
 * atom; a repetition is written behind it.
 *
 *   expression   branch ('|' branch)*
 *   branch       (atom repetition? | '(?' flags ')')*
 *   atom         character, '.', '^', '$', escape, class, '(' expression ')'
 *   repetition   ('*' | '+' | '?' | '{' n (',' m?)? '}') '?'?
 *
 * Of the flags only "i" is left to GRegex; "m", "s" and "U" are settled here. A
 * change of "i" is written with the next atom, as in "a(?i)*" the star belongs
 * to the "a". */

#define MAX_REPEATS   1000 /* RE2's, of nested repetitions multiplied */
#define NO_ATOM       SIZE_MAX
#define LAST_UNICHAR  0x10ffffu
#define WORD_SET      "[0-9A-Za-z_]"
#define MATCH_NOTHING "(?!)"
#define MATCH_ANY     "(?s:.)"

enum
{
  FOLD = 1 << 0,
  LINES = 1 << 1,   /* "^" and "$" also match at line feeds */
  DOT_ALL = 1 << 2, /* "." matches a line feed too */
  SHORTEST = 1 << 3,
};

typedef struct
{
  size_t   atom;    /* where it begins in the output */
  uint32_t outer;   /* flags outside */
  uint32_t repeats; /* the most, multiplied, of any atom in it */
  bool     is_lookbehind;
} Group;

typedef struct
{
  const char *where;
  int         number;
} Reference;

PROF_VEC_DEFINE (VecGroup, vec_group, Group)
PROF_VEC_DEFINE (VecReference, vec_reference, Reference)

typedef struct
{
  const char *text;
  const char *next;
  GString    *out;
  GError    **error;

  uint32_t flags;
  uint32_t written; /* those of them that GRegex has been told */

  size_t   atom;    /* where the last one begins, or NO_ATOM */
  uint32_t repeats; /* the most, multiplied, in it */
  bool     is_repeated;
  bool     after_repetition; /* nothing at all has come since */

  VecGroup     groups;
  VecReference references;
  int          n_groups; /* that a reference can name */
} Translator;

/* The position is that of @where in the user's text. */
static bool
refuse (const Translator *self, const char *where, const char *reason)
{
  return prof_fail (self->error,
                    PROF_ERROR_PATTERN,
                    "%s at character %ld",
                    reason,
                    g_utf8_pointer_to_offset (self->text, where) + 1);
}

/* The same about a piece of the text: @reason, then the piece in quotes. */
static bool
refuse_piece (const Translator *self,
              const char       *piece,
              const char       *end,
              const char       *reason)
{
  g_autofree char *quoted = g_strndup (piece, (gsize)(end - piece));
  g_autofree char *whole = g_strdup_printf ("%s “%s”", reason, quoted);

  return refuse (self, piece, whole);
}

/* Atoms. */

static void
begin_atom (Translator *self)
{
  if ((self->flags & FOLD) != (self->written & FOLD))
    g_string_append (self->out, (self->flags & FOLD) != 0 ? "(?i)" : "(?-i)");
  self->written = self->flags;
  self->atom = self->out->len;
  self->repeats = 1;
  self->is_repeated = false;
}

static void
add_atom (Translator *self, const char *written)
{
  begin_atom (self);
  g_string_append (self->out, written);
}

/* Text never holds a surrogate, and GRegex takes none. */
static void
add_character (Translator *self, gunichar c)
{
  begin_atom (self);
  if (c >= 0xd800 && c <= 0xdfff)
    g_string_append (self->out, MATCH_NOTHING);
  else if (c >= 0x80 || g_ascii_isalnum ((char)c))
    g_string_append_unichar (self->out, c);
  else
    g_string_append_printf (self->out, "\\x{%x}", c);
}

/* Escaped sets. */

/* The name behind "\p", and where the text goes on. */
static char *
property_name (Translator *self, const char **end)
{
  const char *start = self->next + 2;
  const char *close;

  if (*start == '\0')
    return NULL;
  if (*start != '{')
    {
      *end = g_utf8_next_char (start);
      return g_strndup (start, (gsize)(*end - start));
    }
  close = strchr (start, '}');
  if (close == NULL)
    return NULL;
  *end = close + 1;
  return g_strndup (start + 1, (gsize)(close - start - 1));
}

/* "\pL", "\p{Greek}", "\P{^Lu}". */
static bool
read_property (Translator *self, ProfCharClass *class)
{
  bool             negated = self->next[1] == 'P';
  const char      *end = NULL;
  g_autofree char *name = property_name (self, &end);

  if (name == NULL)
    return refuse (self, self->next, "unfinished name of a property");
  if (name[0] == '^')
    {
      memmove (name, name + 1, strlen (name));
      negated = !negated;
    }
  if (!prof_char_class_add_property (class, name, negated))
    return refuse_piece (self, self->next, end, "unknown property");
  self->next = end;
  return true;
}

/* A set that is written as an escape. @is_set is false, and nothing read, when
 * something else comes. */
static bool
read_escaped_set (Translator *self, ProfCharClass *class, bool *is_set)
{
  char letter = self->next[0] == '\\' ? self->next[1] : '\0';
  char name[] = { g_ascii_tolower (letter), '\0' };

  *is_set = letter != '\0' && strchr ("dDsSwWpP", letter) != NULL;
  if (!*is_set)
    return true;
  if (name[0] == 'p')
    return read_property (self, class);
  prof_char_class_add_set (class, name, g_ascii_isupper (letter));
  self->next += 2;
  return true;
}

/* Escaped characters. */

static bool
is_octal (char c)
{
  return c >= '0' && c <= '7';
}

/* "\x7f" or "\x{10ffff}"; leaves the position on failure. */
static bool
read_hexadecimal (Translator *self, gunichar *c)
{
  const char *digits = self->next + 2;
  bool        braced = *digits == '{';
  size_t      n = 0;
  gunichar    value = 0;

  digits += braced;
  for (; g_ascii_isxdigit (digits[n]) && (braced || n < 2); n++)
    {
      value = value * 16 + (gunichar)g_ascii_xdigit_value (digits[n]);
      if (value > LAST_UNICHAR)
        return refuse (self, self->next, "no such character");
    }
  if (n == 0 || (braced ? digits[n] != '}' : n < 2))
    return refuse (self, self->next, "unfinished number of a character");
  *c = value;
  self->next = digits + n + braced;
  return true;
}

static void
read_octal (Translator *self, gunichar *c)
{
  *c = 0;
  self->next++;
  for (size_t n = 0; n < 3 && is_octal (*self->next); n++)
    *c = *c * 8 + (gunichar)(*self->next++ - '0');
}

static bool
is_control_letter (char letter, gunichar *c)
{
  static const char letters[] = "afnrtv";
  static const char controls[] = "\a\f\n\r\t\v";
  const char       *found = strchr (letters, letter);

  if (letter == '\0' || found == NULL)
    return false;
  *c = (gunichar)controls[found - letters];
  return true;
}

static bool
read_escaped_character (Translator *self, gunichar *c)
{
  const char *start = self->next;
  char        letter = start[1];

  if (letter == '\0')
    return refuse (self, start, "lone backslash");
  if (letter == 'x')
    return read_hexadecimal (self, c);
  if (letter == '0' || (is_octal (letter) && is_octal (start[2])))
    {
      read_octal (self, c);
      return true;
    }
  if (!is_control_letter (letter, c))
    {
      if (g_ascii_isalnum (letter) || (unsigned char)letter >= 0x80)
        return refuse_piece (self,
                             start,
                             g_utf8_next_char (start + 1),
                             "unknown escape");
      *c = (gunichar)letter;
    }
  self->next = start + 2;
  return true;
}

/* Classes. */

static bool
read_class_character (Translator *self, gunichar *c)
{
  if (self->next[0] == '\\')
    return read_escaped_character (self, c);
  if (self->next[0] == '\0')
    return refuse (self, self->next, "missing closing bracket");
  *c = g_utf8_get_char (self->next);
  self->next = g_utf8_next_char (self->next);
  return true;
}

/* "a" or "a-z". */
static bool
read_class_range (Translator *self, ProfCharClass *class)
{
  const char *start = self->next;
  gunichar    first;
  gunichar    last;

  if (!read_class_character (self, &first))
    return false;
  last = first;
  if (self->next[0] == '-' && self->next[1] != ']' && self->next[1] != '\0')
    {
      self->next++;
      if (!read_class_character (self, &last))
        return false;
    }
  if (last < first)
    return refuse_piece (self, start, self->next, "backward range");
  prof_char_class_add_range (class, first, last);
  return true;
}

/* "[:alpha:]" or "[:^alpha:]". @is_set is false, and nothing read, when
 * something else comes. */
static bool
read_posix_set (Translator *self, ProfCharClass *class, bool *is_set)
{
  const char *start = self->next;
  const char *end = g_str_has_prefix (start, "[:") ? strstr (start + 2, ":]")
                                                   : NULL;
  bool        negated;
  g_autofree char *name = NULL;

  *is_set = end != NULL;
  if (end == NULL)
    return true;
  start += 2;
  negated = *start == '^';
  name = g_strndup (start + negated, (gsize)(end - start - negated));
  self->next = end + 2;
  if (strlen (name) > 1 && prof_char_class_add_set (class, name, negated))
    return true;
  return refuse_piece (self, start - 2, end + 2, "unknown class");
}

static bool
read_class_item (Translator *self, ProfCharClass *class)
{
  bool is_set;

  if (!read_posix_set (self, class, &is_set))
    return false;
  if (!is_set && !read_escaped_set (self, class, &is_set))
    return false;
  return is_set || read_class_range (self, class);
}

/* A "]" that comes first stands for itself. */
static bool
read_class_items (Translator *self, ProfCharClass *class)
{
  const char *first = self->next;

  while (self->next == first || self->next[0] != ']')
    if (!read_class_item (self, class))
      return false;
  self->next++;
  return true;
}

static bool
read_class (Translator *self)
{
  bool negated = self->next[1] == '^';
  ProfCharClass class;
  bool fine;

  self->next += 1 + negated;
  prof_char_class_init (&class, (self->flags & FOLD) != 0);
  fine = read_class_items (self, &class);
  if (fine)
    {
      begin_atom (self);
      prof_char_class_write (&class, negated, self->out);
    }
  prof_char_class_clear (&class);
  return fine;
}

/* Escapes outside classes. */

/* "\Q…\E", or up to the end. */
static bool
read_quotation (Translator *self)
{
  const char *start = self->next + 2;
  const char *end = strstr (start, "\\E");
  const char *stop = end != NULL ? end : start + strlen (start);

  for (const char *c = start; c < stop; c = g_utf8_next_char (c))
    add_character (self, g_utf8_get_char (c));
  self->next = end != NULL ? end + 2 : stop;
  return true;
}

/* Written so that a repetition may follow, which GRegex does not allow behind
 * a bare assertion. */
static bool
read_assertion (Translator *self)
{
  static const struct
  {
    char        letter;
    const char *written;
  } assertions[] = {
    { 'A', "(?:\\A)" },
    { 'z', "(?:\\z)" },
    { 'b',
      "(?-i:(?<=" WORD_SET ")(?!" WORD_SET ")|(?<!" WORD_SET ")(?=" WORD_SET
      "))" },
    { 'B',
      "(?-i:(?<=" WORD_SET ")(?=" WORD_SET ")|(?<!" WORD_SET ")(?!" WORD_SET
      "))" },
  };

  for (size_t a = 0; a < G_N_ELEMENTS (assertions); a++)
    if (assertions[a].letter == self->next[1])
      {
        add_atom (self, assertions[a].written);
        self->next += 2;
        return true;
      }
  return false;
}

/* One digit that is no octal number. */
static bool
is_reference (const char *text)
{
  return text[1] >= '1' && text[1] <= '9' &&
         !(is_octal (text[1]) && is_octal (text[2]));
}

static bool
read_reference (Translator *self)
{
  int       number = self->next[1] - '0';
  Reference reference = { self->next, number };

  if (!vec_reference_append (&self->references, reference))
    return refuse (self, self->next, "too many references");
  begin_atom (self);
  g_string_append_printf (self->out, "\\g{%d}", number);
  self->next += 2;
  return true;
}

static bool
read_escape (Translator *self)
{
  ProfCharClass class;
  bool     is_set;
  bool     fine;
  gunichar c;

  if (self->next[1] == 'Q')
    return read_quotation (self);
  if (read_assertion (self))
    return true;
  if (is_reference (self->next))
    return read_reference (self);
  prof_char_class_init (&class, (self->flags & FOLD) != 0);
  fine = read_escaped_set (self, &class, &is_set);
  if (fine && is_set)
    {
      begin_atom (self);
      prof_char_class_write (&class, false, self->out);
    }
  prof_char_class_clear (&class);
  if (!fine || is_set)
    return fine;
  if (!read_escaped_character (self, &c))
    return false;
  add_character (self, c);
  return true;
}

/* Groups. */

static bool
open_group (Translator *self, const char *start, const char *written)
{
  Group group = {
    .outer = self->flags,
    .repeats = 1,
    .is_lookbehind = g_str_has_prefix (written, "(?<"),
  };

  if (self->groups.length >= PROF_MAX_PATTERN_DEPTH)
    return refuse (self, start, "too many groups inside each other");
  begin_atom (self);
  group.atom = self->atom;
  if (!vec_group_append (&self->groups, group))
    return refuse (self, start, "too many groups inside each other");
  g_string_append (self->out, written);
  self->atom = NO_ATOM;
  return true;
}

static bool
open_capture (Translator *self, const char *start)
{
  self->n_groups++;
  return open_group (self, start, "(");
}

/* "(?P<name>" and "(?<name>"; nobody asks for the name later, and two groups may
 * have the same. */
static bool
open_named (Translator *self, size_t prefix)
{
  const char *start = self->next;
  const char *name = start + prefix;
  const char *end = name;

  while (g_ascii_isalnum (*end) || *end == '_')
    end++;
  if (end == name || *end != '>')
    return refuse (self, start, "malformed name of a group");
  self->next = end + 1;
  return open_capture (self, start);
}

static uint32_t
flag_of (char letter)
{
  switch (letter)
    {
    case 'i':
      return FOLD;
    case 'm':
      return LINES;
    case 's':
      return DOT_ALL;
    case 'U':
      return SHORTEST;
    default:
      return 0;
    }
}

/* "(?i)", "(?i-s:". */
static bool
read_flags (Translator *self)
{
  const char *start = self->next;
  const char *c = start + 2;
  uint32_t    flags = self->flags;
  bool        clears = false;

  for (; *c == '-' || flag_of (*c) != 0; c++)
    {
      if (*c == '-' && (clears || flag_of (c[1]) == 0))
        break;
      if (*c == '-')
        clears = true;
      else if (clears)
        flags &= ~flag_of (*c);
      else
        flags |= flag_of (*c);
    }
  if (*c != ')' && *c != ':')
    return refuse (self, start, "unknown kind of group");
  if (*c == ':' && !open_group (self, start, "(?:"))
    return false;
  self->flags = flags;
  self->next = c + 1;
  return true;
}

static bool
read_opening (Translator *self)
{
  static const char *const lookarounds[] = { "(?=", "(?!", "(?<=", "(?<!" };
  const char              *start = self->next;

  if (start[1] != '?')
    {
      self->next++;
      return open_capture (self, start);
    }
  for (size_t l = 0; l < G_N_ELEMENTS (lookarounds); l++)
    if (g_str_has_prefix (start, lookarounds[l]))
      {
        self->next += strlen (lookarounds[l]);
        return open_group (self, start, lookarounds[l]);
      }
  if (g_str_has_prefix (start, "(?P<"))
    return open_named (self, strlen ("(?P<"));
  if (g_str_has_prefix (start, "(?<"))
    return open_named (self, strlen ("(?<"));
  return read_flags (self);
}

/* GRegex looks back by a known number of characters only. */
static bool
check_lookbehind (const Translator *self, const Group *group)
{
  g_autoptr (GRegex) regex = g_regex_new (self->out->str + group->atom,
                                          G_REGEX_NEWLINE_LF,
                                          0,
                                          NULL);

  return regex != NULL ||
         refuse (self, self->next, "lookbehind of no fixed length ends");
}

static bool
read_closing (Translator *self)
{
  Group group;

  if (self->groups.length == 0)
    return refuse (self, self->next, "unmatched closing parenthesis");
  group = self->groups.data[--self->groups.length];
  g_string_append_c (self->out, ')');
  if (group.is_lookbehind && !check_lookbehind (self, &group))
    return false;
  self->flags = group.outer;
  self->written = group.outer;
  self->atom = group.atom;
  self->repeats = group.repeats;
  self->is_repeated = false;
  self->next++;
  return true;
}

/* Repetitions. */

typedef struct
{
  const char *end; /* behind it */
  int         min;
  int         max; /* -1: no end */
} Repetition;

/* At most 8 digits and none of them a leading 0; else NULL. */
static const char *
read_count (const char *text, int *count)
{
  size_t n = strspn (text, "0123456789");

  if (n == 0 || (n > 1 && text[0] == '0'))
    return NULL;
  *count = MAX_REPEATS + 1;
  if (n <= 8)
    {
      *count = 0;
      for (size_t i = 0; i < n; i++)
        *count = *count * 10 + (text[i] - '0');
    }
  return text + n;
}

/* "{2}", "{2,}", "{2,3}"; anything else is only a brace. */
static bool
read_braces (const char *text, Repetition *repetition)
{
  const char *c = read_count (text + 1, &repetition->min);

  if (c == NULL)
    return false;
  repetition->max = repetition->min;
  if (*c == ',')
    {
      c++;
      repetition->max = -1;
      if (*c != '}')
        c = read_count (c, &repetition->max);
    }
  if (c == NULL || *c != '}')
    return false;
  repetition->end = c + 1;
  return true;
}

static bool
is_repetition (const char *text, Repetition *repetition)
{
  repetition->end = text + 1;
  repetition->min = text[0] == '+' ? 1 : 0;
  repetition->max = text[0] == '?' ? 1 : -1;
  if (text[0] == '{')
    return read_braces (text, repetition);
  return strchr ("*+?", text[0]) != NULL;
}

/* How often the innermost atom is written at least: nested counts multiply. */
static bool
count_repeats (Translator *self, const Repetition *repetition)
{
  uint32_t times;

  if (self->next[0] != '{')
    return true;
  if (repetition->min > MAX_REPEATS || repetition->max > MAX_REPEATS)
    return refuse (self, self->next, "more than 1000 repetitions");
  if (repetition->max >= 0 && repetition->max < repetition->min)
    return refuse (self, self->next, "repetition that ends below its start");
  times = (uint32_t)MAX (repetition->min, repetition->max);
  self->repeats *= times;
  if (self->repeats > MAX_REPEATS && times > 1)
    return refuse (self, self->next, "more than 1000 repetitions");
  return true;
}

static void
write_repetition (Translator *self, const Repetition *repetition, bool shortest)
{
  if (self->is_repeated)
    {
      g_string_insert (self->out, (gssize)self->atom, "(?:");
      g_string_append_c (self->out, ')');
    }
  g_string_append_len (self->out,
                       self->next,
                       (gssize)(repetition->end - self->next));
  if (shortest)
    g_string_append_c (self->out, '?');
  self->is_repeated = true;
}

static bool
read_repetition (Translator *self, const Repetition *repetition)
{
  bool asks_shortest = *repetition->end == '?';
  bool shortest = asks_shortest != ((self->flags & SHORTEST) != 0);

  if (self->after_repetition)
    return refuse (self, self->next, "repetition of a repetition");
  if (self->atom == NO_ATOM)
    return refuse (self, self->next, "nothing to repeat");
  if (!count_repeats (self, repetition))
    return false;
  write_repetition (self, repetition, shortest);
  self->next = repetition->end + asks_shortest;
  return true;
}

/* The whole. */

static bool
read_alternative (Translator *self)
{
  g_string_append_c (self->out, '|');
  self->atom = NO_ATOM;
  self->next++;
  return true;
}

static bool
read_anchor (Translator *self)
{
  bool lines = (self->flags & LINES) != 0;

  if (self->next[0] == '^')
    add_atom (self, lines ? "(?<![^\\n])" : "(?:\\A)");
  else
    add_atom (self, lines ? "(?![^\\n])" : "(?:\\z)");
  self->next++;
  return true;
}

static bool
read_literal (Translator *self)
{
  add_character (self, g_utf8_get_char (self->next));
  self->next = g_utf8_next_char (self->next);
  return true;
}

static bool
read_atom (Translator *self)
{
  switch (self->next[0])
    {
    case '(':
      return read_opening (self);
    case ')':
      return read_closing (self);
    case '|':
      return read_alternative (self);
    case '[':
      return read_class (self);
    case '\\':
      return read_escape (self);
    case '^':
    case '$':
      return read_anchor (self);
    case '.':
      add_atom (self, (self->flags & DOT_ALL) != 0 ? MATCH_ANY : ".");
      self->next++;
      return true;
    default:
      return read_literal (self);
    }
}

/* What is repeated inside a group counts when the group is. */
static void
note_repeats (Translator *self)
{
  Group *group;

  if (self->groups.length == 0 || self->atom == NO_ATOM)
    return;
  group = &self->groups.data[self->groups.length - 1];
  group->repeats = MAX (group->repeats, self->repeats);
}

static bool
read_all (Translator *self)
{
  while (self->next[0] != '\0')
    {
      Repetition repetition;
      bool       repeats = is_repetition (self->next, &repetition);

      if (!(repeats ? read_repetition (self, &repetition) : read_atom (self)))
        return false;
      self->after_repetition = repeats;
      note_repeats (self);
      if (self->out->len > PROF_MAX_PATTERN_WRITTEN)
        return refuse (self, self->next, "too much for one pattern");
    }
  if (self->groups.length > 0)
    return refuse (self, self->next, "missing closing parenthesis");
  return true;
}

static bool
check_references (const Translator *self)
{
  for (size_t r = 0; r < self->references.length; r++)
    if (self->references.data[r].number > self->n_groups)
      return refuse (self,
                     self->references.data[r].where,
                     "reference to a group that is not there");
  return true;
}

char *
prof_pattern_syntax_translate (const char *text, bool caseless, GError **error)
{
  Translator self = {
    .text = text,
    .next = text,
    .out = g_string_new (NULL),
    .error = error,
    .flags = caseless ? FOLD : 0,
    .written = caseless ? FOLD : 0,
    .atom = NO_ATOM,
  };
  bool fine = read_all (&self) && check_references (&self);

  vec_group_clear (&self.groups);
  vec_reference_clear (&self.references);
  return g_string_free (self.out, !fine);
}
