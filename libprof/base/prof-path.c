/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-path.h"

#include <stdbool.h>
#include <string.h>

/* Takes the last element off again; false where there is none to take. */
static bool
go_up (GString *clean, bool rooted)
{
  const char *slash = strrchr (clean->str, '/');
  const char *last = slash != NULL ? slash + 1 : clean->str;

  if (last[0] == '\0' || strcmp (last, "..") == 0)
    return rooted;
  g_string_truncate (clean,
                     slash == NULL || (rooted && slash == clean->str)
                         ? (gsize)(last - clean->str)
                         : (gsize)(slash - clean->str));
  return true;
}

static void
go_down (GString *clean, const char *element, size_t length)
{
  if (clean->len > 0 && clean->str[clean->len - 1] != '/')
    g_string_append_c (clean, '/');
  g_string_append_len (clean, element, (gssize)length);
}

char *
prof_path_clean (const char *path)
{
  bool     rooted = path[0] == '/';
  GString *clean = g_string_new (rooted ? "/" : "");

  while (*path != '\0')
    {
      size_t length = strcspn (path, "/");
      bool   up = length == 2 && path[0] == '.' && path[1] == '.';

      if (length > 0 && !(length == 1 && path[0] == '.') &&
          !(up && go_up (clean, rooted)))
        go_down (clean, path, length);
      path += length;
      path += strspn (path, "/");
    }
  if (clean->len == 0)
    g_string_append_c (clean, '.');
  return g_string_free (clean, FALSE);
}

/* What follows "/NAME/" for the base name of a folder, or NULL. */
static const char *
behind_folder (const char *path, const char *folder)
{
  g_autofree char *base = g_path_get_basename (folder);
  g_autofree char *wanted = g_strdup_printf ("/%s/", base);
  const char      *found = strstr (path, wanted);

  return found != NULL ? found + strlen (wanted) : NULL;
}

static const char *
behind_prefix (const char *path, const char *prefix)
{
  size_t length = strlen (prefix);

  if (!g_str_has_prefix (path, prefix))
    return NULL;
  if (length > 0 && prefix[length - 1] == '/')
    return path + length;
  return path[length] == '/' ? path + length + 1 : NULL;
}

/* An empty list has no element, as Go splits it. */
static const char *
first_behind (const char *path,
              const char *list,
              const char *(*behind) (const char *path, const char *element))
{
  g_auto (GStrv) elements = g_strsplit (list, ":", -1);

  for (size_t e = 0; elements[e] != NULL; e++)
    {
      const char *rest = behind (path, elements[e]);

      if (rest != NULL)
        return rest;
    }
  return NULL;
}

const char *
prof_path_trim (const char *path, const char *prefixes, const char *folders)
{
  const char *rest = NULL;

  if (prefixes[0] == '\0')
    rest = first_behind (path, folders, behind_folder);
  else
    rest = first_behind (path, prefixes, behind_prefix);
  if (rest == NULL)
    rest = first_behind (path,
                         "/proc/self/cwd/./:/proc/self/cwd/",
                         behind_prefix);
  return rest != NULL ? rest : path;
}
