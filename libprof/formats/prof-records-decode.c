/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-records-decode.h"

#include "formats/prof-maps.h"
#include "formats/prof-quoted.h"
#include "formats/prof-records-head.h"
#include "formats/prof-unsample.h"
#include "input/prof-pieces.h"

/*   heap profile: 3: 48 [9: 144] @ heap/1048576     the first line tells which
 *   1: 16 [3: 48] @ 0x45e8a5 0x4375f2 0x4632c1      a record
 *   # labels: {"role":"reader"}                     what Go adds to it
 *   #	0x45e8a4	main.work+0x24	/src/main.go:7
 *   ...
 *   # runtime.MemStats                              kept as comments
 *   # Alloc = 9650880
 *   MAPPED_LIBRARIES:                               what gperftools adds to all
 *   00400000-006ac000 r-xp 00000000 08:01 123 /bin/server
 *
 * A record is kept until the next one begins, as its comments come after it. */

#define FORMAT "pprof text (debug=1)"

typedef enum
{
  BEGINNING,
  ATTRIBUTES, /* "cycles/second=...", of contention only */
  RECORDS,
  JEMALLOC, /* its records */
  STATISTICS,
  MAP,
} Part;

typedef struct
{
  bool    is_there;
  int64_t values[4];
  int64_t block_size; /* heap: its label "bytes" */
} Record;

PROF_VEC_DEFINE (ProfVecRecordLabel, prof_vec_record_label, ProfRawLabel)

typedef struct
{
  ProfText base; /* first */

  ProfMaps *maps; /* (owned) */

  Part            part;
  ProfRecordsHead head;
  int64_t         hertz; /* contention: 0 when its times are nanoseconds */

  /* Of the record that is waiting */
  Record             record;
  ProfVecU64         addresses; /* its own: leaf first, of return */
  ProfVecU64         stack;     /* as its comments name them */
  ProfVecRecordLabel labels;

  GString *text; /* (owned) used again */
} Records;

static bool
take_first (Records *self, const ProfScan *line, GError **error)
{
  if (!prof_records_head_take (&self->head, &self->base, line, error))
    return false;
  self->part = self->head.kind == PROF_RECORDS_JEMALLOC     ? JEMALLOC
               : self->head.kind == PROF_RECORDS_CONTENTION ? ATTRIBUTES
                                                            : RECORDS;
  return true;
}

/* --- attributes of contention --- */

static bool
scan_attribute (ProfScan line, ProfScan *key, ProfScan *value)
{
  if (!prof_scan_until (&line, '=', key))
    return false;
  prof_scan_trim (key);
  prof_scan_blanks (&line);
  *value = line;
  return true;
}

static bool
take_attribute (Records        *self,
                const ProfScan *key,
                const ProfScan *value,
                GError        **error)
{
  ProfRawHeader *header = prof_builder_header (self->base.builder);
  ProfScan       rest = *value;
  int64_t        number;

  if (prof_scan_is (key, "format"))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "this kind of contention profile is not read");
  if (!prof_scan_is (key, "cycles/second") &&
      !prof_scan_is (key, "sampling period") &&
      !prof_scan_is (key, "ms since reset"))
    return true;
  if (!prof_scan_integer (&rest, &number) || rest.at < rest.end || number < 0)
    return prof_lines_fail (&self->base.lines,
                            value->at,
                            error,
                            "this is not a number");
  if (prof_scan_is (key, "cycles/second"))
    self->hertz = number;
  else if (prof_scan_is (key, "sampling period"))
    self->head.period = header->period = number;
  else if (number < INT64_MAX / 1000000)
    header->duration_ns = number * 1000000;
  return true;
}

/* --- records --- */

static bool
scan_signed_pair (ProfScan *line, int64_t *first, int64_t *second)
{
  prof_scan_blanks (line);
  if (!prof_scan_integer (line, first))
    return false;
  prof_scan_letter (line, ':');
  prof_scan_blanks (line);
  return prof_scan_integer (line, second);
}

static bool
fail_here (const Records  *self,
           const ProfScan *line,
           const char     *what,
           GError        **error)
{
  return prof_lines_fail (&self->base.lines, line->at, error, "%s", what);
}

/* Objects and bytes as values; what is no number of objects has no bytes. */
static bool
take_objects (Records        *self,
              const ProfScan *line,
              int64_t         objects,
              int64_t         bytes,
              int64_t        *values,
              GError        **error)
{
  if (objects == 0 && bytes != 0)
    return fail_here (self, line, "bytes of no object", error);
  if (objects != 0)
    {
      self->record.block_size = bytes / objects;
      if (self->head.is_sampled)
        prof_unsample (self->head.period, &objects, &bytes);
    }
  values[0] = objects;
  values[1] = bytes;
  return true;
}

