/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-raw.h"

#include "base/prof-limits.h"
#include "base/prof-writer.h"
#include "report/prof-report-labels.h"
#include "report/prof-report-time.h"
#include <string.h>

/* What goes in front of labels, and of the lines of a location but the first. */
#define LABEL_INDENT "                "
#define LINE_INDENT  "             "

/* Go's "%.4v" cuts the text of a duration: "5.14" of "5.141263917s". */
#define DURATION_CHARS 4

typedef struct
{
  const ProfProfile *profile;
  ProfWriter        *writer;
} Printer;

static bool
put_string (const Printer *self, ProfStringId id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (self->profile, id, &length);

  return prof_writer_bytes (self->writer, text, length);
}

static size_t
length_of (const Printer *self, ProfStringId id)
{
  size_t length;

  prof_profile_string_bytes (self->profile, id, &length);
  return length;
}

/* As "%d " does: a profile has many millions of these. */
static bool
put_id (const Printer *self, uint32_t row)
{
  char     text[16];
  size_t   start = sizeof text;
  uint64_t id = (uint64_t)row + 1;

  text[--start] = ' ';
  for (; id > 0; id /= 10)
    text[--start] = (char)('0' + id % 10);
  return prof_writer_bytes (self->writer, text + start, sizeof text - start);
}

/* --- facts --- */

static void
put_comments (const Printer *self)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (self->profile, &n);

  for (size_t c = 0; c < n; c++)
    {
      prof_writer_text (self->writer, "Comment: ");
      put_string (self, comments[c]);
      prof_writer_text (self->writer, "\n");
    }
}

static void
put_period (const Printer *self)
{
  ProfValueType type = prof_profile_period_type (self->profile);

  prof_writer_text (self->writer, "PeriodType: ");
  put_string (self, type.type);
  prof_writer_text (self->writer, " ");
  put_string (self, type.unit);
  prof_writer_printf (self->writer,
                      "\nPeriod: %" G_GINT64_FORMAT "\n",
                      prof_profile_period (self->profile));
}

static void
put_times (const Printer *self)
{
  int64_t          time_ns = prof_profile_time_ns (self->profile);
  int64_t          duration_ns = prof_profile_duration_ns (self->profile);
  g_autofree char *time = prof_report_time_stamp (time_ns);
  g_autofree char *duration = prof_report_time_duration (duration_ns);

  if (time_ns != 0)
    prof_writer_printf (self->writer, "Time: %s\n", time);
  if (g_utf8_strlen (duration, -1) > DURATION_CHARS)
    *g_utf8_offset_to_pointer (duration, DURATION_CHARS) = '\0';
  if (duration_ns != 0)
    prof_writer_printf (self->writer, "Duration: %s\n", duration);
}

/* --- samples --- */

/* What Go trims: it takes two more for blanks than GLib does. */
static bool
is_blank (gunichar c)
{
  return c == '\v' || c == 0x85 || g_unichar_isspace (c);
}

/* The character that ends before @end; half ones are no blanks. */
static gunichar
last_character (const char *start, const char *end, const char **begin)
{
  gunichar c;

  *begin = g_utf8_find_prev_char (start, end);
  if (*begin == NULL)
    return 0;
  c = g_utf8_get_char_validated (*begin, end - *begin);
  return g_utf8_next_char (*begin) == end ? c : 0;
}

static void
put_trimmed (const Printer *self, const GString *text)
{
  const char *start = text->str;
  const char *end = text->str + text->len;
  const char *begin;

  while (end > start && is_blank (last_character (start, end, &begin)))
    end = begin;
  while (start < end &&
         is_blank (g_utf8_get_char_validated (start, end - start)))
    start = g_utf8_next_char (start);
  prof_writer_bytes (self->writer, start, (size_t)(end - start));
}

static void
append_string (GString *out, const ProfProfile *profile, ProfStringId id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, id, &length);

  g_string_append_len (out, text, (gssize)length);
}

