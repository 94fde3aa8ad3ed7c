/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a reader made of bytes, in numbers that another reader must come to as
 * well. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Number of counts: types, samples, mappings, locations, functions, labels, sum
 * of all values modulo 2^64. */
#define OUTCOME_COUNTS 7

typedef struct
{
  bool     ok;
  uint64_t counts[OUTCOME_COUNTS];
  uint64_t digest; /* of every name and number, but for the header's names */
} Outcome;

/* What our decoder makes of it; @message: (out) (transfer full) */
Outcome outcome_of_ours (const uint8_t *data, size_t size, char **message);

/* What protobuf-c's generated code unpacks, judged by pprof's rules. */
Outcome outcome_of_reference (const uint8_t *data, size_t size);

/* Whether protobuf-c reads the bytes in another way than pprof does, for reasons
 * that docs/testing.md lists. */
bool outcome_is_known_to_differ (const uint8_t *data, size_t size);

/* Whether there are fields that the pprof of Go 1.19 does not know. */
bool outcome_is_newer_than_go (const uint8_t *data, size_t size);

/* For digests. */
static inline void
outcome_add (Outcome *self, uint64_t value)
{
  self->digest = (self->digest ^ value) * UINT64_C (0x9e3779b97f4a7c15);
  self->digest ^= self->digest >> 29;
}

static inline void
outcome_add_bytes (Outcome *self, const void *bytes, size_t length)
{
  for (size_t i = 0; i < length; i++)
    outcome_add (self, ((const uint8_t *)bytes)[i]);
  outcome_add (self, length);
}
