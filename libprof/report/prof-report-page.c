/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "report/prof-report-page.h"

#include "base/prof-checked.h"
#include "base/prof-error.h"
#include "base/prof-hash.h"
#include "base/prof-row-index.h"
#include "base/prof-vec.h"
#include "base/prof-writer.h"
#include <stdlib.h>

/* One walk numbers the nodes of the page and gathers the distinct calls; then
 * calls are sorted and every column is a walk of its own, so that nothing of
 * what is written is kept. */

/* --- Walking what is kept --- */

/* A kept node whose subtree is not yet at its end, and what was left out below
 * it so far. */
typedef struct
{
  ProfNodeId node;
  uint32_t   number; /* in the page */
  uint32_t   n_hidden;
  uint32_t   n_merged; /* children among them */
  int64_t    value;
  uint64_t   weight;
} Open;

PROF_VEC_DEFINE (Opens, opens, Open)

typedef struct
{
  bool       is_more;
  ProfNodeId node;     /* of "more", its caller */
  uint32_t   caller;   /* number of the caller; the root's is PROF_ID_NONE */
  uint32_t   n_hidden; /* of "more" */
  uint32_t   n_merged; /* of "more", without what is below */
  int64_t    value;    /* own; of "more", of all it stands for */
  uint64_t   weight;   /* of "more" */
} Item;

typedef struct
{
  /* Owned */
  Opens path;

  /* Lent */
  const ProfNode       *nodes;
  const ProfNodeWeight *weights; /* (nullable) */

  size_t     n_nodes;
  uint64_t   min_weight;
  ProfNodeId next;
  uint32_t   n_items;
  bool       failed; /* no memory */
} Walk;

static Walk
walk_start (const ProfTree *tree, uint64_t min_weight)
{
  return (Walk){
    .nodes = prof_tree_nodes (tree),
    .weights = prof_tree_weights (tree),
    .n_nodes = prof_tree_n_nodes (tree),
    .min_weight = min_weight,
  };
}

static uint64_t
weight_of (const Walk *walk, ProfNodeId node)
{
  return prof_node_weight (walk->nodes, walk->weights, node);
}

/* Whether all was walked: memory did not run out. */
static bool
walk_end (Walk *walk)
{
  opens_clear (&walk->path);
  return !walk->failed;
}

static Open *
innermost (Walk *walk)
{
  return walk->path.length > 0 ? &walk->path.data[walk->path.length - 1] : NULL;
}

static void
hide (Walk *walk, Open *caller, ProfNodeId node)
{
  const ProfNode *hidden = &walk->nodes[node];

  caller->n_hidden += hidden->size;
  caller->n_merged++;
  caller->value = prof_add_i64 (caller->value, hidden->total);
  caller->weight = prof_add_u64 (caller->weight, weight_of (walk, node));
}

/* Ends the innermost subtree; true when that gives something to tell. */
static bool
close_subtree (Walk *walk, Item *item)
{
  Open open = walk->path.data[--walk->path.length];

  if (open.n_hidden == 0)
    return false;
  *item = (Item){
    .is_more = true,
    .node = open.node,
    .caller = open.number,
    .n_hidden = open.n_hidden,
    .n_merged = open.n_merged,
    .value = open.value,
    .weight = open.weight,
  };
  walk->n_items++;
  return true;
}

static bool
open_subtree (Walk *walk, Item *item)
{
  const Open *caller = innermost (walk);
  ProfNodeId  node = walk->next++;

  *item = (Item){
    .node = node,
    .caller = caller != NULL ? caller->number : PROF_ID_NONE,
    .value = walk->nodes[node].self,
  };
  if (opens_append (&walk->path,
                    (Open){ .node = node, .number = walk->n_items++ }))
    return true;
  walk->failed = true;
  return false;
}

/* The next node of the page in preorder; false behind the last one. */
static bool
walk_next (Walk *walk, Item *item)
{
  for (;;)
    {
      Open *caller = innermost (walk);

      if (caller != NULL &&
          walk->next == caller->node + walk->nodes[caller->node].size)
        {
          if (close_subtree (walk, item))
            return true;
          continue;
        }
      if (walk->next >= walk->n_nodes || walk->failed)
        return false;
      if (caller == NULL || weight_of (walk, walk->next) >= walk->min_weight)
        return open_subtree (walk, item);
      hide (walk, caller, walk->next);
      walk->next += walk->nodes[walk->next].size;
    }
}

