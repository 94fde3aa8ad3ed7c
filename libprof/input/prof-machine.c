/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-machine.h"

#include <unistd.h>

uint64_t
prof_machine_memory (void)
{
  long pages = sysconf (_SC_PHYS_PAGES);
  long page_size = sysconf (_SC_PAGESIZE);

  return pages > 0 && page_size > 0 ? (uint64_t)pages * (uint64_t)page_size : 0;
}

ProfLimits
prof_machine_limits (void)
{
  ProfLimits limits = { 0 };
  uint64_t   memory = prof_machine_memory ();

  if (memory == 0)
    return limits;
  limits.values[PROF_LIMIT_MEMORY] = MIN (PROF_MAX_MEMORY, memory / 4);
  limits.values[PROF_LIMIT_NODES] = MIN (PROF_MAX_TREE_NODES,
                                         memory / 4 / PROF_TREE_NODE_BYTES);
  return limits;
}

bool
prof_machine_is_sandbox (void)
{
  return access ("/.flatpak-info", F_OK) == 0;
}
