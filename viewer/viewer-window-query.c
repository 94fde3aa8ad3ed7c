/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What can be asked of the profile: filters, and how the tree is built and
 * coloured. Each is an action, and each a step in the history. */
#include "viewer-window-private.h"

#include "viewer-settings.h"
#include <glib/gi18n.h>
#include <string.h>

/* --- Asking --- */

/* Tells why an option cannot have that value. */
static void
set_option (ViewerWindow *self, const char *option, const char *value)
{
  g_autoptr (GError) error = NULL;

  if (!viewer_document_set_option (self->document, option, value, &error))
    viewer_window_toast (self, error->message);
}

/* Patterns whose matches are left out can be several at once. */
static void
add_pattern (ViewerWindow *self, const char *option, const char *pattern)
{
  ViewerQuestion    *question = viewer_document_get_question (self->document);
  g_autoptr (GArray) filters = viewer_question_filters (question);
  g_autofree char   *either = NULL;
  const char        *before = "";

  for (guint i = 0; i < filters->len; i++)
    if (strcmp (g_array_index (filters, ViewerFilter, i).option, option) == 0)
      before = g_array_index (filters, ViewerFilter, i).value;
  either = viewer_question_either (before, pattern);
  set_option (self, option, either);
}

static void
set_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *option;
  const char *value;

  g_variant_get (parameter, "(&s&s)", &option, &value);
  if (viewer_question_is_filter (option))
    set_option (data, option, value[0] != '\0' ? value : NULL);
}

static void
remove_filter (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *option = g_variant_get_string (parameter, NULL);

  if (viewer_question_is_filter (option))
    set_option (data, option, NULL);
}

static void
clear_filters (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerDocument            *document = ((ViewerWindow *)data)->document;
  g_autoptr (ViewerQuestion) question = NULL;

  question = viewer_question_without_filters (
      viewer_document_get_question (document));
  viewer_document_ask (document, question);
}

/* --- Of the selected function --- */

static char *
selected_pattern (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfFrameId   frame = viewer_document_get_selection (self->document).frame;

  if (result == NULL || frame == PROF_ID_NONE)
    return NULL;
  return viewer_question_exactly (prof_frames_name (result->frames, frame));
}

/* The name of the action is the option, but for its end: "focus-function". */
static void
filter_function (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char      *name = g_action_get_name (G_ACTION (action));
  g_autofree char *option = g_strndup (name,
                                       strlen (name) - strlen ("-function"));
  g_autofree char *pattern = selected_pattern (data);

  if (pattern == NULL)
    return;
  if (strcmp (option, "hide") == 0 || strcmp (option, "ignore") == 0)
    add_pattern (data, option, pattern);
  else
    set_option (data, option, pattern);
}

/* (transfer full) (nullable) */
static char *
selected_path (ViewerWindow *self)
{
  ViewerResult   *result = viewer_document_get_result (self->document);
  ViewerSelection selection = viewer_document_get_selection (self->document);

  if (result == NULL || selection.frame == PROF_ID_NONE)
    return NULL;
  return viewer_result_focus_path (result, selection.node);
}

static void
focus_path (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autofree char *path = selected_path (data);

  if (path != NULL)
    set_option (data, "focus-path", path);
}

static void
hide_package (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow    *self = data;
  ViewerResult    *result = viewer_document_get_result (self->document);
  ProfFrameId      frame = viewer_document_get_selection (self->document).frame;
  const char      *name;
  g_autofree char *package = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *pattern = NULL;

  if (result == NULL || frame == PROF_ID_NONE)
    return;
  name = prof_frames_name (result->frames, frame);
  package = g_strndup (name, prof_package_of_name (name));
  if (package[0] == '\0')
    {
      viewer_window_toast (self, _ ("This function has no package"));
      return;
    }
  escaped = g_regex_escape_string (package, -1);
  pattern = g_strdup_printf ("^%s\\.", escaped);
  add_pattern (self, "hide", pattern);
}

/* --- Of what is searched for --- */

/* As a pattern of the query. */
static char *
search_pattern (ViewerWindow *self)
{
  const char      *text = viewer_document_get_search_text (self->document);
  ProfSearchFlags  flags = viewer_document_get_search_flags (self->document);
  g_autofree char *escaped = g_regex_escape_string (text, -1);

  if (text[0] == '\0')
    return NULL;
  return g_strconcat ((flags & PROF_SEARCH_CASE) != 0 ? "" : "(?i)",
                      (flags & PROF_SEARCH_REGEX) != 0 ? text : escaped,
                      NULL);
}

