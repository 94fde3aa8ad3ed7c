/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Asks what to export and how, and shows what a picture will look like and how
 * large its file will be. The preview can be dragged elsewhere. */

#include "viewer-export.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_EXPORT_DIALOG (viewer_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ViewerExportDialog,
                      viewer_export_dialog,
                      VIEWER,
                      EXPORT_DIALOG,
                      AdwWindow)

/* Signal "export": the answer was yes; then read what was chosen. */

/* @flame: whether the window has the root at the bottom
 * @width_px: of the window's graph */
ViewerExportDialog *viewer_export_dialog_new (GtkWindow      *parent,
                                              ViewerDocument *document,
                                              gboolean        flame,
                                              double          width_px);

/* Pictures are of the call graph: all of it, as large as it needs to be, or made
 * small enough for a width. */
void viewer_export_dialog_set_graph (ViewerExportDialog   *self,
                                     const ProfGraphBuild *build);

void viewer_export_dialog_get (ViewerExportDialog *self,
                               ViewerExportChoice *choice);

G_END_DECLS
