/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz-visit.h"

#include "formats/prof-format.h"
#include "formats/prof-pprof-encode.h"

void
fuzz_visit (const ProfProfile *profile)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);

  for (size_t i = 0; i < prof_profile_n_types (profile); i++)
    prof_profile_total (profile, i);
  for (size_t i = 0; i < prof_profile_n_functions (profile); i++)
    prof_profile_string (profile, prof_profile_functions (profile)[i].name);
  for (size_t i = 0; i < prof_profile_n_lines (profile); i++)
    g_assert_cmpuint (prof_profile_lines (profile)[i].function,
                      <,
                      prof_profile_n_functions (profile));
  for (size_t i = 1; i < prof_profile_n_stacks (profile); i++)
    {
      g_assert_cmpuint (nodes[i].parent, <, i);
      g_assert_cmpuint (nodes[i].location,
                        <,
                        prof_profile_n_locations (profile));
    }
  for (size_t i = 0; i < prof_profile_n_samples (profile); i++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, i, &n);

      g_assert_cmpuint (prof_profile_sample_stacks (profile)[i],
                        <,
                        prof_profile_n_stacks (profile));
      for (size_t k = 0; k < n; k++)
        prof_profile_string (profile, labels[k].key);
    }
}

static GString *
encode (const ProfProfile *profile)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, &error));
  g_assert_no_error (error);
  return out;
}

void
fuzz_write_and_read (const ProfProfile *profile)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GString)     bytes = encode (profile);
  g_autoptr (ProfProfile) again = NULL;
  g_autoptr (GString)     bytes_again = NULL;

  again = prof_format_load_bytes (bytes->str, bytes->len, NULL, &error);
  g_assert_no_error (error);
  bytes_again = encode (again);
  g_assert_cmpmem (bytes->str, bytes->len, bytes_again->str, bytes_again->len);
}
