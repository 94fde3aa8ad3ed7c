/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-history.h"

/* Steps of one gesture (wheel, pinch, drag) follow each other faster. */
#define GESTURE_US (800 * 1000)

#define MAX_STEPS 200

struct _ViewerHistory
{
  GPtrArray *back;    /* ViewerPast */
  GPtrArray *forward; /* ViewerPast */
  gint64     last_gesture_us;
};

static void
free_past (gpointer data)
{
  viewer_past_free (data);
}

ViewerHistory *
viewer_history_new (void)
{
  ViewerHistory *self = g_new0 (ViewerHistory, 1);

  self->back = g_ptr_array_new_with_free_func (free_past);
  self->forward = g_ptr_array_new_with_free_func (free_past);
  return self;
}

void
viewer_history_free (ViewerHistory *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->back);
  g_ptr_array_unref (self->forward);
  g_free (self);
}

void
viewer_history_clear (ViewerHistory *self)
{
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->forward, 0);
}

static GPtrArray *
side_of (const ViewerHistory *self, int direction)
{
  return direction < 0 ? self->back : self->forward;
}

/* Takes @past. */
static void
push (GPtrArray *stack, ViewerPast *past)
{
  if (stack->len >= MAX_STEPS)
    g_ptr_array_remove_index (stack, 0);
  g_ptr_array_add (stack, past);
}

void
viewer_history_leave (ViewerHistory      *self,
                      const ViewerResult *result,
                      const ViewerPlace  *place,
                      bool                gesture)
{
  gint64 now = g_get_monotonic_time ();
  bool   continues = gesture && now - self->last_gesture_us < GESTURE_US;

  if (!continues)
    push (self->back, viewer_past_new (result, place));
  g_ptr_array_set_size (self->forward, 0);
  self->last_gesture_us = gesture ? now : 0;
}

void
viewer_history_add (ViewerHistory *self, ViewerPast *past)
{
  push (self->back, past);
  g_ptr_array_set_size (self->forward, 0);
  self->last_gesture_us = 0;
}

void
viewer_history_end_gesture (ViewerHistory *self)
{
  self->last_gesture_us = 0;
}

size_t
viewer_history_n (const ViewerHistory *self, int direction)
{
  return side_of (self, direction)->len;
}

const ViewerPast *
viewer_history_peek (const ViewerHistory *self, int steps)
{
  GPtrArray *from = side_of (self, steps);

  g_return_val_if_fail (steps != 0 && (guint)ABS (steps) <= from->len, NULL);

  return from->pdata[from->len - (guint)ABS (steps)];
}

ViewerPast *
viewer_history_walk (ViewerHistory      *self,
                     const ViewerResult *result,
                     const ViewerPlace  *place,
                     int                 steps)
{
  GPtrArray  *from = side_of (self, steps);
  GPtrArray  *to = side_of (self, -steps);
  ViewerPast *past = NULL;

  push (to, viewer_past_new (result, place));
  for (int i = 0; i < ABS (steps); i++)
    {
      if (past != NULL)
        g_ptr_array_add (to, past);
      past = g_ptr_array_steal_index (from, from->len - 1);
    }
  return past;
}
