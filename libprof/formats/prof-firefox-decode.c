/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-decode.h"

#include "formats/prof-call-nodes.h"
#include "formats/prof-json-kind.h"
#include "formats/prof-json-walk.h"
#include "formats/prof-number-column.h"
#include "formats/prof-text.h"
#include <math.h>
#include <string.h>

/* {"meta": {"interval": 1, "preprocessedProfileVersion": 58},
 *  "shared": {"stringArray": ["main", …], "sources": {"filename": [7, …]}},
 *  "threads": [{
 *    "name": "GeckoMain", "processName": "Web Content",
 *    "samples": {"stack": [0, 2, null], "weight": null, "weightType": "samples"},
 *    "stackTable": {"prefix": [null, 0, …], "frame": [0, 1, …]},
 *    "frameTable": {"func": [0, 1, …], "line": [null, 17, …]},
 *    "funcTable": {"name": [0, 4, …], "fileName": [null, 9, …]}}, …]}
 *
 * Each table is a few columns, and rows are known by their numbers: samples →
 * stackTable → frameTable → funcTable → stringArray, which may stand anywhere in
 * the file. So all columns are kept, and followed when the file has ended. */

#define FORMAT "Firefox Profiler"

#define NEWEST_VERSION 58

/* What stands for null in a column, and for a weight of one. */
#define NONE  (-1)
#define WHOLE 1000000

#define NS_PER_MS 1e6

typedef enum
{
  SAMPLES_STACK,
  SAMPLES_WEIGHT, /* in millionths */
  STACK_PREFIX,
  STACK_FRAME,
  FRAME_FUNC,
  FRAME_LINE,
  FRAME_COLUMN,
  FUNC_NAME,
  FUNC_FILE,
  FUNC_SOURCE,
  FUNC_LINE,
} Column;

#define N_COLUMNS (FUNC_LINE + 1)

typedef enum
{
  WEIGHT_SAMPLES,
  WEIGHT_MS,
  WEIGHT_BYTES,
} WeightKind;

typedef struct
{
  ProfNumberColumn columns[N_COLUMNS];
  ProfVecI64       strings; /* positions; none: the shared ones */
  WeightKind       weight_kind;
  int64_t          name; /* positions */
  int64_t          process;
} Thread;

typedef struct
{
  ProfText      base; /* first; without lines */
  ProfJsonWalk *walk; /* (owned) */

  int64_t version;
  double  interval_ms;

  GPtrArray *threads; /* (owned) (element-type Thread) the last is being read */

  /* Owned */
  ProfVecI64       strings; /* shared; positions */
  ProfNumberColumn sources; /* file names of sources, as strings */

  size_t n_types; /* of samples */
} Firefox;

static void
free_thread (gpointer data)
{
  Thread *self = data;

  for (size_t c = 0; c < N_COLUMNS; c++)
    prof_number_column_clear (&self->columns[c]);
  prof_vec_i64_clear (&self->strings);
  g_free (self);
}

static Thread *
thread_of (Firefox *self)
{
  return self->threads->pdata[self->threads->len - 1];
}

/* --- what is read --- */

static bool
append (ProfNumberColumn *column,
        const ProfJson   *json,
        ProfJsonEvent     event,
        GError          **error)
{
  int64_t number = NONE;

  if (event == PROF_JSON_NUMBER &&
      (!prof_json_int64 (json, &number) || number < NONE))
    return prof_json_fail (json, error, "this is no number of a row");
  return prof_number_column_append (column, number) ||
         prof_text_no_memory (error);
}

#define TAKE_COLUMN(function, column)                             \
  static bool function (void           *data,                     \
                        const ProfJson *json,                     \
                        ProfJsonEvent   event,                    \
                        GError        **error)                    \
  {                                                               \
    Thread *thread = thread_of (data);                            \
                                                                  \
    return append (&thread->columns[column], json, event, error); \
  }

