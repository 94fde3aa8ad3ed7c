/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-location.h"

#include "viewer-settings.h"
#include <string.h>

#define KEY "locations"

/* The folder of net/http/pprof. */
#define ROOT "/debug/pprof"

/* The path of what was typed when it names no profile: the folder itself, or
 * nothing behind the host, which prof_url_read() makes a CPU profile of. */
static bool
is_host_alone (const char *typed)
{
  const char *scheme = strstr (typed, "://");
  const char *host = scheme != NULL ? scheme + 3 : typed;
  const char *end = host + strcspn (host, "/?#");

  return end[0] == '\0' || strcmp (end, "/") == 0;
}

/* --- Names --- */

static const char *
last_part (const char *path)
{
  const char *slash = strrchr (path, '/');

  return slash != NULL ? slash + 1 : path;
}

/* Whether a browser would not show it. GUri has one where none was typed. */
static bool
is_usual_port (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return g_uri_get_port (uri) <= 0 ||
         g_uri_get_port (uri) == (strcmp (scheme, "https") == 0 ? 443 : 80);
}

/* (transfer full): "localhost:6060" */
static char *
host_of (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  bool        is_literal = strchr (host, ':') != NULL;

  if (is_usual_port (uri))
    return g_strdup (host);
  return g_strdup_printf (is_literal ? "[%s]:%d" : "%s:%d",
                          host,
                          g_uri_get_port (uri));
}

char *
viewer_location_name (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, PROF_URL_FLAGS, NULL);
  g_autofree char *host = NULL;
  g_autofree char *name = NULL;

  if (uri == NULL)
    return prof_url_shown (url);
  host = host_of (uri);
  if (last_part (g_uri_get_path (uri))[0] == '\0')
    return g_steal_pointer (&host);
  name = g_strdup_printf ("%s — %s", last_part (g_uri_get_path (uri)), host);
  return prof_upright (name, -1);
}

/* What no file system minds, and what hides no file. */
static void
append_plain (GString *out, const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || (out->len > 0 && (*p == '.' || *p == '_')))
      g_string_append_c (out, *p);
    else if (out->len > 0 && out->str[out->len - 1] != '-')
      g_string_append_c (out, '-');
}

static bool
is_gzip (GBytes *bytes)
{
  gsize         length;
  const guchar *data = g_bytes_get_data (bytes, &length);

  return length >= 2 && data[0] == 0x1f && data[1] == 0x8b;
}

char *
viewer_location_file_name (const char *url, GDateTime *time, GBytes *bytes)
{
  g_autofree char *name = viewer_location_name (url);
  g_autofree char *date = g_date_time_format (time, "-%Y%m%d-%H%M%S");
  GString         *out = g_string_new (NULL);

  append_plain (out, name);
  if (out->len > 0 && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);
  g_string_append (out, date);
  g_string_append (out, is_gzip (bytes) ? ".pb.gz" : ".pb");
  return g_string_free (out, FALSE);
}

/* --- The list of profiles --- */

/* Bytes of a path up to and with the folder that has the profiles; 0 when it
 * leads to one profile itself. */
static size_t
folder_length (const char *path)
{
  const char *root = g_strrstr (path, ROOT);
  const char *rest = root != NULL ? root + strlen (ROOT) : NULL;

  if (rest == NULL || (rest[0] != '\0' && strcmp (rest, "/") != 0))
    return 0;
  return (size_t)(rest - path);
}

char *
viewer_location_index (const char *typed)
{
  g_autofree char *url = prof_url_read (typed, 0, NULL);
  g_autoptr (GUri) uri = NULL;
  g_autofree char *path = NULL;
  size_t           length;

  if (url == NULL)
    return NULL;
  uri = g_uri_parse (url, PROF_URL_FLAGS, NULL);
  if (is_host_alone (typed))
    path = g_strdup (ROOT "/");
  else if ((length = folder_length (g_uri_get_path (uri))) > 0)
    path = g_strdup_printf ("%.*s/", (int)length, g_uri_get_path (uri));
  else
    return NULL;
  return g_uri_join (PROF_URL_FLAGS,
                     g_uri_get_scheme (uri),
                     g_uri_get_userinfo (uri),
                     g_uri_get_host (uri),
                     g_uri_get_port (uri),
                     path,
                     NULL,
                     NULL);
}

char *
viewer_location_profile (const char *index, const char *name, unsigned seconds)
{
  g_autofree char *url = g_strconcat (index, name, NULL);

  return prof_url_read (url, seconds, NULL);
}

/* --- Addresses that were used --- */

static void
store (const char *const *locations)
{
  viewer_settings_set (KEY, g_variant_new_strv (locations, -1));
}

char **
viewer_location_recent (void)
{
  g_autoptr (GVariant) value = viewer_settings_get (KEY);

  return g_variant_dup_strv (value, NULL);
}

void
viewer_location_remember (const char *typed)
{
  g_autofree char         *shown = prof_url_shown (typed);
  g_auto (GStrv)           before = viewer_location_recent ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv)           all = NULL;
  size_t                   n = 1;

  if (!g_utf8_validate (shown, -1, NULL))
    return;
  g_strv_builder_add (builder, shown);
  for (char **location = before; *location != NULL; location++)
    if (strcmp (*location, shown) != 0 && n++ < VIEWER_MAX_LOCATIONS)
      g_strv_builder_add (builder, *location);
  all = g_strv_builder_end (builder);
  store ((const char *const *)all);
}

void
viewer_location_forget_all (void)
{
  static const char *const none[] = { NULL };

  store (none);
}
