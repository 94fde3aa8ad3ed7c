/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-perf-script-decode.h"

#include "base/prof-strings.h"
#include "formats/prof-text.h"
#include "input/prof-pieces.h"

/*   V8 Worker 246/257 [002] 94.109216:   100000 cycles:ppp:   an event begins
 *   	    4b829a inner+0x1b (inlined)                          leaf first
 *   	    4b829a outer+0x1c (/bin/server)
 *   	         0 [unknown] ([unknown])
 *                                                               it ends
 *
 * Frames are the same lines over and over: what one says is worked out once, and
 * found again by its text. Names of inlined functions depend on what comes
 * below them and are worked out each time. */

#define FORMAT "perf script"

#define NS_PER_S   UINT64_C (1000000000)
#define MOST_TYPES 256

PROF_VEC_DEFINE (ProfVecPerfLine, prof_vec_perf_line, ProfRawLine)

/* The first line of an event. */
typedef struct
{
  ProfScan comm;
  uint64_t pid;
  uint64_t tid;
  uint64_t cpu;
  uint64_t time_ns;
  uint64_t period; /* 1 when it is not said */
  ProfScan event;
  bool     has_pid; /* besides the thread's */
  bool     has_cpu;
  bool     has_time;
  ProfScan rest; /* behind the event's name */
} Head;

typedef struct
{
  ProfText base; /* first */

  bool     is_inside; /* an event has begun */
  int64_t  period;    /* its own */
  size_t   event;     /* its row */
  uint64_t first_ns;  /* of all times */
  uint64_t last_ns;
  bool     has_time;

  /* Owned */
  ProfStrings *events; /* "" is the number of samples */
  ProfStrings *frames; /* lines of frames */
  ProfVecU64   frame_locations;
  ProfVecU64   stack;
  ProfVecI64   values;

  ProfVecPerfLine inlined; /* into the frame that comes next */

  ProfRawLabel labels[5];
  size_t       n_labels;
  int64_t      comm_key; /* positions of labels' keys */
  int64_t      pid_key;
  int64_t      tid_key;
  int64_t      cpu_key;
  int64_t      time_key;
  int64_t      ns_unit;
} PerfScript;

/* --- the first line of an event --- */

/* "246" or "246/257", and no more */
static bool
scan_ids (ProfScan word, Head *head)
{
  if (!prof_scan_number (&word, &head->tid))
    return false;
  head->pid = head->tid;
  head->has_pid = prof_scan_letter (&word, '/');
  if (head->has_pid && !prof_scan_number (&word, &head->tid))
    return false;
  return word.at == word.end;
}

/* "[002]" */
static bool
scan_cpu (ProfScan *line, Head *head)
{
  ProfScan rest = *line;

  if (!prof_scan_letter (&rest, '[') || !prof_scan_number (&rest, &head->cpu) ||
      !prof_scan_letter (&rest, ']'))
    return false;
  *line = rest;
  return true;
}

/* "94.109216:": seconds, with microseconds or nanoseconds. */
static bool
scan_time (ProfScan *line, Head *head)
{
  ProfScan    rest = *line;
  uint64_t    scale = NS_PER_S;
  const char *at;

  if (!prof_scan_number (&rest, &head->time_ns) ||
      !prof_scan_letter (&rest, '.') ||
      __builtin_mul_overflow (head->time_ns, NS_PER_S, &head->time_ns) ||
      head->time_ns > INT64_MAX)
    return false;
  for (at = rest.at; at < rest.end && g_ascii_isdigit (*at); at++)
    {
      scale /= 10;
      head->time_ns += (uint64_t)(*at - '0') * scale;
    }
  rest.at = at;
  if (!prof_scan_letter (&rest, ':') || head->time_ns > INT64_MAX)
    return false;
  *line = rest;
  return true;
}

/* "100000 cycles:ppp:"; without a number, the period is 1. */
static bool
scan_event (ProfScan *line, Head *head)
{
  ProfScan rest = *line;
  ProfScan word;

  head->period = 1;
  if (prof_scan_number (&rest, &head->period) && rest.at < rest.end &&
      prof_scan_is_blank (*rest.at))
    prof_scan_blanks (&rest);
  else
    {
      rest = *line;
      head->period = 1;
    }
  if (!prof_scan_word (&rest, &word) || prof_scan_left (&word) < 2 ||
      word.end[-1] != ':' || !(g_ascii_isalpha (*word.at) || *word.at == '_'))
    return false;
  word.end--;
  head->event = word;
  *line = rest;
  return true;
}

