/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-gperftools-decode.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "formats/prof-java-places.h"
#include "formats/prof-lines.h"
#include "formats/prof-maps.h"
#include "formats/prof-places.h"
#include <stdlib.h>

/*   0 3 0 period 0          head: five words; the period in us; Java's has 0 3 1
 *   count n address...      a sample: how often, and n frames, leaf first
 *   ...
 *   0 1 0                   the end of samples
 *   00400000-006ac000 ...   text: the memory map; of Java what the addresses are
 *
 * The profiler's own signal handler may be the second frame of all samples, which
 * can only be told when all are there, so they are kept until then. */

#define FORMAT "gperftools CPU profile"

#define N_HEAD    5
#define HEAD_SIZE (N_HEAD * sizeof (uint64_t))

/* The second frame is taken out when all samples but one in so many have it. */
#define ONE_IN   32
#define N_ROUNDS 2

typedef enum
{
  HEAD,
  COUNT,
  N_FRAMES,
  FRAMES,
  MAP,
} Part;

typedef struct
{
  size_t size; /* bytes of a word */
  bool   is_big_endian;
} Words;

static const Words kinds[] = {
  { 4, false },
  { 4, true },
  { 8, false },
  { 8, true },
};

/* A sample; its addresses are those from first on. */
typedef struct
{
  uint64_t count;
  size_t   first;
  size_t   n;
} Sample;

PROF_VEC_DEFINE (ProfVecWordSample, prof_vec_word_sample, Sample)

typedef struct
{
  ProfBuilder *builder; /* (owned) */
  ProfPlaces  *places;  /* (owned) */
  ProfMaps    *maps;    /* (owned) */
  ProfLines    lines;   /* of the map */
  uint64_t     most_memory;

  ProfJavaPlaces *java; /* (owned) (nullable): of a profile of Java */

  Part      part;
  ProfVecU8 head; /* (owned) the first bytes, until words is known */
  Words     words;
  uint8_t   word[8]; /* that is cut by the end of a piece */
  size_t    n_word;
  uint64_t  offset; /* of the next word */
  uint64_t  period; /* ns */

  Sample   sample; /* that is being read */
  uint64_t n_left; /* frames of it that are to come */

  /* Owned */
  ProfVecWordSample samples;
  ProfVecU64        addresses; /* leaf first, sample by sample */
  ProfVecU64        stack;     /* used again */
} Gperftools;

/* --- words --- */

static uint64_t
word_at (const Words *words, const uint8_t *bytes)
{
  uint64_t word = 0;

  for (size_t i = 0; i < words->size; i++)
    word = word << 8 | bytes[words->is_big_endian ? i : words->size - 1 - i];
  return word;
}

/* What kind of words a file has that begins with these bytes. Zero, three, zero
 * (one when it is Java's), a period, zero. */
static const Words *
words_of (const uint8_t *bytes, size_t length, uint64_t *period, bool *is_java)
{
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const Words *words = &kinds[i];
      uint64_t     head[N_HEAD];

      if (length < N_HEAD * words->size)
        continue;
      for (size_t w = 0; w < N_HEAD; w++)
        head[w] = word_at (words, bytes + w * words->size);
      if (head[0] != 0 || head[1] != 3 || head[2] > 1 || head[3] == 0 ||
          head[4] != 0)
        continue;
      *period = head[3];
      *is_java = head[2] == 1;
      return words;
    }
  return NULL;
}

/* --- samples --- */

static bool
fail_at (const Gperftools *self,
         ProfError         code,
         const char       *what,
         GError          **error)
{
  return prof_fail (error,
                    code,
                    "sample %zu at byte %" G_GUINT64_FORMAT ": %s",
                    self->samples.length,
                    self->offset,
                    what);
}

static bool
is_end_mark (const Gperftools *self)
{
  return self->sample.count == 0 && self->sample.n == 1 &&
         self->addresses.data[self->sample.first] == 0;
}

/* Puts the ids of locations in place of Java's addresses, so that the table of
 * them, which comes next, finds them. */
static bool
number_addresses (Gperftools *self, GError **error)
{
  uint64_t *addresses = self->addresses.data;

  for (size_t i = 0; i < self->sample.first; i++)
    if (!prof_java_places_address (self->java,
                                   addresses[i],
                                   &addresses[i],
                                   error))
      return false;
  return true;
}

static bool
end_sample (Gperftools *self, GError **error)
{
  if (is_end_mark (self))
    {
      self->part = MAP;
      return self->java == NULL || number_addresses (self, error);
    }
  self->part = COUNT;
  return prof_vec_word_sample_append (&self->samples, self->sample) ||
         prof_fail_memory (error);
}

static bool
take_n_frames (Gperftools *self, uint64_t n, GError **error)
{
  if (n > PROF_MOST_STACK_FRAMES)
    return fail_at (self,
                    PROF_ERROR_MALFORMED,
                    "it has more frames than any stack",
                    error);
  self->sample.first = self->addresses.length;
  self->sample.n = (size_t)n;
  self->n_left = n;
  self->part = FRAMES;
  return n > 0 || end_sample (self, error);
}

