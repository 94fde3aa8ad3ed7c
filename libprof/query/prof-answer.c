/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-answer.h"

#include "base/prof-upright.h"
#include "model/prof-stack-list.h"
#include "query/prof-filter-tags.h"
#include "query/prof-focus-path.h"
#include "query/prof-label-units.h"
#include "query/prof-prune.h"
#include "query/prof-tag-frames.h"
#include "query/prof-total.h"
#include <string.h>

struct _ProfAnswer
{
  gatomicrefcount ref_count;
  size_t          type;
  int64_t         total;
  unsigned        misses;

  /* Owned */
  bool           *used; /* for each location: samples passed it at first */
  ProfLabelUnits *units;
  GPtrArray      *messages;

  /* Shared */
  ProfProfile *source;
  ProfProfile *profile;
  ProfQuery   *query;
};

/* Replaces the profile by what a step has made of it. */
static bool
step (ProfAnswer *self, ProfProfile *profile)
{
  if (profile == NULL)
    return false;
  prof_profile_unref (self->profile);
  self->profile = profile;
  return true;
}

static bool
is_asked (const char *text)
{
  return text[0] != '\0';
}

static bool
has_empty_stack (const ProfProfile *profile)
{
  const ProfStackList *list = prof_profile_stack_list (profile);
  const ProfStackId   *stacks;

  if (list != NULL)
    {
      for (size_t s = 0; s < list->lengths.length; s++)
        if (list->lengths.data[s] == 0)
          return true;
      return false;
    }
  stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (stacks[s] == 0)
      return true;
  return false;
}

static bool
filter_names (ProfAnswer            *self,
              const ProfQueryFields *fields,
              ProfProgress          *progress,
              GError               **error)
{
  if (!is_asked (fields->focus) && !is_asked (fields->ignore) &&
      !is_asked (fields->hide) && !is_asked (fields->show) &&
      !has_empty_stack (self->profile))
    return true;
  return step (self,
               prof_filter_names (self->profile,
                                  fields,
                                  self->used,
                                  &self->misses,
                                  progress,
                                  error));
}

static bool
filter_tags (ProfAnswer            *self,
             const ProfQueryFields *fields,
             ProfProgress          *progress,
             GError               **error)
{
  if (!is_asked (fields->tagfocus) && !is_asked (fields->tagignore))
    return true;
  return step (self,
               prof_filter_tags (self->profile,
                                 fields,
                                 self->units,
                                 &self->misses,
                                 self->messages,
                                 progress,
                                 error));
}

static bool
filter_labels (ProfAnswer            *self,
               const ProfQueryFields *fields,
               ProfProgress          *progress,
               GError               **error)
{
  if (!is_asked (fields->tagshow) && !is_asked (fields->taghide))
    return true;
  return step (self,
               prof_filter_labels (self->profile,
                                   fields,
                                   &self->misses,
                                   progress,
                                   error));
}

static bool
filter (ProfAnswer            *self,
        const ProfQueryFields *fields,
        ProfProgress          *progress,
        GError               **error)
{
  return filter_names (self, fields, progress, error) &&
         (!is_asked (fields->show_from) ||
          step (self,
                prof_filter_show_from (self->profile,
                                       fields->show_from,
                                       self->used,
                                       &self->misses,
                                       progress,
                                       error))) &&
         (!is_asked (fields->focus_path) ||
          step (self,
                prof_filter_path (self->profile,
                                  fields,
                                  &self->misses,
                                  progress,
                                  error))) &&
         filter_tags (self, fields, progress, error) &&
         filter_labels (self, fields, progress, error) &&
         (!is_asked (fields->prune_from) ||
          step (self,
                prof_filter_prune_from (self->profile,
                                        fields->prune_from,
                                        progress,
                                        error)));
}

/* Rows of the table that are in no stack match nothing, as for pprof, which
 * leaves them out when it reads a file. Those that are added are used. */
