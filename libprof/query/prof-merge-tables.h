/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The tables of a merged profile while rows of one profile after the other are
 * added: each row once, numbered in order of first use. For this folder.
 *
 * Rows of different profiles are the same row when they say the same; addresses
 * count from where their mapping begins, so that the same binary may have been
 * loaded elsewhere. */

#include "base/prof-row-index.h"
#include "model/prof-draft.h"

G_BEGIN_DECLS

typedef struct
{
  ProfMappingId mapping;
  uint32_t      n_lines;
  size_t        first_line;
  uint64_t      offset; /* of the address in its mapping */
  bool          is_folded;
} ProfMergeLocation;

PROF_VEC_DEFINE (ProfVecMergeLocation,
                 prof_vec_merge_location,
                 ProfMergeLocation)
PROF_VEC_DEFINE (ProfVecMergeMapping, prof_vec_merge_mapping, ProfMapping)
PROF_VEC_DEFINE (ProfVecMergeFunction, prof_vec_merge_function, ProfFunction)
PROF_VEC_DEFINE (ProfVecMergeLine, prof_vec_merge_line, ProfLine)
PROF_VEC_DEFINE (ProfVecMergeLabel, prof_vec_merge_label, ProfLabel)

typedef struct
{
  /* Lent */
  ProfDraft         *draft;
  const ProfProfile *source;

  /* Owned; what was added so far, and how to find it again */
  ProfVecMergeMapping  mappings;
  ProfVecMergeFunction functions;
  ProfVecMergeLocation locations;
  ProfVecMergeLine     lines;
  ProfVecMergeLabel    labels; /* of one set after the other */
  ProfVecU32           set_starts;
  ProfRowIndex         mapping_index;
  ProfRowIndex         function_index;
  ProfRowIndex         location_index;
  ProfRowIndex         set_index;

  /* Owned; for rows of the source those of the merged profile, PROF_ID_NONE
   * where not yet asked for */
  uint32_t *to_string;
  uint32_t *to_mapping;
  uint32_t *to_function;
  uint32_t *to_location;

  /* Owned; scratch */
  ProfVecMergeLine  some_lines;
  ProfVecMergeLabel some_labels;

  bool failed; /* memory was refused; ids are 0 from then on */
} ProfMergeTables;

/* Tables that are all zeros but for the draft are empty. */
void prof_merge_tables_clear (ProfMergeTables *self);

/* Begins with the rows of another profile. */
void prof_merge_tables_begin (ProfMergeTables *self, const ProfProfile *source);

/* A row of the source as one of the merged profile. */
ProfStringId prof_merge_tables_string (ProfMergeTables *self, ProfStringId id);
ProfLocationId prof_merge_tables_location (ProfMergeTables *self,
                                           ProfLocationId   id);

/**
 * prof_merge_tables_labels:
 *
 * The set of a sample's labels: texts by key, then numbers by key, those of one
 * key in their order. Equal sets have one number; 0 is the empty set.
 */
uint32_t prof_merge_tables_labels (ProfMergeTables *self, size_t sample);

/* (transfer none): the labels of a set. */
const ProfLabel *prof_merge_tables_set (const ProfMergeTables *self,
                                        uint32_t               set,
                                        size_t                *n);

G_END_DECLS
