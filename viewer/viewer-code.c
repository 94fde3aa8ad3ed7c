/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-code.h"

#include <glib/gi18n.h>
#include <string.h>

#define TAB_WIDTH 4

/* Characters of a line that are shown: nobody reads more in one. */
#define MAX_CHARACTERS 1000

/* --- Files --- */

static const char *
path_of (const ViewerCode *self, const ProfSourceCost *cost)
{
  return prof_profile_string (self->result->profile, cost->file);
}

static void
clear_file (gpointer data)
{
  g_free (((ViewerCodeFile *)data)->path);
}

static ViewerCodeFile *
file_at (const ViewerCode *self, guint index)
{
  return &g_array_index (self->files, ViewerCodeFile, index);
}

static int
compare_files (gconstpointer a, gconstpointer b)
{
  const ViewerCodeFile *left = a;
  const ViewerCodeFile *right = b;
  double                l = ABS ((double)left->cum);
  double                r = ABS ((double)right->cum);

  if (l != r)
    return l > r ? -1 : 1;
  return strcmp (left->path, right->path);
}

/* Of what costs nothing, such as what has not changed. */
static void
add_own_file (ViewerCode *self)
{
  ProfProfile   *profile = self->result->profile;
  ProfFunctionId function = prof_frames_function (self->result->frames,
                                                  self->frame);
  ProfStringId   name = 0;
  ViewerCodeFile file = { 0 };

  if (function != PROF_ID_NONE)
    name = prof_profile_functions (profile)[function].filename;
  file.path = g_strdup (prof_profile_string (profile, name));
  g_array_append_val (self->files, file);
}

/* Lines come by file. */
static void
find_files (ViewerCode *self)
{
  size_t                n;
  const ProfSourceCost *costs = prof_source_costs_get (self->costs, &n);
  const ProfSourceCost *last = NULL;

  for (size_t c = 0; c < n; c++)
    {
      ViewerCodeFile *file;

      if (costs[c].level > 0)
        continue;
      if (last == NULL || last->file != costs[c].file)
        {
          ViewerCodeFile first = { .path = g_strdup (
                                       path_of (self, &costs[c])) };

          g_array_append_val (self->files, first);
        }
      last = &costs[c];
      file = file_at (self, self->files->len - 1);
      file->flat += costs[c].flat;
      file->cum += costs[c].cum;
    }
  if (self->files->len == 0)
    add_own_file (self);
  g_array_sort (self->files, compare_files);
}

static void
choose_file (ViewerCode *self, const char *path)
{
  for (guint f = 0; path != NULL && f < self->files->len; f++)
    if (strcmp (file_at (self, f)->path, path) == 0)
      self->file = f;
}

const char *
viewer_code_path (const ViewerCode *self)
{
  return file_at (self, self->file)->path;
}

/* --- Text --- */

static char *
join_folders (const char *const *folders)
{
  GString *out = g_string_new (NULL);

  for (size_t f = 0; folders[f] != NULL; f++)
    {
      g_autofree char *name = g_filename_display_name (folders[f]);

      g_string_append_printf (out, "%s%s", f > 0 ? ", " : "", name);
    }
  return g_string_free (out, FALSE);
}

/* Why there is no text, and where it was looked for. */
static void
say_not_found (ViewerCode *self, const char *const *folders)
{
  g_autofree char *where = NULL;

  if (folders[0] == NULL)
    {
      self->complaint = g_strdup (
          _ ("To see the source, choose the folder that it lies in"));
      return;
    }
  where = join_folders (folders);
  /* Translators: folders, separated by ", " */
  self->complaint = g_strdup_printf (_ ("Not found in %s"), where);
}

static void
find_place (ViewerCode *self, const ViewerCodeWish *wish)
{
  const char *path = viewer_code_path (self);

  if (path[0] == '\0')
    {
      self->complaint = g_strdup (
          _ ("The profile does not say in which file this is"));
      return;
    }
  for (size_t f = 0; wish->folders[f] != NULL && self->place == NULL; f++)
    self->place = prof_source_file_find (path, wish->folders[f]);
  if (self->place == NULL && wish->in_place && path[0] == '/')
    self->place = g_strdup (path);
  if (self->place == NULL)
    say_not_found (self, wish->folders);
}

