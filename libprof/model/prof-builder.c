/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-builder.h"

#include "base/prof-idmap.h"
#include "base/prof-limits.h"
#include "model/prof-profile-private.h"
#include "model/prof-stack-queue.h"
#include <string.h>

/* Rows go straight into the columns of the profile to be. Until the end, string
 * fields hold positions in the file's string table, and locations of the stack
 * table hold "mentions": numbers given to location ids in order of first use,
 * since a location may come after the samples that name it. Finishing replaces
 * both in place, so nothing exists twice. */

/* A string position that cannot be in any table. */
#define BAD_POSITION PROF_ID_NONE

struct _ProfBuilder
{
  ProfProfile    *profile; /* (owned) with positions in place of strings */
  ProfStackQueue *stacks;  /* (owned) of mentions */
  ProfRawHeader   header;
  ProfVecI64      comments; /* positions */
  uint64_t        offset;   /* of the row that is being added */
  size_t          held;     /* bytes elsewhere */

  ProfVecU32 positions; /* position in the file's string table to string */

  ProfIdmap  mapping_rows;
  ProfIdmap  function_rows;
  ProfIdmap  location_rows;
  ProfVecU64 function_offsets;  /* one a function */
  ProfVecU64 location_offsets;  /* one a location */
  ProfVecU64 location_mappings; /* mapping id of each location */
  ProfVecU64 line_functions;    /* function id of each line */

  ProfIdmap  mention_rows;    /* location id to mention */
  ProfVecU64 mentions;        /* location id of each mention */
  ProfVecU64 mention_offsets; /* of the first sample that has it */
  ProfVecU32 stack_depths;    /* of stacks that were asked for, by number */

  size_t       n_samples;
  size_t       n_values;      /* of the first sample */
  uint64_t     values_offset; /* of the first sample */
  ProfStringId dropped_key;   /* largest position of a dropped label's key */
};

static uint64_t
limit_of (const ProfBuilder *self, ProfLimit limit)
{
  return prof_limits_get (&self->profile->limits, limit);
}

/* Positions are kept in 32 bits; what does not fit is in no table. */
static ProfStringId
position (int64_t text)
{
  return text < 0 || text >= (int64_t)BAD_POSITION ? BAD_POSITION
                                                   : (ProfStringId)text;
}

ProfBuilder *
prof_builder_new (const ProfLimits *limits)
{
  ProfBuilder *self = g_new0 (ProfBuilder, 1);

  self->profile = prof_profile_alloc ();
  self->stacks = prof_stack_queue_new ();
  if (limits != NULL)
    self->profile->limits = *limits;
  return self;
}

void
prof_builder_free (ProfBuilder *self)
{
  if (self == NULL)
    return;
  prof_profile_unref (self->profile);
  prof_stack_queue_free (self->stacks);
  prof_vec_i64_clear (&self->comments);
  prof_vec_u32_clear (&self->positions);
  prof_idmap_clear (&self->mapping_rows);
  prof_idmap_clear (&self->function_rows);
  prof_idmap_clear (&self->location_rows);
  prof_idmap_clear (&self->mention_rows);
  prof_vec_u64_clear (&self->function_offsets);
  prof_vec_u64_clear (&self->location_offsets);
  prof_vec_u64_clear (&self->location_mappings);
  prof_vec_u64_clear (&self->line_functions);
  prof_vec_u64_clear (&self->mentions);
  prof_vec_u64_clear (&self->mention_offsets);
  prof_vec_u32_clear (&self->stack_depths);
  g_free (self);
}

void
prof_builder_list_stacks (ProfBuilder *self)
{
  g_assert (self->n_samples == 0);
  if (self->profile->list == NULL)
    self->profile->list = g_new0 (ProfStackList, 1);
}

void
prof_builder_at (ProfBuilder *self, uint64_t offset)
{
  self->offset = offset;
}

ProfRawHeader *
prof_builder_header (ProfBuilder *self)
{
  return &self->header;
}

void
prof_builder_note_unknown_field (ProfBuilder *self)
{
  self->profile->notes.unknown_fields++;
}

