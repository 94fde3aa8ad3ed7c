/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The same stacks give the same tree, whichever format they came in; and what is
 * written in a format is read as what was written. */

#include "format-util.h"
#include "test-util.h"
#include <string.h>

#define TREE "main;work;inner 30\nmain;work 20\nmain;idle 7\n"

static const struct
{
  const char *name;
  const char *text;
} files[] = {
  { "folded stacks", "main;work;inner 30\nmain;work 20\nmain;idle 7\n" },
  { "perf script",
    "t 1 1.0: 30 c:\n\t1 inner (a)\n\t2 work (a)\n\t3 main (a)\n\n"
    "t 1 1.0: 20 c:\n\t2 work (a)\n\t3 main (a)\n\n"
    "t 1 1.0: 7 c:\n\t4 idle (a)\n\t3 main (a)\n\n" },
  { "speedscope",
    "{\"shared\":{\"frames\":[{\"name\":\"main\"},{\"name\":\"work\"},"
    "{\"name\":\"inner\"},{\"name\":\"idle\"}]},\"profiles\":[{\"samples\":"
    "[[0,1,2],[0,1],[0,3]],\"weights\":[30,20,7]}]}" },
  { "speedscope",
    "{\"profiles\":[{\"events\":["
    "{\"type\":\"O\",\"frame\":0,\"at\":0},{\"type\":\"O\",\"frame\":1,"
    "\"at\":0},{\"type\":\"O\",\"frame\":2,\"at\":20},{\"type\":\"C\","
    "\"frame\":2,\"at\":50},{\"type\":\"C\",\"frame\":1,\"at\":50},"
    "{\"type\":\"O\",\"frame\":3,\"at\":50},{\"type\":\"C\",\"frame\":3,"
    "\"at\":57},{\"type\":\"C\",\"frame\":0,\"at\":57}]}],"
    "\"shared\":{\"frames\":[{\"name\":\"main\"},{\"name\":\"work\"},"
    "{\"name\":\"inner\"},{\"name\":\"idle\"}]}}" },
  { "V8 CPU profile",
    "{\"nodes\":[{\"id\":1,\"callFrame\":{\"functionName\":\"(root)\"},"
    "\"children\":[2]},{\"id\":2,\"callFrame\":{\"functionName\":\"main\"},"
    "\"children\":[3,5]},{\"id\":3,\"callFrame\":{\"functionName\":\"work\"},"
    "\"hitCount\":20,\"children\":[4]},{\"id\":4,\"callFrame\":"
    "{\"functionName\":\"inner\"},\"hitCount\":30},{\"id\":5,\"callFrame\":"
    "{\"functionName\":\"idle\"},\"hitCount\":7}]}" },
  { "V8 heap profile",
    "{\"head\":{\"callFrame\":{\"functionName\":\"main\"},\"selfSize\":0,"
    "\"children\":[{\"callFrame\":{\"functionName\":\"work\"},\"selfSize\":20,"
    "\"children\":[{\"callFrame\":{\"functionName\":\"inner\"},\"selfSize\":30,"
    "\"children\":[]}]},{\"callFrame\":{\"functionName\":\"idle\"},"
    "\"selfSize\":7,\"children\":[]}]}}" },
  { "Firefox Profiler",
    "{\"meta\":{\"interval\":1e-6,\"preprocessedProfileVersion\":56},"
    "\"shared\":{\"stringArray\":[\"main\",\"work\",\"inner\",\"idle\"]},"
    "\"threads\":[{\"samples\":{\"stack\":[2,1,3],\"weight\":[30,20,7]},"
    "\"stackTable\":{\"prefix\":[null,0,1,0],\"frame\":[0,1,2,3]},"
    "\"frameTable\":{\"func\":[0,1,2,3]},\"funcTable\":{\"name\":"
    "[0,1,2,3]}}]}" },
  { "callgrind",
    "# callgrind format\nevents: A\nfn=main\ncfn=work\ncalls=1 1\n1 50\n"
    "cfn=idle\ncalls=1 1\n2 7\nfn=work\n3 20\ncfn=inner\ncalls=1 1\n4 30\n"
    "fn=inner\n5 30\nfn=idle\n6 7\n" },
};

