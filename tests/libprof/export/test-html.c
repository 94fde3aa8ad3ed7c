/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"

#include "export/prof-html.h"
#include <gio/gio.h>
#include <string.h>

static char *
page_within (ProfTree *tree, const ProfExportOptions *options, size_t max_bytes)
{
  g_autoptr (GError) error = NULL;
  GString           *out = g_string_new (NULL);
  ProfSink           sink = prof_sink_to_string (out);

  g_assert_true (prof_html_write (tree, options, max_bytes, &sink, &error));
  g_assert_no_error (error);
  return g_string_free (out, FALSE);
}

static char *
page_of (const char *text, const ProfExportOptions *options)
{
  g_autoptr (ProfTree)    tree = test_tree (text, 0);
  const ProfExportOptions usual = PROF_EXPORT_OPTIONS_INIT;

  return page_within (tree,
                      options != NULL ? options : &usual,
                      PROF_HTML_MAX_BYTES);
}

/* What stands between two texts, the first time. */
static char *
between (const char *page, const char *start, const char *end)
{
  const char *from = strstr (page, start);
  const char *to;

  g_assert_nonnull (from);
  from += strlen (start);
  to = strstr (from, end);
  g_assert_nonnull (to);
  return g_strndup (from, (size_t)(to - from));
}

static size_t
count (const char *text, const char *part)
{
  size_t n = 0;

  for (const char *at = text; (at = strstr (at, part)) != NULL; at++)
    n++;
  return n;
}

static void
assert_contains (const char *text, const char *part)
{
  if (strstr (text, part) == NULL)
    g_test_message ("not there: %s", part);
  g_assert_nonnull (strstr (text, part));
}

static char *
json_of (const char *page)
{
  return between (page, "id=\"page-facts\">", "</script>");
}

static char *
data_of (const char *page)
{
  return between (page, "id=\"page-data\">", "</script>");
}

static char *
digest_of (const char *text)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8                digest[32];
  gsize                 length = sizeof digest;
  g_autofree char      *base64 = NULL;

  g_checksum_update (sum, (const guchar *)text, -1);
  g_checksum_get_digest (sum, digest, &length);
  base64 = g_base64_encode (digest, length);
  return g_strdup_printf ("'sha256-%s'", base64);
}

static void
test_policy (void)
{
  g_autofree char *page = page_of ("main;work 1\n", NULL);
  g_autofree char *script = between (page, "<script>", "</script>");
  g_autofree char *style = between (page, "<style>", "</style>");
  g_autofree char *script_digest = digest_of (script);
  g_autofree char *style_digest = digest_of (style);
  g_autofree char *policy = between (page,
                                     "Security-Policy\" content=\"",
                                     "\"");
  g_autofree char *expected = g_strdup_printf (
      "default-src 'none'; script-src %s; style-src %s; base-uri 'none'; "
      "form-action 'none'",
      script_digest,
      style_digest);

  g_assert_true (g_str_has_prefix (page, "<!DOCTYPE html>\n<!-- SPDX"));
  g_assert_cmpstr (policy, ==, expected);
  g_assert_cmpuint (count (page, "<script"), ==, 3);
  g_assert_cmpuint (count (page, "</script"), ==, 3);
  g_assert_null (strstr (script, "<!--"));
  g_assert_null (strstr (script, "innerHTML"));
  g_assert_null (strstr (script, "eval"));
}

static void
test_no_network (void)
{
  g_autofree char *page = page_of ("main;work 1\n", NULL);

  for (const char *const *word = (const char *const[]){ "http:",
                                                        "https:",
                                                        " src=",
                                                        " href=",
                                                        "url(",
                                                        "@import",
                                                        "fetch(",
                                                        "XMLHttpRequest",
                                                        "import(",
                                                        NULL };
       *word != NULL;
       word++)
    g_assert_cmpuint (count (page, *word), ==, 0);
}

static void
test_the_script_is_the_same (void)
{
  g_autofree char *one = page_of ("main;work 1\n", NULL);
  g_autofree char *other = page_of ("#types a/bytes\n</script> 7\n", NULL);
  g_autofree char *one_script = between (one, "<script>", "</script>");
  g_autofree char *other_script = between (other, "<script>", "</script>");

  g_assert_cmpstr (one_script, ==, other_script);
}

static void
test_same_bytes (void)
{
  g_autofree char *one = page_of ("main;work 1\nmain;rest 2\n", NULL);
  g_autofree char *other = page_of ("main;work 1\nmain;rest 2\n", NULL);

  g_assert_cmpstr (one, ==, other);
}

