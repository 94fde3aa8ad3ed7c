/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* From bytes to a picture while memory is refused: at every place where libprof
 * asks for memory that it can do without, once, and from there on. What comes
 * out is right or an error, and nothing is lost or left broken.
 *
 * Those places call g_try_…() and posix_memalign(); the linker sends them here
 * (--wrap). GLib's own small allocations end the program by design: the limits
 * keep them small. Nor is what an analysis makes of what is in memory already,
 * and not larger, as are frames. */

#include "test-util.h"
#include <errno.h>
#include <stdatomic.h>
#include <string.h>

/* --- refusing --- */

static atomic_int n_asked;
static int        refuse_from; /* the number of the first that is refused */
static int        refuse_to;   /* and of the first that is not any more */

/* While what ends the program without memory is made. */
static atomic_bool paused;

static bool
is_refused (void)
{
  int n;

  if (atomic_load (&paused))
    return false;
  n = atomic_fetch_add (&n_asked, 1);

  return n >= refuse_from && n < refuse_to;
}

#define WRAP(Type, name, parameters, arguments)            \
  Type __real_##name parameters;                           \
  Type __wrap_##name parameters;                           \
                                                           \
  Type __wrap_##name parameters                            \
  {                                                        \
    return is_refused () ? NULL : __real_##name arguments; \
  }

WRAP (gpointer, g_try_malloc, (gsize n), (n))
WRAP (gpointer, g_try_malloc0, (gsize n), (n))
WRAP (gpointer, g_try_realloc, (gpointer old, gsize n), (old, n))
WRAP (gpointer, g_try_malloc_n, (gsize n, gsize size), (n, size))
WRAP (gpointer, g_try_malloc0_n, (gsize n, gsize size), (n, size))
WRAP (gpointer,
      g_try_realloc_n,
      (gpointer old, gsize n, gsize size),
      (old, n, size))

int __real_posix_memalign (void **block, size_t align, size_t size);
int __wrap_posix_memalign (void **block, size_t align, size_t size);

int
__wrap_posix_memalign (void **block, size_t align, size_t size)
{
  return is_refused () ? ENOMEM : __real_posix_memalign (block, align, size);
}

/* --- what is done --- */

typedef bool (*Step) (ProfProfile *profile, GError **error);

/* Of frames there are no more than lines, which are in memory already, and their
 * packages are weighed by a row for each stack. */
static ProfFrames *
new_frames (ProfProfile *profile)
{
  ProfFrames *frames;

  atomic_store (&paused, true);
  frames = prof_frames_new (profile, 0);
  prof_frames_packages (frames);
  atomic_store (&paused, false);
  return frames;
}

static ProfTree *
new_tree (ProfProfile *profile, ProfTreeFlags flags, GError **error)
{
  g_autoptr (ProfFrames) frames = new_frames (profile);

  return prof_tree_new_with (frames, 0, flags, NULL, error);
}

static bool
draw (ProfProfile *profile, GError **error)
{
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autoptr (ProfTree) tree = new_tree (profile, 0, error);
  g_autofree char     *svg = NULL;

  if (tree == NULL)
    return false;
  svg = prof_export_flame_svg (tree, &options, error);
  return svg != NULL;
}

static bool
draw_reversed (ProfProfile *profile, GError **error)
{
  g_autoptr (ProfTree) tree = new_tree (profile, PROF_TREE_LEAF_FIRST, error);

  return tree != NULL;
}

static bool
encode (ProfProfile *profile, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  ProfSink            sink = prof_sink_to_string (out);

  return prof_pprof_encode (profile, &sink, NULL, error);
}

static bool
fold (ProfProfile *profile, GError **error)
{
  g_autoptr (ProfTree) tree = new_tree (profile, 0, error);
  g_autoptr (GString)  out = g_string_new (NULL);
  ProfSink             sink = prof_sink_to_string (out);

  return tree != NULL && prof_report_folded (tree, &sink, error);
}

static bool
merge (ProfProfile *profile, GError **error)
{
  ProfProfile            *both[] = { profile, profile };
  g_autoptr (ProfProfile) sum = prof_merge (both, 2, NULL, error);

  return sum != NULL;
}

static bool
filter (ProfProfile *profile, GError **error)
{
  g_autoptr (ProfQuery)  query = NULL;
  g_autoptr (ProfAnswer) answer = NULL;

  query = prof_query_from_text ("--focus=f1 --hide=f2 --tagfocus=v", NULL);
  answer = prof_answer_new (profile, query, NULL, error);
  return answer != NULL;
}

static const struct
{
  const char *name;
  Step        step;
} steps[] = {
  { "draw", draw },     { "draw-reversed", draw_reversed },
  { "encode", encode }, { "fold", fold },
  { "merge", merge },   { "filter", filter },
};

/* --- and refused --- */

static int n_for_loading; /* of what is asked for, in the last attempt */

/* Returns: whether it came to an end; else there is an error */
static bool
attempt (const char *bytes, size_t length, Step step)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  bool                    ok;

  atomic_store (&n_asked, 0);
  profile = prof_format_load_bytes (bytes, length, NULL, &error);
  n_for_loading = atomic_load (&n_asked);
  ok = profile != NULL && step (profile, &error);
  g_assert_true (ok == (error == NULL));
  if (!ok)
    g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  return ok;
}

static int
count_asked (const char *bytes, size_t length, Step step)
{
  refuse_from = refuse_to = INT_MAX;
  g_assert_true (attempt (bytes, length, step));
  return atomic_load (&n_asked);
}

