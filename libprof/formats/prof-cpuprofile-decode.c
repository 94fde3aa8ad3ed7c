/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-cpuprofile-decode.h"

#include "formats/prof-json-kind.h"
#include "formats/prof-json-take.h"
#include "formats/prof-v8.h"

/* {"nodes": [{"id": 1, "callFrame": {…}, "hitCount": 0, "children": [2],
 *             "positionTicks": [{"line": 3, "ticks": 2}]}, …],
 *  "startTime": 1000, "endTime": 9000,           microseconds of a clock
 *  "samples": [2, 2, 3], "timeDeltas": [10, 1005, 998]}
 *
 * A sample lasts until the next one, the last until the end: deltas are the times
 * before samples, the first from the start. Keys come in any order, so samples and
 * deltas are kept. */

#define FORMAT "V8 CPU profile"

/* Ticks of a node on one line. */
typedef struct
{
  uint32_t node;
  uint32_t line;
  int64_t  ticks;
} Ticks;

PROF_VEC_DEFINE (ProfVecTicks, prof_vec_ticks, Ticks)

typedef struct
{
  ProfV8 v8; /* first */

  uint32_t node; /* that is read */
  Ticks    tick; /* that is read */

  bool          has_start;
  bool          has_samples;
  ProfV8Samples samples;

  ProfVecI64   hits;   /* (owned) of each node */
  ProfVecI64   counts; /* (owned) samples of each node */
  ProfVecI64   times;  /* (owned) microseconds of each node */
  ProfVecTicks ticks;  /* (owned) by node */
} CpuProfile;

/* --- what is read --- */

static bool
take_node (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  CpuProfile *self = data;

  if (event != PROF_JSON_BEGIN_OBJECT)
    return true;
  prof_builder_at (self->v8.builder, prof_json_offset (json));
  return prof_call_nodes_add (&self->v8.nodes,
                              PROF_ID_NONE,
                              &self->node,
                              error) &&
         (prof_vec_i64_append (&self->hits, 0) || prof_fail_memory (error));
}

static bool
take_id (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  CpuProfile *self = data;
  int64_t     id;

  return prof_json_take_whole (json, &id, error) &&
         prof_call_nodes_set_id (&self->v8.nodes,
                                 self->node,
                                 (uint64_t)id,
                                 error);
}

static bool
take_call_frame (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  CpuProfile *self = data;

  if (event == PROF_JSON_END_OBJECT)
    return prof_v8_end_frame (&self->v8, self->node, error);
  prof_v8_begin_frame (&self->v8);
  return true;
}

static bool
take_hits (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  CpuProfile *self = data;

  return prof_json_take_whole (json, &self->hits.data[self->node], error);
}

static bool
take_child (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  CpuProfile *self = data;
  int64_t     id;

  return prof_json_take_whole (json, &id, error) &&
         prof_call_nodes_add_child (&self->v8.nodes,
                                    self->node,
                                    (uint64_t)id,
                                    error);
}

static bool
take_tick (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  CpuProfile *self = data;

  if (event == PROF_JSON_BEGIN_OBJECT)
    {
      self->tick = (Ticks){ .node = self->node };
      return true;
    }
  if (self->tick.ticks == 0)
    return true;
  return prof_vec_ticks_append (&self->ticks, self->tick) ||
         prof_fail_memory (error);
}

static bool
take_tick_line (void           *data,
                const ProfJson *json,
                ProfJsonEvent   event,
                GError        **error)
{
  CpuProfile *self = data;
  int64_t     line;

  if (!prof_json_take_whole (json, &line, error))
    return false;
  if (line > INT32_MAX)
    return prof_json_fail (json, error, "this is no number of a line");
  self->tick.line = (uint32_t)line;
  return true;
}

static bool
take_tick_ticks (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  CpuProfile *self = data;

  if (!prof_json_take_whole (json, &self->tick.ticks, error))
    return false;
  if (self->tick.ticks > INT32_MAX)
    return prof_json_fail (json, error, "there are too many ticks");
  return true;
}

/* Times may have decimals; what is below a microsecond is nothing. */
static bool
take_time (const ProfJson *json, int64_t *time, GError **error)
{
  double number;

  if (prof_json_int64 (json, time))
    return true;
  if (!prof_json_double (json, &number) || number < -0x1p62 || number > 0x1p62)
    return prof_json_fail (json, error, "the time is out of range");
  *time = (int64_t)number;
  return true;
}

