/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-search-bar.h"

#include "viewer-change-text.h"
#include "viewer-text.h"

#include <glib/gi18n.h>

/* Typing is over when no key came for this long. */
#define TYPING_MS 150

struct _ViewerSearchBar
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkLabel        *result;
  GtkWidget       *previous;
  GtkWidget       *next;
  GtkWidget       *keep;
  GtkWidget       *entry;
  GtkEditable     *text;
  GtkToggleButton *regex;
  GtkToggleButton *match_case;
  GtkWidget       *clear;

  GtkEventControllerFocus *entry_focus; /* of entry */

  ViewerDocument *document;
  guint           typing_source;
  gboolean        updating; /* the text is being set by us */
  gboolean        narrow;
};

G_DEFINE_FINAL_TYPE (ViewerSearchBar, viewer_search_bar, GTK_TYPE_WIDGET)

enum
{
  LEFT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ProfSearchFlags
flags_of (ViewerSearchBar *self)
{
  ProfSearchFlags flags = PROF_SEARCH_SUBSTRING;

  if (gtk_toggle_button_get_active (self->regex))
    flags |= PROF_SEARCH_REGEX;
  if (gtk_toggle_button_get_active (self->match_case))
    flags |= PROF_SEARCH_CASE;
  return flags;
}

static void
search_now (ViewerSearchBar *self)
{
  g_clear_handle_id (&self->typing_source, g_source_remove);
  viewer_document_set_search (self->document,
                              gtk_editable_get_text (self->text),
                              flags_of (self));
}

static gboolean
typing_is_over (gpointer data)
{
  ViewerSearchBar *self = data;

  self->typing_source = 0;
  search_now (self);
  return G_SOURCE_REMOVE;
}

/* An empty entry has room for its hint alone. */
static void
show_switches (ViewerSearchBar *self)
{
  gboolean used = viewer_search_bar_has_text (self) ||
                  gtk_event_controller_focus_contains_focus (self->entry_focus);

  gtk_widget_set_visible (GTK_WIDGET (self->regex), used);
  gtk_widget_set_visible (GTK_WIDGET (self->match_case), used);
  gtk_widget_set_visible (self->clear, viewer_search_bar_has_text (self));
}

static void
text_changed (ViewerSearchBar *self)
{
  show_switches (self);
  if (self->updating)
    return;
  g_clear_handle_id (&self->typing_source, g_source_remove);
  /* What is cleared should be gone at once. */
  if (!viewer_search_bar_has_text (self))
    search_now (self);
  else
    self->typing_source = g_timeout_add (TYPING_MS, typing_is_over, self);
}

static void
toggled (ViewerSearchBar *self)
{
  if (!self->updating)
    search_now (self);
}

static void
clear_clicked (ViewerSearchBar *self)
{
  gtk_editable_set_text (self->text, "");
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

static void
activated (ViewerSearchBar *self)
{
  search_now (self);
  viewer_document_find (self->document, 1);
}

static gboolean
key_pressed (ViewerSearchBar *self,
             guint            keyval,
             guint            keycode,
             GdkModifierType  state)
{
  gboolean is_enter = keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;

  if (is_enter && state & GDK_SHIFT_MASK)
    {
      search_now (self);
      viewer_document_find (self->document, -1);
      return TRUE;
    }
  if (keyval == GDK_KEY_Down)
    {
      search_now (self);
      g_signal_emit (self, signals[LEFT], 0);
      return TRUE;
    }
  if (keyval == GDK_KEY_Escape)
    {
      gboolean had_text = viewer_search_bar_has_text (self);

      gtk_editable_set_text (self->text, "");
      if (had_text)
        g_signal_emit (self, signals[LEFT], 0);
      return had_text;
    }
  return FALSE;
}

/* "12 of 340 functions · 0.46 s → 1.06 s, +0.60 s (+130 %)" */
static char *
describe_changes (const ViewerResult *result,
                  ProfSearch         *search,
                  gboolean            narrow)
{
  const ProfChange *changes = prof_tree_changes (prof_search_tree (search));
  size_t            n;
  const ProfNodeId *nodes = prof_search_outer (search, &n);
  int64_t           before = 0;
  int64_t           now = 0;
  g_autofree char  *count = NULL;
  g_autofree char  *all = prof_unit_human ((int64_t)result->n_rows, "count");
  g_autofree char  *sides = NULL;
  g_autofree char  *difference = NULL;

  for (size_t i = 0; i < n; i++)
    {
      before += changes[nodes[i]].total_before;
      now += changes[nodes[i]].total_now;
    }
  count = prof_unit_human ((int64_t)prof_search_n_frames (search), "count");
  sides = viewer_change_sides (result, before, now);
  difference = viewer_change_difference (result, before, now);
  if (narrow)
    return g_strdup_printf ("%s · %s", count, difference);
  return g_strdup_printf (
      /* Translators: functions found, of how many, their value before and now,
       * the difference */
      _ ("%s of %s functions · %s, %s"),
      count,
      all,
      sides,
      difference);
}

/* "12 of 340 functions · 24.3 % · 2.92 s", in a narrow window "12 · 24.3 %" */
static char *
describe (ViewerSearchBar *self, gboolean narrow)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfSearch   *search = viewer_document_get_search (self->document);
  size_t        n = prof_search_n_frames (search);

  if (n == 0)
    return g_strdup (_ ("No functions found"));
  if (prof_tree_changes (prof_search_tree (search)) != NULL)
    return describe_changes (result, search, narrow);

  int64_t          total = prof_search_total (search);
  g_autofree char *count = prof_unit_human ((int64_t)n, "count");
  g_autofree char *share = prof_unit_human_percentage ((double)total,
                                                       (double)result->total);
  g_autofree char *value = viewer_text_value (result, total);
  g_autofree char *all = prof_unit_human ((int64_t)prof_top_n_rows (
                                              result->top),
                                          "count");

  if (narrow)
    return g_strdup_printf ("%s · %s", count, share);
  return g_strdup_printf (
      /* Translators: functions found, of how many, their share of the total,
       * their value */
      _ ("%s of %s functions · %s · %s"),
      count,
      all,
      share,
      value);
}

/* Its message begins as the part of a sentence. */
static void
show_complaint (ViewerSearchBar *self, const char *complaint)
{
  g_autofree char *text = g_strdup (complaint);

  text[0] = g_ascii_toupper (text[0]);
  gtk_widget_add_css_class (self->entry, "error");
  gtk_widget_add_css_class (GTK_WIDGET (self->result), "error");
  gtk_label_set_label (self->result, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->result), text);
}

