/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The only writer of profiles. Rows come in any order (Go writes locations
 * between samples and the strings last), so they name each other by the file's
 * own ids and string indexes; prof_builder_finish() resolves them, checks every
 * rule of a valid profile and freezes the result.
 *
 * A builder is used by one thread; it may have another one of its own, which
 * ends with it, and what fails there is reported by a later call. After a failed
 * call it may only be freed. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct _ProfBuilder ProfBuilder;

/* Rows as a file has them: references are file ids (0 is none) and strings are
 * positions in the file's own string table, checked when finishing. */
typedef struct
{
  int64_t type;
  int64_t unit;
} ProfRawValueType;

typedef struct
{
  uint64_t id;
  uint64_t start;
  uint64_t limit;
  uint64_t offset;
  int64_t  filename;
  int64_t  build_id;
  bool     has_functions;
  bool     has_filenames;
  bool     has_line_numbers;
  bool     has_inline_frames;
} ProfRawMapping;

typedef struct
{
  uint64_t id;
  int64_t  name;
  int64_t  system_name;
  int64_t  filename;
  int64_t  start_line;
} ProfRawFunction;

typedef struct
{
  uint64_t function;
  int64_t  line;
  int64_t  column;
} ProfRawLine;

typedef struct
{
  uint64_t id;
  uint64_t mapping;
  uint64_t address;
  bool     is_folded;
} ProfRawLocation;

typedef struct
{
  int64_t key;
  int64_t str;
  int64_t num;
  int64_t num_unit;
} ProfRawLabel;

/* Facts of the whole profile; strings are positions as above. */
typedef struct
{
  int64_t          drop_frames;
  int64_t          keep_frames;
  int64_t          time_ns;
  int64_t          duration_ns;
  ProfRawValueType period_type;
  int64_t          period;
  int64_t          default_type;
  int64_t          doc_url;
  const char      *format; /* static; what prof_profile_format() says */
} ProfRawHeader;

/**
 * prof_builder_new:
 * @limits: (nullable): copied; %NULL is the defaults
 */
ProfBuilder *prof_builder_new (const ProfLimits *limits);
void         prof_builder_free (ProfBuilder *self);

/**
 * prof_builder_at:
 * @offset: where in the (inflated) file the row begins that is added next
 *
 * Lets errors that only finishing can find say where their row stands.
 */
void prof_builder_at (ProfBuilder *self, uint64_t offset);

/**
 * prof_builder_add_string:
 *
 * Appends to the file's string table; its position is how many came before.
 * The first must be "".
 */
bool prof_builder_add_string (ProfBuilder *self,
                              const char  *text,
                              size_t       length,
                              GError     **error);

/**
 * prof_builder_intern:
 * @position: (out): where the text is in the string table
 *
 * prof_builder_add_string() for formats that have no string table of their own:
 * a text that was there before is not added again. The first must be "". Whoever
 * uses it adds all strings this way.
 */
bool prof_builder_intern (ProfBuilder *self,
                          const char  *text,
                          size_t       length,
                          int64_t     *position,
                          GError     **error);

/**
 * prof_builder_list_stacks:
 *
 * Stacks will be listed, see prof-stack-list.h. To be called before the first
 * sample; samples are added by prof_builder_add_sample() alone then.
 */
void prof_builder_list_stacks (ProfBuilder *self);

bool prof_builder_add_type (ProfBuilder            *self,
                            const ProfRawValueType *type,
                            GError                **error);
bool prof_builder_add_mapping (ProfBuilder          *self,
                               const ProfRawMapping *mapping,
                               GError              **error);
bool prof_builder_add_function (ProfBuilder           *self,
                                const ProfRawFunction *function,
                                GError               **error);

/**
 * prof_builder_add_location:
 * @lines: innermost (inlined) first
 */
bool prof_builder_add_location (ProfBuilder           *self,
                                const ProfRawLocation *location,
                                const ProfRawLine     *lines,
                                size_t                 n_lines,
                                GError               **error);

/**
 * prof_builder_add_sample:
 * @locations: file ids of the stack's locations, leaf first
 * @values: one for each sample type; how many there must be is checked when
 *   finishing
 *
 * Cost: one step of the stack table for each frame, on another thread when there
 *   are many; nothing is kept of the arrays.
 */
bool prof_builder_add_sample (ProfBuilder        *self,
                              const uint64_t     *locations,
                              size_t              n_locations,
                              const int64_t      *values,
                              size_t              n_values,
                              const ProfRawLabel *labels,
                              size_t              n_labels,
                              GError            **error);

/**
 * prof_builder_stack:
 * @parent: what this gave before, or 0, the stack without frames
 * @location: its file id
 * @stack: (out): the stack of @parent with one frame more, at its leaf
 *
 * For formats that have stacks as a tree: each costs one step however deep it
 * is, where prof_builder_add_sample() walks all of it. Who uses it adds samples
 * by prof_builder_add_sample_at() alone.
 *
 * Shape: equal stacks are equal numbers, counted from 1 as they are new.
 *
 * Returns: %false with @error set, also when the stack is deeper than
 *   %PROF_LIMIT_FRAMES
 */
bool prof_builder_stack (ProfBuilder *self,
                         ProfStackId  parent,
                         uint64_t     location,
                         ProfStackId *stack,
                         GError     **error);

/* prof_builder_add_sample() for a stack that prof_builder_stack() gave, or 0. */
bool prof_builder_add_sample_at (ProfBuilder        *self,
                                 ProfStackId         stack,
                                 const int64_t      *values,
                                 size_t              n_values,
                                 const ProfRawLabel *labels,
                                 size_t              n_labels,
                                 GError            **error);

/**
 * prof_builder_scale:
 * @factor: at least 1
 *
 * Multiplies the values of all samples so far: for files whose numbers turn out
 * to have more decimals than those before.
 *
 * Returns: %false with @error set, %PROF_ERROR_TOO_LARGE, when one does not fit
 *   into 64 bits
 */
bool prof_builder_scale (ProfBuilder *self, int64_t factor, GError **error);

/**
 * prof_builder_widen:
 *
 * Gives all samples so far one more value, 0, behind those they have: for files
 * in which a sample type may turn up late.
 */
bool prof_builder_widen (ProfBuilder *self, GError **error);

bool prof_builder_add_comment (ProfBuilder *self, int64_t text, GError **error);

/**
 * prof_builder_check_memory:
 *
 * Compares what the rows so far take with %PROF_LIMIT_MEMORY. To be called now
 * and then by whoever feeds it, such as once for each 256 KiB.
 */
bool prof_builder_check_memory (ProfBuilder *self, GError **error);

/**
 * prof_builder_hold:
 * @bytes: that whoever feeds it keeps besides, until they become rows
 *
 * prof_builder_check_memory() counts them from then on, in place of those said
 * before.
 */
void prof_builder_hold (ProfBuilder *self, size_t bytes);

/* Skipped fields, for prof_profile_notes(). */
void prof_builder_note_unknown_field (ProfBuilder *self);

/**
 * prof_builder_header:
 *
 * Returns: (transfer none): facts to fill in, all 0 at first
 */
ProfRawHeader *prof_builder_header (ProfBuilder *self);

/**
 * prof_builder_finish:
 * @self: (transfer none): empty afterwards
 *
 * Resolves and checks all rows.
 *
 * Source: the rules of pprof profile/profile.go CheckValid and encode.go
 *   postDecode.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set to
 *   %PROF_ERROR_MALFORMED or %PROF_ERROR_TOO_LARGE
 */
ProfProfile *prof_builder_finish (ProfBuilder *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfBuilder, prof_builder_free)

G_END_DECLS
