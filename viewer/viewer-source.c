/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-source.h"

#include "viewer-location.h"
#include "viewer-watch.h"
#include <glib/gi18n.h>

/* So many profiles are in memory at once; more are added up in turns. */
#define AT_ONCE 64

struct _ViewerSource
{
  gatomicrefcount ref_count;

  /* Owned */
  char      *name;
  GPtrArray *files; /* GFile; of input one that has a name only */
  GBytes    *input; /* instead of the files' content, or NULL */
  char      *url;   /* where that was captured, or NULL */
};

static ViewerSource *
source_new (void)
{
  ViewerSource *self = g_new0 (ViewerSource, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

static char *
name_of (GFile *file)
{
  g_autofree char *base = g_file_get_basename (file);

  return prof_upright (base != NULL ? base : "", -1);
}

ViewerSource *
viewer_source_new (GFile *const *files, size_t n)
{
  ViewerSource    *self;
  g_autofree char *first = NULL;

  g_return_val_if_fail (n >= 1, NULL);

  self = source_new ();
  first = name_of (files[0]);
  for (size_t i = 0; i < n; i++)
    g_ptr_array_add (self->files, g_object_ref (files[i]));
  if (n == 1)
    self->name = g_steal_pointer (&first);
  else
    /* Translators: a file that is added up with others, "cpu.prof + 2 more" */
    self->name = g_strdup_printf (g_dngettext (NULL,
                                               "%s + %u more",
                                               "%s + %u more",
                                               (gulong)n - 1),
                                  first,
                                  (unsigned)n - 1);
  return self;
}

/* Takes the name. */
static ViewerSource *
new_for_bytes (char *name, GBytes *bytes)
{
  ViewerSource *self = source_new ();

  self->name = name;
  self->input = g_bytes_ref (bytes);
  g_ptr_array_add (self->files, g_file_new_for_uri ("stdin:"));
  return self;
}

ViewerSource *
viewer_source_new_for_input (GBytes *bytes)
{
  return new_for_bytes (g_strdup (_ ("standard input")), bytes);
}

static char *
capture_name (const char *url, GDateTime *time)
{
  g_autofree char *name = viewer_location_name (url);
  g_autofree char *clock = NULL;

  if (time == NULL)
    return g_steal_pointer (&name);
  clock = g_date_time_format (time, "%H:%M:%S");
  return g_strdup_printf ("%s · %s", name, clock);
}

ViewerSource *
viewer_source_new_for_capture (const char *url, GDateTime *time, GBytes *bytes)
{
  ViewerSource *self = new_for_bytes (capture_name (url, time), bytes);

  self->url = g_strdup (url);
  return self;
}

ViewerSource *
viewer_source_ref (ViewerSource *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
viewer_source_unref (ViewerSource *self)
{
  if (self == NULL || !g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->name);
  g_ptr_array_unref (self->files);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_free (self->url);
  g_free (self);
}

const char *
viewer_source_name (const ViewerSource *self)
{
  return self->name;
}

bool
viewer_source_is_input (const ViewerSource *self)
{
  return self->input != NULL;
}

const char *
viewer_source_url (const ViewerSource *self)
{
  return self->url;
}

size_t
viewer_source_n_files (const ViewerSource *self)
{
  return self->files->len;
}

GFile *
viewer_source_file (const ViewerSource *self, size_t index)
{
  return self->files->pdata[index];
}

bool
viewer_source_can_have_perf (const ViewerSource *self, size_t index)
{
  g_autofree char *path = NULL;

  if (index >= self->files->len || prof_machine_is_sandbox ())
    return false;
  path = g_file_get_path (self->files->pdata[index]);
  return path != NULL;
}

/* Reading */

static ProfProfile *
load_stream (GFile *file, ViewerReading *reading, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file,
                                                     reading->cancellable,
                                                     error);

  if (stream == NULL)
    return NULL;
  return prof_format_load_stream (G_INPUT_STREAM (stream),
                                  0,
                                  &reading->limits,
                                  reading->progress,
                                  error);
}

static ProfProfile *
load_input (const ViewerSource *self, ViewerReading *reading, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (
      self->input);

  return prof_format_load_stream (stream,
                                  g_bytes_get_size (self->input),
                                  &reading->limits,
                                  reading->progress,
                                  error);
}

static ProfProfile *
load_path (const char *path, ViewerReading *reading, GError **error)
{
  GError      *failure = NULL;
  ProfProfile *profile;

  profile = prof_format_load (path,
                              &reading->limits,
                              reading->progress,
                              &failure);
  if (profile != NULL)
    return profile;
  if (!reading->with_perf ||
      !g_error_matches (failure, PROF_ERROR, PROF_ERROR_PERF_DATA))
    {
      g_propagate_error (error, failure);
      return NULL;
    }
  g_error_free (failure);
  return prof_perf_data_load (path, &reading->limits, reading->progress, error);
}

static ProfProfile *
load_file (GFile *file, ViewerReading *reading, GError **error)
{
  g_autofree char *path = g_file_get_path (file);

  return path != NULL ? load_path (path, reading, error)
                      : load_stream (file, reading, error);
}

/* Replaces all by their sum. */
static bool
add_up (GPtrArray *profiles, ViewerReading *reading, GError **error)
{
  g_autoptr (ProfProgress) progress = prof_progress_new (reading->cancellable);
  ProfProfile *sum = prof_merge ((ProfProfile *const *)profiles->pdata,
                                 profiles->len,
                                 progress,
                                 error);

  if (sum == NULL)
    return false;
  g_ptr_array_set_size (profiles, 0);
  g_ptr_array_add (profiles, sum);
  return true;
}

static bool
load_into (GPtrArray          *profiles,
           const ViewerSource *self,
           size_t              index,
           ViewerReading      *reading,
           GError            **error)
{
  GFile       *file = self->files->pdata[index];
  ProfProfile *profile;

  reading->etags[index] = viewer_watch_query_etag (file);
  profile = load_file (file, reading, error);
  if (profile == NULL)
    {
      reading->culprit = index;
      return false;
    }
  g_ptr_array_add (profiles, profile);
  return true;
}

static ProfProfile *
load_sum (const ViewerSource *self, ViewerReading *reading, GError **error)
{
  g_autoptr (GPtrArray) profiles = g_ptr_array_new_with_free_func (
      (GDestroyNotify)prof_profile_unref);

  for (guint i = 0; i < self->files->len; i++)
    {
      if (!load_into (profiles, self, i, reading, error))
        return NULL;
      if (profiles->len >= AT_ONCE && !add_up (profiles, reading, error))
        return NULL;
      prof_progress_step (reading->progress, 0, NULL);
      g_atomic_int_inc (&reading->n_read);
    }
  if (profiles->len > 1 && !add_up (profiles, reading, error))
    return NULL;
  return g_ptr_array_steal_index (profiles, 0);
}

ProfProfile *
viewer_source_load (const ViewerSource *self,
                    ViewerReading      *reading,
                    GError            **error)
{
  reading->culprit = self->files->len;
  if (self->input != NULL)
    return load_input (self, reading, error);
  return load_sum (self, reading, error);
}

double
viewer_source_fraction (const ViewerSource *self, const ViewerReading *reading)
{
  double fraction = prof_progress_fraction (reading->progress);
  int    n_read = g_atomic_int_get (&reading->n_read);

  if (self->files->len == 1 || fraction < 0)
    return fraction;
  return MIN ((n_read + fraction) / self->files->len, 1);
}

void
viewer_source_init_reading (const ViewerSource *self,
                            ViewerReading      *reading,
                            GCancellable       *cancellable,
                            const ProfLimits   *limits)
{
  *reading = (ViewerReading){
    .limits = *limits,
    .cancellable = g_object_ref (cancellable),
    .progress = prof_progress_new (cancellable),
    .etags = g_new0 (char *, self->files->len),
  };
}

void
viewer_source_clear_reading (const ViewerSource *self, ViewerReading *reading)
{
  for (guint i = 0; i < self->files->len; i++)
    g_free (reading->etags[i]);
  g_free (reading->etags);
  g_object_unref (reading->cancellable);
  prof_progress_unref (reading->progress);
}
