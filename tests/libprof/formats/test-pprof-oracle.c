/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-pprof-decode.h"

#include "pprof-util.h"
#include "profile.pb-c.h"
#include "test-util.h"
#include <string.h>

/* protobuf-c's unpacking of a whole profile against our decoder, on real files
 * and on random profiles, which are packed by protobuf-c too. */

typedef Perftools__Profiles__Profile   Profile;
typedef Perftools__Profiles__Sample    Sample;
typedef Perftools__Profiles__Mapping   Mapping;
typedef Perftools__Profiles__Location  Location;
typedef Perftools__Profiles__Line      Line;
typedef Perftools__Profiles__Function  Function;
typedef Perftools__Profiles__Label     Label;
typedef Perftools__Profiles__ValueType ValueType;

/* protobuf-c's strings end at a NUL; none of these files has one. */
static void
assert_string (const ProfProfile *ours,
               ProfStringId       id,
               const Profile     *theirs,
               int64_t            position)
{
  g_assert_cmpint (position, >=, 0);
  g_assert_cmpuint ((size_t)position, <, theirs->n_string_table);
  g_assert_cmpstr (prof_profile_string (ours, id),
                   ==,
                   theirs->string_table[position]);
}

static void
compare_types (const ProfProfile *ours, const Profile *theirs)
{
  g_assert_cmpuint (prof_profile_n_types (ours), ==, theirs->n_sample_type);
  for (size_t i = 0; i < theirs->n_sample_type; i++)
    {
      const ProfValueType *type = &prof_profile_types (ours)[i];

      assert_string (ours, type->type, theirs, theirs->sample_type[i]->type);
      assert_string (ours, type->unit, theirs, theirs->sample_type[i]->unit);
    }
}

static void
compare_header (const ProfProfile *ours, const Profile *theirs)
{
  size_t              n;
  const ProfStringId *comments = prof_profile_comments (ours, &n);

  g_assert_cmpint (prof_profile_time_ns (ours), ==, theirs->time_nanos);
  g_assert_cmpint (prof_profile_duration_ns (ours), ==, theirs->duration_nanos);
  g_assert_cmpint (prof_profile_period (ours), ==, theirs->period);
  assert_string (ours,
                 prof_profile_drop_frames (ours),
                 theirs,
                 theirs->drop_frames);
  assert_string (ours,
                 prof_profile_keep_frames (ours),
                 theirs,
                 theirs->keep_frames);
  assert_string (ours,
                 prof_profile_default_type_name (ours),
                 theirs,
                 theirs->default_sample_type);
  assert_string (ours, prof_profile_doc_url (ours), theirs, theirs->doc_url);
  g_assert_cmpuint (n, ==, theirs->n_comment);
  for (size_t i = 0; i < n; i++)
    assert_string (ours, comments[i], theirs, theirs->comment[i]);
  if (theirs->period_type == NULL)
    return;
  assert_string (ours,
                 prof_profile_period_type (ours).type,
                 theirs,
                 theirs->period_type->type);
  assert_string (ours,
                 prof_profile_period_type (ours).unit,
                 theirs,
                 theirs->period_type->unit);
}

static void
compare_mappings (const ProfProfile *ours, const Profile *theirs)
{
  g_assert_cmpuint (prof_profile_n_mappings (ours), ==, theirs->n_mapping);
  for (size_t i = 0; i < theirs->n_mapping; i++)
    {
      const ProfMapping *row = &prof_profile_mappings (ours)[i];
      const Mapping     *mapping = theirs->mapping[i];

      g_assert_cmpuint (row->id, ==, mapping->id);
      g_assert_cmpuint (row->start, ==, mapping->memory_start);
      g_assert_cmpuint (row->limit, ==, mapping->memory_limit);
      g_assert_cmpuint (row->offset, ==, mapping->file_offset);
      assert_string (ours, row->filename, theirs, mapping->filename);
      assert_string (ours, row->build_id, theirs, mapping->build_id);
      g_assert_cmpint (row->has_functions, ==, mapping->has_functions);
      g_assert_cmpint (row->has_filenames, ==, mapping->has_filenames);
      g_assert_cmpint (row->has_line_numbers, ==, mapping->has_line_numbers);
      g_assert_cmpint (row->has_inline_frames, ==, mapping->has_inline_frames);
    }
}

