/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A window with one profile. Knows which page is shown, which commands are
 * possible and what the bars say; what is shown is the document's. */

#include "viewer-document.h"
#include "viewer-flame-canvas.h"
#include "viewer-graph-page.h"
#include "viewer-sandwich-page.h"
#include "viewer-source-page.h"
#include "viewer-top-page.h"
#include "viewer-tree-page.h"
#include <adwaita.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_WINDOW (viewer_window_get_type ())
G_DECLARE_FINAL_TYPE (ViewerWindow,
                      viewer_window,
                      VIEWER,
                      WINDOW,
                      AdwApplicationWindow)

/* Names of the views in the order of the switcher, NULL at the end. */
extern const char *const viewer_views[];

/* (nullable): that name out of viewer_views; NULL when there is no such view. */
const char *viewer_view_find (const char *name);

ViewerWindow *viewer_window_new (GtkApplication *application);

/* @sample_type: (nullable); @view: (nullable): one of viewer_views */
void viewer_window_open (ViewerWindow *self,
                         GFile        *file,
                         const char   *sample_type,
                         const char   *view);

/* Presents it: a new one with what it reads already in its first frame, where that is
 * there before a progress bar would be. */
void viewer_window_appear (ViewerWindow *self);

/**
 * viewer_window_capture:
 * @url: as by prof_url_read()
 * @sample_type: (nullable); @view: (nullable): as for viewer_window_open()
 *
 * Captures a profile of a running program and shows it.
 */
void viewer_window_capture (ViewerWindow *self,
                            const char   *url,
                            const char   *sample_type,
                            const char   *view);

/* Compares what is shown with what was before; that is read first. */
void viewer_window_compare (ViewerWindow *self, ViewerSource *base);

/* Opens @file, compared with @base from the start. */
void viewer_window_compare_files (ViewerWindow *self, GFile *base, GFile *file);

/* Whether a file may be shown here instead of in a new window: nothing is. */
gboolean viewer_window_is_free (ViewerWindow *self);

ViewerDocument     *viewer_window_get_document (ViewerWindow *self);
ViewerFlameCanvas  *viewer_window_get_canvas (ViewerWindow *self);
ViewerTopPage      *viewer_window_get_top_page (ViewerWindow *self);
ViewerSandwichPage *viewer_window_get_sandwich_page (ViewerWindow *self);
ViewerGraphPage    *viewer_window_get_graph_page (ViewerWindow *self);
ViewerTreePage     *viewer_window_get_tree_page (ViewerWindow *self);
ViewerSourcePage   *viewer_window_get_source_page (ViewerWindow *self);

G_END_DECLS
