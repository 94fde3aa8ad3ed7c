/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-command.h"

#include <string.h>

/* Plain words are left as they are: a command is to be read. */
static void
append_word (GString *out, const char *word)
{
  static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                              "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_./:=@%+,-";
  g_autofree char  *quoted = NULL;

  g_string_append_c (out, ' ');
  if (word[0] != '\0' && word[strspn (word, plain)] == '\0')
    {
      g_string_append (out, word);
      return;
    }
  quoted = g_shell_quote (word);
  g_string_append (out, quoted);
}

static void
append_file (GString *out, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *name = path != NULL ? g_steal_pointer (&path)
                                       : g_file_get_uri (file);

  append_word (out, name);
}

/* "cpu.svg" for "cpu.pb.gz" */
static void
append_output (GString *out, GFile *file)
{
  static const char *const endings[] = { ".gz", ".pb", ".pprof", ".prof" };
  g_autofree char         *name = g_file_get_basename (file);
  g_autofree char         *output = NULL;

  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (name, endings[i]))
      name[strlen (name) - strlen (endings[i])] = '\0';
  output = g_strdup_printf ("%s%s.svg", name[0] == '-' ? "./" : "", name);
  g_string_append (out, " -o");
  append_word (out, output);
}

static void
append_flame (GString *out, ViewerDocument *document)
{
  ProfTreeFlags flags = viewer_document_get_question (document)->flags;

  g_string_append (out, "prof flame");
  append_output (out, viewer_document_get_file (document));
  if (viewer_document_get_width (document) == VIEWER_WIDTH_BEFORE)
    g_string_append (out, " --width-of=before");
  else if (viewer_document_get_width (document) == VIEWER_WIDTH_NOW)
    g_string_append (out, " --width-of=now");
  if ((flags & PROF_TREE_LEAF_FIRST) != 0)
    g_string_append (out, " --reverse");
  if ((flags & PROF_TREE_BY_NAME) != 0)
    g_string_append (out, " --order=name");
}

static void
append_peek (GString *out, ViewerDocument *document)
{
  ViewerResult    *result = viewer_document_get_result (document);
  ProfFrameId      center = viewer_document_get_center (document);
  g_autofree char *pattern = NULL;

  g_string_append (out, "prof peek");
  if (center == PROF_ID_NONE)
    return;
  pattern = viewer_question_exactly (
      prof_frames_display_name (result->frames, center));
  append_word (out, pattern);
}

static void
append_list (GString *out, ViewerDocument *document)
{
  ViewerResult    *result = viewer_document_get_result (document);
  ProfFrameId      frame = viewer_document_get_selection (document).frame;
  g_autofree char *pattern = NULL;

  if (frame == PROF_ID_NONE)
    frame = viewer_document_get_center (document);
  g_string_append (out, "prof list");
  if (frame == PROF_ID_NONE)
    return;
  pattern = viewer_question_exactly (
      prof_frames_display_name (result->frames, frame));
  append_word (out, pattern);
}

/* Whether options of the command say it: only files can be named, what was
 * opened has to be what is now, and durations are no scale of it. */
static bool
can_compare (const ViewerComparison *comparison)
{
  return comparison->source != NULL &&
         viewer_source_n_files (comparison->source) == 1 &&
         !viewer_source_is_input (comparison->source) && !comparison->swapped &&
         comparison->scale != VIEWER_SCALE_DURATION;
}

static void
append_comparison (GString *out, const ViewerComparison *comparison)
{
  g_string_append (out, comparison->difference ? " --base" : " --diff-base");
  append_file (out, viewer_source_file (comparison->source, 0));
  if (comparison->scale == VIEWER_SCALE_TOTAL)
    g_string_append (out, " --normalize");
}

char *
viewer_command_new (ViewerDocument *document, const char *view)
{
  ViewerQuestion     *question = viewer_document_get_question (document);
  ViewerComparison   *comparison = viewer_document_get_comparison (document);
  const char *const  *binaries = viewer_document_get_binaries (document);
  g_autofree char    *options = prof_query_to_text (question->query);
  g_autoptr (GString) out = g_string_new (NULL);

  if (viewer_document_get_result (document) == NULL ||
      viewer_document_is_input (document))
    return NULL;
  if (comparison != NULL && !comparison->own && !can_compare (comparison))
    return NULL;
  if (strcmp (view, "flame") == 0)
    append_flame (out, document);
  else if (strcmp (view, "sandwich") == 0)
    append_peek (out, document);
  else if (strcmp (view, "source") == 0)
    append_list (out, document);
  else if (strcmp (view, "graph") == 0)
    {
      g_string_append (out, "prof graph");
      append_output (out, viewer_document_get_file (document));
    }
  else
    g_string_append_printf (out, "prof %s", view);
  if (options[0] != '\0')
    g_string_append_printf (out, " %s", options);
  if (comparison != NULL && !comparison->own)
    append_comparison (out, comparison);
  for (size_t i = 0; binaries[i] != NULL; i++)
    append_word (out, binaries[i]);
  for (size_t i = 0; i < viewer_document_n_files (document); i++)
    append_file (out, viewer_document_nth_file (document, i));
  return g_utf8_make_valid (out->str, (gssize)out->len);
}
