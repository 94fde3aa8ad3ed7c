/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Memory that is taken in small pieces and given back all at once. What is
 * taken is never freed by itself; prof_arena_reset() forgets everything and
 * keeps one block for the next round. */

#include <glib.h>
#include <stddef.h>

G_BEGIN_DECLS

typedef struct _ProfArena ProfArena;

/**
 * prof_arena_new:
 * @limit: bytes that may be taken between two resets
 *
 * Returns: (transfer full): an arena that holds no memory yet
 */
ProfArena *prof_arena_new (size_t limit);
void       prof_arena_free (ProfArena *self);

/**
 * prof_arena_alloc:
 *
 * Returns: (transfer none) (nullable): @size bytes, aligned for anything and
 *   not zeroed, good until the next reset; %NULL past the limit or when memory
 *   is refused
 */
void *prof_arena_alloc (ProfArena *self, size_t size);

void prof_arena_reset (ProfArena *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfArena, prof_arena_free)

G_END_DECLS
