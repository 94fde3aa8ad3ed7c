/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* libsoup, opened by the first fetch. With all that it needs it is 16 libraries,
 * and to load them takes a third of the time in which the command starts, for
 * nothing where a profile is a file.
 *
 * A function of it is called by its name with "sym_" in front:
 *
 *   sym_soup_session_abort (session);
 *
 * Of its macros only those are to be used that are plain numbers. */

#include <glib.h>
#include <libsoup/soup.h>
#include <stdbool.h>

G_BEGIN_DECLS

/* clang-format off */
#define PROF_SOUP_FUNCTIONS(use) \
  use (soup_session_new_with_options) \
  use (soup_session_remove_feature_by_type) \
  use (soup_session_set_proxy_resolver) \
  use (soup_session_send) \
  use (soup_session_abort) \
  use (soup_session_error_quark) \
  use (soup_content_decoder_get_type) \
  use (soup_auth_manager_get_type) \
  use (soup_message_new_from_uri) \
  use (soup_message_add_flags) \
  use (soup_message_get_status) \
  use (soup_message_get_reason_phrase) \
  use (soup_message_get_http_version) \
  use (soup_message_get_request_headers) \
  use (soup_message_get_response_headers) \
  use (soup_message_get_tls_peer_certificate_errors) \
  use (soup_message_headers_replace) \
  use (soup_message_headers_get_one) \
  use (soup_message_headers_get_list) \
  use (soup_message_headers_get_encoding) \
  use (soup_message_headers_get_content_length)
/* clang-format on */

#define PROF_SOUP_DECLARE(name) extern __typeof__ (name) *sym_##name;
PROF_SOUP_FUNCTIONS (PROF_SOUP_DECLARE)
#undef PROF_SOUP_DECLARE

/**
 * prof_soup_open:
 *
 * To be asked before anything else here; any number of times, from any thread.
 *
 * Returns: %false with @error set to %PROF_ERROR_UNSUPPORTED when there is no
 *   libsoup on this system
 */
bool prof_soup_open (GError **error);

G_END_DECLS
