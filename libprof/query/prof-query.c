/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-query.h"

#include "base/prof-number.h"
#include "base/prof-pattern.h"
#include "base/prof-unit.h"
#include "query/prof-focus-path.h"
#include "query/prof-tag-filter.h"
#include <math.h>
#include <string.h>

/* Everything here walks one table: what an option is called, what its field
 * holds, and where that is. A new option is a field, a default and a row. */

struct _ProfQuery
{
  gatomicrefcount ref_count;

  /* Owned, texts and lists too */
  ProfQueryFields fields;
};

#define N_(text) text

static const char *const granularities[] = {
  "functions", "filefunctions", "files", "lines", "addresses", "packages", NULL,
};

#define ROW(name, KIND, field, argument, help)                         \
  {                                                                    \
    name, PROF_QUERY_OPTION_##KIND, offsetof (ProfQueryFields, field), \
        argument, help, NULL                                           \
  }

static const ProfQueryOption options[] = {
  ROW ("sample-index",
       TEXT,
       sample_index,
       "NAME",
       N_ ("which value of a sample counts, by name or number")),
  ROW ("focus",
       PATTERN,
       focus,
       "RE",
       N_ ("only stacks with a frame that matches")),
  ROW ("ignore",
       PATTERN,
       ignore,
       "RE",
       N_ ("no stacks with a frame that matches")),
  ROW ("hide", PATTERN, hide, "RE", N_ ("leave out frames that match")),
  ROW ("show", PATTERN, show, "RE", N_ ("leave out frames that do not match")),
  ROW ("show-from",
       PATTERN,
       show_from,
       "RE",
       N_ ("begin stacks at the outermost frame that matches")),
  ROW ("focus-path",
       TEXT,
       focus_path,
       "NAME;…",
       N_ ("only stacks that begin with these functions")),
  ROW ("prune-from",
       PATTERN,
       prune_from,
       "RE",
       N_ ("end stacks at the innermost frame that matches")),
  ROW ("tagfocus",
       TAG_FILTER,
       tagfocus,
       "[KEY=]VALUE",
       N_ ("only samples with a label that matches, or in a range")),
  ROW ("tagignore",
       TAG_FILTER,
       tagignore,
       "[KEY=]VALUE",
       N_ ("no samples with a label that matches, or in a range")),
  ROW ("tagshow",
       PATTERN,
       tagshow,
       "RE",
       N_ ("leave out labels whose key does not match")),
  ROW ("taghide",
       PATTERN,
       taghide,
       "RE",
       N_ ("leave out labels whose key matches")),
  ROW ("tagroot",
       TEXT,
       tagroot,
       "KEY,…",
       N_ ("put the values of these labels at the root of stacks")),
  ROW ("tagleaf",
       TEXT,
       tagleaf,
       "KEY,…",
       N_ ("put the values of these labels at the leaf of stacks")),
  { "granularity",
    PROF_QUERY_OPTION_CHOICE,
    offsetof (ProfQueryFields, granularity),
    "WHAT",
    N_ ("what tells frames apart"),
    granularities },
  ROW ("noinlines",
       FLAG,
       noinlines,
       NULL,
       N_ ("inlined functions count as their callers")),
  ROW ("collapse-recursion",
       FLAG,
       collapse_recursion,
       NULL,
       N_ ("a function that calls itself is one frame")),
  ROW ("all-frames",
       FLAG,
       all_frames,
       NULL,
       N_ ("keep the frames that the profile asks to drop")),
  ROW ("cum", FLAG, cum, NULL, N_ ("sort by cumulative value")),
  ROW ("nodecount", COUNT, nodecount, "N", N_ ("at most N nodes")),
  ROW ("nodefraction",
       NUMBER,
       nodefraction,
       "F",
       N_ ("hide nodes below this part of the total")),
  ROW ("edgefraction",
       NUMBER,
       edgefraction,
       "F",
       N_ ("hide edges below this part of the total")),
  ROW ("no-trim", FLAG, trim, NULL, N_ ("hide no nodes and no edges")),
  ROW ("call-tree",
       FLAG,
       call_tree,
       NULL,
       N_ ("a node for each way to a function")),
  ROW ("relative-percentages",
       FLAG,
       relative_percentages,
       NULL,
       N_ ("percentages of what filters leave")),
  ROW ("drop-negative",
       FLAG,
       drop_negative,
       NULL,
       N_ ("leave out nodes with a negative value")),
  ROW ("compact-labels",
       FLAG,
       compact_labels,
       NULL,
       N_ ("no description of the profile on top")),
  ROW ("unit", TEXT, unit, "UNIT", N_ ("write values in this unit")),
  ROW ("divide-by", NUMBER, divide_by, "N", N_ ("divide all values by this")),
  ROW ("mean", FLAG, mean, NULL, N_ ("divide values by the first value")),
  ROW ("base", LIST, base, "FILE", N_ ("subtract this profile")),
  ROW ("diff-base",
       LIST,
       diff_base,
       "FILE",
       N_ ("subtract this profile; percentages are of it")),
  ROW ("normalize",
       FLAG,
       normalize,
       NULL,
       N_ ("scale to the total of the profile that is subtracted")),
  ROW ("source-path",
       TEXT,
       source_path,
       "DIR:…",
       N_ ("look for source files in these folders")),
  ROW ("trim-path",
       TEXT,
       trim_path,
       "DIR:…",
       N_ ("cut these folders off the names of source files")),
};

