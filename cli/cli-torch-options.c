/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "cli-torch-options.h"

#include "cli.h"
#include <string.h>

typedef enum
{
  FLAG,
  TEXT,
  NUMBER,
  LIST,
} Kind;

/* A row of go-torch's own options. */
typedef struct
{
  const char *name;
  char        letter; /* or 0 */
  Kind        kind;
  size_t      offset; /* in CliTorchOptions */
  const char *argument;
  const char *help; /* %NULL: not listed */
} Own;

#define OWN(name, letter, kind, field, argument, help)                    \
  {                                                                       \
    name, letter, kind, offsetof (CliTorchOptions, field), argument, help \
  }

static const Own own_options[] = {
  OWN ("binaryinput", 'b', TEXT, binary_input, "FILE", N_ ("the profile")),
  OWN ("binaryname",
       0,
       TEXT,
       binary_name,
       "FILE",
       N_ ("the program; not needed, names are in the profile")),
  OWN ("file",
       'f',
       TEXT,
       file,
       "FILE",
       N_ ("the picture to write, ending in .svg (torch.svg)")),
  OWN ("print", 'p', FLAG, print, NULL, N_ ("SVG to standard output")),
  OWN ("raw",
       'r',
       FLAG,
       raw,
       NULL,
       N_ ("folded stacks to standard output instead of a picture")),
  OWN ("title", 0, TEXT, title, "TEXT", N_ ("heading (Flame Graph)")),
  OWN ("width", 0, NUMBER, width, "PX", N_ ("width of the picture (1200)")),
  OWN ("colors",
       0,
       TEXT,
       colors,
       "NAME",
       N_ ("hot, mem, java, … (see below); default: by package")),
  OWN ("hash",
       0,
       FLAG,
       hash,
       NULL,
       N_ ("a colour for each function instead of each package")),
  OWN ("cp",
       0,
       FLAG,
       cp,
       NULL,
       N_ ("a package has the same colour in every picture")),
  OWN ("reverse", 0, FLAG, reverse, NULL, N_ ("leaves first, then callers")),
  OWN ("inverted", 0, FLAG, inverted, NULL, N_ ("the root on top")),
  OWN ("url",
       'u',
       TEXT,
       url,
       "URL",
       N_ ("the program to measure (http://localhost:8080)")),
  OWN ("suffix",
       's',
       TEXT,
       suffix,
       "PATH",
       N_ ("path of the profile there (/debug/pprof/profile)")),
  OWN ("seconds",
       't',
       NUMBER,
       seconds,
       "N",
       N_ ("how long to measure there (30)")),
  OWN ("time", 0, NUMBER, seconds, NULL, NULL),
  OWN ("timeout",
       0,
       NUMBER,
       timeout,
       "N",
       N_ ("seconds that fetching may take")),
  OWN ("follow",
       0,
       FLAG,
       follow,
       NULL,
       N_ ("let a server redirect to another host")),
  OWN ("pprofArgs",
       0,
       LIST,
       pprof_args,
       "ARG",
       N_ ("an option of pprof's; several are allowed")),
  OWN ("help", 'h', FLAG, wants_help, NULL, N_ ("show this help")),
};

/* Options of pprof that are no options of a query, and what they ask for. */
typedef struct
{
  const char *name;
  const char *option; /* of the query; %NULL: without effect here */
  const char *value;  /* %NULL: is given */
} Alias;

static const Alias aliases[] = {
  { "inuse_space", "sample-index", "inuse_space" },
  { "inuse_objects", "sample-index", "inuse_objects" },
  { "alloc_space", "sample-index", "alloc_space" },
  { "alloc_objects", "sample-index", "alloc_objects" },
  { "contentions", "sample-index", "contentions" },
  { "total_delay", "sample-index", "delay" },
  { "mean_delay", "sample-index", "delay" },
  { "functions", "granularity", "functions" },
  { "filefunctions", "granularity", "filefunctions" },
  { "files", "granularity", "files" },
  { "lines", "granularity", "lines" },
  { "addresses", "granularity", "addresses" },
  { "seconds", NULL, NULL },
  { "timeout", NULL, NULL },
  { "symbolize", NULL, NULL },
  { "tools", NULL, NULL },
  { "buildid", NULL, NULL },
};

static bool say (char **message, const char *format, ...) G_GNUC_PRINTF (2, 3);

static bool
say (char **message, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  *message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  return false;
}

/* A name without its dashes, up to "=". */
typedef struct
{
  const char *name;
  size_t      length;
  const char *value; /* (nullable): behind "=" */
  bool        is_long;
} Word;

