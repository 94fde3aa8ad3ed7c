/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-tip.h"

#include "viewer-clip.h"

#define KEY "viewer-tip"

static gboolean
query (GtkWidget  *widget,
       int         x,
       int         y,
       gboolean    by_keyboard,
       GtkTooltip *tooltip)
{
  g_autofree char *text = viewer_clip (viewer_tip_get (widget),
                                       VIEWER_CLIP_TIP);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

void
viewer_tip_set (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_object_get_data (G_OBJECT (widget), KEY "-asked") == NULL)
    {
      g_object_set_data (G_OBJECT (widget), KEY "-asked", widget);
      g_signal_connect (widget, "query-tooltip", G_CALLBACK (query), NULL);
    }
  g_object_set_data_full (G_OBJECT (widget),
                          KEY,
                          text != NULL && text[0] != '\0' ? g_strdup (text)
                                                          : NULL,
                          g_free);
  gtk_widget_set_has_tooltip (widget, text != NULL && text[0] != '\0');
}

const char *
viewer_tip_get (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), KEY);
}
