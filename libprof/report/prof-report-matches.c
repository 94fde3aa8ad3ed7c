/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-matches.h"

#include "base/prof-pattern.h"

static bool
choose (const ProfGraph *graph,
        ProfPattern     *pattern,
        bool            *chosen,
        size_t          *n_chosen,
        GError         **error)
{
  const ProfFrames    *frames = prof_graph_frames (graph);
  const ProfGraphNode *nodes = prof_graph_nodes (graph);

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    {
      ProfFrameId frame = nodes[n].frame;
      size_t      length;
      const char *name = prof_frames_name_bytes (frames, frame, &length);

      if (!prof_pattern_test (pattern, frame, name, length, &chosen[n], error))
        return false;
      *n_chosen += chosen[n];
    }
  return true;
}

bool *
prof_report_matches (const ProfGraph *graph,
                     const char      *pattern,
                     GError         **error)
{
  ProfProfile *profile = prof_frames_profile (prof_graph_frames (graph));
  g_autoptr (ProfPattern) compiled = prof_pattern_new (pattern,
                                                       0,
                                                       prof_profile_limits (
                                                           profile),
                                                       error);
  g_autofree bool        *chosen = NULL;
  size_t                  n_chosen = 0;

  if (compiled == NULL)
    return NULL;
  chosen = g_new0 (bool, prof_graph_n_nodes (graph) + 1);
  if (!choose (graph, compiled, chosen, &n_chosen, error))
    return NULL;
  if (n_chosen == 0)
    return prof_fail_null (error,
                           PROF_ERROR_NO_MATCH,
                           "no matches found for regexp: %s",
                           pattern);
  return g_steal_pointer (&chosen);
}
