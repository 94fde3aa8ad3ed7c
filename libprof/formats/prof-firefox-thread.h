/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The samples of one thread of Firefox's profiles: which stack, and what it weighs. */

#include "formats/prof-firefox-tables.h"

G_BEGIN_DECLS

/* Weights are kept in millionths. */
#define PROF_FIREFOX_WHOLE 1000000

typedef enum
{
  PROF_FIREFOX_WEIGHT_SAMPLES,
  PROF_FIREFOX_WEIGHT_MS,
  PROF_FIREFOX_WEIGHT_BYTES,
} ProfFirefoxWeight;

typedef struct
{
  ProfFirefoxTables tables; /* empty: those that threads share */
  ProfNumberColumn  stacks;
  ProfNumberColumn  weights; /* none: each is one */
  ProfFirefoxWeight weight;
  int64_t           name; /* positions */
  int64_t           process;
} ProfFirefoxThread;

/* What is the same for all threads of a profile. */
typedef struct
{
  ProfText *text;
  double    interval_ms;
  size_t    n_types;    /* samples, time; bytes */
  bool      has_labels; /* each sample says its thread */
} ProfFirefoxProfile;

/* All zeros is an empty one. */
void   prof_firefox_thread_clear (ProfFirefoxThread *self);
size_t prof_firefox_thread_bytes (const ProfFirefoxThread *self);

/**
 * prof_firefox_thread_add:
 * @nodes: the stacks of its table, or of the shared one
 * @sums: (inout): a 0 for each of them; 0 again afterwards
 *
 * Adds its samples to the builder, equal stacks as one.
 *
 * Cost: follows the samples, not the stacks.
 */
bool prof_firefox_thread_add (const ProfFirefoxThread  *self,
                              const ProfFirefoxProfile *profile,
                              const ProfCallNodes      *nodes,
                              int64_t                  *sums,
                              GError                  **error);

G_END_DECLS
