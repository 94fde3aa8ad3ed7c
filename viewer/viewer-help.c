/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "viewer-help.h"
#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define FOLDER "flambeau/help"

/* (transfer full) (nullable): a page in one folder of data. */
static GFile *
find_page (const char *data, const char *name)
{
  g_autofree char *path = g_build_filename (data, FOLDER, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_file_new_for_path (path)
                                                    : NULL;
}

static GFile *
find_in_all (const char *name)
{
  GFile *page = find_page (g_get_user_data_dir (), name);

  for (const char *const *data = g_get_system_data_dirs ();
       page == NULL && *data != NULL;
       data++)
    page = find_page (*data, name);
  return page != NULL ? page : find_page (PROF_DATA_DIR, name);
}

GFile *
viewer_help_find (void)
{
  /* "zh_CN.UTF-8", "zh_CN", "zh", …, "C"; English is the page without. */
  for (const char *const *language = g_get_language_names (); *language != NULL;
       language++)
    {
      g_autofree char *name = g_strdup_printf ("guide.%s.html", *language);
      GFile           *page = NULL;

      if (strcmp (*language, "en") == 0 ||
          g_str_has_prefix (*language, "en_") || strcmp (*language, "C") == 0)
        break;
      page = find_in_all (name);
      if (page != NULL)
        return page;
    }
  return find_in_all ("guide.html");
}

static void
tell (GtkWindow *window, const char *why)
{
  GtkWidget *dialog = adw_message_dialog_new (window,
                                              _ ("The Guide Cannot Be Shown"),
                                              why);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog),
                                   "close",
                                   _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
shown (GObject *source, GAsyncResult *result, gpointer data)
{
  GtkWindow         *window = source != NULL ? GTK_WINDOW (source) : NULL;
  g_autoptr (GError) error = NULL;

  if (gtk_show_uri_full_finish (window, result, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (window != NULL && !gtk_widget_get_visible (GTK_WIDGET (window)))
    return; /* closed in the meantime */
  tell (window, error->message);
}

void
viewer_help_show (GtkWindow *window)
{
  g_autoptr (GFile) page = viewer_help_find ();
  g_autofree char  *uri = NULL;

  if (page == NULL)
    {
      tell (window,
            _ ("It is not installed here. In a terminal, “man flambeau” tells "
               "the same in short."));
      return;
    }
  uri = g_file_get_uri (page);
  gtk_show_uri_full (window, uri, GDK_CURRENT_TIME, NULL, shown, NULL);
}
