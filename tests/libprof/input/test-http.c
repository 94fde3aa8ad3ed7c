/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-http.h"

#include "base/prof-error.h"
#include "input/prof-gzip.h"
#include <string.h>

/* A server on the loopback, a thread for each connection. What a hostile one
 * does to the command is in tests/cli/test-fetch.py. */
typedef struct
{
  GSocketService *service;
  guint16         port;
  GBytes         *profile;
} Fixture;

static void
answer (GOutputStream *out, const char *type, GBytes *body)
{
  gsize            length;
  const void      *data = g_bytes_get_data (body, &length);
  g_autofree char *head = NULL;

  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Type: %s\r\n"
                          "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                          type,
                          length);
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (out, data, length, NULL, NULL, NULL);
}

static void
redirect (GOutputStream *out, const char *location)
{
  g_autofree char *head = NULL;

  head = g_strdup_printf ("HTTP/1.1 302 Found\r\nLocation: %s\r\n"
                          "Content-Length: 0\r\n\r\n",
                          location);
  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
}

/* Silent until the client has had enough. The fixture may be gone by then. */
static void
wait_for_end (GInputStream *in)
{
  char byte;

  while (g_input_stream_read (in, &byte, 1, NULL, NULL) > 0)
    ;
}

static gboolean
serve (GThreadedSocketService *service,
       GSocketConnection      *connection,
       GObject                *source,
       gpointer                data)
{
  const Fixture     *fixture = data;
  GIOStream         *both = G_IO_STREAM (connection);
  GInputStream      *in = g_io_stream_get_input_stream (both);
  GOutputStream     *out = g_io_stream_get_output_stream (both);
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>list", 10);
  char               request[4096] = "";

  g_input_stream_read (in, request, sizeof request - 1, NULL, NULL);
  if (g_str_has_prefix (request, "GET /profile "))
    answer (out, "application/octet-stream", fixture->profile);
  else if (g_str_has_prefix (request, "GET /page "))
    answer (out, "text/html", page);
  else if (g_str_has_prefix (request, "GET /elsewhere "))
    redirect (out, "http://nowhere.invalid/profile");
  else
    wait_for_end (in);
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (GInetAddress)   loopback = NULL;
  g_autoptr (GSocketAddress) any_port = NULL;
  g_autoptr (GSocketAddress) chosen = NULL;

  fixture->profile = prof_gzip_compress ("a profile", 9, &error);
  g_assert_no_error (error);
  loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  any_port = g_inet_socket_address_new (loopback, 0);
  fixture->service = g_threaded_socket_service_new (-1);
  g_socket_listener_add_address (G_SOCKET_LISTENER (fixture->service),
                                 any_port,
                                 G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP,
                                 NULL,
                                 &chosen,
                                 &error);
  g_assert_no_error (error);
  fixture->port = g_inet_socket_address_get_port (
      G_INET_SOCKET_ADDRESS (chosen));
  g_signal_connect (fixture->service, "run", G_CALLBACK (serve), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_object_unref (fixture->service);
  g_bytes_unref (fixture->profile);
}

/* The service accepts in the main context; fetching blocks, so it is done on a
 * thread, as in a window. */
typedef struct
{
  ProfHttpRequest request;
  GCancellable   *cancellable;
  ProfHttpNotify  notify;
  void           *data;

  GBytes *bytes;
  GError *error;
  gint    is_done;
} Call;

static gpointer
run_call (gpointer data)
{
  Call *call = data;

  call->bytes = prof_http_fetch (&call->request,
                                 call->cancellable,
                                 call->notify,
                                 call->data,
                                 &call->error);
  g_atomic_int_set (&call->is_done, 1);
  g_main_context_wakeup (NULL);
  return NULL;
}

static void
fetch (const Fixture *fixture, const char *path, Call *call)
{
  g_autofree char *url = NULL;
  GThread         *thread;

  url = g_strdup_printf ("http://127.0.0.1:%u/%s", fixture->port, path);
  call->request.url = url;
  thread = g_thread_new ("call", run_call, call);
  while (!g_atomic_int_get (&call->is_done))
    g_main_context_iteration (NULL, TRUE);
  g_thread_join (thread);
}

static void
call_clear (Call *call)
{
  g_clear_pointer (&call->bytes, g_bytes_unref);
  g_clear_error (&call->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Call, call_clear)

static void
test_bytes_come_as_they_are (Fixture *fixture, gconstpointer data)
{
  g_auto (Call) call = { 0 };

  fetch (fixture, "profile", &call);
  g_assert_no_error (call.error);
  g_assert_true (g_bytes_equal (call.bytes, fixture->profile));
}

static void
test_a_page_is_given_to_whom_wants_one (Fixture *fixture, gconstpointer data)
{
  g_auto (Call) wants_profile = { 0 };
  g_auto (Call) wants_page = { .request = { .is_page = true } };

  fetch (fixture, "page", &wants_profile);
  g_assert_error (wants_profile.error, PROF_ERROR, PROF_ERROR_UNRECOGNIZED);
  fetch (fixture, "page", &wants_page);
  g_assert_no_error (wants_page.error);
  g_assert_cmpmem (g_bytes_get_data (wants_page.bytes, NULL),
                   g_bytes_get_size (wants_page.bytes),
                   "<html>list",
                   10);
}

static void
test_another_host_has_a_code_of_its_own (Fixture *fixture, gconstpointer data)
{
  g_auto (Call) call = { 0 };

  fetch (fixture, "elsewhere", &call);
  g_assert_error (call.error, PROF_ERROR, PROF_ERROR_REDIRECT);
}

static void
test_time_ends (Fixture *fixture, gconstpointer data)
{
  g_auto (Call) call = { .request = { .timeout_s = 0.3 } };
  gint64        start = g_get_monotonic_time ();

  fetch (fixture, "silent", &call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (g_get_monotonic_time () - start,
                   >=,
                   300 * G_TIME_SPAN_MILLISECOND);
}

static void
cancel_while_waiting (const ProfHttpStatus *status, void *data)
{
  if (status->phase == PROF_HTTP_WAITING)
    g_cancellable_cancel (data);
}

static void
test_a_cancelled_fetch_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Call)            call = {
               .cancellable = cancellable,
               .notify = cancel_while_waiting,
               .data = cancellable,
  };

  fetch (fixture, "silent", &call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_what_is_cancelled_before_is_not_begun (Fixture      *fixture,
                                            gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (Call)            call = { .cancellable = cancellable };

  g_cancellable_cancel (cancellable);
  fetch (fixture, "silent", &call);
  g_assert_error (call.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
note_seconds (const ProfHttpStatus *status, void *data)
{
  *(unsigned *)data = status->seconds;
}

static void
test_how_long_it_measures_is_told (Fixture *fixture, gconstpointer data)
{
  unsigned      seconds = 0;
  g_auto (Call) call = {
    .request = { .timeout_s = 0.3 },
    .notify = note_seconds,
    .data = &seconds,
  };

  fetch (fixture, "silent?seconds=7", &call);
  g_assert_cmpuint (seconds, ==, 7);
}

#define ADD(sentence, function) \
  g_test_add ("/http/" sentence, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_assert_true (prof_http_is_built ());
  ADD ("bytes-come-as-they-are", test_bytes_come_as_they_are);
  ADD ("a-page-is-given-to-whom-wants-one",
       test_a_page_is_given_to_whom_wants_one);
  ADD ("another-host-has-a-code-of-its-own",
       test_another_host_has_a_code_of_its_own);
  ADD ("time-ends", test_time_ends);
  ADD ("a-cancelled-fetch-ends", test_a_cancelled_fetch_ends);
  ADD ("what-is-cancelled-before-is-not-begun",
       test_what_is_cancelled_before_is_not_begun);
  ADD ("how-long-it-measures-is-told", test_how_long_it_measures_is_told);
  return g_test_run ();
}
