/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-block.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

/* Less would be given back and asked for again more often than it is worth. */
#define MOVED_AT_ONCE (4 * PROF_BLOCK_PAGE)

/* A string that has become so long is moved once, to a large block. */
#define STRING_LARGE ((size_t)32 << 10)

size_t
prof_block_room (size_t bytes)
{
  if (bytes < PROF_BLOCK_LARGE || bytes > G_MAXSSIZE)
    return bytes;
  return (bytes + PROF_BLOCK_PAGE - 1) & ~(PROF_BLOCK_PAGE - 1);
}

static void *
try_large (size_t bytes)
{
  void *block;

  if (posix_memalign (&block, PROF_BLOCK_PAGE, bytes) != 0)
    return NULL;
#ifdef MADV_HUGEPAGE
  /* Only advice: where it is not taken, all else is the same. */
  if (bytes >= PROF_BLOCK_HUGE)
    madvise (block, bytes, MADV_HUGEPAGE);
#endif
  return block;
}

static void *
try_room (size_t bytes)
{
  return bytes < PROF_BLOCK_LARGE ? g_try_malloc (bytes) : try_large (bytes);
}

void *
prof_block_try (size_t n, size_t size)
{
  size_t bytes;

  if (!g_size_checked_mul (&bytes, n, size) || bytes > G_MAXSSIZE)
    return NULL;
  return try_room (prof_block_room (bytes));
}

void *
prof_block_try0 (size_t n, size_t size)
{
  void *block = prof_block_try (n, size);

  if (block != NULL)
    memset (block, 0, n * size);
  return block;
}

static void *
granted (void *block, size_t n)
{
  if (block == NULL && n > 0)
    g_error ("out of memory");
  return block;
}

void *
prof_block_get (size_t n, size_t size)
{
  return granted (prof_block_try (n, size), n);
}

void *
prof_block_get0 (size_t n, size_t size)
{
  return granted (prof_block_try0 (n, size), n);
}

/* Takes the content of a large block piece by piece and gives each back to the
 * system at once, so that it is never there twice. */
static void
move (char *to, char *from, size_t used)
{
  size_t moved = 0;

#ifdef __linux__
  if ((uintptr_t)from % PROF_BLOCK_PAGE == 0)
    for (; used - moved >= MOVED_AT_ONCE; moved += MOVED_AT_ONCE)
      {
        memcpy (to + moved, from + moved, MOVED_AT_ONCE);
        madvise (from + moved, MOVED_AT_ONCE, MADV_DONTNEED);
      }
#endif
  if (used > moved)
    memcpy (to + moved, from + moved, used - moved);
  g_free (from);
}

/* A large one is copied: realloc() would move its pages to where they are no
 * longer huge. */
void *
prof_block_resize (void *block, size_t used, size_t bytes)
{
  void *resized;

  if (bytes < PROF_BLOCK_LARGE)
    return g_try_realloc (block, bytes);
  resized = try_large (bytes);
  if (resized == NULL)
    return NULL;
  move (resized, block, used);
  return resized;
}

#ifdef MADV_POPULATE_WRITE
typedef struct
{
  char  *first;
  size_t bytes;
} Pages;

/* Refused by older systems, which is as well. */
static gpointer
lay_out (gpointer data)
{
  g_autofree Pages *pages = data;

  madvise (pages->first, pages->bytes, MADV_POPULATE_WRITE);
  return NULL;
}
#endif

GThread *
prof_block_lay_out (void *block, size_t bytes)
{
#ifdef MADV_POPULATE_WRITE
  size_t   whole = bytes & ~(PROF_BLOCK_PAGE - 1);
  Pages   *pages;
  GThread *thread;

  /* Small blocks lie among others. */
  if (whole == 0 || (uintptr_t)block % PROF_BLOCK_PAGE != 0)
    return NULL;
  pages = g_new (Pages, 1);
  *pages = (Pages){ block, whole };
  thread = g_thread_try_new ("prof-pages", lay_out, pages, NULL);
  if (thread == NULL)
    g_free (pages);
  return thread;
#else
  return NULL;
#endif
}

/* Called often: looks only whether the room will do. */
void
prof_block_string_reserve (GString *string, size_t more)
{
  size_t room = string->allocated_len;
  size_t wanted;
  char  *block;

  if (room - string->len > room / 4 && more < room / 4)
    return;
  if (room < STRING_LARGE && more < STRING_LARGE)
    return;
  if (room > G_MAXSSIZE / 8 || more > G_MAXSSIZE / 8)
    return;
  wanted = MAX (room * 4, string->len + more + 1);
  wanted = prof_block_room (MAX (wanted, PROF_BLOCK_LARGE));
  block = prof_block_try (wanted, 1);
  if (block == NULL)
    return;
  memcpy (block, string->str, string->len + 1);
  g_free (string->str);
  string->str = block;
  string->allocated_len = wanted;
}
