/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-tables.h"

#include "formats/prof-firefox-location.h"

/* Bits of the flags, since versions 71 and 75: what is not there is 0. */
enum
{
  FRAME_HAS_LINE = 1 << 4,
  FRAME_HAS_COLUMN = 1 << 5,
  FUNC_HAS_SOURCE = 1 << 3,
  FUNC_HAS_LINE = 1 << 4,
};

/* Tables while they are followed. */
typedef struct
{
  const ProfNumberColumn   *columns;
  const ProfFirefoxStrings *strings;
  const ProfNumberColumn   *sources;
  ProfText                 *text;
} Tables;

/* --- strings --- */

static void
clear_strings (ProfFirefoxStrings *self)
{
  prof_vec_u8_clear (&self->bytes);
  prof_vec_u64_clear (&self->ends);
}

static size_t
bytes_of_strings (const ProfFirefoxStrings *self)
{
  return self->bytes.length + self->ends.length * sizeof (uint64_t);
}

bool
prof_firefox_strings_append (ProfFirefoxStrings *self,
                             const char         *text,
                             size_t              length)
{
  return prof_vec_u8_extend (&self->bytes, (const uint8_t *)text, length) &&
         prof_vec_u64_append (&self->ends, self->bytes.length);
}

static ProfScan
string_at (const ProfFirefoxStrings *self, size_t row)
{
  const char *start = (const char *)self->bytes.data;

  if (self->bytes.length == 0)
    return (ProfScan){ "", "" };
  return (ProfScan){ start + (row > 0 ? self->ends.data[row - 1] : 0),
                     start + self->ends.data[row] };
}

/* --- tables --- */

void
prof_firefox_tables_clear (ProfFirefoxTables *self)
{
  for (size_t c = 0; c < PROF_FIREFOX_N_COLUMNS; c++)
    prof_number_column_clear (&self->columns[c]);
  clear_strings (&self->strings);
}

size_t
prof_firefox_tables_bytes (const ProfFirefoxTables *self)
{
  size_t bytes = bytes_of_strings (&self->strings);

  for (size_t c = 0; c < PROF_FIREFOX_N_COLUMNS; c++)
    bytes += self->columns[c].bytes.length;
  return bytes;
}

bool
prof_firefox_tables_are_empty (const ProfFirefoxTables *self)
{
  for (size_t c = 0; c < PROF_FIREFOX_N_COLUMNS; c++)
    if (self->columns[c].n > 0)
      return false;
  return true;
}

bool
prof_firefox_fail_row (const char *what,
                       int64_t     row,
                       const char *table,
                       GError    **error)
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
      numbers[i] = PROF_FIREFOX_NONE;
  return numbers;
}

/* The same, of numbers that are there where their row's flags have the bit. */
static int64_t *
unpack_flagged (const ProfNumberColumn *column,
                size_t                  n,
                const ProfNumberColumn *flags,
                int64_t                 bit)
{
  int64_t   *numbers = unpack (column, n);
  ProfReader reader = prof_number_column_read (flags);
  int64_t    flag;

  for (size_t i = 0; numbers != NULL && i < n; i++)
    if (prof_number_column_next (&reader, &flag) && (flag & bit) == 0)
      numbers[i] = PROF_FIREFOX_NONE;
  return numbers;
}

/* --- functions --- */

static bool
add_file (const Tables *self, ProfScan file, int64_t *position, GError **error)
{
  static const char local[] = "file:///";
  ProfScan          path = file;

  if (prof_scan_text (&path, local))
    path.at--;
  return prof_text_intern (self->text, &path, position, error);
}

/* The string of a row; NONE is "". */
static bool
find_string (const Tables *self, int64_t row, ProfScan *string, GError **error)
{
  *string = (ProfScan){ "", "" };
  if (row == PROF_FIREFOX_NONE)
    return true;
  if (row < 0 || (uint64_t)row >= self->strings->ends.length)
    return prof_firefox_fail_row ("a function", row, "stringArray", error);
  *string = string_at (self->strings, (size_t)row);
  return true;
}

/* Of a function, the row of its file's name. */
static bool
find_source (const Tables  *self,
             const int64_t *sources,
             int64_t        source,
             int64_t       *row,
             GError       **error)
{
  if (source == PROF_FIREFOX_NONE)
    return true;
  if (source < 0 || (uint64_t)source >= self->sources->n)
    return prof_firefox_fail_row ("a function", source, "sources", error);
  *row = sources[source];
  return true;
}

