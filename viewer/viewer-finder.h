/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The search in what a document shows: what is looked for, what was found, and why a
 * pattern was not taken. Large trees are searched by a thread; an answer that is no
 * longer the one asked for is dropped. No widget. */

#include "viewer-result.h"

G_BEGIN_DECLS

typedef struct _ViewerFinder ViewerFinder;

/* @owner: kept alive by what is under way, and to free the finder when it is
 *   finalized
 * @changed: called with @owner after each answer */
ViewerFinder *viewer_finder_new (GObject *owner,
                                 void (*changed) (gpointer owner));
void          viewer_finder_free (ViewerFinder *self);

/* Looks for something, in @result. An empty text ends the search; a pattern that does
 * not compile leaves what was found and sets the complaint. @result: (nullable) */
void viewer_finder_look_for (ViewerFinder   *self,
                             ViewerResult   *result,
                             const char     *text,
                             ProfSearchFlags flags);

/* Looks for the same in another result. */
void viewer_finder_look_again (ViewerFinder *self, ViewerResult *result);

/* Forgets what was found; answers that are under way are dropped. */
void viewer_finder_forget (ViewerFinder *self);

const char     *viewer_finder_text (const ViewerFinder *self);
ProfSearchFlags viewer_finder_flags (const ViewerFinder *self);

/* (nullable) */
ProfSearch *viewer_finder_search (const ViewerFinder *self);
const char *viewer_finder_complaint (const ViewerFinder *self);

/* The outermost match that comes before (-1) or after (1) a node, round about.
 * @node: or %PROF_ID_NONE. Returns: %PROF_ID_NONE without matches */
ProfNodeId viewer_finder_next (const ViewerFinder *self,
                               ProfNodeId          node,
                               int                 direction);

G_END_DECLS
