/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-maps.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include <stdlib.h>

/* Mappings of a process: the kernel allows 65,530. */
#define MOST_MAPPINGS 1048576

typedef struct
{
  uint64_t start;
  uint64_t limit;
  uint64_t offset;
  size_t   name; /* into names, closed by a NUL */
  uint64_t id;
} Mapping;

PROF_VEC_DEFINE (ProfVecMaps, prof_vec_maps, Mapping)

struct _ProfMaps
{
  ProfVecMaps mappings; /* as they came, then by address */
  ProfVecU8   names;
};

ProfMaps *
prof_maps_new (void)
{
  return g_new0 (ProfMaps, 1);
}

void
prof_maps_free (ProfMaps *self)
{
  if (self == NULL)
    return;
  prof_vec_maps_clear (&self->mappings);
  prof_vec_u8_clear (&self->names);
  g_free (self);
}

bool
prof_maps_begins (const ProfScan *line)
{
  ProfScan rest = *line;

  prof_scan_blanks (&rest);
  prof_scan_trim (&rest);
  return prof_scan_is (&rest, "--- Memory map: ---") ||
         prof_scan_is (&rest, "MAPPED_LIBRARIES:");
}

static const char *
name_of (const ProfMaps *self, const Mapping *mapping)
{
  return (const char *)self->names.data + mapping->name;
}

/* Letters that say what may be done with the memory: "r-xp". */
static bool
scan_permissions (ProfScan *line, bool *is_code)
{
  ProfScan word;

  if (!prof_scan_word (line, &word))
    return false;
  *is_code = memchr (word.at, 'x', prof_scan_left (&word)) != NULL;
  for (const char *at = word.at; at < word.end; at++)
    if (strchr ("rwxps-", *at) == NULL)
      return false;
  return true;
}

/* Behind the permissions: offset, device, inode. A short form has none. */
static void
scan_origin (ProfScan *line, uint64_t *offset)
{
  ProfScan rest = *line;
  ProfScan device;
  uint64_t inode;

  *offset = 0;
  if (!prof_scan_hex (&rest, offset) || rest.at == rest.end ||
      !prof_scan_is_blank (*rest.at))
    return;
  prof_scan_blanks (&rest);
  if (!prof_scan_word (&rest, &device) ||
      memchr (device.at, ':', prof_scan_left (&device)) == NULL)
    {
      *offset = 0;
      return;
    }
  prof_scan_blanks (&rest);
  if (prof_scan_number (&rest, &inode))
    *line = rest;
}

/* Follows the one before, as far as it can be told. */
static bool
continues (const ProfMaps *self, const Mapping *before, const Mapping *mapping)
{
  const char *name = name_of (self, mapping);
  const char *other = name_of (self, before);

  if (before->limit != mapping->start)
    return false;
  if (name[0] != '\0' && other[0] != '\0' && strcmp (name, other) != 0)
    return false;
  return before->offset == 0 || mapping->offset == 0 ||
         before->offset + (before->limit - before->start) == mapping->offset;
}

static bool
no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the memory map does not fit into memory");
}

static bool
add (ProfMaps *self, Mapping mapping, const ProfScan *name, GError **error)
{
  Mapping *last = NULL;

  mapping.name = self->names.length;
  if (!prof_vec_u8_extend (&self->names,
                           (const uint8_t *)name->at,
                           prof_scan_left (name)) ||
      !prof_vec_u8_append (&self->names, '\0'))
    return no_memory (error);
  if (self->mappings.length > 0)
    last = &self->mappings.data[self->mappings.length - 1];
  if (last != NULL && continues (self, last, &mapping))
    {
      last->limit = mapping.limit;
      if (name_of (self, &mapping)[0] != '\0')
        last->name = mapping.name;
      return true;
    }
  if (self->mappings.length >= MOST_MAPPINGS)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the memory map has more than %u lines",
                      MOST_MAPPINGS);
  return prof_vec_maps_append (&self->mappings, mapping) || no_memory (error);
}

