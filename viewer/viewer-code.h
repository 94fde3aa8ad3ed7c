/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* One function's source with what its lines cost, as rows to be shown. Made as a
 * whole on a worker thread and never changed after. No widget.
 *
 * The text is looked for in the folders that are given, nowhere else; without it the
 * rows are the lines that the profile knows. */

#include "viewer-result.h"

G_BEGIN_DECLS

/* Bytes of a file that is shown, and lines. */
#define VIEWER_CODE_MAX_BYTES (16u << 20)
#define VIEWER_CODE_MAX_LINES 200000u

/* Which text is asked for. */
typedef struct
{
  const char        *file; /* (nullable): as in the profile; NULL for that with
                               * the largest cost */
  const char *const *folders; /* NULL-terminated */
  gboolean in_place; /* whether to read it where the profile says that it is */
} ViewerCodeWish;

/* A source file of the function. */
typedef struct
{
  char   *path; /* as in the profile, bytes; "" where unknown */
  int64_t flat; /* of its lines */
  int64_t cum;  /* of its lines: recursion over several counts twice */
} ViewerCodeFile;

typedef struct
{
  int64_t               line;  /* 0 where unknown */
  const ProfSourceCost *cost;  /* (nullable): NULL where it costs nothing */
  uint32_t              level; /* of inlining; 0 for a line */
} ViewerCodeRow;

typedef struct
{
  gatomicrefcount ref_count;

  /* Shared, a reference */
  ViewerResult *result;

  /* Owned */
  ProfSourceCosts *costs;
  GArray          *files; /* ViewerCodeFile, by falling |cum|, at least one */
  GArray          *rows;  /* ViewerCodeRow */
  GBytes          *text;  /* (nullable) */
  char            *place; /* (nullable): where the text is */
  char *complaint; /* (nullable): why there is none, or what is wrong with it */

  ProfFrameId frame;
  guint       file;         /* index of the one that is shown */
  int64_t     largest_flat; /* of a row, without sign */
  int64_t     largest_cum;

  GArray *starts; /* owned; size_t: of each line of the text, and one more */
} ViewerCode;

/**
 * viewer_code_new:
 * @frame: of the result
 * @cancellable: (nullable)
 *
 * Returns: (transfer full) (nullable): %NULL when it was cancelled
 */
ViewerCode *viewer_code_new (ViewerResult         *result,
                             ProfFrameId           frame,
                             const ViewerCodeWish *wish,
                             GCancellable         *cancellable);
ViewerCode *viewer_code_ref (ViewerCode *self);
void        viewer_code_unref (ViewerCode *self);

/* (transfer none): the path that is shown, bytes as in the profile */
const char *viewer_code_path (const ViewerCode *self);

/* (transfer none): of a row below rows->len */
const ViewerCodeRow *viewer_code_row (const ViewerCode *self, guint row);

/* (transfer full): a row's text, valid UTF-8 on one line, tabs as blanks, cut where
 * it is very long; of what was inlined its name and place. */
char *viewer_code_text (const ViewerCode *self, guint row);

/* The row of the line with the largest cum, or G_MAXUINT. */
guint viewer_code_hottest (const ViewerCode *self);

/* The node of a row's frame in the result's tree, on the heaviest stack that has
 * it, or PROF_ID_NONE. */
ProfNodeId viewer_code_node (const ViewerCode *self, guint row);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerCode, viewer_code_unref)

G_END_DECLS
