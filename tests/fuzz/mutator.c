/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mutate.h"

/* How libFuzzer changes profiles: every other time so that lengths stay right,
 * which it would hit upon by chance only. */

size_t LLVMFuzzerMutate (uint8_t *data, size_t size, size_t room);
size_t LLVMFuzzerCustomMutator (uint8_t *data,
                                size_t   size,
                                size_t   room,
                                unsigned seed);

size_t
LLVMFuzzerCustomMutator (uint8_t *data, size_t size, size_t room, unsigned seed)
{
  Dice dice = { seed };

  if (dice_below (&dice, 2) == 0)
    return LLVMFuzzerMutate (data, size, room);
  return mutate_profile (data, size, room, &dice);
}
