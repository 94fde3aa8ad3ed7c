/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-location.h"

#include "base/prof-limits.h"
#include "formats/prof-wire.h"

void
prof_pprof_location_clear (ProfPprofLocation *self)
{
  prof_vec_raw_line_clear (&self->lines);
}

static bool
wrong_type (ProfReader *reader)
{
  return prof_reader_fail (reader, "a field has the wrong wire type");
}

static bool
read_line (ProfPprofContext *context, ProfReader *reader, ProfRawLine *line)
{
  uint64_t number = 0;
  uint64_t column = 0;

  *line = (ProfRawLine){ 0 };
  while (prof_reader_left (reader) > 0)
    {
      uint64_t *const targets[] = { NULL, &line->function, &number, &column };
      ProfWireHead    head;
      ProfReader      bytes;

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      if (head.number == 0 || head.number >= G_N_ELEMENTS (targets))
        {
          prof_builder_note_unknown_field (context->builder);
          continue;
        }
      if (head.type != PROF_WIRE_VARINT)
        return wrong_type (reader);
      *targets[head.number] = head.value;
    }
  line->line = (int64_t)number;
  line->column = (int64_t)column;
  return true;
}

static bool
take_line (ProfPprofLocation *self,
           ProfPprofContext  *context,
           ProfReader        *reader,
           ProfReader        *message,
           GError           **error)
{
  ProfRawLine line;

  if (!read_line (context, message, &line))
    return prof_reader_fail (reader, message->fault);
  if (self->lines.length < PROF_MAX_SCRATCH / sizeof line &&
      prof_vec_raw_line_append (&self->lines, line))
    return true;
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "a location takes more than %u MiB of memory",
                    PROF_MAX_SCRATCH >> 20);
}

bool
prof_pprof_location_take (ProfPprofLocation *self,
                          ProfPprofContext  *context,
                          ProfReader        *reader,
                          GError           **error)
{
  enum
  {
    LINE = 4,
    IS_FOLDED,
    N_FIELDS,
  };
  ProfRawLocation location = { 0 };
  uint64_t        is_folded = 0;

  self->lines.length = 0;
  while (prof_reader_left (reader) > 0)
    {
      uint64_t *const targets[N_FIELDS] = {
        NULL, &location.id, &location.mapping, &location.address,
        NULL, &is_folded,
      };
      ProfWireHead head;
      ProfReader   bytes;

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      if (head.number == 0 || head.number >= N_FIELDS)
        {
          prof_builder_note_unknown_field (context->builder);
          continue;
        }
      context->saw_known = true;
      if (head.type !=
          (head.number == LINE ? PROF_WIRE_BYTES : PROF_WIRE_VARINT))
        return wrong_type (reader);
      if (head.number != LINE)
        *targets[head.number] = head.value;
      else if (!take_line (self, context, reader, &bytes, error))
        return false;
    }
  location.is_folded = is_folded != 0;
  return prof_builder_add_location (context->builder,
                                    &location,
                                    self->lines.data,
                                    self->lines.length,
                                    error);
}
