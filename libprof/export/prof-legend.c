/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-legend.h"

#include "base/prof-checked.h"
#include "base/prof-limits.h"
#include "base/prof-unit.h"
#include "export/prof-shortened.h"
#include <math.h>
#include <string.h>

#define LEGEND_PX      13
#define LEGEND_LINE_PX 24
#define SWATCH_PX      12
#define SWATCH_GAP_PX  6
#define ITEM_GAP_PX    17
#define STEP_PX        28 /* of a scale */
#define NEW_HATCH_PX   4
#define GONE_FILL      0.28 /* share of the colour in what is gone */

/* Libraries that with what they call are this share of the whole are named. */
#define LIBRARY_TOTAL_SHARE 0.05
#define MAX_OWN             6
#define MAX_LIBRARIES       8
#define MAX_RUNTIME         3

typedef enum
{
  ITEM_CAPTION,
  ITEM_PACKAGE,
  ITEM_RULE,  /* a line between groups */
  ITEM_SCALE, /* the steps from less to more */
  ITEM_NEW,   /* as packages, hatched */
  ITEM_GONE,  /* or as an outline */
} ItemKind;

typedef struct
{
  ItemKind  kind;
  ProfColor color;
  double    x;
  double    y; /* middle */

  /* Owned */
  char *name;
  char *share; /* (nullable) */
} Item;

struct _ProfLegend
{
  /* Owned */
  GArray *items; /* Item */

  /* Shared, outlive the legend */
  ProfTree          *tree; /* (nullable): this and @palette of a graph */
  const ProfPalette *palette;
  const ProfTokens  *tokens;
  ProfTextCache     *cache;

  double width_px;
  double height_px;
};

static const ProfFont legend_font = { LEGEND_PX, false, 0 };

static double
measure (ProfLegend *self, const char *text)
{
  return prof_text_cache_measure (self->cache, &legend_font, text);
}

static void
add_item (ProfLegend *self,
          ItemKind    kind,
          ProfColor   color,
          const char *name,
          int64_t     value)
{
  double weight = self->tree != NULL ? (double)prof_tree_weight (self->tree, 0)
                                     : 0;
  Item   item = { .kind = kind, .color = color, .name = g_strdup (name) };

  if (kind == ITEM_PACKAGE && value != 0 &&
      fabs ((double)value) >= PROF_LEGEND_SHARE * fabs (weight))
    item.share = prof_unit_human_percentage ((double)value, weight);
  g_array_append_val (self->items, item);
}

const char *
prof_legend_name (const ProfPackage *package)
{
  const char *name = package->name;
  const char *slash = strrchr (name, '/');

  if (package->tier != PROF_TIER_OWN || slash == NULL)
    return name;
  if (slash[1] == 'v' && g_ascii_isdigit (slash[2]))
    while (slash > name && slash[-1] != '/')
      slash--;
  else
    slash++;
  return slash;
}

static int
by_rank (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfPackage *packages = data;
  uint32_t           one = packages[*(const uint32_t *)a].rank;
  uint32_t           other = packages[*(const uint32_t *)b].rank;

  return one < other ? -1 : one > other;
}

static int
by_self (gconstpointer a, gconstpointer b, gpointer data)
{
  const ProfPackage *packages = data;
  double             one = fabs ((double)packages[*(const uint32_t *)a].self);
  double             other = fabs ((double)packages[*(const uint32_t *)b].self);

  if (one != other)
    return one > other ? -1 : 1;
  return by_rank (a, b, data);
}

static bool
is_worth_naming (const ProfPackage *package, ProfTier tier, double weight)
{
  double least = tier == PROF_TIER_OWN ? PROF_LEGEND_SHARE
                                       : LIBRARY_TOTAL_SHARE;

  return package->tier == tier && package->name[0] != '\0' &&
         (fabs ((double)package->self) >= PROF_LEGEND_SHARE * weight ||
          fabs ((double)package->total) >= least * weight);
}

