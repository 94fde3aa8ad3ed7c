/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-document-private.h"

#include "viewer-watch.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* How often progress is told while a thread works. */
#define PROGRESS_MS 50

/* Results of one comparison that are kept, one for each width, unless their trees
 * are so large that memory is dearer than time. */
#define MAX_KEPT       3
#define MAX_KEPT_NODES 500000

/* The whole tree of fewer stack nodes takes some tenths of a second. */
#define SKETCH_FROM 1000000

static void flame_model_init (ViewerFlameModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerDocument,
                               viewer_document,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VIEWER_TYPE_FLAME_MODEL,
                                                      flame_model_init))

enum
{
  REFUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
viewer_document_tell (ViewerDocument *self, ViewerChange what)
{
  viewer_flame_model_changed (VIEWER_FLAME_MODEL (self), what);
}

/* Values that are shared; NULL is one. */

static void
set_source (ViewerSource **place, ViewerSource *source)
{
  if (source != NULL)
    viewer_source_ref (source);
  viewer_source_unref (*place);
  *place = source;
}

static void
set_comparison (ViewerComparison **place, ViewerComparison *comparison)
{
  if (comparison != NULL)
    viewer_comparison_ref (comparison);
  viewer_comparison_unref (*place);
  *place = comparison;
}

/* A request as things are. */
ViewerRequest *
viewer_document_request (ViewerDocument *self, ViewerQuestion *question)
{
  ViewerRequest *request = viewer_request_new (self->generation, question);

  request->coloring = self->coloring;
  request->compared_coloring = self->compared_coloring;
  request->was_compared = self->comparison != NULL;
  request->by_name = self->by_name;
  request->sketch_from = self->sketch_from;
  return request;
}

/* Places */

static void
reset_places (ViewerDocument *self)
{
  viewer_history_clear (self->history);
  self->place = viewer_place_home (self->result);
}

/* Requests */

static gboolean
tell_progress (gpointer data)
{
  viewer_document_tell (data, VIEWER_CHANGED_BUSY);
  return G_SOURCE_CONTINUE;
}

static void
end_job (ViewerDocument *self)
{
  g_clear_pointer (&self->job, viewer_request_unref);
  g_clear_handle_id (&self->progress_source, g_source_remove);
}

static void
set_question (ViewerDocument *self, ViewerQuestion *question)
{
  viewer_question_ref (question);
  viewer_question_unref (self->question);
  self->question = question;
}

static void
file_changed (gpointer data)
{
  ViewerDocument *self = data;

  self->outdated = true;
  viewer_document_tell (self, VIEWER_CHANGED_FILE);
}

static void
end_watch (ViewerDocument *self)
{
  g_ptr_array_set_size (self->watches, 0);
  self->outdated = false;
}

/* Each of the files as it was read. */
static void
watch_files (ViewerDocument *self, const ViewerReading *reading)
{
  size_t n = viewer_source_n_files (self->source);

  end_watch (self);
  g_clear_pointer (&self->etag, g_free);
  if (viewer_source_is_input (self->source))
    return;
  for (size_t i = 0; i < n; i++)
    g_ptr_array_add (self->watches,
                     viewer_watch_new (viewer_source_file (self->source, i),
                                       reading->etags[i],
                                       file_changed,
                                       self));
  if (n == 1)
    self->etag = g_strdup (reading->etags[0]);
}

static void
take_warnings (ViewerDocument *self, char **warnings)
{
  bool known = g_strv_equal ((const char *const *)self->warnings,
                             (const char *const *)warnings);

  self->warnings_fresh = warnings[0] != NULL &&
                         (!known || self->warnings_fresh);
  g_strfreev (self->warnings);
  self->warnings = g_strdupv (warnings);
  self->has_sketch_warning = false;
}

void
viewer_document_warn_of_sketch (ViewerDocument *self, const char *warning)
{
  guint n = g_strv_length (self->warnings);

  if (self->has_sketch_warning)
    g_clear_pointer (&self->warnings[--n], g_free);
  self->has_sketch_warning = warning != NULL;
  if (warning == NULL)
    return;
  self->warnings = g_renew (char *, self->warnings, n + 2);
  self->warnings[n] = g_strdup (warning);
  self->warnings[n + 1] = NULL;
  self->warnings_fresh = true;
}

/* Where one is in a result that replaces another. */
static void
move_into (ViewerDocument *self, const ViewerRequest *job, ViewerResult *result)
{
  g_autoptr (ViewerPast) past = NULL;
  int                    steps = job->steps != 0 ? job->steps : job->way;

  if (steps != 0)
    past = viewer_history_walk (self->history,
                                self->result,
                                &self->place,
                                steps);
  else
    past = viewer_past_new (self->result, &self->place);
  self->place = viewer_past_find (past, result);
  if (job->comparison != self->comparison)
    viewer_history_clear (self->history);
  else if (job->steps == 0 && job->source == NULL && !job->quiet)
    viewer_history_add (self->history, g_steal_pointer (&past));
}

/* Of the same comparison, in the same colours. */
static void
keep (ViewerDocument *self, ViewerResult *result)
{
  if (result->changes == NULL ||
      prof_tree_n_nodes (result->tree) > MAX_KEPT_NODES ||
      g_ptr_array_find (self->kept, result, NULL))
    return;
  if (self->kept->len >= MAX_KEPT)
    g_ptr_array_remove_index (self->kept, 0);
  g_ptr_array_add (self->kept, viewer_result_ref (result));
}

/* (nullable): what was kept of a question. */
static ViewerResult *
find_kept (ViewerDocument *self, const ViewerQuestion *question)
{
  for (guint i = 0; i < self->kept->len; i++)
    {
      ViewerResult *result = self->kept->pdata[i];

      if (viewer_question_equal (result->question, question))
        return result;
    }
  return NULL;
}

/* What the result is of. */
static void
take_asked (ViewerDocument *self, const ViewerRequest *job)
{
  if (job->asked != self->asked)
    {
      g_ptr_array_set_size (self->kept, 0);
      prof_profile_unref (self->asked);
      self->asked = prof_profile_ref (job->asked);
    }
  set_comparison (&self->comparison, job->comparison);
  self->by_name = job->by_name;
  if (job->source == NULL && !job->compares)
    return;
  g_free (self->refusal);
  self->refusal = g_strdup (job->refusal);
}

static void
take_result (ViewerDocument *self, ViewerRequest *job, ViewerResult *result)
{
  bool known = self->result != NULL &&
               (job->source == NULL || self->source_before == NULL);

  if (known)
    move_into (self, job, result);
  g_clear_pointer (&self->result, viewer_result_unref);
  self->result = result;
  if (!known)
    reset_places (self);
  take_asked (self, job);
  keep (self, result);
  if (job->source != NULL)
    {
      g_clear_pointer (&self->profile, prof_profile_unref);
      self->profile = prof_profile_ref (job->profile);
      watch_files (self, &job->reading);
      take_warnings (self, job->warnings);
      self->lacks_names = job->lacks_names;
    }
  set_question (self, result->question);
  g_clear_pointer (&self->source_before, viewer_source_unref);
  g_clear_pointer (&self->problem, viewer_problem_free);
  viewer_finder_forget (self->finder);
  viewer_document_complete (self);
  self->state = VIEWER_STATE_READY;
  viewer_document_tell (self,
                        VIEWER_CHANGED_STATE | VIEWER_CHANGED_RESULT |
                            VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_ZOOM |
                            VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_SEARCH |
                            VIEWER_CHANGED_CENTER | VIEWER_CHANGED_FILE |
                            VIEWER_CHANGED_COMPARISON | VIEWER_CHANGED_BUSY);
  viewer_finder_look_again (self->finder, self->result);
}

static void
remember_wish (ViewerDocument *self, const ViewerRequest *job)
{
  set_comparison (&self->failed_comparison, job->comparison);
  g_free (self->failed_type);
  self->failed_type = g_strdup (job->type_name);
}

static void
forget_wish (ViewerDocument *self)
{
  set_comparison (&self->failed_comparison, NULL);
  g_clear_pointer (&self->failed_type, g_free);
}

/* Takes @problem. */
static void
take_problem (ViewerDocument *self, ViewerProblem *problem)
{
  g_clear_pointer (&self->problem, viewer_problem_free);
  self->problem = problem;
  viewer_document_stop_completing (self);
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_pointer (&self->profile, prof_profile_unref);
  viewer_finder_forget (self->finder);
  g_clear_pointer (&self->source_before, viewer_source_unref);
  g_clear_pointer (&self->asked, prof_profile_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_ptr_array_set_size (self->kept, 0);
  set_comparison (&self->comparison, NULL);
  end_watch (self);
  reset_places (self);
  self->state = VIEWER_STATE_ERROR;
  viewer_document_tell (self,
                        VIEWER_CHANGED_STATE | VIEWER_CHANGED_RESULT |
                            VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_SEARCH |
                            VIEWER_CHANGED_FILE | VIEWER_CHANGED_COMPARISON |
                            VIEWER_CHANGED_BUSY);
}

/* What was shown stays: a question without an answer is no reason to lose it. */
static void
take_refusal (ViewerDocument *self, const GError *error)
{
  set_question (self, self->result->question);
  viewer_document_tell (self, VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_BUSY);
  g_signal_emit (self, signals[REFUSED], 0, error->message);
}

static void
take_comparison_refusal (ViewerDocument *self, const ViewerRequest *job)
{
  g_free (self->refusal);
  self->refusal = g_strdup (job->refusal);
  set_question (self, self->result->question);
  viewer_document_tell (self,
                        VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_COMPARISON |
                            VIEWER_CHANGED_BUSY);
}

static void
run_request (GTask        *task,
             gpointer      source,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GError       *error = NULL;
  ViewerResult *result = viewer_request_run (task_data, &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify)viewer_result_unref);
}

static void
job_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerDocument    *self = VIEWER_DOCUMENT (source);
  GTask             *task = G_TASK (async_result);
  ViewerRequest     *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ViewerResult      *result = g_task_propagate_pointer (task, &error);

