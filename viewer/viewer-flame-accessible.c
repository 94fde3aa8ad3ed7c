/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a screen reader says of the canvas: it is a tree with one item, the
 * selected frame. */
#include "viewer-flame-canvas-private.h"

#include "viewer-frame-item.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

static char *
title_of (const ViewerResult *result)
{
  g_autofree char *subtitle = NULL;

  if (result == NULL)
    return g_strdup (_ ("Flame graph"));
  if (prof_tree_nodes (result->tree)[0].frame != PROF_ID_NONE)
    return g_strdup_printf ((prof_tree_flags (result->tree) &
                             PROF_TREE_LEAF_FIRST) != 0
                                ? _ ("Callers of %s")
                                : _ ("Callees of %s"),
                            prof_tree_name (result->tree, 0));
  subtitle = viewer_text_subtitle (result);
  return g_strdup_printf (_ ("Flame graph, %s"), subtitle);
}

void
canvas_describe (ViewerFlameCanvas *self)
{
  g_autofree char *label = title_of (self->result);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

void
canvas_describe_item (ViewerFlameCanvas *self)
{
  if (self->result == NULL)
    {
      viewer_frame_item_describe (VIEWER_FRAME_ITEM (self->item),
                                  _ ("No frame"),
                                  1,
                                  FALSE);
      return;
    }

  ViewerSelection  selection = viewer_flame_model_get_selection (self->model);
  ProfNodeId       node = selection.node == PROF_ID_NONE ? 0 : selection.node;
  int              level = (int)prof_tree_depth (self->result->tree, node) + 1;
  g_autofree char *label = viewer_text_accessible (self->result,
                                                   node,
                                                   selection.end);

  viewer_frame_item_describe (VIEWER_FRAME_ITEM (self->item),
                              label,
                              level,
                              selection.node != PROF_ID_NONE);
}
