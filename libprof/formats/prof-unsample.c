/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-unsample.h"

#include <math.h>

int64_t
prof_unsample_whole (double number)
{
  return number < 0x1p63 ? (int64_t)number : INT64_MAX;
}

void
prof_unsample (int64_t period, int64_t *objects, int64_t *bytes)
{
  double size;
  double scale;

  if (*objects == 0 || *bytes == 0)
    {
      *objects = *bytes = 0;
      return;
    }
  if (period <= 1)
    return;
  size = (double)*bytes / (double)*objects;
  scale = 1 / (1 - exp (-size / (double)period));
  *objects = prof_unsample_whole ((double)*objects * scale);
  *bytes = prof_unsample_whole ((double)*bytes * scale);
}
