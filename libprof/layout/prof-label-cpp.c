/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-label-private.h"

#include <string.h>

/* A name is segments between "::" and what surrounds them:
 *
 *   void ns :: Class<T> :: method (int, char) const
 *   ^    ^     ^           ^      ^ end of the core
 *   |    start class       method
 *   return type
 *
 *   <Vec<T> as Drop> :: drop :: h0123456789abcdef
 *   class               method  hash of the compiler
 *
 * Brackets keep together what they enclose, in a segment as well: "f(int)::T" is
 * a type local to a function. Operators are segments whose punctuation opens
 * and closes nothing. A closure belongs to the function it is in. */

#define HASH_LENGTH     19 /* "::h" and 16 digits */
#define ANONYMOUS       "(anonymous namespace)"
#define OPERATOR        "operator"
#define IS_WORD_CHAR(c) (g_ascii_isalnum (c) || (c) == '_')

typedef struct
{
  size_t class_start;
  size_t method_start; /* the same where there is no class */
  size_t end;          /* of the core: arguments or nothing follow */
} Parts;

/* --- Brackets --- */

/* Behind the bracket that closes the one at @i; other kinds of brackets do not
 * count. The end of the text when there is none. */
static size_t
plain_group_end (const char *text, size_t i)
{
  char   open = text[i];
  char   close = open == '(' ? ')' : open == '[' ? ']' : '}';
  size_t depth = 0;

  for (; text[i] != '\0'; i++)
    {
      if (text[i] == open)
        depth++;
      else if (text[i] == close && --depth == 0)
        return i + 1;
    }
  return i;
}

static bool
opens_plain_group (char c)
{
  return c == '(' || c == '[' || c == '{';
}

/* The same of "<": what compares stands in brackets of its own, "<(a > b)>". */
static size_t
angle_group_end (const char *text, size_t i)
{
  size_t depth = 0;

  while (text[i] != '\0')
    {
      if (opens_plain_group (text[i]))
        {
          i = plain_group_end (text, i);
          continue;
        }
      if (text[i] == '<')
        depth++;
      else if (text[i] == '>' && text[i - 1] != '-' && --depth == 0)
        return i + 1;
      i++;
    }
  return i;
}

static size_t
group_end (const char *text, size_t i)
{
  return text[i] == '<' ? angle_group_end (text, i) : plain_group_end (text, i);
}

static bool
opens_group (char c)
{
  return c == '<' || opens_plain_group (c);
}

/* --- What stands where --- */

/* Whether an operator is named at @i: "operator<", "operator bool". */
static bool
is_operator (const char *text, size_t i)
{
  char next;

  if (strncmp (text + i, OPERATOR, strlen (OPERATOR)) != 0)
    return false;
  next = text[i + strlen (OPERATOR)];
  return !IS_WORD_CHAR (next) && next != '\0' && next != ':' && next != '.' &&
         (i == 0 || !IS_WORD_CHAR (text[i - 1]));
}

/* Behind the operator's own signs: of "operator()(int)" in front of "(int)". */
static size_t
operator_end (const char *text, size_t i)
{
  i += strlen (OPERATOR);
  if (strncmp (text + i, "()", 2) == 0 || strncmp (text + i, "[]", 2) == 0)
    return i + 2;
  if (text[i] == ' ' || text[i] == '"')
    {
      /* A type or a word: up to the arguments. */
      while (text[i] != '\0' && text[i] != '(')
        i = text[i] == '<' ? angle_group_end (text, i) : i + 1;
      return i;
    }
  return i + strspn (text + i, "<>=!+-*/%^&|~,");
}

/* Whether arguments end at @i, in front of what may follow them. */
static bool
ends_arguments (const char *text, size_t i)
{
  static const char *const qualifiers[] = {
    " const", " volatile", " &", " noexcept", " [", "[", " restrict",
  };

  if (text[i] == '\0')
    return true;
  for (size_t q = 0; q < G_N_ELEMENTS (qualifiers); q++)
    if (g_str_has_prefix (text + i, qualifiers[q]))
      return true;
  return false;
}

