/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "analysis/prof-frames.h"

#include "analysis/prof-stack-sums.h"
#include "base/prof-vec.h"
#include <stdlib.h>
#include <string.h>

/* A frame is a name. Functions are found by the id of their name, so interning
 * has done the work already. Code without a name is told apart as pprof does
 * it: by its binary's path and, for a function with an empty name, its first
 * line.
 *
 * Packages are weighed on demand, because that costs a walk over all stacks
 * (0.2 s for six million stack nodes) and a table does not need it. */

typedef struct
{
  /* Owned, or lent by the profile when owns_… is not set */
  const char *name;
  const char *display_name;
  const char *file;
  bool        owns_name;
  bool        owns_display_name;
  bool        owns_file;
  char       *binary; /* path, of code without a name only */

  size_t         name_length;
  int64_t        start_line;
  ProfFunctionId function;
  uint32_t       package;
} Frame;

PROF_VEC_DEFINE (Frames, frames, Frame)
PROF_VEC_DEFINE (Packages, packages, ProfPackage)

struct _ProfFrames
{
  gatomicrefcount ref_count;
  size_t          type;

  /* Owned */
  Frames     frames;
  size_t    *first; /* into of_lines, for each location and one more */
  ProfVecU32 of_lines;
  Packages   packages;
  gsize      weighed; /* for g_once_init_enter() */

  /* Shared */
  ProfProfile *profile;
};

/* What is needed only while the frames are made. */
typedef struct
{
  ProfFrames  *self;
  ProfFrameId *by_name;  /* string id -> frame */
  GHashTable  *nameless; /* Nameless -> frame */
} Maker;

/* The identity of code without a name. */
typedef struct
{
  ProfStringId filename; /* of the mapping */
  ProfStringId kernel_symbol;
  int64_t      start_line;
} Nameless;

static guint
hash_nameless (gconstpointer key)
{
  const Nameless *nameless = key;

  return (nameless->filename * 31 + nameless->kernel_symbol) * 31 +
         (guint)nameless->start_line;
}

static gboolean
equal_nameless (gconstpointer a, gconstpointer b)
{
  const Nameless *left = a;
  const Nameless *right = b;

  return left->filename == right->filename &&
         left->kernel_symbol == right->kernel_symbol &&
         left->start_line == right->start_line;
}

