/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * What is told beside the pointer. */
'use strict';

const profTip = (function () {
  function element(name, className, text) {
    const made = document.createElement(name);

    made.className = className;
    if (text !== undefined)
      made.textContent = text;
    return made;
  }

  class Tip {
    constructor(box, words) {
      this.box = box;
      this.words = words;
      this.told = -1; /* the box it tells of */
      this.size = null;
    }

    hide() {
      this.box.hidden = true;
      this.told = -1;
    }

    /* Boxes have other numbers now. */
    forget() {
      this.told = -1;
    }

    show(layout, i, event) {
      if (i !== this.told) {
        this.fill(layout, i);
        this.told = i;
        this.size = this.box.getBoundingClientRect();
      }
      this.place(event.clientX, event.clientY);
    }

    fill(layout, i) {
      const { box, words } = this;
      const rows = element('table', '');

      for (const { word, value, ofAll, ofView } of words.amounts(layout, i)) {
        const row = element('tr', '');

        row.append(element('th', '', word), element('td', '', value),
          element('td', '', ofAll + (ofView === '' ? '' : ' of all')));
        if (ofView !== '')
          row.append(element('td', '', ofView + ' of the view'));
        rows.append(row);
      }
      const place = words.boxPlace(layout, i);
      box.replaceChildren(element('b', '', words.boxName(layout, i)), rows);
      if (words.isInlined(layout, i))
        box.append(element('div', 'place', 'inlined into its caller'));
      if (place !== '')
        box.append(element('div', 'place', place));
      box.hidden = false;
    }

    /* Right below the pointer, or where there is room. */
    place(x, y) {
      const { width, height } = this.size;
      const left = x + 14 + width > window.innerWidth ? x - 10 - width : x + 14;
      const top = y + 18 + height > window.innerHeight ? y - 10 - height : y + 18;

      this.box.style.transform =
        'translate(' + Math.max(left, 4) + 'px, ' + Math.max(top, 4) + 'px)';
    }
  }

  return { Tip, element };
})();
