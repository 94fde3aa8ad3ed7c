/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* For tests of formats: profiles of a text, and as text again. */

#include "formats/prof-decoder.h"

G_BEGIN_DECLS

/* Everything at once, as from a file; the test fails when it is no profile. */
ProfProfile *load_text (const char *text);

/* A decoder alone, with bytes that come so many at a time. */
ProfProfile *decode_text (const ProfDecoder *decoder,
                          const char        *text,
                          size_t             length,
                          size_t             step,
                          GError           **error);

/* A sample a line, in order: frames from the root on, an inlined one as "g<f",
 * behind a name ":LINE" when there is one, a frame without names as its address;
 * a blank and the values; labels, a tab before each, "KEY=TEXT" or
 * "KEY=NUMBER UNIT". In front, a line with the types. */
char *stacks_of (const ProfProfile *profile);

/* That a text is read as a profile with these stacks, wherever it is cut. */
void check_stacks (const ProfDecoder *decoder,
                   const char        *text,
                   const char        *stacks);

/* That a text is refused with this code and message, however it is cut. */
void check_refused (const ProfDecoder *decoder,
                    const char        *text,
                    int                code,
                    const char        *message);

/* That the files of tests/data/@folder/good are read, and those of bad refused
 * as their names say: "truncated-…", "malformed-…", "unrecognized-…", "unsupported-…",
 * "toolarge-…". */
void check_files (const char *folder);

/* The profile in a file, its default type as folded stacks.
 * @relative: (transfer full): from the source tree's root */
char *folded_file (char *relative);

/* The profile in a file of the source tree; the test fails without. */
ProfProfile *load_file (const char *relative);

#define MOST_FLAT_VALUES 3

/* What a function has by itself. */
typedef struct
{
  const char *name;
  int64_t     values[MOST_FLAT_VALUES]; /* one for each type */
} FlatValues;

/* That these are all functions of a profile that have something, and this. */
void check_flat (const char        *relative,
                 const char *const *types,
                 size_t             n_types,
                 const FlatValues  *functions,
                 size_t             n_functions);

G_END_DECLS
