/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-picture.h"

#include "base/prof-limits.h"
#include "base/prof-unit.h"
#include "config.h"
#include "export/prof-facts.h"
#include "layout/prof-label-fit.h"
#include <math.h>
#include <string.h>

#define MARGIN_PX      24
#define TITLE_PX       22
#define TITLE_WEIGHT   800
#define TITLE_LINE_PX  30
#define FACTS_PX       13
#define FACTS_LINE_PX  20
#define FOOTER_PX      12
#define FOOTER_LINE_PX 18
#define GAP_PX         14
#define LEGEND_LINE_PX 24
#define SWATCH_PX      12
#define SWATCH_GAP_PX  6
#define ITEM_GAP_PX    17
#define ROW_PX         19
#define LANE_PX        4
#define LABEL_PX       12
#define MIN_BOX_PX     2

/* A legend names what is at least this share of the whole, by itself. */
#define LEGEND_SHARE  0.005
#define MAX_OWN       6
#define MAX_LIBRARIES 8

typedef enum
{
  ITEM_CAPTION,
  ITEM_PACKAGE,
  ITEM_RULE, /* a line between groups */
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

typedef struct
{
  double   x;
  double   y; /* middle of the line */
  ProfFont font;
  bool     dim;
  char    *text; /* (owned) */
} Words;

struct _ProfPicture
{
  /* Owned */
  char            *title;
  GArray          *words; /* Words */
  GArray          *items; /* Item */
  ProfFlameLayout *layout;
  ProfPalette     *palette;

  /* Shared, a reference each */
  ProfTree   *tree;
  ProfSearch *search;

  /* Shared, outlives the picture */
  ProfTextCache *cache;

  ProfFlameView     view;
  const ProfTokens *tokens;
  double            width_px;
  double            height_px;
  double            graph_y;
  double            rule_y;
};

static const ProfFont title_font = { TITLE_PX, true, TITLE_WEIGHT };
static const ProfFont facts_font = { FACTS_PX, false, 0 };
static const ProfFont footer_font = { FOOTER_PX, false, 0 };

/* --- Lines of text --- */

static double
measure (ProfPicture *self, const ProfFont *font, const char *text)
{
  return prof_text_cache_measure (self->cache, font, text);
}

/* The text, or as much of its start as fits and "…". */
static char *
shortened (ProfPicture    *self,
           const ProfFont *font,
           const char     *text,
           double          width)
{
  size_t low = 0;
  size_t high = (size_t)g_utf8_strlen (text, -1);

  if (high <= PROF_MAX_LABEL_CHARS && measure (self, font, text) <= width)
    return g_strdup (text);
  high = MIN (high, PROF_MAX_LABEL_CHARS - 1);
  while (low < high)
    {
      size_t           middle = low + (high - low + 1) / 2;
      g_autofree char *cut = prof_label_cut (text, middle);

      if (measure (self, font, cut) <= width)
        low = middle;
      else
        high = middle - 1;
    }
  return prof_label_cut (text, low);
}

static void
add_words (ProfPicture    *self,
           const ProfFont *font,
           double          x,
           double          y,
           bool            dim,
           const char     *text)
{
  Words words = { x, y, *font, dim, g_strdup (text) };

  g_array_append_val (self->words, words);
}

static void
add_words_right (ProfPicture    *self,
                 const ProfFont *font,
                 double          y,
                 bool            dim,
                 const char     *text)
{
  double x = self->width_px - MARGIN_PX - measure (self, font, text);

  add_words (self, font, round (x), y, dim, text);
}

static void
end_line (ProfPicture    *self,
          const ProfFont *font,
          double          line_px,
          double          width,
          double         *y,
          GString        *line)
{
  g_autofree char *text = shortened (self, font, line->str, width);

  if (line->len > 0)
    {
      add_words (self, font, MARGIN_PX, *y + line_px / 2, true, text);
      *y += line_px;
    }
  g_string_truncate (line, 0);
}

/* Breaks text at blanks into lines from @y on; gives where they end. */
static double
add_paragraph (ProfPicture    *self,
               const ProfFont *font,
               double          line_px,
               double          width,
               double          y,
               const char     *text)
{
  g_auto (GStrv)      parts = g_strsplit (text, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (size_t i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *longer = g_strconcat (line->str,
                                             line->len > 0 ? " " : "",
                                             parts[i],
                                             NULL);

      if (line->len > 0 && (g_utf8_strlen (longer, -1) > PROF_MAX_LABEL_CHARS ||
                            measure (self, font, longer) > width))
        {
          end_line (self, font, line_px, width, &y, line);
          g_string_assign (line, parts[i]);
        }
      else
        g_string_assign (line, longer);
    }
  end_line (self, font, line_px, width, &y, line);
  return y;
}

/* --- Above the graph --- */

static char *
facts_of (ProfPicture *self, const ProfExportOptions *options)
{
  GString         *line = g_string_new (NULL);
  g_autofree char *facts = options->subtitle != NULL
                               ? g_utf8_make_valid (options->subtitle, -1)
                               : prof_facts_line (self->tree);

  g_string_append (line, facts);
  if (self->view.zoom_root != 0)
    {
      g_autofree char *zoom = prof_facts_zoom (self->tree,
                                               self->view.zoom_root);

      g_string_append_printf (line, " · %s", zoom);
    }
  if (self->search != NULL)
    {
      g_autofree char *matches = prof_facts_search (self->tree,
                                                    self->search,
                                                    options->search_text);

      g_string_append_printf (line, " · %s", matches);
    }
  return g_string_free (line, FALSE);
}

static double
place_head (ProfPicture *self, const ProfExportOptions *options)
{
  double           width = self->width_px - 2 * MARGIN_PX;
  double           y = MARGIN_PX - 4;
  g_autofree char *total = prof_facts_total (self->tree);
  g_autofree char *facts = facts_of (self, options);
  double           right = MAX (measure (self, &title_font, total),
                      measure (self, &facts_font, "total"));
  g_autofree char *title = NULL;

  add_words_right (self, &title_font, y + TITLE_LINE_PX / 2, false, total);
  title = shortened (self, &title_font, self->title, width - right - MARGIN_PX);
  add_words (self, &title_font, MARGIN_PX, y + TITLE_LINE_PX / 2, false, title);
  y += TITLE_LINE_PX;
  add_words_right (self, &facts_font, y + FACTS_LINE_PX / 2, true, "total");
  return add_paragraph (self,
                        &facts_font,
                        FACTS_LINE_PX,
                        width - right - MARGIN_PX,
                        y,
                        facts);
}

/* --- The legend --- */

static void
add_item (ProfPicture *self,
          ItemKind     kind,
          ProfColor    color,
          const char  *name,
          int64_t      value)
{
  double weight = (double)prof_tree_nodes (self->tree)->weight;
  Item   item = { .kind = kind, .color = color, .name = g_strdup (name) };

  if (kind == ITEM_PACKAGE && value != 0)
    item.share = prof_unit_human_percentage ((double)value, weight);
  g_array_append_val (self->items, item);
}

/* Own packages are known by their last element, "v2" and the like with the one
 * before it. */
static const char *
short_name (const ProfPackage *package)
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
by_self (gconstpointer a, gconstpointer b)
{
  const ProfPackage *one = *(const ProfPackage *const *)a;
  const ProfPackage *other = *(const ProfPackage *const *)b;

  if (one->self != other->self)
    return one->self > other->self ? -1 : 1;
  if (one->rank != other->rank)
    return one->rank < other->rank ? -1 : 1;
  return 0;
}

/* Packages of a tier worth naming, by falling own value. */
static GPtrArray *
packages_of (ProfPicture *self, ProfTier tier, size_t max)
{
  ProfFrames        *frames = prof_tree_frames (self->tree);
  const ProfPackage *packages = prof_frames_packages (frames);
  double             weight = (double)prof_tree_nodes (self->tree)->weight;
  GPtrArray         *found = g_ptr_array_new ();

  for (size_t i = 0; i < prof_frames_n_packages (frames); i++)
    if (packages[i].tier == tier && packages[i].name[0] != '\0' &&
        (fabs ((double)packages[i].self) >= LEGEND_SHARE * weight ||
         (tier == PROF_TIER_OWN &&
          fabs ((double)packages[i].total) >= LEGEND_SHARE * weight)))
      g_ptr_array_add (found, (gpointer)&packages[i]);
  g_ptr_array_sort (found, by_self);
  if (found->len > max)
    g_ptr_array_set_size (found, (int)max);
  return found;
}

static void
add_packages (ProfPicture *self, ProfTier tier, const char *caption, size_t max)
{
  const ProfPackage *all = prof_frames_packages (prof_tree_frames (self->tree));
  g_autoptr (GPtrArray) found = packages_of (self, tier, max);

  if (found->len == 0)
    return;
  if (self->items->len > 0)
    add_item (self, ITEM_RULE, 0, NULL, 0);
  add_item (self, ITEM_CAPTION, 0, caption, 0);
  for (size_t i = 0; i < found->len; i++)
    {
      const ProfPackage *package = g_ptr_array_index (found, i);

      add_item (self,
                ITEM_PACKAGE,
                prof_palette_package (self->palette, (uint32_t)(package - all)),
                short_name (package),
                package->self);
    }
}

/* All of a tier together, as one grey. */
static void
add_tier (ProfPicture *self, ProfTier tier, const char *name, ProfColor color)
{
  ProfFrames        *frames = prof_tree_frames (self->tree);
  const ProfPackage *packages = prof_frames_packages (frames);
  int64_t            sum = 0;

  for (size_t i = 0; i < prof_frames_n_packages (frames); i++)
    if (packages[i].tier == tier &&
        __builtin_add_overflow (sum, packages[i].self, &sum))
      sum = INT64_MAX;
  if (sum == 0)
    return;
  if (self->items->len > 0)
    add_item (self, ITEM_RULE, 0, NULL, 0);
  add_item (self, ITEM_PACKAGE, color, name, sum);
}

/* "…/repo/pkg" for a path too long for a line. */
static char *
item_name (ProfPicture *self, const char *name, double width)
{
  const char *rest = name;

  while (g_utf8_strlen (rest, -1) > PROF_MAX_LABEL_CHARS ||
         measure (self, &facts_font, rest) > width)
    {
      const char *slash = strchr (rest + 1, '/');

      if (slash == NULL)
        return shortened (self, &facts_font, rest, width);
      rest = slash;
    }
  return rest == name ? g_strdup (name) : g_strconcat ("…", rest, NULL);
}

static double
item_width (ProfPicture *self, const Item *item)
{
  double width = 0;

  if (item->kind == ITEM_RULE)
    return 1;
  if (item->kind == ITEM_PACKAGE)
    width = SWATCH_PX + SWATCH_GAP_PX;
  width += measure (self, &facts_font, item->name);
  if (item->share != NULL)
    width += SWATCH_GAP_PX + measure (self, &facts_font, item->share);
  return width;
}

static Item *
item_at (ProfPicture *self, size_t i)
{
  return &g_array_index (self->items, Item, i);
}

/* A caption or rule goes to the next line together with what follows it. */
static double
together_width (ProfPicture *self, size_t i)
{
  double width = item_width (self, item_at (self, i));

  while (item_at (self, i)->kind != ITEM_PACKAGE && i + 1 < self->items->len)
    width += ITEM_GAP_PX + item_width (self, item_at (self, ++i));
  return width;
}

static double
place_items (ProfPicture *self, double y)
{
  double end = self->width_px - MARGIN_PX;
  double room = end - MARGIN_PX - SWATCH_PX - SWATCH_GAP_PX - 60;
  double x = MARGIN_PX;

  for (size_t i = 0; i < self->items->len; i++)
    {
      Item *item = item_at (self, i);

      if (item->kind == ITEM_PACKAGE)
        {
          char *name = item_name (self, item->name, room);

          g_free (item->name);
          item->name = name;
        }
    }
  for (size_t i = 0; i < self->items->len; i++)
    {
      Item *item = item_at (self, i);

      if (x > MARGIN_PX && x + together_width (self, i) > end)
        {
          x = MARGIN_PX;
          y += LEGEND_LINE_PX;
        }
      item->x = x;
      item->y = y + LEGEND_LINE_PX / 2.0;
      /* A rule has nothing to part at the start of a line. */
      if (item->kind == ITEM_RULE && x <= MARGIN_PX)
        item->x = -1;
      else
        x = ceil (x + item_width (self, item) + ITEM_GAP_PX);
    }
  return self->items->len > 0 ? y + LEGEND_LINE_PX : y;
}

static double
place_legend (ProfPicture *self, double y)
{
  add_packages (self, PROF_TIER_OWN, "Own code", MAX_OWN);
  add_tier (self, PROF_TIER_RUNTIME, "runtime", self->tokens->runtime);
  add_packages (self, PROF_TIER_LIBRARY, "Libraries", MAX_LIBRARIES);
  add_tier (self,
            PROF_TIER_UNSYMBOLIZED,
            "without names",
            self->tokens->unsymbolized);
  return place_items (self, y);
}

/* --- Below it --- */

static char *
meaning (ProfPicture *self)
{
  g_autofree char *type = prof_facts_type (self->tree);

  return g_strdup_printf (
      "Width = %s; order: heaviest first; warm = own code, cool = "
      "libraries, grey = runtime%s; hatched = frames too narrow to draw",
      type,
      self->search != NULL ? ", yellow = matches" : "");
}

static char *
origin (const ProfExportOptions *options)
{
  g_autofree char *base = NULL;
  g_autofree char *valid = NULL;

  if (options->file_name == NULL || options->file_name[0] == '\0')
    return g_strdup ("Flambeau " PROF_VERSION);
  base = g_path_get_basename (options->file_name);
  valid = g_utf8_make_valid (base, -1);
  return g_strdup_printf ("%s · Flambeau %s", valid, PROF_VERSION);
}

/* Meaning and origin on one line where both fit, else below each other. */
static double
place_footer (ProfPicture *self, const ProfExportOptions *options, double y)
{
  double           width = self->width_px - 2 * MARGIN_PX;
  g_autofree char *left = meaning (self);
  g_autofree char *right = origin (options);
  double           right_px = g_utf8_strlen (right, -1) > PROF_MAX_LABEL_CHARS
                                  ? width
                                  : measure (self, &footer_font, right);
  double           left_px = measure (self, &footer_font, left);

  if (left_px + MARGIN_PX + right_px <= width)
    {
      add_words (self,
                 &footer_font,
                 MARGIN_PX,
                 y + FOOTER_LINE_PX / 2,
                 true,
                 left);
      add_words_right (self, &footer_font, y + FOOTER_LINE_PX / 2, true, right);
      return y + FOOTER_LINE_PX;
    }
  y = add_paragraph (self, &footer_font, FOOTER_LINE_PX, width, y, left);
  return add_paragraph (self, &footer_font, FOOTER_LINE_PX, width, y, right);
}

/* --- All of it --- */

static void
place_graph (ProfPicture *self, const ProfExportOptions *options)
{
  ProfFlameParams  params = { 0 };
  ProfFlameMetrics metrics = PROF_FLAME_METRICS_INIT;

  params.width_px = self->width_px - 2 * MARGIN_PX;
  params.min_width_px = MIN_BOX_PX;
  params.start = options->start;
  params.end = options->end;
  self->layout = prof_flame_layout_new (self->tree, &params);
  metrics.row_px = ROW_PX;
  metrics.font_px = LABEL_PX;
  metrics.lane_px = self->search != NULL ? LANE_PX : 0;
  self->view.layout = self->layout;
  self->view.palette = self->palette;
  self->view.search = self->search;
  self->view.flame = options->flame;
  self->view.metrics = metrics;
  self->view.describe = true;
  self->view.height_px = prof_flame_view_height (&self->view);
}

static void
clear_words (gpointer data)
{
  g_free (((Words *)data)->text);
}

static void
clear_item (gpointer data)
{
  Item *item = data;

  g_free (item->name);
  g_free (item->share);
}

ProfPicture *
prof_picture_new (ProfTree                *tree,
                  const ProfExportOptions *options,
                  ProfTextCache           *cache)
{
  ProfPicture *self = g_new0 (ProfPicture, 1);
  double       y;

  self->tree = prof_tree_ref (tree);
  self->cache = cache;
  if (options->search != NULL)
    self->search = prof_search_ref (options->search);
  self->palette = prof_palette_new (prof_tree_frames (tree), options->theme);
  self->tokens = prof_palette_tokens (options->theme);
  self->width_px = round (options->width_px);
  self->view.zoom_root = options->zoom_root;
  self->title = options->title != NULL ? g_utf8_make_valid (options->title, -1)
                                       : prof_facts_title (tree);
  self->words = g_array_new (FALSE, FALSE, sizeof (Words));
  self->items = g_array_new (FALSE, FALSE, sizeof (Item));
  g_array_set_clear_func (self->words, clear_words);
  g_array_set_clear_func (self->items, clear_item);

  self->graph_y = place_head (self, options) + GAP_PX;
  place_graph (self, options);
  y = self->graph_y + self->view.height_px + GAP_PX;
  self->rule_y = place_legend (self, y) + 6;
  y = place_footer (self, options, self->rule_y + 8);
  self->height_px = ceil (y + MARGIN_PX - 14);
  return self;
}

void
prof_picture_free (ProfPicture *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_array_unref (self->items);
  prof_flame_layout_unref (self->layout);
  prof_palette_unref (self->palette);
  prof_search_unref (self->search);
  prof_tree_unref (self->tree);
  g_free (self->title);
  g_free (self);
}

double
prof_picture_width (const ProfPicture *self)
{
  return self->width_px;
}

double
prof_picture_height (const ProfPicture *self)
{
  return self->height_px;
}

const char *
prof_picture_title (const ProfPicture *self)
{
  return self->title;
}

static void
paint_text (ProfPainter    *painter,
            const ProfFont *font,
            double          x,
            double          middle,
            const char     *text,
            ProfColor       color)
{
  double y = round (middle + painter->klass->baseline (painter, font));

  painter->klass->text (painter, font, x, y, text, 0, color, color);
}

/* A square of the package's colour with its corners taken off, in an edge that
 * is a little darker so that pale colours stand out from the ground. */
static void
paint_swatch (const ProfPicture *self, ProfPainter *painter, const Item *item)
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

  for (size_t i = 0; i < 3; i++)
    painter->klass->fill (painter, &rects[i], edge);
  painter->klass->fill (painter, &rects[3], item->color);
}

static void
paint_item (const ProfPicture *self, ProfPainter *painter, const Item *item)
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
      paint_text (painter, &facts_font, x, item->y, item->name, dim);
      return;
    }
  paint_swatch (self, painter, item);
  x += SWATCH_PX + SWATCH_GAP_PX;
  paint_text (painter,
              &facts_font,
              x,
              item->y,
              item->name,
              self->tokens->label);
  if (item->share == NULL)
    return;
  x += painter->klass->measure (painter, &facts_font, item->name);
  paint_text (painter,
              &facts_font,
              x + SWATCH_GAP_PX,
              item->y,
              item->share,
              dim);
}

void
prof_picture_paint (const ProfPicture *self, ProfPainter *painter)
{
  const ProfTokens *tokens = self->tokens;
  ProfRect          all = { 0, 0, self->width_px, self->height_px };
  ProfRect          rule = { MARGIN_PX,
                             self->rule_y,
                             self->width_px - 2 * MARGIN_PX,
                             1 };

  painter->klass->fill (painter, &all, tokens->canvas);
  for (size_t i = 0; i < self->words->len; i++)
    {
      const Words *words = &g_array_index (self->words, Words, i);

      paint_text (painter,
                  &words->font,
                  words->x,
                  words->y,
                  words->text,
                  words->dim ? tokens->dim_text : tokens->label);
    }
  painter->klass->translate (painter, MARGIN_PX, self->graph_y);
  prof_flame_paint (&self->view, painter, NULL);
  painter->klass->translate (painter, -MARGIN_PX, -self->graph_y);
  for (size_t i = 0; i < self->items->len; i++)
    paint_item (self, painter, &g_array_index (self->items, Item, i));
  painter->klass->fill (painter, &rule, tokens->root_bar);
}
