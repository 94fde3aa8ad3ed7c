/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-relink.h"

#include <string.h>

typedef struct
{
  const ProfRelink *relink;
  ProfDraft        *draft;
  ProfProfile      *profile;

  /* Owned; for each old node. @to is NULL where all stay. */
  bool        *needed;
  ProfStackId *to;
} Relinker;

static ProfStackId
leaf_of (const Relinker *self, size_t sample)
{
  ProfStackId leaf = prof_profile_sample_stacks (self->profile)[sample];

  return self->relink->leaves != NULL ? self->relink->leaves[leaf] : leaf;
}

static bool
is_dropped (const Relinker *self, size_t sample)
{
  return self->relink->dropped != NULL && self->relink->dropped[sample];
}

/* Nodes that no remaining sample ends at or below are not made again. */
static void
find_needed (Relinker *self)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  size_t               n_nodes = prof_profile_n_stacks (self->profile);
  size_t               n_samples = prof_profile_n_samples (self->profile);

  self->needed = g_new0 (bool, n_nodes + 1);
  for (size_t s = 0; s < n_samples; s++)
    if (!is_dropped (self, s))
      self->needed[leaf_of (self, s)] = true;
  for (size_t n = n_nodes; n > 1; n--)
    if (self->needed[n - 1])
      self->needed[nodes[n - 1].parent] = true;
}

/* A parent comes before its children. */
static void
make_nodes (Relinker *self)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  size_t               n_nodes = prof_profile_n_stacks (self->profile);
  const bool          *gone = self->relink->gone;

  self->to = g_new0 (ProfStackId, n_nodes + 1);
  prof_draft_begin_stacks (self->draft);
  for (size_t n = 1; n < n_nodes; n++)
    if (self->needed[n])
      {
        self->to[n] = self->to[nodes[n].parent];
        if (gone == NULL || !gone[n])
          self->to[n] = prof_draft_child (self->draft,
                                          self->to[n],
                                          nodes[n].location);
      }
}

static void
copy_sample (const Relinker *self, size_t sample)
{
  size_t           n_labels;
  const ProfLabel *labels;
  size_t           n_types = prof_profile_n_types (self->profile);
  ProfStackId      stack = leaf_of (self, sample);

  if (self->to != NULL)
    stack = self->to[stack];
  if (stack == 0 && self->relink->drops_empty)
    return;
  labels = prof_profile_sample_labels (self->profile, sample, &n_labels);
  prof_draft_add_sample (self->draft,
                         stack,
                         prof_profile_sample_values (self->profile) +
                             sample * n_types,
                         labels,
                         n_labels);
}

void
prof_relink (ProfDraft *draft, ProfProfile *profile, const ProfRelink *relink)
{
  Relinker self = { .relink = relink, .draft = draft, .profile = profile };
  size_t   n_samples = prof_profile_n_samples (profile);

  if (relink->leaves != NULL || relink->gone != NULL)
    {
      find_needed (&self);
      make_nodes (&self);
    }
  prof_draft_begin_samples (draft);
  for (size_t s = 0; s < n_samples; s++)
    if (!is_dropped (&self, s))
      copy_sample (&self, s);
  g_free (self.needed);
  g_free (self.to);
}
