/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the reports on one answer share: which frames and graph they are about,
 * in which unit numbers are written, and the lines at their head. For this
 * folder. */

#include "analysis/prof-graph.h"
#include "analysis/prof-top.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/* What a kind of report asks for itself, whatever the query says. */
typedef struct
{
  int64_t node_count; /* when the query says nothing; 0 is all */
  bool    whole;      /* nothing is cut, as if "trim" were false */
  bool    visual;     /* a picture of the graph; calls may be a tree */
  bool    exact;      /* by address, with binaries, nothing cut; calls may be
                       * a tree */
  bool    by_line;    /* the granularity is lines, and binaries count */
} ProfReportKind;

typedef struct
{
  ProfAnswer            *answer; /* lent */
  const ProfQueryFields *fields; /* lent by the answer's query */
  ProfProfile           *profile;
  size_t                 type;
  int64_t                total;    /* what percentages are of */
  const char            *unit;     /* of the values, as in the file */
  const char            *shown_in; /* for prof_unit_label() */
  ProfFramesParams       frames;
  ProfGraphParams        graph;
} ProfReportContext;

/**
 * prof_report_context_init:
 *
 * Source: pprof internal/driver/driver.go, applyCommandOverrides().
 */
void prof_report_context_init (ProfReportContext    *self,
                               ProfAnswer           *answer,
                               const ProfReportKind *kind);

/* (transfer full): the frames, the graph and the top table of the report. */
ProfFrames *prof_report_context_frames (const ProfReportContext *self);
ProfGraph  *prof_report_context_graph (const ProfReportContext *self);
ProfTop    *prof_report_context_top (const ProfReportContext *self);

/**
 * prof_report_context_choose_unit:
 * @whole: numbers must stay whole in it
 *
 * Chooses one unit for all numbers of a graph, where the query leaves that open.
 *
 * Source: pprof internal/report/report.go, selectOutputUnit().
 */
void prof_report_context_choose_unit (ProfReportContext *self,
                                      const ProfGraph   *graph,
                                      bool               whole);

/* A sample's value; of a mean it is divided. */
int64_t prof_report_context_sample_value (const ProfReportContext *self,
                                          size_t                   sample);

/* (transfer full): a value as the report writes it: divided, in its unit. */
char *prof_report_context_label (const ProfReportContext *self, int64_t value);

/* Characters of text as Go counts them; a byte that is not UTF-8 is one. */
size_t prof_report_context_width (const char *text, size_t length);

/* Appends it right-aligned: by characters, as Go does it, not by bytes. */
void prof_report_context_append_value (const ProfReportContext *self,
                                       GString                 *out,
                                       int64_t                  value,
                                       size_t                   width);

/* Appends @value of @of as a percentage of six characters or more. */
void prof_report_context_append_share (GString *out, int64_t value, int64_t of);

/* Appends a frame's name, as bytes. */
void prof_report_context_append_name (GString          *out,
                                      const ProfFrames *frames,
                                      ProfFrameId       frame);

/**
 * prof_report_context_facts:
 *
 * Appends what the profile says of itself, a line each.
 *
 * Source: pprof internal/report/report.go, ProfileLabels().
 */
void prof_report_context_facts (const ProfReportContext *self, GString *out);

/**
 * prof_report_context_head:
 * @full: for a picture: facts even where labels are to be compact, and what was
 *   dropped of the calls
 *
 * Appends facts, filters in force, what the nodes account for and what was
 * dropped, a line each.
 *
 * Source: pprof internal/report/report.go, reportLabels().
 */
void prof_report_context_head (const ProfReportContext *self,
                               GString                 *out,
                               const ProfGraph         *graph,
                               bool                     full);

G_END_DECLS
