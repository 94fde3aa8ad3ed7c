/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "outcome.h"
#include "whole.pb-c.h"
#include <string.h>

/* The rules are those of docs/formats/pprof.md, written down a second time:
 * whole messages, no streaming, nothing shared with libprof. */

typedef Whole__Profile   Profile;
typedef Whole__ValueType ValueType;

static bool
in_table (const Profile *profile, int64_t position)
{
  return position >= 0 && (uint64_t)position < profile->n_string_table;
}

static bool
type_is_good (const Profile *profile, const ValueType *type)
{
  return type == NULL ||
         (in_table (profile, type->type) && in_table (profile, type->unit));
}

static bool
header_is_good (const Profile *profile)
{
  for (size_t t = 0; t < profile->n_sample_type; t++)
    if (!type_is_good (profile, profile->sample_type[t]))
      return false;
  for (size_t c = 0; c < profile->n_comment; c++)
    if (!in_table (profile, profile->comment[c]))
      return false;
  return profile->n_string_table > 0 && profile->string_table[0].len == 0 &&
         type_is_good (profile, profile->period_type) &&
         in_table (profile, profile->drop_frames) &&
         in_table (profile, profile->keep_frames) &&
         in_table (profile, profile->default_sample_type) &&
         in_table (profile, profile->doc_url);
}

/* --- ids --- */

static bool
add_id (GHashTable *ids, uint64_t *id)
{
  return *id != 0 && g_hash_table_add (ids, id);
}

static GHashTable *
new_ids (void)
{
  return g_hash_table_new (g_int64_hash, g_int64_equal);
}

static bool
mappings_are_good (const Profile *profile)
{
  g_autoptr (GHashTable) ids = new_ids ();

  for (size_t m = 0; m < profile->n_mapping; m++)
    if (!add_id (ids, &profile->mapping[m]->id) ||
        !in_table (profile, profile->mapping[m]->filename) ||
        !in_table (profile, profile->mapping[m]->build_id))
      return false;
  return true;
}

static bool
functions_are_good (const Profile *profile, GHashTable *ids)
{
  for (size_t f = 0; f < profile->n_function; f++)
    if (!add_id (ids, &profile->function[f]->id) ||
        !in_table (profile, profile->function[f]->name) ||
        !in_table (profile, profile->function[f]->system_name) ||
        !in_table (profile, profile->function[f]->filename))
      return false;
  return true;
}

static bool
locations_are_good (const Profile *profile,
                    GHashTable    *ids,
                    GHashTable    *functions)
{
  for (size_t l = 0; l < profile->n_location; l++)
    {
      Whole__Location *location = profile->location[l];

      if (!add_id (ids, &location->id))
        return false;
      for (size_t i = 0; i < location->n_line; i++)
        if (!g_hash_table_contains (functions, &location->line[i]->function_id))
          return false;
    }
  return true;
}

static bool
label_is_good (const Profile *profile, const Whole__Label *label)
{
  return in_table (profile, label->key) &&
         (label->str != 0 ? in_table (profile, label->str)
                          : in_table (profile, label->num_unit));
}

static bool
samples_are_good (const Profile *profile, GHashTable *locations)
{
  for (size_t s = 0; s < profile->n_sample; s++)
    {
      const Whole__Sample *sample = profile->sample[s];

      if (profile->n_sample_type == 0 ||
          sample->n_value != profile->n_sample_type)
        return false;
      for (size_t i = 0; i < sample->n_location_id; i++)
        if (!g_hash_table_contains (locations, &sample->location_id[i]))
          return false;
      for (size_t i = 0; i < sample->n_label; i++)
        if (!label_is_good (profile, sample->label[i]))
          return false;
    }
  return true;
}

static bool
is_good (const Profile *profile)
{
  g_autoptr (GHashTable) functions = new_ids ();
  g_autoptr (GHashTable) locations = new_ids ();

  return header_is_good (profile) && mappings_are_good (profile) &&
         functions_are_good (profile, functions) &&
         locations_are_good (profile, locations, functions) &&
         samples_are_good (profile, locations);
}

/* --- the outcome --- */

