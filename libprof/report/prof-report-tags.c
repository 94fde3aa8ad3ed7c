/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-tags.h"

#include "base/prof-checked.h"
#include "base/prof-limits.h"
#include "base/prof-unit.h"
#include "base/prof-vec.h"
#include "report/prof-report-columns.h"
#include "report/prof-report-context.h"
#include "report/prof-report-tag-sums.h"
#include <stdlib.h>
#include <string.h>

/* A value of a key, and what samples with it cost. */
typedef struct
{
  ProfStringId key;
  size_t       length;
  const char  *text; /* lent by the profile, or by the report */
  int64_t      sum;
} Tag;

PROF_VEC_DEFINE (ProfVecTag, prof_vec_tag, Tag)

typedef struct
{
  ProfReportContext context;

  /* Owned */
  ProfVecTag    tags;
  GStringChunk *numbers;
} Report;

/* --- collecting --- */

static Tag
tag_of (Report *self, const ProfLabel *label)
{
  Tag              tag = { .key = label->key };
  g_autofree char *number = NULL;

  if (label->str != 0)
    {
      tag.text = prof_profile_string_bytes (self->context.profile,
                                            label->str,
                                            &tag.length);
      return tag;
    }
  number = prof_unit_label (label->num,
                            prof_answer_label_unit (self->context.answer,
                                                    label->key),
                            self->context.fields->unit);
  tag.length = strlen (number);
  tag.text = g_string_chunk_insert_const (self->numbers, number);
  return tag;
}

static void
collect (Report *self)
{
  ProfVecTagSum sums;

  prof_report_tag_sums (self->context.profile, self->context.type, &sums);
  for (size_t s = 0; s < sums.length; s++)
    {
      Tag tag = tag_of (self, sums.data[s].label);

      tag.sum = sums.data[s].sum;
      prof_need_memory (prof_vec_tag_append (&self->tags, tag));
    }
  prof_vec_tag_sum_clear (&sums);
}

/* --- ordering --- */

static int
compare_tags (gconstpointer a, gconstpointer b, gpointer data)
{
  const Tag *left = a;
  const Tag *right = b;
  int        order = prof_report_compare_strings (data, left->key, right->key);

  return order != 0 ? order
                    : prof_report_compare_bytes (left->text,
                                                 left->length,
                                                 right->text,
                                                 right->length);
}

/* Tags that are written alike become one. */
static void
merge (Report *self)
{
  ProfVecTag *tags = &self->tags;
  size_t      n = 0;

  g_qsort_with_data (tags->data,
                     (int)tags->length,
                     sizeof (Tag),
                     compare_tags,
                     self->context.profile);
  for (size_t t = 0; t < tags->length; t++)
    if (n > 0 && compare_tags (&tags->data[n - 1],
                               &tags->data[t],
                               self->context.profile) == 0)
      tags->data[n - 1].sum = prof_add_i64 (tags->data[n - 1].sum,
                                            tags->data[t].sum);
    else
      tags->data[n++] = tags->data[t];
  tags->length = n;
}

static int
compare_sums (gconstpointer a, gconstpointer b, gpointer data)
{
  const Tag *left = a;
  const Tag *right = b;
  uint64_t   left_size = prof_abs_u64 (left->sum);
  uint64_t   right_size = prof_abs_u64 (right->sum);

  if (left_size != right_size)
    return left_size > right_size ? -1 : 1;
  return prof_report_compare_bytes (left->text,
                                    left->length,
                                    right->text,
                                    right->length);
}

/* --- writing --- */

static void
append_scaled (const Report *self, GString *out, int64_t value)
{
  const char *unit;
  double      scaled = prof_unit_scale (value,
                                   self->context.unit,
                                   self->context.fields->unit,
                                   &unit);

  g_string_append_printf (out, "%.1f%s", scaled, unit);
}

static void
append_key (const Report *self, GString *out, ProfStringId key, int64_t total)
{
  size_t      length;
  const char *name;

  name = prof_profile_string_bytes (self->context.profile, key, &length);
  g_string_append_len (out, name, (gssize)length);
  g_string_append (out, ":\t Total ");
  append_scaled (self, out, total);
  g_string_append_c (out, '\n');
}

static void
append_tag (const Report *self, GString *out, const Tag *tag, int64_t total)
{
  g_string_append (out, " \t");
  append_scaled (self, out, tag->sum);
  if (total > 0)
    {
      g_string_append (out, " (");
      prof_report_context_append_share (out, tag->sum, total);
      g_string_append_c (out, ')');
    }
  g_string_append (out, ":\t ");
  g_string_append_len (out, tag->text, (gssize)tag->length);
  g_string_append_c (out, '\n');
}

static void
append_table (const Report *self, GString *out, Tag *tags, size_t n)
{
  int64_t total = 0;

  for (size_t t = 0; t < n; t++)
    total = prof_add_i64 (total, tags[t].sum);
  g_qsort_with_data (tags, (int)n, sizeof (Tag), compare_sums, NULL);
  append_key (self, out, tags[0].key, total);
  for (size_t t = 0; t < n; t++)
    append_tag (self, out, &tags[t], total);
  g_string_append_c (out, '\n');
}

static size_t
length_of_key (const Report *self, ProfStringId key)
{
  size_t length;

  prof_profile_string_bytes (self->context.profile, key, &length);
  return length;
}

/* Bytes of a line besides key, value and unit. */
#define MAX_LINE_REST 512

/* Many labels may have the longest string: how much there is to write is known
 * before any is copied. */
static bool
check_size (const Report *self, GError **error)
{
  size_t   unit = strlen (self->context.fields->unit);
  uint64_t size = 0;

  for (size_t t = 0; t < self->tags.length; t++)
    size += length_of_key (self, self->tags.data[t].key) +
            self->tags.data[t].length + unit + MAX_LINE_REST;
  return size <= PROF_MAX_TEXT_LINE ||
         prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the labels are longer than %u bytes",
                    PROF_MAX_TEXT_LINE);
}

static bool
append_tables (Report *self, GString *out, GError **error)
{
  g_autoptr (GString) text = NULL;
  Tag                *tags = self->tags.data;

  if (!check_size (self, error))
    return false;
  text = g_string_new (NULL);
  for (size_t t = 0, n; t < self->tags.length; t += n)
    {
      for (n = 1; t + n < self->tags.length && tags[t + n].key == tags[t].key;)
        n++;
      append_table (self, text, &tags[t], n);
    }
  return prof_report_columns (out, text, error);
}

bool
prof_report_tags (GString *out, ProfAnswer *answer, GError **error)
{
  static const ProfReportKind kind = { .whole = true };
  Report                      self = { 0 };
  bool                        done;

  prof_report_context_init (&self.context, answer, &kind);
  self.numbers = g_string_chunk_new (4096);
  collect (&self);
  merge (&self);
  done = append_tables (&self, out, error);
  prof_vec_tag_clear (&self.tags);
  g_string_chunk_free (self.numbers);
  return done;
}
