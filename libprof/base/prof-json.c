/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-json.h"

#include "base/prof-vec.h"
#include <math.h>

/* Two machines, one on top of the other. The upper one knows what may come next
 * between tokens (Place), the lower one how far a token is that a piece has cut
 * (Inside). A token that is whole in its piece goes through both without a
 * stop. */

/* Digits that 64 bits hold, whichever they are; and a double does. */
#define MOST_SHORT 15

/* Between tokens: what may come. */
typedef enum
{
  AT_VALUE,
  AT_FIRST_VALUE, /* or the end of the array */
  AT_FIRST_KEY,   /* or the end of the object */
  AT_KEY,
  AT_COLON,
  AT_COMMA, /* or the end of what is open */
  AT_END,   /* nothing but blanks */
} Place;

/* In a token: what comes next of it. */
typedef enum
{
  IN_NOTHING,
  IN_STRING,
  IN_ESCAPE,     /* behind a backslash */
  IN_UNICODE,    /* the digits of \u */
  IN_LOW_ESCAPE, /* the backslash of a second surrogate */
  IN_LOW_U,      /* its u */
  IN_NUMBER,
  IN_WORD, /* true, false, null */
} Inside;

/* How far a number is. */
typedef enum
{
  NUMBER_SIGN,
  NUMBER_ZERO,
  NUMBER_WHOLE,
  NUMBER_POINT,
  NUMBER_DECIMALS,
  NUMBER_E,
  NUMBER_E_SIGN,
  NUMBER_EXPONENT,
  NUMBER_OVER, /* the byte is no part of it */
} Number;

struct _ProfJson
{
  const uint8_t *at; /* lent: what is fed and not read */
  const uint8_t *end;
  uint64_t       end_offset; /* of @end in the document */
  bool           is_closed;

  Place       place;
  Inside      inside;
  bool        is_key; /* the string that is read */
  Number      number;
  const char *word;   /* what is left of it */
  unsigned    digits; /* of \u that are read */
  uint32_t    code;   /* what they say */
  uint32_t    high;   /* the first of two surrogates, or 0 */
  size_t      n_mark; /* bytes of the byte order mark that were there */

  bool   is_skipping;
  size_t skip_depth; /* which ends it */

  size_t most_text;  /* bytes of one that is not skipped */
  bool   is_limited; /* as limits have it */

  /* Of the line that is read; the second are bytes that do not begin a
   * character. */
  uint64_t line; /* from 0 */
  uint64_t line_offset;
  uint64_t n_continued;

  uint64_t token_line;
  uint64_t token_column;
  uint64_t token_offset;

  /* Owned */
  ProfVecU8 open; /* '{' or '[' for each level */
  ProfVecU8 text; /* of the token; closed by a NUL behind its length */
};

static const uint8_t byte_order_mark[] = { 0xef, 0xbb, 0xbf };

ProfJson *
prof_json_new (void)
{
  ProfJson *self = g_new0 (ProfJson, 1);

  self->at = self->end = byte_order_mark;
  self->most_text = PROF_MAX_JSON_STRING;
  return self;
}

void
prof_json_limit_texts (ProfJson *self, const ProfLimits *limits)
{
  self->is_limited = true;
  if (limits != NULL && limits->values[PROF_LIMIT_STRING] > 0)
    self->most_text = (size_t)prof_limits_get (limits, PROF_LIMIT_STRING);
}

void
prof_json_free (ProfJson *self)
{
  if (self == NULL)
    return;
  prof_vec_u8_clear (&self->open);
  prof_vec_u8_clear (&self->text);
  g_free (self);
}

/* --- places --- */

static uint64_t
offset_of (const ProfJson *self)
{
  return self->end_offset - (uint64_t)(self->end - self->at);
}

static uint64_t
column_of (const ProfJson *self)
{
  return offset_of (self) - self->line_offset - self->n_continued + 1;
}

static void
begin_token (ProfJson *self)
{
  self->token_line = self->line;
  self->token_column = column_of (self);
  self->token_offset = offset_of (self);
}

