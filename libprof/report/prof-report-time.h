/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Times of profiles, as Go writes them. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Seconds since 1970 of nanoseconds since 1970, rounded down. */
int64_t prof_report_time_seconds (int64_t ns);

/**
 * prof_report_time_stamp:
 *
 * Go's Time.String(): "2022-11-25 05:00:00.5 +0100 CET", in the zone of TZ, with
 * as many decimals as are not 0.
 *
 * Returns: (transfer full): the text
 */
char *prof_report_time_stamp (int64_t ns);

/**
 * prof_report_time_duration:
 *
 * Go's Duration.String(): "0s", "1.5µs", "1h0m2.5s", negative ones with "-".
 *
 * Returns: (transfer full): the text, UTF-8
 */
char *prof_report_time_duration (int64_t ns);

G_END_DECLS
