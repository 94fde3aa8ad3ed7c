/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-url.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include <string.h>

typedef struct
{
  const char *typed;
  const char *url; /* NULL: not a URL */
} Form;

static const Form forms[] = {
  { ":6060", "http://localhost:6060/debug/pprof/profile" },
  { ":6060/", "http://localhost:6060/debug/pprof/profile" },
  { ":6060/debug/pprof/heap", "http://localhost:6060/debug/pprof/heap" },
  { "api:6060", "http://api:6060/debug/pprof/profile" },
  { "api:6060?debug=0", "http://api:6060/debug/pprof/profile?debug=0" },
  { "10.0.0.1:80/x/heap", "http://10.0.0.1/x/heap" },
  { "[::1]:6060", "http://[::1]:6060/debug/pprof/profile" },
  { "me:secret@api:6060", "http://me:secret@api:6060/debug/pprof/profile" },
  { "api/debug/pprof/heap", "http://api/debug/pprof/heap" },
  { "api/debug/pprof", "http://api/debug/pprof" },
  { "api.example/team/debug/pprof/heap?gc=1",
    "http://api.example/team/debug/pprof/heap?gc=1" },
  { "http://api", "http://api/debug/pprof/profile" },
  { "HTTPS://API/heap", "https://API/heap" },
  { "https://api:8443/heap#top", "https://api:8443/heap" },
  { "http://api/a%20b?c=d%26e", "http://api/a%20b?c=d%26e" },

  { "cpu.prof", NULL },
  { "results/cpu.prof", NULL },
  { "/tmp/debug/pprof/heap", NULL },
  { "./debug/pprof/heap", NULL },
  { "../debug/pprof/heap", NULL },
  { "api/debug/pprofs", NULL },
  { "-", NULL },
  { "", NULL },
  { ":", NULL },
  { ":0", NULL },
  { ":65536", NULL },
  { "api:", NULL },
  { "api:http", NULL },
  { "api:6060x", NULL },
  { "me@:6060", NULL },
  { "C:\\cpu.prof", NULL },
  { "12:30 cpu.prof", NULL },
  { "file:///tmp/cpu.prof", NULL },
  { "://x", NULL },
  { "[::1", NULL },
};

