/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include <dlfcn.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* This program is what is looked into. */

G_GNUC_NO_INLINE void test_symbols_marker (void);

void
test_symbols_marker (void)
{
  g_test_message ("here");
}

/* Where a function lies in the file: its distance from where the file begins in
 * memory. */
static uint64_t
offset_of (void (*function) (void))
{
  Dl_info info;
  void   *address = NULL;

  memcpy (&address, &function, sizeof address);
  g_assert_cmpint (dladdr (address, &info), !=, 0);
  return (uint64_t)((char *)address - (char *)info.dli_fbase);
}

static void
test_a_function_is_found (void)
{
  g_autoptr (ProfSymbols) symbols = NULL;
  g_autoptr (GError)      error = NULL;
  const ProfSymbol       *found = NULL;
  uint64_t                address = 0;

  test_symbols_marker ();
  symbols = prof_symbols_open ("/proc/self/exe", &error);
  g_assert_no_error (error);
  g_assert_true (prof_symbols_address (symbols,
                                       offset_of (test_symbols_marker),
                                       &address));
  g_assert_cmpuint (prof_symbols_find (symbols, address, &found), ==, 1);
  g_assert_cmpstr (found[0].name, ==, "test_symbols_marker");
  /* Without debug information there is the name alone. */
  if (found[0].line > 0)
    g_assert_true (g_str_has_suffix (found[0].file, "test-symbols.c"));
}

static void
test_what_is_nowhere_has_no_name (void)
{
  g_autoptr (ProfSymbols) symbols = prof_symbols_open ("/proc/self/exe", NULL);
  const ProfSymbol       *found = NULL;
  uint64_t                address;

  g_assert_nonnull (symbols);
  g_assert_cmpuint (prof_symbols_find (symbols, 1, &found), ==, 0);
  g_assert_false (prof_symbols_address (symbols, UINT64_MAX, &address));
}

static void
check_refused (const char *path, GQuark domain)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_symbols_open (path, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (g_quark_to_string (error->domain),
                   ==,
                   g_quark_to_string (domain));
}

static void
test_what_is_no_program_is_refused (void)
{
  g_autofree char *folder = test_new_folder ();
  g_autofree char *text = g_build_filename (folder, "text", NULL);

  g_assert_true (g_file_set_contents (text, "text\n", -1, NULL));
  check_refused (text, PROF_ERROR);
  g_assert_true (g_file_set_contents (text,
                                      "\x7f"
                                      "ELF\2\1\1",
                                      -1,
                                      NULL));
  check_refused (text, PROF_ERROR);
  remove (text);
  check_refused (text, G_IO_ERROR);
  check_refused ("/", G_IO_ERROR);
  check_refused ("/dev/null", G_IO_ERROR);
}

/* Any file that was a program once is read without harm. */
static void
test_a_damaged_program_does_no_harm (void)
{
  g_autofree char *bytes = NULL;
  g_autofree char *folder = test_new_folder ();
  g_autofree char *path = g_build_filename (folder, "damaged", NULL);
  gsize            length;

  g_assert_true (g_file_get_contents ("/proc/self/exe", &bytes, &length, NULL));
  for (gsize cut = length; cut > 0; cut /= 4)
    {
      g_autoptr (ProfSymbols) symbols = NULL;
      const ProfSymbol       *found;

      g_assert_true (g_file_set_contents (path, bytes, (gssize)cut, NULL));
      symbols = prof_symbols_open (path, NULL);
      if (symbols != NULL)
        prof_symbols_find (symbols, offset_of (test_symbols_marker), &found);
    }
}

