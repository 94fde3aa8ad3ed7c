/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reports for programs, as JSON or CSV. What is told once gives either:
 *
 *   facts     "unit": "nanoseconds"      in JSON only
 *   rows      one object, one line each  with the same columns in both
 *
 * docs/json.md is what readers may rely on. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef enum
{
  PROF_REPORT_JSON,
  PROF_REPORT_CSV, /* RFC 4180, with a line of names */
} ProfReportSyntax;

typedef struct _ProfReportData ProfReportData;

/**
 * prof_report_data_new:
 * @report: what it is, "top"
 */
ProfReportData *prof_report_data_new (ProfReportSyntax syntax,
                                      const char      *report);
void            prof_report_data_free (ProfReportData *self);

/* Each is a fact, or the next cell of a row; @name is a fact's, or a column's.
 * Bytes that are not UTF-8 are made so. In CSV, a text that a spreadsheet would
 * take for a formula gets an apostrophe. */
void prof_report_data_text (ProfReportData *self,
                            const char     *name,
                            const char     *text,
                            gssize          length);
void prof_report_data_integer (ProfReportData *self,
                               const char     *name,
                               int64_t         value);
void prof_report_data_flag (ProfReportData *self, const char *name, bool value);
void prof_report_data_nothing (ProfReportData *self, const char *name);

/* @value of @of as a fraction; 0 of nothing. */
void prof_report_data_share (ProfReportData *self,
                             const char     *name,
                             int64_t         value,
                             int64_t         of);

/* A fact that is a list of texts; NULL at the end. */
void prof_report_data_texts (ProfReportData    *self,
                             const char        *name,
                             const char *const *texts);

/**
 * prof_report_data_begin_rows:
 * @columns: their names, NULL at the end; rows tell them in this order
 */
void prof_report_data_begin_rows (ProfReportData    *self,
                                  const char *const *columns);
void prof_report_data_begin_row (ProfReportData *self);
void prof_report_data_end_row (ProfReportData *self);
void prof_report_data_end_rows (ProfReportData *self);

/* Appends the whole; to be called once. */
void prof_report_data_finish (ProfReportData *self, GString *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfReportData, prof_report_data_free)

G_END_DECLS
