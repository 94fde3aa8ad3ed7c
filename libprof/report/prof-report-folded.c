/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-folded.h"

#include "base/prof-checked.h"
#include "base/prof-error.h"
#include "base/prof-vec.h"
#include "base/prof-writer.h"
#include <stdlib.h>
#include <string.h>

/* The tree is walked depth first, children by the rank of their names. Siblings
 * with the same name (two binaries of one base name) are walked together, as a
 * group that is one node:
 *
 *   to do   [ x x y ]      the group x x is taken, its children come on top,
 *   to do   [ y | a a b ]  sorted so that the least is the last
 *
 * A group is told from what lies under it by name and depth: that is its
 * siblings' or its ancestors' siblings. */

#define NO_STACK "[no stack]"

/* What a frame is called in the file. Equal texts have one rank. */
typedef struct
{
  const char *text;
  ProfFrameId frame;
} Name;

typedef struct
{
  ProfNodeId node;
  uint32_t   name; /* its rank */
  uint32_t   depth;
} Item;

PROF_VEC_DEFINE (ProfVecFoldItem, prof_vec_fold_item, Item)

typedef struct
{
  const ProfTree *tree;
  ProfWriter     *writer;

  /* Owned */
  const char **texts;    /* by rank */
  uint32_t    *ranks;    /* by frame */
  GPtrArray   *replaced; /* texts that are not lent by the frames */

  ProfVecFoldItem to_do;
  ProfVecU32      group; /* nodes that are one line */
  ProfVecU32      path;  /* ranks from the root to the group */
} Folder;

static bool
no_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "there is no memory for writing folded stacks");
}

/* The blank in front of a number at the end, "goroutine 17": readers would take
 * that for one more value. Else %NULL. */
static char *
blank_before_number (char *name)
{
  char *p = name + strlen (name);

  while (p > name && (g_ascii_isdigit (p[-1]) || p[-1] == '.'))
    p--;
  return g_ascii_isdigit (*p) && p > name && p[-1] == ' ' ? p - 1 : NULL;
}

static const char *
harmless (Folder *self, const char *name)
{
  char *text = g_strdelimit (g_strdup (name), ";", ':');
  char *blank = blank_before_number (text);

  if (blank != NULL)
    *blank = '_';
  if (strcmp (text, name) == 0)
    {
      g_free (text);
      return name;
    }
  g_ptr_array_add (self->replaced, text);
  return text;
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (((const Name *)a)->text, ((const Name *)b)->text);
}

static void
rank_names (Folder *self)
{
  const ProfFrames *frames = prof_tree_frames (self->tree);
  size_t            n = prof_frames_n (frames);
  g_autofree Name  *names = g_new (Name, n + 1);
  uint32_t          rank = 0;

  self->texts = g_new (const char *, n + 1);
  self->ranks = g_new (uint32_t, n + 1);
  for (size_t f = 0; f < n; f++)
    {
      ProfFrameId frame = (ProfFrameId)f;
      const char *name = prof_frames_display_name (frames, frame);

      names[f] = (Name){ harmless (self, name), frame };
    }
  qsort (names, n, sizeof *names, compare_names);
  for (size_t i = 0; i < n; i++)
    {
      rank += i > 0 && strcmp (names[i].text, names[i - 1].text) != 0;
      self->texts[rank] = names[i].text;
      self->ranks[names[i].frame] = rank;
    }
}

static void
init (Folder *self)
{
  self->replaced = g_ptr_array_new_with_free_func (g_free);
  rank_names (self);
}

static void
clear (Folder *self)
{
  g_free (self->texts);
  g_free (self->ranks);
  g_ptr_array_unref (self->replaced);
  prof_vec_fold_item_clear (&self->to_do);
  prof_vec_u32_clear (&self->group);
  prof_vec_u32_clear (&self->path);
}

static bool
write_line (const Folder *self, int64_t value)
{
  if (self->path.length == 0)
    prof_writer_text (self->writer, NO_STACK);
  for (size_t i = 0; i < self->path.length; i++)
    {
      prof_writer_text (self->writer, i > 0 ? ";" : "");
      if (!prof_writer_text (self->writer, self->texts[self->path.data[i]]))
        return false;
    }
  return prof_writer_printf (self->writer, " %" G_GINT64_FORMAT "\n", value);
}

/* Takes the nodes of one name off the top. */
static bool
take_group (Folder *self)
{
  ProfVecFoldItem *to_do = &self->to_do;
  Item             top = to_do->data[to_do->length - 1];

  self->group.length = 0;
  for (; to_do->length > 0; to_do->length--)
    {
      const Item *item = &to_do->data[to_do->length - 1];

      if (item->depth != top.depth || item->name != top.name)
        break;
      if (!prof_vec_u32_append (&self->group, item->node))
        return false;
    }
  self->path.length = top.depth > 0 ? top.depth - 1 : 0;
  return top.depth == 0 || prof_vec_u32_append (&self->path, top.name);
}

static int64_t
sum_of_group (const Folder *self)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  int64_t         sum = 0;

  for (size_t i = 0; i < self->group.length; i++)
    sum = prof_add_i64 (sum, nodes[self->group.data[i]].self);
  return sum;
}

static int
compare_items (const void *a, const void *b)
{
  uint32_t left = ((const Item *)a)->name;
  uint32_t right = ((const Item *)b)->name;

  return left < right ? 1 : left > right ? -1 : 0;
}

/* Puts the children of the group on top, the least last. */
static bool
add_children (Folder *self)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  size_t          first = self->to_do.length;
  uint32_t        depth = (uint32_t)self->path.length + 1;

  for (size_t i = 0; i < self->group.length; i++)
    {
      ProfNodeId node = self->group.data[i];
      ProfNodeId end = node + nodes[node].size;

      for (ProfNodeId child = node + 1; child < end; child += nodes[child].size)
        {
          Item item = { child, self->ranks[nodes[child].frame], depth };

          if (!prof_vec_fold_item_append (&self->to_do, item))
            return false;
        }
    }
  if (self->to_do.length > first)
    qsort (self->to_do.data + first,
           self->to_do.length - first,
           sizeof *self->to_do.data,
           compare_items);
  return true;
}

/* The writer's failures end it too, and are reported when that is finished. */
static bool
fold (Folder *self)
{
  Item root = { 0, PROF_ID_NONE, 0 };

  if (!prof_vec_fold_item_append (&self->to_do, root))
    return false;
  while (self->to_do.length > 0)
    {
      int64_t value;

      if (!take_group (self))
        return false;
      value = sum_of_group (self);
      if (value != 0 && !write_line (self, value))
        return true;
      if (!add_children (self))
        return false;
    }
  return true;
}

bool
prof_report_folded (const ProfTree *tree, const ProfSink *sink, GError **error)
{
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);
  Folder                 self = { .tree = tree, .writer = writer };
  bool                   ok;

  init (&self);
  ok = fold (&self);
  clear (&self);
  return ok ? prof_writer_finish (writer, error) : no_memory (error);
}
