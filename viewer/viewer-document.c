/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-document.h"

#include "viewer-source.h"
#include "viewer-warnings.h"
#include "viewer-watch.h"
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

/* How often progress is told while a thread works. */
#define PROGRESS_MS 50

/* Steps of one gesture (wheel, pinch, drag) follow each other faster. */
#define GESTURE_US (800 * 1000)

/* Searches over fewer nodes take less than a few milliseconds and are done at
 * once. */
#define SEARCH_INLINE_NODES  200000
#define SEARCH_INLINE_FRAMES 50000

#define MAX_HISTORY 200

/* Results of one comparison that are kept, one for each width, unless their trees
 * are so large that memory is dearer than time. */
#define MAX_KEPT       3
#define MAX_KEPT_NODES 500000

/* What one request needs and gives; shared by the main thread, which reads the
 * progress, and the worker. */
typedef struct
{
  gatomicrefcount ref_count;
  unsigned        generation;
  int             stage; /* atomic; ViewerStage */

  /* Owned */
  char         *type_name;
  GCancellable *cancellable;
  ViewerReading reading;      /* with a source */
  ViewerReading base_reading; /* with a base that is to be read */
  ProfProgress *building;
  char        **warnings;
  char         *refusal; /* why it is not compared, or NULL */

  /* Shared, a reference each */
  ViewerSource     *source;  /* NULL: the profile is there already */
  ProfProfile      *profile; /* as read; NULL: it is to be read */
  ViewerQuestion   *question;
  ViewerComparison *comparison;  /* or NULL */
  ViewerSource     *base_source; /* NULL: the base is there, or there is none */
  ProfProfile      *asked;       /* what is asked; NULL: it is to be made */

  ProfColoring coloring;
  ProfColoring compared_coloring;
  int          reading_base; /* atomic; whether it is the base that is read */
  bool compares; /* what was read is asked for another comparison, or none */
  bool was_compared; /* until now */
  bool by_name;      /* the order without a comparison */
  bool quiet;        /* no step of the history */
  int  steps;        /* of going back (below 0) or forward; 0: a new question */
} Job;

typedef struct
{
  ProfTree       *tree;
  char           *text;
  ProfSearchFlags flags;
  unsigned        generation;
} SearchJob;

struct _ViewerDocument
{
  GObject parent_instance;

  ViewerState state;
  ViewerState state_before; /* what cancelling goes back to */
  unsigned    generation;
  unsigned    search_generation;
  guint       progress_source;
  bool        outdated;
  bool        warnings_fresh;
  bool        by_name; /* the order without a comparison */

  /* Owned */
  char          *etag; /* of a single file as read, or NULL */
  ViewerProblem *problem;
  GPtrArray     *watches; /* ViewerWatch, of each file as read */
  char         **warnings;
  char          *search_text;
  char          *search_complaint; /* or NULL */
  char          *refusal;          /* of a comparison, or NULL */
  GPtrArray     *kept;             /* ViewerResult, the latest last */
  GPtrArray     *back;             /* ViewerPast */
  GPtrArray     *forward;          /* ViewerPast */

  /* Shared, a reference each */
  ViewerSource   *source;        /* or NULL */
  ViewerSource   *source_before; /* while loading: what was shown, or NULL */
  ProfProfile    *profile;       /* as read, or NULL */
  ViewerQuestion *question;
  ViewerResult   *result; /* or NULL */
  ProfSearch     *search; /* or NULL */
  Job            *job;    /* the latest request, while it runs */
  ProfProfile    *asked;  /* the profile, or its comparison, or NULL */

  ViewerComparison *comparison;      /* or NULL */
  ViewerComparison *next_comparison; /* of the next file, or NULL */

  /* How what could not be opened was to be shown, when that is tried again: each
   * or NULL. Owned */
  ViewerComparison *failed_comparison;
  char             *failed_type;

  ViewerPlace     place;
  ProfColoring    coloring;
  ProfColoring    compared_coloring; /* of what is compared */
  ProfSearchFlags search_flags;
  char           *next_focus; /* (nullable): of the next file */
  ProfLimits      limits;     /* to read the file under */
  bool            with_perf;  /* whether perf may be run to read the file */
  gint64          last_gesture_us;
};

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

static void
emit_changed (ViewerDocument *self, ViewerChange what)
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

/* Jobs */

