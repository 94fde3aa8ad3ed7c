/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-unit.h"

#include "base/prof-decimal.h"
#include <math.h>
#include <string.h>

/* Two readers, two ways of writing a number.
 *
 * Reports follow pprof to the letter, with its oddities: 1024 bytes are a "kB",
 * there are no minutes, an unknown target means the family's default, and
 * nothing at all is "0" without a unit.
 *
 * Windows and pictures get three digits that matter, a blank before the unit,
 * KiB for 1024 and minutes. */

typedef struct
{
  const char *name;
  const char *aliases[3]; /* lower case, without a final "s" */
  double      factor;     /* in units of the family's base */
} Unit;

typedef struct
{
  const Unit *units; /* rising */
  size_t      n_units;
  size_t      fallback; /* where nothing else fits */
} Family;

static const Unit bytes_units[] = {
  { "B", { "b", "byte" }, 1 },
  { "kB", { "kb", "kbyte", "kilobyte" }, 1024 },
  { "MB", { "mb", "mbyte", "megabyte" }, 1048576 },
  { "GB", { "gb", "gbyte", "gigabyte" }, 1073741824 },
  { "TB", { "tb", "tbyte", "terabyte" }, 1099511627776 },
  { "PB", { "pb", "pbyte", "petabyte" }, 1125899906842624 },
};

/* pprof lists "μs" too, but its own removal of a final "s" makes that "μ". */
static const Unit time_units[] = {
  { "ns", { "ns", "nanosecond" }, 1 },
  { "us", { "us", "microsecond" }, 1e3 },
  { "ms", { "ms", "millisecond" }, 1e6 },
  { "s", { "s", "sec", "second" }, 1e9 },
  { "hrs", { "hour", "hr" }, 3.6e12 },
};

static const Unit gcu_units[] = {
  { "n*GCU", { "nanogcu" }, 1e-9 },  { "u*GCU", { "microgcu" }, 1e-6 },
  { "m*GCU", { "milligcu" }, 1e-3 }, { "GCU", { "gcu" }, 1 },
  { "k*GCU", { "kilogcu" }, 1e3 },   { "M*GCU", { "megagcu" }, 1e6 },
  { "G*GCU", { "gigagcu" }, 1e9 },   { "T*GCU", { "teragcu" }, 1e12 },
  { "P*GCU", { "petagcu" }, 1e15 },
};

static const Family bytes_family = { bytes_units,
                                     G_N_ELEMENTS (bytes_units),
                                     0 };
static const Family time_family = { time_units, G_N_ELEMENTS (time_units), 3 };
static const Family gcu_family = { gcu_units, G_N_ELEMENTS (gcu_units), 3 };

static const Family *const families[] = {
  &bytes_family,
  &time_family,
  &gcu_family,
};

static const Unit *
find_unit (const Family *family, const char *text)
{
  size_t           length = strlen (text);
  g_autofree char *name = g_ascii_strdown (text, -1);

  if (length > 2 && name[length - 1] == 's')
    name[length - 1] = '\0';
  for (size_t u = 0; u < family->n_units; u++)
    for (size_t a = 0; a < G_N_ELEMENTS (family->units[u].aliases); a++)
      if (g_strcmp0 (family->units[u].aliases[a], name) == 0)
        return &family->units[u];
  return NULL;
}

static bool
chooses_itself (const char *to)
{
  return strcmp (to, "auto") == 0 || strcmp (to, "minimum") == 0;
}

/* The largest unit that leaves at least 1. */
static const Unit *
largest_unit (const Family *family, double base)
{
  for (size_t u = family->n_units; u > 0; u--)
    if (base / family->units[u - 1].factor >= 1)
      return &family->units[u - 1];
  return &family->units[family->fallback];
}

static const Unit *
target_unit (const Family *family, double base, const char *to)
{
  const Unit *unit;

  if (chooses_itself (to))
    return largest_unit (family, base);
  unit = find_unit (family, to);
  return unit != NULL ? unit : &family->units[family->fallback];
}

static bool
is_plain (const char *to)
{
  return chooses_itself (to) || strcmp (to, "count") == 0 ||
         strcmp (to, "sample") == 0 || strcmp (to, "unit") == 0;
}

double
prof_unit_scale (int64_t      value,
                 const char  *from,
                 const char  *to,
                 const char **unit)
{
  /* INT64_MIN has no positive twin in pprof either, which then finds no unit
   * that leaves 1 and takes the default. */
  bool   mirrored = value < 0 && value != INT64_MIN;
  double amount = mirrored ? -(double)value : (double)value;

  for (size_t f = 0; f < G_N_ELEMENTS (families); f++)
    {
      const Unit *source = find_unit (families[f], from);

      if (source != NULL)
        {
          double      base = amount * source->factor;
          const Unit *target = target_unit (families[f], base, to);

          *unit = target->name;
          return (mirrored ? -base : base) / target->factor;
        }
    }
  *unit = is_plain (to) ? "" : to;
  return (double)value;
}

