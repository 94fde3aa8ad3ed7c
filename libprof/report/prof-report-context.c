/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-context.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "report/prof-report-header.h"
#include <math.h>
#include <string.h>

/* Byte for byte what "go tool pprof" of Go 1.19 prints: no word is translated,
 * no number follows the locale. */

static ProfFramesParams
frames_params (const ProfQueryFields *fields, const ProfReportKind *kind)
{
  ProfFramesParams params = {
    .granularity = fields->granularity,
    .noinlines = fields->noinlines,
    .with_binaries = kind->exact || kind->by_line,
    .trim_path = fields->trim_path,
    .source_path = fields->source_path,
  };

  if (kind->by_line)
    params.granularity = PROF_GRANULARITY_LINES;
  if (kind->exact)
    {
      params.granularity = PROF_GRANULARITY_ADDRESSES;
      params.noinlines = false;
    }
  return params;
}

static ProfGraphOrder
order_of (const ProfQueryFields *fields, const ProfReportKind *kind)
{
  if (kind->visual)
    return PROF_GRAPH_BY_ENTROPY;
  return fields->cum ? PROF_GRAPH_BY_CUM : PROF_GRAPH_BY_FLAT;
}

static ProfGraphParams
graph_params (const ProfReportContext *self, const ProfReportKind *kind)
{
  const ProfQueryFields *fields = self->fields;
  int64_t                count = fields->nodecount;
  ProfGraphParams        params = {
           .order = order_of (fields, kind),
           .mean = fields->mean,
           .drop_negative = fields->drop_negative,
           .call_tree = fields->call_tree && (kind->visual || kind->exact),
           .visual = kind->visual,
           .unit = fields->unit,
           .bytes_unit = prof_answer_bytes_unit (self->answer),
  };

  if (!fields->trim || kind->whole || kind->exact || kind->by_line)
    return params;
  if (count == -1)
    count = kind->node_count;
  params.node_count = count > 0 ? (size_t)count : 0;
  params.node_fraction = fields->nodefraction;
  params.edge_fraction = fields->edgefraction;
  return params;
}

static const char *
unit_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_unit (profile, type);
}

void
prof_report_context_init (ProfReportContext    *self,
                          ProfAnswer           *answer,
                          const ProfReportKind *kind)
{
  *self = (ProfReportContext){
    .answer = answer,
    .fields = prof_query_fields (prof_answer_query (answer)),
    .profile = prof_answer_profile (answer),
    .type = prof_answer_type (answer),
    .total = prof_answer_total (answer),
  };
  self->unit = unit_of_type (self->profile, self->type);
  self->shown_in = self->fields->unit;
  self->frames = frames_params (self->fields, kind);
  self->graph = graph_params (self, kind);
}

ProfFrames *
prof_report_context_frames (const ProfReportContext *self)
{
  return prof_frames_new_with (self->profile, self->type, &self->frames);
}

ProfGraph *
prof_report_context_graph (const ProfReportContext *self)
{
  g_autoptr (ProfFrames) frames = prof_report_context_frames (self);

  return prof_graph_new (frames, self->type, &self->graph);
}

ProfTop *
prof_report_context_top (const ProfReportContext *self)
{
  g_autoptr (ProfFrames) frames = prof_report_context_frames (self);
  ProfTopParams          params = PROF_TOP_PARAMS_ALL;

  params.node_fraction = self->graph.node_fraction;
  params.edge_fraction = self->graph.edge_fraction;
  params.node_count = self->graph.node_count;
  params.by_cum = self->fields->cum;
  params.mean = self->fields->mean;
  params.drop_negative = self->fields->drop_negative;
  return prof_top_new (frames, self->type, &params);
}

static int64_t
absolute (int64_t value)
{
  return value == INT64_MIN ? INT64_MAX : ABS (value);
}

/* The smallest number of the nodes that is not 0. */
static int64_t
smallest (const ProfGraph *graph)
{
  const ProfGraphNode *nodes = prof_graph_nodes (graph);
  int64_t              min = 0;

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    {
      int64_t value = absolute (prof_graph_node_flat (&nodes[n]));

      if (value == 0)
        value = absolute (prof_graph_node_cum (&nodes[n]));
      if (value != 0 && (min == 0 || value < min))
        min = value;
    }
  return min;
}

void
prof_report_context_choose_unit (ProfReportContext *self,
                                 const ProfGraph   *graph,
                                 bool               whole)
{
  int64_t min;

  if (strcmp (self->fields->unit, "minimum") != 0 ||
      prof_graph_n_nodes (graph) == 0)
    return;
  min = smallest (graph);
  self->shown_in = prof_unit_common_divided (min,
                                             whole && min != 0 ? min
                                                               : self->total,
                                             self->unit,
                                             self->fields->divide_by);
}

