/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* A class of characters of a regular expression, collected piece by piece with
 * the meaning RE2 gives each piece and then written for GRegex. The two do not
 * agree on what "\w" is, on which case a complement or a property ignores, or on
 * what a script is. */

#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS

typedef struct
{
  /* Owned */
  GString *listed;      /* what is between "[" and "]" */
  GString *complements; /* "[^…]|[^…]", of properties */

  bool fold; /* whether case is ignored */
} ProfCharClass;

void prof_char_class_init (ProfCharClass *self, bool fold);
void prof_char_class_clear (ProfCharClass *self);

/* From @first up to and with @last. Surrogates are left out: text has none, and
 * GRegex takes none. */
void prof_char_class_add_range (ProfCharClass *self,
                                gunichar       first,
                                gunichar       last);

/**
 * prof_char_class_add_set:
 * @name: "alpha" as in "[:alpha:]", or "d", "s", "w" as in "\d"; ASCII only
 * @negated: add its complement
 *
 * Returns: whether there is such a set
 */
bool prof_char_class_add_set (ProfCharClass *self,
                              const char    *name,
                              bool           negated);

/**
 * prof_char_class_add_property:
 * @name: a category of Unicode ("L", "Lu"), a script ("Greek"), or "Any"
 * @negated: add its complement
 *
 * Returns: whether there is such a property
 */
bool prof_char_class_add_property (ProfCharClass *self,
                                   const char    *name,
                                   bool           negated);

/**
 * prof_char_class_write:
 * @negated: write the complement of it all
 *
 * Appends something that matches exactly one character and may be repeated.
 */
void prof_char_class_write (const ProfCharClass *self,
                            bool                 negated,
                            GString             *out);

G_END_DECLS
