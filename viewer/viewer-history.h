/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where one has been in a document, and what was asked there: what Back and Forward go
 * through. It does not know where one is. No widget. */

#include "viewer-place.h"

G_BEGIN_DECLS

typedef struct _ViewerHistory ViewerHistory;

ViewerHistory *viewer_history_new (void);
void           viewer_history_free (ViewerHistory *self);
void           viewer_history_clear (ViewerHistory *self);

/**
 * viewer_history_leave:
 * @place: where one is in @result, until now
 * @gesture: whether it may be one of many in a row, such as from a wheel: those that
 *   follow each other fast have the past of the first
 *
 * A new step: what was ahead is forgotten.
 */
void viewer_history_leave (ViewerHistory      *self,
                           const ViewerResult *result,
                           const ViewerPlace  *place,
                           bool                gesture);

/* A new step from there. Takes @past. */
void viewer_history_add (ViewerHistory *self, ViewerPast *past);

/* What comes next is no part of a gesture that was. */
void viewer_history_end_gesture (ViewerHistory *self);

/* How many steps there are. @direction: -1 back, 1 forward */
size_t viewer_history_n (const ViewerHistory *self, int direction);

/* Where a number of steps leads. @steps: not 0; no more than there are */
const ViewerPast *viewer_history_peek (const ViewerHistory *self, int steps);

/**
 * viewer_history_walk:
 * @result: where one is until now, and at @place
 *
 * Moves steps from one side to the other, by way of the present.
 *
 * Returns: (transfer full): the past that becomes the present
 */
ViewerPast *viewer_history_walk (ViewerHistory      *self,
                                 const ViewerResult *result,
                                 const ViewerPlace  *place,
                                 int                 steps);

G_END_DECLS
