/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-flame-paint.h"

#include "base/prof-unit.h"
#include "layout/prof-label-fit.h"
#include "paint/prof-fill-batch.h"
#include <math.h>
#include <string.h>

/* All edges are whole pixels: neighbours share the same rounded edge, so that
 * nothing overlaps and nothing is blurred. A row is its fill and the line
 * between it and its caller's row, which tells where a package begins:
 *
 *   | main.work            |    fill
 *   |                      |    line in the canvas' colour: another package
 *   | json.Unmarshal       |
 *   |······················|    line in a mixed colour: the same package
 *   | json.(*d).value      |
 *
 * Painters without groups get all fills first, by colour, then everything that
 * lies on them; painters with groups (SVG) get frame by frame. */

#define PADDING_PX      5
#define ROOT_PADDING_PX 6
#define MIN_LABEL_PX    22
#define MIN_LABEL_CHARS 3
#define MIN_GAP_PX      3
#define MIN_CORNER_PX   6
#define MIN_STRIP_PX    2
#define MIN_PERCENT_PX  180
#define PERCENT_GAP_PX  12
/* A percentage is printed when it is at most this share of the last one. */
#define PERCENT_STEP 0.9
#define HATCH_PX     5
#define CAP_PX       3
#define MIN_LANE_PX  2
#define DASH_PX      2
/* No letter is narrower than this share of the font's size. */
#define MIN_ADVANCE 0.2

/* Shares of ink or fill; the rest is what lies below. */
#define LINE_SHARE     0.45
#define CORNER_SHARE   0.25
#define DASH_SHARE     0.35
#define ANCESTOR_FILL  0.5
#define ANCESTOR_LABEL 0.82
#define DIMMED_FILL    0.35
#define DIMMED_LABEL   0.74
#define PALE_PREFIX    0.92

typedef struct
{
  ProfColor fill;
  ProfColor label;
  ProfColor prefix; /* and percentages */
  bool      bold;
  bool      edge;
} Look;

typedef struct
{
  const ProfFlameView *view;
  ProfPainter         *painter;
  const ProfTokens    *tokens;
  ProfTree            *tree;
  ProfFrames          *frames;
  const ProfNode      *nodes;
  const ProfBox       *boxes;
  ProfFont             font;
  ProfFont             bold;
  double               baseline;

  /* Owned */
  float        *last_percent; /* by box: printed on it or last above it */
  ProfFillBatch fills;
  ProfFillBatch corners;

  bool grouped;
} Paint;

/* --- Where --- */

/* From the root's side to the first row of frames. */
static double
head_height (const ProfFlameView *view)
{
  double lane = view->metrics.lane_px;

  return view->metrics.root_px + 1 + (lane > 0 ? lane + 1 : 0);
}

double
prof_flame_view_height (const ProfFlameView *view)
{
  uint32_t n_rows = prof_flame_layout_n_rows (view->layout);

  if (n_rows == 0)
    return 0;
  return head_height (view) + (n_rows - 1) * view->metrics.row_px;
}

/* A flame is an icicle upside down. */
static double
mirrored (const ProfFlameView *view, double y, double height)
{
  double whole = view->height_px > 0 ? view->height_px
                                     : prof_flame_view_height (view);

  return view->flame ? whole - y - height : y;
}

double
prof_flame_view_row_y (const ProfFlameView *view, uint32_t row, double *height)
{
  double y = 0;
  double h = view->metrics.root_px;

  if (row > 0)
    {
      y = head_height (view) + (row - 1) * view->metrics.row_px;
      h = view->metrics.row_px - 1;
    }
  if (height != NULL)
    *height = h;
  return mirrored (view, y, h);
}

uint32_t
prof_flame_view_row_at (const ProfFlameView *view, double y)
{
  double head = head_height (view);
  double row;

  y = mirrored (view, y, 0);
  if (y >= 0 && y < view->metrics.root_px)
    return 0;
  if (y < head)
    return PROF_ID_NONE;
  row = floor ((y - head) / view->metrics.row_px) + 1;
  if (row >= prof_flame_layout_n_rows (view->layout))
    return PROF_ID_NONE;
  return (uint32_t)row;
}

