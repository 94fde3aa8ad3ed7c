/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "base/prof-vec.h"
#include "report/prof-report-page.h"
#include <gio/gio.h>
#include <string.h>

/* --- A reader that knows the grammar from the header alone --- */

typedef struct
{
  const uint8_t *at;
  const uint8_t *end;
} Cursor;

static uint64_t
number (Cursor *cursor)
{
  uint64_t value = 0;
  uint8_t  byte = 0x80;

  for (unsigned shift = 0; (byte & 0x80) != 0; shift += 7)
    {
      g_assert_true (cursor->at < cursor->end && shift < 64);
      byte = *cursor->at++;
      value |= (uint64_t)(byte & 0x7f) << shift;
    }
  return value;
}

static int64_t
folded (Cursor *cursor)
{
  uint64_t twice = number (cursor);

  return (int64_t)(twice >> 1) ^ -(int64_t)(twice & 1);
}

static char **
lines (Cursor *cursor, uint32_t n)
{
  size_t           length = number (cursor);
  g_autofree char *text = NULL;
  char           **found;

  g_assert_cmpuint (length, <=, (size_t)(cursor->end - cursor->at));
  text = g_strndup ((const char *)cursor->at, length);
  g_assert_true (g_utf8_validate (text, (gssize)length, NULL));
  g_assert_true (n == 0 || text[length - 1] == '\n');
  cursor->at += length;
  found = g_strsplit_set (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (found), ==, n == 0 ? 0 : n + 1);
  return found;
}

typedef struct
{
  uint32_t frame; /* F for "more" and, as it has none, for the root */
  uint32_t parent;
  uint32_t n_children;
  bool     is_inlined;
  bool     is_more;
  uint64_t n_merged;
  int64_t  self;
  int64_t  total;
  uint64_t weight;
} Node;

typedef struct
{
  ProfPageShape shape;

  /* Owned */
  char    **names;
  char    **labels;
  char    **files;
  uint64_t *columns; /* five of F numbers */
  int64_t  *sums;    /* flat and cum, two of F */
  Node     *nodes;
} Page;

enum
{
  COLUMN_FILE,
  COLUMN_LINE,
  COLUMN_PACKAGE,
  COLUMN_COLOR,
  COLUMN_INLINED,
  N_COLUMNS
};

static uint64_t
column (const Page *page, int which, uint32_t frame)
{
  return page->columns[(size_t)which * page->shape.n_frames + frame];
}

static void
read_frames (Page *page, Cursor *cursor)
{
  uint32_t n = page->shape.n_frames;

  page->names = lines (cursor, n);
  page->labels = lines (cursor, n);
  page->files = lines (cursor, page->shape.n_files);
  page->columns = g_new (uint64_t, (size_t)N_COLUMNS * n + 1);
  for (size_t i = 0; i < (size_t)N_COLUMNS * n; i++)
    page->columns[i] = number (cursor);
  page->sums = g_new (int64_t, 2 * (size_t)n + 1);
  for (size_t i = 0; i < 2 * (size_t)n; i++)
    page->sums[i] = folded (cursor);
}

static GPtrArray *
read_calls (const Page *page, Cursor *cursor)
{
  GPtrArray *lists = g_ptr_array_new_with_free_func (
      (GDestroyNotify)g_array_unref);

  for (uint32_t f = 0; f <= page->shape.n_frames; f++)
    {
      GArray *list = g_array_new (FALSE, FALSE, sizeof (uint64_t));

      for (uint64_t n = number (cursor); n > 0; n--)
        {
          uint64_t callee = number (cursor);

          g_array_append_val (list, callee);
        }
      g_ptr_array_add (lists, list);
    }
  return lists;
}

/* Parents come before children: each is the last node that still lacks some. */
static void
read_shape (Page *page, Cursor *cursor)
{
  uint32_t             n = page->shape.n_nodes;
  g_autofree uint32_t *missing = g_new0 (uint32_t, n);
  uint32_t             parent = PROF_ID_NONE;

  for (uint32_t i = 0; i < n; i++)
    {
      Node *node = &page->nodes[i];

      while (parent != PROF_ID_NONE && missing[parent] == 0)
        parent = page->nodes[parent].parent;
      g_assert_true ((i == 0) == (parent == PROF_ID_NONE));
      node->parent = parent;
      if (i > 0)
        missing[parent]--;
      node->n_children = (uint32_t)number (cursor);
      missing[i] = node->n_children;
      parent = i;
    }
}