static bool
check_types (const Printer *self, GError **error)
{
  const ProfValueType *types = prof_profile_types (self->profile);
  uint64_t             size = 0;

  for (size_t t = 0; t < prof_profile_n_types (self->profile); t++)
    size += length_of (self, types[t].type) + length_of (self, types[t].unit);
  return size <= PROF_MAX_TEXT_LINE ||
         prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the names of the sample types are longer than %u bytes",
                    PROF_MAX_TEXT_LINE);
}

static void
put_types (const Printer *self)
{
  const ProfProfile   *profile = self->profile;
  const ProfValueType *types = prof_profile_types (profile);
  ProfStringId         named = prof_profile_default_type_name (profile);
  g_autoptr (GString)  line = g_string_new (NULL);

  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      append_string (line, profile, types[t].type);
      g_string_append_c (line, '/');
      append_string (line, profile, types[t].unit);
      g_string_append (line, types[t].type == named ? "[dflt] " : " ");
    }
  prof_writer_text (self->writer, "Samples:\n");
  put_trimmed (self, line);
  prof_writer_text (self->writer, "\n");
}

static void
put_values (const Printer *self, size_t sample)
{
  size_t         n = prof_profile_n_types (self->profile);
  const int64_t *values = prof_profile_sample_values (self->profile);

  for (size_t t = 0; t < n; t++)
    prof_writer_printf (self->writer,
                        " %10" G_GINT64_FORMAT,
                        values[sample * n + t]);
}

static void
put_stack (const Printer *self, size_t sample)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  ProfStackId node = prof_profile_sample_stacks (self->profile)[sample];

  prof_writer_text (self->writer, ": ");
  for (; node != 0; node = nodes[node].parent)
    put_id (self, nodes[node].location);
  prof_writer_text (self->writer, "\n");
}

/* --- labels --- */

/* "key:[a b]", "key:[512 7]"; once one of a key's numbers has a unit, every one
 * is written with its own: "key:[512 bytes 7 ]". */
static GString *
text_of_key (const void *data, const ProfLabel *const *labels, size_t n)
{
  const ProfProfile *profile = data;
  GString           *text = g_string_new (NULL);
  bool               has_unit = false;

  for (size_t i = 0; i < n; i++)
    has_unit |= labels[i]->unit != 0;
  append_string (text, profile, labels[0]->key);
  g_string_append (text, ":[");
  for (size_t i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (text, ' ');
      if (labels[i]->str != 0)
        append_string (text, profile, labels[i]->str);
      else
        g_string_append_printf (text, "%" G_GINT64_FORMAT, labels[i]->num);
      if (has_unit)
        g_string_append_c (text, ' ');
      append_string (text, profile, labels[i]->unit);
    }
  g_string_append_c (text, ']');
  return text;
}

/* One line of a sample's labels: all its texts or all its numbers. */
static void
put_label_line (const Printer *self, size_t sample, bool numbers)
{
  g_autoptr (GPtrArray) texts = NULL;

  texts = prof_report_labels (self->profile,
                              sample,
                              numbers,
                              text_of_key,
                              self->profile);
  if (texts->len == 0)
    return;
  prof_writer_text (self->writer, LABEL_INDENT);
  for (guint i = 0; i < texts->len; i++)
    {
      const GString *text = texts->pdata[i];

      prof_writer_text (self->writer, i > 0 ? " " : "");
      prof_writer_bytes (self->writer, text->str, text->len);
    }
  prof_writer_text (self->writer, "\n");
}

static bool
put_labels (const Printer *self, size_t sample, GError **error)
{
  size_t n;

  prof_profile_sample_labels (self->profile, sample, &n);
  if (n == 0)
    return true;
  if (!prof_report_labels_check (self->profile, sample, error))
    return false;
  put_label_line (self, sample, false);
  put_label_line (self, sample, true);
  return true;
}