static bool
take_address (Gperftools *self, uint64_t address, GError **error)
{
  if (!prof_vec_u64_append (&self->addresses, address))
    return prof_fail_memory (error);
  return --self->n_left > 0 || end_sample (self, error);
}

static bool
take_word (Gperftools *self, uint64_t word, GError **error)
{
  if (self->part == N_FRAMES)
    return take_n_frames (self, word, error);
  if (self->part == FRAMES)
    return take_address (self, word, error);
  self->sample.count = word;
  self->part = N_FRAMES;
  return true;
}

static bool
take_map_line (void *data, ProfScan line, GError **error)
{
  Gperftools *self = data;

  return self->java != NULL ? prof_java_places_take (self->java, line, error)
                            : prof_maps_take (self->maps, line, error);
}

/* Takes words as long as there are samples; what is left is text. */
static bool
take_bytes (Gperftools    *self,
            const uint8_t *bytes,
            size_t         length,
            GError       **error)
{
  while (self->part != MAP && length > 0)
    {
      size_t n = MIN (self->words.size - self->n_word, length);

      memcpy (self->word + self->n_word, bytes, n);
      self->n_word += n;
      bytes += n;
      length -= n;
      if (self->n_word < self->words.size)
        return true;
      self->n_word = 0;
      if (!take_word (self, word_at (&self->words, self->word), error))
        return false;
      self->offset += self->words.size;
    }
  return prof_lines_feed (&self->lines,
                          bytes,
                          length,
                          take_map_line,
                          self,
                          error);
}

/* Once as many bytes are there as the longest head has, or all. */
static bool
take_head (Gperftools *self, GError **error)
{
  bool         is_java = false;
  uint64_t     period = 0;
  const Words *words;
  size_t       n;

  words = words_of (self->head.data, self->head.length, &period, &is_java);
  if (words == NULL)
    return prof_fail (error,
                      PROF_ERROR_TRUNCATED,
                      "the profile ends early, inside its first words");
  if (is_java)
    self->java = prof_java_places_new (self->builder, self->places);
  if (__builtin_mul_overflow (period, UINT64_C (1000), &self->period) ||
      self->period > INT64_MAX)
    return prof_fail (error,
                      PROF_ERROR_MALFORMED,
                      "the sampling period does not fit into 64 bits");
  self->words = *words;
  self->part = COUNT;
  n = N_HEAD * words->size;
  self->offset = n;
  return take_bytes (self, self->head.data + n, self->head.length - n, error);
}

/* --- second frames --- */

static int
compare_addresses (const void *a, const void *b)
{
  uint64_t left = *(const uint64_t *)a;
  uint64_t right = *(const uint64_t *)b;

  return (left > right) - (left < right);
}

/* How often that address comes that comes most often. */
static size_t
most_frequent (uint64_t *addresses, size_t n, uint64_t *address)
{
  size_t most = 0;
  size_t run = 0;

  if (n > 0)
    qsort (addresses, n, sizeof *addresses, compare_addresses);
  for (size_t i = 0; i < n; i++)
    {
      run = i > 0 && addresses[i] == addresses[i - 1] ? run + 1 : 1;
      if (run > most)
        {
          most = run;
          *address = addresses[i];
        }
    }
  return most;
}

/* The address of a sample's second frame, as it is in the profile. */
static uint64_t *
second_of (Gperftools *self, size_t sample)
{
  const Sample *row = &self->samples.data[sample];

  return row->n > 1 ? &self->addresses.data[row->first + 1] : NULL;
}

static void
drop_second (Gperftools *self, size_t sample)
{
  uint64_t *second = second_of (self, sample);
  Sample   *row = &self->samples.data[sample];

  memmove (second, second + 1, (row->n - 2) * sizeof *second);
  row->n--;
}

/* One round; false when there is nothing to take out. */
static bool
drop_common_second (Gperftools *self)
{
  size_t               n = self->samples.length;
  g_autofree uint64_t *seconds = g_try_new (uint64_t, n + 1);
  size_t               n_seconds = 0;
  uint64_t             address = 0;

  if (seconds == NULL)
    return false;
  for (size_t s = 0; s < n; s++)
    if (second_of (self, s) != NULL)
      seconds[n_seconds++] = *second_of (self, s);
  if (n_seconds == 0 ||
      most_frequent (seconds, n_seconds, &address) < n - n / ONE_IN)
    return false;
  for (size_t s = 0; s < n; s++)
    if (second_of (self, s) != NULL && *second_of (self, s) == address)
      drop_second (self, s);
  return true;
}

/* The leaf comes from the signal and is exact; unwinding may find it again. */
static void
drop_leaf_twice (Gperftools *self, size_t sample)
{
  const uint64_t *second = second_of (self, sample);

  if (second != NULL && second[-1] == *second)
    drop_second (self, sample);
}

/* --- the profile --- */

