/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-graph-private.h"

#include "base/prof-checked.h"
#include "base/prof-unit.h"
#include <stdlib.h>
#include <string.h>

/* Of the numbers that samples are labelled with only the size of an allocation
 * is shown, as in pprof. Texts are shown together, "key:value\nkey:value", and
 * sizes stand at them. */

typedef struct
{
  const ProfGraphWork *work;
  ProfProfile         *profile;
  GStringChunk        *texts;

  /* Owned */
  ProfVecNodeTag tags;
  GHashTable    *known;   /* Key -> row of tags and one more */
  uint32_t      *stamps;  /* for each node: the last sample and one more */
  ProfVecU32     path;    /* nodes of the sample's stack, each once */
  uint32_t       leaf;    /* node, or PROF_ID_NONE */
  int64_t        value;   /* of the sample */
  int64_t        divisor; /* of the sample */
} Collector;

/* Texts are kept once each, so that pointers tell them apart. */
typedef struct
{
  uint32_t    node;
  const char *name;
  const char *group; /* NULL for texts */
} Key;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;

  return (key->node * 31 + g_direct_hash (key->name)) * 31 +
         g_direct_hash (key->group);
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *left = a;
  const Key *right = b;

  return left->node == right->node && left->name == right->name &&
         left->group == right->group;
}

static ProfGraphTag *
tag_of (Collector          *self,
        uint32_t            node,
        const ProfGraphTag *like,
        bool                is_number)
{
  Key         key = { node, like->name, is_number ? like->group : NULL };
  ProfNodeTag row = { .node = node, .tag = *like };
  size_t      known;

  known = GPOINTER_TO_SIZE (g_hash_table_lookup (self->known, &key));
  if (known == 0)
    {
      prof_need_memory (prof_vec_node_tag_append (&self->tags, row));
      known = self->tags.length;
      g_hash_table_insert (self->known,
                           g_memdup2 (&key, sizeof key),
                           GSIZE_TO_POINTER (known));
    }
  return &self->tags.data[known - 1].tag;
}

static void
add_tag (Collector *self, const ProfGraphTag *like, bool is_number)
{
  ProfGraphTag *tag;

  for (size_t p = 0; p < self->path.length; p++)
    {
      tag = tag_of (self, self->path.data[p], like, is_number);
      tag->cum = prof_add_i64 (tag->cum, self->value);
      tag->cum_divisor = prof_add_i64 (tag->cum_divisor, self->divisor);
    }
  if (self->leaf == PROF_ID_NONE)
    return;
  tag = tag_of (self, self->leaf, like, is_number);
  tag->flat = prof_add_i64 (tag->flat, self->value);
  tag->flat_divisor = prof_add_i64 (tag->flat_divisor, self->divisor);
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* The mark of what was before a change is no label of the program's. */
static bool
is_shown (const Collector *self, const ProfLabel *label)
{
  return label->str != 0 &&
         strcmp (prof_profile_string (self->profile, label->key),
                 "pprof::base") != 0;
}

/* "key:value\nkey:value" in order, with a backslash and an n; "" for none. */
static const char *
joined_labels (Collector *self, const ProfLabel *labels, size_t n)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char      *joined = NULL;

  for (size_t l = 0; l < n; l++)
    if (is_shown (self, &labels[l]))
      g_ptr_array_add (texts,
                       g_strconcat (prof_profile_string (self->profile,
                                                         labels[l].key),
                                    ":",
                                    prof_profile_string (self->profile,
                                                         labels[l].str),
                                    NULL));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  joined = g_strjoinv ("\\n", (char **)texts->pdata);
  return g_string_chunk_insert_const (self->texts, joined);
}

static bool
is_size (const Collector *self, const ProfLabel *label)
{
  return label->str == 0 &&
         strcmp (prof_profile_string (self->profile, label->key), "bytes") == 0;
}

