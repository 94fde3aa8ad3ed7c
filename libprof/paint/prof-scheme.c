/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-scheme.h"

#include <math.h>
#include <string.h>

/* A ramp is a span of hues in OKLCH, where equal lightness looks equally light.
 * Each theme has a span of lightness that labels can be read on. A name's hash
 * chooses one of the ramp's steps; lightness goes up and down from step to step,
 * so that neighbouring hues differ in it. */

#define STEPS 24
/* Coprime to STEPS: all of them get another lightness. */
#define STRIDE 7

typedef enum
{
  RAMP_HOT,
  RAMP_MEM,
  RAMP_IO,
  RAMP_RED,
  RAMP_GREEN,
  RAMP_BLUE,
  RAMP_AQUA,
  RAMP_YELLOW,
  RAMP_PURPLE,
  RAMP_ORANGE,
  RAMP_ANY, /* all hues but 80 to 118, which are for search */
  N_RAMPS,
} Ramp;

typedef struct
{
  double first_hue, last_hue; /* degrees */
  double chroma;
} Hues;

static const Hues hues_of[N_RAMPS] = {
  [RAMP_HOT] = { 22, 92, .125 },      [RAMP_MEM] = { 142, 192, .100 },
  [RAMP_IO] = { 250, 292, .085 },     [RAMP_RED] = { 12, 34, .105 },
  [RAMP_GREEN] = { 132, 156, .115 },  [RAMP_BLUE] = { 240, 270, .090 },
  [RAMP_AQUA] = { 188, 214, .080 },   [RAMP_YELLOW] = { 86, 108, .120 },
  [RAMP_PURPLE] = { 298, 330, .100 }, [RAMP_ORANGE] = { 46, 72, .115 },
  [RAMP_ANY] = { 119, 440, .090 },
};

typedef struct
{
  double least, most; /* OKLCH lightness */
  double chroma;      /* share of a ramp's */
} Lightness;

static const Lightness lightness_of[PROF_SCHEME_N_THEMES] = {
  { .800, .900, 1 },
  { .375, .468, .85 },
};

static const char *const names[] = {
  "packages", "hot",    "mem",    "io",     "wakeup",    "chain",
  "java",     "js",     "perl",   "red",    "green",     "blue",
  "aqua",     "yellow", "purple", "orange", "functions", "files",
  "self",     "depth",  "diff",   NULL,
};

const double prof_scheme_heats[PROF_SCHEME_N_HEATS] = { 0, 1, 5, 15, 30 };

const char *const *
prof_scheme_names (void)
{
  return names;
}