  if (job->generation != self->generation)
    {
      viewer_result_unref (result);
      return;
    }
  end_job (self);
  if (result != NULL)
    take_result (self, job, result);
  else if (job->compares && job->refusal != NULL)
    take_comparison_refusal (self, job);
  else if (job->source == NULL)
    take_refusal (self, error);
  else
    {
      remember_wish (self, job);
      take_problem (self, viewer_request_problem (job, error));
    }
}

/* Takes @job. */
void
viewer_document_start (ViewerDocument *self, ViewerRequest *job)
{
  g_autoptr (GTask) task = g_task_new (self, job->cancellable, job_done, NULL);

  self->job = job;
  self->progress_source = g_timeout_add (PROGRESS_MS, tell_progress, self);
  g_task_set_task_data (task,
                        viewer_request_ref (job),
                        (GDestroyNotify)viewer_request_unref);
  g_task_run_in_thread (task, run_request);
}

void
viewer_document_stop (ViewerDocument *self)
{
  self->generation++;
  if (self->job != NULL)
    g_cancellable_cancel (self->job->cancellable);
  end_job (self);
}

void
viewer_document_start_reading (ViewerDocument   *self,
                               ViewerComparison *comparison,
                               const char       *sample_type)
{
  ViewerRequest *job = viewer_document_request (self, self->question);

  viewer_request_compare_with (job, comparison, &self->limits);
  viewer_request_read (job, self->source, &self->limits);
  job->reading.with_perf = self->with_perf;
  job->binaries = g_strdupv (self->binaries);
  job->type_name = g_strdup (sample_type);
  /* What is shown stays until the new picture is there. */
  if (self->result == NULL)
    self->state = VIEWER_STATE_LOADING;
  viewer_document_start (self, job);
  viewer_document_tell (self, VIEWER_CHANGED_STATE | VIEWER_CHANGED_BUSY);
}