TAKE_COLUMN (take_stack, SAMPLES_STACK)
TAKE_COLUMN (take_prefix, STACK_PREFIX)
TAKE_COLUMN (take_frame, STACK_FRAME)
TAKE_COLUMN (take_func, FRAME_FUNC)
TAKE_COLUMN (take_line, FRAME_LINE)
TAKE_COLUMN (take_column, FRAME_COLUMN)
TAKE_COLUMN (take_name, FUNC_NAME)
TAKE_COLUMN (take_file, FUNC_FILE)
TAKE_COLUMN (take_source, FUNC_SOURCE)
TAKE_COLUMN (take_start, FUNC_LINE)

static bool
take_weight (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Thread *thread = thread_of (data);
  double  weight = 0;

  if (event == PROF_JSON_NUMBER &&
      (!prof_json_double (json, &weight) || fabs (weight) > 9e12))
    return prof_json_fail (json, error, "the weight is out of range");
  return prof_number_column_append (&thread->columns[SAMPLES_WEIGHT],
                                    (int64_t)nearbyint (weight * WHOLE)) ||
         prof_text_no_memory (error);
}

static bool
take_weight_type (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  Thread *thread = thread_of (data);

  thread->weight_kind = prof_json_is (json, "bytes")        ? WEIGHT_BYTES
                        : prof_json_is (json, "tracing-ms") ? WEIGHT_MS
                                                            : WEIGHT_SAMPLES;
  return true;
}

static bool
intern (Firefox *self, const ProfJson *json, int64_t *position, GError **error)
{
  size_t      length;
  const char *text = prof_json_text (json, &length);

  return prof_places_text (self->base.places, text, length, position, error);
}

static bool
add_string (Firefox        *self,
            ProfVecI64     *strings,
            const ProfJson *json,
            GError        **error)
{
  int64_t position;

  return intern (self, json, &position, error) &&
         (prof_vec_i64_append (strings, position) ||
          prof_text_no_memory (error));
}

static bool
take_string (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  return add_string (data, &thread_of (data)->strings, json, error);
}

static bool
take_shared_string (void           *data,
                    const ProfJson *json,
                    ProfJsonEvent   event,
                    GError        **error)
{
  Firefox *self = data;

  return add_string (self, &self->strings, json, error);
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

static bool
take_thread (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Firefox *self = data;

  if (event == PROF_JSON_BEGIN_OBJECT)
    g_ptr_array_add (self->threads, g_new0 (Thread, 1));
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
NUMBERS (frames_rule, take_frame);
NUMBERS (funcs_rule, take_func);
NUMBERS (lines_rule, take_line);
NUMBERS (columns_rule, take_column);
NUMBERS (names_rule, take_name);
NUMBERS (files_rule, take_file);
NUMBERS (sources_rule, take_source);
NUMBERS (starts_rule, take_start);
NUMBERS (source_names_rule, take_source_name);

#define ARRAY(name, rule)                                     \
  {                                                           \
    .key = name, .kind = PROF_JSON_RULE_ARRAY, .inside = rule \
  }
#define OBJECT(name, rules)                                     \
  {                                                             \
    .key = name, .kind = PROF_JSON_RULE_OBJECT, .inside = rules \
  }

static const ProfJsonRule sample_rules[] = {
  ARRAY ("stack", stacks_rule),
  ARRAY ("weight", weights_rule),
  { .key = "weightType",
    .kind = PROF_JSON_RULE_TEXT,
    .take = take_weight_type },
  { 0 },
};

static const ProfJsonRule stack_rules[] = {
  ARRAY ("prefix", prefixes_rule),
  ARRAY ("frame", frames_rule),
  { 0 },
};

static const ProfJsonRule frame_rules[] = {
  ARRAY ("func", funcs_rule),
  ARRAY ("line", lines_rule),
  ARRAY ("column", columns_rule),
  { 0 },
};

static const ProfJsonRule func_rules[] = {
  ARRAY ("name", names_rule),
  ARRAY ("fileName", files_rule),
  ARRAY ("source", sources_rule),
  ARRAY ("lineNumber", starts_rule),
  { 0 },
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
  { 0 },
};

static const ProfJsonRule thread_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT,
    .inside = thread_rules,
    .take = take_thread },
};

static const ProfJsonRule shared_strings_rule[] = {
  { .kind = PROF_JSON_RULE_TEXT, .take = take_shared_string },
};

