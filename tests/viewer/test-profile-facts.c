/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is said of a profile. No display. */
#include "viewer-facts.h"

#include "test-util.h"
#include "viewer-test.h"
#include <string.h>

static ViewerDocument *
open_named (const char *text, const char *name)
{
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);
  g_autoptr (ProfProfile) profile = test_profile (text);
  g_autoptr (GFile)       file = NULL;
  ViewerDocument         *document = viewer_document_new ();

  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  file = file_with (name, bytes->str, (gssize)bytes->len);
  open_and_wait (document, file, NULL);
  return document;
}

static ViewerDocument *
open_text (const char *text)
{
  return open_named (text, "small.prof");
}

static char *
text_of (ViewerDocument *document)
{
  g_autoptr (ViewerFacts) facts = viewer_facts_new (document);
  g_autoptr (GPtrArray)   groups = viewer_facts_groups (facts);

  return viewer_facts_to_text (groups);
}

static void
assert_has (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_error ("no “%s” in:\n%s", part, text);
}

static void
test_a_profile_is_told_in_groups (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();
  g_autoptr (GFile)          file = example_file ("server-cpu.prof");
  g_autofree char           *text = NULL;

  open_and_wait (document, file, NULL);
  text = text_of (document);
  assert_has (text, "File\nName: server-cpu.prof\nFolder: ");
  assert_has (text, "\nSize: ");
  assert_has (text, "\n\nProfile\nType: CPU time, nanoseconds\nTotal: 9.68 s");
  assert_has (text, "\nSamples: 968, one every 10 ms\n");
  assert_has (text, "\nDuration: 5.14 s\nPeriod: 10 ms (cpu)\n");
  assert_has (text, "\n\nSample Types\nsamples: 968\ncpu: 9.68 s\n");
  assert_has (text, "\n\nContents\nFunctions: 616 in 1 270 locations\n");
  assert_has (text, "\nMapping: /usr/local/bin/server");
  assert_has (text, "\n\nLabels\nhandler: values: 7, samples: 673\n");
  assert_has (text, "\n\nWarnings\nWarnings: none\n");
}

static void
test_facts_are_of_the_profile_as_read (void)
{
  g_autoptr (ViewerDocument) document = open_text ("main;f 2\ts:k=a\nmain 3\n");
  g_autoptr (GError)         error = NULL;
  g_autofree char           *before = text_of (document);
  g_autofree char           *after = NULL;
  ViewerStage                stage;
  double                     fraction;

  viewer_document_set_option (document, "ignore", "f", &error);
  g_assert_no_error (error);
  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
  after = text_of (document);
  g_assert_cmpstr (after, ==, before);
  assert_has (after, "k: values: 1, samples: 1\n");
}

static void
test_long_lists_are_cut (void)
{
  g_autoptr (GString)        lines = g_string_new (NULL);
  g_autoptr (ViewerDocument) document = NULL;
  g_autofree char           *text = NULL;

  for (int i = 0; i < 25; i++)
    g_string_append_printf (lines, "main 1\ts:key%02d=x\n", i);
  for (int i = 0; i < 23; i++)
    g_string_append_printf (lines, "[lib%02d.so] 1\n", i);
  document = open_text (lines->str);
  text = text_of (document);
  assert_has (text, "key19: values: 1, samples: 1\n…: and 5 more\n");
  assert_has (text, "Mapping: lib19.so\n…: and 3 more\n");
}

static void
test_one_is_not_said_as_many (void)
{
  g_autoptr (ViewerDocument) document = open_text ("main 1\n");
  g_autofree char           *text = text_of (document);

  assert_has (text, "\nFunctions: 1 in 1 location\n");
}

static void
test_names_turn_nothing_around (void)
{
  g_autoptr (ViewerDocument) document = NULL;
  g_autofree char           *text = NULL;

  document = open_named ("main 1\ts:k\u202e=v\n[lib\u2067.so] 1\n",
                         "a\u202eforp.prof");
  text = text_of (document);
  assert_has (text, "Name: a\ufffdforp.prof\n");
  assert_has (text, "k\ufffd: values: 1, samples: 1\n");
  assert_has (text, "Mapping: lib\ufffd.so\n");
}

static void
test_nothing_shown_has_no_facts (void)
{
  g_autoptr (ViewerDocument) document = viewer_document_new ();

  g_assert_null (viewer_facts_new (document));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/profile-facts/" name, function)
  ADD ("a-profile-is-told-in-groups", test_a_profile_is_told_in_groups);
  ADD ("facts-are-of-the-profile-as-read",
       test_facts_are_of_the_profile_as_read);
  ADD ("one-is-not-said-as-many", test_one_is_not_said_as_many);
  ADD ("long-lists-are-cut", test_long_lists_are_cut);
  ADD ("names-turn-nothing-around", test_names_turn_nothing_around);
  ADD ("nothing-shown-has-no-facts", test_nothing_shown_has_no_facts);
#undef ADD
  return g_test_run ();
}
