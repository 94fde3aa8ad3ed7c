/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: phases PROFILE [OPENS]
 *
 * What the parts of opening a profile and looking at it cost within one process,
 * as JSON: milliseconds by the clock, of the processor where the name says so. With OPENS
 * the profile is opened as often instead, and the memory told that the process has
 * after a tenth of them and at the end. */

#include "analysis/prof-tree-private.h"
#include "base/prof-reader.h"
#include "bench-time.h"
#include "formats/prof-wire.h"
#include "model/prof-stack-table.h"
#include "prof.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define VIEWS       1000
#define WIDTH_PX    1920
#define WINDOW_ROWS 60
#define TRIES       5
#define MAX_BYTES   ((size_t)1 << 30) /* of what is decoded once more */

static double
now_ms (void)
{
  return bench_ms (CLOCK_MONOTONIC);
}

/* A line "VmHWM:  1234 kB" of the process. */
static double
memory_kib (const char *name)
{
  g_autofree char *text = NULL;
  const char      *line;

  if (!g_file_get_contents ("/proc/self/status", &text, NULL, NULL))
    return 0;
  line = strstr (text, name);
  return line != NULL ? g_ascii_strtod (line + strlen (name), NULL) : 0;
}

static void
tell (const char *name, double value)
{
  printf (",\n\"%s\":%.4f", name, value);
}

static ProfProfile *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  ProfLimits         limits = prof_machine_limits ();
  ProfProfile       *profile;

  /* What people are asked about first. */
  limits.values[PROF_LIMIT_NODES] = PROF_MAX_ROWS;
  limits.values[PROF_LIMIT_MEMORY] = UINT64_MAX;
  profile = prof_format_load (path, &limits, NULL, &error);
  if (profile == NULL)
    {
      fprintf (stderr, "phases: %s: %s\n", path, error->message);
      exit (1);
    }
  return profile;
}

static ProfAnswer *
ask (ProfProfile *profile, const char *type)
{
  g_autoptr (ProfQuery)  plain = prof_query_new ();
  g_autoptr (ProfQuery)  query = NULL;
  g_autoptr (ProfAnswer) answer = NULL;

  query = type != NULL ? prof_query_with (plain, "sample_index", type, NULL)
                       : prof_query_ref (plain);
  g_assert (query != NULL);
  answer = prof_answer_new (profile, query, NULL, NULL);
  g_assert (answer != NULL);
  return g_steal_pointer (&answer);
}

static ProfFlameLayout *
lay_out (ProfTree *tree, double start, double end)
{
  const ProfFlameParams params = { WIDTH_PX, 1, start, end };

  return prof_flame_layout_new (tree, &params);
}

/* --- Parts --- */

static size_t
count_frames (ProfProfile *profile)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n = prof_profile_n_stacks (profile);
  g_autofree uint32_t *depths = g_new0 (uint32_t, n);
  size_t               frames = 0;

  for (size_t i = 1; i < n; i++)
    depths[i] = depths[nodes[i].parent] + 1;
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    frames += depths[prof_profile_sample_stacks (profile)[s]];
  return frames;
}

static void
tell_counts (ProfProfile *profile)
{
  size_t names = 0;

  for (ProfStringId s = 0; s < prof_profile_n_strings (profile); s++)
    names += strlen (prof_profile_string (profile, s));
  tell ("samples", (double)prof_profile_n_samples (profile));
  tell ("types", (double)prof_profile_n_types (profile));
  tell ("frames", (double)count_frames (profile));
  tell ("stacks", (double)prof_profile_n_stacks (profile));
  tell ("name_bytes", (double)names);
}

static void
look_around (ProfTree *tree)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  double            all = (double)prof_tree_weight (tree, 0);
  double            times[VIEWS];
  double            window_times[VIEWS];

  for (size_t v = 0; v < VIEWS; v++)
    {
      double range = all * g_rand_double_range (random, 0.001, 1);
      double start = g_rand_double_range (random, 0, all - range);
      double began = bench_ms (CLOCK_THREAD_CPUTIME_ID);
      g_autoptr (ProfFlameLayout) layout = NULL;

      layout = lay_out (tree, start, start + range);
      g_assert (prof_flame_layout_n_rows (layout) > 0);
      times[v] = bench_ms (CLOCK_THREAD_CPUTIME_ID) - began;
      window_times[v] = times[v] * WINDOW_ROWS /
                        MAX (prof_flame_layout_n_rows (layout), WINDOW_ROWS);
    }
  qsort (times, VIEWS, sizeof *times, bench_compare);
  qsort (window_times, VIEWS, sizeof *window_times, bench_compare);
  tell ("view_cpu_ms", times[VIEWS / 2]);
  tell ("worst_view_cpu_ms", times[VIEWS - 1]);
  tell ("window_cpu_ms", window_times[VIEWS / 2]);
  tell ("worst_window_cpu_ms", window_times[VIEWS - 1]);
}

