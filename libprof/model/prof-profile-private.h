/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The inside of a profile, for the files of this folder that make one. */

#include "base/prof-limits.h"
#include "base/prof-strings.h"
#include "base/prof-vec.h"
#include "model/prof-profile.h"
#include "model/prof-stack-list.h"

G_BEGIN_DECLS

PROF_VEC_DEFINE (ProfVecValueType, prof_vec_value_type, ProfValueType)
PROF_VEC_DEFINE (ProfVecMapping, prof_vec_mapping, ProfMapping)
PROF_VEC_DEFINE (ProfVecFunction, prof_vec_function, ProfFunction)
PROF_VEC_DEFINE (ProfVecLocation, prof_vec_location, ProfLocation)
PROF_VEC_DEFINE (ProfVecLine, prof_vec_line, ProfLine)
PROF_VEC_DEFINE (ProfVecStackNode, prof_vec_stack_node, ProfStackNode)
PROF_VEC_DEFINE (ProfVecLabel, prof_vec_label, ProfLabel)

struct _ProfProfile
{
  gatomicrefcount ref_count;

  /* Shared: what columns with a capacity of 0 are borrowed from, or NULL */
  ProfProfile *origin;
  ProfStrings *strings;

  /* Owned, but for those borrowed */
  ProfVecValueType types;
  ProfVecMapping   mappings;
  ProfVecFunction  functions;
  ProfVecLocation  locations;
  ProfVecLine      lines;
  ProfVecStackNode stacks;
  ProfVecU32       comments;
  ProfVecI64       totals; /* one a type */
  ProfStackList   *list;   /* in place of the stack table, or NULL */

  ProfVecU32   sample_stacks;
  ProfVecI64   sample_values; /* sample by sample */
  ProfVecU32   label_starts;  /* one a sample and one more; empty: no labels */
  ProfVecLabel labels;

  int64_t       time_ns;
  int64_t       duration_ns;
  int64_t       period;
  ProfValueType period_type;
  ProfStringId  default_type;
  ProfStringId  drop_frames;
  ProfStringId  keep_frames;
  ProfStringId  doc_url;
  const char   *format; /* static; NULL: several, or none */
  ProfNotes     notes;
  ProfLimits    limits; /* that it was loaded under */
};

/* An empty profile with a string table of "" and no stack node. */
ProfProfile *prof_profile_alloc (void);

/* Computes what is kept besides the columns: totals. */
bool prof_profile_seal (ProfProfile *self);

G_END_DECLS
