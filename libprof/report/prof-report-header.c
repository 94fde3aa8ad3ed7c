/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-header.h"

#include "base/prof-unit.h"
#include "report/prof-report-time.h"
#include <string.h>

/* Byte for byte what "go tool pprof" of Go 1.19 prints: no word is translated,
 * no number follows the locale. */

/* The main binary is the first mapping. */
static void
append_binary (GString *out, const ProfProfile *profile)
{
  const ProfMapping *mapping = prof_profile_mappings (profile);
  g_autofree char   *path = NULL;
  g_autofree char   *base = NULL;

  if (prof_profile_n_mappings (profile) == 0)
    return;
  path = g_strconcat (prof_profile_string (profile, mapping->filename),
                      prof_profile_string (profile, mapping->kernel_symbol),
                      NULL);
  base = g_path_get_basename (path);
  if (path[0] != '\0')
    g_string_append_printf (out, "File: %s\n", base);
  if (mapping->build_id != 0)
    g_string_append_printf (out,
                            "Build ID: %s\n",
                            prof_profile_string (profile, mapping->build_id));
}

static bool
is_repeated (const ProfStringId *comments, size_t n)
{
  for (size_t c = 0; c < n; c++)
    if (comments[c] == comments[n])
      return true;
  return false;
}

/* Those that begin with "#" are for machines. */
static void
append_comments (GString *out, const ProfProfile *profile)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (profile, &n);

  for (size_t c = 0; c < n; c++)
    {
      const char *text = prof_profile_string (profile, comments[c]);

      if (text[0] != '#' && !is_repeated (comments, c))
        g_string_append_printf (out, "%s\n", text);
    }
}

/* Go's layout "Jan 2, 2006 at 3:04pm (MST)". */
static void
append_time (GString *out, int64_t ns)
{
  static const char *const months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  };
  g_autoptr (GDateTime) time = NULL;
  int                   hour;

  if (ns == 0)
    return;
  time = g_date_time_new_from_unix_local (prof_report_time_seconds (ns));
  hour = g_date_time_get_hour (time);
  g_string_append_printf (out,
                          "Time: %s %d, %d at %d:%02d%s (%s)\n",
                          months[g_date_time_get_month (time) - 1],
                          g_date_time_get_day_of_month (time),
                          g_date_time_get_year (time),
                          (hour + 11) % 12 + 1,
                          g_date_time_get_minute (time),
                          hour < 12 ? "am" : "pm",
                          g_date_time_get_timezone_abbreviation (time));
}

static const char *
unit_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return "";
  return prof_profile_type_unit (profile, type);
}

/* How busy the program was, for values that are times. */
static char *
usage_of (const ProfProfile *profile, const ProfReportHeader *header)
{
  const char      *unit;
  double           ns;
  g_autofree char *share = NULL;

  ns = prof_unit_scale (header->total,
                        unit_of_type (profile, header->type),
                        "nanoseconds",
                        &unit);
  if (strcmp (unit, "ns") != 0 || ns == 0)
    return g_strdup ("");
  share = prof_unit_percentage (ns < 0x1p63 ? (int64_t)ns : INT64_MAX,
                                prof_profile_duration_ns (profile));
  return g_strdup_printf ("(%s)", share);
}

static void
append_duration (GString                *out,
                 const ProfProfile      *profile,
                 const ProfReportHeader *header)
{
  int64_t          ns = prof_profile_duration_ns (profile);
  g_autofree char *duration = prof_unit_label (ns, "nanoseconds", "auto");
  g_autofree char *usage = usage_of (profile, header);

  if (ns != 0)
    g_string_append_printf (out,
                            "Duration: %s, Total samples = %s %s\n",
                            duration,
                            header->shown_total,
                            usage);
}

static void
append_type (GString                *out,
             const ProfProfile      *profile,
             const ProfReportHeader *header)
{
  const char *name = "";

  if (header->type < prof_profile_n_types (profile))
    name = prof_profile_type_name (profile, header->type);
  if (name[0] != '\0' || header->mean)
    g_string_append_printf (out,
                            "Type: %s%s\n",
                            header->mean ? "mean_" : "",
                            name);
}

void
prof_report_header_in (GString                *out,
                       const ProfProfile      *profile,
                       const ProfReportHeader *header)
{
  append_binary (out, profile);
  append_comments (out, profile);
  append_type (out, profile, header);
  append_time (out, prof_profile_time_ns (profile));
  append_duration (out, profile, header);
}

static int64_t
total_of_type (const ProfProfile *profile, size_t type)
{
  if (type >= prof_profile_n_types (profile))
    return 0;
  return prof_profile_total (profile, type);
}

void
prof_report_header (GString *out, const ProfProfile *profile, size_t type)
{
  ProfReportHeader header = {
    .type = type,
    .total = total_of_type (profile, type),
  };
  g_autofree char *shown = NULL;

  shown = prof_unit_label (header.total, unit_of_type (profile, type), "auto");
  header.shown_total = shown;
  prof_report_header_in (out, profile, &header);
}
