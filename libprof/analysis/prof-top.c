/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-top.h"

#include "analysis/prof-stack-sums.h"
#include "base/prof-checked.h"
#include "base/prof-vec.h"
#include <stdlib.h>
#include <string.h>

/* pprof builds a call graph, cuts it, builds it again from the nodes that are
 * left, and so on. What a cut changes is little, and all of it is known before:
 *
 * - flat and cum of a function do not depend on which others are kept;
 * - calls do: they go from a kept function to the next kept one inwards, over
 *   those that were cut.
 *
 * So there is one walk for the sums, then the choice of rows, then one walk for
 * the calls among those that are left. The calls are needed only for the
 * "(inline)" marks, and therefore only into functions that are inlined
 * somewhere. */

struct _ProfTop
{
  gatomicrefcount ref_count;
  size_t          type;
  int64_t         total;
  size_t          n_dropped;
  size_t          n_before_count;

  /* Owned */
  ProfTopRow *rows;
  size_t      n_rows;

  /* Shared */
  ProfFrames *frames;
};

/* A call, from one function to another. */
typedef struct
{
  uint64_t key; /* caller << 32 | callee */
  int64_t  weight;
  uint32_t active;  /* how often it is on the path */
  bool     inlined; /* so far, always */
} Call;

PROF_VEC_DEFINE (Calls, calls, Call)

/* The call that a line of a location made last: it is mostly the same again, and
 * always is where the caller is a line of the same location. */
typedef struct
{
  ProfFrameId caller;
  uint32_t    call;
} LastCall;

/* What the second walk knows. */
typedef struct
{
  const ProfFrames  *frames;
  const ProfFrameId *first_line; /* of the first location: lines are a row */
  LastCall          *last_calls; /* for each line */
  const bool        *kept;       /* for each frame */
  const bool        *inlines;    /* for each frame: is inlined somewhere */
  bool              *matters; /* (owned) for each location: has a kept frame */
  Calls              calls;
  uint32_t          *slots; /* open addressing: call or PROF_ID_NONE */
  size_t             n_slots;
  ProfVecU32         path; /* innermost kept frame, for each level */
  ProfVecU32 active;       /* calls on the path, PROF_ID_NONE between levels */
} CallGraph;

static void
check_memory (bool granted)
{
  /* Calls are fewer than lines, which are in memory already. */
  if (!granted)
    g_error ("out of memory");
}

static size_t
slot_of (const CallGraph *graph, uint64_t key)
{
  return (size_t)((key * UINT64_C (0x9e3779b97f4a7c15)) >> 32) &
         (graph->n_slots - 1);
}

static uint32_t *
find_slot (const CallGraph *graph, uint64_t key)
{
  size_t slot = slot_of (graph, key);

  while (graph->slots[slot] != PROF_ID_NONE &&
         graph->calls.data[graph->slots[slot]].key != key)
    slot = (slot + 1) & (graph->n_slots - 1);
  return &graph->slots[slot];
}

static void
grow_slots (CallGraph *graph)
{
  graph->n_slots = MAX (graph->n_slots * 2, 1024);
  g_free (graph->slots);
  graph->slots = g_new (uint32_t, graph->n_slots);
  memset (graph->slots, 0xff, graph->n_slots * sizeof *graph->slots);
  for (size_t c = 0; c < graph->calls.length; c++)
    *find_slot (graph, graph->calls.data[c].key) = (uint32_t)c;
}

static uint32_t
call_of (CallGraph *graph, ProfFrameId caller, ProfFrameId callee)
{
  uint64_t  key = (uint64_t)caller << 32 | callee;
  Call      call = { .key = key, .inlined = true };
  uint32_t *slot;

  if (graph->calls.length * 2 >= graph->n_slots)
    grow_slots (graph);
  slot = find_slot (graph, key);
  if (*slot == PROF_ID_NONE)
    {
      *slot = (uint32_t)graph->calls.length;
      check_memory (calls_append (&graph->calls, call));
    }
  return *slot;
}

