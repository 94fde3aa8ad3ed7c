/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Names as they are written where there is little room: the longest of the forms
 * that libprof has found for them, then a start of the shortest one. */
'use strict';

const profNames = (function () {
  const MAX_CHARS = 512;
  const MIN_CUT_CHARS = 3;

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

  /* A frame's label: its forms, longest first, each behind the number of its
   * first letters that are package and a colon, with tabs in between. */
  function formsOf(label) {
    return label.split('\t').map((form) => {
      const colon = form.indexOf(':');

      return { text: form.slice(colon + 1), prefix: Number(form.slice(0, colon)) };
    });
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
