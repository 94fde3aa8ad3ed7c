/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-list-marks.h"

#include "analysis/prof-list-calls.h"
#include "analysis/prof-list-parts.h"
#include "base/prof-block.h"

/* A frame is marked where a heavy call to it is always inlined, and only partly where
 * another heavy one is not. Calls are many, and looking each of them up in a table is
 * a miss of the caches; but few need to be looked up:
 *
 * 1. What the inlined calls weigh is added up first. Those that are heavy are
 *    suspects: nobody else can mark a frame.
 * 2. All stacks are gone through again, for calls that are not inlined. The first one
 *    in a sample that is a suspect's clears it; the suspect is heavy, and so the
 *    frame has a heavy call that is not inlined.
 * 3. Until a frame is known to have one, its other calls are weighed as well.
 *
 * For each frame some hundred bits say which callers are to be looked up: all of them
 * while (3) is not known, and those of suspects from then on. That, and whether a
 * mention has calls of (3) within it, is all that most steps of a stack ask. */

/* Stacks that are looked at at once. */
#define BATCH 32

/* Words of them where there are more suspects than frames. */
#define MANY_WORDS 8

#define FEW_SUSPECTS 256

/* Who calls an entry that is to be looked at. */
typedef struct
{
  uint32_t mention;
  uint32_t caller; /* of its outermost frame; 0 where it is a stack's first */
  uint32_t stack;  /* in the batch */
} Step;

typedef struct
{
  size_t   first; /* entries of the block */
  size_t   end;
  uint32_t sample; /* from 1 */
  bool     is_tried;
  int64_t  value;
} Stack;

PROF_VEC_DEFINE (Steps, steps, Step)

/* What is known of a frame. */
typedef struct
{
  uint32_t first; /* suspects, in the table's cells */
  uint32_t end;
  uint32_t n_left;    /* of them, not cleared */
  uint32_t n_masked;  /* so many were left when the bits were set */
  bool     may_call;  /* there are calls that are not inlined */
  bool     is_called; /* of these one is heavy */
} Target;

/* Shared by all threads, and only read then. */
typedef struct
{
  const ProfListCalls *calls;

  /* Owned */
  Target       *targets;   /* by frame, from 1 */
  ProfCallTable suspects;  /* by target; not weighed */
  uint32_t     *of_within; /* for each call within a mention its suspect, or
                            * PROF_ID_NONE */
} Job;

/* A thread's. */
typedef struct
{
  const Job   *job;
  ProfListPart blocks;
  uint32_t     n_suspects;
  uint32_t     n_words; /* 1 or MANY_WORDS */

  /* Owned */
  Target       *targets;
  uint64_t     *masks;   /* by frame, n_words each: callers to be looked up */
  bool         *is_open; /* by mention: it has calls of (3) */
  bool         *is_cleared; /* by suspect */
  uint32_t     *seen;  /* by suspect: the last sample that has it, from 1 */
  ProfCallTable table; /* what is weighed besides */
  ProfCallQueue queue;
  Steps         steps; /* of a batch of stacks, and one more */
  Stack         stacks[BATCH];
  uint32_t      n_stacks;
} Part;

/* --- suspects --- */

static int
compare_targets (const void *a, const void *b)
{
  const ProfCallCell *left = a;
  const ProfCallCell *right = b;

  return (left->target > right->target) - (left->target < right->target);
}

static void
find_suspects (Job *job)
{
  ProfVecCallCell heavy = prof_list_calls_weigh_inlined (job->calls);

  job->targets = g_new0 (Target, job->calls->n_kept + 1);
  if (heavy.length > 0)
    qsort (heavy.data, heavy.length, sizeof *heavy.data, compare_targets);
  for (size_t h = 0; h < heavy.length; h++)
    {
      const ProfCallCell *cell = &heavy.data[h];
      Target             *target = &job->targets[cell->target];
      uint32_t            suspect = prof_call_table_add (&job->suspects,
                                              cell->source,
                                              cell->target);

      if (target->n_left++ == 0)
        target->first = suspect;
      target->end = suspect + 1;
    }
  prof_vec_call_cell_clear (&heavy);
}

