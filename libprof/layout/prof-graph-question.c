/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-graph-layout.h"

#include <math.h>
#include <string.h>

/* Graphviz measures sizes in inches, and all else in points, 72 to an inch. */
#define PX_PER_INCH 72

/* Between boxes side by side, and between rows, in px. */
#define BESIDE 18
#define BELOW  26

/* How hard a call pulls its ends together and straight: as in pprof. */
#define MAX_PULL 100

/* Labels stand right at their function. */
#define LABEL_PULL 100

static void
append_number (GString *out, const char *name, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.4f", number);
  g_string_append_printf (out, " %s=%s", name, buffer);
}

static void
append_box (GString *out, size_t b, const ProfGraphBox *box)
{
  g_string_append_printf (out, "%zu [", b);
  append_number (out, "width", box->width_px / PX_PER_INCH);
  append_number (out, "height", box->height_px / PX_PER_INCH);
  g_string_append (out, "]\n");
}

/* Of a text Graphviz would measure letters of its own; a table can be told how
 * large it is. */
static void
append_room (GString *out, const ProfGraphArrow *arrow)
{
  g_string_append_printf (
      out,
      " label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLPADDING=\"0\" "
      "CELLSPACING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"%.0f\" HEIGHT=\"%.0f\">"
      "<TR><TD></TD></TR></TABLE>>",
      arrow->width_px,
      arrow->height_px);
}

static void
append_arrow (GString *out, size_t a, const ProfGraphArrow *arrow, bool is_long)
{
  int pull = 1 + (int)(MIN (fabs (arrow->share), 1) * MAX_PULL);

  if (arrow->edge == PROF_ID_NONE)
    pull = LABEL_PULL;
  g_string_append_printf (out,
                          "%u -> %u [id=%zu weight=%d%s",
                          arrow->source,
                          arrow->target,
                          a,
                          pull,
                          is_long ? " minlen=2" : "");
  append_room (out, arrow);
  g_string_append (out, "]\n");
}

/* For each box whether it has labels: calls then leave room for them. */
static bool *
find_labelled (const ProfGraphScene *scene)
{
  size_t                n_boxes;
  size_t                n;
  const ProfGraphArrow *arrows = prof_graph_scene_arrows (scene, &n);
  bool                 *labelled;

  prof_graph_scene_boxes (scene, &n_boxes);
  labelled = g_new0 (bool, n_boxes + 1);
  for (size_t a = 0; a < n; a++)
    if (arrows[a].edge == PROF_ID_NONE)
      labelled[arrows[a].source] = true;
  return labelled;
}

char *
prof_graph_layout_question (ProfGraphScene *scene)
{
  GString              *out = g_string_new ("digraph {\ngraph [");
  g_autofree bool      *labelled = find_labelled (scene);
  size_t                n_boxes;
  size_t                n_arrows;
  const ProfGraphBox   *boxes = prof_graph_scene_boxes (scene, &n_boxes);
  const ProfGraphArrow *arrows = prof_graph_scene_arrows (scene, &n_arrows);

  append_number (out, "nodesep", (double)BESIDE / PX_PER_INCH);
  append_number (out, "ranksep", (double)BELOW / PX_PER_INCH);
  g_string_append (out,
                   "]\n"
                   "node [shape=box fixedsize=true label=\"\"]\n"
                   "edge [arrowsize=0.8]\n");
  for (size_t b = 0; b < n_boxes; b++)
    append_box (out, b, &boxes[b]);
  for (size_t a = 0; a < n_arrows; a++)
    append_arrow (out,
                  a,
                  &arrows[a],
                  arrows[a].edge != PROF_ID_NONE && labelled[arrows[a].source]);
  g_string_append (out, "}\n");
  return g_string_free (out, FALSE);
}
