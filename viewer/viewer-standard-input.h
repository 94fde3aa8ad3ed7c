/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A profile that comes through a pipe: "flambeau -". The process that was
 * started reads it. Where another one has the windows, it gets the bytes as a
 * file that only the user can read and that is deleted once it is opened. */

#include <gio/gio.h>

G_BEGIN_DECLS

/* (transfer full): all of it; waits for its end. %NULL with @error set as by
 * GIO. */
GBytes *viewer_standard_input_read (GError **error);

/* (transfer full): the file to hand over, or %NULL with @error set. */
GFile *viewer_standard_input_hand_over (GBytes *bytes, GError **error);

/* (transfer full) (nullable): what was handed over; deletes the file. %NULL,
 * and nothing is deleted, for a file that viewer_standard_input_hand_over()
 * cannot have made. */
GBytes *viewer_standard_input_take (GFile *file);

G_END_DECLS
