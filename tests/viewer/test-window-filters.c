/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a window asks of its profile: filters, presets and how trees are drawn. */
#include "viewer-presets.h"
#include "viewer-test.h"
#include "viewer-window.h"
#include "window-test.h"

#include <string.h>

static void
test_direction_and_type_can_be_changed (WindowFixture *fixture,
                                        gconstpointer  data)
{
  ViewerFlameCanvas *canvas = viewer_window_get_canvas (fixture->window);
  ViewerResult      *before = viewer_document_get_result (fixture->document);

  act (fixture->window, "direction", "flame");
  g_assert_true (viewer_flame_canvas_get_flame (canvas));
  act (fixture->window, "direction", "icicle");
  g_assert_false (viewer_flame_canvas_get_flame (canvas));

  act (fixture->window, "sample-type", "samples");
  wait_until (viewer_document_get_result (fixture->document) != before);
  g_assert_cmpuint (viewer_document_get_result (fixture->document)->type,
                    ==,
                    0);
}

static void
test_labels_have_letters (WindowFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = { "None", "_handler", "_tenant" };
  GObject *menu = gtk_widget_get_template_child (GTK_WIDGET (fixture->window),
                                                 VIEWER_TYPE_WINDOW,
                                                 "labels_menu");

  g_assert_cmpint (g_menu_model_get_n_items (G_MENU_MODEL (menu)),
                   ==,
                   G_N_ELEMENTS (texts));
  for (size_t i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = NULL;

      g_menu_model_get_item_attribute (G_MENU_MODEL (menu),
                                       (int)i,
                                       "label",
                                       "s",
                                       &text);
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static int64_t
shown (WindowFixture *fixture)
{
  wait_for_answer (fixture->document);
  return viewer_document_get_result (fixture->document)->shown;
}

static void
assert_options (WindowFixture *fixture, const char *expected)
{
  ViewerQuestion  *question = viewer_document_get_question (fixture->document);
  g_autofree char *text = prof_query_to_text (question->query);

  g_assert_cmpstr (text, ==, expected);
}

static gboolean
has_filter (GtkWidget *widget, gconstpointer data)
{
  const char *option;
  const char *value;
  GVariant   *target = NULL;

  if (GTK_IS_ACTIONABLE (widget) &&
      g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)),
                 "win.filter") == 0)
    target = gtk_actionable_get_action_target_value (GTK_ACTIONABLE (widget));
  if (target == NULL)
    return FALSE;
  g_variant_get (target, "(&s&s)", &option, &value);
  return strcmp (option, "tagfocus") == 0 && strcmp (value, data) == 0;
}

static void
test_a_label_of_the_panel_filters (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  select_named (fixture, "encoding/json.Marshal");
  wait_until (find_text (fixture, "Labels") != NULL);
  g_assert_nonnull (find_text (fixture, "tenant"));
  wait_until ((button = find_below (GTK_WIDGET (fixture->window),
                                    has_filter,
                                    "tenant=^green$")) != NULL);
  g_signal_emit_by_name (button, "clicked");
  wait_for_answer (fixture->document);
  wait_until (find_below (GTK_WIDGET (fixture->window),
                          has_filter,
                          "tenant=^blue$") == NULL);
  assert_options (fixture, "--tagfocus='tenant=^green$'");
}

static void
test_functions_filter (WindowFixture *fixture, gconstpointer data)
{
  int64_t all = shown (fixture);

  g_assert_false (is_possible (fixture->window, "focus-function"));
  g_assert_false (is_possible (fixture->window, "clear-filters"));
  select_named (fixture, "runtime.mallocgc");
  act (fixture->window, "ignore-function", NULL);
  g_assert_cmpint (shown (fixture), <, all);
  assert_options (fixture, "--ignore='^runtime\\.mallocgc$'");
  select_named (fixture, "runtime/internal/syscall.Syscall6");
  act (fixture->window, "ignore-function", NULL);
  assert_options (
      fixture,
      "--ignore='^runtime\\.mallocgc$|^runtime/internal/syscall\\.Syscall6$'");
  act (fixture->window, "clear-filters", NULL);
  g_assert_cmpint (shown (fixture), ==, all);
  assert_options (fixture, "");
  select_named (fixture, "runtime.mallocgc");
  act (fixture->window, "hide-package", NULL);
  g_assert_cmpint (shown (fixture), <=, all);
  assert_options (fixture, "--hide='^runtime\\.'");
  act (fixture->window, "remove-filter", "hide");
  assert_options (fixture, "");
}

