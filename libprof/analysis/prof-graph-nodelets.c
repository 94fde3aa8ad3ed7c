/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-graph-nodelets.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MAX_BOXES PROF_GRAPH_NODELETS_AT_ONE

/* What a box says. */
typedef struct
{
  char   *name; /* owned */
  int64_t flat;
  int64_t cum;
} Box;

/* Sizes that share a box; the first is the heaviest. */
typedef struct
{
  const ProfGraphTag *first;
  const ProfGraphTag *least;
  const ProfGraphTag *most;
  size_t              n;
  int64_t             flat; /* sums */
  int64_t             cum;
  int64_t             flat_divisor;
  int64_t             cum_divisor;
} Group;

typedef const ProfGraphTag *TagPointer;

PROF_VEC_DEFINE (ProfVecTagPointer, prof_vec_tag_pointer, TagPointer)

static int64_t
mean_of (int64_t sum, int64_t divisor)
{
  if (divisor == 0 || divisor == -1)
    return divisor == 0 ? sum : (int64_t) - (uint64_t)sum;
  return sum / divisor;
}

static int64_t
flat_of (const ProfGraphTag *tag)
{
  return mean_of (tag->flat, tag->flat_divisor);
}

static int64_t
cum_of (const ProfGraphTag *tag)
{
  return mean_of (tag->cum, tag->cum_divisor);
}

/* --- Order --- */

static int
compare_sizes (int64_t left, int64_t right)
{
  uint64_t a = prof_abs_u64 (left);
  uint64_t b = prof_abs_u64 (right);

  return a > b ? -1 : a < b;
}

/* Of two with opposite sums pprof leaves open which is first. */
static int
compare_weights (bool        flat_only,
                 int64_t     left_flat,
                 int64_t     left_cum,
                 const char *left_name,
                 int64_t     right_flat,
                 int64_t     right_cum,
                 const char *right_name)
{
  int order = flat_only ? 0 : compare_sizes (left_cum, right_cum);

  if (order == 0)
    order = compare_sizes (left_flat, right_flat);
  return order != 0 ? order : strcmp (left_name, right_name);
}

static int
compare_tags (const void *a, const void *b, void *data)
{
  const ProfGraphTag *left = *(const ProfGraphTag *const *)a;
  const ProfGraphTag *right = *(const ProfGraphTag *const *)b;

  return compare_weights (*(const bool *)data,
                          left->flat,
                          left->cum,
                          left->name,
                          right->flat,
                          right->cum,
                          right->name);
}

static int
compare_boxes (const void *a, const void *b, void *data)
{
  const Box *left = a;
  const Box *right = b;

  return compare_weights (*(const bool *)data,
                          left->flat,
                          left->cum,
                          left->name,
                          right->flat,
                          right->cum,
                          right->name);
}

/* --- Which tags --- */

static bool
is_text (const ProfGraphTag *tag)
{
  return tag->unit[0] == '\0';
}

/* The texts at a node, or with @group the sizes at one of them, heaviest
 * first. */
static ProfVecTagPointer
find_tags (const ProfGraph *self,
           uint32_t         node,
           const char      *group,
           bool             flat_only)
{
  ProfVecTagPointer   found = { 0 };
  size_t              n;
  const ProfGraphTag *tags = prof_graph_tags (self, node, &n);

  for (size_t t = 0; t < n; t++)
    if (group == NULL
            ? is_text (&tags[t])
            : !is_text (&tags[t]) && strcmp (tags[t].group, group) == 0)
      prof_need_memory (prof_vec_tag_pointer_append (&found, &tags[t]));
  if (found.length > 0)
    qsort_r (found.data,
             found.length,
             sizeof *found.data,
             compare_tags,
             &flat_only);
  return found;
}

/* --- Sizes that share boxes; all have one unit --- */

static size_t
nearest_group (const Group *groups, const ProfGraphTag *tag)
{
  double distances[MAX_BOXES];
  size_t nearest = 0;

  for (size_t g = 0; g < MAX_BOXES; g++)
    {
      distances[g] = fabs ((double)groups[g].first->value - (double)tag->value);
      if (distances[g] < distances[nearest])
        nearest = g;
    }
  return nearest;
}

static void
add_to_group (Group *group, const ProfGraphTag *tag)
{
  if (group->n++ == 0)
    group->first = group->least = group->most = tag;
  if (tag->value < group->least->value)
    group->least = tag;
  if (tag->value > group->most->value)
    group->most = tag;
  group->flat = prof_add_i64 (group->flat, tag->flat);
  group->cum = prof_add_i64 (group->cum, tag->cum);
  group->flat_divisor = prof_add_i64 (group->flat_divisor, tag->flat_divisor);
  group->cum_divisor = prof_add_i64 (group->cum_divisor, tag->cum_divisor);
}

