/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-folded-decode.h"

#include "base/prof-limits.h"
#include "formats/prof-text.h"
#include "input/prof-pieces.h"

/* main;work;read_[k] 17          one number: a count
 * main;work;read_[k] 17 12       two in every line: before and after
 * samples/count cpu/nanoseconds  a first line like this: as many as it has words
 *
 * Whether two numbers are two counts, or one and the end of a name ("goroutine
 * 17"), can only be told by more lines than one. So the beginning of the file is
 * kept until HEAD bytes of it are there, and what holds for all of its lines
 * holds for the file. */

#define FORMAT "folded stacks"
#define HEAD   (64u << 10)

/* A stack that is longer than all that is looked at has at least this many
 * frames. */
#define MANY 64

/* What our own files have in place of a stack without frames. */
#define NO_STACK "[no stack]"

/* Decimals of counts are kept by counting in thousandths or millionths; none in a
 * file as most are. */
#define DECIMALS_STEP 3
#define MOST_DECIMALS 6

PROF_VEC_DEFINE (ProfVecFoldedLine, prof_vec_folded_line, ProfRawLine)

typedef struct
{
  ProfText base; /* first */

  ProfVecU8 head;       /* (owned) until is_decided */
  bool      is_decided; /* the next two are known */
  bool      has_header;
  bool      is_change; /* two counts a line: before, after */
  size_t    n_values;  /* numbers a line */
  unsigned  decimals;  /* that values have: 0, 3 or 6 */

  int64_t base_key; /* of the label of what was before */
  int64_t base_true;

  /* Owned; used again for each line */
  ProfVecU64        stack; /* leaf first */
  ProfVecI64        values;
  ProfVecFoldedLine inlined; /* into the frame that comes next */

  ProfVecU64 plain; /* location of a name without annotation, by position */
} Folded;

/* What may stand behind a name: "_[k]". Inlined frames are told as such, the
 * others by a mapping. */
static const struct
{
  const char *mark;
  const char *mapping; /* NULL: inlined */
} annotations[] = {
  { "_[k]", "[kernel.kallsyms]" },
  { "_[i]", NULL },
  { "_[j]", "[jit]" },
  { "_[w]", "[waker]" },
  { "_[0]", "[interpreted]" },
  { "_[1]", "[c1]" },
};

/* --- what a line is --- */

static bool
is_comment (const ProfScan *line)
{
  return prof_scan_left (line) >= 2 && memcmp (line->at, "# ", 2) == 0;
}

/* "samples/count cpu/nanoseconds": every word has a slash within, and is no
 * JSON. */
static bool
is_header (ProfScan line)
{
  ProfScan word;
  size_t   n = 0;

  for (; prof_scan_blanks (&line), prof_scan_word (&line, &word); n++)
    {
      const char *slash = memchr (word.at, '/', prof_scan_left (&word));

      if (slash == NULL || slash == word.at || slash + 1 == word.end ||
          memchr (word.at, ';', prof_scan_left (&word)) != NULL ||
          memchr (word.at, '"', prof_scan_left (&word)) != NULL)
        return false;
    }
  return n > 0;
}

/* Takes a number and the blanks before it off the end of a line: digits, perhaps
 * with a '-' before and decimals behind. What is left of the line may be
 * nothing. */
static bool
take_count (ProfScan *line, ProfScan *count)
{
  ProfScan    rest = *line;
  const char *at;

  prof_scan_trim (&rest);
  at = rest.end;
  while (at > rest.at && g_ascii_isdigit (at[-1]))
    at--;
  if (at > rest.at && at[-1] == '.')
    for (at--; at > rest.at && g_ascii_isdigit (at[-1]);)
      at--;
  if (at == rest.end || !g_ascii_isdigit (*at))
    return false;
  if (at > rest.at && at[-1] == '-')
    at--;
  if (at > rest.at && !prof_scan_is_blank (at[-1]))
    return false;
  *count = (ProfScan){ at, rest.end };
  rest.end = at;
  prof_scan_trim (&rest);
  *line = rest;
  return true;
}

