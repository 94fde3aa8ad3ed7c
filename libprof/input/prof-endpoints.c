/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-endpoints.h"

#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include <string.h>

PROF_VEC_DEFINE (VecEndpoint, vec_endpoint, ProfEndpoint)

/* Bytes of a name; Go's own have up to twelve. */
#define MAX_NAME 100

static const char *const others[] = { "cmdline", "symbol", "trace" };

/* A row, from "<tr" on. */
typedef struct
{
  const char *at;
  const char *end;
} Row;

static const char *
find (const char *at, const char *end, const char *what)
{
  return g_strstr_len (at, end - at, what);
}

static bool
next_row (Row *row, const char *page_end)
{
  const char *next;

  row->at = find (row->end, page_end, "<tr");
  if (row->at == NULL)
    return false;
  next = find (row->at + 3, page_end, "<tr");
  if (next == NULL)
    next = page_end;
  row->end = find (row->at, next, "</table");
  if (row->end == NULL)
    row->end = next;
  return true;
}

static bool
is_of_name (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-_.", c) != NULL);
}

/* The digits that follow a tag, before the link. */
static bool
read_count (const Row *row, const char *link, uint64_t *count)
{
  for (const char *p = row->at; p + 1 < link; p++)
    if (*p == '>' && g_ascii_isdigit (p[1]))
      {
        *count = 0;
        for (p++; p < link && g_ascii_isdigit (*p); p++)
          if (!g_uint64_checked_mul (count, *count, 10) ||
              !g_uint64_checked_add (count, *count, (uint64_t)(*p - '0')))
            return false;
        return true;
      }
  return false;
}

static char *
read_name (const char *href, const char *end)
{
  size_t n = 0;

  if (href < end && (*href == '"' || *href == '\''))
    href++;
  while (href + n < end && n < MAX_NAME && is_of_name (href[n]))
    n++;
  if (n == 0 || href + n == end || strchr ("?\"'", href[n]) == NULL)
    return NULL;
  for (size_t o = 0; o < G_N_ELEMENTS (others); o++)
    if (strlen (others[o]) == n && memcmp (others[o], href, n) == 0)
      return NULL;
  return g_strndup (href, n);
}

static bool
read_row (const Row *row, ProfEndpoint *endpoint)
{
  const char *link = find (row->at, row->end, "<a href=");

  if (link == NULL || !read_count (row, link, &endpoint->count))
    return false;
  endpoint->name = read_name (link + strlen ("<a href="), row->end);
  return endpoint->name != NULL;
}

ProfEndpoint *
prof_endpoints_read (const char *page, size_t length, size_t *n)
{
  VecEndpoint  found = { 0 };
  Row          row = { page, page };
  ProfEndpoint endpoint;

  while (length > 0 && found.length < PROF_MAX_HTTP_LISTED &&
         next_row (&row, page + length))
    if (read_row (&row, &endpoint) && !vec_endpoint_append (&found, endpoint))
      {
        g_free (endpoint.name);
        break;
      }
  *n = found.length;
  return found.data;
}

void
prof_endpoints_free (ProfEndpoint *self, size_t n)
{
  for (size_t e = 0; e < n; e++)
    g_free (self[e].name);
  g_free (self);
}
