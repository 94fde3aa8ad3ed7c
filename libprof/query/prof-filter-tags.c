/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-filter-tags.h"

#include "base/prof-pattern.h"
#include "base/prof-vec.h"
#include "query/prof-filter.h"
#include "query/prof-relink.h"
#include "query/prof-tag-filter.h"
#include <string.h>

typedef struct
{
  ProfTagFilter *focus;  /* (nullable) */
  ProfTagFilter *ignore; /* (nullable) */
  bool           focused;
  bool           ignored;
} Tags;

static bool
begin_filter (ProfTagFilter       **filter,
              const char           *name,
              const char           *text,
              ProfProfile          *profile,
              const ProfLabelUnits *units,
              GPtrArray            *ranges,
              GError              **error)
{
  const char *range;

  if (text[0] == '\0')
    return true;
  *filter = prof_tag_filter_new (text, profile, units, error);
  if (*filter == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return false;
    }
  range = prof_tag_filter_range (*filter);
  if (range != NULL && ranges != NULL)
    g_ptr_array_add (
        ranges,
        g_strdup_printf ("%s:Interpreted '%s' as range, not regexp",
                         name,
                         range));
  return true;
}

static bool
test_sample (Tags *tags, size_t sample, bool *dropped, GError **error)
{
  bool focused = true;
  bool ignored = false;

  if ((tags->focus != NULL &&
       !prof_tag_filter_test (tags->focus, sample, &focused, error)) ||
      (tags->ignore != NULL &&
       !prof_tag_filter_test (tags->ignore, sample, &ignored, error)))
    return false;
  tags->focused = tags->focused || focused;
  tags->ignored = tags->ignored || ignored;
  *dropped = !focused || ignored;
  return true;
}

static ProfProfile *
filter_samples (Tags *tags, ProfProfile *profile, GError **error)
{
  size_t                n = prof_profile_n_samples (profile);
  g_autofree bool      *dropped = g_new (bool, n + 1);
  g_autoptr (ProfDraft) draft = NULL;
  ProfRelink            relink = { .dropped = dropped };

  for (size_t s = 0; s < n; s++)
    if (!test_sample (tags, s, &dropped[s], error))
      return NULL;
  draft = prof_draft_new (profile);
  prof_relink (draft, profile, &relink);
  return prof_draft_finish (draft, error);
}

ProfProfile *
prof_filter_tags (ProfProfile           *profile,
                  const ProfQueryFields *fields,
                  const ProfLabelUnits  *units,
                  unsigned              *misses,
                  GPtrArray             *ranges,
                  ProfProgress          *progress,
                  GError               **error)
{
  Tags         tags = { 0 };
  ProfProfile *filtered = NULL;

  if (begin_filter (&tags.focus,
                    "tagfocus",
                    fields->tagfocus,
                    profile,
                    units,
                    ranges,
                    error) &&
      begin_filter (&tags.ignore,
                    "tagignore",
                    fields->tagignore,
                    profile,
                    units,
                    ranges,
                    error) &&
      prof_progress_step (progress, -1, error))
    filtered = filter_samples (&tags, profile, error);
  if (tags.focus != NULL && !tags.focused)
    *misses |= PROF_MISS_TAGFOCUS;
  if (tags.ignore != NULL && !tags.ignored)
    *misses |= PROF_MISS_TAGIGNORE;
  prof_tag_filter_free (tags.focus);
  prof_tag_filter_free (tags.ignore);
  return filtered;
}

PROF_VEC_DEFINE (Labels, labels, ProfLabel)

typedef struct
{
  ProfProfile *profile;
  ProfPattern *show; /* (nullable) */
  ProfPattern *hide; /* (nullable) */
  bool         shown;
  bool         hidden;

  /* Owned */
  Labels left; /* of one sample */
} Keys;

static bool
test_key (Keys        *keys,
          ProfPattern *pattern,
          ProfStringId key,
          bool        *matches,
          GError     **error)
{
  size_t      length;
  const char *text = prof_profile_string_bytes (keys->profile, key, &length);

  return pattern == NULL ||
         prof_pattern_test (pattern, key, text, length, matches, error);
}

static bool
sift_label (Keys *keys, const ProfLabel *label, GError **error)
{
  bool shown = true;
  bool hidden = false;

  if (!test_key (keys, keys->show, label->key, &shown, error) ||
      !test_key (keys, keys->hide, label->key, &hidden, error))
    return false;
  keys->shown = keys->shown || shown;
  keys->hidden = keys->hidden || hidden;
  if (!shown || hidden || labels_append (&keys->left, *label))
    return true;
  return prof_fail_memory (error);
}

static ProfProfile *
sift_labels (Keys *keys, GError **error)
{
  g_autoptr (ProfDraft) draft = prof_draft_new (keys->profile);
  const ProfProfile    *profile = keys->profile;
  size_t                n_types = prof_profile_n_types (profile);

  prof_draft_begin_samples (draft);
  for (size_t s = 0; s < prof_profile_n_samples (profile); s++)
    {
      size_t           n;
      const ProfLabel *labels = prof_profile_sample_labels (profile, s, &n);

      keys->left.length = 0;
      for (size_t l = 0; l < n; l++)
        if (!sift_label (keys, &labels[l], error))
          return NULL;
      prof_draft_add_sample (draft,
                             prof_profile_sample_stacks (profile)[s],
                             prof_profile_sample_values (profile) + s * n_types,
                             keys->left.data,
                             keys->left.length);
    }
  return prof_draft_finish (draft, error);
}

static bool
begin_pattern (ProfPattern     **pattern,
               const char       *name,
               const char       *text,
               const ProfLimits *limits,
               GError          **error)
{
  if (text[0] == '\0')
    return true;
  *pattern = prof_pattern_new (text, 0, limits, error);
  if (*pattern == NULL)
    g_prefix_error (error, "%s: ", name);
  return *pattern != NULL;
}

ProfProfile *
prof_filter_labels (ProfProfile           *profile,
                    const ProfQueryFields *fields,
                    unsigned              *misses,
                    ProfProgress          *progress,
                    GError               **error)
{
  const ProfLimits *limits = prof_profile_limits (profile);
  Keys              keys = { .profile = profile };
  ProfProfile      *sifted = NULL;

  if (begin_pattern (&keys.show, "tagshow", fields->tagshow, limits, error) &&
      begin_pattern (&keys.hide, "taghide", fields->taghide, limits, error) &&
      prof_progress_step (progress, -1, error))
    sifted = sift_labels (&keys, error);
  if (keys.show != NULL && !keys.shown)
    *misses |= PROF_MISS_TAGSHOW;
  if (keys.hide != NULL && !keys.hidden)
    *misses |= PROF_MISS_TAGHIDE;
  prof_pattern_free (keys.show);
  prof_pattern_free (keys.hide);
  labels_clear (&keys.left);
  return sifted;
}
