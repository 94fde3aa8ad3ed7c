/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What those who read one message of a profile are given, and tell besides. They
 * return false either with a GError set (memory has run out, the builder does not
 * like the row), or with a fault in their reader. */

#include "model/prof-builder.h"

G_BEGIN_DECLS

typedef struct
{
  ProfBuilder *builder;      /* lent; where rows go */
  uint64_t     max_frames;   /* locations of a sample */
  bool         saw_known;    /* a field of the format was among those read */
  bool         is_too_large; /* the reader's fault is a limit, not damage */
} ProfPprofContext;

G_END_DECLS
