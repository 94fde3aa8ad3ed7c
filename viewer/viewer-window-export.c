/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What leaves the window: files, paper and the clipboard. */
#include "viewer-window-private.h"

#include "viewer-color.h"
#include "viewer-export-dialog.h"
#include <glib/gi18n.h>
#include <string.h>

/* Of a picture on the clipboard: for screens with two pixels for each px. */
#define CLIPBOARD_SCALE 2

/* px: of what is offered first, and of a page of a report. */
#define VIEWER_EXPORT_WIDTH 1200

/* What is drawn is what the window shows: the call graph, or else the flame
 * graph. */
static void
choose_graph (ViewerWindow *self, ViewerExportChoice *choice)
{
  choice->is_graph = strcmp (self->view, "graph") == 0;
  viewer_graph_get_build (viewer_graph_page_get_graph (self->graph_page),
                          &choice->graph);
}

static ViewerExportChoice
choice_as_shown (ViewerWindow *self)
{
  ViewerFlameCanvas *canvas = viewer_window_get_canvas (self);
  ViewerExportChoice choice = VIEWER_EXPORT_CHOICE_INIT;

  choice.flame = viewer_flame_canvas_get_flame (canvas);
  choice.names = viewer_flame_canvas_get_names (canvas);
  choice.trim = viewer_flame_canvas_get_trim (canvas);
  choice.theme = viewer_theme ();
  choice.as_shown = TRUE;
  choose_graph (self, &choice);
  return choice;
}

/* --- Files --- */

void
viewer_window_offer_folder (ViewerWindow *self,
                            const char   *text,
                            const char   *path)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast        *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("Show in Files"));
  adw_toast_set_action_name (toast, "win.show-in-files");
  adw_toast_set_action_target_value (toast, g_variant_new_string (path));
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* As file managers are asked to; where none answers, the folder is opened. */
static void
shown_in_files (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char     *folder = data;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GFile)    file = NULL;
  g_autofree char     *uri = NULL;

  answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source),
                                          result,
                                          NULL);
  if (answer != NULL)
    return;
  file = g_file_new_for_path (folder);
  uri = g_file_get_uri (file);
  g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
}

static void
show_in_files (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char      *path = g_variant_get_string (parameter, NULL);
  GDBusConnection *bus = g_application_get_dbus_connection (
      g_application_get_default ());
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char  *uri = g_file_get_uri (file);
  const char       *uris[] = { uri, NULL };

  if (bus == NULL)
    return;
  g_dbus_connection_call (bus,
                          "org.freedesktop.FileManager1",
                          "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1",
                          "ShowItems",
                          g_variant_new ("(^ass)", uris, ""),
                          NULL,
                          G_DBUS_CALL_FLAGS_NONE,
                          -1,
                          NULL,
                          shown_in_files,
                          g_path_get_dirname (path));
}

static void
exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (ViewerWindow) self = data;
  g_autoptr (GError)       error = NULL;
  g_autofree char         *path = viewer_export_finish (result, &error);

  self->n_exports--;
  if (path == NULL)
    {
      g_autofree char *text = g_strdup_printf (_ ("Not exported: %s"),
                                               error->message);

      viewer_window_toast (self, text);
    }
  else
    {
      g_autofree char *base = g_path_get_basename (path);
      g_autofree char *name = g_filename_display_name (base);
      g_autofree char *text = g_strdup_printf (_ ("Exported %s"), name);

      viewer_window_offer_folder (self, text, path);
    }
  g_application_release (g_application_get_default ());
}

/* The application stays until the file is whole, even when the window is
 * closed. */
static void
start_export (ViewerWindow *self, const char *path)
{
  if (viewer_document_get_result (self->document) == NULL)
    return;
  self->n_exports++;
  g_application_hold (g_application_get_default ());
  viewer_export_async (self->document,
                       &self->export_choice,
                       path,
                       exported,
                       g_object_ref (self));
}

static void
export_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow *self = data;
  const char   *path = g_variant_get_string (parameter, NULL);

  self->export_choice = (ViewerExportChoice)VIEWER_EXPORT_CHOICE_INIT;
  self->export_choice.flame = viewer_flame_canvas_get_flame (
      viewer_window_get_canvas (self));
  choose_graph (self, &self->export_choice);
  if (viewer_export_format_of (path, &self->export_choice.format))
    start_export (self, path);
  else
    viewer_window_toast (self, _ ("The name does not say what to write"));
}

