/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Options of a command: "--name=value", "--name value", "--flag", "-o value",
 * before or after the profile, up to "--". Where a name has "-", "_" is as
 * good. */

#include "prof.h"
#include <stdbool.h>

G_BEGIN_DECLS

typedef enum
{
  CLI_OPTION_FLAG,   /* bool */
  CLI_OPTION_TEXT,   /* const char *, out of argv */
  CLI_OPTION_COUNT,  /* size_t */
  CLI_OPTION_NUMBER, /* double, not negative */
  CLI_OPTION_LIMIT,  /* ProfLimits, one of which is set; may come again */
} CliOptionKind;

typedef struct
{
  const char   *name;   /* without dashes */
  char          letter; /* for the short form, or 0 */
  CliOptionKind kind;
  void         *value;    /* where it goes */
  const char   *argument; /* for help, such as "NAME"; NULL for a flag */
  const char   *help;
} CliOption;

/* What a report is written as. */
typedef enum
{
  CLI_TEXT,
  CLI_JSON,
  CLI_CSV,
} CliFormat;

/* What a command knows of --format=text|json|csv, and with it of --output. */
typedef enum
{
  CLI_NO_FORMATS, /* there is no such option, or one of the command's own */
  CLI_TEXT_ONLY,  /* there is, and text is all that it takes */
  CLI_ALL_FORMATS,
} CliFormats;

typedef struct
{
  const char      *command;
  const char      *summary; /* one sentence */
  const CliOption *options;
  size_t           n_options;
  const char      *operand; /* what comes before the profiles, such as "RE"; or
                             * NULL */
  bool             one_profile;  /* several cannot be taken together */
  bool             compares;     /* there are two, OLD and NEW */
  bool             only_fetches; /* it is a URL, and nothing is asked of it */
  CliFormats       formats;
  const char      *instead; /* of data, where there is text only: a clause */

  /* Whether rows and samples are numbered and ordered as pprof does. */
  bool canonical;

  /* Whether nothing is asked but sums of frames, and once. */
  bool only_sums;
} CliCommandLine;

/* How profiles are fetched. */
typedef struct
{
  bool       is_wanted; /* or a URL is the name of a file */
  size_t     seconds;   /* that servers measure; 0: as the URL or they say */
  double     timeout_s; /* 0: what prof_http_fetch() takes by itself */
  bool       follow;    /* redirects to other hosts */
  ProfLimits limits;
} CliNetwork;

/* What a command line said. */
typedef struct
{
  ProfQuery  *query; /* options of the query; owned */
  const char *operand;
  char      **binaries; /* in front of them, NULL at the end; owned, nullable */
  char      **paths;    /* the profiles, at least one, NULL at the end; owned */
  ProfLimits  limits;
  bool        canonical; /* the command's */
  bool        only_sums; /* the command's */
  bool        with_perf; /* whether perf is run for a recording of it */
  CliNetwork  network;
  CliFormat   format;
  const char *output; /* where a report goes; NULL or "-" is standard output */
} CliArguments;

void cli_arguments_clear (CliArguments *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliArguments, cli_arguments_clear)

/**
 * cli_options_parse:
 * @line: the options there are besides those of a query; --help is added
 * @arguments: (out): what was said; an executable in front of the profiles is
 *   passed over, as "go tool pprof BINARY PROFILE" allows one
 * @status: (out): the exit status when there is nothing more to do
 *
 * Returns: whether to go on; else help or a message has been written
 */
bool cli_options_parse (const CliCommandLine *line,
                        int                   argc,
                        char                **argv,
                        CliArguments         *arguments,
                        int                  *status);

/**
 * cli_take_binaries:
 * @operands: paths
 * @first: where to begin
 * @n_wanted: how many must be left
 * @binaries: (out): those in front that are ELF files, NULL at the end; owned
 *
 * Returns: how many
 */
guint cli_take_binaries (const GPtrArray *operands,
                         guint            first,
                         guint            n_wanted,
                         char          ***binaries);

G_END_DECLS
