/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Every limit on input that somebody else wrote, each with its reason. All are
 * checked against bytes that were seen, never against counts that a file
 * claims. */

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
#define PROF_MAX_SOURCE_FILE (64u << 20)

/* Frames of one stack: recursion of 30 000 was seen in the wild. */
#define PROF_MAX_STACK_FRAMES 1048576

/* Nodes of a call tree: 48 bytes each make 768 MiB. */
#define PROF_MAX_TREE_NODES 16777216

/* Frames walked from leaves to roots, stack by stack: 2 million samples of 500
 * frames, about ten seconds. Stacks of deep recursion share their outer frames
 * in the file, but not here. */
#define PROF_MAX_TREE_STEPS (UINT64_C (1) << 30)

/* Rows of any table of a profile: ids are 32 bits and one is "none". */
#define PROF_MAX_ROWS (UINT32_MAX - 1)

/* Bytes of one string. */
#define PROF_MAX_STRING (64u << 20)

/* Bytes of one small message (mapping, location, function); a location with
 * a million lines is 10 MiB. */
#define PROF_MAX_MESSAGE (64u << 20)

/* Bytes that one location, with its lines, may take while it is unpacked. */
#define PROF_MAX_SCRATCH (256u << 20)

/* Locations, values and labels of one sample, each. */
#define PROF_MAX_SAMPLE_ITEMS PROF_MAX_STACK_FRAMES

/* Bytes of a line that must be put together before it is written, such as one
 * sample's labels: each of them may name the longest string. */
#define PROF_MAX_TEXT_LINE (256u << 20)

/* Sample types and comments. Empty ones take two bytes in a file and four times
 * that in memory; files have up to four types and a few comments. */
#define PROF_MAX_TYPES    65536
#define PROF_MAX_COMMENTS 1048576

/* Bytes without anything of a profile, after which it is none: endless zeros are
 * valid protobuf. */
#define PROF_MAX_UNKNOWN (1u << 20)

/* Bytes of a regular expression inside a file, and steps of matching it. */
#define PROF_MAX_PATTERN         65536
#define PROF_PATTERN_MATCH_LIMIT 1000000

/* Groups inside each other: PCRE stops at 250, some of which are our own. And
 * bytes of an expression as PCRE gets it: "\b" alone takes 80. */
#define PROF_MAX_PATTERN_DEPTH   200
#define PROF_MAX_PATTERN_WRITTEN (4u << 20)

/* Microseconds that one pattern may take for all names together: each within
 * its steps, a million names would still take hours. */
#define PROF_PATTERN_TIME_US 5000000

/* Code points given to Pango for one label: it is slow on long lines. */
#define PROF_MAX_LABEL_CHARS 512

/* Code points of a name that is written anew for each box it is in: a name may
 * be as long as PROF_MAX_STRING allows, and a box needs three bytes of a file. */
#define PROF_MAX_EXPORTED_CHARS 4096

/* Bytes of an SVG, which is put together in memory. Browsers take seconds for a
 * tenth of it. */
#define PROF_MAX_SVG (256u << 20)

/* Pixels of a side of a PNG or PDF, and of all of it: cairo's limit and 256 MiB
 * of memory. */
#define PROF_MAX_PICTURE_SIDE   32767
#define PROF_MAX_PICTURE_PIXELS (64u << 20)
