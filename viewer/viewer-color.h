/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* libprof's colours for GTK, and which of its themes the window has. */

#include "prof.h"
#include <adwaita.h>

G_BEGIN_DECLS

static inline GdkRGBA
viewer_rgba (ProfColor color)
{
  return (GdkRGBA){
    .red = (float)(color >> 24 & 0xff) / 255.f,
    .green = (float)(color >> 16 & 0xff) / 255.f,
    .blue = (float)(color >> 8 & 0xff) / 255.f,
    .alpha = (float)(color & 0xff) / 255.f,
  };
}

static inline ProfTheme
viewer_theme (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ())
             ? PROF_THEME_DARK
             : PROF_THEME_LIGHT;
}

/* Whether the desktop asks for high contrast. */
static inline bool
viewer_wants_contrast (void)
{
  return adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
}

G_END_DECLS
