/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-capture.h"

#include "viewer-location.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <math.h>

/* How often the countdown is told. */
#define TICK_MS 100

/* Between the end of one and the begin of the next, so that a program which
 * answers at once, with an error say, is left some time for its work. */
#define LEAST_PAUSE_US G_USEC_PER_SEC

/* What a thread fetches with; the main thread reads how far it is. */
typedef struct
{
  gatomicrefcount ref_count;
  char           *url;         /* owned */
  GCancellable   *cancellable; /* owned */
  bool            follow;
  gint64          began; /* monotonic */

  GMutex         lock;
  ProfHttpStatus status; /* guarded by it */
} Fetch;

struct _ViewerCapture
{
  GObject parent_instance;

  char      *url;   /* owned */
  char      *name;  /* owned */
  GPtrArray *shots; /* ViewerShot */
  GError    *error; /* owned; or NULL */
  Fetch     *fetch; /* (shared): the running one, or NULL */

  bool     follow;
  unsigned interval_s; /* 0: it does not watch */
  unsigned n_captured;
  gint64   began; /* the last fetch; monotonic */
  gint64   due;   /* the next one; while it watches and none is running */
  guint    ticker;
};

G_DEFINE_FINAL_TYPE (ViewerCapture, viewer_capture, G_TYPE_OBJECT)

