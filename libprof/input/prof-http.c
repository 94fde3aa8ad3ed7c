/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "input/prof-http.h"

#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-vec.h"
#include "input/prof-http-reply.h"
#include "input/prof-soup.h"
#include "input/prof-url.h"
#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#ifdef __linux__
#include <linux/tcp.h>
#include <netinet/in.h>
#endif

/* Two threads:
 *
 *   caller  -- watch(): clock, cancellable, head's size --> stop
 *   network -- one session a hop, blocking calls under "stop"
 *
 * libsoup reads the head of an answer in a loop that does not end while there
 * are bytes, so only another thread can end it. */

#define OK 200

/* Read at a time. */
#define PIECE (64u << 10)

/* Bytes that are read of an answer which is no profile. */
#define EXCERPT 1024

/* How often the caller's thread looks. */
#define WATCH_US  (20 * G_TIME_SPAN_MILLISECOND)
#define NOTIFY_US (100 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  const ProfHttpRequest *request;
  unsigned               seconds;  /* that the server measures */
  gint64                 deadline; /* for all of it; monotonic */
  GCancellable          *stop;     /* (owned) ends the network's work */

  /* Shared, under the lock */
  GMutex        lock;
  GCond         changed;
  ProfHttpPhase phase;
  gint64        phase_since; /* monotonic */
  gint64        heard;       /* when something came, or the phase began */
  uint64_t      received;    /* bytes of the body */
  uint64_t      size;        /* 0: unknown */
  GSocket      *socket;      /* (owned) (nullable) */
  bool          is_over;

  /* The network's, the caller's once it is over */
  char   *proxy; /* (owned) (nullable): that the last request went through */
  GBytes *bytes; /* (owned) */
  GError *error; /* (owned) */
} Fetch;

/* One request of a fetch. */
typedef struct
{
  Fetch       *fetch;   /* lent */
  SoupSession *session; /* owned */
  SoupMessage *message; /* owned */
} Hop;

bool
prof_http_is_built (void)
{
  return true;
}

/* --- What went wrong, in a sentence --- */

typedef struct
{
  int         code;
  const char *sentence;
} Sentence;

static const Sentence io_sentences[] = {
  { G_IO_ERROR_CONNECTION_REFUSED,
    "nothing listens there: connection refused" },
  { G_IO_ERROR_HOST_UNREACHABLE, "the host cannot be reached" },
  { G_IO_ERROR_NETWORK_UNREACHABLE, "there is no network that leads there" },
  { G_IO_ERROR_CONNECTION_CLOSED, "the server hung up without an answer" },
  /* libsoup calls both so: an end inside the head, and a head over 100 KiB. */
  { G_IO_ERROR_PARTIAL_INPUT,
    "the head of the server's answer is cut off or too large" },
  { G_IO_ERROR_TIMED_OUT, "the server does not answer" },
};

static const Sentence resolver_sentences[] = {
  { G_RESOLVER_ERROR_NOT_FOUND, "there is no host of that name" },
  { G_RESOLVER_ERROR_TEMPORARY_FAILURE, "the host's name cannot be looked up" },
};

static const Sentence tls_sentences[] = {
  { G_TLS_ERROR_UNAVAILABLE,
    "https needs a part of GLib that is not installed, glib-networking" },
  { G_TLS_ERROR_NOT_TLS, "the server does not speak TLS; http may do" },
  { G_TLS_ERROR_EOF, "the server hung up" },
};

static const Sentence soup_sentences[] = {
  { SOUP_SESSION_ERROR_PARSING, "the answer is not HTTP" },
  { SOUP_SESSION_ERROR_ENCODING, "the answer is not HTTP" },
};

/* The first that fits is said. */
static const Sentence certificate_sentences[] = {
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "the certificate is another host's" },
  { G_TLS_CERTIFICATE_EXPIRED, "the certificate has expired" },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "the certificate is not valid yet" },
  { G_TLS_CERTIFICATE_REVOKED, "the certificate has been revoked" },
  { G_TLS_CERTIFICATE_UNKNOWN_CA,
    "nobody this machine trusts has signed the certificate" },
};

