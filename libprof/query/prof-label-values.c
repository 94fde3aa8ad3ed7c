/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-label-values.h"

#include "base/prof-unit.h"
#include <string.h>

char **
prof_label_values_keys (const char *list)
{
  g_auto (GStrv)           pieces = g_strsplit (list, ",", -1);
  g_autoptr (GStrvBuilder) keys = g_strv_builder_new ();

  for (char **piece = pieces; *piece != NULL; piece++)
    if (**piece != '\0')
      g_strv_builder_add (keys, *piece);
  return g_strv_builder_end (keys);
}

static bool
has_key (const ProfProfile *profile, const ProfLabel *label, const char *key)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, label->key, &length);

  return strlen (key) == length && memcmp (key, text, length) == 0;
}

static void
append_separator (GString *out, bool *found)
{
  if (*found)
    g_string_append_c (out, ',');
  *found = true;
}

static void
append_text (const ProfProfile *profile, const ProfLabel *label, GString *out)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, label->str, &length);

  g_string_append_len (out, text, (gssize)length);
}

static void
append_number (const ProfProfile *profile,
               const ProfLabel   *label,
               const char        *unit,
               GString           *out)
{
  g_autofree char *text = prof_unit_label (label->num,
                                           prof_profile_string (profile,
                                                                label->unit),
                                           unit);

  g_string_append (out, text);
}

bool
prof_label_values_append (const ProfProfile *profile,
                          size_t             sample,
                          const char        *key,
                          const char        *unit,
                          GString           *out)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, &n);
  bool             has_unit = false;
  bool             found = false;

  for (size_t l = 0; l < n; l++)
    if (has_key (profile, &labels[l], key) && labels[l].str != 0)
      {
        append_separator (out, &found);
        append_text (profile, &labels[l], out);
      }
    else if (has_key (profile, &labels[l], key) && labels[l].unit != 0)
      has_unit = true;
  for (size_t l = 0; l < n; l++)
    if (has_key (profile, &labels[l], key) && labels[l].str == 0)
      {
        append_separator (out, &found);
        append_number (profile, &labels[l], has_unit ? unit : "", out);
      }
  return found;
}
