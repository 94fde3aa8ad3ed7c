/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-tables.h"

#include "base/prof-arena.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "formats/prof-wire.h"
#include "profile.pb-c.h"

/* What protobuf-c is to unpack. */
typedef struct
{
  uint8_t  n_fields; /* numbered from 1 */
  uint16_t bools;    /* bit n: field n is true or false */
} Shape;

static const Shape value_type_shape = { 2, 0 };
static const Shape mapping_shape = { 10, 0xf << 7 };
static const Shape function_shape = { 5, 0 };

struct _ProfPprofTables
{
  ProfPprofContext *context; /* lent */

  /* Owned; used again for each message */
  ProfVecU8  message; /* in its shortest form */
  ProfArena *arena;   /* what protobuf-c makes of it */

  ProtobufCAllocator allocator; /* on arena */
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

ProfPprofTables *
prof_pprof_tables_new (ProfPprofContext *context)
{
  ProfPprofTables *self = g_new0 (ProfPprofTables, 1);

  self->context = context;
  self->arena = prof_arena_new (PROF_MAX_SCRATCH);
  self->allocator.alloc = scratch_alloc;
  self->allocator.free = scratch_free;
  self->allocator.allocator_data = self->arena;
  return self;
}

void
prof_pprof_tables_free (ProfPprofTables *self)
{
  if (self == NULL)
    return;
  prof_vec_u8_clear (&self->message);
  prof_arena_free (self->arena);
  g_free (self);
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
  return prof_wire_put_number (out, head->number, value) ||
         prof_fail_memory (error);
}

/* Checks a message by Go's rules and writes the fields that are known. */
static bool
shorten (ProfPprofTables *self,
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

      if (!prof_wire_field (reader, &head, &bytes))
        return false;
      if (head.number == 0 || head.number > shape->n_fields)
        {
          prof_builder_note_unknown_field (self->context->builder);
          continue;
        }
      self->context->saw_known = true;
      if (head.type != PROF_WIRE_VARINT)
        return prof_reader_fail (reader, "a field has the wrong wire type");
      if (!put_number (out, shape, &head, error))
        return false;
    }
  return true;
}

/* Defines unpack_NAME(), which lends a message until the next call. */
#define DEFINE_UNPACK(Type, name)                                          \
  static const Type *unpack_##name (ProfPprofTables *self,                 \
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
      prof_fail_memory (error);                                            \
    return message;                                                        \
  }

DEFINE_UNPACK (Perftools__Profiles__ValueType, value_type)
DEFINE_UNPACK (Perftools__Profiles__Mapping, mapping)
DEFINE_UNPACK (Perftools__Profiles__Function, function)

bool
prof_pprof_tables_take_type (ProfPprofTables *self,
                             ProfReader      *reader,
                             GError         **error)
{
  const Perftools__Profiles__ValueType *message;
  ProfRawValueType                      type;

  message = unpack_value_type (self, reader, error);
  if (message == NULL)
    return false;
  type = (ProfRawValueType){ message->type, message->unit };
  return prof_builder_add_type (self->context->builder, &type, error);
}

bool
prof_pprof_tables_take_period_type (ProfPprofTables *self,
                                    ProfReader      *reader,
                                    GError         **error)
{
  const Perftools__Profiles__ValueType *message;

  message = unpack_value_type (self, reader, error);
  if (message == NULL)
    return false;
  prof_builder_header (self->context->builder)
      ->period_type = (ProfRawValueType){ message->type, message->unit };
  return true;
}

bool
prof_pprof_tables_take_mapping (ProfPprofTables *self,
                                ProfReader      *reader,
                                GError         **error)
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
  return prof_builder_add_mapping (self->context->builder, &mapping, error);
}

bool
prof_pprof_tables_take_function (ProfPprofTables *self,
                                 ProfReader      *reader,
                                 GError         **error)
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
  return prof_builder_add_function (self->context->builder, &function, error);
}
