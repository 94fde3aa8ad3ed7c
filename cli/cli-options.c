/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-options.h"

#include "cli.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const CliCommandLine *line;
  int                   argc;
  char                **argv;
  int                   next; /* argument to look at */
  GPtrArray            *operands;
  ProfQuery            *query; /* owned */
  bool                  wants_help;

  /* What every report has. */
  const char *format; /* by name; NULL is text */
  const char *output;
  ProfLimits  limits;
  CliOption   shared[6];
  size_t      n_shared;

  CliNetwork network;
} Parser;

/* "sample_index" is "sample-index". */
static bool
is_name (const char *name, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++)
    if (name[i] != (text[i] == '_' ? '-' : text[i]))
      return false;
  return name[length] == '\0';
}

static void
share (Parser *parser, CliOption option)
{
  g_assert (parser->n_shared < G_N_ELEMENTS (parser->shared));
  parser->shared[parser->n_shared++] = option;
}

static void
share_formats (Parser *parser)
{
  share (parser,
         (CliOption){ "output",
                      'o',
                      CLI_OPTION_TEXT,
                      &parser->output,
                      _ ("FILE"),
                      _ ("where to; standard output when not given") });
  share (parser,
         (CliOption){ "format",
                      0,
                      CLI_OPTION_TEXT,
                      &parser->format,
                      _ ("NAME"),
                      parser->line->formats == CLI_ALL_FORMATS
                          ? _ ("text, json or csv (text)")
                          : _ ("text, the only one there is") });
}

static void
share_network (Parser *parser)
{
  share (parser,
         (CliOption){ "seconds",
                      0,
                      CLI_OPTION_COUNT,
                      &parser->network.seconds,
                      _ ("N"),
                      _ ("how long the program at a URL measures") });
  share (parser,
         (CliOption){ "timeout",
                      0,
                      CLI_OPTION_NUMBER,
                      &parser->network.timeout_s,
                      _ ("N"),
                      _ ("seconds for all of it (those measured, and 60)") });
  share (parser,
         (CliOption){ "follow",
                      0,
                      CLI_OPTION_FLAG,
                      &parser->network.follow,
                      NULL,
                      _ ("let a server redirect to another host") });
}

static void
share_limits (Parser *parser)
{
  share (parser,
         (CliOption){ "limit",
                      0,
                      CLI_OPTION_LIMIT,
                      &parser->limits,
                      _ ("NAME=VALUE"),
                      _ ("another limit on what is read, see below") });
}

static void
share_options (Parser *parser)
{
  share_limits (parser);
  if (parser->line->formats != CLI_NO_FORMATS)
    share_formats (parser);
  share_network (parser);
}

static const CliOption *
find_long (const Parser *parser, const char *text, size_t length)
{
  for (size_t o = 0; o < parser->line->n_options; o++)
    if (is_name (parser->line->options[o].name, text, length))
      return &parser->line->options[o];
  for (size_t o = 0; o < parser->n_shared; o++)
    if (is_name (parser->shared[o].name, text, length))
      return &parser->shared[o];
  return NULL;
}

static const CliOption *
find_letter (const Parser *parser, char letter)
{
  for (size_t o = 0; o < parser->line->n_options; o++)
    if (letter != '\0' && parser->line->options[o].letter == letter)
      return &parser->line->options[o];
  for (size_t o = 0; o < parser->n_shared; o++)
    if (letter != '\0' && parser->shared[o].letter == letter)
      return &parser->shared[o];
  return NULL;
}

/* Says what is wrong; written so that a check and its message are one
 * statement. */
#define REFUSE(parser, ...) \
  (cli_usage_error ((parser)->line->command, __VA_ARGS__) == CLI_DONE)

static bool
set_count (const Parser *parser, const CliOption *option, const char *text)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (text, 10, 0, UINT32_MAX, &count, NULL))
    return REFUSE (parser,
                   _ ("--%s wants a whole number, not “%s”"),
                   option->name,
                   text);
  *(size_t *)option->value = (size_t)count;
  return true;
}

static bool
set_number (const Parser *parser, const CliOption *option, const char *text)
{
  char  *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite (number) || number < 0)
    return REFUSE (parser,
                   _ ("--%s wants a number from 0, not “%s”"),
                   option->name,
                   text);
  *(double *)option->value = number;
  return true;
}

