/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "line-util.h"

#include "model/prof-builder.h"
#include <string.h>

#define MAX_LINES 3

typedef struct
{
  uint64_t functions[MAX_LINES]; /* innermost first; 0: no more */
  int64_t  lines[MAX_LINES];
} Place;

static const Place places[] = {
  { { 1 }, { 10 } },        /* main:10 */
  { { 2 }, { 20 } },        /* work:20 */
  { { 2 }, { 21 } },        /* work:21 */
  { { 2, 1 }, { 20, 11 } }, /* work:20 inlined into main:11 */
  { { 2 }, { 0 } },         /* work, at no line */
  /* help:30 inlined into work:22, that into main:11 */
  { { 3, 2, 1 }, { 30, 22, 11 } },
};

static int64_t
add_text (ProfBuilder *builder, size_t *n, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (builder, text, strlen (text), &error);
  g_assert_no_error (error);
  return (int64_t)(*n)++;
}

static void
add_code (ProfBuilder *builder, size_t *n)
{
  static const char *const names[] = { "main", "work", "help" };
  g_autoptr (GError)       error = NULL;
  int64_t                  file = add_text (builder, n, "f.go");

  for (uint64_t f = 1; f <= G_N_ELEMENTS (names); f++)
    {
      ProfRawFunction function = { .id = f, .filename = file };

      function.name = add_text (builder, n, names[f - 1]);
      prof_builder_add_function (builder, &function, &error);
    }
  for (size_t p = 0; p < G_N_ELEMENTS (places); p++)
    {
      ProfRawLocation location = { .id = p + 1, .address = p + 1 };
      ProfRawLine     lines[MAX_LINES] = { 0 };
      size_t          n_lines = 0;

      for (; n_lines < MAX_LINES && places[p].functions[n_lines] != 0;
           n_lines++)
        {
          lines[n_lines].function = places[p].functions[n_lines];
          lines[n_lines].line = places[p].lines[n_lines];
        }
      prof_builder_add_location (builder, &location, lines, n_lines, &error);
    }
  g_assert_no_error (error);
}

ProfProfile *
line_profile (const char *samples)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_auto (GStrv)          each = g_strsplit_set (samples, " ", -1);
  ProfRawValueType        type = { 0 };
  ProfProfile            *profile;
  size_t                  n = 0;

  add_text (builder, &n, "");
  type.type = add_text (builder, &n, "cpu");
  prof_builder_add_type (builder, &type, &error);
  add_code (builder, &n);
  for (char **sample = each; *sample != NULL; sample++)
    {
      g_auto (GStrv) parts = g_strsplit_set (*sample, ",=", -1);
      guint          depth = g_strv_length (parts) - 1;
      int64_t        value = g_ascii_strtoll (parts[depth], NULL, 10);
      uint64_t       ids[8];

      for (guint i = 0; i < depth; i++)
        ids[i] = g_ascii_strtoull (parts[i], NULL, 10);
      prof_builder_add_sample (builder, ids, depth, &value, 1, NULL, 0, &error);
    }
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

ProfFrames *
line_frames (ProfProfile *profile, bool noinlines)
{
  ProfFramesParams params = PROF_FRAMES_PARAMS_INIT;

  params.noinlines = noinlines;
  return prof_frames_new_with (profile, 0, &params);
}

ProfFrameId
line_frame (ProfFrames *frames, const char *name)
{
  ProfFrameId frame = 0;

  while (strcmp (prof_frames_name (frames, frame), name) != 0)
    frame++;
  return frame;
}