static void
read_places (Page *page, GPtrArray *lists, Cursor *cursor)
{
  page->nodes[0].frame = page->shape.n_frames;
  for (uint32_t i = 1; i < page->shape.n_nodes; i++)
    {
      Node   *node = &page->nodes[i];
      GArray *list = g_ptr_array_index (lists, page->nodes[node->parent].frame);
      uint64_t place = number (cursor);
      uint64_t callee;

      g_assert_false (page->nodes[node->parent].is_more);
      g_assert_cmpuint (place, <, list->len);
      callee = g_array_index (list, uint64_t, place);
      node->frame = (uint32_t)(callee / 2);
      node->is_inlined = callee % 2 != 0;
      node->is_more = node->frame == page->shape.n_frames;
    }
}

static void
read_values (Page *page, Cursor *cursor)
{
  uint64_t divisor = page->shape.divisor;

  for (uint32_t i = 0; i < page->shape.n_nodes; i++)
    {
      Node   *node = &page->nodes[i];
      int64_t value = page->shape.is_signed ? folded (cursor)
                                            : (int64_t)number (cursor);

      node->self = node->total = value * (int64_t)divisor;
      node->weight = (uint64_t)ABS (node->self);
    }
  for (uint32_t i = 0; page->shape.is_signed && i < page->shape.n_nodes; i++)
    page->nodes[i].weight += number (cursor) * divisor;
  for (uint32_t i = 0; i < page->shape.n_nodes; i++)
    if (page->nodes[i].is_more)
      page->nodes[i].n_merged = number (cursor);
  for (uint32_t i = page->shape.n_nodes - 1; i > 0; i--)
    {
      page->nodes[page->nodes[i].parent].total += page->nodes[i].total;
      page->nodes[page->nodes[i].parent].weight += page->nodes[i].weight;
    }
}

static void
page_free (Page *page)
{
  g_strfreev (page->names);
  g_strfreev (page->labels);
  g_strfreev (page->files);
  g_free (page->columns);
  g_free (page->sums);
  g_free (page->nodes);
  g_free (page);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Page, page_free)

static Page *
read_page (const ProfPageShape *shape, const GString *bytes)
{
  Page                 *page = g_new0 (Page, 1);
  Cursor                cursor = { (const uint8_t *)bytes->str,
                                   (const uint8_t *)bytes->str + bytes->len };
  g_autoptr (GPtrArray) lists = NULL;

  page->shape = *shape;
  page->nodes = g_new0 (Node, shape->n_nodes);
  read_frames (page, &cursor);
  lists = read_calls (page, &cursor);
  read_shape (page, &cursor);
  read_places (page, lists, &cursor);
  read_values (page, &cursor);
  g_assert_true (cursor.at == cursor.end);
  return page;
}

/* --- Writing --- */

static ProfTop *
top_of (ProfTree *tree)
{
  const ProfTopParams params = PROF_TOP_PARAMS_ALL;

  return prof_top_new (prof_tree_frames (tree), prof_tree_type (tree), &params);
}

/* What the page can make of a name does not matter here. */
static GPtrArray *
labels_of (ProfTree *tree)
{
  ProfFrames *frames = prof_tree_frames (tree);
  GPtrArray  *labels = g_ptr_array_new_with_free_func (g_free);

  for (ProfFrameId i = 0; i < prof_frames_n (frames); i++)
    g_ptr_array_add (labels,
                     g_strdup_printf ("<%s>",
                                      prof_frames_display_name (frames, i)));
  return labels;
}

/* A colour of its own for every frame. */
static uint32_t *
colors_of (ProfTree *tree)
{
  size_t    n = prof_frames_n (prof_tree_frames (tree));
  uint32_t *colors = g_new (uint32_t, n + 1);

  for (uint32_t i = 0; i < n; i++)
    colors[i] = 1000 + i;
  return colors;
}

static ProfReportPage *
page_new (ProfTree *tree, uint64_t min_weight)
{
  g_autoptr (GError)  error = NULL;
  g_autoptr (ProfTop) top = top_of (tree);
  ProfReportPage *report = prof_report_page_new (tree, top, min_weight, &error);

  g_assert_no_error (error);
  return report;
}

