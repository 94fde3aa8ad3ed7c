/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-foreign.h"

#include <stdbool.h>
#include <string.h>

#define LOOKED_AT         512
#define LONGEST_CHARACTER 4

typedef struct
{
  const char *magic;
  size_t      length;
  ProfForeign kind;
} Magic;

#define MAGIC(bytes, name, remedy) \
  {                                \
    bytes, sizeof (bytes) - 1,     \
    {                              \
      (name), (remedy), false      \
    }                              \
  }
#define OTHER(bytes, name) MAGIC (bytes, name, NULL)

#define PERF(bytes)                                                \
  {                                                                \
    bytes, sizeof (bytes) - 1,                                     \
    {                                                              \
      "data of Linux perf (perf.data)",                            \
          "\"perf script -i FILE > FILE.txt\" writes it as text, " \
          "which can be opened",                                   \
          true                                                     \
    }                                                              \
  }

#define BPFTRACE_REMEDY \
  "FlameGraph's stackcollapse-bpftrace.pl makes folded stacks of it"

static const Magic magics[] = {
  OTHER ("\x89PNG\r\n\x1a\n", "a PNG picture"),
  OTHER ("\xff\xd8\xff", "a JPEG picture"),
  OTHER ("GIF8", "a GIF picture"),
  OTHER ("RIFF", "a RIFF file, such as a WebP picture"),
  OTHER ("\x7f"
         "ELF",
         "an ELF program or library"),
  OTHER ("\xcf\xfa\xed\xfe", "a macOS program or library"),
  OTHER ("\xca\xfe\xba\xbe", "a Java class or a macOS program"),
  OTHER ("MZ", "a Windows program or library"),
  OTHER ("\0asm", "a WebAssembly module"),
  PERF ("PERFILE2"),
  PERF ("2ELIFREP"),
  MAGIC ("PK\3\4", "a zip archive", "\"unzip\" unpacks it"),
  OTHER ("PK\5\6", "an empty zip archive"),
  MAGIC ("\x28\xb5\x2f\xfd",
         "a file compressed with zstd",
         "\"unzstd FILE\" unpacks it"),
  MAGIC ("\xfd"
         "7zXZ\0",
         "a file compressed with xz",
         "\"unxz FILE\" unpacks it"),
  MAGIC ("BZh", "a file compressed with bzip2", "\"bunzip2 FILE\" unpacks it"),
  OTHER ("\x1f\x8b", "a file compressed with gzip"),
  OTHER ("%PDF-", "a PDF document"),
  OTHER ("SQLite format 3\0", "an SQLite database"),
  OTHER ("JAVA PROFILE ", "a Java heap dump (hprof)"),
  MAGIC ("FLR\0",
         "a Java flight recording",
         "async-profiler's \"jfrconv\" makes folded stacks of it"),
  MAGIC ("\x5e\xa7\xdc\xfd", "a Sysprof capture", "Sysprof shows it"),
  MAGIC ("\xdc\xdfJSLB",
         "a profile of the Firefox Profiler as JsonSlabs (jslb)",
         "profiler.firefox.com opens it and saves JSON, which can be opened"),
  MAGIC ("memray\0", "a record of memray", "\"memray flamegraph\" draws it"),
  MAGIC (
      "\x81rforpl\xff",
      "a raw profile of LLVM (profraw)",
      "it counts how often code runs and holds no stacks; llvm-profdata reads "
      "it"),
  MAGIC ("gmon", "a profile of gprof (gmon.out)", "gprof prints it"),
  MAGIC ("hdrbhetb", "a GHC event log", "ghc-events and speedscope show it"),
  MAGIC ("Nettrace",
         "a trace of .NET (nettrace)",
         "\"dotnet-trace convert\" makes other formats of it"),
  MAGIC ("SLOW", "a method trace of Android (ART)", "Android Studio shows it"),
  MAGIC ("*version\n",
         "a method trace of Android (ART)",
         "Android Studio shows it"),
  MAGIC ("pro\0",
         "a profile of the Android runtime (ART)",
         "Android Studio shows it"),
  MAGIC ("\x04\x08{",
         "a dump of Ruby objects, such as stackprof's",
         "\"stackprof --stackcollapse\" makes folded stacks of it"),
  OTHER ("\xff\xfe", "UTF-16 text"),
  OTHER ("\xfe\xff", "UTF-16 text"),
};

