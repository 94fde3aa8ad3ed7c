/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-filter.h"

#include "base/prof-pattern.h"
#include "base/prof-vec.h"
#include "query/prof-relink.h"
#include "query/prof-simple-name.h"
#include <string.h>

/* What is true of a location is found once for each, and what is true of a stack
 * once for each node of the stack table, from its parent's. */

typedef struct
{
  ProfProfile *profile;

  /* Owned */
  ProfPattern *pattern;
} Matcher;

static bool
begin_matcher (Matcher     *self,
               ProfProfile *profile,
               const char  *name,
               const char  *text,
               GError     **error)
{
  self->profile = profile;
  self->pattern = NULL;
  if (text[0] == '\0')
    return true;
  self->pattern = prof_pattern_new (text,
                                    0,
                                    prof_profile_limits (profile),
                                    error);
  if (self->pattern == NULL)
    g_prefix_error (error, "%s: ", name);
  return self->pattern != NULL;
}

static bool
test_string (Matcher *self, ProfStringId id, bool *matches, GError **error)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (self->profile, id, &length);

  return prof_pattern_test (self->pattern, id, text, length, matches, error);
}

static bool
test_line (Matcher *self, const ProfLine *line, bool *matches, GError **error)
{
  const ProfFunction *function;

  function = &prof_profile_functions (self->profile)[line->function];
  return test_string (self, function->name, matches, error) &&
         (*matches || test_string (self, function->filename, matches, error));
}

/* A kernel's file was taken apart; pprof sees all of it. */
static bool
test_binary (Matcher            *self,
             const ProfLocation *location,
             bool               *matches,
             GError            **error)
{
  const ProfMapping *mapping;
  g_autofree char   *whole = NULL;

  *matches = false;
  if (location->mapping == PROF_ID_NONE)
    return true;
  mapping = &prof_profile_mappings (self->profile)[location->mapping];
  if (mapping->kernel_symbol == 0)
    return test_string (self, mapping->filename, matches, error);
  whole = g_strconcat (prof_profile_string (self->profile, mapping->filename),
                       prof_profile_string (self->profile,
                                            mapping->kernel_symbol),
                       NULL);
  return prof_pattern_test (self->pattern,
                            (uint32_t)prof_profile_n_strings (self->profile) +
                                location->mapping,
                            whole,
                            strlen (whole),
                            matches,
                            error);
}

static const ProfLine *
lines_of (const ProfProfile *profile, const ProfLocation *location)
{
  const ProfLine *lines = prof_profile_lines (profile);

  return lines != NULL ? lines + location->first_line : NULL;
}

/* Whether a location matches by any line or its binary. */
static bool
test_location (Matcher            *self,
               const ProfLocation *location,
               bool               *matches,
               GError            **error)
{
  const ProfLine *lines = lines_of (self->profile, location);

  *matches = false;
  for (uint32_t l = 0; l < location->n_lines && !*matches; l++)
    if (!test_line (self, &lines[l], matches, error))
      return false;
  return *matches || test_binary (self, location, matches, error);
}

/* Filters by name. */

enum
{
  FOCUSED = 1 << 0,
  IGNORED = 1 << 1,
  GONE = 1 << 2, /* no line is left */
};

PROF_VEC_DEFINE (Lines, lines, ProfLine)

typedef struct
{
  ProfProfile *profile;
  Matcher      focus;
  Matcher      ignore;
  Matcher      hide;
  Matcher      show;
  bool         changes_lines; /* hide or show is asked for */
  const bool  *used;          /* (nullable) for each location: counts */
  unsigned     hits;          /* ProfMisses that are none */

  /* Owned */
  uint8_t   *locations; /* flags for each */
  Lines      left;      /* of one location */
  ProfDraft *draft;
} Namer;

static bool
judge_location (Namer              *self,
                const ProfLocation *location,
                uint8_t            *flags,
                GError            **error)
{
  bool matches = false;

  if (self->ignore.pattern != NULL &&
      !test_location (&self->ignore, location, &matches, error))
    return false;
  if (matches)
    {
      self->hits |= PROF_MISS_IGNORE;
      *flags |= IGNORED;
      return true;
    }
  matches = self->focus.pattern == NULL;
  if (!matches && !test_location (&self->focus, location, &matches, error))
    return false;
  if (matches)
    {
      self->hits |= PROF_MISS_FOCUS;
      *flags |= FOCUSED;
    }
  return true;
}

