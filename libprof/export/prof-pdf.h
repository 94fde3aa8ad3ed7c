/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A picture as a PDF: one page as large as the picture, or sheets of paper. Lines and
 * letters stay such: it can be scaled, searched and copied from. */

#include "export/prof-drawing.h"
#include "export/prof-pages.h"

G_BEGIN_DECLS

/**
 * prof_pdf_new:
 * @notes: (nullable): the file's subject
 * @cache: the picture's
 *
 * A px is 0.75 points, as on paper, unless the page would be larger than
 * readers allow. The same picture gives the same bytes: no time of writing is
 * noted.
 *
 * Returns: (transfer full): the file, or %NULL with @error set
 */
GByteArray *prof_pdf_new (const ProfDrawing *drawing,
                          const char        *notes,
                          ProfTextCache     *cache,
                          GError           **error);

/* The same on one sheet of paper, made small enough. */
GByteArray *prof_pdf_new_on_paper (const ProfDrawing *drawing,
                                   double             width_pt,
                                   double             height_pt,
                                   const char        *notes,
                                   ProfTextCache     *cache,
                                   GError           **error);

/* A flame graph on sheets of paper, as the options have them. */
GByteArray *prof_pdf_new_pages (ProfTree                *tree,
                                const ProfExportOptions *options,
                                GError                 **error);

G_END_DECLS