static Job *
job_new (ViewerDocument *self, ViewerQuestion *question)
{
  Job *job = g_new0 (Job, 1);

  g_atomic_ref_count_init (&job->ref_count);
  job->generation = self->generation;
  job->question = viewer_question_ref (question);
  job->coloring = self->coloring;
  job->compared_coloring = self->compared_coloring;
  job->was_compared = self->comparison != NULL;
  job->by_name = self->by_name;
  job->cancellable = g_cancellable_new ();
  job->building = prof_progress_new (job->cancellable);
  return job;
}

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->ref_count);
  return job;
}

static void
job_unref (Job *job)
{
  if (job == NULL || !g_atomic_ref_count_dec (&job->ref_count))
    return;
  if (job->source != NULL)
    viewer_source_clear_reading (job->source, &job->reading);
  if (job->base_source != NULL)
    viewer_source_clear_reading (job->base_source, &job->base_reading);
  viewer_source_unref (job->source);
  viewer_source_unref (job->base_source);
  viewer_comparison_unref (job->comparison);
  prof_profile_unref (job->asked);
  g_free (job->refusal);
  g_free (job->type_name);
  g_strfreev (job->warnings);
  g_object_unref (job->cancellable);
  prof_progress_unref (job->building);
  prof_profile_unref (job->profile);
  viewer_question_unref (job->question);
  g_free (job);
}

/* A name that the profile does not know asks for the default. */
static void
ask_for_type (Job *job)
{
  ViewerQuestion *question;
  size_t          type;

  if (job->type_name == NULL ||
      !prof_profile_find_type (job->profile, job->type_name, &type, NULL))
    return;
  question = viewer_question_with (job->question,
                                   "sample-index",
                                   job->type_name,
                                   NULL);
  if (question == NULL)
    return;
  viewer_question_unref (job->question);
  job->question = question;
}

static bool
read_source (Job *job, GError **error)
{
  job->profile = viewer_source_load (job->source, &job->reading, error);
  if (job->profile == NULL)
    return false;
  job->warnings = viewer_warnings_of (job->profile);
  ask_for_type (job);
  return true;
}

/* A difference that was saved with both sides apart is a comparison. */
static bool
split (Job *job, GError **error)
{
  bool own = job->comparison != NULL && job->comparison->own;
  g_autoptr (ViewerComparison) found = NULL;

  if (job->source == NULL)
    return true;
  if (prof_has_base (job->profile))
    {
      found = viewer_comparison_split (own ? job->comparison : NULL,
                                       &job->profile,
                                       error);
      if (found == NULL)
        return false;
    }
  if (own || (found != NULL && job->comparison == NULL))
    set_comparison (&job->comparison, found);
  return true;
}

static bool
read_base (Job *job, GError **error)
{
  g_autoptr (ProfProfile)      base = NULL;
  g_autoptr (ViewerComparison) complete = NULL;

  if (job->base_source == NULL)
    return true;
  g_atomic_int_set (&job->reading_base, 1);
  base = viewer_source_load (job->base_source, &job->base_reading, error);
  if (base == NULL)
    return false;
  complete = viewer_comparison_with_base (job->comparison, base);
  set_comparison (&job->comparison, complete);
  return true;
}

