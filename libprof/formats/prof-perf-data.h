/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Recordings by Linux perf (perf.data), read by perf itself:
 *
 *   perf.data -> "perf script" -> text -> prof_perf_script_decoder
 *
 * What perf finds depends on the machine: it looks for the programs that were
 * recorded, and their debug information, where the recording says they are.
 *
 * Nothing in libprof calls this. Opening a file must not start a program; a user
 * who asked for it may. */

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-progress.h"
#include "model/prof-profile.h"

G_BEGIN_DECLS

/**
 * prof_perf_data_load:
 * @path: a regular file, of which prof_format_load() has said
 *   %PROF_ERROR_PERF_DATA
 * @limits: (nullable): as for prof_format_load(); %PROF_LIMIT_INFLATED is of
 *   what perf prints
 * @progress: (nullable): can stop it
 *
 * Runs perf and decodes what it prints as it comes. perf may take minutes, in
 * which it prints nothing; there is no other limit on its time than @progress.
 *
 * Returns: (transfer full): the profile, or %NULL with @error set:
 *   %PROF_ERROR_UNSUPPORTED where perf is not installed, or cannot be run from
 *   inside a sandbox; %G_IO_ERROR_FAILED with the first line of what perf says
 *   when it fails; or those of prof_format_load()
 */
ProfProfile *prof_perf_data_load (const char       *path,
                                  const ProfLimits *limits,
                                  ProfProgress     *progress,
                                  GError          **error);

G_END_DECLS
