/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The first line of a profile as text: which kind of records follow, how they were
 * sampled, and the sample types that they have. */

#include "formats/prof-text.h"

G_BEGIN_DECLS

typedef enum
{
  PROF_RECORDS_HEAP,       /* "heap profile: 1: 2 [3: 4] @ heap/1048576" */
  PROF_RECORDS_JEMALLOC,   /* "heap_v2/524288" */
  PROF_RECORDS_CONTENTION, /* "--- mutex:" */
  PROF_RECORDS_COUNT,      /* "goroutine profile: total 5" */
} ProfRecordsKind;

/* All zeros before the line. */
typedef struct
{
  ProfRecordsKind kind;
  bool            is_sampled; /* heap: each byte with the chance 1/period */
  int64_t         period;
  size_t          n_types; /* so far; those of jemalloc are known later */
} ProfRecordsHead;

/* "3: 48", with blanks in front and between. */
bool prof_records_scan_pair (ProfScan *line, uint64_t *first, uint64_t *second);

/* Whether a line is one. */
bool prof_records_head_is (const ProfScan *line);

/**
 * prof_records_head_take:
 *
 * Reads the line that @text is at; adds its sample types and its period.
 */
bool prof_records_head_take (ProfRecordsHead *self,
                             ProfText        *text,
                             const ProfScan  *line,
                             GError         **error);

/**
 * prof_records_head_add_heap_types:
 * @n: objects and bytes in use, and the same of what was allocated
 *
 * Adds two types, or four where what was allocated is something else.
 */
bool prof_records_head_add_heap_types (ProfRecordsHead *self,
                                       ProfText        *text,
                                       const uint64_t  *n,
                                       GError         **error);

G_END_DECLS
