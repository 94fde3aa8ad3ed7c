/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Filters that somebody has given a name. They are kept as options of the
 * command "prof", in the order in which they were saved. No widget. */

#include "viewer-question.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct
{
  char *name;    /* not empty */
  char *options; /* as prof_query_to_text() writes them; not empty */
} ViewerPreset;

/* (transfer full) (element-type ViewerPreset) */
GPtrArray *viewer_presets_list (void);

/**
 * viewer_presets_save:
 *
 * Saves the filters of a question, in the place of those that had the name. Blanks
 * around the name do not count.
 *
 * Returns: %FALSE when the name is empty or there are no filters
 */
gboolean viewer_presets_save (const char *name, const ViewerQuestion *question);

void viewer_presets_remove (const char *name);

/* Calls changed (object) whenever there are others; ends with the object. */
void viewer_presets_watch (GCallback changed, gpointer object);

G_END_DECLS
