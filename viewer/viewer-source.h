/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Where a profile comes from: a file, several that are added up, or bytes from a
 * pipe or a running program. Never changes once made, so threads may share it. No widget. */

#include "prof.h"
#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ViewerSource ViewerSource;

/**
 * viewer_source_new:
 * @files: @n of them, at least 1; a reference of each is kept
 *
 * Returns: (transfer full): their sum, or the one file as it is
 */
ViewerSource *viewer_source_new (GFile *const *files, size_t n);

/* (transfer full): what another program wrote. */
ViewerSource *viewer_source_new_for_input (GBytes *bytes);

/**
 * viewer_source_new_for_capture:
 * @url: as by prof_url_read()
 * @time: (nullable): when it was; is part of the name, to tell it from others
 *
 * Returns: (transfer full): what a running program answered
 */
ViewerSource *viewer_source_new_for_capture (const char *url,
                                             GDateTime  *time,
                                             GBytes     *bytes);

ViewerSource *viewer_source_ref (ViewerSource *self);
void          viewer_source_unref (ViewerSource *self);

/* "cpu.prof", "cpu.prof + 2 more", "standard input", "heap — localhost:6060",
 * "heap — localhost:6060 · 09:30:00" */
const char *viewer_source_name (const ViewerSource *self);

/* Whether it is bytes in memory: from a pipe, or captured. */
bool viewer_source_is_input (const ViewerSource *self);

/* (nullable): where it was captured; NULL when it was not. */
const char *viewer_source_url (const ViewerSource *self);

/* Of input there is one that cannot be read. */
size_t viewer_source_n_files (const ViewerSource *self);
GFile *viewer_source_file (const ViewerSource *self, size_t index);

/* Whether perf could read a file: it has a path, and programs can be run. */
bool viewer_source_can_have_perf (const ViewerSource *self, size_t index);

/* Reading, of which other threads may ask how far it is. */
typedef struct
{
  GCancellable *cancellable; /* owned */
  ProfProgress *progress;    /* owned; of the file that is being read */
  int           n_read;      /* atomic: files before it */
  ProfLimits    limits;      /* to read under */
  bool          with_perf;   /* whether perf may be run for a recording of it */

  char **etags;   /* owned; one for each file, NULL where unknown */
  size_t culprit; /* after an error: whose it is; n_files: of the sum */
} ViewerReading;

/**
 * viewer_source_load:
 *
 * Reads one file after the other; for worker threads. Cost and errors are those
 * of prof_format_load_stream() and prof_merge().
 *
 * Returns: (transfer full): the profile, or %NULL with @error set
 */
ProfProfile *viewer_source_load (const ViewerSource *self,
                                 ViewerReading      *reading,
                                 GError            **error);

/* 0 to 1, or negative when unknown. */
double viewer_source_fraction (const ViewerSource  *self,
                               const ViewerReading *reading);

void viewer_source_init_reading (const ViewerSource *self,
                                 ViewerReading      *reading,
                                 GCancellable       *cancellable,
                                 const ProfLimits   *limits);

/* Frees what @reading of this source owns. */
void viewer_source_clear_reading (const ViewerSource *self,
                                  ViewerReading      *reading);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ViewerSource, viewer_source_unref)

G_END_DECLS