size_t
prof_report_page_n_nodes (const ProfTree *tree, uint64_t min_weight)
{
  Walk walk = walk_start (tree, min_weight);
  Item item;

  while (walk_next (&walk, &item))
    ;
  walk_end (&walk);
  return walk.n_items;
}

/* --- The page --- */

typedef struct
{
  uint32_t caller; /* frame of the page; F is the root */
  uint32_t callee; /* 2 × frame + inlined */
  uint32_t n;      /* nodes that are this call */
  uint32_t row;    /* in order of appearance */
} Call;

PROF_VEC_DEFINE (Calls, calls, Call)

struct _ProfReportPage
{
  ProfPageShape shape;
  uint64_t      min_weight;

  /* Owned */
  ProfVecU32 frames;     /* of the page: ids of the tree's */
  uint32_t  *numbers;    /* the other way round; PROF_ID_NONE for unused ones */
  ProfVecU32 n_children; /* by node of the page */
  ProfVecU32 call_of;    /* by node of the page, the root left out: a row */
  Calls      calls;      /* sorted as they are written */
  uint32_t  *places;     /* by row of a call: its place in its list */
  GPtrArray *files;      /* (element-type utf8), lent by the frames */
  uint32_t  *file_of;    /* by frame of the page */

  /* Shared, a reference each */
  ProfTree *tree;
  ProfTop  *top;
};

static const ProfFrames *
frames_of (const ProfReportPage *self)
{
  return prof_tree_frames (self->tree);
}

static bool
number_frame (ProfReportPage *self, ProfFrameId frame)
{
  if (self->numbers[frame] != PROF_ID_NONE)
    return true;
  self->numbers[frame] = (uint32_t)self->frames.length;
  return prof_vec_u32_append (&self->frames, frame);
}

static bool
number_frames (ProfReportPage *self)
{
  const ProfTopRow *rows = prof_top_rows (self->top);
  size_t            n_rows = prof_top_n_rows (self->top);
  size_t            n = prof_frames_n (frames_of (self));
  Walk              walk = walk_start (self->tree, self->min_weight);
  Item              item;
  bool              ok = true;

  self->numbers = g_new (uint32_t, n + 1);
  memset (self->numbers, 0xff, (n + 1) * sizeof *self->numbers);
  for (size_t i = 0; ok && i < n_rows; i++)
    ok = number_frame (self, rows[i].frame);
  self->shape.n_rows = (uint32_t)n_rows;
  while (ok && walk_next (&walk, &item))
    if (item.node > 0 && !item.is_more)
      ok = number_frame (self, walk.nodes[item.node].frame);
  self->shape.n_frames = (uint32_t)self->frames.length;
  return walk_end (&walk) && ok;
}

static void
number_files (ProfReportPage *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (prof_hash_text, g_str_equal);

  self->files = g_ptr_array_new ();
  self->file_of = g_new (uint32_t, self->frames.length + 1);
  for (size_t i = 0; i < self->frames.length; i++)
    {
      const char *file = prof_frames_file (frames_of (self),
                                           self->frames.data[i]);
      gpointer    number = g_hash_table_lookup (seen, file);

      if (number == NULL)
        {
          g_ptr_array_add (self->files, (gpointer)file);
          number = GUINT_TO_POINTER (self->files->len);
          g_hash_table_insert (seen, (gpointer)file, number);
        }
      self->file_of[i] = GPOINTER_TO_UINT (number) - 1;
    }
  self->shape.n_files = self->files->len;
}

/* --- Calls --- */

static uint32_t
frame_number (const ProfReportPage *self, ProfNodeId node)
{
  ProfFrameId frame = prof_tree_nodes (self->tree)[node].frame;

  return frame == PROF_ID_NONE ? self->shape.n_frames : self->numbers[frame];
}

static Call
call_to (const ProfReportPage *self, const Item *item)
{
  const ProfNode *node = &prof_tree_nodes (self->tree)[item->node];
  uint32_t        is_inlined = (node->flags & PROF_NODE_INLINED) != 0;
  Call            call = { .n = 1 };

  if (item->is_more)
    {
      call.caller = frame_number (self, item->node);
      call.callee = 2 * self->shape.n_frames;
    }
  else
    {
      call.caller = frame_number (self, node->parent);
      call.callee = 2 * frame_number (self, item->node) + is_inlined;
    }
  return call;
}

