/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-json-take.h"

bool
prof_json_take_text (const ProfJson *json,
                     ProfPlaces     *places,
                     int64_t        *position,
                     GError        **error)
{
  size_t      length;
  const char *text = prof_json_text (json, &length);

  return prof_places_text (places, text, length, position, error);
}

bool
prof_json_take_whole (const ProfJson *json, int64_t *number, GError **error)
{
  if (!prof_json_int64 (json, number) || *number < 0)
    return prof_json_fail (json, error, "this is no whole number from 0");
  return true;
}

bool
prof_json_take_number (ProfNumberColumn *column, int64_t number, GError **error)
{
  return prof_number_column_append (column, number) || prof_fail_memory (error);
}
