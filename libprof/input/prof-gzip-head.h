/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The head of a gzip member (RFC 1952, 2.3), byte by byte:
 *
 *   1f 8b, method, flags, time (4), level, system
 *   by flags: length (2) and so many bytes; a name and a 0; a comment and a 0;
 *     the low half of the head's CRC-32 (2)
 *
 * For inflaters that have no reader of their own, or none to be trusted. */

#include "input/prof-inflate.h"

G_BEGIN_DECLS

/* Zeros are the beginning. */
typedef struct
{
  unsigned part;  /* of the head, see the source */
  uint32_t n;     /* bytes of it so far */
  uint32_t extra; /* length of the extra field */
  uint8_t  flags;
  uint32_t crc; /* of all bytes so far */
  uint32_t sum; /* that the head claims */
} ProfGzipHead;

/**
 * prof_gzip_head_take:
 * @buffers: (inout): the input is moved over what belongs to the head
 *
 * Returns: %PROF_INFLATE_ENDED behind the head; %PROF_INFLATE_GOES_ON when the
 *   input ends inside; or what is wrong
 */
ProfInflateStatus prof_gzip_head_take (ProfGzipHead       *self,
                                       ProfInflateBuffers *buffers);

G_END_DECLS
