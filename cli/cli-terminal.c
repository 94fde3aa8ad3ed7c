/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-terminal.h"

#include "base/prof-upright.h"
#include <stdbool.h>
#include <string.h>

/* What g_utf8_get_char_validated() says of a character that may go on. */
#define CUT ((gunichar)-2)
#define BAD ((gunichar)-1)

static bool
is_unsafe (gunichar character, const char *allowed)
{
  if (character < 0x80)
    return g_ascii_iscntrl ((char)character) &&
           (character == 0 || strchr (allowed, (char)character) == NULL);
  return character <= 0x9f || prof_upright_is_turning (character);
}

/* NUL is a character of its own here. */
static gunichar
get_character (const char *text, gsize length)
{
  return *text == '\0' ? 0 : g_utf8_get_char_validated (text, (gssize)length);
}

/* Returns: how many bytes were used; fewer than there are where a character is
 * cut off */
static gsize
put_whole (const char *text, gsize length, const char *allowed, GString *out)
{
  gsize at = 0;

  while (at < length)
    {
      gunichar character = get_character (text + at, length - at);
      gsize    n;

      if (character == CUT)
        break;
      n = character == BAD ? 1 : (gsize)g_unichar_to_utf8 (character, NULL);
      if (character == BAD || is_unsafe (character, allowed))
        g_string_append_c (out, '?');
      else
        g_string_append_len (out, text + at, (gssize)n);
      at += n;
    }
  return at;
}

/* Takes bytes one by one until what was left before is used up. */
static gsize
finish_rest (CliTerminal *self,
             const char  *text,
             gsize        length,
             const char  *allowed,
             GString     *out)
{
  gsize taken = 0;

  while (self->n_rest > 0 && taken < length)
    {
      gsize used;

      self->rest[self->n_rest++] = text[taken++];
      used = put_whole (self->rest, self->n_rest, allowed, out);
      self->n_rest -= used;
      memmove (self->rest, self->rest + used, self->n_rest);
    }
  return taken;
}

void
cli_terminal_put (CliTerminal *self,
                  const char  *text,
                  gsize        length,
                  const char  *allowed,
                  GString     *out)
{
  gsize at = finish_rest (self, text, length, allowed, out);

  at += put_whole (text + at, length - at, allowed, out);
  if (at == length)
    return;
  self->n_rest = length - at;
  memcpy (self->rest, text + at, self->n_rest);
}

void
cli_terminal_end (CliTerminal *self, GString *out)
{
  for (; self->n_rest > 0; self->n_rest--)
    g_string_append_c (out, '?');
}

char *
cli_terminal_text (const char *text, gsize length, const char *allowed)
{
  CliTerminal terminal = { { 0 }, 0 };
  GString    *out = g_string_sized_new (length);

  cli_terminal_put (&terminal, text, length, allowed, out);
  cli_terminal_end (&terminal, out);
  return g_string_free (out, FALSE);
}