void
prof_flame_view_box (const ProfFlameView *view, uint32_t box, ProfRect *rect)
{
  const ProfBox *b = &prof_flame_layout_boxes (view->layout, NULL)[box];
  double         x_end = round (b->x + b->width);
  double         height;
  double         y = prof_flame_view_row_y (view, b->row, &height);

  rect->x = round (b->x);
  rect->y = round (y);
  rect->width = x_end - rect->x;
  rect->height = round (y + height) - rect->y;
  if (rect->width >= MIN_GAP_PX && b->row > 0)
    rect->width -= 1;
}

/* The line between a frame and its caller. */
static ProfRect
line_of (const ProfFlameView *view, const ProfRect *rect)
{
  ProfRect line = *rect;

  line.y = view->flame ? rect->y + rect->height : rect->y - 1;
  line.height = 1;
  return line;
}

/* --- How it looks --- */

static bool
is_ancestor (const ProfFlameView *view, const ProfNode *nodes, ProfNodeId node)
{
  return node < view->zoom_root && view->zoom_root < node + nodes[node].size;
}

static Look
look_on (ProfColor fill, ProfColor ink, double label, double prefix)
{
  return (Look){
    .fill = fill,
    .label = prof_color_mix (ink, fill, label),
    .prefix = prof_color_mix (ink, fill, prefix),
  };
}

static Look
match_look (const ProfTokens *tokens, ProfMatch match)
{
  Look look;

  if (match == PROF_MATCH_OUTER)
    {
      look = look_on (tokens->hit, tokens->hit_label, 1, tokens->muted);
      look.bold = true;
      look.edge = true;
      return look;
    }
  return look_on (prof_color_mix (tokens->hit,
                                  tokens->canvas,
                                  tokens->nested_hit),
                  tokens->label,
                  1,
                  tokens->muted);
}

static Look
pale_look (const ProfTokens *tokens, ProfColor fill, double share, double label)
{
  return look_on (prof_color_mix (fill, tokens->canvas, share),
                  tokens->label,
                  label,
                  label * PALE_PREFIX);
}

static Look
look_of (const ProfFlameView *view, const ProfBox *box)
{
  ProfTokens const *tokens = prof_palette_tokens (
      prof_palette_theme (view->palette));
  const ProfNode *nodes = prof_tree_nodes (
      prof_flame_layout_tree (view->layout));
  ProfMatch match = PROF_MATCH_NONE;
  ProfColor fill;
  Look      look;

  if (prof_box_is_strip (box))
    return look_on (tokens->strip_ground, tokens->label, 1, tokens->muted);
  if (box->node == 0)
    return look_on (tokens->root_bar, tokens->label, 1, tokens->muted);
  if (view->search != NULL)
    match = prof_search_node (view->search, box->node);
  fill = prof_palette_frame (view->palette, nodes[box->node].frame);
  if (match != PROF_MATCH_NONE)
    look = match_look (tokens, match);
  else if (is_ancestor (view, nodes, box->node))
    look = pale_look (tokens, fill, ANCESTOR_FILL, ANCESTOR_LABEL);
  else if (view->search != NULL && box->node != view->zoom_root)
    look = pale_look (tokens, fill, DIMMED_FILL, DIMMED_LABEL);
  else
    look = look_on (fill, tokens->label, 1, tokens->muted);
  if (box->node == view->zoom_root)
    look.bold = true;
  return look;
}

ProfColor
prof_flame_view_fill (const ProfFlameView *view, uint32_t box)
{
  return look_of (view, &prof_flame_layout_boxes (view->layout, NULL)[box])
      .fill;
}

static bool
same_package_as_parent (const Paint *paint, ProfNodeId node)
{
  const ProfNode *child = &paint->nodes[node];
  const ProfNode *parent = &paint->nodes[child->parent];

  return parent->frame != PROF_ID_NONE &&
         prof_frames_package (paint->frames, child->frame) ==
             prof_frames_package (paint->frames, parent->frame);
}

/* --- Grounds: what does not overlap --- */

static void
put (Paint *paint, ProfFillBatch *batch, const ProfRect *rect, ProfColor color)
{
  if (!paint->grouped)
    prof_fill_batch_add (batch, paint->painter, rect, color);
  else if (rect->width > 0 && rect->height > 0)
    paint->painter->klass->fill (paint->painter, rect, color);
}