/* A file that was just read is shown alone; what is shown already stays. */
static bool
refuse (Job *job, const GError *reason, GError **error)
{
  if (!g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    /* Translators: a file's name, and the reason */
    job->refusal = g_strdup_printf (_ ("Not compared with %s: %s"),
                                    job->comparison->name,
                                    reason->message);
  if (job->refusal == NULL || job->source == NULL)
    {
      g_propagate_error (error, g_error_copy (reason));
      return false;
    }
  set_comparison (&job->comparison, NULL);
  job->asked = prof_profile_ref (job->profile);
  return true;
}

static void
set_flag (Job *job, ProfTreeFlags flag, bool set)
{
  ViewerQuestion *question = viewer_question_with_flag (job->question,
                                                        flag,
                                                        set);

  viewer_question_unref (job->question);
  job->question = question;
}

/* By name, so that shapes stay in their places; without a comparison as it was
 * before. */
static void
order (Job *job)
{
  bool compared = job->comparison != NULL;

  if (compared == job->was_compared)
    return;
  if (compared)
    job->by_name = (job->question->flags & PROF_TREE_BY_NAME) != 0;
  set_flag (job, PROF_TREE_BY_NAME, compared || job->by_name);
  if (compared)
    return;
  set_flag (job, PROF_TREE_WEIGHS_BEFORE, false);
  set_flag (job, PROF_TREE_WEIGHS_NOW, false);
}

static bool
make_asked (Job *job, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (!split (job, error))
    return false;
  if (job->comparison == NULL)
    job->asked = prof_profile_ref (job->profile);
  else if (read_base (job, &reason))
    job->asked = viewer_comparison_apply (job->comparison,
                                          job->profile,
                                          job->building,
                                          &reason);
  if (job->asked == NULL && !refuse (job, reason, error))
    return false;
  order (job);
  return true;
}

static const ProfColoring *
coloring_of (const Job *job)
{
  return job->comparison != NULL && !job->comparison->difference
             ? &job->compared_coloring
             : &job->coloring;
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (job->profile == NULL && !read_source (job, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (job->asked == NULL && !make_asked (job, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_atomic_int_set (&job->stage, VIEWER_STAGE_BUILDING);

  ViewerResult *result = viewer_result_new (job->asked,
                                            job->question,
                                            coloring_of (job),
                                            job->building,
                                            &error);

  if (result == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, result, (GDestroyNotify)viewer_result_unref);
}

/* Places */

static void
forget_past (ViewerDocument *self)
{
  g_ptr_array_set_size (self->back, 0);
  g_ptr_array_set_size (self->forward, 0);
}

static void
reset_places (ViewerDocument *self)
{
  forget_past (self);
  self->place = viewer_place_home (self->result);
}

/* Where one is now goes into the history. */
static void
push_place (ViewerDocument *self, GPtrArray *stack)
{
  if (stack->len >= MAX_HISTORY)
    g_ptr_array_remove_index (stack, 0);
  g_ptr_array_add (stack, viewer_past_new (self->result, &self->place));
}

/* Requests */

static gboolean
tell_progress (gpointer data)
{
  emit_changed (data, VIEWER_CHANGED_BUSY);
  return G_SOURCE_CONTINUE;
}

static void
end_job (ViewerDocument *self)
{
  g_clear_pointer (&self->job, job_unref);
  g_clear_handle_id (&self->progress_source, g_source_remove);
}

static void start_search (ViewerDocument *self);

static void
set_question (ViewerDocument *self, ViewerQuestion *question)
{
  viewer_question_ref (question);
  viewer_question_unref (self->question);
  self->question = question;
}

static GPtrArray *
past_of (ViewerDocument *self, int direction)
{
  return direction < 0 ? self->back : self->forward;
}

/* Moves steps from one side of the history to the other, by way of the present;
 * gives the past that becomes the present. */
static ViewerPast *
walk (ViewerDocument *self, int steps)
{
  GPtrArray  *from = past_of (self, steps);
  GPtrArray  *to = past_of (self, -steps);
  ViewerPast *past = NULL;

  push_place (self, to);
  for (int i = 0; i < ABS (steps); i++)
    {
      if (past != NULL)
        g_ptr_array_add (to, past);
      past = g_ptr_array_steal_index (from, from->len - 1);
    }
  return past;
}

static void
file_changed (gpointer data)
{
  ViewerDocument *self = data;

  self->outdated = true;
  emit_changed (self, VIEWER_CHANGED_FILE);
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
}

/* Where one is in a result that replaces another. */
static void
move_into (ViewerDocument *self, const Job *job, ViewerResult *result)
{
  g_autoptr (ViewerPast) past = NULL;

  if (job->steps != 0)
    past = walk (self, job->steps);
  else
    past = viewer_past_new (self->result, &self->place);
  if (job->comparison != self->comparison)
    forget_past (self);
  else if (job->steps == 0 && job->source == NULL && !job->quiet)
    {
      push_place (self, self->back);
      g_ptr_array_set_size (self->forward, 0);
    }
  self->place = viewer_past_find (past, result);
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
take_asked (ViewerDocument *self, const Job *job)
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
take_result (ViewerDocument *self, Job *job, ViewerResult *result)
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
    }
  set_question (self, result->question);
  g_clear_pointer (&self->source_before, viewer_source_unref);
  g_clear_pointer (&self->problem, viewer_problem_free);
  g_clear_pointer (&self->search, prof_search_unref);
  self->state = VIEWER_STATE_READY;
  emit_changed (self,
                VIEWER_CHANGED_STATE | VIEWER_CHANGED_RESULT |
                    VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_ZOOM |
                    VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_SEARCH |
                    VIEWER_CHANGED_CENTER | VIEWER_CHANGED_FILE |
                    VIEWER_CHANGED_COMPARISON | VIEWER_CHANGED_BUSY);
  start_search (self);
}

/* Of several files, says which it is, or that they do not add up. */
static ViewerProblem *
problem_of (const Job *job, const GError *error)
{
  size_t n = viewer_source_n_files (job->source);
  size_t culprit = job->reading.culprit;

  if (n > 1 && culprit == n)
    return viewer_problem_new_for_sum (error, viewer_source_name (job->source));
  if (n == 1)
    return viewer_problem_new (error, viewer_source_name (job->source));

  GFile                   *file = viewer_source_file (job->source, culprit);
  g_autoptr (ViewerSource) one = viewer_source_new (&file, 1);

  return viewer_problem_new (error, viewer_source_name (one));
}

static void
remember_wish (ViewerDocument *self, const Job *job)
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

/* With a way on where there is one. */
static ViewerProblem *
problem_with_offer (const Job *job, const GError *error)
{
  ViewerProblem *problem = problem_of (job, error);

  if (!g_error_matches (error, PROF_ERROR, PROF_ERROR_PERF_DATA))
    viewer_problem_offer (problem, error, &job->reading.limits);
  else if (viewer_source_can_have_perf (job->source, job->reading.culprit))
    viewer_problem_offer_perf (problem, &job->reading.limits);
  return problem;
}

/* Takes @problem. */
static void
take_problem (ViewerDocument *self, ViewerProblem *problem)
{
  g_clear_pointer (&self->problem, viewer_problem_free);
  self->problem = problem;
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_pointer (&self->profile, prof_profile_unref);
  g_clear_pointer (&self->search, prof_search_unref);
  g_clear_pointer (&self->source_before, viewer_source_unref);
  g_clear_pointer (&self->asked, prof_profile_unref);
  g_clear_pointer (&self->refusal, g_free);
  g_ptr_array_set_size (self->kept, 0);
  set_comparison (&self->comparison, NULL);
  end_watch (self);
  reset_places (self);
  self->state = VIEWER_STATE_ERROR;
  emit_changed (self,
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
  emit_changed (self, VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_BUSY);
  g_signal_emit (self, signals[REFUSED], 0, error->message);
}

static void
take_comparison_refusal (ViewerDocument *self, const Job *job)
{
  g_free (self->refusal);
  self->refusal = g_strdup (job->refusal);
  set_question (self, self->result->question);
  emit_changed (self,
                VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_COMPARISON |
                    VIEWER_CHANGED_BUSY);
}

static void
job_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerDocument    *self = VIEWER_DOCUMENT (source);
  GTask             *task = G_TASK (async_result);
  Job               *job = g_task_get_task_data (task);
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
      take_problem (self, problem_with_offer (job, error));
    }
}

/* Takes @job. */
static void
start_job (ViewerDocument *self, Job *job)
{
  g_autoptr (GTask) task = g_task_new (self, job->cancellable, job_done, NULL);

  self->job = job;
  self->progress_source = g_timeout_add (PROGRESS_MS, tell_progress, self);
  g_task_set_task_data (task, job_ref (job), (GDestroyNotify)job_unref);
  g_task_run_in_thread (task, run_job);
}

static void
stop_job (ViewerDocument *self)
{
  self->generation++;
  if (self->job != NULL)
    g_cancellable_cancel (self->job->cancellable);
  end_job (self);
}

/* What a job compares with; the base is read where it is not there. */
static void
compare_with (Job *job, ViewerComparison *comparison, const ProfLimits *limits)
{
  set_comparison (&job->comparison, comparison);
  if (comparison == NULL || comparison->base != NULL)
    return;
  set_source (&job->base_source, comparison->source);
  viewer_source_init_reading (job->base_source,
                              &job->base_reading,
                              job->cancellable,
                              limits);
}

static void
start_reading (ViewerDocument   *self,
               ViewerComparison *comparison,
               const char       *sample_type)
{
  Job *job = job_new (self, self->question);

  compare_with (job, comparison, &self->limits);
  set_source (&job->source, self->source);
  viewer_source_init_reading (job->source,
                              &job->reading,
                              job->cancellable,
                              &self->limits);
  job->reading.with_perf = self->with_perf;
  job->type_name = g_strdup (sample_type);
  /* What is shown stays until the new picture is there. */
  if (self->result == NULL)
    self->state = VIEWER_STATE_LOADING;
  start_job (self, job);
  emit_changed (self, VIEWER_CHANGED_STATE | VIEWER_CHANGED_BUSY);
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
  stop_job (self);
  forget_wish (self);
  set_source (&self->source, source);
  self->limits = prof_machine_limits ();
  self->with_perf = false;
  forget_question (self);
  start_reading (self, comparison, sample_type);
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
  stop_job (self);
  set_source (&self->source, source);
  start_reading (self, self->comparison, NULL);
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
  stop_job (self);
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
  stop_job (self);
  if (self->state == VIEWER_STATE_ERROR)
    start_reading (self, self->failed_comparison, self->failed_type);
  else
    start_reading (self, self->comparison, NULL);
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
  stop_job (self);
  if (self->result != NULL)
    set_question (self, self->result->question);
  emit_changed (self,
                VIEWER_CHANGED_STATE | VIEWER_CHANGED_QUESTION |
                    VIEWER_CHANGED_BUSY);
}

/* Asks of what was read; @steps as in Job. */
static void
start_asking (ViewerDocument *self,
              ViewerQuestion *question,
              int             steps,
              bool            quiet)
{
  ViewerResult *kept = find_kept (self, question);
  Job          *job;

  stop_job (self);
  job = job_new (self, question);
  job->profile = prof_profile_ref (self->profile);
  job->asked = prof_profile_ref (self->asked);
  set_comparison (&job->comparison, self->comparison);
  job->stage = VIEWER_STAGE_BUILDING;
  job->steps = steps;
  job->quiet = quiet;
  set_question (self, question);
  if (kept != NULL)
    {
      take_result (self, job, viewer_result_ref (kept));
      job_unref (job);
      return;
    }
  start_job (self, job);
  emit_changed (self, VIEWER_CHANGED_QUESTION | VIEWER_CHANGED_BUSY);
}

/* Whether something is under way that no question may replace. */
static bool
is_opening (ViewerDocument *self)
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

  if (self->result == NULL || is_opening (self) ||
      viewer_question_equal (question, self->question))
    return;
  /* Back to what is shown: nothing to compute. */
  if (viewer_question_equal (question, self->result->question))
    viewer_document_cancel (self);
  else
    start_asking (self, question, 0, false);
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
  emit_changed (self, VIEWER_CHANGED_COLORING | VIEWER_CHANGED_RESULT);
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
  emit_changed (self, VIEWER_CHANGED_FILE);
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
  emit_changed (self, VIEWER_CHANGED_FILE);
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

static double
reading_fraction (const Job *job)
{
  if (g_atomic_int_get (&job->reading_base))
    return viewer_source_fraction (job->base_source, &job->base_reading);
  return job->source != NULL
             ? viewer_source_fraction (job->source, &job->reading)
             : -1;
}

bool
viewer_document_is_busy (ViewerDocument *self,
                         ViewerStage    *stage,
                         double         *fraction)
{
  if (self->job == NULL)
    return false;
  *stage = (ViewerStage)g_atomic_int_get (&self->job->stage);
  *fraction = *stage == VIEWER_STAGE_READING
                  ? reading_fraction (self->job)
                  : prof_progress_fraction (self->job->building);
  return true;
}

/* Comparing */

void
viewer_document_compare (ViewerDocument *self, ViewerComparison *comparison)
{
  Job *job;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result == NULL || (self->job != NULL && self->job->source != NULL))
    return;
  stop_job (self);
  g_clear_pointer (&self->refusal, g_free);
  job = job_new (self, self->result->question);
  job->profile = prof_profile_ref (self->profile);
  job->compares = true;
  compare_with (job, comparison, &self->limits);
  start_job (self, job);
  emit_changed (self, VIEWER_CHANGED_COMPARISON | VIEWER_CHANGED_BUSY);
}

void
viewer_document_compare_next (ViewerDocument   *self,
                              ViewerComparison *comparison)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  set_comparison (&self->next_comparison, comparison);
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
  stop_job (self);
  start_reading (self, comparison, NULL);
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
  emit_changed (self, VIEWER_CHANGED_COMPARISON);
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
      is_opening (self) || width == viewer_document_get_width (self))
    return;
  none = viewer_question_with_flag (self->question,
                                    (ProfTreeFlags)ANY_WIDTH,
                                    FALSE);
  question = viewer_question_with_flag (none,
                                        (ProfTreeFlags)width_flags[width],
                                        TRUE);
  start_asking (self, question, 0, true);
}

