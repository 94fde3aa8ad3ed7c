/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which format a JSON file is of, told by the names of its first members. */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum
{
  PROF_JSON_KIND_NONE, /* another, or no JSON */
  PROF_JSON_KIND_SPEEDSCOPE,
  PROF_JSON_KIND_CPUPROFILE,
  PROF_JSON_KIND_HEAPPROFILE,
  PROF_JSON_KIND_CHROME_TRACE,
  PROF_JSON_KIND_FIREFOX,
  PROF_JSON_KIND_DHAT, /* this and those below are not read */
  PROF_JSON_KIND_PYINSTRUMENT,
  PROF_JSON_KIND_GHC,
} ProfJsonKind;

/**
 * prof_json_kind:
 * @bytes: the first of a file, as ProfDecoder.sniff() gets them
 */
ProfJsonKind prof_json_kind (const uint8_t *bytes, size_t length);

G_END_DECLS
