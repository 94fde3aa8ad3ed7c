/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-graph-paint.h"

#include "paint/prof-scheme.h"
#include <math.h>

/* Of text and its ground, as WCAG asks for. */
#define MIN_CONTRAST 4.5

/* Lines of arrows: of next to nothing, and what all of it has more, in px. */
#define ARROW_PX        1.0
#define ARROW_GROWTH_PX 6.0
#define DASH_PX         4.0

/* Half the width of an arrow's head, at least and for each px of its line. */
#define HEAD_PX     3.5
#define HEAD_GROWTH 1.1

/* Edges of boxes: of what measured nothing, and what the hottest has more. */
#define EDGE_PX        1.0
#define EDGE_GROWTH_PX 2.0
#define EDGE_INK       0.35 /* of the label's ink, to the fill */
#define EDGE_INK_MORE  0.5

/* Of arrows: a hot one has so much of the heat, a cold one of the label's ink. */
#define ARROW_HEAT 0.72
#define ARROW_INK  0.5

/* Texts stand on so much of the canvas, where lines pass behind. */
#define VEIL          0xd8u
#define VEIL_INSET_PX 4.0 /* of the room that a text has, beside it */

/* 1 %, 5 % and 20 % of the total, which differ as those of flame graphs do. */
const double prof_graph_change_steps[PROF_CHANGE_MAX_STEP] = { 0.01,
                                                               0.05,
                                                               0.2 };

typedef struct
{
  const ProfGraphView *view;
  const ProfTokens    *tokens;
  ProfPainter         *painter;
  const ProfRect      *clip; /* (nullable) */
  ProfGraphScene      *scene;
} Paint;

static Paint
paint_of (const ProfGraphView *view, ProfPainter *painter, const ProfRect *clip)
{
  return (Paint){
    .view = view,
    .tokens = prof_palette_tokens (view->theme),
    .painter = painter,
    .clip = clip,
    .scene = prof_graph_layout_scene (view->layout),
  };
}

/* --- Colours --- */

int
prof_graph_step (double share, bool compared)
{
  int step = 0;

  if (!compared && !(share < 0))
    return (int)prof_scheme_heat (share);
  while (step < PROF_CHANGE_MAX_STEP &&
         fabs (share) >= prof_graph_change_steps[step])
    step++;
  return share < 0 ? -step : step;
}

ProfColor
prof_graph_fill (ProfTheme theme, double share, bool compared)
{
  const ProfTokens *tokens = prof_palette_tokens (theme);
  int               step = prof_graph_step (share, compared);

  if (compared || share < 0)
    return tokens->change[PROF_CHANGE_MAX_STEP + step];
  return tokens->heat[step];
}

static ProfColor
hot_color (const Paint *self, double share)
{
  const ProfTokens *tokens = self->tokens;
  ProfColor         hot = tokens->heat[PROF_SCHEME_N_HEATS - 1];

  if (share < 0)
    hot = tokens->change[0];
  else if (self->view->compared)
    hot = tokens->change[2 * PROF_CHANGE_MAX_STEP];
  return prof_color_mix (hot, tokens->label, ARROW_HEAT);
}

static ProfColor
arrow_color (const Paint *self, double share)
{
  ProfColor cold = prof_color_mix (self->tokens->label,
                                   self->tokens->canvas,
                                   ARROW_INK);

  return prof_color_mix (hot_color (self, share), cold, sqrt (fabs (share)));
}

/* Packages are muted where that leaves them readable. */
static ProfColor
ink_of (const Paint *self, ProfGraphTextKind kind, ProfColor ground)
{
  ProfColor label = self->tokens->label;
  ProfColor muted = prof_color_mix (label, ground, self->tokens->muted);

  if (kind == PROF_GRAPH_TEXT_PACKAGE &&
      prof_color_contrast (muted, ground) >= MIN_CONTRAST)
    return muted;
  return label;
}

/* --- Places --- */

ProfRect
prof_graph_view_box (const ProfGraphView *view, uint32_t b)
{
  size_t              n;
  ProfGraphScene     *scene = prof_graph_layout_scene (view->layout);
  const ProfGraphBox *box = &prof_graph_scene_boxes (scene, &n)[b];
  ProfGraphPoint      corner = prof_graph_layout_box (view->layout, b);

  return (ProfRect){ corner.x * view->zoom,
                     corner.y * view->zoom,
                     box->width_px * view->zoom,
                     box->height_px * view->zoom };
}

