/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-list.h"

#include "analysis/prof-source-lines.h"
#include "base/prof-writer.h"
#include "report/prof-report-context.h"
#include <string.h>

#define VALUE_WIDTH 10

/* What Go reads as one line, without its end. */
#define MAX_LINE 65535

typedef struct
{
  ProfReportContext      context;
  const ProfSourceLines *lines;
  ProfReportListRead     read;
  void                  *data;
  ProfWriter            *writer;

  /* The file that was read last: functions of one file follow each other often.
   * Owned, or NULL. */
  char   *file;
  GBytes *text;
  GError *failure;
} Printer;

static void
read_file (Printer *self, const char *file)
{
  if (self->file != NULL && strcmp (self->file, file) == 0)
    return;
  g_free (self->file);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_error (&self->failure);
  self->file = g_strdup (file);
  self->text = self->read (file, self->data, &self->failure);
}

/* --- lines of a text --- */

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

/* --- writing --- */

static void
append_value (const Printer *self, GString *out, int64_t value)
{
  if (value == 0)
    g_string_append_printf (out, "%*s", VALUE_WIDTH, ".");
  else
    prof_report_context_append_value (&self->context, out, value, VALUE_WIDTH);
  g_string_append_c (out, ' ');
}

static bool
put_line (const Printer        *self,
          int64_t               number,
          const ProfSourceLine *cost,
          const char           *line,
          size_t                length)
{
  g_autoptr (GString) out = g_string_new (NULL);

  append_value (self, out, cost != NULL ? cost->flat : 0);
  append_value (self, out, cost != NULL ? cost->cum : 0);
  g_string_append_printf (out, "%6" G_GINT64_FORMAT ":", number);
  prof_writer_bytes (self->writer, out->str, out->len);
  prof_writer_bytes (self->writer, line, length);
  return prof_writer_text (self->writer, "\n");
}

static void
put_text (const Printer *self, const ProfSourceRoutine *routine)
{
  const ProfSourceLine *costs = prof_source_lines_lines (self->lines, routine);
  const ProfSourceLine *end = costs + routine->n_lines;
  size_t                size;
  const char           *text = g_bytes_get_data (self->text, &size);
  Lines                 lines = { text, text + size };
  const char           *line;
  size_t                length;

  for (int64_t n = 1;
       n <= routine->last_line && next_line (&lines, &line, &length);
       n++)
    {
      while (costs < end && costs->line < n)
        costs++;
      if (n >= routine->first_line &&
          !put_line (self,
                     n,
                     costs < end && costs->line == n ? costs : NULL,
                     line,
                     length))
        return;
    }
}

static void
put_routine (Printer *self, const ProfSourceRoutine *routine)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (routine->file[0] == '\0')
    {
      prof_writer_text (self->writer, "No source information for ");
      prof_writer_text (self->writer, routine->name);
      prof_writer_text (self->writer, "\n");
      return;
    }
  read_file (self, routine->file);
  g_string_append (out, "ROUTINE ======================== ");
  g_string_append_printf (out, "%s in %s\n", routine->name, routine->file);
  prof_report_context_append_value (&self->context,
                                    out,
                                    routine->flat,
                                    VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_value (&self->context,
                                    out,
                                    routine->cum,
                                    VALUE_WIDTH);
  g_string_append (out, " (flat, cum) ");
  prof_report_context_append_share (out, routine->cum, self->context.total);
  g_string_append (out, " of Total\n");
  if (self->text == NULL)
    g_string_append_printf (out, " Error: %s\n", self->failure->message);
  prof_writer_bytes (self->writer, out->str, out->len);
  if (self->text != NULL)
    put_text (self, routine);
}

static void
put_routines (Printer *self)
{
  size_t                   n;
  const ProfSourceRoutine *routines;
  g_autofree char         *total = NULL;

  routines = prof_source_lines_routines (self->lines, &n);
  total = prof_report_context_label (&self->context, self->context.total);
  prof_writer_printf (self->writer, "Total: %s\n", total);
  for (size_t r = 0; r < n && prof_writer_text (self->writer, ""); r++)
    put_routine (self, &routines[r]);
  g_free (self->file);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_clear_error (&self->failure);
}

/* Returns: what matches, or NULL with @error set also where nothing does */
static ProfSourceLines *
find_lines (const ProfReportContext *context,
            const char              *pattern,
            GError                 **error)
{
  g_autoptr (ProfPattern)     compiled = prof_pattern_new (pattern, 0, error);
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
prof_report_list (ProfAnswer        *answer,
                  const char        *pattern,
                  ProfReportListRead read,
                  void              *data,
                  const ProfSink    *sink,
                  GError           **error)
{
  static const ProfReportKind kind = { .by_line = true };
  g_autoptr (ProfWriter)      writer = prof_writer_new (sink);
  g_autoptr (ProfSourceLines) lines = NULL;
  Printer self = { .read = read, .data = data, .writer = writer };

  prof_report_context_init (&self.context, answer, &kind);
  self.context.graph.calls = PROF_GRAPH_NO_CALLS;
  lines = find_lines (&self.context, pattern, error);
  if (lines == NULL)
    return false;
  self.lines = lines;
  put_routines (&self);
  return prof_writer_finish (writer, error);
}
