/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-callgrind-decode.h"

#include "base/prof-strings.h"
#include "formats/prof-call-flow.h"
#include "formats/prof-text.h"
#include "input/prof-pieces.h"

/*   # callgrind format
 *   events: Ir Dr                   sample types
 *   positions: instr line           what stands before costs; "line" by default
 *   ob=(1) /bin/server              binary, file and function of what follows:
 *   fl=(1) a.c                        a number in brackets stands for the name
 *   fn=(1) main                       that it had the first time
 *   0x40 16 20 7                    a line's own costs
 *   +4 +1 3                           relative to the line before, "*" for equal
 *   fi=(2) a.h                      inlined from another file, fe= back again
 *   cfi=(3) b.c                     the function that is called
 *   cfn=(2) work
 *   calls=3 0x80 4                  and the line behind: what the calls cost
 *   * * 400 90
 */

#define FORMAT "callgrind"

#define MOST_POSITIONS 2

typedef enum
{
  BINARY,
  FILE_NAME,
  FUNCTION,
} Name;

#define N_NAMES (FUNCTION + 1)

typedef struct
{
  ProfText base; /* first */

  ProfCallFlow *flow; /* (owned) NULL before "events:" */

  size_t  n_events;
  int64_t factors[PROF_CALL_FLOW_MOST_VALUES]; /* of costs, by event */

  size_t   n_positions; /* in front of costs */
  size_t   line_at;     /* which of them is the line */
  uint64_t positions[MOST_POSITIONS];

  /* Names are positions of texts, those of binaries ids of mappings; 0 is none */
  ProfVecI64 numbered[N_NAMES]; /* (owned) the name of each number */
  int64_t    here[N_NAMES];     /* of what costs */
  int64_t    called[N_NAMES];   /* of what is called */
  bool       has_called_file;
  bool       has_called_binary;

  ProfStrings *functions; /* (owned) by binary, file and name; ids from 1 */
  bool         has_function;
  bool         has_callee;
  uint32_t     function;
  uint32_t     callee;
  bool         is_call;  /* the next line is what calls cost */
  bool         is_whole; /* the last line says something without an end */
} Callgrind;

static bool
fail (const Callgrind *self, const char *at, const char *what, GError **error)
{
  return prof_lines_fail (&self->base.lines, at, error, "%s", what);
}

/* --- the head --- */

/* Takes a word in brackets off the end of an event's name: "cpu(nanoseconds)",
 * "Time_(10ns)". */
static bool
split_unit (ProfScan *name, ProfScan *unit)
{
  const char *open = (const char *)memchr (name->at,
                                           '(',
                                           prof_scan_left (name));

  if (open == NULL || open == name->at || name->end[-1] != ')')
    return false;
  *unit = (ProfScan){ open + 1, name->end - 1 };
  name->end = open;
  if (name->end - 1 > name->at && name->end[-1] == '_')
    name->end--;
  return true;
}

static bool
add_event (Callgrind *self, ProfScan name, GError **error)
{
  ProfRawValueType type = { 0 };
  ProfScan         unit;
  size_t           n = self->n_events;

  if (n == PROF_CALL_FLOW_MOST_VALUES)
    return fail (self, name.at, "there are more than 64 events", error);
  self->factors[n] = 1;
  if (!split_unit (&name, &unit))
    {
      if (!prof_text_word (&self->base, "count", &type.unit, error))
        return false;
    }
  else if (prof_scan_is (&unit, "10ns"))
    {
      self->factors[n] = 10;
      if (!prof_text_word (&self->base, "nanoseconds", &type.unit, error))
        return false;
    }
  else if (!prof_text_intern (&self->base, &unit, &type.unit, error))
    return false;
  self->n_events++;
  if (!prof_text_intern (&self->base, &name, &type.type, error))
    return false;
  if (n == 0)
    prof_builder_header (self->base.builder)->default_type = type.type;
  return prof_builder_add_type (self->base.builder, &type, error);
}

