/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-traces.h"

#include "base/prof-unit.h"
#include "base/prof-writer.h"
#include "report/prof-report-context.h"
#include "report/prof-report-labels.h"

#define WIDTH 10
#define SEPARATOR \
  "-----------+-------------------------------------------------------\n"

typedef struct
{
  ProfReportContext context;
  ProfFrames       *frames;
  ProfWriter       *writer;
} Printer;

static void
put_string (const Printer *self, const GString *text)
{
  prof_writer_bytes (self->writer, text->str, text->len);
}

static void
put_head (const Printer *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  prof_report_context_facts (&self->context, out);
  /* Where there is nothing to say pprof still ends the line. */
  if (out->len == 0)
    g_string_append_c (out, '\n');
  put_string (self, out);
}

/* --- labels --- */

static void
append_string (GString *out, const ProfProfile *profile, ProfStringId id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, id, &length);

  g_string_append_len (out, text, (gssize)length);
}

static void
append_label (const ProfReportContext *context,
              GString                 *out,
              const ProfLabel         *label)
{
  g_autofree char *number = NULL;

  if (label->str != 0)
    {
      append_string (out, context->profile, label->str);
      return;
    }
  number = prof_unit_label (label->num,
                            prof_answer_label_unit (context->answer,
                                                    label->key),
                            "auto");
  g_string_append (out, number);
}

/* "       key:  a b\n". */
static GString *
line_of_key (const void *data, const ProfLabel *const *labels, size_t n)
{
  const ProfReportContext *context = data;
  GString                 *line = g_string_new (NULL);
  size_t                   length;
  const char              *key;

  key = prof_profile_string_bytes (context->profile, labels[0]->key, &length);
  for (size_t w = prof_report_context_width (key, length); w < WIDTH; w++)
    g_string_append_c (line, ' ');
  g_string_append_len (line, key, (gssize)length);
  g_string_append (line, ":  ");
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, ' ');
      append_label (context, line, labels[i]);
    }
  g_string_append_c (line, '\n');
  return line;
}

static void
put_label_lines (const Printer *self, size_t sample, bool numbers)
{
  g_autoptr (GPtrArray) lines = NULL;

  lines = prof_report_labels (self->context.profile,
                              sample,
                              numbers,
                              line_of_key,
                              &self->context);
  for (guint l = 0; l < lines->len; l++)
    put_string (self, lines->pdata[l]);
}

static bool
put_labels (const Printer *self, size_t sample, GError **error)
{
  const ProfReportContext *context = &self->context;
  size_t                   n;

  prof_profile_sample_labels (context->profile, sample, &n);
  if (n == 0)
    return true;
  if (!prof_report_labels_check (context->profile, sample, error))
    return false;
  put_label_lines (self, sample, false);
  put_label_lines (self, sample, true);
  return true;
}

/* --- stacks --- */

static void
put_frame (const Printer *self, ProfFrameId frame, bool inlined)
{
  size_t      length;
  const char *name = prof_frames_name_bytes (self->frames, frame, &length);

  prof_writer_text (self->writer, "   ");
  prof_writer_bytes (self->writer, name, length);
  prof_writer_text (self->writer, inlined ? " (inline)\n" : "\n");
}

static void
put_value (const Printer *self, size_t sample)
{
  g_autoptr (GString) out = g_string_new (NULL);

  prof_report_context_append_value (
      &self->context,
      out,
      prof_report_context_sample_value (&self->context, sample),
      WIDTH);
  put_string (self, out);
}

/* Returns: whether to go on; the writer may have failed. */
static bool
put_stack (const Printer *self, size_t sample)
{
  const ProfProfile   *profile = self->context.profile;
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  ProfStackId          leaf = prof_profile_sample_stacks (profile)[sample];

  for (ProfStackId node = leaf; node != 0; node = nodes[node].parent)
    {
      size_t             n;
      const ProfFrameId *frames;

      frames = prof_frames_of_location (self->frames, nodes[node].location, &n);
      for (size_t f = 0; f < n; f++)
        {
          if (node == leaf && f == 0)
            put_value (self, sample);
          else
            prof_writer_printf (self->writer, "%*s", WIDTH, "");
          put_frame (self, frames[f], f + 1 < n);
        }
    }
  return prof_writer_text (self->writer, "");
}

static bool
put_samples (const Printer *self, GError **error)
{
  const ProfProfile *profile = self->context.profile;
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      if (stacks[s] == 0)
        continue;
      prof_writer_text (self->writer, SEPARATOR);
      if (!put_labels (self, s, error))
        return false;
      if (!put_stack (self, s))
        return true;
    }
  prof_writer_text (self->writer, SEPARATOR);
  return true;
}

bool
prof_report_traces (ProfAnswer *answer, const ProfSink *sink, GError **error)
{
  static const ProfReportKind kind = { .whole = true };
  g_autoptr (ProfWriter)      writer = prof_writer_new (sink);
  g_autoptr (ProfFrames)      frames = NULL;
  Printer                     self = { .writer = writer };

  prof_report_context_init (&self.context, answer, &kind);
  self.context.frames.trim_path = NULL;
  frames = prof_report_context_frames (&self.context);
  self.frames = frames;
  put_head (&self);
  if (!put_samples (&self, error))
    return false;
  return prof_writer_finish (writer, error);
}
