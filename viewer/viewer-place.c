/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-place.h"

#include <string.h>

/* Zoom stops at 2^40: of a double's 53 bits, 13 stay for moving by less than
 * a pixel. */
#define MAX_ZOOM 1099511627776.0

/* A strip that fills the view is opened this part at a time. */
#define STRIP_PARTS 16

/* Of deeper paths the upper part is remembered. */
#define MAX_PATH 4096

struct _ViewerPast
{
  guint64     serial; /* of the result */
  ViewerPlace place;  /* in it */

  /* Owned */
  GPtrArray *root;      /* names from the outermost frame on, interned */
  GPtrArray *selection; /* the same; NULL: nothing was selected */
  char      *center;    /* the same; NULL: none */

  /* A reference */
  ViewerQuestion *question;

  /* Of the zoom, as shares of the root's extent. */
  double start;
  double end;
};

ViewerZoom
viewer_place_zoom_of (const ViewerResult *result, ProfNodeId id)
{
  double start = (double)prof_tree_start (result->tree, id);

  return (ViewerZoom){
    .start = start,
    .end = start + (double)MAX (prof_tree_weight (result->tree, id), 1),
    .root = id,
  };
}

static ViewerZoom
zoom_of_strip (const ViewerResult *result, ProfNodeId first, ProfNodeId end)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  ViewerZoom      zoom = viewer_place_zoom_of (result, first);

  for (ProfNodeId id = first + nodes[first].size; id < end;
       id += nodes[id].size)
    zoom.end += (double)prof_tree_weight (result->tree, id);
  zoom.root = nodes[first].parent;
  return zoom;
}

ViewerZoom
viewer_place_zoom_into_strip (const ViewerResult *result,
                              ProfNodeId          first,
                              ProfNodeId          end,
                              const ViewerZoom   *now)
{
  ViewerZoom strip = zoom_of_strip (result, first, end);
  ViewerZoom one = viewer_place_zoom_of (result, first);
  double     part = (now->end - now->start) / STRIP_PARTS;

  if (now->start < strip.start || now->end > strip.end)
    return strip;
  strip.start = now->start;
  strip.end = now->start + MAX (part, one.end - one.start);
  strip.end = MIN (strip.end, now->end);
  return strip;
}

ViewerZoom
viewer_place_zoom_of_range (const ViewerResult *result,
                            double              start,
                            double              end)
{
  double full = viewer_place_zoom_of (result, 0).end;
  double width = CLAMP (end - start, full / MAX_ZOOM, full);

  start = CLAMP (start, 0, full - width);
  return (ViewerZoom){
    .start = start,
    .end = width >= full ? full : start + width,
    .root = 0,
  };
}

bool
viewer_place_is_part (const ViewerResult *result, const ViewerZoom *zoom)
{
  ViewerZoom home = viewer_place_zoom_of (result, 0);

  return zoom->start > home.start || zoom->end < home.end;
}

ViewerSelection
viewer_place_selection_of (const ViewerResult *result,
                           ProfNodeId          node,
                           ProfNodeId          end)
{
  return (ViewerSelection){
    .node = node,
    .end = end,
    .frame = node == PROF_ID_NONE || end != 0
                 ? PROF_ID_NONE
                 : prof_tree_nodes (result->tree)[node].frame,
  };
}

ViewerPlace
viewer_place_home (const ViewerResult *result)
{
  ViewerPlace place = { .center = PROF_ID_NONE };

  place.selection = viewer_place_selection_of (NULL, PROF_ID_NONE, 0);
  if (result != NULL)
    place.zoom = viewer_place_zoom_of (result, 0);
  return place;
}

static void
unref_name (gpointer data)
{
  g_ref_string_release (data);
}

/* Names from the outermost frame down to a node. */
static GPtrArray *
path_to (const ViewerResult *result, ProfNodeId node)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  size_t          depth = prof_tree_depth (result->tree, node);
  GPtrArray      *path = g_ptr_array_new_with_free_func (unref_name);

  for (; depth > MAX_PATH; depth--)
    node = nodes[node].parent;
  g_ptr_array_set_size (path, (int)depth);
  for (; depth > 0; depth--, node = nodes[node].parent)
    path->pdata[depth - 1] = g_ref_string_new_intern (
        prof_frames_name (result->frames, nodes[node].frame));
  return path;
}

