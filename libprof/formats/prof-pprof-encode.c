/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-encode.h"

#include "base/prof-checked.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "base/prof-writer.h"
#include "formats/prof-wire.h"
#include "input/prof-deflate.h"
#include "profile.pb-c.h"
#include <string.h>

/* One pass in the order of the field numbers. Strings get their positions as the
 * samples, mappings and functions that use them are written; those that only the
 * facts at the end use get theirs before the string table is written.
 *
 * Small messages are packed by protobuf-c's generated code. Samples are put
 * together here, since theirs are the many bytes, and so are strings, which it
 * would cut at a NUL. */

/* Fields of the profile. */
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
};

/* More numbers than this are packed. */
#define MAX_UNPACKED 2

/* Samples between two looks at the progress. */
#define SAMPLES_A_STEP 4096

typedef Perftools__Profiles__ValueType ValueType;
typedef Perftools__Profiles__Mapping   Mapping;
typedef Perftools__Profiles__Location  Location;
typedef Perftools__Profiles__Line      Line;
typedef Perftools__Profiles__Function  Function;
typedef const ProfLabel               *LabelRef;

PROF_VEC_DEFINE (ProfVecPbLine, prof_vec_pb_line, Line)
PROF_VEC_DEFINE (ProfVecPbLines, prof_vec_pb_lines, Line *)
PROF_VEC_DEFINE (ProfVecLabelRef, prof_vec_label_ref, LabelRef)

/* String ids of the facts at the end, as positions. */
typedef struct
{
  int64_t   drop_frames;
  int64_t   keep_frames;
  ValueType period_type;
  int64_t   default_type;
  int64_t   doc_url;
} Facts;

typedef struct
{
  const ProfProfile *profile;
  ProfWriter        *writer;
  ProfProgress      *progress; /* (nullable) */

  /* Owned */
  uint32_t  *positions; /* of each string id; 0 for those without, and "" */
  ProfVecU32 strings;   /* ids in order of their positions */

  /* Owned; used again for each message */
  ProfVecU8       head;
  ProfVecU8       message;
  ProfVecU8       part; /* of a message: packed numbers, a label */
  ProfVecU64      numbers;
  ProfVecLabelRef labels;
  ProfVecPbLine   lines;
  ProfVecPbLines  line_pointers;
} Encoder;

static bool
no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "there is no memory for writing the profile");
}

static bool
init (Encoder *self, GError **error)
{
  size_t n = prof_profile_n_strings (self->profile);

  self->positions = g_try_new0 (uint32_t, MAX (n, 1));
  return (self->positions != NULL && prof_vec_u32_append (&self->strings, 0)) ||
         no_memory (error);
}

static void
clear (Encoder *self)
{
  g_free (self->positions);
  prof_vec_u32_clear (&self->strings);
  prof_vec_u8_clear (&self->head);
  prof_vec_u8_clear (&self->message);
  prof_vec_u8_clear (&self->part);
  prof_vec_u64_clear (&self->numbers);
  prof_vec_label_ref_clear (&self->labels);
  prof_vec_pb_line_clear (&self->lines);
  prof_vec_pb_lines_clear (&self->line_pointers);
}

/* A string's position in the table to be written. */
static bool
place (Encoder *self, ProfStringId id, int64_t *position, GError **error)
{
  if (id != 0 && self->positions[id] == 0)
    {
      self->positions[id] = (uint32_t)self->strings.length;
      if (!prof_vec_u32_append (&self->strings, id))
        return no_memory (error);
    }
  *position = self->positions[id];
  return true;
}

/* --- fields of the profile --- */

/* The writer's failures are reported when it is finished, but end loops. */
static bool
write_bytes (Encoder    *self,
             uint64_t    number,
             const void *bytes,
             size_t      length,
             GError    **error)
{
  self->head.length = 0;
  if (!prof_wire_put_varint (&self->head, number << 3 | PROF_WIRE_BYTES) ||
      !prof_wire_put_varint (&self->head, length))
    return no_memory (error);
  return prof_writer_bytes (self->writer, self->head.data, self->head.length) &&
         prof_writer_bytes (self->writer, bytes, length);
}

static bool
write_number (Encoder *self, uint64_t number, int64_t value, GError **error)
{
  self->head.length = 0;
  if (!prof_wire_put_number (&self->head, number, (uint64_t)value))
    return no_memory (error);
  return prof_writer_bytes (self->writer, self->head.data, self->head.length);
}

