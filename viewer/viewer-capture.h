/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Captures from one running program: fetches its profile, now or again and
 * again, and keeps the last ones. No widget.
 *
 *   URL --start()--> "captured" | "failed"
 *          ^ every interval, while it watches
 *
 * A fetch has a thread of its own and ends in time, see prof_http_fetch(); what
 * arrives is decoded once, so that nothing is kept that cannot be opened. Signals,
 * all in the main context:
 *
 *   "changed": how far it is, or anything else here
 *   "captured": one more; viewer_capture_last() is it
 *   "failed" (const GError *): what was fetched is none, or nothing was */

#include "prof.h"

G_BEGIN_DECLS

/* So many are kept, and so many bytes of them: the oldest go, never the last. */
#define VIEWER_MAX_SHOTS      12
#define VIEWER_MAX_SHOT_BYTES (UINT64_C (256) << 20)

/* One captured profile; never changes. */
typedef struct
{
  gatomicrefcount ref_count;
  unsigned        number; /* 1 for the first of all */
  GDateTime      *time;   /* local; when it was there */
  GBytes         *bytes;  /* exactly as they came */
  char           *total;  /* "3.02 s", of the type that is shown first */
} ViewerShot;

ViewerShot *viewer_shot_ref (ViewerShot *self);
void        viewer_shot_unref (ViewerShot *self);

#define VIEWER_TYPE_CAPTURE (viewer_capture_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCapture, viewer_capture, VIEWER, CAPTURE, GObject)

/* @url: as by prof_url_read() */
ViewerCapture *viewer_capture_new (const char *url);

const char *viewer_capture_get_url (ViewerCapture *self);
/* As by viewer_location_name(). */
const char *viewer_capture_get_name (ViewerCapture *self);

/* Captures one; not while it does already. */
void viewer_capture_start (ViewerCapture *self);

/* Ends what goes on, and watching with it. Nothing more is told of it. */
void viewer_capture_cancel (ViewerCapture *self);

/* How far the running one is: @elapsed_s and @status may be %NULL. */
bool viewer_capture_is_running (ViewerCapture  *self,
                                double         *elapsed_s,
                                ProfHttpStatus *status);

/* 0 to 1; negative when nobody knows. */
double viewer_capture_fraction (ViewerCapture *self);

/* (transfer full): "Collecting… 12 of 30 s"; what has gone wrong last; or when the
 * next one begins. "" when nothing is to be said. */
char *viewer_capture_describe (ViewerCapture *self);

/* Captures again and again: one begins @seconds after the one before has, or once
 * that is there. 0 ends that; it is 0 at first. */
void     viewer_capture_watch (ViewerCapture *self, unsigned seconds);
unsigned viewer_capture_get_interval (ViewerCapture *self);

/* Allows redirects to other hosts. */
void viewer_capture_follow (ViewerCapture *self);

/* Those that are kept, the oldest first. */
size_t      viewer_capture_n_shots (ViewerCapture *self);
ViewerShot *viewer_capture_nth_shot (ViewerCapture *self, size_t index);

/* (nullable) (transfer none): the last one, and that with a number, if it is
 * kept. */
ViewerShot *viewer_capture_last (ViewerCapture *self);
ViewerShot *viewer_capture_find (ViewerCapture *self, unsigned number);

/* (nullable): what has gone wrong last, unless one came since. */
const GError *viewer_capture_get_error (ViewerCapture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerShot, viewer_shot_unref)

G_END_DECLS
