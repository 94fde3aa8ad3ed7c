/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-diff.h"

#include "analysis/prof-graph.h"
#include "base/prof-checked.h"
#include "base/prof-row-index.h"
#include "base/prof-unit.h"
#include "query/prof-subtract.h"
#include "query/prof-total.h"
#include <math.h>
#include <string.h>

PROF_VEC_DEFINE (VecRow, vec_row, ProfDiffRow)

typedef struct
{
  ProfFrames *frames; /* shared */
  size_t      type;
  int64_t     total;
  double      ratio; /* to the unit of the comparison */
} Side;

struct _ProfDiff
{
  gatomicrefcount ref_count;
  bool            mean;

  Side before;
  Side after;

  /* Owned */
  VecRow rows;
  char  *type;
  char  *unit;
};

/* --- rows --- */

static const Side *
side_of (const ProfDiff *self, const ProfDiffRow *row, ProfFrameId *frame)
{
  *frame = row->after != PROF_ID_NONE ? row->after : row->before;
  return row->after != PROF_ID_NONE ? &self->after : &self->before;
}

static uint64_t
hash_text (uint64_t key, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++)
    key = (key ^ (unsigned char)text[i]) * UINT64_C (0x100000001b3);
  return prof_row_index_mix (key, length);
}

static uint64_t
key_of (const ProfFrames *frames, ProfFrameId frame)
{
  const ProfFrameInfo *info = prof_frames_info (frames, frame);
  size_t               length;
  const char          *name = prof_frames_name_bytes (frames, frame, &length);
  uint64_t             key = hash_text (0, name, length);

  key = hash_text (key, info->binary, strlen (info->binary));
  key = hash_text (key, info->file, strlen (info->file));
  key = prof_row_index_mix (key, info->address);
  return prof_row_index_mix (key, (uint64_t)info->line);
}

static bool
is_same (const ProfFrames *left,
         ProfFrameId       a,
         const ProfFrames *right,
         ProfFrameId       b)
{
  const ProfFrameInfo *one = prof_frames_info (left, a);
  const ProfFrameInfo *other = prof_frames_info (right, b);
  size_t               length_a;
  size_t               length_b;
  const char          *name_a = prof_frames_name_bytes (left, a, &length_a);
  const char          *name_b = prof_frames_name_bytes (right, b, &length_b);

  return length_a == length_b && memcmp (name_a, name_b, length_a) == 0 &&
         one->address == other->address && one->line == other->line &&
         one->start_line == other->start_line &&
         strcmp (one->binary, other->binary) == 0 &&
         strcmp (one->file, other->file) == 0;
}

/* The frame's row, made when it is not there; NULL when memory is refused. */
static ProfDiffRow *
row_of (ProfDiff     *self,
        ProfRowIndex *index,
        const Side   *side,
        ProfFrameId   frame)
{
  uint64_t     key = key_of (side->frames, frame);
  ProfRowProbe probe = prof_row_index_probe (index, key);
  ProfDiffRow  empty = { .before = PROF_ID_NONE, .after = PROF_ID_NONE };
  uint32_t     row;

  while ((row = prof_row_index_next (index, &probe)) != PROF_ID_NONE)
    {
      ProfFrameId known;
      const Side *of = side_of (self, &self->rows.data[row], &known);

      if (is_same (of->frames, known, side->frames, frame))
        return &self->rows.data[row];
    }
  if (!prof_row_index_add (index, key) || !vec_row_append (&self->rows, empty))
    return NULL;
  return &self->rows.data[self->rows.length - 1];
}

static int64_t
scaled (int64_t value, double ratio)
{
  double product;

  if (ratio == 1)
    return value;
  product = round ((double)value * ratio);
  if (product >= 0x1p63)
    return INT64_MAX;
  return product < -0x1p63 ? INT64_MIN : (int64_t)product;
}

static void
take_before (ProfDiffRow *row, ProfFrameId frame, int64_t flat, int64_t cum)
{
  row->before = frame;
  row->flat_before = prof_add_i64 (row->flat_before, flat);
  row->cum_before = prof_add_i64 (row->cum_before, cum);
}

static void
take_after (ProfDiffRow *row, ProfFrameId frame, int64_t flat, int64_t cum)
{
  row->after = frame;
  row->flat_after = prof_add_i64 (row->flat_after, flat);
  row->cum_after = prof_add_i64 (row->cum_after, cum);
}

