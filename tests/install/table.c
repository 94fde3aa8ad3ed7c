/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <prof.h>
#include <stdio.h>

/* The whole way from a file to a table, on the installed library. */
int
main (int argc, char **argv)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (GString)     table = g_string_new (NULL);
  g_autoptr (ProfProfile) profile = prof_format_load (argv[1],
                                                      NULL,
                                                      NULL,
                                                      &error);
  g_autoptr (ProfQuery)   query = prof_query_new ();
  g_autoptr (ProfAnswer)  answer = NULL;

  if (profile == NULL)
    return fprintf (stderr, "%s: %s\n", argv[1], error->message), 1;
  answer = prof_answer_new (profile, query, NULL, &error);
  prof_report_top (table, answer);
  fputs (table->str, stdout);
  return 0;
}