ViewerWidth
viewer_document_get_width (ViewerDocument *self)
{
  unsigned flags = self->question->flags & ANY_WIDTH;

  if (flags == PROF_TREE_WEIGHS_BEFORE)
    return VIEWER_WIDTH_BEFORE;
  return flags == PROF_TREE_WEIGHS_NOW ? VIEWER_WIDTH_NOW : VIEWER_WIDTH_BOTH;
}

/* Selection */

ViewerSelection
viewer_document_get_selection (ViewerDocument *self)
{
  return self->place.selection;
}

void
viewer_document_select (ViewerDocument *self,
                        ProfNodeId      node,
                        ProfNodeId      end,
                        bool            reveal)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);
  g_return_if_fail (node < prof_tree_n_nodes (self->result->tree));

  self->place.selection = viewer_place_selection_of (self->result, node, end);
  emit_changed (self,
                reveal ? VIEWER_CHANGED_SELECTION | VIEWER_CHANGED_REVEAL
                       : VIEWER_CHANGED_SELECTION);
}

void
viewer_document_select_frame (ViewerDocument *self, ProfFrameId frame)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ProfNodeId node = viewer_result_heaviest (self->result, frame);

  if (node != PROF_ID_NONE && self->place.selection.frame != frame)
    viewer_document_select (self, node, 0, true);
}