#define FIND(sentences, code) \
  find_sentence (sentences, G_N_ELEMENTS (sentences), code)

static const char *
find_sentence (const Sentence *sentences, size_t n, int code)
{
  for (size_t i = 0; i < n; i++)
    if (sentences[i].code == code)
      return sentences[i].sentence;
  return NULL;
}

static const char *
sentence_of_certificate (SoupMessage *message)
{
  GTlsCertificateFlags flags;

  flags = sym_soup_message_get_tls_peer_certificate_errors (message);
  for (size_t i = 0; i < G_N_ELEMENTS (certificate_sentences); i++)
    if ((flags & (GTlsCertificateFlags)certificate_sentences[i].code) != 0)
      return certificate_sentences[i].sentence;
  return "the certificate is not acceptable";
}

static const char *
sentence_of (const GError *error, SoupMessage *message)
{
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return sentence_of_certificate (message);
  if (error->domain == G_IO_ERROR)
    return FIND (io_sentences, error->code);
  if (error->domain == G_RESOLVER_ERROR)
    return FIND (resolver_sentences, error->code);
  if (error->domain == G_TLS_ERROR)
    return FIND (tls_sentences, error->code);
  if (error->domain == sym_soup_session_error_quark ())
    return FIND (soup_sentences, error->code);
  return NULL;
}

static void
put_in_words (GError **error, SoupMessage *message)
{
  const char *sentence = sentence_of (*error, message);

  if (sentence != NULL)
    {
      g_free ((*error)->message);
      (*error)->message = g_strdup (sentence);
      return;
    }
  if (g_str_has_suffix ((*error)->message, "."))
    (*error)->message[strlen ((*error)->message) - 1] = '\0';
  if ((*error)->domain == G_TLS_ERROR)
    g_prefix_error (error, "there is no secure connection: ");
}

/* --- The network's thread --- */

static void
enter (Fetch *self, ProfHttpPhase phase, uint64_t size)
{
  g_mutex_lock (&self->lock);
  self->phase = phase;
  self->phase_since = self->heard = g_get_monotonic_time ();
  self->received = 0;
  self->size = size;
  g_mutex_unlock (&self->lock);
}

static void
hear (Fetch *self, size_t n)
{
  g_mutex_lock (&self->lock);
  self->heard = g_get_monotonic_time ();
  self->received += n;
  g_mutex_unlock (&self->lock);
}

static void
watch_socket (Fetch *self, GSocket *socket)
{
  g_mutex_lock (&self->lock);
  g_set_object (&self->socket, socket);
  g_mutex_unlock (&self->lock);
}

static void
on_network_event (SoupMessage       *message,
                  GSocketClientEvent event,
                  GIOStream         *connection,
                  gpointer           data)
{
  if (event == G_SOCKET_CLIENT_CONNECTED && G_IS_SOCKET_CONNECTION (connection))
    watch_socket (data,
                  g_socket_connection_get_socket (
                      G_SOCKET_CONNECTION (connection)));
}

static void
on_wrote_headers (SoupMessage *message, gpointer data)
{
  enter (data, PROF_HTTP_WAITING, 0);
}

static bool
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);
  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static void
add_password (SoupMessage *message, const char *userinfo)
{
  g_autofree char *plain = g_uri_unescape_string (userinfo, NULL);
  g_autofree char *pair = NULL;
  g_autofree char *coded = NULL;
  g_autofree char *value = NULL;

  if (plain == NULL)
    return;
  pair = g_strconcat (plain, strchr (plain, ':') != NULL ? "" : ":", NULL);
  coded = g_base64_encode ((const guchar *)pair, strlen (pair));
  value = g_strconcat ("Basic ", coded, NULL);
  sym_soup_message_headers_replace (sym_soup_message_get_request_headers (
                                        message),
                                    "Authorization",
                                    value);
}

