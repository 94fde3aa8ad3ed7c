/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-options.h"

#include "viewer-window.h"
#include <glib/gi18n.h>
#include <string.h>

/* Hint */

GVariant *
viewer_options_from_hint (const char *hint)
{
  GVariant *options = NULL;

  if (hint != NULL && hint[0] != '\0')
    options = g_variant_parse (G_VARIANT_TYPE_VARDICT, hint, NULL, NULL, NULL);
  return options != NULL ? g_variant_ref_sink (options)
                         : g_variant_ref_sink (g_variant_new ("a{sv}", NULL));
}

static void
copy_option (GVariantDict *from, GVariantDict *to, const char *key)
{
  g_autoptr (GVariant) value = g_variant_dict_lookup_value (from, key, NULL);

  if (value != NULL)
    g_variant_dict_insert_value (to, key, value);
}

char *
viewer_options_to_hint (GVariantDict *options)
{
  g_auto (GVariantDict) dict;

  g_variant_dict_init (&dict, NULL);
  copy_option (options, &dict, "new-window");
  copy_option (options, &dict, "view");
  copy_option (options, &dict, "sample-type");
  copy_option (options, &dict, "focus");
  copy_option (options, &dict, "compare");
  copy_option (options, &dict, "standard-input");
  g_autoptr (GVariant) whole = g_variant_ref_sink (g_variant_dict_end (&dict));
  return g_variant_print (whole, TRUE);
}

/* Checks: what is wrong is told. */

bool
viewer_options_is_standard_input (const char *path)
{
  return strcmp (path, "-") == 0;
}

/* Which of them cannot be fetched. */
static bool
check_urls (char **paths)
{
  for (char **path = paths; path != NULL && *path != NULL; path++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *url = NULL;
      g_autofree char   *shown = NULL;

      if (!prof_source_is_url (*path))
        continue;
      url = prof_url_read (*path, 0, &error);
      if (url != NULL)
        continue;
      shown = prof_url_shown (*path);
      g_printerr ("flambeau: %s: %s\n", shown, error->message);
      return false;
    }
  return true;
}

/* Why the pattern is none. */
static bool
check_focus (GVariantDict *options)
{
  g_autoptr (ProfQuery) plain = prof_query_new ();
  g_autoptr (ProfQuery) query = NULL;
  g_autoptr (GError)    error = NULL;
  const char           *focus = NULL;

  if (!g_variant_dict_lookup (options, "focus", "&s", &focus))
    return true;
  query = prof_query_with (plain, "focus", focus, &error);
  if (query == NULL)
    g_printerr ("flambeau: --%s\n", error->message);
  return query != NULL;
}

/* Paths are those of here; what is sent is an address. */
static bool
check_compare (GVariantDict *options)
{
  const char       *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char  *uri = NULL;
  g_autofree char **paths = NULL;

  if (!g_variant_dict_lookup (options, "compare", "^&ay", &path))
    return true;
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths);
  if (paths == NULL || g_strv_length (paths) != 1 ||
      viewer_options_is_standard_input (paths[0]))
    {
      g_printerr (_ ("flambeau: --compare wants one file that is compared with "
                     "it\n"));
      return false;
    }
  file = g_file_new_for_commandline_arg (path);
  uri = g_file_get_uri (file);
  g_variant_dict_insert (options, "compare", "s", uri);
  return true;
}

static bool
check_view (GVariantDict *options)
{
  const char      *view = NULL;
  g_autofree char *known = NULL;

  if (!g_variant_dict_lookup (options, "view", "&s", &view) ||
      viewer_view_find (view) != NULL)
    return true;
  known = g_strjoinv (", ", (char **)viewer_views);
  g_printerr (_ ("flambeau: unknown view “%s”; there are %s\n"), view, known);
  return false;
}

bool
viewer_options_check (GVariantDict *options)
{
  g_autofree char **paths = NULL;

  if (!check_view (options) || !check_focus (options) ||
      !check_compare (options))
    return false;
  g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&ay", &paths);
  return check_urls (paths);
}

const char *
viewer_options_alone_action (GVariantDict *options)
{
  if (g_variant_dict_contains (options, "open-location"))
    return "open-location";
  if (g_variant_dict_contains (options, "new-window"))
    return "new-window";
  return NULL;
}

static const GOptionEntry option_entries[] = {
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version"), NULL },
  { "new-window",
    0,
    0,
    G_OPTION_ARG_NONE,
    NULL,
    N_ ("Open a new window"),
    NULL },
  { "open-location",
    0,
    0,
    G_OPTION_ARG_NONE,
    NULL,
    N_ ("Ask for the address of a running program"),
    NULL },
  { "view",
    0,
    0,
    G_OPTION_ARG_STRING,
    NULL,
    N_ ("Show this view first: flame, top, sandwich, graph, tree or source"),
    N_ ("VIEW") },
  { "sample-type",
    0,
    0,
    G_OPTION_ARG_STRING,
    NULL,
    N_ ("Show this sample type first, such as cpu or inuse_space"),
    N_ ("NAME") },
  { "focus",
    0,
    0,
    G_OPTION_ARG_STRING,
    NULL,
    N_ ("Show only stacks with a function that matches"),
    N_ ("REGEX") },
  { "compare",
    0,
    0,
    G_OPTION_ARG_FILENAME,
    NULL,
    N_ ("Compare the file with this one, which was before"),
    N_ ("BASE") },
  { G_OPTION_REMAINING,
    0,
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    NULL,
    NULL,
    N_ ("[FILE|URL…]") },
  { NULL, 0, 0, 0, NULL, NULL, NULL },
};

void
viewer_options_add (GApplication *application)
{
  g_application_add_main_option_entries (application, option_entries);
}
