/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Rows of a profile's tables. Indexes, not pointers: each says into which table
 * it points, and %PROF_ID_NONE is "no such row". */

#include <stdint.h>

#define PROF_ID_NONE UINT32_MAX

typedef uint32_t ProfStringId;   /* prof_profile_string(); 0 is "" */
typedef uint32_t ProfFunctionId; /* prof_profile_function() */
typedef uint32_t ProfLocationId; /* prof_profile_location() */
typedef uint32_t ProfMappingId;  /* prof_profile_mapping() */
typedef uint32_t ProfStackId; /* prof_profile_stacks(); 0 is the empty stack */
typedef uint32_t ProfFrameId; /* prof_frames_name() */
typedef uint32_t ProfNodeId;  /* prof_tree_nodes(); 0 is the root */
