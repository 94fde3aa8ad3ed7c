/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One request of a document: a profile to be read, a comparison to be made, a question
 * to be answered. It is written before it runs, runs once on a worker thread, and is
 * shared by that and the main thread, which asks how far it is and reads what was found
 * when it is over. No widget. */

#include "viewer-comparison.h"
#include "viewer-problem.h"
#include "viewer-result.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  unsigned        generation; /* which request of its document it is */

  /* Owned */
  char         *type_name; /* (nullable): what to show first */
  GCancellable *cancellable;
  ViewerReading reading;      /* with a source */
  ViewerReading base_reading; /* with a base that is to be read */
  ProfProgress *building;
  char        **warnings; /* of what was read, else NULL */
  char        **binaries; /* that name addresses; with a source */
  char         *refusal;  /* why it is not compared, or NULL */

  /* Shared, a reference each */
  ViewerSource     *source;  /* NULL: the profile is there already */
  ProfProfile      *profile; /* as read; NULL: it is to be read */
  ViewerQuestion   *question;
  ViewerComparison *comparison;  /* or NULL */
  ViewerSource     *base_source; /* NULL: the base is there, or there is none */
  ProfProfile      *asked;       /* what is asked; NULL: it is to be made */

  size_t       sketch_from; /* as of viewer_result_new() */
  ProfColoring coloring;
  ProfColoring compared_coloring;
  int          stage; /* atomic; ViewerStage */
  bool lacks_names;  /* what was read has addresses that a program could name */
  int  reading_base; /* atomic; whether it is the base that is read */
  bool compares; /* what was read is asked for another comparison, or none */
  bool was_compared; /* until now */
  bool by_name;      /* the order without a comparison */
  bool quiet;        /* no step of the history */
  int  steps;        /* of going back (below 0) or forward; 0: a new question */
  int  way; /* those that had been gone, but not arrived, when it was asked */
} ViewerRequest;

typedef enum
{
  VIEWER_STAGE_READING,
  VIEWER_STAGE_BUILDING,
} ViewerStage;

/* (transfer full): of nothing yet: fields say what. */
ViewerRequest *viewer_request_new (unsigned        generation,
                                   ViewerQuestion *question);
ViewerRequest *viewer_request_ref (ViewerRequest *self);
void           viewer_request_unref (ViewerRequest *self);

/* Has it read a source. */
void viewer_request_read (ViewerRequest    *self,
                          ViewerSource     *source,
                          const ProfLimits *limits);

/* What it compares with; the base is read where it is not there.
 * @comparison: (nullable) */
void viewer_request_compare_with (ViewerRequest    *self,
                                  ViewerComparison *comparison,
                                  const ProfLimits *limits);

/**
 * viewer_request_run:
 *
 * For worker threads; once. Where what is read and its base do not compare, it is
 * answered alone, and @self->refusal says why.
 *
 * Returns: (transfer full): the answer, or %NULL with @error set as by
 *   viewer_source_load(), viewer_comparison_apply() or viewer_result_new()
 */
ViewerResult *viewer_request_run (ViewerRequest *self, GError **error);

/* 0 to 1, or negative when unknown. */
double viewer_request_fraction (ViewerRequest *self, ViewerStage *stage);

/* (transfer full): why a source could not be read: of several files it says which,
 * or that they do not add up; with a way on where a limit stood in it. */
ViewerProblem *viewer_request_problem (const ViewerRequest *self,
                                       const GError        *error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerRequest, viewer_request_unref)

G_END_DECLS
