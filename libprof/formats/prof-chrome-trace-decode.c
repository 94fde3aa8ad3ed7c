/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-chrome-trace-decode.h"

#include "base/prof-hash.h"
#include "formats/prof-json-kind.h"
#include "formats/prof-json-take.h"
#include "formats/prof-v8.h"
#include <string.h>

/* {"traceEvents": [                                  or the array alone
 *   {"name": "Profile", "pid": 7, "tid": 7, "id": "0x1",
 *    "args": {"data": {"startTime": 1000}}},
 *   {"name": "ProfileChunk", "pid": 7, "id": "0x1", "args": {"data": {
 *     "cpuProfile": {"nodes": [{"id": 2, "parent": 1, "callFrame": {…}}, …],
 *                    "samples": [2, 2]},
 *     "timeDeltas": [10, 900]}}},
 *   {"name": "thread_name", "pid": 7, "tid": 7, "args": {"name": "main"}}, …]}
 *
 * What an event is can stand behind what it holds, so each is kept until it ends.
 * Other events have members of the same names that are something else. */

#define FORMAT "Chrome trace"

/* A CPU profile, in chunks that go on where the one before ended. */
typedef struct
{
  ProfCallNodes nodes;
  ProfV8Samples samples;
  char         *thread; /* (owned) key of its name */
} Profile;

/* A node of a chunk; its row is that in ProfV8.nodes. */
typedef struct
{
  int64_t id; /* -1: none */
  int64_t parent;
} Node;

PROF_VEC_DEFINE (ProfVecTraceNode, prof_vec_trace_node, Node)

typedef struct
{
  ProfV8 v8;       /* first; its nodes are those of the event */
  bool   is_array; /* the file is the array of events alone */

  GHashTable *profiles; /* (owned) by "pid id", to Profile */
  GPtrArray  *order;    /* (owned) of them, lent */
  GHashTable *threads;  /* (owned) "pid tid" to the position of a name */

  /* The event that is read */
  GString         *name; /* (owned) */
  GString         *id;   /* (owned) */
  int64_t          pid;
  int64_t          tid;
  int64_t          label; /* position of "args.name" */
  bool             has_start;
  ProfV8Samples    chunk;
  ProfVecTraceNode nodes; /* (owned) */

  ProfLimits limits; /* for a walk that begins again */
} Trace;

static void
clear_samples (ProfV8Samples *self)
{
  prof_number_column_clear (&self->ids);
  prof_number_column_clear (&self->deltas);
  *self = (ProfV8Samples){ 0 };
}

static void
free_profile (gpointer data)
{
  Profile *self = data;

  prof_call_nodes_clear (&self->nodes);
  clear_samples (&self->samples);
  g_free (self->thread);
  g_free (self);
}

/* --- what is read --- */

static bool
take_name (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  Trace *self = data;

  g_string_assign (self->name, prof_json_text (json, NULL));
  return true;
}

static bool
take_id (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  Trace *self = data;

  g_string_assign (self->id, prof_json_text (json, NULL));
  return true;
}

static bool
take_pid (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  Trace *self = data;

  prof_json_int64 (json, &self->pid);
  return true;
}

static bool
take_tid (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  Trace *self = data;

  prof_json_int64 (json, &self->tid);
  return true;
}

static bool
take_label (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Trace *self = data;

  /* Others' texts would fill the string table. */
  if (self->label != 0)
    return true;
  return strcmp (self->name->str, "thread_name") != 0 ||
         prof_v8_text (&self->v8,
                       prof_json_text (json, NULL),
                       &self->label,
                       error);
}

static bool
take_start (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Trace *self = data;

  self->has_start = prof_json_int64 (json, &self->chunk.start);
  return true;
}

static bool
take_end (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  Trace *self = data;

  self->chunk.has_end = prof_json_int64 (json, &self->chunk.end);
  return true;
}

static bool
take_number (ProfNumberColumn *column, const ProfJson *json, GError **error)
{
  int64_t number = 0;

  prof_json_int64 (json, &number);
  return prof_json_take_number (column, number, error);
}

static bool
take_sample (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Trace *self = data;

  return take_number (&self->chunk.ids, json, error);
}

static bool
take_delta (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Trace *self = data;

  return take_number (&self->chunk.deltas, json, error);
}

static Node *
node_of (Trace *self)
{
  return &self->nodes.data[self->nodes.length - 1];
}

static bool
take_node (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  Trace   *self = data;
  uint32_t row;

  if (event == PROF_JSON_END_OBJECT)
    return true;
  return prof_call_nodes_add (&self->v8.nodes, PROF_ID_NONE, &row, error) &&
         (prof_vec_trace_node_append (&self->nodes, (Node){ -1, -1 }) ||
          prof_fail_memory (error));
}

