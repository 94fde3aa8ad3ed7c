/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Blocks of memory as large as a file makes them. Small ones are malloc()'s; large
 * ones begin at a border of huge pages, and for the largest the system is asked for
 * such pages where it has them: most steps through a large stack table miss the address
 * translation, and every 4 KiB are a page fault.
 *
 * Every block is freed with g_free(). */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

/* A huge page: 2 MiB on most machines. Larger ones elsewhere cost nothing but the
 * gain. */
#define PROF_BLOCK_PAGE ((size_t)2 << 20)

/* From here on a block is large: it grows by a lot, as what nobody has written to is
 * only address space. */
#define PROF_BLOCK_LARGE ((size_t)256 << 10)

/* From here on the system is asked for huge pages. One that is hardly written to is
 * there as a whole, and a profile has some twenty columns: of 200,000 samples `prof top`
 * took 68 MiB with huge pages for all large blocks and 45 with these, in the same time. */
#define PROF_BLOCK_HUGE ((size_t)16 << 20)

/**
 * prof_block_room:
 * @bytes: what is needed, at most G_MAXSSIZE
 *
 * Returns: how many bytes a block for as many has: whole huge pages if large
 */
size_t prof_block_room (size_t bytes);

/* Returns: (transfer full): %NULL when memory is refused; else not cleared */
void *prof_block_try (size_t n, size_t size);

/* Returns: (transfer full): cleared; %NULL when memory is refused */
void *prof_block_try0 (size_t n, size_t size);

/* The same, but when memory is refused the program ends. */
void *prof_block_get (size_t n, size_t size);
void *prof_block_get0 (size_t n, size_t size);

/* Like g_new() and its kin. */
#define prof_block_try_new(type, n) \
  ((type *)prof_block_try ((n), sizeof (type)))
#define prof_block_try_new0(type, n) \
  ((type *)prof_block_try0 ((n), sizeof (type)))
#define prof_block_new(type, n)  ((type *)prof_block_get ((n), sizeof (type)))
#define prof_block_new0(type, n) ((type *)prof_block_get0 ((n), sizeof (type)))

/**
 * prof_block_resize:
 * @block: (nullable) (transfer full): of @used bytes that are kept
 * @bytes: a prof_block_room()
 *
 * Returns: (transfer full): a block of @bytes bytes; %NULL when memory is
 *   refused, and @block is still good
 */
void *prof_block_resize (void *block, size_t used, size_t bytes);

/**
 * prof_block_lay_out:
 * @block: (nullable): all of whose @bytes bytes will soon be written
 *
 * Has a thread touch the pages, as the system clears each at its first touch: on a
 * virtual machine that takes 1 to 2 ms a MiB, while whoever is to write still
 * thinks about what.
 *
 * Returns: (transfer full) (nullable): a thread to be joined before the block is
 *   freed or resized; %NULL when it would not pay or cannot be had
 */
GThread *prof_block_lay_out (void *block, size_t bytes);

/**
 * prof_block_string_reserve:
 * @string: changed only in where it lies
 * @more: bytes that will be appended at least; 0 when that is not known
 *
 * Gives a string that has become long a large block with much room, before it
 * grows page by page.
 */
void prof_block_string_reserve (GString *string, size_t more);

G_END_DECLS