static bool
take_side (ProfDiff *self, ProfRowIndex *index, const Side *side)
{
  ProfGraphParams params = { .calls = PROF_GRAPH_NO_CALLS, .mean = self->mean };
  g_autoptr (ProfGraph) graph = prof_graph_new (side->frames,
                                                side->type,
                                                &params);
  const ProfGraphNode  *nodes = prof_graph_nodes (graph);

  for (size_t n = 0; n < prof_graph_n_nodes (graph); n++)
    {
      int64_t flat = scaled (prof_graph_node_flat (&nodes[n]), side->ratio);
      int64_t cum = scaled (prof_graph_node_cum (&nodes[n]), side->ratio);
      ProfDiffRow *row = row_of (self, index, side, nodes[n].frame);

      if (row == NULL)
        return false;
      if (side == &self->before)
        take_before (row, nodes[n].frame, flat, cum);
      else
        take_after (row, nodes[n].frame, flat, cum);
    }
  return true;
}

static int64_t
minus (int64_t a, int64_t b)
{
  int64_t difference;

  if (__builtin_sub_overflow (a, b, &difference))
    return a < 0 ? INT64_MIN : INT64_MAX;
  return difference;
}

static int
compare_sizes (uint64_t a, uint64_t b)
{
  if (a == b)
    return 0;
  return a > b ? -1 : 1;
}

static int
compare_names (const ProfDiff *self, const ProfDiffRow *a, const ProfDiffRow *b)
{
  ProfFrameId frame_a;
  ProfFrameId frame_b;
  const Side *side_a = side_of (self, a, &frame_a);
  const Side *side_b = side_of (self, b, &frame_b);
  size_t      n_a;
  size_t      n_b;
  const char *name_a = prof_frames_name_bytes (side_a->frames, frame_a, &n_a);
  const char *name_b = prof_frames_name_bytes (side_b->frames, frame_b, &n_b);
  int         order = memcmp (name_a, name_b, MIN (n_a, n_b));

  return order != 0 ? order : compare_sizes (n_b, n_a);
}

static uint64_t
larger_cum (const ProfDiffRow *row)
{
  return MAX (prof_abs_u64 (row->cum_before), prof_abs_u64 (row->cum_after));
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfDiffRow *left = a;
  const ProfDiffRow *right = b;
  int                order;

  order = compare_sizes (prof_abs_u64 (left->cum_delta),
                         prof_abs_u64 (right->cum_delta));
  if (order == 0)
    order = compare_sizes (prof_abs_u64 (left->flat_delta),
                           prof_abs_u64 (right->flat_delta));
  if (order == 0)
    order = compare_sizes (larger_cum (left), larger_cum (right));
  return order != 0 ? order : compare_names (data, left, right);
}

static bool
take_rows (ProfDiff *self)
{
  ProfRowIndex index = { 0 };
  bool         taken;

  taken = take_side (self, &index, &self->before) &&
          take_side (self, &index, &self->after);
  prof_row_index_clear (&index);
  for (size_t r = 0; r < self->rows.length; r++)
    {
      ProfDiffRow *row = &self->rows.data[r];

      row->flat_delta = minus (row->flat_after, row->flat_before);
      row->cum_delta = minus (row->cum_after, row->cum_before);
    }
  if (self->rows.length > 1)
    g_qsort_with_data (self->rows.data,
                       (int)self->rows.length,
                       sizeof *self->rows.data,
                       compare_rows,
                       self);
  return taken;
}

/* --- both sides --- */

static const char *
type_name (const Side *side)
{
  const ProfProfile *profile = prof_frames_profile (side->frames);

  if (side->type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_name (profile, side->type);
}

static const char *
type_unit (const Side *side)
{
  const ProfProfile *profile = prof_frames_profile (side->frames);

  if (side->type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_unit (profile, side->type);
}

static double
ratio_of (const char *from, const char *to)
{
  const char *unit;

  return prof_unit_scale (1, from, to, &unit);
}

static bool
align (ProfDiff *self, GError **error)
{
  const char *before = type_unit (&self->before);
  const char *after = type_unit (&self->after);

  if (strcmp (type_name (&self->before), type_name (&self->after)) != 0)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "“%s” cannot be compared with “%s” before",
                      type_name (&self->after),
                      type_name (&self->before));
  if (!prof_unit_is_convertible (before, after))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "%s is measured in “%s”, but was in “%s” before",
                      type_name (&self->after),
                      after,
                      before);
  self->type = g_strdup (type_name (&self->after));
  self->unit = g_strdup (ratio_of (before, after) < 1 ? before : after);
  self->before.ratio = ratio_of (before, self->unit);
  self->after.ratio = ratio_of (after, self->unit);
  self->before.total = scaled (self->before.total, self->before.ratio);
  self->after.total = scaled (self->after.total, self->after.ratio);
  return true;
}

