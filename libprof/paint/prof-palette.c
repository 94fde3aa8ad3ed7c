/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-palette.h"

#include <math.h>

/* The tables come from OKLCH, chroma reduced until inside sRGB, so that all
 * fills of a theme and tier are equally light:
 *
 *            hues                                      light       dark
 *   own      54 28 345 6 76                            .815 .100   .485 .092
 *            second step                               .875 .066   .420 .064
 *   library  120 137 155 172 189 207 224 241 259 276   .875 .058   .405 .056
 *            second step                               .835 .066   .450 .060
 *
 * Hues 80 to 118 are left free for search. A second step keeps the hue and is
 * taken when the first round is used up. */

#define N_OWN     5
#define N_LIBRARY 10

#define RGB(hex) ((ProfColor)(((uint32_t)(hex) << 8) | 0xff))

/* Of the slots of own code, 0 belongs to "main". */
static const ProfColor own_colors[2][2 * N_OWN] = {
  { RGB (0xf6b184),
    RGB (0xfdaa9e),
    RGB (0xf2a8d1),
    RGB (0xfaa7b9),
    RGB (0xe8ba77),
    RGB (0xf9cbad),
    RGB (0xffc6be),
    RGB (0xf7c5e0),
    RGB (0xfdc4cf),
    RGB (0xefd1a6) },
  { RGB (0x874f28),
    RGB (0x8c4941),
    RGB (0x83486b),
    RGB (0x8a4757),
    RGB (0x7c5716),
    RGB (0x68432a),
    RGB (0x6c3f39),
    RGB (0x663e55),
    RGB (0x6b3e48),
    RGB (0x614822) },
};

static const ProfColor library_colors[2][2 * N_LIBRARY] = {
  { RGB (0xd0dcb2), RGB (0xc4dfba), RGB (0xb9e2c5), RGB (0xb0e3d1),
    RGB (0xaae3dd), RGB (0xa9e1e9), RGB (0xaddff2), RGB (0xb5dcf9),
    RGB (0xbfd7fd), RGB (0xcbd3fd), RGB (0xc3d0a0), RGB (0xb5d4a9),
    RGB (0xa7d6b6), RGB (0x9dd7c4), RGB (0x97d7d2), RGB (0x96d6df),
    RGB (0x9ad3e9), RGB (0xa3cff0), RGB (0xafcbf5), RGB (0xbdc6f5) },
  { RGB (0x454e2a), RGB (0x3a5032), RGB (0x2f523c), RGB (0x255345),
    RGB (0x1e534f), RGB (0x1d5258), RGB (0x22505f), RGB (0x2c4d65),
    RGB (0x364a67), RGB (0x414667), RGB (0x515a33), RGB (0x455d3c),
    RGB (0x395f47), RGB (0x2e6051), RGB (0x27605c), RGB (0x265f66),
    RGB (0x2b5c6e), RGB (0x355a74), RGB (0x415677), RGB (0x4c5277) },
};

static const ProfTokens tokens[2] = {
  [PROF_THEME_LIGHT] = {
    .canvas = RGB (0xffffff),
    .label = RGB (0x1f1f24),
    .root_bar = RGB (0xe2e3e8),
    .strip_ground = RGB (0xedeef1),
    .strip_line = RGB (0xc8cace),
    .hit = RGB (0xf8d548),
    .hit_label = RGB (0x1f1f24),
    .hit_edge = RGB (0x7a5d00),
    .hit_lane = RGB (0xa67c00),
    .ring = RGB (0x1a5fb4),
    .runtime = RGB (0xe0e2e5),
    .unsymbolized = RGB (0xecedef),
    .dim_text = RGB (0x58585e),
    .muted = 0.76,
    .nested_hit = 0.42,
    .change = { RGB (0x4c96c8),
                RGB (0x92c5de),
                RGB (0xd3e6f1),
                RGB (0xededf0),
                RGB (0xfbdcc9),
                RGB (0xf4a582),
                RGB (0xdd6f55) },
    .new_line = 0.30,
    .heat = { RGB (0xf6eee8),
              RGB (0xfcdec7),
              RGB (0xffca9f),
              RGB (0xfdb171),
              RGB (0xf3963e) },
  },
  [PROF_THEME_DARK] = {
    .canvas = RGB (0x1e1e1e),
    .label = RGB (0xf4f4f6),
    .root_bar = RGB (0x3d3d43),
    .strip_ground = RGB (0x27282a),
    .strip_line = RGB (0x414246),
    .hit = RGB (0xe9c13b),
    .hit_label = RGB (0x1f1f24),
    .hit_edge = RGB (0xfff3c2),
    .hit_lane = RGB (0xe9c13b),
    .ring = RGB (0x99c1f1),
    .runtime = RGB (0x36383b),
    .unsymbolized = RGB (0x2a2b2d),
    .dim_text = RGB (0xb3b3b8),
    .muted = 0.82,
    .nested_hit = 0.36,
    .change = { RGB (0x1671af),
                RGB (0x1e5a86),
                RGB (0x2c475d),
                RGB (0x363739),
                RGB (0x5d392e),
                RGB (0x853d26),
                RGB (0xaf4624) },
    .new_line = 0.40,
    .heat = { RGB (0x342f2b),
              RGB (0x4a3829),
              RGB (0x624227),
              RGB (0x7d4e24),
              RGB (0x9b5c1f) },
  },
};

