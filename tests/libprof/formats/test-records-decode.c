/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-records-decode.h"

#include "format-util.h"
#include "formats/prof-maps.h"
#include "test-util.h"
#include <string.h>

#define READ(text, stacks) check_stacks (&prof_records_decoder, text, stacks)
#define REFUSED(text, code, message) \
  check_refused (&prof_records_decoder, text, PROF_ERROR_##code, message)

static bool
is_ours (const char *text)
{
  return prof_records_decoder.sniff ((const uint8_t *)text, strlen (text));
}

/* Addresses are one less than in the file: inside the call. */
static void
test_addresses_are_frames_where_there_are_no_names (void)
{
  READ ("goroutine profile: total 5\n3 @ 0x43a 0x43b 0x50\n2 @\n",
        "goroutine/count\n0x4f;0x43a;0x439 3\n 2\n");
}

static void
test_comments_of_go_name_frames_and_labels (void)
{
  READ ("goroutine profile: total 3\n"
        "2 @ 0x10 0x21 0x31 0x41\n"
        "# labels: {\"role\":\"a \\\"b\\\"\\u00e9\\x41\", \"n\":\"1\"}\n"
        "#\t0x20\tmain.f+0x3\t\t/src/m ain.go:7\n"
        "#\t0x30\tmain.T[go.shape.struct { a int }].g+0x1f\t/src/main.go:9\r\n"
        "\n"
        "1 @ 0x10 0x21\n"
        "#\t0x20\n",
        "goroutine/count\n"
        "main.T[go.shape.struct { a int }].g:9;main.f:7 2\trole=a "
        "\"b\"\xc3\xa9"
        "A\tn=1\n"
        "0x20 1\n");
}

static void
test_a_record_without_a_stack_is_read (void)
{
  READ ("threadcreate profile: total 7\n6 @\n#\t0x0\n\n1 @ 0x10\n",
        "threadcreate/count\n 6\n0xf 1\n");
}

/* pprof's numbers. */
static void
test_heaps_are_scaled_up (void)
{
  READ ("heap profile: 35: 6758912 [35: 6758912] @ heap/131072\n"
        "33: 6758400 [33: 6758400] @ 0x11\n"
        "1: 416 [1: 416] @ 0x21\n"
        "1: 96 [1: 96] @ 0x31\n"
        "0: 0 [1: 96] @ 0x31\n",
        "objects/count space/bytes\n"
        "0x10 34,7068989\tbytes=204800 \n"
        "0x20 158,65744\tbytes=416 \n"
        "0x30 683,65584\tbytes=96 \n"
        "0x30 0,0\n");
}

static void
test_what_was_allocated_comes_first (void)
{
  READ ("heap profile: 1: 16 [ 3: 48] @ heapprofile\n"
        "   1:     16 [     3:     48] @ 0x11 0x21\n"
        "   0:      0 [     2:     32] @ 0x11\n",
        "alloc_objects/count alloc_space/bytes inuse_objects/count "
        "inuse_space/bytes\n"
        "0x20;0x10 3,48,1,16\tbytes=16 \n"
        "0x10 2,32,0,0\tbytes=16 \n");
}

static void
test_rates_depend_on_the_kind_of_heap (void)
{
  READ ("heap profile: 1: 16 [1: 16] @ heap_v2/524288\n1: 524288 [1: 524288] "
        "@ 0x1\n",
        "objects/count space/bytes\n0x0 1,829411\tbytes=524288 \n");
  READ ("heap profile: 1: 16 [1: 16] @ growthz\n1: 524288 [1: 524288] @ 0x1\n",
        "objects/count space/bytes\n0x0 1,524288\tbytes=524288 \n");
}

/* Threads apart are left out: their sum is there. */
static void
test_heaps_of_jemalloc_are_read (void)
{
  READ ("heap_v2/524288\n"
        "  t*: 3: 1048592 [0: 0]\n"
        "  t0: 3: 1048592 [0: 0]\n"
        "@ 0x11 0x21\n"
        "  t*: 1: 524288 [0: 0]\n"
        "  t0: 1: 524288 [0: 0]\n"
        "@ 0x31\n"
        "  t*: 0: 0 [0: 0]\n"
        "\nMAPPED_LIBRARIES:\n",
        "objects/count space/bytes\n"
        "0x20;0x10 1,829411\tbytes=524288 \n"
        "0x30 0,0\n");
  READ ("heap_v2/1\n  t*: 1: 16 [2: 32]\n@ 0x11\n  t*: 1: 16 [2: 32]\n",
        "alloc_objects/count alloc_space/bytes inuse_objects/count "
        "inuse_space/bytes\n0x10 2,32,1,16\tbytes=16 \n");
  REFUSED ("heap_v2/1\n  t*: 1: 16 [2: 32]\n@ 0x11\n  u*: 1\n",
           MALFORMED,
           "line 4, column 3: this is no line of a heap profile");
}

static void
test_contention_is_nanoseconds (void)
{
  READ ("--- mutex:\ncycles/second=2096008876\nsampling period=2\n"
        "43800120 8 @ 0x11\n",
        "contentions/count delay/nanoseconds\n0x10 16,41793830\n");
  READ ("--- contention:\ncycles/second=2096008876\n130534194 14 @ 0x11\n",
        "contentions/count delay/nanoseconds\n0x10 14,62277500\n");
  READ ("--- contentionz 1 ---\ncycles/second = 1000000000\n"
        "sampling period = 0\nms since reset = 20\ndiscarded samples = 3\n"
        "  100        2 @ 0x11 0x21\n",
        "contentions/count delay/nanoseconds\n0x20;0x10 2,100\n");
}

static void
test_statistics_are_comments (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfStringId     *comments;
  size_t                  n;

  profile = load_text ("heap profile: 1: 16 [1: 16] @ heap/2\n"
                       "1: 16 [1: 16] @ 0x11\n\n# runtime.MemStats\n"
                       "# Alloc = 5\n# PauseNs = [1 2 3]\n# DebugGC = false\n");
  comments = prof_profile_comments (profile, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpstr (prof_profile_string (profile, comments[0]), ==, "Alloc = 5");
  g_assert_cmpstr (prof_profile_string (profile, comments[1]),
                   ==,
                   "DebugGC = false");
}

/* Code only, joined where it goes on, the main binary first. */
static void
test_a_memory_map_says_where_addresses_are (void)
{
  g_autoptr (ProfProfile) profile = NULL;
  const ProfMapping      *mappings;
  const ProfLocation     *locations;

  profile = load_text (
      "heap profile: 1: 16 [1: 16] @ heapprofile\n"
      "1: 16 [1: 16] @ 0x1001 0x5801 0x9999\n"
      "\nMAPPED_LIBRARIES:\n"
      "00001000-00002000 r-xp 00000000 08:01 11 /lib/lib c.so.6\n"
      "00003000-00004000 rw-p 00000000 08:01 11 /bin/data\n"
      "00005000-00005800 r-xp 00001000 08:01 12 /bin/server\n"
      "00005800-00006000 r-xp 00001800 08:01 12 /bin/server\n"
      "00007000-00008000 r-xp 00000000 00:00 0  [vdso]\n");
  mappings = prof_profile_mappings (profile);
  locations = prof_profile_locations (profile);
  g_assert_cmpuint (prof_profile_n_mappings (profile), ==, 3);
  g_assert_cmpstr (prof_profile_string (profile, mappings[0].filename),
                   ==,
                   "/bin/server");
  g_assert_cmphex (mappings[0].start, ==, 0x5000);
  g_assert_cmphex (mappings[0].limit, ==, 0x6000);
  g_assert_cmphex (mappings[0].offset, ==, 0x1000);
  g_assert_cmpstr (prof_profile_string (profile, mappings[1].filename),
                   ==,
                   "/lib/lib c.so.6");
  g_assert_cmpuint (locations[0].mapping, ==, 1);
  g_assert_cmpuint (locations[1].mapping, ==, 0);
  g_assert_cmpuint (locations[2].mapping, ==, PROF_ID_NONE);
}

/* Lines as other writers have them: without device and inode, in the short form,
 * and of several binaries beside each other. */
static void
test_memory_maps_may_be_shorter (void)
{
  static const struct
  {
    uint64_t    start;
    uint64_t    limit;
    uint64_t    offset;
    const char *name;
  } expected[] = {
    { 0x1000, 0x3000, 0, "/bin/server" }, { 0x3000, 0x4000, 0, "/bin/other" },
    { 0x5000, 0x6000, 0, "10 /a b" },     { 0x7000, 0x8000, 0, "0z /c" },
    { 0x9000, 0xa000, 0, "/short" },      { 0xb000, 0xd000, 0x10, "/named" },
    { 0xd000, 0xe000, 0x99, "/named" },
  };
  g_autoptr (ProfProfile) profile = NULL;
  const ProfMapping      *mappings;
  size_t                  n;

  profile = load_text ("heap profile: 1: 16 [1: 16] @ heapprofile\n"
                       "1: 16 [1: 16] @ 0x1001\n"
                       "\nMAPPED_LIBRARIES:\n"
                       "1000-2000 r-xp 00000000 08:01 11 /bin/server\n"
                       "2000-3000 r-xp 00001000 08:01 11 /bin/server\n"
                       "3000-4000 r-xp 00000000 08:01 11 /bin/other\n"
                       "5000-6000 r-xp 10 /a b\n"
                       "7000-8000 r-xp 0z /c\n"
                       "9000-a000: /short\n"
                       "a000-b000:\n"
                       "b000-c000 r-xp 00000010 08:01 11\n"
                       "c000-d000 r-xp 00001010 08:01 11 /named\n"
                       "d000-e000 r-xp 00000099 08:01 11 /named\n"
                       "f000-f001 what /is this\n"
                       "f000\n");
  mappings = prof_profile_mappings (profile);
  n = prof_profile_n_mappings (profile);
  g_assert_cmpuint (n, ==, G_N_ELEMENTS (expected));
  for (size_t i = 0; i < n; i++)
    {
      g_assert_cmphex (mappings[i].start, ==, expected[i].start);
      g_assert_cmphex (mappings[i].limit, ==, expected[i].limit);
      g_assert_cmphex (mappings[i].offset, ==, expected[i].offset);
      g_assert_cmpstr (prof_profile_string (profile, mappings[i].filename),
                       ==,
                       expected[i].name);
    }
}

/* Each of a binary of its own; a line needs 20 bytes and a row 40. */
static void
test_a_memory_map_has_an_end (void)
{
  ProfMaps          *maps = prof_maps_new ();
  g_autoptr (GError) error = NULL;
  unsigned           n = 0;
  bool               taken = true;

  for (; taken && n < 2000000; n++)
    {
      char     text[32];
      ProfScan line = { text, text };

      line.end += g_snprintf (text, sizeof text, "%x000-%x001: f", n, n);
      taken = prof_maps_take (maps, line, &error);
    }
  prof_maps_free (maps);
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message,
                   ==,
                   "the memory map has more than 1048576 lines");
  g_assert_cmpuint (n, ==, 1048577);
}

static void
test_a_heap_of_no_bytes_is_none (void)
{
  READ ("heap profile: 1: 0 [1: 0] @ heap/131072\n1: 0 [1: 0] @ 0x11\n",
        "objects/count space/bytes\n0x10 0,0\n");
  READ ("heap profile: 1: 8 [1: 8] @ heap/1\n1: 8 [1: 8] @ 0x11\n",
        "objects/count space/bytes\n0x10 1,8\tbytes=8 \n");
}

/* What Go wrote as text and as protobuf at the same time is one profile. */
static void
test_text_and_protobuf_of_go_are_the_same (void)
{
  static const char *const kinds[] = { "heap", "block", "mutex" };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *text = folded_file (
          g_strdup_printf ("tests/data/records/good/go-%s.txt", kinds[i]));
      g_autofree char *protobuf = folded_file (
          g_strdup_printf ("tests/data/records/good/go-%s.pb.gz", kinds[i]));

      g_assert_cmpstr (text, ==, protobuf);
    }
}