#undef ROW

static const char *const no_files[] = { NULL };

static const ProfQueryFields defaults = {
  .sample_index = "",
  .focus = "",
  .ignore = "",
  .hide = "",
  .show = "",
  .show_from = "",
  .focus_path = "",
  .prune_from = "",
  .tagfocus = "",
  .tagignore = "",
  .tagshow = "",
  .taghide = "",
  .tagroot = "",
  .tagleaf = "",
  .granularity = PROF_GRANULARITY_FUNCTIONS,
  .nodecount = -1,
  .nodefraction = 0.005,
  .edgefraction = 0.001,
  .trim = true,
  .unit = "minimum",
  .source_path = "",
  .trim_path = "",
  .divide_by = 1,
  .base = no_files,
  .diff_base = no_files,
};

/* Where a row's value is, for reading; writers come with fields of their own. */
static void *
field_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return G_STRUCT_MEMBER_P (fields, option->offset);
}

static bool
flag_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const bool *)field_of (fields, option);
}

static const char *
text_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const char **)field_of (fields, option);
}

static int64_t
count_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const int64_t *)field_of (fields, option);
}

static double
number_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const double *)field_of (fields, option);
}

static ProfGranularity
choice_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const ProfGranularity *)field_of (fields, option);
}

static const char *const *
list_of (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  return *(const char *const **)field_of (fields, option);
}

static void
give_text (ProfQueryFields *fields, const ProfQueryOption *option, char *text)
{
  const char **place = field_of (fields, option);

  g_free ((char *)*place);
  *place = text;
}

static void
give_list (ProfQueryFields *fields, const ProfQueryOption *option, char **list)
{
  const char *const **place = field_of (fields, option);

  g_strfreev ((char **)*place);
  *place = (const char *const *)list;
}

/* Makes the text or list of a row the query's own, a copy of what it was. */
static void
own (ProfQueryFields *fields, const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      *(const char **)field_of (fields,
                                option) = g_strdup (text_of (fields, option));
      break;
    case PROF_QUERY_OPTION_LIST:
      *(const char *const **)field_of (fields, option) = (const char *const *)
          g_strdupv ((char **)list_of (fields, option));
      break;
    case PROF_QUERY_OPTION_FLAG:
    case PROF_QUERY_OPTION_COUNT:
    case PROF_QUERY_OPTION_NUMBER:
    case PROF_QUERY_OPTION_CHOICE:
    default:
      break;
    }
}

static ProfQuery *
query_of (const ProfQueryFields *fields)
{
  ProfQuery *self = g_new0 (ProfQuery, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->fields = *fields;
  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    own (&self->fields, &options[o]);
  return self;
}

ProfQuery *
prof_query_new (void)
{
  return query_of (&defaults);
}

ProfQuery *
prof_query_ref (ProfQuery *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
disown (ProfQueryFields *fields, const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      give_text (fields, option, NULL);
      break;
    case PROF_QUERY_OPTION_LIST:
      give_list (fields, option, NULL);
      break;
    case PROF_QUERY_OPTION_FLAG:
    case PROF_QUERY_OPTION_COUNT:
    case PROF_QUERY_OPTION_NUMBER:
    case PROF_QUERY_OPTION_CHOICE:
    default:
      break;
    }
}

void
prof_query_unref (ProfQuery *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    disown (&self->fields, &options[o]);
  g_free (self);
}

const ProfQueryFields *
prof_query_fields (const ProfQuery *self)
{
  return &self->fields;
}

const ProfQueryOption *
prof_query_options (size_t *n)
{
  *n = G_N_ELEMENTS (options);
  return options;
}

/* Setting. */

static bool
set_flag (ProfQueryFields       *fields,
          const ProfQueryOption *option,
          const char            *value,
          GError               **error)
{
  static const char *const words[] = {
    "", "true", "t", "yes", "y", "1", "false", "f", "no", "n", "0",
  };
  const size_t first_no = 6;

  for (size_t w = 0; w < G_N_ELEMENTS (words); w++)
    if (g_ascii_strcasecmp (words[w], value) == 0)
      {
        bool given = w < first_no;

        *(bool *)field_of (fields, option) = given !=
                                             flag_of (&defaults, option);
        return true;
      }
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "“%s” is neither true nor false",
                    value);
}

