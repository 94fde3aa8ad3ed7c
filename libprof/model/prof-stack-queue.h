/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Stacks on their way into a stack table. Following them through the table is a
 * third of the work of loading a profile, so a thread of the queue's own does it
 * behind whoever reads the stacks. They are handed over in batches, of which
 * only a few exist; stacks that do not fill one never start a thread, and when no
 * thread is to be had the work is done without.
 *
 * The table has the nodes that it would have if each stack were added at once, in
 * an order that depends on the stacks alone. A queue is used by one thread. */

#include "model/prof-profile-private.h"

G_BEGIN_DECLS

typedef struct _ProfStackQueue ProfStackQueue;

/* Locations of a batch, and its stacks, together; 256 KiB of them. One stack may
 * be longer than that. */
#define PROF_STACK_QUEUE_BATCH 65536

ProfStackQueue *prof_stack_queue_new (void);
void            prof_stack_queue_free (ProfStackQueue *self);

/**
 * prof_stack_queue_room:
 * @n: how many locations a stack has
 *
 * Returns: (transfer none): where to write them, leaf first, before
 *   prof_stack_queue_add(); %NULL when memory is refused
 */
ProfLocationId *prof_stack_queue_room (ProfStackQueue *self, size_t n);

/**
 * prof_stack_queue_add:
 * @n: how many locations were written
 *
 * Returns: %false when memory or ids have run out, for this stack or for one
 *   before it
 */
bool prof_stack_queue_add (ProfStackQueue *self, size_t n);

/**
 * prof_stack_queue_child:
 * @parent: a node of the table; 0 is the empty stack
 *
 * For whoever has a tree of stacks already, and so never adds one as a row of
 * locations: no thread, and each node costs one step however deep it lies.
 *
 * Returns: the node's child for a location, made when it is not there;
 *   %PROF_ID_NONE when memory or ids have run out
 */
ProfStackId prof_stack_queue_child (ProfStackQueue *self,
                                    ProfStackId     parent,
                                    ProfLocationId  location);

/* Adds a stack by its node, which prof_stack_queue_child() gave. */
bool prof_stack_queue_add_node (ProfStackQueue *self, ProfStackId node);

/**
 * prof_stack_queue_bytes:
 *
 * Returns: what the table and the stacks take, but for the batches that are still
 *   on their way
 */
size_t prof_stack_queue_bytes (ProfStackQueue *self);

/**
 * prof_stack_queue_finish:
 * @nodes: (out): the stack table, to be cleared
 * @stacks: (out): the leaf's node of each stack, to be cleared
 *
 * Waits for the thread. Afterwards the queue may only be freed.
 *
 * Returns: %false when memory or ids have run out
 */
bool prof_stack_queue_finish (ProfStackQueue   *self,
                              ProfVecStackNode *nodes,
                              ProfVecU32       *stacks);

G_END_DECLS
