/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-label-fit.h"

#include "base/prof-grapheme.h"
#include "base/prof-limits.h"
#include "base/prof-upright.h"
#include "layout/prof-label-private.h"
#include <string.h>

/* A name is taken apart by its punctuation; brackets keep together what they
 * enclose:
 *
 *   Go    github.com/org/pkg/v2 . (*T[...]) . Method . func1
 *         path                    segments, the last of them a closure's
 *   Java  java.util.Map.run (Object)
 *
 * C++ and Rust are in prof-label-cpp.c, what scripts add to names in
 * prof-label-script.c. Whatever fits none of these has one form: itself. */

static bool
is_open (char c)
{
  return c == '[' || c == '(' || c == '{' || c == '<';
}

static bool
is_close (char c)
{
  return c == ']' || c == ')' || c == '}' || c == '>';
}

/* --- Making text fit for showing --- */

/* Characters that would break a line, or turn the text around after them. */
static bool
is_disturbing (gunichar c)
{
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || prof_upright_is_turning (c) ||
         c == 0xfeff;
}

/* How many code points of a name are looked at: all, or so many that one more
 * makes the limit. */
static size_t
n_looked_at (const char *name, size_t most)
{
  const char *p = name;
  size_t      n = 0;

  for (; *p != '\0' && n < most; p = g_utf8_next_char (p))
    n++;
  if (n < most)
    return n;
  n = prof_grapheme_floor (name, most - 1);
  return n > 0 ? n : most - 1;
}

static char *
clean (const char *name, size_t most)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *p = name;

  for (size_t n = n_looked_at (name, most); n > 0;
       n--, p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      g_string_append_unichar (text, is_disturbing (c) ? 0xfffd : c);
    }
  if (*p != '\0')
    g_string_append (text, "…");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Valid UTF-8 that clean() would leave as it is. */
static bool
is_calm (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return false;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (is_disturbing (g_utf8_get_char (p)))
      return false;
  return true;
}

/* The linker writes what is unusual in the last element of an import path as
 * %xx: "gopkg.in/yaml%2ev3". */
static char *
unescape_path (const char *text, size_t length)
{
  g_autofree char *path = g_strndup (text, length);
  char            *plain = g_uri_unescape_string (path, "/");

  if (plain == NULL || !is_calm (plain))
    {
      g_free (plain);
      return g_steal_pointer (&path);
    }
  return plain;
}

/* Without what stands in @open and @close, and without them. */
static char *
without_groups (const char *text, char open, char close)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  size_t              depth = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == open)
        depth++;
      else if (*p == close && depth > 0)
        depth--;
      else if (depth == 0)
        g_string_append_c (plain, *p);
    }
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

/* --- The list of forms --- */

void
prof_label_add_form (ProfLabelForms *self, char *text, size_t prefix)
{
  const char *last = self->n_forms > 0 ? self->forms[self->n_forms - 1].text
                                       : NULL;
  bool        no_shorter = last != NULL &&
                    (g_str_equal (last, text) || strlen (text) > strlen (last));

  if (text[0] == '\0' || no_shorter || self->n_forms == PROF_LABEL_MAX_FORMS)
    {
      g_free (text);
      return;
    }
  self->forms[self->n_forms].text = text;
  self->forms[self->n_forms].prefix = prefix;
  self->n_forms++;
}

/* --- Go --- */

/* Bytes of "github.com/org/pkg" in front of the dot; 0 when there is none. */
static size_t
go_path_length (const char *name)
{
  size_t limit = strcspn (name, "[({ ");
  size_t slash = 0;
  size_t dot;

  for (size_t i = 0; i < limit; i++)
    if (name[i] == '/')
      slash = i + 1;
  dot = slash + strcspn (name + slash, ".");
  return dot <= limit && name[dot] == '.' && name[dot + 1] != '\0' ? dot : 0;
}

