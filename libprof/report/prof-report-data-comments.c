/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-comments.h"

#include "report/prof-report-data-common.h"

static void
put_list (ProfReportData *data, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  prof_report_data_begin_list (data, "comments");
  for (size_t c = 0; c < n && prof_report_data_goes_on (data); c++)
    prof_report_data_string (data, NULL, profile, comments[c]);
  prof_report_data_end_list (data);
}

static void
put_lines (ProfReportData *data, const ProfProfile *profile)
{
  static const char *const columns[] = { "comment", NULL };
  size_t                   n;
  const ProfStringId      *comments = prof_profile_comments (profile, &n);

  prof_report_data_begin_rows (data, columns);
  for (size_t c = 0; c < n && prof_report_data_goes_on (data); c++)
    {
      prof_report_data_begin_row (data);
      prof_report_data_string (data, "comment", profile, comments[c]);
      prof_report_data_end_row (data);
    }
  prof_report_data_end_rows (data);
}

bool
prof_report_data_comments (const ProfProfile *profile,
                           ProfReportSyntax   syntax,
                           const ProfSink    *sink,
                           GError           **error)
{
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax,
                                                          "comments",
                                                          sink);

  if (syntax == PROF_REPORT_CSV)
    put_lines (data, profile);
  else
    put_list (data, profile);
  return prof_report_data_finish (data, error);
}
