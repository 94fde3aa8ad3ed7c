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

/* Takes stacks from the front of @rest, until there are @n entries of them. */
static ProfStackBlock
take_piece (const ProfStackList *list, ProfStackBlock *rest, size_t n)
{
  const uint32_t *lengths = list->lengths.data + rest->first_stack;
  ProfStackBlock  piece = *rest;

  if (rest->length > n)
    {
      piece.length = piece.n_stacks = 0;
      while (piece.n_stacks < rest->n_stacks && piece.length < n)
        piece.length += lengths[piece.n_stacks++];
    }
  rest->entries += piece.length * rest->width;
  rest->length -= piece.length;
  rest->first_stack += piece.n_stacks;
  rest->n_stacks -= piece.n_stacks;
  return piece;
}

size_t
prof_list_divide (const ProfStackList *list,
                  ProfListPart         parts[PROF_LIST_PARTS])
{
  size_t all = count_entries (list);
  size_t n = all < DIVIDED_FROM ? 1 : g_get_num_processors ();
  size_t part = 0;
  size_t taken = 0;

  n = MIN (n, PROF_LIST_PARTS);
  memset (parts, 0, PROF_LIST_PARTS * sizeof *parts);
  for (size_t b = 0; b < list->blocks.length; b++)
    {
      ProfStackBlock rest = list->blocks.data[b];

      while (rest.n_stacks > 0)
        {
          size_t         left = part + 1 < n ? all / n - taken : SIZE_MAX;
          ProfStackBlock piece = take_piece (list, &rest, left);

          prof_need_memory (prof_vec_stack_block_append (&parts[part], piece));
          taken += piece.length;
          if (part + 1 < n && taken >= all / n)
            {
              part++;
              taken = 0;
            }
        }
    }
  return n;
}

/* Entries are the list's. */
void
prof_list_part_clear (ProfListPart *part)
{
  prof_vec_stack_block_clear (part);
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
