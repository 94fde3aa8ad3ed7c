/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What each format gives prof-format: four functions that turn a row of pieces
 * into a profile. The pieces are cut anywhere. */

#include "base/prof-error.h"
#include "model/prof-profile.h"
#include <stdint.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name; /* "pprof" */

  /* Whether the first bytes may be of this format; @length is at least 1, and
   * less than PROF_PIECES_SIZE only when these are all bytes. What
   * prof_foreign_find() knows is not asked about. */
  bool (*sniff) (const uint8_t *bytes, size_t length);

  /* @limits: (nullable): %NULL is the defaults */
  void *(*begin) (const ProfLimits *limits);

  /* (nullable): stacks will be listed as they come, see
   * prof_builder_list_stacks(); where that is no gain, %NULL */
  void (*list_stacks) (void *self);
  bool (*feed) (void          *self,
                const uint8_t *bytes,
                size_t         length,
                GError       **error);
  ProfProfile *(*finish) (void *self, GError **error);
  void (*free) (void *self);
} ProfDecoder;

G_END_DECLS
