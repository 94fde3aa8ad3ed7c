/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Lines of text, shaped once by Pango and kept as glyphs. Shaping costs 7 us a
 * name, showing what is kept 1 us, so a picture of 2 000 labels becomes one of
 * 2 ms. The cache is bounded: when it is full, what was not used lately goes. */

#include "layout/prof-label-fit.h"
#include "paint/prof-painter.h"
#include <cairo.h>
#include <pango/pango.h>

G_BEGIN_DECLS

typedef struct _ProfTextCache ProfTextCache;

/**
 * prof_text_cache_new:
 * @context: (nullable): a widget's Pango context, or %NULL for the default font
 *   map; a reference is kept
 * @family: (nullable): font family or a list of them, %NULL for the context's,
 *   or "sans"
 *
 * Without a context, glyphs are drawn in grey levels whatever the desktop says,
 * so that pictures look the same everywhere.
 *
 * Returns: (transfer full): an empty cache, for one thread
 */
ProfTextCache *prof_text_cache_new (PangoContext *context, const char *family);
void           prof_text_cache_free (ProfTextCache *self);

/**
 * prof_text_cache_load:
 * @n_fonts: at most 16
 *
 * Begins to load the fonts of a new cache that has its own context, on a thread
 * of its own: that takes some 10 ms, most of it for the first font of a process.
 * Whoever uses the cache next waits for it.
 */
void prof_text_cache_load (ProfTextCache  *self,
                           const ProfFont *fonts,
                           size_t          n_fonts);

/**
 * prof_text_cache_measure:
 * @text: UTF-8; what follows PROF_MAX_LABEL_CHARS code points does not count
 *
 * Returns: px from the line's start to its end
 */
double prof_text_cache_measure (ProfTextCache  *self,
                                const ProfFont *font,
                                const char     *text);

/**
 * prof_text_cache_ends:
 * @ends: (out caller-allocates): px from the line's start to the end of each
 *   code point; of a ligature, to its end
 * @n: code points of @text
 *
 * Returns: %false when parts of the line run from right to left
 */
bool prof_text_cache_ends (ProfTextCache  *self,
                           const ProfFont *font,
                           const char     *text,
                           float          *ends,
                           size_t          n);

/**
 * prof_text_cache_fit:
 * @font: of the package
 * @name_font: of what follows it
 * @name: valid UTF-8
 *
 * Finds the longest way to write a function's name, see prof-label-fit.h. What
 * was found out about a name is kept like the lines.
 *
 * Returns: %false when nothing fits; else @label, good until the next call
 */
bool prof_text_cache_fit (ProfTextCache  *self,
                          const ProfFont *font,
                          const ProfFont *name_font,
                          const char     *name,
                          double          width,
                          ProfFittedName *label);

/* Which forms of names prof_text_cache_fit() takes; at first tail first. */
void prof_text_cache_set_names (ProfTextCache *self, ProfNames names);

/* How many code points of a name prof_text_cache_fit() looks at, as of
 * %PROF_LIMIT_SHOWN; at first, and at most, PROF_MAX_LABEL_CHARS. */
void prof_text_cache_set_shown (ProfTextCache *self, size_t n_chars);

/* px from the middle of a line to its baseline. */
double prof_text_cache_baseline (ProfTextCache *self, const ProfFont *font);

/**
 * prof_text_cache_show:
 * @y: of the baseline
 * @prefix: bytes at the start that are drawn in @prefix_color
 *
 * Draws a line; the context's source colour is changed.
 */
void prof_text_cache_show (ProfTextCache  *self,
                           cairo_t        *cr,
                           const ProfFont *font,
                           double          x,
                           double          y,
                           const char     *text,
                           size_t          prefix,
                           ProfColor       color,
                           ProfColor       prefix_color);

/* Whether the machine has any font; without, widths are guessed and nothing is
 * shown. */
bool prof_text_cache_has_font (ProfTextCache *self);

/* The font that is really used: "DejaVu Sans". */
char *prof_text_cache_family (ProfTextCache *self);

/* Lines kept, for tests of the bound. */
size_t prof_text_cache_n_lines (const ProfTextCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfTextCache, prof_text_cache_free)

G_END_DECLS