bool
prof_maps_take (ProfMaps *self, ProfScan line, GError **error)
{
  Mapping mapping = { 0 };
  bool    is_code = false;

  prof_scan_blanks (&line);
  prof_scan_trim (&line);
  if (!prof_scan_hex (&line, &mapping.start) ||
      !prof_scan_letter (&line, '-') || !prof_scan_hex (&line, &mapping.limit))
    return true;
  /* "00400000-00fcb000: server", the short form, has code alone. */
  if (prof_scan_letter (&line, ':'))
    {
      prof_scan_blanks (&line);
      return line.at == line.end || add (self, mapping, &line, error);
    }
  prof_scan_blanks (&line);
  if (!scan_permissions (&line, &is_code) || !is_code)
    return true;
  prof_scan_blanks (&line);
  scan_origin (&line, &mapping.offset);
  prof_scan_blanks (&line);
  return add (self, mapping, &line, error);
}

/* "libm.so", "libm.so.6", "libm.so_1" */
static bool
is_library (const char *name, size_t length)
{
  static const char so[] = ".so";
  const size_t      n = sizeof so - 1;

  for (size_t i = 0; i + n <= length; i++)
    if (memcmp (name + i, so, n) == 0 &&
        (i + n == length ||
         ((name[i + n] == '.' || name[i + n] == '_') && i + n + 1 < length &&
          g_ascii_isdigit (name[i + n + 1]))))
      return true;
  return false;
}

bool
prof_maps_is_main (const char *name, size_t length)
{
  return length > 0 && name[0] != '[' && !is_library (name, length);
}

static size_t
main_binary (const ProfMaps *self)
{
  for (size_t i = 0; i < self->mappings.length; i++)
    {
      const char *name = name_of (self, &self->mappings.data[i]);

      if (prof_maps_is_main (name, strlen (name)))
        return i;
    }
  return 0;
}

static int
compare_starts (const void *a, const void *b)
{
  const Mapping *left = a;
  const Mapping *right = b;

  return (left->start > right->start) - (left->start < right->start);
}

static bool
add_row (const ProfMaps *self,
         ProfBuilder    *builder,
         const Mapping  *mapping,
         GError        **error)
{
  const char    *name = name_of (self, mapping);
  ProfRawMapping row = {
    .id = mapping->id,
    .start = mapping->start,
    .limit = mapping->limit,
    .offset = mapping->offset,
  };

  return prof_builder_intern (builder,
                              name,
                              strlen (name),
                              &row.filename,
                              error) &&
         prof_builder_add_mapping (builder, &row, error);
}

bool
prof_maps_add (ProfMaps *self, ProfBuilder *builder, GError **error)
{
  Mapping *mappings = self->mappings.data;
  size_t   first = main_binary (self);
  int64_t  empty;

  if (!prof_builder_intern (builder, "", 0, &empty, error))
    return false;
  if (first > 0)
    {
      Mapping other = mappings[0];

      mappings[0] = mappings[first];
      mappings[first] = other;
    }
  for (size_t i = 0; i < self->mappings.length; i++)
    {
      mappings[i].id = i + 1;
      if (!add_row (self, builder, &mappings[i], error))
        return false;
    }
  if (self->mappings.length > 0)
    qsort (mappings, self->mappings.length, sizeof *mappings, compare_starts);
  return true;
}

uint64_t
prof_maps_find (const ProfMaps *self, uint64_t address)
{
  size_t low = 0;
  size_t high = self->mappings.length;

  while (low < high)
    {
      size_t middle = low + (high - low) / 2;

      if (self->mappings.data[middle].start <= address)
        low = middle + 1;
      else
        high = middle;
    }
  if (low == 0 || address >= self->mappings.data[low - 1].limit)
    return 0;
  return self->mappings.data[low - 1].id;
}
