/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-top-row.h"

struct _ViewerTopRow
{
  GObject parent_instance;

  ViewerResult *result;
  uint32_t      row;
  int64_t       sum;
};

G_DEFINE_FINAL_TYPE (ViewerTopRow, viewer_top_row, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
viewer_top_row_finalize (GObject *object)
{
  viewer_result_unref (VIEWER_TOP_ROW (object)->result);
  G_OBJECT_CLASS (viewer_top_row_parent_class)->finalize (object);
}

static void
viewer_top_row_class_init (ViewerTopRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_top_row_finalize;
  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
viewer_top_row_init (ViewerTopRow *self)
{
}

ViewerTopRow *
viewer_top_row_new (ViewerResult *result, uint32_t row, int64_t sum)
{
  ViewerTopRow *self = g_object_new (VIEWER_TYPE_TOP_ROW, NULL);

  self->result = viewer_result_ref (result);
  self->row = row;
  self->sum = sum;
  return self;
}

void
viewer_top_row_set (ViewerTopRow *self,
                    ViewerResult *result,
                    uint32_t      row,
                    int64_t       sum)
{
  viewer_result_ref (result);
  viewer_result_unref (self->result);
  self->result = result;
  self->row = row;
  self->sum = sum;
  g_signal_emit (self, signals[CHANGED], 0);
}

ViewerResult *
viewer_top_row_get_result (ViewerTopRow *self)
{
  return self->result;
}

const ProfTopRow *
viewer_top_row_get (ViewerTopRow *self)
{
  return &self->result->rows[self->row];
}

int64_t
viewer_top_row_get_sum (ViewerTopRow *self)
{
  return self->sum;
}
