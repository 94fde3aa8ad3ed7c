/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-frame-keys.h"

#define ZOOM 1.25

void
viewer_frame_keys_install (GtkWidgetClass *widget_class, const char *copy)
{
  const struct
  {
    guint           key;
    GdkModifierType modifiers;
    const char     *action;
  } actions[] = {
    { GDK_KEY_BackSpace, 0, "win.back" },
    { GDK_KEY_slash, 0, "win.find" },
    { GDK_KEY_s, 0, "win.search-name" },
    { GDK_KEY_f, 0, "win.focus-function" },
    { GDK_KEY_f, GDK_SHIFT_MASK, "win.focus-path" },
    { GDK_KEY_h, 0, "win.hide-function" },
    { GDK_KEY_i, 0, "win.ignore-function" },
    { GDK_KEY_r, 0, "win.show-from-function" },
    { GDK_KEY_c, 0, "win.prune-from-function" },
    { GDK_KEY_b, 0, "win.compare-blink" },
    { GDK_KEY_c, GDK_CONTROL_MASK, copy },
    { GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "win.copy-stack" },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_add_binding_action (widget_class,
                                         actions[i].key,
                                         actions[i].modifiers,
                                         actions[i].action,
                                         NULL);
}

void
viewer_frame_keys_bind_menu (GtkWidgetClass *widget_class, GtkShortcutFunc show)
{
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Menu, 0, show, NULL);
  gtk_widget_class_add_binding (widget_class,
                                GDK_KEY_F10,
                                GDK_SHIFT_MASK,
                                show,
                                NULL);
}

void
viewer_frame_keys_bind_enter (GtkWidgetClass *widget_class,
                              GtkShortcutFunc activate)
{
  static const guint keys[] = { GDK_KEY_Return,
                                GDK_KEY_KP_Enter,
                                GDK_KEY_ISO_Enter };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i], 0, activate, NULL);
}

void
viewer_frame_keys_bind_zoom (GtkWidgetClass *widget_class, GtkShortcutFunc zoom)
{
  static const struct
  {
    guint  key;
    double factor;
  } keys[] = {
    { GDK_KEY_plus, ZOOM },
    { GDK_KEY_equal, ZOOM },
    { GDK_KEY_KP_Add, ZOOM },
    { GDK_KEY_minus, 1 / ZOOM },
    { GDK_KEY_KP_Subtract, 1 / ZOOM },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class,
                                  keys[i].key,
                                  0,
                                  zoom,
                                  "(d)",
                                  keys[i].factor);
}
