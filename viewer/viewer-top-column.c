/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "viewer-top-column.h"

#include "viewer-change-text.h"
#include "viewer-text.h"
#include <glib/gi18n.h>
#include <string.h>

static const struct
{
  const char  *name;
  const char  *title;
  ViewerTopKey key;
} columns[VIEWER_TOP_N_COLUMNS] = {
  [VIEWER_TOP_COLUMN_FUNCTION] = { "function",
                                   N_ ("Function"),
                                   VIEWER_TOP_NAME },
  [VIEWER_TOP_COLUMN_PACKAGE] = { "package",
                                  N_ ("Package"),
                                  VIEWER_TOP_PACKAGE },
  [VIEWER_TOP_COLUMN_FILE] = { "file", N_ ("File"), VIEWER_TOP_FILE },
  [VIEWER_TOP_COLUMN_FLAT] = { "flat", N_ ("Flat"), VIEWER_TOP_FLAT },
  [VIEWER_TOP_COLUMN_FLAT_SHARE] = { "flat-share",
                                     N_ ("Flat %"),
                                     VIEWER_TOP_FLAT },
  [VIEWER_TOP_COLUMN_SUM_SHARE] = { "sum-share",
                                    N_ ("Sum %"),
                                    VIEWER_TOP_FLAT },
  [VIEWER_TOP_COLUMN_CUM] = { "cum", N_ ("Cum"), VIEWER_TOP_CUM },
  [VIEWER_TOP_COLUMN_CUM_SHARE] = { "cum-share", N_ ("Cum %"), VIEWER_TOP_CUM },
  [VIEWER_TOP_COLUMN_SAMPLES] = { "samples", N_ ("Samples"), VIEWER_TOP_CUM },
  [VIEWER_TOP_COLUMN_FLAT_BEFORE] = { "flat-before",
                                      N_ ("Flat Before"),
                                      VIEWER_TOP_FLAT_BEFORE },
  [VIEWER_TOP_COLUMN_FLAT_NOW] = { "flat-now",
                                   N_ ("Flat Now"),
                                   VIEWER_TOP_FLAT_NOW },
  [VIEWER_TOP_COLUMN_FLAT_DELTA] = { "flat-delta",
                                     N_ ("Flat Δ"),
                                     VIEWER_TOP_FLAT },
  [VIEWER_TOP_COLUMN_FLAT_CHANGE] = { "flat-change",
                                      N_ ("Flat Δ %"),
                                      VIEWER_TOP_FLAT_CHANGE },
  [VIEWER_TOP_COLUMN_CUM_BEFORE] = { "cum-before",
                                     N_ ("Cum Before"),
                                     VIEWER_TOP_CUM_BEFORE },
  [VIEWER_TOP_COLUMN_CUM_NOW] = { "cum-now",
                                  N_ ("Cum Now"),
                                  VIEWER_TOP_CUM_NOW },
  [VIEWER_TOP_COLUMN_CUM_DELTA] = { "cum-delta", N_ ("Cum Δ"), VIEWER_TOP_CUM },
  [VIEWER_TOP_COLUMN_CUM_CHANGE] = { "cum-change",
                                     N_ ("Cum Δ %"),
                                     VIEWER_TOP_CUM_CHANGE },
};

const char *
viewer_top_column_name (ViewerTopColumn column)
{
  return columns[column].name;
}

const char *
viewer_top_column_title (ViewerTopColumn column)
{
  return _ (columns[column].title);
}

gboolean
viewer_top_column_find (const char *name, ViewerTopColumn *column)
{
  for (int c = 0; c < VIEWER_TOP_N_COLUMNS; c++)
    if (strcmp (columns[c].name, name) == 0)
      {
        *column = (ViewerTopColumn)c;
        return TRUE;
      }
  return FALSE;
}

gboolean
viewer_top_column_is_text (ViewerTopColumn column)
{
  return column <= VIEWER_TOP_COLUMN_FILE;
}

gboolean
viewer_top_column_fits (ViewerTopColumn column, gboolean compared)
{
  return viewer_top_column_is_text (column) ||
         (column >= VIEWER_TOP_COLUMN_FLAT_BEFORE) == compared;
}

