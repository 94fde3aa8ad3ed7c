/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Eight threads with one profile: each asks and draws all there is, each begins
 * with something else, and all must get what one alone gets. Built with
 * -Db_sanitize=thread it tells of memory that two use at once. */

#include "test-util.h"

#define N_THREADS 8

/* Enough stacks for the threads that libprof begins by itself. */
#define N_STACKS 40000

typedef struct
{
  ProfProfile *profile;
  GBytes      *bytes; /* the same, encoded */
  ProfFrames  *frames;
  ProfTree    *tree;
} Shared;

typedef char *(*Step) (const Shared *shared);

static char *
text_of (GString *text)
{
  return g_string_free (text, FALSE);
}

static char *
load (const Shared *shared)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (text);
  gsize                   n;
  gconstpointer           bytes = g_bytes_get_data (shared->bytes, &n);
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load_bytes (bytes, n, NULL, NULL);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256,
                                        text->str,
                                        (gssize)text->len);
}

static ProfAnswer *
ask (const Shared *shared, const char *query_text)
{
  g_autoptr (ProfQuery) query = prof_query_from_text (query_text, NULL);
  ProfAnswer           *answer;

  answer = prof_answer_new (shared->profile, query, NULL, NULL);
  g_assert_nonnull (answer);
  return answer;
}

static char *
top (const Shared *shared)
{
  g_autoptr (ProfAnswer) answer = ask (shared, "");
  GString               *text = g_string_new (NULL);

  prof_report_top (text, answer);
  return text_of (text);
}

static char *
filtered (const Shared *shared)
{
  g_autoptr (ProfAnswer) answer = ask (shared,
                                       "--focus=f1 --hide=g2 --tagfocus=v");
  GString               *text = g_string_new (NULL);

  prof_report_tree (text, answer);
  return text_of (text);
}

static char *
tags (const Shared *shared)
{
  g_autoptr (ProfAnswer) answer = ask (shared, "");
  GString               *text = g_string_new (NULL);

  g_assert_true (prof_report_tags (text, answer, NULL));
  return text_of (text);
}

static char *
graph (const Shared *shared)
{
  g_autoptr (ProfAnswer) answer = ask (shared, "");
  GString               *text = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (text);

  g_assert_true (prof_report_dot (answer, &sink, NULL));
  return text_of (text);
}

static char *
fold (const Shared *shared)
{
  GString *text = g_string_new (NULL);
  ProfSink sink = prof_sink_to_string (text);

  g_assert_true (prof_report_folded (shared->tree, &sink, NULL));
  return text_of (text);
}

static char *
leaves_first (const Shared *shared)
{
  g_autoptr (ProfTree) tree = NULL;

  tree = prof_tree_new_with (shared->frames,
                             0,
                             PROF_TREE_LEAF_FIRST,
                             NULL,
                             NULL);
  return g_strdup_printf ("%zu", prof_tree_n_nodes (tree));
}

static char *
draw (const Shared *shared)
{
  ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;

  options.interactive = true;
  return prof_export_flame_svg (shared->tree, &options, NULL);
}

static char *
search (const Shared *shared)
{
  g_autoptr (ProfSearch) found = NULL;
  size_t                 n;

  found = prof_search_new (shared->tree, "g1.*3$", PROF_SEARCH_REGEX, NULL);
  prof_search_outer (found, &n);
  return g_strdup_printf ("%zu", n);
}

static const Step steps[] = {
  load, top, filtered, tags, graph, fold, leaves_first, draw, search,
};

#define N_STEPS G_N_ELEMENTS (steps)

typedef struct
{
  const Shared *shared;
  size_t        first;
  char         *texts[N_STEPS];
} Work;

static gpointer
work (gpointer data)
{
  Work *self = data;

  for (size_t i = 0; i < N_STEPS; i++)
    {
      size_t s = (self->first + i) % N_STEPS;

      self->texts[s] = steps[s](self->shared);
    }
  return NULL;
}

static ProfProfile *
new_profile (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (unsigned i = 0; i < N_STACKS; i++)
    g_string_append_printf (text,
                            "main;f%u;g%u;h%u;k%u<i%u %u\ts:k%u=v%u\n",
                            i % 7,
                            i % 113,
                            i,
                            i % 1000,
                            i % 700,
                            i % 1009 + 1,
                            i % 5,
                            i % 97);
  return test_profile (text->str);
}

static Shared
new_shared (void)
{
  GString *encoded = g_string_new (NULL);
  ProfSink sink = prof_sink_to_string (encoded);
  Shared   shared = { .profile = new_profile () };

  g_assert_true (prof_pprof_encode (shared.profile, &sink, NULL, NULL));
  shared.bytes = g_string_free_to_bytes (encoded);
  shared.frames = prof_frames_new (shared.profile, 0);
  shared.tree = prof_tree_new (shared.frames, 0, NULL, NULL);
  return shared;
}

static void
clear_shared (Shared *shared)
{
  prof_tree_unref (shared->tree);
  prof_frames_unref (shared->frames);
  g_bytes_unref (shared->bytes);
  prof_profile_unref (shared->profile);
}

static void
clear_texts (Work *self)
{
  for (size_t s = 0; s < N_STEPS; s++)
    g_free (self->texts[s]);
}

static void
test_threads (void)
{
  Shared   shared = new_shared ();
  Work     alone = { .shared = &shared };
  Work     works[N_THREADS];
  GThread *threads[N_THREADS];

  for (size_t t = 0; t < N_THREADS; t++)
    {
      works[t] = (Work){ .shared = &shared, .first = t };
      threads[t] = g_thread_new ("work", work, &works[t]);
    }
  for (size_t t = 0; t < N_THREADS; t++)
    g_thread_join (threads[t]);
  work (&alone);
  for (size_t t = 0; t < N_THREADS; t++)
    {
      for (size_t s = 0; s < N_STEPS; s++)
        {
          g_assert_nonnull (works[t].texts[s]);
          g_assert_true (g_str_equal (works[t].texts[s], alone.texts[s]));
        }
      clear_texts (&works[t]);
    }
  clear_texts (&alone);
  clear_shared (&shared);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/eight-with-one-profile", test_threads);
  return g_test_run ();
}