double
prof_graph_view_width (const ProfGraphView *view)
{
  return prof_graph_layout_width (view->layout) * view->zoom;
}

double
prof_graph_view_height (const ProfGraphView *view)
{
  return prof_graph_layout_height (view->layout) * view->zoom;
}

static ProfPoint
drawn (const Paint *self, ProfGraphPoint point)
{
  return (ProfPoint){ point.x * self->view->zoom, point.y * self->view->zoom };
}

static bool
is_seen (const Paint *self, const ProfRect *rect)
{
  const ProfRect *clip = self->clip;

  return clip == NULL ||
         (rect->x < clip->x + clip->width && clip->x < rect->x + rect->width &&
          rect->y < clip->y + clip->height && clip->y < rect->y + rect->height);
}

static void
begin (const Paint *self, const char *class_name, char *title)
{
  const ProfPainterClass *klass = self->painter->klass;

  if (self->view->describe && klass->begin_group != NULL)
    klass->begin_group (self->painter, class_name, title, NULL);
  g_free (title);
}

static void
end (const Paint *self)
{
  const ProfPainterClass *klass = self->painter->klass;

  if (self->view->describe && klass->begin_group != NULL)
    klass->end_group (self->painter);
}

/* --- Texts --- */

/* Lines below each other, in the middle of @width px from @x on. */
static void
draw_texts (const Paint *self,
            size_t       first,
            size_t       n,
            double       x,
            double       y,
            double       width,
            ProfColor    ground)
{
  const ProfPainterClass *klass = self->painter->klass;
  const ProfGraphText    *texts = prof_graph_scene_texts (self->scene, first);
  double                  zoom = self->view->zoom;

  for (size_t t = 0; t < n; t++)
    {
      ProfFont  font = { .size_px = texts[t].size_px * zoom,
                         .bold = texts[t].kind == PROF_GRAPH_TEXT_NAME };
      ProfColor ink = ink_of (self, texts[t].kind, ground);
      double    length;
      double    base;

      if (font.size_px < PROF_GRAPH_LEAST_LETTERS)
        continue;
      length = klass->measure (self->painter, &font, texts[t].text);
      base = klass->baseline (self->painter, &font);
      klass->text (self->painter,
                   &font,
                   x + (width - length) / 2,
                   round (y + texts[t].middle_px * zoom + base),
                   texts[t].text,
                   0,
                   ink,
                   ink);
    }
}

/* --- Boxes --- */

/* On whole pixels, so that edges are sharp. */
static ProfRect
sharp (ProfRect rect)
{
  double right = round (rect.x + rect.width);
  double bottom = round (rect.y + rect.height);

  rect.x = round (rect.x);
  rect.y = round (rect.y);
  rect.width = MAX (right - rect.x, 1);
  rect.height = MAX (bottom - rect.y, 1);
  return rect;
}

static void
draw_edge (const Paint        *self,
           const ProfGraphBox *box,
           const ProfRect     *rect,
           ProfColor           fill)
{
  double    size = sqrt (box->size);
  double    width = EDGE_PX + round (EDGE_GROWTH_PX * size);
  ProfColor color = prof_color_mix (self->tokens->label,
                                    fill,
                                    EDGE_INK + EDGE_INK_MORE * size);

  if (box->is_label)
    color = self->tokens->strip_line;
  self->painter->klass->stroke (self->painter,
                                rect,
                                MAX (round (width * self->view->zoom), 1),
                                color);
}

/* Whether the letters of a function's values would be too small. */
static bool
is_small (const Paint *self, const ProfGraphBox *box)
{
  const ProfGraphText *texts = prof_graph_scene_texts (self->scene,
                                                       box->first_text);

  return !box->is_label && box->n_texts > 0 &&
         texts[box->n_texts - 1].size_px * self->view->zoom <
             self->view->least_px;
}

