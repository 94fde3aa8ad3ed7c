/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads locations and the lines in them. A profile may have as many as samples,
 * so they are read without protobuf-c: 40,000 of them take 45 million
 * instructions, through the generated code 167 million. */

#include "base/prof-reader.h"
#include "base/prof-vec.h"
#include "formats/prof-pprof-context.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecRawLine, prof_vec_raw_line, ProfRawLine)

/* Room that is used again for each location. All zeros is empty. */
typedef struct
{
  ProfVecRawLine lines;
} ProfPprofLocation;

void prof_pprof_location_clear (ProfPprofLocation *self);

/**
 * prof_pprof_location_take:
 * @reader: the message
 *
 * Gives a location to the builder.
 */
bool prof_pprof_location_take (ProfPprofLocation *self,
                               ProfPprofContext  *context,
                               ProfReader        *reader,
                               GError           **error);

G_END_DECLS
