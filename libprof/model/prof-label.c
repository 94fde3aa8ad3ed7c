/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/prof-label.h"

#include "base/prof-hash.h"

guint
prof_label_hash (gconstpointer data)
{
  const ProfLabel *label = data;

  return label->key * 31u + label->str * 17u + prof_hash_int64 (&label->num);
}

gboolean
prof_label_equal (gconstpointer a, gconstpointer b)
{
  const ProfLabel *left = a;
  const ProfLabel *right = b;

  return left->key == right->key && left->str == right->str &&
         left->num == right->num;
}