/* What stands behind the name of the thread. */
static bool
scan_behind_ids (ProfScan line, Head *head)
{
  prof_scan_blanks (&line);
  head->has_cpu = scan_cpu (&line, head);
  prof_scan_blanks (&line);
  head->has_time = scan_time (&line, head);
  prof_scan_blanks (&line);
  if (!scan_event (&line, head))
    return false;
  prof_scan_blanks (&line);
  head->rest = line;
  return true;
}

/* The name of a thread may have blanks and numbers in it: the first word counts
 * for its number behind which there is an event. */
static bool
scan_head (ProfScan line, Head *head)
{
  ProfScan word;

  head->comm.at = line.at;
  if (!prof_scan_word (&line, &word))
    return false;
  for (prof_scan_blanks (&line); prof_scan_word (&line, &word);
       prof_scan_blanks (&line))
    {
      if (!scan_ids (word, head) || !scan_behind_ids (line, head))
        continue;
      head->comm.end = word.at;
      prof_scan_trim (&head->comm);
      return true;
    }
  return false;
}

/* --- frames --- */

typedef struct
{
  uint64_t address;
  ProfScan name; /* empty: unknown */
  ProfScan dso;  /* empty: unknown */
  bool     is_inlined;
} Frame;

/* Takes "(/bin/server)" off the end; there may be parentheses in it. */
static bool
split_dso (ProfScan *text, ProfScan *dso)
{
  size_t      depth = 0;
  const char *at = text->end;

  while (at > text->at)
    {
      at--;
      depth += *at == ')';
      if (*at == '(' && depth > 0)
        depth--;
      if (depth > 0)
        continue;
      if (*at != '(' || (at > text->at && !prof_scan_is_blank (at[-1])))
        return false;
      *dso = (ProfScan){ at + 1, text->end - 1 };
      text->end = at;
      prof_scan_trim (text);
      return true;
    }
  return false;
}

/* "inner+0x1b" to "inner" */
static void
drop_offset (ProfScan *name)
{
  const char *at = name->end;

  while (at > name->at && g_ascii_isxdigit (at[-1]))
    at--;
  if (at < name->end && at - name->at > 3 && memcmp (at - 3, "+0x", 3) == 0)
    name->end = at - 3;
}

static void
drop_unknown (ProfScan *text)
{
  if (prof_scan_is (text, "[unknown]"))
    text->end = text->at;
}

/* "4b829a outer+0x1c (/bin/server)" */
static bool
scan_frame (ProfScan line, Frame *frame)
{
  if (!prof_scan_hex (&line, &frame->address) || line.at == line.end ||
      !prof_scan_is_blank (*line.at))
    return false;
  prof_scan_blanks (&line);
  frame->dso = (ProfScan){ line.end, line.end };
  split_dso (&line, &frame->dso);
  frame->is_inlined = prof_scan_is (&frame->dso, "inlined");
  frame->name = line;
  drop_offset (&frame->name);
  drop_unknown (&frame->name);
  drop_unknown (&frame->dso);
  return true;
}

static bool
add_name (PerfScript *self, const Frame *frame, GError **error)
{
  ProfRawFunction function = { 0 };
  ProfRawLine     line = { 0 };

  if (frame->name.at == frame->name.end)
    return true;
  if (!prof_text_intern (&self->base, &frame->name, &function.name, error))
    return false;
  function.system_name = function.name;
  return prof_places_function (self->base.places,
                               &function,
                               &line.function,
                               error) &&
         (prof_vec_perf_line_append (&self->inlined, line) ||
          prof_fail_memory (error));
}

/* The location of a frame and of those that are inlined into it. */
static bool
location_of (PerfScript *self, const Frame *frame, uint64_t *id, GError **error)
{
  ProfRawLocation location = { .address = frame->address };

  if (frame->dso.at < frame->dso.end &&
      !prof_places_mapping (self->base.places,
                            frame->dso.at,
                            prof_scan_left (&frame->dso),
                            &location.mapping,
                            error))
    return false;
  if (!prof_places_location (self->base.places,
                             &location,
                             self->inlined.data,
                             self->inlined.length,
                             id,
                             error))
    return false;
  self->inlined.length = 0;
  return true;
}

/* A line that has not been seen, or that ends inlined frames. */
static bool
work_out (PerfScript *self, const ProfScan *line, uint64_t *id, GError **error)
{
  Frame frame;

  *id = 0;
  if (!scan_frame (*line, &frame))
    return true; /* such as a place in the source */
  if (!add_name (self, &frame, error))
    return false;
  return frame.is_inlined || location_of (self, &frame, id, error);
}

