/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A call tree and its top table in few bytes, for a page that lays them out by
 * itself. What is written is made to be compressed by whoever takes it:
 *
 *   page   = names labels files frames calls tree
 *   names  = text               a line for each of F frames, heaviest first
 *   labels = text               a line for each of them, as it was given
 *   files  = text               a line for each file that frames come from
 *   text   = length byte*       UTF-8, every line ends in a line feed
 *   frames = file* line* package* color* inlined* flat* cum*      F of each
 *   calls  = list*              F lists, then that of the root
 *   list   = length (2 × frame + inlined)*     whom a frame calls, often first;
 *                               frame F is "more", what was left out
 *   tree   = children* place* value* [weight*] merged*
 *
 * The tree is N nodes in preorder: how many children each has; for all but the
 * root, its place in its caller's list; its own value; where values can be
 * negative, by how much its own weight is above |value|; for each "more", how
 * many callees it stands for. One column follows the other, as like compresses
 * with like, and a call's place in a list is mostly 0 where its frame is any
 * number.
 *
 * Numbers are LEB128: seven bits a byte, the low ones first. What can be
 * negative (flat, cum, and values of a tree with negative ones) is folded: 0, -1,
 * 1, -2, …. Values are divided by their greatest common divisor. */

#include "analysis/prof-top.h"
#include "analysis/prof-tree.h"
#include "base/prof-sink.h"

G_BEGIN_DECLS

typedef struct _ProfReportPage ProfReportPage;

typedef struct
{
  uint32_t n_frames; /* F */
  uint32_t n_rows;   /* of the top table: the first of the frames */
  uint32_t n_files;
  uint32_t n_nodes;  /* N, the root and what stands for others included */
  uint32_t n_hidden; /* frames of the tree that were left out */
  uint64_t divisor;  /* of all values; at least 1 */
  bool     is_signed;
} ProfPageShape;

/**
 * prof_report_page_new:
 * @tree: a reference is kept
 * @top: the table of the same frames, every function; a reference is kept
 * @min_weight: lighter nodes are left out with all below them. Their caller gets
 *   one last child instead, which has their value and tells how many they are;
 *   0 keeps all
 *
 * Returns: (transfer full): what will be written, or %NULL with @error set to
 *   %PROF_ERROR_TOO_LARGE when memory is refused
 */
ProfReportPage *prof_report_page_new (ProfTree *tree,
                                      ProfTop  *top,
                                      uint64_t  min_weight,
                                      GError  **error);
void            prof_report_page_free (ProfReportPage *self);

const ProfPageShape *prof_report_page_shape (const ProfReportPage *self);

/* Number of a node among those of the page; of its nearest caller that is
 * there, when it was left out. */
uint32_t prof_report_page_number (const ProfReportPage *self, ProfNodeId node);

/**
 * prof_report_page_write:
 * @colors: for each frame of the tree's frames, what the page's colour column
 *   says
 * @labels: for each of them, how its name can be written; a line of UTF-8
 *
 * Returns: %false with @error set by the sink
 */
bool prof_report_page_write (const ProfReportPage *self,
                             const uint32_t       *colors,
                             const char *const    *labels,
                             const ProfSink       *sink,
                             GError              **error);

/**
 * prof_report_page_n_nodes:
 *
 * Cost: one pass over the tree.
 *
 * Returns: how many nodes a page would have
 */
size_t prof_report_page_n_nodes (const ProfTree *tree, uint64_t min_weight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfReportPage, prof_report_page_free)

G_END_DECLS