/* Counts a call once for each path it is on. */
static void
enter_call (CallGraph         *graph,
            ProfFrameId        caller,
            const ProfFrameId *line,
            bool               inlined,
            int64_t            total)
{
  ProfFrameId callee = *line;
  LastCall   *last = &graph->last_calls[line - graph->first_line];
  uint32_t    id;
  Call       *call;

  if (caller == PROF_ID_NONE || caller == callee || !graph->inlines[callee])
    return;
  if (last->caller != caller)
    *last = (LastCall){ caller, call_of (graph, caller, callee) };
  id = last->call;
  call = &graph->calls.data[id];
  if (call->active++ == 0)
    {
      call->weight = prof_add_i64 (call->weight, total);
      call->inlined = call->inlined && inlined;
    }
  check_memory (prof_vec_u32_append (&graph->active, id));
}

static void
enter_location (CallGraph *graph, ProfLocationId location, int64_t total)
{
  size_t             n;
  const ProfFrameId *frames;
  ProfFrameId        caller = graph->path.data[graph->path.length - 1];

  frames = prof_frames_of_location (graph->frames, location, &n);
  check_memory (prof_vec_u32_append (&graph->active, PROF_ID_NONE));
  for (size_t f = n; f > 0; f--)
    if (graph->kept[frames[f - 1]])
      {
        enter_call (graph, caller, &frames[f - 1], f < n, total);
        caller = frames[f - 1];
      }
  check_memory (prof_vec_u32_append (&graph->path, caller));
}

static void
leave_location (CallGraph *graph)
{
  graph->path.length--;
  while (graph->active.data[--graph->active.length] != PROF_ID_NONE)
    graph->calls.data[graph->active.data[graph->active.length]].active--;
}

/* After the cut few functions are left, and most locations have none of them:
 * the walk passes these by (the table took 140 ms, then 115, for 870,000 stack
 * nodes). */
static bool *
find_what_matters (const CallGraph *graph, size_t n_locations)
{
  bool *matters = g_new0 (bool, n_locations + 1);

  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *frames;

      frames = prof_frames_of_location (graph->frames, (ProfLocationId)l, &n);
      for (size_t f = 0; f < n; f++)
        matters[l] = matters[l] || graph->kept[frames[f]];
    }
  return matters;
}

static void
find_calls (CallGraph *graph, const ProfStackSums *sums)
{
  ProfProfile  *profile = prof_frames_profile (graph->frames);
  ProfStackWalk walk;

  graph->matters = find_what_matters (graph,
                                      prof_profile_n_locations (profile));
  check_memory (prof_vec_u32_append (&graph->path, PROF_ID_NONE));
  prof_stack_walk_init (&walk, profile, sums);
  while (prof_stack_walk_next (&walk))
    {
      ProfLocationId location = walk.nodes[walk.node].location;

      if (!graph->matters[location])
        continue;
      if (walk.entering)
        enter_location (graph, location, sums->nodes[walk.node].total);
      else
        leave_location (graph);
    }
}

/* Makes room for the last call of each line; none was made yet. */
static void
begin_last_calls (CallGraph *graph)
{
  size_t n_locations = prof_profile_n_locations (
      prof_frames_profile (graph->frames));
  const ProfFrameId *last;
  size_t             n;
  size_t             n_lines;

  graph->first_line = prof_frames_of_location (graph->frames, 0, &n);
  last = prof_frames_of_location (graph->frames,
                                  (ProfLocationId)(n_locations - 1),
                                  &n);
  n_lines = (size_t)(last - graph->first_line) + n;
  graph->last_calls = g_new (LastCall, n_lines);
  memset (graph->last_calls, 0xff, n_lines * sizeof *graph->last_calls);
}

static bool *
find_inlines (const ProfFrames *frames)
{
  size_t n_locations = prof_profile_n_locations (prof_frames_profile (frames));
  bool  *inlines = g_new0 (bool, prof_frames_n (frames) + 1);

  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *of_location;

      of_location = prof_frames_of_location (frames, (ProfLocationId)l, &n);
      for (size_t f = 0; f + 1 < n; f++)
        inlines[of_location[f]] = true;
    }
  return inlines;
}

static int64_t
cutoff (int64_t sum, double fraction)
{
  double share = (double)sum * fraction;

  if (share < 0)
    share = -share;
  return share < 0x1p63 ? (int64_t)share : INT64_MAX;
}

/* Marks callees by their callers: all inlined, some, none. Calls below the
 * cutoff do not count. */