static bool
set_text (ProfQueryFields       *fields,
          const ProfQueryOption *option,
          const char            *value)
{
  give_text (fields, option, g_strdup (value));
  return true;
}

/* Where a value is in a unit of no family it is shown as it is, whatever is asked
 * for; but a word that is no unit anywhere is a slip. */
static bool
set_word (ProfQueryFields       *fields,
          const ProfQueryOption *option,
          const char            *value,
          GError               **error)
{
  bool is_unit = option->offset == offsetof (ProfQueryFields, unit);
  bool is_path = option->offset == offsetof (ProfQueryFields, focus_path);

  if (is_path && !prof_focus_path_check (value, error))
    return false;
  if (is_unit && !prof_unit_is_known (value))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "no unit “%s”; there are ns, us, ms, s, hrs, B, kB, MB, "
                      "GB, TB, PB, nanoGCU to petaGCU, count, auto, minimum",
                      value);
  return set_text (fields, option, value);
}

/* Only whether it is a pattern: who filters compiles it for himself, as answers
 * are kept with it. */
static bool
set_pattern (ProfQueryFields       *fields,
             const ProfQueryOption *option,
             const char            *value,
             GError               **error)
{
  g_autoptr (ProfPattern) pattern = prof_pattern_new (value,
                                                      0,
                                                      &prof_pattern_widest,
                                                      error);

  return pattern != NULL && set_text (fields, option, value);
}

static bool
set_number (ProfQueryFields       *fields,
            const ProfQueryOption *option,
            const char            *value,
            GError               **error)
{
  bool   divides = option->offset == offsetof (ProfQueryFields, divide_by);
  double number;

  if (!prof_number_parse (value, &number, error))
    return false;
  if (divides && number == 0)
    return prof_fail (error, PROF_ERROR_UNSUPPORTED, "%s is no divisor", value);
  if (divides && !isfinite (1 / number))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "“%s” is out of range",
                      value);
  *(double *)field_of (fields, option) = number;
  return true;
}

static bool
set_choice (ProfQueryFields       *fields,
            const ProfQueryOption *option,
            const char            *value,
            GError               **error)
{
  g_autofree char *all = g_strjoinv (", ", (char **)option->choices);

  for (size_t c = 0; option->choices[c] != NULL; c++)
    if (strcmp (option->choices[c], value) == 0)
      {
        *(ProfGranularity *)field_of (fields, option) = (ProfGranularity)c;
        return true;
      }
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "no “%s”; there are: %s",
                    value,
                    all);
}

static bool
append_file (ProfQueryFields       *fields,
             const ProfQueryOption *option,
             const char            *value,
             GError               **error)
{
  const char *const       *old = list_of (fields, option);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (value[0] == '\0')
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the name of a file is empty");
  g_strv_builder_addv (builder, (const char **)old);
  g_strv_builder_add (builder, value);
  give_list (fields, option, g_strv_builder_end (builder));
  return true;
}

static void
set_default (ProfQueryFields *fields, const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_FLAG:
      *(bool *)field_of (fields, option) = flag_of (&defaults, option);
      break;
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      set_text (fields, option, text_of (&defaults, option));
      break;
    case PROF_QUERY_OPTION_COUNT:
      *(int64_t *)field_of (fields, option) = count_of (&defaults, option);
      break;
    case PROF_QUERY_OPTION_NUMBER:
      *(double *)field_of (fields, option) = number_of (&defaults, option);
      break;
    case PROF_QUERY_OPTION_CHOICE:
      *(ProfGranularity *)field_of (fields, option) = choice_of (&defaults,
                                                                 option);
      break;
    case PROF_QUERY_OPTION_LIST:
      give_list (fields, option, g_new0 (char *, 1));
      break;
    default:
      g_assert_not_reached ();
    }
}