static void
compare_functions (const ProfProfile *ours, const Profile *theirs)
{
  g_assert_cmpuint (prof_profile_n_functions (ours), ==, theirs->n_function);
  for (size_t i = 0; i < theirs->n_function; i++)
    {
      const ProfFunction *row = &prof_profile_functions (ours)[i];
      const Function     *function = theirs->function[i];

      g_assert_cmpuint (row->id, ==, function->id);
      g_assert_cmpint (row->start_line, ==, function->start_line);
      assert_string (ours, row->name, theirs, function->name);
      assert_string (ours, row->system_name, theirs, function->system_name);
      assert_string (ours, row->filename, theirs, function->filename);
    }
}

static void
compare_lines (const ProfProfile  *ours,
               const ProfLocation *row,
               const Location     *location)
{
  g_assert_cmpuint (row->n_lines, ==, location->n_line);
  for (size_t i = 0; i < location->n_line; i++)
    {
      const ProfLine *line = &prof_profile_lines (ours)[row->first_line + i];

      g_assert_cmpuint (prof_profile_functions (ours)[line->function].id,
                        ==,
                        location->line[i]->function_id);
      g_assert_cmpint (line->line, ==, location->line[i]->line);
      g_assert_cmpint (line->column, ==, location->line[i]->column);
    }
}

static void
compare_locations (const ProfProfile *ours, const Profile *theirs)
{
  g_assert_cmpuint (prof_profile_n_locations (ours), ==, theirs->n_location);
  for (size_t i = 0; i < theirs->n_location; i++)
    {
      const ProfLocation *row = &prof_profile_locations (ours)[i];
      const Location     *location = theirs->location[i];

      g_assert_cmpuint (row->id, ==, location->id);
      g_assert_cmpuint (row->address, ==, location->address);
      g_assert_cmpint (row->is_folded, ==, location->is_folded);
      if (row->mapping != PROF_ID_NONE)
        g_assert_cmpuint (prof_profile_mappings (ours)[row->mapping].id,
                          ==,
                          location->mapping_id);
      else
        g_assert_cmpuint (location->mapping_id, ==, 0);
      compare_lines (ours, row, location);
    }
}

static void
compare_labels (const ProfProfile *ours, size_t sample, const Profile *theirs)
{
  size_t           n;
  const ProfLabel *labels = prof_profile_sample_labels (ours, sample, &n);
  size_t           at = 0;

  for (size_t i = 0; i < theirs->sample[sample]->n_label; i++)
    {
      const Label *label = theirs->sample[sample]->label[i];

      if (label->str == 0 && label->num == 0 && label->num_unit == 0)
        continue; /* says nothing, and is dropped */
      g_assert_cmpuint (at, <, n);
      assert_string (ours, labels[at].key, theirs, label->key);
      assert_string (ours, labels[at].str, theirs, label->str);
      if (label->str == 0)
        {
          g_assert_cmpint (labels[at].num, ==, label->num);
          assert_string (ours, labels[at].unit, theirs, label->num_unit);
        }
      at++;
    }
  g_assert_cmpuint (at, ==, n);
}

static void
compare_samples (const ProfProfile *ours, const Profile *theirs)
{
  const ProfStackNode *nodes = prof_profile_stacks (ours);
  const ProfLocation  *locations = prof_profile_locations (ours);
  const int64_t       *values = prof_profile_sample_values (ours);

  g_assert_cmpuint (prof_profile_n_samples (ours), ==, theirs->n_sample);
  for (size_t i = 0; i < theirs->n_sample; i++)
    {
      const Sample *sample = theirs->sample[i];
      ProfStackId   node = prof_profile_sample_stacks (ours)[i];

      for (size_t k = 0; k < sample->n_location_id; k++)
        {
          g_assert_cmpuint (node, !=, 0);
          g_assert_cmpuint (locations[nodes[node].location].id,
                            ==,
                            sample->location_id[k]);
          node = nodes[node].parent;
        }
      g_assert_cmpuint (node, ==, 0);
      for (size_t k = 0; k < sample->n_value; k++)
        g_assert_cmpint (*values++, ==, sample->value[k]);
      compare_labels (ours, i, theirs);
    }
}

