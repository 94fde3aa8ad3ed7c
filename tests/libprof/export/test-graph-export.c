/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "export/prof-graph-picture.h"
#include "paint/prof-svg.h"
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* Whoever builds without Graphviz can test the rest. */
static bool
skip_without_graphviz (void)
{
  g_autofree char *dot = g_find_program_in_path ("dot");

  if (dot == NULL)
    g_test_skip ("Graphviz is not installed");
  return dot == NULL;
}

static ProfAnswer *
ask (ProfProfile *profile, const char *text)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (ProfQuery) query = prof_query_from_text (text, &error);
  ProfAnswer           *answer;

  g_assert_no_error (error);
  answer = prof_answer_new (profile, query, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

static ProfAnswer *
answer_of_file (const char *relative, const char *query)
{
  g_autofree char        *path = test_source_path (relative);
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, &error);

  g_assert_no_error (error);
  return ask (profile, query);
}

static ProfAnswer *
answer_of_text (const char *text)
{
  g_autoptr (ProfProfile) profile = test_profile (text);

  return ask (profile, "");
}

/* --- Pictures of what is there --- */

static bool
overlap (const ProfRect *a, const ProfRect *b)
{
  const double touching = 0.5;

  return a->x + touching < b->x + b->width &&
         b->x + touching < a->x + a->width &&
         a->y + touching < b->y + b->height &&
         b->y + touching < a->y + a->height;
}

static ProfRect
box_rect (const ProfGraphLayout *layout, uint32_t b)
{
  size_t              n;
  const ProfGraphBox *box = &prof_graph_scene_boxes (prof_graph_layout_scene (
                                                         layout),
                                                     &n)[b];
  ProfGraphPoint      corner = prof_graph_layout_box (layout, b);

  return (ProfRect){ corner.x, corner.y, box->width_px, box->height_px };
}

static ProfRect
text_rect (const ProfGraphLayout *layout, uint32_t a)
{
  size_t                n;
  const ProfGraphArrow *arrow =
      &prof_graph_scene_arrows (prof_graph_layout_scene (layout), &n)[a];
  ProfGraphPoint middle = prof_graph_layout_arrow_text (layout, a);

  return (ProfRect){ middle.x - arrow->width_px / 2,
                     middle.y - arrow->height_px / 2,
                     arrow->width_px,
                     arrow->height_px };
}

static void
assert_nothing_overlaps (const char *name, const ProfGraphLayout *layout)
{
  g_autoptr (GArray) rects = g_array_new (FALSE, FALSE, sizeof (ProfRect));
  size_t             n_boxes;
  size_t             n_arrows;

  prof_graph_scene_boxes (prof_graph_layout_scene (layout), &n_boxes);
  prof_graph_scene_arrows (prof_graph_layout_scene (layout), &n_arrows);
  for (uint32_t b = 0; b < n_boxes; b++)
    {
      ProfRect rect = box_rect (layout, b);

      g_array_append_val (rects, rect);
    }
  for (uint32_t a = 0; a < n_arrows; a++)
    {
      ProfRect rect = text_rect (layout, a);

      g_array_append_val (rects, rect);
    }
  for (guint i = 0; i < rects->len; i++)
    for (guint j = i + 1; j < rects->len; j++)
      if (overlap (&g_array_index (rects, ProfRect, i),
                   &g_array_index (rects, ProfRect, j)))
        g_error ("%s: %u overlaps %u (%zu boxes)", name, i, j, n_boxes);
}

static void
check_folder (const char *relative)
{
  g_autofree char *path = test_source_path (relative);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char      *name;

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char          *file = g_build_filename (relative, name, NULL);
      ProfGraphExportOptions    options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
      g_autoptr (ProfTextCache) cache = NULL;
      g_autoptr (ProfAnswer)    answer = NULL;
      g_autoptr (ProfGraphLayout) layout = NULL;
      g_autoptr (GError)          error = NULL;

      if (!g_str_has_suffix (name, ".prof"))
        continue;
      cache = prof_graph_export_text_cache (&options);
      answer = answer_of_file (file, "");
      layout = prof_graph_build (answer, NULL, cache, NULL, NULL, &error);
      g_assert_no_error (error);
      assert_nothing_overlaps (name, layout);
    }
}