static bool fail_at (uint64_t    line,
                     uint64_t    column,
                     ProfError   code,
                     GError    **error,
                     const char *format,
                     va_list     arguments) G_GNUC_PRINTF (5, 0);

static bool
fail_at (uint64_t    line,
         uint64_t    column,
         ProfError   code,
         GError    **error,
         const char *format,
         va_list     arguments)
{
  g_autofree char *what = g_strdup_vprintf (format, arguments);

  return prof_fail (error,
                    code,
                    "line %" G_GUINT64_FORMAT ", column %" G_GUINT64_FORMAT
                    ": %s",
                    line + 1,
                    column,
                    what);
}

bool
prof_json_fail (const ProfJson *self, GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail_at (self->token_line,
           self->token_column,
           PROF_ERROR_MALFORMED,
           error,
           format,
           arguments);
  va_end (arguments);
  return false;
}

static bool fail (const ProfJson *self,
                  ProfError       code,
                  GError        **error,
                  const char     *format,
                  ...) G_GNUC_PRINTF (4, 5);

/* At the byte that comes next. */
static bool
fail (const ProfJson *self,
      ProfError       code,
      GError        **error,
      const char     *format,
      ...)
{
  va_list arguments;

  va_start (arguments, format);
  fail_at (self->line, column_of (self), code, error, format, arguments);
  va_end (arguments);
  return false;
}

static bool
malformed (const ProfJson *self, GError **error, const char *what)
{
  return fail (self, PROF_ERROR_MALFORMED, error, "%s", what);
}

/* --- the text of a token --- */

static bool
fail_long_text (const ProfJson *self, GError **error)
{
  return fail (self,
               PROF_ERROR_TOO_LARGE,
               error,
               "the text is longer than %zu bytes%s%s%s",
               self->most_text,
               self->is_limited ? " (the limit \"" : "",
               self->is_limited ? prof_limits_name (PROF_LIMIT_STRING) : "",
               self->is_limited ? "\")" : "");
}

static bool
keep (ProfJson *self, const void *bytes, size_t length, GError **error)
{
  if (self->is_skipping)
    return true;
  if (length > self->most_text - self->text.length)
    return fail_long_text (self, error);
  return prof_vec_u8_extend (&self->text, bytes, length) ||
         fail (self,
               PROF_ERROR_TOO_LARGE,
               error,
               "there is no memory for the text");
}

/* Puts a NUL behind the text that is no part of it. */
static bool
close_text (ProfJson *self, GError **error)
{
  if (!prof_vec_u8_append (&self->text, '\0'))
    return fail (self,
                 PROF_ERROR_TOO_LARGE,
                 error,
                 "there is no memory for the text");
  self->text.length--;
  return true;
}

/* GLib's own takes NUL for the end of it. */
static bool
is_utf8 (const ProfVecU8 *text)
{
  const char *at = (const char *)text->data;
  const char *end = at + text->length;

  while (at < end)
    {
      if (g_utf8_validate_len (at, (gsize)(end - at), &at))
        return true;
      if (*at != '\0')
        return false;
      at++;
    }
  return true;
}

/* --- strings --- */

static ProfJsonEvent
end_string (ProfJson *self, GError **error)
{
  self->inside = IN_NOTHING;
  if (!close_text (self, error))
    return PROF_JSON_FAILED;
  if (!self->is_skipping && !is_utf8 (&self->text))
    {
      prof_json_fail (self, error, "the text is not UTF-8");
      return PROF_JSON_FAILED;
    }
  if (self->is_key)
    {
      self->place = AT_COLON;
      return PROF_JSON_KEY;
    }
  self->place = self->open.length > 0 ? AT_COMMA : AT_END;
  return PROF_JSON_STRING;
}

