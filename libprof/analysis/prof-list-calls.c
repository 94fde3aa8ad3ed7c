/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-list-calls.h"

#include "analysis/prof-list-parts.h"
#include "base/prof-block.h"

/* Half a million calls are in a large profile, and most steps of a stack go to one
 * that is in no cache. The calls of a stack are therefore gone through three times:
 * where they are in the hash table, where their sums are, and adding to these. The
 * first two only ask for the memory, so that the processor waits for all of it at
 * once.
 *
 * No processor can guess which locations have frames that are kept, or several, and
 * each wrong guess costs as much as ten steps: so what a step may write is written
 * each time, and counted only where it is true.
 *
 * Calls between frames of one location are the same each time, and found before. */

/* What a stack needs to know of a location with frames that are kept. */
typedef struct
{
  uint32_t outer;  /* the outermost of them */
  uint32_t inner;  /* the innermost */
  uint32_t flags;  /* calls between them, above the flags below */
  uint32_t within; /* that call or, if there are more, where in job->within they
                    * are */
} Row;

enum
{
  INLINED = 1 << 0, /* the outermost kept frame is */
  WANTED = 1 << 1,  /* calls to it are */
  N_FLAGS = 2,
};

#define FIRST_SLOTS 4096

typedef struct
{
  int64_t  weight;
  uint32_t source;
  uint32_t target;
  uint32_t seen; /* the last sample that has it, counted from 1 */
  bool     inlined;
} Cell;

PROF_VEC_DEFINE (Cells, cells, Cell)
PROF_VEC_DEFINE (Rows, rows, Row)

/* Calls by source and target. */
typedef struct
{
  Cells      cells;
  ProfVecI64 divisors; /* one a cell, where there are any */
  bool       divides;
  uint32_t  *slots; /* (owned) open addressing: cell or PROF_ID_NONE */
  size_t     n_slots;
} Table;

/* A call of the stack that is gone through. */
typedef struct
{
  uint32_t source; /* 0 of a call within a location */
  uint32_t target;
  uint32_t place; /* a slot; of a call within a location, the cell itself */
  bool     is_within;
  bool     inlined;
} Event;

PROF_VEC_DEFINE (Events, events, Event)

/* Shared by all threads, and only read then. */
typedef struct
{
  const ProfStackList *list;
  const int64_t       *values;
  size_t               n_types;
  size_t               type;
  ProfFrameLists       lists;
  const bool          *kept;
  const bool          *wanted;

  /* Owned */
  uint32_t  *of_mention; /* its row, or PROF_ID_NONE */
  Rows       rows;
  ProfVecU32 within;
  size_t     longest; /* calls that one row is about at most */
  Table      table;   /* what each thread begins with */
} Job;

/* A thread's. */
typedef struct
{
  const Job   *job;
  ProfListPart blocks;

  /* Owned */
  Table      table;
  Events     events; /* of a stack */
  ProfVecU32 path;   /* rows of a stack, leaf first */
} Part;

static void
check_memory (bool granted)
{
  /* Calls are fewer than frames, which are in memory already. */
  if (!granted)
    g_error ("out of memory");
}

/* --- the table --- */

static inline uint32_t
slot_of (const Table *table, uint32_t source, uint32_t target)
{
  uint64_t key = (uint64_t)source << 32 | target;

  return (uint32_t)((key * UINT64_C (0x9e3779b97f4a7c15)) >> 32) &
         (uint32_t)(table->n_slots - 1);
}

static inline uint32_t *
find_slot (const Table *table, uint32_t slot, uint32_t source, uint32_t target)
{
  while (table->slots[slot] != PROF_ID_NONE)
    {
      const Cell *cell = &table->cells.data[table->slots[slot]];

      if (cell->source == source && cell->target == target)
        break;
      slot = (slot + 1) & (uint32_t)(table->n_slots - 1);
    }
  return &table->slots[slot];
}

static void
grow_slots (Table *table)
{
  table->n_slots = MAX (table->n_slots * 2, FIRST_SLOTS);
  g_free (table->slots);
  table->slots = prof_block_new (uint32_t, table->n_slots);
  memset (table->slots, 0xff, table->n_slots * sizeof *table->slots);
  for (size_t c = 0; c < table->cells.length; c++)
    {
      const Cell *cell = &table->cells.data[c];

      *find_slot (table,
                  slot_of (table, cell->source, cell->target),
                  cell->source,
                  cell->target) = (uint32_t)c;
    }
}

