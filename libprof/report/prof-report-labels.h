/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A sample's labels as text reports print them: those of one key together, texts
 * apart from numbers, sorted by what is printed. For this folder. */

#include "base/prof-error.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * ProfReportLabelsFunc:
 * @labels: those of one key, all texts or all numbers, in the file's order
 * @n: how many, at least one
 *
 * Returns: (transfer full): what is printed of them
 */
typedef GString *(*ProfReportLabelsFunc) (const void             *data,
                                          const ProfLabel *const *labels,
                                          size_t                  n);

/**
 * prof_report_labels_check:
 *
 * Each label may name a string of any length: all are added up before any is
 * copied.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE when keys, texts and
 *   units of the sample's labels are longer than %PROF_MAX_TEXT_LINE
 */
bool prof_report_labels_check (const ProfProfile *profile,
                               size_t             sample,
                               GError           **error);

/**
 * prof_report_labels:
 * @numbers: whether labels that are numbers are wanted, or those that are texts
 *
 * Returns: (transfer full): a GString for each key, sorted by their bytes
 */
GPtrArray *prof_report_labels (const ProfProfile   *profile,
                               size_t               sample,
                               bool                 numbers,
                               ProfReportLabelsFunc text_of_key,
                               const void          *data);

G_END_DECLS