static void
test_matches_can_be_kept_or_hidden (WindowFixture *fixture, gconstpointer data)
{
  int64_t covered;

  g_assert_false (is_possible (fixture->window, "keep-matches"));
  act (fixture->window, "search", "JSON");
  covered = prof_search_total (viewer_document_get_search (fixture->document));
  act (fixture->window, "keep-matches", NULL);
  g_assert_cmpint (shown (fixture), ==, covered);
  assert_options (fixture, "--focus='(?i)JSON'");
  g_assert_cmpstr (viewer_document_get_search_text (fixture->document), ==, "");
  act (fixture->window, "search", "a.b");
  act (fixture->window, "search", "reflect.");
  act (fixture->window, "hide-matches", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "--focus='(?i)JSON' --hide='(?i)reflect\\.'");
}

static void
test_presets_ask (WindowFixture *fixture, gconstpointer data)
{
  int64_t all = shown (fixture);

  /* The sign is not alone on a line. */
  wait_until (find_text (fixture, "9.68 s in 5.14 s (188\u00a0%)") != NULL);
  g_assert_nonnull (find_text (fixture, "Libraries"));
  act (fixture->window, "own-code-only", NULL);
  g_assert_cmpint (shown (fixture), <, all);
  assert_options (fixture, "--show='^(example\\.com/server|main)[./]'");
  wait_until (find_text (fixture, "Libraries") == NULL);
  g_assert_nonnull (find_text (fixture, "Own code"));
  g_assert_null (find_text (fixture, "Without names"));
  act (fixture->window, "preset", "--ignore=json");
  wait_for_answer (fixture->document);
  assert_options (fixture,
                  "--ignore=json --show='^(example\\.com/server|main)[./]'");
  act (fixture->window, "focus", "nothing-is-called-like-that");
  g_assert_cmpint (shown (fixture), ==, 0);
  act (fixture->window, "back", NULL);
  act (fixture->window, "back", NULL);
  act (fixture->window, "back", NULL);
  g_assert_cmpint (shown (fixture), ==, all);
}

/* The items of a section of a menu that apply filters. */
static guint
count_items (GMenuModel *menu, const char *label)
{
  guint found = 0;

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section =
          g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu =
          g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *text = NULL;

      if (g_menu_model_get_item_attribute (menu, i, "label", "s", &text))
        found += strcmp (text, label) == 0;
      if (section != NULL)
        found += count_items (section, label);
      if (submenu != NULL)
        found += count_items (submenu, label);
    }
  return found;
}

/* In the menu of the button with an icon. */
static guint
items_named (GtkWidget *widget, const char *label)
{
  guint found = 0;

  if (GTK_IS_MENU_BUTTON (widget) &&
      gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)) != NULL)
    found += count_items (gtk_menu_button_get_menu_model (
                              GTK_MENU_BUTTON (widget)),
                          label);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    found += items_named (child, label);
  return found;
}

static GtkWidget *
find_of_type (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_of_type (child, type);
  return found;
}

static void
test_filters_are_saved_under_a_name (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget        *window = GTK_WIDGET (fixture->window);
  AdwMessageDialog *dialog;
  GtkWidget        *entry;

  act (fixture->window, "view-options", NULL);
  g_assert_false (is_possible (fixture->window, "save-preset"));
  act (fixture->window, "preset", "--ignore=json --hide=x");
  wait_for_answer (fixture->document);
  act (fixture->window, "save-preset", NULL);
  dialog = toplevel_of_type (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (dialog);
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "save"));
  entry = find_of_type (GTK_WIDGET (dialog), GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), " without_json ");
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "save"));
  g_assert_cmpuint (items_named (window, "without__json"), ==, 0);
  adw_message_dialog_response (dialog, "save");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpuint (items_named (window, "without__json"), ==, 1);

  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  const ViewerPreset   *preset = presets->pdata[0];

  g_assert_cmpuint (presets->len, ==, 1);
  g_assert_cmpstr (preset->name, ==, "without_json");
  g_assert_cmpstr (preset->options, ==, "--ignore=json --hide=x");
  act (fixture->window, "clear-filters", NULL);
  act (fixture->window, "preset", preset->options);
  wait_for_answer (fixture->document);
  assert_options (fixture, "--ignore=json --hide=x");
  viewer_presets_remove ("without_json");
  g_assert_cmpuint (items_named (window, "without__json"), ==, 0);
}