/* Letters that stand for themselves, as many as there are. */
static bool
take_plain (ProfJson *self, GError **error)
{
  const uint8_t *begin = self->at;
  const uint8_t *at = begin;
  uint64_t       n_continued = 0;

  while (at < self->end && *at != '"' && *at != '\\' && *at >= ' ')
    at++;
  if (!keep (self, begin, (size_t)(at - begin), error))
    return false;
  for (const uint8_t *byte = begin; byte < at; byte++)
    n_continued += (*byte & 0xc0) == 0x80;
  self->n_continued += n_continued;
  self->at = at;
  if (at < self->end && *at < ' ')
    return malformed (self,
                      error,
                      "a control character stands in a text without \\");
  return true;
}

static bool
keep_code (ProfJson *self, GError **error)
{
  char   bytes[6];
  size_t n = (size_t)g_unichar_to_utf8 (self->code, bytes);

  self->inside = IN_STRING;
  return keep (self, bytes, n, error);
}

/* A \u that is whole. */
static bool
take_code (ProfJson *self, GError **error)
{
  bool is_low = self->code >= 0xdc00 && self->code <= 0xdfff;

  if (is_low != (self->high != 0))
    return malformed (self, error, "\\u names half of a character");
  if (is_low)
    {
      self->code = 0x10000 + ((self->high - 0xd800) << 10) +
                   (self->code - 0xdc00);
      self->high = 0;
    }
  else if (self->code >= 0xd800 && self->code <= 0xdbff)
    {
      self->high = self->code;
      self->inside = IN_LOW_ESCAPE;
      return true;
    }
  return keep_code (self, error);
}

static bool
take_digit (ProfJson *self, uint8_t byte, GError **error)
{
  int digit = g_ascii_xdigit_value ((char)byte);

  if (digit < 0)
    return malformed (self,
                      error,
                      "\\u is not followed by four hexadecimal digits");
  self->at++;
  self->code = self->code << 4 | (uint32_t)digit;
  return ++self->digits < 4 || take_code (self, error);
}

static bool
take_escape (ProfJson *self, uint8_t byte, GError **error)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  const char       *letter = byte != 0 ? strchr (letters, byte) : NULL;

  if (byte != 'u' && letter == NULL)
    return malformed (self, error, "this is no escape that JSON knows");
  self->at++;
  self->inside = byte == 'u' ? IN_UNICODE : IN_STRING;
  self->digits = 0;
  self->code = 0;
  return byte == 'u' || keep (self, &meanings[letter - letters], 1, error);
}

/* The "\u" of a second surrogate. */
static bool
take_low (ProfJson *self, uint8_t byte, GError **error)
{
  bool is_u = self->inside == IN_LOW_U;

  if (byte != (is_u ? 'u' : '\\'))
    return malformed (self, error, "\\u names half of a character");
  self->at++;
  self->inside = is_u ? IN_UNICODE : IN_LOW_U;
  self->digits = 0;
  self->code = 0;
  return true;
}

/* One step of a string that is not in its plain letters. */
static bool
take_special (ProfJson *self, GError **error)
{
  if (self->inside == IN_ESCAPE)
    return take_escape (self, *self->at, error);
  if (self->inside == IN_UNICODE)
    return take_digit (self, *self->at, error);
  return take_low (self, *self->at, error);
}

static ProfJsonEvent
read_string (ProfJson *self, GError **error)
{
  while (self->at < self->end)
    {
      if (self->inside != IN_STRING)
        {
          if (!take_special (self, error))
            return PROF_JSON_FAILED;
          continue;
        }
      if (!take_plain (self, error))
        return PROF_JSON_FAILED;
      if (self->at == self->end)
        break;
      if (*self->at++ == '"')
        return end_string (self, error);
      self->inside = IN_ESCAPE;
    }
  return PROF_JSON_MORE;
}

/* --- numbers --- */

static Number
behind_digits (Number number, uint8_t byte)
{
  if (byte == '.' && number != NUMBER_DECIMALS)
    return NUMBER_POINT;
  return byte == 'e' || byte == 'E' ? NUMBER_E : NUMBER_OVER;
}

