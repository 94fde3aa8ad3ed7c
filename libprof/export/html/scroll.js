/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Scrolling over more than a browser lets an element be high: the bar then moves
 * in larger steps than the content. */
'use strict';

const profScroll = (function () {
  const MAX_HEIGHT = 8e6; /* px; browsers stop between 16 and 33 million */

  class Scroll {
    /* element scrolls, spacer in it gives the height */
    constructor(element, spacer) {
      this.element = element;
      this.spacer = spacer;
      this.content = 0;
    }

    setContent(height) {
      this.content = height;
      this.spacer.style.height = Math.min(height, MAX_HEIGHT) + 'px';
    }

    /* How far the content moves for a px of the bar. */
    ratio() {
      const room = Math.min(this.content, MAX_HEIGHT) - this.element.clientHeight;

      return this.content <= MAX_HEIGHT || room <= 0
        ? 1 : (this.content - this.element.clientHeight) / room;
    }

    get top() {
      return this.element.scrollTop * this.ratio();
    }

    set top(px) {
      this.element.scrollTop = px / this.ratio();
    }

    /* So that everything between two heights is seen, as far as there is room. */
    reveal(y, height, margin) {
      const view = this.element.clientHeight;

      if (y - margin < this.top)
        this.top = Math.max(y - margin, 0);
      else if (y + height + margin > this.top + view)
        this.top = y + height + margin - view;
    }
  }

  return { Scroll };
})();
