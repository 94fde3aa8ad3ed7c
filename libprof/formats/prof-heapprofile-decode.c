/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-heapprofile-decode.h"

#include "formats/prof-json-kind.h"
#include "formats/prof-json-take.h"
#include "formats/prof-v8.h"

/* {"head": {"callFrame": {…}, "selfSize": 0, "id": 1, "children": [{…}, …]},
 *  "samples": [{"size": 1024, "nodeId": 9, "ordinal": 33}, …]}
 *
 * Sizes are what V8 reckons from its samples: nothing is to be scaled. The samples
 * say the same as the sizes of nodes, and are skipped. */

#define FORMAT "V8 heap profile"

typedef struct
{
  ProfV8 v8; /* first */

  ProfVecU32 open;  /* (owned) nodes inside each other, outermost first */
  ProfVecI64 sizes; /* (owned) bytes of each node */
} HeapProfile;

/* The node that is read; there is one. */
static uint32_t
top (const HeapProfile *self)
{
  return self->open.data[self->open.length - 1];
}

static bool
begin_node (HeapProfile *self, const ProfJson *json, GError **error)
{
  uint32_t parent = self->open.length > 0 ? top (self) : PROF_ID_NONE;
  uint32_t node;

  prof_builder_at (self->v8.builder, prof_json_offset (json));
  return prof_call_nodes_add (&self->v8.nodes, parent, &node, error) &&
         ((prof_vec_u32_append (&self->open, node) &&
           prof_vec_i64_append (&self->sizes, 0)) ||
          prof_fail_memory (error));
}

static bool
take_node (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  HeapProfile *self = data;

  if (event == PROF_JSON_BEGIN_OBJECT)
    return begin_node (self, json, error);
  self->open.length--;
  return true;
}

static bool
take_call_frame (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  HeapProfile *self = data;

  if (event == PROF_JSON_END_OBJECT)
    return prof_v8_end_frame (&self->v8, top (self), error);
  prof_v8_begin_frame (&self->v8);
  return true;
}

static bool
take_size (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  HeapProfile *self = data;

  return prof_json_take_whole (json, &self->sizes.data[top (self)], error);
}

static const ProfJsonRule child_rule[1];

static const ProfJsonRule node_rules[] = {
  { .key = "callFrame",
    .kind = PROF_JSON_RULE_OBJECT,
    .inside = prof_v8_call_frame,
    .take = take_call_frame },
  { .key = "selfSize", .kind = PROF_JSON_RULE_NUMBER, .take = take_size },
  { .key = "children", .kind = PROF_JSON_RULE_ARRAY, .inside = child_rule },
  { 0 },
};

static const ProfJsonRule child_rule[1] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = node_rules, .take = take_node },
};

static const ProfJsonRule members[] = {
  { .key = "head",
    .kind = PROF_JSON_RULE_OBJECT,
    .inside = node_rules,
    .take = take_node },
  { 0 },
};

static const ProfJsonRule document = { .key = "the profile",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

static bool
add_nodes (HeapProfile *self, GError **error)
{
  for (size_t node = 0; node < self->sizes.length; node++)
    if (self->sizes.data[node] > 0 &&
        !prof_builder_add_sample_at (self->v8.builder,
                                     self->v8.nodes.stacks.data[node],
                                     &self->sizes.data[node],
                                     1,
                                     NULL,
                                     0,
                                     error))
      return false;
  return true;
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return prof_json_kind (bytes, length) == PROF_JSON_KIND_HEAPPROFILE;
}

static void *
begin (const ProfLimits *limits)
{
  HeapProfile *self = g_new0 (HeapProfile, 1);

  prof_v8_init (&self->v8, limits, FORMAT, &document);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  HeapProfile *self = data;

  return prof_v8_feed (&self->v8,
                       bytes,
                       length,
                       self->sizes.length * sizeof (int64_t),
                       error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  HeapProfile *self = data;

  if (!prof_json_walk_finish (self->v8.walk, error) ||
      !prof_call_nodes_finish (&self->v8.nodes, self->v8.builder, error) ||
      !prof_v8_add_type (&self->v8, "inuse_space", "bytes", error) ||
      !add_nodes (self, error) ||
      !prof_places_finish (self->v8.places, NULL, error))
    return NULL;
  return prof_builder_finish (self->v8.builder, error);
}

static void
free_heapprofile (void *data)
{
  HeapProfile *self = data;

  prof_v8_clear (&self->v8);
  prof_vec_u32_clear (&self->open);
  prof_vec_i64_clear (&self->sizes);
  g_free (self);
}

const ProfDecoder prof_heapprofile_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_heapprofile,
};
