/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-v8.h"

#include "formats/prof-json-take.h"
#include <string.h>

#define ANONYMOUS "(anonymous)"
#define ROOT      "(root)"

void
prof_v8_init (ProfV8             *self,
              const ProfLimits   *limits,
              const char         *format,
              const ProfJsonRule *rule)
{
  self->builder = prof_builder_new (limits);
  self->places = prof_places_new (self->builder);
  self->walk = prof_json_walk_new (rule, limits, self);
  prof_call_nodes_init (&self->nodes);
  prof_builder_header (self->builder)->format = format;
}

void
prof_v8_clear (ProfV8 *self)
{
  prof_builder_free (self->builder);
  prof_places_free (self->places);
  prof_json_walk_free (self->walk);
  prof_call_nodes_clear (&self->nodes);
  prof_vec_u64_clear (&self->functions);
}

bool
prof_v8_text (ProfV8 *self, const char *text, int64_t *position, GError **error)
{
  return prof_places_text (self->places, text, strlen (text), position, error);
}

bool
prof_v8_add_type (ProfV8     *self,
                  const char *type,
                  const char *unit,
                  GError    **error)
{
  ProfRawValueType row = { 0 };

  return prof_v8_text (self, type, &row.type, error) &&
         prof_v8_text (self, unit, &row.unit, error) &&
         prof_builder_add_type (self->builder, &row, error);
}

bool
prof_v8_feed (ProfV8        *self,
              const uint8_t *bytes,
              size_t         length,
              size_t         held,
              GError       **error)
{
  if (!prof_json_walk_feed (self->walk, bytes, length, error))
    return false;
  prof_builder_hold (self->builder,
                     held + prof_call_nodes_bytes (&self->nodes) +
                         self->functions.length * sizeof (uint64_t));
  return prof_builder_check_memory (self->builder, error);
}

/* --- call frames --- */

static bool
take_name (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  ProfV8 *self = data;

  return prof_json_take_text (json, self->places, &self->name, error);
}

/* Files are known by their paths, as everywhere. */
static bool
take_url (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  ProfV8          *self = data;
  const char      *text = prof_json_text (json, NULL);
  g_autofree char *path = NULL;

  if (g_str_has_prefix (text, "file:///"))
    path = g_filename_from_uri (text, NULL, NULL);
  if (path != NULL)
    return prof_v8_text (self, path, &self->url, error);
  return prof_json_take_text (json, self->places, &self->url, error);
}

/* From 0; -1 is none. */
static bool
take_from_0 (const ProfJson *json, int64_t *number, GError **error)
{
  int64_t read;

  if (!prof_json_int64 (json, &read) || read < -1 || read > INT32_MAX)
    return prof_json_fail (json, error, "this is no number of a line");
  *number = read + 1;
  return true;
}

static bool
take_line (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  ProfV8 *self = data;

  return take_from_0 (json, &self->line, error);
}

static bool
take_column (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  ProfV8 *self = data;

  return take_from_0 (json, &self->column, error);
}

const ProfJsonRule prof_v8_call_frame[] = {
  { .key = "functionName", .kind = PROF_JSON_RULE_TEXT, .take = take_name },
  { .key = "url", .kind = PROF_JSON_RULE_TEXT, .take = take_url },
  { .key = "lineNumber", .kind = PROF_JSON_RULE_NUMBER, .take = take_line },
  { .key = "columnNumber", .kind = PROF_JSON_RULE_NUMBER, .take = take_column },
  { 0 },
};

void
prof_v8_begin_frame (ProfV8 *self)
{
  self->name = self->url = self->line = self->column = 0;
}

static bool
add_function (ProfV8 *self, uint64_t *id, GError **error)
{
  ProfRawFunction function = { .filename = self->url,
                               .start_line = self->line };

  if (self->name == 0 && !prof_v8_text (self, ANONYMOUS, &self->name, error))
    return false;
  function.name = function.system_name = self->name;
  return prof_places_function (self->places, &function, id, error);
}

static bool
location_of (ProfV8   *self,
             uint64_t  function,
             int64_t   line,
             int64_t   column,
             uint64_t *location,
             GError  **error)
{
  const ProfRawLocation row = { 0 };
  const ProfRawLine     lines[] = { { function, line, column } };

  return prof_places_location (self->places, &row, lines, 1, location, error);
}

bool
prof_v8_end_frame (ProfV8 *self, uint32_t row, GError **error)
{
  int64_t  root;
  uint64_t function;

  while (self->functions.length <= row)
    if (!prof_vec_u64_append (&self->functions, 0))
      return prof_fail_memory (error);
  if (!prof_v8_text (self, ROOT, &root, error))
    return false;
  if (self->name == root)
    return true;
  if (!add_function (self, &function, error))
    return false;
  self->functions.data[row] = function;
  return location_of (self,
                      function,
                      self->line,
                      self->column,
                      &self->nodes.locations.data[row],
                      error);
}

bool
prof_v8_line (ProfV8   *self,
              uint32_t  row,
              int64_t   line,
              uint64_t *location,
              GError  **error)
{
  return location_of (self,
                      self->functions.data[row],
                      line,
                      0,
                      location,
                      error);
}

/* --- samples --- */

bool
prof_v8_append_zeros (ProfVecI64 *column, size_t n)
{
  if (!prof_vec_i64_reserve (column, n))
    return false;
  for (size_t i = 0; i < n; i++)
    prof_vec_i64_append (column, 0);
  return true;
}

/* The clock behind a sample; what goes back counts as standing still. */
static int64_t
clock_behind (const ProfV8Samples *self, ProfReader *deltas, int64_t clock)
{
  int64_t delta = 0;

  if (prof_number_column_next (deltas, &delta))
    return __builtin_add_overflow (clock, delta, &clock) ? INT64_MAX : clock;
  return self->has_end ? self->end : clock;
}

bool
prof_v8_add_up (const ProfV8Samples *self,
                const ProfCallNodes *nodes,
                ProfVecI64          *counts,
                ProfVecI64          *times,
                GError             **error)
{
  ProfReader samples = prof_number_column_read (&self->ids);
  ProfReader deltas = prof_number_column_read (&self->deltas);
  int64_t    clock = self->start;
  int64_t    latest;
  int64_t    id;

  if (self->has_deltas && self->deltas.n != self->ids.n)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "there are %zu samples and %zu times between them",
                      self->ids.n,
                      self->deltas.n);
  if (!prof_v8_append_zeros (counts, nodes->ids.length) ||
      !prof_v8_append_zeros (times, nodes->ids.length))
    return prof_fail_memory (error);
  clock = clock_behind (self, &deltas, clock);
  latest = clock;
  while (prof_number_column_next (&samples, &id))
    {
      uint32_t node = prof_call_nodes_find (nodes, (uint64_t)id);
      int64_t  before = latest;
      int64_t  length;

      if (node == PROF_ID_NONE)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "a sample is of node %" G_GINT64_FORMAT
                          ", which is not in the file",
                          id);
      clock = clock_behind (self, &deltas, clock);
      latest = MAX (latest, clock);
      counts->data[node]++;
      if (__builtin_sub_overflow (latest, before, &length) ||
          __builtin_add_overflow (times->data[node],
                                  length,
                                  &times->data[node]))
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "the times do not fit into 64 bits");
    }
  return true;
}
