/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-source.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "input/prof-url.h"
#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct
{
  int         number;
  const char *sentence;
} sentences[] = {
  { ENOENT, "no such file" },
  { ENOTDIR, "no such file: a part of the path is not a directory" },
  { EACCES, "permission denied" },
  { EPERM, "permission denied" },
  { ELOOP, "a symbolic link leads back to itself" },
  { ENAMETOOLONG, "the name is too long" },
  { ENXIO, "is a socket or a device, not a file" },
  { EMFILE, "too many files are open" },
  { ENFILE, "too many files are open" },
  { EBADF, "is closed" },
  { EIO, "cannot be read: the device reports an error" },
};

static GInputStream *
fail_errno (GError **error, int number)
{
  const char *sentence = g_strerror (number);

  for (size_t i = 0; i < G_N_ELEMENTS (sentences); i++)
    if (sentences[i].number == number)
      sentence = sentences[i].sentence;
  g_set_error_literal (error,
                       G_IO_ERROR,
                       (int)g_io_error_from_errno (number),
                       sentence);
  return NULL;
}

/* What cannot be a profile by its kind; NULL when it can. */
static const char *
wrong_kind (const struct stat *status, bool is_standard_input)
{
  if (S_ISDIR (status->st_mode))
    return "is a directory";
  if (S_ISBLK (status->st_mode))
    return "is a device, not a file";
  /* Standard input may be a terminal or /dev/null; a name should not be. */
  if (S_ISCHR (status->st_mode) && !is_standard_input)
    return "is a device, not a file";
  return NULL;
}

/* Bytes from where the file stands to its end; 0 for what is not a file. */
static uint64_t
size_left (int fd, const struct stat *status)
{
  off_t at = lseek (fd, 0, SEEK_CUR);

  if (!S_ISREG (status->st_mode) || at < 0 || at > status->st_size)
    return 0;
  return (uint64_t)(status->st_size - at);
}

static bool
check_kind (const struct stat *status,
            bool               is_standard_input,
            uint64_t           most,
            GError           **error)
{
  const char *kind = wrong_kind (status, is_standard_input);

  if (kind != NULL)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           S_ISDIR (status->st_mode)
                               ? G_IO_ERROR_IS_DIRECTORY
                               : G_IO_ERROR_NOT_REGULAR_FILE,
                           kind);
      return false;
    }
  if (S_ISREG (status->st_mode) && (uint64_t)status->st_size > most)
    return prof_limits_fail (error,
                             PROF_LIMIT_FILE,
                             "is larger than %" G_GUINT64_FORMAT " bytes",
                             most);
  return true;
}

bool
prof_source_is_url (const char *named)
{
  struct stat status;

  return prof_url_is (named) && lstat (named, &status) != 0;
}

GInputStream *
prof_source_open (const char       *path,
                  const ProfLimits *limits,
                  uint64_t         *size,
                  GError          **error)
{
  uint64_t    most = prof_limits_get (limits, PROF_LIMIT_FILE);
  bool        is_standard_input = strcmp (path, "-") == 0;
  int         fd = STDIN_FILENO;
  struct stat status;

  /* O_NONBLOCK: a pipe without a writer must not stop us here. */
  if (!is_standard_input)
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return fail_errno (error, errno);
  if (fstat (fd, &status) != 0)
    return fail_errno (error, errno);
  if (!check_kind (&status, is_standard_input, most, error))
    {
      if (!is_standard_input)
        close (fd);
      return NULL;
    }
  *size = size_left (fd, &status);
  return g_unix_input_stream_new (fd, !is_standard_input);
}
