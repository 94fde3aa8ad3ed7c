/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A text that is read from its front, such as a line. Nothing of it is closed by
 * a NUL. What does not find what it looks for leaves the text as it was, and
 * says false. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct
{
  const char *at; /* what is read next */
  const char *end;
} ProfScan;

static inline size_t
prof_scan_left (const ProfScan *self)
{
  return (size_t)(self->end - self->at);
}

/* One letter. */
static inline bool
prof_scan_letter (ProfScan *self, char letter)
{
  if (self->at == self->end || *self->at != letter)
    return false;
  self->at++;
  return true;
}

/* These letters. */
static inline bool
prof_scan_text (ProfScan *self, const char *text)
{
  size_t length = strlen (text);

  if (prof_scan_left (self) < length || memcmp (self->at, text, length) != 0)
    return false;
  self->at += length;
  return true;
}

static inline bool
prof_scan_is_blank (char letter)
{
  return letter == ' ' || letter == '\t';
}

/* Blanks and tabs, as many as there are. */
static inline void
prof_scan_blanks (ProfScan *self)
{
  while (self->at < self->end && prof_scan_is_blank (*self->at))
    self->at++;
}

/* Takes blanks and tabs off the end. */
static inline void
prof_scan_trim (ProfScan *self)
{
  while (self->at < self->end && prof_scan_is_blank (self->end[-1]))
    self->end--;
}

/* Whether it is these letters and no more. */
static inline bool
prof_scan_is (const ProfScan *self, const char *text)
{
  return prof_scan_left (self) == strlen (text) &&
         memcmp (self->at, text, prof_scan_left (self)) == 0;
}

/* Whether it ends with these letters. */
static inline bool
prof_scan_ends (const ProfScan *self, const char *text)
{
  size_t length = strlen (text);

  return prof_scan_left (self) >= length &&
         memcmp (self->end - length, text, length) == 0;
}

/**
 * prof_scan_until:
 * @letter: that ends it
 * @part: (out): what comes before
 *
 * Takes everything up to a letter, and the letter.
 */
static inline bool
prof_scan_until (ProfScan *self, char letter, ProfScan *part)
{
  const char *found = (const char *)memchr (self->at,
                                            letter,
                                            prof_scan_left (self));

  if (found == NULL)
    return false;
  *part = (ProfScan){ self->at, found };
  self->at = found + 1;
  return true;
}

/* Everything up to a blank or the end; at least one letter. */
bool prof_scan_word (ProfScan *self, ProfScan *word);

/* Digits; false also for more than 64 bits. */
bool prof_scan_number (ProfScan *self, uint64_t *number);

/* The same with a '-' that may stand before them. */
bool prof_scan_integer (ProfScan *self, int64_t *number);

/* Hexadecimal digits, with or without "0x" before them. */
bool prof_scan_hex (ProfScan *self, uint64_t *number);

G_END_DECLS