static uint32_t
add_cell (Table *table, uint32_t source, uint32_t target)
{
  Cell cell = { .source = source, .target = target, .inlined = true };

  if (table->cells.length * 2 >= table->n_slots)
    grow_slots (table);
  *find_slot (table,
              slot_of (table, source, target),
              source,
              target) = (uint32_t)table->cells.length;
  check_memory (table->cells.length < PROF_ID_NONE &&
                cells_append (&table->cells, cell) &&
                (!table->divides || prof_vec_i64_append (&table->divisors, 0)));
  return (uint32_t)table->cells.length - 1;
}

static inline uint32_t
cell_of (Table *table, uint32_t slot, uint32_t source, uint32_t target)
{
  uint32_t cell = *find_slot (table, slot, source, target);

  return G_LIKELY (cell != PROF_ID_NONE) ? cell
                                         : add_cell (table, source, target);
}

static void
copy_table (Table *to, const Table *from)
{
  *to = (Table){ .n_slots = from->n_slots, .divides = from->divides };
  to->slots = prof_block_new (uint32_t, from->n_slots);
  memcpy (to->slots, from->slots, from->n_slots * sizeof *to->slots);
  check_memory (
      cells_extend (&to->cells, from->cells.data, from->cells.length) &&
      prof_vec_i64_extend (&to->divisors,
                           from->divisors.data,
                           from->divisors.length));
}

static void
clear_table (Table *table)
{
  cells_clear (&table->cells);
  prof_vec_i64_clear (&table->divisors);
  g_free (table->slots);
}

/* --- rows --- */

/* The call between two kept frames of a location; PROF_ID_NONE where none counts. */
static uint32_t
call_within (Job *job, ProfFrameId caller, ProfFrameId callee)
{
  Table *table = &job->table;

  if (caller == callee || !job->wanted[callee])
    return PROF_ID_NONE;
  return cell_of (table, slot_of (table, caller, callee), caller, callee);
}

/* Calls from the outermost kept frame inwards. */
static void
list_within (Job *job, const ProfFrameId *frames, size_t outer, Row *row)
{
  size_t   first = job->within.length;
  size_t   last = outer;
  uint32_t n = 0;

  for (size_t f = outer; f > 0; f--)
    if (job->kept[frames[f - 1]])
      {
        uint32_t call = call_within (job, frames[last], frames[f - 1]);

        last = f - 1;
        if (call == PROF_ID_NONE)
          continue;
        check_memory (prof_vec_u32_append (&job->within, call));
        n++;
      }
  row->inner = frames[last];
  row->flags |= n << N_FLAGS;
  row->within = (uint32_t)first;
  if (n == 1)
    row->within = job->within.data[--job->within.length];
  job->longest = MAX (job->longest, n + 1);
}

static uint32_t
row_of (Job *job, uint32_t mention)
{
  Row                row = { 0 };
  size_t             n;
  const ProfFrameId *frames =
      prof_frame_list (&job->lists, job->list->locations.data[mention], &n);
  size_t outer = n;

  while (outer > 0 && !job->kept[frames[outer - 1]])
    outer--;
  if (outer == 0)
    return PROF_ID_NONE;
  row.outer = frames[outer - 1];
  row.flags = (outer < n ? INLINED : 0) | (job->wanted[row.outer] ? WANTED : 0);
  list_within (job, frames, outer - 1, &row);
  check_memory (job->within.length < PROF_ID_NONE >> N_FLAGS &&
                rows_append (&job->rows, row));
  return (uint32_t)job->rows.length - 1;
}

static void
find_rows (Job *job)
{
  size_t n_mentions = job->list->locations.length;

  grow_slots (&job->table);
  job->longest = 1;
  job->of_mention = prof_block_new (uint32_t, n_mentions + 1);
  for (size_t m = 0; m < n_mentions; m++)
    job->of_mention[m] = row_of (job, (uint32_t)m);
}

/* --- the calls of a stack --- */