static void
mark_inlined (ProfTop *self, const CallGraph *graph, int64_t edge_cutoff)
{
  size_t              n_frames = prof_frames_n (self->frames);
  g_autofree uint8_t *seen = g_new0 (uint8_t, n_frames + 1);

  enum
  {
    INLINED = 1,
    CALLED = 2,
  };

  for (size_t c = 0; c < graph->calls.length; c++)
    {
      const Call *call = &graph->calls.data[c];

      if (prof_abs_u64 (call->weight) >= (uint64_t)edge_cutoff)
        seen[(uint32_t)call->key] |= call->inlined ? INLINED : CALLED;
    }
  for (size_t r = 0; r < self->n_rows; r++)
    switch (seen[self->rows[r].frame])
      {
      case INLINED:
        self->rows[r].inlined = PROF_INLINED_ALWAYS;
        break;
      case INLINED | CALLED:
        self->rows[r].inlined = PROF_INLINED_SOMETIMES;
        break;
      default:
        self->rows[r].inlined = PROF_INLINED_NEVER;
        break;
      }
}

static bool
any_row_inlines (const ProfTop *self, const bool *inlines)
{
  for (size_t r = 0; r < self->n_rows; r++)
    if (inlines[self->rows[r].frame])
      return true;
  return false;
}

static void
find_inlined (ProfTop             *self,
              const ProfStackSums *sums,
              const bool          *kept,
              int64_t              edge_cutoff)
{
  g_autofree bool *inlines = find_inlines (self->frames);
  CallGraph        graph = {
           .frames = self->frames,
           .kept = kept,
           .inlines = inlines,
  };

  if (!any_row_inlines (self, inlines))
    return;
  begin_last_calls (&graph);
  find_calls (&graph, sums);
  mark_inlined (self, &graph, edge_cutoff);
  calls_clear (&graph.calls);
  prof_vec_u32_clear (&graph.path);
  prof_vec_u32_clear (&graph.active);
  g_free (graph.last_calls);
  g_free (graph.slots);
  g_free (graph.matters);
}

static void
take_all_rows (ProfTop *self, const ProfStackSums *stacks)
{
  size_t                   n_frames = prof_frames_n (self->frames);
  g_autofree ProfGroupSum *sums = NULL;

  sums = prof_stack_sums_of_groups (stacks, self->frames, NULL, n_frames);
  self->rows = g_new0 (ProfTopRow, n_frames + 1);
  for (size_t f = 0; f < n_frames; f++)
    if (sums[f].flat != 0 || sums[f].cum != 0)
      {
        ProfTopRow *row = &self->rows[self->n_rows++];

        row->flat = sums[f].flat;
        row->cum = sums[f].cum;
        row->frame = (ProfFrameId)f;
      }
}

static int64_t
sum_of_flat (const ProfTop *self)
{
  int64_t sum = 0;

  for (size_t r = 0; r < self->n_rows; r++)
    sum = prof_add_i64 (sum, self->rows[r].flat);
  return sum;
}

/* Returns whether any row went. */
static bool
drop_rows (ProfTop *self, int64_t node_cutoff)
{
  size_t n = 0;

  for (size_t r = 0; r < self->n_rows; r++)
    if (prof_abs_u64 (self->rows[r].cum) >= (uint64_t)node_cutoff)
      self->rows[n++] = self->rows[r];
  self->n_dropped = self->n_rows - n;
  self->n_rows = n;
  return self->n_dropped > 0;
}

typedef struct
{
  const ProfFrames *frames;
  bool              by_cum;
} Order;

/* Two rows can have one name: unnamed code of two binaries with one base name,
 * or of two functions. */
static int
compare_records (const Order *order, ProfFrameId left, ProfFrameId right)
{
  g_autofree char *a = prof_frames_record (order->frames, left);
  g_autofree char *b = prof_frames_record (order->frames, right);

  return strcmp (a, b);
}

static int
compare_sizes (int64_t left, int64_t right)
{
  uint64_t a = prof_abs_u64 (left);
  uint64_t b = prof_abs_u64 (right);

  return a > b ? -1 : a < b;
}

static int
compare_rows (const void *a, const void *b, void *data)
{
  const Order      *order = data;
  const ProfTopRow *left = a;
  const ProfTopRow *right = b;
  int result = order->by_cum ? compare_sizes (left->cum, right->cum)
                             : compare_sizes (left->flat, right->flat);

  if (result != 0)
    return result;
  result = prof_frames_compare_names (order->frames, left->frame, right->frame);
  if (result != 0)
    return result;
  result = order->by_cum ? compare_sizes (left->flat, right->flat)
                         : compare_sizes (left->cum, right->cum);
  if (result != 0)
    return result;
  return compare_records (order, left->frame, right->frame);
}