/* --- recognising --- */

static bool
has_frames (const ProfScan *line)
{
  return memchr (line->at, ';', prof_scan_left (line)) != NULL;
}

/* A stack so deep that its count is beyond what is looked at. A program squeezed
 * into one line has as many semicolons, and braces. */
static bool
is_deep (const ProfScan *line)
{
  size_t n = 0;

  for (const char *at = line->at; at < line->end; at++)
    {
      if (*at == '{' || *at == '}' || *at == '"')
        return false;
      n += *at == ';';
    }
  return n >= MANY;
}

static bool
sniff (const uint8_t *bytes, size_t length)
{
  ProfScan head = prof_lines_look (bytes, length);
  bool     is_all = length < PROF_PIECES_SIZE;
  ProfScan line;
  ProfScan count;
  size_t   n = 0;

  if (!prof_lines_is_text (bytes, length))
    return false;
  while (prof_lines_look_first (&head, is_all, &line))
    {
      if (is_comment (&line))
        continue;
      if (n == 0 && is_header (line))
        return true;
      if (!take_count (&line, &count))
        return false;
      if (has_frames (&line))
        return true;
      /* Columns of numbers are no stacks. */
      if (line.at == line.end ||
          (take_count (&line, &count) && line.at == line.end))
        return false;
      n++;
    }
  return n > 0 || is_deep (&head);
}

/* --- stacks --- */

static bool
function_of (Folded *self, ProfScan name, uint64_t *id, GError **error)
{
  ProfRawFunction function = { 0 };

  if (!prof_places_text (self->base.places,
                         name.at,
                         prof_scan_left (&name),
                         &function.name,
                         error))
    return false;
  function.system_name = function.name;
  return prof_places_function (self->base.places, &function, id, error);
}

static bool
add_location (Folded *self, uint64_t mapping, uint64_t *id, GError **error)
{
  ProfRawLocation location = { .mapping = mapping };

  if (!prof_places_location (self->base.places,
                             &location,
                             self->inlined.data,
                             self->inlined.length,
                             id,
                             error))
    return false;
  self->inlined.length = 0;
  return prof_vec_u64_append (&self->stack, *id) || prof_fail_memory (error);
}

/* The location is kept by the position of its name. */
static bool
remember (Folded *self, size_t position, uint64_t id)
{
  while (self->plain.length <= position)
    if (!prof_vec_u64_append (&self->plain, 0))
      return false;
  self->plain.data[position] = id;
  return true;
}

/* A frame as nearly all are: looked up once, by its name. */
static bool
add_plain (Folded *self, ProfScan name, GError **error)
{
  ProfRawLine line = { 0 };
  int64_t     position;
  uint64_t    id;

  if (!prof_places_text (self->base.places,
                         name.at,
                         prof_scan_left (&name),
                         &position,
                         error))
    return false;
  if ((size_t)position < self->plain.length && self->plain.data[position] != 0)
    return prof_vec_u64_append (&self->stack, self->plain.data[position]) ||
           prof_fail_memory (error);
  if (!function_of (self, name, &line.function, error))
    return false;
  if (!prof_vec_folded_line_append (&self->inlined, line))
    return prof_fail_memory (error);
  return add_location (self, 0, &id, error) &&
         (remember (self, (size_t)position, id) || prof_fail_memory (error));
}

/* The annotation at the end of a name, or -1. */
static int
annotation_of (const ProfScan *name)
{
  if (name->at == name->end || name->end[-1] != ']')
    return -1;
  for (size_t i = 0; i < G_N_ELEMENTS (annotations); i++)
    if (prof_scan_ends (name, annotations[i].mark))
      return (int)i;
  return -1;
}

