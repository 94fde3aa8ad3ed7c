/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile as one page for a browser: the whole call tree and the top table,
 * zoomed, searched and sorted there. The page needs nothing else, asks no
 * network and may not: its policy names its own script and style by their
 * digests and forbids the rest. Texts of the profile are in it as text or as
 * data, never as markup or script.
 *
 * Its parts are in html/; page.html has marks, @title@, where this module writes
 * what it knows. The script is the same in every page. */

#include "export/prof-export.h"

G_BEGIN_DECLS

/* Bytes of a page. What is larger is not sent by mail, and slow to open. */
#define PROF_HTML_MAX_BYTES 20000000

/**
 * prof_html_write:
 * @max_bytes: what the page should not be larger than
 *
 * Writes the page. When the tree does not fit, its lightest frames are left out
 * until it does, and each of their callers tells how many and of what value; the
 * page says so in its facts. Names and the top table are never shortened, so a
 * page of very many names can be larger.
 *
 * Of @options, those of size, of notes and of the picture's margins are as far as
 * they mean something in a page: rows, letters, least width, title, subtitle and
 * note count, width and scale do not. Search, zoom, theme and direction are what
 * the page begins with.
 *
 * The same input gives the same bytes.
 *
 * Returns: %false with @error set by the sink, or %PROF_ERROR_TOO_LARGE when
 *   memory is refused
 */
bool prof_html_write (ProfTree                *tree,
                      const ProfExportOptions *options,
                      size_t                   max_bytes,
                      const ProfSink          *sink,
                      GError                 **error);

G_END_DECLS
