/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-change-text.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include <math.h>

#define UP    "\xe2\x96\xb2"
#define DOWN  "\xe2\x96\xbc"
#define MINUS "\xe2\x88\x92"
#define ARROW "\xe2\x86\x92"

/* From here on a share is told without decimals, as in "+130 %". */
#define WHOLE_PERCENT 10

char *
prof_change_relative (int64_t before, int64_t now)
{
  double      share;
  double      size;
  const char *sign;

  if (before == now)
    return g_strdup ("0 %");
  if (before == 0)
    return g_strdup ("new");
  if (now == 0)
    return g_strdup ("gone");
  share = ((double)now - (double)before) / fabs ((double)before) * 100;
  size = fabs (share);
  sign = share < 0 ? MINUS : "+";
  if (size >= WHOLE_PERCENT)
    return g_strdup_printf ("%s%.0f %%", sign, size);
  return g_strdup_printf ("%s%.*f %%", sign, size < 0.1 ? 2 : 1, size);
}

char *
prof_change_mark (const ProfChange      *change,
                  int                    step,
                  const ProfChangeWords *words)
{
  static const ProfChangeWords plain = { "new", "gone" };
  g_autofree char             *relative = NULL;

  if (words == NULL)
    words = &plain;
  if (prof_change_is_new (change))
    return g_strdup (words->is_new);
  if (prof_change_is_gone (change))
    return g_strdup (words->is_gone);
  if (step == 0)
    return NULL;
  relative = prof_change_relative (change->total_before, change->total_now);
  return g_strdup_printf ("%s %s", step > 0 ? UP : DOWN, relative);
}

char *
prof_change_sides (int64_t before, int64_t now, const char *unit)
{
  g_autofree char *left = prof_unit_human (before, unit);
  g_autofree char *right = prof_unit_human (now, unit);

  return g_strdup_printf ("%s " ARROW " %s", left, right);
}

/* "+0.60 s (+130 %)" */
static char *
difference (int64_t before, int64_t now, const char *unit)
{
  int64_t          delta = prof_sub_i64 (now, before);
  g_autofree char *value = prof_unit_human (delta, unit);
  g_autofree char *relative = prof_change_relative (before, now);

  return g_strdup_printf ("%s%s (%s)", delta > 0 ? "+" : "", value, relative);
}

char *
prof_change_difference (int64_t before, int64_t now, const char *unit)
{
  g_autofree char *text = NULL;

  if (before == now)
    return g_strdup ("unchanged");
  text = difference (before, now, unit);
  return g_strdup_printf ("%s %s", now > before ? UP : DOWN, text);
}

char *
prof_change_sentence (int64_t           before,
                      int64_t           now,
                      const ProfChange *all,
                      const char       *unit)
{
  g_autofree char *left = prof_unit_human (before, unit);
  g_autofree char *right = prof_unit_human (now, unit);
  g_autofree char *left_share =
      prof_unit_human_percentage ((double)before, (double)all->total_before);
  g_autofree char *right_share =
      prof_unit_human_percentage ((double)now, (double)all->total_now);
  g_autofree char *rest = difference (before, now, unit);

  return g_strdup_printf ("%s (%s) " ARROW " %s (%s), %s",
                          left,
                          left_share,
                          right,
                          right_share,
                          rest);
}
