/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "formats/prof-call-flow.h"

#include "base/prof-checked.h"
#include "base/prof-strings.h"
#include "base/prof-vec.h"
#include <math.h>

/* A path is a function and the stack of its callers, each on the line of its call;
 * what flows into it is shared out:
 *
 *   in ──▶ function ──▶ its lines       in · cost of the line / all costs
 *              └──────▶ its calls       in · cost of the call / all costs
 *
 * What flows in from nowhere, at functions that are called for less than they
 * cost, is the sum of all lines: nothing is lost or made. */

/* The part of the whole below which a path is not followed, nor one of half a
 * unit; frames of one; lines and calls of all paths; and how often to look at the
 * memory that they take. */
#define PARTS      50000.0
#define LEAST      0.5
#define MOST_DEPTH 512
#define MOST_STEPS 8000000
#define CHECKED    4096

#define NO_STACK PROF_ID_NONE

/* A line of a function, or a call from one. */
typedef struct
{
  uint64_t location;
  uint32_t function;
  uint32_t callee; /* PROF_ID_NONE: a line */
} Row;

typedef struct
{
  uint32_t    function;
  uint32_t    depth;
  ProfStackId above;
} Path;

PROF_VEC_DEFINE (ProfVecFlowRow, prof_vec_flow_row, Row)
PROF_VEC_DEFINE (ProfVecFlowPath, prof_vec_flow_path, Path)
PROF_VEC_DEFINE (ProfVecFlowDouble, prof_vec_flow_double, double)

struct _ProfCallFlow
{
  size_t n_values;
  size_t n_functions;

  /* Owned */
  ProfStrings   *seen; /* rows by function, callee and location; ids from 1 */
  ProfVecFlowRow rows;
  ProfVecI64     values; /* of each row */

  /* Owned; while finishing */
  ProfVecU32 first;  /* where each function's rows begin in @order */
  ProfVecU32 order;  /* rows by function */
  ProfVecI64 left;   /* of lines: values that are not on a stack yet */
  double    *costs;  /* of each function, with its calls */
  double    *called; /* of each function, by all its callers */
  double    *most;   /* of the heaviest path of each function */
  uint32_t  *best;   /* the stack above it, or NO_STACK */
  uint32_t  *caller; /* row of the heaviest call of each function */
  double     smallest[PROF_CALL_FLOW_MOST_VALUES];

  ProfVecFlowPath   paths;   /* to be followed */
  ProfVecFlowDouble weights; /* of each of them */
  ProfVecI64        sums;    /* of each stack */
};

ProfCallFlow *
prof_call_flow_new (size_t n_values)
{
  ProfCallFlow *self = g_new0 (ProfCallFlow, 1);

  g_assert (n_values > 0 && n_values <= PROF_CALL_FLOW_MOST_VALUES);
  self->n_values = n_values;
  self->seen = prof_strings_new ();
  return self;
}

void
prof_call_flow_free (ProfCallFlow *self)
{
  if (self == NULL)
    return;
  prof_strings_unref (self->seen);
  prof_vec_flow_row_clear (&self->rows);
  prof_vec_i64_clear (&self->values);
  prof_vec_u32_clear (&self->first);
  prof_vec_u32_clear (&self->order);
  prof_vec_i64_clear (&self->left);
  g_free (self->costs);
  g_free (self->called);
  g_free (self->most);
  g_free (self->best);
  g_free (self->caller);
  prof_vec_flow_path_clear (&self->paths);
  prof_vec_flow_double_clear (&self->weights);
  prof_vec_i64_clear (&self->sums);
  g_free (self);
}

size_t
prof_call_flow_bytes (const ProfCallFlow *self)
{
  return prof_strings_bytes (self->seen) +
         self->rows.length * sizeof *self->rows.data +
         self->values.length * sizeof *self->values.data;
}

/* --- the graph --- */

/* The row of such a line or call, made when there is none. */
static bool
find_row (ProfCallFlow *self, const Row *row, size_t *found, GError **error)
{
  const uint64_t key[] = { (uint64_t)row->function << 32 | row->callee,
                           row->location };
  ProfStringId   id;

  if (!prof_strings_intern (self->seen, (const char *)key, sizeof key, &id))
    return prof_fail_memory (error);
  *found = id - 1;
  if (*found < self->rows.length)
    return true;
  if (!prof_vec_flow_row_append (&self->rows, *row) ||
      !prof_vec_i64_reserve (&self->values, self->n_values))
    return prof_fail_memory (error);
  for (size_t k = 0; k < self->n_values; k++)
    prof_vec_i64_append (&self->values, 0);
  return true;
}

