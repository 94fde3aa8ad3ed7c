/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "test-util.h"
#include "viewer-capture-store.h"
#include "viewer-capture.h"
#include "viewer-endpoints.h"
#include "viewer-location.h"
#include "viewer-problem.h"
#include "viewer-test.h"

#include <glib/gstdio.h>
#include <string.h>

/* --- Addresses --- */

static void
expect_name (const char *url, const char *name)
{
  g_autofree char *found = viewer_location_name (url);

  g_assert_cmpstr (found, ==, name);
}

static void
test_a_capture_is_named_after_profile_and_host (void)
{
  expect_name ("http://localhost:6060/debug/pprof/heap",
               "heap — localhost:6060");
  expect_name ("http://localhost:6060/debug/pprof/profile?seconds=5",
               "profile — localhost:6060");
  expect_name ("https://me:secret@api/debug/pprof/heap", "heap — api");
  expect_name ("http://[::1]:6060/debug/pprof/heap", "heap — [::1]:6060");
  expect_name ("http://api/", "api");
}

static void
test_a_file_is_named_after_what_is_in_it (void)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 7, 14, 9, 30, 0);
  g_autoptr (GBytes)    gzip = g_bytes_new_static ("\x1f\x8b\x08", 3);
  g_autoptr (GBytes)    plain = g_bytes_new_static ("\x0a\x04", 2);
  g_autofree char      *a = NULL;
  g_autofree char      *b = NULL;
  g_autofree char      *c = NULL;

  a = viewer_location_file_name ("http://localhost:6060/debug/pprof/heap",
                                 time,
                                 gzip);
  g_assert_cmpstr (a, ==, "heap-localhost-6060-20260714-093000.pb.gz");
  b = viewer_location_file_name ("http://api/debug/pprof/heap", time, plain);
  g_assert_cmpstr (b, ==, "heap-api-20260714-093000.pb");
  /* No folder, whatever a URL has. */
  c = viewer_location_file_name ("http://[::1]:1/..%2f..%2fx", time, plain);
  g_assert_cmpstr (c, ==, "2F..-2Fx-1-1-20260714-093000.pb");
}

static void
expect_index (const char *typed, const char *index)
{
  g_autofree char *found = viewer_location_index (typed);

  g_assert_cmpstr (found, ==, index);
}

static void
test_a_host_has_a_list (void)
{
  expect_index (":6060", "http://localhost:6060/debug/pprof/");
  expect_index ("api:6060", "http://api:6060/debug/pprof/");
  expect_index ("api:6060/", "http://api:6060/debug/pprof/");
  expect_index ("https://me:secret@api", "https://me:secret@api/debug/pprof/");
  expect_index ("api/debug/pprof", "http://api/debug/pprof/");
  expect_index ("https://api/x/debug/pprof/?y", "https://api/x/debug/pprof/");
}

static void
test_an_address_of_one_profile_has_none (void)
{
  expect_index ("api:6060/debug/pprof/heap", NULL);
  expect_index ("http://api/debug/pprof/profile?seconds=5", NULL);
  expect_index ("http://api/cpu.prof", NULL);
  expect_index ("http://", NULL);
  expect_index ("ftp://api", NULL);
  expect_index ("a b:1", NULL);
}

static void
test_a_profile_is_behind_the_list (void)
{
  g_autofree char *heap = NULL;
  g_autofree char *cpu = NULL;

  heap = viewer_location_profile ("http://api/debug/pprof/", "heap", 0);
  g_assert_cmpstr (heap, ==, "http://api/debug/pprof/heap");
  cpu = viewer_location_profile ("http://api/debug/pprof/", "profile", 5);
  g_assert_cmpstr (cpu, ==, "http://api/debug/pprof/profile?seconds=5");
}

static void
expect_recent (const char *joined)
{
  g_auto (GStrv)   recent = viewer_location_recent ();
  g_autofree char *found = g_strjoinv (" ", recent);

  g_assert_cmpstr (found, ==, joined);
}

