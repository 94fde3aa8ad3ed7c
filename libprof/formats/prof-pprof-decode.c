/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"

#include "base/prof-limits.h"
#include "base/prof-reader.h"
#include "base/prof-vec.h"
#include "formats/prof-foreign.h"
#include "formats/prof-pprof-context.h"
#include "formats/prof-pprof-location.h"
#include "formats/prof-pprof-sample.h"
#include "formats/prof-pprof-tables.h"
#include "formats/prof-wire.h"
#include "model/prof-builder.h"

/* A profile is one message whose fields are handled as they come:
 *
 *   pieces   |....s....|....|..l...|   fields lie across their borders:
 *   fields   [s][s][loc][s][l   oc]    what is cut off is carried over
 *
 * Samples and small messages have readers of their own. */

#define FORMAT "pprof"

/* Protobuf's own limit on any length. */
#define MAX_LENGTH INT32_MAX

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

struct _ProfPprofDecode
{
  /* Owned */
  ProfVecU8         carry;   /* a field whose end has not come yet */
  ProfPprofContext  context; /* owns its builder */
  ProfPprofSample   sample;
  ProfPprofLocation location;
  ProfPprofTables  *tables;

  uint64_t offset; /* of the field that is read, in the inflated bytes */
  uint64_t skip;   /* bytes of an unknown field that are still to come */

  uint64_t max_string; /* bytes */

  size_t n[N_FIELDS]; /* fields so far */
  size_t n_comments;  /* packed ones counted one by one */
  size_t n_known;     /* messages so far with something of a profile in them */
  bool   types_came_first; /* before the strings */
  bool   seems_two;        /* a second profile seems to follow the first */
};

ProfPprofDecode *
prof_pprof_decode_new (const ProfLimits *limits)
{
  ProfPprofDecode *self = g_new0 (ProfPprofDecode, 1);

  self->context.builder = prof_builder_new (limits);
  prof_builder_header (self->context.builder)->format = FORMAT;
  self->context.max_frames = prof_limits_get (limits, PROF_LIMIT_FRAMES);
  self->max_string = prof_limits_get (limits, PROF_LIMIT_STRING);
  self->tables = prof_pprof_tables_new (&self->context);
  return self;
}

void
prof_pprof_decode_free (ProfPprofDecode *self)
{
  if (self == NULL)
    return;
  prof_builder_free (self->context.builder);
  prof_pprof_sample_clear (&self->sample);
  prof_pprof_location_clear (&self->location);
  prof_pprof_tables_free (self->tables);
  prof_vec_u8_clear (&self->carry);
  g_free (self);
}

/* --- failing --- */

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

/* --- the profile's own fields --- */

static bool
take_string (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  self->context.saw_known = true;
  return prof_builder_add_string (self->context.builder,
                                  (const char *)reader->at,
                                  prof_reader_left (reader),
                                  error);
}

static bool
take_comment (ProfPprofDecode *self, int64_t text, GError **error)
{
  if (++self->n_comments > PROF_MAX_COMMENTS)
    return fail_field (self,
                       COMMENT,
                       PROF_ERROR_TOO_LARGE,
                       "there are more than 1048576",
                       error);
  return prof_builder_add_comment (self->context.builder, text, error);
}

static bool
take_comments (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  while (prof_reader_left (reader) > 0)
    {
      uint64_t text;

      if (!prof_reader_varint (reader, &text) ||
          !take_comment (self, (int64_t)text, error))
        return false;
    }
  return true;
}

/* Writers put all types before or all behind the strings. */
static bool
take_type (ProfPprofDecode *self, ProfReader *reader, GError **error)
{
  if (self->types_came_first && self->n[STRING_TABLE] > 0)
    self->seems_two = true;
  self->types_came_first |= self->n[STRING_TABLE] == 0;
  if (self->n[SAMPLE_TYPE] >= PROF_MAX_TYPES)
    return fail_field (self,
                       SAMPLE_TYPE,
                       PROF_ERROR_TOO_LARGE,
                       "there are more than 65536",
                       error);
  return prof_pprof_tables_take_type (self->tables, reader, error);
}

static bool
take_message (ProfPprofDecode *self,
              uint64_t         number,
              ProfReader      *reader,
              GError         **error)
{
  prof_builder_at (self->context.builder, self->offset);
  switch (number)
    {
    case SAMPLE_TYPE:
      return take_type (self, reader, error);
    case SAMPLE:
      return prof_pprof_sample_take (&self->sample,
                                     &self->context,
                                     reader,
                                     error);
    case MAPPING:
      return prof_pprof_tables_take_mapping (self->tables, reader, error);
    case LOCATION:
      return prof_pprof_location_take (&self->location,
                                       &self->context,
                                       reader,
                                       error);
    case FUNCTION:
      return prof_pprof_tables_take_function (self->tables, reader, error);
    case STRING_TABLE:
      return take_string (self, reader, error);
    case PERIOD_TYPE:
      return prof_pprof_tables_take_period_type (self->tables, reader, error);
    default:
      return take_comments (self, reader, error);
    }
}

