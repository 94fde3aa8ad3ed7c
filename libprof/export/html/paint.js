/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * Draws boxes on a canvas, as paint/prof-flame-paint.c draws them: edges on whole
 * pixels of the screen, a line in the canvas' colour where a package begins. */
'use strict';

const profPaint = (function () {
  const PADDING = 5;
  const ROOT_PADDING = 6;
  const MIN_LABEL = 22;
  const MIN_FONT = 6;
  const MIN_GAP = 3;
  const MIN_CORNER = 6;
  const MIN_STRIP = 2;
  const MIN_PERCENT = 180;
  const PERCENT_GAP = 12;
  const PERCENT_STEP = 0.9;
  const HATCH = 5;
  const CAP = 3;
  const MIN_LANE = 2;
  const LINE_SHARE = 0.45;
  const CORNER_SHARE = 0.25;
  const ANCESTOR_FILL = 0.5;
  const ANCESTOR_LABEL = 0.82;
  const DIMMED_FILL = 0.35;
  const DIMMED_LABEL = 0.74;
  const PALE_PREFIX = 0.92;
  const DASH_SHARE = 0.35;
  const MAX_MEASURED = 50000;

  /* share of a and 1 - share of b, as numbers 0xrrggbb. */
  function mix(a, b, share) {
    let mixed = 0;

    for (let shift = 0; shift < 24; shift += 8)
      mixed |= Math.round((a >> shift & 255) * share + (b >> shift & 255) * (1 - share)) << shift;
    return mixed;
  }

  function css(color) {
    return '#' + color.toString(16).padStart(6, '0');
  }

  /* What a box is to the zoom and to the search. */
  const PLAIN = 0;
  const OUTER = 1;
  const INNER = 2;
  const ANCESTOR = 3;
  const DIMMED = 4;
  const STRIP = 5;
  const ROOT = 6;

  function shade(tokens, base, kind) {
    const fills = [
      base, tokens.hit, mix(tokens.hit, tokens.canvas, tokens.nestedHit),
      mix(base, tokens.canvas, ANCESTOR_FILL), mix(base, tokens.canvas, DIMMED_FILL),
      tokens.stripGround, tokens.rootBar,
    ];
    const fill = fills[kind];
    const ink = kind === OUTER ? tokens.hitLabel : tokens.label;
    const label = kind === ANCESTOR ? ANCESTOR_LABEL : kind === DIMMED ? DIMMED_LABEL : 1;
    const prefix = label < 1 ? label * PALE_PREFIX : tokens.muted;

    return {
      fill: css(fill),
      line: css(mix(fill, tokens.canvas, LINE_SHARE)),
      corner: css(mix(fill, tokens.canvas, CORNER_SHARE)),
      label: css(mix(ink, fill, label)),
      prefix: css(mix(ink, fill, prefix)),
    };
  }

  class Painter {
    /* context: of a canvas; metrics: {row, root, lane, font, family} */
    constructor(context, profile, metrics) {
      this.context = context;
      this.profile = profile;
      this.metrics = metrics;
      this.forms = new Map();
      this.widths = [new Map(), new Map()];
      this.shades = new Map();
      this.ratio = 1;
    }

    /* --- Text --- */

    setFont(isBold) {
      this.context.font = (isBold ? 'bold ' : '') + this.metrics.font + 'px ' +
        this.metrics.family;
    }

    measure(text, isBold) {
      const widths = this.widths[isBold ? 1 : 0];
      let width = widths.get(text);

      if (width === undefined) {
        if (widths.size > MAX_MEASURED)
          widths.clear();
        this.setFont(isBold);
        width = text === '' ? 0 : this.context.measureText(text).width;
        widths.set(text, width);
      }
      return width;
    }

    formsOf(frame) {
      let forms = this.forms.get(frame);

      if (forms === undefined) {
        if (this.forms.size > MAX_MEASURED)
          this.forms.clear();
        forms = profNames.formsOf(this.profile.frames.labels[frame]);
        this.forms.set(frame, forms);
      }
      return forms;
    }

    text(words, x, y, color, isBold) {
      this.setFont(isBold);
      this.context.fillStyle = color;
      this.context.fillText(words, x, y);
    }

    baseline(rect) {
      return this.snap(rect.y + rect.height / 2 + this.metrics.font * 0.36);
    }

    /* --- Places --- */

    snap(px) {
      return Math.round(px * this.ratio) / this.ratio;
    }

    head() {
      const { root, lane } = this.metrics;

      return root + 1 + (this.scene.search ? lane + 1 : 0);
    }

    height(layout) {
      return this.head() + Math.max(layout.nRows - 1, 0) * this.metrics.row;
    }

    /* From the root's side to the top of the canvas, and back. */
    mirrored(y, height) {
      return this.scene.flame ? this.scene.height - y - height : y;
    }

    rowAt(y) {
      const fromRoot = this.mirrored(y, 0);

      if (fromRoot >= 0 && fromRoot < this.metrics.root)
        return 0;
      if (fromRoot < this.head())
        return -1;
      return Math.floor((fromRoot - this.head()) / this.metrics.row) + 1;
    }

    rowY(row) {
      const height = row === 0 ? this.metrics.root : this.metrics.row - 1;
      const y = row === 0 ? 0 : this.head() + (row - 1) * this.metrics.row;

      return { y: this.mirrored(y, height), height };
    }

    /* On the canvas, where the view's left edge and the scroll are. */
    rectOf(i) {
      const { boxes, view } = this.scene.layout;
      const { y, height } = this.rowY(boxes.row[i]);
      const left = this.snap(Math.max(boxes.x[i], 0));
      const right = this.snap(Math.min(boxes.xEnd[i], view.width));
      const gap = right - left >= MIN_GAP && boxes.row[i] > 0 ? 1 : 0;

      return {
        x: this.scene.inset + left, width: right - left - gap,
        y: y - this.scene.scroll, height,
      };
    }

    /* --- How it looks --- */

    kindOf(i) {
      const { layout, search, zoomRoot } = this.scene;
      const node = layout.boxes.node[i];

      if (layout.boxes.end[i] > 0)
        return STRIP;
      if (node === 0)
        return ROOT;
      if (search && search.matches(node))
        return search.isOuter(node) ? OUTER : INNER;
      if (this.isAncestor(node))
        return ANCESTOR;
      return search && node !== zoomRoot ? DIMMED : PLAIN;
    }

    isAncestor(node) {
      const { tree } = this.profile;
      const { zoomRoot } = this.scene;

      return node < zoomRoot && zoomRoot < node + tree.size[node];
    }

    shadeOf(node, kind) {
      const { tree, frames } = this.profile;
      const showsBase = kind === PLAIN || kind === ANCESTOR || kind === DIMMED;
      const color = showsBase ? frames.color[tree.callee[node] >>> 1] : 0;
      const key = color * 8 + kind;
      let found = this.shades.get(key);

      if (found === undefined) {
        found = shade(this.scene.tokens, this.scene.colors[color] || 0, kind);
        this.shades.set(key, found);
      }
      return found;
    }

    samePackageAsParent(node) {
      const { tree, frames } = this.profile;
      const parent = tree.parent[node];

      return parent > 0 && frames.package[tree.callee[node] >>> 1] ===
        frames.package[tree.callee[parent] >>> 1];
    }

    lineOf(rect) {
      return this.scene.flame ? rect.y + rect.height : rect.y - 1;
    }

    fill(x, y, width, height, color) {
      this.context.fillStyle = color;
      this.context.fillRect(x, y, width, height);
    }

    /* --- Boxes --- */

    drawFrame(i, rect, kind) {
      const { layout, zoomRoot, tokens } = this.scene;
      const { tree } = this.profile;
      const node = layout.boxes.node[i];
      const look = this.shadeOf(node, kind);
      const isSame = this.samePackageAsParent(node);
      const isInlined = (tree.callee[node] & 1) === 1;

      this.fill(rect.x, rect.y, rect.width, rect.height, look.fill);
      if (isSame)
        this.fill(rect.x, this.lineOf(rect), rect.width, 1, isInlined ? look.fill : look.line);
      else if (rect.width >= MIN_CORNER && kind !== OUTER)
        this.drawCorners(rect, look.corner);
      if (isInlined)
        this.drawDashes(rect, isSame ? look.line
          : css(mix(tokens.label, tokens.canvas, DASH_SHARE)));
      if (kind === OUTER && rect.width >= 2)
        this.stroke(rect, 1, css(tokens.hitEdge));
      if (rect.width >= MIN_LABEL && this.metrics.font >= MIN_FONT)
        this.drawLabel(i, rect, look, kind === OUTER || node === zoomRoot);
    }

    drawCorners(rect, color) {
      const y = this.scene.flame ? rect.y + rect.height - 1 : rect.y;

      this.fill(rect.x, y, 1, 1, color);
      this.fill(rect.x + rect.width - 1, y, 1, 1, color);
    }

    drawDashes(rect, color) {
      const y = this.lineOf(rect);

      for (let x = rect.x; x < rect.x + rect.width; x += 4)
        this.fill(x, y, Math.min(2, rect.x + rect.width - x), 1, color);
    }

    stroke(rect, width, color) {
      this.context.strokeStyle = color;
      this.context.lineWidth = width;
      this.context.strokeRect(rect.x + width / 2, rect.y + width / 2,
        rect.width - width, rect.height - width);
    }

    drawLabel(i, rect, look, isBold) {
      const { layout } = this.scene;
      const { tree } = this.profile;
      const node = layout.boxes.node[i];
      const always = this.isAncestor(node);
      const width = rect.width - 2 * PADDING;
      const y = this.baseline(rect);
      let percent = null;
      let taken = 0;
      let used = 0;

      if (this.printsPercent(i) || (always && rect.width >= MIN_PERCENT)) {
        percent = profUnits.percent(tree.total[node], tree.weight[0]);
        taken = this.measure(percent, false) + PERCENT_GAP;
      }
      const label = profNames.fit(this.formsOf(tree.callee[node] >>> 1),
        always ? width - taken : width,
        (text, isName) => this.measure(text, isBold && isName));
      if (label !== null) {
        const prefix = label.text.slice(0, label.prefix);
        const name = label.text.slice(label.prefix);

        used = this.measure(prefix, false) + this.measure(name, isBold);
        if (prefix !== '')
          this.text(prefix, rect.x + PADDING, y, look.prefix, false);
        this.text(name, rect.x + PADDING + this.measure(prefix, false), y, look.label, isBold);
      }
      if (percent !== null && used + taken <= width)
        this.text(percent, rect.x + rect.width - ROOT_PADDING - this.measure(percent, false),
          y, look.prefix, false);
    }

    drawRoot(rect) {
      const look = this.shadeOf(0, ROOT);
      const y = this.baseline(rect);
      const hundred = this.profile.tree.weight[0] > 0 ? '100 %' : '';
      let x = rect.x + ROOT_PADDING;
      const end = rect.x + rect.width - ROOT_PADDING - this.measure(hundred, false);

      this.fill(rect.x, rect.y, rect.width, rect.height, look.fill);
      this.text('all', x, y, look.label, true);
      this.text(hundred, end, y, look.prefix, false);
      x += this.measure('all', true) + PERCENT_GAP - 2;
      const words = this.scene.rootText.split(' ');
      while (words.length > 0 && x + this.measure(words.join(' '), false) > end - PERCENT_GAP)
        words.pop();
      this.text(words.join(' '), x, y, look.prefix, false);
    }

    drawStrip(i, rect) {
      const { layout, search, tokens, flame } = this.scene;
      const { boxes } = layout;
      const look = this.shadeOf(0, STRIP);
      let { x, width } = rect;

      if (rect.width < MIN_STRIP)
        return;
      this.fill(x, rect.y, width, rect.height, look.fill);
      const words = this.stripText(i, width - 2 * PADDING);
      if (words !== '') {
        const taken = Math.ceil(this.measure(words, false)) + 2 * PADDING;

        this.text(words, x + PADDING, this.baseline(rect), look.prefix, false);
        x += taken;
        width -= taken;
      }
      if (width > 0)
        this.hatch(x, rect.y, width, rect.height, css(tokens.stripLine));
      if (search && search.any(boxes.node[i], boxes.end[i]))
        this.fill(rect.x, flame ? rect.y + rect.height - CAP : rect.y, rect.width, CAP,
          css(tokens.hit));
    }

    stripText(i, width) {
      const n = this.scene.layout.nHidden(i);

      if (width < MIN_LABEL - 2 * PADDING || this.metrics.font < MIN_FONT)
        return '';
      for (const words of [profUnits.plural(n, 'more frame'), profUnits.grouped(String(n)) + ' more'])
        if (this.measure(words, false) <= width)
          return words;
      return '';
    }

    hatch(x, y, width, height, color) {
      const { context } = this;

      context.save();
      context.beginPath();
      context.rect(x, y, width, height);
      context.clip();
      context.beginPath();
      /* Lines have their place in the graph, so that strips meet and scroll. */
      for (let at = -((x + y + this.scene.scroll) % HATCH); at < width + height; at += HATCH) {
        context.moveTo(x + at, y);
        context.lineTo(x + at - height, y + height);
      }
      context.strokeStyle = color;
      context.lineWidth = 1;
      context.stroke();
      context.restore();
    }

    /* --- Percentages: not again where the caller has nearly the same --- */

    choosePercents() {
      const { boxes } = this.scene.layout;
      const { tree } = this.profile;
      const last = new Float64Array(boxes.n);

      for (let i = 0; i < boxes.n; i++) {
        const weight = tree.weight[boxes.node[i]];
        const width = Math.min(boxes.xEnd[i], this.scene.layout.view.width) -
          Math.max(boxes.x[i], 0);

        last[i] = boxes.parent[i] < 0 ? Infinity : last[boxes.parent[i]];
        if (boxes.end[i] === 0 && width >= MIN_PERCENT && weight < tree.weight[0] &&
            (weight <= last[i] * PERCENT_STEP || this.isAncestor(boxes.node[i])))
          last[i] = weight;
      }
      return last;
    }

    printsPercent(i) {
      const { boxes } = this.scene.layout;

      return boxes.parent[i] >= 0 && this.lastPercent[i] < this.lastPercent[boxes.parent[i]];
    }

    /* --- Matches under the root's bar --- */

    /* First of the matches from one on that ends behind a position. */
    matchBehind(from, position) {
      const { outer, starts, tree } = this.scene.search;
      let low = from;
      let high = outer.length;

      while (low < high) {
        const middle = (low + high) >>> 1;

        if (starts[middle] + tree.weight[outer[middle]] <= position)
          low = middle + 1;
        else
          high = middle;
      }
      return low;
    }

    /* Matches within one pixel are skipped together. */
    drawLane() {
      const { layout, search, tokens, inset, scroll } = this.scene;
      const { root, lane } = this.metrics;
      const { view } = layout;
      const { outer, starts, tree } = search;
      const y = this.mirrored(root + 1, lane) - scroll;
      let done = 0;
      let i = this.matchBehind(0, view.start);

      this.fill(inset, y, view.width, lane, css(tokens.stripGround));
      while (i < outer.length) {
        const x = (starts[i] - view.start) * view.px;
        const end = x + tree.weight[outer[i]] * view.px;

        if (x >= view.width)
          return;
        const left = this.snap(Math.min(Math.max(x, done), view.width - MIN_LANE));
        const width = this.snap(Math.min(end, view.width)) - left;
        const drawn = Math.max(width >= MIN_GAP ? width - 1 : width, MIN_LANE);
        this.fill(inset + left, y, drawn, lane, css(tokens.hitLane));
        done = left + drawn;
        i = this.matchBehind(i + 1, view.start + done / view.px);
      }
    }

    /* --- All of it --- */

    /* Rows of which something is between two heights of the canvas. */
    visibleRows(height) {
      const { layout, scroll, flame } = this.scene;
      const top = flame ? this.mirrored(scroll + height, 0) : scroll;
      const first = Math.floor((top - this.head()) / this.metrics.row);

      return [
        Math.max(first, 0),
        Math.min(Math.ceil((top + height - this.head()) / this.metrics.row) + 2, layout.nRows),
      ];
    }

    /* scene: {layout, search, zoomRoot, flame, tokens, colors, rootText, inset,
     * scroll, height: of all rows or of the view, whichever is more} */
    setScene(scene) {
      const isOther = !this.scene || scene.layout !== this.scene.layout ||
        scene.zoomRoot !== this.scene.zoomRoot;

      if (!this.scene || scene.tokens !== this.scene.tokens)
        this.shades.clear();
      this.scene = scene;
      if (isOther && scene.layout)
        this.lastPercent = this.choosePercents();
    }

    paint(width, height) {
      const { layout, tokens, search } = this.scene;
      const [first, end] = this.visibleRows(height);

      this.fill(0, 0, width, height, css(tokens.canvas));
      for (let row = first; row < end; row++)
        for (let i = layout.rows[row]; i < layout.rows[row + 1]; i++)
          this.drawBox(i);
      if (search)
        this.drawLane();
    }

    drawBox(i) {
      const rect = this.rectOf(i);
      const kind = this.kindOf(i);

      if (rect.width <= 0)
        return;
      if (kind === ROOT)
        this.drawRoot(rect);
      else if (kind === STRIP)
        this.drawStrip(i, rect);
      else
        this.drawFrame(i, rect, kind);
    }

    /* --- On top of it: what is pointed at, and what is selected --- */

    paintMarks(context, width, height, hovered, selected, isFocused) {
      const { tokens } = this.scene;

      context.clearRect(0, 0, width, height);
      if (hovered >= 0) {
        const rect = this.rectOf(hovered);

        context.globalAlpha = 0.08;
        context.fillStyle = tokens.canvas === 0xffffff ? '#000' : '#fff';
        context.fillRect(rect.x, rect.y, rect.width, rect.height);
        context.globalAlpha = 0.65;
        context.strokeStyle = css(tokens.label);
        context.lineWidth = 1;
        context.strokeRect(rect.x + 0.5, rect.y + 0.5, rect.width - 1, rect.height - 1);
        context.globalAlpha = 1;
      }
      if (selected >= 0)
        this.ring(context, this.rectOf(selected), isFocused ? 3 : 2);
    }

    ring(context, rect, width) {
      const { tokens } = this.scene;
      const half = width / 2;

      context.lineWidth = width;
      context.strokeStyle = css(tokens.ring);
      context.strokeRect(rect.x - 1 + half, rect.y - 1 + half,
        Math.max(rect.width + 2 - width, 1), rect.height + 2 - width);
      if (rect.width < 2 * width + 2)
        return;
      context.lineWidth = 1;
      context.strokeStyle = css(tokens.canvas);
      context.strokeRect(rect.x - 0.5 + width, rect.y - 0.5 + width,
        rect.width + 1 - 2 * width, rect.height + 1 - 2 * width);
    }
  }

  return { Painter, css };
})();
