/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the side panel says of a profile while nothing is selected: whose code the
 * time goes to, the heaviest packages, each a link, and facts. */

#include "viewer-document.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

#define VIEWER_TYPE_FACTS_PANEL (viewer_facts_panel_get_type ())
G_DECLARE_FINAL_TYPE (ViewerFactsPanel,
                      viewer_facts_panel,
                      VIEWER,
                      FACTS_PANEL,
                      GtkWidget)

/* Fills it with what a document shows. */
void viewer_facts_panel_fill (ViewerFactsPanel *self, ViewerDocument *document);

/* The document shows something else: until it is filled links lead nowhere. */
void viewer_facts_panel_expire (ViewerFactsPanel *self);

G_END_DECLS
