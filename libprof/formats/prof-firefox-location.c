/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-location.h"

/* Takes "[10]" off the end: which of the sources it is, whose name is there too. */
static bool
drop_source (ProfScan *text)
{
  const char *at = text->end;

  if (at == text->at || *--at != ']')
    return false;
  while (at > text->at && g_ascii_isdigit (at[-1]))
    at--;
  if (at == text->end - 1 || at == text->at || *--at != '[')
    return false;
  text->end = at;
  return true;
}

/* Takes ":14" off the end. */
static bool
drop_number (ProfScan *text, uint64_t *number)
{
  const char *at = text->end;
  ProfScan    digits;

  while (at > text->at && g_ascii_isdigit (at[-1]))
    at--;
  digits = (ProfScan){ at, text->end };
  if (at == text->at || at[-1] != ':' || !prof_scan_number (&digits, number))
    return false;
  text->end = at - 1;
  return true;
}

/* Of "FILE:LINE" and "FILE:LINE:COLUMN", the line. */
static bool
drop_place (ProfScan *text, uint64_t *line)
{
  ProfScan outer = *text;
  ProfScan inner;
  uint64_t last;
  uint64_t before;

  if (!drop_number (&outer, &last))
    return false;
  inner = outer;
  if (drop_number (&inner, &before) && inner.at < inner.end)
    {
      outer = inner;
      last = before;
    }
  if (outer.at == outer.end)
    return false;
  *text = outer;
  *line = last;
  return true;
}

/* Where the last of these letters begin, or NULL. */
static const char *
find_last (const ProfScan *text, const char *letters)
{
  return g_strrstr_len (text->at, (gssize)prof_scan_left (text), letters);
}

/* "NAME (in LIBRARY)" and what may follow. */
static bool
read_native (const ProfScan *text, ProfFirefoxLocation *location)
{
  const char *in = find_last (text, " (in ");
  ProfScan    rest;

  if (in == NULL)
    return false;
  rest = (ProfScan){ in, text->end };
  if (memchr (in, ')', prof_scan_left (&rest)) == NULL)
    return false;
  location->name = (ProfScan){ text->at, in };
  return true;
}

/* Of scripts that load scripts, "a.js -> b.js", the last. */
static ProfScan
last_file (ProfScan files)
{
  static const char arrow[] = " -> ";
  const char       *last = find_last (&files, arrow);

  if (last != NULL)
    files.at = last + strlen (arrow);
  return files;
}

static void
set_script (ProfFirefoxLocation *location, ProfScan name, ProfScan file)
{
  location->is_script = true;
  location->name = name;
  location->file = last_file (file);
}

static bool
read_script (ProfScan text, ProfFirefoxLocation *location)
{
  bool        has_source = drop_source (&text);
  ProfScan    inside = text;
  const char *open = NULL;

  if (text.at < text.end && text.end[-1] == ')')
    {
      inside.end--;
      open = find_last (&inside, " (");
    }
  if (open != NULL)
    {
      inside.at = open + 2;
      if (!drop_place (&inside, &location->line))
        return false;
      set_script (location, (ProfScan){ text.at, open }, inside);
      return true;
    }
  if ((!drop_place (&text, &location->line) && !has_source) ||
      text.at == text.end)
    return false;
  set_script (location, (ProfScan){ text.at, text.at }, text);
  return true;
}

ProfFirefoxLocation
prof_firefox_location_read (ProfScan text)
{
  ProfFirefoxLocation location = { .name = text,
                                   .file = { text.end, text.end } };
  ProfScan            start = text;

  if (prof_scan_text (&start, "0x") || read_native (&text, &location) ||
      read_script (text, &location))
    return location;
  return location;
}
