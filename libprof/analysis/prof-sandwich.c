/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-sandwich.h"

#include "analysis/prof-stack-sums.h"
#include "analysis/prof-tree-private.h"

typedef struct
{
  ProfFrameId frame;
  /* The seed of a stack that ends at @location, whose line @line is the first
   * on it with the frame. */
  bool (*enter) (ProfTreeGrower *grower,
                 ProfStackId     stack,
                 size_t          line,
                 ProfNodeId     *node,
                 GError        **error);
  /* The seed of a stack that goes on below one that was entered. */
  bool (*follow) (ProfTreeGrower *grower,
                  ProfLocationId  location,
                  ProfNodeId     *node,
                  GError        **error);
} Cut;

/* The outermost line of a location with a frame; false when there is none. */
static bool
find_line (const ProfTreeGrower *grower,
           ProfLocationId        location,
           ProfFrameId           frame,
           size_t               *line)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames, location, &n);
  while (n > 0 && frames[n - 1] != frame)
    n--;
  *line = n - 1;
  return n > 0;
}

static bool
sow_stack (ProfTreeGrower *grower,
           const Cut      *cut,
           ProfStackId     stack,
           GError        **error)
{
  const ProfStackNode *of = &prof_profile_stacks (grower->profile)[stack];
  ProfNodeId          *node = &grower->of_stack[stack];
  size_t               line;

  *node = grower->of_stack[of->parent];
  if (*node != PROF_ID_NONE)
    return cut->follow (grower, of->location, node, error);
  if (!find_line (grower, of->location, cut->frame, &line))
    return true;
  *node = 0;
  return cut->enter (grower, stack, line, node, error);
}

static bool
sow_stacks (ProfTreeGrower *grower,
            const Cut      *cut,
            const bool     *marks,
            GError        **error)
{
  size_t   n_stacks = prof_profile_n_stacks (grower->profile);
  uint64_t told = 0;

  for (size_t s = 1; s < n_stacks; s++)
    {
      if (s + grower->n_steps - told >= PROF_TREE_STEP)
        {
          told = s + grower->n_steps;
          if (!prof_progress_step (grower->progress,
                                   0.7 * (double)s / (double)n_stacks,
                                   error))
            return false;
        }
      if (marks[s] && !sow_stack (grower, cut, (ProfStackId)s, error))
        return false;
    }
  return true;
}

static bool
sow (ProfTreeGrower *grower, size_t type, const void *data, GError **error)
{
  const Cut       *cut = data;
  g_autofree bool *marks = NULL;

  if (!prof_tree_grower_begin (grower, cut->frame, error))
    return false;
  marks = prof_stack_sums_marks (grower->profile, type);
  if (marks == NULL)
    return prof_tree_grower_no_memory (error);
  return sow_stacks (grower, cut, marks, error);
}

/* What was inlined into the function where it is called. */
static bool
enter_callees (ProfTreeGrower *grower,
               ProfStackId     stack,
               size_t          line,
               ProfNodeId     *node,
               GError        **error)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (grower->frames,
                                    prof_profile_stacks (grower->profile)[stack]
                                        .location,
                                    &n);
  for (size_t f = line; f > 0; f--)
    if (!prof_tree_grower_step (grower, frames[f - 1], true, node, error))
      return false;
  return true;
}

/* All above it: first what it was inlined into. */
static bool
enter_callers (ProfTreeGrower *grower,
               ProfStackId     stack,
               size_t          line,
               ProfNodeId     *node,
               GError        **error)
{
  const ProfStackNode *of = &prof_profile_stacks (grower->profile)[stack];
  size_t               n;
  const ProfFrameId   *frames;

  frames = prof_frames_of_location (grower->frames, of->location, &n);
  for (size_t f = line + 1; f < n; f++)
    if (!prof_tree_grower_step (grower, frames[f], true, node, error))
      return false;
  return prof_tree_grower_climb (grower, of->parent, node, error);
}

/* The callers of a stack are those of its first part. */
static bool
stay (ProfTreeGrower *grower,
      ProfLocationId  location,
      ProfNodeId     *node,
      GError        **error)
{
  return true;
}

ProfTree *
prof_sandwich_callees (ProfFrames   *frames,
                       size_t        type,
                       ProfFrameId   frame,
                       ProfTreeFlags flags,
                       ProfProgress *progress,
                       GError      **error)
{
  const Cut cut = { frame, enter_callees, prof_tree_grower_descend };

  return prof_tree_grow (frames,
                         type,
                         (ProfTreeFlags)((unsigned)flags &
                                         ~(unsigned)PROF_TREE_LEAF_FIRST),
                         sow,
                         &cut,
                         progress,
                         error);
}

ProfTree *
prof_sandwich_callers (ProfFrames   *frames,
                       size_t        type,
                       ProfFrameId   frame,
                       ProfTreeFlags flags,
                       ProfProgress *progress,
                       GError      **error)
{
  const Cut cut = { frame, enter_callers, stay };

  return prof_tree_grow (frames,
                         type,
                         flags | PROF_TREE_LEAF_FIRST,
                         sow,
                         &cut,
                         progress,
                         error);
}
