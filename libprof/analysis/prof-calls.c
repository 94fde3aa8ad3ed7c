/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-calls.h"

#include "base/prof-checked.h"
#include <string.h>

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

typedef struct
{
  const ProfFrames  *frames;
  const ProfFrameId *first_line; /* of the first location: lines are a row */
  const bool        *kept;
  const bool        *wanted;
  bool               finds_residual;
  bool               divides; /* the divisors are being added, not the values */

  /* Owned */
  LastCall   *last_calls; /* for each line */
  bool       *matters;    /* for each location: has a kept frame */
  ProfVecCall calls;
  ProfVecU32  n_active; /* for each call: how often it is on the path */
  uint32_t   *slots;    /* open addressing: call or PROF_ID_NONE */
  size_t      n_slots;
  Steps       path;
  ProfVecU32  active; /* calls on the path, PROF_ID_NONE between levels */
} Walker;

static void
check_memory (bool granted)
{
  /* Calls are fewer than lines, which are in memory already. */
  if (!granted)
    g_error ("out of memory");
}

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
      check_memory (prof_vec_call_append (&self->calls, call) &&
                    prof_vec_u32_append (&self->n_active, 0));
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
}

/* Counts a call once for each path it is on. */
static void
enter_call (Walker            *self,
            const Step        *caller,
            const ProfFrameId *line,
            bool               inlined,
            int64_t            total)
{
  ProfFrameId callee = *line;
  LastCall   *last = &self->last_calls[line - self->first_line];

  if (caller->frame == PROF_ID_NONE || caller->frame == callee ||
      !self->wanted[callee])
    return;
  if (last->caller != caller->frame)
    *last = (LastCall){ caller->frame, call_of (self, caller->frame, callee) };
  if (self->n_active.data[last->call]++ == 0)
    count_call (self, caller, last->call, inlined, total);
  check_memory (prof_vec_u32_append (&self->active, last->call));
}

static void
enter_location (Walker *self, ProfLocationId location, int64_t total)
{
  size_t             n;
  const ProfFrameId *frames;
  Step               step = self->path.data[self->path.length - 1];

  frames = prof_frames_of_location (self->frames, location, &n);
  check_memory (prof_vec_u32_append (&self->active, PROF_ID_NONE));
  for (size_t f = n; f > 0; f--)
    if (self->kept[frames[f - 1]])
      {
        enter_call (self, &step, &frames[f - 1], f < n, total);
        step = (Step){ frames[f - 1], false };
      }
    else
      step.residual = self->finds_residual;
  check_memory (steps_append (&self->path, step));
}

static void
leave_location (Walker *self)
{
  self->path.length--;
  while (self->active.data[--self->active.length] != PROF_ID_NONE)
    self->n_active.data[self->active.data[self->active.length]]--;
}

/* A path goes on over a location without a kept frame, marked as residual. Where
 * nobody asks for that, such locations leave no trace. */
static void
pass_location (Walker *self, bool entering)
{
  Step step = self->path.data[self->path.length - 1];

  step.residual = true;
  if (entering)
    check_memory (steps_append (&self->path, step));
  else
    self->path.length--;
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

      frames = prof_frames_of_location (self->frames, (ProfLocationId)l, &n);
      for (size_t f = 0; f < n; f++)
        self->matters[l] = self->matters[l] || self->kept[frames[f]];
    }
}

/* Makes room for the last call of each line; none was made yet. */
static void
begin_last_calls (Walker *self, size_t n_locations)
{
  const ProfFrameId *last;
  size_t             n;
  size_t             n_lines;

  self->first_line = prof_frames_of_location (self->frames, 0, &n);
  last = prof_frames_of_location (self->frames,
                                  (ProfLocationId)(n_locations - 1),
                                  &n);
  n_lines = (size_t)(last - self->first_line) + n;
  self->last_calls = g_new (LastCall, n_lines);
  memset (self->last_calls, 0xff, n_lines * sizeof *self->last_calls);
}

static void
walk (Walker *self, const ProfStackSums *sums)
{
  ProfStackWalk walk;

  prof_stack_walk_init (&walk, prof_frames_profile (self->frames), sums);
  while (prof_stack_walk_next (&walk))
    {
      ProfLocationId location = walk.nodes[walk.node].location;

      if (!self->matters[location])
        {
          if (self->finds_residual)
            pass_location (self, walk.entering);
        }
      else if (walk.entering)
        enter_location (self, location, sums->nodes[walk.node].total);
      else
        leave_location (self);
    }
}

ProfVecCall
prof_calls_find (const ProfFrames    *frames,
                 const bool          *kept,
                 const bool          *wanted,
                 bool                 finds_residual,
                 const ProfStackSums *sums,
                 const ProfStackSums *divisors)
{
  Walker self = {
    .frames = frames,
    .kept = kept,
    .wanted = wanted,
    .finds_residual = finds_residual,
  };
  size_t n_locations = prof_profile_n_locations (prof_frames_profile (frames));

  if (n_locations == 0)
    return self.calls;
  find_what_matters (&self, n_locations);
  begin_last_calls (&self, n_locations);
  check_memory (steps_append (&self.path, (Step){ PROF_ID_NONE, false }));
  walk (&self, sums);
  self.divides = true;
  if (divisors != NULL)
    walk (&self, divisors);
  g_free (self.last_calls);
  g_free (self.matters);
  g_free (self.slots);
  steps_clear (&self.path);
  prof_vec_u32_clear (&self.active);
  prof_vec_u32_clear (&self.n_active);
  return self.calls;
}