static const ProfJsonRule source_rules[] = {
  ARRAY ("filename", source_names_rule),
  { 0 },
};

static const ProfJsonRule shared_rules[] = {
  ARRAY ("stringArray", shared_strings_rule),
  OBJECT ("sources", source_rules),
  { 0 },
};

static const ProfJsonRule meta_rules[] = {
  { .key = "preprocessedProfileVersion",
    .kind = PROF_JSON_RULE_NUMBER,
    .take = take_version },
  { .key = "interval", .kind = PROF_JSON_RULE_NUMBER, .take = take_interval },
  { 0 },
};

static const ProfJsonRule members[] = {
  OBJECT ("meta", meta_rules),
  OBJECT ("shared", shared_rules),
  ARRAY ("threads", thread_rule),
  { 0 },
};

static const ProfJsonRule document = { .key = "the profile",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

/* --- following rows --- */

static bool
fail_row (const char *what, int64_t row, const char *table, GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "%s has row %" G_GINT64_FORMAT
                    " of %s, which is not in the file",
                    what,
                    row,
                    table);
}

/* (transfer full): a column as an array; what is missing at its end is NONE. */
static int64_t *
unpack (const ProfNumberColumn *column, size_t n)
{
  int64_t   *numbers = g_try_new (int64_t, n + 1);
  ProfReader reader = prof_number_column_read (column);

  if (numbers == NULL)
    return NULL;
  for (size_t i = 0; i < n; i++)
    if (!prof_number_column_next (&reader, &numbers[i]))
      numbers[i] = NONE;
  return numbers;
}

static const ProfVecI64 *
strings_of (const Firefox *self, const Thread *thread)
{
  return thread->strings.length > 0 ? &thread->strings : &self->strings;
}

/* The position of a string by its row; NONE is "". */
static bool
string_at (const Firefox *self,
           const Thread  *thread,
           int64_t        row,
           int64_t       *position,
           GError       **error)
{
  const ProfVecI64 *list = strings_of (self, thread);

  *position = 0;
  if (row == NONE)
    return true;
  if (row < 0 || (uint64_t)row >= list->length)
    return fail_row ("a function", row, "stringArray", error);
  *position = list->data[row];
  return true;
}

/* Of a function, the row of its file's name. */
static bool
file_row (const int64_t *by_source,
          size_t         n_sources,
          int64_t        source,
          int64_t       *row,
          GError       **error)
{
  if (source == NONE)
    return true;
  if ((uint64_t)source >= n_sources)
    return fail_row ("a function", source, "sources", error);
  *row = by_source[source];
  return true;
}

/* Ids of a thread's functions. */
static bool
add_functions (Firefox      *self,
               const Thread *thread,
               uint64_t     *ids,
               GError      **error)
{
  const ProfNumberColumn *columns = thread->columns;
  size_t                  n = columns[FUNC_NAME].n;
  g_autofree int64_t     *name = unpack (&columns[FUNC_NAME], n);
  g_autofree int64_t     *file = unpack (&columns[FUNC_FILE], n);
  g_autofree int64_t     *source = unpack (&columns[FUNC_SOURCE], n);
  g_autofree int64_t     *start = unpack (&columns[FUNC_LINE], n);
  g_autofree int64_t     *by_source = unpack (&self->sources, self->sources.n);

  if (name == NULL || file == NULL || source == NULL || start == NULL ||
      by_source == NULL)
    return prof_text_no_memory (error);
  for (size_t f = 0; f < n; f++)
    {
      ProfRawFunction function = { .start_line = MAX (start[f], 0) };

      if (!file_row (by_source, self->sources.n, source[f], &file[f], error) ||
          !string_at (self, thread, name[f], &function.name, error) ||
          !string_at (self, thread, file[f], &function.filename, error))
        return false;
      function.system_name = function.name;
      if (!prof_places_function (self->base.places, &function, &ids[f], error))
        return false;
    }
  return true;
}

