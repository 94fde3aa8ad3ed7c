/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Folded stacks, what flamegraph.pl, inferno and speedscope read: a line for
 * each stack, its frames from the root to the leaf, and a value.
 *
 *   main;main.work;main.inner 17
 *   main;main.work 4
 *
 * A report and no format, though it is a file that others read: a line says what
 * our pictures call the frames, which is known to analysis/ and not to formats/,
 * it holds one sample type only, and a profile cannot be had back from it.
 *
 * Frames have their display names, inlined calls and code without names
 * included ("[libc.so.6]"). Semicolons in names become colons, control characters
 * blanks, and "goroutine 17" becomes "goroutine_17": two numbers at the end of a
 * line are before and after to readers. Samples without a stack are one line, "[no stack] 5", so that the
 * values still add up to the total.
 *
 * Stacks whose text is equal are one line. Lines are sorted frame by frame from
 * the root by the bytes of their names, a stack before those it begins. What adds
 * up to 0 has no line; values below 0 are written, but few readers take them. */

#include "analysis/prof-tree.h"
#include "base/prof-sink.h"

G_BEGIN_DECLS

/**
 * prof_report_folded:
 * @tree: top-down; its sample type and unit are those of the values
 * @sink: gets the text piece by piece, as deep stacks may make it many times as
 *   large as the profile; ends the report by failing
 *
 * Returns: %false with @error set: the sink's, or %PROF_ERROR_TOO_LARGE when
 *   memory is refused
 */
bool prof_report_folded (const ProfTree *tree,
                         const ProfSink *sink,
                         GError        **error);

G_END_DECLS
