/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-pieces.h"

#include "base/prof-block.h"
#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "input/prof-gzip.h"
#include <stdatomic.h>
#include <string.h>

/* One ring, one writer, one reader:
 *
 *   +-------+-------+-------+-------+
 *   | lent  | full  | full  | being |     n_full counts "lent" too: it goes
 *   |       |       |       | filled|     down when the next piece is asked for
 *   +-------+-------+-------+-------+
 *
 * The writer fills a slot without the lock, which only guards the counts.
 * Without a thread the reader fills slot 0 itself. */

#define N_SLOTS  4
#define RAW_SIZE (64u << 10)
/* How long a reader that waits for a slow pipe may miss that it was
 * cancelled. */
#define WAKE_US (50 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  uint8_t *bytes; /* PROF_PIECES_SIZE of the room, or NULL so far */
  size_t   length;
} Slot;

struct _ProfPieces
{
  /* The stream's side; only the thread's while there is one */
  GInputStream *stream; /* (owned) a reference */
  ProfGzip     *gzip;   /* (owned) NULL for plain bytes */
  uint8_t      *raw;    /* (owned) RAW_SIZE bytes of the stream */
  size_t        raw_at;
  size_t        raw_length;
  bool          began; /* the first bytes were looked at */
  bool          ended; /* the stream has no more */
  uint64_t      made;  /* bytes of all pieces so far */

  uint64_t size;  /* 0: unknown */
  uint64_t limit; /* of made */

  /* Shared */
  atomic_uint_fast64_t n_read; /* bytes of the stream */
  GCancellable        *stop;   /* (owned) ends a read that waits */

  uint8_t *room;       /* (owned): of the slots */
  size_t   n_slots;    /* N_SLOTS for a thread, else 1 */
  GThread *thread;     /* NULL: the reader does all */
  bool     is_running; /* asked for once */
  GMutex   lock;
  GCond    changed;
  Slot     slots[N_SLOTS];
  unsigned first;  /* slot that is read next, or is lent */
  unsigned n_full; /* guarded by lock, as all below */
  bool     is_lent;
  bool     is_over; /* no further slot will be filled */
  bool     is_stopped;
  GError  *error; /* (owned) why it is over; NULL at the end */
};

ProfPieces *
prof_pieces_new (GInputStream *stream, uint64_t size)
{
  ProfPieces *self = g_new0 (ProfPieces, 1);

  self->stream = g_object_ref (stream);
  self->size = size;
  self->limit = PROF_MAX_INFLATED;
  if (size > self->limit / PROF_INFLATE_RATIO)
    self->limit = MIN (size, UINT64_MAX / PROF_INFLATE_RATIO) *
                  PROF_INFLATE_RATIO;
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

void
prof_pieces_free (ProfPieces *self)
{
  if (self == NULL)
    return;
  if (self->thread != NULL)
    {
      g_mutex_lock (&self->lock);
      self->is_stopped = true;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->lock);
      g_cancellable_cancel (self->stop);
      g_thread_join (self->thread);
    }
  g_free (self->room);
  g_free (self->raw);
  g_clear_error (&self->error);
  prof_gzip_free (self->gzip);
  g_object_unref (self->stop);
  g_object_unref (self->stream);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

void
prof_pieces_set_limit (ProfPieces *self, uint64_t limit)
{
  self->limit = limit;
}

bool
prof_pieces_is_gzip (const ProfPieces *self)
{
  return self->gzip != NULL;
}

static bool
no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "there is no memory for reading");
}

/* Reads RAW_SIZE bytes, fewer only at the stream's end. */
static bool
read_raw (ProfPieces *self, GError **error)
{
  size_t n;

  if (!g_input_stream_read_all (self->stream,
                                self->raw,
                                RAW_SIZE,
                                &n,
                                self->stop,
                                error))
    return false;
  self->raw_at = 0;
  self->raw_length = n;
  self->ended = n < RAW_SIZE;
  atomic_fetch_add (&self->n_read, n);
  return true;
}

static bool
begin (ProfPieces *self, GError **error)
{
  self->began = true;
  self->raw = g_try_malloc (RAW_SIZE);
  if (self->raw == NULL)
    return no_memory (error);
  if (!read_raw (self, error))
    return false;
  if (!prof_gzip_is (self->raw, self->raw_length))
    return true;
  self->gzip = prof_gzip_new (self->limit);
  return self->gzip != NULL || no_memory (error);
}

static bool
copy_plain (ProfPieces *self, Slot *slot, GError **error)
{
  size_t n = MIN (self->raw_length - self->raw_at,
                  PROF_PIECES_SIZE - slot->length);

  if (n > self->limit - self->made)
    return prof_limits_fail (error,
                             PROF_LIMIT_INFLATED,
                             "there are more than %" G_GUINT64_FORMAT " bytes",
                             self->limit);
  memcpy (slot->bytes + slot->length, self->raw + self->raw_at, n);
  self->raw_at += n;
  self->made += n;
  slot->length += n;
  return true;
}