static void
find_callable (Job *job)
{
  const ProfListCalls *calls = job->calls;

  for (size_t m = 0; m < calls->list->locations.length; m++)
    if (!calls->is_inlined[m])
      job->targets[calls->rows[m].outer].may_call = true;
}

static void
find_within (Job *job)
{
  const ProfListCalls *calls = job->calls;

  job->of_within = prof_block_new (uint32_t, calls->within.length + 1);
  for (size_t w = 0; w < calls->within.length; w++)
    {
      const ProfCallCell *cell = &calls->table.cells
                                      .data[calls->within.data[w]];

      job->of_within[w] = prof_call_table_find (&job->suspects,
                                                cell->source,
                                                cell->target);
    }
}

/* --- a thread's state --- */

/* Whether the frame's other calls are to be weighed. */
static bool
is_undecided (const Target *target)
{
  return target->n_left > 0 && target->may_call && !target->is_called;
}

static inline G_ALWAYS_INLINE size_t
word_of (uint32_t n_words, uint32_t caller, uint32_t callee)
{
  return (size_t)callee * n_words + (caller >> 6 & (n_words - 1));
}

static inline G_ALWAYS_INLINE uint64_t
is_masked (const Part *part, uint32_t caller, uint32_t callee)
{
  return part->masks[word_of (part->n_words, caller, callee)] >> (caller & 63) &
         1;
}

static void
set_mask (Part *part, uint32_t frame)
{
  Target *target = &part->targets[frame];
  bool    is_all = is_undecided (target);

  memset (part->masks + word_of (part->n_words, 0, frame),
          is_all ? 0xff : 0,
          part->n_words * sizeof *part->masks);
  target->n_masked = target->n_left;
  if (is_all || !target->may_call)
    return;
  for (uint32_t s = target->first; s < target->end; s++)
    if (!part->is_cleared[s])
      {
        uint32_t caller = part->job->suspects.cells.data[s].source;

        part->masks[word_of (part->n_words, caller, frame)] |= UINT64_C (1)
                                                               << (caller & 63);
      }
}

/* Bits of those that are cleared do no harm: of many, only half of them at once go. */
static void
clear_suspect (Part *part, uint32_t suspect)
{
  uint32_t frame = part->job->suspects.cells.data[suspect].target;
  Target  *target = &part->targets[frame];
  bool     was_undecided = is_undecided (target);

  part->is_cleared[suspect] = true;
  target->is_called = true;
  target->n_left--;
  if (was_undecided || target->end - target->first <= FEW_SUSPECTS ||
      target->n_left <= target->n_masked / 2)
    set_mask (part, frame);
}

static bool
has_open_calls (const Part *part, uint32_t mention)
{
  const ProfListCalls *calls = part->job->calls;

  for (uint32_t w = calls->first_within[mention];
       w < calls->first_within[mention + 1];
       w++)
    {
      uint32_t call = calls->within.data[w];

      if (part->job->of_within[w] == PROF_ID_NONE &&
          is_undecided (&part->targets[calls->table.cells.data[call].target]))
        return true;
    }
  return false;
}

static void
begin_part (Part *part)
{
  const Job           *job = part->job;
  const ProfListCalls *calls = job->calls;
  size_t               n_mentions = calls->list->locations.length;
  size_t               n_targets = (size_t)calls->n_kept + 1;

  part->n_suspects = (uint32_t)job->suspects.cells.length;
  part->is_cleared = g_new0 (bool, part->n_suspects + 1);
  part->seen = g_new0 (uint32_t, part->n_suspects + 1);
  part->targets = g_memdup2 (job->targets, n_targets * sizeof *part->targets);
  part->n_words = part->n_suspects > n_targets ? MANY_WORDS : 1;
  part->masks = prof_block_new (uint64_t, n_targets * part->n_words);
  for (size_t t = 0; t < n_targets; t++)
    set_mask (part, (uint32_t)t);
  part->is_open = g_new (bool, n_mentions + 1);
  for (size_t m = 0; m < n_mentions; m++)
    part->is_open[m] = has_open_calls (part, (uint32_t)m);
}