static bool
append_line (Namer *self, const ProfLine *line, GError **error)
{
  return lines_append (&self->left, *line) || prof_fail_memory (error);
}

/* Keeps the lines that match, or those that do not. */
static bool
sift_lines (Namer *self, Matcher *matcher, bool wanted, GError **error)
{
  size_t n = 0;

  for (size_t l = 0; l < self->left.length; l++)
    {
      bool matches;

      if (!test_line (matcher, &self->left.data[l], &matches, error))
        return false;
      if (matches == wanted)
        self->left.data[n++] = self->left.data[l];
    }
  self->left.length = n;
  return true;
}

static bool
hide_lines (Namer *self, const ProfLocation *location, GError **error)
{
  bool matches;
  bool binary;

  if (self->hide.pattern == NULL)
    return true;
  if (!test_location (&self->hide, location, &matches, error))
    return false;
  if (!matches)
    return true;
  self->hits |= PROF_MISS_HIDE;
  if (!test_binary (&self->hide, location, &binary, error))
    return false;
  if (binary)
    {
      self->left.length = 0;
      return true;
    }
  return sift_lines (self, &self->hide, false, error);
}

static bool
show_lines (Namer *self, const ProfLocation *location, GError **error)
{
  bool binary;

  if (self->show.pattern == NULL)
    return true;
  if (!test_binary (&self->show, location, &binary, error))
    return false;
  if (!binary && !sift_lines (self, &self->show, true, error))
    return false;
  if (self->left.length > 0)
    self->hits |= PROF_MISS_SHOW;
  return true;
}

/* Without names a location can be hidden by its binary alone, and is never
 * shown. */
static bool
change_lines (Namer              *self,
              const ProfLocation *location,
              uint8_t            *flags,
              GError            **error)
{
  const ProfLine *lines = lines_of (self->profile, location);
  unsigned        before = self->hits;

  self->left.length = 0;
  for (uint32_t l = 0; l < location->n_lines; l++)
    if (!append_line (self, &lines[l], error))
      return false;
  self->hits &= ~(unsigned)PROF_MISS_HIDE;
  if (!hide_lines (self, location, error))
    return false;
  if ((self->hits & PROF_MISS_HIDE) != 0 && self->left.length == 0)
    *flags |= GONE;
  self->hits |= before;
  if (!show_lines (self, location, error))
    return false;
  if (self->show.pattern != NULL && self->left.length == 0)
    *flags |= GONE;
  prof_draft_add_location (self->draft,
                           location,
                           self->left.data,
                           (uint32_t)self->left.length);
  return true;
}

static bool
judge_locations (Namer *self, GError **error)
{
  const ProfLocation *locations = prof_profile_locations (self->profile);
  size_t              n_locations = prof_profile_n_locations (self->profile);

  self->locations = g_new0 (uint8_t, n_locations + 1);
  if (self->changes_lines)
    prof_draft_begin_locations (self->draft);
  for (size_t l = 0; l < n_locations; l++)
    {
      unsigned before = self->hits;

      if (!judge_location (self, &locations[l], &self->locations[l], error) ||
          (self->changes_lines &&
           !change_lines (self, &locations[l], &self->locations[l], error)))
        return false;
      if (self->used != NULL && !self->used[l])
        self->hits = before;
    }
  return true;
}

/* For each sample whether it goes. */
static bool *
drop_samples (const Namer *self)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  size_t               n_nodes = prof_profile_n_stacks (self->profile);
  size_t               n_samples = prof_profile_n_samples (self->profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (self->profile);
  g_autofree uint8_t  *paths = g_new0 (uint8_t, n_nodes + 1);
  bool                *dropped = g_new (bool, n_samples + 1);

  for (size_t n = 1; n < n_nodes; n++)
    paths[n] = paths[nodes[n].parent] | self->locations[nodes[n].location];
  for (size_t s = 0; s < n_samples; s++)
    dropped[s] = (paths[stacks[s]] & (FOCUSED | IGNORED)) != FOCUSED;
  return dropped;
}