static void
read_text (ViewerCode *self)
{
  g_autoptr (GError) error = NULL;
  size_t             size = 0;
  const char        *bytes;

  self->text = prof_source_file_read_found (self->place,
                                            VIEWER_CODE_MAX_BYTES,
                                            &error);
  if (self->text == NULL)
    {
      self->complaint = prof_upright (error->message, -1);
      return;
    }
  bytes = g_bytes_get_data (self->text, &size);
  if (size == 0 || memchr (bytes, '\0', size) == NULL)
    return;
  self->complaint = g_strdup (_ ("The file is no text"));
  g_clear_pointer (&self->text, g_bytes_unref);
}

static void
find_starts (ViewerCode *self)
{
  size_t      size = 0;
  const char *bytes = g_bytes_get_data (self->text, &size);

  for (size_t at = 0; at < size && self->starts->len < VIEWER_CODE_MAX_LINES;)
    {
      const char *newline = memchr (bytes + at, '\n', size - at);

      g_array_append_val (self->starts, at);
      at = newline != NULL ? (size_t)(newline - bytes) + 1 : size;
      if (self->starts->len == VIEWER_CODE_MAX_LINES && at < size)
        {
          self->complaint =
              g_strdup_printf (_ ("Only the first %u lines are shown"),
                               VIEWER_CODE_MAX_LINES);
          size = at;
        }
    }
  g_array_append_val (self->starts, size);
}

static guint
n_lines (const ViewerCode *self)
{
  return self->starts->len > 0 ? self->starts->len - 1 : 0;
}

/* --- Rows --- */

static int64_t
magnitude (int64_t value)
{
  return value == INT64_MIN ? INT64_MAX : ABS (value);
}

static void
add_cost (ViewerCode *self, const ProfSourceCost *cost)
{
  const ViewerCodeRow row = { cost->level == 0 ? cost->line : 0,
                              cost,
                              cost->level };

  g_array_append_val (self->rows, row);
}

/* A line's cost, and what was inlined into it. */
static const ProfSourceCost *
add_costs (ViewerCode           *self,
           const ProfSourceCost *cost,
           const ProfSourceCost *end)
{
  do
    {
      add_cost (self, cost);
      self->largest_flat = MAX (self->largest_flat, magnitude (cost->flat));
      self->largest_cum = MAX (self->largest_cum, magnitude (cost->cum));
      cost++;
    }
  while (cost < end && cost->level > 0);
  return cost;
}

/* The costs of the file that is shown follow each other. */
static const ProfSourceCost *
costs_of_file (const ViewerCode *self, const ProfSourceCost **end)
{
  size_t                n;
  const ProfSourceCost *costs = prof_source_costs_get (self->costs, &n);
  const ProfSourceCost *start = costs;

  *end = n > 0 ? costs + n : costs; /* none are NULL */
  while (start < *end &&
         (start->level > 0 ||
          strcmp (path_of (self, start), viewer_code_path (self)) != 0))
    start++;
  for (const ProfSourceCost *at = start; at < *end; at++)
    if (at->level == 0 && at->file != start->file)
      *end = at;
  return start;
}

static void
make_rows (ViewerCode *self)
{
  const ProfSourceCost *end;
  const ProfSourceCost *cost = costs_of_file (self, &end);

  while (cost < end && cost->line <= 0)
    cost = add_costs (self, cost, end);
  for (guint l = 1; l <= n_lines (self); l++)
    {
      const ViewerCodeRow row = { .line = l };

      if (cost < end && cost->line == (int64_t)l)
        cost = add_costs (self, cost, end);
      else
        g_array_append_val (self->rows, row);
    }
  if (self->text != NULL && cost < end && self->complaint == NULL)
    self->complaint = g_strdup (
        _ ("The file is shorter than the profile says: it is another version"));
  while (cost < end)
    cost = add_costs (self, cost, end);
}

