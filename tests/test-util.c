/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "model/prof-builder.h"
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  ProfBuilder *builder;
  GHashTable  *strings;   /* text -> position */
  GHashTable  *functions; /* name -> id */
  GHashTable  *locations; /* frame text -> id */
  GHashTable  *mappings;  /* binary -> id */
} Maker;

static int64_t
string_of (Maker *maker, const char *text)
{
  gpointer position;

  if (!g_hash_table_lookup_extended (maker->strings, text, NULL, &position))
    {
      g_autoptr (GError) error = NULL;

      position = GSIZE_TO_POINTER (g_hash_table_size (maker->strings));
      g_hash_table_insert (maker->strings, g_strdup (text), position);
      prof_builder_add_string (maker->builder, text, strlen (text), &error);
      g_assert_no_error (error);
    }
  return (int64_t)GPOINTER_TO_SIZE (position);
}

/* The id kept for a text, or 0 and a new id in @fresh. */
static uint64_t
known_id (GHashTable *table, const char *text, uint64_t *fresh)
{
  gpointer id = g_hash_table_lookup (table, text);

  if (id != NULL)
    return GPOINTER_TO_SIZE (id);
  *fresh = g_hash_table_size (table) + 1;
  g_hash_table_insert (table, g_strdup (text), GSIZE_TO_POINTER (*fresh));
  return 0;
}

static uint64_t
function_of (Maker *maker, const char *name)
{
  g_autoptr (GError) error = NULL;
  ProfRawFunction    function = { 0 };
  uint64_t           id = known_id (maker->functions, name, &function.id);

  if (id != 0)
    return id;
  function.name = string_of (maker, name);
  function.system_name = function.name;
  function.filename = string_of (maker, "/src/file.go");
  prof_builder_add_function (maker->builder, &function, &error);
  g_assert_no_error (error);
  return function.id;
}

static uint64_t
mapping_of (Maker *maker, const char *binary)
{
  g_autoptr (GError) error = NULL;
  ProfRawMapping     mapping = { 0 };
  uint64_t           id = known_id (maker->mappings, binary, &mapping.id);

  if (id != 0)
    return id;
  mapping.filename = string_of (maker, binary);
  prof_builder_add_mapping (maker->builder, &mapping, &error);
  g_assert_no_error (error);
  return mapping.id;
}

static uint64_t
location_of (Maker *maker, const char *frame)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     names = g_strsplit_set (frame, "<", -1);
  ProfRawLine        lines[8] = { 0 };
  size_t             n_lines = 0;
  ProfRawLocation    location = { 0 };
  uint64_t           id = known_id (maker->locations, frame, &location.id);

  if (id != 0)
    return id;
  location.address = location.id * 16;
  if (frame[0] == '[' && g_str_has_suffix (frame, "]"))
    {
      g_autofree char *binary = g_strndup (frame + 1, strlen (frame) - 2);

      location.mapping = mapping_of (maker, binary);
    }
  else
    for (; names[n_lines] != NULL; n_lines++)
      {
        g_assert_cmpuint (n_lines, <, G_N_ELEMENTS (lines));
        lines[n_lines].function = function_of (maker, names[n_lines]);
      }
  prof_builder_add_location (maker->builder, &location, lines, n_lines, &error);
  g_assert_no_error (error);
  return location.id;
}

static void
add_types (Maker *maker, const char *text)
{
  g_auto (GStrv) types = g_strsplit_set (text, ",", -1);

  for (size_t i = 0; types[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_auto (GStrv)     words = g_strsplit (types[i], "/", 2);
      ProfRawValueType   type;

      type.type = string_of (maker, words[0]);
      type.unit = string_of (maker, words[1]);
      prof_builder_add_type (maker->builder, &type, &error);
      g_assert_no_error (error);
    }
}

static ProfRawLabel
label_of (Maker *maker, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text + strlen ("s:"), "=", 2);
  ProfRawLabel   label = { .key = string_of (maker, words[0]) };
  char          *unit;

  if (text[0] == 's')
    label.str = string_of (maker, words[1]);
  else
    {
      label.num = g_ascii_strtoll (words[1], &unit, 10);
      g_assert_cmpint (*unit, ==, '/');
      label.num_unit = string_of (maker, unit + 1);
    }
  return label;
}

