/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Times of profiles, as reports need them. */

#include <glib.h>
#include <stdint.h>

G_BEGIN_DECLS

/* Seconds since 1970 of nanoseconds since 1970, rounded down. */
int64_t prof_report_time_seconds (int64_t ns);

G_END_DECLS
