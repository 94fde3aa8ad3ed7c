/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-label-sums.h"

#include "base/prof-block.h"
#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include "model/prof-label.h"
#include "query/prof-label-units.h"
#include "query/prof-tag-filter.h"
#include <string.h>

/* A key or a value while samples are counted. */
typedef struct
{
  const ProfLabel *label;
  int64_t          sum;
  size_t           n_samples;
  size_t           last; /* sample that counted last, + 1 */
} Sum;

PROF_VEC_DEFINE (Sums, sums, Sum)

struct _ProfLabelSums
{
  size_t n_keys;

  /* Owned */
  ProfLabelKey   *keys;
  ProfLabelValue *values;
  ProfLabelUnits *units;

  /* Shared, a reference */
  ProfProfile *profile;
};

/* Which stacks count. */

/* Returns: for each location whether the frame is on it. */
static bool *
mark_locations (const ProfFrames *frames, ProfFrameId frame)
{
  size_t n_locations = prof_profile_n_locations (prof_frames_profile (frames));
  bool  *marks = prof_block_new0 (bool, n_locations + 1);

  for (size_t l = 0; l < n_locations; l++)
    {
      size_t             n;
      const ProfFrameId *of;

      of = prof_frames_of_location (frames, (ProfLocationId)l, &n);
      for (size_t f = 0; f < n; f++)
        marks[l] = marks[l] || of[f] == frame;
    }
  return marks;
}

/* Returns: for each stack whether it holds the frame; parents come first. */
static bool *
mark_stacks (const ProfFrames *frames, ProfFrameId frame)
{
  ProfProfile         *profile = prof_frames_profile (frames);
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  size_t               n = prof_profile_n_stacks (profile);
  bool                *marks = prof_block_new0 (bool, n);
  g_autofree bool     *locations = mark_locations (frames, frame);

  for (size_t i = 1; i < n; i++)
    marks[i] = marks[nodes[i].parent] || locations[nodes[i].location];
  return marks;
}

/* Counting. */

typedef struct
{
  Sums        keys;
  Sums        values;
  GHashTable *key_places;   /* label → place in keys + 1 */
  GHashTable *value_places; /* label → place in values + 1 */
} Counter;

static guint
hash_key (gconstpointer data)
{
  return ((const ProfLabel *)data)->key;
}

static gboolean
keys_are_alike (gconstpointer a, gconstpointer b)
{
  return ((const ProfLabel *)a)->key == ((const ProfLabel *)b)->key;
}

static void
count (Sums            *sums,
       GHashTable      *places,
       const ProfLabel *label,
       size_t           sample,
       int64_t          value)
{
  size_t place = GPOINTER_TO_SIZE (g_hash_table_lookup (places, label));
  Sum   *sum;

  if (place == 0)
    {
      prof_need_memory (sums_append (sums, (Sum){ .label = label }));
      place = sums->length;
      g_hash_table_insert (places, (gpointer)label, GSIZE_TO_POINTER (place));
    }
  sum = &sums->data[place - 1];
  if (sum->last == sample + 1)
    return;
  sum->last = sample + 1;
  sum->sum = prof_add_i64 (sum->sum, value);
  sum->n_samples++;
}

/* @marks: (nullable) */
static void
count_samples (Counter           *counter,
               const ProfProfile *profile,
               size_t             type,
               const bool        *marks)
{
  size_t             n_types = prof_profile_n_types (profile);
  size_t             n_samples = prof_profile_n_samples (profile);
  const int64_t     *values = prof_profile_sample_values (profile);
  const ProfStackId *stacks = prof_profile_sample_stacks (profile);

  for (size_t s = 0; s < n_samples; s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);
      int64_t          value = values[s * n_types + type];

      if (value == 0 || (marks != NULL && !marks[stacks[s]]))
        continue;
      for (size_t l = 0; l < n; l++)
        {
          count (&counter->keys, counter->key_places, &labels[l], s, value);
          count (&counter->values, counter->value_places, &labels[l], s, value);
        }
    }
}

/* Order. */

typedef struct
{
  const ProfProfile *profile;
  GHashTable        *key_places; /* label → place of its key + 1 */
} Order;

static int
compare_strings (const ProfProfile *profile,
                 ProfStringId       left,
                 ProfStringId       right)
{
  size_t      n_left;
  size_t      n_right;
  const char *l = prof_profile_string_bytes (profile, left, &n_left);
  const char *r = prof_profile_string_bytes (profile, right, &n_right);
  int         order = memcmp (l, r, MIN (n_left, n_right));

  return order != 0 ? order : (n_left > n_right) - (n_left < n_right);
}

static int
compare_sums (const Sum *left, const Sum *right)
{
  uint64_t l = prof_abs_u64 (left->sum);
  uint64_t r = prof_abs_u64 (right->sum);

  return (l < r) - (l > r);
}

static int
compare_keys (const void *a, const void *b, void *data)
{
  const Order *self = data;
  const Sum   *left = a;
  const Sum   *right = b;
  int          order = compare_sums (left, right);

  if (order != 0)
    return order;
  return compare_strings (self->profile, left->label->key, right->label->key);
}

static size_t
key_place (const Order *self, const Sum *value)
{
  return GPOINTER_TO_SIZE (
      g_hash_table_lookup (self->key_places, value->label));
}

static int
compare_labels (const Order     *self,
                const ProfLabel *left,
                const ProfLabel *right)
{
  if ((left->str == 0) != (right->str == 0))
    return left->str == 0 ? 1 : -1;
  if (left->str != 0)
    return compare_strings (self->profile, left->str, right->str);
  return (left->num > right->num) - (left->num < right->num);
}

