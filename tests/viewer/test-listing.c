/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-builder.h"
#include "test-util.h"
#include "viewer-code-rows.h"
#include "viewer-editor.h"
#include "viewer-folders.h"
#include "viewer-listing.h"
#include "viewer-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  ViewerDocument *document;
  ViewerListing  *listing;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = example_file ("qrcode-cpu.prof");

  fixture->document = viewer_document_new ();
  fixture->listing = viewer_listing_new (fixture->document);
  open_and_wait (fixture->document, file, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_auto (GStrv) folders = viewer_folders_list ();

  for (size_t f = 0; folders[f] != NULL; f++)
    viewer_folders_remove (folders[f]);
  g_object_unref (fixture->listing);
  g_object_unref (fixture->document);
}

static void
wait (Fixture *fixture)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (fixture->document, &stage, &fraction) &&
              !viewer_listing_is_busy (fixture->listing));
}

static void
select_function (Fixture *fixture, const char *name)
{
  viewer_document_select (fixture->document,
                          node_named (fixture->document, name),
                          0,
                          false);
  wait (fixture);
}

static void
activate (Fixture *fixture, const char *name)
{
  viewer_listing_set_active (fixture->listing, TRUE);
  select_function (fixture, name);
}

static ViewerCode *
code (Fixture *fixture)
{
  ViewerCode *shown = viewer_listing_get_code (fixture->listing);

  g_assert_nonnull (shown);
  return shown;
}

static const char *
name_shown (Fixture *fixture)
{
  return prof_frames_display_name (code (fixture)->result->frames,
                                   code (fixture)->frame);
}

static void
add_example_folder (const char *name)
{
  g_autofree char *relative = g_build_filename ("data/examples", name, NULL);
  g_autofree char *folder = test_source_path (relative);

  viewer_folders_add (folder);
}

/* The first row of a line, or of what was inlined. */
static guint
row_of_line (Fixture *fixture, int64_t line)
{
  for (guint r = 0; r < code (fixture)->rows->len; r++)
    if (viewer_code_row (code (fixture), r)->line == line)
      return r;
  g_error ("no line %d", (int)line);
}

static guint
first_inlined (Fixture *fixture)
{
  for (guint r = 0; r < code (fixture)->rows->len; r++)
    if (viewer_code_row (code (fixture), r)->level > 0)
      return r;
  g_error ("nothing is inlined");
}

/* --- Source --- */

static void
test_lines_stand_beside_what_they_cost (Fixture *fixture, gconstpointer data)
{
  guint                row;
  const ViewerCodeRow *line;
  g_autofree char     *text = NULL;

  add_example_folder ("qrcode");
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  g_assert_null (code (fixture)->complaint);
  g_assert_true (g_str_has_suffix (code (fixture)->place, "/qr/mask.go"));
  row = row_of_line (fixture, 62);
  line = viewer_code_row (code (fixture), row);
  text = viewer_code_text (code (fixture), row);
  g_assert_cmpstr (text, ==, "        if line(i) {");
  g_assert_cmpint (line->cost->flat, ==, 30000000);
  g_assert_cmpint (line->cost->cum, ==, 320000000);
  g_assert_cmpint (code (fixture)->largest_cum, ==, 320000000);
  g_assert_cmpuint (viewer_code_hottest (code (fixture)), ==, row);
  g_assert_null (
      viewer_code_row (code (fixture), row_of_line (fixture, 1))->cost);
}

static void
test_without_a_file_there_are_the_lines_of_the_profile (Fixture      *fixture,
                                                        gconstpointer data)
{
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  g_assert_null (code (fixture)->text);
  g_assert_nonnull (code (fixture)->complaint);
  g_assert_cmpuint (code (fixture)->rows->len, ==, 5);
  for (guint r = 0; r < 5; r++)
    {
      g_autofree char *text = viewer_code_text (code (fixture), r);

      g_assert_cmpstr (text, ==, "");
      g_assert_nonnull (viewer_code_row (code (fixture), r)->cost);
    }
}

static void
test_where_it_was_looked_for_is_said (Fixture *fixture, gconstpointer data)
{
  add_example_folder ("server");
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  g_assert_nonnull (strstr (code (fixture)->complaint, "data/examples/server"));
}