/* Redirects, encodings and passwords are ours to judge. */
static SoupMessage *
new_message (Fetch *fetch, GUri *uri)
{
  g_autoptr (GUri)    bare = NULL;
  SoupMessageHeaders *headers;
  SoupMessage        *message;

  bare = g_uri_build (SOUP_HTTP_URI_FLAGS,
                      g_uri_get_scheme (uri),
                      NULL,
                      g_uri_get_host (uri),
                      g_uri_get_port (uri),
                      g_uri_get_path (uri),
                      g_uri_get_query (uri),
                      NULL);
  message = sym_soup_message_new_from_uri ("GET", bare);
  sym_soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = sym_soup_message_get_request_headers (message);
  sym_soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (g_uri_get_userinfo (uri) != NULL)
    add_password (message, g_uri_get_userinfo (uri));
  g_signal_connect (message,
                    "network-event",
                    G_CALLBACK (on_network_event),
                    fetch);
  g_signal_connect (message,
                    "wrote-headers",
                    G_CALLBACK (on_wrote_headers),
                    fetch);
  return message;
}

/* The proxy that a request to @uri goes through, or NULL. */
static char *
proxy_for (GUri *uri, GCancellable *cancellable)
{
  g_autofree char *target = g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO);
  g_auto (GStrv)   proxies = NULL;

  proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (),
                                     target,
                                     cancellable,
                                     NULL);
  if (proxies == NULL || proxies[0] == NULL ||
      strcmp (proxies[0], "direct://") == 0)
    return NULL;
  return prof_url_shown (proxies[0]);
}

/* The deadlines are ours, too: 60 seconds a read would be too few for long
 * profiles, and too many for a server that sends a byte now and then. */
static SoupSession *
new_session (Fetch *fetch, GUri *uri)
{
  SoupSession *session = sym_soup_session_new_with_options ("timeout",
                                                            0,
                                                            "user-agent",
                                                            "Flambeau",
                                                            NULL);

  sym_soup_session_remove_feature_by_type (
      session,
      sym_soup_content_decoder_get_type ());
  sym_soup_session_remove_feature_by_type (session,
                                           sym_soup_auth_manager_get_type ());
  g_clear_pointer (&fetch->proxy, g_free);
  if (is_this_machine (g_uri_get_host (uri)))
    sym_soup_session_set_proxy_resolver (session, NULL);
  else
    fetch->proxy = proxy_for (uri, fetch->stop);
  return session;
}

static void
hop_clear (Hop *self)
{
  watch_socket (self->fetch, NULL);
  g_signal_handlers_disconnect_by_data (self->message, self->fetch);
  sym_soup_session_abort (self->session);
  g_object_unref (self->message);
  g_object_unref (self->session);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hop, hop_clear)

static const char *
header (const Hop *self, const char *name)
{
  return sym_soup_message_headers_get_one (
      sym_soup_message_get_response_headers (self->message),
      name);
}