/* Makes room for a stack of @n locations, and one entry more of each. */
static void
reserve (Part *part, size_t n)
{
  part->path.length = 0;
  part->events.length = 0;
  check_memory (
      n < SIZE_MAX / (part->job->longest + 1) &&
      prof_vec_u32_reserve (&part->path, n + 1) &&
      events_reserve (&part->events, n * (part->job->longest + 1) + 1));
}

/* The locations that matter. Once for each width of entries. */
static inline G_ALWAYS_INLINE void
list_path (Part                 *part,
           const ProfStackBlock *block,
           size_t                first,
           size_t                end,
           const bool            is_wide)
{
  const uint32_t *of_mention = part->job->of_mention;
  uint32_t       *path = part->path.data;
  size_t          n = 0;

  for (size_t e = first; e < end; e++)
    {
      uint32_t mention = is_wide ? prof_stack_block_wide (block, e)
                                 : prof_stack_block_narrow (block, e);

      path[n] = of_mention[mention];
      n += path[n] != PROF_ID_NONE;
    }
  part->path.length = n;
}

static void
list_more (const Job *job, const Row *row, Event *events)
{
  for (uint32_t c = 0; c < row->flags >> N_FLAGS; c++)
    events[c] = (Event){
      .place = job->within.data[row->within + c],
      .is_within = true,
      .inlined = true,
    };
}

/* From the root on: the call to each row's outermost frame, and those within. */
static void
list_events (Part *part)
{
  const Job *job = part->job;
  Event     *event = part->events.data;
  uint32_t   caller = PROF_ID_NONE;

  if (part->path.length > 0)
    caller = job->rows.data[part->path.data[part->path.length - 1]].outer;
  for (size_t p = part->path.length; p > 0; p--)
    {
      Row      row = job->rows.data[part->path.data[p - 1]];
      uint32_t n_within = row.flags >> N_FLAGS;
      uint32_t slot = slot_of (&part->table, caller, row.outer);

      __builtin_prefetch (&part->table.slots[slot]);
      *event = (Event){
        .source = caller,
        .target = row.outer,
        .place = slot,
        .inlined = (row.flags & INLINED) != 0,
      };
      event += (caller != row.outer) & ((row.flags & WANTED) != 0);
      *event = (Event){
        .place = row.within,
        .is_within = true,
        .inlined = true,
      };
      if (G_UNLIKELY (n_within > 1))
        list_more (job, &row, event);
      event += n_within;
      caller = row.inner;
    }
  part->events.length = (size_t)(event - part->events.data);
}

/* What the table has at an event's place, which need not be its cell. */
static inline uint32_t
cell_at (const Part *part, const Event *event)
{
  const uint32_t *cell = &part->table.slots[event->place];

  return *(event->is_within ? &event->place : cell);
}

static void
fetch_cells (const Part *part)
{
  for (size_t e = 0; e < part->events.length; e++)
    {
      uint32_t cell = cell_at (part, &part->events.data[e]);

      if (G_LIKELY (cell != PROF_ID_NONE))
        __builtin_prefetch (&part->table.cells.data[cell], 1);
    }
}

static bool
is_cell_of (const Cell *cell, const Event *event)
{
  return event->is_within |
         ((cell->source == event->source) & (cell->target == event->target));
}

/* The table may have grown since the event's slot was found. */
static inline uint32_t
settle (Part *part, const Event *event)
{
  Table   *table = &part->table;
  uint32_t id = cell_at (part, event);

  if (G_LIKELY (id != PROF_ID_NONE &&
                is_cell_of (&table->cells.data[id], event)))
    return id;
  return cell_of (table,
                  slot_of (table, event->source, event->target),
                  event->source,
                  event->target);
}

/* A call counts once for a stack; what it was at first, from the root on, says
 * whether it is inlined. */
static void
count_events (Part *part, uint32_t sample, int64_t weight, int64_t divisor)
{
  for (size_t e = 0; e < part->events.length; e++)
    {
      const Event *event = &part->events.data[e];
      uint32_t     id = settle (part, event);
      Cell        *cell = &part->table.cells.data[id];

      if (cell->seen == sample)
        continue;
      cell->seen = sample;
      cell->weight += weight;
      cell->inlined &= event->inlined;
      if (part->table.divides)
        part->table.divisors.data[id] += divisor;
    }
}

