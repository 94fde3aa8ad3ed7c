/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Asks what to export and how. */

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

ViewerExportDialog *viewer_export_dialog_new (GtkWindow *parent);

void viewer_export_dialog_get (ViewerExportDialog *self,
                               ViewerExportChoice *choice);

/* "svg" or "png" */
const char *viewer_export_dialog_get_suffix (ViewerExportDialog *self);

G_END_DECLS
