/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines end as they do elsewhere. */
void
walk (int n)
{
  if (n > 0) walk (n - 1);
}
