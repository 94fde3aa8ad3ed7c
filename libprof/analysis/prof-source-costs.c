/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-source-costs.h"

#include "analysis/prof-stack-rows.h"
#include "base/prof-block.h"
#include "base/prof-checked.h"
#include "base/prof-hash.h"
#include <string.h>

/* For each location it is known before the pass over rows which costs it counts
 * for, so that the pass does no look-up. A cost that was counted for a row counts
 * no more until the row behind its last descendant.
 *
 * A line of a location that is of the function begins a chain: the line itself,
 * and the lines before it, which were inlined into it. */

/* Frames of paths that are kept, of all costs together. */
#define MAX_PATH_FRAMES (1u << 20)

struct _ProfSourceCosts
{
  /* Owned */
  GArray *costs; /* ProfSourceCost */
  GArray *paths; /* ProfFrameId */
};

/* What a cost is while it is counted. */
typedef struct
{
  ProfSourceCost cost;
  uint32_t       parent; /* the cost it was inlined into, or PROF_ID_NONE */
  uint32_t       until;  /* row behind which it counts again */
  uint32_t       row;    /* the heaviest */
  uint64_t       weight; /* of that */
  size_t         index;  /* of its frame, among the frames of that location */
} Seed;

typedef struct
{
  uint32_t     parent;
  ProfFrameId  frame;
  ProfStringId file;
  int64_t      line;
} Key;

/* A seed that a location counts for. */
typedef struct
{
  uint32_t seed;
  uint32_t index;        /* of the frame, innermost first */
  bool     is_innermost; /* samples end on it */
} Count;

typedef struct
{
  ProfProfile   *profile;
  ProfFrameLists lists;
  ProfFrameId    frame;

  GHashTable *known; /* Key → seed + 1 */
  GArray     *seeds;
  GArray     *counts; /* Count */
  uint32_t   *first;  /* of each location, and one more, into counts */
} Counter;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return key->parent * 31u + key->frame * 17u + key->file * 7u +
         prof_hash_int64 (&key->line);
}

static gboolean
keys_are_alike (gconstpointer a, gconstpointer b)
{
  const Key *left = a;
  const Key *right = b;

  return left->parent == right->parent && left->frame == right->frame &&
         left->file == right->file && left->line == right->line;
}

static Seed *
seed_at (const Counter *self, uint32_t index)
{
  return &g_array_index (self->seeds, Seed, index);
}

static uint32_t
seed_of (Counter *self, Key key)
{
  gpointer known = g_hash_table_lookup (self->known, &key);
  Seed     seed = { .parent = key.parent };

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  seed.cost.frame = key.frame;
  seed.cost.file = key.file;
  seed.cost.line = key.line;
  if (key.parent != PROF_ID_NONE)
    seed.cost.level = seed_at (self, key.parent)->cost.level + 1;
  g_array_append_val (self->seeds, seed);
  g_hash_table_insert (self->known,
                       g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (self->seeds->len));
  return self->seeds->len - 1;
}

/* The line of a location that is its frame @index: there is one for each, or,
 * without inlined ones, the last is the only one's. */
static const ProfLine *
line_of (const Counter *self, ProfLocationId id, size_t n, size_t index)
{
  const ProfLocation *location = &prof_profile_locations (self->profile)[id];

  return &prof_profile_lines (
      self->profile)[location->first_line + location->n_lines - n + index];
}

/* The chain that begins at frame @start of a location. */
static void
add_chain (Counter           *self,
           ProfLocationId     id,
           const ProfFrameId *frames,
           size_t             n,
           size_t             start)
{
  const ProfFunction *functions = prof_profile_functions (self->profile);
  uint32_t            parent = PROF_ID_NONE;
  size_t              levels = MIN (start, PROF_SOURCE_MAX_LEVELS);

  for (size_t f = start + 1; f-- > start - levels;)
    {
      const ProfLine *line = line_of (self, id, n, f);
      Count           count = { .index = (uint32_t)f, .is_innermost = f == 0 };

      parent = seed_of (self,
                        (Key){ parent,
                               frames[f],
                               functions[line->function].filename,
                               line->line });
      count.seed = parent;
      g_array_append_val (self->counts, count);
    }
}

static void
find_counts (Counter *self, size_t n_locations)
{
  const ProfLocation *locations = prof_profile_locations (self->profile);

  for (size_t id = 0; id < n_locations; id++)
    {
      size_t             n;
      const ProfFrameId *frames = prof_frame_list (&self->lists,
                                                   (ProfLocationId)id,
                                                   &n);

      self->first[id] = self->counts->len;
      for (size_t f = 0; f < n && n <= locations[id].n_lines; f++)
        if (frames[f] == self->frame)
          add_chain (self, (ProfLocationId)id, frames, n, f);
    }
  self->first[n_locations] = self->counts->len;
}

