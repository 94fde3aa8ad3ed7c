/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-tree-private.h"

#include "base/prof-limits.h"

/* What the limit of nodes is reckoned with. */
G_STATIC_ASSERT (sizeof (ProfNode) == PROF_TREE_NODE_BYTES);

ProfTree *
prof_tree_alloc (ProfFrames *frames, size_t type, ProfTreeFlags flags)
{
  ProfTree *self = g_new0 (ProfTree, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->frames = prof_frames_ref (frames);
  self->type = type;
  self->flags = flags;
  return self;
}

ProfTree *
prof_tree_ref (ProfTree *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_tree_unref (ProfTree *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_vec_node_clear (&self->nodes);
  g_free (self->weights);
  g_free (self->changes);
  prof_frames_unref (self->frames);
  g_free (self);
}

ProfFrames *
prof_tree_frames (const ProfTree *self)
{
  return self->frames;
}

uint64_t
prof_tree_limit (const ProfTree *self, ProfLimit limit)
{
  ProfProfile *profile = prof_frames_profile (self->frames);

  return prof_limits_get (prof_profile_limits (profile), limit);
}

size_t
prof_tree_type (const ProfTree *self)
{
  return self->type;
}

ProfTreeFlags
prof_tree_flags (const ProfTree *self)
{
  return self->flags;
}

bool
prof_tree_is_whole (const ProfTree *self)
{
  return !self->has_closed;
}

size_t
prof_tree_n_nodes (const ProfTree *self)
{
  return self->nodes.length;
}

const ProfNode *
prof_tree_nodes (const ProfTree *self)
{
  return self->nodes.data;
}

const ProfNodeWeight *
prof_tree_weights (const ProfTree *self)
{
  return self->weights;
}

uint64_t
prof_tree_weight (const ProfTree *self, ProfNodeId node)
{
  return prof_node_weight (self->nodes.data, self->weights, node);
}

uint64_t
prof_tree_start_in_parent (const ProfTree *self, ProfNodeId node)
{
  const ProfNode *nodes = self->nodes.data;
  ProfNodeId      parent = nodes[node].parent;
  uint64_t        width = prof_tree_weight (self, parent);
  uint64_t        start = 0;

  for (ProfNodeId child = parent + 1;; child += nodes[child].size)
    {
      uint64_t weight = prof_tree_weight (self, child);

      start = prof_node_child_start (start, width, weight);
      if (child == node)
        return start;
      start += weight;
    }
}

uint64_t
prof_tree_start (const ProfTree *self, ProfNodeId node)
{
  uint64_t start = 0;

  for (; node != 0; node = self->nodes.data[node].parent)
    start += prof_tree_start_in_parent (self, node);
  return start;
}

void
prof_tree_extent (const ProfTree *self,
                  ProfNodeId      node,
                  double         *start,
                  double         *end)
{
  uint64_t begins = prof_tree_start (self, node);

  *start = (double)begins;
  *end = (double)(begins + prof_tree_weight (self, node));
}

const ProfChange *
prof_tree_changes (const ProfTree *self)
{
  return self->changes;
}

const ProfChangeScale *
prof_tree_change_scale (const ProfTree *self)
{
  return &self->scale;
}

uint32_t
prof_tree_depth (const ProfTree *self, ProfNodeId node)
{
  uint32_t depth = 0;

  for (; node != 0; node = self->nodes.data[node].parent)
    depth++;
  return depth;
}

uint32_t
prof_tree_height (const ProfTree *self)
{
  return self->height;
}

bool
prof_tree_contains (const ProfTree *self, ProfNodeId ancestor, ProfNodeId node)
{
  return node >= ancestor && node - ancestor < self->nodes.data[ancestor].size;
}

const char *
prof_tree_name (const ProfTree *self, ProfNodeId node)
{
  ProfFrameId frame = self->nodes.data[node].frame;

  if (frame == PROF_ID_NONE)
    return "all";
  return prof_frames_display_name (self->frames, frame);
}

static ProfNodeId
child_with_frame (const ProfTree *self, ProfNodeId parent, ProfFrameId frame)
{
  const ProfNode *nodes = self->nodes.data;
  ProfNodeId      end = parent + nodes[parent].size;

  for (ProfNodeId c = parent + 1; c < end; c += nodes[c].size)
    if (nodes[c].frame == frame)
      return c;
  return PROF_ID_NONE;
}

ProfNodeId
prof_tree_find_path (const ProfTree    *self,
                     const ProfFrameId *frames,
                     size_t             n_frames)
{
  ProfNodeId node = 0;

  for (size_t f = 0; f < n_frames; f++)
    {
      ProfNodeId child = child_with_frame (self, node, frames[f]);

      if (child == PROF_ID_NONE)
        break;
      node = child;
    }
  return node;
}