static Page *
write_and_read (ProfTree *tree, uint64_t min_weight)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ProfReportPage) report = page_new (tree, min_weight);
  const ProfPageShape       *shape = prof_report_page_shape (report);
  g_autofree uint32_t       *colors = colors_of (tree);
  g_autoptr (GPtrArray)      labels = labels_of (tree);
  g_autoptr (GString)        out = g_string_new (NULL);
  ProfSink                   sink = prof_sink_to_string (out);

  prof_report_page_write (report,
                          colors,
                          (const char *const *)labels->pdata,
                          &sink,
                          &error);
  g_assert_no_error (error);
  g_assert_cmpuint (shape->n_nodes,
                    ==,
                    prof_report_page_n_nodes (tree, min_weight));
  return read_page (shape, out);
}

/* --- Comparing --- */

static void
assert_same_frame (const Page *page, uint32_t frame, ProfTree *tree, uint32_t i)
{
  const ProfNode *node = &prof_tree_nodes (tree)[i];
  ProfFrames     *frames = prof_tree_frames (tree);

  g_autofree char *label = g_strdup_printf ("<%s>", page->names[frame]);

  g_assert_cmpstr (page->names[frame], ==, prof_tree_name (tree, i));
  g_assert_cmpstr (page->labels[frame], ==, label);
  g_assert_cmpstr (page->files[column (page, COLUMN_FILE, frame)],
                   ==,
                   prof_frames_file (frames, node->frame));
  g_assert_cmpuint (column (page, COLUMN_LINE, frame),
                    ==,
                    (uint64_t)prof_frames_start_line (frames, node->frame));
  g_assert_cmpuint (column (page, COLUMN_PACKAGE, frame),
                    ==,
                    prof_frames_package (frames, node->frame));
  g_assert_cmpuint (column (page, COLUMN_COLOR, frame), ==, 1000 + node->frame);
}

static void
assert_same_tree (const Page *page, ProfTree *tree)
{
  const ProfNode *nodes = prof_tree_nodes (tree);

  g_assert_cmpuint (page->shape.n_nodes, ==, prof_tree_n_nodes (tree));
  g_assert_cmpuint (page->shape.n_hidden, ==, 0);
  for (uint32_t i = 0; i < page->shape.n_nodes; i++)
    {
      const Node *node = &page->nodes[i];

      g_assert_cmpint (node->self, ==, nodes[i].self);
      g_assert_cmpint (node->total, ==, nodes[i].total);
      g_assert_cmpuint (node->weight, ==, prof_tree_weight (tree, i));
      g_assert_cmpuint (node->parent, ==, nodes[i].parent);
      g_assert_true (node->is_inlined ==
                     ((nodes[i].flags & PROF_NODE_INLINED) != 0));
      if (i > 0)
        assert_same_frame (page, node->frame, tree, i);
    }
}

static void
assert_same_top (const Page *page, ProfTree *tree)
{
  g_autoptr (ProfTop) top = top_of (tree);
  const ProfTopRow   *rows = prof_top_rows (top);
  int64_t             divisor = (int64_t)page->shape.divisor;
  uint32_t            n = page->shape.n_frames;

  g_assert_cmpuint (page->shape.n_rows, ==, prof_top_n_rows (top));
  for (uint32_t i = 0; i < page->shape.n_rows; i++)
    {
      g_assert_cmpstr (page->names[i],
                       ==,
                       prof_frames_display_name (prof_tree_frames (tree),
                                                 rows[i].frame));
      g_assert_cmpint (page->sums[i] * divisor, ==, rows[i].flat);
      g_assert_cmpint (page->sums[n + i] * divisor, ==, rows[i].cum);
      g_assert_cmpuint (column (page, COLUMN_INLINED, i), ==, rows[i].inlined);
    }
}

static void
assert_round_trip (ProfTree *tree)
{
  g_autoptr (Page) page = write_and_read (tree, 0);

  assert_same_tree (page, tree);
  assert_same_top (page, tree);
}

/* --- Cases --- */

static void
test_a_small_tree (void)
{
  g_autoptr (ProfTree) tree = test_tree ("#types cpu/nanoseconds\n"
                                         "main;work;inner<outer 170\n"
                                         "main;work 40\n"
                                         "main;work;work 30\n"
                                         "main;other;inner 90\n",
                                         0);
  g_autoptr (Page)     page = write_and_read (tree, 0);

  g_assert_cmpuint (page->shape.divisor, ==, 10);
  g_assert_false (page->shape.is_signed);
  assert_round_trip (tree);
}

