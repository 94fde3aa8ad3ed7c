/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-comparison.h"

#include <glib/gi18n.h>

static ViewerComparison *
copy (const ViewerComparison *self)
{
  ViewerComparison *other = g_new0 (ViewerComparison, 1);

  *other = *self;
  g_atomic_ref_count_init (&other->ref_count);
  other->name = g_strdup (self->name);
  if (self->source != NULL)
    viewer_source_ref (self->source);
  if (self->base != NULL)
    prof_profile_ref (self->base);
  return other;
}

ViewerComparison *
viewer_comparison_new (ViewerSource *base)
{
  const ViewerComparison plain = {
    .name = (char *)viewer_source_name (base),
    .source = base,
  };

  return copy (&plain);
}

ViewerComparison *
viewer_comparison_new_for_profile (ProfProfile *base, const char *name)
{
  const ViewerComparison plain = { .name = (char *)name, .base = base };

  return copy (&plain);
}

ViewerComparison *
viewer_comparison_ref (ViewerComparison *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_comparison_unref (ViewerComparison *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  viewer_source_unref (self->source);
  prof_profile_unref (self->base);
  g_free (self);
}

ViewerComparison *
viewer_comparison_with_base (const ViewerComparison *self, ProfProfile *base)
{
  ViewerComparison *other = copy (self);

  prof_profile_unref (other->base);
  other->base = prof_profile_ref (base);
  return other;
}

ViewerComparison *
viewer_comparison_with_scale (const ViewerComparison *self, ViewerScale scale)
{
  ViewerComparison *other = copy (self);

  other->scale = scale;
  return other;
}

ViewerComparison *
viewer_comparison_with_swapped (const ViewerComparison *self, bool swapped)
{
  ViewerComparison *other = copy (self);

  other->swapped = swapped;
  return other;
}

ViewerComparison *
viewer_comparison_with_difference (const ViewerComparison *self,
                                   bool                    difference)
{
  ViewerComparison *other = copy (self);

  other->difference = difference;
  return other;
}

ViewerComparison *
viewer_comparison_split (const ViewerComparison *like,
                         ProfProfile           **profile,
                         GError                **error)
{
  g_autoptr (ProfProfile) before = NULL;
  ProfProfile            *now;
  ViewerComparison       *self;

  if (!prof_split (*profile, &before, &now, error))
    return NULL;
  prof_profile_unref (*profile);
  *profile = now;
  self = viewer_comparison_new_for_profile (before, _ ("base in the file"));
  self->own = true;
  if (like == NULL)
    return self;
  self->scale = like->scale;
  self->swapped = like->swapped;
  self->difference = like->difference;
  return self;
}

static ProfProfile *
scale_to_duration (ProfProfile *now, ProfProfile *before, GError **error)
{
  int64_t            from = prof_profile_duration_ns (now);
  int64_t            to = prof_profile_duration_ns (before);
  size_t             n = prof_profile_n_types (now);
  g_autofree double *ratios = g_new (double, n + 1);

  if (from <= 0 || to <= 0)
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "%s",
                           _ ("one of the profiles does not say how long was "
                              "measured"));
  for (size_t i = 0; i < n; i++)
    ratios[i] = (double)to / (double)from;
  return prof_scale (now, ratios, error);
}

ProfProfile *
viewer_comparison_apply (const ViewerComparison *self,
                         ProfProfile            *opened,
                         ProfProgress           *progress,
                         GError                **error)
{
  ProfProfile            *before = self->swapped ? opened : self->base;
  g_autoptr (ProfProfile) now = NULL;
  unsigned                flags = 0;

  now = prof_profile_ref (self->swapped ? self->base : opened);
  if (!self->difference)
    flags |= PROF_SUBTRACT_APART;
  if (self->scale == VIEWER_SCALE_TOTAL)
    flags |= PROF_SUBTRACT_NORMALIZED;
  if (self->scale == VIEWER_SCALE_DURATION)
    {
      ProfProfile *scaled = scale_to_duration (now, before, error);

      if (scaled == NULL)
        return NULL;
      prof_profile_unref (now);
      now = scaled;
    }
  return prof_subtract (now, before, flags, progress, error);
}
