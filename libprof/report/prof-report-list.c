/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-list.h"

#include "base/prof-writer.h"
#include "report/prof-report-source.h"

#define VALUE_WIDTH 10

typedef struct
{
  ProfReportSource *source;
  ProfWriter       *writer;
} Printer;

static void
append_value (const Printer *self, GString *out, int64_t value)
{
  if (value == 0)
    g_string_append_printf (out, "%*s", VALUE_WIDTH, ".");
  else
    prof_report_context_append_value (&self->source->context,
                                      out,
                                      value,
                                      VALUE_WIDTH);
  g_string_append_c (out, ' ');
}

static bool
put_line (const void           *data,
          int64_t               number,
          const ProfSourceLine *cost,
          const char           *line,
          size_t                length)
{
  const Printer      *self = data;
  g_autoptr (GString) out = g_string_new (NULL);

  append_value (self, out, cost != NULL ? cost->flat : 0);
  append_value (self, out, cost != NULL ? cost->cum : 0);
  g_string_append_printf (out, "%6" G_GINT64_FORMAT ":", number);
  prof_writer_bytes (self->writer, out->str, out->len);
  prof_writer_bytes (self->writer, line, length);
  return prof_writer_text (self->writer, "\n");
}

static void
put_routine (const Printer *self, const ProfSourceRoutine *routine)
{
  g_autoptr (GString) out = g_string_new (NULL);
  GBytes             *text;
  const char         *failure;

  if (routine->file[0] == '\0')
    {
      prof_writer_text (self->writer, "No source information for ");
      prof_writer_bytes (self->writer, routine->name, routine->name_length);
      prof_writer_text (self->writer, "\n");
      return;
    }
  text = prof_report_source_text (self->source, routine->file, &failure);
  g_string_append (out, "ROUTINE ======================== ");
  g_string_append_len (out, routine->name, (gssize)routine->name_length);
  g_string_append_printf (out, " in %s\n", routine->file);
  prof_report_context_append_value (&self->source->context,
                                    out,
                                    routine->flat,
                                    VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_value (&self->source->context,
                                    out,
                                    routine->cum,
                                    VALUE_WIDTH);
  g_string_append (out, " (flat, cum) ");
  prof_report_context_append_share (out,
                                    routine->cum,
                                    self->source->context.total);
  g_string_append (out, " of Total\n");
  if (text == NULL)
    g_string_append_printf (out, " Error: %s\n", failure);
  prof_writer_bytes (self->writer, out->str, out->len);
  if (text != NULL)
    prof_report_source_each_line (self->source, routine, text, put_line, self);
}

static void
put_routines (const Printer *self)
{
  size_t                   n;
  const ProfSourceRoutine *routines;
  g_autofree char         *total = NULL;

  routines = prof_source_lines_routines (self->source->lines, &n);
  total = prof_report_context_label (&self->source->context,
                                     self->source->context.total);
  prof_writer_printf (self->writer, "Total: %s\n", total);
  for (size_t r = 0; r < n && prof_writer_text (self->writer, ""); r++)
    put_routine (self, &routines[r]);
}

bool
prof_report_list (ProfAnswer        *answer,
                  const char        *pattern,
                  ProfReportListRead read,
                  void              *data,
                  const ProfSink    *sink,
                  GError           **error)
{
  g_autoptr (ProfWriter)    writer = prof_writer_new (sink);
  g_auto (ProfReportSource) source = { 0 };
  const Printer             self = { .source = &source, .writer = writer };

  if (!prof_report_source_init (&source, answer, pattern, read, data, error))
    return false;
  put_routines (&self);
  return prof_writer_finish (writer, error);
}