static void
find_used (ProfAnswer *self)
{
  const ProfStackList *list = prof_profile_stack_list (self->profile);
  size_t               n_locations = prof_profile_n_locations (self->profile);
  const ProfStackNode *nodes;

  self->used = g_new0 (bool, n_locations + 1);
  if (list != NULL)
    {
      for (size_t m = 0; m < list->locations.length; m++)
        self->used[list->locations.data[m]] = true;
      return;
    }
  nodes = prof_profile_stacks (self->profile);
  for (size_t n = 1; n < prof_profile_n_stacks (self->profile); n++)
    self->used[nodes[n].location] = true;
}

static void
use_new_locations (ProfAnswer *self, size_t n_before)
{
  size_t n_locations = prof_profile_n_locations (self->profile);

  self->used = g_renew (bool, self->used, n_locations + 1);
  for (size_t l = n_before; l < n_locations; l++)
    self->used[l] = true;
}

static void
take_total (ProfAnswer *self, const ProfQueryFields *fields)
{
  self->total = prof_total (self->profile, self->type, fields->mean);
}

static bool
tag (ProfAnswer            *self,
     const ProfQueryFields *fields,
     ProfProgress          *progress,
     GError               **error)
{
  size_t n_before = prof_profile_n_locations (self->profile);

  if (!is_asked (fields->tagroot) && !is_asked (fields->tagleaf))
    return true;
  if (!step (self,
             prof_tag_frames (self->profile,
                              fields,
                              &self->misses,
                              progress,
                              error)))
    return false;
  use_new_locations (self, n_before);
  return true;
}

static void
prune (ProfAnswer *self)
{
  g_autofree char *unobeyed = NULL;

  step (self, prof_prune (self->profile, &unobeyed));
  if (unobeyed != NULL)
    g_ptr_array_add (self->messages,
                     g_strdup_printf ("no frames are dropped, as the file asks "
                                      "for: %s",
                                      unobeyed));
}

static bool
ask (ProfAnswer            *self,
     const ProfQueryFields *fields,
     ProfProgress          *progress,
     GError               **error)
{
  find_used (self);
  if (!fields->all_frames)
    prune (self);
  if (!tag (self, fields, progress, error))
    return false;
  if (!fields->relative_percentages)
    take_total (self, fields);
  if (!filter (self, fields, progress, error))
    return false;
  if (fields->relative_percentages)
    take_total (self, fields);
  return true;
}

static bool
find_type (ProfAnswer *self, const char *name, GError **error)
{
  /* Without types there are no samples either. */
  return prof_profile_n_types (self->profile) == 0 ||
         prof_profile_find_type (self->profile, name, &self->type, error);
}

static void
warn_of_units (ProfAnswer *self)
{
  g_auto (GStrv) warnings = prof_label_units_warnings (self->units);

  for (size_t w = 0; warnings[w] != NULL; w++)
    g_ptr_array_add (self->messages, g_steal_pointer (&warnings[w]));
}

static void
warn_of_sums (ProfAnswer *self)
{
  g_autofree char *name = NULL;

  if (prof_profile_n_types (self->profile) == 0 ||
      !prof_profile_is_saturated (self->profile, self->type))
    return;
  name = prof_upright (prof_profile_type_name (self->profile, self->type), -1);
  g_ptr_array_add (self->messages,
                   g_strdup_printf ("sums of \"%s\" stop at the end of 64 bits",
                                    name));
}

static void
warn_of_misses (ProfAnswer *self)
{
  static const struct
  {
    ProfMisses  miss;
    const char *name;
  } names[] = {
    { PROF_MISS_TAGROOT, "TagRoot" },     { PROF_MISS_TAGLEAF, "TagLeaf" },
    { PROF_MISS_FOCUS, "Focus" },         { PROF_MISS_IGNORE, "Ignore" },
    { PROF_MISS_HIDE, "Hide" },           { PROF_MISS_SHOW, "Show" },
    { PROF_MISS_SHOW_FROM, "ShowFrom" },  { PROF_MISS_TAGFOCUS, "TagFocus" },
    { PROF_MISS_TAGIGNORE, "TagIgnore" }, { PROF_MISS_TAGSHOW, "TagShow" },
    { PROF_MISS_TAGHIDE, "TagHide" },     { PROF_MISS_FOCUS_PATH, "FocusPath" },
  };

  for (size_t n = 0; n < G_N_ELEMENTS (names); n++)
    if ((self->misses & (unsigned)names[n].miss) != 0)
      g_ptr_array_add (self->messages,
                       g_strdup_printf ("%s expression matched no samples",
                                        names[n].name));
}