/* "1: 16 [3: 48] " */
static bool
take_heap_numbers (Records *self, ProfScan *line, GError **error)
{
  ProfScan begin = *line;
  int64_t  used[2];
  int64_t  allocated[2];
  int64_t *values = self->record.values;

  if (!scan_signed_pair (line, &used[0], &used[1]))
    return fail_here (self, line, "no numbers of objects and bytes", error);
  prof_scan_blanks (line);
  if (!prof_scan_letter (line, '[') ||
      !scan_signed_pair (line, &allocated[0], &allocated[1]) ||
      !prof_scan_letter (line, ']'))
    return fail_here (self, line, "no numbers of what was allocated", error);
  if (self->head.n_types == 4)
    {
      if (!take_objects (self,
                         &begin,
                         allocated[0],
                         allocated[1],
                         values,
                         error))
        return false;
      values += 2;
    }
  return take_objects (self, &begin, used[0], used[1], values, error);
}

/* "43800120 8 ": cycles, and how often. */
static bool
take_contention_numbers (Records *self, ProfScan *line, GError **error)
{
  int64_t delay;
  int64_t count;

  if (!scan_signed_pair (line, &delay, &count))
    return fail_here (self, line, "no time and number", error);
  if (self->head.period > 0)
    {
      if (__builtin_mul_overflow (count, self->head.period, &count))
        count = INT64_MAX;
      if (self->hertz > 0)
        delay = prof_unsample_whole ((double)delay * (double)self->head.period /
                                     ((double)self->hertz / 1e9));
    }
  self->record.values[0] = count;
  self->record.values[1] = delay;
  return true;
}

static bool
take_numbers (Records *self, ProfScan *line, GError **error)
{
  switch (self->head.kind)
    {
    case PROF_RECORDS_HEAP:
    case PROF_RECORDS_JEMALLOC:
      return take_heap_numbers (self, line, error);
    case PROF_RECORDS_CONTENTION:
      return take_contention_numbers (self, line, error);
    case PROF_RECORDS_COUNT:
    default:
      return prof_scan_integer (line, &self->record.values[0]) ||
             fail_here (self, line, "no number", error);
    }
}

static bool
take_addresses (Records *self, ProfScan *line, GError **error)
{
  prof_scan_blanks (line);
  if (!prof_scan_letter (line, '@'))
    return fail_here (self, line, "no @ in front of the addresses", error);
  for (prof_scan_blanks (line); line->at < line->end; prof_scan_blanks (line))
    {
      uint64_t address;

      if (!prof_scan_hex (line, &address) ||
          (line->at < line->end && !prof_scan_is_blank (*line->at)))
        return fail_here (self, line, "this is not an address", error);
      if (!prof_vec_u64_append (&self->addresses, address))
        return prof_fail_memory (error);
    }
  return true;
}

/* Addresses are of where calls return to: one less is inside the call. */
static bool
stack_of_addresses (Records *self, GError **error)
{
  for (size_t i = 0; i < self->addresses.length; i++)
    {
      uint64_t id = 0;

      if (!prof_places_address (self->base.places,
                                self->addresses.data[i] - 1,
                                &id,
                                error))
        return false;
      if (!prof_vec_u64_append (&self->stack, id))
        return prof_fail_memory (error);
    }
  return true;
}

/* Without a unit, as pprof has it. */
static bool
add_block_size (Records *self, GError **error)
{
  ProfRawLabel label = { .num = self->record.block_size };

  if (label.num == 0)
    return true;
  return prof_text_word (&self->base, "bytes", &label.key, error) &&
         (prof_vec_record_label_append (&self->labels, label) ||
          prof_fail_memory (error));
}

/* Gives the record that was waiting to the builder. */
static bool
end_record (Records *self, GError **error)
{
  if (!self->record.is_there)
    return true;
  self->record.is_there = false;
  if (self->stack.length == 0 && !stack_of_addresses (self, error))
    return false;
  if ((self->head.kind == PROF_RECORDS_HEAP ||
       self->head.kind == PROF_RECORDS_JEMALLOC) &&
      !add_block_size (self, error))
    return false;
  return prof_builder_add_sample (self->base.builder,
                                  self->stack.data,
                                  self->stack.length,
                                  self->record.values,
                                  self->head.n_types,
                                  self->labels.data,
                                  self->labels.length,
                                  error);
}

