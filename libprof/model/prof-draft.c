/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-draft.h"

#include "base/prof-limits.h"
#include "model/prof-profile-private.h"
#include "model/prof-stack-table.h"

/* The draft is a profile already. A column that is shared has a capacity of 0
 * and data of the source's, which the finished profile keeps alive as its
 * origin; the first row that is added to it makes it a copy. */

struct _ProfDraft
{
  /* Owned */
  ProfProfile   *profile;
  ProfStackTable stacks;
  bool           has_stacks; /* the stack table is begun */
  bool           owns_strings;
  bool           failed; /* memory was refused */

  ProfHeader header;
};

#define IS_SHARED(column) ((column).capacity == 0 && (column).data != NULL)

/* Makes a shared column a copy, so that it can grow. */
#define UNSHARE(self, column, extend)                        \
  G_STMT_START                                               \
  {                                                          \
    if (IS_SHARED (column))                                  \
      {                                                      \
        __typeof__ (column) copy = { NULL, 0, 0 };           \
                                                             \
        if (!extend (&copy, (column).data, (column).length)) \
          (self)->failed = true;                             \
        (column) = copy;                                     \
      }                                                      \
  }                                                          \
  G_STMT_END

#define SHARE(to, from) \
  ((to).data = (from).data, (to).length = (from).length, (to).capacity = 0)

static void
share_tables (ProfProfile *profile, const ProfProfile *source)
{
  SHARE (profile->types, source->types);
  SHARE (profile->mappings, source->mappings);
  SHARE (profile->functions, source->functions);
  SHARE (profile->locations, source->locations);
  SHARE (profile->lines, source->lines);
  SHARE (profile->stacks, source->stacks);
  SHARE (profile->comments, source->comments);
  SHARE (profile->sample_stacks, source->sample_stacks);
  SHARE (profile->sample_values, source->sample_values);
  SHARE (profile->label_starts, source->label_starts);
  SHARE (profile->labels, source->labels);
}

static void
read_header (ProfHeader *header, const ProfProfile *source)
{
  header->time_ns = source->time_ns;
  header->duration_ns = source->duration_ns;
  header->period = source->period;
  header->period_type = source->period_type;
  header->default_type = source->default_type;
  header->drop_frames = source->drop_frames;
  header->keep_frames = source->keep_frames;
  header->doc_url = source->doc_url;
  header->format = source->format;
  header->notes = source->notes;
  header->limits = source->limits;
}

static void
write_header (const ProfHeader *header, ProfProfile *profile)
{
  profile->time_ns = header->time_ns;
  profile->duration_ns = header->duration_ns;
  profile->period = header->period;
  profile->period_type = header->period_type;
  profile->default_type = header->default_type;
  profile->drop_frames = header->drop_frames;
  profile->keep_frames = header->keep_frames;
  profile->doc_url = header->doc_url;
  profile->format = header->format;
  profile->notes = header->notes;
  profile->limits = header->limits;
}

ProfDraft *
prof_draft_new (ProfProfile *source)
{
  ProfDraft *self = g_new0 (ProfDraft, 1);

  self->profile = prof_profile_alloc ();
  self->owns_strings = source == NULL;
  if (source == NULL)
    {
      prof_draft_begin_stacks (self);
      return self;
    }
  prof_strings_unref (self->profile->strings);
  self->profile->strings = prof_strings_ref (source->strings);
  self->profile->origin = prof_profile_ref (source);
  share_tables (self->profile, source);
  read_header (&self->header, source);
  return self;
}

void
prof_draft_free (ProfDraft *self)
{
  if (self == NULL)
    return;
  prof_profile_unref (self->profile);
  prof_stack_table_clear (&self->stacks);
  g_free (self);
}

ProfHeader *
prof_draft_header (ProfDraft *self)
{
  return &self->header;
}

/* Ids stay, as the copy has the same texts in the same order. */
static bool
own_strings (ProfDraft *self)
{
  ProfStrings *copy;

  if (self->owns_strings)
    return true;
  copy = prof_strings_copy (self->profile->strings);
  if (copy == NULL)
    return false;
  prof_strings_unref (self->profile->strings);
  self->profile->strings = copy;
  self->owns_strings = true;
  return true;
}

ProfStringId
prof_draft_string (ProfDraft *self, const char *text, size_t length)
{
  ProfStringId id = prof_strings_lookup (self->profile->strings, text, length);

  if (id != PROF_ID_NONE)
    return id;
  if (!own_strings (self) ||
      !prof_strings_intern (self->profile->strings, text, length, &id))
    {
      self->failed = true;
      return 0;
    }
  return id;
}

#define BEGIN(column, clear)                  \
  G_STMT_START                                \
  {                                           \
    if (IS_SHARED (column))                   \
      memset (&(column), 0, sizeof (column)); \
    else                                      \
      clear (&(column));                      \
  }                                           \
  G_STMT_END

void
prof_draft_begin_types (ProfDraft *self)
{
  BEGIN (self->profile->types, prof_vec_value_type_clear);
}

void
prof_draft_begin_comments (ProfDraft *self)
{
  BEGIN (self->profile->comments, prof_vec_u32_clear);
}

void
prof_draft_begin_locations (ProfDraft *self)
{
  BEGIN (self->profile->locations, prof_vec_location_clear);
  BEGIN (self->profile->lines, prof_vec_line_clear);
}