static void
test_what_is_inlined_stands_below_its_line (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autofree char     *text = NULL;
  const ViewerCodeRow *row;
  guint                index;

  activate (fixture, "compress/flate.(*compressor).findMatch");
  index = first_inlined (fixture);
  row = viewer_code_row (code (fixture), index);
  text = viewer_code_text (code (fixture), index);
  g_assert_true (g_str_has_prefix (text, "compress/flate.matchLen · "));
  g_assert_cmpint (row->cost->cum,
                   <=,
                   viewer_code_row (code (fixture), index - 1)->cost->cum);
}

static void
test_rows_are_a_list (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ViewerCodeRows) rows = viewer_code_rows_new ();
  g_autoptr (ViewerCodeItem) item = NULL;

  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  viewer_code_rows_set (rows, code (fixture));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 5);
  item = g_list_model_get_item (G_LIST_MODEL (rows), 4);
  g_assert_cmpuint (viewer_code_item_get_row (item), ==, 4);
  g_assert_true (viewer_code_item_get_code (item) == code (fixture));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (rows), 5));
  viewer_code_rows_set (rows, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==, 0);
}

/* --- Following the document --- */

static void
test_nothing_is_read_while_nobody_looks (Fixture *fixture, gconstpointer data)
{
  select_function (fixture, "example.com/qrcode/qr.finderPenalty");
  g_assert_null (viewer_listing_get_code (fixture->listing));
  viewer_listing_set_active (fixture->listing, TRUE);
  wait (fixture);
  g_assert_cmpstr (name_shown (fixture),
                   ==,
                   "example.com/qrcode/qr.finderPenalty");
}

static void
test_the_selection_is_followed (Fixture *fixture, gconstpointer data)
{
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  select_function (fixture, "example.com/qrcode/qr.bestMask");
  g_assert_cmpstr (name_shown (fixture), ==, "example.com/qrcode/qr.bestMask");
  viewer_document_unselect (fixture->document);
  wait (fixture);
  g_assert_cmpstr (name_shown (fixture), ==, "example.com/qrcode/qr.bestMask");
}

static void
test_without_a_selection_it_is_the_heaviest_function (Fixture      *fixture,
                                                      gconstpointer data)
{
  viewer_listing_set_active (fixture->listing, TRUE);
  wait (fixture);
  g_assert_cmpuint (code (fixture)->frame,
                    ==,
                    viewer_document_get_center (fixture->document));
}

static void
test_another_question_keeps_the_function (Fixture *fixture, gconstpointer data)
{
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  viewer_document_unselect (fixture->document);
  viewer_document_set_option (fixture->document, "focus", "bestMask", NULL);
  wait (fixture);
  g_assert_cmpstr (name_shown (fixture),
                   ==,
                   "example.com/qrcode/qr.finderPenalty");
  g_assert_cmpuint (code (fixture)->result->serial,
                    ==,
                    viewer_document_get_result (fixture->document)->serial);
}

/* --- What one does with a row --- */

static void
test_a_line_selects_its_function_and_stays (Fixture      *fixture,
                                            gconstpointer data)
{
  ViewerSelection selection;

  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  viewer_document_unselect (fixture->document);
  viewer_listing_select (fixture->listing, row_of_line (fixture, 62));
  selection = viewer_document_get_selection (fixture->document);
  g_assert_cmpuint (selection.frame, ==, code (fixture)->frame);
}

static void
test_what_is_inlined_is_selected_and_entered (Fixture      *fixture,
                                              gconstpointer data)
{
  guint       row;
  ProfFrameId frame;

  activate (fixture, "compress/flate.(*compressor).findMatch");
  row = first_inlined (fixture);
  frame = viewer_code_row (code (fixture), row)->cost->frame;
  viewer_listing_select (fixture->listing, row);
  wait (fixture);
  g_assert_cmpuint (viewer_document_get_selection (fixture->document).frame,
                    ==,
                    frame);
  g_assert_cmpstr (name_shown (fixture),
                   ==,
                   "compress/flate.(*compressor).findMatch");
  g_assert_false (viewer_listing_enter (fixture->listing, 0));
  g_assert_true (viewer_listing_enter (fixture->listing, row));
  wait (fixture);
  g_assert_cmpuint (code (fixture)->frame, ==, frame);
}

