/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-graph-name.h"

#include "layout/prof-label-fit.h"
#include <stdbool.h>
#include <string.h>

#define ALL_CHARS ((size_t)PROF_GRAPH_NAME_CHARS * PROF_GRAPH_NAME_LINES)

static size_t
n_chars (const char *text)
{
  return (size_t)g_utf8_strlen (text, -1);
}

/* Elements in front go until the rest fits: "…/project/pkg". */
static char *
short_path (const char *path)
{
  const char *rest = path;

  while (n_chars (rest) + (rest > path ? 2 : 0) > PROF_GRAPH_NAME_CHARS)
    {
      const char *slash = strchr (rest, '/');

      if (slash == NULL)
        return prof_label_cut (rest, PROF_GRAPH_NAME_CHARS);
      rest = slash + 1;
    }
  return g_strconcat (rest > path ? "…/" : "", rest, NULL);
}

/* What stands between a package and a name belongs to neither. */
static char *
package_of (const ProfLabelForm *form)
{
  g_autofree char *package = g_strndup (form->text, form->prefix);
  size_t           length = form->prefix;

  while (length > 0 && strchr (".:/!", package[length - 1]) != NULL)
    package[--length] = '\0';
  return short_path (package);
}

/* Whether a line may begin here. */
static bool
is_joint (const char *start, const char *at)
{
  char before = at > start ? at[-1] : '\0';

  if (*at == '.' || *at == '(' || *at == '<' || *at == '[' || *at == '/')
    return true;
  if (*at == ':' && at[1] == ':')
    return true;
  return before == ',' || before == ' ' || before == '_' || before == '-';
}

/* Where the line ends that begins here, and holds at most so many characters. */
static const char *
line_end (const char *start)
{
  const char *end = start;
  const char *joint = NULL;
  size_t      n = 0;

  for (; *end != '\0' && n < PROF_GRAPH_NAME_CHARS; n++)
    {
      if (n >= PROF_GRAPH_NAME_CHARS / 3 && is_joint (start, end))
        joint = end;
      end = g_utf8_next_char (end);
    }
  if (*end == '\0' || is_joint (start, end))
    return end;
  return joint != NULL ? joint : end;
}

static char **
break_name (const char *name)
{
  GPtrArray  *lines = g_ptr_array_new ();
  const char *start = name;

  do
    {
      const char      *end = line_end (start);
      bool             is_last = lines->len + 1 == PROF_GRAPH_NAME_LINES;
      g_autofree char *line = g_strndup (start, (size_t)(end - start));

      g_strstrip (line);
      if (is_last && *end != '\0')
        {
          g_autofree char *dots = g_strconcat (line, "…", NULL);

          g_ptr_array_add (lines, g_steal_pointer (&dots));
        }
      else
        g_ptr_array_add (lines, g_steal_pointer (&line));
      start = end;
    }
  while (*start != '\0' && lines->len < PROF_GRAPH_NAME_LINES);
  g_ptr_array_add (lines, NULL);
  return (char **)g_ptr_array_free (lines, FALSE);
}

/* The longest form of which all is seen; the shortest when there is none. */
static const ProfLabelForm *
choose (const ProfLabelForms *forms)
{
  for (size_t f = 0; f < forms->n_forms; f++)
    if (n_chars (forms->forms[f].text + forms->forms[f].prefix) <= ALL_CHARS)
      return &forms->forms[f];
  return &forms->forms[forms->n_forms - 1];
}

void
prof_graph_name_init (ProfGraphName *self, const char *name, size_t n_chars)
{
  ProfLabelForms       forms;
  const ProfLabelForm *form;

  prof_label_forms_init (&forms, name, n_chars);
  form = choose (&forms);
  self->package = package_of (form);
  self->lines = break_name (form->text + form->prefix);
  prof_label_forms_clear (&forms);
}

void
prof_graph_name_clear (ProfGraphName *self)
{
  g_clear_pointer (&self->package, g_free);
  g_clear_pointer (&self->lines, g_strfreev);
}