static bool
take_node_id (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  prof_json_int64 (json, &node_of (data)->id);
  return true;
}

static bool
take_node_parent (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  prof_json_int64 (json, &node_of (data)->parent);
  return true;
}

static bool
take_call_frame (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  Trace *self = data;

  if (event == PROF_JSON_END_OBJECT)
    return prof_v8_end_frame (&self->v8,
                              (uint32_t)(self->nodes.length - 1),
                              error);
  prof_v8_begin_frame (&self->v8);
  return true;
}

/* --- events that have ended --- */

static char *
key_of (const Trace *self, bool is_thread)
{
  if (is_thread)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT,
                            self->pid,
                            self->tid);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", self->pid, self->id->str);
}

/* The profile that the event is of, made when it is the first. */
static Profile *
profile_of (Trace *self)
{
  g_autofree char *key = key_of (self, false);
  Profile         *profile = g_hash_table_lookup (self->profiles, key);

  if (profile != NULL)
    return profile;
  profile = g_new0 (Profile, 1);
  prof_call_nodes_init (&profile->nodes);
  profile->samples.has_deltas = true;
  profile->thread = key_of (self, true);
  g_hash_table_insert (self->profiles, g_steal_pointer (&key), profile);
  g_ptr_array_add (self->order, profile);
  return profile;
}

static bool
move_numbers (ProfNumberColumn *to, ProfNumberColumn *from)
{
  ProfReader reader = prof_number_column_read (from);
  int64_t    number;

  while (prof_number_column_next (&reader, &number))
    if (!prof_number_column_append (to, number))
      return false;
  return true;
}

/* Parents come before their children. */
static bool
move_node (Trace *self, Profile *profile, size_t n, GError **error)
{
  const Node *node = &self->nodes.data[n];
  uint32_t    parent = PROF_ID_NONE;
  uint32_t    row;

  if (node->id < 0)
    return prof_fail (error, PROF_ERROR_MALFORMED, "a node has no id");
  if (node->parent >= 0)
    {
      parent = prof_call_nodes_find (&profile->nodes, (uint64_t)node->parent);
      if (parent == PROF_ID_NONE)
        return prof_fail (error,
                          PROF_ERROR_MALFORMED,
                          "node %" G_GINT64_FORMAT " has the parent "
                          "%" G_GINT64_FORMAT ", which does not come before it",
                          node->id,
                          node->parent);
    }
  if (!prof_call_nodes_add (&profile->nodes, parent, &row, error))
    return false;
  profile->nodes.locations.data[row] = self->v8.nodes.locations.data[n];
  return prof_call_nodes_set_id (&profile->nodes,
                                 row,
                                 (uint64_t)node->id,
                                 error);
}

static bool
take_chunk (Trace *self, GError **error)
{
  Profile *profile = profile_of (self);

  for (size_t n = 0; n < self->nodes.length; n++)
    if (!move_node (self, profile, n, error))
      return false;
  if (self->has_start)
    profile->samples.start = self->chunk.start;
  if (self->chunk.has_end)
    {
      profile->samples.has_end = true;
      profile->samples.end = self->chunk.end;
    }
  return (move_numbers (&profile->samples.ids, &self->chunk.ids) &&
          move_numbers (&profile->samples.deltas, &self->chunk.deltas)) ||
         prof_fail_memory (error);
}

static bool
end_event (Trace *self, GError **error)
{
  if (strcmp (self->name->str, "Profile") == 0 ||
      strcmp (self->name->str, "ProfileChunk") == 0)
    return take_chunk (self, error);
  if (self->label != 0 && strcmp (self->name->str, "thread_name") == 0)
    g_hash_table_insert (self->threads,
                         key_of (self, true),
                         GINT_TO_POINTER ((int)self->label));
  return true;
}

static void
begin_event (Trace *self, const ProfJson *json)
{
  prof_builder_at (self->v8.builder, prof_json_offset (json));
  g_string_truncate (self->name, 0);
  g_string_truncate (self->id, 0);
  self->pid = self->tid = self->label = 0;
  self->has_start = false;
  clear_samples (&self->chunk);
  self->nodes.length = 0;
  self->v8.nodes.ids.length = 0;
  self->v8.nodes.locations.length = 0;
  self->v8.nodes.parents.length = 0;
  self->v8.nodes.stacks.length = 0;
  self->v8.functions.length = 0;
}

static bool
take_event (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Trace *self = data;

  if (event == PROF_JSON_END_OBJECT)
    return end_event (self, error);
  begin_event (self, json);
  return true;
}

