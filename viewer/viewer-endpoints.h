/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a running program offers: the profiles that its page lists, in an order
 * that people look for them, and what each is called. No widget. */

#include "prof.h"
#include <gio/gio.h>

G_BEGIN_DECLS

/* One that can be captured. */
typedef struct
{
  char *name; /* "heap"; owned */
  char *
      title; /* "Memory in use"; owned; the name where it is the program's own */
  char *about; /* one sentence; owned; "" where nothing is known */
  bool
      measures; /* for as long as it is told to, instead of answering at once */
  bool     has_count;
  uint64_t count; /* of what is in it, as the page says */
} ViewerEndpoint;

/* (transfer full) (element-type ViewerEndpoint): what every Go program has, without
 * counts. */
GPtrArray *viewer_endpoints_usual (void);

/**
 * viewer_endpoints_list_async:
 * @index: as by viewer_location_index()
 *
 * Asks a program. It takes no longer than ten seconds.
 */
void viewer_endpoints_list_async (const char         *index,
                                  GCancellable       *cancellable,
                                  GAsyncReadyCallback done,
                                  gpointer            data);

/* (transfer full) (element-type ViewerEndpoint): at least one; or %NULL with @error
 * set as by prof_http_fetch(), or to %PROF_ERROR_UNRECOGNIZED when the page lists
 * none. */
GPtrArray *viewer_endpoints_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
