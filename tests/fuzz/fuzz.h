/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The entry of every fuzz target: libFuzzer calls it with inputs it makes up,
 * driver.c with the files it is given. */

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
