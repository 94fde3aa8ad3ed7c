/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"

#include "base/prof-arena.h"
#include "base/prof-limits.h"
#include "base/prof-reader.h"
#include "base/prof-vec.h"
#include "formats/prof-wire.h"
#include "model/prof-builder.h"
#include "profile.pb-c.h"
#include <string.h>

/* A profile is one message whose fields are handled as they come:
 *
 *   pieces   |....s....|....|..l...|   fields lie across their borders:
 *   fields   [s][s][loc][s][l   oc]    what is cut off is carried over
 *
 * Samples and strings, 99 % of the bytes, are read here; protobuf-c would take
 * twice the time, and cuts strings at a NUL. The small messages go through its
 * generated code one at a time, out of an arena that is emptied after each:
 * unpacking a whole profile takes ten times its size. Before, they are checked
 * and written anew in their shortest form, since protobuf-c and Go differ in
 * what they make of odd encodings, and unknown fields, which it would keep,
 * stay outside. */

/* Numbers or labels of one sample: as many as frames. */
#define MAX_SAMPLE_ITEMS PROF_MAX_STACK_FRAMES
/* Protobuf's own limit on any length. */
#define MAX_LENGTH INT32_MAX

PROF_VEC_DEFINE (VecLabel, vec_label, ProfRawLabel)
PROF_VEC_DEFINE (VecRawLine, vec_raw_line, ProfRawLine)

enum
{
  SAMPLE_TYPE = 1,
  SAMPLE,
  MAPPING,
  LOCATION,
  FUNCTION,
  STRING_TABLE,
  DROP_FRAMES,
  KEEP_FRAMES,
  TIME_NANOS,
  DURATION_NANOS,
  PERIOD_TYPE,
  PERIOD,
  COMMENT,
  DEFAULT_SAMPLE_TYPE,
  DOC_URL,
  N_FIELDS,
};

static const struct
{
  const char  *name;
  ProfWireType type;
  bool         is_counted; /* "sample 17", not "sample" */
} fields[N_FIELDS] = {
  [SAMPLE_TYPE] = { "sample type", PROF_WIRE_BYTES, true },
  [SAMPLE] = { "sample", PROF_WIRE_BYTES, true },
  [MAPPING] = { "mapping", PROF_WIRE_BYTES, true },
  [LOCATION] = { "location", PROF_WIRE_BYTES, true },
  [FUNCTION] = { "function", PROF_WIRE_BYTES, true },
  [STRING_TABLE] = { "string", PROF_WIRE_BYTES, true },
  [DROP_FRAMES] = { "drop_frames", PROF_WIRE_VARINT, false },
  [KEEP_FRAMES] = { "keep_frames", PROF_WIRE_VARINT, false },
  [TIME_NANOS] = { "the time", PROF_WIRE_VARINT, false },
  [DURATION_NANOS] = { "the duration", PROF_WIRE_VARINT, false },
  [PERIOD_TYPE] = { "the period's type", PROF_WIRE_BYTES, false },
  [PERIOD] = { "the period", PROF_WIRE_VARINT, false },
  [COMMENT] = { "comment", PROF_WIRE_VARINT, true }, /* or packed */
  [DEFAULT_SAMPLE_TYPE] = { "default_sample_type", PROF_WIRE_VARINT, false },
  [DOC_URL] = { "doc_url", PROF_WIRE_VARINT, false },
};

/* What protobuf-c is to unpack. */
typedef struct
{
  uint8_t  n_fields; /* numbered from 1 */
  uint8_t  lines;    /* number of the field that holds Lines, or 0 */
  uint16_t bools;    /* bit n: field n is true or false */
} Shape;

static const Shape value_type_shape = { 2, 0, 0 };
static const Shape mapping_shape = { 10, 0, 0xf << 7 };
static const Shape location_shape = { 5, 4, 1 << 5 };
static const Shape line_shape = { 3, 0, 0 };
static const Shape function_shape = { 5, 0, 0 };

