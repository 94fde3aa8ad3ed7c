/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Units as pprof writes them: "1.50s", "12.30MB", " 4.20%". */

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

/**
 * prof_unit_scale:
 * @value: in @from
 * @to: a unit, or "auto" or "minimum", which are the same here; a unit of another
 *   family, or of none, counts as the default one of @from's
 * @unit: (out): the unit's short name. When @from is of no family that is @to,
 *   or "" where @to is "count", "sample", "unit", "auto" or "minimum"
 *
 * Source: pprof internal/measurement, Scale().
 *
 * Returns: the value in that unit; unchanged when @from is of no family
 */
double prof_unit_scale (int64_t      value,
                        const char  *from,
                        const char  *to,
                        const char **unit);

/**
 * prof_unit_label:
 * @value: in @from
 * @from: "nanoseconds", "bytes", "count", ...
 * @to: a unit, or "auto" for the largest that leaves at least 1
 *
 * Source: pprof internal/measurement, ScaledLabel().
 *
 * Returns: (transfer full): "1.50s", "0" without unit for nothing
 */
char *prof_unit_label (int64_t value, const char *from, const char *to);

/**
 * prof_unit_common:
 * @min: smallest absolute value shown that is not 0, or 0 when there is none
 * @max: the total
 *
 * The one unit in which a whole table is printed. Where numbers must stay whole,
 * as for callgrind, pprof gives the smallest as @max too.
 *
 * Source: pprof internal/report, selectOutputUnit().
 *
 * Returns: (transfer none): a unit for prof_unit_label(); @unit itself when it
 *   is of no family
 */
const char *prof_unit_common (int64_t min, int64_t max, const char *unit);

/**
 * prof_unit_divide:
 * @divide_by: not 0; what is not positive divides by nothing, as in pprof
 *
 * A value as --divide-by shows it, towards 0. Percentages are of values that are
 * not divided.
 *
 * Returns: the value divided; saturates, where pprof's answer depends on the
 *   processor
 */
int64_t prof_unit_divide (int64_t value, double divide_by);

/**
 * prof_unit_common_divided:
 *
 * prof_unit_common() for values that will be shown divided; @min and @max are
 * not yet.
 */
const char *prof_unit_common_divided (int64_t     min,
                                      int64_t     max,
                                      const char *unit,
                                      double      divide_by);

/* Whether something can be asked to be written in this unit whatever it is in:
 * one of a family, or "auto", "minimum", "count", "sample", "unit". */
bool prof_unit_is_known (const char *unit);

/* Whether amounts in one unit can be written in the other: they are the same, or
 * of one family. */
bool prof_unit_is_convertible (const char *from, const char *to);

/* @value of @total as pprof prints it, six characters or more: "99.50%",
 * "  100%", "0.012%". */
char *prof_unit_percentage (int64_t value, int64_t total);

/* Whether the unit is of the family of times or of bytes; and to what factor of
 * ns or bytes. */
bool prof_unit_is_time (const char *unit, double *ns);
bool prof_unit_is_bytes (const char *unit, double *bytes);

/* For people, in windows and pictures: "9.86 s", "12.3 MiB", "1 234", with a
 * space before the unit and at most three digits that matter; counts in full.
 * The minus sign is U+2212. Always with ".", as pictures are not translated. */
char *prof_unit_human (int64_t value, const char *unit);

/* A unit looked up once, to write many values in it. */
typedef struct
{
  const char *unit; /* lent */
  const void *scale;
  double      factor;
} ProfUnitHuman;

/* @unit must outlive what comes back. */
ProfUnitHuman prof_unit_human_in (const char *unit);
void          prof_unit_human_append (GString             *out,
                                      int64_t              value,
                                      const ProfUnitHuman *in);

/* "4.2 %", "5.0 %", "100 %", "0.02 %"; 0 when total is 0. Always with one decimal
 * below 100 and down to 0.1, so that columns of them stand under each other. */
char *prof_unit_human_percentage (double value, double total);

/* What a sample type is called in a window: "CPU time" for cpu, "Memory in use"
 * for inuse_space, ... and else the type itself. */
const char *prof_unit_type_title (const char *type);

G_END_DECLS