GArray *
prof_legend_choose (ProfTree *tree, ProfTier tier, size_t max)
{
  ProfFrames        *frames = prof_tree_frames (tree);
  const ProfPackage *packages = prof_frames_packages (frames);
  double             weight = (double)prof_tree_weight (tree, 0);
  GArray            *found = g_array_new (FALSE, FALSE, sizeof (uint32_t));

  for (uint32_t i = 0; i < prof_frames_n_packages (frames); i++)
    if (is_worth_naming (&packages[i], tier, weight))
      g_array_append_val (found, i);
  g_array_sort_with_data (found,
                          tier == PROF_TIER_OWN ? by_rank : by_self,
                          (gpointer)packages);
  if (found->len > max)
    g_array_set_size (found, (guint)max);
  return found;
}

static void
add_packages (ProfLegend *self, ProfTier tier, const char *caption, size_t max)
{
  const ProfPackage *all = prof_frames_packages (prof_tree_frames (self->tree));
  g_autoptr (GArray) found = prof_legend_choose (self->tree, tier, max);

  if (found->len == 0)
    return;
  if (self->items->len > 0)
    add_item (self, ITEM_RULE, 0, NULL, 0);
  add_item (self, ITEM_CAPTION, 0, caption, 0);
  for (size_t i = 0; i < found->len; i++)
    {
      uint32_t id = g_array_index (found, uint32_t, i);

      add_item (self,
                ITEM_PACKAGE,
                prof_palette_package (self->palette, id),
                prof_legend_name (&all[id]),
                all[id].self);
    }
}

int64_t
prof_legend_sum (ProfTree *tree, ProfTier tier)
{
  ProfFrames        *frames = prof_tree_frames (tree);
  const ProfPackage *packages = prof_frames_packages (frames);
  int64_t            sum = 0;

  for (size_t i = 0; i < prof_frames_n_packages (frames); i++)
    if (packages[i].tier == tier)
      sum = prof_add_i64 (sum, packages[i].self);
  return sum;
}

/* All of a tier together, as one grey. */
static void
add_tier (ProfLegend *self, ProfTier tier, const char *name, ProfColor color)
{
  int64_t sum = prof_legend_sum (self->tree, tier);

  if (sum == 0)
    return;
  if (self->items->len > 0)
    add_item (self, ITEM_RULE, 0, NULL, 0);
  add_item (self, ITEM_PACKAGE, color, name, sum);
}

static void
add_changes (ProfLegend *self)
{
  const ProfColor *steps = self->tokens->change;
  ProfTreeFlags    flags = prof_tree_flags (self->tree);

  add_item (self, ITEM_CAPTION, 0, "Change of total: less", 0);
  add_item (self, ITEM_SCALE, 0, "", 0);
  add_item (self, ITEM_CAPTION, 0, "more", 0);
  add_item (self, ITEM_RULE, 0, NULL, 0);
  add_item (self,
            ITEM_PACKAGE,
            steps[PROF_CHANGE_MAX_STEP],
            "within 5 % or noise",
            0);
  if ((flags & PROF_TREE_WEIGHS_BEFORE) == 0)
    add_item (self, ITEM_NEW, steps[PROF_CHANGE_MAX_STEP + 2], "new", 0);
  if ((flags & PROF_TREE_WEIGHS_NOW) == 0)
    add_item (self, ITEM_GONE, steps[PROF_CHANGE_MAX_STEP - 2], "gone", 0);
}

static void
add_heats (ProfLegend *self, const char *caption)
{
  add_item (self, ITEM_CAPTION, 0, caption, 0);
  for (size_t i = 0; i < PROF_SCHEME_N_HEATS; i++)
    {
      bool             first = i == 0;
      g_autofree char *name = NULL;

      name = g_strdup_printf (first ? "less than %g %%" : "%g %% and more",
                              prof_scheme_heats[first ? 1 : i]);
      add_item (self, ITEM_PACKAGE, self->tokens->heat[i], name, 0);
    }
}

/* What has a grey of its own in the default colours is a package like others in
 * the rest. */
static void
add_groups (ProfLegend *self)
{
  const ProfColoring *coloring = prof_palette_coloring (self->palette);
  bool                has_greys = coloring->scheme == PROF_SCHEME_PACKAGES;

  add_packages (self, PROF_TIER_OWN, "Own code", MAX_OWN);
  if (has_greys)
    add_tier (self, PROF_TIER_RUNTIME, "runtime", self->tokens->runtime);
  else
    add_packages (self, PROF_TIER_RUNTIME, "Runtime", MAX_RUNTIME);
  add_packages (self, PROF_TIER_LIBRARY, "Libraries", MAX_LIBRARIES);
  if (has_greys)
    add_tier (self,
              PROF_TIER_UNSYMBOLIZED,
              "without names",
              self->tokens->unsymbolized);
}

