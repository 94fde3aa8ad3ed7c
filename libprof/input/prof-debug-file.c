/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-debug-file.h"

#include <stdbool.h>
#include <string.h>

static bool
is_plain_name (const char *name)
{
  return name != NULL && name[0] != '\0' && strchr (name, '/') == NULL &&
         strcmp (name, ".") != 0 && strcmp (name, "..") != 0;
}

/* The program itself may have the name, too. */
static void
add (GPtrArray *places, const char *path, char *place)
{
  if (strcmp (path, place) == 0)
    g_free (place);
  else
    g_ptr_array_add (places, place);
}

char **
prof_debug_file_places (const char *path,
                        const char *build_id,
                        const char *link,
                        const char *folder)
{
  GPtrArray       *places = g_ptr_array_new ();
  g_autofree char *beside = g_path_get_dirname (path);
  g_autofree char *whole = g_canonicalize_filename (beside, NULL);

  if (strlen (build_id) > 2)
    g_ptr_array_add (places,
                     g_strdup_printf ("%s/.build-id/%.2s/%s.debug",
                                      folder,
                                      build_id,
                                      build_id + 2));
  if (is_plain_name (link))
    {
      add (places, path, g_build_filename (beside, link, NULL));
      add (places, path, g_build_filename (beside, ".debug", link, NULL));
      add (places, path, g_build_filename (folder, whole, link, NULL));
    }
  g_ptr_array_add (places, NULL);
  return (char **)g_ptr_array_free (places, FALSE);
}
