/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-shortened.h"

#include "base/prof-limits.h"
#include "layout/prof-label-fit.h"

char *
prof_shortened (ProfTextCache  *cache,
                const ProfFont *font,
                const char     *text,
                double          width)
{
  size_t low = 0;
  size_t high = (size_t)g_utf8_strlen (text, -1);

  if (high <= PROF_MAX_LABEL_CHARS &&
      prof_text_cache_measure (cache, font, text) <= width)
    return g_strdup (text);
  high = MIN (high, PROF_MAX_LABEL_CHARS - 1);
  while (low < high)
    {
      size_t           middle = low + (high - low + 1) / 2;
      g_autofree char *cut = prof_label_cut (text, middle);

      if (prof_text_cache_measure (cache, font, cut) <= width)
        low = middle;
      else
        high = middle - 1;
    }
  return prof_label_cut (text, low);
}
