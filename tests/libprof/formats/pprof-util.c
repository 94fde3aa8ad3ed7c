/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "pprof-util.h"

#include "formats/prof-pprof-decode.h"
#include "test-util.h"
#include <gio/gio.h>
#include <string.h>

static void
put_varint (GByteArray *message, uint64_t value)
{
  uint8_t byte;

  for (; value >= 0x80; value >>= 7)
    {
      byte = (uint8_t)(value | 0x80);
      g_byte_array_append (message, &byte, 1);
    }
  byte = (uint8_t)value;
  g_byte_array_append (message, &byte, 1);
}

GByteArray *
put_number (GByteArray *message, unsigned field, uint64_t value)
{
  put_varint (message, field << 3);
  put_varint (message, value);
  return message;
}

GByteArray *
put_bytes (GByteArray *message,
           unsigned    field,
           const void *bytes,
           size_t      length)
{
  put_varint (message, field << 3 | 2);
  put_varint (message, length);
  return g_byte_array_append (message, bytes, (guint)length);
}

GByteArray *
put_text (GByteArray *message, unsigned field, const char *text)
{
  return put_bytes (message, field, text, strlen (text));
}

GByteArray *
put_message (GByteArray *message, unsigned field, GByteArray *inner)
{
  put_bytes (message, field, inner->data, inner->len);
  g_byte_array_unref (inner);
  return message;
}

GByteArray *
put_row (GByteArray *message, unsigned field, const uint64_t *numbers, size_t n)
{
  GByteArray *row = g_byte_array_new ();

  for (size_t i = 0; i < n; i++)
    if (numbers[i] != 0)
      put_number (row, (unsigned)i + 1, numbers[i]);
  return put_message (message, field, row);
}

ProfProfile *
decode_by (const uint8_t *bytes, size_t length, size_t step, GError **error)
{
  g_autoptr (ProfPprofDecode) decode = prof_pprof_decode_new (NULL);

  while (length > 0)
    {
      size_t n = MIN (step, length);
      /* A copy of just these bytes, for the sanitizer to guard. */
      g_autofree uint8_t *piece = g_memdup2 (bytes, n);

      if (!prof_pprof_decode_feed (decode, piece, n, error))
        return NULL;
      bytes += n;
      length -= n;
    }
  return prof_pprof_decode_finish (decode, error);
}

/* --- describing --- */

static void
add_string (GString *out, const ProfProfile *profile, ProfStringId id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, id, &length);

  g_string_append (out, " \"");
  for (size_t i = 0; i < length; i++)
    if (g_ascii_isprint (text[i]))
      g_string_append_c (out, text[i]);
    else
      g_string_append_printf (out, "\\x%02x", (uint8_t)text[i]);
  g_string_append_c (out, '"');
}

static void
add_header (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  g_string_append_printf (out,
                          "time %" G_GINT64_FORMAT " duration %" G_GINT64_FORMAT
                          " period %" G_GINT64_FORMAT,
                          prof_profile_time_ns (profile),
                          prof_profile_duration_ns (profile),
                          prof_profile_period (profile));
  add_string (out, profile, prof_profile_period_type (profile).type);
  add_string (out, profile, prof_profile_period_type (profile).unit);
  g_string_append (out, "\ndrop, keep, default, url");
  add_string (out, profile, prof_profile_drop_frames (profile));
  add_string (out, profile, prof_profile_keep_frames (profile));
  add_string (out, profile, prof_profile_default_type_name (profile));
  add_string (out, profile, prof_profile_doc_url (profile));
  g_string_append (out, "\ncomments");
  for (size_t i = 0; i < n; i++)
    add_string (out, profile, comments[i]);
  g_string_append (out, "\n");
  for (size_t i = 0; i < prof_profile_n_types (profile); i++)
    {
      g_string_append (out, "type");
      add_string (out, profile, prof_profile_types (profile)[i].type);
      add_string (out, profile, prof_profile_types (profile)[i].unit);
      g_string_append (out, "\n");
    }
}

static void
add_mappings (GString *out, const ProfProfile *profile)
{
  for (size_t i = 0; i < prof_profile_n_mappings (profile); i++)
    {
      const ProfMapping *mapping = &prof_profile_mappings (profile)[i];

      g_string_append_printf (out,
                              "mapping %" G_GUINT64_FORMAT
                              " %" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER
                              "x at %" G_GINT64_MODIFIER "x has %d%d%d%d",
                              mapping->id,
                              mapping->start,
                              mapping->limit,
                              mapping->offset,
                              mapping->has_functions,
                              mapping->has_filenames,
                              mapping->has_line_numbers,
                              mapping->has_inline_frames);
      add_string (out, profile, mapping->filename);
      add_string (out, profile, mapping->kernel_symbol);
      add_string (out, profile, mapping->build_id);
      g_string_append (out, "\n");
    }
}

static void
add_functions (GString *out, const ProfProfile *profile)
{
  for (size_t i = 0; i < prof_profile_n_functions (profile); i++)
    {
      const ProfFunction *function = &prof_profile_functions (profile)[i];

      g_string_append_printf (out, "function %" G_GUINT64_FORMAT, function->id);
      add_string (out, profile, function->name);
      add_string (out, profile, function->system_name);
      add_string (out, profile, function->filename);
      g_string_append_printf (out,
                              ":%" G_GINT64_FORMAT "\n",
                              function->start_line);
    }
}

