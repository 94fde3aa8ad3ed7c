/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-recent.h"

#include "viewer-menus.h"
#include <glib/gi18n.h>
#include <string.h>

#define MIME_TYPE "application/x-pprof"

void
viewer_recent_add (GFile *file, const char *about)
{
  g_autofree char *uri = g_file_get_uri (file);
  GtkRecentData    data = {
       .description = (char *)about,
       .mime_type = (char *)MIME_TYPE,
       .app_name = (char *)g_get_application_name (),
       .app_exec = (char *)"flambeau %u",
  };

  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

char *
viewer_folder_of (GFile *file)
{
  g_autoptr (GFile) parent = g_file_get_parent (file);
  g_autofree char  *path = parent != NULL ? g_file_get_path (parent) : NULL;
  const char       *home = g_get_home_dir ();
  size_t            length = strlen (home);

  if (path == NULL)
    return parent != NULL ? g_file_get_uri (parent) : g_strdup ("");
  g_autofree char *name = g_filename_display_name (path);

  if (length > 1 && strncmp (path, home, length) == 0 &&
      (path[length] == '/' || path[length] == '\0'))
    return g_strconcat ("~", name + length, NULL);
  return g_steal_pointer (&name);
}

static char *
describe_age (GDateTime *time)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) local = g_date_time_to_local (time);
  GTimeSpan             span = g_date_time_difference (now, local);
  int                   days = (int)(span / G_TIME_SPAN_DAY);

  if (days == 0 && g_date_time_get_day_of_month (now) ==
                       g_date_time_get_day_of_month (local))
    return g_strdup (_ ("today"));
  if (days <= 1)
    return g_strdup (_ ("yesterday"));
  if (days < 31)
    return g_strdup_printf (g_dngettext (NULL,
                                         "%d day ago",
                                         "%d days ago",
                                         (gulong)days),
                            days);
  return g_date_time_format (local, "%x");
}

static void
recent_free (gpointer data)
{
  ViewerRecent *recent = data;

  g_free (recent->uri);
  g_free (recent->name);
  g_free (recent->about);
  g_free (recent->age);
  g_free (recent);
}

static ViewerRecent *
recent_new (GtkRecentInfo *info)
{
  ViewerRecent     *recent = g_new0 (ViewerRecent, 1);
  g_autoptr (GFile) file = g_file_new_for_uri (gtk_recent_info_get_uri (info));
  g_autofree char  *folder = viewer_folder_of (file);
  const char       *about = gtk_recent_info_get_description (info);

  recent->uri = g_strdup (gtk_recent_info_get_uri (info));
  recent->name = g_strdup (gtk_recent_info_get_display_name (info));
  recent->about = about != NULL && about[0] != '\0'
                      ? g_strdup_printf ("%s · %s", about, folder)
                      : g_strdup (folder);
  recent->age = describe_age (gtk_recent_info_get_visited (info));
  return recent;
}

static int
by_falling_visit (gconstpointer a, gconstpointer b)
{
  return g_date_time_compare (gtk_recent_info_get_visited ((GtkRecentInfo *)b),
                              gtk_recent_info_get_visited ((GtkRecentInfo *)a));
}

static void
unref_info (gpointer info)
{
  gtk_recent_info_unref (info);
}

GPtrArray *
viewer_recent_list (void)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (recent_free);
  GList     *items = gtk_recent_manager_get_items (
      gtk_recent_manager_get_default ());

  items = g_list_sort (items, by_falling_visit);
  for (GList *item = items; item != NULL; item = item->next)
    if (result->len < VIEWER_MAX_RECENT &&
        gtk_recent_info_has_application (item->data,
                                         g_get_application_name ()) &&
        gtk_recent_info_exists (item->data))
      g_ptr_array_add (result, recent_new (item->data));
  g_list_free_full (items, unref_info);
  return result;
}

/* An item for each file. */
static void
fill_section (GMenu *section, GPtrArray *recents, const char *action)
{
  g_menu_remove_all (section);
  for (guint i = 0; i < recents->len; i++)
    {
      const ViewerRecent *recent = recents->pdata[i];

      viewer_menus_append (section, recent->name, action, recent->uri);
    }
}

/* One for all windows, and filled anew rather than made anew: GTK 4.8 keeps the
 * model of every section that a menu has ever had. */
typedef struct
{
  GMenu *whole;
  GMenu *opened;
  GMenu *comparing;
  GMenu *compared;
  GStrv  uris; /* (nullable): that are in it */
} RecentMenu;

static GStrv
uris_of (GPtrArray *recents)
{
  GStrv uris = g_new0 (char *, recents->len + 1);

  for (guint i = 0; i < recents->len; i++)
    uris[i] = g_strdup (((const ViewerRecent *)recents->pdata[i])->uri);
  return uris;
}

/* What is there whether there are files or not. */
static void
fill_whole (RecentMenu *self, gboolean any)
{
  g_menu_remove_all (self->whole);
  g_menu_append_section (self->whole,
                         any ? _ ("Recent") : _ ("No recent files"),
                         G_MENU_MODEL (self->opened));
  g_menu_append_section (self->whole, NULL, G_MENU_MODEL (self->comparing));
  g_menu_remove_all (self->comparing);
  g_menu_append (self->comparing, _ ("_Compare with…"), "win.compare");
  if (any)
    g_menu_append_submenu (self->comparing,
                           _ ("Compare with _Recent"),
                           G_MENU_MODEL (self->compared));
}

static void
fill_menu (RecentMenu *self)
{
  g_autoptr (GPtrArray) recents = viewer_recent_list ();
  g_auto (GStrv)        uris = uris_of (recents);

  if (self->uris != NULL &&
      g_strv_equal ((const char *const *)self->uris, (const char *const *)uris))
    return;
  if (self->uris == NULL || (self->uris[0] == NULL) != (uris[0] == NULL))
    fill_whole (self, uris[0] != NULL);
  fill_section (self->opened, recents, "win.open-uri");
  fill_section (self->compared, recents, "win.compare-uri");
  g_strfreev (self->uris);
  self->uris = g_steal_pointer (&uris);
}

GMenuModel *
viewer_recent_menu (void)
{
  static RecentMenu menu;

  if (menu.whole == NULL)
    {
      menu.whole = g_menu_new ();
      menu.opened = g_menu_new ();
      menu.comparing = g_menu_new ();
      menu.compared = g_menu_new ();
    }
  fill_menu (&menu);
  return G_MENU_MODEL (menu.whole);
}
