/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-subtract.h"

#include "base/prof-checked.h"
#include "base/prof-vec.h"
#include "query/prof-merge.h"
#include "query/prof-relink.h"
#include "query/prof-total.h"
#include <math.h>
#include <string.h>

PROF_VEC_DEFINE (VecLabel, vec_label, ProfLabel)

/* --- scaling --- */

static int64_t
scaled (int64_t value, double ratio)
{
  double product = round ((double)value * ratio);

  if (product >= 0x1p63)
    return INT64_MAX;
  return product < -0x1p63 ? INT64_MIN : (int64_t)product;
}

/* Whether anything is left in what was scaled. */
static bool
scale_values (int64_t *values, const double *ratios, size_t n_types)
{
  bool any = false;

  for (size_t t = 0; t < n_types; t++)
    if (ratios[t] != 1)
      {
        values[t] = scaled (values[t], ratios[t]);
        any = any || values[t] != 0;
      }
  return any;
}

/* The profile without some of its samples. */
static ProfProfile *
without (ProfProfile *profile, const bool *dropped, GError **error)
{
  g_autoptr (ProfDraft) draft = prof_draft_new (profile);
  ProfRelink            relink = { .dropped = dropped };

  prof_relink (draft, profile, &relink);
  return prof_draft_finish (draft, error);
}

static bool
are_ones (const double *ratios, size_t n)
{
  for (size_t t = 0; t < n; t++)
    if (ratios[t] != 1)
      return false;
  return true;
}

ProfProfile *
prof_scale (ProfProfile *profile, const double *ratios, GError **error)
{
  size_t                  n = prof_profile_n_samples (profile);
  size_t                  n_types = prof_profile_n_types (profile);
  g_autofree bool        *dropped = NULL;
  g_autoptr (ProfDraft)   draft = NULL;
  g_autoptr (ProfProfile) whole = NULL;
  bool                    any_dropped = false;

  if (n == 0 || are_ones (ratios, n_types))
    return prof_profile_ref (profile);
  draft = prof_draft_new (profile);
  dropped = g_new0 (bool, n);
  for (size_t s = 0; s < n; s++)
    {
      int64_t *values = prof_draft_sample_values (draft, s);

      if (values == NULL)
        break;
      dropped[s] = !scale_values (values, ratios, n_types);
      any_dropped = any_dropped || dropped[s];
    }
  whole = prof_draft_finish (draft, error);
  if (whole == NULL || !any_dropped)
    return g_steal_pointer (&whole);
  return without (whole, dropped, error);
}

static ProfProfile *
negative (ProfProfile *profile, GError **error)
{
  size_t             n = prof_profile_n_types (profile);
  g_autofree double *ratios = g_new (double, n + 1);

  for (size_t t = 0; t < n; t++)
    ratios[t] = -1;
  return prof_scale (profile, ratios, error);
}

/* --- normalizing --- */

static bool
is_same_text (const ProfProfile *left,
              ProfStringId       a,
              const ProfProfile *right,
              ProfStringId       b)
{
  size_t      length_a;
  size_t      length_b;
  const char *text_a = prof_profile_string_bytes (left, a, &length_a);
  const char *text_b = prof_profile_string_bytes (right, b, &length_b);

  return length_a == length_b && memcmp (text_a, text_b, length_a) == 0;
}

static bool
is_same_type (const ProfProfile   *left,
              const ProfValueType *a,
              const ProfProfile   *right,
              const ProfValueType *b)
{
  return is_same_text (left, a->type, right, b->type) &&
         is_same_text (left, a->unit, right, b->unit);
}

static bool
measure_the_same (const ProfProfile *left, const ProfProfile *right)
{
  size_t        n = prof_profile_n_types (left);
  ProfValueType of_left = prof_profile_period_type (left);
  ProfValueType of_right = prof_profile_period_type (right);

  if (n != prof_profile_n_types (right) ||
      !is_same_type (left, &of_left, right, &of_right))
    return false;
  for (size_t t = 0; t < n; t++)
    if (!is_same_type (left,
                       &prof_profile_types (left)[t],
                       right,
                       &prof_profile_types (right)[t]))
      return false;
  return true;
}

static int64_t
sum_of (const ProfProfile *profile, size_t type)
{
  const int64_t *values = prof_profile_sample_values (profile);
  size_t         n_types = prof_profile_n_types (profile);
  int64_t        sum = 0;

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    sum = prof_add_i64 (sum, values[s * n_types + type]);
  return sum;
}

