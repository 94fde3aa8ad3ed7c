/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-top.h"

#include "base/prof-checked.h"
#include "query/prof-subtract.h"
#include "report/prof-report-context.h"

static const char *const granularities[] = {
  [PROF_GRANULARITY_FUNCTIONS] = "functions",
  [PROF_GRANULARITY_FILEFUNCTIONS] = "filefunctions",
  [PROF_GRANULARITY_FILES] = "files",
  [PROF_GRANULARITY_LINES] = "lines",
  [PROF_GRANULARITY_ADDRESSES] = "addresses",
  [PROF_GRANULARITY_PACKAGES] = "packages",
};

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
  const ProfReportContext *context = self->context;
  const ProfGraph         *graph = prof_top_graph (self->top);
  g_auto (GStrv)           filters = NULL;
  const char              *type = "";

  if (context->type < prof_profile_n_types (context->profile))
    type = prof_profile_type_name (context->profile, context->type);
  filters = prof_query_active_filters (prof_answer_query (context->answer));
  prof_report_data_text (self->data, "sample_type", type, -1);
  prof_report_data_text (self->data, "unit", context->unit, -1);
  prof_report_data_flag (self->data, "mean", context->fields->mean);
  prof_report_data_integer (self->data, "total", context->total);
  prof_report_data_text (self->data,
                         "granularity",
                         granularities[context->frames.granularity],
                         -1);
  prof_report_data_texts (self->data, "filters", (const char *const *)filters);
  prof_report_data_flag (self->data, "comparison", self->flat_before != NULL);
  prof_report_data_integer (self->data,
                            "rows_dropped",
                            (int64_t)prof_graph_n_dropped_nodes (graph));
  prof_report_data_integer (self->data,
                            "rows_before_count",
                            (int64_t)prof_graph_n_before_count (graph));
}

static void
put_place (const Printer *self, ProfFrameId frame)
{
  const ProfFrames    *frames = prof_top_frames (self->top);
  const ProfFrameInfo *info = prof_frames_info (frames, frame);
  const ProfPackage   *packages = prof_frames_packages (frames);
  g_autofree char     *address = NULL;
  size_t               length;
  const char          *name = prof_frames_name_bytes (frames, frame, &length);

  address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", info->address);
  prof_report_data_text (self->data, "name", name, (gssize)length);
  prof_report_data_text (self->data,
                         "file",
                         prof_frames_file (frames, frame),
                         -1);
  if (info->line != 0)
    prof_report_data_integer (self->data, "line", info->line);
  else
    prof_report_data_nothing (self->data, "line");
  if (info->address != 0)
    prof_report_data_text (self->data, "address", address, -1);
  else
    prof_report_data_nothing (self->data, "address");
  prof_report_data_text (self->data,
                         "package",
                         packages[prof_frames_package (frames, frame)].name,
                         -1);
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
  put_place (self, row->frame);
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
prof_report_data_top (GString         *out,
                      ProfAnswer      *answer,
                      ProfReportSyntax syntax,
                      GError         **error)
{
  static const ProfReportKind kind = { 0 };
  ProfReportContext           context;
  g_autoptr (ProfTop)         top = NULL;
  g_autoptr (ProfReportData)  data = prof_report_data_new (syntax, "top");
  Printer                     self = { .context = &context, .data = data };
  bool                        ok;

  prof_report_context_init (&context, answer, &kind);
  top = prof_report_context_top (&context);
  self.top = top;
  ok = find_before (&self, error);
  if (ok)
    {
      put_facts (&self);
      put_rows (&self);
      prof_report_data_finish (data, out);
    }
  g_free (self.flat_before);
  g_free (self.cum_before);
  return ok;
}
