/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-frames-private.h"

#include "base/prof-hash.h"
#include "base/prof-path.h"
#include "base/prof-upright.h"
#include "base/prof-vec.h"
#include <stdlib.h>
#include <string.h>

/* A frame is what its granularity leaves of a place in the code. Functions, the
 * usual case, are found by the id of their name, so interning has done the work
 * already; everything else by all its parts through one table. Code without a
 * name is told apart as pprof does it: by its binary's path and, for a function
 * with an empty name, its first line. */

/* What makes two frames different. Texts are ids: of the profile's strings, but
 * for @file, which is one of Maker's. */
typedef struct
{
  uint64_t     address;
  int64_t      line;
  int64_t      start_line;
  ProfStringId name;
  uint32_t     file;
  ProfStringId binary; /* of the mapping */
  ProfStringId kernel_symbol;
} Key;

/* What is needed only while the frames are made. */
typedef struct
{
  ProfFrames             *self;
  const ProfFramesParams *params;

  /* Owned */
  ProfFrameId *by_name; /* string id -> frame; for functions with a name */
  GHashTable  *by_key;  /* Key -> frame; all others */
  uint32_t    *file_of; /* string id -> file and one more; 0: not asked yet */
  GPtrArray   *files;   /* cleaned and trimmed; the first is "" */
  GHashTable  *file_ids;
  GHashTable  *package_ids; /* for frames that are packages */
} Maker;

static guint
hash_key (gconstpointer data)
{
  const Key *key = data;
  uint64_t   secret = prof_hash_secret ();
  uint64_t   hash = prof_hash_mix (secret, key->address);

  hash = prof_hash_mix (secret, hash ^ (uint64_t)key->line);
  hash = prof_hash_mix (secret, hash ^ (uint64_t)key->start_line);
  hash = prof_hash_mix (secret, hash ^ ((uint64_t)key->name << 32 | key->file));
  hash = prof_hash_mix (secret,
                        hash ^
                            ((uint64_t)key->binary << 32 | key->kernel_symbol));
  return (guint)hash;
}

static gboolean
equal_keys (gconstpointer a, gconstpointer b)
{
  const Key *left = a;
  const Key *right = b;

  return left->address == right->address && left->line == right->line &&
         left->start_line == right->start_line && left->name == right->name &&
         left->file == right->file && left->binary == right->binary &&
         left->kernel_symbol == right->kernel_symbol;
}

/* Whether a text is printable ASCII, as nearly all are; without a branch for each
 * byte. */
static bool
is_plain (const char *text, size_t length)
{
  bool is_other = false;

  for (size_t i = 0; i < length; i++)
    is_other |= (uint8_t)(text[i] - ' ') > '~' - ' ';
  return !is_other;
}

