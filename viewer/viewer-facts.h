/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What is to be said of the profile that is shown, for the side panel and for its
 * own window. No widget. All strings are UTF-8. */

#include "viewer-document.h"

G_BEGIN_DECLS

typedef struct
{
  char *title; /* "Captured" */
  char *text;
} ViewerFact;

typedef struct
{
  char      *title;
  GPtrArray *facts; /* of ViewerFact; one at least */
} ViewerFactGroup;

typedef struct _ViewerFacts ViewerFacts;

/* (transfer full) (nullable): what they are about: what the document shows now;
 * NULL where that is nothing. Never changes, so threads may ask it. */
ViewerFacts *viewer_facts_new (ViewerDocument *document);
void         viewer_facts_free (ViewerFacts *self);

/* (transfer full) (element-type ViewerFact): the most important ones, quickly. */
GPtrArray *viewer_facts_brief (const ViewerFacts *self);

/**
 * viewer_facts_groups:
 *
 * Cost: asks for the size of the file, and goes through all labels: for a thread.
 *
 * Returns: (transfer full) (element-type ViewerFactGroup): all there is to say;
 *   groups without facts are left out
 */
GPtrArray *viewer_facts_groups (const ViewerFacts *self);

/* (transfer full): a heading for each group and a line for each fact. */
char *viewer_facts_to_text (GPtrArray *groups);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerFacts, viewer_facts_free)

G_END_DECLS
