/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-sandwich.h"

#include <gio/gio.h>
#include <string.h>

#define N_SIDES 2

/* What one request needs and gives. */
typedef struct
{
  unsigned        generation;
  ProfFrameId     frame;
  ProfProgress   *progress;
  ViewerResult   *base;
  char           *text; /* of the search; "" for none */
  ProfSearchFlags flags;

  ProfTree   *trees[N_SIDES]; /* given: those there are; NULL: to be made */
  ProfSearch *searches[N_SIDES];
  ViewerNeighbours *neighbours;
} Job;

/* One half */

#define VIEWER_TYPE_HALF (viewer_half_get_type ())
G_DECLARE_FINAL_TYPE (ViewerHalf, viewer_half, VIEWER, HALF, GObject)

struct _ViewerHalf
{
  GObject parent_instance;

  ViewerSandwich *sandwich; /* not owned; outlived by no canvas that is shown */
  ViewerResult   *result;   /* or NULL */
  ProfSearch     *search;   /* or NULL */
  ViewerSelection selection;
  ViewerZoom      zoom; /* the same as the other half's */
};

struct _ViewerSandwich
{
  GObject parent_instance;

  ViewerDocument *document;
  ViewerHalf     *halves[N_SIDES];

  /* What is shown */
  ViewerResult     *base; /* whose function it is, or NULL */
  ProfFrameId       frame;
  ViewerNeighbours *neighbours;
  char *complaint; /* why there is not what was asked for, or NULL */

  /* What is asked for */
  unsigned      generation;
  GCancellable *cancellable; /* of the latest job, while it runs */
  gboolean      active;
  gboolean      stale;
  gboolean      selecting; /* the document's selection is being set by us */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ViewerSandwich, viewer_sandwich, G_TYPE_OBJECT)

static const ViewerSelection nothing = { PROF_ID_NONE, 0, PROF_ID_NONE };

/* To both canvases, and to who shows them. */
static void
emit_changed (ViewerSandwich *self, guint what)
{
  for (int side = 0; side < N_SIDES; side++)
    viewer_flame_model_changed (VIEWER_FLAME_MODEL (self->halves[side]), what);
  g_signal_emit (self, signals[CHANGED], 0, what);
}

/* Zoom */

/* Frames get wider in both halves: none is the root of the view. */
static void
put_zoom (ViewerSandwich *self, ViewerZoom zoom)
{
  zoom.root = 0;
  for (int side = 0; side < N_SIDES; side++)
    self->halves[side]->zoom = zoom;
}

static void
set_zoom (ViewerSandwich *self, ViewerZoom zoom, bool gesture)
{
  const ViewerZoom *now = &self->halves[VIEWER_CALLERS]->zoom;

  if (zoom.start == now->start && zoom.end == now->end)
    return;
  put_zoom (self, zoom);
  emit_changed (self,
                gesture ? VIEWER_CHANGED_ZOOM | VIEWER_CHANGED_GESTURE
                        : VIEWER_CHANGED_ZOOM);
}

static ViewerResult *
any_result (ViewerSandwich *self)
{
  return self->halves[VIEWER_CALLEES]->result;
}

gboolean
viewer_sandwich_is_zoomed (ViewerSandwich *self)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), FALSE);

  return viewer_flame_model_is_zoomed (
      VIEWER_FLAME_MODEL (self->halves[VIEWER_CALLEES]));
}

void
viewer_sandwich_zoom_home (ViewerSandwich *self)
{
  g_return_if_fail (VIEWER_IS_SANDWICH (self));

  if (any_result (self) != NULL)
    set_zoom (self, viewer_place_zoom_of (any_result (self), 0), false);
}

static void
zoom_to_range (ViewerSandwich *self, double start, double end, bool gesture)
{
  set_zoom (self,
            viewer_place_zoom_of_range (any_result (self), start, end),
            gesture);
}

void
viewer_sandwich_zoom (ViewerSandwich *self, double factor)
{
  g_return_if_fail (VIEWER_IS_SANDWICH (self));

  if (any_result (self) == NULL)
    return;

  ViewerZoom zoom = self->halves[VIEWER_CALLEES]->zoom;
  double     middle = (zoom.start + zoom.end) / 2;
  double     half = (zoom.end - zoom.start) / factor / 2;

  zoom_to_range (self, middle - half, middle + half, false);
}

/* The half as a model */

static ViewerResult *
half_get_result (ViewerFlameModel *model)
{
  return VIEWER_HALF (model)->result;
}

static ProfSearch *
half_get_search (ViewerFlameModel *model)
{
  return VIEWER_HALF (model)->search;
}

static ViewerSelection
half_get_selection (ViewerFlameModel *model)
{
  return VIEWER_HALF (model)->selection;
}

static ViewerZoom
half_get_zoom (ViewerFlameModel *model)
{
  return VIEWER_HALF (model)->zoom;
}

