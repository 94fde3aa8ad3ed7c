/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-filter-bar.h"

#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

struct _ViewerFilterBar
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkBox   *chips;
  GtkLabel *shown;

  ViewerDocument *document;
  ViewerQuestion *question; /* whose filters the chips are */
};

G_DEFINE_FINAL_TYPE (ViewerFilterBar, viewer_filter_bar, GTK_TYPE_WIDGET)

/* --- Editing a filter --- */

/* The popover of a chip; owned by its entry. */
typedef struct
{
  ViewerFilterBar *bar;    /* outlives the chip */
  char            *option; /* owned */
  GtkLabel        *complaint;
  GtkPopover      *popover;
} Editor;

static void
editor_free (gpointer data)
{
  Editor *editor = data;

  g_free (editor->option);
  g_free (editor);
}

static void
apply (GtkEntry *entry, Editor *editor)
{
  g_autoptr (GError) error = NULL;
  const char        *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (viewer_document_set_option (editor->bar->document,
                                  editor->option,
                                  text[0] != '\0' ? text : NULL,
                                  &error))
    {
      gtk_popover_popdown (editor->popover);
      return;
    }
  gtk_widget_add_css_class (GTK_WIDGET (entry), "error");
  gtk_label_set_label (editor->complaint, error->message);
  gtk_widget_set_visible (GTK_WIDGET (editor->complaint), TRUE);
}

static GtkWidget *
wrapped_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  gtk_widget_add_css_class (label, "small");
  return label;
}

static GtkWidget *
editor_new (ViewerFilterBar *self, const ViewerFilter *filter)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *effect = wrapped_label (filter->effect);
  Editor    *editor = g_new0 (Editor, 1);

  editor->bar = self;
  editor->option = g_strdup (filter->option);
  editor->popover = GTK_POPOVER (popover);
  editor->complaint = GTK_LABEL (wrapped_label (""));
  gtk_editable_set_text (GTK_EDITABLE (entry), filter->value);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 36);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  filter->label,
                                  -1);
  g_signal_connect_data (entry,
                         "activate",
                         G_CALLBACK (apply),
                         editor,
                         (GClosureNotify)(void (*) (void))editor_free,
                         0);
  gtk_widget_add_css_class (effect, "dim");
  gtk_widget_add_css_class (GTK_WIDGET (editor->complaint), "error");
  gtk_widget_set_visible (GTK_WIDGET (editor->complaint), FALSE);
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (editor->complaint));
  gtk_box_append (GTK_BOX (box), effect);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

/* --- Chips --- */

static GtkWidget *
chip_label (const ViewerFilter *filter)
{
  GtkWidget       *label = gtk_label_new (NULL);
  g_autofree char *value = prof_upright (filter->value, -1);
  g_autofree char *markup = NULL;

  /* Translators: a filter and its pattern: "Focus: json" */
  markup = g_markup_printf_escaped (_ ("<span alpha=\"75%%\">%s:</span> %s"),
                                    filter->label,
                                    value);
  gtk_label_set_markup (GTK_LABEL (label), markup);
  /* The last name of a path says most. */
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           strcmp (filter->option, "focus-path") == 0
                               ? PANGO_ELLIPSIZE_MIDDLE
                               : PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 48);
  return label;
}

static GtkWidget *
remove_button (const ViewerFilter *filter)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *name = NULL;

  name = g_strdup_printf (_ ("Remove Filter: %s"), filter->label);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.remove-filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "s",
                                    filter->option);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "chip-button");
  return button;
}

static GtkWidget *
chip_new (ViewerFilterBar *self, const ViewerFilter *filter)
{
  GtkWidget       *chip = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *edit = gtk_menu_button_new ();
  g_autofree char *value = prof_upright (filter->value, -1);
  g_autofree char *name = NULL;

  name = g_strdup_printf (_ ("Filter %s: %s"), filter->label, value);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (edit), chip_label (filter));
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (edit),
                               editor_new (self, filter));
  gtk_widget_set_tooltip_text (edit, filter->effect);
  gtk_accessible_update_property (GTK_ACCESSIBLE (edit),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
  gtk_widget_add_css_class (edit, "flat");
  gtk_widget_add_css_class (edit, "chip-label");
  gtk_box_append (GTK_BOX (chip), edit);
  gtk_box_append (GTK_BOX (chip), remove_button (filter));
  gtk_widget_add_css_class (chip, "filter-chip");
  gtk_widget_set_valign (chip, GTK_ALIGN_CENTER);
  return chip;
}

static void
update_chips (ViewerFilterBar *self)
{
  ViewerQuestion    *question = viewer_document_get_question (self->document);
  g_autoptr (GArray) filters = viewer_question_filters (question);
  GtkWidget         *child;

  gtk_widget_set_visible (GTK_WIDGET (self), filters->len > 0);
  if (self->question != NULL &&
      viewer_question_equal (question, self->question))
    return;
  viewer_question_unref (self->question);
  self->question = viewer_question_ref (question);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) !=
         NULL)
    gtk_box_remove (self->chips, child);
  for (guint i = 0; i < filters->len; i++)
    gtk_box_append (self->chips,
                    chip_new (self, &g_array_index (filters, ViewerFilter, i)));
}

static void
update_shown (ViewerFilterBar *self)
{
  ViewerResult    *result = viewer_document_get_result (self->document);
  g_autofree char *text = result != NULL ? viewer_text_shown (result) : NULL;

  gtk_label_set_label (self->shown, text != NULL ? text : "");
}

static void
document_changed (ViewerFilterBar *self, guint what)
{
  if (what & VIEWER_CHANGED_QUESTION)
    update_chips (self);
  if (what & VIEWER_CHANGED_RESULT)
    update_shown (self);
}

void
viewer_filter_bar_set_document (ViewerFilterBar *self, ViewerDocument *document)
{
  g_return_if_fail (VIEWER_IS_FILTER_BAR (self));

  g_set_object (&self->document, document);
  g_signal_connect_object (document,
                           "changed",
                           G_CALLBACK (document_changed),
                           self,
                           G_CONNECT_SWAPPED);
  update_chips (self);
}

static void
viewer_filter_bar_dispose (GObject *object)
{
  ViewerFilterBar *self = VIEWER_FILTER_BAR (object);
  GtkWidget       *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  g_clear_pointer (&self->question, viewer_question_unref);
  G_OBJECT_CLASS (viewer_filter_bar_parent_class)->dispose (object);
}

static void
viewer_filter_bar_class_init (ViewerFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_filter_bar_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-filter-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ViewerFilterBar, chips);
  gtk_widget_class_bind_template_child (widget_class, ViewerFilterBar, shown);
}

static void
viewer_filter_bar_init (ViewerFilterBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
