/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "picture-util.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

/* The labels of a whole picture, measured again by Pango itself, in its own
 * units: no label leaves its box. */

static const char *const names[] = {
  "github.com/org/pkg.(*T[...]).Method.func1",
  "net/http.(*conn).serve",
  "encoding/json.(*decodeState).object",
  "java.util.concurrent.ThreadPoolExecutor$Worker.run(Runnable)",
  "ns::Class<std::vector<int>>::method(int, char) const",
  "<alloc::vec::Vec<T> as core::ops::Drop>::drop::h0123456789abcdef",
  "größer.Übergröße",
  "WWWWWW.MMMMMMMMMMMMMM",
  "iiiiii.llllllllllllll",
  "パッケージ.日本語の関数の長い名前",
  "패키지.한국어함수이름",
  "חבילה.שם_של_פונקציה",
  "حزمة.اسم_دالة_طويل",
  "emoji.👩\u200d👩\u200d👧🇩🇪👍🏽🔥",
  "e\u0301e\u0301e\u0301.o\u0323\u0302o\u0323\u0302o\u0323\u0302",
  "हिन्दी.नमस्ते",
  "fi.ffi_fl_ffl_efficient_office",
  "",
};

typedef struct
{
  PangoLayout *layout; /* measures */

  double   left;
  double   right; /* of the box at hand */
  double   x;     /* of the text at hand */
  bool     in_frame;
  bool     in_text;
  bool     bold;
  double   size_px;
  GString *text;
  size_t   n_labels;
} Reader;

static const char *
attribute (const char **attributes, const char **values, const char *name)
{
  for (size_t i = 0; attributes[i] != NULL; i++)
    if (strcmp (attributes[i], name) == 0)
      return values[i];
  return NULL;
}

static double
number (const char **attributes, const char **values, const char *name)
{
  const char *value = attribute (attributes, values, name);

  return value != NULL ? g_ascii_strtod (value, NULL) : 0;
}

static void
begin_text (Reader *self, const char **attributes, const char **values)
{
  self->in_text = true;
  self->x = number (attributes, values, "x");
  self->bold = attribute (attributes, values, "font-weight") != NULL;
  self->size_px = number (attributes, values, "font-size");
  g_string_truncate (self->text, 0);
}

static void
on_start (GMarkupParseContext *context,
          const char          *element,
          const char         **attributes,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  Reader *self = data;

  if (strcmp (element, "g") == 0)
    {
      self->in_frame = g_str_has_prefix (attribute (attributes,
                                                    values,
                                                    "class"),
                                         "frame");
      self->left = -1;
    }
  else if (self->in_frame && strcmp (element, "rect") == 0 && self->left < 0)
    {
      self->left = number (attributes, values, "x");
      self->right = self->left + number (attributes, values, "width");
    }
  else if (self->in_frame && strcmp (element, "text") == 0)
    begin_text (self, attributes, values);
}

static void
measure (Reader *self)
{
  PangoFontDescription *font = pango_font_description_new ();
  double                size = self->size_px > 0 ? self->size_px : 12;
  PangoRectangle        ink;
  PangoRectangle        logical;

  pango_font_description_set_family (font, "DejaVu Sans");
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font,
                                     self->bold ? PANGO_WEIGHT_BOLD
                                                : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (self->layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (self->layout, self->text->str, -1);
  pango_layout_get_extents (self->layout, &ink, &logical);
  if (self->x * PANGO_SCALE + logical.width > self->right * PANGO_SCALE)
    g_test_message ("“%s” from %g ends at %g, its box at %g",
                    self->text->str,
                    self->x,
                    self->x + (double)logical.width / PANGO_SCALE,
                    self->right);
  g_assert_cmpfloat (self->x, >=, self->left);
  g_assert_cmpfloat (self->x * PANGO_SCALE + logical.width,
                     <=,
                     self->right * PANGO_SCALE);
  self->n_labels++;
}

static void
on_end (GMarkupParseContext *context,
        const char          *element,
        gpointer             data,
        GError             **error)
{
  Reader *self = data;

  if (strcmp (element, "g") == 0)
    self->in_frame = false;
  if (strcmp (element, "text") != 0 || !self->in_text)
    return;
  self->in_text = false;
  measure (self);
}

static void
on_text (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  Reader *self = data;

  if (self->in_text)
    g_string_append_len (self->text, text, (gssize)length);
}

/* As pictures are drawn. */
static PangoLayout *
new_layout (void)
{
  PangoContext         *context;
  PangoLayout          *layout;
  cairo_font_options_t *options = cairo_font_options_create ();

  context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  layout = pango_layout_new (context);
  g_object_unref (context);
  return layout;
}

static size_t
check (const char *svg, PangoLayout *layout)
{
  static const GMarkupParser parser = { .start_element = on_start,
                                        .end_element = on_end,
                                        .text = on_text };
  Reader             reader = { .layout = layout, .text = g_string_new (NULL) };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser,
                                                                        0,
                                                                        &reader,
                                                                        NULL);

  g_markup_parse_context_parse (context, svg, -1, &error);
  g_assert_no_error (error);
  g_string_free (reader.text, TRUE);
  return reader.n_labels;
}

/* Every name at many widths, below each other and side by side. */
static ProfTree *
tree_of_names (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    for (int width = 1; width < 40; width += 3)
      g_string_append_printf (text,
                              "main.main;%s;%s %d\n",
                              names[i],
                              names[(i + (size_t)width) % G_N_ELEMENTS (names)],
                              width * 10);
  return test_tree (text->str, 0);
}

static void
test_boxes (void)
{
  g_autoptr (ProfTree)   tree = tree_of_names ();
  g_autoptr (ProfSearch) search = prof_search_new (tree, "e", 0, NULL);
  PangoLayout           *layout = NULL;
  size_t                 n_labels = 0;

  if (!picture_font_is_there ())
    return;
  layout = new_layout ();
  for (int width = 320; width < 12000; width += 611)
    for (int how = 0; how < 4; how++)
      {
        ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;
        g_autofree char  *svg = NULL;

        options.font_family = "DejaVu Sans";
        options.width_px = width;
        options.search = (how & 1) != 0 ? search : NULL;
        options.font_px = (how & 2) != 0 ? 17 : 0;
        svg = prof_export_flame_svg (tree, &options, NULL);
        n_labels += check (svg, layout);
      }
  g_object_unref (layout);
  g_assert_cmpuint (n_labels, >, 4000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/labels/none-leaves-its-box", test_boxes);
  return g_test_run ();
}
