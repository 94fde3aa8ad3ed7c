/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-goroutines-decode.h"

#include "formats/prof-quoted.h"
#include "formats/prof-text.h"
#include "input/prof-pieces.h"

/*   panic: boom                                   kept as a comment
 *
 *   goroutine 18 [chan receive, 5 minutes]:       a sample begins
 *   main.receive(...)                             a frame: inlined into the next
 *   	/src/main.go:65                            and its place
 *   main.wait({0x501710, 0xc000068090})
 *   	/src/main.go:70 +0x3b
 *   created by main.start in goroutine 1
 *   	/src/main.go:79 +0x5f
 *                                                 it ends
 *
 * A line is known for a frame only by the next one, which begins with a tab; so
 * it is kept until then. */

#define FORMAT "Go goroutine stacks"

PROF_VEC_DEFINE (ProfVecGoLine, prof_vec_go_line, ProfRawLine)
PROF_VEC_DEFINE (ProfVecGoLabel, prof_vec_go_label, ProfRawLabel)

typedef struct
{
  ProfText base; /* first */

  bool           is_inside; /* a goroutine has begun */
  bool           has_any;
  bool           has_name; /* name may be that of a frame */
  GString       *name;     /* (owned) a line that waits for its place */
  ProfVecU64     stack;    /* leaf first */
  ProfVecGoLine  inlined;  /* into the frame that comes next */
  ProfVecGoLabel labels;

  GString *key; /* (owned) used again */
  GString *text;
} Goroutines;

/* --- labels --- */

static bool
add_label (Goroutines *self, ProfRawLabel label, GError **error)
{
  return prof_vec_go_label_append (&self->labels, label) ||
         prof_fail_memory (error);
}

static bool
add_text_label (Goroutines     *self,
                const char     *key,
                const ProfScan *text,
                GError        **error)
{
  ProfRawLabel label = { 0 };

  return prof_text_word (&self->base, key, &label.key, error) &&
         prof_text_intern (&self->base, text, &label.str, error) &&
         add_label (self, label, error);
}

static bool
add_wait (Goroutines *self, uint64_t minutes, GError **error)
{
  ProfRawLabel label = { .num = (int64_t)MIN (minutes, INT64_MAX) };

  return prof_text_word (&self->base, "wait", &label.key, error) &&
         prof_text_word (&self->base, "minutes", &label.num_unit, error) &&
         add_label (self, label, error);
}

/* "5 minutes" */
static bool
is_wait (ProfScan part, uint64_t *minutes)
{
  return prof_scan_number (&part, minutes) && prof_scan_is (&part, " minutes");
}

/* "chan receive, 5 minutes, locked to thread": the state goes as far as there is
 * something else. */
static bool
take_state (Goroutines *self, ProfScan state, GError **error)
{
  const char *end = NULL;

  for (const char *at = state.at; at + 2 < state.end; at++)
    {
      ProfScan part = { at + 2, state.end };
      ProfScan rest = part;
      ProfScan one = part;
      uint64_t minutes;

      if (at[0] != ',' || at[1] != ' ')
        continue;
      if (prof_scan_until (&rest, ',', &one))
        part = one;
      if (is_wait (part, &minutes))
        {
          if (!add_wait (self, minutes, error))
            return false;
        }
      else if (prof_scan_is (&part, "locked to thread"))
        {
          static const char text[] = "true";
          const ProfScan    yes = { text, text + strlen (text) };

          if (!add_text_label (self, "locked to thread", &yes, error))
            return false;
        }
      else
        continue;
      if (end == NULL)
        end = at;
    }
  if (end != NULL)
    state.end = end;
  return add_text_label (self, "state", &state, error);
}

/* A key or value of a label: in quotation marks only where it must be. */
static bool
scan_word (ProfScan *line, const char *ends, GString *out)
{
  if (line->at < line->end && *line->at == '"')
    return prof_quoted_scan (line, out);
  g_string_set_size (out, 0);
  while (line->at < line->end && strchr (ends, *line->at) == NULL)
    g_string_append_c (out, *line->at++);
  return true;
}

/* {role: reader, "the shelf": "1"}; what is wrong with it ends it. */
static bool
take_labels (Goroutines *self, ProfScan line, GError **error)
{
  prof_scan_blanks (&line);
  if (!prof_scan_letter (&line, '{'))
    return true;
  while (line.at < line.end && *line.at != '}')
    {
      ProfRawLabel label = { 0 };

      if (!scan_word (&line, ":,}", self->key) ||
          !prof_scan_letter (&line, ':'))
        return true;
      prof_scan_blanks (&line);
      if (!scan_word (&line, ",}", self->text))
        return true;
      if (!prof_places_text (self->base.places,
                             self->key->str,
                             self->key->len,
                             &label.key,
                             error) ||
          !prof_places_text (self->base.places,
                             self->text->str,
                             self->text->len,
                             &label.str,
                             error) ||
          !add_label (self, label, error))
        return false;
      if (prof_scan_letter (&line, ','))
        prof_scan_blanks (&line);
    }
  return true;
}