static void
draw_name (const Paint *self, uint32_t b, const ProfRect *rect, ProfColor fill)
{
  const ProfPainterClass *klass = self->painter->klass;
  ProfGraph              *graph = prof_graph_scene_graph (self->scene);
  ProfFont                font = { .size_px = self->view->least_px };
  ProfFittedName          label;
  ProfColor               ink = ink_of (self, PROF_GRAPH_TEXT_NAME, fill);
  const char             *name;

  name = prof_frames_display_name (prof_graph_frames (graph),
                                   prof_graph_scene_frame (self->scene, b));
  if (rect->height < font.size_px + 2 ||
      !klass->fit (self->painter, &font, &font, name, rect->width - 4, &label))
    return;
  klass->text (self->painter,
               &font,
               rect->x + (rect->width - label.width) / 2,
               round (rect->y + rect->height / 2 +
                      klass->baseline (self->painter, &font)),
               label.text,
               0,
               ink,
               ink);
}

static void
draw_box (const Paint *self, uint32_t b)
{
  const ProfGraphView *view = self->view;
  size_t               n;
  const ProfGraphBox  *box = &prof_graph_scene_boxes (self->scene, &n)[b];
  ProfRect             place = prof_graph_view_box (view, b);
  ProfRect             rect = sharp (place);
  ProfColor            fill = box->is_label ? self->tokens->strip_ground
                                            : prof_graph_fill (view->theme,
                                                    box->share,
                                                    view->compared);

  self->painter->klass->fill (self->painter, &rect, fill);
  draw_edge (self, box, &rect, fill);
  if (is_small (self, box))
    {
      draw_name (self, b, &rect, fill);
      return;
    }
  draw_texts (self,
              box->first_text,
              box->n_texts,
              place.x,
              place.y,
              place.width,
              fill);
}

static void
draw_boxes (const Paint *self)
{
  size_t n;

  prof_graph_scene_boxes (self->scene, &n);
  for (uint32_t b = 0; b < n; b++)
    {
      ProfRect rect = prof_graph_view_box (self->view, b);

      if (!is_seen (self, &rect))
        continue;
      begin (self,
             "frame",
             self->view->describe ? prof_graph_scene_describe (self->scene, b)
                                  : NULL);
      draw_box (self, b);
      end (self);
    }
}

/* --- Arrows --- */

static const ProfGraphArrow *
arrow_at (const Paint *self, uint32_t a)
{
  size_t n;

  return &prof_graph_scene_arrows (self->scene, &n)[a];
}

static double
line_px (const Paint *self, const ProfGraphArrow *arrow)
{
  double px = ARROW_PX + ARROW_GROWTH_PX * fabs (arrow->share);

  if (arrow->edge == PROF_ID_NONE)
    px = ARROW_PX;
  return px * self->view->zoom;
}

/* A triangle from the end of the line to the tip. */
static void
draw_head (const Paint *self,
           ProfPoint    from,
           ProfPoint    tip,
           double       line,
           ProfColor    color)
{
  double    dx = tip.x - from.x;
  double    dy = tip.y - from.y;
  double    length = hypot (dx, dy);
  double    half = MAX (HEAD_PX * self->view->zoom, line * HEAD_GROWTH);
  ProfPoint head[3];

  if (!(length > 0))
    return;
  head[0] = tip;
  head[1] = (ProfPoint){ from.x - dy / length * half,
                         from.y + dx / length * half };
  head[2] = (ProfPoint){ from.x + dy / length * half,
                         from.y - dx / length * half };
  self->painter->klass->polygon (self->painter, head, 3, color);
}

static void
draw_line (const Paint *self, uint32_t a, double line, ProfColor color)
{
  const ProfGraphArrow *arrow = arrow_at (self, a);
  size_t                n;
  const ProfGraphPoint *curve;
  g_autofree ProfPoint *points = NULL;

  curve = prof_graph_layout_curve (self->view->layout, a, &n);
  points = g_new (ProfPoint, n);
  for (size_t i = 0; i < n; i++)
    points[i] = drawn (self, curve[i]);
  self->painter->klass->curve (self->painter,
                               points,
                               n,
                               line,
                               arrow->dashed ? DASH_PX * self->view->zoom : 0,
                               color);
  draw_head (self,
             points[n - 1],
             drawn (self, prof_graph_layout_tip (self->view->layout, a)),
             line,
             color);
}