/* Of all addresses but the leaf, it is where a call returns to. */
static bool
location_of (Gperftools   *self,
             const Sample *sample,
             size_t        frame,
             uint64_t     *id,
             GError      **error)
{
  uint64_t address = self->addresses.data[sample->first + frame];

  *id = address;
  return self->java != NULL ||
         prof_places_address (self->places, address - (frame > 0), id, error);
}

static bool
add_sample (Gperftools *self, const Sample *sample, GError **error)
{
  int64_t values[2];

  self->stack.length = 0;
  for (size_t i = 0; i < sample->n; i++)
    {
      uint64_t id = 0;

      if (!location_of (self, sample, i, &id, error))
        return false;
      if (!prof_vec_u64_append (&self->stack, id))
        return prof_fail_memory (error);
    }
  values[0] = (int64_t)MIN (sample->count, INT64_MAX);
  if (__builtin_mul_overflow (values[0], (int64_t)self->period, &values[1]))
    values[1] = INT64_MAX;
  return prof_builder_add_sample (self->builder,
                                  self->stack.data,
                                  self->stack.length,
                                  values,
                                  2,
                                  NULL,
                                  0,
                                  error);
}

/* Java is not stopped by a signal whose handler would be in its stacks. */
static bool
add_samples (Gperftools *self, GError **error)
{
  int n_rounds = self->java == NULL ? N_ROUNDS : 0;

  for (int round = 0; round < n_rounds && drop_common_second (self);)
    round++;
  for (size_t s = 0; s < self->samples.length; s++)
    {
      if (self->java == NULL)
        drop_leaf_twice (self, s);
      if (!add_sample (self, &self->samples.data[s], error))
        return false;
    }
  return true;
}

static bool
add_type (Gperftools       *self,
          const char       *name,
          const char       *unit,
          ProfRawValueType *type,
          GError          **error)
{
  return prof_places_text (self->places,
                           name,
                           strlen (name),
                           &type->type,
                           error) &&
         prof_places_text (self->places,
                           unit,
                           strlen (unit),
                           &type->unit,
                           error) &&
         prof_builder_add_type (self->builder, type, error);
}

static bool
add_types (Gperftools *self, GError **error)
{
  ProfRawHeader   *header = prof_builder_header (self->builder);
  ProfRawValueType samples;

  header->period = (int64_t)self->period;
  return add_type (self, "samples", "count", &samples, error) &&
         add_type (self, "cpu", "nanoseconds", &header->period_type, error);
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  uint64_t period;
  bool     is_java;

  return words_of (bytes, length, &period, &is_java) != NULL;
}

static void *
begin (const ProfLimits *limits)
{
  Gperftools *self = g_new0 (Gperftools, 1);

  self->builder = prof_builder_new (limits);
  self->places = prof_places_new (self->builder);
  self->maps = prof_maps_new ();
  self->most_memory = prof_limits_get (limits, PROF_LIMIT_MEMORY);
  prof_builder_header (self->builder)->format = FORMAT;
  return self;
}

static bool
check_memory (const Gperftools *self, GError **error)
{
  size_t bytes = self->addresses.length * sizeof *self->addresses.data +
                 self->samples.length * sizeof *self->samples.data;

  if (bytes <= self->most_memory)
    return true;
  return prof_limits_fail (error,
                           PROF_LIMIT_MEMORY,
                           "the profile takes more than %" G_GUINT64_FORMAT
                           " MiB of memory at byte %" G_GUINT64_FORMAT,
                           self->most_memory >> 20,
                           self->offset);
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Gperftools *self = data;

  if (self->part == HEAD)
    {
      size_t n = MIN (HEAD_SIZE - self->head.length, length);

      if (!prof_vec_u8_extend (&self->head, bytes, n))
        return prof_fail_memory (error);
      if (self->head.length < HEAD_SIZE)
        return true;
      if (!take_head (self, error))
        return false;
      bytes += n;
      length -= n;
    }
  return take_bytes (self, bytes, length, error) && check_memory (self, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Gperftools *self = data;

  if (self->part == HEAD && !take_head (self, error))
    return NULL;
  if (self->part != MAP)
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "the profile ends early, at byte %" G_GUINT64_FORMAT
                           ", before the end of its samples",
                           self->offset + self->n_word);
  if (!prof_lines_finish (&self->lines, take_map_line, self, error) ||
      !add_types (self, error) || !add_samples (self, error) ||
      (self->java != NULL && !prof_java_places_finish (self->java, error)) ||
      !prof_places_finish (self->places, self->maps, error))
    return NULL;
  return prof_builder_finish (self->builder, error);
}

static void
free_gperftools (void *data)
{
  Gperftools *self = data;

  prof_java_places_free (self->java);
  prof_builder_free (self->builder);
  prof_places_free (self->places);
  prof_maps_free (self->maps);
  prof_lines_clear (&self->lines);
  prof_vec_u8_clear (&self->head);
  prof_vec_word_sample_clear (&self->samples);
  prof_vec_u64_clear (&self->addresses);
  prof_vec_u64_clear (&self->stack);
  g_free (self);
}

const ProfDecoder prof_gperftools_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_gperftools,
};
