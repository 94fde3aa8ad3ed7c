/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-threadz-decode.h"

#include "formats/prof-text.h"
#include "input/prof-pieces.h"

/*   --- threadz 1 ---
 *
 *   --- Thread 7ff6c8a39940 (name: main/14748) stack: ---
 *     PC: 0x00bdd9a1 clone                     any 0x… on a line, leaf first
 *     0x0040be31
 *   --- Thread 7ff6c8a1f940 (name: worker/14750) stack: ---
 *     [same as previous thread]                the one before counts once more
 *   --- Memory map: ---
 *   00400000-00fcb000: server
 */

#define FORMAT "threadz"

typedef struct
{
  ProfText  base; /* first */
  ProfMaps *maps; /* (owned) */

  bool is_inside; /* a thread has begun */
  bool is_map;
  bool is_over; /* "---- no stack trace for …": nothing counts any more */

  /* Owned: the stack of the thread that is read, and of the one before, which waits
   * for others that are the same */
  ProfVecU64 stack;
  ProfVecU64 before;
  int64_t    n_before; /* how many threads have it */
} Threadz;

static bool
is_thread (ProfScan line)
{
  return prof_scan_text (&line, "--- Thread ") &&
         prof_scan_ends (&line, " stack: ---");
}

static bool
is_head (ProfScan line)
{
  uint64_t number;

  return prof_scan_text (&line, "--- threadz ") &&
         prof_scan_number (&line, &number) && prof_scan_is (&line, " ---");
}

/* The sample of the thread before. */
static bool
add_before (Threadz *self, GError **error)
{
  int64_t n = self->n_before;

  self->n_before = 0;
  return n == 0 || prof_builder_add_sample (self->base.builder,
                                            self->before.data,
                                            self->before.length,
                                            &n,
                                            1,
                                            NULL,
                                            0,
                                            error);
}

/* A thread without addresses is the same as the one before. */
static bool
end_thread (Threadz *self, GError **error)
{
  ProfVecU64 swap = self->before;

  if (!self->is_inside)
    return true;
  self->is_inside = false;
  if (self->stack.length == 0)
    {
      self->n_before += self->n_before > 0;
      return true;
    }
  if (!add_before (self, error))
    return false;
  self->before = self->stack;
  self->stack = swap;
  self->stack.length = 0;
  self->n_before = 1;
  return true;
}

/* What calls return to lies behind them, but for the leaf. */
static bool
take_addresses (Threadz *self, ProfScan line, GError **error)
{
  uint64_t address;

  while (line.at < line.end)
    {
      uint64_t id;

      if (*line.at != '0' || !prof_scan_text (&line, "0x") ||
          !prof_scan_hex (&line, &address))
        {
          line.at++;
          continue;
        }
      if (!prof_places_address (self->base.places,
                                address - (self->stack.length > 0),
                                &id,
                                error))
        return false;
      if (!prof_vec_u64_append (&self->stack, id))
        return prof_fail_memory (error);
    }
  return true;
}

static bool
take_line (void *data, ProfScan line, GError **error)
{
  Threadz *self = data;

  if (self->is_map)
    return prof_maps_take (self->maps, line, error);
  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  if (prof_maps_begins (&line))
    {
      self->is_map = true;
      return end_thread (self, error);
    }
  if (self->is_over)
    return true;
  if (prof_scan_left (&line) >= 3 && memcmp (line.at, "---", 3) == 0)
    {
      if (!end_thread (self, error))
        return false;
      prof_builder_at (self->base.builder, self->base.lines.offset);
      self->is_inside = is_thread (line);
      self->is_over = prof_scan_text (&line, "---- no stack trace for");
      return self->is_inside || self->is_over || is_head (line) ||
             prof_lines_fail (&self->base.lines,
                              line.at,
                              error,
                              "this begins no thread");
    }
  return !self->is_inside || take_addresses (self, line, error);
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
    if (*line.at != '#')
      return is_head (line) || is_thread (line);
  return false;
}

static void *
begin (const ProfLimits *limits)
{
  Threadz *self = g_new0 (Threadz, 1);

  prof_text_init (&self->base, limits, FORMAT);
  self->maps = prof_maps_new ();
  return self;
}

static bool
feed (void *data, const uint8_t *bytes, size_t length, GError **error)
{
  Threadz *self = data;

  return prof_text_feed (&self->base, bytes, length, take_line, error);
}

static ProfProfile *
finish (void *data, GError **error)
{
  Threadz       *self = data;
  ProfRawHeader *header = prof_builder_header (self->base.builder);

  if (!prof_text_end (&self->base, take_line, error) ||
      !end_thread (self, error) || !add_before (self, error) ||
      !prof_text_add_type (&self->base, "thread", "count", error) ||
      !prof_text_word (&self->base,
                       "thread",
                       &header->period_type.type,
                       error) ||
      !prof_text_word (&self->base, "count", &header->period_type.unit, error))
    return NULL;
  header->period = 1;
  return prof_text_finish (&self->base, self->maps, error);
}

static void
free_threadz (void *data)
{
  Threadz *self = data;

  prof_text_clear (&self->base);
  prof_maps_free (self->maps);
  prof_vec_u64_clear (&self->stack);
  prof_vec_u64_clear (&self->before);
  g_free (self);
}

const ProfDecoder prof_threadz_decoder = {
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .feed = feed,
  .finish = finish,
  .free = free_threadz,
};
