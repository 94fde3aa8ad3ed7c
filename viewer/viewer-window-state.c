/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a window shows of its document besides the views: the page for its state, title,
 * status line, progress, and the bars above the profile. */
#include "viewer-window-private.h"

#include "viewer-recent.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

/* Quick work shows no progress. */
#define LOADING_DELAY_MS 150

/* Status line */

static char *
describe_selection (ViewerWindow *self, ViewerResult *result)
{
  ViewerSelection selection = viewer_document_get_selection (self->document);
  ProfNodeId      node, end;

  if (viewer_flame_canvas_get_hover (viewer_window_get_canvas (self),
                                     &node,
                                     &end))
    return viewer_text_status (result, node, end);
  if (selection.node != PROF_ID_NONE)
    return viewer_text_status (result, selection.node, selection.end);
  return g_markup_escape_text (_ ("Point at a frame to read it here"), -1);
}

static void
set_label (GtkLabel *label, const char *markup)
{
  if (g_strcmp0 (gtk_label_get_label (label), markup) != 0)
    gtk_label_set_markup (label, markup);
}

/* (transfer full): the text of some markup */
static char *
plain (const char *markup)
{
  char *text = NULL;

  pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL);
  return text;
}

/* Names and figures stand as they are read, which the language of the window need not
 * say: at its start in any case. */
static void
place_sentence (GtkLabel *names)
{
  GtkWidget       *box = gtk_widget_get_parent (GTK_WIDGET (names));
  PangoDirection   read = pango_layout_get_direction (gtk_label_get_layout (
                                                        names),
                                                    0);
  GtkTextDirection reads = read == PANGO_DIRECTION_RTL ? GTK_TEXT_DIR_RTL
                                                       : GTK_TEXT_DIR_LTR;
  GtkTextDirection window = gtk_widget_get_direction (
      gtk_widget_get_parent (box));

  gtk_widget_set_direction (box, reads);
  gtk_widget_set_halign (box,
                         reads == window ? GTK_ALIGN_START : GTK_ALIGN_END);
}

/* What is told may be cut where there is no room, but for the figures: those are
 * behind the dash that follows the names, which are bold. To a screen reader it is
 * one sentence. */
static void
tell (ViewerWindow *self, const char *markup)
{
  const char *names_end = g_strrstr (markup, "</b>");
  const char *dash = strstr (names_end != NULL ? names_end : markup, " — ");
  g_autofree char *names = g_strndup (markup,
                                      dash != NULL ? (gsize)(dash - markup)
                                                   : strlen (markup));
  g_autofree char *whole = plain (markup);

  set_label (self->status_names, names);
  place_sentence (self->status_names);
  set_label (self->status_figures, dash != NULL ? dash : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status_names),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  whole,
                                  -1);
}

/* (transfer full): markup */
static char *
describe_view (ViewerWindow *self, ViewerResult *result)
{
  if (strcmp (self->view, "top") == 0)
    return viewer_top_page_describe (self->top_page);
  if (strcmp (self->view, "sandwich") == 0)
    return viewer_sandwich_page_describe (self->sandwich_page);
  if (strcmp (self->view, "graph") == 0)
    return viewer_graph_page_describe (self->graph_page);
  if (strcmp (self->view, "tree") == 0)
    return viewer_tree_page_describe (self->tree_page);
  if (strcmp (self->view, "source") == 0)
    return viewer_source_page_describe (self->source_page);
  return describe_selection (self, result);
}

void
viewer_window_update_status (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  gboolean      is_flame = strcmp (self->view, "flame") == 0;
  ViewerZoom    zoom = viewer_document_get_zoom (self->document);

  if (result == NULL)
    return;
  g_autofree char *start = describe_view (self, result);
  g_autofree char *end = NULL;

  if (is_flame)
    end = viewer_text_view (result, zoom.start, zoom.end);
  else if (strcmp (self->view, "graph") == 0)
    end = viewer_graph_page_describe_view (self->graph_page);
  if (end == NULL)
    end = viewer_text_total (result);

  tell (self, start);
  /* No markup: a unit of a file may look like some. */
  if (g_strcmp0 (gtk_label_get_label (self->status_end), end) != 0)
    gtk_label_set_text (self->status_end, end);
}

/* States */

