/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "export/prof-export.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/prof-limits.h"
#include "export/prof-html.h"
#include "export/prof-layout-json.h"
#include "export/prof-pdf.h"
#include "export/prof-picture-fit.h"
#include "export/prof-picture.h"
#include "paint/prof-svg.h"

/* The first of these that is installed: narrow enough for long names, and made
 * for screens. */
#define FAMILIES "Cantarell, Adwaita Sans, Noto Sans, Open Sans, sans"

/* --- Writing whole or not at all --- */

static bool
fail_errno (GError **error, int number)
{
  g_set_error_literal (error,
                       G_IO_ERROR,
                       (int)g_io_error_from_errno (number),
                       g_strerror (number));
  return false;
}

static bool
write_all (int fd, const void *data, size_t length, GError **error)
{
  const char *p = data;

  while (length > 0)
    {
      ssize_t n = write (fd, p, length);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return fail_errno (error, errno);
      p += n;
      length -= (size_t)n;
    }
  return true;
}

/* What a file is to hold. */
typedef struct
{
  ProfExportFunc write;
  void          *data; /* lent */
} Content;

static bool
write_to_fd (void *data, const void *bytes, size_t length, GError **error)
{
  return write_all (*(const int *)data, bytes, length, error);
}

static bool
write_content (int fd, const Content *content, GError **error)
{
  const ProfSink sink = { .write = write_to_fd, .data = &fd };

  return content->write (&sink, content->data, error);
}

static bool
write_directly (const char *path, const Content *content, GError **error)
{
  int  fd = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  bool ok;

  if (fd < 0)
    return fail_errno (error, errno);
  ok = write_content (fd, content, error);
  if (close (fd) < 0 && ok)
    return fail_errno (error, errno);
  return ok;
}

/* Whether a power cut could take what there was. A file that is new, or was
 * empty, takes nothing with it: waiting for the disk would only cost time. */
static bool
replaces_something (const struct stat *old)
{
  return old != NULL && old->st_size > 0;
}

/* A new file of the old one's rights, or of those the umask leaves. */
static bool
write_temporary (int                fd,
                 const struct stat *old,
                 const Content     *content,
                 GError           **error)
{
  if (!write_content (fd, content, error))
    return false;
  if (old != NULL && fchmod (fd, old->st_mode & 07777) < 0)
    return fail_errno (error, errno);
  if (replaces_something (old) && fsync (fd) < 0 && errno != EINVAL &&
      errno != EROFS)
    return fail_errno (error, errno);
  return true;
}

static bool
replace (const char        *path,
         const struct stat *old,
         const Content     *content,
         GError           **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *name = NULL;
  g_autofree char *temporary = NULL;
  int              fd;
  bool             ok;

  /* A base name may be as long as the file system allows. */
  name = g_strdup_printf (".%.100s.XXXXXX", base);
  temporary = g_build_filename (folder, name, NULL);
  fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  if (fd < 0)
    return fail_errno (error, errno);
  ok = write_temporary (fd, old, content, error);
  if (close (fd) < 0 && ok)
    ok = fail_errno (error, errno);
  if (ok && rename (temporary, path) < 0)
    ok = fail_errno (error, errno);
  if (!ok)
    unlink (temporary);
  return ok;
}

bool
prof_export_stream (const char    *path,
                    ProfExportFunc write,
                    void          *data,
                    GError       **error)
{
  const Content    content = { write, data };
  struct stat      old;
  bool             exists;
  g_autofree char *target = NULL;

  g_return_val_if_fail (path != NULL && write != NULL, false);

  if (strcmp (path, "-") == 0)
    return write_content (STDOUT_FILENO, &content, error);
  exists = stat (path, &old) == 0;
  if (exists && S_ISDIR (old.st_mode))
    return fail_errno (error, EISDIR);
  if (exists && !S_ISREG (old.st_mode))
    return write_directly (path, &content, error);
  /* What a link points to is replaced, not the link. */
  if (exists)
    {
      target = realpath (path, NULL);
      if (target == NULL)
        return fail_errno (error, errno);
      return replace (target, &old, &content, error);
    }
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return write_directly (path, &content, error);
  return replace (path, NULL, &content, error);
}