static void
select_nothing (ViewerSandwich *self)
{
  for (int side = 0; side < N_SIDES; side++)
    self->halves[side]->selection = nothing;
}

/* Whether frames are still the document's. */
static gboolean
is_current (ViewerSandwich *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);

  return result != NULL && self->base != NULL &&
         result->serial == self->base->serial;
}

/* Other views know the function, not the place in this tree. */
static void
tell_document (ViewerSandwich *self, ProfFrameId frame)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfNodeId    node;

  if (frame == PROF_ID_NONE || !is_current (self))
    return;
  node = viewer_result_heaviest (result, frame);
  self->selecting = TRUE;
  if (node != PROF_ID_NONE)
    viewer_document_select (self->document, node, 0, false);
  self->selecting = FALSE;
}

static void
half_select (ViewerFlameModel *model,
             ProfNodeId        node,
             ProfNodeId        end,
             bool              reveal)
{
  ViewerHalf *half = VIEWER_HALF (model);

  select_nothing (half->sandwich);
  half->selection = viewer_place_selection_of (half->result, node, end);
  tell_document (half->sandwich, half->selection.frame);
  emit_changed (half->sandwich, VIEWER_CHANGED_SELECTION);
}

static void
half_unselect (ViewerFlameModel *model)
{
  ViewerHalf *half = VIEWER_HALF (model);

  select_nothing (half->sandwich);
  emit_changed (half->sandwich, VIEWER_CHANGED_SELECTION);
}

static void
half_activate (ViewerFlameModel *model)
{
  ViewerHalf     *half = VIEWER_HALF (model);
  ViewerSelection selection = half->selection;

  if (selection.node == PROF_ID_NONE)
    return;
  if (selection.end != 0)
    set_zoom (half->sandwich,
              viewer_place_zoom_into_strip (half->result,
                                            selection.node,
                                            selection.end,
                                            &half->zoom),
              false);
  else if (is_current (half->sandwich))
    viewer_document_set_center (half->sandwich->document,
                                selection.frame,
                                false);
}

static void
half_zoom_to_node (ViewerFlameModel *model, ProfNodeId node)
{
  ViewerHalf *half = VIEWER_HALF (model);

  set_zoom (half->sandwich, viewer_place_zoom_of (half->result, node), false);
}

static void
half_zoom_to_range (ViewerFlameModel *model,
                    double            start,
                    double            end,
                    bool              gesture)
{
  zoom_to_range (VIEWER_HALF (model)->sandwich, start, end, gesture);
}

static void
half_go (ViewerFlameModel *model, int direction)
{
  viewer_document_go (VIEWER_HALF (model)->sandwich->document, direction);
}

static void
half_model_init (ViewerFlameModelInterface *iface)
{
  iface->get_result = half_get_result;
  iface->get_search = half_get_search;
  iface->get_selection = half_get_selection;
  iface->get_zoom = half_get_zoom;
  iface->select = half_select;
  iface->unselect = half_unselect;
  iface->activate = half_activate;
  iface->zoom_to_node = half_zoom_to_node;
  iface->zoom_to_range = half_zoom_to_range;
  iface->go = half_go;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerHalf,
                               viewer_half,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (VIEWER_TYPE_FLAME_MODEL,
                                                      half_model_init))

static void
viewer_half_dispose (GObject *object)
{
  ViewerHalf *self = VIEWER_HALF (object);

  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_pointer (&self->search, prof_search_unref);
  G_OBJECT_CLASS (viewer_half_parent_class)->dispose (object);
}

static void
viewer_half_class_init (ViewerHalfClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_half_dispose;
}

static void
viewer_half_init (ViewerHalf *self)
{
  self->selection = nothing;
}

/* Jobs */

static void
job_free (gpointer data)
{
  Job *job = data;

  for (int side = 0; side < N_SIDES; side++)
    {
      prof_tree_unref (job->trees[side]);
      prof_search_unref (job->searches[side]);
    }
  viewer_neighbours_free (job->neighbours);
  viewer_result_unref (job->base);
  prof_progress_unref (job->progress);
  g_free (job->text);
  g_free (job);
}

static bool
make_trees (Job *job, GError **error)
{
  ProfFrames   *frames = job->base->frames;
  ProfTreeFlags flags = prof_tree_flags (job->base->tree);

  if (job->trees[VIEWER_CALLERS] != NULL)
    return true;
  job->trees[VIEWER_CALLERS] = prof_sandwich_callers (frames,
                                                      job->base->type,
                                                      job->frame,
                                                      flags,
                                                      job->progress,
                                                      error);
  if (job->trees[VIEWER_CALLERS] == NULL)
    return false;
  job->trees[VIEWER_CALLEES] = prof_sandwich_callees (frames,
                                                      job->base->type,
                                                      job->frame,
                                                      flags,
                                                      job->progress,
                                                      error);
  if (job->trees[VIEWER_CALLEES] == NULL)
    return false;
  job->neighbours = viewer_neighbours_new (job->base, job->frame);
  return true;
}

