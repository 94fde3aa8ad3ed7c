/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a profile is compared with, and how. A value that never changes; another
 * scale, or the sides exchanged, make another one. No widget. */

#include "viewer-source.h"

G_BEGIN_DECLS

/* How what is now is scaled before it is compared. */
typedef enum
{
  VIEWER_SCALE_NONE,
  VIEWER_SCALE_TOTAL,    /* each type to the total that it had before */
  VIEWER_SCALE_DURATION, /* to how long was measured before */
} ViewerScale;

typedef struct
{
  gatomicrefcount ref_count;

  /* Owned */
  char *name; /* of the base, to be shown */

  /* Shared, a reference each */
  ViewerSource *source; /* of the base; NULL: it has none */
  ProfProfile  *base;   /* as read; NULL: it is to be read */

  ViewerScale scale;
  bool        swapped;    /* the profile that was opened is what was before */
  bool        difference; /* equal stacks cancel, only what differs is left */
  bool        own;        /* the base came in the profile that was opened */
} ViewerComparison;

/* (transfer full): with a file, or with several that are added up. */
ViewerComparison *viewer_comparison_new (ViewerSource *base);

/* (transfer full): with what is there already. @name: what it is called */
ViewerComparison *viewer_comparison_new_for_profile (ProfProfile *base,
                                                     const char  *name);

ViewerComparison *viewer_comparison_ref (ViewerComparison *self);
void              viewer_comparison_unref (ViewerComparison *self);

/* (transfer full): the same, but for one thing. */
ViewerComparison *viewer_comparison_with_base (const ViewerComparison *self,
                                               ProfProfile            *base);
ViewerComparison *viewer_comparison_with_scale (const ViewerComparison *self,
                                                ViewerScale             scale);
ViewerComparison *viewer_comparison_with_swapped (const ViewerComparison *self,
                                                  bool swapped);
ViewerComparison *viewer_comparison_with_difference (
    const ViewerComparison *self,
    bool                    difference);

/**
 * viewer_comparison_split:
 * @like: (nullable): whose scale, sides and kind to take over
 * @profile: (inout): a difference whose base was kept apart, see prof_has_base();
 *   becomes what is now of it
 *
 * Returns: (transfer full): that with what was before, or %NULL with @error set
 *   to %PROF_ERROR_TOO_LARGE
 */
ViewerComparison *viewer_comparison_split (const ViewerComparison *like,
                                           ProfProfile           **profile,
                                           GError                **error);

/**
 * viewer_comparison_apply:
 * @opened: the other side; the base is there
 * @progress: (nullable): can stop it
 *
 * What is now less what was before: with both sides apart, see
 * prof_tree_new_with()'s %PROF_TREE_COMPARED, or of the difference alone.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set as by
 *   prof_subtract(), or to %PROF_ERROR_UNSUPPORTED where durations that are
 *   needed are unknown
 */
ProfProfile *viewer_comparison_apply (const ViewerComparison *self,
                                      ProfProfile            *opened,
                                      ProfProgress           *progress,
                                      GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerComparison, viewer_comparison_unref)

G_END_DECLS
