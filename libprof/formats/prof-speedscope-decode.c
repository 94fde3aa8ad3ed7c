/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-speedscope-decode.h"

#include "base/prof-vec.h"
#include "formats/prof-json-kind.h"
#include "formats/prof-json-take.h"
#include "formats/prof-json-walk.h"
#include "formats/prof-places.h"
#include <math.h>

/* {"shared": {"frames": [{"name": "main", "file": "a.c", "line": 3}, …]},
 *  "profiles": [
 *    {"type": "sampled", "name": "thread 1", "unit": "seconds",
 *     "samples": [[0, 4], [0], …], "weights": [0.01, 0.02, …]},
 *    {"type": "evented", "name": "thread 2", "unit": "none",
 *     "events": [{"type": "O", "frame": 0, "at": 0}, {"type": "C", …}, …]}]}
 *
 * Keys come in any order. Frames are locations of the builder, which may come
 * after stacks that have them: location n + 1 is frame n. What a stack weighs is
 * added up until its profile ends, as only then its unit is known for sure; what
 * profile is named is known when the next one begins. Numbers are doubles, as in
 * speedscope. */

#define FORMAT "speedscope"

/* Different units, and so sample types, of one file. */
#define MOST_TYPES 256

/* Units of a file, and what their values are here. */
static const struct
{
  const char *name;
  const char *type;
  const char *unit;
  double      factor;
} units[] = {
  { "none", "samples", "count", 1 },
  { "nanoseconds", "time", "nanoseconds", 1 },
  { "microseconds", "time", "nanoseconds", 1e3 },
  { "milliseconds", "time", "nanoseconds", 1e6 },
  { "seconds", "time", "nanoseconds", 1e9 },
  { "bytes", "space", "bytes", 1 },
};

/* Numbers of things that have decimals are counted in these. */
static const struct
{
  const char *name;
  double      factor;
} parts[] = { { "count", 1 }, { "thousandths", 1e3 }, { "millionths", 1e6 } };

/* What a profile weighs on a stack. */
typedef struct
{
  double sum;
  bool   is_touched;
} Weight;

/* A frame that is open. */
typedef struct
{
  uint64_t    frame;
  ProfStackId stack; /* with it */
} Open;

/* A sample that waits. */
typedef struct
{
  int64_t     value;
  ProfStackId stack;
} Waiting;

PROF_VEC_DEFINE (ProfVecWeight, prof_vec_weight, Weight)
PROF_VEC_DEFINE (ProfVecOpen, prof_vec_open, Open)
PROF_VEC_DEFINE (ProfVecWaiting, prof_vec_waiting, Waiting)
PROF_VEC_DEFINE (ProfVecSpeedscopeType,
                 prof_vec_speedscope_type,
                 ProfRawValueType)
PROF_VEC_DEFINE (ProfVecDouble, prof_vec_double, double)

/* An event, as far as it is read. */
typedef struct
{
  char   type; /* 'O' opens a frame, 'C' closes it */
  double frame;
  double at;
  bool   has_frame;
  bool   has_at;
} Event;

/* What is known of a profile but for its stacks. */
typedef struct
{
  int64_t name; /* positions */
  int64_t unit;
  double  end; /* "endValue" */
  bool    has_end;
  bool    is_weighed; /* it has "weights" */
  double  last;       /* when the last event was */
  bool    has_last;
  size_t  n_weights;
} Facts;

typedef struct
{
  ProfBuilder  *builder; /* (owned) */
  ProfPlaces   *places;  /* (owned) */
  ProfJsonWalk *walk;    /* (owned) */

  uint64_t n_frames;
  uint64_t n_named; /* one more than the largest frame of a stack */

  ProfRawFunction function; /* of the frame that is read */
  ProfRawLine     line;

  /* The profile that is read */
  size_t n_profiles; /* with it */
  Facts  facts;
  Event  event;

  /* Owned; the same. Of samples and weights, what comes first waits. */
  ProfVecU32    samples; /* stacks */
  ProfVecDouble weights;
  ProfVecOpen   open;
  ProfVecWeight sums;    /* by stack */
  ProfVecU32    touched; /* stacks it weighs on */
  ProfStackId   stack;   /* of the sample that is read */

  /* Owned; of the profile before: until it is known whether it is the only one,
   * as only of several each gets a label */
  ProfVecWaiting waiting;
  size_t         waiting_type;
  int64_t        waiting_name;

  /* Owned */
  ProfVecSpeedscopeType types;
  ProfVecU32            profile_types; /* type of each profile */
  ProfVecI64            values; /* one for each type, 0 between samples */

  int64_t active; /* "activeProfileIndex" */
} Speedscope;