/* A pattern that does not compile finds nothing here; the document complains. */
static void
make_searches (Job *job)
{
  for (int side = 0; side < N_SIDES && job->text[0] != '\0'; side++)
    job->searches[side] = prof_search_new (job->trees[side],
                                           job->text,
                                           job->flags,
                                           NULL);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      task_data,
         GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (!make_trees (job, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  make_searches (job);
  g_task_return_boolean (task, TRUE);
}

static void
set_half (ViewerHalf *half, ViewerResult *base, ProfTree *tree)
{
  g_clear_pointer (&half->result, viewer_result_unref);
  if (tree != NULL)
    half->result = viewer_result_with_tree (base, tree);
}

static void
take_trees (ViewerSandwich *self, Job *job)
{
  for (int side = 0; side < N_SIDES; side++)
    set_half (self->halves[side], job->base, job->trees[side]);
  g_clear_pointer (&self->base, viewer_result_unref);
  self->base = viewer_result_ref (job->base);
  self->frame = job->frame;
  viewer_neighbours_free (self->neighbours);
  self->neighbours = g_steal_pointer (&job->neighbours);
  put_zoom (self, viewer_place_zoom_of (any_result (self), 0));
  select_nothing (self);
}

static void
take_searches (ViewerSandwich *self, Job *job)
{
  for (int side = 0; side < N_SIDES; side++)
    {
      ViewerHalf *half = self->halves[side];

      g_clear_pointer (&half->search, prof_search_unref);
      half->search = g_steal_pointer (&job->searches[side]);
    }
}

static void
job_done (GObject *source, GAsyncResult *result, gpointer data)
{
  ViewerSandwich    *self = VIEWER_SANDWICH (source);
  Job               *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean           made = g_task_propagate_boolean (G_TASK (result), &error);
  guint              what = VIEWER_CHANGED_BUSY;

  if (job->generation != self->generation)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->complaint, g_free);
  if (!made)
    self->complaint = g_strdup (error->message);
  if (made && job->neighbours != NULL)
    {
      take_trees (self, job);
      what |= VIEWER_CHANGED_RESULT | VIEWER_CHANGED_ZOOM |
              VIEWER_CHANGED_SELECTION;
    }
  if (made)
    {
      take_searches (self, job);
      what |= VIEWER_CHANGED_SEARCH;
    }
  emit_changed (self, what);
}

static void
stop_job (ViewerSandwich *self)
{
  self->generation++;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* @keep: whether the trees stay and only the search is another one */
static void
start_job (ViewerSandwich *self,
           ViewerResult   *base,
           ProfFrameId     frame,
           gboolean        keep)
{
  g_autoptr (GTask) task = NULL;
  Job              *job = g_new0 (Job, 1);

  stop_job (self);
  self->cancellable = g_cancellable_new ();
  job->generation = self->generation;
  job->frame = frame;
  job->base = viewer_result_ref (base);
  job->progress = prof_progress_new (self->cancellable);
  job->text = g_strdup (viewer_document_get_search_text (self->document));
  job->flags = viewer_document_get_search_flags (self->document);
  for (int side = 0; side < N_SIDES && keep; side++)
    job->trees[side] = prof_tree_ref (self->halves[side]->result->tree);
  task = g_task_new (self, self->cancellable, job_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

static void
clear (ViewerSandwich *self)
{
  stop_job (self);
  for (int side = 0; side < N_SIDES; side++)
    {
      g_clear_pointer (&self->halves[side]->result, viewer_result_unref);
      g_clear_pointer (&self->halves[side]->search, prof_search_unref);
    }
  g_clear_pointer (&self->base, viewer_result_unref);
  g_clear_pointer (&self->neighbours, viewer_neighbours_free);
  self->frame = PROF_ID_NONE;
  select_nothing (self);
}

/* The same trees in other colours. */
static void
recolor (ViewerSandwich *self, ViewerResult *base)
{
  for (int side = 0; side < N_SIDES; side++)
    {
      g_autoptr (ProfTree) tree = prof_tree_ref (
          self->halves[side]->result->tree);

      set_half (self->halves[side], base, tree);
    }
  viewer_result_ref (base);
  viewer_result_unref (self->base);
  self->base = base;
  emit_changed (self, VIEWER_CHANGED_RESULT | VIEWER_CHANGED_COLORING);
}

static void
forget_searches (ViewerSandwich *self)
{
  for (int side = 0; side < N_SIDES; side++)
    g_clear_pointer (&self->halves[side]->search, prof_search_unref);
  emit_changed (self, VIEWER_CHANGED_SEARCH | VIEWER_CHANGED_BUSY);
}

/* Brings what is shown to what the document asks for. */
static void
update (ViewerSandwich *self)
{
  ViewerResult *base = viewer_document_get_result (self->document);
  ProfFrameId   frame = viewer_document_get_center (self->document);

  self->stale = !self->active;
  if (!self->active)
    return;
  if (base == NULL || frame == PROF_ID_NONE)
    {
      clear (self);
      emit_changed (self,
                    VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SELECTION |
                        VIEWER_CHANGED_BUSY);
      return;
    }
  if (self->base == NULL || self->base->serial != base->serial ||
      self->frame != frame)
    {
      start_job (self, base, frame, FALSE);
      emit_changed (self, VIEWER_CHANGED_BUSY);
      return;
    }
  if (self->base != base)
    recolor (self, base);
  stop_job (self);
  if (viewer_document_get_search_text (self->document)[0] != '\0')
    start_job (self, base, frame, TRUE);
  else
    forget_searches (self);
}

/* Whether the selected frame is of that function. */
static gboolean
is_selected (ViewerSandwich *self, ProfFrameId frame)
{
  for (int side = 0; side < N_SIDES; side++)
    {
      const ViewerSelection *selection = &self->halves[side]->selection;

      if (selection->node != PROF_ID_NONE && selection->frame == frame)
        return frame != PROF_ID_NONE;
    }
  return FALSE;
}

static void
document_changed (ViewerSandwich *self, guint what)
{
  ProfFrameId frame = viewer_document_get_selection (self->document).frame;
  guint       asking = VIEWER_CHANGED_RESULT | VIEWER_CHANGED_CENTER |
                 VIEWER_CHANGED_SEARCH;

  if ((what & VIEWER_CHANGED_SELECTION) && !self->selecting &&
      !is_selected (self, frame))
    {
      select_nothing (self);
      emit_changed (self, VIEWER_CHANGED_SELECTION);
    }
  /* What others select to be seen is put into the middle. */
  if ((what & VIEWER_CHANGED_REVEAL) && self->active)
    viewer_document_center_selection (self->document);
  if (what & asking)
    update (self);
}

/* API */

void
viewer_sandwich_set_active (ViewerSandwich *self, gboolean active)
{
  g_return_if_fail (VIEWER_IS_SANDWICH (self));

  if (self->active == active)
    return;
  self->active = active;
  if (!active)
    {
      self->stale = self->stale || self->cancellable != NULL;
      stop_job (self);
      return;
    }
  viewer_document_center_selection (self->document);
  if (self->stale)
    update (self);
}

gboolean
viewer_sandwich_is_busy (ViewerSandwich *self)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), FALSE);

  return self->cancellable != NULL;
}

ProfFrameId
viewer_sandwich_get_frame (ViewerSandwich *self)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), PROF_ID_NONE);

  return self->frame;
}

