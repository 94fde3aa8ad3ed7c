/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-result.h"

#include <string.h>

/* The share of all of which what is less is not divided in a sketch: a fortieth of a
 * pixel where all of it is in view. */
#define SKETCH_LEAST (1.0 / 65536)

/* Nodes of a tree from which on it is freed by a thread of its own. */
#define LARGE 100000

/* The lowest value there is has no other side. */
static int64_t
size_of (int64_t value)
{
  return ABS (MAX (value, -INT64_MAX));
}

static void
find_largest (ViewerResult *self)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);

  for (size_t i = 1; i < prof_tree_n_nodes (self->tree); i++)
    {
      self->largest_total = MAX (self->largest_total, size_of (nodes[i].total));
      if ((nodes[i].flags & PROF_NODE_CLOSED) == 0)
        self->largest_self = MAX (self->largest_self, size_of (nodes[i].self));
    }
}

/* Counting sort of the nodes by their frame. */
static void
index_nodes (ViewerResult *self)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  size_t          n_nodes = prof_tree_n_nodes (self->tree);
  size_t          n_frames = prof_frames_n (self->frames);

  self->first_node = g_atomic_rc_box_alloc0 ((n_frames + 1) *
                                             sizeof *self->first_node);
  self->nodes_by_frame = g_atomic_rc_box_alloc (n_nodes *
                                                sizeof *self->nodes_by_frame);
  for (size_t i = 1; i < n_nodes; i++)
    self->first_node[nodes[i].frame + 1]++;
  for (size_t i = 0; i < n_frames; i++)
    self->first_node[i + 1] += self->first_node[i];

  g_autofree size_t *next = g_new (size_t, n_frames + 1);
  memcpy (next, self->first_node, (n_frames + 1) * sizeof *next);
  for (size_t i = 1; i < n_nodes; i++)
    self->nodes_by_frame[next[nodes[i].frame]++] = (ProfNodeId)i;
}

static void
index_rows (ViewerResult *self)
{
  size_t n_frames = prof_frames_n (self->frames);

  self->row_by_frame = g_atomic_rc_box_alloc ((n_frames + 1) *
                                              sizeof *self->row_by_frame);
  for (size_t i = 0; i < n_frames; i++)
    self->row_by_frame[i] = PROF_ID_NONE;
  for (size_t i = 0; i < self->n_rows; i++)
    self->row_by_frame[self->rows[i].frame] = (uint32_t)i;
}

/* Those of the top table, or of the comparison. */
static void
lend_rows (ViewerResult *self)
{
  if (self->change_rows != NULL)
    {
      self->rows = (const ProfTopRow *)(gpointer)self->change_rows->data;
      self->n_rows = self->change_rows->len;
      return;
    }
  self->rows = prof_top_rows (self->top);
  self->n_rows = prof_top_n_rows (self->top);
}

/* Comparison */

static int
by_falling_flat (gconstpointer a, gconstpointer b)
{
  int64_t left = ABS (((const ProfTopRow *)a)->flat);
  int64_t right = ABS (((const ProfTopRow *)b)->flat);

  return (left < right) - (left > right);
}

/* The rows of the top table lack what has not changed, but know what is inlined. */
static void
mark_inlined (ViewerResult *self)
{
  const ProfTopRow       *rows = prof_top_rows (self->top);
  g_autofree ProfInlined *inlined = g_new0 (ProfInlined,
                                            prof_frames_n (self->frames) + 1);

  for (size_t i = 0; i < prof_top_n_rows (self->top); i++)
    inlined[rows[i].frame] = rows[i].inlined;
  for (guint i = 0; i < self->change_rows->len; i++)
    {
      ProfTopRow *row = &g_array_index (self->change_rows, ProfTopRow, i);

      row->inlined = inlined[row->frame];
    }
}

static void
take_change (ViewerResult *self, const ProfDiffRow *row)
{
  /* Both halves have the tables of the whole, and so its frames. */
  ProfFrameId frame = row->after != PROF_ID_NONE ? row->after : row->before;
  ProfTopRow  top = {
     .flat = row->flat_delta,
     .cum = row->cum_delta,
     .frame = frame,
  };

  if (row->cum_before == 0 && row->cum_after == 0 && row->flat_before == 0 &&
      row->flat_after == 0)
    return;
  g_array_index (self->changes, ProfChange, frame) = (ProfChange){
    .self_before = row->flat_before,
    .self_now = row->flat_after,
    .total_before = row->cum_before,
    .total_now = row->cum_after,
  };
  g_array_append_val (self->change_rows, top);
}

