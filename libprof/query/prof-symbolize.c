/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-symbolize.h"

#include "base/prof-hash.h"
#include "base/prof-vec.h"
#include "model/prof-draft.h"
#include <string.h>

PROF_VEC_DEFINE (ProfVecNamedLine, prof_vec_named_line, ProfLine)

typedef struct
{
  const ProfProfile *profile;
  ProfMappingId      mapping;
  ProfSymbols       *symbols;
  ProfDraft         *draft;     /* (owned) */
  GHashTable        *functions; /* (owned) "name\nfile\nline" to id + 1 */
  ProfVecNamedLine   lines;     /* (owned) of the location that is named */
} Symbolizer;

/* Several mappings may be of one binary, as that has several parts with code. */
static bool
is_of (const ProfProfile *profile, ProfMappingId one, ProfMappingId other)
{
  const ProfMapping *mappings = prof_profile_mappings (profile);

  if (one == other)
    return true;
  if (one >= prof_profile_n_mappings (profile) ||
      other >= prof_profile_n_mappings (profile))
    return false;
  return mappings[one].filename == mappings[other].filename &&
         mappings[one].build_id == mappings[other].build_id &&
         prof_profile_string (profile, mappings[one].filename)[0] != '\0';
}

static bool
needs_names (const ProfProfile  *profile,
             ProfMappingId       mapping,
             const ProfLocation *location)
{
  if (location->n_lines > 0)
    return false;
  if (location->mapping == PROF_ID_NONE)
    return mapping == 0;
  return is_of (profile, mapping, location->mapping);
}

bool
prof_symbolize_matters (const ProfProfile *profile, ProfMappingId mapping)
{
  const ProfLocation *locations = prof_profile_locations (profile);

  for (size_t l = 0; l < prof_profile_n_locations (profile); l++)
    if (needs_names (profile, mapping, &locations[l]))
      return true;
  return false;
}

/* --- which binary a file is --- */

static const char *
last_part (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

ProfMappingId
prof_symbolize_mapping (const ProfProfile *profile,
                        const ProfSymbols *symbols,
                        const char        *path)
{
  const ProfMapping *mappings = prof_profile_mappings (profile);
  const char        *build_id = prof_symbols_build_id (symbols);
  const char        *name = last_part (path);
  size_t             n = prof_profile_n_mappings (profile);

  for (size_t m = 0; m < n && build_id[0] != '\0'; m++)
    if (strcmp (prof_profile_string (profile, mappings[m].build_id),
                build_id) == 0)
      return (ProfMappingId)m;
  for (size_t m = 0; m < n && name[0] != '\0'; m++)
    if (strcmp (last_part (prof_profile_string (profile, mappings[m].filename)),
                name) == 0)
      return (ProfMappingId)m;
  return PROF_ID_NONE;
}

/* --- names --- */

/* A program that moves in memory has its addresses from where it was put; what has
 * no such place has them as the file has them. */
static uint64_t
address_in_file (const Symbolizer *self, const ProfLocation *location)
{
  const ProfMapping *mapping;
  uint64_t           address;

  if (location->mapping == PROF_ID_NONE)
    return location->address;
  mapping = &prof_profile_mappings (self->profile)[location->mapping];
  if (location->address < mapping->start || location->address >= mapping->limit)
    return location->address;
  if (prof_symbols_address (self->symbols,
                            location->address - mapping->start +
                                mapping->offset,
                            &address))
    return address;
  return location->address;
}

static ProfFunctionId
function_of (Symbolizer *self, const ProfSymbol *symbol)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%" G_GINT64_FORMAT,
                                          symbol->name,
                                          symbol->file,
                                          symbol->start_line);
  gpointer         known = g_hash_table_lookup (self->functions, key);
  ProfFunction     function = { 0 };
  ProfFunctionId   id;

  if (known != NULL)
    return GPOINTER_TO_UINT (known) - 1;
  function.id = prof_profile_n_functions (self->profile) +
                g_hash_table_size (self->functions) + 1;
  function.name = prof_draft_string (self->draft,
                                     symbol->name,
                                     strlen (symbol->name));
  function.system_name = function.name;
  function.filename = prof_draft_string (self->draft,
                                         symbol->file,
                                         strlen (symbol->file));
  function.start_line = symbol->start_line;
  id = prof_draft_add_function (self->draft, &function);
  g_hash_table_insert (self->functions,
                       g_steal_pointer (&key),
                       GUINT_TO_POINTER (id + 1));
  return id;
}

static void
find_lines (Symbolizer *self, const ProfLocation *location)
{
  const ProfSymbol *symbols;
  size_t            n = prof_symbols_find (self->symbols,
                                address_in_file (self, location),
                                &symbols);

  self->lines.length = 0;
  for (size_t i = 0; i < n; i++)
    {
      ProfLine line = { .line = symbols[i].line };

      line.function = function_of (self, &symbols[i]);
      prof_vec_named_line_append (&self->lines, line);
    }
}

/* All locations in their order, so that stacks keep theirs. */
static void
add_locations (Symbolizer *self)
{
  const ProfLocation *locations = prof_profile_locations (self->profile);
  const ProfLine     *lines = prof_profile_lines (self->profile);

  prof_draft_begin_locations (self->draft);
  for (size_t l = 0; l < prof_profile_n_locations (self->profile); l++)
    {
      const ProfLocation *location = &locations[l];

      if (!needs_names (self->profile, self->mapping, location))
        {
          prof_draft_add_location (self->draft,
                                   location,
                                   location->n_lines > 0
                                       ? lines + location->first_line
                                       : NULL,
                                   location->n_lines);
          continue;
        }
      find_lines (self, location);
      prof_draft_add_location (self->draft,
                               location,
                               self->lines.data,
                               (uint32_t)self->lines.length);
    }
}

/* As it is in the profile. */
static const char *
build_id_of (const ProfProfile *profile, ProfMappingId mapping)
{
  if (mapping >= prof_profile_n_mappings (profile))
    return "";
  return prof_profile_string (profile,
                              prof_profile_mappings (profile)[mapping]
                                  .build_id);
}

ProfProfile *
prof_symbolize (ProfProfile  *profile,
                ProfMappingId mapping,
                ProfSymbols  *symbols,
                GError      **error)
{
  Symbolizer self = {
    .profile = profile,
    .mapping = mapping,
    .symbols = symbols,
  };
  const char  *own = build_id_of (profile, mapping);
  const char  *other = prof_symbols_build_id (symbols);
  ProfProfile *named;

  if (own[0] != '\0' && other[0] != '\0' && strcmp (own, other) != 0)
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "the profile is of another build of it, with the "
                           "build ID %.80s",
                           own);
  self.draft = prof_draft_new (profile);
  self.functions = g_hash_table_new_full (prof_hash_text,
                                          g_str_equal,
                                          g_free,
                                          NULL);
  add_locations (&self);
  named = prof_draft_finish (self.draft, error);
  prof_draft_free (self.draft);
  g_hash_table_unref (self.functions);
  prof_vec_named_line_clear (&self.lines);
  return named;
}