static char *
folded (ProfProfile *profile)
{
  size_t                 type = prof_profile_default_type (profile);
  g_autoptr (ProfFrames) frames = prof_frames_new (profile, type);
  g_autoptr (ProfTree)   tree = prof_tree_new (frames, type, NULL, NULL);
  GString               *out = g_string_new (NULL);
  ProfSink               sink = prof_sink_to_string (out);

  g_assert_true (prof_report_folded (tree, &sink, NULL));
  return g_string_free (out, FALSE);
}

static int
compare_lines (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static char *
sorted (const char *text)
{
  g_auto (GStrv) lines = g_strsplit_set (text, "\n", -1);

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  return g_strjoinv ("\n", lines);
}

static void
check_tree (ProfProfile *profile)
{
  g_autofree char *text = folded (profile);
  g_autofree char *found = sorted (text);
  g_autofree char *expected = sorted (TREE);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_every_format_gives_the_same_tree (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (ProfProfile) profile = load_text (files[i].text);

      g_assert_cmpstr (prof_profile_format (profile), ==, files[i].name);
      check_tree (profile);
    }
}

/* --- what is written --- */

static bool
write_pprof (ProfProfile *profile, const ProfSink *sink)
{
  return prof_pprof_encode (profile, sink, NULL, NULL);
}

static bool
write_tree (ProfProfile    *profile,
            const ProfSink *sink,
            bool (*write) (const ProfTree *, const ProfSink *))
{
  size_t                 type = prof_profile_default_type (profile);
  g_autoptr (ProfFrames) frames = prof_frames_new (profile, type);
  g_autoptr (ProfTree)   tree = prof_tree_new (frames, type, NULL, NULL);

  return write (tree, sink);
}

static bool
write_folded_tree (const ProfTree *tree, const ProfSink *sink)
{
  return prof_report_folded (tree, sink, NULL);
}

static bool
write_folded (ProfProfile *profile, const ProfSink *sink)
{
  return write_tree (profile, sink, write_folded_tree);
}

static bool
write_speedscope_tree (const ProfTree *tree, const ProfSink *sink)
{
  return prof_report_speedscope (tree, NULL, sink, NULL);
}

static bool
write_speedscope (ProfProfile *profile, const ProfSink *sink)
{
  return write_tree (profile, sink, write_speedscope_tree);
}

static bool
write_callgrind (ProfProfile *profile, const ProfSink *sink)
{
  g_autoptr (ProfQuery)  query = prof_query_new ();
  g_autoptr (ProfAnswer) answer = NULL;

  answer = prof_answer_new (profile, query, NULL, NULL);
  return prof_report_callgrind (answer, sink, NULL);
}

/* Every file in every format that is written. */
static void
test_what_is_written_is_read (void)
{
  static const struct
  {
    const char *format;
    bool (*write) (ProfProfile *profile, const ProfSink *sink);
  } writers[] = {
    { "pprof", write_pprof },
    { "folded stacks", write_folded },
    { "speedscope", write_speedscope },
    { "callgrind", write_callgrind },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    for (size_t w = 0; w < G_N_ELEMENTS (writers); w++)
      {
        g_autoptr (ProfProfile) profile = load_text (files[i].text);
        g_autoptr (GString)     out = g_string_new (NULL);
        ProfSink                sink = prof_sink_to_string (out);
        g_autoptr (ProfProfile) again = NULL;
        g_autoptr (GError)      error = NULL;

        g_assert_true (writers[w].write (profile, &sink));
        again = prof_format_load_bytes (out->str, out->len, NULL, &error);
        g_assert_no_error (error);
        g_assert_cmpstr (prof_profile_format (again), ==, writers[w].format);
        check_tree (again);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/same-tree/every-format-gives-the-same-tree",
                   test_every_format_gives_the_same_tree);
  g_test_add_func ("/same-tree/what-is-written-is-read",
                   test_what_is_written_is_read);
  return g_test_run ();
}