static bool
intern_text (Speedscope *self,
             const char *text,
             int64_t    *position,
             GError    **error)
{
  return prof_places_text (self->places, text, strlen (text), position, error);
}

static bool
take_text (Speedscope     *self,
           const ProfJson *json,
           int64_t        *position,
           GError        **error)
{
  return prof_json_take_text (json, self->places, position, error);
}

/* --- frames --- */

static bool
take_frame (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Speedscope     *self = data;
  ProfRawLocation location = { 0 };

  if (event == PROF_JSON_BEGIN_OBJECT)
    {
      self->function = (ProfRawFunction){ 0 };
      self->line = (ProfRawLine){ 0 };
      prof_builder_at (self->builder, prof_json_offset (json));
      return true;
    }
  self->function.system_name = self->function.name;
  location.id = ++self->n_frames;
  return prof_places_function (self->places,
                               &self->function,
                               &self->line.function,
                               error) &&
         prof_builder_add_location (self->builder,
                                    &location,
                                    &self->line,
                                    1,
                                    error);
}

static bool
take_frame_name (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  Speedscope *self = data;

  return take_text (self, json, &self->function.name, error);
}

static bool
take_frame_file (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  Speedscope *self = data;

  return take_text (self, json, &self->function.filename, error);
}

/* What is no line is none: some writers put -1. */
static bool
take_place (const ProfJson *json, int64_t *number, GError **error)
{
  if (!prof_json_int64 (json, number) || *number < 0 || *number > INT32_MAX)
    *number = 0;
  return true;
}

static bool
take_frame_line (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  Speedscope *self = data;

  return take_place (json, &self->line.line, error);
}

static bool
take_frame_column (void           *data,
                   const ProfJson *json,
                   ProfJsonEvent   event,
                   GError        **error)
{
  Speedscope *self = data;

  return take_place (json, &self->line.column, error);
}

/* --- stacks and what they weigh --- */

static bool
read_number (const ProfJson *json, double *number, GError **error)
{
  return prof_json_double (json, number) ||
         prof_json_fail (json, error, "the number is out of range");
}

/* The stack with one frame more. */
static bool
enter (Speedscope     *self,
       const ProfJson *json,
       double          frame,
       ProfStackId    *stack,
       GError        **error)
{
  if (!(frame >= 0 && frame < PROF_MAX_ROWS && trunc (frame) >= frame))
    return prof_json_fail (json, error, "this is no number of a frame");
  self->n_named = MAX (self->n_named, (uint64_t)frame + 1);
  prof_builder_at (self->builder, prof_json_offset (json));
  return prof_builder_stack (self->builder,
                             *stack,
                             (uint64_t)frame + 1,
                             stack,
                             error);
}

static bool
weigh (Speedscope *self, ProfStackId stack, double weight, GError **error)
{
  while (self->sums.length <= stack)
    if (!prof_vec_weight_append (&self->sums, (Weight){ 0 }))
      return prof_fail_memory (error);
  self->sums.data[stack].sum += weight;
  if (self->sums.data[stack].is_touched)
    return true;
  self->sums.data[stack].is_touched = true;
  return prof_vec_u32_append (&self->touched, stack) ||
         prof_fail_memory (error);
}

/* --- sampled profiles --- */

static bool
take_samples (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  Speedscope *self = data;

  return event == PROF_JSON_END_ARRAY || self->samples.length == 0 ||
         prof_json_fail (json, error, "“samples” is there twice");
}

static bool
take_sample (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Speedscope *self = data;
  size_t      n = self->samples.length;

  if (event == PROF_JSON_BEGIN_ARRAY)
    {
      self->stack = 0;
      return true;
    }
  if (!prof_vec_u32_append (&self->samples, self->stack))
    return prof_fail_memory (error);
  return n >= self->weights.length ||
         weigh (self, self->stack, self->weights.data[n], error);
}

