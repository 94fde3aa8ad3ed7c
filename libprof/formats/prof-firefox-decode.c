/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-decode.h"

#include "formats/prof-firefox-thread.h"
#include "formats/prof-json-kind.h"
#include "formats/prof-json-take.h"
#include "formats/prof-json-walk.h"
#include <math.h>

/* {"meta": {"interval": 1, "preprocessedProfileVersion": 75},
 *  "shared": {"stringArray": ["main", …], "sources": {"filename": [7, …]},
 *    "stackTable": {"prefixOffset": [0, 1, …], "frame": [0, 1, …]},
 *    "frameTable": {"func": [0, 1, …], "line": [0, 17, …], "flags": [4, 20, …]},
 *    "funcTable": {"name": [0, 4, …], "source": [0, 9, …]}},
 *  "threads": [{
 *    "name": "GeckoMain", "processName": "Web Content",
 *    "samples": {"stack": [0, 2, null], "weight": null, "weightType": "samples"},
 *    …}, …]}
 *
 * or, as the browser hands it out,
 *
 * {"meta": {"interval": 1, "version": 34},
 *  "threads": [{
 *    "name": "GeckoMain", "processName": "Web Content",
 *    "samples": {"schema": {"stack": 0, "time": 1}, "data": [[0, 12.5], …]},
 *    "stackTable": {"schema": {"prefix": 0, "frame": 1}, "data": [[null, 0], …]},
 *    "frameTable": {"schema": {"location": 0, "line": 4, …}, "data": [[1], …]},
 *    "stringTable": ["main (file:///a.js:1:1)", …]}, …],
 *  "processes": [{"threads": […]}, …]} */

#define FORMAT "Firefox Profiler"

#define NEWEST_VERSION 75

/* What of rows is wanted, by the name that the schema has for it. */
typedef enum
{
  ROW_STACK,    /* of samples */
  ROW_PREFIX,   /* of stackTable */
  ROW_FRAME,    /* of stackTable */
  ROW_LOCATION, /* of frameTable */
  ROW_LINE,     /* of frameTable */
  ROW_COLUMN,   /* of frameTable */
} RowPart;

#define N_ROW_PARTS (ROW_COLUMN + 1)

/* Where they are, unless a schema says otherwise. */
static const int64_t places[N_ROW_PARTS] = { 0, 0, 1, 0, 4, 5 };

typedef struct
{
  ProfText      base; /* first; without lines */
  ProfJsonWalk *walk; /* (owned) */

  int64_t version;
  double  interval_ms;

  GPtrArray *threads; /* (owned) (element-type ProfFirefoxThread) the last is
                         being read */

  ProfFirefoxTables shared;
  ProfNumberColumn  sources; /* file names of sources, as strings */
  ProfFirefoxTables
      *tables; /* those being read, of a thread or the shared ones */

  int64_t  places[N_ROW_PARTS]; /* of the thread that is read */
  int64_t  cell;                /* of the row that is read */
  unsigned seen;                /* bits of parts of the row that is read */
} Firefox;

static void
free_thread (gpointer data)
{
  prof_firefox_thread_clear (data);
  g_free (data);
}

static ProfFirefoxThread *
thread_of (Firefox *self)
{
  return self->threads->pdata[self->threads->len - 1];
}

/* --- columns --- */

static bool
append (ProfNumberColumn *column,
        const ProfJson   *json,
        ProfJsonEvent     event,
        GError          **error)
{
  int64_t number = PROF_FIREFOX_NONE;

  if (event == PROF_JSON_NUMBER &&
      (!prof_json_int64 (json, &number) || number < PROF_FIREFOX_NONE))
    return prof_json_fail (json, error, "this is no number of a row");
  return prof_json_take_number (column, number, error);
}

static bool
take_stack (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  return append (&thread_of (data)->stacks, json, event, error);
}