void
prof_draft_begin_stacks (ProfDraft *self)
{
  BEGIN (self->profile->stacks, prof_vec_stack_node_clear);
  prof_stack_table_clear (&self->stacks);
  prof_stack_table_init (&self->stacks);
  self->has_stacks = true;
}

void
prof_draft_begin_samples (ProfDraft *self)
{
  BEGIN (self->profile->sample_stacks, prof_vec_u32_clear);
  BEGIN (self->profile->sample_values, prof_vec_i64_clear);
  BEGIN (self->profile->label_starts, prof_vec_u32_clear);
  BEGIN (self->profile->labels, prof_vec_label_clear);
}

void
prof_draft_add_type (ProfDraft *self, ProfValueType type)
{
  UNSHARE (self, self->profile->types, prof_vec_value_type_extend);
  if (!prof_vec_value_type_append (&self->profile->types, type))
    self->failed = true;
}

void
prof_draft_add_comment (ProfDraft *self, ProfStringId text)
{
  UNSHARE (self, self->profile->comments, prof_vec_u32_extend);
  if (!prof_vec_u32_append (&self->profile->comments, text))
    self->failed = true;
}

/* The id of the row that was appended last. */
static uint32_t
last_row (ProfDraft *self, bool appended, size_t length)
{
  if (appended && length <= PROF_MAX_ROWS)
    return (uint32_t)(length - 1);
  self->failed = true;
  return 0;
}

ProfMappingId
prof_draft_add_mapping (ProfDraft *self, const ProfMapping *mapping)
{
  ProfVecMapping *mappings = &self->profile->mappings;
  bool            appended;

  UNSHARE (self, *mappings, prof_vec_mapping_extend);
  appended = prof_vec_mapping_append (mappings, *mapping);
  return last_row (self, appended, mappings->length);
}

ProfFunctionId
prof_draft_add_function (ProfDraft *self, const ProfFunction *function)
{
  ProfVecFunction *functions = &self->profile->functions;
  bool             appended;

  UNSHARE (self, *functions, prof_vec_function_extend);
  appended = prof_vec_function_append (functions, *function);
  return last_row (self, appended, functions->length);
}

ProfLocationId
prof_draft_add_location (ProfDraft          *self,
                         const ProfLocation *location,
                         const ProfLine     *lines,
                         uint32_t            n_lines)
{
  ProfVecLocation *locations = &self->profile->locations;
  ProfLocation     row = *location;
  bool             appended;

  UNSHARE (self, *locations, prof_vec_location_extend);
  UNSHARE (self, self->profile->lines, prof_vec_line_extend);
  row.first_line = self->profile->lines.length;
  row.n_lines = n_lines;
  appended = prof_vec_line_extend (&self->profile->lines, lines, n_lines) &&
             prof_vec_location_append (locations, row);
  return last_row (self, appended, locations->length);
}

ProfStackId
prof_draft_child (ProfDraft *self, ProfStackId parent, ProfLocationId location)
{
  ProfStackId child;

  if (self->failed)
    return 0;
  child = prof_stack_table_child (&self->stacks, parent, location);
  if (child != PROF_ID_NONE)
    return child;
  self->failed = true;
  return 0;
}

void
prof_draft_add_sample (ProfDraft       *self,
                       ProfStackId      stack,
                       const int64_t   *values,
                       const ProfLabel *labels,
                       size_t           n_labels)
{
  ProfProfile *profile = self->profile;
  size_t       n_types = profile->types.length;

  if (self->failed)
    return;
  self->failed = profile->sample_stacks.length >= PROF_MAX_ROWS ||
                 profile->labels.length + n_labels >= PROF_MAX_ROWS ||
                 !prof_vec_u32_append (&profile->sample_stacks, stack) ||
                 !prof_vec_i64_extend (&profile->sample_values,
                                       values,
                                       n_types) ||
                 !prof_vec_u32_append (&profile->label_starts,
                                       (uint32_t)profile->labels.length) ||
                 !prof_vec_label_extend (&profile->labels, labels, n_labels);
}

int64_t *
prof_draft_sample_values (ProfDraft *self, size_t sample)
{
  UNSHARE (self, self->profile->sample_values, prof_vec_i64_extend);
  if (self->failed)
    return NULL;
  return self->profile->sample_values.data +
         sample * self->profile->types.length;
}

size_t
prof_draft_n_samples (const ProfDraft *self)
{
  return self->profile->sample_stacks.length;
}

/* Without any label there is no column of where they begin. */
static void
finish_labels (ProfDraft *self)
{
  ProfProfile *profile = self->profile;

  if (IS_SHARED (profile->label_starts))
    return;
  if (profile->labels.length == 0)
    prof_vec_u32_clear (&profile->label_starts);
  else if (!prof_vec_u32_append (&profile->label_starts,
                                 (uint32_t)profile->labels.length))
    self->failed = true;
}

ProfProfile *
prof_draft_finish (ProfDraft *self, GError **error)
{
  finish_labels (self);
  if (self->has_stacks)
    {
      self->profile->stacks = self->stacks.nodes;
      memset (&self->stacks.nodes, 0, sizeof self->stacks.nodes);
    }
  write_header (&self->header, self->profile);
  if (self->failed || !prof_profile_seal (self->profile))
    return prof_fail_null (error,
                           PROF_ERROR_TOO_LARGE,
                           "the profile does not fit into memory");
  return g_steal_pointer (&self->profile);
}
