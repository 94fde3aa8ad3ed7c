/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What tests share: tiny profiles from a few lines of text, and goldens. */

#include "prof.h"

G_BEGIN_DECLS

/**
 * test_profile:
 * @text: one stack a line, outermost frame first, frames separated by ';', a
 *   blank and the values, separated by ','. A frame "g<f" is g inlined into f
 *   (one location, two lines). A frame "[libc.so.6]" is a location without
 *   names in that binary. A first line "#types cpu/nanoseconds,..." names the
 *   sample types; without it there is one, samples/count. An empty stack is a
 *   line that starts with the blank. Behind the values may stand labels, a tab
 *   before each: "s:KEY=TEXT" or "n:KEY=NUMBER/UNIT".
 *
 * Returns: (transfer full): the profile
 */
ProfProfile *test_profile (const char *text);

/* The tree of one sample type of such a text. */
ProfTree *test_tree (const char *text, size_t type);

/* Another tree of its first sample type. */
ProfTree *test_tree_with (const char *text, ProfTreeFlags flags);

/* The first node with that name, in preorder; the test fails without. */
ProfNodeId test_node (const ProfTree *tree, const char *name);

/* Whether a stack is of these locations, the leaf first, and ends behind them. */
void test_stack (const ProfStackNode  *nodes,
                 ProfStackId           stack,
                 const ProfLocationId *leaf_first,
                 size_t                n);

/**
 * test_golden:
 * @name: file below tests/golden, found through the environment
 *   variable PROF_TEST_SOURCE, the root of the source tree
 *
 * Compares text with a golden file. PROF_UPDATE_GOLDEN=1 rewrites it instead.
 * A difference fails the test and prints both.
 */
void test_golden (const char *name, const char *text);

/**
 * test_new_folder:
 *
 * A new empty folder for what a test writes. When the program ends it is removed,
 * with all that is in it then. Of the main thread.
 *
 * Returns: (transfer full): its path
 */
char *test_new_folder (void);

/* The path of a file in the source tree's root ("data/examples/x.prof"). */
char *test_source_path (const char *relative);

G_END_DECLS