static bool
write_number_unless_0 (Encoder *self,
                       uint64_t number,
                       int64_t  value,
                       GError **error)
{
  return value == 0 || write_number (self, number, value, error);
}

static bool
write_message (Encoder                *self,
               uint64_t                number,
               const ProtobufCMessage *message,
               GError                **error)
{
  size_t length = protobuf_c_message_get_packed_size (message);

  self->message.length = 0;
  if (!prof_vec_u8_reserve (&self->message, length))
    return no_memory (error);
  protobuf_c_message_pack (message, self->message.data);
  return write_bytes (self, number, self->message.data, length, error);
}

/* --- types --- */

static bool
place_type (Encoder      *self,
            ProfValueType type,
            ValueType    *message,
            GError      **error)
{
  perftools__profiles__value_type__init (message);
  return place (self, type.type, &message->type, error) &&
         place (self, type.unit, &message->unit, error);
}

static bool
write_types (Encoder *self, GError **error)
{
  const ProfValueType *types = prof_profile_types (self->profile);

  for (size_t t = 0; t < prof_profile_n_types (self->profile); t++)
    {
      ValueType message;

      if (!place_type (self, types[t], &message, error) ||
          !write_message (self, SAMPLE_TYPE, &message.base, error))
        return false;
    }
  return true;
}

/* --- samples --- */

/* Leaves self->numbers in self->part. Room is made once, as most of a file's
 * bytes come by here. */
static bool
pack_numbers (Encoder *self)
{
  const ProfVecU64 *numbers = &self->numbers;
  uint8_t          *at;

  self->part.length = 0;
  if (!prof_vec_u8_reserve (&self->part,
                            numbers->length * PROF_READER_MAX_VARINT))
    return false;
  at = self->part.data;
  for (size_t i = 0; i < numbers->length; i++)
    at = prof_wire_varint (at, numbers->data[i]);
  self->part.length = (size_t)(at - self->part.data);
  return true;
}

/* Appends self->numbers to the message. */
static bool
put_numbers (Encoder *self, uint64_t number)
{
  const ProfVecU64 *numbers = &self->numbers;

  if (numbers->length <= MAX_UNPACKED)
    {
      for (size_t i = 0; i < numbers->length; i++)
        if (!prof_wire_put_number (&self->message, number, numbers->data[i]))
          return false;
      return true;
    }
  return pack_numbers (self) && prof_wire_put_bytes (&self->message,
                                                     number,
                                                     self->part.data,
                                                     self->part.length);
}

static bool
put_stack (Encoder *self, size_t sample)
{
  const ProfStackNode *nodes = prof_profile_stacks (self->profile);
  const ProfLocation  *locations = prof_profile_locations (self->profile);
  ProfStackId node = prof_profile_sample_stacks (self->profile)[sample];

  self->numbers.length = 0;
  for (; node != 0; node = nodes[node].parent)
    if (!prof_vec_u64_append (&self->numbers,
                              locations[nodes[node].location].id))
      return false;
  return put_numbers (self, 1);
}

static bool
put_values (Encoder *self, size_t sample)
{
  size_t         n = prof_profile_n_types (self->profile);
  const int64_t *values = prof_profile_sample_values (self->profile);

  self->numbers.length = 0;
  return prof_vec_u64_extend (&self->numbers,
                              (const uint64_t *)values + sample * n,
                              n) &&
         put_numbers (self, 2);
}

/* Texts before numbers, then by key; the sort keeps the order of equal ones. */
static int
compare_labels (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfLabel *left = *(const ProfLabel *const *)a;
  const ProfLabel *right = *(const ProfLabel *const *)b;
  const char      *left_key, *right_key;
  size_t           left_length, right_length;
  int              order;

  if ((left->str != 0) != (right->str != 0))
    return left->str != 0 ? -1 : 1;
  if (left->key == right->key)
    return 0;
  left_key = prof_profile_string_bytes (data, left->key, &left_length);
  right_key = prof_profile_string_bytes (data, right->key, &right_length);
  order = memcmp (left_key, right_key, MIN (left_length, right_length));
  return order != 0 ? order : left_length < right_length ? -1 : 1;
}

