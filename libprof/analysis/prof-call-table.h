/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Calls by source and target, and what they weigh. Of many calls most are in no cache:
 * counting is therefore put off until there is some of it, so that the processor
 * waits for all of that memory at once. */

#include "base/prof-vec.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct
{
  int64_t  weight;
  uint32_t source;
  uint32_t target;
  uint32_t seen; /* the last sample that has it, counted from 1 */
} ProfCallCell;

PROF_VEC_DEFINE (ProfVecCallCell, prof_vec_call_cell, ProfCallCell)

/* A call of a sample that is to be counted. */
typedef struct
{
  uint32_t source;
  uint32_t target;
  uint32_t cell; /* where it is known; or PROF_ID_NONE */
  uint32_t sample;
  int64_t  weight;
} ProfCallEvent;

#define PROF_CALL_EVENTS 64

typedef struct
{
  ProfCallEvent events[PROF_CALL_EVENTS];
  size_t        n;
} ProfCallQueue;

/* All zeros is empty. */
typedef struct
{
  ProfVecCallCell cells;
  uint32_t       *slots; /* (owned): open addressing: cell or PROF_ID_NONE */
  size_t          n_slots;
} ProfCallTable;

void prof_call_table_clear (ProfCallTable *self);

/* Makes @self, which is not initialized, the same. */
void prof_call_table_copy (ProfCallTable *self, const ProfCallTable *other);

/* Returns: its cell, or PROF_ID_NONE */
uint32_t prof_call_table_find (const ProfCallTable *self,
                               uint32_t             source,
                               uint32_t             target);

/* Returns: its cell, which may be a new one without weight */
uint32_t prof_call_table_add (ProfCallTable *self,
                              uint32_t       source,
                              uint32_t       target);

/* Counts all that is queued, and empties the queue. A call counts once for a sample;
 * samples must come one after the other. */
void prof_call_table_count (ProfCallTable *self, ProfCallQueue *queue);

static inline void
prof_call_table_queue (ProfCallTable      *self,
                       ProfCallQueue      *queue,
                       const ProfCallEvent event)
{
  queue->events[queue->n++] = event;
  if (queue->n == PROF_CALL_EVENTS)
    prof_call_table_count (self, queue);
}

G_END_DECLS