/* Ids of functions, by their rows. */
static bool
add_functions (const Tables *self, uint64_t *ids, GError **error)
{
  const ProfNumberColumn *columns = self->columns;
  const ProfNumberColumn *flags = &columns[PROF_FIREFOX_FUNC_FLAGS];
  size_t                  n = columns[PROF_FIREFOX_FUNC_NAME].n;
  g_autofree int64_t     *name = unpack (&columns[PROF_FIREFOX_FUNC_NAME], n);
  g_autofree int64_t     *file = unpack (&columns[PROF_FIREFOX_FUNC_FILE], n);
  g_autofree int64_t     *source = NULL;
  g_autofree int64_t     *start = NULL;
  g_autofree int64_t     *sources = unpack (self->sources, self->sources->n);

  source = unpack_flagged (&columns[PROF_FIREFOX_FUNC_SOURCE],
                           n,
                           flags,
                           FUNC_HAS_SOURCE);
  start = unpack_flagged (&columns[PROF_FIREFOX_FUNC_LINE],
                          n,
                          flags,
                          FUNC_HAS_LINE);
  if (name == NULL || file == NULL || source == NULL || start == NULL ||
      sources == NULL)
    return prof_fail_memory (error);
  for (size_t f = 0; f < n; f++)
    {
      ProfRawFunction function = { .start_line = MAX (start[f], 0) };
      ProfScan        named;
      ProfScan        path;

      if (!find_source (self, sources, source[f], &file[f], error) ||
          !find_string (self, name[f], &named, error) ||
          !find_string (self, file[f], &path, error) ||
          !prof_text_intern (self->text, &named, &function.name, error) ||
          !add_file (self, path, &function.filename, error))
        return false;
      function.system_name = function.name;
      if (!prof_places_function (self->text->places, &function, &ids[f], error))
        return false;
    }
  return true;
}

/* A script by itself, as the profiler names it. */
static bool
add_script_name (const Tables   *self,
                 const ProfScan *file,
                 int64_t        *position,
                 GError        **error)
{
  g_autofree char *name = g_strdup_printf ("(root scope) %.*s",
                                           (int)MIN (prof_scan_left (file),
                                                     G_MAXINT),
                                           file->at);

  return prof_text_word (self->text, name, position, error);
}

/* The id of the function that a location's text names. */
static bool
add_location (const Tables *self, ProfScan text, uint64_t *id, GError **error)
{
  ProfFirefoxLocation location = prof_firefox_location_read (text);
  ProfRawFunction     function = { .start_line = (int64_t)MIN (location.line,
                                                           INT64_MAX) };

  if (location.is_script && location.name.at == location.name.end)
    {
      if (!add_script_name (self, &location.file, &function.name, error))
        return false;
    }
  else if (!prof_text_intern (self->text,
                              &location.name,
                              &function.name,
                              error))
    return false;
  function.system_name = function.name;
  return add_file (self, location.file, &function.filename, error) &&
         prof_places_function (self->text->places, &function, id, error);
}

/* Ids of functions, by their strings; 0 where no frame is of it. */
static bool
add_locations (const Tables *self, uint64_t *ids, GError **error)
{
  ProfReader reader = prof_number_column_read (
      &self->columns[PROF_FIREFOX_FRAME_LOCATION]);
  int64_t row;

  while (prof_number_column_next (&reader, &row))
    {
      if (row < 0 || (uint64_t)row >= self->strings->ends.length)
        return prof_firefox_fail_row ("a frame", row, "stringTable", error);
      if (ids[row] == 0 &&
          !add_location (self,
                         string_at (self->strings, (size_t)row),
                         &ids[row],
                         error))
        return false;
    }
  return true;
}

/* --- frames and stacks --- */

/* Ids of locations of frames, whose functions are of @column. */
static bool
add_frames (const Tables           *self,
            const ProfNumberColumn *column_of_functions,
            const uint64_t         *functions,
            size_t                  n_functions,
            uint64_t               *ids,
            GError                **error)
{
  const ProfNumberColumn *columns = self->columns;
  const ProfNumberColumn *flags = &columns[PROF_FIREFOX_FRAME_FLAGS];
  size_t                  n = column_of_functions->n;
  g_autofree int64_t     *func = unpack (column_of_functions, n);
  g_autofree int64_t     *line = NULL;
  g_autofree int64_t     *column = NULL;
  const ProfRawLocation   location = { 0 };

  line = unpack_flagged (&columns[PROF_FIREFOX_FRAME_LINE],
                         n,
                         flags,
                         FRAME_HAS_LINE);
  column = unpack_flagged (&columns[PROF_FIREFOX_FRAME_COLUMN],
                           n,
                           flags,
                           FRAME_HAS_COLUMN);
  if (func == NULL || line == NULL || column == NULL)
    return prof_fail_memory (error);
  for (size_t f = 0; f < n; f++)
    {
      ProfRawLine row = { .line = MAX (line[f], 0),
                          .column = MAX (column[f], 0) };

      if (func[f] < 0 || (uint64_t)func[f] >= n_functions)
        return prof_firefox_fail_row ("a frame", func[f], "funcTable", error);
      row.function = functions[func[f]];
      if (!prof_places_location (self->text->places,
                                 &location,
                                 &row,
                                 1,
                                 &ids[f],
                                 error))
        return false;
    }
  return true;
}

