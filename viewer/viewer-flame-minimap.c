/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-minimap.h"

#include "viewer-color.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <math.h>

#define INSET    8 /* as the canvas has it, so that both have one x axis */
#define MARGIN   4 /* above and below the outlines */
#define OUTLINES 36
#define MAX_ROW  4 /* a flat tree is no wall of colour */

/* The last row that counts for the height covers this share of the width. */
#define COVERED 0.05

/* What is out of view is covered by this share of the background. */
#define PALE 0.5f

/* How far from its end the mark is taken by it. */
#define GRIP 6

/* The mark of a deep zoom is still seen, and does not get narrower by hand. */
#define MIN_MARK 4

typedef enum
{
  PART_OUTSIDE,
  PART_START,
  PART_MIDDLE,
  PART_END,
} Part;

struct _ViewerFlameMinimap
{
  GtkWidget parent_instance;

  ViewerFlameModel *model;
  GskRenderNode    *outlines; /* owned; NULL: to be drawn */
  gboolean          flame;

  /* While the mark is dragged: by which part, and where it was. */
  Part       part;
  ViewerZoom before;

  unsigned n_draws;
};

G_DEFINE_FINAL_TYPE (ViewerFlameMinimap, viewer_flame_minimap, GTK_TYPE_WIDGET)

/* Geometry */

static double
inner_width (ViewerFlameMinimap *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - 2 * INSET, 1);
}

/* What the whole width is worth. */
static double
whole (ViewerFlameMinimap *self)
{
  ViewerResult *result = viewer_flame_model_get_result (self->model);

  return (double)MAX (prof_tree_weight (result->tree, 0), 1);
}

/* Of the mark, in px of the widget; on whole ones. */
static void
mark_extent (ViewerFlameMinimap *self, double *left, double *right)
{
  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     scale = inner_width (self) / whole (self);

  *left = INSET + floor (zoom.start * scale);
  *right = INSET + ceil (zoom.end * scale);
  if (*right - *left < MIN_MARK)
    {
      *left = MIN (*left, INSET + inner_width (self) - MIN_MARK);
      *right = *left + MIN_MARK;
    }
}

static Part
part_at (ViewerFlameMinimap *self, double x)
{
  double left, right;

  mark_extent (self, &left, &right);

  /* Of a narrow mark a third is left to move it by. */
  double grip = MIN (GRIP, (right - left) / 3);

  if (x < left - GRIP || x > right + GRIP)
    return PART_OUTSIDE;
  if (x < left + grip)
    return PART_START;
  return x > right - grip ? PART_END : PART_MIDDLE;
}

/* Drawing */

static void
fill (cairo_t *cr, const graphene_rect_t *rect, ProfColor color)
{
  GdkRGBA rgba = viewer_rgba (color);

  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_rectangle (cr,
                   rect->origin.x,
                   rect->origin.y,
                   rect->size.width,
                   rect->size.height);
  cairo_fill (cr);
}

static void
draw_row (ViewerFlameMinimap *self,
          cairo_t            *cr,
          ProfFlameLayout    *layout,
          uint32_t            row,
          float               y,
          float               height)
{
  ViewerResult     *result = viewer_flame_model_get_result (self->model);
  ProfPalette      *palette = result->palettes[viewer_theme ()];
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  const ProfBox    *boxes = prof_flame_layout_boxes (layout, NULL);
  uint32_t          n;
  uint32_t          first = prof_flame_layout_row (layout, row, &n);

  for (const ProfBox *box = boxes + first; box < boxes + first + n; box++)
    {
      float     left = roundf ((float)box->x);
      float     right = roundf ((float)(box->x + box->width));
      ProfColor color = tokens->strip_line;

      if (row == 0)
        color = tokens->root_bar;
      else if (!prof_box_is_strip (box))
        color = prof_palette_node (palette, result->tree, box->node, row);
      fill (cr,
            &GRAPHENE_RECT_INIT (INSET + left, y, right - left, height),
            color);
    }
}

/* How many rows the strip is high enough for: to the last that covers enough of
 * the width. A single deep recursion would press all others flat; it is cut at
 * the edge. */
static double
count_rows (ViewerFlameMinimap *self, ProfFlameLayout *layout)
{
  const ProfBox *boxes = prof_flame_layout_boxes (layout, NULL);
  uint32_t       row = prof_flame_layout_n_rows (layout);
  double         covered = 0;

  while (row > 1 && covered < COVERED * inner_width (self))
    {
      uint32_t n;
      uint32_t first = prof_flame_layout_row (layout, --row, &n);

      covered = 0;
      for (uint32_t i = first; i < first + n; i++)
        covered += boxes[i].width;
    }
  return MAX (row + 1, OUTLINES / MAX_ROW);
}

