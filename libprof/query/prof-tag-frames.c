/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-tag-frames.h"

#include "base/prof-idmap.h"
#include "base/prof-vec.h"
#include "model/prof-draft.h"
#include "query/prof-filter.h"
#include "query/prof-label-values.h"
#include <string.h>

/* Each set of outer frames has the old stack table below it again, as far as
 * samples need it: a node is made once for each root, when the first sample
 * passes it. */

typedef struct
{
  ProfProfile *profile;
  const char  *unit;

  /* Owned */
  ProfDraft  *draft;
  char      **roots; /* keys, outermost first */
  char      **leaves;
  GHashTable *locations;    /* "KEY\0VALUES" as GBytes -> location */
  ProfIdmap   copies;       /* (root node, old node) -> new node */
  ProfVecU32  path;         /* old nodes to copy, innermost first */
  uint64_t    max_function; /* largest ids of the file */
  uint64_t    max_location;
  bool        root_hit;
  bool        leaf_hit;
} Tagger;

static void
find_ids (Tagger *self)
{
  const ProfFunction *functions = prof_profile_functions (self->profile);
  const ProfLocation *locations = prof_profile_locations (self->profile);

  for (size_t f = 0; f < prof_profile_n_functions (self->profile); f++)
    self->max_function = MAX (self->max_function, functions[f].id);
  for (size_t l = 0; l < prof_profile_n_locations (self->profile); l++)
    self->max_location = MAX (self->max_location, locations[l].id);
}

static ProfLocationId
add_location (Tagger *self, const char *key, const GString *values)
{
  ProfFunction function = {
    .id = ++self->max_function,
    .name = prof_draft_string (self->draft, values->str, values->len),
    .filename = prof_draft_string (self->draft, key, strlen (key)),
  };
  ProfLine line = {
    .function = prof_draft_add_function (self->draft, &function),
  };
  ProfLocation location = {
    .id = ++self->max_location,
    .mapping = PROF_ID_NONE,
  };

  return prof_draft_add_location (self->draft, &location, &line, 1);
}

/* The location that stands for a sample's values of one key. */
static ProfLocationId
location_of (Tagger *self, size_t sample, const char *key, bool *hit)
{
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (key);
  g_autoptr (GBytes)  bytes = NULL;
  gpointer            known;
  ProfLocationId      location;

  if (prof_label_values_append (self->profile, sample, key, self->unit, values))
    *hit = true;
  g_string_append_c (text, '\0');
  g_string_append_len (text, values->str, (gssize)values->len);
  bytes = g_bytes_new (text->str, text->len);
  if (g_hash_table_lookup_extended (self->locations, bytes, NULL, &known))
    return GPOINTER_TO_UINT (known);
  location = add_location (self, key, values);
  g_hash_table_insert (self->locations,
                       g_steal_pointer (&bytes),
                       GUINT_TO_POINTER (location));
  return location;
}

/* The last key is looked up first: that is how pprof numbers what it adds. */
static ProfStackId
add_frames (Tagger *self, size_t sample, ProfStackId stack, char **keys)
{
  bool  *hit = keys == self->roots ? &self->root_hit : &self->leaf_hit;
  size_t n = g_strv_length (keys);
  g_autofree ProfLocationId *locations = g_new (ProfLocationId, n + 1);

  for (size_t k = n; k > 0; k--)
    locations[k - 1] = location_of (self, sample, keys[k - 1], hit);
  for (size_t k = 0; k < n; k++)
    stack = prof_draft_child (self->draft, stack, locations[k]);
  return stack;
}

static uint64_t
key_of (ProfStackId root, ProfStackId stack)
{
  return (uint64_t)root << 32 | stack;
}

/* The node below @root that @stack is at now. */
static ProfStackId
copy_stack (Tagger *self, ProfStackId root, ProfStackId stack)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  ProfStackId          copy = root;
  bool                 fits = true;

  self->path.length = 0;
  for (; stack != 0; stack = nodes[stack].parent)
    {
      uint32_t known = prof_idmap_get (&self->copies, key_of (root, stack));

      if (known != PROF_ID_NONE)
        {
          copy = known;
          break;
        }
      fits = fits && prof_vec_u32_append (&self->path, stack);
    }
  for (size_t p = self->path.length; p > 0; p--)
    {
      stack = self->path.data[p - 1];
      copy = prof_draft_child (self->draft, copy, nodes[stack].location);
      fits = fits && prof_idmap_put (&self->copies, key_of (root, stack), copy);
    }
  prof_need_memory (fits);
  return copy;
}

static void
tag_sample (Tagger *self, size_t sample)
{
  const ProfProfile *profile = self->profile;
  size_t             n_types = prof_profile_n_types (profile);
  size_t             n;
  const ProfLabel   *labels = prof_profile_sample_labels (profile, sample, &n);
  ProfStackId        stack = add_frames (self, sample, 0, self->roots);

  stack = copy_stack (self,
                      stack,
                      prof_profile_sample_stacks (profile)[sample]);
  stack = add_frames (self, sample, stack, self->leaves);
  prof_draft_add_sample (self->draft,
                         stack,
                         prof_profile_sample_values (profile) +
                             sample * n_types,
                         labels,
                         n);
}

static bool
tag_samples (Tagger *self, ProfProgress *progress, GError **error)
{
  size_t n = prof_profile_n_samples (self->profile);

  prof_draft_begin_stacks (self->draft);
  prof_draft_begin_samples (self->draft);
  for (size_t s = 0; s < n; s++)
    {
      if (s % 4096 == 0 &&
          !prof_progress_step (progress, (double)s / (double)n, error))
        return false;
      tag_sample (self, s);
    }
  return true;
}

ProfProfile *
prof_tag_frames (ProfProfile           *profile,
                 const ProfQueryFields *fields,
                 unsigned              *misses,
                 ProfProgress          *progress,
                 GError               **error)
{
  Tagger       self = { .profile = profile, .unit = fields->unit };
  ProfProfile *tagged = NULL;

  self.roots = prof_label_values_keys (fields->tagroot);
  self.leaves = prof_label_values_keys (fields->tagleaf);
  self.draft = prof_draft_new (profile);
  self.locations = g_hash_table_new_full (g_bytes_hash,
                                          g_bytes_equal,
                                          (GDestroyNotify)g_bytes_unref,
                                          NULL);
  prof_idmap_init (&self.copies);
  find_ids (&self);
  if (tag_samples (&self, progress, error))
    tagged = prof_draft_finish (self.draft, error);
  if (fields->tagroot[0] != '\0' && !self.root_hit)
    *misses |= PROF_MISS_TAGROOT;
  if (fields->tagleaf[0] != '\0' && !self.leaf_hit)
    *misses |= PROF_MISS_TAGLEAF;
  prof_draft_free (self.draft);
  prof_idmap_clear (&self.copies);
  prof_vec_u32_clear (&self.path);
  g_hash_table_unref (self.locations);
  g_strfreev (self.roots);
  g_strfreev (self.leaves);
  return tagged;
}
