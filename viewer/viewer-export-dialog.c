/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-export-dialog.h"

#include "viewer-color.h"
#include "viewer-drag-file.h"
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
  gboolean        is_graph;
  ProfGraphBuild  graph;
  GBytes         *file;        /* (nullable): what would be written */
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
  choice->is_graph = self->is_graph;
  choice->graph = self->graph;
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
    {
      show_size (self, g_bytes_get_size (bytes));
      g_clear_pointer (&self->file, g_bytes_unref);
      self->file = g_bytes_ref (bytes);
    }
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

/* What is asked of a flame graph's part is asked of a call graph's size. */
static void
name_parts (ViewerExportDialog *self)
{
  const char *const         parts[] = { _ ("As Large as It Needs"),
                                        _ ("As Wide as Below"),
                                        NULL };
  g_autoptr (GtkStringList) list = gtk_string_list_new (parts);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->part), _ ("Size"));
  adw_combo_row_set_model (self->part, G_LIST_MODEL (list));
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
  gtk_widget_set_visible (self->width_row,
                          is_picture &&
                              (!self->is_graph ||
                               adw_combo_row_get_selected (self->part) == 1));
  gtk_widget_set_visible (self->scale_row, format == VIEWER_EXPORT_PNG);
  gtk_widget_set_visible (self->preview_box, is_picture);
  stop_preview (self);
  g_clear_pointer (&self->file, g_bytes_unref);
  gtk_label_set_label (self->size, "");
  if (is_picture)
    self->preview_source = g_timeout_add (PREVIEW_DELAY_MS, make_preview, self);
}

/* --- Dragging it away --- */

/* (transfer full) (nullable): as the file that would be written. */
static GdkContentProvider *
provide_file (ViewerExportDialog *self)
{
  g_autofree char  *name = viewer_export_file_name (self->document,
                                                   format_of (self));
  g_autoptr (GFile) file = viewer_drag_file_new (self->file, name, NULL);

  if (file == NULL)
    return NULL;

  return gdk_content_provider_new_typed (GDK_TYPE_FILE_LIST,
                                         &(GSList){ .data = file });
}

/* (transfer full) (nullable): as bytes that say what they are; pixels come from
 * the preview. */
static GdkContentProvider *
provide_bytes (ViewerExportDialog *self)
{
  static const char *const types[VIEWER_N_EXPORTS] = {
    [VIEWER_EXPORT_SVG] = "image/svg+xml",
    [VIEWER_EXPORT_PNG] = "image/png",
    [VIEWER_EXPORT_PDF] = "application/pdf",
  };
  const char *type = types[format_of (self)];

  return type != NULL ? gdk_content_provider_new_for_bytes (type, self->file)
                      : NULL;
}

/* (transfer full) (nullable) */
static GdkContentProvider *
provide_pixels (ViewerExportDialog *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (self->preview);

  return paintable != NULL
             ? gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, paintable)
             : NULL;
}

/* Whoever takes it chooses: mails and browsers a file, editors of text markup,
 * those of pictures pixels. */
static GdkContentProvider *
dragged (ViewerExportDialog *self)
{
  GdkContentProvider *made[3];
  GdkContentProvider *providers[G_N_ELEMENTS (made)];
  gsize               n = 0;

  if (self->file == NULL || viewer_document_get_result (self->document) == NULL)
    return NULL;
  made[0] = provide_file (self);
  made[1] = provide_bytes (self);
  made[2] = provide_pixels (self);
  for (size_t i = 0; i < G_N_ELEMENTS (made); i++)
    if (made[i] != NULL)
      providers[n++] = made[i];
  return n > 0 ? gdk_content_provider_new_union (providers, n) : NULL;
}

static void
drag_began (ViewerExportDialog *self, GdkDrag *drag, GtkDragSource *source)
{
  g_autoptr (GdkPaintable) icon = gtk_widget_paintable_new (
      GTK_WIDGET (self->preview));

  gtk_drag_source_set_icon (source, icon, 0, 0);
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
  g_clear_pointer (&self->file, g_bytes_unref);
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
  g_signal_connect_swapped (source,
                            "drag-begin",
                            G_CALLBACK (drag_began),
                            self);
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
  /* Else Return would cancel: that button is the first. */
  gtk_window_set_focus (GTK_WINDOW (self),
                        gtk_window_get_default_widget (GTK_WINDOW (self)));
  return self;
}

void
viewer_export_dialog_set_graph (ViewerExportDialog   *self,
                                const ProfGraphBuild *build)
{
  g_return_if_fail (VIEWER_IS_EXPORT_DIALOG (self));

  self->is_graph = TRUE;
  self->graph = *build;
  name_parts (self);
  choice_changed (self);
}
