/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-export.h"

#include <string.h>

typedef struct
{
  /* Owned, or a reference */
  ViewerResult *result;
  ProfSearch   *search; /* or NULL */
  char         *name;
  char         *base_name; /* or NULL */
  char         *path;      /* or NULL */
  char        **filters;

  ViewerExportFormat format;
  ProfExportOptions  options;
  gboolean           is_graph;
  ProfGraphBuild     graph;
  gboolean           as_wide; /* as it was asked for; else as it needs to be */
} Job;

static const char *const suffixes[VIEWER_N_EXPORTS] = {
  [VIEWER_EXPORT_SVG] = ".svg",
  [VIEWER_EXPORT_PNG] = ".png",
  [VIEWER_EXPORT_PDF] = ".pdf",
  [VIEWER_EXPORT_HTML] = ".html",
  [VIEWER_EXPORT_FOLDED] = ".folded",
  [VIEWER_EXPORT_SPEEDSCOPE] = ".speedscope.json",
  [VIEWER_EXPORT_TABLE] = ".tsv",
  [VIEWER_EXPORT_PPROF] = ".pb.gz",
};

gboolean
viewer_export_is_picture (ViewerExportFormat format)
{
  return format == VIEWER_EXPORT_SVG || format == VIEWER_EXPORT_PNG ||
         format == VIEWER_EXPORT_PDF;
}

const char *
viewer_export_suffix (ViewerExportFormat format)
{
  return suffixes[format];
}

/* (transfer full) */
static char *
without_ending (const char *file_name)
{
  static const char *const endings[] = { ".gz", ".pb", ".pprof", ".prof" };
  char                    *name = g_strdup (file_name);

  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]) &&
        strlen (name) > strlen (endings[i]))
      name[strlen (name) - strlen (endings[i])] = '\0';
  return name;
}

char *
viewer_export_file_name (ViewerDocument *document, ViewerExportFormat format)
{
  const char      *now = viewer_document_get_now_name (document);
  const char      *before = viewer_document_get_before_name (document);
  g_autofree char *name = without_ending (now);
  g_autofree char *base = without_ending (before);

  if (viewer_document_get_comparison (document) == NULL)
    return g_strconcat (name, suffixes[format], NULL);
  return g_strconcat (name, "-vs-", base, suffixes[format], NULL);
}

gboolean
viewer_export_format_of (const char *path, ViewerExportFormat *format)
{
  for (int i = 0; i < VIEWER_N_EXPORTS; i++)
    if (g_str_has_suffix (path, suffixes[i]))
      {
        *format = (ViewerExportFormat)i;
        return TRUE;
      }
  return FALSE;
}

static void
job_free (gpointer data)
{
  Job *job = data;

  viewer_result_unref (job->result);
  prof_search_unref (job->search);
  g_free (job->name);
  g_free (job->base_name);
  g_free (job->path);
  g_strfreev (job->filters);
  g_free (job);
}

static void
show_zoom (Job *job, ViewerDocument *document)
{
  ProfSearch *search = viewer_document_get_search (document);
  ViewerZoom  zoom = viewer_document_get_zoom (document);

  job->search = search != NULL ? prof_search_ref (search) : NULL;
  job->options.search = job->search;
  job->options.search_text = viewer_document_get_search_text (document);
  if (!viewer_document_is_zoomed (document))
    return;
  job->options.start = zoom.start;
  job->options.end = zoom.end;
  job->options.zoom_root = zoom.root;
}