/* Where the name begins behind the return type: behind the last blank in front
 * of the arguments. */
static size_t
name_start (const char *text, size_t length)
{
  size_t start = 0;
  size_t i = 0;

  while (i < length)
    {
      if (is_operator (text, i))
        return start;
      if (text[i] == '(' && i > start && text[i - 1] != ':' &&
          ends_arguments (text, plain_group_end (text, i)))
        return start;
      if (text[i] == ' ' && g_str_has_prefix (text + i, " ["))
        return start;
      if (opens_group (text[i]))
        {
          i = group_end (text, i);
          continue;
        }
      if (text[i] == ' ' && memchr (text + i, '(', length - i) != NULL)
        start = i + 1;
      i++;
    }
  return start;
}

/* "::<T>" behind a function is not the beginning of a segment, but "::<impl T>"
 * and "::<T as Trait>" are. */
static bool
is_turbofish (const char *text, size_t colons)
{
  size_t end;

  if (text[colons + 2] != '<')
    return false;
  end = angle_group_end (text, colons + 2);
  return !g_str_has_prefix (text + colons + 2, "<impl ") &&
         g_strstr_len (text + colons, (gssize)(end - colons), " as ") == NULL;
}

/* "{{closure}}", "{lambda(int)#1}", "$_0", "'lambda'". */
static bool
is_closure (const char *text, size_t start)
{
  return text[start] == '{' || text[start] == '\'' ||
         g_str_has_prefix (text + start, "$_");
}

/* The last segment before @end has ended: what it is to the method and its
 * class. */
static void
end_segment (Parts *parts, const char *text, size_t start, bool *in_closure)
{
  bool calls_closure = *in_closure && is_operator (text, start);

  *in_closure = is_closure (text, start);
  if (*in_closure || calls_closure)
    return;
  parts->class_start = parts->method_start;
  parts->method_start = start;
  if (g_str_has_prefix (text + parts->class_start, ANONYMOUS))
    parts->class_start = start;
}

static Parts
parts_of (const char *text, size_t begin, size_t length)
{
  Parts  parts = { begin, begin, length };
  size_t start = begin;
  size_t i = begin;
  bool   in_closure = false;

  while (i < length)
    {
      if (is_operator (text, i))
        i = operator_end (text, i);
      else if (text[i] == ':' && text[i + 1] == ':' && !is_turbofish (text, i))
        {
          end_segment (&parts, text, start, &in_closure);
          i += 2;
          start = i;
        }
      else if (text[i] == '(' && i > start &&
               ends_arguments (text, plain_group_end (text, i)))
        break;
      else if (text[i] == ' ' && !(text[i + 1] == '<' && i > start))
        break;
      else if (opens_group (text[i]))
        i = group_end (text, i);
      else
        i++;
    }
  end_segment (&parts, text, start, &in_closure);
  parts.end = MIN (i, length);
  return parts;
}

/* --- Without arguments --- */

/* Where the class begins in "alloc::vec::Vec<T,A>" and ends. */
static void
append_last_segment (GString *out, const char *text, size_t length)
{
  size_t start = 0;
  size_t end = length;
  size_t i = 0;

  for (; i < length && strchr ("&*", text[i]) != NULL; i++)
    start = i + 1;
  while (i < length)
    {
      if (text[i] == '<' && i > start)
        {
          end = i;
          i = angle_group_end (text, i);
        }
      else if (opens_group (text[i]))
        i = group_end (text, i);
      else if (text[i] == ':' && i + 1 < length && text[i + 1] == ':')
        {
          i += 2;
          start = i;
          end = length;
        }
      else
        i++;
    }
  g_string_append_len (out, text + start, (gssize)(end - start));
}

