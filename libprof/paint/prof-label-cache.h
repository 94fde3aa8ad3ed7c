/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Names, taken apart once, with the widths that were asked for. Taking a name
 * apart and measuring its forms costs 4 us, looking it up 0.1 us. Bounded like
 * the lines of prof-text-cache.h, which owns it and measures for it. */

#include "layout/prof-label-fit.h"
#include "paint/prof-text-cache.h"

G_BEGIN_DECLS

typedef struct _ProfLabelCache ProfLabelCache;

typedef struct
{
  ProfFont font;      /* of the package */
  ProfFont name_font; /* of what follows it */
  uint32_t id;        /* the same for the same two fonts */
} ProfLabelStyle;

ProfLabelCache *prof_label_cache_new (void);
void            prof_label_cache_free (ProfLabelCache *self);

/* Takes other forms of names from now on. */
void prof_label_cache_set_names (ProfLabelCache *self, ProfNames names);

/* Looks at so many code points of a name from now on, at most
 * PROF_MAX_LABEL_CHARS, which it does at first. */
void prof_label_cache_set_shown (ProfLabelCache *self, size_t n_chars);

/* Forgets everything: ids of styles have changed. */
void prof_label_cache_forget (ProfLabelCache *self);

/* See prof_text_cache_fit(). */
bool prof_label_cache_fit (ProfLabelCache       *self,
                           ProfTextCache        *text,
                           const ProfLabelStyle *style,
                           const char           *name,
                           double                width,
                           ProfFittedName       *label);

G_END_DECLS
