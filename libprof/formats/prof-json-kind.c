/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-json-kind.h"

#include "base/prof-json.h"
#include <string.h>

/* Members are known by where they are. A path is the keys above and its own, with
 * '/' before each; an element of an array has '*' for its key. */

#define MOST_DEPTH 4

typedef struct
{
  const char  *path;
  ProfJsonKind kind;
  bool         is_weak; /* counts only when nothing else tells */
} Sign;

static const Sign signs[] = {
  { "/shared/frames", PROF_JSON_KIND_SPEEDSCOPE, false },
  { "/profiles/*/events", PROF_JSON_KIND_SPEEDSCOPE, false },
  { "/profiles/*/weights", PROF_JSON_KIND_SPEEDSCOPE, false },
  { "/nodes/*/callFrame", PROF_JSON_KIND_CPUPROFILE, false },
  { "/head/callFrame", PROF_JSON_KIND_HEAPPROFILE, false },
  { "/head/selfSize", PROF_JSON_KIND_HEAPPROFILE, false },
  { "/traceEvents", PROF_JSON_KIND_CHROME_TRACE, false },
  { "/*/ph", PROF_JSON_KIND_CHROME_TRACE, false },
  { "/meta/preprocessedProfileVersion", PROF_JSON_KIND_FIREFOX, false },
  { "/threads/*/stackTable", PROF_JSON_KIND_FIREFOX, true },
  { "/meta/gcpoison", PROF_JSON_KIND_FIREFOX, true },
  { "/dhatFileVersion", PROF_JSON_KIND_DHAT, false },
  { "/root_frame", PROF_JSON_KIND_PYINSTRUMENT, false },
  { "/cost_centres", PROF_JSON_KIND_GHC, false },
  { "/timeDeltas", PROF_JSON_KIND_CPUPROFILE, true },
};

typedef struct
{
  GString *path;
  size_t   lengths[MOST_DEPTH]; /* of the path, outside of each level */
  bool     is_array[MOST_DEPTH];

  ProfJsonKind weak;
} Looker;

static ProfJsonKind
look_at_path (Looker *self)
{
  for (size_t i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strcmp (self->path->str, signs[i].path) == 0)
      {
        if (!signs[i].is_weak)
          return signs[i].kind;
        if (self->weak == PROF_JSON_KIND_NONE)
          self->weak = signs[i].kind;
      }
  return PROF_JSON_KIND_NONE;
}

/* The path of what begins. */
static void
enter (Looker *self, size_t depth, bool is_array)
{
  self->lengths[depth - 1] = self->path->len;
  self->is_array[depth - 1] = is_array;
}

/* Back to the path of the level, so that its next member can be put behind. */
static void
leave_member (Looker *self, size_t depth)
{
  g_string_truncate (self->path, self->lengths[depth - 1]);
}

static ProfJsonKind
look_at_key (Looker *self, ProfJson *json)
{
  size_t depth = prof_json_depth (json);

  leave_member (self, depth);
  g_string_append_c (self->path, '/');
  g_string_append (self->path, prof_json_text (json, NULL));
  return look_at_path (self);
}

static void
look_at_begin (Looker *self, ProfJson *json, ProfJsonEvent event)
{
  size_t depth = prof_json_depth (json);

  if (depth > 1 && self->is_array[depth - 2])
    {
      leave_member (self, depth - 1);
      g_string_append (self->path, "/*");
    }
  if (depth == MOST_DEPTH)
    prof_json_skip (json);
  else
    enter (self, depth, event == PROF_JSON_BEGIN_ARRAY);
}

static ProfJsonKind
look_at_text (const Looker *self, const ProfJson *json)
{
  if (strcmp (self->path->str, "/$schema") == 0 &&
      strstr (prof_json_text (json, NULL), "speedscope") != NULL)
    return PROF_JSON_KIND_SPEEDSCOPE;
  return PROF_JSON_KIND_NONE;
}

static ProfJsonKind
look (Looker *self, ProfJson *json)
{
  ProfJsonKind  kind = PROF_JSON_KIND_NONE;
  ProfJsonEvent event;

  while (kind == PROF_JSON_KIND_NONE &&
         (event = prof_json_next (json, NULL)) > PROF_JSON_MORE)
    if (event == PROF_JSON_KEY)
      kind = look_at_key (self, json);
    else if (event == PROF_JSON_BEGIN_OBJECT || event == PROF_JSON_BEGIN_ARRAY)
      look_at_begin (self, json, event);
    else if (event == PROF_JSON_STRING)
      kind = look_at_text (self, json);
  return kind != PROF_JSON_KIND_NONE ? kind : self->weak;
}

ProfJsonKind
prof_json_kind (const uint8_t *bytes, size_t length)
{
  static const uint8_t mark[] = { 0xef, 0xbb, 0xbf };
  g_autoptr (ProfJson) json = NULL;
  g_autoptr (GString)  path = NULL;
  Looker               looker = { 0 };
  size_t               at = 0;

  if (length >= sizeof mark && memcmp (bytes, mark, sizeof mark) == 0)
    at = sizeof mark;
  while (at < length && g_ascii_isspace (bytes[at]))
    at++;
  if (at == length || (bytes[at] != '{' && bytes[at] != '['))
    return PROF_JSON_KIND_NONE;
  path = g_string_new (NULL);
  looker.path = path;
  json = prof_json_new ();
  prof_json_feed (json, bytes + at, length - at);
  return look (&looker, json);
}
