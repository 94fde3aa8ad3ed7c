/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-merge.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "query/prof-merge-tables.h"
#include "query/prof-merge-types.h"
#include <math.h>
#include <string.h>

/* A stack is a node of the new stack table, and equal stacks are one node, so a
 * sample is known by two numbers: its node and its set of labels. Each node of a
 * source that a sample needs is looked up in the new table once. */

/* Nodes or samples between two looks at whether to go on. */
#define STEP 0x10000

typedef struct
{
  /* Lent */
  ProfProfile *const *profiles;
  size_t              n_profiles;
  ProfProgress       *progress;

  /* Owned */
  ProfDraft      *draft;
  ProfMergeTypes  types;
  ProfMergeTables tables;
  ProfRowIndex    samples; /* by stack and labels */
  int64_t        *values;  /* scratch: of one sample, as merged */

  /* Of the profile that is being added; owned */
  size_t       profile;
  bool        *needed; /* for each node */
  ProfStackId *to_stack;
} Merger;

static const ProfProfile *
source_of (const Merger *self)
{
  return self->profiles[self->profile];
}

static bool
step (const Merger *self, size_t i, double part, GError **error)
{
  if ((i & (STEP - 1)) != 0)
    return true;
  return prof_progress_step (self->progress,
                             ((double)self->profile + part) /
                                 (double)self->n_profiles,
                             error);
}

/* --- samples --- */

static int64_t
scaled (int64_t value, double ratio)
{
  double product;

  if (ratio == 1)
    return value;
  product = round ((double)value * ratio);
  if (product >= 0x1p63)
    return INT64_MAX;
  return product < -0x1p63 ? INT64_MIN : (int64_t)product;
}

/* Whether the sample has anything in the types that are merged; its values are
 * in the scratch then. */
static bool
take_values (const Merger *self, size_t sample)
{
  const ProfProfile *source = source_of (self);
  const int64_t     *values = prof_profile_sample_values (source) +
                          sample * prof_profile_n_types (source);
  size_t        first = self->profile * self->types.n;
  const size_t *rows = self->types.rows + first;
  const double *ratios = self->types.ratios + first;
  bool          any = false;

  for (size_t t = 0; t < self->types.n; t++)
    {
      self->values[t] = scaled (values[rows[t]], ratios[t]);
      any = any || self->values[t] != 0;
    }
  return any;
}

/* Gives numbers to the locations of a stack. Above a node that was met before
 * all are numbered. */
static void
number_stack (Merger *self, ProfStackId stack)
{
  const ProfStackNode *nodes = prof_profile_stacks (source_of (self));

  for (; stack != 0 && !self->needed[stack]; stack = nodes[stack].parent)
    {
      prof_merge_tables_location (&self->tables, nodes[stack].location);
      self->needed[stack] = true;
    }
}

static bool
number_locations (Merger *self, GError **error)
{
  const ProfProfile *source = source_of (self);
  const ProfStackId *stacks = prof_profile_sample_stacks (source);
  size_t             n = prof_profile_n_samples (source);

  for (size_t s = 0; s < n; s++)
    {
      if (!step (self, s, 0.3 * (double)s / (double)n, error))
        return false;
      if (take_values (self, s))
        number_stack (self, stacks[s]);
    }
  return true;
}

/* A parent comes before its children. */
static bool
make_stacks (Merger *self, GError **error)
{
  const ProfProfile   *source = source_of (self);
  const ProfStackNode *nodes = prof_profile_stacks (source);
  size_t               n = prof_profile_n_stacks (source);

  for (size_t i = 1; i < n; i++)
    {
      if (!step (self, i, 0.3 + 0.4 * (double)i / (double)n, error))
        return false;
      if (self->needed[i])
        self->to_stack[i] =
            prof_draft_child (self->draft,
                              self->to_stack[nodes[i].parent],
                              prof_merge_tables_location (&self->tables,
                                                          nodes[i].location));
    }
  return true;
}

static void
add_to_sample (Merger *self, size_t sample)
{
  int64_t *values = prof_draft_sample_values (self->draft, sample);

  for (size_t t = 0; t < self->types.n && values != NULL; t++)
    values[t] = prof_add_i64 (values[t], self->values[t]);
}

static void
add_sample (Merger *self, size_t sample)
{
  ProfStackId  stack = prof_profile_sample_stacks (source_of (self))[sample];
  uint32_t     set = prof_merge_tables_labels (&self->tables, sample);
  uint64_t     key;
  ProfRowProbe probe;
  uint32_t     row;
  const ProfLabel *labels;
  size_t           n_labels;

  if (self->tables.failed)
    return;
  stack = self->to_stack[stack];
  key = (uint64_t)set << 32 | stack;
  probe = prof_row_index_probe (&self->samples, key);
  row = prof_row_index_next (&self->samples, &probe);
  if (row != PROF_ID_NONE)
    {
      add_to_sample (self, row);
      return;
    }
  labels = prof_merge_tables_set (&self->tables, set, &n_labels);
  prof_draft_add_sample (self->draft, stack, self->values, labels, n_labels);
  if (!prof_row_index_add (&self->samples, key) ||
      prof_draft_n_samples (self->draft) != self->samples.keys.length)
    self->tables.failed = true;
}