static bool
take_start (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  CpuProfile *self = data;

  self->has_start = true;
  return take_time (json, &self->samples.start, error);
}

static bool
take_end (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  CpuProfile *self = data;

  self->samples.has_end = true;
  return take_time (json, &self->samples.end, error);
}

static bool
take_samples (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  CpuProfile *self = data;

  if (event == PROF_JSON_BEGIN_ARRAY)
    prof_number_column_clear (&self->samples.ids);
  self->has_samples = true;
  return true;
}

static bool
take_sample (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  CpuProfile *self = data;
  int64_t     id;

  return prof_json_take_whole (json, &id, error) &&
         prof_json_take_number (&self->samples.ids, id, error);
}

static bool
take_deltas (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  CpuProfile *self = data;

  if (event == PROF_JSON_BEGIN_ARRAY)
    prof_number_column_clear (&self->samples.deltas);
  self->samples.has_deltas = true;
  return true;
}

static bool
take_delta (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  CpuProfile *self = data;
  int64_t     delta;

  return take_time (json, &delta, error) &&
         prof_json_take_number (&self->samples.deltas, delta, error);
}

static const ProfJsonRule child_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .take = take_child },
};

static const ProfJsonRule tick_rules[] = {
  { .key = "line", .kind = PROF_JSON_RULE_NUMBER, .take = take_tick_line },
  { .key = "ticks", .kind = PROF_JSON_RULE_NUMBER, .take = take_tick_ticks },
  { 0 },
};

static const ProfJsonRule tick_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = tick_rules, .take = take_tick },
};

static const ProfJsonRule node_rules[] = {
  { .key = "id", .kind = PROF_JSON_RULE_NUMBER, .take = take_id },
  { .key = "callFrame",
    .kind = PROF_JSON_RULE_OBJECT,
    .inside = prof_v8_call_frame,
    .take = take_call_frame },
  { .key = "hitCount", .kind = PROF_JSON_RULE_NUMBER, .take = take_hits },
  { .key = "children", .kind = PROF_JSON_RULE_ARRAY, .inside = child_rule },
  { .key = "positionTicks", .kind = PROF_JSON_RULE_ARRAY, .inside = tick_rule },
  { 0 },
};

static const ProfJsonRule node_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = node_rules, .take = take_node },
};

static const ProfJsonRule sample_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .take = take_sample },
};

static const ProfJsonRule delta_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .take = take_delta },
};

static const ProfJsonRule members[] = {
  { .key = "nodes", .kind = PROF_JSON_RULE_ARRAY, .inside = node_rule },
  { .key = "startTime", .kind = PROF_JSON_RULE_NUMBER, .take = take_start },
  { .key = "endTime", .kind = PROF_JSON_RULE_NUMBER, .take = take_end },
  { .key = "samples",
    .kind = PROF_JSON_RULE_ARRAY,
    .inside = sample_rule,
    .take = take_samples },
  { .key = "timeDeltas",
    .kind = PROF_JSON_RULE_ARRAY,
    .inside = delta_rule,
    .take = take_deltas },
  { 0 },
};

