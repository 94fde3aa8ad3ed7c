/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What a pointer, a wheel and two fingers do to a picture that can be zoomed: a
 * canvas says what zooming, its menu and going back mean to it. */

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* @widget is the canvas; points are in its px. */
typedef struct
{
  /* The pointer is somewhere else, or has left. */
  void (*pointed) (GtkWidget *widget);

  /* What is at the point stays there. */
  void (*zoom) (GtkWidget *widget, double factor, double x, double y);

  /* Without Ctrl, in px; dx and dy are as the wheel has them, with Shift too.
   * (nullable): whoever is above has it. */
  void (*scroll) (GtkWidget      *widget,
                  double          dx,
                  double          dy,
                  GdkModifierType state);

  /* By the other button, or by a finger that stays. */
  void (*menu) (GtkWidget *widget, double x, double y);

  /* Back or forth in what was asked. */
  void (*go) (GtkWidget *widget, int steps);
} ViewerCanvasMethods;

/* A field of the canvas, which it has to outlive; x, y, inside and rests may be
 * read. */
typedef struct
{
  GtkWidget                 *widget;
  const ViewerCanvasMethods *methods;

  double   x, y;   /* where the pointer was last */
  gboolean inside; /* it still is in the canvas */
  gboolean rests;  /* what is under it came there by itself */

  double pinched; /* by so much until now */
} ViewerCanvasInput;

/* Adds the controllers. @self is all zero; @methods stay. */
void viewer_canvas_input_init (ViewerCanvasInput         *self,
                               GtkWidget                 *widget,
                               const ViewerCanvasMethods *methods);

/* The pointer is known to be there: a click says so too. The same place again
 * is no news, as windows that are mapped under the pointer also tell of it. */
void viewer_canvas_input_point (ViewerCanvasInput *self, double x, double y);

/* The picture was moved: whoever points at something did not do so. */
void viewer_canvas_input_moved (ViewerCanvasInput *self);

/* Gestures that every canvas answers in its own way. Handlers are called with
 * @widget first. The pressed handler may be NULL. */
void viewer_canvas_input_add_click (ViewerCanvasInput *self,
                                    GCallback          pressed,
                                    GCallback          released);
void viewer_canvas_input_add_drag (ViewerCanvasInput *self,
                                   guint              button,
                                   GCallback          began,
                                   GCallback          dragged);

G_END_DECLS