/* Another part of the same recording has the same head again. */
static bool
take_events (Callgrind *self, ProfScan events, GError **error)
{
  ProfScan word;

  if (self->flow != NULL)
    {
      ProfScan rest = events;
      size_t   n = 0;

      while (prof_scan_blanks (&rest), prof_scan_word (&rest, &word))
        n++;
      return n == self->n_events ||
             fail (self, events.at, "the parts have different events", error);
    }
  while (prof_scan_blanks (&events), prof_scan_word (&events, &word))
    if (!add_event (self, word, error))
      return false;
  if (self->n_events == 0)
    return fail (self, events.at, "there are no events", error);
  self->flow = prof_call_flow_new (self->n_events);
  return true;
}

static bool
take_positions (Callgrind *self, ProfScan kinds, GError **error)
{
  ProfScan word;
  bool     has_line = false;

  self->n_positions = 0;
  while (prof_scan_blanks (&kinds), prof_scan_word (&kinds, &word))
    {
      if (self->n_positions == MOST_POSITIONS ||
          !(prof_scan_is (&word, "line") || prof_scan_is (&word, "instr")))
        return fail (self, word.at, "positions are line and instr", error);
      has_line |= prof_scan_is (&word, "line");
      if (prof_scan_is (&word, "line"))
        self->line_at = self->n_positions;
      self->n_positions++;
    }
  if (!has_line)
    self->line_at = MOST_POSITIONS;
  return self->n_positions > 0 ||
         fail (self, kinds.at, "there are no positions", error);
}

static bool
take_version (ProfScan version, GError **error)
{
  prof_scan_blanks (&version);
  if (prof_scan_is (&version, "1"))
    return true;
  return prof_fail (
      error,
      PROF_ERROR_UNSUPPORTED,
      "this is a callgrind profile of version “%.*s”, and version "
      "1 is read",
      (int)MIN (prof_scan_left (&version), 20),
      version.at);
}

/* "cmd: ./server -v": what was recorded. */
static bool
take_command (Callgrind *self, ProfScan command, GError **error)
{
  int64_t text;

  prof_scan_blanks (&command);
  if (command.at == command.end)
    return true;
  return prof_text_intern (&self->base, &command, &text, error) &&
         prof_builder_add_comment (self->base.builder, text, error);
}

/* --- names --- */

#define UNKNOWN_NAME "???"

static bool
find_name (Callgrind      *self,
           Name            kind,
           const ProfScan *text,
           int64_t        *name,
           GError        **error)
{
  uint64_t mapping = 0;

  *name = 0;
  if (kind == FUNCTION)
    return prof_text_intern (&self->base, text, name, error);
  if (text->at == text->end || prof_scan_is (text, UNKNOWN_NAME))
    return true;
  if (kind == FILE_NAME)
    return prof_text_intern (&self->base, text, name, error);
  if (!prof_places_mapping (self->base.places,
                            text->at,
                            prof_scan_left (text),
                            &mapping,
                            error))
    return false;
  *name = (int64_t)mapping;
  return true;
}

/* "(7) name", "(7)", "name": what it is called. */
static bool
take_name (Callgrind *self,
           Name       kind,
           ProfScan   name,
           int64_t   *found,
           GError   **error)
{
  ProfVecI64 *numbered = &self->numbered[kind];
  ProfScan    rest = name;
  uint64_t    number;

  prof_scan_trim (&rest);
  prof_scan_blanks (&rest);
  if (!prof_scan_letter (&rest, '(') || !prof_scan_number (&rest, &number) ||
      !prof_scan_letter (&rest, ')'))
    return find_name (self, kind, &name, found, error);
  prof_scan_blanks (&rest);
  if (rest.at == rest.end)
    {
      if (number >= numbered->length || numbered->data[number] < 0)
        return fail (self, name.at, "the number has no name yet", error);
      *found = numbered->data[number];
      return true;
    }
  if (!find_name (self, kind, &rest, found, error))
    return false;
  /* Numbers are given out in a row, so a table follows what is there. */
  if (number > self->base.lines.number + 65536)
    return fail (self, name.at, "the number is too large", error);
  while (numbered->length <= number)
    if (!prof_vec_i64_append (numbered, -1))
      return prof_fail_memory (error);
  numbered->data[number] = *found;
  return true;
}

