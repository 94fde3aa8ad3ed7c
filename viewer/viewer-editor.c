/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-editor.h"

#include "viewer-settings.h"
#include <glib/gi18n.h>
#include <string.h>

/* (transfer full): a word with what its signs stand for. */
static char *
fill (const char *word,
      const char *path,
      gint64      line,
      gboolean   *has_file,
      GError    **error)
{
  g_autoptr (GString) out = g_string_new (NULL);

  for (const char *c = word; *c != '\0'; c++)
    {
      if (*c != '%')
        {
          g_string_append_c (out, *c);
          continue;
        }
      c++;
      if (*c == 'f')
        {
          g_string_append (out, path);
          *has_file = TRUE;
        }
      else if (*c == 'l')
        g_string_append_printf (out, "%" G_GINT64_FORMAT, MAX (line, 1));
      else if (*c == '%')
        g_string_append_c (out, '%');
      else
        {
          g_set_error (error,
                       G_IO_ERROR,
                       G_IO_ERROR_INVALID_ARGUMENT,
                       _ ("In the editor’s command, only %%f, %%l and %%%% "
                          "may follow a percent sign"));
          return NULL;
        }
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

GStrv
viewer_editor_command (const char *command,
                       const char *path,
                       gint64      line,
                       GError    **error)
{
  g_autoptr (GStrvBuilder) filled = g_strv_builder_new ();
  g_auto (GStrv)           words = NULL;
  gboolean                 has_file = FALSE;

  if (!g_shell_parse_argv (command, NULL, &words, error))
    return NULL;
  for (size_t w = 0; words[w] != NULL; w++)
    {
      g_autofree char *word = fill (words[w], path, line, &has_file, error);

      if (word == NULL)
        return NULL;
      g_strv_builder_add (filled, word);
    }
  if (!has_file)
    g_strv_builder_add (filled, path);
  return g_strv_builder_end (filled);
}

gboolean
viewer_editor_is_confined (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

static gboolean
open_on_desktop (const char *path, GError **error)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, error);

  return uri != NULL && g_app_info_launch_default_for_uri (uri, NULL, error);
}

gboolean
viewer_editor_open (const char *path, gint64 line, GError **error)
{
  g_autofree char *command = viewer_settings_get_string ("editor-command");
  g_auto (GStrv)   words = NULL;

  if (viewer_editor_is_confined () ||
      strspn (command, " \t") == strlen (command))
    return open_on_desktop (path, error);
  words = viewer_editor_command (command, path, line, error);
  return words != NULL && g_spawn_async (NULL,
                                         words,
                                         NULL,
                                         G_SPAWN_SEARCH_PATH,
                                         NULL,
                                         NULL,
                                         NULL,
                                         error);
}
