/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-warnings.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Names --- */

static bool
has_name (const ProfProfile *profile, const ProfLocation *location)
{
  const ProfLine     *lines = prof_profile_lines (profile);
  const ProfFunction *functions = prof_profile_functions (profile);

  for (uint32_t i = 0; i < location->n_lines; i++)
    {
      ProfFunctionId id = lines[location->first_line + i].function;

      if (prof_profile_string (profile, functions[id].name)[0] != '\0')
        return true;
    }
  return false;
}

static void
add_nameless (GStrvBuilder *out, const ProfProfile *profile)
{
  const ProfLocation *locations = prof_profile_locations (profile);
  size_t              n = prof_profile_n_locations (profile);

  for (size_t i = 0; i < n; i++)
    if (has_name (profile, &locations[i]))
      return;
  if (n > 0)
    g_strv_builder_add (out,
                        _ ("No function has a name: the profile only holds "
                           "addresses"));
}

/* --- Values --- */

static bool
is_negative (const ProfProfile *profile, size_t sample)
{
  size_t         n = prof_profile_n_types (profile);
  const int64_t *values = prof_profile_sample_values (profile) + sample * n;

  for (size_t i = 0; i < n; i++)
    if (values[i] < 0)
      return true;
  return false;
}

static void
add_negative (GStrvBuilder *out, const ProfProfile *profile)
{
  g_autofree char *text = NULL;
  gulong           found = 0;

  /* What was before counts down, in files that hold a comparison. */
  if (prof_has_base (profile))
    return;
  for (size_t i = 0; i < prof_profile_n_samples (profile); i++)
    found += is_negative (profile, i);
  if (found == 0)
    return;
  text = g_strdup_printf (g_dngettext (NULL,
                                       "%lu sample has a negative value",
                                       "%lu samples have negative values",
                                       found),
                          found);
  g_strv_builder_add (out, text);
}

static void
add_saturated (GStrvBuilder *out, const ProfProfile *profile)
{
  for (size_t i = 0; i < prof_profile_n_types (profile); i++)
    {
      g_autofree char *name = prof_upright (prof_profile_type_name (profile, i),
                                            -1);
      g_autofree char *text = NULL;

      if (!prof_profile_is_saturated (profile, i))
        continue;
      /* Translators: a sample type; they would be larger */
      text = g_strdup_printf (_ ("Sums of “%s” stop at the end of 64 bits"),
                              name);
      g_strv_builder_add (out, text);
    }
}

static void
add_default_type (GStrvBuilder *out, const ProfProfile *profile)
{
  const char      *name = prof_profile_string (profile,
                                          prof_profile_default_type_name (
                                              profile));
  g_autofree char *valid = prof_upright (name, -1);
  g_autofree char *text = NULL;

  if (name[0] == '\0')
    return;
  for (size_t i = 0; i < prof_profile_n_types (profile); i++)
    if (strcmp (prof_profile_type_name (profile, i), name) == 0)
      return;
  text = g_strdup_printf (_ ("“%s” should be shown first, but there is no such "
                             "sample type"),
                          valid);
  g_strv_builder_add (out, text);
}

/* --- What was tolerated --- */

static void
add_note (GStrvBuilder *out, uint64_t n, const char *what)
{
  g_autofree char *count = prof_unit_human ((int64_t)n, "count");
  g_autofree char *text = g_strdup_printf ("%s: %s", what, count);

  if (n > 0)
    g_strv_builder_add (out, text);
}

char **
viewer_warnings_of (const ProfProfile *profile)
{
  g_autoptr (GStrvBuilder) out = g_strv_builder_new ();
  const ProfNotes         *notes = prof_profile_notes (profile);

  add_nameless (out, profile);
  add_negative (out, profile);
  add_saturated (out, profile);
  add_default_type (out, profile);
  add_note (out, notes->unknown_mappings, _ ("unknown mappings"));
  add_note (out, notes->dropped_labels, _ ("labels without value"));
  add_note (out, notes->unknown_fields, _ ("unknown fields"));
  return g_strv_builder_end (out);
}
