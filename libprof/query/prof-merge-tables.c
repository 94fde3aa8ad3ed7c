/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-merge-tables.h"

#include <string.h>

/* Mappings of nearly the same size are the same: sizes count in pages. */
#define PAGE UINT64_C (0x1000)

void
prof_merge_tables_clear (ProfMergeTables *self)
{
  prof_vec_merge_mapping_clear (&self->mappings);
  prof_vec_merge_function_clear (&self->functions);
  prof_vec_merge_location_clear (&self->locations);
  prof_vec_merge_line_clear (&self->lines);
  prof_vec_merge_label_clear (&self->labels);
  prof_vec_u32_clear (&self->set_starts);
  prof_row_index_clear (&self->mapping_index);
  prof_row_index_clear (&self->function_index);
  prof_row_index_clear (&self->location_index);
  prof_row_index_clear (&self->set_index);
  prof_vec_merge_line_clear (&self->some_lines);
  prof_vec_merge_label_clear (&self->some_labels);
  g_free (self->to_string);
  g_free (self->to_mapping);
  g_free (self->to_function);
  g_free (self->to_location);
}

static void
forget (uint32_t **rows, size_t n)
{
  g_free (*rows);
  *rows = g_new (uint32_t, n + 1);
  memset (*rows, 0xff, (n + 1) * sizeof **rows);
}

/* Work goes on for a while, so every index must be shorter than its table, never
 * longer: rows are added first. */
static uint32_t
fail (ProfMergeTables *self)
{
  self->failed = true;
  return 0;
}

/* --- strings --- */

ProfStringId
prof_merge_tables_string (ProfMergeTables *self, ProfStringId id)
{
  if (self->to_string[id] == PROF_ID_NONE)
    {
      size_t      length;
      const char *text = prof_profile_string_bytes (self->source, id, &length);

      self->to_string[id] = prof_draft_string (self->draft, text, length);
    }
  return self->to_string[id];
}

/* --- mappings --- */

/* A kernel's file is "[kernel.kallsyms]_text" in the file and written as such
 * again, so both parts together are a string too. */
static ProfStringId
whole_filename (ProfMergeTables *self, const ProfMapping *mapping)
{
  g_autoptr (GString) whole = NULL;
  const char         *text;
  size_t              length;

  if (mapping->kernel_symbol == 0)
    return prof_merge_tables_string (self, mapping->filename);
  text = prof_profile_string_bytes (self->source, mapping->filename, &length);
  whole = g_string_new_len (text, (gssize)length);
  text = prof_profile_string_bytes (self->source,
                                    mapping->kernel_symbol,
                                    &length);
  g_string_append_len (whole, text, (gssize)length);
  return prof_draft_string (self->draft, whole->str, whole->len);
}

static uint64_t
pages_of (const ProfMapping *mapping)
{
  uint64_t size = mapping->limit - mapping->start + PAGE - 1;

  return size - size % PAGE;
}

/* What a mapping is told by: its build id, or else its file. */
static ProfStringId
identity_of (const ProfMapping *mapping, ProfStringId whole)
{
  return mapping->build_id != 0 ? mapping->build_id : whole;
}

/* A mapping of the source with strings of the merged profile; its id holds what
 * it is told by while merging. */
static ProfMapping
translate_mapping (ProfMergeTables *self, const ProfMapping *mapping)
{
  ProfMapping  row = *mapping;
  ProfStringId whole = whole_filename (self, mapping);

  row.filename = prof_merge_tables_string (self, mapping->filename);
  row.kernel_symbol = prof_merge_tables_string (self, mapping->kernel_symbol);
  row.build_id = prof_merge_tables_string (self, mapping->build_id);
  row.id = identity_of (&row, whole);
  return row;
}

static bool
is_same_mapping (const ProfMapping *left, const ProfMapping *right)
{
  return pages_of (left) == pages_of (right) && left->offset == right->offset &&
         left->id == right->id;
}

