/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-gzip.h"

#include "base/prof-error.h"
#include <string.h>
#include <zlib.h>

/* gzip -9n of "hello", with its parts apart. */
#define HEADER "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
#define BODY   "\xcb\x48\xcd\xc9\xc9\x07\x00"
#define CRC    "\x86\xa6\x10\x36"
#define LENGTH "\x05\x00\x00\x00"
#define HELLO  HEADER BODY CRC LENGTH

#define BYTES(text) (const uint8_t *)(text), sizeof (text) - 1

/* Inflates with so many bytes in and out at a time. */
static GByteArray *
inflate_by (const uint8_t *bytes,
            size_t         length,
            size_t         in_step,
            size_t         out_step,
            uint64_t       limit,
            GError       **error)
{
  g_autoptr (ProfGzip)   gzip = prof_gzip_new (limit);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree uint8_t    *room = g_malloc (out_step);

  while (length > 0)
    {
      size_t given = MIN (in_step, length);
      size_t left = given;
      size_t n;

      do
        {
          if (!prof_gzip_inflate (gzip,
                                  &bytes,
                                  &left,
                                  room,
                                  out_step,
                                  &n,
                                  error))
            return NULL;
          g_byte_array_append (all, room, (guint)n);
        }
      while (left > 0 || n == out_step);
      length -= given;
    }
  if (!prof_gzip_end (gzip, error))
    return NULL;
  return g_steal_pointer (&all);
}

static GByteArray *
inflate_all (const uint8_t *bytes, size_t length, GError **error)
{
  return inflate_by (bytes, length, 1000, 1000, UINT64_MAX, error);
}

static void
assert_gives (const uint8_t *bytes, size_t length, const char *text)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) all = inflate_all (bytes, length, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (all->data, all->len, text, strlen (text));
}

static void
assert_fails (const uint8_t *bytes,
              size_t         length,
              ProfError      code,
              const char    *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (inflate_all (bytes, length, &error));
  g_assert_error (error, PROF_ERROR, (int)code);
  if (strstr (error->message, message) == NULL)
    g_error ("\"%s\" is not in \"%s\"", message, error->message);
}

static void
test_one_member (void)
{
  assert_gives (BYTES (HELLO), "hello");
}

static void
test_members_are_joined (void)
{
  assert_gives (BYTES (HELLO HELLO), "hellohello");
}

static void
test_empty_members_are_nothing (void)
{
  assert_gives (BYTES (HEADER "\x03\x00\0\0\0\0\0\0\0\0" HELLO HEADER
                              "\x03\x00\0\0\0\0\0\0\0\0"),
                "hello");
}

static void
test_a_member_may_be_named_and_stored (void)
{
  assert_gives (BYTES ("\x1f\x8b\x08\x0c\0\0\0\0\0\xff"
                       "\x04\x00"
                       "more"
                       "a name\0"
                       "\x01\x05\x00\xfa\xff"
                       "hello" CRC LENGTH),
                "hello");
}

static void
test_a_wrong_checksum (void)
{
  assert_fails (BYTES (HEADER BODY "\x87\xa6\x10\x36" LENGTH),
                PROF_ERROR_MALFORMED,
                "the checksum or the length is wrong");
}

static void
test_a_wrong_length (void)
{
  assert_fails (BYTES (HEADER BODY CRC "\x06\x00\x00\x00"),
                PROF_ERROR_MALFORMED,
                "the checksum or the length is wrong");
}

static void
test_a_wrong_method (void)
{
  assert_fails (BYTES ("\x1f\x8b\x07\x00\0\0\0\0\x02\x03" BODY CRC LENGTH),
                PROF_ERROR_MALFORMED,
                "damaged before byte");
}

static void
test_something_behind_a_member (void)
{
  assert_fails (BYTES (HELLO "abc"),
                PROF_ERROR_MALFORMED,
                "something that is not compressed follows");
  assert_fails (BYTES (HELLO "\0\0\0\0"),
                PROF_ERROR_MALFORMED,
                "something that is not compressed follows");
}

