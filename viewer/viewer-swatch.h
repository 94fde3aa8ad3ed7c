/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A small field in the colour of a package, or of a change; follows light and
 * dark. */

#include "viewer-result.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_SWATCH (viewer_swatch_get_type ())
G_DECLARE_FINAL_TYPE (ViewerSwatch, viewer_swatch, VIEWER, SWATCH, GtkWidget)

/* 12 px with a thin edge, as in lists. */
GtkWidget *viewer_swatch_new (void);

/* A stripe without edge that fills what it is given. */
GtkWidget *viewer_swatch_new_stripe (void);

/* @package: a row of prof_frames_packages() */
void viewer_swatch_set_package (ViewerSwatch *self,
                                ViewerResult *result,
                                uint32_t      package);

/* The colour of a change; @step: as of prof_change_step() */
void viewer_swatch_set_change (ViewerSwatch *self, int step);

typedef enum
{
  VIEWER_SWATCH_PLAIN,
  VIEWER_SWATCH_NEW,  /* hatched */
  VIEWER_SWATCH_GONE, /* an edge around a pale field */
} ViewerSwatchLook;

/* As frames of a comparison look. */
void viewer_swatch_set_look (ViewerSwatch *self, ViewerSwatchLook look);

G_END_DECLS
