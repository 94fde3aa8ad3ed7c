/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Listed stacks divided among threads. */

#include "model/prof-stack-list.h"

G_BEGIN_DECLS

/* At most: memory is not faster for more. */
#define PROF_LIST_PARTS 4

/* Stacks that one thread goes through: blocks of the list, or pieces of such, whose
 * entries are the list's. To be cleared. */
typedef ProfVecStackBlock ProfListPart;

/**
 * prof_list_divide:
 * @parts: (out): about as many entries each, to be cleared with
 *   prof_list_part_clear()
 *
 * Returns: how many; 1 where a thread would cost more than it saves
 */
size_t prof_list_divide (const ProfStackList *list,
                         ProfListPart         parts[PROF_LIST_PARTS]);
void   prof_list_part_clear (ProfListPart *part);

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
