/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-top.h"

#include "base/prof-checked.h"
#include "report/prof-report-context.h"

#define VALUE_WIDTH 10

static const char *
inline_mark (ProfInlined inlined)
{
  switch (inlined)
    {
    case PROF_INLINED_ALWAYS:
      return " (inline)";
    case PROF_INLINED_SOMETIMES:
      return " (partial-inline)";
    case PROF_INLINED_NEVER:
      return "";
    default:
      g_assert_not_reached ();
    }
}

static void
append_row (const ProfReportContext *context,
            GString                 *out,
            const ProfFrames        *frames,
            const ProfTopRow        *row,
            int64_t                  sum)
{
  prof_report_context_append_value (context, out, row->flat, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, row->flat, context->total);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, sum, context->total);
  g_string_append_c (out, ' ');
  prof_report_context_append_value (context, out, row->cum, VALUE_WIDTH);
  g_string_append_c (out, ' ');
  prof_report_context_append_share (out, row->cum, context->total);
  g_string_append (out, "  ");
  prof_report_context_append_name (out, frames, row->frame);
  g_string_append (out, inline_mark (row->inlined));
  g_string_append_c (out, '\n');
}

static void
append_rows (const ProfReportContext *context, GString *out, const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           sum = 0;

  g_string_append (out, "      flat  flat%   sum%        cum   cum%\n");
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      sum = prof_add_i64 (sum, rows[r].flat);
      append_row (context, out, prof_top_frames (top), &rows[r], sum);
    }
}

void
prof_report_top (GString *out, ProfAnswer *answer)
{
  static const ProfReportKind kind = { 0 };
  ProfReportContext           context;
  g_autoptr (ProfTop)         top = NULL;

  prof_report_context_init (&context, answer, &kind);
  top = prof_report_context_top (&context);
  prof_report_context_choose_unit (&context, prof_top_graph (top), false);
  prof_report_context_head (&context, out, prof_top_graph (top), false);
  append_rows (&context, out, top);
}