static bool
sort_labels (Encoder *self, size_t sample)
{
  size_t           n;
  const ProfLabel *labels;

  labels = prof_profile_sample_labels (self->profile, sample, &n);
  self->labels.length = 0;
  for (size_t i = 0; i < n; i++)
    if ((labels[i].str != 0 || labels[i].num != 0 || labels[i].unit != 0) &&
        !prof_vec_label_ref_append (&self->labels, &labels[i]))
      return false;
  if (self->labels.length > 1)
    g_qsort_with_data (self->labels.data,
                       (int)self->labels.length,
                       sizeof *self->labels.data,
                       compare_labels,
                       (gpointer)self->profile);
  return true;
}

static bool
put_label (Encoder *self, const ProfLabel *label, GError **error)
{
  int64_t numbers[4] = { [2] = label->num };

  if (!place (self, label->key, &numbers[0], error) ||
      !place (self, label->str, &numbers[1], error) ||
      !place (self, label->unit, &numbers[3], error))
    return false;
  self->part.length = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (numbers[i] != 0 &&
        !prof_wire_put_number (&self->part, i + 1, (uint64_t)numbers[i]))
      return no_memory (error);
  return prof_wire_put_bytes (&self->message,
                              3,
                              self->part.data,
                              self->part.length) ||
         no_memory (error);
}

static bool
write_sample (Encoder *self, size_t sample, GError **error)
{
  self->message.length = 0;
  if (!put_stack (self, sample) || !put_values (self, sample) ||
      !sort_labels (self, sample))
    return no_memory (error);
  for (size_t i = 0; i < self->labels.length; i++)
    if (!put_label (self, self->labels.data[i], error))
      return false;
  return write_bytes (self,
                      SAMPLE,
                      self->message.data,
                      self->message.length,
                      error);
}

static bool
write_samples (Encoder *self, GError **error)
{
  size_t n = prof_profile_n_samples (self->profile);

  for (size_t s = 0; s < n; s++)
    {
      double fraction = (double)s / (double)n;

      if (s % SAMPLES_A_STEP == 0 &&
          !prof_progress_step (self->progress, fraction, error))
        return false;
      if (!write_sample (self, s, error))
        return false;
    }
  return true;
}

/* --- tables --- */

/* A kernel's file name was taken apart when it was read; the string it was read
 * from is still there. */
static ProfStringId
whole_file_name (const ProfProfile *profile, const ProfMapping *mapping)
{
  g_autoptr (GString) whole = NULL;
  const char         *text;
  size_t              length;
  ProfStringId        id;

  if (mapping->kernel_symbol == 0)
    return mapping->filename;
  text = prof_profile_string_bytes (profile, mapping->filename, &length);
  whole = g_string_new_len (text, (gssize)length);
  text = prof_profile_string_bytes (profile, mapping->kernel_symbol, &length);
  g_string_append_len (whole, text, (gssize)length);
  id = prof_profile_find_string (profile, whole->str, whole->len);
  g_assert (id != PROF_ID_NONE);
  return id;
}

static bool
write_mapping (Encoder *self, const ProfMapping *mapping, GError **error)
{
  Mapping message = PERFTOOLS__PROFILES__MAPPING__INIT;

  message.id = mapping->id;
  message.memory_start = mapping->start;
  message.memory_limit = mapping->limit;
  message.file_offset = mapping->offset;
  message.has_functions = mapping->has_functions;
  message.has_filenames = mapping->has_filenames;
  message.has_line_numbers = mapping->has_line_numbers;
  message.has_inline_frames = mapping->has_inline_frames;
  return place (self,
                whole_file_name (self->profile, mapping),
                &message.filename,
                error) &&
         place (self, mapping->build_id, &message.build_id, error) &&
         write_message (self, MAPPING, &message.base, error);
}

static bool
write_mappings (Encoder *self, GError **error)
{
  const ProfMapping *mappings = prof_profile_mappings (self->profile);

  for (size_t m = 0; m < prof_profile_n_mappings (self->profile); m++)
    if (!write_mapping (self, &mappings[m], error))
      return false;
  return true;
}

