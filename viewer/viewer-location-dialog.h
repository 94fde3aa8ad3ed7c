/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Asks which running program to capture, and what of it: an address, with those
 * used before, the program's list of profiles, and for how long. */

#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_LOCATION_DIALOG (viewer_location_dialog_get_type ())
G_DECLARE_FINAL_TYPE (ViewerLocationDialog,
                      viewer_location_dialog,
                      VIEWER,
                      LOCATION_DIALOG,
                      AdwWindow)

/* Signal "chosen" (const char *address): the URL of a profile, or the file that was
 * typed instead. */

ViewerLocationDialog *viewer_location_dialog_new (GtkWindow *parent);

G_END_DECLS
