/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-diff.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "report/prof-report-changes.h"
#include <math.h>
#include <string.h>

#define VALUE_WIDTH 10
#define SHARE_WIDTH 9

typedef struct
{
  const ProfDiff        *diff;
  const ProfQueryFields *fields;
  const char            *shown_in;
  ProfReportChanges      changes;
} Table;

/* The smallest number shown that is not 0, or 0. */
static int64_t
smallest (const Table *self)
{
  const ProfDiffRow *rows = prof_diff_rows (self->diff);
  uint64_t           min = 0;

  for (size_t r = 0; r < self->changes.n_shown; r++)
    {
      uint64_t delta = prof_abs_u64 (rows[r].cum_delta);

      if (delta != 0 && (min == 0 || delta < min))
        min = delta;
    }
  return (int64_t)MIN (min, INT64_MAX);
}

static void
choose_unit (Table *self)
{
  self->shown_in = self->fields->unit;
  if (strcmp (self->shown_in, "minimum") == 0)
    self->shown_in =
        prof_unit_common_divided (smallest (self),
                                  prof_report_changes_larger_total (self->diff),
                                  prof_diff_unit (self->diff),
                                  self->fields->divide_by);
}

static char *
label (const Table *self, int64_t value, const char *plus)
{
  int64_t          shown = prof_unit_divide (value, self->fields->divide_by);
  g_autofree char *text = prof_unit_label (shown,
                                           prof_diff_unit (self->diff),
                                           self->shown_in);

  return g_strconcat (value > 0 ? plus : "", text, NULL);
}

static char *
change (int64_t delta, int64_t before)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE * 10];

  if (before == 0 || delta == 0)
    return g_strdup (delta != 0 ? "new" : "");
  g_ascii_formatd (number,
                   sizeof number,
                   "%+.2f",
                   (double)delta / fabs ((double)before) * 100);
  /* Too little to have a sign. */
  if (strcmp (number + 1, "0.00") == 0)
    return g_strdup ("0.00%");
  return g_strconcat (number, "%", NULL);
}

static void
append_right (GString *out, const char *text, glong width)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (glong w = g_utf8_strlen (valid, -1); w < width; w++)
    g_string_append_c (out, ' ');
  g_string_append (out, text);
}

static void
append_row (const Table *self, GString *out, size_t r)
{
  const ProfDiffRow *row = &prof_diff_rows (self->diff)[r];
  g_autofree char   *before = label (self, row->cum_before, "");
  g_autofree char   *after = label (self, row->cum_after, "");
  g_autofree char   *delta = label (self, row->cum_delta, "+");
  g_autofree char   *share = change (row->cum_delta, row->cum_before);
  size_t             length;
  const char        *name = prof_diff_name (self->diff, r, &length);

  append_right (out, before, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  append_right (out, after, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  append_right (out, delta, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  append_right (out, share, SHARE_WIDTH);
  g_string_append (out, "  ");
  g_string_append_len (out, name, (gssize)length);
  g_string_append_c (out, '\n');
}

static void
append_totals (const Table *self, GString *out)
{
  int64_t          total = prof_diff_total_before (self->diff);
  int64_t          total_after = prof_diff_total_after (self->diff);
  g_autofree char *before = label (self, total, "");
  g_autofree char *after = label (self, total_after, "");
  g_autofree char *share = change (total_after - total, total);

  g_string_append_printf (out,
                          "Type: %s\n"
                          "Total before: %s\n"
                          "Total after: %s%s%s%s\n",
                          prof_diff_type (self->diff),
                          before,
                          after,
                          share[0] != '\0' ? " (" : "",
                          share,
                          share[0] != '\0' ? ")" : "");
}

static const char *
functions (size_t n)
{
  return n == 1 ? "function" : "functions";
}

static void
append_cuts (const Table *self, GString *out)
{
  const ProfReportChanges *changes = &self->changes;
  size_t                   n_small = changes->n_changed - changes->n_large;
  int64_t limit = changes->limit < 0x1p63 ? (int64_t)ceil (changes->limit)
                                          : INT64_MAX;
  g_autofree char *limit_text = label (self, limit, "");

  if (changes->n_changed == 0)
    g_string_append (out, "Nothing has changed\n");
  if (n_small > 0)
    g_string_append_printf (out,
                            "Dropped %zu %s (|delta| < %s)\n",
                            n_small,
                            functions (n_small),
                            limit_text);
  if (changes->n_shown < changes->n_large)
    g_string_append_printf (out,
                            "Showing top %zu %s out of %zu\n",
                            changes->n_shown,
                            functions (changes->n_shown),
                            changes->n_large);
}

static void
append_filters (GString *out, ProfQuery *query)
{
  g_auto (GStrv) filters = prof_query_active_filters (query);

  if (filters[0] != NULL)
    g_string_append (out, "Active filters:\n");
  for (size_t f = 0; filters[f] != NULL; f++)
    g_string_append_printf (out, "   %s\n", filters[f]);
}

void
prof_report_diff (GString *out, const ProfDiff *diff, ProfQuery *query)
{
  Table table = { .diff = diff, .fields = prof_query_fields (query) };

  prof_report_changes (&table.changes, diff, table.fields);
  choose_unit (&table);
  append_totals (&table, out);
  append_filters (out, query);
  append_cuts (&table, out);
  g_string_append (out, "    before      after      delta    delta%\n");
  for (size_t r = 0; r < table.changes.n_shown; r++)
    append_row (&table, out, r);
}