/* --- frames --- */

/* Ends the location whose inlined frames are waiting. */
static bool
add_location (Goroutines *self, GError **error)
{
  const ProfRawLocation location = { 0 };
  uint64_t              id = 0;

  if (self->inlined.length == 0)
    return true;
  if (!prof_places_location (self->base.places,
                             &location,
                             self->inlined.data,
                             self->inlined.length,
                             &id,
                             error))
    return false;
  self->inlined.length = 0;
  return prof_vec_u64_append (&self->stack, id) || prof_fail_memory (error);
}

/* Takes the arguments off a call: "main.wait({0x50, 0xc0})", "main.f(...)". They
 * have as many parentheses that open as that close. */
static bool
split_call (ProfScan *name, ProfScan *arguments)
{
  size_t      depth = 0;
  const char *at = name->end;

  while (at > name->at)
    {
      at--;
      depth += *at == ')';
      depth -= *at == '(';
      if (depth > 0)
        continue;
      if (*at != '(' || at == name->at)
        return false;
      *arguments = (ProfScan){ at + 1, name->end - 1 };
      name->end = at;
      return true;
    }
  return false;
}

/* "/src/main.go:70 +0x3b fp=0x7fff9bc33620 sp=..." */
static void
split_place (ProfScan *place, int64_t *line)
{
  const char *end = g_strstr_len (place->at,
                                  (gssize)prof_scan_left (place),
                                  " +0x");
  const char *colon;

  if (end != NULL)
    place->end = end;
  for (colon = place->end; colon > place->at && colon[-1] != ':';)
    colon--;
  if (colon > place->at)
    {
      ProfScan number = { colon, place->end };

      if (prof_scan_integer (&number, line) && number.at == number.end)
        place->end = colon - 1;
    }
}

static bool
add_frame (Goroutines *self, ProfScan name, ProfScan place, GError **error)
{
  ProfScan        arguments = { name.end, name.end };
  ProfRawFunction function = { 0 };
  ProfRawLine     line = { 0 };
  bool            is_call = split_call (&name, &arguments);

  split_place (&place, &line.line);
  if (prof_scan_is (&name, "runtime.goexit"))
    return true;
  if (!prof_text_intern (&self->base, &name, &function.name, error) ||
      (is_call &&
       !prof_text_intern (&self->base, &place, &function.filename, error)))
    return false;
  function.system_name = function.name;
  if (!prof_places_function (self->base.places,
                             &function,
                             &line.function,
                             error))
    return false;
  if (!prof_vec_go_line_append (&self->inlined, line))
    return prof_fail_memory (error);
  return (is_call && prof_scan_is (&arguments, "...")) ||
         add_location (self, error);
}

/* "main.start in goroutine 1" */
static bool
take_creator (Goroutines *self, ProfScan name, GError **error)
{
  const char *in = g_strrstr_len (name.at,
                                  (gssize)prof_scan_left (&name),
                                  " in goroutine ");

  if (in != NULL)
    name.end = in;
  return add_text_label (self, "created by", &name, error);
}

/* --- goroutines --- */

static bool
end_goroutine (Goroutines *self, GError **error)
{
  const int64_t one = 1;

  if (!self->is_inside)
    return true;
  self->is_inside = false;
  self->has_name = false;
  return add_location (self, error) &&
         prof_builder_add_sample (self->base.builder,
                                  self->stack.data,
                                  self->stack.length,
                                  &one,
                                  1,
                                  self->labels.data,
                                  self->labels.length,
                                  error);
}

static void
begin_goroutine (Goroutines *self)
{
  prof_builder_at (self->base.builder, self->base.lines.offset);
  self->is_inside = true;
  self->has_any = true;
  self->has_name = false;
  self->stack.length = 0;
  self->inlined.length = 0;
  self->labels.length = 0;
}

/* "goroutine 18 [chan receive, 5 minutes]:", in some dumps with addresses before
 * the state, and with labels behind it. */
static bool
scan_head (ProfScan line, ProfScan *state, ProfScan *labels)
{
  ProfScan    word;
  uint64_t    number;
  const char *close;

  if (!prof_scan_text (&line, "goroutine ") ||
      !prof_scan_number (&line, &number) || !prof_scan_ends (&line, ":"))
    return false;
  prof_scan_blanks (&line);
  while (!prof_scan_letter (&line, '['))
    {
      if (!prof_scan_word (&line, &word) ||
          memchr (word.at, '=', prof_scan_left (&word)) == NULL)
        return false;
      prof_scan_blanks (&line);
    }
  close = memchr (line.at, ']', prof_scan_left (&line));
  if (close == NULL)
    return false;
  *state = (ProfScan){ line.at, close };
  *labels = (ProfScan){ close + 1, line.end - 1 };
  return true;
}

