/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Makes a flame graph answer: click or Enter zooms, arrows walk, Ctrl+F
 * searches, Escape goes back. It is part of every interactive SVG and the same
 * in each; what it knows of the profile stands in the picture: each frame is a
 * group with its name and numbers as <title> and its place as data-p, "row x
 * width". Names are only ever set as text. */
(function () {
  'use strict';

  const SVG = 'http://www.w3.org/2000/svg';
  const HTML = 'http://www.w3.org/1999/xhtml';
  const BAR = 40; /* height of what is added above the picture */
  const PADDING = 5;
  const MIN_LABEL = 22;

  const script = document.currentScript;
  const root = (script && script.closest('svg')) || document.documentElement;
  const flame = root.hasAttribute('data-flame');
  const fontSize = Number(root.getAttribute('data-font'));

  /* --- Frames --- */

  function frame(place, words, node) {
    return {
      row: place[0], x: place[1], width: place[2], node,
      name: words[0], file: words[2] || '', details: words.join(' · '),
      strip: false, index: 0,
      parent: null, children: [], content: null, match: false, inner: false,
    };
  }

  function drawnFrames() {
    return Array.from(root.querySelectorAll('g[data-p]'), (node) => {
      const made = frame(node.getAttribute('data-p').split(' ').map(Number),
        node.firstElementChild.textContent.split('\n'), node);

      made.strip = node.classList.contains('strip');
      return made;
    });
  }

  function linesOf(className) {
    return root.querySelector('metadata.' + className).textContent.split('\n')
      .filter((line) => line !== '');
  }

  /* Frames too narrow to be pointed at: written as lines, "x width color name
   * value", below a line "row number y height"; x is "+" where the last one
   * ended. They get an element once there is room for one. */
  function faintFrames(total) {
    const names = linesOf('names').map((line) => line.split('\t'));
    const found = [];
    let row = [];
    let end = 0;

    for (const line of linesOf('faint')) {
      const fields = line.split(' ');

      if (fields[0] === 'row') {
        row = fields.slice(1).map(Number);
        continue;
      }
      const x = fields[0] === '+' ? end : Number(fields[0]);
      const width = Number(fields[1]);
      const name = names[Number(fields[3])];
      const value = fields.slice(4).join(' ') + ' (' + percent(width / total) + ')';
      const made = frame([row[0], x, width],
        name[1] ? [name[0], 'total ' + value, name[1]] : [name[0], 'total ' + value], null);

      made.strip = name[1] === '' && /^\d+ more frames?$/.test(name[0]);
      end = x + width;
      made.y = row[1];
      made.height = row[2];
      made.color = '#' + fields[2];
      found.push(made);
    }
    return found;
  }

  function percent(share) {
    const parts = share * 100;

    return parts.toFixed(parts > 0 && parts < 0.1 ? 2 : 1) + ' %';
  }

  const drawn = drawnFrames();
  if (drawn.length === 0)
    return;
  const all = drawn[0];
  const parentNode = all.node.parentNode;
  const frames = drawn.concat(faintFrames(all.width))
    .sort((a, b) => a.row - b.row || a.x - b.x);
  const origin = Number(all.node.querySelector('rect').getAttribute('x'));
  const byNode = new Map();

  frames.forEach((each, index) => {
    each.index = index;
    if (each.node !== null)
      byNode.set(each.node, each);
  });

  function shape(name, attributes) {
    const made = document.createElementNS(SVG, name);

    for (const key of Object.keys(attributes))
      made.setAttribute(key, attributes[key]);
    return made;
  }

  /* The element of a frame that had none. */
  function wake(sleeper) {
    const node = shape('g', { class: sleeper.strip ? 'strip' : 'frame' });
    const title = shape('title', {});

    title.textContent = [sleeper.name, sleeper.details.slice(sleeper.name.length + 3)]
      .join('\n').replace(/ · /g, '\n');
    node.append(title, shape('rect', {
      x: 0, y: sleeper.y, width: 0, height: sleeper.height, fill: sleeper.color,
    }));
    sleeper.node = node;
    byNode.set(node, sleeper);
    mark(sleeper);
    makeReachable(sleeper);
    parentNode.insertBefore(node, all.node.nextSibling);
  }

  /* Frames come by row, then from left to right: one pass finds callers. */
  function findParents() {
    let above = [];
    let row = [all];
    let at = 0;

    for (const frame of frames.slice(1)) {
      if (frame.row !== row[0].row) {
        above = row;
        row = [];
        at = 0;
      }
      while (at + 1 < above.length && above[at + 1].x <= frame.x + frame.width / 2)
        at++;
      frame.parent = above[at];
      frame.parent.children.push(frame);
      row.push(frame);
    }
  }

  /* --- Labels --- */

  const measured = document.createElementNS(HTML, 'canvas').getContext('2d');

  function widthOf(text) {
    return measured ? measured.measureText(text).width : text.length * fontSize * 0.6;
  }

  /* From the whole name to the function alone. Slashes within the brackets of a
   * generic name are no path. */
  function formsOf(name) {
    const bracket = name.search(/[[<({]/);
    const head = bracket < 0 ? name : name.slice(0, bracket);
    const forms = [name];
    let rest = name.slice(head.lastIndexOf('/') + 1);
    let dot;

    forms.push(rest);
    rest = rest.replace(/\[[^\]]*\]/g, '');
    forms.push(rest);
    while ((dot = rest.search(/\.(?!\.)|::/)) > 0) {
      rest = rest.slice(dot).replace(/^(\.|::)/, '');
      if (rest === '')
        break;
      forms.push(rest);
    }
    return forms;
  }

  function fitted(frame, width) {
    if (frame.strip)
      return widthOf(frame.name) <= width ? frame.name : '';
    const forms = formsOf(frame.name);
    for (const form of forms)
      if (widthOf(form) <= width)
        return form;
    const letters = Array.from(forms[forms.length - 1]);
    let low = 0;
    let high = letters.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);

      if (widthOf(letters.slice(0, middle).join('') + '…') <= width)
        low = middle;
      else
        high = middle - 1;
    }
    return low >= 3 ? letters.slice(0, low).join('') + '…' : '';
  }

  function labelOf(frame, box, left, width) {
    const words = width >= MIN_LABEL && fontSize >= 6
      ? fitted(frame, width - 2 * PADDING) : '';
    if (words === '')
      return null;
    const text = document.createElementNS(SVG, 'text');
    const y = Number(box.getAttribute('y')) + Number(box.getAttribute('height')) / 2;

    text.setAttribute('x', left + PADDING);
    text.setAttribute('y', Math.round(y + fontSize * 0.36));
    text.setAttribute('class', 'label');
    text.setAttribute('font-size', fontSize);
    text.textContent = words;
    return text;
  }

  /* --- Zoom --- */

  let zoomed = all;

  function hide(frame) {
    if (frame.node !== null)
      frame.node.setAttribute('display', 'none');
  }

  function restore(frame) {
    if (frame.color !== undefined) {
      place(frame, origin + frame.x, origin + frame.x + frame.width);
      return;
    }
    frame.node.removeAttribute('display');
    frame.node.classList.remove('ancestor');
    if (frame.content !== null)
      frame.node.replaceChildren(...frame.content);
  }

  function number(shape, name) {
    return Number(shape.getAttribute(name));
  }

  /* Lines between a frame and its caller, hatching and edges are as wide as the
   * frame, or a line's width less. */
  function widened(shape, box, left, width) {
    if (shape.nodeName === 'pattern')
      return shape.cloneNode(true);
    const inset = shape.nodeName === 'rect' ? number(shape, 'x') - number(box, 'x') : 0;
    const less = shape.nodeName === 'rect'
      ? number(box, 'width') - number(shape, 'width') : 0;

    if ((shape.nodeName !== 'rect' && shape.nodeName !== 'path') ||
        inset < 0 || inset > 1 || less < 0 || less > 1)
      return null;
    const copy = shape.cloneNode();
    if (shape.nodeName === 'path') {
      const y = shape.getAttribute('d').match(/^M\S+ (\S+?)h/)[1];

      copy.setAttribute('d', 'M' + left + ' ' + y + 'h' + width);
    } else {
      copy.setAttribute('x', left + inset);
      copy.setAttribute('width', Math.max(0, width - less));
    }
    return copy;
  }

  function place(frame, x, end) {
    const left = Math.round(x);
    const right = Math.round(end);
    const width = right - left - (right - left >= 3 && frame.row > 0 ? 1 : 0);

    if (right <= left) {
      hide(frame);
      return;
    }
    if (frame.node === null)
      wake(frame);
    if (frame.content === null)
      frame.content = Array.from(frame.node.childNodes);
    const box = frame.content.find((child) => child.nodeName === 'rect');
    const shapes = frame.content.map((child) => widened(child, box, left, width));
    frame.node.removeAttribute('display');
    frame.node.replaceChildren(frame.content[0], ...shapes.filter((shape) => shape),
      ...[labelOf(frame, box, left, width)].filter((label) => label));
  }

  function placeBelow(top) {
    const scale = all.width / top.width;
    const waiting = [top];

    while (waiting.length > 0) {
      const frame = waiting.pop();

      place(frame, origin + (frame.x - top.x) * scale,
        origin + (frame.x + frame.width - top.x) * scale);
      if (frame.node === null || frame.node.getAttribute('display') === 'none')
        continue;
      frame.node.classList.remove('ancestor');
      for (const child of frame.children)
        waiting.push(child);
    }
  }

  function zoom(frame) {
    zoomed = frame;
    root.classList.toggle('zoomed', frame !== all);
    if (frame === all) {
      frames.forEach(restore);
    } else {
      frames.forEach(hide);
      placeBelow(frame);
      for (let above = frame.parent; above !== null; above = above.parent) {
        place(above, origin, origin + all.width);
        above.node.classList.add('ancestor');
      }
      /* The root's bar has words of its own, for any zoom. */
      all.node.replaceChildren(...all.content);
    }
    reset.disabled = frame === all;
    tellMatches();
  }

  /* --- Search --- */

  function isBelow(frame, top) {
    while (frame !== null && frame !== top)
      frame = frame.parent;
    return frame === top;
  }

  function hasMatchAbove(frame) {
    for (let above = frame.parent; above !== null; above = above.parent)
      if (above.match)
        return true;
    return false;
  }

  /* Widths of the outermost matches: what is below one is part of it. */
  function tellMatches() {
    if (field.value === '') {
      answer.textContent = '';
      return;
    }
    if (field.classList.contains('wrong')) {
      answer.textContent = 'not a pattern';
      return;
    }
    const outer = frames.filter((frame) => frame.match && !frame.inner);
    const sum = (list) => list.reduce((total, frame) => total + frame.width, 0);
    let words = 'Matched ' + percent(sum(outer) / all.width);

    if (zoomed !== all) {
      const inside = zoomed.match ? [zoomed]
        : outer.filter((frame) => isBelow(frame, zoomed));
      const share = outer.some((frame) => frame !== zoomed && isBelow(zoomed, frame))
        ? 1 : sum(inside) / zoomed.width;

      words += ', ' + percent(share) + ' of this';
    }
    answer.textContent = words;
  }

  function patternOf(text) {
    try {
      return new RegExp(text, respectCase() ? '' : 'i');
    } catch (error) {
      return null;
    }
  }

  function respectCase() {
    return caseButton.getAttribute('aria-pressed') === 'true';
  }

  function search() {
    const text = field.value;
    const pattern = text === '' ? null : patternOf(text);

    field.classList.toggle('wrong', text !== '' && pattern === null);
    root.classList.toggle('searching', pattern !== null);
    for (const frame of frames) {
      frame.match = pattern !== null && frame !== all && !frame.strip &&
        (pattern.test(frame.name) || pattern.test(frame.file));
      frame.inner = frame.match && hasMatchAbove(frame);
      mark(frame);
    }
    tellMatches();
  }

  function mark(frame) {
    if (frame.node === null)
      return;
    frame.node.classList.toggle('match', frame.match && !frame.inner);
    frame.node.classList.toggle('inner', frame.inner);
  }

  /* --- State in the address --- */

  function remember(push) {
    const state = new URLSearchParams();

    if (zoomed !== all)
      state.set('zoom', zoomed.index);
    if (field.value !== '')
      state.set('search', field.value);
    if (field.value !== '' && respectCase())
      state.set('case', '1');
    try {
      const address = location.pathname + location.search + '#' + state;

      if (push)
        history.pushState(null, '', address);
      else
        history.replaceState(null, '', address);
    } catch (error) {
      /* Where addresses are not ours to change, the picture works without. */
    }
  }

  function recall() {
    const state = new URLSearchParams(location.hash.slice(1));

    field.value = state.get('search') || '';
    caseButton.setAttribute('aria-pressed', String(state.get('case') === '1'));
    search();
    zoom(frames[Number(state.get('zoom') || 0)] || all);
  }

  function zoomTo(frame) {
    if (frame === zoomed)
      return;
    zoom(frame);
    remember(true);
  }

  /* --- Keyboard --- */

  let current = all;

  function focus(frame) {
    current.node.setAttribute('tabindex', '-1');
    current = frame;
    frame.node.setAttribute('tabindex', '0');
    frame.node.focus();
  }

  function isShown(frame) {
    return frame.node !== null && frame.node.getAttribute('display') !== 'none' &&
      Number(frame.node.querySelector('rect').getAttribute('width')) > 0;
  }

  function neighbour(frame, step) {
    let index = frame.index + step;

    while (frames[index] && frames[index].row === frame.row && !isShown(frames[index]))
      index += step;
    return frames[index] && frames[index].row === frame.row ? frames[index] : null;
  }

  function widest(frame) {
    return frame.children.filter(isShown)
      .reduce((best, child) => (best === null || child.width > best.width ? child : best), null);
  }

  function next(frame, key) {
    if (key === (flame ? 'ArrowDown' : 'ArrowUp'))
      return frame.parent;
    if (key === (flame ? 'ArrowUp' : 'ArrowDown'))
      return widest(frame);
    if (key === 'ArrowLeft')
      return neighbour(frame, -1);
    if (key === 'ArrowRight')
      return neighbour(frame, 1);
    if (key === 'Home')
      return all;
    return undefined;
  }

  function onFrameKey(event, frame) {
    const target = next(frame, event.key);

    if (event.key === 'Enter' || event.key === ' ')
      zoomTo(frame);
    else if (target === undefined)
      return;
    else if (target !== null)
      focus(target);
    event.preventDefault();
  }

  /* Escape takes back the last thing first: the search, then the zoom. */
  function onEscape() {
    if (field.value !== '') {
      field.value = '';
      search();
      remember(false);
    } else {
      zoomTo(all);
    }
    focus(isShown(current) ? current : all);
  }

  function onKey(event) {
    const frame = byNode.get(event.target);

    if (event.key === 'F3' || ((event.ctrlKey || event.metaKey) && event.key === 'f')) {
      field.focus();
      field.select();
      event.preventDefault();
    } else if (event.key === 'Escape') {
      onEscape();
      event.preventDefault();
    } else if (frame && !event.ctrlKey && !event.metaKey && !event.altKey) {
      onFrameKey(event, frame);
    }
  }

  /* --- Bar above the picture --- */

  function element(name, className, words) {
    const made = document.createElementNS(HTML, name);

    made.className = className;
    if (words)
      made.textContent = words;
    return made;
  }

  function button(words, title) {
    const made = element('button', 'tool', words);

    made.type = 'button';
    made.title = title;
    return made;
  }

  const reset = button('Reset Zoom', 'Show everything (Escape)');
  const field = element('input', 'tool');
  const caseButton = button('Aa', 'Match case');
  const answer = element('output', 'answer');
  const details = element('span', 'details');

  function addBar() {
    const box = root.viewBox.baseVal;
    const holder = document.createElementNS(SVG, 'foreignObject');
    const ground = root.querySelector('rect').cloneNode();
    const bar = element('div', 'bar');

    field.type = 'search';
    field.placeholder = 'Search (Ctrl+F)';
    field.setAttribute('aria-label', 'Search functions, by regular expression');
    answer.setAttribute('aria-live', 'polite');
    bar.append(reset, field, caseButton, answer, details);
    ground.setAttribute('y', -BAR);
    ground.setAttribute('height', BAR);
    holder.setAttribute('x', 0);
    holder.setAttribute('y', -BAR);
    holder.setAttribute('width', box.width);
    holder.setAttribute('height', BAR);
    holder.append(bar);
    root.append(ground, holder);
    root.setAttribute('viewBox', [0, -BAR, box.width, box.height + BAR].join(' '));
    root.setAttribute('height', box.height);
  }

  function tell(frame) {
    details.textContent = frame ? frame.details : '';
  }

  function frameAt(event) {
    return byNode.get(event.target.closest && event.target.closest('.frame,.strip,.root'));
  }

  function listen() {
    root.addEventListener('click', (event) => {
      const frame = frameAt(event);

      if (frame) {
        focus(frame);
        zoomTo(frame);
      }
    });
    root.addEventListener('mouseover', (event) => tell(frameAt(event)));
    root.addEventListener('focusin', (event) => tell(frameAt(event)));
    document.addEventListener('keydown', onKey);
    reset.addEventListener('click', () => zoomTo(all));
    field.addEventListener('input', () => {
      search();
      remember(false);
    });
    caseButton.addEventListener('click', () => {
      caseButton.setAttribute('aria-pressed', String(!respectCase()));
      search();
      remember(false);
    });
    window.addEventListener('popstate', recall);
    window.addEventListener('hashchange', recall);
  }

  function makeReachable(frame) {
    frame.node.setAttribute('tabindex', frame === all ? '0' : '-1');
    frame.node.setAttribute('role', 'button');
  }

  findParents();
  if (measured)
    measured.font = fontSize + 'px ' + root.getAttribute('font-family');
  addBar();
  drawn.forEach(makeReachable);
  root.querySelectorAll('.sliver').forEach((sliver) => sliver.remove());
  listen();
  recall();
  root.classList.add('live');
})();
