/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-common.h"

void
prof_report_data_granularity (ProfReportData *self, ProfGranularity granularity)
{
  prof_report_data_text (self,
                         "granularity",
                         prof_granularity_name (granularity),
                         -1);
}

void
prof_report_data_filters (ProfReportData *self, const ProfQuery *query)
{
  g_auto (GStrv) filters = prof_query_active_filters (query);

  prof_report_data_texts (self, "filters", (const char *const *)filters);
}

void
prof_report_data_facts (ProfReportData *self, const ProfReportContext *context)
{
  const char *type = "";

  if (context->type < prof_profile_n_types (context->profile))
    type = prof_profile_type_name (context->profile, context->type);
  prof_report_data_text (self, "sample_type", type, -1);
  prof_report_data_text (self, "unit", context->unit, -1);
  prof_report_data_flag (self, "mean", context->fields->mean);
  prof_report_data_integer (self, "total", context->total);
  prof_report_data_granularity (self, context->frames.granularity);
  prof_report_data_filters (self, prof_answer_query (context->answer));
}

void
prof_report_data_dropped (ProfReportData *self, const ProfGraph *graph)
{
  prof_report_data_integer (self,
                            "rows_dropped",
                            (int64_t)prof_graph_n_dropped_nodes (graph));
  prof_report_data_integer (self,
                            "rows_before_count",
                            (int64_t)prof_graph_n_before_count (graph));
}

void
prof_report_data_frame_name (ProfReportData   *self,
                             const char       *name,
                             const ProfFrames *frames,
                             ProfFrameId       frame)
{
  size_t      length;
  const char *text = prof_frames_name_bytes (frames, frame, &length);

  prof_report_data_text (self, name, text, (gssize)length);
}

void
prof_report_data_frame (ProfReportData   *self,
                        const ProfFrames *frames,
                        ProfFrameId       frame)
{
  const ProfFrameInfo *info = prof_frames_info (frames, frame);
  const ProfPackage   *packages = prof_frames_packages (frames);

  prof_report_data_frame_name (self, "name", frames, frame);
  prof_report_data_text (self, "file", prof_frames_file (frames, frame), -1);
  if (info->line != 0)
    prof_report_data_integer (self, "line", info->line);
  else
    prof_report_data_nothing (self, "line");
  if (info->address != 0)
    prof_report_data_address (self, "address", info->address);
  else
    prof_report_data_nothing (self, "address");
  prof_report_data_text (self,
                         "package",
                         packages[prof_frames_package (frames, frame)].name,
                         -1);
}

void
prof_report_data_string (ProfReportData    *self,
                         const char        *name,
                         const ProfProfile *profile,
                         ProfStringId       id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, id, &length);

  prof_report_data_text (self, name, text, (gssize)length);
}