/* Rows that fall on the same line of pixels are not drawn over each other: a
 * stack may have a million frames. */
static void
draw_rows (ViewerFlameMinimap *self, cairo_t *cr, ProfFlameLayout *layout)
{
  uint32_t n_rows = prof_flame_layout_n_rows (layout);
  double   row_px = OUTLINES / count_rows (self, layout);
  double   drawn = -1;

  for (uint32_t row = 0; row < n_rows && row * row_px < OUTLINES; row++)
    {
      double top = floor (row * row_px);
      double bottom = MAX (floor ((row + 1) * row_px), top + 1);

      if (top == drawn)
        continue;
      drawn = top;
      draw_row (self,
                cr,
                layout,
                row,
                (float)(MARGIN + (self->flame ? OUTLINES - bottom : top)),
                (float)(bottom - top));
    }
}

static void
draw_outlines (ViewerFlameMinimap *self)
{
  ViewerResult   *result = viewer_flame_model_get_result (self->model);
  ProfFlameParams params = { .width_px = inner_width (self),
                             .min_width_px = 1 };
  GtkSnapshot    *snapshot = gtk_snapshot_new ();
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0,
                                               0,
                                               (float)gtk_widget_get_width (
                                                   GTK_WIDGET (self)),
                                               OUTLINES + 2 * MARGIN);
  cairo_t        *cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  g_autoptr (ProfFlameLayout) layout = NULL;

  params.end = whole (self);
  layout = prof_flame_layout_new (result->tree, &params);
  draw_rows (self, cr, layout);
  cairo_destroy (cr);
  self->outlines = gtk_snapshot_free_to_node (snapshot);
  self->n_draws++;
}

static void
cover (GtkSnapshot *snapshot, double left, double right)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  GdkRGBA           color = viewer_rgba (tokens->canvas);

  color.alpha = PALE;
  gtk_snapshot_append_color (snapshot,
                             &color,
                             &GRAPHENE_RECT_INIT ((float)left,
                                                  0,
                                                  (float)(right - left),
                                                  OUTLINES + 2 * MARGIN));
}

/* What is out of view is pale, what is in view has a frame. */
static void
draw_mark (ViewerFlameMinimap *self, GtkSnapshot *snapshot)
{
  const ProfTokens *tokens = prof_palette_tokens (viewer_theme ());
  bool              contrast = viewer_wants_contrast ();
  float             thick = contrast ? 2 : 1;
  GdkRGBA        edge = viewer_rgba (contrast ? tokens->label : tokens->ring);
  GskRoundedRect outline;
  double         left, right;

  mark_extent (self, &left, &right);
  cover (snapshot, 0, left);
  cover (snapshot, right, gtk_widget_get_width (GTK_WIDGET (self)));
  gsk_rounded_rect_init_from_rect (&outline,
                                   &GRAPHENE_RECT_INIT ((float)left - thick,
                                                        1,
                                                        (float)(right - left) +
                                                            2 * thick,
                                                        OUTLINES + 2 * MARGIN -
                                                            2),
                                   3);
  gtk_snapshot_append_border (snapshot,
                              &outline,
                              (float[4]){ thick, thick, thick, thick },
                              (GdkRGBA[4]){ edge, edge, edge, edge });
}

static void
viewer_flame_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ViewerFlameMinimap *self = VIEWER_FLAME_MINIMAP (widget);

  if (self->model == NULL ||
      viewer_flame_model_get_result (self->model) == NULL)
    return;
  if (self->outlines == NULL)
    draw_outlines (self);
  if (self->outlines != NULL)
    gtk_snapshot_append_node (snapshot, self->outlines);
  draw_mark (self, snapshot);
}

static void
viewer_flame_minimap_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL
                            ? OUTLINES + 2 * MARGIN
                            : 2 * INSET + 1;
  *minimum_baseline = *natural_baseline = -1;
}

