/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-facts.h"

#include "viewer-change-text.h"
#include "viewer-recent.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

#define MAX_MAPPINGS 20
#define MAX_LABELS   20

struct _ViewerFacts
{
  ViewerResult *result;
  ProfProfile  *profile; /* as read */
  GFile        *file;    /* (nullable): the only one */
  char         *address; /* (nullable): where it was captured */
  char         *name;
  char         *base_name; /* (nullable): what it is compared with */
  char        **warnings;
};

ViewerFacts *
viewer_facts_new (ViewerDocument *document)
{
  ViewerResult *result = viewer_document_get_result (document);
  ProfProfile  *profile = viewer_document_get_profile (document);
  ViewerFacts  *self;

  if (result == NULL || profile == NULL)
    return NULL;
  self = g_new0 (ViewerFacts, 1);
  self->result = viewer_result_ref (result);
  self->profile = prof_profile_ref (profile);
  if (viewer_document_n_files (document) == 1 &&
      !viewer_document_is_input (document))
    self->file = g_object_ref (viewer_document_get_file (document));
  if (viewer_document_get_url (document) != NULL)
    self->address = prof_url_shown (viewer_document_get_url (document));
  self->name = g_strdup (viewer_document_get_name (document));
  if (viewer_document_get_comparison (document) != NULL)
    self->base_name = g_strdup (
        viewer_document_get_comparison (document)->name);
  self->warnings = g_strdupv ((char **)viewer_document_get_warnings (document));
  return self;
}

void
viewer_facts_free (ViewerFacts *self)
{
  if (self == NULL)
    return;
  viewer_result_unref (self->result);
  prof_profile_unref (self->profile);
  g_clear_object (&self->file);
  g_free (self->address);
  g_free (self->name);
  g_free (self->base_name);
  g_strfreev (self->warnings);
  g_free (self);
}

/* --- Lists --- */

static void
fact_free (gpointer data)
{
  ViewerFact *fact = data;

  g_free (fact->title);
  g_free (fact->text);
  g_free (fact);
}

static void
group_free (gpointer data)
{
  ViewerFactGroup *group = data;

  g_free (group->title);
  g_ptr_array_unref (group->facts);
  g_free (group);
}

static void
add (GPtrArray *facts, const char *title, const char *text)
{
  ViewerFact *fact = g_new0 (ViewerFact, 1);

  fact->title = prof_upright (title, -1);
  fact->text = prof_upright (text, -1);
  g_ptr_array_add (facts, fact);
}

static GPtrArray *
list_new (void)
{
  return g_ptr_array_new_with_free_func (fact_free);
}

/* Takes the facts. */
static void
add_group (GPtrArray *groups, const char *title, GPtrArray *facts)
{
  ViewerFactGroup *group;

  if (facts->len == 0)
    {
      g_ptr_array_unref (facts);
      return;
    }
  group = g_new0 (ViewerFactGroup, 1);
  group->title = g_strdup (title);
  group->facts = facts;
  g_ptr_array_add (groups, group);
}

static void
add_more (GPtrArray *facts, size_t n)
{
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL,
                                                        "and %u more",
                                                        "and %u more",
                                                        n),
                                           (unsigned)n);

  add (facts, "…", text);
}

static char *
count_of (size_t n)
{
  return prof_unit_human ((int64_t)n, "count");
}

/* --- The profile --- */

static void
add_type (GPtrArray *facts, const ViewerFacts *self)
{
  const ViewerResult *result = self->result;
  g_autofree char    *type = NULL;
  g_autofree char    *text = NULL;
  const char         *title;

  if (result->type >= prof_profile_n_types (self->profile))
    return;
  type = prof_upright (prof_profile_type_name (self->profile, result->type),
                       -1);
  title = prof_unit_type_title (type);
  text = g_strdup_printf ("%s%s%s",
                          title[0] != '\0' ? _ (title) : _ ("Values"),
                          result->unit[0] != '\0' ? ", " : "",
                          result->unit);
  add (facts, _ ("Type"), text);
}

/* Of a difference there is no total that is the profile's. */
static void
add_comparison (GPtrArray *facts, const ViewerFacts *self)
{
  const ProfChange *all = &self->result->all;
  g_autofree char  *sides = NULL;

  add (facts, _ ("Compared with"), self->base_name);
  if (self->result->changes == NULL)
    return;
  sides = viewer_change_sides (self->result, all->total_before, all->total_now);
  add (facts, _ ("Total"), sides);
}

static void
add_total (GPtrArray *facts, const ViewerFacts *self)
{
  const ViewerResult *result = self->result;

  if (self->base_name != NULL)
    {
      add_comparison (facts, self);
      return;
    }

  g_autofree char *total = prof_unit_human (result->total, result->unit);
  int64_t          duration = prof_profile_duration_ns (self->profile);
  double           factor;

  if (duration <= 0 || !prof_unit_is_time (result->unit, &factor))
    {
      add (facts, _ ("Total"), total);
      return;
    }
  g_autofree char *of = prof_unit_human (duration, "nanoseconds");
  g_autofree char *share = prof_unit_human_percentage ((double)result->total *
                                                           factor,
                                                       (double)duration);
  g_autofree char *text = g_strdup_printf (_ ("%s in %s (%s)"),
                                           total,
                                           of,
                                           share);

  add (facts, _ ("Total"), text);
}