static bool
take_sample_frame (void           *data,
                   const ProfJson *json,
                   ProfJsonEvent   event,
                   GError        **error)
{
  Speedscope *self = data;
  double      frame;

  return read_number (json, &frame, error) &&
         enter (self, json, frame, &self->stack, error);
}

static bool
take_weights (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  Speedscope *self = data;

  if (event == PROF_JSON_END_ARRAY)
    return true;
  if (self->facts.is_weighed)
    return prof_json_fail (json, error, "“weights” is there twice");
  self->facts.is_weighed = true;
  return true;
}

static bool
take_weight (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Speedscope *self = data;
  size_t      n = self->facts.n_weights++;
  double      weight;

  if (!read_number (json, &weight, error))
    return false;
  if (n < self->samples.length)
    return weigh (self, self->samples.data[n], weight, error);
  return prof_vec_double_append (&self->weights, weight) ||
         prof_fail_memory (error);
}

/* --- evented profiles --- */

static bool
fail_event (const ProfJson *json, GError **error)
{
  return prof_json_fail (json,
                         error,
                         "the event has no type O or C, no frame or no time");
}

static bool
close_frame (Speedscope *self, const ProfJson *json, GError **error)
{
  const Event *event = &self->event;
  ProfVecOpen *open = &self->open;

  if (open->length == 0)
    return prof_json_fail (json,
                           error,
                           "frame %.0f is closed, and none is open",
                           event->frame);
  if ((double)open->data[open->length - 1].frame < event->frame ||
      (double)open->data[open->length - 1].frame > event->frame)
    return prof_json_fail (json,
                           error,
                           "frame %.0f is closed, and the last that was opened "
                           "is %" G_GUINT64_FORMAT,
                           event->frame,
                           open->data[open->length - 1].frame);
  open->length--;
  return true;
}

static ProfStackId
open_stack (const Speedscope *self)
{
  size_t n = self->open.length;

  return n > 0 ? self->open.data[n - 1].stack : 0;
}

static bool
open_frame (Speedscope *self, const ProfJson *json, GError **error)
{
  ProfStackId stack = open_stack (self);

  if (!enter (self, json, self->event.frame, &stack, error))
    return false;
  return prof_vec_open_append (&self->open,
                               (Open){ (uint64_t)self->event.frame, stack }) ||
         prof_fail_memory (error);
}

/* What is open gets the time until then. */
static bool
advance (Speedscope *self, const ProfJson *json, double at, GError **error)
{
  Facts *facts = &self->facts;
  double last = facts->last;

  if (facts->has_last && at < last)
    return prof_json_fail (json, error, "the time goes back");
  facts->last = at;
  if (!facts->has_last)
    {
      facts->has_last = true;
      return true;
    }
  return self->open.length == 0 || at <= last ||
         weigh (self, open_stack (self), at - last, error);
}

static bool
take_event (void           *data,
            const ProfJson *json,
            ProfJsonEvent   event,
            GError        **error)
{
  Speedscope *self = data;

  if (event == PROF_JSON_BEGIN_OBJECT)
    {
      self->event = (Event){ 0 };
      return true;
    }
  if (self->event.type == '\0' || !self->event.has_frame || !self->event.has_at)
    return fail_event (json, error);
  if (!advance (self, json, self->event.at, error))
    return false;
  return self->event.type == 'O' ? open_frame (self, json, error)
                                 : close_frame (self, json, error);
}

static bool
take_event_type (void           *data,
                 const ProfJson *json,
                 ProfJsonEvent   event,
                 GError        **error)
{
  Speedscope *self = data;

  if (!prof_json_is (json, "O") && !prof_json_is (json, "C"))
    return fail_event (json, error);
  self->event.type = prof_json_text (json, NULL)[0];
  return true;
}

static bool
take_event_frame (void           *data,
                  const ProfJson *json,
                  ProfJsonEvent   event,
                  GError        **error)
{
  Speedscope *self = data;

  self->event.has_frame = true;
  return read_number (json, &self->event.frame, error);
}

static bool
take_event_at (void           *data,
               const ProfJson *json,
               ProfJsonEvent   event,
               GError        **error)
{
  Speedscope *self = data;

  self->event.has_at = true;
  return read_number (json, &self->event.at, error);
}