/* The two pixels where a block begins, softened. */
static void
put_corners (Paint *paint, const ProfRect *rect, ProfColor fill)
{
  ProfColor soft = prof_color_mix (fill, paint->tokens->canvas, CORNER_SHARE);
  ProfRect  pixel = { rect->x, rect->y, 1, 1 };

  if (paint->view->flame)
    pixel.y = rect->y + rect->height - 1;
  put (paint, &paint->corners, &pixel, soft);
  pixel.x = rect->x + rect->width - 1;
  put (paint, &paint->corners, &pixel, soft);
}

static void
put_frame (Paint          *paint,
           const ProfBox  *box,
           const ProfRect *rect,
           const Look     *look)
{
  ProfRect  line = line_of (paint->view, rect);
  ProfColor color = prof_color_mix (look->fill,
                                    paint->tokens->canvas,
                                    LINE_SHARE);

  put (paint, &paint->fills, rect, look->fill);
  if (box->node == 0)
    return;
  if (!same_package_as_parent (paint, box->node))
    {
      if (rect->width >= MIN_CORNER_PX && !look->edge)
        put_corners (paint, rect, look->fill);
      return;
    }
  if ((paint->nodes[box->node].flags & PROF_NODE_INLINED) != 0)
    color = look->fill;
  put (paint, &paint->fills, &line, color);
}

static void
put_ground (Paint          *paint,
            const ProfBox  *box,
            const ProfRect *rect,
            const Look     *look)
{
  if (!prof_box_is_strip (box))
    put_frame (paint, box, rect, look);
  else if (rect->width >= MIN_STRIP_PX)
    put (paint, &paint->fills, rect, look->fill);
}

/* --- Text --- */

static double
text_y (const Paint *paint, const ProfRect *rect)
{
  return round (rect->y + rect->height / 2 + paint->baseline);
}

static double
width_of (Paint *paint, const ProfFont *font, const char *text)
{
  return paint->painter->klass->measure (paint->painter, font, text);
}

static void
draw_text (Paint          *paint,
           const ProfFont *font,
           double          x,
           double          y,
           const char     *text,
           size_t          prefix,
           ProfColor       color,
           ProfColor       prefix_color)
{
  paint->painter->klass
      ->text (paint->painter, font, x, y, text, prefix, color, prefix_color);
}

/* Of a bold label only the name is bold. */
static double
label_width (Paint *paint, const char *text, size_t prefix, bool bold)
{
  g_autofree char *package = NULL;

  if (!bold)
    return width_of (paint, &paint->font, text);
  package = g_strndup (text, prefix);
  return width_of (paint, &paint->font, package) +
         width_of (paint, &paint->bold, text + prefix);
}

static bool
fits (Paint *paint, const char *text, size_t prefix, bool bold, double width)
{
  double least = (double)g_utf8_strlen (text, -1) * paint->font.size_px *
                 MIN_ADVANCE;

  return least <= width && label_width (paint, text, prefix, bold) <= width;
}

static bool
cut_fits (Paint      *paint,
          const char *text,
          size_t      n_chars,
          bool        bold,
          double      width)
{
  g_autofree char *cut = prof_label_cut (text, n_chars);

  return fits (paint, cut, 0, bold, width);
}

/* The longest start of @text that fits, or %NULL. The first guess, by share of
 * the width, is off by one or two. */
static char *
cut_to_fit (Paint *paint, const char *text, bool bold, double width)
{
  size_t n_chars = (size_t)g_utf8_strlen (text, -1);
  double whole = label_width (paint, text, 0, bold);
  size_t n = whole > 0 ? (size_t)((double)n_chars * width / whole) : 0;

  n = CLAMP (n, MIN_LABEL_CHARS, MAX (n_chars, MIN_LABEL_CHARS));
  while (n >= MIN_LABEL_CHARS && !cut_fits (paint, text, n, bold, width))
    n--;
  if (n < MIN_LABEL_CHARS || n >= n_chars)
    return NULL;
  while (n + 1 < n_chars && cut_fits (paint, text, n + 1, bold, width))
    n++;
  return prof_label_cut (text, n);
}