char *
prof_unit_label (int64_t value, const char *from, const char *to)
{
  char        number[PROF_DECIMAL_SIZE];
  const char *unit;
  double      scaled = prof_unit_scale (value, from, to, &unit);

  prof_decimal_write (number, scaled, 2);
  if (g_str_has_suffix (number, ".00"))
    number[strlen (number) - strlen (".00")] = '\0';
  if (strcmp (number, "0") == 0 || strcmp (number, "-0") == 0)
    return g_strdup ("0");
  return g_strconcat (number, unit, NULL);
}

static const char *
own_unit (int64_t value, const char *unit)
{
  const char *name;

  prof_unit_scale (value, unit, "auto", &name);
  return name;
}

/* A product that is too large wraps around, as in pprof. */
static int64_t
times_100 (int64_t value)
{
  return (int64_t)((uint64_t)value * 100);
}

int64_t
prof_unit_divide (int64_t value, double divide_by)
{
  double ratio = 1 / divide_by;
  double divided = (double)value * ratio;

  if (!(ratio > 0) || ratio == 1)
    return value;
  if (divided >= 0x1p63)
    return INT64_MAX;
  return divided < -0x1p63 ? INT64_MIN : (int64_t)divided;
}

const char *
prof_unit_common (int64_t min, int64_t max, const char *unit)
{
  return prof_unit_common_divided (min, max, unit, 1);
}

const char *
prof_unit_common_divided (int64_t     min,
                          int64_t     max,
                          const char *unit,
                          double      divide_by)
{
  const char *name;

  min = prof_unit_divide (min == 0 ? max : min, divide_by);
  max = prof_unit_divide (max, divide_by);
  name = own_unit (min, unit);
  /* The smallest may shrink to 0.01 when that brings it closer to the
   * largest. */
  if (strcmp (name, own_unit (max, unit)) != 0 && times_100 (min) < max)
    name = own_unit (times_100 (min), unit);
  return name[0] != '\0' ? name : unit;
}

static double
share (double value, double total)
{
  double ratio = total == 0 ? 0 : value / total * 100;

  return fabs (ratio);
}

char *
prof_unit_percentage (int64_t value, int64_t total)
{
  char   number[PROF_DECIMAL_SIZE];
  double ratio = share ((double)value, (double)total);

  if (ratio >= 99.95 && ratio <= 100.05)
    return g_strdup ("  100%");
  if (ratio < 1)
    g_ascii_formatd (number, sizeof number, "%5.2g", ratio);
  else
    prof_decimal_write (number, ratio, 2);
  return g_strconcat (strlen (number) < 5 ? " " : "", number, "%", NULL);
}

static bool
factor_of (const Family *family, const char *unit, double *factor)
{
  const Unit *found = find_unit (family, unit);

  if (found == NULL)
    return false;
  if (factor != NULL)
    *factor = found->factor;
  return true;
}

bool
prof_unit_is_known (const char *unit)
{
  if (is_plain (unit))
    return true;
  for (size_t f = 0; f < G_N_ELEMENTS (families); f++)
    if (find_unit (families[f], unit) != NULL)
      return true;
  return false;
}

bool
prof_unit_is_convertible (const char *from, const char *to)
{
  if (strcmp (from, to) == 0)
    return true;
  for (size_t f = 0; f < G_N_ELEMENTS (families); f++)
    if (find_unit (families[f], from) != NULL &&
        find_unit (families[f], to) != NULL)
      return true;
  return false;
}

bool
prof_unit_is_time (const char *unit, double *ns)
{
  return factor_of (&time_family, unit, ns);
}

bool
prof_unit_is_bytes (const char *unit, double *bytes)
{
  return factor_of (&bytes_family, unit, bytes);
}

/* For people. */

#define MINUS "\xe2\x88\x92"

typedef struct
{
  const char *name;
  double      factor;
  double      from; /* amounts of the base that are written in this unit */
} HumanUnit;

/* 999.6 ms are written as "1 s", so a unit begins a little early; minutes and
 * hours begin late, "90 s" says more than "1.5 min". */
static const HumanUnit human_times[] = {
  { "ns", 1, 0 },        { "µs", 1e3, 999.5 },   { "ms", 1e6, 999.5e3 },
  { "s", 1e9, 999.5e6 }, { "min", 60e9, 120e9 }, { "h", 3600e9, 7200e9 },
};

static const HumanUnit human_bytes[] = {
  { "B", 1, 0 },
  { "KiB", 0x1p10, 0x1p10 - 0.5 },
  { "MiB", 0x1p20, 0x1p20 - 0x1p9 },
  { "GiB", 0x1p30, 0x1p30 - 0x1p19 },
  { "TiB", 0x1p40, 0x1p40 - 0x1p29 },
  { "PiB", 0x1p50, 0x1p50 - 0x1p39 },
};

