/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The strip above a captured profile: the last captures to click through, how far
 * the next one is, and what can be done: compare with the one before, again, again
 * and again, save. */

#include "viewer-capture.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_CAPTURE_BAR (viewer_capture_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerCaptureBar,
                      viewer_capture_bar,
                      VIEWER,
                      CAPTURE_BAR,
                      GtkWidget)

/* Shows how things are. @capture: has one at least; which of them is shown is the
 * state of the action "win.show-capture" */
void viewer_capture_bar_update (ViewerCaptureBar *self, ViewerCapture *capture);

G_END_DECLS