static bool
check_string (const ProfBuilder *self, size_t length, GError **error)
{
  if (self->positions.length == 0 && length != 0)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "the first string at byte %" G_GUINT64_FORMAT
                      " is not empty",
                      self->offset);
  if (length > limit_of (self, PROF_LIMIT_STRING))
    return prof_limits_fail (error,
                             PROF_LIMIT_STRING,
                             "string %zu at byte %" G_GUINT64_FORMAT
                             " is longer than %" G_GUINT64_FORMAT " bytes",
                             self->positions.length,
                             self->offset,
                             limit_of (self, PROF_LIMIT_STRING));
  return true;
}

bool
prof_builder_add_string (ProfBuilder *self,
                         const char  *text,
                         size_t       length,
                         GError     **error)
{
  ProfStringId id;

  if (!check_string (self, length, error))
    return false;
  if (self->positions.length >= PROF_MAX_ROWS ||
      !prof_strings_intern (self->profile->strings, text, length, &id) ||
      !prof_vec_u32_append (&self->positions, id))
    return prof_fail_memory (error);
  return true;
}

/* Where nothing else adds strings, a position is the string's id. */
bool
prof_builder_intern (ProfBuilder *self,
                     const char  *text,
                     size_t       length,
                     int64_t     *position,
                     GError     **error)
{
  ProfStringId id;

  if (!check_string (self, length, error))
    return false;
  if (!prof_strings_intern (self->profile->strings, text, length, &id) ||
      (id >= self->positions.length &&
       !prof_vec_u32_append (&self->positions, id)))
    return prof_fail_memory (error);
  *position = id;
  return true;
}

bool
prof_builder_scale (ProfBuilder *self, int64_t factor, GError **error)
{
  ProfVecI64 *values = &self->profile->sample_values;

  for (size_t i = 0; i < values->length; i++)
    if (__builtin_mul_overflow (values->data[i], factor, &values->data[i]))
      return prof_fail (error,
                        PROF_ERROR_TOO_LARGE,
                        "a number with its decimals does not fit into 64 bits");
  return true;
}

bool
prof_builder_add_type (ProfBuilder            *self,
                       const ProfRawValueType *type,
                       GError                **error)
{
  ProfValueType row = { position (type->type), position (type->unit) };

  if (!prof_vec_value_type_append (&self->profile->types, row))
    return prof_fail_memory (error);
  return true;
}

bool
prof_builder_add_comment (ProfBuilder *self, int64_t text, GError **error)
{
  if (!prof_vec_i64_append (&self->comments, text))
    return prof_fail_memory (error);
  return true;
}

/* Registers the id of a new row. */
static bool
add_id (ProfBuilder *self,
        ProfIdmap   *rows,
        uint64_t     id,
        size_t       row,
        const char  *what,
        GError     **error)
{
  if (id == 0)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "%s at byte %" G_GUINT64_FORMAT
                      " has id 0, which means \"none\"",
                      what,
                      self->offset);
  if (prof_idmap_get (rows, id) != PROF_ID_NONE)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "%s at byte %" G_GUINT64_FORMAT
                      " has id %" G_GUINT64_FORMAT ", as another before it",
                      what,
                      self->offset,
                      id);
  if (row >= PROF_MAX_ROWS || !prof_idmap_put (rows, id, (uint32_t)row))
    return prof_fail_memory (error);
  return true;
}

bool
prof_builder_add_mapping (ProfBuilder          *self,
                          const ProfRawMapping *mapping,
                          GError              **error)
{
  ProfVecMapping *rows = &self->profile->mappings;
  ProfMapping     row = {
        .id = mapping->id,
        .start = mapping->start,
        .limit = mapping->limit,
        .offset = mapping->offset,
        .filename = position (mapping->filename),
        .build_id = position (mapping->build_id),
        .has_functions = mapping->has_functions,
        .has_filenames = mapping->has_filenames,
        .has_line_numbers = mapping->has_line_numbers,
        .has_inline_frames = mapping->has_inline_frames,
  };

  if (!add_id (self,
               &self->mapping_rows,
               mapping->id,
               rows->length,
               "a mapping",
               error))
    return false;
  if (!prof_vec_mapping_append (rows, row))
    return prof_fail_memory (error);
  return true;
}

