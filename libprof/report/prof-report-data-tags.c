/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-data-tags.h"

#include "base/prof-checked.h"
#include "report/prof-report-data-common.h"
#include "report/prof-report-tag-sums.h"

static const char *const columns[] = {
  "key",         "text",      "number",    "number_unit", "value",
  "value_share", "key_total", "key_share", NULL,
};

typedef struct
{
  ProfReportContext context;
  ProfReportData   *data;
} Printer;

static int
compare_keys (gconstpointer a, gconstpointer b, gpointer profile)
{
  const ProfReportTagSum *left = a;
  const ProfReportTagSum *right = b;

  return prof_report_compare_strings (profile,
                                      left->label->key,
                                      right->label->key);
}

/* Texts before numbers. */
static int
compare_labels (const ProfProfile *profile,
                const ProfLabel   *left,
                const ProfLabel   *right)
{
  if ((left->str == 0) != (right->str == 0))
    return left->str == 0 ? 1 : -1;
  if (left->str != 0)
    return prof_report_compare_strings (profile, left->str, right->str);
  return left->num < right->num ? -1 : left->num > right->num;
}

static int
compare_sums (gconstpointer a, gconstpointer b, gpointer profile)
{
  const ProfReportTagSum *left = a;
  const ProfReportTagSum *right = b;
  uint64_t                left_size = prof_abs_u64 (left->sum);
  uint64_t                right_size = prof_abs_u64 (right->sum);

  if (left_size != right_size)
    return left_size > right_size ? -1 : 1;
  return compare_labels (profile, left->label, right->label);
}

static void
put_label (const Printer *self, const ProfLabel *label)
{
  const ProfReportContext *context = &self->context;

  prof_report_data_string (self->data, "key", context->profile, label->key);
  if (label->str != 0)
    {
      prof_report_data_string (self->data,
                               "text",
                               context->profile,
                               label->str);
      prof_report_data_nothing (self->data, "number");
      prof_report_data_nothing (self->data, "number_unit");
      return;
    }
  prof_report_data_nothing (self->data, "text");
  prof_report_data_integer (self->data, "number", label->num);
  prof_report_data_text (self->data,
                         "number_unit",
                         prof_answer_label_unit (context->answer, label->key),
                         -1);
}

static void
put_row (const Printer *self, const ProfReportTagSum *sum, int64_t of_key)
{
  prof_report_data_begin_row (self->data);
  put_label (self, sum->label);
  prof_report_data_integer (self->data, "value", sum->sum);
  prof_report_data_share (self->data,
                          "value_share",
                          sum->sum,
                          self->context.total);
  prof_report_data_integer (self->data, "key_total", of_key);
  prof_report_data_share (self->data, "key_share", sum->sum, of_key);
  prof_report_data_end_row (self->data);
}

static void
put_key (const Printer *self, ProfReportTagSum *sums, size_t n)
{
  int64_t total = 0;

  for (size_t s = 0; s < n; s++)
    total = prof_add_i64 (total, sums[s].sum);
  g_qsort_with_data (sums,
                     (int)n,
                     sizeof *sums,
                     compare_sums,
                     self->context.profile);
  for (size_t s = 0; s < n && prof_report_data_goes_on (self->data); s++)
    put_row (self, &sums[s], total);
}

static void
put_keys (const Printer *self, ProfVecTagSum *sums)
{
  ProfReportTagSum *data = sums->data;

  if (sums->length > 0)
    g_qsort_with_data (data,
                       (int)sums->length,
                       sizeof *data,
                       compare_keys,
                       self->context.profile);
  for (size_t s = 0, n; s < sums->length; s += n)
    {
      for (n = 1; s + n < sums->length &&
                  data[s + n].label->key == data[s].label->key;)
        n++;
      put_key (self, &data[s], n);
    }
}

bool
prof_report_data_tags (ProfAnswer      *answer,
                       ProfReportSyntax syntax,
                       const ProfSink  *sink,
                       GError         **error)
{
  static const ProfReportKind kind = { .whole = true };
  g_autoptr (ProfReportData) data = prof_report_data_new (syntax, "tags", sink);
  Printer                    self = { .data = data };
  ProfVecTagSum              sums;

  prof_report_context_init (&self.context, answer, &kind);
  prof_report_tag_sums (self.context.profile, self.context.type, &sums);
  prof_report_data_facts (data, &self.context);
  prof_report_data_begin_rows (data, columns);
  put_keys (&self, &sums);
  prof_report_data_end_rows (data);
  prof_vec_tag_sum_clear (&sums);
  return prof_report_data_finish (data, error);
}