#define TAKE_COLUMN(function, column)                             \
  static bool function (void           *data,                     \
                        const ProfJson *json,                     \
                        ProfJsonEvent   event,                    \
                        GError        **error)                    \
  {                                                               \
    Firefox *self = data;                                         \
                                                                  \
    return append (&self->tables->columns[PROF_FIREFOX_##column], \
                   json,                                          \
                   event,                                         \
                   error);                                        \
  }

TAKE_COLUMN (take_prefix, STACK_PREFIX)
TAKE_COLUMN (take_offset, STACK_OFFSET)
TAKE_COLUMN (take_frame, STACK_FRAME)
TAKE_COLUMN (take_func, FRAME_FUNC)
TAKE_COLUMN (take_frame_flags, FRAME_FLAGS)
TAKE_COLUMN (take_line, FRAME_LINE)
TAKE_COLUMN (take_column, FRAME_COLUMN)
TAKE_COLUMN (take_name, FUNC_NAME)
TAKE_COLUMN (take_func_flags, FUNC_FLAGS)
TAKE_COLUMN (take_file, FUNC_FILE)
TAKE_COLUMN (take_source, FUNC_SOURCE)
TAKE_COLUMN (take_start, FUNC_LINE)

static bool
take_weight (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  double weight = 0;

  if (event == PROF_JSON_NUMBER &&
      (!prof_json_double (json, &weight) || fabs (weight) > 9e12))
    return prof_json_fail (json, error, "the weight is out of range");
  return prof_json_take_number (&thread_of (data)->weights,
                                (int64_t)nearbyint (weight *
                                                    PROF_FIREFOX_WHOLE),
                                error);
}

static bool
take_weight_type (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  thread_of (data)->weight = prof_json_is (json, "bytes")
                                 ? PROF_FIREFOX_WEIGHT_BYTES
                             : prof_json_is (json, "tracing-ms")
                                 ? PROF_FIREFOX_WEIGHT_MS
                                 : PROF_FIREFOX_WEIGHT_SAMPLES;
  return true;
}

/* --- rows --- */

static ProfNumberColumn *
column_of (Firefox *self, RowPart part)
{
  static const ProfFirefoxColumn columns[N_ROW_PARTS] = {
    [ROW_PREFIX] = PROF_FIREFOX_STACK_PREFIX,
    [ROW_FRAME] = PROF_FIREFOX_STACK_FRAME,
    [ROW_LOCATION] = PROF_FIREFOX_FRAME_LOCATION,
    [ROW_LINE] = PROF_FIREFOX_FRAME_LINE,
    [ROW_COLUMN] = PROF_FIREFOX_FRAME_COLUMN,
  };

  return part == ROW_STACK ? &thread_of (self)->stacks
                           : &self->tables->columns[columns[part]];
}

static bool
set_place (Firefox *self, RowPart part, const ProfJson *json, GError **error)
{
  int64_t place;

  if (!prof_json_int64 (json, &place) || place < 0)
    return prof_json_fail (json, error, "this is no place in a row");
  if (place != self->places[part] && column_of (self, part)->n > 0)
    return prof_json_fail (json, error, "the schema comes behind its rows");
  self->places[part] = place;
  return true;
}

#define TAKE_PLACE(function, part)                    \
  static bool function (void           *data,         \
                        const ProfJson *json,         \
                        ProfJsonEvent   event,        \
                        GError        **error)        \
  {                                                   \
    return set_place (data, ROW_##part, json, error); \
  }

TAKE_PLACE (take_stack_place, STACK)
TAKE_PLACE (take_prefix_place, PREFIX)
TAKE_PLACE (take_frame_place, FRAME)
TAKE_PLACE (take_location_place, LOCATION)
TAKE_PLACE (take_line_place, LINE)
TAKE_PLACE (take_column_place, COLUMN)

/* What a row is too short for is none. */
static bool
end_row (Firefox *self, RowPart first, RowPart last, GError **error)
{
  for (RowPart part = first; part <= last; part++)
    if ((self->seen & 1U << part) == 0 &&
        !prof_number_column_append (column_of (self, part), PROF_FIREFOX_NONE))
      return prof_fail_memory (error);
  return true;
}

static bool
take_row (Firefox      *self,
          RowPart       first,
          RowPart       last,
          ProfJsonEvent event,
          GError      **error)
{
  if (event != PROF_JSON_BEGIN_ARRAY)
    return end_row (self, first, last, error);
  self->cell = 0;
  self->seen = 0;
  return true;
}

static bool
take_cell (Firefox        *self,
           RowPart         first,
           RowPart         last,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  int64_t cell = self->cell++;

  for (RowPart part = first; part <= last; part++)
    if (self->places[part] == cell)
      {
        self->seen |= 1U << part;
        if (!append (column_of (self, part), json, event, error))
          return false;
      }
  return true;
}

#define TAKE_ROWS(name, first, last)                                      \
  static bool take_##name##_row (void           *data,                    \
                                 const ProfJson *json,                    \
                                 ProfJsonEvent   event,                   \
                                 GError        **error)                   \
  {                                                                       \
    return take_row (data, ROW_##first, ROW_##last, event, error);        \
  }                                                                       \
                                                                          \
  static bool take_##name##_cell (void           *data,                   \
                                  const ProfJson *json,                   \
                                  ProfJsonEvent   event,                  \
                                  GError        **error)                  \
  {                                                                       \
    return take_cell (data, ROW_##first, ROW_##last, json, event, error); \
  }

TAKE_ROWS (sample, STACK, STACK)
TAKE_ROWS (stack, PREFIX, FRAME)
TAKE_ROWS (frame, LOCATION, COLUMN)

/* --- texts --- */

static bool
intern (Firefox *self, const ProfJson *json, int64_t *position, GError **error)
{
  return prof_json_take_text (json, self->base.places, position, error);
}

static bool
take_string (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Firefox    *self = data;
  size_t      length;
  const char *text = prof_json_text (json, &length);

  return prof_firefox_strings_append (&self->tables->strings, text, length) ||
         prof_fail_memory (error);
}

static bool
take_source_name (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  Firefox *self = data;

  return append (&self->sources, json, event, error);
}

/* --- the whole --- */

static bool
take_thread (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Firefox           *self = data;
  ProfFirefoxThread *thread;

  if (event != PROF_JSON_BEGIN_OBJECT)
    return true;
  thread = g_new0 (ProfFirefoxThread, 1);
  g_ptr_array_add (self->threads, thread);
  self->tables = &thread->tables;
  memcpy (self->places, places, sizeof places);
  return true;
}

static bool
take_shared (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Firefox *self = data;

  self->tables = &self->shared;
  return true;
}

static bool
take_thread_name (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  return intern (data, json, &thread_of (data)->name, error);
}

static bool
take_process_name (void           *data,
                   const ProfJson *json,
                   ProfJsonEvent   event,
                   GError        **error)
{
  return intern (data, json, &thread_of (data)->process, error);
}

static bool
take_version (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  Firefox *self = data;

  if (!prof_json_int64 (json, &self->version) || self->version < 0)
    return prof_json_fail (json, error, "this is no version");
  if (self->version <= NEWEST_VERSION)
    return true;
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "this is a profile of the Firefox Profiler of version "
                    "%" G_GINT64_FORMAT ", and those up to %d are read",
                    self->version,
                    NEWEST_VERSION);
}

static bool
take_interval (void           *data,
               const ProfJson *json,
               ProfJsonEvent   event,
               GError        **error)
{
  Firefox *self = data;

  return (prof_json_double (json, &self->interval_ms) &&
          self->interval_ms >= 0 && self->interval_ms < 1e9) ||
         prof_json_fail (json, error, "this is no interval");
}

#define NUMBERS(name, function)                                  \
  static const ProfJsonRule name[] = {                           \
    { .kind = PROF_JSON_RULE_NUMBER_OR_NULL, .take = function }, \
  }

NUMBERS (stacks_rule, take_stack);
NUMBERS (weights_rule, take_weight);
NUMBERS (prefixes_rule, take_prefix);
NUMBERS (offsets_rule, take_offset);
NUMBERS (frames_rule, take_frame);
NUMBERS (funcs_rule, take_func);
NUMBERS (frame_flags_rule, take_frame_flags);
NUMBERS (lines_rule, take_line);
NUMBERS (columns_rule, take_column);
NUMBERS (names_rule, take_name);
NUMBERS (func_flags_rule, take_func_flags);
NUMBERS (files_rule, take_file);
NUMBERS (sources_rule, take_source);
NUMBERS (starts_rule, take_start);
NUMBERS (source_names_rule, take_source_name);

#define ROWS(name)                                               \
  static const ProfJsonRule name##_cell_rule[] = {               \
    { .kind = PROF_JSON_RULE_SKIP, .take = take_##name##_cell }, \
  };                                                             \
  static const ProfJsonRule name##_rows_rule[] = {               \
    { .kind = PROF_JSON_RULE_ARRAY,                              \
      .inside = name##_cell_rule,                                \
      .take = take_##name##_row },                               \
  }

ROWS (sample);
ROWS (stack);
ROWS (frame);

#define NUMBER(name, function)                                   \
  {                                                              \
    .key = name, .kind = PROF_JSON_RULE_NUMBER, .take = function \
  }
#define ARRAY(name, rule)                                     \
  {                                                           \
    .key = name, .kind = PROF_JSON_RULE_ARRAY, .inside = rule \
  }
#define OBJECT(name, rules)                                     \
  {                                                             \
    .key = name, .kind = PROF_JSON_RULE_OBJECT, .inside = rules \
  }

static const ProfJsonRule sample_schema[] = {
  NUMBER ("stack", take_stack_place),
  { 0 },
};

static const ProfJsonRule sample_rules[] = {
  ARRAY ("stack", stacks_rule),
  ARRAY ("weight", weights_rule),
  { .key = "weightType",
    .kind = PROF_JSON_RULE_TEXT,
    .take = take_weight_type },
  OBJECT ("schema", sample_schema),
  ARRAY ("data", sample_rows_rule),
  { 0 },
};

static const ProfJsonRule stack_schema[] = {
  NUMBER ("prefix", take_prefix_place),
  NUMBER ("frame", take_frame_place),
  { 0 },
};

static const ProfJsonRule stack_rules[] = {
  ARRAY ("prefix", prefixes_rule), ARRAY ("prefixOffset", offsets_rule),
  ARRAY ("frame", frames_rule),    OBJECT ("schema", stack_schema),
  ARRAY ("data", stack_rows_rule), { 0 },
};

static const ProfJsonRule frame_schema[] = {
  NUMBER ("location", take_location_place),
  NUMBER ("line", take_line_place),
  NUMBER ("column", take_column_place),
  { 0 },
};

static const ProfJsonRule frame_rules[] = {
  ARRAY ("func", funcs_rule),
  ARRAY ("flags", frame_flags_rule),
  ARRAY ("line", lines_rule),
  ARRAY ("column", columns_rule),
  OBJECT ("schema", frame_schema),
  ARRAY ("data", frame_rows_rule),
  { 0 },
};

static const ProfJsonRule func_rules[] = {
  ARRAY ("name", names_rule),        ARRAY ("flags", func_flags_rule),
  ARRAY ("fileName", files_rule),    ARRAY ("source", sources_rule),
  ARRAY ("lineNumber", starts_rule), { 0 },
};

static const ProfJsonRule strings_rule[] = {
  { .kind = PROF_JSON_RULE_TEXT, .take = take_string },
};

static const ProfJsonRule thread_rules[] = {
  { .key = "name", .kind = PROF_JSON_RULE_TEXT, .take = take_thread_name },
  { .key = "processName",
    .kind = PROF_JSON_RULE_TEXT,
    .take = take_process_name },
  OBJECT ("samples", sample_rules),
  OBJECT ("stackTable", stack_rules),
  OBJECT ("frameTable", frame_rules),
  OBJECT ("funcTable", func_rules),
  ARRAY ("stringArray", strings_rule),
  ARRAY ("stringTable", strings_rule),
  { 0 },
};

static const ProfJsonRule thread_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT,
    .inside = thread_rules,
    .take = take_thread },
};