static void
test_addresses_are_remembered_without_passwords (void)
{
  expect_recent ("");
  viewer_location_remember (":6060");
  viewer_location_remember ("https://me:secret@api");
  expect_recent ("https://api :6060");
  viewer_location_remember (":6060");
  expect_recent (":6060 https://api");
  for (int i = 1; i <= 2 * VIEWER_MAX_LOCATIONS; i++)
    {
      g_autofree char *address = g_strdup_printf (":%d", i);

      viewer_location_remember (address);
    }

  g_auto (GStrv) recent = viewer_location_recent ();

  g_assert_cmpuint (g_strv_length (recent), ==, VIEWER_MAX_LOCATIONS);
  viewer_location_forget_all ();
  expect_recent ("");
}

/* --- Capturing --- */

/* What it has told. */
typedef struct
{
  ViewerCapture *capture;
  unsigned       n_captured;
  unsigned       n_failed;
  GError        *error; /* the last */
} Fixture;

static void
captured (ViewerCapture *capture, Fixture *fixture)
{
  fixture->n_captured++;
}

static void
failed (ViewerCapture *capture, const GError *error, Fixture *fixture)
{
  fixture->n_failed++;
  g_clear_error (&fixture->error);
  fixture->error = g_error_copy (error);
}

static void
begin_url (Fixture *fixture, const char *url)
{
  *fixture = (Fixture){ .capture = viewer_capture_new (url) };
  g_signal_connect (fixture->capture,
                    "captured",
                    G_CALLBACK (captured),
                    fixture);
  g_signal_connect (fixture->capture, "failed", G_CALLBACK (failed), fixture);
  viewer_capture_start (fixture->capture);
}

/* Of the server, or of another whose port is @port. */
static void
begin (Fixture *fixture, const char *port, const char *path)
{
  g_autofree char *url = NULL;

  url = g_strdup_printf ("http://127.0.0.1:%s/%s", g_getenv (port), path);
  begin_url (fixture, url);
}

/* A worker lets go of it a moment after its answer has come. */
static void
end (Fixture *fixture)
{
  gpointer left = fixture->capture;

  viewer_capture_cancel (fixture->capture);
  g_object_add_weak_pointer (G_OBJECT (fixture->capture), &left);
  g_object_unref (fixture->capture);
  wait_until (left == NULL);
  g_clear_error (&fixture->error);
}

static bool
is_over (Fixture *fixture)
{
  return !viewer_capture_is_running (fixture->capture, NULL, NULL);
}

static bool
begins_with (const char *text, const char *start)
{
  return strncmp (text, start, strlen (start)) == 0;
}

static void
test_bytes_are_kept_exactly_as_they_came (void)
{
  Fixture            fixture;
  g_autoptr (GFile)  file = example_file ("qrcode-cpu.prof");
  g_autoptr (GBytes) bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  ViewerShot        *shot;

  begin (&fixture, "SERVER_PORT", "good");
  wait_until (is_over (&fixture));
  g_assert_cmpuint (fixture.n_captured, ==, 1);
  g_assert_cmpuint (viewer_capture_n_shots (fixture.capture), ==, 1);
  shot = viewer_capture_last (fixture.capture);
  g_assert_true (g_bytes_equal (shot->bytes, bytes));
  g_assert_cmpuint (shot->number, ==, 1);
  g_assert_cmpstr (shot->total, ==, "7.51 s");
  end (&fixture);
}