/* The number of a function, counted as they come. */
static bool
find_function (Callgrind     *self,
               const int64_t *names,
               uint32_t      *function,
               GError       **error)
{
  ProfStringId id;

  if (!prof_strings_intern (self->functions,
                            (const char *)names,
                            N_NAMES * sizeof *names,
                            &id))
    return prof_fail_memory (error);
  *function = id - 1;
  return true;
}

static bool
take_function (Callgrind *self, ProfScan name, GError **error)
{
  if (!take_name (self, FUNCTION, name, &self->here[FUNCTION], error))
    return false;
  self->has_function = true;
  self->is_call = false;
  return find_function (self, self->here, &self->function, error);
}

/* Where it is, unless it was said, is where the caller is. */
static bool
take_called_function (Callgrind *self, ProfScan name, GError **error)
{
  int64_t names[N_NAMES] = { self->here[BINARY], self->here[FILE_NAME] };

  if (self->has_called_binary)
    names[BINARY] = self->called[BINARY];
  if (self->has_called_file)
    names[FILE_NAME] = self->called[FILE_NAME];
  self->has_called_binary = self->has_called_file = false;
  self->has_callee = true;
  return take_name (self, FUNCTION, name, &names[FUNCTION], error) &&
         find_function (self, names, &self->callee, error);
}

/* --- costs --- */

/* "16", "0x40", "+3", "-2", "*": a position, relative to that before. */
static bool
take_position (ProfScan *line, uint64_t *position)
{
  ProfScan word;
  uint64_t number;
  char     sign = '\0';

  prof_scan_blanks (line);
  if (!prof_scan_word (line, &word))
    return false;
  if (prof_scan_is (&word, "*"))
    return true;
  if (*word.at == '+' || *word.at == '-')
    sign = *word.at++;
  if (!(g_str_has_prefix (word.at, "0x") ? prof_scan_hex (&word, &number)
                                         : prof_scan_number (&word, &number)) ||
      word.at != word.end)
    return false;
  *position = sign == '+'   ? *position + number
              : sign == '-' ? *position - number
                            : number;
  return true;
}

/* Those that are missing at the end are 0. */
static bool
take_costs (const Callgrind *self,
            ProfScan         line,
            int64_t         *costs,
            GError         **error)
{
  for (size_t k = 0; k < self->n_events; k++)
    {
      int64_t cost = 0;

      costs[k] = 0;
      prof_scan_blanks (&line);
      if (line.at == line.end)
        continue;
      if (!prof_scan_integer (&line, &cost) ||
          (line.at < line.end && !prof_scan_is_blank (*line.at)))
        return fail (self, line.at, "this is no cost", error);
      /* Some counters run backwards when they are read. */
      cost = MAX (cost, 0);
      if (__builtin_mul_overflow (cost, self->factors[k], &costs[k]))
        return fail (self,
                     line.at,
                     "the cost does not fit into 64 bits",
                     error);
    }
  prof_scan_blanks (&line);
  return line.at == line.end ||
         fail (self, line.at, "there are more costs than events", error);
}

/* Where the costs are: the function, in the file that it is inlined from. */
static bool
find_location (Callgrind *self, uint64_t *location, GError **error)
{
  ProfRawFunction function = { .name = self->here[FUNCTION],
                               .system_name = self->here[FUNCTION],
                               .filename = self->here[FILE_NAME] };
  ProfRawLocation row = { .mapping = (uint64_t)self->here[BINARY] };
  ProfRawLine     line = { 0 };

  if (self->line_at < MOST_POSITIONS &&
      self->positions[self->line_at] <= INT32_MAX)
    line.line = (int64_t)self->positions[self->line_at];
  return prof_places_function (self->base.places,
                               &function,
                               &line.function,
                               error) &&
         prof_places_location (self->base.places,
                               &row,
                               &line,
                               1,
                               location,
                               error);
}

