/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-frames-private.h"

#include "analysis/prof-list-sums.h"
#include "analysis/prof-package-sums.h"
#include "base/prof-hash.h"
#include <stdlib.h>
#include <string.h>

/* The packages of frames. They are weighed on demand, because that costs a pass over
 * all stacks and a table does not need it. */

static uint32_t
add_package (ProfFrames *self, char *name, ProfTier tier)
{
  ProfPackage package = { .name = name, .tier = tier };

  prof_need_memory (prof_vec_package_append (&self->packages, package));
  return (uint32_t)(self->packages.length - 1);
}

/* (transfer full): of the function, or of the first one of a file. The frame's
 * own name may have its address in front and a file behind. */
static char *
package_path (ProfFrames *self, const ProfFrame *frame)
{
  const ProfFunction *function;
  size_t              length;
  const char         *name;

  if (frame->function == PROF_ID_NONE)
    return g_strdup ("");
  function = &prof_profile_functions (self->profile)[frame->function];
  name = prof_profile_string_bytes (self->profile, function->name, &length);
  name = prof_frames_displayable (self, name, length);
  return g_strndup (name, prof_package_of_name (name));
}

static uint32_t
package_of_frame (ProfFrames *self, const ProfFrame *frame, GHashTable *known)
{
  g_autofree char *raw = package_path (self, frame);
  g_autofree char *key = NULL;
  g_autofree char *name = NULL;
  bool             named = frame->function != PROF_ID_NONE;
  gpointer         package;
  ProfTier         tier = PROF_TIER_UNSYMBOLIZED;

  key = g_strconcat (named ? "+" : "-", raw, NULL);
  if (g_hash_table_lookup_extended (known, key, NULL, &package))
    return GPOINTER_TO_UINT (package);
  name = prof_package_title (raw);
  if (named)
    tier = name[0] == '\0' ? PROF_TIER_RUNTIME
                           : prof_package_tier (name, frame->file);
  package = GUINT_TO_POINTER (
      add_package (self, g_steal_pointer (&name), tier));
  g_hash_table_insert (known, g_steal_pointer (&key), package);
  return GPOINTER_TO_UINT (package);
}

/* In Go only assembler bodies have no package; C has none at all, and there
 * such code is the program's own. */
static void
own_what_is_not_go (ProfFrames *self)
{
  for (size_t p = 0; p < self->packages.length; p++)
    if (prof_package_is_runtime (self->packages.data[p].name) ||
        strcmp (self->packages.data[p].name, "main") == 0)
      return;
  for (size_t p = 0; p < self->packages.length; p++)
    if (self->packages.data[p].tier == PROF_TIER_RUNTIME)
      self->packages.data[p].tier = PROF_TIER_OWN;
}

void
prof_frames_find_packages (ProfFrames *self)
{
  g_autoptr (GHashTable) known = NULL;

  known = g_hash_table_new_full (prof_hash_text, g_str_equal, g_free, NULL);
  for (size_t f = 0; f < self->frames.length; f++)
    {
      ProfFrame *frame = &self->frames.data[f];

      frame->package = package_of_frame (self, frame, known);
    }
  own_what_is_not_go (self);
}

static double
weight_of (const ProfPackage *package)
{
  return (double)ABS (package->total) + 3 * (double)ABS (package->self);
}

static int
compare_packages (const void *a, const void *b)
{
  const ProfPackage *left = *(const ProfPackage *const *)a;
  const ProfPackage *right = *(const ProfPackage *const *)b;
  double             difference = weight_of (right) - weight_of (left);

  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return strcmp (left->name, right->name);
}

static void
rank_packages (ProfFrames *self)
{
  size_t                   n = self->packages.length;
  g_autofree ProfPackage **order = g_new (ProfPackage *, n + 1);

  for (size_t p = 0; p < n; p++)
    order[p] = &self->packages.data[p];
  qsort (order, n, sizeof *order, compare_packages);
  for (size_t p = 0; p < n; p++)
    order[p]->rank = (uint32_t)p;
}

static gpointer
add_totals (gpointer data)
{
  ProfFrames *self = data;

  return prof_stack_totals_new (self->profile, self->type);
}

void
prof_frames_begin_totals (ProfFrames *self)
{
  if (self->params.weighs_soon &&
      prof_profile_n_stacks (self->profile) >= PROF_THREAD_FROM_STACKS)
    self->adding = g_thread_try_new ("prof-totals", add_totals, self, NULL);
}

ProfStackTotals *
prof_frames_totals (ProfFrames *self)
{
  g_autoptr (ProfStackTotals) totals = NULL;

  g_mutex_lock (&self->lock);
  if (self->adding != NULL)
    self->totals = g_thread_join (g_steal_pointer (&self->adding));
  if (self->totals != NULL)
    totals = prof_stack_totals_ref (self->totals);
  else
    totals = prof_stack_totals_new (self->profile, self->type);
  if (self->totals == NULL && totals != NULL && !self->has_weighed)
    self->totals = prof_stack_totals_ref (totals);
  g_mutex_unlock (&self->lock);
  return g_steal_pointer (&totals);
}

void
prof_frames_drop_totals (ProfFrames *self)
{
  g_mutex_lock (&self->lock);
  self->has_weighed = true;
  if (self->adding != NULL)
    self->totals = g_thread_join (g_steal_pointer (&self->adding));
  g_clear_pointer (&self->totals, prof_stack_totals_unref);
  g_mutex_unlock (&self->lock);
}

static ProfGroupSum *
sum_packages (ProfFrames *self, const uint32_t *groups)
{
  size_t                      n = self->packages.length;
  g_autoptr (ProfStackTotals) totals = NULL;

  if (prof_profile_stack_list (self->profile) != NULL)
    return prof_list_sums (self->profile, self->type, self, groups, n);
  totals = prof_frames_totals (self);
  prof_need_memory (totals != NULL);
  return prof_package_sums (self, totals, groups, n);
}

static void
weigh_packages (ProfFrames *self)
{
  g_autofree uint32_t     *groups = g_new (uint32_t, self->frames.length + 1);
  g_autofree ProfGroupSum *sums = NULL;

  for (size_t f = 0; f < self->frames.length; f++)
    groups[f] = self->frames.data[f].package;
  sums = sum_packages (self, groups);
  prof_frames_drop_totals (self);
  for (size_t p = 0; p < self->packages.length; p++)
    {
      self->packages.data[p].self = sums[p].flat;
      self->packages.data[p].total = sums[p].cum;
    }
  rank_packages (self);
}

size_t
prof_frames_n_packages (const ProfFrames *self)
{
  return self->packages.length;
}

const ProfPackage *
prof_frames_packages (const ProfFrames *self)
{
  ProfFrames *mutable = (ProfFrames *)self;

  /* Nobody has seen the rows before they are weighed. */
  if (g_once_init_enter (&mutable->weighed))
    {
      weigh_packages (mutable);
      g_once_init_leave (&mutable->weighed, 1);
    }
  return self->packages.data;
}

uint32_t
prof_frames_package (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].package;
}