ViewerFlameModel *
viewer_sandwich_get_model (ViewerSandwich *self, ViewerSide side)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), NULL);

  return VIEWER_FLAME_MODEL (self->halves[side]);
}

ViewerResult *
viewer_sandwich_get_result (ViewerSandwich *self, ViewerSide side)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), NULL);

  return self->halves[side]->result;
}

const ViewerNeighbours *
viewer_sandwich_get_neighbours (ViewerSandwich *self)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), NULL);

  return self->neighbours;
}

const char *
viewer_sandwich_get_complaint (ViewerSandwich *self)
{
  g_return_val_if_fail (VIEWER_IS_SANDWICH (self), NULL);

  return self->complaint;
}

static void
viewer_sandwich_dispose (GObject *object)
{
  ViewerSandwich *self = VIEWER_SANDWICH (object);

  stop_job (self);
  for (int side = 0; side < N_SIDES; side++)
    g_clear_object (&self->halves[side]);
  g_clear_pointer (&self->base, viewer_result_unref);
  g_clear_pointer (&self->neighbours, viewer_neighbours_free);
  g_clear_pointer (&self->complaint, g_free);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_sandwich_parent_class)->dispose (object);
}

static void
viewer_sandwich_class_init (ViewerSandwichClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_sandwich_dispose;
  signals[CHANGED] = g_signal_new ("changed",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_UINT);
}

static void
viewer_sandwich_init (ViewerSandwich *self)
{
  self->frame = PROF_ID_NONE;
  self->stale = TRUE;
  for (int side = 0; side < N_SIDES; side++)
    {
      self->halves[side] = g_object_new (VIEWER_TYPE_HALF, NULL);
      self->halves[side]->sandwich = self;
    }
}

ViewerSandwich *
viewer_sandwich_new (ViewerDocument *document)
{
  ViewerSandwich *self = g_object_new (VIEWER_TYPE_SANDWICH, NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}
