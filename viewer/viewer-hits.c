/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-hits.h"

#include "viewer-change-text.h"
#include "viewer-panel-row.h"
#include "viewer-text.h"
#include "viewer-tip.h"
#include <glib/gi18n.h>

#define MAX_VALUES 5
#define MAX_LINES  8

/* Characters of a label's value; what is behind is seen nowhere. */
#define MAX_CHARACTERS 200

/* Profiles with fewer rows take less than a few milliseconds. */
#define INLINE_ROWS 20000

struct _ViewerHits
{
  GtkBox parent_instance;

  GtkBox       *labels;
  GtkBox       *lines;
  GCancellable *cancellable; /* of what was asked last */
};

G_DEFINE_FINAL_TYPE (ViewerHits, viewer_hits, GTK_TYPE_BOX)

/* --- Labels --- */

/* (transfer full): bytes of a file on one line. */
static char *
one_line (const char *bytes)
{
  g_autofree char *valid = prof_upright (bytes, -1);

  g_strdelimit (valid, "\n\r\t", ' ');
  if (g_utf8_strlen (valid, -1) <= MAX_CHARACTERS)
    return g_steal_pointer (&valid);

  g_autofree char *start = g_utf8_substring (valid, 0, MAX_CHARACTERS);

  return g_strconcat (start, "…", NULL);
}

/* @filter: (nullable): what a click asks for */
static GtkWidget *
finish_value (GtkWidget  *row,
              const char *text,
              const char *words,
              const char *filter)
{
  g_autofree char *tip = NULL;
  GtkWidget       *button;

  if (filter == NULL)
    {
      gtk_widget_add_css_class (row, "panel-text");
      viewer_tip_set (row, text);
      return row;
    }
  button = viewer_panel_button (row, words);
  /* Translators: %s is the value of a label, such as "worker". */
  tip = g_strdup_printf (_ ("%s\nClick to show only stacks with this label"),
                         text);
  viewer_tip_set (button, tip);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.filter");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button),
                                    "(ss)",
                                    "tagfocus",
                                    filter);
  return button;
}

static void
add_value (ViewerHits           *self,
           const ViewerResult   *result,
           const ProfLabelSums  *sums,
           const ProfLabelValue *value,
           int64_t               total)
{
  g_autofree char *bytes = prof_label_sums_text (sums, value);
  g_autofree char *filter = prof_label_sums_filter (sums, value);
  g_autofree char *text = one_line (bytes);
  g_autofree char *amount = viewer_text_value (result, value->sum);
  g_autofree char *share = prof_unit_human_percentage ((double)value->sum,
                                                       (double)total);
  g_autofree char *words = g_strdup_printf ("%s, %s, %s", text, amount, share);
  GtkWidget       *row = viewer_panel_row (8);
  GtkWidget       *label = viewer_panel_name (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (filter != NULL)
    gtk_widget_add_css_class (label, "link-text");
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (amount, VIEWER_PANEL_AMOUNT, NULL));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (share, VIEWER_PANEL_SHARE, "dim"));
  gtk_box_append (self->labels, finish_value (row, text, words, filter));
}

static GtkWidget *
make_heading (const char *text)
{
  return viewer_panel_label (text, 0, "panel-heading");
}

static void
add_key (ViewerHits          *self,
         const ViewerResult  *result,
         const ProfLabelSums *sums,
         const ProfLabelKey  *key,
         int64_t              total)
{
  const ProfLabelValue *values = prof_label_sums_values (sums, key);
  size_t                n = MIN (key->n_values, MAX_VALUES);
  g_autofree char      *name = NULL;
  GtkWidget            *label;

  name = one_line (prof_profile_string (result->profile, key->key));
  label = viewer_panel_label (name, 0, "dim");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "panel-key");
  gtk_box_append (self->labels, label);
  for (size_t v = 0; v < n; v++)
    add_value (self, result, sums, &values[v], total);
  if (key->n_values > n)
    gtk_box_append (self->labels, viewer_panel_more (key->n_values - n));
}

static void
fill_labels (ViewerHits          *self,
             const ViewerResult  *result,
             ProfFrameId          frame,
             const ProfLabelSums *sums)
{
  const ProfTopRow   *row = viewer_result_row (result, frame);
  size_t              n;
  const ProfLabelKey *keys = prof_label_sums_keys (sums, &n);

  viewer_panel_clear (self->labels);
  /* Parts of a difference say nothing, and what was before is a label, too. */
  if (result->changes != NULL)
    n = 0;
  if (n > 0)
    gtk_box_append (self->labels, make_heading (_ ("Labels")));
  for (size_t k = 0; k < n && k < MAX_VALUES; k++)
    add_key (self, result, sums, &keys[k], row != NULL ? row->cum : 0);
  if (n > MAX_VALUES)
    gtk_box_append (self->labels, viewer_panel_more (n - MAX_VALUES));
  gtk_widget_set_visible (GTK_WIDGET (self->labels), n > 0);
}

/* --- Lines --- */