bool
prof_builder_add_function (ProfBuilder           *self,
                           const ProfRawFunction *function,
                           GError               **error)
{
  ProfVecFunction *rows = &self->profile->functions;
  ProfFunction     row = {
        .id = function->id,
        .start_line = function->start_line,
        .name = position (function->name),
        .system_name = position (function->system_name),
        .filename = position (function->filename),
  };

  if (!add_id (self,
               &self->function_rows,
               function->id,
               rows->length,
               "a function",
               error))
    return false;
  if (!prof_vec_function_append (rows, row) ||
      !prof_vec_u64_append (&self->function_offsets, self->offset))
    return prof_fail_memory (error);
  return true;
}

static bool
add_lines (ProfBuilder       *self,
           const ProfRawLine *lines,
           size_t             n_lines,
           GError           **error)
{
  ProfVecLine *rows = &self->profile->lines;

  for (size_t i = 0; i < n_lines; i++)
    {
      ProfLine row = { lines[i].line, lines[i].column, PROF_ID_NONE };

      if (!prof_vec_line_append (rows, row) ||
          !prof_vec_u64_append (&self->line_functions, lines[i].function))
        return prof_fail_memory (error);
    }
  return true;
}

bool
prof_builder_add_location (ProfBuilder           *self,
                           const ProfRawLocation *location,
                           const ProfRawLine     *lines,
                           size_t                 n_lines,
                           GError               **error)
{
  ProfVecLocation *rows = &self->profile->locations;
  ProfLocation     row = {
        .id = location->id,
        .address = location->address,
        .mapping = PROF_ID_NONE,
        .n_lines = (uint32_t)n_lines,
        .first_line = self->profile->lines.length,
        .is_folded = location->is_folded,
  };

  if (n_lines > PROF_MAX_ROWS)
    return prof_fail_memory (error);
  if (!add_id (self,
               &self->location_rows,
               location->id,
               rows->length,
               "a location",
               error) ||
      !add_lines (self, lines, n_lines, error))
    return false;
  if (!prof_vec_location_append (rows, row) ||
      !prof_vec_u64_append (&self->location_mappings, location->mapping) ||
      !prof_vec_u64_append (&self->location_offsets, self->offset))
    return prof_fail_memory (error);
  return true;
}

/* Mentions of ids as far as they have one; returns how many. */
static size_t
find_mentions (const ProfIdmap *rows,
               const uint64_t  *ids,
               size_t           n,
               uint32_t        *mentions)
{
  size_t i = 0;

  for (; i < n; i++)
    {
      mentions[i] = prof_idmap_get (rows, ids[i]);
      if (G_UNLIKELY (mentions[i] == PROF_ID_NONE))
        break;
    }
  return i;
}

/* The mention of a location id at its first use. */
static bool
first_mention (ProfBuilder *self, uint64_t id, uint32_t *number, GError **error)
{
  if (id == 0)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "sample %zu at byte %" G_GUINT64_FORMAT
                      " has location 0, which means \"none\"",
                      self->n_samples,
                      self->offset);
  *number = (uint32_t)self->mentions.length;
  if (self->mentions.length >= PROF_MAX_ROWS ||
      !prof_idmap_put (&self->mention_rows, id, *number) ||
      !prof_vec_u64_append (&self->mentions, id) ||
      !prof_vec_u64_append (&self->mention_offsets, self->offset))
    return prof_fail_memory (error);
  return true;
}

static bool
find_or_make_mentions (ProfBuilder    *self,
                       const uint64_t *ids,
                       size_t          n,
                       uint32_t       *mentions,
                       GError        **error)
{
  const ProfIdmap *rows = &self->mention_rows;
  size_t           i = find_mentions (rows, ids, n, mentions);

  while (i < n)
    {
      if (!first_mention (self, ids[i], &mentions[i], error))
        return false;
      i++;
      i += find_mentions (rows, ids + i, n - i, mentions + i);
    }
  return true;
}

/* Where the mentions of the next stack are written; %NULL: no memory. */
static uint32_t *
room_for_stack (ProfBuilder *self, size_t n)
{
  if (self->profile->list != NULL)
    return prof_stack_list_room (self->profile->list, n);
  return prof_stack_queue_room (self->stacks, n);
}

static bool
take_stack (ProfBuilder *self, size_t n)
{
  if (self->profile->list != NULL)
    return prof_stack_list_add (self->profile->list, n, self->mentions.length);
  return prof_stack_queue_add (self->stacks, n);
}