static bool
add_frame (Folded *self, ProfScan name, bool is_root, GError **error)
{
  int         annotation = annotation_of (&name);
  const char *mapping = NULL;
  uint64_t    mapping_id = 0;
  ProfRawLine line = { 0 };
  uint64_t    id;

  if (annotation < 0 && self->inlined.length == 0)
    return add_plain (self, name, error);
  if (annotation >= 0)
    {
      name.end -= strlen (annotations[annotation].mark);
      mapping = annotations[annotation].mapping;
    }
  if (!function_of (self, name, &line.function, error))
    return false;
  if (!prof_vec_folded_line_append (&self->inlined, line))
    return prof_fail_memory (error);
  if (annotation >= 0 && mapping == NULL && !is_root)
    return true;
  if (mapping != NULL && !prof_places_mapping (self->base.places,
                                               mapping,
                                               strlen (mapping),
                                               &mapping_id,
                                               error))
    return false;
  return add_location (self, mapping_id, &id, error);
}

/* From the leaf to the root. */
static bool
take_stack (Folded *self, ProfScan stack, GError **error)
{
  self->stack.length = 0;
  self->inlined.length = 0;
  while (stack.end > stack.at && stack.end[-1] == ';')
    stack.end--;
  if (prof_scan_is (&stack, NO_STACK))
    return true;
  while (stack.end > stack.at)
    {
      ProfScan name = { stack.end, stack.end };
      bool     is_root;

      while (name.at > stack.at && name.at[-1] != ';')
        name.at--;
      is_root = name.at == stack.at;
      if (!add_frame (self, name, is_root, error))
        return false;
      stack.end = is_root ? stack.at : name.at - 1;
      /* A semicolon in front of all: the root has no name. */
      if (!is_root && stack.end == stack.at &&
          !add_frame (self, stack, true, error))
        return false;
    }
  return true;
}

/* --- numbers --- */

static bool
fail_too_large (const Folded *self, const ProfScan *count, GError **error)
{
  return prof_lines_fail (&self->base.lines,
                          count->at,
                          error,
                          "the number does not fit into 64 bits");
}

/* Makes room for decimals in all values so far. */
static bool
raise_decimals (Folded *self, unsigned decimals, GError **error)
{
  int64_t factor = 1;

  while (self->decimals < decimals)
    {
      self->decimals += DECIMALS_STEP;
      factor *= 1000;
    }
  for (size_t i = 0; i < self->values.length; i++)
    if (__builtin_mul_overflow (self->values.data[i],
                                factor,
                                &self->values.data[i]))
      return prof_fail (error,
                        PROF_ERROR_TOO_LARGE,
                        "a number with its decimals does not fit into 64 bits");
  return prof_builder_scale (self->base.builder, factor, error);
}

/* How many of these decimals matter, up to the most that are kept. */
static unsigned
n_decimals (const ProfScan *decimals)
{
  ProfScan some = *decimals;

  while (some.at < some.end && some.end[-1] == '0')
    some.end--;
  return (unsigned)MIN (prof_scan_left (&some), MOST_DECIMALS);
}

/* Adds as many decimals to a number as values have, the last one rounded. */
static bool
add_decimals (Folded *self, ProfScan decimals, uint64_t *number)
{
  for (unsigned i = 0; i < self->decimals; i++)
    {
      uint64_t digit = 0;

      if (decimals.at < decimals.end)
        digit = (uint64_t)(*decimals.at++ - '0');
      if (__builtin_mul_overflow (*number, UINT64_C (10), number) ||
          __builtin_add_overflow (*number, digit, number))
        return false;
    }
  if (decimals.at < decimals.end && *decimals.at >= '5')
    return !__builtin_add_overflow (*number, UINT64_C (1), number);
  return true;
}