/* @line: without blanks around it */
static bool
take_frame (PerfScript *self, const ProfScan *line, GError **error)
{
  size_t       n = prof_strings_n (self->frames);
  ProfStringId known;
  uint64_t     id = 0;

  if (self->base.lines.is_cut && !prof_scan_ends (line, ")"))
    return prof_lines_fail (&self->base.lines,
                            line->end,
                            error,
                            "the file ends inside a frame");
  if (self->inlined.length > 0 || prof_scan_ends (line, "(inlined)"))
    {
      if (!work_out (self, line, &id, error))
        return false;
    }
  else if (!prof_strings_intern (self->frames,
                                 line->at,
                                 prof_scan_left (line),
                                 &known))
    return prof_fail_memory (error);
  else if (known < n)
    id = self->frame_locations.data[known];
  else if (!work_out (self, line, &id, error))
    return false;
  else if (!prof_vec_u64_append (&self->frame_locations, id))
    return prof_fail_memory (error);
  return id == 0 || prof_vec_u64_append (&self->stack, id) ||
         prof_fail_memory (error);
}

/* --- events --- */

/* What is inlined into nothing is a location of its own. */
static bool
end_inlined (PerfScript *self, GError **error)
{
  const Frame none = { 0 };
  uint64_t    id = 0;

  if (self->inlined.length == 0)
    return true;
  return location_of (self, &none, &id, error) &&
         (prof_vec_u64_append (&self->stack, id) || prof_fail_memory (error));
}

static bool
end_event (PerfScript *self, GError **error)
{
  if (!self->is_inside)
    return true;
  self->is_inside = false;
  if (!end_inlined (self, error))
    return false;
  memset (self->values.data, 0, self->values.length * sizeof (int64_t));
  self->values.data[0] = 1;
  self->values.data[self->event] = self->period;
  return prof_builder_add_sample (self->base.builder,
                                  self->stack.data,
                                  self->stack.length,
                                  self->values.data,
                                  self->values.length,
                                  self->labels,
                                  self->n_labels,
                                  error);
}

/* Events that count time do so in nanoseconds. */
static const char *
unit_of (const ProfScan *event)
{
  ProfScan name = *event;
  ProfScan part;

  if (prof_scan_until (&name, ':', &part))
    name = part;
  else
    name = *event;
  return prof_scan_is (&name, "cpu-clock") || prof_scan_is (&name, "task-clock")
             ? "nanoseconds"
             : "count";
}

static bool
add_type (PerfScript     *self,
          const ProfScan *name,
          const char     *unit,
          GError        **error)
{
  ProfRawHeader   *header = prof_builder_header (self->base.builder);
  ProfRawValueType type;

  if (!prof_text_intern (&self->base, name, &type.type, error) ||
      !prof_text_word (&self->base, unit, &type.unit, error))
    return false;
  /* The first event is shown, and samples when there is none. */
  if (self->values.length <= 2)
    header->default_type = type.type;
  return prof_builder_add_type (self->base.builder, &type, error);
}

/* The row of an event among the sample types, which are one more if it is new. */
static bool
take_event_name (PerfScript *self, const ProfScan *event, GError **error)
{
  ProfStringId id;

  if (!prof_strings_intern (self->events,
                            event->at,
                            prof_scan_left (event),
                            &id))
    return prof_fail_memory (error);
  self->event = id;
  if (id < self->values.length)
    return true;
  if (id >= MOST_TYPES)
    return prof_lines_fail (&self->base.lines,
                            event->at,
                            error,
                            "there are more than %u kinds of events",
                            MOST_TYPES);
  if (!prof_vec_i64_append (&self->values, 0))
    return prof_fail_memory (error);
  return prof_builder_widen (self->base.builder, error) &&
         add_type (self, event, unit_of (event), error);
}

static void
add_number_label (PerfScript *self, int64_t key, uint64_t number, int64_t unit)
{
  self->labels[self->n_labels++] = (ProfRawLabel){
    .key = key,
    .num = (int64_t)MIN (number, INT64_MAX),
    .num_unit = unit,
  };
}

static bool
take_labels (PerfScript *self, const Head *head, GError **error)
{
  ProfRawLabel comm = { .key = self->comm_key };

  self->n_labels = 0;
  if (!prof_text_intern (&self->base, &head->comm, &comm.str, error))
    return false;
  self->labels[self->n_labels++] = comm;
  /* A number 0 without a unit would be no label. */
  if (head->has_pid)
    add_number_label (self, self->pid_key, head->pid, self->pid_key);
  add_number_label (self, self->tid_key, head->tid, self->tid_key);
  if (head->has_cpu)
    add_number_label (self, self->cpu_key, head->cpu, self->cpu_key);
  if (head->has_time)
    add_number_label (self, self->time_key, head->time_ns, self->ns_unit);
  return true;
}

