/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-calls.h"

#include "base/prof-checked.h"
#include <string.h>

/* Of a call that was not made yet. */
#define NOWHERE ((ProfStackMark){ PROF_ID_NONE, UINT32_MAX })

/* The call that a line of a location made last: it is mostly the same again, and
 * always is where the caller is a line of the same location. */
typedef struct
{
  ProfFrameId caller;
  uint32_t    call;
} LastCall;

/* The innermost kept frame of a level of the path, and whether frames were left
 * out since. */
typedef struct
{
  ProfFrameId frame;
  bool        residual;
} Step;

PROF_VEC_DEFINE (Steps, steps, Step)
PROF_VEC_DEFINE (Marks, marks, ProfStackMark)

typedef struct
{
  ProfFrameLists     frames;
  const ProfFrameId *first_line; /* of the first location: lines are a row */
  const bool        *kept;
  const bool        *wanted;
  bool               finds_residual;
  bool               divides; /* the divisors are being added, not the values */
  uint64_t           cutoff;  /* with masks */

  /* Owned */
  LastCall   *last_calls; /* for each line */
  bool       *matters;    /* for each location: has a kept frame */
  ProfVecCall calls;
  Marks       found; /* for each call: where it was made last */
  uint32_t   *slots; /* open addressing: call or PROF_ID_NONE */
  size_t      n_slots;
  Steps       path; /* by depth */

  /* Owned, each NULL unless it is asked what is inlined: for each frame, a bit for
   * some callers each. Calls from others need not be looked at. */
  uint64_t *masks;
  uint64_t
      *suspects; /* may inline it: what is left when it is known that a heavy
                       * call does not */
} Walker;

static uint32_t *
find_slot (const Walker *self, uint32_t source, uint32_t target)
{
  uint64_t key = (uint64_t)source << 32 | target;
  size_t   slot = (size_t)((key * UINT64_C (0x9e3779b97f4a7c15)) >> 32) &
                (self->n_slots - 1);

  while (self->slots[slot] != PROF_ID_NONE)
    {
      const ProfCall *call = &self->calls.data[self->slots[slot]];

      if (call->source == source && call->target == target)
        break;
      slot = (slot + 1) & (self->n_slots - 1);
    }
  return &self->slots[slot];
}

static void
grow_slots (Walker *self)
{
  self->n_slots = MAX (self->n_slots * 2, 1024);
  g_free (self->slots);
  self->slots = g_new (uint32_t, self->n_slots);
  memset (self->slots, 0xff, self->n_slots * sizeof *self->slots);
  for (size_t c = 0; c < self->calls.length; c++)
    *find_slot (self,
                self->calls.data[c].source,
                self->calls.data[c].target) = (uint32_t)c;
}

static uint32_t
call_of (Walker *self, ProfFrameId caller, ProfFrameId callee)
{
  ProfCall  call = { .source = caller, .target = callee, .inlined = true };
  uint32_t *slot;

  if (self->calls.length * 2 >= self->n_slots)
    grow_slots (self);
  slot = find_slot (self, caller, callee);
  if (*slot == PROF_ID_NONE)
    {
      *slot = (uint32_t)self->calls.length;
      prof_need_memory (prof_vec_call_append (&self->calls, call) &&
                        marks_append (&self->found, NOWHERE));
    }
  return *slot;
}

static void
count_call (Walker     *self,
            const Step *caller,
            uint32_t    id,
            bool        inlined,
            int64_t     total)
{
  ProfCall *call = &self->calls.data[id];
  int64_t  *sum = self->divides ? &call->divisor : &call->weight;

  *sum = prof_add_i64 (*sum, total);
  call->inlined = call->inlined && inlined;
  call->residual = call->residual || caller->residual;
  if (self->masks != NULL && !call->inlined &&
      (uint64_t)call->weight >= self->cutoff)
    self->masks[call->target] = self->suspects[call->target];
}

static uint64_t
bit_of (ProfFrameId caller)
{
  return UINT64_C (1) << (caller & 63);
}

/* Counts a call once for each path it is on. */
static void
enter_call (Walker              *self,
            const Step          *caller,
            const ProfFrameId   *line,
            bool                 inlined,
            const ProfStackWalk *walk)
{
  ProfFrameId callee = *line;
  LastCall   *last = &self->last_calls[line - self->first_line];

  if (caller->frame == PROF_ID_NONE || caller->frame == callee ||
      !self->wanted[callee])
    return;
  if (self->masks != NULL &&
      (self->masks[callee] & bit_of (caller->frame)) == 0)
    return;
  if (last->caller != caller->frame)
    *last = (LastCall){ caller->frame, call_of (self, caller->frame, callee) };
  if (prof_stack_walk_has (walk, self->found.data[last->call]))
    return;
  self->found.data[last->call] = prof_stack_walk_mark (walk);
  count_call (self, caller, last->call, inlined, prof_stack_walk_total (walk));
}

/* A path goes on over frames that are not kept, marked as residual if anybody
 * asks for that. */
static Step
enter_location (Walker              *self,
                const ProfStackWalk *walk,
                ProfLocationId       location,
                Step                 step)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frame_list (&self->frames, location, &n);
  for (size_t f = n; f > 0; f--)
    if (self->kept[frames[f - 1]])
      {
        enter_call (self, &step, &frames[f - 1], f < n, walk);
        step = (Step){ frames[f - 1], false };
      }
    else
      step.residual = self->finds_residual;
  return step;
}