static void
test_a_cpu_profile_is_counted_down (void)
{
  Fixture          fixture;
  ProfHttpStatus   status = { 0 };
  g_autofree char *text = NULL;
  double           elapsed_s;

  begin (&fixture, "SERVER_PORT", "measures?seconds=2");
  g_assert_true (
      viewer_capture_is_running (fixture.capture, &elapsed_s, &status));
  g_assert_cmpuint (status.seconds, ==, 2);
  wait_until (viewer_capture_fraction (fixture.capture) > 0.5);
  text = viewer_capture_describe (fixture.capture);
  g_assert_cmpstr (text, ==, "Collecting… 1 of 2 s");
  wait_until (is_over (&fixture));
  g_assert_cmpuint (fixture.n_captured, ==, 1);
  end (&fixture);
}

static void
test_cancelling_ends_it_at_once (void)
{
  static const char *const paths[] = { "silent",
                                       "measures?seconds=20",
                                       "stops-in-the-middle",
                                       "endless-body",
                                       "drips-its-head" };

  for (size_t i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      Fixture fixture;
      gint64  began;

      begin (&fixture, "SERVER_PORT", paths[i]);
      wait_ms (200);
      began = g_get_monotonic_time ();
      viewer_capture_cancel (fixture.capture);
      g_assert_true (is_over (&fixture));
      /* Its thread lets go of the object. */
      wait_until (G_OBJECT (fixture.capture)->ref_count == 1);
      g_assert_cmpint (g_get_monotonic_time () - began, <, 3 * G_USEC_PER_SEC);
      g_assert_cmpuint (fixture.n_captured + fixture.n_failed, ==, 0);
      end (&fixture);
    }
}

static void
test_after_cancelling_it_begins_anew (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "measures?seconds=1");
  viewer_capture_cancel (fixture.capture);
  viewer_capture_start (fixture.capture);
  /* Not twice at once. */
  viewer_capture_start (fixture.capture);
  wait_until (is_over (&fixture));
  wait_ms (300);
  g_assert_cmpuint (fixture.n_captured, ==, 1);
  end (&fixture);
}

static void
test_only_the_last_ones_are_kept (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "good");
  for (unsigned i = 1; i < VIEWER_MAX_SHOTS + 3; i++)
    {
      wait_until (is_over (&fixture));
      viewer_capture_start (fixture.capture);
    }
  wait_until (is_over (&fixture));
  g_assert_cmpuint (viewer_capture_n_shots (fixture.capture),
                    ==,
                    VIEWER_MAX_SHOTS);
  g_assert_cmpuint (viewer_capture_nth_shot (fixture.capture, 0)->number,
                    ==,
                    4);
  g_assert_null (viewer_capture_find (fixture.capture, 3));
  g_assert_cmpuint (viewer_capture_find (fixture.capture, 4)->number, ==, 4);
  g_assert_cmpuint (viewer_capture_last (fixture.capture)->number,
                    ==,
                    VIEWER_MAX_SHOTS + 3);
  end (&fixture);
}

static unsigned
n_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  unsigned         n = 0;

  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

static ViewerShot *
shot_at (int second)
{
  ViewerShot *shot = g_new0 (ViewerShot, 1);

  g_atomic_ref_count_init (&shot->ref_count);
  shot->time = g_date_time_new_utc (2026, 7, 14, 9, 30, second);
  shot->bytes = g_bytes_new_static ("\x1f\x8b", 2);
  return shot;
}

static void
test_the_store_keeps_the_last_ones (void)
{
  g_autofree char *folder = viewer_capture_store_folder ();
  g_autofree char *other = g_build_filename (folder, "notes.txt", NULL);

  for (int i = 0; i < VIEWER_MAX_STORED + 5; i++)
    {
      g_autoptr (GError)     error = NULL;
      g_autoptr (ViewerShot) shot = shot_at (i);
      g_autoptr (GFile)      file = NULL;
      GStatBuf               status;

      file = viewer_capture_store ("http://api/debug/pprof/heap", shot, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_stat (g_file_peek_path (file), &status), ==, 0);
      g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
      /* A file of somebody else stays. */
      if (i == 0)
        g_assert_true (g_file_set_contents (other, "x", 1, NULL));
    }
  g_assert_cmpuint (n_files (folder), ==, VIEWER_MAX_STORED + 1);
}

