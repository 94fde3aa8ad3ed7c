/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-flame-paint.h"

#include "base/prof-grapheme.h"
#include "base/prof-unit.h"
#include "paint/prof-change-text.h"
#include "paint/prof-fill-batch.h"
#include "paint/prof-flame-describe.h"
#include "paint/prof-flame-shade.h"
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
#define MIN_FONT_PX     6 /* smaller letters are crumbs */
#define MIN_GAP_PX      3
#define MIN_CORNER_PX   6
#define MIN_EDGE_PX     4 /* with high contrast */
#define MIN_STRIP_PX    2
#define MIN_PERCENT_PX  180
#define MIN_CHANGE_PX   70
#define PERCENT_GAP_PX  12
/* A percentage is printed when it is at most this share of the last one. */
#define PERCENT_STEP 0.9
#define HATCH_PX     5
#define NEW_HATCH_PX 6
#define CAP_PX       3
#define MIN_LANE_PX  2
/* Ink of the dashes where a package begins. */
#define DASH_SHARE 0.35
#define DASH_PX    2

typedef struct
{
  const ProfFlameShade *shade;
  bool                  bold;
  bool                  edge;
  bool                  is_new;
  bool                  is_gone;
} Look;

/* What is drawn by a pass over the boxes. */
typedef enum
{
  FRAMES = 1 << 0, /* as wide as they can be seen */
  FAINT = 1 << 1,  /* too narrow to be pointed at */
} Share;

/* Below, a thread costs more than it saves. */
#define THREAD_FROM_BOXES 4096

/* Direct-mapped; a picture has some dozen shades, and mixing them for every box
 * took a third of its time. */
#define N_SHADES 256

typedef struct
{
  const ProfFlameView *view;
  ProfPainter         *painter;
  const ProfTokens    *tokens;
  ProfTree            *tree;
  ProfFrames          *frames;
  const ProfNode      *nodes;
  const ProfChange    *changes; /* (nullable): by node, of a comparison */
  const ProfBox       *boxes;
  ProfFont             font;
  ProfFont             bold;
  double               baseline;

  /* Owned */
  float           *last_percent; /* by box: printed on it or last above it */
  ProfFaintName   *faint_names;  /* by frame; those that were needed */
  GPtrArray       *cuts;         /* of their texts, those that were too long */
  GString         *value;        /* of the last frame that had no room */
  ProfFlameFigures figures;      /* of the last that was described */
  ProfFillBatch    fills;
  ProfFillBatch    corners;
  ProfFlameShade   shades[N_SHADES];

  ProfUnitHuman unit;

  size_t first; /* of the boxes */
  size_t end;

  bool grouped;
  bool even; /* see prof_flame_shade_mix() */
} Paint;

/* --- How it looks --- */

/* The line between a frame and its caller. */
static ProfRect
line_of (const ProfFlameView *view, const ProfRect *rect)
{
  ProfRect line = *rect;

  line.y = view->flame ? rect->y + rect->height : rect->y - 1;
  line.height = 1;
  return line;
}

static const ProfFlameShade *
shade_of (Paint *paint, ProfColor base, ProfFlameKind kind)
{
  uint32_t        hash = (base + (uint32_t)kind) * 2654435761u;
  ProfFlameShade *shades = &paint->shades[hash >> 24];

  /* No fill is transparent: such an entry was never made. */
  if (shades->base != base || shades->kind != kind || shades->fill == 0)
    *shades = prof_flame_shade_mix (paint->tokens, base, kind, paint->even);
  return shades;
}