/* Text, by how it begins; letters of either case. */
static const Magic beginnings[] = {
  OTHER ("<!doctype html", "an HTML page"),
  OTHER ("<html", "an HTML page"),
  OTHER ("<head", "an HTML page"),
  OTHER ("<svg", "an SVG picture"),
  OTHER ("version https://git-lfs", "a Git LFS pointer in place of a file"),
  OTHER ("#!", "a script"),
  MAGIC ("JOB \"", "a heap profile of GHC (hp)", "hp2ps and hp2pretty draw it"),
  MAGIC ("Analysis of sampling ",
         "what macOS's \"sample\" prints",
         "FlameGraph's stackcollapse-sample.awk makes folded stacks of it"),
  MAGIC ("Flat profile:\n",
         "what gprof prints",
         "it holds no stacks that can be added up"),
  MAGIC ("@[\n", "what bpftrace prints", BPFTRACE_REMEDY),
  MAGIC ("Weight\t",
         "a table copied from Instruments",
         "FlameGraph's stackcollapse-instruments.pl makes folded stacks of it"),
};

/* Text, by what it says among its first bytes. */
static const Magic words[] = {
  MAGIC ("Time and Allocation Profiling Report",
         "a profile of GHC",
         "ghc-prof-flamegraph makes folded stacks of it"),
  MAGIC ("<trace-query-result",
         "what Instruments has exported",
         "it holds no stacks that can be added up"),
  MAGIC (" probe...\n", "what bpftrace prints", BPFTRACE_REMEDY),
  MAGIC (" probes...\n", "what bpftrace prints", BPFTRACE_REMEDY),
  MAGIC ("\ntime_unit: ", "a massif profile of Valgrind", "ms_print prints it"),
  OTHER ("<html", "an HTML page"),
  OTHER ("<svg", "an SVG picture"),
};

static const ProfForeign xml = { .name = "an XML document" };
static const ProfForeign tar = { .name = "a tar archive" };
static const ProfForeign go_trace = {
  .name = "a Go execution trace",
  .remedy = "\"go tool trace\" shows it",
};
static const ProfForeign python = {
  .name = "a Python cProfile dump",
  .remedy = "it holds no stacks; \"python -m pstats\" prints it, and py-spy "
            "records some",
};

static bool
begins (const uint8_t *bytes, size_t length, const Magic *magic)
{
  return length >= magic->length &&
         memcmp (bytes, magic->magic, magic->length) == 0;
}

static bool
begins_text (const char *text, size_t length, const Magic *magic)
{
  return length >= magic->length &&
         g_ascii_strncasecmp (text, magic->magic, magic->length) == 0;
}

/* UTF-8 without control characters, but for a character cut off at the end. */
static bool
is_text (const char *text, size_t length)
{
  const char *end;

  if (!g_utf8_validate_len (text, length, &end) &&
      (length < LOOKED_AT || text + length - end >= LONGEST_CHARACTER))
    return false;
  for (; text < end; text++)
    if ((g_ascii_iscntrl (*text) && !g_ascii_isspace (*text)) || *text == '\v')
      return false;
  return true;
}

static void
skip_blank (const char **text, size_t *length)
{
  for (; *length > 0 && g_ascii_isspace (**text); ++*text)
    --*length;
}

/* Whether these letters are anywhere. */
static bool
says (const char *text, size_t length, const Magic *word)
{
  return g_strstr_len (text, (gssize)length, word->magic) != NULL;
}