const char *
prof_frames_displayable (ProfFrames *self, const char *text, size_t length)
{
  g_autofree char *copy = NULL;

  if (is_plain (text, length))
    return text;
  copy = prof_upright (text, (gssize)length);
  for (char *c = copy; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  if (strlen (copy) == length && memcmp (copy, text, length) == 0)
    return text;
  return g_string_chunk_insert (self->texts, copy);
}

static bool
keeps_name (ProfGranularity granularity)
{
  return granularity != PROF_GRANULARITY_FILES;
}

static bool
keeps_file (ProfGranularity granularity)
{
  return granularity != PROF_GRANULARITY_FUNCTIONS &&
         granularity != PROF_GRANULARITY_PACKAGES;
}

static bool
keeps_line (ProfGranularity granularity)
{
  return granularity == PROF_GRANULARITY_LINES ||
         granularity == PROF_GRANULARITY_ADDRESSES;
}

/* The id of a file's name as it is shown. */
static uint32_t
file_id (Maker *maker, ProfStringId text)
{
  const char      *path = prof_profile_string (maker->self->profile, text);
  g_autofree char *clean = NULL;
  gpointer         known;

  if (maker->file_of[text] != 0)
    return maker->file_of[text] - 1;
  if (maker->params->trim_path != NULL)
    path = prof_path_trim (path,
                           maker->params->trim_path,
                           maker->params->source_path);
  clean = path[0] != '\0' ? prof_path_clean (path) : g_strdup ("");
  if (!g_hash_table_lookup_extended (maker->file_ids, clean, NULL, &known))
    {
      char *kept = g_string_chunk_insert (maker->self->texts, clean);

      known = GUINT_TO_POINTER (maker->files->len);
      g_ptr_array_add (maker->files, kept);
      g_hash_table_insert (maker->file_ids, kept, known);
    }
  maker->file_of[text] = GPOINTER_TO_UINT (known) + 1;
  return GPOINTER_TO_UINT (known);
}

/* The id of the package's name in the profile's strings or, where it is not one
 * of these, behind them. */
static ProfStringId
package_id (Maker *maker, ProfStringId name)
{
  const char      *text = prof_profile_string (maker->self->profile, name);
  g_autofree char *package = g_strndup (text, prof_package_of_name (text));
  gpointer         known;

  if (package[0] == '\0')
    return name;
  if (!g_hash_table_lookup_extended (maker->package_ids, package, NULL, &known))
    {
      known = GUINT_TO_POINTER (prof_profile_n_strings (maker->self->profile) +
                                g_hash_table_size (maker->package_ids));
      g_hash_table_insert (maker->package_ids,
                           g_steal_pointer (&package),
                           known);
    }
  return GPOINTER_TO_UINT (known);
}

/* @function is NULL for code without any. */
static Key
key_of (Maker              *maker,
        const ProfLocation *location,
        const ProfLine     *line,
        const ProfFunction *function)
{
  const ProfProfile *profile = maker->self->profile;
  ProfGranularity    granularity = maker->params->granularity;
  Key                key = { 0 };

  if (granularity == PROF_GRANULARITY_ADDRESSES)
    key.address = location->address;
  if (function != NULL && keeps_name (granularity))
    key.name = function->name;
  if (granularity == PROF_GRANULARITY_PACKAGES && key.name != 0)
    key.name = package_id (maker, key.name);
  if (function != NULL && keeps_file (granularity))
    key.file = file_id (maker, function->filename);
  if (function != NULL && keeps_line (granularity))
    key.line = line->line;
  if (key.name != 0 && !maker->params->with_binaries)
    return key;
  if (function != NULL)
    key.start_line = function->start_line;
  if (location->mapping != PROF_ID_NONE)
    {
      const ProfMapping *mapping;

      mapping = &prof_profile_mappings (profile)[location->mapping];
      key.binary = mapping->filename;
      key.kernel_symbol = mapping->kernel_symbol;
    }
  return key;
}

static char *
binary_path (ProfFrames *self, const Key *key)
{
  g_autofree char *path = NULL;

  path = g_strconcat (prof_profile_string (self->profile, key->binary),
                      prof_profile_string (self->profile, key->kernel_symbol),
                      NULL);
  return g_string_chunk_insert_const (self->texts, path);
}

/* "0000000000401000 main.f /src/f.go:12": the parts there are, and where there
 * are none the binary, "[libc.so.6]". */
static void
compose_name (ProfFrames *self,
              ProfFrame  *frame,
              const char *name,
              size_t      length)
{
  const ProfFrameInfo *info = &frame->info;
  g_autoptr (GString)  out = g_string_new (NULL);

  if (info->address != 0)
    g_string_append_printf (out, "%016" G_GINT64_MODIFIER "x ", info->address);
  g_string_append_len (out, name, (gssize)length);
  if (length > 0)
    g_string_append_c (out, ' ');
  if (info->line != 0)
    g_string_append_printf (out,
                            "%s:%" G_GINT64_FORMAT " ",
                            info->file,
                            info->line);
  else if (info->file[0] != '\0')
    g_string_append_printf (out, "%s ", info->file);
  else if (length == 0 && info->binary[0] != '\0')
    {
      g_autofree char *base = g_path_get_basename (info->binary);

      g_string_append_printf (out, "[%s] ", base);
    }
  else if (length == 0)
    g_string_append (out, "<unknown> ");
  frame->name_length = out->len - 1;
  frame->name = g_string_chunk_insert_len (self->texts,
                                           out->str,
                                           (gssize)frame->name_length);
}

/* A function's name alone is lent by the profile. */
static void
name_frame (ProfFrames *self, ProfFrame *frame, const char *name, size_t length)
{
  frame->info.name = name;
  frame->info.name_length = length;
  if (length > 0 && frame->info.address == 0 && frame->info.line == 0 &&
      frame->info.file[0] == '\0')
    {
      frame->name = name;
      frame->name_length = length;
    }
  else
    compose_name (self, frame, name, length);
  frame->display_name = prof_frames_displayable (self,
                                                 frame->name,
                                                 frame->name_length);
}

static const char *
name_of_key (Maker *maker, const Key *key, ProfFunctionId id, size_t *length)
{
  ProfFrames *self = maker->self;
  const char *name;

  if (key->name < prof_profile_n_strings (self->profile))
    return prof_profile_string_bytes (self->profile, key->name, length);
  name = prof_profile_string (self->profile,
                              prof_profile_functions (self->profile)[id].name);
  *length = prof_package_of_name (name);
  return g_string_chunk_insert_len (self->texts, name, (gssize)*length);
}

static ProfFrameId
add_frame (Maker *maker, const Key *key, ProfFunctionId id)
{
  ProfFrames *self = maker->self;
  ProfFrame   frame = { .function = id, .file = "" };
  size_t      length;
  const char *name = name_of_key (maker, key, id, &length);

  frame.info.file = g_ptr_array_index (maker->files, key->file);
  frame.info.binary = binary_path (self, key);
  frame.info.address = key->address;
  frame.info.start_line = frame.start_line = key->start_line;
  frame.info.line = key->line;
  if (id != PROF_ID_NONE && key->name != 0)
    {
      const ProfFunction *function = &prof_profile_functions (
          self->profile)[id];
      size_t      n;
      const char *file = prof_profile_string_bytes (self->profile,
                                                    function->filename,
                                                    &n);

      frame.file = prof_frames_displayable (self, file, n);
      frame.start_line = function->start_line;
    }
  else if (key->file != 0)
    frame.file = prof_frames_displayable (self,
                                          frame.info.file,
                                          strlen (frame.info.file));
  else
    frame.function = PROF_ID_NONE;
  name_frame (self, &frame, name, length);
  /* There are no more frames than lines and locations in memory already. */
  prof_need_memory (prof_vec_frame_append (&self->frames, frame));
  return (ProfFrameId)(self->frames.length - 1);
}

static ProfFrameId
frame_of_key (Maker *maker, const Key *key, ProfFunctionId id)
{
  gpointer    known;
  ProfFrameId frame;

  if (g_hash_table_lookup_extended (maker->by_key, key, NULL, &known))
    return GPOINTER_TO_UINT (known);
  frame = add_frame (maker, key, id);
  g_hash_table_insert (maker->by_key,
                       g_memdup2 (key, sizeof *key),
                       GUINT_TO_POINTER (frame));
  return frame;
}

static bool
is_name_alone (const Maker *maker, const ProfFunction *function)
{
  return maker->params->granularity == PROF_GRANULARITY_FUNCTIONS &&
         !maker->params->with_binaries && function->name != 0;
}

static ProfFrameId
frame_of_line (Maker *maker, const ProfLocation *location, const ProfLine *line)
{
  const ProfFunction *function;
  ProfFrameId        *frame;
  Key                 key;

  function = &prof_profile_functions (maker->self->profile)[line->function];
  if (!is_name_alone (maker, function))
    {
      key = key_of (maker, location, line, function);
      return frame_of_key (maker, &key, line->function);
    }
  frame = &maker->by_name[function->name];
  if (*frame == PROF_ID_NONE)
    {
      key = (Key){ .name = function->name };
      *frame = add_frame (maker, &key, line->function);
    }
  return *frame;
}

static void
add_location (Maker *maker, ProfLocationId id)
{
  ProfFrames         *self = maker->self;
  const ProfLocation *location = &prof_profile_locations (self->profile)[id];
  const ProfLine     *lines = prof_profile_lines (self->profile);
  uint32_t            first = 0;

  self->first[id] = self->of_lines.length;
  if (location->n_lines == 0)
    {
      Key key = key_of (maker, location, NULL, NULL);

      prof_vec_u32_append (&self->of_lines,
                           frame_of_key (maker, &key, PROF_ID_NONE));
      return;
    }
  if (maker->params->noinlines)
    first = location->n_lines - 1;
  for (uint32_t l = first; l < location->n_lines; l++)
    prof_vec_u32_append (&self->of_lines,
                         frame_of_line (maker,
                                        location,
                                        &lines[location->first_line + l]));
}

static void
add_locations (Maker *maker)
{
  ProfFrames *self = maker->self;
  size_t      n_locations = prof_profile_n_locations (self->profile);

  self->first = g_new (size_t, n_locations + 1);
  prof_need_memory (prof_vec_u32_reserve (&self->of_lines,
                                          n_locations + prof_profile_n_lines (
                                                            self->profile)));
  for (size_t l = 0; l < n_locations; l++)
    add_location (maker, (ProfLocationId)l);
  self->first[n_locations] = self->of_lines.length;
}

static void
begin (Maker *maker)
{
  size_t n_strings = prof_profile_n_strings (maker->self->profile);

  maker->by_key = g_hash_table_new_full (hash_key, equal_keys, g_free, NULL);
  maker->file_ids = g_hash_table_new (prof_hash_text, g_str_equal);
  maker->package_ids = g_hash_table_new_full (prof_hash_text,
                                              g_str_equal,
                                              g_free,
                                              NULL);
  maker->files = g_ptr_array_new ();
  g_ptr_array_add (maker->files, (char *)"");
  g_hash_table_insert (maker->file_ids, (char *)"", GUINT_TO_POINTER (0));
  maker->file_of = g_new0 (uint32_t, n_strings + 1);
  maker->by_name = g_new (ProfFrameId, n_strings + 1);
  for (size_t s = 0; s < n_strings; s++)
    maker->by_name[s] = PROF_ID_NONE;
}

static void
end (Maker *maker)
{
  g_hash_table_unref (maker->by_key);
  g_hash_table_unref (maker->file_ids);
  g_hash_table_unref (maker->package_ids);
  g_ptr_array_unref (maker->files);
  g_free (maker->file_of);
  g_free (maker->by_name);
}

ProfFrames *
prof_frames_new_with (ProfProfile            *profile,
                      size_t                  type,
                      const ProfFramesParams *params)
{
  ProfFrames *self = g_new0 (ProfFrames, 1);
  Maker       maker = { .self = self, .params = params };

  g_atomic_ref_count_init (&self->ref_count);
  self->profile = prof_profile_ref (profile);
  self->type = type;
  self->params = *params;
  self->params.trim_path = self->params.source_path = NULL;
  g_mutex_init (&self->lock);
  prof_frames_begin_totals (self);
  self->texts = g_string_chunk_new (4096);
  begin (&maker);
  add_locations (&maker);
  end (&maker);
  prof_frames_find_packages (self);
  return self;
}

ProfFrames *
prof_frames_new (ProfProfile *profile, size_t type)
{
  const ProfFramesParams params = PROF_FRAMES_PARAMS_INIT;

  return prof_frames_new_with (profile, type, &params);
}

ProfFrames *
prof_frames_new_for (ProfAnswer *answer, bool weighs_soon)
{
  const ProfQueryFields *fields = prof_query_fields (
      prof_answer_query (answer));
  const ProfFramesParams params = {
    .granularity = fields->granularity,
    .noinlines = fields->noinlines,
    .trim_path = fields->trim_path,
    .source_path = fields->source_path,
    .weighs_soon = weighs_soon,
  };

  return prof_frames_new_with (prof_answer_profile (answer),
                               prof_answer_type (answer),
                               &params);
}

ProfFrames *
prof_frames_ref (ProfFrames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
prof_frames_unref (ProfFrames *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  prof_frames_drop_totals (self);
  g_mutex_clear (&self->lock);
  for (size_t p = 0; p < self->packages.length; p++)
    g_free ((char *)self->packages.data[p].name);
  g_string_chunk_free (self->texts);
  prof_vec_frame_clear (&self->frames);
  prof_vec_package_clear (&self->packages);
  prof_vec_u32_clear (&self->of_lines);
  g_free (self->first);
  prof_profile_unref (self->profile);
  g_free (self);
}

ProfProfile *
prof_frames_profile (const ProfFrames *self)
{
  return self->profile;
}

size_t
prof_frames_n (const ProfFrames *self)
{
  return self->frames.length;
}

const char *
prof_frames_name (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].name;
}

const char *
prof_frames_name_bytes (const ProfFrames *self,
                        ProfFrameId       frame,
                        size_t           *length)
{
  *length = self->frames.data[frame].name_length;
  return self->frames.data[frame].name;
}

const char *
prof_frames_display_name (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].display_name;
}

