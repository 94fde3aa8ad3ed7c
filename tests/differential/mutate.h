/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Changes a pprof profile in one place: most often so that it stays a profile
 * outside that place, with the lengths around it put right; sometimes as noise
 * would. For the comparison with other readers, and for libFuzzer. */

#include <stddef.h>
#include <stdint.h>

/* A row of random numbers; the same seed gives the same row. */
typedef struct
{
  uint64_t state;
} Dice;

uint64_t dice_next (Dice *dice);

/* Below @n, which is not 0. */
uint64_t dice_below (Dice *dice, uint64_t n);

/**
 * mutate_profile:
 * @data: room for @room bytes, of which @size are a profile or anything else
 *
 * Returns: the bytes that @data holds now, at most @room; @data is unchanged
 *   where nothing came to mind
 */
size_t mutate_profile (uint8_t *data, size_t size, size_t room, Dice *dice);