static void
show_state (ViewerWindow *self, const char *name)
{
  gboolean content = strcmp (name, "content") == 0;

  gtk_stack_set_visible_child_name (self->states, name);
  gtk_widget_set_visible (self->view_bar, content);
  gtk_widget_set_visible (self->history_box, content);
  gtk_widget_set_visible (GTK_WIDGET (self->view_options), content);
  gtk_widget_set_visible (self->panel_button, content);
  if (!content)
    gtk_widget_set_visible (GTK_WIDGET (self->types), FALSE);
}

/* (transfer full) (nullable): "now.prof vs base.prof" of a comparison */
static char *
title_of (ViewerDocument *document)
{
  if (viewer_document_get_comparison (document) == NULL)
    return g_strdup (viewer_document_get_name (document));
  /* Translators: two files that are compared: what is now, and what was before */
  return g_strdup_printf (_ ("%s vs %s"),
                          viewer_document_get_now_name (document),
                          viewer_document_get_before_name (document));
}

static char *
subtitle_of (ViewerDocument *document, const ViewerResult *result)
{
  if (viewer_document_get_comparison (document) == NULL)
    return viewer_text_subtitle (result);
  return viewer_text_compared_subtitle (result,
                                        viewer_document_get_before (document),
                                        viewer_document_get_now (document));
}

void
viewer_window_update_title (ViewerWindow *self)
{
  ViewerResult    *result = viewer_document_get_result (self->document);
  g_autofree char *title = title_of (self->document);
  const char      *name = title;
  GFile           *file = viewer_document_get_file (self->document);
  const char      *url = viewer_document_get_url (self->document);
  g_autofree char *subtitle = NULL;

  if (viewer_window_capture_name (self) != NULL &&
      viewer_document_get_comparison (self->document) == NULL)
    name = viewer_window_capture_name (self);

  if (result != NULL)
    subtitle = subtitle_of (self->document, result);
  else if (url != NULL)
    subtitle = prof_url_shown (url);
  else if (file != NULL)
    subtitle = viewer_folder_of (file);
  adw_window_title_set_title (self->title,
                              name != NULL ? name : _ ("Flambeau"));
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : "");
  gtk_window_set_title (GTK_WINDOW (self),
                        name != NULL ? name : _ ("Flambeau"));
}

static void
show_problem (ViewerWindow *self)
{
  const ViewerProblem *problem = viewer_document_get_problem (self->document);

  gtk_label_set_label (self->error_title, problem->title);
  gtk_label_set_label (self->error_detail, problem->detail);
  gtk_label_set_label (self->error_next_step, problem->next_step);
  gtk_label_set_label (self->error_message, problem->message);
  /* Trying the same again would end the same way. */
  gtk_widget_set_visible (self->error_again, problem->offer == NULL);
  gtk_widget_set_visible (self->error_raise, problem->offer != NULL);
  if (problem->offer != NULL)
    gtk_button_set_label (GTK_BUTTON (self->error_raise), problem->offer);
  show_state (self, "error");
}

static gboolean
has_samples (const ViewerResult *result)
{
  return prof_tree_weight (result->tree, 0) > 0;
}

static GtkWidget *
filter_row_new (const ViewerFilter *filter)
{
  GtkWidget       *row = adw_action_row_new ();
  GtkWidget       *remove = gtk_button_new_with_label (_ ("Remove"));
  g_autofree char *value = prof_upright (filter->value, -1);
  g_autofree char *title = g_markup_escape_text (filter->label, -1);
  g_autofree char *subtitle = g_markup_escape_text (value, -1);
  g_autofree char *name = NULL;

  name = g_strdup_printf (_ ("Remove Filter: %s"), filter->label);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_tooltip_text (row, filter->effect);
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (remove), "win.remove-filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (remove),
                                    "s",
                                    filter->option);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  return row;
}

/* Filters have left nothing: says which, and takes each of them back. */
static void
show_no_frames (ViewerWindow *self, ViewerResult *result)
{
  g_autoptr (GArray) filters = viewer_question_filters (result->question);
  GtkListBox        *list = self->no_frames_filters;
  GtkWidget         *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
  for (guint i = 0; i < filters->len; i++)
    gtk_list_box_append (list,
                         filter_row_new (
                             &g_array_index (filters, ViewerFilter, i)));
  gtk_widget_set_visible (GTK_WIDGET (list), filters->len > 0);
  adw_status_page_set_description (
      self->no_frames,
      g_dngettext (NULL,
                   "This filter leaves nothing of the profile",
                   "Together, these filters leave nothing of the profile",
                   filters->len));
  gtk_stack_set_visible_child_name (self->views, "no-frames");
}

