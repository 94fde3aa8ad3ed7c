/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-traces.h"

#include "report/prof-report-data-common.h"
#include "report/prof-report-labels.h"
#include <string.h>

/* Of CSV; in JSON the last is "frames". */
static const char *const columns[] = { "value", "labels", "stack", NULL };

typedef struct
{
  ProfReportContext context;
  ProfFrames       *frames;
  ProfReportData   *data;
  GArray           *path; /* of ProfLocationId: a stack from the leaf on */
} Printer;

/* --- labels --- */

typedef struct
{
  char            *key; /* owned; valid UTF-8 */
  const ProfLabel *label;
} Named;

static void
clear_named (gpointer data)
{
  g_free (((Named *)data)->key);
}

/* Those of one key in the file's order, which is that of the pointers. */
static int
compare_named (gconstpointer a, gconstpointer b)
{
  const Named *left = a;
  const Named *right = b;
  int          order = strcmp (left->key, right->key);

  if (order != 0)
    return order;
  return left->label < right->label ? -1 : left->label > right->label;
}

/* Keys that are the same once they are valid are one. */
static GArray *
named_labels (const ProfProfile *profile, size_t sample)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);
  GArray          *named = g_array_new (FALSE, FALSE, sizeof (Named));

  g_array_set_clear_func (named, clear_named);
  for (size_t l = 0; l < n; l++)
    {
      size_t      length;
      const char *key;
      Named       entry = { .label = &labels[l] };

      key = prof_profile_string_bytes (profile, labels[l].key, &length);
      entry.key = g_utf8_make_valid (key, (gssize)length);
      g_array_append_val (named, entry);
    }
  g_array_sort (named, compare_named);
  return named;
}

static const char *
unit_of (const Printer *self, const ProfLabel *label)
{
  return prof_answer_label_unit (self->context.answer, label->key);
}

static void
put_label (const Printer *self, const ProfLabel *label)
{
  if (label->str != 0)
    {
      prof_report_data_string (self->data,
                               NULL,
                               self->context.profile,
                               label->str);
      return;
    }
  prof_report_data_begin_object (self->data, NULL);
  prof_report_data_integer (self->data, "number", label->num);
  prof_report_data_text (self->data, "unit", unit_of (self, label), -1);
  prof_report_data_end_object (self->data);
}

static void
put_label_object (const Printer *self, const GArray *labels)
{
  const Named *named = (const Named *)labels->data;

  prof_report_data_begin_object (self->data, "labels");
  for (guint l = 0; l < labels->len; l++)
    {
      if (l == 0 || strcmp (named[l - 1].key, named[l].key) != 0)
        prof_report_data_begin_list (self->data, named[l].key);
      put_label (self, named[l].label);
      if (l + 1 == labels->len || strcmp (named[l].key, named[l + 1].key) != 0)
        prof_report_data_end_list (self->data);
    }
  prof_report_data_end_object (self->data);
}

/* Appends what must not end a part of a cell. */
static void
append_part (GString *out, const char *text, size_t length)
{
  size_t start = out->len;

  g_string_append_len (out, text, (gssize)length);
  for (size_t i = start; i < out->len; i++)
    if (out->str[i] == ';')
      out->str[i] = ':';
}

static void
append_label (const Printer *self, GString *out, const Named *named)
{
  const ProfLabel *label = named->label;
  size_t           length;
  const char      *text;

  append_part (out, named->key, strlen (named->key));
  g_string_append_c (out, '=');
  if (label->str == 0)
    {
      g_string_append_printf (out, "%" G_GINT64_FORMAT, label->num);
      text = unit_of (self, label);
      append_part (out, text, strlen (text));
      return;
    }
  text = prof_profile_string_bytes (self->context.profile, label->str, &length);
  append_part (out, text, length);
}

static void
put_label_cell (const Printer *self, const GArray *labels)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (guint l = 0; l < labels->len; l++)
    {
      if (l > 0)
        g_string_append_c (out, ';');
      append_label (self, out, &g_array_index (labels, Named, l));
    }
  prof_report_data_text (self->data, "labels", out->str, (gssize)out->len);
}

