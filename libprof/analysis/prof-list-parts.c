/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-list-parts.h"

/* Entries below which there is one part: a millisecond of work. */
#define DIVIDED_FROM ((size_t)1 << 20)

static size_t
count_entries (const ProfStackList *list)
{
  size_t n = 0;

  for (size_t b = 0; b < list->blocks.length; b++)
    n += list->blocks.data[b].length;
  return n;
}

size_t
prof_list_divide (const ProfStackList *list,
                  ProfListPart         parts[PROF_LIST_PARTS])
{
  size_t all = count_entries (list);
  size_t wanted = MIN (g_get_num_processors (), PROF_LIST_PARTS);
  size_t before = 0;
  size_t n = 0;

  if (all < DIVIDED_FROM)
    wanted = 1;
  parts[0].first = 0;
  for (size_t b = 0; b < list->blocks.length; b++)
    {
      before += list->blocks.data[b].length;
      if (n + 1 < wanted && before >= all / wanted * (n + 1))
        {
          parts[n].end = b + 1;
          parts[++n].first = b + 1;
        }
    }
  parts[n].end = list->blocks.length;
  return n + 1;
}

void
prof_list_run (GThreadFunc run, void *parts, size_t n, size_t size)
{
  GThread *threads[PROF_LIST_PARTS] = { NULL };
  char    *part = parts;

  g_assert (n <= PROF_LIST_PARTS);
  for (size_t p = 1; p < n; p++)
    threads[p] = g_thread_try_new ("prof-list", run, part + p * size, NULL);
  for (size_t p = 0; p < n; p++)
    if (threads[p] == NULL)
      run (part + p * size);
  for (size_t p = 1; p < n; p++)
    if (threads[p] != NULL)
      g_thread_join (threads[p]);
}
