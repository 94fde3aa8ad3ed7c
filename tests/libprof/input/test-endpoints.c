/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-endpoints.h"

#include "base/prof-limits.h"
#include <string.h>

/* As Go 1.19 and Go 1.9 write it, shortened. */
static const char page_now[] =
    "<html>\n<head>\n<title>/debug/pprof/</title>\n</head>\n<body>\n"
    "/debug/pprof/\n<br>\n<table>\n"
    "<thead><td>Count</td><td>Profile</td></thead>\n"
    "<tr><td>89</td><td><a href='allocs?debug=1'>allocs</a></td></tr>\n"
    "<tr><td>0</td><td><a href='cmdline?debug=1'>cmdline</a></td></tr>\n"
    "<tr><td>7</td><td><a href='goroutine?debug=1'>goroutine</a></td></tr>\n"
    "<tr><td>0</td><td><a href='profile?debug=1'>profile</a></td></tr>\n"
    "<tr><td>0</td><td><a href='trace?debug=1'>trace</a></td></tr>\n"
    "</table>\n"
    "<a href=\"goroutine?debug=2\">full goroutine stack dump</a>\n";
static const char page_then[] =
    "<table>\n"
    "<tr><td align=right>12<td><a href=\"block?debug=1\">block</a>\n"
    "<tr><td align=right>3<td><a href=\"heap?debug=1\">heap</a>\n"
    "</table>\n<br>\n"
    "<a href=\"goroutine?debug=2\">full goroutine stack dump</a><br>\n";

static void
assert_list (const char *page, size_t length, const char *expected)
{
  size_t              n;
  ProfEndpoint       *list = prof_endpoints_read (page, length, &n);
  g_autoptr (GString) out = g_string_new (NULL);

  for (size_t e = 0; e < n; e++)
    g_string_append_printf (out,
                            "%s %" G_GUINT64_FORMAT "\n",
                            list[e].name,
                            list[e].count);
  g_assert_cmpstr (out->str, ==, expected);
  prof_endpoints_free (list, n);
}

static void
test_names_and_counts_of_a_program (void)
{
  assert_list (page_now,
               strlen (page_now),
               "allocs 89\ngoroutine 7\nprofile 0\n");
  assert_list (page_then, strlen (page_then), "block 12\nheap 3\n");
}

static void
test_other_pages_list_nothing (void)
{
  static const char *const pages[] = {
    "",
    "<html><a href='heap?debug=1'>heap</a>",
    "<table><tr><td>x</td><td><a href='heap?debug=1'>heap</a></td></tr>",
    "<table><tr><td>1</td><td>heap</td></tr>",
    "<table><tr><td>1</td><td><a href='../heap'>heap</a></td></tr>",
    "<table><tr><td>1</td><td><a href='http://h/heap'>heap</a></td></tr>",
    "<table><tr><td>1</td><td><a href='?debug=1'></a></td></tr>",
    "<table><tr><td>99999999999999999999</td><td><a href='heap'>heap</a>",
    "<tr",
    "<tr><td>1<a href=",
    "<tr><td>1<a href='heap",
  };

  for (size_t p = 0; p < G_N_ELEMENTS (pages); p++)
    assert_list (pages[p], strlen (pages[p]), "");
}

static void
test_pages_cut_off_anywhere_are_read_as_far_as_they_go (void)
{
  for (size_t length = 0; length < strlen (page_now); length++)
    {
      g_autofree char *part = g_memdup2 (page_now, length);
      size_t           n;
      ProfEndpoint    *list = prof_endpoints_read (part, length, &n);

      g_assert_cmpuint (n, <=, 3);
      prof_endpoints_free (list, n);
    }
}

static void
test_endless_lists_end (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  size_t              n;
  ProfEndpoint       *list;

  for (size_t i = 0; i < 2 * PROF_MAX_HTTP_LISTED; i++)
    g_string_append (page, "<tr><td>1<td><a href='heap?'>");
  list = prof_endpoints_read (page->str, page->len, &n);
  g_assert_cmpuint (n, ==, PROF_MAX_HTTP_LISTED);
  prof_endpoints_free (list, n);
}

static void
test_large_pages_take_no_time (void)
{
  g_autoptr (GString) page = g_string_new (NULL);

  while (page->len < 4 << 20)
    g_string_append (page, "<tr><td>");
  assert_list (page->str, page->len, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/endpoints/names-and-counts-of-a-program",
                   test_names_and_counts_of_a_program);
  g_test_add_func ("/endpoints/other-pages-list-nothing",
                   test_other_pages_list_nothing);
  g_test_add_func (
      "/endpoints/pages-cut-off-anywhere-are-read-as-far-as-they-go",
      test_pages_cut_off_anywhere_are_read_as_far_as_they_go);
  g_test_add_func ("/endpoints/endless-lists-end", test_endless_lists_end);
  g_test_add_func ("/endpoints/large-pages-take-no-time",
                   test_large_pages_take_no_time);
  return g_test_run ();
}
