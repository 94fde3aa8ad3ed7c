/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Shorter and shorter forms of a function's name: structure first, letters last.
 * "github.com/org/pkg.(*T[...]).Method" becomes "pkg.(*T[...]).Method",
 * "pkg.(*T).Method", "(*T).Method", "Method", "Meth…", nothing. These are the
 * steps of layout/prof-label-fit.c; a test compares the two. */
'use strict';

const profNames = (function () {
  const MAX_CHARS = 512;
  const MAX_FORMS = 6;
  const MIN_CUT_CHARS = 3;
  const OPEN = '[({<';
  const CLOSE = '])}>';

  /* Characters that would break a line, or turn the text around after them. */
  /* eslint-disable-next-line no-control-regex */
  const DISTURBING = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

  function calm(text) {
    return text.replace(DISTURBING, '\ufffd');
  }

  function clean(name) {
    if (name.length >= MAX_CHARS) {
      const letters = Array.from(name.slice(0, 2 * MAX_CHARS));

      if (letters.length >= MAX_CHARS)
        name = letters.slice(0, MAX_CHARS - 1).join('') + '…';
    }
    return calm(name);
  }

  /* Walks over what stands in no brackets; visit() ends the walk with true. */
  function outside(text, visit) {
    let depth = 0;

    for (let i = 0; i < text.length; i++) {
      const at = depth;

      if (OPEN.includes(text[i]))
        depth++;
      else if (CLOSE.includes(text[i]) && depth > 0)
        depth--;
      if (visit(i, at, text[i]))
        return;
    }
  }

  function withoutGroups(text, open, close) {
    let plain = '';
    let depth = 0;

    for (const letter of text) {
      if (letter === open)
        depth++;
      else if (letter === close && depth > 0)
        depth--;
      else if (depth === 0)
        plain += letter;
    }
    return plain;
  }

  function addForm(forms, text, prefix) {
    const last = forms[forms.length - 1];

    if (text !== '' && !(last && last.text === text) && forms.length < MAX_FORMS)
      forms.push({ text, prefix });
  }

  /* --- Go --- */

  function goPathLength(name) {
    const bracket = name.search(/[[({ ]/);
    const limit = bracket < 0 ? name.length : bracket;
    const slash = name.lastIndexOf('/', limit - 1) + 1;
    const dot = name.indexOf('.', limit > 0 ? slash : 0);

    return dot >= 0 && dot <= limit && dot + 1 < name.length ? dot : 0;
  }

  /* The linker writes what is unusual in the last element of an import path as
   * %xx: "gopkg.in/yaml%2ev3". */
  function unescapePath(path) {
    let plain;

    try {
      plain = decodeURIComponent(path);
    } catch (error) {
      return path;
    }
    if (/%2f/i.test(path) || plain !== calm(plain))
      return path;
    return plain;
  }

  function isVersion(text) {
    return /^v[0-9]+$/.test(text) && !(text.length === 2 && text[1] < '2');
  }

  function lastElement(path) {
    const slash = path.lastIndexOf('/');

    if (slash > 0 && isVersion(path.slice(slash + 1)))
      path = path.slice(0, slash);
    path = path.slice(path.lastIndexOf('/') + 1);
    const dot = path.lastIndexOf('.');
    return dot > 0 && isVersion(path.slice(dot + 1)) ? path.slice(0, dot) : path;
  }

  function isClosure(text) {
    const plain = text.includes('-') ? text.slice(0, text.indexOf('-')) : text;

    return /^((func|gowrap|deferwrap)[0-9]+|[0-9]*)$/.test(plain);
  }

  function goMethodStart(text) {
    let start = 0;
    let method = 0;

    function end(i) {
      if (!isClosure(text.slice(start, i)))
        method = start;
      start = i + 1;
    }
    outside(text, (i, depth, letter) => {
      if (letter === '.' && depth === 0)
        end(i);
    });
    end(text.length);
    return method;
  }

  function addGoForms(forms, name, length) {
    const path = unescapePath(name.slice(0, length));
    const short = lastElement(path);
    const rest = name.slice(length + 1);
    const plain = withoutGroups(rest, '[', ']');

    addForm(forms, path + '.' + rest, path.length + 1);
    addForm(forms, short + '.' + rest, short.length + 1);
    if (plain === '')
      return;
    addForm(forms, short + '.' + plain, short.length + 1);
    addForm(forms, plain, 0);
    addForm(forms, plain.slice(goMethodStart(plain)), 0);
  }

  /* --- C++ and Rust --- */

  function cppNameStart(name) {
    let start = 0;

    outside(name, (i, depth, letter) => {
      if (letter === '(' && depth === 0 && i > start)
        return true;
      if (letter === ' ' && depth === 0 && name.includes('(', i))
        start = i + 1;
      return false;
    });
    return start;
  }

  function cppSegments(text) {
    let type = 0;
    let method = 0;

    outside(text, (i, depth, letter) => {
      if (letter === '(' && depth === 0 && i > method)
        return true;
      if (depth === 0 && letter === ':' && text[i + 1] === ':' && i >= method) {
        type = method;
        method = i + 2;
      }
      return false;
    });
    return [type, method];
  }

  function addCppForms(forms, name) {
    const start = cppNameStart(name);
    const rest = name.slice(start);
    const [type, method] = cppSegments(rest);

    addForm(forms, name, start + type);
    addForm(forms, rest.slice(type), 0);
    if (name.includes('operator')) {
      addForm(forms, rest.slice(method), 0);
      return;
    }
    let plain = withoutGroups(withoutGroups(rest.slice(type), '(', ')'), '<', '>');
    if (plain.endsWith(' const'))
      plain = plain.slice(0, -' const'.length);
    if (!plain.startsWith('::'))
      addForm(forms, plain, 0);
    addForm(forms, plain.slice(cppSegments(plain)[1]), 0);
  }

  /* --- Java --- */

  function javaPackageLength(name) {
    let n = 0;

    for (let i = 0; i < name.length && /[A-Za-z0-9_$.]/.test(name[i]); i++)
      if (name[i] === '.') {
        n++;
        if (/[A-Z]/.test(name[i + 1] || ''))
          return n >= 2 ? i + 1 : 0;
      }
    return 0;
  }

  function addJavaForms(forms, name, length) {
    const plain = withoutGroups(name.slice(length), '(', ')');
    const dot = plain.lastIndexOf('.');

    addForm(forms, name, length);
    addForm(forms, name.slice(length), 0);
    addForm(forms, plain, 0);
    if (dot >= 0)
      addForm(forms, plain.slice(dot + 1), 0);
  }

  /* --- All of them --- */

  function isAddress(name) {
    return name.startsWith('[') || name.startsWith('0x') || name === '<unknown>';
  }

  /* Longest first, at least one; the first prefix letters are package. */
  function formsOf(name) {
    const text = clean(name);
    const forms = [];
    let length;

    if (isAddress(text))
      addForm(forms, text, 0);
    else if (text.includes('::'))
      addCppForms(forms, text);
    else if ((length = javaPackageLength(text)) > 0)
      addJavaForms(forms, text, length);
    else if ((length = goPathLength(text)) > 0)
      addGoForms(forms, text, length);
    return forms.length > 0 ? forms : [{ text, prefix: 0 }];
  }

  function cut(letters, n) {
    return letters.slice(0, n).join('').replace(/\.+$/, '') + '…';
  }

  /* The longest form that is at most width wide, or a start of the last one, or
   * null; measure (text, isName) gives px. */
  function fit(forms, width, measure) {
    for (const form of forms)
      if (measure(form.text.slice(0, form.prefix), false) +
          measure(form.text.slice(form.prefix), true) <= width)
        return form;
    const letters = Array.from(forms[forms.length - 1].text);
    let low = 0;
    let high = letters.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);

      if (measure(cut(letters, middle), true) <= width)
        low = middle;
      else
        high = middle - 1;
    }
    return low >= MIN_CUT_CHARS ? { text: cut(letters, low), prefix: 0 } : null;
  }

  return { calm, clean, formsOf, fit };
})();
