/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-prune.h"

#include "base/prof-pattern.h"
#include "base/prof-vec.h"
#include "model/prof-builder.h"
#include <string.h>

/* First the lines: of each location the innermost ones go, up to the outermost
 * that is dropped. Then the stacks: each ends at the first location, seen from
 * the root, that lost anything, but only behind one that lost nothing, so that
 * no stack loses all. What a stack keeps depends on its path alone and is worked
 * out once for each node of the stack table. */

typedef enum
{
  WHOLE,     /* nothing is dropped */
  SHORTENED, /* its innermost lines are */
  DROPPED,   /* all lines are */
} Fate;

/* Of a node of the stack table. */
enum
{
  HAS_USER = 1 << 0, /* a location on the path is whole */
  IS_CUT = 1 << 1,   /* the path goes on behind the cut */
};

typedef struct
{
  ProfProfile *profile;
  ProfPattern *drop;
  ProfPattern *keep; /* or NULL */

  /* Owned */
  uint8_t     *fates;  /* for each location: Fate */
  uint32_t    *n_gone; /* for each location: innermost lines that go */
  uint8_t     *states; /* for each stack node */
  ProfStackId *leaves; /* for each stack node: where its stack ends now */
  int64_t      n_strings;
} Pruner;

/* How long the bracket is that belongs to a name, 0 for none. */
static size_t
reserved_at (const char *text)
{
  static const char *const reserved[] = {
    "(anonymous namespace)",
    "operator()",
  };

  for (size_t r = 0; r < G_N_ELEMENTS (reserved); r++)
    if (g_str_has_prefix (text, reserved[r]))
      return strlen (reserved[r]);
  return 0;
}

/* Arguments do not belong to a name. */
static size_t
length_without_arguments (const char *name, size_t length)
{
  size_t i = 0;

  while (i < length)
    {
      size_t reserved = reserved_at (name + i);

      if (reserved == 0 && name[i] == '(')
        return i;
      i += MAX (reserved, 1);
    }
  return length;
}

static bool
tests_name (ProfPattern        *pattern,
            const ProfFunction *function,
            const ProfProfile  *profile,
            bool               *matches,
            GError            **error)
{
  size_t      length;
  const char *name;

  name = prof_profile_string_bytes (profile, function->name, &length);
  if (name[0] == '.')
    {
      name++;
      length--;
    }
  return prof_pattern_test (pattern,
                            function->name,
                            name,
                            length_without_arguments (name, length),
                            matches,
                            error);
}

static bool
is_dropped (const Pruner   *pruner,
            const ProfLine *line,
            bool           *dropped,
            GError        **error)
{
  const ProfFunction *function;
  bool                kept = false;

  function = &prof_profile_functions (pruner->profile)[line->function];
  *dropped = false;
  if (function->name == 0)
    return true;
  if (!tests_name (pruner->drop, function, pruner->profile, dropped, error))
    return false;
  if (!*dropped || pruner->keep == NULL)
    return true;
  if (!tests_name (pruner->keep, function, pruner->profile, &kept, error))
    return false;
  *dropped = !kept;
  return true;
}

static bool
judge_location (const Pruner *pruner, ProfLocationId id, GError **error)
{
  const ProfLocation *location = &prof_profile_locations (pruner->profile)[id];
  const ProfLine     *lines = prof_profile_lines (pruner->profile);

  for (uint32_t l = location->n_lines; l > 0; l--)
    {
      bool dropped;

      if (!is_dropped (pruner,
                       &lines[location->first_line + l - 1],
                       &dropped,
                       error))
        return false;
      if (dropped)
        {
          pruner->n_gone[id] = l;
          pruner->fates[id] = l == location->n_lines ? DROPPED : SHORTENED;
          return true;
        }
    }
  return true;
}