static bool
add_stack (ProfBuilder    *self,
           const uint64_t *locations,
           size_t          n,
           GError        **error)
{
  uint32_t *mentions;

  if (n > limit_of (self, PROF_LIMIT_FRAMES))
    return prof_limits_fail (error,
                             PROF_LIMIT_FRAMES,
                             "sample %zu at byte %" G_GUINT64_FORMAT
                             " has a stack of %zu locations, more than "
                             "%" G_GUINT64_FORMAT,
                             self->n_samples,
                             self->offset,
                             n,
                             limit_of (self, PROF_LIMIT_FRAMES));
  mentions = room_for_stack (self, n);
  if (mentions == NULL)
    return prof_fail_memory (error);
  if (!find_or_make_mentions (self, locations, n, mentions, error))
    return false;
  if (!take_stack (self, n))
    return prof_fail_memory (error);
  self->n_samples++;
  return true;
}

bool
prof_builder_stack (ProfBuilder *self,
                    ProfStackId  parent,
                    uint64_t     location,
                    ProfStackId *stack,
                    GError     **error)
{
  ProfVecU32 *depths = &self->stack_depths;
  uint32_t    mention;
  uint32_t    depth;
  ProfStackId node;

  if (depths->length == 0 && !prof_vec_u32_append (depths, 0))
    return prof_fail_memory (error);
  g_assert (parent < depths->length);
  depth = depths->data[parent] + 1;
  if (depth > limit_of (self, PROF_LIMIT_FRAMES))
    return prof_limits_fail (error,
                             PROF_LIMIT_FRAMES,
                             "a stack at byte %" G_GUINT64_FORMAT
                             " has more than %" G_GUINT64_FORMAT " frames",
                             self->offset,
                             limit_of (self, PROF_LIMIT_FRAMES));
  if (!find_or_make_mentions (self, &location, 1, &mention, error))
    return false;
  node = prof_stack_queue_child (self->stacks, parent, mention);
  if (node == PROF_ID_NONE ||
      (node == depths->length && !prof_vec_u32_append (depths, depth)))
    return prof_fail_memory (error);
  *stack = node;
  return true;
}

bool
prof_builder_widen (ProfBuilder *self, GError **error)
{
  ProfVecI64 *values = &self->profile->sample_values;
  size_t      n = self->n_values;

  if (self->n_samples == 0)
    return true;
  if (!prof_vec_i64_reserve (values, self->n_samples))
    return prof_fail_memory (error);
  for (size_t s = self->n_samples; s-- > 0;)
    {
      memmove (&values->data[s * (n + 1)],
               &values->data[s * n],
               n * sizeof *values->data);
      values->data[s * (n + 1) + n] = 0;
    }
  values->length += self->n_samples;
  self->n_values = n + 1;
  return true;
}

static bool
add_values (ProfBuilder *self, const int64_t *values, size_t n, GError **error)
{
  if (self->n_samples == 1)
    {
      self->n_values = n;
      self->values_offset = self->offset;
    }
  else if (n != self->n_values)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "sample %zu at byte %" G_GUINT64_FORMAT
                      " has %zu values, those before it have %zu",
                      self->n_samples - 1,
                      self->offset,
                      n,
                      self->n_values);
  if (!prof_vec_i64_extend (&self->profile->sample_values, values, n))
    return prof_fail_memory (error);
  return true;
}

/* Starts the label column at the first label: samples so far have none. */
static bool
begin_labels (ProfBuilder *self)
{
  ProfVecU32 *starts = &self->profile->label_starts;
  size_t      n = self->n_samples;

  if (starts->length > 0)
    return true;
  if (!prof_vec_u32_reserve (starts, n))
    return false;
  memset (starts->data, 0, n * sizeof *starts->data);
  starts->length = n;
  return true;
}

/* A label is text if it has a text, else a number if it has a number or a unit;
 * one without any of them says nothing. */
static bool
add_label (ProfBuilder *self, const ProfRawLabel *raw)
{
  ProfVecLabel *labels = &self->profile->labels;
  ProfLabel     label = { .key = position (raw->key) };

  if (raw->str != 0)
    label.str = position (raw->str);
  else if (raw->num != 0 || raw->num_unit != 0)
    {
      label.num = raw->num;
      label.unit = position (raw->num_unit);
    }
  else
    {
      self->profile->notes.dropped_labels++;
      self->dropped_key = MAX (self->dropped_key, label.key);
      return true;
    }
  return labels->length < PROF_MAX_ROWS && begin_labels (self) &&
         prof_vec_label_append (labels, label);
}

