/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-profile-private.h"

#include "base/prof-error.h"
#include "model/prof-stack-table.h"
#include <string.h>

ProfProfile *
prof_profile_alloc (void)
{
  ProfProfile *self = g_new0 (ProfProfile, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->strings = prof_strings_new ();
  return self;
}

ProfProfile *
prof_profile_ref (ProfProfile *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/* What is borrowed has no capacity of its own. */
#define CLEAR(column, clear)    \
  G_STMT_START                  \
  {                             \
    if ((column).capacity != 0) \
      clear (&(column));        \
  }                             \
  G_STMT_END

static void
drop_list (ProfProfile *self)
{
  if (self->list == NULL)
    return;
  prof_stack_list_clear (self->list);
  g_free (g_steal_pointer (&self->list));
}

void
prof_profile_unref (ProfProfile *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_strings_unref (self->strings);
  CLEAR (self->types, prof_vec_value_type_clear);
  CLEAR (self->mappings, prof_vec_mapping_clear);
  CLEAR (self->functions, prof_vec_function_clear);
  CLEAR (self->locations, prof_vec_location_clear);
  CLEAR (self->lines, prof_vec_line_clear);
  CLEAR (self->stacks, prof_vec_stack_node_clear);
  CLEAR (self->comments, prof_vec_u32_clear);
  CLEAR (self->totals, prof_vec_i64_clear);
  CLEAR (self->sample_stacks, prof_vec_u32_clear);
  drop_list (self);
  CLEAR (self->sample_values, prof_vec_i64_clear);
  CLEAR (self->label_starts, prof_vec_u32_clear);
  CLEAR (self->labels, prof_vec_label_clear);
  prof_profile_unref (self->origin);
  g_free (self);
}

/* |value| of INT64_MIN does not fit; sums stop at INT64_MAX. */
static int64_t
add_magnitude (int64_t sum, int64_t value)
{
  uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;

  if (magnitude > (uint64_t)(INT64_MAX - sum))
    return INT64_MAX;
  return sum + (int64_t)magnitude;
}

bool
prof_profile_seal (ProfProfile *self)
{
  size_t n_types = self->types.length;

  if (!prof_vec_i64_reserve (&self->totals, n_types))
    return false;
  self->totals.length = n_types;
  for (size_t type = 0; type < n_types; type++)
    {
      int64_t sum = 0;

      for (size_t i = type; i < self->sample_values.length; i += n_types)
        sum = add_magnitude (sum, self->sample_values.data[i]);
      self->totals.data[type] = sum;
    }
  return true;
}

int64_t
prof_profile_time_ns (const ProfProfile *self)
{
  return self->time_ns;
}

int64_t
prof_profile_duration_ns (const ProfProfile *self)
{
  return self->duration_ns;
}

int64_t
prof_profile_period (const ProfProfile *self)
{
  return self->period;
}

ProfValueType
prof_profile_period_type (const ProfProfile *self)
{
  return self->period_type;
}

ProfStringId
prof_profile_drop_frames (const ProfProfile *self)
{
  return self->drop_frames;
}

ProfStringId
prof_profile_keep_frames (const ProfProfile *self)
{
  return self->keep_frames;
}

ProfStringId
prof_profile_doc_url (const ProfProfile *self)
{
  return self->doc_url;
}

const ProfStringId *
prof_profile_comments (const ProfProfile *self, size_t *n)
{
  *n = self->comments.length;
  return self->comments.data;
}

const ProfLimits *
prof_profile_limits (const ProfProfile *self)
{
  return &self->limits;
}

const char *
prof_profile_format (const ProfProfile *self)
{
  return self->format;
}

const ProfNotes *
prof_profile_notes (const ProfProfile *self)
{
  return &self->notes;
}

const char *
prof_profile_string (const ProfProfile *self, ProfStringId id)
{
  return prof_strings_get (self->strings, id, NULL);
}

const char *
prof_profile_string_bytes (const ProfProfile *self,
                           ProfStringId       id,
                           size_t            *length)
{
  return prof_strings_get (self->strings, id, length);
}

size_t
prof_profile_n_strings (const ProfProfile *self)
{
  return prof_strings_n (self->strings);
}

ProfStringId
prof_profile_find_string (const ProfProfile *self,
                          const char        *text,
                          size_t             length)
{
  return prof_strings_lookup (self->strings, text, length);
}

size_t
prof_profile_n_types (const ProfProfile *self)
{
  return self->types.length;
}

const ProfValueType *
prof_profile_types (const ProfProfile *self)
{
  return self->types.data;
}

const char *
prof_profile_type_name (const ProfProfile *self, size_t type)
{
  if (self->types.length == 0)
    return "";
  g_return_val_if_fail (type < self->types.length, "");

  return prof_profile_string (self, self->types.data[type].type);
}

const char *
prof_profile_type_unit (const ProfProfile *self, size_t type)
{
  if (self->types.length == 0)
    return "";
  g_return_val_if_fail (type < self->types.length, "");

  return prof_profile_string (self, self->types.data[type].unit);
}

ProfStringId
prof_profile_default_type_name (const ProfProfile *self)
{
  return self->default_type;
}

size_t
prof_profile_default_type (const ProfProfile *self)
{
  if (self->types.length == 0)
    return 0;
  if (self->default_type != 0)
    for (size_t type = 0; type < self->types.length; type++)
      if (self->types.data[type].type == self->default_type)
        return type;
  return self->types.length - 1;
}

static char *
list_types (const ProfProfile *self)
{
  GString *list = g_string_new (NULL);

  for (size_t type = 0; type < self->types.length; type++)
    g_string_append_printf (list,
                            "%s%s",
                            type == 0 ? "" : " ",
                            prof_profile_type_name (self, type));
  return g_string_free (list, FALSE);
}

bool
prof_profile_find_type (const ProfProfile *self,
                        const char        *name,
                        size_t            *type,
                        GError           **error)
{
  g_autofree char *list = NULL;
  gint64           number;

  if (name[0] == '\0')
    {
      *type = prof_profile_default_type (self);
      return true;
    }
  if (g_ascii_string_to_signed (name, 10, INT64_MIN, INT64_MAX, &number, NULL))
    {
      if (number < 0 || (uint64_t)number >= self->types.length)
        return prof_fail (error,
                          PROF_ERROR_UNSUPPORTED,
                          "sample type %s is outside 0 to %zu",
                          name,
                          MAX (self->types.length, 1) - 1);
      *type = (size_t)number;
      return true;
    }
  for (size_t i = 0; i < self->types.length; i++)
    {
      const char *own = prof_profile_type_name (self, i);

      if (strcmp (own, name) == 0 ||
          (g_str_has_prefix (name, "inuse_") &&
           strcmp (own, name + strlen ("inuse_")) == 0))
        {
          *type = i;
          return true;
        }
    }
  list = list_types (self);
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "no sample type \"%s\"; there are: %s",
                    name,
                    list);
}

size_t
prof_profile_n_samples (const ProfProfile *self)
{
  return self->list != NULL ? self->list->lengths.length
                            : self->sample_stacks.length;
}

const ProfStackId *
prof_profile_sample_stacks (const ProfProfile *self)
{
  g_assert (self->list == NULL);
  return self->sample_stacks.data;
}

const int64_t *
prof_profile_sample_values (const ProfProfile *self)
{
  return self->sample_values.data;
}

const ProfLabel *
prof_profile_sample_labels (const ProfProfile *self, size_t sample, size_t *n)
{
  g_return_val_if_fail (sample < prof_profile_n_samples (self), NULL);

  if (self->label_starts.length == 0)
    {
      *n = 0;
      return NULL;
    }
  *n = self->label_starts.data[sample + 1] - self->label_starts.data[sample];
  return self->labels.data + self->label_starts.data[sample];
}

const ProfLabel *
prof_profile_labels (const ProfProfile *self, size_t *n)
{
  *n = self->labels.length;
  return self->labels.data;
}

int64_t
prof_profile_total (const ProfProfile *self, size_t type)
{
  if (self->types.length == 0)
    return 0;
  g_return_val_if_fail (type < self->types.length, 0);

  return self->totals.data[type];
}

bool
prof_profile_is_saturated (const ProfProfile *self, size_t type)
{
  return prof_profile_total (self, type) == INT64_MAX;
}

size_t
prof_profile_n_mappings (const ProfProfile *self)
{
  return self->mappings.length;
}

const ProfMapping *
prof_profile_mappings (const ProfProfile *self)
{
  return self->mappings.data;
}

size_t
prof_profile_n_functions (const ProfProfile *self)
{
  return self->functions.length;
}

const ProfFunction *
prof_profile_functions (const ProfProfile *self)
{
  return self->functions.data;
}

size_t
prof_profile_n_locations (const ProfProfile *self)
{
  return self->locations.length;
}

const ProfLocation *
prof_profile_locations (const ProfProfile *self)
{
  return self->locations.data;
}

const ProfLine *
prof_profile_lines (const ProfProfile *self)
{
  return self->lines.data;
}

size_t
prof_profile_n_lines (const ProfProfile *self)
{
  return self->lines.length;
}

size_t
prof_profile_n_stacks (const ProfProfile *self)
{
  g_assert (self->list == NULL);
  return self->stacks.length;
}

const ProfStackNode *
prof_profile_stacks (const ProfProfile *self)
{
  g_assert (self->list == NULL);
  return self->stacks.data;
}

const ProfStackList *
prof_profile_stack_list (const ProfProfile *self)
{
  return self->list;
}

/* Follows the stacks of a block through the table. */
static bool
add_block (ProfStackTable       *table,
           const ProfStackList  *list,
           const ProfStackBlock *block,
           ProfVecU32           *locations,
           ProfVecU32           *leaves)
{
  const uint32_t *lengths = &list->lengths.data[block->first_stack];
  size_t          n = 0;

  for (uint32_t s = 0; s < block->n_stacks; s++)
    n += lengths[s];
  locations->length = 0;
  if (!prof_vec_u32_reserve (locations, n + 1) ||
      !prof_vec_u32_reserve (leaves, block->n_stacks))
    return false;
  for (size_t i = 0; i < n; i++)
    locations->data[i] = list->locations.data[prof_stack_block_get (block, i)];
  if (!prof_stack_table_add (table,
                             locations->data,
                             lengths,
                             block->n_stacks,
                             leaves->data + leaves->length))
    return false;
  leaves->length += block->n_stacks;
  return true;
}

static bool
fill_table (ProfStackTable      *table,
            const ProfStackList *list,
            ProfVecU32          *leaves,
            uint64_t             most)
{
  ProfVecU32 locations = { 0 };
  bool       is_filled = true;

  for (size_t b = 0; b < list->blocks.length && is_filled; b++)
    is_filled = add_block (table,
                           list,
                           &list->blocks.data[b],
                           &locations,
                           leaves) &&
                prof_stack_table_bytes (table) <= most;
  prof_vec_u32_clear (&locations);
  return is_filled;
}

bool
prof_profile_make_table (ProfProfile *self, GError **error)
{
  uint64_t       most = prof_limits_get (&self->limits, PROF_LIMIT_MEMORY);
  ProfStackTable table;
  ProfVecU32     leaves = { 0 };

  if (self->list == NULL)
    return true;
  prof_stack_table_init (&table);
  if (!fill_table (&table, self->list, &leaves, most))
    {
      prof_stack_table_clear (&table);
      prof_vec_u32_clear (&leaves);
      return prof_limits_fail (error,
                               PROF_LIMIT_MEMORY,
                               "the stacks of the profile take more than "
                               "%" G_GUINT64_FORMAT " MiB of memory",
                               most >> 20);
    }
  prof_vec_stack_node_clear (&self->stacks);
  prof_vec_u32_clear (&self->sample_stacks);
  self->stacks = table.nodes;
  self->sample_stacks = leaves;
  table.nodes = (ProfVecStackNode){ 0 };
  prof_stack_table_clear (&table);
  drop_list (self);
  return true;
}
