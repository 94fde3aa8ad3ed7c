/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The memory map at the end of a profile written as text: lines as of
 * /proc/PID/maps, of which only code counts.
 *
 * Source: pprof profile/legacy_profile.go, what it takes for a line of a map,
 *   and profile.go for joining them and for which is the main binary. */

#include "formats/prof-scan.h"
#include "model/prof-builder.h"

G_BEGIN_DECLS

typedef struct _ProfMaps ProfMaps;

ProfMaps *prof_maps_new (void);
void      prof_maps_free (ProfMaps *self);

/* Whether a line is what such a map begins with. */
bool prof_maps_begins (const ProfScan *line);

/* Whether this can be the main binary's name: it is not empty, no library's, and
 * not in brackets. */
bool prof_maps_is_main (const char *name, size_t length);

/* Takes a line; what is no line of a map is skipped. */
bool prof_maps_take (ProfMaps *self, ProfScan line, GError **error);

/* Adds the mappings to a builder, the main binary first; to be called once. */
bool prof_maps_add (ProfMaps *self, ProfBuilder *builder, GError **error);

/* After that: the id of the mapping an address is in, or 0. */
uint64_t prof_maps_find (const ProfMaps *self, uint64_t address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfMaps, prof_maps_free)

G_END_DECLS
