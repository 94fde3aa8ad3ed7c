/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A query: everything asked of a profile, as one value. It never changes once
 * made, so threads share it by reference; asking for something else makes
 * another one from it.
 *
 *   new ──with ("focus", "http")──▶ query ──with ("cum", "true")──▶ query
 *                                                    │
 *                          --focus=http --cum  ◀── to_text
 *
 * Options have the names of the command's options. The text form is what
 * history, presets and "copy as command" keep. */

#include "base/prof-error.h"
#include "query/prof-granularity.h"
#include <stddef.h>
#include <stdint.h>

G_BEGIN_DECLS

typedef struct _ProfQuery ProfQuery;

/* Texts are "" where nothing is asked, never NULL, unless said otherwise. */
typedef struct
{
  const char *sample_index; /* a number or a name; "" is the default type */

  const char *focus;
  const char *ignore;
  const char *hide;
  const char *show;
  const char *show_from;
  const char *focus_path; /* names, root first; see prof-focus-path.h */
  const char *prune_from;
  const char *tagfocus;
  const char *tagignore;
  const char *tagshow;
  const char *taghide;
  const char *tagroot; /* label keys, separated by "," */
  const char *tagleaf;

  ProfGranularity granularity;
  bool            noinlines;
  bool            collapse_recursion;
  bool            all_frames; /* drop_frames of the file is not obeyed */

  bool    cum;       /* largest cumulative value first, not largest flat one */
  int64_t nodecount; /* -1: the command's own default */
  double  nodefraction;
  double  edgefraction;
  bool    trim; /* false: the three above do not count */
  bool    call_tree;
  bool    relative_percentages;
  bool    drop_negative;
  bool    compact_labels;

  const char *unit;      /* "minimum" when not asked */
  double      divide_by; /* 1 when not asked; never 0 */
  bool        mean;

  const char *const *base; /* files, NULL at the end; never NULL itself */
  const char *const *diff_base;
  bool               normalize;

  const char *source_path; /* folders, separated by ":" */
  const char *trim_path;
} ProfQueryFields;

/**
 * ProfQueryOptionKind:
 * @PROF_QUERY_OPTION_FLAG: bool; given, it is the opposite of its default
 * @PROF_QUERY_OPTION_TEXT: const char *
 * @PROF_QUERY_OPTION_PATTERN: const char *, a regular expression
 * @PROF_QUERY_OPTION_TAG_FILTER: const char *, see prof-tag-filter.h
 * @PROF_QUERY_OPTION_COUNT: int64_t
 * @PROF_QUERY_OPTION_NUMBER: double
 * @PROF_QUERY_OPTION_CHOICE: an enum whose values are positions in @choices
 * @PROF_QUERY_OPTION_LIST: const char *const *; it can be given several times
 */
typedef enum
{
  PROF_QUERY_OPTION_FLAG,
  PROF_QUERY_OPTION_TEXT,
  PROF_QUERY_OPTION_PATTERN,
  PROF_QUERY_OPTION_TAG_FILTER,
  PROF_QUERY_OPTION_COUNT,
  PROF_QUERY_OPTION_NUMBER,
  PROF_QUERY_OPTION_CHOICE,
  PROF_QUERY_OPTION_LIST,
} ProfQueryOptionKind;

typedef struct
{
  const char         *name; /* without dashes: "show-from" */
  ProfQueryOptionKind kind;
  size_t              offset;   /* of its field in ProfQueryFields */
  const char         *argument; /* for help, such as "RE"; NULL for a flag */
  const char         *help;     /* half a sentence, marked for translation */
  const char *const  *choices;  /* NULL at the end; NULL for other kinds */
} ProfQueryOption;

/**
 * prof_query_new:
 *
 * Returns: (transfer full): the query that asks for nothing: pprof's defaults
 */
ProfQuery *prof_query_new (void);
ProfQuery *prof_query_ref (ProfQuery *self);
void       prof_query_unref (ProfQuery *self);

/**
 * prof_query_fields:
 *
 * Returns: (transfer none): what is asked, as long as the query lives
 */
const ProfQueryFields *prof_query_fields (const ProfQuery *self);

/**
 * prof_query_with:
 * @name: an option's name; "_" is as good as "-"
 * @value: (nullable): the new value; a list gets it added. Of a flag: "true",
 *   "t", "yes", "y", "1" or "", or "false", "f", "no", "n", "0". %NULL goes back
 *   to the default
 *
 * Asks for one thing more, or for another one.
 *
 * Returns: (transfer full): the new query, or %NULL with @error set, its message
 *   beginning with the name: %PROF_ERROR_PATTERN for a pattern that does not
 *   compile, %PROF_ERROR_TOO_LARGE for one of more than %PROF_MOST_PATTERN bytes,
 *   %PROF_ERROR_UNSUPPORTED for any other value or name
 */
ProfQuery *prof_query_with (const ProfQuery *self,
                            const char      *name,
                            const char      *value,
                            GError         **error);

/* Whether two queries ask for the same; for GHashTable. */
gboolean prof_query_equal (gconstpointer a, gconstpointer b);
guint    prof_query_hash (gconstpointer self);

/**
 * prof_query_to_text:
 *
 * Returns: (transfer full): what is not default, as options of the command, for
 *   a shell and always in the same order: "--focus='a b' --cum"; "" for defaults
 */
char *prof_query_to_text (const ProfQuery *self);

/**
 * prof_query_from_text:
 * @text: as prof_query_to_text() writes it, in any order; a "-" in front of a
 *   name is enough
 *
 * Returns: (transfer full): the query, or %NULL with @error set as by
 *   prof_query_with()
 */
ProfQuery *prof_query_from_text (const char *text, GError **error);

/**
 * prof_query_active_filters:
 *
 * Source: pprof internal/driver, reportOptions(), and internal/report,
 *   legendActiveFilters(), which cuts bytes, not characters.
 *
 * Returns: (transfer full): "focus=main", "show_from=…", in pprof's order, each
 *   cut after 80 bytes, with "…" then; NULL at the end
 */
char **prof_query_active_filters (const ProfQuery *self);

/**
 * prof_query_options:
 * @n: (out): how many
 *
 * Returns: (transfer none): every option, in the order of the text form
 */
const ProfQueryOption *prof_query_options (size_t *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfQuery, prof_query_unref)

G_END_DECLS
