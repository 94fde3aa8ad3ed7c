/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* For tests of the pprof format: messages put together field by field, profiles
 * written out as text so that two can be compared, and files. */

#include "model/prof-profile.h"

G_BEGIN_DECLS

/* Fields are appended; each returns @message. */
GByteArray *put_number (GByteArray *message, unsigned field, uint64_t value);
GByteArray *put_bytes (GByteArray *message,
                       unsigned    field,
                       const void *bytes,
                       size_t      length);
GByteArray *put_text (GByteArray *message, unsigned field, const char *text);
/* Takes @inner. */
GByteArray *put_message (GByteArray *message,
                         unsigned    field,
                         GByteArray *inner);
/* Numbers of fields 1, 2, ...; zeros are left out. */
GByteArray *put_row (GByteArray     *message,
                     unsigned        field,
                     const uint64_t *numbers,
                     size_t          n);
#define PUT_ROW(message, field, ...)          \
  put_row (message,                           \
           field,                             \
           (const uint64_t[]){ __VA_ARGS__ }, \
           G_N_ELEMENTS (((const uint64_t[]){ __VA_ARGS__ })))

/* Decodes bytes that come so many at a time. */
ProfProfile *decode_by (const uint8_t *bytes,
                        size_t         length,
                        size_t         step,
                        GError       **error);

/* Everything of a profile but its notes, a fact a line. */
char *describe (const ProfProfile *profile);

/* The same, each sample's labels in the order in which they are written, and
 * without those that say nothing. */
char *describe_written (const ProfProfile *profile);

/* Paths of the files in a folder of the source tree, sorted. */
GPtrArray *files_of (const char *folder);

/* A file as it is, and inflated by GLib if it is gzip. */
GBytes *file_bytes (const char *path);
GBytes *inflated_bytes (const char *path);

G_END_DECLS