static ProfMappingId
put_mapping (ProfMergeTables *self, const ProfMapping *mapping)
{
  uint64_t     key = prof_row_index_mix (mapping->id, pages_of (mapping));
  ProfMapping  written = *mapping;
  ProfRowProbe probe;
  uint32_t     row;

  key = prof_row_index_mix (key, mapping->offset);
  probe = prof_row_index_probe (&self->mapping_index, key);
  while ((row = prof_row_index_next (&self->mapping_index, &probe)) !=
         PROF_ID_NONE)
    if (is_same_mapping (&self->mappings.data[row], mapping))
      return row;
  if (!prof_vec_merge_mapping_append (&self->mappings, *mapping) ||
      !prof_row_index_add (&self->mapping_index, key))
    return fail (self);
  written.id = self->mappings.length;
  return prof_draft_add_mapping (self->draft, &written);
}

/* pprof gives a profile without mappings one that says nothing, and all
 * locations are in it. */
static bool
has_mappings (const ProfMergeTables *self)
{
  return prof_profile_n_mappings (self->source) > 0;
}

static ProfMapping
source_mapping (const ProfMergeTables *self, ProfMappingId id)
{
  if (has_mappings (self))
    return prof_profile_mappings (self->source)[id];
  return (ProfMapping){ 0 };
}

static ProfMappingId
map_mapping (ProfMergeTables *self, ProfMappingId id)
{
  if (!has_mappings (self))
    id = 0;
  if (id == PROF_ID_NONE)
    return PROF_ID_NONE;
  if (self->to_mapping[id] == PROF_ID_NONE)
    {
      ProfMapping mapping = source_mapping (self, id);

      mapping = translate_mapping (self, &mapping);
      self->to_mapping[id] = put_mapping (self, &mapping);
    }
  return self->to_mapping[id];
}

/* --- functions --- */

static bool
is_same_function (const ProfFunction *left, const ProfFunction *right)
{
  return left->name == right->name && left->system_name == right->system_name &&
         left->filename == right->filename &&
         left->start_line == right->start_line;
}

static ProfFunctionId
put_function (ProfMergeTables *self, ProfFunction *function)
{
  uint64_t     key = prof_row_index_mix (function->name, function->filename);
  ProfRowProbe probe;
  uint32_t     row;

  key = prof_row_index_mix (key, function->system_name);
  key = prof_row_index_mix (key, (uint64_t)function->start_line);
  probe = prof_row_index_probe (&self->function_index, key);
  while ((row = prof_row_index_next (&self->function_index, &probe)) !=
         PROF_ID_NONE)
    if (is_same_function (&self->functions.data[row], function))
      return row;
  function->id = self->functions.length + 1;
  if (!prof_vec_merge_function_append (&self->functions, *function) ||
      !prof_row_index_add (&self->function_index, key))
    return fail (self);
  return prof_draft_add_function (self->draft, function);
}

static ProfFunctionId
map_function (ProfMergeTables *self, ProfFunctionId id)
{
  if (self->to_function[id] == PROF_ID_NONE)
    {
      ProfFunction function = prof_profile_functions (self->source)[id];

      function.name = prof_merge_tables_string (self, function.name);
      function.system_name = prof_merge_tables_string (self,
                                                       function.system_name);
      function.filename = prof_merge_tables_string (self, function.filename);
      self->to_function[id] = put_function (self, &function);
    }
  return self->to_function[id];
}

/* --- locations --- */

static bool
is_same_line (const ProfLine *left, const ProfLine *right)
{
  return left->function == right->function && left->line == right->line &&
         left->column == right->column;
}

static bool
has_lines (const ProfMergeTables   *self,
           const ProfMergeLocation *location,
           const ProfLine          *lines)
{
  const ProfLine *own = self->lines.data != NULL
                            ? self->lines.data + location->first_line
                            : NULL;

  for (uint32_t l = 0; l < location->n_lines; l++)
    if (!is_same_line (&own[l], &lines[l]))
      return false;
  return true;
}

static bool
is_same_location (const ProfMergeTables   *self,
                  const ProfMergeLocation *left,
                  const ProfMergeLocation *right,
                  const ProfLine          *lines)
{
  return left->mapping == right->mapping && left->offset == right->offset &&
         left->is_folded == right->is_folded &&
         left->n_lines == right->n_lines && has_lines (self, left, lines);
}

