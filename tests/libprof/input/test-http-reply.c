/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-http-reply.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "input/prof-gzip.h"
#include <string.h>

static ProfHttpReply
reply_of (GBytes *body)
{
  return (ProfHttpReply){
    .status = 200,
    .reason = "OK",
    .type = "application/octet-stream",
    .length = (int64_t)g_bytes_get_size (body),
    .is_framed = true,
    .body = body,
  };
}

static GBytes *
text (const char *content)
{
  return g_bytes_new (content, strlen (content));
}

static GBytes *
compress (GBytes *bytes)
{
  gsize       length;
  const void *data = g_bytes_get_data (bytes, &length);

  return prof_gzip_compress (data, length, NULL);
}

static void
assert_bytes (const ProfHttpReply *reply, GBytes *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = prof_http_reply_profile (reply, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
assert_refused (const ProfHttpReply *reply, const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (prof_http_reply_profile (reply, &error));
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_bytes_stay_as_they_came (void)
{
  g_autoptr (GBytes) plain = text ("\n\x04some");
  g_autoptr (GBytes) file = compress (plain);
  ProfHttpReply      reply = reply_of (file);

  assert_bytes (&reply, file);
  reply.length = -1;
  assert_bytes (&reply, file);
  reply.is_framed = false;
  assert_bytes (&reply, file);
  reply = reply_of (plain);
  assert_bytes (&reply, plain);
}

static void
test_a_layer_around_a_compressed_file_goes (void)
{
  g_autoptr (GBytes) plain = text ("\n\x04some");
  g_autoptr (GBytes) file = compress (plain);
  g_autoptr (GBytes) wrapped = compress (file);
  ProfHttpReply      reply = reply_of (wrapped);

  reply.encoding = "gzip";
  assert_bytes (&reply, file);
  reply.encoding = "X-GZIP";
  assert_bytes (&reply, file);
  reply = reply_of (file);
  reply.encoding = "gzip";
  assert_bytes (&reply, file);
  reply.encoding = "identity";
  assert_bytes (&reply, file);
}

static void
test_a_layer_that_is_damaged_or_cut_off_is_an_error (void)
{
  g_autoptr (GBytes) plain = text ("\n\x04some");
  g_autoptr (GBytes) file = compress (plain);
  g_autoptr (GBytes) wrapped = compress (file);
  gsize              length = g_bytes_get_size (wrapped);

  for (gsize cut = 1; cut < length; cut++)
    {
      g_autoptr (GBytes) part = g_bytes_new_from_bytes (wrapped, 0, cut);
      g_autoptr (GError) error = NULL;
      ProfHttpReply      reply = reply_of (part);

      reply.encoding = "gzip";
      g_assert_null (prof_http_reply_profile (&reply, &error));
      g_assert_error (error, PROF_ERROR, PROF_ERROR_TRUNCATED);
    }
}

static void
test_a_layer_around_a_bomb_is_refused (void)
{
  g_autofree uint8_t *zeros = g_malloc0 (1 << 20);
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (GBytes)  wrapped = NULL;
  g_autoptr (GBytes)  piece = NULL;
  ProfHttpReply       reply;

  /* Members, one behind the other, which say to be gzip and are long. */
  zeros[0] = 0x1f;
  zeros[1] = 0x8b;
  piece = prof_gzip_compress (zeros, 1 << 20, NULL);
  for (unsigned i = 0; i <= PROF_MAX_HTTP_BODY >> 20; i++)
    g_string_append_len (file,
                         g_bytes_get_data (piece, NULL),
                         (gssize)g_bytes_get_size (piece));
  wrapped = g_bytes_new (file->str, file->len);
  reply = reply_of (wrapped);
  reply.encoding = "gzip";
  assert_refused (&reply,
                  "the compressed data inflates to more than 268435456 bytes "
                  "(the limit \"inflated\")");
}

static void
test_other_encodings_are_refused (void)
{
  g_autoptr (GBytes) body = text ("x");
  ProfHttpReply      reply = reply_of (body);

  reply.encoding = "br";
  assert_refused (&reply, "the server sent it encoded as br, unasked");
  reply.encoding = "gzip, gzip";
  assert_refused (&reply, "the server sent it encoded as gzip, gzip, unasked");
}

static void
test_a_part_is_no_profile (void)
{
  g_autoptr (GBytes) body = text ("\n\x04some");
  ProfHttpReply      reply = reply_of (body);

  reply.length = 7;
  assert_refused (&reply, "the server sent 6 of 7 bytes");
  reply.length = -1;
  reply.is_framed = false;
  assert_refused (&reply,
                  "the server told no length, and without compression nobody "
                  "can tell whether this is all");
}

static void
test_nothing_is_no_profile (void)
{
  g_autoptr (GBytes) body = text ("");
  ProfHttpReply      reply = reply_of (body);

  assert_refused (&reply, "the server sent nothing");
}

static void
test_html_is_recognised (void)
{
  static const char *const pages[] = { "<html><body>sign in",
                                       "<!DOCTYPE html>\n",
                                       " \n<HTML lang=x>" };
  g_autoptr (GBytes)       body = text ("x");
  g_autoptr (GBytes)       list = text ("<tr><td>1<td><a href='heap?debug=1'>"
                                        "<tr><td>2<td><a href='mutex?debug=1'>");
  ProfHttpReply            reply = reply_of (body);

  reply.type = "text/html; charset=utf-8";
  assert_refused (&reply, "the server sent HTML, not a profile");
  for (size_t p = 0; p < G_N_ELEMENTS (pages); p++)
    {
      g_autoptr (GBytes) page = text (pages[p]);

      reply = reply_of (page);
      assert_refused (&reply, "the server sent HTML, not a profile");
    }
  reply = reply_of (list);
  reply.type = "text/html";
  assert_refused (&reply,
                  "the server sent HTML, its list of profiles: heap, mutex");
}

static void
test_other_answers_are_told_in_the_servers_words (void)
{
  g_autoptr (GBytes) body = text ("Could not enable\r\n\tCPU \033[31mprofiling"
                                  "\xff\n");
  ProfHttpReply      reply = reply_of (body);

  reply.status = 500;
  reply.reason = "Internal Server Error";
  reply.type = "text/plain; charset=utf-8";
  assert_refused (&reply,
                  "the server answers 500 Internal Server Error: Could not "
                  "enable CPU [31mprofiling\xef\xbf\xbd");
  reply.type = "text/html";
  assert_refused (&reply, "the server answers 500 Internal Server Error");
  reply.type = NULL;
  reply.status = 299;
  reply.reason = "A\tb";
  assert_refused (&reply, "the server answers 299 A b");
  reply.reason = NULL;
  assert_refused (&reply, "the server answers 299");
}

static void
test_long_words_are_cut (void)
{
  g_autofree char   *words = g_strnfill (5000, 'a');
  g_autoptr (GBytes) body = text (words);
  g_autoptr (GError) error = NULL;
  ProfHttpReply      reply = reply_of (body);

  reply.status = 404;
  reply.type = "text/plain";
  g_assert_null (prof_http_reply_profile (&reply, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_cmpuint (strlen (error->message),
                    <,
                    PROF_MAX_HTTP_TEXT +
                        strlen ("the server answers 404 OK: "
                                "…") +
                        1);
  g_assert_true (g_str_has_suffix (error->message, "aa…"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/http-reply/" name, function)
  ADD ("bytes-stay-as-they-came", test_bytes_stay_as_they_came);
  ADD ("a-layer-around-a-compressed-file-goes",
       test_a_layer_around_a_compressed_file_goes);
  ADD ("a-layer-that-is-damaged-or-cut-off-is-an-error",
       test_a_layer_that_is_damaged_or_cut_off_is_an_error);
  ADD ("a-layer-around-a-bomb-is-refused",
       test_a_layer_around_a_bomb_is_refused);
  ADD ("other-encodings-are-refused", test_other_encodings_are_refused);
  ADD ("a-part-is-no-profile", test_a_part_is_no_profile);
  ADD ("nothing-is-no-profile", test_nothing_is_no_profile);
  ADD ("html-is-recognised", test_html_is_recognised);
  ADD ("other-answers-are-told-in-the-servers-words",
       test_other_answers_are_told_in_the_servers_words);
  ADD ("long-words-are-cut", test_long_words_are_cut);
  return g_test_run ();
}
