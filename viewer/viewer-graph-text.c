/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-graph-text.h"

#include <glib/gi18n.h>
#include <math.h>

typedef struct
{
  const char *name; /* lent */
  char       *self, *self_share;
  char       *total, *total_share;
} Facts;

static char *
share_text (const ViewerResult *result, int64_t value)
{
  return prof_unit_human_percentage ((double)value,
                                     fabs ((double)result->total));
}

static const char *
name_of (const ProfGraphScene *scene, uint32_t box)
{
  ProfFrames *frames = prof_graph_frames (prof_graph_scene_graph (scene));

  return prof_frames_display_name (frames, prof_graph_scene_frame (scene, box));
}

static void
facts_init (Facts                *facts,
            const ViewerResult   *result,
            const ProfGraphScene *scene,
            uint32_t              b)
{
  size_t               n;
  const ProfGraphBox  *box = &prof_graph_scene_boxes (scene, &n)[b];
  const ProfGraphNode *node;
  int64_t              flat;
  int64_t              cum;

  node = &prof_graph_nodes (prof_graph_scene_graph (scene))[box->node];
  flat = prof_graph_node_flat (node);
  cum = prof_graph_node_cum (node);
  facts->name = name_of (scene, b);
  facts->self = prof_unit_human (flat, result->unit);
  facts->self_share = share_text (result, flat);
  facts->total = prof_unit_human (cum, result->unit);
  facts->total_share = share_text (result, cum);
}

static void
facts_clear (Facts *facts)
{
  g_free (facts->self);
  g_free (facts->self_share);
  g_free (facts->total);
  g_free (facts->total_share);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Facts, facts_clear)

char *
viewer_graph_text_box (const ViewerResult    *result,
                       const ProfGraphLayout *layout,
                       uint32_t               b)
{
  ProfGraphScene     *scene = prof_graph_layout_scene (layout);
  size_t              n;
  const ProfGraphBox *box = &prof_graph_scene_boxes (scene, &n)[b];
  g_auto (Facts)      facts = { 0 };

  facts_init (&facts, result, scene, b);
  if (box->is_label)
    {
      g_autoptr (GString)  label = g_string_new (NULL);
      const ProfGraphText *texts = prof_graph_scene_texts (scene,
                                                           box->first_text);

      for (size_t t = 0; t < box->n_texts; t++)
        g_string_append_printf (label, "%s%s", t > 0 ? " " : "", texts[t].text);
      /* Translators: a label of samples, and the function they are in */
      return g_markup_printf_escaped (_ ("<b>%s</b> in %s"),
                                      label->str,
                                      facts.name);
    }
  return g_markup_printf_escaped (_ ("<b>%s</b> — self %s (%s), total %s (%s)"),
                                  facts.name,
                                  facts.self,
                                  facts.self_share,
                                  facts.total,
                                  facts.total_share);
}

char *
viewer_graph_text_arrow (const ViewerResult    *result,
                         const ProfGraphLayout *layout,
                         uint32_t               a)
{
  ProfGraphScene       *scene = prof_graph_layout_scene (layout);
  size_t                n;
  const ProfGraphArrow *arrow = &prof_graph_scene_arrows (scene, &n)[a];
  const ProfGraphEdge  *edges;
  g_autofree char      *value = NULL;
  g_autofree char      *share = NULL;
  int64_t               weight;

  if (arrow->edge == PROF_ID_NONE)
    return viewer_graph_text_box (result, layout, arrow->target);
  edges = prof_graph_edges (prof_graph_scene_graph (scene), &n);
  weight = prof_graph_edge_weight (&edges[arrow->edge]);
  value = prof_unit_human (weight, result->unit);
  share = share_text (result, weight);
  if (arrow->dashed)
    /* Translators: a caller, functions that are not drawn, and a callee */
    return g_markup_printf_escaped (_ ("<b>%s</b> → … → <b>%s</b> — %s (%s)"),
                                    name_of (scene, arrow->source),
                                    name_of (scene, arrow->target),
                                    value,
                                    share);
  if (arrow->inlined)
    return g_markup_printf_escaped (_ ("<b>%s</b> → <b>%s</b> — %s (%s), "
                                       "inlined"),
                                    name_of (scene, arrow->source),
                                    name_of (scene, arrow->target),
                                    value,
                                    share);
  return g_markup_printf_escaped (_ ("<b>%s</b> → <b>%s</b> — %s (%s)"),
                                  name_of (scene, arrow->source),
                                  name_of (scene, arrow->target),
                                  value,
                                  share);
}

static unsigned
n_calls (const ProfGraphScene *scene, uint32_t box, bool from)
{
  size_t                n;
  const ProfGraphArrow *arrows = prof_graph_scene_arrows (scene, &n);
  unsigned              count = 0;

  for (size_t a = 0; a < n; a++)
    if (arrows[a].edge != PROF_ID_NONE &&
        (from ? arrows[a].source : arrows[a].target) == box)
      count++;
  return count;
}

char *
viewer_graph_text_accessible (const ViewerResult    *result,
                              const ProfGraphLayout *layout,
                              uint32_t               box)
{
  ProfGraphScene *scene = prof_graph_layout_scene (layout);
  g_auto (Facts)  facts = { 0 };

  facts_init (&facts, result, scene, box);
  return g_strdup_printf (_ ("%s, self %s, total %s, %s, callers %u, "
                             "callees %u"),
                          facts.name,
                          facts.self,
                          facts.total,
                          facts.total_share,
                          n_calls (scene, box, false),
                          n_calls (scene, box, true));
}

char *
viewer_graph_text_shown (const ProfGraphLayout *layout)
{
  ProfGraphScene *scene = prof_graph_layout_scene (layout);
  ProfGraph      *graph = prof_graph_scene_graph (scene);
  size_t          n = prof_graph_scene_n_nodes (scene);
  size_t          n_all = prof_graph_n_before_count (graph) +
                 prof_graph_n_dropped_nodes (graph);

  return g_strdup_printf (_ ("%zu of %zu functions"), n, MAX (n, n_all));
}
