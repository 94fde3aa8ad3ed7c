/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What readers of text have in common: lines out of pieces, places in code by
 * their names, and a builder. The state of a reader begins with it. */

#include "formats/prof-lines.h"
#include "formats/prof-places.h"

G_BEGIN_DECLS

typedef struct
{
  ProfBuilder *builder; /* (owned) */
  ProfPlaces  *places;  /* (owned) */
  ProfLines    lines;
} ProfText;

/**
 * prof_text_init:
 * @format: static text; what prof_profile_format() says
 */
void prof_text_init (ProfText         *self,
                     const ProfLimits *limits,
                     const char       *format);
void prof_text_clear (ProfText *self);

/**
 * prof_text_feed:
 * @take: gets each line, and @self for its data
 *
 * For ProfDecoder.feed(): gives lines, then looks at the memory that all takes.
 */
bool prof_text_feed (ProfText      *self,
                     const uint8_t *bytes,
                     size_t         length,
                     ProfLinesTake  take,
                     GError       **error);

/* Gives the last line, when it has no end. */
bool prof_text_end (ProfText *self, ProfLinesTake take, GError **error);

/**
 * prof_text_finish:
 * @maps: (nullable): where addresses are
 *
 * Returns: (transfer full): the profile, of which all rows are there, or %NULL
 *   with @error set
 */
ProfProfile *prof_text_finish (ProfText *self, ProfMaps *maps, GError **error);

/* The position of a text. */
bool prof_text_intern (ProfText       *self,
                       const ProfScan *text,
                       int64_t        *position,
                       GError        **error);

/* The position of a word of our own. */
bool prof_text_word (ProfText   *self,
                     const char *word,
                     int64_t    *position,
                     GError    **error);

bool prof_text_add_type (ProfText   *self,
                         const char *type,
                         const char *unit,
                         GError    **error);

G_END_DECLS
