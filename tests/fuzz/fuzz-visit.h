/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What every target does with a profile that was read. */

#include "model/prof-profile.h"

/* Reads all of it, so that the sanitizers see every row that is wrong. */
void fuzz_visit (const ProfProfile *profile);

/* What we write we read, and write the same again. */
void fuzz_write_and_read (const ProfProfile *profile);
