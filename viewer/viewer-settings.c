/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-settings.h"

#include "config.h"
#include <stdbool.h>

/* Says which key has changed, by the detail of its signal. */
#define SETTINGS_TYPE_NOTIFIER (settings_notifier_get_type ())
G_DECLARE_FINAL_TYPE (SettingsNotifier,
                      settings_notifier,
                      SETTINGS,
                      NOTIFIER,
                      GObject)

static guint changed_signal;

struct _SettingsNotifier
{
  GObject parent_instance;
};

G_DEFINE_FINAL_TYPE (SettingsNotifier, settings_notifier, G_TYPE_OBJECT)

static void
settings_notifier_class_init (SettingsNotifierClass *klass)
{
  changed_signal = g_signal_new ("changed",
                                 G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_STRING);
}

static void
settings_notifier_init (SettingsNotifier *self)
{
}

static SettingsNotifier *
notifier (void)
{
  static SettingsNotifier *shared = NULL;

  if (shared == NULL)
    shared = g_object_new (SETTINGS_TYPE_NOTIFIER, NULL);
  return shared;
}

static void
tell (const char *key)
{
  SettingsNotifier *teller = notifier ();

  /* Making the first one makes the signal. */
  g_signal_emit (teller, changed_signal, g_quark_from_string (key), key);
}

static void
stored_changed (GSettings *settings, const char *key, gpointer data)
{
  tell (key);
}

/* (nullable): NULL without schema. */
static GSettings *
settings (void)
{
  static gsize      ready = 0;
  static GSettings *shared = NULL;

  if (g_once_init_enter (&ready))
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema =
          source == NULL
              ? NULL
              : g_settings_schema_source_lookup (source, PROF_APP_ID, TRUE);

      if (schema != NULL)
        shared = g_settings_new_full (schema, NULL, NULL);
      if (shared != NULL)
        g_signal_connect (shared, "changed", G_CALLBACK (stored_changed), NULL);
      g_once_init_leave (&ready, 1);
    }
  return shared;
}

/* Of another version, the schema may lack a key, and asking for that ends the
 * program. */
static bool
is_stored (const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  if (settings () == NULL)
    return false;
  g_object_get (settings (), "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

static GHashTable *
fallbacks (void)
{
  static GHashTable *table = NULL;
  static const struct
  {
    const char *key;
    const char *value; /* as GVariant text */
  } defaults[] = {
    { "window-width", "1200" },
    { "window-height", "780" },
    { "window-maximized", "false" },
    { "side-panel-visible", "true" },
    { "side-panel-width", "312" },
    { "last-view", "'flame'" },
    { "direction", "'icicle'" },
    { "legend-visible", "true" },
    { "theme", "'follow'" },
    { "presets", "@a(ss) []" },
    { "locations", "@as []" },
    { "top-columns", "['flat', 'flat-share', 'cum', 'cum-share']" },
    { "top-widths", "@a{sv} {}" },
    { "top-order", "('flat', true)" },
    { "color-by", "'packages'" },
    { "ask-above", "1000" },
    { "names", "'tail'" },
    { "source-folders", "@as []" },
    { "editor-command", "''" },
  };

  if (table != NULL)
    return table;
  table = g_hash_table_new_full (g_str_hash,
                                 g_str_equal,
                                 NULL,
                                 (GDestroyNotify)g_variant_unref);
  for (size_t i = 0; i < G_N_ELEMENTS (defaults); i++)
    g_hash_table_insert (table,
                         (gpointer)defaults[i].key,
                         g_variant_parse (NULL,
                                          defaults[i].value,
                                          NULL,
                                          NULL,
                                          NULL));
  return table;
}

GVariant *
viewer_settings_get (const char *key)
{
  if (is_stored (key))
    return g_settings_get_value (settings (), key);
  return g_variant_ref (g_hash_table_lookup (fallbacks (), key));
}

void
viewer_settings_set (const char *key, GVariant *value)
{
  g_variant_ref_sink (value);
  if (is_stored (key))
    g_settings_set_value (settings (), key, value);
  else
    {
      g_hash_table_insert (fallbacks (),
                           (gpointer)g_intern_string (key),
                           g_variant_ref (value));
      tell (key);
    }
  g_variant_unref (value);
}

void
viewer_settings_watch (const char *key, GCallback changed, gpointer object)
{
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);

  /* So that there is somebody who tells. */
  settings ();
  g_signal_connect_object (notifier (),
                           signal,
                           changed,
                           object,
                           G_CONNECT_SWAPPED);
}

int
viewer_settings_get_int (const char *key)
{
  g_autoptr (GVariant) value = viewer_settings_get (key);

  return g_variant_get_int32 (value);
}

void
viewer_settings_set_int (const char *key, int value)
{
  viewer_settings_set (key, g_variant_new_int32 (value));
}

gboolean
viewer_settings_get_boolean (const char *key)
{
  g_autoptr (GVariant) value = viewer_settings_get (key);

  return g_variant_get_boolean (value);
}

void
viewer_settings_set_boolean (const char *key, gboolean value)
{
  viewer_settings_set (key, g_variant_new_boolean (value));
}

char *
viewer_settings_get_string (const char *key)
{
  g_autoptr (GVariant) value = viewer_settings_get (key);

  return g_variant_dup_string (value, NULL);
}

void
viewer_settings_set_string (const char *key, const char *value)
{
  viewer_settings_set (key, g_variant_new_string (value));
}