static bool
is_nothing (const Callgrind *self, const int64_t *costs)
{
  for (size_t k = 0; k < self->n_events; k++)
    if (costs[k] != 0)
      return false;
  return true;
}

static bool
take_cost_line (Callgrind *self, ProfScan line, GError **error)
{
  int64_t  costs[PROF_CALL_FLOW_MOST_VALUES];
  uint64_t location;

  if (self->flow == NULL)
    return fail (self, line.at, "costs stand before \"events:\"", error);
  if (!self->has_function)
    return fail (self, line.at, "costs stand before \"fn=\"", error);
  for (size_t p = 0; p < self->n_positions; p++)
    if (!take_position (&line, &self->positions[p]))
      return fail (self, line.at, "this is no position", error);
  if (!take_costs (self, line, costs, error))
    return false;
  if (!self->is_call && is_nothing (self, costs))
    return true;
  if (!find_location (self, &location, error))
    return false;
  if (!self->is_call)
    return prof_call_flow_add_cost (self->flow,
                                    self->function,
                                    location,
                                    costs,
                                    error);
  self->is_call = false;
  return prof_call_flow_add_call (self->flow,
                                  self->function,
                                  self->callee,
                                  location,
                                  costs,
                                  error);
}

/* --- lines --- */

/* Who is named by a line. */
typedef enum
{
  HERE,
  CALLED,
  JUMPED_TO, /* only its number is of use */
} Whose;

static bool
take_named (Callgrind *self,
            Name       kind,
            Whose      whose,
            ProfScan   name,
            GError   **error)
{
  int64_t unused;

  if (whose == JUMPED_TO)
    return take_name (self, kind, name, &unused, error);
  if (kind == FUNCTION)
    return whose == CALLED ? take_called_function (self, name, error)
                           : take_function (self, name, error);
  if (whose == HERE)
    return take_name (self, kind, name, &self->here[kind], error);
  self->has_called_binary |= kind == BINARY;
  self->has_called_file |= kind == FILE_NAME;
  return take_name (self, kind, name, &self->called[kind], error);
}

/* "ob=", "fl=" and others like them. */
static bool
take_assignment (Callgrind *self, ProfScan line, bool *is_one, GError **error)
{
  static const struct
  {
    const char *key;
    Name        kind;
    Whose       whose;
  } keys[] = {
    { "fn=", FUNCTION, HERE },        { "fl=", FILE_NAME, HERE },
    { "fi=", FILE_NAME, HERE },       { "fe=", FILE_NAME, HERE },
    { "ob=", BINARY, HERE },          { "cfn=", FUNCTION, CALLED },
    { "cfi=", FILE_NAME, CALLED },    { "cfl=", FILE_NAME, CALLED },
    { "cob=", BINARY, CALLED },       { "jfn=", FUNCTION, JUMPED_TO },
    { "jfi=", FILE_NAME, JUMPED_TO }, { "jfl=", FILE_NAME, JUMPED_TO },
    { "job=", BINARY, JUMPED_TO },
  };

  *is_one = true;
  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    if (prof_scan_text (&line, keys[i].key))
      return take_named (self, keys[i].kind, keys[i].whose, line, error);
  *is_one = false;
  return true;
}

/* "calls=3 0x80 4": how often, and where to, which says nothing that is kept. */
static bool
take_calls (Callgrind *self, const ProfScan *line, GError **error)
{
  if (!self->has_callee)
    return fail (self, line->at, "a call has no \"cfn=\"", error);
  self->has_callee = false;
  self->is_call = true;
  return true;
}

