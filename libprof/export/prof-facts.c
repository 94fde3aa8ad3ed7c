/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-facts.h"

#include "base/prof-unit.h"
#include "config.h"
#include "paint/prof-change-text.h"
#include <string.h>

#define NS_PER_SECOND 1000000000

static ProfProfile *
profile_of (ProfTree *tree)
{
  return prof_frames_profile (prof_tree_frames (tree));
}

static const char *
unit_of (ProfTree *tree)
{
  return prof_profile_type_unit (profile_of (tree), prof_tree_type (tree));
}

ProfSubject
prof_subject_of_tree (ProfTree *tree)
{
  return (ProfSubject){
    .profile = profile_of (tree),
    .type = prof_tree_type (tree),
    .total = prof_tree_nodes (tree)->total,
    .change = prof_tree_changes (tree),
    .scale = prof_tree_change_scale (tree),
  };
}

static const char *
subject_unit (const ProfSubject *of)
{
  return of->type < prof_profile_n_types (of->profile)
             ? prof_profile_type_unit (of->profile, of->type)
             : "";
}

static const char *
title_of (const ProfSubject *of, const char *count_name)
{
  if (count_name != NULL && count_name[0] != '\0')
    return count_name;
  return prof_unit_type_title (prof_profile_type_name (of->profile, of->type));
}

/* The program: the file's first binary, unless that is "[vdso]" or the like. */
static char *
binary_of (ProfProfile *profile)
{
  g_autofree char *base = NULL;
  const char      *path;

  if (prof_profile_n_mappings (profile) == 0)
    return NULL;
  path = prof_profile_string (profile,
                              prof_profile_mappings (profile)[0].filename);
  base = g_path_get_basename (path);
  if (path[0] == '\0' || !g_ascii_isalnum (base[0]))
    return NULL;
  return g_utf8_make_valid (base, -1);
}

char *
prof_subject_title (const ProfSubject *of, const char *count_name)
{
  g_autofree char *binary = binary_of (of->profile);
  g_autofree char *title = g_utf8_make_valid (title_of (of, count_name), -1);

  if (binary == NULL)
    return g_steal_pointer (&title);
  return g_strdup_printf ("%s: %s", binary, title);
}

char *
prof_subject_type (const ProfSubject *of, const char *count_name)
{
  char *title = g_utf8_make_valid (title_of (of, count_name), -1);

  if (title[0] != '\0' && !g_ascii_isupper (title[1]))
    title[0] = g_ascii_tolower (title[0]);
  return title;
}

char *
prof_subject_total (const ProfSubject *of)
{
  const ProfChange *change = of->change;

  if (change != NULL)
    return prof_change_difference (change->total_before,
                                   change->total_now,
                                   subject_unit (of));
  return prof_unit_human (of->total, subject_unit (of));
}

