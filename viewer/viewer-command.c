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

char *
viewer_command_new (ViewerDocument *document, const char *view)
{
  ViewerQuestion     *question = viewer_document_get_question (document);
  g_autofree char    *options = prof_query_to_text (question->query);
  g_autoptr (GString) out = g_string_new (NULL);

  if (viewer_document_get_result (document) == NULL ||
      viewer_document_is_input (document))
    return NULL;
  if (strcmp (view, "flame") == 0)
    append_flame (out, document);
  else if (strcmp (view, "sandwich") == 0)
    append_peek (out, document);
  else
    g_string_append_printf (out, "prof %s", view);
  if (options[0] != '\0')
    g_string_append_printf (out, " %s", options);
  for (size_t i = 0; i < viewer_document_n_files (document); i++)
    append_file (out, viewer_document_nth_file (document, i));
  return g_utf8_make_valid (out->str, (gssize)out->len);
}
