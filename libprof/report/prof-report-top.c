/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-top.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include "report/prof-report-header.h"
#include <stdlib.h>
#include <string.h>

/* The table is byte for byte what "go tool pprof" of Go 1.19 prints: no word is
 * translated, no number follows the locale. */

typedef struct
{
  GString    *out;
  const char *unit;     /* of the values */
  const char *shown_in; /* what they are written in */
  int64_t     total;    /* what percentages are of */
} Writer;

#define VALUE_WIDTH 10

static char *
label_of (const Writer *writer, int64_t value)
{
  return prof_unit_label (value, writer->unit, writer->shown_in);
}

/* Right-aligned as Go does it: by characters, not by bytes. */
static void
append_value (const Writer *writer, int64_t value)
{
  g_autofree char *text = label_of (writer, value);
  g_autofree char *valid = g_utf8_make_valid (text, -1);

  for (glong width = g_utf8_strlen (valid, -1); width < VALUE_WIDTH; width++)
    g_string_append_c (writer->out, ' ');
  g_string_append (writer->out, text);
}

static void
append_share (const Writer *writer, int64_t value)
{
  g_autofree char *text = prof_unit_percentage (value, writer->total);

  g_string_append (writer->out, text);
}

static const char *
unit_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_unit (profile, type);
}

static int64_t
absolute (int64_t value)
{
  return value == INT64_MIN ? INT64_MAX : ABS (value);
}

/* The smallest number of the table that is not 0. */
static int64_t
smallest (const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           min = 0;

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      int64_t value = absolute (rows[r].flat != 0 ? rows[r].flat : rows[r].cum);

      if (value != 0 && (min == 0 || value < min))
        min = value;
    }
  return min;
}

static int64_t
share_of (int64_t total, double fraction)
{
  double share = (double)total * fraction;

  if (share < 0)
    share = -share;
  return share < 0x1p63 ? (int64_t)share : INT64_MAX;
}

static void
append_summary (const Writer *writer, const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           sum = 0;
  g_autofree char  *shown = NULL;
  g_autofree char  *share = NULL;
  g_autofree char  *total = label_of (writer, writer->total);

  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    sum = prof_add_i64 (sum, rows[r].flat);
  shown = label_of (writer, sum);
  share = prof_unit_percentage (sum, writer->total);
  g_string_append_printf (writer->out,
                          "Showing nodes accounting for %s, %s of %s total\n",
                          shown,
                          g_strstrip (share),
                          total);
}

/* "<=" is what pprof prints; those at the limit are shown. */
static void
append_dropped (const Writer *writer, const ProfTop *top, double fraction)
{
  size_t           n = prof_top_n_dropped (top);
  g_autofree char *limit = NULL;

  if (n == 0 || writer->total == 0)
    return;
  limit = label_of (writer, share_of (writer->total, fraction));
  g_string_append_printf (writer->out,
                          "Dropped %zu %s (cum <= %s)\n",
                          n,
                          n > 1 ? "nodes" : "node",
                          limit);
}

static void
append_count (const Writer *writer, const ProfTop *top)
{
  size_t n = prof_top_n_rows (top);

  if (n > 0 && n < prof_top_n_before_count (top) && writer->total != 0)
    g_string_append_printf (writer->out,
                            "Showing top %zu nodes out of %zu\n",
                            n,
                            prof_top_n_before_count (top));
}

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
append_row (const Writer     *writer,
            const ProfFrames *frames,
            const ProfTopRow *row,
            int64_t           sum)
{
  size_t      length;
  const char *name = prof_frames_name_bytes (frames, row->frame, &length);

  append_value (writer, row->flat);
  g_string_append_c (writer->out, ' ');
  append_share (writer, row->flat);
  g_string_append_c (writer->out, ' ');
  append_share (writer, sum);
  g_string_append_c (writer->out, ' ');
  append_value (writer, row->cum);
  g_string_append_c (writer->out, ' ');
  append_share (writer, row->cum);
  g_string_append (writer->out, "  ");
  g_string_append_len (writer->out, name, (gssize)length);
  g_string_append (writer->out, inline_mark (row->inlined));
  g_string_append_c (writer->out, '\n');
}

static void
append_rows (const Writer *writer, const ProfTop *top)
{
  const ProfTopRow *rows = prof_top_rows (top);
  int64_t           sum = 0;

  g_string_append (writer->out, "      flat  flat%   sum%        cum   cum%\n");
  for (size_t r = 0; r < prof_top_n_rows (top); r++)
    {
      sum = prof_add_i64 (sum, rows[r].flat);
      append_row (writer, prof_top_frames (top), &rows[r], sum);
    }
}

void
prof_report_top_in (GString             *out,
                    ProfTop             *top,
                    const ProfTopParams *params,
                    const char          *unit)
{
  static const ProfTopParams defaults = PROF_TOP_PARAMS_INIT;
  const ProfProfile *profile = prof_frames_profile (prof_top_frames (top));
  Writer             writer = {
                .out = out,
                .unit = unit_of_type (profile, prof_top_type (top)),
                .shown_in = unit,
                .total = prof_top_total (top),
  };

  if (params == NULL)
    params = &defaults;
  if (strcmp (unit, "minimum") == 0 && prof_top_n_rows (top) > 0)
    writer.shown_in = prof_unit_common (smallest (top),
                                        writer.total,
                                        writer.unit);
  prof_report_header_in (out,
                         profile,
                         prof_top_type (top),
                         writer.total,
                         writer.shown_in);
  append_summary (&writer, top);
  append_dropped (&writer, top, params->node_fraction);
  append_count (&writer, top);
  append_rows (&writer, top);
}

void
prof_report_top (GString *out, ProfTop *top, const ProfTopParams *params)
{
  prof_report_top_in (out, top, params, "minimum");
}