/* The longest form of a name that fits, or %NULL. */
static char *
fit_label (Paint      *paint,
           const char *name,
           bool        bold,
           double      width,
           size_t     *prefix)
{
  ProfLabelForms forms;
  char          *text = NULL;

  prof_label_forms_init (&forms, name);
  *prefix = 0;
  for (size_t i = 0; i < forms.n_forms && text == NULL; i++)
    if (fits (paint, forms.forms[i].text, forms.forms[i].prefix, bold, width))
      {
        text = g_steal_pointer (&forms.forms[i].text);
        *prefix = forms.forms[i].prefix;
      }
  if (text == NULL)
    text = cut_to_fit (paint, forms.forms[forms.n_forms - 1].text, bold, width);
  prof_label_forms_clear (&forms);
  return text;
}

static double
draw_label (Paint          *paint,
            const ProfRect *rect,
            const Look     *look,
            const char     *name,
            double          width)
{
  size_t           prefix;
  g_autofree char *text = fit_label (paint, name, look->bold, width, &prefix);
  g_autofree char *package = NULL;
  double           x = rect->x + PADDING_PX;
  double           y = text_y (paint, rect);

  if (text == NULL || text[0] == '\0')
    return 0;
  if (!look->bold)
    {
      draw_text (paint,
                 &paint->font,
                 x,
                 y,
                 text,
                 prefix,
                 look->label,
                 look->prefix);
      return width_of (paint, &paint->font, text);
    }
  package = g_strndup (text, prefix);
  if (prefix > 0)
    draw_text (paint,
               &paint->font,
               x,
               y,
               package,
               prefix,
               look->label,
               look->prefix);
  x += width_of (paint, &paint->font, package);
  draw_text (paint,
             &paint->bold,
             x,
             y,
             text + prefix,
             0,
             look->label,
             look->label);
  return label_width (paint, text, prefix, true);
}

static char *
percentage (const Paint *paint, const ProfNode *node)
{
  return prof_unit_human_percentage ((double)node->total,
                                     (double)paint->nodes[0].weight);
}

static void
draw_percentage (Paint          *paint,
                 const ProfRect *rect,
                 const Look     *look,
                 const char     *text)
{
  draw_text (paint,
             &paint->font,
             rect->x + rect->width - ROOT_PADDING_PX -
                 width_of (paint, &paint->font, text),
             text_y (paint, rect),
             text,
             0,
             look->prefix,
             look->prefix);
}

static bool
prints_percentage (const Paint *paint, const ProfBox *box)
{
  size_t i = (size_t)(box - paint->boxes);

  return box->parent != PROF_ID_NONE &&
         paint->last_percent[i] < paint->last_percent[box->parent];
}

static void
draw_frame_text (Paint          *paint,
                 const ProfBox  *box,
                 const ProfRect *rect,
                 const Look     *look)
{
  const char      *name = prof_tree_name (paint->tree, box->node);
  bool             always = is_ancestor (paint->view, paint->nodes, box->node);
  g_autofree char *percent = NULL;
  double           width = rect->width - 2 * PADDING_PX;
  double           taken = 0;
  double           used;

  if (rect->width < MIN_LABEL_PX)
    return;
  if (prints_percentage (paint, box) ||
      (always && rect->width >= MIN_PERCENT_PX))
    {
      percent = percentage (paint, &paint->nodes[box->node]);
      taken = width_of (paint, &paint->font, percent) + PERCENT_GAP_PX;
    }
  used = draw_label (paint, rect, look, name, always ? width - taken : width);
  if (percent != NULL && used + taken <= width)
    draw_percentage (paint, rect, look, percent);
}

static char *
root_text (const Paint *paint)
{
  ProfProfile *profile = prof_frames_profile (paint->frames);
  size_t       type = prof_tree_type (paint->tree);

  if (paint->view->root_text != NULL)
    return g_strdup (paint->view->root_text);
  if (paint->nodes[0].weight == 0)
    return g_strdup ("no samples");
  return prof_unit_human (paint->nodes[0].total,
                          prof_profile_type_unit (profile, type));
}

