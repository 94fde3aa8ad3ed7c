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
