/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* The options of the command line. They travel to the running process as the hint of
 * an Open call: a dictionary as text. */

#include <gio/gio.h>
#include <stdbool.h>

G_BEGIN_DECLS

void viewer_options_add (GApplication *application);

/* Tells what is wrong with them; makes an address of what is compared, as paths are
 * those of here. */
bool viewer_options_check (GVariantDict *options);

/* Whether it is "-". */
bool viewer_options_is_standard_input (const char *path);

/* (nullable): the action of an option that needs no file. */
const char *viewer_options_alone_action (GVariantDict *options);

/* (transfer full) */
char *viewer_options_to_hint (GVariantDict *options);

/* (transfer full): without options where there is no hint. @hint: (nullable) */
GVariant *viewer_options_from_hint (const char *hint);

G_END_DECLS