static bool
set_value (ProfQueryFields       *fields,
           const ProfQueryOption *option,
           const char            *value,
           GError               **error)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_FLAG:
      return set_flag (fields, option, value, error);
    case PROF_QUERY_OPTION_TEXT:
      return set_word (fields, option, value, error);
    case PROF_QUERY_OPTION_TAG_FILTER:
      return prof_tag_filter_check (value, error) &&
             set_text (fields, option, value);
    case PROF_QUERY_OPTION_PATTERN:
      return set_pattern (fields, option, value, error);
    case PROF_QUERY_OPTION_COUNT:
      return prof_number_parse_whole (value, field_of (fields, option), error);
    case PROF_QUERY_OPTION_NUMBER:
      return set_number (fields, option, value, error);
    case PROF_QUERY_OPTION_CHOICE:
      return set_choice (fields, option, value, error);
    case PROF_QUERY_OPTION_LIST:
      return append_file (fields, option, value, error);
    default:
      g_assert_not_reached ();
    }
}

static bool
is_name (const char *name, const char *text, size_t length)
{
  for (size_t i = 0; i < length; i++)
    if (name[i] != (text[i] == '_' ? '-' : text[i]))
      return false;
  return name[length] == '\0';
}

static const ProfQueryOption *
find_option (const char *text, size_t length)
{
  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    if (is_name (options[o].name, text, length))
      return &options[o];
  return NULL;
}

/* What can only be seen of several fields together. */
static bool
agrees (const ProfQueryFields *fields, GError **error)
{
  if (fields->base[0] != NULL && fields->diff_base[0] != NULL)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "base and diff-base exclude each other");
  return true;
}

static bool
set (ProfQuery             *self,
     const ProfQueryOption *option,
     const char            *value,
     GError               **error)
{
  if (value == NULL)
    {
      set_default (&self->fields, option);
      return true;
    }
  if (!set_value (&self->fields, option, value, error))
    {
      g_prefix_error (error, "%s: ", option->name);
      return false;
    }
  return agrees (&self->fields, error);
}

static const ProfQueryOption *
require_option (const char *text, size_t length, GError **error)
{
  const ProfQueryOption *option = find_option (text, length);
  g_autofree char       *name = g_strndup (text, length);

  if (option == NULL)
    prof_fail (error, PROF_ERROR_UNSUPPORTED, "there is no option “%s”", name);
  return option;
}

ProfQuery *
prof_query_with (const ProfQuery *self,
                 const char      *name,
                 const char      *value,
                 GError         **error)
{
  const ProfQueryOption *option = require_option (name, strlen (name), error);
  g_autoptr (ProfQuery)  changed = NULL;

  if (option == NULL)
    return NULL;
  changed = query_of (&self->fields);
  if (!set (changed, option, value, error))
    return NULL;
  return g_steal_pointer (&changed);
}

/* Comparing. */

static bool
same_value (const ProfQueryFields *a,
            const ProfQueryFields *b,
            const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_FLAG:
      return flag_of (a, option) == flag_of (b, option);
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      return strcmp (text_of (a, option), text_of (b, option)) == 0;
    case PROF_QUERY_OPTION_COUNT:
      return count_of (a, option) == count_of (b, option);
    case PROF_QUERY_OPTION_NUMBER:
      return number_of (a, option) == number_of (b, option);
    case PROF_QUERY_OPTION_CHOICE:
      return choice_of (a, option) == choice_of (b, option);
    case PROF_QUERY_OPTION_LIST:
      return g_strv_equal (list_of (a, option), list_of (b, option));
    default:
      g_assert_not_reached ();
    }
}

gboolean
prof_query_equal (gconstpointer a, gconstpointer b)
{
  const ProfQuery *one = a;
  const ProfQuery *other = b;

  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    if (!same_value (&one->fields, &other->fields, &options[o]))
      return FALSE;
  return TRUE;
}

/* The text form has every field that is not default, and only once. */
guint
prof_query_hash (gconstpointer self)
{
  g_autofree char *text = prof_query_to_text (self);

  return g_str_hash (text);
}

/* Text form. */

static bool
is_plain (const char *text)
{
  static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "abcdefghijklmnopqrstuvwxyz"
                              "0123456789_-+./:=,@%";

  return text[0] != '\0' && text[strspn (text, plain)] == '\0';
}

static void
append_name (GString *out, const ProfQueryOption *option)
{
  g_string_append_printf (out, "%s--%s", out->len > 0 ? " " : "", option->name);
}

static void
append (GString *out, const ProfQueryOption *option, const char *value)
{
  g_autofree char *quoted = is_plain (value) ? g_strdup (value)
                                             : g_shell_quote (value);

  append_name (out, option);
  g_string_append_c (out, '=');
  g_string_append (out, quoted);
}

static void
append_number (GString *out, const ProfQueryOption *option, double number)
{
  g_autofree char *text = prof_number_to_text (number);

  append (out, option, text);
}