static void
add_part (GString *line, const char *part)
{
  if (line->len > 0)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/* "9.86 s", "8.03 s → 7.56 s" */
static char *
values (const ProfSubject *of)
{
  const ProfChange *change = of->change;

  if (change == NULL)
    return prof_subject_total (of);
  return prof_change_sides (change->total_before,
                            change->total_now,
                            subject_unit (of));
}

/* "9.86 s of CPU time", "42 goroutines" */
static char *
what (const ProfSubject *of, const char *count_name)
{
  g_autofree char *total = values (of);
  g_autofree char *type = prof_subject_type (of, count_name);
  const char      *unit = subject_unit (of);

  if (prof_unit_is_time (unit, NULL) || prof_unit_is_bytes (unit, NULL))
    return g_strdup_printf ("%s of %s", total, type);
  return g_strdup_printf ("%s %s", total, type);
}

/* " in 10.16 s (97.1 %)", or for what is no time " · over 10.16 s" */
static char *
duration (const ProfSubject *of)
{
  int64_t          ns = prof_profile_duration_ns (of->profile);
  double           factor;
  double           total = (double)of->total;
  g_autofree char *length = NULL;
  g_autofree char *share = NULL;

  if (ns <= 0)
    return g_strdup ("");
  length = prof_unit_human (ns, "nanoseconds");
  if (!prof_unit_is_time (subject_unit (of), &factor))
    return g_strdup_printf (" · over %s", length);
  share = prof_unit_human_percentage (total * factor, (double)ns);
  return g_strdup_printf (" in %s (%s)", length, share);
}

/* Whoever counts samples has a type for it; where it is the one shown, the
 * total has said it. */
static bool
count_samples (const ProfSubject *of, int64_t *n)
{
  ProfProfile *profile = of->profile;

  for (size_t i = 0; i < prof_profile_n_types (profile); i++)
    if (strcmp (prof_profile_type_name (profile, i), "samples") == 0)
      {
        *n = prof_profile_total (profile, i);
        return i != of->type;
      }
  return false;
}

/* "986 samples, one every 10 ms" */
static char *
samples (const ProfSubject *of)
{
  ProfProfile     *profile = of->profile;
  ProfValueType    type = prof_profile_period_type (profile);
  const char      *unit = prof_profile_string (profile, type.unit);
  int64_t          period = prof_profile_period (profile);
  g_autofree char *every = NULL;
  g_autofree char *count = NULL;
  int64_t          n;

  if (period > 0 &&
      (prof_unit_is_time (unit, NULL) || prof_unit_is_bytes (unit, NULL)))
    every = prof_unit_human (period, unit);
  if (!count_samples (of, &n))
    return every == NULL ? NULL
                         : g_strdup_printf ("one sample every %s", every);
  count = prof_unit_human (n, "count");
  return g_strdup_printf ("%s sample%s%s%s",
                          count,
                          n == 1 ? "" : "s",
                          every == NULL ? "" : ", one every ",
                          every == NULL ? "" : every);
}

/* "2026-11-23 05:44 UTC" */
static char *
when (ProfProfile *profile)
{
  int64_t               ns = prof_profile_time_ns (profile);
  g_autoptr (GDateTime) time = NULL;

  if (ns <= 0)
    return NULL;
  time = g_date_time_new_from_unix_utc (ns / NS_PER_SECOND);
  return time == NULL ? NULL : g_date_time_format (time, "%Y-%m-%d %H:%M UTC");
}

/* What two profiles have of time and samples does not add up. */
static char *
compared_line (const ProfSubject *of, const char *count_name)
{
  const ProfChangeScale *scale = of->scale;
  g_autofree char       *first = what (of, count_name);
  g_autofree char       *worth = NULL;

  worth = prof_unit_human ((int64_t)(scale->sample + 0.5), subject_unit (of));
  if (scale->sample <= 1)
    return g_steal_pointer (&first);
  return g_strdup_printf ("%s · a sample is worth %s", first, worth);
}

char *
prof_subject_line (const ProfSubject *of, const char *count_name)
{
  ProfProfile     *profile = of->profile;
  GString         *line;
  g_autofree char *first = what (of, count_name);
  g_autofree char *length = duration (of);
  g_autofree char *sampling = samples (of);
  g_autofree char *time = when (profile);

  if (of->change != NULL)
    return compared_line (of, count_name);
  line = g_string_new (NULL);
  add_part (line, first);
  g_string_append (line, length);
  if (sampling != NULL)
    add_part (line, sampling);
  if (time != NULL)
    add_part (line, time);
  return g_string_free (line, FALSE);
}

/* --- Of a tree --- */

char *
prof_facts_title (ProfTree *tree, const char *count_name)
{
  ProfSubject of = prof_subject_of_tree (tree);

  return prof_subject_title (&of, count_name);
}

char *
prof_facts_type (ProfTree *tree, const char *count_name)
{
  ProfSubject of = prof_subject_of_tree (tree);

  return prof_subject_type (&of, count_name);
}

char *
prof_facts_total (ProfTree *tree)
{
  ProfSubject of = prof_subject_of_tree (tree);

  return prof_subject_total (&of);
}

char *
prof_facts_line (ProfTree *tree, const char *count_name)
{
  ProfSubject of = prof_subject_of_tree (tree);

  return prof_subject_line (&of, count_name);
}

char *
prof_facts_search (ProfTree *tree, ProfSearch *search, const char *text)
{
  int64_t          total = prof_search_total (search);
  g_autofree char *value = prof_unit_human (total, unit_of (tree));
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char
      *share = prof_unit_human_percentage ((double)total,
                                           (double)prof_tree_weight (tree, 0));

  if (valid[0] == '\0')
    return g_strdup_printf ("matches: %s (%s)", value, share);
  return g_strdup_printf ("matches of “%s”: %s (%s)", valid, value, share);
}

char *
prof_facts_zoom (ProfTree *tree, ProfNodeId node)
{
  const ProfNode  *nodes = prof_tree_nodes (tree);
  bool             compared = prof_tree_changes (tree) != NULL;
  g_autofree char *share = NULL;

  share = prof_unit_human_percentage (compared ? (double)prof_tree_weight (tree,
                                                                           node)
                                               : (double)nodes[node].total,
                                      (double)prof_tree_weight (tree, 0));

  return g_strdup_printf ("showing %s, %s", prof_tree_name (tree, node), share);
}

/* "server.pprof against old.pprof · " */
static void
append_files (GString *line, const char *file_name, const char *base_name)
{
  bool             compared = base_name != NULL;
  g_autofree char *file = NULL;
  g_autofree char *base = NULL;

  if (file_name == NULL || file_name[0] == '\0')
    return;
  file = g_path_get_basename (file_name);
  base = g_path_get_basename (compared ? base_name : "");
  g_string_append_printf (line,
                          "%s%s%s · ",
                          file,
                          compared ? " against " : "",
                          compared ? base : "");
}

char *
prof_facts_origin (const char        *file_name,
                   const char        *base_name,
                   const char *const *filters)
{
  g_autoptr (GString) line = g_string_new (NULL);

  append_files (line, file_name, base_name);
  for (size_t i = 0; filters != NULL && filters[i] != NULL; i++)
    g_string_append_printf (line,
                            "%s%s",
                            filters[i],
                            filters[i + 1] != NULL ? ", " : " · ");
  if (filters != NULL && filters[0] == NULL)
    g_string_append (line, "no filters · ");
  g_string_append (line, "Flambeau " PROF_VERSION);
  return g_utf8_make_valid (line->str, (gssize)line->len);
}