/* The writer's failures end it too, and are reported when that is finished. */
static bool
put_samples (const Printer *self, GError **error)
{
  if (!check_types (self, error))
    return false;
  put_types (self);
  for (size_t s = 0; s < prof_profile_n_samples (self->profile); s++)
    {
      put_values (self, s);
      put_stack (self, s);
      if (!put_labels (self, s, error))
        return false;
      if (!prof_writer_text (self->writer, ""))
        return true;
    }
  return true;
}

/* --- tables --- */

static void
put_line (const Printer *self, const ProfLine *line)
{
  const ProfFunction *function;

  function = &prof_profile_functions (self->profile)[line->function];
  put_string (self, function->name);
  prof_writer_text (self->writer, " ");
  put_string (self, function->filename);
  prof_writer_printf (self->writer,
                      ":%" G_GINT64_FORMAT " s=%" G_GINT64_FORMAT,
                      line->line,
                      function->start_line);
  if (function->name == function->system_name)
    return;
  prof_writer_text (self->writer, "(");
  put_string (self, function->system_name);
  prof_writer_text (self->writer, ")");
}

static bool
put_location (const Printer *self, size_t row)
{
  const ProfLocation *location = &prof_profile_locations (self->profile)[row];
  const ProfLine     *lines = prof_profile_lines (self->profile);

  prof_writer_printf (self->writer,
                      "%6zu: 0x%" G_GINT64_MODIFIER "x ",
                      row + 1,
                      location->address);
  if (location->mapping != PROF_ID_NONE)
    prof_writer_printf (self->writer,
                        "M=%" G_GUINT64_FORMAT " ",
                        (uint64_t)location->mapping + 1);
  if (location->is_folded)
    prof_writer_text (self->writer, "[F] ");
  for (size_t i = 0; i < location->n_lines; i++)
    {
      if (i > 0 && !prof_writer_text (self->writer, "\n" LINE_INDENT))
        return false;
      put_line (self, &lines[location->first_line + i]);
    }
  return prof_writer_text (self->writer, "\n");
}

static void
put_locations (const Printer *self)
{
  prof_writer_text (self->writer, "Locations\n");
  for (size_t l = 0; l < prof_profile_n_locations (self->profile); l++)
    if (!put_location (self, l))
      return;
}

static bool
put_mapping (const Printer *self, size_t row)
{
  const ProfMapping *mapping = &prof_profile_mappings (self->profile)[row];

  prof_writer_printf (self->writer,
                      "%zu: 0x%" G_GINT64_MODIFIER "x/0x%" G_GINT64_MODIFIER
                      "x/0x%" G_GINT64_MODIFIER "x ",
                      row + 1,
                      mapping->start,
                      mapping->limit,
                      mapping->offset);
  put_string (self, mapping->filename);
  put_string (self, mapping->kernel_symbol);
  prof_writer_text (self->writer, " ");
  put_string (self, mapping->build_id);
  return prof_writer_printf (self->writer,
                             " %s%s%s%s\n",
                             mapping->has_functions ? "[FN]" : "",
                             mapping->has_filenames ? "[FL]" : "",
                             mapping->has_line_numbers ? "[LN]" : "",
                             mapping->has_inline_frames ? "[IN]" : "");
}

static void
put_mappings (const Printer *self)
{
  prof_writer_text (self->writer, "Mappings\n");
  for (size_t m = 0; m < prof_profile_n_mappings (self->profile); m++)
    if (!put_mapping (self, m))
      return;
}

bool
prof_report_raw (const ProfProfile *profile,
                 const ProfSink    *sink,
                 GError           **error)
{
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);
  Printer                self = { profile, writer };

  put_comments (&self);
  put_period (&self);
  put_times (&self);
  if (!put_samples (&self, error))
    return false;
  put_locations (&self);
  put_mappings (&self);
  return prof_writer_finish (writer, error);
}
