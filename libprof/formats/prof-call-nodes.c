/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-call-nodes.h"

/* Of nodes whose stack is not known yet. */
#define UNKNOWN  PROF_ID_NONE
#define ON_A_WAY (PROF_ID_NONE - 1)

void
prof_call_nodes_init (ProfCallNodes *self)
{
  *self = (ProfCallNodes){ 0 };
  prof_idmap_init (&self->rows);
}

void
prof_call_nodes_clear (ProfCallNodes *self)
{
  prof_vec_u64_clear (&self->ids);
  prof_vec_u64_clear (&self->locations);
  prof_vec_u32_clear (&self->parents);
  prof_vec_u32_clear (&self->stacks);
  prof_vec_call_edge_clear (&self->edges);
  prof_idmap_clear (&self->rows);
}

size_t
prof_call_nodes_bytes (const ProfCallNodes *self)
{
  return self->ids.length *
             (2 * sizeof *self->ids.data + 2 * sizeof *self->parents.data) +
         self->edges.length * sizeof *self->edges.data +
         prof_idmap_bytes (&self->rows);
}

bool
prof_call_nodes_add (ProfCallNodes *self,
                     uint32_t       parent,
                     uint32_t      *row,
                     GError       **error)
{
  size_t n = self->ids.length;

  if (n >= ON_A_WAY ||
      !prof_vec_u64_append (&self->ids, PROF_CALL_NODES_NO_ID) ||
      !prof_vec_u64_append (&self->locations, 0) ||
      !prof_vec_u32_append (&self->parents, parent) ||
      !prof_vec_u32_append (&self->stacks, UNKNOWN))
    return prof_fail_memory (error);
  *row = (uint32_t)n;
  return true;
}

bool
prof_call_nodes_set_id (ProfCallNodes *self,
                        uint32_t       row,
                        uint64_t       id,
                        GError       **error)
{
  if (id == PROF_CALL_NODES_NO_ID ||
      prof_call_nodes_find (self, id) != PROF_ID_NONE)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "two nodes have the id %" G_GUINT64_FORMAT,
                      id);
  self->ids.data[row] = id;
  return prof_idmap_put (&self->rows, id + 1, row) || prof_fail_memory (error);
}

bool
prof_call_nodes_add_child (ProfCallNodes *self,
                           uint32_t       parent,
                           uint64_t       child,
                           GError       **error)
{
  return prof_vec_call_edge_append (&self->edges,
                                    (ProfCallEdge){ child, parent }) ||
         prof_fail_memory (error);
}

uint32_t
prof_call_nodes_find (const ProfCallNodes *self, uint64_t id)
{
  return id == PROF_CALL_NODES_NO_ID ? PROF_ID_NONE
                                     : prof_idmap_get (&self->rows, id + 1);
}

/* Whom the edges name gets its parent. */
static bool
follow_edges (ProfCallNodes *self, GError **error)
{
  for (size_t e = 0; e < self->edges.length; e++)
    {
      const ProfCallEdge *edge = &self->edges.data[e];
      uint32_t            row = prof_call_nodes_find (self, edge->child);

      if (row == PROF_ID_NONE)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "node %" G_GUINT64_FORMAT " has the child "
                          "%" G_GUINT64_FORMAT ", which is not in the file",
                          self->ids.data[edge->parent],
                          edge->child);
      if (self->parents.data[row] != PROF_ID_NONE &&
          self->parents.data[row] != edge->parent)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "node %" G_GUINT64_FORMAT " is a child of two nodes",
                          edge->child);
      self->parents.data[row] = edge->parent;
    }
  return true;
}

/* From a node up to one whose stack is known; those on the way, lowest first. */
static bool
climb (ProfCallNodes *self, uint32_t row, ProfVecU32 *way, GError **error)
{
  way->length = 0;
  for (; row != PROF_ID_NONE && self->stacks.data[row] == UNKNOWN;
       row = self->parents.data[row])
    {
      self->stacks.data[row] = ON_A_WAY;
      if (!prof_vec_u32_append (way, row))
        return prof_fail_memory (error);
    }
  if (row != PROF_ID_NONE && self->stacks.data[row] == ON_A_WAY)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "node %" G_GUINT64_FORMAT " is above itself",
                      self->ids.data[row]);
  return true;
}

static bool
set_stack (ProfCallNodes *self,
           ProfBuilder   *builder,
           uint32_t       row,
           GError       **error)
{
  uint32_t    parent = self->parents.data[row];
  ProfStackId stack = parent != PROF_ID_NONE ? self->stacks.data[parent] : 0;
  uint64_t    location = self->locations.data[row];

  if (location != 0 &&
      !prof_builder_stack (builder, stack, location, &stack, error))
    return false;
  self->stacks.data[row] = stack;
  return true;
}

bool
prof_call_nodes_finish (ProfCallNodes *self,
                        ProfBuilder   *builder,
                        GError       **error)
{
  ProfVecU32 way = { 0 };
  bool       ok = follow_edges (self, error);

  for (uint32_t row = 0; ok && row < self->ids.length; row++)
    {
      ok = climb (self, row, &way, error);
      while (ok && way.length > 0)
        ok = set_stack (self, builder, way.data[--way.length], error);
    }
  prof_vec_u32_clear (&way);
  return ok;
}
