/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-debug-file.h"

static void
check (const char *path,
       const char *build_id,
       const char *link,
       const char *expected)
{
  g_auto (GStrv)   places = prof_debug_file_places (path, build_id, link, "/d");
  g_autofree char *text = g_strjoinv (" ", places);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_places_are_by_build_id_and_by_name (void)
{
  check ("/opt/bin/server",
         "ab12cd",
         "server.debug",
         "/d/.build-id/ab/12cd.debug /opt/bin/server.debug "
         "/opt/bin/.debug/server.debug /d/opt/bin/server.debug");
  check ("/opt/bin/server", "ab12cd", NULL, "/d/.build-id/ab/12cd.debug");
  check ("/opt/bin/../lib/x.so",
         "",
         "x.debug",
         "/opt/bin/../lib/x.debug /opt/bin/../lib/.debug/x.debug "
         "/d/opt/lib/x.debug");
}

static void
test_without_either_there_is_none (void)
{
  check ("/opt/bin/server", "", NULL, "");
  check ("/opt/bin/server", "ab", NULL, "");
}

/* A name from a file leads nowhere else. */
static void
test_names_are_plain (void)
{
  check ("/bin/x", "", "../../etc/passwd", "");
  check ("/bin/x", "", "/etc/passwd", "");
  check ("/bin/x", "", "..", "");
  check ("/bin/x", "", "", "");
}

static void
test_the_program_is_not_its_own (void)
{
  check ("/bin/x", "", "x", "/bin/.debug/x /d/bin/x");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/debug-file/" name, function)
  ADD ("places-are-by-build-id-and-by-name",
       test_places_are_by_build_id_and_by_name);
  ADD ("without-either-there-is-none", test_without_either_there_is_none);
  ADD ("names-are-plain", test_names_are_plain);
  ADD ("the-program-is-not-its-own", test_the_program_is_not_its_own);
#undef ADD
  return g_test_run ();
}
