/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* GLib is not built with the thread sanitizer, and its locks are not pthread's:
 * what they order would look unordered. Our calls of them come here first, are
 * made known, and go on to GLib. */

#include <dlfcn.h>
#include <glib.h>
#include <sanitizer/tsan_interface.h>

#define REAL(name) ((__typeof__ (&name))dlsym (RTLD_NEXT, #name))

void
g_mutex_lock (GMutex *mutex)
{
  REAL (g_mutex_lock) (mutex);
  __tsan_acquire (mutex);
}

void
g_mutex_unlock (GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_mutex_unlock) (mutex);
}

void
g_cond_wait (GCond *cond, GMutex *mutex)
{
  __tsan_release (mutex);
  REAL (g_cond_wait) (cond, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *cond, GMutex *mutex, gint64 end)
{
  gboolean met;

  __tsan_release (mutex);
  met = REAL (g_cond_wait_until) (cond, mutex, end);
  __tsan_acquire (mutex);
  return met;
}

#undef g_once_init_enter
#undef g_once_init_leave

gboolean
g_once_init_enter (volatile void *location)
{
  gboolean entered = REAL (g_once_init_enter) (location);

  __tsan_acquire ((void *)location);
  return entered;
}

void
g_once_init_leave (volatile void *location, gsize result)
{
  __tsan_release ((void *)location);
  REAL (g_once_init_leave) (location, result);
}

GThread *
g_thread_try_new (const char *name,
                  GThreadFunc func,
                  gpointer    data,
                  GError    **error)
{
  __tsan_release (data);
  return REAL (g_thread_try_new) (name, func, data, error);
}

gpointer
g_once_impl (GOnce *once, GThreadFunc func, gpointer data)
{
  gpointer result = REAL (g_once_impl) (once, func, data);

  __tsan_release (once);
  __tsan_acquire (once);
  return result;
}

#undef g_atomic_ref_count_dec

gboolean
g_atomic_ref_count_dec (gatomicrefcount *count)
{
  gboolean was_last;

  __tsan_release (count);
  was_last = REAL (g_atomic_ref_count_dec) (count);
  if (was_last)
    __tsan_acquire (count);
  return was_last;
}
