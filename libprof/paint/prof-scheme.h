/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Ways to colour frames: by package, or in the hues that users of flame graphs
 * know by name ("hot", "java"). The hues are theirs, the shades our own: all of
 * them are equally readable, in light and dark.
 *
 * A colour follows from names alone, so it is the same in every picture. */

#include "analysis/prof-package.h"
#include "paint/prof-painter.h"

G_BEGIN_DECLS

typedef enum
{
  PROF_SCHEME_PACKAGES, /* warm own code, cool libraries, grey runtime */

  PROF_SCHEME_HOT,
  PROF_SCHEME_MEM,
  PROF_SCHEME_IO,
  PROF_SCHEME_WAKEUP,
  PROF_SCHEME_CHAIN,
  PROF_SCHEME_JAVA, /* these three: hue by whose code a name looks like */
  PROF_SCHEME_JS,
  PROF_SCHEME_PERL,
  PROF_SCHEME_RED,
  PROF_SCHEME_GREEN,
  PROF_SCHEME_BLUE,
  PROF_SCHEME_AQUA,
  PROF_SCHEME_YELLOW,
  PROF_SCHEME_PURPLE,
  PROF_SCHEME_ORANGE,
} ProfScheme;

typedef struct
{
  ProfScheme scheme;

  /* A shade, or for packages a hue, for each function; otherwise for each
   * package. */
  bool by_name;

  /* A package has its colour whatever else is in the file, even when another one
   * has the same. */
  bool steady;
} ProfColoring;

/* Light is 0 and dark 1, as in ProfTheme. */
#define PROF_SCHEME_N_THEMES 2

/**
 * prof_scheme_find:
 * @name: "hot", "java", …; "packages"
 * @scheme: (out): which one it is
 *
 * Returns: whether there is one of that name
 */
bool prof_scheme_find (const char *name, ProfScheme *scheme);

/* (transfer none): the names, NULL at the end; "packages" is the first, then
 * those of go-torch in its order. */
const char *const *prof_scheme_names (void);

/**
 * prof_scheme_color:
 * @theme: 0 is light, 1 dark
 * @name: of the function
 * @package: its package, "" for none
 * @tier: whose code it is
 *
 * The colour of a function. Of %PROF_SCHEME_PACKAGES only what is by name: the
 * colours of packages depend on each other and are the palette's.
 */
ProfColor prof_scheme_color (const ProfColoring *coloring,
                             unsigned            theme,
                             const char         *name,
                             const char         *package,
                             ProfTier            tier);

/* What the colours mean, for a caption: "green = Java, yellow = C++". */
const char *prof_scheme_meaning (const ProfColoring *coloring);

/* Whether functions of one package have one colour. */
bool prof_scheme_is_by_package (const ProfColoring *coloring);

G_END_DECLS
