/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-watch.h"

#define SETTLE_MS 500

struct _ViewerWatch
{
  /* Owned */
  GFile        *file;
  char         *etag;
  GFileMonitor *monitor; /* or NULL */
  GCancellable *cancellable;

  ViewerWatchFunc changed;
  gpointer        data;
  guint           settle_source;
};

char *
viewer_watch_query_etag (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file,
                                                  G_FILE_ATTRIBUTE_ETAG_VALUE,
                                                  G_FILE_QUERY_INFO_NONE,
                                                  NULL,
                                                  NULL);

  return info != NULL ? g_strdup (g_file_info_get_etag (info)) : NULL;
}

static void
compare (ViewerWatch *self, const char *etag)
{
  if (etag == NULL || g_strcmp0 (etag, self->etag) == 0)
    return;
  g_free (self->etag);
  self->etag = g_strdup (etag);
  self->changed (self->data);
}

static void
queried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError)    error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source),
                                                         result,
                                                         &error);

  /* The watch may be freed: then it was cancelled. */
  if (info != NULL)
    compare (data, g_file_info_get_etag (info));
}

static gboolean
settled (gpointer data)
{
  ViewerWatch *self = data;

  self->settle_source = 0;
  g_file_query_info_async (self->file,
                           G_FILE_ATTRIBUTE_ETAG_VALUE,
                           G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT,
                           self->cancellable,
                           queried,
                           self);
  return G_SOURCE_REMOVE;
}

/* Whatever happened, the file says whether it is another. */
static void
file_touched (ViewerWatch *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  self->settle_source = g_timeout_add (SETTLE_MS, settled, self);
}

ViewerWatch *
viewer_watch_new (GFile          *file,
                  const char     *etag,
                  ViewerWatchFunc changed,
                  gpointer        data)
{
  ViewerWatch *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (changed != NULL, NULL);

  self = g_new0 (ViewerWatch, 1);
  self->file = g_object_ref (file);
  self->etag = g_strdup (etag);
  self->changed = changed;
  self->data = data;
  self->cancellable = g_cancellable_new ();
  self->monitor = g_file_monitor_file (file,
                                       G_FILE_MONITOR_WATCH_MOVES,
                                       NULL,
                                       NULL);
  if (self->monitor != NULL)
    g_signal_connect_swapped (self->monitor,
                              "changed",
                              G_CALLBACK (file_touched),
                              self);
  file_touched (self);
  return self;
}

void
viewer_watch_free (ViewerWatch *self)
{
  if (self == NULL)
    return;
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  if (self->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->monitor, self);
      g_file_monitor_cancel (self->monitor);
      g_object_unref (self->monitor);
    }
  g_object_unref (self->file);
  g_free (self->etag);
  g_free (self);
}