/* What a sample has besides its stack. */
static bool
add_facts (ProfBuilder        *self,
           const int64_t      *values,
           size_t              n_values,
           const ProfRawLabel *labels,
           size_t              n_labels,
           GError            **error)
{
  ProfVecU32 *starts = &self->profile->label_starts;
  size_t      first = self->profile->labels.length;

  if (!add_values (self, values, n_values, error))
    return false;
  /* The column has a start for each sample before this one, or is empty. */
  if (starts->length > 0 && !prof_vec_u32_append (starts, (uint32_t)first))
    return prof_fail_memory (error);
  for (size_t i = 0; i < n_labels; i++)
    if (!add_label (self, &labels[i]))
      return prof_fail_memory (error);
  return true;
}

bool
prof_builder_add_sample (ProfBuilder        *self,
                         const uint64_t     *locations,
                         size_t              n_locations,
                         const int64_t      *values,
                         size_t              n_values,
                         const ProfRawLabel *labels,
                         size_t              n_labels,
                         GError            **error)
{
  if (self->n_samples >= PROF_MAX_ROWS)
    return prof_fail_memory (error);
  return add_stack (self, locations, n_locations, error) &&
         add_facts (self, values, n_values, labels, n_labels, error);
}

bool
prof_builder_add_sample_at (ProfBuilder        *self,
                            ProfStackId         stack,
                            const int64_t      *values,
                            size_t              n_values,
                            const ProfRawLabel *labels,
                            size_t              n_labels,
                            GError            **error)
{
  if (self->n_samples >= PROF_MAX_ROWS ||
      !prof_stack_queue_add_node (self->stacks, stack))
    return prof_fail_memory (error);
  self->n_samples++;
  return add_facts (self, values, n_values, labels, n_labels, error);
}

/* --- memory --- */

#define BYTES(column) ((column).length * sizeof *(column).data)

static size_t
bytes_of_tables (const ProfBuilder *self)
{
  const ProfProfile *profile = self->profile;

  return BYTES (profile->types) + BYTES (profile->mappings) +
         BYTES (profile->functions) + BYTES (profile->locations) +
         BYTES (profile->lines) + BYTES (self->comments) +
         BYTES (self->positions) + BYTES (self->function_offsets) +
         BYTES (self->location_offsets) + BYTES (self->location_mappings) +
         BYTES (self->line_functions) + BYTES (self->mentions) +
         BYTES (self->mention_offsets) + BYTES (self->stack_depths) +
         prof_idmap_bytes (&self->mapping_rows) +
         prof_idmap_bytes (&self->function_rows) +
         prof_idmap_bytes (&self->location_rows) +
         prof_idmap_bytes (&self->mention_rows);
}

static size_t
bytes_of_samples (const ProfBuilder *self)
{
  const ProfProfile *profile = self->profile;

  return BYTES (profile->sample_values) + BYTES (profile->label_starts) +
         BYTES (profile->labels) + prof_stack_queue_bytes (self->stacks) +
         (profile->list != NULL ? prof_stack_list_bytes (profile->list) : 0);
}

void
prof_builder_hold (ProfBuilder *self, size_t bytes)
{
  self->held = bytes;
}

bool
prof_builder_check_memory (ProfBuilder *self, GError **error)
{
  uint64_t most = limit_of (self, PROF_LIMIT_MEMORY);

  if (bytes_of_tables (self) + bytes_of_samples (self) + self->held +
          prof_strings_bytes (self->profile->strings) <=
      most)
    return true;
  return prof_limits_fail (error,
                           PROF_LIMIT_MEMORY,
                           "the profile takes more than %" G_GUINT64_FORMAT
                           " MiB of memory at byte %" G_GUINT64_FORMAT,
                           most >> 20,
                           self->offset);
}

/* --- finishing --- */

/* Replaces a position by its string. */
static bool
resolve (ProfBuilder *self, ProfStringId *field)
{
  if (*field >= self->positions.length)
    return false;
  *field = self->positions.data[*field];
  return true;
}

static bool
bad_string (GError **error, const char *what, size_t row)
{
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "%s %zu names a string that is not in the string table",
                    what,
                    row);
}

/* Every kernel image is one binary: what follows its name is the symbol by which
 * it was relocated. */