static Number
number_step (Number number, uint8_t byte)
{
  bool is_digit = g_ascii_isdigit (byte);

  switch (number)
    {
    case NUMBER_SIGN:
      if (is_digit)
        return byte == '0' ? NUMBER_ZERO : NUMBER_WHOLE;
      return NUMBER_OVER;
    case NUMBER_ZERO:
      return behind_digits (number, byte);
    case NUMBER_WHOLE:
      return is_digit ? number : behind_digits (number, byte);
    case NUMBER_POINT:
      return is_digit ? NUMBER_DECIMALS : NUMBER_OVER;
    case NUMBER_DECIMALS:
      return is_digit ? number : behind_digits (number, byte);
    case NUMBER_E:
      if (byte == '+' || byte == '-')
        return NUMBER_E_SIGN;
      return is_digit ? NUMBER_EXPONENT : NUMBER_OVER;
    case NUMBER_E_SIGN:
    case NUMBER_EXPONENT:
      return is_digit ? NUMBER_EXPONENT : NUMBER_OVER;
    case NUMBER_OVER:
      break;
    }
  return NUMBER_OVER;
}

static bool
is_number (Number number)
{
  return number == NUMBER_ZERO || number == NUMBER_WHOLE ||
         number == NUMBER_DECIMALS || number == NUMBER_EXPONENT;
}

static ProfJsonEvent
end_number (ProfJson *self, GError **error)
{
  if (!is_number (self->number))
    {
      malformed (self, error, "a digit is missing");
      return PROF_JSON_FAILED;
    }
  if (self->at < self->end && g_ascii_isdigit (*self->at))
    {
      malformed (self, error, "a number begins with 0");
      return PROF_JSON_FAILED;
    }
  self->inside = IN_NOTHING;
  self->place = self->open.length > 0 ? AT_COMMA : AT_END;
  return close_text (self, error) ? PROF_JSON_NUMBER : PROF_JSON_FAILED;
}

static ProfJsonEvent
read_number (ProfJson *self, GError **error)
{
  const uint8_t *begin = self->at;

  for (; self->at < self->end; self->at++)
    {
      Number next = number_step (self->number, *self->at);

      if (next == NUMBER_OVER)
        break;
      self->number = next;
    }
  if (!keep (self, begin, (size_t)(self->at - begin), error))
    return PROF_JSON_FAILED;
  if (self->text.length > PROF_MAX_JSON_NUMBER)
    {
      prof_json_fail (self,
                      error,
                      "the number is longer than %d letters",
                      PROF_MAX_JSON_NUMBER);
      return PROF_JSON_FAILED;
    }
  /* One at the end of the document has nothing behind it. */
  if (self->at == self->end && (!self->is_closed || !is_number (self->number)))
    return PROF_JSON_MORE;
  return end_number (self, error);
}

/* --- words --- */

static ProfJsonEvent
read_word (ProfJson *self, GError **error)
{
  for (; *self->word != '\0'; self->word++, self->at++)
    {
      if (self->at == self->end)
        return PROF_JSON_MORE;
      if (*self->at != (uint8_t)*self->word)
        {
          prof_json_fail (self, error, "this is no value that JSON knows");
          return PROF_JSON_FAILED;
        }
    }
  self->inside = IN_NOTHING;
  self->place = self->open.length > 0 ? AT_COMMA : AT_END;
  /* Told by the letter before the last: true, false, null. */
  return self->word[-2] == 'u'   ? PROF_JSON_TRUE
         : self->word[-2] == 's' ? PROF_JSON_FALSE
                                 : PROF_JSON_NULL;
}

/* --- between tokens --- */

static ProfJsonEvent
begin_string (ProfJson *self, bool is_key, GError **error)
{
  self->at++;
  self->text.length = 0;
  self->is_key = is_key;
  self->inside = IN_STRING;
  return read_string (self, error);
}

static ProfJsonEvent
begin_number (ProfJson *self, GError **error)
{
  self->text.length = 0;
  self->inside = IN_NUMBER;
  self->number = NUMBER_SIGN;
  if (*self->at == '-')
    {
      self->at++;
      if (!keep (self, "-", 1, error))
        return PROF_JSON_FAILED;
    }
  return read_number (self, error);
}