static bool
take_record (Records *self, ProfScan line, GError **error)
{
  if (!end_record (self, error))
    return false;
  prof_builder_at (self->base.builder, self->base.lines.offset);
  self->record = (Record){ .is_there = true };
  self->addresses.length = 0;
  self->stack.length = 0;
  self->labels.length = 0;
  return take_numbers (self, &line, error) &&
         take_addresses (self, &line, error);
}

/* --- records of jemalloc --- */

/* Begins a record whose numbers come in another line. */
static bool
take_jemalloc_addresses (Records *self, ProfScan line, GError **error)
{
  if (!end_record (self, error))
    return false;
  prof_builder_at (self->base.builder, self->base.lines.offset);
  self->record = (Record){ 0 };
  self->addresses.length = 0;
  self->stack.length = 0;
  self->labels.length = 0;
  return take_addresses (self, &line, error);
}

/* The first numbers are those of the whole profile; others belong to the
 * addresses before them. */
static bool
take_jemalloc_numbers (Records *self, ProfScan line, GError **error)
{
  if (self->head.n_types == 0)
    {
      uint64_t n[4];

      prof_scan_blanks (&line);
      if (!prof_records_scan_pair (&line, &n[0], &n[1]))
        return fail_here (self,
                          &line,
                          "no numbers of objects and bytes",
                          error);
      prof_scan_blanks (&line);
      if (!prof_scan_letter (&line, '[') ||
          !prof_records_scan_pair (&line, &n[2], &n[3]))
        return fail_here (self,
                          &line,
                          "no numbers of what was allocated",
                          error);
      return prof_records_head_add_heap_types (&self->head,
                                               &self->base,
                                               n,
                                               error);
    }
  self->record.is_there = true;
  return take_heap_numbers (self, &line, error);
}

/* "t*: 3: 48 [9: 144]" is the sum of all threads, "t7: ..." one of them. */
static bool
take_jemalloc (Records *self, ProfScan line, GError **error)
{
  if (line.at < line.end && *line.at == '@')
    return take_jemalloc_addresses (self, line, error);
  if (prof_scan_text (&line, "t*:"))
    return take_jemalloc_numbers (self, line, error);
  return prof_scan_letter (&line, 't') ||
         fail_here (self, &line, "this is no line of a heap profile", error);
}

/* --- comments of Go --- */

static bool
take_quoted (Records *self, ProfScan *line, int64_t *position, GError **error)
{
  if (!prof_quoted_scan (line, self->text))
    return fail_here (self, line, "this is no text in quotation marks", error);
  return prof_places_text (self->base.places,
                           self->text->str,
                           self->text->len,
                           position,
                           error);
}

/* {"role":"reader", "shelf":"1"} */
static bool
take_labels (Records *self, ProfScan line, GError **error)
{
  prof_scan_blanks (&line);
  if (!prof_scan_letter (&line, '{'))
    return fail_here (self, &line, "no { in front of labels", error);
  while (!prof_scan_letter (&line, '}'))
    {
      ProfRawLabel label = { 0 };

      if (!take_quoted (self, &line, &label.key, error))
        return false;
      if (!prof_scan_letter (&line, ':'))
        return fail_here (self, &line, "no : behind the key of a label", error);
      if (!take_quoted (self, &line, &label.str, error))
        return false;
      if (!prof_vec_record_label_append (&self->labels, label))
        return prof_fail_memory (error);
      if (prof_scan_letter (&line, ','))
        prof_scan_blanks (&line);
    }
  return true;
}

/* Takes what comes up to the next tab, and all tabs there. */
static ProfScan
take_cell (ProfScan *line)
{
  ProfScan cell;

  if (!prof_scan_until (line, '\t', &cell))
    {
      cell = *line;
      line->at = line->end;
    }
  while (prof_scan_letter (line, '\t'))
    ;
  return cell;
}

/* The last such letter, or %NULL. */
static const char *
last_letter (const ProfScan *text, char letter)
{
  const char *at = text->end;

  while (at > text->at)
    if (*--at == letter)
      return at;
  return NULL;
}

/* "main.work+0x24" and "/src/main.go:7" */
static bool
add_frame (Records *self,
           uint64_t address,
           ProfScan name,
           ProfScan place,
           GError **error)
{
  ProfRawFunction function = { 0 };
  ProfRawLocation location = { .address = address };
  ProfRawLine     line = { 0 };
  const char     *plus = last_letter (&name, '+');
  const char     *colon = last_letter (&place, ':');
  uint64_t        id = 0;

  if (plus != NULL && plus > name.at)
    name.end = plus;
  if (colon != NULL)
    {
      ProfScan number = { colon + 1, place.end };

      if (prof_scan_integer (&number, &line.line))
        place.end = colon;
    }
  if (!prof_places_text (self->base.places,
                         name.at,
                         prof_scan_left (&name),
                         &function.name,
                         error) ||
      !prof_places_text (self->base.places,
                         place.at,
                         prof_scan_left (&place),
                         &function.filename,
                         error))
    return false;
  function.system_name = function.name;
  return prof_places_function (self->base.places,
                               &function,
                               &line.function,
                               error) &&
         prof_places_location (self->base.places,
                               &location,
                               &line,
                               1,
                               &id,
                               error) &&
         (prof_vec_u64_append (&self->stack, id) || prof_fail_memory (error));
}

