/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-text.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include <stdlib.h>
#include <string.h>

/* The header and the table are byte for byte what "go tool pprof" of Go 1.19
 * prints: no word is translated, no number follows the locale. */

typedef struct
{
  GString    *out;
  const char *unit;     /* of the values */
  const char *shown_in; /* what they are written in */
  int64_t     total;    /* what percentages are of */
} Writer;

#define VALUE_WIDTH 10

static char *
label_of (const Writer *writer, int64_t value)
{
  return prof_unit_label (value, writer->unit, writer->shown_in);
}

/* Right-aligned as Go does it: by characters, not by bytes. */
static void
append_value (const Writer *writer, int64_t value)
{
  g_autofree char *text = label_of (writer, value);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (glong width = g_utf8_strlen (valid, -1); width < VALUE_WIDTH; width++)
    g_string_append_c (writer->out, ' ');
  g_string_append (writer->out, text);
}

static void
append_share (const Writer *writer, int64_t value)
{
  g_autofree char *text = prof_unit_percentage (value, writer->total);

  g_string_append (writer->out, text);
}

/* The main binary is the first mapping. */
static void
append_binary (GString *out, const ProfProfile *profile)
{
  const ProfMapping *mapping = prof_profile_mappings (profile);
  g_autofree char   *path = NULL;
  g_autofree char   *base = NULL;

  if (prof_profile_n_mappings (profile) == 0)
    return;
  path = g_strconcat (prof_profile_string (profile, mapping->filename),
                      prof_profile_string (profile, mapping->kernel_symbol),
                      NULL);
  base = g_path_get_basename (path);
  if (path[0] != '\0')
    g_string_append_printf (out, "File: %s\n", base);
  if (mapping->build_id != 0)
    g_string_append_printf (out,
                            "Build ID: %s\n",
                            prof_profile_string (profile, mapping->build_id));
}

static bool
is_repeated (const ProfStringId *comments, size_t n)
{
  for (size_t c = 0; c < n; c++)
    if (comments[c] == comments[n])
      return true;
  return false;
}

/* Those that begin with "#" are for machines. */
static void
append_comments (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  for (size_t c = 0; c < n; c++)
    {
      const char *text = prof_profile_string (profile, comments[c]);

      if (text[0] != '#' && !is_repeated (comments, c))
        g_string_append_printf (out, "%s\n", text);
    }
}

/* In seconds, rounded down. */
static int64_t
seconds_of (int64_t ns)
{
  return ns / 1000000000 - (ns % 1000000000 < 0);
}

/* Go's layout "Jan 2, 2006 at 3:04pm (MST)". */
static void
append_time (GString *out, int64_t ns)
{
  static const char *const months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  };
  g_autoptr (GDateTime) time = NULL;
  int                   hour;

  if (ns == 0)
    return;
  time = g_date_time_new_from_unix_local (seconds_of (ns));
  hour = g_date_time_get_hour (time);
  g_string_append_printf (out,
                          "Time: %s %d, %d at %d:%02d%s (%s)\n",
                          months[g_date_time_get_month (time) - 1],
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_year (time),
                          (hour + 11) % 12 + 1,
                          g_date_time_get_minute (time),
                          hour < 12 ? "am" : "pm",
                          g_date_time_get_timezone_abbreviation (time));
}

/* How busy the program was, for values that are times. */
static char *
usage_of (const Writer *writer, int64_t duration_ns)
{
  const char      *unit;
  double           ns;
  g_autofree char *share = NULL;

  ns = prof_unit_scale (writer->total, writer->unit, "nanoseconds", &unit);
  if (strcmp (unit, "ns") != 0 || ns == 0)
    return g_strdup ("");
  share = prof_unit_percentage (ns < 0x1p63 ? (int64_t)ns : INT64_MAX,
                                duration_ns);
  return g_strdup_printf ("(%s)", share);
}

static void
append_duration (const Writer *writer, int64_t ns)
{
  g_autofree char *duration = prof_unit_label (ns, "nanoseconds", "auto");
  g_autofree char *total = label_of (writer, writer->total);
  g_autofree char *usage = usage_of (writer, ns);

  if (ns != 0)
    g_string_append_printf (writer->out,
                            "Duration: %s, Total samples = %s %s\n",
                            duration,
                            total,
                            usage);
}

