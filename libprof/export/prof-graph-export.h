/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call graph as a file, whole or not at all: drawn as SVG, PNG or PDF, or as a
 * text for Graphviz. */

#include "export/prof-export.h"
#include "export/prof-graph-build.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;     /* (nullable): UTF-8; %NULL: "server: CPU time" */
  const char *subtitle;  /* (nullable): facts of the profile when %NULL */
  const char *file_name; /* (nullable): shown in the footer, base name */
  const char *base_name; /* (nullable): what it is compared with, likewise */
  double      width_px;  /* of the page the graph is made small enough for; 0:
                          * as wide as it is */
  double      height_px; /* likewise */
  double      scale;     /* PNG pixels for each px, 1 to 4 */
  ProfTheme   theme;
  bool        compared;    /* values are changes */
  const char *count_name;  /* (nullable): what is measured, in words */
  const char *notes;       /* (nullable): kept in SVG and PDF */
  const char *font_family; /* (nullable): or a list: "Inter, sans" */
  double paper_width_pt;   /* PDF: of its sheet; 0: as large as the picture */
  double paper_height_pt;
  const char *const
      *filters; /* (nullable): active ones, for the footer; NULL at
                               * the end */
} ProfGraphExportOptions;

#define PROF_GRAPH_EXPORT_OPTIONS_INIT    \
  {                                       \
    .scale = 1, .theme = PROF_THEME_LIGHT \
  }

/* Less high, there is no room for a graph between the words. */
#define PROF_GRAPH_EXPORT_MIN_HEIGHT 240

/* Whether a path says what is to be written: it ends in .svg, .png, .pdf or
 * .dot, or is "-", a pipe or a device, which get dot. */
bool prof_graph_export_knows (const char *path);

/* Whether that needs a layout: all but dot does. */
bool prof_graph_export_is_drawn (const char *path);

/* (transfer full): measures text in the font of a picture. */
ProfTextCache *prof_graph_export_text_cache (
    const ProfGraphExportOptions *options);

/**
 * prof_graph_export:
 * @layout: of the answer's graph, by prof_graph_build()
 * @cache: what it was measured with
 * @path: where to; its ending says what is drawn
 *
 * Draws a picture with title, facts, legend and footer. A regular file is written
 * under a temporary name and renamed. The same layout gives the same bytes.
 *
 * Returns: %false with @error set: %PROF_ERROR_UNSUPPORTED for another ending,
 *   for sizes out of bounds or without fonts; %PROF_ERROR_TOO_LARGE past
 *   %PROF_LIMIT_SIDE, %PROF_LIMIT_PIXELS or %PROF_LIMIT_SVG
 */
bool prof_graph_export (ProfAnswer                   *answer,
                        ProfGraphLayout              *layout,
                        const ProfGraphExportOptions *options,
                        ProfTextCache                *cache,
                        const char                   *path,
                        GError                      **error);

/* (transfer full): what it would write for that suffix, ".svg", ".png" or
 * ".pdf". */
GBytes *prof_graph_export_bytes (ProfAnswer                   *answer,
                                 ProfGraphLayout              *layout,
                                 const ProfGraphExportOptions *options,
                                 ProfTextCache                *cache,
                                 const char                   *suffix,
                                 GError                      **error);

G_END_DECLS
