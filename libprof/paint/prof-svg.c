/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-svg.h"

#include "base/prof-block.h"
#include "base/prof-decimal.h"
#include "base/prof-hash.h"
#include "base/prof-limits.h"
#include "base/prof-types.h"
#include "base/prof-vec.h"
#include "prof-svg-script.h"
#include <math.h>
#include <string.h>

/* Attributes of the document's root; text that has others says so. */
#define DEFAULT_FONT_PX 12

typedef struct
{
  double    spacing;
  ProfColor color;
} Hatch;

/* All fills of one colour. */
typedef struct
{
  ProfColor color;
  GString  *path; /* owned */
} Sliver;

typedef struct
{
  ProfPainter base;

  /* Shared, outlives the painter */
  ProfTextCache *cache;

  /* Owned */
  GString *text;
  GArray  *hatches; /* Hatch; the index is in the pattern's id */

  /* Owned: frames too narrow to be pointed at */
  GString    *names;    /* a line each: name, tab, file */
  GHashTable *name_ids; /* of names without an id */
  uint32_t    n_names;
  ProfVecU32  known_names; /* by ProfFaintName.id; PROF_ID_NONE: not yet */
  GString    *faint;
  GArray     *slivers; /* Sliver: what is seen of them */
  size_t      n_sliver_bytes;
  GString    *row_y;      /* of the row: " 34h" */
  GString    *row_height; /* "v17h-" */
  uint32_t    faint_row;
  double      faint_end; /* of the last one, as it was written */

  bool   interactive;
  size_t max_bytes;
  double dx; /* of the origin */
  double dy;
  double outer_dx; /* of the origin around what is scaled */
  double outer_dy;
} Svg;

static Svg *
svg (ProfPainter *painter)
{
  return (Svg *)painter;
}

/* Whether there is no room for more. One call writes little past it: labels and
 * descriptions are cut by whoever draws. Faint frames may be drawn on another
 * thread, so their bytes are looked at apart; the sum is, when all is there. */
static bool
is_full (const Svg *self)
{
  return self->text->len > self->max_bytes;
}

static bool
is_full_of_faint (const Svg *self)
{
  return self->names->len + self->faint->len + self->n_sliver_bytes >
         self->max_bytes;
}

/* A frame is some seventy pieces: GLib's own way with each took a fifth of the
 * instructions of a picture. */
static inline void
append_bytes (GString *text, const char *bytes, size_t n)
{
  if (n >= text->allocated_len - text->len)
    {
      g_string_append_len (text, bytes, (gssize)n);
      return;
    }
  memcpy (text->str + text->len, bytes, n);
  text->len += n;
  text->str[text->len] = '\0';
}

static inline void
append_text (GString *text, const char *piece)
{
  append_bytes (text, piece, strlen (piece));
}

/* At most two decimals, without trailing zeros: "12", "12.5". Returns its length
 * in @buffer, of PROF_DECIMAL_SIZE. */
static size_t
write_number (char *buffer, double number)
{
  size_t length = prof_decimal_write_short (buffer, number, 2);

  if (length != 2 || buffer[0] != '-' || buffer[1] != '0')
    return length;
  buffer[0] = '0';
  return 1;
}

static void
append_number (GString *text, double number)
{
  char buffer[PROF_DECIMAL_SIZE];

  append_bytes (text, buffer, write_number (buffer, number));
}

static void
append_attribute (GString *text, const char *name, double number)
{
  g_string_append_c (text, ' ');
  append_text (text, name);
  append_text (text, "=\"");
  append_number (text, number);
  g_string_append_c (text, '"');
}

/* Six digits. */
static size_t
write_hex (char *buffer, uint32_t rgb)
{
  static const char digits[] = "0123456789abcdef";
  size_t            n = 0;

  for (int shift = 20; shift >= 0; shift -= 4)
    buffer[n++] = digits[rgb >> shift & 0xf];
  return n;
}

static void
append_hex (GString *text, uint32_t rgb)
{
  char buffer[6];

  append_bytes (text, buffer, write_hex (buffer, rgb));
}

