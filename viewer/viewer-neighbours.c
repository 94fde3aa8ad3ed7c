/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-neighbours.h"

/* A call is a node together with its parent. Calls of one kind are walked in
 * preorder; those inside an open call between the same two functions belong to
 * stacks that are counted already. */
typedef struct
{
  const ProfNode       *nodes;
  const ProfNodeWeight *weights; /* (nullable) */
  GHashTable           *sums;    /* frame + 1 -> ViewerNeighbour* */
  GHashTable           *n_open;  /* frame + 1 -> how many open calls */
  GArray               *open;    /* Open, innermost last */
} Walk;

typedef struct
{
  ProfFrameId frame;
  ProfNodeId  end; /* node behind the call's subtree */
} Open;

static gpointer
key_of (ProfFrameId frame)
{
  return GUINT_TO_POINTER (frame + 1u);
}

static void
walk_init (Walk *walk, const ViewerResult *result)
{
  walk->nodes = prof_tree_nodes (result->tree);
  walk->weights = prof_tree_weights (result->tree);
  walk->sums = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  walk->n_open = g_hash_table_new (NULL, NULL);
  walk->open = g_array_new (FALSE, FALSE, sizeof (Open));
}

static unsigned
n_open (Walk *walk, ProfFrameId frame)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (walk->n_open, key_of (frame)));
}

static void
set_n_open (Walk *walk, ProfFrameId frame, unsigned n)
{
  g_hash_table_insert (walk->n_open, key_of (frame), GUINT_TO_POINTER (n));
}

static void
close_before (Walk *walk, ProfNodeId node)
{
  while (walk->open->len > 0)
    {
      Open last = g_array_index (walk->open, Open, walk->open->len - 1);

      if (last.end > node)
        return;
      set_n_open (walk, last.frame, n_open (walk, last.frame) - 1);
      g_array_set_size (walk->open, walk->open->len - 1);
    }
}

static ViewerNeighbour *
sum_of (Walk *walk, ProfFrameId frame)
{
  ViewerNeighbour *sum = g_hash_table_lookup (walk->sums, key_of (frame));

  if (sum == NULL)
    {
      sum = g_new0 (ViewerNeighbour, 1);
      sum->frame = frame;
      sum->node = PROF_ID_NONE;
      g_hash_table_insert (walk->sums, key_of (frame), sum);
    }
  return sum;
}

/* @call: the called node; @shown: the node a link to @other leads to */
static void
add_call (Walk *walk, ProfNodeId call, ProfFrameId other, ProfNodeId shown)
{
  close_before (walk, call);

  ViewerNeighbour *sum = sum_of (walk, other);
  guint64          weight = prof_node_weight (walk->nodes, walk->weights, call);
  unsigned         open = n_open (walk, other);
  Open             entry = { other, call + walk->nodes[call].size };

  if (open == 0)
    sum->total += walk->nodes[call].total;
  if (sum->node == PROF_ID_NONE || weight > sum->node_weight)
    {
      sum->node = shown;
      sum->node_weight = weight;
    }
  set_n_open (walk, other, open + 1);
  g_array_append_val (walk->open, entry);
}

static int
by_falling_total (gconstpointer a, gconstpointer b)
{
  const ViewerNeighbour *x = a;
  const ViewerNeighbour *y = b;
  int64_t                left = ABS (x->total);
  int64_t                right = ABS (y->total);

  if (left != right)
    return left > right ? -1 : 1;
  return (x->frame > y->frame) - (x->frame < y->frame);
}

static GArray *
walk_finish (Walk *walk)
{
  GArray        *result = g_array_new (FALSE, FALSE, sizeof (ViewerNeighbour));
  GHashTableIter iter;
  ViewerNeighbour *sum;

  g_hash_table_iter_init (&iter, walk->sums);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&sum))
    g_array_append_val (result, *sum);
  g_array_sort (result, by_falling_total);
  g_hash_table_unref (walk->sums);
  g_hash_table_unref (walk->n_open);
  g_array_unref (walk->open);
  return result;
}

