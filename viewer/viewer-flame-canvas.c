/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-flame-canvas-private.h"

#include "viewer-frame-item.h"
#include "viewer-text.h"

enum
{
  PROP_0,
  PROP_HADJUSTMENT,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

G_DEFINE_FINAL_TYPE_WITH_CODE (ViewerFlameCanvas,
                               viewer_flame_canvas,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE,
                                                      NULL))

/* Model */

static gboolean
is_in_window_shown (ViewerFlameCanvas *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL && gtk_widget_get_mapped (GTK_WIDGET (root));
}

static void
take_result (ViewerFlameCanvas *self)
{
  ViewerResult *result = viewer_flame_model_get_result (self->model);

  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  self->hover = self->hover_node = PROF_ID_NONE;
  self->result = result != NULL ? viewer_result_ref (result) : NULL;
  g_clear_pointer (&self->root_text, g_free);
  if (result != NULL && prof_tree_weight (result->tree, 0) > 0)
    self->root_text = viewer_text_root (result);
  /* A range that is being drawn is one of the other tree. */
  canvas_cancel_band (self);
  viewer_flame_canvas_hide_tip (self);
  canvas_describe (self);
  canvas_drop_base (self);
  self->surrounded = self->surrounded || !is_in_window_shown (self);
}

static void
model_changed (ViewerFlameCanvas *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    {
      ProfTree *before = self->result != NULL ? self->result->tree : NULL;

      take_result (self);
      /* Each half begins at its function. */
      self->scroll_to_root = self->scroll_to_root || before == NULL ||
                             (canvas_is_half (self) &&
                              before != self->result->tree);
      if (self->result != NULL)
        canvas_set_shown (self, viewer_flame_model_get_zoom (self->model));
    }
  else if (what & VIEWER_CHANGED_GESTURE)
    canvas_set_shown (self, viewer_flame_model_get_zoom (self->model));
  else if (what & VIEWER_CHANGED_ZOOM)
    canvas_animate_to (self, viewer_flame_model_get_zoom (self->model));
  if (what & VIEWER_CHANGED_SEARCH)
    canvas_range_changed (self);
  if (what & VIEWER_CHANGED_SELECTION)
    {
      viewer_flame_canvas_hide_tip (self);
      canvas_describe_item (self);
      gtk_widget_queue_allocate (GTK_WIDGET (self));
      gtk_widget_queue_draw (GTK_WIDGET (self));
    }
  if (what & VIEWER_CHANGED_REVEAL)
    canvas_reveal_selection (self);
}

void
viewer_flame_canvas_set_model (ViewerFlameCanvas *self, ViewerFlameModel *model)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  g_signal_connect_object (model,
                           "changed",
                           G_CALLBACK (model_changed),
                           self,
                           G_CONNECT_SWAPPED);
  model_changed (self, VIEWER_CHANGED_RESULT | VIEWER_CHANGED_SELECTION);
}

void
viewer_flame_canvas_set_flame (ViewerFlameCanvas *self, gboolean flame)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  if (self->flame == flame)
    return;
  self->flame = flame;
  self->scroll_to_root = TRUE;
  canvas_range_changed (self);
}

gboolean
viewer_flame_canvas_get_flame (ViewerFlameCanvas *self)
{
  return self->flame;
}

void
viewer_flame_canvas_set_names (ViewerFlameCanvas *self, ProfNames names)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  self->names = names;
  canvas_drop_text_cache (self);
}

ProfNames
viewer_flame_canvas_get_names (ViewerFlameCanvas *self)
{
  return self->names;
}

void
viewer_flame_canvas_set_trim (ViewerFlameCanvas *self, double share)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  self->trim = share;
  canvas_range_changed (self);
}

double
viewer_flame_canvas_get_trim (ViewerFlameCanvas *self)
{
  return self->trim;
}

unsigned
viewer_flame_canvas_n_base_draws (ViewerFlameCanvas *self)
{
  return self->n_base_draws;
}

/* Allocation */

static void
viewer_flame_canvas_measure (GtkWidget     *widget,
                             GtkOrientation orientation,
                             int            for_size,
                             int           *minimum,
                             int           *natural,
                             int           *minimum_baseline,
                             int           *natural_baseline)
{
  *minimum = 80;
  *natural = 400;
  *minimum_baseline = *natural_baseline = -1;
}

static void
allocate_item (ViewerFlameCanvas *self)
{
  uint32_t        box = canvas_selected_box (self);
  graphene_rect_t rect = GRAPHENE_RECT_INIT (CANVAS_INSET, CANVAS_INSET, 1, 1);

  if (box != PROF_ID_NONE)
    canvas_box_rect (self, box, &rect);

  GtkAllocation place = {
    (int)rect.origin.x,
    (int)rect.origin.y,
    MAX ((int)rect.size.width, 1),
    MAX ((int)rect.size.height, 1),
  };

  gtk_widget_measure (self->item,
                      GTK_ORIENTATION_HORIZONTAL,
                      -1,
                      NULL,
                      NULL,
                      NULL,
                      NULL);
  gtk_widget_size_allocate (self->item, &place, -1);
}

static void
viewer_flame_canvas_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);
  graphene_size_t    drawn = { 0, 0 };

  if (self->base != NULL)
    {
      graphene_rect_t bounds;

      gsk_render_node_get_bounds (self->base, &bounds);
      drawn = bounds.size;
    }
  if (self->layout != NULL &&
      prof_flame_layout_params (self->layout)->width_px != canvas_width (self))
    canvas_drop_layout (self);
  else if ((int)drawn.height != height || (int)drawn.width != width)
    canvas_drop_base (self);
  canvas_configure (self);
  if (self->reveal)
    canvas_reveal_selection (self);
  allocate_item (self);
  canvas_allocate_tip (self);
  canvas_present_facts (self);
}

