/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What Firefox writes for a frame: a text that names function and place, each in
 * a way of its own.
 *
 *   work (file:///src/a.js:23:14)[10]      a function of a script, and where it begins
 *   file:///src/a.js[10]                   a script by itself
 *   js::RunScript (in XUL) (Interpreter.cpp:405)
 *   0x7f7c754a7d6c                         code without a name
 *   XRE_InitChildProcess                   a label: a part of the browser */

#include "formats/prof-scan.h"

G_BEGIN_DECLS

typedef struct
{
  ProfScan name;      /* empty: the script by itself */
  ProfScan file;      /* empty: not known */
  uint64_t line;      /* where the function begins; 0: not known */
  bool     is_script; /* it is of JavaScript, and has a file */
} ProfFirefoxLocation;

/* Reads such a text; what is known of it points into it. */
ProfFirefoxLocation prof_firefox_location_read (ProfScan text);

G_END_DECLS