const char *
prof_frames_file (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].file;
}

int64_t
prof_frames_start_line (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].start_line;
}

ProfFunctionId
prof_frames_function (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].function;
}

const ProfFrameId *
prof_frames_of_location (const ProfFrames *self,
                         ProfLocationId    location,
                         size_t           *n)
{
  *n = self->first[location + 1] - self->first[location];
  return self->of_lines.data + self->first[location];
}

ProfFrameLists
prof_frames_lists (const ProfFrames *self)
{
  return (ProfFrameLists){ self->first, self->of_lines.data };
}

static int
compare_names (const void *a, const void *b, void *data)
{
  const ProfFrames *self = data;
  ProfFrameId       left = *(const ProfFrameId *)a;
  ProfFrameId       right = *(const ProfFrameId *)b;
  int               order = prof_frames_compare_names (self, left, right);

  if (order != 0)
    return order;
  return left < right ? -1 : left > right;
}

int
prof_frames_compare_names (const ProfFrames *self,
                           ProfFrameId       left,
                           ProfFrameId       right)
{
  const ProfFrame *a = &self->frames.data[left];
  const ProfFrame *b = &self->frames.data[right];
  int              order;

  order = memcmp (a->name, b->name, MIN (a->name_length, b->name_length));
  if (order != 0)
    return order;
  return a->name_length < b->name_length ? -1 : a->name_length > b->name_length;
}

