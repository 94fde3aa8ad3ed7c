/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "config.h"

#include "cli.h"
#include <locale.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *name;
  int (*run) (int argc, char **argv);
  const char *summary;
} Command;

static const Command commands[] = {
  { "comments", cli_comments, N_ ("print what is written in a profile") },
  { "convert", cli_convert, N_ ("write the profile as another file") },
  { "diff", cli_diff, N_ ("print what has changed between two profiles") },
  { "fetch", cli_fetch, N_ ("save the profile of a running program") },
#ifdef CLI_HAS_FLAME
  { "flame", cli_flame, N_ ("draw the flame graph") },
#endif
  { "graph", cli_graph, N_ ("draw the call graph") },
  { "info", cli_info, N_ ("print what a profile says of itself") },
  { "list", cli_list, N_ ("print source with what each line costs") },
  { "peek", cli_peek, N_ ("print who calls a function, and what it calls") },
  { "raw", cli_raw, N_ ("print all of a profile") },
  { "tags", cli_tags, N_ ("print what samples cost by their labels") },
  { "thumbnail", cli_thumbnail, N_ ("draw a profile for file managers") },
  { "top", cli_top, N_ ("print the functions that cost most") },
  { "traces", cli_traces, N_ ("print every sample's stack") },
  { "tree", cli_tree, N_ ("print functions among callers and callees") },
  { "torch", cli_torch, N_ ("draw the flame graph as go-torch did") },
};

static char *
usage (void)
{
  GString *out = g_string_new (NULL);

  g_string_append (out,
                   _ ("Usage: prof COMMAND [OPTION…] PROFILE\n"
                      "Looks into pprof profiles without a display.\n\n"));
  for (size_t c = 0; c < G_N_ELEMENTS (commands); c++)
    g_string_append_printf (out,
                            "  %-10s %s\n",
                            commands[c].name,
                            _ (commands[c].summary));
  g_string_append (out,
                   _ ("\n“prof COMMAND --help” says more about a command,\n"
                      "“prof --version” which prof this is.\n"));
  return g_string_free (out, FALSE);
}

static const Command *
find_command (const char *name)
{
  for (size_t c = 0; c < G_N_ELEMENTS (commands); c++)
    if (strcmp (commands[c].name, name) == 0)
      return &commands[c];
  return NULL;
}

static int
refuse (const char *name)
{
  cli_fail (name, _ ("unknown command; “prof --help” lists them"));
  return CLI_USAGE;
}

/* Messages follow the locale, numbers never do. */
static void
set_up_locale (void)
{
  setlocale (LC_ALL, "");
  setlocale (LC_NUMERIC, "C");
  bindtextdomain (GETTEXT_PACKAGE, PROF_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

/* Large blocks come from the system, always: glibc would soon take them from its
 * heap, where pages that were used before keep them from being huge ones. */
static void
set_up_memory (void)
{
#ifdef __GLIBC__
  mallopt (M_MMAP_THRESHOLD, 1 << 20);
#endif
}

int
main (int argc, char **argv)
{
  g_autofree char *help = NULL;
  const Command   *command;

  set_up_memory ();
  set_up_locale ();
  /* A limit on the size of files is an error like a full disk: the signal would
   * leave the temporary file behind. */
  signal (SIGXFSZ, SIG_IGN);
  help = usage ();
  if (argc < 2)
    {
      fputs (help, stderr);
      return CLI_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 ||
      strcmp (argv[1], "help") == 0)
    return cli_print (help, -1);
  if (strcmp (argv[1], "--version") == 0)
    return cli_print ("prof " PROF_VERSION "\n", -1);
  command = find_command (argv[1]);
  if (command == NULL)
    return refuse (argv[1]);
  return command->run (argc - 1, argv + 1);
}
