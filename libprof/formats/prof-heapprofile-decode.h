/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Sampled heap profiles of V8 (.heapprofile): what Chrome's tools and
 * "node --heap-prof" write.
 *
 * Memory: for each node of its tree some 60 bytes. */
#include "formats/prof-decoder.h"

G_BEGIN_DECLS

extern const ProfDecoder prof_heapprofile_decoder;

G_END_DECLS