typedef struct
{
  const void *data;
  size_t      length;
} Block;

static bool
write_block (const ProfSink *sink, void *data, GError **error)
{
  const Block *block = data;

  return prof_sink_write (sink, block->data, block->length, error);
}

bool
prof_export_write (const char *path,
                   const void *data,
                   size_t      length,
                   GError    **error)
{
  Block block = { data, length };

  return prof_export_stream (path, write_block, &block, error);
}

bool
prof_export_is_direct (const char *path)
{
  struct stat status;

  return strcmp (path, "-") == 0 ||
         (stat (path, &status) == 0 && !S_ISREG (status.st_mode) &&
          !S_ISDIR (status.st_mode));
}

/* --- Pictures --- */

static bool
has_suffix (const char *path, const char *suffix)
{
  size_t length = strlen (path);
  size_t n = strlen (suffix);

  return length > n && g_ascii_strcasecmp (path + length - n, suffix) == 0;
}

bool
prof_export_knows (const char *path)
{
  return has_suffix (path, ".svg") || has_suffix (path, ".png") ||
         has_suffix (path, ".pdf") || has_suffix (path, ".html") ||
         has_suffix (path, ".json") || prof_export_is_direct (path);
}

static bool
is_within (double value, double least, double most)
{
  return value >= least && value <= most;
}

/* 0 asks for nothing. */
static bool
is_unasked (double value)
{
  return !(value < 0) && !(value > 0);
}

static bool
check_rows (const ProfExportOptions *options, GError **error)
{
  double font = options->font_px;
  double row = options->row_px;

  if (!is_unasked (font) &&
      !is_within (font, PROF_EXPORT_MIN_FONT, PROF_EXPORT_MAX_FONT))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "letters must be %d to %d pixels high",
                      PROF_EXPORT_MIN_FONT,
                      PROF_EXPORT_MAX_FONT);
  if (!is_unasked (row) &&
      !is_within (row, PROF_EXPORT_MIN_ROW, PROF_EXPORT_MAX_ROW))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "a row must be %d to %d pixels high",
                      PROF_EXPORT_MIN_ROW,
                      PROF_EXPORT_MAX_ROW);
  if (!is_unasked (row) && !is_unasked (font) &&
      row < font + PROF_EXPORT_ROW_ROOM)
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "letters of %g pixels need rows of at least %g",
                      font,
                      font + PROF_EXPORT_ROW_ROOM);
  if (!(options->min_width_px >= 0))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the least width must not be negative");
  return true;
}

bool
prof_export_check (const ProfExportOptions *options, GError **error)
{
  if (!(options->width_px >= PROF_EXPORT_MIN_WIDTH))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "a picture must be at least %d pixels wide",
                      PROF_EXPORT_MIN_WIDTH);
  if (!(options->scale >= 1 && options->scale <= 4))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the scale must be between 1 and 4");
  if (options->width_px > PROF_MAX_PICTURE_SIDE)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "a picture can be at most %d pixels wide",
                      PROF_MAX_PICTURE_SIDE);
  return check_rows (options, error);
}

ProfTextCache *
prof_export_text_cache (const ProfExportOptions *options)
{
  const char *family = options->font_family;
  bool        asked = family != NULL && family[0] != '\0';

  ProfTextCache *cache = prof_text_cache_new (NULL, asked ? family : FAMILIES);

  /* The script of a picture that answers chooses names by itself. */
  if (!options->interactive)
    prof_text_cache_set_names (cache, options->names);
  return cache;
}

/* Not laid out anew by who opens it. */
static bool
has_letters (const char *path)
{
  return !has_suffix (path, ".html") && !has_suffix (path, ".json");
}

ProfTextCache *
prof_export_text_cache_ahead (const ProfExportOptions *options,
                              const char              *path)
{
  ProfTextCache *cache;
  ProfFont       fonts[PROF_PICTURE_MAX_FONTS];

  if (!has_letters (path))
    return NULL;
  cache = prof_export_text_cache (options);
  prof_text_cache_load (cache, fonts, prof_picture_fonts (options, fonts));
  return cache;
}