static void
append_color (GString *text, const char *name, ProfColor color)
{
  g_string_append_c (text, ' ');
  append_text (text, name);
  append_text (text, "=\"#");
  append_hex (text, color >> 8);
  g_string_append_c (text, '"');
  if (PROF_COLOR_ALPHA (color) != 0xff)
    {
      g_string_append_printf (text, " %s-opacity=\"", name);
      append_number (text, PROF_COLOR_ALPHA (color) / 255.0);
      g_string_append_c (text, '"');
    }
}

/* What XML 1.0 has no way to write becomes U+FFFD. */
static bool
is_writable (gunichar c)
{
  return c == '\t' || c == '\n' || (c >= 0x20 && c < 0x7f) ||
         (c >= 0xa0 && (c & 0xfffe) != 0xfffe);
}

/* What stands for a character; %NULL: it stands for itself. */
static const char *
escape_of (gunichar c)
{
  switch (c)
    {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '"':
      return "&quot;";
    default:
      return is_writable (c) ? NULL : "\xef\xbf\xbd";
    }
}

/* Whether all of a text stands for itself, and is on one line. */
static bool
is_plain (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (*c < 0x20 || *c >= 0x7f || *c == '&' || *c == '<' || *c == '>' ||
        *c == '"')
      return false;
  return true;
}

/* The same, but that lines may end, as those of each tip do. */
static bool
is_plain_lines (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if ((*c < 0x20 && *c != '\n') || *c >= 0x7f || *c == '&' || *c == '<' ||
        *c == '>' || *c == '"')
      return false;
  return true;
}

static void
append_escaped (GString *text, const char *raw)
{
  g_autofree char *valid = NULL;
  const char      *plain;

  if (is_plain_lines (raw))
    {
      append_text (text, raw);
      return;
    }
  plain = valid = g_utf8_make_valid (raw, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      const char *escape = escape_of (g_utf8_get_char (p));

      if (escape == NULL)
        continue;
      append_bytes (text, plain, (size_t)(p - plain));
      append_text (text, escape);
      plain = g_utf8_next_char (p);
    }
  append_text (text, plain);
}

static void
append_rect (Svg *self, const ProfRect *rect)
{
  GString *text = self->text;

  append_text (text, "<rect");
  append_attribute (text, "x", rect->x + self->dx);
  append_attribute (text, "y", rect->y + self->dy);
  append_attribute (text, "width", rect->width);
  append_attribute (text, "height", rect->height);
}

static void
fill (ProfPainter *painter, const ProfRect *rect, ProfColor color)
{
  GString *text = svg (painter)->text;

  if (is_full (svg (painter)))
    return;
  append_rect (svg (painter), rect);
  append_color (text, "fill", color);
  append_text (text, "/>\n");
}

static bool
same_number (double a, double b)
{
  return !(a < b) && !(a > b);
}

/* The pattern's number; it is written where it is first used. */
static unsigned
hatch_of (Svg *self, double spacing, ProfColor color)
{
  Hatch hatch = { .spacing = spacing, .color = color };

  for (unsigned i = 0; i < self->hatches->len; i++)
    {
      const Hatch *known = &g_array_index (self->hatches, Hatch, i);

      if (known->color == color && same_number (known->spacing, spacing))
        return i;
    }
  g_array_append_val (self->hatches, hatch);
  g_string_append_printf (self->text,
                          "<pattern id=\"hatch-%u\" "
                          "patternUnits=\"userSpaceOnUse\"",
                          self->hatches->len - 1);
  append_attribute (self->text, "width", spacing);
  append_attribute (self->text, "height", spacing);
  append_text (self->text, "><path d=\"");
  for (int i = 0; i <= 2; i++)
    {
      g_string_append_c (self->text, 'M');
      append_number (self->text, -spacing);
      g_string_append_c (self->text, ' ');
      append_number (self->text, (i + 1) * spacing);
      g_string_append_c (self->text, 'L');
      append_number (self->text, (i + 1) * spacing);
      g_string_append_c (self->text, ' ');
      append_number (self->text, -spacing);
    }
  append_text (self->text, "\" fill=\"none\" stroke-width=\".71\"");
  append_color (self->text, "stroke", color);
  append_text (self->text, "/></pattern>\n");
  return self->hatches->len - 1;
}

