/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-neighbours.h"

#include "analysis/prof-frames-private.h"
#include "base/prof-checked.h"
#include "base/prof-error.h"
#include <stdlib.h>

/* The table is gone through in depth, along its links. A call that is open, because a
 * stack node above has it as well, is counted there already. */

typedef struct
{
  int64_t  total;
  uint32_t n_open;
  bool     is_found;
} Sum;

/* A call on the way from the root to where the walk is. */
typedef struct
{
  ProfStackId stack;
  Sum        *sum;
} Open;

PROF_VEC_DEFINE (OpenCalls, open_calls, Open)

typedef struct
{
  ProfFrameId            frame;
  const ProfStackNode   *stacks;
  const ProfStackTotals *totals;
  ProfFrameLists         lists;

  /* Owned */
  bool     *matters; /* by location: the frame is in it */
  Sum      *callers; /* by frame, from 1; 0 is nobody */
  Sum      *callees; /* the same */
  OpenCalls open;
} Walk;

/* Innermost first. */
static const ProfFrameId *
frames_of (const Walk *walk, ProfStackId stack, size_t *n)
{
  return prof_frame_list (&walk->lists, walk->stacks[stack].location, n);
}

/* Paths without anything measured are in no tree either. */
static bool
is_empty (const Walk *walk, ProfStackId stack)
{
  if (walk->totals->weight != NULL)
    return walk->totals->weight[stack] == 0;
  return walk->totals->total[stack] == 0;
}

static void
add (Walk *walk, Sum *sum, ProfStackId stack)
{
  Open open = { stack, sum };

  if (sum->n_open++ == 0)
    sum->total = prof_add_i64 (sum->total, walk->totals->total[stack]);
  sum->is_found = true;
  prof_need_memory (open_calls_append (&walk->open, open));
}

static void
add_call (Walk *walk, ProfFrameId caller, ProfFrameId callee, ProfStackId stack)
{
  if (callee == walk->frame)
    add (walk, &walk->callers[(size_t)caller + 1], stack);
  if (caller == walk->frame)
    add (walk, &walk->callees[(size_t)callee + 1], stack);
}

static void
enter (Walk *walk, ProfStackId stack)
{
  const ProfStackNode *node = &walk->stacks[stack];
  ProfFrameId          caller = PROF_ID_NONE;
  size_t               n;
  const ProfFrameId   *frames;

  if (is_empty (walk, stack))
    return;
  if (node->parent != 0)
    caller = frames_of (walk, node->parent, &n)[0];
  if (caller != walk->frame && !walk->matters[node->location])
    return;
  frames = frames_of (walk, stack, &n);
  for (; n > 0; caller = frames[--n])
    if (caller != PROF_ID_NONE)
      add_call (walk, caller, frames[n - 1], stack);
    else if (frames[n - 1] == walk->frame)
      add (walk, &walk->callers[0], stack);
}

static void
leave (Walk *walk, ProfStackId stack)
{
  while (walk->open.length > 0 &&
         walk->open.data[walk->open.length - 1].stack == stack)
    walk->open.data[--walk->open.length].sum->n_open--;
}

static void
walk_stacks (Walk *walk)
{
  const ProfStackNode *stacks = walk->stacks;
  ProfStackId          at = stacks[0].first_child;

  while (at != PROF_ID_NONE && at != 0)
    {
      enter (walk, at);
      if (stacks[at].first_child != PROF_ID_NONE)
        {
          at = stacks[at].first_child;
          continue;
        }
      while (at != 0 && stacks[at].next == PROF_ID_NONE)
        {
          leave (walk, at);
          at = stacks[at].parent;
        }
      if (at != 0)
        {
          leave (walk, at);
          at = stacks[at].next;
        }
    }
}

static void
find_locations (Walk *walk, size_t n_locations)
{
  walk->matters = g_new0 (bool, n_locations + 1);
  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *frames = prof_frame_list (&walk->lists,
                                                   (ProfLocationId)l,
                                                   &n);

      for (size_t f = 0; f < n; f++)
        walk->matters[l] |= frames[f] == walk->frame;
    }
}

static uint64_t
magnitude (int64_t value)
{
  return value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
}

static int
compare_neighbours (const void *a, const void *b)
{
  const ProfNeighbour *left = a;
  const ProfNeighbour *right = b;
  uint64_t             one = magnitude (left->total);
  uint64_t             other = magnitude (right->total);

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
  Walk                        walk = { .frame = frame };

  *found = (ProfNeighbours){ 0 };
  prof_need_memory (totals != NULL);
  walk.stacks = prof_profile_stacks (profile);
  walk.totals = totals;
  walk.lists = prof_frames_lists (frames);
  walk.callers = g_new0 (Sum, n_frames + 1);
  walk.callees = g_new0 (Sum, n_frames + 1);
  find_locations (&walk, prof_profile_n_locations (profile));
  walk_stacks (&walk);
  collect (walk.callers, n_frames, &found->callers);
  collect (walk.callees, n_frames, &found->callees);
  g_free (walk.matters);
  g_free (walk.callers);
  g_free (walk.callees);
  open_calls_clear (&walk.open);
}

void
prof_neighbours_clear (ProfNeighbours *self)
{
  prof_vec_neighbour_clear (&self->callers);
  prof_vec_neighbour_clear (&self->callees);
}