/* Whether the server could still send. */
static bool
is_open (GSocket *socket)
{
  char    byte;
  ssize_t n;

  if (socket == NULL || g_socket_is_closed (socket))
    return false;
  n = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n > 0 || (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

/* libsoup takes the end of a connection for the end of the chunks, so these
 * were all only when the connection has not ended. */
static bool
is_chunked_to_its_end (const Hop *self)
{
  SoupMessageHeaders *headers;

  headers = sym_soup_message_get_response_headers (self->message);
  return sym_soup_message_headers_get_encoding (headers) ==
             SOUP_ENCODING_CHUNKED &&
         is_open (self->fetch->socket);
}

/* Without the body. Two lengths are none. */
static ProfHttpReply
reply_of (const Hop *self)
{
  SoupMessageHeaders *headers;
  const char         *lengths;
  ProfHttpReply       reply;

  headers = sym_soup_message_get_response_headers (self->message);
  lengths = sym_soup_message_headers_get_list (headers, "Content-Length");
  reply = (ProfHttpReply){
    .status = sym_soup_message_get_status (self->message),
    .reason = sym_soup_message_get_reason_phrase (self->message),
    .type = header (self, "Content-Type"),
    .encoding = header (self, "Content-Encoding"),
    .length = -1,
    .is_framed = sym_soup_message_get_http_version (self->message) >=
                 SOUP_HTTP_2_0,
  };
  if (sym_soup_message_headers_get_encoding (headers) ==
          SOUP_ENCODING_CONTENT_LENGTH &&
      lengths != NULL && strchr (lengths, ',') == NULL)
    {
      reply.length = sym_soup_message_headers_get_content_length (headers);
      reply.is_framed = true;
    }
  return reply;
}

static uint64_t
most_bytes (const Fetch *self)
{
  return prof_limits_get (self->request->limits, PROF_LIMIT_BODY);
}

static bool
fail_too_large (const Fetch *self, GError **error)
{
  return prof_limits_fail (error,
                           PROF_LIMIT_BODY,
                           "the server sends more than %" G_GUINT64_FORMAT
                           " bytes",
                           most_bytes (self));
}

static bool
fail_broken_off (GError **error, uint64_t received)
{
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return false;
  g_clear_error (error);
  return prof_fail (error,
                    PROF_ERROR_TRUNCATED,
                    "the server broke off after %" G_GUINT64_FORMAT " bytes",
                    received);
}

/* @most: bytes that are enough. */
static bool
read_body (Fetch        *self,
           GInputStream *stream,
           size_t        most,
           ProfVecU8    *body,
           GError      **error)
{
  g_autofree uint8_t *piece = g_malloc (PIECE);
  gssize              n;

  while (body->length < most)
    {
      n = g_input_stream_read (stream, piece, PIECE, self->stop, error);
      if (n < 0)
        return fail_broken_off (error, body->length);
      if (n == 0)
        return true;
      if ((uint64_t)n > most_bytes (self) - body->length)
        return fail_too_large (self, error);
      if (!prof_vec_u8_extend (body, piece, (size_t)n))
        return prof_fail (error,
                          PROF_ERROR_TOO_LARGE,
                          "there is no memory for what the server sends");
      hear (self, (size_t)n);
    }
  return true;
}

static GBytes *
judge (const Fetch *self, const ProfHttpReply *reply, GError **error)
{
  if (!self->request->is_page)
    return prof_http_reply_profile (reply, error);
  return prof_http_reply_check (reply, error) ? g_bytes_ref (reply->body)
                                              : NULL;
}

static GBytes *
receive (Hop *self, GInputStream *stream, GError **error)
{
  ProfHttpReply      reply = reply_of (self);
  bool               is_fine = reply.status == OK;
  size_t             most = is_fine ? SIZE_MAX : EXCERPT;
  ProfVecU8          body = { 0 };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) why = NULL;

  if (is_fine && reply.length > (int64_t)most_bytes (self->fetch))
    {
      fail_too_large (self->fetch, error);
      return NULL;
    }
  enter (self->fetch, PROF_HTTP_RECEIVING, (uint64_t)MAX (reply.length, 0));
  /* Of a refusal, what came is good enough. */
  if (!read_body (self->fetch, stream, most, &body, &why) && is_fine)
    {
      g_propagate_error (error, g_steal_pointer (&why));
      prof_vec_u8_clear (&body);
      return NULL;
    }
  bytes = g_bytes_new_take (body.data, body.length);
  reply.body = bytes;
  reply.max_bytes = most_bytes (self->fetch);
  reply.is_framed = reply.is_framed || is_chunked_to_its_end (self);
  return judge (self->fetch, &reply, error);
}

static bool
is_redirect (SoupMessage *message)
{
  guint status = sym_soup_message_get_status (message);

  return SOUP_STATUS_IS_REDIRECTION (status) &&
         status != SOUP_STATUS_NOT_MODIFIED;
}

/* @location: (out): where the server sends us instead. */
static GBytes *
ask (Fetch *self, GUri *uri, char **location, GError **error)
{
  g_auto (Hop)             hop = { .fetch = self };
  g_autoptr (GInputStream) stream = NULL;
  const char              *where;

  hop.session = new_session (self, uri);
  hop.message = new_message (self, uri);
  enter (self, PROF_HTTP_CONNECTING, 0);
  stream = sym_soup_session_send (hop.session, hop.message, self->stop, error);
  if (stream == NULL)
    {
      put_in_words (error, hop.message);
      return NULL;
    }
  if (!is_redirect (hop.message))
    return receive (&hop, stream, error);
  where = header (&hop, "Location");
  *location = g_strdup (where != NULL ? where : "");
  return NULL;
}

static GBytes *
ask_on (Fetch *self, GError **error)
{
  g_autofree char *url = g_strdup (self->request->url);
  uint64_t most = prof_limits_get (self->request->limits, PROF_LIMIT_REDIRECTS);

  for (uint64_t n = 0; n <= most; n++)
    {
      g_autoptr (GUri) uri = g_uri_parse (url, PROF_URL_FLAGS, error);
      g_autofree char *location = NULL;
      g_autofree char *here = NULL;
      GBytes          *bytes;

      if (uri == NULL)
        return NULL;
      bytes = ask (self, uri, &location, error);
      if (location == NULL)
        return bytes;
      here = g_steal_pointer (&url);
      url = prof_url_redirect (here, location, self->request->follow, error);
      if (url == NULL)
        return NULL;
    }
  /* Nothing is too large, which asks for a shorter time. */
  return prof_fail_null (error,
                         PROF_ERROR_UNSUPPORTED,
                         "the server redirects more than %" G_GUINT64_FORMAT
                         " times (the limit \"%s\")",
                         most,
                         prof_limits_name (PROF_LIMIT_REDIRECTS));
}

static gpointer
run (gpointer data)
{
  Fetch                   *self = data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  GError                  *error = NULL;
  GBytes                  *bytes;

  g_main_context_push_thread_default (context);
  bytes = ask_on (self, &error);
  /* Sessions leave work behind that ends them. */
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
  g_mutex_lock (&self->lock);
  self->bytes = bytes;
  self->error = error;
  self->is_over = true;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  return NULL;
}

/* --- The caller's thread --- */

/* Bytes that have been taken off the connection; 0 where nobody knows. What
 * waits in it is not counted: it may be the body. */
static uint64_t
taken_from (GSocket *socket)
{
  uint64_t taken = 0;

#ifdef __linux__
  struct tcp_info info = { 0 };
  socklen_t       length = sizeof info;
  gssize          waiting;

  if (socket == NULL || getsockopt (g_socket_get_fd (socket),
                                    IPPROTO_TCP,
                                    TCP_INFO,
                                    &info,
                                    &length) != 0)
    return 0;
  waiting = g_socket_get_available_bytes (socket);
  if (length >= G_STRUCT_OFFSET (struct tcp_info, tcpi_bytes_received) +
                    sizeof info.tcpi_bytes_received &&
      waiting >= 0 && info.tcpi_bytes_received > (uint64_t)waiting)
    taken = info.tcpi_bytes_received - (uint64_t)waiting;
#endif
  return taken;
}

static bool
fail_late (GError **error, const char *sentence, double seconds)
{
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_TIMED_OUT,
               "%s %g s",
               sentence,
               seconds);
  return false;
}

