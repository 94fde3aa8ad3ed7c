/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-page-text.h"

#include "base/prof-limits.h"
#include "export/prof-shortened.h"
#include <math.h>
#include <string.h>

#define MARGIN_PX      PROF_PAGE_MARGIN_PX
#define TITLE_PX       22
#define TITLE_WEIGHT   800
#define TITLE_LINE_PX  30
#define FACTS_PX       13
#define FACTS_LINE_PX  20
#define FOOTER_PX      12
#define FOOTER_LINE_PX 18
#define BELOW_RULE_PX  8
#define LESS_AT_TOP_PX 4 /* letters do not fill their line */
#define LESS_AT_END_PX 14

typedef struct
{
  double   x;
  double   y; /* middle of the line */
  ProfFont font;
  bool     dim;
  char    *text; /* (owned) */
} Words;

struct _ProfPageText
{
  /* Owned */
  GArray *words; /* Words */

  /* Shared, outlives it */
  ProfTextCache *cache;

  double width_px;
};

static const ProfFont title_font = { TITLE_PX, true, TITLE_WEIGHT };
static const ProfFont facts_font = { FACTS_PX, false, 0 };
static const ProfFont footer_font = { FOOTER_PX, false, 0 };

static void
clear_words (gpointer data)
{
  g_free (((Words *)data)->text);
}

ProfPageText *
prof_page_text_new (ProfTextCache *cache, double width_px)
{
  ProfPageText *self = g_new0 (ProfPageText, 1);

  self->cache = cache;
  self->width_px = width_px;
  self->words = g_array_new (FALSE, FALSE, sizeof (Words));
  g_array_set_clear_func (self->words, clear_words);
  return self;
}

void
prof_page_text_free (ProfPageText *self)
{
  if (self == NULL)
    return;
  g_array_unref (self->words);
  g_free (self);
}

/* --- Lines of text --- */

static double
measure (ProfPageText *self, const ProfFont *font, const char *text)
{
  return prof_text_cache_measure (self->cache, font, text);
}

static void
add_words (ProfPageText   *self,
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
add_words_right (ProfPageText   *self,
                 const ProfFont *font,
                 double          y,
                 bool            dim,
                 const char     *text)
{
  double x = self->width_px - MARGIN_PX - measure (self, font, text);

  add_words (self, font, round (x), y, dim, text);
}

static void
end_line (ProfPageText   *self,
          const ProfFont *font,
          double          line_px,
          double          width,
          double         *y,
          GString        *line)
{
  g_autofree char *text = prof_shortened (self->cache, font, line->str, width);

  if (line->len > 0)
    {
      add_words (self, font, MARGIN_PX, *y + line_px / 2, true, text);
      *y += line_px;
    }
  g_string_truncate (line, 0);
}

/* A number stays with its unit: "10 ms", "(188 %)". */
static bool
belongs_to_number (const char *number, const char *unit)
{
  size_t length = strlen (number);

  return length > 0 && g_ascii_isdigit (number[length - 1]) &&
         !g_ascii_isdigit (unit[0]) && strlen (unit) <= 5 &&
         strcmp (unit, "·") != 0;
}

/* Breaks text at blanks into lines from @y on; gives where they end. */
static double
add_paragraph (ProfPageText   *self,
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
      g_autoptr (GString) word = g_string_new (parts[i]);
      g_autofree char    *longer = NULL;

      while (parts[i + 1] != NULL && belongs_to_number (parts[i], parts[i + 1]))
        g_string_append_printf (word, " %s", parts[++i]);
      longer = g_strconcat (line->str,
                            line->len > 0 ? " " : "",
                            word->str,
                            NULL);
      if (line->len > 0 && (g_utf8_strlen (longer, -1) > PROF_MAX_LABEL_CHARS ||
                            measure (self, font, longer) > width))
        {
          end_line (self, font, line_px, width, &y, line);
          g_string_assign (line, word->str);
        }
      else
        g_string_assign (line, longer);
    }
  end_line (self, font, line_px, width, &y, line);
  return y;
}

/* --- Above and below --- */

double
prof_page_text_add_head (ProfPageText *self,
                         const char   *title,
                         const char   *total,
                         const char   *caption,
                         const char   *facts)
{
  double           width = self->width_px - 2 * MARGIN_PX;
  double           y = MARGIN_PX - LESS_AT_TOP_PX;
  double           right = MAX (measure (self, &title_font, total),
                      measure (self, &facts_font, caption));
  g_autofree char *shown = NULL;

  add_words_right (self, &title_font, y + TITLE_LINE_PX / 2, false, total);
  shown = prof_shortened (self->cache,
                          &title_font,
                          title,
                          width - right - MARGIN_PX);
  add_words (self, &title_font, MARGIN_PX, y + TITLE_LINE_PX / 2, false, shown);
  y += TITLE_LINE_PX;
  add_words_right (self, &facts_font, y + FACTS_LINE_PX / 2, true, caption);
  return add_paragraph (self,
                        &facts_font,
                        FACTS_LINE_PX,
                        width - right - MARGIN_PX,
                        y,
                        facts);
}

double
prof_page_text_add_footer (ProfPageText *self,
                           double        y,
                           const char   *left,
                           const char   *right)
{
  double width = self->width_px - 2 * MARGIN_PX;
  double right_px = g_utf8_strlen (right, -1) > PROF_MAX_LABEL_CHARS
                        ? width
                        : measure (self, &footer_font, right);
  double left_px = measure (self, &footer_font, left);

  y += BELOW_RULE_PX;
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

size_t
prof_page_text_fonts (ProfFont fonts[PROF_PAGE_N_FONTS])
{
  fonts[0] = title_font;
  fonts[1] = facts_font;
  fonts[2] = footer_font;
  return PROF_PAGE_N_FONTS;
}

double
prof_page_text_height (double y)
{
  return ceil (y + MARGIN_PX - LESS_AT_END_PX);
}

/* --- Drawn --- */

void
prof_page_text_paint (const ProfPageText *self,
                      ProfPainter        *painter,
                      const ProfTokens   *tokens)
{
  for (size_t i = 0; i < self->words->len; i++)
    {
      const Words *words = &g_array_index (self->words, Words, i);
      ProfColor    color = words->dim ? tokens->dim_text : tokens->label;
      double       baseline = painter->klass->baseline (painter, &words->font);

      painter->klass->text (painter,
                            &words->font,
                            words->x,
                            round (words->y + baseline),
                            words->text,
                            0,
                            color,
                            color);
    }
}

void
prof_page_text_paint_rule (const ProfPageText *self,
                           ProfPainter        *painter,
                           double              y,
                           const ProfTokens   *tokens)
{
  ProfRect rule = { MARGIN_PX, y, self->width_px - 2 * MARGIN_PX, 1 };

  painter->klass->fill (painter, &rule, tokens->root_bar);
}
