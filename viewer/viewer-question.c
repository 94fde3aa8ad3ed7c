/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-question.h"

#include <glib/gi18n.h>
#include <string.h>

/* In the order in which a query applies them. */
static const struct
{
  const char *option;
  const char *label;
  const char *effect;
} filters[] = {
  { "tagroot",
    N_ ("Group by Label"),
    N_ ("The values of these labels are the outermost frames.") },
  { "tagleaf",
    N_ ("Label as Leaf"),
    N_ ("The values of these labels are the innermost frames.") },
  { "focus",
    N_ ("Focus"),
    N_ ("Only stacks with a function that matches are shown.") },
  { "ignore",
    N_ ("Ignore"),
    N_ ("Stacks with a function that matches are left out.") },
  { "hide",
    N_ ("Hide"),
    N_ ("Functions that match are left out; their values go to their callers.") },
  { "show",
    N_ ("Show Only"),
    N_ ("Only functions that match are shown; values of others go to their "
        "callers.") },
  { "show-from",
    N_ ("Show From"),
    N_ ("Callers above a function that matches are left out.") },
  { "focus-path",
    N_ ("Path"),
    N_ ("Only stacks that begin with this path are shown.") },
  { "tagfocus", N_ ("Label"), N_ ("Only stacks with such a label are shown.") },
  { "tagignore",
    N_ ("Without Label"),
    N_ ("Stacks with such a label are left out.") },
  { "prune-from",
    N_ ("Collapse Below"),
    N_ ("What functions that match call is left out; values go to them.") },
};

static ViewerQuestion *
take (ProfQuery *query, ProfTreeFlags flags)
{
  ViewerQuestion *self = g_new0 (ViewerQuestion, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->query = query;
  self->flags = flags;
  return self;
}

ViewerQuestion *
viewer_question_new (void)
{
  return take (prof_query_new (), PROF_TREE_PLAIN);
}

ViewerQuestion *
viewer_question_ref (ViewerQuestion *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_question_unref (ViewerQuestion *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_query_unref (self->query);
  g_free (self);
}

gboolean
viewer_question_equal (const ViewerQuestion *a, const ViewerQuestion *b)
{
  return a->flags == b->flags && prof_query_equal (a->query, b->query);
}

ViewerQuestion *
viewer_question_with (const ViewerQuestion *self,
                      const char           *option,
                      const char           *value,
                      GError              **error)
{
  ProfQuery *query = prof_query_with (self->query, option, value, error);

  return query != NULL ? take (query, self->flags) : NULL;
}

ViewerQuestion *
viewer_question_with_flag (const ViewerQuestion *self,
                           ProfTreeFlags         flag,
                           gboolean              set)
{
  ProfTreeFlags flags = self->flags & ~flag;

  return take (prof_query_ref (self->query), set ? flags | flag : flags);
}

static const char *
text_of (const ProfQuery *query, const ProfQueryOption *option)
{
  const char *fields = (const char *)prof_query_fields (query);

  switch (option->kind)
    {
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      return *(const char *const *)(gconstpointer)(fields + option->offset);
    case PROF_QUERY_OPTION_FLAG:
    case PROF_QUERY_OPTION_COUNT:
    case PROF_QUERY_OPTION_NUMBER:
    case PROF_QUERY_OPTION_CHOICE:
    case PROF_QUERY_OPTION_LIST:
    default:
      return "";
    }
}

static const char *
value_of (const ProfQuery *query, const char *name)
{
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  for (size_t i = 0; i < n; i++)
    if (strcmp (options[i].name, name) == 0)
      return text_of (query, &options[i]);
  return "";
}

ViewerQuestion *
viewer_question_with_options (const ViewerQuestion *self,
                              const char           *text,
                              GError              **error)
{
  g_autoptr (ProfQuery)      more = prof_query_from_text (text, error);
  g_autoptr (ViewerQuestion) question = NULL;

  if (more == NULL)
    return NULL;
  question = take (prof_query_ref (self->query), self->flags);
  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      const char     *value = value_of (more, filters[i].option);
      ViewerQuestion *next;

      if (value[0] == '\0')
        continue;
      next = viewer_question_with (question, filters[i].option, value, error);
      if (next == NULL)
        return NULL;
      viewer_question_unref (question);
      question = next;
    }
  return g_steal_pointer (&question);
}

gboolean
viewer_question_is_filter (const char *option)
{
  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    if (strcmp (filters[i].option, option) == 0)
      return TRUE;
  return FALSE;
}

GArray *
viewer_question_filters (const ViewerQuestion *self)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ViewerFilter));

  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      ViewerFilter filter = {
        .option = filters[i].option,
        .label = _ (filters[i].label),
        .effect = _ (filters[i].effect),
        .value = value_of (self->query, filters[i].option),
      };

      if (filter.value[0] != '\0')
        g_array_append_val (found, filter);
    }
  return found;
}

ViewerQuestion *
viewer_question_without_filters (const ViewerQuestion *self)
{
  ViewerQuestion *question = take (prof_query_ref (self->query), self->flags);

  for (size_t i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      ViewerQuestion *next = viewer_question_with (question,
                                                   filters[i].option,
                                                   NULL,
                                                   NULL);

      viewer_question_unref (question);
      question = next;
    }
  return question;
}

char *
viewer_question_exactly (const char *name)
{
  g_autofree char *escaped = g_regex_escape_string (name, -1);

  return g_strdup_printf ("^%s$", escaped);
}

char *
viewer_question_either (const char *pattern, const char *other)
{
  return pattern[0] != '\0' ? g_strdup_printf ("%s|%s", pattern, other)
                            : g_strdup (other);
}