static bool
add_samples (Merger *self, GError **error)
{
  size_t n = prof_profile_n_samples (source_of (self));

  for (size_t s = 0; s < n && !self->tables.failed; s++)
    {
      if (!step (self, s, 0.7 + 0.3 * (double)s / (double)n, error))
        return false;
      if (take_values (self, s))
        add_sample (self, s);
    }
  return true;
}

static bool
add_profile (Merger *self, GError **error)
{
  size_t n_stacks = prof_profile_n_stacks (source_of (self));
  bool   added;

  self->needed = g_new0 (bool, n_stacks + 1);
  self->to_stack = g_new0 (ProfStackId, n_stacks + 1);
  prof_merge_tables_begin (&self->tables, source_of (self));
  added = number_locations (self, error) && make_stacks (self, error) &&
          add_samples (self, error);
  g_clear_pointer (&self->needed, g_free);
  g_clear_pointer (&self->to_stack, g_free);
  return added;
}

/* --- what is said of the whole --- */

static ProfStringId
string_of (Merger *self, size_t profile, ProfStringId id)
{
  const ProfProfile *source = self->profiles[profile];
  size_t             length;
  const char        *text = prof_profile_string_bytes (source, id, &length);

  return prof_draft_string (self->draft, text, length);
}

static void
add_types (Merger *self)
{
  const ProfValueType *first = prof_profile_types (self->profiles[0]);

  prof_draft_begin_types (self->draft);
  for (size_t t = 0; t < self->types.n; t++)
    {
      size_t               p = self->types.finest[t];
      const ProfValueType *finest = prof_profile_types (self->profiles[p]);
      ProfValueType        type;

      type.type = string_of (self, 0, first[self->types.rows[t]].type);
      type.unit = string_of (self,
                             p,
                             finest[self->types.rows[p * self->types.n + t]]
                                 .unit);
      prof_draft_add_type (self->draft, type);
    }
}

/* The first name that any of them has, or else the first type where the types
 * that are left do not have it and others were left out. */
static ProfStringId
default_type (Merger *self)
{
  for (size_t p = 0; p < self->n_profiles; p++)
    {
      ProfStringId id = prof_profile_default_type_name (self->profiles[p]);

      if (id != 0)
        return string_of (self, p, id);
    }
  return 0;
}

static bool
has_type (Merger *self, ProfStringId name)
{
  const ProfValueType *first = prof_profile_types (self->profiles[0]);

  for (size_t t = 0; t < self->types.n; t++)
    if (string_of (self, 0, first[self->types.rows[t]].type) == name)
      return true;
  return false;
}

static bool
left_types_out (const Merger *self)
{
  for (size_t p = 0; p < self->n_profiles; p++)
    if (prof_profile_n_types (self->profiles[p]) != self->types.n)
      return true;
  return false;
}

static void
set_default_type (Merger *self, ProfHeader *header)
{
  const ProfValueType *first = prof_profile_types (self->profiles[0]);

  header->default_type = default_type (self);
  if (header->default_type != 0 && self->types.n > 0 && left_types_out (self) &&
      !has_type (self, header->default_type))
    header->default_type = string_of (self, 0, first[self->types.rows[0]].type);
}

static void
add_comments (Merger *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  prof_draft_begin_comments (self->draft);
  for (size_t p = 0; p < self->n_profiles; p++)
    {
      size_t              n;
      const ProfStringId *comments = prof_profile_comments (self->profiles[p],
                                                            &n);

      for (size_t c = 0; c < n; c++)
        {
          ProfStringId id = string_of (self, p, comments[c]);

          if (g_hash_table_add (seen, GUINT_TO_POINTER (id)))
            prof_draft_add_comment (self->draft, id);
        }
    }
}

static int64_t
period_of (const Merger *self, size_t profile)
{
  ProfProfile *source = self->profiles[profile];
  ProfProfile *finest = self->profiles[self->types.finest_period];
  int64_t      period = prof_profile_period (source);
  const char  *from =
      prof_profile_string (source, prof_profile_period_type (source).unit);
  const char *to = prof_profile_string (finest,
                                        prof_profile_period_type (finest).unit);
  const char *unit;
  double      amount;

  if (strcmp (from, to) == 0)
    return period;
  amount = prof_unit_scale (period, from, to, &unit);
  if (amount >= 0x1p63)
    return INT64_MAX;
  return amount < -0x1p63 ? INT64_MIN : (int64_t)amount;
}

