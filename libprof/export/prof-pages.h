/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A picture on paper: fitted on one page, or a flame graph as wide as the page and
 * cut into several where a page is full, between two rows. For PDF and for printers, which
 * both draw with cairo in points. */

#include "export/prof-graph-export.h"
#include <cairo.h>

G_BEGIN_DECLS

typedef struct _ProfPages ProfPages;

/* More would be a waste of paper. */
#define PROF_PAGES_MAX 500

/**
 * prof_pages_new:
 * @width_pt: of what can be printed on, without margins
 * @several: whether a picture too high for one page continues on the next one;
 *   otherwise it is made small enough
 *
 * Returns: (transfer full): the pages, or %NULL with @error set: as by
 *   prof_export_flame(), or %PROF_ERROR_TOO_LARGE past PROF_PAGES_MAX
 */
ProfPages *prof_pages_new (ProfTree                *tree,
                           const ProfExportOptions *options,
                           double                   width_pt,
                           double                   height_pt,
                           bool                     several,
                           GError                 **error);
void       prof_pages_free (ProfPages *self);

/**
 * prof_pages_new_for_graph:
 * @layout: of the answer's graph; a reference is kept
 * @options: a size and a scale in it do not count; its font is that in which the
 *   layout was measured
 *
 * Returns: (transfer full): a call graph on one page, made small enough for it, or
 *   %NULL with @error set
 */
ProfPages *prof_pages_new_for_graph (ProfAnswer                   *answer,
                                     ProfGraphLayout              *layout,
                                     const ProfGraphExportOptions *options,
                                     double                        width_pt,
                                     double                        height_pt,
                                     GError                      **error);

unsigned prof_pages_n (const ProfPages *self);

/* What the picture is called. */
const char *prof_pages_title (const ProfPages *self);

/* Draws one page, from the context's origin on. */
void prof_pages_draw (const ProfPages *self, unsigned page, cairo_t *cr);

/**
 * prof_paper_find:
 * @name: "a3", "a4", "a5", "letter", "legal", also with "-landscape" behind
 * @width_pt: (out): of the sheet
 *
 * Returns: whether there is such a paper
 */
bool prof_paper_find (const char *name, double *width_pt, double *height_pt);

/* On each side of a sheet of PDF. */
#define PROF_PAPER_MARGIN_PT 36

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPages, prof_pages_free)

G_END_DECLS
