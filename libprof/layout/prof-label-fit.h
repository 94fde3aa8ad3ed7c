/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* Shorter and shorter forms of a function's name: structure first, letters last,
 * so that of the function's own name as much as possible survives.
 *
 *   Go      github.com/org/pkg.(*T[...]).Method, pkg.(*T[...]).Method,
 *           pkg.(*T).Method, (*T).Method, Method, Meth…
 *   C++     ns::Class<T>::method(int), Class<T>::method(int), Class::method,
 *           method
 *   Rust    <a::Vec<T> as b::Drop>::drop::h0123456789abcdef, …,
 *           <Vec as Drop>::drop, drop
 *   Java    com.foo.Bar.baz(int), Bar.baz(int), Bar.baz, baz
 *   Python  module.Class.method (file.py:12), module.Class.method, …, method
 *   others  LazyCompile:*Foo.bar /a.js:1, …, Foo.bar, bar
 *
 * A closure keeps the name of the function it is in. */

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

G_BEGIN_DECLS

#define PROF_LABEL_MAX_FORMS 6

typedef struct
{
  char  *text;   /* (owned) valid UTF-8 */
  size_t prefix; /* bytes at its start that are package, drawn muted */
} ProfLabelForm;

typedef struct
{
  ProfLabelForm forms[PROF_LABEL_MAX_FORMS]; /* longest first */
  size_t        n_forms;                     /* at least 1 */
} ProfLabelForms;

/**
 * prof_label_forms_init:
 * @name: valid UTF-8
 * @n_chars: code points that are looked at, at least 1, at most
 *   %PROF_MAX_LABEL_CHARS; as a rule %PROF_LIMIT_SHOWN. Of a name of as many
 *   or more, the last is "…"
 *
 * Lists the forms of a name, each different from the one before and no longer.
 * What looks like none of these languages has one, itself.
 */
void prof_label_forms_init (ProfLabelForms *self,
                            const char     *name,
                            size_t          n_chars);
void prof_label_forms_clear (ProfLabelForms *self);

/* Which of the forms are wanted. */
typedef enum
{
  PROF_NAMES_TAIL_FIRST, /* all: what is left out is left out in front */
  PROF_NAMES_SHORT,      /* those without package: the name itself */
  PROF_NAMES_FULL,       /* the longest alone, cut at its end */
} ProfNames;

/* Drops the other forms; one stays at least. */
void prof_label_forms_limit (ProfLabelForms *self, ProfNames names);

/**
 * prof_label_cut:
 * @text: valid UTF-8
 * @n_chars: code points to keep at most
 *
 * Returns: (transfer full): as many whole characters, as of
 *   prof_grapheme_floor(), and "…", without dots in between
 */
char *prof_label_cut (const char *text, size_t n_chars);

G_END_DECLS
