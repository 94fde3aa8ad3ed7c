/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a server has answered, judged once all of it is there: is it a profile,
 * whole, and which bytes are it. No network in here. */

#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct
{
  unsigned    status;    /* 200 */
  const char *reason;    /* (nullable): "OK" */
  const char *type;      /* (nullable): Content-Type */
  const char *encoding;  /* (nullable): Content-Encoding */
  int64_t     length;    /* Content-Length; -1: there is none */
  bool        is_framed; /* whether a cut-off body would have been noticed */
  GBytes     *body;
  uint64_t max_bytes; /* of the body without what the server put around it; 0:
                          * %PROF_MAX_HTTP_BODY */
} ProfHttpReply;

/**
 * prof_http_reply_check:
 *
 * Whether the server has given what was asked for, and all of it. For anything
 * but 200 the message has the server's own words when they are plain text, at
 * most %PROF_MAX_HTTP_TEXT bytes of them, without control characters.
 *
 * Returns: %false with @error set to %G_IO_ERROR_FAILED, %PROF_ERROR_TRUNCATED
 *   or %PROF_ERROR_EMPTY
 */
bool prof_http_reply_check (const ProfHttpReply *self, GError **error);

/**
 * prof_http_reply_profile:
 *
 * The bytes of a profile. They are the body as it came; only where a server has
 * compressed what is already compressed, the outer layer goes, or no program
 * could open the file. Whether they are a profile is for a decoder to say.
 *
 * Returns: (transfer full): the bytes, or %NULL with @error set, as by
 *   prof_http_reply_check(), or to %PROF_ERROR_UNRECOGNIZED for HTML,
 *   %PROF_ERROR_UNSUPPORTED for an encoding, %PROF_ERROR_TRUNCATED for plain
 *   bytes of which nobody can tell whether they are all
 */
GBytes *prof_http_reply_profile (const ProfHttpReply *self, GError **error);

G_END_DECLS
