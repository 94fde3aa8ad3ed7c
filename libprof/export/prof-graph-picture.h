/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call graph as a page of its own, with the words that a flame graph has. It
 * is as large as the graph, unless that has to fit. */

#include "export/prof-drawing.h"
#include "export/prof-graph-export.h"

G_BEGIN_DECLS

typedef struct _ProfGraphPicture ProfGraphPicture;

/**
 * prof_graph_picture_new:
 * @layout: of the answer's graph; a reference is kept
 * @options: copied as far as it is needed
 * @cache: measures text; outlives the picture
 */
ProfGraphPicture *prof_graph_picture_new (ProfAnswer                   *answer,
                                          ProfGraphLayout              *layout,
                                          const ProfGraphExportOptions *options,
                                          ProfTextCache                *cache);
void              prof_graph_picture_free (ProfGraphPicture *self);

/* The picture on its way into a file; lent for its life. */
ProfDrawing prof_graph_picture_drawing (const ProfGraphPicture *self);

/* The same for what can be looked at closer, paper and files of curves: no letters are
 * left out, however small. */
ProfDrawing prof_graph_picture_vectors (const ProfGraphPicture *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfGraphPicture, prof_graph_picture_free)

G_END_DECLS