static void
add_locations (GString *out, const ProfProfile *profile)
{
  for (size_t i = 0; i < prof_profile_n_locations (profile); i++)
    {
      const ProfLocation *location = &prof_profile_locations (profile)[i];
      const ProfLine     *lines = prof_profile_lines (profile);

      g_string_append_printf (out,
                              "location %" G_GUINT64_FORMAT
                              " %" G_GINT64_MODIFIER "x%s",
                              location->id,
                              location->address,
                              location->is_folded ? " folded" : "");
      if (location->mapping != PROF_ID_NONE)
        g_string_append_printf (out,
                                " mapping %" G_GUINT64_FORMAT,
                                prof_profile_mappings (
                                    profile)[location->mapping]
                                    .id);
      for (size_t k = 0; k < location->n_lines; k++)
        {
          const ProfLine *line = &lines[location->first_line + k];

          g_string_append_printf (out,
                                  " %" G_GUINT64_FORMAT "@%" G_GINT64_FORMAT
                                  ":%" G_GINT64_FORMAT,
                                  prof_profile_functions (
                                      profile)[line->function]
                                      .id,
                                  line->line,
                                  line->column);
        }
      g_string_append (out, "\n");
    }
}

static bool
says_something (const ProfLabel *label)
{
  return label->str != 0 || label->num != 0 || label->unit != 0;
}

/* Texts before numbers, then by key. */
static bool
comes_first (const ProfProfile *profile,
             const ProfLabel   *label,
             const ProfLabel   *other)
{
  const char *key = prof_profile_string (profile, label->key);
  const char *other_key = prof_profile_string (profile, other->key);

  if ((label->str != 0) != (other->str != 0))
    return label->str != 0;
  return strcmp (key, other_key) < 0;
}

static GPtrArray *
labels_as_written (const ProfProfile *profile,
                   const ProfLabel   *labels,
                   size_t             n)
{
  GPtrArray *written = g_ptr_array_new ();

  for (size_t i = 0; i < n; i++)
    {
      guint at = written->len;

      while (at > 0 &&
             comes_first (profile, &labels[i], written->pdata[at - 1]))
        at--;
      if (says_something (&labels[i]))
        g_ptr_array_insert (written, (int)at, (gpointer)&labels[i]);
    }
  return written;
}

static void
add_label (GString *out, const ProfProfile *profile, const ProfLabel *label)
{
  add_string (out, profile, label->key);
  add_string (out, profile, label->str);
  g_string_append_printf (out, " %" G_GINT64_FORMAT, label->num);
  add_string (out, profile, label->unit);
}

static void
add_labels (GString           *out,
            const ProfProfile *profile,
            const ProfLabel   *labels,
            size_t             n,
            bool               as_written)
{
  g_autoptr (GPtrArray) written = NULL;

  if (!as_written)
    {
      for (size_t i = 0; i < n; i++)
        add_label (out, profile, &labels[i]);
      return;
    }
  written = labels_as_written (profile, labels, n);
  for (guint i = 0; i < written->len; i++)
    add_label (out, profile, written->pdata[i]);
}

static void
add_sample (GString           *out,
            const ProfProfile *profile,
            size_t             sample,
            bool               as_written)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n_types = prof_profile_n_types (profile);
  size_t               n_labels;
  const ProfLabel     *labels = prof_profile_sample_labels (profile,
                                                        sample,
                                                        &n_labels);
  const int64_t       *values = prof_profile_sample_values (profile);
  ProfStackId          node = prof_profile_sample_stacks (profile)[sample];

  g_string_append (out, "sample");
  for (; node != 0; node = nodes[node].parent)
    g_string_append_printf (out,
                            " %" G_GUINT64_FORMAT,
                            prof_profile_locations (
                                profile)[nodes[node].location]
                                .id);
  g_string_append (out, " :");
  for (size_t i = 0; i < n_types; i++)
    g_string_append_printf (out,
                            " %" G_GINT64_FORMAT,
                            values[sample * n_types + i]);
  add_labels (out, profile, labels, n_labels, as_written);
  g_string_append (out, "\n");
}

static char *
describe_all (const ProfProfile *profile, bool as_written)
{
  GString *out = g_string_new (NULL);

  add_header (out, profile);
  add_mappings (out, profile);
  add_functions (out, profile);
  add_locations (out, profile);
  for (size_t i = 0; i < prof_profile_n_samples (profile); i++)
    add_sample (out, profile, i, as_written);
  return g_string_free (out, FALSE);
}

char *
describe (const ProfProfile *profile)
{
  return describe_all (profile, false);
}

char *
describe_written (const ProfProfile *profile)
{
  return describe_all (profile, true);
}

/* --- files --- */

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *
files_of (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = test_source_path (folder);
  g_autoptr (GDir)   directory = g_dir_open (path, 0, &error);
  GPtrArray         *files = g_ptr_array_new_with_free_func (g_free);
  const char        *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (directory)) != NULL)
    g_ptr_array_add (files, g_build_filename (path, name, NULL));
  g_ptr_array_sort (files, compare_paths);
  g_assert_cmpuint (files->len, >, 0);
  return files;
}

GBytes *
file_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char              *data;
  gsize              length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, length);
}

GBytes *
inflated_bytes (const char *path)
{
  g_autoptr (GError)        error = NULL;
  g_autoptr (GBytes)        bytes = file_bytes (path);
  g_autoptr (GInputStream)  raw = NULL;
  g_autoptr (GConverter)    inflater = NULL;
  g_autoptr (GInputStream)  stream = NULL;
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();
  gsize                     length;
  const uint8_t            *data = g_bytes_get_data (bytes, &length);

  if (length < 2 || data[0] != 0x1f || data[1] != 0x8b)
    return g_steal_pointer (&bytes);
  raw = g_memory_input_stream_new_from_bytes (bytes);
  inflater = G_CONVERTER (
      g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  stream = g_converter_input_stream_new (raw, inflater);
  g_output_stream_splice (out,
                          stream,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL,
                          &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}
