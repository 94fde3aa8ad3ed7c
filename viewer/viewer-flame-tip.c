/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the pointer is over, and the tip that says what is known about it. */
#include "viewer-flame-canvas-private.h"

#include "viewer-text.h"

#define TIP_MS       300
#define TIP_DISTANCE 8

void
viewer_flame_canvas_hide_tip (ViewerFlameCanvas *self)
{
  g_return_if_fail (VIEWER_IS_FLAME_CANVAS (self));

  g_clear_handle_id (&self->tip_source, g_source_remove);
  gtk_widget_set_visible (self->tip, FALSE);
  if (self->facts != NULL)
    gtk_popover_popdown (GTK_POPOVER (self->facts));
}

void
canvas_show_tip (ViewerFlameCanvas *self, ProfNodeId node, ProfNodeId end)
{
  g_autofree char *text = viewer_text_tip (self->result, node, end);

  self->tip_node = node;
  self->tip_end = end;
  gtk_label_set_markup (GTK_LABEL (self->tip), text);
  gtk_widget_set_visible (self->tip, TRUE);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
canvas_update_hover (ViewerFlameCanvas *self)
{
  uint32_t   box = self->input.inside && !self->banding
                       ? canvas_hit (self, self->input.x, self->input.y)
                       : PROF_ID_NONE;
  ProfNodeId node = PROF_ID_NONE;
  ProfNodeId end = 0;

  if (box != PROF_ID_NONE)
    {
      const ProfBox *hit = &prof_flame_layout_boxes (self->layout, NULL)[box];

      node = hit->node;
      end = hit->end;
    }
  self->hover = box;
  if (node == self->hover_node && end == self->hover_end)
    return;
  self->hover_node = node;
  self->hover_end = end;
  viewer_flame_canvas_hide_tip (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit_by_name (self, "hover-changed");
}

gboolean
viewer_flame_canvas_get_hover (ViewerFlameCanvas *self,
                               ProfNodeId        *node,
                               ProfNodeId        *end)
{
  g_return_val_if_fail (VIEWER_IS_FLAME_CANVAS (self), FALSE);

  *node = self->hover_node;
  *end = self->hover_end;
  return self->hover_node != PROF_ID_NONE && self->result != NULL;
}

static gboolean
tip_is_due (gpointer data)
{
  ViewerFlameCanvas *self = data;

  self->tip_source = 0;
  if (self->hover_node != PROF_ID_NONE && self->result != NULL)
    canvas_show_tip (self, self->hover_node, self->hover_end);
  return G_SOURCE_REMOVE;
}

void
canvas_await_tip (ViewerFlameCanvas *self)
{
  g_clear_handle_id (&self->tip_source, g_source_remove);
  if (self->hover_node != PROF_ID_NONE)
    self->tip_source = g_timeout_add (TIP_MS, tip_is_due, self);
}

/* What the tip is put beside: its frame, from the pointer on if that is over it,
 * or the end of a range that is drawn. */
static gboolean
tip_anchor (ViewerFlameCanvas *self, graphene_rect_t *rect)
{
  uint32_t box = self->layout != NULL
                     ? prof_flame_layout_find (self->layout, self->tip_node)
                     : PROF_ID_NONE;

  if (self->banding)
    graphene_rect_init (rect,
                        (float)self->band_to,
                        (float)self->input.y,
                        1,
                        TIP_DISTANCE);
  else if (box == PROF_ID_NONE)
    return FALSE;
  else
    {
      canvas_box_rect (self, box, rect);
      if (self->input.inside && self->hover == box)
        rect->origin.x = (float)self->input.x;
    }
  return TRUE;
}

/* Below the frame, or above when there is no room, and right of the pointer. */
void
canvas_allocate_tip (ViewerFlameCanvas *self)
{
  int             width = gtk_widget_get_width (GTK_WIDGET (self));
  int             height = gtk_widget_get_height (GTK_WIDGET (self));
  graphene_rect_t rect;
  GtkRequisition  size;

  if (!gtk_widget_get_visible (self->tip) || !tip_anchor (self, &rect))
    return;
  gtk_widget_get_preferred_size (self->tip, NULL, &size);

  float x = rect.origin.x;
  float y = rect.origin.y + rect.size.height + TIP_DISTANCE;

  if (y + (float)size.height > (float)height)
    y = rect.origin.y - TIP_DISTANCE - (float)size.height;
  gtk_widget_size_allocate (self->tip,
                            &(GtkAllocation){
                                CLAMP ((int)x, 0, MAX (width - size.width, 0)),
                                CLAMP ((int)y,
                                       0,
                                       MAX (height - size.height, 0)),
                                size.width,
                                size.height,
                            },
                            -1);
}
