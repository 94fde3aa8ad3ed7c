/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-places.h"

#include "base/prof-strings.h"
#include "base/prof-vec.h"

/* What makes two rows one is put together as bytes, and a string table tells
 * which have been seen: its ids count from 1, as rows' do. */

typedef struct
{
  uint64_t id;
  uint64_t address;
} Address;

PROF_VEC_DEFINE (ProfVecAddress, prof_vec_address, Address)

struct _ProfPlaces
{
  ProfBuilder *builder; /* lent */

  /* Owned */
  ProfStrings *mappings;
  ProfStrings *functions;
  ProfStrings *locations;
  ProfVecU64   key; /* used again for each */

  /* Owned; whose rows are to be added */
  ProfVecAddress addresses;
  ProfVecI64     mapping_names; /* by id, from 1 */
  size_t         main_mapping;  /* which of them; none when there are as many */
};

ProfPlaces *
prof_places_new (ProfBuilder *builder)
{
  ProfPlaces *self = g_new0 (ProfPlaces, 1);

  self->builder = builder;
  self->mappings = prof_strings_new ();
  self->functions = prof_strings_new ();
  self->locations = prof_strings_new ();
  return self;
}

void
prof_places_free (ProfPlaces *self)
{
  if (self == NULL)
    return;
  prof_strings_unref (self->mappings);
  prof_strings_unref (self->functions);
  prof_strings_unref (self->locations);
  prof_vec_u64_clear (&self->key);
  prof_vec_address_clear (&self->addresses);
  prof_vec_i64_clear (&self->mapping_names);
  g_free (self);
}

/* The id of the key; @is_new when there was none like it. */
static bool
id_of (ProfPlaces  *self,
       ProfStrings *seen,
       uint64_t    *id,
       bool        *is_new,
       GError     **error)
{
  size_t       n = prof_strings_n (seen);
  ProfStringId row;

  if (!prof_strings_intern (seen,
                            (const char *)self->key.data,
                            self->key.length * sizeof *self->key.data,
                            &row))
    return prof_fail_memory (error);
  *id = row;
  *is_new = row >= n;
  return true;
}

bool
prof_places_text (ProfPlaces *self,
                  const char *text,
                  size_t      length,
                  int64_t    *position,
                  GError    **error)
{
  int64_t empty;

  return prof_builder_intern (self->builder, "", 0, &empty, error) &&
         prof_builder_intern (self->builder, text, length, position, error);
}

bool
prof_places_mapping (ProfPlaces *self,
                     const char *name,
                     size_t      length,
                     uint64_t   *id,
                     GError    **error)
{
  int64_t position = 0;
  bool    is_new = false;

  if (!prof_places_text (self, name, length, &position, error))
    return false;
  self->key.length = 0;
  if (!prof_vec_u64_append (&self->key, (uint64_t)position))
    return prof_fail_memory (error);
  if (!id_of (self, self->mappings, id, &is_new, error))
    return false;
  if (!is_new)
    return true;
  if (self->main_mapping == self->mapping_names.length &&
      !prof_maps_is_main (name, length))
    self->main_mapping++;
  return prof_vec_i64_append (&self->mapping_names, position) ||
         prof_fail_memory (error);
}

bool
prof_places_function (ProfPlaces            *self,
                      const ProfRawFunction *function,
                      uint64_t              *id,
                      GError               **error)
{
  const uint64_t  key[] = { (uint64_t)function->name,
                            (uint64_t)function->system_name,
                            (uint64_t)function->filename,
                            (uint64_t)function->start_line };
  ProfRawFunction row = *function;
  bool            is_new = false;

  self->key.length = 0;
  if (!prof_vec_u64_extend (&self->key, key, G_N_ELEMENTS (key)))
    return prof_fail_memory (error);
  if (!id_of (self, self->functions, id, &is_new, error))
    return false;
  row.id = *id;
  return !is_new || prof_builder_add_function (self->builder, &row, error);
}

bool
prof_places_location (ProfPlaces            *self,
                      const ProfRawLocation *location,
                      const ProfRawLine     *lines,
                      size_t                 n_lines,
                      uint64_t              *id,
                      GError               **error)
{
  ProfRawLocation row = *location;
  bool            is_new = false;

  self->key.length = 0;
  if (!prof_vec_u64_reserve (&self->key, n_lines * 3 + 2))
    return prof_fail_memory (error);
  prof_vec_u64_append (&self->key, location->mapping);
  prof_vec_u64_append (&self->key, location->address);
  for (size_t i = 0; i < n_lines; i++)
    {
      prof_vec_u64_append (&self->key, lines[i].function);
      prof_vec_u64_append (&self->key, (uint64_t)lines[i].line);
      prof_vec_u64_append (&self->key, (uint64_t)lines[i].column);
    }
  if (!id_of (self, self->locations, id, &is_new, error))
    return false;
  row.id = *id;
  return !is_new ||
         prof_builder_add_location (self->builder, &row, lines, n_lines, error);
}

/* No other key is one number long. */
bool
prof_places_address (ProfPlaces *self,
                     uint64_t    address,
                     uint64_t   *id,
                     GError    **error)
{
  bool is_new = false;

  self->key.length = 0;
  if (!prof_vec_u64_append (&self->key, address))
    return prof_fail_memory (error);
  if (!id_of (self, self->locations, id, &is_new, error))
    return false;
  return !is_new ||
         prof_vec_address_append (&self->addresses,
                                  (Address){ *id, address }) ||
         prof_fail_memory (error);
}

static bool
add_mapping (ProfPlaces *self, size_t mapping, GError **error)
{
  const ProfRawMapping row = {
    .id = mapping + 1,
    .filename = self->mapping_names.data[mapping],
    .has_functions = true,
  };

  return prof_builder_add_mapping (self->builder, &row, error);
}

static bool
add_mappings (ProfPlaces *self, GError **error)
{
  size_t n = self->mapping_names.length;
  size_t first = self->main_mapping < n ? self->main_mapping : 0;

  if (n > 0 && !add_mapping (self, first, error))
    return false;
  for (size_t m = 0; m < n; m++)
    if (m != first && !add_mapping (self, m, error))
      return false;
  return true;
}

static bool
add_address (ProfPlaces     *self,
             const Address  *address,
             const ProfMaps *maps,
             GError        **error)
{
  ProfRawLocation row = { .id = address->id, .address = address->address };

  if (maps != NULL)
    row.mapping = prof_maps_find (maps, address->address);
  return prof_builder_add_location (self->builder, &row, NULL, 0, error);
}

bool
prof_places_finish (ProfPlaces *self, ProfMaps *maps, GError **error)
{
  if (!(maps != NULL ? prof_maps_add (maps, self->builder, error)
                     : add_mappings (self, error)))
    return false;
  for (size_t i = 0; i < self->addresses.length; i++)
    if (!add_address (self, &self->addresses.data[i], maps, error))
      return false;
  return true;
}