struct _ProfPalette
{
  gatomicrefcount ref_count;

  /* Owned */
  ProfColor *packages;  /* by package */
  ProfColor *functions; /* (nullable): by frame, where packages do not say */

  /* Shared, a reference */
  ProfFrames *frames;

  ProfTheme    theme;
  ProfColoring coloring;
};

const ProfTokens *
prof_palette_tokens (ProfTheme theme)
{
  return &tokens[theme == PROF_THEME_DARK ? PROF_THEME_DARK : PROF_THEME_LIGHT];
}

/* FNV-1a: the slot a package would like is the same in every file. */
static uint32_t
hash_of (const char *text)
{
  uint32_t hash = 2166136261u;

  for (const char *p = text; *p != '\0'; p++)
    hash = (hash ^ (uint8_t)*p) * 16777619u;
  return hash;
}

/* Which slots are given away; the second steps follow the first. When steady,
 * none ever is. */
typedef struct
{
  bool steady;
  bool own[2 * N_OWN];
  bool library[2 * N_LIBRARY];
} Slots;

static uint32_t
take_own (Slots *slots, const char *name)
{
  uint32_t wish = hash_of (name) % (N_OWN - 1);

  if (g_str_equal (name, "main"))
    return 0;
  for (uint32_t i = 0; i < 2 * (N_OWN - 1); i++)
    {
      uint32_t slot = 1 + (wish + i) % (N_OWN - 1);

      if (i >= N_OWN - 1)
        slot += N_OWN;
      if (!slots->own[slot])
        {
          slots->own[slot] = !slots->steady;
          return slot;
        }
    }
  return 1 + wish;
}

static uint32_t
take_library (Slots *slots, const char *name)
{
  uint32_t wish = hash_of (name) % N_LIBRARY;

  /* Steps of 3 reach all ten hues, and neighbours in weight look different. */
  for (uint32_t i = 0; i < 2 * N_LIBRARY; i++)
    {
      uint32_t slot = (wish + 3 * i) % N_LIBRARY;

      if (i >= N_LIBRARY)
        slot += N_LIBRARY;
      if (!slots->library[slot])
        {
          slots->library[slot] = !slots->steady;
          return slot;
        }
    }
  return wish;
}

static ProfColor
color_of (Slots *slots, const ProfPackage *package, ProfTheme theme)
{
  switch (package->tier)
    {
    case PROF_TIER_OWN:
      return own_colors[theme][take_own (slots, package->name)];
    case PROF_TIER_LIBRARY:
      return library_colors[theme][take_library (slots, package->name)];
    case PROF_TIER_UNSYMBOLIZED:
      return tokens[theme].unsymbolized;
    case PROF_TIER_RUNTIME:
    default:
      return tokens[theme].runtime;
    }
}

/* In order of weight: the heaviest get what they would like. */
static void
color_packages (ProfPalette *self)
{
  const ProfPackage   *packages = prof_frames_packages (self->frames);
  size_t               n = prof_frames_n_packages (self->frames);
  g_autofree uint32_t *by_rank = g_new0 (uint32_t, n + 1);
  Slots                slots = { .steady = self->coloring.steady };

  for (uint32_t i = 0; i < n; i++)
    by_rank[MIN (packages[i].rank, n)] = i;
  for (size_t rank = 0; rank < n; rank++)
    self->packages[by_rank[rank]] = color_of (&slots,
                                              &packages[by_rank[rank]],
                                              self->theme);
}

static void
color_functions (ProfPalette *self)
{
  const ProfPackage *packages = prof_frames_packages (self->frames);
  size_t             n = prof_frames_n (self->frames);

  self->functions = g_new (ProfColor, n + 1);
  for (size_t i = 0; i < n; i++)
    {
      ProfFrameId     frame = (ProfFrameId)i;
      uint32_t        package = prof_frames_package (self->frames, frame);
      ProfSchemeNames names = {
        .name = prof_frames_display_name (self->frames, frame),
        .package = packages[package].name,
        .file = prof_frames_file (self->frames, frame),
        .tier = packages[package].tier,
      };

      self->functions[i] = prof_scheme_color (&self->coloring,
                                              self->theme,
                                              &names);
    }
}