static void
show_content (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);

  show_state (self, "content");
  viewer_window_update_types (self);
  if (has_samples (result))
    {
      gtk_stack_set_visible_child_name (self->views, self->view);
      return;
    }
  if (result->total != 0)
    {
      show_no_frames (self, result);
      return;
    }
  g_autofree char *subtitle = viewer_text_subtitle (result);
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);
  adw_status_page_set_description (self->no_samples, escaped);
  gtk_stack_set_visible_child_name (self->views, "no-samples");
}

static const char *
stage_text (ViewerStage stage)
{
  return stage == VIEWER_STAGE_READING ? _ ("Reading the profile…")
                                       : _ ("Building the graph…");
}

static void
set_fraction (GtkProgressBar *bar, double fraction)
{
  if (fraction < 0)
    gtk_progress_bar_pulse (bar);
  else
    gtk_progress_bar_set_fraction (bar, MIN (fraction, 1));
}

static void
update_progress (ViewerWindow *self)
{
  ViewerStage stage;
  double      fraction;

  if (viewer_document_is_busy (self->document, &stage, &fraction))
    {
      gtk_label_set_label (self->loading_stage, stage_text (stage));
      set_fraction (self->loading_bar, fraction);
      set_fraction (self->busy_bar, fraction);
    }
  else if (viewer_document_is_completing (self->document, &fraction))
    set_fraction (self->busy_bar, fraction);
}

void
viewer_window_show_loading (ViewerWindow *self,
                            const char   *name,
                            const char   *stage,
                            double        fraction)
{
  gtk_label_set_label (self->loading_name, name);
  gtk_label_set_label (self->loading_stage, stage);
  set_fraction (self->loading_bar, fraction);
  show_state (self, "loading");
}

static void
appear_now (ViewerWindow *self)
{
  if (!self->appears)
    return;
  self->appears = FALSE;
  gtk_window_present (GTK_WINDOW (self));
}

/* A frame without the picture takes as long as one with it: what is read quickly is
 * in the first. */
void
viewer_window_appear (ViewerWindow *self)
{
  ViewerStage stage;
  double      fraction;

  self->appears = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      !viewer_document_is_busy (self->document, &stage, &fraction))
    appear_now (self);
  else
    gtk_widget_realize (GTK_WIDGET (self));
}

static gboolean
loading_takes_long (gpointer data)
{
  ViewerWindow *self = data;
  ViewerStage   stage;
  double        fraction;

  self->loading_source = 0;
  appear_now (self);
  if (viewer_document_get_state (self->document) == VIEWER_STATE_LOADING &&
      viewer_document_is_busy (self->document, &stage, &fraction))
    viewer_window_show_loading (self,
                                viewer_document_get_name (self->document),
                                stage_text (stage),
                                fraction);
  else
    gtk_widget_set_visible (GTK_WIDGET (self->busy_bar), TRUE);
  return G_SOURCE_REMOVE;
}

static void
update_busy (ViewerWindow *self)
{
  ViewerStage stage;
  double      fraction;
  gboolean busy = viewer_document_is_busy (self->document, &stage, &fraction);

  if (!busy)
    {
      g_clear_handle_id (&self->loading_source, g_source_remove);
      gtk_widget_set_visible (GTK_WIDGET (self->busy_bar),
                              viewer_document_is_completing (self->document,
                                                             &fraction));
    }
  else if (self->loading_source == 0 &&
           !gtk_widget_get_visible (GTK_WIDGET (self->busy_bar)) &&
           g_strcmp0 (gtk_stack_get_visible_child_name (self->states),
                      "loading") != 0)
    self->loading_source = g_timeout_add (LOADING_DELAY_MS,
                                          loading_takes_long,
                                          self);
  update_progress (self);
}

void
viewer_window_update_state (ViewerWindow *self)
{
  switch (viewer_document_get_state (self->document))
    {
    case VIEWER_STATE_WELCOME:
      show_state (self, "welcome");
      break;
    case VIEWER_STATE_LOADING:
      break; /* what is shown stays until it takes long */
    case VIEWER_STATE_READY:
      show_content (self);
      break;
    case VIEWER_STATE_ERROR:
      show_problem (self);
      break;
    }
  viewer_window_update_title (self);
}

