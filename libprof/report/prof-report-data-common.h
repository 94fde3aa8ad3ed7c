/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What reports for programs tell alike. For this folder. */

#include "report/prof-report-context.h"
#include "report/prof-report-data.h"

G_BEGIN_DECLS

/* What was asked of the profile: "sample_type", "unit", "mean", "total",
 * "granularity", "filters". */
void prof_report_data_facts (ProfReportData          *self,
                             const ProfReportContext *context);

/* Parts of it: "granularity", and "filters", those in force. */
void prof_report_data_granularity (ProfReportData *self,
                                   ProfGranularity granularity);
void prof_report_data_filters (ProfReportData *self, const ProfQuery *query);

/* How much of the graph was left out: "rows_dropped", "rows_before_count". */
void prof_report_data_dropped (ProfReportData *self, const ProfGraph *graph);

/* "name" or another name, of a frame. */
void prof_report_data_frame_name (ProfReportData   *self,
                                  const char       *name,
                                  const ProfFrames *frames,
                                  ProfFrameId       frame);

/* "name", "file", "line", "address", "package". */
void prof_report_data_frame (ProfReportData   *self,
                             const ProfFrames *frames,
                             ProfFrameId       frame);

/* A string of the profile. */
void prof_report_data_string (ProfReportData    *self,
                              const char        *name,
                              const ProfProfile *profile,
                              ProfStringId       id);

G_END_DECLS
