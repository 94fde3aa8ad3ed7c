/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "formats/prof-pprof-decode.h"
#include "prof.h"

/* From bytes to a table, to SVG, which must be XML, and to a small PNG. A picture
 * of what is wide must be that of the whole tree, and the table of stacks as they
 * came that of the stack table. */

#define WIDTH 320

static void
check_xml (const char *svg)
{
  const GMarkupParser             nothing = { NULL, NULL, NULL, NULL, NULL };
  g_autoptr (GMarkupParseContext) parser = NULL;
  g_autoptr (GError)              error = NULL;

  parser = g_markup_parse_context_new (&nothing, 0, NULL, NULL);
  g_markup_parse_context_parse (parser, svg, -1, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (parser, &error);
  g_assert_no_error (error);
}

static void
draw_what_is_wide (ProfAnswer              *answer,
                   const ProfExportOptions *options,
                   const char              *whole)
{
  double               least = prof_export_least (options, ".svg");
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = NULL;
  g_autofree char     *svg = NULL;

  tree = prof_tree_new_wide (answer, PROF_TREE_PLAIN, least, NULL, &error);
  g_assert_no_error (error);
  svg = prof_export_flame_svg (tree, options, &error);
  g_assert_true ((svg == NULL) == (error != NULL));
  g_assert_cmpstr (svg, ==, whole);
}

static void
draw (ProfAnswer *answer)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = prof_tree_new_for (answer, NULL, &error);
  g_autofree char     *svg = NULL;
  g_autoptr (GBytes)   png = NULL;

  if (tree == NULL)
    {
      g_assert_nonnull (error);
      return;
    }
  options.width_px = WIDTH;
  options.interactive = true;
  svg = prof_export_flame_svg (tree, &options, &error);
  g_assert_true ((svg == NULL) == (error != NULL));
  if (svg != NULL)
    check_xml (svg);
  g_clear_error (&error);
  draw_what_is_wide (answer, &options, svg);
  png = prof_export_flame_bytes (tree, &options, ".png", &error);
  g_assert_true ((png == NULL) == (error != NULL));
}

/* (nullable): of a pprof file. */
static ProfProfile *
load_listed (const uint8_t *data, size_t size)
{
  void        *decode = prof_pprof_decoder.begin (NULL);
  ProfProfile *profile = NULL;

  prof_pprof_decoder.list_stacks (decode);
  if (prof_pprof_decoder.feed (decode, data, size, NULL))
    profile = prof_pprof_decoder.finish (decode, NULL);
  prof_pprof_decoder.free (decode);
  return profile;
}

static void
report_listed (const uint8_t *data,
               size_t         size,
               ProfQuery     *query,
               const char    *whole)
{
  g_autoptr (ProfProfile) profile = load_listed (data, size);
  g_autoptr (ProfAnswer)  answer = NULL;
  g_autoptr (GString)     out = g_string_new (NULL);

  if (profile == NULL)
    return;
  answer = prof_answer_new (profile, query, NULL, NULL);
  g_assert_nonnull (answer);
  prof_report_top (out, answer);
  g_assert_cmpstr (out->str, ==, whole);
}

static void
report (ProfAnswer *answer, const uint8_t *data, size_t size)
{
  g_autoptr (GString) out = g_string_new (NULL);

  prof_report_top (out, answer);
  if (g_strcmp0 (prof_profile_format (prof_answer_profile (answer)),
                 prof_pprof_decoder.name) == 0)
    report_listed (data, size, prof_answer_query (answer), out->str);
  prof_report_tree (out, answer);
  prof_report_info (out, prof_answer_profile (answer));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfQuery)   query = NULL;
  g_autoptr (ProfAnswer)  answer = NULL;

  profile = prof_format_load_bytes (data, size, NULL, &error);
  if (profile == NULL)
    return 0;
  query = prof_query_new ();
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_true ((answer == NULL) == (error != NULL));
  if (answer == NULL)
    return 0;
  report (answer, data, size);
  draw (answer);
  return 0;
}