static void
viewer_flame_canvas_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);

  GTK_WIDGET_CLASS (viewer_flame_canvas_parent_class)
      ->css_changed (widget, change);
  /* Also called when the pointer enters: only another font matters. */
  if (self->font != NULL &&
      !pango_font_description_equal (self->font,
                                     pango_context_get_font_description (
                                         gtk_widget_get_pango_context (
                                             widget))))
    canvas_drop_text_cache (self);
}

static void
viewer_flame_canvas_map (GtkWidget *widget)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (widget);

  GTK_WIDGET_CLASS (viewer_flame_canvas_parent_class)->map (widget);
  if (self->reveal)
    gtk_widget_queue_allocate (widget);
}

static gboolean
viewer_flame_canvas_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (VIEWER_FLAME_CANVAS (widget)->item);
}

/* The outline of the focused canvas; the ring around the frame is selection. */
static void
focus_changed (ViewerFlameCanvas *self)
{
  if (gtk_widget_get_state_flags (self->item) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "focused");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "focused");
}

/* Object */

static void
viewer_flame_canvas_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->adjustments[GTK_ORIENTATION_VERTICAL]);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_HORIZONTAL]);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->policies[GTK_ORIENTATION_VERTICAL]);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
viewer_flame_canvas_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  switch (id)
    {
    case PROP_HADJUSTMENT:
      canvas_set_adjustment (self,
                             GTK_ORIENTATION_HORIZONTAL,
                             g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      canvas_set_adjustment (self,
                             GTK_ORIENTATION_VERTICAL,
                             g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_HORIZONTAL] = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->policies[GTK_ORIENTATION_VERTICAL] = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
viewer_flame_canvas_dispose (GObject *object)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  g_clear_handle_id (&self->tip_source, g_source_remove);
  if (self->animation != NULL)
    adw_animation_reset (self->animation);
  g_clear_object (&self->animation);
  for (int i = 0; i < 2; i++)
    if (self->adjustments[i] != NULL)
      {
        g_signal_handlers_disconnect_by_data (self->adjustments[i], self);
        g_clear_object (&self->adjustments[i]);
      }
  g_clear_pointer (&self->item, gtk_widget_unparent);
  g_clear_pointer (&self->tip, gtk_widget_unparent);
  g_clear_pointer (&self->facts, gtk_widget_unparent);
  g_clear_pointer (&self->base, gsk_render_node_unref);
  g_clear_pointer (&self->layout, prof_flame_layout_unref);
  g_clear_pointer (&self->result, viewer_result_unref);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (viewer_flame_canvas_parent_class)->dispose (object);
}

static void
viewer_flame_canvas_finalize (GObject *object)
{
  ViewerFlameCanvas *self = VIEWER_FLAME_CANVAS (object);

  g_clear_pointer (&self->text_cache, prof_text_cache_free);
  g_clear_pointer (&self->font, pango_font_description_free);
  g_free (self->root_text);
  G_OBJECT_CLASS (viewer_flame_canvas_parent_class)->finalize (object);
}

static void
viewer_flame_canvas_class_init (ViewerFlameCanvasClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = viewer_flame_canvas_get_property;
  object_class->set_property = viewer_flame_canvas_set_property;
  object_class->dispose = viewer_flame_canvas_dispose;
  object_class->finalize = viewer_flame_canvas_finalize;
  widget_class->measure = viewer_flame_canvas_measure;
  widget_class->size_allocate = viewer_flame_canvas_size_allocate;
  widget_class->snapshot = canvas_snapshot;
  widget_class->css_changed = viewer_flame_canvas_css_changed;
  widget_class->map = viewer_flame_canvas_map;
  widget_class->grab_focus = viewer_flame_canvas_grab_focus;

  g_object_class_override_property (object_class,
                                    PROP_HADJUSTMENT,
                                    "hadjustment");
  g_object_class_override_property (object_class,
                                    PROP_VADJUSTMENT,
                                    "vadjustment");
  g_object_class_override_property (object_class,
                                    PROP_HSCROLL_POLICY,
                                    "hscroll-policy");
  g_object_class_override_property (object_class,
                                    PROP_VSCROLL_POLICY,
                                    "vscroll-policy");

  g_signal_new ("hover-changed",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);
  g_signal_new ("menu-requested",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                2,
                G_TYPE_DOUBLE,
                G_TYPE_DOUBLE);

  g_signal_new ("root-reached",
                G_TYPE_FROM_CLASS (klass),
                G_SIGNAL_RUN_LAST,
                0,
                NULL,
                NULL,
                NULL,
                G_TYPE_NONE,
                0);

  gtk_widget_class_set_css_name (widget_class, "flamegraph");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TREE);
  canvas_install_keys (widget_class);
}

static void
viewer_flame_canvas_init (ViewerFlameCanvas *self)
{
  GtkWidget *widget = GTK_WIDGET (self);

  self->hover = self->hover_node = PROF_ID_NONE;
  self->scroll_to_root = TRUE;
  self->item = viewer_frame_item_new ();
  gtk_widget_set_parent (self->item, widget);
  self->tip = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->tip), 0);
  gtk_widget_add_css_class (self->tip, "frame-tip");
  gtk_widget_set_can_target (self->tip, FALSE);
  gtk_widget_set_visible (self->tip, FALSE);
  gtk_widget_set_parent (self->tip, widget);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);

  canvas_add_animation (self);
  g_signal_connect_object (self->item,
                           "state-flags-changed",
                           G_CALLBACK (focus_changed),
                           self,
                           G_CONNECT_SWAPPED);
  canvas_update_metrics (self);
  canvas_watch_appearance (self);
  canvas_install_controllers (self);
  canvas_describe (self);
  canvas_describe_item (self);
}