/* (transfer full) (nullable): "10 ms"; NULL where it is unknown or a count. */
static char *
period_of (const ProfProfile *profile)
{
  ProfValueType type = prof_profile_period_type (profile);
  const char   *unit = prof_profile_string (profile, type.unit);
  int64_t       period = prof_profile_period (profile);

  if (period <= 0 || strcmp (unit, "count") == 0)
    return NULL;
  return prof_unit_human (period, unit);
}

static void
add_samples (GPtrArray *facts, const ViewerFacts *self)
{
  int64_t          n = self->base_name == NULL
                           ? viewer_result_n_samples (self->result, self->result->total)
                           : -1;
  g_autofree char *period = period_of (self->profile);

  if (n < 0)
    n = (int64_t)prof_profile_n_samples (self->profile);

  g_autofree char *count = prof_unit_human (n, "count");
  g_autofree char *text = NULL;

  if (period != NULL)
    text = g_strdup_printf (_ ("%s, one every %s"), count, period);
  add (facts, _ ("Samples"), text != NULL ? text : count);
}

static void
add_time (GPtrArray *facts, const ViewerFacts *self)
{
  int64_t ns = prof_profile_time_ns (self->profile);

  if (ns == 0)
    return;
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (ns / 1000000000);
  g_autofree char      *text = NULL;

  if (time != NULL)
    text = g_date_time_format (time, "%Y-%m-%d %H:%M UTC");
  if (text != NULL)
    add (facts, _ ("Captured"), text);
}

static void
add_duration (GPtrArray *facts, const ViewerFacts *self)
{
  int64_t          ns = prof_profile_duration_ns (self->profile);
  g_autofree char *text = prof_unit_human (ns, "nanoseconds");

  if (ns > 0)
    add (facts, _ ("Duration"), text);
}

static void
add_period (GPtrArray *facts, const ViewerFacts *self)
{
  ProfValueType    type = prof_profile_period_type (self->profile);
  const char      *of = prof_profile_string (self->profile, type.type);
  const char      *unit = prof_profile_string (self->profile, type.unit);
  int64_t          period = prof_profile_period (self->profile);
  g_autofree char *amount = prof_unit_human (period, unit);
  g_autofree char *text = g_strdup_printf (of[0] != '\0' ? "%s (%s)" : "%s",
                                           amount,
                                           of);

  if (period > 0)
    add (facts, _ ("Period"), text);
}

/* --- Its contents --- */

static void
add_counts (GPtrArray *facts, const ViewerFacts *self)
{
  g_autofree char *n_functions = count_of (
      prof_profile_n_functions (self->profile));
  g_autofree char *n_locations = count_of (
      prof_profile_n_locations (self->profile));
  g_autofree char *text = g_strdup_printf (
      /* Translators: the first is a number of functions. */
      g_dngettext (NULL,
                   "%s in %s location",
                   "%s in %s locations",
                   (gulong)prof_profile_n_locations (self->profile)),
      n_functions,
      n_locations);

  add (facts, _ ("Functions"), text);
}

static void
add_binary (GPtrArray *facts, const ViewerFacts *self)
{
  g_autofree char *binary = viewer_text_binary (self->result);

  if (binary != NULL)
    add (facts, _ ("Binary"), binary);
}

static void
add_mapping (GPtrArray         *facts,
             const ProfProfile *profile,
             const ProfMapping *mapping)
{
  const char      *path = prof_profile_string (profile, mapping->filename);
  const char      *build_id = prof_profile_string (profile, mapping->build_id);
  g_autofree char *range = NULL;
  g_autofree char *text = NULL;

  range = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x–0x%" G_GINT64_MODIFIER
                           "x",
                           mapping->start,
                           mapping->limit);
  text = g_strdup_printf ("%s%s%s",
                          path[0] != '\0' ? path : range,
                          build_id[0] != '\0' ? "\n" : "",
                          build_id);
  add (facts, _ ("Mapping"), text);
}

static void
add_mappings (GPtrArray *facts, const ViewerFacts *self)
{
  size_t             n = prof_profile_n_mappings (self->profile);
  const ProfMapping *mappings = prof_profile_mappings (self->profile);

  for (size_t i = 0; i < n && i < MAX_MAPPINGS; i++)
    add_mapping (facts, self->profile, &mappings[i]);
  if (n > MAX_MAPPINGS)
    add_more (facts, n - MAX_MAPPINGS);
}

static void
add_types (GPtrArray *facts, const ViewerFacts *self)
{
  for (size_t t = 0; t < prof_profile_n_types (self->profile); t++)
    {
      g_autofree char *total = NULL;

      total = prof_unit_human (prof_profile_total (self->profile, t),
                               prof_profile_type_unit (self->profile, t));
      add (facts, prof_profile_type_name (self->profile, t), total);
    }
}