gboolean
viewer_top_column_is_delta (ViewerTopColumn column)
{
  return column == VIEWER_TOP_COLUMN_FLAT_DELTA ||
         column == VIEWER_TOP_COLUMN_CUM_DELTA;
}

ViewerTopKey
viewer_top_column_key (ViewerTopColumn column)
{
  return columns[column].key;
}

int64_t
viewer_top_column_value (ViewerTopColumn column, ViewerTopRow *row)
{
  const ProfTopRow *values = viewer_top_row_get (row);

  if (column == VIEWER_TOP_COLUMN_SUM_SHARE)
    return viewer_top_row_get_sum (row);
  return columns[column].key == VIEWER_TOP_FLAT ? values->flat : values->cum;
}

static char *
samples_text (const ViewerResult *result, int64_t value)
{
  int64_t n = viewer_result_n_samples (result, value);

  return n < 0 ? g_strdup ("") : prof_unit_human (n, "count");
}

/* What a column says of a function that is compared. */
static char *
change_text (ViewerTopColumn     column,
             const ViewerResult *result,
             ProfFrameId         frame)
{
  const ProfChange *change = viewer_result_change (result, frame);

  /* A row that is about to be filled with another result. */
  if (change == NULL)
    return g_strdup ("");
  if (column == VIEWER_TOP_COLUMN_FLAT_BEFORE)
    return viewer_text_value (result, change->self_before);
  if (column == VIEWER_TOP_COLUMN_FLAT_NOW)
    return viewer_text_value (result, change->self_now);
  if (column == VIEWER_TOP_COLUMN_FLAT_DELTA)
    return viewer_change_delta (result, change->self_before, change->self_now);
  if (column == VIEWER_TOP_COLUMN_FLAT_CHANGE)
    return viewer_change_relative (change->self_before, change->self_now);
  if (column == VIEWER_TOP_COLUMN_CUM_BEFORE)
    return viewer_text_value (result, change->total_before);
  if (column == VIEWER_TOP_COLUMN_CUM_NOW)
    return viewer_text_value (result, change->total_now);
  if (column == VIEWER_TOP_COLUMN_CUM_DELTA)
    return viewer_change_delta (result,
                                change->total_before,
                                change->total_now);
  return viewer_change_relative (change->total_before, change->total_now);
}

char *
viewer_top_column_text (ViewerTopColumn column, ViewerTopRow *row)
{
  ViewerResult *result = viewer_top_row_get_result (row);
  ProfFrames   *frames = result->frames;
  ProfFrameId   frame = viewer_top_row_get (row)->frame;
  int64_t       value = viewer_top_column_value (column, row);

  switch (column)
    {
    case VIEWER_TOP_COLUMN_FUNCTION:
      return g_strdup (prof_frames_display_name (frames, frame));
    case VIEWER_TOP_COLUMN_PACKAGE:
      return prof_upright (viewer_top_package (frames, frame), -1);
    case VIEWER_TOP_COLUMN_FILE:
      return prof_upright (prof_frames_file (frames, frame), -1);
    case VIEWER_TOP_COLUMN_FLAT:
    case VIEWER_TOP_COLUMN_CUM:
      return viewer_text_value (result, value);
    case VIEWER_TOP_COLUMN_SAMPLES:
      return samples_text (result, value);
    case VIEWER_TOP_COLUMN_FLAT_BEFORE:
    case VIEWER_TOP_COLUMN_FLAT_NOW:
    case VIEWER_TOP_COLUMN_FLAT_DELTA:
    case VIEWER_TOP_COLUMN_FLAT_CHANGE:
    case VIEWER_TOP_COLUMN_CUM_BEFORE:
    case VIEWER_TOP_COLUMN_CUM_NOW:
    case VIEWER_TOP_COLUMN_CUM_DELTA:
    case VIEWER_TOP_COLUMN_CUM_CHANGE:
      return change_text (column, result, frame);
    case VIEWER_TOP_COLUMN_FLAT_SHARE:
    case VIEWER_TOP_COLUMN_SUM_SHARE:
    case VIEWER_TOP_COLUMN_CUM_SHARE:
    case VIEWER_TOP_N_COLUMNS:
    default:
      return viewer_text_percent (result, value);
    }
}