static void
save_response (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  const char *suffix = viewer_export_suffix (self->export_choice.format);

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (
          GTK_FILE_CHOOSER (dialog));
      g_autofree char *path = g_file_get_path (file);

      if (path == NULL)
        viewer_window_toast (self, _ ("Files are written to local folders"));
      else if (g_str_has_suffix (path, suffix))
        start_export (self, path);
      else
        {
          g_autofree char *whole = g_strconcat (path, suffix, NULL);

          start_export (self, whole);
        }
    }
  g_clear_object (&self->chooser);
}

static void
export_confirmed (ViewerExportDialog *dialog, ViewerWindow *self)
{
  g_autofree char *name = NULL;

  if (viewer_document_get_result (self->document) == NULL)
    return;
  self->export_choice = (ViewerExportChoice)VIEWER_EXPORT_CHOICE_INIT;
  viewer_export_dialog_get (dialog, &self->export_choice);
  name = viewer_export_file_name (self->document, self->export_choice.format);
  viewer_window_show_chooser (self,
                              _ ("Export"),
                              GTK_FILE_CHOOSER_ACTION_SAVE,
                              _ ("_Save"),
                              G_CALLBACK (save_response));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void export(GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow       *self = data;
  ViewerFlameCanvas  *canvas = viewer_window_get_canvas (self);
  ViewerExportChoice  choice = VIEWER_EXPORT_CHOICE_INIT;
  ViewerExportDialog *dialog;

  choose_graph (self, &choice);
  dialog = viewer_export_dialog_new (GTK_WINDOW (self),
                                     self->document,
                                     viewer_flame_canvas_get_flame (canvas),
                                     VIEWER_EXPORT_WIDTH);
  if (choice.is_graph)
    viewer_export_dialog_set_graph (dialog, &choice.graph);

  g_signal_connect_object (dialog,
                           "export",
                           G_CALLBACK (export_confirmed),
                           data,
                           0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- The clipboard --- */

/* A copy that is being made: pixels first, then markup. */
typedef struct
{
  ViewerWindow *window;
  GBytes       *png; /* once it is there */
} Copy;

static void
copy_free (Copy *copy)
{
  g_object_unref (copy->window);
  g_clear_pointer (&copy->png, g_bytes_unref);
  g_free (copy);
}

static void
put_on_clipboard (Copy *copy, GBytes *svg)
{
  GdkClipboard                  *clipboard;
  g_autoptr (GdkTexture)         texture = NULL;
  GdkContentProvider            *providers[2];
  g_autoptr (GdkContentProvider) both = NULL;

  texture = gdk_texture_new_from_bytes (copy->png, NULL);
  if (texture == NULL)
    return;
  providers[0] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  providers[1] = gdk_content_provider_new_for_bytes ("image/svg+xml", svg);
  both = gdk_content_provider_new_union (providers, 2);
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (copy->window));
  gdk_clipboard_set_content (clipboard, both);
  viewer_window_toast (copy->window, _ ("Image copied"));
}

static void
copy_failed (Copy *copy, const GError *error)
{
  g_autofree char *text = g_strdup_printf (_ ("Not copied: %s"),
                                           error->message);

  viewer_window_toast (copy->window, text);
  copy_free (copy);
}

static void
svg_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Copy              *copy = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) svg = viewer_export_bytes_finish (result, &error);

  if (svg == NULL)
    {
      copy_failed (copy, error);
      return;
    }
  put_on_clipboard (copy, svg);
  copy_free (copy);
}

static void
png_made (GObject *source, GAsyncResult *result, gpointer data)
{
  Copy              *copy = data;
  ViewerExportChoice choice = choice_as_shown (copy->window);
  g_autoptr (GError) error = NULL;

  copy->png = viewer_export_bytes_finish (result, &error);
  if (copy->png == NULL)
    {
      copy_failed (copy, error);
      return;
    }
  if (viewer_document_get_result (copy->window->document) == NULL)
    {
      copy_free (copy);
      return;
    }
  choice.format = VIEWER_EXPORT_SVG;
  viewer_export_bytes_async (copy->window->document,
                             &choice,
                             NULL,
                             svg_made,
                             copy);
}

static void
copy_image (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow      *self = data;
  ViewerExportChoice choice = choice_as_shown (self);
  Copy              *copy;

  if (viewer_document_get_result (self->document) == NULL)
    return;
  copy = g_new0 (Copy, 1);
  copy->window = g_object_ref (self);
  choice.format = VIEWER_EXPORT_PNG;
  choice.scale = CLIPBOARD_SCALE;
  viewer_export_bytes_async (self->document, &choice, NULL, png_made, copy);
}

