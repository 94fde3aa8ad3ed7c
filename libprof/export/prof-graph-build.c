/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-graph-build.h"

#include <string.h>

/* What took too long is tried again with a quarter of the functions: time grows
 * faster than their number. */
#define FEWER 4

typedef struct
{
  ProfAnswer           *answer;
  ProfTextCache        *cache;
  ProfProgress         *progress;
  const ProfGraphBuild *build;
} Builder;

static double
measure (void *data, double size_px, bool bold, const char *text)
{
  ProfFont font = { .size_px = size_px, .bold = bold };

  return prof_text_cache_measure (data, &font, text);
}

static const char *
unit_of (ProfAnswer *answer)
{
  ProfProfile *profile = prof_answer_profile (answer);
  size_t       type = prof_answer_type (answer);

  return type < prof_profile_n_types (profile)
             ? prof_profile_type_unit (profile, type)
             : "";
}

/* "minimum" leaves it open, as "auto" does. */
static const char *
asked_unit (const ProfQueryFields *fields)
{
  if (strcmp (fields->unit, "minimum") == 0 ||
      strcmp (fields->unit, "auto") == 0)
    return NULL;
  return fields->unit;
}

static ProfGraphScene *
new_scene (const Builder *self, ProfGraph *graph)
{
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (self->answer));
  ProfGraphSceneParams params = {
    .measure = measure,
    .data = self->cache,
    .total = prof_answer_total (self->answer),
    .unit = unit_of (self->answer),
    .shown_in = asked_unit (fields),
    .divide_by = fields->divide_by,
    .is_near = self->build->is_near,
    .near = self->build->near,
  };

  return prof_graph_scene_new (graph, &params);
}

static ProfGraphLayout *
attempt (const Builder           *self,
         const ProfReportDotTrim *trim,
         size_t                  *n_nodes,
         GError                 **error)
{
  g_autoptr (ProfGraph)      graph = NULL;
  g_autoptr (ProfGraphScene) scene = NULL;

  if (!prof_progress_step (self->progress, -1, error))
    return NULL;
  graph = prof_report_dot_graph (self->answer, trim);
  *n_nodes = self->build->is_near ? 0 : prof_graph_n_nodes (graph);
  if (*n_nodes > PROF_GRAPH_MAX_NODES)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "");
      return NULL;
    }
  if (!prof_progress_step (self->progress, -1, error))
    return NULL;
  scene = new_scene (self, graph);
  return prof_graph_layout_new (scene,
                                self->build->limit_ms,
                                self->progress,
                                error);
}

/* Whether fewer may do. */
static bool
take_fewer (ProfReportDotTrim *trim, size_t n_nodes, GError **error)
{
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
      n_nodes <= PROF_GRAPH_LEAST_NODES)
    return false;
  g_clear_error (error);
  trim->node_count = MIN (PROF_GRAPH_MAX_NODES,
                          MAX (PROF_GRAPH_LEAST_NODES,
                               (int64_t)n_nodes / FEWER));
  return true;
}

ProfGraphLayout *
prof_graph_build (ProfAnswer           *answer,
                  const ProfGraphBuild *asked,
                  ProfTextCache        *cache,
                  ProfProgress         *progress,
                  size_t               *n_wanted,
                  GError              **error)
{
  static const ProfGraphBuild plain = PROF_GRAPH_BUILD_INIT;
  const ProfGraphBuild       *build = asked != NULL ? asked : &plain;
  Builder                     self = { answer, cache, progress, build };
  ProfReportDotTrim           trim = build->trim;
  GError                     *reason = NULL;
  size_t                      wanted = 0;
  size_t                      n_nodes = 0;
  ProfGraphLayout            *layout;

  /* Those of one function may be anywhere. */
  if (build->is_near)
    {
      trim.node_count = 0;
      trim.node_fraction = 0;
      trim.edge_fraction = 0;
    }
  layout = attempt (&self, &trim, &n_nodes, &reason);
  while (layout == NULL && take_fewer (&trim, n_nodes, &reason))
    {
      wanted = MAX (wanted, n_nodes);
      layout = attempt (&self, &trim, &n_nodes, &reason);
    }
  if (layout == NULL)
    {
      g_propagate_error (error, reason);
      return NULL;
    }
  if (n_wanted != NULL)
    *n_wanted = wanted;
  return layout;
}
