/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Why a file, or what a program was asked for, could not be shown, in words for
 * its owner. */

#include "prof.h"

G_BEGIN_DECLS

typedef struct
{
  char *title;     /* by cause: "The File Ends Early" */
  char *detail;    /* one sentence */
  char *next_step; /* what can be done */
  char *message;   /* the exact message, with the file's name */

  /* (nullable): what a button says that reads the file once more, under @limits
   * and @with_perf; %NULL where that would change nothing */
  char      *offer;
  ProfLimits limits;
  bool       with_perf;
} ViewerProblem;

/**
 * viewer_problem_new:
 * @name: what the file is called
 *
 * Returns: (transfer full): the words for an error of prof_format_load() or of
 *   GIO
 */
ViewerProblem *viewer_problem_new (const GError *error, const char *name);

/* For an error of prof_merge(). */
ViewerProblem *viewer_problem_new_for_sum (const GError *error,
                                           const char   *name);

/* For an error of viewer_capture_start(). @address: for the exact message */
ViewerProblem *viewer_problem_new_for_capture (const GError *error,
                                               const char   *address);

/**
 * viewer_problem_offer:
 * @limits: under which the file was read
 *
 * Where @error says that a limit was passed, says which, and fills in the offer to
 * go on with a higher one. That of memory is not offered above what the
 * computer has.
 */
void viewer_problem_offer (ViewerProblem    *self,
                           const GError     *error,
                           const ProfLimits *limits);

/* Offers to have perf read a recording of it. @limits: under which it was met */
void viewer_problem_offer_perf (ViewerProblem *self, const ProfLimits *limits);

void viewer_problem_free (ViewerProblem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerProblem, viewer_problem_free)

G_END_DECLS
