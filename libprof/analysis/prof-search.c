/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-search.h"

#include "base/prof-checked.h"
#include "base/prof-hash.h"
#include "base/prof-pattern.h"
#include "base/prof-vec.h"
#include <stdlib.h>
#include <string.h>

/* A node whose children are passed, while starts are found. */
typedef struct
{
  ProfNodeId end;     /* behind its subtree */
  uint64_t   at;      /* where its next child begins */
  uint64_t   own_end; /* where it ends itself, on the root's line */
} Passed;

PROF_VEC_DEFINE (Path, path, Passed)

struct _ProfSearch
{
  gatomicrefcount ref_count;
  size_t          n_frames; /* that match */
  int64_t         total;

  /* Owned */
  uint8_t   *frames; /* for each frame whether it matches */
  ProfVecU32 nodes;  /* rising */
  ProfVecU32 outer;  /* rising */
  ProfVecU64 starts; /* of outer */

  /* Shared */
  ProfTree *tree;
};

/* How one text is looked for: as a pattern, or as it stands. */
typedef struct
{
  ProfPattern *pattern;
  const char  *text; /* folded when it is not ASCII and case is ignored */
  bool         respects_case;
  bool         is_ascii;
} Matcher;

static bool
contains (const Matcher *matcher, const char *text)
{
  g_autofree char *folded = NULL;

  if (matcher->respects_case)
    return strstr (text, matcher->text) != NULL;
  /* Folding every name makes a search over 20 000 names take 40 ms, looking for
   * ASCII 4 ms. */
  if (matcher->is_ascii)
    return strcasestr (text, matcher->text) != NULL;
  folded = g_utf8_casefold (text, -1);
  return strstr (folded, matcher->text) != NULL;
}

static bool
matches (const Matcher *matcher,
         uint32_t       id,
         const char    *text,
         bool          *found,
         GError       **error)
{
  if (matcher->pattern != NULL)
    return prof_pattern_test (matcher->pattern,
                              id,
                              text,
                              strlen (text),
                              found,
                              error);
  *found = contains (matcher, text);
  return true;
}

/* Files repeat from function to function: each distinct one is looked at once,
 * under an id behind those of the frames. */
static bool
match_file (const Matcher *matcher,
            GHashTable    *seen,
            size_t         n_frames,
            const char    *file,
            bool          *found,
            GError       **error)
{
  gpointer known;

  if (g_hash_table_lookup_extended (seen, file, NULL, &known))
    {
      *found = known != NULL;
      return true;
    }
  if (!matches (matcher,
                (uint32_t)(n_frames + g_hash_table_size (seen)),
                file,
                found,
                error))
    return false;
  g_hash_table_insert (seen, (gpointer)file, GINT_TO_POINTER (*found));
  return true;
}

static bool
match_frames (ProfSearch *self, const Matcher *matcher, GError **error)
{
  const ProfFrames      *frames = prof_tree_frames (self->tree);
  size_t                 n_frames = prof_frames_n (frames);
  g_autoptr (GHashTable) seen = g_hash_table_new (prof_hash_text, g_str_equal);

  self->frames = g_new0 (uint8_t, n_frames + 1);
  for (size_t f = 0; f < n_frames; f++)
    {
      ProfFrameId frame = (ProfFrameId)f;
      bool        found;

      if (!matches (matcher,
                    frame,
                    prof_frames_display_name (frames, frame),
                    &found,
                    error))
        return false;
      if (!found && !match_file (matcher,
                                 seen,
                                 n_frames,
                                 prof_frames_file (frames, frame),
                                 &found,
                                 error))
        return false;
      self->frames[f] = found;
      self->n_frames += found;
    }
  return true;
}

/* Puts a node on the path in place of those that end before it.
 * @start: (out): where it begins on the root's line */
static bool
pass (const ProfTree *tree, Path *path, ProfNodeId node, uint64_t *start)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  uint64_t        weight = prof_tree_weight (tree, node);
  Passed          passed = { node + nodes[node].size, 0, weight };

  *start = 0;
  while (path->length > 0 && path->data[path->length - 1].end <= node)
    path->length--;
  if (path->length > 0)
    {
      Passed *parent = &path->data[path->length - 1];

      *start = prof_node_child_start (parent->at, parent->own_end, weight);
      parent->at = *start + weight;
    }
  passed.at = *start;
  passed.own_end = *start + weight;
  return nodes[node].size == 1 || path_append (path, passed);
}

/* Nodes lie in preorder, so what is below the last outermost match ends where
 * that match ends. */
static bool
collect_nodes (ProfSearch *self, Path *path)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  size_t          n_nodes = prof_tree_n_nodes (self->tree);
  size_t          covered = 0;

  for (size_t n = 0; n < n_nodes; n++)
    {
      ProfNodeId node = (ProfNodeId)n;
      bool       found = n > 0 && self->frames[nodes[n].frame];
      uint64_t   start;

      if (found && !prof_vec_u32_append (&self->nodes, node))
        return false;
      if (n < covered)
        continue;
      if (!pass (self->tree, path, node, &start))
        return false;
      if (!found)
        continue;
      covered = n + nodes[n].size;
      self->total = prof_add_i64 (self->total, nodes[n].total);
      if (!prof_vec_u32_append (&self->outer, node) ||
          !prof_vec_u64_append (&self->starts, start))
        return false;
    }
  return true;
}