static Job *
job_new (ViewerDocument           *document,
         const ViewerExportChoice *choice,
         const char               *path)
{
  Job               *job = g_new0 (Job, 1);
  ProfExportOptions *options = &job->options;

  job->result = viewer_result_ref (viewer_document_get_result (document));
  job->name = g_strdup (viewer_document_get_now_name (document));
  if (viewer_document_get_comparison (document) != NULL)
    job->base_name = g_strdup (viewer_document_get_before_name (document));
  job->path = g_strdup (path);
  job->filters = prof_query_active_filters (job->result->question->query);
  job->format = choice->format;
  job->is_graph = choice->is_graph && viewer_export_is_picture (choice->format);
  job->graph = choice->graph;
  job->as_wide = choice->as_shown;
  *options = (ProfExportOptions)PROF_EXPORT_OPTIONS_INIT;
  options->file_name = job->name;
  options->base_name = job->base_name;
  options->filters = (const char *const *)job->filters;
  options->theme = choice->theme;
  options->scale = choice->format == VIEWER_EXPORT_PNG ? choice->scale : 1;
  options->width_px = choice->width_px;
  options->flame = choice->flame;
  options->names = choice->names;
  options->coloring = *viewer_document_get_coloring (document);
  options->interactive = choice->format == VIEWER_EXPORT_SVG;
  if (choice->as_shown)
    {
      show_zoom (job, document);
      /* 0 leaves it to the picture. */
      options->min_width_px = choice->trim * choice->width_px;
    }
  return job;
}

/* --- What is not drawn here --- */

/* A name has no tab, nor a line's end, in a table. */
static void
append_cell (GString *line, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    g_string_append_c (line, g_ascii_iscntrl (*p) ? ' ' : *p);
}

static bool
write_table (const ViewerResult *result, const ProfSink *sink, GError **error)
{
  const ProfTopRow   *rows = result->rows;
  g_autoptr (GString) text = g_string_new ("function\tfile\tflat\tcum\tunit\n");

  for (size_t i = 0; i < result->n_rows; i++)
    {
      append_cell (text,
                   prof_frames_display_name (result->frames, rows[i].frame));
      g_string_append_c (text, '\t');
      append_cell (text, prof_frames_file (result->frames, rows[i].frame));
      g_string_append_printf (text,
                              "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t",
                              rows[i].flat,
                              rows[i].cum);
      append_cell (text, result->unit);
      g_string_append_c (text, '\n');
    }
  return prof_sink_write (sink, text->str, text->len, error);
}

/* Stacks are told from the root on, however the window shows them. */
static bool
write_stacks (const Job *job, const ProfSink *sink, GError **error)
{
  g_autoptr (ProfTree) tree = prof_tree_new_for (job->result->answer,
                                                 NULL,
                                                 error);

  if (tree == NULL)
    return false;
  if (job->format == VIEWER_EXPORT_FOLDED)
    return prof_report_folded (tree, sink, error);
  return prof_report_speedscope (tree, job->name, sink, error);
}

static bool
write_content (const ProfSink *sink, void *data, GError **error)
{
  const Job *job = data;

  if (job->format == VIEWER_EXPORT_TABLE)
    return write_table (job->result, sink, error);
  if (job->format == VIEWER_EXPORT_PPROF)
    return prof_pprof_encode_gzip (job->result->profile, sink, NULL, error);
  return write_stacks (job, sink, error);
}

/* --- Threads --- */

static ProfGraphExportOptions
graph_options (const Job *job)
{
  ProfGraphExportOptions options = PROF_GRAPH_EXPORT_OPTIONS_INIT;

  options.file_name = job->name;
  options.base_name = job->base_name;
  options.filters = job->options.filters;
  options.theme = job->options.theme;
  options.scale = job->options.scale;
  options.compared = job->result->changes != NULL;
  return options;
}

/* In the fonts of pictures, which are not those of the window. */
static GBytes *
draw_graph (const Job *job, GError **error)
{
  ProfGraphExportOptions      options = graph_options (job);
  ProfGraphBuild              build = job->graph;
  g_autoptr (ProfTextCache)   cache = NULL;
  g_autoptr (ProfGraphLayout) layout = NULL;

  if (job->as_wide)
    options.width_px = job->options.width_px;
  build.trim.frames = job->result->frames;
  cache = prof_graph_export_text_cache (&options);
  layout = prof_graph_build (job->result->answer,
                             &build,
                             cache,
                             NULL,
                             NULL,
                             error);
  if (layout == NULL)
    return NULL;
  return prof_graph_export_bytes (job->result->answer,
                                  layout,
                                  &options,
                                  cache,
                                  suffixes[job->format],
                                  error);
}

static GBytes *
draw (const Job *job, GError **error)
{
  if (job->is_graph)
    return draw_graph (job, error);
  return prof_export_flame_bytes (job->result->tree,
                                  &job->options,
                                  suffixes[job->format],
                                  error);
}

