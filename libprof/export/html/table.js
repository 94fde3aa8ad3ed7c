/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The top table: flat and cum of every function, by any column. Only the rows in
 * view are elements. */
'use strict';

const profTable = (function () {
  const ROW = 28;
  const OVER = 6; /* rows beyond the edges, so that a fast scroll shows some */
  const BAR = 64;
  const MAX_PRINTED = 1000;
  const INLINED = ['', 'partly inlined', 'inlined'];

  const { element } = profTip;

  class Table {
    /* parts: {head, scroller, spacer, rows, count}; show (frame): the graph of a
     * function was asked for */
    constructor(profile, facts, parts, show) {
      this.profile = profile;
      this.facts = facts;
      this.parts = parts;
      this.show = show;
      this.key = 'flat';
      this.down = true;
      this.current = -1; /* a frame */
      this.search = null;
      this.colors = [];
      this.scroll = new profScroll.Scroll(parts.scroller, parts.spacer);
      this.most = {
        flat: this.largest(profile.frames.flat), cum: this.largest(profile.frames.cum),
      };
      this.listen();
      this.refresh();
    }

    largest(values) {
      return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    }

    listen() {
      const { head, scroller, rows } = this.parts;

      head.querySelectorAll('button').forEach((button) =>
        button.addEventListener('click', () => this.sortBy(button.dataset.key)));
      scroller.addEventListener('scroll', () => this.draw());
      scroller.addEventListener('keydown', (event) => this.onKey(event));
      rows.addEventListener('click', (event) => {
        const row = event.target.closest('[data-frame]');

        if (row === null)
          return;
        this.current = Number(row.dataset.frame);
        if (event.target.closest('button'))
          this.show(this.current);
        else
          this.draw();
      });
      rows.addEventListener('dblclick', (event) => {
        if (event.target.closest('[data-frame]'))
          this.show(this.current);
      });
    }

    /* --- Which rows, in which order --- */

    sortBy(key) {
      this.down = this.key === key ? !this.down : key !== 'name';
      this.key = key;
      this.refresh();
      this.onSort();
    }

    onSort() {
      /* whoever keeps the state sets this */
    }

    setSort(key, down) {
      this.key = ['name', 'flat', 'cum'].includes(key) ? key : 'flat';
      this.down = down;
      this.refresh();
    }

    setSearch(search) {
      this.search = search;
      this.refresh();
    }

    /* Rows of the page come as pprof sorts them; equal ones stay in that order. */
    refresh() {
      const { frames } = this.profile;
      const order = [];

      for (let f = 0; f < frames.nRows; f++)
        if (this.search === null || this.search.frames[f])
          order.push(f);
      const sign = this.down ? -1 : 1;
      if (this.key === 'name') {
        const compare = new Intl.Collator('en').compare;

        order.sort((a, b) => sign * compare(frames.names[a], frames.names[b]) || a - b);
      } else {
        const values = frames[this.key];

        order.sort((a, b) => sign * (Math.abs(values[a]) - Math.abs(values[b])) || a - b);
      }
      this.order = order;
      this.scroll.setContent(order.length * ROW);
      this.tellOrder();
      this.draw();
    }

    tellOrder() {
      const { head, count } = this.parts;
      const { nRows } = this.profile.frames;
      const n = this.order.length;

      head.querySelectorAll('[role=columnheader]').forEach((cell) => {
        const isKey = cell.querySelector('button').dataset.key === this.key;
        const isShare = cell.classList.contains('share');

        if (isKey && !isShare)
          cell.setAttribute('aria-sort', this.down ? 'descending' : 'ascending');
        else
          cell.removeAttribute('aria-sort');
      });
      head.parentNode.setAttribute('aria-rowcount', n + 1);
      count.textContent = n === nRows ? profUnits.plural(n, 'function')
        : 'Showing ' + profUnits.grouped(String(n)) + ' of ' + profUnits.plural(nRows, 'function');
    }

    /* --- Rows --- */

    draw() {
      const { scroller, rows } = this.parts;
      const height = scroller.clientHeight;

      if (height === 0)
        return;
      const top = this.scroll.top;
      const first = Math.max(Math.floor(top / ROW) - OVER, 0);
      const end = Math.min(Math.ceil((top + height) / ROW) + OVER, this.order.length);
      const made = [];
      for (let i = first; i < end; i++)
        made.push(this.rowOf(i, i * ROW - top));
      const focused = document.activeElement && rows.contains(document.activeElement)
        ? document.activeElement.closest('[data-frame]').dataset.frame : null;
      rows.replaceChildren(...made);
      if (focused !== null)
        this.refocus(focused);
    }

    /* From the first row on, without places: paper does not scroll. */
    drawForPrint() {
      const made = this.order.slice(0, MAX_PRINTED).map((frame, i) => this.rowOf(i, 0));

      made.forEach((row) => row.style.removeProperty('transform'));
      this.parts.rows.replaceChildren(...made);
    }

    refocus(frame) {
      const row = this.parts.rows.querySelector('[data-frame="' + frame + '"] button');

      if (row)
        row.focus({ preventScroll: true });
      else
        this.parts.scroller.focus({ preventScroll: true });
    }

    rowOf(i, y) {
      const frame = this.order[i];
      const row = element('div', 'row');

      row.setAttribute('role', 'row');
      row.setAttribute('aria-rowindex', i + 2);
      row.setAttribute('aria-selected', String(frame === this.current));
      row.dataset.frame = frame;
      row.style.transform = 'translateY(' + y + 'px)';
      row.append(this.nameCell(frame), ...this.numberCells(frame, 'flat'),
        ...this.numberCells(frame, 'cum'));
      return row;
    }

    nameCell(frame) {
      const { frames } = this.profile;
      const cell = element('span', 'name');
      const swatch = element('span', 'swatch');
      const button = element('button', 'link');
      const form = profNames.formsOf(frames.labels[frame])[0];

      cell.setAttribute('role', 'cell');
      swatch.style.backgroundColor = this.colors[frames.color[frame]] || '';
      button.type = 'button';
      button.title = profNames.clean(frames.names[frame]) + '\nShow in the flame graph';
      button.append(element('span', 'dim', form.text.slice(0, form.prefix)),
        form.text.slice(form.prefix));
      cell.append(swatch, button);
      if (frames.inlined[frame] > 0)
        cell.append(element('span', 'badge', INLINED[frames.inlined[frame]]));
      return cell;
    }

    numberCells(frame, key) {
      const value = this.profile.frames[key][frame];
      const amount = element('span', 'number', profUnits.human(value, this.facts.unit));
      const share = element('span', 'share');
      const bar = element('span', 'meter');
      const most = this.most[key];

      amount.setAttribute('role', 'cell');
      amount.title = profUnits.exact(value, this.facts.unit);
      share.setAttribute('role', 'cell');
      bar.style.width = (most > 0 ? Math.abs(value) / most * BAR : 0) + 'px';
      share.append(bar, element('span', 'percent',
        profUnits.column(value, this.facts.topTotal)));
      return [amount, share];
    }

    /* --- Keyboard --- */

    onKey(event) {
      const at = this.order.indexOf(this.current);
      const page = Math.max(Math.floor(this.parts.scroller.clientHeight / ROW) - 1, 1);
      const steps = {
        ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page,
        Home: 0, End: this.order.length - 1,
      };

      if (event.ctrlKey || event.metaKey || event.altKey || this.order.length === 0)
        return;
      if (event.key === 'Enter' && at >= 0 && event.target === this.parts.scroller) {
        this.show(this.current);
      } else if (event.key in steps) {
        const next = Math.min(Math.max(steps[event.key], 0), this.order.length - 1);

        this.current = this.order[next];
        this.scroll.reveal(next * ROW, ROW, 0);
        this.draw();
        this.onSelect(this.current);
      } else {
        return;
      }
      event.preventDefault();
    }

    onSelect() {
      /* whoever reads out what is selected sets this */
    }
  }

  return { Table };
})();
