/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The stack table while it is being filled: a trie in which each new stack
 * follows or extends a path from the root.
 *
 * Children are kept in order of creation as a linked list. The first few are
 * found by walking it; those of wide nodes further on through one hash table
 * for all nodes (7 ns a frame, against 50 with everything hashed).
 *
 * A large table is not in the processor's caches, and a stack's next step is known
 * only when its last has come from memory. Stacks are therefore followed several
 * at a time, a step of each in turn: while one waits, the others go on. */

#include "model/prof-profile-private.h"

G_BEGIN_DECLS

#define PROF_STACK_LANES 16
#define PROF_LANE_PATH   64

/* A step of a stack: its location is kept here too, so that following the path
 * touches no node. */
typedef struct
{
  ProfStackId    node;
  ProfLocationId location;
} ProfStackStep;

/* A stack that is being followed. Samples written one after the other mostly
 * share their outer frames: the lane's last stack is followed without looking up as
 * long as it fits. */
typedef struct
{
  size_t                stack;     /* which one */
  const ProfLocationId *locations; /* leaf first */
  size_t                n;
  size_t                left; /* of them, those not yet followed */
  ProfStackId           node; /* reached so far */
  ProfStackId   candidate;    /* its child that is looked at next, if any */
  unsigned      n_walked;     /* children of the node that are others */
  size_t        n_steps;
  ProfStackStep path[PROF_LANE_PATH]; /* outermost first */
} ProfStackLane;

typedef struct
{
  ProfVecStackNode nodes;
  ProfStackLane    lanes[PROF_STACK_LANES];

  /* (parent, location) to node for children past the first few, and
   * (parent, PROF_ID_NONE) to the last child of such a parent. */
  uint64_t *keys; /* 0 is free */
  uint32_t *values;
  size_t    n_slots;
  size_t    n_used;
} ProfStackTable;

void prof_stack_table_init (ProfStackTable *self);
void prof_stack_table_clear (ProfStackTable *self);

/* Bytes it takes. */
size_t prof_stack_table_bytes (const ProfStackTable *self);

/**
 * prof_stack_table_add:
 * @locations: of all stacks, one after the other, each leaf first
 * @lengths: how many of them each stack has
 * @n: how many stacks
 * @stacks: (out): each one's leaf node; 0 for an empty stack
 *
 * Returns: %false when memory or ids have run out
 */
bool prof_stack_table_add (ProfStackTable       *self,
                           const ProfLocationId *locations,
                           const uint32_t       *lengths,
                           size_t                n,
                           ProfStackId          *stacks);

/**
 * prof_stack_table_child:
 * @parent: a node; 0 is the empty stack
 *
 * Returns: the child of a node for a location, made when it is not there;
 *   %PROF_ID_NONE when memory or ids have run out
 */
ProfStackId prof_stack_table_child (ProfStackTable *self,
                                    ProfStackId     parent,
                                    ProfLocationId  location);

G_END_DECLS
