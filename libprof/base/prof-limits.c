/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-limits.h"

#include "base/prof-error.h"
#include <string.h>

#define N_(text) text

#define KIND_BYTES true
#define KIND_COUNT false

static const struct
{
  const char *name;
  const char *help;
  bool        is_bytes;
  uint64_t    normal; /* 0: see prof_limits_get() */
  uint64_t    most;
} limits[PROF_N_LIMITS] = {
  [PROF_LIMIT_FILE] = { "file",
                        N_ ("a file"),
                        KIND_BYTES,
                        PROF_MAX_FILE,
                        INT64_MAX },
  [PROF_LIMIT_INFLATED] = { "inflated",
                            N_ ("what a file inflates to"),
                            KIND_BYTES,
                            0,
                            INT64_MAX },
  [PROF_LIMIT_MEMORY] = { "memory",
                          N_ ("a profile in memory"),
                          KIND_BYTES,
                          PROF_MAX_MEMORY,
                          INT64_MAX },
  [PROF_LIMIT_STRING] = { "string",
                          N_ ("one name"),
                          KIND_BYTES,
                          PROF_MAX_STRING,
                          PROF_MOST_STRING },
  [PROF_LIMIT_FRAMES] = { "frames",
                          N_ ("frames of one stack"),
                          KIND_COUNT,
                          PROF_MAX_STACK_FRAMES,
                          PROF_MOST_STACK_FRAMES },
  [PROF_LIMIT_NODES] = { "nodes",
                         N_ ("nodes of a call tree"),
                         KIND_COUNT,
                         PROF_MAX_TREE_NODES,
                         PROF_MAX_ROWS },
  [PROF_LIMIT_STEPS] = { "steps",
                         N_ ("frames walked for a tree that begins with the "
                             "leaves"),
                         KIND_COUNT,
                         PROF_MAX_TREE_STEPS,
                         INT64_MAX },
  [PROF_LIMIT_PATTERN] = { "pattern",
                           N_ ("a regular expression"),
                           KIND_BYTES,
                           PROF_MAX_PATTERN,
                           PROF_MOST_PATTERN },
  [PROF_LIMIT_PATTERN_STEPS] = { "pattern-steps",
                                 N_ ("steps of matching it with one name"),
                                 KIND_COUNT,
                                 PROF_MAX_PATTERN_STEPS,
                                 PROF_MOST_PATTERN_STEPS },
  [PROF_LIMIT_PATTERN_SECONDS] = { "pattern-seconds",
                                   N_ ("seconds of matching it with all names"),
                                   KIND_COUNT,
                                   PROF_MAX_PATTERN_SECONDS,
                                   PROF_MOST_PATTERN_SECONDS },
  [PROF_LIMIT_SHOWN] = { "shown",
                         N_ ("characters of a name in a picture"),
                         KIND_COUNT,
                         PROF_MAX_LABEL_CHARS,
                         PROF_MAX_LABEL_CHARS },
  [PROF_LIMIT_TIP] = { "tip",
                       N_ ("characters of a name in the tips of an SVG"),
                       KIND_COUNT,
                       PROF_MAX_TIP_CHARS,
                       PROF_MOST_TIP_CHARS },
  [PROF_LIMIT_EXPORTED] = { "exported",
                            N_ ("characters of a name in a layout (.json)"),
                            KIND_COUNT,
                            PROF_MAX_EXPORTED_CHARS,
                            PROF_MOST_EXPORTED_CHARS },
  [PROF_LIMIT_TEXT] = { "text",
                        N_ ("what is written of a profile"),
                        KIND_BYTES,
                        PROF_MAX_TEXT,
                        INT64_MAX },
  [PROF_LIMIT_SVG] = { "svg",
                       N_ ("an SVG"),
                       KIND_BYTES,
                       PROF_MAX_SVG,
                       PROF_MOST_SVG },
  [PROF_LIMIT_PIXELS] = { "pixels",
                          N_ ("pixels of a PNG"),
                          KIND_COUNT,
                          PROF_MAX_PICTURE_PIXELS,
                          (uint64_t)
                              PROF_MAX_PICTURE_SIDE *PROF_MAX_PICTURE_SIDE },
  [PROF_LIMIT_SIDE] = { "side",
                        N_ ("pixels of each side of a PNG"),
                        KIND_COUNT,
                        PROF_MAX_PICTURE_SIDE,
                        PROF_MAX_PICTURE_SIDE },
  [PROF_LIMIT_SOURCE] = { "source",
                          N_ ("a source file"),
                          KIND_BYTES,
                          PROF_MAX_SOURCE_FILE,
                          PROF_MOST_SOURCE_FILE },
  [PROF_LIMIT_BODY] = { "body",
                        N_ ("what a server sends"),
                        KIND_BYTES,
                        PROF_MAX_HTTP_BODY,
                        PROF_MOST_HTTP_BODY },
  [PROF_LIMIT_REDIRECTS] = { "redirects",
                             N_ ("times that a server sends on"),
                             KIND_COUNT,
                             PROF_MAX_HTTP_REDIRECTS,
                             PROF_MOST_HTTP_REDIRECTS },
};

