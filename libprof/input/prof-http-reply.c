/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-http-reply.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "input/prof-endpoints.h"
#include "input/prof-gzip.h"
#include <string.h>

#define OK 200

/* Bytes at the start of a body in which "<html" is looked for. */
#define LOOKED_AT 512

/* Inflated at a time. */
#define PIECE (64u << 10)

static bool
is_type (const ProfHttpReply *self, const char *wanted)
{
  size_t length = strlen (wanted);

  return self->type != NULL &&
         g_ascii_strncasecmp (self->type, wanted, length) == 0 &&
         !g_ascii_isalnum (self->type[length]);
}

/* One line of the server's own words, or "". */
static char *
words_of (const char *text, size_t length)
{
  size_t              n = MIN (length, PROF_MAX_HTTP_TEXT);
  g_autofree char    *valid = g_utf8_make_valid (text, (gssize)n);
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      bool     is_blank = g_unichar_isspace (c) || !g_unichar_isprint (c);

      if (!is_blank)
        g_string_append_unichar (out, c);
      else if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
    }
  g_strchomp (out->str);
  return g_strdup_printf ("%s%s", out->str, n < length ? "…" : "");
}

static bool
fail_status (const ProfHttpReply *self, GError **error)
{
  const char      *reason = self->reason != NULL ? self->reason : "";
  g_autofree char *title = words_of (reason, strlen (reason));
  g_autofree char *words = NULL;
  gsize            length;
  const char      *body = g_bytes_get_data (self->body, &length);

  if (is_type (self, "text/plain") && length > 0)
    words = words_of (body, length);
  g_set_error (error,
               G_IO_ERROR,
               self->status == 404 ? G_IO_ERROR_NOT_FOUND : G_IO_ERROR_FAILED,
               "the server answers %u%s%s%s%s",
               self->status,
               title[0] != '\0' ? " " : "",
               title,
               words != NULL && words[0] != '\0' ? ": " : "",
               words != NULL ? words : "");
  return false;
}

bool
prof_http_reply_check (const ProfHttpReply *self, GError **error)
{
  gsize length = g_bytes_get_size (self->body);

  if (self->status != OK)
    return fail_status (self, error);
  if (self->length >= 0 && (uint64_t)self->length != length)
    return prof_fail (error,
                      PROF_ERROR_TRUNCATED,
                      "the server sent %" G_GSIZE_FORMAT " of %" G_GINT64_FORMAT
                      " bytes",
                      length,
                      self->length);
  if (length == 0)
    return prof_fail (error, PROF_ERROR_EMPTY, "the server sent nothing");
  return true;
}

/* --- HTML --- */

static bool
is_html (const ProfHttpReply *self)
{
  gsize       length;
  const char *body = g_bytes_get_data (self->body, &length);
  size_t      blank = 0;

  if (is_type (self, "text/html") || is_type (self, "application/xhtml+xml"))
    return true;
  while (blank < MIN (length, LOOKED_AT) && g_ascii_isspace (body[blank]))
    blank++;
  body += blank;
  length -= blank;
  return (length > 5 && g_ascii_strncasecmp (body, "<html", 5) == 0) ||
         (length > 14 && g_ascii_strncasecmp (body, "<!doctype html", 14) == 0);
}

static void *
fail_html (const ProfHttpReply *self, GError **error)
{
  gsize               length;
  const char         *body = g_bytes_get_data (self->body, &length);
  size_t              n;
  ProfEndpoint       *found = prof_endpoints_read (body, length, &n);
  g_autoptr (GString) names = g_string_new (NULL);

  if (n == 0)
    return prof_fail_null (error,
                           PROF_ERROR_UNRECOGNIZED,
                           "the server sent HTML, not a profile");
  for (size_t e = 0; e < n && names->len < PROF_MAX_HTTP_TEXT; e++)
    g_string_append_printf (names, "%s%s", e > 0 ? ", " : "", found[e].name);
  prof_endpoints_free (found, n);
  return prof_fail_null (error,
                         PROF_ERROR_UNRECOGNIZED,
                         "the server sent HTML, its list of profiles: %s",
                         names->str);
}

/* --- Encodings --- */

static bool
is_gzip (GBytes *bytes)
{
  gsize          length;
  const uint8_t *data = g_bytes_get_data (bytes, &length);

  return prof_gzip_is (data, length);
}

static bool
inflate_all (ProfGzip *gzip, GBytes *bytes, ProfVecU8 *out, GError **error)
{
  gsize          left;
  const uint8_t *in = g_bytes_get_data (bytes, &left);
  size_t         n = 1;

  while (left > 0 || n > 0)
    {
      if (!prof_vec_u8_reserve (out, PIECE))
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "there is no memory for inflating");
      if (!prof_gzip_inflate (gzip,
                              &in,
                              &left,
                              out->data + out->length,
                              PIECE,
                              &n,
                              error))
        return false;
      out->length += n;
      /* What is not gzip inside gzip is left to whoever decodes it. */
      if (out->length > 2 && !prof_gzip_is (out->data, out->length))
        return true;
    }
  return prof_gzip_end (gzip, error);
}

/* The layer that a server has put around a file, taken off when the file is
 * gzip by itself. */
static GBytes *
unwrap (GBytes *body, uint64_t max_bytes, GError **error)
{
  g_autoptr (ProfGzip) gzip = prof_gzip_new (
      max_bytes > 0 ? max_bytes : PROF_MAX_HTTP_BODY);
  ProfVecU8 out = { 0 };

  if (gzip == NULL)
    return prof_fail_null (error,
                           PROF_ERROR_TOO_LARGE,
                           "there is no memory for inflating");
  if (!inflate_all (gzip, body, &out, error))
    {
      prof_vec_u8_clear (&out);
      return NULL;
    }
  if (prof_gzip_is (out.data, out.length))
    return g_bytes_new_take (out.data, out.length);
  prof_vec_u8_clear (&out);
  return g_bytes_ref (body);
}

static bool
is_encoding (const ProfHttpReply *self, const char *name)
{
  return g_ascii_strcasecmp (self->encoding, name) == 0;
}

static GBytes *
decode (const ProfHttpReply *self, GError **error)
{
  g_autofree char *name = NULL;

  if (self->encoding == NULL || is_encoding (self, "identity") ||
      self->encoding[0] == '\0')
    return g_bytes_ref (self->body);
  if (is_encoding (self, "gzip") || is_encoding (self, "x-gzip"))
    return unwrap (self->body, self->max_bytes, error);
  name = words_of (self->encoding, strlen (self->encoding));
  return prof_fail_null (error,
                         PROF_ERROR_UNSUPPORTED,
                         "the server sent it encoded as %s, unasked",
                         name);
}

GBytes *
prof_http_reply_profile (const ProfHttpReply *self, GError **error)
{
  if (!prof_http_reply_check (self, error))
    return NULL;
  if (is_html (self))
    return fail_html (self, error);
  if (!self->is_framed && !is_gzip (self->body))
    return prof_fail_null (error,
                           PROF_ERROR_TRUNCATED,
                           "the server told no length, and without "
                           "compression nobody can tell whether this is all");
  return decode (self, error);
}