static void
test_a_row_leads_to_the_tree_in_each_shape (Fixture      *fixture,
                                            gconstpointer data)
{
  static const ProfTreeFlags flags[] = {
    PROF_TREE_BY_NAME,
    PROF_TREE_COLLAPSED,
    PROF_TREE_LEAF_FIRST,
  };

  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  for (size_t i = 0; i < G_N_ELEMENTS (flags); i++)
    {
      g_autoptr (ViewerQuestion) question =
          viewer_question_with_flag (viewer_document_get_question (
                                         fixture->document),
                                     flags[i],
                                     true);
      const ProfNode *nodes;
      ProfNodeId      node;

      viewer_document_ask (fixture->document, question);
      wait (fixture);
      node = viewer_code_node (code (fixture), row_of_line (fixture, 62));
      nodes = prof_tree_nodes (code (fixture)->result->tree);
      g_assert_cmpuint (nodes[node].frame, ==, code (fixture)->frame);
    }
}

/* --- Comparison --- */

static void
test_a_comparison_shows_differences (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile)            before = example_file ("qrcode-cpu.prof");
  g_autoptr (ViewerSource)     source = viewer_source_new (&before, 1);
  g_autoptr (ViewerComparison) comparison = viewer_comparison_new (source);

  add_example_folder ("qrcode");
  activate (fixture, "example.com/qrcode/qr.finderPenalty");
  viewer_document_compare (fixture->document, comparison);
  wait (fixture);
  /* Nothing has changed. */
  g_assert_nonnull (code (fixture)->result->changes);
  g_assert_nonnull (code (fixture)->text);
  for (guint r = 0; r < code (fixture)->rows->len; r++)
    g_assert_null (viewer_code_row (code (fixture), r)->cost);
}

/* --- Files as they are --- */

/* A profile of one function in a file, at lines 2 and 9. */
static GFile *
profile_of_file (const char *path)
{
  static const int64_t    lines[] = { 2, 9 };
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);
  const char             *texts[] = { "", "cpu", "f", path };
  ProfRawValueType        type = { .type = 1 };
  ProfRawFunction         function = { .id = 1, .name = 2, .filename = 3 };

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    prof_builder_add_string (builder, texts[t], strlen (texts[t]), &error);
  prof_builder_add_type (builder, &type, &error);
  prof_builder_add_function (builder, &function, &error);
  for (uint64_t l = 0; l < G_N_ELEMENTS (lines); l++)
    {
      ProfRawLocation location = { .id = l + 1 };
      ProfRawLine     line = { .function = 1, .line = lines[l] };
      const int64_t   value = 5 - (int64_t)l;

      prof_builder_add_location (builder, &location, &line, 1, &error);
      prof_builder_add_sample (builder,
                               &location.id,
                               1,
                               &value,
                               1,
                               NULL,
                               0,
                               &error);
    }
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  return file_with ("one.pb", bytes->str, (gssize)bytes->len);
}

/* Opens a profile of the file, whose folder was chosen. */
static void
show_file (Fixture *fixture, const char *text, gssize length)
{
  g_autoptr (GFile) source = file_with ("x.go", text, length);
  g_autofree char  *path = g_file_get_path (source);
  g_autofree char  *folder = g_path_get_dirname (path);
  g_autoptr (GFile) profile = profile_of_file (path);

  viewer_folders_add (folder);
  open_and_wait (fixture->document, profile, NULL);
  activate (fixture, "f");
}

static void
test_nothing_is_read_in_place_unasked (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) source = file_with ("x.go", "a\nb\n", -1);
  g_autofree char  *path = g_file_get_path (source);
  g_autofree char  *folder = g_path_get_dirname (path);
  g_autoptr (GFile) profile = profile_of_file (path);
  g_auto (GStrv)    folders = NULL;

  open_and_wait (fixture->document, profile, NULL);
  activate (fixture, "f");
  g_assert_null (code (fixture)->text);
  viewer_listing_read_in_place (fixture->listing);
  wait (fixture);
  g_assert_nonnull (code (fixture)->text);
  folders = viewer_folders_list ();
  g_assert_cmpstr (folders[0], ==, folder);
  g_assert_null (folders[1]);
}

static void
test_what_cannot_be_read_in_place_is_not_remembered (Fixture      *fixture,
                                                     gconstpointer data)
{
  g_autoptr (GFile) profile = profile_of_file ("/nonexistent/x.go");
  g_auto (GStrv)    folders = NULL;

  open_and_wait (fixture->document, profile, NULL);
  activate (fixture, "f");
  viewer_listing_read_in_place (fixture->listing);
  wait (fixture);
  g_assert_null (code (fixture)->text);
  g_assert_nonnull (strstr (code (fixture)->complaint, "no such file"));
  folders = viewer_folders_list ();
  g_assert_null (folders[0]);
}

