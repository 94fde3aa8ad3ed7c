/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-export-dialog.h"

#include "viewer-color.h"

struct _ViewerExportDialog
{
  AdwWindow parent_instance;

  /* Children, of the template */
  AdwComboRow   *format;
  AdwComboRow   *part;
  AdwComboRow   *theme;
  GtkWidget     *scale_row;
  GtkSpinButton *scale;
};

G_DEFINE_FINAL_TYPE (ViewerExportDialog, viewer_export_dialog, ADW_TYPE_WINDOW)

enum
{
  EXPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
is_png (ViewerExportDialog *self)
{
  return adw_combo_row_get_selected (self->format) == 1;
}

static void
format_changed (ViewerExportDialog *self)
{
  gtk_widget_set_sensitive (self->scale_row, is_png (self));
}

static void
export_clicked (ViewerExportDialog *self)
{
  g_signal_emit (self, signals[EXPORT], 0);
  gtk_window_close (GTK_WINDOW (self));
}

void
viewer_export_dialog_get (ViewerExportDialog *self, ViewerExportChoice *choice)
{
  g_return_if_fail (VIEWER_IS_EXPORT_DIALOG (self));

  choice->as_shown = adw_combo_row_get_selected (self->part) == 1;
  choice->theme = adw_combo_row_get_selected (self->theme) == 1
                      ? PROF_THEME_DARK
                      : PROF_THEME_LIGHT;
  choice->scale = is_png (self) ? gtk_spin_button_get_value (self->scale) : 1;
}

const char *
viewer_export_dialog_get_suffix (ViewerExportDialog *self)
{
  return is_png (self) ? "png" : "svg";
}

static void
viewer_export_dialog_class_init (ViewerExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

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
  BIND (scale_row);
  BIND (scale);
#undef BIND
  gtk_widget_class_bind_template_callback (widget_class, format_changed);
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
  gtk_widget_init_template (GTK_WIDGET (self));
  format_changed (self);
}

ViewerExportDialog *
viewer_export_dialog_new (GtkWindow *parent)
{
  ViewerExportDialog *self = g_object_new (VIEWER_TYPE_EXPORT_DIALOG,
                                           "transient-for",
                                           parent,
                                           NULL);

  adw_combo_row_set_selected (self->theme,
                              viewer_theme () == PROF_THEME_DARK ? 1 : 0);
  return self;
}