/* Ids of locations of a thread's frames. */
static bool
add_frames (Firefox        *self,
            const Thread   *thread,
            const uint64_t *functions,
            uint64_t       *ids,
            GError        **error)
{
  const ProfNumberColumn *columns = thread->columns;
  size_t                  n = columns[FRAME_FUNC].n;
  g_autofree int64_t     *func = unpack (&columns[FRAME_FUNC], n);
  g_autofree int64_t     *line = unpack (&columns[FRAME_LINE], n);
  g_autofree int64_t     *column = unpack (&columns[FRAME_COLUMN], n);
  const ProfRawLocation   location = { 0 };

  if (func == NULL || line == NULL || column == NULL)
    return prof_text_no_memory (error);
  for (size_t f = 0; f < n; f++)
    {
      ProfRawLine row = { .line = MAX (line[f], 0),
                          .column = MAX (column[f], 0) };

      if (func[f] < 0 || (uint64_t)func[f] >= columns[FUNC_NAME].n)
        return fail_row ("a frame", func[f], "funcTable", error);
      row.function = functions[func[f]];
      if (!prof_places_location (self->base.places,
                                 &location,
                                 &row,
                                 1,
                                 &ids[f],
                                 error))
        return false;
    }
  return true;
}

static bool
add_stacks (Firefox        *self,
            const Thread   *thread,
            const uint64_t *frames,
            ProfCallNodes  *nodes,
            GError        **error)
{
  const ProfNumberColumn *columns = thread->columns;
  ProfReader prefixes = prof_number_column_read (&columns[STACK_PREFIX]);
  ProfReader rows = prof_number_column_read (&columns[STACK_FRAME]);
  size_t     n = columns[STACK_FRAME].n;
  int64_t    prefix = NONE;
  int64_t    frame = NONE;

  if (columns[STACK_PREFIX].n != n)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "a thread has %zu stacks and %zu prefixes of them",
                      n,
                      columns[STACK_PREFIX].n);
  while (prof_number_column_next (&prefixes, &prefix) &&
         prof_number_column_next (&rows, &frame))
    {
      uint32_t parent = prefix == NONE ? PROF_ID_NONE : (uint32_t)prefix;
      uint32_t row;

      if (prefix != NONE && (uint64_t)prefix >= n)
        return fail_row ("a stack", prefix, "stackTable", error);
      if (frame < 0 || (uint64_t)frame >= columns[FRAME_FUNC].n)
        return fail_row ("a stack", frame, "frameTable", error);
      if (!prof_call_nodes_add (nodes, parent, &row, error))
        return false;
      nodes->ids.data[row] = row;
      nodes->locations.data[row] = frames[frame];
    }
  return prof_call_nodes_finish (nodes, self->base.builder, error);
}

/* --- samples --- */

/* What each stack weighs, in millionths. */
static bool
add_weights (const Thread *thread, int64_t *sums, GError **error)
{
  const ProfNumberColumn *columns = thread->columns;
  ProfReader stacks = prof_number_column_read (&columns[SAMPLES_STACK]);
  ProfReader weights = prof_number_column_read (&columns[SAMPLES_WEIGHT]);
  int64_t    stack;

  while (prof_number_column_next (&stacks, &stack))
    {
      int64_t weight = WHOLE;

      if (columns[SAMPLES_WEIGHT].n > 0 &&
          !prof_number_column_next (&weights, &weight))
        weight = 0;
      if (stack == NONE)
        continue;
      if ((uint64_t)stack >= columns[STACK_FRAME].n)
        return fail_row ("a sample", stack, "stackTable", error);
      if (__builtin_add_overflow (sums[stack], weight, &sums[stack]))
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "the weights do not fit into 64 bits");
    }
  return true;
}

/* Samples and time; or time, or bytes. */
static void
values_of (const Firefox *self,
           const Thread  *thread,
           int64_t        sum,
           int64_t       *values)
{
  double weight = (double)sum / WHOLE;
  double ms = weight * self->interval_ms;

  memset (values, 0, self->n_types * sizeof *values);
  if (thread->weight_kind == WEIGHT_SAMPLES)
    values[0] = (int64_t)nearbyint (weight);
  else if (thread->weight_kind == WEIGHT_MS)
    ms = weight;
  else
    {
      values[self->n_types - 1] = (int64_t)nearbyint (weight);
      return;
    }
  ms = CLAMP (ms, -9e12, 9e12);
  values[1] = (int64_t)nearbyint (ms * NS_PER_MS);
}