static bool
judge_locations (const Pruner *pruner, bool *any, GError **error)
{
  size_t n_locations = prof_profile_n_locations (pruner->profile);

  *any = false;
  for (size_t l = 0; l < n_locations; l++)
    {
      if (!judge_location (pruner, (ProfLocationId)l, error))
        return false;
      *any = *any || pruner->fates[l] != WHOLE;
    }
  return true;
}

static void
cut_node (const Pruner *pruner, const ProfStackNode *node, ProfStackId id)
{
  uint8_t state = pruner->states[node->parent];
  Fate    fate = pruner->fates[node->location];

  pruner->leaves[id] = id;
  if ((state & IS_CUT) != 0)
    pruner->leaves[id] = pruner->leaves[node->parent];
  else if (fate == WHOLE)
    state |= HAS_USER;
  else if ((state & HAS_USER) != 0)
    {
      state |= IS_CUT;
      if (fate == DROPPED)
        pruner->leaves[id] = node->parent;
    }
  pruner->states[id] = state;
}

/* A parent comes before its children. */
static void
cut_stacks (const Pruner *pruner)
{
  const ProfStackNode *nodes = prof_profile_stacks (pruner->profile);
  size_t               n_stacks = prof_profile_n_stacks (pruner->profile);

  for (size_t n = 1; n < n_stacks; n++)
    cut_node (pruner, &nodes[n], (ProfStackId)n);
}

/* Strings keep their ids, as every one is there once: an id is a position. */
static bool
copy_strings (Pruner *pruner, ProfBuilder *builder, GError **error)
{
  size_t n_strings = prof_profile_n_strings (pruner->profile);

  for (size_t s = 0; s < n_strings; s++)
    {
      size_t      length;
      const char *text = prof_profile_string_bytes (pruner->profile,
                                                    (ProfStringId)s,
                                                    &length);

      if (!prof_builder_add_string (builder, text, length, error))
        return false;
    }
  pruner->n_strings = (int64_t)n_strings;
  return true;
}

/* A kernel's file name was taken apart when it was loaded. */
static bool
copy_file_name (Pruner            *pruner,
                ProfBuilder       *builder,
                const ProfMapping *mapping,
                int64_t           *position,
                GError           **error)
{
  g_autofree char *whole = NULL;

  *position = mapping->filename;
  if (mapping->kernel_symbol == 0)
    return true;
  whole = g_strconcat (prof_profile_string (pruner->profile, mapping->filename),
                       prof_profile_string (pruner->profile,
                                            mapping->kernel_symbol),
                       NULL);
  *position = pruner->n_strings++;
  return prof_builder_add_string (builder, whole, strlen (whole), error);
}

static bool
copy_mapping (Pruner            *pruner,
              ProfBuilder       *builder,
              const ProfMapping *mapping,
              GError           **error)
{
  ProfRawMapping raw = {
    .id = mapping->id,
    .start = mapping->start,
    .limit = mapping->limit,
    .offset = mapping->offset,
    .build_id = mapping->build_id,
    .has_functions = mapping->has_functions,
    .has_filenames = mapping->has_filenames,
    .has_line_numbers = mapping->has_line_numbers,
    .has_inline_frames = mapping->has_inline_frames,
  };

  return copy_file_name (pruner, builder, mapping, &raw.filename, error) &&
         prof_builder_add_mapping (builder, &raw, error);
}

static bool
copy_function (ProfBuilder        *builder,
               const ProfFunction *function,
               GError            **error)
{
  ProfRawFunction raw = {
    .id = function->id,
    .name = function->name,
    .system_name = function->system_name,
    .filename = function->filename,
    .start_line = function->start_line,
  };

  return prof_builder_add_function (builder, &raw, error);
}

/* A location that is dropped may still stand where no cut is made, and then with
 * all its lines. */