static bool
compare (ViewerResult *self, ProfProgress *progress, GError **error)
{
  g_autoptr (ProfDiff) diff = prof_diff_new_for (self->answer, progress, error);

  if (diff == NULL)
    return false;
  self->all.total_before = prof_diff_total_before (diff);
  self->all.total_now = prof_diff_total_after (diff);
  self->changes = g_array_new (FALSE, TRUE, sizeof (ProfChange));
  g_array_set_size (self->changes, (guint)prof_frames_n (self->frames));
  self->change_rows = g_array_new (FALSE, FALSE, sizeof (ProfTopRow));
  for (size_t i = 0; i < prof_diff_n_rows (diff); i++)
    take_change (self, &prof_diff_rows (diff)[i]);
  /* Equals stay in the comparison's own order. */
  g_array_sort (self->change_rows, by_falling_flat);
  mark_inlined (self);
  return true;
}

static void
share_comparison (ViewerResult *self, const ViewerResult *from)
{
  self->all = from->all;
  if (from->changes == NULL)
    return;
  self->changes = g_array_ref (from->changes);
  self->change_rows = g_array_ref (from->change_rows);
}

static void
make_palettes (ViewerResult *self, const ProfColoring *coloring)
{
  for (int theme = 0; theme < 2; theme++)
    self->palettes[theme] = prof_palette_new_with (self->frames,
                                                   (ProfTheme)theme,
                                                   coloring);
}

/* (transfer full): as labels take it; bytes of a file may be anything. */
static char *
unit_of (const ProfProfile *profile, size_t type)
{
  char *unit;

  if (type >= prof_profile_n_types (profile))
    return g_strdup ("count");
  unit = prof_upright (prof_profile_type_unit (profile, type), -1);
  return g_strdelimit (unit, "\n\r\t", ' ');
}

