/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Text in columns that are aligned to the right. For this folder. */

#include "base/prof-error.h"

G_BEGIN_DECLS

/**
 * prof_report_columns:
 * @text: cells; a tab ends a cell, and what stands behind a line's last tab is
 *   not aligned. At most %PROF_MAX_TEXT_LINE bytes
 *
 * Appends cells in columns as wide as their widest cell and one blank more. A
 * column is what adjoining lines have in that place: a line without it, such as
 * an empty one, ends it.
 *
 * "\v" is a tab that may be empty, "\f" a line's end that ends all columns, and
 * between two bytes 0xFF everything is text.
 *
 * Source: Go's text/tabwriter with AlignRight, widths from 0 and padding 1.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE and nothing appended
 *   when memory is refused or the columns are larger than %PROF_MAX_TEXT_LINE
 */
bool prof_report_columns (GString *out, const GString *text, GError **error);

G_END_DECLS
