/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-foreign.h"

#include <string.h>

static const char *
name (const char *bytes, size_t length)
{
  const ProfForeign *kind = prof_foreign_find ((const uint8_t *)bytes, length);

  return kind != NULL ? kind->name : NULL;
}

#define NAME(text) name (text, sizeof (text) - 1)
#define TEXT(text) \
  prof_foreign_text ((const uint8_t *)(text), sizeof (text) - 1)

static void
test_files_are_known_by_their_first_bytes (void)
{
  g_assert_cmpstr (NAME ("\x89PNG\r\n\x1a\n...."), ==, "a PNG picture");
  g_assert_cmpstr (NAME ("\x7f"
                         "ELF\2\1\1"),
                   ==,
                   "an ELF program or library");
  g_assert_cmpstr (NAME ("PERFILE2\0\0"), ==, "data of Linux perf (perf.data)");
  g_assert_cmpstr (NAME ("PK\3\4\0\0"), ==, "a zip archive");
  g_assert_cmpstr (NAME ("\x1f\x8b\x08\0"), ==, "a file compressed with gzip");
  g_assert_cmpstr (NAME ("{\xa9\x03z"), ==, "a Python cProfile dump");
  g_assert_cmpstr (NAME ("\xfb\xa9\x03z"), ==, "a Python cProfile dump");
  g_assert_cmpstr (NAME ("FLR\0\0\2"), ==, "a Java flight recording");
  g_assert_cmpstr (NAME ("gmon\1\0\0\0"), ==, "a profile of gprof (gmon.out)");
  g_assert_cmpstr (NAME ("\xdc\xdfJSLB\1\0"),
                   ==,
                   "a profile of the Firefox Profiler as JsonSlabs (jslb)");
  g_assert_cmpstr (NAME ("SLOW\1\0"), ==, "a method trace of Android (ART)");
  g_assert_cmpstr (NAME ("pro\0"
                         "010\0"),
                   ==,
                   "a profile of the Android runtime (ART)");
}

/* By the sum of its first block, which is there in octal digits. */
static void
test_archives_are_known_by_a_sum (void)
{
  char     block[512] = "a.txt";
  unsigned sum = 8 * ' ';

  memcpy (block + 257, "ustar", 5);
  for (size_t i = 0; i < sizeof block; i++)
    sum += (unsigned char)block[i];
  g_snprintf (block + 148, 8, "%06o", sum);
  g_assert_cmpstr (name (block, sizeof block), ==, "a tar archive");
  g_assert_cmpstr (name (block, sizeof block - 1), ==, NULL);
  block[300]++;
  g_assert_cmpstr (name (block, sizeof block), ==, NULL);
}

static void
test_text_is_known_by_its_beginning (void)
{
  g_assert_cmpstr (NAME (" \n<!doctype HTML>"), ==, "an HTML page");
  g_assert_cmpstr (NAME ("*version\n1\n"),
                   ==,
                   "a method trace of Android (ART)");
  g_assert_null (NAME ("anything"));
}

static void
test_text_is_known_by_what_it_says (void)
{
  g_assert_cmpstr (NAME ("\tMon Jan  1 12:00 2024 Time and Allocation "
                         "Profiling Report  (Final)\n"),
                   ==,
                   "a profile of GHC");
  g_assert_cmpstr (NAME ("<?xml version=\"1.0\"?>\n<trace-query-result>"),
                   ==,
                   "what Instruments has exported");
  g_assert_cmpstr (NAME ("<?xml version=\"1.0\"?>\n<svg width=\"1\">"),
                   ==,
                   "an SVG picture");
  g_assert_cmpstr (NAME ("<?xml version=\"1.0\"?>\n<a/>"),
                   ==,
                   "an XML document");
  g_assert_cmpstr (NAME ("desc: (none)\ncmd: ./a\ntime_unit: i\n"),
                   ==,
                   "a massif profile of Valgrind");
  g_assert_null (NAME ("{\"page\": \"<html\"}"));
}

static void
test_text_that_only_begins_alike_is_not_named (void)
{
  g_assert_null (NAME ("@[main];work 3\n"));
  g_assert_null (NAME ("Attaching;main 3\n"));
  g_assert_null (NAME ("Flat profile:;main 3\n"));
  g_assert_null (NAME ("memray;main 3\n"));
}

typedef struct
{
  const char *bytes;
  size_t      length;
  const char *name;
  const char *remedy; /* some of it; NULL: there is none */
} Known;