static bool
split_kernel_name (ProfBuilder *self, ProfMapping *mapping, GError **error)
{
  static const char prefix[] = "[kernel.kallsyms]";
  size_t            length;
  const char       *name = prof_strings_get (self->profile->strings,
                                       mapping->filename,
                                       &length);

  mapping->kernel_symbol = 0;
  if (!g_str_has_prefix (name, prefix))
    return true;
  if (!prof_strings_intern (self->profile->strings,
                            name + strlen (prefix),
                            length - strlen (prefix),
                            &mapping->kernel_symbol) ||
      !prof_strings_intern (self->profile->strings,
                            prefix,
                            strlen (prefix),
                            &mapping->filename))
    return prof_fail_memory (error);
  return true;
}

static bool
finish_types (ProfBuilder *self, GError **error)
{
  ProfProfile *profile = self->profile;

  for (size_t i = 0; i < profile->types.length; i++)
    if (!resolve (self, &profile->types.data[i].type) ||
        !resolve (self, &profile->types.data[i].unit))
      return bad_string (error, "sample type", i);
  if (self->n_samples == 0)
    return true;
  if (profile->types.length == 0)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "there are samples and no sample types");
  if (self->n_values != profile->types.length)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "sample 0 at byte %" G_GUINT64_FORMAT
                      " has %zu values for %zu sample types",
                      self->values_offset,
                      self->n_values,
                      profile->types.length);
  return true;
}

static bool
finish_mappings (ProfBuilder *self, GError **error)
{
  ProfVecMapping *mappings = &self->profile->mappings;

  for (size_t i = 0; i < mappings->length; i++)
    {
      if (!resolve (self, &mappings->data[i].filename) ||
          !resolve (self, &mappings->data[i].build_id))
        return bad_string (error, "mapping", i);
      if (!split_kernel_name (self, &mappings->data[i], error))
        return false;
    }
  return true;
}

static bool
finish_functions (ProfBuilder *self, GError **error)
{
  ProfVecFunction *functions = &self->profile->functions;

  for (size_t i = 0; i < functions->length; i++)
    if (!resolve (self, &functions->data[i].name) ||
        !resolve (self, &functions->data[i].system_name) ||
        !resolve (self, &functions->data[i].filename))
      return prof_fail (error,
                        PROF_ERROR_MALFORMED,
                        "the function at byte %" G_GUINT64_FORMAT
                        " names a string that is not in the string table",
                        self->function_offsets.data[i]);
  return true;
}

static bool
finish_lines (ProfBuilder *self, size_t row, GError **error)
{
  const ProfLocation *location = &self->profile->locations.data[row];

  for (size_t i = 0; i < location->n_lines; i++)
    {
      size_t   line = location->first_line + i;
      uint64_t id = self->line_functions.data[line];
      uint32_t function = prof_idmap_get (&self->function_rows, id);

      if (function == PROF_ID_NONE)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "the location at byte %" G_GUINT64_FORMAT
                          " has function %" G_GUINT64_FORMAT
                          ", which is not in the file",
                          self->location_offsets.data[row],
                          id);
      self->profile->lines.data[line].function = function;
    }
  return true;
}

static bool
finish_locations (ProfBuilder *self, GError **error)
{
  ProfVecLocation *locations = &self->profile->locations;

  for (size_t row = 0; row < locations->length; row++)
    {
      uint64_t id = self->location_mappings.data[row];

      locations->data[row].mapping = prof_idmap_get (&self->mapping_rows, id);
      if (id != 0 && locations->data[row].mapping == PROF_ID_NONE)
        self->profile->notes.unknown_mappings++;
      if (!finish_lines (self, row, error))
        return false;
    }
  return true;
}

/* Rows of the location table, by mention. */
static bool
find_mentioned (ProfBuilder *self, ProfVecU32 *rows, GError **error)
{
  if (!prof_vec_u32_reserve (rows, self->mentions.length))
    return prof_fail_memory (error);
  for (size_t i = 0; i < self->mentions.length; i++)
    {
      uint32_t row;

      row = prof_idmap_get (&self->location_rows, self->mentions.data[i]);
      if (row == PROF_ID_NONE)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "the sample at byte %" G_GUINT64_FORMAT
                          " has location %" G_GUINT64_FORMAT
                          ", which is not in the file",
                          self->mention_offsets.data[i],
                          self->mentions.data[i]);
      rows->data[rows->length++] = row;
    }
  return true;
}

