/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What is remembered for the application: the keys of its GSettings schema.
 * Where the schema is not installed (a binary that was copied, a build
 * directory) the same keys have the same defaults and are forgotten at the
 * end, instead of GSettings ending the program. */

#include <gio/gio.h>

G_BEGIN_DECLS

int      viewer_settings_get_int (const char *key);
void     viewer_settings_set_int (const char *key, int value);
gboolean viewer_settings_get_boolean (const char *key);
void     viewer_settings_set_boolean (const char *key, gboolean value);

/* Returns: (transfer full) */
char *viewer_settings_get_string (const char *key);
void  viewer_settings_set_string (const char *key, const char *value);

/* Any type. Returns: (transfer full); @value: sunk when floating */
GVariant *viewer_settings_get (const char *key);
void      viewer_settings_set (const char *key, GVariant *value);

/**
 * viewer_settings_watch:
 * @changed: called as changed (object, key, unused) after each change of the key,
 *   whoever made it
 * @object: a GObject; ends with it
 */
void viewer_settings_watch (const char *key,
                            GCallback   changed,
                            gpointer    object);

G_END_DECLS