enum
{
  CHANGED,
  CAPTURED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* --- One capture --- */

ViewerShot *
viewer_shot_ref (ViewerShot *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_shot_unref (ViewerShot *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_date_time_unref (self->time);
  g_bytes_unref (self->bytes);
  g_free (self->total);
  g_free (self);
}

static ViewerShot *
shot_new (GBytes *bytes, const ProfProfile *profile)
{
  ViewerShot      *self = g_new0 (ViewerShot, 1);
  size_t           type = prof_profile_default_type (profile);
  g_autofree char *unit = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  self->time = g_date_time_new_now_local ();
  self->bytes = g_bytes_ref (bytes);
  if (prof_profile_n_types (profile) == 0)
    {
      self->total = g_strdup ("");
      return self;
    }
  unit = prof_upright (prof_profile_type_unit (profile, type), -1);
  self->total = prof_unit_human (prof_profile_total (profile, type), unit);
  return self;
}

/* --- Fetching --- */

static Fetch *
fetch_new (const char *url, bool follow)
{
  Fetch *self = g_new0 (Fetch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->url = g_strdup (url);
  self->cancellable = g_cancellable_new ();
  self->follow = follow;
  self->began = g_get_monotonic_time ();
  self->status.seconds = prof_url_seconds (url);
  return self;
}

static Fetch *
fetch_ref (Fetch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
fetch_unref (gpointer data)
{
  Fetch *self = data;

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_mutex_clear (&self->lock);
  g_free (self->url);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
note_status (const ProfHttpStatus *status, void *data)
{
  Fetch *fetch = data;

  g_mutex_lock (&fetch->lock);
  fetch->status = *status;
  g_mutex_unlock (&fetch->lock);
}

/* Only what can be opened is kept. */
static ViewerShot *
check (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (
      bytes);
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load_stream (stream,
                                     g_bytes_get_size (bytes),
                                     NULL,
                                     progress,
                                     error);
  return profile != NULL ? shot_new (bytes, profile) : NULL;
}

static ViewerShot *
fetch_shot (Fetch *fetch, GError **error)
{
  ProfHttpRequest    request = { .url = fetch->url, .follow = fetch->follow };
  g_autoptr (GBytes) bytes = NULL;

  bytes = prof_http_fetch (&request,
                           fetch->cancellable,
                           note_status,
                           fetch,
                           error);
  return bytes != NULL ? check (bytes, fetch->cancellable, error) : NULL;
}

/* A thread of its own: GTask's few are for work, and this one waits. */
static gpointer
run_fetch (gpointer data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;
  ViewerShot       *shot = fetch_shot (g_task_get_task_data (task), &error);

  if (shot != NULL)
    g_task_return_pointer (task, shot, (GDestroyNotify)viewer_shot_unref);
  else
    g_task_return_error (task, error);
  return NULL;
}

/* --- What is kept --- */

static uint64_t
kept_bytes (ViewerCapture *self)
{
  uint64_t sum = 0;

  for (guint i = 0; i < self->shots->len; i++)
    sum += g_bytes_get_size (((ViewerShot *)self->shots->pdata[i])->bytes);
  return sum;
}

static void
keep (ViewerCapture *self, ViewerShot *shot)
{
  shot->number = ++self->n_captured;
  g_ptr_array_add (self->shots, shot);
  while (self->shots->len > 1 && (self->shots->len > VIEWER_MAX_SHOTS ||
                                  kept_bytes (self) > VIEWER_MAX_SHOT_BYTES))
    g_ptr_array_remove_index (self->shots, 0);
}

/* --- Going on --- */

static void start (ViewerCapture *self);

static bool
is_due (ViewerCapture *self)
{
  return self->interval_s > 0 && self->fetch == NULL &&
         g_get_monotonic_time () >= self->due;
}

static gboolean
tick (gpointer data)
{
  ViewerCapture *self = data;

  if (is_due (self))
    start (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_CONTINUE;
}

/* Only while there is something to count. */
static void
update_ticker (ViewerCapture *self)
{
  bool is_wanted = self->fetch != NULL || self->interval_s > 0;

  if (is_wanted && self->ticker == 0)
    self->ticker = g_timeout_add (TICK_MS, tick, self);
  else if (!is_wanted)
    g_clear_handle_id (&self->ticker, g_source_remove);
}

static void
plan_next (ViewerCapture *self)
{
  self->due = MAX (self->began + self->interval_s * G_USEC_PER_SEC,
                   g_get_monotonic_time () + LEAST_PAUSE_US);
}

static void
take_shot (ViewerCapture *self, ViewerShot *shot)
{
  keep (self, shot);
  g_signal_emit (self, signals[CAPTURED], 0);
}

static void
take_error (ViewerCapture *self, GError *error)
{
  self->error = error;
  /* A question is asked once. */
  if (g_error_matches (error, PROF_ERROR, PROF_ERROR_REDIRECT))
    self->interval_s = 0;
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ViewerCapture) self = VIEWER_CAPTURE (g_object_ref (source));
  GError                   *error = NULL;
  ViewerShot               *shot;

  shot = g_task_propagate_pointer (G_TASK (result), &error);
  /* Of one that was cancelled. */
  if (g_task_get_task_data (G_TASK (result)) != self->fetch)
    {
      viewer_shot_unref (shot);
      g_clear_error (&error);
      return;
    }
  g_clear_pointer (&self->fetch, fetch_unref);
  g_clear_error (&self->error);
  plan_next (self);
  if (shot != NULL)
    take_shot (self, shot);
  else
    take_error (self, error);
  update_ticker (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
start (ViewerCapture *self)
{
  GTask *task = g_task_new (self, NULL, fetched, NULL);

  self->fetch = fetch_new (self->url, self->follow);
  self->began = self->fetch->began;
  g_task_set_task_data (task, fetch_ref (self->fetch), fetch_unref);
  g_thread_unref (g_thread_new ("capture", run_fetch, task));
  update_ticker (self);
}

void
viewer_capture_start (ViewerCapture *self)
{
  g_return_if_fail (VIEWER_IS_CAPTURE (self));

  if (self->fetch != NULL)
    return;
  start (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop (ViewerCapture *self)
{
  self->interval_s = 0;
  if (self->fetch != NULL)
    g_cancellable_cancel (self->fetch->cancellable);
  g_clear_pointer (&self->fetch, fetch_unref);
  update_ticker (self);
}

void
viewer_capture_cancel (ViewerCapture *self)
{
  g_return_if_fail (VIEWER_IS_CAPTURE (self));

  stop (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
viewer_capture_watch (ViewerCapture *self, unsigned seconds)
{
  g_return_if_fail (VIEWER_IS_CAPTURE (self));

  if (seconds == self->interval_s)
    return;
  self->interval_s = seconds;
  plan_next (self);
  update_ticker (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

unsigned
viewer_capture_get_interval (ViewerCapture *self)
{
  return self->interval_s;
}

void
viewer_capture_follow (ViewerCapture *self)
{
  self->follow = true;
}

/* --- How far it is --- */

bool
viewer_capture_is_running (ViewerCapture  *self,
                           double         *elapsed_s,
                           ProfHttpStatus *status)
{
  Fetch *fetch = self->fetch;

  if (fetch == NULL)
    return false;
  if (elapsed_s != NULL)
    *elapsed_s = (double)(g_get_monotonic_time () - fetch->began) /
                 G_USEC_PER_SEC;
  if (status != NULL)
    {
      g_mutex_lock (&fetch->lock);
      *status = fetch->status;
      g_mutex_unlock (&fetch->lock);
    }
  return true;
}

double
viewer_capture_fraction (ViewerCapture *self)
{
  ProfHttpStatus status;

  if (!viewer_capture_is_running (self, NULL, &status))
    return -1;
  if (status.phase == PROF_HTTP_WAITING && status.seconds > 0)
    return MIN (status.phase_s / status.seconds, 1);
  if (status.phase == PROF_HTTP_RECEIVING && status.size > 0)
    return MIN ((double)status.received / (double)status.size, 1);
  return -1;
}

static char *
describe_fetch (const ProfHttpStatus *status)
{
  g_autofree char *received = NULL;
  unsigned         passed = (unsigned)MIN (status->phase_s, status->seconds);

  switch (status->phase)
    {
    case PROF_HTTP_RECEIVING:
      received = prof_unit_human ((int64_t)status->received, "bytes");
      return g_strdup_printf (_ ("Receiving… %s"), received);
    case PROF_HTTP_WAITING:
      if (status->seconds > 0)
        return g_strdup_printf (_ ("Collecting… %u of %u s"),
                                passed,
                                status->seconds);
      return g_strdup (_ ("Waiting for the server…"));
    case PROF_HTTP_CONNECTING:
    default:
      return g_strdup (_ ("Connecting…"));
    }
}

static char *
describe_pause (ViewerCapture *self)
{
  double left = (double)(self->due - g_get_monotonic_time ()) / G_USEC_PER_SEC;

  /* Translators: until the next capture of a program that is watched */
  return g_strdup_printf (_ ("Next in %u s"), (unsigned)ceil (MAX (left, 0)));
}

char *
viewer_capture_describe (ViewerCapture *self)
{
  ProfHttpStatus status;

  if (viewer_capture_is_running (self, NULL, &status))
    return describe_fetch (&status);
  if (self->error != NULL)
    return g_strdup_printf (_ ("Not captured: %s"), self->error->message);
  if (self->interval_s > 0)
    return describe_pause (self);
  return g_strdup ("");
}

/* --- What is there --- */

const char *
viewer_capture_get_url (ViewerCapture *self)
{
  return self->url;
}

const char *
viewer_capture_get_name (ViewerCapture *self)
{
  return self->name;
}

size_t
viewer_capture_n_shots (ViewerCapture *self)
{
  return self->shots->len;
}

ViewerShot *
viewer_capture_nth_shot (ViewerCapture *self, size_t index)
{
  g_return_val_if_fail (index < self->shots->len, NULL);

  return self->shots->pdata[index];
}

ViewerShot *
viewer_capture_last (ViewerCapture *self)
{
  return self->shots->len > 0 ? self->shots->pdata[self->shots->len - 1] : NULL;
}

ViewerShot *
viewer_capture_find (ViewerCapture *self, unsigned number)
{
  for (guint i = 0; i < self->shots->len; i++)
    if (((ViewerShot *)self->shots->pdata[i])->number == number)
      return self->shots->pdata[i];
  return NULL;
}

const GError *
viewer_capture_get_error (ViewerCapture *self)
{
  return self->error;
}

/* --- Object --- */

static void
viewer_capture_finalize (GObject *object)
{
  ViewerCapture *self = VIEWER_CAPTURE (object);

  stop (self);
  g_free (self->url);
  g_free (self->name);
  g_ptr_array_unref (self->shots);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (viewer_capture_parent_class)->finalize (object);
}

static guint
add_signal (ViewerCaptureClass *klass, const char *name)
{
  return g_signal_new (name,
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
viewer_capture_class_init (ViewerCaptureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = viewer_capture_finalize;
  signals[CHANGED] = add_signal (klass, "changed");
  signals[CAPTURED] = add_signal (klass, "captured");
  signals[FAILED] = g_signal_new ("failed",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_ERROR);
}

static void
viewer_capture_init (ViewerCapture *self)
{
  self->shots = g_ptr_array_new_with_free_func (
      (GDestroyNotify)viewer_shot_unref);
}

ViewerCapture *
viewer_capture_new (const char *url)
{
  ViewerCapture *self = g_object_new (VIEWER_TYPE_CAPTURE, NULL);

  self->url = g_strdup (url);
  self->name = viewer_location_name (url);
  return self;
}
