/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-flame-describe.h"

#include "base/prof-checked.h"
#include "base/prof-grapheme.h"
#include "base/prof-unit.h"
#include "paint/prof-change-text.h"

static char *
value_text (ProfTree *tree, int64_t value)
{
  ProfProfile     *profile = prof_frames_profile (prof_tree_frames (tree));
  size_t           type = prof_tree_type (tree);
  const char      *unit = prof_profile_type_unit (profile, type);
  double           weight = (double)prof_tree_weight (tree, 0);
  g_autofree char *human = prof_unit_human (value, unit);
  g_autofree char *share = prof_unit_human_percentage ((double)value, weight);

  return g_strdup_printf ("%s (%s)", human, share);
}

/* Of all siblings that a strip hides. */
static char *
strip_change (const ProfFlameLayout *layout, uint32_t box)
{
  ProfTree         *tree = prof_flame_layout_tree (layout);
  ProfProfile      *profile = prof_frames_profile (prof_tree_frames (tree));
  const ProfNode   *nodes = prof_tree_nodes (tree);
  const ProfChange *changes = prof_tree_changes (tree);
  const ProfBox    *b = &prof_flame_layout_boxes (layout, NULL)[box];
  int64_t           before = 0;
  int64_t           now = 0;

  for (ProfNodeId node = b->node; node < b->end; node += nodes[node].size)
    {
      before = prof_add_i64 (before, changes[node].total_before);
      now = prof_add_i64 (now, changes[node].total_now);
    }
  return prof_change_sentence (before,
                               now,
                               changes,
                               prof_profile_type_unit (profile,
                                                       prof_tree_type (tree)));
}

static char *
describe_strip (const ProfFlameLayout *layout, uint32_t box)
{
  ProfTree        *tree = prof_flame_layout_tree (layout);
  uint32_t         n = prof_flame_layout_n_hidden (layout, box);
  g_autofree char *total = NULL;

  total = prof_tree_changes (tree) != NULL
              ? strip_change (layout, box)
              : value_text (tree, prof_flame_layout_value (layout, box));

  return g_strdup_printf ("%u more frame%s\ntotal %s",
                          n,
                          n == 1 ? "" : "s",
                          total);
}

static const char *
file_of (ProfTree *tree, ProfNodeId node)
{
  if (node == 0)
    return "";
  return prof_frames_file (prof_tree_frames (tree),
                           prof_tree_nodes (tree)[node].frame);
}

/* With the leaves first, what ends at a frame is not what it used itself. */
static char *
describe_figures (ProfTree *tree, const ProfNode *node)
{
  g_autofree char *total = value_text (tree, node->total);
  g_autofree char *self = NULL;

  if ((prof_tree_flags (tree) & PROF_TREE_LEAF_FIRST) != 0)
    return g_steal_pointer (&total);
  self = value_text (tree, node->self);
  return g_strdup_printf ("self %s, total %s", self, total);
}

static const char *
describe_values (ProfTree *tree, const ProfNode *node, ProfFlameFigures *last)
{
  if (last->text == NULL || last->self != node->self ||
      last->total != node->total)
    {
      g_free (last->text);
      *last = (ProfFlameFigures){
        .text = describe_figures (tree, node),
        .self = node->self,
        .total = node->total,
      };
    }
  return last->text;
}

void
prof_flame_figures_clear (ProfFlameFigures *self)
{
  g_clear_pointer (&self->text, g_free);
}

/* "1.0 s (5.0 %) → 2.0 s (9.0 %), +1.0 s (+100 %)\nself …" */
static char *
describe_change (ProfTree *tree, ProfNodeId node)
{
  ProfProfile *profile = prof_frames_profile (prof_tree_frames (tree));
  const char  *unit = prof_profile_type_unit (profile, prof_tree_type (tree));
  const ProfChange *changes = prof_tree_changes (tree);
  const ProfChange *change = &changes[node];
  g_autofree char  *total = prof_change_sentence (change->total_before,
                                                 change->total_now,
                                                 changes,
                                                 unit);
  g_autofree char  *self = NULL;

  if (change->self_before == 0 && change->self_now == 0)
    return g_steal_pointer (&total);
  self = prof_change_sentence (change->self_before,
                               change->self_now,
                               changes,
                               unit);
  return g_strdup_printf ("%s\nself %s", total, self);
}

char *
prof_flame_describe (const ProfFlameLayout *layout,
                     uint32_t               box,
                     ProfFlameFigures      *last)
{
  ProfTree        *tree = prof_flame_layout_tree (layout);
  size_t           most = (size_t)prof_tree_limit (tree, PROF_LIMIT_TIP);
  const ProfBox   *b = &prof_flame_layout_boxes (layout, NULL)[box];
  const char      *values;
  g_autofree char *change = NULL;
  g_autofree char *name = NULL;
  g_autofree char *file = NULL;

  if (prof_box_is_strip (b))
    return describe_strip (layout, box);
  if (prof_tree_changes (tree) != NULL)
    values = change = describe_change (tree, b->node);
  else
    values = describe_values (tree, &prof_tree_nodes (tree)[b->node], last);
  name = prof_grapheme_cut (prof_tree_name (tree, b->node), most);
  file = prof_grapheme_cut (file_of (tree, b->node), most);
  return g_strdup_printf ("%s\n%s%s%s",
                          name,
                          values,
                          file[0] != '\0' ? "\n" : "",
                          file);
}