static bool
count_call (ProfReportPage *self, ProfRowIndex *index, Call call)
{
  uint64_t     key = (uint64_t)call.caller << 32 | call.callee;
  ProfRowProbe probe = prof_row_index_probe (index, key);
  uint32_t     row = prof_row_index_next (index, &probe);

  if (row != PROF_ID_NONE)
    self->calls.data[row].n++;
  else
    {
      row = (uint32_t)self->calls.length;
      call.row = row;
      if (!calls_append (&self->calls, call) ||
          !prof_row_index_add (index, key))
        return false;
    }
  return prof_vec_u32_append (&self->call_of, row);
}

static bool
count_node (ProfReportPage *self, ProfRowIndex *index, const Item *item)
{
  self->shape.n_hidden += item->n_hidden;
  if (!prof_vec_u32_append (&self->n_children, 0))
    return false;
  if (item->caller == PROF_ID_NONE)
    return true;
  self->n_children.data[item->caller]++;
  return count_call (self, index, call_to (self, item));
}

static int
compare_calls (const void *a, const void *b)
{
  const Call *one = a;
  const Call *other = b;

  if (one->caller != other->caller)
    return one->caller < other->caller ? -1 : 1;
  if (one->n != other->n)
    return one->n > other->n ? -1 : 1;
  return one->callee < other->callee ? -1 : one->callee > other->callee;
}

static void
place_calls (ProfReportPage *self)
{
  const Call *calls = self->calls.data;
  uint32_t    place = 0;

  if (self->calls.length > 0)
    qsort (self->calls.data, self->calls.length, sizeof (Call), compare_calls);
  self->places = g_new (uint32_t, self->calls.length + 1);
  for (size_t i = 0; i < self->calls.length; i++)
    {
      place = i > 0 && calls[i].caller == calls[i - 1].caller ? place + 1 : 0;
      self->places[calls[i].row] = place;
    }
}

static bool
count_nodes (ProfReportPage *self)
{
  Walk         walk = walk_start (self->tree, self->min_weight);
  ProfRowIndex index = { 0 };
  Item         item;
  bool         ok = true;

  while (ok && walk_next (&walk, &item))
    ok = count_node (self, &index, &item);
  self->shape.n_nodes = walk.n_items;
  prof_row_index_clear (&index);
  if (!walk_end (&walk) || !ok)
    return false;
  place_calls (self);
  return true;
}

/* --- Values --- */

static uint64_t
common_divisor (uint64_t a, uint64_t b)
{
  while (b != 0)
    {
      uint64_t rest = a % b;

      a = b;
      b = rest;
    }
  return a;
}

/* What a node weighs itself beyond its own value: samples that cancel each
 * other out. */
static uint64_t
own_extra (const Walk *walk, const Item *item)
{
  uint64_t value = prof_abs_u64 (item->value);
  uint64_t weight = item->weight;

  if (!item->is_more)
    weight = weight_of (walk, item->node) -
             prof_node_children_weight (walk->nodes, walk->weights, item->node);
  return weight - MIN (weight, value);
}

static bool
is_signed (const ProfTree *tree)
{
  int64_t total = prof_tree_nodes (tree)->total;

  return total < 0 || (uint64_t)total != prof_tree_weight (tree, 0);
}

static bool
find_divisor (ProfReportPage *self)
{
  const ProfTopRow *rows = prof_top_rows (self->top);
  Walk              walk = walk_start (self->tree, self->min_weight);
  uint64_t          divisor = prof_abs_u64 (prof_top_total (self->top));
  Item              item;

  self->shape.is_signed = is_signed (self->tree);
  for (size_t i = 0; i < self->shape.n_rows; i++)
    {
      divisor = common_divisor (prof_abs_u64 (rows[i].flat), divisor);
      divisor = common_divisor (prof_abs_u64 (rows[i].cum), divisor);
    }
  while (divisor != 1 && walk_next (&walk, &item))
    {
      divisor = common_divisor (prof_abs_u64 (item.value), divisor);
      if (self->shape.is_signed)
        divisor = common_divisor (own_extra (&walk, &item), divisor);
    }
  self->shape.divisor = MAX (divisor, 1);
  return walk_end (&walk);
}

