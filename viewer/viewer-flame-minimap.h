/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A strip with the whole of what a flame canvas shows a part of, and that part
 * marked on it. The mark can be moved and made wider or narrower with the
 * pointer; the canvas has keys for that, so the strip takes no focus. It is there
 * as long as the model is zoomed.
 *
 * The outlines are drawn once for each tree, width and look; the mark lies over
 * them. */

#include "viewer-flame-model.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_FLAME_MINIMAP (viewer_flame_minimap_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFlameMinimap,
                      viewer_flame_minimap,
                      VIEWER,
                      FLAME_MINIMAP,
                      GtkWidget)

void viewer_flame_minimap_set_model (ViewerFlameMinimap *self,
                                     ViewerFlameModel   *model);

/* Whether the root is at the bottom. */
void viewer_flame_minimap_set_flame (ViewerFlameMinimap *self, gboolean flame);

/* How often the outlines were drawn. */
unsigned viewer_flame_minimap_n_draws (ViewerFlameMinimap *self);

G_END_DECLS