static void
hatch (ProfPainter    *painter,
       const ProfRect *rect,
       double          spacing,
       ProfColor       color)
{
  Svg     *self = svg (painter);
  unsigned i;

  if (is_full (self))
    return;
  i = hatch_of (self, spacing, color);
  append_rect (self, rect);
  g_string_append_printf (self->text, " fill=\"url(#hatch-%u)\"/>\n", i);
}

static void
dashes (ProfPainter *painter,
        double       x,
        double       y,
        double       width,
        double       on,
        double       off,
        ProfColor    color)
{
  Svg     *self = svg (painter);
  GString *text = self->text;

  if (is_full (self))
    return;
  append_text (text, "<path d=\"M");
  append_number (text, x + self->dx);
  g_string_append_c (text, ' ');
  append_number (text, y + self->dy + 0.5);
  g_string_append_c (text, 'h');
  append_number (text, width);
  append_text (text, "\" stroke-dasharray=\"");
  append_number (text, on);
  g_string_append_c (text, ' ');
  append_number (text, off);
  g_string_append_c (text, '"');
  append_color (text, "stroke", color);
  append_text (text, "/>\n");
}

static void
stroke (ProfPainter    *painter,
        const ProfRect *rect,
        double          line_width,
        ProfColor       color)
{
  GString *text = svg (painter)->text;
  ProfRect inner = { rect->x + line_width / 2,
                     rect->y + line_width / 2,
                     MAX (rect->width - line_width, 0),
                     MAX (rect->height - line_width, 0) };

  if (is_full (svg (painter)))
    return;
  append_rect (svg (painter), &inner);
  append_text (text, " fill=\"none\"");
  append_color (text, "stroke", color);
  append_attribute (text, "stroke-width", line_width);
  append_text (text, "/>\n");
}

static void
append_point (Svg *self, char before, const ProfPoint *point)
{
  g_string_append_c (self->text, before);
  append_number (self->text, point->x + self->dx);
  g_string_append_c (self->text, ' ');
  append_number (self->text, point->y + self->dy);
}

static void
curve (ProfPainter     *painter,
       const ProfPoint *points,
       size_t           n,
       double           line_width,
       double           dash,
       ProfColor        color)
{
  Svg     *self = svg (painter);
  GString *text = self->text;

  if (is_full (self) || n == 0)
    return;
  append_text (text, "<path d=\"");
  append_point (self, 'M', &points[0]);
  for (size_t i = 1; i < n; i++)
    append_point (self, i == 1 ? 'C' : ' ', &points[i]);
  append_text (text, "\" fill=\"none\"");
  append_color (text, "stroke", color);
  append_attribute (text, "stroke-width", line_width);
  if (dash > 0)
    append_attribute (text, "stroke-dasharray", dash);
  append_text (text, "/>\n");
}

static void
polygon (ProfPainter     *painter,
         const ProfPoint *points,
         size_t           n,
         ProfColor        color)
{
  Svg     *self = svg (painter);
  GString *text = self->text;

  if (is_full (self) || n == 0)
    return;
  append_text (text, "<path d=\"");
  for (size_t i = 0; i < n; i++)
    append_point (self, i == 0 ? 'M' : 'L', &points[i]);
  append_text (text, "z\"");
  append_color (text, "fill", color);
  append_text (text, "/>\n");
}

static double
measure (ProfPainter *painter, const ProfFont *font, const char *line)
{
  return prof_text_cache_measure (svg (painter)->cache, font, line);
}

static void
append_font (GString *text, const ProfFont *font)
{
  if (!same_number (font->size_px, DEFAULT_FONT_PX))
    append_attribute (text, "font-size", font->size_px);
  if (font->weight != 0)
    g_string_append_printf (text, " font-weight=\"%u\"", font->weight);
  else if (font->bold)
    append_text (text, " font-weight=\"700\"");
}

static void
append_prefix (GString    *text,
               const char *line,
               size_t      prefix,
               ProfColor   prefix_color)
{
  g_autofree char *start = g_strndup (line, prefix);

  append_text (text, "<tspan");
  append_color (text, "fill", prefix_color);
  g_string_append_c (text, '>');
  append_escaped (text, start);
  append_text (text, "</tspan>");
}