static void
test_trees_of_other_shapes (void)
{
  static const char *const text = "a;b;a;b;c 5\nb;a;c 3\nb;z 1\na;y 1\n";

  for (int flags = 0; flags < 8; flags++)
    {
      g_autoptr (ProfTree) tree = test_tree_with (text, (ProfTreeFlags)flags);

      assert_round_trip (tree);
    }
}

static void
test_examples (void)
{
  static const char *const names[] = {
    "qrcode-cpu.prof",   "qrcode-mem.prof",   "server-allocs.prof",
    "server-block.prof", "server-cpu.prof",   "server-goroutine.prof",
    "server-heap.prof",  "server-mutex.prof", "server-threadcreate.prof",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char        *relative = g_strconcat ("data/examples/",
                                               names[i],
                                               NULL);
      g_autofree char        *path = test_source_path (relative);
      g_autoptr (ProfProfile) profile = prof_format_load (path,
                                                          NULL,
                                                          NULL,
                                                          NULL);

      for (size_t type = 0; type < prof_profile_n_types (profile); type++)
        {
          g_autoptr (ProfFrames) frames = prof_frames_new (profile, type);
          g_autoptr (ProfTree) tree = prof_tree_new (frames, type, NULL, NULL);

          assert_round_trip (tree);
        }
    }
}

static void
test_negative_values_keep_their_weight (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b 500\na;c -300\nb -100\n"
                                         "d;x<y 200\nd;x -200\n",
                                         0);
  g_autoptr (Page)     page = write_and_read (tree, 0);

  g_assert_true (page->shape.is_signed);
  g_assert_cmpuint (page->shape.divisor, ==, 100);
  assert_round_trip (tree);
}

static void
test_the_largest_values (void)
{
  g_autoptr (ProfTree) positive = test_tree ("a;b 9223372036854775806\n"
                                             "a 1\n",
                                             0);
  g_autoptr (ProfTree) negative = test_tree ("a;b -9223372036854775807\n", 0);

  assert_round_trip (positive);
  assert_round_trip (negative);
}

static void
test_no_samples (void)
{
  g_autoptr (ProfTree) tree = test_tree ("", 0);
  g_autoptr (Page)     page = write_and_read (tree, 0);

  g_assert_cmpuint (page->shape.n_nodes, ==, 1);
  g_assert_cmpuint (page->shape.n_frames, ==, 0);
  g_assert_cmpuint (page->shape.divisor, ==, 1);
}

static void
test_light_frames_are_added_up (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b;c 60\na;d;e 3\na;f 2\na 10\n"
                                         "g 1\n",
                                         0);
  g_autoptr (Page)     page = write_and_read (tree, 10);

  /* all, a, b, c, more of a, more of the root */
  g_assert_cmpuint (page->shape.n_nodes, ==, 6);
  g_assert_cmpuint (page->shape.n_hidden, ==, 4);
  g_assert_true (page->nodes[4].is_more);
  g_assert_cmpuint (page->nodes[4].parent, ==, 1);
  g_assert_cmpuint (page->nodes[4].n_merged, ==, 2);
  g_assert_cmpint (page->nodes[4].total, ==, 5);
  g_assert_true (page->nodes[5].is_more);
  g_assert_cmpint (page->nodes[5].total, ==, 1);
  g_assert_cmpint (page->nodes[1].total, ==, 75);
  g_assert_cmpint (page->nodes[0].total, ==, 76);
  assert_same_top (page, tree);
}

static void
test_what_is_left_out_keeps_the_sums (void)
{
  g_autofree char *path = test_source_path ("data/examples/server-cpu.prof");
  g_autoptr (ProfProfile) profile = prof_format_load (path, NULL, NULL, NULL);
  g_autoptr (ProfFrames)  frames = prof_frames_new (profile, 1);
  g_autoptr (ProfTree)    tree = prof_tree_new_with (frames,
                                                  1,
                                                  PROF_TREE_BY_NAME,
                                                  NULL,
                                                  NULL);
  const ProfNode         *root = prof_tree_nodes (tree);

  for (uint64_t least = 1; least / 2 <= prof_tree_weight (tree, 0); least *= 2)
    {
      g_autoptr (Page) page = write_and_read (tree, least);
      uint64_t         n_more = 0;

      for (uint32_t i = 0; i < page->shape.n_nodes; i++)
        {
          n_more += page->nodes[i].is_more;
          g_assert_true (i == 0 || page->nodes[i].is_more ||
                         page->nodes[i].weight >= least);
        }
      g_assert_cmpint (page->nodes[0].total, ==, root->total);
      g_assert_cmpuint (page->shape.n_nodes - n_more + page->shape.n_hidden,
                        ==,
                        prof_tree_n_nodes (tree));
      assert_same_top (page, tree);
    }
}