double
prof_export_least (const ProfExportOptions *options, const char *path)
{
  double width_px = prof_picture_graph_width (options);

  if (!has_letters (path) || options->paper_width_pt > 0 ||
      options->search != NULL || options->end > options->start ||
      !(width_px > 0))
    return 0;
  return MIN (prof_picture_min_width (options) / width_px, 1);
}

/* The one that was made ahead, or one that goes with @own. Limits are the tree's,
 * and fonts may have been loaded before there was any. */
static ProfTextCache *
text_cache_of (ProfTree                *tree,
               const ProfExportOptions *options,
               ProfTextCache          **own)
{
  ProfTextCache *cache = options->text_cache;

  if (cache == NULL)
    cache = *own = prof_export_text_cache (options);
  prof_text_cache_set_shown (cache,
                             (size_t)prof_tree_limit (tree, PROF_LIMIT_SHOWN));
  return cache;
}

/* A picture that is not too large to be drawn. */
static ProfPicture *
new_picture (ProfTree                *tree,
             const ProfExportOptions *options,
             double                   scale,
             ProfTextCache           *cache,
             GError                 **error)
{
  g_autoptr (ProfPicture) picture = prof_picture_new (tree, options, cache);

  if (!prof_picture_fits (picture, tree, options, scale, cache, error))
    return NULL;
  return g_steal_pointer (&picture);
}

static ProfPainter *
new_svg (const ProfPicture       *picture,
         ProfTree                *tree,
         const ProfExportOptions *options,
         ProfTextCache           *cache)
{
  ProfSvgParams params = {
    .width_px = prof_picture_width (picture),
    .height_px = prof_picture_height (picture),
    .title = prof_picture_title (picture),
    .notes = options->notes,
    .flame = options->flame,
    .font_px = prof_picture_font (picture),
    .max_bytes = prof_tree_limit (tree, PROF_LIMIT_SVG),
  };

  if (options->interactive)
    params.interactive = prof_palette_tokens (options->theme);
  return prof_svg_new (&params, cache);
}

char *
prof_export_flame_svg (ProfTree                *tree,
                       const ProfExportOptions *options,
                       GError                 **error)
{
  g_autoptr (ProfTextCache) own = NULL;
  g_autoptr (ProfPicture)   picture = NULL;
  ProfTextCache            *cache;
  ProfPainter              *painter;
  char                     *text;

  if (!prof_export_check (options, error))
    return NULL;
  cache = text_cache_of (tree, options, &own);
  picture = prof_picture_new (tree, options, cache);
  painter = new_svg (picture, tree, options, cache);
  prof_picture_paint (picture, painter);
  text = prof_svg_finish (painter);
  if (text == NULL)
    prof_limits_fail (error,
                      PROF_LIMIT_SVG,
                      "the SVG would be larger than %" G_GUINT64_FORMAT
                      " bytes; a larger --minwidth draws more frames together, "
                      "--collapse-recursion makes stacks shorter, .html holds "
                      "the whole tree in less",
                      prof_tree_limit (tree, PROF_LIMIT_SVG));
  return text;
}

static GByteArray *
flame_png (ProfTree                *tree,
           const ProfExportOptions *options,
           ProfTextCache           *cache,
           GError                 **error)
{
  g_autoptr (ProfPicture) picture = NULL;
  ProfDrawing             drawing;

  picture = new_picture (tree, options, options->scale, cache, error);
  if (picture == NULL)
    return NULL;
  drawing = prof_picture_drawing (picture);
  return prof_drawing_png (&drawing, options->scale, cache, error);
}

static GByteArray *
flame_pdf (ProfTree                *tree,
           const ProfExportOptions *options,
           ProfTextCache           *cache,
           GError                 **error)
{
  g_autoptr (ProfPicture) picture = NULL;
  ProfDrawing             drawing;

  picture = new_picture (tree, options, 1, cache, error);
  if (picture == NULL)
    return NULL;
  drawing = prof_picture_drawing (picture);
  return prof_pdf_new (&drawing, options->notes, cache, error);
}