static uint64_t
key_of_location (const ProfMergeLocation *location, const ProfLine *lines)
{
  uint64_t key = prof_row_index_mix (location->mapping, location->offset);

  key = prof_row_index_mix (key, location->is_folded);
  for (uint32_t l = 0; l < location->n_lines; l++)
    {
      key = prof_row_index_mix (key, lines[l].function);
      key = prof_row_index_mix (key, (uint64_t)lines[l].line);
      key = prof_row_index_mix (key, (uint64_t)lines[l].column);
    }
  return key;
}

static ProfLocationId
add_location (ProfMergeTables   *self,
              uint64_t           key,
              ProfMergeLocation *location,
              const ProfLine    *lines,
              uint64_t           address)
{
  ProfLocation row = {
    .id = self->locations.length + 1,
    .address = address,
    .mapping = location->mapping,
    .is_folded = location->is_folded,
  };

  location->first_line = self->lines.length;
  if (!prof_vec_merge_line_extend (&self->lines, lines, location->n_lines) ||
      !prof_vec_merge_location_append (&self->locations, *location) ||
      !prof_row_index_add (&self->location_index, key))
    return fail (self);
  return prof_draft_add_location (self->draft, &row, lines, location->n_lines);
}

static ProfLocationId
put_location (ProfMergeTables    *self,
              const ProfLocation *source,
              const ProfLine     *lines)
{
  ProfMergeLocation location = { .n_lines = source->n_lines };
  uint64_t          start = 0;
  uint64_t          key;
  ProfRowProbe      probe;
  uint32_t          row;

  location.mapping = map_mapping (self, source->mapping);
  location.is_folded = source->is_folded;
  location.offset = source->address;
  if (location.mapping != PROF_ID_NONE && !self->failed)
    {
      location.offset -= source_mapping (self, source->mapping).start;
      start = self->mappings.data[location.mapping].start;
    }
  key = key_of_location (&location, lines);
  probe = prof_row_index_probe (&self->location_index, key);
  while ((row = prof_row_index_next (&self->location_index, &probe)) !=
         PROF_ID_NONE)
    if (is_same_location (self, &self->locations.data[row], &location, lines))
      return row;
  return add_location (self, key, &location, lines, location.offset + start);
}

static bool
translate_lines (ProfMergeTables *self, const ProfLine *lines, uint32_t n)
{
  self->some_lines.length = 0;
  for (uint32_t l = 0; l < n; l++)
    {
      ProfLine line = lines[l];

      line.function = map_function (self, line.function);
      if (!prof_vec_merge_line_append (&self->some_lines, line))
        return false;
    }
  return true;
}

/* Its mapping gets its number before its functions do. */
ProfLocationId
prof_merge_tables_location (ProfMergeTables *self, ProfLocationId id)
{
  const ProfLocation *location;
  const ProfLine     *lines;

  if (self->to_location[id] != PROF_ID_NONE)
    return self->to_location[id];
  location = &prof_profile_locations (self->source)[id];
  lines = prof_profile_lines (self->source);
  if (lines != NULL)
    lines += location->first_line;
  map_mapping (self, location->mapping);
  if (!translate_lines (self, lines, location->n_lines))
    self->to_location[id] = fail (self);
  else
    self->to_location[id] = put_location (self,
                                          location,
                                          self->some_lines.data);
  return self->to_location[id];
}

/* --- labels --- */

static int
compare_keys (const ProfMergeTables *self, ProfStringId a, ProfStringId b)
{
  size_t      length_a;
  size_t      length_b;
  const char *text_a = prof_profile_string_bytes (self->source, a, &length_a);
  const char *text_b = prof_profile_string_bytes (self->source, b, &length_b);
  int         order = memcmp (text_a, text_b, MIN (length_a, length_b));

  if (order != 0 || length_a == length_b)
    return order;
  return length_a < length_b ? -1 : 1;
}

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfLabel *left = a;
  const ProfLabel *right = b;
  bool             left_is_number = left->str == 0;
  bool             right_is_number = right->str == 0;

  if (left_is_number != right_is_number)
    return left_is_number ? 1 : -1;
  return left->key == right->key ? 0
                                 : compare_keys (data, left->key, right->key);
}