/* Those that a comparison has not set. */
static ProfTreeFlags
lasting_flags (ViewerDocument *self)
{
  unsigned flags = self->question->flags;

  if (self->comparison == NULL)
    return (ProfTreeFlags)flags;
  flags &= ~(unsigned)(PROF_TREE_WEIGHS_BEFORE | PROF_TREE_WEIGHS_NOW |
                       PROF_TREE_BY_NAME);
  return (ProfTreeFlags)(self->by_name ? flags | PROF_TREE_BY_NAME : flags);
}

/* Filters belong to a file; how trees are drawn to the window. */
static void
forget_question (ViewerDocument *self)
{
  g_autoptr (ViewerQuestion) plain = viewer_question_new ();
  g_autoptr (ViewerQuestion) question = NULL;
  g_autoptr (ViewerQuestion) focused = NULL;

  question = viewer_question_with_flag (plain, lasting_flags (self), TRUE);
  if (self->next_focus != NULL)
    focused = viewer_question_with (question, "focus", self->next_focus, NULL);
  g_clear_pointer (&self->next_focus, g_free);
  set_question (self, focused != NULL ? focused : question);
}

void
viewer_document_focus_next (ViewerDocument *self, const char *focus)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  g_free (self->next_focus);
  self->next_focus = g_strdup (focus);
}

