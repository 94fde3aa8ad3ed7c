/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "base/prof-error.h"
#include "input/prof-http.h"

bool
prof_http_is_built (void)
{
  return false;
}

GBytes *
prof_http_fetch (const ProfHttpRequest *request,
                 GCancellable          *cancellable,
                 ProfHttpNotify         notify,
                 void                  *data,
                 GError               **error)
{
  return prof_fail_null (error, PROF_ERROR_UNSUPPORTED, "built without HTTP");
}
