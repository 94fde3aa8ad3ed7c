/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-progress.h"

static void
test_without_progress_work_goes_on (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (prof_progress_step (NULL, 0.5, &error));
  g_assert_no_error (error);
}

static void
test_tells_the_fraction (void)
{
  g_autoptr (ProfProgress) progress = prof_progress_new (NULL);

  g_assert_cmpfloat (prof_progress_fraction (progress), ==, 0);
  g_assert_true (prof_progress_step (progress, 0.25, NULL));
  g_assert_cmpfloat (prof_progress_fraction (progress), ==, 0.25);
  g_assert_true (prof_progress_step (progress, 7, NULL));
  g_assert_cmpfloat (prof_progress_fraction (progress), ==, 1);
  g_assert_true (prof_progress_step (progress, -1, NULL));
  g_assert_cmpfloat (prof_progress_fraction (progress), <, 0);
}

static void
test_stops_when_cancelled (void)
{
  g_autoptr (GError)       error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ProfProgress) progress = prof_progress_new (cancellable);

  g_cancellable_cancel (cancellable);
  g_assert_false (prof_progress_step (progress, 0.5, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/progress/without-it-work-goes-on",
                   test_without_progress_work_goes_on);
  g_test_add_func ("/progress/tells-the-fraction", test_tells_the_fraction);
  g_test_add_func ("/progress/stops-when-cancelled", test_stops_when_cancelled);
  return g_test_run ();
}
