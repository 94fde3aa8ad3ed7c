/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-source-places.h"

#include "base/prof-path.h"
#include <stdbool.h>
#include <string.h>

#define MAX_PATH 4096

/* What a path is made of, as positions in it; NULL where it has no such part.
 *
 *   home/me/go/pkg/mod/example.com/y@v1.2.3/sub/x.go
 *                      module               inside
 *   usr/lib/go-1.19/src/net/http/server.go
 *                   tree package
 */
typedef struct
{
  const char *path; /* relative */
  const char *module;
  const char *inside;
  const char *tree;
  const char *package;
} Parts;

static size_t
element_length (const char *element)
{
  return strcspn (element, "/");
}

/* (nullable): the next element. */
static const char *
behind (const char *element)
{
  element += element_length (element);
  return element[0] == '/' ? element + 1 : NULL;
}

static bool
has_parent_element (const char *path)
{
  g_auto (GStrv) elements = g_strsplit (path, "/", -1);

  return g_strv_contains ((const char *const *)elements, "..");
}

/* Whether an element is called as Go's own tree is: "go", "go1.22.1",
 * "go-1.19", "golang", "toolchain@v0.0.1-go1.22.1.linux-amd64". */
static bool
is_tree_name (const char *element)
{
  size_t length = element_length (element);

  if (g_str_has_prefix (element, "toolchain@"))
    return true;
  if (length < 2 || element[0] != 'g' || element[1] != 'o')
    return false;
  return length == 2 || g_ascii_isdigit (element[2]) || element[2] == '-' ||
         element[2] == '.' ||
         (length == 6 && strncmp (element, "golang", 6) == 0);
}

/* Packages of Go itself have no dot in their first element; others are by the
 * name of a host. */
static bool
has_host (const char *package)
{
  return memchr (package, '.', element_length (package)) != NULL;
}

static void
find_tree (Parts *self, bool is_relative)
{
  for (const char *at = self->path; at != NULL; at = behind (at))
    {
      const char *next = behind (at);

      if (next != NULL && is_tree_name (at) &&
          g_str_has_prefix (next, "src/") && !has_host (next + 4))
        {
          self->tree = next;
          self->package = next + 4;
        }
    }
  /* Of a trimmed build: a package and a file, nothing in front. */
  if (is_relative && self->tree == NULL && self->module == NULL &&
      behind (self->path) != NULL && !has_host (self->path))
    self->package = self->path;
}

static void
find_module (Parts *self, bool is_relative)
{
  const char *cache = strstr (self->path, "pkg/mod/");
  const char *at;

  if (cache != NULL && (cache == self->path || cache[-1] == '/'))
    self->module = cache + strlen ("pkg/mod/");
  else if (is_relative && has_host (self->path))
    self->module = self->path;
  else
    return;
  for (at = self->module; at != NULL && self->inside == NULL; at = behind (at))
    if (memchr (at, '@', element_length (at)) != NULL)
      self->inside = behind (at);
  if (self->inside == NULL)
    self->module = NULL;
}

static Parts
parts_of (const char *path, bool is_relative)
{
  Parts self = { .path = path };

  find_module (&self, is_relative);
  find_tree (&self, is_relative);
  return self;
}

/* Whether an element, without a version, is called @name. */
static bool
is_called (const char *element, size_t length, const char *name)
{
  const char *at = memchr (element, '@', length);

  if (strlen (name) == length && strncmp (element, name, length) == 0)
    return true;
  return at != NULL && strlen (name) == (size_t)(at - element) &&
         strncmp (element, name, (size_t)(at - element)) == 0;
}

/* "v2", which is the end of a module's path and not its name. */
static bool
is_major_version (const char *element, size_t length)
{
  const char *at = memchr (element, '@', length);

  if (at != NULL)
    length = (size_t)(at - element);
  if (length < 2 || element[0] != 'v')
    return false;
  for (size_t i = 1; i < length; i++)
    if (!g_ascii_isdigit (element[i]))
      return false;
  return true;
}

