/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-records-head.h"

#include <string.h>

/* --- what the line says --- */

/* "heap profile: 1: 2 [3: 4] @ heap/1048576" */
typedef struct
{
  uint64_t numbers[4]; /* in use: objects, bytes; allocated: the same */
  ProfScan name;
  uint64_t rate;
} HeapHead;

bool
prof_records_scan_pair (ProfScan *line, uint64_t *first, uint64_t *second)
{
  prof_scan_blanks (line);
  if (!prof_scan_number (line, first) || !prof_scan_letter (line, ':'))
    return false;
  prof_scan_blanks (line);
  return prof_scan_number (line, second);
}

static bool
scan_heap_head (ProfScan line, HeapHead *head)
{
  const char *slash;

  if (!prof_scan_text (&line, "heap profile:") ||
      !prof_records_scan_pair (&line, &head->numbers[0], &head->numbers[1]))
    return false;
  prof_scan_blanks (&line);
  if (!prof_scan_letter (&line, '[') ||
      !prof_records_scan_pair (&line, &head->numbers[2], &head->numbers[3]))
    return false;
  prof_scan_blanks (&line);
  if (!prof_scan_letter (&line, ']'))
    return false;
  prof_scan_blanks (&line);
  if (!prof_scan_letter (&line, '@'))
    return false;
  prof_scan_blanks (&line);
  head->rate = 0;
  head->name = line;
  slash = memchr (line.at, '/', prof_scan_left (&line));
  if (slash == NULL)
    return true;
  head->name.end = slash;
  line.at = slash + 1;
  return line.at == line.end ||
         (prof_scan_number (&line, &head->rate) && line.at == line.end &&
          head->rate <= INT64_MAX);
}

/* How the profile was sampled, by the name at the end of its first line. */
static bool
heap_sampling (const HeapHead *head, bool *is_sampled, uint64_t *period)
{
  static const struct
  {
    const char *name;
    bool        is_sampled;
    uint64_t    divisor; /* of the rate; 0: the period is 1 */
  } kinds[] = {
    { "heap", true, 2 },           { "heap_v2", true, 1 },
    { "heapz_v2", true, 1 },       { "heapprofile", false, 0 },
    { "growthz", false, 0 },       { "growth", false, 0 },
    { "fragmentation", false, 0 }, { "fragmentationz", false, 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (prof_scan_is (&head->name, kinds[i].name))
      {
        *is_sampled = kinds[i].is_sampled;
        *period = kinds[i].divisor > 0 ? head->rate / kinds[i].divisor : 1;
        return true;
      }
  return false;
}

/* "heap_v2/524288", as jemalloc writes it: addresses and numbers have lines of
 * their own. */
static bool
scan_jemalloc_head (ProfScan line, uint64_t *rate)
{
  return prof_scan_text (&line, "heap_v2/") && prof_scan_number (&line, rate) &&
         line.at == line.end && *rate <= INT64_MAX;
}

/* "goroutine profile: total 5": the name is any. */
static bool
scan_count_head (ProfScan line, ProfScan *name)
{
  uint64_t total;

  return prof_scan_word (&line, name) &&
         prof_scan_text (&line, " profile: total ") &&
         prof_scan_number (&line, &total) && line.at == line.end;
}

static bool
is_contention_head (ProfScan line)
{
  return prof_scan_text (&line, "--- mutex:") ||
         prof_scan_text (&line, "--- contention:") ||
         prof_scan_text (&line, "--- contentionz ");
}

bool
prof_records_head_is (const ProfScan *line)
{
  HeapHead heap;
  ProfScan name;
  bool     is_sampled;
  uint64_t period = 1;

  if (scan_heap_head (*line, &heap))
    return heap_sampling (&heap, &is_sampled, &period);
  if (scan_jemalloc_head (*line, &period))
    return true;
  return is_contention_head (*line) || scan_count_head (*line, &name);
}

/* --- sample types --- */

static bool
add_type (ProfRecordsHead *self,
          ProfText        *text,
          const char      *name,
          const char      *unit,
          GError         **error)
{
  self->n_types++;
  return prof_text_add_type (text, name, unit, error);
}

static bool
set_period (ProfRecordsHead *self,
            ProfText        *text,
            const char      *name,
            const char      *unit,
            int64_t          period,
            GError         **error)
{
  ProfRawHeader *header = prof_builder_header (text->builder);

  self->period = period;
  header->period = period;
  return prof_text_word (text, name, &header->period_type.type, error) &&
         prof_text_word (text, unit, &header->period_type.unit, error);
}

bool
prof_records_head_add_heap_types (ProfRecordsHead *self,
                                  ProfText        *text,
                                  const uint64_t  *n,
                                  GError         **error)
{
  bool has_allocated = (n[2] != n[0] && n[2] != 0) ||
                       (n[3] != n[1] && n[3] != 0);

  if (!has_allocated)
    return add_type (self, text, "objects", "count", error) &&
           add_type (self, text, "space", "bytes", error);
  return add_type (self, text, "alloc_objects", "count", error) &&
         add_type (self, text, "alloc_space", "bytes", error) &&
         add_type (self, text, "inuse_objects", "count", error) &&
         add_type (self, text, "inuse_space", "bytes", error);
}

static bool
take_heap (ProfRecordsHead *self,
           ProfText        *text,
           const HeapHead  *head,
           GError         **error)
{
  uint64_t period = 1;

  heap_sampling (head, &self->is_sampled, &period);
  self->kind = PROF_RECORDS_HEAP;
  return set_period (self, text, "space", "bytes", (int64_t)period, error) &&
         prof_records_head_add_heap_types (self, text, head->numbers, error);
}

static bool
take_jemalloc (ProfRecordsHead *self,
               ProfText        *text,
               uint64_t         rate,
               GError         **error)
{
  self->kind = PROF_RECORDS_JEMALLOC;
  self->is_sampled = true;
  return set_period (self, text, "space", "bytes", (int64_t)rate, error);
}

static bool
take_count (ProfRecordsHead *self,
            ProfText        *text,
            const ProfScan  *name,
            GError         **error)
{
  g_autofree char *word = g_strndup (name->at, prof_scan_left (name));

  self->kind = PROF_RECORDS_COUNT;
  return set_period (self, text, word, "count", 1, error) &&
         add_type (self, text, word, "count", error);
}

static bool
take_contention (ProfRecordsHead *self, ProfText *text, GError **error)
{
  self->kind = PROF_RECORDS_CONTENTION;
  return set_period (self, text, "contentions", "count", 1, error) &&
         add_type (self, text, "contentions", "count", error) &&
         add_type (self, text, "delay", "nanoseconds", error);
}

bool
prof_records_head_take (ProfRecordsHead *self,
                        ProfText        *text,
                        const ProfScan  *line,
                        GError         **error)
{
  HeapHead heap;
  ProfScan name;
  uint64_t rate = 0;

  if (!prof_records_head_is (line))
    return prof_lines_fail (&text->lines,
                            line->at,
                            error,
                            "this is not the first line of a profile");
  if (scan_heap_head (*line, &heap))
    return take_heap (self, text, &heap, error);
  if (scan_jemalloc_head (*line, &rate))
    return take_jemalloc (self, text, rate, error);
  if (is_contention_head (*line))
    return take_contention (self, text, error);
  scan_count_head (*line, &name);
  return take_count (self, text, &name, error);
}
