/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-json-walk.h"

#include "base/prof-vec.h"
#include <string.h>

typedef const ProfJsonRule *Rule;

PROF_VEC_DEFINE (ProfVecRule, prof_vec_rule, Rule)

struct _ProfJsonWalk
{
  ProfJson           *json; /* (owned) */
  void               *data; /* lent */
  ProfVecRule         open; /* (owned) rules of what is open, outermost first */
  const ProfJsonRule *next; /* of the value that comes, where it is known */
};

ProfJsonWalk *
prof_json_walk_new (const ProfJsonRule *rule,
                    const ProfLimits   *limits,
                    void               *data)
{
  ProfJsonWalk *self = g_new0 (ProfJsonWalk, 1);

  self->json = prof_json_new ();
  prof_json_limit_texts (self->json, limits);
  self->data = data;
  self->next = rule;
  return self;
}

void
prof_json_walk_free (ProfJsonWalk *self)
{
  if (self == NULL)
    return;
  prof_json_free (self->json);
  prof_vec_rule_clear (&self->open);
  g_free (self);
}

const ProfJson *
prof_json_walk_json (const ProfJsonWalk *self)
{
  return self->json;
}

/* What it is in, or NULL. */
static const ProfJsonRule *
top (const ProfJsonWalk *self)
{
  return self->open.length > 0 ? self->open.data[self->open.length - 1] : NULL;
}

static bool
fail_kind (const ProfJsonWalk *self, const ProfJsonRule *rule, GError **error)
{
  static const char *const names[] = { "an object", "an array", "a number",
                                       "a text",    "a number", "anything" };
  const ProfJsonRule      *around = top (self);

  if (rule->key != NULL)
    return prof_json_fail (self->json,
                           error,
                           "“%s” is not %s",
                           rule->key,
                           names[rule->kind]);
  return prof_json_fail (self->json,
                         error,
                         "an element of “%s” is not %s",
                         around != NULL && around->key != NULL ? around->key
                                                               : "the array",
                         names[rule->kind]);
}

static const ProfJsonRule *
find_key (const ProfJsonWalk *self)
{
  for (const ProfJsonRule *rule = top (self)->inside; rule->key != NULL; rule++)
    if (prof_json_is (self->json, rule->key))
      return rule;
  return NULL;
}

static bool
give (ProfJsonWalk       *self,
      const ProfJsonRule *rule,
      ProfJsonEvent       event,
      GError            **error)
{
  return rule->take == NULL ||
         rule->take (self->data, self->json, event, error);
}

static bool
is_begin (ProfJsonEvent event)
{
  return event == PROF_JSON_BEGIN_OBJECT || event == PROF_JSON_BEGIN_ARRAY;
}

static bool
fits (const ProfJsonRule *rule, ProfJsonEvent event)
{
  switch (rule->kind)
    {
    case PROF_JSON_RULE_OBJECT:
      return event == PROF_JSON_BEGIN_OBJECT;
    case PROF_JSON_RULE_ARRAY:
      return event == PROF_JSON_BEGIN_ARRAY;
    case PROF_JSON_RULE_NUMBER:
      return event == PROF_JSON_NUMBER;
    case PROF_JSON_RULE_TEXT:
      return event == PROF_JSON_STRING;
    case PROF_JSON_RULE_NUMBER_OR_NULL:
      return event == PROF_JSON_NUMBER || event == PROF_JSON_NULL;
    case PROF_JSON_RULE_SKIP:
      return true;
    }
  return false;
}

static bool
take_value (ProfJsonWalk       *self,
            const ProfJsonRule *rule,
            ProfJsonEvent       event,
            GError            **error)
{
  if (event == PROF_JSON_NULL && rule->key != NULL)
    return true;
  if (!fits (rule, event) && rule->is_lenient)
    {
      if (is_begin (event))
        prof_json_skip (self->json);
      return true;
    }
  if (!fits (rule, event))
    return fail_kind (self, rule, error);
  if (!give (self, rule, event, error))
    return false;
  if (!is_begin (event))
    return true;
  if (rule->kind == PROF_JSON_RULE_SKIP)
    {
      prof_json_skip (self->json);
      return true;
    }
  return prof_vec_rule_append (&self->open, rule) || prof_fail_memory (error);
}

static bool
take_event (ProfJsonWalk *self, ProfJsonEvent event, GError **error)
{
  const ProfJsonRule *rule = self->next;

  self->next = NULL;
  if (event == PROF_JSON_KEY)
    {
      self->next = find_key (self);
      if (self->next == NULL)
        prof_json_skip (self->json);
      return true;
    }
  if (event == PROF_JSON_END_OBJECT || event == PROF_JSON_END_ARRAY)
    {
      rule = top (self);
      self->open.length--;
      return give (self, rule, event, error);
    }
  return take_value (self,
                     rule != NULL ? rule : top (self)->inside,
                     event,
                     error);
}

/* Until all is read that was fed. */
static bool
read_events (ProfJsonWalk *self, GError **error)
{
  ProfJsonEvent event;

  while ((event = prof_json_next (self->json, error)) > PROF_JSON_MORE)
    {
      if (event == PROF_JSON_END)
        return true;
      if (!take_event (self, event, error))
        return false;
    }
  return event == PROF_JSON_MORE;
}

bool
prof_json_walk_feed (ProfJsonWalk  *self,
                     const uint8_t *bytes,
                     size_t         length,
                     GError       **error)
{
  prof_json_feed (self->json, bytes, length);
  return read_events (self, error);
}

bool
prof_json_walk_finish (ProfJsonWalk *self, GError **error)
{
  prof_json_close (self->json);
  return read_events (self, error);
}
