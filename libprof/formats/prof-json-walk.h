/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* JSON by rules: tables that say which members of an object, or which elements
 * of an array, are wanted, and what takes them. What no rule names is skipped, so
 * that memory never follows what is of no use.
 *
 *   static const ProfJsonRule point[] = {
 *     { .key = "x", .kind = PROF_JSON_RULE_NUMBER, .take = take_x }, {},
 *   };
 *   static const ProfJsonRule points[] = {
 *     { .kind = PROF_JSON_RULE_OBJECT, .inside = point, .take = take_point }, {},
 *   };
 *
 * Rules may contain themselves. A value of another kind than its rule's is an
 * error with its place; a member that is null is as one that is not there. */

#include "base/prof-json.h"

G_BEGIN_DECLS

typedef enum
{
  PROF_JSON_RULE_OBJECT,
  PROF_JSON_RULE_ARRAY,
  PROF_JSON_RULE_NUMBER,
  PROF_JSON_RULE_TEXT,
  PROF_JSON_RULE_NUMBER_OR_NULL, /* elements of an array */
  PROF_JSON_RULE_SKIP,           /* elements that are only counted */
} ProfJsonRuleKind;

typedef struct _ProfJsonRule ProfJsonRule;

struct _ProfJsonRule
{
  const char      *key; /* NULL: every element of the array */
  ProfJsonRuleKind kind;

  bool is_lenient; /* a value of another kind is skipped, and no error */

  const ProfJsonRule
      *inside; /* of an object or array; ends with an empty rule */

  /* (nullable): called with the value; for objects and arrays twice, with
   * %PROF_JSON_BEGIN_… and %PROF_JSON_END_…. @data is the walk's. */
  bool (*take) (void           *data,
                const ProfJson *json,
                ProfJsonEvent   event,
                GError        **error);
};

typedef struct _ProfJsonWalk ProfJsonWalk;

/**
 * prof_json_walk_new:
 * @rule: of the whole document: an object, or an array. Its key says what it is
 *   called in messages
 * @limits: (nullable): see prof_json_limit_texts()
 * @data: for functions of rules; lent
 */
ProfJsonWalk *prof_json_walk_new (const ProfJsonRule *rule,
                                  const ProfLimits   *limits,
                                  void               *data);
void          prof_json_walk_free (ProfJsonWalk *self);

/* Takes what is there of the document so far. */
bool prof_json_walk_feed (ProfJsonWalk  *self,
                          const uint8_t *bytes,
                          size_t         length,
                          GError       **error);

/* Says that no bytes follow; %PROF_ERROR_TRUNCATED when the end is missing. */
bool prof_json_walk_finish (ProfJsonWalk *self, GError **error);

/* The reader, for places. */
const ProfJson *prof_json_walk_json (const ProfJsonWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfJsonWalk, prof_json_walk_free)

G_END_DECLS