static void
clear_part (Part *part)
{
  prof_call_table_clear (&part->table);
  steps_clear (&part->steps);
  g_free (part->targets);
  g_free (part->masks);
  g_free (part->is_open);
  g_free (part->is_cleared);
  g_free (part->seen);
  prof_list_part_clear (&part->blocks);
}

/* --- the calls of a stack --- */

/* From the root on. */
static inline G_ALWAYS_INLINE void
select_steps (Part                *part,
              const ProfStackBlock block,
              size_t               first,
              size_t               end,
              const bool           is_wide,
              const uint32_t       n_words)
{
  const ProfListRow *rows = part->job->calls->rows;
  const uint64_t    *masks = part->masks;
  const bool        *is_open = part->is_open;
  Step              *steps = part->steps.data;
  const uint32_t     stack = part->n_stacks;
  size_t             n = part->steps.length;
  uint32_t           caller = 0;

  for (size_t e = end; e > first; e--)
    {
      uint32_t    mention = prof_list_mention (&block, e - 1, is_wide);
      ProfListRow row = rows[mention];
      uint64_t    mask = masks[word_of (n_words, caller, row.outer)];

      steps[n] = (Step){ mention, caller, stack };
      n += (mask >> (caller & 63) & 1) | is_open[mention];
      caller = row.outer != 0 ? row.inner : caller;
    }
  part->steps.length = n;
}

/* What was counted may have decided about frames. */
static void
count_queue (Part *part)
{
  ProfCallEvent events[PROF_CALL_EVENTS];
  size_t        n = part->queue.n;

  memcpy (events, part->queue.events, n * sizeof *events);
  prof_call_table_count (&part->table, &part->queue);
  for (size_t e = 0; e < n; e++)
    {
      Target  *target = &part->targets[events[e].target];
      uint32_t call = prof_call_table_find (&part->table,
                                            events[e].source,
                                            events[e].target);

      if (!target->is_called &&
          part->table.cells.data[call].weight >= part->job->calls->heavy)
        {
          target->is_called = true;
          set_mask (part, events[e].target);
        }
    }
}

/* Weighs a call that is no suspect's. */
static void
weigh (Part    *part,
       uint32_t caller,
       uint32_t callee,
       uint32_t sample,
       int64_t  value)
{
  ProfCallEvent event = { caller, callee, PROF_ID_NONE, sample, value };

  if (!is_undecided (&part->targets[callee]))
    return;
  part->queue.events[part->queue.n++] = event;
  if (part->queue.n == PROF_CALL_EVENTS)
    count_queue (part);
}

static void
weigh_within (Part *part, uint32_t mention, uint32_t sample, int64_t value)
{
  const ProfListCalls *calls = part->job->calls;

  for (uint32_t w = calls->first_within[mention];
       w < calls->first_within[mention + 1];
       w++)
    if (part->job->of_within[w] == PROF_ID_NONE)
      {
        const ProfCallCell *call = &calls->table.cells
                                        .data[calls->within.data[w]];

        weigh (part, call->source, call->target, sample, value);
      }
  part->is_open[mention] = has_open_calls (part, mention);
}

/* The suspect that has the call to an entry's outermost frame, or PROF_ID_NONE. */
static uint32_t
suspect_of (const Part *part, uint32_t caller, uint32_t callee)
{
  uint32_t suspect;

  if (caller == 0 || caller == callee || !is_masked (part, caller, callee))
    return PROF_ID_NONE;
  suspect = prof_call_table_find (&part->job->suspects, caller, callee);
  if (suspect != PROF_ID_NONE && part->is_cleared[suspect])
    return PROF_ID_NONE;
  return suspect;
}