/* "…/repo/pkg" for a path too long for a line. */
static char *
item_name (ProfLegend *self, const char *name, double width)
{
  const char *rest = name;

  while (g_utf8_strlen (rest, -1) > PROF_MAX_LABEL_CHARS ||
         measure (self, rest) > width)
    {
      const char *slash = strchr (rest + 1, '/');

      if (slash == NULL)
        return prof_shortened (self->cache, &legend_font, rest, width);
      rest = slash;
    }
  return rest == name ? g_strdup (name) : g_strconcat ("…", rest, NULL);
}

static bool
has_swatch (const Item *item)
{
  return item->kind == ITEM_PACKAGE || item->kind == ITEM_NEW ||
         item->kind == ITEM_GONE;
}

static double
item_width (ProfLegend *self, const Item *item)
{
  double width = 0;

  if (item->kind == ITEM_RULE)
    return 1;
  if (item->kind == ITEM_SCALE)
    return STEP_PX * (2 * PROF_CHANGE_MAX_STEP + 1);
  if (has_swatch (item))
    width = SWATCH_PX + SWATCH_GAP_PX;
  width += measure (self, item->name);
  if (item->share != NULL)
    width += SWATCH_GAP_PX + measure (self, item->share);
  return width;
}

static Item *
item_at (ProfLegend *self, size_t i)
{
  return &g_array_index (self->items, Item, i);
}

/* A caption or rule goes to the next line together with what follows it. */
static double
together_width (ProfLegend *self, size_t i)
{
  double width = item_width (self, item_at (self, i));

  while (item_at (self, i)->kind != ITEM_PACKAGE && i + 1 < self->items->len)
    width += ITEM_GAP_PX + item_width (self, item_at (self, ++i));
  return width;
}

static double
place_items (ProfLegend *self, double y)
{
  double end = self->width_px;
  double room = end - SWATCH_PX - SWATCH_GAP_PX - 60;
  double x = 0;

  for (size_t i = 0; i < self->items->len; i++)
    {
      Item *item = item_at (self, i);

      if (has_swatch (item))
        {
          char *name = item_name (self, item->name, room);

          g_free (item->name);
          item->name = name;
        }
    }
  for (size_t i = 0; i < self->items->len; i++)
    {
      Item *item = item_at (self, i);

      if (x > 0 && x + together_width (self, i) > end)
        {
          x = 0;
          y += LEGEND_LINE_PX;
        }
      item->x = x;
      item->y = y + LEGEND_LINE_PX / 2.0;
      /* A rule has nothing to part at the start of a line. */
      if (item->kind == ITEM_RULE && x <= 0)
        item->x = -1;
      else
        x = ceil (x + item_width (self, item) + ITEM_GAP_PX);
    }
  return self->items->len > 0 ? y + LEGEND_LINE_PX : y;
}

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->share);
}

static ProfLegend *
new_legend (ProfTheme theme, ProfTextCache *cache, double width_px)
{
  ProfLegend *self = g_new0 (ProfLegend, 1);

  self->cache = cache;
  self->width_px = width_px;
  self->tokens = prof_palette_tokens (theme);
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->items, clear_item);
  return self;
}

ProfLegend *
prof_legend_new_for_graph (ProfTheme      theme,
                           bool           compared,
                           ProfTextCache *cache,
                           double         width_px)
{
  ProfLegend *self = new_legend (theme, cache, width_px);

  if (compared)
    {
      add_item (self, ITEM_CAPTION, 0, "Change of total: less", 0);
      add_item (self, ITEM_SCALE, 0, "", 0);
      add_item (self, ITEM_CAPTION, 0, "more", 0);
    }
  else
    add_heats (self, "Total");
  self->height_px = place_items (self, 0);
  return self;
}