static void
test_cut_off_at_every_byte (void)
{
  for (size_t length = 0; length < sizeof HELLO - 1; length++)
    assert_fails ((const uint8_t *)HELLO,
                  length,
                  PROF_ERROR_TRUNCATED,
                  "the compressed data ends early");
}

static void
test_cut_off_in_the_second_member (void)
{
  for (size_t more = 1; more < sizeof HELLO - 1; more++)
    assert_fails ((const uint8_t *)(HELLO HELLO),
                  sizeof HELLO - 1 + more,
                  PROF_ERROR_TRUNCATED,
                  "the compressed data ends early");
}

/* Some bits mean nothing: what fills up the last byte before the checksum, and
 * the header's time, level and system. */
static void
test_a_flipped_bit_never_gives_other_bytes (void)
{
  for (size_t i = 0; i < sizeof HELLO - 1; i++)
    for (unsigned bit = 0; bit < 8; bit++)
      {
        g_autoptr (GError)     error = NULL;
        g_autofree uint8_t    *bytes = g_memdup2 (HELLO, sizeof HELLO - 1);
        g_autoptr (GByteArray) all = NULL;

        bytes[i] ^= (uint8_t)(1 << bit);
        all = inflate_all (bytes, sizeof HELLO - 1, &error);
        if (all != NULL)
          g_assert_cmpmem (all->data, all->len, "hello", 5);
        else
          g_assert_nonnull (error);
      }
}

static GBytes *
gzipped (const void *data, size_t length)
{
  g_autoptr (GError) error = NULL;
  GBytes            *bytes = prof_gzip_compress (data, length, &error);

  g_assert_no_error (error);
  return bytes;
}

/* Half random, half zeros. */
static GByteArray *
mixed_bytes (guint length)
{
  GByteArray *bytes = g_byte_array_sized_new (length);

  g_byte_array_set_size (bytes, length);
  if (length > 0)
    memset (bytes->data, 0, length);
  for (guint i = 0; i < length; i++)
    if (i / 1000 % 2 == 0)
      bytes->data[i] = (uint8_t)g_test_rand_int ();
  return bytes;
}

static void
test_what_we_write_we_read (void)
{
  static const guint lengths[] = { 0, 1, 5, 1000, 65536, 1000000 };

  for (size_t i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (GByteArray) data = mixed_bytes (lengths[i]);
      g_autoptr (GBytes)     bytes = gzipped (data->data, data->len);
      g_autoptr (GByteArray) again = NULL;

      again = inflate_all (g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes),
                           &error);
      g_assert_no_error (error);
      g_assert_cmpmem (again->data, again->len, data->data, data->len);
    }
}

/* What zlib makes of bytes; %NULL when it refuses them.
 * @window: what tells it of which kind they are */
static GByteArray *
inflate_by_zlib (const uint8_t *bytes, size_t length, int window)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  z_stream               stream = { 0 };
  int                    status;

  g_assert_cmpint (inflateInit2 (&stream, window), ==, Z_OK);
  stream.next_in = (z_const Bytef *)bytes;
  stream.avail_in = (uInt)length;
  do
    {
      uint8_t room[4096];

      stream.next_out = room;
      stream.avail_out = sizeof room;
      status = inflate (&stream, Z_NO_FLUSH);
      g_byte_array_append (all, room, (guint)sizeof room - stream.avail_out);
    }
  while (status == Z_OK);
  inflateEnd (&stream);
  return status == Z_STREAM_END && stream.avail_in == 0 ? g_steal_pointer (&all)
                                                        : NULL;
}

/* Sets the sums behind a member to those of what it gives now. */
static void
seal (uint8_t *trailer, const GByteArray *content)
{
  guint32 crc = (guint32)crc32 (0, content->data, content->len);
  guint32 sums[] = { GUINT32_TO_LE (crc), GUINT32_TO_LE (content->len) };

  memcpy (trailer, sums, sizeof sums);
}