/* Those of the first key first. */
static int
compare_values (const void *a, const void *b, void *data)
{
  const Order *self = data;
  const Sum   *left = a;
  const Sum   *right = b;
  size_t       l = key_place (self, left);
  size_t       r = key_place (self, right);
  int          order = l != r ? (l > r) - (l < r) : compare_sums (left, right);

  return order != 0 ? order : compare_labels (self, left->label, right->label);
}

static void
sort (Counter *counter, const ProfProfile *profile)
{
  Order order = { profile, counter->key_places };

  g_qsort_with_data (counter->keys.data,
                     (int)counter->keys.length,
                     sizeof (Sum),
                     compare_keys,
                     &order);
  g_hash_table_remove_all (counter->key_places);
  for (size_t k = 0; k < counter->keys.length; k++)
    g_hash_table_insert (counter->key_places,
                         (gpointer)counter->keys.data[k].label,
                         GSIZE_TO_POINTER (k + 1));
  g_qsort_with_data (counter->values.data,
                     (int)counter->values.length,
                     sizeof (Sum),
                     compare_values,
                     &order);
}

static void
take (ProfLabelSums *self, const Counter *counter)
{
  self->n_keys = counter->keys.length;
  self->keys = g_new0 (ProfLabelKey, counter->keys.length + 1);
  self->values = g_new (ProfLabelValue, counter->values.length + 1);
  for (size_t k = 0; k < self->n_keys; k++)
    {
      const Sum *sum = &counter->keys.data[k];

      self->keys[k].key = sum->label->key;
      self->keys[k].sum = sum->sum;
      self->keys[k].n_samples = sum->n_samples;
    }
  for (size_t v = 0, k = 0; v < counter->values.length; v++)
    {
      const Sum *sum = &counter->values.data[v];

      while (self->keys[k].key != sum->label->key)
        self->keys[++k].first = v;
      self->keys[k].n_values++;
      self->values[v] = (ProfLabelValue){ sum->label,
                                          sum->sum,
                                          sum->n_samples };
    }
}

ProfLabelSums *
prof_label_sums_new (ProfFrames *frames, size_t type, ProfFrameId frame)
{
  ProfProfile     *profile = prof_frames_profile (frames);
  ProfLabelSums   *self = g_new0 (ProfLabelSums, 1);
  g_autofree bool *marks = NULL;
  Counter          counter = { 0 };

  self->profile = prof_profile_ref (profile);
  self->units = prof_label_units_new (profile);
  counter.key_places = g_hash_table_new (hash_key, keys_are_alike);
  counter.value_places = g_hash_table_new (prof_label_hash, prof_label_equal);
  if (frame != PROF_ID_NONE)
    marks = mark_stacks (frames, frame);
  if (type < prof_profile_n_types (profile))
    count_samples (&counter, profile, type, marks);
  sort (&counter, profile);
  take (self, &counter);
  g_hash_table_unref (counter.key_places);
  g_hash_table_unref (counter.value_places);
  sums_clear (&counter.keys);
  sums_clear (&counter.values);
  return self;
}

void
prof_label_sums_free (ProfLabelSums *self)
{
  if (self == NULL)
    return;
  g_free (self->keys);
  g_free (self->values);
  prof_label_units_free (self->units);
  prof_profile_unref (self->profile);
  g_free (self);
}

const ProfLabelKey *
prof_label_sums_keys (const ProfLabelSums *self, size_t *n)
{
  *n = self->n_keys;
  return self->keys;
}

const ProfLabelValue *
prof_label_sums_values (const ProfLabelSums *self, const ProfLabelKey *key)
{
  return self->values + key->first;
}

char *
prof_label_sums_text (const ProfLabelSums *self, const ProfLabelValue *value)
{
  const ProfLabel *label = value->label;

  if (label->str != 0)
    return g_strdup (prof_profile_string (self->profile, label->str));
  if (label->unit == 0)
    return prof_unit_label (label->num, "", "");
  return prof_unit_label (label->num,
                          prof_label_units_get (self->units, label->key),
                          "auto");
}

/* The filter. */

/* A comma would part two patterns. */
static char *
exact_pattern (const char *text)
{
  g_autofree char *escaped = g_regex_escape_string (text, -1);
  g_auto (GStrv)   pieces = g_strsplit (escaped, ",", -1);
  g_autofree char *whole = g_strjoinv ("\\x2c", pieces);

  return g_strdup_printf ("^%s$", whole);
}

static char *
exact_number (const ProfLabelSums *self, const ProfLabel *label)
{
  const char *unit = prof_label_units_get (self->units, label->key);

  for (const char *c = unit; *c != '\0'; c++)
    if (!g_ascii_isalpha (*c))
      return NULL;
  return g_strdup_printf ("%" G_GINT64_FORMAT "%s", label->num, unit);
}

static bool
is_text (const ProfProfile *profile, ProfStringId id)
{
  size_t      length;
  const char *bytes = prof_profile_string_bytes (profile, id, &length);

  return g_utf8_validate_len (bytes, length, NULL);
}

char *
prof_label_sums_filter (const ProfLabelSums *self, const ProfLabelValue *value)
{
  const ProfLabel *label = value->label;
  const char      *key = prof_profile_string (self->profile, label->key);
  g_autofree char *filter = NULL;
  g_autofree char *what = NULL;

  if (!is_text (self->profile, label->key) ||
      !is_text (self->profile, label->str) || key[0] == '\0' ||
      strchr (key, '=') != NULL)
    return NULL;
  what = label->str != 0
             ? exact_pattern (prof_profile_string (self->profile, label->str))
             : exact_number (self, label);
  if (what == NULL)
    return NULL;
  filter = g_strdup_printf ("%s=%s", key, what);
  return prof_tag_filter_check (filter, NULL) ? g_steal_pointer (&filter)
                                              : NULL;
}
