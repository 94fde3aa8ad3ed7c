/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "paint/prof-label-cache.h"

#include "base/prof-grapheme.h"
#include "base/prof-hash.h"
#include "base/prof-limits.h"
#include <string.h>

/* Of each of two generations, as for lines of text. */
#define MAX_YOUNG_NAMES 16384

/* A cut name shows at least so much. */
#define MIN_CUT_CHARS 3

/* No letter is narrower than this share of the font's size; what is too long by
 * that measure need not be shaped. */
#define MIN_ADVANCE 0.2

typedef struct
{
  /* Key */
  char    *name;   /* as much of it as forms depend on */
  size_t   length; /* bytes */
  uint32_t style;

  /* Owned */
  ProfLabelForms forms;
  float         *ends; /* of the last form's code points; lazily made */
  char          *cut;  /* the last form as it was cut last */

  size_t n_chars[PROF_LABEL_MAX_FORMS];
  double widths[PROF_LABEL_MAX_FORMS]; /* negative: not yet measured */
  double ellipsis;
  size_t n_cut; /* code points in front of the ellipsis */
  double cut_width;
  bool   cannot_cut;
} Name;

struct _ProfLabelCache
{
  GHashTable *young;
  GHashTable *old;
  ProfNames   names;
  size_t      n_chars; /* of a name that are looked at */
};

/* The one of prof_hash_text(). */
static unsigned
name_hash (gconstpointer key)
{
  const Name *name = key;
  unsigned    hash = 5381;

  for (size_t i = 0; i < name->length; i++)
    hash = hash * 33 + (unsigned char)name->name[i];
  return hash + name->style;
}

static gboolean
name_equal (gconstpointer a, gconstpointer b)
{
  const Name *one = a;
  const Name *other = b;

  return one->style == other->style && one->length == other->length &&
         memcmp (one->name, other->name, one->length) == 0;
}

static void
name_free (gpointer data)
{
  Name *name = data;

  prof_label_forms_clear (&name->forms);
  g_free (name->ends);
  g_free (name->cut);
  g_free (name->name);
  g_free (name);
}

static GHashTable *
new_generation (void)
{
  return g_hash_table_new_full (name_hash, name_equal, name_free, NULL);
}

ProfLabelCache *
prof_label_cache_new (void)
{
  ProfLabelCache *self = g_new0 (ProfLabelCache, 1);

  self->young = new_generation ();
  self->old = new_generation ();
  self->n_chars = PROF_MAX_LABEL_CHARS;
  return self;
}

void
prof_label_cache_free (ProfLabelCache *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->young);
  g_hash_table_unref (self->old);
  g_free (self);
}

void
prof_label_cache_forget (ProfLabelCache *self)
{
  g_hash_table_remove_all (self->young);
  g_hash_table_remove_all (self->old);
}

void
prof_label_cache_set_names (ProfLabelCache *self, ProfNames names)
{
  self->names = names;
  prof_label_cache_forget (self);
}

void
prof_label_cache_set_shown (ProfLabelCache *self, size_t n_chars)
{
  if (n_chars == self->n_chars)
    return;
  self->n_chars = n_chars;
  prof_label_cache_forget (self);
}

static Name *
new_name (const ProfLabelCache *self, const Name *key)
{
  Name *name = g_new0 (Name, 1);

  name->name = g_strndup (key->name, key->length);
  name->length = key->length;
  name->style = key->style;
  prof_label_forms_init (&name->forms, name->name, self->n_chars);
  prof_label_forms_limit (&name->forms, self->names);
  for (size_t i = 0; i < name->forms.n_forms; i++)
    {
      const char *text = name->forms.forms[i].text;

      name->n_chars[i] = (size_t)g_utf8_strlen (text, -1);
      name->widths[i] = -1;
    }
  return name;
}

/* Bytes of what forms are made of: a name may have 64 MiB, and is looked up for
 * each box it is in. */
static size_t
length_looked_at (const char *name, size_t most)
{
  const char *end = memchr (name, '\0', most);

  if (end != NULL)
    return (size_t)(end - name);
  end = name;
  for (size_t n = 0; *end != '\0' && n < most; n++)
    end = g_utf8_next_char (end);
  return (size_t)(end - name);
}