void
viewer_window_go_back_from_loading (ViewerWindow *self)
{
  viewer_window_update_state (self);
}

/* What was captured is gone once something else is shown, or nothing. */
static void
follow_source (ViewerWindow *self)
{
  if (viewer_document_get_url (self->document) == NULL &&
      !viewer_window_is_capturing (self))
    viewer_window_end_capture (self);
}

/* In the list of recent files. */
static void
remember (ViewerWindow *self)
{
  g_autofree char *about = viewer_text_about (
      viewer_document_get_result (self->document));

  /* What is known is of the sum, not of each. */
  if (!viewer_document_is_input (self->document) &&
      viewer_document_n_files (self->document) == 1)
    viewer_recent_add (viewer_document_get_file (self->document), about);
}

static void
update_changed_bar (ViewerWindow *self)
{
  gboolean         outdated = viewer_document_is_outdated (self->document);
  g_autofree char *text = NULL;

  if (outdated)
    {
      /* Translators: the name of a file that was written again */
      text = g_strdup_printf (_ ("%s changed"),
                              viewer_document_get_name (self->document));
      gtk_label_set_label (self->changed_label, text);
    }
  gtk_revealer_set_reveal_child (self->changed_bar, outdated);
}

/* (transfer full): in one line */
static char *
summarize (const char *const *warnings)
{
  gulong others = g_strv_length ((char **)warnings) - 1;

  if (others == 0)
    return g_strdup (warnings[0]);
  /* Translators: a warning, and how many there are besides */
  return g_strdup_printf (g_dngettext (NULL,
                                       "%s, and %lu warning more",
                                       "%s, and %lu warnings more",
                                       others),
                          warnings[0],
                          others);
}

static void
update_warnings_bar (ViewerWindow *self)
{
  const char *const *warnings = viewer_document_get_warnings (self->document);
  gboolean fresh = viewer_document_has_fresh_warnings (self->document);

  if (fresh)
    {
      g_autofree char *line = summarize (warnings);
      g_autofree char *all = g_strjoinv ("\n", (char **)warnings);

      gtk_label_set_label (self->warnings_label, line);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->warnings_label), all);
    }
  gtk_revealer_set_reveal_child (self->warnings_bar, fresh);
}

static void
update_drop_area (ViewerWindow *self)
{
  gboolean shows = viewer_document_get_result (self->document) != NULL;

  viewer_drop_area_set_shown (self->drop_area,
                              shows ? viewer_document_get_file (self->document)
                                    : NULL,
                              viewer_document_get_name (self->document));
}

static void
follow_document (ViewerWindow *self, guint what)
{
  if (what & VIEWER_CHANGED_STATE)
    {
      follow_source (self);
      viewer_window_update_state (self);
    }
  else if (what & VIEWER_CHANGED_RESULT)
    {
      viewer_window_update_types (self);
      viewer_window_update_title (self);
    }
  if (what & VIEWER_CHANGED_BUSY)
    update_busy (self);
  if (what == VIEWER_CHANGED_BUSY)
    return;
  if (what & VIEWER_CHANGED_RESULT &&
      viewer_document_get_state (self->document) == VIEWER_STATE_READY)
    remember (self);
  if (what & VIEWER_CHANGED_RESULT)
    viewer_window_update_labels (self);
  if (what & VIEWER_CHANGED_FILE)
    {
      update_changed_bar (self);
      update_warnings_bar (self);
    }
  if (what & VIEWER_CHANGED_RESULT)
    update_drop_area (self);
  viewer_window_update_actions (self);
  viewer_window_update_query_actions (self);
  viewer_window_update_compare_actions (self);
  viewer_window_update_status (self);
}

void
viewer_window_follow_document (ViewerWindow *self, guint what)
{
  ViewerStage stage;
  double      fraction;

  follow_document (self, what);
  if (!viewer_document_is_busy (self->document, &stage, &fraction))
    appear_now (self);
}

/* A view takes the focus when a profile is there, not the first button. */
void
viewer_window_focus_content (ViewerWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->states), "content") !=
      0)
    return;
  if (focus == NULL ||
      !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->search_bar)))
    gtk_widget_grab_focus (gtk_stack_get_visible_child (self->views));
}
