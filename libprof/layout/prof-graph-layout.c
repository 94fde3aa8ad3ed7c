/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "layout/prof-graph-layout-private.h"

#include "base/prof-error.h"
#include "input/prof-child.h"
#include <math.h>
#include <string.h>

#define PROGRAM "dot"

/* Of the answer: a kilobyte for each box and arrow is usual. */
#define MAX_ANSWER (64u << 20)

/* Around everything, for the width of lines, in px. */
#define MARGIN 4

/* Straight lines that a piece of a curve is taken for, to find what is near. */
#define N_STRAIGHT 12

/* --- Made --- */

ProfGraphLayout *
prof_graph_layout_begin (ProfGraphScene *scene)
{
  ProfGraphLayout *self = g_new0 (ProfGraphLayout, 1);
  size_t           n_boxes;
  size_t           n_arrows;

  g_atomic_ref_count_init (&self->ref_count);
  self->scene = prof_graph_scene_ref (scene);
  prof_graph_scene_boxes (scene, &n_boxes);
  prof_graph_scene_arrows (scene, &n_arrows);
  self->corners = g_new0 (ProfGraphPoint, n_boxes + 1);
  self->is_placed = g_new0 (bool, n_boxes + 1);
  self->ways = g_new0 (ProfGraphWay, n_arrows + 1);
  return self;
}

static void
move (ProfGraphPoint *point, double by)
{
  point->x += by;
  point->y += by;
}

/* Whole px, where lines are sharp. */
static void
move_all (ProfGraphLayout *self)
{
  size_t n_boxes;
  size_t n_arrows;

  prof_graph_scene_boxes (self->scene, &n_boxes);
  prof_graph_scene_arrows (self->scene, &n_arrows);
  for (size_t b = 0; b < n_boxes; b++)
    {
      move (&self->corners[b], MARGIN);
      self->corners[b].x = round (self->corners[b].x);
      self->corners[b].y = round (self->corners[b].y);
    }
  for (size_t a = 0; a < n_arrows; a++)
    {
      move (&self->ways[a].tip, MARGIN);
      move (&self->ways[a].text, MARGIN);
    }
  for (size_t p = 0; p < self->points.length; p++)
    move (&self->points.data[p], MARGIN);
  self->width_px = ceil (self->width_px) + 2 * MARGIN;
  self->height_px = ceil (self->height_px) + 2 * MARGIN;
}

/* Texts that were given no place are in the middle of their arrow. */
static void
place_texts (ProfGraphLayout *self)
{
  size_t n;

  prof_graph_scene_arrows (self->scene, &n);
  for (size_t a = 0; a < n; a++)
    {
      ProfGraphWay *way = &self->ways[a];

      if (!way->has_text)
        way->text = self->points.data[way->first_point + way->n_points / 2];
    }
}

ProfGraphLayout *
prof_graph_layout_read (ProfGraphScene *scene, GBytes *answer, GError **error)
{
  g_autoptr (ProfGraphLayout) self = prof_graph_layout_begin (scene);
  size_t                      length;
  const uint8_t              *bytes = g_bytes_get_data (answer, &length);

  if (!prof_graph_layout_fill (self, bytes, length, error))
    return NULL;
  place_texts (self);
  move_all (self);
  return g_steal_pointer (&self);
}

static void
explain (GError **error)
{
  if (error == NULL ||
      !g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return;
  g_clear_error (error);
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_NOT_FOUND,
               "call graphs are laid out by Graphviz, which is not installed; "
               "install the package “graphviz”");
}

static GBytes *
ask (ProfGraphScene *scene,
     unsigned        limit_ms,
     ProfProgress   *progress,
     GError        **error)
{
  const char *const argv[] = { PROGRAM, "-Tjson0", NULL };
  const ProfChild   child = {
      .argv = argv,
      .max_bytes = MAX_ANSWER,
      .limit_ms = limit_ms > 0 ? limit_ms : PROF_GRAPH_LIMIT_MS,
  };
  char              *text = prof_graph_layout_question (scene);
  g_autoptr (GBytes) question = g_bytes_new_take (text, strlen (text));
  GBytes            *answer;

  answer = prof_child_run (&child, question, progress, error);
  if (answer == NULL)
    explain (error);
  return answer;
}

ProfGraphLayout *
prof_graph_layout_new (ProfGraphScene *scene,
                       unsigned        limit_ms,
                       ProfProgress   *progress,
                       GError        **error)
{
  g_autoptr (GBytes) answer = NULL;
  ProfGraphLayout   *self;
  size_t             n;

  prof_graph_scene_boxes (scene, &n);
  if (n == 0)
    return prof_graph_layout_begin (scene);
  answer = ask (scene, limit_ms, progress, error);
  if (answer == NULL)
    return NULL;
  self = prof_graph_layout_read (scene, answer, error);
  if (self == NULL)
    g_prefix_error (error, "the answer of Graphviz makes no sense: ");
  return self;
}

