/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The tables of Firefox's profiles: stackTable → frameTable → funcTable →
 * stringArray. Each is a few columns, and rows are known by their numbers, which
 * may stand anywhere in the file; so all columns are kept, and followed when the
 * file has ended. As the browser itself writes them there are no functions, and a
 * frame has a text that says all (prof-firefox-location.h). */

#include "formats/prof-call-nodes.h"
#include "formats/prof-number-column.h"
#include "formats/prof-text.h"

G_BEGIN_DECLS

/* What stands for null in a column. */
#define PROF_FIREFOX_NONE (-1)

typedef enum
{
  PROF_FIREFOX_STACK_PREFIX,
  PROF_FIREFOX_STACK_OFFSET, /* rows back to the prefix; 0: none */
  PROF_FIREFOX_STACK_FRAME,
  PROF_FIREFOX_FRAME_FUNC,     /* or none, where there are locations */
  PROF_FIREFOX_FRAME_LOCATION, /* strings */
  PROF_FIREFOX_FRAME_FLAGS,    /* which of the others are there */
  PROF_FIREFOX_FRAME_LINE,
  PROF_FIREFOX_FRAME_COLUMN,
  PROF_FIREFOX_FUNC_NAME,
  PROF_FIREFOX_FUNC_FLAGS,
  PROF_FIREFOX_FUNC_FILE,
  PROF_FIREFOX_FUNC_SOURCE,
  PROF_FIREFOX_FUNC_LINE,
} ProfFirefoxColumn;

#define PROF_FIREFOX_N_COLUMNS (PROF_FIREFOX_FUNC_LINE + 1)

/* Many are of markers, so they become texts of the profile where they are used. */
typedef struct
{
  ProfVecU8  bytes; /* (owned) of all, one behind the other */
  ProfVecU64 ends;  /* (owned) of each */
} ProfFirefoxStrings;

typedef struct
{
  ProfNumberColumn   columns[PROF_FIREFOX_N_COLUMNS];
  ProfFirefoxStrings strings;
} ProfFirefoxTables;

/* All zeros are empty ones. */
void   prof_firefox_tables_clear (ProfFirefoxTables *self);
size_t prof_firefox_tables_bytes (const ProfFirefoxTables *self);

/* Whether there are no stacks, frames and functions. */
bool prof_firefox_tables_are_empty (const ProfFirefoxTables *self);

/* Returns: false when memory is refused */
bool prof_firefox_strings_append (ProfFirefoxStrings *self,
                                  const char         *text,
                                  size_t              length);

/**
 * prof_firefox_tables_follow:
 * @strings: where the tables have none
 * @sources: file names of sources, as strings
 * @nodes: empty; becomes the stacks, in order of rows
 *
 * Gives the builder what the tables say.
 *
 * Returns: %false with @error set when a row is not there, or a stack is below
 *   itself
 */
bool prof_firefox_tables_follow (const ProfFirefoxTables  *self,
                                 const ProfFirefoxStrings *strings,
                                 const ProfNumberColumn   *sources,
                                 ProfText                 *text,
                                 ProfCallNodes            *nodes,
                                 GError                  **error);

/* Returns: always %false, with @error set to say that @what names a row that the
 *   table has not */
bool prof_firefox_fail_row (const char *what,
                            int64_t     row,
                            const char *table,
                            GError    **error);

G_END_DECLS