/* Steps that make another profile walk the stack table. */
static bool
is_filtered (const ProfQueryFields *fields)
{
  const char *const texts[] = {
    fields->focus,      fields->ignore,     fields->hide,     fields->show,
    fields->show_from,  fields->focus_path, fields->tagfocus, fields->tagignore,
    fields->tagshow,    fields->taghide,    fields->tagroot,  fields->tagleaf,
    fields->prune_from,
  };

  for (size_t t = 0; t < G_N_ELEMENTS (texts); t++)
    if (is_asked (texts[t]))
      return true;
  return fields->call_tree;
}

/* Sums of listed stacks do not saturate, and only grow. */
static bool
any_saturates_or_falls (const ProfProfile *profile)
{
  size_t         n_types = prof_profile_n_types (profile);
  size_t         n_values = prof_profile_n_samples (profile) * n_types;
  const int64_t *values = prof_profile_sample_values (profile);

  for (size_t t = 0; t < n_types; t++)
    if (prof_profile_is_saturated (profile, t))
      return true;
  for (size_t v = 0; v < n_values; v++)
    if (values[v] < 0)
      return true;
  return false;
}

static bool
needs_table (const ProfProfile *profile, const ProfQueryFields *fields)
{
  return is_filtered (fields) || fields->mean ||
         any_saturates_or_falls (profile) || has_empty_stack (profile) ||
         (!fields->all_frames && prof_profile_drop_frames (profile) != 0);
}

ProfAnswer *
prof_answer_new (ProfProfile  *profile,
                 ProfQuery    *query,
                 ProfProgress *progress,
                 GError      **error)
{
  g_autoptr (ProfAnswer) self = g_new0 (ProfAnswer, 1);
  const ProfQueryFields *fields = prof_query_fields (query);

  g_atomic_ref_count_init (&self->ref_count);
  self->source = prof_profile_ref (profile);
  self->profile = prof_profile_ref (profile);
  self->query = prof_query_ref (query);
  self->units = prof_label_units_new (profile);
  self->messages = g_ptr_array_new_with_free_func (g_free);
  warn_of_units (self);
  if (prof_profile_stack_list (profile) != NULL &&
      needs_table (profile, fields) &&
      !prof_profile_make_table (profile, error))
    return NULL;
  if (!find_type (self, fields->sample_index, error))
    return NULL;
  warn_of_sums (self);
  if (!ask (self, fields, progress, error))
    return NULL;
  warn_of_misses (self);
  g_ptr_array_add (self->messages, NULL);
  return g_steal_pointer (&self);
}

ProfAnswer *
prof_answer_ref (ProfAnswer *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_answer_unref (ProfAnswer *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->used);
  prof_label_units_free (self->units);
  g_ptr_array_unref (self->messages);
  prof_profile_unref (self->source);
  prof_profile_unref (self->profile);
  prof_query_unref (self->query);
  g_free (self);
}

ProfProfile *
prof_answer_profile (const ProfAnswer *self)
{
  return self->profile;
}

ProfProfile *
prof_answer_source (const ProfAnswer *self)
{
  return self->source;
}

ProfQuery *
prof_answer_query (const ProfAnswer *self)
{
  return self->query;
}

size_t
prof_answer_type (const ProfAnswer *self)
{
  return self->type;
}

int64_t
prof_answer_total (const ProfAnswer *self)
{
  return self->total;
}

unsigned
prof_answer_misses (const ProfAnswer *self)
{
  return self->misses;
}

const char *
prof_answer_label_unit (const ProfAnswer *self, ProfStringId key)
{
  return prof_label_units_get (self->units, key);
}

const char *
prof_answer_bytes_unit (const ProfAnswer *self)
{
  ProfStringId key = prof_profile_find_string (self->profile, "bytes", 5);

  if (key == PROF_ID_NONE)
    return "bytes";
  return prof_label_units_get (self->units, key);
}

const char *const *
prof_answer_messages (const ProfAnswer *self)
{
  return (const char *const *)self->messages->pdata;
}