static void
append_header (const Writer *writer, const ProfProfile *profile, size_t type)
{
  append_binary (writer->out, profile);
  append_comments (writer->out, profile);
  if (type < prof_profile_n_types (profile) &&
      prof_profile_types (profile)[type].type != 0)
    g_string_append_printf (writer->out,
                            "Type: %s\n",
                            prof_profile_type_name (profile, type));
  append_time (writer->out, prof_profile_time_ns (profile));
  append_duration (writer, prof_profile_duration_ns (profile));
}

static const char *
unit_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_unit (profile, type);
}

static int64_t
total_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return 0;
  return prof_profile_total (profile, type);
}

void
prof_report_header (GString *out, ProfProfile *profile, size_t type)
{
  Writer writer = {
    .out = out,
    .unit = unit_of_type (profile, type),
    .shown_in = "auto",
    .total = total_of_type (profile, type),
  };

  append_header (&writer, profile, type);
}

static int64_t
absolute (int64_t value)
{
  return value == INT64_MIN ? INT64_MAX : ABS (value);
}

/* The smallest number of the table that is not 0. */
static int64_t
smallest (const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           min = 0;

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      int64_t value = absolute (rows[r].flat != 0 ? rows[r].flat : rows[r].cum);

      if (value != 0 && (min == 0 || value < min))
        min = value;
    }
  return min;
}

static int64_t
share_of (int64_t total, double fraction)
{
  double share = (double)total * fraction;

  if (share < 0)
    share = -share;
  return share < 0x1p63 ? (int64_t)share : INT64_MAX;
}

static void
append_summary (const Writer *writer, const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           sum = 0;
  g_autofree char  *shown = NULL;
  g_autofree char  *share = NULL;
  g_autofree char  *total = label_of (writer, writer->total);

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    sum = prof_add_i64 (sum, rows[r].flat);
  shown = label_of (writer, sum);
  share = prof_unit_percentage (sum, writer->total);
  g_string_append_printf (writer->out,
                          "Showing nodes accounting for %s, %s of %s total\n",
                          shown,
                          g_strstrip (share),
                          total);
}

/* "<=" is what pprof prints; those at the limit are shown. */
static void
append_dropped (const Writer *writer, const ProfTop *top, double fraction)
{
  size_t           n = prof_top_n_dropped (top);
  g_autofree char *limit = NULL;

  if (n == 0 || writer->total == 0)
    return;
  limit = label_of (writer, share_of (writer->total, fraction));
  g_string_append_printf (writer->out,
                          "Dropped %zu %s (cum <= %s)\n",
                          n,
                          n > 1 ? "nodes" : "node",
                          limit);
}

static void
append_count (const Writer *writer, const ProfTop *top)
{
  size_t n = prof_top_n_rows (top);

  if (n > 0 && n < prof_top_n_before_count (top) && writer->total != 0)
    g_string_append_printf (writer->out,
                            "Showing top %zu nodes out of %zu\n",
                            n,
                            prof_top_n_before_count (top));
}

static const char *
inline_mark (ProfInlined inlined)
{
  switch (inlined)
    {
    case PROF_INLINED_ALWAYS:
      return " (inline)";
    case PROF_INLINED_SOMETIMES:
      return " (partial-inline)";
    case PROF_INLINED_NEVER:
      return "";
    default:
      g_assert_not_reached ();
    }
}

static void
append_row (const Writer     *writer,
            const ProfFrames *frames,
            const ProfTopRow *row,
            int64_t           sum)
{
  size_t      length;
  const char *name = prof_frames_name_bytes (frames, row->frame, &length);

  append_value (writer, row->flat);
  g_string_append_c (writer->out, ' ');
  append_share (writer, row->flat);
  g_string_append_c (writer->out, ' ');
  append_share (writer, sum);
  g_string_append_c (writer->out, ' ');
  append_value (writer, row->cum);
  g_string_append_c (writer->out, ' ');
  append_share (writer, row->cum);
  g_string_append (writer->out, "  ");
  g_string_append_len (writer->out, name, (gssize)length);
  g_string_append (writer->out, inline_mark (row->inlined));
  g_string_append_c (writer->out, '\n');
}

static void
append_rows (const Writer *writer, const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           sum = 0;

  g_string_append (writer->out, "      flat  flat%   sum%        cum   cum%\n");
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      sum = prof_add_i64 (sum, rows[r].flat);
      append_row (writer, prof_top_frames (top), &rows[r], sum);
    }
}

