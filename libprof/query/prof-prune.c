/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-prune.h"

#include "query/prof-relink.h"
#include "query/prof-simple-name.h"
#include <string.h>

/* First the lines: of each location the innermost ones go, up to the outermost
 * that is dropped. Then the stacks: each ends at the first location, seen from
 * the root, that lost anything, but only behind one that lost nothing, so that
 * no stack loses all. What a stack keeps depends on its path alone and is worked
 * out once for each node of the stack table. */

typedef enum
{
  WHOLE,     /* nothing is dropped */
  SHORTENED, /* its innermost lines are */
  DROPPED,   /* all lines are */
} Fate;

/* Of a node of the stack table. */
enum
{
  HAS_USER = 1 << 0, /* a location on the path is whole */
  IS_CUT = 1 << 1,   /* the path goes on behind the cut */
};

typedef struct
{
  ProfProfile *profile;
  ProfPattern *drop;
  ProfPattern *keep; /* or NULL */

  /* Owned */
  uint8_t     *fates;  /* for each location: Fate */
  uint32_t    *n_gone; /* for each location: innermost lines that go */
  uint8_t     *states; /* for each stack node */
  ProfStackId *leaves; /* for each stack node: where its stack ends now */
} Pruner;

static bool
is_dropped (const Pruner   *pruner,
            const ProfLine *line,
            bool           *dropped,
            GError        **error)
{
  const ProfFunction *function;
  bool                kept = false;

  function = &prof_profile_functions (pruner->profile)[line->function];
  *dropped = false;
  if (function->name == 0)
    return true;
  if (!prof_simple_name_test (pruner->drop,
                              pruner->profile,
                              function,
                              dropped,
                              error))
    return false;
  if (!*dropped || pruner->keep == NULL)
    return true;
  if (!prof_simple_name_test (pruner->keep,
                              pruner->profile,
                              function,
                              &kept,
                              error))
    return false;
  *dropped = !kept;
  return true;
}

static bool
judge_location (const Pruner *pruner, ProfLocationId id, GError **error)
{
  const ProfLocation *location = &prof_profile_locations (pruner->profile)[id];
  const ProfLine     *lines = prof_profile_lines (pruner->profile);

  for (uint32_t l = location->n_lines; l > 0; l--)
    {
      bool dropped;

      if (!is_dropped (pruner,
                       &lines[location->first_line + l - 1],
                       &dropped,
                       error))
        return false;
      if (dropped)
        {
          pruner->n_gone[id] = l;
          pruner->fates[id] = l == location->n_lines ? DROPPED : SHORTENED;
          return true;
        }
    }
  return true;
}

static bool
judge_locations (const Pruner *pruner, bool *any, GError **error)
{
  size_t n_locations = prof_profile_n_locations (pruner->profile);

  *any = false;
  for (size_t l = 0; l < n_locations; l++)
    {
      if (!judge_location (pruner, (ProfLocationId)l, error))
        return false;
      *any = *any || pruner->fates[l] != WHOLE;
    }
  return true;
}

static void
cut_node (const Pruner *pruner, const ProfStackNode *node, ProfStackId id)
{
  uint8_t state = pruner->states[node->parent];
  Fate    fate = pruner->fates[node->location];

  pruner->leaves[id] = id;
  if ((state & IS_CUT) != 0)
    pruner->leaves[id] = pruner->leaves[node->parent];
  else if (fate == WHOLE)
    state |= HAS_USER;
  else if ((state & HAS_USER) != 0)
    {
      state |= IS_CUT;
      if (fate == DROPPED)
        pruner->leaves[id] = node->parent;
    }
  pruner->states[id] = state;
}

/* A parent comes before its children. */
static void
cut_stacks (const Pruner *pruner)
{
  const ProfStackNode *nodes = prof_profile_stacks (pruner->profile);
  size_t               n_stacks = prof_profile_n_stacks (pruner->profile);

  for (size_t n = 1; n < n_stacks; n++)
    cut_node (pruner, &nodes[n], (ProfStackId)n);
}

/* A location that is dropped may still stand where no cut is made, and then with
 * all its lines. */
static void
shorten_locations (const Pruner *pruner, ProfDraft *draft)
{
  const ProfLocation *locations = prof_profile_locations (pruner->profile);
  const ProfLine     *lines = prof_profile_lines (pruner->profile);
  size_t              n_locations = prof_profile_n_locations (pruner->profile);

  prof_draft_begin_locations (draft);
  for (size_t l = 0; l < n_locations; l++)
    {
      uint32_t n_gone = pruner->fates[l] == SHORTENED ? pruner->n_gone[l] : 0;

      prof_draft_add_location (draft,
                               &locations[l],
                               lines + locations[l].first_line + n_gone,
                               locations[l].n_lines - n_gone);
    }
}

static ProfProfile *
rebuild (const Pruner *pruner, GError **error)
{
  g_autoptr (ProfDraft) draft = prof_draft_new (pruner->profile);
  ProfRelink            relink = { .leaves = pruner->leaves };

  shorten_locations (pruner, draft);
  prof_relink (draft, pruner->profile, &relink);
  return prof_draft_finish (draft, error);
}

static ProfProfile *
prune (Pruner *pruner, GError **error)
{
  size_t       n_stacks = prof_profile_n_stacks (pruner->profile);
  size_t       n_locations = prof_profile_n_locations (pruner->profile);
  ProfProfile *pruned = NULL;
  bool         any;

  pruner->fates = g_new0 (uint8_t, n_locations + 1);
  pruner->n_gone = g_new0 (uint32_t, n_locations + 1);
  if (judge_locations (pruner, &any, error) && any)
    {
      pruner->states = g_new0 (uint8_t, n_stacks + 1);
      pruner->leaves = g_new0 (ProfStackId, n_stacks + 1);
      cut_stacks (pruner);
      pruned = rebuild (pruner, error);
    }
  g_free (pruner->fates);
  g_free (pruner->n_gone);
  g_free (pruner->states);
  g_free (pruner->leaves);
  return pruned;
}

/* Without a pattern there is none, which is fine. */
static bool
compile (const ProfProfile *profile,
         ProfStringId       text,
         ProfPattern      **pattern,
         GError           **error)
{
  if (text == 0)
    return true;
  *pattern = prof_pattern_new (prof_profile_string (profile, text),
                               PROF_PATTERN_WHOLE,
                               prof_profile_limits (profile),
                               error);
  return *pattern != NULL;
}

/* Returns: NULL when nothing is dropped; @error is set where something should */
static ProfProfile *
obey (ProfProfile *profile, GError **error)
{
  g_autoptr (ProfPattern) drop = NULL;
  g_autoptr (ProfPattern) keep = NULL;
  Pruner                  pruner = { .profile = profile };

  if (prof_profile_drop_frames (profile) == 0 ||
      !compile (profile, prof_profile_drop_frames (profile), &drop, error) ||
      !compile (profile, prof_profile_keep_frames (profile), &keep, error))
    return NULL;
  pruner.drop = drop;
  pruner.keep = keep;
  return prune (&pruner, error);
}

ProfProfile *
prof_prune (ProfProfile *profile, char **unobeyed)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *pruned = obey (profile, &error);

  if (unobeyed != NULL)
    *unobeyed = error != NULL ? g_strdup (error->message) : NULL;
  return pruned != NULL ? pruned : prof_profile_ref (profile);
}