typedef struct
{
  const char *totals; /* names of frames, and what the stacks weigh */
  const char *frame;  /* from there to the picture of what is wide */
  const char *wide;   /* both */
  const char *whole;  /* the whole tree, and its picture */
} Figures;

/* As the window does: the whole tree; and as pictures do: what is wide. */
static void
show (ProfProfile *profile, const char *type, const Figures *figures)
{
  double                      began = now_ms ();
  double                      added;
  g_autoptr (ProfAnswer)      answer = ask (profile, type);
  g_autoptr (ProfFrames)      frames = prof_frames_new_for (answer, true);
  g_autoptr (ProfStackTotals) totals = prof_frames_totals (frames);
  g_autoptr (ProfTree)        tree = NULL;
  g_autoptr (ProfFlameLayout) layout = NULL;
  g_autoptr (ProfTree)        all = NULL;
  g_autoptr (ProfFlameLayout) all_layout = NULL;

  added = now_ms ();
  g_clear_pointer (&totals, prof_stack_totals_unref);
  tree = prof_tree_new_wide_of (frames,
                                PROF_TREE_PLAIN,
                                1.0 / WIDTH_PX,
                                NULL,
                                NULL);
  layout = lay_out (tree, 0, 0);
  tell (figures->totals, added - began);
  tell (figures->frame, now_ms () - added);
  tell (figures->wide, now_ms () - began);
  began = now_ms ();
  all = prof_tree_new_for (answer, NULL, NULL);
  all_layout = lay_out (all, 0, 0);
  tell (figures->whole, now_ms () - began);
  if (type != NULL)
    return;
  tell ("nodes", (double)prof_tree_n_nodes (all));
  look_around (all);
}

/* All stacks once more into an empty table. */
static void
insert_stacks (ProfProfile *profile, size_t n_frames)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n_samples = prof_profile_n_samples (profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (profile);
  ProfVecU32           locations = { 0 };
  ProfVecU32           lengths = { 0 };
  ProfVecU32           leaves = { 0 };
  double               spent = 0;
  ProfStackTable       table;

  prof_stack_table_init (&table);
  for (size_t s = 0; s < n_samples;)
    {
      double began;

      locations.length = 0;
      lengths.length = 0;
      for (; s < n_samples && locations.length < 65536; s++)
        {
          size_t before = locations.length;

          for (ProfStackId i = stacks[s]; i != 0; i = nodes[i].parent)
            prof_vec_u32_append (&locations, nodes[i].location);
          prof_vec_u32_append (&lengths, (uint32_t)(locations.length - before));
        }
      prof_vec_u32_reserve (&leaves, lengths.length);
      began = bench_ms (CLOCK_THREAD_CPUTIME_ID);
      prof_stack_table_add (&table,
                            locations.data,
                            lengths.data,
                            lengths.length,
                            leaves.data);
      spent += bench_ms (CLOCK_THREAD_CPUTIME_ID) - began;
    }
  tell ("insert_ns_a_frame", spent * 1e6 / (double)n_frames);
  prof_vec_u32_clear (&leaves);
  prof_vec_u32_clear (&lengths);
  prof_vec_u32_clear (&locations);
  prof_stack_table_clear (&table);
}

/* The numbers of one sample's packed fields, into a buffer that is used again. */
static size_t
decode_sample (ProfReader *sample, ProfVecU64 *numbers)
{
  size_t n_locations = 0;

  numbers->length = 0;
  while (prof_reader_left (sample) > 0)
    {
      ProfWireHead head;
      ProfReader   bytes;
      size_t       n = 0;

      if (!prof_wire_field (sample, &head, &bytes))
        return 0;
      if (head.type != PROF_WIRE_BYTES || head.number > 2)
        continue;
      if (!prof_vec_u64_reserve (numbers, prof_reader_left (&bytes)) ||
          !prof_reader_varints (&bytes, numbers->data, &n))
        return 0;
      if (head.number == 1)
        n_locations += n;
    }
  return n_locations;
}