struct _ProfPprofDecode
{
  /* Owned */
  ProfBuilder *builder;
  ProfVecU8    carry;     /* a field whose end has not come yet */
  ProfVecU64   locations; /* of one sample */
  ProfVecU64   values;    /* of one sample, as unsigned */
  VecLabel     labels;    /* of one sample */
  VecRawLine   lines;     /* of one location */
  ProfVecU8    message;   /* a small message in its shortest form */
  ProfVecU8    line;      /* the same of a line in it */
  ProfArena   *arena;     /* what protobuf-c makes of it */

  ProtobufCAllocator allocator; /* on arena */

  uint64_t offset;      /* of the field that is read, in the inflated bytes */
  uint64_t skip;        /* bytes of an unknown field that are still to come */
  size_t   n[N_FIELDS]; /* fields so far */
  size_t   n_known; /* messages so far with something of a profile in them */
  bool     types_came_first; /* before the strings */
  bool     seems_two;        /* a second profile seems to follow the first */

  bool      saw_known; /* ... and this message is one */
  ProfError code;      /* of a reader's fault, where it is not malformed */
};

static void *
scratch_alloc (void *arena, size_t size)
{
  return prof_arena_alloc (arena, size);
}

static void
scratch_free (void *arena, void *data)
{
}

ProfPprofDecode *
prof_pprof_decode_new (void)
{
  ProfPprofDecode *self = g_new0 (ProfPprofDecode, 1);

  self->builder = prof_builder_new ();
  self->arena = prof_arena_new (PROF_PPROF_MAX_SCRATCH);
  self->allocator.alloc = scratch_alloc;
  self->allocator.free = scratch_free;
  self->allocator.allocator_data = self->arena;
  return self;
}

void
prof_pprof_decode_free (ProfPprofDecode *self)
{
  if (self == NULL)
    return;
  prof_builder_free (self->builder);
  prof_vec_u8_clear (&self->carry);
  prof_vec_u64_clear (&self->locations);
  prof_vec_u64_clear (&self->values);
  vec_label_clear (&self->labels);
  vec_raw_line_clear (&self->lines);
  prof_vec_u8_clear (&self->message);
  prof_vec_u8_clear (&self->line);
  prof_arena_free (self->arena);
  g_free (self);
}

/* --- failing --- */

static bool
no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the profile does not fit into memory");
}

/* "sample 17 at byte 4031" */
static char *
place (const ProfPprofDecode *self, uint64_t number)
{
  if (number == 0 || number >= N_FIELDS)
    return g_strdup_printf ("a field at byte %" G_GUINT64_FORMAT, self->offset);
  if (!fields[number].is_counted)
    return g_strdup_printf ("%s at byte %" G_GUINT64_FORMAT,
                            fields[number].name,
                            self->offset);
  return g_strdup_printf ("%s %zu at byte %" G_GUINT64_FORMAT,
                          fields[number].name,
                          self->n[number],
                          self->offset);
}

static bool
fail_field (const ProfPprofDecode *self,
            uint64_t               number,
            ProfError              code,
            const char            *reason,
            GError               **error)
{
  g_autofree char *where = place (self, number);

  return prof_fail (error, code, "%s: %s", where, reason);
}

/* Says more of a failure: as long as nothing of a profile was seen, it is that
 * this is none; and it may come from two profiles in one file. */
static bool
settle (const ProfPprofDecode *self, GError *failure, GError **error)
{
  bool is_malformed = g_error_matches (failure,
                                       PROF_ERROR,
                                       PROF_ERROR_MALFORMED);

  if (is_malformed && self->n_known == 0)
    prof_fail (error,
               PROF_ERROR_UNRECOGNIZED,
               "not a profile: %s",
               failure->message);
  else if (is_malformed && self->seems_two)
    prof_fail (error,
               PROF_ERROR_MALFORMED,
               "%s; are these two profiles in one file (concatenated)?",
               failure->message);
  else
    {
      g_propagate_error (error, failure);
      return false;
    }
  g_error_free (failure);
  return false;
}

/* --- samples --- */