static void
test_numbers_of_nodes (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b;c 60\na;d;e 3\na;f 20\ng 50\n",
                                         0);
  g_autoptr (ProfReportPage) all = page_new (tree, 0);
  g_autoptr (ProfReportPage) some = page_new (tree, 10);

  for (ProfNodeId i = 0; i < prof_tree_n_nodes (tree); i++)
    g_assert_cmpuint (prof_report_page_number (all, i), ==, i);
  g_assert_cmpuint (prof_report_page_number (some, test_node (tree, "f")),
                    ==,
                    4);
  /* Left out: the caller stands for it. */
  g_assert_cmpuint (prof_report_page_number (some, test_node (tree, "e")),
                    ==,
                    1);
  /* Behind "more". */
  g_assert_cmpuint (prof_report_page_number (some, test_node (tree, "g")),
                    ==,
                    6);
}

static void
test_names_of_any_bytes (void)
{
  for (int byte = 1; byte < 256; byte++)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      if (byte == '\n' || byte == '\t' || byte == ';' || byte == '<' ||
          byte == '[')
        continue;
      g_string_append_printf (text, "a%cb;</script>%c 7\n", byte, byte);
      {
        g_autoptr (ProfTree) tree = test_tree (text->str, 0);

        assert_round_trip (tree);
      }
    }
}

static void
test_a_deep_stack (void)
{
  g_autoptr (GString)  text = g_string_new ("r");
  g_autoptr (ProfTree) tree = NULL;

  for (int i = 0; i < 100000; i++)
    g_string_append (text, i % 2 == 0 ? ";even" : ";odd");
  g_string_append (text, " 1\n");
  tree = test_tree (text->str, 0);
  assert_round_trip (tree);
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return false;
}

static void
test_a_full_disk (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (ProfTree)       tree = test_tree ("a;b 1\n", 0);
  g_autoptr (ProfReportPage) report = page_new (tree, 0);
  g_autofree uint32_t       *colors = colors_of (tree);
  g_autoptr (GPtrArray)      labels = labels_of (tree);
  ProfSink                   sink = { .write = refuse };

  g_assert_false (prof_report_page_write (report,
                                          colors,
                                          (const char *const *)labels->pdata,
                                          &sink,
                                          &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
test_memory_that_is_refused (void)
{
  g_autoptr (ProfTree) tree = test_tree ("a;b 1\na;c 2\nd 1\n", 0);
  g_autoptr (ProfTop)  top = top_of (tree);

  for (int n = 0;; n++)
    {
      g_autoptr (GError)         error = NULL;
      g_autoptr (ProfReportPage) report = NULL;

      prof_vec_refuse_after (n);
      report = prof_report_page_new (tree, top, 2, &error);
      prof_vec_refuse_after (-1);
      if (report != NULL)
        {
          g_assert_cmpint (n, >, 4);
          break;
        }
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add_func ("/report-page/" path, test_##function)
  ADD ("a-small-tree-comes-back", a_small_tree);
  ADD ("trees-of-other-shapes-come-back", trees_of_other_shapes);
  ADD ("real-profiles-come-back", examples);
  ADD ("negative-values-keep-their-weight", negative_values_keep_their_weight);
  ADD ("the-largest-values-come-back", the_largest_values);
  ADD ("without-samples-there-is-the-root", no_samples);
  ADD ("light-frames-are-added-up", light_frames_are_added_up);
  ADD ("what-is-left-out-keeps-the-sums", what_is_left_out_keeps_the_sums);
  ADD ("nodes-are-found-by-number", numbers_of_nodes);
  ADD ("names-may-hold-any-byte", names_of_any_bytes);
  ADD ("a-stack-may-be-deep", a_deep_stack);
  ADD ("a-full-disk-is-said", a_full_disk);
  ADD ("memory-that-is-refused-is-said", memory_that_is_refused);
#undef ADD
  return g_test_run ();
}
