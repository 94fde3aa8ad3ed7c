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
  bool                  wants_help;
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

static const CliOption *
find_long (const Parser *parser, const char *text, size_t length)
{
  for (size_t o = 0; o < parser->line->n_options; o++)
    if (is_name (parser->line->options[o].name, text, length))
      return &parser->line->options[o];
  return NULL;
}

static const CliOption *
find_letter (const Parser *parser, char letter)
{
  for (size_t o = 0; o < parser->line->n_options; o++)
    if (letter != '\0' && parser->line->options[o].letter == letter)
      return &parser->line->options[o];
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

static bool
parse_long (Parser *parser, const char *text)
{
  size_t           length = strcspn (text, "=");
  const CliOption *option = find_long (parser, text, length);

  if (strcmp (text, "help") == 0)
    {
      parser->wants_help = true;
      return true;
    }
  if (option == NULL)
    return REFUSE (parser,
                   _ ("unknown option --%.*s"),
                   (int)MIN (length, 80),
                   text);
  return take (parser, option, text[length] == '=' ? text + length + 1 : NULL);
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

static bool
take_path (const Parser *parser, const char **path)
{
  GPtrArray *operands = parser->operands;
  guint      first = 0;

  if (operands->len > 1 && is_executable (operands->pdata[0]))
    first = 1;
  if (operands->len == first)
    return REFUSE (parser, "%s", _ ("which profile?"));
  if (operands->len > first + 1)
    return REFUSE (parser, "%s", _ ("only one profile, please"));
  *path = operands->pdata[first];
  return true;
}

static void
append_option (GString *out, const CliOption *option)
{
  g_autofree char *left = NULL;
  char             letter[] = { '-', option->letter, ',', ' ', '\0' };

  left = g_strdup_printf ("%s--%s%s%s",
                          option->letter != '\0' ? letter : "",
                          option->name,
                          option->argument != NULL ? "=" : "",
                          option->argument != NULL ? option->argument : "");
  g_string_append_printf (out, "  %-28s %s\n", left, option->help);
}

static int
print_help (const CliCommandLine *line)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out,
                          _ ("Usage: prof %s [OPTION…] PROFILE\n\n%s\n\n"),
                          line->command,
                          line->summary);
  g_string_append (out,
                   _ ("PROFILE is a file, or “-” for standard input.\n\n"));
  for (size_t o = 0; o < line->n_options; o++)
    append_option (out, &line->options[o]);
  append_option (out,
                 &(CliOption){ .name = "help",
                               .letter = 'h',
                               .help = _ ("show this help") });
  return cli_print (out->str, (gssize)out->len);
}

bool
cli_options_parse (const CliCommandLine *line,
                   int                   argc,
                   char                **argv,
                   const char          **path,
                   int                  *status)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();
  Parser                parser = { line, argc, argv, 1, operands, false };

  *status = CLI_USAGE;
  if (!parse_all (&parser))
    return false;
  if (parser.wants_help)
    {
      *status = print_help (line);
      return false;
    }
  return take_path (&parser, path);
}