static void
open_source (ViewerDocument *self,
             ViewerSource   *source,
             const char     *sample_type)
{
  g_autoptr (ViewerComparison) comparison = g_steal_pointer (
      &self->next_comparison);

  if (self->job == NULL)
    {
      self->state_before = self->state;
      set_source (&self->source_before, self->source);
    }
  viewer_document_stop (self);
  forget_wish (self);
  set_source (&self->source, source);
  self->limits = prof_machine_limits ();
  self->with_perf = false;
  g_strfreev (self->binaries);
  self->binaries = g_new0 (char *, 1);
  forget_question (self);
  viewer_document_start_reading (self, comparison, sample_type);
  self->job->was_compared = false;
}

void
viewer_document_open (ViewerDocument *self,
                      GFile          *file,
                      const char     *sample_type)
{
  g_return_if_fail (G_IS_FILE (file));

  viewer_document_open_sum (self, &file, 1, sample_type);
}

void
viewer_document_open_sum (ViewerDocument *self,
                          GFile *const   *files,
                          size_t          n,
                          const char     *sample_type)
{
  g_autoptr (ViewerSource) source = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (n >= 1);

  source = viewer_source_new (files, n);
  open_source (self, source, sample_type);
}

void
viewer_document_open_standard_input (ViewerDocument *self,
                                     GBytes         *bytes,
                                     const char     *sample_type)
{
  g_autoptr (ViewerSource) source = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (bytes != NULL);

  source = viewer_source_new_for_input (bytes);
  open_source (self, source, sample_type);
}

/* As reloading does with a file. */
static void
replace_source (ViewerDocument *self, ViewerSource *source)
{
  self->state_before = self->state;
  viewer_document_stop (self);
  set_source (&self->source, source);
  viewer_document_start_reading (self, self->comparison, NULL);
}

void
viewer_document_open_capture (ViewerDocument *self,
                              const char     *url,
                              GBytes         *bytes,
                              const char     *sample_type,
                              bool            keep)
{
  g_autoptr (ViewerSource) source = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (bytes != NULL);

  source = viewer_source_new_for_capture (url, NULL, bytes);
  if (keep && self->result != NULL)
    replace_source (self, source);
  else
    open_source (self, source, sample_type);
}

void
viewer_document_fail_capture (ViewerDocument *self,
                              const char     *url,
                              ViewerProblem  *problem)
{
  g_autoptr (GBytes)       nothing = g_bytes_new_static ("", 0);
  g_autoptr (ViewerSource) source = NULL;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  source = viewer_source_new_for_capture (url, NULL, nothing);
  viewer_document_stop (self);
  set_source (&self->source, source);
  take_problem (self, problem);
}

bool
viewer_document_is_input (ViewerDocument *self)
{
  return self->source != NULL && viewer_source_is_input (self->source);
}

const char *
viewer_document_get_url (ViewerDocument *self)
{
  return self->source != NULL ? viewer_source_url (self->source) : NULL;
}

void
viewer_document_reload (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->source == NULL || self->job != NULL)
    return;

  self->state_before = self->state;
  viewer_document_stop (self);
  if (self->state == VIEWER_STATE_ERROR)
    viewer_document_start_reading (self,
                                   self->failed_comparison,
                                   self->failed_type);
  else
    viewer_document_start_reading (self, self->comparison, NULL);
}

void
viewer_document_take_offer (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->problem == NULL || self->problem->offer == NULL)
    return;
  self->limits = self->problem->limits;
  self->with_perf = self->problem->with_perf || self->with_perf;
  viewer_document_reload (self);
}

void
viewer_document_add_binary (ViewerDocument *self, const char *path)
{
  guint n;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (path != NULL);

  n = g_strv_length (self->binaries);
  self->binaries = g_renew (char *, self->binaries, n + 2);
  self->binaries[n] = g_strdup (path);
  self->binaries[n + 1] = NULL;
  viewer_document_reload (self);
}

const char *const *
viewer_document_get_binaries (ViewerDocument *self)
{
  return (const char *const *)self->binaries;
}

