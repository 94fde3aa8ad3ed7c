/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-profile-window.h"

#include "viewer-clip.h"
#include "viewer-facts.h"
#include <glib/gi18n.h>

/* Characters of a fact in a line. */
#define MAX_WIDTH 44

struct _ViewerProfileWindow
{
  AdwWindow parent_instance;

  GtkWidget      *copy;
  AdwBin         *content;
  ViewerDocument *document;
  GPtrArray      *groups;      /* shown; ViewerFactGroup; or NULL */
  GCancellable   *cancellable; /* of what was asked last */
};

G_DEFINE_FINAL_TYPE (ViewerProfileWindow,
                     viewer_profile_window,
                     ADW_TYPE_WINDOW)

/* --- Rows --- */

static GtkWidget *
row_new (const ViewerFact *fact)
{
  GtkWidget       *row = adw_action_row_new ();
  g_autofree char *clipped = viewer_clip (fact->text, VIEWER_CLIP_FACT);
  GtkWidget       *text = gtk_label_new (clipped);
  g_autofree char *title = g_markup_escape_text (fact->title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (text), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (text), MAX_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (text), 1);
  gtk_label_set_justify (GTK_LABEL (text), GTK_JUSTIFY_RIGHT);
  gtk_widget_add_css_class (text, "numeric");
  gtk_widget_set_margin_top (text, 6);
  gtk_widget_set_margin_bottom (text, 6);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), text);
  return row;
}

static GtkWidget *
group_new (const ViewerFactGroup *group)
{
  GtkWidget       *widget = adw_preferences_group_new ();
  g_autofree char *title = g_markup_escape_text (group->title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (widget), title);
  for (guint i = 0; i < group->facts->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (widget),
                               row_new (group->facts->pdata[i]));
  return widget;
}

/* @groups: (transfer full) */
static void
show_groups (ViewerProfileWindow *self, GPtrArray *groups)
{
  GtkWidget *page = adw_preferences_page_new ();

  g_clear_pointer (&self->groups, g_ptr_array_unref);
  self->groups = groups;
  for (guint i = 0; i < groups->len; i++)
    adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                              ADW_PREFERENCES_GROUP (
                                  group_new (groups->pdata[i])));
  adw_bin_set_child (self->content, page);
  gtk_widget_set_sensitive (self->copy, TRUE);
}

static void
copy_all (ViewerProfileWindow *self)
{
  g_autofree char *text = viewer_facts_to_text (self->groups);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/* --- Asking --- */

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  g_task_return_pointer (task,
                         viewer_facts_groups (task_data),
                         (GDestroyNotify)g_ptr_array_unref);
}

static void
done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  GPtrArray *groups = g_task_propagate_pointer (G_TASK (async_result), NULL);

  if (groups != NULL)
    show_groups (VIEWER_PROFILE_WINDOW (source), groups);
}

static void
cancel (ViewerProfileWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ask (ViewerProfileWindow *self)
{
  ViewerFacts      *facts = viewer_facts_new (self->document);
  g_autoptr (GTask) task = NULL;

  if (facts == NULL)
    return;
  cancel (self);
  self->cancellable = g_cancellable_new ();
  task = g_task_new (self, self->cancellable, done, NULL);
  g_task_set_task_data (task, facts, (GDestroyNotify)viewer_facts_free);
  g_task_run_in_thread (task, run);
}

static void
document_changed (ViewerProfileWindow *self, guint what)
{
  if (what & VIEWER_CHANGED_RESULT)
    ask (self);
}

/* --- Object --- */

static void
viewer_profile_window_dispose (GObject *object)
{
  ViewerProfileWindow *self = VIEWER_PROFILE_WINDOW (object);

  cancel (self);
  g_clear_object (&self->document);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  G_OBJECT_CLASS (viewer_profile_window_parent_class)->dispose (object);
}

static void
viewer_profile_window_class_init (ViewerProfileWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_profile_window_dispose;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass),
                                       GDK_KEY_Escape,
                                       0,
                                       "window.close",
                                       NULL);
}

static void
viewer_profile_window_init (ViewerProfileWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();

  self->copy = gtk_button_new_with_mnemonic (_ ("_Copy All"));
  self->content = ADW_BIN (adw_bin_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->content), TRUE);
  gtk_widget_set_sensitive (self->copy, FALSE);
  g_signal_connect_object (self->copy,
                           "clicked",
                           G_CALLBACK (copy_all),
                           self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_pack_start (ADW_HEADER_BAR (bar), self->copy);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->content));
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Profile Details"));
  gtk_window_set_default_size (GTK_WINDOW (self), 600, 620);
}

ViewerProfileWindow *
viewer_profile_window_new (GtkWindow *parent, ViewerDocument *document)
{
  ViewerProfileWindow *self = g_object_new (VIEWER_TYPE_PROFILE_WINDOW,
                                            "transient-for",
                                            parent,
                                            "destroy-with-parent",
                                            TRUE,
                                            NULL);

  self->document = g_object_ref (document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  ask (self);
  return self;
}
