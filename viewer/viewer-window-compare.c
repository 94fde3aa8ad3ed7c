/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Comparing what is shown with another profile, and how. */
#include "viewer-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- With what --- */

void
viewer_window_compare (ViewerWindow *self, ViewerSource *base)
{
  g_autoptr (ViewerComparison) comparison = NULL;

  g_return_if_fail (VIEWER_IS_WINDOW (self));

  comparison = viewer_comparison_new (base);
  viewer_document_compare (self->document, comparison);
}

void
viewer_window_compare_files (ViewerWindow *self, GFile *base, GFile *file)
{
  g_autoptr (ViewerSource)     source = viewer_source_new (&base, 1);
  g_autoptr (ViewerComparison) comparison = viewer_comparison_new (source);

  g_return_if_fail (VIEWER_IS_WINDOW (self));

  viewer_document_compare_next (self->document, comparison);
  viewer_window_open (self, file, NULL, NULL);
}

static guint64
modified (GFile *file)
{
  g_autoptr (GFileInfo) info =
      g_file_query_info (file,
                         G_FILE_ATTRIBUTE_TIME_MODIFIED,
                         G_FILE_QUERY_INFO_NONE,
                         NULL,
                         NULL);

  return info != NULL
             ? g_file_info_get_attribute_uint64 (info,
                                                 G_FILE_ATTRIBUTE_TIME_MODIFIED)
             : 0;
}

void
viewer_window_compare_dropped (ViewerWindow *self, GPtrArray *files)
{
  guint before;

  if (files->len == 1)
    {
      g_autoptr (ViewerSource) base = viewer_source_new ((GFile **)files->pdata,
                                                         1);

      viewer_window_compare (self, base);
      return;
    }
  /* What was written first was there before. */
  before = modified (files->pdata[0]) <= modified (files->pdata[1]) ? 0 : 1;
  viewer_window_compare_elsewhere (self,
                                   files->pdata[before],
                                   files->pdata[1 - before]);
}

void
viewer_window_compare_elsewhere (ViewerWindow *self, GFile *base, GFile *file)
{
  GtkApplication      *application;
  g_autofree char     *uri = g_file_get_uri (base);
  g_autoptr (GVariant) hint = NULL;
  g_autofree char     *text = NULL;
  GVariantDict         dict;

  if (viewer_window_is_free (self))
    {
      viewer_window_compare_files (self, base, file);
      return;
    }
  application = gtk_window_get_application (GTK_WINDOW (self));
  g_variant_dict_init (&dict, NULL);
  g_variant_dict_insert (&dict, "compare", "s", uri);
  g_variant_dict_insert (&dict, "new-window", "b", TRUE);
  hint = g_variant_ref_sink (g_variant_dict_end (&dict));
  text = g_variant_print (hint, TRUE);
  g_application_open (G_APPLICATION (application), &file, 1, text);
}

static void
compare_response (GtkNativeDialog *dialog, int response, ViewerWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) file = gtk_file_chooser_get_file (
          GTK_FILE_CHOOSER (dialog));
      g_autoptr (ViewerSource) base = viewer_source_new (&file, 1);

      viewer_window_compare (self, base);
    }
  g_clear_object (&self->chooser);
}

static void
compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_window_choose_profiles (data,
                                 _ ("Compare with a Profile from Before"),
                                 _ ("_Compare"),
                                 FALSE,
                                 G_CALLBACK (compare_response));
}

static void
compare_uri (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (GFile) file = g_file_new_for_uri (
      g_variant_get_string (parameter, NULL));
  g_autoptr (ViewerSource) base = viewer_source_new (&file, 1);

  viewer_window_compare (data, base);
}

static void
compare_reload (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_compare_reload (((ViewerWindow *)data)->document);
}

static void
stop (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_compare (((ViewerWindow *)data)->document, NULL);
}

static void
dismiss_refusal (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  viewer_document_dismiss_refusal (((ViewerWindow *)data)->document);
}

/* --- How --- */

/* By ViewerScale, ViewerWidth and whether it is the difference alone. */
static const char *const scales[] = { "none", "total", "duration", NULL };
static const char *const widths[] = { "both", "before", "now", NULL };
static const char *const modes[] = { "diff-base", "base", NULL };

/* The index of a name in one of those, or -1. */
static int
find_name (const char *const *names, GVariant *state)
{
  const char *name = g_variant_get_string (state, NULL);

  for (int i = 0; names[i] != NULL; i++)
    if (strcmp (names[i], name) == 0)
      return i;
  return -1;
}