/* --- sample types --- */

static bool
add_type (Speedscope *self, const ProfRawValueType *type, GError **error)
{
  if (self->types.length == MOST_TYPES)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the profiles have more than %d units",
                      MOST_TYPES);
  if (!prof_builder_widen (self->builder, error) ||
      !prof_builder_add_type (self->builder, type, error))
    return false;
  return (prof_vec_speedscope_type_append (&self->types, *type) &&
          prof_vec_i64_append (&self->values, 0)) ||
         prof_fail_memory (error);
}

/* The row of a type, made when it is not there. */
static bool
find_type (Speedscope *self,
           const char *name,
           int64_t     unit,
           size_t     *row,
           GError    **error)
{
  ProfRawValueType type = { .unit = unit };

  if (!intern_text (self, name, &type.type, error))
    return false;
  for (*row = 0; *row < self->types.length; ++*row)
    if (self->types.data[*row].type == type.type &&
        self->types.data[*row].unit == type.unit)
      return true;
  return add_type (self, &type, error);
}

static bool
is_whole (double number)
{
  return fabs (number - nearbyint (number)) <= 1e-9 * MAX (1, fabs (number));
}

/* How numbers must be counted to be whole. */
static size_t
choose_part (const Speedscope *self)
{
  size_t part = 0;

  for (size_t i = 0; i < self->touched.length; i++)
    while (part + 1 < G_N_ELEMENTS (parts) &&
           !is_whole (self->sums.data[self->touched.data[i]].sum *
                      parts[part].factor))
      part++;
  return part;
}

/* The type of the profile's values, and what to multiply them by. */
static bool
choose_type (Speedscope *self, size_t *row, double *factor, GError **error)
{
  size_t  part = choose_part (self);
  int64_t unit = 0;

  for (size_t u = 1; u < G_N_ELEMENTS (units); u++)
    {
      int64_t name;

      if (!intern_text (self, units[u].name, &name, error) ||
          !intern_text (self, units[u].unit, &unit, error))
        return false;
      *factor = units[u].factor;
      if (name == self->facts.unit)
        return find_type (self, units[u].type, unit, row, error);
    }
  *factor = parts[part].factor;
  if (!intern_text (self, units[0].name, &unit, error))
    return false;
  if (part == 0 && self->facts.unit != 0 && self->facts.unit != unit)
    unit = self->facts.unit;
  else if (!intern_text (self, parts[part].name, &unit, error))
    return false;
  return find_type (self, units[0].type, unit, row, error);
}

/* --- profiles --- */

static bool
add_sample (Speedscope         *self,
            const Waiting      *sample,
            const ProfRawLabel *label,
            GError            **error)
{
  int64_t *value = &self->values.data[self->waiting_type];
  bool     ok;

  *value = sample->value;
  ok = prof_builder_add_sample_at (self->builder,
                                   sample->stack,
                                   self->values.data,
                                   self->values.length,
                                   label,
                                   label->str != 0,
                                   error);
  *value = 0;
  return ok;
}

/* Adds the samples of the profile before, with its name when it is not alone. */
static bool
add_waiting (Speedscope *self, GError **error)
{
  ProfRawLabel label = { 0 };

  if (self->n_profiles > 1)
    {
      if (!intern_text (self, "profile", &label.key, error))
        return false;
      label.str = self->waiting_name;
    }
  for (size_t i = 0; i < self->waiting.length; i++)
    if (!add_sample (self, &self->waiting.data[i], &label, error))
      return false;
  self->waiting.length = 0;
  return true;
}

static bool
weigh_samples (Speedscope *self, GError **error)
{
  if (!self->facts.is_weighed)
    {
      for (size_t i = 0; i < self->samples.length; i++)
        if (!weigh (self, self->samples.data[i], 1, error))
          return false;
      return true;
    }
  return self->facts.n_weights == self->samples.length ||
         prof_json_fail (prof_json_walk_json (self->walk),
                         error,
                         "there are %zu samples and %zu weights",
                         self->samples.length,
                         self->facts.n_weights);
}

/* Frames that nothing closes last until the end. */
static bool
close_events (Speedscope *self, GError **error)
{
  const Facts *facts = &self->facts;

  return self->open.length == 0 || !facts->has_end ||
         facts->end <= facts->last ||
         weigh (self, open_stack (self), facts->end - facts->last, error);
}

