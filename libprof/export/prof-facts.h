/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a picture says of its profile, in words. Where there is a count name
 * (not %NULL and not ""), it stands for the title of the sample type. */

#include "analysis/prof-search.h"

G_BEGIN_DECLS

/* What it is said of. */
typedef struct
{
  ProfProfile           *profile; /* all lent */
  size_t                 type;
  int64_t                total;
  const ProfChange      *change; /* (nullable): of a comparison */
  const ProfChangeScale *scale;  /* then */
} ProfSubject;

ProfSubject prof_subject_of_tree (ProfTree *tree);

/* The same as those of a tree below. */
char *prof_subject_title (const ProfSubject *of, const char *count_name);
char *prof_subject_line (const ProfSubject *of, const char *count_name);
char *prof_subject_total (const ProfSubject *of);
char *prof_subject_type (const ProfSubject *of, const char *count_name);

/* "server: CPU time", or "CPU time" when the file names no binary. */
char *prof_facts_title (ProfTree *tree, const char *count_name);

/* "9.86 s of CPU time in 10.16 s (97.1 %) · 986 samples, one every 10 ms ·
 * 2026-11-23 05:44 UTC", as far as the file knows. */
char *prof_facts_line (ProfTree *tree, const char *count_name);

/* "9.86 s" */
char *prof_facts_total (ProfTree *tree);

/* "matches of “json”: 1.58 s (26.9 %)" */
char *prof_facts_search (ProfTree *tree, ProfSearch *search, const char *text);

/* "showing main.(*api).search, 62.8 %" */
char *prof_facts_zoom (ProfTree *tree, ProfNodeId node);

/* "CPU time", "memory in use": a type's title within a sentence. */
char *prof_facts_type (ProfTree *tree, const char *count_name);

/**
 * prof_facts_origin:
 * @file_name: (nullable): only its base name is said
 * @base_name: (nullable): what it is compared with, likewise
 * @filters: (nullable): active ones, %NULL at the end; "no filters" when there
 *   are none, nothing when %NULL
 *
 * Returns: (transfer full): "server.pprof · focus=json · Flambeau 1.0"
 */
char *prof_facts_origin (const char        *file_name,
                         const char        *base_name,
                         const char *const *filters);

G_END_DECLS