static void
test_what_people_type (void)
{
  for (size_t f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char   *url = NULL;

      g_test_message ("%s", forms[f].typed);
      g_assert_cmpint (prof_url_is (forms[f].typed), ==, forms[f].url != NULL);
      if (forms[f].url == NULL)
        continue;
      url = prof_url_read (forms[f].typed, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (url, ==, forms[f].url);
    }
}

static void
assert_unread (const char *typed, int code, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (prof_url_is (typed));
  g_assert_null (prof_url_read (typed, 0, &error));
  g_assert_error (error, PROF_ERROR, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_other_schemes_are_refused (void)
{
  assert_unread ("ftp://h/p",
                 PROF_ERROR_UNSUPPORTED,
                 "profiles come over http and https, not ftp");
  assert_unread ("https+insecure://h/p",
                 PROF_ERROR_UNSUPPORTED,
                 "profiles come over http and https, not https+insecure");
}

static void
test_what_is_no_url_is_said (void)
{
  g_autofree char *longest = g_strnfill (PROF_MAX_URL, 'x');
  g_autofree char *too_long = g_strconcat ("http://h/", longest, NULL);

  assert_unread ("http:///p",
                 PROF_ERROR_MALFORMED,
                 "this is no URL that has a host");
  assert_unread ("http://h:99999/p",
                 PROF_ERROR_MALFORMED,
                 "this is no URL that has a host");
  assert_unread ("http://h%0d%0aX:%20y/p",
                 PROF_ERROR_MALFORMED,
                 "this is no URL that has a host");
  assert_unread ("http://h/a b",
                 PROF_ERROR_MALFORMED,
                 "there is a blank in the URL; it is written %20");
  assert_unread ("http://h/a\r\nX: y",
                 PROF_ERROR_MALFORMED,
                 "there is a blank in the URL; it is written %20");
  assert_unread (too_long,
                 PROF_ERROR_TOO_LARGE,
                 "the URL has more than 8192 bytes");
}

/* A URL that is read can be read again. */
static void
test_what_grows_too_long_is_refused (void)
{
  g_autofree char *bytes = g_strnfill (PROF_MAX_URL / 2, (char)0xff);
  g_autofree char *typed = g_strconcat ("http://h/", bytes, NULL);
  g_autofree char *location = g_strconcat ("/", bytes, NULL);

  assert_unread (typed,
                 PROF_ERROR_TOO_LARGE,
                 "the URL has more than 8192 bytes");
  g_assert_null (prof_url_redirect ("http://h/a", location, false, NULL));
}

static void
assert_seconds (const char *typed, unsigned seconds, const char *expected)
{
  g_autofree char *url = prof_url_read (typed, seconds, NULL);

  g_assert_cmpstr (url, ==, expected);
}

static void
test_seconds_replace_those_of_the_query (void)
{
  assert_seconds ("h:1", 5, "http://h:1/debug/pprof/profile?seconds=5");
  assert_seconds ("http://h/heap", 5, "http://h/heap?seconds=5");
  assert_seconds ("http://h/x?seconds=9&a=b&seconds=8&c",
                  5,
                  "http://h/x?a=b&c&seconds=5");
  assert_seconds ("http://h/x?seconds=9", 0, "http://h/x?seconds=9");
  assert_seconds ("http://h/x?inseconds=9",
                  5,
                  "http://h/x?inseconds=9&seconds=5");
}

static void
test_how_long_a_server_measures (void)
{
  static const struct
  {
    const char *url;
    unsigned    seconds;
  } cases[] = {
    { "http://h/debug/pprof/profile", 30 },
    { "http://h/debug/pprof/profile?seconds=5", 5 },
    { "http://h/debug/pprof/profile?seconds=0", 30 },
    { "http://h/debug/pprof/profile?seconds=x", 30 },
    { "http://h/debug/pprof/trace", 1 },
    { "http://h/debug/pprof/heap", 0 },
    { "http://h/debug/pprof/heap?seconds=7", 7 },
    { "http://h/debug/pprof/heap?seconds=99999999999", 0 },
  };

  for (size_t i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpuint (prof_url_seconds (cases[i].url), ==, cases[i].seconds);
}

static void
assert_shown (const char *typed, const char *expected)
{
  g_autofree char *shown = prof_url_shown (typed);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_passwords_are_not_shown (void)
{
  assert_shown ("http://me:secret@h:1/p?a@b", "http://h:1/p?a@b");
  assert_shown ("me:se@cret@h:1/p", "h:1/p");
  assert_shown ("me@h:1", "h:1");
  assert_shown ("http://h/p@q", "http://h/p@q");
  assert_shown (":6060", ":6060");
}

/* --- Redirects --- */

typedef struct
{
  const char *from;
  const char *location;
  const char *to; /* NULL: refused, with @message */
  const char *message;
  int         code;
} Redirect;

static const Redirect redirects[] = {
  { "http://h:1/a/b", "c", "http://h:1/a/c", NULL, 0 },
  { "http://h:1/a/b?q", "/c?d", "http://h:1/c?d", NULL, 0 },
  { "http://h:1/a", "?d", "http://h:1/a?d", NULL, 0 },
  { "http://h:1/a", "//h:1/c", "http://h:1/c", NULL, 0 },
  { "http://h/a", "http://H:80/c", "http://H/c", NULL, 0 },
  { "http://h/a", "https://h/c", "https://h/c", NULL, 0 },
  { "http://h:1/a", "https://h:2/c", "https://h:2/c", NULL, 0 },
  { "http://me:pw@h/a", "/c", "http://me:pw@h/c", NULL, 0 },
  { "http://h/a", "/c%0d%0aX:%20y#d", "http://h/c%0D%0AX:%20y", NULL, 0 },

  { "http://h/a",
    "http://i/c",
    NULL,
    "the server redirects to another host, i:80",
    PROF_ERROR_REDIRECT },
  { "http://h/a",
    "//i/c",
    NULL,
    "the server redirects to another host, i:80",
    PROF_ERROR_REDIRECT },
  { "http://h:1/a",
    "http://h:2/c",
    NULL,
    "the server redirects to another port, h:2",
    PROF_ERROR_REDIRECT },
  { "https://h/a",
    "https://h:444/c",
    NULL,
    "the server redirects to another port, h:444",
    PROF_ERROR_REDIRECT },
  { "https://h/a",
    "http://h/c",
    NULL,
    "the server redirects from https to http",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "file:///etc/passwd",
    NULL,
    "the server redirects to file:, which is neither http nor https",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "data:text/plain,x",
    NULL,
    "the server redirects to data:, which is neither http nor https",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "ftp://h/c",
    NULL,
    "the server redirects to ftp:, which is neither http nor https",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "http://u:p@h/c",
    NULL,
    "the server redirects to an address with a user name",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "",
    NULL,
    "the server redirects without saying where to",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    NULL,
    NULL,
    "the server redirects without saying where to",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "http://[x/",
    NULL,
    "the server redirects to what is no URL",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "/c d",
    NULL,
    "the server redirects to what is no URL",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "http://h%0d%0aX/c",
    NULL,
    "the server redirects to an address without a host",
    PROF_ERROR_UNSUPPORTED },
  { "http://h/a",
    "http:///c",
    NULL,
    "the server redirects to an address without a host",
    PROF_ERROR_UNSUPPORTED },
};

static void
test_where_redirects_lead (void)
{
  for (size_t r = 0; r < G_N_ELEMENTS (redirects); r++)
    {
      const Redirect    *redirect = &redirects[r];
      g_autoptr (GError) error = NULL;
      g_autofree char   *to = NULL;

      g_test_message ("%s -> %s", redirect->from, redirect->location);
      to = prof_url_redirect (redirect->from,
                              redirect->location,
                              false,
                              &error);
      g_assert_cmpstr (to, ==, redirect->to);
      if (redirect->to != NULL)
        continue;
      g_assert_error (error, PROF_ERROR, redirect->code);
      g_assert_cmpstr (error->message, ==, redirect->message);
    }
}

static void
test_another_host_is_followed_when_asked_for (void)
{
  for (size_t r = 0; r < G_N_ELEMENTS (redirects); r++)
    {
      const Redirect  *redirect = &redirects[r];
      g_autofree char *to = NULL;

      to = prof_url_redirect (redirect->from, redirect->location, true, NULL);
      g_assert_cmpint (to != NULL,
                       ==,
                       redirect->to != NULL ||
                           redirect->code == PROF_ERROR_REDIRECT);
    }
}

static void
test_passwords_stay_where_they_belong (void)
{
  g_autofree char *to = NULL;

  to = prof_url_redirect ("http://me:pw@h/a", "http://i/c", true, NULL);
  g_assert_cmpstr (to, ==, "http://i/c");
}

static void
test_a_long_location_is_refused (void)
{
  g_autofree char   *location = g_strnfill (3 << 20, 'x');
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_url_redirect ("http://h/a", location, false, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  g_assert_cmpstr (error->message,
                   ==,
                   "the server redirects to an address of 3145728 bytes");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/url/what-people-type", test_what_people_type);
  g_test_add_func ("/url/other-schemes-are-refused",
                   test_other_schemes_are_refused);
  g_test_add_func ("/url/what-is-no-url-is-said", test_what_is_no_url_is_said);
  g_test_add_func ("/url/seconds-replace-those-of-the-query",
                   test_seconds_replace_those_of_the_query);
  g_test_add_func ("/url/what-grows-too-long-is-refused",
                   test_what_grows_too_long_is_refused);
  g_test_add_func ("/url/how-long-a-server-measures",
                   test_how_long_a_server_measures);
  g_test_add_func ("/url/passwords-are-not-shown",
                   test_passwords_are_not_shown);
  g_test_add_func ("/url/where-redirects-lead", test_where_redirects_lead);
  g_test_add_func ("/url/another-host-is-followed-when-asked-for",
                   test_another_host_is_followed_when_asked_for);
  g_test_add_func ("/url/passwords-stay-where-they-belong",
                   test_passwords_stay_where_they_belong);
  g_test_add_func ("/url/a-long-location-is-refused",
                   test_a_long_location_is_refused);
  return g_test_run ();
}