static bool
is_sorted (ProfMergeTables *self, const ProfLabel *labels, size_t n)
{
  for (size_t l = 1; l < n; l++)
    if (compare_labels (&labels[l - 1], &labels[l], self) > 0)
      return false;
  return true;
}

static bool
sort_labels (ProfMergeTables *self, size_t sample)
{
  size_t             n;
  const ProfLabel   *labels = prof_profile_sample_labels (self->source,
                                                        sample,
                                                        &n);
  ProfVecMergeLabel *sorted = &self->some_labels;

  sorted->length = 0;
  if (!prof_vec_merge_label_extend (sorted, labels, n))
    return false;
  if (!is_sorted (self, labels, n))
    g_qsort_with_data (sorted->data,
                       (int)n,
                       sizeof *sorted->data,
                       compare_labels,
                       self);
  return true;
}

static uint64_t
translate_labels (ProfMergeTables *self)
{
  uint64_t key = 0;

  for (size_t l = 0; l < self->some_labels.length; l++)
    {
      ProfLabel *label = &self->some_labels.data[l];

      label->key = prof_merge_tables_string (self, label->key);
      label->str = prof_merge_tables_string (self, label->str);
      label->unit = prof_merge_tables_string (self, label->unit);
      key = prof_row_index_mix (key, (uint64_t)label->key << 32 | label->str);
      key = prof_row_index_mix (key, (uint64_t)label->num);
      key = prof_row_index_mix (key, label->unit);
    }
  return key;
}

static bool
is_same_set (const ProfMergeTables *self, uint32_t set)
{
  size_t           n;
  const ProfLabel *labels = prof_merge_tables_set (self, set, &n);

  if (n != self->some_labels.length)
    return false;
  for (size_t l = 0; l < n; l++)
    {
      const ProfLabel *label = &self->some_labels.data[l];

      if (label->key != labels[l].key || label->str != labels[l].str ||
          label->num != labels[l].num || label->unit != labels[l].unit)
        return false;
    }
  return true;
}

static uint32_t
add_set (ProfMergeTables *self, uint64_t key)
{
  if (!prof_vec_merge_label_extend (&self->labels,
                                    self->some_labels.data,
                                    self->some_labels.length) ||
      self->labels.length >= PROF_ID_NONE ||
      !prof_vec_u32_append (&self->set_starts, (uint32_t)self->labels.length) ||
      !prof_row_index_add (&self->set_index, key))
    return fail (self);
  return (uint32_t)(self->set_starts.length - 2);
}

uint32_t
prof_merge_tables_labels (ProfMergeTables *self, size_t sample)
{
  size_t       n;
  uint64_t     key;
  ProfRowProbe probe;
  uint32_t     set;

  prof_profile_sample_labels (self->source, sample, &n);
  if (n == 0 || self->failed)
    return 0;
  if (!sort_labels (self, sample))
    return fail (self);
  key = translate_labels (self);
  probe = prof_row_index_probe (&self->set_index, key);
  while ((set = prof_row_index_next (&self->set_index, &probe)) != PROF_ID_NONE)
    if (is_same_set (self, set))
      return set;
  return add_set (self, key);
}

const ProfLabel *
prof_merge_tables_set (const ProfMergeTables *self, uint32_t set, size_t *n)
{
  const uint32_t *starts = self->set_starts.data;

  *n = starts[set + 1] - starts[set];
  return self->labels.data != NULL ? self->labels.data + starts[set] : NULL;
}

/* --- */

static void
add_empty_set (ProfMergeTables *self)
{
  if (!prof_vec_u32_append (&self->set_starts, 0) ||
      !prof_vec_u32_append (&self->set_starts, 0) ||
      !prof_row_index_add (&self->set_index, 0))
    fail (self);
}

/* The first mapping is the main binary's and stays first, used or not. */
void
prof_merge_tables_begin (ProfMergeTables *self, const ProfProfile *source)
{
  self->source = source;
  forget (&self->to_string, prof_profile_n_strings (source));
  forget (&self->to_mapping, prof_profile_n_mappings (source));
  forget (&self->to_function, prof_profile_n_functions (source));
  forget (&self->to_location, prof_profile_n_locations (source));
  if (self->set_starts.length == 0)
    add_empty_set (self);
  if (self->mappings.length == 0)
    map_mapping (self, 0);
}