/* What was searched for is what there is now. */
static void
filter_matches (ViewerWindow *self, const char *option)
{
  g_autofree char *pattern = search_pattern (self);

  if (pattern == NULL)
    return;
  if (strcmp (option, "focus") == 0)
    set_option (self, option, pattern);
  else
    add_pattern (self, option, pattern);
  viewer_document_set_search (self->document,
                              "",
                              viewer_document_get_search_flags (
                                  self->document));
}

static void
keep_matches (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  filter_matches (data, "focus");
}

static void
hide_matches (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  filter_matches (data, "hide");
}

static void
focus (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  set_option (data, "focus", g_variant_get_string (parameter, NULL));
}

/* --- Presets --- */

/* What belongs to a name and to names inside it. */
static void
append_prefix (GString *pattern, const char *name)
{
  g_autofree char *escaped = g_regex_escape_string (name, -1);

  g_string_append_printf (pattern,
                          "%s%s",
                          pattern->len > 0 ? "|" : "",
                          escaped);
}

/* "example.com/shop" of "example.com/shop/internal/catalog": a module's name has
 * three elements, or two where the third is a package. */
static char *
module_of (const char *package)
{
  g_auto (GStrv) parts = g_strsplit (package, "/", -1);
  guint          n = g_strv_length (parts);
  bool           hosted = g_str_has_prefix (package, "github.com/") ||
                g_str_has_prefix (package, "gitlab.com/");

  if (n > (hosted ? 3u : 2u))
    {
      g_free (parts[hosted ? 3 : 2]);
      parts[hosted ? 3 : 2] = NULL;
    }
  return g_strjoinv ("/", parts);
}

/* The program's own packages, by their modules. */
static char *
own_code_pattern (const ViewerResult *result)
{
  const ProfPackage     *packages = prof_frames_packages (result->frames);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash,
                                                       g_str_equal,
                                                       g_free,
                                                       NULL);
  g_autoptr (GString)    names = g_string_new (NULL);

  for (size_t i = 0; i < prof_frames_n_packages (result->frames); i++)
    {
      char *module;

      if (packages[i].tier != PROF_TIER_OWN || packages[i].name[0] == '\0')
        continue;
      module = module_of (packages[i].name);
      if (!g_hash_table_contains (seen, module))
        append_prefix (names, module);
      g_hash_table_add (seen, module);
    }
  return names->len > 0 ? g_strdup_printf ("^(%s)[./]", names->str) : NULL;
}

static void
own_code_only (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow    *self = data;
  ViewerResult    *result = viewer_document_get_result (self->document);
  g_autofree char *pattern = NULL;

  if (result == NULL)
    return;
  pattern = own_code_pattern (result);
  if (pattern != NULL)
    set_option (self, "show", pattern);
  else
    viewer_window_toast (self, _ ("No package looks like the program's own"));
}

/* Options as text, of a preset. */
static void
apply_preset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ViewerWindow              *self = data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (ViewerQuestion) question = NULL;

  question = viewer_question_with_options (viewer_document_get_question (
                                               self->document),
                                           g_variant_get_string (parameter,
                                                                 NULL),
                                           &error);
  if (question != NULL)
    viewer_document_ask (self->document, question);
  else
    viewer_window_toast (self, error->message);
}

/* --- The tree and its colours --- */

static void
set_flag (ViewerWindow *self, ProfTreeFlags flag, gboolean set)
{
  ViewerQuestion *question = viewer_document_get_question (self->document);
  g_autoptr (ViewerQuestion) other = NULL;

  other = viewer_question_with_flag (question, flag, set);
  viewer_document_ask (self->document, other);
}

static void
change_order (GSimpleAction *action, GVariant *state, gpointer data)
{
  const char *order = g_variant_get_string (state, NULL);

  if (strcmp (order, "weight") == 0 || strcmp (order, "name") == 0)
    set_flag (data, PROF_TREE_BY_NAME, order[0] == 'n');
}

static void
change_bottom_up (GSimpleAction *action, GVariant *state, gpointer data)
{
  set_flag (data, PROF_TREE_LEAF_FIRST, g_variant_get_boolean (state));
}

static void
change_granularity (GSimpleAction *action, GVariant *state, gpointer data)
{
  set_option (data, "granularity", g_variant_get_string (state, NULL));
}

