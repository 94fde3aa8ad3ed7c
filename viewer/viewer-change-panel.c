/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-change-panel.h"

#include "viewer-bar.h"
#include "viewer-change-text.h"
#include "viewer-name.h"
#include "viewer-panel-row.h"
#include "viewer-swatch.h"
#include "viewer-text.h"
#include <glib/gi18n.h>

#define MAX_ROWS 6

/* px, of "▲ +1.15 s" */
#define DELTA_WIDTH 92

struct _ViewerChangePanel
{
  GtkWidget parent_instance;

  GtkBox         *box; /* child */
  ViewerDocument *document;
};

G_DEFINE_FINAL_TYPE (ViewerChangePanel, viewer_change_panel, GTK_TYPE_WIDGET)

/* Functions */

static void
clicked (GtkButton *button, ViewerChangePanel *self)
{
  ProfFrameId frame = GPOINTER_TO_UINT (
      g_object_get_data (G_OBJECT (button), "frame"));
  ViewerResult *result = viewer_document_get_result (self->document);

  if (result != NULL && frame < prof_frames_n (result->frames))
    viewer_document_select_frame (self->document, frame);
}

static void
add_function (ViewerChangePanel *self, ViewerResult *result, ProfFrameId frame)
{
  const ProfChange *change = viewer_result_change (result, frame);
  const char       *name = prof_frames_display_name (result->frames, frame);
  GtkWidget        *row = viewer_panel_row (8);
  GtkWidget        *swatch = viewer_swatch_new ();
  GtkWidget        *label = viewer_name_new ();
  g_autofree char  *delta = viewer_change_delta (result,
                                                change->self_before,
                                                change->self_now);
  g_autofree char  *amount = NULL;
  g_autofree char  *words = NULL;
  g_autofree char  *sentence = NULL;
  g_autofree char  *tooltip = NULL;
  GtkWidget        *button;

  amount = g_strdup_printf ("%s %s",
                            viewer_change_arrow (change->self_before,
                                                 change->self_now),
                            delta);
  sentence = viewer_change_sentence (result,
                                     change->self_before,
                                     change->self_now);
  words = g_strdup_printf ("%s, %s", name, delta);
  tooltip = g_strdup_printf ("%s\n%s", name, sentence);
  viewer_name_set (VIEWER_NAME (label), viewer_text_short_name (name), FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "link-text");
  viewer_swatch_set_change (VIEWER_SWATCH (swatch),
                            viewer_result_step (result,
                                                change->self_before,
                                                change->self_now));
  gtk_box_append (GTK_BOX (row), swatch);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, DELTA_WIDTH, NULL));
  button = viewer_panel_button (row, words);
  gtk_widget_set_tooltip_text (button, tooltip);
  g_object_set_data (G_OBJECT (button), "frame", GUINT_TO_POINTER (frame));
  g_signal_connect_object (button, "clicked", G_CALLBACK (clicked), self, 0);
  gtk_box_append (self->box, button);
}

static void
add_heading (ViewerChangePanel *self, const char *text)
{
  gtk_box_append (self->box, viewer_panel_label (text, 0, "panel-heading"));
}

/* Which way a function has changed itself, beyond what may be chance. */
static int
direction_of (const ViewerResult *result, ProfFrameId frame)
{
  const ProfChange *change = viewer_result_change (result, frame);
  int step = viewer_result_step (result, change->self_before, change->self_now);

  return (step > 0) - (step < 0);
}

/* Those that are at the top of the table. */
static void
add_functions (ViewerChangePanel *self,
               ViewerResult      *result,
               int                direction,
               const char        *title)
{
  size_t n = 0;

  for (size_t i = 0; i < result->n_rows && n < MAX_ROWS; i++)
    {
      ProfFrameId frame = result->rows[i].frame;

      if (direction_of (result, frame) != direction)
        continue;
      if (n == 0)
        add_heading (self, title);
      add_function (self, result, frame);
      n++;
    }
}

/* What is compared */

static void
add_side (ViewerChangePanel *self,
          const char        *title,
          const char        *name,
          const ProfProfile *profile,
          int64_t            total)
{
  ViewerResult    *result = viewer_document_get_result (self->document);
  int64_t          ns = prof_profile_duration_ns (profile);
  g_autofree char *amount = viewer_text_value (result, total);
  g_autofree char *duration = ns > 0 ? prof_unit_human (ns, "nanoseconds")
                                     : NULL;
  g_autofree char *text = NULL;
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = viewer_panel_label (title, 0, "dim");
  GtkWidget       *value;

  text = g_strdup_printf ("%s%s%s · %s",
                          name,
                          duration != NULL ? " · " : "",
                          duration != NULL ? duration : "",
                          amount);
  value = viewer_panel_label (text, 0, NULL);
  gtk_widget_set_size_request (label, 56, -1);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (row, "fact");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), value);
  gtk_box_append (self->box, row);
}

