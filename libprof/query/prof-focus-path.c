/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-focus-path.h"

#include "base/prof-pattern.h"
#include "query/prof-filter.h"
#include "query/prof-relink.h"
#include <string.h>

/* How many names of the path a stack has passed follows, for each node of the
 * stack table, from its parent's: one pass. */

#define ASTRAY UINT32_MAX

/* The text form. */

/* (transfer full): the next name; moves @text behind it, to NULL at the end. */
static char *
next_name (const char **text)
{
  GString    *name = g_string_new (NULL);
  const char *at = *text;

  for (; *at != '\0' && *at != ';'; at++)
    {
      if (at[0] == '\\' && (at[1] == ';' || at[1] == '\\'))
        at++;
      g_string_append_c (name, *at);
    }
  *text = *at == ';' ? at + 1 : NULL;
  return g_string_free (name, FALSE);
}

/* (transfer full): NULL at the end. */
static GPtrArray *
split (const char *text)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  while (text != NULL)
    g_ptr_array_add (names, next_name (&text));
  return names;
}

bool
prof_focus_path_check (const char *text, GError **error)
{
  g_autoptr (GPtrArray) names = split (text);

  if (text[0] == '\0')
    return true;
  for (guint n = 0; n < names->len; n++)
    if (((const char *)names->pdata[n])[0] == '\0')
      return prof_fail (error,
                        PROF_ERROR_UNSUPPORTED,
                        "name %u of the path is empty",
                        n + 1);
  return true;
}

/* (transfer full): of code without a name. */
static char *
name_of_binary (const char *binary)
{
  g_autofree char *base = NULL;

  if (binary == NULL || binary[0] == '\0')
    return g_strdup ("<unknown>");
  base = g_path_get_basename (binary);
  return g_strdup_printf ("[%s]", base);
}

void
prof_focus_path_append (GString *path, const char *name, const char *binary)
{
  g_autofree char *other = name[0] == '\0' ? name_of_binary (binary) : NULL;

  if (path->len > 0)
    g_string_append_c (path, ';');
  for (const char *at = other != NULL ? other : name; *at != '\0'; at++)
    {
      if (*at == ';' || *at == '\\')
        g_string_append_c (path, '\\');
      g_string_append_c (path, *at);
    }
}

/* The path without what other filters have taken from stacks. */

typedef enum
{
  DROP_MATCHES,
  KEEP_MATCHES,
  BEGIN_AT_MATCH,
} Thinning;

static bool
matches_name (ProfPattern *pattern,
              GPtrArray   *names,
              guint        n,
              bool        *matches,
              GError     **error)
{
  const char *name = names->pdata[n];

  return prof_pattern_test (pattern, n, name, strlen (name), matches, error);
}

static bool
begin_at_match (GPtrArray *names, const bool *matches)
{
  guint first = 0;

  while (first < names->len && !matches[first])
    first++;
  if (first > 0 && first < names->len)
    g_ptr_array_remove_range (names, 0, first);
  return true;
}

static void
remove_names (GPtrArray *names, const bool *matches, bool which)
{
  for (guint n = names->len; n > 0; n--)
    if (matches[n - 1] == which)
      g_ptr_array_remove_index (names, n - 1);
}

static bool
thin_out (GPtrArray        *names,
          const char       *text,
          Thinning          thinning,
          const ProfLimits *limits,
          GError          **error)
{
  g_autofree bool *matches = g_new0 (bool, names->len + 1);
  ProfPattern     *pattern;
  bool             done = true;

  if (text[0] == '\0')
    return true;
  pattern = prof_pattern_new (text, 0, limits, error);
  if (pattern == NULL)
    return false;
  for (guint n = 0; n < names->len && done; n++)
    done = matches_name (pattern, names, n, &matches[n], error);
  prof_pattern_free (pattern);
  if (!done)
    return false;
  if (thinning == BEGIN_AT_MATCH)
    begin_at_match (names, matches);
  else
    remove_names (names, matches, thinning == DROP_MATCHES);
  return true;
}

/* (transfer full): the names that are left. */
static GPtrArray *
names_of (const ProfQueryFields *fields,
          const ProfLimits      *limits,
          GError               **error)
{
  g_autoptr (GPtrArray) names = split (fields->focus_path);

  if (!thin_out (names, fields->hide, DROP_MATCHES, limits, error) ||
      !thin_out (names, fields->show, KEEP_MATCHES, limits, error) ||
      !thin_out (names, fields->show_from, BEGIN_AT_MATCH, limits, error))
    return NULL;
  return g_steal_pointer (&names);
}

/* Following it. */