ViewerCode *
viewer_code_new (ViewerResult         *result,
                 ProfFrameId           frame,
                 const ViewerCodeWish *wish,
                 GCancellable         *cancellable)
{
  g_autoptr (ViewerCode) self = g_new0 (ViewerCode, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->result = viewer_result_ref (result);
  self->frame = frame;
  self->files = g_array_new (FALSE, FALSE, sizeof (ViewerCodeFile));
  g_array_set_clear_func (self->files, clear_file);
  self->rows = g_array_new (FALSE, FALSE, sizeof (ViewerCodeRow));
  self->starts = g_array_new (FALSE, FALSE, sizeof (size_t));
  self->costs = prof_source_costs_new (result->frames, result->type, frame);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;
  find_files (self);
  choose_file (self, wish->file);
  find_place (self, wish);
  if (self->place != NULL && !g_cancellable_is_cancelled (cancellable))
    read_text (self);
  if (self->text != NULL)
    find_starts (self);
  if (g_cancellable_is_cancelled (cancellable))
    return NULL;
  make_rows (self);
  return g_steal_pointer (&self);
}

ViewerCode *
viewer_code_ref (ViewerCode *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_code_unref (ViewerCode *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_source_costs_free (self->costs);
  g_array_unref (self->files);
  g_array_unref (self->rows);
  g_array_unref (self->starts);
  g_clear_pointer (&self->text, g_bytes_unref);
  g_free (self->place);
  g_free (self->complaint);
  viewer_result_unref (self->result);
  g_free (self);
}

const ViewerCodeRow *
viewer_code_row (const ViewerCode *self, guint row)
{
  g_return_val_if_fail (row < self->rows->len, NULL);

  return &g_array_index (self->rows, ViewerCodeRow, row);
}

/* --- Words --- */

/* (transfer full): as it is shown, without tabs. */
static char *
one_line (const char *bytes, size_t length)
{
  g_autofree char *valid = prof_upright (bytes, (gssize)length);
  GString         *out = g_string_new (NULL);
  glong            n = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (n >= MAX_CHARACTERS)
        {
          g_string_append (out, "…");
          break;
        }
      if (character == '\t')
        for (glong fill = TAB_WIDTH - n % TAB_WIDTH; fill > 0; fill--, n++)
          g_string_append_c (out, ' ');
      else
        {
          g_string_append_unichar (out,
                                   g_unichar_iscntrl (character) ? ' '
                                                                 : character);
          n++;
        }
    }
  return g_string_free (out, FALSE);
}

static char *
line_text (const ViewerCode *self, int64_t line)
{
  const char *bytes = g_bytes_get_data (self->text, NULL);
  size_t      start = g_array_index (self->starts, size_t, line - 1);
  size_t      end = g_array_index (self->starts, size_t, line);

  while (end > start && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r'))
    end--;
  return one_line (bytes + start, end - start);
}

/* "strings.Index · strings.go:1028" */
static char *
inlined_text (const ViewerCode *self, const ProfSourceCost *cost)
{
  const char      *name = prof_frames_display_name (self->result->frames,
                                               cost->frame);
  g_autofree char *base = g_path_get_basename (path_of (self, cost));
  g_autofree char *valid = prof_upright (base, -1);

  if (cost->line <= 0)
    return g_strdup_printf ("%s · %s", name, valid);
  return g_strdup_printf ("%s · %s:%" G_GINT64_FORMAT, name, valid, cost->line);
}

char *
viewer_code_text (const ViewerCode *self, guint index)
{
  const ViewerCodeRow *row = viewer_code_row (self, index);

  if (row->level > 0)
    return inlined_text (self, row->cost);
  if (row->line < 1 || row->line > (int64_t)n_lines (self))
    return g_strdup ("");
  return line_text (self, row->line);
}

guint
viewer_code_hottest (const ViewerCode *self)
{
  guint   hottest = G_MAXUINT;
  int64_t most = -1;

  for (guint r = 0; r < self->rows->len; r++)
    {
      const ViewerCodeRow *row = viewer_code_row (self, r);

      if (row->cost == NULL || row->level > 0 ||
          magnitude (row->cost->cum) <= most)
        continue;
      most = magnitude (row->cost->cum);
      hottest = r;
    }
  return hottest;
}

/* --- Places in the tree --- */

/* As a tree has a path in which nothing follows itself. */
static size_t
collapse (ProfFrameId *path, size_t n)
{
  size_t kept = 0;

  for (size_t f = 0; f < n; f++)
    if (kept == 0 || path[kept - 1] != path[f])
      path[kept++] = path[f];
  return kept;
}

ProfNodeId
viewer_code_node (const ViewerCode *self, guint row)
{
  const ProfSourceCost   *cost = viewer_code_row (self, row)->cost;
  const ProfTree         *tree = self->result->tree;
  ProfTreeFlags           flags = prof_tree_flags (tree);
  g_autofree ProfFrameId *path = NULL;
  size_t                  n = 0;
  ProfNodeId              node;

  if (cost == NULL)
    return PROF_ID_NONE;
  if ((flags & PROF_TREE_LEAF_FIRST) == 0)
    path = g_memdup2 (prof_source_costs_path (self->costs, cost, &n),
                      cost->n_frames * sizeof *path);
  if ((flags & PROF_TREE_COLLAPSED) != 0)
    n = collapse (path, n);
  node = n > 0 ? prof_tree_find_path (tree, path, n) : 0;
  if (node != 0 && prof_tree_nodes (tree)[node].frame == cost->frame)
    return node;
  return viewer_result_heaviest (self->result, cost->frame);
}