/* What weighs on stacks becomes samples that wait. */
static bool
keep_samples (Speedscope *self, double factor, GError **error)
{
  for (size_t i = 0; i < self->touched.length; i++)
    {
      ProfStackId stack = self->touched.data[i];
      double      value = nearbyint (self->sums.data[stack].sum * factor);

      if (!(value > -0x1p63 && value < 0x1p63))
        return prof_json_fail (prof_json_walk_json (self->walk),
                               error,
                               "the values do not fit into 64 bits");
      self->sums.data[stack] = (Weight){ 0 };
      if (!prof_vec_waiting_append (&self->waiting,
                                    (Waiting){ (int64_t)value, stack }))
        return prof_fail_memory (error);
    }
  self->touched.length = 0;
  return true;
}

static bool
end_profile (Speedscope *self, GError **error)
{
  double factor;

  if (!weigh_samples (self, error) || !close_events (self, error) ||
      !choose_type (self, &self->waiting_type, &factor, error))
    return false;
  self->waiting_name = self->facts.name;
  return keep_samples (self, factor, error) &&
         (prof_vec_u32_append (&self->profile_types,
                               (uint32_t)self->waiting_type) ||
          prof_fail_memory (error));
}

static bool
take_profile (void           *data,
              const ProfJson *json,
              ProfJsonEvent   event,
              GError        **error)
{
  Speedscope *self = data;

  if (event == PROF_JSON_END_OBJECT)
    return end_profile (self, error);
  self->n_profiles++;
  self->facts = (Facts){ 0 };
  self->samples.length = 0;
  self->weights.length = 0;
  self->open.length = 0;
  return add_waiting (self, error);
}

static bool
take_profile_name (void           *data,
                   const ProfJson *json,
                   ProfJsonEvent   event,
                   GError        **error)
{
  Speedscope *self = data;

  return take_text (self, json, &self->facts.name, error);
}

static bool
take_unit (void           *data,
           const ProfJson *json,
           ProfJsonEvent   event,
           GError        **error)
{
  Speedscope *self = data;

  return take_text (self, json, &self->facts.unit, error);
}

static bool
take_end (void *data, const ProfJson *json, ProfJsonEvent event, GError **error)
{
  Speedscope *self = data;

  self->facts.has_end = true;
  return read_number (json, &self->facts.end, error);
}

static bool
take_active (void           *data,
             const ProfJson *json,
             ProfJsonEvent   event,
             GError        **error)
{
  Speedscope *self = data;

  prof_json_int64 (json, &self->active);
  return true;
}

/* --- rules --- */

static const ProfJsonRule frame_rules[] = {
  { .key = "name", .kind = PROF_JSON_RULE_TEXT, .take = take_frame_name },
  { .key = "file", .kind = PROF_JSON_RULE_TEXT, .take = take_frame_file },
  { .key = "line", .kind = PROF_JSON_RULE_NUMBER, .take = take_frame_line },
  { .key = "col", .kind = PROF_JSON_RULE_NUMBER, .take = take_frame_column },
  { 0 },
};

static const ProfJsonRule frame_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = frame_rules, .take = take_frame },
};

static const ProfJsonRule shared_rules[] = {
  { .key = "frames", .kind = PROF_JSON_RULE_ARRAY, .inside = frame_rule },
  { 0 },
};

static const ProfJsonRule sample_frame_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .take = take_sample_frame },
};

static const ProfJsonRule sample_rule[] = {
  { .kind = PROF_JSON_RULE_ARRAY,
    .inside = sample_frame_rule,
    .take = take_sample },
};

static const ProfJsonRule weight_rule[] = {
  { .kind = PROF_JSON_RULE_NUMBER, .take = take_weight },
};

static const ProfJsonRule event_rules[] = {
  { .key = "type", .kind = PROF_JSON_RULE_TEXT, .take = take_event_type },
  { .key = "frame", .kind = PROF_JSON_RULE_NUMBER, .take = take_event_frame },
  { .key = "at", .kind = PROF_JSON_RULE_NUMBER, .take = take_event_at },
  { 0 },
};

static const ProfJsonRule event_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT, .inside = event_rules, .take = take_event },
};

