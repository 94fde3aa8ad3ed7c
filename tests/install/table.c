/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <prof.h>
#include <stdio.h>

/* The whole way from a file to a table, on the installed library. */
int
main (int argc, char **argv)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GString)     table = g_string_new (NULL);
  g_autoptr (ProfProfile) profile = prof_format_load (argv[1], NULL, &error);
  g_autoptr (ProfFrames)  frames = NULL;
  g_autoptr (ProfTop)     top = NULL;

  if (profile == NULL)
    return fprintf (stderr, "%s: %s\n", argv[1], error->message), 1;
  frames = prof_frames_new (profile, prof_profile_default_type (profile));
  top = prof_top_new (frames, prof_profile_default_type (profile), NULL);
  prof_report_top (table, top, NULL);
  fputs (table->str, stdout);
  return 0;
}