/* PNG and PDF: where letters are drawn here, not by who shows the picture. */
static GByteArray *
flame_drawn (ProfTree                *tree,
             const ProfExportOptions *asked,
             bool                     as_pdf,
             GError                 **error)
{
  g_autoptr (ProfTextCache) own = NULL;
  ProfTextCache            *cache = text_cache_of (tree, asked, &own);
  ProfExportOptions         still = *asked;
  const ProfExportOptions  *options = &still;

  still.interactive = false;
  if (!prof_export_check (options, error))
    return NULL;
  if (!prof_text_cache_has_font (cache))
    return prof_fail_null (error,
                           PROF_ERROR_UNSUPPORTED,
                           "no fonts are installed to write text into a %s; "
                           "SVG needs none",
                           as_pdf ? "PDF" : "PNG");
  if (as_pdf && options->paper_width_pt > 0)
    return prof_pdf_new_pages (tree, options, error);
  return as_pdf ? flame_pdf (tree, options, cache, error)
                : flame_png (tree, options, cache, error);
}

static bool
export_drawn (ProfTree                *tree,
              const ProfExportOptions *options,
              const char              *path,
              GError                 **error)
{
  g_autoptr (GByteArray) bytes = NULL;

  bytes = flame_drawn (tree, options, has_suffix (path, ".pdf"), error);
  return bytes != NULL &&
         prof_export_write (path, bytes->data, bytes->len, error);
}

GBytes *
prof_export_flame_bytes (ProfTree                *tree,
                         const ProfExportOptions *options,
                         const char              *suffix,
                         GError                 **error)
{
  bool        as_pdf = strcmp (suffix, ".pdf") == 0;
  GByteArray *bytes;
  char       *text;

  if (as_pdf || strcmp (suffix, ".png") == 0)
    {
      bytes = flame_drawn (tree, options, as_pdf, error);
      return bytes != NULL ? g_byte_array_free_to_bytes (bytes) : NULL;
    }
  text = prof_export_flame_svg (tree, options, error);
  return text != NULL ? g_bytes_new_take (text, strlen (text)) : NULL;
}

/* A flame graph that is to be written. */
typedef struct
{
  ProfTree                *tree;    /* lent */
  const ProfExportOptions *options; /* lent */
} Flame;

static bool
write_json (const ProfSink *sink, void *data, GError **error)
{
  const Flame *flame = data;

  return prof_layout_json (flame->tree, flame->options, sink, error);
}

static bool
write_page (const ProfSink *sink, void *data, GError **error)
{
  const Flame *flame = data;

  return prof_html_write (flame->tree,
                          flame->options,
                          PROF_HTML_MAX_BYTES,
                          sink,
                          error);
}

/* What is written piece by piece. */
static bool
export_streamed (ProfTree                *tree,
                 const ProfExportOptions *options,
                 const char              *path,
                 GError                 **error)
{
  Flame flame = { tree, options };
  bool  as_page = has_suffix (path, ".html");

  return prof_export_check (options, error) &&
         prof_export_stream (path,
                             as_page ? write_page : write_json,
                             &flame,
                             error);
}

bool
prof_export_flame (ProfTree                *tree,
                   const ProfExportOptions *options,
                   const char              *path,
                   GError                 **error)
{
  g_autofree char *text = NULL;

  g_return_val_if_fail (tree != NULL && options != NULL && path != NULL, false);

  if (!prof_export_knows (path))
    return prof_fail (error,
                      PROF_ERROR_UNSUPPORTED,
                      "the name of a picture ends in .svg, .png, .pdf or "
                      ".html, that of a layout in .json");
  if (has_suffix (path, ".png") || has_suffix (path, ".pdf"))
    return export_drawn (tree, options, path, error);
  if (has_suffix (path, ".html") || has_suffix (path, ".json"))
    return export_streamed (tree, options, path, error);
  text = prof_export_flame_svg (tree, options, error);
  return text != NULL && prof_export_write (path, text, strlen (text), error);
}