/* "all   9.86 s                                              100 %" */
static void
draw_root_text (Paint *paint, const ProfRect *rect, const Look *look)
{
  g_autofree char *facts = root_text (paint);
  g_autofree char *cut = NULL;
  const char      *percent = paint->nodes[0].weight > 0 ? "100 %" : "";
  double           x = rect->x + ROOT_PADDING_PX;
  double           end = rect->x + rect->width - ROOT_PADDING_PX;
  double           y = text_y (paint, rect);

  if (x + width_of (paint, &paint->bold, "all") > end)
    return;
  draw_text (paint, &paint->bold, x, y, "all", 0, look->label, look->label);
  x += width_of (paint, &paint->bold, "all") + PERCENT_GAP_PX - 2;
  end -= width_of (paint, &paint->font, percent);
  if (x > end)
    return;
  if (percent[0] != '\0')
    draw_percentage (paint, rect, look, percent);
  end -= PERCENT_GAP_PX;
  if (!fits (paint, facts, 0, false, end - x))
    cut = cut_to_fit (paint, facts, false, end - x);
  else
    cut = g_steal_pointer (&facts);
  if (cut != NULL && cut[0] != '\0')
    draw_text (paint, &paint->font, x, y, cut, 0, look->prefix, look->prefix);
}

/* --- What lies on the grounds --- */

static void
draw_inlined_line (Paint          *paint,
                   const ProfBox  *box,
                   const ProfRect *rect,
                   const Look     *look)
{
  ProfRect  line = line_of (paint->view, rect);
  ProfColor color = same_package_as_parent (paint, box->node)
                        ? prof_color_mix (look->fill,
                                          paint->tokens->canvas,
                                          LINE_SHARE)
                        : prof_color_mix (paint->tokens->label,
                                          paint->tokens->canvas,
                                          DASH_SHARE);

  paint->painter->klass->dashes (paint->painter,
                                 line.x,
                                 line.y,
                                 line.width,
                                 DASH_PX,
                                 DASH_PX,
                                 color);
}

static char *
strip_text (Paint *paint, const ProfBox *box, double width)
{
  uint32_t i = (uint32_t)(box - paint->boxes);
  uint32_t n = prof_flame_layout_n_hidden (paint->view->layout, i);
  char    *text;

  text = g_strdup_printf ("%u more frame%s", n, n == 1 ? "" : "s");
  if (fits (paint, text, 0, false, width))
    return text;
  g_free (text);
  text = g_strdup_printf ("%u more", n);
  if (fits (paint, text, 0, false, width))
    return text;
  g_free (text);
  return NULL;
}

/* Lines stop where the words begin, so that these can be read. */
static void
draw_strip (Paint          *paint,
            const ProfBox  *box,
            const ProfRect *rect,
            const Look     *look)
{
  const ProfTokens *tokens = paint->tokens;
  ProfPainter      *painter = paint->painter;
  ProfRect          rest = *rect;
  g_autofree char  *text = NULL;

  if (rect->width < MIN_STRIP_PX)
    return;
  if (rect->width >= MIN_LABEL_PX)
    text = strip_text (paint, box, rect->width - 2 * PADDING_PX);
  if (text != NULL)
    {
      double width = ceil (width_of (paint, &paint->font, text));

      draw_text (paint,
                 &paint->font,
                 rect->x + PADDING_PX,
                 text_y (paint, rect),
                 text,
                 0,
                 look->prefix,
                 look->prefix);
      rest.x += width + 2 * PADDING_PX;
      rest.width = MAX (rest.width - width - 2 * PADDING_PX, 0);
    }
  if (rest.width > 0)
    painter->klass->hatch (painter, &rest, HATCH_PX, tokens->strip_line);
  if (paint->view->search != NULL &&
      prof_search_any (paint->view->search, box->node, box->end))
    {
      ProfRect cap = { rect->x, rect->y, rect->width, CAP_PX };

      if (paint->view->flame)
        cap.y = rect->y + rect->height - CAP_PX;
      painter->klass->fill (painter, &cap, tokens->hit);
    }
}

static void
draw_ink (Paint          *paint,
          const ProfBox  *box,
          const ProfRect *rect,
          const Look     *look)
{
  ProfPainter *painter = paint->painter;

  if (prof_box_is_strip (box))
    {
      draw_strip (paint, box, rect, look);
      return;
    }
  if (box->node == 0)
    {
      draw_root_text (paint, rect, look);
      return;
    }
  if ((paint->nodes[box->node].flags & PROF_NODE_INLINED) != 0)
    draw_inlined_line (paint, box, rect, look);
  if (look->edge && rect->width >= 2)
    painter->klass->stroke (painter, rect, 1, paint->tokens->hit_edge);
  draw_frame_text (paint, box, rect, look);
}

/* --- Descriptions --- */

