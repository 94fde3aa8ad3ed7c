/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What lies over a window while files are dragged across it: a zone for each
 * thing that can be done with them. It knows no document; who has it is told by
 * the signal "dropped" (guint zone, GPtrArray of GFile). */

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  VIEWER_DROP_OPEN,    /* each by itself */
  VIEWER_DROP_MERGE,   /* for several: added up */
  VIEWER_DROP_COMPARE, /* one with what is shown, or two with each other */
  VIEWER_N_DROP_ZONES
} ViewerDropZone;

#define VIEWER_TYPE_DROP_AREA (viewer_drop_area_get_type ())
G_DECLARE_FINAL_TYPE (ViewerDropArea,
                      viewer_drop_area,
                      VIEWER,
                      DROP_AREA,
                      GtkWidget)

/**
 * viewer_drop_area_new:
 * @target: what takes the files, all over
 *
 * Hidden until there are some. It has to be shown over @target.
 */
GtkWidget *viewer_drop_area_new (GtkWidget *target);

/* What another file can be compared with. @file: (nullable): %NULL for nothing;
 * @name: what it is called */
void viewer_drop_area_set_shown (ViewerDropArea *self,
                                 GFile          *file,
                                 const char     *name);

/* Whether a zone is offered for what is being dragged. */
gboolean viewer_drop_area_offers (ViewerDropArea *self, ViewerDropZone zone);

G_END_DECLS