static bool *
find_gone (const Namer *self)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  size_t               n_nodes = prof_profile_n_stacks (self->profile);
  bool                *gone = g_new0 (bool, n_nodes + 1);

  for (size_t n = 1; n < n_nodes; n++)
    gone[n] = (self->locations[nodes[n].location] & GONE) != 0;
  return gone;
}

static ProfProfile *
filter_names (Namer *self, GError **error)
{
  g_autofree bool *dropped = NULL;
  g_autofree bool *gone = NULL;
  ProfRelink       relink = { .drops_empty = true };

  if (!judge_locations (self, error))
    return NULL;
  relink.dropped = dropped = drop_samples (self);
  if (self->changes_lines)
    relink.gone = gone = find_gone (self);
  prof_relink (self->draft, self->profile, &relink);
  return prof_draft_finish (self->draft, error);
}

/* The bits of what was asked for and never hit. */
static unsigned
misses_of (const Namer *self)
{
  unsigned asked = 0;

  asked |= self->focus.pattern != NULL ? (unsigned)PROF_MISS_FOCUS : 0;
  asked |= self->ignore.pattern != NULL ? (unsigned)PROF_MISS_IGNORE : 0;
  asked |= self->hide.pattern != NULL ? (unsigned)PROF_MISS_HIDE : 0;
  asked |= self->show.pattern != NULL ? (unsigned)PROF_MISS_SHOW : 0;
  return asked & ~self->hits;
}

ProfProfile *
prof_filter_names (ProfProfile           *profile,
                   const ProfQueryFields *fields,
                   const bool            *used,
                   unsigned              *misses,
                   ProfProgress          *progress,
                   GError               **error)
{
  Namer        self = { .profile = profile, .used = used };
  ProfProfile *filtered = NULL;

  if (begin_matcher (&self.focus, profile, "focus", fields->focus, error) &&
      begin_matcher (&self.ignore, profile, "ignore", fields->ignore, error) &&
      begin_matcher (&self.hide, profile, "hide", fields->hide, error) &&
      begin_matcher (&self.show, profile, "show", fields->show, error) &&
      prof_progress_step (progress, -1, error))
    {
      self.changes_lines = self.hide.pattern != NULL ||
                           self.show.pattern != NULL;
      self.draft = prof_draft_new (profile);
      filtered = filter_names (&self, error);
      *misses |= misses_of (&self);
    }
  prof_pattern_free (self.focus.pattern);
  prof_pattern_free (self.ignore.pattern);
  prof_pattern_free (self.hide.pattern);
  prof_pattern_free (self.show.pattern);
  prof_draft_free (self.draft);
  lines_clear (&self.left);
  g_free (self.locations);
  return filtered;
}

/* Cuts at one end. */

typedef struct
{
  ProfProfile *profile;
  Matcher      matcher;
  const bool  *used; /* (nullable) for each location: counts */
  bool         any;  /* some location matches */

  /* Owned */
  bool      *matches; /* for each location */
  ProfDraft *draft;
} Cutter;

/* Which lines of a location are left: from @first, @n of them. */
typedef bool (*CutLocation) (Cutter             *self,
                             const ProfLocation *location,
                             uint32_t           *first,
                             uint32_t           *n,
                             bool               *matches,
                             GError            **error);

static bool
cut_locations (Cutter *self, CutLocation cut, GError **error)
{
  const ProfLocation *locations = prof_profile_locations (self->profile);
  size_t              n_locations = prof_profile_n_locations (self->profile);

  self->matches = g_new0 (bool, n_locations + 1);
  prof_draft_begin_locations (self->draft);
  for (size_t l = 0; l < n_locations; l++)
    {
      uint32_t first = 0;
      uint32_t n = locations[l].n_lines;

      if (!cut (self, &locations[l], &first, &n, &self->matches[l], error))
        return false;
      self->any = self->any ||
                  (self->matches[l] && (self->used == NULL || self->used[l]));
      prof_draft_add_location (self->draft,
                               &locations[l],
                               lines_of (self->profile, &locations[l]) + first,
                               n);
    }
  return true;
}

