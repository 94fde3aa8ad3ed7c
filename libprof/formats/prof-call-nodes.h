/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call tree as files have it: nodes with a location each, which name their
 * parent or their children by ids of the file, in any order. They become stacks
 * of a builder, each in one step. */

#include "base/prof-idmap.h"
#include "base/prof-vec.h"
#include "model/prof-builder.h"

G_BEGIN_DECLS

/* A child that a node names. */
typedef struct
{
  uint64_t child; /* its id */
  uint32_t parent;
} ProfCallEdge;

PROF_VEC_DEFINE (ProfVecCallEdge, prof_vec_call_edge, ProfCallEdge)

typedef struct
{
  /* Owned, one each for each node */
  ProfVecU64 ids;       /* those of the file; PROF_CALL_NODES_NO_ID without */
  ProfVecU64 locations; /* 0: it is no frame, such as a root's root */
  ProfVecU32 parents;   /* rows; PROF_ID_NONE: it is a root */
  ProfVecU32 stacks;    /* after prof_call_nodes_finish() */

  /* Owned */
  ProfIdmap       rows; /* by id + 1 */
  ProfVecCallEdge edges;
} ProfCallNodes;

#define PROF_CALL_NODES_NO_ID UINT64_MAX

void prof_call_nodes_init (ProfCallNodes *self);
void prof_call_nodes_clear (ProfCallNodes *self);

/* Bytes it takes. */
size_t prof_call_nodes_bytes (const ProfCallNodes *self);

/**
 * prof_call_nodes_add:
 * @parent: a row, or %PROF_ID_NONE
 * @row: (out): counted from 0
 *
 * Adds a node without location and id.
 */
bool prof_call_nodes_add (ProfCallNodes *self,
                          uint32_t       parent,
                          uint32_t      *row,
                          GError       **error);

/**
 * prof_call_nodes_set_id:
 *
 * Returns: %false with @error set when another node has that id
 */
bool prof_call_nodes_set_id (ProfCallNodes *self,
                             uint32_t       row,
                             uint64_t       id,
                             GError       **error);

/* Says that a node is called by another, which may come later. */
bool prof_call_nodes_add_child (ProfCallNodes *self,
                                uint32_t       parent,
                                uint64_t       child,
                                GError       **error);

/* Returns: the row of an id, or %PROF_ID_NONE */
uint32_t prof_call_nodes_find (const ProfCallNodes *self, uint64_t id);

/**
 * prof_call_nodes_finish:
 *
 * Makes stacks of all nodes.
 *
 * Cost: one step for each node.
 *
 * Returns: %false with @error set when a node calls one that is not there or
 *   that another calls, or calls itself in a circle
 */
bool prof_call_nodes_finish (ProfCallNodes *self,
                             ProfBuilder   *builder,
                             GError       **error);

G_END_DECLS