uint64_t
prof_limits_get (const ProfLimits *self, ProfLimit limit)
{
  if (self == NULL || self->values[limit] == 0)
    return limits[limit].normal;
  return MIN (self->values[limit], limits[limit].most);
}

const char *
prof_limits_name (ProfLimit limit)
{
  return limits[limit].name;
}

const char *
prof_limits_help (ProfLimit limit)
{
  return limits[limit].help;
}

bool
prof_limits_is_bytes (ProfLimit limit)
{
  return limits[limit].is_bytes;
}

uint64_t
prof_limits_most (ProfLimit limit)
{
  return limits[limit].most;
}

static bool
find (const char *text, size_t length, ProfLimit *limit)
{
  for (size_t l = 0; l < PROF_N_LIMITS; l++)
    if (strlen (limits[l].name) == length &&
        strncmp (limits[l].name, text, length) == 0)
      {
        *limit = (ProfLimit)l;
        return true;
      }
  return false;
}

static bool
fail_name (const char *text, size_t length, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (size_t l = 0; l < PROF_N_LIMITS; l++)
    g_string_append_printf (names, "%s%s", l > 0 ? ", " : "", limits[l].name);
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "there is no limit \"%.*s\"; there are %s",
                    (int)MIN (length, 80),
                    text,
                    names->str);
}

/* How far "K", "MiB", "GB" shift, or -1. */
static int
shift_of (const char *suffix)
{
  static const char letters[] = "KMG";
  const char       *letter;

  if (suffix[0] == '\0' || strcmp (suffix, "B") == 0)
    return 0;
  letter = strchr (letters, g_ascii_toupper (suffix[0]));
  if (letter == NULL || *letter == '\0')
    return -1;
  if (suffix[1] != '\0' && strcmp (suffix + 1, "B") != 0 &&
      strcmp (suffix + 1, "iB") != 0)
    return -1;
  return 10 * (int)(letter - letters + 1);
}

static bool
read_value (const char *text, uint64_t *value)
{
  size_t           n = strspn (text, "0123456789");
  g_autofree char *digits = g_strndup (text, n);
  int              shift = shift_of (text + n);

  if (shift < 0 ||
      !g_ascii_string_to_unsigned (digits, 10, 1, UINT64_MAX, value, NULL) ||
      *value > UINT64_MAX >> shift)
    return false;
  *value <<= shift;
  return true;
}

bool
prof_limits_read (ProfLimits *self, const char *text, GError **error)
{
  size_t    length = strcspn (text, "=");
  ProfLimit limit;
  uint64_t  value;

  if (!find (text, length, &limit))
    return fail_name (text, length, error);
  if (text[length] == '\0' || !read_value (text + length + 1, &value))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the limit \"%s\" is a whole number, such as "
                      "%s=1000 or %s=2G",
                      limits[limit].name,
                      limits[limit].name,
                      limits[limit].name);
  if (value > limits[limit].most)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the limit \"%s\" can be at most %" G_GUINT64_FORMAT,
                      limits[limit].name,
                      limits[limit].most);
  self->values[limit] = value;
  return true;
}

bool
prof_limits_fail (GError **error, ProfLimit limit, const char *format, ...)
{
  g_autofree char *message = NULL;
  va_list          arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "%s (the limit \"%s\")",
                    message,
                    limits[limit].name);
}

/* Readers of bytes have messages of their own, without the brackets. */
bool
prof_limits_passed (const GError *error, ProfLimit *limit)
{
  const char *name = g_strrstr (error->message, "the limit \"");
  size_t      length;

  if (!g_error_matches (error, PROF_ERROR, PROF_ERROR_TOO_LARGE) ||
      name == NULL)
    return false;
  name = strchr (name, '"') + 1;
  length = strcspn (name, "\"");
  return (strcmp (name + length, "\"") == 0 ||
          strcmp (name + length, "\")") == 0) &&
         find (name, length, limit);
}

bool
prof_limits_raise (ProfLimits *self, ProfLimit limit)
{
  uint64_t now = prof_limits_get (self, limit);

  if (now == 0)
    now = 4 * PROF_MAX_INFLATED;
  if (now >= limits[limit].most)
    return false;
  self->values[limit] = now > limits[limit].most / 4 ? limits[limit].most
                                                     : now * 4;
  return true;
}
