/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-width.h"

static void
measure (GtkWidget *widget, int *least, int *natural)
{
  gtk_widget_measure (widget,
                      GTK_ORIENTATION_HORIZONTAL,
                      -1,
                      least,
                      natural,
                      NULL,
                      NULL);
}

int
viewer_width_natural (GtkWidget *widget)
{
  int width;

  measure (widget, NULL, &width);
  return width;
}

int
viewer_width_least (GtkWidget *widget)
{
  int width;

  measure (widget, &width, NULL);
  return width;
}