void
prof_report_top_in (GString             *out,
                    ProfTop             *top,
                    const ProfTopParams *params,
                    const char          *unit)
{
  static const ProfTopParams defaults = PROF_TOP_PARAMS_INIT;
  const ProfProfile *profile = prof_frames_profile (prof_top_frames (top));
  Writer             writer = {
                .out = out,
                .unit = unit_of_type (profile, prof_top_type (top)),
                .shown_in = unit,
                .total = prof_top_total (top),
  };

  if (params == NULL)
    params = &defaults;
  if (strcmp (unit, "minimum") == 0 && prof_top_n_rows (top) > 0)
    writer.shown_in = prof_unit_common (smallest (top),
                                        writer.total,
                                        writer.unit);
  append_header (&writer, profile, prof_top_type (top));
  append_summary (&writer, top);
  append_dropped (&writer, top, params->node_fraction);
  append_count (&writer, top);
  append_rows (&writer, top);
}

void
prof_report_top (GString *out, ProfTop *top, const ProfTopParams *params)
{
  prof_report_top_in (out, top, params, "minimum");
}

/* What a profile says of itself: lines of our own. */

static bool
has_type (const ProfProfile *profile, const char *name)
{
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    if (strcmp (prof_profile_type_name (profile, t), name) == 0)
      return true;
  return false;
}

static const char *
kind_of (const ProfProfile *profile)
{
  static const struct
  {
    const char *type;
    const char *kind;
  } kinds[] = {
    { "cpu", "CPU" },
    { "inuse_space", "heap" },
    { "goroutine", "goroutines" },
    { "threadcreate", "thread creation" },
    { "contentions", "contention (block or mutex)" },
  };
  const char *named;

  named = prof_profile_string (profile,
                               prof_profile_default_type_name (profile));
  if (strcmp (named, "alloc_space") == 0)
    return "allocations";
  for (size_t k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (has_type (profile, kinds[k].type))
      return kinds[k].kind;
  return "other";
}

static void
append_types (GString *out, const ProfProfile *profile)
{
  size_t default_type = prof_profile_default_type (profile);

  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      const char      *unit = prof_profile_type_unit (profile, t);
      g_autofree char *total = NULL;

      total = prof_unit_label (prof_profile_total (profile, t), unit, "auto");
      g_string_append_printf (out,
                              "Type: %s/%s, total %s%s\n",
                              prof_profile_type_name (profile, t),
                              unit,
                              total,
                              t == default_type ? " (default)" : "");
    }
}

static void
append_utc (GString *out, int64_t ns)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (seconds_of (ns));
  g_autofree char      *text = g_date_time_format_iso8601 (time);

  if (ns != 0)
    g_string_append_printf (out, "Time: %s\n", text);
}

static void
append_measured (GString    *out,
                 const char *what,
                 int64_t     value,
                 const char *unit,
                 const char *of)
{
  g_autofree char *text = prof_unit_label (value, unit, "auto");

  if (value != 0)
    g_string_append_printf (out, "%s: %s%s\n", what, text, of);
}

static void
append_period (GString *out, const ProfProfile *profile)
{
  ProfValueType    type = prof_profile_period_type (profile);
  const char      *name = prof_profile_string (profile, type.type);
  g_autofree char *of = g_strconcat (" of ", name, NULL);

  append_measured (out,
                   "Period",
                   prof_profile_period (profile),
                   prof_profile_string (profile, type.unit),
                   name[0] != '\0' ? of : "");
}

static void
append_sizes (GString *out, const ProfProfile *profile)
{
  g_string_append_printf (out,
                          "Samples: %zu\nFunctions: %zu\nLocations: %zu\n",
                          prof_profile_n_samples (profile),
                          prof_profile_n_functions (profile),
                          prof_profile_n_locations (profile));
}

static void
append_mappings (GString *out, const ProfProfile *profile)
{
  for (size_t m = 0; m < prof_profile_n_mappings (profile); m++)
    {
      const ProfMapping *mapping = &prof_profile_mappings (profile)[m];
      const char        *file;
      const char        *build_id;

      file = prof_profile_string (profile, mapping->filename);
      build_id = prof_profile_string (profile, mapping->build_id);
      g_string_append_printf (out,
                              "Mapping: 0x%" G_GINT64_MODIFIER
                              "x-0x%" G_GINT64_MODIFIER "x %s%s%s%s\n",
                              mapping->start,
                              mapping->limit,
                              file[0] != '\0' ? file : "(no file)",
                              prof_profile_string (profile,
                                                   mapping->kernel_symbol),
                              build_id[0] != '\0' ? ", build id " : "",
                              build_id);
    }
}

