/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-short-name.h"

#include <stdbool.h>
#include <string.h>

/* pprof asks regular expressions. Each of them has one way to match, so it is
 * read here from left to right, in time that grows with the name only. */

static bool
is_word (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Behind the characters that words have, and '$' where it is one. */
static const char *
skip_word (const char *p, bool with_dollar)
{
  while (is_word (*p) || (with_dollar && *p == '$'))
    p++;
  return p;
}

static const char *
skip_anonymous_namespace (const char *name)
{
  static const char prefix[] = "(anonymous namespace)::";

  return g_str_has_prefix (name, prefix) ? name + strlen (prefix) : name;
}

/* The end of a version from 2 on, "/v2", at @p; NULL where there is none. */
static const char *
version_end (const char *p)
{
  size_t digits;

  if (p[0] != '/' || p[1] != 'v')
    return NULL;
  p += 2;
  digits = strspn (p, "0123456789");
  if (digits == 0 || p[0] == '0' || (digits == 1 && p[0] == '1'))
    return NULL;
  p += digits;
  return *p == '.' || *p == '/' ? p : NULL;
}

/* The name without the first version in it. */
static char *
without_version (const char *name)
{
  if (strchr (name, '\n') != NULL)
    return g_strdup (name);
  for (const char *p = name; *p != '\0'; p++)
    {
      const char *end = version_end (p);

      if (end != NULL)
        return g_strdup_printf ("%.*s%s", (int)(p - name), name, end);
    }
  return g_strdup (name);
}

static bool
is_path_char (char c)
{
  return is_word (c) || c == '-' || c == '.';
}

/* What follows the folders, up to the end of the line. */
static char *
shorten_go (const char *name)
{
  const char *element = name;
  const char *rest = NULL;

  for (;;)
    {
      const char *p = element;

      while (is_path_char (*p))
        p++;
      if (p == element || *p != '/')
        break;
      element = p + 1;
      if (*element != '\0' && *element != '\n')
        rest = element;
    }
  return rest != NULL ? g_strndup (rest, strcspn (rest, "\n")) : NULL;
}

/* "Class.method" behind packages in small letters, and what takes arguments or
 * ends there. */
static char *
shorten_java (const char *name)
{
  const char *class = name;
  const char *p;

  while (g_ascii_islower (*class))
    {
      p = skip_word (class, false);
      if (*p != '.')
        return NULL;
      class = p + 1;
    }
  if (!g_ascii_isupper (*class))
    return NULL;
  p = skip_word (class, true);
  if (*p++ != '.')
    return NULL;
  if (g_str_has_prefix (p, "<init>"))
    p += strlen ("<init>");
  else if (g_ascii_islower (*p))
    p = skip_word (p, true);
  else
    return NULL;
  if (*p != '(' && *p != '\0')
    return NULL;
  return g_strndup (class, (size_t)(p - class));
}

/* Behind the "a::" at @p; NULL where there is none. */
static const char *
skip_scope (const char *p)
{
  const char *end;

  if (g_ascii_isdigit (*p))
    return NULL;
  end = skip_word (p, false);
  return end != p && end[0] == ':' && end[1] == ':' ? end + 2 : NULL;
}

static bool
is_class (const char *p)
{
  while (*p == '_')
    p++;
  return g_ascii_isupper (*p);
}

/* Behind "<...>" at @p, as far as there is a '>' on the line. */
static const char *
skip_arguments (const char *p)
{
  size_t line = strcspn (p, "\n");

  if (*p != '<')
    return p;
  while (line > 0 && p[line - 1] != '>')
    line--;
  return p + line;
}

/* Behind the "~member<...>" at @p; NULL where there is none. */
static const char *
skip_member (const char *p)
{
  const char *end;

  if (*p == '~')
    p++;
  if (g_ascii_isdigit (*p))
    return NULL;
  end = skip_word (p, false);
  return end != p ? skip_arguments (end) : NULL;
}

/* The last "Class::member" behind at least one scope. */
static char *
shorten_cpp (const char *name)
{
  const char *start = NULL;
  const char *end = NULL;
  const char *scope = skip_scope (name);

  while (scope != NULL)
    {
      const char *next = skip_scope (scope);
      const char *behind = next != NULL && is_class (scope) ? skip_member (next)
                                                            : NULL;

      if (behind != NULL)
        {
          start = scope;
          end = behind;
        }
      scope = next;
    }
  return start != NULL ? g_strndup (start, (size_t)(end - start)) : NULL;
}

char *
prof_short_name (const char *name)
{
  g_autofree char *whole = without_version (skip_anonymous_namespace (name));
  char            *shortened = shorten_go (whole);

  if (shortened == NULL)
    shortened = shorten_java (whole);
  if (shortened == NULL)
    shortened = shorten_cpp (whole);
  return shortened != NULL ? shortened : g_steal_pointer (&whole);
}
