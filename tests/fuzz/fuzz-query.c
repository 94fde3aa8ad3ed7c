/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "query/prof-query.h"

/* Options as text, patterns and label filters in them: what is read is written,
 * and what is written is read as the same. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char      *text = g_strndup ((const char *)data, size);
  g_autoptr (GError)    error = NULL;
  g_autoptr (ProfQuery) query = prof_query_from_text (text, &error);
  g_autofree char      *written = NULL;
  g_autoptr (ProfQuery) again = NULL;

  g_assert_true ((query == NULL) == (error != NULL));
  if (query == NULL)
    return 0;
  written = prof_query_to_text (query);
  again = prof_query_from_text (written, &error);
  g_assert_no_error (error);
  g_assert_true (prof_query_equal (query, again));
  g_strfreev (prof_query_active_filters (query));
  return 0;
}