static bool
too_many (ProfPprofDecode *self, ProfReader *reader, const char *fault)
{
  self->code = PROF_ERROR_TOO_LARGE;
  return prof_reader_fail (reader, fault);
}

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
take_numbers (ProfPprofDecode    *self,
              ProfReader         *reader,
              const ProfWireHead *head,
              ProfReader         *packed,
              ProfVecU64         *numbers,
              GError            **error)
{
  size_t room = MAX_SAMPLE_ITEMS - numbers->length;
  size_t n = 1;

  if (head->type == PROF_WIRE_VARINT)
    {
      if (room < 1)
        return too_many (self, reader, "more than 1048576 numbers");
      return prof_vec_u64_append (numbers, head->value) || no_memory (error);
    }
  if (head->type != PROF_WIRE_BYTES)
    return prof_reader_fail (reader, "numbers have the wrong wire type");
  if (prof_reader_left (packed) > room && count_varints (packed) > room)
    return too_many (self, reader, "more than 1048576 numbers");
  if (!prof_vec_u64_reserve (numbers, prof_reader_left (packed)))
    return no_memory (error);
  if (!prof_reader_varints (packed, numbers->data + numbers->length, &n))
    return prof_reader_fail (reader, packed->fault);
  numbers->length += n;
  return true;
}

static bool
read_label (ProfPprofDecode *self, ProfReader *reader, ProfRawLabel *label)
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
          prof_builder_note_unknown_field (self->builder);
          continue;
        }
      if (head.type != PROF_WIRE_VARINT)
        return prof_reader_fail (reader, "a label has the wrong wire type");
      *targets[head.number] = (int64_t)head.value;
    }
  return true;
}

static bool
take_label (ProfPprofDecode    *self,
            ProfReader         *reader,
            const ProfWireHead *head,
            ProfReader         *message,
            GError            **error)
{
  ProfRawLabel label = { 0 };

  if (head->type != PROF_WIRE_BYTES)
    return prof_reader_fail (reader, "a label has the wrong wire type");
  if (self->labels.length >= MAX_SAMPLE_ITEMS)
    return too_many (self, reader, "more than 1048576 labels");
  if (!read_label (self, message, &label))
    return prof_reader_fail (reader, message->fault);
  return vec_label_append (&self->labels, label) || no_memory (error);
}

static bool
take_sample (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
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
      self->saw_known |= head.number - 1 < 3;
      if (head.number == 1)
        ok = take_numbers (self,
                           reader,
                           &head,
                           &bytes,
                           &self->locations,
                           error);
      else if (head.number == 2)
        ok = take_numbers (self, reader, &head, &bytes, &self->values, error);
      else if (head.number == 3)
        ok = take_label (self, reader, &head, &bytes, error);
      else
        prof_builder_note_unknown_field (self->builder);
      if (!ok)
        return false;
    }
  return prof_builder_add_sample (self->builder,
                                  self->locations.data,
                                  self->locations.length,
                                  (const int64_t *)self->values.data,
                                  self->values.length,
                                  self->labels.data,
                                  self->labels.length,
                                  error);
}

/* --- small messages --- */

static bool
put_varint (ProfVecU8 *out, uint64_t value)
{
  uint8_t bytes[PROF_READER_MAX_VARINT];
  size_t  n = 0;

  for (; value >= 0x80; value >>= 7)
    bytes[n++] = (uint8_t)(value | 0x80);
  bytes[n++] = (uint8_t)value;
  return prof_vec_u8_extend (out, bytes, n);
}

static bool
put_number (ProfVecU8          *out,
            const Shape        *shape,
            const ProfWireHead *head,
            GError            **error)
{
  uint64_t value = head->value;

  if (shape->bools >> head->number & 1)
    value = value != 0;
  return (put_varint (out, head->number << 3 | PROF_WIRE_VARINT) &&
          put_varint (out, value)) ||
         no_memory (error);
}

static bool shorten_line (ProfPprofDecode *self,
                          ProfReader      *reader,
                          uint64_t         number,
                          ProfReader      *line,
                          GError         **error);