typedef struct
{
  const ProfProfile  *profile;
  const ProfFunction *functions;
  const ProfLine     *lines;
  const char *const  *names;
  uint32_t            n;
  bool                noinlines;
  bool                collapses;

  /* Owned */
  ProfStringId *ids; /* of names; PROF_ID_NONE: no string of the profile */
} Follower;

static bool
is_unnamed (const Follower     *self,
            const ProfLocation *location,
            const char         *name)
{
  const ProfMapping *mapping;
  g_autofree char   *binary = NULL;
  g_autofree char   *own = NULL;

  if (location->mapping != PROF_ID_NONE)
    {
      mapping = &prof_profile_mappings (self->profile)[location->mapping];
      binary = g_strconcat (prof_profile_string (self->profile,
                                                 mapping->filename),
                            prof_profile_string (self->profile,
                                                 mapping->kernel_symbol),
                            NULL);
    }
  own = name_of_binary (binary);
  return strcmp (own, name) == 0;
}

/* @name: of a function; 0 for code without one. */
static bool
is_nth (const Follower     *self,
        const ProfLocation *location,
        ProfStringId        name,
        uint32_t            n)
{
  if (name != 0)
    return self->ids[n] == name;
  return is_unnamed (self, location, self->names[n]);
}

static uint32_t
step (const Follower     *self,
      const ProfLocation *location,
      ProfStringId        name,
      uint32_t            passed)
{
  if (passed == ASTRAY || passed == self->n)
    return passed;
  if (is_nth (self, location, name, passed))
    return passed + 1;
  if (self->collapses && passed > 0 &&
      is_nth (self, location, name, passed - 1))
    return passed;
  return ASTRAY;
}

/* Lines are innermost first. */
static uint32_t
follow (const Follower *self, const ProfLocation *location, uint32_t passed)
{
  uint32_t end = self->noinlines && location->n_lines > 0
                     ? location->n_lines - 1
                     : 0;

  if (location->n_lines == 0)
    return step (self, location, 0, passed);
  for (uint32_t l = location->n_lines; l > end; l--)
    {
      const ProfLine *line = &self->lines[location->first_line + l - 1];

      passed = step (self,
                     location,
                     self->functions[line->function].name,
                     passed);
    }
  return passed;
}

/* (transfer full): for each sample whether it goes. */
static bool *
drop_samples (const Follower *self, bool *any)
{
  const ProfProfile   *profile = self->profile;
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  const ProfLocation  *locations = prof_profile_locations (profile);
  size_t               n_nodes = prof_profile_n_stacks (profile);
  size_t               n_samples = prof_profile_n_samples (profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (profile);
  g_autofree uint32_t *passed = g_new0 (uint32_t, n_nodes + 1);
  bool                *dropped = g_new (bool, n_samples + 1);

  for (size_t n = 1; n < n_nodes; n++)
    passed[n] = follow (self,
                        &locations[nodes[n].location],
                        passed[nodes[n].parent]);
  *any = false;
  for (size_t s = 0; s < n_samples; s++)
    {
      dropped[s] = passed[stacks[s]] != self->n;
      *any |= !dropped[s];
    }
  return dropped;
}

static ProfProfile *
filter (const Follower *self,
        ProfProfile    *profile,
        unsigned       *misses,
        GError        **error)
{
  bool             any;
  g_autofree bool *dropped = drop_samples (self, &any);
  ProfRelink       relink = { .dropped = dropped };
  ProfDraft       *draft = prof_draft_new (profile);
  ProfProfile     *left;

  if (!any)
    *misses |= PROF_MISS_FOCUS_PATH;
  prof_relink (draft, profile, &relink);
  left = prof_draft_finish (draft, error);
  prof_draft_free (draft);
  return left;
}

ProfProfile *
prof_filter_path (ProfProfile           *profile,
                  const ProfQueryFields *fields,
                  unsigned              *misses,
                  ProfProgress          *progress,
                  GError               **error)
{
  g_autoptr (GPtrArray)    names = NULL;
  g_autofree ProfStringId *ids = NULL;
  Follower                 self = {
                    .profile = profile,
                    .functions = prof_profile_functions (profile),
                    .lines = prof_profile_lines (profile),
                    .noinlines = fields->noinlines,
                    .collapses = fields->collapse_recursion,
  };

  if (!prof_progress_step (progress, -1, error))
    return NULL;
  names = names_of (fields, prof_profile_limits (profile), error);
  if (names == NULL)
    return NULL;
  if (names->len == 0)
    return prof_profile_ref (profile);
  self.names = (const char *const *)names->pdata;
  self.n = names->len;
  self.ids = ids = g_new (ProfStringId, names->len);
  for (guint n = 0; n < names->len; n++)
    ids[n] = prof_profile_find_string (profile,
                                       self.names[n],
                                       strlen (self.names[n]));
  return filter (&self, profile, misses, error);
}
