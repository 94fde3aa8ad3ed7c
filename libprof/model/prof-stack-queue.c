/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-stack-queue.h"

#include "model/prof-stack-table.h"

/* One ring, one writer, one reader:
 *
 *   +----------+--------+-----------+
 *   | being    | full   | being     |     n_full counts the first one too, until
 *   | followed |        | filled    |     it is done
 *   +----------+--------+-----------+
 *
 * Both work on their batches without the lock, which only guards the counts.
 * Whether memory ran out is asked for a batch when its place is filled anew, so
 * that it does not depend on who is faster which stack fails. */

#define N_BATCHES 3

typedef struct
{
  ProfVecU32 locations; /* leaf first, stack after stack */
  ProfVecU32 lengths;   /* of each stack */
  bool       is_bad;    /* memory or ids had run out by its end */
} Batch;

struct _ProfStackQueue
{
  /* Owned; only the thread's while there is one */
  ProfStackTable table;
  ProfVecU32     stacks;
  bool           is_bad;

  /* The filler's */
  GThread *thread; /* NULL: batches are followed where they are filled */
  bool     was_started;
  unsigned filled; /* batch that is being filled */

  /* Shared */
  Batch    batches[N_BATCHES];
  GMutex   lock;
  GCond    changed;
  unsigned first; /* batch that is followed next; guarded by lock, as below */
  unsigned n_full;
  bool     is_over; /* no further batch will be handed over */
  size_t   bytes;   /* of what is done */
};

ProfStackQueue *
prof_stack_queue_new (void)
{
  ProfStackQueue *self = g_new0 (ProfStackQueue, 1);

  prof_stack_table_init (&self->table);
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  return self;
}

/* Waits until all batches that were handed over are done. */
static void
end_thread (ProfStackQueue *self)
{
  if (self->thread == NULL)
    return;
  g_mutex_lock (&self->lock);
  self->is_over = true;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

void
prof_stack_queue_free (ProfStackQueue *self)
{
  if (self == NULL)
    return;
  end_thread (self);
  for (size_t b = 0; b < N_BATCHES; b++)
    {
      prof_vec_u32_clear (&self->batches[b].locations);
      prof_vec_u32_clear (&self->batches[b].lengths);
    }
  prof_stack_table_clear (&self->table);
  prof_vec_u32_clear (&self->stacks);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self);
}

static size_t
bytes_of (const ProfStackQueue *self)
{
  return prof_stack_table_bytes (&self->table) +
         self->stacks.length * sizeof *self->stacks.data;
}

static bool
follow_stacks (ProfStackQueue *self, const Batch *batch)
{
  size_t n = batch->lengths.length;

  if (n == 0)
    return true;
  if (!prof_vec_u32_reserve (&self->stacks, n) ||
      !prof_stack_table_add (&self->table,
                             batch->locations.data,
                             batch->lengths.data,
                             n,
                             self->stacks.data + self->stacks.length))
    return false;
  self->stacks.length += n;
  return true;
}

/* After a batch that failed nothing is added any more. */
static void
follow (ProfStackQueue *self, Batch *batch)
{
  self->is_bad = self->is_bad || !follow_stacks (self, batch);
  batch->is_bad = self->is_bad;
  batch->locations.length = 0;
  batch->lengths.length = 0;
}

/* --- with a thread --- */

/* The next full batch; NULL at the end. */
static Batch *
take_batch (ProfStackQueue *self)
{
  Batch *batch = NULL;

  g_mutex_lock (&self->lock);
  while (self->n_full == 0 && !self->is_over)
    g_cond_wait (&self->changed, &self->lock);
  if (self->n_full > 0)
    batch = &self->batches[self->first];
  g_mutex_unlock (&self->lock);
  return batch;
}

static void
give_back (ProfStackQueue *self)
{
  size_t bytes = bytes_of (self);

  g_mutex_lock (&self->lock);
  self->bytes = bytes;
  self->first = (self->first + 1) % N_BATCHES;
  self->n_full--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
run (gpointer data)
{
  ProfStackQueue *self = data;
  Batch          *batch;

  while ((batch = take_batch (self)) != NULL)
    {
      follow (self, batch);
      give_back (self);
    }
  return NULL;
}

/* Gives the filled batch to the thread and waits for one that is free. */
static void
exchange (ProfStackQueue *self)
{
  g_mutex_lock (&self->lock);
  self->n_full++;
  g_cond_broadcast (&self->changed);
  while (self->n_full == N_BATCHES)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
  self->filled = (self->filled + 1) % N_BATCHES;
}

static bool
hand_over (ProfStackQueue *self)
{
  if (!self->was_started)
    self->thread = g_thread_try_new ("prof-stacks", run, self, NULL);
  self->was_started = true;
  if (self->thread != NULL)
    exchange (self);
  else
    follow (self, &self->batches[self->filled]);
  return !self->batches[self->filled].is_bad;
}

/* --- filling --- */

ProfLocationId *
prof_stack_queue_room (ProfStackQueue *self, size_t n)
{
  ProfVecU32 *locations = &self->batches[self->filled].locations;

  /* One more, so that there is a place for an empty stack too. */
  if (!prof_vec_u32_reserve (locations, n + 1))
    return NULL;
  return locations->data + locations->length;
}

bool
prof_stack_queue_add (ProfStackQueue *self, size_t n)
{
  Batch *batch = &self->batches[self->filled];

  if (!prof_vec_u32_append (&batch->lengths, (uint32_t)n))
    return false;
  batch->locations.length += n;
  return batch->locations.length + batch->lengths.length <
             PROF_STACK_QUEUE_BATCH ||
         hand_over (self);
}

/* Nothing is on its way, here or to the thread. */
static bool
is_direct (const ProfStackQueue *self)
{
  return !self->was_started && self->batches[self->filled].lengths.length == 0;
}

ProfStackId
prof_stack_queue_child (ProfStackQueue *self,
                        ProfStackId     parent,
                        ProfLocationId  location)
{
  g_assert (is_direct (self));
  return prof_stack_table_child (&self->table, parent, location);
}

bool
prof_stack_queue_add_node (ProfStackQueue *self, ProfStackId node)
{
  g_assert (is_direct (self));
  return prof_vec_u32_append (&self->stacks, node);
}

size_t
prof_stack_queue_bytes (ProfStackQueue *self)
{
  size_t bytes;

  if (self->thread == NULL)
    return bytes_of (self);
  g_mutex_lock (&self->lock);
  bytes = self->bytes;
  g_mutex_unlock (&self->lock);
  return bytes;
}

bool
prof_stack_queue_finish (ProfStackQueue   *self,
                         ProfVecStackNode *nodes,
                         ProfVecU32       *stacks)
{
  end_thread (self);
  follow (self, &self->batches[self->filled]);
  if (self->is_bad)
    return false;
  *nodes = self->table.nodes;
  *stacks = self->stacks;
  self->table.nodes = (ProfVecStackNode){ 0 };
  self->stacks = (ProfVecU32){ 0 };
  return true;
}
