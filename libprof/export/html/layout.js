/* SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * A tree and a part of the root's line become boxes, as layout/prof-flame-layout.c
 * makes them: row by row, siblings too narrow to draw in one strip, at a cost
 * that follows boxes and not the tree. */
'use strict';

const profLayout = (function () {
  /* Nodes with more children than this are summed up once. */
  const WIDE = 64;

  const sums = new Map();

  function childrenWeight(tree, node) {
    const end = node + tree.size[node];
    let sum = 0;
    let n = 0;

    if (sums.has(node))
      return sums.get(node);
    for (let child = node + 1; child < end; child += tree.size[child]) {
      sum += tree.weight[child];
      n++;
    }
    if (n > WIDE)
      sums.set(node, sum);
    return sum;
  }

  function ownValue(tree, node) {
    const end = node + tree.size[node];
    let value = tree.total[node];

    for (let child = node + 1; child < end; child += tree.size[child])
      value -= tree.total[child];
    return value;
  }

  /* Where a node begins on the root's line. */
  function startOf(tree, node) {
    let start = 0;

    for (let below = node; below > 0; below = tree.parent[below])
      for (let child = tree.parent[below] + 1; child < below; child += tree.size[child])
        start += tree.weight[child];
    return start;
  }

  /* The innermost node that fills a part of the root's line. */
  function filling(tree, start, end) {
    let node = 0;
    let from = 0;

    for (let child = 1; child < node + tree.size[node];) {
      const to = from + tree.weight[child];

      if (from <= start && end <= to && !isMore(tree, child)) {
        node = child;
        child++;
      } else if (to > start) {
        break;
      } else {
        from = to;
        child += tree.size[child];
      }
    }
    return node;
  }

  function isMore(tree, node) {
    return node > 0 && tree.callee[node] >>> 1 === tree.more;
  }

  /* First of rising numbers that is not below one. */
  function lowerBound(rising, number) {
    let low = 0;
    let high = rising.length;

    while (low < high) {
      const middle = (low + high) >>> 1;

      if (rising[middle] < number)
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  }

  /* Frames of the profile among nodes, those left out of the page included. */
  /* Frames side by side, without what is below them. */
  function countFrames(tree, first, end) {
    let n = 0;

    for (let node = first; node < end; node += tree.size[node])
      n += isMore(tree, node) ? tree.nMerged[lowerBound(tree.moreNodes, node)] : 1;
    return n;
  }

  class Boxes {
    constructor() {
      this.n = 0;
      this.grow(1024);
    }

    grow(capacity) {
      const longer = (Type, old) => {
        const grown = new Type(capacity);

        if (old)
          grown.set(old);
        return grown;
      };

      this.capacity = capacity;
      this.x = longer(Float64Array, this.x);         /* px, not cut to the view */
      this.xEnd = longer(Float64Array, this.xEnd);
      this.start = longer(Float64Array, this.start); /* on the root's line */
      this.extent = longer(Float64Array, this.extent);
      this.row = longer(Uint32Array, this.row);
      this.node = longer(Uint32Array, this.node);    /* of a strip, its first */
      this.end = longer(Uint32Array, this.end);      /* of a strip; else 0 */
      this.parent = longer(Int32Array, this.parent); /* a box */
    }

    add(parent, node, end, start, extent, view) {
      const i = this.n;
      const x = (start - view.start) * view.px;
      const xEnd = (start + extent - view.start) * view.px;

      if (Math.min(xEnd, view.width) <= Math.max(x, 0))
        return;
      if (i === this.capacity)
        this.grow(2 * i);
      this.x[i] = x;
      this.xEnd[i] = xEnd;
      this.start[i] = start;
      this.extent[i] = extent;
      this.row[i] = parent < 0 ? 0 : this.row[parent] + 1;
      this.node[i] = node;
      this.end[i] = end;
      this.parent[i] = parent;
      this.n = i + 1;
    }
  }

  function addChildren(boxes, tree, i, view) {
    const above = boxes.node[i];
    const end = above + tree.size[above];
    let start = boxes.start[i];
    let run = 0; /* first of the narrow ones so far; 0 is none */
    let runStart = 0;

    for (let child = above + 1; child < end; child += tree.size[child]) {
      const weight = tree.weight[child];
      const isNarrow = weight * view.px < view.minWidth;
      const joins = isNarrow || isMore(tree, child);

      if ((start - view.start) * view.px >= view.width)
        break;
      if (joins && run === 0) {
        run = child;
        runStart = start;
      }
      if (isNarrow && view.byWeight) {
        const last = boxes.start[i] + childrenWeight(tree, above);

        boxes.add(i, run, end, runStart, last - runStart, view);
        return;
      }
      if (!joins) {
        if (run > 0)
          boxes.add(i, run, child, runStart, start - runStart, view);
        run = 0;
        boxes.add(i, child, 0, start, weight, view);
      }
      start += weight;
      if (run > 0 && child + tree.size[child] === end)
        boxes.add(i, run, end, runStart, start - runStart, view);
    }
  }

  class Layout {
    /* view: {start, end} on the root's line, {width, minWidth} in px */
    constructor(tree, view, byWeight) {
      const whole = tree.weight[0];

      this.tree = tree;
      this.view = { ...view, byWeight, px: view.width / (view.end - view.start || 1) };
      this.boxes = new Boxes();
      this.rows = [0]; /* first box of each, and one more */
      this.boxes.add(-1, 0, 0, 0, whole, this.view);
      for (let i = 0; i < this.boxes.n; i++) {
        if (this.boxes.row[i] === this.rows.length)
          this.rows.push(i);
        if (this.boxes.end[i] === 0)
          addChildren(this.boxes, tree, i, this.view);
      }
      this.nRows = this.boxes.n > 0 ? this.rows.length : 0;
      this.rows.push(this.boxes.n);
    }

    /* The box of a row at x, or -1. */
    hit(x, row) {
      if (row < 0 || row >= this.nRows)
        return -1;
      let low = this.rows[row];
      let high = this.rows[row + 1];
      const first = low;
      while (low < high) {
        const middle = (low + high) >>> 1;

        if (this.boxes.x[middle] <= x)
          low = middle + 1;
        else
          high = middle;
      }
      return low > first && x < this.boxes.xEnd[low - 1] ? low - 1 : -1;
    }

    /* The box that shows a node, a strip if it is hidden in one, or -1. */
    find(node) {
      const { boxes, tree } = this;

      for (let row = 0; row < this.nRows; row++) {
        let low = this.rows[row];
        let high = this.rows[row + 1];
        const first = low;
        while (low < high) {
          const middle = (low + high) >>> 1;

          if (boxes.node[middle] <= node)
            low = middle + 1;
          else
            high = middle;
        }
        const i = low - 1;
        if (low === first ||
            node >= (boxes.end[i] || boxes.node[i] + tree.size[boxes.node[i]]))
          return -1;
        if (boxes.end[i] > 0 || boxes.node[i] === node)
          return i;
      }
      return -1;
    }

    /* Value of a box: of a strip, of all it hides. */
    value(i) {
      const { boxes, tree } = this;
      let sum = 0;

      if (boxes.end[i] === 0)
        return tree.total[boxes.node[i]];
      for (let node = boxes.node[i]; node < boxes.end[i]; node += tree.size[node])
        sum += tree.total[node];
      return sum;
    }

    siblings(i) {
      const { parent, row } = this.boxes;
      const found = [];

      for (let other = this.rows[row[i]]; other < this.rows[row[i] + 1]; other++)
        if (parent[other] === parent[i])
          found.push(other);
      return found;
    }

    widestChild(i) {
      const { parent, row, extent } = this.boxes;
      const below = row[i] + 1;
      let best = -1;

      for (let child = this.rows[below]; below < this.nRows && child < this.rows[below + 1]; child++)
        if (parent[child] === i && (best < 0 || extent[child] > extent[best]))
          best = child;
      return best;
    }

    /* The box so many further on in the row, or -1. */
    neighbour(i, step) {
      const row = this.boxes.row[i];
      const other = i + step;

      return other >= this.rows[row] && other < this.rows[row + 1] ? other : -1;
    }

    nHidden(i) {
      return countFrames(this.tree, this.boxes.node[i], this.boxes.end[i]);
    }
  }

  return { Layout, ownValue, startOf, filling, isMore, countFrames, lowerBound };
})();