static void
test_boxes_and_texts_do_not_overlap (void)
{
  if (skip_without_graphviz ())
    return;
  check_folder ("data/examples");
  check_folder ("tests/data/profiles/real");
}

/* --- Files --- */

static char *
svg_of (ProfAnswer *answer, const ProfGraphExportOptions *options)
{
  g_autoptr (ProfTextCache)   cache = prof_graph_export_text_cache (options);
  g_autoptr (ProfGraphLayout) layout = NULL;
  g_autoptr (GError)          error = NULL;
  g_autoptr (GBytes)          bytes = NULL;

  layout = prof_graph_build (answer, NULL, cache, NULL, NULL, &error);
  g_assert_no_error (error);
  bytes = prof_graph_export_bytes (answer,
                                   layout,
                                   options,
                                   cache,
                                   ".svg",
                                   &error);
  g_assert_no_error (error);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
assert_has (const char *text, const char *expected)
{
  if (strstr (text, expected) == NULL)
    g_error ("%s\nis not in\n%s", expected, text);
}

static void
test_a_picture_says_what_it_is_of (void)
{
  ProfGraphExportOptions options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  const char *const      filters[] = { "focus=f", NULL };
  g_autoptr (ProfAnswer) answer = answer_of_text ("main;f 3\nmain 1\n");
  g_autofree char       *svg = NULL;

  if (skip_without_graphviz ())
    return;
  options.title = "A <title>";
  options.file_name = "/some/where/a.prof";
  options.filters = filters;
  options.notes = "a note";
  svg = svg_of (answer, &options);
  assert_has (svg, ">A &lt;title&gt;</text>");
  assert_has (svg, "2 of 2 functions, with 100 % of it");
  assert_has (svg, "a.prof · focus=f · Flambeau");
  assert_has (svg, "<desc>a note</desc>");
  assert_has (svg, "<title>f: 3 (75.0 %), in all 3 (75.0 %)</title>");
  assert_has (svg, "<title>main → f: 3 (75.0 %)</title>");
  g_assert_null (strstr (svg, "dashed"));
}

static void
test_the_same_twice (void)
{
  ProfGraphExportOptions options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfAnswer) answer = NULL;
  g_autofree char       *first = NULL;
  g_autofree char       *second = NULL;

  if (skip_without_graphviz ())
    return;
  answer = answer_of_file ("data/examples/server-cpu.prof", "");
  first = svg_of (answer, &options);
  second = svg_of (answer, &options);
  g_assert_cmpstr (first, ==, second);
}

/* On paper one may look closer, on a screen there is nothing to be seen. */
static void
test_no_letters_are_too_small_for_curves (void)
{
  ProfGraphExportOptions options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfAnswer) answer = NULL;
  g_autofree char       *large = NULL;
  g_autofree char       *small = NULL;

  if (skip_without_graphviz ())
    return;
  answer = answer_of_file ("data/examples/server-cpu.prof", "");
  large = svg_of (answer, &options);
  options.width_px = 420;
  small = svg_of (answer, &options);
  assert_has (large, ">(*compressor).findMatch</text>");
  g_assert_null (strstr (large, " scale("));
  assert_has (small, ">(*compressor).findMatch</text>");
  assert_has (small, "<g transform=\"translate(");
}

/* Sizes of the page for a graph that is larger. */
static ProfDrawing
drawing_for (double width, double height, ProfGraphPicture **picture)
{
  ProfGraphExportOptions      options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTextCache)   cache = prof_graph_export_text_cache (&options);
  g_autoptr (ProfAnswer)      answer = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;
  g_autoptr (GError)          error = NULL;

  answer = answer_of_file ("data/examples/server-cpu.prof", "");
  layout = prof_graph_build (answer, NULL, cache, NULL, NULL, &error);
  g_assert_no_error (error);
  options.width_px = width;
  options.height_px = height;
  *picture = prof_graph_picture_new (answer, layout, &options, cache);
  return prof_graph_picture_drawing (*picture);
}

