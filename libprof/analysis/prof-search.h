/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Which nodes of a tree a text or pattern matches, and what they cover. Each
 * distinct name is matched once. */

#include "analysis/prof-tree.h"

G_BEGIN_DECLS

typedef struct _ProfSearch ProfSearch;

typedef enum
{
  PROF_SEARCH_SUBSTRING = 0,
  PROF_SEARCH_REGEX = 1 << 0,
  PROF_SEARCH_CASE = 1 << 1, /* case matters */
} ProfSearchFlags;

typedef enum
{
  PROF_MATCH_NONE,
  PROF_MATCH_OUTER, /* matches, and no frame above does */
  PROF_MATCH_INNER, /* matches below another match */
} ProfMatch;

/**
 * prof_search_new:
 * @tree: a reference is kept
 * @text: looked for in names and file names of frames; not ""
 *
 * Returns: (transfer full): the matches, or %NULL with @error set to
 *   %PROF_ERROR_PATTERN for a pattern that does not compile,
 *   %PROF_ERROR_TOO_LARGE for one past a limit of the tree's profile
 */
ProfSearch *prof_search_new (ProfTree       *tree,
                             const char     *text,
                             ProfSearchFlags flags,
                             GError        **error);

ProfSearch *prof_search_ref (ProfSearch *self);
void        prof_search_unref (ProfSearch *self);

ProfTree *prof_search_tree (const ProfSearch *self);
bool      prof_search_frame_matches (const ProfSearch *self, ProfFrameId frame);
/* Distinct frames that match. */
size_t prof_search_n_frames (const ProfSearch *self);
/* Value of the stacks that hold a match, each counted once; also of those whose match
 * lies below a closed node. */
int64_t prof_search_total (const ProfSearch *self);

ProfMatch prof_search_node (const ProfSearch *self, ProfNodeId node);

/* Matching nodes in preorder, for stepping through them. */
const ProfNodeId *prof_search_nodes (const ProfSearch *self, size_t *n);

/* Outermost matches only, in preorder: their extents do not overlap. */
const ProfNodeId *prof_search_outer (const ProfSearch *self, size_t *n);

/* Where each of the outermost begins on the root's line. */
const uint64_t *prof_search_outer_starts (const ProfSearch *self);

/* Whether any node of first <= node < end matches. */
bool prof_search_any (const ProfSearch *self, ProfNodeId first, ProfNodeId end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfSearch, prof_search_unref)

G_END_DECLS