static bool
fill_lines (Encoder            *self,
            const ProfLocation *location,
            Location           *message,
            GError            **error)
{
  const ProfLine     *lines = prof_profile_lines (self->profile);
  const ProfFunction *functions = prof_profile_functions (self->profile);
  size_t              n = location->n_lines;

  if (!prof_vec_pb_line_reserve (&self->lines, n) ||
      !prof_vec_pb_lines_reserve (&self->line_pointers, n))
    return no_memory (error);
  for (size_t i = 0; i < n; i++)
    {
      const ProfLine *line = &lines[location->first_line + i];
      Line           *row = &self->lines.data[i];

      perftools__profiles__line__init (row);
      row->function_id = functions[line->function].id;
      row->line = line->line;
      row->column = line->column;
      self->line_pointers.data[i] = row;
    }
  message->n_line = n;
  message->line = self->line_pointers.data;
  return true;
}

static bool
write_location (Encoder *self, const ProfLocation *location, GError **error)
{
  Location message = PERFTOOLS__PROFILES__LOCATION__INIT;

  message.id = location->id;
  message.address = location->address;
  message.is_folded = location->is_folded;
  if (location->mapping != PROF_ID_NONE)
    message.mapping_id =
        prof_profile_mappings (self->profile)[location->mapping].id;
  return fill_lines (self, location, &message, error) &&
         write_message (self, LOCATION, &message.base, error);
}

static bool
write_locations (Encoder *self, GError **error)
{
  const ProfLocation *locations = prof_profile_locations (self->profile);

  for (size_t l = 0; l < prof_profile_n_locations (self->profile); l++)
    if (!write_location (self, &locations[l], error))
      return false;
  return true;
}

static bool
write_function (Encoder *self, const ProfFunction *function, GError **error)
{
  Function message = PERFTOOLS__PROFILES__FUNCTION__INIT;

  message.id = function->id;
  message.start_line = function->start_line;
  return place (self, function->name, &message.name, error) &&
         place (self, function->system_name, &message.system_name, error) &&
         place (self, function->filename, &message.filename, error) &&
         write_message (self, FUNCTION, &message.base, error);
}

static bool
write_functions (Encoder *self, GError **error)
{
  const ProfFunction *functions = prof_profile_functions (self->profile);

  for (size_t f = 0; f < prof_profile_n_functions (self->profile); f++)
    if (!write_function (self, &functions[f], error))
      return false;
  return true;
}

/* --- strings and facts --- */

/* Leaves the comments' positions in self->numbers. */
static bool
place_comments (Encoder *self, GError **error)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (self->profile, &n);

  self->numbers.length = 0;
  for (size_t c = 0; c < n; c++)
    {
      int64_t position;

      if (!place (self, comments[c], &position, error))
        return false;
      if (!prof_vec_u64_append (&self->numbers, (uint64_t)position))
        return no_memory (error);
    }
  return true;
}

static bool
place_facts (Encoder *self, Facts *facts, GError **error)
{
  const ProfProfile *profile = self->profile;

  return place (self,
                prof_profile_drop_frames (profile),
                &facts->drop_frames,
                error) &&
         place (self,
                prof_profile_keep_frames (profile),
                &facts->keep_frames,
                error) &&
         place_type (self,
                     prof_profile_period_type (profile),
                     &facts->period_type,
                     error) &&
         place_comments (self, error) &&
         place (self,
                prof_profile_default_type_name (profile),
                &facts->default_type,
                error) &&
         place (self, prof_profile_doc_url (profile), &facts->doc_url, error);
}

static bool
write_strings (Encoder *self, GError **error)
{
  for (size_t i = 0; i < self->strings.length; i++)
    {
      size_t      length;
      const char *text = prof_profile_string_bytes (self->profile,
                                                    self->strings.data[i],
                                                    &length);

      if (!write_bytes (self, STRING_TABLE, text, length, error))
        return false;
    }
  return true;
}

static bool
write_period_type (Encoder *self, const ValueType *type, GError **error)
{
  return (type->type == 0 && type->unit == 0) ||
         write_message (self, PERIOD_TYPE, &type->base, error);
}

/* Of self->numbers, as place_comments() left them. */
static bool
write_comments (Encoder *self, GError **error)
{
  self->message.length = 0;
  if (!put_numbers (self, COMMENT))
    return no_memory (error);
  return prof_writer_bytes (self->writer,
                            self->message.data,
                            self->message.length);
}