static void
add_size (Collector *self, const ProfLabel *label, const char *group)
{
  const ProfGraphParams *params = self->work->params;
  g_autofree char       *name = NULL;
  ProfGraphTag           like = {
              .group = group,
              .unit = g_string_chunk_insert_const (self->texts, params->bytes_unit),
              .value = label->num,
  };

  name = prof_unit_label (label->num, params->bytes_unit, params->unit);
  like.name = g_string_chunk_insert_const (self->texts, name);
  add_tag (self, &like, true);
}

static void
pass_node (Collector *self, uint32_t node, size_t sample)
{
  if (self->stamps[node] == sample + 1)
    return;
  self->stamps[node] = (uint32_t)sample + 1;
  prof_need_memory (prof_vec_u32_append (&self->path, node));
}

static void
find_path_of_frames (Collector *self, ProfStackId stack, size_t sample)
{
  const ProfStackNode *stacks = prof_profile_stacks (self->profile);

  for (; stack != 0; stack = stacks[stack].parent)
    {
      size_t             n;
      const ProfFrameId *frames;

      frames = prof_frames_of_location (self->work->frames,
                                        stacks[stack].location,
                                        &n);
      if (self->leaf == PROF_ID_NONE)
        self->leaf = frames[0];
      for (size_t f = 0; f < n; f++)
        pass_node (self, frames[f], sample);
    }
}

static void
find_path (Collector *self, size_t sample)
{
  ProfStackId stack = prof_profile_sample_stacks (self->profile)[sample];
  uint32_t    node;

  self->path.length = 0;
  self->leaf = PROF_ID_NONE;
  if (self->work->of_stack == NULL)
    {
      find_path_of_frames (self, stack, sample);
      return;
    }
  node = self->leaf = self->work->of_stack[stack];
  for (; node != PROF_ID_NONE; node = self->work->parents.data[node])
    pass_node (self, node, sample);
}

static void
collect_sample (Collector *self, size_t sample)
{
  size_t           n_types = prof_profile_n_types (self->profile);
  const int64_t   *values = prof_profile_sample_values (self->profile);
  size_t           n;
  const ProfLabel *labels;
  ProfGraphTag     like = { .unit = "" };

  labels = prof_profile_sample_labels (self->profile, sample, &n);
  self->value = values[sample * n_types + self->work->type];
  self->divisor = self->work->params->mean ? values[sample * n_types] : 0;
  if (n == 0 || (self->value == 0 && self->divisor == 0))
    return;
  find_path (self, sample);
  like.name = joined_labels (self, labels, n);
  like.group = g_string_chunk_insert_const (self->texts, "");
  if (like.name[0] != '\0')
    add_tag (self, &like, false);
  for (size_t l = 0; l < n; l++)
    if (is_size (self, &labels[l]))
      add_size (self, &labels[l], like.name);
}

static int
compare_tags (const void *a, const void *b)
{
  const ProfNodeTag *left = a;
  const ProfNodeTag *right = b;
  int                order;

  if (left->node != right->node)
    return left->node < right->node ? -1 : 1;
  order = strcmp (left->tag.group, right->tag.group);
  return order != 0 ? order : strcmp (left->tag.name, right->tag.name);
}

ProfVecNodeTag
prof_graph_work_collect_tags (const ProfGraphWork *work, GStringChunk *texts)
{
  Collector self = {
    .work = work,
    .profile = prof_frames_profile (work->frames),
    .texts = texts,
  };

  self.known = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  self.stamps = g_new0 (uint32_t, work->nodes.length + 1);
  for (size_t s = 0; s < prof_profile_n_samples (self.profile); s++)
    collect_sample (&self, s);
  if (self.tags.length > 0)
    qsort (self.tags.data,
           self.tags.length,
           sizeof *self.tags.data,
           compare_tags);
  g_hash_table_unref (self.known);
  g_free (self.stamps);
  prof_vec_u32_clear (&self.path);
  return self.tags;
}
