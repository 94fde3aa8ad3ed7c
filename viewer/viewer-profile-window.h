/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* All that is to be said of a profile, beside the window that shows it. */

#include "viewer-document.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_PROFILE_WINDOW (viewer_profile_window_get_type ())
G_DECLARE_FINAL_TYPE (ViewerProfileWindow,
                      viewer_profile_window,
                      VIEWER,
                      PROFILE_WINDOW,
                      AdwWindow)

/* It follows the document, and closes with its parent. */
ViewerProfileWindow *viewer_profile_window_new (GtkWindow      *parent,
                                                ViewerDocument *document);

G_END_DECLS
