/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every limit on input that somebody else wrote, each with its reason, and with
 * what more than the most that it can be raised to would cost. All are checked
 * against bytes that were seen, never against counts that a file claims.
 *
 * Those that somebody may have a good reason to pass are fields of ProfLimits,
 * which goes with what is loaded: a profile remembers what it was loaded under,
 * and trees and pictures of it obey that too. The others are what the code can
 * hold. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum
{
  PROF_LIMIT_FILE,            /* "file": bytes of a file */
  PROF_LIMIT_INFLATED,        /* "inflated": bytes of it when inflated */
  PROF_LIMIT_MEMORY,          /* "memory": bytes that a profile takes */
  PROF_LIMIT_STRING,          /* "string": bytes of a name */
  PROF_LIMIT_FRAMES,          /* "frames": locations of one stack */
  PROF_LIMIT_NODES,           /* "nodes": of a call tree */
  PROF_LIMIT_STEPS,           /* "steps": frames walked from leaves to roots */
  PROF_LIMIT_PATTERN,         /* "pattern": bytes of a regular expression */
  PROF_LIMIT_PATTERN_STEPS,   /* "pattern-steps": of matching it with a name */
  PROF_LIMIT_PATTERN_SECONDS, /* "pattern-seconds": with all names */
  PROF_LIMIT_SHOWN,           /* "shown": code points of a name in a picture */
  PROF_LIMIT_TIP,             /* "tip": of a name in a tip */
  PROF_LIMIT_EXPORTED,        /* "exported": of a name in a layout */
  PROF_LIMIT_TEXT,            /* "text": bytes of what is written */
  PROF_LIMIT_SVG,             /* "svg": bytes of an SVG */
  PROF_LIMIT_PIXELS,          /* "pixels": of a PNG */
  PROF_LIMIT_SIDE,            /* "side": pixels of its width and height */
  PROF_LIMIT_SOURCE,          /* "source": bytes of a source file */
  PROF_LIMIT_BODY,            /* "body": bytes that a server sends */
  PROF_LIMIT_REDIRECTS,       /* "redirects": times that it sends us on */
} ProfLimit;

#define PROF_N_LIMITS (PROF_LIMIT_REDIRECTS + 1)

/* The value of each; what is 0 is the default. All zeros is good. */
typedef struct
{
  uint64_t values[PROF_N_LIMITS];
} ProfLimits;

/**
 * prof_limits_get:
 * @self: (nullable): %NULL is the defaults
 *
 * Returns: the value in force, in bytes or by number, at most
 *   prof_limits_most(), whatever is in the field; for %PROF_LIMIT_INFLATED
 *   without a value of its own 0: it depends on the file's size, see
 *   %PROF_MAX_INFLATED
 */
uint64_t prof_limits_get (const ProfLimits *self, ProfLimit limit);

/* "frames" */
const char *prof_limits_name (ProfLimit limit);

/* What it is a limit of, such as "locations of one stack", for gettext. */
const char *prof_limits_help (ProfLimit limit);

/* Whether it counts bytes. */
bool prof_limits_is_bytes (ProfLimit limit);

/* The largest value it can have, which is what the code can hold. */
uint64_t prof_limits_most (ProfLimit limit);

/**
 * prof_limits_read:
 * @text: "NAME=VALUE"; VALUE is a whole number from 1, after which there may be
 *   K, M or G, powers of 1024, with or without "iB" or "B"
 *
 * Sets a limit.
 *
 * Returns: %false with @error set, %PROF_ERROR_UNSUPPORTED, and nothing changed;
 *   the message lists the names where there is none like it
 */
bool prof_limits_read (ProfLimits *self, const char *text, GError **error);

/**
 * prof_limits_fail:
 *
 * prof_fail() with %PROF_ERROR_TOO_LARGE; the message ends with the name of the
 * limit.
 *
 * Returns: always %false
 */
