/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-menus.h"

#include "viewer-presets.h"

void
viewer_menus_append (GMenu      *menu,
                     const char *name,
                     const char *action,
                     const char *target)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);
  g_auto (GStrv)        parts = g_strsplit (name, "_", -1);
  g_autofree char      *label = g_strjoinv ("__", parts);

  g_menu_item_set_label (item, label);
  g_menu_item_set_action_and_target (item, action, "s", target);
  g_menu_append_item (menu, item);
}

static void
fill_presets (GMenu *menu)
{
  g_autoptr (GPtrArray) presets = viewer_presets_list ();

  g_menu_remove_all (menu);
  for (guint p = 0; p < presets->len; p++)
    {
      const ViewerPreset *preset = presets->pdata[p];

      viewer_menus_append (menu, preset->name, "win.preset", preset->options);
    }
}

static GtkBuilder *
menus (void)
{
  static GtkBuilder *builder;

  if (builder == NULL)
    {
      GMenu *presets;

      builder = gtk_builder_new_from_resource (
          "/org/libprof/Flambeau/ui/viewer-menus.ui");
      presets = G_MENU (gtk_builder_get_object (builder, "presets"));
      fill_presets (presets);
      viewer_presets_watch (G_CALLBACK (fill_presets), presets);
    }
  return builder;
}

GMenuModel *
viewer_menus_get (const char *id)
{
  return G_MENU_MODEL (gtk_builder_get_object (menus (), id));
}

static gboolean
is_own (GMenuModel *menu, int i)
{
  g_autoptr (GVariant) own = g_menu_model_get_item_attribute_value (menu,
                                                                    i,
                                                                    "own",
                                                                    NULL);

  return own != NULL;
}

static gboolean
has_own (GMenuModel *menu)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    if (is_own (menu, i))
      return TRUE;
  return FALSE;
}

/* (transfer full): with @own as the submenu of the item that asks for one. */
static GMenuModel *
section_with (GMenuModel *section, GMenu *own)
{
  GMenu *copy = g_menu_new ();

  for (int i = 0; i < g_menu_model_get_n_items (section); i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new_from_model (section, i);

      if (is_own (section, i))
        g_menu_item_set_submenu (item, G_MENU_MODEL (own));
      g_menu_append_item (copy, item);
    }
  return G_MENU_MODEL (copy);
}

GMenuModel *
viewer_menus_view_options (GMenu *labels)
{
  GMenuModel *shared = viewer_menus_get ("view-options");
  GMenu      *menu = g_menu_new ();

  for (int i = 0; i < g_menu_model_get_n_items (shared); i++)
    {
      g_autoptr (GMenuItem)  item = g_menu_item_new_from_model (shared, i);
      g_autoptr (GMenuModel) section =
          g_menu_item_get_link (item, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) own = has_own (section)
                                       ? section_with (section, labels)
                                       : NULL;

      if (own != NULL)
        g_menu_item_set_section (item, own);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

void
viewer_menus_show (GtkWidget  *widget,
                   GtkWidget **menu,
                   const char *id,
                   double      x,
                   double      y)
{
  if (*menu == NULL)
    {
      *menu = gtk_popover_menu_new_from_model (viewer_menus_get (id));
      gtk_popover_set_has_arrow (GTK_POPOVER (*menu), FALSE);
      gtk_widget_set_halign (*menu, GTK_ALIGN_START);
      gtk_widget_set_parent (*menu, widget);
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (*menu),
                               &(GdkRectangle){ (int)x, (int)y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (*menu));
}