typedef struct
{
  ProfStringId key;
  size_t       n_samples;
  size_t       last_sample; /* and one more */
  GHashTable  *values;
} Key;

static void
free_key (gpointer data)
{
  Key *key = data;

  g_hash_table_unref (key->values);
  g_free (key);
}

static guint
hash_value (gconstpointer data)
{
  const ProfLabel *label = data;

  return g_int64_hash (&label->num) * 31 + label->str;
}

static gboolean
equal_values (gconstpointer a, gconstpointer b)
{
  const ProfLabel *left = a;
  const ProfLabel *right = b;

  return left->str == right->str && left->num == right->num;
}

static void
count_label (GHashTable *keys, const ProfLabel *label, size_t sample)
{
  Key *key = g_hash_table_lookup (keys, GUINT_TO_POINTER (label->key));

  if (key == NULL)
    {
      key = g_new0 (Key, 1);
      key->key = label->key;
      key->values = g_hash_table_new (hash_value, equal_values);
      g_hash_table_insert (keys, GUINT_TO_POINTER (label->key), key);
    }
  if (key->last_sample != sample + 1)
    key->n_samples++;
  key->last_sample = sample + 1;
  g_hash_table_add (key->values, (gpointer)label);
}

static GHashTable *
count_labels (const ProfProfile *profile)
{
  GHashTable *keys = g_hash_table_new_full (NULL, NULL, NULL, free_key);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);

      for (size_t l = 0; l < n; l++)
        count_label (keys, &labels[l], s);
    }
  return keys;
}

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfProfile *profile = data;

  return strcmp (prof_profile_string (profile, ((const Key *)a)->key),
                 prof_profile_string (profile, ((const Key *)b)->key));
}

static void
append_labels (GString *out, const ProfProfile *profile)
{
  g_autoptr (GHashTable) keys = count_labels (profile);
  g_autoptr (GList)      sorted = g_hash_table_get_values (keys);

  sorted = g_list_sort_with_data (sorted, compare_keys, (gpointer)profile);
  for (const GList *item = sorted; item != NULL; item = item->next)
    {
      const Key *key = item->data;
      guint      n_values = g_hash_table_size (key->values);

      g_string_append_printf (out,
                              "Label: %s, %zu sample%s, %u value%s\n",
                              prof_profile_string (profile, key->key),
                              key->n_samples,
                              key->n_samples == 1 ? "" : "s",
                              n_values,
                              n_values == 1 ? "" : "s");
    }
}

static void
append_text (GString           *out,
             const char        *what,
             const ProfProfile *profile,
             ProfStringId       text)
{
  if (text != 0)
    g_string_append_printf (out,
                            "%s: %s\n",
                            what,
                            prof_profile_string (profile, text));
}

static void
append_texts (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  for (size_t c = 0; c < n; c++)
    append_text (out, "Comment", profile, comments[c]);
  append_text (out, "Documentation", profile, prof_profile_doc_url (profile));
  append_text (out,
               "Dropped frames",
               profile,
               prof_profile_drop_frames (profile));
  append_text (out, "Kept frames", profile, prof_profile_keep_frames (profile));
}

static void
append_oddity (GString *out, uint64_t n, const char *what)
{
  if (n > 0)
    g_string_append_printf (out,
                            "Oddity: %s (%" G_GUINT64_FORMAT " times)\n",
                            what,
                            n);
}

static void
append_oddities (GString *out, const ProfProfile *profile)
{
  const ProfNotes *notes = prof_profile_notes (profile);

  append_oddity (out,
                 notes->unknown_mappings,
                 "a location names a mapping that is not in the file");
  append_oddity (out, notes->dropped_labels, "a label has no value");
  append_oddity (out, notes->unknown_fields, "a field is unknown");
}

void
prof_report_info (GString *out, ProfProfile *profile)
{
  g_string_append_printf (out, "Kind: %s\n", kind_of (profile));
  append_types (out, profile);
  append_utc (out, prof_profile_time_ns (profile));
  append_measured (out,
                   "Duration",
                   prof_profile_duration_ns (profile),
                   "nanoseconds",
                   "");
  append_period (out, profile);
  append_sizes (out, profile);
  append_mappings (out, profile);
  append_labels (out, profile);
  append_texts (out, profile);
  append_oddities (out, profile);
}
