/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The page itself: what is shown and where, what keys and clicks do, what the
 * address remembers. It is the same in every page; all it knows of a profile it
 * reads from the data, and names are only ever set as text. */
'use strict';

(function () {
  const INSET = 8; /* px around the graph, so that a ring at the edge is whole */
  const DRAG = 4; /* px that make a click a drag */
  const MAX_ZOOM = 2 ** 40;
  const WHEEL_ZOOM = 0.002; /* of a px of the wheel, as a power of e */
  const KEY_ZOOM = 1.5;
  const PAN_SHARE = 0.1;
  const MIN_READABLE = 22; /* px; narrower matches are zoomed to */
  const SETTLE_MS = 250; /* until the address follows a movement */
  const MANY = 1e6; /* nodes from which on typing waits before it searches */
  const PRINT_WIDTH = 1040;
  const PRINT_HEIGHT = 12000;
  const HINT = 'A click zooms, ? tells the keys';

  const byId = (id) => document.getElementById(id);
  const facts = JSON.parse(byId('page-facts').textContent);
  const canvas = byId('picture');
  const marks = byId('marks');
  const ground = byId('canvases');
  const field = byId('field');
  const darkScheme = window.matchMedia('(prefers-color-scheme: dark)');

  let profile = null;
  let painter = null;
  let layout = null;
  let table = null;
  let search = null;
  let whole = 0;
  let hovered = -1; /* a box */
  let scroll = null;
  let words = null;
  let tip = null;
  let printed = null; /* the size of a printed picture */

  const state = {
    start: 0, end: 0, root: 0, /* what is shown; the node it was zoomed to */
    selected: -1, /* a node */
    tab: 'graph', flame: facts.flame, theme: '',
    isPattern: false, hasCase: false,
  };

  const { element } = profTip;

  function viewWeight() {
    return state.end - state.start;
  }

  function isWhole() {
    return state.start <= 0 && state.end >= whole;
  }

  /* --- Drawing --- */

  function theme() {
    return state.theme || facts.theme || (darkScheme.matches ? 'dark' : 'light');
  }

  function colorsOf(which) {
    return facts.colors.map((pair) => pair[which === 'dark' ? 1 : 0]);
  }

  function viewSize() {
    return printed || { width: ground.clientWidth, height: ground.clientHeight };
  }

  function layOut() {
    const width = Math.max(viewSize().width - 2 * INSET, 1);

    layout = new profLayout.Layout(profile.tree, {
      start: state.start, end: state.end, width, minWidth: facts.minWidth,
    }, !facts.byName);
    hovered = -1;
    tip.forget();
  }

  function setScene() {
    const view = viewSize();
    const which = theme();

    painter.ratio = window.devicePixelRatio || 1;
    painter.setScene({
      layout, search, zoomRoot: state.root, flame: state.flame,
      tokens: facts.tokens[which], colors: colorsOf(which), rootText: facts.total,
      inset: INSET, scroll: 0, height: 0,
    });
    painter.scene.height = Math.max(painter.height(layout), view.height - 2 * INSET);
    scroll.setContent(painter.scene.height + 2 * INSET);
    painter.scene.scroll = (printed ? 0 : scroll.top) - INSET;
  }

  function fitCanvas(one, view) {
    const ratio = window.devicePixelRatio || 1;
    const width = Math.round(view.width * ratio);
    const height = Math.round(view.height * ratio);

    if (one.width !== width || one.height !== height) {
      one.width = width;
      one.height = height;
      one.style.width = view.width + 'px';
      one.style.height = view.height + 'px';
    }
    one.getContext('2d').setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  function draw() {
    const view = viewSize();

    if (view.width === 0 || layout === null)
      return;
    setScene();
    fitCanvas(canvas, view);
    painter.paint(view.width, view.height);
    drawMarks();
  }

  function drawMarks() {
    const view = viewSize();

    fitCanvas(marks, view);
    painter.paintMarks(marks.getContext('2d'), view.width, view.height, hovered,
      selectedBox(), ground.matches(':focus-visible'));
  }

  let asked = 0;
  let needsLayout = false;

  function redraw(newLayout) {
    needsLayout = needsLayout || newLayout;
    if (asked === 0)
      asked = requestAnimationFrame(drawNow);
  }

  function drawNow() {
    asked = 0;
    if (state.tab !== 'graph' || profile === null)
      return;
    if (needsLayout || layout === null)
      layOut();
    needsLayout = false;
    draw();
    tellView();
  }

  /* For what comes right after a change and asks the layout. */
  function flush() {
    if (asked !== 0)
      cancelAnimationFrame(asked);
    drawNow();
  }

  function setTheme() {
    const which = theme();
    const button = byId('theme');

    document.documentElement.dataset.theme = which;
    button.setAttribute('aria-pressed', String(which === 'dark'));
    if (profile === null)
      return;
    table.colors = colorsOf(which).map(profPaint.css);
    table.draw();
    drawLegend();
    redraw(false);
  }

  /* --- Legend and lines below --- */

  function drawLegend() {
    const colors = colorsOf(theme());
    const parts = facts.legend.filter((item) => item !== null).map((item) => {
      if (item.rule)
        return element('span', 'rule');
      if (item.caption)
        return element('span', 'caption', item.caption);
      const button = element('button', '');
      const swatch = element('span', 'swatch');

      button.type = 'button';
      swatch.style.backgroundColor = profPaint.css(colors[item.color]);
      button.append(swatch, element('span', 'word', profNames.clean(item.name)));
      if (item.share)
        button.append(element('span', 'dim', item.share));
      if (item.search) {
        button.title = 'Mark ' + profNames.clean(item.search);
        button.addEventListener('click', () => lookFor(item.search, false, false));
      } else {
        button.disabled = true;
      }
      return button;
    });

    document.querySelector('.legend').replaceChildren(...parts);
    document.querySelector('.legend').hidden = parts.length === 0;
  }

  function tellView() {
    const zoom = whole / (viewWeight() || 1);
    const times = zoom < 10 ? Math.round(zoom * 100) + ' %'
      : profUnits.grouped(String(Math.round(zoom))) + ' ×';

    byId('view').textContent = isWhole() ? facts.total + (facts.unit.family === '' ? ' ' : ' of ') + facts.type
      : 'view ' + profUnits.percent(viewWeight(), whole) + ' of ' + facts.total +
        ' · zoom ' + times;
    byId('reset').disabled = isWhole();
    byId('back').disabled = isWhole() && depth === 0;
    canvas.setAttribute('aria-label', 'Flame graph of ' + facts.title + ', ' + facts.total +
      (isWhole() ? '' : '; showing ' + words.nameOf(state.root) + ', ' +
        profUnits.percent(viewWeight(), whole)));
    tellMatches();
    tellStatus();
  }

  function tellStatus() {
    const i = hovered >= 0 ? hovered : selectedBox();
    const line = byId('status');

    if (i < 0) {
      line.textContent = HINT;
      return;
    }
    line.replaceChildren(element('b', '', words.boxName(layout, i)),
      ' — ' + words.sentence(layout, i));
  }

  /* --- Address --- */

  let depth = 0; /* steps that can be taken back */

  function fragment() {
    const address = new URLSearchParams();
    const start = state.root === 0 ? 0 : profLayout.startOf(profile.tree, state.root);

    if (state.root > 0 && state.start === start &&
        state.end === start + profile.tree.weight[state.root])
      address.set('zoom', state.root);
    else if (!isWhole())
      address.set('view', state.start + '-' + state.end);
    if (state.selected > 0)
      address.set('node', state.selected);
    if (field.value !== '')
      address.set('search', field.value);
    if (state.isPattern)
      address.set('regex', '1');
    if (state.hasCase)
      address.set('case', '1');
    if (state.tab !== 'graph')
      address.set('tab', state.tab);
    if (table.key !== 'flat' || !table.down)
      address.set('sort', (table.down ? '' : '-') + table.key);
    if (state.flame !== facts.flame)
      address.set('flame', state.flame ? '1' : '0');
    if (state.theme !== '')
      address.set('theme', state.theme);
    /* An address without any word would be that of a page just opened, which
     * begins with what the command asked for. */
    return address.toString() || 'all';
  }

  function remember(isStep) {
    try {
      const address = location.pathname + location.search + '#' + fragment();

      if (isStep)
        history.pushState({ depth: ++depth }, '', address);
      else
        history.replaceState({ depth }, '', address);
    } catch (error) {
      /* Where addresses are not ours to change, the page works without. */
    }
  }

  let settling = 0;

  function rememberSoon() {
    clearTimeout(settling);
    settling = setTimeout(() => remember(false), SETTLE_MS);
  }

  function numberOf(text, otherwise) {
    const number = Number(text);

    return text !== null && Number.isFinite(number) ? number : otherwise;
  }

  function nodeOf(text) {
    const node = numberOf(text, 0);

    return Number.isInteger(node) && node > 0 && node < profile.tree.n ? node : 0;
  }

  /* What an opened page shows: what the address says, else what was asked for
   * when it was written. */
  function recall() {
    const hash = location.hash.slice(1);
    const asked = new URLSearchParams(hash === 'all' ? '' : hash);
    const sort = asked.get('sort') || 'flat';
    const part = (asked.get('view') || '').split('-').map(Number);

    if (hash === '') {
      state.isPattern = facts.search !== '';
      field.value = facts.search;
      setView(facts.view[0], facts.view[1], facts.zoom);
      if (facts.view[1] === 0)
        zoomTo(facts.zoom);
    } else {
      state.isPattern = asked.get('regex') === '1';
      field.value = asked.get('search') || '';
      if (part.length === 2 && part[0] >= 0 && part[1] > part[0])
        setView(part[0], part[1], -1);
      else
        zoomTo(nodeOf(asked.get('zoom')));
    }
    state.hasCase = asked.get('case') === '1';
    state.selected = nodeOf(asked.get('node')) || (state.root > 0 ? state.root : -1);
    state.flame = asked.has('flame') ? asked.get('flame') === '1' : facts.flame;
    state.theme = ['light', 'dark'].includes(asked.get('theme')) ? asked.get('theme') : '';
    table.setSort(sort.replace('-', ''), !sort.startsWith('-'));
    depth = history.state && history.state.depth ? history.state.depth : 0;
    setTheme();
    setDirection();
    look();
    setTab(asked.get('tab') === 'top' ? 'top' : 'graph');
  }

  /* --- Zoom --- */

  /* root: the node zoomed to; -1 to look for one */
  function setView(start, end, root) {
    const length = Math.min(Math.max(end - start, whole / MAX_ZOOM), whole);

    state.start = Math.min(Math.max(start, 0), whole - length);
    state.end = state.start + length;
    state.root = root >= 0 ? root : profLayout.filling(profile.tree, state.start, state.end);
    redraw(true);
  }

  function zoomTo(node) {
    const start = profLayout.startOf(profile.tree, node);

    if (profile.tree.weight[node] > 0)
      setView(start, start + profile.tree.weight[node], node);
    else
      setView(0, whole, 0);
  }

  function step(change) {
    const before = [state.start, state.end, state.root].join();

    change();
    if ([state.start, state.end, state.root].join() !== before)
      remember(true);
    flush();
    revealSelected();
  }

  function zoomToBox(i) {
    const { boxes } = layout;
    const node = boxes.node[i];

    if (boxes.end[i] === 0)
      step(() => zoomTo(node));
    else if (!profLayout.isMore(profile.tree, node))
      step(() => setView(boxes.start[i], boxes.start[i] + boxes.extent[i], -1));
  }

  function back() {
    if (depth > 0)
      history.back();
    else if (!isWhole())
      step(() => zoomTo(0));
  }

  /* Keeps what is at a share of the width where it is. */
  function zoomAbout(at, factor) {
    const length = viewWeight() / factor;
    const fixed = state.start + viewWeight() * at;

    setView(fixed - length * at, fixed + length * (1 - at), -1);
    rememberSoon();
  }

  function pan(shareOfView) {
    const by = viewWeight() * shareOfView;

    if (isWhole())
      return;
    setView(state.start + by, state.end + by, -1);
    rememberSoon();
  }

  /* --- Selection --- */

  function selectedBox() {
    return state.selected < 0 || layout === null ? -1 : layout.find(state.selected);
  }

  function select(i) {
    state.selected = i < 0 ? -1 : layout.boxes.node[i];
    drawMarks();
    tellStatus();
    if (i < 0)
      return;
    revealSelected();
    byId('spoken').textContent = words.spoken(layout, i, search);
    rememberSoon();
  }

  function revealSelected() {
    const i = selectedBox();

    if (i < 0)
      return;
    const { y, height } = painter.rowY(layout.boxes.row[i]);
    scroll.reveal(y + INSET, height, INSET);
  }

  function nextBox(i, key) {
    if (key === (state.flame ? 'ArrowDown' : 'ArrowUp'))
      return layout.boxes.parent[i];
    if (key === (state.flame ? 'ArrowUp' : 'ArrowDown'))
      return layout.widestChild(i);
    if (key === 'ArrowLeft')
      return layout.neighbour(i, -1);
    if (key === 'ArrowRight')
      return layout.neighbour(i, 1);
    return key === 'Home' ? 0 : undefined;
  }

  /* --- Pointer --- */

  function boxAt(event) {
    const bounds = ground.getBoundingClientRect();
    const x = event.clientX - bounds.left - INSET;
    const y = event.clientY - bounds.top - INSET + scroll.top;

    return layout === null ? -1 : layout.hit(x, painter.rowAt(y));
  }

  let drag = null;

  function onPointerDown(event) {
    if (event.button === 0 && layout !== null && event.offsetX < ground.clientWidth)
      drag = { x: event.clientX, y: event.clientY, id: event.pointerId, moved: false,
        start: state.start, end: state.end, top: scroll.top };
  }

  function onPointerMove(event) {
    if (drag !== null && event.pointerId === drag.id) {
      const x = event.clientX - drag.x;
      const y = event.clientY - drag.y;

      if (!drag.moved && Math.abs(x) < DRAG && Math.abs(y) < DRAG)
        return;
      if (!drag.moved)
        ground.setPointerCapture(drag.id);
      drag.moved = true;
      ground.classList.add('moving');
      const by = -x / layout.view.width * (drag.end - drag.start);
      if (!(drag.start <= 0 && drag.end >= whole))
        setView(drag.start + by, drag.end + by, -1);
      scroll.top = drag.top - y;
      hover(-1, null);
      return;
    }
    hover(boxAt(event), event);
  }

  function onPointerUp(event) {
    const was = drag;

    if (was === null || event.pointerId !== was.id)
      return;
    drag = null;
    ground.classList.remove('moving');
    if (was.moved) {
      rememberSoon();
      return;
    }
    const i = boxAt(event);
    if (i < 0 || event.type === 'pointercancel')
      return;
    select(i);
    zoomToBox(i);
    hover(boxAt(event), event.pointerType === 'mouse' ? event : null);
  }

  function hover(i, event) {
    if (i !== hovered) {
      hovered = i;
      ground.classList.toggle('pointing', i >= 0);
      drawMarks();
      tellStatus();
    }
    if (i >= 0 && event !== null)
      tip.show(layout, i, event);
    else
      tip.hide();
  }

  function onWheel(event) {
    const px = event.deltaMode === 1 ? 20 : event.deltaMode === 2 ? ground.clientHeight : 1;
    const width = layout === null ? 1 : layout.view.width;

    if (layout === null)
      return;
    if (event.ctrlKey || event.metaKey) {
      const x = event.clientX - ground.getBoundingClientRect().left - INSET;

      zoomAbout(Math.min(Math.max(x / width, 0), 1),
        Math.exp(-event.deltaY * px * WHEEL_ZOOM));
    } else if (event.deltaX !== 0 || event.shiftKey) {
      pan((event.deltaX || event.deltaY) * px / width);
    } else {
      return;
    }
    hover(-1, null);
    event.preventDefault();
  }

  /* --- Search --- */

  function setPressed(id, isPressed) {
    byId(id).setAttribute('aria-pressed', String(isPressed));
  }

  function look() {
    const text = field.value;
    const matches = text === '' ? null
      : profSearch.matcher(text, state.isPattern, state.hasCase);

    setPressed('pattern', state.isPattern);
    setPressed('case', state.hasCase);
    document.querySelector('.search').classList.toggle('wrong', text !== '' && matches === null);
    field.setAttribute('aria-invalid', String(text !== '' && matches === null));
    search = matches === null ? null : new profSearch.Search(profile, matches);
    table.setSearch(search);
    tellMatches();
    redraw(false);
  }

  /* What it was told of: counting anew in every frame of a movement, and reading
   * out the same again, is for nobody. */
  let told = {};

  function tellMatches() {
    const answer = byId('answer');
    const root = isWhole() ? 0 : state.root;

    if (told.search === search && told.root === root && told.text === field.value)
      return;
    told = { search, root, text: field.value };
    byId('steps').hidden = search === null || search.nodes.length === 0;
    if (field.value === '')
      answer.textContent = '';
    else if (search === null)
      answer.textContent = 'not a pattern';
    else
      answer.textContent = matchWords(root);
  }

  function matchWords(root) {
    const parts = [profUnits.grouped(String(search.nFrames)) + ' of ' +
      profUnits.plural(profile.frames.n, 'function')];

    parts.push((facts.shape.hidden > 0 ? 'at least ' : '') + profUnits.percent(search.total, whole));
    parts.push(profUnits.human(search.total, facts.unit));
    if (root > 0)
      parts.push(profUnits.percent(search.within(root), profile.tree.weight[root]) +
        ' of ' + words.shortName(root));
    return parts.join(' · ');
  }

  let typing = 0;

  function onType() {
    clearTimeout(typing);
    if (profile.tree.n < MANY)
      look();
    else
      typing = setTimeout(look, SETTLE_MS);
    rememberSoon();
  }

  function lookFor(text, isPattern, hasCase) {
    field.value = text;
    state.isPattern = isPattern;
    state.hasCase = hasCase;
    look();
    remember(false);
  }

  function goToMatch(direction) {
    if (search === null || search.nodes.length === 0)
      return;
    if (state.tab !== 'graph')
      setTab('graph');
    const node = search.next(Math.max(state.selected, 0), direction);
    flush();
    const found = layout.find(node);
    state.selected = node;
    if (found < 0 || layout.boxes.end[found] > 0 ||
        layout.boxes.xEnd[found] - layout.boxes.x[found] < MIN_READABLE)
      step(() => zoomTo(node));
    select(layout.find(node));
  }

  function showFunction(frame) {
    const name = profile.frames.names[frame].replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

    setTab('graph');
    lookFor('^' + name + '$', true, true);
    step(() => zoomTo(0));
    state.selected = -1;
    goToMatch(1);
    ground.focus();
  }

  /* --- Keys --- */

  function onGraphKey(event) {
    const shown = selectedBox();
    const i = shown < 0 ? 0 : shown;
    const centre = Math.min(Math.max(((layout.boxes.x[i] + layout.boxes.xEnd[i]) / 2) /
      layout.view.width, 0), 1);
    const target = nextBox(i, event.key);

    if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight'))
      pan(event.key === 'ArrowLeft' ? -PAN_SHARE : PAN_SHARE);
    else if (event.key === 'Enter' || event.key === ' ')
      zoomToBox(i);
    else if (event.key === '+' || event.key === '=')
      zoomAbout(centre, KEY_ZOOM);
    else if (event.key === '-')
      zoomAbout(centre, 1 / KEY_ZOOM);
    else if (target === undefined)
      return;
    else if (shown < 0)
      select(0);
    else if (target >= 0)
      select(target);
    event.preventDefault();
  }

  /* Escape takes back the last thing first: the search, then the zoom. */
  function onEscape() {
    if (field.value !== '')
      lookFor('', state.isPattern, state.hasCase);
    else
      back();
    if (state.tab === 'graph')
      ground.focus();
  }

  function onKey(event) {
    const isTyping = event.target === field;
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;

    if (byId('about').open || profile === null)
      return;
    if (event.key === 'F3' || ((event.ctrlKey || event.metaKey) && event.key === 'f') ||
        (event.key === '/' && isPlain && !isTyping)) {
      field.focus();
      field.select();
    } else if (event.key === 'Escape') {
      onEscape();
    } else if (isTyping && event.key === 'Enter') {
      goToMatch(event.shiftKey ? -1 : 1);
    } else if (isTyping || !isPlain) {
      return;
    } else if (event.key === 'Backspace') {
      back();
    } else if (event.key === '0') {
      step(() => zoomTo(0));
    } else if (event.key === '?') {
      byId('about').showModal();
    } else {
      if (event.target === ground && state.tab === 'graph' && layout !== null)
        onGraphKey(event);
      return;
    }
    event.preventDefault();
  }

  /* --- Tabs and switches --- */

  function setTab(tab) {
    const isGraph = tab === 'graph';

    state.tab = tab;
    byId('graph').hidden = !isGraph;
    byId('top').hidden = isGraph;
    for (const [name, selected] of [['tab-graph', isGraph], ['tab-top', !isGraph]]) {
      byId(name).setAttribute('aria-selected', String(selected));
      byId(name).tabIndex = selected ? 0 : -1;
    }
    byId('zoom-tools').style.visibility = isGraph ? '' : 'hidden';
    byId('direction').disabled = !isGraph;
    hovered = -1;
    tip.hide();
    if (isGraph) {
      redraw(true);
      flush();
    } else {
      table.draw();
      byId('status').replaceChildren(table.parts.count);
      byId('view').textContent = 'total ' + facts.total;
    }
  }

  function setDirection() {
    setPressed('direction', state.flame);
    redraw(false);
  }

  function turn() {
    state.flame = !state.flame;
    setDirection();
    flush();
    scroll.top = state.flame ? scroll.content : 0;
    flush();
    remember(false);
  }

  function switchTheme() {
    state.theme = theme() === 'dark' ? 'light' : 'dark';
    setTheme();
    remember(false);
  }

  function onTabKey(event) {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')
      return;
    setTab(state.tab === 'graph' ? 'top' : 'graph');
    byId(state.tab === 'graph' ? 'tab-graph' : 'tab-top').focus();
    remember(false);
  }

  /* --- Print: all rows, in light colours --- */

  function beforePrint() {
    if (profile === null)
      return;
    printed = { width: PRINT_WIDTH, height: 1, theme: state.theme };
    state.theme = 'light';
    setTheme();
    if (state.tab !== 'graph') {
      table.drawForPrint();
      return;
    }
    layOut();
    printed.height = Math.min(painter.height(layout) + 2 * INSET, PRINT_HEIGHT);
    draw();
  }

  function afterPrint() {
    if (printed === null)
      return;
    state.theme = printed.theme;
    printed = null;
    setTheme();
    redraw(true);
  }

  /* --- Beginning --- */

  function listen() {
    ground.addEventListener('pointerdown', onPointerDown);
    ground.addEventListener('pointermove', onPointerMove);
    ground.addEventListener('pointerup', onPointerUp);
    ground.addEventListener('pointercancel', onPointerUp);
    ground.addEventListener('pointerleave', () => hover(-1, null));
    ground.addEventListener('wheel', onWheel, { passive: false });
    ground.addEventListener('scroll', () => redraw(false));
    ground.addEventListener('focus', drawMarks);
    ground.addEventListener('blur', drawMarks);
    document.addEventListener('keydown', onKey);
    field.addEventListener('input', onType);
    byId('tab-graph').addEventListener('click', () => { setTab('graph'); remember(false); });
    byId('tab-top').addEventListener('click', () => { setTab('top'); remember(false); });
    document.querySelector('.views').addEventListener('keydown', onTabKey);
    byId('back').addEventListener('click', back);
    byId('reset').addEventListener('click', () => step(() => zoomTo(0)));
    byId('previous').addEventListener('click', () => goToMatch(-1));
    byId('next').addEventListener('click', () => goToMatch(1));
    byId('pattern').addEventListener('click', () =>
      lookFor(field.value, !state.isPattern, state.hasCase));
    byId('case').addEventListener('click', () =>
      lookFor(field.value, state.isPattern, !state.hasCase));
    byId('direction').addEventListener('click', turn);
    byId('theme').addEventListener('click', switchTheme);
    byId('help').addEventListener('click', () => byId('about').showModal());
    darkScheme.addEventListener('change', setTheme);
    window.addEventListener('popstate', recall);
    window.addEventListener('hashchange', recall);
    window.addEventListener('beforeprint', beforePrint);
    window.addEventListener('afterprint', afterPrint);
    new ResizeObserver(() => {
      redraw(true);
      table.draw();
    }).observe(document.querySelector('main'));
  }

  function newTable() {
    const top = byId('top');
    const made = new profTable.Table(profile, facts, {
      head: top.querySelector('.columns'),
      scroller: top.querySelector('.scroller'),
      spacer: top.querySelector('.spacer'),
      rows: top.querySelector('.rows'),
      count: element('span', ''),
    }, showFunction);

    made.onSort = () => remember(false);
    made.onSelect = (frame) => {
      const { names, flat, cum } = profile.frames;

      byId('spoken').textContent = [
        profNames.clean(names[frame]), 'flat ' + profUnits.human(flat[frame], facts.unit),
        'cum ' + profUnits.human(cum[frame], facts.unit),
      ].join(', ');
    };
    return made;
  }

  function begin() {
    const metrics = {
      row: facts.row, root: Math.max(facts.row, 19) + 5, lane: 4, font: facts.font,
      family: facts.family || getComputedStyle(document.body).fontFamily,
    };

    whole = profile.tree.weight[0];
    words = new profWords.Words(profile, facts);
    tip = new profTip.Tip(byId('tip'), words);
    painter = new profPaint.Painter(canvas.getContext('2d', { alpha: false }), profile, metrics);
    scroll = new profScroll.Scroll(ground, ground.querySelector('.spacer'));
    table = newTable();
    document.querySelector('.bar').hidden = false;
    document.querySelector('.status').hidden = false;
    say('');
    recall();
    if (state.flame)
      scroll.top = scroll.content;
    listen();
    document.documentElement.dataset.ready = 'true';
  }

  function say(text) {
    byId('notice').textContent = text;
  }

  async function start() {
    setTheme();
    if (facts.shape.nodes <= 1 && facts.shape.rows === 0) {
      say('no samples');
      document.documentElement.dataset.ready = 'true';
      return;
    }
    if (typeof DecompressionStream !== 'function') {
      say('This browser cannot unpack the profile in this page: it has no DecompressionStream. ' +
        'Chrome and Edge have it from version 80 on, Safari from 16.4, Firefox from 113.');
      return;
    }
    if (facts.shape.nodes > MANY)
      say('Reading ' + profUnits.plural(facts.shape.nodes, 'frame') + '…');
    /* The data comes behind the script, so that what is above it is there at
     * once. */
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve));
    await new Promise((resolve) => setTimeout(resolve));
    const data = byId('page-data');
    profile = await profData.read(data.textContent, facts.shape);
    data.remove();
    begin();
  }

  start().catch((error) => {
    profile = null;
    say('The profile in this page cannot be read; the file may be damaged. (' + error.message + ')');
  });
})();
