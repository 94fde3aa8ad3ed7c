/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Fetches a profile from a running program:
 *
 *   URL --prof_http_fetch()--> bytes of a profile
 *
 * The call blocks; the network has a thread of its own, and the caller's watches
 * clock, cancellable and limits, so whatever a server does, it ends in time.
 * Nothing is kept between calls: no cookies, no passwords, no connection. The
 * proxy is that of the desktop or the environment, except for this machine
 * itself. Certificates are checked, always.
 *
 * Without libsoup (meson's -Dhttp) every fetch fails, and prof_http_is_built()
 * says so. */

#include "base/prof-limits.h"
#include <gio/gio.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum
{
  PROF_HTTP_CONNECTING,
  PROF_HTTP_WAITING, /* asked; the server measures */
  PROF_HTTP_RECEIVING,
} ProfHttpPhase;

/* How far it is. */
typedef struct
{
  ProfHttpPhase phase;
  double        phase_s; /* seconds in this phase */
  unsigned      seconds; /* that the server measures; 0: not at all */
  uint64_t      received;
  uint64_t      size; /* 0: unknown */
} ProfHttpStatus;

/* Called on the fetching thread, about ten times a second. */
typedef void (*ProfHttpNotify) (const ProfHttpStatus *status, void *data);

typedef struct
{
  const char *url; /* as by prof_url_read() */
  /* Seconds that all may take; 0: those that the server measures, and
   * %PROF_HTTP_SPARE_S, of which it may be silent for %PROF_HTTP_SILENT_S. */
  double timeout_s;
  bool   follow; /* redirects to other hosts, too */
  /* %PROF_LIMIT_BODY and %PROF_LIMIT_REDIRECTS; %NULL is the defaults */
  const ProfLimits *limits;
  bool              is_page; /* whatever is there is wanted, HTML too */
} ProfHttpRequest;

/* Whether this library fetches at all. */
bool prof_http_is_built (void);

/**
 * prof_http_fetch:
 * @cancellable: (nullable): ends the fetch at once
 * @notify: (nullable): told how far it is; @data is for it
 *
 * Fetches what is at a URL, all of it or nothing: at most
 * %PROF_LIMIT_BODY bytes, over at most %PROF_LIMIT_REDIRECTS redirects, see
 * prof_url_redirect(). Any thread may call it.
 *
 * Returns: (transfer full): the bytes, see prof_http_reply_profile(); or %NULL
 *   with @error set to what that and prof_url_redirect() have, %G_IO_ERROR,
 *   %G_TLS_ERROR, %G_RESOLVER_ERROR; %PROF_ERROR_TOO_LARGE; or to
 *   %PROF_ERROR_UNSUPPORTED when the library is built without
 */
GBytes *prof_http_fetch (const ProfHttpRequest *request,
                         GCancellable          *cancellable,
                         ProfHttpNotify         notify,
                         void                  *data,
                         GError               **error);

G_END_DECLS