static void
sort_rows (ProfTop *self, bool by_cum)
{
  Order order = { self->frames, by_cum };

  qsort_r (self->rows, self->n_rows, sizeof *self->rows, compare_rows, &order);
}

/* Which frames calls lead to and from: those of the rows, or every one as long
 * as nothing was cut. */
static bool *
find_kept (const ProfTop *self, bool was_cut)
{
  size_t n_frames = prof_frames_n (self->frames);
  bool  *kept = g_new (bool, n_frames + 1);

  memset (kept, !was_cut, n_frames + 1);
  for (size_t r = 0; r < self->n_rows; r++)
    kept[self->rows[r].frame] = true;
  return kept;
}

static void
compute (ProfTop *self, const ProfTopParams *params)
{
  g_autofree bool *kept = NULL;
  ProfStackSums    sums;
  int64_t          flat;
  bool             was_cut;

  prof_stack_sums_init (&sums, prof_frames_profile (self->frames), self->type);
  take_all_rows (self, &sums);
  flat = sum_of_flat (self);
  was_cut = drop_rows (self, cutoff (flat, params->node_fraction));
  self->n_before_count = self->n_rows;
  sort_rows (self, params->by_cum);
  if (params->node_count > 0 && params->node_count < self->n_rows)
    {
      self->n_rows = params->node_count;
      was_cut = true;
    }
  kept = find_kept (self, was_cut);
  find_inlined (self, &sums, kept, cutoff (flat, params->edge_fraction));
  prof_stack_sums_clear (&sums);
}

static bool
is_base_label (const ProfProfile *profile, const ProfLabel *label)
{
  return label->str != 0 &&
         strcmp (prof_profile_string (profile, label->str), "true") == 0 &&
         strcmp (prof_profile_string (profile, label->key), "pprof::base") == 0;
}

static bool
is_base_sample (const ProfProfile *profile, size_t sample)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);

  for (size_t l = 0; l < n; l++)
    if (is_base_label (profile, &labels[l]))
      return true;
  return false;
}

/* A comparison that pprof has saved: percentages are of what was before. */
static int64_t
base_total (const ProfProfile *profile, size_t type)
{
  size_t         n_types = prof_profile_n_types (profile);
  size_t         n_samples = prof_profile_n_samples (profile);
  const int64_t *values = prof_profile_sample_values (profile);
  int64_t        total = 0;

  for (size_t s = 0; s < n_samples; s++)
    if (is_base_sample (profile, s))
      {
        uint64_t value = prof_abs_u64 (values[s * n_types + type]);

        total = prof_add_i64 (total, (int64_t)MIN (value, INT64_MAX));
      }
  return total;
}

static int64_t
total_of (const ProfProfile *profile, size_t type)
{
  size_t  n_labels;
  int64_t base = 0;

  if (type >= prof_profile_n_types (profile))
    return 0;
  prof_profile_labels (profile, &n_labels);
  if (n_labels > 0)
    base = base_total (profile, type);
  return base > 0 ? base : prof_profile_total (profile, type);
}

ProfTop *
prof_top_new (ProfFrames *frames, size_t type, const ProfTopParams *params)
{
  static const ProfTopParams defaults = PROF_TOP_PARAMS_INIT;
  ProfTop                   *self = g_new0 (ProfTop, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->frames = prof_frames_ref (frames);
  self->type = type;
  self->total = total_of (prof_frames_profile (frames), type);
  compute (self, params != NULL ? params : &defaults);
  return self;
}

ProfTop *
prof_top_ref (ProfTop *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_top_unref (ProfTop *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->rows);
  prof_frames_unref (self->frames);
  g_free (self);
}

ProfFrames *
prof_top_frames (const ProfTop *self)
{
  return self->frames;
}

size_t
prof_top_type (const ProfTop *self)
{
  return self->type;
}

size_t
prof_top_n_rows (const ProfTop *self)
{
  return self->n_rows;
}

const ProfTopRow *
prof_top_rows (const ProfTop *self)
{
  return self->rows;
}

int64_t
prof_top_total (const ProfTop *self)
{
  return self->total;
}

size_t
prof_top_n_dropped (const ProfTop *self)
{
  return self->n_dropped;
}

size_t
prof_top_n_before_count (const ProfTop *self)
{
  return self->n_before_count;
}