static void
change_collapse (GSimpleAction *action, GVariant *state, gpointer data)
{
  set_option (data,
              "collapse-recursion",
              g_variant_get_boolean (state) ? "true" : "false");
}

/* "" for no label. */
static void
change_group_by (GSimpleAction *action, GVariant *state, gpointer data)
{
  const char *key = g_variant_get_string (state, NULL);

  set_option (data, "tagroot", key[0] != '\0' ? key : NULL);
}

static void
change_color_by (GSimpleAction *action, GVariant *state, gpointer data)
{
  ViewerWindow *self = data;
  ProfColoring  coloring = { 0 };

  bool compared = viewer_document_is_compared (self->document);

  if (!prof_scheme_find (g_variant_get_string (state, NULL),
                         &coloring.scheme) ||
      (coloring.scheme == PROF_SCHEME_DIFF && !compared))
    return;
  viewer_document_set_coloring (self->document, &coloring);
  g_simple_action_set_state (action, state);
  /* Without a comparison there is no colour of changes to come back to. */
  if (!compared)
    viewer_settings_set_string ("color-by", g_variant_get_string (state, NULL));
}

void
viewer_window_add_query_actions (ViewerWindow *self)
{
  const GActionEntry entries[] = {
    { .name = "filter", .activate = set_filter, .parameter_type = "(ss)" },
    { .name = "remove-filter",
      .activate = remove_filter,
      .parameter_type = "s" },
    { .name = "clear-filters", .activate = clear_filters },
    { .name = "focus", .activate = focus, .parameter_type = "s" },
    { .name = "focus-function", .activate = filter_function },
    { .name = "focus-path", .activate = focus_path },
    { .name = "hide-function", .activate = filter_function },
    { .name = "ignore-function", .activate = filter_function },
    { .name = "show-from-function", .activate = filter_function },
    { .name = "prune-from-function", .activate = filter_function },
    { .name = "hide-package", .activate = hide_package },
    { .name = "keep-matches", .activate = keep_matches },
    { .name = "hide-matches", .activate = hide_matches },
    { .name = "own-code-only", .activate = own_code_only },
    { .name = "preset", .activate = apply_preset, .parameter_type = "s" },
    { .name = "order",
      .parameter_type = "s",
      .state = "'weight'",
      .change_state = change_order },
    { .name = "bottom-up", .state = "false", .change_state = change_bottom_up },
    { .name = "granularity",
      .parameter_type = "s",
      .state = "'functions'",
      .change_state = change_granularity },
    { .name = "collapse-recursion",
      .state = "false",
      .change_state = change_collapse },
    { .name = "group-by",
      .parameter_type = "s",
      .state = "''",
      .change_state = change_group_by },
    { .name = "color-by",
      .parameter_type = "s",
      .state = "'packages'",
      .change_state = change_color_by },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self),
                                   entries,
                                   G_N_ELEMENTS (entries),
                                   self);
}

/* --- What is in force --- */

static GSimpleAction *
action_named (ViewerWindow *self, const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self), name));
}

static void
set_state (ViewerWindow *self, const char *name, GVariant *state)
{
  g_simple_action_set_state (action_named (self, name), state);
}

static void
update_states (ViewerWindow *self)
{
  static const char *const granularities[] = {
    [PROF_GRANULARITY_FUNCTIONS] = "functions",
    [PROF_GRANULARITY_FILEFUNCTIONS] = "filefunctions",
    [PROF_GRANULARITY_FILES] = "files",
    [PROF_GRANULARITY_LINES] = "lines",
    [PROF_GRANULARITY_ADDRESSES] = "addresses",
    [PROF_GRANULARITY_PACKAGES] = "packages",
  };
  ViewerQuestion *question = viewer_document_get_question (self->document);
  const ProfQueryFields *fields = prof_query_fields (question->query);
  bool                   by_name = (question->flags & PROF_TREE_BY_NAME) != 0;

  set_state (self, "order", g_variant_new_string (by_name ? "name" : "weight"));
  set_state (self,
             "bottom-up",
             g_variant_new_boolean ((question->flags & PROF_TREE_LEAF_FIRST) !=
                                    0));
  set_state (self,
             "granularity",
             g_variant_new_string (granularities[fields->granularity]));
  set_state (self,
             "collapse-recursion",
             g_variant_new_boolean (fields->collapse_recursion));
  set_state (self, "group-by", g_variant_new_string (fields->tagroot));
  set_state (self,
             "color-by",
             g_variant_new_string (
                 prof_scheme_names ()
                     [viewer_document_get_coloring (self->document)->scheme]));
}

