/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-dot.h"

#include "analysis/prof-short-name.h"
#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "report/prof-report-dot-private.h"
#include <math.h>
#include <string.h>

#define NODE_COUNT 80

/* Points of letters: of what measured nothing, and what the heaviest node has
 * more. */
#define FONT_SIZE   8
#define FONT_GROWTH 16

/* For a NUL, at which Graphviz would stop reading. */
#define REPLACEMENT "\xef\xbf\xbd"

#define EXPLANATION "\nSee https://git.io/JfYMW for how to read the graph"

/* --- Texts --- */

void
prof_report_dot_append_escaped (GString *out, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++)
    {
      if (text[i] == '\\' || text[i] == '"')
        g_string_append_c (out, '\\');
      if (text[i] == '\n')
        g_string_append (out, "\\l");
      else if (text[i] == '\0')
        g_string_append (out, REPLACEMENT);
      else
        g_string_append_c (out, text[i]);
    }
}

void
prof_report_dot_append_quoted (GString *out, const char *text)
{
  while (*text != '\0')
    {
      bool is_pair = text[0] == '\\' && text[1] != '\0' && text[1] != '"';

      if (!is_pair && (*text == '\\' || *text == '"'))
        g_string_append_c (out, '\\');
      if (is_pair)
        g_string_append_c (out, *text++);
      g_string_append_c (out, *text++);
    }
}

char *
prof_report_dot_value (const ProfReportDot *self, int64_t value)
{
  g_autofree char *label = prof_report_context_label (self->context, value);
  GString         *out = g_string_new (NULL);

  prof_report_dot_append_quoted (out, label);
  return g_string_free (out, FALSE);
}

static void
append_share (const ProfReportDot *self, GString *out, int64_t value)
{
  g_autofree char *share = NULL;

  share = prof_unit_percentage (value, self->context->total);
  g_string_append_printf (out, " (%s)", g_strstrip (share));
}

static double
share_of (const ProfReportDot *self, int64_t value)
{
  return (double)value / fabs ((double)self->context->total);
}

/* --- Head --- */

