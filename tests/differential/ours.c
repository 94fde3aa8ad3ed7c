/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"

#include "outcome.h"

static void
add_string (Outcome *out, const ProfProfile *profile, ProfStringId id)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (profile, id, &length);

  outcome_add_bytes (out, text, length);
}

static void
add_samples (Outcome *out, const ProfProfile *profile)
{
  const ProfStackNode *nodes = prof_profile_stacks (profile);
  const ProfLocation  *locations = prof_profile_locations (profile);
  const int64_t       *values = prof_profile_sample_values (profile);

  for (size_t s = 0; s < out->counts[1]; s++)
    {
      size_t           n_labels;
      const ProfLabel *labels = prof_profile_sample_labels (profile,
                                                            s,
                                                            &n_labels);

      for (ProfStackId node = prof_profile_sample_stacks (profile)[s];
           node != 0;
           node = nodes[node].parent)
        outcome_add (out, locations[nodes[node].location].id);
      for (size_t v = 0; v < out->counts[0]; v++, values++)
        {
          outcome_add (out, (uint64_t)*values);
          out->counts[6] += (uint64_t)*values;
        }
      for (size_t l = 0; l < n_labels; l++)
        {
          add_string (out, profile, labels[l].key);
          add_string (out, profile, labels[l].str);
          outcome_add (out, (uint64_t)labels[l].num);
          add_string (out, profile, labels[l].unit);
        }
      out->counts[5] += n_labels;
    }
}

static void
add_tables (Outcome *out, const ProfProfile *profile)
{
  for (size_t t = 0; t < out->counts[0]; t++)
    {
      add_string (out, profile, prof_profile_types (profile)[t].type);
      add_string (out, profile, prof_profile_types (profile)[t].unit);
    }
  for (size_t m = 0; m < out->counts[2]; m++)
    {
      const ProfMapping *row = &prof_profile_mappings (profile)[m];

      outcome_add (out, row->id);
      outcome_add (out, row->start);
      outcome_add (out, row->limit);
      outcome_add (out, row->offset);
    }
  for (size_t l = 0; l < out->counts[3]; l++)
    {
      const ProfLocation *row = &prof_profile_locations (profile)[l];

      outcome_add (out, row->id);
      outcome_add (out, row->address);
      outcome_add (out, row->is_folded);
      outcome_add (out, row->mapping != PROF_ID_NONE);
      for (size_t i = 0; i < row->n_lines; i++)
        {
          const ProfLine *line = &prof_profile_lines (
              profile)[row->first_line + i];

          outcome_add (out,
                       prof_profile_functions (profile)[line->function].id);
          outcome_add (out, (uint64_t)line->line);
          outcome_add (out, (uint64_t)line->column);
        }
    }
  for (size_t f = 0; f < out->counts[4]; f++)
    {
      const ProfFunction *row = &prof_profile_functions (profile)[f];

      outcome_add (out, row->id);
      outcome_add (out, (uint64_t)row->start_line);
      add_string (out, profile, row->name);
      add_string (out, profile, row->system_name);
      add_string (out, profile, row->filename);
    }
}

Outcome
outcome_of_ours (const uint8_t *data, size_t size, char **message)
{
  g_autoptr (ProfPprofDecode) decoder = prof_pprof_decode_new (NULL);
  g_autoptr (ProfProfile)     profile = NULL;
  g_autoptr (GError)          error = NULL;
  Outcome                     out = { 0 };

  if (size > 0 && prof_pprof_decode_feed (decoder, data, size, &error))
    profile = prof_pprof_decode_finish (decoder, &error);
  *message = error == NULL ? NULL : g_strdup (error->message);
  if (profile == NULL)
    return out;
  out.ok = true;
  out.counts[0] = prof_profile_n_types (profile);
  out.counts[1] = prof_profile_n_samples (profile);
  out.counts[2] = prof_profile_n_mappings (profile);
  out.counts[3] = prof_profile_n_locations (profile);
  out.counts[4] = prof_profile_n_functions (profile);
  add_samples (&out, profile);
  add_tables (&out, profile);
  outcome_add (&out, (uint64_t)prof_profile_time_ns (profile));
  outcome_add (&out, (uint64_t)prof_profile_duration_ns (profile));
  outcome_add (&out, (uint64_t)prof_profile_period (profile));
  return out;
}