static bool
write_facts (Encoder *self, const Facts *facts, GError **error)
{
  const ProfProfile *profile = self->profile;

  return write_number_unless_0 (self, DROP_FRAMES, facts->drop_frames, error) &&
         write_number_unless_0 (self, KEEP_FRAMES, facts->keep_frames, error) &&
         write_number_unless_0 (self,
                                TIME_NANOS,
                                prof_profile_time_ns (profile),
                                error) &&
         write_number_unless_0 (self,
                                DURATION_NANOS,
                                prof_profile_duration_ns (profile),
                                error) &&
         write_period_type (self, &facts->period_type, error) &&
         write_number_unless_0 (self,
                                PERIOD,
                                prof_profile_period (profile),
                                error) &&
         write_comments (self, error) &&
         write_number (self, DEFAULT_SAMPLE_TYPE, facts->default_type, error) &&
         write_number_unless_0 (self, DOC_URL, facts->doc_url, error);
}

static bool
write_profile (Encoder *self, GError **error)
{
  Facts facts;

  return write_types (self, error) && write_samples (self, error) &&
         write_mappings (self, error) && write_locations (self, error) &&
         write_functions (self, error) && place_facts (self, &facts, error) &&
         write_strings (self, error) && write_facts (self, &facts, error) &&
         prof_progress_step (self->progress, 1, error);
}

/* Stacks are a tree in memory, but each sample has all of its own in a file: a
 * chain of 100,000 calls, each of which was hit, would be 15 GB. Real stacks are
 * never so long in the mean. */
#define MAX_MEAN_STACK 4096 /* bytes */

static size_t
varint_bytes (uint64_t number)
{
  size_t n = 1;

  for (; number >= 0x80; number >>= 7)
    n++;
  return n;
}

/* Of all samples' stacks; saturates. */
static bool
measure_stacks (const ProfProfile *profile, uint64_t *bytes, GError **error)
{
  size_t               n_stacks = prof_profile_n_stacks (profile);
  size_t               n_samples = prof_profile_n_samples (profile);
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  const ProfStackId   *stacks = prof_profile_sample_stacks (profile);
  const ProfLocation  *locations = prof_profile_locations (profile);
  g_autofree uint64_t *lengths = g_try_new (uint64_t, n_stacks + 1);

  if (lengths == NULL)
    return no_memory (error);
  lengths[0] = 0;
  for (size_t s = 1; s < n_stacks; s++)
    lengths[s] = lengths[nodes[s].parent] +
                 varint_bytes (locations[nodes[s].location].id);
  *bytes = 0;
  for (size_t s = 0; s < n_samples; s++)
    *bytes = prof_add_u64 (*bytes, lengths[stacks[s]]);
  return true;
}

static bool
check_stacks (const ProfProfile *profile, GError **error)
{
  const ProfLimits *limits = prof_profile_limits (profile);
  uint64_t          asked = prof_limits_get (limits, PROF_LIMIT_INFLATED);
  uint64_t          most = asked > 0 ? asked : PROF_MAX_INFLATED;
  size_t            n_samples = prof_profile_n_samples (profile);
  uint64_t          bytes = 0;

  if (!measure_stacks (profile, &bytes, error))
    return false;
  if (bytes <= most || bytes / MAX_MEAN_STACK <= n_samples)
    return true;
  return prof_limits_fail (error,
                           PROF_LIMIT_INFLATED,
                           "written as pprof's, with the whole stack of each "
                           "sample, it would be %" G_GUINT64_FORMAT " bytes",
                           bytes);
}

bool
prof_pprof_encode (const ProfProfile *profile,
                   const ProfSink    *sink,
                   ProfProgress      *progress,
                   GError           **error)
{
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);
  g_autoptr (GError)     failure = NULL;
  Encoder                self = {
                   .profile = profile,
                   .writer = writer,
                   .progress = progress,
  };
  bool ok = check_stacks (profile, &failure) && init (&self, &failure) &&
            write_profile (&self, &failure);

  clear (&self);
  /* Without a failure of our own it is the writer that stopped us. */
  if (ok || failure == NULL)
    return prof_writer_finish (writer, error);
  g_propagate_error (error, g_steal_pointer (&failure));
  return false;
}

bool
prof_pprof_encode_gzip (const ProfProfile *profile,
                        const ProfSink    *sink,
                        ProfProgress      *progress,
                        GError           **error)
{
  g_autoptr (ProfDeflate) deflate = prof_deflate_new (sink, error);
  ProfSink                content;

  if (deflate == NULL)
    return false;
  content = prof_deflate_sink (deflate);
  return prof_pprof_encode (profile, &content, progress, error) &&
         prof_deflate_finish (deflate, error);
}