static void
drop_outlines (ViewerFlameMinimap *self)
{
  g_clear_pointer (&self->outlines, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
viewer_flame_minimap_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  ViewerFlameMinimap *self = VIEWER_FLAME_MINIMAP (widget);
  graphene_rect_t     bounds;

  if (self->outlines == NULL)
    return;
  gsk_render_node_get_bounds (self->outlines, &bounds);
  if ((int)bounds.size.width != width)
    drop_outlines (self);
}

/* Pointer */

static void
zoom_to (ViewerFlameMinimap *self, double start, double end)
{
  viewer_flame_model_zoom_to_range (self->model, start, end, true);
}

/* Puts the middle of the mark there, as far as it goes. */
static void
center_at (ViewerFlameMinimap *self, double x)
{
  ViewerZoom zoom = viewer_flame_model_get_zoom (self->model);
  double     middle = (x - INSET) / inner_width (self) * whole (self);
  double     half = (zoom.end - zoom.start) / 2;

  zoom_to (self, middle - half, middle + half);
}

/* The file may be gone while the pointer is still here. */
static gboolean
has_result (ViewerFlameMinimap *self)
{
  return self->model != NULL &&
         viewer_flame_model_get_result (self->model) != NULL;
}

static void
drag_began (ViewerFlameMinimap *self, double x)
{
  if (!has_result (self))
    return;
  self->part = part_at (self, x);
  if (self->part == PART_OUTSIDE)
    {
      center_at (self, x);
      self->part = PART_MIDDLE;
    }
  self->before = viewer_flame_model_get_zoom (self->model);
}

static void
dragged (ViewerFlameMinimap *self, double dx)
{
  double start = self->before.start;
  double end = self->before.end;
  double full, least, by;

  if (!has_result (self))
    return;
  full = whole (self);
  least = MIN (end - start, MIN_MARK * full / inner_width (self));
  by = dx / inner_width (self) * full;

  switch (self->part)
    {
    case PART_START:
      start = CLAMP (start + by, 0, end - least);
      break;
    case PART_END:
      end = CLAMP (end + by, start + least, full);
      break;
    case PART_OUTSIDE:
    case PART_MIDDLE:
      start += by;
      end += by;
      break;
    }
  zoom_to (self, start, end);
}

static void
pointer_moved (ViewerFlameMinimap *self, double x)
{
  static const char *const cursors[] = {
    [PART_OUTSIDE] = "pointer",
    [PART_START] = "ew-resize",
    [PART_MIDDLE] = "grab",
    [PART_END] = "ew-resize",
  };

  if (has_result (self))
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self),
                                     cursors[part_at (self, x)]);
}

static void
add_controllers (ViewerFlameMinimap *self)
{
  GtkGesture         *drag = gtk_gesture_drag_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_began), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

/* Model */

static void
describe (ViewerFlameMinimap *self)
{
  ViewerResult    *result = viewer_flame_model_get_result (self->model);
  ViewerZoom       zoom = viewer_flame_model_get_zoom (self->model);
  g_autofree char *text = viewer_text_view (result, zoom.start, zoom.end);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text,
                                  -1);
}

static void
model_changed (ViewerFlameMinimap *self, guint what)
{
  gboolean zoomed = viewer_flame_model_is_zoomed (self->model);

  if (what & (VIEWER_CHANGED_RESULT | VIEWER_CHANGED_COLORING))
    drop_outlines (self);
  if (what & (VIEWER_CHANGED_RESULT | VIEWER_CHANGED_ZOOM))
    {
      gtk_widget_queue_draw (GTK_WIDGET (self));
      gtk_widget_set_visible (GTK_WIDGET (self), zoomed);
      if (zoomed)
        describe (self);
    }
}

void
viewer_flame_minimap_set_model (ViewerFlameMinimap *self,
                                ViewerFlameModel   *model)
{
  g_return_if_fail (VIEWER_IS_FLAME_MINIMAP (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model,
                           "changed",
                           G_CALLBACK (model_changed),
                           self,
                           G_CONNECT_SWAPPED);
  model_changed (self, VIEWER_CHANGED_RESULT);
}

void
viewer_flame_minimap_set_flame (ViewerFlameMinimap *self, gboolean flame)
{
  g_return_if_fail (VIEWER_IS_FLAME_MINIMAP (self));

  if (self->flame == flame)
    return;
  self->flame = flame;
  drop_outlines (self);
}

unsigned
viewer_flame_minimap_n_draws (ViewerFlameMinimap *self)
{
  return self->n_draws;
}

/* Object */

static void
viewer_flame_minimap_dispose (GObject *object)
{
  ViewerFlameMinimap *self = VIEWER_FLAME_MINIMAP (object);

  g_clear_pointer (&self->outlines, gsk_render_node_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (viewer_flame_minimap_parent_class)->dispose (object);
}

static void
viewer_flame_minimap_class_init (ViewerFlameMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_flame_minimap_dispose;
  widget_class->measure = viewer_flame_minimap_measure;
  widget_class->size_allocate = viewer_flame_minimap_size_allocate;
  widget_class->snapshot = viewer_flame_minimap_snapshot;
  gtk_widget_class_set_css_name (widget_class, "minimap");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
viewer_flame_minimap_init (ViewerFlameMinimap *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_visible (widget, FALSE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Overview of the whole graph"),
                                  -1);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (drop_outlines),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (drop_outlines),
                           self,
                           G_CONNECT_SWAPPED);
  add_controllers (self);
}