static ProfJsonEvent
begin_word (ProfJson *self, const char *word, GError **error)
{
  self->word = word;
  self->inside = IN_WORD;
  return read_word (self, error);
}

static ProfJsonEvent
begin_level (ProfJson *self, uint8_t letter, GError **error)
{
  if (self->open.length == PROF_MAX_JSON_DEPTH)
    {
      fail (self,
            PROF_ERROR_TOO_LARGE,
            error,
            "more than %d levels lie inside each other",
            PROF_MAX_JSON_DEPTH);
      return PROF_JSON_FAILED;
    }
  if (!prof_vec_u8_append (&self->open, letter))
    {
      fail (self,
            PROF_ERROR_TOO_LARGE,
            error,
            "there is no memory for another level");
      return PROF_JSON_FAILED;
    }
  self->at++;
  self->place = letter == '{' ? AT_FIRST_KEY : AT_FIRST_VALUE;
  return letter == '{' ? PROF_JSON_BEGIN_OBJECT : PROF_JSON_BEGIN_ARRAY;
}

static ProfJsonEvent
end_level (ProfJson *self)
{
  uint8_t letter = self->open.data[--self->open.length];

  self->at++;
  self->place = self->open.length > 0 ? AT_COMMA : AT_END;
  return letter == '{' ? PROF_JSON_END_OBJECT : PROF_JSON_END_ARRAY;
}

static ProfJsonEvent
read_value (ProfJson *self, GError **error)
{
  uint8_t byte = *self->at;

  switch (byte)
    {
    case '"':
      return begin_string (self, false, error);
    case '{':
    case '[':
      return begin_level (self, byte, error);
    case 't':
      return begin_word (self, "true", error);
    case 'f':
      return begin_word (self, "false", error);
    case 'n':
      return begin_word (self, "null", error);
    default:
      if (byte == '-' || g_ascii_isdigit (byte))
        return begin_number (self, error);
      malformed (self, error, "a value is missing");
      return PROF_JSON_FAILED;
    }
}

static ProfJsonEvent
read_key (ProfJson *self, GError **error)
{
  if (*self->at == '"')
    return begin_string (self, true, error);
  malformed (self, error, "a name in quotes is missing");
  return PROF_JSON_FAILED;
}

/* Whether what is open ends here. */
static bool
is_closed_by (const ProfJson *self, uint8_t byte)
{
  uint8_t open = self->open.data[self->open.length - 1];

  return byte == (open == '{' ? '}' : ']');
}

/* Blanks; false when nothing follows them. */
static bool
skip_blanks (ProfJson *self)
{
  for (; self->at < self->end; self->at++)
    if (*self->at == '\n')
      {
        self->line++;
        self->line_offset = offset_of (self) + 1;
        self->n_continued = 0;
      }
    else if (*self->at != ' ' && *self->at != '\t' && *self->at != '\r')
      return true;
  return false;
}

/* The comma or colon before a token.
 * Returns: false with the place changed, or with an error */
static bool
take_between (ProfJson *self, GError **error)
{
  bool is_object;

  if (self->place == AT_COLON)
    {
      if (*self->at != ':')
        return malformed (self, error, "a colon is missing");
      self->place = AT_VALUE;
    }
  else
    {
      is_object = self->open.data[self->open.length - 1] == '{';
      if (*self->at != ',')
        return malformed (self,
                          error,
                          is_object ? "a comma or } is missing"
                                    : "a comma or ] is missing");
      self->place = is_object ? AT_KEY : AT_VALUE;
    }
  self->at++;
  return true;
}

/* A token that begins here. */
static ProfJsonEvent
read_token (ProfJson *self, GError **error)
{
  while (skip_blanks (self))
    {
      uint8_t byte = *self->at;

      begin_token (self);
      if (self->place == AT_END)
        {
          malformed (self, error, "something follows the end");
          return PROF_JSON_FAILED;
        }
      if (self->place == AT_VALUE)
        return read_value (self, error);
      if (self->place == AT_KEY)
        return read_key (self, error);
      if (self->place != AT_COLON && is_closed_by (self, byte))
        return end_level (self);
      if (self->place == AT_FIRST_VALUE)
        return read_value (self, error);
      if (self->place == AT_FIRST_KEY)
        return read_key (self, error);
      if (!take_between (self, error))
        return PROF_JSON_FAILED;
    }
  return PROF_JSON_MORE;
}

