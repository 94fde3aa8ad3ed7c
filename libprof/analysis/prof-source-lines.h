/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What functions cost line by line: for each function and source file the sums
 * of its lines, to be shown beside the source. */

#include "analysis/prof-graph.h"
#include "base/prof-pattern.h"

G_BEGIN_DECLS

typedef struct _ProfSourceLines ProfSourceLines;

typedef struct
{
  int64_t line; /* as in the profile: 0 is unknown */
  int64_t flat; /* sums, also for means */
  int64_t cum;
} ProfSourceLine;

typedef struct
{
  const char *name; /* of the function, bytes as in the profile, also NUL */
  size_t      name_length;
  const char *file; /* "" when no source file of the function is known */
  int64_t     flat; /* of all its lines */
  int64_t     cum;  /* of all its lines: recursion over several counts twice */
  int64_t     first_line; /* of the text to show, from 1 */
  int64_t     last_line;
  size_t      first; /* into prof_source_lines_lines() */
  size_t      n_lines;
} ProfSourceRoutine;

/**
 * prof_source_lines_new:
 * @graph: of frames by line and with binaries; a reference is kept
 * @pattern: (nullable): for names of functions
 *
 * Order: by name, then by file. A routine's lines rise.
 * Shape: what is to be shown begins at the function's first line, or 5 lines
 *   before the first that costs something where that is not known, and goes on 5
 *   lines behind the last.
 * Source: pprof internal/report/source.go, printSource() and
 *   getSourceFromFile(), which there depends on the order of a hash table.
 *
 * Returns: (transfer full): the routines that match, or %NULL with @error set to
 *   %PROF_ERROR_PATTERN
 */
ProfSourceLines *prof_source_lines_new (ProfGraph   *graph,
                                        ProfPattern *pattern,
                                        GError     **error);
void             prof_source_lines_free (ProfSourceLines *self);

const ProfSourceRoutine *prof_source_lines_routines (
    const ProfSourceLines *self,
    size_t                *n);
const ProfSourceLine *prof_source_lines_lines (
    const ProfSourceLines   *self,
    const ProfSourceRoutine *routine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfSourceLines, prof_source_lines_free)

G_END_DECLS