void
viewer_document_unselect (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->place.selection.node == PROF_ID_NONE)
    return;
  self->place.selection = viewer_place_selection_of (self->result,
                                                     PROF_ID_NONE,
                                                     0);
  emit_changed (self, VIEWER_CHANGED_SELECTION);
}

/* Zoom */

ViewerZoom
viewer_document_get_zoom (ViewerDocument *self)
{
  return self->place.zoom;
}

bool
viewer_document_is_zoomed (ViewerDocument *self)
{
  if (self->result == NULL)
    return false;

  return viewer_place_is_part (self->result, &self->place.zoom);
}

static bool
same_zoom (const ViewerZoom *a, const ViewerZoom *b)
{
  return a->start == b->start && a->end == b->end && a->root == b->root;
}

/* Where one is becomes the past, before the place changes; steps of one gesture
 * have the past of the first. */
static void
begin_step (ViewerDocument *self, bool gesture)
{
  gint64 now = g_get_monotonic_time ();
  bool   continues = gesture && now - self->last_gesture_us < GESTURE_US;

  /* One cannot be on the way to the past and go on. */
  if (self->job != NULL && self->job->steps != 0)
    viewer_document_cancel (self);
  if (!continues)
    push_place (self, self->back);
  g_ptr_array_set_size (self->forward, 0);
  self->last_gesture_us = gesture ? now : 0;
}