static char *
value_text (const Paint *paint, int64_t value)
{
  ProfProfile     *profile = prof_frames_profile (paint->frames);
  size_t           type = prof_tree_type (paint->tree);
  g_autofree char *human = prof_unit_human (value,
                                            prof_profile_type_unit (profile,
                                                                    type));
  g_autofree char *share = prof_unit_human_percentage ((double)value,
                                                       (double)paint->nodes[0]
                                                           .weight);

  return g_strdup_printf ("%s (%s)", human, share);
}

static char *
describe_strip (const Paint *paint, const ProfBox *box)
{
  const ProfFlameLayout *layout = paint->view->layout;
  uint32_t               i = (uint32_t)(box - paint->boxes);
  uint32_t               n = prof_flame_layout_n_hidden (layout, i);
  g_autofree char       *total = value_text (paint,
                                       prof_flame_layout_value (layout, i));

  return g_strdup_printf ("%u more frame%s\ntotal %s",
                          n,
                          n == 1 ? "" : "s",
                          total);
}

static char *
describe_box (const Paint *paint, const ProfBox *box)
{
  const ProfNode  *node = &paint->nodes[box->node];
  g_autofree char *self = NULL;
  g_autofree char *total = NULL;
  const char      *file = "";

  if (prof_box_is_strip (box))
    return describe_strip (paint, box);
  self = value_text (paint, node->self);
  total = value_text (paint, node->total);
  if (box->node != 0)
    file = prof_frames_file (paint->frames, node->frame);
  return g_strdup_printf ("%s\nself %s, total %s%s%s",
                          prof_tree_name (paint->tree, box->node),
                          self,
                          total,
                          file[0] != '\0' ? "\n" : "",
                          file);
}

static const char *
class_of (const ProfBox *box, const Look *look)
{
  if (prof_box_is_strip (box))
    return "strip";
  if (box->node == 0)
    return "root";
  return look->edge ? "frame hit" : "frame";
}

static void
draw_group (Paint          *paint,
            const ProfBox  *box,
            const ProfRect *rect,
            const Look     *look)
{
  const ProfPainterClass *klass = paint->painter->klass;
  g_autofree char        *title = NULL;

  if (paint->view->describe)
    title = describe_box (paint, box);
  klass->begin_group (paint->painter, class_of (box, look), title);
  put_ground (paint, box, rect, look);
  draw_ink (paint, box, rect, look);
  klass->end_group (paint->painter);
}

/* --- The lane of matches --- */