static bool
add_row (ProfCallFlow  *self,
         const Row     *row,
         const int64_t *values,
         GError       **error)
{
  size_t   found = 0;
  int64_t *sums;

  if (!find_row (self, row, &found, error))
    return false;
  self->n_functions = MAX (self->n_functions, (size_t)row->function + 1);
  sums = &self->values.data[found * self->n_values];
  for (size_t k = 0; k < self->n_values; k++)
    if (__builtin_add_overflow (sums[k], values[k], &sums[k]))
      return prof_fail (error,
                        PROF_ERROR_TOO_LARGE,
                        "a sum of costs does not fit into 64 bits");
  return true;
}

bool
prof_call_flow_add_cost (ProfCallFlow  *self,
                         uint32_t       function,
                         uint64_t       location,
                         const int64_t *values,
                         GError       **error)
{
  const Row row = { location, function, PROF_ID_NONE };

  return add_row (self, &row, values, error);
}

bool
prof_call_flow_add_call (ProfCallFlow  *self,
                         uint32_t       caller,
                         uint32_t       callee,
                         uint64_t       location,
                         const int64_t *values,
                         GError       **error)
{
  const Row row = { location, caller, callee };

  self->n_functions = MAX (self->n_functions, (size_t)callee + 1);
  return add_row (self, &row, values, error);
}

/* Rows by function, in the order in which they came. */
static bool
sort_rows (ProfCallFlow *self)
{
  size_t    n = self->n_functions;
  uint32_t *first;

  if (!prof_vec_u32_reserve (&self->first, n + 2) ||
      !prof_vec_u32_reserve (&self->order, self->rows.length + 1))
    return false;
  first = self->first.data;
  memset (first, 0, (n + 2) * sizeof *first);
  self->first.length = n + 2;
  for (size_t r = 0; r < self->rows.length; r++)
    first[self->rows.data[r].function + 2]++;
  for (size_t f = 2; f < n + 2; f++)
    first[f] += first[f - 1];
  for (size_t r = 0; r < self->rows.length; r++)
    self->order.data[first[self->rows.data[r].function + 1]++] = (uint32_t)r;
  self->order.length = self->rows.length;
  return true;
}

static const int64_t *
values_of (const ProfCallFlow *self, size_t row)
{
  return &self->values.data[row * self->n_values];
}

/* Adds a row's values to a function's. */
static void
add_values (const ProfCallFlow *self,
            double             *sums,
            uint32_t            function,
            size_t              row)
{
  for (size_t k = 0; k < self->n_values; k++)
    sums[function * self->n_values + k] += (double)values_of (self, row)[k];
}

static void
sum_row (ProfCallFlow *self, uint32_t row)
{
  const Row *facts = &self->rows.data[row];
  uint32_t  *heaviest;

  add_values (self, self->costs, facts->function, row);
  if (facts->callee == PROF_ID_NONE)
    {
      for (size_t k = 0; k < self->n_values; k++)
        self->smallest[k] += (double)values_of (self, row)[k] / PARTS;
      return;
    }
  add_values (self, self->called, facts->callee, row);
  heaviest = &self->caller[facts->callee];
  if (*heaviest == PROF_ID_NONE ||
      values_of (self, row)[0] > values_of (self, *heaviest)[0])
    *heaviest = row;
}

static bool
sum_rows (ProfCallFlow *self)
{
  size_t n = self->n_functions;

  self->costs = g_try_new0 (double, n * self->n_values + 1);
  self->called = g_try_new0 (double, n * self->n_values + 1);
  self->most = g_try_new0 (double, n + 1);
  self->best = g_try_new (uint32_t, n + 1);
  self->caller = g_try_new (uint32_t, n + 1);
  if (self->costs == NULL || self->called == NULL || self->most == NULL ||
      self->best == NULL || self->caller == NULL ||
      !prof_vec_i64_extend (&self->left,
                            self->values.data,
                            self->values.length))
    return false;
  for (size_t f = 0; f < n; f++)
    self->best[f] = self->caller[f] = PROF_ID_NONE;
  for (size_t r = 0; r < self->rows.length; r++)
    sum_row (self, (uint32_t)r);
  return true;
}

/* --- stacks --- */