#define KNOWN(bytes, name, remedy)            \
  {                                           \
    bytes, sizeof (bytes) - 1, (name), remedy \
  }

/* What somebody may take for a profile that is read: the kind, and a way on. */
static void
test_other_profilers_are_told_with_a_way_on (void)
{
  static const Known files[] = {
    KNOWN ("{\xa9\x03z", "a Python cProfile dump", "pstats"),
    KNOWN ("\tSun Time and Allocation Profiling Report  (Final)\n",
           "a profile of GHC",
           "ghc-prof-flamegraph"),
    KNOWN ("JOB \"main\"\n", "a heap profile of GHC (hp)", "hp2ps"),
    KNOWN ("hdrbhetb", "a GHC event log", "ghc-events"),
    KNOWN ("go 1.22 trace\0\0\0", "a Go execution trace", "go tool trace"),
    KNOWN ("FLR\0\0\2", "a Java flight recording", "jfrconv"),
    KNOWN ("JAVA PROFILE 1.0.2\0", "a Java heap dump (hprof)", NULL),
    KNOWN ("Weight\tSelf Weight\n",
           "a table copied from Instruments",
           "stackcollapse-instruments.pl"),
    KNOWN ("<?xml version=\"1.0\"?>\n<trace-query-result>",
           "what Instruments has exported",
           "no stacks"),
    KNOWN ("Analysis of sampling a (pid 1)",
           "what macOS's \"sample\" prints",
           "stackcollapse-sample.awk"),
    KNOWN ("SLOW\3\0", "a method trace of Android (ART)", "Android Studio"),
    KNOWN ("Nettrace", "a trace of .NET (nettrace)", "dotnet-trace convert"),
    KNOWN ("gmon\1", "a profile of gprof (gmon.out)", "gprof prints it"),
    KNOWN ("\nFlat profile:\n\n", "what gprof prints", "no stacks"),
    KNOWN ("Attaching 2 probes...\n@[\n a+1\n]: 5\n",
           "what bpftrace prints",
           "stackcollapse-bpftrace.pl"),
    KNOWN ("@[\n    a+1\n]: 5\n",
           "what bpftrace prints",
           "stackcollapse-bpftrace.pl"),
    KNOWN ("desc: x\ncmd: a\ntime_unit: i\n",
           "a massif profile of Valgrind",
           "ms_print"),
    KNOWN ("memray\0", "a record of memray", "memray flamegraph"),
    KNOWN ("\x81rforpl\xff",
           "a raw profile of LLVM (profraw)",
           "llvm-profdata"),
    KNOWN ("\xdc\xdfJSLB\1\0",
           "a profile of the Firefox Profiler as JsonSlabs (jslb)",
           "saves JSON"),
    KNOWN ("PK\3\4", "a zip archive", "unzip"),
    KNOWN ("\x28\xb5\x2f\xfd", "a file compressed with zstd", "unzstd"),
    KNOWN ("BZh9", "a file compressed with bzip2", "bunzip2"),
    KNOWN ("\xfd"
           "7zXZ\0",
           "a file compressed with xz",
           "unxz"),
    KNOWN ("<!DOCTYPE html>", "an HTML page", NULL),
    KNOWN ("\x7f"
           "ELF\2",
           "an ELF program or library",
           NULL),
    KNOWN ("\xff\xd8\xff\xe0", "a JPEG picture", NULL),
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      const ProfForeign *kind;

      kind = prof_foreign_find ((const uint8_t *)files[i].bytes,
                                files[i].length);
      g_test_message ("%s", files[i].name);
      g_assert_nonnull (kind);
      g_assert_cmpstr (kind->name, ==, files[i].name);
      if (files[i].remedy == NULL)
        g_assert_null (kind->remedy);
      else
        g_assert_nonnull (strstr (kind->remedy, files[i].remedy));
    }
}

