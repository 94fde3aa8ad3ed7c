/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* libprof: bytes -> profile -> query -> tree -> layout -> painter. */

#include "analysis/prof-frames.h"
#include "analysis/prof-search.h"
#include "analysis/prof-top.h"
#include "analysis/prof-tree.h"
#include "base/prof-error.h"
#include "base/prof-limits.h"
#include "base/prof-number.h"
#include "base/prof-progress.h"
#include "base/prof-types.h"
#include "base/prof-unit.h"
#include "export/prof-export.h"
#include "formats/prof-format.h"
#include "layout/prof-flame-layout.h"
#include "layout/prof-label-fit.h"
#include "model/prof-profile.h"
#include "paint/prof-flame-paint.h"
#include "paint/prof-painter-cairo.h"
#include "paint/prof-palette.h"
#include "query/prof-granularity.h"
#include "query/prof-prune.h"
#include "query/prof-query.h"
#include "report/prof-report-header.h"
#include "report/prof-report-info.h"
#include "report/prof-report-top.h"