static void
test_data_can_be_unpacked (void)
{
  g_autofree char              *page = page_of ("main;work 1\n", NULL);
  g_autofree char              *base64 = data_of (page);
  gsize                         length;
  g_autofree guchar            *packed = g_base64_decode (base64, &length);
  g_autoptr (GZlibDecompressor) inflate = g_zlib_decompressor_new (
      G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  char    plain[4096];
  gsize   n_read;
  gsize   n_written;
  GError *error = NULL;

  g_converter_convert (G_CONVERTER (inflate),
                       packed,
                       length,
                       plain,
                       sizeof plain,
                       G_CONVERTER_INPUT_AT_END,
                       &n_read,
                       &n_written,
                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_read, ==, length);
  /* Names first: a length, then a line for each. */
  g_assert_cmpint (plain[0], ==, 10);
  g_assert_cmpmem (plain + 1, 10, "work\nmain\n", 10);
  /* No time and no name in the head of the gzip member. */
  g_assert_cmpmem (packed, 8, "\x1f\x8b\x08\0\0\0\0\0", 8);
}

static void
test_texts_are_no_markup (void)
{
  static const char *const filters[] = { "focus=</p><script>f()</script>",
                                         NULL };
  const char              *evil = "</title></script><script>alert(1)</script>";
  ProfExportOptions        options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char         *page = NULL;

  options.title = evil;
  options.subtitle = evil;
  options.file_name = "<!--\"x'.prof";
  options.notes = "\"><script>n()</script>";
  options.search_text = "</script><!--<script>";
  options.font_family = evil;
  options.count_name = evil;
  options.filters = filters;
  page = page_of ("</script><b>.f;</style> 1\n", &options);
  g_assert_cmpuint (count (page, "<script"), ==, 3);
  g_assert_cmpuint (count (page, "</script"), ==, 3);
  g_assert_cmpuint (count (page, "</style"), ==, 1);
  g_assert_cmpuint (count (page, "<!--"), ==, 1); /* the licence */
  assert_contains (page, "<title>&lt;/title&gt;&lt;/script&gt;");
  assert_contains (page, "content=\"&quot;&gt;&lt;script&gt;n()");
  assert_contains (page, "\"search\":\"\\u003c/script>\\u003c!--");
}

static void
test_marks_in_texts_are_texts (void)
{
  ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char  *page = NULL;

  options.title = "@data@ @script@";
  page = page_of ("main 1\n", &options);
  assert_contains (page, "<title>@data@ @script@</title>");
  g_assert_cmpuint (count (page, "@data@"), ==, 3); /* title, heading, JSON */
}

static void
test_bytes_that_are_no_text (void)
{
  ProfExportOptions options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char  *page = NULL;

  options.title = "t\xff\x01";
  options.subtitle = "s\xc3";
  options.file_name = "\xfe.prof";
  options.search_text = "\xed\xa0\x80";
  options.notes = "n\x80";
  page = page_of ("#types c\xff/u\xfe\nf\xff;g\x01 1\n", &options);
  g_assert_true (g_utf8_validate (page, -1, NULL));
}

static void
test_what_it_begins_with (void)
{
  g_autoptr (ProfTree) tree = test_tree ("main;a 60\nmain;b 40\n", 0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char *usual = page_within (tree, &options, PROF_HTML_MAX_BYTES);
  g_autofree char *usual_json = json_of (usual);
  g_autofree char *asked = NULL;
  g_autofree char *json = NULL;

  assert_contains (usual_json, "\"theme\":\"\"");
  assert_contains (usual_json, "\"flame\":false");
  assert_contains (usual_json, "\"zoom\":0,\n\"view\":[0,0]");
  assert_contains (usual_json, "\"row\":20,\n\"font\":12,");
  options.flame = true;
  options.fixed_theme = true;
  options.zoom_root = test_node (tree, "b");
  options.start = 60;
  options.end = 100;
  options.search_text = "a\"b";
  options.row_px = 10;
  options.min_width_px = 0.5;
  asked = page_within (tree, &options, PROF_HTML_MAX_BYTES);
  json = json_of (asked);
  assert_contains (json, "\"theme\":\"light\"");
  assert_contains (json, "\"flame\":true");
  assert_contains (json, "\"zoom\":3,\n\"view\":[60,100]");
  assert_contains (json, "\"search\":\"a\\\"b\"");
  assert_contains (json, "\"row\":11,\n\"font\":6,");
  assert_contains (json, "\"minWidth\":0.5");
}

static void
test_facts (void)
{
  static const char *const filters[] = { "focus=main", "hide=x", NULL };
  ProfExportOptions        options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char         *page = NULL;

  options.file_name = "/some/where/a&b.prof";
  options.filters = filters;
  options.notes = "before the fix";
  page = page_of ("#types cpu/nanoseconds\nmain;a 1500000000\n", &options);
  assert_contains (page, "<h1>CPU time</h1>");
  assert_contains (page, "<p class=\"facts\">1.5 s of CPU time</p>");
  assert_contains (page, "a&amp;b.prof · focus=main, hide=x · Flambeau");
  assert_contains (page, "<dt>Sample type</dt><dd>cpu</dd>");
  assert_contains (page, "<dt>Total</dt><dd>1 500 000 000 nanoseconds</dd>");
  assert_contains (page, "<dt>Filters</dt><dd>focus=main, hide=x</dd>");
  assert_contains (page, "<dt>Note</dt><dd>before the fix</dd>");
  g_assert_null (strstr (page, "Left out"));
  g_assert_null (strstr (page, "/some/where"));
}

static void
test_no_samples (void)
{
  g_autofree char *page = page_of ("", NULL);
  g_autofree char *json = json_of (page);

  assert_contains (json, "\"nodes\":1,\"frames\":0,\"rows\":0,");
}

/* A tree that gzip cannot make small: distinct paths with random values. */
static ProfTree *
wide_tree (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  uint32_t            state = 1;

  for (int i = 0; i < 20000; i++)
    {
      uint32_t parts[4];

      for (int j = 0; j < 4; j++)
        {
          state = state * 1664525u + 1013904223u;
          parts[j] = state >> 16;
        }
      g_string_append_printf (text,
                              "f%u;g%u;h%u %u\n",
                              parts[0] % 20,
                              parts[1] % 60,
                              parts[2] % 400,
                              parts[3] % 9973 + 1);
    }
  return test_tree (text->str, 0);
}

static void
test_what_is_too_large_is_cut (void)
{
  g_autoptr (ProfTree) tree = wide_tree ();
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  size_t               limit = 196608 + 40000;
  g_autofree char *whole = page_within (tree, &options, PROF_HTML_MAX_BYTES);
  g_autofree char *page = page_within (tree, &options, limit);
  g_autofree char *again = page_within (tree, &options, limit);

  g_assert_cmpuint (strlen (whole), >, strlen (page));
  g_assert_cmpuint (strlen (page), <=, limit);
  /* Most of the room is used, not thrown away. */
  g_autofree char *data = data_of (page);
  g_assert_cmpuint (strlen (data), >, 40000 / 2);
  g_assert_cmpstr (page, ==, again);
  assert_contains (page, "are too many for a page and added up");
  assert_contains (page, "<dt>Left out</dt><dd>");
  g_assert_null (strstr (whole, "too many for a page"));
}

static void
test_names_are_never_cut (void)
{
  g_autoptr (ProfTree) tree = wide_tree ();
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  g_autofree char     *page = page_within (tree, &options, 1);
  g_autofree char     *json = json_of (page);

  /* The root, and all else as one. */
  assert_contains (json, "\"nodes\":2,\"frames\":480,\"rows\":480,");
}

static void
test_the_rest_is_small (void)
{
  g_autofree char *page = page_of ("main 1\n", NULL);

  g_assert_cmpuint (strlen (page), <, 196608);
}

static bool
refuse (void *data, const void *bytes, size_t length, GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return false;
}

static void
test_a_full_disk (void)
{
  g_autoptr (GError)   error = NULL;
  g_autoptr (ProfTree) tree = test_tree ("a;b 1\n", 0);
  ProfExportOptions    options = PROF_EXPORT_OPTIONS_INIT;
  ProfSink             sink = { .write = refuse };

  g_assert_false (
      prof_html_write (tree, &options, PROF_HTML_MAX_BYTES, &sink, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) g_test_add_func ("/html/" path, test_##function)
  ADD ("the-policy-names-the-script", policy);
  ADD ("nothing-asks-the-network", no_network);
  ADD ("the-script-is-the-same-in-each", the_script_is_the_same);
  ADD ("the-same-input-gives-the-same-bytes", same_bytes);
  ADD ("the-data-can-be-unpacked", data_can_be_unpacked);
  ADD ("texts-are-no-markup", texts_are_no_markup);
  ADD ("marks-in-texts-are-texts", marks_in_texts_are_texts);
  ADD ("bytes-that-are-no-text-are-replaced", bytes_that_are_no_text);
  ADD ("a-page-begins-as-asked", what_it_begins_with);
  ADD ("facts-are-there", facts);
  ADD ("without-samples-there-is-a-page", no_samples);
  ADD ("what-is-too-large-is-cut", what_is_too_large_is_cut);
  ADD ("names-are-never-cut", names_are_never_cut);
  ADD ("what-is-not-data-is-small", the_rest_is_small);
  ADD ("a-full-disk-is-said", a_full_disk);
#undef ADD
  return g_test_run ();
}