ProfProfile *
prof_normalize (ProfProfile *profile, ProfProfile *base, GError **error)
{
  size_t             n = prof_profile_n_types (profile);
  g_autofree double *ratios = NULL;

  if (!measure_the_same (profile, base))
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "its sample types or units are not those of the "
                           "base, by which it should be normalized");
  ratios = g_new (double, n + 1);
  for (size_t t = 0; t < n; t++)
    {
      int64_t sum = sum_of (profile, t);

      ratios[t] = sum == 0 ? 0 : (double)sum_of (base, t) / (double)sum;
    }
  return prof_scale (profile, ratios, error);
}

/* --- keeping apart --- */

/* A sample's labels with "pprof::base" being "true" and nothing else, or without
 * it. */
static bool
take_labels (const ProfProfile *profile,
             size_t             sample,
             ProfLabel          mark,
             bool               set,
             VecLabel          *labels)
{
  size_t           n;
  const ProfLabel *own = prof_profile_sample_labels (profile, sample, &n);

  labels->length = 0;
  for (size_t l = 0; l < n; l++)
    if ((own[l].str == 0 || own[l].key != mark.key) &&
        !vec_label_append (labels, own[l]))
      return false;
  return !set || vec_label_append (labels, mark);
}

static ProfProfile *
refuse (GError **error)
{
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "the base does not fit into memory");
}

/* Every sample is one of a base, or none is. */
static ProfProfile *
mark_all (ProfProfile *base, bool set, GError **error)
{
  g_autoptr (ProfDraft) draft = prof_draft_new (base);
  const ProfStackId    *stacks = prof_profile_sample_stacks (base);
  const int64_t        *values = prof_profile_sample_values (base);
  size_t                n_types = prof_profile_n_types (base);
  VecLabel              labels = { 0 };
  bool                  taken = true;
  ProfLabel             mark = {
                .key = prof_draft_string (draft, "pprof::base", strlen ("pprof::base")),
                .str = prof_draft_string (draft, "true", strlen ("true")),
  };

  prof_draft_begin_samples (draft);
  for (size_t s = 0; s < prof_profile_n_samples (base) && taken; s++)
    {
      taken = take_labels (base, s, mark, set, &labels);
      if (taken)
        prof_draft_add_sample (draft,
                               stacks[s],
                               values + s * n_types,
                               labels.data,
                               labels.length);
    }
  vec_label_clear (&labels);
  return taken ? prof_draft_finish (draft, error) : refuse (error);
}

ProfProfile *
prof_subtract (ProfProfile  *profile,
               ProfProfile  *base,
               unsigned      flags,
               ProfProgress *progress,
               GError      **error)
{
  g_autoptr (ProfProfile) source = prof_profile_ref (profile);
  g_autoptr (ProfProfile) apart = prof_profile_ref (base);
  g_autoptr (ProfProfile) minus = NULL;

  if ((flags & PROF_SUBTRACT_NORMALIZED) != 0)
    {
      prof_profile_unref (source);
      source = prof_normalize (profile, base, error);
    }
  if (source != NULL && (flags & PROF_SUBTRACT_APART) != 0)
    {
      prof_profile_unref (apart);
      apart = mark_all (base, true, error);
    }
  if (source == NULL || apart == NULL)
    return NULL;
  minus = negative (apart, error);
  if (minus == NULL)
    return NULL;
  return prof_merge ((ProfProfile *const[]){ source, minus },
                     2,
                     progress,
                     error);
}

/* --- taking apart --- */

bool
prof_has_base (const ProfProfile *profile)
{
  if (!prof_may_have_base (profile))
    return false;
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (prof_is_base_sample (profile, s))
      return true;
  return false;
}

bool
prof_split (ProfProfile  *profile,
            ProfProfile **before,
            ProfProfile **after,
            GError      **error)
{
  size_t                  n = prof_profile_n_samples (profile);
  g_autofree bool        *is_base = g_new (bool, n + 1);
  g_autofree bool        *is_other = g_new (bool, n + 1);
  g_autoptr (ProfProfile) base = NULL;
  g_autoptr (ProfProfile) others = NULL;
  g_autoptr (ProfProfile) positive = NULL;
  g_autoptr (ProfProfile) plain = NULL;

  for (size_t s = 0; s < n; s++)
    {
      is_base[s] = prof_is_base_sample (profile, s);
      is_other[s] = !is_base[s];
    }
  base = without (profile, is_other, error);
  others = base != NULL ? without (profile, is_base, error) : NULL;
  positive = others != NULL ? negative (base, error) : NULL;
  plain = positive != NULL ? mark_all (positive, false, error) : NULL;
  if (plain == NULL)
    return false;
  *before = g_steal_pointer (&plain);
  *after = g_steal_pointer (&others);
  return true;
}