static void
show_matches (ViewerSearchBar *self)
{
  const char *complaint = viewer_document_get_search_complaint (self->document);
  ProfSearch *search = viewer_document_get_search (self->document);
  gboolean    any = search != NULL && prof_search_n_frames (search) > 0;

  gtk_widget_set_visible (GTK_WIDGET (self->result),
                          complaint != NULL || search != NULL);
  gtk_widget_set_visible (self->previous, any && complaint == NULL);
  gtk_widget_set_visible (self->next, any && complaint == NULL);
  gtk_widget_set_visible (self->keep,
                          any && complaint == NULL && !self->narrow);
  if (complaint != NULL)
    {
      show_complaint (self, complaint);
      return;
    }
  gtk_widget_remove_css_class (self->entry, "error");
  gtk_widget_remove_css_class (GTK_WIDGET (self->result), "error");
  if (search == NULL)
    return;
  g_autofree char *text = describe (self, self->narrow);
  g_autofree char *full = describe (self, FALSE);
  gtk_label_set_label (self->result, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->result), full);
}

/* Others may search too: a package in the legend, the name of a frame. */
static void
show_text (ViewerSearchBar *self)
{
  const char     *text = viewer_document_get_search_text (self->document);
  ProfSearchFlags flags = viewer_document_get_search_flags (self->document);

  if (self->typing_source != 0)
    return;
  self->updating = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (self->text), text) != 0)
    gtk_editable_set_text (self->text, text);
  gtk_toggle_button_set_active (self->regex, flags & PROF_SEARCH_REGEX);
  gtk_toggle_button_set_active (self->match_case, flags & PROF_SEARCH_CASE);
  self->updating = FALSE;
}

static void
document_changed (ViewerSearchBar *self, guint what)
{
  if (!(what & VIEWER_CHANGED_SEARCH))
    return;
  show_text (self);
  show_matches (self);
}

void
viewer_search_bar_set_document (ViewerSearchBar *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_SEARCH_BAR (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

void
viewer_search_bar_set_narrow (ViewerSearchBar *self, gboolean narrow)
{
  g_return_if_fail (VIEWER_IS_SEARCH_BAR (self));

  self->narrow = narrow;
  if (self->document != NULL)
    show_matches (self);
}

void
viewer_search_bar_begin (ViewerSearchBar *self)
{
  g_return_if_fail (VIEWER_IS_SEARCH_BAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
  gtk_editable_select_region (self->text, 0, -1);
}

void
viewer_search_bar_search (ViewerSearchBar *self, const char *text)
{
  g_return_if_fail (VIEWER_IS_SEARCH_BAR (self));

  gtk_editable_set_text (self->text, text);
  search_now (self);
}

gboolean
viewer_search_bar_has_text (ViewerSearchBar *self)
{
  return gtk_editable_get_text (self->text)[0] != '\0';
}

static void
viewer_search_bar_dispose (GObject *object)
{
  ViewerSearchBar *self = VIEWER_SEARCH_BAR (object);
  GtkWidget       *child;

  g_clear_handle_id (&self->typing_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_search_bar_parent_class)->dispose (object);
}

static void
viewer_search_bar_class_init (ViewerSearchBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_search_bar_dispose;
  signals[LEFT] = g_signal_new ("left",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-search-bar.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerSearchBar, child)
  BIND (result);
  BIND (previous);
  BIND (next);
  BIND (keep);
  BIND (entry);
  BIND (text);
  BIND (regex);
  BIND (match_case);
  BIND (clear);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, text_changed);
  gtk_widget_class_bind_template_callback (widget_class, toggled);
  gtk_widget_class_bind_template_callback (widget_class, clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, activated);
}

static void
viewer_search_bar_init (ViewerSearchBar *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->entry_focus = GTK_EVENT_CONTROLLER_FOCUS (
      gtk_event_controller_focus_new ());
  g_signal_connect_swapped (self->entry_focus,
                            "notify::contains-focus",
                            G_CALLBACK (show_switches),
                            self);
  gtk_widget_add_controller (self->entry,
                             GTK_EVENT_CONTROLLER (self->entry_focus));
  show_switches (self);
  /* Before the text takes Enter and the window takes Escape. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys,
                            "key-pressed",
                            G_CALLBACK (key_pressed),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self->text), keys);
}
