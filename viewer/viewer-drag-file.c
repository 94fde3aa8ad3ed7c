/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-drag-file.h"

#include <glib/gstdio.h>

static GPtrArray *paths; /* of the main thread */

GFile *
viewer_drag_file_new (GBytes *bytes, const char *name, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("flambeau-XXXXXX", error);
  g_autofree char *path = NULL;
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);

  if (folder == NULL)
    return NULL;
  path = g_build_filename (folder, name, NULL);
  if (!g_file_set_contents (path, data, (gssize)length, error))
    {
      g_rmdir (folder);
      return NULL;
    }
  if (paths == NULL)
    paths = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (paths, g_strdup (path));
  return g_file_new_for_path (path);
}

void
viewer_drag_file_delete_all (void)
{
  for (guint i = 0; paths != NULL && i < paths->len; i++)
    {
      g_autofree char *folder = g_path_get_dirname (paths->pdata[i]);

      g_unlink (paths->pdata[i]);
      g_rmdir (folder);
    }
  g_clear_pointer (&paths, g_ptr_array_unref);
}