bool prof_limits_fail (GError **error, ProfLimit limit, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * prof_limits_passed:
 * @limit: (out): which
 *
 * Returns: whether an error of this library says that a limit was passed: its
 *   message ends with the name
 */
bool prof_limits_passed (const GError *error, ProfLimit *limit);

/**
 * prof_limits_raise:
 *
 * Makes a limit four times what it is, as far as it can be; that of what a file
 * inflates to, which without a value depends on the file, becomes 16 GiB first.
 *
 * Returns: %false with nothing changed where it is the largest there is
 */
bool prof_limits_raise (ProfLimits *self, ProfLimit limit);

/* Inflated bytes: the larger of this and PROF_INFLATE_RATIO times the
 * compressed size. The largest profiles known are some 100 MB; ten megabytes
 * of zeros inflate to ten gigabytes. */
#define PROF_MAX_INFLATED  (UINT64_C (1) << 30)
#define PROF_INFLATE_RATIO 64

/* Bytes of a file: inflating more would take minutes. Pipes are limited by what
 * comes out of them. */
#define PROF_MAX_FILE (UINT64_C (2) << 30)

/* Bytes of a source file: the largest that are generated have some megabytes,
 * and a name in a profile may be that of anything. */
#define PROF_MAX_SOURCE_FILE  (64u << 20)
#define PROF_MOST_SOURCE_FILE (2048u << 20)

/* Bytes that a profile takes while it is read, and a quarter of the memory where
 * that is less: what is made of it takes about as much again. Messages of two
 * bytes can take twenty times that. */
#define PROF_MAX_MEMORY (UINT64_C (1536) << 20)

/* Frames of one stack: recursion of 30 000 was seen in the wild. */
#define PROF_MAX_STACK_FRAMES  1048576
#define PROF_MOST_STACK_FRAMES (64u << 20)

/* Nodes of a call tree, and as many as go into a quarter of the memory where that is
 * less: 32 bytes each make 1.5 GiB. Four million samples, of which each has a stack
 * of its own, have 26 million. */
#define PROF_TREE_NODE_BYTES 32
#define PROF_MAX_TREE_NODES  50331648

/* Frames walked from leaves to roots, stack by stack: 2 million samples of 500
 * frames, about ten seconds. Stacks of deep recursion share their outer frames
 * in the file, but not here. */
#define PROF_MAX_TREE_STEPS (UINT64_C (1) << 30)

/* Rows of any table of a profile: ids are 32 bits and one is "none". */
#define PROF_MAX_ROWS (UINT32_MAX - 1)

/* Bytes of one string. Lengths are 32 bits, but what is said of names is put
 * together by printf(), which counts with an int: two names that are not UTF-8,
 * three bytes for each of theirs, stay below it up to 341 MiB each. */
#define PROF_MAX_STRING  (64u << 20)
#define PROF_MOST_STRING (256u << 20)

/* Bytes of one small message (mapping, location, function); a location with
 * a million lines is 10 MiB. */
#define PROF_MAX_MESSAGE (64u << 20)

/* Bytes that the lines of one location, or another small message, may take while
 * they are read. */
#define PROF_MAX_SCRATCH (256u << 20)

/* Values and labels of one sample, each. */
#define PROF_MAX_SAMPLE_ITEMS PROF_MAX_STACK_FRAMES

/* Bytes of a line that must be put together before it is written, such as one
 * sample's labels: each of them may name the longest string. */
#define PROF_MAX_TEXT_LINE (256u << 20)

/* Bytes of a line of text that is read: a stack of a million frames with names
 * of 60 letters. Where "frames" or "string" is raised, a line may be as long as
 * that asks for: at most 4 GiB, counted as they come. */
#define PROF_MAX_LINE           (64u << 20)
#define PROF_LINE_BYTES_A_FRAME UINT64_C (64)

/* JSON: objects and arrays inside each other, a byte each; heap profiles nest
 * two for each frame, and stacks of a thousand were seen. Bytes of a text that
 * is not skipped, a name as a rule, unless "string" has a value; and letters of a
 * number. */
#define PROF_MAX_JSON_DEPTH  65536
#define PROF_MAX_JSON_STRING (1u << 20)
#define PROF_MAX_JSON_NUMBER 1024

/* Sample types and comments. Empty ones take two bytes in a file and four times
 * that in memory; files have up to four types and a few comments. */
#define PROF_MAX_TYPES    65536
#define PROF_MAX_COMMENTS 1048576

/* Bytes without anything of a profile, after which it is none: endless zeros are
 * valid protobuf. */
#define PROF_MAX_UNKNOWN (1u << 20)

/* Bytes of a regular expression, which may be one inside a file. What PCRE makes
 * of it has 64 KiB at most, so that longer ones are large classes, or full of
 * what takes no room; of 1 MiB they are read in a tenth of a second. */
#define PROF_MAX_PATTERN  65536
#define PROF_MOST_PATTERN (1u << 20)

/* Steps of matching it with one name: of real expressions and names some
 * hundred, while one that was made to can take as many as there are. A million
 * take 50 ms. PCRE itself stops at ten million, whatever it is told. */
#define PROF_MAX_PATTERN_STEPS  1000000
#define PROF_MOST_PATTERN_STEPS 10000000

/* Seconds that one pattern may take for all names together: each within its
 * steps, a million names would still take hours. Nobody waits for longer than an
 * hour. */
#define PROF_MAX_PATTERN_SECONDS  5
#define PROF_MOST_PATTERN_SECONDS 3600

/* Groups inside each other: PCRE stops at 250, some of which are our own. And
 * bytes of an expression as PCRE gets it: "\b" alone takes 80. */
#define PROF_MAX_PATTERN_DEPTH   200
#define PROF_MAX_PATTERN_WRITTEN (4u << 20)

/* Code points given to Pango for one label. It takes four times as long for
 * twice as many accents on one letter: 512 of them 0.2 ms, 65,536 more than 3 s,
 * and a picture has thousands of labels. So this is the most, too: "shown" can be
 * lowered, to any number. No window is as wide as 512 letters. */
#define PROF_MAX_LABEL_CHARS 512

/* Code points of a name in the tips of an SVG, which has one for each box, and of
 * one in a window. A browser lays out all of a tip at once, also what is below
 * the end of the screen. */
#define PROF_MAX_TIP_CHARS  4096
#define PROF_MOST_TIP_CHARS 65536

/* Code points of a name in a layout, where it is written anew for each box it is
 * in: a name may be as long as PROF_MAX_STRING allows, and a box needs three
 * bytes of a file. Raised, it is "text" that ends it; no name has more code points
 * than bytes. */
#define PROF_MAX_EXPORTED_CHARS  4096
#define PROF_MOST_EXPORTED_CHARS PROF_MOST_STRING

/* Bytes of a report, of a layout, or of a profile written as another format: a file
 * of 200 KiB can have 2,000 stacks of 100,000 frames, each of which is written with
 * its name, and one of 1 MiB a million boxes with 4,096 letters each. Millions of
 * real stacks come near it, in half a minute. */
#define PROF_MAX_TEXT (UINT64_C (4) << 30)

/* Bytes of an SVG, which is put together in memory. Browsers take seconds for a
 * tenth of it. */
#define PROF_MAX_SVG  (256u << 20)
#define PROF_MOST_SVG (2048u << 20)

/* Pixels of a side of a PNG or PDF, and of all of it: cairo's limit, so that it
 * can be lowered only, and 256 MiB of memory. */
#define PROF_MAX_PICTURE_SIDE   32767
#define PROF_MAX_PICTURE_PIXELS (64u << 20)

/* Bytes of what a server sends as a profile: the largest known are some 100 MB
 * inflated. They are in memory until they are known to be all. */
#define PROF_MAX_HTTP_BODY  (UINT64_C (256) << 20)
#define PROF_MOST_HTTP_BODY (UINT64_C (4) << 30)

/* Bytes in front of it; servers write some hundred. */
#define PROF_MAX_HTTP_HEAD (1u << 20)

/* Times that a server may send us on: from http to https, to a name with www, to
 * where it is today, and two to spare. A circle goes round until the last; each
 * time may take PROF_HTTP_CONNECT_S. */
#define PROF_MAX_HTTP_REDIRECTS  5
#define PROF_MOST_HTTP_REDIRECTS 100

/* Bytes of an address. */
#define PROF_MAX_URL 8192

/* Bytes of a server's own words in a message, and profiles in a list of them. */
#define PROF_MAX_HTTP_TEXT   200
#define PROF_MAX_HTTP_LISTED 256

/* Seconds until a server takes the call, that it may be silent besides those
 * it was told to measure, and that all may take besides them. */
#define PROF_HTTP_CONNECT_S 10
#define PROF_HTTP_SILENT_S  30
#define PROF_HTTP_SPARE_S   60

G_END_DECLS