bool
viewer_document_lacks_names (ViewerDocument *self)
{
  return self->result != NULL && self->lacks_names;
}

void
viewer_document_cancel (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->job == NULL)
    return;
  if (self->job->source != NULL)
    {
      self->state = self->state_before;
      if (self->source_before != NULL || self->state == VIEWER_STATE_WELCOME)
        set_source (&self->source, self->source_before);
      set_source (&self->source_before, NULL);
    }
  viewer_document_stop (self);
  if (self->result != NULL)
    set_question (self, self->result->question);
  viewer_document_tell (self,
                        VIEWER_CHANGED_STATE | VIEWER_CHANGED_QUESTION |
                            VIEWER_CHANGED_BUSY);
}

/* What a request that replaces @before, which it adds to, does with the history. */
static void
follow (ViewerRequest *job, const ViewerRequest *before)
{
  /* Quiet itself, it is still the same step. */
  if (job->quiet && before->steps != 0)
    job->steps = before->steps;
  else
    job->way = before->steps != 0 ? before->steps : before->way;
  job->quiet = job->quiet && before->quiet;
}

/* Asks of what was read; @steps as in ViewerRequest. */
void
viewer_document_start_asking (ViewerDocument *self,
                              ViewerQuestion *question,
                              int             steps,
                              bool            quiet)
{
  ViewerResult  *kept = find_kept (self, question);
  ViewerRequest *job = viewer_document_request (self, question);

  job->steps = steps;
  job->quiet = quiet;
  if (self->job != NULL && steps == 0)
    follow (job, self->job);
  viewer_document_stop (self);
  job->generation = self->generation;
  job->profile = prof_profile_ref (self->profile);
  job->asked = prof_profile_ref (self->asked);
  set_comparison (&job->comparison, self->comparison);
  job->stage = VIEWER_STAGE_BUILDING;
  set_question (self, question);
  if (kept != NULL)
    {
      take_result (self, job, viewer_result_ref (kept));
      viewer_request_unref (job);
      return;
    }
  viewer_document_start (self, job);
  viewer_document_tell (self, VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_BUSY);
}

/* Whether something is under way that no question may replace. */
bool
viewer_document_is_opening (ViewerDocument *self)
{
  return self->job != NULL &&
         (self->job->source != NULL || self->job->compares);
}

ViewerQuestion *
viewer_document_get_question (ViewerDocument *self)
{
  return self->question;
}

void
viewer_document_ask (ViewerDocument *self, ViewerQuestion *question)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result == NULL || viewer_document_is_opening (self) ||
      viewer_question_equal (question, self->question))
    return;
  /* Back to what is shown: nothing to compute. */
  if (viewer_question_equal (question, self->result->question))
    viewer_document_cancel (self);
  else
    viewer_document_start_asking (self, question, 0, false);
}

bool
viewer_document_set_option (ViewerDocument *self,
                            const char     *option,
                            const char     *value,
                            GError        **error)
{
  g_autoptr (ViewerQuestion) question = NULL;

  g_return_val_if_fail (VIEWER_IS_DOCUMENT (self), false);

  question = viewer_question_with (self->question, option, value, error);
  if (question != NULL)
    viewer_document_ask (self, question);
  return question != NULL;
}

static ProfColoring *
shown_coloring (ViewerDocument *self)
{
  return viewer_document_is_compared (self) ? &self->compared_coloring
                                            : &self->coloring;
}

const ProfColoring *
viewer_document_get_coloring (ViewerDocument *self)
{
  return shown_coloring (self);
}

void
viewer_document_set_coloring (ViewerDocument     *self,
                              const ProfColoring *coloring)
{
  ViewerResult *result = self->result;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (memcmp (coloring, shown_coloring (self), sizeof *coloring) == 0)
    return;
  *shown_coloring (self) = *coloring;
  g_ptr_array_set_size (self->kept, 0);
  if (result == NULL)
    return;
  self->result = viewer_result_recolored (result, coloring);
  viewer_result_unref (result);
  viewer_document_tell (self, VIEWER_CHANGED_COLORING | VIEWER_CHANGED_RESULT);
}

void
viewer_document_set_type (ViewerDocument *self, size_t type)
{
  char        number[24];
  const char *name;
  size_t      named;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result == NULL ||
      type >= prof_profile_n_types (self->result->profile))
    return;
  name = prof_profile_type_name (self->result->profile, type);
  g_snprintf (number, sizeof number, "%zu", type);
  /* Types can have the same name, or a number for one. */
  if (!prof_profile_find_type (self->result->profile, name, &named, NULL) ||
      named != type || g_ascii_isdigit (name[0]))
    name = number;
  viewer_document_set_option (self, "sample-index", name, NULL);
}