/* (nullable): the program's name. */
static char *
title_of (const ProfProfile *profile)
{
  const ProfMapping  *mapping = prof_profile_mappings (profile);
  g_autofree char    *path = NULL;
  g_autofree char    *base = NULL;
  g_autoptr (GString) out = NULL;

  if (prof_profile_n_mappings (profile) == 0)
    return NULL;
  path = g_strconcat (prof_profile_string (profile, mapping->filename),
                      prof_profile_string (profile, mapping->kernel_symbol),
                      NULL);
  if (path[0] == '\0')
    return NULL;
  base = g_path_get_basename (path);
  out = g_string_new (NULL);
  prof_report_dot_append_quoted (out, base);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* The lines of a report's head in one box, named by the first of them. */
static void
put_legend (const ProfReportDot *self, const char *title)
{
  g_autoptr (GString) lines = g_string_new (NULL);
  g_autoptr (GString) name = g_string_new (NULL);
  g_autoptr (GString) label = g_string_new (NULL);

  prof_report_context_head (self->context, lines, self->graph, true);
  prof_report_dot_append_escaped (name, lines->str, strcspn (lines->str, "\n"));
  g_string_append (lines, EXPLANATION);
  prof_report_dot_append_escaped (label, lines->str, lines->len);
  prof_writer_printf (self->writer,
                      "subgraph cluster_L { \"%s\" [shape=box fontsize=16 "
                      "label=\"%s\\l\"",
                      name->str,
                      label->str);
  if (title != NULL)
    prof_writer_printf (self->writer, " tooltip=\"%s\"", title);
  prof_writer_text (self->writer, "] }\n");
}

static void
put_head (const ProfReportDot *self)
{
  g_autofree char *title = title_of (self->context->profile);

  prof_writer_printf (self->writer,
                      "digraph \"%s\" {\n",
                      title != NULL ? title : "unnamed");
  prof_writer_text (self->writer,
                    "node [style=filled fillcolor=\"#f8f8f8\"]\n");
  put_legend (self, title);
}

/* --- Nodes --- */

/* Each part of a function's name has a line of its own; "[...]" are type
 * arguments and stay together. In one pass: replacing in place moves the rest of
 * the name each time, seconds for one of a megabyte. */
static void
append_function (GString *out, const char *name)
{
  static const struct
  {
    const char *text;
    const char *instead;
  } parts[] = { { "::", "\\n" }, { "[...]", "[…]" }, { ".", "\\n" } };
  g_autofree char    *shortened = prof_short_name (name);
  g_autoptr (GString) text = g_string_new (NULL);
  const char         *at;
  size_t              p;

  prof_report_dot_append_escaped (text, shortened, strlen (shortened));
  for (at = text->str; *at != '\0';)
    {
      for (p = 0; p < G_N_ELEMENTS (parts); p++)
        if (g_str_has_prefix (at, parts[p].text))
          break;
      if (p == G_N_ELEMENTS (parts))
        {
          g_string_append_c (out, *at++);
          continue;
        }
      g_string_append (out, parts[p].instead);
      at += strlen (parts[p].text);
    }
  g_string_append (out, "\\n");
}

static char *
base_of (const char *path)
{
  return path[0] != '\0' ? g_path_get_basename (path) : g_strdup ("");
}

/* What the granularity knows of the frame, a line each. */
static void
append_name (GString *out, const ProfFrameInfo *info)
{
  g_autofree char *file = base_of (info->file);
  g_autofree char *binary = base_of (info->binary);

  if (info->address != 0)
    g_string_append_printf (out,
                            "%016" G_GINT64_MODIFIER "x\\n",
                            info->address);
  if (info->name[0] != '\0')
    append_function (out, info->name);
  if (info->line != 0 || file[0] != '\0')
    prof_report_dot_append_quoted (out, file);
  if (info->line != 0)
    g_string_append_printf (out, ":%" G_GINT64_FORMAT, info->line);
  else if (file[0] == '\0' && info->name[0] != '\0')
    return;
  else if (file[0] == '\0' && binary[0] != '\0')
    {
      g_string_append_c (out, '[');
      prof_report_dot_append_quoted (out, binary);
      g_string_append_c (out, ']');
    }
  else if (file[0] == '\0')
    g_string_append (out, "<unknown>");
  g_string_append (out, "\\n");
}

static void
append_values (const ProfReportDot *self,
               GString             *out,
               int64_t              flat,
               int64_t              cum)
{
  g_autofree char *flat_text = prof_report_dot_value (self, flat);
  g_autofree char *cum_text = prof_report_dot_value (self, cum);

  g_string_append (out, flat != 0 ? flat_text : "0");
  if (flat != 0)
    append_share (self, out, flat);
  if (cum == flat)
    return;
  g_string_append_printf (out, "%sof %s", flat != 0 ? "\\n" : " ", cum_text);
  append_share (self, out, cum);
}

/* Grows with the root of the weight, so that small ones differ too. */
static int
font_size (int64_t flat, uint64_t max_flat)
{
  uint64_t size = prof_abs_u64 (flat);

  if (size == 0)
    return FONT_SIZE;
  return FONT_SIZE +
         (int)ceil (FONT_GROWTH * sqrt ((double)size / (double)max_flat));
}

static void
append_full_name (const ProfReportDot *self, GString *out, ProfFrameId frame)
{
  size_t      length;
  const char *name;

  name = prof_frames_name_bytes (prof_graph_frames (self->graph),
                                 frame,
                                 &length);
  prof_report_dot_append_escaped (out, name, length);
}

static void
put_node (const ProfReportDot *self, uint32_t n, uint64_t max_flat)
{
  const ProfGraphNode *node = &prof_graph_nodes (self->graph)[n];
  int64_t              flat = prof_graph_node_flat (node);
  int64_t              cum = prof_graph_node_cum (node);
  double               share = share_of (self, cum);
  g_autofree char     *color = prof_report_dot_color (share, false);
  g_autofree char     *fill = prof_report_dot_color (share, true);
  g_autofree char     *value = prof_report_dot_value (self, cum);
  g_autoptr (GString)  out = g_string_new (NULL);

  g_string_append_printf (out, "N%u [label=\"", n + 1);
  append_name (out,
               prof_frames_info (prof_graph_frames (self->graph), node->frame));
  append_values (self, out, flat, cum);
  g_string_append_printf (out,
                          "\" id=\"node%u\" fontsize=%d shape=box tooltip=\"",
                          n + 1,
                          font_size (flat, max_flat));
  append_full_name (self, out, node->frame);
  g_string_append_printf (out,
                          " (%s)\" color=\"%s\" fillcolor=\"%s\"]\n",
                          value,
                          color,
                          fill);
  prof_writer_bytes (self->writer, out->str, out->len);
}

/* --- Calls --- */

/* How many of @parts of the total a call is. A product that is too large wraps
 * around, as in pprof. */
static int
parts_of (const ProfReportDot *self, int64_t weight, uint64_t parts)
{
  int64_t  product = (int64_t)((uint64_t)weight * parts);
  uint64_t total = prof_abs_u64 (self->context->total);

  return (int)MIN (prof_abs_u64 (product) / total, parts);
}

static void
append_importance (const ProfReportDot *self, GString *out, int64_t weight)
{
  g_autofree char *color = NULL;
  int              pull;
  int              width;

  if (self->context->total == 0)
    return;
  color = prof_report_dot_color (share_of (self, weight), false);
  pull = parts_of (self, weight, 100);
  width = parts_of (self, weight, 5);
  if (pull > 0)
    g_string_append_printf (out, " weight=%d", 1 + pull);
  if (width > 0)
    g_string_append_printf (out, " penwidth=%d", 1 + width);
  g_string_append_printf (out, " color=\"%s\"", color);
}

static char *
tooltip_of (const ProfReportDot *self,
            const ProfGraphEdge *edge,
            const char          *value)
{
  const ProfGraphNode *nodes = prof_graph_nodes (self->graph);
  GString             *out = g_string_new (NULL);

  append_full_name (self, out, nodes[edge->source].frame);
  g_string_append (out, edge->residual ? " ... " : " -> ");
  append_full_name (self, out, nodes[edge->target].frame);
  g_string_append_printf (out, " (%s)", value);
  return g_string_free (out, FALSE);
}

/* Nodes that are only mentioned by calls are one, without number. */
static uint32_t
number_of (const ProfReportDot *self, uint32_t node)
{
  return node < prof_graph_n_nodes (self->graph) ? node + 1 : 0;
}

static bool
put_edge (const ProfReportDot *self, const ProfGraphEdge *edge, bool has_tags)
{
  int64_t             weight = prof_graph_edge_weight (edge);
  g_autofree char    *value = prof_report_dot_value (self, weight);
  g_autofree char    *tooltip = tooltip_of (self, edge, value);
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          "N%u -> N%u [label=\" %s%s\"",
                          number_of (self, edge->source),
                          number_of (self, edge->target),
                          value,
                          edge->inlined ? "\\n (inline)" : "");
  append_importance (self, out, weight);
  g_string_append_printf (out,
                          " tooltip=\"%s\" labeltooltip=\"%s\"%s%s]\n",
                          tooltip,
                          tooltip,
                          edge->residual ? " style=\"dotted\"" : "",
                          has_tags ? " minlen=2" : "");
  return prof_writer_bytes (self->writer, out->str, out->len);
}