static void
text (ProfPainter    *painter,
      const ProfFont *font,
      double          x,
      double          y,
      const char     *line,
      size_t          prefix,
      ProfColor       color,
      ProfColor       prefix_color)
{
  GString *out = svg (painter)->text;

  if (is_full (svg (painter)))
    return;
  prefix = MIN (prefix, strlen (line));
  append_text (out, "<text");
  append_attribute (out, "x", x + svg (painter)->dx);
  append_attribute (out, "y", y + svg (painter)->dy);
  append_attribute (out, "textLength", measure (painter, font, line));
  append_text (out, " lengthAdjust=\"spacingAndGlyphs\"");
  append_font (out, font);
  append_color (out, "fill", color);
  g_string_append_c (out, '>');
  if (prefix > 0)
    append_prefix (out, line, prefix, prefix_color);
  append_escaped (out, line + prefix);
  append_text (out, "</text>\n");
}

static bool
fit (ProfPainter    *painter,
     const ProfFont *font,
     const ProfFont *name_font,
     const char     *name,
     double          width,
     ProfFittedName *label)
{
  return prof_text_cache_fit (svg (painter)->cache,
                              font,
                              name_font,
                              name,
                              width,
                              label);
}

static double
baseline (ProfPainter *painter, const ProfFont *font)
{
  return prof_text_cache_baseline (svg (painter)->cache, font);
}

/* Four decimals: a frame of 0.1 px that is zoomed to 1 200 then is right within
 * a px or two. */
static void
append_place_number (GString *text, double number)
{
  char   buffer[PROF_DECIMAL_SIZE];
  size_t length = prof_decimal_write_short (buffer, number, 4);

  append_bytes (text, buffer, length);
}

static void
append_place (GString *text, const ProfPlace *place)
{
  g_string_append_printf (text, " data-p=\"%u ", place->row);
  append_place_number (text, place->x);
  g_string_append_c (text, ' ');
  append_place_number (text, place->width);
  g_string_append_c (text, '"');
}

static void
begin_group (ProfPainter     *painter,
             const char      *class_name,
             const char      *title,
             const ProfPlace *place)
{
  GString *out = svg (painter)->text;

  if (is_full (svg (painter)))
    return;
  prof_block_string_reserve (out, 0);
  append_text (out, "<g class=\"");
  append_escaped (out, class_name);
  g_string_append_c (out, '"');
  if (place != NULL && svg (painter)->interactive)
    append_place (out, place);
  g_string_append_c (out, '>');
  if (title != NULL)
    {
      append_text (out, "<title>");
      append_escaped (out, title);
      append_text (out, "</title>");
    }
  g_string_append_c (out, '\n');
}

static void
end_group (ProfPainter *painter)
{
  if (is_full (svg (painter)))
    return;
  append_text (svg (painter)->text, "</g>\n");
}

/* Lines and tabs end what is written; none are within. */
static void
append_field (GString *text, const char *raw)
{
  g_autofree char *field = NULL;

  if (is_plain (raw))
    {
      append_text (text, raw);
      return;
    }
  field = g_strdup (raw);
  append_escaped (text, g_strdelimit (field, "\t\n\r", ' '));
}

/* Names repeat: each is written once, and its number where it is used. */
static uint32_t
write_name (Svg *self, const ProfFaintName *name)
{
  prof_block_string_reserve (self->names, 0);
  append_field (self->names, name->name);
  g_string_append_c (self->names, '\t');
  append_field (self->names, name->file);
  g_string_append_c (self->names, '\n');
  return self->n_names++;
}

static uint32_t
number_of_text (Svg *self, const ProfFaintName *name)
{
  char    *key = g_strconcat (name->name, "\t", name->file, NULL);
  gpointer known;
  uint32_t number;

  if (g_hash_table_lookup_extended (self->name_ids, key, NULL, &known))
    {
      g_free (key);
      return GPOINTER_TO_UINT (known);
    }
  number = write_name (self, name);
  g_hash_table_insert (self->name_ids, key, GUINT_TO_POINTER (number));
  return number;
}

