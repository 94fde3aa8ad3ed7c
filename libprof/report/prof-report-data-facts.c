/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-facts.h"

void
prof_report_data_facts (ProfReportData *self, const ProfReportContext *context)
{
  g_auto (GStrv) filters = NULL;
  const char    *type = "";

  if (context->type < prof_profile_n_types (context->profile))
    type = prof_profile_type_name (context->profile, context->type);
  filters = prof_query_active_filters (prof_answer_query (context->answer));
  prof_report_data_text (self, "sample_type", type, -1);
  prof_report_data_text (self, "unit", context->unit, -1);
  prof_report_data_flag (self, "mean", context->fields->mean);
  prof_report_data_integer (self, "total", context->total);
  prof_report_data_text (self,
                         "granularity",
                         prof_granularity_name (context->frames.granularity),
                         -1);
  prof_report_data_texts (self, "filters", (const char *const *)filters);
}