ViewerState
viewer_document_get_state (ViewerDocument *self)
{
  return self->state;
}

GFile *
viewer_document_get_file (ViewerDocument *self)
{
  return self->source != NULL ? viewer_source_file (self->source, 0) : NULL;
}

const char *
viewer_document_get_name (ViewerDocument *self)
{
  return self->source != NULL ? viewer_source_name (self->source) : NULL;
}

size_t
viewer_document_n_files (ViewerDocument *self)
{
  return self->source != NULL ? viewer_source_n_files (self->source) : 0;
}

GFile *
viewer_document_nth_file (ViewerDocument *self, size_t index)
{
  g_return_val_if_fail (index < viewer_document_n_files (self), NULL);

  return viewer_source_file (self->source, index);
}

bool
viewer_document_shows (ViewerDocument *self, GFile *file)
{
  if (viewer_document_n_files (self) != 1 ||
      viewer_source_is_input (self->source) ||
      !g_file_equal (viewer_source_file (self->source, 0), file))
    return false;
  if (self->job != NULL)
    return true;

  g_autofree char *etag = viewer_watch_query_etag (file);

  return self->state == VIEWER_STATE_READY && g_strcmp0 (etag, self->etag) == 0;
}

bool
viewer_document_is_outdated (ViewerDocument *self)
{
  return self->outdated;
}

void
viewer_document_ignore_change (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (!self->outdated)
    return;
  self->outdated = false;
  viewer_document_tell (self, VIEWER_CHANGED_FILE);
}

const char *const *
viewer_document_get_warnings (ViewerDocument *self)
{
  return (const char *const *)self->warnings;
}

bool
viewer_document_has_fresh_warnings (ViewerDocument *self)
{
  return self->result != NULL && self->warnings_fresh;
}

void
viewer_document_dismiss_warnings (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  self->warnings_fresh = false;
  viewer_document_tell (self, VIEWER_CHANGED_FILE);
}

ProfProfile *
viewer_document_get_profile (ViewerDocument *self)
{
  return self->profile;
}

ViewerResult *
viewer_document_get_result (ViewerDocument *self)
{
  return self->result;
}

const ViewerProblem *
viewer_document_get_problem (ViewerDocument *self)
{
  return self->problem;
}

bool
viewer_document_is_busy (ViewerDocument *self,
                         ViewerStage    *stage,
                         double         *fraction)
{
  if (self->job == NULL)
    return false;
  *fraction = viewer_request_fraction (self->job, stage);
  return true;
}

/* Search */

void
viewer_document_set_search (ViewerDocument *self,
                            const char     *text,
                            ProfSearchFlags flags)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (text != NULL);

  viewer_finder_look_for (self->finder, self->result, text, flags);
}

const char *
viewer_document_get_search_text (ViewerDocument *self)
{
  return viewer_finder_text (self->finder);
}

ProfSearchFlags
viewer_document_get_search_flags (ViewerDocument *self)
{
  return viewer_finder_flags (self->finder);
}

ProfSearch *
viewer_document_get_search (ViewerDocument *self)
{
  return viewer_finder_search (self->finder);
}

const char *
viewer_document_get_search_complaint (ViewerDocument *self)
{
  return viewer_finder_complaint (self->finder);
}

void
viewer_document_find (ViewerDocument *self, int direction)
{
  ProfNodeId next;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  next = viewer_finder_next (self->finder,
                             self->place.selection.node,
                             direction);
  if (next != PROF_ID_NONE)
    viewer_document_select (self, next, 0, true);
}

/* As what a flame canvas shows */

static ViewerResult *
model_get_result (ViewerFlameModel *model)
{
  return VIEWER_DOCUMENT (model)->result;
}

static ProfSearch *
model_get_search (ViewerFlameModel *model)
{
  return viewer_finder_search (VIEWER_DOCUMENT (model)->finder);
}

static ViewerSelection
model_get_selection (ViewerFlameModel *model)
{
  return VIEWER_DOCUMENT (model)->place.selection;
}

static ViewerZoom
model_get_zoom (ViewerFlameModel *model)
{
  return VIEWER_DOCUMENT (model)->place.zoom;
}

