/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The lines at the head of a report, byte for byte as pprof prints them. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/* What the lines are about, besides the profile. */
typedef struct
{
  size_t      type;
  bool        mean;
  int64_t     total; /* what the report takes for the sum of its samples */
  const char *shown_total; /* as the report writes it */
} ProfReportHeader;

/**
 * prof_report_header:
 *
 * Appends File, Build ID, comments, Type, Time (in the zone of TZ) and Duration,
 * a line each, as far as the profile has them.
 */
void prof_report_header (GString *out, const ProfProfile *profile, size_t type);

/* prof_report_header() for a report with a total of its own. */
void prof_report_header_in (GString                *out,
                            const ProfProfile      *profile,
                            const ProfReportHeader *header);

G_END_DECLS