static Word
word_of (const char *text)
{
  Word word = { .is_long = text[1] == '-' };

  word.name = text + (word.is_long ? 2 : 1);
  word.length = strcspn (word.name, "=");
  if (word.name[word.length] == '=')
    word.value = word.name + word.length + 1;
  return word;
}

static bool
is_called (const Word *word, const char *name)
{
  if (strlen (name) != word->length)
    return false;
  for (size_t i = 0; i < word->length; i++)
    if ((word->name[i] == '_' ? '-' : word->name[i]) !=
        (name[i] == '_' ? '-' : name[i]))
      return false;
  return true;
}

static const Own *
find_own (const Word *word)
{
  for (size_t o = 0; o < G_N_ELEMENTS (own_options); o++)
    if (is_called (word, own_options[o].name))
      return &own_options[o];
  return NULL;
}

static const Own *
find_letter (char letter)
{
  for (size_t o = 0; o < G_N_ELEMENTS (own_options); o++)
    if (letter != '\0' && own_options[o].letter == letter)
      return &own_options[o];
  return NULL;
}

static const Alias *
find_alias (const Word *word)
{
  for (size_t a = 0; a < G_N_ELEMENTS (aliases); a++)
    if (is_called (word, aliases[a].name))
      return &aliases[a];
  return NULL;
}

static const ProfQueryOption *
find_query_option (const Word *word)
{
  size_t                 n;
  const ProfQueryOption *options = prof_query_options (&n);

  for (size_t o = 0; o < n; o++)
    if (is_called (word, options[o].name))
      return &options[o];
  return NULL;
}

/* Whether it is pprof's; @wants_value when its value may be the next word. */
static bool
is_pprofs (const Word *word, bool *wants_value)
{
  const ProfQueryOption *option = find_query_option (word);
  const Alias           *alias = find_alias (word);

  if (option != NULL)
    *wants_value = option->kind != PROF_QUERY_OPTION_FLAG;
  else if (alias != NULL)
    *wants_value = alias->option == NULL;
  else
    *wants_value = false;
  *wants_value = *wants_value && word->value == NULL;
  return option != NULL || alias != NULL || is_called (word, "trim");
}

/* --- go-torch's own --- */

static char *
own_title (const Own *own)
{
  if (own->letter == '\0')
    return g_strdup_printf ("--%s", own->name);
  return g_strdup_printf ("-%c, --%s", own->letter, own->name);
}

static bool
set_own (CliTorchOptions *self,
         const Own       *own,
         const char      *value,
         char           **message)
{
  void *place = (char *)self + own->offset;

  switch (own->kind)
    {
    case FLAG:
      *(bool *)place = true;
      return true;
    case LIST:
      g_ptr_array_add (*(GPtrArray **)place, (char *)value);
      return true;
    case NUMBER:
      if (!g_ascii_string_to_signed (value,
                                     10,
                                     INT32_MIN,
                                     INT32_MAX,
                                     place,
                                     NULL))
        {
          g_autofree char *title = own_title (own);

          return say (message,
                      "invalid argument for flag `%s' (expected int): \"%s\"",
                      title,
                      value);
        }
      return true;
    case TEXT:
    default:
      *(const char **)place = value;
      return true;
    }
}

/* @next is where the following word is taken from. */
typedef struct
{
  char **next;
  char **end;
} Words;

static bool
take_own (CliTorchOptions *self,
          Words           *words,
          const Own       *own,
          const char      *value,
          char           **message)
{
  g_autofree char *title = own_title (own);

  if (own->kind == FLAG && value != NULL)
    return say (message, "bool flag `%s' cannot have an argument", title);
  if (own->kind == FLAG || value != NULL)
    return set_own (self, own, value, message);
  if (words->next == words->end)
    return say (message, "expected argument for flag `%s'", title);
  value = *words->next;
  if (own->kind != LIST && value[0] == '-' && value[1] != '\0' &&
      !g_ascii_isdigit (value[1]))
    return say (message,
                "expected argument for flag `%s', but got option `%s'",
                title,
                value);
  words->next++;
  return set_own (self, own, value, message);
}

/* "-pr", "-fcpu.svg", "-f=cpu.svg", "-f cpu.svg". */
static bool
take_letters (CliTorchOptions *self,
              Words           *words,
              const char      *letters,
              char           **message)
{
  for (const char *p = letters; *p != '\0'; p++)
    {
      const Own  *own = find_letter (*p);
      const char *value = p[1] == '=' ? p + 2 : p + 1;

      if (own == NULL)
        return say (message, "unknown flag `%s'", letters);
      if (own->kind == FLAG && p[1] != '=')
        {
          if (!take_own (self, words, own, NULL, message))
            return false;
          continue;
        }
      return take_own (self, words, own, p[1] != '\0' ? value : NULL, message);
    }
  return true;
}

