/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-columns.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "report/prof-report-context.h"
#include <string.h>

#define PADDING 1
#define ESCAPE  '\xff'

typedef struct
{
  uint32_t start;
  uint32_t end;
  uint32_t width;  /* in characters, with padding */
  uint32_t column; /* the column's width */
} Cell;

typedef struct
{
  uint32_t first_cell;
  uint32_t n_aligned; /* the cell behind them is not */
  bool     ends_all;  /* no column goes on below */
} Line;

PROF_VEC_DEFINE (ProfVecCell, prof_vec_cell, Cell)
PROF_VEC_DEFINE (ProfVecLine, prof_vec_line, Line)

typedef struct
{
  const GString *text;

  /* Owned */
  ProfVecCell cells;
  ProfVecLine lines;

  uint64_t size; /* of all columns, with what fills them */
} Table;

/* --- cells --- */

static bool
ends_cell (char byte)
{
  return byte == '\t' || byte == '\v' || byte == '\n' || byte == '\f';
}

/* Behind the byte that closes what the one before @at has opened. */
static size_t
behind_escape (const GString *text, size_t at)
{
  const char *end = memchr (text->str + at, ESCAPE, text->len - at);

  return end != NULL ? (size_t)(end - text->str) + 1 : text->len;
}

/* The two bytes around an escaped text take no room. */
static Cell
cell_at (const GString *text, size_t start)
{
  size_t at = start;
  size_t n_hidden = 0;

  while (at < text->len && !ends_cell (text->str[at]))
    if (text->str[at] == ESCAPE)
      {
        at = behind_escape (text, at + 1);
        n_hidden += 2;
      }
    else
      at++;
  return (Cell){
    .start = (uint32_t)start,
    .end = (uint32_t)at,
    .width = (uint32_t)(prof_report_context_width (text->str + start,
                                                   at - start) +
                        PADDING - n_hidden),
  };
}

static bool
split (Table *self)
{
  const GString *text = self->text;
  Line           line = { 0 };

  for (size_t at = 0; at <= text->len; at++)
    {
      Cell cell = cell_at (text, at);
      char end = cell.end < text->len ? text->str[cell.end] : '\n';

      if (!prof_vec_cell_append (&self->cells, cell))
        return false;
      at = cell.end;
      if (end == '\t' || end == '\v')
        {
          line.n_aligned++;
          continue;
        }
      line.ends_all = end == '\f';
      if (!prof_vec_line_append (&self->lines, line))
        return false;
      line = (Line){ .first_cell = (uint32_t)self->cells.length };
    }
  return true;
}

/* --- columns --- */

/* Whether the column goes on from one line to the next. */
static bool
goes_on (const Table *self, size_t line, size_t column)
{
  return line + 1 < self->lines.length && !self->lines.data[line].ends_all &&
         self->lines.data[line + 1].n_aligned > column;
}

static Cell *
cell_of (const Table *self, size_t line, size_t column)
{
  return &self->cells.data[self->lines.data[line].first_cell + column];
}

static void
align_column (Table *self, size_t line, size_t column)
{
  uint32_t width = cell_of (self, line, column)->width;
  size_t   last = line;

  for (; goes_on (self, last, column); last++)
    width = MAX (width, cell_of (self, last + 1, column)->width);
  for (size_t l = line; l <= last; l++)
    cell_of (self, l, column)->column = width;
  self->size += (uint64_t)width * (last - line + 1);
}

/* Each column is looked at where it begins. */
static void
align (Table *self)
{
  for (size_t l = 0; l < self->lines.length; l++)
    for (size_t c = 0; c < self->lines.data[l].n_aligned; c++)
      if (l == 0 || self->lines.data[l - 1].n_aligned <= c ||
          self->lines.data[l - 1].ends_all)
        align_column (self, l, c);
}

static void
append_cell (const Table *self, GString *out, const Cell *cell, bool aligned)
{
  /* The text has no more characters than the column is wide. */
  for (uint32_t w = cell->width - PADDING; aligned && w < cell->column; w++)
    g_string_append_c (out, ' ');
  g_string_append_len (out,
                       self->text->str + cell->start,
                       (gssize)(cell->end - cell->start));
}

static void
append_lines (const Table *self, GString *out)
{
  for (size_t l = 0; l < self->lines.length; l++)
    {
      size_t n = self->lines.data[l].n_aligned;

      for (size_t c = 0; c <= n; c++)
        append_cell (self, out, cell_of (self, l, c), c < n);
      if (l + 1 < self->lines.length)
        g_string_append_c (out, '\n');
    }
}

/* One wide cell widens all in its column. */
static bool
write_table (Table *self, GString *out, GError **error)
{
  if (!split (self))
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the table needs more memory than there is");
  align (self);
  if (self->size > PROF_MAX_TEXT_LINE)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the table is larger than %u bytes",
                      PROF_MAX_TEXT_LINE);
  append_lines (self, out);
  return true;
}

bool
prof_report_columns (GString *out, const GString *text, GError **error)
{
  Table table = { .text = text };
  bool  done = write_table (&table, out, error);

  prof_vec_cell_clear (&table.cells);
  prof_vec_line_clear (&table.lines);
  return done;
}
