/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-tree-private.h"

/* The stack table is a tree of locations, these are of names. Two locations of one
 * function are one node here, and a location with inlined calls is a chain of
 * nodes. Most trees grow from the root, in preorder, as the totals of stacks tell what
 * each node weighs (prof-tree-wide.c). With the leaves first, or without the second of
 * two calls of itself, that is known only when all is grown, as it is where values are
 * negative: those are sown (prof-tree-sown.c). */

/* Whether weights are sums. */
static bool
is_known_from_above (ProfProfile           *profile,
                     const ProfStackTotals *totals,
                     size_t                 type)
{
  return totals->weight == NULL &&
         prof_profile_total (profile, type) < INT64_MAX;
}

/* The totals are had before packages are weighed, and so once for both.
 * Returns: (transfer full) (nullable) */
static ProfStackTotals *
totals_of (ProfFrames *frames, size_t type)
{
  if (type == prof_frames_type (frames))
    return prof_frames_totals (frames);
  return prof_stack_totals_new (prof_frames_profile (frames), type);
}

/* @least: of the whole; 0 for all nodes */
static ProfTree *
grow_wide (ProfFrames   *frames,
           size_t        type,
           ProfTreeFlags flags,
           double        least,
           ProfProgress *progress,
           GError      **error)
{
  ProfProfile                *profile = prof_frames_profile (frames);
  g_autoptr (ProfStackTotals) totals = NULL;
  g_autoptr (ProfTree)        self = NULL;
  GThread                    *packages;
  bool                        is_grown;

  if ((flags & ~(unsigned)PROF_TREE_BY_NAME) != 0 ||
      prof_profile_n_types (profile) == 0)
    return prof_tree_grow_sown (frames, type, flags, progress, error);
  totals = totals_of (frames, type);
  if (totals == NULL)
    {
      prof_tree_grower_no_memory (error);
      return NULL;
    }
  if (!is_known_from_above (profile, totals, type))
    return prof_tree_grow_sown (frames, type, flags, progress, error);
  self = prof_tree_alloc (frames, type, flags);
  packages = prof_tree_begin_packages (frames);
  is_grown = prof_tree_grow_wide (self, totals, least, progress, error);
  if (packages != NULL)
    g_thread_join (packages);
  return is_grown ? g_steal_pointer (&self) : NULL;
}

ProfTree *
prof_tree_new_with (ProfFrames   *frames,
                    size_t        type,
                    ProfTreeFlags flags,
                    ProfProgress *progress,
                    GError      **error)
{
  return grow_wide (frames, type, flags, 0, progress, error);
}

ProfTree *
prof_tree_new_wide_of (ProfFrames   *frames,
                       ProfTreeFlags flags,
                       double        least,
                       ProfProgress *progress,
                       GError      **error)
{
  return grow_wide (frames,
                    prof_frames_type (frames),
                    flags,
                    least,
                    progress,
                    error);
}

ProfTree *
prof_tree_new_wide (ProfAnswer   *answer,
                    ProfTreeFlags flags,
                    double        least,
                    ProfProgress *progress,
                    GError      **error)
{
  g_autoptr (ProfFrames) frames = prof_frames_new_for (answer, true);
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));

  if (fields->collapse_recursion)
    flags |= PROF_TREE_COLLAPSED;
  return prof_tree_new_wide_of (frames, flags, least, progress, error);
}

ProfTree *
prof_tree_new_whole (const ProfTree *wide,
                     ProfProgress   *progress,
                     GError        **error)
{
  return prof_tree_new_with (wide->frames,
                             wide->type,
                             wide->flags,
                             progress,
                             error);
}

ProfTree *
prof_tree_new_for (ProfAnswer *answer, ProfProgress *progress, GError **error)
{
  return prof_tree_new_for_with (answer, PROF_TREE_PLAIN, progress, error);
}

ProfTree *
prof_tree_new (ProfFrames   *frames,
               size_t        type,
               ProfProgress *progress,
               GError      **error)
{
  return prof_tree_new_with (frames, type, PROF_TREE_PLAIN, progress, error);
}

ProfTree *
prof_tree_new_for_with (ProfAnswer   *answer,
                        ProfTreeFlags flags,
                        ProfProgress *progress,
                        GError      **error)
{
  return prof_tree_new_wide (answer, flags, 0, progress, error);
}
