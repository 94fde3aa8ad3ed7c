/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reports for programs, as JSON or CSV. What is told once gives either:
 *
 *   facts     "unit": "nanoseconds"      in JSON only
 *   rows      one object, one line each  with the same columns in both
 *   lists     in a fact or in a row      in JSON only
 *
 * Everything is written as it is told, nothing is kept. docs/json.md is what
 * readers may rely on. */

#include "base/prof-sink.h"
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
 * @sink: gets the text piece by piece; copied
 */
ProfReportData *prof_report_data_new (ProfReportSyntax syntax,
                                      const char      *report,
                                      const ProfSink  *sink);
void            prof_report_data_free (ProfReportData *self);

ProfReportSyntax prof_report_data_syntax (const ProfReportData *self);

/* Each is a fact, the next cell of a row, or the next of a list; @name is a
 * fact's, or a column's; of those in a list it is not looked at. Bytes that are
 * not UTF-8 are made so. In CSV, a text that a spreadsheet would take for a
 * formula gets an apostrophe. */
void prof_report_data_text (ProfReportData *self,
                            const char     *name,
                            const char     *text,
                            gssize          length);
void prof_report_data_integer (ProfReportData *self,
                               const char     *name,
                               int64_t         value);
void prof_report_data_flag (ProfReportData *self, const char *name, bool value);
void prof_report_data_nothing (ProfReportData *self, const char *name);

/* An address, as text: "0x401000". */
void prof_report_data_address (ProfReportData *self,
                               const char     *name,
                               uint64_t        address);

/* @value of @of as a fraction; 0 of nothing. */
void prof_report_data_share (ProfReportData *self,
                             const char     *name,
                             int64_t         value,
                             int64_t         of);

/* A fact that is a list of texts; NULL at the end. */
void prof_report_data_texts (ProfReportData    *self,
                             const char        *name,
                             const char *const *texts);

/* Lists and objects, inside of each other at most six deep. @name is UTF-8, lent
 * to the end, and not looked at in a list. */
void prof_report_data_begin_list (ProfReportData *self, const char *name);
void prof_report_data_end_list (ProfReportData *self);
void prof_report_data_begin_object (ProfReportData *self, const char *name);
void prof_report_data_end_object (ProfReportData *self);

/**
 * prof_report_data_facts_are_rows:
 *
 * For a report without rows: in CSV each fact from now on is a line of the columns
 * "fact" and "value"; of one in lists and objects, "types.0.name".
 */
void prof_report_data_facts_are_rows (ProfReportData *self);

/**
 * prof_report_data_begin_rows:
 * @columns: their names, NULL at the end; rows tell them in this order
 *
 * No facts come behind the rows.
 */
void prof_report_data_begin_rows (ProfReportData    *self,
                                  const char *const *columns);
void prof_report_data_begin_row (ProfReportData *self);
void prof_report_data_end_row (ProfReportData *self);
void prof_report_data_end_rows (ProfReportData *self);

/* A text that is a cell of CSV and too long to be put together first; nothing in
 * JSON. Pieces are UTF-8. */
void prof_report_data_begin_pieces (ProfReportData *self);
void prof_report_data_piece (ProfReportData *self, const char *text);
void prof_report_data_end_pieces (ProfReportData *self);

/* Whether the sink still takes what is told; for loops over much. */
bool prof_report_data_goes_on (ProfReportData *self);

/**
 * prof_report_data_finish:
 *
 * Ends the report; to be called once.
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_data_finish (ProfReportData *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfReportData, prof_report_data_free)

G_END_DECLS
