/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-java-decode.h"

#include "formats/prof-java-places.h"
#include "formats/prof-text.h"
#include "formats/prof-unsample.h"
#include "input/prof-pieces.h"

/*   --- heapz 1 ---
 *   format = java
 *   resolution = bytes
 *     7048 1 @ 0x00000003 0x00000004     bytes, objects, leaf first
 *   0x00000003 com.example.Pool.take (Pool.java:128)
 *   0x00000004 com.example.Main.main (Main.java:12)
 *
 * or "--- contentionz 1 ---", where they are times and how often. */

#define FORMAT "Java profile as text"

/* Bytes between two samples of a heap; the file does not say. */
#define HEAP_PERIOD 524288

#define NS_PER_MS 1000000

typedef enum
{
  HEAD,
  ATTRIBUTES,
  SAMPLES,
  PLACES,
} Part;

typedef struct
{
  ProfText base; /* first */

  Part part;
  bool is_heap;
  bool has_types;

  /* Owned */
  ProfJavaPlaces *places;
  ProfVecU64      stack;
} Java;

static bool
fail_here (const Java     *self,
           const ProfScan *line,
           const char     *what,
           GError        **error)
{
  return prof_lines_fail (&self->base.lines, line->at, error, "%s", what);
}

/* --- attributes --- */

/* "sampling period = 100"; without blanks around both */
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
take_format (const ProfScan *value, GError **error)
{
  return prof_scan_is (value, "java") ||
         prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "a profile of this kind that is not of Java is not read");
}

/* The unit of the second value. */
static bool
take_resolution (Java *self, const ProfScan *value, GError **error)
{
  g_autofree char *unit = g_strndup (value->at, prof_scan_left (value));

  if (self->has_types)
    return fail_here (self, value, "there was a resolution before", error);
  self->has_types = true;
  return prof_text_add_type (&self->base,
                             self->is_heap ? "inuse_objects" : "contentions",
                             "count",
                             error) &&
         prof_text_add_type (&self->base,
                             self->is_heap ? "inuse_space" : "delay",
                             unit,
                             error);
}

static bool
take_number (Java *self, const ProfScan *value, int64_t *number, GError **error)
{
  ProfScan rest = *value;

  return (prof_scan_integer (&rest, number) && rest.at == rest.end &&
          *number >= 0) ||
         fail_here (self, value, "this is not a number", error);
}

static bool
take_period (Java *self, const ProfScan *value, GError **error)
{
  ProfRawHeader *header = prof_builder_header (self->base.builder);

  return take_number (self, value, &header->period, error) &&
         prof_text_word (&self->base,
                         "contentions",
                         &header->period_type.type,
                         error) &&
         prof_text_word (&self->base,
                         "count",
                         &header->period_type.unit,
                         error);
}

static bool
take_duration (Java *self, const ProfScan *value, GError **error)
{
  ProfRawHeader *header = prof_builder_header (self->base.builder);
  int64_t        ms = 0;

  if (!take_number (self, value, &ms, error))
    return false;
  return !__builtin_mul_overflow (ms, NS_PER_MS, &header->duration_ns) ||
         fail_here (self, value, "this is no duration", error);
}

static bool
take_attribute (Java           *self,
                const ProfScan *key,
                const ProfScan *value,
                GError        **error)
{
  if (prof_scan_is (key, "format"))
    return take_format (value, error);
  if (prof_scan_is (key, "resolution"))
    return take_resolution (self, value, error);
  if (!self->is_heap && prof_scan_is (key, "sampling period"))
    return take_period (self, value, error);
  if (!self->is_heap && prof_scan_is (key, "ms since reset"))
    return take_duration (self, value, error);
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "the attribute in line %" G_GUINT64_FORMAT " is not known",
                    self->base.lines.number);
}

/* --- samples --- */

/* "  7048 1 @", from which on blanks were taken off */
static bool
scan_numbers (ProfScan *line, int64_t *first, int64_t *second)
{
  if (!prof_scan_integer (line, first) || *first < 0 || line->at == line->end ||
      !prof_scan_is_blank (*line->at))
    return false;
  prof_scan_blanks (line);
  if (!prof_scan_integer (line, second) || *second < 0)
    return false;
  prof_scan_blanks (line);
  return prof_scan_letter (line, '@');
}

static bool
take_stack (Java *self, ProfScan *line, GError **error)
{
  self->stack.length = 0;
  for (prof_scan_blanks (line); line->at < line->end; prof_scan_blanks (line))
    {
      uint64_t address;
      uint64_t id = 0;

      if (!prof_scan_hex (line, &address) ||
          (line->at < line->end && !prof_scan_is_blank (*line->at)))
        return fail_here (self, line, "this is not an address", error);
      if (!prof_java_places_address (self->places, address, &id, error))
        return false;
      if (!prof_vec_u64_append (&self->stack, id))
        return prof_fail_memory (error);
    }
  return true;
}

