/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The words around a picture that is a page of its own: title, total and facts
 * above it, meaning and origin below. px from the page's top left corner. */

#include "paint/prof-palette.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct _ProfPageText ProfPageText;

#define PROF_PAGE_MARGIN_PX 24
#define PROF_PAGE_GAP_PX    14 /* between head, picture and legend */
#define PROF_PAGE_RULE_PX   6  /* between legend and rule */

/* @cache: measures text; outlives what comes back. @width_px: of the page. */
ProfPageText *prof_page_text_new (ProfTextCache *cache, double width_px);
void          prof_page_text_free (ProfPageText *self);

/**
 * prof_page_text_add_head:
 * @title: valid UTF-8, as are all; shortened where it is too long
 * @total: right of it
 * @caption: below @total
 * @facts: below @title, on as many lines as it needs
 *
 * Returns: where it ends
 */
double prof_page_text_add_head (ProfPageText *self,
                                const char   *title,
                                const char   *total,
                                const char   *caption,
                                const char   *facts);

/**
 * prof_page_text_add_footer:
 * @y: of the rule above it
 *
 * Both on one line where they fit, else below each other.
 *
 * Returns: where it ends
 */
double prof_page_text_add_footer (ProfPageText *self,
                                  double        y,
                                  const char   *left,
                                  const char   *right);

/* The fonts of all this. Returns how many. */
#define PROF_PAGE_N_FONTS 3
size_t prof_page_text_fonts (ProfFont fonts[PROF_PAGE_N_FONTS]);

/* The height of a page whose footer ends at @y. */
double prof_page_text_height (double y);

void prof_page_text_paint (const ProfPageText *self,
                           ProfPainter        *painter,
                           const ProfTokens   *tokens);

/* The line between legend and footer. */
void prof_page_text_paint_rule (const ProfPageText *self,
                                ProfPainter        *painter,
                                double              y,
                                const ProfTokens   *tokens);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPageText, prof_page_text_free)

G_END_DECLS