/* --- events --- */

/* What may stand before all else. */
static bool
skip_mark (ProfJson *self, GError **error)
{
  while (self->n_mark < sizeof byte_order_mark && self->at < self->end)
    {
      if (*self->at != byte_order_mark[self->n_mark])
        {
          if (self->n_mark > 0)
            return malformed (self, error, "a value is missing");
          self->n_mark = sizeof byte_order_mark;
          return true;
        }
      self->at++;
      self->n_mark++;
      self->line_offset++;
    }
  return true;
}

/* All bytes are read, and no more will come. */
static ProfJsonEvent
read_end (ProfJson *self, GError **error)
{
  if (self->inside == IN_NOTHING && self->place == AT_END)
    {
      begin_token (self);
      return PROF_JSON_END;
    }
  fail (self,
        PROF_ERROR_TRUNCATED,
        error,
        "the file ends %s",
        self->inside == IN_NUMBER                       ? "inside a number"
        : self->inside == IN_WORD                       ? "inside a word"
        : self->inside != IN_NOTHING                    ? "inside a text"
        : self->open.length == 0                        ? "before a value"
        : self->open.data[self->open.length - 1] == '{' ? "inside { }"
                                                        : "inside [ ]");
  return PROF_JSON_FAILED;
}

static ProfJsonEvent
read_event (ProfJson *self, GError **error)
{
  ProfJsonEvent event;

  if (G_UNLIKELY (self->n_mark < sizeof byte_order_mark) &&
      !skip_mark (self, error))
    return PROF_JSON_FAILED;
  if (self->inside == IN_NOTHING)
    event = read_token (self, error);
  else if (self->inside == IN_NUMBER)
    event = read_number (self, error);
  else if (self->inside == IN_WORD)
    event = read_word (self, error);
  else
    event = read_string (self, error);
  if (event == PROF_JSON_MORE && self->is_closed)
    return read_end (self, error);
  return event;
}

ProfJsonEvent
prof_json_next (ProfJson *self, GError **error)
{
  ProfJsonEvent event = read_event (self, error);

  while (G_UNLIKELY (self->is_skipping) && event > PROF_JSON_MORE)
    {
      self->is_skipping = self->open.length != self->skip_depth;
      event = read_event (self, error);
    }
  return event;
}

void
prof_json_feed (ProfJson *self, const uint8_t *bytes, size_t length)
{
  g_assert (self->at == self->end && !self->is_closed);

  if (length == 0)
    return;
  self->at = bytes;
  self->end = bytes + length;
  self->end_offset += length;
}

void
prof_json_close (ProfJson *self)
{
  self->is_closed = true;
}

void
prof_json_skip (ProfJson *self)
{
  self->is_skipping = true;
  self->skip_depth = self->open.length;
  /* Behind a key its value is to come; else what has just begun is to end. */
  if (self->place != AT_COLON)
    self->skip_depth--;
}

/* --- what an event says --- */

const char *
prof_json_text (const ProfJson *self, size_t *length)
{
  if (length != NULL)
    *length = self->text.length;
  return (const char *)self->text.data;
}

bool
prof_json_is (const ProfJson *self, const char *text)
{
  return self->text.length == strlen (text) &&
         memcmp (self->text.data, text, self->text.length) == 0;
}

/* A number as digits and a power of ten, so far as 64 bits hold the digits. */
typedef struct
{
  uint64_t digits; /* without zeros at their end */
  int64_t  power;
  bool     is_negative;
  bool     is_exact; /* all digits are there */
} Decimal;

/* Digits that are known to be there; zeros are kept back until another digit
 * follows. */
typedef struct
{
  Decimal decimal;
  int64_t n_zeros;
} Digits;