/* Adds to what lies on the stack with one frame more. */
static bool
put (ProfCallFlow  *self,
     ProfBuilder   *builder,
     ProfStackId    above,
     uint32_t       row,
     const int64_t *values,
     GError       **error)
{
  ProfStackId stack = 0;
  size_t      end;

  if (!prof_builder_stack (builder,
                           above,
                           self->rows.data[row].location,
                           &stack,
                           error))
    return false;
  end = ((size_t)stack + 1) * self->n_values;
  if (self->sums.length < end)
    {
      if (!prof_vec_i64_reserve (&self->sums, end - self->sums.length))
        return prof_fail_memory (error);
      memset (self->sums.data + self->sums.length,
              0,
              (end - self->sums.length) * sizeof *self->sums.data);
      self->sums.length = end;
    }
  for (size_t k = 0; k < self->n_values; k++)
    {
      self->sums.data[stack * self->n_values + k] += values[k];
      self->left.data[row * self->n_values + k] -= values[k];
    }
  return true;
}

/* Of a path's rows so far, in each value; so that what they are rounded to adds
 * up. */
typedef struct
{
  int64_t exact[PROF_CALL_FLOW_MOST_VALUES];
  int64_t given[PROF_CALL_FLOW_MOST_VALUES];
} Shares;

/* The part of a line that a path has. */
static bool
share_line (const ProfCallFlow *self,
            uint32_t            row,
            const double       *factors,
            Shares             *shares,
            int64_t            *values)
{
  const int64_t *left = &self->left.data[row * self->n_values];
  bool           is_any = false;

  for (size_t k = 0; k < self->n_values; k++)
    {
      double all;

      shares->exact[k] = prof_add_i64 (shares->exact[k],
                                       values_of (self, row)[k]);
      all = nearbyint ((double)shares->exact[k] * factors[k]);
      values[k] = all < 0x1p62 ? prof_sub_i64 ((int64_t)all, shares->given[k])
                               : left[k];
      values[k] = CLAMP (values[k], 0, left[k]);
      shares->given[k] = prof_add_i64 (shares->given[k], values[k]);
      is_any |= values[k] > 0;
    }
  return is_any;
}

static bool
is_worth_following (const ProfCallFlow *self, const double *weights)
{
  for (size_t k = 0; k < self->n_values; k++)
    if (weights[k] >= MAX (LEAST, self->smallest[k]))
      return true;
  return false;
}

static bool
push (ProfCallFlow *self, const Path *path, const double *weights)
{
  return prof_vec_flow_path_append (&self->paths, *path) &&
         prof_vec_flow_double_extend (&self->weights, weights, self->n_values);
}

static bool
share_call (ProfCallFlow *self,
            ProfBuilder  *builder,
            const Path   *path,
            uint32_t      row,
            const double *factors,
            GError      **error)
{
  Path   next = { self->rows.data[row].callee, path->depth + 1, 0 };
  double weights[PROF_CALL_FLOW_MOST_VALUES];

  for (size_t k = 0; k < self->n_values; k++)
    weights[k] = (double)values_of (self, row)[k] * factors[k];
  if (next.depth > MOST_DEPTH || !is_worth_following (self, weights))
    return true;
  return prof_builder_stack (builder,
                             path->above,
                             self->rows.data[row].location,
                             &next.above,
                             error) &&
         (push (self, &next, weights) || prof_fail_memory (error));
}

static bool
share_rows (ProfCallFlow *self,
            ProfBuilder  *builder,
            const Path   *path,
            const double *factors,
            GError      **error)
{
  const uint32_t *first = &self->first.data[path->function];
  Shares          shares = { 0 };
  int64_t         values[PROF_CALL_FLOW_MOST_VALUES];

  for (uint32_t i = first[0]; i < first[1]; i++)
    {
      uint32_t row = self->order.data[i];
      bool     ok = true;

      if (self->rows.data[row].callee != PROF_ID_NONE)
        ok = share_call (self, builder, path, row, factors, error);
      else if (share_line (self, row, factors, &shares, values))
        ok = put (self, builder, path->above, row, values, error);
      if (!ok)
        return false;
    }
  return true;
}

/* Takes the last path off the list. */
static bool
follow (ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  Path   path = self->paths.data[--self->paths.length];
  double factors[PROF_CALL_FLOW_MOST_VALUES];
  double weight;

  self->weights.length -= self->n_values;
  weight = self->weights.data[self->weights.length];
  for (size_t k = 0; k < self->n_values; k++)
    {
      double cost = self->costs[path.function * self->n_values + k];

      factors[k] = cost > 0
                       ? self->weights.data[self->weights.length + k] / cost
                       : 0;
    }
  if (self->best[path.function] == NO_STACK ||
      weight > self->most[path.function])
    {
      self->best[path.function] = path.above;
      self->most[path.function] = weight;
    }
  return share_rows (self, builder, &path, factors, error);
}

