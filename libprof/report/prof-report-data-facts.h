/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What all reports for programs say of themselves. For this folder. */

#include "report/prof-report-context.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/* Tells sample type, unit, total, granularity and filters. */
void prof_report_data_facts (ProfReportData          *self,
                             const ProfReportContext *context);

G_END_DECLS