/* @loaded: leave out what is asked for while loading, which is the same for all */
static void
refuse_everywhere (const char *bytes, size_t length, Step step, bool loaded)
{
  int n = count_asked (bytes, length, step);
  int first = loaded ? n_for_loading : 0;
  int n_refused = 0;

  g_assert_cmpint (n, >, first);
  for (int at = first; at < n; at++)
    {
      refuse_from = at;
      refuse_to = at + 1;
      n_refused += !attempt (bytes, length, step);
      refuse_to = INT_MAX;
      n_refused += !attempt (bytes, length, step);
    }
  refuse_from = refuse_to = INT_MAX;
  g_assert_cmpint (n_refused, >=, n - first);
  g_test_message ("%d places, %d of %d attempts refused",
                  n - first,
                  n_refused,
                  2 * (n - first));
}

static void
test_small (gconstpointer step)
{
  g_autofree char *path = test_source_path ("tests/data/pprof/good/small.pb");
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  refuse_everywhere (bytes, length, *(const Step *)step, false);
}

/* So many that columns lie on huge pages, in text that test_profile() reads. */
static GString *
large_text (void)
{
  GString *text = g_string_new (NULL);

  for (unsigned i = 0; i < 2000; i++)
    g_string_append_printf (text,
                            "main;f%u;g%u;h%u;k%u<i%u %u\ts:k%u=v%u\n",
                            i % 7,
                            i % 113,
                            i,
                            i % 1000,
                            i % 700,
                            i + 1,
                            i % 5,
                            i);
  return text;
}

static void
test_large (gconstpointer step)
{
  g_autoptr (GString)     text = large_text ();
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);

  refuse_from = refuse_to = INT_MAX;
  profile = test_profile (text->str);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  refuse_everywhere (bytes->str,
                     bytes->len,
                     *(const Step *)step,
                     step != &steps[0].step);
}

/* --- reading any format --- */

/* Larger examples have more rows, and no other places. */
#define MOST_EXAMPLE (96 << 10)

/* (transfer full): the profile as bytes, without refusing any. */
static char *
bytes_of (ProfProfile *profile)
{
  GString *out = g_string_new (NULL);
  ProfSink sink = prof_sink_to_string (out);

  atomic_store (&paused, true);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  atomic_store (&paused, false);
  g_string_append_c (out, '\n');
  return g_string_free (out, FALSE);
}

/* Where what a file is cannot be looked at, it is nothing that is known. */
static bool
is_expected (const GError *error)
{
  return g_error_matches (error, PROF_ERROR, PROF_ERROR_TOO_LARGE) ||
         g_error_matches (error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED);
}

/* Returns: whether it was read, and then as it is in @expected */
static bool
read_again (const char *bytes, size_t length, const char *expected)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *again = NULL;

  atomic_store (&n_asked, 0);
  profile = prof_format_load_bytes (bytes, length, NULL, &error);
  g_assert_true ((profile != NULL) == (error == NULL));
  if (profile == NULL)
    {
      if (!is_expected (error))
        g_error ("%s", error->message);
      return false;
    }
  again = bytes_of (profile);
  g_assert_cmpstr (again, ==, expected);
  return true;
}

static void
test_example (gconstpointer path)
{
  g_autofree char        *bytes = NULL;
  gsize                   length;
  g_autoptr (ProfProfile) profile = NULL;
  g_autofree char        *expected = NULL;
  int                     n;
  int                     n_refused = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  refuse_from = refuse_to = INT_MAX;
  profile = prof_format_load_bytes (bytes, length, NULL, NULL);
  g_assert_nonnull (profile);
  expected = bytes_of (profile);
  g_assert_true (read_again (bytes, length, expected));
  n = atomic_load (&n_asked);
  for (int at = 0; at < n; at++)
    {
      refuse_from = at;
      refuse_to = at + 1;
      n_refused += !read_again (bytes, length, expected);
      refuse_to = INT_MAX;
      n_refused += !read_again (bytes, length, expected);
    }
  refuse_from = refuse_to = INT_MAX;
  g_assert_cmpint (n_refused, >, 0);
  g_test_message ("%d places, %d of %d attempts refused", n, n_refused, 2 * n);
}

static void
add_example (const char *format, const char *folder, const char *name)
{
  char            *path = g_build_filename (folder, name, NULL);
  g_autofree char *test = g_strdup_printf ("/refused/read/%s/%s", format, name);
  g_autofree char *bytes = NULL;
  gsize            length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  if (length <= MOST_EXAMPLE)
    g_test_add_data_func_full (test, path, test_example, g_free);
  else
    g_free (path);
}

/* Each file that is read of each format. */
static void
add_examples (void)
{
  g_autofree char *data = test_source_path ("tests/data");
  g_autoptr (GDir) formats = g_dir_open (data, 0, NULL);
  const char      *format;
  const char      *name;

  while ((format = g_dir_read_name (formats)) != NULL)
    {
      g_autofree char *folder = g_build_filename (data, format, "good", NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        add_example (format, folder, name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_examples ();
  for (size_t s = 0; s < G_N_ELEMENTS (steps); s++)
    {
      g_autofree char *small = g_strconcat ("/refused/small/",
                                            steps[s].name,
                                            NULL);
      g_autofree char *large = g_strconcat ("/refused/large/",
                                            steps[s].name,
                                            NULL);

      g_test_add_data_func (small, &steps[s].step, test_small);
      g_test_add_data_func (large, &steps[s].step, test_large);
    }
  return g_test_run ();
}