static bool
put_labels (const Printer *self, size_t sample, GError **error)
{
  g_autoptr (GArray) labels = NULL;

  if (!prof_report_labels_check (self->context.profile, sample, error))
    return false;
  labels = named_labels (self->context.profile, sample);
  if (prof_report_data_syntax (self->data) == PROF_REPORT_CSV)
    put_label_cell (self, labels);
  else
    put_label_object (self, labels);
  return true;
}

/* --- stacks --- */

static void
put_frames (const Printer *self, ProfLocationId location)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (self->frames, location, &n);
  for (size_t f = 0; f < n && prof_report_data_goes_on (self->data); f++)
    {
      prof_report_data_begin_object (self->data, NULL);
      prof_report_data_frame_name (self->data, "name", self->frames, frames[f]);
      prof_report_data_flag (self->data, "inlined", f + 1 < n);
      prof_report_data_end_object (self->data);
    }
}

static void
put_frame_list (const Printer *self)
{
  prof_report_data_begin_list (self->data, "frames");
  for (guint l = 0; l < self->path->len; l++)
    put_frames (self, g_array_index (self->path, ProfLocationId, l));
  prof_report_data_end_list (self->data);
}

static void
put_parts (const Printer *self, ProfLocationId location, bool is_first)
{
  size_t             n;
  const ProfFrameId *frames;

  frames = prof_frames_of_location (self->frames, location, &n);
  for (size_t f = n; f > 0 && prof_report_data_goes_on (self->data); f--)
    {
      g_autofree char *part = NULL;

      part = g_strdup (prof_frames_display_name (self->frames, frames[f - 1]));
      g_strdelimit (part, ";", ':');
      if (!is_first || f < n)
        prof_report_data_piece (self->data, ";");
      prof_report_data_piece (self->data, part);
    }
}

static void
put_stack_cell (const Printer *self)
{
  prof_report_data_begin_pieces (self->data);
  for (guint l = self->path->len; l > 0; l--)
    put_parts (self,
               g_array_index (self->path, ProfLocationId, l - 1),
               l == self->path->len);
  prof_report_data_end_pieces (self->data);
}

static void
find_path (const Printer *self, size_t sample)
{
  const ProfProfile   *profile = self->context.profile;
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  ProfStackId          node = prof_profile_sample_stacks (profile)[sample];

  g_array_set_size (self->path, 0);
  for (; node != 0; node = nodes[node].parent)
    g_array_append_val (self->path, nodes[node].location);
}

static void
put_stack (const Printer *self, size_t sample)
{
  find_path (self, sample);
  if (prof_report_data_syntax (self->data) == PROF_REPORT_CSV)
    put_stack_cell (self);
  else
    put_frame_list (self);
}

/* --- the report --- */

static bool
put_sample (const Printer *self, size_t sample, GError **error)
{
  int64_t value = prof_report_context_sample_value (&self->context, sample);

  prof_report_data_begin_row (self->data);
  prof_report_data_integer (self->data, "value", value);
  if (!put_labels (self, sample, error))
    return false;
  put_stack (self, sample);
  prof_report_data_end_row (self->data);
  return true;
}

static bool
put_samples (const Printer *self, GError **error)
{
  const ProfProfile *profile = self->context.profile;
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);
  size_t             n = prof_profile_n_samples (profile);

  prof_report_data_begin_rows (self->data, columns);
  for (size_t s = 0; s < n && prof_report_data_goes_on (self->data); s++)
    if (stacks[s] != 0 && !put_sample (self, s, error))
      return false;
  prof_report_data_end_rows (self->data);
  return prof_report_data_finish (self->data, error);
}

bool
prof_report_data_traces (ProfAnswer      *answer,
                         ProfReportSyntax syntax,
                         const ProfSink  *sink,
                         GError         **error)
{
  static const ProfReportKind kind = { .whole = true };
  g_autoptr (ProfReportData)  data = NULL;
  g_autoptr (ProfFrames)      frames = NULL;
  g_autoptr (GArray)          path = NULL;
  Printer                     self = { 0 };

  prof_report_context_init (&self.context, answer, &kind);
  self.context.frames.trim_path = NULL;
  frames = prof_report_context_frames (&self.context);
  path = g_array_new (FALSE, FALSE, sizeof (ProfLocationId));
  data = prof_report_data_new (syntax, "traces", sink);
  self.frames = frames;
  self.path = path;
  self.data = data;
  prof_report_data_facts (data, &self.context);
  return put_samples (&self, error);
}