static bool
take_time (ProfPprofDecode *self, int64_t time_ns, GError **error)
{
  ProfRawHeader *header = prof_builder_header (self->context.builder);

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
  ProfRawHeader *header = prof_builder_header (self->context.builder);

  switch (number)
    {
    case DROP_FRAMES:
      header->drop_frames = value;
      return true;
    case KEEP_FRAMES:
      header->keep_frames = value;
      return true;
    case TIME_NANOS:
      return take_time (self, value, error);
    case DURATION_NANOS:
      header->duration_ns = value;
      return true;
    case PERIOD:
      header->period = value;
      return true;
    case COMMENT:
      return take_comment (self, value, error);
    case DEFAULT_SAMPLE_TYPE:
      header->default_type = value;
      return true;
    default:
      header->doc_url = value;
      return true;
    }
}

/* --- from pieces to fields --- */

static bool
is_known (const ProfWireHead *head)
{
  return head->number > 0 && head->number < N_FIELDS;
}

/* Before anything of it is kept; as long as there was nothing of a profile, it is
 * taken for none. */
static bool
check_length (const ProfPprofDecode *self,
              uint64_t               number,
              uint64_t               length,
              GError               **error)
{
  g_autofree char *where = NULL;

  if (number == STRING_TABLE && self->n_known > 0)
    {
      if (length <= self->max_string)
        return true;
      where = place (self, number);
      return prof_limits_fail (error,
                               PROF_LIMIT_STRING,
                               "%s is longer than %" G_GUINT64_FORMAT " bytes",
                               where,
                               self->max_string);
    }
  if (length <= PROF_MAX_MESSAGE)
    return true;
  return fail_field (self,
                     number,
                     self->n_known > 0 ? PROF_ERROR_TOO_LARGE
                                       : PROF_ERROR_MALFORMED,
                     "it is longer than 64 MiB",
                     error);
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
  return !is_known (head) ||
         check_length (self, head->number, head->value, error);
}

/* Nothing of a profile so far: is there still hope? */
static bool
check_hope (const ProfPprofDecode *self, GError **error)
{
  if (self->n_known > 0 || self->offset + self->skip <= PROF_MAX_UNKNOWN)
    return true;
  return prof_fail (error,
                    PROF_ERROR_MALFORMED,
                    "there is nothing of one up to byte %" G_GUINT64_FORMAT,
                    self->offset + self->skip);
}

/* A message that its reader did not like: says where. */
static bool
fail_fault (const ProfPprofDecode *self,
            uint64_t               number,
            const ProfReader      *reader,
            GError               **error)
{
  if (reader->fault == NULL)
    return false; /* the error is set */
  return fail_field (self,
                     number,
                     self->context.is_too_large ? PROF_ERROR_TOO_LARGE
                                                : PROF_ERROR_MALFORMED,
                     reader->fault,
                     error);
}

/* Handles a field that is whole; the reader holds its content. */
static bool
take_field (ProfPprofDecode    *self,
            const ProfWireHead *head,
            ProfReader         *content,
            GError            **error)
{
  if (!is_known (head))
    {
      prof_builder_note_unknown_field (self->context.builder);
      return check_hope (self, error);
    }
  self->context.saw_known = false;
  if (head->type == PROF_WIRE_VARINT)
    {
      if (!take_number (self, head->number, (int64_t)head->value, error))
        return false;
    }
  else if (!take_message (self, head->number, content, error))
    return fail_fault (self, head->number, content, error);
  self->n[head->number]++;
  self->n_known += self->context.saw_known;
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
      prof_builder_note_unknown_field (self->context.builder);
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
        return prof_fail_memory (error);
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
               prof_fail_memory (error);
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

  return (feed (self, bytes, length, &failure) &&
          prof_builder_check_memory (self->context.builder, &failure)) ||
         settle (self, failure, error);
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
  return prof_builder_finish (self->context.builder, error);
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
  return prof_foreign_text (bytes, length) == NULL;
}

static void *
begin (const ProfLimits *limits)
{
  return prof_pprof_decode_new (limits);
}

static void
list_stacks (void *self)
{
  ProfPprofDecode *decode = self;

  prof_builder_list_stacks (decode->context.builder);
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
  .name = FORMAT,
  .sniff = sniff,
  .begin = begin,
  .list_stacks = list_stacks,
  .feed = feed_any,
  .finish = finish_any,
  .free = free_any,
};