static void
add_sides (ViewerChangePanel *self, const ViewerResult *result)
{
  ViewerDocument *document = self->document;

  add_heading (self, _ ("Compared"));
  add_side (self,
            _ ("Before"),
            viewer_document_get_before_name (document),
            viewer_document_get_before (document),
            result->all.total_before);
  add_side (self,
            _ ("Now"),
            viewer_document_get_now_name (document),
            viewer_document_get_now (document),
            result->all.total_now);
}

void
viewer_change_panel_fill (ViewerChangePanel *self, ViewerDocument *document)
{
  ViewerResult    *result = viewer_document_get_result (document);
  ProfChange       all;
  g_autofree char *difference = NULL;
  g_autofree char *text = NULL;
  GtkWidget       *label;

  g_return_if_fail (VIEWER_IS_CHANGE_PANEL (self));
  g_return_if_fail (result->changes != NULL);

  g_set_object (&self->document, document);
  viewer_panel_clear (self->box);
  viewer_change_of (result, 0, 0, &all);
  difference = viewer_change_difference (result,
                                         all.total_before,
                                         all.total_now);
  text = g_strdup_printf ("%s %s",
                          viewer_change_arrow (all.total_before, all.total_now),
                          difference);
  label = viewer_panel_label (g_strstrip (text), 0, "panel-name");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (self->box, label);
  label = viewer_panel_label (_ ("Nothing selected: what has changed"),
                              0,
                              "dim");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_box_append (self->box, label);
  add_functions (self, result, 1, _ ("Most added (self)"));
  add_functions (self, result, -1, _ ("Most saved (self)"));
  add_sides (self, result);
}

/* One function */

static void
add_meter (GtkBox             *box,
           const ViewerResult *result,
           const char         *title,
           int64_t             value,
           int64_t             largest,
           const char         *css_class)
{
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = viewer_panel_label (title, 0, "dim");
  GtkWidget       *bar = viewer_bar_new ();
  g_autofree char *amount = viewer_text_value (result, value);

  gtk_widget_set_size_request (label, 56, -1);
  gtk_widget_set_size_request (bar, 80, 6);
  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (bar, "meter");
  gtk_widget_add_css_class (row, "panel-meter");
  if (css_class != NULL)
    gtk_widget_add_css_class (bar, css_class);
  viewer_bar_set_share (VIEWER_BAR (bar),
                        largest == 0
                            ? 0
                            : ABS ((double)value) / ABS ((double)largest));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), bar);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  gtk_box_append (box, row);
}

static void
add_change (GtkBox             *box,
            const ViewerResult *result,
            int64_t             before,
            int64_t             now)
{
  g_autofree char *difference = viewer_change_difference (result, before, now);
  g_autofree char *shares = viewer_change_shares (result, before, now);
  g_autofree char *text = NULL;
  GtkWidget       *label;

  text = g_strdup_printf ("%s %s · %s",
                          viewer_change_arrow (before, now),
                          difference,
                          shares);
  label = viewer_panel_label (g_strstrip (text), 0, "panel-line");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_box_append (box, label);
}

static void
add_sides_of (GtkBox             *box,
              const ViewerResult *result,
              int64_t             before,
              int64_t             now)
{
  int64_t     largest = MAX (ABS (before), ABS (now));
  int         step = viewer_result_step (result, before, now);
  const char *css_class = step == 0 ? NULL : step > 0 ? "more" : "less";

  add_meter (box, result, _ ("Before"), before, largest, "before");
  add_meter (box, result, _ ("Now"), now, largest, css_class);
  add_change (box, result, before, now);
}

void
viewer_change_panel_add_meters (GtkBox             *box,
                                const ViewerResult *result,
                                const ProfChange   *change,
                                gboolean            has_self)
{
  add_sides_of (box, result, change->total_before, change->total_now);
  if (!has_self)
    return;
  gtk_box_append (box, viewer_panel_label (_ ("Self"), 0, "panel-heading"));
  add_sides_of (box, result, change->self_before, change->self_now);
}

/* Object */

static void
viewer_change_panel_dispose (GObject *object)
{
  ViewerChangePanel *self = VIEWER_CHANGE_PANEL (object);
  GtkWidget         *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->document);
  G_OBJECT_CLASS (viewer_change_panel_parent_class)->dispose (object);
}

static void
viewer_change_panel_class_init (ViewerChangePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_change_panel_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass),
                                            GTK_TYPE_BIN_LAYOUT);
}

static void
viewer_change_panel_init (ViewerChangePanel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = GTK_BOX (box);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}
