/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a picture is drawn with: a table of functions that the screen, PNG and
 * SVG each fill in their own way. Coordinates are px from the top left corner,
 * y downwards. */

#include <glib.h>
#include <stdbool.h>
#include <stdint.h>

G_BEGIN_DECLS

/* 0xrrggbbaa */
typedef uint32_t ProfColor;

#define PROF_COLOR_RED(color)   (((color) >> 24) & 0xff)
#define PROF_COLOR_GREEN(color) (((color) >> 16) & 0xff)
#define PROF_COLOR_BLUE(color)  (((color) >> 8) & 0xff)
#define PROF_COLOR_ALPHA(color) ((color)&0xff)

typedef struct
{
  double x;
  double y;
  double width;
  double height;
} ProfRect;

typedef struct
{
  double x;
  double y;
} ProfPoint;

typedef struct
{
  double   size_px;
  bool     bold;   /* 700 */
  uint16_t weight; /* 100 to 1000; 0: what @bold says */
} ProfFont;

/* A name as it is written where there is little room. */
typedef struct
{
  const char *text;
  size_t      prefix; /* bytes at its start that are package */
  double      width;  /* px */
} ProfFittedName;

/* What a frame that is too narrow for text is called. */
typedef struct
{
  const char *name;
  const char *file; /* "": none */
  uint32_t    id;   /* the same for the same name and file of one picture, and
                     * small; PROF_ID_NONE: name and file tell */
} ProfFaintName;

/* Where a frame lies before its edges are rounded to pixels. */
typedef struct
{
  uint32_t row; /* 0 is the root's */
  double   x;   /* px from the root's left edge */
  double   width;
} ProfPlace;

typedef struct _ProfPainter ProfPainter;

typedef struct
{
  /* Filled rectangle; edges as given, no rounding. */
  void (*fill) (ProfPainter *self, const ProfRect *rect, ProfColor color);
  /* 45 degree lines of 1 px, one every @spacing px, cut to the rectangle. */
  void (*hatch) (ProfPainter    *self,
                 const ProfRect *rect,
                 double          spacing,
                 ProfColor       color);
  /* Horizontal line of 1 px, @on px drawn and @off px not. */
  void (*dashes) (ProfPainter *self,
                  double       x,
                  double       y,
                  double       width,
                  double       on,
                  double       off,
                  ProfColor    color);
  /* Line around the inside of a rectangle. */
  void (*stroke) (ProfPainter    *self,
                  const ProfRect *rect,
                  double          line_width,
                  ProfColor       color);
  /* Line along cubic Bezier curves: where it begins, then for each piece two
   * points that pull and one where it goes. @dash: px drawn and as many not; 0:
   * all is drawn. */
  void (*curve) (ProfPainter     *self,
                 const ProfPoint *points,
                 size_t           n,
                 double           line_width,
                 double           dash,
                 ProfColor        color);
  /* Filled, with straight edges. */
  void (*polygon) (ProfPainter     *self,
                   const ProfPoint *points,
                   size_t           n,
                   ProfColor        color);
  /* Width of one line of text in px. */
  double (*measure) (ProfPainter *self, const ProfFont *font, const char *text);
  /* One line of text; y is its baseline. The first @prefix bytes are drawn in
   * @prefix_color. */
  void (*text) (ProfPainter    *self,
                const ProfFont *font,
                double          x,
                double          y,
                const char     *text,
                size_t          prefix,
                ProfColor       color,
                ProfColor       prefix_color);
  /* px from the middle of a line to its baseline. */
  double (*baseline) (ProfPainter *self, const ProfFont *font);
  /* (nullable) What is drawn until end_group belongs together and is described
   * by @title (a tooltip); class names it for styles. @place is NULL for what
   * is no frame. */
  void (*begin_group) (ProfPainter     *self,
                       const char      *class_name,
                       const char      *title,
                       const ProfPlace *place);
  void (*end_group) (ProfPainter *self);
  /* (nullable) A frame too narrow to be pointed at, for who can widen it: its
   * fill, its name and its value in words. Frames come by row, then from left to
   * right; their fill may have no width. May be called on another thread while
   * the rest is drawn, but for translate. */
  void (*faint) (ProfPainter         *self,
                 const ProfRect      *rect,
                 const ProfPlace     *place,
                 ProfColor            color,
                 const ProfFaintName *name,
                 const char          *value);
  /* (nullable) fill() of many rectangles of one colour; none overlap. */
  void (*fill_many) (ProfPainter    *self,
                     const ProfRect *rects,
                     size_t          n,
                     ProfColor       color);
  /* The longest way to write a name within @width px, its package in @font
   * and the rest in @name_font; false when there is none. The text is good
   * until the next call. */
  bool (*fit) (ProfPainter    *self,
               const ProfFont *font,
               const ProfFont *name_font,
               const char     *name,
               double          width,
               ProfFittedName *label);
  /* Moves the origin of all that follows. */
  void (*translate) (ProfPainter *self, double dx, double dy);
  /* (nullable) All that follows until end_scaled is drawn @scale times as large, from
   * the origin on: lines, letters, places. Not within another. */
  void (*begin_scaled) (ProfPainter *self, double scale);
  void (*end_scaled) (ProfPainter *self);
} ProfPainterClass;

struct _ProfPainter
{
  const ProfPainterClass *klass;
};

G_END_DECLS
