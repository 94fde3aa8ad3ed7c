/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-standard-input.h"

#include "config.h"
#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define PREFIX     "flambeau-input-"
#define BLOCK_SIZE (64 * 1024)

GBytes *
viewer_standard_input_read (GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8     *block = g_malloc (BLOCK_SIZE);

  for (;;)
    {
      ssize_t n = read (STDIN_FILENO, block, BLOCK_SIZE);

      if (n == 0)
        break;
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 || bytes->len > G_MAXUINT - (guint)n)
        {
          int code = n < 0 ? errno : EFBIG;

          g_set_error_literal (error,
                               G_IO_ERROR,
                               (int)g_io_error_from_errno (code),
                               g_strerror (code));
          return NULL;
        }
      g_byte_array_append (bytes, block, (guint)n);
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/* Sandboxes of one application share only the application's own folder. */
static char *
shared_folder (void)
{
  const char *runtime = g_get_user_runtime_dir ();
  char       *own = g_build_filename (runtime, "app", PROF_APP_ID, NULL);

  if (g_file_test (own, G_FILE_TEST_IS_DIR))
    return own;
  g_free (own);
  return g_strdup (runtime);
}

GFile *
viewer_standard_input_hand_over (GBytes *bytes, GError **error)
{
  g_autofree char *folder = shared_folder ();
  g_autofree char *path = g_build_filename (folder, PREFIX "XXXXXX", NULL);
  gsize            length;
  const char      *data = g_bytes_get_data (bytes, &length);
  int              file = g_mkstemp (path);

  if (file < 0)
    {
      int code = errno;

      g_set_error_literal (error,
                           G_FILE_ERROR,
                           (int)g_file_error_from_errno (code),
                           g_strerror (code));
      return NULL;
    }
  g_close (file, NULL);
  if (!g_file_set_contents_full (path,
                                 data != NULL ? data : "",
                                 (gssize)length,
                                 G_FILE_SET_CONTENTS_NONE,
                                 0600,
                                 error))
    {
      g_remove (path);
      return NULL;
    }
  return g_file_new_for_path (path);
}

GBytes *
viewer_standard_input_take (GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *folder = shared_folder ();
  g_autofree char *start = g_build_filename (folder, PREFIX, NULL);
  GBytes          *bytes;

  if (path == NULL || !g_str_has_prefix (path, start) ||
      strchr (path + strlen (start), '/') != NULL)
    return NULL;
  bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  g_file_delete (file, NULL, NULL);
  return bytes;
}
