/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-source-lines.h"

#include "base/prof-checked.h"
#include <stdlib.h>
#include <string.h>

/* Lines shown around those that cost something. */
#define MARGIN 5

/* A node that matches, with what it is sorted by. */
typedef struct
{
  const ProfFrameInfo *info;
  const ProfGraphNode *node;
} Row;

struct _ProfSourceLines
{
  size_t n_routines;
  size_t n_lines;

  /* Owned */
  ProfSourceRoutine *routines;
  ProfSourceLine    *lines;

  /* Shared, a reference: names come from its frames */
  ProfGraph *graph;
};

/* Order by bytes, as memcmp(). */
static int
compare_names (const ProfFrameInfo *a, const ProfFrameInfo *b)
{
  int order = memcmp (a->name, b->name, MIN (a->name_length, b->name_length));

  if (order != 0)
    return order;
  return a->name_length < b->name_length ? -1 : a->name_length > b->name_length;
}

static int
compare_rows (const void *a, const void *b)
{
  const Row *left = a;
  const Row *right = b;
  int        order = compare_names (left->info, right->info);

  if (order == 0)
    order = strcmp (left->info->file, right->info->file);
  if (order != 0)
    return order;
  return left->info->line < right->info->line
             ? -1
             : left->info->line > right->info->line;
}

/* Returns: the nodes that match, @n of them, or NULL with @error set. */
static Row *
matching_rows (ProfGraph   *graph,
               ProfPattern *pattern,
               size_t      *n,
               GError     **error)
{
  const ProfFrames    *frames = prof_graph_frames (graph);
  const ProfGraphNode *nodes = prof_graph_nodes (graph);
  size_t               n_nodes = prof_graph_n_nodes (graph);
  g_autofree Row      *rows = g_new (Row, n_nodes + 1);

  *n = 0;
  for (size_t i = 0; i < n_nodes; i++)
    {
      const ProfFrameInfo *info = prof_frames_info (frames, nodes[i].frame);
      bool                 matches = true;

      if (pattern != NULL && !prof_pattern_test (pattern,
                                                 nodes[i].frame,
                                                 info->name,
                                                 info->name_length,
                                                 &matches,
                                                 error))
        return NULL;
      if (matches)
        rows[(*n)++] = (Row){ info, &nodes[i] };
    }
  qsort (rows, *n, sizeof *rows, compare_rows);
  return g_steal_pointer (&rows);
}

static int64_t
first_line_of (const ProfFrameInfo *info)
{
  int64_t first = info->start_line;

  if (first == 0)
    first = prof_add_i64 (info->line, -MARGIN);
  return MAX (first, 1);
}

static void
add_line (ProfSourceLines *self, ProfSourceRoutine *routine, const Row *row)
{
  ProfSourceLine *line = &self->lines[self->n_lines];

  if (routine->n_lines > 0 && line[-1].line == row->info->line)
    line--;
  else
    {
      *line = (ProfSourceLine){ .line = row->info->line };
      self->n_lines++;
      routine->n_lines++;
    }
  line->flat = prof_add_i64 (line->flat, row->node->flat);
  line->cum = prof_add_i64 (line->cum, row->node->cum);
}

static void
add_to_routine (ProfSourceLines   *self,
                ProfSourceRoutine *routine,
                const Row         *row)
{
  int64_t first = first_line_of (row->info);
  int64_t last = prof_add_i64 (row->info->line, MARGIN);

  if (routine->n_lines == 0 || first < routine->first_line)
    routine->first_line = first;
  if (routine->n_lines == 0 || last > routine->last_line)
    routine->last_line = last;
  routine->flat = prof_add_i64 (routine->flat, row->node->flat);
  routine->cum = prof_add_i64 (routine->cum, row->node->cum);
  add_line (self, routine, row);
}

static bool
is_same_function (const Row *a, const Row *b)
{
  return compare_names (a->info, b->info) == 0;
}

/* Lines of a function whose file is not known count only where none is: they
 * are sorted first. */
static bool
is_left_out (const Row *rows, size_t n, size_t row)
{
  if (rows[row].info->file[0] != '\0')
    return false;
  for (size_t r = row + 1; r < n && is_same_function (&rows[row], &rows[r]);
       r++)
    if (rows[r].info->file[0] != '\0')
      return true;
  return false;
}

static bool
is_same_routine (const ProfSourceRoutine *routine, const Row *row)
{
  return routine->name_length == row->info->name_length &&
         memcmp (routine->name, row->info->name, routine->name_length) == 0 &&
         strcmp (routine->file, row->info->file) == 0;
}

static void
add_row (ProfSourceLines *self, const Row *row)
{
  ProfSourceRoutine *routine = &self->routines[self->n_routines];

  if (self->n_routines > 0 && is_same_routine (routine - 1, row))
    routine--;
  else
    {
      *routine = (ProfSourceRoutine){
        .name = row->info->name,
        .name_length = row->info->name_length,
        .file = row->info->file,
        .first = self->n_lines,
      };
      self->n_routines++;
    }
  add_to_routine (self, routine, row);
}

ProfSourceLines *
prof_source_lines_new (ProfGraph *graph, ProfPattern *pattern, GError **error)
{
  size_t           n;
  g_autofree Row  *rows = matching_rows (graph, pattern, &n, error);
  ProfSourceLines *self;
  bool             left_out = false;

  if (rows == NULL)
    return NULL;
  self = g_new0 (ProfSourceLines, 1);
  self->graph = prof_graph_ref (graph);
  self->routines = g_new (ProfSourceRoutine, n + 1);
  self->lines = g_new (ProfSourceLine, n + 1);
  for (size_t r = 0; r < n; r++)
    {
      /* The answer is one for all without a file: they follow each other. */
      if (r == 0 || !is_same_function (&rows[r - 1], &rows[r]) ||
          rows[r].info->file[0] != '\0')
        left_out = is_left_out (rows, n, r);
      if (!left_out)
        add_row (self, &rows[r]);
    }
  return self;
}

void
prof_source_lines_free (ProfSourceLines *self)
{
  if (self == NULL)
    return;
  g_free (self->routines);
  g_free (self->lines);
  prof_graph_unref (self->graph);
  g_free (self);
}

const ProfSourceRoutine *
prof_source_lines_routines (const ProfSourceLines *self, size_t *n)
{
  *n = self->n_routines;
  return self->routines;
}

const ProfSourceLine *
prof_source_lines_lines (const ProfSourceLines   *self,
                         const ProfSourceRoutine *routine)
{
  return self->lines + routine->first;
}
