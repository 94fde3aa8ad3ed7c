/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-folders.h"

#include "prof.h"
#include "viewer-settings.h"
#include <string.h>

/* Kept as URIs: paths need not be UTF-8. */
#define KEY "source-folders"

#define MAX_FOLDERS 32

GStrv
viewer_folders_list (void)
{
  g_autoptr (GVariant)     value = viewer_settings_get (KEY);
  g_autofree const char  **uris = g_variant_get_strv (value, NULL);
  g_autoptr (GStrvBuilder) folders = g_strv_builder_new ();

  for (size_t u = 0; uris[u] != NULL; u++)
    {
      g_autofree char *folder = g_filename_from_uri (uris[u], NULL, NULL);

      if (folder != NULL)
        g_strv_builder_add (folders, folder);
    }
  return g_strv_builder_end (folders);
}

/* @first: (nullable); @without: not among the others */
static void
store (const char *first, const char *without)
{
  g_auto (GStrv)  folders = viewer_folders_list ();
  GVariantBuilder uris;
  guint           n = 0;

  g_variant_builder_init (&uris, G_VARIANT_TYPE_STRING_ARRAY);
  if (first != NULL)
    g_variant_builder_add_value (&uris,
                                 g_variant_new_take_string (
                                     g_filename_to_uri (first, NULL, NULL)));
  for (size_t f = 0; folders[f] != NULL && n < MAX_FOLDERS - 1; f++)
    if (strcmp (folders[f], without) != 0)
      {
        g_variant_builder_add_value (&uris,
                                     g_variant_new_take_string (
                                         g_filename_to_uri (folders[f],
                                                            NULL,
                                                            NULL)));
        n++;
      }
  viewer_settings_set (KEY, g_variant_builder_end (&uris));
}

void
viewer_folders_add (const char *folder)
{
  g_return_if_fail (g_path_is_absolute (folder));

  store (folder, folder);
}

void
viewer_folders_remove (const char *folder)
{
  store (NULL, folder);
}

static bool
has_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static bool
is_found (const char *path, const char *folder)
{
  g_autofree char *found = prof_source_file_find (path, folder);

  return found != NULL;
}

char *
viewer_folders_fit (const char *path, const char *folder)
{
  g_autofree char *sources = g_build_filename (folder, "src", NULL);

  if (is_found (path, folder))
    return g_strdup (folder);
  if (has_file (folder, "VERSION") && is_found (path, sources))
    return g_steal_pointer (&sources);
  return NULL;
}

/* (transfer full) (nullable): the folder above that begins a project. */
static char *
project_of (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  for (;;)
    {
      g_autofree char *parent = NULL;

      if (has_file (folder, "go.mod") || has_file (folder, ".git"))
        return g_steal_pointer (&folder);
      parent = g_path_get_dirname (folder);
      if (strcmp (parent, folder) == 0)
        return NULL;
      g_free (folder);
      folder = g_steal_pointer (&parent);
    }
}

char *
viewer_folders_around (const char *path)
{
  char *folder = prof_source_places_root (path);

  if (folder == NULL)
    folder = project_of (path);
  return folder != NULL ? folder : g_path_get_dirname (path);
}

void
viewer_folders_watch (GCallback changed, gpointer object)
{
  viewer_settings_watch (KEY, changed, object);
}
