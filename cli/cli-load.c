/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

/* So many are in memory at once; more are added up in turns, as pprof does. */
#define AT_ONCE 64

static GPtrArray *
new_profiles (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)prof_profile_unref);
}

/* Replaces all by their sum. */
static bool
add_up (GPtrArray *profiles, const char *path, int *status)
{
  g_autoptr (GError) error = NULL;
  ProfProfile       *sum = NULL;
  bool               is_ready = true;

  for (guint p = 0; p < profiles->len && is_ready; p++)
    is_ready = prof_profile_make_table (profiles->pdata[p], &error);
  if (is_ready)
    sum = prof_merge ((ProfProfile *const *)profiles->pdata,
                      profiles->len,
                      NULL,
                      &error);
  if (sum == NULL)
    {
      *status = cli_fail (path, error->message);
      return false;
    }
  g_ptr_array_set_size (profiles, 0);
  g_ptr_array_add (profiles, sum);
  return true;
}

/* One alone stays as it is where that makes no difference: adding up costs as
 * much as reading. */
static bool
is_finished (const GPtrArray *profiles, bool canonical)
{
  return profiles->len == 0 || (profiles->len == 1 && !canonical &&
                                !prof_merge_matters (profiles->pdata[0]));
}

/* Which binary of the profile a file is; the first that is named is the program,
 * whatever it is called. */
static bool
find_mapping (const CliArguments *arguments,
              const ProfProfile  *profile,
              const ProfSymbols  *symbols,
              const char         *path,
              ProfMappingId      *mapping)
{
  *mapping = prof_symbolize_mapping (profile, symbols, path);
  if (*mapping != PROF_ID_NONE)
    return true;
  *mapping = 0;
  if (path == arguments->binaries[0])
    return true;
  cli_fail (path, _ ("no binary of the profile is this file"));
  return false;
}

/* (nullable): the profile with names from one file; %NULL where it has none, which
 * is said unless it is nobody's fault. */
static ProfProfile *
name_by (const CliArguments *arguments, ProfProfile *profile, const char *path)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfSymbols) symbols = prof_symbols_open (path, &error);
  ProfProfile            *named = NULL;
  ProfMappingId           mapping;

  if (symbols != NULL)
    {
      if (!find_mapping (arguments, profile, symbols, path, &mapping) ||
          !prof_symbolize_matters (profile, mapping))
        return NULL;
      named = prof_symbolize (profile, mapping, symbols, &error);
    }
  if (named == NULL)
    cli_fail (path, error->message);
  return named;
}

static bool
has_names (const ProfProfile *profile)
{
  const ProfLocation *locations = prof_profile_locations (profile);

  for (size_t l = 0; l < prof_profile_n_locations (profile); l++)
    if (locations[l].n_lines == 0)
      return false;
  return true;
}

/* Names addresses by the program and libraries that were given; without them, and
 * where they do not help, they stay. */
static ProfProfile *
symbolize (const CliArguments *arguments, ProfProfile *profile)
{
  char **binaries = arguments->binaries;

  if (binaries == NULL || !prof_symbols_is_built () || has_names (profile))
    return profile;
  for (size_t b = 0; binaries[b] != NULL; b++)
    {
      ProfProfile *named = name_by (arguments, profile, binaries[b]);

      if (named == NULL)
        continue;
      prof_profile_unref (profile);
      profile = named;
    }
  return profile;
}

/* What cannot be read has been reported, and the others go on. */
static ProfProfile *
load_list (const CliArguments *arguments,
           const char *const  *paths,
           bool                canonical,
           int                *status)
{
  g_autoptr (GPtrArray) profiles = new_profiles ();

  for (size_t p = 0; paths[p] != NULL; p++)
    {
      ProfProfile *profile = cli_load (arguments, paths[p], status);

      if (profile == NULL)
        continue;
      g_ptr_array_add (profiles, symbolize (arguments, profile));
      if (profiles->len > AT_ONCE && !add_up (profiles, paths[0], status))
        return NULL;
    }
  if (!is_finished (profiles, canonical) &&
      !add_up (profiles, paths[0], status))
    return NULL;
  return profiles->len == 0 ? NULL : g_ptr_array_steal_index (profiles, 0);
}

static ProfProfile *
subtract (ProfProfile        *profile,
          const CliArguments *arguments,
          const char *const  *bases,
          int                *status)
{
  const ProfQueryFields  *fields = prof_query_fields (arguments->query);
  g_autoptr (ProfProfile) given = profile;
  g_autoptr (ProfProfile) base = load_list (arguments, bases, true, status);
  g_autoptr (GError)      error = NULL;
  unsigned                flags = 0;
  ProfProfile            *difference;

  if (base == NULL)
    return NULL;
  if (bases == fields->diff_base)
    flags |= PROF_SUBTRACT_APART;
  if (fields->normalize)
    flags |= PROF_SUBTRACT_NORMALIZED;
  difference = prof_subtract (given, base, flags, NULL, &error);
  if (difference == NULL)
    *status = cli_fail (arguments->paths[0], error->message);
  return difference;
}

ProfProfile *
cli_load_one (const CliArguments *arguments, const char *path, int *status)
{
  const char *const paths[] = { path, NULL };

  return load_list (arguments,
                    paths,
                    arguments->canonical ||
                        prof_query_fields (arguments->query)->normalize,
                    status);
}

/* Normalizing rounds each sample, so equal ones must be one before. */
ProfProfile *
cli_load_all (const CliArguments *arguments, int *status)
{
  const ProfQueryFields *fields = prof_query_fields (arguments->query);
  const char *const     *bases = fields->base;
  ProfProfile           *profile;

  if (bases[0] == NULL)
    bases = fields->diff_base;
  cli_network_start (&arguments->network,
                     (const char *const *)arguments->paths);
  cli_network_start (&arguments->network, bases);
  profile = load_list (arguments,
                       (const char *const *)arguments->paths,
                       arguments->canonical || bases[0] != NULL,
                       status);
  if (profile == NULL || bases[0] == NULL)
    return profile;
  return subtract (profile, arguments, bases, status);
}

static void
say (const CliArguments *arguments, const ProfAnswer *answer)
{
  const char *const *messages = prof_answer_messages (answer);

  for (size_t m = 0; messages[m] != NULL; m++)
    cli_fail (arguments->paths[0], messages[m]);
}

ProfAnswer *
cli_ask (const CliArguments *arguments, int *status)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = cli_load_all (arguments, status);
  ProfAnswer             *answer;

  if (profile == NULL)
    return NULL;
  answer = prof_answer_new (profile, arguments->query, NULL, &error);
  if (answer == NULL)
    *status = cli_fail (arguments->paths[0], error->message);
  else
    say (arguments, answer);
  return answer;
}