static bool
check_memory (const ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  prof_builder_hold (builder,
                     prof_call_flow_bytes (self) +
                         self->sums.length * sizeof *self->sums.data);
  return prof_builder_check_memory (builder, error);
}

/* All paths on the list, and those that come from them. */
static bool
follow_list (ProfCallFlow *self,
             ProfBuilder  *builder,
             size_t       *n_steps,
             GError      **error)
{
  for (size_t n = 0; self->paths.length > 0 && *n_steps < MOST_STEPS; n++)
    {
      uint32_t function = self->paths.data[self->paths.length - 1].function;

      *n_steps += 1 + self->first.data[function + 1] -
                  self->first.data[function];
      if (!follow (self, builder, error) ||
          (n % CHECKED == 0 && !check_memory (self, builder, error)))
        return false;
    }
  return true;
}

/* From where the flow comes. */
static bool
follow_all (ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  size_t n_steps = 0;

  for (uint32_t f = 0; f < self->n_functions; f++)
    {
      const Path path = { f, 1, 0 };
      double     weights[PROF_CALL_FLOW_MOST_VALUES];

      for (size_t k = 0; k < self->n_values; k++)
        {
          size_t at = f * self->n_values + k;

          weights[k] = MAX (0, self->costs[at] - self->called[at]);
        }
      if (!is_worth_following (self, weights))
        continue;
      if (!push (self, &path, weights))
        return prof_fail_memory (error);
      if (!follow_list (self, builder, &n_steps, error))
        return false;
    }
  return true;
}

/* --- what is left --- */

/* Gives a function that no path has come to the stack of its heaviest callers;
 * @way is those on it, lowest first. */
static bool
find_best (ProfCallFlow *self,
           ProfBuilder  *builder,
           uint32_t      function,
           ProfVecU32   *way,
           GError      **error)
{
  way->length = 0;
  while (self->best[function] == NO_STACK)
    {
      uint32_t row = self->caller[function];

      /* Until it is known: also what ends a circle. */
      self->best[function] = 0;
      if (row == PROF_ID_NONE || way->length >= MOST_DEPTH)
        break;
      if (!prof_vec_u32_append (way, row))
        return prof_fail_memory (error);
      function = self->rows.data[row].function;
    }
  while (way->length > 0)
    {
      const Row *row = &self->rows.data[way->data[--way->length]];

      if (!prof_builder_stack (builder,
                               self->best[row->function],
                               row->location,
                               &self->best[row->callee],
                               error))
        return false;
    }
  return true;
}

static bool
is_any_left (const ProfCallFlow *self, size_t row)
{
  if (self->rows.data[row].callee != PROF_ID_NONE)
    return false;
  for (size_t k = 0; k < self->n_values; k++)
    if (self->left.data[row * self->n_values + k] != 0)
      return true;
  return false;
}

static bool
put_rest (ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  ProfVecU32 way = { 0 };
  bool       ok = true;

  for (uint32_t row = 0; ok && row < self->rows.length; row++)
    {
      uint32_t function = self->rows.data[row].function;
      int64_t  values[PROF_CALL_FLOW_MOST_VALUES];

      if (!is_any_left (self, row))
        continue;
      memcpy (values,
              &self->left.data[row * self->n_values],
              self->n_values * sizeof *values);
      ok = find_best (self, builder, function, &way, error) &&
           put (self, builder, self->best[function], row, values, error);
    }
  prof_vec_u32_clear (&way);
  return ok;
}

static bool
add_samples (const ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  size_t n = self->sums.length / self->n_values;

  for (size_t stack = 0; stack < n; stack++)
    {
      const int64_t *values = &self->sums.data[stack * self->n_values];
      bool           is_any = false;

      for (size_t k = 0; k < self->n_values; k++)
        is_any |= values[k] != 0;
      if (is_any && !prof_builder_add_sample_at (builder,
                                                 (ProfStackId)stack,
                                                 values,
                                                 self->n_values,
                                                 NULL,
                                                 0,
                                                 error))
        return false;
    }
  return true;
}

bool
prof_call_flow_finish (ProfCallFlow *self, ProfBuilder *builder, GError **error)
{
  if (!sort_rows (self) || !sum_rows (self))
    return prof_fail_memory (error);
  return follow_all (self, builder, error) && put_rest (self, builder, error) &&
         add_samples (self, builder, error);
}
