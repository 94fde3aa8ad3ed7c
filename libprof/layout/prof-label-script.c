/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-label-private.h"

#include <string.h>

/* --- Where a function is --- */

/* Of "file.py:12" and "index.js:10:5" the numbers at the end. */
static bool
ends_with_line (const char *text, size_t length)
{
  size_t digits = 0;

  while (digits < length && g_ascii_isdigit (text[length - 1 - digits]))
    digits++;
  return digits > 0 && digits < length && text[length - 1 - digits] == ':';
}

static bool
is_place (const char *text, size_t length)
{
  return ends_with_line (text, length) || memchr (text, '/', length) != NULL ||
         g_str_has_prefix (text, "node:");
}

size_t
prof_label_location (const char *name)
{
  size_t      length = strlen (name);
  const char *blank;

  if (length > 0 && name[length - 1] == ')')
    {
      blank = g_strrstr (name, " (");
      if (blank == NULL || blank == name)
        return 0;
      return is_place (blank + 2, length - 1 - (size_t)(blank + 2 - name))
                 ? (size_t)(blank - name)
                 : 0;
    }
  blank = strrchr (name, ' ');
  if (blank == NULL || blank == name)
    return 0;
  return is_place (blank + 1, strlen (blank + 1)) ? (size_t)(blank - name) : 0;
}

/* --- What stands in front --- */

/* V8 tells what kind of code it is, and how well it is compiled. */
static size_t
v8_kind (const char *name)
{
  static const char *const kinds[] = {
    "LazyCompile:", "Function:", "Script:", "Eval:", "Builtin:", "RegExp:",
  };

  for (size_t k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (g_str_has_prefix (name, kinds[k]))
      return strlen (kinds[k]);
  return 0;
}

size_t
prof_label_decoration (const char *name)
{
  static const char *const words[] = { "async ", "get ", "set ", "bound " };
  size_t                   length = v8_kind (name);

  length += strspn (name + length, "*~^+");
  for (size_t w = 0; w < G_N_ELEMENTS (words); w++)
    if (g_str_has_prefix (name + length, words[w]))
      length += strlen (words[w]);
  return name[length] != '\0' ? length : 0;
}

/* --- Shapes of their own --- */

static bool
add_prototype (ProfLabelForms *self, const char *name)
{
  const char *at = strstr (name, ".prototype.");
  size_t      class_end;
  const char *method;

  if (at == NULL || at == name)
    return false;
  class_end = (size_t)(at - name);
  method = at + strlen (".prototype.");
  if (method[0] == '\0')
    return false;
  prof_label_add_form (self, g_strdup (name), class_end + 1);
  prof_label_add_form (self,
                       g_strdup_printf ("%.*s.%s",
                                        (int)class_end,
                                        name,
                                        method),
                       class_end + 1);
  prof_label_add_form (self, g_strdup (method), 0);
  return true;
}

/* "Ljava/util/Map$Entry;::get" and "Ljava/util/Map$Entry;.get". */
static bool
add_descriptor (ProfLabelForms *self, const char *name)
{
  const char *end = strchr (name, ';');
  const char *class;
  const char *method;

  if (name[0] != 'L' || end == NULL)
    return false;
  method = end + 1;
  method += g_str_has_prefix (method, "::") ? 2 : method[0] == '.';
  class = g_strrstr_len (name, (gssize)(end - name), "/");
  class = class != NULL ? class + 1 : name + 1;
  if (method == end + 1 || method[0] == '\0' || class == end)
    return false;
  prof_label_add_form (self, g_strdup (name), (size_t)(class - name));
  prof_label_add_form (self,
                       g_strdup_printf ("%.*s.%s",
                                        (int)(end - class),
                                        class,
                                        method),
                       0);
  prof_label_add_form (self, g_strdup (method), 0);
  return true;
}

static bool
add_module (ProfLabelForms *self, const char *name)
{
  const char *slash = strrchr (name, '/');

  if (!g_str_has_prefix (name, "node:") || slash == NULL || slash[1] == '\0')
    return false;
  prof_label_add_form (self, g_strdup (name), (size_t)(slash + 1 - name));
  prof_label_add_form (self, g_strdup (slash + 1), 0);
  return true;
}

bool
prof_label_add_script (ProfLabelForms *self, const char *name)
{
  return add_prototype (self, name) || add_descriptor (self, name) ||
         add_module (self, name);
}
