/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Addresses of running programs as people handle them: what a profile of one is
 * called, where the list of its profiles is, and which addresses were used last.
 * No widget, no network. What is an address, and how it is completed, is said in
 * prof-url.h. */

#include "prof.h"

G_BEGIN_DECLS

/* So many are remembered. */
#define VIEWER_MAX_LOCATIONS 12

/**
 * viewer_location_name:
 * @url: as by prof_url_read()
 *
 * Returns: (transfer full): "heap — localhost:6060", UTF-8, without user name
 *   and password
 */
char *viewer_location_name (const char *url);

/**
 * viewer_location_file_name:
 * @time: of the capture
 *
 * Returns: (transfer full): what to call the file that keeps @bytes,
 *   "heap-localhost-6060-20260714-093000.pb.gz"
 */
char *viewer_location_file_name (const char *url,
                                 GDateTime  *time,
                                 GBytes     *bytes);

/**
 * viewer_location_index:
 * @typed: as for prof_url_read()
 *
 * Returns: (transfer full) (nullable): the URL of the page that lists what a
 *   program has, "http://localhost:6060/debug/pprof/"; %NULL where the address
 *   is none, or leads to one profile itself
 */
char *viewer_location_index (const char *typed);

/**
 * viewer_location_profile:
 * @index: as by viewer_location_index()
 * @name: a name out of the list, "heap"
 * @seconds: 0 leaves that to the program
 *
 * Returns: (transfer full): the URL of that profile
 */
char *viewer_location_profile (const char *index,
                               const char *name,
                               unsigned    seconds);

/* (transfer full): addresses as they were typed, the last used first. */
char **viewer_location_recent (void);

/* Puts an address in front, without user name and password. */
void viewer_location_remember (const char *typed);
void viewer_location_forget_all (void);

G_END_DECLS
