/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-top.h"

#include "base/prof-checked.h"
#include "query/prof-subtract.h"
#include "report/prof-report-data-common.h"

/* The last six are there in a comparison only. */
static const char *const columns[] = {
  "name",        "file",       "line",       "address",    "package",
  "flat",        "flat_share", "cum",        "cum_share",  "inlined",
  "flat_before", "flat_after", "flat_delta", "cum_before", "cum_after",
  "cum_delta",   NULL,
};
static const char *const plain_columns[] = {
  "name",       "file", "line",      "address", "package", "flat",
  "flat_share", "cum",  "cum_share", "inlined", NULL,
};

typedef struct
{
  const ProfReportContext *context;
  const ProfTop           *top;
  ProfReportData          *data;

  /* Owned; NULL unless it is a comparison: what was before, by frame. */
  int64_t *flat_before;
  int64_t *cum_before;
} Printer;

static void
put_facts (const Printer *self)
{
  prof_report_data_facts (self->data, self->context);
  prof_report_data_flag (self->data, "comparison", self->flat_before != NULL);
  prof_report_data_dropped (self->data, prof_top_graph (self->top));
}

static const char *
inlined_name (ProfInlined inlined)
{
  switch (inlined)
    {
    case PROF_INLINED_ALWAYS:
      return "always";
    case PROF_INLINED_SOMETIMES:
      return "some";
    case PROF_INLINED_NEVER:
      return "never";
    default:
      g_assert_not_reached ();
    }
}

static void
put_change (const Printer *self, const ProfTopRow *row)
{
  int64_t flat = self->flat_before[row->frame];
  int64_t cum = self->cum_before[row->frame];

  prof_report_data_integer (self->data, "flat_before", flat);
  prof_report_data_integer (self->data,
                            "flat_after",
                            prof_add_i64 (flat, row->flat));
  prof_report_data_integer (self->data, "flat_delta", row->flat);
  prof_report_data_integer (self->data, "cum_before", cum);
  prof_report_data_integer (self->data,
                            "cum_after",
                            prof_add_i64 (cum, row->cum));
  prof_report_data_integer (self->data, "cum_delta", row->cum);
}

static void
put_row (const Printer *self, const ProfTopRow *row)
{
  int64_t total = self->context->total;

  prof_report_data_begin_row (self->data);
  prof_report_data_frame (self->data, prof_top_frames (self->top), row->frame);
  prof_report_data_integer (self->data, "flat", row->flat);
  prof_report_data_share (self->data, "flat_share", row->flat, total);
  prof_report_data_integer (self->data, "cum", row->cum);
  prof_report_data_share (self->data, "cum_share", row->cum, total);
  prof_report_data_text (self->data,
                         "inlined",
                         inlined_name (row->inlined),
                         -1);
  if (self->flat_before != NULL)
    put_change (self, row);
  prof_report_data_end_row (self->data);
}

static void
put_rows (const Printer *self)
{
  const ProfTopRow *rows = prof_top_rows (self->top);

  prof_report_data_begin_rows (self->data,
                               self->flat_before != NULL ? columns
                                                         : plain_columns);
  for (size_t r = 0; r < prof_top_n_rows (self->top); r++)
    put_row (self, &rows[r]);
  prof_report_data_end_rows (self->data);
}

/* Frames have the same ids before and after, as they come from one location
 * table. Of means there is no difference that adds up. */
static bool
find_before (Printer *self, GError **error)
{
  const ProfReportContext *context = self->context;
  size_t                   n = prof_frames_n (prof_top_frames (self->top));
  ProfTopParams            params = PROF_TOP_PARAMS_ALL;
  g_autoptr (ProfProfile)  before = NULL;
  g_autoptr (ProfProfile)  after = NULL;
  g_autoptr (ProfFrames)   frames = NULL;
  g_autoptr (ProfTop)      top = NULL;

  if (context->fields->mean || !prof_has_base (context->profile))
    return true;
  if (!prof_split (context->profile, &before, &after, error))
    return false;
  frames = prof_frames_new_with (before, context->type, &context->frames);
  top = prof_top_new (frames, context->type, &params);
  self->flat_before = g_new0 (int64_t, n + 1);
  self->cum_before = g_new0 (int64_t, n + 1);
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      const ProfTopRow *row = &prof_top_rows (top)[r];

      self->flat_before[row->frame] = row->flat;
      self->cum_before[row->frame] = row->cum;
    }
  return true;
}

bool
prof_report_data_top (ProfAnswer      *answer,
                      ProfReportSyntax syntax,
                      const ProfSink  *sink,
                      GError         **error)
{
  static const ProfReportKind kind = { 0 };
  ProfReportContext           context;
  g_autoptr (ProfTop)         top = NULL;
  g_autoptr (ProfReportData)  data = NULL;
  Printer                     self = { .context = &context };
  bool                        ok;

  prof_report_context_init (&context, answer, &kind);
  top = prof_report_context_top (&context);
  data = prof_report_data_new (syntax, "top", sink);
  self.top = top;
  self.data = data;
  ok = find_before (&self, error);
  if (ok)
    {
      put_facts (&self);
      put_rows (&self);
      ok = prof_report_data_finish (data, error);
    }
  g_free (self.flat_before);
  g_free (self.cum_before);
  return ok;
}
