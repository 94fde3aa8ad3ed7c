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
  size_t      end; /* first row that is not below */
} Step;

PROF_VEC_DEFINE (Steps, steps, Step)

typedef struct
{
  ProfFrameLists     frames;
  const ProfFrameId *first_line; /* of the first location: lines are a row */
  const bool        *kept;
  const bool        *wanted;
  bool               finds_residual;
  bool               divides; /* the divisors are being added, not the values */

  /* Owned */
  LastCall   *last_calls; /* for each line */
  bool       *matters;    /* for each location: has a kept frame */
  ProfVecCall calls;
  ProfVecU32  until; /* for each call: the row from which on it is not on the
                        * path */
  uint32_t   *slots; /* open addressing: call or PROF_ID_NONE */
  size_t      n_slots;
  Steps       path;
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
                        prof_vec_u32_append (&self->until, 0));
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
            size_t             row,
            int64_t            total)
{
  ProfFrameId callee = *line;
  LastCall   *last = &self->last_calls[line - self->first_line];

  if (caller->frame == PROF_ID_NONE || caller->frame == callee ||
      !self->wanted[callee])
    return;
  if (last->caller != caller->frame)
    *last = (LastCall){ caller->frame, call_of (self, caller->frame, callee) };
  if (self->until.data[last->call] > row)
    return;
  self->until.data[last->call] = (uint32_t)caller->end;
  count_call (self, caller, last->call, inlined, total);
}

/* A path goes on over frames that are not kept, marked as residual if anybody
 * asks for that. */
static void
enter_location (Walker *self, const ProfStackRow *row, size_t i, Step step)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frame_list (&self->frames, row->location, &n);
  for (size_t f = n; f > 0; f--)
    if (self->kept[frames[f - 1]])
      {
        enter_call (self, &step, &frames[f - 1], f < n, i, row->total);
        step = (Step){ frames[f - 1], false, step.end };
      }
    else
      step.residual = self->finds_residual;
  prof_need_memory (steps_append (&self->path, step));
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
walk (Walker *self, const ProfStackRows *rows)
{
  self->path.length = 0;
  prof_need_memory (
      steps_append (&self->path, (Step){ PROF_ID_NONE, false, rows->n }));
  for (size_t i = 1; i < rows->n; i++)
    {
      const ProfStackRow *row = &rows->rows[i];
      Step                step;

      if (prof_stack_rows_is_zero (rows, i))
        {
          i += row->size - 1;
          continue;
        }
      while (self->path.data[self->path.length - 1].end <= i)
        self->path.length--;
      step = self->path.data[self->path.length - 1];
      if (!self->matters[row->location] &&
          (step.residual || !self->finds_residual))
        continue;
      step.end = i + row->size;
      enter_location (self, row, i, step);
    }
}

ProfVecCall
prof_calls_find (const ProfFrames    *frames,
                 const bool          *kept,
                 const bool          *wanted,
                 bool                 finds_residual,
                 const ProfStackRows *rows,
                 const ProfStackRows *divisors)
{
  Walker self = {
    .frames = prof_frames_lists (frames),
    .kept = kept,
    .wanted = wanted,
    .finds_residual = finds_residual,
  };
  size_t n_locations = prof_profile_n_locations (prof_frames_profile (frames));

  if (n_locations == 0)
    return self.calls;
  find_what_matters (&self, n_locations);
  begin_last_calls (&self, n_locations);
  walk (&self, rows);
  if (divisors != NULL)
    {
      self.divides = true;
      for (size_t c = 0; c < self.until.length; c++)
        self.until.data[c] = 0;
      walk (&self, divisors);
    }
  g_free (self.last_calls);
  g_free (self.matters);
  g_free (self.slots);
  steps_clear (&self.path);
  prof_vec_u32_clear (&self.until);
  return self.calls;
}