static uint64_t
weight_of (const ProfStackRows *rows, uint32_t row)
{
  return rows->weight != NULL ? rows->weight[row]
                              : prof_abs_u64 (rows->rows[row].total);
}

/* What ended at a row: its total without its children's. */
static int64_t
own_of (const ProfStackRows *rows, uint32_t row)
{
  uint32_t end = row + rows->rows[row].size;
  int64_t  own = rows->rows[row].total;

  for (uint32_t child = row + 1; child < end; child += rows->rows[child].size)
    own = prof_add_i64 (own, -rows->rows[child].total);
  return own;
}

static void
count_row (Counter *self, const ProfStackRows *rows, uint32_t row)
{
  const ProfStackRow *at = &rows->rows[row];
  uint64_t            weight = weight_of (rows, row);
  int64_t             own = own_of (rows, row);

  for (uint32_t c = self->first[at->location];
       c < self->first[at->location + 1];
       c++)
    {
      const Count *count = &g_array_index (self->counts, Count, c);
      Seed        *seed = seed_at (self, count->seed);

      if (count->is_innermost)
        seed->cost.flat = prof_add_i64 (seed->cost.flat, own);
      if (weight > seed->weight)
        {
          seed->weight = weight;
          seed->row = row;
          seed->index = count->index;
        }
      if (seed->until > row)
        continue;
      seed->until = row + at->size;
      seed->cost.cum = prof_add_i64 (seed->cost.cum, at->total);
    }
}

static void
count_rows (Counter *self, const ProfStackRows *rows)
{
  for (uint32_t row = 1; row < rows->n; row++)
    {
      ProfLocationId location = rows->rows[row].location;

      if (prof_stack_rows_is_zero (rows, row))
        row += rows->rows[row].size - 1;
      else if (self->first[location] < self->first[location + 1])
        count_row (self, rows, row);
    }
}

/* --- Paths --- */

static void
append_location (const Counter *self,
                 GArray        *path,
                 ProfLocationId location,
                 size_t         from)
{
  size_t             n;
  const ProfFrameId *frames = prof_frame_list (&self->lists, location, &n);

  for (size_t f = n; f-- > from;)
    g_array_append_val (path, frames[f]);
}

/* Seeds by their heaviest rows, so that one pass keeps all their paths. */
static int
compare_heaviest (gconstpointer a, gconstpointer b)
{
  const Seed *left = *(Seed *const *)a;
  const Seed *right = *(Seed *const *)b;

  return (left->row > right->row) - (left->row < right->row);
}

static GPtrArray *
seeds_by_row (const Counter *self)
{
  GPtrArray *order = g_ptr_array_new ();

  for (uint32_t s = 0; s < self->seeds->len; s++)
    if (seed_at (self, s)->row != 0)
      g_ptr_array_add (order, seed_at (self, s));
  g_ptr_array_sort (order, compare_heaviest);
  return order;
}

/* @above: rows on the path */
static void
keep_path (const Counter       *self,
           const ProfStackRows *rows,
           const GArray        *above,
           Seed                *seed,
           GArray              *paths)
{
  seed->cost.first = paths->len;
  for (guint a = 0; a < above->len && paths->len <= MAX_PATH_FRAMES; a++)
    append_location (self,
                     paths,
                     rows->rows[g_array_index (above, uint32_t, a)].location,
                     0);
  append_location (self, paths, rows->rows[seed->row].location, seed->index);
  seed->cost.n_frames = paths->len - seed->cost.first;
  if (paths->len <= MAX_PATH_FRAMES)
    return;
  g_array_set_size (paths, (guint)seed->cost.first);
  seed->cost.n_frames = 0;
}

static void
keep_paths (const Counter *self, const ProfStackRows *rows, GArray *paths)
{
  g_autoptr (GPtrArray) order = seeds_by_row (self);
  g_autoptr (GArray)    above = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  uint32_t              row = 1;

  for (guint next = 0; next < order->len;)
    {
      Seed    *seed = order->pdata[next];
      uint32_t end = row + rows->rows[row].size;

      while (above->len > 0)
        {
          uint32_t last = g_array_index (above, uint32_t, above->len - 1);

          if (row < last + rows->rows[last].size)
            break;
          g_array_set_size (above, above->len - 1);
        }
      if (row == seed->row)
        {
          keep_path (self, rows, above, seed, paths);
          next++;
        }
      else if (end <= seed->row)
        row = end;
      else
        {
          g_array_append_val (above, row);
          row++;
        }
    }
}

/* --- Order --- */

typedef struct
{
  const Seed *seed;
  uint32_t    index;
} Ranked;

