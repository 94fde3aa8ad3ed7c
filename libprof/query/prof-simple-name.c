/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "query/prof-simple-name.h"

#include <string.h>

/* How long the bracket is that belongs to a name, 0 for none. */
static size_t
reserved_at (const char *text)
{
  static const char *const reserved[] = {
    "(anonymous namespace)",
    "operator()",
  };

  for (size_t r = 0; r < G_N_ELEMENTS (reserved); r++)
    if (g_str_has_prefix (text, reserved[r]))
      return strlen (reserved[r]);
  return 0;
}

/* Arguments do not belong to a name. */
static size_t
length_without_arguments (const char *name, size_t length)
{
  size_t i = 0;

  while (i < length)
    {
      size_t reserved = reserved_at (name + i);

      if (reserved == 0 && name[i] == '(')
        return i;
      i += MAX (reserved, 1);
    }
  return length;
}

bool
prof_simple_name_test (ProfPattern        *pattern,
                       const ProfProfile  *profile,
                       const ProfFunction *function,
                       bool               *matches,
                       GError            **error)
{
  size_t      length;
  const char *name;

  name = prof_profile_string_bytes (profile, function->name, &length);
  if (name[0] == '.')
    {
      name++;
      length--;
    }
  return prof_pattern_test (pattern,
                            function->name,
                            name,
                            length_without_arguments (name, length),
                            matches,
                            error);
}