static Name *
name_of (ProfLabelCache *self, const char *text, uint32_t style)
{
  Name  key = { .name = (char *)text,
                .length = length_looked_at (text, self->n_chars),
                .style = style };
  Name *name = g_hash_table_lookup (self->young, &key);

  if (name != NULL)
    return name;
  if (!g_hash_table_steal_extended (self->old, &key, (gpointer *)&name, NULL))
    name = new_name (self, &key);
  if (g_hash_table_size (self->young) >= MAX_YOUNG_NAMES)
    {
      g_hash_table_unref (self->old);
      self->old = self->young;
      self->young = new_generation ();
    }
  g_hash_table_add (self->young, name);
  return name;
}

static bool
same_font (const ProfLabelStyle *style)
{
  return (style->id & 0xff) == style->id >> 8;
}

static double
form_width (Name                 *name,
            size_t                i,
            ProfTextCache        *text,
            const ProfLabelStyle *style)
{
  const ProfLabelForm *form = &name->forms.forms[i];
  g_autofree char     *package = NULL;

  if (name->widths[i] >= 0)
    return name->widths[i];
  if (same_font (style))
    name->widths[i] = prof_text_cache_measure (text, &style->font, form->text);
  else
    {
      package = g_strndup (form->text, form->prefix);
      name->widths[i] = prof_text_cache_measure (text, &style->font, package) +
                        prof_text_cache_measure (text,
                                                 &style->name_font,
                                                 form->text + form->prefix);
    }
  return name->widths[i];
}

/* Measures the starts of the last form. */
static bool
prepare_cut (Name *name, ProfTextCache *text, const ProfLabelStyle *style)
{
  size_t               last = name->forms.n_forms - 1;
  const ProfLabelForm *form = &name->forms.forms[last];

  if (name->ends != NULL || name->cannot_cut)
    return !name->cannot_cut;
  name->ends = g_new0 (float, name->n_chars[last] + 1);
  name->ellipsis = prof_text_cache_measure (text, &style->name_font, "…");
  name->cannot_cut = !prof_text_cache_ends (text,
                                            &style->name_font,
                                            form->text,
                                            name->ends,
                                            name->n_chars[last]);
  return !name->cannot_cut;
}

/* How many code points fit in front of the ellipsis, the last of which need not
 * end with a whole character. */
static size_t
count_fitting (const Name *name, size_t n_chars, double width)
{
  size_t low = 0;
  size_t high = n_chars;

  while (low < high)
    {
      size_t middle = low + (high - low + 1) / 2;

      if (name->ends[middle - 1] + name->ellipsis <= width)
        low = middle;
      else
        high = middle - 1;
    }
  return low;
}

static bool
cut (Name                 *name,
     ProfTextCache        *text,
     const ProfLabelStyle *style,
     double                width,
     ProfFittedName       *label)
{
  size_t last = name->forms.n_forms - 1;
  size_t n;

  if (name->n_chars[last] <= MIN_CUT_CHARS || !prepare_cut (name, text, style))
    return false;
  n = count_fitting (name, name->n_chars[last] - 1, width);
  n = prof_grapheme_floor (name->forms.forms[last].text, n);
  if (n < MIN_CUT_CHARS)
    return false;
  if (name->cut == NULL || name->n_cut != n)
    {
      g_free (name->cut);
      name->cut = prof_label_cut (name->forms.forms[last].text, n);
      name->n_cut = n;
    }
  label->text = name->cut;
  label->prefix = MIN (name->forms.forms[last].prefix,
                       strlen (name->cut) - strlen ("…"));
  label->width = name->ends[n - 1] + name->ellipsis;
  return true;
}

bool
prof_label_cache_fit (ProfLabelCache       *self,
                      ProfTextCache        *text,
                      const ProfLabelStyle *style,
                      const char           *name,
                      double                width,
                      ProfFittedName       *label)
{
  Name  *known = name_of (self, name, style->id);
  double least = style->font.size_px * MIN_ADVANCE;

  for (size_t i = 0; i < known->forms.n_forms; i++)
    {
      if ((double)known->n_chars[i] * least > width ||
          form_width (known, i, text, style) > width)
        continue;
      label->text = known->forms.forms[i].text;
      label->prefix = known->forms.forms[i].prefix;
      label->width = known->widths[i];
      return true;
    }
  return cut (known, text, style, width, label);
}