static bool
take_option (CliTorchOptions *self, Words *words, char *text, char **message)
{
  Word       word = word_of (text);
  const Own *own = find_own (&word);
  bool       wants_value;

  if (own != NULL)
    return take_own (self, words, own, word.value, message);
  if (is_pprofs (&word, &wants_value))
    {
      g_ptr_array_add (self->rest, text);
      if (wants_value && words->next < words->end)
        g_ptr_array_add (self->rest, *words->next++);
      return true;
    }
  if (!word.is_long)
    return take_letters (self, words, word.name, message);
  return say (message,
              "unknown flag `%.*s'",
              (int)MIN (word.length, 80),
              word.name);
}

/* First go-torch's own options; the rest is kept in order. */
static bool
parse_own (CliTorchOptions *self, Words *words, char **message)
{
  while (words->next < words->end)
    {
      char *text = *words->next++;

      if (strcmp (text, "--") == 0)
        {
          while (words->next < words->end)
            g_ptr_array_add (self->sources, *words->next++);
          return true;
        }
      if (text[0] != '-' || text[1] == '\0')
        g_ptr_array_add (self->rest, text);
      else if (!take_option (self, words, text, message))
        return false;
    }
  return true;
}

/* --- pprof's --- */

static bool
ask (CliTorchOptions *self, const char *name, const char *value, char **message)
{
  g_autoptr (GError) error = NULL;
  ProfQuery         *query;

  query = prof_query_with (self->query, name, value, &error);
  if (query == NULL)
    return say (message, "%s", error->message);
  prof_query_unref (self->query);
  self->query = query;
  return true;
}

/* "-trim=false" is "--no-trim". */
static bool
ask_for_trim (CliTorchOptions *self, const char *value, char **message)
{
  bool no = value != NULL &&
            (g_ascii_strcasecmp (value, "false") == 0 ||
             g_ascii_strcasecmp (value, "f") == 0 || strcmp (value, "0") == 0);

  return ask (self, "no-trim", no ? "true" : "false", message);
}

static bool
ask_for_alias (CliTorchOptions *self,
               const Alias     *alias,
               const Word      *word,
               char           **message)
{
  if (alias->option == NULL)
    {
      g_ptr_array_add (self->without_effect, (char *)alias->name);
      return true;
    }
  /* "-lines=false" asks for nothing. */
  if (word->value != NULL && (g_ascii_strcasecmp (word->value, "false") == 0 ||
                              strcmp (word->value, "0") == 0))
    return true;
  if (strcmp (alias->name, "mean_delay") == 0 &&
      !ask (self, "mean", "true", message))
    return false;
  return ask (self, alias->option, alias->value, message);
}

static bool
take_pprofs (CliTorchOptions *self,
             Words           *words,
             const char      *text,
             char           **message)
{
  Word                   word = word_of (text);
  const ProfQueryOption *option = find_query_option (&word);
  const char            *value = word.value;
  bool                   wants_value;

  if (!is_pprofs (&word, &wants_value))
    return say (message,
                "unknown flag `%.*s'",
                (int)MIN (word.length, 80),
                word.name);
  if (wants_value && words->next == words->end)
    return say (message, "expected argument for flag `%s'", word.name);
  if (wants_value)
    value = *words->next++;
  /* Of --pprofArgs; they are our own as well. */
  if (is_called (&word, "seconds") || is_called (&word, "timeout"))
    return set_own (self, find_own (&word), value, message);
  if (option == NULL && is_called (&word, "trim"))
    return ask_for_trim (self, value, message);
  if (option == NULL)
    return ask_for_alias (self, find_alias (&word), &word, message);
  if (option->kind == PROF_QUERY_OPTION_FLAG && value == NULL)
    value = "true";
  return ask (self, option->name, value, message);
}

static bool
parse_pprofs (CliTorchOptions *self, GPtrArray *list, char **message)
{
  char **data = (char **)list->pdata;
  Words  words = { data, data != NULL ? data + list->len : NULL };

  while (words.next < words.end)
    {
      char *text = *words.next++;

      if (text[0] != '-' || text[1] == '\0')
        g_ptr_array_add (self->sources, text);
      else if (!take_pprofs (self, &words, text, message))
        return false;
    }
  return true;
}

/* --- All of it --- */

/* go-torch's, and ours by its name; no other. */
static bool
find_colors (CliTorchOptions *self)
{
  ProfScheme scheme;

  if (!prof_scheme_find (self->colors, &scheme) || scheme > PROF_SCHEME_N_TORCH)
    return false;
  self->coloring.scheme = scheme;
  return true;
}