static int
compare (const void *a, const void *b)
{
  const Seed *left = ((const Ranked *)a)->seed;
  const Seed *right = ((const Ranked *)b)->seed;
  uint64_t    l = prof_abs_u64 (left->cost.cum);
  uint64_t    r = prof_abs_u64 (right->cost.cum);

  /* The roots, whose parent is the largest number, come last. */
  if (left->parent != right->parent)
    return left->parent < right->parent ? -1 : 1;
  if (left->parent != PROF_ID_NONE && l != r)
    return l > r ? -1 : 1;
  if (left->cost.file != right->cost.file)
    return left->cost.file < right->cost.file ? -1 : 1;
  if (left->cost.line != right->cost.line)
    return left->cost.line < right->cost.line ? -1 : 1;
  return (left->cost.frame > right->cost.frame) -
         (left->cost.frame < right->cost.frame);
}

/* Where the children of each seed begin among those that are ranked; the roots'
 * are the last entry but one. */
static uint32_t *
first_children (const Ranked *ranked, size_t n)
{
  uint32_t *first = g_new0 (uint32_t, n + 2);

  for (size_t i = 0; i < n; i++)
    {
      uint32_t parent = ranked[i].seed->parent;

      first[(parent == PROF_ID_NONE ? n : parent) + 1]++;
    }
  for (size_t i = 0; i <= n; i++)
    first[i + 1] += first[i];
  return first;
}

/* Children before what follows their parent; parents are fewer than levels. */
static void
lay (const Counter *self, GArray *costs)
{
  size_t               n = self->seeds->len;
  g_autofree Ranked   *ranked = g_new (Ranked, n + 1);
  g_autofree uint32_t *first = NULL;
  uint32_t             at[PROF_SOURCE_MAX_LEVELS + 2];
  uint32_t             end[PROF_SOURCE_MAX_LEVELS + 2];
  size_t               level = 0;

  for (uint32_t i = 0; i < n; i++)
    ranked[i] = (Ranked){ seed_at (self, i), i };
  qsort (ranked, n, sizeof *ranked, compare);
  first = first_children (ranked, n);
  at[0] = first[n];
  end[0] = first[n + 1];
  for (;;)
    {
      const Ranked *next;

      if (at[level] == end[level])
        {
          if (level == 0)
            return;
          level--;
          continue;
        }
      next = &ranked[at[level]++];
      if (next->seed->cost.flat == 0 && next->seed->cost.cum == 0)
        continue;
      g_array_append_val (costs, next->seed->cost);
      level++;
      at[level] = first[next->index];
      end[level] = first[next->index + 1];
    }
}

static void
count (Counter *self, size_t type, ProfSourceCosts *costs)
{
  ProfStackRows rows;

  prof_stack_rows_init (&rows, self->profile, type);
  count_rows (self, &rows);
  keep_paths (self, &rows, costs->paths);
  lay (self, costs->costs);
  prof_stack_rows_clear (&rows);
}

ProfSourceCosts *
prof_source_costs_new (ProfFrames *frames, size_t type, ProfFrameId frame)
{
  ProfProfile           *profile = prof_frames_profile (frames);
  size_t                 n_locations = prof_profile_n_locations (profile);
  g_autofree uint32_t   *first = prof_block_new (uint32_t, n_locations + 1);
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GArray)     seeds = g_array_new (FALSE, FALSE, sizeof (Seed));
  g_autoptr (GArray)     counts = g_array_new (FALSE, FALSE, sizeof (Count));
  ProfSourceCosts       *self = g_new0 (ProfSourceCosts, 1);
  Counter                counter = { 0 };

  known = g_hash_table_new_full (hash_key, keys_are_alike, g_free, NULL);
  counter.profile = profile;
  counter.lists = prof_frames_lists (frames);
  counter.frame = frame;
  counter.known = known;
  counter.seeds = seeds;
  counter.counts = counts;
  counter.first = first;
  self->costs = g_array_new (FALSE, FALSE, sizeof (ProfSourceCost));
  self->paths = g_array_new (FALSE, FALSE, sizeof (ProfFrameId));
  find_counts (&counter, n_locations);
  if (type < prof_profile_n_types (profile) && seeds->len > 0)
    count (&counter, type, self);
  return self;
}

void
prof_source_costs_free (ProfSourceCosts *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->costs);
  g_array_unref (self->paths);
  g_free (self);
}

const ProfSourceCost *
prof_source_costs_get (const ProfSourceCosts *self, size_t *n)
{
  *n = self->costs->len;
  return (const ProfSourceCost *)(const void *)self->costs->data;
}

const ProfFrameId *
prof_source_costs_path (const ProfSourceCosts *self,
                        const ProfSourceCost  *cost,
                        size_t                *n)
{
  *n = cost->n_frames;
  return &g_array_index (self->paths, ProfFrameId, cost->first);
}
