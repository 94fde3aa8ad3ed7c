/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-source-file.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-path.h"
#include "base/prof-source-places.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* As Go says it, in no language but English. */
static const char *
sentence_of (int number)
{
  switch (number)
    {
    case ENOENT:
      return "no such file or directory";
    case ENOTDIR:
      return "not a directory";
    case EACCES:
      return "permission denied";
    case ELOOP:
      return "too many levels of symbolic links";
    case ENAMETOOLONG:
      return "file name too long";
    default:
      return "cannot be read";
    }
}

static GBytes *
fail_to_open (const char *path, int number, const char *why, GError **error)
{
  g_set_error (error,
               G_FILE_ERROR,
               (int)g_file_error_from_errno (number),
               "open %s: %s",
               path,
               why);
  return NULL;
}

/* All of a file, or nothing when it changes meanwhile. */
static GBytes *
read_all (int fd, size_t size)
{
  g_autofree char *bytes = g_try_malloc (size + 1);
  size_t           length = 0;

  while (bytes != NULL && length < size)
    {
      ssize_t n = read (fd, bytes + length, size - length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return NULL;
      if (n == 0)
        break;
      length += (size_t)n;
    }
  if (bytes == NULL)
    return NULL;
  return g_bytes_new_take (g_steal_pointer (&bytes), length);
}

static GBytes *
read_opened (int fd, const char *path, uint64_t most, GError **error)
{
  struct stat status;
  GBytes     *text;

  if (fstat (fd, &status) != 0)
    return fail_to_open (path, errno, sentence_of (errno), error);
  if (S_ISDIR (status.st_mode))
    return g_bytes_new (NULL, 0);
  if (!S_ISREG (status.st_mode))
    return fail_to_open (path, EINVAL, "not a regular file", error);
  if ((uint64_t)status.st_size > most)
    {
      prof_limits_fail (error,
                        PROF_LIMIT_SOURCE,
                        "open %s: larger than %" G_GUINT64_FORMAT " bytes",
                        path,
                        most);
      return NULL;
    }
  text = read_all (fd, (size_t)status.st_size);
  return text != NULL ? text
                      : fail_to_open (path, EIO, "cannot be read", error);
}

/* @path: where it is; @name: what it is called in a message. */
static GBytes *
read_file (const char *path, const char *name, uint64_t most, GError **error)
{
  int     fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  GBytes *text;

  if (fd < 0)
    return fail_to_open (name, errno, sentence_of (errno), error);
  text = read_opened (fd, name, most, error);
  close (fd);
  return text;
}

static bool
has_parent_element (const char *path)
{
  g_auto (GStrv) elements = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *)elements, "..");
}

/* Of a clean path: it can be no file, and is not looked for. */
static bool
is_folder (const char *path)
{
  return strcmp (path, ".") == 0 || strcmp (path, "..") == 0 ||
         g_str_has_suffix (path, "/..");
}

/* Where a file really is, if that is below the folder. */
static char *
find_below (const char *folder, const char *path)
{
  g_autofree char *joined = g_build_filename (folder, path, NULL);
  char            *real_folder = realpath (folder, NULL);
  char            *real_path = realpath (joined, NULL);
  size_t           length = real_folder != NULL ? strlen (real_folder) : 0;
  char            *found = NULL;

  if (real_folder != NULL && real_path != NULL &&
      access (real_path, R_OK) == 0 &&
      strncmp (real_path, real_folder, length) == 0 &&
      (real_folder[length - 1] == '/' || real_path[length] == '/'))
    found = g_strdup (real_path);
  free (real_folder);
  free (real_path);
  return found;
}

/* In the folder and those above it. */
static char *
find_from (const char *folder, const char *path)
{
  g_autofree char *current = folder[0] != '\0' ? prof_path_clean (folder)
                                               : g_strdup (".");

  for (;;)
    {
      char            *found = find_below (current, path);
      g_autofree char *parent = NULL;

      if (found != NULL)
        return found;
      parent = g_path_get_dirname (current);
      if (strcmp (parent, current) == 0)
        return NULL;
      g_free (current);
      current = g_steal_pointer (&parent);
    }
}

static char *
find (const char *path, const char *folders)
{
  g_auto (GStrv) each = g_strsplit (folders, ":", -1);
  char          *found = NULL;

  if (has_parent_element (path))
    return NULL;
  for (size_t f = 0; each[f] != NULL && found == NULL; f++)
    found = find_from (each[f], path);
  return found;
}

char *
prof_source_file_find (const char *path, const char *folder)
{
  g_auto (GStrv) places = prof_source_places_new (path, folder);
  char          *found = NULL;

  for (size_t p = 0; places[p] != NULL && found == NULL; p++)
    {
      found = find_below (folder, places[p]);
      if (found != NULL && !g_file_test (found, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer (&found, g_free);
    }
  return found;
}

GBytes *
prof_source_file_read_found (const char *path, uint64_t most, GError **error)
{
  return read_file (path, path, most, error);
}

/* (nullable): in the folders, as Go lays out sources. */
static char *
find_laid_out (const char *path, const char *folders)
{
  g_auto (GStrv) each = g_strsplit (folders, ":", -1);
  char          *found = NULL;

  for (size_t f = 0; each[f] != NULL && found == NULL; f++)
    if (each[f][0] != '\0')
      found = prof_source_file_find (path, each[f]);
  return found;
}

/* Where pprof looks. @path: trimmed and no folder */
static GBytes *
read_as_pprof (const char *path,
               const char *folders,
               uint64_t    most,
               GError    **error)
{
  g_autofree char *found = NULL;

  if (path[0] == '/')
    return read_file (path, path, most, error);
  found = find (path, folders);
  if (found != NULL)
    return read_file (found, path, most, error);
  g_set_error (error,
               G_FILE_ERROR,
               G_FILE_ERROR_NOENT,
               "could not find file %s on path %s",
               path,
               folders);
  return NULL;
}

GBytes *
prof_source_file_read (const char *path,
                       const char *prefixes,
                       const char *folders,
                       uint64_t    most,
                       GError    **error)
{
  g_autofree char   *current = g_get_current_dir ();
  g_autofree char   *found = NULL;
  g_autoptr (GError) failure = NULL;
  const char        *asked = folders[0] != '\0' ? folders : current;
  const char        *trimmed = prof_path_trim (path, prefixes, asked);
  GBytes            *text;

  if (is_folder (trimmed))
    return g_bytes_new (NULL, 0);
  text = read_as_pprof (trimmed, asked, most, &failure);
  if (text != NULL)
    return text;
  if (g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    found = find_laid_out (path, folders);
  if (found != NULL)
    return read_file (found, trimmed, most, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}
