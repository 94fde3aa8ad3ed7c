/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Numbers with a few decimals, as printf() has them in the C locale, to the last
 * digit, without its cost: a flame graph as SVG is some 200,000 of them. */

#include <glib.h>

G_BEGIN_DECLS

/* Room for any double with PROF_DECIMAL_MAX decimals. */
#define PROF_DECIMAL_SIZE 352
#define PROF_DECIMAL_MAX  4

/**
 * prof_decimal_write:
 * @out: room for PROF_DECIMAL_SIZE bytes
 * @n_decimals: at most PROF_DECIMAL_MAX
 *
 * Writes what "%.*f" does: "-1.50", "nan".
 *
 * Returns: the length; a NUL follows
 */
size_t prof_decimal_write (char *out, double number, unsigned n_decimals);

/* The same, less zeros at the end of the decimals and a point behind which
 * nothing is left: "-1.5", "12", "-0". */
size_t prof_decimal_write_short (char *out, double number, unsigned n_decimals);

G_END_DECLS
