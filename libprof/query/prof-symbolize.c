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
  ProfSymbols       *symbols;
  ProfDraft         *draft;     /* (owned) */
  GHashTable        *functions; /* (owned) "name\nfile\nline" to id + 1 */
  ProfVecNamedLine   lines;     /* (owned) of the location that is named */
} Symbolizer;

static bool
needs_names (const ProfLocation *location)
{
  return location->n_lines == 0 &&
         (location->mapping == 0 || location->mapping == PROF_ID_NONE);
}

bool
prof_symbolize_matters (const ProfProfile *profile)
{
  const ProfLocation *locations = prof_profile_locations (profile);

  for (size_t l = 0; l < prof_profile_n_locations (profile); l++)
    if (needs_names (&locations[l]))
      return true;
  return false;
}

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

      if (!needs_names (location))
        {
          prof_draft_add_location (self->draft,
                                   location,
                                   lines + location->first_line,
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

/* Of the main binary, as it is in the profile. */
static const char *
build_id (const ProfProfile *profile)
{
  if (prof_profile_n_mappings (profile) == 0)
    return "";
  return prof_profile_string (profile,
                              prof_profile_mappings (profile)[0].build_id);
}

ProfProfile *
prof_symbolize (ProfProfile *profile, ProfSymbols *symbols, GError **error)
{
  Symbolizer   self = { .profile = profile, .symbols = symbols };
  const char  *own = build_id (profile);
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