/* The option knows names up to their first bracket, and so no methods. */
static bool
can_prune_from (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  ProfFrameId   frame = viewer_document_get_selection (self->document).frame;

  return strchr (prof_frames_name (result->frames, frame), '(') == NULL;
}

void
viewer_window_update_query_actions (ViewerWindow *self)
{
  static const char *const always[] = {
    "filter",    "remove-filter", "focus",         "order",
    "bottom-up", "granularity",   "preset",        "collapse-recursion",
    "group-by",  "color-by",      "own-code-only",
  };
  static const char *const of_functions[] = {
    "focus-function",     "hide-function", "ignore-function",
    "show-from-function", "hide-package",
  };
  ViewerDocument    *document = self->document;
  ViewerQuestion    *question = viewer_document_get_question (document);
  g_autoptr (GArray) filters = viewer_question_filters (question);
  ProfSearch        *search = viewer_document_get_search (document);
  bool               ready = viewer_document_get_result (document) != NULL;
  bool named = viewer_document_get_selection (document).frame != PROF_ID_NONE;
  g_autofree char *path = selected_path (self);
  bool             found = search != NULL && prof_search_n_frames (search) > 0;

  for (size_t i = 0; i < G_N_ELEMENTS (always); i++)
    g_simple_action_set_enabled (action_named (self, always[i]), ready);
  for (size_t i = 0; i < G_N_ELEMENTS (of_functions); i++)
    g_simple_action_set_enabled (action_named (self, of_functions[i]),
                                 ready && named);
  g_simple_action_set_enabled (action_named (self, "focus-path"), path != NULL);
  g_simple_action_set_enabled (action_named (self, "prune-from-function"),
                               ready && named && can_prune_from (self));
  g_simple_action_set_enabled (action_named (self, "keep-matches"), found);
  g_simple_action_set_enabled (action_named (self, "hide-matches"), found);
  g_simple_action_set_enabled (action_named (self, "clear-filters"),
                               ready && filters->len > 0);
  g_simple_action_set_enabled (action_named (self, "save-preset"),
                               ready && filters->len > 0);
  update_states (self);
}

/* --- Labels to group by --- */

/* A menu takes quadratic time, and nobody reads more. The filter row takes any. */
#define MAX_LABEL_KEYS 100

/* An item's text, with a letter to be pressed if there is one that no other item has.
 * @taken: a bit for each of a to z */
static char *
with_letter (const char *key, uint32_t *taken)
{
  GString *text = g_string_new (NULL);
  bool     found = false;

  for (const char *p = key; *p != '\0'; p++)
    {
      int letter = g_ascii_tolower (*p) - 'a';

      if (!found && g_ascii_isalpha (*p) && (*taken & 1u << letter) == 0)
        {
          found = true;
          *taken |= 1u << letter;
          g_string_append_c (text, '_');
        }
      /* Of a key itself. */
      if (*p == '_')
        g_string_append_c (text, '_');
      g_string_append_c (text, *p);
    }
  return g_string_free (text, FALSE);
}

static void
add_label_key (GMenu *menu, const char *key, uint32_t *taken)
{
  g_autofree char      *text = with_letter (key, taken);
  g_autoptr (GMenuItem) item = g_menu_item_new (text, NULL);

  g_menu_item_set_action_and_target (item, "win.group-by", "s", key);
  g_menu_append_item (menu, item);
}

/* Without an action it cannot be chosen. */
static void
add_more_keys (GMenu *menu, guint n)
{
  g_autofree char *text =
      g_strdup_printf (g_dngettext (NULL, "and %u more", "and %u more", n), n);

  g_menu_append (menu, text, "win.no-label-key");
}

void
viewer_window_update_labels (ViewerWindow *self)
{
  ViewerResult *result = viewer_document_get_result (self->document);
  uint32_t      taken = 0;
  guint         n;

  g_menu_remove_all (self->labels_menu);
  if (result == NULL || result->label_keys == NULL ||
      result->label_keys[0] == NULL)
    return;
  g_menu_append (self->labels_menu, _ ("None"), "win.group-by('')");
  n = g_strv_length (result->label_keys);
  for (guint i = 0; i < MIN (n, MAX_LABEL_KEYS); i++)
    add_label_key (self->labels_menu, result->label_keys[i], &taken);
  if (n > MAX_LABEL_KEYS)
    add_more_keys (self->labels_menu, n - MAX_LABEL_KEYS);
}
