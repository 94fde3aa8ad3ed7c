// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * generate-profile: writes a large pprof profile that looks like a real one.
 *
 * A random program is called over and over. It has packages of functions,
 * functions have locations (call sites), and a location calls mostly one
 * function, near its own:
 *
 *   function --has--> locations --each calls--> function --has--> ...
 *
 * A sample is a walk down the tree of calls seen so far. At each node it takes
 * a child that was there, the older the likelier, or now and then grows a new
 * one; its length has a gamma distribution. Some walks start amid the one
 * before, as samples of one request do. A walk that ends where an earlier
 * sample of the same labels did grows a branch, so no two samples are equal.
 *
 * The writer has the habits of Go's runtime/pprof: a location and its functions
 * come right before the first sample that needs them, ids count up in order of
 * first use, and the string table comes last. With --order=pprof the samples
 * come first, as google/pprof writes them.
 *
 * Equal arguments give equal files.
 */

#include <glib.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* Chances, per step or per thing made. Tuned for what large real profiles
 * have: 0.05 to 0.2 tree nodes per frame, 5 to 20 % of the frames shared with
 * the sample before. */
#define CHANCE_NEW_CHILD     0.001
#define CHANCE_NEW_SITE      0.12 /* of a new child: a location never seen */
#define CHANCE_INDIRECT      0.08 /* a location calls something else today */
#define CHANCE_CONTINUE      0.35 /* a walk starts amid the one before */
#define CHANCE_RECURSE       0.03 /* a location calls its own function */
#define CHANCE_SAME_PACKAGE  0.55
#define CHANCE_INLINED       0.33
#define C_PACKAGES_PER_MILLE 100
#define CHANCE_SPAN          0.12 /* of the samples with labels, in cpu */

#define GAMMA_SHAPE         5 /* standard deviation is mean / sqrt (5) */
#define MAX_DEPTH           4000
#define MAX_SAMPLES         50000000 /* ids here and sizes have 32 bits */
#define N_ENTRIES           40       /* functions that goroutines start in */
#define MAX_INLINED         3
#define FUNCTIONS_A_PACKAGE 24
#define FLUSH_AT            (1u << 20) /* bytes gathered before writing */
#define NONE                UINT32_MAX

/* What the command line asks for. */
typedef struct
{
  size_t   n_samples;
  double   mean_depth;
  uint64_t seed;
  bool     heap;          /* four types; otherwise cpu with two */
  double   label_share;   /* 0 to 1, of samples that have labels */
  bool     samples_first; /* google/pprof's order */
  uint32_t branch;        /* each walk leaves all before above that level */
  bool     verbose;
  char    *path;
} Options;

/* ---- Random numbers: splitmix64 ---------------------------------------- */

typedef struct
{
  uint64_t state;
} Random;

