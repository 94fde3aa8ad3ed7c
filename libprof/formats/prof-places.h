/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Places in code as text names them, made rows of the builder: each name, file,
 * function and location once, however often it is named. For formats without
 * tables of their own.
 *
 * Memory: the rows, and some 30 bytes for each besides. */

#include "formats/prof-maps.h"
#include "model/prof-builder.h"

G_BEGIN_DECLS

typedef struct _ProfPlaces ProfPlaces;

/**
 * prof_places_new:
 * @builder: lent; must outlive it; its strings come from here alone
 */
ProfPlaces *prof_places_new (ProfBuilder *builder);
void        prof_places_free (ProfPlaces *self);

/* The position of a text; 0 is "". */
bool prof_places_text (ProfPlaces *self,
                       const char *text,
                       size_t      length,
                       int64_t    *position,
                       GError    **error);

/* The id of a mapping that is only a name. Its row is added by
 * prof_places_finish(). */
bool prof_places_mapping (ProfPlaces *self,
                          const char *name,
                          size_t      length,
                          uint64_t   *id,
                          GError    **error);

/**
 * prof_places_function:
 * @function: its id does not count
 *
 * The id of a function: one with the same name, file and first line is the same.
 */
bool prof_places_function (ProfPlaces            *self,
                           const ProfRawFunction *function,
                           uint64_t              *id,
                           GError               **error);

/**
 * prof_places_location:
 * @location: its id does not count
 * @lines: innermost first
 *
 * The id of a location: one with the same mapping, address and lines is the
 * same.
 */
bool prof_places_location (ProfPlaces            *self,
                           const ProfRawLocation *location,
                           const ProfRawLine     *lines,
                           size_t                 n_lines,
                           uint64_t              *id,
                           GError               **error);

/**
 * prof_places_address:
 *
 * The id of a location of which nothing is known but its address. Its row is
 * added by prof_places_finish(), so that a memory map may come last.
 */
bool prof_places_address (ProfPlaces *self,
                          uint64_t    address,
                          uint64_t   *id,
                          GError    **error);

/**
 * prof_places_finish:
 * @maps: (nullable): where addresses are; its mappings are added. Not with
 *   prof_places_mapping()
 *
 * Adds the rows that had to wait; to be called once, before
 * prof_builder_finish(). The first mapping that is neither a library nor in
 * brackets becomes the first: the main binary.
 */
bool prof_places_finish (ProfPlaces *self, ProfMaps *maps, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfPlaces, prof_places_free)

G_END_DECLS