/* Takes @changed. */
static void
compare_anew (ViewerWindow *self, ViewerComparison *changed)
{
  viewer_document_compare (self->document, changed);
  viewer_comparison_unref (changed);
}

static void
swap (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow     *self = data;
  ViewerComparison *now = viewer_document_get_comparison (self->document);

  if (now != NULL)
    compare_anew (self, viewer_comparison_with_swapped (now, !now->swapped));
}

static void
change_scale (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow     *self = data;
  ViewerComparison *now = viewer_document_get_comparison (self->document);
  int               scale = find_name (scales, state);

  if (now != NULL && scale >= 0)
    compare_anew (self, viewer_comparison_with_scale (now, (ViewerScale)scale));
}

static void
change_mode (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow     *self = data;
  ViewerComparison *now = viewer_document_get_comparison (self->document);
  int               mode = find_name (modes, state);

  if (now != NULL && mode >= 0)
    compare_anew (self, viewer_comparison_with_difference (now, mode == 1));
}

static void
change_width (GSimpleAction *action, GVariant *state, gpointer data)
{
  int width = find_name (widths, state);

  if (width >= 0)
    viewer_document_set_width (((ViewerWindow *)data)->document,
                               (ViewerWidth)width);
}

/* What moves between the two catches the eye. */
static void
blink (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerDocument *document = ((ViewerWindow *)data)->document;

  viewer_document_set_width (document,
                             viewer_document_get_width (document) ==
                                     VIEWER_WIDTH_BEFORE
                                 ? VIEWER_WIDTH_NOW
                                 : VIEWER_WIDTH_BEFORE);
}

void
viewer_window_add_compare_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "compare", .activate = compare },
    { .name = "compare-uri", .activate = compare_uri, .parameter_type = "s" },
    { .name = "compare-reload", .activate = compare_reload },
    { .name = "compare-stop", .activate = stop },
    { .name = "dismiss-refusal", .activate = dismiss_refusal },
    { .name = "compare-swap", .activate = swap },
    { .name = "compare-blink", .activate = blink },
    { .name = "compare-scale",
      .parameter_type = "s",
      .state = "'none'",
      .change_state = change_scale },
    { .name = "compare-mode",
      .parameter_type = "s",
      .state = "'diff-base'",
      .change_state = change_mode },
    { .name = "compare-width",
      .parameter_type = "s",
      .state = "'both'",
      .change_state = change_width },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}

/* --- What is in force --- */

static GSimpleAction *
action_named (ViewerWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

static void
enable (ViewerWindow *self, const char *name, gboolean enabled)
{
  g_simple_action_set_enabled (action_named (self, name), enabled);
}

static void
update_states (ViewerWindow *self, const ViewerComparison *comparison)
{
  ViewerWidth width = viewer_document_get_width (self->document);

  g_simple_action_set_state (action_named (self, "compare-scale"),
                             g_variant_new_string (scales[comparison->scale]));
  g_simple_action_set_state (action_named (self, "compare-mode"),
                             g_variant_new_string (
                                 modes[comparison->difference ? 1 : 0]));
  g_simple_action_set_state (action_named (self, "compare-width"),
                             g_variant_new_string (widths[width]));
}

/* To the same duration only where both are known. */
void
viewer_window_update_compare_actions (ViewerWindow *self)
{
  static const char *const of_comparisons[] = {
    "compare-stop",
    "compare-swap",
    "compare-scale",
    "compare-mode",
  };
  ViewerDocument   *document = self->document;
  ViewerComparison *comparison = viewer_document_get_comparison (document);
  gboolean          ready = viewer_document_get_result (document) != NULL;
  gboolean          compared = ready && viewer_document_is_compared (document);

  enable (self, "compare", ready);
  enable (self, "compare-uri", ready);
  enable (self,
          "compare-reload",
          ready && !viewer_document_is_input (document));
  enable (self,
          "dismiss-refusal",
          viewer_document_get_refusal (document) != NULL);
  for (size_t i = 0; i < G_N_ELEMENTS (of_comparisons); i++)
    enable (self, of_comparisons[i], ready && comparison != NULL);
  enable (self, "compare-width", compared);
  enable (self, "compare-blink", compared);
  if (comparison != NULL)
    update_states (self, comparison);
}