static uint64_t
mix (uint64_t x)
{
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

static uint64_t
random_next (Random *random)
{
  random->state += 0x9e3779b97f4a7c15u;
  return mix (random->state);
}

/* 0 <= result < n; n must not be 0. */
static uint32_t
random_below (Random *random, uint32_t n)
{
  return (uint32_t)(((random_next (random) >> 32) * n) >> 32);
}

/* 0 <= result < 1. */
static double
random_unit (Random *random)
{
  return (double)(random_next (random) >> 11) * 0x1p-53;
}

static bool
random_chance (Random *random, double chance)
{
  return random_unit (random) < chance;
}

/* Of n, one; the first is likelier than the last. */
static uint32_t
random_slope (Random *random, uint32_t n)
{
  double u = random_unit (random);
  return (uint32_t)(u * u * n);
}

/* Of n in order of age, one; the first is much likelier than the last. */
static uint32_t
random_rank (Random *random, uint32_t n)
{
  double u = random_unit (random);
  return (uint32_t)(u * u * u * u * n);
}

/* A sum of exponentials is a gamma distribution with a whole shape. */
static uint32_t
random_depth (Random *random, double mean)
{
  double sum = 0;
  double depth;

  for (int i = 0; i < GAMMA_SHAPE; i++)
    sum -= log (1 - random_unit (random));
  depth = sum * mean / GAMMA_SHAPE;
  return (uint32_t)CLAMP (depth + 0.5, 1, MAX_DEPTH);
}

/* A small count, 1 in half of the cases, with a heavy tail up to 2^14. */
static int64_t
random_count (Random *random)
{
  return (int64_t)MIN (1 / (1 - random_unit (random)), 0x1p14);
}

/* ---- Wire format ------------------------------------------------------- */

enum
{
  PROFILE_SAMPLE_TYPE = 1,
  PROFILE_SAMPLE = 2,
  PROFILE_MAPPING = 3,
  PROFILE_LOCATION = 4,
  PROFILE_FUNCTION = 5,
  PROFILE_STRING = 6,
  PROFILE_TIME_NANOS = 9,
  PROFILE_DURATION_NANOS = 10,
  PROFILE_PERIOD_TYPE = 11,
  PROFILE_PERIOD = 12,

  VALUE_TYPE_TYPE = 1,
  VALUE_TYPE_UNIT = 2,

  SAMPLE_LOCATION = 1,
  SAMPLE_VALUE = 2,
  SAMPLE_LABEL = 3,

  LABEL_KEY = 1,
  LABEL_STR = 2,
  LABEL_NUM = 3,

  MAPPING_ID = 1,
  MAPPING_START = 2,
  MAPPING_LIMIT = 3,
  MAPPING_OFFSET = 4,
  MAPPING_FILE = 5,
  MAPPING_BUILD_ID = 6,
  MAPPING_HAS_FUNCTIONS = 7,
  MAPPING_HAS_FILES = 8,
  MAPPING_HAS_LINES = 9,
  MAPPING_HAS_INLINED = 10,

  LOCATION_ID = 1,
  LOCATION_MAPPING = 2,
  LOCATION_ADDRESS = 3,
  LOCATION_LINE = 4,

  LINE_FUNCTION = 1,
  LINE_LINE = 2,

  FUNCTION_ID = 1,
  FUNCTION_NAME = 2,
  FUNCTION_SYSTEM_NAME = 3,
  FUNCTION_FILE = 4,
  FUNCTION_START_LINE = 5,
};

typedef struct
{
  uint8_t *bytes;
  size_t   length;
  size_t   allocated;
} Buffer;

static void
buffer_reserve (Buffer *buffer, size_t more)
{
  if (buffer->allocated - buffer->length >= more)
    return;
  buffer->allocated = MAX (2 * buffer->allocated, buffer->length + more);
  buffer->bytes = g_realloc (buffer->bytes, buffer->allocated);
}

static void
put_varint (Buffer *buffer, uint64_t value)
{
  buffer_reserve (buffer, 10);
  while (value >= 0x80)
    {
      buffer->bytes[buffer->length++] = (uint8_t)(value | 0x80);
      value >>= 7;
    }
  buffer->bytes[buffer->length++] = (uint8_t)value;
}

static void
put_bytes (Buffer *buffer, uint32_t field, const void *bytes, size_t length)
{
  put_varint (buffer, field << 3 | 2);
  put_varint (buffer, length);
  buffer_reserve (buffer, length);
  if (length > 0)
    memcpy (buffer->bytes + buffer->length, bytes, length);
  buffer->length += length;
}

static void
put_message (Buffer *buffer, uint32_t field, Buffer *message)
{
  put_bytes (buffer, field, message->bytes, message->length);
  message->length = 0;
}

/* Leaves zero out, as all writers do. */
static void
put_number (Buffer *buffer, uint32_t field, uint64_t value)
{
  if (value == 0)
    return;
  put_varint (buffer, field << 3);
  put_varint (buffer, value);
}

/* More than two numbers are packed, as Go does. */
static void
put_numbers (Buffer         *buffer,
             Buffer         *scratch,
             uint32_t        field,
             const uint64_t *values,
             size_t          n)
{
  if (n > 2)
    {
      for (size_t i = 0; i < n; i++)
        put_varint (scratch, values[i]);
      put_message (buffer, field, scratch);
      return;
    }
  for (size_t i = 0; i < n; i++)
    {
      put_varint (buffer, field << 3);
      put_varint (buffer, values[i]);
    }
}

/* ---- The program ------------------------------------------------------- */

typedef struct
{
  uint32_t  package;
  uint32_t  number;    /* in its package; decides its name */
  uint32_t  id;        /* in the file; 0 is not written yet */
  uint32_t  n_sites;   /* its locations so far */
  uint32_t  allocated; /* room in sites */
  uint32_t *sites;     /* owned; indexes into locations */
} Function;

typedef struct
{
  uint32_t function;
  uint32_t callee; /* the function it calls, mostly */
  uint32_t id;     /* in the file; 0 is not written yet */
  uint32_t line;
  uint32_t n_inlined;
  uint32_t inlined[MAX_INLINED]; /* functions, innermost first */
} Location;

/* A node of the call tree; 0 is the root, which is no location. */
typedef struct
{
  uint32_t  location;
  uint32_t  parent;
  uint32_t  n_children;
  uint32_t  allocated; /* room in children */
  uint32_t *children;  /* owned; indexes into nodes, oldest first */
} Node;

enum
{
  MAPPING_PROGRAM,
  MAPPING_LIBC,
  MAPPING_CRYPTO,
  MAPPING_VDSO,
  N_MAPPINGS
};

static const struct
{
  uint64_t    start;
  uint64_t    limit;
  const char *file;
  const char *build_id;
  bool        has_names;
} mappings[N_MAPPINGS] = {
  { 0x400000, 0x4c00000, "/usr/local/bin/service", "6f1d2a40b8", true },
  { 0x7f2a10000000,
    0x7f2a10200000,
    "/usr/lib/x86_64-linux-gnu/libc.so.6",
    "cf3a9b1c77",
    true },
  { 0x7f2a20000000,
    0x7f2a20400000,
    "/usr/lib/x86_64-linux-gnu/libcrypto.so.3",
    "11b9be5d02",
    true },
  { 0x7ffd5a000000, 0x7ffd5a002000, "[vdso]", "", false },
};

typedef struct
{
  Options *options;
  Random   random;

  /* The program, all owned */
  Function *functions;
  uint32_t  n_functions;
  uint32_t  n_packages;
  Location *locations;
  uint32_t  n_locations;
  uint32_t  locations_allocated;

  /* The calls seen so far */
  Node    *nodes;
  uint32_t n_nodes;
  uint32_t nodes_allocated;
  uint32_t path[MAX_DEPTH]; /* nodes of the last walk, root first */
  uint32_t branch_at;       /* level of a node that is surely new, or NONE */
  uint32_t path_length;

  /* Hashes of the samples so far, open addressing; 0 is a free slot */
  uint64_t *seen;
  uint64_t  seen_mask;

  /* The file */
  gzFile      file;
  bool        failed;
  Buffer      out;
  Buffer      locations_table; /* both wait for the end if samples go first */
  Buffer      functions_table;
  Buffer      strings;
  Buffer      message;
  Buffer      scratch;
  GHashTable *string_ids; /* text to id */
  uint32_t    n_strings;
  uint32_t    next_location_id;
  uint32_t    next_function_id;

  /* For --verbose */
  uint64_t n_frames;
  uint64_t n_shared; /* frames that the sample before had too */
} Generator;

static const char *const standard_packages[] = {
  "runtime",
  "net/http",
  "encoding/json",
  "reflect",
  "sync",
  "bufio",
  "io",
  "compress/flate",
  "crypto/tls",
  "net",
  "internal/poll",
  "syscall",
  "strconv",
  "fmt",
  "regexp",
  "sort",
  "context",
  "bytes",
  "strings",
  "time",
  "database/sql",
  "net/textproto",
  "encoding/binary",
  "runtime/pprof",
};

static const char *const words[] = {
  "store",  "index",  "query",  "stream", "block", "chunk",   "label", "series",
  "proxy",  "router", "shard",  "ledger", "queue", "session", "token", "cache",
  "config", "parser", "render", "metric", "trace", "bucket",  "graph", "worker",
};

static const char *const types[] = {
  "Reader", "Writer", "conn",   "Server", "Client", "encoder", "decoder",
  "Tree",   "Pool",   "buffer", "Batch",  "cursor", "Manager", "state",
};

static const char *const verbs[] = {
  "Read",  "Write", "Close", "serve", "Flush",  "next", "Lookup", "Insert",
  "merge", "Do",    "apply", "Query", "handle", "grow", "Encode", "decode",
};

static const char *const c_names[] = {
  "__memcpy_avx_unaligned", "malloc", "_int_free",  "SSL_read",
  "EVP_DigestUpdate",       "write",  "epoll_wait", "pthread_cond_wait",
};

static bool
is_c_package (uint32_t package)
{
  return package >= G_N_ELEMENTS (standard_packages) &&
         mix (package + 77) % 1000 < C_PACKAGES_PER_MILLE;
}

static uint32_t
mapping_of (const Function *function)
{
  if (!is_c_package (function->package))
    return MAPPING_PROGRAM;
  if (mix (function->package) % 8 == 0)
    return MAPPING_VDSO;
  return function->package % 2 == 0 ? MAPPING_LIBC : MAPPING_CRYPTO;
}

/* Spells a package's path, always the same for the same number. */
static char *
package_name (uint32_t package)
{
  uint64_t    hash = mix (package + 1);
  const char *owner = words[hash % G_N_ELEMENTS (words)];
  const char *project = words[(hash >> 16) % G_N_ELEMENTS (words)];
  const char *last = words[(hash >> 32) % G_N_ELEMENTS (words)];

  if (package < G_N_ELEMENTS (standard_packages))
    return g_strdup (standard_packages[package]);
  return g_strdup_printf ("github.com/%s-io/%s/%s%u",
                          owner,
                          project,
                          last,
                          package);
}

/* Go has methods, functions, closures, and generics; numbers keep names
 * apart. */
static char *
function_name (const Function *function)
{
  g_autofree char *package = package_name (function->package);
  uint32_t         n = function->number;
  uint64_t         hash = mix ((uint64_t)function->package << 32 | n);
  const char      *type = types[hash % G_N_ELEMENTS (types)];
  const char      *verb = verbs[(hash >> 16) % G_N_ELEMENTS (verbs)];

  if (is_c_package (function->package))
    return g_strdup_printf ("%s_%u_%u",
                            c_names[hash % G_N_ELEMENTS (c_names)],
                            function->package,
                            n);
  switch ((hash >> 32) % 10)
    {
    case 0:
    case 1:
      return g_strdup_printf ("%s.%s%s%u", package, verb, type, n);
    case 2:
      return g_strdup_printf ("%s.(*%s).%s%u.func1", package, type, verb, n);
    case 3:
      return g_strdup_printf ("%s.%s%u[...]", package, verb, n);
    default:
      return g_strdup_printf ("%s.(*%s).%s%u", package, type, verb, n);
    }
}

static char *
file_name (const Function *function)
{
  g_autofree char *package = package_name (function->package);

  if (is_c_package (function->package))
    return g_strdup_printf ("source/part%u.c", function->package);
  return g_strdup_printf ("%s/%s.go",
                          package,
                          words[function->number / 4 % G_N_ELEMENTS (words)]);
}

static void
make_functions (Generator *self)
{
  size_t n = CLAMP (500 + self->options->n_samples / 16, 500, 30000);

  self->n_functions = (uint32_t)n;
  self->n_packages = (uint32_t)n / FUNCTIONS_A_PACKAGE;
  self->functions = g_new0 (Function, n);
  for (uint32_t i = 0; i < self->n_functions; i++)
    {
      self->functions[i].package = i % self->n_packages;
      self->functions[i].number = i / self->n_packages;
    }
}

/* The function a new location in caller calls. Packages call their own, or
 * those of a lower number, which are used by many. */
static uint32_t
choose_callee (Generator *self, uint32_t caller)
{
  uint32_t package = self->functions[caller].package;
  uint32_t number;
  uint32_t callee;

  if (random_chance (&self->random, CHANCE_RECURSE))
    return caller;
  if (!random_chance (&self->random, CHANCE_SAME_PACKAGE))
    package = random_slope (&self->random, self->n_packages);
  number = random_slope (&self->random, FUNCTIONS_A_PACKAGE);
  callee = number * self->n_packages + package;
  return callee < self->n_functions ? callee : package;
}

static void
choose_inlined (Generator *self, Location *location)
{
  uint32_t callee = location->function;

  if (!random_chance (&self->random, CHANCE_INLINED))
    return;
  location->n_inlined = 1 + random_rank (&self->random, MAX_INLINED);
  for (uint32_t i = location->n_inlined; i-- > 0;)
    {
      callee = choose_callee (self, callee);
      location->inlined[i] = callee;
    }
}

static uint32_t
add_location (Generator *self, uint32_t function)
{
  Function *in = &self->functions[function];
  uint32_t  index = self->n_locations++;
  Location *location;

  if (index == self->locations_allocated)
    {
      self->locations_allocated = MAX (1024, 2 * index);
      self->locations = g_renew (Location,
                                 self->locations,
                                 self->locations_allocated);
    }
  location = &self->locations[index];
  *location = (Location){ .function = function };
  location->line = 10 + in->number * 40 + random_below (&self->random, 40);
  location->callee = choose_callee (self, function);
  choose_inlined (self, location);

  if (in->n_sites == in->allocated)
    {
      in->allocated = MAX (4, 2 * in->allocated);
      in->sites = g_renew (uint32_t, in->sites, in->allocated);
    }
  in->sites[in->n_sites++] = index;
  return index;
}

/* ---- The call tree ----------------------------------------------------- */

static uint32_t
add_node (Generator *self, uint32_t parent, uint32_t location)
{
  uint32_t index = self->n_nodes++;
  Node    *above;

  if (index == self->nodes_allocated)
    {
      self->nodes_allocated = MAX (4096, 2 * index);
      self->nodes = g_renew (Node, self->nodes, self->nodes_allocated);
    }
  self->nodes[index] = (Node){ .location = location, .parent = parent };
  if (index == 0)
    return index;

  above = &self->nodes[parent];
  if (above->n_children == above->allocated)
    {
      above->allocated = MAX (1, 2 * above->allocated);
      above->children = g_renew (uint32_t, above->children, above->allocated);
    }
  above->children[above->n_children++] = index;
  return index;
}

static uint32_t
find_child (const Generator *self, uint32_t node, uint32_t location)
{
  const Node *above = &self->nodes[node];

  for (uint32_t i = 0; i < above->n_children; i++)
    if (self->nodes[above->children[i]].location == location)
      return above->children[i];
  return NONE;
}

static uint32_t
callee_of (Generator *self, uint32_t node)
{
  const Location *caller;

  if (node == 0)
    return random_below (&self->random, N_ENTRIES);
  caller = &self->locations[self->nodes[node].location];
  if (random_chance (&self->random, CHANCE_INDIRECT))
    return choose_callee (self, caller->function);
  return caller->callee;
}

static uint32_t
choose_site (Generator *self, uint32_t function)
{
  const Function *in = &self->functions[function];

  if (in->n_sites == 0 ||
      random_chance (&self->random, CHANCE_NEW_SITE / in->n_sites))
    return add_location (self, function);
  return in->sites[random_rank (&self->random, in->n_sites)];
}

/* Calls something from a node; may come upon a child that was there. */
static uint32_t
grow_child (Generator *self, uint32_t node)
{
  uint32_t location = choose_site (self, callee_of (self, node));
  uint32_t child = find_child (self, node, location);

  return child != NONE ? child : add_node (self, node, location);
}

/* A child that was surely not there: from a location never seen, if need be. */
static uint32_t
grow_new_child (Generator *self, uint32_t node)
{
  for (int tries = 0; tries < 4; tries++)
    {
      uint32_t n = self->n_nodes;
      uint32_t child = grow_child (self, node);
      if (child == n)
        return child;
    }
  return add_node (self, node, add_location (self, callee_of (self, node)));
}

static uint32_t
step (Generator *self, uint32_t node)
{
  uint32_t n = self->nodes[node].n_children;

  if (self->path_length == self->branch_at)
    return grow_new_child (self, node);
  if (n == 0 || random_chance (&self->random, CHANCE_NEW_CHILD))
    return grow_child (self, node);
  return self->nodes[node].children[random_rank (&self->random, n)];
}

/* Walks from the root, or on from a node of the last walk, into self->path. */
static void
walk (Generator *self)
{
  uint32_t depth = random_depth (&self->random, self->options->mean_depth);
  uint32_t kept = 0;
  uint32_t node;

  if (self->path_length > 0 && random_chance (&self->random, CHANCE_CONTINUE))
    kept = random_below (&self->random, MIN (self->path_length, depth));
  node = kept > 0 ? self->path[kept - 1] : 0;
  self->branch_at = NONE;
  if (self->options->branch > 0)
    self->branch_at = random_below (&self->random, self->options->branch);
  for (self->path_length = kept; self->path_length < depth;)
    {
      node = step (self, node);
      self->path[self->path_length++] = node;
    }
  self->n_shared += kept;
}

/* ---- Strings ----------------------------------------------------------- */

/* Adds text that is surely new. */
static uint32_t
add_string (Generator *self, const char *text)
{
  put_bytes (&self->strings, PROFILE_STRING, text, strlen (text));
  return self->n_strings++;
}

static uint32_t
intern (Generator *self, const char *text)
{
  gpointer found;

  if (g_hash_table_lookup_extended (self->string_ids, text, NULL, &found))
    return GPOINTER_TO_UINT (found);
  g_hash_table_insert (self->string_ids,
                       g_strdup (text),
                       GUINT_TO_POINTER (self->n_strings));
  return add_string (self, text);
}

/* ---- Writing ----------------------------------------------------------- */

static void
flush (Generator *self)
{
  size_t done = 0;

  while (done < self->out.length && !self->failed)
    {
      unsigned piece = (unsigned)MIN (self->out.length - done, FLUSH_AT);
      self->failed = gzwrite (self->file, self->out.bytes + done, piece) !=
                     (int)piece;
      done += piece;
    }
  self->out.length = 0;
}

static void
write_value_type (Generator  *self,
                  uint32_t    field,
                  const char *type,
                  const char *unit)
{
  put_number (&self->message, VALUE_TYPE_TYPE, intern (self, type));
  put_number (&self->message, VALUE_TYPE_UNIT, intern (self, unit));
  put_message (&self->out, field, &self->message);
}

static void
write_head (Generator *self)
{
  intern (self, "");
  put_number (&self->out, PROFILE_TIME_NANOS, 1700000000000000000u);
  if (self->options->heap)
    {
      write_value_type (self, PROFILE_PERIOD_TYPE, "space", "bytes");
      put_number (&self->out, PROFILE_PERIOD, 512 * 1024);
      write_value_type (self, PROFILE_SAMPLE_TYPE, "alloc_objects", "count");
      write_value_type (self, PROFILE_SAMPLE_TYPE, "alloc_space", "bytes");
      write_value_type (self, PROFILE_SAMPLE_TYPE, "inuse_objects", "count");
      write_value_type (self, PROFILE_SAMPLE_TYPE, "inuse_space", "bytes");
      return;
    }
  write_value_type (self, PROFILE_SAMPLE_TYPE, "samples", "count");
  write_value_type (self, PROFILE_SAMPLE_TYPE, "cpu", "nanoseconds");
  put_number (&self->out, PROFILE_DURATION_NANOS, 60000000000u);
  write_value_type (self, PROFILE_PERIOD_TYPE, "cpu", "nanoseconds");
  put_number (&self->out, PROFILE_PERIOD, 10000000);
}

static void
write_function (Generator *self, const Function *function)
{
  Buffer          *to = self->options->samples_first ? &self->functions_table
                                                     : &self->out;
  g_autofree char *name = function_name (function);
  g_autofree char *file = file_name (function);
  uint32_t         name_id = intern (self, name);

  put_number (&self->message, FUNCTION_ID, function->id);
  put_number (&self->message, FUNCTION_NAME, name_id);
  put_number (&self->message, FUNCTION_SYSTEM_NAME, name_id);
  put_number (&self->message, FUNCTION_FILE, intern (self, file));
  put_number (&self->message, FUNCTION_START_LINE, function->number * 40 + 8);
  put_message (to, PROFILE_FUNCTION, &self->message);
}

static uint64_t
address_of (const Generator *self, const Location *location)
{
  uint32_t mapping = mapping_of (&self->functions[location->function]);
  uint64_t size = mappings[mapping].limit - mappings[mapping].start;
  uint64_t index = (uint64_t)(location - self->locations);

  /* An odd factor visits all 16-byte steps before it meets one again. */
  return mappings[mapping].start + index * 40503 * 16 % (size - 16) + 1;
}

/* Writes a line, and tells of functions that need writing by their place in
 * fresh. */
static void
put_line (Generator *self,
          uint32_t   function,
          uint32_t   line,
          uint32_t   fresh[],
          uint32_t  *n_fresh)
{
  if (self->functions[function].id == 0)
    {
      self->functions[function].id = self->next_function_id++;
      fresh[(*n_fresh)++] = function;
    }
  put_number (&self->scratch, LINE_FUNCTION, self->functions[function].id);
  put_number (&self->scratch, LINE_LINE, line);
  put_message (&self->message, LOCATION_LINE, &self->scratch);
}

static void
write_location (Generator *self, Location *location)
{
  Buffer  *to = self->options->samples_first ? &self->locations_table
                                             : &self->out;
  uint32_t mapping = mapping_of (&self->functions[location->function]);
  uint32_t fresh[MAX_INLINED + 1];
  uint32_t n_fresh = 0;

  location->id = self->next_location_id++;
  put_number (&self->message, LOCATION_ID, location->id);
  put_number (&self->message, LOCATION_MAPPING, mapping + 1);
  put_number (&self->message, LOCATION_ADDRESS, address_of (self, location));
  if (mappings[mapping].has_names)
    {
      for (uint32_t i = 0; i < location->n_inlined; i++)
        put_line (self,
                  location->inlined[i],
                  location->line + 5 + i,
                  fresh,
                  &n_fresh);
      put_line (self, location->function, location->line, fresh, &n_fresh);
    }
  put_message (to, PROFILE_LOCATION, &self->message);
  for (uint32_t i = 0; i < n_fresh; i++)
    write_function (self, &self->functions[fresh[i]]);
}

static void
write_mappings (Generator *self)
{
  for (uint32_t i = 0; i < N_MAPPINGS; i++)
    {
      Buffer *m = &self->message;
      put_number (m, MAPPING_ID, i + 1);
      put_number (m, MAPPING_START, mappings[i].start);
      put_number (m, MAPPING_LIMIT, mappings[i].limit);
      put_number (m, MAPPING_FILE, intern (self, mappings[i].file));
      put_number (m, MAPPING_BUILD_ID, intern (self, mappings[i].build_id));
      put_number (m, MAPPING_HAS_FUNCTIONS, mappings[i].has_names);
      put_number (m, MAPPING_HAS_FILES, mappings[i].has_names);
      put_number (m, MAPPING_HAS_LINES, mappings[i].has_names);
      put_number (m, MAPPING_HAS_INLINED, mappings[i].has_names);
      put_message (&self->out, PROFILE_MAPPING, m);
    }
}

/* ---- Samples ----------------------------------------------------------- */

/* The labels of a sample; zero where it has none. */
typedef struct
{
  uint32_t handler; /* 1 to 20 */
  uint32_t tenant;  /* 1 to 60 */
  uint64_t span;    /* differs in each sample */
  uint64_t bytes;   /* heap only: size of the objects */
} Labels;

static Labels
choose_labels (Generator *self)
{
  Labels  labels = { 0 };
  Random *random = &self->random;

  if (!random_chance (random, self->options->label_share))
    return labels;
  if (self->options->heap)
    {
      /* Size classes: 16, 24, 32, 48, 64, 96 … */
      uint32_t step = random_rank (random, 32);
      labels.bytes = (step % 2 == 0 ? 16u : 24u) << (step / 2);
      return labels;
    }
  labels.handler = 1 + random_rank (random, 20);
  labels.tenant = 1 + random_rank (random, 60);
  if (random_chance (random, CHANCE_SPAN))
    labels.span = random_next (random) | 1;
  return labels;
}

/* Notes a sample. Returns whether it is the first of its kind. */
static bool
see (Generator *self, uint32_t node, const Labels *labels)
{
  uint64_t hash = mix (labels->handler * 64 + labels->tenant + 1);
  uint64_t slot;

  hash = mix (hash ^ labels->span);
  hash = mix (hash ^ labels->bytes);
  hash = mix (hash ^ node) | 1;
  for (slot = hash >> 8 & self->seen_mask; self->seen[slot] != 0;
       slot = (slot + 1) & self->seen_mask)
    if (self->seen[slot] == hash)
      return false;
  self->seen[slot] = hash;
  return true;
}

static void
put_text_label (Generator *self, const char *key, uint32_t text)
{
  put_number (&self->scratch, LABEL_KEY, intern (self, key));
  put_number (&self->scratch, LABEL_STR, text);
  put_message (&self->message, SAMPLE_LABEL, &self->scratch);
}

static void
put_labels (Generator *self, const Labels *labels)
{
  char text[64];

  if (labels->handler != 0)
    {
      g_snprintf (text, sizeof text, "/api/v1/%s", words[labels->handler]);
      put_text_label (self, "handler", intern (self, text));
      g_snprintf (text, sizeof text, "tenant-%u", labels->tenant);
      put_text_label (self, "tenant", intern (self, text));
    }
  if (labels->span != 0)
    {
      g_snprintf (text,
                  sizeof text,
                  "%016" G_GINT64_MODIFIER "x",
                  (guint64)labels->span);
      put_text_label (self, "span_id", add_string (self, text));
    }
  if (labels->bytes != 0)
    {
      put_number (&self->scratch, LABEL_KEY, intern (self, "bytes"));
      put_number (&self->scratch, LABEL_NUM, labels->bytes);
      put_message (&self->message, SAMPLE_LABEL, &self->scratch);
    }
}

/* Locations from the leaf on, each written before its first use. */
static size_t
gather_ids (Generator *self, uint64_t ids[])
{
  size_t n = 0;

  for (uint32_t i = self->path_length; i-- > 0;)
    {
      Location
          *location = &self->locations[self->nodes[self->path[i]].location];
      if (location->id == 0)
        write_location (self, location);
      ids[n++] = location->id;
    }
  return n;
}

static size_t
choose_values (Generator *self, const Labels *labels, uint64_t values[4])
{
  uint64_t count = (uint64_t)random_count (&self->random);
  uint64_t size = labels->bytes != 0 ? labels->bytes : 64;
  bool     in_use = random_chance (&self->random, 0.3);

  if (!self->options->heap)
    {
      values[0] = count;
      values[1] = count * 10000000;
      return 2;
    }
  values[0] = count * 100;
  values[1] = values[0] * size;
  values[2] = in_use ? count * (1 + random_below (&self->random, 100)) : 0;
  values[3] = values[2] * size;
  return 4;
}

static void
write_sample (Generator *self, const Labels *labels)
{
  uint64_t ids[G_N_ELEMENTS (self->path)];
  uint64_t values[4];
  size_t   n_ids = gather_ids (self, ids);
  size_t   n_values = choose_values (self, labels, values);

  put_numbers (&self->message, &self->scratch, SAMPLE_LOCATION, ids, n_ids);
  put_numbers (&self->message, &self->scratch, SAMPLE_VALUE, values, n_values);
  put_labels (self, labels);
  put_message (&self->out, PROFILE_SAMPLE, &self->message);
  self->n_frames += n_ids;
}

/* Ends the walk elsewhere than any sample with these labels: goes on from a
 * node somewhere in its lower half, to keep the depth about the same. */
static void
branch_off (Generator *self)
{
  uint32_t at = self->path_length - 1 -
                random_rank (&self->random, (self->path_length + 1) / 2);
  uint32_t node = at > 0 ? self->path[at - 1] : 0;
  uint32_t length = self->path_length;

  self->path[at] = node = grow_new_child (self, node);
  for (self->path_length = at + 1; self->path_length < length;)
    self->path[self->path_length++] = node = step (self, node);
}

static void
make_sample (Generator *self)
{
  Labels labels;

  walk (self);
  labels = choose_labels (self);
  while (!see (self, self->path[self->path_length - 1], &labels))
    branch_off (self);
  write_sample (self, &labels);
}

static void
append (Generator *self, const Buffer *more)
{
  flush (self);
  buffer_reserve (&self->out, more->length);
  if (more->length > 0)
    memcpy (self->out.bytes, more->bytes, more->length);
  self->out.length = more->length;
}

static void
write_tail (Generator *self)
{
  write_mappings (self);
  append (self, &self->locations_table);
  append (self, &self->functions_table);
  append (self, &self->strings);
  flush (self);
}

static void
make_samples (Generator *self)
{
  for (size_t i = 0; i < self->options->n_samples && !self->failed; i++)
    {
      make_sample (self);
      if (self->out.length >= FLUSH_AT)
        flush (self);
    }
}

/* ---- Command line ------------------------------------------------------ */

static Generator *
generator_new (Options *options)
{
  Generator *self = g_new0 (Generator, 1);
  uint64_t   n_slots = 1024;

  while (n_slots < 2 * options->n_samples)
    n_slots *= 2;
  self->options = options;
  self->random.state = mix (options->seed);
  self->seen = g_new0 (uint64_t, n_slots);
  self->seen_mask = n_slots - 1;
  self->string_ids = g_hash_table_new_full (g_str_hash,
                                            g_str_equal,
                                            g_free,
                                            NULL);
  self->next_location_id = 1;
  self->next_function_id = 1;
  make_functions (self);
  add_node (self, 0, NONE);
  return self;
}

static void
generator_free (Generator *self)
{
  for (uint32_t i = 0; i < self->n_functions; i++)
    g_free (self->functions[i].sites);
  for (uint32_t i = 0; i < self->n_nodes; i++)
    g_free (self->nodes[i].children);
  g_free (self->functions);
  g_free (self->locations);
  g_free (self->nodes);
  g_free (self->seen);
  g_free (self->out.bytes);
  g_free (self->locations_table.bytes);
  g_free (self->functions_table.bytes);
  g_free (self->strings.bytes);
  g_free (self->message.bytes);
  g_free (self->scratch.bytes);
  g_hash_table_unref (self->string_ids);
  g_free (self);
}

static void
tell (const Generator *self)
{
  printf ("%zu samples, %" G_GUINT64_FORMAT " frames, %.1f a sample\n"
          "%.1f %% of the frames shared with the sample before\n"
          "%u tree nodes, %.3f a frame\n"
          "%u locations, %u functions, %u strings\n",
          self->options->n_samples,
          (guint64)self->n_frames,
          (double)self->n_frames / (double)self->options->n_samples,
          100 * (double)self->n_shared / (double)self->n_frames,
          self->n_nodes,
          self->n_nodes / (double)self->n_frames,
          self->next_location_id - 1,
          self->next_function_id - 1,
          self->n_strings);
}

/* Returns whether the whole file was written. */
static bool
generate (Options *options)
{
  /* T writes as it is, without gzip. */
  const char *mode = g_str_has_suffix (options->path, ".pb") ? "wbT" : "wb1";
  Generator  *self = generator_new (options);
  bool        done;

  self->file = gzopen (options->path, mode);
  if (self->file == NULL)
    {
      generator_free (self);
      return false;
    }
  write_head (self);
  make_samples (self);
  write_tail (self);
  done = gzclose (self->file) == Z_OK && !self->failed;
  if (done && options->verbose)
    tell (self);
  generator_free (self);
  return done;
}

static bool
parse_options (int *argc, char ***argv, Options *options, GError **error)
{
  g_autofree char   *types_name = NULL;
  g_autofree char   *order = NULL;
  gint64             n_samples = 10000;
  gint64             seed = 1;
  double             share = -1;
  int                branch = 0;
  gboolean           verbose = FALSE;
  const GOptionEntry entries[] = {
    { "samples", 0, 0, G_OPTION_ARG_INT64, &n_samples, "How many", "N" },
    { "depth",
      0,
      0,
      G_OPTION_ARG_DOUBLE,
      &options->mean_depth,
      "Locations in a stack, on the average",
      "MEAN" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &seed, "Of the random numbers", "S" },
    { "types",
      0,
      0,
      G_OPTION_ARG_STRING,
      &types_name,
      "Two or four sample types",
      "cpu|heap" },
    { "labels",
      0,
      0,
      G_OPTION_ARG_DOUBLE,
      &share,
      "Share of the samples with labels, 0 to 1",
      "SHARE" },
    { "branch",
      0,
      0,
      G_OPTION_ARG_INT,
      &branch,
      "Each stack leaves all others at one of its first so many levels",
      "LEVELS" },
    { "order",
      0,
      0,
      G_OPTION_ARG_STRING,
      &order,
      "Whose order of messages: locations or samples first",
      "go|pprof" },
    { "verbose",
      'v',
      0,
      G_OPTION_ARG_NONE,
      &verbose,
      "Tell what was written",
      NULL },
    { "output",
      'o',
      0,
      G_OPTION_ARG_FILENAME,
      &options->path,
      "File to write; in gzip unless it ends in .pb",
      "FILE" },
    { 0 },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  options->mean_depth = 28;
  g_option_context_set_summary (context, "Writes a random pprof profile.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return false;

  options->heap = g_strcmp0 (types_name, "heap") == 0;
  options->samples_first = g_strcmp0 (order, "pprof") == 0;
  options->label_share = share >= 0 ? share : options->heap ? 1 : 0.3;
  options->n_samples = (size_t)n_samples;
  options->seed = (uint64_t)seed;
  options->branch = (uint32_t)MAX (branch, 0);
  options->verbose = verbose;
  if (options->path != NULL && n_samples > 0 && n_samples <= MAX_SAMPLES &&
      options->mean_depth >= 1 && options->mean_depth <= MAX_DEPTH / 2)
    return true;
  g_set_error_literal (error,
                       G_OPTION_ERROR,
                       G_OPTION_ERROR_BAD_VALUE,
                       "-o is needed; samples are 1 to 50,000,000, and the "
                       "mean depth is 1 to 2000");
  return false;
}

int
main (int argc, char *argv[])
{
  Options            options = { 0 };
  g_autoptr (GError) error = NULL;
  bool               done = false;

  if (!parse_options (&argc, &argv, &options, &error))
    fprintf (stderr, "generate-profile: %s\n", error->message);
  else if (!(done = generate (&options)))
    fprintf (stderr, "generate-profile: cannot write %s\n", options.path);
  g_free (options.path);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