static const ProfForeign *
text_kind (const char *text, size_t length)
{
  skip_blank (&text, &length);
  for (size_t i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (begins_text (text, length, &beginnings[i]))
      return &beginnings[i].kind;
  if (length > 0 && (*text == '{' || *text == '['))
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (words); i++)
    if (says (text, length, &words[i]))
      return &words[i].kind;
  return length >= 5 && memcmp (text, "<?xml", 5) == 0 ? &xml : NULL;
}

/* marshal.dumps() of a dictionary whose keys are tuples, or that is empty. */
static bool
is_python_marshal (const uint8_t *bytes, size_t length)
{
  return length >= 2 && (bytes[0] & 0x7f) == '{' &&
         ((bytes[1] & 0x7f) == '(' || (bytes[1] & 0x7f) == ')' ||
          (bytes[1] == '0' && length == 2));
}

/* "go 1.9 trace" or "go 1.19 trace", filled up to 16 bytes. */
static bool
is_go_trace (const uint8_t *bytes, size_t length)
{
  static const char trace[] = " trace";

  return length >= 16 && memcmp (bytes, "go 1.", 5) == 0 &&
         (memcmp (bytes + 6, trace, sizeof trace) == 0 ||
          memcmp (bytes + 7, trace, sizeof trace) == 0);
}

/* A tar archive's first block: what lies at 257 can lie in any profile, the sum
 * of all its bytes, with blanks in place of the sum, can not. */
static bool
is_tar (const uint8_t *bytes, size_t length)
{
  enum
  {
    BLOCK = 512,
    SUM = 148,
    SUM_END = 156,
  };
  uint64_t sum = 0;
  uint64_t claimed = 0;

  if (length < BLOCK || memcmp (bytes + 257, "ustar", 5) != 0)
    return false;
  for (size_t i = 0; i < BLOCK; i++)
    sum += i >= SUM && i < SUM_END ? ' ' : bytes[i];
  for (size_t i = SUM; i < SUM_END; i++)
    if (bytes[i] >= '0' && bytes[i] <= '7')
      claimed = claimed * 8 + (bytes[i] - '0');
  return sum == claimed;
}

const ProfForeign *
prof_foreign_find (const uint8_t *bytes, size_t length)
{
  length = MIN (length, LOOKED_AT);
  for (size_t i = 0; i < G_N_ELEMENTS (magics); i++)
    if (begins (bytes, length, &magics[i]))
      return &magics[i].kind;
  if (is_tar (bytes, length))
    return &tar;
  if (is_go_trace (bytes, length))
    return &go_trace;
  if (is_text ((const char *)bytes, length))
    return text_kind ((const char *)bytes, length);
  return is_python_marshal (bytes, length) ? &python : NULL;
}

const char *
prof_foreign_text (const uint8_t *bytes, size_t length)
{
  const char *text = (const char *)bytes;

  length = MIN (length, LOOKED_AT);
  if (!is_text (text, length))
    return NULL;
  skip_blank (&text, &length);
  return length > 0 && (*text == '{' || *text == '[') ? "JSON" : "text";
}

const ProfForeign *
prof_foreign_json (ProfJsonKind kind)
{
  static const ProfForeign kinds[] = {
    [PROF_JSON_KIND_DHAT] = {
      .name = "a profile of Valgrind's DHAT",
      .remedy = "dh_view.html, which Valgrind has, shows it",
    },
    [PROF_JSON_KIND_PYINSTRUMENT] = {
      .name = "a session of pyinstrument (JSON)",
      .remedy = "\"pyinstrument -r speedscope\" writes what can be opened",
    },
    [PROF_JSON_KIND_GHC] = {
      .name = "a profile of GHC (JSON)",
      .remedy = "speedscope shows it and saves what can be opened",
    },
  };

  return kind < G_N_ELEMENTS (kinds) && kinds[kind].name != NULL ? &kinds[kind]
                                                                 : NULL;
}
