/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-capture-bar.h"

#include "viewer-menus.h"
#include <glib/gi18n.h>
#include <string.h>

struct _ViewerCaptureBar
{
  GtkWidget parent_instance;

  /* Children, of the template */
  GtkScrolledWindow *scroller;
  GtkBox            *strip;
  GtkLabel          *status;
  GtkWidget         *stop;
  GtkMenuButton     *watch;

  /* What the strip has: numbers of shots */
  unsigned first;
  unsigned last;
};

G_DEFINE_FINAL_TYPE (ViewerCaptureBar, viewer_capture_bar, GTK_TYPE_WIDGET)

/* --- The strip --- */

static char *
describe_shot (const ViewerShot *shot)
{
  g_autofree char *time = g_date_time_format (shot->time, "%X");
  gsize            size = g_bytes_get_size (shot->bytes);
  g_autofree char *bytes = prof_unit_human ((int64_t)size, "bytes");

  /* Translators: of a captured profile: its number, time of day, total such as
   * "3.02 s", and how large it is */
  return g_strdup_printf (_ ("Capture %u, %s: %s, %s"),
                          shot->number,
                          time,
                          shot->total,
                          bytes);
}

static GtkWidget *
shot_button_new (const ViewerShot *shot)
{
  g_autofree char *time = g_date_time_format (shot->time, "%H:%M:%S");
  g_autofree char *label = g_strdup_printf ("%s · %s", time, shot->total);
  g_autofree char *words = describe_shot (shot);
  GtkWidget       *button = gtk_toggle_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-capture");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", shot->number);
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  return button;
}

/* Those that were added last are at its end. */
static gboolean
scroll_to_end (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ViewerCaptureBar *self = VIEWER_CAPTURE_BAR (widget);
  GtkAdjustment    *adjustment = gtk_scrolled_window_get_hadjustment (
      self->scroller);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

static void
fill_strip (ViewerCaptureBar *self, ViewerCapture *capture)
{
  size_t     n = viewer_capture_n_shots (capture);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->strip))) !=
         NULL)
    gtk_box_remove (self->strip, child);
  for (size_t i = 0; i < n; i++)
    gtk_box_append (self->strip,
                    shot_button_new (viewer_capture_nth_shot (capture, i)));
  gtk_widget_add_tick_callback (GTK_WIDGET (self), scroll_to_end, NULL, NULL);
}

static void
update_strip (ViewerCaptureBar *self, ViewerCapture *capture)
{
  unsigned first = viewer_capture_nth_shot (capture, 0)->number;
  unsigned last = viewer_capture_last (capture)->number;

  if (first == self->first && last == self->last)
    return;
  self->first = first;
  self->last = last;
  fill_strip (self, capture);
}

/* --- The rest --- */

static void
set_label (GtkLabel *label, const char *text)
{
  if (strcmp (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
}

static void
show_as_error (GtkLabel *label, bool is_error)
{
  gtk_widget_remove_css_class (GTK_WIDGET (label), is_error ? "dim" : "error");
  gtk_widget_add_css_class (GTK_WIDGET (label), is_error ? "error" : "dim");
}

/* The toolkit names it, and the one inside, after their type. */
static void
name_button (GtkWidget *button, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name,
                                  -1);
}

static void
update_watch (ViewerCaptureBar *self, unsigned interval)
{
  g_autofree char *label = NULL;

  if (interval > 0)
    /* Translators: how often a program is captured that is watched */
    label = g_strdup_printf (_ ("Every %u s"), interval);
  else
    label = g_strdup (_ ("Watch"));
  if (g_strcmp0 (gtk_menu_button_get_label (self->watch), label) == 0)
    return;
  gtk_menu_button_set_label (self->watch, label);
  name_button (GTK_WIDGET (self->watch), label);
  name_button (gtk_widget_get_first_child (GTK_WIDGET (self->watch)), label);
}

void
viewer_capture_bar_update (ViewerCaptureBar *self, ViewerCapture *capture)
{
  g_autofree char *text = viewer_capture_describe (capture);
  bool             is_running = viewer_capture_is_running (capture, NULL, NULL);

  g_return_if_fail (VIEWER_IS_CAPTURE_BAR (self));
  g_return_if_fail (viewer_capture_n_shots (capture) > 0);

  update_strip (self, capture);
  set_label (self->status, text);
  show_as_error (self->status,
                 viewer_capture_get_error (capture) != NULL && !is_running);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status), text);
  gtk_widget_set_visible (self->stop, is_running);
  update_watch (self, viewer_capture_get_interval (capture));
}

/* --- Object --- */

static void
viewer_capture_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (viewer_capture_bar_parent_class)->dispose (object);
}

static void
viewer_capture_bar_class_init (ViewerCaptureBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = viewer_capture_bar_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class,
      "/org/libprof/Flambeau/ui/viewer-capture-bar.ui");
#define BIND(child) \
  gtk_widget_class_bind_template_child (widget_class, ViewerCaptureBar, child)
  BIND (scroller);
  BIND (strip);
  BIND (status);
  BIND (stop);
  BIND (watch);
#undef BIND
}

static void
viewer_capture_bar_init (ViewerCaptureBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->watch, viewer_menus_get ("watch"));
  update_watch (self, 0);
}