/* --- Paper --- */

/* (nullable): the call graph, while it is what is shown. */
static ViewerGraph *
shown_graph (ViewerWindow *self)
{
  return strcmp (self->view, "graph") == 0
             ? viewer_graph_page_get_graph (self->graph_page)
             : NULL;
}

static const char *
font_family (ViewerWindow *self)
{
  PangoContext *context = gtk_widget_get_pango_context (
      GTK_WIDGET (self->graph_page));

  return pango_font_description_get_family (
      pango_context_get_font_description (context));
}

static void
begin_print (GtkPrintOperation *operation,
             GtkPrintContext   *context,
             ViewerWindow      *self)
{
  ViewerExportChoice choice = choice_as_shown (self);
  g_autoptr (GError) error = NULL;
  ProfPages         *pages;

  choice.theme = PROF_THEME_LIGHT;
  choice.format = VIEWER_EXPORT_PDF;
  pages = viewer_export_pages (self->document,
                               &choice,
                               shown_graph (self),
                               font_family (self),
                               gtk_print_context_get_width (context),
                               gtk_print_context_get_height (context),
                               &error);
  if (pages == NULL)
    {
      viewer_window_toast (self, error->message);
      gtk_print_operation_cancel (operation);
      return;
    }
  g_object_set_data_full (G_OBJECT (operation),
                          "pages",
                          pages,
                          (GDestroyNotify)prof_pages_free);
  gtk_print_operation_set_n_pages (operation, (int)prof_pages_n (pages));
}

static void
draw_page (GtkPrintOperation *operation,
           GtkPrintContext   *context,
           int                page,
           gpointer           data)
{
  prof_pages_draw (g_object_get_data (G_OBJECT (operation), "pages"),
                   (unsigned)page,
                   gtk_print_context_get_cairo_context (context));
}

/* Flame graphs are wide; a call graph may be either. */
static GtkPageOrientation
orientation_for (ViewerWindow *self)
{
  ViewerGraph     *graph = shown_graph (self);
  ProfGraphLayout *layout = graph != NULL ? viewer_graph_get_layout (graph)
                                          : NULL;

  return layout != NULL && prof_graph_layout_height (layout) >
                               prof_graph_layout_width (layout)
             ? GTK_PAGE_ORIENTATION_PORTRAIT
             : GTK_PAGE_ORIENTATION_LANDSCAPE;
}

static GtkPrintOperation *
print_operation_new (ViewerWindow *self)
{
  GtkPrintOperation       *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();

  gtk_page_setup_set_orientation (setup, orientation_for (self));
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  gtk_print_operation_set_job_name (operation,
                                    viewer_document_get_name (self->document));
  g_signal_connect_object (operation,
                           "begin-print",
                           G_CALLBACK (begin_print),
                           self,
                           0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page), NULL);
  return operation;
}

static void
run_print (ViewerWindow           *self,
           GtkPrintOperation      *operation,
           GtkPrintOperationAction action)
{
  g_autoptr (GError)      error = NULL;
  GtkPrintOperationResult result;

  result = gtk_print_operation_run (operation,
                                    action,
                                    GTK_WINDOW (self),
                                    &error);
  if (result == GTK_PRINT_OPERATION_RESULT_ERROR)
    viewer_window_toast (self, error->message);
}

static void
print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = print_operation_new (data);

  run_print (data, operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG);
}

/* What a printer would get, as a PDF. */
static void
print_to (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GtkPrintOperation) operation = print_operation_new (data);

  gtk_print_operation_set_export_filename (operation,
                                           g_variant_get_string (parameter,
                                                                 NULL));
  run_print (data, operation, GTK_PRINT_OPERATION_ACTION_EXPORT);
}

/* --- Actions --- */

void
viewer_window_add_export_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "export", .activate = export },
    { .name = "export-to", .activate = export_to, .parameter_type = "s" },
    { .name = "show-in-files",
      .activate = show_in_files,
      .parameter_type = "s" },
    { .name = "copy-image", .activate = copy_image },
    { .name = "print", .activate = print },
    { .name = "print-to", .activate = print_to, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}

void
viewer_window_enable_exports (ViewerWindow *self, gboolean enabled)
{
  static const char *const names[] = { "export",
                                       "export-to",
                                       "copy-image",
                                       "print",
                                       "print-to" };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (
                                     g_action_map_lookup_action (G_ACTION_MAP (
                                                                     self),
                                                                 names[i])),
                                 enabled);
}