static const ProfJsonRule profile_rules[] = {
  { .key = "name", .kind = PROF_JSON_RULE_TEXT, .take = take_profile_name },
  { .key = "unit", .kind = PROF_JSON_RULE_TEXT, .take = take_unit },
  { .key = "endValue", .kind = PROF_JSON_RULE_NUMBER, .take = take_end },
  { .key = "samples",
    .kind = PROF_JSON_RULE_ARRAY,
    .inside = sample_rule,
    .take = take_samples },
  { .key = "weights",
    .kind = PROF_JSON_RULE_ARRAY,
    .inside = weight_rule,
    .take = take_weights },
  { .key = "events", .kind = PROF_JSON_RULE_ARRAY, .inside = event_rule },
  { 0 },
};

static const ProfJsonRule profile_rule[] = {
  { .kind = PROF_JSON_RULE_OBJECT,
    .inside = profile_rules,
    .take = take_profile },
};

static const ProfJsonRule members[] = {
  { .key = "shared", .kind = PROF_JSON_RULE_OBJECT, .inside = shared_rules },
  { .key = "profiles", .kind = PROF_JSON_RULE_ARRAY, .inside = profile_rule },
  { .key = "activeProfileIndex",
    .kind = PROF_JSON_RULE_NUMBER,
    .take = take_active },
  { 0 },
};

static const ProfJsonRule document = { .key = "the profile",
                                       .kind = PROF_JSON_RULE_OBJECT,
                                       .inside = members };

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return prof_json_kind (bytes, length) == PROF_JSON_KIND_SPEEDSCOPE;
}

static void *
begin (const ProfLimits *limits)
{
  Speedscope *self = g_new0 (Speedscope, 1);

  self->builder = prof_builder_new (limits);
  self->places = prof_places_new (self->builder);
  self->walk = prof_json_walk_new (&document, limits, self);
  prof_builder_header (self->builder)->format = FORMAT;
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Speedscope *self = data;

  if (!prof_json_walk_feed (self->walk, bytes, length, error))
    return false;
  prof_builder_hold (self->builder,
                     (self->samples.length + self->touched.length) *
                             sizeof (uint32_t) +
                         self->weights.length * sizeof (double) +
                         self->open.length * sizeof (Open) +
                         self->sums.length * sizeof (Weight) +
                         self->waiting.length * sizeof (Waiting));
  return prof_builder_check_memory (self->builder, error);
}

/* That of the profile that speedscope would show first. */
static void
set_default_type (Speedscope *self)
{
  size_t active = 0;

  if (self->profile_types.length == 0)
    return;
  if (self->active > 0 && (uint64_t)self->active < self->profile_types.length)
    active = (size_t)self->active;
  prof_builder_header (self->builder)
      ->default_type = self->types.data[self->profile_types.data[active]].type;
}

static ProfProfile *
finish (void *data, GError **error)
{
  Speedscope *self = data;
  int64_t     empty;

  if (!prof_json_walk_finish (self->walk, error) ||
      !intern_text (self, "", &empty, error) || !add_waiting (self, error))
    return NULL;
  if (self->n_named > self->n_frames)
    return prof_fail_null (error,
                           PROF_ERROR_MALFORMED,
                           "a stack has frame %" G_GUINT64_FORMAT
                           ", and the file has %" G_GUINT64_FORMAT " frames",
                           self->n_named - 1,
                           self->n_frames);
  set_default_type (self);
  if (!prof_places_finish (self->places, NULL, error))
    return NULL;
  return prof_builder_finish (self->builder, error);
}

static void
free_speedscope (void *data)
{
  Speedscope *self = data;

  prof_builder_free (self->builder);
  prof_places_free (self->places);
  prof_json_walk_free (self->walk);
  prof_vec_u32_clear (&self->samples);
  prof_vec_double_clear (&self->weights);
  prof_vec_open_clear (&self->open);
  prof_vec_weight_clear (&self->sums);
  prof_vec_u32_clear (&self->touched);
  prof_vec_waiting_clear (&self->waiting);
  prof_vec_speedscope_type_clear (&self->types);
  prof_vec_u32_clear (&self->profile_types);
  prof_vec_i64_clear (&self->values);
  g_free (self);
}

const ProfDecoder prof_speedscope_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_speedscope,
};
