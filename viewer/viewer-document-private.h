/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the files of the document share: viewer-document.c reads, asks and keeps what
 * comes back; -compare.c is what is compared; -place.c is where one is; -sketch.c
 * completes what was shown before it was whole. */

#include "viewer-document.h"
#include "viewer-finder.h"
#include "viewer-history.h"
#include "viewer-request.h"

G_BEGIN_DECLS

/* A tree that is being made whole. */
typedef struct _ViewerCompletion ViewerCompletion;

struct _ViewerDocument
{
  GObject parent_instance;

  ViewerState state;
  ViewerState state_before; /* what cancelling goes back to */
  unsigned    generation;
  guint       progress_source;
  guint       completion_source;
  size_t      sketch_from;        /* stack nodes */
  bool        has_sketch_warning; /* the last one */
  bool        outdated;
  bool        warnings_fresh;
  bool        lacks_names;
  bool        by_name; /* the order without a comparison */

  /* Owned */
  char          *etag; /* of a single file as read, or NULL */
  ViewerProblem *problem;
  GPtrArray     *watches; /* ViewerWatch, of each file as read */
  char         **warnings;
  char         **binaries; /* chosen for this file */
  char          *refusal;  /* of a comparison, or NULL */
  GPtrArray     *kept;     /* ViewerResult, the latest last */
  ViewerHistory *history;
  ViewerFinder  *finder;

  /* Shared, a reference each */
  ViewerSource     *source;        /* or NULL */
  ViewerSource     *source_before; /* while loading: what was shown, or NULL */
  ProfProfile      *profile;       /* as read, or NULL */
  ViewerQuestion   *question;
  ViewerResult     *result;     /* or NULL */
  ViewerRequest    *job;        /* the latest request, while it runs */
  ProfProfile      *asked;      /* the profile, or its comparison, or NULL */
  ViewerCompletion *completion; /* of the result, while it runs */

  ViewerComparison *comparison;      /* or NULL */
  ViewerComparison *next_comparison; /* of the next file, or NULL */

  /* How what could not be opened was to be shown, when that is tried again: each
   * or NULL. Owned */
  ViewerComparison *failed_comparison;
  char             *failed_type;

  ViewerPlace  place;
  ProfColoring coloring;
  ProfColoring compared_coloring; /* of what is compared */
  char        *next_focus;        /* (nullable): of the next file */
  ProfLimits   limits;            /* to read the file under */
  bool         with_perf;         /* whether perf may be run to read the file */
};

void viewer_document_tell (ViewerDocument *self, ViewerChange what);

/* A request as things are: to be completed, and started. */
ViewerRequest *viewer_document_request (ViewerDocument *self,
                                        ViewerQuestion *question);

/* Takes @request. */
void viewer_document_start (ViewerDocument *self, ViewerRequest *request);

/* What is under way is not wanted any more. */
void viewer_document_stop (ViewerDocument *self);

/* Reads the source that is set. @comparison, @sample_type: (nullable) */
void viewer_document_start_reading (ViewerDocument   *self,
                                    ViewerComparison *comparison,
                                    const char       *sample_type);

/* Asks of what was read. @steps, @quiet: as in ViewerRequest */
void viewer_document_start_asking (ViewerDocument *self,
                                   ViewerQuestion *question,
                                   int             steps,
                                   bool            quiet);

/* Has the result's tree made whole, where it is not. */
void viewer_document_complete (ViewerDocument *self);

/* The last of the warnings, until the next result. @warning: (nullable): %NULL takes
 * it back */
void viewer_document_warn_of_sketch (ViewerDocument *self, const char *warning);

/* Whether something is under way that no question may replace. */
bool viewer_document_is_opening (ViewerDocument *self);

G_END_DECLS