/* --- What goes wrong --- */

static const struct
{
  const char *path;
  const char *title;
  const char *message; /* how it begins */
} wrong[] = {
  { "not-found", "No Such Profile", "the server answers 404" },
  { "busy",
    "The Server Refuses",
    "the server answers 500 Internal Server Error: Could not enable CPU" },
  { "sign-in", "The Server Refuses", "the server answers 401" },
  { "wordy", "The Server Refuses", "the server answers 503" },
  { "html", "Not a Profile", "the server sent HTML" },
  { "json", "Not a Profile", "" },
  { "gzip-of-gzip", "Not a Profile", "" },
  { "noise", "Nothing Was Captured", "the answer is not HTTP" },
  { "too-short", "The Answer Ends Early", "" },
  { "a-cut-chunk", "The Answer Ends Early", "" },
  { "no-last-chunk", "The Answer Ends Early", "" },
  { "nothing", "The Answer Is Empty", "the server sent nothing" },
  { "claims-ten-gigabytes", "The Answer Is Too Large", "" },
  { "encoded-as-br", "Nothing Was Captured", "" },
  { "a-circle", "Nothing Was Captured", "" },
  { "to-nowhere", "Nothing Was Captured", "the server redirects" },
  { "to?file:///etc/passwd", "Nothing Was Captured", "the server redirects" },
  { "hangs-up", "Nothing Was Captured", "" },
};

static void
test_what_goes_wrong_is_told_and_nothing_kept (void)
{
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      Fixture                   fixture;
      g_autoptr (ViewerProblem) problem = NULL;
      g_autofree char          *text = NULL;

      g_test_message ("%s", wrong[i].path);
      begin (&fixture, "SERVER_PORT", wrong[i].path);
      wait_until (is_over (&fixture));
      g_assert_cmpuint (fixture.n_captured, ==, 0);
      g_assert_cmpuint (fixture.n_failed, ==, 1);
      g_assert_cmpuint (viewer_capture_n_shots (fixture.capture), ==, 0);
      problem = viewer_problem_new_for_capture (fixture.error, "address");
      g_test_message ("%s", problem->message);
      g_assert_cmpstr (problem->title, ==, wrong[i].title);
      g_assert_true (begins_with (fixture.error->message, wrong[i].message));
      text = viewer_capture_describe (fixture.capture);
      g_assert_true (begins_with (text, "Not captured: "));
      g_assert_null (strchr (text, '\n'));
      end (&fixture);
    }
}

static void
test_a_server_that_is_gone_is_told (void)
{
  Fixture fixture;

  /* The port of nothing that tests start. */
  begin_url (&fixture, "http://127.0.0.1:1/debug/pprof/heap");
  wait_until (is_over (&fixture));
  g_assert_error (fixture.error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  end (&fixture);
}

static void
test_certificates_are_checked (void)
{
  Fixture          fixture;
  g_autofree char *url = NULL;

  url = g_strdup_printf ("https://127.0.0.1:%s/good", g_getenv ("SECURE_PORT"));
  begin_url (&fixture, url);
  wait_until (is_over (&fixture));
  g_assert_cmpuint (fixture.n_captured, ==, 0);
  g_assert_cmpuint (fixture.error->domain, ==, G_TLS_ERROR);
  end (&fixture);
}

static void
test_another_host_is_followed_only_when_allowed (void)
{
  Fixture          fixture;
  g_autofree char *path = NULL;

  path = g_strdup_printf ("to?http://127.0.0.1:%s/good",
                          g_getenv ("OTHER_PORT"));
  begin (&fixture, "SERVER_PORT", path);
  viewer_capture_watch (fixture.capture, 1);
  wait_until (is_over (&fixture));
  g_assert_error (fixture.error, PROF_ERROR, PROF_ERROR_REDIRECT);
  /* A question is asked once. */
  g_assert_cmpuint (viewer_capture_get_interval (fixture.capture), ==, 0);
  viewer_capture_follow (fixture.capture);
  viewer_capture_start (fixture.capture);
  wait_until (is_over (&fixture));
  g_assert_cmpuint (fixture.n_captured, ==, 1);
  g_assert_null (viewer_capture_get_error (fixture.capture));
  end (&fixture);
}

/* --- Watching --- */

static void
test_watching_goes_on_until_it_is_ended (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "good");
  viewer_capture_watch (fixture.capture, 1);
  wait_until (fixture.n_captured == 3);

  g_autofree char *text = viewer_capture_describe (fixture.capture);

  g_assert_cmpstr (text, ==, "Next in 1 s");
  viewer_capture_watch (fixture.capture, 0);
  wait_ms (1500);
  g_assert_cmpuint (fixture.n_captured, ==, 3);
  end (&fixture);
}

