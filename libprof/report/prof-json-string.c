/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-json-string.h"

static bool
needs_escape (char c)
{
  return (unsigned char)c < 0x20 || c == '"' || c == '\\' || c == 0x7f;
}

static void
put_escape (ProfWriter *writer, char c)
{
  switch (c)
    {
    case '\n':
      prof_writer_text (writer, "\\n");
      break;
    case '\t':
      prof_writer_text (writer, "\\t");
      break;
    case '"':
    case '\\':
      prof_writer_printf (writer, "\\%c", c);
      break;
    default:
      prof_writer_printf (writer, "\\u%04x", (unsigned char)c);
      break;
    }
}

bool
prof_json_string (ProfWriter *writer, const char *text)
{
  const char *plain = text;

  prof_writer_text (writer, "\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (!needs_escape (*p))
        continue;
      prof_writer_bytes (writer, plain, (size_t)(p - plain));
      put_escape (writer, *p);
      plain = p + 1;
    }
  prof_writer_text (writer, plain);
  return prof_writer_text (writer, "\"");
}
