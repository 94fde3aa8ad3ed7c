/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-list-calls.h"

#include "analysis/prof-list-parts.h"
#include "base/prof-block.h"

/* Whatever has a call that may be inlined and is not known to be heavy yet is open.
 * Most mentions are not, or not for long: entries are gone through once for what is
 * open, without a branch, and only that is asked for and looked at then. */

/* Entries that are looked at at once. */
#define CHUNK 512

/* A thread's. */
typedef struct
{
  const ProfListCalls *calls;
  ProfListPart         blocks;

  /* Owned */
  ProfCallTable table;
  ProfCallQueue queue;   /* for the table */
  bool         *is_open; /* by mention */

  /* Where it is in a block */
  uint32_t stack;
  size_t   end;                 /* of the stack's entries */
  uint32_t selected[CHUNK + 1]; /* entries that are open */
  size_t   n_selected;
} Part;

/* --- what mentions are --- */

static void
number_frames (ProfListCalls *self, const ProfFrames *frames, const bool *kept)
{
  size_t n = prof_frames_n (frames);

  self->number_of = g_new0 (uint32_t, n + 1);
  for (size_t f = 0; f < n; f++)
    if (kept[f])
      self->number_of[f] = ++self->n_kept;
}

/* Frames come innermost first. */
static void
add_mention (ProfListCalls     *self,
             size_t             mention,
             const ProfFrameId *frames,
             size_t             n)
{
  ProfListRow row = { 0 };

  for (size_t f = n; f > 0; f--)
    {
      uint32_t frame = self->number_of[frames[f - 1]];

      if (frame == 0)
        continue;
      if (row.outer == 0)
        {
          row.outer = frame;
          self->is_inlined[mention] = f < n;
        }
      else if (frame != row.inner)
        prof_need_memory (
            prof_vec_u32_append (&self->within,
                                 prof_call_table_add (&self->table,
                                                      row.inner,
                                                      frame)));
      row.inner = frame;
    }
  self->rows[mention] = row;
}

void
prof_list_calls_init (ProfListCalls    *self,
                      const ProfFrames *frames,
                      const bool       *kept,
                      size_t            type,
                      int64_t           heavy)
{
  ProfProfile   *profile = prof_frames_profile (frames);
  ProfFrameLists lists = prof_frames_lists (frames);
  size_t         n_mentions;

  *self = (ProfListCalls){
    .list = prof_profile_stack_list (profile),
    .values = prof_profile_sample_values (profile) + type,
    .n_types = prof_profile_n_types (profile),
    .heavy = heavy,
  };
  n_mentions = self->list->locations.length;
  number_frames (self, frames, kept);
  self->rows = prof_block_new (ProfListRow, n_mentions + 1);
  self->is_inlined = g_new0 (bool, n_mentions + 1);
  self->first_within = prof_block_new (uint32_t, n_mentions + 1);
  for (size_t m = 0; m < n_mentions; m++)
    {
      size_t             n;
      const ProfFrameId *of_location =
          prof_frame_list (&lists, self->list->locations.data[m], &n);

      self->first_within[m] = (uint32_t)self->within.length;
      add_mention (self, m, of_location, n);
    }
  prof_need_memory (self->within.length < UINT32_MAX);
  self->first_within[n_mentions] = (uint32_t)self->within.length;
}

void
prof_list_calls_clear (ProfListCalls *self)
{
  g_free (self->rows);
  g_free (self->first_within);
  g_free (self->is_inlined);
  g_free (self->number_of);
  prof_vec_u32_clear (&self->within);
  prof_call_table_clear (&self->table);
}

bool
prof_list_calls_any_inlined (const ProfListCalls *self)
{
  return self->within.length > 0 ||
         memchr (self->is_inlined, true, self->list->locations.length) != NULL;
}

/* --- what inlined calls weigh --- */

/* Who calls the outermost frame of an entry; 0 where it is a stack's first. */
static uint32_t
caller_of (const Part           *part,
           const ProfStackBlock *block,
           size_t                entry,
           size_t                end)
{
  const ProfListRow *rows = part->calls->rows;

  while (++entry < end)
    {
      uint32_t caller = rows[prof_stack_block_get (block, entry)].inner;

      if (caller != 0)
        return caller;
    }
  return 0;
}

/* A call over frames that are not kept: whose it is depends on the stack. */
static void
count_outer (Part                 *part,
             const ProfStackBlock *block,
             size_t                entry,
             size_t                end,
             uint32_t              sample,
             int64_t               value)
{
  uint32_t mention = prof_stack_block_get (block, entry);
  uint32_t callee = part->calls->rows[mention].outer;
  uint32_t caller = caller_of (part, block, entry, end);

  if (caller == 0 || caller == callee)
    return;
  prof_call_table_queue (&part->table,
                         &part->queue,
                         (ProfCallEvent){ caller,
                                          callee,
                                          PROF_ID_NONE,
                                          sample,
                                          value });
}