/* A list keeps its mentions and what they mean; in a table they are replaced. */
static bool
finish_stacks (ProfBuilder *self, GError **error)
{
  ProfStackList    *list = self->profile->list;
  ProfVecStackNode *nodes = &self->profile->stacks;
  ProfVecU32        rows = { 0 };

  if (list != NULL)
    {
      prof_vec_u32_clear (&list->scratch);
      return find_mentioned (self, &list->locations, error);
    }
  if (!find_mentioned (self, &rows, error))
    {
      prof_vec_u32_clear (&rows);
      return false;
    }
  for (size_t i = 1; i < nodes->length; i++)
    nodes->data[i].location = rows.data[nodes->data[i].location];
  prof_vec_u32_clear (&rows);
  return true;
}

static bool
finish_labels (ProfBuilder *self, GError **error)
{
  ProfVecU32   *starts = &self->profile->label_starts;
  ProfVecLabel *labels = &self->profile->labels;

  if (self->dropped_key >= self->positions.length)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "a label's key is not in the string table");
  for (size_t i = 0; i < labels->length; i++)
    if (!resolve (self, &labels->data[i].key) ||
        !resolve (self, &labels->data[i].str) ||
        !resolve (self, &labels->data[i].unit))
      return bad_string (error, "label", i);
  if (labels->length > 0 &&
      !prof_vec_u32_append (starts, (uint32_t)labels->length))
    return prof_fail_memory (error);
  return true;
}

static bool
finish_comments (ProfBuilder *self, GError **error)
{
  for (size_t i = 0; i < self->comments.length; i++)
    {
      ProfStringId text = position (self->comments.data[i]);

      if (!resolve (self, &text))
        return bad_string (error, "comment", i);
      if (!prof_vec_u32_append (&self->profile->comments, text))
        return prof_fail_memory (error);
    }
  return true;
}

static bool
finish_string (ProfBuilder  *self,
               int64_t       text,
               const char   *what,
               ProfStringId *id,
               GError      **error)
{
  *id = position (text);
  if (!resolve (self, id))
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "%s is string %" G_GINT64_FORMAT
                      ", and the string table has %zu",
                      what,
                      text,
                      self->positions.length);
  return true;
}

static bool
finish_header (ProfBuilder *self, GError **error)
{
  const ProfRawHeader *header = &self->header;
  ProfProfile         *profile = self->profile;

  profile->time_ns = header->time_ns;
  profile->duration_ns = header->duration_ns;
  profile->period = header->period;
  profile->format = header->format;
  return finish_string (self,
                        header->period_type.type,
                        "the period's type",
                        &profile->period_type.type,
                        error) &&
         finish_string (self,
                        header->period_type.unit,
                        "the period's unit",
                        &profile->period_type.unit,
                        error) &&
         finish_string (self,
                        header->drop_frames,
                        "drop_frames",
                        &profile->drop_frames,
                        error) &&
         finish_string (self,
                        header->keep_frames,
                        "keep_frames",
                        &profile->keep_frames,
                        error) &&
         finish_string (self,
                        header->default_type,
                        "the default sample type",
                        &profile->default_type,
                        error) &&
         finish_string (self,
                        header->doc_url,
                        "the documentation's address",
                        &profile->doc_url,
                        error);
}

/* The order is that of the messages one would want to read first. */
ProfProfile *
prof_builder_finish (ProfBuilder *self, GError **error)
{
  if (!prof_stack_queue_finish (self->stacks,
                                &self->profile->stacks,
                                &self->profile->sample_stacks))
    {
      prof_fail_memory (error);
      return NULL;
    }
  if (self->positions.length == 0)
    return prof_fail_null (error,
                           PROF_ERROR_MALFORMED,
                           "there is no string table");
  if (!finish_header (self, error) || !finish_types (self, error) ||
      !finish_mappings (self, error) || !finish_functions (self, error) ||
      !finish_locations (self, error) || !finish_stacks (self, error) ||
      !finish_labels (self, error) || !finish_comments (self, error))
    return NULL;
  if (!prof_profile_seal (self->profile))
    {
      prof_fail_memory (error);
      return NULL;
    }
  return g_steal_pointer (&self->profile);
}