/* Processes may have processes. */
static const ProfJsonRule process_rule[1];

static const ProfJsonRule process_rules[] = {
  ARRAY ("threads", thread_rule),
  ARRAY ("processes", process_rule),
  { 0 },
};

static const ProfJsonRule process_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = process_rules },
};

static const ProfJsonRule source_rules[] = {
  ARRAY ("filename", source_names_rule),
  { 0 },
};

/* A thread's tables may be here. */
static const ProfJsonRule shared_rules[] = {
  ARRAY ("stringArray", strings_rule), OBJECT ("sources", source_rules),
  OBJECT ("stackTable", stack_rules),  OBJECT ("frameTable", frame_rules),
  OBJECT ("funcTable", func_rules),    { 0 },
};

static const ProfJsonRule meta_rules[] = {
  NUMBER ("preprocessedProfileVersion", take_version),
  NUMBER ("interval", take_interval),
  { 0 },
};

static const ProfJsonRule members[] = {
  OBJECT ("meta", meta_rules),
  { .key = "shared",
    .kind = PROF_JSON_RULE_OBJECT,
    .inside = shared_rules,
    .take = take_shared },
  ARRAY ("threads", thread_rule),
  ARRAY ("processes", process_rule),
  { 0 },
};

static const ProfJsonRule document = { .key = "the profile",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

/* --- the end --- */

/* Bytes are a type where a thread has them. */
static bool
add_types (Firefox *self, size_t *n_types, GError **error)
{
  bool has_bytes = false;

  for (guint t = 0; t < self->threads->len; t++)
    {
      const ProfFirefoxThread *thread = self->threads->pdata[t];

      has_bytes |= thread->weight == PROF_FIREFOX_WEIGHT_BYTES;
    }
  *n_types = 2 + has_bytes;
  return prof_text_add_type (&self->base, "samples", "count", error) &&
         prof_text_add_type (&self->base, "time", "nanoseconds", error) &&
         (!has_bytes ||
          prof_text_add_type (&self->base, "space", "bytes", error));
}

/* Threads that have these tables: one, or all that have none of their own. */
static bool
add_threads (Firefox                  *self,
             const ProfFirefoxTables  *tables,
             ProfFirefoxThread *const *threads,
             size_t                    n_threads,
             const ProfFirefoxProfile *profile,
             GError                  **error)
{
  g_autofree int64_t *sums = NULL;
  ProfCallNodes       nodes;
  bool                ok;

  prof_call_nodes_init (&nodes);
  ok = prof_firefox_tables_follow (tables,
                                   &self->shared.strings,
                                   &self->sources,
                                   &self->base,
                                   &nodes,
                                   error);
  if (ok)
    sums = g_try_new0 (int64_t, nodes.stacks.length + 1);
  if (ok && sums == NULL)
    ok = prof_fail_memory (error);
  for (size_t t = 0; ok && t < n_threads; t++)
    ok = prof_firefox_thread_add (threads[t], profile, &nodes, sums, error);
  prof_call_nodes_clear (&nodes);
  return ok;
}

/* In their order: those that share tables are mostly all. */
static bool
add_all_threads (Firefox                  *self,
                 const ProfFirefoxProfile *profile,
                 GError                  **error)
{
  g_autoptr (GPtrArray)     sharing = g_ptr_array_new ();
  ProfFirefoxThread *const *threads = (ProfFirefoxThread **)
                                          self->threads->pdata;

  for (guint t = 0; t < self->threads->len; t++)
    if (prof_firefox_tables_are_empty (&threads[t]->tables))
      g_ptr_array_add (sharing, threads[t]);
    else if (!add_threads (self,
                           &threads[t]->tables,
                           &threads[t],
                           1,
                           profile,
                           error))
      return false;
  return add_threads (self,
                      &self->shared,
                      (ProfFirefoxThread **)sharing->pdata,
                      sharing->len,
                      profile,
                      error);
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return prof_json_kind (bytes, length) == PROF_JSON_KIND_FIREFOX;
}

static void *
begin (const ProfLimits *limits)
{
  Firefox *self = g_new0 (Firefox, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->walk = prof_json_walk_new (&document, limits, self);
  self->threads = g_ptr_array_new_with_free_func (free_thread);
  self->interval_ms = 1;
  memcpy (self->places, places, sizeof places);
  return self;
}

static size_t
bytes_of (const Firefox *self)
{
  size_t bytes = prof_firefox_tables_bytes (&self->shared) +
                 self->sources.bytes.length;

  for (guint t = 0; t < self->threads->len; t++)
    bytes += sizeof (ProfFirefoxThread) +
             prof_firefox_thread_bytes (self->threads->pdata[t]);
  return bytes;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Firefox *self = data;

  if (!prof_json_walk_feed (self->walk, bytes, length, error))
    return false;
  prof_builder_hold (self->base.builder, bytes_of (self));
  return prof_builder_check_memory (self->base.builder, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Firefox           *self = data;
  ProfFirefoxProfile profile = { .text = &self->base };

  if (!prof_json_walk_finish (self->walk, error) ||
      !add_types (self, &profile.n_types, error))
    return NULL;
  profile.interval_ms = self->interval_ms;
  profile.has_labels = self->threads->len > 1;
  if (!add_all_threads (self, &profile, error))
    return NULL;
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_firefox (void *data)
{
  Firefox *self = data;

  prof_text_clear (&self->base);
  prof_json_walk_free (self->walk);
  g_ptr_array_unref (self->threads);
  prof_firefox_tables_clear (&self->shared);
  prof_number_column_clear (&self->sources);
  g_free (self);
}

const ProfDecoder prof_firefox_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_firefox,
};