static Look
look_of (Paint *paint, const ProfBox *box)
{
  const ProfFlameView *view = paint->view;
  ProfFlameKind        kind = prof_flame_shade_kind (view, paint->nodes, box);
  ProfColor            base = prof_flame_shade_base (view, box, kind);
  bool is_zoomed = box->node != 0 && box->node == view->zoom_root &&
                   kind != PROF_FLAME_STRIP;

  return (Look){
    .shade = shade_of (paint, base, kind),
    .bold = kind == PROF_FLAME_OUTER_MATCH || is_zoomed,
    .edge = kind == PROF_FLAME_OUTER_MATCH,
    .is_new = prof_flame_shade_is_new (view, box, kind),
    .is_gone = prof_flame_shade_is_gone (view, box, kind),
  };
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

/* Too narrow to be seen, pointed at or told from its neighbours. */
static bool
is_faint (const Paint *paint, const ProfRect *rect)
{
  return paint->view->zoomable && paint->painter->klass->faint != NULL &&
         rect->width < MIN_GAP_PX;
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
put_corners (Paint *paint, const ProfRect *rect, ProfColor color)
{
  ProfRect pixel = { rect->x, rect->y, 1, 1 };

  if (paint->view->flame)
    pixel.y = rect->y + rect->height - 1;
  put (paint, &paint->corners, &pixel, color);
  pixel.x = rect->x + rect->width - 1;
  put (paint, &paint->corners, &pixel, color);
}

static void
put_frame (Paint          *paint,
           const ProfBox  *box,
           const ProfRect *rect,
           const Look     *look)
{
  ProfRect  line = line_of (paint->view, rect);
  ProfColor color = look->shade->line;

  put (paint, &paint->fills, rect, look->shade->fill);
  if (box->node == 0)
    return;
  if (!same_package_as_parent (paint, box->node))
    {
      if (rect->width >= MIN_CORNER_PX && !look->edge)
        put_corners (paint, rect, look->shade->corner);
      return;
    }
  if ((paint->nodes[box->node].flags & PROF_NODE_INLINED) != 0)
    color = look->shade->fill;
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
    put (paint, &paint->fills, rect, look->shade->fill);
}

/* --- Text --- */

static bool
has_labels (const Paint *paint)
{
  return paint->font.size_px >= MIN_FONT_PX;
}

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

static bool
fit (Paint          *paint,
     const char     *text,
     bool            bold,
     double          width,
     ProfFittedName *label)
{
  return paint->painter->klass->fit (paint->painter,
                                     &paint->font,
                                     bold ? &paint->bold : &paint->font,
                                     text,
                                     width,
                                     label);
}

/* Of a bold label only the name is bold. */
static void
draw_bold_label (Paint                *paint,
                 const Look           *look,
                 const ProfFittedName *label,
                 double                x,
                 double                y)
{
  g_autofree char *package = g_strndup (label->text, label->prefix);

  if (label->prefix > 0)
    draw_text (paint,
               &paint->font,
               x,
               y,
               package,
               label->prefix,
               look->shade->label,
               look->shade->prefix);
  x += width_of (paint, &paint->font, package);
  draw_text (paint,
             &paint->bold,
             x,
             y,
             label->text + label->prefix,
             0,
             look->shade->label,
             look->shade->label);
}

/* Draws what of a name fits, and gives its width. */
static double
draw_label (Paint          *paint,
            const ProfRect *rect,
            const Look     *look,
            const char     *name,
            double          width)
{
  ProfFittedName label;
  double         x = rect->x + PADDING_PX;
  double         y = text_y (paint, rect);

  if (!fit (paint, name, look->bold, width, &label))
    return 0;
  if (look->bold)
    draw_bold_label (paint, look, &label, x, y);
  else
    draw_text (paint,
               &paint->font,
               x,
               y,
               label.text,
               label.prefix,
               look->shade->label,
               look->shade->prefix);
  return label.width;
}

static char *
percentage (const Paint *paint, const ProfNode *node)
{
  return prof_unit_human_percentage ((double)node->total,
                                     (double)prof_tree_weight (paint->tree, 0));
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
             look->shade->prefix,
             look->shade->prefix);
}

static bool
prints_percentage (const Paint *paint, const ProfBox *box)
{
  size_t i = (size_t)(box - paint->boxes);

  return box->parent != PROF_ID_NONE &&
         paint->last_percent[i] < paint->last_percent[box->parent];
}

static int
change_step (const Paint *paint, ProfNodeId node)
{
  return prof_change_step (&paint->changes[node],
                           prof_tree_change_scale (paint->tree));
}

/* (nullable): what stands at the right of a frame. */
static char *
right_text (const Paint *paint, const ProfBox *box, double width)
{
  bool always = prof_flame_shade_is_ancestor (paint->view,
                                              paint->nodes,
                                              box->node);

  if (paint->changes != NULL)
    return width >= MIN_CHANGE_PX
               ? prof_change_mark (&paint->changes[box->node],
                                   change_step (paint, box->node),
                                   paint->view->change_words)
               : NULL;
  if (prints_percentage (paint, box) || (always && width >= MIN_PERCENT_PX))
    return percentage (paint, &paint->nodes[box->node]);
  return NULL;
}

/* Whether there is room for all of a function's name, if not for its package. */
static bool
fits_whole (Paint *paint, const char *name, const Look *look, double width)
{
  ProfFittedName label;

  return fit (paint, name, look->bold, width, &label) &&
         !g_str_has_suffix (label.text, "…");
}

static void
draw_frame_text (Paint          *paint,
                 const ProfBox  *box,
                 const ProfRect *rect,
                 const Look     *look)
{
  const char      *name = prof_tree_name (paint->tree, box->node);
  bool             always = prof_flame_shade_is_ancestor (paint->view,
                                              paint->nodes,
                                              box->node);
  g_autofree char *percent = NULL;
  double           width = rect->width - 2 * PADDING_PX;
  double           taken = 0;
  double           used;

  if (rect->width < MIN_LABEL_PX || !has_labels (paint))
    return;
  percent = right_text (paint, box, rect->width);
  if (percent != NULL)
    taken = width_of (paint, &paint->font, percent) + PERCENT_GAP_PX;
  /* What has changed is the point of a comparison: packages give way. */
  always = always || (paint->changes != NULL &&
                      fits_whole (paint, name, look, width - taken));
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
  if (prof_tree_weight (paint->tree, 0) == 0)
    return g_strdup ("no samples");
  if (paint->changes != NULL)
    return prof_change_sides (paint->changes[0].total_before,
                              paint->changes[0].total_now,
                              prof_profile_type_unit (profile, type));
  return prof_unit_human (paint->nodes[0].total,
                          prof_profile_type_unit (profile, type));
}

/* Words, not a name: without what does not fit behind a blank. */
static char *
cut_to_fit (Paint *paint, const char *text, double width)
{
  g_autofree char *start = g_strdup (text);
  char            *blank;

  if (width_of (paint, &paint->font, text) <= width)
    return g_steal_pointer (&start);
  while ((blank = strrchr (start, ' ')) != NULL)
    {
      g_autofree char *shorter = NULL;

      *blank = '\0';
      shorter = g_strconcat (start, "…", NULL);
      if (width_of (paint, &paint->font, shorter) <= width)
        return g_steal_pointer (&shorter);
    }
  return NULL;
}

/* What stands at the right of the root's bar; "" for nothing. */
static char *
root_right_text (const Paint *paint)
{
  ProfProfile *profile = prof_frames_profile (paint->frames);
  size_t       type = prof_tree_type (paint->tree);

  if (prof_tree_weight (paint->tree, 0) == 0)
    return g_strdup ("");
  if (paint->changes == NULL)
    return g_strdup ("100 %");
  return prof_change_difference (paint->changes[0].total_before,
                                 paint->changes[0].total_now,
                                 prof_profile_type_unit (profile, type));
}

/* "all   9.86 s                                              100 %" */
static void
draw_root_text (Paint *paint, const ProfRect *rect, const Look *look)
{
  g_autofree char *facts = root_text (paint);
  g_autofree char *cut = NULL;
  g_autofree char *percent = root_right_text (paint);
  double           x = rect->x + ROOT_PADDING_PX;
  double           end = rect->x + rect->width - ROOT_PADDING_PX;
  double           y = text_y (paint, rect);

  if (rect->height == 0 || !has_labels (paint) ||
      x + width_of (paint, &paint->bold, "all") > end)
    return;
  draw_text (paint,
             &paint->bold,
             x,
             y,
             "all",
             0,
             look->shade->label,
             look->shade->label);
  x += width_of (paint, &paint->bold, "all") + PERCENT_GAP_PX - 2;
  end -= width_of (paint, &paint->font, percent);
  if (x > end)
    return;
  if (percent[0] != '\0')
    draw_percentage (paint, rect, look, percent);
  end -= PERCENT_GAP_PX;
  cut = cut_to_fit (paint, facts, end - x);
  if (cut != NULL)
    draw_text (paint,
               &paint->font,
               x,
               y,
               cut,
               0,
               look->shade->prefix,
               look->shade->prefix);
}

/* --- What lies on the grounds --- */

static void
draw_inlined_line (Paint          *paint,
                   const ProfBox  *box,
                   const ProfRect *rect,
                   const Look     *look)
{
  ProfRect  line = line_of (paint->view, rect);
  ProfColor color = look->shade->line;

  if (!same_package_as_parent (paint, box->node))
    color = prof_color_mix (paint->tokens->label,
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

/* "12 more frames" */
static char *
hidden_text (const Paint *paint, const ProfBox *box)
{
  uint32_t i = (uint32_t)(box - paint->boxes);
  uint32_t n = prof_flame_layout_n_hidden (paint->view->layout, i);

  return g_strdup_printf ("%u more frame%s", n, n == 1 ? "" : "s");
}

static char *
strip_text (Paint *paint, const ProfBox *box, double width)
{
  uint32_t i = (uint32_t)(box - paint->boxes);
  uint32_t n = prof_flame_layout_n_hidden (paint->view->layout, i);
  char    *text;

  text = hidden_text (paint, box);
  if (width_of (paint, &paint->font, text) <= width)
    return text;
  g_free (text);
  text = g_strdup_printf ("%u more", n);
  if (width_of (paint, &paint->font, text) <= width)
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
  if (rect->width >= MIN_LABEL_PX && has_labels (paint))
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
                 look->shade->prefix,
                 look->shade->prefix);
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

/* What is new is hatched; what is gone is an outline. */
static void
draw_change (Paint          *paint,
             const ProfBox  *box,
             const ProfRect *rect,
             const Look     *look)
{
  const ProfPainterClass *klass = paint->painter->klass;

  if (look->is_new)
    klass->hatch (paint->painter,
                  rect,
                  NEW_HATCH_PX,
                  prof_color_mix (paint->tokens->canvas,
                                  look->shade->fill,
                                  paint->tokens->new_line));
  if (look->is_gone && rect->width >= 2)
    klass->stroke (paint->painter,
                   rect,
                   1,
                   prof_palette_node (paint->view->palette,
                                      paint->tree,
                                      box->node,
                                      box->row));
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
  draw_change (paint, box, rect, look);
  if ((paint->nodes[box->node].flags & PROF_NODE_INLINED) != 0)
    draw_inlined_line (paint, box, rect, look);
  if (look->edge && rect->width >= 2)
    painter->klass->stroke (painter, rect, 1, paint->tokens->hit_edge);
  else if (paint->view->contrast && rect->width >= MIN_EDGE_PX)
    painter->klass->stroke (painter, rect, 1, paint->tokens->label);
  draw_frame_text (paint, box, rect, look);
}

/* --- Groups --- */

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
  ProfPlace               place = { box->row, box->x, box->width };
  g_autofree char        *title = NULL;

  if (paint->view->describe)
    title = prof_flame_describe (paint->view->layout,
                                 (uint32_t)(box - paint->boxes),
                                 &paint->figures);
  klass->begin_group (paint->painter, class_of (box, look), title, &place);
  put_ground (paint, box, rect, look);
  draw_ink (paint, box, rect, look);
  klass->end_group (paint->painter);
}

/* The text itself, or one that is kept until the picture is painted. */
static const char *
cut_if_long (Paint *paint, const char *text)
{
  size_t most = (size_t)prof_tree_limit (paint->tree, PROF_LIMIT_TIP);
  char  *cut;

  if (prof_grapheme_is_short (text, most))
    return text;
  cut = prof_grapheme_cut (text, most);
  g_ptr_array_add (paint->cuts, cut);
  return cut;
}

/* What a function is called is found once, however many frames it has. */
static const ProfFaintName *
faint_name (Paint *paint, ProfFrameId frame)
{
  ProfFaintName *faint;

  if (paint->faint_names == NULL)
    paint->faint_names = g_new0 (ProfFaintName,
                                 prof_frames_n (paint->frames) + 1);
  faint = &paint->faint_names[frame];
  if (faint->name != NULL)
    return faint;
  *faint = (ProfFaintName){
    .name = cut_if_long (paint,
                         prof_frames_display_name (paint->frames, frame)),
    .file = cut_if_long (paint, prof_frames_file (paint->frames, frame)),
    .id = frame,
  };
  return faint;
}

static const char *
faint_value (Paint *paint, uint32_t i)
{
  const ProfBox   *box = &paint->boxes[i];
  g_autofree char *sides = NULL;

  g_string_truncate (paint->value, 0);
  if (paint->changes == NULL || prof_box_is_strip (box))
    {
      prof_unit_human_append (paint->value,
                              prof_flame_layout_value (paint->view->layout, i),
                              &paint->unit);
      return paint->value->str;
    }
  sides = prof_change_sides (paint->changes[box->node].total_before,
                             paint->changes[box->node].total_now,
                             paint->unit.unit);
  return g_string_append (paint->value, sides)->str;
}

static void
draw_faint (Paint *paint, uint32_t i, const ProfRect *rect, const Look *look)
{
  const ProfBox       *box = &paint->boxes[i];
  ProfPlace            place = { box->row, box->x, box->width };
  ProfFrameId          frame = paint->nodes[box->node].frame;
  ProfFaintName        other = { NULL, "", PROF_ID_NONE };
  const ProfFaintName *name = &other;
  g_autofree char     *hidden = NULL;

  if (prof_box_is_strip (box))
    other.name = hidden = hidden_text (paint, box);
  else if (frame == PROF_ID_NONE)
    other.name = prof_tree_name (paint->tree, box->node);
  else
    name = faint_name (paint, frame);
  paint->painter->klass->faint (paint->painter,
                                rect,
                                &place,
                                look->shade->fill,
                                name,
                                faint_value (paint, i));
}

/* --- The lane of matches --- */

/* First of the outermost matches that ends behind a position. */
static size_t
match_behind (const ProfSearch *search, double position)
{
  const ProfTree   *tree = prof_search_tree (search);
  const uint64_t   *starts = prof_search_outer_starts (search);
  size_t            high;
  const ProfNodeId *matches = prof_search_outer (search, &high);
  size_t            low = 0;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;
      double weight = (double)prof_tree_weight (tree, matches[middle]);

      if ((double)starts[middle] + weight <= position)
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
  const ProfSearch *search = paint->view->search;
  const ProfNodeId *matches = prof_search_outer (search, &n);
  const uint64_t   *starts = prof_search_outer_starts (search);

  for (size_t i = match_behind (search, params->start); i < n;
       i = MAX (i + 1, match_behind (search, params->start + done / px)))
    {
      double weight = (double)prof_tree_weight (paint->tree, matches[i]);
      double x = ((double)starts[i] - params->start) * px;
      double x_end = x + weight * px;

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
  lane.y = round (
      prof_flame_view_mirrored (view,
                                prof_flame_view_head (view) - lane.height - 1,
                                lane.height));
  paint->painter->klass->fill (paint->painter,
                               &lane,
                               paint->tokens->strip_ground);
  if (prof_tree_weight (paint->tree, 0) > 0)
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
  double   head = prof_flame_view_head (view);
  double   y;
  double   y_end;

  *first = 0;
  *end = n_rows;
  if (clip == NULL)
    return;
  y = prof_flame_view_mirrored (view, clip->y, clip->height);
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
  float whole = (float)prof_tree_weight (paint->tree,
                                         0); /* stands on the root's bar */

  paint->last_percent = g_new (float, n);
  for (size_t i = 0; i < n; i++)
    {
      const ProfBox *box = &paint->boxes[i];
      float          weight = (float)prof_tree_weight (paint->tree, box->node);
      float          above = INFINITY;

      if (box->parent != PROF_ID_NONE)
        above = paint->last_percent[box->parent];
      if (!prof_box_is_strip (box) && box->width >= MIN_PERCENT_PX &&
          weight < whole &&
          (weight <= above * (float)PERCENT_STEP ||
           prof_flame_shade_is_ancestor (paint->view, paint->nodes, box->node)))
        above = weight;
      paint->last_percent[i] = above;
    }
}

typedef void (*Draw) (Paint          *paint,
                      const ProfBox  *box,
                      const ProfRect *rect,
                      const Look     *look);

/* Draws the boxes from paint->first on, by @draw those that are no faint ones. */
static void
each_box (Paint *paint, unsigned shares, Draw draw)
{
  for (size_t i = paint->first; i < paint->end; i++)
    {
      ProfRect rect;
      Look     look;
      Share    share;

      prof_flame_view_box (paint->view, (uint32_t)i, &rect);
      share = is_faint (paint, &rect) ? FAINT : FRAMES;
      if ((shares & share) == 0 || (share == FRAMES && rect.width <= 0))
        continue;
      look = look_of (paint, &paint->boxes[i]);
      if (share == FAINT)
        draw_faint (paint, (uint32_t)i, &rect, &look);
      else
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
  paint.changes = prof_tree_changes (paint.tree);
  paint.even = prof_flame_shade_is_even (view);
  paint.boxes = prof_flame_layout_boxes (view->layout, NULL);
  paint.font.size_px = view->metrics.font_px;
  paint.bold = paint.font;
  paint.bold.bold = true;
  paint.baseline = painter->klass->baseline (painter, &paint.font);
  paint.grouped = painter->klass->begin_group != NULL;
  paint.cuts = g_ptr_array_new_with_free_func (g_free);
  paint.value = g_string_new (NULL);
  paint.unit = prof_unit_human_in (
      prof_profile_type_unit (prof_frames_profile (paint.frames),
                              prof_tree_type (paint.tree)));
  return paint;
}

static void
end_paint (Paint *paint)
{
  prof_fill_batch_clear (&paint->fills);
  prof_fill_batch_clear (&paint->corners);
  g_free (paint->faint_names);
  g_ptr_array_unref (paint->cuts);
  g_string_free (paint->value, TRUE);
  prof_flame_figures_clear (&paint->figures);
  g_free (paint->last_percent);
}

/* A paint of its own for a thread: what it caches is not shared. */
static Paint *
start_faint (const Paint *paint)
{
  Paint *faint = g_new0 (Paint, 1);

  *faint = *paint;
  faint->last_percent = NULL;
  faint->faint_names = NULL;
  faint->cuts = g_ptr_array_new_with_free_func (g_free);
  faint->value = g_string_new (NULL);
  faint->figures = (ProfFlameFigures){ 0 };
  return faint;
}

static gpointer
run_faint (gpointer data)
{
  each_box (data, FAINT, NULL);
  return NULL;
}

/* Faint frames and others are about as much work, and painters keep them
 * apart. */
static void
draw_groups (Paint *paint)
{
  unsigned shares = FRAMES | FAINT;
  Paint   *faint = NULL;
  GThread *thread = NULL;

  if (paint->view->zoomable && paint->painter->klass->faint != NULL &&
      paint->end - paint->first >= THREAD_FROM_BOXES)
    {
      faint = start_faint (paint);
      thread = g_thread_try_new ("prof-faint", run_faint, faint, NULL);
    }
  if (thread != NULL)
    shares = FRAMES;
  each_box (paint, shares, draw_group);
  if (thread != NULL)
    g_thread_join (thread);
  if (faint != NULL)
    end_paint (faint);
  g_free (faint);
}

static void
draw_layers (Paint *paint)
{
  each_box (paint, FRAMES | FAINT, put_ground);
  prof_fill_batch_flush (&paint->fills, paint->painter);
  prof_fill_batch_flush (&paint->corners, paint->painter);
  each_box (paint, FRAMES | FAINT, draw_ink);
}

void
prof_flame_paint (const ProfFlameView *view,
                  ProfPainter         *painter,
                  const ProfRect      *clip)
{
  Paint    paint = start_paint (view, painter);
  uint32_t first_row;
  uint32_t end_row;

  visible_rows (view, clip, &first_row, &end_row);
  paint.first = prof_flame_layout_row (view->layout, first_row, NULL);
  paint.end = prof_flame_layout_row (view->layout, end_row, NULL);
  choose_percentages (&paint, paint.end);
  if (first_row == 0 && view->metrics.lane_px > 0 && view->search != NULL)
    draw_lane (&paint);
  if (paint.grouped)
    draw_groups (&paint);
  else
    draw_layers (&paint);
  end_paint (&paint);
}