/* Valid UTF-8 on one line: the text itself where it is that already. */
static const char *
displayable (const char *text, size_t length, bool *owned)
{
  char *copy = NULL;
  bool  clean = g_utf8_validate_len (text, length, NULL);

  for (size_t i = 0; clean && i < length; i++)
    clean = !g_ascii_iscntrl (text[i]);
  *owned = !clean;
  if (clean)
    return text;
  copy = g_utf8_make_valid (text, (gssize)length);
  for (char *c = copy; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return copy;
}

static ProfFrameId
add_frame (ProfFrames *self, Frame frame)
{
  frame.display_name = displayable (frame.name,
                                    frame.name_length,
                                    &frame.owns_display_name);
  /* There are no more frames than lines and locations in memory already. */
  if (!frames_append (&self->frames, frame))
    g_error ("out of memory");
  return (ProfFrameId)(self->frames.length - 1);
}

static ProfFrameId
add_function (ProfFrames *self, ProfFunctionId id)
{
  const ProfFunction *function = &prof_profile_functions (self->profile)[id];
  Frame               frame = { 0 };
  const char         *file;
  size_t              length;

  frame.name = prof_profile_string_bytes (self->profile,
                                          function->name,
                                          &frame.name_length);
  file = prof_profile_string_bytes (self->profile, function->filename, &length);
  frame.file = displayable (file, length, &frame.owns_file);
  frame.start_line = function->start_line;
  frame.function = id;
  return add_frame (self, frame);
}

static ProfFrameId
frame_of_function (Maker *maker, ProfFunctionId id)
{
  const ProfProfile  *profile = maker->self->profile;
  const ProfFunction *function = &prof_profile_functions (profile)[id];
  ProfFrameId        *frame = &maker->by_name[function->name];

  if (*frame == PROF_ID_NONE)
    *frame = add_function (maker->self, id);
  return *frame;
}

static char *
binary_path (const ProfProfile *profile, const Nameless *nameless)
{
  return g_strconcat (prof_profile_string (profile, nameless->filename),
                      prof_profile_string (profile, nameless->kernel_symbol),
                      NULL);
}

/* "[libc.so.6]", as pprof writes what has no name. */
static char *
binary_name (const char *path)
{
  g_autofree char *base = NULL;

  if (path[0] == '\0')
    return g_strdup ("<unknown>");
  base = g_path_get_basename (path);
  return g_strdup_printf ("[%s]", base);
}

static ProfFrameId
add_nameless (Maker *maker, const Nameless *nameless)
{
  Frame frame = { 0 };

  frame.binary = binary_path (maker->self->profile, nameless);
  frame.name = binary_name (frame.binary);
  frame.owns_name = true;
  frame.name_length = strlen (frame.name);
  frame.file = "";
  frame.start_line = nameless->start_line;
  frame.function = PROF_ID_NONE;
  return add_frame (maker->self, frame);
}

static ProfFrameId
frame_of_nameless (Maker *maker, ProfMappingId id, int64_t start_line)
{
  const ProfMapping *mapping;
  Nameless           nameless = { .start_line = start_line };
  gpointer           known;
  ProfFrameId        frame;

  if (id != PROF_ID_NONE)
    {
      mapping = &prof_profile_mappings (maker->self->profile)[id];
      nameless.filename = mapping->filename;
      nameless.kernel_symbol = mapping->kernel_symbol;
    }
  if (g_hash_table_lookup_extended (maker->nameless, &nameless, NULL, &known))
    return GPOINTER_TO_UINT (known);
  frame = add_nameless (maker, &nameless);
  g_hash_table_insert (maker->nameless,
                       g_memdup2 (&nameless, sizeof nameless),
                       GUINT_TO_POINTER (frame));
  return frame;
}

static ProfFrameId
frame_of_line (Maker *maker, const ProfLocation *location, const ProfLine *line)
{
  const ProfFunction *function;

  function = &prof_profile_functions (maker->self->profile)[line->function];
  if (function->name != 0)
    return frame_of_function (maker, line->function);
  return frame_of_nameless (maker, location->mapping, function->start_line);
}

static void
add_location (Maker *maker, ProfLocationId id)
{
  ProfFrames         *self = maker->self;
  const ProfLocation *location = &prof_profile_locations (self->profile)[id];
  const ProfLine     *lines = prof_profile_lines (self->profile);

  self->first[id] = self->of_lines.length;
  if (location->n_lines == 0)
    prof_vec_u32_append (&self->of_lines,
                         frame_of_nameless (maker, location->mapping, 0));
  for (uint32_t l = 0; l < location->n_lines; l++)
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
  if (!prof_vec_u32_reserve (&self->of_lines,
                             n_locations +
                                 prof_profile_n_lines (self->profile)))
    g_error ("out of memory");
  for (size_t l = 0; l < n_locations; l++)
    add_location (maker, (ProfLocationId)l);
  self->first[n_locations] = self->of_lines.length;
}

/* Packages. */

static bool
is_below (const char *name, const char *folder)
{
  return g_str_has_prefix (name, folder);
}

static bool
is_runtime (const char *name)
{
  return strcmp (name, "runtime") == 0 ||
         is_below (name, "runtime/internal/") || is_below (name, "internal/");
}

/* Whether the first element of an import path has a dot, as host names do. */
static bool
has_host (const char *name)
{
  return strcspn (name, ".") < strcspn (name, "/");
}

static bool
is_in_module_cache (const char *file)
{
  const char *at = strstr (file, "@v");

  return at != NULL && g_ascii_isdigit (at[2]);
}

static ProfTier
tier_of (const char *package, const char *file)
{
  if (is_runtime (package))
    return PROF_TIER_RUNTIME;
  if (strcmp (package, "main") == 0)
    return PROF_TIER_OWN;
  if (has_host (package) && !is_in_module_cache (file))
    return PROF_TIER_OWN;
  return PROF_TIER_LIBRARY;
}

/* The linker writes a dot in the last element of an import path as "%2e". */
static char *
unescape_dots (const char *text)
{
  g_autoptr (GString) name = g_string_new (text);

  g_string_replace (name, "%2e", ".", 0);
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static uint32_t
add_package (ProfFrames *self, char *name, ProfTier tier)
{
  ProfPackage package = { .name = name, .tier = tier };

  if (!packages_append (&self->packages, package))
    g_error ("out of memory");
  return (uint32_t)(self->packages.length - 1);
}

static uint32_t
package_of_frame (ProfFrames *self, const Frame *frame, GHashTable *known)
{
  g_autofree char *raw = NULL;
  g_autofree char *key = NULL;
  g_autofree char *name = NULL;
  bool             named = frame->function != PROF_ID_NONE;
  gpointer         package;
  ProfTier         tier = PROF_TIER_UNSYMBOLIZED;

  raw = g_strndup (frame->display_name,
                   named ? prof_package_of_name (frame->display_name) : 0);
  key = g_strconcat (named ? "+" : "-", raw, NULL);
  if (g_hash_table_lookup_extended (known, key, NULL, &package))
    return GPOINTER_TO_UINT (package);
  name = unescape_dots (raw);
  if (named)
    tier = name[0] == '\0' ? PROF_TIER_RUNTIME : tier_of (name, frame->file);
  package = GUINT_TO_POINTER (
      add_package (self, g_steal_pointer (&name), tier));
  g_hash_table_insert (known, g_steal_pointer (&key), package);
  return GPOINTER_TO_UINT (package);
}

/* In Go only assembler bodies have no package; C has none at all, and there
 * such code is the program's own. */
static void
own_what_is_not_go (ProfFrames *self)
{
  for (size_t p = 0; p < self->packages.length; p++)
    if (is_runtime (self->packages.data[p].name) ||
        strcmp (self->packages.data[p].name, "main") == 0)
      return;
  for (size_t p = 0; p < self->packages.length; p++)
    if (self->packages.data[p].tier == PROF_TIER_RUNTIME)
      self->packages.data[p].tier = PROF_TIER_OWN;
}

static void
find_packages (ProfFrames *self)
{
  g_autoptr (GHashTable) known = NULL;

  known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (size_t f = 0; f < self->frames.length; f++)
    {
      Frame *frame = &self->frames.data[f];

      frame->package = package_of_frame (self, frame, known);
    }
  own_what_is_not_go (self);
}

static double
weight_of (const ProfPackage *package)
{
  return (double)ABS (package->total) + 3 * (double)ABS (package->self);
}

static int
compare_packages (const void *a, const void *b)
{
  const ProfPackage *left = *(const ProfPackage *const *)a;
  const ProfPackage *right = *(const ProfPackage *const *)b;
  double             difference = weight_of (right) - weight_of (left);

  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return strcmp (left->name, right->name);
}

static void
rank_packages (ProfFrames *self)
{
  size_t                   n = self->packages.length;
  g_autofree ProfPackage **order = g_new (ProfPackage *, n + 1);

  for (size_t p = 0; p < n; p++)
    order[p] = &self->packages.data[p];
  qsort (order, n, sizeof *order, compare_packages);
  for (size_t p = 0; p < n; p++)
    order[p]->rank = (uint32_t)p;
}

static void
weigh_packages (ProfFrames *self)
{
  g_autofree uint32_t     *groups = g_new (uint32_t, self->frames.length + 1);
  g_autofree ProfGroupSum *sums = NULL;
  ProfStackSums            stacks;

  for (size_t f = 0; f < self->frames.length; f++)
    groups[f] = self->frames.data[f].package;
  prof_stack_sums_init (&stacks, self->profile, self->type);
  sums = prof_stack_sums_of_groups (&stacks,
                                    self,
                                    groups,
                                    self->packages.length);
  prof_stack_sums_clear (&stacks);
  for (size_t p = 0; p < self->packages.length; p++)
    {
      self->packages.data[p].self = sums[p].flat;
      self->packages.data[p].total = sums[p].cum;
    }
  rank_packages (self);
}

ProfFrames *
prof_frames_new (ProfProfile *profile, size_t type)
{
  ProfFrames             *self = g_new0 (ProfFrames, 1);
  size_t                  n_strings = prof_profile_n_strings (profile);
  g_autofree ProfFrameId *by_name = g_new (ProfFrameId, n_strings + 1);
  g_autoptr (GHashTable)  nameless = NULL;
  Maker                   maker = { self, by_name, NULL };

  nameless = g_hash_table_new_full (hash_nameless,
                                    equal_nameless,
                                    g_free,
                                    NULL);
  maker.nameless = nameless;
  g_atomic_ref_count_init (&self->ref_count);
  self->profile = prof_profile_ref (profile);
  self->type = type;
  for (size_t s = 0; s < n_strings; s++)
    by_name[s] = PROF_ID_NONE;
  add_locations (&maker);
  find_packages (self);
  return self;
}

ProfFrames *
prof_frames_ref (ProfFrames *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

static void
clear_frame (Frame *frame)
{
  if (frame->owns_name)
    g_free ((char *)frame->name);
  if (frame->owns_display_name)
    g_free ((char *)frame->display_name);
  if (frame->owns_file)
    g_free ((char *)frame->file);
  g_free (frame->binary);
}

void
prof_frames_unref (ProfFrames *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (size_t f = 0; f < self->frames.length; f++)
    clear_frame (&self->frames.data[f]);
  for (size_t p = 0; p < self->packages.length; p++)
    g_free ((char *)self->packages.data[p].name);
  frames_clear (&self->frames);
  packages_clear (&self->packages);
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
  const Frame *a = &self->frames.data[left];
  const Frame *b = &self->frames.data[right];
  int          order;

  order = memcmp (a->name, b->name, MIN (a->name_length, b->name_length));
  if (order != 0)
    return order;
  return a->name_length < b->name_length ? -1 : a->name_length > b->name_length;
}

char *
prof_frames_record (const ProfFrames *self, ProfFrameId frame)
{
  const Frame *row = &self->frames.data[frame];

  if (row->function != PROF_ID_NONE)
    return g_strdup_printf ("{%s  0  0 0 }", row->name);
  return g_strdup_printf ("{  0  %" G_GINT64_FORMAT " 0 %s}",
                          row->start_line,
                          row->binary);
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
prof_frames_n_packages (const ProfFrames *self)
{
  return self->packages.length;
}

const ProfPackage *
prof_frames_packages (const ProfFrames *self)
{
  ProfFrames *mutable = (ProfFrames *)self;

  /* Nobody has seen the rows before they are weighed. */
  if (g_once_init_enter (&mutable->weighed))
    {
      weigh_packages (mutable);
      g_once_init_leave (&mutable->weighed, 1);
    }
  return self->packages.data;
}

uint32_t
prof_frames_package (const ProfFrames *self, ProfFrameId frame)
{
  return self->frames.data[frame].package;
}

/* Code the compiler writes for types ("type..eq.[2]main.T") belongs to
 * nobody. */
static bool
is_generated (const char *name)
{
  return g_str_has_prefix (name, "type..") ||
         g_str_has_prefix (name, "type:.") || g_str_has_prefix (name, "go.") ||
         g_str_has_prefix (name, "go:");
}

/* Receivers, parameters and type arguments may hold whole import paths
 * themselves: "github.com/x/y.Map[github.com/x/z.T]". */
size_t
prof_package_of_name (const char *name)
{
  size_t      end = strcspn (name, "[(<");
  const char *colons = strstr (name, "::");
  const char *slash = g_strrstr_len (name, (gssize)end, "/");
  const char *element = slash != NULL ? slash + 1 : name;
  const char *dot;

  if (is_generated (name))
    return 0;
  if (colons != NULL && colons < name + end && slash == NULL)
    return (size_t)(colons - name);
  dot = memchr (element, '.', end - (size_t)(element - name));
  return dot != NULL ? (size_t)(dot - name) : 0;
}