static void
test_presets_are_replaced_by_name (void)
{
  g_autoptr (ViewerQuestion) none = viewer_question_new ();
  g_autoptr (ViewerQuestion) shaped = viewer_question_with (none,
                                                            "granularity",
                                                            "lines",
                                                            NULL);
  g_autoptr (ViewerQuestion) one = viewer_question_with (shaped,
                                                         "focus",
                                                         "it's",
                                                         NULL);
  g_autoptr (ViewerQuestion) two = viewer_question_with (none,
                                                         "hide",
                                                         "b",
                                                         NULL);

  g_assert_false (viewer_presets_save ("empty", none));
  g_assert_false (viewer_presets_save ("shape is no filter", shaped));
  g_assert_false (viewer_presets_save ("  ", one));
  g_assert_true (viewer_presets_save ("a", one));
  g_assert_true (viewer_presets_save ("b", two));
  g_assert_true (viewer_presets_save (" a ", two));

  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  const ViewerPreset   *first = presets->pdata[0];

  g_assert_cmpuint (presets->len, ==, 2);
  g_assert_cmpstr (first->name, ==, "a");
  g_assert_cmpstr (first->options, ==, "--hide=b");
  viewer_presets_remove ("a");
  viewer_presets_remove ("a");
  viewer_presets_remove ("b");
}