/* --- rules --- */

#define MEMBER(name, what, function)                                \
  {                                                                 \
    .key = name, .kind = PROF_JSON_RULE_##what, .is_lenient = true, \
    .take = function                                                \
  }
#define AROUND(name, what, rules)                                   \
  {                                                                 \
    .key = name, .kind = PROF_JSON_RULE_##what, .is_lenient = true, \
    .inside = rules                                                 \
  }

static const ProfJsonRule node_rules[] = {
  MEMBER ("id", NUMBER, take_node_id),
  MEMBER ("parent", NUMBER, take_node_parent),
  { .key = "callFrame",
    .kind = PROF_JSON_RULE_OBJECT,
    .is_lenient = true,
    .inside = prof_v8_call_frame,
    .take = take_call_frame },
  { 0 },
};

static const ProfJsonRule node_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT,
    .is_lenient = true,
    .inside = node_rules,
    .take = take_node },
};

static const ProfJsonRule sample_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .is_lenient = true, .take = take_sample },
};

static const ProfJsonRule delta_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .is_lenient = true, .take = take_delta },
};

static const ProfJsonRule profile_rules[] = {
  AROUND ("nodes", ARRAY, node_rule),
  AROUND ("samples", ARRAY, sample_rule),
  MEMBER ("startTime", NUMBER, take_start),
  MEMBER ("endTime", NUMBER, take_end),
  { 0 },
};

static const ProfJsonRule data_rules[] = {
  AROUND ("cpuProfile", OBJECT, profile_rules),
  AROUND ("timeDeltas", ARRAY, delta_rule),
  MEMBER ("startTime", NUMBER, take_start),
  MEMBER ("endTime", NUMBER, take_end),
  { 0 },
};

static const ProfJsonRule args_rules[] = {
  AROUND ("data", OBJECT, data_rules),
  MEMBER ("name", TEXT, take_label),
  { 0 },
};

static const ProfJsonRule event_rules[] = {
  MEMBER ("name", TEXT, take_name),    MEMBER ("id", TEXT, take_id),
  MEMBER ("pid", NUMBER, take_pid),    MEMBER ("tid", NUMBER, take_tid),
  AROUND ("args", OBJECT, args_rules), { 0 },
};

static const ProfJsonRule event_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT,
    .is_lenient = true,
    .inside = event_rules,
    .take = take_event },
};

static const ProfJsonRule members[] = {
  { .key = "traceEvents", .kind = PROF_JSON_RULE_ARRAY, .inside = event_rule },
  { 0 },
};

static const ProfJsonRule object = { .key = "the trace",
                                     .kind = PROF_JSON_RULE_OBJECT,
                                     .inside = members };

static const ProfJsonRule array = { .key = "the trace",
                                    .kind = PROF_JSON_RULE_ARRAY,
                                    .inside = event_rule };

/* --- samples of the profile --- */

static bool
set_label (Trace         *self,
           const Profile *profile,
           ProfRawLabel  *label,
           GError       **error)
{
  gpointer name = g_hash_table_lookup (self->threads, profile->thread);

  if (!prof_v8_text (&self->v8, "thread", &label->key, error))
    return false;
  label->str = GPOINTER_TO_INT (name);
  return name != NULL ||
         prof_v8_text (&self->v8, profile->thread, &label->str, error);
}

static bool
add_nodes (Trace            *self,
           const Profile    *profile,
           const ProfVecI64 *counts,
           const ProfVecI64 *times,
           GError          **error)
{
  ProfRawLabel label = { 0 };
  bool         has_label = self->order->len > 1;

  if (has_label && !set_label (self, profile, &label, error))
    return false;
  for (size_t n = 0; n < counts->length; n++)
    {
      const int64_t values[] = { counts->data[n], times->data[n] };

      if ((values[0] != 0 || values[1] != 0) &&
          !prof_builder_add_sample_at (self->v8.builder,
                                       profile->nodes.stacks.data[n],
                                       values,
                                       2,
                                       &label,
                                       has_label,
                                       error))
        return false;
    }
  return true;
}

static bool
add_profile (Trace *self, Profile *profile, GError **error)
{
  ProfVecI64 counts = { 0 };
  ProfVecI64 times = { 0 };
  bool       ok;

  ok = prof_call_nodes_finish (&profile->nodes, self->v8.builder, error) &&
       prof_v8_add_up (&profile->samples,
                       &profile->nodes,
                       &counts,
                       &times,
                       error) &&
       add_nodes (self, profile, &counts, &times, error);
  prof_vec_i64_clear (&counts);
  prof_vec_i64_clear (&times);
  return ok;
}