static void
test_labels_may_be_escaped (void)
{
  READ ("goroutine profile: total 1\n1 @ 0x11\n"
        "# labels: {\"a\":\"\\u00e9\\U0001f600\\x41\"}\n"
        "#\t0x11\tmain.f+0x1\t/a.go:1\n",
        "goroutine/count\nmain.f:1 1\ta=é😀A\n");
}

static void
test_products_stop_at_the_end_of_64_bits (void)
{
  READ ("--- mutex:\ncycles/second=1000000000\nsampling period=2\n"
        "1 9223372036854775807 @ 0x11\n",
        "contentions/count delay/nanoseconds\n0x10 9223372036854775807,2\n");
}

static void
test_errors_say_where (void)
{
  REFUSED ("heap profile: 1: 16 [1: 16] @ heap/2\nx @ 0x1\n",
           MALFORMED,
           "line 2, column 1: no numbers of objects and bytes");
  REFUSED ("heap_v2/1\n  t*: x\n",
           MALFORMED,
           "line 2, column 7: no numbers of objects and bytes");
  REFUSED ("heap_v2/1\n  t*: 1: 16 (2: 32)\n",
           MALFORMED,
           "line 2, column 13: no numbers of what was allocated");
  REFUSED ("--- mutex:\ncycles/second=1\n@ 0x1\n",
           MALFORMED,
           "line 3, column 1: no time and number");
  REFUSED ("goroutine profile: total 1\n1 @ 0x1\n# labels: \"a\"\n",
           MALFORMED,
           "line 3, column 11: no { in front of labels");
  REFUSED ("goroutine profile: total 1\n1 @ 0x1\n# labels: {\"a\":\"\\q\"}\n",
           MALFORMED,
           "line 3, column 19: this is no text in quotation marks");
  REFUSED ("goroutine profile: total 1\n1 @ 0x1\n#\tzz\tmain.f\n",
           MALFORMED,
           "line 3, column 3: this is not an address");
  REFUSED ("goroutine profile: total 5\n3 @ 0x43a 43z\n",
           MALFORMED,
           "line 2, column 13: this is not an address");
  REFUSED ("goroutine profile: total 5\n3 0x43a\n",
           MALFORMED,
           "line 2, column 3: no @ in front of the addresses");
  REFUSED ("goroutine profile: total 5\nx @ 0x43a",
           TRUNCATED,
           "line 2, column 1: no number");
  REFUSED ("# only\n", TRUNCATED, "the profile ends before its first line");
  REFUSED ("heap profile: 1: 16 [1: 16] @ heap/2\n0: 16 [1: 16] @ 0x1\n",
           MALFORMED,
           "line 2, column 1: bytes of no object");
  REFUSED ("--- mutex:\ncycles/second=fast\n",
           MALFORMED,
           "line 2, column 15: this is not a number");
  REFUSED ("--- contentionz 2 ---\nformat = java\nresolution = us\n",
           UNSUPPORTED,
           "this kind of contention profile is not read");
  REFUSED ("goroutine profile: total 1\n1 @ 0x1\n# labels: {\"a\"\n",
           MALFORMED,
           "line 3, column 15: no : behind the key of a label");
}