static bool
add_sample (Java *self, int64_t *values, int64_t block_size, GError **error)
{
  ProfRawLabel label = { .num = block_size };

  if (!prof_text_word (&self->base, "bytes", &label.key, error))
    return false;
  return prof_builder_add_sample (self->base.builder,
                                  self->stack.data,
                                  self->stack.length,
                                  values,
                                  2,
                                  &label,
                                  block_size != 0,
                                  error);
}

/* How many, and how much; the line has them the other way round. */
static bool
take_heap_sample (Java           *self,
                  const ProfScan *line,
                  int64_t        *values,
                  GError        **error)
{
  int64_t block_size;

  if (values[0] == 0)
    return fail_here (self, line, "bytes of no object", error);
  block_size = values[1] / values[0];
  prof_unsample (HEAP_PERIOD, &values[0], &values[1]);
  return add_sample (self, values, block_size, error);
}

static bool
take_contention_sample (Java *self, int64_t *values, GError **error)
{
  int64_t period = prof_builder_header (self->base.builder)->period;

  for (size_t i = 0; i < 2 && period > 0; i++)
    if (__builtin_mul_overflow (values[i], period, &values[i]))
      values[i] = INT64_MAX;
  return add_sample (self, values, 0, error);
}

static bool
take_sample (Java *self, ProfScan line, GError **error)
{
  ProfScan begin = line;
  int64_t  values[2];

  if (self->base.lines.is_cut)
    return fail_here (self, &line, "the file ends inside a sample", error);
  if (!self->has_types)
    return fail_here (self, &line, "no resolution in front of this", error);
  if (!scan_numbers (&line, &values[1], &values[0]))
    return fail_here (self, &begin, "this is no sample", error);
  prof_builder_at (self->base.builder, self->base.lines.offset);
  return take_stack (self, &line, error) &&
         (self->is_heap ? take_heap_sample (self, &begin, values, error)
                        : take_contention_sample (self, values, error));
}

/* --- lines --- */

static bool
is_head (const ProfScan *line, bool *is_heap)
{
  *is_heap = prof_scan_is (line, "--- heapz 1 ---");
  return *is_heap || prof_scan_is (line, "--- contentionz 1 ---");
}

static bool
begins_sample (const ProfScan *line)
{
  return g_ascii_isdigit (*line->at) &&
         !(prof_scan_left (line) > 1 && line->at[1] == 'x');
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Java    *self = data;
  ProfScan key;
  ProfScan value;

  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  if (line.at == line.end)
    return true;
  if (self->part == HEAD)
    {
      self->part = ATTRIBUTES;
      return is_head (&line, &self->is_heap) ||
             fail_here (self,
                        &line,
                        "this is not the first line of a profile",
                        error);
    }
  if (self->part == ATTRIBUTES && scan_attribute (line, &key, &value))
    return take_attribute (self, &key, &value, error);
  if (self->part != PLACES && begins_sample (&line))
    {
      self->part = SAMPLES;
      return take_sample (self, line, error);
    }
  self->part = PLACES;
  return prof_java_places_take (self->places, line, error);
}

/* --- for the table of formats --- */

/* Contention profiles of Java have attributes that others have not. */
static bool
has_own_attributes (ProfScan head, bool is_all)
{
  ProfScan line;
  ProfScan key;
  ProfScan value;

  while (prof_lines_look_first (&head, is_all, &line))
    {
      prof_scan_blanks (&line);
      if (!scan_attribute (line, &key, &value))
        return false;
      if (prof_scan_is (&key, "format") || prof_scan_is (&key, "resolution"))
        return true;
    }
  return false;
}

static bool
sniff (const uint8_t *bytes, size_t length)
{
  ProfScan head = prof_lines_look (bytes, length);
  bool     is_all = length < PROF_PIECES_SIZE;
  bool     is_heap;
  ProfScan line;

  if (!prof_lines_is_text (bytes, length) ||
      !prof_lines_look_first (&head, is_all, &line))
    return false;
  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  return is_head (&line, &is_heap) &&
         (is_heap || has_own_attributes (head, is_all));
}

static void *
begin (const ProfLimits *limits)
{
  Java *self = g_new0 (Java, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->places = prof_java_places_new (self->base.builder, self->base.places);
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Java *self = data;

  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Java *self = data;

  if (!prof_text_end (&self->base, take_line, error))
    return NULL;
  if (!self->has_types)
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "the profile ends before its resolution");
  if (!prof_java_places_finish (self->places, error))
    return NULL;
  return prof_text_finish (&self->base, NULL, error);
}

static void
free_java (void *data)
{
  Java *self = data;

  prof_java_places_free (self->places);
  prof_text_clear (&self->base);
  prof_vec_u64_clear (&self->stack);
  g_free (self);
}

const ProfDecoder prof_java_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_java,
};