static bool
take_head (Goroutines     *self,
           const ProfScan *state,
           const ProfScan *labels,
           GError        **error)
{
  if (!end_goroutine (self, error))
    return false;
  begin_goroutine (self);
  return take_state (self, *state, error) && take_labels (self, *labels, error);
}

/* The stack of the thread itself, in fatal errors. */
static bool
take_runtime_stack (Goroutines *self, GError **error)
{
  static const char text[] = "runtime stack";
  const ProfScan    state = { text, text + strlen (text) };

  if (!end_goroutine (self, error))
    return false;
  begin_goroutine (self);
  return add_text_label (self, "state", &state, error);
}

/* Why the stacks were printed. */
static bool
is_reason (const ProfScan *line)
{
  static const char *const beginnings[] = { "panic: ",
                                            "fatal error: ",
                                            "SIG",
                                            "[signal ",
                                            "unexpected fault address" };

  for (size_t i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      ProfScan rest = *line;

      if (prof_scan_text (&rest, beginnings[i]))
        return true;
    }
  return false;
}

static bool
take_outside (Goroutines *self, const ProfScan *line, GError **error)
{
  int64_t text;

  if (self->has_any || !is_reason (line))
    return true;
  return prof_text_intern (&self->base, line, &text, error) &&
         prof_builder_add_comment (self->base.builder, text, error);
}

/* The place of what is waiting: a frame, or what has created the goroutine. */
static bool
take_place (Goroutines *self, ProfScan place, GError **error)
{
  ProfScan name = { self->name->str, self->name->str + self->name->len };

  if (!self->has_name)
    return true;
  self->has_name = false;
  if (prof_scan_text (&name, "created by "))
    return take_creator (self, name, error);
  return add_frame (self, name, place, error);
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Goroutines *self = data;
  ProfScan    state;
  ProfScan    labels;

  prof_scan_trim (&line);
  if (scan_head (line, &state, &labels))
    return take_head (self, &state, &labels, error);
  if (prof_scan_is (&line, "runtime stack:"))
    return take_runtime_stack (self, error);
  if (!self->is_inside)
    return take_outside (self, &line, error);
  if (line.at == line.end)
    return end_goroutine (self, error);
  if (prof_scan_letter (&line, '\t'))
    return take_place (self, line, error);
  g_string_truncate (self->name, 0);
  g_string_append_len (self->name, line.at, line.end - line.at);
  self->has_name = true;
  return true;
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  ProfScan head = prof_lines_look (bytes, length);
  ProfScan line;
  ProfScan state;
  ProfScan labels;

  if (!prof_lines_is_text (bytes, length))
    return false;
  while (prof_lines_look_next (&head, length < PROF_PIECES_SIZE, &line))
    {
      prof_scan_trim (&line);
      if (scan_head (line, &state, &labels))
        return true;
    }
  return false;
}

static void *
begin (const ProfLimits *limits)
{
  Goroutines *self = g_new0 (Goroutines, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->name = g_string_new (NULL);
  self->key = g_string_new (NULL);
  self->text = g_string_new (NULL);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Goroutines *self = data;

  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

static bool
add_type (Goroutines *self, GError **error)
{
  ProfRawHeader   *header = prof_builder_header (self->base.builder);
  ProfRawValueType type;

  if (!prof_text_word (&self->base, "goroutine", &type.type, error) ||
      !prof_text_word (&self->base, "count", &type.unit, error))
    return false;
  header->period_type = type;
  header->period = 1;
  return prof_builder_add_type (self->base.builder, &type, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Goroutines *self = data;

  if (!prof_text_end (&self->base, take_line, error))
    return NULL;
  if (self->is_inside && self->has_name &&
      (self->base.lines.is_cut || self->name->str[self->name->len - 1] == ')'))
    {
      prof_fail (error,
                 PROF_ERROR_TRUNCATED,
                 "line %" G_GUINT64_FORMAT ": the file ends inside a frame",
                 self->base.lines.number);
      return NULL;
    }
  if (!end_goroutine (self, error) || !add_type (self, error))
    return NULL;
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_goroutines (void *data)
{
  Goroutines *self = data;

  prof_text_clear (&self->base);
  prof_vec_u64_clear (&self->stack);
  prof_vec_go_line_clear (&self->inlined);
  prof_vec_go_label_clear (&self->labels);
  g_string_free (self->name, TRUE);
  g_string_free (self->key, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

const ProfDecoder prof_goroutines_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_goroutines,
};
