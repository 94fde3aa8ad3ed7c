/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile as callgrind writes it, for KCachegrind and its like: what "go tool
 * pprof -callgrind" of Go 1.19 says, cost by instruction and line, with calls
 * and what they cost. Nothing is left out. Only how often something was called,
 * which is not known, is 1 in place of 0.
 *
 * Names are written once, "(1) main.work", and are "(1)" from then on. Addresses
 * are relative to the block before where that is shorter; "*" is the same.
 *
 * Line breaks in names become blanks. */

#include "base/prof-sink.h"
#include "query/prof-answer.h"

G_BEGIN_DECLS

/**
 * prof_report_callgrind:
 * @sink: gets the text piece by piece; ends the report by failing
 *
 * Values are whole numbers of one unit, the one that suits the smallest of them,
 * or the query's; they are cut off, not rounded. Under "call_tree" a function
 * that several others call is several, and calls name it "main.work [2/3]".
 *
 * Source: pprof internal/report/report.go, printCallgrind().
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_callgrind (ProfAnswer     *answer,
                            const ProfSink *sink,
                            GError        **error);

G_END_DECLS