/* Up to the outermost line that matches; all of them where the binary does. */
static bool
show_location_from (Cutter             *self,
                    const ProfLocation *location,
                    uint32_t           *first,
                    uint32_t           *n,
                    bool               *matches,
                    GError            **error)
{
  const ProfLine *lines = lines_of (self->profile, location);

  if (!test_binary (&self->matcher, location, matches, error))
    return false;
  for (uint32_t l = location->n_lines; l > 0 && !*matches; l--)
    {
      if (!test_line (&self->matcher, &lines[l - 1], matches, error))
        return false;
      if (*matches)
        *n = l;
    }
  return true;
}

/* From the innermost line that matches. */
static bool
prune_location_from (Cutter             *self,
                     const ProfLocation *location,
                     uint32_t           *first,
                     uint32_t           *n,
                     bool               *matches,
                     GError            **error)
{
  const ProfLine     *lines = lines_of (self->profile, location);
  const ProfFunction *functions = prof_profile_functions (self->profile);

  for (uint32_t l = 0; l < location->n_lines; l++)
    {
      const ProfFunction *function = &functions[lines[l].function];

      if (function->name != 0 && !prof_simple_name_test (self->matcher.pattern,
                                                         self->profile,
                                                         function,
                                                         matches,
                                                         error))
        return false;
      if (*matches)
        {
          *first = l;
          *n = location->n_lines - l;
          return true;
        }
    }
  return true;
}

static void
drop_above (Cutter *self)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  size_t               n_nodes = prof_profile_n_stacks (self->profile);
  g_autofree bool     *gone = g_new (bool, n_nodes + 1);
  ProfRelink           relink = { .gone = gone, .drops_empty = true };

  gone[0] = true;
  for (size_t n = 1; n < n_nodes; n++)
    gone[n] = gone[nodes[n].parent] && !self->matches[nodes[n].location];
  prof_relink (self->draft, self->profile, &relink);
}

static void
drop_below (Cutter *self)
{
  const ProfStackNode    *nodes = prof_profile_stacks (self->profile);
  size_t                  n_nodes = prof_profile_n_stacks (self->profile);
  g_autofree ProfStackId *match = g_new (ProfStackId, n_nodes + 1);
  g_autofree ProfStackId *leaves = g_new (ProfStackId, n_nodes + 1);
  ProfRelink              relink = { .leaves = leaves };

  match[0] = PROF_ID_NONE;
  leaves[0] = 0;
  for (size_t n = 1; n < n_nodes; n++)
    {
      match[n] = self->matches[nodes[n].location] ? (ProfStackId)n
                                                  : match[nodes[n].parent];
      leaves[n] = match[n] != PROF_ID_NONE ? match[n] : (ProfStackId)n;
    }
  prof_relink (self->draft, self->profile, &relink);
}

static ProfProfile *
cut_stacks (ProfProfile *profile,
            const char  *name,
            const char  *pattern,
            CutLocation  cut,
            void (*drop) (Cutter *self),
            const bool   *used,
            bool         *any,
            ProfProgress *progress,
            GError      **error)
{
  Cutter       self = { .profile = profile, .used = used };
  ProfProfile *left = NULL;

  self.draft = prof_draft_new (profile);
  if (begin_matcher (&self.matcher, profile, name, pattern, error) &&
      prof_progress_step (progress, -1, error) &&
      cut_locations (&self, cut, error))
    {
      drop (&self);
      left = prof_draft_finish (self.draft, error);
    }
  *any = self.any;
  prof_pattern_free (self.matcher.pattern);
  prof_draft_free (self.draft);
  g_free (self.matches);
  return left;
}

ProfProfile *
prof_filter_show_from (ProfProfile  *profile,
                       const char   *pattern,
                       const bool   *used,
                       unsigned     *misses,
                       ProfProgress *progress,
                       GError      **error)
{
  bool         any;
  ProfProfile *left = cut_stacks (profile,
                                  "show-from",
                                  pattern,
                                  show_location_from,
                                  drop_above,
                                  used,
                                  &any,
                                  progress,
                                  error);

  if (!any)
    *misses |= PROF_MISS_SHOW_FROM;
  return left;
}

ProfProfile *
prof_filter_prune_from (ProfProfile  *profile,
                        const char   *pattern,
                        ProfProgress *progress,
                        GError      **error)
{
  bool any;

  return cut_stacks (profile,
                     "prune-from",
                     pattern,
                     prune_location_from,
                     drop_below,
                     NULL,
                     &any,
                     progress,
                     error);
}