/* Returns: whether a suspect's call is not inlined */
static bool
weigh_step (Part *part, const Step *step, uint32_t sample, int64_t value)
{
  const ProfListCalls *calls = part->job->calls;
  uint32_t             callee = calls->rows[step->mention].outer;
  uint32_t             suspect;

  if (part->is_open[step->mention])
    weigh_within (part, step->mention, sample, value);
  if (step->caller == 0 || step->caller == callee ||
      !is_masked (part, step->caller, callee))
    return false;
  suspect = prof_call_table_find (&part->job->suspects, step->caller, callee);
  if (suspect != PROF_ID_NONE)
    return !part->is_cleared[suspect] && !calls->is_inlined[step->mention];
  weigh (part, step->caller, callee, sample, value);
  return false;
}

/* Notes that the sample has the suspect's call. Returns: whether it is the first. */
static bool
see_suspect (Part *part, uint32_t suspect, uint32_t sample)
{
  bool is_first = part->seen[suspect] != sample;

  part->seen[suspect] = sample;
  return is_first;
}

/* Looks at all suspects' calls in turn. */
static void
try_suspects (Part                 *part,
              const ProfStackBlock *block,
              size_t                first,
              size_t                end,
              uint32_t              sample)
{
  const ProfListCalls *calls = part->job->calls;
  uint32_t             caller = 0;

  for (size_t e = end; e > first; e--)
    {
      uint32_t    mention = prof_stack_block_get (block, e - 1);
      ProfListRow row = calls->rows[mention];
      uint32_t    suspect = suspect_of (part, caller, row.outer);

      if (suspect != PROF_ID_NONE && see_suspect (part, suspect, sample) &&
          !calls->is_inlined[mention])
        clear_suspect (part, suspect);
      for (uint32_t w = calls->first_within[mention];
           w < calls->first_within[mention + 1];
           w++)
        if (part->job->of_within[w] != PROF_ID_NONE)
          see_suspect (part, part->job->of_within[w], sample);
      if (row.outer != 0)
        caller = row.inner;
    }
}

static void
fetch_steps (const Part *part)
{
  const ProfListCalls *calls = part->job->calls;

  for (size_t s = 0; s < part->steps.length; s++)
    {
      uint32_t mention = part->steps.data[s].mention;

      __builtin_prefetch (&calls->rows[mention]);
      __builtin_prefetch (&calls->is_inlined[mention]);
    }
}

/* Looks at the steps of all stacks of the batch, and begins another. */
static void
walk_batch (Part *part, const ProfStackBlock *block)
{
  fetch_steps (part);
  for (size_t s = 0; s < part->steps.length; s++)
    {
      const Step *step = &part->steps.data[s];
      Stack      *stack = &part->stacks[step->stack];

      if (!weigh_step (part, step, stack->sample, stack->value) ||
          stack->is_tried)
        continue;
      stack->is_tried = true;
      try_suspects (part, block, stack->first, stack->end, stack->sample);
    }
  part->steps.length = 0;
  part->n_stacks = 0;
}

static void
add_stack (Part *part, const ProfStackBlock *block, const Stack *stack)
{
  size_t first = stack->first;
  size_t end = stack->end;

  prof_need_memory (steps_reserve (&part->steps, end - first + 1));
  if (block->width > 2 && part->n_words == 1)
    select_steps (part, *block, first, end, true, 1);
  else if (block->width > 2)
    select_steps (part, *block, first, end, true, MANY_WORDS);
  else if (part->n_words == 1)
    select_steps (part, *block, first, end, false, 1);
  else
    select_steps (part, *block, first, end, false, MANY_WORDS);
  part->stacks[part->n_stacks++] = *stack;
  if (part->n_stacks == BATCH)
    walk_batch (part, block);
}