/* By location. */
static bool *
find_locations (const ProfSearch *self)
{
  const ProfFrames *frames = prof_tree_frames (self->tree);
  size_t            n = prof_profile_n_locations (prof_frames_profile (frames));
  bool             *found = g_new0 (bool, n + 1);

  for (size_t l = 0; l < n; l++)
    {
      size_t             n_frames;
      const ProfFrameId *of = prof_frames_of_location (frames,
                                                       (ProfLocationId)l,
                                                       &n_frames);

      for (size_t f = 0; f < n_frames; f++)
        found[l] |= self->frames[of[f]] != 0;
    }
  return found;
}

/* Matches below closed nodes are in no node: only stacks tell of them. */
static bool
add_stacks (ProfSearch *self)
{
  ProfProfile *profile = prof_frames_profile (prof_tree_frames (self->tree));
  size_t       n_stacks = prof_profile_n_stacks (profile);
  size_t       n_types = prof_profile_n_types (profile);
  const ProfStackNode *stacks = prof_profile_stacks (profile);
  const ProfStackId   *of_sample = prof_profile_sample_stacks (profile);
  const int64_t       *values = prof_profile_sample_values (profile) +
                          prof_tree_type (self->tree);
  g_autofree bool *locations = find_locations (self);
  g_autofree bool *found = g_try_new (bool, n_stacks);

  if (found == NULL)
    return false;
  found[0] = false;
  for (size_t s = 1; s < n_stacks; s++)
    found[s] = found[stacks[s].parent] || locations[stacks[s].location];
  self->total = 0;
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    if (found[of_sample[s]])
      self->total = prof_add_i64 (self->total, values[s * n_types]);
  return true;
}

static bool
collect (ProfSearch *self, GError **error)
{
  Path path = { 0 };
  bool collected = collect_nodes (self, &path) &&
                   (prof_tree_is_whole (self->tree) || add_stacks (self));

  path_clear (&path);
  if (!collected)
    prof_fail (error,
               PROF_ERROR_TOO_LARGE,
               "not enough memory for the matches");
  return collected;
}

static bool
search (ProfSearch     *self,
        const char     *text,
        ProfSearchFlags flags,
        GError        **error)
{
  bool                    respects_case = (flags & PROF_SEARCH_CASE) != 0;
  g_autoptr (ProfPattern) pattern = NULL;
  g_autofree char        *folded = NULL;
  Matcher                 matcher = { NULL, text, respects_case, false };
  ProfFrames             *frames = prof_tree_frames (self->tree);
  ProfProfile            *profile = prof_frames_profile (frames);

  if ((flags & PROF_SEARCH_REGEX) != 0)
    {
      pattern = prof_pattern_new (text,
                                  respects_case ? 0 : PROF_PATTERN_CASELESS,
                                  prof_profile_limits (profile),
                                  error);
      if (pattern == NULL)
        return false;
      matcher.pattern = pattern;
    }
  matcher.is_ascii = g_str_is_ascii (text);
  if (!matcher.is_ascii && !respects_case)
    matcher.text = folded = g_utf8_casefold (text, -1);
  return match_frames (self, &matcher, error) && collect (self, error);
}

ProfSearch *
prof_search_new (ProfTree       *tree,
                 const char     *text,
                 ProfSearchFlags flags,
                 GError        **error)
{
  g_autoptr (ProfSearch) self = g_new0 (ProfSearch, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->tree = prof_tree_ref (tree);
  if (!search (self, text, flags, error))
    return NULL;
  return g_steal_pointer (&self);
}

ProfSearch *
prof_search_ref (ProfSearch *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_search_unref (ProfSearch *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->frames);
  prof_vec_u32_clear (&self->nodes);
  prof_vec_u32_clear (&self->outer);
  prof_vec_u64_clear (&self->starts);
  prof_tree_unref (self->tree);
  g_free (self);
}

ProfTree *
prof_search_tree (const ProfSearch *self)
{
  return self->tree;
}

bool
prof_search_frame_matches (const ProfSearch *self, ProfFrameId frame)
{
  return self->frames[frame] != 0;
}

size_t
prof_search_n_frames (const ProfSearch *self)
{
  return self->n_frames;
}

int64_t
prof_search_total (const ProfSearch *self)
{
  return self->total;
}

/* The first entry that is not below @node. */
static size_t
lower_bound (const ProfVecU32 *rising, ProfNodeId node)
{
  size_t low = 0;
  size_t high = rising->length;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (rising->data[middle] < node)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

ProfMatch
prof_search_node (const ProfSearch *self, ProfNodeId node)
{
  ProfFrameId frame = prof_tree_nodes (self->tree)[node].frame;
  size_t      place;

  if (frame == PROF_ID_NONE || !self->frames[frame])
    return PROF_MATCH_NONE;
  place = lower_bound (&self->outer, node);
  if (place < self->outer.length && self->outer.data[place] == node)
    return PROF_MATCH_OUTER;
  return PROF_MATCH_INNER;
}

const ProfNodeId *
prof_search_nodes (const ProfSearch *self, size_t *n)
{
  *n = self->nodes.length;
  return self->nodes.data;
}

const ProfNodeId *
prof_search_outer (const ProfSearch *self, size_t *n)
{
  *n = self->outer.length;
  return self->outer.data;
}

const uint64_t *
prof_search_outer_starts (const ProfSearch *self)
{
  return self->starts.data;
}

bool
prof_search_any (const ProfSearch *self, ProfNodeId first, ProfNodeId end)
{
  size_t place = lower_bound (&self->nodes, first);

  return place < self->nodes.length && self->nodes.data[place] < end;
}