static bool
set_limit (const Parser *parser, const CliOption *option, const char *text)
{
  g_autoptr (GError) error = NULL;

  return prof_limits_read (option->value, text, &error) ||
         REFUSE (parser, "--%s: %s", option->name, error->message);
}

static bool
set (const Parser *parser, const CliOption *option, const char *text)
{
  switch (option->kind)
    {
    case CLI_OPTION_FLAG:
      *(bool *)option->value = true;
      return true;
    case CLI_OPTION_TEXT:
      *(const char **)option->value = text;
      return true;
    case CLI_OPTION_COUNT:
      return set_count (parser, option, text);
    case CLI_OPTION_NUMBER:
      return set_number (parser, option, text);
    case CLI_OPTION_LIMIT:
      return set_limit (parser, option, text);
    default:
      g_assert_not_reached ();
    }
}

/* @value is what follows "=", or NULL; then it is the next argument. */
static bool
take (Parser *parser, const CliOption *option, const char *value)
{
  bool is_flag = option->kind == CLI_OPTION_FLAG;

  if (is_flag && value != NULL)
    return REFUSE (parser, _ ("--%s takes no value"), option->name);
  if (!is_flag && value == NULL)
    {
      if (parser->next == parser->argc)
        return REFUSE (parser, _ ("--%s wants a value"), option->name);
      value = parser->argv[parser->next++];
    }
  return set (parser, option, value);
}

/* --- formats of reports --- */

static const char *const formats[] = {
  [CLI_TEXT] = "text",
  [CLI_JSON] = "json",
  [CLI_CSV] = "csv",
};

static bool
read_format (const Parser *parser, CliFormat *format)
{
  const char *text = parser->format != NULL ? parser->format
                                            : formats[CLI_TEXT];

  for (size_t f = 0; f < G_N_ELEMENTS (formats); f++)
    if (strcmp (formats[f], text) == 0)
      {
        *format = (CliFormat)f;
        return f == CLI_TEXT || parser->line->formats == CLI_ALL_FORMATS ||
               REFUSE (parser,
                       _ ("there is no “%s” of it; %s"),
                       text,
                       parser->line->instead);
      }
  return REFUSE (parser, _ ("--format is text, json or csv, not “%s”"), text);
}

/* --- options of the query --- */

static const ProfQueryOption *
find_query_option (const char *text, size_t length)
{
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  for (size_t o = 0; o < n; o++)
    if (is_name (options[o].name, text, length))
      return &options[o];
  return NULL;
}

/* The query itself says what is wrong with a value. */
static bool
ask (Parser *parser, const ProfQueryOption *option, const char *value)
{
  g_autoptr (GError) error = NULL;
  ProfQuery         *query;

  if (value == NULL && option->kind == PROF_QUERY_OPTION_FLAG)
    value = "true";
  if (value == NULL && parser->next == parser->argc)
    return REFUSE (parser, _ ("--%s wants a value"), option->name);
  if (value == NULL)
    value = parser->argv[parser->next++];
  query = prof_query_with (parser->query, option->name, value, &error);
  if (query == NULL)
    {
      cli_fail (NULL, error->message);
      return false;
    }
  prof_query_unref (parser->query);
  parser->query = query;
  return true;
}

static bool
parse_long (Parser *parser, const char *text)
{
  const ProfQueryOption *asked;
  size_t                 length = strcspn (text, "=");
  const char            *value = text[length] == '=' ? text + length + 1 : NULL;
  const CliOption       *option = find_long (parser, text, length);

  if (strcmp (text, "help") == 0)
    {
      parser->wants_help = true;
      return true;
    }
  asked = option == NULL && !parser->line->only_fetches
              ? find_query_option (text, length)
              : NULL;
  if (asked != NULL)
    return ask (parser, asked, value);
  if (option == NULL)
    return REFUSE (parser,
                   _ ("unknown option --%.*s"),
                   (int)MIN (length, 80),
                   text);
  return take (parser, option, value);
}

static bool
parse_short (Parser *parser, const char *text)
{
  const CliOption *option = find_letter (parser, text[0]);

  if (strcmp (text, "h") == 0)
    {
      parser->wants_help = true;
      return true;
    }
  if (option == NULL || (option->kind == CLI_OPTION_FLAG && text[1] != '\0'))
    return REFUSE (parser, _ ("unknown option -%s"), text);
  return take (parser, option, text[1] != '\0' ? text + 1 : NULL);
}

