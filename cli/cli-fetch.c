/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static int
refuse (const char *path)
{
  if (strcmp (path, "-") == 0 || g_file_test (path, G_FILE_TEST_EXISTS))
    return cli_usage_error ("fetch", _ ("“%s” is no URL but a file"), path);
  return cli_usage_error ("fetch",
                          _ ("“%s” is no URL; one looks like :6060, host:6060 "
                             "or https://host/heap"),
                          path);
}

/* What can be said before half a minute of measuring. */
static int
check (const CliArguments *arguments, const char *output)
{
  g_autofree char *folder = g_path_get_dirname (output);

  if (!prof_source_is_url (arguments->paths[0]))
    return refuse (arguments->paths[0]);
  if (strcmp (output, "-") == 0 && isatty (STDOUT_FILENO))
    return cli_usage_error ("fetch",
                            _ ("a profile is not for a terminal; name a file "
                               "with -o"));
  if (!prof_export_is_direct (output) && g_access (folder, W_OK) != 0)
    return cli_fail (output, g_strerror (errno));
  return CLI_DONE;
}

/* An interrupt waits until the temporary file has become the file. */
static int
save (GBytes *bytes, const char *output)
{
  g_autoptr (GError) error = NULL;
  gsize              length;
  const void        *data = g_bytes_get_data (bytes, &length);
  sigset_t           interrupts;
  sigset_t           before;
  bool               ok;

  sigemptyset (&interrupts);
  sigaddset (&interrupts, SIGINT);
  sigaddset (&interrupts, SIGTERM);
  sigaddset (&interrupts, SIGHUP);
  if (!prof_export_is_direct (output))
    pthread_sigmask (SIG_BLOCK, &interrupts, &before);
  ok = prof_export_write (output, data, length, &error);
  if (!prof_export_is_direct (output))
    pthread_sigmask (SIG_SETMASK, &before, NULL);
  return ok ? CLI_DONE : cli_fail (output, error->message);
}

/* Only what can be opened is kept. */
static int
check_profile (GBytes *bytes, const char *path, const ProfLimits *limits)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) profile = NULL;
  gsize                   length;
  const void             *data = g_bytes_get_data (bytes, &length);

  profile = prof_format_load_bytes (data, length, limits, &error);
  return profile != NULL ? CLI_DONE : cli_fail (path, error->message);
}

static int
fetch (const CliArguments *arguments, const char *output)
{
  const char *const *paths = (const char *const *)arguments->paths;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  int                status;

  cli_network_start (&arguments->network, paths);
  bytes = cli_network_take (paths[0], &error);
  if (bytes == NULL)
    return cli_fail (paths[0], error->message);
  status = check_profile (bytes, paths[0], &arguments->limits);
  return status == CLI_DONE ? save (bytes, output) : status;
}

int
cli_fetch (int argc, char **argv)
{
  const char     *output = "-";
  const CliOption options[] = {
    { "output",
      'o',
      CLI_OPTION_TEXT,
      &output,
      _ ("FILE"),
      _ ("where to; standard output when not given") },
  };
  const CliCommandLine line = {
    .command = "fetch",
    .summary = _ ("Saves the profile of a running program, as it comes."),
    .options = options,
    .n_options = G_N_ELEMENTS (options),
    .one_profile = true,
    .only_fetches = true,
  };
  g_auto (CliArguments) arguments = { 0 };
  int                   status;

  if (!cli_options_parse (&line, argc, argv, &arguments, &status))
    return status;
  status = check (&arguments, output);
  return status == CLI_DONE ? fetch (&arguments, output) : status;
}
