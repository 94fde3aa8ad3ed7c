/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Listed stacks divided among threads. */

#include "model/prof-stack-list.h"

G_BEGIN_DECLS

/* At most: memory is not faster for more. */
#define PROF_LIST_PARTS 4

/* Blocks that one thread goes through. */
typedef struct
{
  size_t first;
  size_t end;
} ProfListPart;

/**
 * prof_list_divide:
 * @parts: (out): about as many entries each
 *
 * Returns: how many; 1 where a thread would cost more than it saves
 */
size_t prof_list_divide (const ProfStackList *list,
                         ProfListPart         parts[PROF_LIST_PARTS]);

/**
 * prof_list_run:
 * @run: given an element of @parts
 * @size: bytes of an element
 *
 * Runs a function for each of @n elements, at the same time where threads are to be
 * had, and waits for all.
 */
void prof_list_run (GThreadFunc run, void *parts, size_t n, size_t size);

G_END_DECLS