static bool
fail_deadline (const Fetch *self, double seconds, GError **error)
{
  switch (self->phase)
    {
    case PROF_HTTP_CONNECTING:
      return fail_late (error,
                        "the server did not take the call within",
                        seconds);
    case PROF_HTTP_WAITING:
      return fail_late (error, "the server did not answer within", seconds);
    case PROF_HTTP_RECEIVING:
    default:
      return fail_late (error,
                        "the server did not send all of it within",
                        seconds);
    }
}

/* Seconds without a byte that are too many now. */
static double
patience (const Fetch *self)
{
  if (self->phase == PROF_HTTP_CONNECTING)
    return PROF_HTTP_CONNECT_S;
  if (self->request->timeout_s > 0)
    return G_MAXDOUBLE;
  if (self->phase == PROF_HTTP_WAITING)
    return self->seconds + PROF_HTTP_SILENT_S;
  return PROF_HTTP_SILENT_S;
}

static double
total_of (const Fetch *self)
{
  if (self->request->timeout_s > 0)
    return self->request->timeout_s;
  return (double)self->seconds + PROF_HTTP_SPARE_S;
}

/* Whether the network may go on; called under the lock. */
static bool
check (const Fetch *self, GCancellable *cancellable, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  double silent_s = (double)(now - self->heard) / G_USEC_PER_SEC;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return false;
  if (now >= self->deadline)
    return fail_deadline (self, total_of (self), error);
  if (silent_s >= patience (self) && self->phase == PROF_HTTP_CONNECTING)
    return fail_deadline (self, PROF_HTTP_CONNECT_S, error);
  if (silent_s >= patience (self))
    return fail_late (error, "the server has been silent for", patience (self));
  if (self->phase != PROF_HTTP_RECEIVING &&
      taken_from (self->socket) > PROF_MAX_HTTP_HEAD)
    return prof_fail (error,
                      PROF_ERROR_TOO_LARGE,
                      "the server sends more than %u bytes before the profile",
                      PROF_MAX_HTTP_HEAD);
  return true;
}