static void
set_numbers (const Merger *self, ProfHeader *header)
{
  for (size_t p = 0; p < self->n_profiles; p++)
    {
      const ProfProfile *profile = self->profiles[p];
      const ProfNotes   *notes = prof_profile_notes (profile);
      int64_t            time_ns = prof_profile_time_ns (profile);
      int64_t            period = period_of (self, p);

      if (header->time_ns == 0 || time_ns < header->time_ns)
        header->time_ns = time_ns;
      if (header->period == 0 || period > header->period)
        header->period = period;
      header->duration_ns = prof_add_i64 (header->duration_ns,
                                          prof_profile_duration_ns (profile));
      if (p == 0)
        header->format = prof_profile_format (profile);
      else if (g_strcmp0 (header->format, prof_profile_format (profile)) != 0)
        header->format = NULL;
      header->notes.unknown_mappings += notes->unknown_mappings;
      header->notes.dropped_labels += notes->dropped_labels;
      header->notes.unknown_fields += notes->unknown_fields;
    }
}

static void
set_texts (Merger *self, ProfHeader *header)
{
  size_t             finest = self->types.finest_period;
  const ProfProfile *first = self->profiles[0];
  ProfValueType      period;

  period = prof_profile_period_type (self->profiles[finest]);
  header->period_type.type = string_of (self,
                                        0,
                                        prof_profile_period_type (first).type);
  header->period_type.unit = string_of (self, finest, period.unit);
  header->drop_frames = string_of (self, 0, prof_profile_drop_frames (first));
  header->keep_frames = string_of (self, 0, prof_profile_keep_frames (first));
  for (size_t p = 0; p < self->n_profiles && header->doc_url == 0; p++)
    header->doc_url = string_of (self,
                                 p,
                                 prof_profile_doc_url (self->profiles[p]));
  set_default_type (self, header);
}

static void
combine_headers (Merger *self)
{
  ProfHeader *header = prof_draft_header (self->draft);

  add_types (self);
  set_numbers (self, header);
  set_texts (self, header);
  add_comments (self);
}

/* --- */

static ProfProfile *
add_up (Merger *self, GError **error)
{
  combine_headers (self);
  self->values = g_new0 (int64_t, self->types.n + 1);
  for (; self->profile < self->n_profiles; self->profile++)
    {
      if (!add_profile (self, error))
        return NULL;
      if (self->tables.failed)
        return prof_fail_null (error,
                               PROF_ERROR_TOO_LARGE,
                               "the sum does not fit into memory");
    }
  return prof_draft_finish (self->draft, error);
}

static ProfProfile *
merge_once (ProfProfile *const *profiles,
            size_t              n,
            ProfProgress       *progress,
            GError            **error)
{
  Merger self = {
    .profiles = profiles,
    .n_profiles = n,
    .progress = progress,
  };
  ProfProfile *merged;

  if (!prof_merge_types_init (&self.types, profiles, n, error))
    return NULL;
  self.draft = prof_draft_new (NULL);
  prof_draft_header (self.draft)->limits = *prof_profile_limits (profiles[0]);
  self.tables.draft = self.draft;
  merged = add_up (&self, error);
  prof_draft_free (self.draft);
  prof_merge_types_clear (&self.types);
  prof_merge_tables_clear (&self.tables);
  prof_row_index_clear (&self.samples);
  g_free (self.values);
  return merged;
}

static bool
is_nothing (const int64_t *values, size_t n_types)
{
  for (size_t t = 0; t < n_types; t++)
    if (values[t] != 0)
      return false;
  return true;
}

static bool
has_empty_samples (const ProfProfile *profile)
{
  const int64_t *values = prof_profile_sample_values (profile);
  size_t         n_types = prof_profile_n_types (profile);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (is_nothing (values + s * n_types, n_types))
      return true;
  return false;
}

/* What has cancelled is gone after the second time: equal samples are one
 * already. */
ProfProfile *
prof_merge (ProfProfile *const *profiles,
            size_t              n,
            ProfProgress       *progress,
            GError            **error)
{
  g_autoptr (ProfProfile) merged = merge_once (profiles, n, progress, error);

  if (merged == NULL || !has_empty_samples (merged))
    return g_steal_pointer (&merged);
  return merge_once (&merged, 1, progress, error);
}

static bool
has_negative_values (const ProfProfile *profile)
{
  const int64_t *values = prof_profile_sample_values (profile);
  size_t         n_types = prof_profile_n_types (profile);
  size_t         n = prof_profile_n_samples (profile) * n_types;

  for (size_t v = 0; v < n; v++)
    if (values[v] < 0)
      return true;
  return false;
}

bool
prof_merge_matters (const ProfProfile *profile)
{
  return has_negative_values (profile) || has_empty_samples (profile);
}