static void
add_string (Outcome *out, const Profile *profile, int64_t position)
{
  const ProtobufCBinaryData *text = &profile->string_table[position];

  outcome_add_bytes (out, text->data, text->len);
}

static void
add_label (Outcome *out, const Profile *profile, const Whole__Label *label)
{
  bool is_text = label->str != 0;

  if (!is_text && label->num == 0 && label->num_unit == 0)
    return;
  add_string (out, profile, label->key);
  add_string (out, profile, label->str);
  outcome_add (out, is_text ? 0 : (uint64_t)label->num);
  add_string (out, profile, is_text ? 0 : label->num_unit);
  out->counts[5]++;
}

static void
add_samples (Outcome *out, const Profile *profile)
{
  for (size_t s = 0; s < profile->n_sample; s++)
    {
      const Whole__Sample *sample = profile->sample[s];

      for (size_t i = 0; i < sample->n_location_id; i++)
        outcome_add (out, sample->location_id[i]);
      for (size_t i = 0; i < sample->n_value; i++)
        {
          outcome_add (out, (uint64_t)sample->value[i]);
          out->counts[6] += (uint64_t)sample->value[i];
        }
      for (size_t i = 0; i < sample->n_label; i++)
        add_label (out, profile, sample->label[i]);
    }
}

static bool
has_mapping (const Profile *profile, uint64_t id)
{
  for (size_t m = 0; m < profile->n_mapping; m++)
    if (profile->mapping[m]->id == id)
      return true;
  return false;
}

static void
add_tables (Outcome *out, const Profile *profile)
{
  for (size_t t = 0; t < profile->n_sample_type; t++)
    {
      add_string (out, profile, profile->sample_type[t]->type);
      add_string (out, profile, profile->sample_type[t]->unit);
    }
  for (size_t m = 0; m < profile->n_mapping; m++)
    {
      outcome_add (out, profile->mapping[m]->id);
      outcome_add (out, profile->mapping[m]->memory_start);
      outcome_add (out, profile->mapping[m]->memory_limit);
      outcome_add (out, profile->mapping[m]->file_offset);
    }
  for (size_t l = 0; l < profile->n_location; l++)
    {
      const Whole__Location *location = profile->location[l];

      outcome_add (out, location->id);
      outcome_add (out, location->address);
      outcome_add (out, location->is_folded != 0);
      outcome_add (out, has_mapping (profile, location->mapping_id));
      for (size_t i = 0; i < location->n_line; i++)
        {
          outcome_add (out, location->line[i]->function_id);
          outcome_add (out, (uint64_t)location->line[i]->line);
          outcome_add (out, (uint64_t)location->line[i]->column);
        }
    }
  for (size_t f = 0; f < profile->n_function; f++)
    {
      const Whole__Function *function = profile->function[f];

      outcome_add (out, function->id);
      outcome_add (out, (uint64_t)function->start_line);
      add_string (out, profile, function->name);
      add_string (out, profile, function->system_name);
      add_string (out, profile, function->filename);
    }
}

Outcome
outcome_of_reference (const uint8_t *data, size_t size)
{
  Outcome  out = { 0 };
  Profile *profile = whole__profile__unpack (NULL, size, data);

  if (profile == NULL)
    return out;
  out.ok = size > 0 && is_good (profile);
  if (out.ok)
    {
      out.counts[0] = profile->n_sample_type;
      out.counts[1] = profile->n_sample;
      out.counts[2] = profile->n_mapping;
      out.counts[3] = profile->n_location;
      out.counts[4] = profile->n_function;
      add_samples (&out, profile);
      add_tables (&out, profile);
      outcome_add (&out, (uint64_t)profile->time_nanos);
      outcome_add (&out, (uint64_t)profile->duration_nanos);
      outcome_add (&out, (uint64_t)profile->period);
    }
  whole__profile__free_unpacked (profile, NULL);
  return out;
}

/* --- where protobuf-c is another reader --- */

typedef struct
{
  const uint8_t *at;
  const uint8_t *end;
} Span;

/* Returns: bytes of the varint, or 0 */
static size_t
take_varint (Span *span, uint64_t *value)
{
  *value = 0;
  for (size_t n = 0; n < 10 && span->at < span->end; n++)
    {
      uint8_t byte = *span->at++;

      if (n * 7 < 64)
        *value |= (uint64_t)(byte & 0x7f) << n * 7;
      if (byte < 0x80)
        return n + 1;
    }
  return 0;
}

