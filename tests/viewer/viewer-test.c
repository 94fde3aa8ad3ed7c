/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-test.h"

#include "test-util.h"
#include <dlfcn.h>
#include <string.h>

static gboolean
is_over (gpointer data)
{
  *(gboolean *)data = TRUE;
  return G_SOURCE_REMOVE;
}

void
wait_ms (int ms)
{
  gboolean over = FALSE;

  g_timeout_add ((guint)ms, is_over, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

GFile *
example_file (const char *name)
{
  g_autofree char *relative = g_strconcat ("data/examples/", name, NULL);
  g_autofree char *path = test_source_path (relative);

  return g_file_new_for_path (path);
}

static gboolean
is_settled (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  return !viewer_document_is_busy (document, &stage, &fraction);
}

void
open_and_wait (ViewerDocument *document, GFile *file, const char *type)
{
  viewer_document_open (document, file, type);
  wait_until (is_settled (document));
}

void
open_wide (ViewerDocument *document)
{
  g_autoptr (GString)     text = g_string_new (NULL);
  g_autoptr (GString)     bytes = g_string_new (NULL);
  ProfSink                sink = prof_sink_to_string (bytes);
  g_autoptr (ProfProfile) profile = NULL;
  g_autoptr (GFile)       file = NULL;

  for (int i = 0; i < 3000; i++)
    g_string_append_printf (text, "main;f%d 1\n", i);
  profile = test_profile (text->str);
  g_assert_true (prof_pprof_encode (profile, &sink, NULL, NULL));
  file = file_with ("wide.prof", bytes->str, (gssize)bytes->len);
  open_and_wait (document, file, NULL);
}

ViewerDocument *
open_example (const char *name)
{
  ViewerDocument   *document = viewer_document_new ();
  g_autoptr (GFile) file = example_file (name);

  open_and_wait (document, file, NULL);
  g_assert_cmpint (viewer_document_get_state (document),
                   ==,
                   VIEWER_STATE_READY);
  return document;
}

void
wait_for_answer (ViewerDocument *document)
{
  ViewerStage stage;
  double      fraction;

  wait_until (!viewer_document_is_busy (document, &stage, &fraction));
}

ProfNodeId
node_named (ViewerDocument *document, const char *name)
{
  ViewerResult *result = viewer_document_get_result (document);

  for (ProfFrameId i = 0; i < prof_frames_n (result->frames); i++)
    if (strcmp (prof_frames_display_name (result->frames, i), name) == 0)
      return viewer_result_heaviest (result, i);
  g_error ("no function %s", name);
}

GFile *
file_with (const char *name, const void *data, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *folder = test_new_folder ();
  g_autofree char   *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, data, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

GFile *
copy_of (const char *name)
{
  g_autoptr (GFile) example = example_file (name);
  g_autofree char  *data = NULL;
  gsize             length;

  g_assert_true (
      g_file_load_contents (example, NULL, &data, &length, NULL, NULL));
  return file_with ("cpu.prof", data, (gssize)length);
}

static void
append_length (GByteArray *bytes, gsize length)
{
  for (; length > 0x7f; length >>= 7)
    g_byte_array_append (bytes, &(guint8){ (guint8)(length | 0x80) }, 1);
  g_byte_array_append (bytes, &(guint8){ (guint8)length }, 1);
}

/* The builder has the limits that the reader has, so this is written by hand:
 * a type, a sample with as many 1s as frames, location 1, function 1, names. */
GFile *
file_of_depth (guint n_frames)
{
  static const guint8    type[] = "\x0a\x04\x08\x01\x10\x02";
  static const guint8    rest[] = "\x22\x06\x08\x01\x22\x02\x08\x01"
                                  "\x2a\x04\x08\x01\x10\x03"
                                  "\x32\x00\x32\x07samples\x32\x05"
                                  "count\x32\x01"
                                  "f";
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GByteArray) sample = g_byte_array_new ();
  g_autofree guint8     *ones = g_malloc (n_frames);

  memset (ones, 1, n_frames);
  g_byte_array_append (sample, (const guint8 *)"\x0a", 1);
  append_length (sample, n_frames);
  g_byte_array_append (sample, ones, n_frames);
  g_byte_array_append (sample, (const guint8 *)"\x12\x01\x01", 3);
  g_byte_array_append (bytes, type, sizeof type - 1);
  g_byte_array_append (bytes, (const guint8 *)"\x12", 1);
  append_length (bytes, sample->len);
  g_byte_array_append (bytes, sample->data, sample->len);
  g_byte_array_append (bytes, rest, sizeof rest - 1);
  return file_with ("deep.pb", bytes->data, (gssize)bytes->len);
}

GFile *
file_of_addresses (char **library)
{
  Dl_info info;
  uint64_t (*function) (void) = (uint64_t (*) (void))g_get_monotonic_time;
  void            *address = NULL;
  g_autofree char *text = NULL;
  g_autofree char *base = NULL;

  memcpy (&address, &function, sizeof address);
  g_assert_cmpint (dladdr (address, &info), !=, 0);
  *library = g_strdup (info.dli_fname);
  base = g_path_get_basename (info.dli_fname);
  text = g_strdup_printf (
      "heap profile: 1: 16 [1: 16] @ heapprofile\n"
      "1: 16 [1: 16] @ 0x70%08" G_GINT64_MODIFIER "x 0x60000011\n\n"
      "MAPPED_LIBRARIES:\n"
      "60000000-60001000 r-xp 00000000 08:01 123 /bin/nowhere\n"
      "7000000000-7010000000 r-xp 00000000 08:01 123 /other/%s\n",
      (uint64_t)((char *)address - (char *)info.dli_fbase) + 2,
      base);
  return file_with ("a.heap", text, -1);
}

gboolean
has_function (ViewerDocument *document, const char *name)
{
  ProfProfile        *profile = viewer_document_get_profile (document);
  const ProfFunction *functions = prof_profile_functions (profile);

  for (size_t f = 0; f < prof_profile_n_functions (profile); f++)
    if (strcmp (prof_profile_string (profile, functions[f].name), name) == 0)
      return TRUE;
  return FALSE;
}

ViewerResult *
result_of (const char *text)
{
  g_autoptr (ProfProfile)    profile = test_profile (text);
  g_autoptr (ViewerQuestion) question = viewer_question_new ();
  g_autoptr (GError)         error = NULL;
  ViewerResult              *result = viewer_result_new (profile,
                                            question,
                                            NULL,
                                            SIZE_MAX,
                                            NULL,
                                            &error);

  g_assert_no_error (error);
  return result;
}