static void
tell (const Fetch *self, ProfHttpNotify notify, void *data)
{
  const ProfHttpStatus status = {
    .phase = self->phase,
    .phase_s = (double)(g_get_monotonic_time () - self->phase_since) /
               G_USEC_PER_SEC,
    .seconds = self->seconds,
    .received = self->received,
    .size = self->size,
  };

  notify (&status, data);
}

/* Returns: (transfer full): why the network was stopped, or NULL */
static GError *
watch (Fetch         *self,
       GCancellable  *cancellable,
       ProfHttpNotify notify,
       void          *data)
{
  GError *why = NULL;
  gint64  next = 0;

  g_mutex_lock (&self->lock);
  while (!self->is_over)
    {
      gint64 now = g_get_monotonic_time ();

      if (why == NULL && !check (self, cancellable, &why))
        {
          g_mutex_unlock (&self->lock);
          g_cancellable_cancel (self->stop);
          g_mutex_lock (&self->lock);
        }
      if (notify != NULL && now >= next && why == NULL)
        {
          tell (self, notify, data);
          next = now + NOTIFY_US;
        }
      g_cond_wait_until (&self->changed, &self->lock, now + WATCH_US);
    }
  g_mutex_unlock (&self->lock);
  return why;
}

/* A proxy that somebody has set up long ago is a surprise when it fails. */
static void
name_proxy (const Fetch *self, GError *reason)
{
  char *longer;

  if (self->proxy == NULL)
    return;
  longer = g_strdup_printf ("%s (through the proxy %s)",
                            reason->message,
                            self->proxy);
  g_free (reason->message);
  reason->message = longer;
}

/* What is there in spite of being late is taken, and what was found wrong with
 * it is said. */
static GBytes *
finish (Fetch *self, GError *why, GError **error)
{
  g_autoptr (GError) reason = why;

  if (self->bytes != NULL)
    return g_steal_pointer (&self->bytes);
  if (reason == NULL || self->error->domain == PROF_ERROR)
    {
      g_clear_error (&reason);
      reason = g_steal_pointer (&self->error);
    }
  name_proxy (self, reason);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static void
fetch_clear (Fetch *self)
{
  g_free (self->proxy);
  g_clear_error (&self->error);
  g_clear_object (&self->socket);
  g_object_unref (self->stop);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
}

GBytes *
prof_http_fetch (const ProfHttpRequest *request,
                 GCancellable          *cancellable,
                 ProfHttpNotify         notify,
                 void                  *data,
                 GError               **error)
{
  Fetch    self = { .request = request };
  GThread *thread;
  GError  *why;
  GBytes  *bytes;

  g_return_val_if_fail (request != NULL && request->url != NULL, NULL);

  if (!prof_soup_open (error))
    return NULL;
  self.seconds = prof_url_seconds (request->url);
  self.stop = g_cancellable_new ();
  self.phase_since = self.heard = g_get_monotonic_time ();
  self.deadline = self.heard + (gint64)(total_of (&self) * G_USEC_PER_SEC);
  g_mutex_init (&self.lock);
  g_cond_init (&self.changed);
  thread = g_thread_new ("prof-http", run, &self);
  why = watch (&self, cancellable, notify, data);
  g_thread_join (thread);
  bytes = finish (&self, why, error);
  fetch_clear (&self);
  return bytes;
}
