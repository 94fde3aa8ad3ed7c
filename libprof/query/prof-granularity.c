/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-granularity.h"

const char *
prof_granularity_name (ProfGranularity granularity)
{
  switch (granularity)
    {
    case PROF_GRANULARITY_FILEFUNCTIONS:
      return "filefunctions";
    case PROF_GRANULARITY_FILES:
      return "files";
    case PROF_GRANULARITY_LINES:
      return "lines";
    case PROF_GRANULARITY_ADDRESSES:
      return "addresses";
    case PROF_GRANULARITY_PACKAGES:
      return "packages";
    case PROF_GRANULARITY_FUNCTIONS:
    default:
      return "functions";
    }
}