static GArray *
find_callers (const ViewerResult *result, ProfFrameId frame)
{
  size_t            n;
  const ProfNodeId *ids = viewer_result_nodes (result, frame, &n);
  Walk              walk;

  walk_init (&walk, result);
  for (size_t i = 0; i < n; i++)
    {
      ProfNodeId parent = walk.nodes[ids[i]].parent;

      add_call (&walk, ids[i], walk.nodes[parent].frame, parent);
    }
  return walk_finish (&walk);
}

static int
by_id (gconstpointer a, gconstpointer b)
{
  ProfNodeId x = *(const ProfNodeId *)a;
  ProfNodeId y = *(const ProfNodeId *)b;

  return (x > y) - (x < y);
}

/* Children of all occurrences, in preorder. */
static GArray *
list_children (const ViewerResult *result, ProfFrameId frame)
{
  const ProfNode   *nodes = prof_tree_nodes (result->tree);
  GArray           *children = g_array_new (FALSE, FALSE, sizeof (ProfNodeId));
  size_t            n;
  const ProfNodeId *ids = viewer_result_nodes (result, frame, &n);

  for (size_t i = 0; i < n; i++)
    {
      ProfNodeId end = ids[i] + nodes[ids[i]].size;

      for (ProfNodeId child = ids[i] + 1; child < end;
           child += nodes[child].size)
        g_array_append_val (children, child);
    }
  g_array_sort (children, by_id);
  return children;
}

static GArray *
find_callees (const ViewerResult *result, ProfFrameId frame)
{
  g_autoptr (GArray) children = list_children (result, frame);
  Walk               walk;

  walk_init (&walk, result);
  for (guint i = 0; i < children->len; i++)
    {
      ProfNodeId child = g_array_index (children, ProfNodeId, i);

      add_call (&walk, child, walk.nodes[child].frame, child);
    }
  return walk_finish (&walk);
}

/* Where a tree is not whole, stacks tell the sums, and only some have a node. */
static GArray *
take_sums (GArray *in_tree, const ProfVecNeighbour *sums)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ViewerNeighbour));
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < in_tree->len; i++)
    {
      ViewerNeighbour *at = &g_array_index (in_tree, ViewerNeighbour, i);

      g_hash_table_insert (nodes, key_of (at->frame), at);
    }
  for (size_t i = 0; i < sums->length; i++)
    {
      const ViewerNeighbour
          *at = g_hash_table_lookup (nodes, key_of (sums->data[i].frame));
      ViewerNeighbour neighbour = {
        .frame = sums->data[i].frame,
        .node = at != NULL ? at->node : PROF_ID_NONE,
        .node_weight = at != NULL ? at->node_weight : 0,
        .total = sums->data[i].total,
      };

      g_array_append_val (found, neighbour);
    }
  g_array_unref (in_tree);
  return found;
}

static void
find_in_stacks (ViewerNeighbours   *self,
                const ViewerResult *result,
                ProfFrameId         frame)
{
  ProfNeighbours sums;

  prof_neighbours_find (result->frames, frame, &sums);
  self->callers = take_sums (self->callers, &sums.callers);
  self->callees = take_sums (self->callees, &sums.callees);
  prof_neighbours_clear (&sums);
}

ViewerNeighbours *
viewer_neighbours_new (const ViewerResult *result, ProfFrameId frame)
{
  ViewerNeighbours *self = g_new0 (ViewerNeighbours, 1);

  if ((prof_tree_flags (result->tree) & PROF_TREE_LEAF_FIRST) == 0)
    {
      self->callers = find_callers (result, frame);
      self->callees = find_callees (result, frame);
      if (!prof_tree_is_whole (result->tree))
        find_in_stacks (self, result, frame);
      return self;
    }
  /* Upside down; the root is above leaves, and calls nobody. */
  self->callers = find_callees (result, frame);
  self->callees = find_callers (result, frame);
  for (guint i = self->callees->len; i > 0; i--)
    if (g_array_index (self->callees, ViewerNeighbour, i - 1).frame ==
        PROF_ID_NONE)
      g_array_remove_index (self->callees, i - 1);
  return self;
}

void
viewer_neighbours_free (ViewerNeighbours *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->callers);
  g_array_unref (self->callees);
  g_free (self);
}
