/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names well-known files that are not read, so that the message about one can say
 * what it is, and what to do with it. */

#include "formats/prof-json-kind.h"
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;    /* "a PNG picture" */
  const char *remedy;  /* of a profile: what to do with it. NULL: it is none */
  bool        is_perf; /* whether prof_perf_data_load() reads it */
} ProfForeign;

/**
 * prof_foreign_find:
 * @bytes: the first bytes of a file; 512 are enough
 * @length: at least 1
 *
 * Returns: (transfer none) (nullable): what it is, or %NULL for bytes that are
 *   none of the known kinds. Never names what could be a profile that is read
 */
const ProfForeign *prof_foreign_find (const uint8_t *bytes, size_t length);

/**
 * prof_foreign_text:
 *
 * For text that is nothing better.
 *
 * Returns: (transfer none) (nullable): "text", "JSON", or %NULL for what is not
 *   text. Never names what could be pprof: a profile has control characters among
 *   its first bytes
 */
const char *prof_foreign_text (const uint8_t *bytes, size_t length);

/* What a JSON file is that is known and not read; %NULL: any. */
const ProfForeign *prof_foreign_json (ProfJsonKind kind);

G_END_DECLS