bool
prof_scheme_find (const char *name, ProfScheme *scheme)
{
  for (size_t i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      {
        *scheme = (ProfScheme)i;
        return true;
      }
  return false;
}

/* --- OKLCH --- */

typedef struct
{
  double red, green, blue; /* linear light, 0 to 1 inside sRGB */
} Light;

/* Source: Björn Ottosson, "A perceptual color space for image processing". */
static Light
light_of (double lightness, double chroma, double hue)
{
  double a = chroma * cos (hue * G_PI / 180);
  double b = chroma * sin (hue * G_PI / 180);
  double l = pow (lightness + 0.3963377774 * a + 0.2158037573 * b, 3);
  double m = pow (lightness - 0.1055613458 * a - 0.0638541728 * b, 3);
  double s = pow (lightness - 0.0894841775 * a - 1.2914855480 * b, 3);

  return (Light){
    .red = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    .green = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    .blue = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s,
  };
}

static bool
is_in_gamut (const Light *light)
{
  const double channels[] = { light->red, light->green, light->blue };

  for (size_t i = 0; i < G_N_ELEMENTS (channels); i++)
    if (channels[i] < 0 || channels[i] > 1)
      return false;
  return true;
}

static ProfColor
byte_of (double linear)
{
  double encoded = linear <= 0.0031308 ? 12.92 * linear
                                       : 1.055 * pow (linear, 1 / 2.4) - 0.055;

  return (ProfColor)lround (CLAMP (encoded, 0, 1) * 255);
}

/* Chroma gives way until the colour can be shown; a grey always can. */
static ProfColor
color_of (double lightness, double chroma, double hue)
{
  Light light = light_of (lightness, chroma, hue);

  while (chroma > 0 && !is_in_gamut (&light))
    {
      chroma -= 0.002;
      light = light_of (lightness, MAX (chroma, 0), hue);
    }
  return byte_of (light.red) << 24 | byte_of (light.green) << 16 |
         byte_of (light.blue) << 8 | 0xff;
}

static ProfColor
color_of_step (Ramp ramp, unsigned theme, uint32_t step)
{
  const Hues      *hues = &hues_of[ramp];
  const Lightness *span = &lightness_of[theme];
  double           part = step / (STEPS - 1.0);
  double           level = step * STRIDE % STEPS / (STEPS - 1.0);

  return color_of (span->least + level * (span->most - span->least),
                   hues->chroma * span->chroma,
                   hues->first_hue + part * (hues->last_hue - hues->first_hue));
}

/* Some 10 us each, and there are as many as a large file has functions: all are
 * made at the first use. */
static const ProfColor *
ramp_colors (Ramp ramp, unsigned theme)
{
  static ProfColor colors[N_RAMPS][PROF_SCHEME_N_THEMES][STEPS];
  static gsize     made;

  if (g_once_init_enter (&made))
    {
      for (int r = 0; r < N_RAMPS; r++)
        for (unsigned t = 0; t < PROF_SCHEME_N_THEMES; t++)
          for (uint32_t s = 0; s < STEPS; s++)
            colors[r][t][s] = color_of_step ((Ramp)r, t, s);
      g_once_init_leave (&made, 1);
    }
  return colors[ramp][theme];
}

/* --- Whose code a name looks like --- */

/* Tools that fold stacks mark names: "_[k]" kernel, "_[i]" inlined, "_[j]"
 * compiled at run time, "_[w]" of who wakes. */
static bool
has_mark (const char *name, char mark)
{
  const char suffix[] = { '_', '[', mark, ']', '\0' };

  return g_str_has_suffix (name, suffix);
}

static bool
contains (const char *name, const char *part)
{
  return strstr (name, part) != NULL;
}

static bool
is_kernel (const char *name)
{
  return has_mark (name, 'k') || contains (name, "[kernel") ||
         contains (name, "[vmlinux") || contains (name, "vmlinux]");
}

/* Packages are told by "/" and "."; the runtime's are the system. */
static Ramp
java_ramp (const char *name, ProfTier tier)
{
  if (is_kernel (name))
    return RAMP_ORANGE;
  if (has_mark (name, 'i'))
    return RAMP_AQUA;
  if (has_mark (name, 'j'))
    return RAMP_GREEN;
  if (contains (name, "::"))
    return RAMP_YELLOW;
  if (name[0] != '[' && tier != PROF_TIER_RUNTIME &&
      strpbrk (name, "./") != NULL)
    return RAMP_GREEN;
  return RAMP_RED;
}

static Ramp
js_ramp (const char *name)
{
  if (is_kernel (name))
    return RAMP_ORANGE;
  if (contains (name, "::"))
    return RAMP_YELLOW;
  if (contains (name, ".js") || contains (name, ".mjs") ||
      contains (name, ".ts") || contains (name, "node_modules"))
    return RAMP_GREEN;
  if (has_mark (name, 'j') || contains (name, ":"))
    return RAMP_AQUA;
  return RAMP_RED;
}

static Ramp
perl_ramp (const char *name)
{
  if (is_kernel (name))
    return RAMP_ORANGE;
  if (contains (name, "Perl") || contains (name, ".pl") ||
      contains (name, ".pm"))
    return RAMP_GREEN;
  if (contains (name, "::"))
    return RAMP_YELLOW;
  return RAMP_RED;
}

static Ramp
ramp_of (ProfScheme scheme, const char *name, ProfTier tier)
{
  switch (scheme)
    {
    case PROF_SCHEME_MEM:
      return RAMP_MEM;
    case PROF_SCHEME_IO:
      return RAMP_IO;
    case PROF_SCHEME_CHAIN:
      return has_mark (name, 'w') ? RAMP_AQUA : RAMP_BLUE;
    case PROF_SCHEME_JAVA:
      return java_ramp (name, tier);
    case PROF_SCHEME_JS:
      return js_ramp (name);
    case PROF_SCHEME_PERL:
      return perl_ramp (name);
    case PROF_SCHEME_RED:
      return RAMP_RED;
    case PROF_SCHEME_GREEN:
      return RAMP_GREEN;
    case PROF_SCHEME_BLUE:
      return RAMP_BLUE;
    case PROF_SCHEME_WAKEUP:
    case PROF_SCHEME_AQUA:
      return RAMP_AQUA;
    case PROF_SCHEME_YELLOW:
      return RAMP_YELLOW;
    case PROF_SCHEME_PURPLE:
      return RAMP_PURPLE;
    case PROF_SCHEME_ORANGE:
      return RAMP_ORANGE;
    case PROF_SCHEME_PACKAGES:
    case PROF_SCHEME_FUNCTIONS:
    case PROF_SCHEME_FILES:
    case PROF_SCHEME_SELF:
    case PROF_SCHEME_DEPTH:
    case PROF_SCHEME_DIFF:
      return RAMP_ANY;
    case PROF_SCHEME_HOT:
    default:
      return RAMP_HOT;
    }
}

/* FNV-1a, its bits stirred once more: names often differ in their last letter
 * only, and the step is few bits. */
static uint32_t
hash_of (const char *text)
{
  uint32_t hash = 2166136261u;

  for (const char *p = text; *p != '\0'; p++)
    hash = (hash ^ (uint8_t)*p) * 16777619u;
  hash ^= hash >> 15;
  hash *= 0x2c1b3c6du;
  return hash ^ hash >> 12;
}

/* What the shade follows from. */
static const char *
key_of (const ProfColoring *coloring, const ProfSchemeNames *known)
{
  if (coloring->scheme == PROF_SCHEME_FILES && known->file[0] != '\0')
    return known->file;
  if (coloring->by_name || coloring->scheme == PROF_SCHEME_FUNCTIONS ||
      known->package[0] == '\0')
    return known->name;
  return known->package;
}

ProfColor
prof_scheme_color (const ProfColoring    *coloring,
                   unsigned               theme,
                   const ProfSchemeNames *known)
{
  const char *key = key_of (coloring, known);
  Ramp        ramp = ramp_of (coloring->scheme, known->name, known->tier);

  g_return_val_if_fail (theme < PROF_SCHEME_N_THEMES, 0);

  return ramp_colors (ramp, theme)[hash_of (key) % STEPS];
}

ProfColor
prof_scheme_depth_color (unsigned theme, uint32_t depth)
{
  g_return_val_if_fail (theme < PROF_SCHEME_N_THEMES, 0);

  return ramp_colors (RAMP_ANY, theme)[(depth + STEPS - 1) % STEPS];
}

unsigned
prof_scheme_heat (double share)
{
  unsigned heat = PROF_SCHEME_N_HEATS - 1;

  while (heat > 0 && share * 100 < prof_scheme_heats[heat])
    heat--;
  return heat;
}

bool
prof_scheme_is_by_node (const ProfColoring *coloring)
{
  return coloring->scheme == PROF_SCHEME_SELF ||
         coloring->scheme == PROF_SCHEME_DEPTH ||
         coloring->scheme == PROF_SCHEME_DIFF;
}

bool
prof_scheme_is_by_package (const ProfColoring *coloring)
{
  return !coloring->by_name && coloring->scheme != PROF_SCHEME_CHAIN &&
         coloring->scheme != PROF_SCHEME_JAVA &&
         coloring->scheme != PROF_SCHEME_JS &&
         coloring->scheme != PROF_SCHEME_PERL &&
         coloring->scheme < PROF_SCHEME_FUNCTIONS;
}

const char *
prof_scheme_meaning (const ProfColoring *coloring)
{
  if (coloring->scheme == PROF_SCHEME_CHAIN)
    return "blue = who waits, aqua = who wakes";
  if (coloring->scheme == PROF_SCHEME_JAVA)
    return "green = code in packages, yellow = C++, aqua = inlined, orange = "
           "kernel, red = other";
  if (coloring->scheme == PROF_SCHEME_JS)
    return "green = scripts, aqua = built in, yellow = C++, orange = kernel, "
           "red = other";
  if (coloring->scheme == PROF_SCHEME_PERL)
    return "green = Perl, yellow = C++, orange = kernel, red = other";
  if (coloring->scheme == PROF_SCHEME_FILES)
    return "colour = source file";
  if (coloring->scheme == PROF_SCHEME_SELF)
    return "stronger = more of its own";
  if (coloring->scheme == PROF_SCHEME_DEPTH)
    return "colour = depth";
  if (coloring->scheme == PROF_SCHEME_DIFF)
    return "red = more than before, blue = less, grey = unchanged or too few "
           "samples to tell";
  if (coloring->by_name || coloring->scheme == PROF_SCHEME_FUNCTIONS)
    return "colour = name of the function";
  if (coloring->scheme == PROF_SCHEME_PACKAGES)
    return "warm = own code, cool = libraries, grey = runtime";
  return "shade = package";
}

static bool
parse_hex (const char *text, ProfColor *color)
{
  uint32_t value = 0;

  if (text[0] != '#' || strlen (text) != 7)
    return false;
  for (const char *p = text + 1; *p != '\0'; p++)
    {
      int digit = g_ascii_xdigit_value (*p);

      if (digit < 0)
        return false;
      value = value << 4 | (uint32_t)digit;
    }
  *color = value << 8 | 0xff;
  return true;
}

bool
prof_scheme_ground (const char *name, unsigned theme, ProfColor *color)
{
  static const struct
  {
    const char *name;
    uint32_t    rgb[PROF_SCHEME_N_THEMES];
  } grounds[] = {
    { "yellow", { 0xfdf8e3, 0x2a261a } },
    { "blue", { 0xedf3fc, 0x1b212c } },
    { "green", { 0xeef7ec, 0x1c261e } },
    { "grey", { 0xf4f4f6, 0x28282b } },
  };

  g_return_val_if_fail (theme < PROF_SCHEME_N_THEMES, false);

  for (size_t i = 0; i < G_N_ELEMENTS (grounds); i++)
    if (strcmp (name, grounds[i].name) == 0)
      {
        *color = grounds[i].rgb[theme] << 8 | 0xff;
        return true;
      }
  return parse_hex (name, color);
}