/* First of the outermost matches that ends behind a position. */
static size_t
match_behind (const ProfNode   *nodes,
              const ProfNodeId *matches,
              size_t            n,
              double            position)
{
  size_t low = 0;
  size_t high = n;

  while (low < high)
    {
      size_t          middle = low + (high - low) / 2;
      const ProfNode *node = &nodes[matches[middle]];

      if ((double)node->start + (double)node->weight <= position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Matches within one pixel are skipped together, so this costs the width and
 * not the number of matches. */
static void
draw_matches (Paint *paint, ProfRect lane)
{
  const ProfFlameParams *params = prof_flame_layout_params (
      paint->view->layout);
  double            px = params->width_px / (params->end - params->start);
  double            done = 0;
  size_t            n;
  const ProfNodeId *matches = prof_search_outer (paint->view->search, &n);

  for (size_t i = match_behind (paint->nodes, matches, n, params->start); i < n;
       i = MAX (i + 1,
                match_behind (paint->nodes,
                              matches,
                              n,
                              params->start + done / px)))
    {
      const ProfNode *node = &paint->nodes[matches[i]];
      double          x = ((double)node->start - params->start) * px;
      double          x_end = x + (double)node->weight * px;

      if (x >= params->width_px)
        return;
      lane.x = round (CLAMP (x, done, params->width_px - MIN_LANE_PX));
      lane.width = round (MIN (x_end, params->width_px)) - lane.x;
      if (lane.width >= MIN_GAP_PX)
        lane.width -= 1;
      lane.width = MAX (lane.width, MIN_LANE_PX);
      paint->painter->klass->fill (paint->painter,
                                   &lane,
                                   paint->tokens->hit_lane);
      done = lane.x + lane.width;
    }
}

static void
draw_lane (Paint *paint)
{
  const ProfFlameView *view = paint->view;
  ProfRect             lane = { 0 };

  lane.height = view->metrics.lane_px;
  lane.width = round (prof_flame_layout_params (view->layout)->width_px);
  lane.y = round (mirrored (view, view->metrics.root_px + 1, lane.height));
  paint->painter->klass->fill (paint->painter,
                               &lane,
                               paint->tokens->strip_ground);
  if (paint->nodes[0].weight > 0)
    draw_matches (paint, lane);
}

/* --- All of it --- */

/* Rows that a clip shows, from the root's side. */
static void
visible_rows (const ProfFlameView *view,
              const ProfRect      *clip,
              uint32_t            *first,
              uint32_t            *end)
{
  uint32_t n_rows = prof_flame_layout_n_rows (view->layout);
  double   head = head_height (view);
  double   y;
  double   y_end;

  *first = 0;
  *end = n_rows;
  if (clip == NULL)
    return;
  y = mirrored (view, clip->y, clip->height);
  y_end = y + clip->height;
  if (y >= head)
    *first = (uint32_t)MIN (n_rows, (y - head) / view->metrics.row_px + 1);
  if (y_end < n_rows * view->metrics.row_px + head)
    *end = (uint32_t)CLAMP ((y_end - head) / view->metrics.row_px + 3,
                            1,
                            n_rows);
}

/* Which percentage a box shows or repeats. Computed from the root down whatever
 * is visible, so that scrolling changes no label. */
static void
choose_percentages (Paint *paint, size_t n)
{
  paint->last_percent = g_new (float, n);
  for (size_t i = 0; i < n; i++)
    {
      const ProfBox *box = &paint->boxes[i];
      float          weight = (float)paint->nodes[box->node].weight;
      float          above = INFINITY;

      if (box->parent != PROF_ID_NONE)
        above = paint->last_percent[box->parent];
      if (box->parent != PROF_ID_NONE && !prof_box_is_strip (box) &&
          box->width >= MIN_PERCENT_PX && weight <= above * (float)PERCENT_STEP)
        above = weight;
      paint->last_percent[i] = above;
    }
}

static void
each_box (Paint *paint,
          size_t first,
          size_t end,
          void (*draw) (Paint          *paint,
                        const ProfBox  *box,
                        const ProfRect *rect,
                        const Look     *look))
{
  for (size_t i = first; i < end; i++)
    {
      Look     look = look_of (paint->view, &paint->boxes[i]);
      ProfRect rect;

      prof_flame_view_box (paint->view, (uint32_t)i, &rect);
      if (rect.width > 0)
        draw (paint, &paint->boxes[i], &rect, &look);
    }
}

static Paint
start_paint (const ProfFlameView *view, ProfPainter *painter)
{
  Paint paint = { .view = view, .painter = painter };

  paint.tokens = prof_palette_tokens (prof_palette_theme (view->palette));
  paint.tree = prof_flame_layout_tree (view->layout);
  paint.frames = prof_tree_frames (paint.tree);
  paint.nodes = prof_tree_nodes (paint.tree);
  paint.boxes = prof_flame_layout_boxes (view->layout, NULL);
  paint.font.size_px = view->metrics.font_px;
  paint.bold = paint.font;
  paint.bold.bold = true;
  paint.baseline = painter->klass->baseline (painter, &paint.font);
  paint.grouped = painter->klass->begin_group != NULL;
  return paint;
}

void
prof_flame_paint (const ProfFlameView *view,
                  ProfPainter         *painter,
                  const ProfRect      *clip)
{
  Paint    paint = start_paint (view, painter);
  uint32_t first_row;
  uint32_t end_row;
  size_t   first;
  size_t   end;

  visible_rows (view, clip, &first_row, &end_row);
  first = prof_flame_layout_row (view->layout, first_row, NULL);
  end = prof_flame_layout_row (view->layout, end_row, NULL);
  choose_percentages (&paint, end);
  if (first_row == 0 && view->metrics.lane_px > 0 && view->search != NULL)
    draw_lane (&paint);
  if (paint.grouped)
    each_box (&paint, first, end, draw_group);
  else
    {
      each_box (&paint, first, end, put_ground);
      prof_fill_batch_flush (&paint.fills, painter);
      prof_fill_batch_flush (&paint.corners, painter);
      each_box (&paint, first, end, draw_ink);
    }
  prof_fill_batch_clear (&paint.fills);
  prof_fill_batch_clear (&paint.corners);
  g_free (paint.last_percent);
}
