/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-top-model.h"

#include "viewer-top-row.h"
#include <math.h>
#include <string.h>

struct _ViewerTopModel
{
  GObject parent_instance;

  ViewerResult *result;
  ProfSearch   *search;
  GArray       *order; /* uint32_t, rows of the top table */
  int64_t      *sums;  /* of flat, down to each position */
  GHashTable   *shown; /* position -> ViewerTopRow, not owned */
  ViewerTopKey  key;
  gboolean      descending;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerTopModel,
                               viewer_top_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      list_model_init))

static GType
get_item_type (GListModel *model)
{
  return VIEWER_TYPE_TOP_ROW;
}

static guint
get_n_items (GListModel *model)
{
  return VIEWER_TOP_MODEL (model)->order->len;
}

static gboolean
is_row (gpointer key, gpointer value, gpointer row)
{
  return value == row;
}

static void
row_is_gone (gpointer data, GObject *row)
{
  ViewerTopModel *self = data;

  g_hash_table_foreach_remove (self->shown, is_row, row);
}

static gpointer
get_item (GListModel *model, guint position)
{
  ViewerTopModel *self = VIEWER_TOP_MODEL (model);
  gpointer        key = GUINT_TO_POINTER (position);
  ViewerTopRow   *row;

  if (position >= self->order->len)
    return NULL;
  row = g_hash_table_lookup (self->shown, key);
  if (row != NULL)
    return g_object_ref (row);
  row = viewer_top_row_new (self->result,
                            g_array_index (self->order, uint32_t, position),
                            self->sums[position]);
  g_hash_table_insert (self->shown, key, row);
  g_object_weak_ref (G_OBJECT (row), row_is_gone, self);
  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static int
compare_values (int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

const char *
viewer_top_package (const ProfFrames *frames, ProfFrameId frame)
{
  return prof_frames_packages (frames)[prof_frames_package (frames, frame)]
      .name;
}

static int
compare_shares (double a, double b)
{
  return (a > b) - (a < b);
}

/* What is new has grown beyond all shares. */
static double
relative_change (int64_t before, int64_t now)
{
  double delta = fabs ((double)now - (double)before);

  if (before == 0)
    return now == 0 ? 0 : HUGE_VAL;
  return delta / fabs ((double)before);
}

static int
compare_changes (const ProfChange *a, const ProfChange *b, ViewerTopKey key)
{
  switch (key)
    {
    case VIEWER_TOP_FLAT_BEFORE:
      return compare_values (a->self_before, b->self_before);
    case VIEWER_TOP_FLAT_NOW:
      return compare_values (a->self_now, b->self_now);
    case VIEWER_TOP_CUM_BEFORE:
      return compare_values (a->total_before, b->total_before);
    case VIEWER_TOP_CUM_NOW:
      return compare_values (a->total_now, b->total_now);
    case VIEWER_TOP_FLAT_CHANGE:
      return compare_shares (relative_change (a->self_before, a->self_now),
                             relative_change (b->self_before, b->self_now));
    case VIEWER_TOP_CUM_CHANGE:
      return compare_shares (relative_change (a->total_before, a->total_now),
                             relative_change (b->total_before, b->total_now));
    case VIEWER_TOP_NAME:
    case VIEWER_TOP_PACKAGE:
    case VIEWER_TOP_FILE:
    case VIEWER_TOP_FLAT:
    case VIEWER_TOP_CUM:
    default:
      return 0;
    }
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  ViewerTopModel   *self = data;
  const ProfTopRow *rows = self->result->rows;
  uint32_t          x = *(const uint32_t *)a;
  uint32_t          y = *(const uint32_t *)b;
  int               order = 0;

  switch (self->key)
    {
    case VIEWER_TOP_NAME:
      order = strcmp (prof_frames_display_name (self->result->frames,
                                                rows[x].frame),
                      prof_frames_display_name (self->result->frames,
                                                rows[y].frame));
      break;
    case VIEWER_TOP_PACKAGE:
      order = strcmp (viewer_top_package (self->result->frames, rows[x].frame),
                      viewer_top_package (self->result->frames, rows[y].frame));
      break;
    case VIEWER_TOP_FILE:
      order = strcmp (prof_frames_file (self->result->frames, rows[x].frame),
                      prof_frames_file (self->result->frames, rows[y].frame));
      break;
    case VIEWER_TOP_FLAT:
      order = compare_values (ABS (rows[x].flat), ABS (rows[y].flat));
      break;
    case VIEWER_TOP_CUM:
      order = compare_values (ABS (rows[x].cum), ABS (rows[y].cum));
      break;
    case VIEWER_TOP_FLAT_BEFORE:
    case VIEWER_TOP_FLAT_NOW:
    case VIEWER_TOP_FLAT_CHANGE:
    case VIEWER_TOP_CUM_BEFORE:
    case VIEWER_TOP_CUM_NOW:
    case VIEWER_TOP_CUM_CHANGE:
      if (self->result->changes != NULL)
        order = compare_changes (viewer_result_change (self->result,
                                                       rows[x].frame),
                                 viewer_result_change (self->result,
                                                       rows[y].frame),
                                 self->key);
      break;
    }
  if (self->descending)
    order = -order;
  /* The table's own order among equals. */
  return order != 0 ? order : compare_values (x, y);
}

static void
choose_rows (ViewerTopModel *self)
{
  const ProfTopRow *rows = self->result->rows;

  for (uint32_t i = 0; i < self->result->n_rows; i++)
    if (self->search == NULL ||
        prof_search_frame_matches (self->search, rows[i].frame))
      g_array_append_val (self->order, i);
}

/* Of the signed values, as "top" adds them up. */
static void
add_up (ViewerTopModel *self)
{
  const ProfTopRow *rows;
  int64_t           sum = 0;

  g_clear_pointer (&self->sums, g_free);
  if (self->result == NULL)
    return;
  rows = self->result->rows;
  self->sums = g_new (int64_t, MAX (self->order->len, 1));
  for (guint i = 0; i < self->order->len; i++)
    {
      int64_t flat = rows[g_array_index (self->order, uint32_t, i)].flat;

      if (__builtin_add_overflow (sum, flat, &sum))
        sum = flat < 0 ? INT64_MIN : INT64_MAX;
      self->sums[i] = sum;
    }
}

static void
update_shown (ViewerTopModel *self)
{
  GHashTableIter iter;
  gpointer       position;
  ViewerTopRow  *row;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, &position, (gpointer *)&row))
    if (GPOINTER_TO_UINT (position) < self->order->len)
      viewer_top_row_set (row,
                          self->result,
                          g_array_index (self->order,
                                         uint32_t,
                                         GPOINTER_TO_UINT (position)),
                          self->sums[GPOINTER_TO_UINT (position)]);
}

