/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-merge-types.h"

#include "base/prof-unit.h"
#include <string.h>

#define UNMATCHED SIZE_MAX

static int
compare_strings (const ProfProfile *left,
                 ProfStringId       a,
                 const ProfProfile *right,
                 ProfStringId       b)
{
  size_t      length_a;
  size_t      length_b;
  const char *text_a = prof_profile_string_bytes (left, a, &length_a);
  const char *text_b = prof_profile_string_bytes (right, b, &length_b);
  int         order = memcmp (text_a, text_b, MIN (length_a, length_b));

  if (order != 0 || length_a == length_b)
    return order;
  return length_a < length_b ? -1 : 1;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfProfile   *profile = data;
  const ProfValueType *types = prof_profile_types (profile);
  size_t               left = *(const size_t *)a;
  size_t               right = *(const size_t *)b;
  int                  order;

  order = compare_strings (profile,
                           types[left].type,
                           profile,
                           types[right].type);
  if (order != 0 || left == right)
    return order;
  return left < right ? -1 : 1;
}

/* The rows of a profile's types, by name and then as they stand. */
static size_t *
sorted_rows (ProfProfile *profile)
{
  size_t  n = prof_profile_n_types (profile);
  size_t *rows = g_new (size_t, n + 1);

  for (size_t t = 0; t < n; t++)
    rows[t] = t;
  g_qsort_with_data (rows, (int)n, sizeof *rows, compare_rows, profile);
  return rows;
}

/* For each type of the first profile the other's row, or UNMATCHED. */
static void
match (ProfProfile *first, ProfProfile *other, size_t *matches)
{
  g_autofree size_t *ours = sorted_rows (first);
  g_autofree size_t *theirs = sorted_rows (other);
  size_t             n_ours = prof_profile_n_types (first);
  size_t             n_theirs = prof_profile_n_types (other);

  for (size_t i = 0; i < n_ours; i++)
    matches[i] = UNMATCHED;
  for (size_t i = 0, j = 0; i < n_ours && j < n_theirs;)
    {
      int order = compare_strings (first,
                                   prof_profile_types (first)[ours[i]].type,
                                   other,
                                   prof_profile_types (other)[theirs[j]].type);

      if (order == 0)
        matches[ours[i]] = theirs[j];
      i += order <= 0;
      j += order >= 0;
    }
}

static bool
is_common (const size_t *matches,
           size_t        n_profiles,
           size_t        n_types,
           size_t        type)
{
  for (size_t p = 0; p < n_profiles; p++)
    if (matches[p * n_types + type] == UNMATCHED)
      return false;
  return true;
}

static void
find_common (ProfMergeTypes     *self,
             ProfProfile *const *profiles,
             size_t              n_profiles)
{
  size_t             n_types = prof_profile_n_types (profiles[0]);
  g_autofree size_t *matches = g_new (size_t, n_profiles * n_types + 1);
  g_autofree size_t *common = g_new (size_t, n_types + 1);

  for (size_t p = 0; p < n_profiles; p++)
    match (profiles[0], profiles[p], matches + p * n_types);
  for (size_t t = 0; t < n_types; t++)
    if (is_common (matches, n_profiles, n_types, t))
      common[self->n++] = t;
  self->rows = g_new (size_t, n_profiles * self->n + 1);
  for (size_t p = 0; p < n_profiles; p++)
    for (size_t t = 0; t < self->n; t++)
      self->rows[p * self->n + t] = matches[p * n_types + common[t]];
}

static double
ratio_of (const char *from, const char *to)
{
  const char *unit;

  return prof_unit_scale (1, from, to, &unit);
}

static const char *
unit_of (const ProfMergeTypes *self,
         ProfProfile *const   *profiles,
         size_t                profile,
         size_t                type)
{
  return prof_profile_type_unit (profiles[profile],
                                 self->rows[profile * self->n + type]);
}

