/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Windows, files and the command line: one process, one profile a window. */

#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_APPLICATION (viewer_application_get_type ())
G_DECLARE_FINAL_TYPE (ViewerApplication,
                      viewer_application,
                      VIEWER,
                      APPLICATION,
                      AdwApplication)

/* @flags: besides G_APPLICATION_HANDLES_OPEN */
ViewerApplication *viewer_application_new (GApplicationFlags flags);

G_END_DECLS
