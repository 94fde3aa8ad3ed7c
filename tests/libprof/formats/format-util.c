/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "format-util.h"

#include "formats/prof-format.h"
#include "pprof-util.h"
#include "test-util.h"
#include <string.h>

ProfProfile *
load_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *profile;

  profile = prof_format_load_bytes (text, strlen (text), NULL, &error);
  g_assert_no_error (error);
  return profile;
}

ProfProfile *
load_file (const char *relative)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = test_source_path (relative);
  ProfProfile       *profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return profile;
}

char *
folded_file (char *relative)
{
  g_autofree char        *path = relative;
  g_autoptr (ProfProfile) profile = load_file (path);
  size_t                  type = prof_profile_default_type (profile);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, type);
  g_autoptr (ProfTree)    tree = prof_tree_new (frames, type, NULL, NULL);
  GString                *out = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (out);

  g_assert_true (prof_report_folded (tree, &sink, NULL));
  return g_string_free (out, FALSE);
}

/* Pieces are copies, so that the sanitizers see what is read beyond one. */
static bool
feed_by (const ProfDecoder *decoder,
         void              *state,
         const char        *text,
         size_t             length,
         size_t             step,
         GError           **error)
{
  for (size_t at = 0; at < length; at += step)
    {
      size_t              n = MIN (step, length - at);
      g_autofree uint8_t *piece = g_memdup2 (text + at, n);

      if (!decoder->feed (state, piece, n, error))
        return false;
    }
  return true;
}

ProfProfile *
decode_text (const ProfDecoder *decoder,
             const char        *text,
             size_t             length,
             size_t             step,
             GError           **error)
{
  void        *state = decoder->begin (NULL);
  ProfProfile *profile = NULL;

  if (feed_by (decoder, state, text, length, step, error))
    profile = decoder->finish (state, error);
  decoder->free (state);
  return profile;
}

static void
append_location (GString *out, const ProfProfile *profile, ProfLocationId id)
{
  const ProfLocation *location = &prof_profile_locations (profile)[id];
  const ProfLine     *lines = prof_profile_lines (profile);

  if (location->n_lines == 0)
    g_string_append_printf (out,
                            "0x%" G_GINT64_MODIFIER "x",
                            location->address);
  for (uint32_t l = 0; l < location->n_lines; l++)
    {
      const ProfLine     *line = &lines[location->first_line + l];
      const ProfFunction *function;

      function = &prof_profile_functions (profile)[line->function];
      g_string_append_printf (out,
                              "%s%s",
                              l > 0 ? "<" : "",
                              prof_profile_string (profile, function->name));
      if (line->line != 0)
        g_string_append_printf (out, ":%" G_GINT64_FORMAT, line->line);
    }
}

static void
append_stack (GString *out, const ProfProfile *profile, ProfStackId leaf)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  g_autoptr (GArray)   path = g_array_new (FALSE, FALSE, sizeof (ProfStackId));

  for (; leaf != 0; leaf = nodes[leaf].parent)
    g_array_append_val (path, leaf);
  for (guint i = path->len; i-- > 0;)
    {
      append_location (out,
                       profile,
                       nodes[g_array_index (path, ProfStackId, i)].location);
      if (i > 0)
        g_string_append_c (out, ';');
    }
}

static void
append_labels (GString *out, const ProfProfile *profile, size_t sample)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);

  for (size_t i = 0; i < n; i++)
    {
      g_string_append_printf (out,
                              "\t%s=",
                              prof_profile_string (profile, labels[i].key));
      if (labels[i].str != 0)
        g_string_append (out, prof_profile_string (profile, labels[i].str));
      else
        g_string_append_printf (out,
                                "%" G_GINT64_FORMAT " %s",
                                labels[i].num,
                                prof_profile_string (profile, labels[i].unit));
    }
}

