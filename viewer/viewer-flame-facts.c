/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tip says of a frame, for who has no pointer: text in a popover beside
 * the selected frame, that has the focus and can be selected and copied. */
#include "viewer-flame-canvas-private.h"

#include "viewer-text.h"
#include <glib/gi18n.h>
#include <math.h>

static gboolean
is_shown (ViewerFlameCanvas *self)
{
  return self->facts != NULL && gtk_widget_get_visible (self->facts);
}

static void
make_facts (ViewerFlameCanvas *self)
{
  self->facts_label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->facts_label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->facts_label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->facts_label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (self->facts_label), 60);
  gtk_label_set_selectable (GTK_LABEL (self->facts_label), TRUE);
  gtk_widget_add_css_class (self->facts_label, "frame-facts");
  self->facts = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->facts), self->facts_label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->facts),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What Is Known of the Frame"),
                                  -1);
  gtk_widget_set_parent (self->facts, GTK_WIDGET (self));
}

/* The part of the frame that is in sight. */
static void
point_at_selection (ViewerFlameCanvas *self)
{
  graphene_rect_t rect;
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0,
                                               0,
                                               (float)gtk_widget_get_width (
                                                   GTK_WIDGET (self)),
                                               (float)gtk_widget_get_height (
                                                   GTK_WIDGET (self)));

  canvas_box_rect (self, canvas_selected_box (self), &rect);
  if (!graphene_rect_intersection (&rect, &bounds, &rect))
    rect = bounds;
  gtk_popover_set_pointing_to (GTK_POPOVER (self->facts),
                               &(GdkRectangle){
                                   (int)floorf (rect.origin.x),
                                   (int)floorf (rect.origin.y),
                                   MAX ((int)ceilf (rect.size.width), 1),
                                   MAX ((int)ceilf (rect.size.height), 1),
                               });
}

void
canvas_toggle_facts (ViewerFlameCanvas *self)
{
  ViewerSelection  selection;
  g_autofree char *text = NULL;
  gboolean         shown = is_shown (self);

  viewer_flame_canvas_hide_tip (self);
  if (shown || self->result == NULL ||
      canvas_selected_box (self) == PROF_ID_NONE)
    return;
  if (self->facts == NULL)
    make_facts (self);
  selection = viewer_flame_model_get_selection (self->model);
  text = viewer_text_tip (self->result, selection.node, selection.end);
  gtk_label_set_markup (GTK_LABEL (self->facts_label), text);
  point_at_selection (self);
  gtk_popover_popup (GTK_POPOVER (self->facts));
  /* The focus selects all of it. */
  gtk_label_select_region (GTK_LABEL (self->facts_label), 0, 0);
}

void
canvas_present_facts (ViewerFlameCanvas *self)
{
  if (is_shown (self))
    gtk_popover_present (GTK_POPOVER (self->facts));
}