typedef struct
{
  const HumanUnit *units;
  size_t           n_units;
} HumanScale;

static const HumanScale time_scale = { human_times,
                                       G_N_ELEMENTS (human_times) };
static const HumanScale bytes_scale = { human_bytes,
                                        G_N_ELEMENTS (human_bytes) };

static const HumanUnit *
human_unit (const HumanScale *scale, double base)
{
  size_t n_units = scale->n_units;

  while (n_units > 1 && base < scale->units[n_units - 1].from)
    n_units--;
  return &scale->units[n_units - 1];
}

/* "1234567" to "1 234 567". */
static void
append_grouped (GString *out, const char *digits)
{
  size_t length = strspn (digits, "0123456789");

  for (size_t i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append_c (out, ' ');
      g_string_append_c (out, digits[i]);
    }
  g_string_append (out, digits + length);
}

/* Three digits that matter, all of them when there are more before the
 * point. */
static void
append_three_digits (GString *out, double amount)
{
  char number[PROF_DECIMAL_SIZE];

  prof_decimal_write_short (number,
                            amount,
                            amount >= 99.95   ? 0
                            : amount >= 9.995 ? 1
                                              : 2);
  append_grouped (out, number);
}

static void
append_in (GString *out, const HumanScale *scale, double base)
{
  const HumanUnit *unit = human_unit (scale, base);

  append_three_digits (out, base / unit->factor);
  g_string_append_c (out, ' ');
  g_string_append (out, unit->name);
}

static bool
is_countless (const char *unit)
{
  return unit[0] == '\0' || strcmp (unit, "count") == 0;
}

static void
append_plain (GString *out, uint64_t amount, const char *unit)
{
  char digits[32];

  g_snprintf (digits, sizeof digits, "%" G_GUINT64_FORMAT, amount);
  append_grouped (out, digits);
  if (is_countless (unit))
    return;
  g_string_append_c (out, ' ');
  g_string_append (out, unit);
}

ProfUnitHuman
prof_unit_human_in (const char *unit)
{
  ProfUnitHuman in = { .unit = unit };

  if (prof_unit_is_time (unit, &in.factor))
    in.scale = &time_scale;
  else if (prof_unit_is_bytes (unit, &in.factor))
    in.scale = &bytes_scale;
  return in;
}

void
prof_unit_human_append (GString *out, int64_t value, const ProfUnitHuman *in)
{
  uint64_t amount = value < 0 ? -(uint64_t)value : (uint64_t)value;

  if (value < 0)
    g_string_append (out, MINUS);
  if (in->scale != NULL)
    append_in (out, in->scale, (double)amount * in->factor);
  else
    append_plain (out, amount, in->unit);
}

char *
prof_unit_human (int64_t value, const char *unit)
{
  GString      *out = g_string_new (NULL);
  ProfUnitHuman in = prof_unit_human_in (unit);

  prof_unit_human_append (out, value, &in);
  return g_string_free (out, FALSE);
}

char *
prof_unit_human_percentage (double value, double total)
{
  char        number[G_ASCII_DTOSTR_BUF_SIZE * 8];
  double      ratio = share (value, total);
  const char *sign = value != 0 && (value < 0) != (total < 0) ? MINUS : "";

  g_ascii_formatd (number,
                   sizeof number,
                   ratio >= 99.95                   ? "%.0f"
                   : ratio >= 0.095 || ratio == 0.0 ? "%.1f"
                                                    : "%.1g",
                   ratio);
  if (strchr (number, 'e') != NULL)
    return g_strdup_printf ("%s< 0.0001 %%", sign);
  return g_strdup_printf ("%s%s %%", sign, number);
}

/* Marked for translation; a window asks gettext with what comes back. */
#define N_(text) text

const char *
prof_unit_type_title (const char *type)
{
  static const struct
  {
    const char *type;
    const char *title;
  } titles[] = {
    { "cpu", N_ ("CPU time") },
    { "samples", N_ ("Samples") },
    { "wall", N_ ("Wall-clock time") },
    { "inuse_space", N_ ("Memory in use") },
    { "inuse_objects", N_ ("Objects in use") },
    { "alloc_space", N_ ("Memory allocated") },
    { "alloc_objects", N_ ("Objects allocated") },
    { "space", N_ ("Memory") },
    { "objects", N_ ("Objects") },
    { "goroutine", N_ ("Goroutines") },
    { "threadcreate", N_ ("Threads created") },
    { "contentions", N_ ("Contentions") },
    { "delay", N_ ("Time waiting") },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (titles); i++)
    if (strcmp (titles[i].type, type) == 0)
      return titles[i].title;
  return type;
}
