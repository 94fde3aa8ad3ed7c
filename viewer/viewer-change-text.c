/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-change-text.h"

#include "viewer-text.h"
#include <glib/gi18n.h>

#define MINUS "\xe2\x88\x92"
#define ARROW "\xe2\x86\x92"

char *
viewer_change_relative (int64_t before, int64_t now)
{
  if (before == now)
    return g_strdup (_ ("unchanged"));
  if (before == 0)
    /* Translators: of what was not there in the profile it is compared with */
    return g_strdup (C_ ("change", "new"));
  if (now == 0)
    /* Translators: of what was there before, and is no more */
    return g_strdup (C_ ("change", "gone"));
  return prof_change_relative (before, now);
}

/* Saturates. */
static int64_t
distance (int64_t before, int64_t now)
{
  int64_t delta;

  if (__builtin_sub_overflow (MAX (before, now), MIN (before, now), &delta))
    return INT64_MAX;
  return delta;
}

static const char *
sign_of (int64_t before, int64_t now)
{
  if (before == now)
    return "";
  return now > before ? "+" : MINUS;
}

char *
viewer_change_delta (const ViewerResult *result, int64_t before, int64_t now)
{
  g_autofree char *value = viewer_text_value (result, distance (before, now));

  return g_strconcat (sign_of (before, now), value, NULL);
}

char *
viewer_change_sides (const ViewerResult *result, int64_t before, int64_t now)
{
  return prof_change_sides (before, now, result->unit);
}

char *
viewer_change_difference (const ViewerResult *result,
                          int64_t             before,
                          int64_t             now)
{
  g_autofree char *relative = viewer_change_relative (before, now);
  g_autofree char *value = prof_unit_human (distance (before, now),
                                            result->unit);

  if (before == now)
    return g_steal_pointer (&relative);
  return g_strdup_printf ("%s%s (%s)", sign_of (before, now), value, relative);
}

char *
viewer_change_sentence (const ViewerResult *result, int64_t before, int64_t now)
{
  g_autofree char *left = prof_unit_human (before, result->unit);
  g_autofree char *right = prof_unit_human (now, result->unit);
  g_autofree char *left_share = NULL;
  g_autofree char *right_share = NULL;
  g_autofree char *rest = viewer_change_difference (result, before, now);

  left_share = prof_unit_human_percentage ((double)before,
                                           (double)result->all.total_before);
  right_share = prof_unit_human_percentage ((double)now,
                                            (double)result->all.total_now);
  return g_strdup_printf ("%s (%s) " ARROW " %s (%s), %s",
                          left,
                          left_share,
                          right,
                          right_share,
                          rest);
}

char *
viewer_change_shares (const ViewerResult *result, int64_t before, int64_t now)
{
  g_autofree char *left = NULL;
  g_autofree char *right = NULL;

  left = prof_unit_human_percentage ((double)before,
                                     (double)result->all.total_before);
  right = prof_unit_human_percentage ((double)now,
                                      (double)result->all.total_now);
  /* Translators: a share of everything, before and now */
  return g_strdup_printf (_ ("%s → %s of all"), left, right);
}

const char *
viewer_change_arrow (int64_t before, int64_t now)
{
  if (before == now)
    return "";
  return now > before ? "\xe2\x96\xb2" : "\xe2\x96\xbc";
}

bool
viewer_change_of (const ViewerResult *result,
                  ProfNodeId          node,
                  ProfNodeId          end,
                  ProfChange         *change)
{
  const ProfNode   *nodes = prof_tree_nodes (result->tree);
  const ProfChange *changes = prof_tree_changes (result->tree);

  if (changes == NULL)
    return false;
  *change = changes[node];
  if (end == 0)
    return true;
  for (ProfNodeId id = node + nodes[node].size; id < end; id += nodes[id].size)
    {
      change->total_before += changes[id].total_before;
      change->total_now += changes[id].total_now;
    }
  return true;
}

static char *
duration_of (const ProfProfile *profile)
{
  int64_t ns = prof_profile_duration_ns (profile);

  return ns > 0 ? prof_unit_human (ns, "nanoseconds") : NULL;
}

char *
viewer_change_durations (const ProfProfile *before, const ProfProfile *now)
{
  g_autofree char *left = duration_of (before);
  g_autofree char *right = duration_of (now);

  if (left == NULL || right == NULL)
    return g_strdup ("");
  /* Translators: how long was measured now, and before */
  return g_strdup_printf (_ ("%s against %s"), right, left);
}
