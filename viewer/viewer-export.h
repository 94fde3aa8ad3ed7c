/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Writes the flame graph of a document to a file, on a thread and from copies:
 * the window may go on, zoom elsewhere or close. */

#include "viewer-document.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  ProfTheme theme;
  double    scale;    /* PNG pixels for each px */
  gboolean  as_shown; /* the zoomed part with its search marks */
  gboolean  flame;    /* root at the bottom */
} ViewerExportChoice;

#define VIEWER_EXPORT_CHOICE_INIT         \
  {                                       \
    .theme = PROF_THEME_LIGHT, .scale = 2 \
  }

/* @path: ends as prof_export_knows() wants it */
void viewer_export_async (ViewerDocument           *document,
                          const ViewerExportChoice *choice,
                          const char               *path,
                          GAsyncReadyCallback       callback,
                          gpointer                  data);

/* Returns: (transfer full): the path that was written, or %NULL with @error */
char *viewer_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
