/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-inflate.h"

#include "input/prof-gzip-head.h"
#include <isa-l/igzip_lib.h>
#include <stdbool.h>

struct _ProfInflate
{
  ProfGzipHead         head;
  bool                 is_behind_head;
  struct inflate_state state;
};

/* Its own reader of heads decides by memory that was never set (2.30). */

static void
begin (ProfInflate *self)
{
  isal_inflate_reset (&self->state);
  self->state.crc_flag = ISAL_GZIP_NO_HDR_VER;
  self->head = (ProfGzipHead){ 0 };
  self->is_behind_head = false;
}

ProfInflate *
prof_inflate_new (void)
{
  ProfInflate *self = g_try_new (ProfInflate, 1);

  if (self == NULL)
    return NULL;
  isal_inflate_init (&self->state);
  begin (self);
  return self;
}

void
prof_inflate_free (ProfInflate *self)
{
  g_free (self);
}

static ProfInflateStatus
fail (int status, ProfInflateBuffers *buffers)
{
  switch (status)
    {
    case ISAL_INCORRECT_CHECKSUM:
      buffers->reason = "the checksum or the length is wrong";
      break;
    case ISAL_INVALID_LOOKBACK:
      buffers->reason = "invalid distance too far back";
      break;
    case ISAL_INVALID_SYMBOL:
      buffers->reason = "invalid code";
      break;
    default:
      buffers->reason = "invalid block";
      break;
    }
  return PROF_INFLATE_DAMAGED;
}

static ProfInflateStatus
inflate (ProfInflate *self, ProfInflateBuffers *buffers)
{
  struct inflate_state *state = &self->state;
  uint32_t              given = (uint32_t)MIN (buffers->in_left, INT32_MAX);
  uint32_t              offered = (uint32_t)MIN (buffers->room, INT32_MAX);
  int                   status;

  state->next_in = (uint8_t *)buffers->in;
  state->avail_in = given;
  state->next_out = buffers->out;
  state->avail_out = offered;
  status = isal_inflate (state);
  buffers->in += given - state->avail_in;
  buffers->in_left -= given - state->avail_in;
  buffers->out += offered - state->avail_out;
  buffers->room -= offered - state->avail_out;
  if (status < 0)
    return fail (status, buffers);
  if (state->block_state != ISAL_BLOCK_FINISH)
    return PROF_INFLATE_GOES_ON;
  begin (self);
  return PROF_INFLATE_ENDED;
}

ProfInflateStatus
prof_inflate_step (ProfInflate *self, ProfInflateBuffers *buffers)
{
  ProfInflateStatus status;

  if (!self->is_behind_head)
    {
      status = prof_gzip_head_take (&self->head, buffers);
      if (status != PROF_INFLATE_ENDED)
        return status;
      self->is_behind_head = true;
    }
  return inflate (self, buffers);
}