/* "key: value" or "key=value", of keys that say nothing here. */
static bool
is_other (const ProfScan *line)
{
  const char *at = line->at;

  while (at < line->end && (g_ascii_isalpha (*at) || *at == '_'))
    at++;
  return at > line->at && at < line->end && (*at == ':' || *at == '=');
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Callgrind *self = data;
  bool       is_one;

  prof_scan_trim (&line);
  if (line.at == line.end || *line.at == '#')
    return true;
  prof_builder_at (self->base.builder, self->base.lines.offset);
  self->is_whole = false;
  if (g_ascii_isdigit (*line.at) || *line.at == '+' || *line.at == '-' ||
      *line.at == '*' || prof_scan_is_blank (*line.at))
    return take_cost_line (self, line, error);
  if (!take_assignment (self, line, &is_one, error))
    return false;
  if (is_one)
    return true;
  if (prof_scan_text (&line, "calls="))
    return take_calls (self, &line, error);
  if (prof_scan_text (&line, "events:"))
    return take_events (self, line, error);
  if (prof_scan_text (&line, "positions:"))
    return take_positions (self, line, error);
  if (prof_scan_text (&line, "version:"))
    return take_version (line, error);
  if (prof_scan_text (&line, "cmd:"))
    return take_command (self, line, error);
  self->is_whole = is_other (&line);
  return self->is_whole ||
         fail (self, line.at, "this is no cost, name or call", error);
}

/* --- for the table of formats --- */

/* What stands before "events:", and nothing else does. */
static bool
is_head (const ProfScan *line)
{
  static const char *const keys[] = {
    "#",     "version:", "creator:", "pid:",   "cmd:",      "part:",
    "desc:", "thread:",  "target:",  "event:", "positions:"
  };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      ProfScan rest = *line;

      if (prof_scan_text (&rest, keys[i]))
        return true;
    }
  return false;
}

/* What stands behind it. */
static bool
is_body (const ProfScan *line)
{
  static const char *const keys[] = { "fn=",      "fl=",     "fi=",       "ob=",
                                      "summary:", "totals:", "positions:" };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      ProfScan rest = *line;

      if (prof_scan_text (&rest, keys[i]))
        return true;
    }
  return false;
}

static bool
sniff (const uint8_t *bytes, size_t length)
{
  static const char first[] = "# callgrind format";
  ProfScan          head = prof_lines_look (bytes, length);
  bool              is_all = length < PROF_PIECES_SIZE;
  ProfScan          line;

  if (!prof_lines_is_text (bytes, length))
    return false;
  line = head;
  if (prof_scan_text (&line, first))
    return true;
  while (prof_lines_look_first (&head, is_all, &line))
    if (prof_scan_text (&line, "events:"))
      return prof_lines_look_first (&head, is_all, &line) && is_body (&line);
    else if (!is_head (&line))
      return false;
  return false;
}

static void *
begin (const ProfLimits *limits)
{
  Callgrind *self = g_new0 (Callgrind, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->functions = prof_strings_new ();
  self->n_positions = 1;
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Callgrind *self = data;

  if (self->flow != NULL)
    prof_builder_hold (self->base.builder,
                       prof_call_flow_bytes (self->flow) +
                           prof_strings_bytes (self->functions));
  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Callgrind *self = data;

  if (!prof_text_end (&self->base, take_line, error))
    return NULL;
  if (self->flow == NULL || self->is_call || self->has_callee)
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "the file ends before its costs do");
  if (self->base.lines.is_cut && !self->is_whole)
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "line %" G_GUINT64_FORMAT
                           ": the file ends inside a line",
                           self->base.lines.number);
  if (!prof_call_flow_finish (self->flow, self->base.builder, error))
    return NULL;
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_callgrind (void *data)
{
  Callgrind *self = data;

  prof_text_clear (&self->base);
  prof_call_flow_free (self->flow);
  for (size_t n = 0; n < N_NAMES; n++)
    prof_vec_i64_clear (&self->numbered[n]);
  prof_strings_unref (self->functions);
  g_free (self);
}

const ProfDecoder prof_callgrind_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_callgrind,
};
