/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Inflates one gzip member after the other. There are two makes of it, of which
 * one is built: by ISA-L (prof-inflate-isal.c), which takes 0.6 of the time, and
 * by zlib (prof-inflate-zlib.c). What they make of damaged data differs in words
 * only. */

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfInflate ProfInflate;

typedef enum
{
  PROF_INFLATE_GOES_ON, /* the input is used up, or the room full */
  PROF_INFLATE_ENDED,   /* the member is complete and its sums are right */
  PROF_INFLATE_NO_GZIP, /* what comes is not the head of a member */
  PROF_INFLATE_DAMAGED,
  PROF_INFLATE_NO_MEMORY,
} ProfInflateStatus;

/* Bytes on their way, as zlib has them. */
typedef struct
{
  const uint8_t *in;
  size_t         in_left;
  uint8_t       *out;
  size_t         room;

  const char *reason; /* (out): what is damaged, static text */
} ProfInflateBuffers;

/* Returns: (transfer full): in front of a member; %NULL when memory is refused */
ProfInflate *prof_inflate_new (void);
void         prof_inflate_free (ProfInflate *self);

/**
 * prof_inflate_step:
 * @buffers: (inout): moved over what was used and written
 *
 * Works until the input is used up, the room is full, or the member ends; the
 * next call then begins another.
 */
ProfInflateStatus prof_inflate_step (ProfInflate        *self,
                                     ProfInflateBuffers *buffers);

G_END_DECLS
