/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile in the making, out of rows that are known to be good: what every
 * query and merge writes. It begins as another profile or as an empty one, and
 * whole columns that stay as they are are shared with the other, not copied.
 *
 * Columns are begun and then filled: after prof_draft_begin_stacks() the stack
 * table is empty, and so on. Ids are rows, as in prof-profile.h; whoever begins
 * a column sees to it that the others' ids still fit.
 *
 * Memory that is refused is remembered: calls go on without effect and
 * prof_draft_finish() fails. Used by one thread. */

#include "base/prof-error.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

typedef struct _ProfDraft ProfDraft;

/* Facts of the whole profile, to read and change. */
typedef struct
{
  int64_t       time_ns;
  int64_t       duration_ns;
  int64_t       period;
  ProfValueType period_type;
  ProfStringId  default_type;
  ProfStringId  drop_frames;
  ProfStringId  keep_frames;
  ProfStringId  doc_url;
  const char   *format; /* static, or NULL */
  ProfNotes     notes;
  ProfLimits    limits;
} ProfHeader;

/**
 * prof_draft_new:
 * @source: (nullable): what it begins as; a reference is kept
 */
ProfDraft *prof_draft_new (ProfProfile *source);
void       prof_draft_free (ProfDraft *self);

/* (transfer none): the facts, those of the source at first. */
ProfHeader *prof_draft_header (ProfDraft *self);

/* The id of a text: one the source has already, or a new one. */
ProfStringId prof_draft_string (ProfDraft  *self,
                                const char *text,
                                size_t      length);

/* How much of the source's each column holds: all, or nothing once begun. */
void prof_draft_begin_types (ProfDraft *self);
void prof_draft_begin_comments (ProfDraft *self);
void prof_draft_begin_locations (ProfDraft *self); /* and their lines */
void prof_draft_begin_stacks (ProfDraft *self);
void prof_draft_begin_samples (ProfDraft *self); /* and their labels */

/* Rows go behind those that are there; ids are returned. */
void           prof_draft_add_type (ProfDraft *self, ProfValueType type);
void           prof_draft_add_comment (ProfDraft *self, ProfStringId text);
ProfMappingId  prof_draft_add_mapping (ProfDraft         *self,
                                       const ProfMapping *mapping);
ProfFunctionId prof_draft_add_function (ProfDraft          *self,
                                        const ProfFunction *function);

/**
 * prof_draft_add_location:
 * @location: n_lines and first_line do not count
 * @lines: innermost first
 */
ProfLocationId prof_draft_add_location (ProfDraft          *self,
                                        const ProfLocation *location,
                                        const ProfLine     *lines,
                                        uint32_t            n_lines);

/**
 * prof_draft_child:
 * @parent: a node of the begun stack table; 0 is the empty stack
 *
 * Returns: the node of @parent's stack with @location called from its leaf,
 *   made when it is not there; 0 when memory is refused
 */
ProfStackId prof_draft_child (ProfDraft     *self,
                              ProfStackId    parent,
                              ProfLocationId location);

/**
 * prof_draft_add_sample:
 * @values: one for each type
 */
void prof_draft_add_sample (ProfDraft       *self,
                            ProfStackId      stack,
                            const int64_t   *values,
                            const ProfLabel *labels,
                            size_t           n_labels);

/* The values of a sample that is there, to change; NULL when memory is
 * refused. */
int64_t *prof_draft_sample_values (ProfDraft *self, size_t sample);
size_t   prof_draft_n_samples (const ProfDraft *self);

/**
 * prof_draft_finish:
 * @self: (transfer none): may only be freed afterwards
 *
 * Returns: (transfer full): the profile, or %NULL with @error set to
 *   %PROF_ERROR_TOO_LARGE when memory or ids have run out
 */
ProfProfile *prof_draft_finish (ProfDraft *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfDraft, prof_draft_free)

G_END_DECLS
