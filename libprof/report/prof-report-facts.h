/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a profile says of itself that has to be found out first. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct
{
  ProfStringId key;
  size_t       n_samples; /* that have it */
  size_t       n_values;  /* distinct ones */
} ProfReportKey;

/* What kind of profile it is: "CPU", "heap", "other". */
const char *prof_report_facts_kind (const ProfProfile *profile);

/* (transfer full): a ProfReportKey for each key of labels, sorted by name. */
GPtrArray *prof_report_facts_keys (const ProfProfile *profile);

G_END_DECLS
