/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "label-util.h"

#include "model/prof-builder.h"
#include <string.h>

typedef struct
{
  ProfBuilder *builder;
  GHashTable  *strings; /* text → position */
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
add_sample (Maker *maker, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     words = g_strsplit_set (text, "\t", -1);
  ProfRawLabel       labels[8];
  size_t             n = 0;
  int64_t            value = 1;

  for (; words[n] != NULL; n++)
    {
      g_assert_cmpuint (n, <, G_N_ELEMENTS (labels));
      labels[n] = label_of (maker, words[n]);
    }
  prof_builder_add_sample (maker->builder,
                           NULL,
                           0,
                           &value,
                           1,
                           labels,
                           n,
                           &error);
  g_assert_no_error (error);
}

ProfProfile *
label_profile (const char *const *samples)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (GHashTable)  strings = NULL;
  Maker                   maker = { .builder = builder };
  ProfRawValueType        type = { 0 };
  ProfProfile            *profile;

  strings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  maker.strings = strings;
  string_of (&maker, "");
  type.type = string_of (&maker, "samples");
  type.unit = string_of (&maker, "count");
  prof_builder_add_type (builder, &type, &error);
  g_assert_no_error (error);
  for (; *samples != NULL; samples++)
    add_sample (&maker, *samples);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

char **
label_golden (const char *kind)
{
  g_autofree char         *path = test_source_path ("tests/golden/labels.txt");
  g_autofree char         *prefix = g_strconcat (kind, "\t", NULL);
  g_autofree char         *whole = NULL;
  g_auto (GStrv)           lines = NULL;
  g_autoptr (GStrvBuilder) found = g_strv_builder_new ();
  g_autoptr (GError)       error = NULL;

  g_file_get_contents (path, &whole, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit_set (whole, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, prefix))
      g_strv_builder_add (found, *line + strlen (prefix));
  return g_strv_builder_end (found);
}

ProfProfile *
label_golden_profile (void)
{
  g_auto (GStrv) samples = label_golden ("sample");

  return label_profile ((const char *const *)samples);
}