int64_t
prof_report_context_sample_value (const ProfReportContext *self, size_t sample)
{
  size_t         n = prof_profile_n_types (self->profile);
  const int64_t *values;
  int64_t        value;

  values = prof_profile_sample_values (self->profile) + sample * n;
  value = n > 0 ? values[self->type] : 0;
  if (!self->fields->mean || n == 0 || values[0] == 0)
    return value;
  /* The only quotient that may not fit. */
  if (values[0] == -1)
    return (int64_t)(0 - (uint64_t)value);
  return value / values[0];
}

char *
prof_report_context_label (const ProfReportContext *self, int64_t value)
{
  return prof_unit_label (prof_unit_divide (value, self->fields->divide_by),
                          self->unit,
                          self->shown_in);
}

/* Bytes of the first character. */
static size_t
step_of (const char *text, size_t length)
{
  gunichar c = g_utf8_get_char_validated (text, (gssize)length);

  return c == 0 || c > 0x10FFFF ? 1 : (size_t)g_utf8_skip[(guchar)*text];
}

size_t
prof_report_context_width (const char *text, size_t length)
{
  size_t width = 0;

  for (size_t i = 0; i < length; i += step_of (text + i, length - i))
    width++;
  return width;
}

void
prof_report_context_append_value (const ProfReportContext *self,
                                  GString                 *out,
                                  int64_t                  value,
                                  size_t                   width)
{
  g_autofree char *text = prof_report_context_label (self, value);

  for (size_t w = prof_report_context_width (text, strlen (text)); w < width;
       w++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
}

void
prof_report_context_append_share (GString *out, int64_t value, int64_t of)
{
  g_autofree char *text = prof_unit_percentage (value, of);

  g_string_append (out, text);
}

void
prof_report_context_append_name (GString          *out,
                                 const ProfFrames *frames,
                                 ProfFrameId       frame)
{
  size_t      length;
  const char *name = prof_frames_name_bytes (frames, frame, &length);

  g_string_append_len (out, name, (gssize)length);
}

void
prof_report_context_facts (const ProfReportContext *self, GString *out)
{
  g_autofree char *total = prof_report_context_label (self, self->total);
  ProfReportHeader header = {
    .type = self->type,
    .mean = self->fields->mean,
    .total = self->total,
    .shown_total = total,
  };

  prof_report_header_in (out, self->profile, &header);
}

static void
append_filters (const ProfReportContext *self, GString *out)
{
  g_auto (GStrv) filters = prof_query_active_filters (
      prof_answer_query (self->answer));

  if (filters[0] != NULL)
    g_string_append (out, "Active filters:\n");
  for (size_t f = 0; filters[f] != NULL; f++)
    g_string_append_printf (out, "   %s\n", filters[f]);
}

static void
append_summary (const ProfReportContext *self,
                GString                 *out,
                const ProfGraph         *graph)
{
  const ProfGraphNode *nodes = prof_graph_nodes (graph);
  int64_t              sum = 0;
  g_autofree char     *shown = NULL;
  g_autofree char     *share = NULL;
  g_autofree char     *total = prof_report_context_label (self, self->total);

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    sum = prof_add_i64 (sum, prof_graph_node_flat (&nodes[n]));
  shown = prof_report_context_label (self, sum);
  share = prof_unit_percentage (sum, self->total);
  g_string_append_printf (out,
                          "Showing nodes accounting for %s, %s of %s total\n",
                          shown,
                          g_strstrip (share),
                          total);
}

static int64_t
share_of (int64_t total, double fraction)
{
  double share = fabs ((double)total * fraction);

  return share < 0x1p63 ? (int64_t)share : INT64_MAX;
}

/* "<=" is what pprof prints; those at the limit are shown. */
static void
append_dropped (const ProfReportContext *self,
                GString                 *out,
                size_t                   n,
                const char              *what,
                const char              *by,
                double                   fraction)
{
  g_autofree char *limit = NULL;

  if (n == 0)
    return;
  limit = prof_report_context_label (self, share_of (self->total, fraction));
  g_string_append_printf (out,
                          "Dropped %zu %s%s (%s <= %s)\n",
                          n,
                          what,
                          n > 1 ? "s" : "",
                          by,
                          limit);
}

void
prof_report_context_head (const ProfReportContext *self,
                          GString                 *out,
                          const ProfGraph         *graph,
                          bool                     full)
{
  size_t n = prof_graph_n_nodes (graph);

  if (full || !self->fields->compact_labels)
    prof_report_context_facts (self, out);
  append_filters (self, out);
  append_summary (self, out, graph);
  if (self->total == 0)
    return;
  append_dropped (self,
                  out,
                  prof_graph_n_dropped_nodes (graph),
                  "node",
                  "cum",
                  self->graph.node_fraction);
  if (full)
    append_dropped (self,
                    out,
                    prof_graph_n_dropped_edges (graph),
                    "edge",
                    "freq",
                    self->graph.edge_fraction);
  if (n > 0 && n < prof_graph_n_before_count (graph))
    g_string_append_printf (out,
                            "Showing top %zu nodes out of %zu\n",
                            n,
                            prof_graph_n_before_count (graph));
}
