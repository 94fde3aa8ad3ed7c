/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Other stacks for the same samples. Whatever a filter takes from a stack
 * depends on its path alone, so it is decided once for each node of the stack
 * table, and the new table is made in one pass over the old one: no stack is
 * walked by itself. */

#include "model/prof-draft.h"

G_BEGIN_DECLS

typedef struct
{
  /* (nullable) for each node of the stack table: where a stack that ended there
   * ends now, an ancestor or the node itself. %NULL: every one as it did. */
  const ProfStackId *leaves;

  /* (nullable) for each node: whether it is left out; its children are then its
   * parent's. %NULL: none is. */
  const bool *gone;

  /* (nullable) for each sample: whether it is left out. %NULL: none is. */
  const bool *dropped;

  /* Leave out samples whose stack is empty afterwards. */
  bool drops_empty;
} ProfRelink;

/**
 * prof_relink:
 * @draft: made from @profile; gets its stacks and samples
 * @profile: what the arrays of @relink are about
 *
 * Where neither @leaves nor @gone is given the stack table stays shared.
 *
 * Cost: linear in nodes and samples.
 */
void prof_relink (ProfDraft        *draft,
                  ProfProfile      *profile,
                  const ProfRelink *relink);

G_END_DECLS
