/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-tag-filter.h"

#include "base/prof-hash.h"
#include "base/prof-number.h"
#include "base/prof-pattern.h"
#include "base/prof-unit.h"
#include <string.h>

typedef struct
{
  bool   has_low;
  bool   has_high;
  double low;
  double high;
  char  *unit; /* of both, as prof_unit_scale() names it */
} Range;

struct _ProfTagFilter
{
  /* Owned */
  char       *key;      /* "": any */
  char       *value;    /* what follows the key */
  GPtrArray  *patterns; /* of ProfPattern; NULL: it is a range */
  GHashTable *pairs;    /* (key, text) → id of "KEY:TEXT" for the patterns */
  Range       range;

  /* Shared, a reference */
  ProfProfile *profile;

  /* Lent */
  const ProfLabelUnits *units;
};

/* Ranges. */

typedef struct
{
  const char *start;
  size_t      n_number; /* bytes, its sign too */
  size_t      n_unit;
} Amount;

/* @end is what follows. */
static bool
read_amount (const char *text, Amount *amount, const char **end)
{
  size_t sign = *text == '+' || *text == '-';
  size_t digits = strspn (text + sign, "0123456789");

  if (digits == 0)
    return false;
  amount->start = text;
  amount->n_number = sign + digits;
  amount->n_unit = 0;
  while (g_ascii_isalpha (text[amount->n_number + amount->n_unit]))
    amount->n_unit++;
  *end = text + amount->n_number + amount->n_unit;
  return true;
}

/* The shape alone; an end that is not there has no start. */
static bool
read_ends (const char *text, Amount *low, Amount *high)
{
  const char *end;

  low->start = high->start = NULL;
  if (text[0] == ':')
    return read_amount (text + 1, high, &end) && *end == '\0';
  if (!read_amount (text, low, &end))
    return false;
  if (*end == '\0')
    *high = *low;
  else if (*end == ':' && end[1] != '\0')
    return read_amount (end + 1, high, &end) && *end == '\0';
  else
    return strcmp (end, ":") == 0;
  return true;
}

/* Converts to @to, or keeps its own unit where that is %NULL. */
static bool
convert (const Amount *amount,
         const char   *to,
         double       *value,
         char        **unit,
         GError      **error)
{
  g_autofree char *digits = g_strndup (amount->start, amount->n_number);
  g_autofree char *from = g_strndup (amount->start + amount->n_number,
                                     amount->n_unit);
  const char      *shown;
  int64_t          number;

  if (!prof_number_parse_whole (digits, &number, error))
    return false;
  *value = prof_unit_scale (number, from, to != NULL ? to : from, &shown);
  *unit = g_strdup (shown);
  return true;
}

/* A second end of another family makes it no range; @is_range says so. */
static bool
convert_ends (const Amount *low,
              const Amount *high,
              Range        *range,
              bool         *is_range,
              GError      **error)
{
  g_autofree char *unit = NULL;

  range->has_low = low->start != NULL;
  range->has_high = high->start != NULL;
  if (range->has_low && !convert (low, NULL, &range->low, &range->unit, error))
    return false;
  if (!range->has_high)
    return true;
  if (!convert (high, range->unit, &range->high, &unit, error))
    return false;
  if (range->unit == NULL)
    range->unit = g_steal_pointer (&unit);
  else
    *is_range = strcmp (range->unit, unit) == 0;
  return true;
}

static bool
read_range (const char *text, Range *range, bool *is_range, GError **error)
{
  Amount low = { 0 };
  Amount high = { 0 };

  *is_range = read_ends (text, &low, &high);
  return !*is_range || convert_ends (&low, &high, range, is_range, error);
}

static bool
is_in_range (const Range *range, int64_t number, const char *unit)
{
  const char *shown;
  double      value = prof_unit_scale (number, unit, range->unit, &shown);

  return strcmp (shown, range->unit) == 0 &&
         (!range->has_low || value >= range->low) &&
         (!range->has_high || value <= range->high);
}

/* Reading. */

/* A message counts characters of the one pattern; it says which. */
static bool
add_pattern (ProfTagFilter    *self,
             const char       *text,
             const ProfLimits *limits,
             GError          **error)
{
  ProfPattern *pattern = prof_pattern_new (text, 0, limits, error);

  if (pattern == NULL)
    {
      if (self->key[0] != '\0' || strcmp (text, self->value) != 0)
        g_prefix_error (error, "in “%s”, ", text);
      return false;
    }
  g_ptr_array_add (self->patterns, pattern);
  return true;
}

static bool
read_patterns (ProfTagFilter *self, const ProfLimits *limits, GError **error)
{
  g_auto (GStrv) pieces = g_strsplit (self->value, ",", -1);

  self->patterns = g_ptr_array_new_with_free_func (
      (GDestroyNotify)prof_pattern_free);
  if (self->value[0] == '\0') /* which g_strsplit() takes for no piece at all */
    return add_pattern (self, "", limits, error);
  for (char **piece = pieces; *piece != NULL; piece++)
    if (!add_pattern (self, *piece, limits, error))
      return false;
  return true;
}

