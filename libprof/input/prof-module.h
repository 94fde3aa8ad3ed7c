/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Libraries that are opened when they are needed, and their functions by name. */

#include <gmodule.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

/* A function of a library, and the pointer that is to point to it. */
typedef struct
{
  const char *name;
  gpointer   *place;
} ProfModuleFunction;

/* A library, of which there is one static; all else is 0 at first. */
typedef struct
{
  const char *name;    /* "libsoup-3.0.so.0" */
  const char *folder;  /* where it was when this was built; looked at first */
  const char *missing; /* "addresses need libsoup 3, which is not installed" */

  const ProfModuleFunction *functions;
  size_t                    n_functions;

  /* Its own */
  GMutex lock;
  bool   is_open;
} ProfModule;

/**
 * prof_module_open:
 *
 * Opens a library and finds all of its functions; any number of times, from any
 * thread. It stays.
 *
 * Returns: %false with @error set to %PROF_ERROR_UNSUPPORTED when there is no such
 *   library on this system, or one that lacks a function
 */
bool prof_module_open (ProfModule *self, GError **error);

G_END_DECLS