static size_t
decode_samples (const ProfVecU8 *bytes, ProfVecU64 *numbers)
{
  size_t     n_locations = 0;
  ProfReader reader;

  prof_reader_init (&reader, bytes->data, bytes->length, 0);
  while (prof_reader_left (&reader) > 0)
    {
      ProfWireHead head;
      ProfReader   message;

      if (!prof_wire_field (&reader, &head, &message))
        break;
      if (head.number == 2 && head.type == PROF_WIRE_BYTES)
        n_locations += decode_sample (&message, numbers);
    }
  return n_locations;
}

static void
decode (const char *path)
{
  gzFile     file = gzopen (path, "rb");
  ProfVecU8  bytes = { 0 };
  ProfVecU64 numbers = { 0 };
  double     least = G_MAXDOUBLE;
  size_t     n = 0;
  int        got = 1;

  while (file != NULL && got > 0 && bytes.length < MAX_BYTES &&
         prof_vec_u8_reserve (&bytes, 1 << 20))
    {
      got = gzread (file, bytes.data + bytes.length, 1 << 20);
      bytes.length += (size_t)MAX (got, 0);
    }
  for (int i = 0; i < TRIES; i++)
    {
      double began = bench_ms (CLOCK_THREAD_CPUTIME_ID);

      n = decode_samples (&bytes, &numbers);
      least = MIN (least, bench_ms (CLOCK_THREAD_CPUTIME_ID) - began);
    }
  tell ("raw_bytes", (double)bytes.length);
  tell ("decode_ns_a_frame", least * 1e6 / (double)MAX (n, 1));
  prof_vec_u8_clear (&bytes);
  prof_vec_u64_clear (&numbers);
  if (file != NULL)
    gzclose (file);
}

/* --- All of it --- */

static void
open_once (const char *path)
{
  static const Figures first = {
    "totals_ms",
    "frame_ms",
    "first_frame_ms",
    "whole_frame_ms",
  };
  static const Figures other = {
    "other_type_totals_ms",
    "other_type_frame_ms",
    "other_type_ms",
    "other_type_whole_ms",
  };
  double                  began = now_ms ();
  double                  began_cpu = bench_ms (CLOCK_PROCESS_CPUTIME_ID);
  g_autoptr (ProfProfile) profile = load (path);
  double                  loaded = now_ms ();

  printf ("{\"load_ms\":%.4f", loaded - began);
  tell ("load_cpu_ms", bench_ms (CLOCK_PROCESS_CPUTIME_ID) - began_cpu);
  tell ("load_peak_kib", memory_kib ("VmHWM:"));
  tell ("loaded_kib", memory_kib ("VmRSS:"));
  show (profile, NULL, &first);
  tell ("model_peak_kib", memory_kib ("VmHWM:"));
  tell_counts (profile);
  show (profile, prof_profile_type_name (profile, 0), &other);
  insert_stacks (profile, count_frames (profile));
  decode (path);
  printf ("}\n");
}

static void
open_often (const char *path, long times)
{
  double early = 0;

  for (long i = 1; i <= times; i++)
    {
      g_autoptr (ProfProfile) profile = load (path);
      g_autoptr (ProfAnswer)  answer = ask (profile, NULL);
      g_autoptr (ProfTree)    tree = prof_tree_new_for (answer, NULL, NULL);

      g_assert (tree != NULL);
      if (i == (times + 9) / 10)
        early = memory_kib ("VmRSS:");
    }
  printf ("{\"opens\":%ld", times);
  tell ("early_kib", early);
  tell ("late_kib", memory_kib ("VmRSS:"));
  printf ("}\n");
}

int
main (int argc, char **argv)
{
  if (argc < 2)
    {
      fprintf (stderr, "usage: phases PROFILE [OPENS]\n");
      return 2;
    }
  if (argc > 2)
    open_often (argv[1], strtol (argv[2], NULL, 10));
  else
    open_once (argv[1]);
  return 0;
}
