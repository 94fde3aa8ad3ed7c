/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The window of preferences. Each is applied at once, to all windows. */

#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_PREFERENCES (viewer_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ViewerPreferences,
                      viewer_preferences,
                      VIEWER,
                      PREFERENCES,
                      AdwPreferencesWindow)

/* @parent: (nullable): the window it stays above */
ViewerPreferences *viewer_preferences_new (GtkWindow *parent);

G_END_DECLS
