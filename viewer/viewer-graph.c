/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-graph.h"

#include <glib/gi18n.h>

/* Sliders that are dragged ask when they rest. */
#define REST_MS 150

/* pprof's defaults. */
#define NODE_FRACTION 0.005
#define EDGE_FRACTION 0.001

struct _ViewerGraph
{
  GObject parent_instance;

  /* What is asked */
  ViewerResult *result; /* (nullable), a reference */
  char         *family; /* owned */
  gboolean      shown;
  unsigned      count;
  double        node_fraction;
  double        edge_fraction;
  ProfFrameId   near;

  /* What is being made */
  guint64       generation;
  GCancellable *cancellable; /* (nullable) */
  guint         rest_source;
  gboolean      is_stale; /* asked for while nobody looked */

  /* What is there */
  ViewerGraphState state;
  ProfGraphLayout *layout;        /* (nullable), a reference */
  ViewerResult    *layout_result; /* (nullable), a reference */
  size_t           n_wanted;
  char            *message; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ViewerGraph, viewer_graph, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  /* Owned, or a reference */
  ViewerResult *result;
  char         *family;

  ProfGraphBuild   build;
  guint64          generation;
  gboolean         is_first; /* of few functions; the rest follows */
  ProfGraphLayout *layout;
  size_t           n_wanted;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  viewer_result_unref (job->result);
  prof_graph_layout_unref (job->layout);
  g_free (job->family);
  g_free (job);
}

static void
changed (ViewerGraph *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Work --- */

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job                      *job = task_data;
  g_autoptr (ProfProgress)  progress = prof_progress_new (cancellable);
  g_autoptr (ProfTextCache) cache = prof_text_cache_new (NULL, job->family);
  GError                   *error = NULL;

  job->layout = prof_graph_build (job->result->answer,
                                  &job->build,
                                  cache,
                                  progress,
                                  &job->n_wanted,
                                  &error);
  if (job->layout != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void start (ViewerGraph *self, gboolean is_first);

static void
take_layout (ViewerGraph *self, Job *job)
{
  size_t n;

  g_clear_pointer (&self->layout, prof_graph_layout_unref);
  g_clear_pointer (&self->layout_result, viewer_result_unref);
  self->layout = g_steal_pointer (&job->layout);
  self->layout_result = viewer_result_ref (job->result);
  self->n_wanted = job->is_first ? 0 : job->n_wanted;
  prof_graph_scene_boxes (prof_graph_layout_scene (self->layout), &n);
  self->state = n > 0 ? VIEWER_GRAPH_READY : VIEWER_GRAPH_EMPTY;
}

static void
take_error (ViewerGraph *self, const GError *error)
{
  g_clear_pointer (&self->layout, prof_graph_layout_unref);
  g_clear_pointer (&self->layout_result, viewer_result_unref);
  self->n_wanted = 0;
  self->message = g_strdup (error->message);
  self->state = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
                    ? VIEWER_GRAPH_NO_GRAPHVIZ
                    : VIEWER_GRAPH_FAILED;
}

static void
built (GObject *source, GAsyncResult *result, gpointer data)
{
  ViewerGraph       *self = VIEWER_GRAPH (source);
  Job               *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean           ok = g_task_propagate_boolean (G_TASK (result), &error);

  if (job->generation != self->generation)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->message, g_free);
  if (ok)
    take_layout (self, job);
  else
    take_error (self, error);
  if (ok && job->is_first)
    start (self, FALSE);
  else
    changed (self);
}

void
viewer_graph_get_build (ViewerGraph *self, ProfGraphBuild *build)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  *build = (ProfGraphBuild)PROF_GRAPH_BUILD_INIT;
  build->trim.node_count = self->count;
  build->trim.node_fraction = self->node_fraction;
  build->trim.edge_fraction = self->edge_fraction;
  build->is_near = self->near != PROF_ID_NONE;
  build->near = self->near;
}

