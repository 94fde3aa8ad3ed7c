/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-firefox-location.h"

/* "NAME|FILE|LINE", with a star in front where it is a script. */
static char *
read_location (const char *text)
{
  ProfScan            scan = { text, text + strlen (text) };
  ProfFirefoxLocation location = prof_firefox_location_read (scan);

  return g_strdup_printf ("%s%.*s|%.*s|%" G_GUINT64_FORMAT,
                          location.is_script ? "*" : "",
                          (int)prof_scan_left (&location.name),
                          location.name.at,
                          (int)prof_scan_left (&location.file),
                          location.file.at,
                          location.line);
}

#define READ(text, expected)                       \
  G_STMT_START                                     \
  {                                                \
    g_autofree char *found = read_location (text); \
                                                   \
    g_assert_cmpstr (found, ==, expected);         \
  }                                                \
  G_STMT_END

static void
test_functions_of_scripts_have_places (void)
{
  READ ("work (file:///src/a.js:23:14)[10]", "*work|file:///src/a.js|23");
  READ ("work (https://a.test:8080/a.js:23:14)",
        "*work|https://a.test:8080/a.js|23");
  READ ("work (a.js:23)", "*work|a.js|23");
  READ ("get a (b) (a.js:23:14)", "*get a (b)|a.js|23");
  READ ("a/< (one.js -> two.js:7:1)", "*a/<|two.js|7");
}

static void
test_scripts_have_files (void)
{
  READ ("file:///src/a.js[10]", "*|file:///src/a.js|0");
  READ ("file:///src/a.js:1:2[10]", "*|file:///src/a.js|1");
  READ ("chrome://a/b.js:12", "*|chrome://a/b.js|12");
}

static void
test_code_has_names (void)
{
  READ ("0x7f7c754a7d6c", "0x7f7c754a7d6c||0");
  READ ("0x10:4", "0x10:4||0");
  READ ("js::RunScript(int) (in XUL) (Interpreter.cpp:405)",
        "js::RunScript(int)||0");
  READ ("start (in dyld) + 12", "start||0");
}

static void
test_labels_are_all_name (void)
{
  READ ("XRE_InitChildProcess", "XRE_InitChildProcess||0");
  READ ("observer (MainProcess)", "observer (MainProcess)||0");
  READ ("a (in ", "a (in ||0");
  READ ("list[]", "list[]||0");
  READ ("[3]", "[3]||0");
  READ ("(:3)", "(:3)||0");
  READ (":3", ":3||0");
  READ ("js::Call (:3)", "js::Call (:3)||0");
  READ ("", "||0");
}

static void
test_numbers_that_are_too_large_are_no_lines (void)
{
  READ ("a.js:99999999999999999999999", "a.js:99999999999999999999999||0");
}

#define ADD(name, function) \
  g_test_add_func ("/firefox-location/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("functions-of-scripts-have-places",
       test_functions_of_scripts_have_places);
  ADD ("scripts-have-files", test_scripts_have_files);
  ADD ("code-has-names", test_code_has_names);
  ADD ("labels-are-all-name", test_labels_are_all_name);
  ADD ("numbers-that-are-too-large-are-no-lines",
       test_numbers_that_are_too_large_are_no_lines);
  return g_test_run ();
}