static void
set_zoom (ViewerDocument *self, ViewerZoom zoom, bool gesture)
{
  if (same_zoom (&zoom, &self->place.zoom))
    return;
  begin_step (self, gesture);
  self->place.zoom = zoom;
  emit_changed (self,
                gesture ? VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_GESTURE
                        : VIEWER_CHANGED_ZOOM);
}

/* Center */

ProfFrameId
viewer_document_get_center (ViewerDocument *self)
{
  if (self->place.center != PROF_ID_NONE || self->result == NULL ||
      self->result->n_rows == 0)
    return self->place.center;
  return self->result->rows[0].frame;
}

void
viewer_document_set_center (ViewerDocument *self,
                            ProfFrameId     frame,
                            bool            gesture)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ProfNodeId node = viewer_result_heaviest (self->result, frame);

  if (frame == viewer_document_get_center (self))
    {
      viewer_document_select_frame (self, frame);
      return;
    }
  begin_step (self, gesture);
  self->place.center = frame;
  if (node != PROF_ID_NONE && self->place.selection.frame != frame)
    self->place.selection = viewer_place_selection_of (self->result, node, 0);
  emit_changed (self,
                VIEWER_CHANGED_CENTER | VIEWER_CHANGED_SELECTION |
                    VIEWER_CHANGED_REVEAL);
}

void
viewer_document_center_selection (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  ProfFrameId frame = self->place.selection.frame;

  if (frame == PROF_ID_NONE || frame == self->place.center)
    return;
  if (self->place.center != PROF_ID_NONE)
    begin_step (self, false);
  self->place.center = frame;
  emit_changed (self, VIEWER_CHANGED_CENTER);
}

