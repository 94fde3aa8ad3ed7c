/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: floor read|inflate FILE
 *
 * What nobody who reads the file can be faster than: reading it, and inflating it
 * with zlib into a buffer that is used again, the checksum compared. */

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define PIECE ((size_t)256 << 10)

static unsigned char input[PIECE];
static unsigned char output[PIECE];

static int
read_all (int file)
{
  ssize_t n;

  while ((n = read (file, input, sizeof input)) > 0)
    ;
  return n < 0;
}

static int
inflate_all (int file)
{
  z_stream stream = { 0 };
  ssize_t  n;
  int      result = Z_OK;

  if (inflateInit2 (&stream, 15 + 16) != Z_OK)
    return 1;
  while (result == Z_OK && (n = read (file, input, sizeof input)) > 0)
    {
      stream.next_in = input;
      stream.avail_in = (unsigned)n;
      do
        {
          stream.next_out = output;
          stream.avail_out = sizeof output;
          result = inflate (&stream, Z_NO_FLUSH);
        }
      while (result == Z_OK && stream.avail_out == 0);
    }
  inflateEnd (&stream);
  return result != Z_STREAM_END;
}

int
main (int argc, char **argv)
{
  int file = argc == 3 ? open (argv[2], O_RDONLY | O_CLOEXEC) : -1;

  if (file < 0)
    {
      fprintf (stderr, "usage: floor read|inflate FILE\n");
      return 2;
    }
  return strcmp (argv[1], "read") == 0 ? read_all (file) : inflate_all (file);
}
