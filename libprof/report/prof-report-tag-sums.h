/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What samples cost by each label that they have. For this folder. */

#include "base/prof-vec.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/* A label, and what samples with it cost. */
typedef struct
{
  const ProfLabel *label; /* lent by the profile */
  int64_t          sum;
} ProfReportTagSum;

PROF_VEC_DEFINE (ProfVecTagSum, prof_vec_tag_sum, ProfReportTagSum)

/**
 * prof_report_tag_sums:
 * @type: which value of the samples
 * @sums: (out): in the order of first use; empty without sample types. A sample
 *   counts for each label that it has
 */
void prof_report_tag_sums (const ProfProfile *profile,
                           size_t             type,
                           ProfVecTagSum     *sums);

/* Order of two texts by their bytes. */
int prof_report_compare_bytes (const char *left,
                               size_t      left_length,
                               const char *right,
                               size_t      right_length);

/* Order of two strings of the profile by their bytes. */
int prof_report_compare_strings (const ProfProfile *profile,
                                 ProfStringId       left,
                                 ProfStringId       right);

G_END_DECLS