static ProfNodeId
child_named (const ViewerResult *result, ProfNodeId parent, const char *name)
{
  const ProfNode *nodes = prof_tree_nodes (result->tree);
  ProfNodeId      end = parent + nodes[parent].size;

  for (ProfNodeId child = parent + 1; child < end; child += nodes[child].size)
    if (strcmp (prof_frames_name (result->frames, nodes[child].frame), name) ==
        0)
      return child;
  return PROF_ID_NONE;
}

/* The node at the end of a path, or the deepest above it that is there. */
static ProfNodeId
follow (const ViewerResult *result, GPtrArray *path, bool *whole)
{
  ProfNodeId node = 0;

  *whole = true;
  for (guint i = 0; i < path->len && *whole; i++)
    {
      ProfNodeId child = child_named (result, node, path->pdata[i]);

      *whole = child != PROF_ID_NONE;
      if (*whole)
        node = child;
    }
  return node;
}

ViewerPast *
viewer_past_new (const ViewerResult *result, const ViewerPlace *place)
{
  ViewerPast *self = g_new0 (ViewerPast, 1);
  ViewerZoom  root = viewer_place_zoom_of (result, place->zoom.root);

  self->serial = result->serial;
  self->place = *place;
  self->question = viewer_question_ref (result->question);
  self->root = path_to (result, place->zoom.root);
  self->start = (place->zoom.start - root.start) / (root.end - root.start);
  self->end = (place->zoom.end - root.start) / (root.end - root.start);
  if (place->selection.node != PROF_ID_NONE)
    self->selection = path_to (result, place->selection.node);
  if (place->center != PROF_ID_NONE)
    self->center = g_ref_string_new_intern (
        prof_frames_name (result->frames, place->center));
  return self;
}

void
viewer_past_free (ViewerPast *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->root);
  g_clear_pointer (&self->selection, g_ptr_array_unref);
  g_clear_pointer (&self->center, g_ref_string_release);
  viewer_question_unref (self->question);
  g_free (self);
}

ViewerQuestion *
viewer_past_question (const ViewerPast *self)
{
  return self->question;
}

static ViewerZoom
find_zoom (const ViewerPast *self, const ViewerResult *result)
{
  bool       whole;
  ProfNodeId root = follow (result, self->root, &whole);
  ViewerZoom zoom = viewer_place_zoom_of (result, root);
  double     width = zoom.end - zoom.start;

  /* A range of a frame that is not there is no range of another one. */
  if (!whole)
    return zoom;
  zoom.end = zoom.start + self->end * width;
  zoom.start += self->start * width;
  return zoom;
}

static ViewerSelection
find_selection (const ViewerPast *self, const ViewerResult *result)
{
  bool       whole;
  ProfNodeId node = PROF_ID_NONE;

  if (self->selection != NULL)
    node = follow (result, self->selection, &whole);
  /* Falling back to "all" would select something nobody chose. */
  if (node == 0 && self->selection->len > 0)
    node = PROF_ID_NONE;
  return viewer_place_selection_of (result, node, 0);
}

static ProfFrameId
find_center (const ViewerPast *self, const ViewerResult *result)
{
  if (self->center != NULL)
    for (ProfFrameId f = 0; f < prof_frames_n (result->frames); f++)
      if (viewer_result_row (result, f) != NULL &&
          strcmp (prof_frames_name (result->frames, f), self->center) == 0)
        return f;
  return PROF_ID_NONE;
}

ViewerPlace
viewer_past_find (const ViewerPast *self, const ViewerResult *result)
{
  if (self->serial == result->serial)
    return self->place;
  return (ViewerPlace){
    .zoom = find_zoom (self, result),
    .selection = find_selection (self, result),
    .center = find_center (self, result),
  };
}
