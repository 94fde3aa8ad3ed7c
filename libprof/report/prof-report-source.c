/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-source.h"

#include <string.h>

/* What Go reads as one line, without its end. */
#define MAX_LINE 65535

/* Returns: what matches, or NULL with @error set also where nothing does */
static ProfSourceLines *
find_lines (const ProfReportContext *context,
            const char              *pattern,
            GError                 **error)
{
  const ProfLimits           *limits = prof_profile_limits (context->profile);
  g_autoptr (ProfPattern)     compiled = prof_pattern_new (pattern,
                                                       0,
                                                       limits,
                                                       error);
  g_autoptr (ProfGraph)       graph = NULL;
  g_autoptr (ProfSourceLines) lines = NULL;
  size_t                      n;

  if (compiled == NULL)
    return NULL;
  graph = prof_report_context_graph (context);
  lines = prof_source_lines_new (graph, compiled, error);
  if (lines == NULL)
    return NULL;
  prof_source_lines_routines (lines, &n);
  if (n == 0)
    return prof_fail_null (error,
                           PROF_ERROR_NO_MATCH,
                           "no matches found for regexp: %s",
                           pattern);
  return g_steal_pointer (&lines);
}

bool
prof_report_source_init (ProfReportSource  *self,
                         ProfAnswer        *answer,
                         const char        *pattern,
                         ProfReportListRead read,
                         void              *data,
                         GError           **error)
{
  static const ProfReportKind kind = { .by_line = true };

  *self = (ProfReportSource){ .read = read, .data = data };
  prof_report_context_init (&self->context, answer, &kind);
  self->context.graph.calls = PROF_GRAPH_NO_CALLS;
  self->lines = find_lines (&self->context, pattern, error);
  return self->lines != NULL;
}

void
prof_report_source_clear (ProfReportSource *self)
{
  g_clear_pointer (&self->lines, prof_source_lines_free);
  g_clear_pointer (&self->file, g_free);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_error (&self->failure);
}

static void
read_file (ProfReportSource *self, const char *file)
{
  if (self->file != NULL && strcmp (self->file, file) == 0)
    return;
  g_free (self->file);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_error (&self->failure);
  self->file = g_strdup (file);
  self->text = self->read (file, self->data, &self->failure);
}

GBytes *
prof_report_source_text (ProfReportSource *self,
                         const char       *file,
                         const char      **failure)
{
  read_file (self, file);
  *failure = self->text == NULL ? self->failure->message : NULL;
  return self->text;
}

typedef struct
{
  const char *next;
  const char *end;
} Lines;

static bool
next_line (Lines *self, const char **line, size_t *length)
{
  size_t      left = (size_t)(self->end - self->next);
  const char *newline = left > 0 ? memchr (self->next, '\n', left) : NULL;

  if (left == 0)
    return false;
  *line = self->next;
  *length = newline != NULL ? (size_t)(newline - self->next) : left;
  self->next += newline != NULL ? *length + 1 : left;
  if (*length > MAX_LINE)
    return false;
  if (*length > 0 && (*line)[*length - 1] == '\r')
    (*length)--;
  return true;
}

void
prof_report_source_each_line (const ProfReportSource  *self,
                              const ProfSourceRoutine *routine,
                              GBytes                  *text,
                              ProfReportSourceFunc     func,
                              const void              *data)
{
  const ProfSourceLine *costs = prof_source_lines_lines (self->lines, routine);
  const ProfSourceLine *end = costs + routine->n_lines;
  size_t                size;
  const char           *start = g_bytes_get_data (text, &size);
  Lines                 lines = { start, start + size };
  const char           *line;
  size_t                length;

  for (int64_t n = 1;
       n <= routine->last_line && next_line (&lines, &line, &length);
       n++)
    {
      while (costs < end && costs->line < n)
        costs++;
      if (n >= routine->first_line &&
          !func (data,
                 n,
                 costs < end && costs->line == n ? costs : NULL,
                 line,
                 length))
        return;
    }
}
