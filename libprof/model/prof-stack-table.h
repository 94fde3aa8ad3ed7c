/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The stack table while it is being filled: a trie in which each new stack
 * follows or extends a path from the root.
 *
 * Children are kept in order of creation as a linked list. The first few are
 * found by walking it; those of wide nodes further on through one hash table
 * for all nodes (7 ns a frame, against 50 with everything hashed). Samples
 * written one after the other mostly share their outer frames, so the path of
 * the last stack is kept and followed without looking up as long as it fits. */

#include "model/prof-profile-private.h"

G_BEGIN_DECLS

/* A step of the last stack: its location is kept here too, so that following
 * the path touches no node. */
typedef struct
{
  ProfStackId    node;
  ProfLocationId location;
} ProfStackStep;

PROF_VEC_DEFINE (ProfVecStackStep, prof_vec_stack_step, ProfStackStep)

typedef struct
{
  ProfVecStackNode nodes;
  ProfVecStackStep path; /* the last stack, outermost first */

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
 * @locations: leaf first
 * @stack: (out): the leaf's node; 0 for an empty stack
 *
 * Returns: %false when memory or ids have run out
 */
bool prof_stack_table_add (ProfStackTable       *self,
                           const ProfLocationId *locations,
                           size_t                n,
                           ProfStackId          *stack);

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
