/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Ways to colour frames: by package, function or file, by what a node costs or
 * how that has changed, or in the hues that users of flame graphs know by name
 * ("hot", "java"). The hues are theirs, the shades our own: all of them are
 * equally readable, in light and dark.
 *
 * A colour follows from names alone, so it is the same in every picture; but of
 * those that are by node. */

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

  PROF_SCHEME_FUNCTIONS, /* any hue, by the function's name */
  PROF_SCHEME_FILES,     /* any hue, by the source file */

  /* By node */
  PROF_SCHEME_SELF,  /* stronger the more of the total a node has itself */
  PROF_SCHEME_DEPTH, /* a hue for each row */
  PROF_SCHEME_DIFF,  /* red is more than before, blue less */
} ProfScheme;

/* How many steps of PROF_SCHEME_SELF there are, and where they begin, in
 * percent. */
#define PROF_SCHEME_N_HEATS 5
extern const double prof_scheme_heats[PROF_SCHEME_N_HEATS];

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

/* How many of the names are go-torch's. */
#define PROF_SCHEME_N_TORCH 15

/**
 * prof_scheme_find:
 * @name: "hot", "java", …; "packages"
 * @scheme: (out): which one it is
 *
 * Returns: whether there is one of that name
 */
bool prof_scheme_find (const char *name, ProfScheme *scheme);

/* (transfer none): the names, NULL at the end; "packages" is the first, then
 * PROF_SCHEME_N_TORCH of go-torch in its order, then the rest. */
const char *const *prof_scheme_names (void);

/* What a function's colour may follow from. */
typedef struct
{
  const char *name;
  const char *package; /* "" for none */
  const char *file;    /* "" when unknown */
  ProfTier    tier;    /* whose code it is */
} ProfSchemeNames;

/**
 * prof_scheme_color:
 * @theme: 0 is light, 1 dark
 *
 * The colour of a function. Of %PROF_SCHEME_PACKAGES only what is by name: the
 * colours of packages depend on each other and are the palette's.
 */
ProfColor prof_scheme_color (const ProfColoring    *coloring,
                             unsigned               theme,
                             const ProfSchemeNames *known);

/* Of a row, for %PROF_SCHEME_DEPTH; 1 is the first below the root. */
ProfColor prof_scheme_depth_color (unsigned theme, uint32_t depth);

/* The step of %PROF_SCHEME_SELF for a share of the total, below
 * PROF_SCHEME_N_HEATS. */
unsigned prof_scheme_heat (double share);

/* Whether a node's colour depends on more than its function. */
bool prof_scheme_is_by_node (const ProfColoring *coloring);

/**
 * prof_scheme_ground:
 * @name: "yellow", "blue", "green", "grey", or "#rrggbb"
 * @color: (out): the ground of a picture
 *
 * Returns: whether it is one of these
 */
bool prof_scheme_ground (const char *name, unsigned theme, ProfColor *color);

/* What the colours mean, for a caption: "green = Java, yellow = C++". */
const char *prof_scheme_meaning (const ProfColoring *coloring);

/* Whether functions of one package have one colour. */
bool prof_scheme_is_by_package (const ProfColoring *coloring);

G_END_DECLS
