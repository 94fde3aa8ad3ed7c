/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Reads the small messages of a profile: types, mappings, functions.
 *
 * They go through protobuf-c's generated code one at a time, out of an arena
 * that is emptied after each: unpacking a whole profile takes ten times its
 * size. Before, they are checked and written anew in their shortest form, since
 * protobuf-c and Go differ in what they make of odd encodings, and unknown
 * fields, which it would keep, stay outside. */

#include "base/prof-reader.h"
#include "formats/prof-pprof-context.h"

G_BEGIN_DECLS

typedef struct _ProfPprofTables ProfPprofTables;

/**
 * prof_pprof_tables_new:
 * @context: lent; must outlive the reader
 */
ProfPprofTables *prof_pprof_tables_new (ProfPprofContext *context);
void             prof_pprof_tables_free (ProfPprofTables *self);

/* Each gives one row to the builder; @reader is the message. */
bool prof_pprof_tables_take_type (ProfPprofTables *self,
                                  ProfReader      *reader,
                                  GError         **error);
bool prof_pprof_tables_take_mapping (ProfPprofTables *self,
                                     ProfReader      *reader,
                                     GError         **error);
bool prof_pprof_tables_take_function (ProfPprofTables *self,
                                      ProfReader      *reader,
                                      GError         **error);

/* Replaces the builder's period type, as Go does; protobuf would merge them. */
bool prof_pprof_tables_take_period_type (ProfPprofTables *self,
                                         ProfReader      *reader,
                                         GError         **error);

G_END_DECLS