static void
put_edges (const ProfReportDot *self, const bool *has_tags)
{
  size_t               n;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n);

  for (size_t e = 0; e < n; e++)
    if (edges[e].source < prof_graph_n_nodes (self->graph) &&
        !put_edge (self, &edges[e], has_tags[edges[e].source]))
      return;
}

static uint64_t
largest_flat (const ProfGraph *graph)
{
  uint64_t max = 0;

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    max = MAX (max,
               prof_abs_u64 (
                   prof_graph_node_flat (&prof_graph_nodes (graph)[n])));
  return max;
}

static void
put_graph (const ProfReportDot *self)
{
  size_t           n_nodes = prof_graph_n_nodes (self->graph);
  uint64_t         max_flat = largest_flat (self->graph);
  g_autofree bool *has_tags = g_new0 (bool, n_nodes + 1);

  put_head (self);
  for (uint32_t n = 0; n < n_nodes; n++)
    {
      put_node (self, n, max_flat);
      has_tags[n] = prof_report_dot_tags (self, n);
    }
  put_edges (self, has_tags);
  prof_writer_text (self->writer, "}\n");
}

static const ProfReportKind kind = {
  .node_count = NODE_COUNT,
  .visual = true,
};

ProfGraph *
prof_report_dot_graph (ProfAnswer *answer, const ProfReportDotTrim *trim)
{
  ProfReportContext context;

  prof_report_context_init (&context, answer, &kind);
  if (trim != NULL && trim->node_count >= 0)
    context.graph.node_count = (size_t)trim->node_count;
  if (trim != NULL && trim->node_fraction >= 0)
    context.graph.node_fraction = trim->node_fraction;
  if (trim != NULL && trim->edge_fraction >= 0)
    context.graph.edge_fraction = trim->edge_fraction;
  if (trim != NULL && trim->frames != NULL)
    return prof_graph_new (trim->frames, context.type, &context.graph);
  return prof_report_context_graph (&context);
}

bool
prof_report_dot (ProfAnswer *answer, const ProfSink *sink, GError **error)
{
  ProfReportContext      context;
  g_autoptr (ProfGraph)  graph = NULL;
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);
  ProfReportDot          self = { .context = &context, .writer = writer };

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  prof_report_context_choose_unit (&context, graph, false);
  self.graph = graph;
  put_graph (&self);
  return prof_writer_finish (writer, error);
}
