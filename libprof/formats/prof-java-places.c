/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-java-places.h"

#include "base/prof-strings.h"
#include "base/prof-vec.h"

/* What stands at an address; all zeros: nobody says. */
PROF_VEC_DEFINE (ProfVecJavaLine, prof_vec_java_line, ProfRawLine)

struct _ProfJavaPlaces
{
  ProfBuilder *builder; /* lent */
  ProfPlaces  *places;  /* lent */

  /* Owned */
  ProfStrings    *addresses; /* their bytes; ids from 1, as locations have */
  ProfVecJavaLine lines;     /* by id, less one */
};

ProfJavaPlaces *
prof_java_places_new (ProfBuilder *builder, ProfPlaces *places)
{
  ProfJavaPlaces *self = g_new0 (ProfJavaPlaces, 1);

  self->builder = builder;
  self->places = places;
  self->addresses = prof_strings_new ();
  return self;
}

void
prof_java_places_free (ProfJavaPlaces *self)
{
  if (self == NULL)
    return;
  prof_strings_unref (self->addresses);
  prof_vec_java_line_clear (&self->lines);
  g_free (self);
}

bool
prof_java_places_address (ProfJavaPlaces *self,
                          uint64_t        address,
                          uint64_t       *id,
                          GError        **error)
{
  const ProfRawLine none = { 0 };
  size_t            n = prof_strings_n (self->addresses);
  ProfStringId      row;

  if (!prof_strings_intern (self->addresses,
                            (const char *)&address,
                            sizeof address,
                            &row))
    return prof_fail_memory (error);
  *id = row;
  return row < n || prof_vec_java_line_append (&self->lines, none) ||
         prof_fail_memory (error);
}

/* --- the table --- */

/* The last ':' when it has a number behind it and no more; those below 1 are none. */
static const char *
scan_line_number (const ProfScan *text, int64_t *line)
{
  const char *at = text->end;
  ProfScan    number;

  while (at > text->at && at[-1] != ':')
    at--;
  number = (ProfScan){ at, text->end };
  if (at == text->at || !prof_scan_integer (&number, line) ||
      number.at < number.end)
    return NULL;
  *line = MAX (*line, 0);
  return at - 1;
}

/* Divides at the last " (" before @at. */
static bool
split_at (const ProfScan *text, const char *at, ProfScan *name, ProfScan *place)
{
  while (at - text->at > 1)
    {
      at--;
      if (*at != '(' || !prof_scan_is_blank (at[-1]))
        continue;
      *name = (ProfScan){ text->at, at };
      *place = (ProfScan){ at + 1, text->end };
      prof_scan_trim (name);
      return true;
    }
  return false;
}

static void
keep_last_part (ProfScan *path)
{
  for (const char *at = path->end; at > path->at; at--)
    if (at[-1] == '/')
      {
        path->at = at;
        return;
      }
}

/* "Pool.take (Pool.java:128)", or a library's path without a line. */
static bool
split_place (ProfScan text, ProfScan *name, ProfScan *file, int64_t *line)
{
  const char *colon;

  if (!prof_scan_ends (&text, ")"))
    return false;
  text.end--;
  colon = scan_line_number (&text, line);
  if (colon != NULL && split_at (&text, colon - 1, name, file))
    {
      file->end = colon;
      return true;
    }
  *line = 0;
  if (!split_at (&text, text.end, name, file))
    return false;
  keep_last_part (file);
  return true;
}

static void
split (ProfScan text, ProfScan *name, ProfScan *file, int64_t *line)
{
  static const char stub[] = "STUB";

  if (split_place (text, name, file, line))
    return;
  *name = text;
  *file = (ProfScan){ text.end, text.end };
  *line = 0;
  if (g_strstr_len (text.at,
                    (gssize)prof_scan_left (&text),
                    "generated stub/JIT") != NULL)
    *name = (ProfScan){ stub, stub + strlen (stub) };
}

static bool
set_line (ProfJavaPlaces *self, size_t row, ProfScan text, GError **error)
{
  ProfRawFunction function = { 0 };
  ProfRawLine    *line = &self->lines.data[row];
  ProfScan        name;
  ProfScan        file;

  split (text, &name, &file, &line->line);
  if (!prof_places_text (self->places,
                         name.at,
                         prof_scan_left (&name),
                         &function.name,
                         error) ||
      !prof_places_text (self->places,
                         file.at,
                         prof_scan_left (&file),
                         &function.filename,
                         error))
    return false;
  function.system_name = function.name;
  return prof_places_function (self->places, &function, &line->function, error);
}

bool
prof_java_places_take (ProfJavaPlaces *self, ProfScan line, GError **error)
{
  uint64_t     address;
  ProfStringId row;

  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  if (prof_scan_left (&line) < 2 || line.at[0] != '0' || line.at[1] != 'x' ||
      !prof_scan_hex (&line, &address) || line.at == line.end ||
      !prof_scan_is_blank (*line.at))
    return true;
  prof_scan_blanks (&line);
  row = prof_strings_lookup (self->addresses,
                             (const char *)&address,
                             sizeof address);
  return row == PROF_ID_NONE || set_line (self, row - 1, line, error);
}

bool
prof_java_places_finish (ProfJavaPlaces *self, GError **error)
{
  for (size_t i = 0; i < self->lines.length; i++)
    {
      const ProfRawLocation location = { .id = i + 1 };
      const ProfRawLine    *line = &self->lines.data[i];

      if (!prof_builder_add_location (self->builder,
                                      &location,
                                      line,
                                      line->function != 0,
                                      error))
        return false;
    }
  return true;
}