static bool
find_finest (ProfMergeTypes     *self,
             ProfProfile *const *profiles,
             size_t              n_profiles,
             size_t              type,
             GError            **error)
{
  for (size_t p = 1; p < n_profiles; p++)
    {
      const char *unit = unit_of (self, profiles, p, type);
      const char *finest;

      finest = unit_of (self, profiles, self->finest[type], type);
      if (!prof_unit_is_convertible (unit, finest))
        return prof_fail (error,
                          PROF_ERROR_UNSUPPORTED,
                          "%s is measured in “%s”, in profile %zu in “%s”",
                          prof_profile_type_name (profiles[0],
                                                  self->rows[type]),
                          finest,
                          p + 1,
                          unit);
      if (ratio_of (unit, finest) < 1)
        self->finest[type] = p;
    }
  return true;
}

static bool
find_units (ProfMergeTypes     *self,
            ProfProfile *const *profiles,
            size_t              n_profiles,
            GError            **error)
{
  self->finest = g_new0 (size_t, self->n + 1);
  self->ratios = g_new (double, n_profiles * self->n + 1);
  for (size_t t = 0; t < self->n; t++)
    {
      const char *finest;

      if (!find_finest (self, profiles, n_profiles, t, error))
        return false;
      finest = unit_of (self, profiles, self->finest[t], t);
      for (size_t p = 0; p < n_profiles; p++)
        self->ratios[p * self->n + t] =
            ratio_of (unit_of (self, profiles, p, t), finest);
    }
  return true;
}

static const char *
period_part (ProfProfile *profile, bool unit)
{
  ProfValueType type = prof_profile_period_type (profile);

  return prof_profile_string (profile, unit ? type.unit : type.type);
}

static bool
refuse_period (ProfProfile *const *profiles,
               size_t              first,
               size_t              second,
               GError            **error)
{
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "the period is one of “%s/%s”, in profile %zu one of "
                    "“%s/%s”",
                    period_part (profiles[first], false),
                    period_part (profiles[first], true),
                    second + 1,
                    period_part (profiles[second], false),
                    period_part (profiles[second], true));
}

static bool
find_period (ProfMergeTypes     *self,
             ProfProfile *const *profiles,
             size_t              n_profiles,
             GError            **error)
{
  for (size_t p = 1; p < n_profiles; p++)
    {
      const char *unit = period_part (profiles[p], true);
      const char *finest = period_part (profiles[self->finest_period], true);

      if (compare_strings (profiles[0],
                           prof_profile_period_type (profiles[0]).type,
                           profiles[p],
                           prof_profile_period_type (profiles[p]).type) != 0 ||
          !prof_unit_is_convertible (unit, finest))
        return refuse_period (profiles, self->finest_period, p, error);
      if (ratio_of (unit, finest) < 1)
        self->finest_period = p;
    }
  return true;
}

static bool
has_types (ProfProfile *const *profiles, size_t n_profiles)
{
  for (size_t p = 0; p < n_profiles; p++)
    if (prof_profile_n_types (profiles[p]) > 0)
      return true;
  return false;
}

static bool
init (ProfMergeTypes     *self,
      ProfProfile *const *profiles,
      size_t              n,
      GError            **error)
{
  find_common (self, profiles, n);
  if (self->n == 0 && has_types (profiles, n))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the profiles have no sample type in common");
  return find_period (self, profiles, n, error) &&
         find_units (self, profiles, n, error);
}

bool
prof_merge_types_init (ProfMergeTypes     *self,
                       ProfProfile *const *profiles,
                       size_t              n,
                       GError            **error)
{
  memset (self, 0, sizeof *self);
  if (init (self, profiles, n, error))
    return true;
  prof_merge_types_clear (self);
  return false;
}

void
prof_merge_types_clear (ProfMergeTypes *self)
{
  g_free (self->rows);
  g_free (self->ratios);
  g_free (self->finest);
  memset (self, 0, sizeof *self);
}