void
viewer_document_zoom_to_node (ViewerDocument *self, ProfNodeId node)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  set_zoom (self, viewer_place_zoom_of (self->result, node), false);
}

/* The zoom root as long as the range lies within it, else the ancestor that
 * holds the range. */
static ProfNodeId
root_of_range (ViewerDocument *self, double start, double end)
{
  const ProfNode *nodes = prof_tree_nodes (self->result->tree);
  ProfNodeId      root = self->place.zoom.root;

  while (root != 0 &&
         (start < (double)nodes[root].start ||
          end > (double)nodes[root].start + (double)nodes[root].weight))
    root = nodes[root].parent;
  return root;
}

void
viewer_document_zoom_to_range (ViewerDocument *self,
                               double          start,
                               double          end,
                               bool            gesture)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (self->result != NULL);

  ViewerZoom zoom = viewer_place_zoom_of_range (self->result, start, end);

  zoom.root = root_of_range (self, zoom.start, zoom.end);
  set_zoom (self, zoom, gesture);
}

void
viewer_document_zoom_to_selection (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  ViewerSelection selection = self->place.selection;

  if (self->result == NULL || selection.node == PROF_ID_NONE)
    return;
  if (selection.end != 0)
    set_zoom (self,
              viewer_place_zoom_into_strip (self->result,
                                            selection.node,
                                            selection.end,
                                            &self->place.zoom),
              false);
  else
    viewer_document_zoom_to_node (self, selection.node);
}

void
viewer_document_zoom_home (ViewerDocument *self)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->result != NULL)
    set_zoom (self, viewer_place_zoom_of (self->result, 0), false);
}

/* Steps that are being gone already. */
static int
pending_steps (ViewerDocument *self)
{
  return self->job != NULL ? self->job->steps : 0;
}

bool
viewer_document_can_go (ViewerDocument *self, int direction)
{
  int pending = pending_steps (self) * direction;

  return self->result != NULL &&
         past_of (self, direction)->len > (guint)MAX (pending, 0);
}

void
viewer_document_go (ViewerDocument *self, int direction)
{
  int               steps = pending_steps (self) + direction;
  GPtrArray        *from = past_of (self, steps);
  const ViewerPast *past;

  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (steps == 0)
    {
      viewer_document_cancel (self);
      return;
    }
  if (self->result == NULL || is_opening (self) ||
      from->len < (guint)ABS (steps))
    return;
  past = from->pdata[from->len - (guint)ABS (steps)];
  self->last_gesture_us = 0;
  if (!viewer_question_equal (viewer_past_question (past),
                              self->result->question))
    {
      start_asking (self, viewer_past_question (past), steps, false);
      return;
    }
  viewer_document_cancel (self);

  g_autoptr (ViewerPast) taken = walk (self, steps);

  self->place = viewer_past_find (taken, self->result);
  emit_changed (self,
                VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_SELECTION |
                    VIEWER_CHANGED_CENTER);
}

/* Search */

static void
search_job_free (gpointer data)
{
  SearchJob *job = data;

  prof_tree_unref (job->tree);
  g_free (job->text);
  g_free (job);
}

static void
run_search (GTask        *task,
            gpointer      source,
            gpointer      task_data,
            GCancellable *cancellable)
{
  SearchJob  *job = task_data;
  GError     *error = NULL;
  ProfSearch *search = prof_search_new (job->tree,
                                        job->text,
                                        job->flags,
                                        &error);

  if (search == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, search, (GDestroyNotify)prof_search_unref);
}

/* Takes @search. */
static void
take_search (ViewerDocument *self, ProfSearch *search, const GError *error)
{
  g_clear_pointer (&self->search_complaint, g_free);
  if (search == NULL)
    self->search_complaint = g_strdup (error->message);
  else
    {
      g_clear_pointer (&self->search, prof_search_unref);
      self->search = search;
    }
  emit_changed (self, VIEWER_CHANGED_SEARCH);
}

static void
search_done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  ViewerDocument    *self = VIEWER_DOCUMENT (source);
  GTask             *task = G_TASK (async_result);
  SearchJob         *job = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  ProfSearch        *search = g_task_propagate_pointer (task, &error);

  if (job->generation != self->search_generation)
    prof_search_unref (search);
  else
    take_search (self, search, error);
}