/* Checks a message by Go's rules and writes the fields that are known. */
static bool
shorten (ProfPprofDecode *self,
         ProfReader      *reader,
         const Shape     *shape,
         ProfVecU8       *out,
         GError         **error)
{
  out->length = 0;
  while (prof_reader_left (reader) > 0)
    {
      ProfWireHead head;
      ProfReader   bytes;
      bool         is_line;

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      if (head.number == 0 || head.number > shape->n_fields)
        {
          prof_builder_note_unknown_field (self->builder);
          continue;
        }
      self->saw_known = true;
      is_line = head.number == shape->lines;
      if (head.type != (is_line ? PROF_WIRE_BYTES : PROF_WIRE_VARINT))
        return prof_reader_fail (reader, "a field has the wrong wire type");
      if (is_line ? !shorten_line (self, reader, head.number, &bytes, error)
                  : !put_number (out, shape, &head, error))
        return false;
    }
  return true;
}

/* Only locations have lines, and lines have none: one level deep. */
static bool
shorten_line (ProfPprofDecode *self,
              ProfReader      *reader,
              uint64_t         number,
              ProfReader      *line,
              GError         **error)
{
  ProfVecU8 *out = &self->message;

  if (!shorten (self, line, &line_shape, &self->line, error))
    return prof_reader_fail (reader, line->fault);
  return (put_varint (out, number << 3 | PROF_WIRE_BYTES) &&
          put_varint (out, self->line.length) &&
          prof_vec_u8_extend (out, self->line.data, self->line.length)) ||
         no_memory (error);
}

/* The generated code cannot dislike what shorten() wrote: only memory can be
 * missing. */
static bool
too_big (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "a location takes more than %u MiB of memory",
                    PROF_PPROF_MAX_SCRATCH >> 20);
}