/* Behind "#" and a tab: an address, and mostly name and place. A record without
 * a stack has 0 there. */
static bool
take_frame (Records *self, ProfScan line, GError **error)
{
  ProfScan cell = take_cell (&line);
  ProfScan name = take_cell (&line);
  uint64_t address;
  uint64_t id = 0;

  if (!prof_scan_hex (&cell, &address) || cell.at < cell.end)
    return fail_here (self, &cell, "this is not an address", error);
  if (name.at < name.end)
    return add_frame (self, address, name, line, error);
  if (address == 0)
    return true;
  return prof_places_address (self->base.places, address, &id, error) &&
         (prof_vec_u64_append (&self->stack, id) || prof_fail_memory (error));
}

static bool
take_comment (Records *self, ProfScan line, GError **error)
{
  if (prof_scan_is (&line, "# runtime.MemStats"))
    {
      self->part = STATISTICS;
      return true;
    }
  if (!self->record.is_there)
    return true;
  if (prof_scan_text (&line, "# labels:"))
    return take_labels (self, line, error);
  return !prof_scan_text (&line, "#\t") || take_frame (self, line, error);
}

/* "# Alloc = 9650880"; lists of numbers are left out. */
static bool
take_statistic (Records *self, ProfScan line, GError **error)
{
  ProfScan key;
  ProfScan value;
  int64_t  text;

  if (!prof_scan_text (&line, "# ") || !scan_attribute (line, &key, &value) ||
      (value.at < value.end && *value.at == '['))
    return true;
  return prof_places_text (self->base.places,
                           line.at,
                           prof_scan_left (&line),
                           &text,
                           error) &&
         prof_builder_add_comment (self->base.builder, text, error);
}

/* --- lines --- */

static bool
take_attribute_or_record (Records *self, const ProfScan *line, GError **error)
{
  ProfScan key;
  ProfScan value;

  if (scan_attribute (*line, &key, &value))
    return take_attribute (self, &key, &value, error);
  self->part = RECORDS;
  return take_record (self, *line, error);
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Records *self = data;

  prof_scan_trim (&line);
  if (self->part != BEGINNING && prof_maps_begins (&line))
    {
      self->part = MAP;
      return true;
    }
  if (self->part == MAP)
    return prof_maps_take (self->maps, line, error);
  if (self->part == STATISTICS)
    return take_statistic (self, line, error);
  if (line.at < line.end && *line.at == '#')
    return self->part == BEGINNING || take_comment (self, line, error);
  prof_scan_blanks (&line);
  if (line.at == line.end || prof_scan_is (&line, "---"))
    return true;
  if (self->part == BEGINNING)
    return take_first (self, &line, error);
  if (self->part == JEMALLOC)
    return take_jemalloc (self, line, error);
  if (self->part == ATTRIBUTES)
    return take_attribute_or_record (self, &line, error);
  return take_record (self, line, error);
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  ProfScan head = prof_lines_look (bytes, length);
  ProfScan line;

  if (!prof_lines_is_text (bytes, length))
    return false;
  while (prof_lines_look_first (&head, length < PROF_PIECES_SIZE, &line))
    {
      prof_scan_blanks (&line);
      if (*line.at != '#')
        return prof_records_head_is (&line);
    }
  return false;
}

static void *
begin (const ProfLimits *limits)
{
  Records *self = g_new0 (Records, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->maps = prof_maps_new ();
  self->text = g_string_new (NULL);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Records *self = data;

  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Records *self = data;

  if (!prof_text_end (&self->base, take_line, error) ||
      !end_record (self, error))
    return NULL;
  if (self->part == BEGINNING)
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "the profile ends before its first line");
  return prof_text_finish (&self->base, self->maps, error);
}

static void
free_records (void *data)
{
  Records *self = data;

  prof_text_clear (&self->base);
  prof_maps_free (self->maps);
  prof_vec_u64_clear (&self->addresses);
  prof_vec_u64_clear (&self->stack);
  prof_vec_record_label_clear (&self->labels);
  g_string_free (self->text, TRUE);
  g_free (self);
}

const ProfDecoder prof_records_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_records,
};
