/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Texts in quotation marks as Go writes them, with its escapes. */

#include "formats/prof-scan.h"

G_BEGIN_DECLS

/**
 * prof_quoted_scan:
 * @out: set to the text without quotation marks and escapes
 *
 * Returns: %false when there is no such text at the front; then @scan is where
 *   it is wrong
 */
bool prof_quoted_scan (ProfScan *scan, GString *out);

G_END_DECLS
