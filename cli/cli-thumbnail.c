/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder is full of them, and nobody asked for this one: what takes longer or
 * is larger has no thumbnail. 4.7 MiB of a compressed profile, 120 000 samples,
 * took 0.3 s and 51 MiB of memory. */
#define MAX_SECONDS 2
#define MAX_FILE    (8 << 20)
#define MAX_MEMORY  (64u << 20)

/* What is said then: a signal's handler can make no text. Kept to the end. */
static char  *too_long;
static size_t too_long_length;

static void
give_up (int number)
{
  if (write (STDERR_FILENO, too_long, too_long_length) >= 0)
    _exit (CLI_FAILED);
  _exit (CLI_FAILED);
}

static void
say_too_long_of (const char *path)
{
  g_autofree char
                  *text = g_strdup_printf ("%s: %s",
                               cli_shown (path),
                               _ ("reading takes too long for a thumbnail"));
  g_autofree char *line = cli_tamed (text);

  g_free (too_long);
  too_long = g_strdup_printf ("prof: %s\n", line);
  too_long_length = strlen (too_long);
}

/* Processor time, so that a busy machine makes no difference. A stricter limit
 * of somebody else's stays. */
static void
limit_time (rlim_t seconds)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_CPU, &limit) < 0)
    return;
  limit.rlim_cur = MIN (seconds, limit.rlim_max);
  signal (SIGXCPU, give_up);
  setrlimit (RLIMIT_CPU, &limit);
}

static int
check_size (const char *path)
{
  struct stat status;

  if (stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
      status.st_size > MAX_FILE)
    return cli_fail (path, _ ("too large a file for a thumbnail"));
  return CLI_DONE;
}

static ProfTree *
read_tree (char *path, int size, int *status)
{
  g_auto (CliArguments) arguments = {
    .query = prof_query_new (),
    .limits.values[PROF_LIMIT_MEMORY] = MAX_MEMORY,
  };
  g_autoptr (ProfAnswer) answer = NULL;
  g_autoptr (GError)     error = NULL;
  ProfTree              *tree;

  arguments.paths = g_new0 (char *, 2);
  arguments.paths[0] = g_strdup (path);
  answer = cli_ask (&arguments, status);
  if (answer == NULL)
    return NULL;
  tree = prof_tree_new_wide (answer,
                             PROF_TREE_PLAIN,
                             prof_export_thumbnail_least (size),
                             NULL,
                             &error);
  if (tree == NULL)
    *status = cli_fail (path, error->message);
  return tree;
}

static int
draw (char *input, const char *output, int size)
{
  g_autoptr (ProfTree) tree = NULL;
  g_autoptr (GError)   error = NULL;
  int                  status = check_size (input);

  if (status != CLI_DONE)
    return status;
  say_too_long_of (input);
  limit_time (MAX_SECONDS);
  tree = read_tree (input, size, &status);
  limit_time (RLIM_INFINITY);
  if (tree == NULL)
    return status;
  if (!prof_export_thumbnail (tree, size, output, &error))
    return cli_fail (output, error->message);
  return CLI_DONE;
}

static int
print_help (void)
{
  return cli_print (_ ("Usage: prof thumbnail INPUT OUTPUT SIZE\n\n"
                       "Draws the outline of a profile's flame graph for file "
                       "managers, as a square PNG\nof SIZE pixels a side. What "
                       "is large or takes long to read is refused.\n"),
                    -1);
}

int
cli_thumbnail (int argc, char **argv)
{
  gint64 size;

  if (argc == 2 &&
      (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0))
    return print_help ();
  if (argc != 4)
    return cli_usage_error ("thumbnail",
                            _ ("it wants a profile, a file to write and a "
                               "size"));
  if (!g_ascii_string_to_signed (argv[3],
                                 10,
                                 PROF_THUMBNAIL_MIN,
                                 PROF_THUMBNAIL_MAX,
                                 &size,
                                 NULL))
    return cli_usage_error ("thumbnail",
                            _ ("the size is a number from %d to %d, not “%s”"),
                            PROF_THUMBNAIL_MIN,
                            PROF_THUMBNAIL_MAX,
                            argv[3]);
  return draw (argv[1], argv[2], (int)size);
}
