/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Stacks out of a call graph: files that say what a function costs by itself and
 * what its calls cost, and not which of its callers led to which of its calls.
 *
 * What is reckoned is what gprof and speedscope reckon: a call of a function costs
 * the same parts of it, whoever calls. So a function's cost goes to its own lines
 * and its calls in fixed shares, from the functions that nothing calls down. It is
 * exact where a function has one caller, or callers that do not differ. Whatever
 * it is:
 *
 * - what each line of each function costs by itself is as in the file, and so is
 *   the sum of all;
 * - what a function costs with its calls is as in the file, but for rounding, as
 *   long as it does not call itself.
 *
 * Paths that have less than one part in 50,000 of the whole are not followed:
 * their costs are put on the heaviest path of their function. */

#include "model/prof-builder.h"

G_BEGIN_DECLS

typedef struct _ProfCallFlow ProfCallFlow;

/* The most values that costs can have. */
#define PROF_CALL_FLOW_MOST_VALUES 64

/**
 * prof_call_flow_new:
 * @n_values: that each cost has, from 1 to %PROF_CALL_FLOW_MOST_VALUES
 */
ProfCallFlow *prof_call_flow_new (size_t n_values);
void          prof_call_flow_free (ProfCallFlow *self);

/* Bytes it takes. */
size_t prof_call_flow_bytes (const ProfCallFlow *self);

/**
 * prof_call_flow_add_cost:
 * @function: any number from 0 on, below 2^32 - 1; they should lie close together
 * @location: a location of the builder, on the line that costs
 * @values: not below 0
 *
 * Adds what a function costs by itself on one line; there may be several for one.
 *
 * Returns: %false when memory is refused or a sum does not fit into 64 bits
 */
bool prof_call_flow_add_cost (ProfCallFlow  *self,
                              uint32_t       function,
                              uint64_t       location,
                              const int64_t *values,
                              GError       **error);

/**
 * prof_call_flow_add_call:
 * @location: a location of the builder in @caller, on the line of the call
 * @values: what the calls cost with all that they call
 */
bool prof_call_flow_add_call (ProfCallFlow  *self,
                              uint32_t       caller,
                              uint32_t       callee,
                              uint64_t       location,
                              const int64_t *values,
                              GError       **error);

/**
 * prof_call_flow_finish:
 *
 * Adds the samples, one for each stack.
 *
 * Cost: some 100 ns for each line and call of each path that is followed, at
 *   most 8 million of them.
 */
bool prof_call_flow_finish (ProfCallFlow *self,
                            ProfBuilder  *builder,
                            GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProfCallFlow, prof_call_flow_free)

G_END_DECLS
