/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-callgrind.h"

#include "base/prof-hash.h"
#include "base/prof-unit.h"
#include "base/prof-writer.h"
#include "report/prof-report-context.h"
#include <stdlib.h>
#include <string.h>

/* A frame is one instruction here. Functions are what frames have in common but
 * for address and line; several of them can have one name and file (in two
 * binaries, or in a tree), and are numbered then. */

typedef struct
{
  const ProfReportContext *context;
  const ProfGraph         *graph;
  const ProfFrames        *frames;
  ProfWriter              *writer;

  /* Owned: numbers of texts that were written */
  GHashTable *binaries;
  GHashTable *files;
  GHashTable *names;

  /* Owned */
  uint32_t *functions; /* for each frame */
  uint32_t *titles;    /* for each frame: its name and file, as a number */
  uint32_t *places;    /* for each node: which of those of its title, from 1 */
  uint32_t *counts;    /* for each title: how many functions have it */
} Printer;

static const ProfFrameInfo *
info_of (const Printer *self, uint32_t node)
{
  return prof_frames_info (self->frames,
                           prof_graph_nodes (self->graph)[node].frame);
}

/* --- Which functions are told apart --- */

static int
compare_titles (const ProfFrameInfo *left, const ProfFrameInfo *right)
{
  int order = strcmp (left->name, right->name);

  return order != 0 ? order : strcmp (left->file, right->file);
}

static int
compare_functions (const ProfFrameInfo *left, const ProfFrameInfo *right)
{
  int order = compare_titles (left, right);

  if (order == 0)
    order = strcmp (left->binary, right->binary);
  if (order == 0)
    order = left->start_line < right->start_line
                ? -1
                : left->start_line > right->start_line;
  return order;
}

static int
compare_frames (const void *a, const void *b, void *data)
{
  const ProfFrames *frames = data;

  return compare_functions (prof_frames_info (frames, *(const uint32_t *)a),
                            prof_frames_info (frames, *(const uint32_t *)b));
}

static void
number_functions (Printer *self)
{
  size_t               n = prof_frames_n (self->frames);
  g_autofree uint32_t *sorted = g_new (uint32_t, n + 1);
  uint32_t             function = 0;
  uint32_t             title = 0;

  self->functions = g_new (uint32_t, n + 1);
  self->titles = g_new (uint32_t, n + 1);
  for (size_t f = 0; f < n; f++)
    sorted[f] = (uint32_t)f;
  qsort_r (sorted, n, sizeof *sorted, compare_frames, (void *)self->frames);
  for (size_t f = 0; f < n; f++)
    {
      const ProfFrameInfo *info = prof_frames_info (self->frames, sorted[f]);
      const ProfFrameInfo *before;

      before = prof_frames_info (self->frames, sorted[f > 0 ? f - 1 : 0]);
      function += compare_functions (info, before) != 0;
      title += compare_titles (info, before) != 0;
      self->functions[sorted[f]] = function;
      self->titles[sorted[f]] = title;
    }
}

/* In a tree, the node that calls it; 0 in a graph, and for roots. */
static uint64_t
caller_of (const Printer *self, uint32_t node)
{
  size_t               n;
  const uint32_t      *callers = prof_graph_callers (self->graph, node, &n);
  size_t               n_edges;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n_edges);

  if (!self->context->graph.call_tree || n == 0)
    return 0;
  return (uint64_t)edges[callers[0]].source + 1;
}

/* Functions of one title are numbered in the order of their first nodes. */
static void
number_nodes (Printer *self)
{
  size_t                 n = prof_graph_n_nodes (self->graph);
  g_autoptr (GHashTable) known = NULL;
  g_autofree uint64_t   *keys = g_new (uint64_t, n + 1);

  known = g_hash_table_new (prof_hash_int64, g_int64_equal);
  self->places = g_new0 (uint32_t, n + 1);
  self->counts = g_new0 (uint32_t, prof_frames_n (self->frames) + 1);
  for (uint32_t v = 0; v < n; v++)
    {
      ProfFrameId frame = prof_graph_nodes (self->graph)[v].frame;
      gpointer    place;

      keys[v] = caller_of (self, v) << 32 | self->functions[frame];
      place = g_hash_table_lookup (known, &keys[v]);
      if (place == NULL)
        {
          place = GUINT_TO_POINTER (++self->counts[self->titles[frame]]);
          g_hash_table_insert (known, &keys[v], place);
        }
      self->places[v] = GPOINTER_TO_UINT (place);
    }
}

/* (transfer full): what calls call a node; "" for one that is not shown. */
static char *
called_name (const Printer *self, uint32_t node)
{
  uint32_t count;

  if (node >= prof_graph_n_nodes (self->graph))
    return g_strdup ("");
  count =
      self->counts[self->titles[prof_graph_nodes (self->graph)[node].frame]];
  if (count < 2)
    return g_strdup (info_of (self, node)->name);
  return g_strdup_printf ("%s [%u/%u]",
                          info_of (self, node)->name,
                          self->places[node],
                          count);
}

/* --- Writing --- */

static void
put_line (const Printer *self, const char *text)
{
  g_autofree char *line = g_strdelimit (g_strdup (text), "\n", ' ');

  prof_writer_text (self->writer, line);
  prof_writer_text (self->writer, "\n");
}

