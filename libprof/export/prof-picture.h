/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A flame graph as a page of its own: title and facts above it, legend and
 * footer below. Whoever finds the picture a year later can still read what was
 * measured, when, and what widths and colours mean.
 *
 *   server: CPU time                                             9.86 s
 *   9.86 s of CPU time in 10.16 s · 986 samples                   total
 *   [ all                                                     100 % ]
 *   [ net/http.(*conn).serve        ][ main.pipeline        ]
 *   Own code # main 32.7 % | # runtime 9.9 % | Libraries # fmt 1.9 %
 *   -----------------------------------------------------------------
 *   Width = CPU time; order: heaviest first; ...      server.pprof · ...
 *
 * Its height follows from its rows. Nothing is translated, times are UTC. */

#include "export/prof-drawing.h"
#include "export/prof-export.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct _ProfPicture ProfPicture;

/**
 * prof_picture_new:
 * @tree: a reference is kept
 * @options: copied, its texts and search with it
 * @cache: measures text; outlives the picture
 *
 * Finds the place of everything.
 */
ProfPicture *prof_picture_new (ProfTree                *tree,
                               const ProfExportOptions *options,
                               ProfTextCache           *cache);
void         prof_picture_free (ProfPicture *self);

double      prof_picture_width (const ProfPicture *self);
double      prof_picture_height (const ProfPicture *self);
const char *prof_picture_title (const ProfPicture *self);
uint32_t    prof_picture_n_rows (const ProfPicture *self);
double      prof_picture_font (const ProfPicture *self); /* px, of labels */

/* The last line above @y that cuts no row of frames. */
double prof_picture_between_rows (const ProfPicture *self, double y);

void prof_picture_paint (const ProfPicture *self, ProfPainter *painter);

/* Fonts of the words around the graph, and of its labels. */
#define PROF_PICTURE_MAX_FONTS 8
size_t prof_picture_fonts (const ProfExportOptions *options,
                           ProfFont fonts[PROF_PICTURE_MAX_FONTS]);

/* The picture on its way into a file; lent for its life. */
ProfDrawing prof_picture_drawing (const ProfPicture *self);

/* What the options, and what they leave open, make of rows and letters, and from
 * which width on a frame has a box of its own. */
ProfFlameMetrics prof_picture_metrics (const ProfExportOptions *options);
double           prof_picture_min_width (const ProfExportOptions *options);

/* px from the left edge of the root to its right one. */
double prof_picture_graph_width (const ProfExportOptions *options);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPicture, prof_picture_free)

G_END_DECLS
