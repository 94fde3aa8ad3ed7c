/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What readers of JSON do with a value, for functions of rules
 * (prof-json-walk.h). */

#include "base/prof-json.h"
#include "formats/prof-number-column.h"
#include "formats/prof-places.h"

G_BEGIN_DECLS

/* The position of a text. */
bool prof_json_take_text (const ProfJson *json,
                          ProfPlaces     *places,
                          int64_t        *position,
                          GError        **error);

/* A whole number that is not below 0; anything else is an error with its place. */
bool prof_json_take_whole (const ProfJson *json,
                           int64_t        *number,
                           GError        **error);

/* Appends a number to a column in which it waits. */
bool prof_json_take_number (ProfNumberColumn *column,
                            int64_t           number,
                            GError          **error);

G_END_DECLS
