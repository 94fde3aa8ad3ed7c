/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Profiles of Java in the formats of gperftools end with a table of what stands at
 * the addresses of their samples:
 *
 *   0x00007f2a1c04 com.example.Pool.take (Pool.java:128)
 *   0x00007f2a2e10 memcpy (/lib/libc.so.6)
 *   0x00007f2a3ff0 generated stub/JIT
 *   0x00007f2a4000 GC
 *
 * Addresses only lead there: what has a name loses its address, as in pprof. */

#include "formats/prof-places.h"
#include "formats/prof-scan.h"

G_BEGIN_DECLS

typedef struct _ProfJavaPlaces ProfJavaPlaces;

/* @builder, @places: lent; must outlive it. All locations come from here. */
ProfJavaPlaces *prof_java_places_new (ProfBuilder *builder, ProfPlaces *places);
void            prof_java_places_free (ProfJavaPlaces *self);

/* The id of the location that a sample's address stands for. */
bool prof_java_places_address (ProfJavaPlaces *self,
                               uint64_t        address,
                               uint64_t       *id,
                               GError        **error);

/**
 * prof_java_places_take:
 *
 * Takes a line of the table. What is none, or of an address that no sample has
 * had so far, is skipped; of two lines for one address the later counts.
 *
 * Source: pprof profile/legacy_java_profile.go parseJavaLocations()
 */
bool prof_java_places_take (ProfJavaPlaces *self,
                            ProfScan        line,
                            GError        **error);

/* Adds the rows; to be called once, before prof_places_finish(). */
bool prof_java_places_finish (ProfJavaPlaces *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfJavaPlaces, prof_java_places_free)

G_END_DECLS
