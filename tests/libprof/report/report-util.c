/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report-util.h"

#include "model/prof-builder.h"
#include <string.h>

static void
add_text (ProfBuilder *builder, const char *text)
{
  g_autoptr (GError) error = NULL;

  prof_builder_add_string (builder, text, strlen (text), &error);
  g_assert_no_error (error);
}

ProfProfile *
report_dated_profile (void)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfBuilder) builder = prof_builder_new (NULL);
  ProfRawHeader          *header = prof_builder_header (builder);
  ProfRawValueType        type = { 1, 2 };
  ProfRawMapping          mapping = { .id = 1, .filename = 3, .build_id = 4 };
  ProfRawLabel            label = { .key = 7, .str = 8 };
  int64_t                 value = 2500000000;
  ProfProfile            *profile;

  add_text (builder, "");
  add_text (builder, "cpu");
  add_text (builder, "nanoseconds");
  add_text (builder, "/usr/bin/server");
  add_text (builder, "abc123");
  add_text (builder, "first run");
  add_text (builder, "#for machines");
  add_text (builder, "handler");
  add_text (builder, "/tree");
  header->time_ns = INT64_C (1669348800000000000); /* 2022-11-25 04:00 UTC */
  header->duration_ns = 5000000000;
  header->period_type = type;
  header->period = 10000000;
  prof_builder_add_type (builder, &type, &error);
  prof_builder_add_mapping (builder, &mapping, &error);
  prof_builder_add_comment (builder, 5, &error);
  prof_builder_add_comment (builder, 6, &error);
  prof_builder_add_comment (builder, 5, &error);
  prof_builder_add_sample (builder, NULL, 0, &value, 1, &label, 1, &error);
  profile = prof_builder_finish (builder, &error);
  g_assert_no_error (error);
  return profile;
}

ProfAnswer *
report_answer (ProfProfile *profile, const char *options)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) owned = profile;
  g_autoptr (ProfQuery)   query = prof_query_from_text (options, &error);
  ProfAnswer             *answer;

  g_assert_no_error (error);
  answer = prof_answer_new (owned, query, NULL, &error);
  g_assert_no_error (error);
  return answer;
}

ProfProfile *
report_constructed_profile (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *relative = NULL;
  g_autofree char   *path = NULL;
  ProfProfile       *profile;

  relative = g_strdup_printf ("tests/data/profiles/constructed/%s.pb", name);
  path = test_source_path (relative);
  profile = prof_format_load (path, NULL, NULL, &error);
  g_assert_no_error (error);
  return profile;
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  return prof_fail (error, PROF_ERROR_UNSUPPORTED, "nothing is taken");
}

ProfSink
report_failing_sink (void)
{
  return (ProfSink){ refuse, NULL };
}
