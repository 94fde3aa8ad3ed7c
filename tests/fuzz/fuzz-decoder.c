/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "formats/prof-format.h"
#include FUZZ_HEADER
#include "fuzz-visit.h"
#include <string.h>

/* One reader alone, so that it is given what another would take too. Which one,
 * the build says: FUZZ_DECODER, declared in FUZZ_HEADER. Inputs come in pieces,
 * each a copy of its own size, so that the sanitizers see what is read beyond
 * one. */

static bool
feed (void *state, const uint8_t *data, size_t size, GError **error)
{
  size_t step = 1 + size % 61;

  for (size_t at = 0; at < size; at += step)
    {
      size_t              n = MIN (step, size - at);
      g_autofree uint8_t *piece = g_memdup2 (data + at, n);

      if (!FUZZ_DECODER.feed (state, piece, n, error))
        return false;
    }
  return true;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  void                   *state;

  if (size > 0)
    FUZZ_DECODER.sniff (data, size);
  state = FUZZ_DECODER.begin (NULL);
  if (feed (state, data, size, &error))
    profile = FUZZ_DECODER.finish (state, &error);
  FUZZ_DECODER.free (state);
  g_assert_true ((profile == NULL) == (error != NULL));
  if (profile == NULL)
    return 0;
  fuzz_visit (profile);
  fuzz_write_and_read (profile);
  return 0;
}
