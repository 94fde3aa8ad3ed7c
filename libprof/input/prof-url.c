/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-url.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include <stdint.h>
#include <string.h>

#define ROOT         "/debug/pprof"
#define DEFAULT_PATH ROOT "/profile"

/* What net/http/pprof takes when the query says nothing. */
#define PROFILE_SECONDS 30
#define TRACE_SECONDS   1

/* Bytes of "https" in front of "://", or 0. */
static size_t
scheme_length (const char *text)
{
  size_t n = 0;

  if (!g_ascii_isalpha (text[0]))
    return 0;
  while (g_ascii_isalnum (text[n]) || strchr ("+-.", text[n]) != NULL)
    {
      if (text[n] == '\0')
        return 0;
      n++;
    }
  return strncmp (text + n, "://", 3) == 0 ? n : 0;
}

/* The end of what may be a host: "api", "10.0.0.1", "[::1]", or nothing. */
static const char *
skip_host (const char *text)
{
  const char *end = text;

  if (*text == '[')
    {
      end += strspn (text + 1, "0123456789abcdefABCDEF:.") + 1;
      return *end == ']' ? end + 1 : text;
    }
  while (g_ascii_isalnum (*end) || (guchar)*end >= 0x80 ||
         (*end != '\0' && strchr ("-._", *end) != NULL))
    end++;
  return end;
}

/* The end of ":6060", or @text where there is no port. */
static const char *
skip_port (const char *text)
{
  guint64     port;
  const char *end = text + 1;

  if (*text != ':' || !g_ascii_isdigit (*end))
    return text;
  port = g_ascii_strtoull (text + 1, (char **)&end, 10);
  return port >= 1 && port <= UINT16_MAX ? end : text;
}

/* Behind "user:password@". */
static const char *
skip_user (const char *text)
{
  size_t      length = strcspn (text, "/?#");
  const char *at = memrchr (text, '@', length);

  return at != NULL ? at + 1 : text;
}

static bool
is_end_of_host (char c)
{
  return c == '\0' || c == '/' || c == '?' || c == '#';
}

static bool
is_address (const char *typed)
{
  const char *host = skip_user (typed);
  const char *port = skip_host (host);
  const char *path = skip_port (port);
  const char *root;

  if (!is_end_of_host (*path))
    return false;
  if (path > port)
    return port > host || host == typed;
  root = strstr (path, ROOT);
  return port > host && host[0] != '.' && root != NULL &&
         is_end_of_host (root[strlen (ROOT)]);
}

bool
prof_url_is (const char *typed)
{
  size_t scheme = scheme_length (typed);

  if (scheme > 0)
    return g_ascii_strncasecmp (typed, "file", scheme) != 0 ||
           scheme != strlen ("file");
  return is_address (typed);
}

/* --- Reading --- */

static bool
has_unwritable (const char *text)
{
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar)*p <= ' ' || *p == 0x7f)
      return true;
  return false;
}

/* GUri has taken "%0d" out of its escape. */
static bool
has_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  if (host == NULL || host[0] == '\0')
    return false;
  for (; *host != '\0'; host++)
    if (!g_ascii_isalnum (*host) && strchr ("-._:%", *host) == NULL)
      return false;
  return true;
}

static void *
fail_too_long (GError **error)
{
  return prof_fail_null (error,
                         PROF_ERROR_TOO_LARGE,
                         "the URL has more than %d bytes",
                         PROF_MAX_URL);
}

static GUri *
parse (const char *text, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GUri              *uri;

  if (strlen (text) > PROF_MAX_URL)
    return fail_too_long (error);
  if (has_unwritable (text))
    return prof_fail_null (error,
                           PROF_ERROR_MALFORMED,
                           "there is a blank in the URL; it is written %%20");
  uri = g_uri_parse (text, PROF_URL_FLAGS, &reason);
  if (uri != NULL && has_host (uri))
    return uri;
  g_clear_pointer (&uri, g_uri_unref);
  return prof_fail_null (error,
                         PROF_ERROR_MALFORMED,
                         "this is no URL that has a host");
}

