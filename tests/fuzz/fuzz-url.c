/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "fuzz.h"

#include "input/prof-endpoints.h"
#include "input/prof-url.h"
#include <string.h>

static void
check_redirect (const char *url, const char *location)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *to = prof_url_redirect (url, location, true, &error);
  g_autofree char   *near = prof_url_redirect (url, location, false, NULL);

  g_assert_true ((to == NULL) == (error != NULL));
  if (near != NULL)
    g_assert_cmpstr (near, ==, to);
  if (to == NULL)
    return;
  g_assert_true (g_str_has_prefix (to, "http://") ||
                 g_str_has_prefix (to, "https://"));
  if (g_str_has_prefix (url, "https://"))
    g_assert_true (g_str_has_prefix (to, "https://"));
}

/* What is read is a URL that is read as itself. */
static void
check_url (const char *typed, const char *location)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *shown = prof_url_shown (typed);
  g_autofree char   *url = NULL;
  g_autofree char   *again = NULL;

  g_assert_cmpuint (strlen (shown), <=, strlen (typed));
  if (!prof_url_is (typed))
    return;
  url = prof_url_read (typed, 0, &error);
  g_assert_true ((url == NULL) == (error != NULL));
  if (url == NULL)
    return;
  prof_url_seconds (url);
  again = prof_url_read (url, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again, ==, url);
  check_redirect (url, location);
}

static void
check_page (const uint8_t *data, size_t size)
{
  size_t        n;
  ProfEndpoint *list = prof_endpoints_read ((const char *)data, size, &n);

  for (size_t e = 0; e < n; e++)
    g_assert_cmpuint (strlen (list[e].name), >, 0);
  prof_endpoints_free (list, n);
}

/* An address, and behind the end of the line where a server there sends us; or
 * a page. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  char            *location = strchr (text, '\n');

  if (location != NULL)
    *location++ = '\0';
  check_url (text, location);
  check_page (data, size);
  return 0;
}
