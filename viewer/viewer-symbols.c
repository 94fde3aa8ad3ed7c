/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-symbols.h"

#include <glib/gi18n.h>

bool
viewer_symbols_matter (const ProfProfile *profile)
{
  const ProfLocation *locations = prof_profile_locations (profile);

  if (!prof_symbols_is_built ())
    return false;
  for (size_t l = 0; l < prof_profile_n_locations (profile); l++)
    if (locations[l].n_lines == 0)
      return true;
  return false;
}

static ProfProfile *
named_by (ProfProfile *profile, const char *path, GError **error)
{
  g_autoptr (ProfSymbols) symbols = prof_symbols_open (path, error);
  ProfMappingId           mapping;

  if (symbols == NULL)
    return NULL;
  mapping = prof_symbolize_mapping (profile, symbols, path);
  return prof_symbolize (profile,
                         mapping != PROF_ID_NONE ? mapping : 0,
                         symbols,
                         error);
}

char **
viewer_symbols_name (ProfProfile **profile, const char *const *paths)
{
  g_autoptr (GStrvBuilder) complaints = g_strv_builder_new ();

  for (size_t p = 0; paths[p] != NULL; p++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *base = g_path_get_basename (paths[p]);
      g_autofree char   *shown = g_filename_display_name (base);
      g_autofree char   *text = NULL;
      ProfProfile       *named = named_by (*profile, paths[p], &error);

      if (named != NULL)
        {
          prof_profile_unref (*profile);
          *profile = named;
          continue;
        }
      /* Translators: a program's file name, and the reason */
      text = g_strdup_printf (_ ("No names from %s: %s"),
                              shown,
                              error->message);
      g_strv_builder_add (complaints, text);
    }
  return g_strv_builder_end (complaints);
}