/* Returns: whether all of them are heavy by now, as far as is counted */
static bool
count_within (Part *part, uint32_t mention, uint32_t sample, int64_t value)
{
  const ProfListCalls *calls = part->calls;
  bool                 are_heavy = true;

  for (uint32_t w = calls->first_within[mention];
       w < calls->first_within[mention + 1];
       w++)
    {
      ProfCallEvent event = { .cell = calls->within.data[w],
                              .sample = sample,
                              .weight = value };

      prof_call_table_queue (&part->table, &part->queue, event);
      are_heavy &= part->table.cells.data[event.cell].weight >= calls->heavy;
    }
  return are_heavy;
}

/* Entries from @first to @end, CHUNK at most. */
static inline G_ALWAYS_INLINE void
select_entries (Part                *part,
                const ProfStackBlock block,
                size_t               first,
                size_t               end,
                const bool           is_wide)
{
  const bool *is_open = part->is_open;
  uint32_t   *selected = part->selected;
  size_t      n = 0;

  for (size_t e = first; e < end; e++)
    {
      selected[n] = (uint32_t)(e - first);
      n += is_open[prof_list_mention (&block, e, is_wide)];
    }
  part->n_selected = n;
}

static void
fetch_selected (const Part *part, const ProfStackBlock *block, size_t first)
{
  const ProfListCalls *calls = part->calls;

  for (size_t s = 0; s < part->n_selected; s++)
    {
      uint32_t mention = prof_stack_block_get (block,
                                               first + part->selected[s]);

      __builtin_prefetch (&calls->rows[mention]);
      __builtin_prefetch (&calls->first_within[mention]);
      __builtin_prefetch (&calls->is_inlined[mention]);
    }
}

static void
count_entry (Part *part, const ProfStackBlock *block, size_t entry)
{
  uint32_t mention = prof_stack_block_get (block, entry);
  bool     is_inlined = part->calls->is_inlined[mention];
  size_t   stack = block->first_stack + part->stack;
  uint32_t sample = (uint32_t)stack + 1;
  int64_t  value = part->calls->values[stack * part->calls->n_types];

  if (value == 0)
    return;
  if (is_inlined)
    count_outer (part, block, entry, part->end, sample, value);
  if (count_within (part, mention, sample, value) && !is_inlined)
    part->is_open[mention] = false;
}

static void
walk_block (Part *part, const ProfStackBlock *block)
{
  const uint32_t *lengths = part->calls->list->lengths.data +
                            block->first_stack;

  part->stack = 0;
  part->end = block->n_stacks > 0 ? lengths[0] : 0;
  for (size_t first = 0; first < block->length; first += CHUNK)
    {
      size_t end = MIN (first + CHUNK, block->length);

      if (block->width > 2)
        select_entries (part, *block, first, end, true);
      else
        select_entries (part, *block, first, end, false);
      fetch_selected (part, block, first);
      for (size_t s = 0; s < part->n_selected; s++)
        {
          size_t entry = first + part->selected[s];

          while (entry >= part->end)
            part->end += lengths[++part->stack];
          count_entry (part, block, entry);
        }
    }
}

static gpointer
walk_part (gpointer data)
{
  Part                *part = data;
  const ProfListCalls *calls = part->calls;
  size_t               n_mentions = calls->list->locations.length;

  prof_call_table_copy (&part->table, &calls->table);
  part->is_open = g_new (bool, n_mentions + 1);
  for (size_t m = 0; m < n_mentions; m++)
    part->is_open[m] = calls->is_inlined[m] ||
                       calls->first_within[m] < calls->first_within[m + 1];
  for (size_t b = 0; b < part->blocks.length; b++)
    walk_block (part, &part->blocks.data[b]);
  prof_call_table_count (&part->table, &part->queue);
  return NULL;
}

/* Adds what another thread has found. */
static void
add_part (Part *part, const Part *other)
{
  for (size_t c = 0; c < other->table.cells.length; c++)
    {
      const ProfCallCell *cell = &other->table.cells.data[c];
      uint32_t            call = prof_call_table_add (&part->table,
                                           cell->source,
                                           cell->target);

      part->table.cells.data[call].weight += cell->weight;
    }
}

static void
clear_part (Part *part)
{
  prof_call_table_clear (&part->table);
  g_free (part->is_open);
  prof_list_part_clear (&part->blocks);
}

ProfVecCallCell
prof_list_calls_weigh_inlined (const ProfListCalls *self)
{
  ProfListPart    blocks[PROF_LIST_PARTS];
  Part            parts[PROF_LIST_PARTS];
  size_t          n = prof_list_divide (self->list, blocks);
  ProfVecCallCell heavy = { 0 };

  for (size_t p = 0; p < n; p++)
    parts[p] = (Part){ .calls = self, .blocks = blocks[p] };
  prof_list_run (walk_part, parts, n, sizeof *parts);
  for (size_t p = 1; p < n; p++)
    {
      add_part (&parts[0], &parts[p]);
      clear_part (&parts[p]);
    }
  for (size_t c = 0; c < parts[0].table.cells.length; c++)
    if (parts[0].table.cells.data[c].weight >= self->heavy)
      prof_need_memory (
          prof_vec_call_cell_append (&heavy, parts[0].table.cells.data[c]));
  clear_part (&parts[0]);
  return heavy;
}
