/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-time.h"

int64_t
prof_report_time_seconds (int64_t ns)
{
  return ns / 1000000000 - (ns % 1000000000 < 0);
}
