/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile: what was measured, and where. Read only once made, so threads
 * share it by reference without locks; prof-builder.h is its only writer.
 *
 * Samples are columns: for each its leaf in the stack table, its values and
 * its labels. Stacks are not stored one by one: the stack table is a trie of
 * locations in which every sample's stack is the path from its node to the
 * root. Two million stacks of 41 frames are 5.9 million nodes (95 MB) instead
 * of 83 million frame ids (331 MB), and every tree or table is one pass over
 * the nodes. Only where nothing but sums of frames is asked of a profile once, are
 * stacks better left as they came: prof_profile_stack_list().
 *
 *   string table  "", "cpu", "main.work", ...
 *   functions     name, file                        -> strings
 *   locations     address, mapping, lines           -> functions (inlined ones
 *                                                      first, then their caller)
 *   stack nodes   location, parent                  -> locations
 *   samples       leaf node, values, labels         -> stack nodes
 */

#include "base/prof-limits.h"
#include "base/prof-types.h"
#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfProfile ProfProfile;

typedef struct
{
  ProfStringId type; /* "cpu" */
  ProfStringId unit; /* "nanoseconds" */
} ProfValueType;

typedef struct
{
  uint64_t     id; /* as in the file, not 0 */
  uint64_t     start;
  uint64_t     limit; /* first address behind it */
  uint64_t     offset;
  ProfStringId filename;      /* "[kernel.kallsyms]" without its symbol */
  ProfStringId kernel_symbol; /* what followed it; both together are a string
                                 of the profile too */
  ProfStringId build_id;
  bool         has_functions;
  bool         has_filenames;
  bool         has_line_numbers;
  bool         has_inline_frames;
} ProfMapping;

typedef struct
{
  uint64_t     id; /* as in the file, not 0 */
  int64_t      start_line;
  ProfStringId name;
  ProfStringId system_name;
  ProfStringId filename;
} ProfFunction;

typedef struct
{
  int64_t        line;
  int64_t        column;
  ProfFunctionId function; /* always a row of the function table */
} ProfLine;

typedef struct
{
  uint64_t      id; /* as in the file, not 0 */
  uint64_t      address;
  ProfMappingId mapping;    /* or PROF_ID_NONE */
  uint32_t      n_lines;    /* 0: not symbolized */
  size_t        first_line; /* into prof_profile_lines(), innermost first */
  bool          is_folded;
} ProfLocation;

/* A node of the stack table. Node 0 is the empty stack; a parent always comes
 * before its children. */
typedef struct
{
  ProfLocationId location; /* PROF_ID_NONE for node 0 only */
  ProfStackId    parent;   /* towards the root; PROF_ID_NONE for node 0 only */
  ProfStackId    first_child; /* or PROF_ID_NONE */
  ProfStackId    next;        /* sibling, in order of creation */
} ProfStackNode;

typedef struct
{
  int64_t      num;
  ProfStringId key;
  ProfStringId str;  /* "" (0): the label is num */
  ProfStringId unit; /* of num, as in the file; "" when it has none */
} ProfLabel;

/* Oddities of the file that were tolerated. */
typedef struct
{
  uint64_t unknown_mappings; /* locations whose mapping is not in the file */
  uint64_t dropped_labels;   /* labels without any value */
  uint64_t unknown_fields;   /* skipped */
} ProfNotes;

ProfProfile *prof_profile_ref (ProfProfile *self);
void         prof_profile_unref (ProfProfile *self);

/* What the file says of itself. Times are ns since 1970 UTC, 0 is unknown. */
int64_t             prof_profile_time_ns (const ProfProfile *self);
int64_t             prof_profile_duration_ns (const ProfProfile *self);
int64_t             prof_profile_period (const ProfProfile *self);
ProfValueType       prof_profile_period_type (const ProfProfile *self);
ProfStringId        prof_profile_drop_frames (const ProfProfile *self);
ProfStringId        prof_profile_keep_frames (const ProfProfile *self);
ProfStringId        prof_profile_doc_url (const ProfProfile *self);
const ProfStringId *prof_profile_comments (const ProfProfile *self, size_t *n);
const ProfNotes    *prof_profile_notes (const ProfProfile *self);

/* What kind of file it was read from, such as "pprof"; NULL when it is made of
 * several kinds, or of none. */
const char *prof_profile_format (const ProfProfile *self);

/**
 * prof_profile_limits:
 *
 * Returns: (transfer none): what it was loaded under, which whatever is made of
 *   it obeys too
 */
const ProfLimits *prof_profile_limits (const ProfProfile *self);