static bool
copy_location (const Pruner  *pruner,
               ProfBuilder   *builder,
               ProfLocationId id,
               GError       **error)
{
  const ProfLocation *location = &prof_profile_locations (pruner->profile)[id];
  const ProfLine     *lines = prof_profile_lines (pruner->profile);
  uint32_t            n_gone;
  ProfRawLine        *raw_lines;
  ProfRawLocation     raw = {
        .id = location->id,
        .address = location->address,
        .is_folded = location->is_folded,
  };
  bool added;

  n_gone = pruner->fates[id] == SHORTENED ? pruner->n_gone[id] : 0;
  raw_lines = g_new (ProfRawLine, location->n_lines - n_gone + 1);
  if (location->mapping != PROF_ID_NONE)
    raw.mapping = prof_profile_mappings (pruner->profile)[location->mapping].id;
  for (uint32_t l = n_gone; l < location->n_lines; l++)
    {
      const ProfLine *line = &lines[location->first_line + l];

      raw_lines[l - n_gone] = (ProfRawLine){
        .function = prof_profile_functions (pruner->profile)[line->function].id,
        .line = line->line,
        .column = line->column,
      };
    }
  added = prof_builder_add_location (builder,
                                     &raw,
                                     raw_lines,
                                     location->n_lines - n_gone,
                                     error);
  g_free (raw_lines);
  return added;
}

static bool
copy_tables (Pruner *pruner, ProfBuilder *builder, GError **error)
{
  const ProfProfile *profile = pruner->profile;

  for (size_t m = 0; m < prof_profile_n_mappings (profile); m++)
    if (!copy_mapping (pruner,
                       builder,
                       &prof_profile_mappings (profile)[m],
                       error))
      return false;
  for (size_t f = 0; f < prof_profile_n_functions (profile); f++)
    if (!copy_function (builder, &prof_profile_functions (profile)[f], error))
      return false;
  for (size_t l = 0; l < prof_profile_n_locations (profile); l++)
    if (!copy_location (pruner, builder, (ProfLocationId)l, error))
      return false;
  return true;
}

static bool
copy_header (const Pruner *pruner, ProfBuilder *builder, GError **error)
{
  const ProfProfile  *profile = pruner->profile;
  ProfRawHeader      *header = prof_builder_header (builder);
  ProfValueType       period_type = prof_profile_period_type (profile);
  size_t              n_comments;
  const ProfStringId *comments = prof_profile_comments (profile, &n_comments);

  header->drop_frames = prof_profile_drop_frames (profile);
  header->keep_frames = prof_profile_keep_frames (profile);
  header->time_ns = prof_profile_time_ns (profile);
  header->duration_ns = prof_profile_duration_ns (profile);
  header->period_type.type = period_type.type;
  header->period_type.unit = period_type.unit;
  header->period = prof_profile_period (profile);
  header->default_type = prof_profile_default_type_name (profile);
  header->doc_url = prof_profile_doc_url (profile);
  for (size_t c = 0; c < n_comments; c++)
    if (!prof_builder_add_comment (builder, comments[c], error))
      return false;
  for (size_t t = 0; t < prof_profile_n_types (profile); t++)
    {
      const ProfValueType *type = &prof_profile_types (profile)[t];
      ProfRawValueType     raw = { type->type, type->unit };

      if (!prof_builder_add_type (builder, &raw, error))
        return false;
    }
  return true;
}

/* The locations of a stack as it is now, leaf first. */
static bool
collect_stack (const Pruner *pruner, ProfStackId stack, ProfVecU64 *locations)
{
  const ProfStackNode *nodes = prof_profile_stacks (pruner->profile);
  const ProfLocation  *rows = prof_profile_locations (pruner->profile);

  locations->length = 0;
  for (stack = pruner->leaves[stack]; stack != 0; stack = nodes[stack].parent)
    if (!prof_vec_u64_append (locations, rows[nodes[stack].location].id))
      return false;
  return true;
}

static ProfRawLabel *
raw_labels (const ProfProfile *profile, size_t sample, size_t *n)
{
  const ProfLabel *labels = prof_profile_sample_labels (profile, sample, n);
  ProfRawLabel    *raw = g_new (ProfRawLabel, *n + 1);

  for (size_t l = 0; l < *n; l++)
    raw[l] = (ProfRawLabel){
      .key = labels[l].key,
      .str = labels[l].str,
      .num = labels[l].num,
      .num_unit = labels[l].unit,
    };
  return raw;
}