/* Defines unpack_NAME(), which lends a message until the next call. */
#define DEFINE_UNPACK(Type, name)                                          \
  static const Type *unpack_##name (ProfPprofDecode *self,                 \
                                    ProfReader      *reader,               \
                                    GError         **error)                \
  {                                                                        \
    Type *message;                                                         \
                                                                           \
    if (!shorten (self, reader, &name##_shape, &self->message, error))     \
      return NULL;                                                         \
    prof_arena_reset (self->arena);                                        \
    message = perftools__profiles__##name##__unpack (&self->allocator,     \
                                                     self->message.length, \
                                                     self->message.data);  \
    if (message == NULL)                                                   \
      too_big (error);                                                     \
    return message;                                                        \
  }

DEFINE_UNPACK (Perftools__Profiles__ValueType, value_type)
DEFINE_UNPACK (Perftools__Profiles__Mapping, mapping)
DEFINE_UNPACK (Perftools__Profiles__Location, location)
DEFINE_UNPACK (Perftools__Profiles__Function, function)

/* Writers put all types before or all behind the strings. */
static bool
take_type (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  const Perftools__Profiles__ValueType *message;
  ProfRawValueType                      type;

  if (self->types_came_first && self->n[STRING_TABLE] > 0)
    self->seems_two = true;
  self->types_came_first |= self->n[STRING_TABLE] == 0;
  message = unpack_value_type (self, reader, error);
  if (message == NULL)
    return false;
  type = (ProfRawValueType){ message->type, message->unit };
  return prof_builder_add_type (self->builder, &type, error);
}

/* A later one replaces an earlier one, as in Go; protobuf would merge them. */
static bool
take_period_type (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  const Perftools__Profiles__ValueType *message;

  message = unpack_value_type (self, reader, error);
  if (message == NULL)
    return false;
  prof_builder_header (self->builder)->period_type = (ProfRawValueType){
    message->type,
    message->unit
  };
  return true;
}

static bool
take_mapping (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  const Perftools__Profiles__Mapping *message;
  ProfRawMapping                      mapping;

  message = unpack_mapping (self, reader, error);
  if (message == NULL)
    return false;
  mapping = (ProfRawMapping){
    .id = message->id,
    .start = message->memory_start,
    .limit = message->memory_limit,
    .offset = message->file_offset,
    .filename = message->filename,
    .build_id = message->build_id,
    .has_functions = message->has_functions,
    .has_filenames = message->has_filenames,
    .has_line_numbers = message->has_line_numbers,
    .has_inline_frames = message->has_inline_frames,
  };
  return prof_builder_add_mapping (self->builder, &mapping, error);
}

static bool
take_location (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  const Perftools__Profiles__Location *message;
  ProfRawLocation                      location;

  message = unpack_location (self, reader, error);
  if (message == NULL)
    return false;
  self->lines.length = 0;
  if (!vec_raw_line_reserve (&self->lines, message->n_line))
    return no_memory (error);
  for (size_t i = 0; i < message->n_line; i++)
    {
      const Perftools__Profiles__Line *line = message->line[i];

      self->lines.data[i] = (ProfRawLine){ line->function_id,
                                           line->line,
                                           line->column };
    }
  location = (ProfRawLocation){
    .id = message->id,
    .mapping = message->mapping_id,
    .address = message->address,
    .is_folded = message->is_folded,
  };
  return prof_builder_add_location (self->builder,
                                    &location,
                                    self->lines.data,
                                    message->n_line,
                                    error);
}

static bool
take_function (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  const Perftools__Profiles__Function *message;
  ProfRawFunction                      function;

  message = unpack_function (self, reader, error);
  if (message == NULL)
    return false;
  function = (ProfRawFunction){
    .id = message->id,
    .name = message->name,
    .system_name = message->system_name,
    .filename = message->filename,
    .start_line = message->start_line,
  };
  return prof_builder_add_function (self->builder, &function, error);
}

/* --- the profile's own fields --- */

static bool
take_string (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  self->saw_known = true;
  return prof_builder_add_string (self->builder,
                                  (const char *)reader->at,
                                  prof_reader_left (reader),
                                  error);
}

static bool
take_comments (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  while (prof_reader_left (reader) > 0)
    {
      uint64_t text;

      if (!prof_reader_varint (reader, &text))
        return false;
      if (!prof_builder_add_comment (self->builder, (int64_t)text, error))
        return false;
    }
  return true;
}

static bool
take_message (ProfPprofDecode *self,
              uint64_t         number,
              ProfReader      *reader,
              GError         **error)
{
  prof_builder_at (self->builder, self->offset);
  switch (number)
    {
    case SAMPLE_TYPE:
      return take_type (self, reader, error);
    case SAMPLE:
      return take_sample (self, reader, error);
    case MAPPING:
      return take_mapping (self, reader, error);
    case LOCATION:
      return take_location (self, reader, error);
    case FUNCTION:
      return take_function (self, reader, error);
    case STRING_TABLE:
      return take_string (self, reader, error);
    case PERIOD_TYPE:
      return take_period_type (self, reader, error);
    default:
      return take_comments (self, reader, error);
    }
}

static bool
take_time (ProfPprofDecode *self, int64_t time_ns, GError **error)
{
  ProfRawHeader *header = prof_builder_header (self->builder);

  if (header->time_ns != 0)
    {
      self->seems_two = true;
      return fail_field (self,
                         TIME_NANOS,
                         PROF_ERROR_MALFORMED,
                         "there was one before",
                         error);
    }
  header->time_ns = time_ns;
  return true;
}

static bool
take_number (ProfPprofDecode *self,
             uint64_t         number,
             int64_t          value,
             GError         **error)
{
  ProfRawHeader *header = prof_builder_header (self->builder);
  int64_t *const targets[N_FIELDS] = {
    [DROP_FRAMES] = &header->drop_frames,
    [KEEP_FRAMES] = &header->keep_frames,
    [DURATION_NANOS] = &header->duration_ns,
    [PERIOD] = &header->period,
    [DEFAULT_SAMPLE_TYPE] = &header->default_type,
    [DOC_URL] = &header->doc_url,
  };

  if (number == TIME_NANOS)
    return take_time (self, value, error);
  if (number == COMMENT)
    return prof_builder_add_comment (self->builder, value, error);
  *targets[number] = value;
  return true;
}

/* --- from pieces to fields --- */

static bool
is_known (const ProfWireHead *head)
{
  return head->number > 0 && head->number < N_FIELDS;
}

/* What can be said against a field before its content is there. */
static bool
check_head (const ProfPprofDecode *self,
            const ProfWireHead    *head,
            GError               **error)
{
  bool is_packed = head->number == COMMENT && head->type == PROF_WIRE_BYTES;

  if (is_known (head) && head->type != fields[head->number].type && !is_packed)
    return fail_field (self,
                       head->number,
                       PROF_ERROR_MALFORMED,
                       "it has the wrong wire type",
                       error);
  if (head->type != PROF_WIRE_BYTES)
    return true;
  if (head->value > MAX_LENGTH)
    return fail_field (self,
                       head->number,
                       PROF_ERROR_MALFORMED,
                       "its length is beyond any message's",
                       error);
  if (is_known (head) && head->value > PROF_MAX_MESSAGE)
    return fail_field (self,
                       head->number,
                       self->n_known > 0 ? PROF_ERROR_TOO_LARGE
                                         : PROF_ERROR_MALFORMED,
                       "it is longer than 64 MiB",
                       error);
  return true;
}

/* Nothing of a profile so far: is there still hope? */
static bool
check_hope (const ProfPprofDecode *self, GError **error)
{
  if (self->n_known > 0 || self->offset + self->skip <= PROF_PPROF_MAX_UNKNOWN)
    return true;
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "there is nothing of one up to byte %" G_GUINT64_FORMAT,
                    self->offset + self->skip);
}