static char *
torch_colors (void)
{
  const char *const  *names = prof_scheme_names ();
  g_autoptr (GString) known = g_string_new (NULL);

  for (size_t i = 1; i <= PROF_SCHEME_N_TORCH; i++)
    g_string_append_printf (known, "%s%s", i > 1 ? " " : "", names[i]);
  return g_string_free (g_steal_pointer (&known), FALSE);
}

static bool
check (CliTorchOptions *self, char **message)
{
  g_autofree char *known = NULL;

  if (!g_str_has_suffix (self->file, ".svg"))
    return say (message, "output file must end in .svg");
  if (self->seconds < 1)
    return say (message, "seconds must be an integer greater than 0");
  if (self->timeout < 0)
    return say (message, "timeout must not be negative");
  if (self->title[0] == '\0')
    return say (message, "flamegraph title should not be empty");
  if (self->width <= 0)
    return say (message, "flamegraph default width is 1200 pixels");
  if (self->colors[0] == '\0' || find_colors (self))
    return true;
  known = torch_colors ();
  return say (message,
              "unknown flamegraph colors \"%s\"; there are %s",
              self->colors,
              known);
}

static bool
prefix (char **message, const char *words)
{
  char *longer = g_strdup_printf ("%s: %s", words, *message);

  g_free (*message);
  *message = longer;
  return false;
}

bool
cli_torch_options_parse (CliTorchOptions *self,
                         int              argc,
                         char           **argv,
                         char           **message)
{
  Words words = { argv + 1, argv + argc };

  *self = (CliTorchOptions){
    .url = "http://localhost:8080",
    .suffix = "/debug/pprof/profile",
    .file = "torch.svg",
    .title = "Flame Graph",
    .colors = "",
    .seconds = 30,
    .width = 1200,
    .query = prof_query_new (),
    .sources = g_ptr_array_new (),
    .pprof_args = g_ptr_array_new (),
    .rest = g_ptr_array_new (),
    .without_effect = g_ptr_array_new (),
  };
  if (!parse_own (self, &words, message))
    return prefix (message, "could not parse options");
  if (self->wants_help)
    return true;
  if (!parse_pprofs (self, self->pprof_args, message) ||
      !parse_pprofs (self, self->rest, message))
    return prefix (message, "could not parse options");
  if (!check (self, message))
    return prefix (message, "invalid options");
  self->coloring.by_name = self->hash;
  self->coloring.steady = self->cp;
  return true;
}

void
cli_torch_options_clear (CliTorchOptions *self)
{
  g_clear_pointer (&self->query, prof_query_unref);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->pprof_args, g_ptr_array_unref);
  g_clear_pointer (&self->rest, g_ptr_array_unref);
  g_clear_pointer (&self->without_effect, g_ptr_array_unref);
}

#define HELP_COLUMN 28

static void
append_help (GString *out, const Own *own)
{
  char letter[] = { '-', own->letter, ',', ' ', '\0' };
  int  width = (int)strlen (own->name) + (own->letter != '\0' ? 8 : 4);

  g_string_append_printf (out,
                          "  %s--%s",
                          own->letter != '\0' ? letter : "",
                          own->name);
  if (own->argument != NULL)
    g_string_append_printf (out, "=%s", own->argument);
  if (own->argument != NULL)
    width += (int)strlen (own->argument) + 1;
  g_string_append_printf (out,
                          "%*s%s\n",
                          MAX (HELP_COLUMN + 3 - width, 1),
                          "",
                          _ (own->help));
}

char *
cli_torch_options_help (void)
{
  GString *out = g_string_new (NULL);

  g_string_append (out,
                   _ ("Usage: prof torch [OPTION…] [BINARY] [PROFILE]\n\n"
                      "Draws the flame graph as go-torch did, with its "
                      "options, messages and exit\nstatuses; “alias "
                      "go-torch='prof torch'” is meant to work.\n\n"));
  for (size_t o = 0; o < G_N_ELEMENTS (own_options); o++)
    if (own_options[o].help != NULL)
      append_help (out, &own_options[o]);
  g_string_append (
      out,
      _ ("\nNames of colours: hot mem io wakeup chain java js perl red green "
         "blue aqua yellow\npurple orange.\n\n"
         "Options of pprof are taken with one dash or two: -inuse_space, "
         "-focus=RE,\n-ignore=RE, -sample_index=NAME, -hide=RE, -show=RE, "
         "-tagfocus=VALUE,\n-tagroot=KEY, -lines, -noinlines, -base=FILE and the\n"
         "others of “prof flame --help”.\n\n"
         "Other than go-torch: inlined functions are shown, samples may have "
         "labels, the\nsample type is pprof's default, names may have blanks, "
         "units and totals are in\nthe picture, and the same profile gives the "
         "same bytes.\n"));
  return g_string_free (out, FALSE);
}
