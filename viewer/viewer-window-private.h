/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Shared by viewer-window.c (what is shown), viewer-window-actions.c (what can
 * be done), viewer-window-capture.c (what running programs are asked for),
 * viewer-window-query.c (what can be asked), viewer-window-presets.c
 * (what of it is saved), viewer-window-compare.c (what it is compared with),
 * viewer-window-source.c (its source) and viewer-window-export.c (what leaves
 * it). */

#include "viewer-capture-bar.h"
#include "viewer-compare-bar.h"
#include "viewer-details-panel.h"
#include "viewer-drop-area.h"
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
  GtkMenuButton      *view_options;
  GtkMenuButton      *primary_menu;
  GtkWidget          *panel_button;
  GtkWidget          *view_bar;
  GtkMenuButton      *views_button; /* where there is no room for the box */
  ViewerSearchBar    *search_bar;
  ViewerFilterBar    *filter_bar;
  GMenu              *labels_menu;
  GtkStack           *states;
  GtkWidget          *welcome_page;
  GtkWidget          *recent_title;
  GtkListBox         *recent_list;
  GtkLabel           *loading_name;
  GtkProgressBar     *loading_bar;
  GtkLabel           *loading_stage;
  GtkLabel           *error_title;
  GtkLabel           *error_detail;
  GtkLabel           *error_next_step;
  GtkLabel           *error_message;
  GtkWidget          *error_again;
  GtkWidget          *error_raise;
  GtkRevealer        *capture_revealer;
  ViewerCaptureBar   *capture_bar;
  GtkRevealer        *changed_bar;
  GtkLabel           *changed_label;
  GtkRevealer        *warnings_bar;
  GtkLabel           *warnings_label;
  ViewerCompareBar   *compare_bar;
  GtkPaned           *paned;
  GtkStack           *views;
  ViewerFlamePage    *flame_page;
  ViewerTopPage      *top_page;
  ViewerSandwichPage *sandwich_page;
  ViewerGraphPage    *graph_page;
  ViewerTreePage     *tree_page;
  ViewerSourcePage   *source_page;
  AdwStatusPage      *no_samples;
  AdwStatusPage      *no_frames;
  GtkListBox         *no_frames_filters;
  ViewerDetailsPanel *panel;
  GtkProgressBar     *busy_bar;
  GtkWidget          *status_bar;
  GtkLabel           *status_names;
  GtkLabel           *status_figures;
  GtkLabel           *status_end;

  ViewerDocument       *document;
  ViewerDropArea       *drop_area;
  GtkFileChooserNative *chooser;       /* while it is open */
  ViewerExportChoice    export_choice; /* while the chooser asks where to */
  ViewerCapture        *capture; /* (nullable): what is shown comes from it */
  char                 *capture_type; /* (nullable): to be shown first */
  unsigned              shown_shot;   /* its number */
  unsigned              saved_shot;   /* number of the last that was saved */

  const char *view; /* one of viewer_views */
  guint       loading_source;
  gboolean    appears;        /* when what it reads is there, or takes long */
  guint       closing_source; /* while what was closed is taken apart */
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

/* Names for addresses, from a program that is chosen. */
void viewer_window_add_symbol_actions (ViewerWindow *self);
void viewer_window_update_symbol_actions (ViewerWindow *self);

/* Saving filters, and the menu of those that are. */
void viewer_window_add_presets (ViewerWindow *self);

/* What running programs are asked for. */
void viewer_window_add_capture_actions (ViewerWindow *self);
void viewer_window_update_capture (ViewerWindow *self);
void viewer_window_end_capture (ViewerWindow *self);

/* Keeps what is shown and nobody saved; the window may go meanwhile. */
void viewer_window_keep_capture (ViewerWindow *self);

gboolean viewer_window_is_capturing (ViewerWindow *self);

/* (nullable): what the capture is called. */
const char *viewer_window_capture_name (ViewerWindow *self);

/* Whether there was something to cancel, or to capture again. */
gboolean viewer_window_cancel_capture (ViewerWindow *self);
gboolean viewer_window_capture_again (ViewerWindow *self);

/* Captures here when nothing is shown, else in a window of its own. */
void viewer_window_capture_elsewhere (ViewerWindow *self, const char *url);

/* Says how far something is, instead of what was there, and goes back to that.
 * @fraction: negative when unknown */
void viewer_window_show_loading (ViewerWindow *self,
                                 const char   *name,
                                 const char   *stage,
                                 double        fraction);
void viewer_window_go_back_from_loading (ViewerWindow *self);

void viewer_window_update_title (ViewerWindow *self);

/* Shows what of the document has changed: bits of ViewerChange. */
void viewer_window_follow_document (ViewerWindow *self, guint what);
void viewer_window_update_state (ViewerWindow *self);

/* Fills the list of sample types. */
void viewer_window_update_types (ViewerWindow *self);

/* A view takes the focus when a profile is there, not the first button. */
void viewer_window_focus_content (ViewerWindow *self);

/* Files (GFile) that were dropped into a zone. */
void viewer_window_take_dropped (ViewerWindow  *self,
                                 ViewerDropZone zone,
                                 GPtrArray     *files);

/* A toast that can show the file where it is. */
void viewer_window_offer_folder (ViewerWindow *self,
                                 const char   *text,
                                 const char   *path);

/* Also gives the source page its document. */
void viewer_window_add_source_actions (ViewerWindow *self);
void viewer_window_update_source_actions (ViewerWindow *self);

void viewer_window_add_compare_actions (ViewerWindow *self);
void viewer_window_update_compare_actions (ViewerWindow *self);

/* Files (GFile) that were dropped to be compared: one with what is shown, or the
 * first two of several with each other. */
void viewer_window_compare_dropped (ViewerWindow *self, GPtrArray *files);

/* Compares two files here when nothing is shown, else in a window of their own. */
void viewer_window_compare_elsewhere (ViewerWindow *self,
                                      GFile        *base,
                                      GFile        *file);

void viewer_window_add_export_actions (ViewerWindow *self);
void viewer_window_enable_exports (ViewerWindow *self, gboolean enabled);

/* Makes the file chooser; the caller shows it. */
void viewer_window_show_chooser (ViewerWindow        *self,
                                 const char          *title,
                                 GtkFileChooserAction action,
                                 const char          *accept,
                                 GCallback            response);

/* Asks for a profile, or for several; the response frees self->chooser. */
void viewer_window_choose_profiles (ViewerWindow *self,
                                    const char   *title,
                                    const char   *accept,
                                    gboolean      several,
                                    GCallback     response);

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
