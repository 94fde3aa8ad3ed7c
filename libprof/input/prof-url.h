/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Addresses of profiles: what people type, read as a URL, and where a server
 * may send us from there. Text in, text out; nothing is looked up.
 *
 *   :6060                      http://localhost:6060/debug/pprof/profile
 *   api:6060/debug/pprof/heap  http://api:6060/debug/pprof/heap
 *   api/debug/pprof/heap       http://api/debug/pprof/heap
 *   https://api                https://api/debug/pprof/profile
 *   results/cpu.prof           not a URL
 *
 * Source: pprof internal/driver/fetch.go, adjustURL(), and cmd/pprof, which
 * adds the path; ":6060" and "api/debug/pprof/heap" are ours. */

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* How a URL is split: its parts stay escaped. */
#define PROF_URL_FLAGS \
  ((GUriFlags)(G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE))

/**
 * prof_url_is:
 *
 * Whether a text is meant as a URL: it has a scheme (and that is not file), a
 * host with a port, or a host and a path with "/debug/pprof". A file of that
 * name is for the caller to prefer, see prof_source_is_url().
 */
bool prof_url_is (const char *typed);

/**
 * prof_url_read:
 * @typed: as for prof_url_is()
 * @seconds: how long the server is to measure, for the parameter "seconds" of
 *   the query; 0 leaves that as it is
 *
 * Completes a URL: scheme, host, and the path of a CPU profile when there is
 * none. What follows "#" goes.
 *
 * Returns: (transfer full): the URL, or %NULL with @error set to
 *   %PROF_ERROR_UNSUPPORTED when it is neither http nor https, or
 *   %PROF_ERROR_MALFORMED
 */
char *prof_url_read (const char *typed, unsigned seconds, GError **error);

/**
 * prof_url_seconds:
 * @url: as by prof_url_read()
 *
 * Returns: how many seconds a Go program takes to answer: what the query says,
 *   or 30 for a CPU profile and 1 for a trace without it; 0 for at once
 */
unsigned prof_url_seconds (const char *url);

/**
 * prof_url_shown:
 *
 * Returns: (transfer full): what was typed, or a URL, without user name and
 *   password: for messages, titles and lists of recent files
 */
char *prof_url_shown (const char *typed);

/**
 * prof_url_redirect:
 * @from: as by prof_url_read()
 * @location: (nullable): what the server answers, perhaps relative
 * @follow: whether another host or port is fine
 *
 * Where a redirect leads. Never to another scheme than http and https, never
 * from https to http, never with a user name. A step from http to https on the
 * same host may change the port.
 *
 * Returns: (transfer full): the URL, without a user name unless host and port
 *   are those of @from; or %NULL with @error set to %PROF_ERROR_REDIRECT where
 *   @follow would help, or %PROF_ERROR_UNSUPPORTED
 */
char *prof_url_redirect (const char *from,
                         const char *location,
                         bool        follow,
                         GError    **error);

G_END_DECLS