static void
put_name (const Printer *self,
          const char    *key,
          GHashTable    *known,
          const char    *name)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (known, name));

  prof_writer_text (self->writer, key);
  if (number != 0)
    prof_writer_printf (self->writer, "(%u)\n", number);
  else if (name[0] != '\0')
    {
      number = g_hash_table_size (known) + 1;
      g_hash_table_insert (known, g_strdup (name), GUINT_TO_POINTER (number));
      prof_writer_printf (self->writer, "(%u) ", number);
      put_line (self, name);
    }
  else
    prof_writer_text (self->writer, "\n");
}

/* (transfer full): an address as it is written behind that of @before. */
static char *
address_after (const ProfFrameInfo *before, uint64_t address)
{
  g_autofree char *whole = NULL;
  g_autofree char *relative = NULL;

  whole = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", address);
  if (before == NULL)
    return g_steal_pointer (&whole);
  if (address == before->address)
    return g_strdup ("*");
  relative = g_strdup_printf ("%+" G_GINT64_FORMAT,
                              (int64_t)(address - before->address));
  if (strlen (relative) < strlen (whole))
    return g_steal_pointer (&relative);
  return g_steal_pointer (&whole);
}

static int64_t
cost_of (const Printer *self, int64_t value)
{
  const char *unit;
  double      cost = prof_unit_scale (value,
                                 self->context->unit,
                                 self->context->shown_in,
                                 &unit);

  if (cost >= 0x1p63)
    return INT64_MAX;
  return cost < -0x1p63 ? INT64_MIN : (int64_t)cost;
}

/* How often it is called is not known, and pprof writes 0: callgrind_annotate then
 * takes what the call costs for a cost of the caller itself. */
static void
put_call (const Printer       *self,
          const ProfFrameInfo *before,
          const ProfGraphEdge *edge)
{
  const ProfFrameInfo *callee = info_of (self, edge->target);
  g_autofree char     *name = called_name (self, edge->target);
  g_autofree char     *address = address_after (before, callee->address);

  put_name (self, "cfl=", self->files, callee->file);
  put_name (self, "cfn=", self->names, name);
  prof_writer_printf (self->writer,
                      "calls=1 %s %" G_GINT64_FORMAT "\n* * %" G_GINT64_FORMAT
                      "\n",
                      address,
                      callee->line,
                      cost_of (self, edge->weight));
}

static bool
is_of_same_block (const ProfFrameInfo *left, const ProfFrameInfo *right)
{
  return compare_titles (left, right) == 0 &&
         strcmp (left->binary, right->binary) == 0;
}

/* @before is that of the node before, or NULL. */
static bool
put_node (const Printer *self, uint32_t node, const ProfFrameInfo *before)
{
  const ProfFrameInfo *info = info_of (self, node);
  g_autofree char     *address = address_after (before, info->address);
  size_t               n;
  const uint32_t      *callees = prof_graph_callees (self->graph, node, &n);
  size_t               n_edges;
  const ProfGraphEdge *edges = prof_graph_edges (self->graph, &n_edges);
  int64_t              flat;

  if (before == NULL || !is_of_same_block (info, before))
    {
      prof_writer_text (self->writer, "\n");
      put_name (self, "ob=", self->binaries, info->binary);
      put_name (self, "fl=", self->files, info->file);
      put_name (self, "fn=", self->names, info->name);
    }
  flat = prof_graph_node_flat (&prof_graph_nodes (self->graph)[node]);
  prof_writer_printf (self->writer,
                      "%s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                      address,
                      info->line,
                      cost_of (self, flat));
  for (size_t c = 0; c < n; c++)
    put_call (self, before, &edges[callees[c]]);
  return prof_writer_text (self->writer, "");
}

static void
put_events (const Printer *self)
{
  const ProfReportContext *context = self->context;
  const char              *type = "";
  g_autofree char         *text = NULL;

  if (context->type < prof_profile_n_types (context->profile))
    type = prof_profile_type_name (context->profile, context->type);
  text = g_strdup_printf ("events: %s%s(%s)",
                          context->fields->mean ? "mean_" : "",
                          type,
                          context->shown_in);
  prof_writer_text (self->writer, "positions: instr line\n");
  put_line (self, text);
}

static void
put_graph (const Printer *self)
{
  const ProfFrameInfo *before = NULL;

  put_events (self);
  for (uint32_t n = 0; n < prof_graph_n_nodes (self->graph); n++)
    {
      if (!put_node (self, n, before))
        return;
      before = info_of (self, n);
    }
}

static GHashTable *
new_numbers (void)
{
  return g_hash_table_new_full (prof_hash_text, g_str_equal, g_free, NULL);
}

static void
clear (Printer *self)
{
  g_hash_table_unref (self->binaries);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->names);
  g_free (self->functions);
  g_free (self->titles);
  g_free (self->places);
  g_free (self->counts);
}

bool
prof_report_callgrind (ProfAnswer *answer, const ProfSink *sink, GError **error)
{
  static const ProfReportKind kind = { .exact = true };
  ProfReportContext           context;
  g_autoptr (ProfGraph)       graph = NULL;
  g_autoptr (ProfWriter)      writer = prof_writer_new (sink);
  Printer                     self = {
                        .context = &context,
                        .writer = writer,
                        .binaries = new_numbers (),
                        .files = new_numbers (),
                        .names = new_numbers (),
  };

  prof_report_context_init (&context, answer, &kind);
  graph = prof_report_context_graph (&context);
  prof_report_context_choose_unit (&context, graph, true);
  self.graph = graph;
  self.frames = prof_graph_frames (graph);
  number_functions (&self);
  number_nodes (&self);
  put_graph (&self);
  clear (&self);
  return prof_writer_finish (writer, error);
}
