/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-neighbours.h"

#include "analysis/prof-frames-private.h"
#include "analysis/prof-stack-walk.h"
#include "base/prof-checked.h"
#include <stdlib.h>

/* A call that was found above on the path is counted there already. */

typedef struct
{
  int64_t       total;
  ProfStackMark mark; /* where it was found last */
  bool          is_found;
} Sum;

typedef struct
{
  ProfFrameId    frame;
  ProfFrameLists lists;
  ProfStackWalk  walk;

  /* Owned */
  bool *matters; /* by location: the frame is in it */
  Sum  *callers; /* by frame, from 1; 0 is nobody */
  Sum  *callees; /* the same */
} Finder;

/* Innermost first. */
static const ProfFrameId *
frames_of (const Finder *self, ProfStackId stack, size_t *n)
{
  return prof_frame_list (&self->lists, self->walk.nodes[stack].location, n);
}

static void
add (Finder *self, Sum *sum)
{
  if (sum->is_found && prof_stack_walk_has (&self->walk, sum->mark))
    return;
  sum->is_found = true;
  sum->mark = prof_stack_walk_mark (&self->walk);
  sum->total = prof_add_i64 (sum->total, prof_stack_walk_total (&self->walk));
}

static void
add_call (Finder *self, ProfFrameId caller, ProfFrameId callee)
{
  size_t nobody_first = caller != PROF_ID_NONE ? (size_t)caller + 1 : 0;

  if (callee == self->frame)
    add (self, &self->callers[nobody_first]);
  if (caller == self->frame)
    add (self, &self->callees[(size_t)callee + 1]);
}

static void
look_at (Finder *self)
{
  const ProfStackNode *node = &self->walk.nodes[self->walk.node];
  ProfFrameId          caller = PROF_ID_NONE;
  size_t               n;
  const ProfFrameId   *frames;

  if (node->parent != 0)
    caller = frames_of (self, node->parent, &n)[0];
  if (caller != self->frame && !self->matters[node->location])
    return;
  frames = frames_of (self, self->walk.node, &n);
  for (; n > 0; caller = frames[--n])
    add_call (self, caller, frames[n - 1]);
}

static void
find_locations (Finder *self, size_t n_locations)
{
  self->matters = g_new0 (bool, n_locations + 1);
  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *frames = prof_frame_list (&self->lists,
                                                   (ProfLocationId)l,
                                                   &n);

      for (size_t f = 0; f < n; f++)
        self->matters[l] |= frames[f] == self->frame;
    }
}

static int
compare_neighbours (const void *a, const void *b)
{
  const ProfNeighbour *left = a;
  const ProfNeighbour *right = b;
  uint64_t             one = prof_abs_u64 (left->total);
  uint64_t             other = prof_abs_u64 (right->total);

  if (one != other)
    return one > other ? -1 : 1;
  return (left->frame > right->frame) - (left->frame < right->frame);
}

static void
collect (const Sum *sums, size_t n_frames, ProfVecNeighbour *found)
{
  for (size_t s = 0; s <= n_frames; s++)
    if (sums[s].is_found)
      {
        ProfNeighbour neighbour = {
          .frame = s == 0 ? PROF_ID_NONE : (ProfFrameId)(s - 1),
          .total = sums[s].total,
        };

        prof_need_memory (prof_vec_neighbour_append (found, neighbour));
      }
  if (found->length > 1)
    qsort (found->data, found->length, sizeof *found->data, compare_neighbours);
}

void
prof_neighbours_find (ProfFrames     *frames,
                      ProfFrameId     frame,
                      ProfNeighbours *found)
{
  ProfProfile                *profile = prof_frames_profile (frames);
  size_t                      n_frames = prof_frames_n (frames);
  g_autoptr (ProfStackTotals) totals = prof_frames_totals (frames);
  Finder                      self = {
                         .frame = frame,
                         .lists = prof_frames_lists (frames),
                         .callers = g_new0 (Sum, n_frames + 1),
                         .callees = g_new0 (Sum, n_frames + 1),
  };

  *found = (ProfNeighbours){ 0 };
  prof_need_memory (totals != NULL);
  find_locations (&self, prof_profile_n_locations (profile));
  prof_stack_walk_init (&self.walk, profile, totals);
  while (prof_stack_walk_next (&self.walk))
    look_at (&self);
  collect (self.callers, n_frames, &found->callers);
  collect (self.callees, n_frames, &found->callees);
  prof_stack_walk_clear (&self.walk);
  g_free (self.matters);
  g_free (self.callers);
  g_free (self.callees);
}

void
prof_neighbours_clear (ProfNeighbours *self)
{
  prof_vec_neighbour_clear (&self->callers);
  prof_vec_neighbour_clear (&self->callees);
}