/* A thread that is recorded twice at once, by the trace and by somebody else, counts
 * once: with the profile that has most samples. */
static void
keep_one_a_thread (Trace *self)
{
  g_autoptr (GHashTable) best = g_hash_table_new (prof_hash_text, g_str_equal);
  guint                  n = 0;

  for (guint p = 0; p < self->order->len; p++)
    {
      Profile *profile = self->order->pdata[p];
      Profile *other = g_hash_table_lookup (best, profile->thread);

      if (other == NULL || profile->samples.ids.n > other->samples.ids.n)
        g_hash_table_insert (best, profile->thread, profile);
    }
  for (guint p = 0; p < self->order->len; p++)
    {
      Profile *profile = self->order->pdata[p];

      if (g_hash_table_lookup (best, profile->thread) == profile)
        self->order->pdata[n++] = profile;
    }
  g_ptr_array_set_size (self->order, (int)n);
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return prof_json_kind (bytes, length) == PROF_JSON_KIND_CHROME_TRACE;
}

static void *
begin (const ProfLimits *limits)
{
  Trace *self = g_new0 (Trace, 1);

  if (limits != NULL)
    self->limits = *limits;
  prof_v8_init (&self->v8, limits, FORMAT, &object);
  self->profiles = g_hash_table_new_full (prof_hash_text,
                                          g_str_equal,
                                          g_free,
                                          free_profile);
  self->order = g_ptr_array_new ();
  self->threads = g_hash_table_new_full (prof_hash_text,
                                         g_str_equal,
                                         g_free,
                                         NULL);
  self->name = g_string_new (NULL);
  self->id = g_string_new (NULL);
  return self;
}

static size_t
bytes_of (const Trace *self)
{
  size_t bytes = self->chunk.ids.bytes.length +
                 self->chunk.deltas.bytes.length +
                 self->nodes.length * sizeof (Node);

  for (guint p = 0; p < self->order->len; p++)
    {
      const Profile *profile = self->order->pdata[p];

      bytes += sizeof *profile + prof_call_nodes_bytes (&profile->nodes) +
               profile->samples.ids.bytes.length +
               profile->samples.deltas.bytes.length;
    }
  return bytes;
}

/* The first letter says which of both rules holds. */
static void
choose_rule (Trace *self, const uint8_t *bytes, size_t length)
{
  while (length > 0 && *bytes != '{' && *bytes != '[')
    {
      bytes++;
      length--;
    }
  if (length == 0 || *bytes == '{' || self->is_array ||
      prof_json_offset (prof_json_walk_json (self->v8.walk)) > 0 ||
      prof_json_depth (prof_json_walk_json (self->v8.walk)) > 0)
    return;
  self->is_array = true;
  prof_json_walk_free (self->v8.walk);
  self->v8.walk = prof_json_walk_new (&array, &self->limits, self);
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Trace *self = data;

  choose_rule (self, bytes, length);
  return prof_v8_feed (&self->v8, bytes, length, bytes_of (self), error);
}

/* An array of events needs no end: programs that are killed write none. */
static bool
finish_walk (Trace *self, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (prof_json_walk_finish (self->v8.walk, &reason))
    return true;
  if (self->is_array &&
      g_error_matches (reason, PROF_ERROR, PROF_ERROR_TRUNCATED) &&
      prof_json_depth (prof_json_walk_json (self->v8.walk)) == 1)
    return true;
  g_propagate_error (error, g_steal_pointer (&reason));
  return false;
}

static ProfProfile *
finish (void *data, GError **error)
{
  Trace *self = data;

  if (!finish_walk (self, error))
    return NULL;
  if (self->order->len == 0)
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "this trace has no CPU profile in it");
  if (!prof_v8_add_type (&self->v8, "samples", "count", error) ||
      !prof_v8_add_type (&self->v8, "wall", "microseconds", error))
    return NULL;
  keep_one_a_thread (self);
  for (guint p = 0; p < self->order->len; p++)
    if (!add_profile (self, self->order->pdata[p], error))
      return NULL;
  if (!prof_places_finish (self->v8.places, NULL, error))
    return NULL;
  return prof_builder_finish (self->v8.builder, error);
}

static void
free_trace (void *data)
{
  Trace *self = data;

  prof_v8_clear (&self->v8);
  g_hash_table_unref (self->profiles);
  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->threads);
  g_string_free (self->name, TRUE);
  g_string_free (self->id, TRUE);
  clear_samples (&self->chunk);
  prof_vec_trace_node_clear (&self->nodes);
  g_free (self);
}

const ProfDecoder prof_chrome_trace_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_trace,
};