/* The first is stored, others have codes of their own or the fixed ones. */
static GBytes *
varied_member (unsigned kind)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();
  static const char      word[] = "main.(*Server).serve";

  for (guint i = 0; i < 40; i++)
    {
      guint8 byte = (guint8)g_test_rand_int_range (0, kind < 2 ? 256 : 24);

      g_byte_array_append (data, &byte, 1);
      if (kind > 0)
        g_byte_array_append (data,
                             (const guint8 *)word,
                             (guint)g_test_rand_int_range (0, 20));
    }
  return gzipped (data->data, data->len);
}

static void
test_damage_is_judged_as_by_zlib (void)
{
  const size_t head = sizeof HEADER - 1;
  size_t       n_good = 0;

  for (unsigned round = 0; round < 20000; round++)
    {
      g_autoptr (GBytes)     member = varied_member (round % 4);
      size_t                 length = g_bytes_get_size (member);
      size_t                 body = length - head - 8;
      g_autofree uint8_t    *bytes = g_memdup2 (g_bytes_get_data (member, NULL),
                                             length);
      g_autoptr (GByteArray) wanted = NULL;
      g_autoptr (GByteArray) all = NULL;

      bytes[head + (size_t)g_test_rand_int_range (0, (int)body)] ^=
          (uint8_t)(1 << g_test_rand_int_range (0, 8));
      wanted = inflate_by_zlib (bytes + head, body, -MAX_WBITS);
      if (wanted != NULL)
        seal (bytes + length - 8, wanted);
      all = inflate_all (bytes, length, NULL);
      g_assert_cmpint (all != NULL, ==, wanted != NULL);
      if (all == NULL)
        continue;
      g_assert_cmpmem (all->data, all->len, wanted->data, wanted->len);
      n_good++;
    }
  g_assert_cmpuint (n_good, >, 100);
}

/* All that a head may have, with its sum. */
#define FULL_HEAD "\x1f\x8b\x08\x1e\0\0\0\0\0\xff\x02\x00xxa name\0words\0"

static void
test_heads_are_judged_as_by_zlib (void)
{
  const size_t head = sizeof FULL_HEAD - 1;
  const guint  crc = (guint)crc32 (0, (const Bytef *)FULL_HEAD, head);
  const guint8 sum[] = { (guint8)crc, (guint8)(crc >> 8) };
  size_t       n_good = 0;

  for (size_t bit = 0; bit < 8 * (head + sizeof sum) + 1; bit++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GByteArray) wanted = NULL;
      g_autoptr (GByteArray) all = NULL;

      g_byte_array_append (bytes, BYTES (FULL_HEAD));
      g_byte_array_append (bytes, sum, sizeof sum);
      g_byte_array_append (bytes, BYTES (BODY CRC LENGTH));
      if (bit / 8 < head + sizeof sum)
        bytes->data[bit / 8] ^= (guint8)(1 << bit % 8);
      wanted = inflate_by_zlib (bytes->data, bytes->len, 16 + MAX_WBITS);
      all = inflate_by (bytes->data, bytes->len, 1, 3, UINT64_MAX, NULL);
      g_assert_cmpint (all != NULL, ==, wanted != NULL);
      n_good += all != NULL;
    }
  g_assert_cmpuint (n_good, >, 0);
}