static bool
inflate_some (ProfPieces *self, Slot *slot, GError **error)
{
  const uint8_t *in = self->raw + self->raw_at;
  size_t         left = self->raw_length - self->raw_at;
  size_t         n;

  if (!prof_gzip_inflate (self->gzip,
                          &in,
                          &left,
                          slot->bytes + slot->length,
                          PROF_PIECES_SIZE - slot->length,
                          &n,
                          error))
    return false;
  self->raw_at = self->raw_length - left;
  slot->length += n;
  return true;
}

/* All slots are one block, as a page fault for each 4 KiB would cost more than
 * inflating does; the first alone is as little as a small file needs. */
static bool
make_room (ProfPieces *self)
{
  self->room = self->n_slots > 1 ? prof_block_try (N_SLOTS, PROF_PIECES_SIZE)
                                 : g_try_malloc (PROF_PIECES_SIZE);
  if (self->room == NULL)
    return false;
  for (size_t i = 0; i < self->n_slots; i++)
    self->slots[i].bytes = self->room + i * PROF_PIECES_SIZE;
  return true;
}

/* Fills a slot, less only at the end; empty when there was nothing more. */
static bool
fill (ProfPieces *self, Slot *slot, GError **error)
{
  slot->length = 0;
  if (slot->bytes == NULL && !make_room (self))
    return no_memory (error);
  if (!self->began && !begin (self, error))
    return false;
  for (;;)
    {
      if (!(self->gzip != NULL ? inflate_some (self, slot, error)
                               : copy_plain (self, slot, error)))
        return false;
      if (slot->length == PROF_PIECES_SIZE)
        return true;
      if (self->ended)
        return self->gzip == NULL || prof_gzip_end (self->gzip, error);
      if (!read_raw (self, error))
        return false;
    }
}

/* --- with a thread --- */

/* Waits until a slot is free. */
static Slot *
free_slot (ProfPieces *self)
{
  Slot *slot = NULL;

  g_mutex_lock (&self->lock);
  while (self->n_full == N_SLOTS && !self->is_stopped)
    g_cond_wait (&self->changed, &self->lock);
  if (!self->is_stopped)
    slot = &self->slots[(self->first + self->n_full) % N_SLOTS];
  g_mutex_unlock (&self->lock);
  return slot;
}

static gpointer
run (gpointer data)
{
  ProfPieces *self = data;
  bool        is_over = false;

  while (!is_over)
    {
      Slot   *slot = free_slot (self);
      GError *error = NULL;

      if (slot == NULL)
        break;
      is_over = !fill (self, slot, &error) || slot->length == 0;
      g_mutex_lock (&self->lock);
      self->is_over = is_over;
      self->error = error;
      if (!is_over)
        self->n_full++;
      g_cond_broadcast (&self->changed);
      g_mutex_unlock (&self->lock);
    }
  return NULL;
}

static void
start (ProfPieces *self)
{
  self->is_running = true;
  /* When no thread is to be had, the work is done without. */
  self->n_slots = 1;
  if (self->size != 0 && self->size < PROF_PIECES_THREAD_FROM)
    return;
  self->n_slots = N_SLOTS;
  self->thread = g_thread_try_new ("prof-pieces", run, self, NULL);
}

static bool
report (ProfPieces *self, ProfProgress *progress, GError **error)
{
  double fraction = -1;

  if (self->size > 0)
    fraction = (double)atomic_load (&self->n_read) / (double)self->size;
  return prof_progress_step (progress, fraction, error);
}

/* Gives the lent slot back and waits for one that is full. */
static bool
take_slot (ProfPieces   *self,
           ProfProgress *progress,
           Slot        **slot,
           GError      **error)
{
  bool ok = true;

  *slot = NULL;
  g_mutex_lock (&self->lock);
  if (self->is_lent)
    {
      self->first = (self->first + 1) % N_SLOTS;
      self->n_full--;
      self->is_lent = false;
      g_cond_broadcast (&self->changed);
    }
  while (ok && self->n_full == 0 && !self->is_over)
    {
      g_cond_wait_until (&self->changed,
                         &self->lock,
                         g_get_monotonic_time () + WAKE_US);
      ok = report (self, progress, error);
    }
  if (ok && self->n_full > 0)
    {
      *slot = &self->slots[self->first];
      self->is_lent = true;
    }
  else if (ok && self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      ok = false;
    }
  g_mutex_unlock (&self->lock);
  return ok;
}

bool
prof_pieces_next (ProfPieces     *self,
                  ProfProgress   *progress,
                  const uint8_t **piece,
                  size_t         *length,
                  GError        **error)
{
  Slot *slot = &self->slots[0];

  if (!report (self, progress, error))
    return false;
  if (!self->is_running)
    start (self);
  if (self->thread != NULL)
    {
      if (!take_slot (self, progress, &slot, error))
        return false;
    }
  else if (!fill (self, slot, error))
    return false;
  *piece = slot != NULL ? slot->bytes : NULL;
  *length = slot != NULL ? slot->length : 0;
  return true;
}