/* A range is written in units of its own: in those of the report it were often
 * "0..0". */
static Box
box_of_group (const Group *group)
{
  const ProfGraphTag *least = group->least;
  const ProfGraphTag *most = group->most;
  g_autofree char    *from = NULL;
  g_autofree char    *to = NULL;

  from = prof_unit_label (least->value, least->unit, "auto");
  to = prof_unit_label (most->value, most->unit, "auto");
  return (Box){
    .name = group->n == 1 ? g_steal_pointer (&from)
                          : g_strconcat (from, "..", to, NULL),
    .flat = mean_of (group->flat, group->flat_divisor),
    .cum = mean_of (group->cum, group->cum_divisor),
  };
}

static size_t
boxes_of_groups (Box *boxes, const ProfVecTagPointer *tags, bool flat_only)
{
  Group groups[MAX_BOXES] = { 0 };

  for (size_t t = 0; t < tags->length; t++)
    add_to_group (&groups[t < MAX_BOXES
                              ? t
                              : nearest_group (groups, tags->data[t])],
                  tags->data[t]);
  for (size_t g = 0; g < MAX_BOXES; g++)
    boxes[g] = box_of_group (&groups[g]);
  qsort_r (boxes, MAX_BOXES, sizeof *boxes, compare_boxes, &flat_only);
  return MAX_BOXES;
}

/* Returns how many. */
static size_t
boxes_of_sizes (Box *boxes, const ProfVecTagPointer *tags, bool flat_only)
{
  if (tags->length > MAX_BOXES)
    return boxes_of_groups (boxes, tags, flat_only);
  for (size_t t = 0; t < tags->length; t++)
    boxes[t] = (Box){
      .name = g_strdup (tags->data[t]->name),
      .flat = flat_of (tags->data[t]),
      .cum = cum_of (tags->data[t]),
    };
  return tags->length;
}

/* --- All of a node's --- */

static uint32_t
add (GArray *nodelets, const ProfGraphNodelet *nodelet)
{
  g_array_append_val (nodelets, *nodelet);
  return nodelets->len - 1;
}

static void
add_sizes (const ProfGraph *self,
           uint32_t         node,
           const char      *group,
           bool             flat_only,
           uint32_t         at,
           GArray          *nodelets)
{
  ProfVecTagPointer tags = find_tags (self, node, group, flat_only);
  Box               boxes[MAX_BOXES];
  size_t            n = boxes_of_sizes (boxes, &tags, flat_only);

  for (uint32_t b = 0; b < n; b++)
    {
      bool             is_flat = flat_only || boxes[b].flat == boxes[b].cum;
      ProfGraphNodelet nodelet = {
        .name = boxes[b].name,
        .weight = is_flat ? boxes[b].flat : boxes[b].cum,
        .is_size = true,
        .is_passing = !is_flat,
        .at = at,
        .number = b,
      };

      if (nodelet.weight != 0)
        add (nodelets, &nodelet);
      else
        g_free (nodelet.name);
    }
  prof_vec_tag_pointer_clear (&tags);
}

static void
add_texts (const ProfGraph *self,
           uint32_t         node,
           bool             flat_only,
           GArray          *nodelets)
{
  ProfVecTagPointer tags = find_tags (self, node, NULL, flat_only);

  for (uint32_t t = 0; t < MIN (tags.length, MAX_BOXES); t++)
    {
      const ProfGraphTag *tag = tags.data[t];
      ProfGraphNodelet    nodelet = {
           .weight = flat_only ? flat_of (tag) : cum_of (tag),
           .at = PROF_ID_NONE,
           .number = t,
      };

      if (nodelet.weight == 0)
        continue;
      nodelet.name = g_strdup (tag->name);
      add_sizes (self,
                 node,
                 tag->name,
                 flat_only,
                 add (nodelets, &nodelet),
                 nodelets);
    }
  prof_vec_tag_pointer_clear (&tags);
}

static void
clear_nodelet (gpointer data)
{
  g_free (((ProfGraphNodelet *)data)->name);
}

GArray *
prof_graph_nodelets (const ProfGraph *self, uint32_t node)
{
  GArray *nodelets = g_array_new (FALSE, FALSE, sizeof (ProfGraphNodelet));
  size_t  n_callees;

  g_array_set_clear_func (nodelets, clear_nodelet);
  /* A leaf may have lost its callees; their labels are shown with it. */
  prof_graph_callees (self, node, &n_callees);
  add_texts (self, node, n_callees > 0, nodelets);
  add_sizes (self, node, "", n_callees > 0, PROF_ID_NONE, nodelets);
  return nodelets;
}