/* Takes over the frames of both sides. */
static ProfDiff *
compare (Side          before,
         Side          after,
         bool          mean,
         ProfProgress *progress,
         GError      **error)
{
  g_autoptr (ProfDiff) self = g_new0 (ProfDiff, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->before = before;
  self->after = after;
  self->mean = mean;
  if (!align (self, error) || !prof_progress_step (progress, -1, error))
    return NULL;
  if (!take_rows (self))
    return prof_fail_null (error,
                           PROF_ERROR_TOO_LARGE,
                           "the comparison does not fit into memory");
  return g_steal_pointer (&self);
}

static const ProfQueryFields *
fields_of (const ProfAnswer *answer)
{
  return prof_query_fields (prof_answer_query (answer));
}

static Side
side_for (ProfAnswer *answer)
{
  return (Side){
    .frames = prof_frames_new_for (answer, false),
    .type = prof_answer_type (answer),
    .total = prof_answer_total (answer),
  };
}

ProfDiff *
prof_diff_new (ProfAnswer   *before,
               ProfAnswer   *after,
               ProfProgress *progress,
               GError      **error)
{
  return compare (side_for (before),
                  side_for (after),
                  fields_of (after)->mean,
                  progress,
                  error);
}

/* One half of what an answer is about. */
static Side
half_for (const ProfAnswer *answer, ProfProfile *half, int64_t total)
{
  const ProfQueryFields *fields = fields_of (answer);
  const ProfFramesParams params = {
    .granularity = fields->granularity,
    .noinlines = fields->noinlines,
    .trim_path = fields->trim_path,
    .source_path = fields->source_path,
  };
  size_t type = prof_answer_type (answer);

  return (Side){
    .frames = prof_frames_new_with (half, type, &params),
    .type = type,
    .total = total,
  };
}

/* Totals are those before filters, unless shares are to be relative. */
static bool
totals_of (const ProfAnswer *answer,
           int64_t          *before,
           int64_t          *after,
           GError          **error)
{
  const ProfQueryFields  *fields = fields_of (answer);
  size_t                  type = prof_answer_type (answer);
  g_autoptr (ProfProfile) old = NULL;
  g_autoptr (ProfProfile) new = NULL;

  if (!prof_split (fields->relative_percentages ? prof_answer_profile (answer)
                                                : prof_answer_source (answer),
                   &old,
                   &new,
                   error))
    return false;
  *before = prof_total (old, type, fields->mean);
  *after = prof_total (new, type, fields->mean);
  return true;
}

ProfDiff *
prof_diff_new_for (ProfAnswer *answer, ProfProgress *progress, GError **error)
{
  g_autoptr (ProfProfile) before = NULL;
  g_autoptr (ProfProfile) after = NULL;
  int64_t                 total_before;
  int64_t                 total_after;

  if (!totals_of (answer, &total_before, &total_after, error) ||
      !prof_split (prof_answer_profile (answer), &before, &after, error))
    return NULL;
  return compare (half_for (answer, before, total_before),
                  half_for (answer, after, total_after),
                  fields_of (answer)->mean,
                  progress,
                  error);
}

ProfDiff *
prof_diff_ref (ProfDiff *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_diff_unref (ProfDiff *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_frames_unref (self->before.frames);
  prof_frames_unref (self->after.frames);
  vec_row_clear (&self->rows);
  g_free (self->type);
  g_free (self->unit);
  g_free (self);
}

/* --- what it says --- */

size_t
prof_diff_n_rows (const ProfDiff *self)
{
  return self->rows.length;
}

const ProfDiffRow *
prof_diff_rows (const ProfDiff *self)
{
  return self->rows.data;
}

const char *
prof_diff_name (const ProfDiff *self, size_t row, size_t *length)
{
  ProfFrameId frame;
  const Side *side = side_of (self, &self->rows.data[row], &frame);

  return prof_frames_name_bytes (side->frames, frame, length);
}

ProfFrames *
prof_diff_before (const ProfDiff *self)
{
  return self->before.frames;
}

ProfFrames *
prof_diff_after (const ProfDiff *self)
{
  return self->after.frames;
}

int64_t
prof_diff_total_before (const ProfDiff *self)
{
  return self->before.total;
}

int64_t
prof_diff_total_after (const ProfDiff *self)
{
  return self->after.total;
}

const char *
prof_diff_type (const ProfDiff *self)
{
  return self->type;
}

const char *
prof_diff_unit (const ProfDiff *self)
{
  return self->unit;
}

static double
share (int64_t value, int64_t total)
{
  return total == 0 ? 0 : (double)value / (double)total;
}

double
prof_diff_growth (const ProfDiff *self, size_t row)
{
  const ProfDiffRow *of = &self->rows.data[row];

  return share (of->cum_after, self->after.total) -
         share (of->cum_before, self->before.total);
}
