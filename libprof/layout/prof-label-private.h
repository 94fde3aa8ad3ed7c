/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/* What the files that take names apart share: prof-label-fit.c, and one for each
 * family of languages. */

#include "layout/prof-label-fit.h"

G_BEGIN_DECLS

/* Takes @text; a form that is empty, longer than the last or the same is
 * dropped. */
void prof_label_add_form (ProfLabelForms *self, char *text, size_t prefix);

/* C++ and Rust. Whether a name looks like theirs, and its forms; none for what is
 * no function's ("vtable for ns::T"). */
bool prof_label_is_cpp (const char *name);
void prof_label_add_cpp (ProfLabelForms *self, const char *name);

/* Python and JavaScript add where a function is: "f (file.py:12)". Gives where
 * that begins, 0 when there is no such thing. */
size_t prof_label_location (const char *name);

/* What else profilers and languages put in front of names, "LazyCompile:*",
 * "async ": gives its length. */
size_t prof_label_decoration (const char *name);

/* Names that are like no other language's: "Foo.prototype.bar",
 * "Ljava/util/Map;::get", "node:internal/timers". Gives whether it was one. */
bool prof_label_add_script (ProfLabelForms *self, const char *name);

G_END_DECLS
