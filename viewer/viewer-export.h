/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a document shows, as a file or as bytes: made on a thread and from copies,
 * so that the window may go on, zoom elsewhere or close. */

#include "viewer-document.h"
#include "viewer-graph.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  VIEWER_EXPORT_SVG,
  VIEWER_EXPORT_PNG,
  VIEWER_EXPORT_PDF,
  VIEWER_EXPORT_HTML, /* the whole tree, to be explored in a browser */
  VIEWER_EXPORT_FOLDED,
  VIEWER_EXPORT_SPEEDSCOPE,
  VIEWER_EXPORT_TABLE, /* values separated by tabs */
  VIEWER_EXPORT_PPROF, /* as filtered */
  VIEWER_N_EXPORTS
} ViewerExportFormat;

typedef struct
{
  ViewerExportFormat format;
  ProfTheme          theme;
  double             scale;    /* PNG pixels for each px */
  double             width_px; /* of a picture */
  gboolean           as_shown; /* the zoomed part with its search marks */
  gboolean           flame;    /* root at the bottom */
  ProfNames          names;
  double             trim; /* share of the width; of what is as shown */

  /* Pictures are of the call graph, as far as this asks for it */
  gboolean       is_graph;
  ProfGraphBuild graph;
} ViewerExportChoice;

#define VIEWER_EXPORT_CHOICE_INIT                            \
  {                                                          \
    .theme = PROF_THEME_LIGHT, .scale = 2, .width_px = 1200, \
  }

/* Whether it is drawn. */
gboolean viewer_export_is_picture (ViewerExportFormat format);

/* ".svg", ".speedscope.json", … */
const char *viewer_export_suffix (ViewerExportFormat format);

/**
 * viewer_export_format_of:
 * @format: (out): what is written to a file of that name
 *
 * Returns: whether its ending says so
 */
gboolean viewer_export_format_of (const char *path, ViewerExportFormat *format);

/* (transfer full): "cpu.svg" for "cpu.pb.gz", "new-vs-old.svg" of a comparison. */
char *viewer_export_file_name (ViewerDocument    *document,
                               ViewerExportFormat format);

/* @path: local; what it ends in does not matter */
void viewer_export_async (ViewerDocument           *document,
                          const ViewerExportChoice *choice,
                          const char               *path,
                          GAsyncReadyCallback       callback,
                          gpointer                  data);

/* Returns: (transfer full): the path that was written, or %NULL with @error */
char *viewer_export_finish (GAsyncResult *result, GError **error);

/**
 * viewer_export_bytes_async:
 * @cancellable: (nullable): the bytes are dropped then
 *
 * The same of a picture, without a file.
 */
void viewer_export_bytes_async (ViewerDocument           *document,
                                const ViewerExportChoice *choice,
                                GCancellable             *cancellable,
                                GAsyncReadyCallback       callback,
                                gpointer                  data);

/* Returns: (transfer full): the bytes, or %NULL with @error */
GBytes *viewer_export_bytes_finish (GAsyncResult *result, GError **error);

/**
 * viewer_export_pages:
 * @graph: (nullable): what is shown of the call graph; %NULL for the flame graph
 * @family: (nullable): the font in which that was measured
 *
 * Returns: (transfer full): what a printer draws, or %NULL with @error set as by
 *   prof_pages_new() and prof_pages_new_for_graph()
 */
ProfPages *viewer_export_pages (ViewerDocument           *document,
                                const ViewerExportChoice *choice,
                                ViewerGraph              *graph,
                                const char               *family,
                                double                    width_pt,
                                double                    height_pt,
                                GError                  **error);

G_END_DECLS