/* After a cut few functions are left, and most locations have none of them: the
 * walk passes these by (a table took 140 ms, then 115, for 870,000 stack
 * nodes). */
static void
find_what_matters (Walker *self, size_t n_locations)
{
  self->matters = g_new0 (bool, n_locations + 1);
  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *frames;

      frames = prof_frame_list (&self->frames, (ProfLocationId)l, &n);
      for (size_t f = 0; f < n; f++)
        self->matters[l] = self->matters[l] || self->kept[frames[f]];
    }
}

/* Makes room for the last call of each line; none was made yet. */
static void
begin_last_calls (Walker *self, size_t n_locations)
{
  size_t n_lines = self->frames.first[n_locations];

  self->first_line = self->frames.frames;
  self->last_calls = g_new (LastCall, n_lines);
  memset (self->last_calls, 0xff, n_lines * sizeof *self->last_calls);
}

/* Locations without a kept frame leave no trace where nobody asks which calls
 * are residual, nor where that is known already. */
static void
walk_table (Walker *self, ProfProfile *profile, const ProfStackTotals *totals)
{
  ProfStackWalk walk;

  prof_stack_walk_init (&walk, profile, totals);
  self->path.length = 0;
  prof_need_memory (steps_append (&self->path, (Step){ PROF_ID_NONE, false }));
  while (prof_stack_walk_next (&walk))
    {
      ProfLocationId location = walk.nodes[walk.node].location;
      Step           step = self->path.data[walk.depth - 1];

      if (self->matters[location] || (self->finds_residual && !step.residual))
        step = enter_location (self, &walk, location, step);
      self->path.length = walk.depth;
      prof_need_memory (steps_append (&self->path, step));
    }
  prof_stack_walk_clear (&walk);
}

static void
walk_all (Walker                *self,
          ProfProfile           *profile,
          const ProfStackTotals *totals,
          const ProfStackTotals *divisors)
{
  size_t n_locations = prof_profile_n_locations (profile);

  if (n_locations == 0)
    return;
  find_what_matters (self, n_locations);
  begin_last_calls (self, n_locations);
  walk_table (self, profile, totals);
  if (divisors != NULL)
    {
      self->divides = true;
      for (size_t c = 0; c < self->found.length; c++)
        self->found.data[c] = NOWHERE;
      walk_table (self, profile, divisors);
    }
  g_free (self->last_calls);
  g_free (self->matters);
  g_free (self->slots);
  steps_clear (&self->path);
  marks_clear (&self->found);
}

ProfVecCall
prof_calls_find (const ProfFrames      *frames,
                 const bool            *kept,
                 const bool            *wanted,
                 bool                   finds_residual,
                 const ProfStackTotals *totals,
                 const ProfStackTotals *divisors)
{
  Walker self = {
    .frames = prof_frames_lists (frames),
    .kept = kept,
    .wanted = wanted,
    .finds_residual = finds_residual,
  };

  walk_all (&self, prof_frames_profile (frames), totals, divisors);
  return self.calls;
}

/* --- what is inlined --- */

/* Of calls within a location. Where a frame is inlined into one that is not kept, the
 * caller is that of another location, and may be any. */
static void
suspect_callers (Walker            *self,
                 const ProfFrameId *frames,
                 size_t             n,
                 bool              *wanted)
{
  ProfFrameId caller = PROF_ID_NONE;

  for (size_t f = n; f > 0; f--)
    {
      ProfFrameId callee = frames[f - 1];

      if (!self->kept[callee])
        continue;
      if (f < n)
        {
          wanted[callee] = true;
          self->suspects[callee] |= caller != PROF_ID_NONE ? bit_of (caller)
                                                           : UINT64_MAX;
        }
      caller = callee;
    }
}

/* Looking up every call is a miss of the caches each: nine of ten are to frames that
 * are known to be called, from others than those that inline them. Not where values
 * are negative: what is heavy may become light again. */
static void
begin_masks (Walker *self, size_t n_frames, const ProfStackTotals *totals)
{
  if (totals->weight != NULL)
    return;
  self->masks = g_new (uint64_t, n_frames + 1);
  memset (self->masks, 0xff, (n_frames + 1) * sizeof *self->masks);
}

ProfVecCall
prof_calls_find_inlined (const ProfFrames      *frames,
                         const bool            *kept,
                         const ProfStackTotals *totals,
                         uint64_t               cutoff)
{
  size_t n_frames = prof_frames_n (frames);
  size_t n_locations = prof_profile_n_locations (prof_frames_profile (frames));
  g_autofree bool *wanted = g_new0 (bool, n_frames + 1);
  Walker           self = {
              .frames = prof_frames_lists (frames),
              .kept = kept,
              .wanted = wanted,
              .cutoff = cutoff,
              .suspects = g_new0 (uint64_t, n_frames + 1),
  };

  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *of = prof_frame_list (&self.frames,
                                               (ProfLocationId)l,
                                               &n);

      suspect_callers (&self, of, n, wanted);
    }
  begin_masks (&self, n_frames, totals);
  walk_all (&self, prof_frames_profile (frames), totals, NULL);
  g_free (self.masks);
  g_free (self.suspects);
  return self.calls;
}