static void
test_a_picture_fits_what_is_asked_for (void)
{
  g_autoptr (ProfGraphPicture) natural = NULL;
  g_autoptr (ProfGraphPicture) narrow = NULL;
  g_autoptr (ProfGraphPicture) low = NULL;
  g_autoptr (ProfGraphPicture) both = NULL;
  ProfDrawing                  drawing;
  double                       width;

  if (skip_without_graphviz ())
    return;
  drawing = drawing_for (0, 0, &natural);
  width = drawing.width_px;
  g_assert_cmpfloat (width, >, 1500);
  drawing = drawing_for (1000, 0, &narrow);
  g_assert_cmpfloat_with_epsilon (drawing.width_px, 1000, 0.1);
  drawing = drawing_for (0, 700, &low);
  g_assert_cmpfloat (drawing.height_px, <=, 701);
  g_assert_cmpfloat (drawing.width_px, <, width);
  drawing = drawing_for (1000, 400, &both);
  g_assert_cmpfloat_with_epsilon (drawing.width_px, 1000, 0.1);
  g_assert_cmpfloat (drawing.height_px, <=, 401);
}

static void
test_nothing_is_a_picture_too (void)
{
  ProfGraphExportOptions options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfAnswer) answer = answer_of_text ("");
  g_autofree char       *svg = svg_of (answer, &options);

  assert_has (svg, ">no samples</text>");
}

static void
test_formats_begin_as_they_should (void)
{
  static const struct
  {
    const char *suffix;
    const char *magic;
  } formats[] = {
    { ".png", "\x89PNG" },
    { ".pdf", "%PDF-" },
    { ".svg", "<?xml" },
  };
  ProfGraphExportOptions      options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTextCache)   cache = prof_graph_export_text_cache (&options);
  g_autoptr (ProfAnswer)      answer = answer_of_text ("main;f 3\n");
  g_autoptr (ProfGraphLayout) layout = NULL;

  if (skip_without_graphviz ())
    return;
  layout = prof_graph_build (answer, NULL, cache, NULL, NULL, NULL);
  for (size_t i = 0; i < 2 * G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      const char        *magic = formats[i / 2].magic;

      options.paper_width_pt = i % 2 == 0 ? 0 : 595;
      options.paper_height_pt = i % 2 == 0 ? 0 : 842;
      bytes = prof_graph_export_bytes (answer,
                                       layout,
                                       &options,
                                       cache,
                                       formats[i / 2].suffix,
                                       &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL),
                       strlen (magic),
                       magic,
                       strlen (magic));
    }
}

static void
assert_refused (ProfGraphExportOptions *options, const char *suffix, int code)
{
  g_autoptr (ProfTextCache)   cache = prof_graph_export_text_cache (options);
  g_autoptr (ProfAnswer)      answer = answer_of_text ("");
  g_autoptr (ProfGraphLayout) layout = NULL;
  g_autoptr (GError)          error = NULL;

  layout = prof_graph_build (answer, NULL, cache, NULL, NULL, NULL);
  g_assert_null (
      prof_graph_export_bytes (answer, layout, options, cache, suffix, &error));
  g_assert_error (error, PROF_ERROR, code);
}