static void
add_digit (Digits *self, uint64_t digit)
{
  uint64_t *digits = &self->decimal.digits;

  if (digit == 0)
    {
      self->n_zeros += *digits > 0;
      return;
    }
  for (; self->n_zeros > 0; self->n_zeros--)
    self->decimal.is_exact &= !__builtin_mul_overflow (*digits,
                                                       UINT64_C (10),
                                                       digits);
  self->decimal.is_exact &= !__builtin_mul_overflow (*digits,
                                                     UINT64_C (10),
                                                     digits) &&
                            !__builtin_add_overflow (*digits, digit, digits);
}

/* What stands behind the "e"; more than a million is as good as that. */
static int64_t
exponent_of (const char *at)
{
  bool    is_negative = *at == '-';
  int64_t exponent = 0;

  at += *at == '-' || *at == '+';
  for (; *at != '\0'; at++)
    exponent = MIN (exponent * 10 + (*at - '0'), 1000000);
  return is_negative ? -exponent : exponent;
}

static Decimal
decimal_of (const ProfJson *self)
{
  const char *at = (const char *)self->text.data;
  Digits      digits = { .decimal.is_exact = true };
  int64_t     n_decimals = 0;
  bool        is_behind_point = false;

  digits.decimal.is_negative = *at == '-';
  at += *at == '-';
  for (; *at != '\0' && *at != 'e' && *at != 'E'; at++)
    if (*at == '.')
      is_behind_point = true;
    else
      {
        add_digit (&digits, (uint64_t)(*at - '0'));
        n_decimals += is_behind_point;
      }
  digits.decimal.power = digits.n_zeros - n_decimals;
  if (*at != '\0')
    digits.decimal.power += exponent_of (at + 1);
  return digits.decimal;
}

/* As nearly all numbers are: some digits and nothing else. */
static bool
read_short (const ProfJson *self, int64_t *number)
{
  int64_t read = 0;

  if (self->text.length > MOST_SHORT)
    return false;
  for (size_t i = 0; i < self->text.length; i++)
    {
      if (!g_ascii_isdigit (self->text.data[i]))
        return false;
      read = read * 10 + (self->text.data[i] - '0');
    }
  *number = read;
  return true;
}

bool
prof_json_int64 (const ProfJson *self, int64_t *number)
{
  Decimal  decimal;
  uint64_t size;

  if (read_short (self, number))
    return true;
  decimal = decimal_of (self);
  size = decimal.digits;
  if (!decimal.is_exact || (size > 0 && decimal.power < 0))
    return false;
  for (int64_t i = 0; size > 0 && i < decimal.power; i++)
    if (__builtin_mul_overflow (size, UINT64_C (10), &size))
      return false;
  if (size > (uint64_t)INT64_MAX + decimal.is_negative)
    return false;
  *number = decimal.is_negative ? (int64_t)(0 - size) : (int64_t)size;
  return true;
}

bool
prof_json_double (const ProfJson *self, double *number)
{
  /* Both sides are exact up to here, so that one rounding is all there is. */
  static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,
                                   1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                   1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
                                   1e18, 1e19, 1e20, 1e21, 1e22 };
  const int64_t       most = G_N_ELEMENTS (powers) - 1;
  Decimal             decimal;
  double              read;
  int64_t             whole;

  if (read_short (self, &whole))
    {
      *number = (double)whole;
      return true;
    }
  decimal = decimal_of (self);
  read = (double)decimal.digits;
  if (decimal.is_exact && decimal.digits <= UINT64_C (1) << 53 &&
      ABS (decimal.power) <= most)
    {
      read = decimal.power < 0 ? read / powers[-decimal.power]
                               : read * powers[decimal.power];
      read = decimal.is_negative ? -read : read;
    }
  else
    read = g_ascii_strtod ((const char *)self->text.data, NULL);
  if (!isfinite (read))
    return false;
  *number = read + 0.0; /* -0 becomes 0 */
  return true;
}

size_t
prof_json_depth (const ProfJson *self)
{
  return self->open.length;
}

uint64_t
prof_json_offset (const ProfJson *self)
{
  return self->token_offset;
}
