/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-time.h"

#include "base/prof-checked.h"

#define NS_PER_S UINT64_C (1000000000)

int64_t
prof_report_time_seconds (int64_t ns)
{
  return ns / 1000000000 - (ns % 1000000000 < 0);
}

/* ".5" for 500 of 1000: as many of the digits as are needed, none for 0. */
static void
append_fraction (GString *out, uint64_t rest, int n_digits)
{
  if (rest == 0)
    return;
  for (; rest % 10 == 0; rest /= 10)
    n_digits--;
  g_string_append_printf (out, ".%0*" G_GUINT64_FORMAT, n_digits, rest);
}

char *
prof_report_time_stamp (int64_t ns)
{
  int64_t               seconds = prof_report_time_seconds (ns);
  uint64_t              rest = (uint64_t)ns - (uint64_t)seconds * NS_PER_S;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (seconds);
  int64_t  minutes = g_date_time_get_utc_offset (time) / G_TIME_SPAN_MINUTE;
  GString *out = g_string_new (NULL);

  g_string_append_printf (out,
                          "%04d-%02d-%02d %02d:%02d:%02d",
                          g_date_time_get_year (time),
                          g_date_time_get_month (time),
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_hour (time),
                          g_date_time_get_minute (time),
                          g_date_time_get_second (time));
  append_fraction (out, rest, 9);
  g_string_append_printf (out,
                          " %c%02d%02d %s",
                          minutes < 0 ? '-' : '+',
                          (int)ABS (minutes) / 60,
                          (int)ABS (minutes) % 60,
                          g_date_time_get_timezone_abbreviation (time));
  return g_string_free (out, FALSE);
}

/* Below a second, in the largest unit of which there is at least one. */
static void
append_short (GString *out, uint64_t ns)
{
  if (ns == 0)
    g_string_append (out, "0s");
  else if (ns < 1000)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT "ns", ns);
  else if (ns < 1000000)
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, ns / 1000);
      append_fraction (out, ns % 1000, 3);
      g_string_append (out, "µs");
    }
  else
    {
      g_string_append_printf (out, "%" G_GUINT64_FORMAT, ns / 1000000);
      append_fraction (out, ns % 1000000, 6);
      g_string_append (out, "ms");
    }
}

/* Larger units only from their first on: "1m0s", "1h0m0s". */
static void
append_long (GString *out, uint64_t ns)
{
  uint64_t seconds = ns / NS_PER_S;

  if (seconds >= 3600)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT "h", seconds / 3600);
  if (seconds >= 60)
    g_string_append_printf (out, "%" G_GUINT64_FORMAT "m", seconds / 60 % 60);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT, seconds % 60);
  append_fraction (out, ns % NS_PER_S, 9);
  g_string_append_c (out, 's');
}

char *
prof_report_time_duration (int64_t ns)
{
  GString *out = g_string_new (ns < 0 ? "-" : "");
  uint64_t length = prof_abs_u64 (ns);

  if (length < NS_PER_S)
    append_short (out, length);
  else
    append_long (out, length);
  return g_string_free (out, FALSE);
}