static void
compare (const uint8_t *bytes, size_t length)
{
  g_autoptr (GError)      error = NULL;
  g_autoptr (ProfProfile) ours = decode_by (bytes, length, 4096, &error);
  Profile                *theirs;

  g_assert_no_error (error);
  theirs = perftools__profiles__profile__unpack (NULL, length, bytes);
  g_assert_nonnull (theirs);
  compare_types (ours, theirs);
  compare_header (ours, theirs);
  compare_mappings (ours, theirs);
  compare_functions (ours, theirs);
  compare_locations (ours, theirs);
  compare_samples (ours, theirs);
  perftools__profiles__profile__free_unpacked (theirs, NULL);
}

static void
test_examples_are_read_alike (void)
{
  g_autoptr (GPtrArray) files = files_of ("data/examples");
  size_t                n = 0;

  for (guint i = 0; i < files->len; i++)
    {
      g_autoptr (GBytes) bytes = NULL;

      if (!g_str_has_suffix (files->pdata[i], ".prof"))
        continue;
      bytes = inflated_bytes (files->pdata[i]);
      compare (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* --- random profiles --- */

/* Mostly small, as in files; sometimes any 64 bits. */
static uint64_t
any_number (void)
{
  uint64_t bits = (uint64_t)(uint32_t)g_test_rand_int () << 32 |
                  (uint32_t)g_test_rand_int ();

  return bits >> g_test_rand_int_range (0, 64);
}

/* Below @n, for rows and for string positions. */
static size_t
below (size_t n)
{
  return (size_t)g_test_rand_int_range (0, (gint32)n);
}

static int64_t
any_string (const Profile *profile)
{
  return (int64_t)below (profile->n_string_table);
}

/* Different for different rows, and not 0. */
static uint64_t
id_of (size_t row, uint64_t stride)
{
  return (row + 1) * stride;
}

/* What a random profile is made of. Everything dies with the pool. */
typedef struct
{
  Profile    profile;
  GPtrArray *pool;
  uint64_t   stride; /* between ids; odd */
} Random;

static void *
take (Random *random, size_t n, size_t size)
{
  void *memory = g_malloc0_n (n + 1, size);

  g_ptr_array_add (random->pool, memory);
  return memory;
}

#define TAKE(random, n, type) ((type *)take (random, n, sizeof (type)))

static void
make_strings (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_string_table = 3 + below (50);
  profile->string_table = TAKE (random, profile->n_string_table, char *);
  for (size_t i = 0; i < profile->n_string_table; i++)
    {
      size_t length = i == 0 ? 0 : below (40);

      profile->string_table[i] = TAKE (random, length, char);
      for (size_t k = 0; k < length; k++)
        profile->string_table[i][k] = (char)(1 + below (255));
    }
}

static ValueType *
make_type (Random *random)
{
  ValueType *type = TAKE (random, 1, ValueType);

  perftools__profiles__value_type__init (type);
  type->type = any_string (&random->profile);
  type->unit = any_string (&random->profile);
  return type;
}

static void
make_header (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_sample_type = 1 + below (4);
  profile->sample_type = TAKE (random, profile->n_sample_type, ValueType *);
  for (size_t i = 0; i < profile->n_sample_type; i++)
    profile->sample_type[i] = make_type (random);
  if (below (2) == 0)
    profile->period_type = make_type (random);
  profile->period = (int64_t)any_number ();
  profile->time_nanos = (int64_t)any_number ();
  profile->duration_nanos = (int64_t)any_number ();
  profile->drop_frames = any_string (profile);
  profile->keep_frames = any_string (profile);
  profile->default_sample_type = any_string (profile);
  profile->doc_url = any_string (profile);
  profile->n_comment = below (5);
  profile->comment = TAKE (random, profile->n_comment, int64_t);
  for (size_t i = 0; i < profile->n_comment; i++)
    profile->comment[i] = any_string (profile);
}

static void
make_mappings (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_mapping = 1 + below (5);
  profile->mapping = TAKE (random, profile->n_mapping, Mapping *);
  for (size_t i = 0; i < profile->n_mapping; i++)
    {
      Mapping *mapping = TAKE (random, 1, Mapping);

      perftools__profiles__mapping__init (mapping);
      mapping->id = id_of (i, random->stride);
      mapping->memory_start = any_number ();
      mapping->memory_limit = any_number ();
      mapping->file_offset = any_number ();
      mapping->filename = any_string (profile);
      mapping->build_id = any_string (profile);
      mapping->has_functions = below (2) == 0;
      mapping->has_filenames = below (2) == 0;
      mapping->has_line_numbers = below (2) == 0;
      mapping->has_inline_frames = below (2) == 0;
      profile->mapping[i] = mapping;
    }
}

static void
make_functions (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_function = 1 + below (30);
  profile->function = TAKE (random, profile->n_function, Function *);
  for (size_t i = 0; i < profile->n_function; i++)
    {
      Function *function = TAKE (random, 1, Function);

      perftools__profiles__function__init (function);
      function->id = id_of (i, random->stride);
      function->name = any_string (profile);
      function->system_name = any_string (profile);
      function->filename = any_string (profile);
      function->start_line = (int64_t)any_number ();
      profile->function[i] = function;
    }
}

static void
make_lines (Random *random, Location *location)
{
  location->n_line = below (4);
  location->line = TAKE (random, location->n_line, Line *);
  for (size_t i = 0; i < location->n_line; i++)
    {
      Line *line = TAKE (random, 1, Line);

      perftools__profiles__line__init (line);
      line->function_id = id_of (below (random->profile.n_function),
                                 random->stride);
      line->line = (int64_t)any_number ();
      line->column = (int64_t)any_number ();
      location->line[i] = line;
    }
}

static void
make_locations (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_location = 1 + below (60);
  profile->location = TAKE (random, profile->n_location, Location *);
  for (size_t i = 0; i < profile->n_location; i++)
    {
      Location *location = TAKE (random, 1, Location);

      perftools__profiles__location__init (location);
      location->id = id_of (i, random->stride);
      if (below (4) > 0)
        location->mapping_id = id_of (below (profile->n_mapping),
                                      random->stride);
      location->address = any_number ();
      location->is_folded = below (8) == 0;
      make_lines (random, location);
      profile->location[i] = location;
    }
}

static void
make_labels (Random *random, Sample *sample)
{
  sample->n_label = below (4);
  sample->label = TAKE (random, sample->n_label, Label *);
  for (size_t i = 0; i < sample->n_label; i++)
    {
      Label *label = TAKE (random, 1, Label);

      perftools__profiles__label__init (label);
      label->key = any_string (&random->profile);
      if (below (2) == 0)
        label->str = any_string (&random->profile);
      if (below (2) == 0)
        label->num = (int64_t)any_number ();
      if (below (2) == 0)
        label->num_unit = any_string (&random->profile);
      sample->label[i] = label;
    }
}

static Sample *
make_sample (Random *random)
{
  const Profile *profile = &random->profile;
  Sample        *sample = TAKE (random, 1, Sample);

  perftools__profiles__sample__init (sample);
  sample->n_location_id = below (40);
  sample->location_id = TAKE (random, sample->n_location_id, uint64_t);
  for (size_t i = 0; i < sample->n_location_id; i++)
    sample->location_id[i] = id_of (below (profile->n_location),
                                    random->stride);
  sample->n_value = profile->n_sample_type;
  sample->value = TAKE (random, sample->n_value, int64_t);
  for (size_t i = 0; i < sample->n_value; i++)
    sample->value[i] = (int64_t)any_number ();
  make_labels (random, sample);
  return sample;
}

static void
make_samples (Random *random)
{
  Profile *profile = &random->profile;

  profile->n_sample = below (300);
  profile->sample = TAKE (random, profile->n_sample, Sample *);
  for (size_t i = 0; i < profile->n_sample; i++)
    profile->sample[i] = make_sample (random);
}

static void
test_random_profiles_are_read_alike (void)
{
  for (unsigned round = 0; round < 200; round++)
    {
      Random random = { .profile = PERFTOOLS__PROFILES__PROFILE__INIT };
      g_autofree uint8_t *bytes = NULL;
      size_t              length;

      random.pool = g_ptr_array_new_with_free_func (g_free);
      random.stride = round % 4 == 0 ? any_number () | 1 : 1;
      make_strings (&random);
      make_header (&random);
      make_mappings (&random);
      make_functions (&random);
      make_locations (&random);
      make_samples (&random);
      length = perftools__profiles__profile__get_packed_size (&random.profile);
      bytes = g_malloc (length);
      perftools__profiles__profile__pack (&random.profile, bytes);
      compare (bytes, length);
      g_ptr_array_unref (random.pool);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pprof-oracle/examples-are-read-alike",
                   test_examples_are_read_alike);
  g_test_add_func ("/pprof-oracle/random-profiles-are-read-alike",
                   test_random_profiles_are_read_alike);
  return g_test_run ();
}