static bool
copy_sample (const Pruner *pruner,
             ProfBuilder  *builder,
             size_t        sample,
             ProfVecU64   *locations,
             GError      **error)
{
  const ProfProfile       *profile = pruner->profile;
  size_t                   n_types = prof_profile_n_types (profile);
  size_t                   n_labels;
  g_autofree ProfRawLabel *labels = raw_labels (profile, sample, &n_labels);

  if (!collect_stack (pruner,
                      prof_profile_sample_stacks (profile)[sample],
                      locations))
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the pruned profile does not fit into memory");
  return prof_builder_add_sample (builder,
                                  locations->data,
                                  locations->length,
                                  prof_profile_sample_values (profile) +
                                      sample * n_types,
                                  n_types,
                                  labels,
                                  n_labels,
                                  error);
}

static bool
copy_samples (const Pruner *pruner, ProfBuilder *builder, GError **error)
{
  ProfVecU64 locations = { 0 };
  bool       copied = true;
  size_t     n_samples = prof_profile_n_samples (pruner->profile);

  for (size_t s = 0; copied && s < n_samples; s++)
    copied = copy_sample (pruner, builder, s, &locations, error);
  prof_vec_u64_clear (&locations);
  return copied;
}

static ProfProfile *
rebuild (Pruner *pruner, GError **error)
{
  g_autoptr (ProfBuilder) builder = prof_builder_new ();

  if (!copy_strings (pruner, builder, error) ||
      !copy_header (pruner, builder, error) ||
      !copy_tables (pruner, builder, error) ||
      !copy_samples (pruner, builder, error))
    return NULL;
  prof_builder_inherit_notes (builder, prof_profile_notes (pruner->profile));
  return prof_builder_finish (builder, error);
}

static ProfProfile *
prune (Pruner *pruner, GError **error)
{
  size_t       n_stacks = prof_profile_n_stacks (pruner->profile);
  size_t       n_locations = prof_profile_n_locations (pruner->profile);
  ProfProfile *pruned = NULL;
  bool         any;

  pruner->fates = g_new0 (uint8_t, n_locations + 1);
  pruner->n_gone = g_new0 (uint32_t, n_locations + 1);
  if (judge_locations (pruner, &any, error) && any)
    {
      pruner->states = g_new0 (uint8_t, n_stacks + 1);
      pruner->leaves = g_new0 (ProfStackId, n_stacks + 1);
      cut_stacks (pruner);
      pruned = rebuild (pruner, error);
    }
  g_free (pruner->fates);
  g_free (pruner->n_gone);
  g_free (pruner->states);
  g_free (pruner->leaves);
  return pruned;
}

static ProfPattern *
pattern_of (const ProfProfile *profile, ProfStringId text, GError **error)
{
  return prof_pattern_new (prof_profile_string (profile, text),
                           PROF_PATTERN_WHOLE,
                           error);
}

ProfProfile *
prof_prune (ProfProfile *profile)
{
  ProfStringId            drop_frames = prof_profile_drop_frames (profile);
  ProfStringId            keep_frames = prof_profile_keep_frames (profile);
  g_autoptr (ProfPattern) drop = NULL;
  g_autoptr (ProfPattern) keep = NULL;
  Pruner                  pruner = { .profile = profile };
  ProfProfile            *pruned;

  if (drop_frames != 0)
    drop = pattern_of (profile, drop_frames, NULL);
  if (keep_frames != 0)
    keep = pattern_of (profile, keep_frames, NULL);
  if (drop == NULL || (keep == NULL && keep_frames != 0))
    return prof_profile_ref (profile);
  pruner.drop = drop;
  pruner.keep = keep;
  pruned = prune (&pruner, NULL);
  return pruned != NULL ? pruned : prof_profile_ref (profile);
}
