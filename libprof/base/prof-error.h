/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Errors of libprof: one GError domain whose few codes say what the caller can
 * do next. Messages are lower case, one line, without a full stop, and never
 * name the file: whoever opened it puts its name in front. I/O keeps
 * G_IO_ERROR, and a cancelled call gives G_IO_ERROR_CANCELLED. */

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

#define PROF_ERROR (prof_error_quark ())

/**
 * ProfError:
 * @PROF_ERROR_UNRECOGNIZED: not a profile; another reader may know it
 * @PROF_ERROR_MALFORMED: a profile, but broken
 * @PROF_ERROR_TRUNCATED: a profile that ends too early
 * @PROF_ERROR_TOO_LARGE: a limit was reached; it can be raised
 * @PROF_ERROR_UNSUPPORTED: known, and not read or written here
 * @PROF_ERROR_EMPTY: no bytes at all
 * @PROF_ERROR_PATTERN: a regular expression that does not compile
 * @PROF_ERROR_NO_MATCH: a regular expression that nothing matches
 * @PROF_ERROR_REDIRECT: a server sends us to another host; that can be allowed
 * @PROF_ERROR_PERF_DATA: known, and read by running perf; that can be allowed,
 *   see prof_perf_data_load()
 */
typedef enum
{
  PROF_ERROR_UNRECOGNIZED,
  PROF_ERROR_MALFORMED,
  PROF_ERROR_TRUNCATED,
  PROF_ERROR_TOO_LARGE,
  PROF_ERROR_UNSUPPORTED,
  PROF_ERROR_EMPTY,
  PROF_ERROR_PATTERN,
  PROF_ERROR_NO_MATCH,
  PROF_ERROR_REDIRECT,
  PROF_ERROR_PERF_DATA,
} ProfError;

GQuark prof_error_quark (void);

/**
 * prof_fail:
 *
 * Sets @error; written so that a check and its message are one statement.
 *
 * Returns: always %false
 */
bool prof_fail (GError **error, ProfError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

/**
 * prof_fail_memory:
 *
 * prof_fail() with %PROF_ERROR_TOO_LARGE, for where memory was refused that a
 * profile needs.
 *
 * Returns: always %false
 */
bool prof_fail_memory (GError **error);

/**
 * prof_fail_null:
 *
 * prof_fail() for functions that return a pointer.
 *
 * Returns: always %NULL
 */
void *prof_fail_null (GError **error, ProfError code, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

G_END_DECLS