static ProfTagFilter *
read_filter (const char *text, const ProfLimits *limits, GError **error)
{
  g_autoptr (ProfTagFilter) self = g_new0 (ProfTagFilter, 1);
  const char               *equals = strchr (text, '=');
  bool                      is_range;

  self->key = equals != NULL ? g_strndup (text, (gsize)(equals - text))
                             : g_strdup ("");
  self->value = g_strdup (equals != NULL ? equals + 1 : text);
  if (!read_range (self->value, &self->range, &is_range, error))
    return NULL;
  if (!is_range && !read_patterns (self, limits, error))
    return NULL;
  return g_steal_pointer (&self);
}

bool
prof_tag_filter_check (const char *text, GError **error)
{
  g_autoptr (ProfTagFilter) self = read_filter (text,
                                                &prof_pattern_widest,
                                                error);

  return self != NULL;
}

ProfTagFilter *
prof_tag_filter_new (const char           *text,
                     ProfProfile          *profile,
                     const ProfLabelUnits *units,
                     GError              **error)
{
  ProfTagFilter *self = read_filter (text,
                                     prof_profile_limits (profile),
                                     error);

  if (self == NULL)
    return NULL;
  self->pairs = g_hash_table_new_full (prof_hash_int64,
                                       g_int64_equal,
                                       g_free,
                                       NULL);
  self->profile = prof_profile_ref (profile);
  self->units = units;
  return self;
}

void
prof_tag_filter_free (ProfTagFilter *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->value);
  g_free (self->range.unit);
  g_clear_pointer (&self->patterns, g_ptr_array_unref);
  g_clear_pointer (&self->pairs, g_hash_table_unref);
  g_clear_pointer (&self->profile, prof_profile_unref);
  g_free (self);
}

const char *
prof_tag_filter_range (const ProfTagFilter *self)
{
  return self->patterns == NULL ? self->value : NULL;
}

/* Testing. */

static bool
is_wanted (const ProfTagFilter *self, const ProfLabel *label)
{
  size_t      length;
  const char *key = prof_profile_string_bytes (self->profile,
                                               label->key,
                                               &length);

  return self->key[0] == '\0' ||
         (strlen (self->key) == length && memcmp (self->key, key, length) == 0);
}

static bool
any_in_range (const ProfTagFilter *self, const ProfLabel *labels, size_t n)
{
  for (size_t l = 0; l < n; l++)
    if (labels[l].str == 0 && is_wanted (self, &labels[l]) &&
        is_in_range (&self->range,
                     labels[l].num,
                     prof_label_units_get (self->units, labels[l].key)))
      return true;
  return false;
}

static uint32_t
pair_id (ProfTagFilter *self, const ProfLabel *label)
{
  gint64  *pair = g_new (gint64, 1);
  gpointer id;

  *pair = (gint64)((uint64_t)label->key << 32 | label->str);
  if (g_hash_table_lookup_extended (self->pairs, pair, NULL, &id))
    g_free (pair);
  else
    {
      id = GUINT_TO_POINTER (g_hash_table_size (self->pairs));
      g_hash_table_insert (self->pairs, pair, id);
    }
  return GPOINTER_TO_UINT (id);
}

static bool
test_text (const ProfTagFilter *self,
           ProfPattern         *pattern,
           const ProfLabel     *label,
           bool                *matches,
           GError             **error)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (self->profile,
                                                label->str,
                                                &length);

  return prof_pattern_test (pattern, label->str, text, length, matches, error);
}

static bool
test_pair (ProfTagFilter   *self,
           ProfPattern     *pattern,
           const ProfLabel *label,
           bool            *matches,
           GError         **error)
{
  g_autoptr (GString) pair = g_string_new (NULL);
  size_t              length;
  const char         *text;

  text = prof_profile_string_bytes (self->profile, label->key, &length);
  g_string_append_len (pair, text, (gssize)length);
  g_string_append_c (pair, ':');
  text = prof_profile_string_bytes (self->profile, label->str, &length);
  g_string_append_len (pair, text, (gssize)length);
  return prof_pattern_test (pattern,
                            pair_id (self, label),
                            pair->str,
                            pair->len,
                            matches,
                            error);
}

/* Whether one label at least matches. */
static bool
test_pattern (ProfTagFilter   *self,
              ProfPattern     *pattern,
              const ProfLabel *labels,
              size_t           n,
              bool            *matches,
              GError         **error)
{
  bool has_key = self->key[0] != '\0';

  *matches = false;
  for (size_t l = 0; l < n && !*matches; l++)
    if (labels[l].str != 0 && is_wanted (self, &labels[l]) &&
        !(has_key ? test_text (self, pattern, &labels[l], matches, error)
                  : test_pair (self, pattern, &labels[l], matches, error)))
      return false;
  return true;
}

bool
prof_tag_filter_test (ProfTagFilter *self,
                      size_t         sample,
                      bool          *matches,
                      GError       **error)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (self->profile,
                                                        sample,
                                                        &n);
  bool             one_is_enough = self->key[0] != '\0';
  bool             found = false;

  if (self->patterns == NULL)
    {
      *matches = any_in_range (self, labels, n);
      return true;
    }
  for (guint p = 0; p < self->patterns->len; p++)
    {
      ProfPattern *pattern = self->patterns->pdata[p];

      if (!test_pattern (self, pattern, labels, n, &found, error))
        return false;
      if (found == one_is_enough)
        break;
    }
  *matches = found;
  return true;
}
