/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-comments.h"

void
prof_report_comments (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  for (size_t c = 0; c < n; c++)
    {
      size_t      length;
      const char *text;

      text = prof_profile_string_bytes (profile, comments[c], &length);
      g_string_append_len (out, text, (gssize)length);
      g_string_append_c (out, '\n');
    }
}

void
prof_report_data_comments (GString           *out,
                           const ProfProfile *profile,
                           ProfReportSyntax   syntax)
{
  static const char *const   columns[] = { "comment", NULL };
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "comments");
  size_t                     n;
  const ProfStringId        *comments = prof_profile_comments (profile, &n);

  prof_report_data_begin_rows (data, columns);
  for (size_t c = 0; c < n; c++)
    {
      size_t      length;
      const char *text = prof_profile_string_bytes (profile,
                                                    comments[c],
                                                    &length);

      prof_report_data_begin_row (data);
      prof_report_data_text (data, "comment", text, (gssize)length);
      prof_report_data_end_row (data);
    }
  prof_report_data_end_rows (data);
  prof_report_data_finish (data, out);
}