/* All that is drawn of an arrow: a curve stays between its points. */
static ProfRect
arrow_bounds (const Paint *self, uint32_t a)
{
  size_t                n;
  const ProfGraphPoint *curve;
  ProfPoint low = drawn (self, prof_graph_layout_tip (self->view->layout, a));
  ProfPoint high = low;
  double    around = line_px (self, arrow_at (self, a)) +
                  HEAD_PX * self->view->zoom;

  curve = prof_graph_layout_curve (self->view->layout, a, &n);
  for (size_t i = 0; i < n; i++)
    {
      ProfPoint point = drawn (self, curve[i]);

      low.x = MIN (low.x, point.x);
      low.y = MIN (low.y, point.y);
      high.x = MAX (high.x, point.x);
      high.y = MAX (high.y, point.y);
    }
  return (ProfRect){ low.x - around,
                     low.y - around,
                     high.x - low.x + 2 * around,
                     high.y - low.y + 2 * around };
}

static ProfRect
arrow_text_place (const Paint *self, uint32_t a)
{
  const ProfGraphArrow *arrow = arrow_at (self, a);
  ProfPoint             middle;
  double                width = arrow->width_px * self->view->zoom;
  double                height = arrow->height_px * self->view->zoom;

  middle = drawn (self, prof_graph_layout_arrow_text (self->view->layout, a));
  return (
      ProfRect){ middle.x - width / 2, middle.y - height / 2, width, height };
}

/* On a veil: other arrows may pass. */
static void
draw_arrow_text (const Paint *self, uint32_t a)
{
  const ProfGraphArrow *arrow = arrow_at (self, a);
  ProfColor             canvas = self->tokens->canvas;
  ProfRect              place = arrow_text_place (self, a);
  double                inset = VEIL_INSET_PX * self->view->zoom;
  ProfRect              veil = sharp ((ProfRect){ place.x + inset,
                                                  place.y,
                                                  place.width - 2 * inset,
                                                  place.height });

  if (PROF_GRAPH_FONT_LEAST * self->view->zoom < PROF_GRAPH_LEAST_LETTERS)
    return;
  self->painter->klass->fill (self->painter, &veil, (canvas & ~0xffu) | VEIL);
  draw_texts (self,
              arrow->first_text,
              arrow->n_texts,
              place.x,
              place.y,
              place.width,
              canvas);
}

/* The heaviest are first, and are drawn over the others. */
static void
draw_arrows (const Paint *self)
{
  size_t n;

  prof_graph_scene_arrows (self->scene, &n);
  for (size_t i = n; i > 0; i--)
    {
      uint32_t              a = (uint32_t)(i - 1);
      const ProfGraphArrow *arrow = arrow_at (self, a);
      ProfRect              bounds = arrow_bounds (self, a);

      if (!is_seen (self, &bounds))
        continue;
      begin (self,
             "arrow",
             self->view->describe
                 ? prof_graph_scene_describe_arrow (self->scene, a)
                 : NULL);
      draw_line (self,
                 a,
                 line_px (self, arrow),
                 arrow_color (self, arrow->share));
      end (self);
    }
  for (uint32_t a = 0; a < n; a++)
    {
      ProfRect place = arrow_text_place (self, a);

      if (is_seen (self, &place))
        draw_arrow_text (self, a);
    }
}

/* --- All of it --- */

void
prof_graph_paint (const ProfGraphView *view,
                  ProfPainter         *painter,
                  const ProfRect      *clip)
{
  Paint self = paint_of (view, painter, clip);

  draw_arrows (&self);
  draw_boxes (&self);
}

void
prof_graph_paint_box (const ProfGraphView *view,
                      ProfPainter         *painter,
                      uint32_t             box,
                      double               ring_px,
                      ProfColor            ring)
{
  Paint    self = paint_of (view, painter, NULL);
  ProfRect rect = sharp (prof_graph_view_box (view, box));

  draw_box (&self, box);
  rect.x -= ring_px;
  rect.y -= ring_px;
  rect.width += 2 * ring_px;
  rect.height += 2 * ring_px;
  painter->klass->stroke (painter, &rect, ring_px, ring);
}

void
prof_graph_paint_arrow (const ProfGraphView *view,
                        ProfPainter         *painter,
                        uint32_t             arrow,
                        double               extra_px,
                        ProfColor            color)
{
  Paint self = paint_of (view, painter, NULL);

  draw_line (&self,
             arrow,
             line_px (&self, arrow_at (&self, arrow)) + extra_px,
             color);
  draw_arrow_text (&self, arrow);
}
