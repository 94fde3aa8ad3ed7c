/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* usage: differential [--inputs N] [--seed N] [--write FILE] PROFILE…
 *
 * Changes the profiles at random, and gives each that comes out of it to our
 * decoder and to protobuf-c's generated code. Both must say the same: whether it
 * is a profile, and every number and name in it. The last line tells how many;
 * what differs is kept as different-SEED.pb. With --write the inputs and what
 * we make of them are written too, for pprof.go. */

#include "mutate.h"
#include "outcome.h"
#include <stdio.h>
#include <stdlib.h>

#define ROOM         (64u << 10)
#define MAX_CHANGES  4
#define LARGEST_SEED (32u << 10)

typedef struct
{
  uint64_t inputs;
  uint64_t seed;
  FILE    *out; /* (nullable) */

  GPtrArray *seeds; /* GBytes */

  uint64_t n_accepted;
  uint64_t n_apart; /* protobuf-c is known to read them in another way */
  uint64_t n_different;
} Run;

static bool
are_equal (const Outcome *a, const Outcome *b)
{
  if (a->ok != b->ok)
    return false;
  if (!a->ok)
    return true;
  for (size_t c = 0; c < OUTCOME_COUNTS; c++)
    if (a->counts[c] != b->counts[c])
      return false;
  return a->digest == b->digest;
}

static void
report (Run           *run,
        uint64_t       input,
        const uint8_t *data,
        size_t         size,
        const Outcome *ours,
        const char    *message)
{
  g_autofree char *path = g_strdup_printf ("different-%" G_GUINT64_FORMAT ".pb",
                                           input);

  run->n_different++;
  g_file_set_contents (path, (const char *)data, (gssize)size, NULL);
  g_print (
      "# %s: we %s it (%s), protobuf-c does not, or reads something else\n",
      path,
      ours->ok ? "accept" : "refuse",
      message == NULL ? "no message" : message);
}

/* Little endian, as is all of it: size, bytes, verdict, counts. */
static void
write_out (const Run     *run,
           const uint8_t *data,
           size_t         size,
           const Outcome *ours)
{
  uint64_t n = GUINT64_TO_LE (size);
  uint64_t words[1 + OUTCOME_COUNTS] = { ours->ok };

  for (size_t c = 0; c < OUTCOME_COUNTS; c++)
    words[1 + c] = GUINT64_TO_LE (ours->counts[c]);
  words[0] = GUINT64_TO_LE (words[0]);
  if (fwrite (&n, sizeof n, 1, run->out) != 1 ||
      (size > 0 && fwrite (data, size, 1, run->out) != 1) ||
      fwrite (words, sizeof words, 1, run->out) != 1)
    g_error ("the inputs cannot be written");
}

static void
compare (Run *run, uint64_t input, const uint8_t *data, size_t size)
{
  g_autofree char *message = NULL;
  Outcome          ours = outcome_of_ours (data, size, &message);
  Outcome          theirs;

  run->n_accepted += ours.ok;
  if (run->out != NULL && !outcome_is_newer_than_go (data, size))
    write_out (run, data, size, &ours);
  if (outcome_is_known_to_differ (data, size))
    {
      run->n_apart++;
      return;
    }
  theirs = outcome_of_reference (data, size);
  if (!are_equal (&ours, &theirs))
    report (run, input, data, size, &ours, message);
}

static void
run_one (Run *run, uint64_t input, uint8_t *data)
{
  Dice     dice = { run->seed * UINT64_C (1000000007) + input };
  GBytes  *seed = run->seeds->pdata[dice_below (&dice, run->seeds->len)];
  size_t   size = g_bytes_get_size (seed);
  uint64_t changes = 1 + dice_below (&dice, MAX_CHANGES);

  if (size > 0)
    memcpy (data, g_bytes_get_data (seed, NULL), size);
  for (uint64_t c = 0; c < changes; c++)
    size = mutate_profile (data, size, ROOM, &dice);
  compare (run, input, data, size);
}

static GPtrArray *
read_seeds (char **paths)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func (
      (GDestroyNotify)g_bytes_unref);

  for (; *paths != NULL; paths++)
    {
      g_autoptr (GError) error = NULL;
      char              *data;
      gsize              size;

      if (!g_file_get_contents (*paths, &data, &size, &error))
        g_error ("%s", error->message);
      if (size > LARGEST_SEED)
        g_error ("%s is too large", *paths);
      g_ptr_array_add (seeds, g_bytes_new_take (data, size));
    }
  return seeds;
}

int
main (int argc, char **argv)
{
  Run                 run = { .inputs = 20000, .seed = 1 };
  g_autofree char    *out = NULL;
  g_autofree uint8_t *data = g_malloc (ROOM);
  const GOptionEntry  entries[] = {
     { "inputs", 0, 0, G_OPTION_ARG_INT64, &run.inputs, NULL, NULL },
     { "seed", 0, 0, G_OPTION_ARG_INT64, &run.seed, NULL, NULL },
     { "write", 0, 0, G_OPTION_ARG_FILENAME, &out, NULL, NULL },
     { NULL, 0, 0, 0, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("PROFILE…");
  g_autoptr (GError)         error = NULL;

  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || argc < 2)
    g_error ("%s", error == NULL ? "no profile to change" : error->message);
  run.out = out == NULL ? NULL : fopen (out, "wb");
  run.seeds = read_seeds (argv + 1);
  for (uint64_t input = 0; input < run.inputs && run.n_different < 10; input++)
    run_one (&run, input, data);
  if (run.out != NULL && fclose (run.out) != 0)
    g_error ("%s cannot be written", out);
  g_ptr_array_unref (run.seeds);
  g_print ("# %" G_GUINT64_FORMAT " inputs, %" G_GUINT64_FORMAT
           " accepted, %" G_GUINT64_FORMAT " that protobuf-c reads otherwise, "
           "%" G_GUINT64_FORMAT " different\n"
           "1..1\n%s - the same verdicts and the same numbers\n",
           run.inputs,
           run.n_accepted,
           run.n_apart,
           run.n_different,
           run.n_different == 0 ? "ok" : "not ok");
  return run.n_different != 0;
}