static void
walk_block (Part *part, const ProfStackBlock *block)
{
  const Job *job = part->job;
  size_t     end = 0;

  for (uint32_t s = 0; s < block->n_stacks; s++)
    {
      size_t         stack = block->first_stack + s;
      const int64_t *values = job->values + stack * job->n_types;
      int64_t        weight = values[job->type];
      int64_t        divisor = part->table.divides ? values[0] : 0;
      size_t         first = end;

      end += job->list->lengths.data[stack];
      if (weight == 0 && divisor == 0)
        continue;
      reserve (part, end - first);
      if (block->width > 2)
        list_path (part, block, first, end, true);
      else
        list_path (part, block, first, end, false);
      list_events (part);
      fetch_cells (part);
      count_events (part, (uint32_t)stack + 1, weight, divisor);
    }
}

static gpointer
walk_part (gpointer data)
{
  Part *part = data;

  copy_table (&part->table, &part->job->table);
  for (size_t b = part->blocks.first; b < part->blocks.end; b++)
    walk_block (part, &part->job->list->blocks.data[b]);
  return NULL;
}

/* --- all of them --- */

/* Adds what another thread has found. */
static void
add_table (Table *to, const Table *from)
{
  for (size_t c = 0; c < from->cells.length; c++)
    {
      const Cell *other = &from->cells.data[c];
      uint32_t    slot = slot_of (to, other->source, other->target);
      uint32_t    id = cell_of (to, slot, other->source, other->target);
      Cell       *cell = &to->cells.data[id];

      cell->seen |= other->seen;
      cell->weight += other->weight;
      if (to->divides)
        to->divisors.data[id] += from->divisors.data[c];
      cell->inlined &= other->inlined;
    }
}

/* Without those that no sample has. */
static ProfVecCall
take_calls (const Table *table)
{
  ProfVecCall calls = { 0 };

  check_memory (prof_vec_call_reserve (&calls, table->cells.length));
  for (size_t c = 0; c < table->cells.length; c++)
    {
      const Cell *cell = &table->cells.data[c];

      if (cell->seen == 0)
        continue;
      calls.data[calls.length++] = (ProfCall){
        .source = cell->source,
        .target = cell->target,
        .weight = cell->weight,
        .divisor = table->divides ? table->divisors.data[c] : 0,
        .inlined = cell->inlined,
      };
    }
  return calls;
}

static void
clear_part (Part *part)
{
  clear_table (&part->table);
  events_clear (&part->events);
  prof_vec_u32_clear (&part->path);
}

static ProfVecCall
walk_parts (const Job *job)
{
  ProfListPart blocks[PROF_LIST_PARTS];
  Part         parts[PROF_LIST_PARTS];
  size_t       n = prof_list_divide (job->list, blocks);
  ProfVecCall  calls;

  for (size_t p = 0; p < n; p++)
    parts[p] = (Part){ .job = job, .blocks = blocks[p] };
  prof_list_run (walk_part, parts, n, sizeof *parts);
  for (size_t p = 1; p < n; p++)
    {
      add_table (&parts[0].table, &parts[p].table);
      clear_part (&parts[p]);
    }
  calls = take_calls (&parts[0].table);
  clear_part (&parts[0]);
  return calls;
}

ProfVecCall
prof_list_calls (const ProfFrames *frames,
                 const bool       *kept,
                 const bool       *wanted,
                 size_t            type,
                 bool              divides)
{
  ProfProfile *profile = prof_frames_profile (frames);
  Job          job = {
             .list = prof_profile_stack_list (profile),
             .values = prof_profile_sample_values (profile),
             .n_types = prof_profile_n_types (profile),
             .type = type,
             .table = { .divides = divides },
             .lists = prof_frames_lists (frames),
             .kept = kept,
             .wanted = wanted,
  };
  ProfVecCall calls;

  find_rows (&job);
  calls = walk_parts (&job);
  g_free (job.of_mention);
  rows_clear (&job.rows);
  prof_vec_u32_clear (&job.within);
  clear_table (&job.table);
  return calls;
}