static const ProfJsonRule document = { .key = "the profile",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

/* --- adding up --- */

/* Counts of nodes, and times where they are known. */
static bool
add_up (CpuProfile *self, GError **error)
{
  if (self->has_samples)
    return prof_v8_add_up (&self->samples,
                           &self->v8.nodes,
                           &self->counts,
                           &self->times,
                           error);
  return (prof_vec_i64_extend (&self->counts,
                               self->hits.data,
                               self->hits.length) &&
          prof_v8_append_zeros (&self->times, self->hits.length)) ||
         prof_fail_memory (error);
}

/* --- samples of the profile --- */

static bool
add_sample (CpuProfile *self,
            ProfStackId stack,
            int64_t     count,
            int64_t     time,
            GError    **error)
{
  const int64_t values[] = { count, time };

  if (count == 0 && time == 0)
    return true;
  return prof_builder_add_sample_at (self->v8.builder,
                                     stack,
                                     values,
                                     self->samples.has_deltas ? 2 : 1,
                                     NULL,
                                     0,
                                     error);
}

/* The part of a value that the first ticks have; the last has what is left. */
static int64_t
part (int64_t value, int64_t ticks, int64_t all)
{
  __extension__ typedef __int128 Wide;

  return (int64_t)((Wide)value * ticks / all);
}

/* A node's values by the lines of its ticks. */
static bool
add_lines (CpuProfile  *self,
           uint32_t     node,
           const Ticks *ticks,
           size_t       n,
           GError     **error)
{
  uint32_t    parent = self->v8.nodes.parents.data[node];
  int64_t     count = self->counts.data[node];
  int64_t     time = self->times.data[node];
  ProfStackId above = 0;
  int64_t     all = 0;
  int64_t     done = 0;

  if (parent != PROF_ID_NONE)
    above = self->v8.nodes.stacks.data[parent];
  for (size_t i = 0; i < n; i++)
    all += ticks[i].ticks;
  for (size_t i = 0; i < n; i++)
    {
      int64_t     before = done;
      uint64_t    location;
      ProfStackId stack;

      done += ticks[i].ticks;
      if (!prof_v8_line (&self->v8, node, ticks[i].line, &location, error) ||
          !prof_builder_stack (self->v8.builder,
                               above,
                               location,
                               &stack,
                               error) ||
          !add_sample (self,
                       stack,
                       part (count, done, all) - part (count, before, all),
                       part (time, done, all) - part (time, before, all),
                       error))
        return false;
    }
  return true;
}

static bool
add_node (CpuProfile  *self,
          uint32_t     node,
          const Ticks *ticks,
          size_t       n_ticks,
          GError     **error)
{
  if (n_ticks > 0 && self->v8.nodes.locations.data[node] != 0)
    return add_lines (self, node, ticks, n_ticks, error);
  return add_sample (self,
                     self->v8.nodes.stacks.data[node],
                     self->counts.data[node],
                     self->times.data[node],
                     error);
}

static bool
add_nodes (CpuProfile *self, GError **error)
{
  size_t at = 0;

  for (uint32_t node = 0; node < self->v8.nodes.ids.length; node++)
    {
      size_t first = at;

      while (at < self->ticks.length && self->ticks.data[at].node == node)
        at++;
      if (!add_node (self,
                     node,
                     at > first ? &self->ticks.data[first] : NULL,
                     at - first,
                     error))
        return false;
    }
  return true;
}

static bool
add_head (CpuProfile *self, GError **error)
{
  ProfRawHeader *header = prof_builder_header (self->v8.builder);
  int64_t        duration;

  if (self->has_start && self->samples.has_end &&
      !__builtin_sub_overflow (self->samples.end,
                               self->samples.start,
                               &duration) &&
      duration > 0 && duration <= INT64_MAX / 1000)
    header->duration_ns = duration * 1000;
  return prof_v8_add_type (&self->v8, "samples", "count", error) &&
         (!self->samples.has_deltas ||
          prof_v8_add_type (&self->v8, "wall", "microseconds", error));
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return prof_json_kind (bytes, length) == PROF_JSON_KIND_CPUPROFILE;
}

static void *
begin (const ProfLimits *limits)
{
  CpuProfile *self = g_new0 (CpuProfile, 1);

  prof_v8_init (&self->v8, limits, FORMAT, &document);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  CpuProfile *self = data;

  return prof_v8_feed (&self->v8,
                       bytes,
                       length,
                       self->samples.ids.bytes.length +
                           self->samples.deltas.bytes.length +
                           self->ticks.length * sizeof (Ticks),
                       error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  CpuProfile *self = data;

  if (!prof_json_walk_finish (self->v8.walk, error) ||
      !prof_call_nodes_finish (&self->v8.nodes, self->v8.builder, error) ||
      !add_head (self, error) || !add_up (self, error) ||
      !add_nodes (self, error) ||
      !prof_places_finish (self->v8.places, NULL, error))
    return NULL;
  return prof_builder_finish (self->v8.builder, error);
}

static void
free_cpuprofile (void *data)
{
  CpuProfile *self = data;

  prof_v8_clear (&self->v8);
  prof_number_column_clear (&self->samples.ids);
  prof_number_column_clear (&self->samples.deltas);
  prof_vec_i64_clear (&self->hits);
  prof_vec_i64_clear (&self->counts);
  prof_vec_i64_clear (&self->times);
  prof_vec_ticks_clear (&self->ticks);
  g_free (self);
}

const ProfDecoder prof_cpuprofile_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_cpuprofile,
};
