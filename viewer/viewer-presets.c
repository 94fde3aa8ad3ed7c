/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-presets.h"

#include "viewer-settings.h"
#include <string.h>

#define KEY "presets"

static void
free_preset (gpointer data)
{
  ViewerPreset *preset = data;

  g_free (preset->name);
  g_free (preset->options);
  g_free (preset);
}

static void
add (GPtrArray *presets, const char *name, const char *options)
{
  ViewerPreset *preset = g_new0 (ViewerPreset, 1);

  preset->name = g_strdup (name);
  preset->options = g_strdup (options);
  g_ptr_array_add (presets, preset);
}

GPtrArray *
viewer_presets_list (void)
{
  GPtrArray           *presets = g_ptr_array_new_with_free_func (free_preset);
  g_autoptr (GVariant) value = viewer_settings_get (KEY);
  GVariantIter         iter;
  const char          *name;
  const char          *options;

  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "(&s&s)", &name, &options))
    if (name[0] != '\0' && options[0] != '\0')
      add (presets, name, options);
  return presets;
}

static void
store (const GPtrArray *presets)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (guint p = 0; p < presets->len; p++)
    {
      const ViewerPreset *preset = presets->pdata[p];

      g_variant_builder_add (&builder, "(ss)", preset->name, preset->options);
    }
  viewer_settings_set (KEY, g_variant_builder_end (&builder));
}

/* (nullable) */
static ViewerPreset *
find (const GPtrArray *presets, const char *name)
{
  for (guint p = 0; p < presets->len; p++)
    if (strcmp (((ViewerPreset *)presets->pdata[p])->name, name) == 0)
      return presets->pdata[p];
  return NULL;
}

/* (transfer full): the filters alone. */
static char *
filters_of (const ViewerQuestion *question)
{
  g_autoptr (GArray)    filters = viewer_question_filters (question);
  g_autoptr (ProfQuery) query = prof_query_new ();

  for (guint f = 0; f < filters->len; f++)
    {
      const ViewerFilter *filter = &g_array_index (filters, ViewerFilter, f);
      ProfQuery          *with = prof_query_with (query,
                                         filter->option,
                                         filter->value,
                                         NULL);

      if (with == NULL)
        continue;
      prof_query_unref (query);
      query = with;
    }
  return prof_query_to_text (query);
}

gboolean
viewer_presets_save (const char *name, const ViewerQuestion *question)
{
  g_autofree char      *stripped = g_strstrip (g_strdup (name));
  g_autofree char      *options = filters_of (question);
  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  ViewerPreset         *old = find (presets, stripped);

  if (stripped[0] == '\0' || options[0] == '\0')
    return FALSE;
  if (old == NULL)
    add (presets, stripped, options);
  else
    {
      g_free (old->options);
      old->options = g_steal_pointer (&options);
    }
  store (presets);
  return TRUE;
}

void
viewer_presets_remove (const char *name)
{
  g_autoptr (GPtrArray) presets = viewer_presets_list ();
  ViewerPreset         *old = find (presets, name);

  if (old == NULL)
    return;
  g_ptr_array_remove (presets, old);
  store (presets);
}

void
viewer_presets_watch (GCallback changed, gpointer object)
{
  viewer_settings_watch (KEY, changed, object);
}