static void
add_stack (Maker *maker, const char *line)
{
  g_autoptr (GError)   error = NULL;
  g_auto (GStrv)       columns = g_strsplit_set (line, "\t", -1);
  const char          *blank = strrchr (columns[0], ' ');
  g_autofree char     *stack = g_strndup (line, (gsize)(blank - columns[0]));
  ProfRawLabel         labels[8];
  size_t               n_labels = 0;
  g_auto (GStrv)       frames = g_strsplit_set (stack, ";", -1);
  g_auto (GStrv)       numbers = g_strsplit_set (blank + 1, ",", -1);
  size_t               n_frames = g_strv_length (frames);
  size_t               n_values = g_strv_length (numbers);
  g_autofree uint64_t *locations = g_new0 (uint64_t, n_frames + 1);
  g_autofree int64_t  *values = g_new0 (int64_t, n_values + 1);

  for (size_t i = 0; i < n_frames; i++)
    locations[n_frames - 1 - i] = location_of (maker, frames[i]);
  for (size_t i = 0; i < n_values; i++)
    values[i] = g_ascii_strtoll (numbers[i], NULL, 10);
  for (; columns[n_labels + 1] != NULL; n_labels++)
    {
      g_assert_cmpuint (n_labels, <, G_N_ELEMENTS (labels));
      labels[n_labels] = label_of (maker, columns[n_labels + 1]);
    }
  prof_builder_add_sample (maker->builder,
                           locations,
                           n_frames,
                           values,
                           n_values,
                           labels,
                           n_labels,
                           &error);
  g_assert_no_error (error);
}

static GHashTable *
text_table (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

ProfProfile *
test_profile (const char *text)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (GHashTable)  strings = text_table ();
  g_autoptr (GHashTable)  functions = text_table ();
  g_autoptr (GHashTable)  locations = text_table ();
  g_autoptr (GHashTable)  mappings = text_table ();
  /* Not g_strsplit(): it is made of strstr(), which measures all that is left
   * each time, under the sanitizers. */
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);
  Maker          maker = {
             builder, strings, functions, locations, mappings,
  };
  ProfProfile *profile;

  string_of (&maker, "");
  if (g_str_has_prefix (text, "#types "))
    add_types (&maker, lines[0] + strlen ("#types "));
  else
    add_types (&maker, "samples/count");
  for (size_t i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '#' && lines[i][0] != '\0')
      add_stack (&maker, lines[i]);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

ProfTree *
test_tree (const char *text, size_t type)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, type);
  ProfTree               *tree = prof_tree_new (frames, type, NULL, &error);

  g_assert_no_error (error);
  return tree;
}

ProfTree *
test_tree_with (const char *text, ProfTreeFlags flags)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 0);
  ProfTree *tree = prof_tree_new_with (frames, 0, flags, NULL, &error);

  g_assert_no_error (error);
  return tree;
}

ProfNodeId
test_node (const ProfTree *tree, const char *name)
{
  for (size_t node = 0; node < prof_tree_n_nodes (tree); node++)
    if (strcmp (prof_tree_name (tree, (ProfNodeId)node), name) == 0)
      return (ProfNodeId)node;
  g_error ("no node named %s", name);
}

void
test_stack (const ProfStackNode  *nodes,
            ProfStackId           stack,
            const ProfLocationId *leaf_first,
            size_t                n)
{
  for (size_t i = 0; i < n; i++)
    {
      g_assert_cmpuint (stack, !=, 0);
      g_assert_cmpuint (nodes[stack].location, ==, leaf_first[i]);
      stack = nodes[stack].parent;
    }
  g_assert_cmpuint (stack, ==, 0);
}

static char *folders; /* in which all are that test_new_folder() makes */

static int
remove_one (const char        *path,
            const struct stat *about,
            int                kind,
            struct FTW        *where)
{
  return remove (path);
}

static void
remove_folders (void)
{
  nftw (folders, remove_one, 16, FTW_DEPTH | FTW_PHYS);
  g_free (folders);
}

char *
test_new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char              *folder;

  if (folders == NULL)
    {
      folders = g_dir_make_tmp ("prof-test-XXXXXX", &error);
      g_assert_no_error (error);
      /* Tests become another user for a while. */
      g_assert_cmpint (chmod (folders, 0755), ==, 0);
      atexit (remove_folders);
    }
  folder = g_build_filename (folders, "XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

char *
test_source_path (const char *relative)
{
  const char *root = g_getenv ("PROF_TEST_SOURCE");

  g_assert_nonnull (root);
  return g_build_filename (root, relative, NULL);
}

void
test_golden (const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *relative = g_build_filename ("tests/golden", name, NULL);
  g_autofree char   *path = test_source_path (relative);
  g_autofree char   *expected = NULL;

  if (g_getenv ("PROF_UPDATE_GOLDEN") != NULL)
    {
      g_autofree char *folder = g_path_get_dirname (path);

      g_mkdir_with_parents (folder, 0777);
      g_file_set_contents (path, text, -1, &error);
      g_assert_no_error (error);
      return;
    }
  g_file_get_contents (path, &expected, NULL, &error);
  g_assert_no_error (error);
  if (strcmp (expected, text) != 0)
    g_test_message ("%s: expected\n%s\ngot\n%s", name, expected, text);
  g_assert_cmpstr (text, ==, expected);
}
