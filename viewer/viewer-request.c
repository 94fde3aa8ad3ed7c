/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-request.h"

#include "viewer-symbols.h"
#include "viewer-warnings.h"
#include <glib/gi18n.h>

/* @comparison: (nullable) */
static void
set_comparison (ViewerRequest *self, ViewerComparison *comparison)
{
  if (comparison != NULL)
    viewer_comparison_ref (comparison);
  viewer_comparison_unref (self->comparison);
  self->comparison = comparison;
}

ViewerRequest *
viewer_request_new (unsigned generation, ViewerQuestion *question)
{
  ViewerRequest *self = g_new0 (ViewerRequest, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->generation = generation;
  self->question = viewer_question_ref (question);
  self->cancellable = g_cancellable_new ();
  self->building = prof_progress_new (self->cancellable);
  return self;
}

ViewerRequest *
viewer_request_ref (ViewerRequest *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_request_unref (ViewerRequest *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  if (self->source != NULL)
    viewer_source_clear_reading (self->source, &self->reading);
  if (self->base_source != NULL)
    viewer_source_clear_reading (self->base_source, &self->base_reading);
  viewer_source_unref (self->source);
  viewer_source_unref (self->base_source);
  viewer_comparison_unref (self->comparison);
  prof_profile_unref (self->asked);
  g_free (self->refusal);
  g_free (self->type_name);
  g_strfreev (self->warnings);
  g_strfreev (self->binaries);
  g_object_unref (self->cancellable);
  prof_progress_unref (self->building);
  prof_profile_unref (self->profile);
  viewer_question_unref (self->question);
  g_free (self);
}

/* A name that the profile does not know asks for the default. */
static void
ask_for_type (ViewerRequest *self)
{
  ViewerQuestion *question;
  size_t          type;

  if (self->type_name == NULL ||
      !prof_profile_find_type (self->profile, self->type_name, &type, NULL))
    return;
  question = viewer_question_with (self->question,
                                   "sample-index",
                                   self->type_name,
                                   NULL);
  if (question == NULL)
    return;
  viewer_question_unref (self->question);
  self->question = question;
}

/* First what chosen programs did not give. */
static void
take_names (ViewerRequest *self)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv)           complaints = NULL;
  g_auto (GStrv)           warnings = NULL;

  complaints = viewer_symbols_name (&self->profile,
                                    (const char *const *)self->binaries);
  warnings = viewer_warnings_of (self->profile);
  g_strv_builder_addv (all, (const char **)complaints);
  g_strv_builder_addv (all, (const char **)warnings);
  self->warnings = g_strv_builder_end (all);
  self->lacks_names = viewer_symbols_matter (self->profile);
}

static bool
read_source (ViewerRequest *self, GError **error)
{
  self->profile = viewer_source_load (self->source, &self->reading, error);
  if (self->profile == NULL)
    return false;
  take_names (self);
  ask_for_type (self);
  return true;
}

/* A difference that was saved with both sides apart is a comparison. */
static bool
split (ViewerRequest *self, GError **error)
{
  bool own = self->comparison != NULL && self->comparison->own;
  g_autoptr (ViewerComparison) found = NULL;

  if (self->source == NULL)
    return true;
  if (prof_has_base (self->profile))
    {
      found = viewer_comparison_split (own ? self->comparison : NULL,
                                       &self->profile,
                                       error);
      if (found == NULL)
        return false;
    }
  if (own || (found != NULL && self->comparison == NULL))
    set_comparison (self, found);
  return true;
}

static bool
read_base (ViewerRequest *self, GError **error)
{
  g_autoptr (ProfProfile)      base = NULL;
  g_autoptr (ViewerComparison) complete = NULL;

  if (self->base_source == NULL)
    return true;
  g_atomic_int_set (&self->reading_base, 1);
  base = viewer_source_load (self->base_source, &self->base_reading, error);
  if (base == NULL)
    return false;
  complete = viewer_comparison_with_base (self->comparison, base);
  set_comparison (self, complete);
  return true;
}

/* A file that was just read is shown alone; what is shown already stays. */
static bool
refuse (ViewerRequest *self, const GError *reason, GError **error)
{
  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: a file's name, and the reason */
    self->refusal = g_strdup_printf (_ ("Not compared with %s: %s"),
                                     self->comparison->name,
                                     reason->message);
  if (self->refusal == NULL || self->source == NULL)
    {
      g_propagate_error (error, g_error_copy (reason));
      return false;
    }
  set_comparison (self, NULL);
  self->asked = prof_profile_ref (self->profile);
  return true;
}