/* By id, as far as there is one: tens of thousands of frames have few names. */
static uint32_t
number_of_name (Svg *self, const ProfFaintName *name)
{
  ProfVecU32 *known = &self->known_names;

  if (name->id == PROF_ID_NONE)
    return number_of_text (self, name);
  while (known->length <= name->id)
    if (!prof_vec_u32_append (known, PROF_ID_NONE))
      return number_of_text (self, name);
  if (known->data[name->id] == PROF_ID_NONE)
    known->data[name->id] = write_name (self, name);
  return known->data[name->id];
}

static GString *
sliver_path (Svg *self, ProfColor color)
{
  Sliver sliver = { color, NULL };

  for (unsigned i = 0; i < self->slivers->len; i++)
    if (g_array_index (self->slivers, Sliver, i).color == color)
      return g_array_index (self->slivers, Sliver, i).path;
  sliver.path = g_string_new (NULL);
  g_array_append_val (self->slivers, sliver);
  return sliver.path;
}

/* Tens of thousands of slivers are most of the work of a large picture. So each
 * number is written once, what a whole row has in common once a row, and a string
 * grows once for all that is known at a time. */

static void
begin_faint_row (Svg *self, const ProfRect *rect, uint32_t row)
{
  char y[PROF_DECIMAL_SIZE];
  char height[PROF_DECIMAL_SIZE];

  y[write_number (y, rect->y + self->dy)] = '\0';
  height[write_number (height, rect->height)] = '\0';
  g_string_append_printf (self->faint, "row %u %s %s\n", row, y, height);
  g_string_printf (self->row_y, " %sh", y);
  g_string_printf (self->row_height, "v%sh-", height);
  self->faint_row = row;
  self->faint_end = -1;
}

static void
add_sliver (Svg *self, const ProfRect *rect, ProfColor color)
{
  GString *path = sliver_path (self, color);
  size_t   before = path->len;
  char     x[1 + PROF_DECIMAL_SIZE] = "M";
  char     width[PROF_DECIMAL_SIZE];
  size_t   n_x = 1 + write_number (x + 1, rect->x + self->dx);
  size_t   n_width = write_number (width, rect->width);

  if (n_width == 1 && width[0] == '0')
    return;
  append_bytes (path, x, n_x);
  append_bytes (path, self->row_y->str, self->row_y->len);
  append_bytes (path, width, n_width);
  g_string_append_len (path,
                       self->row_height->str,
                       (gssize)self->row_height->len);
  width[n_width++] = 'z';
  append_bytes (path, width, n_width);
  self->n_sliver_bytes += path->len - before;
}

/* "+" where the last one ends: most do, and tens of thousands of numbers are
 * most of the file. What is compared is what was written, so that errors do not
 * add up. Returns how much was written. */
static size_t
write_faint_place (Svg *self, char *line, const ProfPlace *place)
{
  double x = round (place->x * 10000) / 10000;
  size_t n = 0;

  if (fabs (x - self->faint_end) < 0.00015)
    {
      line[n++] = '+';
      x = self->faint_end;
    }
  else
    n += prof_decimal_write_short (line, x, 4);
  line[n++] = ' ';
  n += prof_decimal_write_short (line + n, place->width, 4);
  self->faint_end = x + round (place->width * 10000) / 10000;
  return n;
}

/* A row begins with "row number y height" and a line for each frame follows:
 * "x width color name value". */
static void
faint (ProfPainter         *painter,
       const ProfRect      *rect,
       const ProfPlace     *place,
       ProfColor            color,
       const ProfFaintName *name,
       const char          *value)
{
  Svg   *self = svg (painter);
  char   line[3 * PROF_DECIMAL_SIZE + 16];
  size_t n;

  if (is_full_of_faint (self))
    return;
  prof_block_string_reserve (self->faint, 0);
  if (place->row != self->faint_row)
    begin_faint_row (self, rect, place->row);
  if (rect->width > 0)
    add_sliver (self, rect, color);
  n = write_faint_place (self, line, place);
  line[n++] = ' ';
  n += write_hex (line + n, color >> 8);
  line[n++] = ' ';
  n += write_number (line + n, number_of_name (self, name));
  line[n++] = ' ';
  append_bytes (self->faint, line, n);
  append_field (self->faint, value);
  g_string_append_c (self->faint, '\n');
}