static void
test_what_cannot_be_written_is_told (void)
{
  ProfGraphExportOptions narrow = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  ProfGraphExportOptions low = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  ProfGraphExportOptions fine = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  ProfGraphExportOptions wide = PROF_GRAPH_EXPORT_OPTIONS_INIT;

  narrow.width_px = 100;
  low.height_px = 100;
  fine.scale = 5;
  wide.width_px = 40000;
  assert_refused (&narrow, ".png", PROF_ERROR_UNSUPPORTED);
  assert_refused (&low, ".svg", PROF_ERROR_UNSUPPORTED);
  assert_refused (&fine, ".png", PROF_ERROR_UNSUPPORTED);
  assert_refused (&wide, ".png", PROF_ERROR_TOO_LARGE);
  narrow.width_px = 0;
  assert_refused (&narrow, ".html", PROF_ERROR_UNSUPPORTED);
}

/* --- Fewer functions --- */

/* With a "dot" that sleeps when it is asked for more than @most boxes. */
static ProfGraphLayout *
build_with_slow_dot (ProfAnswer *answer,
                     unsigned    most,
                     size_t     *n_wanted,
                     GError    **error)
{
  ProfGraphBuild            build = PROF_GRAPH_BUILD_INIT;
  ProfGraphExportOptions    options = PROF_GRAPH_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTextCache) cache = prof_graph_export_text_cache (&options);
  g_autofree char          *dot = g_find_program_in_path ("dot");
  g_autofree char          *folder = test_new_folder ();
  g_autofree char          *program = g_build_filename (folder, "dot", NULL);
  g_autofree char          *old = g_strdup (g_getenv ("PATH"));
  g_autofree char          *path = g_strconcat (folder, ":", old, NULL);
  g_autofree char          *script = NULL;
  ProfGraphLayout          *layout;

  script = g_strdup_printf ("#!/bin/sh\n"
                            "cat >%s/in\n"
                            "test $(grep -c '^[0-9]* \\[' %s/in) -gt %u && "
                            "exec sleep 600\n"
                            "exec %s \"$@\" %s/in\n",
                            folder,
                            folder,
                            most,
                            dot,
                            folder);
  g_file_set_contents (program, script, -1, NULL);
  g_chmod (program, 0755);
  g_setenv ("PATH", path, TRUE);
  build.limit_ms = 3000;
  layout = prof_graph_build (answer, &build, cache, NULL, n_wanted, error);
  g_setenv ("PATH", old, TRUE);
  return layout;
}

static void
test_what_takes_too_long_is_drawn_with_less (void)
{
  g_autoptr (ProfAnswer)      answer = NULL;
  g_autoptr (GError)          error = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;
  g_autoptr (ProfGraphLayout) none = NULL;
  size_t                      n_wanted = 0;
  ProfGraph                  *graph;

  if (skip_without_graphviz ())
    return;
  answer = answer_of_file ("data/examples/server-cpu.prof", "");
  layout = build_with_slow_dot (answer, 30, &n_wanted, &error);
  g_assert_no_error (error);
  graph = prof_graph_scene_graph (prof_graph_layout_scene (layout));
  g_assert_cmpuint (n_wanted, >, 30);
  g_assert_cmpuint (prof_graph_n_nodes (graph), <=, PROF_GRAPH_LEAST_NODES);
  none = build_with_slow_dot (answer, 0, &n_wanted, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) g_test_add_func ("/graph-export/" path, test)
  ADD ("boxes-and-texts-do-not-overlap", test_boxes_and_texts_do_not_overlap);
  ADD ("a-picture-says-what-it-is-of", test_a_picture_says_what_it_is_of);
  ADD ("the-same-twice", test_the_same_twice);
  ADD ("no-letters-are-too-small-for-curves",
       test_no_letters_are_too_small_for_curves);
  ADD ("a-picture-fits-what-is-asked-for",
       test_a_picture_fits_what_is_asked_for);
  ADD ("nothing-is-a-picture-too", test_nothing_is_a_picture_too);
  ADD ("formats-begin-as-they-should", test_formats_begin_as_they_should);
  ADD ("what-cannot-be-written-is-told", test_what_cannot_be_written_is_told);
  ADD ("what-takes-too-long-is-drawn-with-less",
       test_what_takes_too_long_is_drawn_with_less);
#undef ADD
  return g_test_run ();
}