static void
run_in (const char *folder, const char *command)
{
  const char *const  argv[] = { "sh", "-c", command, NULL };
  g_autoptr (GError) error = NULL;
  int                status;

  g_assert_true (g_spawn_sync (folder,
                               (char **)argv,
                               NULL,
                               G_SPAWN_SEARCH_PATH,
                               NULL,
                               NULL,
                               NULL,
                               NULL,
                               &status,
                               &error));
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

/* The line of the marker as a file says it; 0: it does not know. */
static int64_t
line_in (const char *folder, const char *name)
{
  g_autofree char        *path = g_build_filename (folder, name, NULL);
  g_autoptr (ProfSymbols) symbols = prof_symbols_open (path, NULL);
  const ProfSymbol       *found = NULL;
  uint64_t                address;

  g_assert_nonnull (symbols);
  g_assert_true (prof_symbols_address (symbols,
                                       offset_of (test_symbols_marker),
                                       &address));
  g_assert_cmpuint (prof_symbols_find (symbols, address, &found), <=, 1);
  return found != NULL ? found[0].line : 0;
}

/* Beside the program, or in a folder of it; that of another build is none. */
static void
test_debug_information_may_be_a_file_of_its_own (void)
{
  g_autofree char *objcopy = g_find_program_in_path ("objcopy");
  g_autofree char *folder = test_new_folder ();
  g_autofree char *copy = g_strdup_printf ("cp /proc/%d/exe whole",
                                           (int)getpid ());
  int64_t          line;

  run_in (folder, copy);
  line = line_in (folder, "whole");
  if (objcopy == NULL || line == 0)
    g_test_skip ("no objcopy, or no debug information");
  else
    {
      run_in (folder,
              "objcopy --only-keep-debug whole own.debug && "
              "objcopy -S --add-gnu-debuglink=own.debug whole bare");
      g_assert_cmpint (line_in (folder, "bare"), ==, line);
      run_in (folder, "mkdir .debug && mv own.debug .debug");
      g_assert_cmpint (line_in (folder, "bare"), ==, line);
      run_in (folder,
              "objcopy -R .note.gnu.build-id bare none && "
              "objcopy -R .note.gnu.build-id .debug/own.debug own.debug && "
              "rm -r .debug");
      g_assert_cmpint (line_in (folder, "bare"), ==, 0);
      g_assert_cmpint (line_in (folder, "none"), ==, 0);
      run_in (folder,
              "objcopy -R .gnu_debuglink none nowhere && "
              "objcopy --add-gnu-debuglink=own.debug nowhere again");
      g_assert_cmpint (line_in (folder, "again"), ==, line);
    }
}

/* --- a profile of addresses --- */

/* One sample at the marker, in a program that lies at @start. */
static ProfProfile *
profile_of (uint64_t start, const char *mapping)
{
  g_autofree char
      *text = g_strdup_printf ("heap profile: 1: 16 [1: 16] @ heapprofile\n"
                               "1: 16 [1: 16] @ 0x%" G_GINT64_MODIFIER "x\n\n"
                               "MAPPED_LIBRARIES:\n"
                               "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER
                               "x r-xp 00000000 08:01 123 %s\n",
                               start + offset_of (test_symbols_marker) + 2,
                               start,
                               start + 0x1000000,
                               mapping);

  return prof_format_load_bytes (text, strlen (text), NULL, NULL);
}

static void
test_addresses_get_names (void)
{
  g_autoptr (ProfProfile) profile = profile_of (0x555500000000, "/bin/nowhere");
  g_autoptr (ProfSymbols) symbols = prof_symbols_open ("/proc/self/exe", NULL);
  g_autoptr (ProfProfile) named = NULL;
  g_autoptr (GError)      error = NULL;
  const ProfLocation     *location;
  const ProfLine         *line;

  g_assert_nonnull (profile);
  g_assert_true (prof_symbolize_matters (profile, 0));
  named = prof_symbolize (profile, 0, symbols, &error);
  g_assert_no_error (error);
  g_assert_false (prof_symbolize_matters (named, 0));
  g_assert_cmpuint (prof_profile_n_locations (named),
                    ==,
                    prof_profile_n_locations (profile));
  location = &prof_profile_locations (named)[0];
  g_assert_cmpuint (location->n_lines, ==, 1);
  line = &prof_profile_lines (named)[location->first_line];
  g_assert_cmpstr (prof_profile_string (named,
                                        prof_profile_functions (
                                            named)[line->function]
                                            .name),
                   ==,
                   "test_symbols_marker");
  g_assert_cmpint (prof_profile_total (named, 0),
                   ==,
                   prof_profile_total (profile, 0));
}

/* The file that a function of a library is in. */
static const char *
library_of (void (*function) (void), uint64_t *offset)
{
  static Dl_info info;
  void          *address = NULL;

  memcpy (&address, &function, sizeof address);
  g_assert_cmpint (dladdr (address, &info), !=, 0);
  *offset = (uint64_t)((char *)address - (char *)info.dli_fbase);
  return info.dli_fname;
}

static const char *
name_of (const ProfProfile *profile, size_t location)
{
  const ProfLocation *row = &prof_profile_locations (profile)[location];
  const ProfLine     *line = &prof_profile_lines (profile)[row->first_line];
  const ProfFunction *functions = prof_profile_functions (profile);

  return row->n_lines == 0
             ? ""
             : prof_profile_string (profile, functions[line->function].name);
}

static void
test_a_library_names_its_own (void)
{
  uint64_t         offset = 0;
  const char      *library = library_of ((void (*) (void))g_get_monotonic_time,
                                    &offset);
  g_autofree char *base = g_path_get_basename (library);
  g_autofree char *text = g_strdup_printf (
      "heap profile: 1: 16 [1: 16] @ heapprofile\n"
      "1: 16 [1: 16] @ 0x70%08" G_GINT64_MODIFIER "x 0x60000011\n\n"
      "MAPPED_LIBRARIES:\n"
      "60000000-60001000 r-xp 00000000 08:01 123 /bin/nowhere\n"
      "7000000000-7010000000 r-xp 00000000 08:01 123 /other/%s\n",
      offset + 2,
      base);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (ProfSymbols) symbols = prof_symbols_open (library, NULL);
  g_autoptr (ProfProfile) named = NULL;
  g_autoptr (GError)      error = NULL;

  profile = prof_format_load_bytes (text, strlen (text), NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (prof_symbolize_mapping (profile, symbols, library), ==, 1);
  g_assert_cmpuint (prof_symbolize_mapping (profile, symbols, "/x/y"),
                    ==,
                    PROF_ID_NONE);
  g_assert_true (prof_symbolize_matters (profile, 1));
  named = prof_symbolize (profile, 1, symbols, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (name_of (named, 0), ==, "g_get_monotonic_time");
  g_assert_cmpstr (name_of (named, 1), ==, "");
  g_assert_false (prof_symbolize_matters (named, 1));
  g_assert_true (prof_symbolize_matters (named, 0));
}

static void
test_names_that_are_there_stay (void)
{
  static const char       text[] = "main;work 3\n";
  g_autoptr (ProfProfile) profile = NULL;

  profile = prof_format_load_bytes (text, strlen (text), NULL, NULL);
  g_assert_false (prof_symbolize_matters (profile, 0));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/symbols/a-function-is-found", test_a_function_is_found);
  g_test_add_func ("/symbols/what-is-nowhere-has-no-name",
                   test_what_is_nowhere_has_no_name);
  g_test_add_func ("/symbols/what-is-no-program-is-refused",
                   test_what_is_no_program_is_refused);
  g_test_add_func ("/symbols/a-damaged-program-does-no-harm",
                   test_a_damaged_program_does_no_harm);
  g_test_add_func ("/symbols/debug-information-may-be-a-file-of-its-own",
                   test_debug_information_may_be_a_file_of_its_own);
  g_test_add_func ("/symbols/addresses-get-names", test_addresses_get_names);
  g_test_add_func ("/symbols/a-library-names-its-own",
                   test_a_library_names_its_own);
  g_test_add_func ("/symbols/names-that-are-there-stay",
                   test_names_that_are_there_stay);
  return g_test_run ();
}