static void
test_json_of_other_profilers_is_told (void)
{
  static const struct
  {
    const char *text;
    const char *remedy;
  } files[] = {
    { "{\"dhatFileVersion\": 2, \"mode\": \"heap\"}", "dh_view.html" },
    { "{\"start_time\": 1, \"root_frame\": {}}", "pyinstrument -r" },
    { "{\"program\": \"main\", \"cost_centres\": []}", "speedscope" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ProfJsonKind kind = prof_json_kind ((const uint8_t *)files[i].text,
                                          strlen (files[i].text));

      g_assert_nonnull (
          strstr (prof_foreign_json (kind)->remedy, files[i].remedy));
    }
  g_assert_null (prof_foreign_json (PROF_JSON_KIND_NONE));
  g_assert_null (prof_foreign_json (PROF_JSON_KIND_FIREFOX));
}

/* What is a profile has something that can be done with it. */
static void
test_profiles_have_a_remedy (void)
{
  const ProfForeign *perf = prof_foreign_find ((const uint8_t *)"PERFILE2", 8);
  const ProfForeign *png = prof_foreign_find ((const uint8_t *)"GIF89a", 6);

  g_assert_nonnull (strstr (perf->remedy, "perf script"));
  g_assert_true (perf->is_perf);
  g_assert_false (png->is_perf);
  g_assert_null (png->remedy);
}

static void
test_what_else_is_text_is_told (void)
{
  g_assert_cmpstr (TEXT ("\n{\"a\": 1}"), ==, "JSON");
  g_assert_cmpstr (TEXT ("[1, 2]"), ==, "JSON");
  g_assert_cmpstr (TEXT ("anything"), ==, "text");
  g_assert_cmpstr (TEXT ("\n"), ==, "text");
}

/* 511 letters and the first bytes of a longer one. */
static void
test_a_character_may_be_cut_off (void)
{
  uint8_t bytes[600];

  memset (bytes, 'a', sizeof bytes);
  memcpy (bytes + 510, "\xe2\x82\xac", 3);
  g_assert_cmpstr (prof_foreign_text (bytes, sizeof bytes), ==, "text");
  bytes[500] = 0xff;
  g_assert_null (prof_foreign_text (bytes, sizeof bytes));
}

static void
test_what_may_be_pprof_has_no_name (void)
{
  g_assert_null (NAME ("\x0a\x04\x08\x01\x10\x02"));
  g_assert_null (NAME ("\x32\x00"));
  g_assert_null (NAME ("\x00\x00\x00\x00"));
  g_assert_null (NAME ("\x8a\x80\x00"));
  g_assert_null (TEXT ("\x0a\x04\x08\x01\x10\x02"));
  g_assert_null (TEXT ("text with a bell\a"));
}

/* Nothing is read beyond the bytes that are there. */
static void
test_every_beginning_of_a_file_is_safe (void)
{
  static const char *const texts[] = {
    "\x89PNG\r\n\x1a\n",        "go 1.19 trace\0\0\0", "main;work;inner 17\r\n",
    "goroutine profile: total", "<!doctype html>",     "{\xa9",
  };

  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    for (size_t length = 1; length <= strlen (texts[i]); length++)
      {
        g_autofree uint8_t *bytes = g_memdup2 (texts[i], length);

        prof_foreign_find (bytes, length);
        prof_foreign_text (bytes, length);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/foreign/files-are-known-by-their-first-bytes",
                   test_files_are_known_by_their_first_bytes);
  g_test_add_func ("/foreign/archives-are-known-by-a-sum",
                   test_archives_are_known_by_a_sum);
  g_test_add_func ("/foreign/text-is-known-by-its-beginning",
                   test_text_is_known_by_its_beginning);
  g_test_add_func ("/foreign/text-is-known-by-what-it-says",
                   test_text_is_known_by_what_it_says);
  g_test_add_func ("/foreign/text-that-only-begins-alike-is-not-named",
                   test_text_that_only_begins_alike_is_not_named);
  g_test_add_func ("/foreign/other-profilers-are-told-with-a-way-on",
                   test_other_profilers_are_told_with_a_way_on);
  g_test_add_func ("/foreign/json-of-other-profilers-is-told",
                   test_json_of_other_profilers_is_told);
  g_test_add_func ("/foreign/profiles-have-a-remedy",
                   test_profiles_have_a_remedy);
  g_test_add_func ("/foreign/what-else-is-text-is-told",
                   test_what_else_is_text_is_told);
  g_test_add_func ("/foreign/a-character-may-be-cut-off",
                   test_a_character_may_be_cut_off);
  g_test_add_func ("/foreign/what-may-be-pprof-has-no-name",
                   test_what_may_be_pprof_has_no_name);
  g_test_add_func ("/foreign/every-beginning-of-a-file-is-safe",
                   test_every_beginning_of_a_file_is_safe);
  return g_test_run ();
}