static void
test_pieces_of_any_size_give_the_same (void)
{
  static const size_t    sizes[] = { 1, 2, 3, 7, 100, 5000 };
  g_autoptr (GByteArray) data = mixed_bytes (5000);
  g_autoptr (GBytes)     bytes = gzipped (data->data, data->len);

  for (size_t in = 0; in < G_N_ELEMENTS (sizes); in++)
    for (size_t out = 0; out < G_N_ELEMENTS (sizes); out++)
      {
        g_autoptr (GError)     error = NULL;
        g_autoptr (GByteArray) again = NULL;

        again = inflate_by (g_bytes_get_data (bytes, NULL),
                            g_bytes_get_size (bytes),
                            sizes[in],
                            sizes[out],
                            5000,
                            &error);
        g_assert_no_error (error);
        g_assert_cmpmem (again->data, again->len, data->data, data->len);
      }
}

static void
test_writing_twice_gives_the_same_bytes (void)
{
  g_autoptr (GBytes) first = gzipped ("hello", 5);
  g_autoptr (GBytes) second = gzipped ("hello", 5);
  const uint8_t     *bytes = g_bytes_get_data (first, NULL);

  g_assert_true (g_bytes_equal (first, second));
  /* No flags, no time; the system is "unknown". */
  g_assert_cmpmem (bytes, 8, "\x1f\x8b\x08\0\0\0\0\0", 8);
  g_assert_cmpuint (bytes[9], ==, 255);
}

static void
test_the_limit_holds_for_all_members (void)
{
  g_autoptr (GError)     error = NULL;
  g_autoptr (GByteArray) ten = NULL;

  ten = inflate_by (BYTES (HELLO HELLO), 1000, 1000, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ten->len, ==, 10);
  g_assert_null (inflate_by (BYTES (HELLO HELLO), 1000, 1000, 9, &error));
  g_assert_error (error, PROF_ERROR, PROF_ERROR_TOO_LARGE);
}

static void
test_gzip_is_known_by_two_bytes (void)
{
  g_assert_true (prof_gzip_is (BYTES (HELLO)));
  g_assert_true (prof_gzip_is (BYTES ("\x1f")));
  g_assert_false (prof_gzip_is (BYTES ("\x1f\x8c")));
  g_assert_false (prof_gzip_is (BYTES ("")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/gzip/one-member", test_one_member);
  g_test_add_func ("/gzip/members-are-joined", test_members_are_joined);
  g_test_add_func ("/gzip/empty-members-are-nothing",
                   test_empty_members_are_nothing);
  g_test_add_func ("/gzip/a-member-may-be-named-and-stored",
                   test_a_member_may_be_named_and_stored);
  g_test_add_func ("/gzip/a-wrong-checksum", test_a_wrong_checksum);
  g_test_add_func ("/gzip/a-wrong-length", test_a_wrong_length);
  g_test_add_func ("/gzip/a-wrong-method", test_a_wrong_method);
  g_test_add_func ("/gzip/something-behind-a-member",
                   test_something_behind_a_member);
  g_test_add_func ("/gzip/cut-off-at-every-byte", test_cut_off_at_every_byte);
  g_test_add_func ("/gzip/cut-off-in-the-second-member",
                   test_cut_off_in_the_second_member);
  g_test_add_func ("/gzip/a-flipped-bit-never-gives-other-bytes",
                   test_a_flipped_bit_never_gives_other_bytes);
  g_test_add_func ("/gzip/what-we-write-we-read", test_what_we_write_we_read);
  g_test_add_func ("/gzip/damage-is-judged-as-by-zlib",
                   test_damage_is_judged_as_by_zlib);
  g_test_add_func ("/gzip/heads-are-judged-as-by-zlib",
                   test_heads_are_judged_as_by_zlib);
  g_test_add_func ("/gzip/pieces-of-any-size-give-the-same",
                   test_pieces_of_any_size_give_the_same);
  g_test_add_func ("/gzip/writing-twice-gives-the-same-bytes",
                   test_writing_twice_gives_the_same_bytes);
  g_test_add_func ("/gzip/the-limit-holds-for-all-members",
                   test_the_limit_holds_for_all_members);
  g_test_add_func ("/gzip/gzip-is-known-by-two-bytes",
                   test_gzip_is_known_by_two_bytes);
  return g_test_run ();
}
