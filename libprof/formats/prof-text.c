/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-text.h"

#include <string.h>

void
prof_text_init (ProfText *self, const ProfLimits *limits, const char *format)
{
  self->builder = prof_builder_new (limits);
  self->places = prof_places_new (self->builder);
  prof_lines_init (&self->lines, limits);
  prof_builder_header (self->builder)->format = format;
}

void
prof_text_clear (ProfText *self)
{
  prof_builder_free (self->builder);
  prof_places_free (self->places);
  prof_lines_clear (&self->lines);
}

bool
prof_text_feed (ProfText      *self,
                const uint8_t *bytes,
                size_t         length,
                ProfLinesTake  take,
                GError       **error)
{
  return prof_lines_feed (&self->lines, bytes, length, take, self, error) &&
         prof_builder_check_memory (self->builder, error);
}

bool
prof_text_end (ProfText *self, ProfLinesTake take, GError **error)
{
  return prof_lines_finish (&self->lines, take, self, error);
}

ProfProfile *
prof_text_finish (ProfText *self, ProfMaps *maps, GError **error)
{
  if (!prof_places_finish (self->places, maps, error))
    return NULL;
  return prof_builder_finish (self->builder, error);
}

bool
prof_text_intern (ProfText       *self,
                  const ProfScan *text,
                  int64_t        *position,
                  GError        **error)
{
  return prof_places_text (self->places,
                           text->at,
                           prof_scan_left (text),
                           position,
                           error);
}

bool
prof_text_word (ProfText   *self,
                const char *word,
                int64_t    *position,
                GError    **error)
{
  return prof_places_text (self->places, word, strlen (word), position, error);
}

bool
prof_text_add_type (ProfText   *self,
                    const char *type,
                    const char *unit,
                    GError    **error)
{
  ProfRawValueType row = { 0 };

  return prof_text_word (self, type, &row.type, error) &&
         prof_text_word (self, unit, &row.unit, error) &&
         prof_builder_add_type (self->builder, &row, error);
}
