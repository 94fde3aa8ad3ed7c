/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Changes in words, for pictures and windows; not translated, but for words that
 * are given. */

#include "analysis/prof-change.h"

G_BEGIN_DECLS

/**
 * prof_change_relative:
 *
 * Returns: (transfer full): the difference as a share of what was before:
 *   "+71 %", "−27 %", "0 %", "+1.5 %"; "new" where there was nothing, "gone"
 *   where nothing is left
 */
char *prof_change_relative (int64_t before, int64_t now);

/* What is said of a frame that has only one side. */
typedef struct
{
  const char *is_new;
  const char *is_gone;
} ProfChangeWords;

/**
 * prof_change_mark:
 * @words: (nullable): %NULL for "new" and "gone"
 *
 * What stands on a frame, so that colour is not all that tells: "▲ +71 %",
 * "▼ −27 %", "new", "gone".
 *
 * Returns: (transfer full) (nullable): the text; %NULL at @step 0 of what is
 *   neither new nor gone
 */
char *prof_change_mark (const ProfChange      *change,
                        int                    step,
                        const ProfChangeWords *words);

/**
 * prof_change_sentence:
 * @all: of everything, what shares are of
 *
 * Returns: (transfer full): "12.3 s (8.1 %) → 9.8 s (6.4 %), −2.5 s (−20 %)"
 */
char *prof_change_sentence (int64_t           before,
                            int64_t           now,
                            const ProfChange *all,
                            const char       *unit);

/* "8.03 s → 7.56 s" */
char *prof_change_sides (int64_t before, int64_t now, const char *unit);

/* "▼ −0.47 s (−5.9 %)"; "unchanged" */
char *prof_change_difference (int64_t before, int64_t now, const char *unit);

G_END_DECLS
