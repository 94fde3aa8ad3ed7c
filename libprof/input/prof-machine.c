/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-machine.h"

#include <unistd.h>

ProfLimits
prof_machine_limits (void)
{
  ProfLimits limits = { 0 };
  long       pages = sysconf (_SC_PHYS_PAGES);
  long       page_size = sysconf (_SC_PAGESIZE);

  if (pages > 0 && page_size > 0)
    limits.values[PROF_LIMIT_MEMORY] = MIN (PROF_MAX_MEMORY,
                                            (uint64_t)pages / 4 *
                                                (uint64_t)page_size);
  return limits;
}