ProfGraphLayout *
prof_graph_layout_ref (ProfGraphLayout *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_graph_layout_unref (ProfGraphLayout *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->corners);
  g_free (self->is_placed);
  g_free (self->ways);
  prof_vec_graph_point_clear (&self->points);
  prof_graph_scene_unref (self->scene);
  g_free (self);
}

/* --- Read --- */

ProfGraphScene *
prof_graph_layout_scene (const ProfGraphLayout *self)
{
  return self->scene;
}

double
prof_graph_layout_width (const ProfGraphLayout *self)
{
  return self->width_px;
}

double
prof_graph_layout_height (const ProfGraphLayout *self)
{
  return self->height_px;
}

ProfGraphPoint
prof_graph_layout_box (const ProfGraphLayout *self, uint32_t box)
{
  return self->corners[box];
}

const ProfGraphPoint *
prof_graph_layout_curve (const ProfGraphLayout *self, uint32_t arrow, size_t *n)
{
  const ProfGraphWay *way = &self->ways[arrow];

  *n = way->n_points;
  return self->points.data + way->first_point;
}

ProfGraphPoint
prof_graph_layout_tip (const ProfGraphLayout *self, uint32_t arrow)
{
  return self->ways[arrow].tip;
}

ProfGraphPoint
prof_graph_layout_arrow_text (const ProfGraphLayout *self, uint32_t arrow)
{
  return self->ways[arrow].text;
}

/* --- What is at a point --- */

uint32_t
prof_graph_layout_hit (const ProfGraphLayout *self, double x, double y)
{
  size_t              n;
  const ProfGraphBox *boxes = prof_graph_scene_boxes (self->scene, &n);

  for (uint32_t b = 0; b < n; b++)
    if (x >= self->corners[b].x && y >= self->corners[b].y &&
        x < self->corners[b].x + boxes[b].width_px &&
        y < self->corners[b].y + boxes[b].height_px)
      return b;
  return PROF_ID_NONE;
}

static double
square (double number)
{
  return number * number;
}

/* Square of the distance to a straight line. */
static double
distance_to_line (ProfGraphPoint from, ProfGraphPoint to, ProfGraphPoint point)
{
  double dx = to.x - from.x;
  double dy = to.y - from.y;
  double length = square (dx) + square (dy);
  double t = 0;

  if (length > 0)
    t = ((point.x - from.x) * dx + (point.y - from.y) * dy) / length;
  t = CLAMP (t, 0, 1);
  return square (from.x + t * dx - point.x) +
         square (from.y + t * dy - point.y);
}

static ProfGraphPoint
point_of_piece (const ProfGraphPoint *p, double t)
{
  double s = 1 - t;
  double a = s * s * s;
  double b = 3 * s * s * t;
  double c = 3 * s * t * t;
  double d = t * t * t;

  return (ProfGraphPoint){ a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                           a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y };
}

static double
distance_to_piece (const ProfGraphPoint *piece, ProfGraphPoint point)
{
  ProfGraphPoint from = piece[0];
  double         nearest = INFINITY;

  for (int i = 1; i <= N_STRAIGHT; i++)
    {
      ProfGraphPoint to = point_of_piece (piece, (double)i / N_STRAIGHT);

      nearest = MIN (nearest, distance_to_line (from, to, point));
      from = to;
    }
  return nearest;
}

static double
distance_to_arrow (const ProfGraphLayout *self,
                   const ProfGraphWay    *way,
                   ProfGraphPoint         point)
{
  const ProfGraphPoint *points = self->points.data + way->first_point;
  size_t                last = way->n_points - 1;
  double nearest = distance_to_line (points[last], way->tip, point);

  for (size_t p = 0; p + 3 < way->n_points; p += 3)
    nearest = MIN (nearest, distance_to_piece (points + p, point));
  return nearest;
}

uint32_t
prof_graph_layout_hit_arrow (const ProfGraphLayout *self,
                             double                 x,
                             double                 y,
                             double                 within)
{
  ProfGraphPoint point = { x, y };
  double         nearest = square (within);
  uint32_t       found = PROF_ID_NONE;
  size_t         n;

  prof_graph_scene_arrows (self->scene, &n);
  for (uint32_t a = 0; a < n; a++)
    {
      double distance = distance_to_arrow (self, &self->ways[a], point);

      if (distance <= nearest)
        {
          nearest = distance;
          found = a;
        }
    }
  return found;
}
