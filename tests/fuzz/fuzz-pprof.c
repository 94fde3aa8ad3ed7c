/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "formats/prof-format.h"
#include "fuzz-visit.h"

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load_bytes (data, size, NULL, &error);
  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;
  fuzz_visit (profile);
  fuzz_write_and_read (profile);
  return 0;
}
