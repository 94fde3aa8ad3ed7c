/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One bar of all self time, a segment for each package: own code first, then
 * libraries, then the runtime. */

#include "viewer-result.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_PACKAGE_BAR (viewer_package_bar_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPackageBar,
                      viewer_package_bar,
                      VIEWER,
                      PACKAGE_BAR,
                      GtkWidget)

/* @result: (nullable) */
void viewer_package_bar_set_result (ViewerPackageBar *self,
                                    ViewerResult     *result);

G_END_DECLS