static void
stop (ViewerGraph *self)
{
  self->generation++;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
start (ViewerGraph *self, gboolean is_first)
{
  Job              *job = g_new0 (Job, 1);
  g_autoptr (GTask) task = NULL;

  stop (self);
  self->is_stale = FALSE;
  self->cancellable = g_cancellable_new ();
  job->result = viewer_result_ref (self->result);
  job->family = g_strdup (self->family);
  job->generation = self->generation;
  job->is_first = is_first;
  viewer_graph_get_build (self, &job->build);
  job->build.trim.frames = job->result->frames;
  if (is_first)
    job->build.trim.node_count = VIEWER_GRAPH_FIRST;
  task = g_task_new (self, self->cancellable, built, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
  changed (self);
}

/* What takes long shows something soon; of one function it does not. */
static void
begin (ViewerGraph *self)
{
  gboolean is_large = self->count == 0 || self->count > VIEWER_GRAPH_FIRST;

  if (self->result == NULL)
    return;
  if (!self->shown)
    {
      stop (self);
      self->is_stale = TRUE;
      return;
    }
  start (self,
         is_large && self->near == PROF_ID_NONE &&
             self->layout_result != self->result);
}

static gboolean
has_rested (gpointer data)
{
  ViewerGraph *self = data;

  self->rest_source = 0;
  begin (self);
  return G_SOURCE_REMOVE;
}

static void
begin_soon (ViewerGraph *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add (REST_MS, has_rested, self);
}

/* --- What is asked --- */

/* One in other colours has the same graph. */
static gboolean
is_same (const ViewerResult *a, const ViewerResult *b)
{
  return a == b || (a != NULL && b != NULL && a->serial == b->serial);
}

void
viewer_graph_set_result (ViewerGraph *self, ViewerResult *result)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  if (is_same (self->result, result))
    return;
  stop (self);
  g_clear_pointer (&self->result, viewer_result_unref);
  self->near = PROF_ID_NONE;
  if (result == NULL)
    {
      g_clear_pointer (&self->layout, prof_graph_layout_unref);
      g_clear_pointer (&self->layout_result, viewer_result_unref);
      self->state = VIEWER_GRAPH_NONE;
      changed (self);
      return;
    }
  self->result = viewer_result_ref (result);
  begin (self);
}

void
viewer_graph_set_shown (ViewerGraph *self, gboolean shown)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  self->shown = shown;
  if (shown && self->is_stale)
    begin (self);
}

void
viewer_graph_set_family (ViewerGraph *self, const char *family)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  if (g_strcmp0 (self->family, family) == 0)
    return;
  g_free (self->family);
  self->family = g_strdup (family);
  if (self->layout != NULL)
    begin (self);
}

static gboolean
differ (double a, double b)
{
  return a < b || a > b;
}

void
viewer_graph_set_trim (ViewerGraph *self,
                       unsigned     count,
                       double       node_fraction,
                       double       edge_fraction)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  if (count == self->count && !differ (node_fraction, self->node_fraction) &&
      !differ (edge_fraction, self->edge_fraction))
    return;
  self->count = count;
  self->node_fraction = node_fraction;
  self->edge_fraction = edge_fraction;
  begin_soon (self);
}

void
viewer_graph_set_near (ViewerGraph *self, ProfFrameId frame)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  if (self->near == frame)
    return;
  self->near = frame;
  begin (self);
}

ProfFrameId
viewer_graph_get_near (ViewerGraph *self)
{
  return self->near;
}

void
viewer_graph_cancel (ViewerGraph *self)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  stop (self);
  if (self->layout == NULL)
    {
      g_free (self->message);
      self->message = g_strdup (_ ("It was stopped"));
      self->state = VIEWER_GRAPH_FAILED;
    }
  changed (self);
}

void
viewer_graph_retry (ViewerGraph *self)
{
  g_return_if_fail (VIEWER_IS_GRAPH (self));

  begin (self);
}

/* --- What is there --- */

ViewerGraphState
viewer_graph_get_state (ViewerGraph *self)
{
  return self->state;
}

gboolean
viewer_graph_is_busy (ViewerGraph *self)
{
  return self->cancellable != NULL;
}

ProfGraphLayout *
viewer_graph_get_layout (ViewerGraph *self)
{
  return self->layout;
}

ViewerResult *
viewer_graph_get_result (ViewerGraph *self)
{
  return self->layout_result;
}

size_t
viewer_graph_n_wanted (ViewerGraph *self)
{
  return self->n_wanted;
}

const char *
viewer_graph_get_message (ViewerGraph *self)
{
  return self->message;
}

/* --- Object --- */

static void
viewer_graph_dispose (GObject *object)
{
  ViewerGraph *self = VIEWER_GRAPH (object);

  stop (self);
  g_clear_pointer (&self->layout, prof_graph_layout_unref);
  g_clear_pointer (&self->layout_result, viewer_result_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  G_OBJECT_CLASS (viewer_graph_parent_class)->dispose (object);
}

static void
viewer_graph_finalize (GObject *object)
{
  ViewerGraph *self = VIEWER_GRAPH (object);

  g_free (self->family);
  g_free (self->message);
  G_OBJECT_CLASS (viewer_graph_parent_class)->finalize (object);
}

static void
viewer_graph_class_init (ViewerGraphClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_graph_dispose;
  G_OBJECT_CLASS (klass)->finalize = viewer_graph_finalize;
  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
viewer_graph_init (ViewerGraph *self)
{
  self->near = PROF_ID_NONE;
  self->count = VIEWER_GRAPH_COUNT;
  self->node_fraction = NODE_FRACTION;
  self->edge_fraction = EDGE_FRACTION;
}

ViewerGraph *
viewer_graph_new (void)
{
  return g_object_new (VIEWER_TYPE_GRAPH, NULL);
}