static void
test_content_decides (void)
{
  g_assert_true (is_ours ("\n# x\ngoroutine profile: total 5\n"));
  g_assert_true (is_ours ("my.own/profile profile: total 0"));
  g_assert_true (is_ours ("heap profile: 1: 2 [3: 4] @ heap/1048576\n"));
  g_assert_true (
      is_ours ("heap profile:   1:   2 [ 3:  4] @ fragmentationz\n"));
  g_assert_false (is_ours ("heap profile: 1: 2 [3: 4] @ other/1\n"));
  g_assert_false (is_ours ("heap profile: 1 2 [3: 4] @ heap/1\n"));
  g_assert_false (is_ours ("heap profile: 1: 2 (3: 4) @ heap/1\n"));
  g_assert_false (is_ours ("heap profile: 1: 2 [3: x] @ heap/1\n"));
  g_assert_false (is_ours ("heap profile: 1: 2 [3: 4 @ heap/1\n"));
  g_assert_false (is_ours ("heap profile: 1: 2 [3: 4] heap/1\n"));
  g_assert_false (is_ours ("goroutine profile: total many\n"));
  g_assert_false (is_ours ("# only\n"));
  g_assert_false (is_ours ("1 @ 0x1\n"));
}

static void
test_files_are_what_their_names_say (void)
{
  check_files ("records");
}