static bool
write_drawn (const Job *job, GError **error)
{
  g_autoptr (GBytes) bytes = draw (job, error);
  gsize              length;
  const void        *data;

  if (bytes == NULL)
    return false;
  data = g_bytes_get_data (bytes, &length);
  return prof_export_write (job->path, data, length, error);
}

/* The page of a sketch is that of its whole tree; numbers of nodes are not. */
static bool
write_page (const Job *job, GError **error)
{
  ProfExportOptions    options = job->options;
  g_autoptr (ProfTree) whole = NULL;

  if (prof_tree_is_whole (job->result->tree))
    return prof_export_flame (job->result->tree, &options, job->path, error);
  whole = prof_tree_new_whole (job->result->tree, NULL, error);
  options.search = NULL;
  options.start = options.end = 0;
  options.zoom_root = 0;
  return whole != NULL && prof_export_flame (whole, &options, job->path, error);
}

static bool
write_file (Job *job, GError **error)
{
  if (job->format == VIEWER_EXPORT_HTML)
    return write_page (job, error);
  if (viewer_export_is_picture (job->format))
    return write_drawn (job, error);
  return prof_export_stream (job->path, write_content, job, error);
}

static void
run (GTask        *task,
     gpointer      source,
     gpointer      task_data,
     GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;

  if (write_file (job, &error))
    g_task_return_pointer (task, g_strdup (job->path), g_free);
  else
    g_task_return_error (task, error);
}

static void
run_bytes (GTask        *task,
           gpointer      source,
           gpointer      task_data,
           GCancellable *cancellable)
{
  Job    *job = task_data;
  GError *error = NULL;
  GBytes *bytes = draw (job, &error);

  if (bytes != NULL)
    g_task_return_pointer (task, bytes, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
viewer_export_async (ViewerDocument           *document,
                     const ViewerExportChoice *choice,
                     const char               *path,
                     GAsyncReadyCallback       callback,
                     gpointer                  data)
{
  g_return_if_fail (viewer_document_get_result (document) != NULL);

  g_autoptr (GTask) task = g_task_new (document, NULL, callback, data);

  g_task_set_task_data (task, job_new (document, choice, path), job_free);
  g_task_run_in_thread (task, run);
}

char *
viewer_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
viewer_export_bytes_async (ViewerDocument           *document,
                           const ViewerExportChoice *choice,
                           GCancellable             *cancellable,
                           GAsyncReadyCallback       callback,
                           gpointer                  data)
{
  g_return_if_fail (viewer_document_get_result (document) != NULL);
  g_return_if_fail (viewer_export_is_picture (choice->format));

  g_autoptr (GTask) task = g_task_new (document, cancellable, callback, data);

  g_task_set_task_data (task, job_new (document, choice, NULL), job_free);
  g_task_run_in_thread (task, run_bytes);
}

GBytes *
viewer_export_bytes_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The layout that is shown: finding another one may take seconds. */
static ProfPages *
graph_pages (const Job   *job,
             ViewerGraph *graph,
             const char  *family,
             double       width_pt,
             double       height_pt,
             GError     **error)
{
  ProfGraphExportOptions options = graph_options (job);

  options.font_family = family;
  return prof_pages_new_for_graph (viewer_graph_get_result (graph)->answer,
                                   viewer_graph_get_layout (graph),
                                   &options,
                                   width_pt,
                                   height_pt,
                                   error);
}

ProfPages *
viewer_export_pages (ViewerDocument           *document,
                     const ViewerExportChoice *choice,
                     ViewerGraph              *graph,
                     const char               *family,
                     double                    width_pt,
                     double                    height_pt,
                     GError                  **error)
{
  Job       *job = job_new (document, choice, NULL);
  ProfPages *pages;

  if (graph != NULL && viewer_graph_get_layout (graph) != NULL)
    pages = graph_pages (job, graph, family, width_pt, height_pt, error);
  else
    pages = prof_pages_new (job->result->tree,
                            &job->options,
                            width_pt,
                            height_pt,
                            false,
                            error);
  job_free (job);
  return pages;
}