/* "<alloc::vec::Vec<T> as core::ops::Drop>" as "<Vec as Drop>". */
static void
append_implementation (GString *out, const char *text, size_t length)
{
  const char *as = NULL;
  size_t      end = length - 1; /* of what is within */

  for (size_t i = 1; i < end;)
    {
      if (i + 4 <= end && g_str_has_prefix (text + i, " as "))
        as = text + i;
      i = opens_group (text[i]) ? group_end (text, i) : i + 1;
    }
  if (as == NULL || text[end] != '>')
    {
      g_string_append_len (out, text, (gssize)length);
      return;
    }
  g_string_append_c (out, '<');
  append_last_segment (out, text + 1, (size_t)(as - text - 1));
  g_string_append (out, " as ");
  append_last_segment (out, as + 4, (size_t)(text + end - as - 4));
  g_string_append_c (out, '>');
}

/* Within a closure only arguments go: "{lambda(int)#1}" is "{lambda#1}". */
static void
append_closure (GString *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length;)
    {
      if (text[i] == '(')
        {
          i = plain_group_end (text, i);
          continue;
        }
      g_string_append_c (out, text[i++]);
    }
}

static void
append_group (GString *out, const char *text, size_t i, size_t end, bool begins)
{
  if (text[i] == '{')
    append_closure (out, text + i, end - i);
  else if (begins && text[i] == '<')
    append_implementation (out, text + i, end - i);
  else if (begins && text[i] == '(')
    g_string_append_len (out, text + i, (gssize)(end - i));
}

/* Segments from @start on without what they take. */
static char *
without_arguments (const char *text, size_t start, size_t length)
{
  GString *out = g_string_new (NULL);
  bool     begins = true; /* a segment */

  for (size_t i = start; i < length;)
    {
      size_t end = i + 1;

      if (is_operator (text, i))
        {
          end = MIN (operator_end (text, i), length);
          g_string_append_len (out, text + i, (gssize)(end - i));
        }
      else if (text[i] == ':' && text[i + 1] == ':' && is_turbofish (text, i))
        end = angle_group_end (text, i + 2);
      else if (opens_group (text[i]))
        {
          end = MIN (group_end (text, i), length);
          append_group (out, text, i, end, begins);
        }
      else if (text[i] != ' ')
        g_string_append_c (out, text[i]);
      begins = end == i + 1 && text[i] == ':';
      i = end;
    }
  return g_string_free (out, FALSE);
}

/* --- Forms --- */

/* Of "::h0123456789abcdef" at the end of names that are not to clash. */
static size_t
length_without_hash (const char *text)
{
  size_t      length = strlen (text);
  const char *hash = text + length - HASH_LENGTH;

  if (length <= HASH_LENGTH || !g_str_has_prefix (hash, "::h"))
    return length;
  for (size_t i = 3; i < HASH_LENGTH; i++)
    if (!g_ascii_isxdigit (hash[i]))
      return length;
  return length - HASH_LENGTH;
}

/* Whether there are arguments: "f(int)", "f<a>(b) const". */
static bool
takes_arguments (const char *name)
{
  const char *open = strchr (name, '(');

  if (open == NULL || open == name)
    return false;
  return (IS_WORD_CHAR (open[-1]) || open[-1] == '>') &&
         ends_arguments (name, plain_group_end (name, (size_t)(open - name)));
}

bool
prof_label_is_cpp (const char *name)
{
  return strstr (name, "::") != NULL || is_operator (name, 0) ||
         takes_arguments (name);
}

/* "virtual thunk to ns::f()" is a function, "vtable for ns::T" is none. */
static bool
is_function (const char *name, const Parts *parts)
{
  return parts->end > parts->method_start &&
         (name[parts->end] != ' ' || ends_arguments (name, parts->end));
}

void
prof_label_add_cpp (ProfLabelForms *self, const char *name)
{
  size_t length = length_without_hash (name);
  size_t start = name_start (name, length);
  Parts  parts = parts_of (name, start, length);

  if (!is_function (name, &parts))
    return;
  prof_label_add_form (self, g_strdup (name), parts.class_start);
  prof_label_add_form (self,
                       g_strndup (name + parts.class_start,
                                  length - parts.class_start),
                       0);
  prof_label_add_form (self,
                       without_arguments (name, parts.class_start, parts.end),
                       0);
  prof_label_add_form (self,
                       without_arguments (name, parts.method_start, parts.end),
                       0);
}