ProfLegend *
prof_legend_new (ProfTree          *tree,
                 const ProfPalette *palette,
                 ProfTextCache     *cache,
                 double             width_px)
{
  const ProfColoring *coloring;
  ProfLegend *self = new_legend (prof_palette_theme (palette), cache, width_px);

  self->tree = tree;
  self->palette = palette;
  coloring = prof_palette_coloring (palette);
  if (prof_scheme_is_by_package (coloring))
    add_groups (self);
  else if (coloring->scheme == PROF_SCHEME_DIFF)
    add_changes (self);
  else if (coloring->scheme == PROF_SCHEME_SELF)
    add_heats (self, "Self");
  self->height_px = place_items (self, 0);
  return self;
}

void
prof_legend_free (ProfLegend *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->items);
  g_free (self);
}

double
prof_legend_height (const ProfLegend *self)
{
  return self->height_px;
}

static void
paint_text (ProfPainter *painter,
            double       x,
            double       middle,
            const char  *text,
            ProfColor    color)
{
  double y = round (middle + painter->klass->baseline (painter, &legend_font));

  painter->klass->text (painter, &legend_font, x, y, text, 0, color, color);
}

/* A square of the package's colour with its corners taken off, in an edge that
 * is a little darker so that pale colours stand out from the ground. */
static void
paint_swatch (const ProfLegend *self, ProfPainter *painter, const Item *item)
{
  ProfColor edge = prof_color_mix (self->tokens->label, item->color, 0.18);
  double    x = item->x;
  double    y = item->y - SWATCH_PX / 2;
  ProfRect  rects[] = {
     { x + 1, y, SWATCH_PX - 2, SWATCH_PX },
     { x, y + 1, 1, SWATCH_PX - 2 },
     { x + SWATCH_PX - 1, y + 1, 1, SWATCH_PX - 2 },
     { x + 1, y + 1, SWATCH_PX - 2, SWATCH_PX - 2 },
  };

  if (item->kind == ITEM_GONE)
    edge = item->color;
  for (size_t i = 0; i < 3; i++)
    painter->klass->fill (painter, &rects[i], edge);
  painter->klass->fill (painter,
                        &rects[3],
                        item->kind == ITEM_GONE
                            ? prof_color_mix (item->color,
                                              self->tokens->canvas,
                                              GONE_FILL)
                            : item->color);
  if (item->kind == ITEM_NEW)
    painter->klass->hatch (painter,
                           &rects[3],
                           NEW_HATCH_PX,
                           prof_color_mix (self->tokens->canvas,
                                           item->color,
                                           self->tokens->new_line));
}

static void
paint_scale (const ProfLegend *self, ProfPainter *painter, const Item *item)
{
  for (size_t i = 0; i < G_N_ELEMENTS (self->tokens->change); i++)
    {
      ProfRect step = { item->x + (double)i * STEP_PX,
                        item->y - SWATCH_PX / 2,
                        STEP_PX - 1,
                        SWATCH_PX };

      painter->klass->fill (painter, &step, self->tokens->change[i]);
    }
}

static void
paint_item (const ProfLegend *self, ProfPainter *painter, const Item *item)
{
  ProfColor dim = self->tokens->dim_text;
  double    x = item->x;

  if (x < 0)
    return;
  if (item->kind == ITEM_RULE)
    {
      ProfRect rule = { x, item->y - 8, 1, 16 };

      painter->klass->fill (painter, &rule, self->tokens->root_bar);
      return;
    }
  if (item->kind == ITEM_CAPTION)
    {
      paint_text (painter, x, item->y, item->name, dim);
      return;
    }
  if (item->kind == ITEM_SCALE)
    {
      paint_scale (self, painter, item);
      return;
    }
  paint_swatch (self, painter, item);
  x += SWATCH_PX + SWATCH_GAP_PX;
  paint_text (painter, x, item->y, item->name, self->tokens->label);
  if (item->share == NULL)
    return;
  x += painter->klass->measure (painter, &legend_font, item->name);
  paint_text (painter, x + SWATCH_GAP_PX, item->y, item->share, dim);
}

void
prof_legend_paint (const ProfLegend *self, ProfPainter *painter)
{
  for (size_t i = 0; i < self->items->len; i++)
    paint_item (self, painter, &g_array_index (self->items, Item, i));
}