/* Handles a field that is whole; the reader stands behind its head. */
static bool
take_field (ProfPprofDecode    *self,
            const ProfWireHead *head,
            ProfReader         *reader,
            GError            **error)
{
  if (!is_known (head))
    {
      prof_builder_note_unknown_field (self->builder);
      return check_hope (self, error);
    }
  self->saw_known = false;
  self->code = PROF_ERROR_MALFORMED;
  if (head->type == PROF_WIRE_VARINT
          ? !take_number (self, head->number, (int64_t)head->value, error)
          : !take_message (self, head->number, reader, error))
    return reader->fault != NULL ? fail_field (self,
                                               head->number,
                                               self->code,
                                               reader->fault,
                                               error)
                                 : false;
  self->n[head->number]++;
  self->n_known += self->saw_known;
  return true;
}

/* Takes one field off the front of bytes that are all there is of the file
 * for now; @used is 0 when its end has not come. */
static bool
take_next (ProfPprofDecode *self,
           const uint8_t   *bytes,
           size_t           length,
           size_t          *used,
           GError         **error)
{
  ProfReader   reader;
  ProfReader   content;
  ProfWireHead head;
  uint64_t     size = 0;

  *used = 0;
  prof_reader_init (&reader, bytes, length, self->offset);
  if (!prof_wire_head (&reader, &head))
    return reader.cut ||
           fail_field (self, 0, PROF_ERROR_MALFORMED, reader.fault, error);
  if (!check_head (self, &head, error))
    return false;
  if (head.type != PROF_WIRE_VARINT)
    size = head.value;
  if (size > prof_reader_left (&reader))
    {
      if (is_known (&head))
        return true;
      /* Unknown fields may be of any length: do not keep them. */
      prof_builder_note_unknown_field (self->builder);
      self->skip = size - prof_reader_left (&reader);
      *used = length;
      return check_hope (self, error);
    }
  prof_reader_span (&reader, size, &content);
  if (!take_field (self, &head, &content, error))
    return false;
  *used = length - prof_reader_left (&reader);
  return true;
}

/* How many more bytes the carried field needs as far as its head tells: one
 * when even that is cut. */
static size_t
wanted (const ProfPprofDecode *self)
{
  ProfReader   reader;
  ProfWireHead head;

  prof_reader_init (&reader, self->carry.data, self->carry.length, 0);
  if (!prof_wire_head (&reader, &head) || head.type == PROF_WIRE_VARINT ||
      head.value <= prof_reader_left (&reader))
    return 1;
  return (size_t)(head.value - prof_reader_left (&reader));
}

/* Completes the carried field from the front of new bytes. */
static bool
take_carried (ProfPprofDecode *self,
              const uint8_t  **bytes,
              size_t          *length,
              GError         **error)
{
  while (self->carry.length > 0 && *length > 0)
    {
      size_t n = MIN (wanted (self), *length);
      size_t used;

      if (!prof_vec_u8_extend (&self->carry, *bytes, n))
        return no_memory (error);
      *bytes += n;
      *length -= n;
      if (!take_next (self, self->carry.data, self->carry.length, &used, error))
        return false;
      self->offset += used;
      if (used > 0)
        self->carry.length = 0;
    }
  return true;
}