ProfReportPage *
prof_report_page_new (ProfTree *tree,
                      ProfTop  *top,
                      uint64_t  min_weight,
                      GError  **error)
{
  g_autoptr (ProfReportPage) self = g_new0 (ProfReportPage, 1);

  self->tree = prof_tree_ref (tree);
  self->top = prof_top_ref (top);
  self->min_weight = min_weight;
  if (!number_frames (self) || !count_nodes (self) || !find_divisor (self))
    return prof_fail_null (error,
                           PROF_ERROR_TOO_LARGE,
                           "there is no memory for the page");
  number_files (self);
  return g_steal_pointer (&self);
}

void
prof_report_page_free (ProfReportPage *self)
{
  if (self == NULL)
    return;
  prof_vec_u32_clear (&self->frames);
  prof_vec_u32_clear (&self->n_children);
  prof_vec_u32_clear (&self->call_of);
  calls_clear (&self->calls);
  g_free (self->numbers);
  g_free (self->places);
  g_free (self->file_of);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  prof_top_unref (self->top);
  prof_tree_unref (self->tree);
  g_free (self);
}

const ProfPageShape *
prof_report_page_shape (const ProfReportPage *self)
{
  return &self->shape;
}

uint32_t
prof_report_page_number (const ProfReportPage *self, ProfNodeId node)
{
  const ProfNode *nodes = prof_tree_nodes (self->tree);
  Walk            walk = walk_start (self->tree, self->min_weight);
  uint32_t        number = 0;
  Item            item;

  while (walk_next (&walk, &item) && item.node <= node)
    if (!item.is_more && node < item.node + nodes[item.node].size)
      number = walk.n_items - 1;
  walk_end (&walk);
  return number;
}

/* --- Writing --- */

static bool
write_number (ProfWriter *writer, uint64_t number)
{
  uint8_t bytes[10];
  size_t  n = 0;

  for (; number >= 0x80; number >>= 7)
    bytes[n++] = (uint8_t)(number | 0x80);
  bytes[n++] = (uint8_t)number;
  return prof_writer_bytes (writer, bytes, n);
}

static bool
write_folded (ProfWriter *writer, int64_t value)
{
  uint64_t twice = (uint64_t)value << 1;

  return write_number (writer, value < 0 ? ~twice : twice);
}

/* Values are what the divisor divides, so nothing is lost. */
static int64_t
divided (const ProfReportPage *self, int64_t value)
{
  uint64_t amount = prof_abs_u64 (value) / self->shape.divisor;

  return value < 0 ? (int64_t)(0 - amount) : (int64_t)amount;
}

typedef const char *(*LineFunc) (const ProfReportPage *self, uint32_t i);

static const char *
name_of (const ProfReportPage *self, uint32_t i)
{
  return prof_frames_display_name (frames_of (self), self->frames.data[i]);
}

static const char *
file_name (const ProfReportPage *self, uint32_t i)
{
  return g_ptr_array_index (self->files, i);
}

/* What would end the line is a blank. */
static void
write_line (ProfWriter *writer, const char *line)
{
  const char *plain = line;

  for (const char *p = line; *p != '\0'; p++)
    if (*p == '\n')
      {
        prof_writer_bytes (writer, plain, (size_t)(p - plain));
        prof_writer_text (writer, " ");
        plain = p + 1;
      }
  prof_writer_text (writer, plain);
  prof_writer_text (writer, "\n");
}

static void
write_text (const ProfReportPage *self,
            ProfWriter           *writer,
            uint32_t              n,
            LineFunc              line)
{
  uint64_t length = 0;

  for (uint32_t i = 0; i < n; i++)
    length += strlen (line (self, i)) + 1;
  write_number (writer, length);
  for (uint32_t i = 0; i < n; i++)
    write_line (writer, line (self, i));
}

