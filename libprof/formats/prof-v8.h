/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the profiles of V8 (Chrome, Node.js, Deno) have in common: nodes with a
 * call frame each.
 *
 *   {"functionName": "work", "scriptId": "5", "url": "file:///src/a.js",
 *    "lineNumber": 2, "columnNumber": 13}        lines and columns count from 0
 *
 * The state of a reader that uses it begins with it, so that the functions of its
 * rules find it there. */

#include "formats/prof-call-nodes.h"
#include "formats/prof-json-walk.h"
#include "formats/prof-number-column.h"
#include "formats/prof-places.h"

G_BEGIN_DECLS

typedef struct
{
  ProfBuilder  *builder; /* (owned) */
  ProfPlaces   *places;  /* (owned) */
  ProfJsonWalk *walk;    /* (owned) */
  ProfCallNodes nodes;
  ProfVecU64    functions; /* (owned) of each node that has a frame */

  /* Of the call frame that is read */
  int64_t name; /* positions */
  int64_t url;
  int64_t line; /* from 1; 0: not known */
  int64_t column;
} ProfV8;

/* When which node was at the top of the stack: ids of nodes, and the times before
 * them, the first from the start. Microseconds of a clock. */
typedef struct
{
  ProfNumberColumn ids;    /* (owned) */
  ProfNumberColumn deltas; /* (owned) */
  bool             has_deltas;
  bool             has_end;
  int64_t          start;
  int64_t          end;
} ProfV8Samples;

/**
 * prof_v8_add_up:
 * @counts: (out): empty; samples of each node
 * @times: (out): empty; microseconds of each node: a sample lasts until the next
 *   one, the last until the end. A clock that goes back stands still
 */
bool prof_v8_add_up (const ProfV8Samples *samples,
                     const ProfCallNodes *nodes,
                     ProfVecI64          *counts,
                     ProfVecI64          *times,
                     GError             **error);

/* Returns: false when memory is refused */
bool prof_v8_append_zeros (ProfVecI64 *column, size_t n);

/**
 * prof_v8_init:
 * @format: static text; what prof_profile_format() says
 * @rule: of the whole document; its data is @self
 */
void prof_v8_init (ProfV8             *self,
                   const ProfLimits   *limits,
                   const char         *format,
                   const ProfJsonRule *rule);
void prof_v8_clear (ProfV8 *self);

/* The members of a call frame. */
extern const ProfJsonRule prof_v8_call_frame[];

/* Forgets the call frame that was read last. */
void prof_v8_begin_frame (ProfV8 *self);

/* Makes the call frame that was read the node's. "(root)" is none. */
bool prof_v8_end_frame (ProfV8 *self, uint32_t row, GError **error);

/**
 * prof_v8_line:
 * @line: from 1
 * @location: (out): a location in the node's function, on that line
 */
bool prof_v8_line (ProfV8   *self,
                   uint32_t  row,
                   int64_t   line,
                   uint64_t *location,
                   GError  **error);

/* The position of a text. */
bool prof_v8_text (ProfV8     *self,
                   const char *text,
                   int64_t    *position,
                   GError    **error);

bool prof_v8_add_type (ProfV8     *self,
                       const char *type,
                       const char *unit,
                       GError    **error);

/* For ProfDecoder.feed(); @held is bytes besides those of nodes. */
bool prof_v8_feed (ProfV8        *self,
                   const uint8_t *bytes,
                   size_t         length,
                   size_t         held,
                   GError       **error);

G_END_DECLS