static void
append_count (GString *out, const ProfQueryOption *option, int64_t count)
{
  append_name (out, option);
  g_string_append_printf (out, "=%" G_GINT64_FORMAT, count);
}

static void
append_list (GString               *out,
             const ProfQueryOption *option,
             const char *const     *list)
{
  for (; *list != NULL; list++)
    append (out, option, *list);
}

static void
append_option (GString               *out,
               const ProfQueryFields *fields,
               const ProfQueryOption *option)
{
  switch (option->kind)
    {
    case PROF_QUERY_OPTION_FLAG:
      append_name (out, option);
      break;
    case PROF_QUERY_OPTION_TEXT:
    case PROF_QUERY_OPTION_PATTERN:
    case PROF_QUERY_OPTION_TAG_FILTER:
      append (out, option, text_of (fields, option));
      break;
    case PROF_QUERY_OPTION_COUNT:
      append_count (out, option, count_of (fields, option));
      break;
    case PROF_QUERY_OPTION_NUMBER:
      append_number (out, option, number_of (fields, option));
      break;
    case PROF_QUERY_OPTION_CHOICE:
      append (out, option, option->choices[choice_of (fields, option)]);
      break;
    case PROF_QUERY_OPTION_LIST:
      append_list (out, option, list_of (fields, option));
      break;
    default:
      g_assert_not_reached ();
    }
}

char *
prof_query_to_text (const ProfQuery *self)
{
  GString *out = g_string_new (NULL);

  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    if (!same_value (&self->fields, &defaults, &options[o]))
      append_option (out, &self->fields, &options[o]);
  return g_string_free (out, FALSE);
}

/* "--name=value", or "--name" of a flag. */
static bool
read_argument (ProfQuery *self, const char *argument, GError **error)
{
  const char            *name = argument + strspn (argument, "-");
  size_t                 dashes = (size_t)(name - argument);
  size_t                 length = strcspn (name, "=");
  const ProfQueryOption *option;

  if (dashes < 1 || dashes > 2)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "“%s” is no option",
                      argument);
  option = require_option (name, length, error);
  if (option == NULL)
    return false;
  if (name[length] == '=')
    return set (self, option, name + length + 1, error);
  if (option->kind == PROF_QUERY_OPTION_FLAG)
    return set (self, option, "", error);
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "%s: the value is missing",
                    option->name);
}

static bool
split (const char *text, char ***arguments, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (g_shell_parse_argv (text, NULL, arguments, &reason))
    return true;
  if (g_error_matches (reason, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING))
    {
      *arguments = g_new0 (char *, 1);
      return true;
    }
  return prof_fail (error,
                    PROF_ERROR_UNSUPPORTED,
                    "the options end inside a quotation");
}

ProfQuery *
prof_query_from_text (const char *text, GError **error)
{
  g_autoptr (ProfQuery) self = prof_query_new ();
  g_auto (GStrv)        arguments = NULL;

  if (!split (text, &arguments, error))
    return NULL;
  for (size_t a = 0; arguments[a] != NULL; a++)
    if (!read_argument (self, arguments[a], error))
      return NULL;
  return g_steal_pointer (&self);
}

/* Filters as reports list them. */

#define MAX_FILTER_BYTES 80

static bool
is_listed (const ProfQueryOption *option)
{
  if (option->offset == offsetof (ProfQueryFields, focus_path))
    return true;
  return option->offset != offsetof (ProfQueryFields, prune_from) &&
         (option->kind == PROF_QUERY_OPTION_PATTERN ||
          option->kind == PROF_QUERY_OPTION_TAG_FILTER);
}

static char *
filter_text (const ProfQueryFields *fields, const ProfQueryOption *option)
{
  GString *text = g_string_new (option->name);

  g_strdelimit (text->str, "-", '_');
  g_string_append_c (text, '=');
  g_string_append (text, text_of (fields, option));
  if (text->len > MAX_FILTER_BYTES)
    {
      g_string_truncate (text, MAX_FILTER_BYTES);
      g_string_append (text, "…");
    }
  return g_string_free (text, FALSE);
}

char **
prof_query_active_filters (const ProfQuery *self)
{
  GPtrArray *filters = g_ptr_array_new ();

  for (size_t o = 0; o < G_N_ELEMENTS (options); o++)
    if (is_listed (&options[o]) &&
        text_of (&self->fields, &options[o])[0] != '\0')
      g_ptr_array_add (filters, filter_text (&self->fields, &options[o]));
  g_ptr_array_add (filters, NULL);
  return (char **)g_ptr_array_free (filters, FALSE);
}
