/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-label-units.h"

#include <string.h>

struct _ProfLabelUnits
{
  /* Shared, a reference */
  ProfProfile *profile;

  /* Owned */
  ProfStringId *units;   /* by key: 0 none yet, PROF_ID_NONE no number has it */
  GHashTable   *ignored; /* key → set of other units */
};

static void
note_ignored (ProfLabelUnits *self, ProfStringId key, ProfStringId unit)
{
  GHashTable *units = g_hash_table_lookup (self->ignored,
                                           GUINT_TO_POINTER (key));

  if (units == NULL)
    {
      units = g_hash_table_new (NULL, NULL);
      g_hash_table_insert (self->ignored, GUINT_TO_POINTER (key), units);
    }
  g_hash_table_add (units, GUINT_TO_POINTER (unit));
}

static void
note_label (ProfLabelUnits *self, const ProfLabel *label)
{
  ProfStringId *unit = &self->units[label->key];

  if (label->str != 0)
    return;
  if (*unit == PROF_ID_NONE || *unit == 0)
    *unit = label->unit;
  else if (label->unit != 0 && label->unit != *unit)
    note_ignored (self, label->key, label->unit);
}

ProfLabelUnits *
prof_label_units_new (ProfProfile *profile)
{
  ProfLabelUnits  *self = g_new0 (ProfLabelUnits, 1);
  size_t           n_strings = prof_profile_n_strings (profile);
  size_t           n_labels;
  const ProfLabel *labels = prof_profile_labels (profile, &n_labels);

  self->profile = prof_profile_ref (profile);
  self->ignored = g_hash_table_new_full (NULL,
                                         NULL,
                                         NULL,
                                         (GDestroyNotify)g_hash_table_unref);
  self->units = g_new (ProfStringId, n_strings + 1);
  for (size_t s = 0; s < n_strings; s++)
    self->units[s] = PROF_ID_NONE;
  for (size_t l = 0; l < n_labels; l++)
    note_label (self, &labels[l]);
  return self;
}

void
prof_label_units_free (ProfLabelUnits *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->ignored);
  g_free (self->units);
  prof_profile_unref (self->profile);
  g_free (self);
}

const char *
prof_label_units_get (const ProfLabelUnits *self, ProfStringId key)
{
  const char *name;

  if (key >= prof_profile_n_strings (self->profile) ||
      self->units[key] == PROF_ID_NONE)
    return "";
  name = prof_profile_string (self->profile, key);
  if (self->units[key] != 0)
    return prof_profile_string (self->profile, self->units[key]);
  if (strcmp (name, "alignment") == 0 || strcmp (name, "request") == 0)
    return "bytes";
  return name;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The units of a set, sorted, separated by ", ". */
static char *
join_units (const ProfLabelUnits *self, GHashTable *units)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  GHashTableIter        iter;
  gpointer              unit;

  g_hash_table_iter_init (&iter, units);
  while (g_hash_table_iter_next (&iter, &unit, NULL))
    g_ptr_array_add (texts,
                     (gpointer)prof_profile_string (self->profile,
                                                    GPOINTER_TO_UINT (unit)));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (", ", (char **)texts->pdata);
}

static char *
warning_of (const ProfLabelUnits *self, ProfStringId key, GHashTable *units)
{
  g_autofree char *others = join_units (self, units);

  return g_strdup_printf ("For tag %s used unit %s, also encountered unit(s) "
                          "%s",
                          prof_profile_string (self->profile, key),
                          prof_label_units_get (self, key),
                          others);
}

/* All begin alike, so that sorting sentences sorts keys; only a key that goes on
 * with a blank where another ends may come before it. */
char **
prof_label_units_warnings (const ProfLabelUnits *self)
{
  GPtrArray     *warnings = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer       key;
  gpointer       units;

  g_hash_table_iter_init (&iter, self->ignored);
  while (g_hash_table_iter_next (&iter, &key, &units))
    g_ptr_array_add (warnings,
                     warning_of (self, GPOINTER_TO_UINT (key), units));
  g_ptr_array_sort (warnings, compare_texts);
  g_ptr_array_add (warnings, NULL);
  return (char **)g_ptr_array_free (warnings, FALSE);
}
