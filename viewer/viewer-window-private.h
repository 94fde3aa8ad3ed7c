/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Shared by viewer-window.c (what is shown), viewer-window-actions.c (what can
 * be done), viewer-window-query.c (what can be asked), viewer-window-presets.c
 * (what of it is saved) and viewer-window-export.c (what leaves it). */

#include "viewer-details-panel.h"
#include "viewer-export.h"
#include "viewer-filter-bar.h"
#include "viewer-flame-page.h"
#include "viewer-sandwich-page.h"
#include "viewer-search-bar.h"
#include "viewer-window.h"

G_BEGIN_DECLS

struct _ViewerWindow
{
  AdwApplicationWindow parent_instance;

  /* Children, of the template */
  AdwToastOverlay    *toasts;
  AdwWindowTitle     *title;
  AdwSplitButton     *open_button;
  GtkWidget          *history_box;
  GtkDropDown        *types;
  GtkStringList      *type_titles;
  GtkWidget          *view_options;
  GtkWidget          *primary_menu;
  GtkWidget          *panel_button;
  GtkWidget          *view_bar;
  ViewerSearchBar    *search_bar;
  ViewerFilterBar    *filter_bar;
  GMenu              *labels_menu;
  GMenu              *presets_menu;
  GtkStack           *states;
  GtkWidget          *recent_title;
  GtkListBox         *recent_list;
  GtkLabel           *loading_name;
  GtkProgressBar     *loading_bar;
  GtkLabel           *loading_stage;
  GtkLabel           *error_title;
  GtkLabel           *error_detail;
  GtkLabel           *error_next_step;
  GtkLabel           *error_message;
  GtkRevealer        *changed_bar;
  GtkLabel           *changed_label;
  GtkRevealer        *warnings_bar;
  GtkLabel           *warnings_label;
  GtkPaned           *paned;
  GtkStack           *views;
  ViewerFlamePage    *flame_page;
  ViewerTopPage      *top_page;
  ViewerSandwichPage *sandwich_page;
  ViewerTreePage     *tree_page;
  AdwStatusPage      *no_samples;
  AdwStatusPage      *no_frames;
  GtkListBox         *no_frames_filters;
  ViewerDetailsPanel *panel;
  GtkProgressBar     *busy_bar;
  GtkWidget          *status_bar;
  GtkLabel           *status_start;
  GtkLabel           *status_end;

  ViewerDocument       *document;
  GtkFileChooserNative *chooser;       /* while it is open */
  ViewerExportChoice    export_choice; /* while the chooser asks where to */

  const char *view; /* one of viewer_views */
  guint       loading_source;
  gboolean    updating_types;
  int         placed_width; /* for which the panel has its place */
  gboolean    narrow;
  unsigned    n_exports; /* running */
};

/* Adds the actions; viewer_window_update_actions() after each change of the
 * document says which are possible. */
void viewer_window_add_actions (ViewerWindow *self);
void viewer_window_update_actions (ViewerWindow *self);
void viewer_window_add_query_actions (ViewerWindow *self);
void viewer_window_update_query_actions (ViewerWindow *self);

/* Saving filters, and the menu of those that are. */
void viewer_window_add_presets (ViewerWindow *self);

void viewer_window_add_export_actions (ViewerWindow *self);
void viewer_window_enable_exports (ViewerWindow *self, gboolean enabled);

/* Makes the file chooser; the caller shows it. */
void viewer_window_show_chooser (ViewerWindow        *self,
                                 const char          *title,
                                 GtkFileChooserAction action,
                                 const char          *accept,
                                 GCallback            response);

/* Fills the menu of labels to group by. */
void viewer_window_update_labels (ViewerWindow *self);

/* Takes one of viewer_views; others are ignored. */
void viewer_window_set_view (ViewerWindow *self, const char *view);

void viewer_window_toast (ViewerWindow *self, const char *text);

/* Opens a file here when nothing is shown, else in a window of its own. */
void viewer_window_open_elsewhere (ViewerWindow *self, GFile *file);

/* The same with the sum of @files (GFile); at least one. */
void viewer_window_merge_elsewhere (ViewerWindow *self, GPtrArray *files);

void viewer_window_update_status (ViewerWindow *self);

void viewer_window_install_keys (GtkWidgetClass *widget_class);

/* Places the side panel as wide as it was last. */
void viewer_window_place_panel (ViewerWindow *self);

G_END_DECLS
