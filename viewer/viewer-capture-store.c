/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-capture-store.h"

#include "viewer-location.h"
#include <errno.h>
#include <glib/gstdio.h>

/* One of the folder. */
typedef struct
{
  char    *path;
  gint64   time;
  uint64_t size;
} Stored;

char *
viewer_capture_store_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (),
                           "flambeau",
                           "captures",
                           NULL);
}

static void
stored_free (gpointer data)
{
  Stored *stored = data;

  g_free (stored->path);
  g_free (stored);
}

static int
by_falling_time (gconstpointer a, gconstpointer b)
{
  const Stored *first = *(Stored *const *)a;
  const Stored *second = *(Stored *const *)b;

  if (first->time != second->time)
    return first->time < second->time ? 1 : -1;
  return -g_strcmp0 (first->path, second->path);
}

/* Those of ours, the youngest first. */
static GPtrArray *
list (const char *folder)
{
  GPtrArray       *all = g_ptr_array_new_with_free_func (stored_free);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  const char      *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf         status;
      Stored          *stored;

      if ((!g_str_has_suffix (name, ".pb") &&
           !g_str_has_suffix (name, ".pb.gz")) ||
          g_lstat (path, &status) != 0 || !S_ISREG (status.st_mode))
        continue;
      stored = g_new0 (Stored, 1);
      stored->path = g_steal_pointer (&path);
      stored->time = status.st_mtime;
      stored->size = (uint64_t)status.st_size;
      g_ptr_array_add (all, stored);
    }
  g_ptr_array_sort (all, by_falling_time);
  return all;
}

static void
delete_the_oldest (const char *folder, const char *kept)
{
  g_autoptr (GPtrArray) all = list (folder);
  uint64_t              sum = 0;

  for (guint i = 0; i < all->len; i++)
    {
      const Stored *stored = all->pdata[i];

      sum += stored->size;
      if ((i >= VIEWER_MAX_STORED || sum > VIEWER_MAX_STORED_BYTES) &&
          g_strcmp0 (stored->path, kept) != 0)
        g_remove (stored->path);
    }
}

GFile *
viewer_capture_store (const char *url, ViewerShot *shot, GError **error)
{
  g_autofree char *folder = viewer_capture_store_folder ();
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  gsize            length;
  const char      *data = g_bytes_get_data (shot->bytes, &length);

  name = viewer_location_file_name (url, shot->time, shot->bytes);
  path = g_build_filename (folder, name, NULL);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error_literal (error,
                           G_FILE_ERROR,
                           (int)g_file_error_from_errno (code),
                           g_strerror (code));
      return NULL;
    }
  if (!g_file_set_contents_full (path,
                                 data,
                                 (gssize)length,
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600,
                                 error))
    return NULL;
  delete_the_oldest (folder, path);
  return g_file_new_for_path (path);
}