/* The colour that a package's functions have, as far as they have one. */
static void
color_packages_by_scheme (ProfPalette *self)
{
  const ProfPackage *packages = prof_frames_packages (self->frames);

  for (size_t i = 0; i < prof_frames_n_packages (self->frames); i++)
    {
      ProfSchemeNames names = {
        packages[i].name,
        packages[i].name,
        "",
        packages[i].tier,
      };

      self->packages[i] = prof_scheme_color (&self->coloring,
                                             self->theme,
                                             &names);
    }
}

ProfPalette *
prof_palette_new (ProfFrames *frames, ProfTheme theme)
{
  return prof_palette_new_with (frames, theme, &(ProfColoring){ 0 });
}

ProfPalette *
prof_palette_new_with (ProfFrames         *frames,
                       ProfTheme           theme,
                       const ProfColoring *coloring)
{
  ProfPalette *self = g_new0 (ProfPalette, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->frames = prof_frames_ref (frames);
  self->theme = theme == PROF_THEME_DARK ? PROF_THEME_DARK : PROF_THEME_LIGHT;
  self->coloring = *coloring;
  self->packages = g_new0 (ProfColor, prof_frames_n_packages (frames) + 1);
  if (coloring->scheme == PROF_SCHEME_PACKAGES ||
      prof_scheme_is_by_node (coloring))
    color_packages (self);
  else
    color_packages_by_scheme (self);
  if (!prof_scheme_is_by_node (coloring) &&
      (coloring->scheme != PROF_SCHEME_PACKAGES || coloring->by_name))
    color_functions (self);
  return self;
}

ProfPalette *
prof_palette_ref (ProfPalette *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_palette_unref (ProfPalette *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->packages);
  g_free (self->functions);
  prof_frames_unref (self->frames);
  g_free (self);
}

ProfTheme
prof_palette_theme (const ProfPalette *self)
{
  return self->theme;
}

const ProfColoring *
prof_palette_coloring (const ProfPalette *self)
{
  return &self->coloring;
}

ProfColor
prof_palette_package (const ProfPalette *self, uint32_t package)
{
  if (package >= prof_frames_n_packages (self->frames))
    return tokens[self->theme].unsymbolized;
  return self->packages[package];
}

ProfColor
prof_palette_frame (const ProfPalette *self, ProfFrameId frame)
{
  if (frame == PROF_ID_NONE)
    return tokens[self->theme].root_bar;
  if (self->functions != NULL)
    return self->functions[frame];
  return prof_palette_package (self, prof_frames_package (self->frames, frame));
}

static ProfColor
heat_of (const ProfPalette *self, const ProfTree *tree, ProfNodeId id)
{
  const ProfNode *nodes = prof_tree_nodes (tree);
  const ProfNode *node = &nodes[id];
  bool   leaf_first = (prof_tree_flags (tree) & PROF_TREE_LEAF_FIRST) != 0;
  double value = fabs ((double)(leaf_first ? node->total : node->self));
  double weight = (double)prof_tree_weight (tree, 0);

  return tokens[self->theme]
      .heat[prof_scheme_heat (weight > 0 ? value / weight : 0)];
}

static ProfColor
change_of (const ProfPalette *self, const ProfTree *tree, ProfNodeId node)
{
  const ProfChange *changes = prof_tree_changes (tree);
  int               step = 0;

  if (changes != NULL)
    step = prof_change_step (&changes[node], prof_tree_change_scale (tree));
  return tokens[self->theme].change[PROF_CHANGE_MAX_STEP + step];
}

ProfColor
prof_palette_node (const ProfPalette *self,
                   const ProfTree    *tree,
                   ProfNodeId         node,
                   uint32_t           depth)
{
  if (node == 0)
    return tokens[self->theme].root_bar;
  if (self->coloring.scheme == PROF_SCHEME_SELF)
    return heat_of (self, tree, node);
  if (self->coloring.scheme == PROF_SCHEME_DEPTH)
    return prof_scheme_depth_color (self->theme, depth);
  if (self->coloring.scheme == PROF_SCHEME_DIFF)
    return change_of (self, tree, node);
  return prof_palette_frame (self, prof_tree_nodes (tree)[node].frame);
}

static uint32_t
channel (ProfColor color, int shift)
{
  return (color >> shift) & 0xff;
}

ProfColor
prof_color_mix (ProfColor a, ProfColor b, double share)
{
  ProfColor mixed = 0;

  for (int shift = 0; shift < 32; shift += 8)
    mixed |= (ProfColor)lround (channel (a, shift) * share +
                                channel (b, shift) * (1 - share))
             << shift;
  return mixed;
}

static double
luminance (ProfColor color)
{
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double              sum = 0;

  for (int i = 0; i < 3; i++)
    {
      double c = channel (color, 24 - 8 * i) / 255.0;

      sum += weights[i] *
             (c <= 0.03928 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

double
prof_color_contrast (ProfColor a, ProfColor b)
{
  double la = luminance (a);
  double lb = luminance (b);

  return (MAX (la, lb) + 0.05) / (MIN (la, lb) + 0.05);
}
