/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-settings.h"

#include "config.h"

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
      g_once_init_leave (&ready, 1);
    }
  return shared;
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
    { "window-width", "1200" },      { "window-height", "780" },
    { "window-maximized", "false" }, { "side-panel-visible", "true" },
    { "side-panel-width", "312" },   { "last-view", "'flame'" },
    { "direction", "'icicle'" },     { "legend-visible", "true" },
    { "theme", "'follow'" },
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

static GVariant *
get (const char *key)
{
  if (settings () != NULL)
    return g_settings_get_value (settings (), key);
  return g_variant_ref (g_hash_table_lookup (fallbacks (), key));
}

static void
set (const char *key, GVariant *value)
{
  g_variant_ref_sink (value);
  if (settings () != NULL)
    g_settings_set_value (settings (), key, value);
  else
    g_hash_table_insert (fallbacks (),
                         (gpointer)g_intern_string (key),
                         g_variant_ref (value));
  g_variant_unref (value);
}

int
viewer_settings_get_int (const char *key)
{
  g_autoptr (GVariant) value = get (key);

  return g_variant_get_int32 (value);
}

void
viewer_settings_set_int (const char *key, int value)
{
  set (key, g_variant_new_int32 (value));
}

gboolean
viewer_settings_get_boolean (const char *key)
{
  g_autoptr (GVariant) value = get (key);

  return g_variant_get_boolean (value);
}

void
viewer_settings_set_boolean (const char *key, gboolean value)
{
  set (key, g_variant_new_boolean (value));
}

char *
viewer_settings_get_string (const char *key)
{
  g_autoptr (GVariant) value = get (key);

  return g_variant_dup_string (value, NULL);
}

void
viewer_settings_set_string (const char *key, const char *value)
{
  set (key, g_variant_new_string (value));
}
