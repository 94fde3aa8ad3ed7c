/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-lines.h"

#define LOOKED_AT 512

void
prof_lines_init (ProfLines *self, const ProfLimits *limits)
{
  uint64_t frames = prof_limits_get (limits, PROF_LIMIT_FRAMES);
  uint64_t string = prof_limits_get (limits, PROF_LIMIT_STRING);

  *self = (ProfLines){ .most = MAX (string, PROF_MAX_LINE) };
  self->most = MAX (self->most, frames * PROF_LINE_BYTES_A_FRAME);
}

void
prof_lines_clear (ProfLines *self)
{
  prof_vec_u8_clear (&self->carry);
}

static void
skip_mark (ProfScan *text)
{
  prof_scan_text (text, "\xef\xbb\xbf");
}

static void
drop_return (ProfScan *line)
{
  if (line->at < line->end && line->end[-1] == '\r')
    line->end--;
}

static bool
keep (ProfLines *self, const char *text, size_t length, GError **error)
{
  uint64_t most = self->most > 0 ? self->most : PROF_MAX_LINE;

  if (length > most - self->carry.length)
    return prof_limits_fail (error,
                             PROF_LIMIT_FRAMES,
                             "line %" G_GUINT64_FORMAT
                             " is longer than %" G_GUINT64_FORMAT " MiB",
                             self->number + 1,
                             most >> 20);
  return prof_vec_u8_extend (&self->carry, (const uint8_t *)text, length) ||
         prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "there is no memory for a line of text");
}

/* Gives a line of so many bytes of the file. */
static bool
give (ProfLines    *self,
      ProfScan      line,
      size_t        size,
      ProfLinesTake take,
      void         *data,
      GError      **error)
{
  self->offset = self->next;
  self->next += size;
  if (self->number == 0)
    skip_mark (&line);
  self->number++;
  self->line = line.at;
  drop_return (&line);
  return take (data, line, error);
}

/* Completes the line whose beginning was kept. */
static bool
give_carried (ProfLines    *self,
              const char   *text,
              size_t        length,
              ProfLinesTake take,
              void         *data,
              GError      **error)
{
  ProfScan line;
  size_t   size;

  if (!keep (self, text, length, error))
    return false;
  size = self->carry.length;
  line.at = (const char *)self->carry.data;
  line.end = line.at + size;
  self->carry.length = 0;
  return give (self, line, size + !self->is_cut, take, data, error);
}

bool
prof_lines_feed (ProfLines     *self,
                 const uint8_t *bytes,
                 size_t         length,
                 ProfLinesTake  take,
                 void          *data,
                 GError       **error)
{
  const char *begin = length > 0 ? (const char *)bytes : "";
  ProfScan    text = { begin, begin + length };
  ProfScan    line;

  if (self->carry.length > 0 && prof_scan_until (&text, '\n', &line) &&
      !give_carried (self, line.at, prof_scan_left (&line), take, data, error))
    return false;
  /* Until a carried line has its end, everything belongs to it. */
  while (self->carry.length == 0 && prof_scan_until (&text, '\n', &line))
    if (!give (self, line, prof_scan_left (&line) + 1, take, data, error))
      return false;
  return keep (self, text.at, prof_scan_left (&text), error);
}

bool
prof_lines_finish (ProfLines    *self,
                   ProfLinesTake take,
                   void         *data,
                   GError      **error)
{
  if (self->carry.length == 0)
    return true;
  self->is_cut = true;
  return give_carried (self, NULL, 0, take, data, error);
}

/* Of UTF-8, the bytes that begin a character. */
static size_t
column (const char *line, const char *at)
{
  size_t n = 1;

  for (; line < at; line++)
    n += ((uint8_t)*line & 0xc0) != 0x80;
  return n;
}

bool
prof_lines_fail (const ProfLines *self,
                 const char      *at,
                 GError         **error,
                 const char      *format,
                 ...)
{
  g_autofree char *what = NULL;
  va_list          arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return prof_fail (error,
                    self->is_cut ? PROF_ERROR_TRUNCATED : PROF_ERROR_MALFORMED,
                    "line %" G_GUINT64_FORMAT ", column %zu: %s",
                    self->number,
                    column (self->line, at),
                    what);
}

bool
prof_lines_is_text (const uint8_t *bytes, size_t length)
{
  for (size_t i = 0; i < MIN (length, LOOKED_AT); i++)
    if (bytes[i] == '\v' || bytes[i] == 0x7f ||
        (bytes[i] < ' ' && !g_ascii_isspace (bytes[i])))
      return false;
  return true;
}

ProfScan
prof_lines_look (const uint8_t *bytes, size_t length)
{
  const char *text = length > 0 ? (const char *)bytes : "";
  ProfScan    head = { text, text + length };

  skip_mark (&head);
  return head;
}

bool
prof_lines_look_next (ProfScan *head, bool is_all, ProfScan *line)
{
  if (!prof_scan_until (head, '\n', line))
    {
      if (!is_all || head->at == head->end)
        return false;
      *line = *head;
      head->at = head->end;
    }
  drop_return (line);
  return true;
}

bool
prof_lines_look_first (ProfScan *head, bool is_all, ProfScan *line)
{
  while (prof_lines_look_next (head, is_all, line))
    {
      prof_scan_trim (line);
      if (line->at < line->end)
        return true;
    }
  return false;
}