static GtkWidget *
find_remover (GtkWidget *widget, const char *option)
{
  GtkWidget  *found = NULL;
  const char *action = GTK_IS_ACTIONABLE (widget)
                           ? gtk_actionable_get_action_name (
                                 GTK_ACTIONABLE (widget))
                           : NULL;

  if (g_strcmp0 (action, "win.remove-filter") == 0 &&
      strcmp (g_variant_get_string (gtk_actionable_get_action_target_value (
                                        GTK_ACTIONABLE (widget)),
                                    NULL),
              option) == 0 &&
      gtk_widget_get_ancestor (widget, GTK_TYPE_LIST_BOX) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_remover (child, option);
  return found;
}

static void
test_filters_that_leave_nothing_can_be_removed (WindowFixture *fixture,
                                                gconstpointer  data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *remove;

  act (fixture->window, "preset", "--ignore=json");
  wait_for_answer (fixture->document);
  g_assert_null (find_remover (window, "ignore"));
  act (fixture->window, "focus", "nothing-is-called-like-that");
  g_assert_cmpint (shown (fixture), ==, 0);
  g_assert_nonnull (find_remover (window, "ignore"));
  remove = find_remover (window, "focus");
  g_assert_nonnull (remove);
  wait_until (gtk_widget_get_mapped (remove));
  g_signal_emit_by_name (remove, "clicked");
  g_assert_cmpint (shown (fixture), >, 0);
  assert_options (fixture, "--ignore=json");
  wait_until (!gtk_widget_get_mapped (remove));
}

static void
set_action (WindowFixture *fixture, const char *name, GVariant *state)
{
  g_action_group_change_action_state (G_ACTION_GROUP (fixture->window),
                                      name,
                                      state);
  wait_for_answer (fixture->document);
}

/* What is left of a path is what its last frame weighs. */
static void
test_a_path_filters (WindowFixture *fixture, gconstpointer data)
{
  ViewerResult     *result = viewer_document_get_result (fixture->document);
  g_autofree char  *path = NULL;
  g_autofree char  *options = NULL;
  g_autofree char  *quoted = NULL;
  const ProfNodeId *nodes;
  const ProfNode   *node;
  size_t            n;
  int64_t           total;

  g_assert_false (is_possible (fixture->window, "focus-path"));
  node = &prof_tree_nodes (
      result->tree)[node_named (fixture->document, "runtime.mallocgc")];
  nodes = viewer_result_nodes (result, node->frame, &n);
  g_assert_cmpuint (n, >, 1);
  node = &prof_tree_nodes (result->tree)[nodes[1]];
  total = node->total;
  viewer_document_select (fixture->document, nodes[1], 0, true);
  path = viewer_result_focus_path (result, nodes[1]);
  g_assert_true (g_str_has_suffix (path, ";runtime.mallocgc"));
  act (fixture->window, "focus-path", NULL);
  g_assert_cmpint (shown (fixture), ==, total);
  quoted = g_shell_quote (path);
  options = g_strdup_printf ("--focus-path=%s", quoted);
  assert_options (fixture, options);
  act (fixture->window, "back", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "");
  set_action (fixture, "bottom-up", g_variant_new_boolean (TRUE));
  select_named (fixture, "runtime.mallocgc");
  g_assert_false (is_possible (fixture->window, "focus-path"));
  set_action (fixture, "bottom-up", g_variant_new_boolean (FALSE));
  set_action (fixture, "granularity", g_variant_new_string ("packages"));
  select_named (fixture, "runtime");
  g_assert_false (is_possible (fixture->window, "focus-path"));
  set_action (fixture, "granularity", g_variant_new_string ("lines"));
  viewer_document_select (fixture->document, 1, 0, true);
  g_assert_true (is_possible (fixture->window, "focus-path"));
}

static gboolean
has_state (WindowFixture *fixture, const char *name, const char *expected)
{
  g_autoptr (GVariant) state =
      g_action_group_get_action_state (G_ACTION_GROUP (fixture->window), name);
  g_autofree char *text = g_variant_print (state, FALSE);

  return strcmp (text, expected) == 0;
}

static void
test_view_options_ask_and_tell (WindowFixture *fixture, gconstpointer data)
{
  ProfTreeFlags flags;

  set_action (fixture, "order", g_variant_new_string ("name"));
  set_action (fixture, "bottom-up", g_variant_new_boolean (TRUE));
  flags = viewer_document_get_question (fixture->document)->flags;
  g_assert_cmpint (flags, ==, PROF_TREE_BY_NAME | PROF_TREE_LEAF_FIRST);
  set_action (fixture, "granularity", g_variant_new_string ("packages"));
  set_action (fixture, "collapse-recursion", g_variant_new_boolean (TRUE));
  assert_options (fixture, "--granularity=packages --collapse-recursion");
  g_assert_true (has_state (fixture, "order", "'name'"));
  g_assert_true (has_state (fixture, "bottom-up", "true"));
  g_assert_true (has_state (fixture, "granularity", "'packages'"));
  for (int i = 0; i < 4; i++)
    act (fixture->window, "back", NULL);
  wait_for_answer (fixture->document);
  assert_options (fixture, "");
  g_assert_true (has_state (fixture, "order", "'weight'"));
  g_assert_true (has_state (fixture, "bottom-up", "false"));
  g_assert_true (has_state (fixture, "collapse-recursion", "false"));
  set_action (fixture, "group-by", g_variant_new_string ("handler"));
  g_assert_true (has_state (fixture, "group-by", "'handler'"));
  set_action (fixture, "group-by", g_variant_new_string (""));
  assert_options (fixture, "");
  set_action (fixture, "color-by", g_variant_new_string ("self"));
  g_assert_cmpint (viewer_document_get_coloring (fixture->document)->scheme,
                   ==,
                   PROF_SCHEME_SELF);
}

int
main (int argc, char **argv)
{
  window_test_init (&argc, &argv);
#define ADD(path, function)            \
  g_test_add ("/window-filters/" path, \
              WindowFixture,           \
              "server-cpu.prof",       \
              window_set_up,           \
              function,                \
              window_tear_down)
  ADD ("direction-and-type-can-be-changed",
       test_direction_and_type_can_be_changed);
  ADD ("labels-have-letters", test_labels_have_letters);
  ADD ("a-label-of-the-panel-filters", test_a_label_of_the_panel_filters);
  ADD ("functions-filter", test_functions_filter);
  ADD ("a-path-filters", test_a_path_filters);
  ADD ("matches-can-be-kept-or-hidden", test_matches_can_be_kept_or_hidden);
  ADD ("presets-ask", test_presets_ask);
  ADD ("filters-are-saved-under-a-name", test_filters_are_saved_under_a_name);
  ADD ("filters-that-leave-nothing-can-be-removed",
       test_filters_that_leave_nothing_can_be_removed);
  ADD ("view-options-ask-and-tell", test_view_options_ask_and_tell);
#undef ADD
  g_test_add_func ("/window-filters/presets-are-replaced-by-name",
                   test_presets_are_replaced_by_name);
  return g_test_run ();
}