static void
take_time (PerfScript *self, const Head *head)
{
  if (!head->has_time)
    return;
  if (!self->has_time)
    self->first_ns = self->last_ns = head->time_ns;
  self->has_time = true;
  self->first_ns = MIN (self->first_ns, head->time_ns);
  self->last_ns = MAX (self->last_ns, head->time_ns);
}

static bool
begin_event (PerfScript *self, const Head *head, GError **error)
{
  Frame frame;

  prof_builder_at (self->base.builder, self->base.lines.offset);
  self->stack.length = 0;
  self->inlined.length = 0;
  self->period = (int64_t)MIN (head->period, INT64_MAX);
  take_time (self, head);
  if (!take_event_name (self, &head->event, error) ||
      !take_labels (self, head, error))
    return false;
  self->is_inside = true;
  /* Without stacks, the one frame is in the same line. */
  return !scan_frame (head->rest, &frame) ||
         take_frame (self, &head->rest, error);
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  PerfScript *self = data;
  bool        is_indented = line.at < line.end && prof_scan_is_blank (*line.at);
  ProfScan    begin = line;
  Head        head;

  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  if (line.at == line.end)
    return end_event (self, error);
  if (*line.at == '#' && !is_indented)
    return true;
  if (is_indented && self->is_inside)
    return take_frame (self, &line, error);
  /* Names of threads are filled up with blanks in front of them. */
  if (!scan_head (line, &head))
    return prof_lines_fail (&self->base.lines,
                            begin.at,
                            error,
                            "this is not the first line of an event");
  return end_event (self, error) && begin_event (self, &head, error);
}

/* --- for the table of formats --- */

/* The first line that is no comment begins an event; without a time, a frame must
 * come next, as other text may look like it. */
static bool
sniff (const uint8_t *bytes, size_t length)
{
  ProfScan head = prof_lines_look (bytes, length);
  bool     is_all = length < PROF_PIECES_SIZE;
  ProfScan line;
  Head     event;
  Frame    frame;

  if (!prof_lines_is_text (bytes, length))
    return false;
  do
    if (!prof_lines_look_first (&head, is_all, &line))
      return false;
  while (*line.at == '#');
  prof_scan_blanks (&line);
  if (!scan_head (line, &event))
    return false;
  if (event.has_time || scan_frame (event.rest, &frame))
    return true;
  if (!prof_lines_look_next (&head, is_all, &line))
    return false;
  prof_scan_blanks (&line);
  return scan_frame (line, &frame);
}

static void *
begin (const ProfLimits *limits)
{
  PerfScript *self = g_new0 (PerfScript, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->events = prof_strings_new ();
  self->frames = prof_strings_new ();
  return self;
}

static bool
start (PerfScript *self, GError **error)
{
  static const char samples[] = "samples";
  const ProfScan    name = { samples, samples + strlen (samples) };

  if (self->values.length > 0)
    return true;
  if (!prof_vec_u64_append (&self->frame_locations, 0) ||
      !prof_vec_i64_append (&self->values, 0))
    return prof_fail_memory (error);
  return add_type (self, &name, "count", error) &&
         prof_text_word (&self->base, "comm", &self->comm_key, error) &&
         prof_text_word (&self->base, "pid", &self->pid_key, error) &&
         prof_text_word (&self->base, "tid", &self->tid_key, error) &&
         prof_text_word (&self->base, "cpu", &self->cpu_key, error) &&
         prof_text_word (&self->base, "time", &self->time_key, error) &&
         prof_text_word (&self->base, "nanoseconds", &self->ns_unit, error);
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  PerfScript *self = data;

  return start (self, error) &&
         prof_text_feed (&self->base, bytes, length, take_line, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  PerfScript *self = data;

  if (!start (self, error) || !prof_text_end (&self->base, take_line, error) ||
      !end_event (self, error))
    return NULL;
  prof_builder_header (self->base.builder)
      ->duration_ns = (int64_t)(self->last_ns - self->first_ns);
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_perf_script (void *data)
{
  PerfScript *self = data;

  prof_text_clear (&self->base);
  prof_strings_unref (self->events);
  prof_strings_unref (self->frames);
  prof_vec_u64_clear (&self->frame_locations);
  prof_vec_u64_clear (&self->stack);
  prof_vec_i64_clear (&self->values);
  prof_vec_perf_line_clear (&self->inlined);
  g_free (self);
}

const ProfDecoder prof_perf_script_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_perf_script,
};