/* A field's head, and which message it is in: 0 is the profile, others have the
 * number of their field. */
typedef struct
{
  unsigned within;
  uint64_t tag;
  size_t   tag_bytes;
  uint64_t size; /* of the content, but for varints */
  size_t   size_bytes;
} Head;

typedef bool (*HeadFunc) (const Head *head);

#define LABEL 103
#define LINE  104

static unsigned
message_of (const Head *head)
{
  uint64_t number = head->tag >> 3;

  if ((head->tag & 7) != 2)
    return 0;
  if (head->within == 0 && ((number >= 1 && number <= 5) || number == 11))
    return (unsigned)number;
  if (head->within == 2 && number == 3)
    return LABEL;
  return head->within == 4 && number == 4 ? LINE : 0;
}

static bool
take_head (Span *span, Head *head)
{
  uint64_t number;

  head->size = head->size_bytes = 0;
  head->tag_bytes = take_varint (span, &head->tag);
  if (head->tag_bytes == 0)
    return false;
  if ((head->tag & 7) == 0)
    return take_varint (span, &number) > 0;
  if ((head->tag & 7) == 2)
    {
      head->size_bytes = take_varint (span, &head->size);
      return head->size_bytes > 0;
    }
  head->size = (head->tag & 7) == 1 ? 8 : 4;
  return true;
}

/* Whether there is a field like that before the first that is broken. Messages
 * are three deep. */
static bool
any_head (Span span, unsigned within, HeadFunc is_it)
{
  while (span.at < span.end)
    {
      Head head = { .within = within };
      Span inner;

      if (!take_head (&span, &head))
        return false;
      if (is_it (&head))
        return true;
      if (head.size > (uint64_t)(span.end - span.at))
        return false;
      inner = (Span){ span.at, span.at + head.size };
      span.at += head.size;
      if (message_of (&head) != 0 &&
          any_head (inner, message_of (&head), is_it))
        return true;
    }
  return false;
}

/* Tags and lengths that take more than five bytes, or have more than 32 bits;
 * fields of number 0; a bool that is not a varint. */
static bool
is_odd (const Head *head)
{
  uint64_t number = head->tag >> 3;
  bool     is_bool = (head->within == 3 && number >= 7 && number <= 10) ||
                 (head->within == 4 && number == 5);

  return head->tag_bytes > 5 || head->tag > UINT32_MAX || number == 0 ||
         head->size_bytes > 5 || (is_bool && (head->tag & 7) != 0);
}

/* doc_url and Line.column. */
static bool
is_new (const Head *head)
{
  return (head->within == 0 && head->tag >> 3 == 15) ||
         (head->within == LINE && head->tag >> 3 == 3);
}

bool
outcome_is_newer_than_go (const uint8_t *data, size_t size)
{
  return any_head ((Span){ data, data + size }, 0, is_new);
}

/* A second time of taking, after one that is not 0, is two profiles in one file;
 * of two types of the period the second counts, which protobuf-c merges. */
static bool
comes_twice (Span span)
{
  unsigned n_periods = 0;
  bool     had_time = false;

  while (span.at < span.end)
    {
      uint64_t tag;
      uint64_t value = 0;

      if (take_varint (&span, &tag) == 0)
        return false;
      if (((tag & 7) == 0 || (tag & 7) == 2) &&
          take_varint (&span, &value) == 0)
        return false;
      if (tag == (9 << 3 | 0))
        {
          if (had_time)
            return true;
          had_time = value != 0;
        }
      if (tag == (11 << 3 | 2) && ++n_periods > 1)
        return true;
      if ((tag & 7) == 0)
        continue;
      if ((tag & 7) != 2)
        value = (tag & 7) == 1 ? 8 : 4;
      if (value > (uint64_t)(span.end - span.at))
        return false;
      span.at += value;
    }
  return false;
}

bool
outcome_is_known_to_differ (const uint8_t *data, size_t size)
{
  Span span = { data, data + size };

  return any_head (span, 0, is_odd) || comes_twice (span);
}