static bool
skip (ProfPprofDecode *self, const uint8_t **bytes, size_t *length)
{
  size_t n = (size_t)MIN (self->skip, *length);

  self->skip -= n;
  self->offset += n;
  *bytes += n;
  *length -= n;
  return true;
}

static bool
feed (ProfPprofDecode *self,
      const uint8_t   *bytes,
      size_t           length,
      GError         **error)
{
  if (!take_carried (self, &bytes, &length, error))
    return false;
  while (length > 0)
    {
      size_t used;

      if (self->skip > 0 && skip (self, &bytes, &length) && length == 0)
        break;
      if (!take_next (self, bytes, length, &used, error))
        return false;
      if (used == 0)
        return prof_vec_u8_extend (&self->carry, bytes, length) ||
               no_memory (error);
      self->offset += used;
      bytes += used;
      length -= used;
    }
  return true;
}

bool
prof_pprof_decode_feed (ProfPprofDecode *self,
                        const uint8_t   *bytes,
                        size_t           length,
                        GError         **error)
{
  GError *failure = NULL;

  return feed (self, bytes, length, &failure) || settle (self, failure, error);
}

/* --- the end --- */

/* Whether the field that was cut off looks like one of a profile as far as it
 * goes. Only asked when nothing else does. */
static bool
is_plausible (ProfPprofDecode *self, uint64_t *number)
{
  ProfReader   reader;
  ProfWireHead head;
  uint64_t     tag;

  prof_reader_init (&reader, self->carry.data, self->carry.length, 0);
  if (!prof_reader_varint (&reader, &tag))
    return false;
  *number = tag >> 3;
  if (*number == 0 || *number >= N_FIELDS || fields[*number].type != (tag & 7))
    return false;
  prof_reader_init (&reader, self->carry.data, self->carry.length, 0);
  if (!prof_wire_head (&reader, &head) || *number == STRING_TABLE)
    return true;
  return take_message (self, *number, &reader, NULL) || reader.cut ||
         reader.fault == NULL;
}

static bool
fail_cut (ProfPprofDecode *self, GError **error)
{
  uint64_t         number = 0;
  bool             plausible = is_plausible (self, &number);
  g_autofree char *where = place (self, number);

  return prof_fail (error,
                    plausible || self->n_known > 0 ? PROF_ERROR_TRUNCATED
                                                   : PROF_ERROR_MALFORMED,
                    "the profile ends early, at byte %" G_GUINT64_FORMAT
                    ", inside %s",
                    self->offset + self->carry.length,
                    where);
}

static ProfProfile *
finish (ProfPprofDecode *self, GError **error)
{
  if (self->carry.length > 0 || self->skip > 0)
    {
      fail_cut (self, error);
      return NULL;
    }
  return prof_builder_finish (self->builder, error);
}

ProfProfile *
prof_pprof_decode_finish (ProfPprofDecode *self, GError **error)
{
  GError      *failure = NULL;
  ProfProfile *profile = finish (self, &failure);

  if (profile == NULL)
    settle (self, failure, error);
  return profile;
}

/* --- for the table of formats --- */

static bool
sniff (const uint8_t *bytes, size_t length)
{
  return true;
}

static void *
begin (void)
{
  return prof_pprof_decode_new ();
}

static bool
feed_any (void *self, const uint8_t *bytes, size_t length, GError **error)
{
  return prof_pprof_decode_feed (self, bytes, length, error);
}

static ProfProfile *
finish_any (void *self, GError **error)
{
  return prof_pprof_decode_finish (self, error);
}

static void
free_any (void *self)
{
  prof_pprof_decode_free (self);
}

const ProfDecoder prof_pprof_decoder = {
  .name = "pprof",
  .sniff = sniff,
  .begin = begin,
  .feed = feed_any,
  .finish = finish_any,
  .free = free_any,
};
