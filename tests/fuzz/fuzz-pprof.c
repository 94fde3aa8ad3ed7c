/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "formats/prof-format.h"

/* Reads all of a profile, so that the sanitizers see every row that is wrong. */
static void
visit (const ProfProfile *profile)
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

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load_bytes (data, size, &error);
  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile != NULL)
    visit (profile);
  return 0;
}