char *
stacks_of (const ProfProfile *profile)
{
  GString       *out = g_string_new (NULL);
  size_t         n_types = prof_profile_n_types (profile);
  const int64_t *values = prof_profile_sample_values (profile);

  for (size_t t = 0; t < n_types; t++)
    g_string_append_printf (out,
                            "%s%s/%s",
                            t > 0 ? " " : "",
                            prof_profile_type_name (profile, t),
                            prof_profile_type_unit (profile, t));
  g_string_append_c (out, '\n');
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      append_stack (out, profile, prof_profile_sample_stacks (profile)[s]);
      for (size_t t = 0; t < n_types; t++)
        g_string_append_printf (out,
                                "%c%" G_GINT64_FORMAT,
                                t > 0 ? ',' : ' ',
                                values[s * n_types + t]);
      append_labels (out, profile, s);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

/* What a function has by itself. */
static int64_t
flat_of (const ProfFrames *frames, const ProfTop *top, const char *name)
{
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    if (strcmp (prof_frames_display_name (frames, prof_top_rows (top)[r].frame),
                name) == 0)
      return prof_top_rows (top)[r].flat;
  return 0;
}

static void
check_flat_of_type (ProfProfile      *profile,
                    const char       *name,
                    size_t            column,
                    const FlatValues *functions,
                    size_t            n_functions)
{
  const ProfTopParams    all = PROF_TOP_PARAMS_ALL;
  g_autoptr (ProfFrames) frames = NULL;
  g_autoptr (ProfTop)    top = NULL;
  size_t                 type;
  int64_t                sum = 0;

  g_assert_true (prof_profile_find_type (profile, name, &type, NULL));
  frames = prof_frames_new (profile, type);
  top = prof_top_new (frames, type, &all);
  for (size_t i = 0; i < n_functions; i++)
    {
      g_test_message ("%s of %s", name, functions[i].name);
      g_assert_cmpint (flat_of (frames, top, functions[i].name),
                       ==,
                       functions[i].values[column]);
      sum += functions[i].values[column];
    }
  g_assert_cmpint (sum, ==, prof_profile_total (profile, type));
}

void
check_flat (const char        *relative,
            const char *const *types,
            size_t             n_types,
            const FlatValues  *functions,
            size_t             n_functions)
{
  g_autoptr (ProfProfile) profile = load_file (relative);

  for (size_t t = 0; t < n_types; t++)
    check_flat_of_type (profile, types[t], t, functions, n_functions);
}

static const size_t steps[] = { 1, 2, 7, 64, 100000 };

void
check_stacks (const ProfDecoder *decoder, const char *text, const char *stacks)
{
  size_t length = strlen (text);

  g_assert_true (decoder->sniff ((const uint8_t *)text, length));
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = NULL;
      g_autofree char        *found = NULL;

      profile = decode_text (decoder, text, length, steps[i], &error);
      g_assert_no_error (error);
      found = stacks_of (profile);
      g_assert_cmpstr (found, ==, stacks);
      g_assert_cmpstr (prof_profile_format (profile), ==, decoder->name);
    }
}

void
check_refused (const ProfDecoder *decoder,
               const char        *text,
               int                code,
               const char        *message)
{
  for (size_t i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (GError)      error = NULL;
      g_autoptr (ProfProfile) profile = NULL;

      profile = decode_text (decoder, text, strlen (text), steps[i], &error);
      g_assert_null (profile);
      g_assert_error (error, PROF_ERROR, code);
      g_assert_cmpstr (error->message, ==, message);
    }
}

static int
code_of (const char *path)
{
  static const struct
  {
    const char *prefix;
    int         code;
  } codes[] = {
    { "truncated-", PROF_ERROR_TRUNCATED },
    { "malformed-", PROF_ERROR_MALFORMED },
    { "unsupported-", PROF_ERROR_UNSUPPORTED },
    { "unrecognized-", PROF_ERROR_UNRECOGNIZED },
    { "toolarge-", PROF_ERROR_TOO_LARGE },
  };
  g_autofree char *name = g_path_get_basename (path);

  for (size_t i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_str_has_prefix (name, codes[i].prefix))
      return codes[i].code;
  g_error ("%s: the name says no verdict", path);
}

static void
check_good (const char *path)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load (path, NULL, NULL, &error);
  if (error != NULL)
    g_error ("%s: %s", path, error->message);
  g_assert_cmpuint (prof_profile_n_samples (profile), >, 0);
}

static void
check_bad (const char *path)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load (path, NULL, NULL, &error);
  if (error == NULL)
    g_error ("%s is read", path);
  g_test_message ("%s: %s", path, error->message);
  g_assert_error (error, PROF_ERROR, code_of (path));
}

void
check_files (const char *folder)
{
  g_autofree char      *good = g_strdup_printf ("tests/data/%s/good", folder);
  g_autofree char      *bad = g_strdup_printf ("tests/data/%s/bad", folder);
  g_autoptr (GPtrArray) good_files = files_of (good);
  g_autoptr (GPtrArray) bad_files = files_of (bad);

  g_assert_cmpuint (good_files->len, >, 0);
  g_assert_cmpuint (bad_files->len, >, 0);
  for (guint i = 0; i < good_files->len; i++)
    check_good (good_files->pdata[i]);
  for (guint i = 0; i < bad_files->len; i++)
    check_bad (bad_files->pdata[i]);
}
