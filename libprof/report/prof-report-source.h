/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Functions with the lines of their source that a report lists. For this
 * folder. */

#include "analysis/prof-source-lines.h"
#include "report/prof-report-context.h"
#include "report/prof-report-list.h"

G_BEGIN_DECLS

typedef struct
{
  ProfReportContext  context;
  ProfReportListRead read;
  void              *data;

  /* Owned */
  ProfSourceLines *lines;
  /* The file that was read last, or NULL: functions of one file follow each other
   * often. */
  char   *file;
  GBytes *text;
  GError *failure;
} ProfReportSource;

/**
 * prof_report_source_init:
 * @pattern: an expression of prof_pattern_new(), for names of functions
 *
 * Returns: %false with @error set: %PROF_ERROR_PATTERN, or %PROF_ERROR_NO_MATCH
 *   where no function matches; to be cleared all the same
 */
bool prof_report_source_init (ProfReportSource  *self,
                              ProfAnswer        *answer,
                              const char        *pattern,
                              ProfReportListRead read,
                              void              *data,
                              GError           **error);
void prof_report_source_clear (ProfReportSource *self);

/**
 * prof_report_source_text:
 *
 * Returns: (transfer none): the text of a file, or %NULL with @failure set to
 *   why; both until the next call
 */
GBytes *prof_report_source_text (ProfReportSource *self,
                                 const char       *file,
                                 const char      **failure);

/**
 * ProfReportSourceFunc:
 * @number: of the line, from 1
 * @cost: (nullable): %NULL where it costs nothing
 *
 * Returns: whether to go on
 */
typedef bool (*ProfReportSourceFunc) (const void           *data,
                                      int64_t               number,
                                      const ProfSourceLine *cost,
                                      const char           *line,
                                      size_t                length);

/* Calls @func for each line that is to be shown of a function. A line longer than
 * 65535 bytes ends the text. */
void prof_report_source_each_line (const ProfReportSource  *self,
                                   const ProfSourceRoutine *routine,
                                   GBytes                  *text,
                                   ProfReportSourceFunc     func,
                                   const void              *data);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ProfReportSource, prof_report_source_clear)

G_END_DECLS