char *
prof_frames_record (const ProfFrames *self, ProfFrameId frame)
{
  const ProfFrameInfo *info = &self->frames.data[frame].info;

  return g_strdup_printf ("{%s  %" G_GUINT64_FORMAT " %s %" G_GINT64_FORMAT
                          " %" G_GINT64_FORMAT " %s}",
                          info->name,
                          info->address,
                          info->file,
                          info->start_line,
                          info->line,
                          info->binary);
}

const ProfFrameInfo *
prof_frames_info (const ProfFrames *self, ProfFrameId frame)
{
  return &self->frames.data[frame].info;
}

ProfGranularity
prof_frames_granularity (const ProfFrames *self)
{
  return self->params.granularity;
}

uint32_t *
prof_frames_name_ranks (const ProfFrames *self)
{
  size_t                  n = self->frames.length;
  g_autofree ProfFrameId *order = g_new (ProfFrameId, n + 1);
  uint32_t               *ranks = g_new (uint32_t, n + 1);

  for (size_t f = 0; f < n; f++)
    order[f] = (ProfFrameId)f;
  g_qsort_with_data (order,
                     (int)n,
                     sizeof *order,
                     compare_names,
                     (gpointer)self);
  for (size_t f = 0; f < n; f++)
    ranks[order[f]] = (uint32_t)f;
  return ranks;
}

size_t
prof_frames_type (const ProfFrames *self)
{
  return self->type;
}