static int
compare_keys (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Keys that can be chosen from a menu, in order of their names. */
static char **
find_label_keys (const ProfProfile *profile)
{
  size_t                   n;
  const ProfLabel         *labels = prof_profile_labels (profile, &n);
  g_autofree bool         *seen = NULL;
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();
  char                   **sorted;

  seen = g_new0 (bool, prof_profile_n_strings (profile) + 1);
  for (size_t i = 0; i < n; i++)
    {
      const char *key;
      size_t      length;

      if (seen[labels[i].key])
        continue;
      seen[labels[i].key] = true;
      key = prof_profile_string_bytes (profile, labels[i].key, &length);
      if (length > 0 && g_utf8_validate_len (key, length, NULL) &&
          strchr (key, ',') == NULL && strcmp (key, "pprof::base") != 0)
        g_strv_builder_add (keys, key);
    }
  sorted = g_strv_builder_end (keys);
  qsort (sorted, g_strv_length (sorted), sizeof *sorted, compare_keys);
  return sorted;
}

/* A result that shares all but the index and the colours. */
static ViewerResult *
sharing (ViewerQuestion *question, ProfAnswer *answer, ProfTree *tree)
{
  ViewerResult *self = g_new0 (ViewerResult, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->question = viewer_question_ref (question);
  self->answer = prof_answer_ref (answer);
  self->profile = prof_profile_ref (prof_answer_profile (answer));
  self->tree = prof_tree_ref (tree);
  self->frames = prof_frames_ref (prof_tree_frames (tree));
  self->type = prof_answer_type (answer);
  self->unit = unit_of (self->profile, self->type);
  self->total = prof_answer_total (answer);
  return self;
}

/* Which side a comparison weighs means nothing without one. */
static ProfTreeFlags
flags_for (const ViewerQuestion *question, bool compared)
{
  unsigned flags = question->flags;

  if (compared)
    return (ProfTreeFlags)(flags | PROF_TREE_COMPARED);
  return (ProfTreeFlags)(flags & ~(unsigned)(PROF_TREE_WEIGHS_BEFORE |
                                             PROF_TREE_WEIGHS_NOW));
}

static guint64
next_serial (void)
{
  static guint last; /* atomic */

  return (guint64)g_atomic_int_add (&last, 1) + 1;
}

static ProfTree *
grow (const ViewerQuestion *question,
      ProfAnswer           *answer,
      bool                  compared,
      size_t                sketch_from,
      ProfProgress         *progress,
      GError              **error)
{
  ProfProfile *profile = prof_answer_profile (answer);
  bool         is_large = prof_profile_n_stacks (profile) >= sketch_from;

  return prof_tree_new_wide (answer,
                             flags_for (question, compared),
                             is_large ? SKETCH_LEAST : 0,
                             progress,
                             error);
}

/* What is inlined takes longer to find out than all else of a sketch. */
static ProfTop *
make_top (const ViewerResult *self)
{
  ProfTopParams params = PROF_TOP_PARAMS_ALL;

  params.mean = prof_query_fields (self->question->query)->mean;
  params.unmarked = !prof_tree_is_whole (self->tree);
  return prof_top_new (self->frames, self->type, &params);
}

ViewerResult *
viewer_result_new (ProfProfile        *profile,
                   ViewerQuestion     *question,
                   const ProfColoring *coloring,
                   size_t              sketch_from,
                   ProfProgress       *progress,
                   GError            **error)
{
  bool                     compared = prof_has_base (profile);
  const ProfColoring       plain = { .scheme = compared ? PROF_SCHEME_DIFF
                                                        : PROF_SCHEME_PACKAGES };
  g_autoptr (ProfTree)     tree = NULL;
  g_autoptr (ViewerResult) self = NULL;
  g_autoptr (ProfAnswer)   answer = prof_answer_new (profile,
                                                   question->query,
                                                   progress,
                                                   error);

  if (answer != NULL)
    tree = grow (question, answer, compared, sketch_from, progress, error);
  if (tree == NULL)
    return NULL;
  self = sharing (question, answer, tree);
  self->serial = next_serial ();
  self->top = make_top (self);
  self->shown = prof_top_total (self->top);
  if (compared && !compare (self, progress, error))
    return NULL;
  lend_rows (self);
  self->label_keys = find_label_keys (profile);
  find_largest (self);
  index_nodes (self);
  index_rows (self);
  make_palettes (self, coloring != NULL ? coloring : &plain);
  return g_steal_pointer (&self);
}

/* All but what is of the tree, and colours. */
static ViewerResult *
copy_with (const ViewerResult *self, ProfTree *tree, ProfTop *top)
{
  ViewerResult *copy = sharing (self->question, self->answer, tree);

  copy->serial = self->serial;
  copy->top = prof_top_ref (top);
  copy->shown = self->shown;
  share_comparison (copy, self);
  lend_rows (copy);
  return copy;
}

static void
share_palettes (ViewerResult *self, const ViewerResult *from)
{
  for (int theme = 0; theme < 2; theme++)
    self->palettes[theme] = prof_palette_ref (from->palettes[theme]);
}

static gpointer
run_top (gpointer data)
{
  const ViewerResult *sketch = data;
  ProfTopParams       params = PROF_TOP_PARAMS_ALL;

  params.mean = prof_query_fields (sketch->question->query)->mean;
  return prof_top_new (sketch->frames, sketch->type, &params);
}

/* (transfer full): with the tree, beside it the table with its marks. */
static ProfTree *
grow_whole (const ViewerResult *sketch,
            ProfProgress       *progress,
            ProfTop           **top,
            GError            **error)
{
  GThread  *thread = g_thread_try_new ("top", run_top, (gpointer)sketch, NULL);
  ProfTree *tree = prof_tree_new_whole (sketch->tree, progress, error);

  *top = thread != NULL ? g_thread_join (thread) : run_top ((gpointer)sketch);
  return tree;
}

ViewerResult *
viewer_result_completed (const ViewerResult *sketch,
                         ProfProgress       *progress,
                         GError            **error)
{
  g_autoptr (ProfTop)  top = NULL;
  g_autoptr (ProfTree) tree = grow_whole (sketch, progress, &top, error);
  ViewerResult        *self;

  if (tree == NULL)
    return NULL;
  self = copy_with (sketch, tree, top);
  self->serial = next_serial ();
  self->label_keys = g_strdupv (sketch->label_keys);
  /* Marks are in no order. */
  self->row_by_frame = g_atomic_rc_box_acquire (sketch->row_by_frame);
  find_largest (self);
  index_nodes (self);
  share_palettes (self, sketch);
  return self;
}

ViewerResult *
viewer_result_recolored (const ViewerResult *self, const ProfColoring *coloring)
{
  ViewerResult *copy = copy_with (self, self->tree, self->top);

  copy->largest_total = self->largest_total;
  copy->largest_self = self->largest_self;
  copy->label_keys = g_strdupv (self->label_keys);
  copy->first_node = g_atomic_rc_box_acquire (self->first_node);
  copy->nodes_by_frame = g_atomic_rc_box_acquire (self->nodes_by_frame);
  copy->row_by_frame = g_atomic_rc_box_acquire (self->row_by_frame);
  make_palettes (copy, coloring);
  return copy;
}

ViewerResult *
viewer_result_with_tree (const ViewerResult *self, ProfTree *tree)
{
  ViewerResult *copy = copy_with (self, tree, self->top);

  share_palettes (copy, self);
  return copy;
}

ViewerResult *
viewer_result_ref (ViewerResult *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
release_index (gpointer index)
{
  if (index != NULL)
    g_atomic_rc_box_release (index);
}

static gpointer
free_result (gpointer data)
{
  ViewerResult *self = data;

  release_index (self->first_node);
  release_index (self->nodes_by_frame);
  release_index (self->row_by_frame);
  g_strfreev (self->label_keys);
  g_free (self->unit);
  g_clear_pointer (&self->changes, g_array_unref);
  g_clear_pointer (&self->change_rows, g_array_unref);
  prof_palette_unref (self->palettes[PROF_THEME_LIGHT]);
  prof_palette_unref (self->palettes[PROF_THEME_DARK]);
  prof_top_unref (self->top);
  prof_tree_unref (self->tree);
  prof_frames_unref (self->frames);
  prof_profile_unref (self->profile);
  prof_answer_unref (self->answer);
  viewer_question_unref (self->question);
  g_free (self);
  return NULL;
}

/* Giving hundreds of megabytes back to the system takes it a tenth of a second, in
 * which a window would not move: a thread does it, of which nobody waits for the
 * end. */
void
viewer_result_unref (ViewerResult *self)
{
  GThread *thread = NULL;

  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (prof_tree_n_nodes (self->tree) >= LARGE)
    thread = g_thread_try_new ("free", free_result, self, NULL);
  if (thread != NULL)
    g_thread_unref (thread);
  else
    free_result (self);
}

const ProfNodeId *
viewer_result_nodes (const ViewerResult *self, ProfFrameId frame, size_t *n)
{
  *n = self->first_node[frame + 1] - self->first_node[frame];
  return self->nodes_by_frame + self->first_node[frame];
}

ProfNodeId
viewer_result_heaviest (const ViewerResult *self, ProfFrameId frame)
{
  size_t            n;
  const ProfNodeId *ids = viewer_result_nodes (self, frame, &n);
  ProfNodeId        best = PROF_ID_NONE;

  for (size_t i = 0; i < n; i++)
    if (best == PROF_ID_NONE || prof_tree_weight (self->tree, ids[i]) >
                                    prof_tree_weight (self->tree, best))
      best = ids[i];
  return best;
}

const ProfTopRow *
viewer_result_row (const ViewerResult *self, ProfFrameId frame)
{
  uint32_t row = self->row_by_frame[frame];

  return row == PROF_ID_NONE ? NULL : &self->rows[row];
}

const ProfChange *
viewer_result_change (const ViewerResult *self, ProfFrameId frame)
{
  return self->changes != NULL
             ? &g_array_index (self->changes, ProfChange, frame)
             : NULL;
}

const ProfChange *
viewer_result_node_change (const ViewerResult *self, ProfNodeId node)
{
  const ProfChange *changes = prof_tree_changes (self->tree);

  return changes != NULL ? &changes[node] : NULL;
}

int
viewer_result_step (const ViewerResult *self, int64_t before, int64_t now)
{
  const ProfChange change = { .total_before = before, .total_now = now };

  return self->changes != NULL
             ? prof_change_step (&change, prof_tree_change_scale (self->tree))
             : 0;
}

static bool
has_focus_paths (const ViewerResult *self)
{
  ProfGranularity granularity = prof_frames_granularity (self->frames);

  return (prof_tree_flags (self->tree) & PROF_TREE_LEAF_FIRST) == 0 &&
         granularity != PROF_GRANULARITY_FILES &&
         granularity != PROF_GRANULARITY_PACKAGES;
}

char *
viewer_result_focus_path (const ViewerResult *self, ProfNodeId node)
{
  const ProfNode    *nodes = prof_tree_nodes (self->tree);
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (ProfFrameId));
  GString           *path;

  if (node == PROF_ID_NONE || node == 0 || !has_focus_paths (self))
    return NULL;
  for (; node != 0; node = nodes[node].parent)
    g_array_append_val (way, nodes[node].frame);
  path = g_string_new (NULL);
  for (guint i = way->len; i > 0; i--)
    {
      const ProfFrameInfo *info;

      info = prof_frames_info (self->frames,
                               g_array_index (way, ProfFrameId, i - 1));
      prof_focus_path_append (path, info->name, info->binary);
    }
  return g_string_free (path, FALSE);
}

/* Go writes CPU profiles with a period of one sample. */
static int64_t
samples_by_period (const ViewerResult *self, int64_t value)
{
  ProfValueType        of = prof_profile_period_type (self->profile);
  const ProfValueType *types = prof_profile_types (self->profile);
  int64_t              period = prof_profile_period (self->profile);

  if (period <= 0 || self->type >= prof_profile_n_types (self->profile))
    return -1;
  if (of.type != types[self->type].type || of.unit != types[self->type].unit)
    return -1;
  return value % period == 0 ? value / period : -1;
}

int64_t
viewer_result_n_samples (const ViewerResult *self, int64_t value)
{
  size_t n_types = prof_profile_n_types (self->profile);

  if (strcmp (self->unit, "count") == 0)
    return -1;
  if (value == self->shown)
    for (size_t i = 0; i < n_types; i++)
      if (strcmp (prof_profile_type_name (self->profile, i), "samples") == 0)
        return prof_profile_total (self->profile, i);
  return samples_by_period (self, value);
}
