/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-foreign.h"

#include <stdbool.h>
#include <string.h>

#define LOOKED_AT         512
#define LONGEST_CHARACTER 4

typedef struct
{
  const char *magic;
  size_t      length;
  const char *name;
} Magic;

#define MAGIC(bytes, name)        \
  {                               \
    bytes, sizeof bytes - 1, name \
  }

static const Magic magics[] = {
  MAGIC ("\x89PNG\r\n\x1a\n", "a PNG picture"),
  MAGIC ("\xff\xd8\xff", "a JPEG picture"),
  MAGIC ("GIF8", "a GIF picture"),
  MAGIC ("RIFF", "a RIFF file, such as a WebP picture"),
  MAGIC ("\x7f"
         "ELF",
         "an ELF program or library"),
  MAGIC ("\xcf\xfa\xed\xfe", "a macOS program or library"),
  MAGIC ("\xca\xfe\xba\xbe", "a Java class or a macOS program"),
  MAGIC ("MZ", "a Windows program or library"),
  MAGIC ("\0asm", "a WebAssembly module"),
  MAGIC ("PERFILE2", "data of Linux perf (perf.data)"),
  MAGIC ("2ELIFREP", "data of Linux perf (perf.data)"),
  MAGIC ("PK\3\4", "a zip archive"),
  MAGIC ("PK\5\6", "an empty zip archive"),
  MAGIC ("\x28\xb5\x2f\xfd", "a file compressed with zstd"),
  MAGIC ("\xfd"
         "7zXZ\0",
         "a file compressed with xz"),
  MAGIC ("BZh", "a file compressed with bzip2"),
  MAGIC ("\x1f\x8b", "a file compressed with gzip"),
  MAGIC ("%PDF-", "a PDF document"),
  MAGIC ("SQLite format 3\0", "an SQLite database"),
  MAGIC ("JAVA PROFILE ", "a Java heap dump (hprof)"),
  MAGIC ("FLR\0", "a Java flight recording"),
  MAGIC ("\x5e\xa7\xdc\xfd", "a Sysprof capture"),
  MAGIC ("\xff\xfe", "UTF-16 text"),
  MAGIC ("\xfe\xff", "UTF-16 text"),
};

/* Text, by how it begins; letters of either case. */
static const Magic beginnings[] = {
  MAGIC ("<!doctype html", "an HTML page"),
  MAGIC ("<html", "an HTML page"),
  MAGIC ("<head", "an HTML page"),
  MAGIC ("<svg", "an SVG picture"),
  MAGIC ("<?xml", "an XML document"),
  MAGIC ("# callgrind format", "a callgrind profile"),
  MAGIC ("version https://git-lfs", "a Git LFS pointer in place of a file"),
  MAGIC ("#!", "a script"),
};

static bool
begins (const uint8_t *bytes, size_t length, const Magic *magic)
{
  return length >= magic->length &&
         memcmp (bytes, magic->magic, magic->length) == 0;
}

static bool
begins_text (const char *text, size_t length, const Magic *magic)
{
  return length >= magic->length &&
         g_ascii_strncasecmp (text, magic->magic, magic->length) == 0;
}

/* UTF-8 without control characters, but for a character cut off at the end. */
static bool
is_text (const char *text, size_t length)
{
  const char *end;

  if (!g_utf8_validate_len (text, length, &end) &&
      (length < LOOKED_AT || text + length - end >= LONGEST_CHARACTER))
    return false;
  for (; text < end; text++)
    if ((g_ascii_iscntrl (*text) && !g_ascii_isspace (*text)) || *text == '\v')
      return false;
  return true;
}

static void
skip_blank (const char **text, size_t *length)
{
  for (; *length > 0 && g_ascii_isspace (**text); ++*text)
    --*length;
}

static const char *
text_name (const char *text, size_t length)
{
  skip_blank (&text, &length);
  for (size_t i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (begins_text (text, length, &beginnings[i]))
      return beginnings[i].name;
  return NULL;
}

/* marshal.dumps() of a dictionary whose keys are tuples, or that is empty. */
static bool
is_python_marshal (const uint8_t *bytes, size_t length)
{
  return length >= 2 && (bytes[0] & 0x7f) == '{' &&
         ((bytes[1] & 0x7f) == '(' || (bytes[1] & 0x7f) == ')' ||
          (bytes[1] == '0' && length == 2));
}

/* Words of the machine: 0, 3, 0, period, 0; of 32 or 64 bits. */
static bool
is_gperftools (const uint8_t *bytes, size_t length)
{
  static const uint8_t header32[] = { 0, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0 };
  static const uint8_t header64[24] = { [8] = 3 };

  return (length > 24 && memcmp (bytes, header64, 24) == 0) ||
         (length > 12 && memcmp (bytes, header32, 12) == 0);
}

/* "go 1.9 trace" or "go 1.19 trace", filled up to 16 bytes. */
static bool
is_go_trace (const uint8_t *bytes, size_t length)
{
  static const char trace[] = " trace";

  return length >= 16 && memcmp (bytes, "go 1.", 5) == 0 &&
         (memcmp (bytes + 6, trace, sizeof trace) == 0 ||
          memcmp (bytes + 7, trace, sizeof trace) == 0);
}

const char *
prof_foreign_name (const uint8_t *bytes, size_t length)
{
  length = MIN (length, LOOKED_AT);
  for (size_t i = 0; i < G_N_ELEMENTS (magics); i++)
    if (begins (bytes, length, &magics[i]))
      return magics[i].name;
  if (length >= 262 && memcmp (bytes + 257, "ustar", 5) == 0)
    return "a tar archive";
  if (is_go_trace (bytes, length))
    return "a Go execution trace, for \"go tool trace\"";
  if (is_gperftools (bytes, length))
    return "a gperftools CPU profile in its old format";
  if (is_text ((const char *)bytes, length))
    return text_name ((const char *)bytes, length);
  if (is_python_marshal (bytes, length))
    return "a Python cProfile dump";
  return NULL;
}

const char *
prof_foreign_text (const uint8_t *bytes, size_t length)
{
  const char *text = (const char *)bytes;

  length = MIN (length, LOOKED_AT);
  if (!is_text (text, length))
    return NULL;
  skip_blank (&text, &length);
  return length > 0 && (*text == '{' || *text == '[') ? "JSON" : "text";
}