static bool
add_labels (Firefox      *self,
            const Thread *thread,
            ProfRawLabel *labels,
            size_t       *n,
            GError      **error)
{
  *n = 0;
  if (self->threads->len < 2)
    return true;
  if (!prof_text_word (&self->base, "thread", &labels[0].key, error) ||
      !prof_text_word (&self->base, "process", &labels[1].key, error))
    return false;
  labels[0].str = thread->name;
  labels[1].str = thread->process;
  *n = 1 + (thread->process != 0);
  return true;
}

static bool
add_samples (Firefox             *self,
             const Thread        *thread,
             const ProfCallNodes *nodes,
             const int64_t       *sums,
             GError             **error)
{
  ProfRawLabel labels[2] = { 0 };
  size_t       n_labels = 0;

  if (!add_labels (self, thread, labels, &n_labels, error))
    return false;
  for (size_t s = 0; s < nodes->stacks.length; s++)
    {
      int64_t values[3];

      if (sums[s] == 0)
        continue;
      values_of (self, thread, sums[s], values);
      if (!prof_builder_add_sample_at (self->base.builder,
                                       nodes->stacks.data[s],
                                       values,
                                       self->n_types,
                                       labels,
                                       n_labels,
                                       error))
        return false;
    }
  return true;
}

static bool
add_thread (Firefox *self, const Thread *thread, GError **error)
{
  const ProfNumberColumn *columns = thread->columns;
  g_autofree uint64_t    *functions = g_try_new (uint64_t,
                                              columns[FUNC_NAME].n + 1);
  g_autofree uint64_t *frames = g_try_new (uint64_t, columns[FRAME_FUNC].n + 1);
  g_autofree int64_t  *sums = g_try_new0 (int64_t, columns[STACK_FRAME].n + 1);
  ProfCallNodes        nodes;
  bool                 ok;

  if (functions == NULL || frames == NULL || sums == NULL)
    return prof_text_no_memory (error);
  prof_call_nodes_init (&nodes);
  ok = add_functions (self, thread, functions, error) &&
       add_frames (self, thread, functions, frames, error) &&
       add_stacks (self, thread, frames, &nodes, error) &&
       add_weights (thread, sums, error) &&
       add_samples (self, thread, &nodes, sums, error) &&
       prof_builder_check_memory (self->base.builder, error);
  prof_call_nodes_clear (&nodes);
  return ok;
}

/* Bytes are a type where a thread has them. */
static bool
add_types (Firefox *self, GError **error)
{
  bool has_bytes = false;

  for (guint t = 0; t < self->threads->len; t++)
    has_bytes |= ((const Thread *)self->threads->pdata[t])->weight_kind ==
                 WEIGHT_BYTES;
  self->n_types = 2 + has_bytes;
  return prof_text_add_type (&self->base, "samples", "count", error) &&
         prof_text_add_type (&self->base, "time", "nanoseconds", error) &&
         (!has_bytes ||
          prof_text_add_type (&self->base, "space", "bytes", error));
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
  self->walk = prof_json_walk_new (&document, self);
  self->threads = g_ptr_array_new_with_free_func (free_thread);
  self->interval_ms = 1;
  return self;
}

static size_t
bytes_of (const Firefox *self)
{
  size_t bytes = self->strings.length * sizeof (int64_t) +
                 self->sources.bytes.length;

  for (guint t = 0; t < self->threads->len; t++)
    {
      const Thread *thread = self->threads->pdata[t];

      bytes += sizeof *thread + thread->strings.length * sizeof (int64_t);
      for (size_t c = 0; c < N_COLUMNS; c++)
        bytes += thread->columns[c].bytes.length;
    }
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
  Firefox *self = data;

  if (!prof_json_walk_finish (self->walk, error) || !add_types (self, error))
    return NULL;
  for (guint t = 0; t < self->threads->len; t++)
    if (!add_thread (self, self->threads->pdata[t], error))
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
  prof_vec_i64_clear (&self->strings);
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