/* What the script reads, then the script. Parts go as soon as they are copied. */
static void
append_script (Svg *self)
{
  prof_block_string_reserve (self->text,
                             self->n_sliver_bytes + self->names->len +
                                 self->faint->len + sizeof svg_script);
  for (unsigned i = 0; i < self->slivers->len; i++)
    {
      Sliver *sliver = &g_array_index (self->slivers, Sliver, i);

      append_text (self->text, "<path class=\"sliver\"");
      append_color (self->text, "fill", sliver->color);
      g_string_append_printf (self->text, " d=\"%s\"/>\n", sliver->path->str);
      g_string_truncate (sliver->path, 0);
    }
  append_text (self->text, "<metadata class=\"names\">");
  append_bytes (self->text, self->names->str, self->names->len);
  append_text (self->text, "</metadata>\n<metadata class=\"faint\">");
  append_bytes (self->text, self->faint->str, self->faint->len);
  append_text (self->text, "</metadata>\n<script><![CDATA[\n");
  append_text (self->text, svg_script);
  append_text (self->text, "]]></script>\n");
}

static void
clear_sliver (gpointer data)
{
  g_string_free (((Sliver *)data)->path, TRUE);
}

static void
translate (ProfPainter *painter, double dx, double dy)
{
  svg (painter)->dx += dx;
  svg (painter)->dy += dy;
}

static void
begin_scaled (ProfPainter *painter, double scale)
{
  Svg *self = svg (painter);
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  self->outer_dx = self->dx;
  self->outer_dy = self->dy;
  self->dx = self->dy = 0;
  append_text (self->text, "<g transform=\"translate(");
  append_number (self->text, self->outer_dx);
  g_string_append_c (self->text, ' ');
  append_number (self->text, self->outer_dy);
  g_string_append_printf (self->text,
                          ") scale(%s)\">\n",
                          g_ascii_formatd (buffer,
                                           sizeof buffer,
                                           "%.6g",
                                           scale));
}

static void
end_scaled (ProfPainter *painter)
{
  Svg *self = svg (painter);

  append_text (self->text, "</g>\n");
  self->dx = self->outer_dx;
  self->dy = self->outer_dy;
}

static const ProfPainterClass svg_class = {
  .fill = fill,
  .hatch = hatch,
  .dashes = dashes,
  .stroke = stroke,
  .curve = curve,
  .polygon = polygon,
  .measure = measure,
  .fit = fit,
  .text = text,
  .baseline = baseline,
  .begin_group = begin_group,
  .end_group = end_group,
  .faint = faint,
  .translate = translate,
  .begin_scaled = begin_scaled,
  .end_scaled = end_scaled,
};

static void
append_family (Svg *self)
{
  g_autofree char *family = prof_text_cache_family (self->cache);

  append_text (self->text, " font-family=\"'");
  append_escaped (self->text, g_strdelimit (family, "'\\", ' '));
  append_text (self->text, "', sans-serif\"");
}

static void
append_root (Svg *self, const ProfSvgParams *params)
{
  GString *out = self->text;

  append_text (out,
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\"");
  append_attribute (out, "width", params->width_px);
  append_attribute (out, "height", params->height_px);
  append_text (out, " viewBox=\"0 0 ");
  append_number (out, params->width_px);
  g_string_append_c (out, ' ');
  append_number (out, params->height_px);
  g_string_append_c (out, '"');
  append_family (self);
  append_attribute (out, "font-size", DEFAULT_FONT_PX);
  if (params->interactive != NULL)
    append_attribute (out, "data-font", params->font_px);
  if (params->interactive != NULL && params->flame)
    append_text (out, " data-flame=\"\"");
  append_text (out, " xml:space=\"preserve\">\n");
}

static void
append_words (GString *text, const char *element, const char *words)
{
  if (words == NULL)
    return;
  g_string_append_printf (text, "<%s>", element);
  append_escaped (text, words);
  g_string_append_printf (text, "</%s>\n", element);
}