static void
test_a_file_that_is_too_short_is_another_version (Fixture      *fixture,
                                                  gconstpointer data)
{
  show_file (fixture, "a\n\tb\xff\r\nc", -1);
  g_assert_nonnull (strstr (code (fixture)->complaint, "shorter"));
  g_assert_cmpuint (code (fixture)->rows->len, ==, 4);

  g_autofree char *second = viewer_code_text (code (fixture), 1);
  g_autofree char *last = viewer_code_text (code (fixture), 3);

  g_assert_cmpstr (second, ==, "    b\xef\xbf\xbd");
  g_assert_cmpstr (last, ==, "");
  g_assert_cmpint (viewer_code_row (code (fixture), 3)->line, ==, 9);
}

static void
test_a_program_is_no_text (Fixture *fixture, gconstpointer data)
{
  show_file (fixture,
             "\x7f"
             "ELF\0\0",
             6);
  g_assert_null (code (fixture)->text);
  g_assert_nonnull (strstr (code (fixture)->complaint, "no text"));
  g_assert_cmpuint (code (fixture)->rows->len, ==, 2);
}

static void
test_an_empty_file_has_the_lines_of_the_profile (Fixture      *fixture,
                                                 gconstpointer data)
{
  show_file (fixture, "", 0);
  g_assert_cmpuint (code (fixture)->rows->len, ==, 2);
}

static void
test_huge_files_are_cut (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lines = g_strnfill (VIEWER_CODE_MAX_LINES + 5, '\n');
  g_autofree char *wide = g_strnfill (2000, 'x');
  g_autofree char *text = NULL;

  show_file (fixture, lines, -1);
  g_assert_cmpuint (code (fixture)->rows->len, ==, VIEWER_CODE_MAX_LINES);
  g_assert_nonnull (code (fixture)->complaint);
  show_file (fixture, wide, -1);
  text = viewer_code_text (code (fixture), 0);
  g_assert_true (g_str_has_suffix (text, "x…"));
  g_assert_cmpint (g_utf8_strlen (text, -1), ==, 1001);
}

static void
test_a_file_that_is_too_large_is_refused (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = g_strnfill (VIEWER_CODE_MAX_BYTES + 1, '\n');

  show_file (fixture, text, -1);
  g_assert_null (code (fixture)->text);
  g_assert_nonnull (strstr (code (fixture)->complaint, "larger than"));
}

/* --- Folders --- */