static void
walk_block (Part *part, const ProfStackBlock *block)
{
  const ProfListCalls *calls = part->job->calls;
  size_t               end = 0;

  for (uint32_t s = 0; s < block->n_stacks; s++)
    {
      size_t stack = block->first_stack + s;
      size_t first = end;
      Stack  next = { .sample = (uint32_t)stack + 1,
                      .value = calls->values[stack * calls->n_types] };

      end += calls->list->lengths.data[stack];
      next.first = first;
      next.end = end;
      if (next.value != 0)
        add_stack (part, block, &next);
    }
  walk_batch (part, block);
}

static gpointer
walk_part (gpointer data)
{
  Part *part = data;

  begin_part (part);
  for (size_t b = 0; b < part->blocks.length; b++)
    walk_block (part, &part->blocks.data[b]);
  count_queue (part);
  return NULL;
}

/* --- all of them --- */

/* Adds what another thread has found. */
static void
add_part (Part *part, const Part *other)
{
  size_t n_targets = (size_t)part->job->calls->n_kept + 1;

  for (size_t t = 0; t < n_targets; t++)
    part->targets[t].is_called |= other->targets[t].is_called;
  for (uint32_t s = 0; s < part->n_suspects; s++)
    part->is_cleared[s] |= other->is_cleared[s];
  for (size_t c = 0; c < other->table.cells.length; c++)
    {
      const ProfCallCell *cell = &other->table.cells.data[c];
      uint32_t            call = prof_call_table_add (&part->table,
                                           cell->source,
                                           cell->target);
      int64_t            *weight = &part->table.cells.data[call].weight;

      *weight += cell->weight;
      if (*weight >= part->job->calls->heavy)
        part->targets[cell->target].is_called = true;
    }
}

static ProfInlined
mark_of (const Part *part, uint32_t frame)
{
  const Target *target = &part->targets[frame];

  for (uint32_t s = target->first; s < target->end; s++)
    if (!part->is_cleared[s])
      return target->is_called ? PROF_INLINED_SOMETIMES : PROF_INLINED_ALWAYS;
  return PROF_INLINED_NEVER;
}

static void
test_suspects (const Job *job, ProfInlined *marks, size_t n_frames)
{
  ProfListPart blocks[PROF_LIST_PARTS];
  Part         parts[PROF_LIST_PARTS];
  size_t       n = prof_list_divide (job->calls->list, blocks);

  for (size_t p = 0; p < n; p++)
    parts[p] = (Part){ .job = job, .blocks = blocks[p] };
  prof_list_run (walk_part, parts, n, sizeof *parts);
  for (size_t p = 1; p < n; p++)
    {
      add_part (&parts[0], &parts[p]);
      clear_part (&parts[p]);
    }
  for (size_t f = 0; f < n_frames; f++)
    if (job->calls->number_of[f] != 0)
      marks[f] = mark_of (&parts[0], job->calls->number_of[f]);
  clear_part (&parts[0]);
}

ProfInlined *
prof_list_marks (const ProfFrames *frames,
                 const bool       *kept,
                 size_t            type,
                 int64_t           cutoff)
{
  size_t        n_frames = prof_frames_n (frames);
  ProfInlined  *marks = g_new0 (ProfInlined, n_frames + 1);
  ProfListCalls calls;
  Job           job = { .calls = &calls };

  if (prof_profile_n_samples (prof_frames_profile (frames)) == 0)
    return marks;
  /* A call of no weight at all is in no sample. */
  prof_list_calls_init (&calls, frames, kept, type, MAX (cutoff, 1));
  if (prof_list_calls_any_inlined (&calls))
    {
      find_suspects (&job);
      find_callable (&job);
      find_within (&job);
      if (job.suspects.cells.length > 0)
        test_suspects (&job, marks, n_frames);
    }
  prof_call_table_clear (&job.suspects);
  g_free (job.targets);
  g_free (job.of_within);
  prof_list_calls_clear (&calls);
  return marks;
}