static void
update (ViewerTopModel *self)
{
  guint before = self->order->len;
  guint after;

  g_array_set_size (self->order, 0);
  if (self->result != NULL)
    {
      choose_rows (self);
      g_array_sort_with_data (self->order, compare_rows, self);
    }
  after = self->order->len;
  add_up (self);
  update_shown (self);
  if (before != after)
    g_list_model_items_changed (G_LIST_MODEL (self),
                                MIN (before, after),
                                before > after ? before - after : 0,
                                after > before ? after - before : 0);
}

void
viewer_top_model_set (ViewerTopModel *self,
                      ViewerResult   *result,
                      ProfSearch     *search)
{
  g_return_if_fail (VIEWER_IS_TOP_MODEL (self));

  if (self->result == result && self->search == search)
    return;
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_pointer (&self->search, prof_search_unref);
  self->result = result != NULL ? viewer_result_ref (result) : NULL;
  self->search = search != NULL ? prof_search_ref (search) : NULL;
  update (self);
}

void
viewer_top_model_sort (ViewerTopModel *self,
                       ViewerTopKey    key,
                       gboolean        descending)
{
  g_return_if_fail (VIEWER_IS_TOP_MODEL (self));

  if (self->key == key && self->descending == descending)
    return;
  self->key = key;
  self->descending = descending;
  update (self);
}

guint
viewer_top_model_find (ViewerTopModel *self, ProfFrameId frame)
{
  g_return_val_if_fail (VIEWER_IS_TOP_MODEL (self), G_MAXUINT);

  if (self->result == NULL || frame == PROF_ID_NONE)
    return G_MAXUINT;
  g_return_val_if_fail (frame < prof_frames_n (self->result->frames),
                        G_MAXUINT);

  uint32_t row = self->result->row_by_frame[frame];

  for (guint i = 0; i < self->order->len; i++)
    if (g_array_index (self->order, uint32_t, i) == row)
      return i;
  return G_MAXUINT;
}

static void
viewer_top_model_finalize (GObject *object)
{
  ViewerTopModel *self = VIEWER_TOP_MODEL (object);
  GHashTableIter  iter;
  gpointer        row;

  g_hash_table_iter_init (&iter, self->shown);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    g_object_weak_unref (row, row_is_gone, self);
  g_hash_table_unref (self->shown);
  viewer_result_unref (self->result);
  prof_search_unref (self->search);
  g_array_unref (self->order);
  g_free (self->sums);
  G_OBJECT_CLASS (viewer_top_model_parent_class)->finalize (object);
}

static void
viewer_top_model_class_init (ViewerTopModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_top_model_finalize;
}

static void
viewer_top_model_init (ViewerTopModel *self)
{
  self->order = g_array_new (FALSE, FALSE, sizeof (uint32_t));
  self->shown = g_hash_table_new (NULL, NULL);
  self->key = VIEWER_TOP_FLAT;
  self->descending = TRUE;
}

ViewerTopModel *
viewer_top_model_new (void)
{
  return g_object_new (VIEWER_TYPE_TOP_MODEL, NULL);
}
