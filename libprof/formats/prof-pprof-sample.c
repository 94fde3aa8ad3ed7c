/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-sample.h"

#include "base/prof-limits.h"
#include "formats/prof-wire.h"

void
prof_pprof_sample_clear (ProfPprofSample *self)
{
  prof_vec_u64_clear (&self->locations);
  prof_vec_u64_clear (&self->values);
  prof_vec_raw_label_clear (&self->labels);
}

static bool
too_many (ProfPprofContext *context, ProfReader *reader, const char *fault)
{
  context->is_too_large = true;
  return prof_reader_fail (reader, fault);
}

/* A field of numbers on its way. */
typedef struct
{
  ProfVecU64 *numbers;
  size_t      most;
  const char *fault; /* of more than those */
} Field;

/* Every varint ends with a byte below 128. */
static size_t
count_varints (const ProfReader *reader)
{
  size_t n = 0;

  for (const uint8_t *at = reader->at; at < reader->end; at++)
    n += *at < 0x80;
  return n;
}

/* Appends a field of numbers, one or packed. */
static bool
take_numbers (ProfPprofContext   *context,
              ProfReader         *reader,
              const ProfWireHead *head,
              ProfReader         *packed,
              const Field        *field,
              GError            **error)
{
  ProfVecU64 *numbers = field->numbers;
  size_t      room = field->most - numbers->length;
  size_t      n = 1;

  if (head->type == PROF_WIRE_VARINT)
    {
      if (room < 1)
        return too_many (context, reader, field->fault);
      return prof_vec_u64_append (numbers, head->value) ||
             prof_fail_memory (error);
    }
  if (head->type != PROF_WIRE_BYTES)
    return prof_reader_fail (reader, "numbers have the wrong wire type");
  if (prof_reader_left (packed) == 0)
    return true;
  if (prof_reader_left (packed) > room && count_varints (packed) > room)
    return too_many (context, reader, field->fault);
  if (!prof_vec_u64_reserve (numbers, prof_reader_left (packed)))
    return prof_fail_memory (error);
  if (!prof_reader_varints (packed, numbers->data + numbers->length, &n))
    return prof_reader_fail (reader, packed->fault);
  numbers->length += n;
  return true;
}

static bool
read_label (ProfPprofContext *context, ProfReader *reader, ProfRawLabel *label)
{
  while (prof_reader_left (reader) > 0)
    {
      int64_t *const targets[] = {
        NULL, &label->key, &label->str, &label->num, &label->num_unit,
      };
      ProfWireHead head;
      ProfReader   bytes;

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      if (head.number == 0 || head.number >= G_N_ELEMENTS (targets))
        {
          prof_builder_note_unknown_field (context->builder);
          continue;
        }
      if (head.type != PROF_WIRE_VARINT)
        return prof_reader_fail (reader, "a label has the wrong wire type");
      *targets[head.number] = (int64_t)head.value;
    }
  return true;
}

static bool
take_label (ProfPprofSample    *self,
            ProfPprofContext   *context,
            ProfReader         *reader,
            const ProfWireHead *head,
            ProfReader         *message,
            GError            **error)
{
  ProfRawLabel label = { 0 };

  if (head->type != PROF_WIRE_BYTES)
    return prof_reader_fail (reader, "a label has the wrong wire type");
  if (self->labels.length >= PROF_MAX_SAMPLE_ITEMS)
    return too_many (context, reader, "more than 1048576 labels");
  if (!read_label (context, message, &label))
    return prof_reader_fail (reader, message->fault);
  return prof_vec_raw_label_append (&self->labels, label) ||
         prof_fail_memory (error);
}

bool
prof_pprof_sample_take (ProfPprofSample  *self,
                        ProfPprofContext *context,
                        ProfReader       *reader,
                        GError          **error)
{
  const Field locations = { &self->locations,
                            context->max_frames,
                            "more locations than the limit \"frames\"" };
  const Field values = { &self->values,
                         PROF_MAX_SAMPLE_ITEMS,
                         "more than 1048576 values" };

  self->locations.length = 0;
  self->values.length = 0;
  self->labels.length = 0;
  while (prof_reader_left (reader) > 0)
    {
      ProfWireHead head;
      ProfReader   bytes;
      bool         ok = true;

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      context->saw_known |= head.number - 1 < 3;
      if (head.number == 1)
        ok = take_numbers (context, reader, &head, &bytes, &locations, error);
      else if (head.number == 2)
        ok = take_numbers (context, reader, &head, &bytes, &values, error);
      else if (head.number == 3)
        ok = take_label (self, context, reader, &head, &bytes, error);
      else
        prof_builder_note_unknown_field (context->builder);
      if (!ok)
        return false;
    }
  return prof_builder_add_sample (context->builder,
                                  self->locations.data,
                                  self->locations.length,
                                  (const int64_t *)self->values.data,
                                  self->values.length,
                                  self->labels.data,
                                  self->labels.length,
                                  error);
}
