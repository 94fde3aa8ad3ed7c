/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-error.h"

G_DEFINE_QUARK (prof - error - quark, prof_error)

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

void *
prof_fail_null (GError **error, ProfError code, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  set (error, code, format, arguments);
  va_end (arguments);
  return NULL;
}