static bool
take_number (Folded *self, ProfScan count, int64_t *value, GError **error)
{
  ProfScan rest = count;
  bool     is_negative = prof_scan_letter (&rest, '-');
  uint64_t number;

  if (!prof_scan_number (&rest, &number))
    return fail_too_large (self, &count, error);
  prof_scan_letter (&rest, '.');
  if (self->has_header && n_decimals (&rest) > 0)
    return prof_lines_fail (&self->base.lines,
                            count.at,
                            error,
                            "decimals are not possible below a line of units");
  if (n_decimals (&rest) > self->decimals &&
      !raise_decimals (self, n_decimals (&rest), error))
    return false;
  if (!add_decimals (self, rest, &number) || number > INT64_MAX)
    return fail_too_large (self, &count, error);
  *value = is_negative ? -(int64_t)number : (int64_t)number;
  return true;
}

static bool
fail_count (const Folded *self, const ProfScan *line, size_t n, GError **error)
{
  if (n == 0)
    return prof_lines_fail (&self->base.lines,
                            line->end,
                            error,
                            "there is no number behind the stack");
  return prof_lines_fail (&self->base.lines,
                          line->end,
                          error,
                          self->is_change
                              ? "there is one number behind the stack, and all "
                                "lines before have two"
                              : "there are fewer numbers behind the stack than "
                                "the first line names");
}

/* Takes the numbers off the line's end; what is left is the stack. */
static bool
take_numbers (Folded *self, ProfScan *line, GError **error)
{
  self->values.length = 0;
  for (size_t n = 0; n < self->n_values; n++)
    {
      ProfScan count;
      int64_t  value = 0;

      if (!take_count (line, &count))
        return fail_count (self, line, n, error);
      if (!take_number (self, count, &value, error))
        return false;
      if (!prof_vec_i64_append (&self->values, value))
        return prof_fail_memory (error);
    }
  return true;
}

/* --- samples --- */

static bool
add_sample (Folded             *self,
            const ProfRawLabel *labels,
            size_t              n_labels,
            GError            **error)
{
  return prof_builder_add_sample (self->base.builder,
                                  self->stack.data,
                                  self->stack.length,
                                  self->values.data,
                                  self->is_change ? 1 : self->n_values,
                                  labels,
                                  n_labels,
                                  error);
}

/* Two samples as in a comparison that pprof has saved: what is, and less what was,
 * labelled as the base's. The values are there last first. */
static bool
add_change (Folded *self, GError **error)
{
  const ProfRawLabel base = { .key = self->base_key, .str = self->base_true };
  int64_t            before = self->values.data[1];

  if ((self->values.data[0] != 0 || before == 0) &&
      !add_sample (self, NULL, 0, error))
    return false;
  if (before == 0)
    return true;
  self->values.data[0] = -before;
  return add_sample (self, &base, 1, error);
}

static void
turn_values (Folded *self)
{
  int64_t *values = self->values.data;
  size_t   n = self->values.length;

  for (size_t i = 0; i < n / 2; i++)
    {
      int64_t value = values[i];

      values[i] = values[n - 1 - i];
      values[n - 1 - i] = value;
    }
}

static bool
add_type (Folded     *self,
          const char *name,
          size_t      name_length,
          const char *unit,
          size_t      unit_length,
          GError    **error)
{
  ProfRawValueType type;

  return prof_places_text (self->base.places,
                           name,
                           name_length,
                           &type.type,
                           error) &&
         prof_places_text (self->base.places,
                           unit,
                           unit_length,
                           &type.unit,
                           error) &&
         prof_builder_add_type (self->base.builder, &type, error);
}