static bool
parse_all (Parser *parser)
{
  bool options_ended = false;

  while (parser->next < parser->argc)
    {
      char *text = parser->argv[parser->next++];
      bool  fine = true;

      if (options_ended || text[0] != '-' || text[1] == '\0')
        g_ptr_array_add (parser->operands, text);
      else if (strcmp (text, "--") == 0)
        options_ended = true;
      else if (text[1] == '-')
        fine = parse_long (parser, text + 2);
      else
        fine = parse_short (parser, text + 1);
      if (!fine)
        return false;
    }
  return true;
}

/* Whether it is an ELF file. */
static bool
is_executable (const char *path)
{
  static const char magic[4] = { '\x7f', 'E', 'L', 'F' };
  char              start[sizeof magic];
  FILE             *file;
  bool              found;

  if (strcmp (path, "-") == 0 || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return false;
  file = fopen (path, "rbe");
  if (file == NULL)
    return false;
  found = fread (start, 1, sizeof start, file) == sizeof start &&
          memcmp (start, magic, sizeof magic) == 0;
  fclose (file);
  return found;
}

guint
cli_take_binaries (const GPtrArray *operands,
                   guint            first,
                   guint            n_wanted,
                   char          ***binaries)
{
  GPtrArray *found = g_ptr_array_new ();

  while (operands->len > first + found->len + n_wanted &&
         is_executable (operands->pdata[first + found->len]))
    g_ptr_array_add (found, g_strdup (operands->pdata[first + found->len]));
  g_ptr_array_add (found, NULL);
  *binaries = (char **)g_ptr_array_free (found, FALSE);
  return g_strv_length (*binaries);
}

static bool
take_operands (const Parser *parser, CliArguments *arguments)
{
  const CliCommandLine *line = parser->line;
  GPtrArray            *operands = parser->operands;
  guint                 n_wanted = line->compares ? 2 : 1;
  guint                 first = 0;

  if (line->operand != NULL && operands->len == 0)
    return REFUSE (parser, _ ("%s is missing"), line->operand);
  if (line->operand != NULL)
    arguments->operand = operands->pdata[first++];
  first += cli_take_binaries (operands, first, n_wanted, &arguments->binaries);
  if (line->compares && operands->len != first + n_wanted)
    return REFUSE (parser, "%s", _ ("two profiles, please: OLD and NEW"));
  if (operands->len == first)
    return REFUSE (parser,
                   "%s",
                   line->only_fetches ? _ ("which URL?")
                                      : _ ("which profile?"));
  if (line->one_profile && operands->len > first + 1)
    return REFUSE (parser, "%s", _ ("only one profile, please"));
  arguments->paths = g_new0 (char *, operands->len - first + 1);
  for (guint o = first; o < operands->len; o++)
    arguments->paths[o - first] = g_strdup (operands->pdata[o]);
  return true;
}

static bool
check_query (const Parser *parser)
{
  const ProfQueryFields *fields = prof_query_fields (parser->query);

  if (fields->normalize && !parser->line->compares && fields->base[0] == NULL &&
      fields->diff_base[0] == NULL)
    return REFUSE (parser, "%s", _ ("must have base profile to normalize by"));
  return true;
}

#define HELP_COLUMN 28

static void
append_help (GString    *out,
             char        letter,
             const char *name,
             const char *argument,
             const char *help)
{
  g_autofree char *left = NULL;
  char             prefix[] = { '-', letter, ',', ' ', '\0' };
  glong            width;

  left = g_strdup_printf ("  %s--%s%s%s",
                          letter != '\0' ? prefix : "",
                          name,
                          argument != NULL ? "=" : "",
                          argument != NULL ? argument : "");
  width = g_utf8_strlen (left, -1);
  g_string_append (out, left);
  g_string_append_printf (out,
                          "%*s%s\n",
                          (int)MAX (HELP_COLUMN + 3 - width, 1),
                          "",
                          help);
}

static void
append_query_options (GString *out)
{
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  g_string_append (out, _ ("\nWhat is asked of the profile:\n\n"));
  for (size_t o = 0; o < n; o++)
    append_help (out,
                 '\0',
                 options[o].name,
                 options[o].argument,
                 _ (options[o].help));
}

static void
append_options (GString *out, const CliOption *options, size_t n)
{
  for (size_t o = 0; o < n; o++)
    append_help (out,
                 options[o].letter,
                 options[o].name,
                 options[o].argument,
                 options[o].help);
}

/* "2 GiB" */
static char *
limit_value (ProfLimit limit)
{
  uint64_t value = prof_limits_get (NULL, limit);

  if (value == 0)
    return g_strdup (_ ("the larger of 1 GiB and 64 times the file"));
  if (prof_limits_is_bytes (limit))
    return g_format_size_full (value, G_FORMAT_SIZE_IEC_UNITS);
  return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

static void
append_limits (GString *out)
{
  g_string_append (out,
                   _ ("\nLimits of --limit, a number or such as 2G, and what "
                      "they are without:\n\n"));
  for (int l = 0; l < PROF_N_LIMITS; l++)
    {
      g_autofree char *value = limit_value ((ProfLimit)l);
      g_autofree char *help = g_strdup_printf ("%s (%s)",
                                               _ (prof_limits_help (
                                                   (ProfLimit)l)),
                                               value);

      g_string_append_printf (out,
                              "  %-*s %s\n",
                              HELP_COLUMN,
                              prof_limits_name ((ProfLimit)l),
                              help);
    }
}

static const char *
operands_help (const CliCommandLine *line)
{
  if (line->compares)
    return _ ("OLD and NEW are files or URLs; one may be “-”, standard input.");
  if (line->only_fetches)
    return _ ("URL is an address such as :6060, host:6060/debug/pprof/heap or\n"
              "https://host/heap; without a path it is a CPU profile's.");
  return _ ("PROFILE is a file, a URL such as :6060/debug/pprof/heap, or “-” "
            "for standard\ninput.");
}

static int
print_help (const Parser *parser)
{
  const CliCommandLine *line = parser->line;
  g_autoptr (GString)   out = g_string_new (NULL);

  g_string_append_printf (out,
                          _ ("Usage: prof %s [OPTION…] %s%s%s\n\n"),
                          line->command,
                          line->operand != NULL ? line->operand : "",
                          line->operand != NULL ? " " : "",
                          line->compares       ? "OLD NEW"
                          : line->only_fetches ? "URL"
                          : line->one_profile  ? "PROFILE"
                                               : "PROFILE…");
  g_string_append_printf (out, "%s\n\n", line->summary);
  g_string_append (out, operands_help (line));
  if (!line->one_profile && !line->compares && !line->only_fetches)
    g_string_append (out, _ (" Several are added up."));
  g_string_append (out, "\n\n");
  append_options (out, line->options, line->n_options);
  append_options (out, parser->shared, parser->n_shared);
  append_help (out, 'h', "help", NULL, _ ("show this help"));
  if (!line->only_fetches)
    append_query_options (out);
  append_limits (out);
  return cli_print (out->str, (gssize)out->len);
}

void
cli_arguments_clear (CliArguments *self)
{
  g_clear_pointer (&self->query, prof_query_unref);
  g_clear_pointer (&self->binaries, g_strfreev);
  g_clear_pointer (&self->paths, g_strfreev);
}

bool
cli_options_parse (const CliCommandLine *line,
                   int                   argc,
                   char                **argv,
                   CliArguments         *arguments,
                   int                  *status)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  Parser                parser = {
                   .line = line,
                   .argc = argc,
                   .argv = argv,
                   .next = 1,
                   .operands = operands,
                   .query = prof_query_new (),
                   .limits = prof_machine_limits (),
                   .network = { .is_wanted = true },
  };
  bool parsed;

  share_options (&parser);
  parsed = parse_all (&parser);
  *arguments = (CliArguments){
    .query = parser.query,
    .limits = parser.limits,
    .canonical = line->canonical,
    .only_sums = line->only_sums,
    .with_perf = true,
    .output = parser.output,
    .network = parser.network,
  };
  arguments->network.limits = parser.limits;
  *status = CLI_USAGE;
  if (parsed && parser.wants_help)
    *status = print_help (&parser);
  return parsed && !parser.wants_help && check_query (&parser) &&
         read_format (&parser, &arguments->format) &&
         take_operands (&parser, arguments);
}