static void
test_watching_outlives_a_failure (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "busy");
  viewer_capture_watch (fixture.capture, 1);
  wait_until (fixture.n_failed == 2);
  g_assert_cmpuint (viewer_capture_get_interval (fixture.capture), ==, 1);
  end (&fixture);
}

static void
test_cancelling_ends_the_watch (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "good");
  viewer_capture_watch (fixture.capture, 1);
  wait_until (fixture.n_captured == 1);
  viewer_capture_cancel (fixture.capture);
  wait_ms (1500);
  g_assert_cmpuint (fixture.n_captured, ==, 1);
  end (&fixture);
}

/* --- A real program --- */

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

/* (transfer full) (nullable) */
static GPtrArray *
list (const char *port, GError **error)
{
  g_autofree char *typed = g_strdup_printf ("127.0.0.1:%s", g_getenv (port));
  g_autofree char *index = viewer_location_index (typed);
  g_autoptr (GAsyncResult) result = NULL;

  viewer_endpoints_list_async (index, NULL, take_result, &result);
  wait_until (result != NULL);
  return viewer_endpoints_list_finish (result, error);
}

static void
test_a_server_without_a_list_is_told (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (list ("SERVER_PORT", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_the_usual_profiles_are_known (void)
{
  g_autoptr (GPtrArray) usual = viewer_endpoints_usual ();
  const ViewerEndpoint *first = usual->pdata[0];

  g_assert_cmpuint (usual->len, ==, 7);
  g_assert_cmpstr (first->name, ==, "profile");
  g_assert_true (first->measures);
  g_assert_false (first->has_count);
}

static bool
is_without_go (void)
{
  if (g_getenv ("GO_PORT") != NULL)
    return false;
  g_test_skip ("go is not installed");
  return true;
}

static void
test_a_go_program_lists_its_profiles (void)
{
  static const char *const expected[] = { "profile",     "heap",  "allocs",
                                          "goroutine",   "block", "mutex",
                                          "threadcreate" };
  g_autoptr (GError)       error = NULL;
  g_autoptr (GPtrArray)    all = NULL;

  if (is_without_go ())
    return;
  all = list ("GO_PORT", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < all->len; i++)
    {
      const ViewerEndpoint *endpoint = all->pdata[i];

      g_assert_cmpstr (endpoint->name, ==, expected[i]);
      g_assert_cmpstr (endpoint->title, !=, "");
      g_assert_true (endpoint->has_count == (i > 0));
      if (strcmp (endpoint->name, "goroutine") == 0)
        g_assert_cmpuint (endpoint->count, >, 1);
    }
}

static void
test_every_profile_of_a_go_program_is_captured (void)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autofree char      *index = NULL;

  if (is_without_go ())
    return;
  all = list ("GO_PORT", NULL);
  index = g_strdup_printf ("http://127.0.0.1:%s/debug/pprof/",
                           g_getenv ("GO_PORT"));
  for (guint i = 0; i < all->len; i++)
    {
      const ViewerEndpoint *endpoint = all->pdata[i];
      Fixture               fixture;
      g_autofree char      *url = NULL;

      url = viewer_location_profile (index,
                                     endpoint->name,
                                     endpoint->measures ? 1 : 0);
      begin_url (&fixture, url);
      wait_until (is_over (&fixture));
      g_assert_no_error (fixture.error);
      g_assert_cmpuint (fixture.n_captured, ==, 1);
      end (&fixture);
    }
}

static void
test_built_without_http_it_says_so (void)
{
  Fixture fixture;

  begin (&fixture, "SERVER_PORT", "good");
  wait_until (is_over (&fixture));
  g_assert_error (fixture.error, PROF_ERROR, PROF_ERROR_UNSUPPORTED);
  end (&fixture);
}

static void
add_tests_with_http (void)
{
  g_test_add_func ("/capture/bytes-are-kept-exactly-as-they-came",
                   test_bytes_are_kept_exactly_as_they_came);
  g_test_add_func ("/capture/a-cpu-profile-is-counted-down",
                   test_a_cpu_profile_is_counted_down);
  g_test_add_func ("/capture/cancelling-ends-it-at-once",
                   test_cancelling_ends_it_at_once);
  g_test_add_func ("/capture/after-cancelling-it-begins-anew",
                   test_after_cancelling_it_begins_anew);
  g_test_add_func ("/capture/only-the-last-ones-are-kept",
                   test_only_the_last_ones_are_kept);
  g_test_add_func ("/capture/what-goes-wrong-is-told-and-nothing-kept",
                   test_what_goes_wrong_is_told_and_nothing_kept);
  g_test_add_func ("/capture/a-server-that-is-gone-is-told",
                   test_a_server_that_is_gone_is_told);
  g_test_add_func ("/capture/certificates-are-checked",
                   test_certificates_are_checked);
  g_test_add_func ("/capture/another-host-is-followed-only-when-allowed",
                   test_another_host_is_followed_only_when_allowed);
  g_test_add_func ("/capture/watching-goes-on-until-it-is-ended",
                   test_watching_goes_on_until_it_is_ended);
  g_test_add_func ("/capture/watching-outlives-a-failure",
                   test_watching_outlives_a_failure);
  g_test_add_func ("/capture/cancelling-ends-the-watch",
                   test_cancelling_ends_the_watch);
  g_test_add_func ("/endpoints/a-server-without-a-list-is-told",
                   test_a_server_without_a_list_is_told);
  g_test_add_func ("/endpoints/a-go-program-lists-its-profiles",
                   test_a_go_program_lists_its_profiles);
  g_test_add_func ("/endpoints/every-profile-of-a-go-program-is-captured",
                   test_every_profile_of_a_go_program_is_captured);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/location/a-capture-is-named-after-profile-and-host",
                   test_a_capture_is_named_after_profile_and_host);
  g_test_add_func ("/location/a-file-is-named-after-what-is-in-it",
                   test_a_file_is_named_after_what_is_in_it);
  g_test_add_func ("/location/a-host-has-a-list", test_a_host_has_a_list);
  g_test_add_func ("/location/an-address-of-one-profile-has-none",
                   test_an_address_of_one_profile_has_none);
  g_test_add_func ("/location/a-profile-is-behind-the-list",
                   test_a_profile_is_behind_the_list);
  g_test_add_func ("/location/addresses-are-remembered-without-passwords",
                   test_addresses_are_remembered_without_passwords);
  g_test_add_func ("/endpoints/the-usual-profiles-are-known",
                   test_the_usual_profiles_are_known);
  g_test_add_func ("/capture-store/it-keeps-the-last-ones",
                   test_the_store_keeps_the_last_ones);
  if (prof_http_is_built ())
    add_tests_with_http ();
  else
    g_test_add_func ("/capture/built-without-http-it-says-so",
                     test_built_without_http_it_says_so);
  return g_test_run ();
}
