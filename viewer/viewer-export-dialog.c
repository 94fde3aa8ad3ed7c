/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-export-dialog.h"

#include "viewer-color.h"
#include <glib/gi18n.h>

/* The preview follows what is chosen when nothing was for this long. */
#define PREVIEW_DELAY_MS 120

struct _ViewerExportDialog
{
  AdwWindow parent_instance;

  /* Children, of the template */
  AdwComboRow   *format;
  AdwComboRow   *part;
  AdwComboRow   *theme;
  GtkWidget     *width_row;
  GtkSpinButton *width;
  GtkWidget     *scale_row;
  GtkSpinButton *scale;
  GtkWidget     *preview_box;
  GtkPicture    *preview;
  GtkLabel      *size;

  ViewerDocument *document;
  gboolean        flame;
  GBytes         *picture;     /* (nullable): the preview, PNG */
  GCancellable   *cancellable; /* of what is being made */
  guint           preview_source;
};

G_DEFINE_FINAL_TYPE (ViewerExportDialog, viewer_export_dialog, ADW_TYPE_WINDOW)

enum
{
  EXPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static ViewerExportFormat
format_of (ViewerExportDialog *self)
{
  return (ViewerExportFormat)adw_combo_row_get_selected (self->format);
}

void
viewer_export_dialog_get (ViewerExportDialog *self, ViewerExportChoice *choice)
{
  g_return_if_fail (VIEWER_IS_EXPORT_DIALOG (self));

  choice->format = format_of (self);
  choice->as_shown = adw_combo_row_get_selected (self->part) == 1;
  choice->theme = adw_combo_row_get_selected (self->theme) == 1
                      ? PROF_THEME_DARK
                      : PROF_THEME_LIGHT;
  choice->scale = gtk_spin_button_get_value (self->scale);
  choice->width_px = gtk_spin_button_get_value (self->width);
  choice->flame = self->flame;
}

/* --- Preview --- */

static void
stop_preview (ViewerExportDialog *self)
{
  g_clear_handle_id (&self->preview_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
show_size (ViewerExportDialog *self, gsize bytes)
{
  g_autofree char *human = prof_unit_human ((int64_t)bytes, "bytes");

  gtk_label_set_label (self->size, human);
}

static void
show_picture (ViewerExportDialog *self, GBytes *bytes)
{
  g_autoptr (GdkTexture) texture = gdk_texture_new_from_bytes (bytes, NULL);

  if (texture == NULL)
    return;
  g_clear_pointer (&self->picture, g_bytes_unref);
  self->picture = g_bytes_ref (bytes);
  gtk_picture_set_paintable (self->preview, GDK_PAINTABLE (texture));
}

static void
preview_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ViewerExportDialog) self = data;
  g_autoptr (GError)             error = NULL;
  g_autoptr (GBytes)             bytes = NULL;

  bytes = viewer_export_bytes_finish (result, &error);
  if (bytes != NULL)
    show_picture (self, bytes);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->size, error->message);
}

static void
file_made (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ViewerExportDialog) self = data;
  g_autoptr (GError)             error = NULL;
  g_autoptr (GBytes)             bytes = NULL;

  bytes = viewer_export_bytes_finish (result, &error);
  if (bytes != NULL)
    show_size (self, g_bytes_get_size (bytes));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_label_set_label (self->size, error->message);
}

/* Pixels for the eye, and the file itself for its size. */
static gboolean
make_preview (gpointer data)
{
  ViewerExportDialog *self = data;
  ViewerExportChoice  choice = VIEWER_EXPORT_CHOICE_INIT;

  self->preview_source = 0;
  if (viewer_document_get_result (self->document) == NULL)
    return G_SOURCE_REMOVE;
  self->cancellable = g_cancellable_new ();
  viewer_export_dialog_get (self, &choice);
  viewer_export_bytes_async (self->document,
                             &choice,
                             self->cancellable,
                             file_made,
                             g_object_ref (self));
  choice.format = VIEWER_EXPORT_PNG;
  choice.scale = 1;
  viewer_export_bytes_async (self->document,
                             &choice,
                             self->cancellable,
                             preview_made,
                             g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
choice_changed (ViewerExportDialog *self)
{
  ViewerExportFormat format = format_of (self);
  gboolean           is_picture = viewer_export_is_picture (format);

  if (self->document == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->part), is_picture);
  gtk_widget_set_visible (GTK_WIDGET (self->theme), is_picture);
  gtk_widget_set_visible (self->width_row, is_picture);
  gtk_widget_set_visible (self->scale_row, format == VIEWER_EXPORT_PNG);
  gtk_widget_set_visible (self->preview_box, is_picture);
  stop_preview (self);
  gtk_label_set_label (self->size, "");
  if (is_picture)
    self->preview_source = g_timeout_add (PREVIEW_DELAY_MS, make_preview, self);
}

static GdkContentProvider *
dragged (ViewerExportDialog *self)
{
  GdkContentProvider *providers[2];

  if (self->picture == NULL)
    return NULL;
  providers[0] = gdk_content_provider_new_for_bytes ("image/png",
                                                     self->picture);
  providers[1] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE,
                                                 gtk_picture_get_paintable (
                                                     self->preview));
  return gdk_content_provider_new_union (providers, 2);
}

/* --- Object --- */

static void
export_clicked (ViewerExportDialog *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
viewer_export_dialog_dispose (GObject *object)
{
  ViewerExportDialog *self = VIEWER_EXPORT_DIALOG (object);

  stop_preview (self);
  g_clear_pointer (&self->picture, g_bytes_unref);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_export_dialog_parent_class)->dispose (object);
}

static void
viewer_export_dialog_class_init (ViewerExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_export_dialog_dispose;
  signals[EXPORT] = g_signal_new ("export",
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
      "/org/libprof/Flambeau/ui/viewer-export-dialog.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerExportDialog, child)
  BIND (format);
  BIND (part);
  BIND (theme);
  BIND (width_row);
  BIND (width);
  BIND (scale_row);
  BIND (scale);
  BIND (preview_box);
  BIND (preview);
  BIND (size);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, export_clicked);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Escape,
                                       0,
                                       "window.close",
                                       NULL);
}

static void
viewer_export_dialog_init (ViewerExportDialog *self)
{
  GtkDragSource *source = gtk_drag_source_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (source, "prepare", G_CALLBACK (dragged), self);
  gtk_widget_add_controller (GTK_WIDGET (self->preview),
                             GTK_EVENT_CONTROLLER (source));
}

ViewerExportDialog *
viewer_export_dialog_new (GtkWindow      *parent,
                          ViewerDocument *document,
                          gboolean        flame,
                          double          width_px)
{
  ViewerExportDialog *self = g_object_new (VIEWER_TYPE_EXPORT_DIALOG,
                                           "transient-for",
                                           parent,
                                           NULL);

  self->document = g_object_ref (document);
  self->flame = flame;
  adw_combo_row_set_selected (self->theme,
                              viewer_theme () == PROF_THEME_DARK ? 1 : 0);
  gtk_spin_button_set_value (self->width, width_px);
  choice_changed (self);
  return self;
}