static bool
search_is_quick (ViewerDocument *self)
{
  return prof_tree_n_nodes (self->result->tree) <= SEARCH_INLINE_NODES &&
         prof_frames_n (self->result->frames) <= SEARCH_INLINE_FRAMES;
}

static void
search_in_thread (ViewerDocument *self)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, search_done, NULL);
  SearchJob        *job = g_new0 (SearchJob, 1);

  job->tree = prof_tree_ref (self->result->tree);
  job->text = g_strdup (self->search_text);
  job->flags = self->search_flags;
  job->generation = self->search_generation;
  g_task_set_task_data (task, job, search_job_free);
  g_task_run_in_thread (task, run_search);
}

static void
end_search (ViewerDocument *self)
{
  g_clear_pointer (&self->search, prof_search_unref);
  g_clear_pointer (&self->search_complaint, g_free);
  emit_changed (self, VIEWER_CHANGED_SEARCH);
}

static void
start_search (ViewerDocument *self)
{
  self->search_generation++;
  if (self->result == NULL || self->search_text[0] == '\0')
    {
      end_search (self);
      return;
    }
  if (!search_is_quick (self))
    {
      search_in_thread (self);
      return;
    }

  g_autoptr (GError) error = NULL;
  ProfSearch        *search = prof_search_new (self->result->tree,
                                        self->search_text,
                                        self->search_flags,
                                        &error);

  take_search (self, search, error);
}

void
viewer_document_set_search (ViewerDocument *self,
                            const char     *text,
                            ProfSearchFlags flags)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));
  g_return_if_fail (text != NULL);

  if (strcmp (text, self->search_text) == 0 && flags == self->search_flags)
    return;
  g_free (self->search_text);
  self->search_text = g_strdup (text);
  self->search_flags = flags;
  start_search (self);
}

const char *
viewer_document_get_search_text (ViewerDocument *self)
{
  return self->search_text;
}

ProfSearchFlags
viewer_document_get_search_flags (ViewerDocument *self)
{
  return self->search_flags;
}

ProfSearch *
viewer_document_get_search (ViewerDocument *self)
{
  return self->search;
}

const char *
viewer_document_get_search_complaint (ViewerDocument *self)
{
  return self->search_complaint;
}

/* Preorder is from left to right. */
static size_t
first_from (const ProfNodeId *nodes, size_t n, ProfNodeId node)
{
  size_t low = 0;

  while (low < n)
    {
      size_t middle = low + (n - low) / 2;

      if (nodes[middle] < node)
        low = middle + 1;
      else
        n = middle;
    }
  return low;
}

void
viewer_document_find (ViewerDocument *self, int direction)
{
  g_return_if_fail (VIEWER_IS_DOCUMENT (self));

  if (self->search == NULL)
    return;

  size_t            n;
  const ProfNodeId *nodes = prof_search_outer (self->search, &n);
  ProfNodeId        now = self->place.selection.node;
  size_t            next;

  if (n == 0)
    return;
  if (now == PROF_ID_NONE)
    next = direction > 0 ? 0 : n - 1;
  else if (direction > 0)
    next = first_from (nodes, n, now + 1) % n;
  else
    next = (first_from (nodes, n, now) + n - 1) % n;
  viewer_document_select (self, nodes[next], 0, true);
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
  return VIEWER_DOCUMENT (model)->search;
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

  stop_job (self);
  end_watch (self);
  self->search_generation++;
  g_clear_pointer (&self->search, prof_search_unref);
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
  g_strfreev (self->warnings);
  g_free (self->search_text);
  g_free (self->search_complaint);
  g_free (self->refusal);
  g_ptr_array_unref (self->kept);
  g_ptr_array_unref (self->back);
  g_ptr_array_unref (self->forward);
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
free_past (gpointer data)
{
  viewer_past_free (data);
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
viewer_document_init (ViewerDocument *self)
{
  self->search_text = g_strdup ("");
  self->warnings = g_new0 (char *, 1);
  self->question = viewer_question_new ();
  self->compared_coloring.scheme = PROF_SCHEME_DIFF;
  self->watches = g_ptr_array_new_with_free_func (free_watch);
  self->kept = g_ptr_array_new_with_free_func (free_result);
  self->back = g_ptr_array_new_with_free_func (free_past);
  self->forward = g_ptr_array_new_with_free_func (free_past);
  reset_places (self);
}

ViewerDocument *
viewer_document_new (void)
{
  return g_object_new (VIEWER_TYPE_DOCUMENT, NULL);
}