static void
assert_folders (const char *expected)
{
  g_auto (GStrv)   folders = viewer_folders_list ();
  g_autofree char *text = g_strjoinv (" ", folders);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_the_last_folder_is_first (Fixture *fixture, gconstpointer data)
{
  viewer_folders_add ("/a");
  viewer_folders_add ("/b\xff");
  assert_folders ("/b\xff /a");
  viewer_folders_add ("/a");
  assert_folders ("/a /b\xff");
  viewer_folders_remove ("/b\xff");
  assert_folders ("/a");
}

static void
test_a_folder_fits_when_the_file_is_there (Fixture *fixture, gconstpointer data)
{
  g_autofree char *examples = test_source_path ("data/examples");
  g_autofree char *qrcode = test_source_path ("data/examples/qrcode");
  g_autofree char *fit = viewer_folders_fit ("example.com/qrcode/qr/mask.go",
                                             qrcode);

  g_assert_cmpstr (fit, ==, qrcode);
  g_assert_null (viewer_folders_fit ("example.com/other/no.go", examples));
}

/* As Debian has it. */
static void
test_a_go_tree_may_be_a_link (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = test_new_folder ();
  g_autofree char *real = g_build_filename (root, "share/fmt", NULL);
  g_autofree char *file = g_build_filename (real, "print.go", NULL);
  g_autofree char *tree = g_build_filename (root, "go", NULL);
  g_autofree char *version = g_build_filename (tree, "VERSION", NULL);
  g_autofree char *link = g_build_filename (tree, "src", NULL);
  g_autofree char *fit = NULL;

  g_assert_cmpint (g_mkdir_with_parents (real, 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (tree, 0700), ==, 0);
  g_assert_true (g_file_set_contents (file, "x", -1, NULL));
  g_assert_cmpint (symlink ("../share", link), ==, 0);
  g_assert_null (viewer_folders_fit ("fmt/print.go", tree));
  g_assert_true (g_file_set_contents (version, "go1", -1, NULL));
  fit = viewer_folders_fit ("fmt/print.go", tree);
  g_assert_cmpstr (fit, ==, link);
}

static void
test_a_project_is_around_its_files (Fixture *fixture, gconstpointer data)
{
  g_autofree char *file = test_source_path ("data/examples/qrcode/qr/mask.go");
  g_autofree char *qrcode = test_source_path ("data/examples/qrcode");
  g_autofree char *around = viewer_folders_around (file);
  g_autofree char *tree = viewer_folders_around ("/opt/go/src/fmt/print.go");

  g_assert_cmpstr (around, ==, qrcode);
  g_assert_cmpstr (tree, ==, "/opt/go/src");
}

/* --- Editor --- */

static void
assert_command (const char *command, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)     words = viewer_editor_command (command,
                                                "/a b/$(x);y.go",
                                                7,
                                                &error);
  g_autofree char   *text = NULL;

  g_assert_no_error (error);
  text = g_strjoinv ("|", words);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_a_file_is_one_word_whatever_its_name (Fixture *fixture, gconstpointer data)
{
  assert_command ("ed +%l %f", "ed|+7|/a b/$(x);y.go");
  assert_command ("'my ed' --at=%f:%l -x", "my ed|--at=/a b/$(x);y.go:7|-x");
  assert_command ("ed 100%%", "ed|100%|/a b/$(x);y.go");
}

static void
test_a_command_that_makes_no_sense_is_refused (Fixture      *fixture,
                                               gconstpointer data)
{
  static const char *const commands[] = { "ed 'x", "ed %z", "ed %", "" };

  for (size_t c = 0; c < G_N_ELEMENTS (commands); c++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (viewer_editor_command (commands[c], "/x", 1, &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, test) \
  g_test_add ("/listing/" path, Fixture, NULL, set_up, test, tear_down)
  ADD ("lines-stand-beside-what-they-cost",
       test_lines_stand_beside_what_they_cost);
  ADD ("without-a-file-there-are-the-lines-of-the-profile",
       test_without_a_file_there_are_the_lines_of_the_profile);
  ADD ("where-it-was-looked-for-is-said", test_where_it_was_looked_for_is_said);
  ADD ("what-is-inlined-stands-below-its-line",
       test_what_is_inlined_stands_below_its_line);
  ADD ("rows-are-a-list", test_rows_are_a_list);
  ADD ("nothing-is-read-while-nobody-looks",
       test_nothing_is_read_while_nobody_looks);
  ADD ("the-selection-is-followed", test_the_selection_is_followed);
  ADD ("without-a-selection-it-is-the-heaviest-function",
       test_without_a_selection_it_is_the_heaviest_function);
  ADD ("another-question-keeps-the-function",
       test_another_question_keeps_the_function);
  ADD ("a-line-selects-its-function-and-stays",
       test_a_line_selects_its_function_and_stays);
  ADD ("what-is-inlined-is-selected-and-entered",
       test_what_is_inlined_is_selected_and_entered);
  ADD ("a-row-leads-to-the-tree-in-each-shape",
       test_a_row_leads_to_the_tree_in_each_shape);
  ADD ("a-comparison-shows-differences", test_a_comparison_shows_differences);
  ADD ("nothing-is-read-in-place-unasked",
       test_nothing_is_read_in_place_unasked);
  ADD ("what-cannot-be-read-in-place-is-not-remembered",
       test_what_cannot_be_read_in_place_is_not_remembered);
  ADD ("a-file-that-is-too-short-is-another-version",
       test_a_file_that_is_too_short_is_another_version);
  ADD ("a-program-is-no-text", test_a_program_is_no_text);
  ADD ("an-empty-file-has-the-lines-of-the-profile",
       test_an_empty_file_has_the_lines_of_the_profile);
  ADD ("huge-files-are-cut", test_huge_files_are_cut);
  ADD ("a-file-that-is-too-large-is-refused",
       test_a_file_that_is_too_large_is_refused);
  ADD ("the-last-folder-is-first", test_the_last_folder_is_first);
  ADD ("a-folder-fits-when-the-file-is-there",
       test_a_folder_fits_when_the_file_is_there);
  ADD ("a-go-tree-may-be-a-link", test_a_go_tree_may_be_a_link);
  ADD ("a-project-is-around-its-files", test_a_project_is_around_its_files);
  ADD ("a-file-is-one-word-whatever-its-name",
       test_a_file_is_one_word_whatever_its_name);
  ADD ("a-command-that-makes-no-sense-is-refused",
       test_a_command_that_makes_no_sense_is_refused);
#undef ADD
  return g_test_run ();
}