/* Sample types by the words of the first line. */
static bool
take_header (Folded *self, ProfScan line, GError **error)
{
  ProfScan word;
  size_t   n = 0;

  for (; prof_scan_blanks (&line), prof_scan_word (&line, &word); n++)
    {
      ProfScan name = word;

      if (n == PROF_MAX_TYPES)
        return prof_lines_fail (&self->base.lines,
                                word.at,
                                error,
                                "more than %u sample types",
                                PROF_MAX_TYPES);
      prof_scan_until (&word, '/', &name);
      if (!add_type (self,
                     name.at,
                     prof_scan_left (&name),
                     word.at,
                     prof_scan_left (&word),
                     error))
        return false;
    }
  self->n_values = n;
  return true;
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Folded *self = data;

  prof_scan_trim (&line);
  if (line.at == line.end || is_comment (&line))
    return true;
  if (self->has_header && self->n_values == 0)
    return take_header (self, line, error);
  prof_builder_at (self->base.builder, self->base.lines.offset);
  if (!take_numbers (self, &line, error) || !take_stack (self, line, error))
    return false;
  if (self->is_change)
    return add_change (self, error);
  turn_values (self);
  return add_sample (self, NULL, 0, error);
}

/* --- the head --- */

/* Whether all lines with a number have two; and whether the first is names of
 * types. */
static void
look_at_head (Folded *self, bool is_all)
{
  ProfScan head = prof_lines_look (self->head.data, self->head.length);
  ProfScan line;
  size_t   n = 0;
  size_t   n_two = 0;

  while (prof_lines_look_first (&head, is_all, &line))
    {
      ProfScan count;

      if (is_comment (&line))
        continue;
      if (n == 0 && is_header (line))
        {
          self->has_header = true;
          return;
        }
      n++;
      n_two += take_count (&line, &count) && take_count (&line, &count) &&
               line.at < line.end;
    }
  self->is_change = n > 0 && n_two == n;
  self->n_values = self->is_change ? 2 : 1;
}

static bool
decide (Folded *self, bool is_all, GError **error)
{
  bool ok;

  self->is_decided = true;
  look_at_head (self, is_all);
  ok = (!self->is_change || (prof_places_text (self->base.places,
                                               "pprof::base",
                                               strlen ("pprof::base"),
                                               &self->base_key,
                                               error) &&
                             prof_places_text (self->base.places,
                                               "true",
                                               strlen ("true"),
                                               &self->base_true,
                                               error))) &&
       prof_lines_feed (&self->base.lines,
                        self->head.data,
                        self->head.length,
                        take_line,
                        self,
                        error);
  prof_vec_u8_clear (&self->head);
  return ok;
}

/* --- for the table of formats --- */

static void *
begin (const ProfLimits *limits)
{
  Folded *self = g_new0 (Folded, 1);

  prof_text_init (&self->base, limits, FORMAT);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Folded *self = data;

  if (!self->is_decided)
    {
      size_t n = MIN (HEAD - self->head.length, length);

      if (!prof_vec_u8_extend (&self->head, bytes, n))
        return prof_fail_memory (error);
      if (self->head.length < HEAD)
        return true;
      if (!decide (self, false, error))
        return false;
      bytes += n;
      length -= n;
    }
  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

/* The type can only be named when it is known how it is counted. */
static bool
add_count_type (Folded *self, GError **error)
{
  const char *unit = self->decimals == 0   ? "count"
                     : self->decimals == 3 ? "thousandths"
                                           : "millionths";

  return add_type (self,
                   "samples",
                   strlen ("samples"),
                   unit,
                   strlen (unit),
                   error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Folded *self = data;

  if ((!self->is_decided && !decide (self, true, error)) ||
      !prof_text_end (&self->base, take_line, error) ||
      (!self->has_header && !add_count_type (self, error)))
    return NULL;
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_folded (void *data)
{
  Folded *self = data;

  prof_text_clear (&self->base);
  prof_vec_u8_clear (&self->head);
  prof_vec_u64_clear (&self->stack);
  prof_vec_i64_clear (&self->values);
  prof_vec_folded_line_clear (&self->inlined);
  prof_vec_u64_clear (&self->plain);
  g_free (self);
}

const ProfDecoder prof_folded_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_folded,
};