#define ADD(name, function) g_test_add_func ("/records-decode/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("addresses-are-frames-where-there-are-no-names",
       test_addresses_are_frames_where_there_are_no_names);
  ADD ("comments-of-go-name-frames-and-labels",
       test_comments_of_go_name_frames_and_labels);
  ADD ("a-record-without-a-stack-is-read",
       test_a_record_without_a_stack_is_read);
  ADD ("heaps-are-scaled-up", test_heaps_are_scaled_up);
  ADD ("what-was-allocated-comes-first", test_what_was_allocated_comes_first);
  ADD ("rates-depend-on-the-kind-of-heap",
       test_rates_depend_on_the_kind_of_heap);
  ADD ("heaps-of-jemalloc-are-read", test_heaps_of_jemalloc_are_read);
  ADD ("contention-is-nanoseconds", test_contention_is_nanoseconds);
  ADD ("statistics-are-comments", test_statistics_are_comments);
  ADD ("a-memory-map-says-where-addresses-are",
       test_a_memory_map_says_where_addresses_are);
  ADD ("text-and-protobuf-of-go-are-the-same",
       test_text_and_protobuf_of_go_are_the_same);
  ADD ("labels-may-be-escaped", test_labels_may_be_escaped);
  ADD ("products-stop-at-the-end-of-64-bits",
       test_products_stop_at_the_end_of_64_bits);
  ADD ("memory-maps-may-be-shorter", test_memory_maps_may_be_shorter);
  ADD ("a-memory-map-has-an-end", test_a_memory_map_has_an_end);
  ADD ("a-heap-of-no-bytes-is-none", test_a_heap_of_no_bytes_is_none);
  ADD ("errors-say-where", test_errors_say_where);
  ADD ("content-decides", test_content_decides);
  ADD ("files-are-what-their-names-say", test_files_are_what_their_names_say);
  return g_test_run ();
}
