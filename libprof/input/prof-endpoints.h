/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The page at /debug/pprof/, where a Go program lists its profiles:
 *
 *   <tr><td>12</td><td><a href='allocs?debug=1'>allocs</a></td></tr>
 *
 * Go before 1.11 wrote <td align=right>12<td><a href="allocs?debug=1">. */

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct
{
  char    *name;  /* "heap", to be put behind the page's address; owned */
  uint64_t count; /* of what the profile has; 0 for a CPU profile */
} ProfEndpoint;

/**
 * prof_endpoints_read:
 * @page: HTML, not necessarily UTF-8
 * @n: (out): how many there are
 *
 * Reads the list of profiles in their order on the page, at most
 * %PROF_MAX_HTTP_LISTED. What is listed there and is no profile ("cmdline",
 * "symbol", "trace") is left out.
 *
 * Returns: (transfer full): the profiles, or %NULL when @page has none
 */
ProfEndpoint *prof_endpoints_read (const char *page, size_t length, size_t *n);
void          prof_endpoints_free (ProfEndpoint *self, size_t n);

G_END_DECLS
