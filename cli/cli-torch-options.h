/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The command line of go-torch: its own options, long and short, and those of
 * pprof with one dash or two, which it passed on. Where one of pprof's and a
 * bundle of short ones look alike ("-base", "-focus=x"), it is pprof's. */

#include "prof.h"
#include <stdbool.h>

G_BEGIN_DECLS

/* Texts are lent by the arguments. */
typedef struct
{
  const char *url;
  const char *suffix;
  const char *binary_input; /* (nullable): the saved profile */
  const char
      *binary_name; /* (nullable): names are in the profile: not needed */
  const char *file;
  const char *title;
  const char *colors; /* "" for the default */
  int64_t     seconds;
  int64_t     timeout; /* seconds; 0 for the default */
  int64_t     width;
  bool        print;
  bool        raw;
  bool        hash;
  bool        cp;
  bool        reverse;
  bool        inverted;
  bool        follow;
  bool        wants_help;

  /* What follows from them. */
  ProfColoring coloring;

  /* Owned */
  ProfQuery *query;
  GPtrArray *sources;        /* const char *: the profiles that were named */
  GPtrArray *pprof_args;     /* const char *: values of --pprofArgs */
  GPtrArray *rest;           /* const char *: pprof's options, and sources */
  GPtrArray *without_effect; /* const char *: known, but of no use here */
} CliTorchOptions;

/**
 * cli_torch_options_parse:
 * @argv: begins with the command's name
 * @message: (out): what is wrong, in go-torch's words
 *
 * Returns: whether the command line is right; @self is to be cleared anyway
 */
bool cli_torch_options_parse (CliTorchOptions *self,
                              int              argc,
                              char           **argv,
                              char           **message);
void cli_torch_options_clear (CliTorchOptions *self);

/* (transfer full) */
char *cli_torch_options_help (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CliTorchOptions, cli_torch_options_clear)

G_END_DECLS
