/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-line-sums.h"

#include "analysis/prof-source-costs.h"
#include "base/prof-checked.h"

static int
compare_weights (int64_t left, int64_t right)
{
  uint64_t l = prof_abs_u64 (left);
  uint64_t r = prof_abs_u64 (right);

  return (l < r) - (l > r);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const ProfLineSum *left = a;
  const ProfLineSum *right = b;
  int                order = compare_weights (left->cum, right->cum);

  if (order == 0)
    order = compare_weights (left->flat, right->flat);
  if (order == 0)
    order = (left->file > right->file) - (left->file < right->file);
  if (order == 0)
    order = (left->line > right->line) - (left->line < right->line);
  return order;
}

GArray *
prof_line_sums_new (ProfFrames *frames, size_t type, ProfFrameId frame)
{
  g_autoptr (ProfSourceCosts) costs = prof_source_costs_new (frames,
                                                             type,
                                                             frame);
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (ProfLineSum));
  size_t  n;
  const ProfSourceCost *each = prof_source_costs_get (costs, &n);

  for (size_t c = 0; c < n; c++)
    {
      ProfLineSum sum = {
        each[c].file,
        each[c].line,
        each[c].flat,
        each[c].cum,
      };

      if (each[c].level == 0 && sum.line != 0)
        g_array_append_val (lines, sum);
    }
  g_array_sort (lines, compare);
  return lines;
}
