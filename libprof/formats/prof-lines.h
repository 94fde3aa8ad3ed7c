/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Text as a row of lines, out of pieces that are cut anywhere. Lines end with LF
 * or CR LF, the last one perhaps with neither; a byte order mark in front is no
 * part of the first. Only a line that is cut by the end of a piece is kept, up
 * to so many bytes as limits have it. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "formats/prof-scan.h"

G_BEGIN_DECLS

typedef struct
{
  ProfVecU8   carry;  /* (owned) the beginning of a line */
  const char *line;   /* the one that is being taken */
  uint64_t    number; /* its number, from 1 */
  uint64_t    offset; /* byte of the file where it begins */
  uint64_t    next;   /* and where the one behind it does */
  bool        is_cut; /* it is the last, and has no end */
  uint64_t    most;   /* bytes that are kept; 0: %PROF_MAX_LINE */
} ProfLines;

/**
 * ProfLinesTake:
 * @line: without its end; lent until the function returns
 *
 * Returns: %false with @error set
 */
typedef bool (*ProfLinesTake) (void *data, ProfScan line, GError **error);

/* All zeros is a good beginning; this is one with the bytes that a stack of
 * %PROF_LIMIT_FRAMES may take, and a name of %PROF_LIMIT_STRING. */
void prof_lines_init (ProfLines *self, const ProfLimits *limits);
void prof_lines_clear (ProfLines *self);

/**
 * prof_lines_feed:
 *
 * Gives every line to @take whose end is there.
 */
bool prof_lines_feed (ProfLines     *self,
                      const uint8_t *bytes,
                      size_t         length,
                      ProfLinesTake  take,
                      void          *data,
                      GError       **error);

/* Gives the last line, when it has no end. */
bool prof_lines_finish (ProfLines    *self,
                        ProfLinesTake take,
                        void         *data,
                        GError      **error);

/**
 * prof_lines_fail:
 * @at: in the line that is being taken
 *
 * prof_fail() with "line 7, column 12: " in front; columns count characters. It
 * is %PROF_ERROR_MALFORMED, or %PROF_ERROR_TRUNCATED in a line that has no end.
 *
 * Returns: always %false
 */
bool prof_lines_fail (const ProfLines *self,
                      const char      *at,
                      GError         **error,
                      const char      *format,
                      ...) G_GNUC_PRINTF (4, 5);

/**
 * prof_lines_is_text:
 * @bytes: the first of a file
 *
 * Whether it can be text: there are no control characters among its first 512
 * bytes. They need not be UTF-8.
 */
bool prof_lines_is_text (const uint8_t *bytes, size_t length);

/**
 * prof_lines_look:
 * @bytes: the first of a file
 *
 * Begins looking at lines before they are fed.
 */
ProfScan prof_lines_look (const uint8_t *bytes, size_t length);

/**
 * prof_lines_look_next:
 * @head: what prof_lines_look() gave
 * @is_all: no bytes follow, so that the last line needs no end
 *
 * Returns: %false when there is no whole line any more
 */
bool prof_lines_look_next (ProfScan *head, bool is_all, ProfScan *line);

/* prof_lines_look_next() until there is something else in a line than blanks. */
bool prof_lines_look_first (ProfScan *head, bool is_all, ProfScan *line);

G_END_DECLS
