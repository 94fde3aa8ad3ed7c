/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a window asks of its profile: the query, whose text is that of the
 * command's options, and the shape of the tree. A value that never changes;
 * asking for something else makes another one. No widget. */

#include "prof.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount ref_count;
  ProfQuery      *query;
  ProfTreeFlags   flags; /* PROF_TREE_LEAF_FIRST, PROF_TREE_BY_NAME */
} ViewerQuestion;

/* (transfer full): asks for nothing but everything. */
ViewerQuestion *viewer_question_new (void);

ViewerQuestion *viewer_question_ref (ViewerQuestion *self);
void            viewer_question_unref (ViewerQuestion *self);

gboolean viewer_question_equal (const ViewerQuestion *a,
                                const ViewerQuestion *b);

/**
 * viewer_question_with:
 * @option: an option of the query, such as "focus"
 * @value: (nullable): %NULL for its default
 *
 * Returns: (transfer full): the new question, or %NULL with @error set as by
 *   prof_query_with()
 */
ViewerQuestion *viewer_question_with (const ViewerQuestion *self,
                                      const char           *option,
                                      const char           *value,
                                      GError              **error);

/* The same question about a tree of another shape. */
ViewerQuestion *viewer_question_with_flag (const ViewerQuestion *self,
                                           ProfTreeFlags         flag,
                                           gboolean              set);

/**
 * viewer_question_with_options:
 * @text: options, as prof_query_to_text() writes them
 *
 * Asks for those filters besides; where both have a pattern for the same option,
 * the text's counts.
 */
ViewerQuestion *viewer_question_with_options (const ViewerQuestion *self,
                                              const char           *text,
                                              GError              **error);

/* Whether an option leaves out stacks or frames. */
gboolean viewer_question_is_filter (const char *option);

/* One filter that is in force. */
typedef struct
{
  const char *option; /* "focus" */
  const char *label;  /* translated: "Focus" */
  const char *effect; /* translated: one sentence */
  const char *value;  /* the pattern; "" for none */
} ViewerFilter;

/**
 * viewer_question_filters:
 *
 * Returns: (transfer full) (element-type ViewerFilter): in the order in which
 *   they are applied; texts are lent by the question
 */
GArray *viewer_question_filters (const ViewerQuestion *self);

/* The same question without any filter. */
ViewerQuestion *viewer_question_without_filters (const ViewerQuestion *self);

/* (transfer full): a pattern that matches that name alone. */
char *viewer_question_exactly (const char *name);

/**
 * viewer_question_either:
 * @pattern: "" for none
 *
 * Returns: (transfer full): a pattern for what either matches
 */
char *viewer_question_either (const char *pattern, const char *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerQuestion, viewer_question_unref)

G_END_DECLS
