/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a document is compared with, which sides there are, and how wide. */

#include "viewer-document-private.h"

#include <glib/gi18n.h>

void
viewer_document_compare (ViewerDocument *self, ViewerComparison *comparison)
{
  ViewerRequest *job;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result == NULL || (self->job != NULL && self->job->source != NULL))
    return;
  viewer_document_stop (self);
  g_clear_pointer (&self->refusal, g_free);
  job = viewer_document_request (self, self->result->question);
  job->profile = prof_profile_ref (self->profile);
  job->compares = true;
  viewer_request_compare_with (job, comparison, &self->limits);
  viewer_document_start (self, job);
  viewer_document_tell (self, VIEWER_CHANGED_COMPARISON | VIEWER_CHANGED_BUSY);
}

void
viewer_document_compare_next (ViewerDocument   *self,
                              ViewerComparison *comparison)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (comparison != NULL)
    viewer_comparison_ref (comparison);
  viewer_comparison_unref (self->next_comparison);
  self->next_comparison = comparison;
}

void
viewer_document_compare_reload (ViewerDocument *self)
{
  g_autoptr (ViewerComparison) comparison = NULL;
  g_autofree char             *name = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result == NULL || self->job != NULL)
    return;
  /* Translators: the name of a file, as it was before it was read again */
  name = g_strdup_printf (_ ("%s, before"), viewer_source_name (self->source));
  comparison = viewer_comparison_new_for_profile (self->profile, name);
  self->state_before = self->state;
  viewer_document_stop (self);
  viewer_document_start_reading (self, comparison, NULL);
}

ViewerComparison *
viewer_document_get_comparison (ViewerDocument *self)
{
  return self->comparison;
}

bool
viewer_document_is_compared (ViewerDocument *self)
{
  return self->comparison != NULL && !self->comparison->difference;
}

static const char *
side_name (ViewerDocument *self, bool opened)
{
  return self->comparison == NULL || opened ? viewer_document_get_name (self)
                                            : self->comparison->name;
}

static ProfProfile *
side (ViewerDocument *self, bool opened)
{
  if (self->comparison == NULL)
    return NULL;
  return opened ? self->profile : self->comparison->base;
}

static bool
is_swapped (ViewerDocument *self)
{
  return self->comparison != NULL && self->comparison->swapped;
}

const char *
viewer_document_get_before_name (ViewerDocument *self)
{
  return side_name (self, is_swapped (self));
}

const char *
viewer_document_get_now_name (ViewerDocument *self)
{
  return side_name (self, !is_swapped (self));
}

ProfProfile *
viewer_document_get_before (ViewerDocument *self)
{
  return side (self, is_swapped (self));
}

ProfProfile *
viewer_document_get_now (ViewerDocument *self)
{
  return side (self, !is_swapped (self));
}

const char *
viewer_document_get_refusal (ViewerDocument *self)
{
  return self->refusal;
}

void
viewer_document_dismiss_refusal (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  g_clear_pointer (&self->refusal, g_free);
  viewer_document_tell (self, VIEWER_CHANGED_COMPARISON);
}

/* By ViewerWidth */
static const unsigned width_flags[] = {
  [VIEWER_WIDTH_BOTH] = 0,
  [VIEWER_WIDTH_BEFORE] = PROF_TREE_WEIGHS_BEFORE,
  [VIEWER_WIDTH_NOW] = PROF_TREE_WEIGHS_NOW,
};

#define ANY_WIDTH ((unsigned)(PROF_TREE_WEIGHS_BEFORE | PROF_TREE_WEIGHS_NOW))

void
viewer_document_set_width (ViewerDocument *self, ViewerWidth width)
{
  g_autoptr (ViewerQuestion) none = NULL;
  g_autoptr (ViewerQuestion) question = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (!viewer_document_is_compared (self) || self->result == NULL ||
      viewer_document_is_opening (self) ||
      width == viewer_document_get_width (self))
    return;
  none = viewer_question_with_flag (self->question,
                                    (ProfTreeFlags)ANY_WIDTH,
                                    FALSE);
  question = viewer_question_with_flag (none,
                                        (ProfTreeFlags)width_flags[width],
                                        TRUE);
  viewer_document_start_asking (self, question, 0, true);
}

ViewerWidth
viewer_document_get_width (ViewerDocument *self)
{
  unsigned flags = self->question->flags & ANY_WIDTH;

  if (flags == PROF_TREE_WEIGHS_BEFORE)
    return VIEWER_WIDTH_BEFORE;
  return flags == PROF_TREE_WEIGHS_NOW ? VIEWER_WIDTH_NOW : VIEWER_WIDTH_BOTH;
}
