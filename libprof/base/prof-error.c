/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-error.h"

GQuark
prof_error_quark (void)
{
  return g_quark_from_static_string ("prof-error-quark");
}

G_GNUC_PRINTF (3, 0)
static void
set (GError **error, ProfError code, const char *format, va_list arguments)
{
  if (error != NULL)
    *error = g_error_new_valist (PROF_ERROR, (int)code, format, arguments);
}

bool
prof_fail (GError **error, ProfError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set (error, code, format, arguments);
  va_end (arguments);
  return false;
}

bool
prof_fail_memory (GError **error)
{
  return prof_fail (error,
                    PROF_ERROR_TOO_LARGE,
                    "the profile does not fit into memory");
}

void *
prof_fail_null (GError **error, ProfError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set (error, code, format, arguments);
  va_end (arguments);
  return NULL;
}