static void
set_flag (ViewerRequest *self, ProfTreeFlags flag, bool set)
{
  ViewerQuestion *question = viewer_question_with_flag (self->question,
                                                        flag,
                                                        set);

  viewer_question_unref (self->question);
  self->question = question;
}

/* By name, so that shapes stay in their places; without a comparison as it was
 * before. */
static void
order (ViewerRequest *self)
{
  bool compared = self->comparison != NULL;

  if (compared == self->was_compared)
    return;
  if (compared)
    self->by_name = (self->question->flags & PROF_TREE_BY_NAME) != 0;
  set_flag (self, PROF_TREE_BY_NAME, compared || self->by_name);
  if (compared)
    return;
  set_flag (self, PROF_TREE_WEIGHS_BEFORE, false);
  set_flag (self, PROF_TREE_WEIGHS_NOW, false);
}

static bool
make_asked (ViewerRequest *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!split (self, error))
    return false;
  if (self->comparison == NULL)
    self->asked = prof_profile_ref (self->profile);
  else if (read_base (self, &reason))
    self->asked = viewer_comparison_apply (self->comparison,
                                           self->profile,
                                           self->building,
                                           &reason);
  if (self->asked == NULL && !refuse (self, reason, error))
    return false;
  order (self);
  return true;
}

static const ProfColoring *
coloring_of (const ViewerRequest *self)
{
  return self->comparison != NULL && !self->comparison->difference
             ? &self->compared_coloring
             : &self->coloring;
}

void
viewer_request_read (ViewerRequest    *self,
                     ViewerSource     *source,
                     const ProfLimits *limits)
{
  self->source = viewer_source_ref (source);
  viewer_source_init_reading (source,
                              &self->reading,
                              self->cancellable,
                              limits);
}

void
viewer_request_compare_with (ViewerRequest    *self,
                             ViewerComparison *comparison,
                             const ProfLimits *limits)
{
  set_comparison (self, comparison);
  if (comparison == NULL || comparison->base != NULL)
    return;
  self->base_source = viewer_source_ref (comparison->source);
  viewer_source_init_reading (self->base_source,
                              &self->base_reading,
                              self->cancellable,
                              limits);
}

ViewerResult *
viewer_request_run (ViewerRequest *self, GError **error)
{
  if (self->profile == NULL && !read_source (self, error))
    return NULL;
  if (self->asked == NULL && !make_asked (self, error))
    return NULL;
  g_atomic_int_set (&self->stage, VIEWER_STAGE_BUILDING);
  return viewer_result_new (self->asked,
                            self->question,
                            coloring_of (self),
                            self->sketch_from,
                            self->building,
                            error);
}

static double
reading_fraction (const ViewerRequest *self)
{
  if (g_atomic_int_get (&self->reading_base))
    return viewer_source_fraction (self->base_source, &self->base_reading);
  return self->source != NULL
             ? viewer_source_fraction (self->source, &self->reading)
             : -1;
}

double
viewer_request_fraction (ViewerRequest *self, ViewerStage *stage)
{
  *stage = (ViewerStage)g_atomic_int_get (&self->stage);
  return *stage == VIEWER_STAGE_READING
             ? reading_fraction (self)
             : prof_progress_fraction (self->building);
}

static ViewerProblem *
problem_of (const ViewerRequest *self, const GError *error)
{
  size_t n = viewer_source_n_files (self->source);
  size_t culprit = self->reading.culprit;

  if (n > 1 && culprit == n)
    return viewer_problem_new_for_sum (error,
                                       viewer_source_name (self->source));
  if (n == 1)
    return viewer_problem_new (error, viewer_source_name (self->source));

  GFile                   *file = viewer_source_file (self->source, culprit);
  g_autoptr (ViewerSource) one = viewer_source_new (&file, 1);

  return viewer_problem_new (error, viewer_source_name (one));
}

ViewerProblem *
viewer_request_problem (const ViewerRequest *self, const GError *error)
{
  ViewerProblem *problem = problem_of (self, error);

  if (!g_error_matches (error, PROF_ERROR, PROF_ERROR_PERF_DATA))
    viewer_problem_offer (problem, error, &self->reading.limits);
  else if (viewer_source_can_have_perf (self->source, self->reading.culprit))
    viewer_problem_offer_perf (problem, &self->reading.limits);
  return problem;
}