/* The row above a stack; the last two are what its columns say. */
static bool
find_prefix (size_t    row,
             bool      is_offset,
             int64_t   number,
             uint32_t *prefix,
             GError  **error)
{
  int64_t above = number;

  *prefix = PROF_ID_NONE;
  if (number == PROF_FIREFOX_NONE || (is_offset && number == 0))
    return true;
  if (is_offset)
    above = (int64_t)row - number;
  if (above < 0 || above >= PROF_ID_NONE)
    return prof_firefox_fail_row ("a stack", above, "stackTable", error);
  *prefix = (uint32_t)above;
  return true;
}

static bool
add_stacks (const Tables   *self,
            const uint64_t *frames,
            size_t          n_frames,
            ProfCallNodes  *nodes,
            GError        **error)
{
  const ProfNumberColumn *columns = self->columns;
  bool                    is_offset = columns[PROF_FIREFOX_STACK_OFFSET].n > 0;
  const ProfNumberColumn *above = is_offset
                                      ? &columns[PROF_FIREFOX_STACK_OFFSET]
                                      : &columns[PROF_FIREFOX_STACK_PREFIX];
  ProfReader              prefixes = prof_number_column_read (above);
  ProfReader              rows = prof_number_column_read (
      &columns[PROF_FIREFOX_STACK_FRAME]);
  size_t  n = columns[PROF_FIREFOX_STACK_FRAME].n;
  int64_t prefix = PROF_FIREFOX_NONE;
  int64_t frame = PROF_FIREFOX_NONE;

  if (above->n != n)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "a thread has %zu stacks and %zu prefixes of them",
                      n,
                      above->n);
  for (size_t r = 0; prof_number_column_next (&prefixes, &prefix) &&
                     prof_number_column_next (&rows, &frame);
       r++)
    {
      uint32_t parent;
      uint32_t row;

      if (!find_prefix (r, is_offset, prefix, &parent, error))
        return false;
      if (parent != PROF_ID_NONE && parent >= n)
        return prof_firefox_fail_row ("a stack", parent, "stackTable", error);
      if (frame < 0 || (uint64_t)frame >= n_frames)
        return prof_firefox_fail_row ("a stack", frame, "frameTable", error);
      if (!prof_call_nodes_add (nodes, parent, &row, error))
        return false;
      nodes->ids.data[row] = row;
      nodes->locations.data[row] = frames[frame];
    }
  return prof_call_nodes_finish (nodes, self->text->builder, error);
}

bool
prof_firefox_tables_follow (const ProfFirefoxTables  *self,
                            const ProfFirefoxStrings *strings,
                            const ProfNumberColumn   *sources,
                            ProfText                 *text,
                            ProfCallNodes            *nodes,
                            GError                  **error)
{
  const ProfNumberColumn *columns = self->columns;
  bool   has_locations = columns[PROF_FIREFOX_FRAME_LOCATION].n > 0;
  Tables tables = { columns,
                    self->strings.ends.length > 0 ? &self->strings : strings,
                    sources,
                    text };
  size_t n_functions = has_locations ? tables.strings->ends.length
                                     : columns[PROF_FIREFOX_FUNC_NAME].n;
  const ProfNumberColumn
      *of_functions = has_locations ? &columns[PROF_FIREFOX_FRAME_LOCATION]
                                    : &columns[PROF_FIREFOX_FRAME_FUNC];
  g_autofree uint64_t *functions = g_try_new0 (uint64_t, n_functions + 1);
  g_autofree uint64_t *frames = g_try_new (uint64_t, of_functions->n + 1);

  if (functions == NULL || frames == NULL)
    return prof_fail_memory (error);
  return (has_locations ? add_locations (&tables, functions, error)
                        : add_functions (&tables, functions, error)) &&
         add_frames (&tables,
                     of_functions,
                     functions,
                     n_functions,
                     frames,
                     error) &&
         add_stacks (&tables, frames, of_functions->n, nodes, error);
}
