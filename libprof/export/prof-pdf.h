/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A picture as a PDF: one page as large as the picture, or sheets of paper. Lines and
 * letters stay such: it can be scaled, searched and copied from. */

#include "export/prof-pages.h"
#include "export/prof-picture.h"

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
GByteArray *prof_pdf_new (const ProfPicture *picture,
                          const char        *notes,
                          ProfTextCache     *cache,
                          GError           **error);

/* The same on sheets of paper, as the options have them. */
GByteArray *prof_pdf_new_pages (ProfTree                *tree,
                                const ProfExportOptions *options,
                                GError                 **error);

G_END_DECLS