/* The query with "seconds" replaced, others in their order. */
static char *
with_seconds (const char *query, unsigned seconds)
{
  g_auto (GStrv)      parts = g_strsplit (query != NULL ? query : "", "&", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  if (seconds == 0)
    return g_strdup (query);
  for (size_t p = 0; parts[p] != NULL; p++)
    if (parts[p][0] != '\0' && !g_str_has_prefix (parts[p], "seconds=") &&
        strcmp (parts[p], "seconds") != 0)
      g_string_append_printf (out, "%s&", parts[p]);
  g_string_append_printf (out, "seconds=%u", seconds);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* What is escaped grows: a URL may be too long only as it is written here. */
static char *
join (GUri       *uri,
      const char *userinfo,
      const char *path,
      const char *query,
      GError    **error)
{
  g_autofree char *url = g_uri_join (PROF_URL_FLAGS,
                                     g_uri_get_scheme (uri),
                                     userinfo,
                                     g_uri_get_host (uri),
                                     g_uri_get_port (uri),
                                     path,
                                     query,
                                     NULL);

  return strlen (url) > PROF_MAX_URL ? fail_too_long (error)
                                     : g_steal_pointer (&url);
}

static bool
is_http (const char *scheme)
{
  return strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0;
}

char *
prof_url_read (const char *typed, unsigned seconds, GError **error)
{
  bool             has_scheme = scheme_length (typed) > 0;
  g_autofree char *whole = NULL;
  g_autofree char *query = NULL;
  g_autoptr (GUri) uri = NULL;
  const char      *path;

  whole = g_strconcat (has_scheme ? "" : "http://",
                       typed[0] == ':' ? "localhost" : "",
                       typed,
                       NULL);
  uri = parse (whole, error);
  if (uri == NULL)
    return NULL;
  if (!is_http (g_uri_get_scheme (uri)))
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "profiles come over http and https, not %.40s",
                           g_uri_get_scheme (uri));
  path = g_uri_get_path (uri);
  if (path[0] == '\0' || strcmp (path, "/") == 0)
    path = DEFAULT_PATH;
  query = with_seconds (g_uri_get_query (uri), seconds);
  return join (uri, g_uri_get_userinfo (uri), path, query, error);
}

/* Of the query; 0 when it says nothing that a server would take. */
static unsigned
seconds_of_query (const char *query)
{
  g_auto (GStrv) parts = g_strsplit (query != NULL ? query : "", "&", -1);
  guint64        seconds;

  for (size_t p = 0; parts[p] != NULL; p++)
    if (g_str_has_prefix (parts[p], "seconds=") &&
        g_ascii_string_to_unsigned (parts[p] + strlen ("seconds="),
                                    10,
                                    1,
                                    INT32_MAX,
                                    &seconds,
                                    NULL))
      return (unsigned)seconds;
  return 0;
}

unsigned
prof_url_seconds (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, PROF_URL_FLAGS, NULL);
  unsigned         seconds;

  if (uri == NULL)
    return 0;
  seconds = seconds_of_query (g_uri_get_query (uri));
  if (seconds > 0)
    return seconds;
  if (g_str_has_suffix (g_uri_get_path (uri), "/profile"))
    return PROFILE_SECONDS;
  return g_str_has_suffix (g_uri_get_path (uri), "/trace") ? TRACE_SECONDS : 0;
}

char *
prof_url_shown (const char *typed)
{
  size_t      scheme = scheme_length (typed);
  const char *start = typed + (scheme > 0 ? scheme + 3 : 0);

  return g_strdup_printf ("%.*s%s",
                          (int)(start - typed),
                          typed,
                          skip_user (start));
}

/* --- Redirects --- */

static int
port_of (GUri *uri)
{
  int port = g_uri_get_port (uri);

  if (port > 0)
    return port;
  return strcmp (g_uri_get_scheme (uri), "https") == 0 ? 443 : 80;
}

static bool
is_secure (GUri *uri)
{
  return strcmp (g_uri_get_scheme (uri), "https") == 0;
}

static bool
is_same_host (GUri *a, GUri *b)
{
  return g_ascii_strcasecmp (g_uri_get_host (a), g_uri_get_host (b)) == 0;
}

static bool
is_same_place (GUri *from, GUri *to)
{
  return is_same_host (from, to) && (port_of (from) == port_of (to) ||
                                     (!is_secure (from) && is_secure (to)));
}

static bool
check_redirect (GUri *from, GUri *to, bool follow, GError **error)
{
  if (!is_http (g_uri_get_scheme (to)))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the server redirects to %.40s:, which is neither http "
                      "nor https",
                      g_uri_get_scheme (to));
  if (!has_host (to))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the server redirects to an address without a host");
  if (is_secure (from) && !is_secure (to))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the server redirects from https to http");
  /* What is relative has that of the address before. */
  if (g_uri_get_userinfo (to) != NULL &&
      g_strcmp0 (g_uri_get_userinfo (to), g_uri_get_userinfo (from)) != 0)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the server redirects to an address with a user name");
  if (follow || is_same_place (from, to))
    return true;
  return prof_fail (error,
                    PROF_ERROR_REDIRECT,
                    "the server redirects to another %s, %.200s:%d",
                    is_same_host (from, to) ? "port" : "host",
                    g_uri_get_host (to),
                    port_of (to));
}

char *
prof_url_redirect (const char *from,
                   const char *location,
                   bool        follow,
                   GError    **error)
{
  g_autoptr (GUri) here = parse (from, error);
  g_autoptr (GUri) there = NULL;

  if (here == NULL)
    return NULL;
  if (location == NULL || location[0] == '\0')
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "the server redirects without saying where to");
  if (strlen (location) > PROF_MAX_URL)
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "the server redirects to an address of %zu bytes",
                           strlen (location));
  if (!has_unwritable (location))
    there = g_uri_parse_relative (here, location, PROF_URL_FLAGS, NULL);
  if (there == NULL)
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "the server redirects to what is no URL");
  if (!check_redirect (here, there, follow, error))
    return NULL;
  return join (there,
               is_same_place (here, there) ? g_uri_get_userinfo (here) : NULL,
               g_uri_get_path (there),
               g_uri_get_query (there),
               error);
}