/* @css_class: (nullable): of the numbers */
static GtkWidget *
make_line (GtkWidget  *name,
           const char *flat,
           const char *cum,
           const char *css_class)
{
  GtkWidget *row = viewer_panel_row (8);

  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (row), name);
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (flat, VIEWER_PANEL_AMOUNT, css_class));
  gtk_box_append (GTK_BOX (row),
                  viewer_panel_number (cum, VIEWER_PANEL_AMOUNT, css_class));
  return row;
}

/* Of a comparison they are differences. */
static char *
value_text (const ViewerResult *result, int64_t value)
{
  return result->changes != NULL ? viewer_change_delta (result, 0, value)
                                 : viewer_text_value (result, value);
}

static void
add_line (ViewerHits *self, const ViewerResult *result, const ProfLineSum *sum)
{
  g_autofree char *path = one_line (
      prof_profile_string (result->profile, sum->file));
  g_autofree char *base = path[0] != '\0' ? g_path_get_basename (path)
                                          : g_strdup ("?");
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT,
                                           base,
                                           sum->line);
  g_autofree char *flat = value_text (result, sum->flat);
  g_autofree char *cum = value_text (result, sum->cum);
  GtkWidget       *row = make_line (viewer_panel_name (name), flat, cum, NULL);

  gtk_widget_add_css_class (row, "panel-text");
  viewer_tip_set (row, path);
  gtk_box_append (self->lines, row);
}

static void
fill_lines (ViewerHits *self, const ViewerResult *result, GArray *lines)
{
  guint n = MIN (lines->len, MAX_LINES);

  viewer_panel_clear (self->lines);
  if (n > 0)
    gtk_box_append (self->lines,
                    make_line (make_heading (_ ("Lines")),
                               _ ("Self"),
                               _ ("Total"),
                               "panel-column"));
  for (guint i = 0; i < n; i++)
    add_line (self, result, &g_array_index (lines, ProfLineSum, i));
  if (lines->len > n)
    gtk_box_append (self->lines, viewer_panel_more (lines->len - n));
  gtk_widget_set_visible (GTK_WIDGET (self->lines), n > 0);
}

/* --- Asking --- */

typedef struct
{
  ViewerResult  *result;
  ProfFrameId    frame;
  ProfLabelSums *labels;
  GArray        *lines; /* ProfLineSum */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  viewer_result_unref (job->result);
  prof_label_sums_free (job->labels);
  g_clear_pointer (&job->lines, g_array_unref);
  g_free (job);
}

static void
compute (Job *job)
{
  ViewerResult *result = job->result;

  job->labels = prof_label_sums_new (result->frames, result->type, job->frame);
  job->lines = prof_line_sums_new (result->frames, result->type, job->frame);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  /* What was asked while other answers were on their way is not asked now. */
  if (g_task_return_error_if_cancelled (task))
    return;
  compute (task_data);
  g_task_return_boolean (task, TRUE);
}

static void
show_answer (ViewerHits *self, const Job *job)
{
  fill_lines (self, job->result, job->lines);
  fill_labels (self, job->result, job->frame, job->labels);
}

static void
done (GObject *source, GAsyncResult *async_result, gpointer data)
{
  GTask *task = G_TASK (async_result);

  if (g_task_propagate_boolean (task, NULL))
    show_answer (VIEWER_HITS (source), g_task_get_task_data (task));
}

static void
cancel (ViewerHits *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static gboolean
is_quick (ProfProfile *profile)
{
  size_t n;

  prof_profile_labels (profile, &n);
  return n + prof_profile_n_samples (profile) +
             prof_profile_n_stacks (profile) + prof_profile_n_lines (profile) <=
         INLINE_ROWS;
}

void
viewer_hits_show (ViewerHits *self, ViewerResult *result, ProfFrameId frame)
{
  Job *job = g_new0 (Job, 1);

  cancel (self);
  job->result = viewer_result_ref (result);
  job->frame = frame;
  if (is_quick (result->profile))
    {
      compute (job);
      show_answer (self, job);
      job_free (job);
      return;
    }
  self->cancellable = g_cancellable_new ();

  g_autoptr (GTask) task = g_task_new (self, self->cancellable, done, NULL);

  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run);
}

void
viewer_hits_clear (ViewerHits *self)
{
  cancel (self);
  gtk_widget_set_visible (GTK_WIDGET (self->labels), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), FALSE);
}

/* --- Object --- */

static void
viewer_hits_dispose (GObject *object)
{
  cancel (VIEWER_HITS (object));
  G_OBJECT_CLASS (viewer_hits_parent_class)->dispose (object);
}

static void
viewer_hits_class_init (ViewerHitsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = viewer_hits_dispose;
}

static GtkBox *
add_section (ViewerHits *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  gtk_box_append (GTK_BOX (self), box);
  return GTK_BOX (box);
}

static void
viewer_hits_init (ViewerHits *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self),
                                  GTK_ORIENTATION_VERTICAL);
  self->lines = add_section (self);
  self->labels = add_section (self);
}
