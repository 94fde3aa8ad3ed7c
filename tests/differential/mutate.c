/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "mutate.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#define MAX_FIELDS 512

uint64_t
dice_next (Dice *dice)
{
  uint64_t x = dice->state += UINT64_C (0x9e3779b97f4a7c15);

  x = (x ^ x >> 30) * UINT64_C (0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C (0x94d049bb133111eb);
  return x ^ x >> 31;
}

uint64_t
dice_below (Dice *dice, uint64_t n)
{
  return dice_next (dice) % n;
}

/* --- messages and their fields --- */

typedef enum
{
  NOTHING, /* no message: numbers, text */
  PROFILE,
  NUMBERS, /* a message of numbers only */
  SAMPLE,
  LOCATION,
} Kind;

static Kind
kind_within (Kind kind, uint64_t number)
{
  static const Kind of_profile[12] = {
    [1] = NUMBERS,  [2] = SAMPLE,  [3] = NUMBERS,
    [4] = LOCATION, [5] = NUMBERS, [11] = NUMBERS,
  };

  if (kind == PROFILE)
    return number < G_N_ELEMENTS (of_profile) ? of_profile[number] : NOTHING;
  if ((kind == SAMPLE && number == 3) || (kind == LOCATION && number == 4))
    return NUMBERS;
  return NOTHING;
}

/* Places in a message's bytes. */
typedef struct
{
  size_t   start;
  size_t   content; /* of BYTES: behind the length */
  size_t   end;
  uint64_t number;
  unsigned type;
  uint64_t value; /* of VARINT */
} Field;

static bool
read_varint (const uint8_t *data, size_t size, size_t *at, uint64_t *value)
{
  *value = 0;
  for (unsigned shift = 0; shift < 70 && *at < size; shift += 7)
    {
      uint8_t byte = data[(*at)++];

      if (shift < 64)
        *value |= (uint64_t)(byte & 0x7f) << shift;
      if (byte < 0x80)
        return true;
    }
  return false;
}

static bool
read_field (const uint8_t *data, size_t size, size_t *at, Field *field)
{
  uint64_t tag;

  field->start = *at;
  if (!read_varint (data, size, at, &tag))
    return false;
  field->number = tag >> 3;
  field->type = tag & 7;
  field->content = *at;
  if (field->type == 0 || field->type == 2)
    {
      if (!read_varint (data, size, at, &field->value))
        return false;
      field->content = *at;
    }
  if (field->type == 2 || field->type == 1 || field->type == 5)
    {
      uint64_t n = field->type == 2 ? field->value : field->type == 1 ? 8 : 4;

      if (n > size - *at)
        return false;
      *at += (size_t)n;
    }
  field->end = *at;
  return field->type <= 2 || field->type == 5;
}

static size_t
read_fields (const uint8_t *data, size_t size, Field *fields)
{
  size_t at = 0;
  size_t n = 0;

  while (at < size && n < MAX_FIELDS &&
         read_field (data, size, &at, &fields[n]))
    n++;
  return n;
}

/* --- writing --- */

/* In so many bytes at least. */
static void
put_varint (GByteArray *out, uint64_t value, size_t length)
{
  uint8_t byte;

  for (size_t n = 1; value >= 0x80 || n < length; n++, value >>= 7)
    {
      byte = (uint8_t)(value | 0x80);
      g_byte_array_append (out, &byte, 1);
    }
  byte = (uint8_t)value;
  g_byte_array_append (out, &byte, 1);
}

static void
put_tag (GByteArray *out, uint64_t number, unsigned type)
{
  put_varint (out, number << 3 | type, 0);
}

static uint64_t
some_number (Dice *dice, uint64_t old)
{
  static const uint64_t known[] = {
    0,
    1,
    2,
    3,
    127,
    128,
    UINT64_C (1) << 31,
    UINT64_C (1) << 32,
    INT64_MAX,
    UINT64_C (1) << 63,
    UINT64_MAX,
  };

  switch (dice_below (dice, 4))
    {
    case 0:
      return old + 1;
    case 1:
      return old - 1;
    case 2:
      return dice_below (dice, 16);
    default:
      return known[dice_below (dice, G_N_ELEMENTS (known))];
    }
}

static void
put_unknown (GByteArray *out, Dice *dice)
{
  static const unsigned types[] = { 0, 1, 2, 5, 0, 2, 3, 4, 6, 7 };
  uint64_t number = dice_below (dice, 64) == 0 ? 0 : 16 + dice_below (dice, 99);
  unsigned type = types[dice_below (dice, G_N_ELEMENTS (types))];

  put_tag (out, number, type);
  if (type == 0)
    put_varint (out, dice_next (dice), 0);
  else if (type == 1)
    g_byte_array_append (out, (const uint8_t *)"12345678", 8);
  else if (type == 2)
    g_byte_array_append (out, (const uint8_t *)"\4abcd", 5);
  else if (type == 5)
    g_byte_array_append (out, (const uint8_t *)"1234", 4);
}

static void
put_copy (GByteArray *out, const uint8_t *data, const Field *field)
{
  g_byte_array_append (out,
                       data + field->start,
                       (guint)(field->end - field->start));
}

/* A number, or bytes as they are, written as another field. */
static void
put_changed (GByteArray    *out,
             const uint8_t *data,
             const Field   *field,
             Dice          *dice)
{
  size_t n = field->end - field->content;

  if (field->type == 0)
    {
      put_tag (out, field->number, 0);
      put_varint (out, some_number (dice, field->value), 0);
      return;
    }
  put_tag (out, field->number, field->type);
  if (field->type == 2)
    put_varint (out, n, 0);
  g_byte_array_append (out, data + field->content, (guint)n);
  /* One of its bytes; in packed numbers that is most often a number. */
  if (n > 0)
    out->data[out->len - 1 - dice_below (dice, n)] = (uint8_t)
        dice_below (dice, dice_below (dice, 2) == 0 ? 16 : 256);
}

static void
put_drawn_out (GByteArray *out, const uint8_t *data, const Field *field)
{
  put_varint (out, field->number << 3 | field->type, 4);
  if (field->type == 0)
    put_varint (out, field->value, 10);
  if (field->type == 2)
    put_varint (out, field->end - field->content, 4);
  g_byte_array_append (out,
                       data + field->content,
                       (guint)(field->end - field->content));
}

/* The field in another place of the file's grammar. */
static void
put_renamed (GByteArray    *out,
             const uint8_t *data,
             const Field   *field,
             Dice          *dice)
{
  unsigned type = field->type;

  if (dice_below (dice, 3) == 0)
    type = (unsigned)dice_below (dice, 8);
  put_tag (out, dice_below (dice, 17), type);
  if (field->type == 0)
    put_varint (out, field->value, 0);
  else
    put_varint (out, field->end - field->content, 0);
  if (field->type != 0)
    g_byte_array_append (out,
                         data + field->content,
                         (guint)(field->end - field->content));
}

/* --- one change --- */

static void change_message (GByteArray    *out,
                            const uint8_t *data,
                            size_t         size,
                            Kind           kind,
                            Dice          *dice);

static void
change_within (GByteArray    *out,
               const uint8_t *data,
               const Field   *field,
               Kind           kind,
               Dice          *dice)
{
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  change_message (inner,
                  data + field->content,
                  field->end - field->content,
                  kind,
                  dice);
  put_tag (out, field->number, 2);
  put_varint (out, inner->len, 0);
  g_byte_array_append (out, inner->data, inner->len);
}

/* @other: another field of the message */
static void
change_field (GByteArray    *out,
              const uint8_t *data,
              const Field   *field,
              const Field   *other,
              Kind           kind,
              Dice          *dice)
{
  Kind inner = field->type == 2 ? kind_within (kind, field->number) : NOTHING;

  if (inner != NOTHING && dice_below (dice, 4) != 0)
    {
      change_within (out, data, field, inner, dice);
      return;
    }
  switch (dice_below (dice, 8))
    {
    case 0: /* not there */
      return;
    case 1:
      put_copy (out, data, field);
      put_copy (out, data, other);
      return;
    case 2:
      put_copy (out, data, other);
      return;
    case 3:
      put_unknown (out, dice);
      put_copy (out, data, field);
      return;
    case 4:
      put_drawn_out (out, data, field);
      return;
    case 5:
      put_renamed (out, data, field, dice);
      return;
    default:
      put_changed (out, data, field, dice);
    }
}

/* Nesting ends by itself: messages are three deep. */
static void
change_message (GByteArray    *out,
                const uint8_t *data,
                size_t         size,
                Kind           kind,
                Dice          *dice)
{
  Field  fields[MAX_FIELDS];
  size_t n = read_fields (data, size, fields);
  size_t chosen;
  size_t end = n == 0 ? 0 : fields[n - 1].end;

  if (n == 0)
    put_unknown (out, dice);
  chosen = n == 0 ? 0 : dice_below (dice, n);
  for (size_t i = 0; i < n; i++)
    if (i == chosen)
      change_field (out,
                    data,
                    &fields[i],
                    &fields[dice_below (dice, n)],
                    kind,
                    dice);
    else
      put_copy (out, data, &fields[i]);
  g_byte_array_append (out, data + end, (guint)(size - end));
}

static size_t
add_noise (uint8_t *data, size_t size, size_t room, Dice *dice)
{
  size_t at = dice_below (dice, size);

  switch (dice_below (dice, 4))
    {
    case 0:
      return at;
    case 1:
      data[at] ^= (uint8_t)(1u << dice_below (dice, 8));
      return size;
    case 2:
      memmove (data + at, data + at + 1, size - at - 1);
      return size - 1;
    default:
      if (size == room)
        return size;
      memmove (data + at + 1, data + at, size - at);
      data[at] = (uint8_t)dice_next (dice);
      return size + 1;
    }
}

size_t
mutate_profile (uint8_t *data, size_t size, size_t room, Dice *dice)
{
  g_autoptr (GByteArray) out = NULL;

  if (size > 0 && dice_below (dice, 8) == 0)
    return add_noise (data, size, room, dice);
  out = g_byte_array_new ();
  change_message (out, data, size, PROFILE, dice);
  if (out->len > room)
    return size;
  if (out->len > 0)
    memcpy (data, out->data, out->len);
  return out->len;
}