static void
write_labels (const ProfReportPage *self,
              ProfWriter           *writer,
              const char *const    *labels)
{
  const ProfFrameId *ids = self->frames.data;
  uint32_t           n = self->shape.n_frames;
  uint64_t           length = 0;

  for (uint32_t i = 0; i < n; i++)
    length += strlen (labels[ids[i]]) + 1;
  write_number (writer, length);
  for (uint32_t i = 0; i < n; i++)
    write_line (writer, labels[ids[i]]);
}

static void
write_frames (const ProfReportPage *self,
              ProfWriter           *writer,
              const uint32_t       *colors)
{
  const ProfTopRow  *rows = prof_top_rows (self->top);
  const ProfFrameId *ids = self->frames.data;
  uint32_t           n = self->shape.n_frames;
  uint32_t           n_rows = self->shape.n_rows;

  for (uint32_t i = 0; i < n; i++)
    write_number (writer, self->file_of[i]);
  for (uint32_t i = 0; i < n; i++)
    {
      int64_t line = prof_frames_start_line (frames_of (self), ids[i]);

      write_number (writer, (uint64_t)MAX (line, 0));
    }
  for (uint32_t i = 0; i < n; i++)
    write_number (writer, prof_frames_package (frames_of (self), ids[i]));
  for (uint32_t i = 0; i < n; i++)
    write_number (writer, colors[ids[i]]);
  for (uint32_t i = 0; i < n; i++)
    write_number (writer, i < n_rows ? rows[i].inlined : 0);
  for (uint32_t i = 0; i < n; i++)
    write_folded (writer, i < n_rows ? divided (self, rows[i].flat) : 0);
  for (uint32_t i = 0; i < n; i++)
    write_folded (writer, i < n_rows ? divided (self, rows[i].cum) : 0);
}

static void
write_calls (const ProfReportPage *self, ProfWriter *writer)
{
  const Call *calls = self->calls.data;
  size_t      n = self->calls.length;
  size_t      at = 0;

  for (uint32_t frame = 0; frame <= self->shape.n_frames; frame++)
    {
      size_t end = at;

      while (end < n && calls[end].caller == frame)
        end++;
      write_number (writer, end - at);
      for (; at < end; at++)
        write_number (writer, calls[at].callee);
    }
}

static bool
write_values (const ProfReportPage *self, ProfWriter *writer)
{
  Walk walk = walk_start (self->tree, self->min_weight);
  Item item;

  while (walk_next (&walk, &item))
    {
      int64_t value = divided (self, item.value);

      if (!(self->shape.is_signed ? write_folded (writer, value)
                                  : write_number (writer, (uint64_t)value)))
        break;
    }
  return walk_end (&walk);
}

static bool
write_weights (const ProfReportPage *self, ProfWriter *writer)
{
  Walk walk = walk_start (self->tree, self->min_weight);
  Item item;

  while (walk_next (&walk, &item))
    if (!write_number (writer, own_extra (&walk, &item) / self->shape.divisor))
      break;
  return walk_end (&walk);
}

static bool
write_merged (const ProfReportPage *self, ProfWriter *writer)
{
  Walk walk = walk_start (self->tree, self->min_weight);
  Item item;

  while (walk_next (&walk, &item))
    if (item.is_more && !write_number (writer, item.n_merged))
      break;
  return walk_end (&walk);
}

static bool
write_tree (const ProfReportPage *self, ProfWriter *writer)
{
  for (size_t i = 0; i < self->n_children.length; i++)
    if (!write_number (writer, self->n_children.data[i]))
      return true;
  for (size_t i = 0; i < self->call_of.length; i++)
    if (!write_number (writer, self->places[self->call_of.data[i]]))
      return true;
  return write_values (self, writer) &&
         (!self->shape.is_signed || write_weights (self, writer)) &&
         (self->shape.n_hidden == 0 || write_merged (self, writer));
}

bool
prof_report_page_write (const ProfReportPage *self,
                        const uint32_t       *colors,
                        const char *const    *labels,
                        const ProfSink       *sink,
                        GError              **error)
{
  g_autoptr (ProfWriter) writer = prof_writer_new (sink);

  write_text (self, writer, self->shape.n_frames, name_of);
  write_labels (self, writer, labels);
  write_text (self, writer, self->shape.n_files, file_name);
  write_frames (self, writer, colors);
  write_calls (self, writer);
  if (!write_tree (self, writer))
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "there is no memory for the page");
  return prof_writer_finish (writer, error);
}