/* The element that ends before @end, at least one behind @path. */
static const char *
element_before (const char *path, const char *end)
{
  const char *start = end - 1;

  while (start > path && start[-1] != '/')
    start--;
  return start;
}

/* Whether the folder has the name of what is cut off in front of @rest. */
static bool
is_in_folder (const Parts *self, const char *rest, const char *name)
{
  const char *last;
  size_t      length;

  if (rest == self->path)
    return false;
  last = element_before (self->path, rest);
  length = (size_t)(rest - 1 - last);
  if (is_called (last, length, name))
    return true;
  if (last == self->path || !is_major_version (last, length))
    return false;
  return is_called (element_before (self->path, last),
                    element_length (element_before (self->path, last)),
                    name);
}

/* Whether a path may be cut before @rest. */
static bool
may_be_cut (const Parts *self, const char *rest)
{
  if (self->package != NULL)
    return rest <= self->package;
  if (self->module != NULL)
    return rest <= self->module;
  return rest == self->path || behind (rest) != NULL;
}

/* Upper case as it is on disk, where cases may be the same. */
static char *
escape (const char *module, const char *inside)
{
  GString *out = g_string_new (NULL);

  for (const char *c = module; c < inside; c++)
    {
      if (g_ascii_isupper (*c))
        g_string_append_c (out, '!');
      g_string_append_c (out, g_ascii_tolower (*c));
    }
  g_string_append (out, inside);
  return g_string_free (out, FALSE);
}

/* "vendor/example.com/y/sub/x.go" */
static char *
vendored (const Parts *self)
{
  const char *at = memchr (self->module,
                           '@',
                           (size_t)(self->inside - self->module));

  return g_strdup_printf ("vendor/%.*s/%s",
                          (int)(at - self->module),
                          self->module,
                          self->inside);
}

static void
add_module (GPtrArray *places, const Parts *self)
{
  g_autofree char *escaped = escape (self->module, self->inside);

  if (self->module == self->path)
    g_ptr_array_add (places, g_strconcat ("pkg/mod/", self->path, NULL));
  if (strcmp (escaped, self->module) != 0)
    {
      g_ptr_array_add (places, g_strconcat ("pkg/mod/", escaped, NULL));
      g_ptr_array_add (places, g_strdup (escaped));
    }
  g_ptr_array_add (places, vendored (self));
}

GStrv
prof_source_places_new (const char *path, const char *folder)
{
  GPtrArray       *places = g_ptr_array_new ();
  g_autofree char *clean = NULL;
  g_autofree char *clean_folder = NULL;
  g_autofree char *name = NULL;
  const char      *start;
  Parts            parts;

  if (strlen (path) > MAX_PATH || has_parent_element (path))
    path = "";
  clean = prof_path_clean (path);
  clean_folder = prof_path_clean (folder);
  name = g_path_get_basename (clean_folder);
  start = clean[0] == '/' ? clean + 1 : clean;
  parts = parts_of (start, start == clean);
  for (const char *rest = start; rest != NULL && path[0] != '\0';
       rest = behind (rest))
    if (may_be_cut (&parts, rest) || is_in_folder (&parts, rest, name))
      g_ptr_array_add (places, g_strdup (rest));
  if (parts.package == parts.path && path[0] != '\0')
    g_ptr_array_add (places, g_strconcat ("src/", parts.path, NULL));
  if (parts.module != NULL)
    add_module (places, &parts);
  g_ptr_array_add (places, NULL);
  return (GStrv)g_ptr_array_free (places, FALSE);
}

char *
prof_source_places_root (const char *path)
{
  g_autofree char *clean = NULL;
  const char      *end;
  Parts            parts;

  if (path[0] != '/' || strlen (path) > MAX_PATH || has_parent_element (path))
    return NULL;
  clean = prof_path_clean (path);
  parts = parts_of (clean + 1, false);
  end = parts.tree != NULL ? parts.package : parts.module;
  return end != NULL ? g_strndup (clean, (gsize)(end - clean - 1)) : NULL;
}
