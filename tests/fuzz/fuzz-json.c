/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "base/prof-json.h"
#include "base/prof-limits.h"
#include <math.h>

/* What was read, as text that is the same however the input was cut. */
static void
take_event (GString *out, const ProfJson *json, ProfJsonEvent event)
{
  size_t      length;
  const char *text;
  int64_t     whole;
  double      number;

  g_assert_cmpuint (prof_json_depth (json), <=, PROF_MAX_JSON_DEPTH);
  g_string_append_printf (out,
                          "%d@%" G_GUINT64_FORMAT ":",
                          event,
                          prof_json_offset (json));
  if (event != PROF_JSON_KEY && event != PROF_JSON_STRING &&
      event != PROF_JSON_NUMBER)
    return;
  text = prof_json_text (json, &length);
  g_assert_cmpuint (text[length], ==, '\0');
  g_string_append_len (out, text, (gssize)length);
  if (event != PROF_JSON_NUMBER)
    return;
  if (prof_json_int64 (json, &whole))
    {
      g_assert_true (prof_json_double (json, &number));
      g_assert_cmpfloat (number, ==, (double)whole);
    }
  else if (prof_json_double (json, &number))
    g_assert_true (isfinite (number));
}

/* Of what begins at one byte in sixteen, the rest is left out. */
static bool
read_some (ProfJson *json, GString *out, GError **error)
{
  ProfJsonEvent event;

  while ((event = prof_json_next (json, error)) > PROF_JSON_MORE)
    {
      take_event (out, json, event);
      if (event == PROF_JSON_END)
        return true;
      if ((event == PROF_JSON_KEY || event == PROF_JSON_BEGIN_OBJECT ||
           event == PROF_JSON_BEGIN_ARRAY) &&
          prof_json_offset (json) % 16 == 7)
        prof_json_skip (json);
    }
  return event == PROF_JSON_MORE;
}

static GString *
events_by (const uint8_t *data, size_t size, size_t step)
{
  g_autoptr (ProfJson) json = prof_json_new ();
  g_autoptr (GError)   error = NULL;
  GString             *out = g_string_new (NULL);
  bool                 is_good = true;

  for (size_t at = 0; is_good && at < size; at += step)
    {
      size_t              n = MIN (step, size - at);
      g_autofree uint8_t *piece = g_memdup2 (data + at, n);

      prof_json_feed (json, piece, n);
      is_good = read_some (json, out, &error);
    }
  prof_json_close (json);
  if (is_good)
    read_some (json, out, &error);
  if (error != NULL)
    g_string_append (out, error->message);
  return out;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GString) some = events_by (data, size, 1 + size % 61);
  g_autoptr (GString) all = events_by (data, size, MAX (size, 1));

  g_assert_cmpmem (some->str, some->len, all->str, all->len);
  return 0;
}