/* What only the script brings to light: marks, focus, the bar of tools. */
static void
append_styles (GString *text, const ProfTokens *tokens)
{
#define HEX(color) ((color) >> 8)
  g_string_append_printf (
      text,
      ".live .frame,.live .root,.live .strip{cursor:pointer}"
      ".frame:focus,.root:focus,.strip:focus{outline:none}"
      ".live :focus>rect:first-of-type{stroke:#%06x;stroke-width:2px}"
      ".label{fill:#%06x}"
      ".zoomed .ancestor>rect{opacity:.5}"
      ".searching .frame:not(.match):not(.inner)>rect{opacity:.35}"
      ".match>rect:first-of-type{fill:#%06x}"
      ".match>text,.match tspan{fill:#%06x;font-weight:700}"
      ".inner>rect:first-of-type{fill:#%06x}",
      HEX (tokens->ring),
      HEX (tokens->label),
      HEX (tokens->hit),
      HEX (tokens->hit_label),
      HEX (prof_color_mix (tokens->hit, tokens->canvas, tokens->nested_hit)));
  g_string_append_printf (
      text,
      ".bar{display:flex;gap:8px;align-items:center;height:40px;"
      "padding:0 24px;box-sizing:border-box;font-size:13px;color:#%06x}"
      ".tool{font:inherit;color:inherit;background:#%06x;border:1px solid #%06x;"
      "border-radius:5px;padding:3px 8px;flex:none}"
      "input.tool{width:180px}.tool:disabled{opacity:.5}"
      ".tool:focus-visible{outline:2px solid #%06x}"
      ".tool[aria-pressed=true]{background:#%06x}"
      ".wrong{text-decoration:underline wavy}.answer{flex:none}"
      ".details{flex:1;min-width:0;text-align:right;white-space:nowrap;"
      "overflow:hidden;text-overflow:ellipsis}",
      HEX (tokens->label),
      HEX (tokens->canvas),
      HEX (tokens->strip_line),
      HEX (tokens->ring),
      HEX (tokens->root_bar));
#undef HEX
}

ProfPainter *
prof_svg_new (const ProfSvgParams *params, ProfTextCache *cache)
{
  Svg *self = g_new0 (Svg, 1);

  self->base.klass = &svg_class;
  self->cache = cache;
  self->interactive = params->interactive != NULL;
  self->max_bytes = params->max_bytes > 0 ? params->max_bytes : PROF_MAX_SVG;
  self->text = g_string_new (NULL);
  self->names = g_string_new (NULL);
  self->name_ids = g_hash_table_new_full (prof_hash_text,
                                          g_str_equal,
                                          g_free,
                                          NULL);
  self->faint = g_string_new (NULL);
  self->row_y = g_string_new (NULL);
  self->row_height = g_string_new (NULL);
  self->slivers = g_array_new (FALSE, FALSE, sizeof (Sliver));
  g_array_set_clear_func (self->slivers, clear_sliver);
  self->hatches = g_array_new (FALSE, FALSE, sizeof (Hatch));
  append_root (self, params);
  append_words (self->text, "title", params->title);
  append_words (self->text, "desc", params->notes);
  append_text (self->text,
               "<style>rect{shape-rendering:crispEdges}"
               ".frame:hover,.strip:hover{filter:brightness(.92)}");
  if (self->interactive)
    append_styles (self->text, params->interactive);
  append_text (self->text, "</style>\n");
  return &self->base;
}

/* Without the text. */
static void
free_parts (Svg *self)
{
  g_string_free (self->names, TRUE);
  g_string_free (self->faint, TRUE);
  g_string_free (self->row_y, TRUE);
  g_string_free (self->row_height, TRUE);
  g_hash_table_unref (self->name_ids);
  prof_vec_u32_clear (&self->known_names);
  g_array_unref (self->slivers);
  g_array_unref (self->hatches);
  g_free (self);
}

char *
prof_svg_finish (ProfPainter *painter)
{
  Svg     *self = svg (painter);
  GString *text = self->text;
  size_t   max_bytes = self->max_bytes;
  bool     is_whole = !is_full (self) && !is_full_of_faint (self);

  if (is_whole && self->interactive)
    append_script (self);
  free_parts (self);
  append_text (text, "</svg>\n");
  return g_string_free (text, !is_whole || text->len > max_bytes);
}
