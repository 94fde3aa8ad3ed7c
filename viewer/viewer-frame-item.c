/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-frame-item.h"

struct _ViewerFrameItem
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (ViewerFrameItem, viewer_frame_item, GTK_TYPE_WIDGET)

static void
viewer_frame_item_class_init (ViewerFrameItemClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_css_name (widget_class, "frame");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_TREE_ITEM);
}

static void
viewer_frame_item_init (ViewerFrameItem *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
viewer_frame_item_new (void)
{
  return g_object_new (VIEWER_TYPE_FRAME_ITEM, NULL);
}

void
viewer_frame_item_describe (ViewerFrameItem *self,
                            const char      *label,
                            int              level,
                            gboolean         selected)
{
  g_return_if_fail (VIEWER_IS_FRAME_ITEM (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  GTK_ACCESSIBLE_PROPERTY_LEVEL,
                                  level,
                                  -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                               GTK_ACCESSIBLE_STATE_SELECTED,
                               selected,
                               -1);
}