/**
 * prof_profile_string:
 *
 * Returns: (transfer none): raw bytes closed by a NUL; not always UTF-8
 */
const char *prof_profile_string (const ProfProfile *self, ProfStringId id);
/* The same with its length: bytes may hold a NUL. */
const char *prof_profile_string_bytes (const ProfProfile *self,
                                       ProfStringId       id,
                                       size_t            *length);
size_t      prof_profile_n_strings (const ProfProfile *self);

/* The id of a string, or PROF_ID_NONE when the profile has none of these bytes.
 */
ProfStringId prof_profile_find_string (const ProfProfile *self,
                                       const char        *text,
                                       size_t             length);

/* Sample types: what each of a sample's values means. A profile that has none has
 * no samples either; there, type 0 has no name, no unit, and a sum of 0. */
size_t               prof_profile_n_types (const ProfProfile *self);
const ProfValueType *prof_profile_types (const ProfProfile *self);
const char *prof_profile_type_name (const ProfProfile *self, size_t type);
const char *prof_profile_type_unit (const ProfProfile *self, size_t type);

/**
 * prof_profile_default_type:
 *
 * The type that is shown when nobody asks: the one the file names, else the
 * last.
 *
 * Source: pprof profile/index.go, SampleIndexByName ("").
 *
 * Returns: below prof_profile_n_types(), or 0 when there are none
 */
size_t prof_profile_default_type (const ProfProfile *self);

/* The name the file gives as default, "" when it gives none. */
ProfStringId prof_profile_default_type_name (const ProfProfile *self);

/**
 * prof_profile_find_type:
 * @name: a number, a type's name, or its name without "inuse_"; "" asks for the
 *   default
 *
 * Source: pprof profile/index.go.
 *
 * Returns: %false with @error set when there is no such type; the message lists
 *   those there are
 */
bool prof_profile_find_type (const ProfProfile *self,
                             const char        *name,
                             size_t            *type,
                             GError           **error);

/* Samples. Values lie sample by sample: value t of sample s is
 * values[s * n_types + t]. */
size_t             prof_profile_n_samples (const ProfProfile *self);
const ProfStackId *prof_profile_sample_stacks (const ProfProfile *self);
const int64_t     *prof_profile_sample_values (const ProfProfile *self);

/**
 * prof_profile_sample_labels:
 * @n: (out): how many
 *
 * Returns: (transfer none): the labels of one sample, in the file's order
 */
const ProfLabel *prof_profile_sample_labels (const ProfProfile *self,
                                             size_t             sample,
                                             size_t            *n);

/* All labels of all samples, sample by sample. */
const ProfLabel *prof_profile_labels (const ProfProfile *self, size_t *n);

/**
 * prof_profile_total:
 *
 * Returns: the sum of the absolute values of one type over all samples;
 *   saturates at INT64_MAX
 */
int64_t prof_profile_total (const ProfProfile *self, size_t type);

/* Whether that sum is at the end of 64 bits, so that others may be, too. */
bool prof_profile_is_saturated (const ProfProfile *self, size_t type);

/* Tables. Ids run from 0 to n - 1. */
size_t               prof_profile_n_mappings (const ProfProfile *self);
const ProfMapping   *prof_profile_mappings (const ProfProfile *self);
size_t               prof_profile_n_functions (const ProfProfile *self);
const ProfFunction  *prof_profile_functions (const ProfProfile *self);
size_t               prof_profile_n_locations (const ProfProfile *self);
const ProfLocation  *prof_profile_locations (const ProfProfile *self);
const ProfLine      *prof_profile_lines (const ProfProfile *self);
size_t               prof_profile_n_lines (const ProfProfile *self);
size_t               prof_profile_n_stacks (const ProfProfile *self);
const ProfStackNode *prof_profile_stacks (const ProfProfile *self);

/* Stacks as they came, see prof-stack-list.h. */
typedef struct _ProfStackList ProfStackList;

/**
 * prof_profile_stack_list:
 *
 * Returns: (transfer none) (nullable): the stacks of a profile that was loaded
 *   without a stack table, prof_format_load_listed(); %NULL where there is one
 */
const ProfStackList *prof_profile_stack_list (const ProfProfile *self);

/**
 * prof_profile_make_table:
 *
 * Makes the stack table of a profile whose stacks are listed, as if it had been
 * loaded with one, and forgets the list. For whoever alone has the profile.
 *
 * Returns: %false with @error set to %PROF_ERROR_TOO_LARGE, and the list kept
 */
bool prof_profile_make_table (ProfProfile *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfProfile, prof_profile_unref)

G_END_DECLS
