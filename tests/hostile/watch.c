/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Loaded in front of the C library: writes what a program opens and starts, and
 * what sockets it makes, to the file that PROF_WATCH names, a line each. What the
 * C library does for itself does not come by here. */

/* Else open() is another name of open64(), and programs have both. */
#undef _FILE_OFFSET_BITS

#include <dlfcn.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* dlsym() gives a pointer to data, of which ISO C makes no function. */
#define REAL(name)                                                    \
  __extension__ __typeof__ (name) *real;                              \
  void                            *found_ = dlsym (RTLD_NEXT, #name); \
                                                                      \
  memcpy (&real, &found_, sizeof real)

static void
tell (const char *what, const char *about)
{
  const char *path = getenv ("PROF_WATCH");
  char        line[8192];
  int         length, fd;
  REAL (open);

  if (path == NULL)
    return;
  length = snprintf (line, sizeof line - 1, "%s %s", what, about);
  if (length < 0 || length > (int)sizeof line - 2)
    length = (int)sizeof line - 2;
  for (int i = 0; i < length; i++)
    if ((unsigned char)line[i] < ' ')
      line[i] = '?';
  line[length++] = '\n';
  fd = real (path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (fd < 0 || write (fd, line, (size_t)length) != length)
    abort ();
  close (fd);
}

#define OPEN(name)                          \
  int name (const char *path, int how, ...) \
  {                                         \
    REAL (name);                            \
    va_list rest;                           \
    mode_t  mode;                           \
                                            \
    va_start (rest, how);                   \
    mode = va_arg (rest, mode_t);           \
    va_end (rest);                          \
    tell ("open", path);                    \
    return real (path, how, mode);          \
  }

#define OPENAT(name)                                    \
  int name (int folder, const char *path, int how, ...) \
  {                                                     \
    REAL (name);                                        \
    va_list rest;                                       \
    mode_t  mode;                                       \
                                                        \
    va_start (rest, how);                               \
    mode = va_arg (rest, mode_t);                       \
    va_end (rest);                                      \
    tell ("open", path);                                \
    return real (folder, path, how, mode);              \
  }

#define FOPEN(name)                              \
  FILE *name (const char *path, const char *how) \
  {                                              \
    REAL (name);                                 \
                                                 \
    tell ("open", path);                         \
    return real (path, how);                     \
  }

#define SPAWN(name)                                            \
  int name (pid_t                            *pid,             \
            const char                       *path,            \
            const posix_spawn_file_actions_t *actions,         \
            const posix_spawnattr_t          *how,             \
            char *const                      *words,           \
            char *const                      *environment)     \
  {                                                            \
    REAL (name);                                               \
                                                               \
    tell ("start", path);                                      \
    return real (pid, path, actions, how, words, environment); \
  }

OPEN (open)
OPEN (open64)
OPENAT (openat)
OPENAT (openat64)
FOPEN (fopen)
FOPEN (fopen64)
SPAWN (posix_spawn)
SPAWN (posix_spawnp)

int
execve (const char *path, char *const *words, char *const *environment)
{
  REAL (execve);

  tell ("start", path);
  return real (path, words, environment);
}

int
execvp (const char *path, char *const *words)
{
  REAL (execvp);

  tell ("start", path);
  return real (path, words);
}

int
system (const char *command)
{
  REAL (system);

  tell ("start", command);
  return real (command);
}

FILE *
popen (const char *command, const char *how)
{
  REAL (popen);

  tell ("start", command);
  return real (command, how);
}

int
socket (int family, int kind, int protocol)
{
  REAL (socket);

  tell ("socket", "");
  return real (family, kind, protocol);
}