static bool
is_version (const char *text, size_t length)
{
  if (length < 2 || text[0] != 'v')
    return false;
  for (size_t i = 1; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return false;
  return !(length == 2 && text[1] < '2');
}

/* "pkg" of "github.com/org/pkg/v2" and "gopkg.in/pkg.v2". */
static char *
last_element (const char *path)
{
  size_t      end = strlen (path);
  const char *slash = strrchr (path, '/');
  const char *dot;

  if (slash != NULL && slash > path &&
      is_version (slash + 1, strlen (slash + 1)))
    {
      end = (size_t)(slash - path);
      slash = g_strrstr_len (path, (gssize)end, "/");
    }
  if (slash != NULL)
    {
      end -= (size_t)(slash + 1 - path);
      path = slash + 1;
    }
  dot = g_strrstr_len (path, (gssize)end, ".");
  if (dot != NULL && dot > path &&
      is_version (dot + 1, end - (size_t)(dot + 1 - path)))
    end = (size_t)(dot - path);
  return g_strndup (path, end);
}

/* "func1", "2", "gowrap1", "deferwrap2", "" (of "glob..func1"), each perhaps with
 * "-range1" or "-fm" behind it; and Python's "<lambda>". */
static bool
is_closure (const char *text, size_t length)
{
  static const char *const words[] = { "func", "gowrap", "deferwrap" };
  const char              *dash = memchr (text, '-', length);
  size_t                   skip = 0;

  if (length > 1 && text[0] == '<' && text[length - 1] == '>')
    return true;
  if (dash != NULL)
    length = (size_t)(dash - text);
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (length > strlen (words[i]) &&
        strncmp (text, words[i], strlen (words[i])) == 0)
      skip = strlen (words[i]);
  for (size_t i = skip; i < length; i++)
    if (!g_ascii_isdigit (text[i]))
      return false;
  return true;
}

/* Where the last segment begins that is not a closure's: "Method" of
 * "(*T).Method.func1". */
static size_t
go_method_start (const char *text)
{
  size_t depth = 0;
  size_t start = 0;
  size_t method = 0;

  for (size_t i = 0;; i++)
    {
      if (is_open (text[i]))
        depth++;
      else if (is_close (text[i]) && depth > 0)
        depth--;
      else if ((text[i] == '.' && depth == 0) || text[i] == '\0')
        {
          if (!is_closure (text + start, i - start))
            method = start;
          start = i + 1;
          if (text[i] == '\0')
            return method;
        }
    }
}

/* What the compiler writes for types has no package: "type..eq.main.T". */
static bool
add_generated_forms (ProfLabelForms *self, const char *name)
{
  static const char *const prefixes[] = { "type..", "type:.", "go:", "go.." };

  for (size_t i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (name, prefixes[i]))
      {
        size_t length = strlen (prefixes[i]);

        prof_label_add_form (self, g_strdup (name), length);
        prof_label_add_form (self, g_strdup (name + length), 0);
        return true;
      }
  return false;
}

static void
add_go_forms (ProfLabelForms *self, const char *name, size_t path_length)
{
  g_autofree char *path = unescape_path (name, path_length);
  g_autofree char *package = last_element (path);
  const char      *rest = name + path_length + 1;
  g_autofree char *plain = without_groups (rest, '[', ']');

  prof_label_add_form (self,
                       g_strconcat (path, ".", rest, NULL),
                       strlen (path) + 1);
  prof_label_add_form (self,
                       g_strconcat (package, ".", rest, NULL),
                       strlen (package) + 1);
  if (plain[0] == '\0')
    return;
  prof_label_add_form (self,
                       g_strconcat (package, ".", plain, NULL),
                       strlen (package) + 1);
  prof_label_add_form (self, g_strdup (plain), 0);
  prof_label_add_form (self, g_strdup (plain + go_method_start (plain)), 0);
}

/* --- Java --- */

/* Bytes of "java.util." in front of the class; 0 for other names. Two packages
 * at least, for Go has names of the kind "main.Type.Method". */
static size_t
java_package_length (const char *name)
{
  size_t start = 0;
  size_t n = 0;

  for (size_t i = 0; g_ascii_isalnum (name[i]) || strchr ("_$.", name[i]); i++)
    {
      if (name[i] == '\0')
        break;
      if (name[i] != '.')
        continue;
      start = i + 1;
      n++;
      if (g_ascii_isupper (name[start]))
        return n >= 2 ? start : 0;
    }
  return 0;
}

static void
add_java_forms (ProfLabelForms *self, const char *name, size_t package_length)
{
  g_autofree char *plain = without_groups (name + package_length, '(', ')');
  const char      *dot = strrchr (plain, '.');

  prof_label_add_form (self, g_strdup (name), package_length);
  prof_label_add_form (self, g_strdup (name + package_length), 0);
  prof_label_add_form (self, g_strdup (plain), 0);
  if (dot != NULL)
    prof_label_add_form (self, g_strdup (dot + 1), 0);
}

/* --- All of them --- */

static bool
is_address (const char *name)
{
  return name[0] == '[' || g_str_has_prefix (name, "0x") ||
         g_str_equal (name, "<unknown>");
}

/* Those of the language that a name looks like. */
static void
add_forms (ProfLabelForms *self, const char *text)
{
  size_t length;

  if (add_generated_forms (self, text) || prof_label_add_script (self, text))
    return;
  if (strstr (text, "::") != NULL)
    prof_label_add_cpp (self, text);
  else if ((length = java_package_length (text)) > 0)
    add_java_forms (self, text, length);
  else if ((length = go_path_length (text)) > 0)
    add_go_forms (self, text, length);
  else if (prof_label_is_cpp (text))
    prof_label_add_cpp (self, text);
}

/* The whole name, then those of the function in it, the package muted in all. */
static void
add_located_forms (ProfLabelForms *self, const char *text, size_t location)
{
  g_autofree char *name = g_strndup (text, location);
  size_t           decoration = prof_label_decoration (name);
  size_t           n;

  prof_label_add_form (self, g_strdup (text), 0);
  if (decoration > 0)
    prof_label_add_form (self, g_strdup (name), 0);
  n = self->n_forms;
  add_forms (self, name + decoration);
  if (self->n_forms == n)
    prof_label_add_form (self, g_strdup (name + decoration), 0);
  else if (g_str_equal (self->forms[n].text, name + decoration) &&
           self->forms[n].prefix > 0)
    for (size_t i = 0; i < n; i++)
      self->forms[i].prefix = decoration + self->forms[n].prefix;
}

void
prof_label_forms_init (ProfLabelForms *self, const char *name, size_t n_chars)
{
  g_autofree char *text = clean (name,
                                 CLAMP (n_chars, 1, PROF_MAX_LABEL_CHARS));
  size_t           location = 0;

  memset (self, 0, sizeof *self);
  if (!is_address (text))
    {
      location = prof_label_location (text);
      if (location == 0 && prof_label_decoration (text) > 0)
        location = strlen (text);
      if (location > 0)
        add_located_forms (self, text, location);
      else
        add_forms (self, text);
    }
  if (self->n_forms == 0)
    {
      self->forms[0].text = g_steal_pointer (&text);
      self->n_forms = 1;
    }
}

/* Drops the first forms. */
static void
drop_forms (ProfLabelForms *self, size_t n)
{
  for (size_t i = 0; i < n; i++)
    g_free (self->forms[i].text);
  self->n_forms -= n;
  memmove (self->forms, self->forms + n, self->n_forms * sizeof *self->forms);
}

void
prof_label_forms_limit (ProfLabelForms *self, ProfNames names)
{
  size_t n = 0;

  if (names == PROF_NAMES_FULL)
    while (self->n_forms > 1)
      g_free (self->forms[--self->n_forms].text);
  if (names != PROF_NAMES_SHORT)
    return;
  while (n + 1 < self->n_forms && self->forms[n].prefix > 0)
    n++;
  drop_forms (self, n);
}

void
prof_label_forms_clear (ProfLabelForms *self)
{
  for (size_t i = 0; i < self->n_forms; i++)
    g_free (self->forms[i].text);
  memset (self, 0, sizeof *self);
}

char *
prof_label_cut (const char *text, size_t n_chars)
{
  size_t      n = prof_grapheme_floor (text, n_chars);
  const char *end = g_utf8_offset_to_pointer (text, (glong)n);

  while (end > text && end[-1] == '.')
    end--;
  return g_strdup_printf ("%.*s…", (int)(end - text), text);
}