static void
model_select (ViewerFlameModel *model,
              ProfNodeId        node,
              ProfNodeId        end,
              bool              reveal)
{
  viewer_document_select (VIEWER_DOCUMENT (model), node, end, reveal);
}

static void
model_unselect (ViewerFlameModel *model)
{
  viewer_document_unselect (VIEWER_DOCUMENT (model));
}

static void
model_activate (ViewerFlameModel *model)
{
  viewer_document_zoom_to_selection (VIEWER_DOCUMENT (model));
}

static void
model_zoom_to_node (ViewerFlameModel *model, ProfNodeId node)
{
  viewer_document_zoom_to_node (VIEWER_DOCUMENT (model), node);
}

static void
model_zoom_to_range (ViewerFlameModel *model,
                     double            start,
                     double            end,
                     bool              gesture)
{
  viewer_document_zoom_to_range (VIEWER_DOCUMENT (model), start, end, gesture);
}

static void
model_go (ViewerFlameModel *model, int direction)
{
  viewer_document_go (VIEWER_DOCUMENT (model), direction);
}

static void
flame_model_init (ViewerFlameModelInterface *iface)
{
  iface->get_result = model_get_result;
  iface->get_search = model_get_search;
  iface->get_selection = model_get_selection;
  iface->get_zoom = model_get_zoom;
  iface->select = model_select;
  iface->unselect = model_unselect;
  iface->activate = model_activate;
  iface->zoom_to_node = model_zoom_to_node;
  iface->zoom_to_range = model_zoom_to_range;
  iface->go = model_go;
}

/* Object */

static void
viewer_document_dispose (GObject *object)
{
  ViewerDocument *self = VIEWER_DOCUMENT (object);

  viewer_document_stop (self);
  viewer_document_stop_completing (self);
  end_watch (self);
  viewer_finder_forget (self->finder);
  g_clear_pointer (&self->next_focus, g_free);
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_pointer (&self->asked, prof_profile_unref);
  g_clear_pointer (&self->comparison, viewer_comparison_unref);
  g_clear_pointer (&self->next_comparison, viewer_comparison_unref);
  forget_wish (self);
  g_clear_pointer (&self->profile, prof_profile_unref);
  G_OBJECT_CLASS (viewer_document_parent_class)->dispose (object);
}

static void
viewer_document_finalize (GObject *object)
{
  ViewerDocument *self = VIEWER_DOCUMENT (object);

  viewer_source_unref (self->source);
  viewer_source_unref (self->source_before);
  g_ptr_array_unref (self->watches);
  g_free (self->etag);
  viewer_problem_free (self->problem);
  g_strfreev (self->binaries);
  g_strfreev (self->warnings);
  g_free (self->refusal);
  g_ptr_array_unref (self->kept);
  viewer_history_free (self->history);
  viewer_finder_free (self->finder);
  viewer_question_unref (self->question);
  G_OBJECT_CLASS (viewer_document_parent_class)->finalize (object);
}

static void
viewer_document_class_init (ViewerDocumentClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = viewer_document_dispose;
  object_class->finalize = viewer_document_finalize;

  /**
   * ViewerDocument::refused:
   * @reason: one sentence
   *
   * A question has no answer; what was shown stays.
   */
  signals[REFUSED] = g_signal_new ("refused",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
free_result (gpointer data)
{
  viewer_result_unref (data);
}

static void
free_watch (gpointer data)
{
  viewer_watch_free (data);
}

static void
search_changed (gpointer document)
{
  viewer_document_tell (document, VIEWER_CHANGED_SEARCH);
}

static void
viewer_document_init (ViewerDocument *self)
{
  self->warnings = g_new0 (char *, 1);
  self->binaries = g_new0 (char *, 1);
  self->question = viewer_question_new ();
  self->sketch_from = SKETCH_FROM;
  self->compared_coloring.scheme = PROF_SCHEME_DIFF;
  self->watches = g_ptr_array_new_with_free_func (free_watch);
  self->kept = g_ptr_array_new_with_free_func (free_result);
  self->history = viewer_history_new ();
  self->finder = viewer_finder_new (G_OBJECT (self), search_changed);
  reset_places (self);
}

ViewerDocument *
viewer_document_new (void)
{
  return g_object_new (VIEWER_TYPE_DOCUMENT, NULL);
}
