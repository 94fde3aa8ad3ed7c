/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A flame graph, or anything else, as a file: whole or not at all. */

#include "base/prof-error.h"
#include "base/prof-sink.h"
#include "paint/prof-flame-paint.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct
{
  const char *title;     /* (nullable): UTF-8; %NULL: "server: CPU time" */
  const char *subtitle;  /* (nullable): facts of the profile when %NULL */
  const char *file_name; /* (nullable): shown in the footer, base name */
  const char *base_name; /* (nullable): what it is compared with, likewise */
  double      width_px;  /* of the picture, margins included; 1200 */
  double      scale;     /* PNG pixels for each px, 1 to 4 */
  ProfTheme   theme;
  bool        fixed_theme; /* HTML: light also for who prefers dark */
  bool        flame;       /* root at the bottom */
  double      start, end;  /* the part shown; both 0 for everything */
  ProfNodeId  zoom_root;
  ProfSearch *search;      /* (nullable) */
  const char *search_text; /* (nullable): what was looked for, to be shown */

  ProfColoring       coloring;       /* by package when left at 0 */
  ProfColor          canvas;         /* ground of the picture; 0: the theme's */
  const char        *count_name;     /* (nullable): what widths are, in words */
  const char        *notes;          /* (nullable): kept in SVG, PDF and HTML */
  const char        *font_family;    /* (nullable): or a list: "Inter, sans" */
  double             font_px;        /* of labels; 0: 12, less in low rows */
  double             row_px;         /* of a frame; 0: the font's size and 7 */
  double             min_width_px;   /* narrower frames share a strip; 0: 2, or
                                    * 0.1 where one can zoom */
  double             paper_width_pt; /* PDF: of its sheets; 0: one page as large
                                      * as the picture */
  double             paper_height_pt;
  bool               several_pages; /* PDF: cut, not made small enough */
  ProfNames          names;         /* but where one can zoom: tail first */
  bool               interactive;   /* SVG: answers clicks, keys and searches */
  const char *const *filters;       /* (nullable): active ones, for the footer;
                                    * NULL at the end */
  ProfTextCache     *text_cache;    /* (nullable): made of the same options by
                                    * prof_export_text_cache_ahead() */
} ProfExportOptions;

#define PROF_EXPORT_OPTIONS_INIT                            \
  {                                                         \
    .width_px = 1200, .scale = 1, .theme = PROF_THEME_LIGHT \
  }

/* Narrower than this, not even the facts of a profile can be read. */
#define PROF_EXPORT_MIN_WIDTH 320

/* Sizes of labels, and of rows, that can be asked for. */
#define PROF_EXPORT_MIN_FONT 6
#define PROF_EXPORT_MAX_FONT 48
#define PROF_EXPORT_MIN_ROW  4
#define PROF_EXPORT_MAX_ROW  100

/* A row is at least so much higher than its letters. */
#define PROF_EXPORT_ROW_ROOM 4

/**
 * prof_export_knows:
 *
 * Returns: whether a path says what is to be written: it ends in .svg, .png,
 *   .pdf, .html or .json, or is "-", a pipe or a device, which get SVG
 */
bool prof_export_knows (const char *path);

/**
 * prof_export_flame:
 * @path: where to, as prof_export_knows() has it; "-" is standard output
 *
 * Draws a picture with title, facts, legend and footer; HTML has the whole tree
 * and draws it in the browser, see prof_html_write(); .json tells other tools
 * where boxes are, see docs/json.md. A regular file is written under a temporary
 * name and renamed, so that after a failure it is as it was. The same input gives
 * the same bytes.
 *
 * Returns: %false with @error set; %PROF_ERROR_UNSUPPORTED for another ending,
 *   or for sizes out of bounds, %PROF_ERROR_TOO_LARGE for a PNG or PDF past
 *   %PROF_LIMIT_SIDE or %PROF_LIMIT_PIXELS, with a size that is not, or for an
 *   SVG past %PROF_LIMIT_SVG
 */
bool prof_export_flame (ProfTree                *tree,
                        const ProfExportOptions *options,
                        const char              *path,
                        GError                 **error);

/* Whether sizes are within bounds; otherwise says which is not. */
bool prof_export_check (const ProfExportOptions *options, GError **error);

/* (transfer full): measures text in the font of a picture. */
ProfTextCache *prof_export_text_cache (const ProfExportOptions *options);

/**
 * prof_export_text_cache_ahead:
 * @path: what will be written
 *
 * Begins to load fonts on a thread of its own, for instance while a profile is
 * read.
 *
 * Returns: (transfer full) (nullable): for ProfExportOptions; %NULL where no
 *   letters are drawn
 */
ProfTextCache *prof_export_text_cache_ahead (const ProfExportOptions *options,
                                             const char              *path);

/**
 * prof_export_least:
 * @path: what will be written
 *
 * From which share of the whole on frames are drawn by themselves, for
 * prof_tree_new_wide(): of all else this picture only tells how many there are.
 *
 * Returns: 0 to 1; 0 where the whole tree is needed: for a page, a layout, pages
 *   of paper, with a search or a part to show
 */
double prof_export_least (const ProfExportOptions *options, const char *path);

/**
 * prof_export_flame_bytes:
 * @suffix: ".png", ".svg" or ".pdf"
 *
 * Returns: (transfer full): what prof_export_flame() would write, or %NULL with
 *   @error set
 */
GBytes *prof_export_flame_bytes (ProfTree                *tree,
                                 const ProfExportOptions *options,
                                 const char              *suffix,
                                 GError                 **error);

/* The SVG text itself. */
char *prof_export_flame_svg (ProfTree                *tree,
                             const ProfExportOptions *options,
                             GError                 **error);

/**
 * prof_export_write:
 *
 * Writes bytes to a file, whole or not at all; "-" is standard output, and what
 * is not a regular file (a FIFO) is written directly.
 */
bool prof_export_write (const char *path,
                        const void *data,
                        size_t      length,
                        GError    **error);

/**
 * ProfExportFunc:
 * @sink: gets the content of a file, piece by piece
 * @data: as given to prof_export_stream()
 *
 * Returns: %false with @error set: the sink's, or what else went wrong
 */
typedef bool (*ProfExportFunc) (const ProfSink *sink,
                                void           *data,
                                GError        **error);

/**
 * prof_export_stream:
 * @write: called once, when the file can be written
 *
 * prof_export_write() for what need not exist as a whole. A failure of @write
 * leaves a regular file as it was.
 */
bool prof_export_stream (const char    *path,
                         ProfExportFunc write,
                         void          *data,
                         GError       **error);

/* Whether a path is written directly, so that its name says nothing of what is
 * in it: "-", a pipe or a device. */
bool prof_export_is_direct (const char *path);

G_END_DECLS