static void
add_label (GPtrArray           *facts,
           const ProfProfile   *profile,
           const ProfReportKey *key)
{
  g_autofree char *n_values = count_of (key->n_values);
  g_autofree char *n_samples = count_of (key->n_samples);
  g_autofree char *text = NULL;

  /* Translators: of a label: how many values, and samples that have one. */
  text = g_strdup_printf (_ ("values: %s, samples: %s"), n_values, n_samples);
  add (facts, prof_profile_string (profile, key->key), text);
}

static void
add_labels (GPtrArray *facts, const ViewerFacts *self)
{
  g_autoptr (GPtrArray) keys = prof_report_facts_keys (self->profile);

  for (guint i = 0; i < keys->len && i < MAX_LABELS; i++)
    add_label (facts, self->profile, keys->pdata[i]);
  if (keys->len > MAX_LABELS)
    add_more (facts, keys->len - MAX_LABELS);
}

/* --- What it says --- */

static void
add_string (GPtrArray         *facts,
            const ViewerFacts *self,
            const char        *title,
            ProfStringId       id)
{
  const char *text = prof_profile_string (self->profile, id);

  if (text[0] != '\0')
    add (facts, title, text);
}

static void
add_texts (GPtrArray *facts, const ViewerFacts *self)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (self->profile, &n);

  for (size_t i = 0; i < n; i++)
    add_string (facts, self, _ ("Comment"), comments[i]);
  add_string (facts,
              self,
              _ ("Documentation"),
              prof_profile_doc_url (self->profile));
  add_string (facts,
              self,
              _ ("Left out"),
              prof_profile_drop_frames (self->profile));
}

static void
add_warnings (GPtrArray *facts, const ViewerFacts *self)
{
  g_autofree char *text = g_strjoinv ("\n", self->warnings);

  add (facts, _ ("Warnings"), text[0] != '\0' ? text : _ ("none"));
}

GPtrArray *
viewer_facts_brief (const ViewerFacts *self)
{
  GPtrArray *facts = list_new ();

  add_type (facts, self);
  add_total (facts, self);
  add_samples (facts, self);
  add_time (facts, self);
  add_counts (facts, self);
  add_binary (facts, self);
  add_texts (facts, self);
  add_warnings (facts, self);
  return facts;
}

/* --- The file --- */

static void
add_size (GPtrArray *facts, GFile *file)
{
  g_autoptr (GFileInfo) info = NULL;
  g_autofree char      *text = NULL;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE,
                            NULL,
                            NULL);
  if (info == NULL)
    return;
  text = g_format_size_full ((guint64)g_file_info_get_size (info),
                             G_FORMAT_SIZE_LONG_FORMAT);
  add (facts, _ ("Size"), text);
}

static GPtrArray *
facts_of_file (const ViewerFacts *self)
{
  GPtrArray       *facts = list_new ();
  g_autofree char *folder = NULL;

  add (facts, _ ("Name"), self->name);
  if (self->address != NULL)
    add (facts, _ ("Address"), self->address);
  if (self->file == NULL)
    return facts;
  folder = viewer_folder_of (self->file);
  if (folder != NULL)
    add (facts, _ ("Folder"), folder);
  add_size (facts, self->file);
  return facts;
}

static GPtrArray *
facts_of_profile (const ViewerFacts *self)
{
  GPtrArray *facts = list_new ();

  add_type (facts, self);
  add_total (facts, self);
  add_samples (facts, self);
  add_time (facts, self);
  add_duration (facts, self);
  add_period (facts, self);
  return facts;
}

static GPtrArray *
facts_by (const ViewerFacts *self,
          void (*add_facts) (GPtrArray *facts, const ViewerFacts *self))
{
  GPtrArray *facts = list_new ();

  add_facts (facts, self);
  return facts;
}

static GPtrArray *
facts_of_contents (const ViewerFacts *self)
{
  GPtrArray *facts = facts_by (self, add_counts);

  add_mappings (facts, self);
  return facts;
}

GPtrArray *
viewer_facts_groups (const ViewerFacts *self)
{
  GPtrArray *groups = g_ptr_array_new_with_free_func (group_free);

  add_group (groups, _ ("File"), facts_of_file (self));
  add_group (groups, _ ("Profile"), facts_of_profile (self));
  add_group (groups, _ ("Sample Types"), facts_by (self, add_types));
  add_group (groups, _ ("Contents"), facts_of_contents (self));
  add_group (groups, _ ("Labels"), facts_by (self, add_labels));
  add_group (groups, _ ("Remarks"), facts_by (self, add_texts));
  add_group (groups, _ ("Warnings"), facts_by (self, add_warnings));
  return groups;
}

char *
viewer_facts_to_text (GPtrArray *groups)
{
  GString *out = g_string_new (NULL);

  for (guint g = 0; g < groups->len; g++)
    {
      const ViewerFactGroup *group = groups->pdata[g];

      g_string_append_printf (out, "%s%s\n", g > 0 ? "\n" : "", group->title);
      for (guint f = 0; f < group->facts->len; f++)
        {
          const ViewerFact *fact = group->facts->pdata[f];

          g_string_append_printf (out, "%s: %s\n", fact->title, fact->text);
        }
    }
  return g_string_free (out, FALSE);
}
